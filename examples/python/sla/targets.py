# SPDX-License-Identifier: MIT
"""What was promised: an amount, its unit, and the clock it is counted on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Mapping, Optional, Union

from .calendar import Calendar
from .names import Clock, Unit

__all__ = ["DueSoon", "Target", "TargetLike", "Targets", "around_the_clock",
           "business_hours", "counted_days", "end_of_working_day",
           "working_days"]

#: Due soon while so much time remains, or once that percentage is used.
DueSoon = Union[timedelta, int]


@dataclass(frozen=True)
class Target:
    """A target; made by the functions below, or simply a timedelta.

    amount: a length for Unit.SECONDS, else a number of days; None where
        there is no more than a due-soon rule.
    clock: None stands for business hours where the policy or the target
        has a calendar, else for around the clock.
    calendar: one for this target alone.
    second_stage: around the clock, once the amount is used up.
    allowance: more for a start while it is closed.
    """

    amount: Union[timedelta, int, None]
    unit: Unit = Unit.SECONDS
    clock: Optional[Clock] = None
    calendar: Optional[Calendar] = None
    second_stage: timedelta = timedelta(0)
    allowance: timedelta = timedelta(0)
    due_soon: Optional[DueSoon] = None


TargetLike = Union[timedelta, Target]
Targets = Union[TargetLike, Mapping[Any, TargetLike]]


def business_hours(amount: timedelta, calendar: Optional[Calendar] = None,
                   *, second_stage: timedelta = timedelta(0),
                   allowance: timedelta = timedelta(0),
                   due_soon: Optional[DueSoon] = None) -> Target:
    """So much time while it is open."""
    return Target(amount, Unit.SECONDS, Clock.BUSINESS_HOURS, calendar,
                  second_stage, allowance, due_soon)


def around_the_clock(amount: timedelta, *,
                     due_soon: Optional[DueSoon] = None) -> Target:
    """So much time, whether it is open or not."""
    return Target(amount, Unit.SECONDS, Clock.AROUND_THE_CLOCK,
                  due_soon=due_soon)


def working_days(days: int, calendar: Optional[Calendar] = None, *,
                 due_soon: Optional[DueSoon] = None) -> Target:
    """At the same time of day, so many working dates later."""
    return Target(days, Unit.WORKING_DAYS, Clock.BUSINESS_HOURS, calendar,
                  due_soon=due_soon)


def end_of_working_day(days: int = 0, calendar: Optional[Calendar] = None,
                       *, due_soon: Optional[DueSoon] = None) -> Target:
    """When the working date ends, or that so many working dates later."""
    return Target(days, Unit.END_OF_WORKING_DAY, Clock.BUSINESS_HOURS,
                  calendar, due_soon=due_soon)


def counted_days(days: int, clock: Optional[Clock] = None,
                 calendar: Optional[Calendar] = None, *,
                 second_stage: timedelta = timedelta(0),
                 allowance: timedelta = timedelta(0),
                 due_soon: Optional[DueSoon] = None) -> Target:
    """So many days of 24 counted hours."""
    return Target(days, Unit.COUNTED_DAYS, clock, calendar, second_stage,
                  allowance, due_soon)
