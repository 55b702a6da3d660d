/* SPDX-License-Identifier: MIT */
/* From bytes to a feed: scan, zones, events, entries. */
#include "ical_feed.h"
#include "ical_holidays.h"
#include "ical_hours.h"

typedef struct {
  const sla_ical_reader *reader;
  sla__ical_scan scan;
  sla__ical_zones zones;
  sla__ical_events events;
  sla__ical_expansion expansion;
  sla__ical_items items;
  uint64_t search;
} reading;

static int32_t check_window(const sla_ical_reader *reader, reading *r, sla_error *error) {
  int64_t days = 0;
  if (reader->first != 0) {
    r->expansion.first_day = sla__ical_days(reader->first);
    r->expansion.last_day = sla__ical_days(reader->last);
    days = r->expansion.last_day - r->expansion.first_day + 1;
    if (days <= reader->limits.window_days) return SLA_OK;
  }
  return sla__ical_fail_index(error, SLA_ICAL_E_WINDOW, 0, days, reader->limits.window_days);
}

static void prepare(const sla_ical_reader *reader, sla__ical_slice bytes, reading *r) {
  const sla_allocator *allocator = &reader->allocator;
  r->reader = reader;
  r->search = reader->limits.search_days;
  r->scan.bytes = bytes;
  r->scan.limits = reader->limits;
  r->zones.scan = &r->scan;
  r->zones.allocator = r->expansion.allocator = r->items.allocator = allocator;
  r->zones.local = reader->zone;
  r->zones.named = reader->zones.data;
  r->zones.named_count = reader->zones.count;
  r->zones.first_day = r->expansion.first_day;
  r->zones.last_day = r->expansion.last_day;
  r->zones.search = &r->search;
  r->expansion.zones = &r->zones;
  r->expansion.events = &r->events;
}

/* Beside availability events say something else. */
static uint32_t wanted(const reading *r, uint32_t kinds) {
  const sla__ical_component *components = r->scan.components.data;
  if ((kinds & 1u << SLA__ICAL_VAVAILABILITY) == 0) return kinds;
  for (size_t i = 0; i < r->scan.components.count; i++)
    if (components[i].kind == SLA__ICAL_VAVAILABILITY) return kinds & ~(1u << SLA__ICAL_VEVENT);
  return kinds;
}

static int32_t read_events(reading *r, uint32_t kinds, sla_error *error) {
  int32_t code = sla__ical_scan_bytes(&r->scan, &r->reader->allocator, r->reader->latin1, error);
  if (code == SLA_OK) code = sla__ical_zones_read(&r->zones, error);
  if (code == SLA_OK) code = sla__ical_events_read(&r->zones, wanted(r, kinds), &r->events, error);
  if (code != SLA_OK) return code;
  r->items.summary.dropped = r->events.dropped + r->zones.dropped;
  return SLA_OK;
}

static int32_t finish(reading *r, sla_ical_feed **feed, sla_error *error) {
  sla__ical_array_free(&r->reader->allocator, &r->expansion.occurrences,
                       sizeof(sla__ical_occurrence));
  sla__ical_items_sort(&r->items);
  return sla__ical_feed_new(r->scan.bytes, &r->events, &r->items, feed, error);
}

static void release(reading *r) {
  const sla_allocator *allocator = &r->reader->allocator;
  sla__ical_array_free(allocator, &r->expansion.occurrences, sizeof(sla__ical_occurrence));
  sla__ical_items_free(&r->items);
  sla__ical_events_free(&r->events, allocator);
  sla__ical_zones_free(&r->zones);
  sla__ical_scan_free(&r->scan, allocator);
}

#define HOLIDAYS (1u << SLA__ICAL_VEVENT)
#define HOURS (HOLIDAYS | 1u << SLA__ICAL_VAVAILABILITY | 1u << SLA__ICAL_AVAILABLE)

static int32_t make_items(reading *r, uint32_t kinds, sla_error *error) {
  return kinds == HOURS ? sla__ical_hours(r->reader, &r->expansion, &r->items, error)
                        : sla__ical_holidays(r->reader, &r->expansion, &r->items, error);
}

static int32_t read_bytes(const sla_ical_reader *reader, const void *bytes, size_t length,
                          uint32_t kinds, sla_ical_feed **feed, sla_error *error) {
  reading r = {0};
  if (reader == NULL) return sla__ical_fail_null(error, 1);
  if (bytes == NULL && length > 0) return sla__ical_fail_null(error, 2);
  if (feed == NULL) return sla__ical_fail_null(error, 4);
  int32_t code = check_window(reader, &r, error);
  if (code != SLA_OK) return code;
  prepare(reader, (sla__ical_slice){length == 0 ? "" : bytes, length}, &r);
  code = read_events(&r, kinds, error);
  if (code == SLA_OK) code = make_items(&r, kinds, error);
  if (code == SLA_OK) code = finish(&r, feed, error);
  release(&r);
  return code;
}

int32_t sla_ical_read_holidays(const sla_ical_reader *reader, const void *bytes, size_t length,
                               sla_ical_feed **feed, sla_error *error) {
  return read_bytes(reader, bytes, length, HOLIDAYS, feed, error);
}

int32_t sla_ical_read_hours(const sla_ical_reader *reader, const void *bytes, size_t length,
                            sla_ical_feed **feed, sla_error *error) {
  return read_bytes(reader, bytes, length, HOURS, feed, error);
}
