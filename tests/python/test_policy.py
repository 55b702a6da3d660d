# SPDX-License-Identifier: MIT
"""Policies as a Python programmer tells them, and what they answer."""

from __future__ import annotations

import json
import unittest
from datetime import datetime, timedelta, timezone
from typing import Any

import sla
from sla import Event, Metric, Priority, Row, Status

UTC = timezone.utc
CET = timezone(timedelta(hours=1))
NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def office() -> sla.Calendar:
    return sla.Calendar("UTC", "Mo-Fr 09:00-17:00")


class Telling(unittest.TestCase):

    def test_in_other_words(self) -> None:
        wanted = sla.Policy(office(), first_response={
            Priority.URGENT: HOUR, Priority.ANY: 4 * HOUR},
            due_soon={Metric.FIRST_RESPONSE: 75},
            pauses={Metric.RESOLUTION: [sla.TicketStatus.PENDING]})
        for terms in (
                {"first_response": {"urgent": HOUR, "any": 4 * HOUR},
                 "due_soon": 75, "pauses": {"resolution": ["pending"]}},
                {"targets": {"first response": {4: HOUR, 255: 4 * HOUR}},
                 "due_soon": {1: {"any": 75}}, "pauses": {3: {3}}},
                {"first_response": {"URGENT": sla.business_hours(HOUR),
                                    "any": sla.Target(4 * HOUR,
                                                      due_soon=75)},
                 "pauses": {"Resolution": {"pending": True, 4: False, 1: 0,
                                           2: 0, 5: 0, 6: 0}}}):
            self.assertEqual(sla.Policy(office(), **terms), wanted)
            self.assertEqual(sla.Policy.from_dict(
                {"calendar": office(), **terms}), wanted)

    def test_from_json(self) -> None:
        told = json.loads("""{
            "first_response": {"urgent": "30m", "any": "4h@24x7"},
            "next_response": {"7": "1h30m", "high": "3d"},
            "resolution": {"normal": "2wd", "low": "eod", "any": "1eod"},
            "targets": {"33": "45s"},
            "due_soon": {"first_response": "75%", "3": {"any": "1h"}},
            "statuses": {"16": "on hold"},
            "pauses": {"first response": ["pending", 16]},
            "options": {"next response": {"at due": "overdue"}},
            "preset": "Jira"}""")
        told["rules"] = {33: sla.MetricRule("once", sla.Trigger({"created"}))}
        told["calendar"] = office()
        around = sla.around_the_clock
        self.assertEqual(sla.Policy.from_dict(told), sla.Policy(
            office(), preset=sla.Preset.JIRA, rules=told["rules"],
            first_response={Priority.URGENT: HOUR / 2,
                            Priority.ANY: around(4 * HOUR)},
            next_response={7: HOUR * 1.5,
                           Priority.HIGH: sla.counted_days(3)},
            resolution={Priority.NORMAL: sla.working_days(2),
                        Priority.LOW: sla.end_of_working_day(),
                        Priority.ANY: sla.end_of_working_day(1)},
            targets={33: timedelta(seconds=45)},
            due_soon={1: 75, 3: HOUR}, statuses={16: 4},
            pauses={1: {3, 16}},
            options={2: {sla.Option.AT_DUE: sla.AtDue.OVERDUE}}))

    def test_the_clock_of_a_target(self) -> None:
        """Business hours where there is a calendar, else around."""
        around = sla.Clock.AROUND_THE_CLOCK
        for policy, clock in (
                (sla.Policy(resolution=HOUR), around),
                (sla.Policy(office(), resolution=HOUR),
                 sla.Clock.BUSINESS_HOURS),
                (sla.Policy(resolution=sla.Target(HOUR, calendar=office())),
                 sla.Clock.BUSINESS_HOURS),
                (sla.Policy(office(), resolution=sla.around_the_clock(HOUR)),
                 around)):
            target = policy.targets[Metric.RESOLUTION][Priority.ANY]
            self.assertIs(target.clock, clock)
        with self.assertRaises(sla.PolicyError) as caught:
            sla.Policy(resolution=sla.business_hours(HOUR))
        self.assertIs(caught.exception.code, sla.Code.E_CALENDAR)

    def test_targets_come_back(self) -> None:
        own = sla.Calendar("UTC", "Sa 09:00-17:00")
        told = {
            Metric.FIRST_RESPONSE: {
                Priority.LOW: sla.working_days(2, due_soon=HOUR),
                Priority.HIGH: sla.end_of_working_day(),
                Priority.ANY: sla.business_hours(
                    HOUR, own, second_stage=2 * HOUR, allowance=3 * HOUR,
                    due_soon=50)},
            Metric.NEXT_RESPONSE: {
                7: sla.around_the_clock(HOUR, due_soon=HOUR),
                Priority.ANY: sla.counted_days(
                    3, sla.Clock.BUSINESS_HOURS, own)},
            Metric.RESOLUTION: {
                Priority.ANY: sla.Target(None, due_soon=90, clock=None)},
        }
        found = sla.Policy(office(), targets=told).targets
        self.assertEqual(found, told)
        self.assertEqual(sla.Policy(office(), targets=found),
                         sla.Policy(office(), targets=told))

    def test_pauses_and_statuses(self) -> None:
        policy = sla.Policy(office(), resolution=HOUR, first_response=HOUR,
                            statuses={16: "pending", 17: "solved"},
                            pauses={"first response": ["on hold", 16],
                                    "resolution": {16: False}})
        self.assertEqual(policy.statuses, {16: sla.TicketStatus.PENDING,
                                           17: sla.TicketStatus.SOLVED})
        paused = {metric: [status for status in (1, 2, 3, 4, 5, 6, 16, 17)
                           if policy.pauses(metric, status)]
                  for metric in policy.metrics}
        self.assertEqual(paused, {Metric.FIRST_RESPONSE: [4, 16],
                                  Metric.RESOLUTION: [3, 4]})

    def test_rules_come_back(self) -> None:
        rule = sla.MetricRule(
            "every turn",
            sla.Trigger(events={40, "agent note"}, conditions_set={0, 63}),
            fulfil=sla.Trigger(statuses={"solved"}),
            cancel=sla.Trigger(conditions_cleared={5}),
            resume=sla.Trigger(events={"agent reply"}),
            pause_statuses={"pending", 16}, pause_conditions={7},
            options={"anchor": "newest", sla.Option.AT_DUE: 1})
        policy = sla.Policy(rules={33: rule}, targets={33: HOUR},
                            statuses={16: "open"})
        self.assertEqual(policy.rule(33), rule)
        self.assertEqual(policy.rule(33).options["anchor"],
                         sla.Anchor.NEWEST)
        self.assertEqual(policy.metrics, (33,))
        self.assertEqual(hash(policy.rule(33)), hash(rule))
        self.assertEqual(sla.PolicyBuilder(policy).metric(33), rule)
        for wrong in ({"events": {64}}, {"statuses": {32}},
                      {"conditions_set": {-1}}):
            with self.assertRaises((ValueError, OverflowError)):
                sla.Policy(targets={33: HOUR}, rules={
                    33: sla.MetricRule(1, sla.Trigger(**wrong))})
        with self.assertRaises(ValueError):
            sla.Options({99: 1})

    def test_options_are_those_of_the_rule(self) -> None:
        policy = sla.Policy(office(), resolution=HOUR, options={
            "resolution": {"reopened": "new cycle", "at due": "overdue"}})
        options = policy.rule("resolution").options
        self.assertIs(options[sla.Option.REOPENED], sla.OnReopen.NEW_CYCLE)
        self.assertIs(options["at due"], sla.AtDue.OVERDUE)
        self.assertIs(options["gate"], sla.Gate.OPEN)
        self.assertEqual(len(options), len(sla.Option))
        self.assertIn("REOPENED", repr(options))

    def test_without_a_target(self) -> None:
        both = sla.Policy(office(), first_response=HOUR, resolution=8 * HOUR)
        self.assertEqual(both.extended(without=["resolution"]),
                         sla.Policy(office(), first_response=HOUR))
        self.assertEqual(
            both.extended(without=["resolution"], resolution={
                "urgent": HOUR}),
            sla.Policy(office(), first_response=HOUR, resolution={
                "urgent": HOUR}))

    def test_presets(self) -> None:
        self.assertEqual(sla.preset_named("hubspot Help Desk"),
                         sla.Preset.HUBSPOT_HELP_DESK)
        with self.assertRaises(sla.SlaError):
            sla.preset_named("Trac")
        policy = sla.Policy(office(), preset="Zendesk", resolution=HOUR)
        self.assertEqual(policy, sla.Policy(
            office(), preset=sla.Preset.ZENDESK, resolution=HOUR))
        self.assertEqual(sla.preset_name("hubspot help desk"),
                         "HubSpot help desk")
        self.assertEqual(sla.label_name("hubspot inbox", 1), "Overdue")
        self.assertIsNone(sla.label_name("hubspot inbox", 99))


class Asking(unittest.TestCase):

    def setUp(self) -> None:
        self.policy = sla.Policy(office(), first_response=4 * HOUR,
                                 resolution=8 * HOUR, due_soon=HOUR)
        self.log = [Event.created(NOW), Event.agent_reply(NOW + 2 * HOUR)]

    def test_results(self) -> None:
        now = (NOW + 5 * HOUR).astimezone(CET)
        results = self.policy.evaluate(iter(self.log), now)
        first, resolution = results
        self.assertEqual(first.metric, Metric.FIRST_RESPONSE)
        self.assertIs(first.phase, sla.Phase.FULFILLED)
        self.assertIs(first.status, Status.ON_TIME)
        self.assertEqual(first.stopped_at, NOW + 2 * HOUR)
        self.assertIs(first.stopped_at.tzinfo, CET)
        self.assertEqual((first.cycle, first.met, first.missed), (1, 1, 0))
        self.assertIs(results.of("resolution"), resolution)
        self.assertEqual(resolution.remaining, 3 * HOUR)
        self.assertIsNone(resolution.stopped_at)
        self.assertEqual(resolution.flags, sla.ResultFlag(0))
        self.assertEqual(set(resolution.as_dict()),
                         {name for name, _ in sla._raw.Result._fields_})
        with self.assertRaises(KeyError):
            results.of("next response")
        rollup = results.rollup()
        self.assertIs(rollup.result, resolution)
        self.assertEqual(rollup.due_at, resolution.due_at)

    def test_a_log_is_what_it_was_made_from(self) -> None:
        log = sla.Log(self.log)
        self.assertEqual(len(log), 2)
        self.assertEqual(list(log.events()), self.log)
        self.assertEqual(self.policy.evaluate(log, NOW),
                         self.policy.evaluate(self.log, NOW))
        self.assertEqual(len(sla.Log(())), 0)

    def test_every_event(self) -> None:
        """What the methods make is what the numbers say."""
        at = NOW
        for made, numbers in (
                (Event.created(at), (1, 1, 0)),
                (Event.created(at, "agent"), (1, 2, 0)),
                (Event.customer_message(at), (2, 0, 0)),
                (Event.agent_reply(at), (3, 0, 0)),
                (Event.agent_note(at), (4, 0, 0)),
                (Event.automatic_reply(at), (5, 0, 0)),
                (Event.status(at, "solved"), (6, 5, 0)),
                (Event.status(at, 16), (6, 16, 0)),
                (Event.priority(at, "high"), (7, 3, 0)),
                (Event.group(at, 12), (8, 12, 0)),
                (Event.condition_set(at, 63), (9, 63, 0)),
                (Event.condition_cleared(at, 0), (10, 0, 0)),
                (Event.no_reply_needed(at), (11, 0, 0)),
                (Event.due_set(at, "resolution", at),
                 (12, int(at.timestamp()), 3)),
                (Event.due_set(at, 3, None), (12, sla._raw.NONE, 3)),
                (Event.reset(at), (13, 0, 0)),
                (Event.reset(at, "first response"), (13, 0, 1)),
                (Event.cancelled(at), (14, 0, 0)),
                (Event.policy(at, 1), (15, 1, 0)),
                (Event.policy(at, None), (15, sla._raw.NONE, 0)),
                (Event.own(at, 40, -5), (40, -5, 0))):
            self.assertEqual(made[1:], numbers)

    def test_several_policies(self) -> None:
        strict = sla.Policy(office(), first_response=HOUR)
        log = [Event.created(NOW), Event.policy(NOW + HOUR, 1)]
        result = self.policy.evaluate(log, NOW + 2 * HOUR, 1,
                                      others=[strict])
        self.assertIs(result.status, Status.OVERDUE)
        both = self.policy.evaluate(log, NOW + 2 * HOUR, others=[strict])
        self.assertEqual(both.of(1), result)
        self.assertEqual([one.metric for one in both], [1, 3])
        self.assertEqual(len(self.policy.cycles(
            log, NOW + 2 * HOUR, 1, others=[strict])), 1)

    def test_many_cycles(self) -> None:
        """More than are asked for at once, and exactly as many."""
        policy = sla.Policy(next_response=HOUR)
        log = [Event.created(NOW), Event.agent_reply(NOW)]
        for turns in range(1, 131):
            at = NOW + turns * HOUR
            log += [Event.customer_message(at), Event.agent_reply(at)]
            if turns in (1, 63, 64, 65, 128, 130):
                found = policy.cycles(log, at, "next response")
                self.assertEqual([one.cycle for one in found],
                                 list(range(1, turns + 1)))
        self.assertEqual(len({one.started_at for one in found}), 130)
        last = policy.cycles(log, at, "next response", first=100)
        self.assertEqual(last, found[99:])
        totals = policy.totals(log, at, "next response")
        self.assertEqual((totals.cycles, totals.met), (130, 130))

    def test_rows(self) -> None:
        row = Row(NOW, NOW + 2 * HOUR, priority="normal")
        now = NOW + 5 * HOUR
        self.assertEqual(self.policy.evaluate_row(row, now),
                         self.policy.evaluate(self.policy.row_events(row),
                                              now))
        self.assertEqual(self.policy.evaluate_row(row, now, "resolution"),
                         self.policy.evaluate_row(row, now).of(3))

    def test_a_row_has_members(self) -> None:
        self.assertEqual(Row(NOW, status="on hold", priority="high"),
                         Row(NOW, status=4, priority=3))
        self.assertIs(Row(NOW, status=4).status, sla.TicketStatus.ON_HOLD)
        self.assertEqual(Row(NOW, status=16, priority=9).priority, 9)
        with self.assertRaises(ValueError):
            Row(NOW, status="asleep")

    def test_the_order_of_a_queue(self) -> None:
        """Every phase and status, sorted, equals sorted by hand."""
        policy = sla.Policy(resolution=4 * HOUR, due_soon=HOUR)

        def ticket(hours: int, *events: Event) -> sla.Result:
            log = [Event.created(NOW - hours * HOUR), *events]
            return policy.evaluate(log, NOW, "resolution")
        solved, pending = (lambda: Event.status(NOW, "solved"),
                           lambda: Event.status(NOW, "pending"))
        ordered = [ticket(9), ticket(6), ticket(3), ticket(2), ticket(1),
                   ticket(8, pending()), ticket(2, pending()),
                   ticket(7, solved()), ticket(2, solved()),
                   ticket(2, Event.cancelled(NOW)), ticket(-1)]
        self.assertEqual(sla.queue(reversed(ordered)), ordered)
        self.assertEqual(sorted(reversed(ordered), key=sla.urgency), ordered)
        self.assertLess(sla.compare(ordered[0], ordered[1]), 0)
        self.assertGreater(sla.compare(ordered[1], ordered[0]), 0)
        self.assertEqual(sla.compare(ordered[0], ordered[0]), 0)
        tickets = [{"n": n, "result": one} for n, one in enumerate(ordered)]
        tickets.reverse()
        self.assertEqual([one["n"] for one in sla.queue(
            tickets, key=lambda one: one["result"])], list(range(11)))

    def test_rollup_of_nothing(self) -> None:
        for ask in (lambda: sla.rollup([]),
                    lambda: sla.ticket_label("jira", [])):
            with self.assertRaises(sla.UsageError):
                ask()

    def test_labels_and_properties(self) -> None:
        results = self.policy.evaluate(self.log, NOW + 3 * HOUR)
        self.assertEqual(sla.label("zendesk", results[0]),
                         (2, "closed", False, False))
        self.assertEqual(sla.ticket_label("chatwoot", results).name,
                         "active")
        kept: Any = {one.name: one for one in sla.properties(
            "hubspot inbox", results)}
        self.assertEqual(kept["time_to_first_agent_reply"].value, 7200000)
        self.assertIsNone(kept["time_to_close"].value)


if __name__ == "__main__":
    unittest.main()
