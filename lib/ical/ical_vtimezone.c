/* SPDX-License-Identifier: MIT */
#include "ical_vtimezone.h"

#include "ical_changes.h"
#include "ical_stamp.h"

/* An observance begins at what the clock shows as it is changed. */
static void begin_observance(sla__ical_outline *outline, const sla__ical_onset *first) {
  static const sla__ical_slice none = {"", 0};
  char text[SLA__ICAL_STAMP_TEXT];
  sla__ical_begin(outline, first->after > first->before ? "DAYLIGHT" : "STANDARD");
  sla__ical_wall_text(first->at + first->before, false, text);
  sla__ical_value(outline, "DTSTART", text, none);
  sla__ical_offset_text(first->before, text);
  sla__ical_value(outline, "TZOFFSETFROM", text, none);
  sla__ical_offset_text(first->after, text);
  sla__ical_value(outline, "TZOFFSETTO", text, none);
}

static bool same_kind(const sla__ical_onset *a, const sla__ical_onset *b) {
  return a->before == b->before && a->after == b->after;
}

/* All changes of the kind of the i-th, if it is the first of them. */
static void put_observance(sla__ical_outline *outline, const sla__ical_onset *changes,
                           size_t count, size_t i) {
  static const sla__ical_slice none = {"", 0};
  char text[SLA__ICAL_STAMP_TEXT];
  for (size_t k = 0; k < i; k++)
    if (same_kind(&changes[k], &changes[i])) return;
  begin_observance(outline, &changes[i]);
  for (size_t k = i + 1; k < count; k++) {
    if (!same_kind(&changes[k], &changes[i])) continue;
    sla__ical_wall_text(changes[k].at + changes[k].before, false, text);
    sla__ical_value(outline, "RDATE", text, none);
  }
  sla__ical_end(outline);
}

static bool told(int32_t offset) {
  return offset > -SLA__ICAL_DAY && offset < SLA__ICAL_DAY;
}

static int32_t put_changes(sla__ical_outline *outline, const sla__ical_onset *changes,
                           size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!told(changes[i].after)) return SLA_ICAL_E_ZONE;
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
  const sla__ical_onset beginning = {from, sla__ical_offset_at(zone, from),
                                     sla__ical_offset_at(zone, from)};
  int32_t code = told(beginning.before) ? SLA_OK : SLA_ICAL_E_ZONE;
  if (code == SLA_OK) {
    begin_observance(outline, &beginning);
    sla__ical_end(outline);
    code = sla__ical_changes(outline->allocator, zone, from, to, &changes)
               ? put_changes(outline, changes.data, changes.count)
               : SLA_E_MEMORY;
  }
  sla__ical_end(outline);
  sla__ical_array_free(outline->allocator, &changes, sizeof(sla__ical_onset));
  return code;
}
