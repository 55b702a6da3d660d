/* SPDX-License-Identifier: MIT */
/* Lengths of time as text. */
#ifndef EXAMPLES_LENGTHS_H
#define EXAMPLES_LENGTHS_H

#include <sla/sla.h>

#include "bytes.h"
#include "slice.h"

/* "90s", "1h30m", "2d" (a d is 24 hours); the unit is never guessed. */
bool length_read(slice text, sla_seconds *seconds);

/* In at most two units, the rest dropped: "2 h 15 min", "40 s".  With days "3 d 4 h": a d is 24
 * hours, which is not what people mean when they count working time. */
void length_write(bytes *to, sla_seconds seconds, bool with_days);

#endif
