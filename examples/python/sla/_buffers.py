# SPDX-License-Identifier: MIT
"""Memory of others, as the library reads and writes it: nothing is copied.

Whatever has the buffer protocol will do: numpy arrays, array.array, bytes,
memoryview, ctypes arrays.
"""

from __future__ import annotations

import ctypes
import re
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_ssize_t
from ctypes import c_void_p, py_object
from typing import Any, List, Optional, Tuple, Type


class _Buffer(Structure):
    """Py_buffer, as CPython has it from 3.0 on."""

    obj: Any
    buf: Optional[int]
    len: int
    _fields_ = [
        ("buf", c_void_p), ("obj", c_void_p), ("len", c_ssize_t),
        ("itemsize", c_ssize_t), ("readonly", c_int), ("ndim", c_int),
        ("format", c_char_p), ("shape", POINTER(c_ssize_t)),
        ("strides", POINTER(c_ssize_t)), ("suboffsets", POINTER(c_ssize_t)),
        ("internal", c_void_p),
    ]


_get = ctypes.pythonapi.PyObject_GetBuffer
_get.argtypes = [py_object, POINTER(_Buffer), c_int]
_get.restype = c_int
_release = ctypes.pythonapi.PyBuffer_Release
_release.argtypes = [POINTER(_Buffer)]
_release.restype = None
SIMPLE, WRITABLE = 0, 1


class Memory:
    """The bytes of an object, kept where they are while this exists."""

    def __init__(self, owner: Any, view: memoryview, writable: bool) -> None:
        self.owner = owner
        self.view = view
        self._buffer = _Buffer()
        _get(owner, byref(self._buffer), WRITABLE if writable else SIMPLE)

    def __del__(self) -> None:
        _release(byref(self._buffer))

    @property
    def address(self) -> Optional[int]:
        return self._buffer.buf

    @property
    def size(self) -> int:
        return self._buffer.len


def _fields(view: memoryview) -> List[str]:
    """The names of a structured array's fields, in their order."""
    return re.findall(r":([^:]+):", view.format)


def _view(owner: Any, what: str, writable: bool) -> memoryview:
    try:
        view = memoryview(owner)
    except TypeError:
        raise TypeError(f"{what}: {type(owner).__name__} is no buffer, such "
                        "as an array of numpy's") from None
    if not view.c_contiguous:
        raise ValueError(f"{what}: not one piece of memory: copy it first")
    if writable and view.readonly:
        raise ValueError(f"{what}: cannot be written to")
    return view


def records(owner: Any, kind: Type[Structure], what: str,
            writable: bool = False) -> Tuple[Memory, int]:
    """An array of records, and how many there are.

    Either plain bytes, or items of exactly these fields.
    """
    view, size = _view(owner, what, writable), ctypes.sizeof(kind)
    names = [field[0] for field in kind._fields_]
    plain = view.format.lstrip("@=<") in ("B", "b", "c")
    # An array of ctypes' own has the type itself for an answer.
    same = getattr(type(owner), "_type_", None) is kind
    if not same and not plain and _fields(view) != names:
        raise TypeError(f"{what}: items of the format {view.format!r} are not "
                        f"records of {', '.join(names)}")
    if view.nbytes % size or (
            not plain and view.nbytes and view.itemsize != size):
        raise ValueError(f"{what}: not a whole number of records of {size} "
                         "bytes")
    return Memory(owner, view, writable), view.nbytes // size


def integers(owner: Any, size: int, what: str,
             writable: bool = False) -> Tuple[Memory, int]:
    """An array of whole numbers of so many bytes, and how many."""
    view = _view(owner, what, writable)
    # Of nothing some versions of Python do not say how large an item is.
    if view.format.lstrip("@=<") not in "bBhHiIlLqQ" or (
            view.nbytes and view.itemsize != size):
        raise TypeError(f"{what}: items of the format {view.format!r} are not "
                        f"whole numbers of {8 * size} bits")
    return Memory(owner, view, writable), view.nbytes // size
