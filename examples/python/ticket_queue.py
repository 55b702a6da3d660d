#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A helpdesk's ticket export, the most urgent ticket first, as CSV.

The program ticket_queue in Python: it takes the options below as that does,
and prints what `ticket_queue --format=csv` prints.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone, tzinfo
from enum import IntEnum
from typing import Dict, Iterator, List, NamedTuple, Optional, Union
from zoneinfo import ZoneInfo

import sla

METRICS = ("first_response", "next_response", "resolution")
INSTANTS = ("started_at", "due_soon_at", "due_at", "projected_due_at",
            "breached_at", "stopped_at", "next_change_at")
LENGTHS = ("target", "elapsed", "remaining", "wall_remaining", "late_by")


class Line(NamedTuple):
    """A ticket as it was exported, and the most urgent of its results."""

    record: List[str]
    row: sla.Row
    result: sla.Result


# ---- what the options say ---------------------------------------------

def read_target(text: str) -> sla.Target:
    """As the library's own texts, but on business hours without @24x7."""
    target = sla.parse_target(text)
    return replace(target, clock=target.clock or sla.Clock.BUSINESS_HOURS)


def read_targets(text: str) -> Dict[str, sla.Target]:
    """urgent=30m,normal=4h; without a priority for any."""
    found = {}
    for item in text.split(","):
        priority, equals, target = item.rpartition("=")
        found[priority if equals else "any"] = read_target(target)
    return found


def read_due_soon(text: str) -> sla.DueSoon:
    """So much time, or so much of the target, that is left."""
    return (100 - int(text[:-1]) if text.endswith("%")
            else sla.parse_length(text))


def read_holidays(path: str) -> Iterator[sla.Entry]:
    """2026-12-25 Christmas; 2026-12-24..2026-12-31; 12-25."""
    with open(path, encoding="utf-8-sig") as file:
        for line in map(str.strip, file):
            if line and not line.startswith("#"):
                when, _, name = re.sub(r"\s+", " ", line).partition(" ")
                first, dots, last = when.partition("..")
                if re.fullmatch(r"\d\d-\d\d", when):
                    month, day = map(int, when.split("-"))
                    yield sla.yearly_holiday(month, day, name=name)
                else:
                    yield sla.holiday(
                        date.fromisoformat(first),
                        date.fromisoformat(last) if dots else None, name=name)


def read_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError) as error:
        raise argparse.ArgumentTypeError(error.args[0]) from None


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--zone", type=read_zone, default=timezone.utc)
    parser.add_argument("--hours", default="24/7")
    parser.add_argument("--holidays", type=read_holidays, default=())
    for metric in METRICS:
        parser.add_argument("--" + metric.replace("_", "-"),
                            type=read_targets)
    parser.add_argument("--due-soon", type=read_due_soon)
    parser.add_argument("--now")
    return parser.parse_args()


# ---- the export -------------------------------------------------------

class Export:
    """Reads rows; local times are those of a zone."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone
        self.clock = (sla.Zone(zone) if isinstance(zone, ZoneInfo)
                      else sla.Zone.fixed(timedelta(0)))

    def instant(self, text: str) -> Optional[datetime]:
        if not text.strip():
            return None
        moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
        if moment.tzinfo is None:
            moment = self.clock.instants_of(moment).first
        return moment.astimezone(self.zone)

    def row(self, fields: Dict[str, str]) -> sla.Row:
        def at(name: str) -> Optional[datetime]:
            return self.instant(fields.get(name, ""))
        paused = fields.get("paused", "").strip()
        return sla.Row(
            at("created"), at("first_response"), at("waiting_since"),
            at("solved"), at("status_since"),
            sla.parse_length(paused + "s" if paused.isdigit() else paused)
            if paused else None,
            fields.get("status") or 0, fields.get("priority") or 0)


class Queue:
    """The export's heading, its lines in order, and what was left out."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.heading: List[str] = []
        self.lines: List[Line] = []
        self.rejected = 0

    def read(self, export: Export, policy: sla.Policy,
             now: datetime) -> None:
        with open(self.path, encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            self.heading = next(reader, [])
            number = reader.line_num + 1
            for record in reader:
                if record:
                    self.add(record, number, export, policy, now)
                number = reader.line_num + 1
        self.lines = sla.queue(self.lines, key=lambda line: line.result)

    def add(self, record: List[str], number: int, export: Export,
            policy: sla.Policy, now: datetime) -> None:
        """A row that cannot be used is told on standard error."""
        try:
            if len(record) != len(self.heading):
                raise ValueError(f"{len(record)} fields where the header has "
                                 f"{len(self.heading)}")
            row = export.row(dict(zip(self.heading, record)))
            results = policy.evaluate_row(row, now)
        except ValueError as error:
            print(f"{self.path}:{number}: {error}", file=sys.stderr)
            self.rejected += 1
        else:
            self.lines.append(Line(record, row, results.rollup().result))


# ---- the answer -------------------------------------------------------

def label(result: sla.Result) -> str:
    """One word for phase and status."""
    overdue = result.status is sla.Status.OVERDUE
    if result.phase is sla.Phase.CANCELLED:
        return "cancelled"
    if result.phase is sla.Phase.PAUSED:
        return "overdue and paused" if overdue else "paused"
    if result.phase is sla.Phase.INACTIVE or not result.status:
        return "none"
    if result.phase is sla.Phase.FULFILLED:
        return "missed" if overdue else "met"
    return word(result.status)


def cell(value: Union[datetime, timedelta, None]) -> str:
    if value is None:
        return ""
    if isinstance(value, timedelta):
        return str(value // timedelta(seconds=1))
    return value.isoformat()


def word(member: Union[int, str]) -> str:
    """The library's name for a member; a number of the host's own."""
    return sla.name_of(member) or "" if isinstance(member, IntEnum) else str(
        member)


def facts(line: Line) -> List[str]:
    result = line.result
    return [word(result.metric), label(result), word(result.phase),
            word(result.status), word(line.row.priority)] + [
        cell(getattr(result, name)) for name in INSTANTS + LENGTHS]


def quoted(field: str) -> str:
    """As few quotes as can be."""
    if not re.search('[,"\r\n]', field):
        return field
    return '"' + field.replace('"', '""') + '"'


def write(queue: Queue) -> None:
    names = ["metric", "label", "phase", "status", "priority"]
    own = [f"sla_{name}" for name in names + list(INSTANTS + LENGTHS)]
    print(",".join(map(quoted, queue.heading + own)))
    for line in queue.lines:
        print(",".join(map(quoted, line.record + facts(line))))


def make_queue(given: argparse.Namespace) -> Queue:
    export = Export(given.zone)
    now = export.instant(given.now or "") or datetime.now(given.zone)
    calendar = sla.Calendar(export.clock, given.hours, given.holidays)
    policy = sla.Policy(calendar, due_soon=given.due_soon,
                        **{name: getattr(given, name) for name in METRICS})
    queue = Queue(given.file)
    queue.read(export, policy, now)
    return queue


def main() -> int:
    """0; 1 when rows were left out; 2 when nothing could be done."""
    try:
        queue = make_queue(options())
    except (OSError, ValueError, csv.Error) as error:
        print(f"ticket_queue: {error}", file=sys.stderr)
        return 2
    write(queue)
    return 1 if queue.rejected else 0


if __name__ == "__main__":
    with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n",
              closefd=False) as sys.stdout:
        status = main()
    sys.exit(status)
