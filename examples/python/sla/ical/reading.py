# SPDX-License-Identifier: MIT
"""Holidays and opening hours from iCalendar files."""

from __future__ import annotations

from ctypes import byref, c_void_p, sizeof
from dataclasses import dataclass
from datetime import date
from typing import (Any, Callable, Iterable, List, Mapping, NamedTuple,
                    Optional, Sequence, Tuple, Union, overload)

from .. import _raw
from .._call import ask, text_from, unsigned, utf8
from .._object import Owner
from .._raw import EntryKind, IcalFilter, IcalFlag, IcalText
from .._times import TimeOfDay, clock_of, date_of, number_of
from ..calendar import CalendarBuilder
from ..entries import Entry, entry_of
from ..zone import Zone
from ._library import call, companion

__all__ = ["Feed", "FeedEntry", "Limits", "Reader", "Summary"]


@dataclass(frozen=True)
class Limits:
    """What a file may cost; 0 stands for the library's default."""

    bytes: int = 0
    line: int = 0
    nesting: int = 0
    components: int = 0
    properties: int = 0
    parameters: int = 0
    instances: int = 0
    window_days: int = 0
    search_days: int = 0


class Summary(NamedTuple):
    """What was read and what became of it."""

    events: int
    cancelled: int
    filtered: int
    switched_off: int
    outside: int
    empty: int
    dropped: int


class FeedEntry(NamedTuple):
    """An entry for a calendar, and where it comes from.

    day: on which the occurrence begins; None for what comes every week or
    every year.  line: on which its event begins in the file; 0 when it has
    many.  flags: whether it is of a make-up working day, and whether its
    hours are known.  name: the summary of its event, which calendars keep
    of holidays and closures alone.
    """

    entry: Entry
    day: Optional[date]
    line: int
    flags: IcalFlag
    uid: str
    name: str


class Feed(Owner, Sequence[FeedEntry]):
    """What a file says: a list of entries, which never changes."""

    __slots__ = ()
    _unref = companion.sla_ical_feed_unref

    def __init__(self) -> None:
        raise TypeError("a feed is what a Reader reads")

    def __len__(self) -> int:
        return companion.sla_ical_feed_count(self._handle)

    @overload
    def __getitem__(self, place: int) -> FeedEntry: ...

    @overload
    def __getitem__(self, place: slice) -> List[FeedEntry]: ...

    def __getitem__(self, place: Union[int, slice]) -> Any:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(f"there are {len(self)} entries")
        return self._entry(place % len(self))

    def _entry(self, place: int) -> FeedEntry:
        raw, source = _raw.Entry(), _raw.IcalSource()
        ask(companion.sla_ical_feed_entry, self._handle, place, byref(raw),
            sizeof(raw))
        ask(companion.sla_ical_feed_source, self._handle, place,
            byref(source), sizeof(source))
        name, uid = (text_from(companion.sla_ical_feed_text, self._handle,
                               place, which)
                     for which in (IcalText.NAME, IcalText.UID))
        named = raw.kind in (EntryKind.HOLIDAY, EntryKind.CLOSURE)
        return FeedEntry(entry_of(raw, name if named else ""),
                         date_of(source.date) if source.date else None,
                         source.line, IcalFlag(source.flags), uid, name)

    @property
    def entries(self) -> Tuple[Entry, ...]:
        """Its entries, for Calendar(entries=...)."""
        return tuple(one.entry for one in self)

    @property
    def summary(self) -> Summary:
        """How many events there were, and why some made no entry."""
        raw = _raw.IcalSummary()
        ask(companion.sla_ical_feed_summary, self._handle, byref(raw),
            sizeof(raw))
        return Summary(*(getattr(raw, name) for name in Summary._fields))

    def add_to(self, builder: CalendarBuilder) -> None:
        """Tells a calendar's builder every entry, or none.

        IcalError when one is a working day whose hours are not known.
        """
        call(companion.sla_ical_feed_apply, self._handle, builder._handle)

    def __repr__(self) -> str:
        return f"<Feed of {len(self)} entries>"


Texts = Iterable[str]


class Reader:
    """Knows what to take from files; it can read any number of them.

    window: the first and the last date to list.
    zone: that of the calendar, to whose clock everything is converted.
    zones: zones by the name that files give them (TZID); the calendar's own
        is known by its name.
    take_categories, leave_categories, take_texts, leave_texts: which
        events to take, by their categories and by what their summary
        contains; the case of letters does not matter.
    workday_categories: events of these are make-up working days, and
        workday_hours the hours of those that give a date only.
    switched_off: (uid, date) for one occurrence, (uid, None) for all.
    latin1: whether a file that is not UTF-8 is taken for ISO 8859-1.
    """

    def __init__(self, window: Tuple[date, date],
                 zone: Union[Zone, str, None] = None, *,
                 zones: Mapping[str, Zone] = {},
                 take_categories: Texts = (), leave_categories: Texts = (),
                 take_texts: Texts = (), leave_texts: Texts = (),
                 workday_categories: Texts = (),
                 workday_hours: Iterable[Tuple[TimeOfDay, TimeOfDay]] = (),
                 switched_off: Iterable[Tuple[str, Optional[date]]] = (),
                 latin1: bool = False,
                 limits: Optional[Limits] = None) -> None:
        self._handle = c_void_p()
        call(companion.sla_ical_reader_new, None, byref(self._handle))
        call(companion.sla_ical_reader_set_window, self._handle,
             *map(number_of, window))
        if zone is not None:
            zone = zone if isinstance(zone, Zone) else Zone(zone)
            call(companion.sla_ical_reader_set_zone, self._handle,
                 zone._handle)
            # Files that name it mean it; POSIX text is as long as it likes.
            if zone.name is not None and len(utf8(zone.name)) <= 255:
                zones = {zone.name: zone, **zones}
        for tzid, other in zones.items():
            name = utf8(tzid)
            call(companion.sla_ical_reader_add_zone, self._handle, name,
                 len(name), other._handle)
        self._add_filters({
            IcalFilter.TAKE_CATEGORY: take_categories,
            IcalFilter.LEAVE_CATEGORY: leave_categories,
            IcalFilter.TAKE_TEXT: take_texts,
            IcalFilter.LEAVE_TEXT: leave_texts,
            IcalFilter.WORKDAY_CATEGORY: workday_categories})
        self._set_days(workday_hours, switched_off)
        call(companion.sla_ical_reader_set_latin1, self._handle, bool(latin1))
        if limits is not None:
            self._set_limits(limits)

    def _add_filters(self, filters: Mapping[IcalFilter, Texts]) -> None:
        for kind, texts in filters.items():
            if isinstance(texts, str):
                raise TypeError(f"texts are a list, not {texts!r}")
            for text in texts:
                data = utf8(text)
                call(companion.sla_ical_reader_add_filter, self._handle, kind,
                     data, len(data))

    def _set_days(self, hours: Iterable[Tuple[TimeOfDay, TimeOfDay]],
                  switched_off: Iterable[Tuple[str, Optional[date]]]) -> None:
        for opens, closes in hours:
            call(companion.sla_ical_reader_add_workday_hours, self._handle,
                 clock_of(opens), clock_of(closes))
        for uid, day in switched_off:
            data = utf8(uid)
            call(companion.sla_ical_reader_switch_off, self._handle, data,
                 len(data), 0 if day is None else number_of(day))

    def _set_limits(self, limits: Limits) -> None:
        raw = _raw.IcalLimits()
        for name in Limits.__dataclass_fields__:
            setattr(raw, name, unsigned(getattr(limits, name)))
        call(companion.sla_ical_reader_set_limits, self._handle, byref(raw),
             sizeof(raw))

    def __del__(self) -> None:
        handle, self._handle = self._handle, c_void_p()
        companion.sla_ical_reader_free(handle)

    def _read(self, function: Callable[..., int], data: bytes) -> Feed:
        feed = c_void_p()
        data = bytes(data)
        call(function, self._handle, data, len(data), byref(feed))
        return Feed._own(feed.value)

    def holidays(self, data: bytes) -> Feed:
        """Events as holidays, closures and make-up working days."""
        return self._read(companion.sla_ical_read_holidays, data)

    def hours(self, data: bytes) -> Feed:
        """Availability and weekly events as opening hours."""
        return self._read(companion.sla_ical_read_hours, data)
