# SPDX-License-Identifier: MIT
"""Business hours: what is open, what has been counted, what comes next."""

from __future__ import annotations

from ctypes import byref, c_int32, c_int64, c_size_t, c_uint32, c_uint64
from ctypes import c_void_p, sizeof
from datetime import date, datetime, timedelta, tzinfo
from itertools import accumulate
from typing import (Iterable, Iterator, List, NamedTuple, Optional, Tuple,
                    Union)

from . import _raw
from ._call import ask, call, long, signed, text_from, utf8
from ._library import core
from ._object import Compiled
from ._times import (date_of, datetime_of, instant_of, number_of,
                     optional_datetime, seconds_of)
from .entries import Entry, Holidays, entry_of, holidays_of, raw_of
from .zone import Zone

__all__ = ["Calendar", "CalendarBuilder", "Interval"]

Hours = Union[str, Iterable[Entry]]
AT_ONCE = 64  # intervals that are asked for in one call


class Interval(NamedTuple):
    """A stretch of open time: begin belongs to it, end does not."""

    begin: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        return self.end - self.begin


class CalendarBuilder:
    """Gathers what a calendar consists of.

    Calendar(...) says all at once what a builder is told bit by bit, and
    Calendar.from_builder makes a calendar of it.  A builder belongs to one
    thread at a time, and stays as it is when it is built.
    """

    def __init__(self, base: Optional[Calendar] = None) -> None:
        """With all that a calendar was built from, if there is one."""
        self._handle = c_void_p()
        if base is None:
            call(core.sla_calendar_builder_new, None, byref(self._handle))
        else:
            call(core.sla_calendar_builder_new_from, base._handle, None,
                 byref(self._handle))

    def __del__(self) -> None:
        handle, self._handle = self._handle, c_void_p()
        core.sla_calendar_builder_free(handle)

    def set_zone(self, zone: Union[Zone, str]) -> None:
        """The zone of the wall clock; required."""
        zone = zone if isinstance(zone, Zone) else Zone(zone)
        call(core.sla_calendar_builder_set_zone, self._handle, zone._handle)

    def set_window(self, years: Tuple[int, int]) -> None:
        """The years that are tabulated."""
        first, last = years
        call(core.sla_calendar_builder_set_window, self._handle, signed(first),
             signed(last))

    def add(self, entries: Iterable[Entry]) -> None:
        """All of them or none; an error's index is that of the entry."""
        told = list(entries)
        raw = (_raw.Entry * len(told))(*map(raw_of, told))
        names = [utf8(entry.name) for entry in told]
        offsets = (c_uint64 * (len(told) + 1))(*accumulate(
            map(len, names), initial=0))
        call(core.sla_calendar_builder_add_entries, self._handle, raw,
             len(told), sizeof(_raw.Entry), b"".join(names), offsets)

    def add_hours(self, hours: Hours) -> None:
        """Weekly hours, as a text or as entries."""
        if isinstance(hours, str):
            text = hours.encode()
            call(core.sla_calendar_builder_add_hours_text, self._handle, text,
                 len(text))
        else:
            self.add(hours)

    def _build(self) -> Optional[int]:
        handle = c_void_p()
        call(core.sla_calendar_builder_build, self._handle, byref(handle))
        return handle.value


def _tell(builder: CalendarBuilder, zone: Union[Zone, str, None],
          hours: Hours, holidays: Holidays, entries: Iterable[Entry],
          window: Optional[Tuple[int, int]]) -> None:
    if zone is not None:
        builder.set_zone(zone)
    if window is not None:
        builder.set_window(window)
    builder.add_hours(hours)
    builder.add(holidays_of(holidays))
    builder.add(entries)


class Calendar(Compiled):
    """Business hours in a zone, with holidays.

    zone: a Zone, or the name of one.
    hours: "Mo-Fr 09:00-12:30,13:30-18:00; Sa 10:00-14:00", "24/7", or
        entries made by entries.hours.
    holidays: dates, (date, name), (first, last, name), entries such as
        entries.yearly_holiday makes, or a mapping of dates to names.
    entries: anything else: special hours, closures.
    window: the first and last year that are tabulated, which is a matter
        of speed alone.
    """

    __slots__ = ()

    _ref = core.sla_calendar_ref
    _unref = core.sla_calendar_unref
    _bytes = core.sla_calendar_bytes
    _new_bytes = core.sla_calendar_new_bytes
    _equal = core.sla_calendar_equal
    _hash = core.sla_calendar_hash
    _memory = core.sla_calendar_memory

    def __new__(cls, zone: Union[Zone, str], hours: Hours = (),
                holidays: Holidays = (), entries: Iterable[Entry] = (),
                window: Optional[Tuple[int, int]] = None) -> Calendar:
        builder = CalendarBuilder()
        builder.set_zone(zone)
        _tell(builder, None, hours, holidays, entries, window)
        return cls.from_builder(builder)

    @classmethod
    def from_builder(cls, builder: CalendarBuilder) -> Calendar:
        """What the builder was told up to now."""
        return cls._own(builder._build())

    def extended(self, hours: Hours = (), holidays: Holidays = (),
                 entries: Iterable[Entry] = (),
                 zone: Union[Zone, str, None] = None,
                 window: Optional[Tuple[int, int]] = None) -> Calendar:
        """Another calendar, which was told this as well."""
        builder = CalendarBuilder(self)
        _tell(builder, zone, hours, holidays, entries, window)
        return self.from_builder(builder)

    # ---- instants -----------------------------------------------------

    def open_at(self, moment: datetime) -> bool:
        """Whether it is open at that instant."""
        is_open = c_uint32()
        ask(core.sla_calendar_is_open, self._handle, instant_of(moment),
            byref(is_open))
        return bool(is_open.value)

    def elapsed(self, begin: datetime, end: datetime) -> timedelta:
        """Open time between two instants; negative the other way round."""
        seconds = c_int64()
        ask(core.sla_calendar_elapsed, self._handle, instant_of(begin),
            instant_of(end), byref(seconds))
        return timedelta(0, seconds.value)

    def add(self, moment: datetime, length: timedelta) -> datetime:
        """The earliest instant at which so much open time has passed.

        For a negative length the latest one from which it has.
        """
        result = c_int64()
        ask(core.sla_calendar_add, self._handle, instant_of(moment),
            seconds_of(length), byref(result))
        return datetime_of(result.value, moment.tzinfo)

    def next_change(self, moment: datetime) -> Optional[datetime]:
        """When it next opens or closes, after that instant."""
        change = c_int64()
        ask(core.sla_calendar_next_change, self._handle, instant_of(moment),
            byref(change))
        return optional_datetime(change.value, moment.tzinfo)

    def previous_change(self, moment: datetime) -> Optional[datetime]:
        """When it last opened or closed, at that instant or before."""
        change = c_int64()
        ask(core.sla_calendar_previous_change, self._handle,
            instant_of(moment), byref(change))
        return optional_datetime(change.value, moment.tzinfo)

    def intervals(self, begin: datetime, end: datetime) -> Iterator[Interval]:
        """The open intervals between two instants, cut at both."""
        stop, zone = instant_of(end), begin.tzinfo
        return self._walk(self._piece(instant_of(begin), stop), stop, zone)

    def _piece(self, start: int, stop: int) -> List[Tuple[int, int]]:
        """The next intervals; AT_ONCE of them when there may be more."""
        found, count = (_raw.Interval * AT_ONCE)(), c_size_t()
        ask(core.sla_calendar_intervals, self._handle, start, stop, found,
            AT_ONCE, sizeof(_raw.Interval), byref(count))
        return [(one.from_, one.to) for one in found[:count.value]]

    def _walk(self, piece: List[Tuple[int, int]], stop: int,
              zone: Optional[tzinfo]) -> Iterator[Interval]:
        while piece:
            for start, to in piece:
                yield Interval(datetime_of(start, zone), datetime_of(to, zone))
            if len(piece) < AT_ONCE:
                break
            piece = self._piece(to, stop)

    # ---- dates --------------------------------------------------------

    def is_working_date(self, day: date) -> bool:
        """Whether an interval starts on it (closures do not matter)."""
        working = c_uint32()
        ask(core.sla_calendar_is_working_date, self._handle, number_of(day),
            byref(working))
        return bool(working.value)

    def working_dates(self, begin: date, end: date) -> int:
        """How many from one date on and before another."""
        count = c_int64()
        ask(core.sla_calendar_working_dates, self._handle, number_of(begin),
            number_of(end), byref(count))
        return count.value

    def add_working_dates(self, day: date, count: int) -> date:
        """The date that is so many working dates later, or earlier."""
        result = c_int32()
        ask(core.sla_calendar_add_working_dates, self._handle, number_of(day),
            long(count), byref(result))
        return date_of(result.value)

    def holiday_on(self, day: date) -> Optional[Entry]:
        """The first holiday that names the date."""
        place = c_uint32()
        ask(core.sla_calendar_holiday_on, self._handle, number_of(day),
            byref(place))
        return (None if place.value == _raw.NO_ENTRY
                else self._entry(place.value))

    # ---- what it was told ---------------------------------------------

    def _entry(self, place: int) -> Entry:
        raw = _raw.Entry()
        ask(core.sla_calendar_entry, self._handle, place, byref(raw),
            sizeof(raw))
        return entry_of(raw, text_from(core.sla_calendar_entry_name,
                                       self._handle, place))

    @property
    def entries(self) -> Tuple[Entry, ...]:
        """Everything it was told, in that order."""
        count = core.sla_calendar_entry_count(self._handle)
        return tuple(map(self._entry, range(count)))

    @property
    def zone(self) -> Zone:
        """Its zone, which has lost its name."""
        return Zone._borrow(core.sla_calendar_zone(self._handle))

    @property
    def window(self) -> Tuple[int, int]:
        """The first and the last year that are tabulated."""
        first, last = c_int32(), c_int32()
        ask(core.sla_calendar_window, self._handle, byref(first), byref(last))
        return first.value, last.value

    @property
    def window_is_set(self) -> bool:
        """Whether it was told its window, rather than choosing it."""
        is_set = c_uint32()
        ask(core.sla_calendar_window_is_set, self._handle, byref(is_set))
        return bool(is_set.value)

    def __repr__(self) -> str:
        return f"<Calendar of {len(self.entries)} entries>"
