/* SPDX-License-Identifier: MIT */
/* POSIX TZ text: what it means, what is malformed and where, and rules by chance against a count
 * that goes from day to day. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "civil.h"
#include "support.h"
#include "zone.h"

#define NY "EST5EDT,M3.2.0,M11.1.0"

static sla_zone *zone_of_text(const char *text) {
  sla_zone *zone = NULL;
  sla_error error = {0};
  if (sla_zone_new_posix(text, strlen(text), NULL, &zone, &error) != SLA_OK)
    fail_msg("%s is refused at column %u", text, error.column);
  return zone;
}

static sla_time midnight(const char *date) {
  char text[32];
  snprintf(text, sizeof text, "%sT00:00Z", date);
  return at(text);
}

/* ---- what it means ---- */

static void texts_without_summer(void **state) {
  static const struct {
    const char *text;
    int32_t offset;
  } cases[] = {{"UTC0", 0},
               {"EST5", -18000},
               {"EST+5", -18000},
               {"IST-5:30", 19800},
               {"IST-05:30:00", 19800},
               {"LMT0:19:32", -1172},
               {"LMT-0:19:32", 1172},
               {"<+0530>-5:30", 19800},
               {"<-03>3", -10800},
               {"<a+B-9>24:59:59", -89999},
               {"ABCDEFGHIJKLMNOPQRSTUVWXYZ-24:59:59", 89999},
               {"abc00", 0}};
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(cases); i++) {
    sla_zone *zone = zone_of_text(cases[i].text);
    sla__era era = sla__zone_era(zone, 0);
    if (era.offset != cases[i].offset || era.start != INT64_MIN || era.end != INT64_MAX)
      fail_msg("%s: offset %d, not %d", cases[i].text, era.offset, cases[i].offset);
    sla_zone_unref(zone);
  }
}

/* Each instant is the first second of an era, with the offset it changes to. */
static void texts_with_summer(void **state) {
  static const struct {
    const char *text, *start;
    int32_t offset;
  } cases[] = {
      {NY, "2024-03-10T07:00:00Z", -14400},
      {NY, "2024-11-03T06:00:00Z", -18000},
      {NY, "0001-03-11T07:00:00Z", -14400},
      {NY, "9999-11-07T06:00:00Z", -18000},
      {"EST5EDT4,M3.2.0/2,M11.1.0/02:00:00", "2024-11-03T06:00:00Z", -18000},
      {"EST5EDT3:30,M3.2.0,M11.1.0", "2024-03-10T07:00:00Z", -12600},
      {"EST5EDT3:30,M3.2.0,M11.1.0", "2024-11-03T05:30:00Z", -18000},
      {"CET-1CEST,M3.5.0,M10.5.0/3", "2024-03-31T01:00:00Z", 7200},
      {"CET-1CEST,M3.5.0,M10.5.0/3", "2024-10-27T01:00:00Z", 3600},
      /* negative DST: winter is the exception */
      {"IST-1GMT0,M10.5.0,M3.5.0/1", "2024-03-31T01:00:00Z", 3600},
      {"IST-1GMT0,M10.5.0,M3.5.0/1", "2024-10-27T01:00:00Z", 0},
      /* the southern hemisphere */
      {"ACST-9:30ACDT,M10.1.0,M4.1.0/3", "2069-04-06T16:30:00Z", 34200},
      {"ACST-9:30ACDT,M10.1.0,M4.1.0/3", "2069-10-05T16:30:00Z", 37800},
      {"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-04-04T15:00:00Z", 37800},
      {"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-10-03T15:30:00Z", 39600},
      /* hours beyond a day, and before it */
      {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2024-03-31T01:00:00Z", -3600},
      {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2024-10-27T01:00:00Z", -7200},
      {"EET-2EEST,M3.4.4/50,M10.4.4/50", "2024-03-30T00:00:00Z", 10800},
      {"EET-2EEST,M3.4.4/50,M10.4.4/50", "2024-10-25T23:00:00Z", 7200},
      {"IST-2IDT,M3.4.4/26,M10.5.0", "2024-03-29T00:00:00Z", 10800},
      {"AAA0BBB,J100/167:59:59,J200/-167:59:59", "2023-04-16T23:59:59Z", 3600},
      {"AAA0BBB,J100/167:59:59,J200/-167:59:59", "2023-07-11T23:00:01Z", 0},
      /* Jn does not count 29 February, n does, from 0 */
      {"AAA0BBB,J59/0,J60/1", "2024-02-28T00:00:00Z", 3600},
      {"AAA0BBB,J59/0,J60/1", "2024-03-01T00:00:00Z", 0},
      {"AAA0BBB,J59/0,J60/1", "2023-03-01T00:00:00Z", 0},
      {"AAA0BBB,58/0,59/1", "2024-02-28T00:00:00Z", 3600},
      {"AAA0BBB,58/0,59/1", "2024-02-29T00:00:00Z", 0},
      {"AAA0BBB,58/0,59/1", "2023-03-01T00:00:00Z", 0},
      {"AAA0BBB,0/0,J365/24", "2023-12-31T23:00:00Z", 0},
      {"AAA0BBB,0/0,J365/24", "2024-01-01T00:00:00Z", 3600},
      {"AAA0BBB,100/0,365/2", "2024-12-31T01:00:00Z", 0},
      {"AAA0BBB,100/0,365/2", "2024-01-01T01:00:00Z", 0}, /* 2023 has no day 365 but this */
      {"AAA0BBB,M2.5.4/0,M12.5.0/1", "2024-02-29T00:00:00Z", 3600},
      {"AAA0BBB,M2.5.4/0,M12.5.0/1", "2023-02-23T00:00:00Z", 3600},
      /* changes that spill into the years beside */
      {"AAA0BBB,M1.1.0/-167,M7.1.0/1", "2022-12-25T01:00:00Z", 3600},
      {"AAA0BBB,M7.1.0/0,J365/167", "2024-01-06T22:00:00Z", 0},
      {"AAA-14BBB,0/0,J200/1", "2023-12-31T10:00:00Z", 54000},
      {"AAA12BBB,J200/0,J365/23", "2024-01-01T10:00:00Z", -43200},
      {"AAA0BBB,J365/167,M7.1.0/1", "2024-01-06T23:00:00Z", 3600},
      {"AAA0BBB,J364/167,J365/167", "2024-01-05T23:00:00Z", 3600},
      {"AAA0BBB,J364/167,J365/167", "2024-01-06T22:00:00Z", 0},
  };
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(cases); i++) {
    sla_zone *zone = zone_of_text(cases[i].text);
    sla_time start = at(cases[i].start);
    sla__era era = sla__zone_era(zone, start), before = sla__zone_era(zone, start - 1);
    if (era.start != start || era.offset != cases[i].offset || before.end != start ||
        before.offset == era.offset)
      fail_msg("%s: not at %s", cases[i].text, cases[i].start);
    sla_zone_unref(zone);
  }
}

/* Rules that never change anything are one era. */
static void summer_for_ever_or_never(void **state) {
  static const struct {
    const char *text;
    int32_t offset;
  } cases[] = {{"XXX3EDT4,0/0,J365/23", -14400},
               {"EST5EDT,0/0,J365/25", -14400},
               {"EST5EDT4,J1/0,J365/25", -14400},
               {"AAA0BBB,0/-100,J365/100", 3600},
               {"AAA0BBB,M1.1.0/-167,M12.5.0/167", 3600},
               {"AAA0BBB,J100/0,J100/1", 0},
               {"AAA0BBB0,M3.2.0,M11.1.0", 0},
               {"AAA-3BBB-3,M10.1.0,M4.1.0", 10800},
               {"AAA0BBB,J365/25,0/1", 0}};
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(cases); i++) {
    sla_zone *zone = zone_of_text(cases[i].text);
    sla__era era = sla__zone_era(zone, at("2024-06-01T00:00:00Z"));
    if (era.start != INT64_MIN || era.end != INT64_MAX || era.offset != cases[i].offset)
      fail_msg("%s: offset %d from %lld to %lld", cases[i].text, era.offset, (long long)era.start,
               (long long)era.end);
    sla_zone_unref(zone);
  }
}

/* Years in which summer is empty or reaches the next one belong to longer eras. */
static void eras_of_several_years(void **state) {
  static const struct {
    const char *text, *time, *start, *end;
    int32_t offset;
  } cases[] = {
      /* Summer only in leap years: from 29 February, day 59, to 1 March, J60. */
      {"AAA0BBB,59/0,J60/1", "1900-01-01", "1896-03-01", "1904-02-29", 0},
      {"AAA0BBB,59/0,J60/1", "2024-02-29", "2024-02-29", "2024-03-01", 3600},
      /* Standard time on that day alone. */
      {"AAA0BBB,J60/0,59/1", "1900-01-01", "1896-03-01", "1904-02-29", 3600},
      {"AAA0BBB,J60/0,59/1", "2024-02-29", "2024-02-29", "2024-03-01", 0},
      /* Summer begins on the first Monday of January: in 2024 the very day it ended. */
      {"AAA0BBB,M1.1.1/0,J365/25", "2023-06-01", "2023-01-02", "2025-01-01", 3600},
      {"AAA0BBB,M1.1.1/0,J365/25", "2024-06-01", "2023-01-02", "2025-01-01", 3600},
  };
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(cases); i++) {
    sla_zone *zone = zone_of_text(cases[i].text);
    sla__era era = sla__zone_era(zone, midnight(cases[i].time));
    assert_time(era.start, midnight(cases[i].start));
    assert_time(era.end, midnight(cases[i].end));
    assert_number(era.offset, cases[i].offset);
    sla_zone_unref(zone);
  }
}

/* ---- what is malformed ---- */

static void zero_bytes_are_malformed(void **state) {
  static const char text[] = "EST5\0EDT";
  sla_zone *zone = NULL;
  sla_error error;
  (void)state;
  assert_code(sla_zone_new_posix(text, sizeof text - 1, NULL, &zone, &error), SLA_E_POSIX);
  assert_number(error.column, 5);
  assert_code(sla_zone_new_posix(text, 5, NULL, &zone, &error), SLA_E_POSIX);
  assert_number(error.column, 5);
  assert_ok(sla_zone_new_posix(text, 4, NULL, &zone, &error));
  sla_zone_unref(zone);
}

/* No beginning of this text is a text, but for its standard time alone. */
static void texts_cut_short(void **state) {
  static const char text[] = "<AAA>-9:30<BBB>-10:30:00,M10.1.0/-12:30:00,J100/100";
  size_t length = sizeof text - 1;
  (void)state;
  for (size_t cut = 0; cut < length; cut++) {
    bool whole = cut == 7 || cut == 10 || cut > 44; /* -9, -9:30, J1 to J100, /1 to /100 */
    if (cut == length - 3) whole = false;           /* J100/ */
    char *copy = malloc(cut + (cut == 0));
    sla_zone *zone = NULL;
    assert_non_null(copy);
    memcpy(copy, text, cut);
    int32_t code = sla_zone_new_posix(copy, cut, NULL, &zone, NULL);
    if (code != (whole ? SLA_OK : SLA_E_POSIX)) fail_msg("%.*s gives %d", (int)cut, text, code);
    sla_zone_unref(zone);
    free(copy);
  }
}

/* Any single byte changed: either it is still a text, or the column is that byte or later. */
static void texts_with_one_byte_changed(void **state) {
  static const char text[] = "<AAA>-9:30BBB-10:30,M10.1.0/-12,J100/100:00:30";
  size_t length = sizeof text - 1;
  (void)state;
  for (size_t place = 0; place < length; place++) {
    for (int byte = 0; byte < 256; byte++) {
      char copy[sizeof text];
      sla_zone *zone = NULL;
      sla_error error = {0};
      memcpy(copy, text, sizeof text);
      copy[place] = (char)byte;
      int32_t code = sla_zone_new_posix(copy, length, NULL, &zone, &error);
      assert_true(code == SLA_OK || code == SLA_E_POSIX);
      bool near = error.index >= (int64_t)place - 3 && error.index <= (int64_t)length;
      if (code == SLA_E_POSIX && !near)
        fail_msg("byte %zu as %d: index %d", place, byte, (int)error.index);
      sla_zone_unref(zone);
    }
  }
}

/* ---- rules by chance ---- */

typedef struct {
  char form; /* 'J', 'n' or 'M' */
  int day, month, week, weekday, time;
} date_rule;

static date_rule random_date(uint64_t *seed) {
  int hours = random_u64(seed) % 3 == 0 ? 167 : 24;
  return (date_rule){"JnM"[random_u64(seed) % 3],
                     (int)random_between(seed, 1, 365),
                     (int)random_between(seed, 1, 12),
                     (int)random_between(seed, 1, 5),
                     (int)random_between(seed, 0, 6),
                     (int)random_between(seed, -hours * 3600, hours * 3600)};
}

static void write_time(char *text, size_t size, int seconds) {
  int rest = abs(seconds);
  snprintf(text, size, "%s%d:%02d:%02d", seconds < 0 ? "-" : "", rest / 3600, rest / 60 % 60,
           rest % 60);
}

static void write_date(char *text, size_t size, const date_rule *rule) {
  char time[32];
  write_time(time, sizeof time, rule->time);
  if (rule->form == 'M')
    snprintf(text, size, "M%d.%d.%d/%s", rule->month, rule->week, rule->weekday, time);
  else
    snprintf(text, size, "%s%d/%s", rule->form == 'J' ? "J" : "", rule->day, time);
}

/* Walks through the year; no formula is shared with the library but the year's first day. */
static sla_time moment_in(const date_rule *rule, int year, int offset) {
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  int first = sla__civil_year_start(year), day_of_year = 0, found = 0, seen = 0;
  if (rule->form == 'n') found = rule->day;
  if (rule->form == 'J') found = rule->day - 1 + (leap && rule->day > 59);
  for (int month = 1; month <= 12; month++) {
    for (int day = 1; day <= lengths[month - 1] + (month == 2 && leap); day++, day_of_year++) {
      int weekday = ((first + day_of_year) % 7 + 7 + 4) % 7; /* Sunday is 0 */
      if (rule->form != 'M' || month != rule->month || weekday != rule->weekday) continue;
      if (++seen <= rule->week) found = day_of_year;
    }
  }
  return (sla_time)(first + found) * 86400 + rule->time - offset;
}

enum { FIRST_YEAR = 1885, LAST_YEAR = 1945 };

typedef struct {
  sla_time start[LAST_YEAR - FIRST_YEAR + 1], end[LAST_YEAR - FIRST_YEAR + 1];
  int standard, summer;
  bool within; /* summer does not span the new year */
} yearly_moments;

static int expected_offset(const yearly_moments *m, sla_time time) {
  for (int i = 0; i <= LAST_YEAR - FIRST_YEAR; i++) {
    if (m->within && time >= m->start[i] && time < m->end[i]) return m->summer;
    if (!m->within && time >= m->end[i] && time < m->start[i]) return m->standard;
  }
  return m->within ? m->standard : m->summer;
}

static void check_eras(const sla_zone *zone, const yearly_moments *m, const char *text) {
  for (sla_time time = m->start[3]; time < m->start[LAST_YEAR - FIRST_YEAR - 3];) {
    sla__era era = sla__zone_era(zone, time);
    if (time < era.start || time >= era.end || era.offset != expected_offset(m, time))
      fail_msg("%s: %lld", text, (long long)time);
    if (era.start != INT64_MIN && expected_offset(m, era.start - 1) == era.offset &&
        era.start > m->start[3])
      fail_msg("%s: era of %lld starts late", text, (long long)time);
    if (era.end > m->start[LAST_YEAR - FIRST_YEAR - 3]) break;
    if (expected_offset(m, era.end - 1) != era.offset || expected_offset(m, era.end) == era.offset)
      fail_msg("%s: era of %lld to %lld", text, (long long)time, (long long)era.end);
    time = era.end;
  }
}

static void check_moments(const sla_zone *zone, const yearly_moments *m, const char *text) {
  for (int i = 3; i < LAST_YEAR - FIRST_YEAR - 3; i++) {
    const sla_time times[] = {m->start[i] - 1, m->start[i], m->end[i] - 1, m->end[i]};
    for (size_t k = 0; k < SLA__LENGTH(times); k++)
      if (sla__zone_era(zone, times[k]).offset != expected_offset(m, times[k]))
        fail_msg("%s: at %lld", text, (long long)times[k]);
  }
}

/* Summer is what lies between its start and its end in any year, or else standard time what lies
 * between summer's end and start.  1900 is no leap year: all that can stand side by side does. */
static void rules_by_chance(void **state) {
  uint64_t seed = support_seed();
  (void)state;
  for (long round = draws(4000); round > 0; round--) {
    date_rule start = random_date(&seed), end = random_date(&seed);
    yearly_moments m = {.standard = (int)random_between(&seed, -89999, 89999)};
    char text[200], standard[32], summer[32], from[64], to[64];
    if (round % 4 == 0) end = start; /* close together, in one order or both */
    if (round % 8 == 0) end.form = "JnM"[random_u64(&seed) % 3];
    if (round % 4 == 0) end.time = (int)random_between(&seed, -86400, 86400);
    m.summer = m.standard + (int)random_between(&seed, -7200, 7200);
    if (m.summer < -89999 || m.summer > 89999) m.summer = 0;
    write_time(standard, sizeof standard, -m.standard);
    write_time(summer, sizeof summer, -m.summer);
    write_date(from, sizeof from, &start);
    write_date(to, sizeof to, &end);
    snprintf(text, sizeof text, "AAA%sBBB%s,%s,%s", standard, summer, from, to);
    sla_time lead = 0;
    for (int kind = 0; kind < SLA__YEAR_KINDS; kind++)
      lead += moment_in(&end, sla__civil_year_of_kind(kind), m.summer) -
              moment_in(&start, sla__civil_year_of_kind(kind), m.standard);
    m.within = lead >= 0;
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
      m.start[year - FIRST_YEAR] = moment_in(&start, year, m.standard);
      m.end[year - FIRST_YEAR] = moment_in(&end, year, m.summer);
    }
    sla_zone *zone = zone_of_text(text);
    check_eras(zone, &m, text);
    check_moments(zone, &m, text);
    sla_zone_unref(zone);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_without_summer),
      cmocka_unit_test(texts_with_summer),
      cmocka_unit_test(summer_for_ever_or_never),
      cmocka_unit_test(eras_of_several_years),
      cmocka_unit_test(zero_bytes_are_malformed),
      cmocka_unit_test(texts_cut_short),
      cmocka_unit_test(texts_with_one_byte_changed),
      cmocka_unit_test(rules_by_chance),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
