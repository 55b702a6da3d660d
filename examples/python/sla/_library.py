# SPDX-License-Identifier: MIT
"""Finds libsla and its companion, and refuses one that does not fit."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
from typing import Iterator, Sequence, Tuple, Type, TypeVar

from . import _raw
from .errors import LibraryError

Functions = TypeVar("Functions")
Sizes = Sequence[Tuple[str, Type[ctypes.Structure]]]


_beside = ""  # where the library was found: a companion is there, too


def _given_path(variable: str, name: str) -> str:
    """What an environment variable says: a file, or the directory of one."""
    path = os.environ[variable]
    return os.path.join(path, f"lib{name}.so") if os.path.isdir(path) else path


def _build_tree() -> str:
    """The build directory, when this package lies in the source tree."""
    here = os.path.dirname(os.path.abspath(__file__))
    return os.path.normpath(os.path.join(here, "..", "..", "..", "build"))


def _candidates(variable: str, name: str) -> Iterator[str]:
    """Where to look; what the environment says is not looked past."""
    if os.environ.get(variable):
        yield _given_path(variable, name)
        return
    path = os.path.join(_beside or _build_tree(), f"lib{name}.so")
    if os.path.exists(path):
        yield path
        return
    yield f"lib{name}.so.{_raw.VERSION // 10000}"
    found = ctypes.util.find_library(name)
    if found:
        yield found


def _open(variable: str, name: str) -> Tuple[str, ctypes.CDLL]:
    reasons = []
    for path in _candidates(variable, name):
        try:
            return path, ctypes.CDLL(path)
        except OSError as error:
            reasons.append(str(error))
    raise LibraryError(f"lib{name} was not found: {'; '.join(reasons)}.  "
                       f"Install it, or let {variable} name its file.")


def _check_version(path: str, version: int) -> None:
    """A library of another major version means other things."""
    if version // 10000 != _raw.VERSION // 10000:
        raise LibraryError(
            f"{path} has version {version // 10000}.{version // 100 % 100}."
            f"{version % 100}, and this binding is for version "
            f"{_raw.VERSION // 10000}")


def _check_sizes(path: str, functions: object, sizes: Sizes) -> None:
    """Records are those of the header that _raw.py was written from.

    From version 1.0.0 on they may be longer, since they grow at the end
    and every call says how long they are here; before, a minor version may
    change them in any way.
    """
    for name, record in sizes:
        there = getattr(functions, name)()
        here = ctypes.sizeof(record)
        if there < here or (there > here and _raw.VERSION < 10000):
            raise LibraryError(
                f"{path} has {there} bytes in {name[:-5]}, and this binding "
                f"{here}: it is for another version")


def _check_constants(path: str, functions: _raw.Libsla) -> None:
    """Numbers that were generated are those that the library has."""
    there = (functions.sla_time_none(), functions.sla_time_min(),
             functions.sla_time_max())
    if there != (_raw.NONE, _raw.TIME_MIN, _raw.TIME_MAX):
        raise LibraryError(f"{path} has other limits of time: {there}")


def load(variable: str, name: str, bind: Type[Functions], sizes: Sizes,
         version_of: str = "sla_version") -> Functions:
    """The functions of a library, once it has been found to fit."""
    global _beside
    path, library = _open(variable, name)
    try:
        version = getattr(library, version_of)
        version.restype = ctypes.c_uint32
        _check_version(path, version())
        functions = bind(library)  # type: ignore[call-arg]
    except AttributeError as error:
        raise LibraryError(f"{path} is no lib{name}, or too old: "
                           f"{error}") from None
    _check_sizes(path, functions, sizes)
    _beside = os.path.dirname(path)
    return functions


core = load("LIBSLA_PATH", "sla", _raw.Libsla, _raw.LIBSLA_SIZES)
_check_constants("libsla", core)
