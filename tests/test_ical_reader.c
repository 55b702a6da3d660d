/* SPDX-License-Identifier: MIT */
/* What a host says about a file: filters, single entries switched off, hours of make-up days, ISO
 * 8859-1; the listing, and the calendar that comes of it; every error of every function. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ical_told.h"
#include "support.h"

#define PARIS "Europe/Paris"

static sla_error error;
static sla_ical_reader *reader;
static sla_zone *zone;

static int set_up(void **state) {
  (void)state;
  reader = reader_of(PARIS, 20240101, 20241231);
  zone = zone_named(PARIS);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  sla_ical_reader_free(reader);
  sla_zone_unref(zone);
  return 0;
}

static void expect(const char *text, const char *expected) {
  char *told = told_holidays(reader, text, strlen(text));
  assert_string_equal(told, expected);
  free(told);
}

static sla_ical_feed *feed_of(const char *text) {
  sla_ical_feed *feed = NULL;
  assert_ok(sla_ical_read_holidays(reader, text, strlen(text), &feed, NULL));
  return feed;
}

static void filter(uint32_t kind, const char *text) {
  assert_ok(sla_ical_reader_add_filter(reader, kind, text, strlen(text), NULL));
}

static void switch_off(const char *uid, sla_date date) {
  assert_ok(sla_ical_reader_switch_off(reader, uid, strlen(uid), date, NULL));
}

/* ---- what is taken ---- */

static const char days[] = CALENDAR(
    EVENT("UID:a\nDTSTART:20240101\nSUMMARY:New Year\nCATEGORIES:Holiday,Public\n")
    EVENT("UID:b\nDTSTART:20240214\nSUMMARY:Valentine's Day\nCATEGORIES:Observance\n")
    EVENT("UID:c\nDTSTART:20240401\nSUMMARY:Easter Monday\nCATEGORIES:Public\n"
          "CATEGORIES:Christian\\, all\n"));

static void all_is_taken_without_a_filter(void **state) {
  (void)state;
  expect(days, "20240101 holiday New Year\n20240214 holiday Valentine's Day\n"
               "20240401 holiday Easter Monday\n");
}

static void categories_are_taken(void **state) {
  (void)state;
  filter(SLA_ICAL_TAKE_CATEGORY, "holiday");
  filter(SLA_ICAL_TAKE_CATEGORY, "christian, ALL");
  expect(days, "20240101 holiday New Year\n20240401 holiday Easter Monday\n");
}

static void a_category_is_a_whole_one(void **state) {
  (void)state;
  filter(SLA_ICAL_TAKE_CATEGORY, "Holi");
  filter(SLA_ICAL_TAKE_CATEGORY, "Christian");
  expect(days, "");
}

static void categories_are_left(void **state) {
  (void)state;
  filter(SLA_ICAL_LEAVE_CATEGORY, "OBSERVANCE");
  expect(days, "20240101 holiday New Year\n20240401 holiday Easter Monday\n");
}

static void texts_are_taken_and_left(void **state) {
  (void)state;
  filter(SLA_ICAL_TAKE_TEXT, "DAY");
  expect(days, "20240214 holiday Valentine's Day\n20240401 holiday Easter Monday\n");
  filter(SLA_ICAL_LEAVE_TEXT, "valen");
  expect(days, "20240401 holiday Easter Monday\n");
}

static void what_is_left_wins_over_what_is_taken(void **state) {
  (void)state;
  filter(SLA_ICAL_TAKE_CATEGORY, "Public");
  filter(SLA_ICAL_LEAVE_TEXT, "new");
  expect(days, "20240401 holiday Easter Monday\n");
}

/* Where one occurrence of a part that almost fits overlaps the next. */
static void a_text_that_almost_fits(void **state) {
  (void)state;
  filter(SLA_ICAL_TAKE_TEXT, "aabaaab");
  expect(EVENT("DTSTART:20240101\nSUMMARY:aabaabaaab\n") EVENT("DTSTART:20240102\nSUMMARY:aabaabaab\n"),
         "20240101 holiday aabaabaaab\n");
}

static void a_change_that_is_filtered_leaves_a_gap(void **state) {
  (void)state;
  filter(SLA_ICAL_LEAVE_TEXT, "x");
  expect(EVENT("UID:1\nDTSTART:20240101\nRRULE:FREQ=WEEKLY;COUNT=2\n")
             EVENT("UID:1\nRECURRENCE-ID:20240108\nDTSTART:20240108\nSUMMARY:x\n"),
         "20240101 holiday\n");
}

static void entries_are_switched_off(void **state) {
  (void)state;
  switch_off("b", 0);
  switch_off("a", 20240102);
  switch_off("c", 20240401);
  switch_off("B", 20240101);
  expect(days, "20240101 holiday New Year\n");
}

static void one_occurrence_is_switched_off(void **state) {
  (void)state;
  switch_off("w", 20240108);
  expect(EVENT("UID:w\nDTSTART:20240101T220000\nDTEND:20240102T060000\nRRULE:FREQ=WEEKLY;COUNT=3\n"),
         "20240101 closure 22:00-24:00\n20240102 closure 00:00-06:00\n"
         "20240115 closure 22:00-24:00\n20240116 closure 00:00-06:00\n");
}

static void an_event_without_a_uid_is_switched_off(void **state) {
  (void)state;
  assert_ok(sla_ical_reader_switch_off(reader, NULL, 0, 20240101, NULL));
  expect(EVENT("DTSTART:20240101\n") EVENT("DTSTART:20240102\n") EVENT("UID:x\nDTSTART:20240101\n"),
         "20240101 holiday\n20240102 holiday\n");
}

/* ---- make-up working days ---- */

static const char workday[] = EVENT("UID:w\nDTSTART:20240204\nSUMMARY:Make-up\nCATEGORIES:Work,x\n");

static void a_category_makes_working_days(void **state) {
  (void)state;
  expect(workday, "20240204 holiday Make-up\n");
  filter(SLA_ICAL_WORKDAY_CATEGORY, "work");
  expect(workday, "20240204 workday - Make-up\n");
  assert_ok(sla_ical_reader_add_workday_hours(reader, 32400, 43200, NULL));
  assert_ok(sla_ical_reader_add_workday_hours(reader, 46800, 61200, NULL));
  expect(workday, "20240204 workday 09:00-12:00 Make-up\n20240204 workday 13:00-17:00 Make-up\n");
}

static void a_working_day_without_hours_is_not_applied(void **state) {
  sla_calendar_builder *builder = builder_of(PARIS, "Mo-Fr 09:00-17:00");
  (void)state;
  filter(SLA_ICAL_WORKDAY_CATEGORY, "work");
  sla_ical_feed *feed = feed_of(EVENT("DTSTART:20240101\n") EVENT("DTSTART:20240204\nCATEGORIES:work\n"));
  assert_code(sla_ical_feed_apply(feed, builder, &error), SLA_ICAL_E_WORKDAY);
  assert_number(error.index, 1);
  assert_number(error.value, 20240204);
  sla_ical_feed_unref(feed);
  sla_calendar *calendar = built(builder);
  assert_number(sla_calendar_entry_count(calendar), 1);
  sla_calendar_unref(calendar);
}

/* ---- ISO 8859-1 ---- */

static void other_encodings_are_read_when_accepted(void **state) {
  const char *text = EVENT("DTSTART:20240101\nSUMMARY:caf\xE9 \xA4 \xFF\n");
  (void)state;
  expect(text, "SLA_ICAL_E_ENCODING 3:12");
  assert_ok(sla_ical_reader_set_latin1(reader, 1, NULL));
  expect(text, "20240101 holiday caf\xC3\xA9 \xC2\xA4 \xC3\xBF\n");
  expect(EVENT("DTSTART:20240101\nSUMMARY:caf\xC3\xA9\n"), "20240101 holiday caf\xC3\xA9\n");
  assert_ok(sla_ical_reader_set_latin1(reader, 0, NULL));
  expect(text, "SLA_ICAL_E_ENCODING 3:12");
}

/* Also what stands before the byte that showed it, and places stay those of the file. */
static void an_accepted_encoding_is_that_of_the_whole_file(void **state) {
  (void)state;
  assert_ok(sla_ical_reader_set_latin1(reader, 1, NULL));
  expect(EVENT("SUMMARY:\xC3\xA9\nDTSTART:20240101\n") EVENT("SUMMARY:\xE9\nDTSTART:20240102\n"),
         "20240101 holiday \xC3\x83\xC2\xA9\n20240102 holiday \xC3\xA9\n");
  expect(EVENT("DTSTART;X=\xE9\xE9:2024010\xE9\n"), "SLA_ICAL_E_VALUE 2:14");
}

/* ---- the listing ---- */

static void an_entry_says_where_it_comes_from(void **state) {
  sla_ical_feed *feed = feed_of(CALENDAR("X-A:1\r\r\n\n" EVENT("UID:a\\,b\nDTSTART:20240101T220000\n"
                                                              "DTEND:20240102T010000\nSUMMARY:n\n")));
  sla_ical_source source;
  char text[8];
  size_t length;
  (void)state;
  assert_number(sla_ical_feed_count(feed), 2);
  assert_ok(sla_ical_feed_source(feed, 1, &source, sizeof source));
  assert_number(source.date, 20240101);
  assert_number(source.line, 4);
  assert_number(source.flags, 0);
  assert_ok(sla_ical_feed_text(feed, 1, SLA_ICAL_UID, text, sizeof text, &length));
  assert_string_equal(text, "a,b");
  assert_number(length, 3);
  assert_ok(sla_ical_feed_text(feed, 1, SLA_ICAL_UID, text, 3, &length));
  assert_string_equal(text, "a,");
  assert_number(length, 3);
  assert_ok(sla_ical_feed_text(feed, 0, SLA_ICAL_NAME, NULL, 0, &length));
  assert_number(length, 1);
  sla_ical_feed_unref(feed);
}

/* 84 characters of three bytes and three of one fill a name; what follows is cut before it. */
static void a_long_name_is_cut_between_characters(void **state) {
  char text[1200] = "BEGIN:VEVENT\nDTSTART:20240101\nSUMMARY:aa", name[300];
  size_t length;
  (void)state;
  for (int i = 0; i < 100; i++) strcat(text, "\xE2\x82\xAC");
  strcat(text, "\nEND:VEVENT\n");
  sla_ical_feed *feed = feed_of(text);
  assert_ok(sla_ical_feed_text(feed, 0, SLA_ICAL_NAME, name, sizeof name, &length));
  assert_number(length, 254);
  assert_memory_equal(name, strchr(text, 'a'), 254);
  sla_calendar_builder *builder = builder_of(PARIS, "Mo-Fr 09:00-17:00");
  assert_ok(sla_ical_feed_apply(feed, builder, NULL));
  sla_ical_feed_unref(feed);
  sla_calendar_builder_free(builder);
}

static void the_summary_counts(void **state) {
  const char *text = CALENDAR(
      EVENT("UID:1\nDTSTART:20240101\nGEO:1\nno colon\nLOCATION:\n")
      EVENT("UID:2\nDTSTART:20240102\nSTATUS:CANCELLED\n") EVENT("UID:3\nDTSTART:20240103\nSUMMARY:x\n")
      EVENT("UID:4\nDTSTART:20240104\nRRULE:FREQ=DAILY;COUNT=3\n") EVENT("UID:5\nDTSTART:20250101\n")
      EVENT("UID:6\nDTSTART:20240601T100000\nRRULE:FREQ=DAILY;COUNT=2\n"));
  sla_ical_summary summary;
  (void)state;
  filter(SLA_ICAL_LEAVE_TEXT, "x");
  switch_off("4", 20240105);
  sla_ical_feed *feed = feed_of(text);
  assert_ok(sla_ical_feed_summary(feed, &summary, sizeof summary));
  assert_number(sla_ical_feed_count(feed), 3);
  assert_number(summary.events, 6);
  assert_number(summary.cancelled, 1);
  assert_number(summary.filtered, 1);
  assert_number(summary.switched_off, 1);
  assert_number(summary.outside, 1);
  assert_number(summary.empty, 2);
  assert_number(summary.dropped, 2);
  sla_ical_feed_unref(feed);
}

/* ---- the calendar ---- */

static void a_calendar_is_told_what_was_listed(void **state) {
  sla_calendar_builder *builder = builder_of(PARIS, "Mo-Fr 09:00-17:00");
  uint32_t index = 0, working = 1;
  char name[32];
  size_t length;
  (void)state;
  assert_ok(sla_ical_reader_add_workday_hours(reader, 36000, 50400, NULL));
  sla_ical_feed *feed =
      feed_of(EVENT("DTSTART:20240101\nSUMMARY:New Year\n") EVENT("DTSTART:20240105T120000\n"
              "DTEND:20240105T140000\n") EVENT("DTSTART:20240106\nSUMMARY:not a name here\n"
              "X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY\n"));
  assert_ok(sla_ical_feed_apply(feed, builder, NULL));
  sla_ical_feed_unref(feed);
  sla_calendar *calendar = built(builder);
  assert_ok(sla_calendar_is_working_date(calendar, 20240101, &working));
  assert_number(working, 0);
  assert_ok(sla_calendar_holiday_on(calendar, 20240101, &index));
  assert_ok(sla_calendar_entry_name(calendar, index, name, sizeof name, &length));
  assert_string_equal(name, "New Year");
  assert_number(elapsed(calendar, at("2024-01-05T00:00+01:00"), at("2024-01-06T00:00+01:00")), 6 * 3600);
  assert_number(elapsed(calendar, at("2024-01-06T00:00+01:00"), at("2024-01-07T00:00+01:00")), 4 * 3600);
  sla_calendar_unref(calendar);
}

static void a_feed_outlives_its_reader(void **state) {
  sla_ical_feed *feed = feed_of(days), *again = sla_ical_feed_ref(feed);
  (void)state;
  sla_ical_reader_free(reader);
  reader = NULL;
  sla_ical_feed_unref(feed);
  char *told = told_feed(again);
  assert_int_equal(strncmp(told, "20240101 holiday New Year\n", 26), 0);
  free(told);
  sla_ical_feed_unref(again);
}

/* ---- errors ---- */

#define REFUSED(call, wanted, at_argument)        \
  do {                                            \
    memset(&error, 0xA5, sizeof error);           \
    assert_code((call), (wanted));                \
    assert_number(error.code, (wanted));          \
    assert_number(error.argument, (at_argument)); \
    assert_number(error.line, 0);                 \
  } while (0)

static void readers_refuse_null(void **state) {
  sla_ical_limits limits = {0};
  (void)state;
  REFUSED(sla_ical_reader_new(NULL, NULL, &error), SLA_E_NULL, 2);
  REFUSED(sla_ical_reader_set_window(NULL, 20240101, 20240101, &error), SLA_E_NULL, 1);
  REFUSED(sla_ical_reader_set_zone(NULL, zone, &error), SLA_E_NULL, 1);
  REFUSED(sla_ical_reader_set_zone(reader, NULL, &error), SLA_E_NULL, 2);
  REFUSED(sla_ical_reader_add_zone(NULL, "a", 1, zone, &error), SLA_E_NULL, 1);
  REFUSED(sla_ical_reader_add_zone(reader, NULL, 1, zone, &error), SLA_E_NULL, 2);
  REFUSED(sla_ical_reader_add_zone(reader, "a", 1, NULL, &error), SLA_E_NULL, 4);
  REFUSED(sla_ical_reader_set_limits(NULL, &limits, sizeof limits, &error), SLA_E_NULL, 1);
  REFUSED(sla_ical_reader_set_limits(reader, NULL, sizeof limits, &error), SLA_E_NULL, 2);
  REFUSED(sla_ical_reader_set_latin1(NULL, 1, &error), SLA_E_NULL, 1);
  REFUSED(sla_ical_reader_add_filter(NULL, 1, "a", 1, &error), SLA_E_NULL, 1);
  REFUSED(sla_ical_reader_add_filter(reader, 1, NULL, 1, &error), SLA_E_NULL, 3);
  REFUSED(sla_ical_reader_switch_off(NULL, "a", 1, 0, &error), SLA_E_NULL, 1);
  REFUSED(sla_ical_reader_switch_off(reader, NULL, 1, 0, &error), SLA_E_NULL, 2);
  REFUSED(sla_ical_reader_add_workday_hours(NULL, 0, 1, &error), SLA_E_NULL, 1);
  sla_ical_reader_free(NULL);
}

static void windows_that_are_none(void **state) {
  (void)state;
  REFUSED(sla_ical_reader_set_window(reader, 20240230, 20241231, &error), SLA_E_DATE, 2);
  REFUSED(sla_ical_reader_set_window(reader, 11231, 20241231, &error), SLA_E_DATE, 2);
  REFUSED(sla_ical_reader_set_window(reader, 20240101, 20241301, &error), SLA_E_DATE, 3);
  REFUSED(sla_ical_reader_set_window(reader, 20240101, 99990101, &error), SLA_E_DATE, 3);
  REFUSED(sla_ical_reader_set_window(reader, 20240102, 20240101, &error), SLA_E_DATE, 3);
  expect(EVENT("DTSTART:20241231\n"), "20241231 holiday\n");
}

static void names_that_are_none(void **state) {
  char many[1100];
  (void)state;
  memset(many, 'x', sizeof many);
  REFUSED(sla_ical_reader_add_zone(reader, "", 0, zone, &error), SLA_E_NAME, 2);
  REFUSED(sla_ical_reader_add_zone(reader, many, 256, zone, &error), SLA_E_NAME, 2);
  REFUSED(sla_ical_reader_add_zone(reader, "\xE9", 1, zone, &error), SLA_E_NAME, 2);
  REFUSED(sla_ical_reader_add_zone(reader, "a\0", 2, zone, &error), SLA_E_NAME, 2);
  REFUSED(sla_ical_reader_add_filter(reader, 1, "", 0, &error), SLA_E_NAME, 3);
  REFUSED(sla_ical_reader_add_filter(reader, 1, many, 256, &error), SLA_E_NAME, 3);
  REFUSED(sla_ical_reader_add_filter(reader, 1, "\xE9", 1, &error), SLA_E_NAME, 3);
  REFUSED(sla_ical_reader_switch_off(reader, many, 1025, 0, &error), SLA_E_NAME, 2);
  REFUSED(sla_ical_reader_switch_off(reader, "\xE9", 1, 0, &error), SLA_E_NAME, 2);
  assert_ok(sla_ical_reader_add_zone(reader, many, 255, zone, NULL));
  assert_ok(sla_ical_reader_add_filter(reader, SLA_ICAL_WORKDAY_CATEGORY, many, 255, NULL));
  assert_ok(sla_ical_reader_switch_off(reader, many, 1024, 0, NULL));
}

static void arguments_that_are_none(void **state) {
  (void)state;
  REFUSED(sla_ical_reader_set_latin1(reader, 2, &error), SLA_E_ARGUMENT, 2);
  REFUSED(sla_ical_reader_add_filter(reader, 0, "a", 1, &error), SLA_E_ARGUMENT, 2);
  REFUSED(sla_ical_reader_add_filter(reader, 6, "a", 1, &error), SLA_E_ARGUMENT, 2);
  REFUSED(sla_ical_reader_switch_off(reader, "a", 1, 20240230, &error), SLA_E_DATE, 4);
  REFUSED(sla_ical_reader_add_workday_hours(reader, -1, 10, &error), SLA_E_TIME, 2);
  REFUSED(sla_ical_reader_add_workday_hours(reader, 86400, 10, &error), SLA_E_TIME, 2);
  REFUSED(sla_ical_reader_add_workday_hours(reader, 0, 86401, &error), SLA_E_TIME, 3);
  REFUSED(sla_ical_reader_add_workday_hours(reader, 0, -1, &error), SLA_E_TIME, 3);
  REFUSED(sla_ical_reader_add_workday_hours(reader, 10, 10, &error), SLA_E_TIME, 3);
}

static void more_than_there_may_be(void **state) {
  (void)state;
  for (int i = 0; i < 16; i++) assert_ok(sla_ical_reader_add_workday_hours(reader, i, 100, NULL));
  REFUSED(sla_ical_reader_add_workday_hours(reader, 0, 100, &error), SLA_E_LIMIT, 0);
  assert_number(error.limit, 16);
  for (int i = 0; i < 1024; i++) filter(SLA_ICAL_WORKDAY_CATEGORY, "a");
  REFUSED(sla_ical_reader_add_filter(reader, 1, "a", 1, &error), SLA_E_LIMIT, 0);
  assert_number(error.limit, 1024);
  for (int i = 0; i < 1023; i++) assert_ok(sla_ical_reader_add_zone(reader, "a", 1, zone, NULL));
  REFUSED(sla_ical_reader_add_zone(reader, "a", 1, zone, &error), SLA_E_LIMIT, 0);
  for (int i = 0; i < 65536; i++) switch_off("a", 0);
  REFUSED(sla_ical_reader_switch_off(reader, "a", 1, 0, &error), SLA_E_LIMIT, 0);
  assert_number(error.limit, 65536);
}

static void sizes_and_values_of_limits(void **state) {
  struct {
    sla_ical_limits limits;
    uint64_t later;
  } larger = {{.line = 100}, 0};
  static const sla_ical_limits over[] = {
      {.bytes = (1u << 30) + 1ull}, {.line = (1u << 20) + 1},    {.nesting = 65},
      {.components = 10000001},     {.properties = 1000001},     {.parameters = 1001},
      {.instances = 10000001},      {.window_days = 3652060},    {.search_days = 2000000001}};
  (void)state;
  REFUSED(sla_ical_reader_set_limits(reader, &larger.limits, sizeof larger.limits - 1, &error),
          SLA_E_ABI, 3);
  REFUSED(sla_ical_reader_set_limits(reader, &larger.limits, SIZE_MAX, &error), SLA_E_ABI, 3);
  for (size_t i = 0; i < sizeof over / sizeof over[0]; i++) {
    REFUSED(sla_ical_reader_set_limits(reader, &over[i], sizeof over[i], &error), SLA_E_ARGUMENT, 2);
    assert_number(error.value, error.limit + 1);
  }
  assert_ok(sla_ical_reader_set_limits(reader, &larger.limits, sizeof larger, &error));
  larger.later = 1;
  REFUSED(sla_ical_reader_set_limits(reader, &larger.limits, sizeof larger, &error), SLA_E_ABI, 3);
  assert_number(sla_ical_limits_size(), sizeof(sla_ical_limits));
  assert_number(sla_ical_source_size(), sizeof(sla_ical_source));
  assert_number(sla_ical_summary_size(), sizeof(sla_ical_summary));
}

static void reading_refuses_null(void **state) {
  sla_ical_feed *feed = NULL;
  (void)state;
  REFUSED(sla_ical_read_holidays(NULL, days, 1, &feed, &error), SLA_E_NULL, 1);
  REFUSED(sla_ical_read_holidays(reader, NULL, 1, &feed, &error), SLA_E_NULL, 2);
  REFUSED(sla_ical_read_holidays(reader, days, 1, NULL, &error), SLA_E_NULL, 4);
  REFUSED(sla_ical_read_hours(NULL, days, 1, &feed, &error), SLA_E_NULL, 1);
  REFUSED(sla_ical_read_hours(reader, NULL, 1, &feed, &error), SLA_E_NULL, 2);
  REFUSED(sla_ical_read_hours(reader, days, 1, NULL, &error), SLA_E_NULL, 4);
  assert_code(sla_ical_read_hours(reader, NULL, 0, &feed, &error), SLA_ICAL_E_SYNTAX);
  assert_code(sla_ical_read_holidays(reader, NULL, 0, &feed, &error), SLA_ICAL_E_SYNTAX);
  assert_null(feed);
}

static void feeds_asked_wrongly(void **state) {
  sla_ical_feed *feed = feed_of(EVENT("DTSTART:20240101\nSUMMARY:a\n"));
  sla_calendar_builder *builder = builder_of(PARIS, "Mo-Fr 09:00-17:00");
  sla_entry entry = {.first = 7};
  sla_ical_source source = {.date = 7};
  sla_ical_summary summary = {.events = 7};
  char text[4] = "xyz";
  size_t length = 7;
  (void)state;
  assert_number(sla_ical_feed_count(NULL), 0);
  assert_null(sla_ical_feed_ref(NULL));
  sla_ical_feed_unref(NULL);
  assert_code(sla_ical_feed_entry(NULL, 0, &entry, sizeof entry), SLA_E_NULL);
  assert_code(sla_ical_feed_entry(feed, 0, NULL, sizeof entry), SLA_E_NULL);
  assert_code(sla_ical_feed_entry(feed, 1, &entry, sizeof entry), SLA_E_ARGUMENT);
  assert_code(sla_ical_feed_entry(feed, 0, &entry, sizeof entry - 1), SLA_E_ABI);
  assert_code(sla_ical_feed_source(NULL, 0, &source, sizeof source), SLA_E_NULL);
  assert_code(sla_ical_feed_source(feed, 0, NULL, sizeof source), SLA_E_NULL);
  assert_code(sla_ical_feed_source(feed, UINT32_MAX, &source, sizeof source), SLA_E_ARGUMENT);
  assert_code(sla_ical_feed_source(feed, 0, &source, 8), SLA_E_ABI);
  assert_code(sla_ical_feed_text(NULL, 0, SLA_ICAL_NAME, text, 4, &length), SLA_E_NULL);
  assert_code(sla_ical_feed_text(feed, 0, SLA_ICAL_NAME, NULL, 4, &length), SLA_E_NULL);
  assert_code(sla_ical_feed_text(feed, 0, SLA_ICAL_NAME, text, 4, NULL), SLA_E_NULL);
  assert_code(sla_ical_feed_text(feed, 1, SLA_ICAL_NAME, text, 4, &length), SLA_E_ARGUMENT);
  assert_code(sla_ical_feed_text(feed, 0, 0, text, 4, &length), SLA_E_ARGUMENT);
  assert_code(sla_ical_feed_text(feed, 0, 3, text, 4, &length), SLA_E_ARGUMENT);
  assert_code(sla_ical_feed_summary(NULL, &summary, sizeof summary), SLA_E_NULL);
  assert_code(sla_ical_feed_summary(feed, NULL, sizeof summary), SLA_E_NULL);
  assert_code(sla_ical_feed_summary(feed, &summary, 4), SLA_E_ABI);
  REFUSED(sla_ical_feed_apply(NULL, builder, &error), SLA_E_NULL, 1);
  REFUSED(sla_ical_feed_apply(feed, NULL, &error), SLA_E_NULL, 2);
  assert_true(entry.first == 7 && source.date == 7 && summary.events == 7 && length == 7);
  assert_string_equal(text, "xyz");
  sla_ical_feed_unref(feed);
  sla_calendar_builder_free(builder);
}

static void more_entries_than_a_calendar_has(void **state) {
  sla_calendar_builder *builder = builder_of(PARIS, "Mo-Fr 09:00-17:00");
  (void)state;
  assert_ok(sla_ical_reader_set_window(reader, 20000101, 20491231, NULL));
  sla_ical_feed *feed = feed_of(EVENT("DTSTART:20000101\nRRULE:FREQ=DAILY;COUNT=16384\n"));
  assert_code(sla_ical_feed_apply(feed, builder, &error), SLA_E_LIMIT);
  assert_number(error.limit, 16384);
  sla_ical_feed_unref(feed);
  sla_calendar *calendar = built(builder);
  assert_number(sla_calendar_entry_count(calendar), 1);
  sla_calendar_unref(calendar);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      CASE(all_is_taken_without_a_filter),
      CASE(categories_are_taken),
      CASE(a_category_is_a_whole_one),
      CASE(categories_are_left),
      CASE(texts_are_taken_and_left),
      CASE(what_is_left_wins_over_what_is_taken),
      CASE(a_text_that_almost_fits),
      CASE(a_change_that_is_filtered_leaves_a_gap),
      CASE(entries_are_switched_off),
      CASE(one_occurrence_is_switched_off),
      CASE(an_event_without_a_uid_is_switched_off),
      CASE(a_category_makes_working_days),
      CASE(a_working_day_without_hours_is_not_applied),
      CASE(other_encodings_are_read_when_accepted),
      CASE(an_accepted_encoding_is_that_of_the_whole_file),
      CASE(an_entry_says_where_it_comes_from),
      CASE(a_long_name_is_cut_between_characters),
      CASE(the_summary_counts),
      CASE(a_calendar_is_told_what_was_listed),
      CASE(a_feed_outlives_its_reader),
      CASE(readers_refuse_null),
      CASE(windows_that_are_none),
      CASE(names_that_are_none),
      CASE(arguments_that_are_none),
      CASE(more_than_there_may_be),
      CASE(sizes_and_values_of_limits),
      CASE(reading_refuses_null),
      CASE(feeds_asked_wrongly),
      CASE(more_entries_than_a_calendar_has),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
