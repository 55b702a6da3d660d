# SPDX-License-Identifier: MIT
"""What happened to a ticket: a log of events, or a row of timestamps."""

from __future__ import annotations

import struct
from ctypes import byref, sizeof
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any, Iterable, List, NamedTuple, Optional, Tuple, Union

from . import _raw
from ._raw import NONE
from ._times import (EPOCH, datetime_of, instant_of, optional_datetime,
                     optional_instant, optional_length, seconds_of)
from .names import (Creator, EventKind, Like, Metric, Priority, TicketStatus,
                    member_of, number_of)

__all__ = ["Event", "Log", "Row"]

INSTANTS = ("created_at", "first_response_at", "waiting_since", "solved_at",
            "status_since")
EVENT = struct.Struct("=qqII")  # _raw.Event, field by field


class Event(NamedTuple):
    """One thing that happened; made by the methods that are named for it.

    value and flags are the numbers that the library keeps.
    """

    at: datetime
    kind: Union[EventKind, int]
    value: int = 0
    flags: int = 0

    @classmethod
    def created(cls, at: datetime, by: Like = Creator.CUSTOMER) -> Event:
        """Begins every log."""
        return cls(at, EventKind.CREATED, number_of(Creator, by))

    @classmethod
    def customer_message(cls, at: datetime) -> Event:
        return cls(at, EventKind.CUSTOMER_MESSAGE)

    @classmethod
    def agent_reply(cls, at: datetime) -> Event:
        """Public, by a human."""
        return cls(at, EventKind.AGENT_REPLY)

    @classmethod
    def agent_note(cls, at: datetime) -> Event:
        """Private: never a reply."""
        return cls(at, EventKind.AGENT_NOTE)

    @classmethod
    def automatic_reply(cls, at: datetime) -> Event:
        """Never a reply."""
        return cls(at, EventKind.AUTOMATIC_REPLY)

    @classmethod
    def status(cls, at: datetime, status: Like) -> Event:
        """The ticket passes to a status, the host's own included."""
        return cls(at, EventKind.STATUS, number_of(TicketStatus, status))

    @classmethod
    def priority(cls, at: datetime, priority: Like) -> Event:
        return cls(at, EventKind.PRIORITY, number_of(Priority, priority))

    @classmethod
    def group(cls, at: datetime, group: int) -> Event:
        """Assigned to a group; 0 for none."""
        return cls(at, EventKind.GROUP, group)

    @classmethod
    def condition_set(cls, at: datetime, condition: int) -> Event:
        """A condition of the host's, 0 to 63, begins to hold."""
        return cls(at, EventKind.CONDITION_SET, condition)

    @classmethod
    def condition_cleared(cls, at: datetime, condition: int) -> Event:
        """It ceases to hold."""
        return cls(at, EventKind.CONDITION_CLEARED, condition)

    @classmethod
    def no_reply_needed(cls, at: datetime) -> Event:
        """Cancels the open turn of next response."""
        return cls(at, EventKind.NO_REPLY_NEEDED)

    @classmethod
    def due_set(cls, at: datetime, metric: Like,
                due: Optional[datetime]) -> Event:
        """Due set by hand; None for the policy's own again."""
        return cls(at, EventKind.DUE_SET, optional_instant(due),
                   number_of(Metric, metric))

    @classmethod
    def reset(cls, at: datetime, metric: Like = 0) -> Event:
        """Starts a new cycle of a metric; 0 for all of them."""
        return cls(at, EventKind.RESET, 0, number_of(Metric, metric))

    @classmethod
    def cancelled(cls, at: datetime) -> Event:
        """Merged, deleted, spam: for good."""
        return cls(at, EventKind.CANCELLED)

    @classmethod
    def policy(cls, at: datetime, place: Optional[int]) -> Event:
        """Another policy from now on, by its place; None for none."""
        return cls(at, EventKind.POLICY, NONE if place is None else place)

    @classmethod
    def own(cls, at: datetime, kind: int, value: int = 0) -> Event:
        """An event of the host's own, 32 to 63, with any value."""
        return cls(at, kind, value)


@lru_cache(maxsize=256)
def _form(count: int) -> struct.Struct:
    """So many records of events."""
    return struct.Struct("=" + "qqII" * count)


def _what_is_wrong(event: Any) -> Exception:
    if not isinstance(event, tuple) or len(event) != 4:
        return TypeError(f"not an event: {event!r}")
    try:
        instant_of(event[0])
    except (TypeError, ValueError) as error:
        return error
    return TypeError(f"not the numbers of an event: {event[1:]!r}")


def _packed(events: Iterable[Event]) -> bytearray:
    """What instant_of says of each, but without a call for each."""
    numbers: List[int] = []
    event: Any = events
    try:
        for event in events:
            at, kind, value, flags = event
            since = at - EPOCH
            numbers += (since.days * 86400 + since.seconds, value, kind,
                        flags)
    except (TypeError, ValueError, AttributeError):
        raise _what_is_wrong(event) from None
    try:
        return bytearray(_form(len(numbers) // 4).pack(*numbers))
    except struct.error as error:
        raise OverflowError(f"a number of an event: {error}") from None


class Log:
    """The events of one ticket, ready to be asked about many times."""

    __slots__ = ("_data", "_first", "_count")

    def __init__(self, events: Iterable[Event]) -> None:
        self._take(_packed(events))

    def _take(self, data: bytearray) -> None:
        self._data = data
        self._count = len(data) // EVENT.size
        self._first = _raw.Event.from_buffer(data) if data else None

    def __len__(self) -> int:
        return self._count

    def __reduce__(self) -> Any:
        return _log_of_bytes, (bytes(self._data),)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Log):
            return NotImplemented
        return self._data == other._data

    def __hash__(self) -> int:
        return hash(bytes(self._data))

    def to_bytes(self) -> bytes:
        """The records of the events, one after the other."""
        return bytes(self._data)

    def events(self, zone: Optional[tzinfo] = None) -> Tuple[Event, ...]:
        """The events again, in a zone or in UTC."""
        return tuple(Event(datetime_of(at, zone), member_of(EventKind, kind),
                           value, flags)
                     for at, value, kind, flags
                     in EVENT.iter_unpack(self._data))


def _log_of_bytes(data: bytes) -> Log:
    log = Log.__new__(Log)
    log._take(bytearray(data))
    return log


def event_of(raw: _raw.Event, zone: Optional[tzinfo]) -> Event:
    return Event(datetime_of(raw.at, zone), member_of(EventKind, raw.kind),
                 raw.value, raw.flags)


def pointer_of(events: Union[Log, Iterable[Event]]) -> Tuple[Any, int]:
    """A pointer to the first event, which holds all of them, and how many
    there are."""
    log = events if isinstance(events, Log) else Log(events)
    return log._first and byref(log._first), log._count


@dataclass(frozen=True)
class Row:
    """The same for hosts that keep a row of timestamps for each ticket.

    waiting_since: the oldest unanswered customer message after the first
    response.  paused: finished pauses of the resolution clock, counted.
    """

    created_at: Optional[datetime] = None
    first_response_at: Optional[datetime] = None
    waiting_since: Optional[datetime] = None
    solved_at: Optional[datetime] = None
    status_since: Optional[datetime] = None
    paused: Optional[timedelta] = None
    status: Like = 0  #: 0 for unknown
    priority: Like = Priority.NONE

    def __post_init__(self) -> None:
        put = object.__setattr__
        for name in INSTANTS:
            optional_instant(getattr(self, name))
        if self.paused is not None:
            seconds_of(self.paused)
        put(self, "status",
            member_of(TicketStatus, number_of(TicketStatus, self.status)))
        put(self, "priority",
            member_of(Priority, number_of(Priority, self.priority)))


def raw_row(row: Row) -> _raw.Row:
    if not isinstance(row, Row):
        raise TypeError(f"not a row: {row!r}")
    return _raw.Row(
        optional_instant(row.created_at),
        optional_instant(row.first_response_at),
        optional_instant(row.waiting_since), optional_instant(row.solved_at),
        optional_instant(row.status_since),
        NONE if row.paused is None else seconds_of(row.paused),
        int(row.status), int(row.priority))


def row_of(raw: _raw.Row, zone: Optional[tzinfo]) -> Row:
    def at(instant: int) -> Optional[datetime]:
        return optional_datetime(instant, zone)
    return Row(at(raw.created_at), at(raw.first_response_at),
               at(raw.waiting_since), at(raw.solved_at),
               at(raw.status_since), optional_length(raw.paused),
               member_of(TicketStatus, raw.status),
               member_of(Priority, raw.priority))


assert sizeof(_raw.Event) == EVENT.size
