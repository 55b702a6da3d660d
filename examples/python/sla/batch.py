# SPDX-License-Identifier: MIT
"""Many tickets in one call, on arrays that are not copied."""

from __future__ import annotations

import ctypes
import sys
from array import array
from ctypes import byref, c_int32, c_uint32, c_uint64, c_void_p, sizeof
from datetime import datetime, tzinfo
from typing import Any, Iterable, List, Optional, Sequence, Tuple, Union

from . import _raw
from ._buffers import Memory, integers, records
from ._call import call, exception_of
from ._library import core
from ._raw import NONE
from ._times import instant_of
from .errors import SlaError
from .events import Event, Log, Row, raw_row
from .names import Like, Metric, number_of
from .policy import Policy
from .results import Result, Results

__all__ = ["Batch", "evaluate_batch", "event_dtype", "pack_logs",
           "pack_rows", "result_dtype", "row_dtype"]

Policies = Union[Policy, Sequence[Policy]]


def _dtype(kind: type) -> Any:
    import numpy
    return numpy.dtype(kind)


def row_dtype() -> Any:
    """numpy's type for an array of rows."""
    return _dtype(_raw.Row)


def event_dtype() -> Any:
    """numpy's type for an array of events."""
    return _dtype(_raw.Event)


def result_dtype() -> Any:
    """numpy's type for an array of results."""
    return _dtype(_raw.Result)


def pack_rows(rows: Iterable[Row]) -> bytearray:
    """Rows one after the other, for evaluate_batch(rows=...)."""
    return bytearray().join(bytes(raw_row(row)) for row in rows)


def pack_logs(logs: Iterable[Union[Log, Iterable[Event]]]
              ) -> Tuple[bytearray, "array[int]"]:
    """Logs one after the other, and where each of them begins, for
    evaluate_batch(events=..., offsets=...)."""
    events, offsets = bytearray(), array("Q", [0])
    for log in logs:
        events += (log if isinstance(log, Log) else Log(log)).to_bytes()
        offsets.append(len(events) // sizeof(_raw.Event))
    return events, offsets


class Batch:
    """The results of many tickets, a row each, a column for each metric.

    results: the memory that they were written to: an array of numpy's when
        rows, events or policies came as one, else one of ctypes.
    codes: for each ticket 0, or why it was left out: its results are then
        blank, or as they were in an array that was given.
    failed: how many were left out.
    """

    def __init__(self, results: Any, codes: Any, failed: int,
                 metrics: Tuple[int, ...], zone: Optional[tzinfo],
                 every: Any, errors: Any) -> None:
        self.results = results
        self.codes = codes
        self.failed = failed
        self.metrics = metrics
        self._zone = zone
        self._every = every
        self._errors = errors

    def __len__(self) -> int:
        return len(self._errors)

    def __getitem__(self, ticket: int) -> Results:
        """The results of one ticket; its exception if it was left out."""
        if not -len(self) <= ticket < len(self):
            raise IndexError(f"there are {len(self)} tickets")
        ticket %= len(self)
        error = self.error(ticket)
        if error is not None:
            raise error
        first = ticket * len(self.metrics)
        return Results(
            Result(_raw.Result.from_buffer_copy(self._every[place]),
                   self._zone)
            for place in range(first, first + len(self.metrics)))

    def error(self, ticket: int) -> Optional[SlaError]:
        """Why a ticket was left out."""
        error = self._errors[ticket]
        return exception_of(error) if error.code else None

    def column(self, name: str, metric: Optional[Like] = None) -> Any:
        """One field of every ticket's result, as an array of numpy's.

        Instants are datetime64[s] in UTC, and lengths timedelta64[s], with
        NaT for none: views of the results' memory.
        """
        import numpy
        wanted = (self.metrics[0] if metric is None
                  else number_of(Metric, metric))
        table = numpy.frombuffer(self._every, dtype=result_dtype()).reshape(
            len(self), len(self.metrics))
        values = table[name][:, self.metrics.index(wanted)]
        if values.dtype.itemsize < 8:
            return values
        kind = "datetime64[s]" if name.endswith("_at") else "timedelta64[s]"
        return values.view(kind)


def _every(policies: Policies) -> List[Policy]:
    every = [policies] if isinstance(policies, Policy) else list(policies)
    for policy in every:
        if not isinstance(policy, Policy):
            raise TypeError(f"not a policy: {policy!r}")
    return every


def _is_numpy(*given: Any) -> bool:
    numpy = sys.modules.get("numpy")
    return numpy is not None and any(isinstance(one, numpy.ndarray)
                                     for one in given)


def _room(tickets: int, metrics: int, numpy_wanted: bool) -> Tuple[Any, Any]:
    """New memory for results and codes."""
    if not numpy_wanted:
        return ((_raw.Result * (tickets * metrics))(), (c_int32 * tickets)())
    import numpy
    return (numpy.zeros((tickets, metrics), result_dtype()),
            numpy.zeros(tickets, numpy.int32))


def _blank(every: Any, errors: Any, metrics: Tuple[int, ...]) -> None:
    """No instants and no lengths for the tickets that were left out."""
    instants = [name for name, kind in _raw.Result._fields_[:14]]
    for ticket, error in enumerate(errors):
        if error.code:
            for place, metric in enumerate(metrics):
                result = every[ticket * len(metrics) + place]
                result.metric = metric
                for name in instants:
                    setattr(result, name, NONE)


class _Call:
    """The record of a batch, with all that it points to."""

    def __init__(self) -> None:
        self.batch = _raw.Batch(
            event_size=0, row_size=0, result_size=sizeof(_raw.Result))
        self.held: List[Any] = []

    def point(self, name: str, there: Any) -> None:
        """Lets a field point to an array of ctypes', or to memory."""
        self.held.append(there)
        address = (there.address if isinstance(there, Memory)
                   else ctypes.addressof(there))
        # Nothing at all must still be somewhere.
        setattr(self.batch, name, address or ctypes.addressof(self.batch))

    def set_policies(self, policies: List[Policy], policy_of: Any,
                     tickets: int) -> None:
        self.held.append(policies)
        self.point("policies", (c_void_p * len(policies))(
            *(policy._handle for policy in policies)))
        self.batch.policy_count = len(policies)
        if policy_of is not None:
            memory, count = integers(policy_of, 4, "policy_of")
            _same_number("policy_of", count, tickets)
            self.point("policy_of", memory)

    def set_metrics(self, metrics: Tuple[int, ...]) -> None:
        self.point("metrics", (c_uint32 * len(metrics))(*metrics))
        self.batch.metric_count = len(metrics)

    def set_rows(self, rows: Any) -> int:
        memory, count = records(rows, _raw.Row, "rows")
        self.point("rows", memory)
        self.batch.row_size = sizeof(_raw.Row)
        return count

    def set_events(self, events: Any, offsets: Any) -> int:
        """The logs end where the events do: the last offset is checked."""
        memory, count = records(events, _raw.Event, "events")
        where, number = integers(offsets, 8, "offsets")
        if number == 0:
            raise ValueError("offsets: one for each ticket, and the end")
        last = c_uint64.from_buffer_copy(where.view.cast("B")[-8:]).value
        if last != count:
            raise ValueError(f"offsets: the last is {last}, and there are "
                             f"{count} events")
        self.point("events", memory)
        self.point("offsets", where)
        self.batch.event_size = sizeof(_raw.Event)
        return number - 1


def _same_number(what: str, count: int, wanted: int) -> None:
    if count != wanted:
        raise ValueError(f"{what}: there are {count}, not {wanted}")


def evaluate_batch(policies: Policies, now: datetime, *, rows: Any = None,
                   events: Any = None, offsets: Any = None,
                   policy_of: Any = None,
                   metrics: Optional[Sequence[Like]] = None,
                   results: Any = None) -> Batch:
    """Measures many tickets at one instant.

    policies: one, or several, with policy_of to say each ticket's by its
        place (whole numbers of 32 bits).
    rows: one record for each ticket: of row_dtype() in numpy, else as
        pack_rows writes them.
    events, offsets: or the logs of all tickets one after the other, as
        pack_logs writes them; that of ticket i is
        events[offsets[i]:offsets[i + 1]], so there is one more offset than
        tickets (whole numbers of 64 bits).
    metrics: those to measure; else all that a policy has a target for.
    results: where to write them, in place of new memory.

    Nothing is copied.  A ticket that fails spoils no other.
    """
    every = _every(policies)
    instant = instant_of(now)
    if metrics is None:
        metrics = sorted({int(metric) for policy in every
                          for metric in policy.metrics})
    wanted = tuple(number_of(Metric, metric) for metric in metrics)
    made = _Call()
    if (rows is None) == (events is None):
        raise TypeError("either rows or events")
    tickets = (made.set_rows(rows) if events is None
               else made.set_events(events, offsets))
    made.set_policies(every, policy_of, tickets)
    made.set_metrics(wanted)
    return _evaluate(made, tickets, wanted, instant, now.tzinfo, results,
                     _is_numpy(rows, events, policy_of))


def _evaluate(made: _Call, tickets: int, metrics: Tuple[int, ...],
              instant: int, zone: Optional[tzinfo], given: Any,
              numpy_wanted: bool) -> Batch:
    results, codes = _room(tickets, len(metrics), numpy_wanted)
    results = results if given is None else given
    memory, count = records(results, _raw.Result, "results", writable=True)
    _same_number("results", count, tickets * len(metrics))
    every = (_raw.Result * count).from_address(memory.address or 0)
    setattr(every, "memory", memory)  # which keeps it where it is
    errors = (_raw.Error * tickets)()
    made.point("results", memory)
    made.point("codes", integers(codes, 4, "codes", writable=True)[0])
    made.point("errors", errors)
    made.batch.now = instant
    made.batch.ticket_count = tickets
    failed = c_uint64()
    call(core.sla_evaluate_batch, byref(made.batch), sizeof(made.batch),
         byref(failed))
    if failed.value and given is None:
        _blank(every, errors, metrics)
    return Batch(results, codes, failed.value, metrics, zone, every, errors)
