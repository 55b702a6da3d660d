# SPDX-License-Identifier: MIT
"""Dates as the library counts them."""

from __future__ import annotations

from ctypes import byref, c_int32, c_uint32
from datetime import date

from ._call import ask, signed
from ._library import core
from ._times import date_of, number_of

__all__ = ["date_from_days", "days_of_date", "weekday_of"]


def weekday_of(day: date) -> int:
    """1 for Monday to 7 for Sunday."""
    weekday = c_uint32()
    ask(core.sla_date_weekday, number_of(day), byref(weekday))
    return weekday.value


def days_of_date(day: date) -> int:
    """Days since 1970-01-01."""
    days = c_int32()
    ask(core.sla_date_to_days, number_of(day), byref(days))
    return days.value


def date_from_days(days: int) -> date:
    """The date that is so many days after 1970-01-01."""
    found = c_int32()
    ask(core.sla_date_from_days, signed(days), byref(found))
    return date_of(found.value)
