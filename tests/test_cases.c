/* SPDX-License-Identifier: MIT */
/* Zones and calendars, and tickets on them: the cases that went wrong elsewhere, numbered as in the
 * project's list of them, and every rule of calendars. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"
#include "table.h"
#include "told.h"
#include "told_calendar.h"

static bool is_error(const char *answer) { return strncmp(answer, "SLA_E_", 6) == 0; }

/* ---- calendar.tsv ---- */

/* What is asked fails where an answer that is no error is not `want`; it gives the code. */

static int32_t expect_yes_or_no(int32_t code, const uint32_t *got, const char *want) {
  if (code == SLA_OK) assert_string_equal(*got == 1 ? "yes" : *got == 0 ? "no" : "?", want);
  return code;
}

static int32_t expect_instant(int32_t code, const sla_time *got, const char *want) {
  if (code == SLA_OK) assert_time(*got, told_time(want));
  return code;
}

static int32_t ask_is_open(const sla_calendar *c, char *arguments, const char *want) {
  uint32_t open = 2;
  return expect_yes_or_no(sla_calendar_is_open(c, told_time(arguments), &open), &open, want);
}

static int32_t ask_is_working_date(const sla_calendar *c, char *arguments, const char *want) {
  uint32_t working = 2;
  int32_t code = sla_calendar_is_working_date(c, told_date(arguments), &working);
  return expect_yes_or_no(code, &working, want);
}

static int32_t ask_add(const sla_calendar *c, char *arguments, const char *want) {
  sla_time from = told_time(told_word(&arguments)), got = 0;
  return expect_instant(sla_calendar_add(c, from, told_length(arguments), &got), &got, want);
}

static int32_t ask_next_change(const sla_calendar *c, char *arguments, const char *want) {
  sla_time got = 0;
  return expect_instant(sla_calendar_next_change(c, told_time(arguments), &got), &got, want);
}

static int32_t ask_previous_change(const sla_calendar *c, char *arguments, const char *want) {
  sla_time got = 0;
  return expect_instant(sla_calendar_previous_change(c, told_time(arguments), &got), &got, want);
}

/* The other way round it is the negative. */
static int32_t ask_elapsed(const sla_calendar *c, char *arguments, const char *want) {
  sla_time from = told_time(told_word(&arguments)), to = told_time(arguments);
  sla_seconds there = 0, back = 0;
  int32_t code = sla_calendar_elapsed(c, from, to, &there);
  assert_code(sla_calendar_elapsed(c, to, from, &back), code);
  if (code == SLA_OK) assert_number(there, told_length(want));
  assert_number(back, -there);
  return code;
}

/* "FROM/TO FROM/TO" */
static void expect_intervals(const sla_interval *intervals, size_t count, const char *want) {
  char text[1024], *rest = text;
  snprintf(text, sizeof text, "%s", want);
  for (size_t i = 0; i < count; i++) {
    const char *word = told_word(&rest);
    char *slash = strchr(word, '/');
    if (slash == NULL) fail_msg("%d intervals, not %s", (int)count, want);
    *slash = '\0';
    assert_time(intervals[i].from, told_time(word));
    assert_time(intervals[i].to, told_time(slash + 1));
  }
  assert_string_equal(rest, "");
}

static int32_t ask_intervals(const sla_calendar *c, char *arguments, const char *want) {
  sla_time from = told_time(told_word(&arguments)), to = told_time(arguments);
  sla_interval intervals[16];
  size_t count = 0;
  int32_t code = sla_calendar_intervals(c, from, to, intervals, COUNT_OF(intervals),
                                        sizeof intervals[0], &count);
  assert_true(count < COUNT_OF(intervals));
  if (code == SLA_OK) expect_intervals(intervals, count, strcmp(want, "none") == 0 ? "" : want);
  return code;
}

static int32_t ask_working_dates(const sla_calendar *c, char *arguments, const char *want) {
  sla_date from = told_date(told_word(&arguments)), to = told_date(arguments);
  int64_t there = 0, back = 0;
  int32_t code = sla_calendar_working_dates(c, from, to, &there);
  assert_code(sla_calendar_working_dates(c, to, from, &back), code);
  if (code == SLA_OK) assert_number(there, told_number(want));
  assert_number(back, -there);
  return code;
}

static int32_t ask_add_working_dates(const sla_calendar *c, char *arguments, const char *want) {
  sla_date from = told_date(told_word(&arguments)), got = 0;
  int32_t code = sla_calendar_add_working_dates(c, from, told_number(arguments), &got);
  if (code == SLA_OK) assert_number(got, told_date(want));
  return code;
}

static int32_t ask_holiday_on(const sla_calendar *c, char *arguments, const char *want) {
  uint32_t index = 0;
  char name[256] = "none";
  size_t length;
  int32_t code = sla_calendar_holiday_on(c, told_date(arguments), &index);
  if (code == SLA_OK && index != SLA_NO_ENTRY)
    assert_ok(sla_calendar_entry_name(c, index, name, sizeof name, &length));
  if (code == SLA_OK) assert_string_equal(name, want);
  return code;
}

static int32_t ask_build(const sla_calendar *c, char *arguments, const char *want) {
  (void)c, (void)arguments;
  assert_string_equal(want, "ok");
  return SLA_OK;
}

static const struct {
  const char *name;
  int32_t (*ask)(const sla_calendar *c, char *arguments, const char *want);
} operations[] = {{"build", ask_build},
                  {"is_open", ask_is_open},
                  {"elapsed", ask_elapsed},
                  {"add", ask_add},
                  {"next_change", ask_next_change},
                  {"previous_change", ask_previous_change},
                  {"intervals", ask_intervals},
                  {"is_working_date", ask_is_working_date},
                  {"working_dates", ask_working_dates},
                  {"add_working_dates", ask_add_working_dates},
                  {"holiday_on", ask_holiday_on}};

static int32_t ask(const sla_calendar *c, const char *operation, const char *arguments,
                   const char *want) {
  char text[256];
  snprintf(text, sizeof text, "%s", arguments == NULL ? "" : arguments);
  for (size_t i = 0; i < COUNT_OF(operations); i++)
    if (strcmp(operation, operations[i].name) == 0) return operations[i].ask(c, text, want);
  fail_msg("no such operation: %s", operation);
  return SLA_OK;
}

static void one_calendar(void **state) {
  enum { NAME, ZONE, HOURS, EXTRAS, OPERATION, ARGUMENTS, ANSWER };
  const table_field *row = *state;
  const char *want = row[ANSWER] == NULL ? "" : row[ANSWER];
  sla_calendar *calendar = NULL;
  int32_t code = told_calendar(row[ZONE], row[HOURS], row[EXTRAS], &calendar);
  assert_true((calendar == NULL) == (code != SLA_OK));
  if (code == SLA_OK) code = ask(calendar, row[OPERATION], row[ARGUMENTS], want);
  assert_code(code, is_error(want) ? told_code(want) : SLA_OK);
  sla_calendar_unref(calendar);
}

/* ---- zones.tsv ---- */

/* "2024-03-10T02:00:00", by its date and its second. */
static sla_date read_civil(const char *text, int32_t *second) {
  char instant[32], date[11];
  snprintf(instant, sizeof instant, "%sZ", text);
  snprintf(date, sizeof date, "%s", text);
  *second = (int32_t)(((told_time(instant) - SLA_TIME_MIN) % 86400));
  return told_date(date);
}

static void expect_civil_at(const sla_zone *zone, const char *argument, const char *want) {
  sla_civil civil;
  int32_t second;
  sla_date date = read_civil(want, &second);
  assert_ok(sla_zone_civil_at(zone, told_time(argument), &civil, sizeof civil));
  assert_number(civil.date, date);
  assert_number(civil.second, second);
}

/* "unique INSTANT", "skipped INSTANT", "repeated INSTANT INSTANT" */
static void expect_instant_of(const sla_zone *zone, const char *argument, const char *want) {
  char text[256], *rest = text;
  int32_t second;
  sla_date date = read_civil(argument, &second);
  sla_time first = 0, last = 0;
  uint32_t wall = 0;
  snprintf(text, sizeof text, "%s", want);
  const char *kind = told_word(&rest), *one = told_word(&rest), *two = told_word(&rest);
  assert_ok(sla_zone_instant_of(zone, date, second, &first, &last, &wall));
  assert_string_equal(wall == SLA_WALL_UNIQUE     ? "unique"
                      : wall == SLA_WALL_SKIPPED  ? "skipped"
                      : wall == SLA_WALL_REPEATED ? "repeated"
                                                  : "?",
                      kind);
  assert_time(first, told_time(one));
  assert_time(last, told_time(*two == '\0' ? one : two));
}

static void expect_offset_at(const sla_zone *zone, const char *argument, const char *want) {
  int32_t offset = 0;
  assert_ok(sla_zone_offset_at(zone, told_time(argument), &offset));
  assert_number(offset, told_number(want));
}

static void expect_of_zone(const sla_zone *zone, const char *operation, const char *argument,
                           const char *want) {
  if (strcmp(operation, "make") == 0) assert_string_equal(want, "ok");
  else if (strcmp(operation, "offset_at") == 0) expect_offset_at(zone, argument, want);
  else if (strcmp(operation, "civil_at") == 0) expect_civil_at(zone, argument, want);
  else if (strcmp(operation, "instant_of") == 0) expect_instant_of(zone, argument, want);
  else fail_msg("no such operation: %s", operation);
}

/* "SLA_E_POSIX 1:5"; the index is that of the byte. */
static void expect_refused(int32_t code, const sla_error *error, const char *want) {
  char got[64];
  assert_number(error->code, code);
  assert_number(error->index, (int64_t)error->column - 1);
  snprintf(got, sizeof got, "%s %u:%u", sla_code_name(code), error->line, error->column);
  assert_string_equal(got, want);
}

static void one_zone(void **state) {
  enum { NAME, ZONE, OPERATION, ARGUMENTS, ANSWER };
  const table_field *row = *state;
  sla_zone *zone = NULL;
  sla_error error = {.code = 1};
  int32_t code = told_zone(row[ZONE], &zone, &error);
  assert_true((zone == NULL) == (code != SLA_OK));
  if (code == SLA_OK) {
    expect_of_zone(zone, row[OPERATION], row[ARGUMENTS], row[ANSWER]);
    sla_zone_unref(zone);
    return;
  }
  expect_refused(code, &error, row[ANSWER]);
  assert_code(told_zone(row[ZONE], &zone, NULL), code);
}

/* ---- evaluation_calendars.tsv ---- */

static void one_ticket(void **state) {
  enum { GROUP, NAME, ZONE, HOURS, EXTRAS, POLICY, LOG, NOW, RESULTS };
  const table_field *row = *state;
  sla_calendar *hours = NULL;
  assert_ok(told_calendar(row[ZONE], row[HOURS], row[EXTRAS], &hours));
  told_ticket t = told_open_on(hours, row[POLICY], row[LOG], row[NOW]);
  told_expect(&t, row[RESULTS]);
  told_close(&t);
  sla_calendar_unref(hours);
}

/* ---- what no table says ---- */

static void case_1b_every_weekday_of_every_month_a_holiday(void **state) {
  sla_calendar_builder *builder = builder_of("UTC", "Mo-Fr 09:00-17:00");
  sla_calendar *calendar = NULL;
  (void)state;
  for (int32_t month = 1; month <= 12; month++)
    for (int32_t nth = 1; nth <= 5; nth++)
      for (uint32_t weekday = 1; weekday <= 7; weekday++)
        assert_ok(sla_calendar_builder_add_weekday_holiday(builder, month, nth, weekday, NULL, 0,
                                                           NULL));
  assert_code(sla_calendar_builder_build(builder, &calendar, NULL), SLA_E_CLOSED);
  assert_null(calendar);
  sla_calendar_builder_free(builder);
}

/* A header with its six counts: isutcnt, isstdcnt, leapcnt, timecnt, typecnt, charcnt. */
static void put_header(unsigned char *bytes, const uint32_t counts[6]) {
  memset(bytes, 0, 44);
  memcpy(bytes, "TZif", 4);
  for (int i = 0; i < 24; i++)
    bytes[20 + i] = (unsigned char)(counts[i / 4] >> (24 - 8 * (i % 4)));
}

static void case_11c_header_claims_transitions_it_has_not(void **state) {
  unsigned char bytes[44];
  sla_zone *zone = NULL;
  (void)state;
  put_header(bytes, (const uint32_t[6]){0, 0, 0, 0x7FFFFFFF, 1, 4});
  assert_code(sla_zone_new_tzif(bytes, sizeof bytes, NULL, &zone, NULL), SLA_E_TZIF);
  bytes[4] = '2';
  assert_code(sla_zone_new_tzif(bytes, sizeof bytes, NULL, &zone, NULL), SLA_E_TZIF);
  assert_null(zone);
}

static void case_11d_leap_seconds_have_their_own_code(void **state) {
  static const unsigned char rest[] = {0, 0, 0, 0, 0, 0, 'U', 'T', 'C', 0,
                                       0x04, 0xB2, 0x58, 0x00, 0, 0, 0, 1};
  unsigned char bytes[44 + sizeof rest];
  sla_zone *zone = NULL;
  (void)state;
  put_header(bytes, (const uint32_t[6]){0, 0, 1, 0, 1, 4});
  memcpy(bytes + 44, rest, sizeof rest);
  assert_code(sla_zone_new_tzif(bytes, sizeof bytes, NULL, &zone, NULL), SLA_E_LEAP);
  assert_null(zone);
}

int main(void) {
  static const char *const calendar_columns[] = {"name",      "zone",      "hours",  "extras",
                                                 "operation", "arguments", "answer", NULL};
  static const char *const zone_columns[] = {"name",      "zone",   "operation",
                                             "arguments", "answer", NULL};
  static const char *const ticket_columns[] = {"group",  "name", "zone", "hours",   "extras",
                                               "policy", "log",  "now",  "results", NULL};
  static const table tables[] = {{"calendar.tsv", calendar_columns, one_calendar},
                                 {"zones.tsv", zone_columns, one_zone},
                                 {"evaluation_calendars.tsv", ticket_columns, one_ticket}};
  static const struct CMUnitTest others[] = {
      cmocka_unit_test(case_1b_every_weekday_of_every_month_a_holiday),
      cmocka_unit_test(case_11c_header_claims_transitions_it_has_not),
      cmocka_unit_test(case_11d_leap_seconds_have_their_own_code),
  };
  return table_run("cases", tables, COUNT_OF(tables), others, COUNT_OF(others));
}
