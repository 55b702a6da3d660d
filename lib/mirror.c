/* SPDX-License-Identifier: MIT */
#include "mirror.h"

#define CYCLE_YEARS 28 /* hold every kind of year, when no century is among them */
#define CENTURY_FREE_FIRST 1901
#define CENTURY_FREE_LAST 2099
/* Changes of offset this close to a year's end could move into the next one. */
#define MARGIN (9 * SLA__DAY)

static int32_t first_alike(const sla__almanac *almanac, int32_t first_year) {
  return (int32_t)sla__max(sla__max(first_year, CENTURY_FREE_FIRST), almanac->horizon_year);
}

static bool offset_changes_near(const sla_zone *zone, sla_time at) {
  return sla__zone_era(zone, at - MARGIN).end <= at + MARGIN;
}

int32_t sla__mirror_reach(const sla__almanac *almanac, int32_t first_year) {
  int32_t first = first_alike(almanac, first_year), last = first + CYCLE_YEARS - 1;
  if (last > CENTURY_FREE_LAST) return 0;
  for (int32_t year = first; year <= last + 1; year++)
    if (offset_changes_near(almanac->zone, sla__civil_year_time(year))) return 0;
  return last;
}

bool sla__mirror_fits(const sla__almanac *almanac, int32_t first_year, int32_t last_year) {
  int32_t reach = sla__mirror_reach(almanac, first_year);
  return reach != 0 && reach <= last_year;
}

void sla__mirror_init(sla__mirror *mirror, const sla__almanac *almanac, int32_t first_year,
                      int32_t last_year) {
  int32_t sums[SLA__YEAR_KINDS] = {0};
  int32_t first = first_alike(almanac, first_year);
  for (int32_t year = first; year < first + CYCLE_YEARS; year++) {
    int32_t kind = sla__civil_kind(year);
    mirror->year_kind[kind] = (int16_t)year;
    mirror->before_kind[kind] = sla__almanac_open_before(almanac, sla__civil_year_time(year));
    sums[kind] = (int32_t)(sla__almanac_open_before(almanac, sla__civil_year_time(year + 1)) -
                           mirror->before_kind[kind]);
  }
  sla__yearly_init(&mirror->sums, sums);
  mirror->start = sla__civil_year_time(last_year + 1);
  mirror->base = sla__almanac_open_before(almanac, mirror->start) -
                 sla__yearly_before(&mirror->sums, last_year + 1);
}

sla_time sla__mirror_instant(const sla__mirror *mirror, sla_time at, int64_t *add) {
  int32_t year = sla__civil_year_of((int32_t)sla__floor_div(at, SLA__DAY));
  int32_t kind = sla__civil_kind(year);
  *add = mirror->base + sla__yearly_before(&mirror->sums, year) - mirror->before_kind[kind];
  return at - sla__civil_year_time(year) + sla__civil_year_time(mirror->year_kind[kind]);
}

bool sla__mirror_number(const sla__mirror *mirror, int64_t n, int64_t *within, sla_time *add) {
  int64_t count = n - mirror->base, cycle = mirror->sums.centuries[4];
  if (cycle == 0 || count / cycle > 25) return false; /* not within 10,000 years */
  int32_t year = (int32_t)sla__min(count * 400 / cycle, 9999);
  /* Kinds of year differ by little, or by dates that come round within 40 years. */
  while (year > 0 && sla__yearly_before(&mirror->sums, year) > count) year--;
  while (year <= 9999 && sla__yearly_before(&mirror->sums, year + 1) <= count) year++;
  if (year > 9999) return false;
  int32_t kind = sla__civil_kind(year);
  *within = count - sla__yearly_before(&mirror->sums, year) + mirror->before_kind[kind];
  *add = sla__civil_year_time(year) - sla__civil_year_time(mirror->year_kind[kind]);
  return true;
}
