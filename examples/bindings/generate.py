#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the raw declarations of both bindings from the public headers.

    generate.py [DIRECTORY]

Writes examples/python/sla/_raw.py and examples/ruby/lib/sla/raw.rb, or
the same below another directory, which is how the test compares.  It is
Python since a binding for Python needs one anyway; the files are kept with
the project, so that nobody needs to run this to use a binding.
"""

from __future__ import annotations

import os
import sys
from typing import Dict

import python_raw
import ruby_raw
from header import Header, HeaderError, read_header

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
HEADERS = {"libsla": "include/sla/sla.h", "libsla-ical": "include/sla/ical.h"}
WRITERS = {"examples/python/sla/_raw.py": python_raw.write,
           "examples/ruby/lib/sla/raw.rb": ruby_raw.write}


def read_headers() -> Dict[str, Header]:
    """Each library's header; the companion's includes the core's."""
    headers: Dict[str, Header] = {}
    for library, name in HEADERS.items():
        path = os.path.join(SOURCE, name)
        if os.path.exists(path):
            headers[library] = read_header(path, headers.get("libsla"))
    return headers


def main() -> int:
    target = sys.argv[1] if len(sys.argv) > 1 else SOURCE
    try:
        headers = read_headers()
    except (HeaderError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    for name, write in WRITERS.items():
        path = os.path.join(target, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(write(headers))
    return 0


if __name__ == "__main__":
    sys.exit(main())
