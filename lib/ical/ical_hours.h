/* SPDX-License-Identifier: MIT */
/* Availability (RFC 7953), or the events of a calendar of opening hours, to weekly hours, special
 * hours and holidays.  May include: ical_base, ical_mem, ical_item, ical_scan, ical_stamp,
 * ical_syntax, ical_rule, ical_zone, ical_event, ical_own, ical_exact, ical_reader, ical_expand,
 * ical_reign, ical_shift. */
#ifndef SLA_LIB_ICAL_HOURS_H
#define SLA_LIB_ICAL_HOURS_H

#include "ical_expand.h"
#include "ical_item.h"
#include "ical_reader.h"

/* Plain weekly rules become weekly hours; every date of the window on which these are not what the
 * file says gets all its hours as special hours, or is a holiday when it has none. */
int32_t sla__ical_hours(const sla_ical_reader *reader, sla__ical_expansion *expansion,
                        sla__ical_items *items, sla_error *error);

#endif
