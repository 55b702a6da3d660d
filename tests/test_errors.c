/* SPDX-License-Identifier: MIT */
/* What every function refuses: with which code, which parameter, event or byte it names, and that
 * nothing else was touched. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"
#include "table.h"
#include "told.h"
#include "told_calendar.h"

#define UNTOUCHED 0x5C
static sla_error error; /* of the last call */

#define TAINT(object) memset(&(object), UNTOUCHED, sizeof(object))

static bool is_tainted(const void *object, size_t size) {
  const unsigned char *bytes = object;
  for (size_t i = 0; i < size; i++)
    if (bytes[i] != UNTOUCHED) return false;
  return true;
}
#define assert_untouched(object) assert_true(is_tainted(&(object), sizeof(object)))

/* A call that fails naming a parameter (0 for none); the call is given &error. */
#define REFUSED(call, wanted, at_argument)     \
  do {                                         \
    TAINT(error);                              \
    assert_code((call), (wanted));             \
    assert_number(error.code, (wanted));       \
    assert_number(error.argument, (at_argument)); \
    assert_number(error.line, 0);              \
    assert_number(error.reserved[0], 0);       \
    assert_number(error.reserved[1], 0);       \
  } while (0)

/* The same with the offending value and what it had to respect. */
#define REFUSED_VALUE(call, wanted, at_argument, the_value) \
  do {                                                      \
    REFUSED(call, wanted, at_argument);                     \
    assert_number(error.value, (the_value));                \
  } while (0)

/* A call that succeeds leaves the error as it was. */
#define ACCEPTED(call)       \
  do {                       \
    TAINT(error);            \
    assert_ok(call);         \
    assert_untouched(error); \
  } while (0)

#define NOW INT64_C(1717400000) /* 2024-06-03T07:33:20Z */

static const sla_time out_of_range[] = {SLA_NONE, INT64_MIN + 1, SLA_TIME_MIN - 1, SLA_TIME_MAX + 1,
                                        INT64_MAX};

/* ---- fixtures ---- */

static sla_zone *zone;
static sla_calendar_builder *builder;
static sla_calendar *calendar;
static sla_policy_builder *policies;
static sla_policy *policy;
static sla_time now; /* of logs and rows that are refused */

static int set_up(void **state) {
  (void)state;
  now = NOW;
  zone = zone_named("UTC");
  builder = builder_of("UTC", "Mo-Fr 09:00-17:00");
  assert_ok(sla_calendar_builder_build(builder, &calendar, NULL));
  policies = policy_builder_of(calendar);
  target_in_seconds(policies, SLA_FIRST_RESPONSE, SLA_PRIORITY_ANY, 3600);
  target_in_seconds(policies, SLA_RESOLUTION, SLA_PRIORITY_ANY, 14400);
  assert_ok(sla_policy_builder_build(policies, &policy, NULL));
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  sla_policy_unref(policy);
  sla_policy_builder_free(policies);
  sla_calendar_unref(calendar);
  sla_calendar_builder_free(builder);
  sla_zone_unref(zone);
  return 0;
}

static void null_is_released_without_harm(void **state) {
  (void)state;
  sla_zone_unref(NULL);
  sla_calendar_unref(NULL);
  sla_policy_unref(NULL);
  sla_calendar_builder_free(NULL);
  sla_policy_builder_free(NULL);
}

/* ---- dates and zones ---- */

static void dates_refuse_null(void **state) {
  (void)state;
  assert_code(sla_date_weekday(20240101, NULL), SLA_E_NULL);
  assert_code(sla_date_to_days(20240101, NULL), SLA_E_NULL);
  assert_code(sla_date_from_days(0, NULL), SLA_E_NULL);
}

static void fixed_zones(void **state) {
  sla_zone *made;
  (void)state;
  TAINT(made);
  REFUSED(sla_zone_new_fixed(0, NULL, NULL, &error), SLA_E_NULL, 3);
  REFUSED_VALUE(sla_zone_new_fixed(26 * 3600 + 1, NULL, &made, &error), SLA_E_ARGUMENT, 1, 93601);
  REFUSED(sla_zone_new_fixed(-26 * 3600 - 1, NULL, &made, &error), SLA_E_ARGUMENT, 1);
  REFUSED(sla_zone_new_fixed(INT32_MIN, NULL, &made, &error), SLA_E_ARGUMENT, 1);
  REFUSED(sla_zone_new_fixed(INT32_MAX, NULL, &made, &error), SLA_E_ARGUMENT, 1);
  assert_untouched(made);
  ACCEPTED(sla_zone_new_fixed(26 * 3600, NULL, &made, &error));
  sla_zone_unref(made);
}

static void zones_from_text_and_bytes(void **state) {
  static const char bytes[] = "TZif";
  sla_zone *made;
  (void)state;
  TAINT(made);
  REFUSED(sla_zone_new_posix(NULL, 3, NULL, &made, &error), SLA_E_NULL, 1);
  REFUSED(sla_zone_new_posix("UTC0", 4, NULL, NULL, &error), SLA_E_NULL, 4);
  assert_code(sla_zone_new_posix("EST5EDT,M3.2.0", 14, NULL, &made, &error), SLA_E_POSIX);
  assert_number(error.line, 1);
  assert_code(sla_zone_new_posix("", 0, NULL, &made, &error), SLA_E_POSIX);
  REFUSED(sla_zone_new_tzif(NULL, 3, NULL, &made, &error), SLA_E_NULL, 1);
  REFUSED(sla_zone_new_tzif(bytes, 4, NULL, NULL, &error), SLA_E_NULL, 4);
  REFUSED(sla_zone_new_tzif(bytes, 0, NULL, &made, &error), SLA_E_TZIF, 0);
  REFUSED(sla_zone_new_tzif(bytes, sizeof bytes, NULL, &made, &error), SLA_E_TZIF, 0);
  assert_untouched(made);
}

static void zones_asked(void **state) {
  sla_civil civil;
  int32_t offset;
  sla_time first, last;
  uint32_t wall;
  (void)state;
  TAINT(civil), TAINT(offset), TAINT(first), TAINT(last), TAINT(wall);
  assert_code(sla_zone_offset_at(NULL, 0, &offset), SLA_E_NULL);
  assert_code(sla_zone_offset_at(zone, 0, NULL), SLA_E_NULL);
  assert_code(sla_zone_civil_at(NULL, 0, &civil, sizeof civil), SLA_E_NULL);
  assert_code(sla_zone_civil_at(zone, 0, NULL, sizeof civil), SLA_E_NULL);
  assert_code(sla_zone_civil_at(zone, 0, &civil, sizeof civil - 1), SLA_E_ABI);
  assert_code(sla_zone_civil_at(zone, 0, &civil, 0), SLA_E_ABI);
  assert_code(sla_zone_civil_at(zone, 0, &civil, SIZE_MAX), SLA_E_ABI);
  for (size_t i = 0; i < COUNT_OF(out_of_range); i++) {
    assert_code(sla_zone_offset_at(zone, out_of_range[i], &offset), SLA_E_RANGE);
    assert_code(sla_zone_civil_at(zone, out_of_range[i], &civil, sizeof civil), SLA_E_RANGE);
  }
  assert_code(sla_zone_instant_of(NULL, 20240101, 0, &first, &last, &wall), SLA_E_NULL);
  assert_code(sla_zone_instant_of(zone, 20240101, 0, NULL, &last, &wall), SLA_E_NULL);
  assert_code(sla_zone_instant_of(zone, 20240101, 0, &first, NULL, &wall), SLA_E_NULL);
  assert_code(sla_zone_instant_of(zone, 20240101, 0, &first, &last, NULL), SLA_E_NULL);
  assert_code(sla_zone_instant_of(zone, 20240230, 0, &first, &last, &wall), SLA_E_DATE);
  assert_code(sla_zone_instant_of(zone, INT32_MIN, 0, &first, &last, &wall), SLA_E_DATE);
  assert_code(sla_zone_instant_of(zone, 20240101, -1, &first, &last, &wall), SLA_E_TIME);
  assert_code(sla_zone_instant_of(zone, 20240101, 86400, &first, &last, &wall), SLA_E_TIME);
  assert_code(sla_zone_instant_of(zone, 20240101, INT32_MAX, &first, &last, &wall), SLA_E_TIME);
  assert_untouched(civil);
  assert_untouched(offset);
  assert_true(is_tainted(&first, sizeof first) && is_tainted(&last, sizeof last));
  assert_untouched(wall);
}

static void an_instant_before_the_first(void **state) {
  sla_zone *east = NULL;
  sla_time first, last;
  uint32_t wall;
  (void)state;
  TAINT(first), TAINT(last), TAINT(wall);
  assert_ok(sla_zone_new_fixed(3600, NULL, &east, NULL));
  assert_code(sla_zone_instant_of(east, 10101, 0, &first, &last, &wall), SLA_E_RANGE);
  assert_true(is_tainted(&first, sizeof first) && is_tainted(&last, sizeof last));
  assert_untouched(wall);
  assert_ok(sla_zone_instant_of(east, 10101, 3600, &first, &last, &wall));
  assert_time(first, SLA_TIME_MIN);
  sla_zone_unref(east);
}

/* ---- building calendars ---- */

static int64_t entries_now(void) {
  sla_calendar *made = NULL;
  assert_ok(sla_calendar_builder_build(builder, &made, NULL));
  int64_t count = sla_calendar_entry_count(made);
  sla_calendar_unref(made);
  return count;
}

static void builders_refuse_null(void **state) {
  sla_calendar_builder *made;
  sla_calendar *compiled;
  sla_entry entry = {0};
  (void)state;
  TAINT(made), TAINT(compiled);
  REFUSED(sla_calendar_builder_new(NULL, NULL, &error), SLA_E_NULL, 2);
  REFUSED(sla_calendar_builder_new_from(NULL, NULL, &made, &error), SLA_E_NULL, 1);
  REFUSED(sla_calendar_builder_new_from(calendar, NULL, NULL, &error), SLA_E_NULL, 3);
  REFUSED(sla_calendar_builder_set_zone(NULL, zone, &error), SLA_E_NULL, 1);
  REFUSED(sla_calendar_builder_set_zone(builder, NULL, &error), SLA_E_NULL, 2);
  REFUSED(sla_calendar_builder_set_window(NULL, 2000, 2001, &error), SLA_E_NULL, 1);
  REFUSED(sla_calendar_builder_add_hours(NULL, 1, 0, 1, &error), SLA_E_NULL, 1);
  REFUSED(sla_calendar_builder_add_hours_text(NULL, "24/7", 4, &error), SLA_E_NULL, 1);
  REFUSED(sla_calendar_builder_add_hours_text(builder, NULL, 4, &error), SLA_E_NULL, 2);
  REFUSED(sla_calendar_builder_add_holiday(NULL, 20240101, 20240101, NULL, 0, &error),
          SLA_E_NULL, 1);
  REFUSED(sla_calendar_builder_add_holiday(builder, 20240101, 20240101, NULL, 1, &error),
          SLA_E_NULL, 4);
  REFUSED(sla_calendar_builder_add_yearly_holiday(NULL, 1, 1, NULL, 0, &error), SLA_E_NULL, 1);
  REFUSED(sla_calendar_builder_add_yearly_holiday(builder, 1, 1, NULL, 1, &error), SLA_E_NULL, 4);
  REFUSED(sla_calendar_builder_add_weekday_holiday(NULL, 1, 1, 1, NULL, 0, &error), SLA_E_NULL, 1);
  REFUSED(sla_calendar_builder_add_weekday_holiday(builder, 1, 1, 1, NULL, 1, &error), SLA_E_NULL,
          5);
  REFUSED(sla_calendar_builder_add_special_hours(NULL, 20240101, 20240101, 0, 1, &error),
          SLA_E_NULL, 1);
  REFUSED(sla_calendar_builder_add_closure(NULL, 20240101, 20240101, 0, 1, NULL, 0, &error),
          SLA_E_NULL, 1);
  REFUSED(sla_calendar_builder_add_closure(builder, 20240101, 20240101, 0, 1, NULL, 1, &error),
          SLA_E_NULL, 6);
  REFUSED(sla_calendar_builder_add_entry(NULL, &entry, sizeof entry, NULL, 0, &error), SLA_E_NULL,
          1);
  REFUSED(sla_calendar_builder_add_entry(builder, NULL, sizeof entry, NULL, 0, &error), SLA_E_NULL,
          2);
  REFUSED(sla_calendar_builder_build(NULL, &compiled, &error), SLA_E_NULL, 1);
  REFUSED(sla_calendar_builder_build(builder, NULL, &error), SLA_E_NULL, 2);
  assert_untouched(made);
  assert_untouched(compiled);
  assert_number(entries_now(), 1);
}

static void windows(void **state) {
  int32_t first, last;
  (void)state;
  REFUSED_VALUE(sla_calendar_builder_set_window(builder, 0, 10, &error), SLA_E_ARGUMENT, 2, 0);
  REFUSED(sla_calendar_builder_set_window(builder, INT32_MIN, INT32_MAX, &error), SLA_E_ARGUMENT,
          2);
  REFUSED(sla_calendar_builder_set_window(builder, 10000, 10000, &error), SLA_E_ARGUMENT, 2);
  REFUSED(sla_calendar_builder_set_window(builder, 2000, 1999, &error), SLA_E_ARGUMENT, 3);
  REFUSED(sla_calendar_builder_set_window(builder, 2000, 2130, &error), SLA_E_ARGUMENT, 3);
  assert_number(error.limit, 2129);
  REFUSED(sla_calendar_builder_set_window(builder, 9990, 10000, &error), SLA_E_ARGUMENT, 3);
  REFUSED(sla_calendar_builder_set_window(builder, 2000, INT32_MAX, &error), SLA_E_ARGUMENT, 3);
  TAINT(first), TAINT(last);
  assert_code(sla_calendar_window(NULL, &first, &last), SLA_E_NULL);
  assert_code(sla_calendar_window(calendar, NULL, &last), SLA_E_NULL);
  assert_code(sla_calendar_window(calendar, &first, NULL), SLA_E_NULL);
  assert_untouched(first);
  assert_untouched(last);
  assert_ok(sla_calendar_window(calendar, &first, &last));
  assert_number(first, 2000);
  assert_number(last, 2049);
  uint32_t is_set = 7;
  assert_code(sla_calendar_window_is_set(NULL, &is_set), SLA_E_NULL);
  assert_code(sla_calendar_window_is_set(calendar, NULL), SLA_E_NULL);
  assert_int_equal(is_set, 7);
  assert_ok(sla_calendar_window_is_set(calendar, &is_set));
  assert_int_equal(is_set, 0);
}

static void hours(void **state) {
  (void)state;
  REFUSED_VALUE(sla_calendar_builder_add_hours(builder, 0, 0, 60, &error), SLA_E_ARGUMENT, 2, 0);
  REFUSED_VALUE(sla_calendar_builder_add_hours(builder, 128, 0, 60, &error), SLA_E_ARGUMENT, 2,
                128);
  REFUSED(sla_calendar_builder_add_hours(builder, UINT32_MAX, 0, 60, &error), SLA_E_ARGUMENT, 2);
  REFUSED_VALUE(sla_calendar_builder_add_hours(builder, 1, -1, 60, &error), SLA_E_TIME, 3, -1);
  REFUSED_VALUE(sla_calendar_builder_add_hours(builder, 1, 86400, 60, &error), SLA_E_TIME, 3,
                86400);
  REFUSED(sla_calendar_builder_add_hours(builder, 1, INT32_MAX, 60, &error), SLA_E_TIME, 3);
  REFUSED(sla_calendar_builder_add_hours(builder, 1, INT32_MIN, 60, &error), SLA_E_TIME, 3);
  REFUSED_VALUE(sla_calendar_builder_add_hours(builder, 1, 60, -1, &error), SLA_E_TIME, 4, -1);
  REFUSED(sla_calendar_builder_add_hours(builder, 1, 60, 86401, &error), SLA_E_TIME, 4);
  REFUSED(sla_calendar_builder_add_hours(builder, 1, 60, INT32_MIN, &error), SLA_E_TIME, 4);
  REFUSED(sla_calendar_builder_add_hours(builder, 1, 60, 60, &error), SLA_E_TIME, 4);
  REFUSED(sla_calendar_builder_add_hours(builder, 1, 0, 0, &error), SLA_E_TIME, 4);
  assert_number(entries_now(), 1);
  ACCEPTED(sla_calendar_builder_add_hours(builder, 127, 0, 86400, &error));
  ACCEPTED(sla_calendar_builder_add_hours(builder, 1, 86399, 0, &error));
  assert_number(entries_now(), 3);
}

static void dated_entries(void **state) {
  static const struct {
    sla_date first, last;
    uint32_t argument;
  } bad[] = {{0, 20240101, 2},         {20240101, 0, 3},        {20230229, 20230301, 2},
             {20240101, 20240431, 3},  {20240102, 20240101, 3}, {INT32_MIN, 20240101, 2},
             {20240101, INT32_MAX, 3}, {101, 20240101, 2},      {20240101, 100000101, 3}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(bad); i++) {
    sla_date a = bad[i].first, b = bad[i].last;
    uint32_t n = bad[i].argument;
    REFUSED(sla_calendar_builder_add_holiday(builder, a, b, NULL, 0, &error), SLA_E_DATE, n);
    REFUSED(sla_calendar_builder_add_special_hours(builder, a, b, 0, 60, &error), SLA_E_DATE, n);
    REFUSED(sla_calendar_builder_add_closure(builder, a, b, 0, 60, NULL, 0, &error), SLA_E_DATE, n);
  }
  REFUSED(sla_calendar_builder_add_special_hours(builder, 20240101, 20240101, 60, 60, &error),
          SLA_E_TIME, 5);
  REFUSED(sla_calendar_builder_add_special_hours(builder, 20240101, 20240101, -1, 60, &error),
          SLA_E_TIME, 4);
  REFUSED(sla_calendar_builder_add_closure(builder, 20240101, 20240101, 61, 60, NULL, 0, &error),
          SLA_E_TIME, 5);
  REFUSED(sla_calendar_builder_add_closure(builder, 20240101, 20240101, 0, 86401, NULL, 0, &error),
          SLA_E_TIME, 5);
  REFUSED(sla_calendar_builder_add_closure(builder, 20240101, 20240101, 86400, 86400, NULL, 0,
                                           &error),
          SLA_E_TIME, 4);
  assert_number(entries_now(), 1);
}

/* A day that no year has, and a week of the month that none has. */
static void yearly_entries(void **state) {
  static const int32_t months[] = {0, 13, -1, INT32_MIN, INT32_MAX};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(months); i++) {
    REFUSED_VALUE(sla_calendar_builder_add_yearly_holiday(builder, months[i], 1, NULL, 0, &error),
                  SLA_E_DATE, 2, months[i]);
    REFUSED(sla_calendar_builder_add_weekday_holiday(builder, months[i], 1, 1, NULL, 0, &error),
            SLA_E_DATE, 2);
  }
  REFUSED(sla_calendar_builder_add_yearly_holiday(builder, 2, 30, NULL, 0, &error), SLA_E_DATE, 3);
  REFUSED(sla_calendar_builder_add_yearly_holiday(builder, 4, 31, NULL, 0, &error), SLA_E_DATE, 3);
  REFUSED(sla_calendar_builder_add_yearly_holiday(builder, 1, 0, NULL, 0, &error), SLA_E_DATE, 3);
  REFUSED(sla_calendar_builder_add_yearly_holiday(builder, 1, -1, NULL, 0, &error), SLA_E_DATE, 3);
  ACCEPTED(sla_calendar_builder_add_yearly_holiday(builder, 2, 29, NULL, 0, &error));
  REFUSED(sla_calendar_builder_add_weekday_holiday(builder, 1, 0, 1, NULL, 0, &error), SLA_E_DATE,
          3);
  REFUSED(sla_calendar_builder_add_weekday_holiday(builder, 1, 6, 1, NULL, 0, &error), SLA_E_DATE,
          3);
  REFUSED(sla_calendar_builder_add_weekday_holiday(builder, 1, -2, 1, NULL, 0, &error), SLA_E_DATE,
          3);
  REFUSED(sla_calendar_builder_add_weekday_holiday(builder, 1, 1, 0, NULL, 0, &error),
          SLA_E_ARGUMENT, 4);
  REFUSED(sla_calendar_builder_add_weekday_holiday(builder, 1, 1, 8, NULL, 0, &error),
          SLA_E_ARGUMENT, 4);
  REFUSED(sla_calendar_builder_add_weekday_holiday(builder, 1, 1, UINT32_MAX, NULL, 0, &error),
          SLA_E_ARGUMENT, 4);
  ACCEPTED(sla_calendar_builder_add_weekday_holiday(builder, 5, -1, 1, NULL, 0, &error));
  assert_number(entries_now(), 3);
}

static void names_of_entries(void **state) {
  char longest[256];
  (void)state;
  memset(longest, 'n', sizeof longest);
  REFUSED(sla_calendar_builder_add_holiday(builder, 20240101, 20240101, "\xC3(", 2, &error),
          SLA_E_NAME, 4);
  REFUSED(sla_calendar_builder_add_holiday(builder, 20240101, 20240101, "a\nb", 3, &error),
          SLA_E_NAME, 4);
  REFUSED(sla_calendar_builder_add_yearly_holiday(builder, 1, 1, longest, 256, &error), SLA_E_NAME,
          4);
  assert_number(error.value, 256);
  assert_number(error.limit, 255);
  REFUSED(sla_calendar_builder_add_weekday_holiday(builder, 1, 1, 1, longest, SIZE_MAX, &error),
          SLA_E_NAME, 5);
  REFUSED(sla_calendar_builder_add_closure(builder, 20240101, 20240101, 0, 60, "\xFF", 1, &error),
          SLA_E_NAME, 6);
  assert_number(entries_now(), 1);
  ACCEPTED(sla_calendar_builder_add_holiday(builder, 20240101, 20240101, longest, 255, &error));
}

static sla_entry hours_entry(void) {
  return (sla_entry){
      .kind = SLA_ENTRY_HOURS, .recurrence = SLA_WEEKLY, .weekdays = 1, .closes = 60};
}

static int32_t add(sla_entry entry) {
  return sla_calendar_builder_add_entry(builder, &entry, sizeof entry, NULL, 0, &error);
}

static void entries_as_records(void **state) {
  sla_entry e = hours_entry();
  (void)state;
  e.kind = 0;
  REFUSED(add(e), SLA_E_ARGUMENT, 2);
  e.kind = 5;
  REFUSED(add(e), SLA_E_ARGUMENT, 2);
  e = hours_entry(), e.recurrence = 0;
  REFUSED(add(e), SLA_E_ARGUMENT, 2);
  e.recurrence = 5;
  REFUSED(add(e), SLA_E_ARGUMENT, 2);
  e = hours_entry(), e.weekdays = 128;
  REFUSED(add(e), SLA_E_ARGUMENT, 2);
  e = hours_entry(), e.month = 1;
  REFUSED(add(e), SLA_E_ARGUMENT, 2);
  e = hours_entry(), e.day = 1;
  REFUSED(add(e), SLA_E_ARGUMENT, 2);
  e = hours_entry(), e.first = 20240230;
  REFUSED(add(e), SLA_E_DATE, 2);
  e = hours_entry(), e.first = 20240301, e.last = 20240229;
  REFUSED(add(e), SLA_E_DATE, 2);
  e = hours_entry(), e.closes = 86401;
  REFUSED(add(e), SLA_E_TIME, 2);
  e = (sla_entry){.kind = SLA_ENTRY_HOLIDAY, .recurrence = SLA_YEARLY_WEEKDAY, .weekdays = 3,
                  .month = 1, .day = 1};
  REFUSED(add(e), SLA_E_ARGUMENT, 2);
  e.weekdays = 1, e.closes = 60;
  REFUSED(add(e), SLA_E_TIME, 2);
  e.closes = 0, e.opens = 60;
  REFUSED(add(e), SLA_E_TIME, 2);
  e.opens = 0, e.day = 6;
  REFUSED(add(e), SLA_E_DATE, 2);
  assert_number(entries_now(), 1);
  e = hours_entry();
  REFUSED(sla_calendar_builder_add_entry(builder, &e, sizeof e, "named", 5, &error), SLA_E_NAME, 4);
  REFUSED(sla_calendar_builder_add_entry(builder, &e, sizeof e, NULL, 5, &error), SLA_E_NULL, 4);
  assert_number(entries_now(), 1);
}

static int32_t add_all(const sla_entry *entries, size_t count, const char *names,
                       const uint64_t *offsets) {
  return sla_calendar_builder_add_entries(builder, entries, count, sizeof *entries, names, offsets,
                                          &error);
}

/* A bad one among many is named by its index, and then none of them was added. */
static void many_entries(void **state) {
  const uint64_t offsets[] = {0, 0, 3, 3}, backwards[] = {3, 3, 2, 3}, long_name[] = {0, 0, 256, 256};
  char names[300] = "Eve";
  const sla_entry holiday = {.kind = SLA_ENTRY_HOLIDAY, .recurrence = SLA_DATES,
                             .first = 20241224, .last = 20241226};
  sla_entry entries[3] = {hours_entry(), holiday, hours_entry()};
  (void)state;
  REFUSED(sla_calendar_builder_add_entries(NULL, entries, 3, sizeof *entries, NULL, NULL, &error),
          SLA_E_NULL, 1);
  REFUSED(add_all(NULL, 1, NULL, NULL), SLA_E_NULL, 2);
  REFUSED(add_all(entries, 3, NULL, offsets), SLA_E_NULL, 5);
  REFUSED(sla_calendar_builder_add_entries(builder, entries, 3, 35, NULL, NULL, &error), SLA_E_ABI,
          4);
  REFUSED(add_all(entries, 3, names, backwards), SLA_E_ARGUMENT, 0);
  assert_number(error.index, 1);
  assert_number(error.value, 2);
  assert_number(error.limit, 3);
  memset(names, 'x', sizeof names);
  REFUSED(add_all(entries, 3, names, long_name), SLA_E_NAME, 0);
  assert_number(error.index, 1);
  entries[2].closes = 86401;
  REFUSED_VALUE(add_all(entries, 3, names, offsets), SLA_E_TIME, 0, 86401);
  assert_number(error.index, 2);
  entries[2] = hours_entry();
  assert_number(entries_now(), 1);
  ACCEPTED(add_all(NULL, 0, NULL, NULL));
  ACCEPTED(add_all(entries, 3, names, offsets));
  ACCEPTED(add_all(entries, 2, NULL, NULL));
  assert_number(entries_now(), 6);
}

static int64_t name_length(const sla_calendar *calendar, uint32_t index) {
  char buffer[256];
  size_t length = SIZE_MAX;
  assert_ok(sla_calendar_entry_name(calendar, index, buffer, sizeof buffer, &length));
  return (int64_t)length;
}

/* Together they make the calendar that they make one by one, also when they lie further apart. */
static void many_entries_are_each_of_them(void **state) {
  const uint64_t offsets[] = {1, 4, 4};
  struct {
    sla_entry entry;
    int32_t later[2];
  } apart[2] = {{.entry = {.kind = SLA_ENTRY_HOLIDAY, .recurrence = SLA_YEARLY, .month = 12, .day = 24}},
                {.entry = {.kind = SLA_ENTRY_CLOSURE, .recurrence = SLA_DATES, .first = 20240102,
                           .last = 20240102, .opens = 36000, .closes = 40000}}};
  sla_calendar *together = NULL, *singly = NULL;
  sla_calendar_builder *other = NULL;
  uint32_t equal = 0;
  (void)state;
  assert_ok(sla_calendar_builder_build(builder, &singly, NULL));
  assert_ok(sla_calendar_builder_new_from(singly, NULL, &other, NULL));
  sla_calendar_unref(singly);
  ACCEPTED(sla_calendar_builder_add_entries(builder, &apart[0].entry, 2, sizeof apart[0], "(Eve)",
                                            offsets, &error));
  for (int i = 0; i < 2; i++)
    assert_ok(sla_calendar_builder_add_entry(other, &apart[i].entry, sizeof apart[i], "Eve",
                                             i == 0 ? 3 : 0, NULL));
  assert_ok(sla_calendar_builder_build(builder, &together, NULL));
  assert_ok(sla_calendar_builder_build(other, &singly, NULL));
  assert_ok(sla_calendar_equal(together, singly, &equal));
  assert_number(equal, 1);
  assert_number(name_length(together, 1), 3);
  assert_number(name_length(together, 2), 0);
  apart[1].later[0] = 1;
  REFUSED(sla_calendar_builder_add_entries(builder, &apart[0].entry, 2, sizeof apart[0], "(Eve)",
                                           offsets, &error),
          SLA_E_ABI, 0);
  assert_number(error.index, 1);
  sla_calendar_unref(together);
  sla_calendar_unref(singly);
  sla_calendar_builder_free(other);
}

/* Larger records are welcome when the rest says nothing. */
static void sizes_of_entries(void **state) {
  struct {
    sla_entry known;
    int32_t later;
  } larger = {hours_entry(), 0};
  (void)state;
  ACCEPTED(sla_calendar_builder_add_entry(builder, &larger.known, sizeof larger, NULL, 0, &error));
  larger.later = 1;
  REFUSED(sla_calendar_builder_add_entry(builder, &larger.known, sizeof larger, NULL, 0, &error),
          SLA_E_ABI, 3);
  REFUSED(sla_calendar_builder_add_entry(builder, &larger.known, sizeof larger.known - 1, NULL, 0,
                                         &error),
          SLA_E_ABI, 3);
  REFUSED(sla_calendar_builder_add_entry(builder, &larger.known, 0, NULL, 0, &error), SLA_E_ABI, 3);
  REFUSED(sla_calendar_builder_add_entry(builder, &larger.known, SIZE_MAX, NULL, 0, &error),
          SLA_E_ABI, 3);
  assert_number(entries_now(), 2);
}

static void too_many_entries(void **state) {
  int32_t code = SLA_OK;
  long added = 0;
  (void)state;
  while (code == SLA_OK && added < 100000) {
    TAINT(error);
    code = sla_calendar_builder_add_holiday(builder, 20240101, 20240101, NULL, 0, &error);
    added += code == SLA_OK;
  }
  assert_code(code, SLA_E_LIMIT);
  assert_number(error.code, SLA_E_LIMIT);
  assert_number(error.limit, added + 1); /* the hours were the first */
}

static void building(void **state) {
  sla_calendar_builder *empty = NULL;
  sla_calendar *made;
  (void)state;
  TAINT(made);
  assert_ok(sla_calendar_builder_new(NULL, &empty, NULL));
  REFUSED(sla_calendar_builder_build(empty, &made, &error), SLA_E_ZONE, 0);
  assert_ok(sla_calendar_builder_set_zone(empty, zone, NULL));
  REFUSED(sla_calendar_builder_build(empty, &made, &error), SLA_E_CLOSED, 0);
  assert_ok(sla_calendar_builder_add_closure(empty, 20240101, 20240101, 0, 60, NULL, 0, NULL));
  REFUSED(sla_calendar_builder_build(empty, &made, &error), SLA_E_CLOSED, 0);
  assert_untouched(made);
  assert_ok(sla_calendar_builder_add_special_hours(empty, 20240101, 20240101, 0, 61, NULL));
  ACCEPTED(sla_calendar_builder_build(empty, &made, &error));
  sla_calendar_unref(made);
  sla_calendar_builder_free(empty);
}

/* ---- hours text ---- */

static void hours_text_that_is_long_or_holds_a_zero(void **state) {
  static char text[70000];
  (void)state;
  assert_code(sla_calendar_builder_add_hours_text(builder, "Mo 09:00-10:00\0", 15, &error),
              SLA_E_HOURS);
  assert_number(error.column, 15);
  memset(text, ' ', sizeof text);
  REFUSED(sla_calendar_builder_add_hours_text(builder, text, sizeof text, &error), SLA_E_LIMIT, 3);
  assert_number(error.value, sizeof text);
  REFUSED(sla_calendar_builder_add_hours_text(builder, text, SIZE_MAX, &error), SLA_E_LIMIT, 3);
}

/* ---- asking calendars ---- */

static void calendars_refuse_null(void **state) {
  uint32_t open, index;
  sla_seconds seconds;
  sla_time time;
  sla_interval list[2];
  size_t count;
  (void)state;
  TAINT(open), TAINT(index), TAINT(seconds), TAINT(time), TAINT(list), TAINT(count);
  assert_code(sla_calendar_is_open(NULL, 0, &open), SLA_E_NULL);
  assert_code(sla_calendar_is_open(calendar, 0, NULL), SLA_E_NULL);
  assert_code(sla_calendar_elapsed(NULL, 0, 1, &seconds), SLA_E_NULL);
  assert_code(sla_calendar_elapsed(calendar, 0, 1, NULL), SLA_E_NULL);
  assert_code(sla_calendar_add(NULL, 0, 1, &time), SLA_E_NULL);
  assert_code(sla_calendar_add(calendar, 0, 1, NULL), SLA_E_NULL);
  assert_code(sla_calendar_next_change(NULL, 0, &time), SLA_E_NULL);
  assert_code(sla_calendar_next_change(calendar, 0, NULL), SLA_E_NULL);
  assert_code(sla_calendar_previous_change(NULL, 0, &time), SLA_E_NULL);
  assert_code(sla_calendar_previous_change(calendar, 0, NULL), SLA_E_NULL);
  assert_code(sla_calendar_intervals(NULL, 0, 1, list, 2, sizeof list[0], &count), SLA_E_NULL);
  assert_code(sla_calendar_intervals(calendar, 0, 1, NULL, 2, sizeof list[0], &count), SLA_E_NULL);
  assert_code(sla_calendar_intervals(calendar, 0, 1, list, 2, sizeof list[0], NULL), SLA_E_NULL);
  assert_untouched(open);
  assert_untouched(seconds);
  assert_untouched(time);
  assert_untouched(list);
  assert_untouched(count);
  assert_number(sla_calendar_entry_count(NULL), 0);
  assert_null(sla_calendar_zone(NULL));
}

static void instants_out_of_range(void **state) {
  uint32_t open;
  sla_seconds seconds;
  sla_time time;
  sla_interval list[2];
  size_t count;
  (void)state;
  TAINT(open), TAINT(seconds), TAINT(time), TAINT(list), TAINT(count);
  for (size_t i = 0; i < COUNT_OF(out_of_range); i++) {
    sla_time t = out_of_range[i];
    assert_code(sla_calendar_is_open(calendar, t, &open), SLA_E_RANGE);
    assert_code(sla_calendar_elapsed(calendar, t, 0, &seconds), SLA_E_RANGE);
    assert_code(sla_calendar_elapsed(calendar, 0, t, &seconds), SLA_E_RANGE);
    assert_code(sla_calendar_add(calendar, t, 1, &time), SLA_E_RANGE);
    assert_code(sla_calendar_next_change(calendar, t, &time), SLA_E_RANGE);
    assert_code(sla_calendar_previous_change(calendar, t, &time), SLA_E_RANGE);
    assert_code(sla_calendar_intervals(calendar, t, 0, list, 2, sizeof list[0], &count),
                SLA_E_RANGE);
    assert_code(sla_calendar_intervals(calendar, 0, t, list, 2, sizeof list[0], &count),
                SLA_E_RANGE);
  }
  assert_code(sla_calendar_add(calendar, 0, SLA_NONE, &time), SLA_E_RANGE);
  assert_code(sla_calendar_add(calendar, 0, INT64_MAX, &time), SLA_E_NEVER);
  assert_code(sla_calendar_add(calendar, 0, INT64_MIN + 1, &time), SLA_E_NEVER);
  assert_code(sla_calendar_add(calendar, SLA_TIME_MAX, 1, &time), SLA_E_NEVER);
  assert_code(sla_calendar_add(calendar, SLA_TIME_MIN, -1, &time), SLA_E_NEVER);
  assert_untouched(open);
  assert_untouched(seconds);
  assert_untouched(time);
  assert_untouched(list);
  assert_untouched(count);
}

static void intervals_asked_wrongly(void **state) {
  sla_interval list[2];
  size_t count;
  (void)state;
  TAINT(list), TAINT(count);
  assert_code(sla_calendar_intervals(calendar, 1, 0, list, 2, sizeof list[0], &count),
              SLA_E_ARGUMENT);
  assert_code(sla_calendar_intervals(calendar, 0, 1, list, 0, sizeof list[0], &count),
              SLA_E_ARGUMENT);
  assert_code(sla_calendar_intervals(calendar, 0, 1, list, 2, 15, &count), SLA_E_ABI);
  assert_code(sla_calendar_intervals(calendar, 0, 1, list, 2, 20, &count), SLA_E_ABI);
  assert_code(sla_calendar_intervals(calendar, 0, 1, list, 2, SIZE_MAX, &count), SLA_E_ABI);
  assert_untouched(list);
  assert_untouched(count);
}

/* A later caller's record: what is known, then zeros. */
static void intervals_into_larger_records(void **state) {
  struct {
    sla_interval known;
    int64_t later;
  } list[3];
  size_t count = 0;
  (void)state;
  TAINT(list);
  assert_ok(sla_calendar_intervals(calendar, at("2024-06-03T12:00Z"), at("2024-06-04T12:00Z"),
                                   &list[0].known, 3, sizeof list[0], &count));
  assert_int_equal(count, 2);
  assert_time(list[0].known.to, at("2024-06-03T17:00Z"));
  assert_time(list[1].known.from, at("2024-06-04T09:00Z"));
  assert_number(list[0].later, 0);
  assert_number(list[1].later, 0);
  assert_untouched(list[2]);
}

static void working_dates_asked_wrongly(void **state) {
  static const sla_date bad[] = {0, 20240230, -1, INT32_MIN, INT32_MAX, 100000101};
  uint32_t yes, index;
  int64_t count;
  sla_date date;
  (void)state;
  TAINT(yes), TAINT(index), TAINT(count), TAINT(date);
  assert_code(sla_calendar_is_working_date(NULL, 20240101, &yes), SLA_E_NULL);
  assert_code(sla_calendar_is_working_date(calendar, 20240101, NULL), SLA_E_NULL);
  assert_code(sla_calendar_working_dates(NULL, 20240101, 20240102, &count), SLA_E_NULL);
  assert_code(sla_calendar_working_dates(calendar, 20240101, 20240102, NULL), SLA_E_NULL);
  assert_code(sla_calendar_add_working_dates(NULL, 20240101, 1, &date), SLA_E_NULL);
  assert_code(sla_calendar_add_working_dates(calendar, 20240101, 1, NULL), SLA_E_NULL);
  assert_code(sla_calendar_holiday_on(NULL, 20240101, &index), SLA_E_NULL);
  assert_code(sla_calendar_holiday_on(calendar, 20240101, NULL), SLA_E_NULL);
  for (size_t i = 0; i < COUNT_OF(bad); i++) {
    assert_code(sla_calendar_is_working_date(calendar, bad[i], &yes), SLA_E_DATE);
    assert_code(sla_calendar_working_dates(calendar, bad[i], 20240101, &count), SLA_E_DATE);
    assert_code(sla_calendar_working_dates(calendar, 20240101, bad[i], &count), SLA_E_DATE);
    assert_code(sla_calendar_add_working_dates(calendar, bad[i], 1, &date), SLA_E_DATE);
    assert_code(sla_calendar_holiday_on(calendar, bad[i], &index), SLA_E_DATE);
  }
  assert_code(sla_calendar_add_working_dates(calendar, 20240101, INT64_MAX, &date), SLA_E_NEVER);
  assert_code(sla_calendar_add_working_dates(calendar, 20240101, INT64_MIN, &date), SLA_E_NEVER);
  assert_code(sla_calendar_add_working_dates(calendar, 99991231, 1, &date), SLA_E_NEVER);
  assert_code(sla_calendar_add_working_dates(calendar, 10101, -1, &date), SLA_E_NEVER);
  assert_untouched(yes);
  assert_untouched(index);
  assert_untouched(count);
  assert_untouched(date);
}

static void entries_asked_wrongly(void **state) {
  sla_entry entry;
  char buffer[8];
  size_t length;
  (void)state;
  TAINT(entry), TAINT(buffer), TAINT(length);
  assert_code(sla_calendar_entry(NULL, 0, &entry, sizeof entry), SLA_E_NULL);
  assert_code(sla_calendar_entry(calendar, 0, NULL, sizeof entry), SLA_E_NULL);
  assert_code(sla_calendar_entry(calendar, 0, &entry, sizeof entry - 1), SLA_E_ABI);
  assert_code(sla_calendar_entry(calendar, 1, &entry, sizeof entry), SLA_E_ARGUMENT);
  assert_code(sla_calendar_entry(calendar, UINT32_MAX, &entry, sizeof entry), SLA_E_ARGUMENT);
  assert_code(sla_calendar_entry_name(NULL, 0, buffer, sizeof buffer, &length), SLA_E_NULL);
  assert_code(sla_calendar_entry_name(calendar, 0, NULL, 1, &length), SLA_E_NULL);
  assert_code(sla_calendar_entry_name(calendar, 0, buffer, sizeof buffer, NULL), SLA_E_NULL);
  assert_code(sla_calendar_entry_name(calendar, 1, buffer, sizeof buffer, &length),
              SLA_E_ARGUMENT);
  assert_untouched(entry);
  assert_untouched(buffer);
  assert_untouched(length);
  assert_ok(sla_calendar_entry_name(calendar, 0, buffer, sizeof buffer, &length));
  assert_int_equal(length, 0);
  assert_string_equal(buffer, "");
}

/* ---- policies ---- */

static void policies_refuse_null(void **state) {
  sla_policy_builder *made;
  sla_policy *compiled;
  (void)state;
  TAINT(made), TAINT(compiled);
  REFUSED(sla_policy_builder_new(NULL, NULL, &error), SLA_E_NULL, 2);
  REFUSED(sla_policy_builder_new_from(NULL, NULL, &made, &error), SLA_E_NULL, 1);
  REFUSED(sla_policy_builder_new_from(policy, NULL, NULL, &error), SLA_E_NULL, 3);
  REFUSED(sla_policy_builder_set_calendar(NULL, calendar, &error), SLA_E_NULL, 1);
  REFUSED(sla_policy_builder_set_calendar(policies, NULL, &error), SLA_E_NULL, 2);
  REFUSED(sla_policy_builder_set_target(NULL, 1, 0, 1, 1, 1, &error), SLA_E_NULL, 1);
  REFUSED(sla_policy_builder_set_target_calendar(NULL, 1, 0, calendar, &error), SLA_E_NULL, 1);
  REFUSED(sla_policy_builder_set_target_calendar(policies, 1, 0, NULL, &error), SLA_E_NULL, 4);
  REFUSED(sla_policy_builder_set_due_soon(NULL, 1, 0, 1, &error), SLA_E_NULL, 1);
  REFUSED(sla_policy_builder_set_due_soon_percent(NULL, 1, 0, 1, &error), SLA_E_NULL, 1);
  REFUSED(sla_policy_builder_set_second_stage(NULL, 1, 0, 1, &error), SLA_E_NULL, 1);
  REFUSED(sla_policy_builder_clear_targets(NULL, 1, &error), SLA_E_NULL, 1);
  REFUSED(sla_policy_builder_set_allowance(NULL, 1, 0, 1, &error), SLA_E_NULL, 1);
  REFUSED(sla_policy_builder_set_pause(NULL, 1, 1, 1, &error), SLA_E_NULL, 1);
  REFUSED(sla_policy_builder_set_status(NULL, 16, 1, &error), SLA_E_NULL, 1);
  REFUSED(sla_policy_builder_build(NULL, &compiled, &error), SLA_E_NULL, 1);
  REFUSED(sla_policy_builder_build(policies, NULL, &error), SLA_E_NULL, 2);
  assert_untouched(made);
  assert_untouched(compiled);
}

static void metrics_and_priorities_of_policies(void **state) {
  static const uint32_t metrics[] = {0, 10, 31, 64, UINT32_MAX};
  static const uint32_t priorities[] = {32, 254, 256, 511, UINT32_MAX};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(metrics); i++) {
    uint32_t m = metrics[i], p = priorities[i];
    REFUSED_VALUE(sla_policy_builder_set_target(policies, m, 0, 1, 1, 1, &error), SLA_E_METRIC, 2,
                  m);
    REFUSED(sla_policy_builder_set_target_calendar(policies, m, 0, calendar, &error), SLA_E_METRIC,
            2);
    REFUSED(sla_policy_builder_set_due_soon(policies, m, 0, 1, &error), SLA_E_METRIC, 2);
    REFUSED(sla_policy_builder_set_due_soon_percent(policies, m, 0, 1, &error), SLA_E_METRIC, 2);
    REFUSED(sla_policy_builder_set_second_stage(policies, m, 0, 1, &error), SLA_E_METRIC, 2);
    REFUSED(sla_policy_builder_set_allowance(policies, m, 0, 1, &error), SLA_E_METRIC, 2);
    REFUSED(sla_policy_builder_clear_targets(policies, m, &error), SLA_E_METRIC, 2);
    REFUSED(sla_policy_builder_set_pause(policies, m, 1, 1, &error), SLA_E_METRIC, 2);
    REFUSED(sla_policy_builder_set_second_stage(policies, 1, p, 1, &error), SLA_E_PRIORITY, 3);
    REFUSED(sla_policy_builder_set_allowance(policies, 1, p, 1, &error), SLA_E_PRIORITY, 3);
    REFUSED_VALUE(sla_policy_builder_set_target(policies, 1, p, 1, 1, 1, &error), SLA_E_PRIORITY, 3,
                  p);
    REFUSED(sla_policy_builder_set_target_calendar(policies, 1, p, calendar, &error),
            SLA_E_PRIORITY, 3);
    REFUSED(sla_policy_builder_set_due_soon(policies, 1, p, 1, &error), SLA_E_PRIORITY, 3);
    REFUSED(sla_policy_builder_set_due_soon_percent(policies, 1, p, 1, &error), SLA_E_PRIORITY, 3);
  }
}

static int32_t target(int64_t amount, uint32_t unit, uint32_t clock) {
  return sla_policy_builder_set_target(policies, SLA_RESOLUTION, SLA_PRIORITY_HIGH, amount, unit,
                                       clock, &error);
}

/* 100 years are 36,525 days. */
static void amounts_of_targets(void **state) {
  static const struct {
    uint32_t unit;
    int64_t least, most;
  } rows[] = {{SLA_UNIT_SECONDS, 0, INT64_C(36525) * 86400},
              {SLA_UNIT_COUNTED_DAYS, 0, 36525},
              {SLA_UNIT_WORKING_DAYS, 1, 36525},
              {SLA_UNIT_END_OF_WORKING_DAY, 0, 36525}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    uint32_t unit = rows[i].unit;
    REFUSED_VALUE(target(rows[i].least - 1, unit, SLA_BUSINESS_HOURS), SLA_E_TARGET, 4,
                  rows[i].least - 1);
    REFUSED_VALUE(target(rows[i].most + 1, unit, SLA_BUSINESS_HOURS), SLA_E_TARGET, 4,
                  rows[i].most + 1);
    REFUSED(target(INT64_MIN, unit, SLA_BUSINESS_HOURS), SLA_E_TARGET, 4);
    REFUSED(target(INT64_MAX, unit, SLA_BUSINESS_HOURS), SLA_E_TARGET, 4);
    ACCEPTED(target(rows[i].least, unit, SLA_BUSINESS_HOURS));
    ACCEPTED(target(rows[i].most, unit, SLA_BUSINESS_HOURS));
  }
}

static void units_and_clocks_of_targets(void **state) {
  static const uint32_t units[] = {0, 5, UINT32_MAX}, clocks[] = {0, 3, UINT32_MAX};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(units); i++) {
    REFUSED_VALUE(target(1, units[i], SLA_BUSINESS_HOURS), SLA_E_ARGUMENT, 5, units[i]);
    REFUSED_VALUE(target(1, SLA_UNIT_SECONDS, clocks[i]), SLA_E_ARGUMENT, 6, clocks[i]);
  }
  assert_code(target(1, SLA_UNIT_WORKING_DAYS, SLA_AROUND_THE_CLOCK), SLA_E_TARGET);
  assert_code(target(1, SLA_UNIT_END_OF_WORKING_DAY, SLA_AROUND_THE_CLOCK), SLA_E_TARGET);
}

static int32_t stage(int64_t seconds) {
  return sla_policy_builder_set_second_stage(policies, SLA_RESOLUTION, SLA_PRIORITY_ANY, seconds,
                                             &error);
}

static int32_t allowance(int64_t seconds) {
  return sla_policy_builder_set_allowance(policies, SLA_RESOLUTION, SLA_PRIORITY_ANY, seconds,
                                          &error);
}

static void stages_and_allowances(void **state) {
  static const int64_t bad[] = {-1, SLA_NONE, INT64_MAX, INT64_C(36525) * 86400 + 1};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(bad); i++) {
    REFUSED_VALUE(stage(bad[i]), SLA_E_TARGET, 4, bad[i]);
    REFUSED_VALUE(allowance(bad[i]), SLA_E_TARGET, 4, bad[i]);
  }
  ACCEPTED(stage(INT64_C(36525) * 86400));
  ACCEPTED(allowance(INT64_C(36525) * 86400));
  ACCEPTED(stage(0));
  ACCEPTED(allowance(0));
}

static void due_soon_rules(void **state) {
  static const int64_t leads[] = {-1, SLA_NONE, INT64_MAX, INT64_C(36525) * 86400 + 1};
  static const uint32_t percents[] = {0, 101, UINT32_MAX};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(leads); i++)
    REFUSED_VALUE(sla_policy_builder_set_due_soon(policies, 1, 0, leads[i], &error),
                  SLA_E_DUE_SOON, 4, leads[i]);
  for (size_t i = 0; i < COUNT_OF(percents); i++)
    REFUSED_VALUE(sla_policy_builder_set_due_soon_percent(policies, 1, 0, percents[i], &error),
                  SLA_E_DUE_SOON, 4, percents[i]);
  ACCEPTED(sla_policy_builder_set_due_soon(policies, 1, 0, 0, &error));
  ACCEPTED(sla_policy_builder_set_due_soon(policies, 1, 0, INT64_C(36525) * 86400, &error));
  ACCEPTED(sla_policy_builder_set_due_soon_percent(policies, 1, 0, 1, &error));
  ACCEPTED(sla_policy_builder_set_due_soon_percent(policies, 1, 0, 100, &error));
}

static void statuses_of_policies(void **state) {
  static const uint32_t none[] = {0, 7, 15, 32, UINT32_MAX}, not_own[] = {0, 1, 6, 15, 32};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(none); i++) {
    REFUSED_VALUE(sla_policy_builder_set_pause(policies, 1, none[i], 1, &error), SLA_E_STATUS, 3,
                  none[i]);
    REFUSED(sla_policy_builder_set_status(policies, not_own[i], 1, &error), SLA_E_STATUS, 2);
    REFUSED_VALUE(sla_policy_builder_set_status(policies, 16, none[i], &error), SLA_E_STATUS, 3,
                  none[i]);
  }
  REFUSED(sla_policy_builder_set_status(policies, 16, 16, &error), SLA_E_STATUS, 3);
  REFUSED(sla_policy_builder_set_pause(policies, 1, 1, 2, &error), SLA_E_ARGUMENT, 4);
}

static void building_policies(void **state) {
  sla_policy_builder *empty = policy_builder_of(NULL);
  sla_policy *made;
  (void)state;
  TAINT(made);
  REFUSED(sla_policy_builder_build(empty, &made, &error), SLA_E_EMPTY, 0);
  assert_ok(sla_policy_builder_set_due_soon(empty, 1, 0, 60, NULL));
  REFUSED(sla_policy_builder_build(empty, &made, &error), SLA_E_EMPTY, 0);
  target_in_seconds(empty, SLA_RESOLUTION, SLA_PRIORITY_HIGH, 60);
  assert_code(sla_policy_builder_build(empty, &made, &error), SLA_E_CALENDAR);
  assert_number(error.code, SLA_E_CALENDAR);
  assert_untouched(made);
  assert_ok(sla_policy_builder_set_target_calendar(empty, SLA_RESOLUTION, SLA_PRIORITY_HIGH,
                                                   calendar, NULL));
  ACCEPTED(sla_policy_builder_build(empty, &made, &error));
  sla_policy_unref(made);
  TAINT(made);
  assert_ok(sla_policy_builder_set_target_calendar(empty, SLA_RESOLUTION, 0, calendar, NULL));
  assert_code(sla_policy_builder_build(empty, &made, &error), SLA_E_TARGET); /* there is none */
  assert_untouched(made);
  sla_policy_builder_free(empty);
}

/* What the builder holds is refused for its target of this index. */
static void expect_not_built(int32_t code, int64_t index, const char *what) {
  sla_policy *made;
  TAINT(made), TAINT(error);
  int32_t got = sla_policy_builder_build(policies, &made, &error);
  if (got != code || error.code != code || error.index != index)
    fail_msg("%s: %d at %d, not %d at %d", what, got, (int)error.index, code, (int)index);
  assert_untouched(made);
}

static void expect_built(void) {
  sla_policy *made = NULL;
  ACCEPTED(sla_policy_builder_build(policies, &made, &error));
  sla_policy_unref(made);
}

/* The fixture's resolution is the second target of the policy. */
static void stages_and_allowances_without_their_target(void **state) {
  static const struct {
    uint32_t unit, clock;
    bool fits;
  } targets[] = {{SLA_UNIT_SECONDS, SLA_BUSINESS_HOURS, true},
                 {SLA_UNIT_COUNTED_DAYS, SLA_BUSINESS_HOURS, true},
                 {SLA_UNIT_SECONDS, SLA_AROUND_THE_CLOCK, false},
                 {SLA_UNIT_COUNTED_DAYS, SLA_AROUND_THE_CLOCK, false},
                 {SLA_UNIT_WORKING_DAYS, SLA_BUSINESS_HOURS, false},
                 {SLA_UNIT_END_OF_WORKING_DAY, SLA_BUSINESS_HOURS, false}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(targets); i++) {
    assert_ok(sla_policy_builder_set_target(policies, SLA_RESOLUTION, SLA_PRIORITY_ANY, 1,
                                            targets[i].unit, targets[i].clock, NULL));
    for (int other = 0; other < 2; other++) {
      assert_ok(other ? allowance(1) : stage(1));
      if (targets[i].fits) expect_built();
      else expect_not_built(SLA_E_TARGET, 1, other ? "an allowance" : "a stage");
      assert_ok(other ? allowance(0) : stage(0));
    }
    expect_built();
  }
  assert_ok(sla_policy_builder_set_second_stage(policies, SLA_NEXT_RESPONSE, 0, 1, NULL));
  expect_not_built(SLA_E_TARGET, 1, "a stage of no target");
}

static void targets_of_metrics_that_nobody_defined(void **state) {
  sla_metric_rule rule;
  (void)state;
  target_in_seconds(policies, 40, SLA_PRIORITY_ANY, 60);
  expect_not_built(SLA_E_METRIC, 2, "a metric without a rule");
  assert_ok(sla_policy_builder_metric(policies, SLA_RESOLUTION, &rule, sizeof rule, NULL));
  assert_ok(sla_policy_builder_set_metric(policies, 40, &rule, sizeof rule, NULL));
  expect_built();
}

/* ---- metrics as data ---- */

static sla_metric_rule good_rule(void) {
  return (sla_metric_rule){.shape = SLA_EVERY_TURN,
                           .start.events = UINT64_C(1) << SLA_EVENT_OWN,
                           .fulfil.events = UINT64_C(1) << SLA_EVENT_AGENT_REPLY};
}

static void rules_refuse_null_and_sizes(void **state) {
  struct {
    sla_metric_rule known;
    int64_t later;
  } larger = {good_rule(), 0};
  const sla_metric_rule rule = good_rule();
  sla_metric_rule read;
  (void)state;
  TAINT(read);
  REFUSED(sla_policy_builder_set_metric(NULL, 32, &rule, sizeof rule, &error), SLA_E_NULL, 1);
  REFUSED(sla_policy_builder_set_metric(policies, 32, NULL, sizeof rule, &error), SLA_E_NULL, 3);
  REFUSED(sla_policy_builder_set_metric(policies, 32, &rule, sizeof rule - 8, &error), SLA_E_ABI,
          4);
  REFUSED(sla_policy_builder_set_metric(policies, 32, &rule, 0, &error), SLA_E_ABI, 4);
  REFUSED(sla_policy_builder_set_metric(policies, 32, &rule, SIZE_MAX, &error), SLA_E_ABI, 4);
  ACCEPTED(sla_policy_builder_set_metric(policies, 33, &larger.known, sizeof larger, &error));
  larger.later = 1;
  assert_code(
      sla_policy_builder_set_metric(policies, 32, &larger.known, sizeof larger, &error),
      SLA_E_ABI);
  REFUSED(sla_policy_builder_metric(NULL, 1, &read, sizeof read, &error), SLA_E_NULL, 1);
  REFUSED(sla_policy_builder_metric(policies, 1, NULL, sizeof read, &error), SLA_E_NULL, 3);
  REFUSED(sla_policy_builder_metric(policies, 1, &read, sizeof read - 1, &error), SLA_E_ABI, 4);
  REFUSED(sla_policy_builder_set_option(NULL, 1, 0, 0, &error), SLA_E_NULL, 1);
  assert_untouched(read);
}

/* The host's own are none before they are defined. */
static void rules_of_metrics_that_are_none(void **state) {
  static const uint32_t metrics[] = {0, 10, 31, 64, 255, UINT32_MAX};
  static const uint32_t undefined[] = {32, 47, 63};
  const sla_metric_rule rule = good_rule();
  sla_metric_rule read;
  (void)state;
  TAINT(read);
  for (size_t i = 0; i < COUNT_OF(metrics); i++) {
    uint32_t m = metrics[i];
    REFUSED_VALUE(sla_policy_builder_set_metric(policies, m, &rule, sizeof rule, &error),
                  SLA_E_METRIC, 2, m);
    REFUSED_VALUE(sla_policy_builder_metric(policies, m, &read, sizeof read, &error),
                  SLA_E_METRIC, 2, m);
    REFUSED_VALUE(sla_policy_builder_set_option(policies, m, 0, 0, &error), SLA_E_METRIC, 2, m);
  }
  for (size_t i = 0; i < COUNT_OF(undefined); i++) {
    uint32_t m = undefined[i];
    REFUSED_VALUE(sla_policy_builder_metric(policies, m, &read, sizeof read, &error),
                  SLA_E_METRIC, 2, m);
    REFUSED_VALUE(sla_policy_builder_set_option(policies, m, 0, 0, &error), SLA_E_METRIC, 2, m);
    REFUSED_VALUE(sla_policy_builder_set_pause(policies, m, 3, 1, &error), SLA_E_METRIC, 2, m);
    ACCEPTED(sla_policy_builder_set_metric(policies, m, &rule, sizeof rule, &error));
    ACCEPTED(sla_policy_builder_set_option(policies, m, 0, 0, &error));
  }
  assert_untouched(read);
}

/* A rule that is refused leaves the metric as it was. */
static void expect_rule_refused(sla_metric_rule rule, int32_t code, const char *what) {
  sla_metric_rule before, after;
  assert_ok(sla_policy_builder_metric(policies, SLA_RESOLUTION, &before, sizeof before, NULL));
  TAINT(error);
  int32_t got =
      sla_policy_builder_set_metric(policies, SLA_RESOLUTION, &rule, sizeof rule, &error);
  if (got != code || error.code != code || error.argument != 3)
    fail_msg("%s: %d (argument %u), not %d", what, got, error.argument, code);
  assert_ok(sla_policy_builder_metric(policies, SLA_RESOLUTION, &after, sizeof after, NULL));
  assert_memory_equal(&after, &before, sizeof after);
}

static void rules_that_contradict_themselves(void **state) {
  static const uint32_t shapes[] = {0, 6, UINT32_MAX};
  sla_metric_rule rule = good_rule();
  (void)state;
  for (size_t i = 0; i < COUNT_OF(shapes); i++) {
    rule.shape = shapes[i];
    expect_rule_refused(rule, SLA_E_RULE, "no such shape");
    assert_number(error.value, shapes[i]);
    assert_number(error.limit, SLA_CYCLE);
  }
  rule = good_rule(), rule.start.events = 0;
  expect_rule_refused(rule, SLA_E_RULE, "no start");
  assert_number(error.value, 0);
  assert_number(error.limit, 0);
  for (uint32_t anchor = SLA_ANCHOR_CREATION; anchor <= SLA_ANCHOR_VALUE; anchor++)
    for (uint32_t shape = SLA_ONCE; shape <= SLA_CYCLE; shape++) {
      rule = good_rule(), rule.shape = shape, rule.options[SLA_OPTION_ANCHOR] = anchor;
      if (shape != SLA_ONCE && shape != SLA_SUM) {
        expect_rule_refused(rule, SLA_E_RULE, "an anchor before, of many cycles");
        assert_number(error.value, anchor);
      } else ACCEPTED(sla_policy_builder_set_metric(policies, 40, &rule, sizeof rule, &error));
    }
}

/* The four triggers of a rule. */
static sla_trigger *trigger_of(sla_metric_rule *rule, int i) {
  sla_trigger *triggers[] = {&rule->start, &rule->fulfil, &rule->cancel, &rule->resume};
  return triggers[i];
}

static void rules_with_unknown_bits(void **state) {
  static const uint32_t kinds[] = {0, 16, 17, 31}, statuses[] = {0, 7, 8, 15};
  sla_metric_rule rule;
  (void)state;
  for (int trigger = 0; trigger < 4; trigger++) {
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
      rule = good_rule(), trigger_of(&rule, trigger)->events |= UINT64_C(1) << kinds[i];
      expect_rule_refused(rule, SLA_E_RULE, "no such kind of event");
      assert_number(error.value, kinds[i]);
      rule = good_rule(), trigger_of(&rule, trigger)->statuses |= UINT32_C(1) << statuses[i];
      expect_rule_refused(rule, SLA_E_STATUS, "no such status");
      assert_number(error.value, statuses[i]);
    }
    rule = good_rule(), trigger_of(&rule, trigger)->reserved = 1;
    expect_rule_refused(rule, SLA_E_RULE, "a reserved field");
  }
  for (size_t i = 0; i < COUNT_OF(statuses); i++) {
    rule = good_rule(), rule.pause_statuses = UINT32_C(1) << statuses[i];
    expect_rule_refused(rule, SLA_E_STATUS, "no such status");
    assert_number(error.value, statuses[i]);
  }
}

/* The number of values of each option. */
static const uint32_t value_counts[] = {6, 2, 2, 2, 2, 3, 3, 4, 6, 2, 2, 2, 2};

static void options_that_are_none(void **state) {
  static const uint32_t none[] = {13, 15, 16, 255, UINT32_MAX};
  sla_metric_rule rule;
  (void)state;
  for (uint32_t option = 0; option < COUNT_OF(value_counts); option++) {
    uint32_t value = value_counts[option];
    REFUSED_VALUE(sla_policy_builder_set_option(policies, 1, option, value, &error), SLA_E_OPTION,
                  4, value);
    assert_number(error.limit, value - 1);
    REFUSED(sla_policy_builder_set_option(policies, 1, option, UINT32_MAX, &error), SLA_E_OPTION,
            4);
    rule = good_rule(), rule.options[option] = value;
    expect_rule_refused(rule, SLA_E_OPTION, "no such value");
    assert_number(error.index, option);
    ACCEPTED(sla_policy_builder_set_option(policies, 1, option, 0, &error));
  }
  for (size_t i = 0; i < COUNT_OF(none); i++)
    REFUSED_VALUE(sla_policy_builder_set_option(policies, 1, none[i], 0, &error), SLA_E_OPTION, 3,
                  none[i]);
  for (uint32_t option = 13; option < 16; option++) {
    rule = good_rule(), rule.options[option] = 1;
    expect_rule_refused(rule, SLA_E_OPTION, "no such option");
    assert_number(error.index, option);
  }
}

static void options_that_the_shape_cannot_have(void **state) {
  (void)state;
  REFUSED(sla_policy_builder_set_option(policies, SLA_NEXT_RESPONSE, SLA_OPTION_ANCHOR,
                                        SLA_ANCHOR_CREATION, &error),
          SLA_E_RULE, 4);
  REFUSED(sla_policy_builder_set_option(policies, SLA_GROUP_OWNERSHIP, SLA_OPTION_ANCHOR,
                                        SLA_ANCHOR_POLICY, &error),
          SLA_E_RULE, 4);
  ACCEPTED(sla_policy_builder_set_option(policies, SLA_RESOLUTION, SLA_OPTION_ANCHOR,
                                         SLA_ANCHOR_POLICY, &error));
}

static void pauses_of_statuses_that_nobody_declared(void **state) {
  sla_policy *made;
  (void)state;
  TAINT(made);
  assert_ok(sla_policy_builder_set_pause(policies, SLA_RESOLUTION, 16, 1, NULL));
  assert_code(sla_policy_builder_build(policies, &made, &error), SLA_E_STATUS);
  assert_number(error.code, SLA_E_STATUS);
  assert_untouched(made);
  assert_ok(sla_policy_builder_set_status(policies, 16, SLA_TICKET_OPEN, NULL));
  ACCEPTED(sla_policy_builder_build(policies, &made, &error));
  sla_policy_unref(made);
}

static void policies_read_back_wrongly(void **state) {
  sla_target read;
  sla_metric_rule rule;
  uint32_t number;
  (void)state;
  TAINT(read), TAINT(number);
  assert_number(sla_policy_target_count(NULL), 0);
  assert_number(sla_policy_metric_count(NULL), 0);
  assert_null(sla_policy_calendar(NULL));
  assert_null(sla_policy_target_calendar(NULL, 0));
  assert_null(sla_policy_target_calendar(policy, 99));
  assert_code(sla_policy_target(NULL, 0, &read, sizeof read), SLA_E_NULL);
  assert_code(sla_policy_target(policy, 0, NULL, sizeof read), SLA_E_NULL);
  assert_code(sla_policy_target(policy, 2, &read, sizeof read), SLA_E_ARGUMENT);
  assert_code(sla_policy_target(policy, UINT32_MAX, &read, sizeof read), SLA_E_ARGUMENT);
  assert_code(sla_policy_target(policy, 0, &read, sizeof read - 1), SLA_E_ABI);
  assert_code(sla_policy_metric(NULL, 0, &number), SLA_E_NULL);
  assert_code(sla_policy_metric(policy, 0, NULL), SLA_E_NULL);
  assert_code(sla_policy_metric(policy, 2, &number), SLA_E_ARGUMENT);
  assert_code(sla_policy_pauses(NULL, 1, 1, &number), SLA_E_NULL);
  assert_code(sla_policy_pauses(policy, 1, 1, NULL), SLA_E_NULL);
  assert_code(sla_policy_pauses(policy, 0, 1, &number), SLA_E_METRIC);
  assert_code(sla_policy_pauses(policy, 10, 1, &number), SLA_E_METRIC);
  assert_code(sla_policy_pauses(policy, 32, 1, &number), SLA_E_METRIC);
  assert_code(sla_policy_pauses(policy, 1, 0, &number), SLA_E_STATUS);
  assert_code(sla_policy_pauses(policy, 1, 16, &number), SLA_E_STATUS);
  assert_code(sla_policy_status(NULL, 1, &number), SLA_E_NULL);
  assert_code(sla_policy_status(policy, 1, NULL), SLA_E_NULL);
  assert_code(sla_policy_status(policy, 16, &number), SLA_E_STATUS);
  assert_code(sla_policy_status(policy, UINT32_MAX, &number), SLA_E_STATUS);
  TAINT(rule);
  assert_code(sla_policy_metric_rule(NULL, 1, &rule, sizeof rule), SLA_E_NULL);
  assert_code(sla_policy_metric_rule(policy, 1, NULL, sizeof rule), SLA_E_NULL);
  assert_code(sla_policy_metric_rule(policy, 1, &rule, sizeof rule - 8), SLA_E_ABI);
  assert_code(sla_policy_metric_rule(policy, 0, &rule, sizeof rule), SLA_E_METRIC);
  assert_code(sla_policy_metric_rule(policy, 10, &rule, sizeof rule), SLA_E_METRIC);
  assert_code(sla_policy_metric_rule(policy, 32, &rule, sizeof rule), SLA_E_METRIC);
  assert_code(sla_policy_metric_rule(policy, UINT32_MAX, &rule, sizeof rule), SLA_E_METRIC);
  assert_untouched(rule);
  assert_untouched(read);
  assert_untouched(number);
}

/* ---- evaluating logs ---- */

static const sla_event good[] = {{NOW - 1000, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0},
                                 {NOW - 900, 0, SLA_EVENT_AGENT_REPLY, 0}};

static const sla_policy *const *alone(void) { return (const sla_policy *const *)&policy; }

/* So do the calls for several policies and for cycles. */
static void expect_lists_refused(const sla_event *events, size_t count, int32_t code,
                                 int64_t index) {
  sla_result results[2];
  sla_totals totals;
  size_t written;
  TAINT(results), TAINT(totals), TAINT(written);
  REFUSED(sla_evaluate_policies(alone(), 1, 3, events, count, sizeof *events, now, results,
                                sizeof results[0], &error),
          code, 0);
  assert_number(error.index, index);
  REFUSED(sla_evaluate_cycles(alone(), 1, 3, events, count, sizeof *events, now, 1, results, 2,
                              sizeof results[0], &written, &error),
          code, 0);
  assert_number(error.index, index);
  REFUSED(sla_evaluate_totals(alone(), 1, 3, events, count, sizeof *events, now, &totals,
                              sizeof totals, &error),
          code, 0);
  assert_number(error.index, index);
  assert_untouched(results);
  assert_untouched(totals);
  assert_untouched(written);
}

/* Every way of evaluating a log refuses it alike, and writes nothing. */
static void expect_refused(const sla_event *events, size_t count, int32_t code, int64_t index,
                           const char *what) {
  sla_result results[3];
  size_t written;
  TAINT(results), TAINT(written);
  for (uint32_t metric = SLA_FIRST_RESPONSE; metric <= SLA_RESOLUTION; metric++) {
    TAINT(error);
    int32_t got = sla_evaluate(policy, metric, events, count, sizeof *events, now, results,
                               sizeof results[0], &error);
    if (got != code || error.code != code || error.index != index || error.argument != 0)
      fail_msg("%s: %d at %d (argument %u), not %d at %d", what, got, (int)error.index,
               error.argument, code, (int)index);
  }
  TAINT(error);
  assert_code(sla_evaluate_all(policy, events, count, sizeof *events, now, results, 3,
                               sizeof results[0], &written, &error),
              code);
  assert_number(error.index, index);
  assert_untouched(results);
  assert_untouched(written);
  expect_lists_refused(events, count, code, index);
}

/* A third event after two good ones. */
static void expect_third_refused(sla_time when, int64_t value, uint32_t kind, uint32_t flags,
                                 int32_t code, const char *what) {
  const sla_event events[] = {good[0], good[1], {when, value, kind, flags}};
  expect_refused(events, 3, code, 2, what);
}

/* ---- errors.tsv ---- */

static void one_log(void **state) {
  enum { NAME, TERMS, LOG, AT, ERROR, INDEX };
  const table_field *row = *state;
  sla_event events[TOLD_EVENTS];
  size_t count = told_events(row[LOG], events);
  policy = told_policy(row[TERMS]);
  now = told_time(row[AT]);
  expect_refused(events, count, told_code(row[ERROR]), told_number(row[INDEX]), row[NAME]);
  sla_policy_unref(policy);
}

/* ---- what no table says of logs ---- */

/* They are for the next evaluation to judge. */
static void events_after_now_are_not_read(void **state) {
  const sla_event odd[] = {good[0], good[1],
                           {NOW + 1, 77, 99, 99},
                           {NOW + 2, 99, SLA_EVENT_STATUS, 0},
                           {NOW + 2, -1, SLA_EVENT_PRIORITY, 7}};
  sla_result with, without;
  (void)state;
  assert_ok(sla_evaluate(policy, 1, odd, 5, sizeof odd[0], NOW, &with, sizeof with, &error));
  assert_ok(sla_evaluate(policy, 1, odd, 2, sizeof odd[0], NOW, &without, sizeof without, &error));
  assert_memory_equal(&with, &without, sizeof with);
  assert_code(sla_evaluate(policy, 1, odd, 5, sizeof odd[0], NOW + 1, &with, sizeof with, &error),
              SLA_E_EVENT);
  assert_number(error.index, 2);
}

/* A list of some language's that is empty has no address to give. */
static void no_events_need_no_array(void **state) {
  (void)state;
  now = NOW;
  expect_refused(NULL, 0, SLA_E_CREATION, 0, "no events");
}

static void events_at_instants_out_of_range(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(out_of_range); i++) {
    sla_event created = good[0];
    created.at = out_of_range[i];
    expect_refused(&created, 1, SLA_E_RANGE, 0, "created out of range");
    if (out_of_range[i] > NOW)
      expect_third_refused(out_of_range[i], 0, SLA_EVENT_AGENT_NOTE, 0, SLA_E_RANGE,
                           "an event out of range");
  }
}

/* What the host's own kinds say is theirs, unless a metric counts from the instant they say. */
static void values_of_the_hosts_events(void **state) {
  static const int64_t bad[] = {0, NOW - 1001, NOW, INT64_MIN, INT64_MAX};
  sla_event events[] = {good[0], good[1], {NOW - 1, INT64_MIN, 40, 0}};
  sla_metric_rule rule = {.shape = SLA_ONCE, .start.events = UINT64_C(1) << 40};
  sla_result r;
  (void)state;
  ACCEPTED(sla_evaluate(policy, 1, events, 3, sizeof *events, NOW, &r, sizeof r, &error));
  rule.options[SLA_OPTION_ANCHOR] = SLA_ANCHOR_VALUE;
  assert_ok(sla_policy_builder_set_metric(policies, 32, &rule, sizeof rule, NULL));
  target_in_seconds(policies, 32, SLA_PRIORITY_ANY, 3600);
  sla_policy_unref(policy);
  assert_ok(sla_policy_builder_build(policies, &policy, NULL));
  for (size_t i = 0; i < COUNT_OF(bad); i++) {
    TAINT(r);
    events[2].value = bad[i];
    REFUSED_VALUE(sla_evaluate(policy, 32, events, 3, sizeof *events, NOW, &r, sizeof r, &error),
                  SLA_E_EVENT, 0, bad[i]);
    assert_number(error.index, 2);
    assert_untouched(r);
  }
  events[2].value = NOW - 1000;
  ACCEPTED(sla_evaluate(policy, 32, events, 3, sizeof *events, NOW, &r, sizeof r, &error));
  events[2].value = NOW - 1;
  ACCEPTED(sla_evaluate(policy, 32, events, 3, sizeof *events, NOW, &r, sizeof r, &error));
  events[2].kind = 41, events[2].value = 7;
  ACCEPTED(sla_evaluate(policy, 32, events, 3, sizeof *events, NOW, &r, sizeof r, &error));
}

#define CHANGES 1024

/* A log can change its terms only so often where breaches stick. */
static void too_many_changes_for_breaches_that_stick(void **state) {
  static sla_event events[CHANGES + 3];
  static const uint32_t kinds[] = {SLA_EVENT_PRIORITY, SLA_EVENT_DUE_SET, SLA_EVENT_POLICY};
  sla_result r;
  (void)state;
  events[0] = good[0], events[1] = good[1];
  for (size_t i = 0; i <= CHANGES; i++) {
    uint32_t kind = kinds[i % 3];
    events[i + 2] = (sla_event){NOW - 800, kind == SLA_EVENT_DUE_SET ? NOW : 0, kind,
                                kind == SLA_EVENT_DUE_SET ? SLA_RESOLUTION : 0};
  }
  ACCEPTED(sla_evaluate(policy, 3, events, CHANGES + 3, sizeof *events, NOW, &r, sizeof r,
                        &error));
  assert_ok(sla_policy_builder_set_option(policies, SLA_RESOLUTION, SLA_OPTION_BREACH_UNDONE,
                                          SLA_BREACH_STICKS, NULL));
  sla_policy_unref(policy);
  assert_ok(sla_policy_builder_build(policies, &policy, NULL));
  ACCEPTED(sla_evaluate(policy, 3, events, CHANGES + 2, sizeof *events, NOW, &r, sizeof r,
                        &error));
  expect_refused(events, CHANGES + 3, SLA_E_LIMIT, CHANGES + 2, "too many changes");
}

static void due_instants_out_of_range(void **state) {
  (void)state;
  for (size_t i = 1; i < COUNT_OF(out_of_range); i++)
    expect_third_refused(NOW - 1, out_of_range[i], SLA_EVENT_DUE_SET, 1, SLA_E_RANGE, "due");
}

static void evaluating_refuses_null(void **state) {
  sla_result r[3];
  size_t written;
  (void)state;
  TAINT(r), TAINT(written);
  REFUSED(sla_evaluate(NULL, 1, good, 2, sizeof *good, NOW, r, sizeof *r, &error), SLA_E_NULL, 1);
  REFUSED(sla_evaluate(policy, 1, NULL, 2, sizeof *good, NOW, r, sizeof *r, &error), SLA_E_NULL,
          3);
  REFUSED(sla_evaluate(policy, 1, good, 2, sizeof *good, NOW, NULL, sizeof *r, &error), SLA_E_NULL,
          7);
  REFUSED(sla_evaluate_all(NULL, good, 2, sizeof *good, NOW, r, 3, sizeof *r, &written, &error),
          SLA_E_NULL, 1);
  REFUSED(sla_evaluate_all(policy, NULL, 2, sizeof *good, NOW, r, 3, sizeof *r, &written, &error),
          SLA_E_NULL, 2);
  REFUSED(sla_evaluate_all(policy, good, 2, sizeof *good, NOW, NULL, 3, sizeof *r, &written,
                           &error),
          SLA_E_NULL, 6);
  REFUSED(sla_evaluate_all(policy, good, 2, sizeof *good, NOW, r, 3, sizeof *r, NULL, &error),
          SLA_E_NULL, 9);
  assert_untouched(r);
  assert_untouched(written);
}

#define POLICIES(all, count, metric, log, size, when, to, to_size) \
  sla_evaluate_policies(all, count, metric, log, 2, size, when, to, to_size, &error)
#define CYCLES(all, count, log, first, to, capacity, to_size, written) \
  sla_evaluate_cycles(all, count, 1, log, 2, sizeof *good, NOW, first, to, capacity, to_size, \
                      written, &error)
#define TOTALS(all, count, metric, log, to, to_size) \
  sla_evaluate_totals(all, count, metric, log, 2, sizeof *good, NOW, to, to_size, &error)

static void several_policies_refuse_null(void **state) {
  const sla_policy *const two[] = {policy, NULL};
  sla_result r[3];
  sla_totals totals;
  size_t n;
  (void)state;
  TAINT(r), TAINT(totals), TAINT(n);
  REFUSED(POLICIES(NULL, 1, 1, good, sizeof *good, NOW, r, sizeof *r), SLA_E_NULL, 1);
  REFUSED(POLICIES(two, 0, 1, good, sizeof *good, NOW, r, sizeof *r), SLA_E_ARGUMENT, 2);
  REFUSED(POLICIES(two, 2, 1, good, sizeof *good, NOW, r, sizeof *r), SLA_E_NULL, 0);
  assert_number(error.index, 1);
  REFUSED(POLICIES(two, 1, 0, good, sizeof *good, NOW, r, sizeof *r), SLA_E_METRIC, 3);
  REFUSED(POLICIES(two, 1, 40, good, sizeof *good, NOW, r, sizeof *r), SLA_E_METRIC, 3);
  REFUSED(POLICIES(two, 1, 1, NULL, sizeof *good, NOW, r, sizeof *r), SLA_E_NULL, 4);
  REFUSED(POLICIES(two, 1, 1, good, sizeof *good - 8, NOW, r, sizeof *r), SLA_E_ABI, 6);
  REFUSED(POLICIES(two, 1, 1, good, sizeof *good, SLA_NONE, r, sizeof *r), SLA_E_RANGE, 7);
  REFUSED(POLICIES(two, 1, 1, good, sizeof *good, NOW, NULL, sizeof *r), SLA_E_NULL, 8);
  REFUSED(POLICIES(two, 1, 1, good, sizeof *good, NOW, r, sizeof *r - 8), SLA_E_ABI, 9);

  REFUSED(CYCLES(NULL, 1, good, 1, r, 3, sizeof *r, &n), SLA_E_NULL, 1);
  REFUSED(CYCLES(two, 0, good, 1, r, 3, sizeof *r, &n), SLA_E_ARGUMENT, 2);
  REFUSED(CYCLES(two, 2, good, 1, r, 3, sizeof *r, &n), SLA_E_NULL, 0);
  REFUSED(CYCLES(two, 1, NULL, 1, r, 3, sizeof *r, &n), SLA_E_NULL, 4);
  REFUSED_VALUE(CYCLES(two, 1, good, 0, r, 3, sizeof *r, &n), SLA_E_ARGUMENT, 8, 0);
  REFUSED(CYCLES(two, 1, good, 1, NULL, 3, sizeof *r, &n), SLA_E_NULL, 9);
  REFUSED_VALUE(CYCLES(two, 1, good, 1, r, 0, sizeof *r, &n), SLA_E_ARGUMENT, 10, 0);
  REFUSED(CYCLES(two, 1, good, 1, r, 3, sizeof *r - 8, &n), SLA_E_ABI, 11);
  REFUSED(CYCLES(two, 1, good, 1, r, 3, sizeof *r, NULL), SLA_E_NULL, 12);

  REFUSED(TOTALS(NULL, 1, 1, good, &totals, sizeof totals), SLA_E_NULL, 1);
  REFUSED(TOTALS(two, 0, 1, good, &totals, sizeof totals), SLA_E_ARGUMENT, 2);
  REFUSED(TOTALS(two, 2, 1, good, &totals, sizeof totals), SLA_E_NULL, 0);
  REFUSED(TOTALS(two, 1, 10, good, &totals, sizeof totals), SLA_E_METRIC, 3);
  REFUSED(TOTALS(two, 1, 1, NULL, &totals, sizeof totals), SLA_E_NULL, 4);
  REFUSED(TOTALS(two, 1, 1, good, NULL, sizeof totals), SLA_E_NULL, 8);
  REFUSED(TOTALS(two, 1, 1, good, &totals, sizeof totals - 8), SLA_E_ABI, 9);
  REFUSED(TOTALS(two, 1, 1, good, &totals, SIZE_MAX), SLA_E_ABI, 9);
  assert_untouched(r);
  assert_untouched(totals);
  assert_untouched(n);
}

static void evaluating_at_odds(void **state) {
  sla_result r[3];
  size_t written;
  (void)state;
  TAINT(r), TAINT(written);
  REFUSED(sla_evaluate(policy, 0, good, 2, sizeof *good, NOW, r, sizeof *r, &error), SLA_E_METRIC,
          2);
  REFUSED(sla_evaluate(policy, 10, good, 2, sizeof *good, NOW, r, sizeof *r, &error),
          SLA_E_METRIC, 2);
  REFUSED(sla_evaluate(policy, 32, good, 2, sizeof *good, NOW, r, sizeof *r, &error),
          SLA_E_METRIC, 2);
  REFUSED(sla_evaluate(policy, UINT32_MAX, good, 2, sizeof *good, NOW, r, sizeof *r, &error),
          SLA_E_METRIC, 2);
  for (size_t i = 0; i < COUNT_OF(out_of_range); i++) {
    REFUSED(sla_evaluate(policy, 1, good, 2, sizeof *good, out_of_range[i], r, sizeof *r, &error),
            SLA_E_RANGE, 6);
    REFUSED(sla_evaluate_all(policy, good, 2, sizeof *good, out_of_range[i], r, 3, sizeof *r,
                             &written, &error),
            SLA_E_RANGE, 5);
  }
  REFUSED(sla_evaluate_all(policy, good, 2, sizeof *good, NOW, r, 1, sizeof *r, &written, &error),
          SLA_E_LIMIT, 7);
  REFUSED(sla_evaluate_all(policy, good, 2, sizeof *good, NOW, r, 0, sizeof *r, &written, &error),
          SLA_E_LIMIT, 7);
  assert_untouched(r);
  assert_untouched(written);
}

/* Sizes that no version has: too small, not aligned, nonsense. */
static const size_t bad_event_sizes[] = {0, 1, 16, 23, 25, 28, 8192, SIZE_MAX};
static const size_t bad_result_sizes[] = {0, 8, 136, 143, 145, 148, 8192, SIZE_MAX};

static void sizes_of_events_and_results(void **state) {
  sla_result r[3];
  size_t written;
  (void)state;
  TAINT(r), TAINT(written);
  for (size_t i = 0; i < COUNT_OF(bad_event_sizes); i++) {
    size_t e = bad_event_sizes[i], s = bad_result_sizes[i];
    REFUSED(sla_evaluate(policy, 1, good, 1, e, NOW, r, sizeof *r, &error), SLA_E_ABI, 5);
    REFUSED(sla_evaluate(policy, 1, good, 1, sizeof *good, NOW, r, s, &error), SLA_E_ABI, 8);
    REFUSED(sla_evaluate_all(policy, good, 1, e, NOW, r, 3, sizeof *r, &written, &error),
            SLA_E_ABI, 4);
    REFUSED(sla_evaluate_all(policy, good, 1, sizeof *good, NOW, r, 3, s, &written, &error),
            SLA_E_ABI, 8);
  }
  assert_untouched(r);
  assert_untouched(written);
}

/* A later host: events and results that are longer than what is known here. */
static void larger_events_and_results(void **state) {
  struct {
    sla_event known;
    int64_t later;
  } events[2] = {{good[0], 0}, {good[1], 0}};
  struct {
    sla_result known;
    int64_t later;
  } larger;
  (void)state;
  TAINT(larger);
  ACCEPTED(sla_evaluate(policy, 1, &events[0].known, 2, sizeof events[0], NOW, &larger.known,
                        sizeof larger, &error));
  sla_result plain = evaluated_at(policy, 1, good, 2, NOW);
  assert_memory_equal(&larger.known, &plain, sizeof plain);
  assert_number(larger.later, 0);
  TAINT(larger);
  events[1].later = 1;
  assert_code(sla_evaluate(policy, 1, &events[0].known, 2, sizeof events[0], NOW, &larger.known,
                           sizeof larger, &error),
              SLA_E_ABI);
  assert_number(error.code, SLA_E_ABI);
  assert_number(error.index, 1);
  assert_untouched(larger);
}

/* ---- rows ---- */

static sla_row good_row(void) {
  return (sla_row){NOW - 1000, NOW - 900, SLA_NONE,        SLA_NONE,
                   SLA_NONE,   SLA_NONE,  SLA_TICKET_OPEN, 0};
}

/* Field 1 is created_at, field 8 the priority. */
static void expect_row_refused(sla_row row, int32_t code, int64_t field, const char *what) {
  sla_result results[3];
  sla_event events[16];
  size_t written;
  TAINT(results), TAINT(events), TAINT(written), TAINT(error);
  int32_t got = sla_evaluate_row(policy, SLA_RESOLUTION, &row, sizeof row, now, results,
                                 sizeof results[0], &error);
  if (got != code || error.code != code || error.index != field || error.argument != 0)
    fail_msg("%s: %d at field %d (argument %u), not %d at field %d", what, got, (int)error.index,
             error.argument, code, (int)field);
  TAINT(error);
  assert_code(sla_evaluate_row_all(policy, &row, sizeof row, now, results, 3, sizeof results[0],
                                   &written, &error),
              code);
  assert_number(error.index, field);
  TAINT(error);
  assert_code(sla_row_events(policy, &row, sizeof row, events, 16, sizeof events[0], &written,
                             &error),
              code);
  assert_number(error.index, field);
  assert_untouched(results);
  assert_untouched(events);
  assert_untouched(written);
}

/* ---- row_errors.tsv ---- */

static void one_row(void **state) {
  enum { NAME, TERMS, ROW, AT = ROW + TOLD_ROW_FIELDS, ERROR, INDEX };
  const table_field *row = *state;
  policy = told_policy(row[TERMS]);
  now = told_time(row[AT]);
  expect_row_refused(told_row(row + ROW), told_code(row[ERROR]), told_number(row[INDEX]),
                     row[NAME]);
  sla_policy_unref(policy);
}

/* ---- what no table says of rows ---- */

static void rows_out_of_range(void **state) {
  (void)state;
  for (size_t i = 1; i < COUNT_OF(out_of_range); i++) {
    sla_row row = good_row();
    row.created_at = out_of_range[i];
    expect_row_refused(row, SLA_E_RANGE, 1, "created out of range");
    row = good_row(), row.waiting_since = out_of_range[i];
    expect_row_refused(row, SLA_E_RANGE, 3, "waiting out of range");
  }
}

/* A later caller's row: accepted while it says nothing that is not known here. */
static void larger_rows(void **state) {
  struct {
    sla_row known;
    int64_t later;
  } row = {good_row(), 0};
  sla_result r;
  sla_event events[16];
  size_t written;
  (void)state;
  ACCEPTED(sla_evaluate_row(policy, 1, &row.known, sizeof row, NOW, &r, sizeof r, &error));
  row.later = 1;
  TAINT(r), TAINT(events), TAINT(written);
  assert_code(sla_evaluate_row(policy, 1, &row.known, sizeof row, NOW, &r, sizeof r, &error),
              SLA_E_ABI);
  assert_code(sla_row_events(policy, &row.known, sizeof row, events, 16, sizeof events[0],
                             &written, &error),
              SLA_E_ABI);
  assert_code(sla_row_events(policy, &row.known, sizeof row.known - 8, events, 16,
                             sizeof events[0], &written, &error),
              SLA_E_ABI);
  assert_untouched(r);
  assert_untouched(events);
  assert_untouched(written);
}

static void rows_refuse_null_and_sizes(void **state) {
  const sla_row row = good_row();
  sla_result r[3];
  sla_event events[16];
  size_t n;
  (void)state;
  TAINT(r), TAINT(events), TAINT(n);
  REFUSED(sla_evaluate_row(NULL, 1, &row, sizeof row, NOW, r, sizeof *r, &error), SLA_E_NULL, 1);
  REFUSED(sla_evaluate_row(policy, 1, NULL, sizeof row, NOW, r, sizeof *r, &error), SLA_E_NULL, 3);
  REFUSED(sla_evaluate_row(policy, 1, &row, sizeof row, NOW, NULL, sizeof *r, &error), SLA_E_NULL,
          6);
  REFUSED(sla_evaluate_row(policy, 0, &row, sizeof row, NOW, r, sizeof *r, &error), SLA_E_METRIC,
          2);
  REFUSED(sla_evaluate_row(policy, 1, &row, sizeof row - 1, NOW, r, sizeof *r, &error), SLA_E_ABI,
          4);
  REFUSED(sla_evaluate_row(policy, 1, &row, sizeof row, NOW, r, sizeof *r - 1, &error), SLA_E_ABI,
          7);
  REFUSED(sla_evaluate_row(policy, 1, &row, sizeof row, SLA_NONE, r, sizeof *r, &error),
          SLA_E_RANGE, 5);
  REFUSED(sla_evaluate_row_all(NULL, &row, sizeof row, NOW, r, 3, sizeof *r, &n, &error),
          SLA_E_NULL, 1);
  REFUSED(sla_evaluate_row_all(policy, NULL, sizeof row, NOW, r, 3, sizeof *r, &n, &error),
          SLA_E_NULL, 2);
  REFUSED(sla_evaluate_row_all(policy, &row, sizeof row, NOW, NULL, 3, sizeof *r, &n, &error),
          SLA_E_NULL, 5);
  REFUSED(sla_evaluate_row_all(policy, &row, sizeof row, NOW, r, 3, sizeof *r, NULL, &error),
          SLA_E_NULL, 8);
  REFUSED(sla_evaluate_row_all(policy, &row, sizeof row, NOW, r, 1, sizeof *r, &n, &error),
          SLA_E_LIMIT, 6);
  REFUSED(sla_row_events(NULL, &row, sizeof row, events, 16, sizeof *events, &n, &error),
          SLA_E_NULL, 1);
  REFUSED(sla_row_events(policy, NULL, sizeof row, events, 16, sizeof *events, &n, &error),
          SLA_E_NULL, 2);
  REFUSED(sla_row_events(policy, &row, sizeof row, NULL, 16, sizeof *events, &n, &error),
          SLA_E_NULL, 4);
  REFUSED(sla_row_events(policy, &row, sizeof row, events, 16, sizeof *events, NULL, &error),
          SLA_E_NULL, 7);
  REFUSED(sla_row_events(policy, &row, sizeof row, events, 0, sizeof *events, &n, &error),
          SLA_E_LIMIT, 5);
  REFUSED(sla_row_events(policy, &row, sizeof row, events, 16, sizeof *events - 1, &n, &error),
          SLA_E_ABI, 6);
  assert_untouched(r);
  assert_untouched(events);
  assert_untouched(n);
}

/* ---- batches ---- */

static uint32_t batch_metric = SLA_RESOLUTION;
static const uint64_t batch_offsets[] = {0, 2};
static sla_result batch_results[1];
static int32_t batch_codes[1];

static sla_batch good_batch(void) {
  return (sla_batch){.policies = (const sla_policy *const *)&policy,
                     .metrics = &batch_metric,
                     .events = good,
                     .offsets = batch_offsets,
                     .results = batch_results,
                     .codes = batch_codes,
                     .now = NOW,
                     .policy_count = 1,
                     .metric_count = 1,
                     .ticket_count = 1,
                     .event_size = sizeof(sla_event),
                     .result_size = sizeof(sla_result)};
}

static void expect_batch_refused(sla_batch batch, int32_t code, const char *what) {
  uint64_t failed;
  TAINT(failed), TAINT(batch_results), TAINT(batch_codes), TAINT(error);
  int32_t got = sla_evaluate_batch(&batch, sizeof batch, &failed, &error);
  if (got != code || error.code != code) fail_msg("%s: %d, not %d", what, got, code);
  assert_untouched(failed);
  assert_untouched(batch_results);
  assert_untouched(batch_codes);
}

static void batches(void **state) {
  static const uint64_t backwards[] = {2, 0};
  static const uint32_t far_policy[] = {1};
  const sla_row row = good_row();
  const sla_policy *none = NULL;
  uint64_t failed;
  sla_batch b = good_batch();
  (void)state;
  ACCEPTED(sla_evaluate_batch(&b, sizeof b, &failed, &error));
  assert_number((int64_t)failed, 0);
  REFUSED(sla_evaluate_batch(NULL, sizeof b, &failed, &error), SLA_E_NULL, 1);
  REFUSED(sla_evaluate_batch(&b, sizeof b - 1, &failed, &error), SLA_E_ABI, 2);
  REFUSED(sla_evaluate_batch(&b, 0, &failed, &error), SLA_E_ABI, 2);
  REFUSED(sla_evaluate_batch(&b, sizeof b, NULL, &error), SLA_E_NULL, 3);
  b = good_batch(), b.policies = NULL;
  expect_batch_refused(b, SLA_E_NULL, "no policies");
  b = good_batch(), b.policies = &none;
  expect_batch_refused(b, SLA_E_NULL, "a policy that is NULL");
  b = good_batch(), b.metrics = NULL;
  expect_batch_refused(b, SLA_E_NULL, "no metrics");
  b = good_batch(), b.events = NULL;
  expect_batch_refused(b, SLA_E_NULL, "neither events nor rows");
  b = good_batch(), b.offsets = NULL;
  expect_batch_refused(b, SLA_E_NULL, "no offsets");
  b = good_batch(), b.results = NULL;
  expect_batch_refused(b, SLA_E_NULL, "no results");
  b = good_batch(), b.codes = NULL;
  expect_batch_refused(b, SLA_E_NULL, "no codes");
  b = good_batch(), b.rows = &row, b.row_size = sizeof row;
  expect_batch_refused(b, SLA_E_ARGUMENT, "events and rows");
  b = good_batch(), b.event_size = 23;
  expect_batch_refused(b, SLA_E_ABI, "size of events");
  b = good_batch(), b.result_size = 143;
  expect_batch_refused(b, SLA_E_ABI, "size of results");
  b = good_batch(), b.events = NULL, b.offsets = NULL, b.event_size = 0, b.rows = &row;
  expect_batch_refused(b, SLA_E_ABI, "size of rows");
  b = good_batch(), b.now = SLA_NONE;
  expect_batch_refused(b, SLA_E_RANGE, "now");
  b = good_batch(), b.offsets = backwards;
  expect_batch_refused(b, SLA_E_ARGUMENT, "offsets that go back");
  b = good_batch(), b.policy_of = far_policy;
  expect_batch_refused(b, SLA_E_ARGUMENT, "a policy that is not there");
  assert_number(error.value, 1);
  assert_number(error.limit, 0);
  b = good_batch(), b.policy_count = 0;
  expect_batch_refused(b, SLA_E_ARGUMENT, "no policy");
  b = good_batch(), b.ticket_count = UINT64_MAX;
  expect_batch_refused(b, SLA_E_LIMIT, "more tickets than memory has bytes");
  b = good_batch(), b.metric_count = 1000;
  expect_batch_refused(b, SLA_E_LIMIT, "a thousand metrics");
  batch_metric = 10;
  expect_batch_refused(good_batch(), SLA_E_METRIC, "a tenth metric");
  batch_metric = 32;
  expect_batch_refused(good_batch(), SLA_E_METRIC, "a metric that nobody defined");
  batch_metric = SLA_RESOLUTION;
}

/* ---- results taken together ---- */

static void rollups_and_comparisons(void **state) {
  const sla_result r = evaluated_at(policy, 1, good, 2, NOW);
  sla_rollup rollup;
  int32_t order;
  (void)state;
  TAINT(rollup), TAINT(order);
  assert_code(sla_rollup_results(NULL, 1, sizeof r, &rollup, sizeof rollup), SLA_E_NULL);
  assert_code(sla_rollup_results(&r, 1, sizeof r, NULL, sizeof rollup), SLA_E_NULL);
  assert_code(sla_rollup_results(&r, 0, sizeof r, &rollup, sizeof rollup), SLA_E_ARGUMENT);
  assert_code(sla_rollup_results(&r, 1, sizeof r - 1, &rollup, sizeof rollup), SLA_E_ABI);
  assert_code(sla_rollup_results(&r, 1, sizeof r, &rollup, sizeof rollup - 1), SLA_E_ABI);
  assert_code(sla_rollup_results(&r, 1, SIZE_MAX, &rollup, sizeof rollup), SLA_E_ABI);
  assert_code(sla_result_compare(NULL, &r, sizeof r, &order), SLA_E_NULL);
  assert_code(sla_result_compare(&r, NULL, sizeof r, &order), SLA_E_NULL);
  assert_code(sla_result_compare(&r, &r, sizeof r, NULL), SLA_E_NULL);
  assert_code(sla_result_compare(&r, &r, sizeof r - 1, &order), SLA_E_ABI);
  assert_code(sla_result_compare(&r, &r, 0, &order), SLA_E_ABI);
  assert_untouched(rollup);
  assert_untouched(order);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
  static const char *const log_columns[] = {"name",  "policy", "log", "now",
                                            "error", "index",  NULL};
  static const char *const row_columns[] = {"name",  "policy", TOLD_ROW_COLUMNS, "now",
                                            "error", "index",  NULL};
  static const table tables[] = {{"errors.tsv", log_columns, one_log},
                                 {"row_errors.tsv", row_columns, one_row}};
  const struct CMUnitTest others[] = {
      cmocka_unit_test(null_is_released_without_harm),
      cmocka_unit_test(dates_refuse_null),
      cmocka_unit_test(fixed_zones),
      cmocka_unit_test(zones_from_text_and_bytes),
      CASE(zones_asked),
      CASE(an_instant_before_the_first),
      CASE(builders_refuse_null),
      CASE(windows),
      CASE(hours),
      CASE(dated_entries),
      CASE(yearly_entries),
      CASE(names_of_entries),
      CASE(entries_as_records),
      CASE(many_entries),
      CASE(many_entries_are_each_of_them),
      CASE(sizes_of_entries),
      CASE(too_many_entries),
      CASE(building),
      CASE(hours_text_that_is_long_or_holds_a_zero),
      CASE(calendars_refuse_null),
      CASE(instants_out_of_range),
      CASE(intervals_asked_wrongly),
      CASE(intervals_into_larger_records),
      CASE(working_dates_asked_wrongly),
      CASE(entries_asked_wrongly),
      CASE(policies_refuse_null),
      CASE(metrics_and_priorities_of_policies),
      CASE(amounts_of_targets),
      CASE(units_and_clocks_of_targets),
      CASE(stages_and_allowances),
      CASE(due_soon_rules),
      CASE(statuses_of_policies),
      CASE(building_policies),
      CASE(stages_and_allowances_without_their_target),
      CASE(targets_of_metrics_that_nobody_defined),
      CASE(rules_refuse_null_and_sizes),
      CASE(rules_of_metrics_that_are_none),
      CASE(rules_that_contradict_themselves),
      CASE(rules_with_unknown_bits),
      CASE(options_that_are_none),
      CASE(options_that_the_shape_cannot_have),
      CASE(pauses_of_statuses_that_nobody_declared),
      CASE(policies_read_back_wrongly),
      CASE(no_events_need_no_array),
      CASE(events_after_now_are_not_read),
      CASE(events_at_instants_out_of_range),
      CASE(values_of_the_hosts_events),
      CASE(too_many_changes_for_breaches_that_stick),
      CASE(due_instants_out_of_range),
      CASE(evaluating_refuses_null),
      CASE(several_policies_refuse_null),
      CASE(evaluating_at_odds),
      CASE(sizes_of_events_and_results),
      CASE(larger_events_and_results),
      CASE(rows_out_of_range),
      CASE(larger_rows),
      CASE(rows_refuse_null_and_sizes),
      CASE(batches),
      CASE(rollups_and_comparisons),
  };
  return table_run("errors", tables, COUNT_OF(tables), others, COUNT_OF(others));
}
