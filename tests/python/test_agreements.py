# SPDX-License-Identifier: MIT
"""Agreements and their versions as a Python programmer tells them."""

from __future__ import annotations

import pickle
import unittest
from datetime import datetime, timedelta, timezone
from typing import Any

import sla
from sla import Agreement, Event, Holder, Metric, Status, Version

UTC = timezone.utc
JULY = datetime(2026, 7, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
OLD = sla.Policy(first_response=4 * HOUR, resolution=24 * HOUR,
                 statuses={20: "on hold"})
NEW = sla.Policy(first_response=HOUR)
TEAM = sla.Policy(resolution=8 * HOUR)


def agreed() -> sla.PolicySet:
    return sla.PolicySet([
        Agreement("customer", "Acme", [Version(1, None, OLD),
                                       Version(3, JULY, NEW)], "Premium"),
        Agreement(sla.AgreementKind.SUPPLIER, "H\u00f6st",
                  [Version(1, JULY, TEAM)])])


class Agreed(unittest.TestCase):

    def test_what_was_told(self) -> None:
        made = agreed()
        acme, host = made.agreements
        self.assertEqual((acme.kind, acme.name, acme.description, len(made)),
                         (sla.AgreementKind.CUSTOMER, "Acme", "Premium", 2))
        self.assertEqual(acme.versions, (Version(1, None, OLD),
                                         Version(3, JULY, NEW)))
        self.assertEqual(host.name, "H\u00f6st")
        self.assertEqual(sla.PolicySet(made.agreements), made)
        self.assertEqual(pickle.loads(pickle.dumps(made)), made)
        self.assertEqual(hash(agreed()), hash(made))
        self.assertIn("Acme", repr(made))

    def test_versions(self) -> None:
        made, second = agreed(), timedelta(seconds=1)
        self.assertEqual(made.version_at(0, JULY - second),
                         Version(1, None, OLD))
        self.assertEqual(made.version_at(0, JULY), Version(3, JULY, NEW))
        self.assertIsNone(made.version_at(1, JULY - second))
        later = made.extended([Agreement("internal", "Team", [
            Version(1, None, TEAM)])], Acme=[Version(4, JULY + HOUR, OLD)])
        found = later.version_at(0, JULY + HOUR)
        self.assertEqual(found and found.number, 4)
        self.assertEqual(len(later), 3)
        self.assertEqual(len(made), 2)

    def test_several_on_one_ticket(self) -> None:
        log = [Event.created(JULY), Event.status(JULY, "pending")]
        first, second = agreed().evaluate(log, JULY + 2 * HOUR)
        self.assertEqual(first.version, Version(3, JULY, NEW))
        self.assertEqual(first.results[0], NEW.evaluate(
            log, JULY + 2 * HOUR)[0])
        self.assertEqual(first.holder, Holder.CUSTOMER)
        self.assertEqual(first.results.rollup().result.status, Status.OVERDUE)
        self.assertEqual(second.results.of("resolution").metric,
                         Metric.RESOLUTION)
        both = [*second.results, *first.results]
        self.assertEqual(sla.rollup(both).result, first.results[0])
        self.assertEqual(hash(first.hash), hash(NEW))
        early = [Event.created(JULY - HOUR)]
        first, second = agreed().evaluate(early, JULY)
        self.assertEqual(first.version and first.version.number, 1)
        self.assertEqual((second.version, len(second.results)), (None, 0))
        [again] = agreed().evaluate(early, JULY, [0], applied_at=JULY)
        self.assertEqual(again.version, Version(3, JULY, NEW))

    def test_several_on_one_row(self) -> None:
        row = sla.Row(JULY, status="pending", status_since=JULY)
        log = [Event.created(JULY), Event.status(JULY, "pending")]
        now = JULY + 2 * HOUR
        self.assertEqual(agreed().evaluate_row(row, now),
                         agreed().evaluate(log, now))
        [again] = agreed().evaluate_row(sla.Row(JULY - HOUR), now, [0],
                                        applied_at=JULY)
        self.assertEqual(again.version, Version(3, JULY, NEW))

    def test_who_has_to_act(self) -> None:
        for status, who in (("new", Holder.US), ("pending", Holder.CUSTOMER),
                            (20, Holder.OTHER), ("closed", Holder.NOBODY)):
            self.assertEqual(sla.holder(OLD, status), who)
        self.assertEqual(sla.name_of(Holder.US), "us")

    def test_what_would_change(self) -> None:
        first, second = sla.changes(OLD, NEW, [Event.created(JULY)],
                                    JULY + 2 * HOUR)
        self.assertEqual(first, (
            Metric.FIRST_RESPONSE, True, JULY + 4 * HOUR, JULY + HOUR,
            sla.Phase.RUNNING, sla.Phase.RUNNING, Status.ON_TIME,
            Status.OVERDUE))
        self.assertEqual((second.metric, second.new_due_at),
                         (Metric.RESOLUTION, None))

    def test_what_is_refused(self) -> None:
        def refused(kind: Any, *versions: Any) -> None:
            with self.assertRaises(kind):
                sla.PolicySet([Agreement("customer", "Acme", versions)])
        refused(sla.RulesError)
        refused(sla.RulesError, Version(0, None, OLD))
        refused(sla.RulesError, Version(1, JULY, OLD), Version(2, JULY, OLD))
        refused(TypeError, Version(1, JULY, 5))  # type: ignore[arg-type]
        refused(TypeError, 5)
        with self.assertRaises(sla.PolicyError):
            agreed().evaluate([Event.created(JULY)], JULY, [2])
        with self.assertRaises(sla.LogError):
            agreed().evaluate([], JULY)
        with self.assertRaises(ValueError):
            agreed().extended(Nobody=[])
        with self.assertRaises(TypeError):
            sla.PolicySet([3])  # type: ignore[list-item]


if __name__ == "__main__":
    unittest.main()
