/* SPDX-License-Identifier: MIT */
#include "ical_vtimezone.h"

#include "ical_stamp.h"

#define STEP (6 * 3600)

/* At this instant the clock goes from one offset to another. */
typedef struct {
  sla_time at;
  int32_t from, to;
} change;

static int32_t offset_at(const sla_zone *zone, sla_time at) {
  int32_t offset = 0;
  (void)sla_zone_offset_at(zone, at, &offset);
  return offset;
}

/* The first instant after lo, up to hi, with the offset of hi. */
static sla_time find_change(const sla_zone *zone, sla_time lo, sla_time hi) {
  int32_t before = offset_at(zone, lo);
  while (hi - lo > 1) {
    sla_time middle = lo + (hi - lo) / 2;
    if (offset_at(zone, middle) == before) lo = middle;
    else hi = middle;
  }
  return hi;
}

static bool find_changes(const sla__ical_outline *outline, const sla_zone *zone, sla_time from,
                         sla_time to, sla__ical_array *changes) {
  int32_t before = offset_at(zone, from);
  for (sla_time at = from; at < to; at += STEP) {
    int32_t after = offset_at(zone, at + STEP);
    if (after == before) continue;
    change *slot = sla__ical_array_push(outline->allocator, changes, sizeof *slot);
    if (slot == NULL) return false;
    *slot = (change){find_change(zone, at, at + STEP), before, after};
    before = after;
  }
  return true;
}

/* An observance begins at what the clock shows as it is changed. */
static void begin_observance(sla__ical_outline *outline, const change *first) {
  static const sla__ical_slice none = {"", 0};
  char text[SLA__ICAL_STAMP_TEXT];
  sla__ical_begin(outline, first->to > first->from ? "DAYLIGHT" : "STANDARD");
  sla__ical_wall_text(first->at + first->from, false, text);
  sla__ical_value(outline, "DTSTART", text, none);
  sla__ical_offset_text(first->from, text);
  sla__ical_value(outline, "TZOFFSETFROM", text, none);
  sla__ical_offset_text(first->to, text);
  sla__ical_value(outline, "TZOFFSETTO", text, none);
}

static bool same_kind(const change *a, const change *b) {
  return a->from == b->from && a->to == b->to;
}

/* All changes of the kind of the i-th, if it is the first of them. */
static void put_observance(sla__ical_outline *outline, const change *changes, size_t count,
                           size_t i) {
  static const sla__ical_slice none = {"", 0};
  char text[SLA__ICAL_STAMP_TEXT];
  for (size_t k = 0; k < i; k++)
    if (same_kind(&changes[k], &changes[i])) return;
  begin_observance(outline, &changes[i]);
  for (size_t k = i + 1; k < count; k++) {
    if (!same_kind(&changes[k], &changes[i])) continue;
    sla__ical_wall_text(changes[k].at + changes[k].from, false, text);
    sla__ical_value(outline, "RDATE", text, none);
  }
  sla__ical_end(outline);
}

static bool told(int32_t offset) {
  return offset > -SLA__ICAL_DAY && offset < SLA__ICAL_DAY;
}

static int32_t put_changes(sla__ical_outline *outline, const change *changes, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!told(changes[i].to)) return SLA_ICAL_E_ZONE;
  for (size_t i = 0; i < count; i++) put_observance(outline, changes, count, i);
  return SLA_OK;
}

int32_t sla__ical_vtimezone(sla__ical_outline *outline, const sla_zone *zone,
                            sla__ical_slice tzid, int64_t first_day, int64_t last_day) {
  sla__ical_array changes = {0};
  /* Offsets reach 26 hours: these are the dates on every clock. */
  sla_time from = (first_day - 2) * SLA__ICAL_DAY, to = (last_day + 3) * SLA__ICAL_DAY;
  sla__ical_begin(outline, "VTIMEZONE");
  sla__ical_words(outline, "TZID", tzid);
  const change beginning = {from, offset_at(zone, from), offset_at(zone, from)};
  int32_t code = told(beginning.to) ? SLA_OK : SLA_ICAL_E_ZONE;
  if (code == SLA_OK) {
    begin_observance(outline, &beginning);
    sla__ical_end(outline);
    code = find_changes(outline, zone, from, to, &changes)
               ? put_changes(outline, changes.data, changes.count)
               : SLA_E_MEMORY;
  }
  sla__ical_end(outline);
  sla__ical_array_free(outline->allocator, &changes, sizeof(change));
  return code;
}
