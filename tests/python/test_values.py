# SPDX-License-Identifier: MIT
"""Objects are values: equal, hashable, picklable, and never change."""

from __future__ import annotations

import copy
import pickle
import sys
import unittest
from datetime import date, datetime, timedelta, timezone
from typing import Any, List

import sla
from sla import Event

UTC = timezone.utc
CET = timezone(timedelta(hours=1))
NOW = datetime(2024, 6, 3, 12, tzinfo=CET)


def calendar(**more: Any) -> sla.Calendar:
    return sla.Calendar("Europe/Paris", "Mo-Fr 09:00-17:00", **more)


def policy(**more: Any) -> sla.Policy:
    return sla.Policy(calendar(), first_response=timedelta(hours=4), **more)


def result() -> sla.Result:
    return policy().evaluate([Event.created(NOW)], NOW, "first response")


class Values(unittest.TestCase):

    def same(self, first: Any, second: Any) -> None:
        self.assertEqual(first, second)
        self.assertEqual(hash(first), hash(second))
        self.assertIsNot(first, second)

    def test_equal_and_hash(self) -> None:
        self.same(sla.Zone("Europe/Paris"), sla.Zone("Europe/Paris"))
        self.same(sla.Zone.posix("EST5"),
                  sla.Zone.fixed(timedelta(hours=-5)))
        self.same(calendar(), calendar())
        self.same(policy(), policy())
        self.same(result(), result())
        self.same(sla.Log([Event.created(NOW)]),
                  sla.Log([Event.created(NOW.astimezone(UTC))]))
        self.same(policy().rule("resolution"), policy().rule(3))

    def test_different(self) -> None:
        self.assertNotEqual(sla.Zone("Europe/Paris"), sla.Zone("Asia/Kolkata"))
        self.assertNotEqual(calendar(), calendar(
            holidays=[date(2024, 6, 3)]))
        self.assertNotEqual(policy(), policy(due_soon=75))
        self.assertNotEqual(result(), policy().evaluate(
            [Event.created(NOW)], NOW + timedelta(seconds=1), 1))
        for value in (sla.Zone("Europe/Paris"), calendar(), policy(),
                      result(), sla.Log(())):
            self.assertNotEqual(value, "something else")
            self.assertFalse(value == 1)

    def everything(self) -> List[Any]:
        log = [Event.created(NOW), Event.agent_reply(NOW)]
        found = policy(resolution=sla.working_days(1)).evaluate(log, NOW)
        return [
            sla.Zone("Europe/Paris"), sla.Zone.posix("EST5EDT,M3.2.0,M11.1.0"),
            calendar(), calendar(holidays=[(date(2024, 6, 3), "Fête")]),
            policy(), policy(preset="zendesk"), result(), found,
            found.rollup(), sla.Log(log), log[0],
            sla.Row(NOW, priority=3), policy().rule("first response"),
            policy().targets, calendar().entries, sla.label("jira", found[0]),
            sla.properties("zendesk", found), sla.around_the_clock(
                timedelta(hours=1)), policy().totals(log, NOW, 1)]

    def test_pickled_by_value(self) -> None:
        for value in self.everything():
            for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
                again = pickle.loads(pickle.dumps(value, protocol))
                self.assertEqual(again, value)
                self.assertIs(type(again), type(value))

    def test_what_a_pickle_keeps(self) -> None:
        zone = pickle.loads(pickle.dumps(sla.Zone("Europe/Paris")))
        self.assertEqual(zone.name, "Europe/Paris")
        again = pickle.loads(pickle.dumps(result()))
        self.assertEqual(again.started_at.utcoffset(), timedelta(hours=1))

    def test_copies(self) -> None:
        for value in (sla.Zone("Europe/Paris"), calendar(), policy()):
            self.assertIs(copy.copy(value), value)
            self.assertIs(copy.deepcopy(value), value)
        self.assertEqual(copy.deepcopy(result()), result())

    def test_bytes(self) -> None:
        for kind, value in ((sla.Zone, sla.Zone("Europe/Paris")),
                            (sla.Calendar, calendar()),
                            (sla.Policy, policy())):
            data = value.to_bytes()
            self.assertEqual(bytes(value), data)
            self.assertEqual(kind.from_bytes(data), value)
            for broken in (b"", data[:-1], data + b"\0", b"x" + data[1:]):
                with self.assertRaises(sla.BytesError):
                    kind.from_bytes(broken)
            with self.assertRaises(TypeError):
                kind.from_bytes("text")  # type: ignore[arg-type]
        with self.assertRaises(sla.BytesError):
            sla.Policy.from_bytes(calendar().to_bytes())

    def test_never_changes(self) -> None:
        for value in (sla.Zone("Europe/Paris"), calendar(), policy(),
                      result()):
            for name in ("_handle", "name", "due_at", "anything"):
                with self.assertRaises(AttributeError):
                    setattr(value, name, 1)
                with self.assertRaises(AttributeError):
                    delattr(value, name)
        with self.assertRaises(Exception):
            calendar().entries[0].name = "x"  # type: ignore[misc]

    def test_made_a_second_time(self) -> None:
        """Calling __init__ again does nothing to an object."""
        made = calendar()
        before = made.to_bytes()
        made.__init__("Asia/Kolkata", "24/7")  # type: ignore[misc]
        self.assertEqual(made.to_bytes(), before)

    def test_reprs(self) -> None:
        for value in self.everything():
            self.assertTrue(repr(value))
        self.assertEqual(repr(sla.Zone("Europe/Paris")),
                         "<Zone Europe/Paris>")
        self.assertEqual(
            repr(result()), "<Result <Metric.FIRST_RESPONSE: 1>: running, "
            "on time, due 2024-06-03T16:00:00+01:00>")

    def test_size(self) -> None:
        for value in (sla.Zone("Europe/Paris"), calendar(), policy()):
            self.assertGreater(sys.getsizeof(value), 64)
        self.assertGreater(sys.getsizeof(calendar()), 2000)

    def test_extended(self) -> None:
        more = calendar().extended(holidays=[date(2024, 6, 3)])
        self.assertEqual(more, calendar(holidays=[date(2024, 6, 3)]))
        moved = calendar().extended(zone="Asia/Kolkata", window=(2024, 2025))
        self.assertEqual(moved.zone, sla.Zone("Asia/Kolkata"))
        self.assertEqual(moved.window, (2024, 2025))
        self.assertEqual(policy().extended(due_soon={"first response": 75}),
                         policy(due_soon=75))
        self.assertEqual(
            policy().extended(resolution=timedelta(hours=8)),
            policy(resolution=timedelta(hours=8)))
        with self.assertRaises(TypeError):
            policy().extended(colour="red")


if __name__ == "__main__":
    unittest.main()
