/* SPDX-License-Identifier: MIT */
/* What was read, as the host sees it.  May include: ical_base, ical_mem, ical_item, ical_scan,
 * ical_stamp, ical_syntax, ical_zone, ical_event. */
#ifndef SLA_LIB_ICAL_FEED_H
#define SLA_LIB_ICAL_FEED_H

#include "ical_event.h"
#include "ical_item.h"

/* A feed of the items, which it takes over, and of the names and UIDs of their events. */
int32_t sla__ical_feed_new(sla__ical_slice bytes, const sla__ical_events *events,
                           sla__ical_items *items, sla_ical_feed **feed, sla_error *error);

#endif
