/* SPDX-License-Identifier: MIT */
/* Between wall clocks and UTC, by a zone of the host or by the onsets of a VTIMEZONE. */
#include "ical_zone.h"

/* ---- a zone of the host ---- */

static int64_t zone_to_utc(const sla_zone *zone, int64_t wall) {
  sla_time first = 0, last = 0;
  uint32_t kind = 0;
  sla_date date = 0;
  if (sla_date_from_days((int32_t)sla__ical_day_of(wall), &date) != SLA_OK ||
      sla_zone_instant_of(zone, date, sla__ical_second_of(wall), &first, &last, &kind) != SLA_OK)
    return wall; /* the edges of the years 1 and 9999, which no window reaches */
  return kind == SLA_WALL_SKIPPED ? wall - sla__ical_offset_at(zone, first - 1) : first;
}

/* ---- a VTIMEZONE ---- */

/* Up to this wall time the offset before the onset is still in force. */
static int64_t wall_of(const sla__ical_onset *onset) {
  return onset->at + sla__ical_max(onset->before, onset->after);
}

/* How many onsets are at or before a time, of UTC or of the wall. */
static size_t onsets_before(const sla__ical_clock *clock, int64_t time, bool is_wall) {
  const sla__ical_onset *onsets = clock->onsets.data;
  size_t low = 0, high = clock->onsets.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int64_t at = is_wall ? wall_of(&onsets[middle]) : onsets[middle].at;
    if (at <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

static int64_t onset_offset(const sla__ical_clock *clock, int64_t time, bool is_wall) {
  const sla__ical_onset *onsets = clock->onsets.data;
  size_t before = onsets_before(clock, time, is_wall);
  return before == 0 ? onsets[0].before : onsets[before - 1].after;
}

/* ---- which of them are the calendar's clock ---- */

static bool same_offset(const sla__ical_zones *zones, const sla__ical_clock *clock, int64_t at) {
  return onset_offset(clock, at, false) == sla__ical_offset_at(zones->local, at);
}

static bool same_from(const sla__ical_zones *zones, const sla__ical_clock *clock,
                      const sla__ical_array *onsets, int64_t from) {
  const sla__ical_onset *all = onsets->data;
  int64_t end = (zones->last_day + 1) * SLA__ICAL_DAY;
  for (size_t i = 0; i < onsets->count; i++) {
    bool asked = all[i].at >= from && all[i].at + all[i].before < end;
    if (asked && !same_offset(zones, clock, all[i].at)) return false;
  }
  return true;
}

/* Two clocks that agree at the beginning and at every change of either agree at all times. */
int32_t sla__ical_compare_clocks(sla__ical_zones *zones, sla__ical_clock *clock) {
  int64_t from = (zones->first_day - 2) * SLA__ICAL_DAY; /* offsets reach 26 hours */
  if (!zones->are_changes_known &&
      !sla__ical_changes(zones->allocator, zones->local, from,
                         (zones->last_day + 3) * SLA__ICAL_DAY, &zones->changes))
    return SLA_E_MEMORY;
  zones->are_changes_known = true;
  clock->is_local = same_offset(zones, clock, from) &&
                    same_from(zones, clock, &zones->changes, from) &&
                    same_from(zones, clock, &clock->onsets, from);
  return SLA_OK;
}

/* ---- any clock ---- */

/* NULL for the clock of the calendar without a zone, which then is taken for UTC. */
static const sla_zone *zone_of(const sla__ical_zones *zones, uint32_t clock) {
  const sla__ical_clock *clocks = zones->clocks.data;
  return clock == SLA__ICAL_LOCAL ? zones->local
         : clock == SLA__ICAL_UTC ? NULL
                                  : clocks[clock - SLA__ICAL_NAMED].zone;
}

static const sla__ical_clock *file_clock(const sla__ical_zones *zones, uint32_t clock) {
  const sla__ical_clock *clocks = zones->clocks.data;
  if (clock < SLA__ICAL_NAMED || clocks[clock - SLA__ICAL_NAMED].zone != NULL) return NULL;
  return &clocks[clock - SLA__ICAL_NAMED];
}

int64_t sla__ical_to_utc(const sla__ical_zones *zones, int64_t wall, uint32_t clock) {
  const sla_zone *zone = zone_of(zones, clock);
  const sla__ical_clock *file = file_clock(zones, clock);
  if (zone != NULL) return zone_to_utc(zone, wall);
  return file == NULL ? wall : wall - onset_offset(file, wall, true);
}

int64_t sla__ical_from_utc(const sla__ical_zones *zones, int64_t utc, uint32_t clock) {
  const sla_zone *zone = zone_of(zones, clock);
  const sla__ical_clock *file = file_clock(zones, clock);
  if (zone != NULL) return utc + sla__ical_offset_at(zone, utc);
  return file == NULL ? utc : utc + onset_offset(file, utc, false);
}

int64_t sla__ical_to_local(const sla__ical_zones *zones, sla__ical_moment moment) {
  if (moment.clock == SLA__ICAL_LOCAL) return moment.wall;
  return sla__ical_from_utc(zones, sla__ical_to_utc(zones, moment.wall, moment.clock),
                            SLA__ICAL_LOCAL);
}

/* ---- covering ---- */

typedef struct {
  int64_t first, last; /* the instants at which the clock shows a time */
  int64_t from, to;    /* what it shows twice around it */
} repeated;

/* The clock is set back once between two instants of one wall time. */
static bool is_repeated(const sla_zone *zone, int64_t wall, repeated *r) {
  uint32_t kind = 0;
  sla_date date = 0;
  if (zone == NULL || sla_date_from_days((int32_t)sla__ical_day_of(wall), &date) != SLA_OK ||
      sla_zone_instant_of(zone, date, sla__ical_second_of(wall), &r->first, &r->last, &kind) !=
          SLA_OK ||
      kind != SLA_WALL_REPEATED)
    return false;
  int64_t low = r->first, high = r->last, before = sla__ical_offset_at(zone, low);
  while (high - low > 1) {
    int64_t middle = low + (high - low) / 2;
    if (sla__ical_offset_at(zone, middle) == before) low = middle;
    else high = middle;
  }
  r->from = high + sla__ical_offset_at(zone, high);
  r->to = high + before;
  return true;
}

void sla__ical_cover(const sla__ical_zones *zones, int64_t from, int64_t to, int64_t *start,
                     int64_t *end) {
  repeated r;
  *start = sla__ical_from_utc(zones, from, SLA__ICAL_LOCAL);
  *end = sla__ical_from_utc(zones, to, SLA__ICAL_LOCAL);
  if (is_repeated(zones->local, *start, &r) && from == r.first && to > r.first + (r.to - *start))
    *start = r.from;
  if (is_repeated(zones->local, *end, &r) && to == r.last && from < r.last - (*end - r.from))
    *end = r.to;
}
