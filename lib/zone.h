/* SPDX-License-Identifier: MIT */
/* Offset from UTC at an instant, and the instants of a wall-clock time.
 * May include: base mem error civil. */
#ifndef SLA_LIB_ZONE_H
#define SLA_LIB_ZONE_H

#include "base.h"

/* An era: a stretch [start, end) with one offset, as long as it can be.  The first era of a zone
 * starts at INT64_MIN, the last ends at INT64_MAX. */
typedef struct {
  sla_time start, end;
  int32_t offset;
} sla__era;

/* The era an instant lies in, in time that does not grow with the distance from any date. */
sla__era sla__zone_era(const sla_zone *zone, sla_time at);

/* From the first second of this UTC year (1 to 9999, or more when there is none) on, the eras
 * repeat every 400 years, which is 146,097 days: 1 for a fixed offset or a rule alone; for a file,
 * a year after its last listed transition. */
int32_t sla__zone_steady_year(const sla_zone *zone);

/* The instants at which the wall clock shows `local` seconds since 1970-01-01T00:00 on that
 * clock: enum sla_wall, and the first and last (the instant of the change, twice, when skipped). */
uint32_t sla__zone_instants(const sla_zone *zone, int64_t local, sla_time *first, sla_time *last);

#endif
