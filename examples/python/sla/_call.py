# SPDX-License-Identifier: MIT
"""Calling the library: codes become exceptions, numbers are checked."""

from __future__ import annotations

import ctypes
from ctypes import byref
from operator import index
from typing import Any, Callable, NoReturn, Optional, SupportsIndex

from . import _raw
from ._library import core
from .errors import SlaError, family_of


def text_of(error: _raw.Error) -> str:
    """The library's sentence about an error."""
    length = core.sla_error_text(byref(error), None, 0)
    buffer = ctypes.create_string_buffer(length + 1)
    core.sla_error_text(byref(error), buffer, length + 1)
    return buffer.value.decode()


def exception_of(error: _raw.Error) -> SlaError:
    return family_of(error.code)(text_of(error), error.code, error.value,
                                 error.limit, error.index, error.line,
                                 error.column, error.argument)


def fail(code: int) -> NoReturn:
    """Raises for a code that came without an error record."""
    raise exception_of(_raw.Error(code=code))


def call(function: Callable[..., int], *arguments: Any) -> None:
    """Calls a function that takes an error record last.

    What failed has changed nothing, so the record is wanted only then.
    """
    if function(*arguments, None):
        error = _raw.Error()
        if function(*arguments, byref(error)):
            raise exception_of(error)


def ask(function: Callable[..., int], *arguments: Any) -> None:
    """Calls a function that gives nothing but a code."""
    code = function(*arguments)
    if code:
        fail(code)


def _checked(number: SupportsIndex, low: int, high: int, what: str) -> int:
    """ctypes would keep the lower bits of a number that is too large."""
    try:
        value = index(number)
    except TypeError:
        raise TypeError(f"{number!r} is no {what}") from None
    if not low <= value <= high:
        raise OverflowError(f"{value} is no {what}")
    return value


def unsigned(number: SupportsIndex, what: str = "number of 32 bits") -> int:
    return _checked(number, 0, 0xffffffff, what)


def signed(number: SupportsIndex, what: str = "number of 32 bits") -> int:
    return _checked(number, -0x80000000, 0x7fffffff, what)


def long(number: SupportsIndex, what: str = "number of 64 bits") -> int:
    return _checked(number, -(1 << 63), (1 << 63) - 1, what)


def utf8(text: str) -> bytes:
    """A text as the library takes it."""
    if not isinstance(text, str):
        raise TypeError(f"a text is a str, not {text!r}")
    return text.encode()


def named(name: Optional[bytes]) -> Optional[str]:
    return None if name is None else name.decode()


def text_from(function: Callable[..., int], *arguments: Any) -> str:
    """A text that is written to a buffer, whatever its length."""
    length = ctypes.c_size_t()
    ask(function, *arguments, None, 0, byref(length))
    buffer = ctypes.create_string_buffer(length.value + 1)
    ask(function, *arguments, buffer, len(buffer), byref(length))
    return buffer.value.decode()


def bytes_from(function: Callable[..., int], handle: Optional[int]) -> bytes:
    """The canonical bytes of an object."""
    length = ctypes.c_size_t()
    ask(function, handle, None, 0, byref(length))
    buffer = ctypes.create_string_buffer(length.value)
    ask(function, handle, buffer, length.value, byref(length))
    return buffer.raw
