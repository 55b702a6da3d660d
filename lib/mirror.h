/* SPDX-License-Identifier: MIT */
/*
 * Years after a week table, read off years within it.  Where neither a date nor the zone's list
 * makes a difference any more, a year looks as any other of its kind does; the table holds one of
 * each, and what all whole years hold is a sum.
 *
 * May include: base civil almanac weektable.
 */
#ifndef SLA_LIB_MIRROR_H
#define SLA_LIB_MIRROR_H

#include "almanac.h"
#include "weektable.h"

typedef struct {
  sla__yearly sums;                     /* open seconds of each kind of year */
  int64_t before_kind[SLA__YEAR_KINDS]; /* before the year that stands for it */
  int64_t base;                         /* before `start`, less what `sums` counts by then */
  sla_time start;                       /* a year begins, at the end of the table's years */
  int16_t year_kind[SLA__YEAR_KINDS];   /* the year that stands for it */
} sla__mirror;

/* Whether a table of these years holds a year of every kind with nothing of its own. */
bool sla__mirror_fits(const sla__almanac *almanac, int32_t first_year, int32_t last_year);
/* The last year a table must reach for that; 0 when no table can. */
int32_t sla__mirror_reach(const sla__almanac *almanac, int32_t first_year);

void sla__mirror_init(sla__mirror *mirror, const sla__almanac *almanac, int32_t first_year,
                      int32_t last_year);

/* The instant within the table that stands for one from `start` on, and the open seconds to add
 * to what the table counts there. */
sla_time sla__mirror_instant(const sla__mirror *mirror, sla_time at, int64_t *add);
/* The number within the table that stands for the n-th open second, and the time to add to the
 * instant the table finds; false when it lies after the year 9999. */
bool sla__mirror_number(const sla__mirror *mirror, int64_t n, int64_t *within, sla_time *add);

#endif
