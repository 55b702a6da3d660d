/* SPDX-License-Identifier: MIT */
/* Holidays from an iCalendar file, as governments and calendar programs publish them.  It needs
 * libsla-ical, and says so in a program that was built without. */
#ifndef EXAMPLES_FEEDS_H
#define EXAMPLES_FEEDS_H

#include <sla/sla.h>

#include "bytes.h"
#include "slice.h"

/* Where the calendar is: its zone, the name of that, which may be NULL, and the present moment.
 * Holidays are read of the thirty years before and after. */
typedef struct {
  const sla_zone *zone;
  const char *zone_name;
  sla_time now;
} feed_place;

/* Whether a file is iCalendar, by its name or by how it begins. */
bool feed_is(const char *path, slice text);
bool feed_read(sla_calendar_builder *calendar, slice text, const char *path,
               const feed_place *place, bytes *why);

#endif
