# SPDX-License-Identifier: MIT
"""To speak as a system does: its words and its fields for results.

Policy(preset="zendesk", ...) makes a policy behave as it does.
"""

from __future__ import annotations

from ctypes import byref, c_uint32, sizeof
from datetime import datetime, timedelta
from typing import Any, List, NamedTuple, Optional, Sequence, Union

from . import _raw
from ._call import ask, named, unsigned, utf8
from ._library import core
from ._raw import NO_LABEL, NONE
from ._times import datetime_of
from .names import (LabelFlag, Like, Metric, Preset, PropertyKind, member_of,
                    number_of)
from .results import Result, array_of

__all__ = ["Label", "Property", "label", "label_name", "preset_name",
           "preset_named", "properties", "ticket_label"]


class Label(NamedTuple):
    """A system's own word for a result, and what it says beside it.

    value is the system's number for it, or one of the library's where the
    system has words only; None, without a name, when it shows nothing.
    """

    value: Optional[int]
    name: Optional[str]
    breached: bool
    paused: bool


class Property(NamedTuple):
    """A field that a system keeps of a ticket.

    value: a datetime, a timedelta, a Label's name, a bool, a number of
    milliseconds or minutes; None where the system would leave it empty.
    metric: None when it is of the whole ticket.
    """

    name: str
    kind: Union[PropertyKind, int]
    metric: Union[Metric, int, None]
    value: Union[datetime, timedelta, str, bool, int, None]


def preset_name(preset: Like) -> Optional[str]:
    """The system's name, such as "Zendesk"."""
    return named(core.sla_preset_name(number_of(Preset, preset)))


def preset_named(name: str) -> Preset:
    """The preset of a system, from its name as preset_name gives it."""
    text, found = utf8(name), c_uint32()
    ask(core.sla_preset_find, text, len(text), byref(found))
    return Preset(found.value)


def label_name(preset: Like, value: int) -> Optional[str]:
    """The system's word for a label's value."""
    return named(core.sla_preset_label_name(number_of(Preset, preset),
                                            unsigned(value)))


def _label_of(preset: int, raw: _raw.Label) -> Label:
    shown = raw.value != NO_LABEL
    return Label(raw.value if shown else None,
                 label_name(preset, raw.value) if shown else None,
                 bool(raw.flags & LabelFlag.BREACHED),
                 bool(raw.flags & LabelFlag.PAUSED))


def label(preset: Like, result: Result) -> Label:
    """The system's word for one metric."""
    number, raw = number_of(Preset, preset), _raw.Label()
    ask(core.sla_preset_label, number, byref(result._raw),
        sizeof(_raw.Result), byref(raw), sizeof(raw))
    return _label_of(number, raw)


def ticket_label(preset: Like, results: Sequence[Result]) -> Label:
    """Its word for a whole ticket, from the results of its metrics."""
    number, raw = number_of(Preset, preset), _raw.Label()
    array, count = array_of(results)
    ask(core.sla_preset_ticket_label, number, array, count,
        sizeof(_raw.Result), byref(raw), sizeof(raw))
    return _label_of(number, raw)


def _value(preset: int, raw: _raw.Property, zone: Any) -> Any:
    kind = member_of(PropertyKind, raw.kind)
    if raw.value == NONE:
        return None
    if kind == PropertyKind.INSTANT:
        return datetime_of(raw.value, zone)
    if kind == PropertyKind.SECONDS:
        return timedelta(seconds=raw.value)
    if kind == PropertyKind.FLAG:
        return bool(raw.value)
    if kind in (PropertyKind.LABEL, PropertyKind.TICKET_LABEL):
        return label_name(preset, raw.value)
    return raw.value


def properties(preset: Like, results: Sequence[Result]) -> List[Property]:
    """The fields that the system keeps, in the order of its table."""
    number, found = number_of(Preset, preset), []
    array, count = array_of(results)
    zone = results[0]._zone if results else None
    for place in range(core.sla_preset_property_count(number)):
        raw = _raw.Property()
        ask(core.sla_preset_property, number, place, array, count,
            sizeof(_raw.Result), byref(raw), sizeof(raw))
        name = named(core.sla_preset_property_name(number, place)) or ""
        found.append(Property(
            name, member_of(PropertyKind, raw.kind),
            member_of(Metric, raw.metric) if raw.metric else None,
            _value(number, raw, zone)))
    return found
