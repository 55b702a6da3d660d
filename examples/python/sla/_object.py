# SPDX-License-Identifier: MIT
"""What zones, calendars and policies have in common.

Each Python object holds one reference of a compiled object, and gives it
back when it goes; what a compiled object uses it refers to itself, so the
order in which the garbage collector takes them does not matter.
"""

from __future__ import annotations

from ctypes import byref, c_uint32, c_uint64, c_void_p
from typing import Any, Callable, ClassVar, NoReturn, Optional, TypeVar

from ._call import ask, bytes_from, call

Self = TypeVar("Self", bound="Owner")
SelfCompiled = TypeVar("SelfCompiled", bound="Compiled")


class Owner:
    """Owns one reference of an object that never changes."""

    __slots__ = ("_handle", "__weakref__")
    _handle: Optional[int]

    _unref: ClassVar[Callable[..., None]]

    @classmethod
    def _own(cls: type[Self], handle: Optional[int]) -> Self:
        """The object that owns a reference from now on."""
        made = object.__new__(cls)
        object.__setattr__(made, "_handle", handle)
        return made

    def __del__(self) -> None:
        handle = getattr(self, "_handle", None)
        if handle is not None:
            object.__setattr__(self, "_handle", None)
            type(self)._unref(handle)

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__} never changes")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__} never changes")


class Compiled(Owner):
    """A zone, a calendar or a policy."""

    __slots__ = ()

    _ref: ClassVar[Callable[..., Optional[int]]]
    _bytes: ClassVar[Callable[..., int]]
    _new_bytes: ClassVar[Callable[..., int]]
    _equal: ClassVar[Callable[..., int]]
    _hash: ClassVar[Callable[..., int]]
    _memory: ClassVar[Callable[..., int]]

    @classmethod
    def _borrow(cls: type[SelfCompiled],
                handle: Optional[int]) -> SelfCompiled:
        """Another reference of an object that somebody else holds."""
        return cls._own(cls._ref(handle))

    @classmethod
    def from_bytes(cls: type[SelfCompiled], data: bytes) -> SelfCompiled:
        """The object that has these bytes; they may come from anywhere."""
        handle = c_void_p()
        data = bytes(data)
        call(cls._new_bytes, data, len(data), None, byref(handle))
        return cls._own(handle.value)

    def to_bytes(self) -> bytes:
        """Bytes to be stored and sent: the same for equal objects."""
        return bytes_from(type(self)._bytes, self._handle)

    __bytes__ = to_bytes

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, type(self)):
            return NotImplemented
        equal = c_uint32()
        ask(type(self)._equal, self._handle, other._handle, byref(equal))
        return bool(equal.value)

    def __hash__(self) -> int:
        value = c_uint64()
        ask(type(self)._hash, self._handle, byref(value))
        return hash(value.value)

    def __sizeof__(self) -> int:
        """With what the library holds for it, for sys.getsizeof."""
        return object.__sizeof__(self) + type(self)._memory(self._handle)

    def __copy__(self: SelfCompiled) -> SelfCompiled:
        return self

    def __deepcopy__(self: SelfCompiled, memo: object) -> SelfCompiled:
        return self

    def __reduce__(self) -> Any:
        return type(self).from_bytes, (self.to_bytes(),)
