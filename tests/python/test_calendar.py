# SPDX-License-Identifier: MIT
"""Calendars and zones as a Python programmer meets them."""

from __future__ import annotations

import os
import unittest
from datetime import date, datetime, time, timedelta, timezone
from unittest import mock
from zoneinfo import ZoneInfo

import sla
from sla import Weekdays

UTC = timezone.utc
HOUR = timedelta(hours=1)


class FakePackage:
    """Stands for the package tzdata, which need not be installed."""

    def __init__(self, root: str) -> None:
        self.root = root

    def files(self, package: str) -> "FakePackage":
        parts = package.split(".")
        if parts[:2] != ["tzdata", "zoneinfo"]:
            raise ImportError(package)
        return FakePackage(os.path.join(self.root, *parts[2:]))

    def joinpath(self, name: str) -> "FakePackage":
        return FakePackage(os.path.join(self.root, name))

    def read_bytes(self) -> bytes:
        with open(self.root, "rb") as file:
            return file.read()


class Zones(unittest.TestCase):

    def test_from_the_package_tzdata(self) -> None:
        zones = os.path.join(os.path.dirname(os.path.dirname(
            os.path.abspath(__file__))), "zones")
        wanted = sla.Zone("Europe/Paris")
        with mock.patch("zoneinfo.TZPATH", ()):
            with mock.patch("sla.zone.resources", FakePackage(zones)):
                self.assertEqual(sla.Zone("Europe/Paris"), wanted)
                self.assertEqual(sla.Zone("UTC"),
                                 sla.Zone.fixed(timedelta(0)))
                with self.assertRaises(LookupError):
                    sla.Zone("Europe/Nowhere")

    def test_both_ways(self) -> None:
        zone = sla.Zone("Europe/Paris")
        at = datetime(2024, 3, 31, 1, tzinfo=UTC)
        self.assertEqual(zone.offset_at(at), 2 * HOUR)
        self.assertEqual(zone.civil_at(at), datetime(2024, 3, 31, 3))
        skipped = zone.instants_of(datetime(2024, 3, 31, 2, 30))
        self.assertEqual(skipped, (sla.Wall.SKIPPED, at, at))
        repeated = zone.instants_of(datetime(2024, 10, 27, 2, 30))
        self.assertEqual(repeated.last - repeated.first, HOUR)
        self.assertIs(repeated.wall, sla.Wall.REPEATED)

    def test_years_that_datetime_does_not_have(self) -> None:
        east = sla.Zone.fixed(2 * HOUR)
        last = datetime(9999, 12, 31, 23, tzinfo=UTC)
        with self.assertRaises(OverflowError):
            east.civil_at(last)
        around = sla.Calendar(east, "24/7")
        there = datetime(9999, 12, 31, 23, tzinfo=timezone(2 * HOUR))
        self.assertEqual(around.add(there, 2 * HOUR),
                         there.astimezone(UTC) + 2 * HOUR)


class Calendars(unittest.TestCase):

    def setUp(self) -> None:
        self.paris = ZoneInfo("Europe/Paris")
        self.made = sla.Calendar("Europe/Paris", "Mo-Fr 09:00-18:00",
                                 holidays=[date(2024, 5, 1)])

    def at(self, *parts: int) -> datetime:
        return datetime(*parts, tzinfo=self.paris)

    def test_answers_in_the_zone_of_the_question(self) -> None:
        asked = self.at(2024, 4, 30, 17)
        due = self.made.add(asked, 2 * HOUR)
        self.assertEqual(due, self.at(2024, 5, 2, 10))
        self.assertIs(due.tzinfo, self.paris)
        self.assertIs(self.made.add(asked.astimezone(UTC), HOUR).tzinfo, UTC)
        self.assertIs(self.made.next_change(asked).tzinfo, self.paris)
        for interval in self.made.intervals(asked, asked + 24 * HOUR):
            self.assertIs(interval.begin.tzinfo, self.paris)

    def test_a_repeated_hour(self) -> None:
        """The two 02:30 of autumn are two instants."""
        around = sla.Calendar("Europe/Paris", "24/7")
        first = datetime(2024, 10, 27, 2, 30, tzinfo=self.paris)
        self.assertEqual(around.elapsed(first, first.replace(fold=1)), HOUR)
        self.assertEqual(around.add(first, HOUR).fold, 1)

    def test_questions(self) -> None:
        at = self.at(2024, 4, 30, 17)
        self.assertIs(self.made.open_at(at), True)
        self.assertIs(self.made.open_at(at + HOUR), False)
        self.assertEqual(self.made.elapsed(at, at + 40 * HOUR), HOUR)
        self.assertEqual(self.made.elapsed(at + 40 * HOUR, at), -HOUR)
        self.assertEqual(self.made.next_change(at), at + HOUR)
        self.assertEqual(self.made.previous_change(at), at - 8 * HOUR)
        around = sla.Calendar("Europe/Paris", "24/7")
        self.assertIsNone(around.next_change(at))
        self.assertIsNone(around.previous_change(at))

    def test_many_intervals(self) -> None:
        """More than are asked for at once, and exactly as many."""
        daily = sla.Calendar("UTC", "Mo-Su 09:00-10:00")
        begin = datetime(2024, 1, 1, tzinfo=UTC)
        for days in (0, 1, 63, 64, 65, 128, 1000):
            found = list(daily.intervals(begin, begin + timedelta(days)))
            self.assertEqual(len(found), days)
            self.assertTrue(all(one.length == HOUR for one in found))
            self.assertEqual(len(set(found)), days)
        with self.assertRaises(sla.UsageError):
            daily.intervals(begin, begin - HOUR)

    def test_dates(self) -> None:
        day = date(2024, 4, 30)
        self.assertIs(self.made.is_working_date(day), True)
        self.assertIs(self.made.is_working_date(date(2024, 5, 1)), False)
        self.assertEqual(self.made.working_dates(day, date(2024, 5, 4)), 3)
        self.assertEqual(self.made.add_working_dates(day, 1),
                         date(2024, 5, 2))
        self.assertIsNone(self.made.holiday_on(day))
        self.assertEqual(self.made.holiday_on(date(2024, 5, 1)),
                         sla.holiday(date(2024, 5, 1)))

    def test_holidays_in_all_words(self) -> None:
        day, last = date(2024, 12, 25), date(2024, 12, 26)
        wanted = sla.Calendar("UTC", "Mo-Fr 09:00-17:00", entries=[
            sla.holiday(day, name="Noël")])
        for holidays in ([(day, "Noël")], {day: "Noël"},
                         [sla.holiday(day, name="Noël")],
                         [(day, day, "Noël")], iter([(day, "Noël")])):
            self.assertEqual(sla.Calendar("UTC", "Mo-Fr 09:00-17:00",
                                          holidays), wanted)
        both = sla.Calendar("UTC", "Mo-Fr 09:00-17:00", [(day, last)])
        self.assertEqual(both.entries[-1], sla.holiday(day, last))
        self.assertEqual(sla.Calendar("UTC", "24/7", [day]).entries[-1],
                         sla.holiday(day))

    def test_every_kind_of_entry_comes_back(self) -> None:
        day, last = date(2024, 6, 3), date(2024, 6, 7)
        entries = [
            sla.hours(Weekdays.MONDAY_TO_FRIDAY, "09:00", "17:00"),
            sla.hours(["sat", "Sunday"], time(22), "06:00", day, last),
            sla.holiday(day), sla.holiday(day, last, name="a"),
            sla.yearly_holiday(2, 29, name="b"),
            sla.yearly_holiday(12, 25, first=day, last=last),
            sla.weekday_holiday(11, 4, "thu", name="c"),
            sla.weekday_holiday(5, -1, Weekdays.MONDAY, first=day),
            sla.special_hours(day, "09:00", "24:00"),
            sla.special_hours(day, "22:00:30", "06:00", last),
            sla.yearly_special_hours(12, 24, "09:00", "12:00", last=last),
            sla.weekday_special_hours(11, 4, "friday", "09:00", "12:00"),
            sla.closure(day, "09:00", "10:00", name="d"),
            sla.closure(day, "09:00", "24:00", last),
            sla.yearly_closure(12, 31, "12:00", "24:00", name="e"),
            sla.weekday_closure(1, 1, "mon", "09:00", "10:00", name="f"),
        ]
        made = sla.Calendar("UTC", entries=entries)
        self.assertEqual(list(made.entries), entries)
        self.assertEqual(
            sla.Calendar("UTC", made.entries, window=(2024, 2025)).entries,
            made.entries)
        self.assertEqual([str(entry) for entry in entries[:3]],
                         ["hours 09:00-17:00", "hours 22:00-06:00",
                          "holiday"])
        self.assertEqual(str(entries[12]), "closure 'd' 09:00-10:00")

    def test_hours_as_entries_are_hours_as_text(self) -> None:
        self.assertEqual(
            sla.Calendar("UTC", [sla.hours("mon", "09:00", "17:00"),
                                 sla.hours(32, "10:00", "12:00")]),
            sla.Calendar("UTC", "Mo 09:00-17:00; Sa 10:00-12:00"))

    def test_names_of_any_length(self) -> None:
        name = "é" * 127
        made = sla.Calendar("UTC", "24/7", [(date(2024, 6, 3), name)])
        self.assertEqual(made.entries[-1].name, name)
        with self.assertRaises(sla.CalendarError) as caught:
            sla.Calendar("UTC", "24/7", [(date(2024, 6, 3), name + "é")])
        self.assertIs(caught.exception.code, sla.Code.E_NAME)

    def test_window(self) -> None:
        one = sla.Calendar("UTC", "24/7", window=(2024, 2030))
        self.assertEqual(one.window, (2024, 2030))
        self.assertIs(one.window_is_set, True)
        self.assertIs(self.made.window_is_set, False)
        with self.assertRaises(sla.UsageError):
            sla.Calendar("UTC", "24/7", window=(2030, 2024))

    def test_told_again_from_what_it_says(self) -> None:
        for made in (self.made, self.made.extended(window=(2024, 2025))):
            self.assertEqual(made, sla.Calendar(
                made.zone, made.entries,
                window=made.window if made.window_is_set else None))


if __name__ == "__main__":
    unittest.main()
