/* SPDX-License-Identifier: MIT */
/* When a zone's clock is changed, from nothing but what the zone answers.  May include: ical_base,
 * ical_mem. */
#ifndef SLA_LIB_ICAL_CHANGES_H
#define SLA_LIB_ICAL_CHANGES_H

#include "ical_mem.h"

/* An instant, the offset up to it and the offset from then on. */
typedef struct {
  int64_t at;
  int32_t before, after;
} sla__ical_onset;

/* In seconds, at an instant. */
int32_t sla__ical_offset_at(const sla_zone *zone, sla_time at);

/* Adds the changes after one instant and up to another, in order; one that is undone within six
 * hours is not noticed.  False when memory failed. */
bool sla__ical_changes(const sla_allocator *allocator, const sla_zone *zone, sla_time from,
                       sla_time to, sla__ical_array *onsets);

#endif
