# SPDX-License-Identifier: MIT
"""Reads a public header of libsla: what it declares, and nothing else.

The headers keep to a small part of C so that a binding can read them:
fixed-width integers, enumerations whose every member has a number,
records, opaque handles and functions.  Whatever is not that is an error
with its line, never something passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Dict, List, Optional, Tuple

SCALARS = ("int32_t", "uint32_t", "int64_t", "uint64_t", "size_t")
CONSTANTS = {"INT64_MIN": -(1 << 63), "UINT32_MAX": (1 << 32) - 1}
INCLUDES = ("<stddef.h>", "<stdint.h>", "<sla/sla.h>")
# What a C compiler would see: gcc or its like, and no C++.
CONDITIONS = {"#if defined(__GNUC__)": True, "#ifdef __cplusplus": False}

TOKEN = re.compile(r"\s*(?:([A-Za-z_]\w*)|(-?\d+)|([{}()\[\];,*=]))")


class HeaderError(Exception):
    """A declaration that is not understood."""


@dataclass(frozen=True)
class Type:
    """A name and how many pointers lead to it."""

    name: str
    pointers: int = 0
    const: bool = False


@dataclass(frozen=True)
class Variable:
    """A field of a record or a parameter; count is an array's length."""

    name: str
    type: Type
    count: Optional[int] = None


@dataclass(frozen=True)
class Function:
    name: str
    result: Type
    parameters: Tuple[Variable, ...]


@dataclass
class Header:
    """Everything that one header declares, in its order."""

    constants: Dict[str, int] = field(default_factory=dict)
    scalars: Dict[str, str] = field(default_factory=dict)
    enums: Dict[str, Dict[str, int]] = field(default_factory=dict)
    records: Dict[str, Tuple[Variable, ...]] = field(default_factory=dict)
    handles: List[str] = field(default_factory=list)
    functions: List[Function] = field(default_factory=list)


def without_comments(text: str) -> str:
    """The text with comments blanked, on the same lines."""
    return re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m.group()),
                  text, flags=re.DOTALL)


class Reader:
    """Reads one header; known is what a header it includes declares."""

    def __init__(self, name: str, text: str, known: Optional[Header]) -> None:
        self.name = name
        self.known = known or Header()
        self.header = Header()
        self.tokens: List[Tuple[str, int]] = []
        self.place = 0
        self.preprocess(without_comments(text))

    def error(self, line: int, what: str) -> HeaderError:
        return HeaderError(f"{self.name}:{line}: {what}")

    # ---- lines ----------------------------------------------------------

    def preprocess(self, text: str) -> None:
        seen: List[bool] = []
        for number, line in enumerate(text.split("\n"), 1):
            line = line.rstrip()
            if line.startswith("#"):
                self.directive(line, number, seen)
            elif all(seen):
                self.tokenize(line, number)
        if seen:
            raise self.error(number, "an #if without its #endif")

    def directive(self, line: str, number: int, seen: List[bool]) -> None:
        words = line.split(None, 2)
        if line in CONDITIONS:
            seen.append(CONDITIONS[line])
        elif words[0] == "#ifndef" and words[1].endswith("_H"):
            seen.append(True)
        elif line == "#else" and seen:
            seen[-1] = not seen[-1]
        elif line == "#endif" and seen:
            seen.pop()
        elif words[0] == "#include" and words[1] in INCLUDES:
            pass
        elif words[0] == "#define" and all(seen):
            self.define(words[1:], number)
        elif words[0] != "#define":
            raise self.error(number, f"cannot read {line!r}")

    def define(self, words: List[str], number: int) -> None:
        if words[0] == "SLA_API" or (len(words) == 1
                                     and words[0].endswith("_H")):
            return
        value = words[1] if len(words) == 2 else ""
        literal = re.fullmatch(r"(?:INT64_C\()?(-?\d+)\)?", value)
        if literal:
            self.header.constants[words[0]] = int(literal.group(1))
        elif value in CONSTANTS:
            self.header.constants[words[0]] = CONSTANTS[value]
        else:
            raise self.error(number, f"cannot read the value of {words[0]}")

    def tokenize(self, line: str, number: int) -> None:
        at = 0
        while line[at:].strip():
            match = TOKEN.match(line, at)
            if not match:
                raise self.error(number, f"cannot read {line[at:].strip()!r}")
            self.tokens.append((match.group().strip(), number))
            at = match.end()

    # ---- tokens ---------------------------------------------------------

    def peek(self, ahead: int = 0) -> str:
        at = self.place + ahead
        return self.tokens[at][0] if at < len(self.tokens) else ""

    def next(self) -> str:
        if self.place >= len(self.tokens):
            raise self.error(self.tokens[-1][1], "ends in a declaration")
        self.place += 1
        return self.tokens[self.place - 1][0]

    def wrong(self) -> HeaderError:
        token, line = self.tokens[self.place - 1]
        return self.error(line, f"cannot read what stands at {token!r}")

    def expect(self, *wanted: str) -> None:
        for token in wanted:
            if self.next() != token:
                raise self.wrong()

    def accept(self, token: str) -> bool:
        if self.peek() != token:
            return False
        self.place += 1
        return True

    def identifier(self) -> str:
        token = self.next()
        if not re.match(r"[A-Za-z_]", token):
            raise self.wrong()
        return token

    def number(self) -> int:
        token = self.next()
        if not re.fullmatch(r"-?\d+", token):
            raise self.wrong()
        return int(token)

    # ---- declarations ---------------------------------------------------

    def read(self) -> Header:
        while self.place < len(self.tokens):
            first = self.next()
            if first == "typedef" and self.accept("struct"):
                self.read_struct()
            elif first == "typedef":
                self.read_scalar()
            elif first == "enum":
                self.read_enum()
            elif first == "SLA_API":
                self.read_function()
            else:
                raise self.wrong()
        return self.header

    def read_scalar(self) -> None:
        base = self.next()
        if base not in SCALARS:
            raise self.wrong()
        self.header.scalars[self.identifier()] = base
        self.expect(";")

    def read_enum(self) -> None:
        tag, members = self.identifier(), {}
        self.expect("{")
        while True:
            name = self.identifier()
            self.expect("=")
            members[name] = self.number()
            if self.accept("}"):
                break
            self.expect(",")
        self.expect(";")
        self.header.enums[tag] = members

    def read_struct(self) -> None:
        tag = self.identifier()
        if self.accept("{"):
            fields: List[Variable] = []
            while not self.accept("}"):
                fields += self.read_fields()
            self.header.records[tag] = tuple(fields)
        else:
            self.header.handles.append(tag)
        self.expect(tag, ";")

    def read_fields(self) -> List[Variable]:
        kind = self.read_type()
        if self.accept("("):
            return [self.read_callback()]
        fields = []
        while True:
            name, count = self.identifier(), None
            if self.accept("["):
                count = self.number()
                self.expect("]")
            fields.append(Variable(name, kind, count))
            if self.accept(";"):
                break
            if kind.pointers:
                raise self.wrong()
            self.expect(",")
        if kind == Type("void"):
            raise self.wrong()
        return fields

    def read_callback(self) -> Variable:
        """A pointer to a function: for a binding an address."""
        self.expect("*")
        name = self.identifier()
        self.expect(")", "(")
        self.read_parameters()
        self.expect(";")
        return Variable(name, Type("void", 1))

    def read_type(self) -> Type:
        const = self.accept("const")
        name = self.next()
        for header in (self.header, self.known):
            name = header.scalars.get(name, name)
        if not (name in SCALARS or name in ("void", "char")
                or any(name in header.records or name in header.handles
                       for header in (self.header, self.known))):
            raise self.wrong()
        pointers = 0
        while self.accept("*"):
            pointers += 1
            self.accept("const")
        if name == "char" and not pointers:
            raise self.wrong()
        return Type(name, pointers, const)

    def read_parameters(self) -> Tuple[Variable, ...]:
        if self.peek() == "void" and self.peek(1) == ")":
            self.expect("void", ")")
            return ()
        parameters = []
        while True:
            kind = self.read_type()
            if not kind.pointers and kind.name not in SCALARS:
                raise self.wrong()
            parameters.append(Variable(self.identifier(), kind))
            if self.accept(")"):
                return tuple(parameters)
            self.expect(",")

    def read_function(self) -> None:
        result = self.read_type()
        name = self.identifier()
        self.expect("(")
        function = Function(name, result, self.read_parameters())
        self.expect(";")
        self.header.functions.append(function)


def read_header(path: str, known: Optional[Header] = None) -> Header:
    """What the header at path declares; known: what it includes does."""
    with open(path, encoding="utf-8") as file:
        return Reader(path.rsplit("/", 1)[-1], file.read(), known).read()


def short_names(tag: str, members: Dict[str, int]) -> Dict[str, int]:
    """The members of an enumeration without what all names begin with.

    That is SLA_ or more, as far as the last underscore that they share; a
    name that repeats the enumeration's own loses that as well.
    """
    first, *rest = members
    prefix = "SLA_"
    for mark in re.finditer("_", first):
        start = first[:mark.end()]
        if rest and all(name.startswith(start) for name in rest):
            prefix = start
    own = tag.upper() + "_"
    return {name[len(own if name.startswith(own) else prefix):]: value
            for name, value in members.items()}
