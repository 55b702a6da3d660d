/* SPDX-License-Identifier: MIT */
/* Cases that went wrong elsewhere, in calendars, zone files and deadlines; numbered as in the
 * project's list of them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

#define HOUR 3600
#define NINE_TO_FIVE "Mo-Fr 09:00-17:00"

static void expect_elapsed(const char *zone, const char *hours, const char *from, const char *to,
                           sla_seconds expected) {
  sla_calendar *calendar = calendar_of(zone, hours);
  assert_number(elapsed(calendar, at(from), at(to)), expected);
  assert_number(elapsed(calendar, at(to), at(from)), -expected);
  sla_calendar_unref(calendar);
}

static void expect_added(const char *zone, const char *hours, const char *from, sla_seconds n,
                         const char *expected) {
  sla_calendar *calendar = calendar_of(zone, hours);
  assert_time(added(calendar, at(from), n), at(expected));
  sla_calendar_unref(calendar);
}

static void expect_never_open(sla_calendar_builder *builder) {
  sla_calendar *calendar = NULL;
  assert_code(sla_calendar_builder_build(builder, &calendar, NULL), SLA_E_CLOSED);
  assert_null(calendar);
  sla_calendar_builder_free(builder);
}

/* ---- 1 ---- */

static void case_1a_no_hours(void **state) {
  sla_calendar_builder *builder = NULL;
  sla_zone *zone = zone_named("UTC");
  (void)state;
  assert_ok(sla_calendar_builder_new(NULL, &builder, NULL));
  assert_ok(sla_calendar_builder_set_zone(builder, zone, NULL));
  sla_zone_unref(zone);
  expect_never_open(builder);
  expect_never_open(builder_of("UTC", "Mo-Su closed"));
}

static void case_1b_every_day_a_holiday(void **state) {
  sla_calendar_builder *builder = builder_of("UTC", NINE_TO_FIVE);
  (void)state;
  assert_ok(sla_calendar_builder_add_holiday(builder, 10101, 99991231, NULL, 0, NULL));
  expect_never_open(builder);
}

static void case_1b_every_weekday_of_every_month_a_holiday(void **state) {
  sla_calendar_builder *builder = builder_of("UTC", NINE_TO_FIVE);
  (void)state;
  for (int32_t month = 1; month <= 12; month++)
    for (int32_t nth = 1; nth <= 5; nth++)
      for (uint32_t weekday = 1; weekday <= 7; weekday++)
        assert_ok(sla_calendar_builder_add_weekday_holiday(builder, month, nth, weekday, NULL, 0,
                                                           NULL));
  expect_never_open(builder);
}

static void case_1c_two_hours_in_los_angeles(void **state) {
  (void)state;
  expect_added("America/Los_Angeles", "Mo-Th,Sa 09:00-24:00", "2019-02-05T21:40:28Z", 120 * 60,
               "2019-02-05T23:40:28Z");
}

/* ---- 2 ---- */

static void case_2a_around_the_clock_over_a_midnight_change(void **state) {
  (void)state;
  expect_elapsed("America/Sao_Paulo", "24/7", "2015-02-03T16:00Z", "2015-10-18T01:00Z",
                 6153 * HOUR);
}

static void case_2b_saturday_until_a_midnight_that_is_skipped(void **state) {
  (void)state;
  expect_added("America/Sao_Paulo", "Sa 09:00-24:00", "2015-10-17T09:00-03:00", 15 * HOUR,
               "2015-10-18T03:00Z");
}

/* ---- 3 ---- */

static void case_3a_hours_after_the_change_last_as_always(void **state) {
  (void)state;
  expect_elapsed("Europe/Paris", "Su 08:00-21:00", "2020-03-29T00:00+01:00",
                 "2020-03-30T00:00+02:00", 13 * HOUR);
  expect_elapsed("Europe/Paris", "Su 08:00-21:00", "2019-10-27T00:00+02:00",
                 "2019-10-28T00:00+01:00", 13 * HOUR);
}

static void case_3b_whole_sundays_of_23_and_25_hours(void **state) {
  (void)state;
  expect_elapsed("Europe/Paris", "Su 00:00-24:00", "2020-03-28T12:00Z", "2020-03-30T12:00Z",
                 23 * HOUR);
  expect_elapsed("Europe/Paris", "Su 00:00-24:00", "2020-10-24T12:00Z", "2020-10-26T12:00Z",
                 25 * HOUR);
}

static void case_3c_warsaw_is_closed_after_midnight(void **state) {
  sla_calendar *calendar = calendar_of("Europe/Warsaw", "Mo-Su 06:00-24:00");
  (void)state;
  assert_false(is_open(calendar, at("2020-03-29T22:30Z")));
  assert_true(is_open(calendar, at("2020-03-29T21:59:59Z")));
  sla_calendar_unref(calendar);
}

/* ---- 4 ---- */

static void case_4_amsterdam_repeats_an_hour(void **state) {
  (void)state;
  expect_added("Europe/Amsterdam", "Mo-Su 00:00-10:00", "2022-10-30T00:00Z", HOUR,
               "2022-10-30T01:00Z");
  expect_elapsed("Europe/Amsterdam", "Mo-Su 00:00-10:00", "2022-10-30T00:00+02:00",
                 "2022-10-31T00:00+01:00", 11 * HOUR);
}

/* ---- 5 to 7 ---- */

static void case_5_kolkata_saturday_evening(void **state) {
  (void)state;
  expect_added("Asia/Kolkata", "Mo-Fr 10:00-18:00; Sa 10:00-14:00", "2025-03-22T18:01:43+05:30",
               1440 * 60, "2025-03-26T18:00:00+05:30");
}

static void case_6_seventy_two_hours_of_weekdays(void **state) {
  (void)state;
  expect_added("UTC", "Mo-Fr 00:00-24:00", "2023-01-16T23:59:59Z", 72 * HOUR,
               "2023-01-19T23:59:59Z");
}

static void case_7_holiday_weekend_in_new_york(void **state) {
  sla_calendar_builder *builder = builder_of("America/New_York", NINE_TO_FIVE);
  (void)state;
  assert_ok(sla_calendar_builder_add_holiday(builder, 20140120, 20140120, NULL, 0, NULL));
  sla_calendar *calendar = built(builder);
  assert_time(added(calendar, at("2014-01-17T15:00-05:00"), 8 * HOUR),
              at("2014-01-21T15:00-05:00"));
  sla_calendar_unref(calendar);
}

/* ---- 8 ---- */

static void case_8a_nights_of_7_and_9_hours(void **state) {
  (void)state;
  expect_elapsed("America/New_York", "Mo-Su 22:00-06:00", "2024-03-09T22:00-05:00",
                 "2024-03-10T06:00-04:00", 7 * HOUR);
  expect_elapsed("America/New_York", "Mo-Su 22:00-06:00", "2024-11-02T22:00-04:00",
                 "2024-11-03T06:00-05:00", 9 * HOUR);
}

static void case_8b_the_next_close_is_the_next_night(void **state) {
  sla_calendar *calendar = calendar_of("America/New_York", "Mo 18:00-05:00; Tu 17:00-06:00");
  (void)state;
  assert_false(is_open(calendar, at("2024-11-12T05:30-05:00")));
  sla_time opening = change_after(calendar, at("2024-11-12T05:30-05:00"));
  assert_time(opening, at("2024-11-12T17:00-05:00"));
  assert_time(change_after(calendar, opening), at("2024-11-13T06:00-05:00"));
  assert_time(change_before(calendar, at("2024-11-12T05:30-05:00")), at("2024-11-12T05:00-05:00"));
  sla_calendar_unref(calendar);
}

/* ---- 9 and 10 ---- */

static void case_9_around_thanksgiving(void **state) {
  sla_calendar_builder *builder = builder_of("America/New_York", "Mo-Su 09:00-20:00");
  (void)state;
  assert_ok(sla_calendar_builder_add_holiday(builder, 20231123, 20231123, "Thanksgiving", 12,
                                             NULL));
  sla_calendar *calendar = built(builder);
  assert_number(elapsed(calendar, at("2023-11-22T19:00-05:00"), at("2023-11-24T10:00-05:00")),
                2 * HOUR);
  sla_calendar_unref(calendar);
}

static void case_10a_lord_howe_changes_by_half_an_hour(void **state) {
  (void)state;
  expect_elapsed("Australia/Lord_Howe", "Su 01:00-03:00", "2026-04-04T00:00Z", "2026-04-06T00:00Z",
                 5 * HOUR / 2);
  expect_elapsed("Australia/Lord_Howe", "Su 01:00-03:00", "2025-10-04T00:00Z", "2025-10-06T00:00Z",
                 3 * HOUR / 2);
}

static void case_10b_apia_skips_a_friday(void **state) {
  (void)state;
  expect_added("Pacific/Apia", NINE_TO_FIVE, "2011-12-29T16:00-10:00", 2 * HOUR,
               "2012-01-02T10:00+14:00");
}

static void case_10c_casablanca_changes_around_ramadan(void **state) {
  sla_calendar *calendar = calendar_of("Africa/Casablanca", "Mo-Su 09:00-17:00");
  (void)state;
  assert_time(change_after(calendar, at("2025-02-22T18:00Z")), at("2025-02-23T09:00Z"));
  assert_time(change_after(calendar, at("2025-04-05T18:00Z")), at("2025-04-06T08:00Z"));
  sla_calendar_unref(calendar);
}

static void case_10d_beirut_in_2023(void **state) {
  (void)state;
  expect_elapsed("Asia/Beirut", "Su 00:00-24:00", "2023-03-25T12:00Z", "2023-03-27T12:00Z",
                 23 * HOUR);
}

/* ---- 11 ---- */

static int32_t offset_of(const char *name, const char *when) {
  sla_zone *zone = zone_named(name);
  int32_t offset = 0;
  assert_ok(sla_zone_offset_at(zone, at(when), &offset));
  sla_zone_unref(zone);
  return offset;
}

static void case_11a_slim_file_after_its_last_transition(void **state) {
  (void)state;
  assert_number(offset_of("Australia/Adelaide", "2069-04-10T00:00Z"), 9 * HOUR + HOUR / 2);
  assert_number(offset_of("Australia/Adelaide", "2069-01-10T00:00Z"), 10 * HOUR + HOUR / 2);
}

static void case_11b_before_the_first_transition(void **state) {
  (void)state;
  assert_number(offset_of("America/New_York", "0001-01-01T00:00Z"), -(4 * HOUR + 56 * 60 + 2));
  assert_number(offset_of("Asia/Kolkata", "1700-01-01T00:00Z"), 5 * HOUR + 53 * 60 + 28);
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

/* ---- 12: 2024-06-03 is a Monday ---- */

static sla_event created(const char *when) {
  return (sla_event){at(when), SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0};
}

static sla_event status(const char *when, int64_t value) {
  return (sla_event){at(when), value, SLA_EVENT_STATUS, 0};
}

static sla_policy *resolution_in(const char *hours_text, sla_seconds seconds) {
  sla_calendar *calendar = calendar_of("UTC", hours_text);
  sla_policy *policy = policy_of(calendar, SLA_RESOLUTION, seconds, SLA_UNIT_SECONDS);
  sla_calendar_unref(calendar);
  return policy;
}

static void case_12a_a_weekend_of_pause_gives_two_hours_back(void **state) {
  sla_policy *policy = resolution_in(NINE_TO_FIVE, 4 * HOUR);
  const sla_event unpaused[] = {created("2024-06-07T15:00Z")};
  const sla_event paused[] = {created("2024-06-07T15:00Z"),
                              status("2024-06-07T16:00Z", SLA_TICKET_PENDING),
                              status("2024-06-10T10:00Z", SLA_TICKET_OPEN)};
  (void)state;
  assert_time(evaluated(policy, SLA_RESOLUTION, unpaused, "2024-06-10T10:30Z").due_at,
              at("2024-06-10T11:00Z"));
  sla_result r = evaluated(policy, SLA_RESOLUTION, paused, "2024-06-10T10:30Z");
  assert_time(r.due_at, at("2024-06-10T13:00Z"));
  assert_number(r.elapsed, 3 * HOUR / 2);
  assert_number(r.wall_paused, 66 * HOUR);
  sla_policy_unref(policy);
}

static void case_12b_a_night_of_pause_gives_nothing_back(void **state) {
  sla_policy *policy = resolution_in(NINE_TO_FIVE, 10 * HOUR);
  const sla_event events[] = {created("2024-06-03T09:00Z"),
                              status("2024-06-03T17:00Z", SLA_TICKET_PENDING),
                              status("2024-06-04T09:00Z", SLA_TICKET_OPEN)};
  (void)state;
  sla_result r = evaluated(policy, SLA_RESOLUTION, events, "2024-06-04T10:00Z");
  assert_time(r.due_at, at("2024-06-04T11:00Z"));
  assert_number(r.elapsed, 9 * HOUR);
  sla_policy_unref(policy);
}

static void case_12c_resumed_and_solved_at_one_instant(void **state) {
  sla_policy *policy = resolution_in(NINE_TO_FIVE, 4 * HOUR);
  const sla_event events[] = {created("2024-06-03T09:00Z"),
                              status("2024-06-03T10:00Z", SLA_TICKET_PENDING),
                              status("2024-06-05T10:00Z", SLA_TICKET_OPEN),
                              status("2024-06-05T10:00Z", SLA_TICKET_SOLVED)};
  (void)state;
  sla_result r = evaluated(policy, SLA_RESOLUTION, events, "2024-06-06T10:00Z");
  assert_number(r.phase, SLA_FULFILLED);
  assert_number(r.status, SLA_ON_TIME);
  assert_number(r.elapsed, HOUR);
  assert_time(r.stopped_at, at("2024-06-05T10:00Z"));
  assert_time(r.due_at, at("2024-06-05T13:00Z"));
  sla_policy_unref(policy);
}

static void case_12d_a_priority_change_keeps_the_pauses(void **state) {
  sla_calendar *calendar = calendar_of("UTC", NINE_TO_FIVE);
  sla_policy_builder *builder = policy_builder_of(calendar);
  target_in_seconds(builder, SLA_RESOLUTION, SLA_PRIORITY_NORMAL, 8 * HOUR);
  target_in_seconds(builder, SLA_RESOLUTION, SLA_PRIORITY_HIGH, 4 * HOUR);
  sla_policy *policy = policy_built(builder);
  const sla_event events[] = {
      created("2024-06-03T09:00Z"),
      {at("2024-06-03T09:00Z"), SLA_PRIORITY_NORMAL, SLA_EVENT_PRIORITY, 0},
      status("2024-06-03T10:00Z", SLA_TICKET_PENDING),
      status("2024-06-03T12:00Z", SLA_TICKET_OPEN),
      {at("2024-06-03T13:00Z"), SLA_PRIORITY_HIGH, SLA_EVENT_PRIORITY, 0}};
  (void)state;
  assert_time(evaluated(policy, SLA_RESOLUTION, events, "2024-06-03T12:30Z").due_at,
              at("2024-06-04T11:00Z"));
  assert_time(evaluated(policy, SLA_RESOLUTION, events, "2024-06-03T13:00Z").due_at,
              at("2024-06-03T15:00Z"));
  sla_policy_unref(policy);
  sla_calendar_unref(calendar);
}

static void case_12e_nothing_left_when_it_resumes(void **state) {
  sla_policy *policy = resolution_in(NINE_TO_FIVE, 8 * HOUR);
  const sla_event events[] = {created("2024-06-03T09:00Z"),
                              status("2024-06-03T17:00Z", SLA_TICKET_PENDING),
                              status("2024-06-04T08:00Z", SLA_TICKET_OPEN)};
  (void)state;
  sla_result r = evaluated(policy, SLA_RESOLUTION, events, "2024-06-04T08:00Z");
  assert_time(r.due_at, at("2024-06-04T08:00Z"));
  assert_number(r.status, SLA_ON_TIME);
  assert_number(r.remaining, 0);
  r = evaluated(policy, SLA_RESOLUTION, events, "2024-06-04T08:00:01Z");
  assert_number(r.status, SLA_OVERDUE);
  sla_policy_unref(policy);
}

/* ---- 13 and 14 ---- */

static void case_13_a_warning_an_hour_before(void **state) {
  sla_calendar *calendar = calendar_of("UTC", "Mo-Fr 08:00-18:00");
  sla_policy_builder *builder = policy_builder_of(calendar);
  target_in_seconds(builder, SLA_FIRST_RESPONSE, SLA_PRIORITY_ANY, 4 * HOUR);
  assert_ok(sla_policy_builder_set_due_soon(builder, SLA_FIRST_RESPONSE, SLA_PRIORITY_ANY, HOUR,
                                            NULL));
  sla_policy *policy = policy_built(builder);
  const sla_event events[] = {created("2024-06-03T17:00Z")};
  (void)state;
  sla_result r = evaluated(policy, SLA_FIRST_RESPONSE, events, "2024-06-03T17:30Z");
  assert_time(r.due_at, at("2024-06-04T11:00Z"));
  assert_time(r.due_soon_at, at("2024-06-04T10:00Z"));
  assert_time(r.next_change_at, at("2024-06-04T10:00Z"));
  sla_policy_unref(policy);
  sla_calendar_unref(calendar);
}

static void case_14a_two_hours_over_a_weekend(void **state) {
  (void)state;
  expect_added("UTC", NINE_TO_FIVE, "2024-06-07T16:00Z", 2 * HOUR, "2024-06-10T10:00Z");
}

static void case_14b_closed_for_a_month(void **state) {
  sla_calendar_builder *builder = builder_of("UTC", NINE_TO_FIVE);
  (void)state;
  assert_ok(sla_calendar_builder_add_holiday(builder, 20240801, 20240831, NULL, 0, NULL));
  sla_calendar *calendar = built(builder);
  sla_policy *policy = policy_of(calendar, SLA_FIRST_RESPONSE, 60 * 60, SLA_UNIT_SECONDS);
  const sla_event events[] = {created("2024-08-01T10:00Z")};
  assert_time(evaluated(policy, SLA_FIRST_RESPONSE, events, "2024-08-15T10:00Z").due_at,
              at("2024-09-02T10:00Z"));
  sla_policy_unref(policy);
  sla_calendar_unref(calendar);
}

/* ---- 15 ---- */

static void expect_due(uint32_t unit, int64_t n, const char *from, const char *expected) {
  sla_calendar *calendar = calendar_of("UTC", NINE_TO_FIVE);
  sla_policy *policy = policy_of(calendar, SLA_FIRST_RESPONSE, n, unit);
  const sla_event events[] = {created(from)};
  assert_time(evaluated(policy, SLA_FIRST_RESPONSE, events, from).due_at, at(expected));
  sla_policy_unref(policy);
  sla_calendar_unref(calendar);
}

static void case_15a_one_working_day(void **state) {
  (void)state;
  expect_due(SLA_UNIT_WORKING_DAYS, 1, "2024-06-07T18:00Z", "2024-06-10T17:00Z");
  expect_due(SLA_UNIT_WORKING_DAYS, 1, "2024-06-07T08:00Z", "2024-06-10T09:00Z");
  expect_due(SLA_UNIT_WORKING_DAYS, 1, "2024-06-08T08:00Z", "2024-06-11T09:00Z");
}

static void case_15b_end_of_a_working_day_that_is_over(void **state) {
  (void)state;
  expect_due(SLA_UNIT_END_OF_WORKING_DAY, 0, "2024-06-07T18:00Z", "2024-06-10T17:00Z");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(case_1a_no_hours),
      cmocka_unit_test(case_1b_every_day_a_holiday),
      cmocka_unit_test(case_1b_every_weekday_of_every_month_a_holiday),
      cmocka_unit_test(case_1c_two_hours_in_los_angeles),
      cmocka_unit_test(case_2a_around_the_clock_over_a_midnight_change),
      cmocka_unit_test(case_2b_saturday_until_a_midnight_that_is_skipped),
      cmocka_unit_test(case_3a_hours_after_the_change_last_as_always),
      cmocka_unit_test(case_3b_whole_sundays_of_23_and_25_hours),
      cmocka_unit_test(case_3c_warsaw_is_closed_after_midnight),
      cmocka_unit_test(case_4_amsterdam_repeats_an_hour),
      cmocka_unit_test(case_5_kolkata_saturday_evening),
      cmocka_unit_test(case_6_seventy_two_hours_of_weekdays),
      cmocka_unit_test(case_7_holiday_weekend_in_new_york),
      cmocka_unit_test(case_8a_nights_of_7_and_9_hours),
      cmocka_unit_test(case_8b_the_next_close_is_the_next_night),
      cmocka_unit_test(case_9_around_thanksgiving),
      cmocka_unit_test(case_10a_lord_howe_changes_by_half_an_hour),
      cmocka_unit_test(case_10b_apia_skips_a_friday),
      cmocka_unit_test(case_10c_casablanca_changes_around_ramadan),
      cmocka_unit_test(case_10d_beirut_in_2023),
      cmocka_unit_test(case_11a_slim_file_after_its_last_transition),
      cmocka_unit_test(case_11b_before_the_first_transition),
      cmocka_unit_test(case_11c_header_claims_transitions_it_has_not),
      cmocka_unit_test(case_11d_leap_seconds_have_their_own_code),
      cmocka_unit_test(case_12a_a_weekend_of_pause_gives_two_hours_back),
      cmocka_unit_test(case_12b_a_night_of_pause_gives_nothing_back),
      cmocka_unit_test(case_12c_resumed_and_solved_at_one_instant),
      cmocka_unit_test(case_12d_a_priority_change_keeps_the_pauses),
      cmocka_unit_test(case_12e_nothing_left_when_it_resumes),
      cmocka_unit_test(case_13_a_warning_an_hour_before),
      cmocka_unit_test(case_14a_two_hours_over_a_weekend),
      cmocka_unit_test(case_14b_closed_for_a_month),
      cmocka_unit_test(case_15a_one_working_day),
      cmocka_unit_test(case_15b_end_of_a_working_day_that_is_over),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
