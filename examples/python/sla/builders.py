# SPDX-License-Identifier: MIT
"""Policies step by step, in an order of one's own.

Policy(...) says all at once what a PolicyBuilder is told bit by bit, and
Policy.from_builder makes what it was told into a policy.  A builder belongs
to one thread at a time, and stays as it is when it is built.
"""

from __future__ import annotations

from ctypes import byref, c_void_p, sizeof
from datetime import timedelta
from typing import Any, Optional, Union

from . import _raw
from ._call import call, long, unsigned
from ._library import core
from ._times import seconds_of
from .calendar import Calendar
from .names import (Clock, Like, Metric, Preset, Priority,
                    TicketStatus, Unit, number_of, option_of)
from .rules import MetricRule, raw_rule, rule_of
from .targets import (DueSoon, Length, Target, TargetLike, due_soon_of,
                      length_of, target_of)

__all__ = ["PolicyBuilder"]


class PolicyBuilder:
    """Gathers what a policy consists of."""

    def __init__(self, base: Optional[Any] = None) -> None:
        """With all that a policy was built from, if there is one."""
        self._handle = c_void_p()
        self._has_calendar = base is not None and base.calendar is not None
        if base is None:
            call(core.sla_policy_builder_new, None, byref(self._handle))
        else:
            call(core.sla_policy_builder_new_from, base._handle, None,
                 byref(self._handle))

    def __del__(self) -> None:
        handle, self._handle = self._handle, c_void_p()
        core.sla_policy_builder_free(handle)

    def set_calendar(self, calendar: Calendar) -> None:
        """The calendar of the targets that have none of their own."""
        call(core.sla_policy_builder_set_calendar, self._handle,
             _calendar(calendar))
        self._has_calendar = True

    def set_target(self, metric: Like, target: TargetLike,
                   priority: Like = Priority.ANY) -> None:
        """A target, with all that belongs to it."""
        target = target_of(target)
        place = (self._handle, number_of(Metric, metric),
                 number_of(Priority, priority))
        if target.amount is not None:
            call(core.sla_policy_builder_set_target, *place,
                 _amount(target), number_of(Unit, target.unit),
                 self._clock(target))
        if target.calendar is not None:
            call(core.sla_policy_builder_set_target_calendar, *place,
                 _calendar(target.calendar))
        if target.second_stage:
            call(core.sla_policy_builder_set_second_stage, *place,
                 seconds_of(target.second_stage))
        if target.allowance:
            call(core.sla_policy_builder_set_allowance, *place,
                 seconds_of(target.allowance))
        if target.due_soon is not None:
            self.set_due_soon(metric, target.due_soon, priority)

    def set_due_soon(self, metric: Like, rule: DueSoon,
                     priority: Like = Priority.ANY) -> None:
        """While so much remains, or once that percentage is used."""
        place = (self._handle, number_of(Metric, metric),
                 number_of(Priority, priority))
        rule = due_soon_of(rule)
        if isinstance(rule, timedelta):
            call(core.sla_policy_builder_set_due_soon, *place,
                 seconds_of(rule))
        else:
            call(core.sla_policy_builder_set_due_soon_percent, *place,
                 unsigned(rule, "percentage"))

    def clear_targets(self, metric: Like) -> None:
        """Takes away all targets of a metric, and its due-soon rules."""
        call(core.sla_policy_builder_clear_targets, self._handle,
             number_of(Metric, metric))

    def set_second_stage(self, metric: Like, length: Length,
                         priority: Like = Priority.ANY) -> None:
        """Around the clock, once the target is used up; zero for none."""
        call(core.sla_policy_builder_set_second_stage, self._handle,
             number_of(Metric, metric), number_of(Priority, priority),
             seconds_of(length_of(length)))

    def set_allowance(self, metric: Like, length: Length,
                      priority: Like = Priority.ANY) -> None:
        """So much more for a start while it is closed; zero for none."""
        call(core.sla_policy_builder_set_allowance, self._handle,
             number_of(Metric, metric), number_of(Priority, priority),
             seconds_of(length_of(length)))

    def set_target_calendar(self, metric: Like, calendar: Calendar,
                            priority: Like = Priority.ANY) -> None:
        """A calendar for one target alone."""
        call(core.sla_policy_builder_set_target_calendar, self._handle,
             number_of(Metric, metric), number_of(Priority, priority),
             _calendar(calendar))

    def set_pause(self, metric: Like, status: Like, pauses: bool) -> None:
        """Whether a status pauses a metric."""
        call(core.sla_policy_builder_set_pause, self._handle,
             number_of(Metric, metric), number_of(TicketStatus, status),
             unsigned(pauses))

    def set_status(self, status: int, behaves_as: Like) -> None:
        """A status of the host's own, 16 to 31, does as one of the six."""
        call(core.sla_policy_builder_set_status, self._handle,
             unsigned(status), number_of(TicketStatus, behaves_as))

    def set_option(self, metric: Like, option: Like, value: Like) -> None:
        """One option of a metric."""
        number, choice = option_of(option, value)
        call(core.sla_policy_builder_set_option, self._handle,
             number_of(Metric, metric), number, choice)

    def set_metric(self, metric: Like, rule: MetricRule) -> None:
        """A metric of the host's own (32 to 63), or another rule for one
        of the nine; what set_pause said before is forgotten."""
        raw = raw_rule(rule)
        call(core.sla_policy_builder_set_metric, self._handle,
             number_of(Metric, metric), byref(raw), sizeof(raw))

    def metric(self, metric: Like) -> MetricRule:
        """The rule of a metric as it stands."""
        raw = _raw.MetricRule()
        call(core.sla_policy_builder_metric, self._handle,
             number_of(Metric, metric), byref(raw), sizeof(raw))
        return rule_of(raw)

    def set_preset(self, preset: Like) -> None:
        """The rules, options and pauses of a system's metrics."""
        call(core.sla_policy_builder_set_preset, self._handle,
             number_of(Preset, preset))

    def _build(self) -> Optional[int]:
        handle = c_void_p()
        call(core.sla_policy_builder_build, self._handle, byref(handle))
        return handle.value

    def _clock(self, target: Target) -> int:
        if target.clock is not None:
            return number_of(Clock, target.clock)
        if self._has_calendar or target.calendar is not None:
            return Clock.BUSINESS_HOURS
        return Clock.AROUND_THE_CLOCK


def _calendar(calendar: Calendar) -> Optional[int]:
    if not isinstance(calendar, Calendar):
        raise TypeError(f"not a calendar: {calendar!r}")
    return calendar._handle


def _amount(target: Target) -> int:
    """Seconds of a length, or a number of days."""
    counted = number_of(Unit, target.unit) == Unit.SECONDS
    amount: Union[timedelta, int, None] = target.amount
    if isinstance(amount, timedelta):
        if not counted:
            raise TypeError(f"{amount!r} is no number of days")
        return seconds_of(amount)
    if counted or amount is None:
        raise TypeError(f"{amount!r} is no timedelta")
    return long(amount)
