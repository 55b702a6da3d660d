/* SPDX-License-Identifier: MIT */
/* POSIX TZ text: refused with the place, or a zone whose eras and wall clocks hang together. */
#include <sla/sla.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds) {
  if (!holds) abort();
}

/* The clock there leads back to the instant, or to the first and last of several. */
static void there_and_back(const sla_zone *zone, sla_time time) {
  sla_civil civil;
  sla_time first, last;
  uint32_t wall;
  int32_t offset;
  must(sla_zone_offset_at(zone, time, &offset) == SLA_OK);
  must(offset >= -93600 && offset <= 93600);
  must(sla_zone_civil_at(zone, time, &civil, sizeof civil) == SLA_OK);
  must(sla_zone_instant_of(zone, civil.date, civil.second, &first, &last, &wall) == SLA_OK);
  must(first <= time && time <= last && wall != SLA_WALL_SKIPPED);
  must((wall == SLA_WALL_UNIQUE) == (first == last));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  sla_zone *zone = NULL;
  sla_error error = {0};
  int32_t code = sla_zone_new_posix((const char *)data, size, NULL, &zone, &error);
  if (code != SLA_OK) {
    must(code == SLA_E_POSIX && error.code == code && zone == NULL);
    must(error.index >= 0 && (size_t)error.index <= size && error.line == 1);
    return 0;
  }
  /* 98.6 years apart, which meets every season. */
  for (sla_time time = SLA_TIME_MIN + 200000; time < SLA_TIME_MAX - 200000; time += 3111696000)
    there_and_back(zone, time);
  for (sla_time time = 1700000000; time < 1800000000; time += 777777) there_and_back(zone, time);
  sla_zone_unref(zone);
  return 0;
}
