# SPDX-License-Identifier: MIT
"""What can go wrong, as exceptions.

Every error of the library is an SlaError with what the library says of it:
its code, where it is, the offending value and what it had to respect.  The
families can be caught one by one, or all of them as ValueError.
"""

from __future__ import annotations

from typing import Dict, Tuple, Type

from ._raw import Code

__all__ = [
    "BytesError", "CalendarError", "LibraryError", "LogError",
    "NaiveDatetimeError", "OutOfMemoryError", "PolicyError", "RangeError",
    "RulesError", "SlaError", "UsageError", "ZoneError",
]


class LibraryError(ImportError):
    """libsla was not found, or is not one that this binding can use."""


class NaiveDatetimeError(ValueError):
    """A datetime without a time zone: nobody knows when that is."""


class SlaError(ValueError):
    """The library refused something; its sentence is the message.

    code is a Code.  index counts from 0; line and column count from 1, in
    bytes, and argument from 1, in the order of the C function.  They are 0
    where they say nothing.
    """

    def __init__(self, message: str, code: int, value: int = 0,
                 limit: int = 0, index: int = 0, line: int = 0,
                 column: int = 0, argument: int = 0) -> None:
        super().__init__(message)
        self.code = Code(code) if code in _CODES else code
        self.value = value
        self.limit = limit
        self.index = index
        self.line = line
        self.column = column
        self.argument = argument

    def __reduce__(self) -> Tuple[Type[SlaError], Tuple[object, ...]]:
        return type(self), (str(self), int(self.code), self.value, self.limit,
                            self.index, self.line, self.column, self.argument)


class UsageError(SlaError):
    """An argument that the function does not take."""


class RangeError(SlaError):
    """An instant outside the years 1 to 9999, or more than a limit."""


class ZoneError(SlaError):
    """Bytes or text that are not those of a zone."""


class CalendarError(SlaError):
    """Hours, dates or names that no calendar has; no such instant."""


class PolicyError(SlaError):
    """A metric, target, rule or option that no policy has."""


class LogError(SlaError):
    """A log or a row that contradicts itself; index is the event's."""


class BytesError(SlaError):
    """Bytes that are not those of an object; index is the byte."""


class RulesError(SlaError):
    """An attribute, condition, fact or version that there cannot be."""


class OutOfMemoryError(SlaError, MemoryError):
    """The library asked for memory in vain."""


_CODES = frozenset(Code)
_FAMILIES: Dict[int, Type[SlaError]] = {
    Code.E_MEMORY: OutOfMemoryError, Code.E_RANGE: RangeError,
    Code.E_LIMIT: RangeError}
_DECADES: Dict[int, Type[SlaError]] = {
    0: UsageError, 1: ZoneError, 2: CalendarError, 3: PolicyError,
    4: LogError, 5: BytesError, 6: RulesError}


def family_of(code: int) -> Type[SlaError]:
    """The class of the exceptions that have this code."""
    if code in _FAMILIES:
        return _FAMILIES[code]
    return _DECADES.get(-code // 10, SlaError)
