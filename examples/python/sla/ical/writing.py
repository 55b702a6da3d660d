# SPDX-License-Identifier: MIT
"""Calendars and due dates as iCalendar files."""

from __future__ import annotations

from ctypes import byref, c_size_t, c_void_p, create_string_buffer, sizeof
from dataclasses import dataclass
from datetime import date, datetime
from typing import Optional, Tuple, Union

from .. import _raw
from .._call import ask, unsigned, utf8
from .._raw import IcalComponent, IcalText
from .._times import instant_of, number_of, optional_instant
from ..calendar import Calendar
from ..names import number_of as member_number
from ._library import call, companion

__all__ = ["Due", "Writer"]


@dataclass(frozen=True)
class Due:
    """Something that is due.

    uid: of its own.  from_at: when it begins, or None for a point in time.
    stamp_at: when it last changed.  priority: 1 the highest to 9, 0 for
    none.  alarms: when to show the summary.
    """

    uid: str
    summary: str
    due_at: datetime
    stamp_at: datetime
    from_at: Optional[datetime] = None
    component: Union[IcalComponent, int, str] = IcalComponent.EVENT
    priority: int = 0
    description: str = ""
    url: str = ""
    alarms: Tuple[datetime, ...] = ()


class Writer:
    """A file in the making; it belongs to one thread at a time."""

    def __init__(self, name: Optional[str] = None) -> None:
        """name: what calendar programs call it."""
        self._handle = c_void_p()
        call(companion.sla_ical_writer_new, None, byref(self._handle))
        if name is not None:
            data = utf8(name)
            call(companion.sla_ical_writer_set_name, self._handle, data,
                 len(data))

    def __del__(self) -> None:
        handle, self._handle = self._handle, c_void_p()
        companion.sla_ical_writer_free(handle)

    def add_calendar(self, calendar: Calendar, tzid: str,
                     window: Tuple[date, date], stamp: datetime) -> None:
        """A calendar, whole: its hours, the rest, and its zone under the
        name tzid for the dates of the window."""
        if not isinstance(calendar, Calendar):
            raise TypeError(f"not a calendar: {calendar!r}")
        data = utf8(tzid)
        call(companion.sla_ical_writer_add_calendar, self._handle,
             calendar._handle, data, len(data), *map(number_of, window),
             instant_of(stamp))

    def add_due(self, due: Due) -> None:
        """A due date, with its texts and alarms."""
        raw = _raw.IcalDue(
            instant_of(due.due_at), optional_instant(due.from_at),
            instant_of(due.stamp_at),
            member_number(IcalComponent, due.component),
            unsigned(due.priority))
        uid, summary = utf8(due.uid), utf8(due.summary)
        call(companion.sla_ical_writer_add_due, self._handle, byref(raw),
             sizeof(raw), uid, len(uid), summary, len(summary))
        for which, text in ((IcalText.DESCRIPTION, due.description),
                            (IcalText.URL, due.url)):
            if text:
                data = utf8(text)
                call(companion.sla_ical_writer_add_text, self._handle, which,
                     data, len(data))
        for alarm in due.alarms:
            call(companion.sla_ical_writer_add_alarm, self._handle,
                 instant_of(alarm))

    def text(self) -> str:
        """The file so far."""
        length = c_size_t()
        ask(companion.sla_ical_writer_text, self._handle, None, 0,
            byref(length))
        buffer = create_string_buffer(max(length.value, 1))
        ask(companion.sla_ical_writer_text, self._handle, buffer,
            length.value, byref(length))
        return buffer.raw[:length.value].decode()
