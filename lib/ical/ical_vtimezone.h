/* SPDX-License-Identifier: MIT */
/* A VTIMEZONE for a range of dates, from nothing but what a zone answers.  May include: ical_base,
 * ical_mem, ical_changes, ical_compose, ical_stamp. */
#ifndef SLA_LIB_ICAL_VTIMEZONE_H
#define SLA_LIB_ICAL_VTIMEZONE_H

#include "ical_compose.h"

/* The zone from the beginning of a day to the end of another; years 2 to 9998.  Changes of its
 * offset that are undone within six hours are not noticed.
 * SLA_OK, SLA_E_MEMORY, and SLA_ICAL_E_ZONE for an offset of a day or more. */
int32_t sla__ical_vtimezone(sla__ical_outline *outline, const sla_zone *zone,
                            sla__ical_slice tzid, int64_t first_day, int64_t last_day);

#endif
