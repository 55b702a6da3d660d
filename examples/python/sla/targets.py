# SPDX-License-Identifier: MIT
"""What was promised: an amount, its unit, and the clock it is counted on.

Wherever a length or a target is wanted, a text will do: "1h30m"; "4h@24x7"
around the clock; "2wd" working days, "eod" and "1eod" ends of a working day,
"3d" days of 24 counted hours.  A due-soon rule may be "1h" or "75%".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Mapping, Optional, Union

from .calendar import Calendar
from .names import Clock, Unit

__all__ = ["DueSoon", "Target", "TargetLike", "Targets", "around_the_clock",
           "business_hours", "counted_days", "end_of_working_day",
           "parse_length", "parse_target", "working_days"]

#: Due soon while so much time remains, or once that percentage is used.
DueSoon = Union[timedelta, int, str]
Length = Union[timedelta, str]


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


TargetLike = Union[timedelta, Target, str]
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


# ---- texts ------------------------------------------------------------

_LENGTH = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?", re.ASCII)
_TARGET = re.compile(r"(?:(\d+)(wd|d)|(\d*)eod|(\w+))(@24x7|@24/7)?",
                     re.ASCII)


def parse_length(text: str) -> timedelta:
    """1h30m, 45s."""
    match = _LENGTH.fullmatch(text.strip())
    if not match or not match.group():
        raise ValueError(f"{text!r} is not a length such as '1h30m'")
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def parse_target(text: str) -> Target:
    """4h, 4h@24x7, 2wd, eod, 1eod, 3d, 3d@24x7."""
    match = _TARGET.fullmatch(text.strip())
    around = bool(match and match.group(5))
    clock = Clock.AROUND_THE_CLOCK if around else None
    if match and match.group(2) == "d":
        return counted_days(int(match.group(1)), clock)
    if match and match.group(4):
        return Target(parse_length(match.group(4)), clock=clock)
    if not match or around:
        raise ValueError(f"{text!r} is not a target such as '4h', '4h@24x7', "
                         "'2wd' or 'eod'")
    if match.group(2) == "wd":
        return working_days(int(match.group(1)))
    return end_of_working_day(int(match.group(3) or 0))


def length_of(length: Length) -> timedelta:
    return parse_length(length) if isinstance(length, str) else length


def target_of(target: TargetLike) -> Target:
    if isinstance(target, str):
        return parse_target(target)
    if isinstance(target, timedelta):
        return Target(target)
    if not isinstance(target, Target):
        raise TypeError(f"a target is a timedelta, a Target or a text, not "
                        f"{target!r}")
    return target


def due_soon_of(rule: DueSoon) -> Union[timedelta, int]:
    if isinstance(rule, str):
        percent = re.fullmatch(r"(\d+)%", rule.strip(), re.ASCII)
        return int(percent.group(1)) if percent else parse_length(rule)
    return rule
