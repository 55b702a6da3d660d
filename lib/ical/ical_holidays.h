/* SPDX-License-Identifier: MIT */
/* Events to holidays, closures and make-up working days.  May include: ical_base, ical_mem,
 * ical_item, ical_scan, ical_stamp, ical_syntax, ical_rule, ical_zone, ical_event, ical_own,
 * ical_exact, ical_reader, ical_expand. */
#ifndef SLA_LIB_ICAL_HOLIDAYS_H
#define SLA_LIB_ICAL_HOLIDAYS_H

#include "ical_expand.h"
#include "ical_item.h"
#include "ical_reader.h"

/* Expands the events and adds what they make within the window, and what became of them. */
int32_t sla__ical_holidays(const sla_ical_reader *reader, sla__ical_expansion *expansion,
                           sla__ical_items *items, sla_error *error);

#endif
