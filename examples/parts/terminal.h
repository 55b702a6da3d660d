/* SPDX-License-Identifier: MIT */
/* What is known about where the output goes. */
#ifndef EXAMPLES_TERMINAL_H
#define EXAMPLES_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "bytes.h"

bool terminal_is_one(FILE *stream);
size_t terminal_width(FILE *stream); /* in columns; 0 when nobody says */

/* A terminal that can, and nobody who set NO_COLOR. */
bool terminal_wants_color(FILE *stream);

/* All that was written has arrived: a full disk shows only here. */
bool output_finish(bytes *why);

#endif
