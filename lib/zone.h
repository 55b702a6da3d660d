/* SPDX-License-Identifier: MIT */
/* Offset from UTC at an instant, and the instants of a wall-clock time.
 * May include: base mem error civil bytes. */
#ifndef SLA_LIB_ZONE_H
#define SLA_LIB_ZONE_H

#include "base.h"
#include "bytes.h"
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
 * a year after its rule has taken over or, without one, after its last transition. */
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
/* Whether it is tidy. */
bool sla__zone_rule_tidy(const sla__zone_rule *rule);

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

/* ---- bytes ---- */

/* What a zone consists of, in one way only: `offset` before the first start, eras that each differ
 * from the one before, and the rule from `rule_from` on, which is a change: the earliest from which
 * the rule alone gives every answer; INT64_MIN when it gives all. */
typedef struct {
  const sla_time *starts;
  const int32_t *offsets;
  const sla__zone_rule *rule; /* NULL without one */
  sla_time rule_from;         /* INT64_MAX without one */
  uint32_t count;
  int32_t offset;
} sla__zone_content;

sla__zone_content sla__zone_content_of(const sla_zone *zone);
/* Whether they have the same content. */
bool sla__zone_same(const sla_zone *a, const sla_zone *b);

void sla__zone_write(const sla_zone *zone, sla__sink *sink);
int32_t sla__zone_read(sla__source *source, const sla_allocator *allocator, sla_zone **zone);

#endif
