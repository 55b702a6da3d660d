# SPDX-License-Identifier: MIT
"""Time zones: what the clock on the wall shows, at every instant."""

from __future__ import annotations

import os
import zoneinfo
from ctypes import byref, c_int32, c_int64, c_uint32, c_void_p, sizeof
from datetime import datetime, timedelta
from importlib import resources
from typing import Any, NamedTuple, Optional, Union

from . import _raw
from ._call import ask, call, signed, utf8
from ._library import core
from ._object import Compiled
from ._raw import Wall
from ._times import date_of, datetime_of, instant_of, seconds_of

__all__ = ["Wall", "WallTime", "Zone"]


class WallTime(NamedTuple):
    """When the clock shows a date and a time: once, twice, or never.

    For a time that is skipped both are the instant of the change.
    """

    wall: Wall
    first: datetime
    last: datetime


def _is_name(name: str) -> bool:
    """A name stays inside the directory that it is looked for in."""
    return all(part and not part.startswith(".") for part in name.split("/"))


def _from_path(name: str) -> Optional[bytes]:
    for directory in zoneinfo.TZPATH:
        path = os.path.join(directory, *name.split("/"))
        if os.path.isfile(path):
            with open(path, "rb") as file:
                return file.read()
    return None


def _from_package(name: str) -> Optional[bytes]:
    """From the tzdata package of PyPI, where the system has no zones."""
    *parts, last = name.split("/")
    try:
        package = resources.files(".".join(["tzdata.zoneinfo"] + parts))
        return package.joinpath(last).read_bytes()
    except (ImportError, OSError, ValueError):
        return None


def _file_of(name: str) -> bytes:
    data = _from_path(name) or _from_package(name) if _is_name(name) else None
    if data is None:
        raise zoneinfo.ZoneInfoNotFoundError(
            f"there is no time zone {name!r} in "
            f"{', '.join(zoneinfo.TZPATH) or 'no directory at all'}, nor in "
            "the package tzdata")
    return data


class Zone(Compiled):
    """A time zone by its name, such as Zone("Europe/Madrid").

    The name is looked for where zoneinfo does: in zoneinfo.TZPATH, then in
    the package tzdata.  A ZoneInfo with a key stands for its name.  Zones
    are equal when their clocks are, whatever they are called.
    """

    __slots__ = ("name",)
    name: Optional[str]  #: as it was given; None for a zone without one

    _ref = core.sla_zone_ref
    _unref = core.sla_zone_unref
    _bytes = core.sla_zone_bytes
    _new_bytes = core.sla_zone_new_bytes
    _equal = core.sla_zone_equal
    _hash = core.sla_zone_hash
    _memory = core.sla_zone_memory

    def __new__(cls, name: Union[str, zoneinfo.ZoneInfo]) -> Zone:
        if isinstance(name, zoneinfo.ZoneInfo):
            name = name.key
        if not isinstance(name, str):
            raise TypeError(f"a zone has a name, not {name!r}")
        return cls.tzif(_file_of(name))._called(name)

    @classmethod
    def _own(cls, handle: Optional[int]) -> Zone:
        return super()._own(handle)._called(None)

    def _called(self, name: Optional[str]) -> Zone:
        object.__setattr__(self, "name", name)
        return self

    @classmethod
    def tzif(cls, data: bytes) -> Zone:
        """From the bytes of a zoneinfo file (RFC 9636)."""
        handle = c_void_p()
        data = bytes(data)
        call(core.sla_zone_new_tzif, data, len(data), None, byref(handle))
        return cls._own(handle.value)

    @classmethod
    def posix(cls, text: str) -> Zone:
        """From a POSIX TZ text, such as "EST5EDT,M3.2.0,M11.1.0"."""
        handle = c_void_p()
        data = utf8(text)
        call(core.sla_zone_new_posix, data, len(data), None, byref(handle))
        return cls._own(handle.value)._called(text)

    @classmethod
    def fixed(cls, offset: timedelta) -> Zone:
        """One offset for ever; a positive one is east of UTC."""
        handle = c_void_p()
        call(core.sla_zone_new_fixed, signed(seconds_of(offset)), None,
             byref(handle))
        return cls._own(handle.value)

    def offset_at(self, moment: datetime) -> timedelta:
        """How far the clock is ahead of UTC."""
        offset = c_int32()
        ask(core.sla_zone_offset_at, self._handle, instant_of(moment),
            byref(offset))
        return timedelta(seconds=offset.value)

    def civil_at(self, moment: datetime) -> datetime:
        """What the clock shows: a datetime without a zone.

        OverflowError in the last hours of what datetime can say.
        """
        civil = _raw.Civil()
        ask(core.sla_zone_civil_at, self._handle, instant_of(moment),
            byref(civil), sizeof(civil))
        if not 10101 <= civil.date <= 99991231:
            raise OverflowError(f"the year is {civil.date // 10000} there")
        day = date_of(civil.date)
        return (datetime(day.year, day.month, day.day)
                + timedelta(seconds=civil.second))

    def instants_of(self, civil: datetime) -> WallTime:
        """When the clock shows this: a datetime without a zone, here."""
        if civil.tzinfo is not None:
            raise ValueError(f"{civil!r} has a zone of its own already")
        first, last, wall = c_int64(), c_int64(), c_uint32()
        second = civil.hour * 3600 + civil.minute * 60 + civil.second
        day = civil.year * 10000 + civil.month * 100 + civil.day
        ask(core.sla_zone_instant_of, self._handle, day, second, byref(first),
            byref(last), byref(wall))
        return WallTime(Wall(wall.value), datetime_of(first.value, None),
                        datetime_of(last.value, None))

    def __reduce__(self) -> Any:
        return _named_zone, (self.to_bytes(), self.name)

    def __repr__(self) -> str:
        if self.name is None:
            return f"<Zone without a name, {len(self.to_bytes())} bytes>"
        return f"<Zone {self.name}>"


def _named_zone(data: bytes, name: Optional[str]) -> Zone:
    return Zone.from_bytes(data)._called(name)
