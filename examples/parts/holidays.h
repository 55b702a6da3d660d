/* SPDX-License-Identifier: MIT */
/* Holidays from a file: iCalendar, or text with one a line:
 *
 *     # comment
 *     2026-04-03              Good Friday
 *     2026-12-24..2026-12-31  the week at the end of the year
 *     01-01                   New Year's Day, every year
 *
 * The name may be missing.  02-29 is a holiday in leap years only. */
#ifndef EXAMPLES_HOLIDAYS_H
#define EXAMPLES_HOLIDAYS_H

#include <sla/sla.h>

#include "bytes.h"
#include "feeds.h"

bool holidays_read(sla_calendar_builder *calendar, const char *path, const feed_place *place,
                   bytes *why);

#endif
