/* SPDX-License-Identifier: MIT */
/* Bytes of zones: refused with a place among them, or a zone that has exactly these bytes, and
 * whose wall clock leads back to the instant. */
#include "fuzz.h"

static void there_and_back(const sla_zone *zone, sla_time at) {
  sla_civil civil;
  sla_time first = 0, last = 0;
  uint32_t wall = 0;
  must(sla_zone_civil_at(zone, at, &civil, sizeof civil) == SLA_OK);
  if (sla_zone_instant_of(zone, civil.date, civil.second, &first, &last, &wall) != SLA_OK) return;
  must(wall != SLA_WALL_SKIPPED && first <= at && at <= last);
}

static void check_bytes(const sla_zone *zone, const uint8_t *data, size_t size) {
  size_t length = 0;
  uint32_t equal = 0;
  sla_zone *copy = NULL;
  uint8_t *again = malloc(size);
  must(again != NULL && sla_zone_bytes(zone, again, size, &length) == SLA_OK);
  must(length == size && memcmp(again, data, size) == 0);
  must(sla_zone_new_bytes(again, size, NULL, &copy, NULL) == SLA_OK);
  must(sla_zone_equal(zone, copy, &equal) == SLA_OK && equal == 1);
  sla_zone_unref(copy);
  free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  sla_zone *zone = NULL;
  sla_error error = {0};
  int32_t code = sla_zone_new_bytes(data, size, NULL, &zone, &error);
  if (code != SLA_OK) {
    must(zone == NULL && (code == SLA_E_BYTES || code == SLA_E_LIMIT));
    must(error.code == code && error.index >= 0 && (size_t)error.index <= size);
    return 0;
  }
  check_bytes(zone, data, size);
  for (sla_time at = SLA_TIME_MIN; at < SLA_TIME_MAX; at += 3111696000) there_and_back(zone, at);
  sla_zone_unref(zone);
  return 0;
}
