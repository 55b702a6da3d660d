# SPDX-License-Identifier: MIT
"""The companion library: holidays and hours from files, and files again."""

from __future__ import annotations

import gc
import glob
import os
import pickle
import re
import unittest
from datetime import date, datetime, timedelta, timezone
from typing import Any, Callable

import sla
from sla import _raw

BUILD = os.environ.get("BUILD", os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "..", "..", "build"))
if os.path.exists(os.path.join(BUILD, "libsla-ical.so")):
    from sla import ical
else:
    raise unittest.SkipTest("no libsla-ical: iCalendar files are not tested")

UTC = timezone.utc
STAMP = datetime(2026, 1, 1, tzinfo=UTC)
WINDOW = (date(2026, 1, 1), date(2026, 12, 31))


def file_of(*events: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test"]
    for number, event in enumerate(events, 1):
        lines += ["BEGIN:VEVENT", f"UID:u{number}", *event.split("|"),
                  "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


CHRISTMAS = "SUMMARY:Noël|DTSTART;VALUE=DATE:20261225|CATEGORIES:Holiday"
EASTER = "SUMMARY:Easter|DTSTART;VALUE=DATE:20260405|DTEND;VALUE=DATE:20260407"
PARTY = ("SUMMARY:Party|DTSTART:20260605T120000Z|DTEND:20260605T160000Z"
         "|CATEGORIES:Fun")
WORKDAY = "SUMMARY:Shift|DTSTART;VALUE=DATE:20260606|CATEGORIES:Workday"


class Reading(unittest.TestCase):

    def test_holidays(self) -> None:
        feed = ical.Reader(WINDOW, "UTC").holidays(
            file_of(CHRISTMAS, EASTER, PARTY))
        self.assertEqual(len(feed), 3)
        self.assertEqual([one.day for one in feed],
                         [date(2026, 4, 5), date(2026, 6, 5),
                          date(2026, 12, 25)])
        self.assertEqual([one.uid for one in feed], ["u2", "u3", "u1"])
        self.assertEqual(feed[-1].line, 4)
        self.assertEqual(feed[0].entry, sla.holiday(
            date(2026, 4, 5), date(2026, 4, 6), name="Easter"))
        self.assertEqual(feed[1].entry, sla.closure(
            date(2026, 6, 5), "12:00", "16:00", name="Party"))
        self.assertEqual(feed[2].entry,
                         sla.holiday(date(2026, 12, 25), name="Noël"))
        self.assertEqual(feed[0:2], [feed[0], feed[1]])
        self.assertEqual(feed.summary.events, 3)
        with self.assertRaises(IndexError):
            feed[3]

    def test_a_calendar_of_it(self) -> None:
        feed = ical.Reader(WINDOW, "UTC").holidays(file_of(CHRISTMAS, PARTY))
        made = sla.Calendar("UTC", "Mo-Fr 09:00-17:00", entries=feed.entries)
        self.assertEqual(made.holiday_on(date(2026, 12, 25)).name, "Noël")
        builder = sla.CalendarBuilder()
        builder.set_zone("UTC")
        builder.add_hours("Mo-Fr 09:00-17:00")
        feed.add_to(builder)
        self.assertEqual(sla.Calendar.from_builder(builder), made)

    def test_what_to_take(self) -> None:
        data = file_of(CHRISTMAS, EASTER, PARTY)

        def names(**terms: Any) -> Any:
            feed = ical.Reader(WINDOW, "UTC", **terms).holidays(data)
            return [one.entry.name for one in feed]
        self.assertEqual(names(take_categories=["holiday"]), ["Noël"])
        self.assertEqual(names(leave_categories=["FUN"]), ["Easter", "Noël"])
        self.assertEqual(names(take_texts=["east", "part"]),
                         ["Easter", "Party"])
        self.assertEqual(names(leave_texts=["e"]), ["Party", "Noël"])
        self.assertEqual(names(switched_off=[("u1", None),
                                             ("u3", date(2026, 6, 5))]),
                         ["Easter"])

    def test_working_days(self) -> None:
        data = file_of(WORKDAY)
        terms: Any = {"workday_categories": ["workday"]}
        feed = ical.Reader(WINDOW, "UTC", **terms).holidays(data)
        self.assertEqual(feed[0].flags,
                         ical.IcalFlag.WORKDAY | ical.IcalFlag.NO_HOURS)
        builder = sla.CalendarBuilder()
        with self.assertRaises(ical.IcalError) as caught:
            feed.add_to(builder)
        self.assertIs(caught.exception.code, ical.IcalCode.WORKDAY)
        self.assertEqual(caught.exception.index, 0)
        feed = ical.Reader(WINDOW, "UTC", workday_hours=[
            ("09:00", "12:00"), ("13:00", "24:00")], **terms).holidays(data)
        self.assertEqual({one.name for one in feed}, {"Shift"})
        self.assertEqual(list(feed.entries), [
            sla.special_hours(date(2026, 6, 6), "09:00", "12:00"),
            sla.special_hours(date(2026, 6, 6), "13:00", "24:00")])

    def test_zones(self) -> None:
        data = file_of("DTSTART;TZID=Office:20260605T120000|DURATION:PT1H")
        with self.assertRaises(ical.IcalError) as caught:
            ical.Reader(WINDOW, "UTC").holidays(data)
        self.assertIs(caught.exception.code, ical.IcalCode.ZONE)
        paris = sla.Zone("Europe/Paris")
        feed = ical.Reader(WINDOW, "UTC", zones={"Office": paris}).holidays(
            data)
        self.assertEqual(feed[0].entry.opens, timedelta(hours=10))

    def test_the_zone_of_the_calendar_is_known_by_its_name(self) -> None:
        data = file_of("DTSTART;TZID=Europe/Paris:20260605T120000"
                       "|DURATION:PT1H")
        for zone in "Europe/Paris", sla.Zone("Europe/Paris"):
            feed = ical.Reader(WINDOW, zone).holidays(data)
            self.assertEqual(feed[0].entry.opens, timedelta(hours=12))
        other = {"Europe/Paris": sla.Zone("UTC")}
        feed = ical.Reader(WINDOW, "Europe/Paris", zones=other).holidays(data)
        self.assertEqual(feed[0].entry.opens, timedelta(hours=14))
        with self.assertRaises(ical.IcalError):
            ical.Reader(WINDOW, sla.Zone.fixed(timedelta(0))).holidays(data)
        long = sla.Zone.posix(f"<{'A' * 300}>-2")
        feed = ical.Reader(WINDOW, long, zones=other).holidays(data)
        self.assertEqual(feed[0].entry.opens, timedelta(hours=14))

    def test_hours(self) -> None:
        data = file_of("DTSTART:20260105T090000|DTEND:20260105T170000"
                       "|RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")
        feed = ical.Reader(WINDOW, "UTC").hours(data)
        made = sla.Calendar("UTC", feed.entries)
        monday = datetime(2026, 6, 1, tzinfo=UTC)
        self.assertEqual(made.elapsed(monday, monday + timedelta(7)),
                         timedelta(hours=40))

    def refuse(self, code: Any, read: Callable[[], Any],
               **fields: int) -> None:
        with self.assertRaises(sla.SlaError) as caught:
            read()
        error = caught.exception
        self.assertIs(error.code, code)
        for name, value in fields.items():
            self.assertEqual(getattr(error, name), value, name)
        again = pickle.loads(pickle.dumps(error))
        self.assertEqual((str(again), vars(again)), (str(error), vars(error)))
        self.assertTrue(str(error).endswith("."), str(error))

    def test_errors(self) -> None:
        reader = ical.Reader(WINDOW, "UTC")
        self.refuse(ical.IcalCode.SYNTAX, lambda: reader.holidays(b"<html>"))
        self.refuse(ical.IcalCode.ENCODING,
                    lambda: reader.holidays(file_of("SUMMARY:x") + b"\xff"))
        self.refuse(ical.IcalCode.VALUE, lambda: reader.holidays(
            file_of(CHRISTMAS, "DTSTART;VALUE=DATE:20260230")), line=12)
        self.refuse(ical.IcalCode.SIZE, lambda: ical.Reader(
            WINDOW, "UTC", limits=ical.Limits(bytes=10)).holidays(
                file_of(CHRISTMAS)), limit=10)
        self.refuse(sla.Code.E_DATE, lambda: ical.Reader(
            (date(2026, 2, 1), date(2026, 1, 1)), "UTC"))
        self.refuse(sla.Code.E_NAME, lambda: ical.Reader(
            WINDOW, "UTC", take_texts=["x" * 300]))
        with self.assertRaisesRegex(TypeError, "texts are a list"):
            ical.Reader(WINDOW, "UTC", take_texts="x")
        with self.assertRaises(TypeError):
            reader.holidays("text")  # type: ignore[arg-type]
        with self.assertRaises(TypeError):
            ical.Feed()
        self.assertEqual(ical.code_name(ical.IcalCode.RULE),
                         "SLA_ICAL_E_RULE")
        self.assertEqual(ical.code_name(sla.Code.E_DATE), "SLA_E_DATE")

    def test_latin_1(self) -> None:
        data = file_of(CHRISTMAS).decode().encode("latin-1")
        self.refuse(ical.IcalCode.ENCODING,
                    lambda: ical.Reader(WINDOW, "UTC").holidays(data))
        feed = ical.Reader(WINDOW, "UTC", latin1=True).holidays(data)
        self.assertEqual(feed[0].entry.name, "Noël")

    def test_a_feed_never_changes_and_outlives_its_reader(self) -> None:
        feed = ical.Reader(WINDOW, "UTC").holidays(file_of(CHRISTMAS))
        gc.collect()
        with self.assertRaises(AttributeError):
            feed.entries = ()  # type: ignore[misc]
        self.assertEqual(len(feed.entries), 1)
        self.assertEqual(repr(feed), "<Feed of 1 entries>")
        feed.__del__()
        feed.__del__()
        self.assertEqual(len(feed), 0)


class Writing(unittest.TestCase):

    def test_a_calendar_comes_back(self) -> None:
        made = sla.Calendar(
            "UTC", "Mo-Fr 09:00-17:00", [(date(2026, 5, 1), "Fête"),
                                         sla.yearly_holiday(12, 25)],
            [sla.closure(date(2026, 6, 5), "12:00", "13:00", name="Lunch")])
        writer = ical.Writer("Office")
        writer.add_calendar(made, "UTC", WINDOW, STAMP)
        text = writer.text()
        self.assertIn("X-WR-CALNAME:Office", text)
        # Under its zone's own name every entry is what it was.
        reader = ical.Reader(WINDOW, "UTC")
        self.assertEqual(sla.Calendar(
            "UTC", reader.hours(text.encode()).entries,
            entries=reader.holidays(text.encode()).entries), made)
        with self.assertRaises(TypeError):
            writer.add_calendar("UTC", "UTC", WINDOW, STAMP)

    def test_due_dates(self) -> None:
        due = datetime(2026, 3, 6, 16, tzinfo=UTC)
        writer = ical.Writer()
        writer.add_due(ical.Due(
            "t1@desk", "Reply to Ana", due, STAMP, due - timedelta(hours=4),
            priority=1, description="Ticket 1", url="https://desk/1",
            alarms=(due - timedelta(hours=1),)))
        writer.add_due(ical.Due("t2@desk", "Solve", due, STAMP,
                                component="todo"))
        text = re.sub("\r\n ", "", writer.text())
        for line in ("UID:t1@desk", "SUMMARY:Reply to Ana",
                     "DTSTART:20260306T120000Z", "DTEND:20260306T160000Z",
                     "PRIORITY:1", "DESCRIPTION:Ticket 1",
                     "BEGIN:VALARM", "BEGIN:VTODO", "DUE:20260306T160000Z"):
            self.assertIn(f"\r\n{line}\r\n", text)
        self.assertIn("https://desk/1", text)
        for wrong in (
                lambda: ical.Due("", "x", due, STAMP),
                lambda: ical.Due("u", "x", due, STAMP, due),
                lambda: ical.Due("u", "x", due, STAMP, priority=10)):
            with self.assertRaises(sla.SlaError):
                writer.add_due(wrong())
        with self.assertRaises(sla.NaiveDatetimeError):
            writer.add_due(ical.Due("u", "x", datetime(2026, 1, 1), STAMP))
        self.assertEqual(re.sub("\r\n ", "", writer.text()), text)


class Readme(unittest.TestCase):

    def test_what_it_says_of_files(self) -> None:
        from test_examples import README, blocks
        with open(README, encoding="utf-8") as file:
            (program,) = [block for block in blocks(file.read())
                          if block.startswith("from sla import ical")]
        told: Any = {"sla": sla, "date": date, "data": file_of(CHRISTMAS)}
        exec(program, told)
        self.assertEqual(told["office"].holiday_on(
            date(2026, 12, 25)).name, "Noël")


class Reach(unittest.TestCase):

    def test_every_function_is_called(self) -> None:
        text = ""
        for path in glob.glob(os.path.join(os.path.dirname(ical.__file__),
                                           "*.py")):
            with open(path, encoding="utf-8") as file:
                text += file.read()
        called = set(re.findall(r"\bsla_ical_\w+", text))
        sizes = {name for name, _ in _raw.LIBSLA_ICAL_SIZES}
        from sla.ical._library import companion
        # A feed is referred to by one object here.
        self.assertEqual(set(vars(companion)) - called - sizes,
                         {"sla_ical_feed_ref"})

    def test_memory_stays_flat(self) -> None:
        from test_lifetime import CYCLES, Lifetime
        data = file_of(CHRISTMAS)

        def cycle() -> None:
            feed = ical.Reader(WINDOW, "UTC").holidays(data)
            feed.entries
            writer = ical.Writer("x")
            writer.add_due(ical.Due("u", "x", STAMP, STAMP))
            writer.text()
            try:
                ical.Reader(WINDOW, "UTC").holidays(data[:-5])
            except ical.IcalError:
                pass
        self.assertLess(Lifetime().grows(cycle, CYCLES // 500), 1 << 20)


if __name__ == "__main__":
    unittest.main()
