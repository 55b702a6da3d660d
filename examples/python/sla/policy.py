# SPDX-License-Identifier: MIT
"""Policies: what was promised, and how a ticket stands under it."""

from __future__ import annotations

from ctypes import byref, c_size_t, c_uint32, c_void_p, sizeof
from datetime import date, datetime, timedelta, tzinfo
from typing import (Any, Dict, Iterable, List, Mapping, NamedTuple, Optional,
                    Sequence, Tuple, Union, overload)

from . import _raw
from ._call import ask, call, unsigned
from ._library import core
from ._object import Compiled
from ._raw import NONE
from ._times import (date_of, instant_of, optional_datetime,
                     optional_length)
from .builders import PolicyBuilder
from .calendar import Calendar
from .events import Event, Log, Row, event_of, pointer_of, raw_row
from .names import (Clock, Like, LintKind, Metric, Priority, TicketStatus,
                    Unit, member_of, number_of)
from .results import Result, Results, Totals, totals_of
from .rules import MetricRule, rule_of
from .targets import DueSoon, Target, Targets

__all__ = ["Lint", "Policy"]

METRICS = tuple(metric.name.lower() for metric in Metric
                if metric is not Metric.OWN_METRIC)
OWN_STATUSES = range(16, 32)
SIX = tuple(TicketStatus)
AT_ONCE = 64
EVENT_SIZE = sizeof(_raw.Event)
RESULT_SIZE = sizeof(_raw.Result)

Pauses = Union[Mapping[Any, bool], Iterable[Like]]
DueSoons = Union[DueSoon, Mapping[Any, Union[DueSoon,
                                             Mapping[Any, DueSoon]]]]


class Lint(NamedTuple):
    """What is probably not meant, though it is no error.

    What value and limit are depends on kind: instants for RESPONSE_LONGER
    and UNREACHABLE, lengths for DUE_SOON_LONGER and TARGET_SHORT, a weekday
    (1 to 7) and a date for PAST_SPECIAL, None where there is nothing.
    """

    kind: Union[LintKind, int]
    metric: Union[Metric, int, None]
    priority: Union[Priority, int]
    value: Union[datetime, timedelta, int, None]
    limit: Union[datetime, timedelta, date, int, None]


def _lint_of(raw: _raw.Lint, zone: Optional[tzinfo]) -> Lint:
    kind = member_of(LintKind, raw.kind)
    value: Any = raw.value
    limit: Any = raw.limit
    if kind in (LintKind.RESPONSE_LONGER, LintKind.UNREACHABLE):
        value = optional_datetime(raw.value, zone)
        limit = optional_datetime(raw.limit, zone)
    elif kind in (LintKind.DUE_SOON_LONGER, LintKind.TARGET_SHORT):
        value = optional_length(raw.value)
        limit = optional_length(raw.limit)
    elif kind == LintKind.PAST_SPECIAL:
        limit = date_of(raw.limit)
    elif kind == LintKind.NEVER_STARTS:
        value = limit = None
    return Lint(kind, member_of(Metric, raw.metric) if raw.metric else None,
                member_of(Priority, raw.priority), value, limit)


class Policy(Compiled):
    """Targets, pauses, statuses, options and rules of metrics.

    calendar: of all business-hours targets that have none of their own.
    first_response and so on, for each of the nine metrics: a timedelta, a
        Target, a text such as "4h" (see sla.targets), or a mapping of these
        by priority; Priority.ANY ("any") is for all that are not named.
    targets: the same by metric, for the host's own metrics (32 to 63).
    due_soon: a timedelta that remains ("1h") or a percentage that is used
        (75, "75%"), for every metric that has a target here; or a mapping
        by metric of these, or of mappings by priority.
    pauses: by metric, the statuses that pause it, and no others; or a
        mapping of statuses to bool, which leaves the others alone.
    statuses: the host's own, 16 to 31, and which of the six each is like.
    options: by metric, a mapping of options to values.
    rules: by metric, a MetricRule.
    preset: a system whose rules are taken over first.

    Metrics, priorities, statuses, options and values go by their members,
    their numbers or their names.
    """

    __slots__ = ("_room",)
    _room: int  #: how many results there are of a ticket

    _ref = core.sla_policy_ref
    _unref = core.sla_policy_unref
    _bytes = core.sla_policy_bytes
    _new_bytes = core.sla_policy_new_bytes
    _equal = core.sla_policy_equal
    _hash = core.sla_policy_hash
    _memory = core.sla_policy_memory

    def __new__(cls, calendar: Optional[Calendar] = None, *,
                first_response: Optional[Targets] = None,
                next_response: Optional[Targets] = None,
                resolution: Optional[Targets] = None,
                periodic_update: Optional[Targets] = None,
                pausable_update: Optional[Targets] = None,
                requester_wait: Optional[Targets] = None,
                agent_work: Optional[Targets] = None,
                total_resolution: Optional[Targets] = None,
                group_ownership: Optional[Targets] = None,
                targets: Mapping[Any, Targets] = {},
                due_soon: Optional[DueSoons] = None,
                pauses: Mapping[Any, Pauses] = {},
                statuses: Mapping[Any, Like] = {},
                options: Mapping[Any, Mapping[Any, Like]] = {},
                rules: Mapping[Any, MetricRule] = {},
                preset: Optional[Like] = None) -> Policy:
        given = locals()
        every: Dict[Any, Optional[Targets]] = {
            metric: given[metric] for metric in METRICS}
        every.update(targets)
        builder = PolicyBuilder()
        _tell(builder, calendar, every, due_soon, pauses, statuses, options,
              rules, preset)
        return cls._own(builder._build())

    @classmethod
    def _own(cls, handle: Optional[int]) -> Policy:
        made = super()._own(handle)
        object.__setattr__(made, "_room",
                           core.sla_policy_metric_count(handle))
        return made

    @classmethod
    def from_builder(cls, builder: PolicyBuilder) -> Policy:
        """What the builder was told up to now."""
        return cls._own(builder._build())

    @classmethod
    def from_dict(cls, terms: Mapping[str, Any]) -> Policy:
        """From a mapping of what Policy takes as keyword arguments: from
        JSON, for example, with names, numbers and texts throughout."""
        return cls(**terms)

    def extended(self, calendar: Optional[Calendar] = None, *,
                 without: Iterable[Like] = (), **terms: Any) -> Policy:
        """Another policy, which was told this as well; without the targets
        of some metrics, unless they are told again."""
        builder = PolicyBuilder(self)
        for metric in without:
            builder.clear_targets(metric)
        every = {metric: terms.pop(metric, None) for metric in METRICS}
        every.update(terms.pop("targets", {}))
        rest: Dict[str, Any] = {
            "due_soon": None, "pauses": {}, "statuses": {}, "options": {},
            "rules": {}, "preset": None}
        unknown = set(terms) - set(rest)
        if unknown:
            raise TypeError(f"a policy has no {', '.join(sorted(unknown))}")
        rest.update(terms)
        _tell(builder, calendar, every, **rest)
        return type(self)._own(builder._build())

    # ---- what it was told ---------------------------------------------

    @property
    def calendar(self) -> Optional[Calendar]:
        handle = core.sla_policy_calendar(self._handle)
        return None if handle is None else Calendar._borrow(handle)

    @property
    def metrics(self) -> Tuple[Union[Metric, int], ...]:
        """Those that have a target, in the order of the results."""
        metric, found = c_uint32(), []
        for place in range(core.sla_policy_metric_count(self._handle)):
            ask(core.sla_policy_metric, self._handle, place, byref(metric))
            found.append(member_of(Metric, metric.value))
        return tuple(found)

    @property
    def targets(self) -> Dict[Union[Metric, int],
                              Dict[Union[Priority, int], Target]]:
        """The targets by metric and priority."""
        found: Dict[Union[Metric, int],
                    Dict[Union[Priority, int], Target]] = {}
        for place in range(core.sla_policy_target_count(self._handle)):
            raw = _raw.Target()
            ask(core.sla_policy_target, self._handle, place, byref(raw),
                sizeof(raw))
            of_metric = found.setdefault(member_of(Metric, raw.metric), {})
            of_metric[member_of(Priority, raw.priority)] = self._target(
                place, raw)
        return found

    def _target(self, place: int, raw: _raw.Target) -> Target:
        due_soon: Optional[DueSoon] = raw.due_soon_percent or None
        if raw.due_soon_lead != NONE:
            due_soon = timedelta(seconds=raw.due_soon_lead)
        calendar = None
        if raw.own_calendar:
            calendar = Calendar._borrow(
                core.sla_policy_target_calendar(self._handle, place))
        if raw.amount == NONE:
            return Target(None, calendar=calendar, due_soon=due_soon)
        amount: Union[timedelta, int] = raw.amount
        if raw.unit == Unit.SECONDS:
            amount = timedelta(seconds=raw.amount)
        return Target(amount, Unit(raw.unit), Clock(raw.clock), calendar,
                      timedelta(seconds=raw.second_stage),
                      timedelta(seconds=raw.allowance), due_soon)

    def rule(self, metric: Like) -> MetricRule:
        """The rule of a metric, built in or not."""
        raw = _raw.MetricRule()
        ask(core.sla_policy_metric_rule, self._handle,
            number_of(Metric, metric), byref(raw), sizeof(raw))
        return rule_of(raw)

    def pauses(self, metric: Like, status: Like) -> bool:
        """Whether a status pauses a metric."""
        found = c_uint32()
        ask(core.sla_policy_pauses, self._handle, number_of(Metric, metric),
            number_of(TicketStatus, status), byref(found))
        return bool(found.value)

    @property
    def statuses(self) -> Dict[int, TicketStatus]:
        """The host's own, and which of the six each is like."""
        found, like = {}, c_uint32()
        for status in OWN_STATUSES:
            if core.sla_policy_status(self._handle, status,
                                      byref(like)) == 0:
                found[status] = TicketStatus(like.value)
        return found

    def lints(self, now: datetime) -> List[Lint]:
        """What is probably not meant, for tickets created now."""
        instant, count = instant_of(now), c_size_t()
        call(core.sla_policy_lints, self._handle, instant, None, 0,
             sizeof(_raw.Lint), byref(count))
        found = (_raw.Lint * count.value)()
        call(core.sla_policy_lints, self._handle, instant, found, count.value,
             sizeof(_raw.Lint), byref(count))
        return [_lint_of(raw, now.tzinfo) for raw in found]

    # ---- how a ticket stands ------------------------------------------

    @overload
    def evaluate(self, events: Union[Log, Iterable[Event]], now: datetime,
                 metric: None = None, *,
                 others: Sequence[Policy] = ()) -> Results: ...

    @overload
    def evaluate(self, events: Union[Log, Iterable[Event]], now: datetime,
                 metric: Like, *, others: Sequence[Policy] = ()
                 ) -> Result: ...

    def evaluate(self, events: Union[Log, Iterable[Event]], now: datetime,
                 metric: Optional[Like] = None, *,
                 others: Sequence[Policy] = ()) -> Union[Result, Results]:
        """A ticket's results at an instant, or that of one metric.

        others: policies that the ticket may pass to; Event.policy names
        them by their place, from 1: 0 is this one.
        """
        if others:
            return self._evaluate_policies(events, now, metric, others)
        first, count = pointer_of(events)
        instant, zone = instant_of(now), now.tzinfo
        if metric is not None:
            return self._evaluate_one(first, count, instant, zone, metric)
        raw = (_raw.Result * self._room)()
        call(core.sla_evaluate_all, self._handle, first, count, EVENT_SIZE,
             instant, raw, self._room, RESULT_SIZE, byref(c_size_t()))
        return Results([Result(one, zone) for one in raw])

    def _evaluate_one(self, first: Any, count: int, instant: int,
                      zone: Optional[tzinfo], metric: Like) -> Result:
        raw = _raw.Result()
        call(core.sla_evaluate, self._handle, number_of(Metric, metric),
             first, count, EVENT_SIZE, instant, byref(raw), RESULT_SIZE)
        return Result(raw, zone)

    def _evaluate_policies(self, events: Union[Log, Iterable[Event]],
                           now: datetime, metric: Optional[Like],
                           others: Sequence[Policy]
                           ) -> Union[Result, Results]:
        log, count = pointer_of(events)
        policies, policy_count = _policies(self, others)
        wanted: List[Like] = [metric] if metric is not None else []
        if metric is None:
            wanted += _metrics(self, others)
        found = []
        for one in wanted:
            raw = _raw.Result()
            call(core.sla_evaluate_policies, policies, policy_count,
                 number_of(Metric, one), log, count, EVENT_SIZE,
                 instant_of(now), byref(raw), sizeof(raw))
            found.append(Result(raw, now.tzinfo))
        return Results(found) if metric is None else found[0]

    def cycles(self, events: Union[Log, Iterable[Event]], now: datetime,
               metric: Like, *, first: int = 1,
               others: Sequence[Policy] = ()) -> List[Result]:
        """Every cycle of a metric from a number on, each as it ended."""
        log, count = pointer_of(events)
        policies, policy_count = _policies(self, others)
        raw, written = (_raw.Result * AT_ONCE)(), c_size_t(AT_ONCE)
        found: List[Result] = []
        first = unsigned(first)
        while written.value == AT_ONCE:
            call(core.sla_evaluate_cycles, policies, policy_count,
                 number_of(Metric, metric), log, count, EVENT_SIZE,
                 instant_of(now), first + len(found), raw, AT_ONCE,
                 RESULT_SIZE, byref(written))
            found += (Result(_raw.Result.from_buffer_copy(one), now.tzinfo)
                      for one in raw[:written.value])
        return found

    def totals(self, events: Union[Log, Iterable[Event]], now: datetime,
               metric: Like, *, others: Sequence[Policy] = ()) -> Totals:
        """All cycles of a metric taken together."""
        log, count = pointer_of(events)
        policies, policy_count = _policies(self, others)
        raw = _raw.Totals()
        call(core.sla_evaluate_totals, policies, policy_count,
             number_of(Metric, metric), log, count, EVENT_SIZE,
             instant_of(now), byref(raw), sizeof(raw))
        return totals_of(raw)

    # ---- a row instead of a log ---------------------------------------

    @overload
    def evaluate_row(self, row: Row, now: datetime,
                     metric: None = None) -> Results: ...

    @overload
    def evaluate_row(self, row: Row, now: datetime,
                     metric: Like) -> Result: ...

    def evaluate_row(self, row: Row, now: datetime,
                     metric: Optional[Like] = None
                     ) -> Union[Result, Results]:
        """The same for a ticket that is kept as a row."""
        taken, instant = raw_row(row), instant_of(now)
        if metric is not None:
            one = _raw.Result()
            call(core.sla_evaluate_row, self._handle,
                 number_of(Metric, metric), byref(taken), sizeof(taken),
                 instant, byref(one), sizeof(one))
            return Result(one, now.tzinfo)
        raw, zone = (_raw.Result * self._room)(), now.tzinfo
        call(core.sla_evaluate_row_all, self._handle, byref(taken),
             sizeof(taken), instant, raw, self._room, RESULT_SIZE,
             byref(c_size_t()))
        return Results([Result(one, zone) for one in raw])

    def row_events(self, row: Row) -> List[Event]:
        """The log that a row means."""
        taken, written = raw_row(row), c_size_t()
        raw = (_raw.Event * 16)()
        call(core.sla_row_events, self._handle, byref(taken), sizeof(taken),
             raw, len(raw), EVENT_SIZE, byref(written))
        zone = row.created_at.tzinfo if row.created_at else None
        return [event_of(one, zone) for one in raw[:written.value]]

    def __repr__(self) -> str:
        names = ", ".join(getattr(metric, "name", str(metric)).lower()
                          for metric in self.metrics)
        return f"<Policy of {names.replace('_', ' ')}>"


def _policies(first: Policy, others: Sequence[Policy]) -> Tuple[Any, int]:
    """The policies that a ticket passes through; the caller holds them."""
    every = [first, *others]
    for policy in every:
        if not isinstance(policy, Policy):
            raise TypeError(f"not a policy: {policy!r}")
    return ((c_void_p * len(every))(*(one._handle for one in every)),
            len(every))


def _metrics(first: Policy, others: Sequence[Policy]) -> List[int]:
    """Those that any of the policies has a target for."""
    return sorted({int(metric) for policy in (first, *others)
                   for metric in policy.metrics})


# ---- telling a builder ------------------------------------------------

def _tell(builder: PolicyBuilder, calendar: Optional[Calendar],
          targets: Mapping[Any, Optional[Targets]],
          due_soon: Optional[DueSoons], pauses: Mapping[Any, Pauses],
          statuses: Mapping[Any, Like],
          options: Mapping[Any, Mapping[Any, Like]],
          rules: Mapping[Any, MetricRule], preset: Optional[Like]) -> None:
    if calendar is not None:
        builder.set_calendar(calendar)
    if preset is not None:
        builder.set_preset(preset)
    for metric, rule in rules.items():
        builder.set_metric(metric, rule)
    for metric, chosen in options.items():
        for option, value in chosen.items():
            builder.set_option(metric, option, value)
    statuses = {int(status): like for status, like in statuses.items()}
    for status, like in statuses.items():
        builder.set_status(status, like)
    for metric, which in pauses.items():
        _tell_pauses(builder, metric, which, statuses)
    told = [metric for metric, given in targets.items() if given is not None]
    for metric in told:
        for priority, target in _by_priority(targets[metric]).items():
            builder.set_target(metric, target, priority)
    _tell_due_soon(builder, told, due_soon)


def _by_priority(given: Any) -> Mapping[Any, Any]:
    return given if isinstance(given, Mapping) else {Priority.ANY: given}


def _tell_pauses(builder: PolicyBuilder, metric: Any, which: Pauses,
                 own: Mapping[int, Like]) -> None:
    if isinstance(which, str):
        raise TypeError(f"statuses are a list, not {which!r}")
    if not isinstance(which, Mapping):
        chosen = {number_of(TicketStatus, status) for status in which}
        which = {status: status in chosen
                 for status in {*map(int, SIX), *own, *chosen}}
    for status, pauses in which.items():
        builder.set_pause(metric, status, pauses)


def _tell_due_soon(builder: PolicyBuilder, metrics: Iterable[Any],
                   due_soon: Optional[DueSoons]) -> None:
    if due_soon is None:
        return
    if not isinstance(due_soon, Mapping):
        due_soon = {metric: due_soon for metric in metrics}
    for metric, given in due_soon.items():
        for priority, rule in _by_priority(given).items():
            builder.set_due_soon(metric, rule, priority)
