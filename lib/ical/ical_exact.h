/* SPDX-License-Identifier: MIT */
/* Events that this library wrote, as the entries that they were.  May include: ical_base, ical_mem,
 * ical_item, ical_scan, ical_stamp, ical_syntax, ical_rule, ical_zone, ical_event, ical_own,
 * ical_reader. */
#ifndef SLA_LIB_ICAL_EXACT_H
#define SLA_LIB_ICAL_EXACT_H

#include "ical_item.h"
#include "ical_reader.h"

/* False when somebody changed single occurrences of events: then all is read as it stands. */
bool sla__ical_may_be_exact(const sla__ical_events *events);

/* True, and what the item is but for its event, when an event is just what would be written for
 * the entry that it names: weekly hours by an AVAILABLE, all else by a VEVENT. */
bool sla__ical_exact(const sla_ical_reader *reader, const sla__ical_events *events,
                     const sla__ical_event *event, sla__ical_item *item);

#endif
