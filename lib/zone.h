/* SPDX-License-Identifier: MIT */
/* Offset from UTC at an instant, and the instants of a wall-clock time.
 * May include: base mem error civil. */
#ifndef SLA_LIB_ZONE_H
#define SLA_LIB_ZONE_H

#include "base.h"
#include "civil.h"

/* ---- asking ---- */

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
 * clock: enum sla_wall, and the first and last (the instant of the change, twice, when skipped).
 * Local years 0 to 10000. */
uint32_t sla__zone_instants(const sla_zone *zone, int64_t local, sla_time *first, sla_time *last);

/* ---- building ---- */

#define SLA__OFFSET_MAX 93600 /* 26 hours, either way */

/* Two changes in every year, in seconds from the first second of the UTC year, which they may
 * fall short of or run past by some days.  [first, second) of each year has one offset, whatever
 * lies in none of them the other; where second is not after first, that year has no stretch. */
typedef struct {
  int32_t first[SLA__YEAR_KINDS], second[SLA__YEAR_KINDS];
  int32_t inside, outside;
  bool tidy; /* 0 <= first < second < 365 days in every year: as good as always, and quicker */
} sla__zone_rule;

int32_t sla__zone_rule_offset(const sla__zone_rule *rule, sla_time at);

typedef struct {
  sla_time at;
  int32_t offset; /* from then on */
} sla__zone_change;

/* Changes in ascending order.  The rule holds from the last of them on, where it must give the same
 * offset, or always when there is none.  Without a rule the last offset stays. */
typedef struct {
  const sla__zone_change *changes;
  size_t count;
  const sla__zone_rule *rule;
  int32_t offset; /* before the first change */
} sla__zone_parts;

int32_t sla__zone_new(const sla__zone_parts *parts, const sla_allocator *allocator,
                      sla_zone **zone, sla_error *error);

#endif
