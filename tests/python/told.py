# SPDX-License-Identifier: MIT
"""Reads the case tables: what each word in tests/cases/README stands for.

A word, a column or a number of columns that is not defined there is an
error; nothing is passed over.
"""

from __future__ import annotations

import os
import re
from datetime import date, datetime, timedelta, timezone
from typing import Any, Dict, Iterator, List, Optional, Tuple

import sla
from sla import Event, EventKind

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
UTC = timezone.utc
WEEK = datetime(2024, 6, 3, tzinfo=UTC)
# What a timedelta can say at most: longer than anything the library takes.
LONGEST = timedelta.max // timedelta(seconds=1)
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
METRICS = {"first": 1, "next": 2, "resolution": 3, "update": 4,
           "pausable": 5, "wait": 6, "work": 7, "total": 8, "group": 9,
           **{f"own{n}": n for n in range(32, 64)}}
STATUSES = {"new": 1, "open": 2, "pending": 3, "hold": 4, "solved": 5,
            "closed": 6, **{str(n): n for n in range(16, 32)}}
SHAPES = {"once": 1, "turn": 2, "periodic": 3, "sum": 4, "cycle": 5}
CREATORS = {"customer": 1, "agent": 2, "machine": 3}
PLAIN_EVENTS = {"message": 2, "reply": 3, "note": 4, "auto": 5,
                "needless": 11, "cancelled": 14}
TRIGGERS = {"created": 1, **PLAIN_EVENTS, "priority": 7, "group": 8,
            "policy": 15}
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "s": " ", "\\": "\\"}


class Malformed(Exception):
    """A table says something that its README does not define."""


# ---- files ------------------------------------------------------------

def _unescaped(field: str) -> str:
    return re.sub(r"\\(.?)", lambda m: ESCAPES[m.group(1)], field)


def read_table(path: str, columns: str) -> Iterator[Dict[str, str]]:
    """The rows of a table with these columns, by column."""
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")
    if lines.pop():
        raise Malformed("the last line does not end")
    wanted = columns.split()
    seen = set()
    heading = lines.pop(0).split("\t")
    if heading != wanted:
        raise Malformed(f"the columns are {heading}, not {wanted}")
    for line in lines:
        if not line or line.startswith("#"):
            continue
        fields = [_unescaped(field) for field in line.split("\t")]
        if len(fields) != len(wanted) or not all(fields):
            raise Malformed(f"fields: {line!r}")
        key = tuple(fields[:wanted.index("name") + 1])
        if key in seen:
            raise Malformed(f"a name for the second time: {key}")
        seen.add(key)
        yield dict(zip(wanted, fields))


# ---- words that all files share ---------------------------------------

def length_of(text: str) -> Optional[timedelta]:
    if text == "none":
        return None
    match = re.fullmatch(r"(-?)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?", text)
    if not match or text in ("", "-"):
        raise Malformed(f"length: {text!r}")
    sign, hours, minutes, seconds = match.groups()
    total = (int(hours or 0) * 3600 + int(minutes or 0) * 60
             + int(seconds or 0))
    length = timedelta(seconds=min(total, LONGEST))
    return -length if sign else length


def instant_of(text: str) -> Optional[datetime]:
    if text == "none":
        return None
    if text.startswith("@"):
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(
            seconds=int(text[1:]))
    match = re.fullmatch(r"(..)(2?) (\d\d):(\d\d)(?::(\d\d))?", text)
    if match:
        day, week, hour, minute, second = match.groups()
        return WEEK + timedelta(
            days=DAYS.index(day) + (7 if week else 0), hours=int(hour),
            minutes=int(minute), seconds=int(second or 0))
    match = re.fullmatch(
        r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?(Z|[+-]\d\d:\d\d)", text)
    if not match:
        raise Malformed(f"instant: {text!r}")
    moment, seconds, offset = match.groups()
    return datetime.fromisoformat(
        moment + (seconds or ":00") + offset.replace("Z", "+00:00"))


def moment_of(text: str) -> datetime:
    """An instant that there is."""
    moment = instant_of(text)
    if moment is None:
        raise Malformed(f"instant: {text!r}")
    return moment


def zone_of(text: str) -> sla.Zone:
    if text.startswith("posix ") or text == "posix":
        return sla.Zone.posix(text[6:])
    match = re.fullmatch(r"fixed ([+-])(\d\d):(\d\d)(?::(\d\d))?", text)
    if match:
        sign, hours, minutes, seconds = match.groups()
        offset = timedelta(hours=int(hours), minutes=int(minutes),
                           seconds=int(seconds or 0))
        return sla.Zone.fixed(-offset if sign == "-" else offset)
    with open(os.path.join(TESTS, "zones", *text.split("/")), "rb") as file:
        return sla.Zone.tzif(file.read())


def days_of(text: str) -> sla.Weekdays:
    mask = 0
    for part in text.split(","):
        first, _, last = part.partition("-")
        place = DAYS.index(first)
        mask |= 1 << place
        while last and DAYS[place] != last:
            place = (place + 1) % 7
            mask |= 1 << place
    return sla.Weekdays(mask)


# ---- calendars --------------------------------------------------------

def _when(words: List[str]) -> Tuple[str, List[Any], List[str]]:
    """Which function, its first arguments, and the words that follow."""
    if words[0] == "yearly" and "-" in words[1]:
        month, day = map(int, words[1].split("-"))
        return "yearly_", [month, day], words[2:]
    if words[0] == "yearly":
        day = DAYS.index(words[2])
        return "weekday_", [int(words[1]), int(words[3]), 1 << day], words[4:]
    first, _, last = words[0].partition("..")
    dates = [date.fromisoformat(first), date.fromisoformat(last or first)]
    return "", dates, words[1:]


def _extra(text: str) -> sla.Entry:
    kind, *words = text.split(" ")
    if kind == "hours":
        opens, closes = words[1].split("-")
        first, last = words[2].split("..")
        return sla.hours(days_of(words[0]), opens, closes,
                         date.fromisoformat(first), date.fromisoformat(last))
    which, place, words = _when(words)
    if kind == "holiday":
        make = getattr(sla, which + "holiday")
        return make(*place, name=" ".join(words))
    opens, closes = words.pop(0).split("-")
    make = getattr(sla, which + {"special": "special_hours",
                                 "closure": "closure"}[kind])
    rest = {"name": " ".join(words)} if kind == "closure" else {}
    if which:
        return make(*place, opens, closes, **rest)
    return make(place[0], opens, closes, place[1], **rest)


def calendar_of(row: Dict[str, str]) -> sla.Calendar:
    """From the columns zone, hours and extras."""
    entries, window = [], None
    if row["extras"] != "-":
        for extra in row["extras"].split("; "):
            if extra.startswith("window "):
                first, last = extra.split(" ")[1:]
                window = int(first), int(last)
            else:
                entries.append(_extra(extra))
    hours = () if row["hours"] == "-" else row["hours"]
    return sla.Calendar(zone_of(row["zone"]), hours, entries=entries,
                        window=window)


# ---- policies ---------------------------------------------------------

_OWN: Dict[str, sla.Calendar] = {}


def own_calendars() -> Dict[str, sla.Calendar]:
    if not _OWN:
        utc = sla.Zone.fixed(timedelta(0))
        _OWN["night"] = sla.Calendar(utc, "Mo-Su 22:00-06:00")
        _OWN["late"] = sla.Calendar(utc, "Mo-Fr 11:00-19:00")
        _OWN["once"] = sla.Calendar(utc, "Mo-Su closed", entries=[
            sla.special_hours(date(2024, 6, 3), "09:00", "17:00")])
        _OWN[""] = sla.Calendar(utc, "Mo-Fr 09:00-17:00")
    return _OWN


def place_of(word: str) -> Tuple[int, int]:
    metric, _, priority = word.partition("/")
    return METRICS[metric], int(priority) if priority else sla.Priority.ANY


def _target(words: List[str]) -> sla.Target:
    amount = words.pop(0)
    clock, calendar, second = None, None, timedelta(0)
    if words[:1] == ["then"]:
        second = length_of(words[1]) or second
        del words[:2]
    if words == ["around"]:
        clock = sla.Clock.AROUND_THE_CLOCK
    elif words:
        calendar = own_calendars()[words.pop()]
    if words not in ([], ["around"]):
        raise Malformed(f"target: {words}")
    days = re.fullmatch(r"(\d+)(wd|eod|cd)", amount)
    if not days:
        return sla.Target(length_of(amount), sla.Unit.SECONDS, clock, calendar,
                          second)
    unit = {"wd": sla.Unit.WORKING_DAYS, "cd": sla.Unit.COUNTED_DAYS,
            "eod": sla.Unit.END_OF_WORKING_DAY}[days.group(2)]
    return sla.Target(int(days.group(1)), unit, clock, calendar, second)


def _trigger(text: str) -> Dict[str, set]:
    found: Dict[str, set] = {"events": set(), "statuses": set(),
                             "conditions_set": set(),
                             "conditions_cleared": set()}
    for word in text.split("+"):
        number = re.fullmatch(r"(host|status|condition|uncondition)(\d+)",
                              word)
        if number:
            part = {"host": "events", "status": "statuses",
                    "condition": "conditions_set",
                    "uncondition": "conditions_cleared"}[number.group(1)]
            found[part].add(int(number.group(2)))
        elif word in TRIGGERS:
            found["events"].add(TRIGGERS[word])
        else:
            found["statuses"].add(STATUSES[word])
    return found


def _rule(shape: str, parts: List[str]) -> sla.MetricRule:
    triggers, pause = {}, _trigger("new")
    pause["statuses"].clear()
    for part in parts:
        name, _, text = part.partition("=")
        if name == "pause":
            pause = _trigger(text)
        elif name in ("start", "fulfil", "cancel", "resume"):
            triggers[name] = sla.Trigger(**_trigger(text))
        else:
            raise Malformed(f"part of a rule: {part!r}")
    if pause["events"] or pause["conditions_cleared"]:
        raise Malformed(f"pause: {parts}")
    return sla.MetricRule(SHAPES[shape], **triggers,
                          pause_statuses=pause["statuses"],
                          pause_conditions=pause["conditions_set"])


def _tell(builder: sla.PolicyBuilder, clause: str) -> None:
    word, *words = clause.split(" ")
    if word == "soon":
        metric, priority = place_of(words[0])
        rule = (int(words[1][:-1]) if words[1].endswith("%")
                else length_of(words[1]))
        builder.set_due_soon(metric, rule, priority)
    elif word == "allow":
        metric, priority = place_of(words[0])
        builder.set_allowance(metric, length_of(words[1]), priority)
    elif word in ("pause", "nopause"):
        builder.set_pause(METRICS[words[0]], STATUSES[words[1]],
                          word == "pause")
    elif word == "status":
        builder.set_status(int(words[0]), STATUSES[words[1]])
    elif word == "preset":
        builder.set_preset(words[0])
    elif word == "option":
        builder.set_option(METRICS[words[0]], words[1], words[2])
    elif word == "metric":
        builder.set_metric(METRICS[words[0]], _rule(words[1], words[2:]))
    elif word != "nocalendar":
        metric, priority = place_of(word)
        builder.set_target(metric, _target(words), priority)


def policies_of(text: str,
                calendar: Optional[sla.Calendar] = None) -> List[sla.Policy]:
    found = []
    nocalendar = "nocalendar" in re.split(r", | \| ", text)
    for terms in text.split(" | "):
        builder = sla.PolicyBuilder()
        if not nocalendar:
            builder.set_calendar(calendar or own_calendars()[""])
        for clause in terms.split(", "):
            _tell(builder, clause)
        found.append(sla.Policy.from_builder(builder))
    return found


# ---- logs -------------------------------------------------------------

def _event(text: str) -> Event:
    words = text.split(" ")
    taken = 2 if re.fullmatch("..2?", words[0]) else 1
    at = moment_of(" ".join(words[:taken]))
    word, *rest = words[taken:]
    if word in STATUSES and not rest:
        return Event.status(at, STATUSES[word])
    if word in PLAIN_EVENTS and not rest:
        return Event(at, EventKind(PLAIN_EVENTS[word]))
    if word == "created":
        return Event.created(at, CREATORS[rest[0]] if rest else 1)
    if word == "due":
        return Event.due_set(at, METRICS[rest[0]],
                             instant_of(" ".join(rest[1:])))
    if word == "reset":
        return Event.reset(at, METRICS[rest[0]] if rest else 0)
    if word == "host":
        value = moment_of(" ".join(rest[1:])) if rest[1:] else None
        return Event.own(at, int(rest[0]),
                         int(value.timestamp()) if value else 0)
    if word == "policy":
        return Event.policy(at, None if rest == ["none"] else int(rest[0]))
    if word == "event":
        return Event(at, int(rest[0]), int(rest[1]), int(rest[2]))
    (number,) = map(int, rest)
    make = {"priority": Event.priority, "group": Event.group,
            "condition": Event.condition_set,
            "uncondition": Event.condition_cleared}[word]
    return make(at, number)


def log_of(text: str) -> List[Event]:
    return [] if text == "-" else [_event(part) for part in text.split(", ")]


def row_of(row: Dict[str, str]) -> sla.Row:
    def at(name: str) -> Optional[datetime]:
        return None if row[name] == "-" else instant_of(row[name])
    status = row["status"]
    return sla.Row(
        at("created"), at("first_response"), at("waiting_since"),
        at("solved"), at("status_since"),
        None if row["paused"] == "-" else length_of(row["paused"]),
        0 if status == "-" else STATUSES.get(status) or int(status),
        int(row["priority"]))


# ---- results ----------------------------------------------------------

INSTANTS = {"started": "started_at", "stopped": "stopped_at",
            "due": "due_at", "soon": "due_soon_at",
            "breached": "breached_at", "projected": "projected_due_at",
            "change": "next_change_at"}
LENGTHS = {"target": "target", "elapsed": "elapsed", "left": "remaining",
           "wall": "wall_elapsed", "wall-left": "wall_remaining",
           "late": "late_by", "held": "wall_paused"}
NUMBERS = ("cycle", "met", "missed", "priority")
PHASES = ("inactive", "running", "paused", "fulfilled", "cancelled")
VERDICTS = ("none", "on-time", "due-soon", "overdue")
FLAGS = {"none": 0, "unreachable": 1, "pause-unknown": 2}


def result_of(text: str) -> Tuple[int, Dict[str, Any]]:
    """The metric, and what is claimed of its result by field."""
    metric, phase, status, *words = text.split(" ")
    told: Dict[str, Any] = {"phase": PHASES.index(phase),
                            "status": VERDICTS.index(status)}
    while words:
        word = words.pop(0)
        if word in INSTANTS:
            value = words.pop(0)
            if re.fullmatch("(Mo|Tu|We|Th|Fr|Sa|Su)2?", value):
                value += " " + words.pop(0)
            told[INSTANTS[word]] = instant_of(value)
        elif word in LENGTHS:
            told[LENGTHS[word]] = length_of(words.pop(0))
        elif word in NUMBERS:
            told[word] = int(words.pop(0))
        elif word == "flags":
            told["flags"] = FLAGS[words.pop(0)]
        else:
            raise Malformed(f"of a result: {word!r}")
    return METRICS[metric], told


def results_of(text: str) -> List[Tuple[int, Dict[str, Any]]]:
    return [result_of(part) for part in text.split(" | ")]


def metric_name(metric: int) -> str:
    return {number: name for name, number in METRICS.items()}[int(metric)]
