/* SPDX-License-Identifier: MIT */
#include "support.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#ifndef SLA_TESTS_DIR
#define SLA_TESTS_DIR "tests"
#endif

/* ---- instants as text ---- */

static bool read_offset(const char *text, int *offset) {
  int hours, minutes, used = 0;
  char sign;
  if (strcmp(text, "Z") == 0) return *offset = 0, true;
  if (sscanf(text, "%c%2d:%2d%n", &sign, &hours, &minutes, &used) < 3 || text[used] != '\0')
    return false;
  if (sign != '+' && sign != '-') return false;
  *offset = (hours * 3600 + minutes * 60) * (sign == '-' ? -1 : 1);
  return true;
}

sla_time at(const char *iso) {
  int year, month, day, hour, minute, second = 0, used = 0, more = 0, offset = 0;
  int32_t days;
  char separator;
  int got = sscanf(iso, "%4d-%2d-%2d%c%2d:%2d%n", &year, &month, &day, &separator, &hour, &minute,
                   &used);
  if (got < 6 || (separator != 'T' && separator != ' ')) fail_msg("not an instant: %s", iso);
  if (sscanf(iso + used, ":%2d%n", &second, &more) == 1) used += more;
  if (!read_offset(iso + used, &offset)) fail_msg("no offset: %s", iso);
  if (sla_date_to_days(year * 10000 + month * 100 + day, &days) != SLA_OK)
    fail_msg("no such date: %s", iso);
  return (sla_time)days * 86400 + hour * 3600 + minute * 60 + second - offset;
}

const char *time_text(sla_time time, char text[SUPPORT_TIME_TEXT]) {
  sla_date date = 0;
  int32_t days = (int32_t)((time - SLA_TIME_MIN) / 86400) - 719162;
  if (time == SLA_NONE) {
    snprintf(text, SUPPORT_TIME_TEXT, "none");
  } else if (time < SLA_TIME_MIN || time > SLA_TIME_MAX ||
             sla_date_from_days(days, &date) != SLA_OK) {
    snprintf(text, SUPPORT_TIME_TEXT, "%" PRId64, time);
  } else {
    int second = (int)((time - SLA_TIME_MIN) % 86400);
    snprintf(text, SUPPORT_TIME_TEXT, "%04d-%02d-%02dT%02d:%02d:%02dZ", date / 10000,
             date / 100 % 100, date % 100, second / 3600, second / 60 % 60, second % 60);
  }
  return text;
}

sla_date utc_date(sla_time time) {
  sla_date date = 0;
  assert_ok(sla_date_from_days((int32_t)((time - SLA_TIME_MIN) / 86400) - 719162, &date));
  return date;
}

/* ---- assertions ---- */

void support_assert_time(sla_time actual, sla_time expected, const char *what, const char *file,
                         int line) {
  char got[SUPPORT_TIME_TEXT], want[SUPPORT_TIME_TEXT];
  if (actual == expected) return;
  print_error("%s is %s, not %s\n", what, time_text(actual, got), time_text(expected, want));
  _fail(file, line);
}

void support_assert_number(int64_t actual, int64_t expected, const char *what, const char *file,
                           int line) {
  if (actual == expected) return;
  print_error("%s is %" PRId64 ", not %" PRId64 "\n", what, actual, expected);
  _fail(file, line);
}

void support_assert_code(int32_t actual, int32_t expected, const char *what, const char *file,
                         int line) {
  if (actual == expected) return;
  const char *got = sla_code_name(actual), *want = sla_code_name(expected);
  print_error("%s gives %s (%d), not %s (%d)\n", what, got ? got : "?", actual, want ? want : "?",
              expected);
  _fail(file, line);
}

/* ---- zones and calendars ---- */

void *zone_file(const char *name, size_t *length) {
  const size_t most = 1 << 16;
  char path[1024], *bytes = malloc(most);
  snprintf(path, sizeof path, "%s/zones/%s", SLA_TESTS_DIR, name);
  FILE *file = fopen(path, "rb");
  if (file == NULL) fail_msg("cannot open %s", path);
  *length = bytes == NULL ? 0 : fread(bytes, 1, most, file);
  fclose(file);
  if (*length == 0 || *length == most) fail_msg("cannot read %s", path);
  return bytes;
}

sla_zone *zone_named(const char *name) {
  sla_zone *zone = NULL;
  size_t length;
  void *bytes = zone_file(name, &length);
  int32_t code = sla_zone_new_tzif(bytes, length, NULL, &zone, NULL);
  free(bytes);
  assert_ok(code);
  return zone;
}

sla_calendar_builder *builder_of(const char *zone_name, const char *hours_text) {
  sla_calendar_builder *builder = NULL;
  sla_zone *zone = zone_named(zone_name);
  assert_ok(sla_calendar_builder_new(NULL, &builder, NULL));
  assert_ok(sla_calendar_builder_set_zone(builder, zone, NULL));
  sla_zone_unref(zone);
  assert_ok(
      sla_calendar_builder_add_hours_text(builder, hours_text, strlen(hours_text), NULL));
  return builder;
}

sla_calendar *built(sla_calendar_builder *builder) {
  sla_calendar *calendar = NULL;
  assert_ok(sla_calendar_builder_build(builder, &calendar, NULL));
  sla_calendar_builder_free(builder);
  return calendar;
}

sla_calendar *calendar_of(const char *zone_name, const char *hours_text) {
  return built(builder_of(zone_name, hours_text));
}

bool is_open(const sla_calendar *calendar, sla_time time) {
  uint32_t open = 2;
  assert_ok(sla_calendar_is_open(calendar, time, &open));
  assert_true(open <= 1);
  return open == 1;
}

sla_seconds elapsed(const sla_calendar *calendar, sla_time from, sla_time to) {
  sla_seconds seconds = SLA_NONE;
  assert_ok(sla_calendar_elapsed(calendar, from, to, &seconds));
  return seconds;
}

sla_time added(const sla_calendar *calendar, sla_time from, sla_seconds n) {
  sla_time result = SLA_NONE;
  assert_ok(sla_calendar_add(calendar, from, n, &result));
  return result;
}

sla_time change_after(const sla_calendar *calendar, sla_time time) {
  sla_time change = 1;
  assert_ok(sla_calendar_next_change(calendar, time, &change));
  return change;
}

sla_time change_before(const sla_calendar *calendar, sla_time time) {
  sla_time change = 1;
  assert_ok(sla_calendar_previous_change(calendar, time, &change));
  return change;
}

/* ---- policies ---- */

sla_policy_builder *policy_builder_of(const sla_calendar *calendar) {
  sla_policy_builder *builder = NULL;
  assert_ok(sla_policy_builder_new(NULL, &builder, NULL));
  if (calendar != NULL) assert_ok(sla_policy_builder_set_calendar(builder, calendar, NULL));
  return builder;
}

void target_in_seconds(sla_policy_builder *builder, uint32_t metric, uint32_t priority,
                       sla_seconds seconds) {
  assert_ok(sla_policy_builder_set_target(builder, metric, priority, seconds, SLA_UNIT_SECONDS,
                                          SLA_BUSINESS_HOURS, NULL));
}

sla_policy *policy_built(sla_policy_builder *builder) {
  sla_policy *policy = NULL;
  assert_ok(sla_policy_builder_build(builder, &policy, NULL));
  sla_policy_builder_free(builder);
  return policy;
}

sla_policy *policy_of(const sla_calendar *calendar, uint32_t metric, int64_t amount,
                      uint32_t unit) {
  sla_policy_builder *builder = policy_builder_of(calendar);
  assert_ok(sla_policy_builder_set_target(builder, metric, SLA_PRIORITY_ANY, amount, unit,
                                          SLA_BUSINESS_HOURS, NULL));
  return policy_built(builder);
}

sla_result evaluated_at(const sla_policy *policy, uint32_t metric, const sla_event *events,
                        size_t count, sla_time now) {
  sla_result result;
  sla_error error;
  int32_t code = sla_evaluate(policy, metric, events, count, sizeof(sla_event), now, &result,
                              sizeof result, &error);
  if (code != SLA_OK) print_error("event %" PRId64 ": ", error.index);
  assert_ok(code);
  return result;
}

/* ---- chance ---- */

uint64_t support_seed(void) {
  const char *given = getenv("SLA_TEST_SEED");
  uint64_t seed = given != NULL ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);
  print_message("seed %" PRIu64 "; SLA_TEST_SEED=%" PRIu64 " repeats this run\n", seed, seed);
  return seed;
}

uint64_t random_u64(uint64_t *state) { /* splitmix64 */
  uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
  return z ^ z >> 31;
}

int64_t random_between(uint64_t *state, int64_t lo, int64_t hi) {
  uint64_t width = (uint64_t)hi - (uint64_t)lo + 1;
  uint64_t draw = random_u64(state);
  return (int64_t)((uint64_t)lo + (width == 0 ? draw : draw % width));
}

long draws(long count) {
  return getenv("SLA_TEST_LIGHT") != NULL ? (count + 9) / 10 : count;
}
