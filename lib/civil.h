/* SPDX-License-Identifier: MIT */
/* Dates and day numbers (1970-01-01 is 0), proleptic Gregorian, local years 0 to 10000; sums over
 * years by their kind.  No zones.  May include: base. */
#ifndef SLA_LIB_CIVIL_H
#define SLA_LIB_CIVIL_H

#include "base.h"

#define SLA__DAY_MIN (-719528) /* 0000-01-01 */
#define SLA__DAY_MAX 2932897   /* 10000-01-01: as far as the local date of an instant can go */
#define SLA__DAY_FIRST (-719162) /* 0001-01-01 */
#define SLA__DAY_LAST 2932896    /* 9999-12-31 */

typedef struct {
  int32_t year, month, day;
} sla__ymd;

static inline bool sla__civil_leap(int32_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Day number of 1 January. */
static inline int32_t sla__civil_year_start(int32_t year) {
  int32_t before = year + 399; /* whole years before it, from 400 years before year 1 */
  return before * 365 + before / 4 - before / 100 + before / 400 - 865259;
}

/* The instant at which it begins in UTC. */
static inline sla_time sla__civil_year_time(int32_t year) {
  return (sla_time)sla__civil_year_start(year) * SLA__DAY;
}

int32_t sla__civil_month_days(int32_t year, int32_t month);
int32_t sla__civil_days(int32_t year, int32_t month, int32_t day);
sla__ymd sla__civil_of(int32_t days);
int32_t sla__civil_year_of(int32_t days);

/* Monday is 0. */
static inline int32_t sla__civil_weekday(int32_t days) {
  return (int32_t)sla__floor_mod((int64_t)days + 3, 7);
}

/* Day of the n-th (from 1; -1 the last) weekday (Monday is 0) of a month, or 0 when it has none. */
int32_t sla__civil_nth_weekday(int32_t year, int32_t month, int32_t nth, int32_t weekday);

/* A year is one of 14 kinds: the weekday of 1 January (Monday is 0), and 7 more when it is leap. */
#define SLA__YEAR_KINDS 14
static inline int32_t sla__civil_kind(int32_t year) {
  return sla__civil_weekday(sla__civil_year_start(year)) + (sla__civil_leap(year) ? 7 : 0);
}
/* A year of that kind, for reading off what all of them share. */
int32_t sla__civil_year_of_kind(int32_t kind);

/* Years 1 to 9999. */
bool sla__civil_parse(sla_date date, int32_t *days);
sla_date sla__civil_date(int32_t days);

/* The sum of a yearly value (no more than the seconds of a year) that depends on the kind of the
 * year alone.  The Gregorian calendar repeats every 400 years, and within a century, its first
 * year aside, every 28. */
typedef struct {
  int32_t kinds[SLA__YEAR_KINDS];
  int32_t cycle[41];    /* sums before each position of the cycle of 28, and on */
  int64_t centuries[5]; /* sums before each century of 400 years, and of all four */
} sla__yearly;

void sla__yearly_init(sla__yearly *sum, const int32_t kinds[SLA__YEAR_KINDS]);
/* Sum over the years 0 to year - 1; 0 <= year <= 10001. */
int64_t sla__yearly_before(const sla__yearly *sum, int32_t year);

#endif
