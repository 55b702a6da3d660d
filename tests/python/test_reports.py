# SPDX-License-Identifier: MIT
"""Reports, objectives and backtests through Python."""

from __future__ import annotations

import copy
import pickle
import sys
import unittest
from datetime import datetime, timedelta, timezone

import sla
from sla import (Event, History, HistoryState, Objective, ObjectiveKind,
                 ObjectiveVerdict, Policy, Report, Tally)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEGIN = datetime(2026, 11, 2, 9, tzinfo=timezone.utc)
NOW = BEGIN + 3 * DAY


def policy(hours: int) -> Policy:
    return Policy(first_response=sla.around_the_clock(hours * HOUR))


def ticket(hours: int) -> list[Event]:
    """Answered and solved after so many hours; 0: not yet."""
    log = [Event.created(BEGIN)]
    if hours:
        log += [Event.agent_reply(BEGIN + hours * HOUR),
                Event.status(BEGIN + hours * HOUR, "solved")]
    return log


def report_of(*tickets: tuple[int, int]) -> Report:
    promised, report = policy(2), Report([DAY, 7 * DAY])
    for group, hours in tickets:
        log = ticket(hours)
        report.add(group, History.of(promised, log, NOW),
                   promised.evaluate(log, NOW), NOW)
    return report


class Reports(unittest.TestCase):

    def test_history(self) -> None:
        done = History.of(policy(2), ticket(3), NOW)
        self.assertEqual(done, History(
            BEGIN, BEGIN + 3 * HOUR, HistoryState.DONE, 1, 0))
        self.assertEqual(History.of(policy(2), ticket(0), NOW),
                         History(BEGIN))

    def test_history_of_a_row(self) -> None:
        row = sla.Row(BEGIN, first_response_at=BEGIN + HOUR,
                      solved_at=BEGIN + 2 * HOUR)
        self.assertEqual(History.of_row(policy(2), row, NOW), History(
            BEGIN, BEGIN + 2 * HOUR, HistoryState.DONE, 1, 0))
        self.assertEqual(History.of_row(policy(2), sla.Row(BEGIN), NOW),
                         History(BEGIN))

    def test_counts(self) -> None:
        report = report_of((1, 1), (1, 3), (2, 0))
        self.assertEqual(report.groups, [1, 2])
        self.assertEqual(report.ages, (DAY, 7 * DAY))
        self.assertEqual(report.tickets(1), (2, 0, 2, 0, 2, 0))
        self.assertEqual(report.tickets().tickets, 3)
        self.assertEqual(report.tickets(9).tickets, 0)
        self.assertEqual(report.backlog(), [0, 1, 0])
        first = report.metric("first response")
        self.assertEqual((first.met, first.missed, first.overdue), (1, 1, 1))
        self.assertEqual(first.attainment, 3333)
        self.assertEqual((first.least, first.mean, first.most),
                         (HOUR, 2 * HOUR, 3 * HOUR))
        self.assertEqual(first.wall_most, 3 * HOUR)
        none = report.metric("first response", 2)
        self.assertEqual((none.measured, none.mean, none.attainment),
                         (0, None, 0))

    def test_percentiles(self) -> None:
        report = report_of(*((1, hours) for hours in range(1, 11)))
        bounds = report.percentile("first response", 5000)
        assert bounds is not None
        least, most = bounds
        self.assertLessEqual(least, 5 * HOUR)
        self.assertGreaterEqual(most, 5 * HOUR)
        self.assertLess(most - least, most / 63)
        self.assertIsNone(report.percentile("resolution", 5000))
        self.assertEqual(report.times_up_to("first response", 5.5 * HOUR),
                         (5, 5))

    def test_parts_are_the_whole(self) -> None:
        whole = report_of((1, 1), (2, 2), (1, 3), (3, 0))
        part, other = report_of((1, 3), (2, 2)), report_of((3, 0), (1, 1))
        self.assertNotEqual(part, whole)
        part.merge(Report.from_bytes(other.to_bytes()))
        self.assertEqual(part, whole)
        self.assertEqual(pickle.loads(pickle.dumps(part)), whole)
        self.assertEqual(copy.copy(part).groups, [1, 2, 3])
        self.assertGreater(sys.getsizeof(part), 100)
        self.assertEqual(repr(part), "<Report of 4 tickets>")

    def test_wrong_calls(self) -> None:
        report = Report()
        with self.assertRaises(sla.SlaError) as caught:
            Report([DAY, DAY])
        self.assertEqual(caught.exception.index, 1)
        with self.assertRaises(sla.BytesError):
            Report.from_bytes(b"SLAR")
        with self.assertRaises(sla.SlaError):
            report.merge(Report([DAY]))
        with self.assertRaises(TypeError):
            report.merge(None)  # type: ignore[arg-type]
        with self.assertRaises(OverflowError):
            report.tickets(-1 << 63)
        with self.assertRaises(sla.RangeError):
            report.add(1, History(NOW + DAY), [], NOW)
        with self.assertRaises(TypeError):
            hash(report)
        self.assertEqual(report.groups, [])


class Objectives(unittest.TestCase):

    def test_share(self) -> None:
        renewals = Objective(BEGIN, BEGIN + 90 * DAY, 9000, expected=40)
        standing = renewals.judge(15, 3, BEGIN + 14 * DAY)
        self.assertEqual(standing.verdict, ObjectiveVerdict.AT_RISK)
        self.assertEqual((standing.needed, standing.spare), (21, 1))
        self.assertEqual(str(standing), "at risk")

    def test_count(self) -> None:
        leads = Objective(BEGIN, BEGIN + 30 * DAY, 100, ObjectiveKind.COUNT)
        standing = leads.judge(34, 9, BEGIN + 10 * DAY)
        self.assertEqual(standing.verdict, ObjectiveVerdict.ON_TRACK)
        self.assertEqual((standing.projected, standing.spare), (102, None))
        with self.assertRaises(sla.SlaError):
            leads.judge(-1, 0, NOW)


class Backtests(unittest.TestCase):

    def test_a_curve(self) -> None:
        curve = sla.backtest([policy(2), policy(4), policy(6)],
                             "first response",
                             [ticket(1), ticket(2), ticket(5), ticket(0)],
                             NOW)
        self.assertEqual(curve, [Tally(2, 1, 1, 0, 0, 0),
                                 Tally(2, 1, 1, 0, 0, 0),
                                 Tally(3, 0, 1, 0, 0, 0)])
        with self.assertRaises(TypeError):
            sla.backtest([None], 1, [], NOW)  # type: ignore[list-item]


if __name__ == "__main__":
    unittest.main()
