# SPDX-License-Identifier: MIT
"""Agreements with versions of their policies, several on one ticket.

    agreed = PolicySet([Agreement("customer", "Acme", [
        Version(1, None, old), Version(2, july, new)])])
    [outcome] = agreed.evaluate(log, now)
    outcome.version.number, outcome.results.rollup(), outcome.holder
    for change in changes(old, new, log, now):  # before it is applied
        change.metric, change.old_due_at, change.new_due_at

rollup of several outcomes' results together gives the most urgent of all.
"""

from __future__ import annotations

from ctypes import byref, c_size_t, c_uint32, c_void_p, sizeof
from dataclasses import dataclass
from datetime import datetime, timezone, tzinfo
from typing import (Any, Iterable, List, NamedTuple, Optional, Sequence,
                    Tuple, Union)

from . import _raw
from ._call import ask, call, text_from, unsigned, utf8
from ._library import core
from ._object import Compiled
from ._raw import NO_VERSION
from ._times import instant_of, optional_datetime, optional_instant
from .events import Event, Log, Row, pointer_of, raw_row
from .names import (AgreementKind, Holder, Like, Metric, Phase, Status,
                    TicketStatus, member_of, number_of)
from .policy import Policy
from .results import Result, Results

__all__ = ["Agreement", "Change", "Outcome", "PolicySet", "Version",
           "changes", "holder"]

Events = Union[Log, Iterable[Event]]


@dataclass(frozen=True)
class Version:
    """A policy for the tickets created from an instant on.

    effective_at: None, of the first one alone, for all before the next.
    """

    number: int
    effective_at: Optional[datetime]
    policy: Policy


@dataclass(frozen=True)
class Agreement:
    """With a customer, inside the company, or with a supplier."""

    kind: Like
    name: str
    versions: Sequence[Version]
    description: str = ""


class Outcome(NamedTuple):
    """How a ticket stands under one agreement.

    version is None, and there are no results, when none was in force.
    hash is that of the version's policy, 0 without one.
    holder has to act, as that policy has the statuses.
    results.rollup() is the most urgent of the agreement.
    """

    agreement: int
    version: Optional[Version]
    hash: int
    holder: Union[Holder, int]
    results: Results


class Change(NamedTuple):
    """What becomes of one metric when another policy is applied.

    changed: whether its due instant, phase or status differs.  A metric that
    is paused is due as if it resumed now.
    """

    metric: Union[Metric, int]
    changed: bool
    old_due_at: Optional[datetime]
    new_due_at: Optional[datetime]
    old_phase: Union[Phase, int]
    new_phase: Union[Phase, int]
    old_status: Union[Status, int]
    new_status: Union[Status, int]


def holder(policy: Policy, status: Like) -> Union[Holder, int]:
    """Who has to act while a ticket is in a status."""
    found = c_uint32()
    ask(core.sla_policy_holder, _policy(policy),
        number_of(TicketStatus, status), byref(found))
    return member_of(Holder, found.value)


def changes(old: Policy, new: Policy, events: Events,
            now: datetime) -> List[Change]:
    """What applying another policy would change, before it is done."""
    array, count = pointer_of(events)
    room, written = 64, c_size_t()
    raw = (_raw.PolicyChange * room)()
    call(core.sla_policy_changes, _policy(old), _policy(new), array, count,
         sizeof(_raw.Event), instant_of(now), raw, room,
         sizeof(_raw.PolicyChange), byref(written))
    return [_change_of(one, now.tzinfo) for one in raw[:written.value]]


def _change_of(raw: _raw.PolicyChange, zone: Optional[tzinfo]) -> Change:
    return Change(member_of(Metric, raw.metric), bool(raw.changed),
                  optional_datetime(raw.old_due_at, zone),
                  optional_datetime(raw.new_due_at, zone),
                  member_of(Phase, raw.old_phase),
                  member_of(Phase, raw.new_phase),
                  member_of(Status, raw.old_status),
                  member_of(Status, raw.new_status))


def _policy(policy: Policy) -> Optional[int]:
    if not isinstance(policy, Policy):
        raise TypeError(f"not a policy: {policy!r}")
    return policy._handle


class PolicySet(Compiled):
    """Agreements in their order, by which they are named from 0."""

    __slots__ = ()

    _ref = core.sla_policy_set_ref
    _unref = core.sla_policy_set_unref
    _bytes = core.sla_policy_set_bytes
    _new_bytes = core.sla_policy_set_new_bytes
    _equal = core.sla_policy_set_equal
    _hash = core.sla_policy_set_hash
    _memory = core.sla_policy_set_memory

    def __new__(cls, agreements: Iterable[Agreement]) -> PolicySet:
        builder = _Builder()
        for agreement in agreements:
            builder.add(agreement)
        return cls._own(builder.build())

    def extended(self, agreements: Iterable[Agreement] = (),
                 **versions: Sequence[Version]) -> PolicySet:
        """Another set: with more agreements, and with more versions of
        those that are named."""
        builder = _Builder(self)
        names = [one.name for one in self.agreements]
        for name, more in versions.items():
            if name not in names:
                raise ValueError(f"no agreement is called {name!r}")
            for version in more:
                builder.add_version(names.index(name), version)
        for agreement in agreements:
            builder.add(agreement)
        return type(self)._own(builder.build())

    def __len__(self) -> int:
        return int(core.sla_policy_set_count(self._handle))

    @property
    def agreements(self) -> List[Agreement]:
        return [self._agreement(place) for place in range(len(self))]

    def _agreement(self, place: int) -> Agreement:
        raw = _raw.Agreement()
        ask(core.sla_policy_set_agreement, self._handle, place, byref(raw),
            sizeof(raw))
        return Agreement(
            member_of(AgreementKind, raw.kind),
            text_from(core.sla_policy_set_name, self._handle, place),
            tuple(self._version(place, version)[0]
                  for version in range(raw.versions)),
            text_from(core.sla_policy_set_description, self._handle, place))

    def _version(self, place: int, version: int) -> Tuple[Version, int]:
        """A version, and the hash of its policy."""
        raw = _raw.PolicyVersion()
        ask(core.sla_policy_set_version, self._handle, place, version,
            byref(raw), sizeof(raw))
        policy = Policy._borrow(
            core.sla_policy_set_policy(self._handle, place, version))
        return Version(raw.number,
                       optional_datetime(raw.effective_at, timezone.utc),
                       policy), raw.hash

    def version_at(self, agreement: int,
                   created_at: datetime) -> Optional[Version]:
        """The version in force for tickets created at an instant."""
        found, place = c_uint32(), unsigned(agreement)
        ask(core.sla_policy_set_version_at, self._handle, place,
            instant_of(created_at), byref(found))
        if found.value == NO_VERSION:
            return None
        return self._version(place, found.value)[0]

    def evaluate(self, events: Events, now: datetime,
                 agreements: Optional[Iterable[int]] = None, *,
                 applied_at: Optional[datetime] = None) -> List[Outcome]:
        """A ticket under several agreements, each by itself.

        agreements: their places; all of them unless they are given.
        applied_at: when versions were applied again, if they were.
        """
        array, count = pointer_of(events)
        return self._ask(core.sla_policy_set_evaluate, agreements,
                         (array, count, sizeof(_raw.Event)), now, applied_at)

    def evaluate_row(self, row: Row, now: datetime,
                     agreements: Optional[Iterable[int]] = None, *,
                     applied_at: Optional[datetime] = None) -> List[Outcome]:
        """The same for a ticket that is kept as a row."""
        taken = raw_row(row)
        return self._ask(core.sla_policy_set_evaluate_row, agreements,
                         (byref(taken), sizeof(taken)), now, applied_at)

    def _ask(self, function: Any, agreements: Optional[Iterable[int]],
             ticket: Tuple[Any, ...], now: datetime,
             applied_at: Optional[datetime]) -> List[Outcome]:
        places = (range(len(self)) if agreements is None
                  else [unsigned(place) for place in agreements])
        wanted = (c_uint32 * len(places))(*places)
        room, written = 41 * len(places), c_size_t()
        outcomes = (_raw.Outcome * len(places))()
        results = (_raw.Result * room)()
        call(function, self._handle, wanted, len(places), *ticket,
             optional_instant(applied_at), instant_of(now), outcomes,
             sizeof(_raw.Outcome), results, room, sizeof(_raw.Result),
             byref(written))
        return [self._outcome(raw, results, now) for raw in outcomes]

    def _outcome(self, raw: _raw.Outcome, results: Any,
                 now: datetime) -> Outcome:
        version = None
        if raw.version != NO_VERSION:
            version = self._version(raw.agreement, raw.version)[0]
        own = results[raw.first:raw.first + raw.results]
        return Outcome(raw.agreement, version, raw.hash,
                       member_of(Holder, raw.holder), Results(
                           Result(_raw.Result.from_buffer_copy(one),
                                  now.tzinfo) for one in own))

    def __repr__(self) -> str:
        names = ", ".join(one.name for one in self.agreements)
        return f"<PolicySet: {names}>"


class _Builder:
    """Gathers agreements."""

    def __init__(self, base: Optional[PolicySet] = None) -> None:
        self._handle = c_void_p()
        self._count = 0 if base is None else len(base)
        if base is None:
            call(core.sla_policy_set_builder_new, None, byref(self._handle))
        else:
            call(core.sla_policy_set_builder_new_from, base._handle, None,
                 byref(self._handle))

    def __del__(self) -> None:
        handle, self._handle = self._handle, c_void_p()
        core.sla_policy_set_builder_free(handle)

    def add(self, agreement: Agreement) -> None:
        if not isinstance(agreement, Agreement):
            raise TypeError(f"not an agreement: {agreement!r}")
        name, description = utf8(agreement.name), utf8(agreement.description)
        call(core.sla_policy_set_builder_add_agreement, self._handle,
             number_of(AgreementKind, agreement.kind), name, len(name),
             description, len(description))
        self._count += 1
        for version in agreement.versions:
            self.add_version(self._count - 1, version)

    def add_version(self, place: int, version: Version) -> None:
        if not isinstance(version, Version):
            raise TypeError(f"not a version: {version!r}")
        call(core.sla_policy_set_builder_add_version, self._handle, place,
             unsigned(version.number), optional_instant(version.effective_at),
             _policy(version.policy))

    def build(self) -> Optional[int]:
        handle = c_void_p()
        call(core.sla_policy_set_builder_build, self._handle, byref(handle))
        return handle.value
