# SPDX-License-Identifier: MIT
"""Rules as a Python programmer tells them, and what they answer."""

from __future__ import annotations

import copy
import pickle
import unittest
from datetime import datetime, timezone
from typing import Any

import sla
from sla import (Match, Rule, Verdict, VerdictKind, all_of, any_of, attribute,
                 none_of)

UTC = timezone.utc
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
ATTRIBUTES = {"e-mail": "text", "priority": "integer", "created": "instant",
              "tag": sla.AttributeType.TAGS}
TREE = [attribute("e-mail").has_email_domain("acme.com", "acme.org"),
        any_of(attribute("priority").is_between(3, 4),
               all_of(attribute("created").is_less(NEW_YEAR),
                      none_of(attribute("tag").is_tagged(
                          "spam", "test", ignore_case=True)))),
        attribute("e-mail").does_not_contain("+", ignore_case=True)]


def rules() -> sla.Rules:
    return sla.Rules(ATTRIBUTES, [
        Rule(2, TREE, on=["created", sla.RuleEvent.OPENED, 40],
             name="Premium \u00e9"),
        Rule(None, [attribute("tag").is_tagged("spam")]),
        Rule(1, [attribute("priority").equals(4)], on=["updated"])],
        default=0)


class Asking(unittest.TestCase):

    def test_the_first_that_matches(self) -> None:
        for event, facts, rule, policy in (
                ("created", {"e-mail": "a@m.acme.com", "priority": 3}, 0, 2),
                (40, {"e-mail": "a@acme.org", "priority": 1,
                      "created": NEW_YEAR.replace(year=2025)}, 0, 2),
                ("created", {"e-mail": "a@acme.org", "created": NEW_YEAR},
                 None, 0),
                ("created", {"e-mail": "a@acme.com.evil.org",
                             "priority": 4, "tag": ["spam"]}, 1, None),
                ("updated", {"priority": 4, "tag": ()}, 2, 1),
                ("updated", {"priority": None}, None, 0)):
            self.assertEqual(rules().match(event, facts),
                             Match(rule, policy), facts)

    def test_all_that_match(self) -> None:
        facts = {"e-mail": "a@acme.com", "priority": 4, "tag": {"spam"}}
        self.assertEqual(rules().match_all("opened", facts),
                         [Match(0, 2), Match(1, None)])
        self.assertEqual(rules().match_all("message", {}), [Match(None, 0)])

    def test_why_not(self) -> None:
        self.assertEqual(
            rules().explain("created", {"e-mail": "a+b@acme.com",
                                        "priority": 4}),
            [Verdict(VerdictKind.CONDITION, 7),
             Verdict(VerdictKind.CONDITION, 0),
             Verdict(VerdictKind.EVENT, None)])
        self.assertEqual(
            rules().explain("created", {"e-mail": "a@acme.com",
                                        "priority": 4})[0],
            Verdict(VerdictKind.MATCHES, None))

    def test_every_test(self) -> None:
        mail, number = attribute("e-mail"), attribute("priority")
        for test, value, holds in (
                (mail.is_present(), "", True), (mail.is_absent(), "", False),
                (mail.equals("A", ignore_case=True), "a", True),
                (mail.does_not_equal("a"), "b", True),
                (mail.is_in("a", "b"), "b", True),
                (mail.is_not_in("a", "b"), "b", False),
                (mail.contains("b"), "abc", True),
                (mail.starts_with("A", ignore_case=True), "ab", True),
                (mail.ends_with("b"), "ab", True),
                (number.is_greater(3), 4, True),
                (number.is_less(-1 << 63), -1 << 63, False)):
            asked = sla.Rules(ATTRIBUTES, [Rule(7, [test])])
            name = test.attribute or ""
            self.assertEqual(asked.match("created", {name: value}).policy,
                             7 if holds else None, test)

    def test_lints(self) -> None:
        high, low = (attribute("priority").is_greater(3),
                     attribute("priority").is_less(4))
        found = sla.Rules(ATTRIBUTES, [
            Rule(0, [high, low]), Rule(5, [high]), Rule(1, [high])],
            default=9).lints(2)
        kind = sla.RulesLintKind
        self.assertEqual(found, [
            (kind.CONTRADICTORY, 0, 1, 0), (kind.POLICY, 1, None, None),
            (kind.UNREACHABLE, 2, None, 1), (kind.POLICY, None, None, None)])
        self.assertIn("exclude each other", sla.name_of(found[0].kind) or "")


class ReadingBack(unittest.TestCase):

    def test_what_was_told(self) -> None:
        made = rules()
        self.assertEqual(list(made.attributes), list(ATTRIBUTES))
        self.assertEqual(made.attributes["tag"], sla.AttributeType.TAGS)
        self.assertEqual(made.default, 0)
        self.assertEqual(len(made), 3)
        first = made.rules[0]
        self.assertEqual(first.name, "Premium \u00e9")
        self.assertEqual(first.on, (1, 2, 40))
        self.assertEqual(list(first.conditions), TREE)
        self.assertIsNone(made.rules[1].policy)
        self.assertEqual(
            sla.Rules(made.attributes, made.rules, made.default), made)

    def test_values(self) -> None:
        made = rules()
        for other in (copy.copy(made), copy.deepcopy(made),
                      pickle.loads(pickle.dumps(made)),
                      sla.Rules.from_bytes(made.to_bytes())):
            self.assertEqual(other, made)
            self.assertEqual(hash(other), hash(made))
        self.assertIn("3 on e-mail", repr(made))

    def test_extended(self) -> None:
        longer = rules().extended({"team": "text"}, [
            Rule(3, [attribute("team").equals("A")])])
        self.assertNotEqual(longer, rules())
        self.assertEqual(longer.match("updated", {"team": "A"}), Match(3, 3))
        self.assertEqual(longer.default, 0)


class Refusing(unittest.TestCase):

    def refused(self, kind: Any, *arguments: Any, **named: Any) -> Any:
        with self.assertRaises(kind) as caught:
            sla.Rules(*arguments, **named)
        return caught.exception

    def test_what_the_library_refuses(self) -> None:
        error = self.refused(sla.RulesError, ATTRIBUTES, [
            Rule(1, [attribute("e-mail").has_email_domain("acme.com", "@")])])
        self.assertEqual((error.code, error.index),
                         (sla.Code.E_CONDITION, 1))
        self.refused(sla.RulesError, ATTRIBUTES, [Rule(1, [any_of()])])
        self.refused(sla.CalendarError, {"": "text"})
        self.refused(sla.RangeError, ATTRIBUTES, [Rule(1)] * 1025)
        with self.assertRaises(sla.RulesError):
            rules().match("created", {"nothing": 1})
        with self.assertRaises(sla.LogError):
            rules().match(7, {})

    def test_what_does_not_reach_it(self) -> None:
        self.refused(ValueError, {"a": "date"})
        self.refused(ValueError, {}, [Rule(1, [attribute("a").equals(1)])])
        self.refused(TypeError, ATTRIBUTES, [Rule(1, ["priority = 4"])])
        self.refused(TypeError, ATTRIBUTES, [Rule(1, on="created")])
        self.refused(TypeError, ATTRIBUTES,
                     [Rule(1, [attribute("priority").equals("4")])])
        self.refused(OverflowError, ATTRIBUTES, [Rule(-1)])
        self.refused(OverflowError, ATTRIBUTES,
                     [Rule(1, [attribute("priority").equals(1 << 63)])])
        for facts, kind in (({"e-mail": 4}, TypeError),
                            ({"tag": "spam"}, TypeError),
                            ({"tag": 5}, TypeError),
                            ({"created": 5}, TypeError),
                            ({"created": datetime(2026, 1, 1)},
                             sla.NaiveDatetimeError)):
            with self.assertRaises(kind):
                rules().match("created", facts)


if __name__ == "__main__":
    unittest.main()
