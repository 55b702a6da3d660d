/* SPDX-License-Identifier: MIT */
#include "ical_changes.h"

#define STEP (6 * 3600)

int32_t sla__ical_offset_at(const sla_zone *zone, sla_time at) {
  int32_t offset = 0;
  (void)sla_zone_offset_at(zone, at, &offset);
  return offset;
}

/* The first instant after lo, up to hi, with the offset of hi. */
static sla_time find_change(const sla_zone *zone, sla_time lo, sla_time hi) {
  int32_t before = sla__ical_offset_at(zone, lo);
  while (hi - lo > 1) {
    sla_time middle = lo + (hi - lo) / 2;
    if (sla__ical_offset_at(zone, middle) == before) lo = middle;
    else hi = middle;
  }
  return hi;
}

bool sla__ical_changes(const sla_allocator *allocator, const sla_zone *zone, sla_time from,
                       sla_time to, sla__ical_array *onsets) {
  int32_t before = sla__ical_offset_at(zone, from);
  for (sla_time at = from; at < to; at += STEP) {
    int32_t after = sla__ical_offset_at(zone, at + STEP);
    if (after == before) continue;
    sla__ical_onset *slot = sla__ical_array_push(allocator, onsets, sizeof *slot);
    if (slot == NULL) return false;
    *slot = (sla__ical_onset){find_change(zone, at, at + STEP), before, after};
    before = after;
  }
  return true;
}
