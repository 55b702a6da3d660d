# SPDX-License-Identifier: MIT
"""Reports: how many tickets are on time and how long they took, by group;
objectives of a period; past tickets under other policies."""

from __future__ import annotations

from ctypes import byref, c_int64, c_size_t, c_uint64, c_void_p, sizeof
from datetime import datetime, timedelta, tzinfo
from typing import (Any, Iterable, List, NamedTuple, Optional,
                    Sequence, Tuple, Union)

from . import _raw
from ._call import ask, bytes_from, call, long, named, unsigned
from ._library import core
from ._raw import NONE, HistoryState, ObjectiveKind, ObjectiveVerdict
from ._times import (instant_of, optional_datetime, optional_instant,
                     optional_length, seconds_of)
from .events import Event, Log, Row, pointer_of, raw_row
from .names import Clock, Like, Metric, number_of
from .policy import Policy
from .results import Result, array_of as results_of

__all__ = ["History", "HistoryState", "MetricCounts", "Objective",
           "ObjectiveKind", "ObjectiveVerdict", "Report", "Standing",
           "Tally", "TicketCounts", "backtest"]


class History(NamedTuple):
    """What a report counts of a ticket besides its results."""

    created_at: datetime
    done_at: Optional[datetime] = None  #: solved or closed, the last time
    state: HistoryState = HistoryState.OPEN
    replies: int = 0  #: public ones of agents
    reopenings: int = 0

    @classmethod
    def of(cls, policy: Policy, events: Union[Log, Iterable[Event]],
           now: datetime) -> History:
        """From a ticket's log, with the statuses of a policy."""
        raw, (first, count) = _raw.History(), pointer_of(events)
        call(core.sla_history_of_events, policy._handle, first, count,
             sizeof(_raw.Event), instant_of(now), byref(raw), sizeof(raw))
        return cls._read(raw, now.tzinfo)

    @classmethod
    def of_row(cls, policy: Policy, row: Row, now: datetime) -> History:
        """From a ticket that is kept as a row."""
        raw, taken = _raw.History(), raw_row(row)
        call(core.sla_history_of_row, policy._handle, byref(taken),
             sizeof(taken), instant_of(now), byref(raw), sizeof(raw))
        return cls._read(raw, now.tzinfo)

    @classmethod
    def _read(cls, raw: _raw.History, zone: Optional[tzinfo]) -> History:
        created = optional_datetime(raw.created_at, zone)
        assert created is not None  # every ticket has a creation
        return cls(created, optional_datetime(raw.done_at, zone),
                   HistoryState(raw.state), raw.replies, raw.reopenings)


class TicketCounts(NamedTuple):
    """The tickets of a group."""

    tickets: int
    open: int
    done: int
    cancelled: int
    first_contact: int  #: done, with at most one reply, never reopened
    reopened: int


class MetricCounts(NamedTuple):
    """The cycles of a metric in a group, and how long those took that
    were fulfilled; lengths are None without any."""

    on_time: int
    due_soon: int
    overdue: int  #: running or paused
    paused: int
    met: int
    missed: int
    cancelled: int
    without_target: int
    measured: int  #: fulfilled
    attainment: Optional[int]  #: hundredths of a per cent, rounded down
    mean: Optional[timedelta]
    least: Optional[timedelta]
    most: Optional[timedelta]
    wall_mean: Optional[timedelta]
    wall_least: Optional[timedelta]
    wall_most: Optional[timedelta]


def _group(group: Optional[int]) -> int:
    if group is None:
        return NONE
    if long(group) == NONE:
        raise OverflowError(f"{group} is no number of a group")
    return group


class Report:
    """Counts of tickets and times, by groups that the host numbers.

    ages: up to which open tickets are counted apart.  Where a group is
    asked for, None stands for all of them together.  Reports of parts
    merge into exactly the report of the whole.  One thread at a time.
    """

    __slots__ = ("_handle", "__weakref__")
    _handle: Optional[int]

    def __init__(self, ages: Sequence[timedelta] = ()) -> None:
        handle = c_void_p()
        seconds = (c_int64 * len(ages))(*map(seconds_of, ages))
        call(core.sla_report_new, None, seconds, len(ages), byref(handle))
        self._handle = handle.value

    @classmethod
    def from_bytes(cls, data: bytes) -> Report:
        """The report that has these bytes; they may come from anywhere."""
        handle, data = c_void_p(), bytes(data)
        call(core.sla_report_new_bytes, data, len(data), None,
             byref(handle))
        made = object.__new__(cls)
        made._handle = handle.value
        return made

    def to_bytes(self) -> bytes:
        """Bytes to be sent; the same for reports that count the same."""
        return bytes_from(core.sla_report_bytes, self._handle)

    __bytes__ = to_bytes

    def add(self, group: int, history: History, results: Iterable[Result],
            now: datetime) -> None:
        """Counts a ticket, with a result of each metric or all cycles."""
        raw = _raw.History(
            instant_of(history.created_at), optional_instant(history.done_at),
            number_of(HistoryState, history.state),
            unsigned(history.replies), unsigned(history.reopenings))
        array, count = results_of(results)
        call(core.sla_report_add, self._handle, _group(group), byref(raw),
             sizeof(raw), array, count, sizeof(_raw.Result),
             instant_of(now))

    def merge(self, other: Report) -> None:
        """Adds all that another report has counted."""
        if not isinstance(other, Report):
            raise TypeError(f"not a report: {other!r}")
        call(core.sla_report_merge, self._handle, other._handle)

    @property
    def groups(self) -> List[int]:
        """The groups, ascending."""
        group, found = c_int64(), []
        for index in range(core.sla_report_group_count(self._handle)):
            ask(core.sla_report_group, self._handle, index, byref(group))
            found.append(group.value)
        return found

    @property
    def ages(self) -> Tuple[timedelta, ...]:
        age, found = c_int64(), []
        for index in range(core.sla_report_age_count(self._handle)):
            ask(core.sla_report_age, self._handle, index, byref(age))
            found.append(timedelta(seconds=age.value))
        return tuple(found)

    def tickets(self, group: Optional[int] = None) -> TicketCounts:
        raw = _raw.TicketCounts()
        ask(core.sla_report_tickets, self._handle, _group(group), byref(raw),
            sizeof(raw))
        return TicketCounts(*(getattr(raw, name)
                              for name in TicketCounts._fields))

    def backlog(self, group: Optional[int] = None) -> List[int]:
        """The open tickets up to each age, then the older ones."""
        room = core.sla_report_age_count(self._handle) + 1
        counts, written = (c_uint64 * room)(), c_size_t()
        ask(core.sla_report_backlog, self._handle, _group(group), counts,
            room, byref(written))
        return list(counts)

    def metric(self, metric: Like,
               group: Optional[int] = None) -> MetricCounts:
        raw = _raw.MetricCounts()
        ask(core.sla_report_metric, self._handle, _group(group),
            number_of(Metric, metric), byref(raw), sizeof(raw))
        values: List[Any] = [getattr(raw, name)
                             for name in MetricCounts._fields]
        attainment = None if raw.attainment == NONE else raw.attainment
        return MetricCounts._make(
            [*values[:9], attainment, *map(optional_length, values[10:])])

    def percentile(self, metric: Like, share: int,
                   group: Optional[int] = None,
                   clock: Like = Clock.BUSINESS_HOURS
                   ) -> Optional[Tuple[timedelta, timedelta]]:
        """Between which bounds the time lies that a share of the measured
        cycles did not exceed; hundredths of a per cent, so that 5000 is
        the median.  None without any."""
        least, most = c_int64(), c_int64()
        ask(core.sla_report_percentile, self._handle, _group(group),
            number_of(Metric, metric), number_of(Clock, clock),
            unsigned(share), byref(least), byref(most))
        if least.value == NONE:
            return None
        return (timedelta(seconds=least.value),
                timedelta(seconds=most.value))

    def times_up_to(self, metric: Like, length: timedelta,
                    group: Optional[int] = None,
                    clock: Like = Clock.BUSINESS_HOURS) -> Tuple[int, int]:
        """Between which bounds the number of cycles lies that took at
        most so long."""
        least, most = c_uint64(), c_uint64()
        ask(core.sla_report_times_up_to, self._handle, _group(group),
            number_of(Metric, metric), number_of(Clock, clock),
            seconds_of(length), byref(least), byref(most))
        return least.value, most.value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Report):
            return NotImplemented
        return self.to_bytes() == other.to_bytes()

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> Any:
        return Report.from_bytes, (self.to_bytes(),)

    def __sizeof__(self) -> int:
        return (object.__sizeof__(self) +
                core.sla_report_memory(self._handle))

    def __del__(self) -> None:
        handle = getattr(self, "_handle", None)
        if handle is not None:
            self._handle = None
            core.sla_report_free(handle)

    def __repr__(self) -> str:
        return f"<Report of {self.tickets().tickets} tickets>"


class Standing(NamedTuple):
    """How a period stands; None where it does not apply."""

    verdict: ObjectiveVerdict
    attainment: Optional[int]  #: hundredths of a per cent, rounded down
    projected: Optional[int]  #: good ones at the end, at the pace so far
    needed: Optional[int]  #: good ones still to come
    spare: Optional[int]  #: bad ones that may still come

    def __str__(self) -> str:
        return named(core.sla_objective_verdict_name(self.verdict)) or ""


class Objective(NamedTuple):
    """What is to be reached in a period, from begin up to end."""

    begin: datetime
    end: datetime
    goal: int  #: of a share in hundredths of a per cent, or a number
    kind: Union[ObjectiveKind, Like] = ObjectiveKind.SHARE
    expected: Optional[int] = None  #: cases in the whole period, if known

    def judge(self, good: int, bad: int, now: datetime) -> Standing:
        """With so many good and bad cases up to now."""
        objective = _raw.Objective(
            instant_of(self.begin), instant_of(self.end), long(self.goal),
            long(self.expected or 0), number_of(ObjectiveKind, self.kind))
        raw = _raw.Standing()
        call(core.sla_objective_judge, byref(objective), sizeof(objective),
             long(good), long(bad), instant_of(now), byref(raw), sizeof(raw))
        return Standing(ObjectiveVerdict(raw.verdict),
                        *(None if value == NONE else value for value in (
                            raw.attainment, raw.projected, raw.needed,
                            raw.spare)))


class Tally(NamedTuple):
    """Cycles counted by how they would have gone."""

    met: int
    missed: int
    overdue: int
    open: int
    cancelled: int
    without_target: int


def backtest(candidates: Sequence[Policy], metric: Like,
             tickets: Iterable[Union[Log, Iterable[Event]]],
             now: datetime) -> List[Tally]:
    """Past tickets under each of some policies, in one pass."""
    for policy in candidates:
        if not isinstance(policy, Policy):
            raise TypeError(f"not a policy: {policy!r}")
    count = len(candidates)
    handles = (c_void_p * count)(*(one._handle for one in candidates))
    tallies, number = (_raw.Tally * count)(), number_of(Metric, metric)
    for ticket in tickets:
        first, events = pointer_of(ticket)
        call(core.sla_backtest, handles, count, number, first, events,
             sizeof(_raw.Event), instant_of(now), tallies,
             sizeof(_raw.Tally))
    return [Tally(*(getattr(one, name) for name in Tally._fields))
            for one in tallies]
