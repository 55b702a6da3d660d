/* SPDX-License-Identifier: MIT */
/* A start, a window and a rule: refused with the place, or occurrences in order, within the window
 * and the search. */
#include "fuzz.h"

#include "ical_rule.h"

#define SEARCH 200000

/* A wall time of the years 1 to 9999. */
static int64_t wall_from(bytes *from, int n) {
  return INT64_C(-719162) * 86400 + (int64_t)(take(from, n) % (UINT64_C(3652059) * 86400));
}

static void refused(const char *text, size_t length, int32_t code, size_t bad) {
  must(code == SLA_ICAL_E_RULE || code == SLA_ICAL_E_UNSUPPORTED);
  must(bad <= length);
  /* Unsupported is a name that is there. */
  must(code == SLA_ICAL_E_RULE || (bad < length && ((text[bad] | 0x20) >= 'a')));
}

static void walked(const sla__ical_rule *rule, int64_t start, int64_t from, int64_t to) {
  sla__ical_walk walk;
  sla__ical_wall wall = 0, last = INT64_MIN;
  uint64_t search = SEARCH;
  int64_t count = 0;
  int32_t code;
  sla__ical_walk_begin(&walk, rule, start, from, to, &search);
  while ((code = sla__ical_walk_next(&walk, &wall)) == SLA_OK && wall != SLA_NONE) {
    must(wall > last && wall >= start && wall >= from && wall < to);
    must(!rule->is_date || wall % 86400 == 0);
    must(count > 0 || wall == start || from > start);
    last = wall;
    count++;
  }
  must(rule->count == 0 || count <= rule->count);
  must(code == SLA_OK || (code == SLA_ICAL_E_INSTANCES && search == 0));
  if (code == SLA_OK) must(sla__ical_walk_next(&walk, &wall) == SLA_OK && wall == SLA_NONE);
}

/* One byte of choices, a start, a window (of the start or of its own), the text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  bytes in = {data, size};
  uint64_t choices = take(&in, 1);
  bool is_date = choices & 1;
  int64_t start = wall_from(&in, 6), from = start, to = start;
  if (choices & 2) from = wall_from(&in, 6);
  to = from + (int64_t)take(&in, 4) % (INT64_C(40) * 366 * 86400);
  if (is_date) start -= sla__ical_second_of(start);
  sla__ical_rule rule;
  size_t bad = SIZE_MAX;
  int32_t code =
      sla__ical_rule_parse((const char *)in.data, in.size, is_date, &rule, &bad);
  if (code == SLA_OK) walked(&rule, start, from, to);
  else refused((const char *)in.data, in.size, code, bad);
  return 0;
}
