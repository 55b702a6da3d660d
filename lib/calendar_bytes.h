/* SPDX-License-Identifier: MIT */
/* A calendar as bytes, alone or inside those of a policy.
 * May include: base mem error bytes calendar. */
#ifndef SLA_LIB_CALENDAR_BYTES_H
#define SLA_LIB_CALENDAR_BYTES_H

#include "calendar.h"

/* Whether they were built from the same, that is, have the same bytes. */
bool sla__calendar_same(const sla_calendar *a, const sla_calendar *b);

void sla__calendar_write(const sla_calendar *calendar, sla__sink *sink);
/* What was read may still have other bytes, which sla__source_check finds out.  SLA_E_BYTES,
 * SLA_E_LIMIT, SLA_E_MEMORY. */
int32_t sla__calendar_read(sla__source *source, const sla_allocator *allocator,
                           sla_calendar **calendar);

#endif
