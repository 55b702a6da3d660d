# SPDX-License-Identifier: MIT
"""What the writers of both bindings share."""

from __future__ import annotations

from typing import Dict, List, Set

from header import Header


def wrapped(start: str, items: List[str], end: str, indent: int,
            width: int) -> str:
    """Items after start, over as many lines as they need."""
    lines, line = [], start
    for place, item in enumerate(items):
        item += "," if place + 1 < len(items) else end
        if len(line) + len(item) > width:
            lines.append(line.rstrip())
            line = " " * indent
        line += item + " "
    return "\n".join(lines + [line.rstrip()]) + "\n"


class Writer:
    """Knows which names are records, whichever header has them."""

    def __init__(self, headers: Dict[str, Header]) -> None:
        self.headers = headers
        self.records: Set[str] = set()
        for header in headers.values():
            self.records.update(header.records)
