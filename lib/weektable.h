/* SPDX-License-Identifier: MIT */
/*
 * A cache of an almanac: a fixed grid of UTC weeks over a window of years.  A week is the open
 * seconds before it and the number of its pattern; most weeks share a few patterns.  Both
 * directions are one look-up and a few compares, whatever the span.
 *
 * May include: base mem civil almanac.
 */
#ifndef SLA_LIB_WEEKTABLE_H
#define SLA_LIB_WEEKTABLE_H

#include "almanac.h"

typedef struct {
  uint32_t before;  /* open seconds between the table's start and the week */
  uint16_t pattern;
  uint16_t hint;    /* of bucket i in record i: the week in which bucket i of open seconds begins */
} sla__week;

typedef struct {
  /* For each day, the first stretch that ends after the day begins.  When another begins on the
   * same day, `to` is -1 and `from` its number among the pattern's. */
  sla__stretch day[7];
  uint32_t first; /* of its stretches, the last of which is a sentinel past the week */
  uint32_t count; /* without the sentinel */
} sla__pattern;

typedef struct {
  sla_time start, end; /* [start, end) is tabulated; equal when nothing is */
  int64_t base, total; /* the almanac's open seconds before start; those within */
  uint32_t bucket;     /* open seconds in a bucket are 1 << bucket */
  sla__array weeks, patterns, stretches;
} sla__weektable;

#define SLA__WINDOW_YEARS 130 /* as many as 32 bits of seconds hold */

/* The weeks that years first to last touch.  SLA_E_MEMORY, SLA_E_LIMIT. */
int32_t sla__weektable_init(const sla_allocator *allocator, sla__weektable *table,
                            const sla__almanac *almanac, int32_t first_year, int32_t last_year);
void sla__weektable_free(const sla_allocator *allocator, sla__weektable *table);

static inline bool sla__weektable_holds(const sla__weektable *table, sla_time at) {
  return (uint64_t)at - (uint64_t)table->start < (uint64_t)table->end - (uint64_t)table->start;
}

/* These answer as the almanac does, for instants that the table holds, ... */
int64_t sla__weektable_elapsed(const sla__weektable *table, sla_time from, sla_time to);
int64_t sla__weektable_open_before(const sla__weektable *table, sla_time at);
bool sla__weektable_is_open(const sla__weektable *table, sla_time at);
/* As sla_calendar_add for n other than 0; false when the result lies outside the table. */
bool sla__weektable_add(const sla__weektable *table, sla_time from, sla_seconds n,
                        sla_time *result);
/* ... for numbers with base <= n < base + total, ... */
sla_time sla__weektable_nth_open(const sla__weektable *table, int64_t n);
/* ... and for changes that lie strictly within the instant's week; else false. */
bool sla__weektable_next_change(const sla__weektable *table, sla_time at, sla_time *change);
bool sla__weektable_previous_change(const sla__weektable *table, sla_time at, sla_time *change);

#endif
