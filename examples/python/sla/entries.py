# SPDX-License-Identifier: MIT
"""What a calendar is told: hours, holidays, special hours, closures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Iterable, Mapping, Optional, Tuple, Union

from . import _raw
from ._call import signed, unsigned
from ._raw import EntryKind, Recurrence, Weekdays
from ._times import TimeOfDay, clock_of, clock_text, date_of, number_of

__all__ = [
    "Entry", "EntryKind", "HolidayLike", "Holidays", "Recurrence",
    "Weekdays", "closure", "holiday", "hours", "special_hours",
    "weekday_closure", "weekday_holiday", "weekday_special_hours",
    "yearly_closure", "yearly_holiday", "yearly_special_hours",
]

DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday",
             "saturday", "sunday")
MIDNIGHT = timedelta(0)


@dataclass(frozen=True)
class Entry:
    """One thing a calendar was told; made by the functions below.

    first and last limit the dates that it is in force on.  opens and closes
    are on the clock, since midnight; one that closes before it opens does
    so on the next day.  Of a closure they are its beginning and end.
    """

    kind: EntryKind
    recurrence: Recurrence
    opens: timedelta = MIDNIGHT
    closes: timedelta = MIDNIGHT
    first: Optional[date] = None
    last: Optional[date] = None
    weekdays: Weekdays = Weekdays(0)
    month: int = 0
    day: int = 0  #: of the month; or which weekday of it, -1 the last
    name: str = ""

    def __str__(self) -> str:
        text = self.kind.name.lower().replace("_", " ")
        if self.name:
            text += f" {self.name!r}"
        if self.opens != self.closes:
            text += (f" {clock_text(clock_of(self.opens))}"
                     f"-{clock_text(clock_of(self.closes))}")
        return text


def _optional_number(day: Optional[date]) -> int:
    return 0 if day is None else number_of(day)


def _optional_date(number: int) -> Optional[date]:
    return date_of(number) if number else None


def raw_of(entry: Entry) -> _raw.Entry:
    if not isinstance(entry, Entry):
        raise TypeError(f"not an entry of a calendar: {entry!r}")
    return _raw.Entry(
        first=_optional_number(entry.first), last=_optional_number(entry.last),
        opens=signed(clock_of(entry.opens)),
        closes=signed(clock_of(entry.closes)),
        kind=unsigned(entry.kind), recurrence=unsigned(entry.recurrence),
        weekdays=unsigned(entry.weekdays), month=signed(entry.month),
        day=signed(entry.day))


def entry_of(raw: _raw.Entry, name: str) -> Entry:
    return Entry(
        EntryKind(raw.kind), Recurrence(raw.recurrence),
        timedelta(seconds=raw.opens), timedelta(seconds=raw.closes),
        _optional_date(raw.first), _optional_date(raw.last),
        Weekdays(raw.weekdays), raw.month, raw.day, name)


# ---- when -------------------------------------------------------------

def weekdays_of(weekdays: Union[int, str, Iterable[str]]) -> Weekdays:
    """A mask of weekdays, or their names: "monday" or ["mon", "tue"]."""
    if isinstance(weekdays, int):
        return Weekdays(weekdays)
    names = [weekdays] if isinstance(weekdays, str) else list(weekdays)
    mask = Weekdays(0)
    for name in names:
        found = [place for place, day in enumerate(DAY_NAMES)
                 if len(name) >= 2 and day.startswith(name.lower())]
        if len(found) != 1:
            raise ValueError(f"{name!r} is no weekday")
        mask |= Weekdays(1 << found[0])
    return mask


def _dated(kind: EntryKind, first: date, last: Optional[date],
           opens: TimeOfDay, closes: TimeOfDay, name: str) -> Entry:
    number_of(first)
    if last is not None:
        number_of(last)
    return Entry(kind, Recurrence.DATES, timedelta(seconds=clock_of(opens)),
                 timedelta(seconds=clock_of(closes)), first, last or first,
                 name=name)


def _yearly(kind: EntryKind, month: int, day: int, opens: TimeOfDay,
            closes: TimeOfDay, name: str, first: Optional[date],
            last: Optional[date]) -> Entry:
    return Entry(kind, Recurrence.YEARLY, timedelta(seconds=clock_of(opens)),
                 timedelta(seconds=clock_of(closes)), first, last,
                 month=month, day=day, name=name)


def _weekday(kind: EntryKind, month: int, nth: int,
             weekday: Union[int, str], opens: TimeOfDay, closes: TimeOfDay,
             name: str, first: Optional[date], last: Optional[date]) -> Entry:
    return Entry(kind, Recurrence.YEARLY_WEEKDAY,
                 timedelta(seconds=clock_of(opens)),
                 timedelta(seconds=clock_of(closes)), first, last,
                 weekdays_of(weekday), month, nth, name)


# ---- what -------------------------------------------------------------

def hours(weekdays: Union[int, str, Iterable[str]], opens: TimeOfDay,
          closes: TimeOfDay, first: Optional[date] = None,
          last: Optional[date] = None) -> Entry:
    """Weekly hours, perhaps only from one date to another."""
    return Entry(EntryKind.HOURS, Recurrence.WEEKLY,
                 timedelta(seconds=clock_of(opens)),
                 timedelta(seconds=clock_of(closes)), first, last,
                 weekdays_of(weekdays))


def holiday(first: date, last: Optional[date] = None, *,
            name: str = "") -> Entry:
    """A holiday, or all the dates from one to another."""
    return _dated(EntryKind.HOLIDAY, first, last, MIDNIGHT, MIDNIGHT, name)


def yearly_holiday(month: int, day: int, *, name: str = "",
                   first: Optional[date] = None,
                   last: Optional[date] = None) -> Entry:
    """A holiday of every year, perhaps only from one date to another."""
    return _yearly(EntryKind.HOLIDAY, month, day, MIDNIGHT, MIDNIGHT, name,
                   first, last)


def weekday_holiday(month: int, nth: int, weekday: Union[int, str], *,
                    name: str = "", first: Optional[date] = None,
                    last: Optional[date] = None) -> Entry:
    """The nth (1 to 5, -1 the last) weekday of a month of every year."""
    return _weekday(EntryKind.HOLIDAY, month, nth, weekday, MIDNIGHT,
                    MIDNIGHT, name, first, last)


def special_hours(first: date, opens: TimeOfDay, closes: TimeOfDay,
                  last: Optional[date] = None) -> Entry:
    """Hours that replace those of a date, or of all to another one."""
    return _dated(EntryKind.SPECIAL_HOURS, first, last, opens, closes, "")


def yearly_special_hours(month: int, day: int, opens: TimeOfDay,
                         closes: TimeOfDay, *, first: Optional[date] = None,
                         last: Optional[date] = None) -> Entry:
    return _yearly(EntryKind.SPECIAL_HOURS, month, day, opens, closes, "",
                   first, last)


def weekday_special_hours(month: int, nth: int, weekday: Union[int, str],
                          opens: TimeOfDay, closes: TimeOfDay, *,
                          first: Optional[date] = None,
                          last: Optional[date] = None) -> Entry:
    return _weekday(EntryKind.SPECIAL_HOURS, month, nth, weekday, opens,
                    closes, "", first, last)


def closure(first: date, begins: TimeOfDay, ends: TimeOfDay,
            last: Optional[date] = None, *, name: str = "") -> Entry:
    """A part of a date that is closed, whatever opened it."""
    return _dated(EntryKind.CLOSURE, first, last, begins, ends, name)


def yearly_closure(month: int, day: int, begins: TimeOfDay, ends: TimeOfDay,
                   *, name: str = "", first: Optional[date] = None,
                   last: Optional[date] = None) -> Entry:
    return _yearly(EntryKind.CLOSURE, month, day, begins, ends, name, first,
                   last)


def weekday_closure(month: int, nth: int, weekday: Union[int, str],
                    begins: TimeOfDay, ends: TimeOfDay, *, name: str = "",
                    first: Optional[date] = None,
                    last: Optional[date] = None) -> Entry:
    return _weekday(EntryKind.CLOSURE, month, nth, weekday, begins, ends,
                    name, first, last)


# ---- holidays in other words ------------------------------------------

HolidayLike = Union[date, Entry, Tuple[date, str], Tuple[date, date],
                    Tuple[date, date, str]]
Holidays = Union[Mapping[date, str], Iterable[HolidayLike]]


def _holiday_of(item: HolidayLike) -> Entry:
    if isinstance(item, Entry):
        if item.kind is not EntryKind.HOLIDAY:
            raise ValueError(f"not a holiday: {item}")
        return item
    if isinstance(item, tuple):
        dates = [part for part in item if isinstance(part, date)]
        names = [part for part in item if isinstance(part, str)]
        if 1 <= len(dates) <= 2 and len(names) <= 1 and (
                [*dates, *names] == list(item)):
            return holiday(*dates, name="".join(names))
    elif isinstance(item, date):
        return holiday(item)
    raise TypeError(f"not a holiday: {item!r}")


def holidays_of(holidays: Holidays) -> Iterable[Entry]:
    """Dates; (date, name); (first, last); (first, last, name); entries;
    or a mapping of dates to names, as the package holidays has them."""
    if isinstance(holidays, Mapping):
        return [holiday(day, name=name) for day, name in holidays.items()]
    return [_holiday_of(item) for item in holidays]
