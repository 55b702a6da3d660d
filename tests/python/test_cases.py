# SPDX-License-Identifier: MIT
"""The case tables of tests/cases: the answers of C, here in Python."""

from __future__ import annotations

import glob
import os
import re
import unittest
from datetime import date, datetime, timedelta
from typing import Any, Callable, Dict, List

import sla
import told
from told import (calendar_of, instant_of, length_of, log_of, moment_of,
                  policies_of, read_table, results_of, row_of, zone_of)

CASES = os.path.join(told.TESTS, "cases")
Row = Dict[str, str]


class Cases(unittest.TestCase):
    """A test for each row of each table."""

    def claim(self, result: sla.Result, claims: Dict[str, Any]) -> None:
        for name, value in claims.items():
            self.assertEqual(getattr(result, name), value, name)

    # ---- calendars and zones ------------------------------------------

    def calendar(self, row: Row) -> None:
        if row["answer"].startswith("SLA_E_"):
            with self.assertRaises(sla.SlaError) as caught:
                self.ask_calendar(row)
            self.assertEqual("SLA_" + caught.exception.code.name,
                             row["answer"])
        else:
            self.ask_calendar(row)

    def ask_calendar(self, row: Row) -> None:
        made, answer = calendar_of(row), row["answer"]
        words = [] if row["arguments"] == "-" else row["arguments"].split(" ")
        operation = row["operation"]
        if operation == "build":
            self.assertEqual(answer, "ok")
        elif operation == "is_open":
            self.assertIs(made.open_at(moment_of(words[0])), answer == "yes")
            self.assertIn(answer, ("yes", "no"))
        elif operation == "elapsed":
            self.assertEqual(made.elapsed(*map(moment_of, words)),
                             length_of(answer))
        elif operation == "add":
            self.assertEqual(made.add(moment_of(words[0]),
                                      length_of(words[1])),
                             instant_of(answer))
        elif operation in ("next_change", "previous_change"):
            self.assertEqual(getattr(made, operation)(moment_of(words[0])),
                             instant_of(answer))
        elif operation == "intervals":
            self.ask_intervals(made, words, answer)
        else:
            self.ask_dates(made, operation, words, answer)

    def ask_intervals(self, made: sla.Calendar, words: List[str],
                      answer: str) -> None:
        wanted = [tuple(map(moment_of, part.split("/")))
                  for part in answer.split(" ") if answer != "none"]
        self.assertEqual(list(made.intervals(*map(moment_of, words))), wanted)

    def ask_dates(self, made: sla.Calendar, operation: str, words: List[str],
                  answer: str) -> None:
        day = date.fromisoformat(words[0])
        if operation == "is_working_date":
            self.assertIs(made.is_working_date(day), answer == "yes")
        elif operation == "working_dates":
            self.assertEqual(
                made.working_dates(day, date.fromisoformat(words[1])),
                int(answer))
        elif operation == "add_working_dates":
            self.assertEqual(made.add_working_dates(day, int(words[1])),
                             date.fromisoformat(answer))
        elif operation == "holiday_on":
            found = made.holiday_on(day)
            self.assertEqual("none" if found is None else found.name or "-",
                             answer)
        else:
            self.fail(operation)

    def hours(self, row: Row) -> None:
        text = "" if row["text"] == "-" else row["text"]
        utc = sla.Zone.fixed(timedelta(0))
        if row["error"] != "-":
            name, place = row["error"].split(" ")
            with self.assertRaises(sla.CalendarError) as caught:
                sla.Calendar(utc, text)
            error = caught.exception
            self.assertEqual("SLA_" + error.code.name, name)
            self.assertEqual(f"{error.line}:{error.column}", place)
            return
        # Hours that are never open make no calendar of their own.
        made = sla.Calendar(utc, text, entries=[
            sla.special_hours(date(2024, 1, 1), "09:00", "10:00")])
        said = []
        for entry in made.entries[:-1]:
            days = [name for place, name in enumerate(told.DAYS)
                    if entry.weekdays >> place & 1]
            said.append(",".join(days) + " " + clock(entry.opens) + "-"
                        + clock(entry.closes))
        self.assertEqual("; ".join(said) or "-", row["hours"])

    def zones(self, row: Row) -> None:
        answer, words = row["answer"], row["arguments"]
        if answer.startswith("SLA_E_"):
            with self.assertRaises(sla.ZoneError) as caught:
                zone_of(row["zone"])
            error = caught.exception
            place = f" {error.line}:{error.column}" if " " in answer else ""
            self.assertEqual("SLA_" + error.code.name + place, answer)
            return
        zone, operation = zone_of(row["zone"]), row["operation"]
        if operation == "make":
            self.assertEqual(answer, "ok")
        elif operation == "offset_at":
            self.assertEqual(zone.offset_at(moment_of(words)),
                             timedelta(seconds=int(answer)))
        elif operation == "civil_at":
            self.assertEqual(zone.civil_at(moment_of(words)),
                             datetime.fromisoformat(answer))
        elif operation == "instant_of":
            wall, *instants = answer.split(" ")
            found = zone.instants_of(datetime.fromisoformat(words))
            self.assertEqual(found.wall.name.lower(), wall)
            self.assertEqual([found.first, found.last],
                             [moment_of(instants[0]),
                              moment_of(instants[-1])])
        else:
            self.fail(operation)

    # ---- tickets ------------------------------------------------------

    def evaluation(self, row: Row) -> None:
        calendar = calendar_of(row) if "zone" in row else None
        first, *others = policies_of(row["policy"], calendar)
        log, now = sla.Log(log_of(row["log"])), moment_of(row["now"])
        for metric, claims in results_of(row["results"]):
            result = first.evaluate(log, now, metric, others=others)
            self.assertEqual(result.metric, metric)
            self.claim(result, claims)
            if not others and metric in first.metrics:
                self.assertEqual(first.evaluate(log, now).of(metric), result)

    def cycles(self, row: Row) -> None:
        first, *others = policies_of(row["policy"])
        wanted = results_of(row["results"])
        log, now = log_of(row["log"]), moment_of(row["now"])
        found = first.cycles(log, now, wanted[0][0], others=others)
        self.assertEqual(len(found), len(wanted))
        for result, (metric, claims) in zip(found, wanted):
            self.assertEqual(result.metric, metric)
            self.claim(result, claims)

    def totals(self, row: Row) -> None:
        first, *others = policies_of(row["policy"])
        found = first.totals(log_of(row["log"]), moment_of(row["now"]),
                             told.METRICS[row["metric"]], others=others)
        names = {"wall": "wall_elapsed", "held": "wall_paused",
                 "longest-cycle": "longest_cycle"}
        words = row["totals"].split(" ")
        for name, value in zip(words[::2], words[1::2]):
            counted = name in ("cycles", "met", "missed", "cancelled",
                               "longest-cycle")
            self.assertEqual(getattr(found, names.get(name, name)),
                             int(value) if counted else length_of(value),
                             name)

    def rows(self, row: Row) -> None:
        (policy,) = policies_of(row["policy"])
        ticket, now = row_of(row), moment_of(row["now"])
        if row["log"] != "-":
            self.assertEqual(policy.row_events(ticket), log_of(row["log"]))
        found = policy.evaluate_row(ticket, now)
        for metric, claims in results_of(row["results"]):
            result = policy.evaluate_row(ticket, now, metric)
            self.claim(result, claims)
            if metric in policy.metrics:
                self.assertEqual(found.of(metric), result)

    def lints(self, row: Row) -> None:
        (policy,) = policies_of(row["policy"], calendar_of(row))
        wanted = [lint_of(part) for part in row["lints"].split(" | ")
                  if row["lints"] != "-"]
        self.assertEqual(policy.lints(moment_of(row["now"])), wanted)

    # ---- presets ------------------------------------------------------

    def presets(self, row: Row) -> None:
        first, *others = policies_of(row["policy"])
        log, now = log_of(row["log"]), moment_of(row["now"])
        wanted = results_of(row["results"])
        found = [first.evaluate(log, now, metric, others=others)
                 for metric, _ in wanted]
        for result, (_, claims) in zip(found, wanted):
            self.claim(result, claims)
        if row["label"] != "-":
            self.assertEqual(said(sla.label(row["preset"], found[0])),
                             row["label"])
        if row["ticket"] != "-":
            every = [first.evaluate(log, now, metric, others=others)
                     for metric in first.metrics]
            self.assertEqual(said(sla.ticket_label(row["preset"], every)),
                             row["ticket"])

    def preset_properties(self, row: Row) -> None:
        first, *others = policies_of(row["policy"])
        log, now = log_of(row["log"]), moment_of(row["now"])
        every = [first.evaluate(log, now, metric, others=others)
                 for metric in first.metrics]
        found = [property_text(one)
                 for one in sla.properties(row["preset"], every)
                 if one.value is not None]
        self.assertEqual(" | ".join(found) or "-", row["properties"])

    # ---- what is refused ----------------------------------------------

    def refused(self, row: Row, ask: Callable[[], Any]) -> None:
        with self.assertRaises(sla.SlaError) as caught:
            ask()
        self.assertEqual("SLA_" + caught.exception.code.name, row["error"])
        self.assertEqual(caught.exception.index, int(row["index"]))

    def errors(self, row: Row) -> None:
        first, *others = policies_of(row["policy"])
        log, now = log_of(row["log"]), moment_of(row["now"])
        for metric in first.metrics:
            self.refused(row, lambda: first.evaluate(log, now, metric,
                                                     others=others))
            self.refused(row, lambda: first.cycles(log, now, metric,
                                                   others=others))
            self.refused(row, lambda: first.totals(log, now, metric,
                                                   others=others))
        self.refused(row, lambda: first.evaluate(log, now, others=others))

    def row_errors(self, row: Row) -> None:
        (policy,) = policies_of(row["policy"])
        ticket, now = row_of(row), moment_of(row["now"])
        self.refused(row, lambda: policy.evaluate_row(ticket, now))
        self.refused(row, lambda: policy.evaluate_row(ticket, now,
                                                      policy.metrics[0]))
        self.refused(row, lambda: policy.row_events(ticket))


LINTS = {"response-longer": instant_of, "due-soon-longer": length_of,
         "short": length_of, "unreachable": instant_of}


def lint_of(text: str) -> sla.Lint:
    """KIND METRIC[/PRIORITY] VALUE LIMIT."""
    name, place, *words = text.split(" ")
    kind = sla.LintKind["TARGET_SHORT" if name == "short"
                        else name.upper().replace("-", "_")]
    metric, priority = (None, sla.Priority.ANY) if place == "policy" else (
        told.place_of(place))
    value: Any = None
    limit: Any = None
    if name in LINTS:
        # An instant of the fortnight is two words.
        half = len(words) // 2 if len(words) != 3 else (
            2 if words[0] in told.DAYS else 1)
        value = LINTS[name](" ".join(words[:half]))
        limit = LINTS[name](" ".join(words[half:]))
    elif name == "past-special":
        value = told.DAYS.index(words[0]) + 1
        limit = date.fromisoformat(words[1])
    elif words:
        raise told.Malformed(f"lint: {text!r}")
    return sla.Lint(kind, metric, priority, value, limit)


def clock(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def said(label: sla.Label) -> str:
    text = label.name or "none"
    text += ", breached" if label.breached else ""
    return text + (", paused" if label.paused else "")


def property_text(one: sla.Property) -> str:
    units = {sla.PropertyKind.MILLISECONDS: " ms",
             sla.PropertyKind.MINUTES: " min"}
    value = one.value
    if isinstance(value, datetime):
        text = value.astimezone(told.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    elif isinstance(value, timedelta):
        text = f"{value // timedelta(seconds=1)} s"
    elif isinstance(value, bool):
        text = "yes" if value else "no"
    else:
        text = f"{value}{units.get(one.kind, '')}"
    metric = "ticket" if one.metric is None else told.metric_name(one.metric)
    return f"{metric} {one.name} {text}"


ROW = ("created first_response waiting_since solved status_since paused "
       "status priority ")
TABLES = {
    "calendar": "name zone hours extras operation arguments answer",
    "hours": "name text hours error",
    "zones": "name zone operation arguments answer",
    "evaluation": "group name policy log now results",
    "evaluation_calendars":
        "group name zone hours extras policy log now results",
    "cycles": "group name policy log now results",
    "totals": "group name policy log now metric totals",
    "rows": f"name policy {ROW} log now results",
    "presets": "preset name policy log now results label ticket",
    "preset_properties": "preset name policy log now properties",
    "errors": "name policy log now error index",
    "row_errors": f"name policy {ROW} now error index",
    "lints": "name zone hours extras policy now lints",
}


def add_table(path: str) -> int:
    """A test for each row; a table that is not known is an error."""
    name = os.path.basename(path)[:-4]
    kind = "evaluation" if name.startswith("evaluation_") else name
    columns = TABLES.get(name) or TABLES[kind]
    count = 0
    for count, row in enumerate(read_table(path, columns), 1):
        def test(self: Cases, row: Row = row) -> None:
            getattr(self, kind)(row)
        label = re.sub(r"\W+", "_", row["name"])
        test.__doc__ = f"{name}: {row['name']}"
        setattr(Cases, f"test_{name}_{count:03}_{label}", test)
    return count


COUNTS = {path: add_table(path)
          for path in sorted(glob.glob(os.path.join(CASES, "*.tsv")))}


class Tables(unittest.TestCase):
    """The tables themselves."""

    def test_there_are_cases(self) -> None:
        self.assertTrue(COUNTS)
        self.assertTrue(all(COUNTS.values()), COUNTS)

    def test_every_metric_has_a_word(self) -> None:
        self.assertLessEqual({int(metric) for metric in sla.Metric},
                             set(told.METRICS.values()))


if __name__ == "__main__":
    unittest.main()
