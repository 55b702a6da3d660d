# SPDX-License-Identifier: MIT
"""Metrics as data: what starts, pauses and stops a clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import (Any, FrozenSet, Iterable, Iterator, Mapping, Tuple, Type,
                    TypeVar, Union)

from . import _raw
from ._call import unsigned
from .names import (OPTION_VALUES, EventKind, Like, Option, Shape,
                    TicketStatus, member_of, number_of, option_of)

__all__ = ["MetricRule", "Options", "Trigger"]

Enum = TypeVar("Enum", EventKind, TicketStatus)
OPTION_COUNT = 16


class Options(Mapping[Option, int]):
    """The options of a metric, by Option; it never changes."""

    __slots__ = ("_items",)
    _items: Tuple[Tuple[Option, int], ...]

    def __init__(self, options: Mapping[Any, Like] = {}) -> None:
        numbers = dict(option_of(option, value)
                       for option, value in options.items())
        self._items = tuple(
            (option, OPTION_VALUES[option](numbers.pop(option, 0)))
            for option in OPTION_VALUES)
        if numbers:
            raise ValueError(f"there is no option {min(numbers)}")

    def __getitem__(self, option: Like) -> int:
        return dict(self._items)[Option(number_of(Option, option))]

    def __iter__(self) -> Iterator[Option]:
        return (option for option, _ in self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(self._items)

    def __repr__(self) -> str:
        told = ", ".join(f"{option.name}: {value!r}"
                         for option, value in self._items if value)
        return f"Options({{{told}}})"


def _bits(members: Iterable[int], width: int) -> int:
    mask = 0
    for member in members:
        if not 0 <= member < width:
            raise ValueError(f"{member} is not from 0 to {width - 1}")
        mask |= 1 << member
    return mask


def _members(mask: int) -> Iterator[int]:
    return (bit for bit in range(64) if mask >> bit & 1)


def _set_of(kind: Type[Enum],
            members: Iterable[Like]) -> FrozenSet[Union[Enum, int]]:
    return frozenset(member_of(kind, number_of(kind, member))
                     for member in members)


@dataclass(frozen=True)
class Trigger:
    """What makes something happen to a clock: any of these.

    Event kinds; the host's conditions, 0 to 63, that begin or cease to
    hold; statuses that are entered.
    """

    events: FrozenSet[int] = frozenset()
    statuses: FrozenSet[int] = frozenset()
    conditions_set: FrozenSet[int] = frozenset()
    conditions_cleared: FrozenSet[int] = frozenset()

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "events", _set_of(EventKind, self.events))
        put(self, "statuses", _set_of(TicketStatus, self.statuses))
        put(self, "conditions_set", frozenset(self.conditions_set))
        put(self, "conditions_cleared", frozenset(self.conditions_cleared))


def _raw_trigger(trigger: Trigger) -> _raw.Trigger:
    return _raw.Trigger(
        events=_bits(trigger.events, 64),
        conditions_set=_bits(trigger.conditions_set, 64),
        conditions_cleared=_bits(trigger.conditions_cleared, 64),
        statuses=_bits(trigger.statuses, 32))


def _trigger_of(raw: _raw.Trigger) -> Trigger:
    return Trigger(frozenset(_members(raw.events)),
                   frozenset(_members(raw.statuses)),
                   frozenset(_members(raw.conditions_set)),
                   frozenset(_members(raw.conditions_cleared)))


@dataclass(frozen=True)
class MetricRule:
    """A metric: how often its clock starts, and what does what to it."""

    shape: Union[Shape, int]
    start: Trigger
    fulfil: Trigger = Trigger()
    cancel: Trigger = Trigger()
    resume: Trigger = Trigger()
    pause_statuses: FrozenSet[int] = frozenset()
    pause_conditions: FrozenSet[int] = frozenset()
    options: Mapping[Option, int] = field(default_factory=Options)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "shape", member_of(Shape, number_of(Shape, self.shape)))
        put(self, "pause_statuses",
            _set_of(TicketStatus, self.pause_statuses))
        put(self, "pause_conditions", frozenset(self.pause_conditions))
        put(self, "options", Options(self.options))


def raw_rule(rule: MetricRule) -> _raw.MetricRule:
    if not isinstance(rule, MetricRule):
        raise TypeError(f"not a rule of a metric: {rule!r}")
    raw = _raw.MetricRule(
        _raw_trigger(rule.start), _raw_trigger(rule.fulfil),
        _raw_trigger(rule.cancel), _raw_trigger(rule.resume),
        _bits(rule.pause_conditions, 64), _bits(rule.pause_statuses, 32),
        unsigned(rule.shape))
    for option, value in rule.options.items():
        raw.options[option] = value
    return raw


def rule_of(raw: _raw.MetricRule) -> MetricRule:
    return MetricRule(
        member_of(Shape, raw.shape), _trigger_of(raw.start),
        _trigger_of(raw.fulfil), _trigger_of(raw.cancel),
        _trigger_of(raw.resume), frozenset(_members(raw.pause_statuses)),
        frozenset(_members(raw.pause_conditions)),
        Options({option: raw.options[option] for option in OPTION_VALUES}))
