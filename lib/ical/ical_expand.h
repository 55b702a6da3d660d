/* SPDX-License-Identifier: MIT */
/* Events to occurrences: RRULE and RDATE less EXDATE, overrides and cancellations, on the wall
 * clock of the calendar.  May include: ical_base, ical_mem, ical_scan, ical_stamp, ical_syntax,
 * ical_rule, ical_zone, ical_event. */
#ifndef SLA_LIB_ICAL_EXPAND_H
#define SLA_LIB_ICAL_EXPAND_H

#include "ical_event.h"

typedef struct {
  int64_t start, end; /* [start, end) on the calendar's wall clock; equal when it lasts no time */
  uint32_t event;     /* that says so: of an occurrence that was changed, the change */
  uint32_t is_date;   /* whole days */
} sla__ical_occurrence;

enum { SLA__ICAL_LEFT = 1 };

typedef struct {
  const sla__ical_zones *zones;
  const sla__ical_events *events;
  const sla_allocator *allocator;
  int64_t first_day, last_day;  /* the window, as day numbers */
  const uint8_t *left;          /* of each event: LEFT when it is not taken; or NULL */
  bool only_matches;            /* a start is an occurrence only where one of its rules matches */
  sla__ical_array occurrences;  /* sla__ical_occurrence; freed by whoever expands */
} sla__ical_expansion;

/* Adds what a VEVENT or an AVAILABLE of these kinds (1 << kind) does on the days of the window, all
 * of it that touches them; in no particular order.  Cancelled events and those that are left do
 * nothing but change others.
 * SLA_ICAL_E_INSTANCES over the limit, at the event's place; SLA_E_MEMORY. */
int32_t sla__ical_expand(sla__ical_expansion *expansion, uint32_t kinds, sla_error *error);

#endif
