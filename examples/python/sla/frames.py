# SPDX-License-Identifier: MIT
"""Columns of a pandas data frame in, columns out.

    frame["due_at"] = frames.column(policy, frame, now, "resolution",
                                    "due_at")

A frame has a row for each ticket, and columns named as the fields of Row:
created_at, first_response_at, waiting_since, solved_at, status_since
(datetime64 with a time zone, NaT for none), paused (timedelta64), status and
priority (numbers or names).  Only created_at has to be there.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Dict, Mapping, Optional, Sequence

from . import _raw
from ._raw import NONE
from .batch import Batch, Policies, evaluate_batch, row_dtype
from .errors import NaiveDatetimeError, SlaError
from .events import INSTANTS
from .names import Like, Priority, TicketStatus, number_of

__all__ = ["column", "evaluate", "rows_of"]

NUMBERS: Dict[str, Any] = {"status": TicketStatus, "priority": Priority}


def _instants(series: Any, name: str) -> Any:
    """Seconds since 1970, with the library's none for NaT: the same
    number."""
    import numpy
    import pandas  # type: ignore[import]
    if not isinstance(series.dtype, pandas.DatetimeTZDtype):
        if series.isna().all():
            return numpy.full(len(series), NONE)
        raise NaiveDatetimeError(
            f"the column {name} has no time zone but the type "
            f"{series.dtype}: see pandas.to_datetime(..., utc=True) and "
            "Series.dt.tz_localize")
    return series.to_numpy("datetime64[ns]").astype(
        "datetime64[s]").view("int64")


def _lengths(series: Any) -> Any:
    import numpy
    if series.isna().all():
        return numpy.full(len(series), NONE)
    return series.to_numpy("timedelta64[ns]").astype(
        "timedelta64[s]").view("int64")


def _numbers(series: Any, kind: Any) -> Any:
    """Numbers, or names which are looked up once each; 0 for none."""
    import pandas
    if pandas.api.types.is_numeric_dtype(series.dtype):
        # Where one is missing pandas makes whole numbers floating ones.
        taken = series.fillna(0)
        wrong = taken[(taken % 1 != 0) | (taken < 0) | (taken > 0xffffffff)]
        if len(wrong):
            raise OverflowError(f"{wrong.iloc[0]} is no {kind.__name__}")
        return taken.to_numpy("uint32")
    words = series.astype("category")
    known = {word: number_of(kind, word) for word in words.cat.categories}
    return words.map(known).astype("float").fillna(0).to_numpy("uint32")


def rows_of(frame: Any, columns: Mapping[str, str] = {}) -> Any:
    """The rows of a frame as an array of numpy's, for evaluate_batch.

    columns: what the frame calls a field, where it is not its name.
    """
    import numpy
    rows = numpy.empty(len(frame), row_dtype())
    names = [name for name, _ in _raw.Row._fields_]
    unknown = set(columns) - set(names)
    if unknown:
        raise TypeError(f"a row has no {', '.join(sorted(unknown))}")
    for name in names:
        called = columns.get(name, name)
        if called not in frame.columns:
            if name in columns or name == "created_at":
                raise KeyError(called)
            rows[name] = 0 if name in NUMBERS else NONE
        elif name in INSTANTS:
            rows[name] = _instants(frame[called], called)
        elif name == "paused":
            rows[name] = _lengths(frame[called])
        else:
            rows[name] = _numbers(frame[called], NUMBERS[name])
    return rows


def evaluate(policies: Policies, frame: Any, now: datetime, *,
             metrics: Optional[Sequence[Like]] = None,
             columns: Mapping[str, str] = {},
             policy_of: Any = None) -> Batch:
    """Measures all tickets of a frame at one instant."""
    return evaluate_batch(policies, now, rows=rows_of(frame, columns),
                          metrics=metrics, policy_of=policy_of)


def column(policies: Policies, frame: Any, now: datetime, metric: Like,
           name: str = "due_at", *, columns: Mapping[str, str] = {},
           policy_of: Any = None) -> Any:
    """One field of every ticket's result, as a column for the frame.

    A ticket whose row contradicts itself raises its exception, which says
    in `ticket` where it is.
    """
    import pandas
    found = evaluate(policies, frame, now, metrics=[metric], columns=columns,
                     policy_of=policy_of)
    if found.failed:
        raise _first_error(found)
    values = pandas.Series(found.column(name, metric).copy(), frame.index,
                           name=name)
    return values.dt.tz_localize("UTC") if name.endswith("_at") else values


def _first_error(found: Batch) -> SlaError:
    for ticket in range(len(found)):
        error = found.error(ticket)
        if error is not None:
            setattr(error, "ticket", ticket)
            return error
    raise AssertionError("no ticket failed")
