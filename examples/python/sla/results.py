# SPDX-License-Identifier: MIT
"""How a ticket stands: results, all of a ticket's, and their order."""

from __future__ import annotations

from ctypes import Array, byref, c_int32, sizeof
from datetime import datetime, timedelta, tzinfo
from functools import cmp_to_key
from typing import (Any, Callable, Dict, Iterable, List, NamedTuple,
                    NoReturn, Optional, Sequence, Tuple, TypeVar, Union)

from . import _raw
from ._call import ask
from ._library import core
from ._times import optional_datetime, optional_length
from .names import (Like, Metric, Phase, Priority, ResultFlag, Status,
                    member_of, number_of)

__all__ = ["Result", "Results", "Rollup", "Totals", "compare", "queue",
           "rollup", "urgency"]

Item = TypeVar("Item")
RawResult = _raw.Result


def _instant(name: str, doc: str) -> Any:
    def get(self: Result) -> Optional[datetime]:
        return optional_datetime(getattr(self._raw, name), self._zone)
    return property(get, doc=doc)


def _length(name: str, doc: str) -> Any:
    def get(self: Result) -> Optional[timedelta]:
        return optional_length(getattr(self._raw, name))
    return property(get, doc=doc)


class Result:
    """One metric of one ticket at an instant.

    Instants are in the time zone of the `now` that was asked about;
    instants and lengths are None where they do not apply.
    """

    __slots__ = ("_raw", "_zone")
    _raw: RawResult
    _zone: Optional[tzinfo]

    def __init__(self, raw: RawResult, zone: Optional[tzinfo]) -> None:
        _put_raw(self, raw)
        _put_zone(self, zone)

    started_at: Optional[datetime] = _instant(
        "started_at", "When the cycle began.")
    stopped_at: Optional[datetime] = _instant(
        "stopped_at", "When it was fulfilled or cancelled.")
    due_at: Optional[datetime] = _instant(
        "due_at", "None while paused, unless it was overdue by then.")
    due_soon_at: Optional[datetime] = _instant(
        "due_soon_at", "When it is due soon.")
    breached_at: Optional[datetime] = _instant(
        "breached_at", "The due instant, once it has passed unmet.")
    projected_due_at: Optional[datetime] = _instant(
        "projected_due_at", "While paused: due if the clock resumed now.")
    next_change_at: Optional[datetime] = _instant(
        "next_change_at", "When the status changes if nothing happens.")
    target: Optional[timedelta] = _length(
        "target", "Counted time that there was for it.")
    elapsed: Optional[timedelta] = _length(
        "elapsed", "Counted time, without pauses.")
    remaining: Optional[timedelta] = _length(
        "remaining", "Counted time that is left; negative past the target.")
    wall_elapsed: Optional[timedelta] = _length(
        "wall_elapsed", "By the clock on the wall, without pauses.")
    wall_remaining: Optional[timedelta] = _length(
        "wall_remaining", "From now to due_at; negative past it.")
    late_by: Optional[timedelta] = _length(
        "late_by", "By the clock on the wall, from breached_at on.")
    wall_paused: Optional[timedelta] = _length(
        "wall_paused", "By the clock on the wall.")

    @property
    def metric(self) -> Union[Metric, int]:
        """A Metric; a number for one of the host's own."""
        return member_of(Metric, self._raw.metric)

    @property
    def phase(self) -> Phase:
        return Phase(self._raw.phase)

    @property
    def status(self) -> Status:
        return Status(self._raw.status)

    @property
    def flags(self) -> ResultFlag:
        return ResultFlag(self._raw.flags)

    @property
    def priority(self) -> Union[Priority, int]:
        """A Priority; a number for one of the host's own."""
        return member_of(Priority, self._raw.priority)

    @property
    def cycle(self) -> int:
        """From 1; 0 while inactive."""
        return self._raw.cycle

    @property
    def met(self) -> int:
        """Cycles that ended in time, this one included."""
        return self._raw.met

    @property
    def missed(self) -> int:
        """Cycles that ended late, this one included."""
        return self._raw.missed

    def as_dict(self) -> Dict[str, Any]:
        """Every field by its name."""
        return {name: getattr(self, name) for name in FIELDS}

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError("a result never changes")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Result):
            return NotImplemented
        return bytes(self._raw) == bytes(other._raw)

    def __hash__(self) -> int:
        return hash(bytes(self._raw))

    def __reduce__(self) -> Any:
        return _result_of_bytes, (bytes(self._raw), self._zone)

    def __repr__(self) -> str:
        text = f"<Result {self.metric!r}: {self.phase.name.lower()}"
        if self.status:
            text += f", {self.status.name.lower().replace('_', ' ')}"
        if self.due_at is not None:
            text += f", due {self.due_at.isoformat()}"
        return text + ">"


# Past __setattr__, and quicker than object's.
_put_raw = Result.__dict__["_raw"].__set__
_put_zone = Result.__dict__["_zone"].__set__
FIELDS = tuple(name for name, _ in _raw.Result._fields_)


def _result_of_bytes(data: bytes, zone: Optional[tzinfo]) -> Result:
    return Result(_raw.Result.from_buffer_copy(data), zone)


def array_of(results: Iterable[Result]) -> Tuple[Array[_raw.Result], int]:
    """The results side by side, as the library takes them."""
    taken = [bytes(result._raw) for result in results]
    return ((_raw.Result * len(taken)).from_buffer_copy(b"".join(taken)),
            len(taken))


class Rollup(NamedTuple):
    """A ticket's results taken together."""

    due_at: Optional[datetime]  #: the earliest of the running metrics
    next_change_at: Optional[datetime]  #: the earliest
    result: Result  #: the most urgent


def rollup(results: Sequence[Result]) -> Rollup:
    """The most urgent of a ticket's results, and the earliest instants."""
    array, count = array_of(results)
    raw = _raw.Rollup()
    ask(core.sla_rollup_results, array, count, sizeof(_raw.Result),
        byref(raw), sizeof(raw))
    most = results[raw.index]
    return Rollup(optional_datetime(raw.due_at, most._zone),
                  optional_datetime(raw.next_change_at, most._zone), most)


def compare(a: Result, b: Result) -> int:
    """Negative when a is more urgent than b, positive when less."""
    for result in a, b:
        if not isinstance(result, Result):
            raise TypeError(f"not a result: {result!r}")
    order = c_int32()
    ask(core.sla_result_compare, byref(a._raw), byref(b._raw),
        sizeof(_raw.Result), byref(order))
    return order.value


#: For sorted(results, key=urgency): the most urgent comes first.
urgency = cmp_to_key(compare)


def queue(items: Iterable[Item],
          key: Callable[[Item], Result] = lambda item: item,  # type: ignore
          ) -> List[Item]:
    """The most urgent first; what is equally urgent stays as it was."""
    return sorted(items, key=lambda item: urgency(key(item)))


class Results(Tuple[Result, ...]):
    """The results of a ticket, a metric each, in the policy's order."""

    __slots__ = ()

    def of(self, metric: Like) -> Result:
        """The result of a metric; KeyError when it has none here."""
        number = number_of(Metric, metric)
        for result in self:
            if result._raw.metric == number:
                return result
        raise KeyError(metric)

    def rollup(self) -> Rollup:
        """All of them taken together."""
        return rollup(self)

    def __reduce__(self) -> Any:
        return Results, (tuple(self),)


class Totals(NamedTuple):
    """All cycles of a metric, the open one as it is now."""

    cycles: int
    met: int
    missed: int
    cancelled: int
    elapsed: timedelta
    wall_elapsed: timedelta
    wall_paused: timedelta
    longest: Optional[timedelta]  #: elapsed of the longest; None without
    last: Optional[timedelta]
    longest_cycle: int  #: its number; 0 without a cycle


def totals_of(raw: _raw.Totals) -> Totals:
    return Totals(raw.cycles, raw.met, raw.missed, raw.cancelled,
                  timedelta(seconds=raw.elapsed),
                  timedelta(seconds=raw.wall_elapsed),
                  timedelta(seconds=raw.wall_paused),
                  optional_length(raw.longest), optional_length(raw.last),
                  raw.longest_cycle)
