# SPDX-License-Identifier: MIT
"""The Python binding beside the same arithmetic in plain Python, and a batch
of a million tickets from numpy beside the batch of C alone.

Everything that is compared is measured in turns, in one run, after both
were found to answer the same.  The figures are the best of the turns.
"""

from __future__ import annotations

import random
import sys
import time as clock
from ctypes import byref, c_uint64, sizeof
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Callable, List, Tuple

import plain

import sla
from sla import _raw
from sla._library import core

UTC = timezone.utc
HOUR = timedelta(hours=1)
TURNS = 5
HOLIDAYS = [date(2026, *day) for day in (
    (1, 1), (4, 6), (5, 1), (5, 8), (5, 14), (5, 25), (7, 14), (11, 11),
    (12, 25))]
FIRST = datetime(2026, 1, 5, tzinfo=UTC)


def best(*works: Callable[[], Any]) -> List[float]:
    """Seconds of the processor that each takes at best, in turns."""
    taken: List[List[float]] = [[] for _ in works]
    for _ in range(TURNS):
        for work, times in zip(works, taken):
            begin = clock.process_time()
            work()
            times.append(clock.process_time() - begin)
    return [min(times) for times in taken]


def calendars() -> Tuple[sla.Calendar, plain.Calendar, plain.Calendar]:
    hours = [(time(9), time(12, 30)), (time(13, 30), time(18))]
    week = {day: hours for day in range(5)}
    return (sla.Calendar("Europe/Paris", "Mo-Fr 09:00-12:30,13:30-18:00",
                         HOLIDAYS),
            plain.Calendar("Europe/Paris", week, set(HOLIDAYS)),
            plain.ByTheMinute("Europe/Paris", week, set(HOLIDAYS)))


Ask = Callable[[Any], Any]


def compare(what: str, ours: Ask, by_day: Ask, by_minute: Ask,
            cases: List[Any], same: Callable[[Any, Any], bool]) -> None:
    """Few of the cases are enough for the slowest."""
    few = cases[:len(cases) // 50]
    for case in cases:
        if not same(ours(case), by_day(case)):
            sys.exit(f"{what}: {case}: {ours(case)}, {by_day(case)}")
    for case in few:
        if not same(ours(case), by_minute(case)):
            sys.exit(f"{what}: {case}: {ours(case)}, {by_minute(case)}")
    fast, slow, slowest = best(lambda: [ours(case) for case in cases],
                               lambda: [by_day(case) for case in cases],
                               lambda: [by_minute(case) for case in few])
    fast, slow = fast / len(cases), slow / len(cases)
    slowest /= len(few)
    print(f"  {what:42} {fast * 1e6:7.2f} us {slow * 1e6:8.1f} us "
          f"{slow / fast:6.1f} {slowest * 1e6:10.0f} us {slowest / fast:8.0f}")


def moments(luck: random.Random, count: int, days: int) -> List[datetime]:
    return [FIRST + timedelta(minutes=luck.randrange(days * 1440))
            for _ in range(count)]


def equal(a: Any, b: Any) -> bool:
    return bool(a == b)


def measure_calendars(luck: random.Random) -> None:
    ours, by_day, by_minute = calendars()
    for hours in (4, 40, 160):
        length = hours * HOUR
        compare(f"add, {hours} hours", lambda at: ours.add(at, length),
                lambda at: by_day.add(at, length),
                lambda at: by_minute.add(at, length),
                moments(luck, 2000, 200), equal)
    for days in (1, 30, 180):
        length = timedelta(days=days)
        compare(f"elapsed, over {days} days",
                lambda at: ours.elapsed(at, at + length),
                lambda at: by_day.elapsed(at, at + length),
                lambda at: by_minute.elapsed(at, at + length),
                moments(luck, 500, 150), equal)


# ---- tickets ----------------------------------------------------------

Ticket = Tuple[List[Tuple[datetime, str]], datetime]
MAKE = {"created": sla.Event.created, "agent reply": sla.Event.agent_reply,
        "pending": lambda at: sla.Event.status(at, 3),
        "open": lambda at: sla.Event.status(at, 2),
        "solved": lambda at: sla.Event.status(at, 5)}
TERMS = {"first response": (4 * HOUR, HOUR), "resolution": (40 * HOUR,
                                                            4 * HOUR)}


def ticket(luck: random.Random, days: int) -> Ticket:
    """Created, answered, twice pending and open again, perhaps solved;
    two things happen at most so many days apart."""
    at = FIRST + timedelta(seconds=60 * luck.randrange(150 * 1440))
    kinds = ["created", "agent reply", "pending", "open", "pending", "open"]
    events = []
    for kind in kinds + ["solved"] * luck.randrange(2):
        events.append((at, kind))
        at += timedelta(minutes=luck.randrange(1, days * 1440))
    return events, at


def log_of(events: List[Tuple[datetime, str]]) -> List[sla.Event]:
    return [MAKE[kind](at) for at, kind in events]


def as_plain(result: sla.Result) -> plain.Result:
    return plain.Result(result.phase.name.lower(), sla.name_of(result.status),
                        result.due_at, result.due_soon_at, result.elapsed)


def measure_tickets(luck: random.Random) -> None:
    calendar, by_day, by_minute = calendars()
    policy = sla.Policy(
        calendar, first_response=TERMS["first response"][0],
        resolution=TERMS["resolution"][0],
        due_soon={name: lead for name, (_, lead) in TERMS.items()})

    def by_hand(theirs: plain.Calendar, case: Any) -> List[plain.Result]:
        return [plain.evaluate(theirs, metric, target, lead, case[0], case[1])
                for metric, (target, lead) in TERMS.items()]

    def same(ours: sla.Results, wanted: List[plain.Result]) -> bool:
        return [as_plain(one) for one in ours] == wanted
    for days in (2, 6):
        cases = [(events, now, log_of(events)) for events, now in (
            ticket(luck, days) for _ in range(1000))]
        life = f"{3 * days} days"
        compare(f"evaluate, two metrics, a life of {life}",
                lambda case: policy.evaluate(case[2], case[1]),
                lambda case: by_hand(by_day, case),
                lambda case: by_hand(by_minute, case), cases, same)
        logs = [(events, now, sla.Log(log)) for events, now, log in cases]
        compare("the same with a Log made before",
                lambda case: policy.evaluate(case[2], case[1]),
                lambda case: by_hand(by_day, case),
                lambda case: by_hand(by_minute, case), logs, same)


# ---- batches ----------------------------------------------------------

def rows(luck: random.Random, count: int) -> Any:
    import numpy
    made = numpy.full(count * 7, _raw.NONE).view(sla.row_dtype())
    created = int(FIRST.timestamp()) + numpy.random.RandomState(
        luck.randrange(1 << 30)).randint(0, 150 * 86400, count)
    made["created_at"] = created
    made["first_response_at"][::2] = created[::2] + 5000
    made["status"] = 2
    made["priority"] = created % 5
    return made


def measure_batches(luck: random.Random) -> None:
    import numpy
    count = 1000000
    policy = sla.Policy(calendars()[0], due_soon=75, resolution={
        "urgent": 4 * HOUR, "any": 40 * HOUR})
    now = FIRST + timedelta(days=151)
    table = rows(luck, count)
    room = numpy.zeros((count, 1), sla.result_dtype())
    codes = numpy.zeros(count, numpy.int32)
    metric = numpy.array([3], numpy.uint32)
    handle = numpy.array([policy._handle], numpy.uint64)
    batch = _raw.Batch(
        policies=handle.ctypes.data, policy_count=1,
        metrics=metric.ctypes.data, metric_count=1, rows=table.ctypes.data,
        row_size=56, ticket_count=count, results=room.ctypes.data,
        result_size=144, codes=codes.ctypes.data, now=int(now.timestamp()))
    failed = c_uint64()

    def in_c() -> None:
        if core.sla_evaluate_batch(byref(batch), sizeof(batch), byref(failed),
                                   None) or failed.value:
            sys.exit("the batch fails")
    in_c()
    found = sla.evaluate_batch(policy, now, rows=table)
    if found.failed or found.results.tobytes() != room.tobytes():
        sys.exit("the batches differ")
    few = [sla.Row(datetime.fromtimestamp(int(row["created_at"]), UTC),
                   None if row["first_response_at"] == _raw.NONE else
                   datetime.fromtimestamp(int(row["first_response_at"]), UTC),
                   status=2, priority=int(row["priority"]))
           for row in table[:10000]]
    alone, into, fresh, loop = best(
        in_c, lambda: sla.evaluate_batch(policy, now, rows=table,
                                         results=room),
        lambda: sla.evaluate_batch(policy, now, rows=table),
        lambda: [policy.evaluate_row(row, now, 3) for row in few])
    loop *= count / len(few)
    for what, taken in (("the C function alone", alone),
                        ("evaluate_batch, results given", into),
                        ("evaluate_batch, new results", fresh),
                        ("a loop over evaluate_row", loop)):
        print(f"  {what:44} {taken * 1e9 / count:8.1f} ns a ticket "
              f"{taken / alone:7.2f} times")


def main() -> None:
    luck = random.Random(2026)
    print("Python: a call through the binding; in plain Python day by day "
          "and minute by minute,\nand how many times as long these take")
    measure_calendars(luck)
    measure_tickets(luck)
    try:
        import numpy
    except ImportError:
        print("no numpy: batches are not measured")
        return
    print(f"Python: a million tickets, numpy {numpy.__version__}, beside C")
    measure_batches(luck)


if __name__ == "__main__":
    main()
