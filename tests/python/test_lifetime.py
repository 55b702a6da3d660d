# SPDX-License-Identifier: MIT
"""Nothing leaks, nothing is used after it has gone, threads may share.

A million objects are made and dropped, fewer when SLA_TEST_LIGHT is set.
"""

from __future__ import annotations

import gc
import itertools
import os
import random
import threading
import unittest
import weakref
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, List

import sla
from sla import Event

UTC = timezone.utc
NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
CYCLES = 20000 if os.environ.get("SLA_TEST_LIGHT") else 1000000
PAGE = os.sysconf("SC_PAGE_SIZE")


def resident() -> int:
    """Bytes of this process that are in memory."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * PAGE


def everything() -> List[Any]:
    """Objects of which each uses the one before it."""
    zone = sla.Zone("Europe/Paris")
    calendar = sla.Calendar(zone, "Mo-Fr 09:00-17:00", window=(2024, 2024))
    policy = sla.Policy(calendar, first_response=4 * HOUR)
    log = sla.Log([Event.created(NOW)])
    results = policy.evaluate(log, NOW)
    return [zone, calendar, policy, log, results, results[0],
            policy.calendar, policy.calendar.zone,
            sla.PolicyBuilder(policy)]


def use(item: Any) -> Any:
    """Asks the library something that needs all that an object refers to."""
    if isinstance(item, sla.Zone):
        return item.offset_at(NOW)
    if isinstance(item, sla.Calendar):
        return item.add(NOW, HOUR), item.zone.offset_at(NOW)
    if isinstance(item, sla.Policy):
        return item.evaluate([Event.created(NOW)], NOW)
    if isinstance(item, sla.PolicyBuilder):
        return use(sla.Policy.from_builder(item))
    if isinstance(item, sla.Results):
        return item.rollup()
    return repr(item)


class Lifetime(unittest.TestCase):

    def grows(self, cycle: Callable[[], Any], count: int) -> int:
        """How much more memory is in use after so many cycles."""
        for _ in range(count // 10 + 1):
            cycle()
        gc.collect()
        before = resident()
        for _ in range(count):
            cycle()
        gc.collect()
        return resident() - before

    @unittest.skipUnless(os.path.exists("/proc/self/statm"),
                         "no /proc: memory is not measured")
    def test_memory_stays_flat(self) -> None:
        zone = sla.Zone("Europe/Paris")
        log = sla.Log([Event.created(NOW)])

        def cycle() -> None:
            calendar = sla.Calendar(zone, "Mo-Fr 09:00-17:00",
                                    window=(2024, 2024))
            policy = sla.Policy(calendar, first_response=4 * HOUR)
            policy.evaluate(log, NOW, 1)
        grown = self.grows(cycle, CYCLES)
        print(f"{CYCLES} cycles, {grown // 1024} KiB more")
        # One object leaked in each cycle would be 100 times as much.
        self.assertLess(grown, 1 << 20)

    @unittest.skipUnless(os.path.exists("/proc/self/statm"),
                         "no /proc: memory is not measured")
    def test_memory_stays_flat_when_things_fail(self) -> None:
        calendar = sla.Calendar("Europe/Paris", "Mo-Fr 09:00-17:00")
        policy = sla.Policy(calendar, first_response=4 * HOUR)
        data = policy.to_bytes()

        def cycle() -> None:
            for wrong in (lambda: sla.Calendar("Europe/Paris", "Mo 9-10"),
                          lambda: sla.Policy(calendar),
                          lambda: sla.Policy(calendar, first_response=HOUR,
                                             resolution={99: HOUR}),
                          lambda: sla.Zone.posix("EST25"),
                          lambda: sla.Policy.from_bytes(data[:-1]),
                          lambda: policy.evaluate([], NOW)):
                try:
                    wrong()
                except sla.SlaError:
                    continue
                self.fail("was not refused")
        self.assertLess(self.grows(cycle, CYCLES // 50), 1 << 20)

    def test_dropped_in_every_order(self) -> None:
        for first in itertools.permutations(range(4)):
            items = everything()
            wanted = [repr(use(item)) for item in items]
            order = list(first) + list(range(4, len(items)))
            random.Random(repr(first)).shuffle(order)
            while order:
                items[order.pop()] = None
                gc.collect(0)
                for item, answer in zip(items, wanted):
                    if item is not None:
                        self.assertEqual(repr(use(item)), answer)

    def test_dropped_in_circles(self) -> None:
        """Found by the garbage collector, in whatever order it likes."""
        gone = []
        for _ in range(100):
            items = everything()
            gone += [weakref.ref(item) for item in items[:3]]
            box = {"items": items}
            items.append(box)
            box["self"] = box
        del items, box
        gc.collect()
        self.assertTrue(all(reference() is None for reference in gone))

    def test_finalized_by_hand(self) -> None:
        """A second finalizer has nothing left to release, and what was
        released is not used."""
        calendar = sla.Calendar("Europe/Paris", "Mo-Fr 09:00-17:00")
        other = calendar.extended()
        calendar.__del__()
        calendar.__del__()
        with self.assertRaises(sla.UsageError) as caught:
            calendar.open_at(NOW)
        self.assertIs(caught.exception.code, sla.Code.E_NULL)
        self.assertTrue(other.open_at(NOW))

    def test_never_initialized(self) -> None:
        for kind in (sla.Zone, sla.Calendar, sla.Policy):
            made = object.__new__(kind)
            with self.assertRaises(AttributeError):
                use(made)
            del made

    def test_views_outlive_their_batch(self) -> None:
        try:
            import numpy
        except ImportError:
            self.skipTest("no numpy: views of batches are not tested")
        policy = everything()[2]
        rows = numpy.full(1000, sla._raw.NONE, "int64").repeat(7).view(
            sla.row_dtype())
        rows["created_at"] = int(NOW.timestamp())
        rows["status"] = rows["priority"] = 0
        due = sla.evaluate_batch(policy, NOW, rows=rows).column("due_at")
        wanted = due.copy()
        del policy, rows
        gc.collect()
        trash = [bytearray(144) for _ in range(1000)]
        self.assertTrue((due == wanted).all())
        del trash


class Threads(unittest.TestCase):

    def in_threads(self, work: Callable[[int], Any], count: int = 8) -> None:
        failures: List[BaseException] = []
        gate = threading.Barrier(count)

        def run(number: int) -> None:
            try:
                gate.wait()
                work(number)
            except BaseException as error:  # to be raised where it is seen
                failures.append(error)
        threads = [threading.Thread(target=run, args=(number,))
                   for number in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]

    def test_one_policy_for_all(self) -> None:
        _, calendar, policy, log, results, *_ = everything()
        interval = [calendar.add(NOW, n * HOUR) for n in range(20)]

        def work(number: int) -> None:
            for n in range(500):
                self.assertEqual(policy.evaluate(log, NOW), results)
                self.assertEqual(calendar.add(NOW, n % 20 * HOUR),
                                 interval[n % 20])
        self.in_threads(work)

    def test_made_and_dropped_everywhere(self) -> None:
        shared = everything()
        wanted = repr(use(shared[2]))

        def work(number: int) -> None:
            for _ in range(100):
                taken = shared[2].calendar, shared[1].zone
                items = everything()
                items.reverse()
                self.assertEqual(repr(use(items[-3])), wanted)
                del items, taken
        self.in_threads(work)

    def test_the_last_reference_in_another_thread(self) -> None:
        items: List[Any] = [everything() for _ in range(200)]

        def work(number: int) -> None:
            while True:
                try:
                    mine = items.pop()
                except IndexError:
                    return
                del mine[number % 3]
                for item in mine:
                    use(item)
        self.in_threads(work)


if __name__ == "__main__":
    unittest.main()
