/* SPDX-License-Identifier: MIT */
/* The values of iCalendar that say when: which are taken, as what, and which are not. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ical_stamp.h"
#include "support.h"

#define DAY INT64_C(86400)

/* ---- DATE and DATE-TIME ---- */

static void stamps(void **state) {
  static const struct {
    const char *text;
    int64_t wall;
    bool is_date, is_utc;
  } rows[] = {{"19700101", 0, true, false},
              {"19700101T000000", 0, false, false},
              {"19700101T000000Z", 0, false, true},
              {"19691231T235959", -1, false, false},
              {"20240229", 19782 * DAY, true, false},
              {"20240229T133005Z", 19782 * DAY + 48605, false, true},
              {"20161231T235960Z", 17166 * DAY + 86399, false, true}, /* a leap second */
              {"00010101", -719162 * DAY, true, false},
              {"00010101T000000", -719162 * DAY, false, false},
              {"99991231T235959", 2932897 * DAY - 1, false, false}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    sla__ical_stamp stamp = {0};
    if (!sla__ical_stamp_parse(rows[i].text, strlen(rows[i].text), &stamp))
      fail_msg("%s is refused", rows[i].text);
    assert_number(stamp.wall, rows[i].wall);
    assert_int_equal(stamp.is_date, rows[i].is_date);
    assert_int_equal(stamp.is_utc, rows[i].is_utc);
  }
}

static void no_stamps(void **state) {
  static const char *const texts[] = {
      "", "2024", "2024010", "202401011", "20240230", "20230229", "19000229", "20241332",
      "20241301", "20240001", "20240100", "00000101", "00001231", "-0240101", "+2024011",
      "2024-1-1", "2024 101",
      "20240101T", "20240101T00", "20240101T0000", "20240101T00000", "20240101T000000+",
      "20240101T000000ZZ", "20240101T000000z", "20240101t000000", "20240101 000000",
      "20240101T240000", "20240101T236000", "20240101T235961", "20240101T-10000",
      "20240101T00:0000", "20240230T000000", "20240101Z", "20240101T000000,5", "2O240101"};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(texts); i++) {
    sla__ical_stamp stamp = {7, true, true};
    if (sla__ical_stamp_parse(texts[i], strlen(texts[i]), &stamp))
      fail_msg("%s is taken", texts[i]);
    assert_number(stamp.wall, 7);
  }
}

/* Every text of eight digits that begins a century of dates is a date where the core has one. */
static void every_date(void **state) {
  long dates = 0;
  (void)state;
  for (int number = 20000000; number < 20500000; number++) {
    char text[16];
    sla__ical_stamp stamp = {0};
    int32_t days = 0;
    bool is_date = sla_date_to_days(number, &days) == SLA_OK;
    snprintf(text, sizeof text, "%08d", number);
    assert_int_equal(sla__ical_stamp_parse(text, 8, &stamp), is_date);
    if (!is_date) continue;
    assert_number(stamp.wall, days * DAY);
    dates++;
  }
  assert_number(dates, 18263);
}

/* ---- DURATION ---- */

static void durations(void **state) {
  static const struct {
    const char *text;
    int64_t days, seconds;
  } rows[] = {{"P1D", 1, 0},
              {"P7W", 49, 0},
              {"+P15DT5H0M20S", 15, 18020},
              {"-P1DT1H", -1, -3600},
              {"-PT15M", 0, -900},
              {"PT0S", 0, 0},
              {"P0D", 0, 0},
              {"PT1H5S", 0, 3605},
              {"P1W2D", 9, 0},
              {"P1WT1M", 7, 60},
              {"PT86400S", 0, 86400},
              {"P00000000000000000001D", 1, 0},
              {"P3652425D", 3652425, 0},
              {"PT315569520000S", 0, INT64_C(315569520000)}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    sla__ical_duration duration = {0};
    if (!sla__ical_duration_parse(rows[i].text, strlen(rows[i].text), &duration))
      fail_msg("%s is refused", rows[i].text);
    assert_number(duration.days, rows[i].days);
    assert_number(duration.seconds, rows[i].seconds);
  }
}

static void no_durations(void **state) {
  static const char *const texts[] = {
      "", "P", "-", "+-P1D", "PT", "P1", "PD", "1D", "P1DT", "P1H", "PT1D", "PT1W", "P1D1D",
      "P1D1W", "PT1M1H", "PT1S1M", "PTT1H", "P1DT1HT1M", "P1Y", "P1M", "P1.5D", "P-1D", "p1d",
      "P1D ", " P1D",
      "P3652426D", "P521776W", "PT315569520001S", "PT87658201H", "P99999999999999999999D",
      "PT18446744073709551617S"};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(texts); i++) {
    sla__ical_duration duration = {7, 8};
    if (sla__ical_duration_parse(texts[i], strlen(texts[i]), &duration))
      fail_msg("%s is taken", texts[i]);
    assert_number(duration.days, 7);
  }
}

/* ---- PERIOD ---- */

static void periods(void **state) {
  sla__ical_period period;
  (void)state;
  assert_true(sla__ical_period_parse("19970101T180000Z/19970102T070000Z", 33, &period));
  assert_false(period.has_duration);
  assert_true(period.start.is_utc && period.end.is_utc);
  assert_number(period.end.wall - period.start.wall, 13 * 3600);
  assert_true(sla__ical_period_parse("19970101T180000/PT5H30M", 23, &period));
  assert_true(period.has_duration);
  assert_false(period.start.is_utc);
  assert_number(period.start.wall, 9862 * DAY + 64800);
  assert_number(period.duration.seconds, 19800);
}

static void no_periods(void **state) {
  static const char *const texts[] = {
      "",  "/", "19970101T180000", "19970101T180000/", "/PT1H", "19970101/PT1H",
      "19970101/19970102",
      "19970101T180000/19970102", "19970101T180000/-PT1H", "19970101T180000/-P1D",
      "19970101T180000//PT1H", "19970101T180000/PT1H/PT1H", "19970101T250000/PT1H",
      "19970101T180000/19970101T250000"};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(texts); i++) {
    sla__ical_period period = {.has_duration = true, .duration = {7, 0}};
    if (sla__ical_period_parse(texts[i], strlen(texts[i]), &period))
      fail_msg("%s is taken", texts[i]);
    assert_number(period.duration.days, 7);
  }
}

/* ---- UTC-OFFSET ---- */

static void offsets(void **state) {
  static const struct {
    const char *text;
    int32_t seconds;
  } rows[] = {{"+0000", 0},        {"-0000", 0},      {"+0530", 19800},  {"-0500", -18000},
              {"+012030", 4830},   {"-000001", -1},   {"+2359", 86340},  {"-235959", -86399}};
  static const char *const none[] = {"",      "0000",   "+000",    "+00000", "+2400",  "+0060",
                                     "+00:00", "+000060", "+0000000", "Z",     "+-100", "+01 00"};
  int32_t seconds;
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    if (!sla__ical_offset_parse(rows[i].text, strlen(rows[i].text), &seconds))
      fail_msg("%s is refused", rows[i].text);
    assert_number(seconds, rows[i].seconds);
  }
  seconds = 7;
  for (size_t i = 0; i < COUNT_OF(none); i++)
    if (sla__ical_offset_parse(none[i], strlen(none[i]), &seconds))
      fail_msg("%s is taken", none[i]);
  assert_number(seconds, 7);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(stamps),       cmocka_unit_test(no_stamps), cmocka_unit_test(every_date),
      cmocka_unit_test(durations),    cmocka_unit_test(no_durations), cmocka_unit_test(periods),
      cmocka_unit_test(no_periods),   cmocka_unit_test(offsets),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
