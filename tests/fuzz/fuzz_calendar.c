/* SPDX-License-Identifier: MIT */
/* A calendar from bytes: any numbers in the entries, any instants in the questions.  What is
 * refused is refused with a code of the list; what is built keeps the laws. */
#include "fuzz.h"

static sla_zone *any_zone(bytes *from) {
  static const char rules[][40] = {"EST5EDT,M3.2.0,M11.1.0", "IST-1GMT0,M10.5.0,M3.5.0/1",
                                   "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
                                   "<-02>2<-01>,J60/-1,J300"};
  sla_zone *zone = NULL;
  uint64_t which = take(from, 1);
  const char *rule = rules[which % 4];
  if (which < 128)
    must(sla_zone_new_fixed((int32_t)(take(from, 3) % 187201) - 93600, NULL, &zone, NULL) == 0);
  else if (sla_zone_new_posix(rule, strlen(rule), NULL, &zone, NULL) != SLA_OK)
    must(sla_zone_new_fixed(0, NULL, &zone, NULL) == SLA_OK);
  return zone;
}

static sla_date any_date(bytes *from) {
  uint64_t n = take(from, 3);
  if (n % 8 == 7) return (sla_date)(int32_t)(uint32_t)take(from, 4);
  sla_date date = 0;
  (void)sla_date_from_days((int32_t)(n / 8 % 40000), &date);
  return n % 8 == 0 ? 0 : date;
}

static int32_t any_second(bytes *from) {
  uint64_t n = take(from, 2);
  return n % 16 == 15 ? (int32_t)(uint32_t)take(from, 4) : (int32_t)(n % 1441 * 60);
}

static sla_entry any_entry(bytes *from) {
  sla_entry entry = {0};
  entry.kind = (uint32_t)take(from, 1) % 6;
  entry.recurrence = (uint32_t)take(from, 1) % 6;
  entry.first = any_date(from);
  entry.last = any_date(from);
  entry.opens = any_second(from);
  entry.closes = any_second(from);
  entry.weekdays = (uint32_t)take(from, 1);
  entry.month = (int8_t)take(from, 1);
  entry.day = (int8_t)take(from, 1);
  return entry;
}

static sla_calendar *any_calendar(bytes *from) {
  sla_calendar_builder *builder = NULL;
  sla_calendar *calendar = NULL;
  sla_zone *zone = any_zone(from);
  must(sla_calendar_builder_new(NULL, &builder, NULL) == SLA_OK);
  must(sla_calendar_builder_set_zone(builder, zone, NULL) == SLA_OK);
  must(sla_calendar_builder_set_window(builder, 2024, 2025, NULL) == SLA_OK);
  sla_zone_unref(zone);
  for (uint64_t count = take(from, 1) % 24; count > 0; count--) {
    const sla_entry entry = any_entry(from);
    int32_t code = sla_calendar_builder_add_entry(builder, &entry, sizeof entry, NULL, 0, NULL);
    must(code == SLA_OK || code == SLA_E_ARGUMENT || code == SLA_E_DATE || code == SLA_E_TIME);
  }
  int32_t code = sla_calendar_builder_build(builder, &calendar, NULL);
  must(code == SLA_OK || (code == SLA_E_CLOSED && calendar == NULL));
  sla_calendar_builder_free(builder);
  return calendar;
}

static sla_time any_instant(bytes *from) {
  const uint64_t span = SLA_TIME_MAX - SLA_TIME_MIN + 1;
  uint64_t n = take(from, 8);
  if (n % 4 == 0) return (sla_time)n;
  if (n % 4 == 1) return SLA_TIME_MIN + (sla_time)(n / 4 % span);
  return (sla_time)(n / 4 % 3000000000);
}

static int is_valid(sla_time t) { return t >= SLA_TIME_MIN && t <= SLA_TIME_MAX; }

static void ask_add(const sla_calendar *calendar, sla_time t, sla_seconds n) {
  sla_time x = SLA_NONE;
  sla_seconds back = 0;
  int32_t code = sla_calendar_add(calendar, t, n, &x);
  must(code == SLA_OK || code == SLA_E_NEVER || (code == SLA_E_RANGE && n == SLA_NONE));
  if (code != SLA_OK) return;
  must(is_valid(x) && sla_calendar_elapsed(calendar, t, x, &back) == SLA_OK && back == n);
}

static void ask_changes(const sla_calendar *calendar, sla_time t) {
  sla_time next = 0, previous = 0;
  uint32_t open = 0, then = 0;
  must(sla_calendar_next_change(calendar, t, &next) == SLA_OK);
  must(sla_calendar_previous_change(calendar, t, &previous) == SLA_OK);
  must(sla_calendar_is_open(calendar, t, &open) == SLA_OK && open <= 1);
  must(previous == SLA_NONE || (is_valid(previous) && previous <= t));
  must(next == SLA_NONE || (is_valid(next) && next > t));
  if (next != SLA_NONE) must(sla_calendar_is_open(calendar, next, &then) == 0 && then != open);
}

static void ask_dates(const sla_calendar *calendar, sla_date a, sla_date b) {
  int64_t count = 0, n;
  sla_date x = 0;
  int32_t code = sla_calendar_working_dates(calendar, a, b, &count);
  must(code == SLA_OK || code == SLA_E_DATE);
  if (code != SLA_OK) return;
  code = sla_calendar_add_working_dates(calendar, a, count, &x);
  must(code == SLA_OK || code == SLA_E_NEVER);
  if (code == SLA_OK) must(sla_calendar_working_dates(calendar, a, x, &n) == SLA_OK);
}

static void ask(const sla_calendar *calendar, bytes *from) {
  sla_time a = any_instant(from), b = any_instant(from);
  sla_seconds there = 0, back = 0;
  int32_t code = sla_calendar_elapsed(calendar, a, b, &there);
  must(code == (is_valid(a) && is_valid(b) ? SLA_OK : SLA_E_RANGE));
  if (code != SLA_OK) return;
  must(sla_calendar_elapsed(calendar, b, a, &back) == SLA_OK && back == -there);
  must(a <= b ? there >= 0 && there <= b - a : there <= 0 && there >= b - a);
  ask_add(calendar, a, there);
  ask_add(calendar, a, (sla_seconds)take(from, 8));
  ask_changes(calendar, b);
  ask_dates(calendar, any_date(from), any_date(from));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  bytes from = {data, size};
  sla_calendar *calendar = any_calendar(&from);
  for (int i = 0; calendar != NULL && i < 32 && from.size > 0; i++) ask(calendar, &from);
  sla_calendar_unref(calendar);
  return 0;
}
