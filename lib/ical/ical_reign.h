/* SPDX-License-Identifier: MIT */
/* Which VAVAILABILITY says when it is open (RFC 7953): each rules from its DTSTART to its end, over
 * all that are weaker.  PRIORITY 1 is the strongest, 9 the weakest but for 0; of equals the later
 * one in the file is stronger.  May include: ical_base, ical_mem, ical_scan, ical_stamp,
 * ical_syntax, ical_zone, ical_event. */
#ifndef SLA_LIB_ICAL_REIGN_H
#define SLA_LIB_ICAL_REIGN_H

#include "ical_event.h"

typedef struct {
  int64_t from, to; /* [from, to) on the calendar's wall clock; INT64_MIN and INT64_MAX: no end */
  uint32_t event;   /* the VAVAILABILITY, or UINT32_MAX when there is none */
} sla__ical_reign;

/* Adds the reigns, in order, all times covered; an event that is cancelled does not rule.
 * SLA_E_MEMORY. */
int32_t sla__ical_reigns(const sla__ical_zones *zones, const sla__ical_events *events,
                         sla__ical_array *reigns, sla_error *error);

#endif
