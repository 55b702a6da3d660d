# SPDX-License-Identifier: MIT
"""Python's instants, lengths, dates and times of day, and the library's.

An instant goes in as an aware datetime, of which a fraction of a second is
dropped, and comes out in the time zone that the question was asked in.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Optional, Union

from ._raw import NONE
from .errors import NaiveDatetimeError

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
TimeOfDay = Union[time, timedelta, str]


def instant_of(moment: datetime) -> int:
    """Seconds since 1970; the moment must say in which zone it is."""
    if not isinstance(moment, datetime):
        raise TypeError(f"an instant is a datetime, not {moment!r}")
    try:
        since = moment - EPOCH
    except TypeError:
        raise NaiveDatetimeError(
            f"{moment!r} has no time zone: give it one, such as "
            "tzinfo=timezone.utc or ZoneInfo('Europe/Madrid')") from None
    return since.days * 86400 + since.seconds


def optional_instant(moment: Optional[datetime]) -> int:
    return NONE if moment is None else instant_of(moment)


def datetime_of(instant: int, zone: Optional[tzinfo]) -> datetime:
    """In the zone, or in UTC where the zone has no year for it."""
    try:
        return datetime.fromtimestamp(instant, zone or timezone.utc)
    except (OverflowError, OSError, ValueError):
        return EPOCH + timedelta(seconds=instant)


def optional_datetime(instant: int,
                      zone: Optional[tzinfo]) -> Optional[datetime]:
    return None if instant == NONE else datetime_of(instant, zone)


def seconds_of(length: timedelta) -> int:
    """A length of whole seconds, negative ones included."""
    if not isinstance(length, timedelta):
        raise TypeError(f"a length of time is a timedelta, not {length!r}")
    if length.microseconds:
        raise ValueError(f"{length!r} is not a whole number of seconds")
    return length.days * 86400 + length.seconds


def optional_length(seconds: int) -> Optional[timedelta]:
    return None if seconds == NONE else timedelta(0, seconds)


def number_of(day: date) -> int:
    """20261225 for the 25th of December 2026."""
    if isinstance(day, datetime) or not isinstance(day, date):
        raise TypeError(f"a date is a date without a time, not {day!r}")
    return day.year * 10000 + day.month * 100 + day.day


def date_of(number: int) -> date:
    return date(number // 10000, number // 100 % 100, number % 100)


def clock_of(moment: TimeOfDay) -> int:
    """Seconds after midnight; 24:00 is "24:00" or timedelta(hours=24)."""
    if isinstance(moment, timedelta):
        return seconds_of(moment)
    if isinstance(moment, time):
        if moment.microsecond or moment.tzinfo:
            raise ValueError(f"{moment!r} is not a time of day in whole "
                             "seconds, on the clock of the calendar's zone")
        return moment.hour * 3600 + moment.minute * 60 + moment.second
    if not isinstance(moment, str):
        raise TypeError(f"a time of day is a time, not {moment!r}")
    parts = moment.split(":")
    if not 2 <= len(parts) <= 3 or not all(
            len(part) == 2 and part.isascii() and part.isdigit()
            for part in parts):
        raise ValueError(f"{moment!r} is not a time of day such as '09:00'")
    hours, minutes, seconds = (list(map(int, parts)) + [0])[:3]
    if minutes > 59 or seconds > 59:
        raise ValueError(f"{moment!r} is not a time of day such as '09:00'")
    return hours * 3600 + minutes * 60 + seconds


def clock_text(second: int) -> str:
    text = f"{second // 3600:02d}:{second // 60 % 60:02d}"
    return f"{text}:{second % 60:02d}" if second % 60 else text
