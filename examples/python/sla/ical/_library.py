# SPDX-License-Identifier: MIT
"""The companion library, and its errors."""

from __future__ import annotations

import ctypes
from ctypes import byref
from typing import Any, Callable

from .. import _raw
from .._call import exception_of
from .._library import load
from .._raw import IcalCode
from ..errors import SlaError

CODES = frozenset(IcalCode)
FIRST = -100  # the codes of the companion begin here

companion = load("LIBSLA_ICAL_PATH", "sla-ical", _raw.LibslaIcal,
                 _raw.LIBSLA_ICAL_SIZES, "sla_ical_version")


class IcalError(SlaError):
    """A file that is refused, with its line and column; code is an
    IcalCode."""

    def __init__(self, message: str, code: int, *rest: int) -> None:
        super().__init__(message, code, *rest)
        self.code = IcalCode(code) if code in CODES else code


def _exception_of(error: _raw.Error) -> SlaError:
    if error.code > FIRST:
        return exception_of(error)
    length = companion.sla_ical_error_text(byref(error), None, 0)
    buffer = ctypes.create_string_buffer(length + 1)
    companion.sla_ical_error_text(byref(error), buffer, length + 1)
    return IcalError(buffer.value.decode(), error.code, error.value,
                     error.limit, error.index, error.line, error.column,
                     error.argument)


def call(function: Callable[..., int], *arguments: Any) -> None:
    """Calls a function that takes an error record last."""
    if function(*arguments, None):
        error = _raw.Error()
        if function(*arguments, byref(error)):
            raise _exception_of(error)


def code_name(code: int) -> str:
    """What the libraries call a code, such as "SLA_ICAL_E_RULE"."""
    name = companion.sla_ical_code_name(int(code))
    return "" if name is None else name.decode()
