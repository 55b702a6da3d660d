/* SPDX-License-Identifier: MIT */
/* Components to text: what a file is to say is gathered in an outline, and libical escapes and
 * quotes it.  May include: ical_base, ical_mem. */
#ifndef SLA_LIB_ICAL_COMPOSE_H
#define SLA_LIB_ICAL_COMPOSE_H

#include "ical_mem.h"

/* Components with their properties, in order.  All zeros but the allocator is an empty one.  Who
 * adds need not look after every line: an outline for which memory failed composes as that. */
typedef struct {
  const sla_allocator *allocator;
  sla__ical_array lines, texts;
  bool failed;
} sla__ical_outline;

void sla__ical_begin(sla__ical_outline *outline, const char *component);
void sla__ical_end(sla__ical_outline *outline);
/* A property whose value has a form of its own: dates, rules, numbers.  The name may have
 * parameters ("DTSTART;VALUE=DATE"); a tzid, which may be empty, becomes one. */
void sla__ical_value(sla__ical_outline *outline, const char *property, const char *value,
                     sla__ical_slice tzid);
/* A property whose value is any text; with the name "URL" an address. */
void sla__ical_words(sla__ical_outline *outline, const char *property, sla__ical_slice text);
void sla__ical_outline_empty(sla__ical_outline *outline);
void sla__ical_outline_free(sla__ical_outline *outline);

/* Appends the one component of the outline, with all in it, and empties the outline.
 * SLA_OK, or SLA_E_MEMORY with nothing appended. */
int32_t sla__ical_compose(sla__ical_outline *outline, sla__ical_array *text);

#endif
