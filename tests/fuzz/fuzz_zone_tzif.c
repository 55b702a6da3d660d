/* SPDX-License-Identifier: MIT */
/* Zone bytes: refused with the place, or a zone with an answer for every instant and back. */
#include <sla/sla.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds) {
  if (!holds) abort();
}

static void check_refusal(int32_t code, const sla_error *error, size_t size) {
  must(code == SLA_E_TZIF || code == SLA_E_LEAP || code == SLA_E_POSIX || code == SLA_E_LIMIT);
  must(error->code == code && error->index >= 0 && (size_t)error->index <= size);
}

/* Any wall-clock time: of the instants it gives, those that are not a change show it again. */
static void back_and_there(const sla_zone *zone, sla_date date, int32_t second) {
  sla_time first, last;
  sla_civil a, b;
  uint32_t wall;
  must(sla_zone_instant_of(zone, date, second, &first, &last, &wall) == SLA_OK);
  must(sla_zone_civil_at(zone, first, &a, sizeof a) == SLA_OK);
  must(sla_zone_civil_at(zone, last, &b, sizeof b) == SLA_OK);
  if (wall == SLA_WALL_SKIPPED) {
    must(first == last && (a.date > date || (a.date == date && a.second > second)));
  } else {
    must(a.date == date && a.second == second && b.date == date && b.second == second);
    must(first <= last && (first == last) == (wall == SLA_WALL_UNIQUE));
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  sla_zone *zone = NULL;
  sla_error error = {0};
  int32_t code = sla_zone_new_tzif(data, size, NULL, &zone, &error);
  if (code != SLA_OK) {
    must(zone == NULL);
    check_refusal(code, &error, size);
    return 0;
  }
  for (int32_t year = 2; year < 9999; year += year < 1850 || year > 2100 ? 331 : 3)
    for (int32_t month = 1; month <= 12; month++)
      back_and_there(zone, year * 10000 + month * 100 + (year + month) % 28 + 1, year * 41 % 86400);
  sla_zone_unref(zone);
  return 0;
}
