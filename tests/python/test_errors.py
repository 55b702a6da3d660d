# SPDX-License-Identifier: MIT
"""Wrong inputs: each is refused in words, and nothing has happened."""

from __future__ import annotations

import pickle
import unittest
import zoneinfo
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Callable, Type

import sla
from sla import Event
from sla.errors import family_of

UTC = timezone.utc
NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def calendar() -> sla.Calendar:
    return sla.Calendar("Europe/Paris", "Mo-Fr 09:00-17:00")


def policy() -> sla.Policy:
    return sla.Policy(calendar(), first_response=HOUR)


class Families(unittest.TestCase):

    def test_every_code_has_its_family(self) -> None:
        for code in sla.Code:
            family = family_of(code)
            self.assertTrue(issubclass(family, sla.SlaError))
            if code is not sla.Code.OK:
                self.assertIsNot(family, sla.SlaError, code)

    def test_an_unknown_code(self) -> None:
        error = family_of(-999)("something new", -999)
        self.assertIs(type(error), sla.SlaError)
        self.assertEqual(error.code, -999)

    def refuse(self, family: Type[sla.SlaError], code: sla.Code,
               ask: Callable[[], Any], **fields: int) -> None:
        with self.assertRaises(family) as caught:
            ask()
        error = caught.exception
        self.assertIs(type(error), family)
        self.assertIs(error.code, code)
        self.assertTrue(str(error).endswith("."), str(error))
        for name, value in fields.items():
            self.assertEqual(getattr(error, name), value, name)
        again = pickle.loads(pickle.dumps(error))
        self.assertEqual(str(again), str(error))
        self.assertEqual(vars(again), vars(error))
        self.assertIs(type(again), family)

    def test_every_family(self) -> None:
        C = sla.Code
        self.refuse(sla.UsageError, C.E_ARGUMENT,
                    lambda: sla.Zone.fixed(27 * HOUR), argument=1,
                    value=27 * 3600)
        self.refuse(sla.RangeError, C.E_RANGE, lambda: calendar().open_at(
            datetime(1, 1, 1, tzinfo=timezone(HOUR))))
        self.refuse(sla.RangeError, C.E_LIMIT, lambda: sla.Zone.tzif(
            b"TZif" + bytes(100000)), limit=65536)
        self.refuse(sla.ZoneError, C.E_POSIX,
                    lambda: sla.Zone.posix("EST25"), line=1, column=4)
        self.refuse(sla.ZoneError, C.E_TZIF, lambda: sla.Zone.tzif(b"no"))
        self.refuse(sla.CalendarError, C.E_HOURS, lambda: sla.Calendar(
            "Europe/Paris", "Mo 09:00-10:00\nTu 9-10"), line=2, column=4)
        self.refuse(sla.CalendarError, C.E_CLOSED,
                    lambda: sla.Calendar("Europe/Paris"))
        self.refuse(sla.CalendarError, C.E_NEVER, lambda: calendar().add(
            NOW, timedelta(days=3000000)))
        self.refuse(sla.PolicyError, C.E_EMPTY, lambda: sla.Policy())
        self.refuse(sla.PolicyError, C.E_PRIORITY, lambda: sla.Policy(
            calendar(), first_response={32: HOUR}), value=32)
        self.refuse(sla.LogError, C.E_CREATION, lambda: policy().evaluate(
            [], NOW))
        self.refuse(sla.LogError, C.E_ORDER, lambda: policy().evaluate(
            [Event.created(NOW), Event.agent_reply(NOW - HOUR)], NOW),
            index=1)
        self.refuse(sla.LogError, C.E_ROW, lambda: policy().evaluate_row(
            sla.Row(NOW, NOW - HOUR), NOW), index=2)
        self.refuse(sla.BytesError, C.E_BYTES, lambda: sla.Policy.from_bytes(
            b"SLAP"))

    def test_an_entry_has_its_place(self) -> None:
        day = date(2024, 6, 3)
        self.refuse(sla.CalendarError, sla.Code.E_TIME, lambda: sla.Calendar(
            "Europe/Paris", "24/7", entries=[
                sla.holiday(day), sla.closure(day, "10:00", "09:00")]),
            index=1)

    def test_out_of_memory(self) -> None:
        error = family_of(sla.Code.E_MEMORY)("no memory", sla.Code.E_MEMORY)
        self.assertIsInstance(error, MemoryError)
        self.assertIsInstance(error, sla.SlaError)
        again = pickle.loads(pickle.dumps(error))
        self.assertIs(type(again), sla.OutOfMemoryError)


class Arguments(unittest.TestCase):
    """What never reaches the library, since it would mean another thing."""

    def refuse(self, kind: Type[Exception], words: str,
               ask: Callable[[], Any]) -> None:
        with self.assertRaisesRegex(kind, words):
            ask()

    def test_naive_datetimes(self) -> None:
        naive = datetime(2024, 6, 3, 12)
        made, terms = calendar(), policy()
        for ask in (
                lambda: made.open_at(naive), lambda: made.add(naive, HOUR),
                lambda: made.elapsed(NOW, naive),
                lambda: made.elapsed(naive, NOW),
                lambda: made.next_change(naive),
                lambda: made.previous_change(naive),
                lambda: made.intervals(naive, NOW),
                lambda: made.intervals(NOW, naive),
                lambda: made.zone.offset_at(naive),
                lambda: made.zone.civil_at(naive),
                lambda: terms.evaluate([Event.created(NOW)], naive),
                lambda: terms.evaluate([Event.created(naive)], NOW),
                lambda: terms.evaluate_row(sla.Row(naive), NOW),
                lambda: terms.evaluate_row(sla.Row(NOW), naive),
                lambda: terms.lints(naive), lambda: Event.due_set(
                    NOW, "resolution", naive),
                lambda: sla.evaluate_batch(terms, naive, rows=b"")):
            self.refuse(sla.NaiveDatetimeError, "has no time zone: give", ask)

    def test_things_that_are_no_instants(self) -> None:
        for wrong in (NOW.date(), 1717416000, "2024-06-03", None, NOW.time()):
            self.refuse(TypeError, "an instant is a datetime",
                        lambda: calendar().open_at(wrong))

    def test_fractions(self) -> None:
        half = timedelta(milliseconds=500)
        self.assertEqual(calendar().add(NOW + half, HOUR), NOW + HOUR)
        self.refuse(ValueError, "whole number of seconds",
                    lambda: calendar().add(NOW, half))
        self.refuse(ValueError, "whole number of seconds", lambda: sla.Policy(
            calendar(), first_response=HOUR + half))
        self.refuse(ValueError, "whole number of seconds",
                    lambda: sla.Zone.fixed(half))

    def test_things_that_are_no_lengths(self) -> None:
        for wrong in (3600, 1.5, "1h", None, NOW):
            self.refuse(TypeError, "length of time is a timedelta",
                        lambda: calendar().add(NOW, wrong))

    def test_things_that_are_no_dates(self) -> None:
        for wrong in (NOW, 20240603, "2024-06-03", None):
            self.refuse(TypeError, "a date is a date without a time",
                        lambda: calendar().is_working_date(wrong))
            self.refuse(TypeError, "", lambda: sla.Calendar(
                "Europe/Paris", "24/7", holidays=[wrong]))

    def test_times_of_day(self) -> None:
        day = date(2024, 6, 3)
        for right in ("09:00", "09:00:00", time(9), timedelta(hours=9)):
            self.assertEqual(sla.special_hours(day, right, "24:00"),
                             sla.special_hours(day, "09:00",
                                               timedelta(hours=24)))
        for wrong in ("9", "9:00", "09:60", "09:00:60", "09:00:00:00",
                      "noon", "-1:00", "０９:00", time(9, microsecond=1),
                      time(9, tzinfo=UTC)):
            self.refuse(ValueError, "time of day",
                        lambda: sla.special_hours(day, wrong, "24:00"))
        self.refuse(TypeError, "a time of day is a time",
                    lambda: sla.special_hours(day, 9, "24:00"))
        for opens, closes in (("09:00", "09:00"), ("24:00", "09:00"),
                              ("09:00", "24:01"), ("99:00", "09:00")):
            with self.assertRaises(sla.CalendarError):
                sla.Calendar("Europe/Paris", "24/7", entries=[
                    sla.special_hours(day, opens, closes)])

    def test_numbers_that_do_not_fit(self) -> None:
        """ctypes alone would take the lower bits."""
        terms = policy()
        for wrong in (1 << 32, -1, (1 << 32) + 1):
            self.refuse(OverflowError, str(wrong),
                        lambda: terms.pauses(wrong, 1))
            self.refuse(OverflowError, str(wrong), lambda: sla.Policy(
                calendar(), first_response={wrong: HOUR}))
        self.refuse(OverflowError, "", lambda: calendar().add_working_dates(
            NOW.date(), 1 << 63))
        self.refuse(OverflowError, "", lambda: sla.Calendar(
            "Europe/Paris", "24/7", window=(1 << 31, 1 << 31)))
        self.refuse(OverflowError, "a number of an event",
                    lambda: sla.Log([Event(NOW, 1 << 32)]))
        self.refuse(OverflowError, "a number of an event",
                    lambda: sla.Log([Event.group(NOW, 1 << 63)]))
        self.refuse(TypeError, "", lambda: terms.pauses(1.0, 1))

    def test_names_that_are_none(self) -> None:
        self.refuse(ValueError, "'first' is not one of: first response",
                    lambda: policy().rule("first"))
        self.refuse(ValueError, "'pendign' is not one of: new, open",
                    lambda: Event.status(NOW, "pendign"))
        self.refuse(ValueError, "'later' is not one of", lambda: sla.Policy(
            calendar(), first_response=HOUR, options={
                "first response": {"anchor": "later"}}))
        self.refuse(TypeError, "is no Metric",
                    lambda: policy().rule(sla.Priority.LOW))
        self.refuse(TypeError, "is no TicketStatus",
                    lambda: Event.status(NOW, sla.Status.OVERDUE))

    def test_zones(self) -> None:
        for wrong in ("Europe/Nowhere", "", "../zones/Europe/Paris", "/etc",
                      "Europe", "Europe/", "Europe//Paris", "./Europe",
                      "Europe/Paris\0"):
            self.refuse(zoneinfo.ZoneInfoNotFoundError, "no time zone",
                        lambda: sla.Zone(wrong))
        self.refuse(TypeError, "a zone has a name", lambda: sla.Zone(None))
        self.refuse(TypeError, "", lambda: sla.Zone.posix(5))
        self.assertEqual(sla.Zone(zoneinfo.ZoneInfo("Europe/Paris")),
                         sla.Zone("Europe/Paris"))
        self.refuse(ValueError, "has a zone of its own",
                    lambda: sla.Zone("Europe/Paris").instants_of(NOW))

    def test_events_that_are_none(self) -> None:
        terms, created = policy(), Event.created(NOW)
        for events, words in (
                (None, "not an event: None"), (7, "not an event: 7"),
                (created, "not an event: datetime"), ("x", "not an event"),
                ([NOW], "not an event: datetime"),
                ([(NOW, 1)], "not an event"), ([created, None], "None"),
                ([("x", 1, 1, 0)], "an instant is a datetime"),
                ([Event(None, 1)], "an instant is a datetime")):
            self.refuse(TypeError, words, lambda: terms.evaluate(events, NOW))
        self.refuse(OverflowError, "a number of an event",
                    lambda: sla.Log([Event(NOW, "x")]))
        for wrong in ({"created_at": "2024"}, {"solved_at": 7},
                      {"paused": 7}, {"priority": None}, {"status": 1.5}):
            with self.assertRaises(TypeError):
                sla.Row(**{"created_at": NOW, **wrong})
        self.refuse(sla.NaiveDatetimeError, "has no time zone",
                    lambda: sla.Row(datetime(2024, 6, 3)))
        self.refuse(TypeError, "not a result", lambda: sla.queue([1, 2]))

    def test_texts(self) -> None:
        for wrong in ("", "4", "h", "4h4h", "30m1h", "-4h", "4x", "4 h",
                      "4h@", "4h@9x5", "wd", "2wd@24x7", "eod@24x7", "1.5h",
                      "４h", "2d4h"):
            self.refuse(ValueError, "is not a (target|length) such as",
                        lambda: sla.Policy(calendar(), resolution=wrong))
        for wrong in ("", "%", "x%", "75", "-1h", "1h%"):
            self.refuse(ValueError, "is not a length such as",
                        lambda: sla.Policy(calendar(), resolution="4h",
                                           due_soon=wrong))
        with self.assertRaises(sla.PolicyError):
            sla.Policy(calendar(), resolution="4h", due_soon="101%")

    def test_other_objects(self) -> None:
        self.refuse(TypeError, "not a calendar",
                    lambda: sla.Policy("calendar", first_response=HOUR))
        self.refuse(TypeError, "not a policy", lambda: policy().evaluate(
            [Event.created(NOW)], NOW, 1, others=[calendar()]))
        self.refuse(TypeError, "not a row",
                    lambda: policy().evaluate_row([NOW], NOW))
        self.refuse(TypeError, "not a rule", lambda: sla.Policy(
            calendar(), first_response=HOUR, rules={32: "rule"}))
        self.refuse(TypeError, "a target is a timedelta, a Target or",
                    lambda: sla.Policy(calendar(), first_response=4))
        self.refuse(TypeError, "no number of days", lambda: sla.Policy(
            calendar(), first_response=sla.working_days(HOUR)))
        self.refuse(TypeError, "is no timedelta", lambda: sla.Policy(
            calendar(), first_response=sla.Target(4)))
        self.refuse(TypeError, "statuses are a list", lambda: sla.Policy(
            calendar(), first_response=HOUR,
            pauses={"resolution": "pending"}))
        self.refuse(TypeError, "unexpected keyword", lambda: sla.Policy(
            calendar(), first_reply=HOUR))
        self.refuse(TypeError, "unexpected keyword",
                    lambda: sla.Policy.from_dict({"first_reply": HOUR}))
        self.refuse(TypeError, "not an entry", lambda: sla.Calendar(
            "Europe/Paris", [date(2024, 6, 3)]))
        self.refuse(ValueError, "not a holiday", lambda: sla.Calendar(
            "Europe/Paris", "24/7", holidays=[
                sla.closure(date(2024, 6, 3), "09:00", "10:00")]))
        self.refuse(TypeError, "not a holiday", lambda: sla.Calendar(
            "Europe/Paris", "24/7", holidays=[
                (date(2024, 6, 3), "a", "b")]))
        self.refuse(ValueError, "no weekday",
                    lambda: sla.hours(["mon", "tues", "x"], "09:00", "10:00"))

    def test_nothing_is_half_made(self) -> None:
        builder = sla.PolicyBuilder()
        builder.set_target("resolution", sla.around_the_clock(HOUR))
        before = sla.Policy.from_builder(builder)
        for wrong in (lambda: builder.set_target(99, HOUR),
                      lambda: builder.set_due_soon("resolution", 101),
                      lambda: builder.set_status(5, "pending"),
                      lambda: builder.set_option(1, "gate", 9),
                      lambda: builder.set_preset(99)):
            with self.assertRaises(sla.PolicyError):
                wrong()
        self.assertEqual(sla.Policy.from_builder(builder), before)


if __name__ == "__main__":
    unittest.main()
