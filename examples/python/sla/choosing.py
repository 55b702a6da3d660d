# SPDX-License-Identifier: MIT
"""Rules: which policy a ticket gets, and why.

    premium = Rule(1, [attribute("e-mail").has_email_domain("acme.com"),
                       attribute("priority").equals(4)], on=["created"])
    rules = Rules({"e-mail": "text", "priority": "integer"}, [premium],
                  default=0)
    rules.match("created", {"e-mail": "ann@acme.com", "priority": 4}).policy
"""

from __future__ import annotations

from ctypes import byref, c_int64, c_size_t, c_uint32, c_void_p, sizeof
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import (Any, Dict, Iterable, Iterator, List, Mapping, NamedTuple,
                    Optional, Sequence, Tuple, Union)

from . import _raw
from ._call import ask, call, long, text_from, unsigned, utf8
from ._library import core
from ._object import Compiled
from ._raw import NO_POLICY, NO_RULE
from ._times import datetime_of, instant_of
from .names import (AttributeType, ConditionFlag, ConditionKind, Like,
                    RuleEvent, RulesLintKind, VerdictKind, member_of,
                    number_of)

__all__ = ["Condition", "Match", "Rule", "Rules", "RulesLint", "Verdict",
           "all_of", "any_of", "attribute", "none_of"]

Value = Union[str, int, datetime]
Fact = Union[Value, Iterable[str], None]
TEXTS = (AttributeType.TEXT, AttributeType.TAGS)


@dataclass(frozen=True)
class Condition:
    """A group of conditions, or a test of one attribute against values."""

    kind: ConditionKind
    attribute: Optional[str] = None
    values: Tuple[Value, ...] = ()
    ignore_case: bool = False
    parts: Tuple[Condition, ...] = ()


def all_of(*conditions: Condition) -> Condition:
    """Holds when all of them do."""
    return Condition(ConditionKind.ALL_OF, parts=conditions)


def any_of(*conditions: Condition) -> Condition:
    """Holds when one of them does."""
    return Condition(ConditionKind.ANY_OF, parts=conditions)


def none_of(*conditions: Condition) -> Condition:
    """Holds when none of them does: "not", of one."""
    return Condition(ConditionKind.NONE_OF, parts=conditions)


@dataclass(frozen=True)
class attribute:
    """The tests of an attribute; sla_rules_builder(3) says what each means.

    What is said in the negative holds of an absent attribute as well.
    """

    name: str

    def is_present(self) -> Condition:
        return self._test(ConditionKind.IS_PRESENT)

    def is_absent(self) -> Condition:
        return self._test(ConditionKind.IS_ABSENT)

    def equals(self, value: Value, ignore_case: bool = False) -> Condition:
        return self._test(ConditionKind.EQUALS, value, fold=ignore_case)

    def does_not_equal(self, value: Value,
                       ignore_case: bool = False) -> Condition:
        return self._test(ConditionKind.NOT_EQUALS, value, fold=ignore_case)

    def is_in(self, *values: Value, ignore_case: bool = False) -> Condition:
        return self._test(ConditionKind.IN, *values, fold=ignore_case)

    def is_not_in(self, *values: Value,
                  ignore_case: bool = False) -> Condition:
        return self._test(ConditionKind.NOT_IN, *values, fold=ignore_case)

    def contains(self, text: str, ignore_case: bool = False) -> Condition:
        return self._test(ConditionKind.CONTAINS, text, fold=ignore_case)

    def does_not_contain(self, text: str,
                         ignore_case: bool = False) -> Condition:
        return self._test(ConditionKind.NOT_CONTAINS, text, fold=ignore_case)

    def starts_with(self, text: str, ignore_case: bool = False) -> Condition:
        return self._test(ConditionKind.STARTS_WITH, text, fold=ignore_case)

    def ends_with(self, text: str, ignore_case: bool = False) -> Condition:
        return self._test(ConditionKind.ENDS_WITH, text, fold=ignore_case)

    def has_email_domain(self, *domains: str) -> Condition:
        """An address of one of the domains, or of one below it."""
        return self._test(ConditionKind.EMAIL_DOMAIN, *domains)

    def is_less(self, value: Value) -> Condition:
        return self._test(ConditionKind.LESS, value)

    def is_greater(self, value: Value) -> Condition:
        return self._test(ConditionKind.GREATER, value)

    def is_between(self, low: Value, high: Value) -> Condition:
        return self._test(ConditionKind.BETWEEN, low, high)

    def is_tagged(self, *tags: str, ignore_case: bool = False) -> Condition:
        """One of these is one of the tags."""
        return self._test(ConditionKind.TAGGED, *tags, fold=ignore_case)

    def _test(self, kind: ConditionKind, *values: Value,
              fold: bool = False) -> Condition:
        return Condition(kind, self.name, values, fold)


@dataclass(frozen=True)
class Rule:
    """A policy, for the tickets of which all the conditions hold.

    policy: the host's number, mostly a place in a list; None for no SLA.
    on: events, by member, number or name; none stands for all of them.
    """

    policy: Optional[int]
    conditions: Sequence[Condition] = ()
    on: Iterable[Like] = ()
    name: str = ""


class Match(NamedTuple):
    """The place of a rule, None for the default; the policy, None for no
    SLA."""

    rule: Optional[int]
    policy: Optional[int]


class Verdict(NamedTuple):
    """Why a rule matches or does not.

    condition: the place of the first one that does not hold, in the order
    they are written down, groups included.
    """

    kind: Union[VerdictKind, int]
    condition: Optional[int]


class RulesLint(NamedTuple):
    """What is probably not meant; other is a rule or a condition."""

    kind: Union[RulesLintKind, int]
    rule: Optional[int]
    condition: Optional[int]
    other: Optional[int]


# ---- values and facts as the library takes them -----------------------

class _Facts:
    """Records, and the texts that they name."""

    def __init__(self) -> None:
        self.records: List[_raw.Fact] = []
        self.texts = bytearray()

    def add(self, number: int, kind: int, value: Any) -> None:
        fact = _raw.Fact(0, 0, number)
        if kind in TEXTS:
            text = utf8(value)
            fact.value, fact.length = len(self.texts), len(text)
            self.texts += text
        elif kind == AttributeType.INSTANT:
            fact.value = instant_of(value)
        else:
            fact.value = long(value)
        self.records.append(fact)

    def arguments(self) -> Tuple[Any, ...]:
        count = len(self.records)
        return ((_raw.Fact * count)(*self.records), count,
                sizeof(_raw.Fact), bytes(self.texts), len(self.texts))


def _policy_number(policy: Optional[int]) -> int:
    return NO_POLICY if policy is None else unsigned(policy, "policy")


def _policy_of(number: int) -> Optional[int]:
    return None if number == NO_POLICY else number


def _rule_of(number: int) -> Optional[int]:
    return None if number == NO_RULE else number


def _mask(events: Iterable[Like]) -> int:
    if isinstance(events, str):
        raise TypeError(f"events are a list, not {events!r}")
    mask = 0
    for event in events:
        number = number_of(RuleEvent, event)
        if number > 63:
            raise ValueError(f"{number} is no event")
        mask |= 1 << number
    return mask


# ---- rules ------------------------------------------------------------

class Rules(Compiled):
    """An ordered list of rules on attributes of the host's own.

    attributes: by name their types: "text", "integer", "instant", "tags".
    rules: in their order.
    default: the policy of tickets that no rule matches; None for no SLA.
    """

    __slots__ = ()

    _ref = core.sla_rules_ref
    _unref = core.sla_rules_unref
    _bytes = core.sla_rules_bytes
    _new_bytes = core.sla_rules_new_bytes
    _equal = core.sla_rules_equal
    _hash = core.sla_rules_hash
    _memory = core.sla_rules_memory

    def __new__(cls, attributes: Mapping[str, Like],
                rules: Iterable[Rule] = (),
                default: Optional[int] = None) -> Rules:
        builder = _Builder()
        builder.add_attributes(attributes)
        builder.set_default(default)
        for rule in rules:
            builder.add_rule(rule)
        return cls._own(builder.build())

    def extended(self, attributes: Mapping[str, Like] = {},
                 rules: Iterable[Rule] = ()) -> Rules:
        """Others, with more attributes and with rules after these."""
        builder = _Builder(self)
        builder.add_attributes(attributes)
        for rule in rules:
            builder.add_rule(rule)
        return type(self)._own(builder.build())

    # ---- which policy -------------------------------------------------

    def match(self, event: Like, facts: Mapping[str, Fact]) -> Match:
        """The first rule that matches.

        facts: by attribute a text, a number, a datetime, or texts for tags;
        None, or nothing at all, when it is absent.
        """
        raw = _raw.Match()
        call(core.sla_rules_match, self._handle,
             number_of(RuleEvent, event), *self._facts(facts), byref(raw),
             sizeof(raw))
        return Match(_rule_of(raw.rule), _policy_of(raw.policy))

    def match_all(self, event: Like, facts: Mapping[str, Fact]
                  ) -> List[Match]:
        """All rules that match; else the default alone."""
        room, count = len(self) + 1, c_size_t()
        raw = (_raw.Match * room)()
        call(core.sla_rules_match_all, self._handle,
             number_of(RuleEvent, event), *self._facts(facts), raw, room,
             sizeof(_raw.Match), byref(count))
        return [Match(_rule_of(one.rule), _policy_of(one.policy))
                for one in raw[:count.value]]

    def explain(self, event: Like, facts: Mapping[str, Fact]
                ) -> List[Verdict]:
        """The verdict on every rule by itself."""
        room, count = len(self), c_size_t()
        raw = (_raw.Verdict * room)()
        call(core.sla_rules_explain, self._handle,
             number_of(RuleEvent, event), *self._facts(facts), raw, room,
             sizeof(_raw.Verdict), byref(count))
        return [Verdict(member_of(VerdictKind, one.kind),
                        one.condition
                        if one.kind == VerdictKind.CONDITION else None)
                for one in raw]

    def lints(self, policies: int) -> List[RulesLint]:
        """What is probably not meant, among so many policies."""
        number, count = unsigned(policies), c_size_t()
        call(core.sla_rules_lints, self._handle, number, None, 0,
             sizeof(_raw.RulesLint), byref(count))
        raw = (_raw.RulesLint * count.value)()
        call(core.sla_rules_lints, self._handle, number, raw, count.value,
             sizeof(_raw.RulesLint), byref(count))
        return [_lint_of(one) for one in raw]

    def _facts(self, facts: Mapping[str, Fact]) -> Tuple[Any, ...]:
        told, number, kind = _Facts(), c_uint32(), c_uint32()
        for name, value in facts.items():
            text = utf8(name)
            ask(core.sla_rules_find_attribute, self._handle, text, len(text),
                byref(number))
            ask(core.sla_rules_attribute, self._handle, number, byref(kind))
            for one in _values_of(kind.value, value):
                told.add(number.value, kind.value, one)
        return told.arguments()

    # ---- what it was told ---------------------------------------------

    def __len__(self) -> int:
        return int(core.sla_rules_count(self._handle))

    @property
    def attributes(self) -> Dict[str, AttributeType]:
        """The types by name, in their order."""
        found, kind = {}, c_uint32()
        for number in range(core.sla_rules_attribute_count(self._handle)):
            ask(core.sla_rules_attribute, self._handle, number, byref(kind))
            found[text_from(core.sla_rules_attribute_name, self._handle,
                            number)] = AttributeType(kind.value)
        return found

    @property
    def default(self) -> Optional[int]:
        policy = c_uint32()
        ask(core.sla_rules_default, self._handle, byref(policy))
        return _policy_of(policy.value)

    @property
    def rules(self) -> List[Rule]:
        names = list(self.attributes.items())
        return [self._rule(place, names) for place in range(len(self))]

    def _rule(self, place: int,
              names: List[Tuple[str, AttributeType]]) -> Rule:
        raw = _raw.Rule()
        ask(core.sla_rules_rule, self._handle, place, byref(raw), sizeof(raw))
        told = []
        for index in range(raw.conditions):
            condition = _raw.Condition()
            ask(core.sla_rules_condition, self._handle, place, index,
                byref(condition), sizeof(condition))
            told.append((condition.depth,
                         self._condition(place, index, condition, names)))
        on = tuple(member_of(RuleEvent, event) for event in range(64)
                   if raw.events >> event & 1)
        name = text_from(core.sla_rules_rule_name, self._handle, place)
        return Rule(_policy_of(raw.policy), _tree(iter(told)), on, name)

    def _condition(self, rule: int, index: int, raw: _raw.Condition,
                   names: List[Tuple[str, AttributeType]]) -> Condition:
        kind = ConditionKind(raw.kind)
        if kind <= ConditionKind.NONE_OF:
            return Condition(kind)
        name, of = names[raw.attribute]
        values = tuple(self._value(of, rule, index, value)
                       for value in range(raw.values))
        return Condition(kind, name, values,
                         bool(raw.flags & ConditionFlag.IGNORE_CASE))

    def _value(self, kind: AttributeType, *place: int) -> Value:
        if kind in TEXTS:
            return text_from(core.sla_rules_text, self._handle, *place)
        number = c_int64()
        ask(core.sla_rules_number, self._handle, *place, byref(number))
        if kind == AttributeType.INSTANT:
            return datetime_of(number.value, timezone.utc)
        return number.value

    def __repr__(self) -> str:
        return f"<Rules: {len(self)} on {', '.join(self.attributes)}>"


def _values_of(kind: int, value: Fact) -> Iterable[Any]:
    """The facts of one attribute: none, one, or as many as there are tags."""
    if value is None:
        return ()
    if kind != AttributeType.TAGS:
        return (value,)
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise TypeError(f"tags are a list of texts, not {value!r}")
    return value


def _lint_of(raw: _raw.RulesLint) -> RulesLint:
    kind = member_of(RulesLintKind, raw.kind)
    two = kind == RulesLintKind.CONTRADICTORY
    return RulesLint(kind, _rule_of(raw.rule), raw.condition if two else None,
                     None if kind == RulesLintKind.POLICY else raw.other)


def _tree(told: Iterator[Tuple[int, Condition]]) -> Tuple[Condition, ...]:
    """Groups with what is in them, from a list that says how deep each
    condition is."""
    open_groups: List[Tuple[Optional[Condition], List[Condition]]] = [
        (None, [])]
    for depth, condition in told:
        _close(open_groups, depth)
        if condition.kind <= ConditionKind.NONE_OF:
            open_groups.append((condition, []))
        else:
            open_groups[-1][1].append(condition)
    _close(open_groups, 0)
    return tuple(open_groups[0][1])


def _close(open_groups: List[Tuple[Optional[Condition], List[Condition]]],
           depth: int) -> None:
    while len(open_groups) > depth + 1:
        group, parts = open_groups.pop()
        assert group is not None
        open_groups[-1][1].append(Condition(group.kind, parts=tuple(parts)))


class _Builder:
    """Gathers rules; what they name are attributes of its own."""

    def __init__(self, base: Optional[Rules] = None) -> None:
        self._handle = c_void_p()
        self._known: Dict[str, Tuple[int, int]] = {}
        if base is None:
            call(core.sla_rules_builder_new, None, byref(self._handle))
            return
        call(core.sla_rules_builder_new_from, base._handle, None,
             byref(self._handle))
        for number, (name, kind) in enumerate(base.attributes.items()):
            self._known[name] = number, kind

    def __del__(self) -> None:
        handle, self._handle = self._handle, c_void_p()
        core.sla_rules_builder_free(handle)

    def add_attributes(self, attributes: Mapping[str, Like]) -> None:
        for name, of in attributes.items():
            number, kind = c_uint32(), number_of(AttributeType, of)
            text = utf8(name)
            call(core.sla_rules_builder_add_attribute, self._handle, kind,
                 text, len(text), byref(number))
            self._known[name] = number.value, kind

    def set_default(self, policy: Optional[int]) -> None:
        call(core.sla_rules_builder_set_default, self._handle,
             _policy_number(policy))

    def add_rule(self, rule: Rule) -> None:
        name = utf8(rule.name)
        call(core.sla_rules_builder_add_rule, self._handle, _mask(rule.on),
             _policy_number(rule.policy), name, len(name))
        for condition in rule.conditions:
            self._add(condition)

    def _add(self, condition: Condition) -> None:
        if not isinstance(condition, Condition):
            raise TypeError(f"not a condition: {condition!r}")
        if condition.kind > ConditionKind.NONE_OF:
            self._add_test(condition)
            return
        call(core.sla_rules_builder_open_group, self._handle, condition.kind)
        for part in condition.parts:
            self._add(part)
        call(core.sla_rules_builder_close_group, self._handle)

    def _add_test(self, condition: Condition) -> None:
        if condition.attribute not in self._known:
            raise ValueError(f"no attribute is called "
                             f"{condition.attribute!r}")
        number, kind = self._known[condition.attribute]
        told = _Facts()
        for value in condition.values:
            told.add(number, kind, value)
        flags = ConditionFlag.IGNORE_CASE if condition.ignore_case else 0
        call(core.sla_rules_builder_add_condition, self._handle, number,
             condition.kind, flags, *told.arguments())

    def build(self) -> Optional[int]:
        handle = c_void_p()
        call(core.sla_rules_builder_build, self._handle, byref(handle))
        return handle.value
