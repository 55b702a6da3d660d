# SPDX-License-Identifier: MIT
"""The enumerations, what the library calls their members, and back.

Wherever a member of an enumeration is wanted, its number will do, and so
will its name: Metric.FIRST_RESPONSE, 1, "first response".
"""

from __future__ import annotations

from enum import IntEnum
from typing import Callable, Dict, Optional, Tuple, Type, TypeVar, Union

from . import _raw
from ._call import named, unsigned
from ._library import core
from ._raw import (AgreementKind, Anchor, AtDue, AttributeType, Clock, Code,
                   ConditionFlag, ConditionKind, CreatedByOther, Creator,
                   EntryKind, EventKind, Gate, Holder, LabelFlag, Landing,
                   LintKind, Metric, OnCalendar, OnChange, OnMessage,
                   OnPauseEnd, OnReopen, OnSolve, OnUndone, Option, Phase,
                   Preset, Priority, PropertyKind, Recurrence, ResultFlag,
                   RuleEvent, RulesLintKind, Shape, Status, TicketStatus, Unit,
                   VerdictKind, Wall, Weekdays)

__all__ = [
    "AgreementKind", "Anchor", "AtDue", "AttributeType", "Clock", "Code",
    "ConditionFlag", "ConditionKind", "CreatedByOther", "Creator", "EntryKind",
    "EventKind", "Gate", "Holder", "LabelFlag", "Landing", "LintKind",
    "Metric", "OPTION_VALUES", "OnCalendar", "OnChange", "OnMessage",
    "OnPauseEnd", "OnReopen", "OnSolve", "OnUndone", "Option", "Phase",
    "Preset", "Priority", "PropertyKind", "Recurrence", "ResultFlag",
    "RuleEvent", "RulesLintKind", "Shape", "Status", "TicketStatus", "Unit",
    "VerdictKind", "Wall", "Weekdays", "name_of", "option_value_name",
]

Enum = TypeVar("Enum", bound=IntEnum)
Like = Union[int, str]

#: The enumeration of each option's values.
OPTION_VALUES: Dict[Option, Type[IntEnum]] = {
    Option.ANCHOR: Anchor, Option.GATE: Gate, Option.AT_DUE: AtDue,
    Option.LANDING: Landing, Option.ZERO_TARGET: Landing,
    Option.CREATED_BY_OTHER: CreatedByOther, Option.SOLVED: OnSolve,
    Option.REOPENED: OnReopen, Option.TARGET_CHANGED: OnChange,
    Option.BREACH_UNDONE: OnUndone, Option.CALENDAR_CHANGED: OnCalendar,
    Option.RESUME: OnPauseEnd, Option.MESSAGE_WHILE_PAUSED: OnMessage,
}

_NAMES: Dict[type, Callable[[int], Optional[bytes]]] = {
    Code: core.sla_code_name, Metric: core.sla_metric_name,
    Phase: core.sla_phase_name, Status: core.sla_status_name,
    TicketStatus: core.sla_ticket_status_name,
    Priority: core.sla_priority_name, EventKind: core.sla_event_kind_name,
    Unit: core.sla_unit_name, Clock: core.sla_clock_name,
    Shape: core.sla_shape_name, Option: core.sla_option_name,
    LintKind: core.sla_lint_name, Preset: core.sla_preset_name,
    RuleEvent: core.sla_rule_event_name,
    AttributeType: core.sla_attribute_type_name,
    ConditionKind: core.sla_condition_kind_name,
    VerdictKind: core.sla_verdict_name,
    AgreementKind: core.sla_agreement_kind_name,
    Holder: core.sla_holder_name,
    RulesLintKind: core.sla_rules_lint_name,
}


def name_of(member: int) -> Optional[str]:
    """What the library calls a member: "first response", "due soon".

    Of a lint it is a short sentence, of a preset the system's name.  None
    for what has no name.
    """
    function = _NAMES.get(type(member))
    if function is None:
        raise TypeError(f"the library has no names for {member!r}")
    return named(function(int(member)))


def option_value_name(option: Union[Option, Like],
                      value: int) -> Optional[str]:
    """What the library calls a value of an option."""
    return named(core.sla_option_value_name(
        number_of(Option, option), unsigned(value)))


def _member(kind: Type[Enum], text: str) -> Enum:
    key = text.strip().replace(" ", "_").replace("-", "_").upper()
    try:
        return kind[key]
    except KeyError:
        names = ", ".join(member.name.lower().replace("_", " ")
                          for member in kind)
        raise ValueError(f"{text!r} is not one of: {names}") from None


def number_of(kind: Type[Enum], value: Like) -> int:
    """The number that stands for a member, its number or its name."""
    if isinstance(value, str):
        # What comes from JSON has texts for keys.
        if value.isascii() and value.isdigit():
            return unsigned(int(value), kind.__name__)
        return int(_member(kind, value))
    if isinstance(value, IntEnum) and not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return unsigned(value, kind.__name__)


def member_of(kind: Type[Enum], number: int) -> Union[Enum, int]:
    """The member with a number, or the number where there is none."""
    try:
        return kind(number)
    except ValueError:
        return number


def option_of(option: Like, value: Like) -> Tuple[int, int]:
    """The numbers of an option and of a value of it."""
    number = number_of(Option, option)
    if number not in OPTION_VALUES:
        return number, unsigned(value)  # type: ignore[arg-type]
    return number, number_of(OPTION_VALUES[Option(number)], value)


def version() -> Tuple[int, int, int]:
    """The version of the library that is in use."""
    number = core.sla_version()
    return number // 10000, number // 100 % 100, number % 100


def version_string() -> str:
    """The version of the library that is in use, such as "0.1.0"."""
    return named(core.sla_version_string()) or ""


#: The version of the library that this binding was generated from.
VERSION = (_raw.VERSION // 10000, _raw.VERSION // 100 % 100,
           _raw.VERSION % 100)
