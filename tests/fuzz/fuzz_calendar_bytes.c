/* SPDX-License-Identifier: MIT */
/* Bytes of calendars: refused with a place among them, or a calendar that has exactly these bytes,
 * keeps the laws, and can be built again from what it tells. */
#include "fuzz.h"

static void check_bytes(const sla_calendar *calendar, const uint8_t *data, size_t size) {
  size_t length = 0;
  uint8_t *again = malloc(size);
  must(again != NULL && sla_calendar_bytes(calendar, again, size, &length) == SLA_OK);
  must(length == size && memcmp(again, data, size) == 0);
  free(again);
}

static void check_clock(const sla_zone *zone, sla_time at) {
  sla_civil civil, again;
  sla_time first = 0, last = 0;
  uint32_t wall = 0;
  must(sla_zone_civil_at(zone, at, &civil, sizeof civil) == SLA_OK);
  if (sla_zone_instant_of(zone, civil.date, civil.second, &first, &last, &wall) != SLA_OK) return;
  must(wall != SLA_WALL_SKIPPED && first <= at && at <= last);
  must(sla_zone_civil_at(zone, last, &again, sizeof again) == SLA_OK);
  must(again.date == civil.date && again.second == civil.second);
}

/* Open time adds up, and a second of it is found again. */
static void check_laws(const sla_calendar *calendar, sla_time a, sla_time b) {
  sla_seconds whole = 0, part = 0, rest = 0, back = 0;
  sla_time x = 0;
  must(sla_calendar_elapsed(calendar, SLA_TIME_MIN, b, &whole) == SLA_OK);
  must(sla_calendar_elapsed(calendar, SLA_TIME_MIN, a, &part) == SLA_OK);
  must(sla_calendar_elapsed(calendar, a, b, &rest) == SLA_OK);
  must(part + rest == whole && rest >= 0 && rest <= b - a);
  if (rest == 0) return;
  must(sla_calendar_add(calendar, a, rest, &x) == SLA_OK && x <= b);
  must(sla_calendar_elapsed(calendar, a, x, &back) == SLA_OK && back == rest);
}

static void build_again(const sla_calendar *calendar) {
  sla_calendar_builder *builder = NULL;
  sla_calendar *again = NULL;
  uint32_t equal = 0;
  uint64_t hash[2] = {0, 1};
  must(sla_calendar_builder_new_from(calendar, NULL, &builder, NULL) == SLA_OK);
  must(sla_calendar_builder_build(builder, &again, NULL) == SLA_OK);
  must(sla_calendar_equal(calendar, again, &equal) == SLA_OK && equal == 1);
  must(sla_calendar_hash(calendar, &hash[0]) == SLA_OK);
  must(sla_calendar_hash(again, &hash[1]) == SLA_OK && hash[0] == hash[1]);
  sla_calendar_builder_free(builder);
  sla_calendar_unref(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  sla_calendar *calendar = NULL;
  sla_error error = {0};
  int32_t code = sla_calendar_new_bytes(data, size, NULL, &calendar, &error);
  if (code != SLA_OK) {
    must(calendar == NULL && (code == SLA_E_BYTES || code == SLA_E_LIMIT));
    must(error.code == code && error.index >= 0 && (size_t)error.index <= size);
    return 0;
  }
  check_bytes(calendar, data, size);
  build_again(calendar);
  sla_time at = SLA_TIME_MIN;
  for (sla_time step = 1; at < SLA_TIME_MAX - 3 * step; step = step * 3) {
    check_clock(sla_calendar_zone(calendar), at);
    check_laws(calendar, at, at + step);
    check_laws(calendar, 1720000000 - at / 4000, 1720000000 - at / 4000 + step);
    at += step;
  }
  sla_calendar_unref(calendar);
  return 0;
}
