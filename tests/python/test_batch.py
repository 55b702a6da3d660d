# SPDX-License-Identifier: MIT
"""Batches: from any buffer, from numpy's arrays, from pandas' columns."""

from __future__ import annotations

import array
import ctypes
import importlib.util
import struct
import sys
import unittest
from datetime import datetime, timedelta, timezone
from typing import Any, List

import sla
from sla import Event, Row, _raw

UTC = timezone.utc
NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
HAS_NUMPY = importlib.util.find_spec("numpy") is not None
HAS_PANDAS = importlib.util.find_spec("pandas") is not None


def policy() -> sla.Policy:
    office = sla.Calendar("UTC", "Mo-Fr 09:00-17:00")
    return sla.Policy(office, first_response={"urgent": HOUR, "any": 4 * HOUR},
                      resolution=8 * HOUR, due_soon=HOUR)


def tickets() -> List[Row]:
    return [Row(NOW - n * HOUR, NOW if n % 3 == 0 else None,
                priority=n % 5, status="open" if n % 2 else 0)
            for n in range(50)]


def packed(rows: List[Row]) -> bytes:
    return bytes(sla.pack_rows(rows))


def numpy_rows(rows: List[Row]) -> Any:
    import numpy
    return numpy.frombuffer(packed(rows), sla.row_dtype())


class Buffers(unittest.TestCase):

    def setUp(self) -> None:
        self.policy = policy()
        self.rows = tickets()
        self.wanted = [self.policy.evaluate_row(row, NOW)
                       for row in self.rows]

    def same(self, batch: sla.Batch) -> None:
        self.assertEqual(batch.failed, 0)
        self.assertEqual([batch[n] for n in range(len(batch))], self.wanted)

    def test_any_buffer(self) -> None:
        data = packed(self.rows)
        for rows in (data, bytearray(data), memoryview(data),
                     array.array("B", data),
                     (_raw.Row * 50).from_buffer_copy(data),
                     ctypes.create_string_buffer(data, len(data))):
            self.same(sla.evaluate_batch(self.policy, NOW, rows=rows))

    def test_logs(self) -> None:
        logs = [self.policy.row_events(row) for row in self.rows]
        events = b"".join(
            struct.pack("=qqII", int(at.timestamp()), value, kind, flags)
            for log in logs for at, kind, value, flags in log)
        offsets = array.array("Q", [0])
        for log in logs:
            offsets.append(offsets[-1] + len(log))
        self.same(sla.evaluate_batch(self.policy, NOW, events=events,
                                     offsets=offsets))
        self.assertEqual(sla.pack_logs(logs), (events, offsets))
        self.assertEqual(sla.pack_logs(map(sla.Log, logs)),
                         (events, offsets))
        for wrong, words in ((offsets[:-1], "offsets: the last is"),
                             (array.array("Q"), "one for each ticket"),
                             (array.array("I", offsets), "64 bits"),
                             (array.array("d", offsets), "whole numbers"),
                             (None, "no buffer"), ([0, 1], "no buffer")):
            with self.assertRaisesRegex((ValueError, TypeError), words):
                sla.evaluate_batch(self.policy, NOW, events=events,
                                   offsets=wrong)
        offsets[1], offsets[2] = offsets[2], offsets[1]
        with self.assertRaises(sla.UsageError):
            sla.evaluate_batch(self.policy, NOW, events=events,
                               offsets=offsets)

    def test_several_policies(self) -> None:
        other = sla.Policy(first_response=HOUR)
        which = array.array("I", [n % 2 for n in range(50)])
        batch = sla.evaluate_batch([self.policy, other], NOW,
                                   rows=packed(self.rows), policy_of=which,
                                   metrics=["first response"])
        for n, row in enumerate(self.rows):
            under = other if n % 2 else self.policy
            self.assertEqual(batch[n][0], under.evaluate_row(row, NOW, 1))
        with self.assertRaisesRegex(ValueError, "there are 49, not 50"):
            sla.evaluate_batch([other], NOW, rows=packed(self.rows),
                               policy_of=which[:49])
        which[7] = 2
        with self.assertRaises(sla.UsageError) as caught:
            sla.evaluate_batch([self.policy, other], NOW, policy_of=which,
                               rows=packed(self.rows))
        self.assertEqual(caught.exception.index, 7)

    def test_a_ticket_that_fails(self) -> None:
        self.rows[7] = Row(NOW, NOW - HOUR)
        batch = sla.evaluate_batch(self.policy, NOW, rows=packed(self.rows))
        self.assertEqual(batch.failed, 1)
        self.assertEqual([n for n in range(50) if batch.codes[n]], [7])
        error = batch.error(7)
        self.assertIs(error.code, sla.Code.E_ROW)
        self.assertEqual(error.index, 2)
        self.assertIsNone(batch.error(8))
        with self.assertRaises(sla.LogError):
            batch[7]
        self.assertEqual(batch[8], self.wanted[8])
        self.assertEqual(batch[-1], self.wanted[-1])
        for place in (14, 15):
            self.assertEqual(batch.results[place].due_at, _raw.NONE)
            self.assertEqual(batch.results[place].status, 0)

    def test_where_the_results_go(self) -> None:
        room = bytearray(b"\xff" * 144 * 100)
        batch = sla.evaluate_batch(self.policy, NOW, results=room,
                                   rows=packed(self.rows))
        self.assertIs(batch.results, room)
        self.same(batch)
        self.rows[0] = Row()
        room[:144] = b"\xff" * 144
        sla.evaluate_batch(self.policy, NOW, results=room,
                           rows=packed(self.rows))
        self.assertEqual(room[:144], b"\xff" * 144)
        for wrong, words in ((bytes(room), "written to"),
                             (bytearray(144), "there are 1, not 100"),
                             (bytearray(145), "whole number of records"),
                             (memoryview(room)[::2], "one piece"),
                             (7, "no buffer")):
            with self.assertRaisesRegex((ValueError, TypeError), words):
                sla.evaluate_batch(self.policy, NOW, results=wrong,
                                   rows=packed(self.rows))

    def test_nothing(self) -> None:
        batch = sla.evaluate_batch(self.policy, NOW, rows=b"")
        self.assertEqual((len(batch), batch.failed), (0, 0))
        with self.assertRaises(IndexError):
            batch[0]

    def test_wrong_arguments(self) -> None:
        for terms, words in (({}, "either rows or events"),
                             ({"rows": b"", "events": b""}, "either rows"),
                             ({"rows": bytes(55)}, "whole number of records"),
                             ({"rows": array.array("q", [0] * 7)},
                              "are not records of created_at"),
                             ({"rows": "text"}, "no buffer"),
                             ({"rows": (_raw.Event * 7)()}, "not records")):
            with self.assertRaisesRegex((TypeError, ValueError), words):
                sla.evaluate_batch(self.policy, NOW, **terms)
        with self.assertRaises(sla.PolicyError):
            sla.evaluate_batch(self.policy, NOW, rows=b"", metrics=[99])
        with self.assertRaises(sla.UsageError):
            sla.evaluate_batch([], NOW, rows=b"", metrics=[1])
        with self.assertRaisesRegex(TypeError, "not a policy"):
            sla.evaluate_batch([7], NOW, rows=b"", metrics=[1])

    def test_nothing_is_imported_unasked(self) -> None:
        import subprocess
        done = subprocess.run(
            [sys.executable, "-c",
             "import sys, sla, datetime as d; "
             "sla.evaluate_batch(sla.Policy(resolution=d.timedelta(1)), "
             "d.datetime.now(d.timezone.utc), rows=b''); "
             "print({'numpy', 'pandas'} & set(sys.modules))"],
            stdout=subprocess.PIPE, universal_newlines=True, check=True)
        self.assertEqual(done.stdout, "set()\n")


@unittest.skipUnless(HAS_NUMPY, "no numpy: batches of its arrays")
class Numpy(unittest.TestCase):

    def setUp(self) -> None:
        self.policy = policy()
        self.rows = tickets()

    def test_types(self) -> None:
        for kind, raw in ((sla.row_dtype(), _raw.Row),
                          (sla.event_dtype(), _raw.Event),
                          (sla.result_dtype(), _raw.Result)):
            self.assertEqual(kind.itemsize, ctypes.sizeof(raw))
            self.assertEqual(list(kind.names),
                             [name for name, _ in raw._fields_])

    def test_rows(self) -> None:
        import numpy
        batch = sla.evaluate_batch(self.policy, NOW,
                                   rows=numpy_rows(self.rows))
        self.assertIsInstance(batch.results, numpy.ndarray)
        self.assertEqual(batch.results.shape, (50, 2))
        self.assertEqual(batch.results.dtype, sla.result_dtype())
        for n, row in enumerate(self.rows):
            self.assertEqual(batch[n], self.policy.evaluate_row(row, NOW))

    def test_columns_are_views(self) -> None:
        import numpy
        batch = sla.evaluate_batch(self.policy, NOW,
                                   rows=numpy_rows(self.rows))
        for metric in (1, 3):
            for name in ("due_at", "stopped_at", "elapsed", "status"):
                column = batch.column(name, metric)
                self.assertTrue(numpy.shares_memory(column, batch.results))
                for n in range(50):
                    one = getattr(batch[n].of(metric), name)
                    value = column[n]
                    if name == "status":
                        self.assertEqual(int(value), int(one))
                    elif one is None:
                        self.assertTrue(numpy.isnat(value))
                    elif name == "elapsed":
                        self.assertEqual(value.item(), one)
                    else:
                        self.assertEqual(value.item(),
                                         one.replace(tzinfo=None))
        with self.assertRaises(ValueError):
            batch.column("colour")
        with self.assertRaises(ValueError):
            batch.column("due_at", "next response")

    def test_not_copied(self) -> None:
        """What was read and what was written is the caller's memory."""
        import numpy
        rows = numpy_rows(self.rows)
        rows.flags.writeable = False
        room = numpy.zeros((50, 2), sla.result_dtype())
        batch = sla.evaluate_batch(self.policy, NOW, rows=rows, results=room)
        self.assertIs(batch.results, room)
        self.assertEqual(room["metric"].tolist(), [[1, 3]] * 50)
        self.assertEqual(
            sla.evaluate_batch(self.policy, NOW, rows=rows[10:])[0], batch[10])

    def test_logs(self) -> None:
        import numpy
        logs = [sla.Log(self.policy.row_events(row)) for row in self.rows]
        events = numpy.concatenate([numpy.frombuffer(
            log.to_bytes(), sla.event_dtype()) for log in logs])
        offsets = numpy.cumsum([0] + [len(log) for log in logs])
        batch = sla.evaluate_batch(self.policy, NOW, events=events,
                                   offsets=offsets)
        for n, log in enumerate(logs):
            self.assertEqual(batch[n], self.policy.evaluate(log, NOW))

    def test_wrong_arrays(self) -> None:
        import numpy
        rows = numpy_rows(self.rows)
        other = numpy.zeros(5, [(name, "f8") for name in
                                sla.row_dtype().names[:7]])
        turned = numpy.zeros(5, sla.row_dtype())[
            list(reversed(sla.row_dtype().names))]
        for wrong in (rows[::2], other, turned, numpy.zeros(7),
                      numpy.zeros(56, "i4"), numpy.array([None] * 7)):
            with self.assertRaises((TypeError, ValueError)):
                sla.evaluate_batch(self.policy, NOW, rows=wrong)

    def test_a_ticket_that_fails(self) -> None:
        import numpy
        self.rows[7] = Row(NOW, NOW - HOUR)
        batch = sla.evaluate_batch(self.policy, NOW,
                                   rows=numpy_rows(self.rows))
        self.assertEqual(batch.codes[7], sla.Code.E_ROW)
        self.assertEqual(numpy.isnat(batch.column("started_at")).sum(), 1)


@unittest.skipUnless(HAS_PANDAS, "no pandas: columns of its frames")
class Pandas(unittest.TestCase):

    def setUp(self) -> None:
        import pandas
        self.policy = policy()
        self.rows = tickets()
        self.frame = pandas.DataFrame({
            "created_at": [row.created_at for row in self.rows],
            "first_response_at": pandas.to_datetime(
                [row.first_response_at for row in self.rows], utc=True),
            "status": ["open" if row.status else None for row in self.rows],
            "priority": [row.priority for row in self.rows],
        }, index=range(100, 150))

    def test_a_column(self) -> None:
        import pandas
        from sla import frames
        self.frame["due_at"] = frames.column(
            self.policy, self.frame, NOW, "resolution", "due_at")
        self.frame["left"] = frames.column(
            self.policy, self.frame, NOW, "resolution", "remaining")
        for n, row in enumerate(self.rows):
            wanted = self.policy.evaluate_row(row, NOW, "resolution")
            self.assertEqual(self.frame["due_at"].iloc[n].to_pydatetime(),
                             wanted.due_at)
            self.assertEqual(self.frame["left"].iloc[n], wanted.remaining)
        stopped = frames.column(self.policy, self.frame, NOW,
                                "first response", "stopped_at")
        self.assertEqual(stopped.isna().sum(), sum(
            row.first_response_at is None for row in self.rows))
        self.assertTrue((stopped.index == self.frame.index).all())
        self.assertIsInstance(stopped.dtype, pandas.DatetimeTZDtype)

    def test_what_the_readme_says(self) -> None:
        from test_examples import README, blocks
        with open(README, encoding="utf-8") as file:
            (program,) = [block for block in blocks(file.read())
                          if block.startswith("from sla import frames")]
        told = {"policy": self.policy, "frame": self.frame, "now": NOW}
        exec(program, told)
        self.assertEqual(self.frame["due_at"].iloc[0].to_pydatetime(),
                         self.policy.evaluate_row(self.rows[0], NOW, 3).due_at)

    def test_other_names_and_zones(self) -> None:
        from sla import frames
        wanted = frames.column(self.policy, self.frame, NOW, 3)
        other = self.frame.rename(columns={"created_at": "opened",
                                           "priority": "urgency"})
        other["opened"] = other["opened"].dt.tz_convert("Asia/Kolkata")
        other["urgency"] = other["urgency"].map(dict(enumerate(
            ("none", "low", "normal", "high", "urgent"))))
        found = frames.column(self.policy, other, NOW, 3, columns={
            "created_at": "opened", "priority": "urgency"})
        self.assertTrue((found == wanted).all())

    def test_numbers_that_are_missing(self) -> None:
        import pandas
        from sla import frames
        wanted = frames.rows_of(self.frame)["priority"]
        for kind in ("float64", "Int64", "int8", "category"):
            numbers = self.frame["priority"].astype(kind)
            if kind in ("float64", "Int64"):
                numbers = numbers.mask(numbers == 0)
                self.assertEqual(numbers.isna().sum(), 10)
            found = frames.rows_of(self.frame.assign(priority=numbers))
            self.assertEqual(found["priority"].tolist(), wanted.tolist())
        empty = self.frame.assign(status=pandas.Series(dtype="object"))
        self.assertEqual(frames.rows_of(empty)["status"].tolist(), [0] * 50)

    def test_wrong_frames(self) -> None:
        from sla import frames
        naive = self.frame.copy()
        naive["created_at"] = naive["created_at"].dt.tz_localize(None)
        with self.assertRaisesRegex(sla.NaiveDatetimeError,
                                    "created_at has no time zone"):
            frames.column(self.policy, naive, NOW, 3)
        with self.assertRaises(KeyError):
            frames.column(self.policy, naive.drop(columns="created_at"), NOW,
                          3)
        with self.assertRaises(KeyError):
            frames.column(self.policy, self.frame, NOW, 3,
                          columns={"status": "colour"})
        with self.assertRaisesRegex(TypeError, "a row has no colour"):
            frames.column(self.policy, self.frame, NOW, 3,
                          columns={"colour": "status"})
        odd = self.frame.assign(status="asleep")
        with self.assertRaisesRegex(ValueError, "'asleep' is not one of"):
            frames.column(self.policy, odd, NOW, 3)
        for wrong in (-1, 1.5, 1 << 32):
            odd = self.frame.assign(priority=wrong)
            with self.assertRaisesRegex(OverflowError, "is no Priority"):
                frames.column(self.policy, odd, NOW, 3)

    def test_a_ticket_that_fails(self) -> None:
        from sla import frames
        self.frame.loc[107, "first_response_at"] = NOW - 100 * HOUR
        with self.assertRaises(sla.LogError) as caught:
            frames.column(self.policy, self.frame, NOW, 3)
        self.assertEqual(caught.exception.ticket, 7)
        self.assertEqual(frames.evaluate(self.policy, self.frame, NOW).failed,
                         1)


if __name__ == "__main__":
    unittest.main()
