# SPDX-License-Identifier: MIT
"""Business hours and targets in plain Python, day by day and minute by
minute: what a helpdesk writes when it has no library.  For comparison only.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import Dict, Iterator, List, NamedTuple, Optional, Set, Tuple
from zoneinfo import ZoneInfo

ZERO = timedelta(0)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


class Calendar:
    """Weekly hours in a zone, without those of holidays."""

    def __init__(self, zone: str, week: Dict[int, List[Tuple[time, time]]],
                 holidays: Set[date]) -> None:
        self.zone = ZoneInfo(zone)
        self.week = week
        self.holidays = holidays

    def opened(self, day: date) -> Iterator[Tuple[datetime, datetime]]:
        """The open intervals of a day, in UTC."""
        if day in self.holidays:
            return
        for opens, closes in self.week.get(day.weekday(), ()):
            yield (datetime.combine(day, opens, self.zone)
                   .astimezone(timezone.utc),
                   datetime.combine(day, closes, self.zone)
                   .astimezone(timezone.utc))

    def add(self, moment: datetime, length: timedelta) -> datetime:
        """When so much open time has passed."""
        day = moment.astimezone(self.zone).date()
        while length > ZERO:
            for opens, closes in self.opened(day):
                opens = max(opens, moment)
                if opens + length <= closes:
                    return opens + length
                if opens < closes:
                    length -= closes - opens
            day += DAY
        return moment

    def elapsed(self, begin: datetime, end: datetime) -> timedelta:
        """Open time between two instants."""
        day = begin.astimezone(self.zone).date()
        last = end.astimezone(self.zone).date()
        passed = ZERO
        while day <= last:
            for opens, closes in self.opened(day):
                opens, closes = max(opens, begin), min(closes, end)
                if opens < closes:
                    passed += closes - opens
            day += DAY
        return passed


class ByTheMinute(Calendar):
    """The same by asking of every minute whether it is open: what is
    usually written first.  For whole minutes only."""

    def is_open(self, moment: datetime) -> bool:
        there = moment.astimezone(self.zone)
        if there.date() in self.holidays:
            return False
        clock = there.time()
        return any(opens <= clock < closes for opens, closes
                   in self.week.get(there.weekday(), ()))

    def add(self, moment: datetime, length: timedelta) -> datetime:
        while length > ZERO:
            if self.is_open(moment):
                length -= MINUTE
            moment += MINUTE
        return moment

    def elapsed(self, begin: datetime, end: datetime) -> timedelta:
        passed = ZERO
        while begin < end:
            if self.is_open(begin):
                passed += MINUTE
            begin += MINUTE
        return passed


class Result(NamedTuple):
    """As much of a result as is computed here."""

    phase: str
    status: str
    due_at: Optional[datetime]
    due_soon_at: Optional[datetime]
    elapsed: timedelta


Event = Tuple[datetime, str]
STOPS = {"first response": ("agent reply", "solved"),
         "resolution": ("solved",)}
PAUSES = {"first response": (), "resolution": ("pending",)}


class Clock:
    """Counts towards a target, and knows when two marks were reached."""

    def __init__(self, calendar: Calendar, marks: List[timedelta]) -> None:
        self.calendar = calendar
        self.marks = marks
        self.reached: List[Optional[datetime]] = [None] * len(marks)
        self.since: Optional[datetime] = None
        self.spent = ZERO

    def stop(self, at: datetime) -> None:
        if self.since is None:
            return
        passed = self.calendar.elapsed(self.since, at)
        for place, mark in enumerate(self.marks):
            if self.reached[place] is None and self.spent + passed >= mark:
                when = self.when(place)
                # At its due instant a clock is still on time.
                if when is not None and (when < at or place == 1):
                    self.reached[place] = when
        self.spent += passed
        self.since = None

    def when(self, place: int) -> Optional[datetime]:
        """When a mark was reached, or will be if the clock runs on."""
        if self.reached[place] is None and self.since is not None:
            return self.calendar.add(
                self.since, max(self.marks[place] - self.spent, ZERO))
        return self.reached[place]


def evaluate(calendar: Calendar, metric: str, target: timedelta,
             lead: timedelta, events: List[Event], now: datetime) -> Result:
    """One metric of a ticket: a created, pending, open, solved life."""
    clock = Clock(calendar, [target, target - lead])
    phase = "inactive"
    for at, kind in events:
        if at > now:
            break
        if kind in STOPS[metric] and phase in ("running", "paused"):
            clock.since = clock.since or at
            due, soon = clock.when(0), clock.when(1)
            clock.stop(at)
            status = "overdue" if due is not None and at > due else "on time"
            return Result("fulfilled", status, due, soon, clock.spent)
        if kind in PAUSES[metric] and phase == "running":
            clock.stop(at)
            phase = "paused"
        elif kind == "created" or (kind == "open" and phase == "paused"):
            clock.since = at
            phase = "running"
    due, soon = clock.when(0), clock.when(1)
    clock.stop(now)
    status = ("on time" if due is None or soon is None else
              "overdue" if now > due else
              "due soon" if now >= soon else "on time")
    return Result(phase, status, due, soon, clock.spent)
