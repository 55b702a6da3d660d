/* SPDX-License-Identifier: MIT */
/* Dates and day numbers against a count that goes from day to day. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "civil.h"
#include "support.h"

/* A date that steps one day at a time: leap years as the Gregorian rule is usually told. */
typedef struct {
  int year, month, day, weekday; /* Monday is 0 */
} walker;

static int month_length(int year, int month) {
  if (month == 2) return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static void step(walker *w) {
  w->weekday = (w->weekday + 1) % 7;
  if (++w->day <= month_length(w->year, w->month)) return;
  w->day = 1;
  if (++w->month <= 12) return;
  w->month = 1;
  w->year++;
}

static void every_day_of_local_years_0_to_9999(void **state) {
  walker w = {0, 1, 1, 5}; /* a Saturday, 400 years before 2000-01-01 five times over */
  (void)state;
  for (int32_t days = SLA__DAY_MIN; days <= SLA__DAY_LAST; days++, step(&w)) {
    sla__ymd d = sla__civil_of(days);
    if (d.year != w.year || d.month != w.month || d.day != w.day)
      fail_msg("day %d is %d-%d-%d, not %d-%d-%d", days, d.year, d.month, d.day, w.year, w.month,
               w.day);
    if (sla__civil_days(w.year, w.month, w.day) != days) fail_msg("to days at %d", days);
    if (sla__civil_weekday(days) != w.weekday) fail_msg("weekday at %d", days);
    if (sla__civil_year_of(days) != w.year) fail_msg("year at %d", days);
  }
  assert_number(w.year, 10000);
  assert_number(sla__civil_of(SLA__DAY_MAX).year, 10000);
}

static void known_dates(void **state) {
  static const struct {
    sla_date date;
    int32_t days;
    uint32_t weekday;
  } known[] = {{19700101, 0, 4},     {19691231, -1, 3},    {20000229, 11016, 2},
               {20240229, 19782, 4}, {10101, -719162, 1},  {99991231, 2932896, 5},
               {19000228, -25509, 3}, {21000301, 47541, 1}};
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(known); i++) {
    int32_t days = 0;
    uint32_t weekday = 0;
    sla_date date = 0;
    assert_ok(sla_date_to_days(known[i].date, &days));
    assert_ok(sla_date_weekday(known[i].date, &weekday));
    assert_ok(sla_date_from_days(days, &date));
    assert_number(days, known[i].days);
    assert_number(weekday, known[i].weekday);
    assert_number(date, known[i].date);
  }
}

static void dates_that_are_none(void **state) {
  static const sla_date bad[] = {0,        1,         101,       10100,     10001,    20230229,
                                 19000229, 20240230,  20240431,  20241301,  20240001, 20240100,
                                 20240132, 100000101, -20240101, INT32_MIN, INT32_MAX};
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(bad); i++) {
    int32_t days = 77;
    uint32_t weekday = 77;
    assert_code(sla_date_to_days(bad[i], &days), SLA_E_DATE);
    assert_code(sla_date_weekday(bad[i], &weekday), SLA_E_DATE);
    assert_number(days, 77);
    assert_number(weekday, 77);
  }
}

static void day_numbers_out_of_range(void **state) {
  static const int32_t bad[] = {SLA__DAY_FIRST - 1, SLA__DAY_LAST + 1, INT32_MIN, INT32_MAX};
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(bad); i++) {
    sla_date date = 77;
    assert_code(sla_date_from_days(bad[i], &date), SLA_E_RANGE);
    assert_number(date, 77);
  }
}

static void nth_weekday_of_every_month(void **state) {
  (void)state;
  for (int year = 1890; year <= 2110; year++)
    for (int month = 1; month <= 12; month++)
      for (int weekday = 0; weekday < 7; weekday++) {
        int found[6] = {0}, count = 0;
        for (int day = 1; day <= month_length(year, month); day++)
          if (sla__civil_weekday(sla__civil_days(year, month, day)) == weekday)
            found[count++] = day;
        for (int nth = 1; nth <= 5; nth++)
          assert_number(sla__civil_nth_weekday(year, month, nth, weekday), found[nth - 1]);
        assert_number(sla__civil_nth_weekday(year, month, -1, weekday), found[count - 1]);
      }
}

static void kinds_of_years(void **state) {
  (void)state;
  for (int32_t year = 0; year <= 10000; year++) {
    int32_t like = sla__civil_year_of_kind(sla__civil_kind(year));
    assert_number(sla__civil_kind(like), sla__civil_kind(year));
    assert_number(sla__civil_leap(like), month_length(year, 2) == 29);
    assert_number(sla__civil_weekday(sla__civil_days(like, 1, 1)),
                  sla__civil_weekday(sla__civil_days(year, 1, 1)));
  }
}

static void yearly_sums_equal_adding_up(void **state) {
  uint64_t seed = support_seed();
  (void)state;
  for (int round = 0; round < 40; round++) {
    sla__yearly yearly, drawn;
    int64_t sum = 0;
    for (int k = 0; k < SLA__YEAR_KINDS; k++)
      drawn.kinds[k] = (int32_t)random_between(&seed, 0, 366 * 86400);
    sla__yearly_init(&yearly, drawn.kinds);
    for (int32_t year = 0; year <= 10001; year++) {
      if (sla__yearly_before(&yearly, year) != sum) fail_msg("round %d, year %d", round, year);
      sum += drawn.kinds[sla__civil_kind(year)];
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_day_of_local_years_0_to_9999),
      cmocka_unit_test(known_dates),
      cmocka_unit_test(dates_that_are_none),
      cmocka_unit_test(day_numbers_out_of_range),
      cmocka_unit_test(nth_weekday_of_every_month),
      cmocka_unit_test(kinds_of_years),
      cmocka_unit_test(yearly_sums_equal_adding_up),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
