/* SPDX-License-Identifier: MIT */
/* The calendars of the file, by name. */
#ifndef SLA_REPORT_CALENDARS_H
#define SLA_REPORT_CALENDARS_H

#include <sla/sla.h>

#include "document.h"
#include "feeds.h"

typedef struct {
  slice name; /* in the document */
  sla_zone *zone;
  sla_calendar *calendar;
} named_calendar;

typedef struct {
  named_calendar *items;
  size_t count, room;
} calendars;

/* "calendars:", or NULL for none; usual is where those are that name no zone. */
bool calendars_read(calendars *made, const document *in, const node *from,
                    const feed_place *usual, bytes *why);
void calendars_free(calendars *of);
const sla_calendar *calendars_find(const calendars *in, slice name); /* NULL when there is none */

#endif
