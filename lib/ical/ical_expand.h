/* SPDX-License-Identifier: MIT */
/* Events to occurrences: RRULE and RDATE less EXDATE, overrides and cancellations, on the wall clock
 * of the calendar.  May include: ical_base, ical_mem, ical_event, ical_rule, ical_zone. */
#ifndef SLA_LIB_ICAL_EXPAND_H
#define SLA_LIB_ICAL_EXPAND_H

#include "ical_event.h"

typedef struct {
  int64_t start, end; /* [start, end) on the calendar's wall clock; an empty one is left out */
  uint32_t event;     /* which says what it is called: of an occurrence that was changed, the change */
  uint32_t is_date;   /* whole days */
} sla__ical_occurrence;

typedef struct {
  const sla__ical_scan *scan;
  const sla__ical_events *events;
  const sla__ical_zones *zones;
  int64_t first_day, last_day; /* the window, as day numbers */
  uint64_t search_left;        /* what is left of the days to search */
  uint32_t cancelled, outside, empty, repeated; /* as in sla_ical_summary */
} sla__ical_expansion;

/* All occurrences of the events of a kind that touch the window, in order of event and start; more
 * than the limit of instances is an error. */
int32_t sla__ical_expand(sla__ical_expansion *expansion, uint32_t kind,
                         const sla_allocator *allocator, sla__ical_array *occurrences,
                         sla_error *error);

#endif
