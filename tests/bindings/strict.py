# SPDX-License-Identifier: MIT
"""Whatever stands in a header that the generator cannot read is refused.

    strict.py HEADER
"""

from __future__ import annotations

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "..", "examples", "bindings"))
from header import HeaderError, Reader  # noqa: E402

REFUSED = (
    "#pragma once", "#if 1", "#ifdef __linux__", "#undef SLA_NONE",
    "#include <time.h>", "#define SLA_TWICE(x) (2 * (x))",
    "#define SLA_SUM 1 + 2", "#define SLA_EMPTY", "#define SLA_NAME \"x\"",
    "#endif", "int;", "typedef unsigned sla_count;",
    "typedef uint16_t sla_small;", "typedef double sla_share;",
    "typedef struct sla_x { int x; } sla_x;",
    "typedef struct sla_x { int32_t x : 3; } sla_x;",
    "typedef struct sla_x { int32_t x[]; } sla_x;",
    "typedef struct sla_x { int32_t *x, y; } sla_x;",
    "typedef struct sla_x { union { int32_t x; } y; } sla_x;",
    "typedef struct sla_x { sla_unknown x; } sla_x;",
    "typedef struct sla_x { void x; } sla_x;",
    "typedef struct sla_x { int32_t x; } sla_y;",
    "typedef struct sla_x { int32_t x;",
    "struct sla_x { int32_t x; };", "union sla_x { int32_t x; };",
    "enum sla_x { SLA_X };", "enum sla_x { SLA_X = 1, SLA_Y };",
    "enum sla_x { SLA_X = 1 << 3 };", "enum sla_x { SLA_X = SLA_OK };",
    "enum { SLA_X = 1 };", "enum sla_x { SLA_X = 0x10 };",
    "int32_t sla_x(void);", "static inline int32_t sla_x(void) { return 1; }",
    "SLA_API int sla_x(void);", "SLA_API int32_t sla_x();",
    "SLA_API int32_t sla_x(int32_t);",
    "SLA_API int32_t sla_x(int32_t a, ...);",
    "SLA_API int32_t sla_x(sla_event event);",
    "SLA_API int32_t sla_x(const char text[]);",
    "SLA_API int32_t sla_x(void (*done)(void));", "SLA_API char sla_x(void);",
    "SLA_API int32_t sla_x(const sla_unknown *a);",
    "SLA_API int32_t sla_x(void)", "extern int32_t sla_x;", "@",
)


def read(text: str) -> None:
    Reader("a header", text, None).read()


def main() -> int:
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    read(text)
    line = text.count("\n") + 1
    faults = 0
    for bad in REFUSED:
        try:
            read(text + bad + "\n")
        except HeaderError as error:
            if str(error).startswith((f"a header:{line}:",
                                      f"a header:{line + 1}:")):
                continue
            print(f"another line is blamed for {bad!r}: {error}")
        else:
            print(f"read: {bad!r}")
        faults += 1
    print(f"{len(REFUSED)} declarations refused, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
