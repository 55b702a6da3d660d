/* SPDX-License-Identifier: MIT */
#include "ical_oracle_rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define FIRST (-719162) /* 0001-01-01 */
#define LAST 2932896    /* 9999-12-31 */

/* Every one of a unit that matches, in order; a year of minutes has fewer. */
#define MEMBERS 600000

typedef struct {
  int64_t *members;
  size_t members_count;
  int64_t *walls;
  size_t walls_count;
  int64_t counted;
} gathering;

/* ---- dates ---- */

static sla_date date_of(int64_t day) {
  sla_date date = 0;
  if (day < FIRST || day > LAST) return 0;
  sla_date_from_days((int32_t)day, &date);
  return date;
}

static int year_of(int64_t day) { return date_of(day) / 10000; }
static int month_of(int64_t day) { return date_of(day) / 100 % 100; }
/* Monday is 0, and year 1 begins on one. */
static int weekday_of(int64_t day) { return (int)((day - FIRST) % 7); }

/* The first day of the week that a day is in. */
static int64_t week_of(const chance_rule *rule, int64_t day) {
  return day - (weekday_of(day + 700) - rule->week_start + 7) % 7;
}

/* 4 January is in the first week of its year, wherever weeks begin. */
static int64_t first_week(const chance_rule *rule, int year) {
  int32_t fourth;
  if (year == 0) return week_of(rule, FIRST + 3 - 366);
  if (year == 10000) return week_of(rule, LAST + 4);
  sla_date_to_days(year * 10000 + 104, &fourth);
  return week_of(rule, fourth);
}

/* ---- whether a day matches ---- */

typedef bool same_part(int64_t a, int64_t b);
static bool same_year(int64_t a, int64_t b) { return year_of(a) == year_of(b); }
static bool same_month(int64_t a, int64_t b) { return date_of(a) / 100 == date_of(b) / 100; }

/* How many days, going back or on by `step`, are in the same month or year; this one counts. */
static int count_to_end(int64_t day, int64_t step, same_part *same) {
  int count = 0;
  for (int64_t at = day; at >= FIRST && at <= LAST && same(at, day); at += step) count++;
  return count;
}

static bool is_place(int number, int64_t day, int64_t step, same_part *same) {
  return number > 0 ? count_to_end(day, -step, same) == number
                    : count_to_end(day, step, same) == -number;
}

static bool is_week(const chance_rule *rule, int number, int64_t day) {
  int year = year_of(day);
  if (day < first_week(rule, year)) year--;
  else if (year < 10000 && day >= first_week(rule, year + 1)) year++;
  if (number > 0) return week_of(rule, day) == first_week(rule, year) + (number - 1) * 7;
  return week_of(rule, day) == first_week(rule, year + 1) + number * 7;
}

static bool is_weekday(const chance_rule *rule, int i, int64_t day) {
  bool in_months = rule->frequency == SLA__ICAL_MONTHLY || rule->counts[SLA__ICAL_BYMONTH] > 0;
  int number = rule->numbers[SLA__ICAL_BYDAY][i];
  if (weekday_of(day) != rule->weekdays[i]) return false;
  return number == 0 || is_place(number, day, 7, in_months ? same_month : same_year);
}

static bool value_fits(const chance_rule *rule, int part, int i, int64_t day) {
  int number = rule->numbers[part][i];
  switch (part) {
    case SLA__ICAL_BYMONTH: return month_of(day) == number;
    case SLA__ICAL_BYWEEKNO: return is_week(rule, number, day);
    case SLA__ICAL_BYYEARDAY: return is_place(number, day, 1, same_year);
    case SLA__ICAL_BYMONTHDAY: return is_place(number, day, 1, same_month);
    default: return is_weekday(rule, i, day);
  }
}

static bool fits(const chance_rule *rule, int part, int64_t day) {
  bool any = rule->counts[part] == 0;
  for (int i = 0; i < rule->counts[part]; i++) any = any || value_fits(rule, part, i, day);
  return any;
}

/* What the rule does not say, the start does: which day of the week, of the month, of the year. */
static bool fits_start(const chance_rule *rule, int64_t day) {
  const int *counts = rule->counts;
  int64_t start = sla__ical_day_of(rule->start);
  int says = counts[SLA__ICAL_BYDAY] + counts[SLA__ICAL_BYMONTHDAY] + counts[SLA__ICAL_BYYEARDAY];
  if (says > 0 || rule->frequency == SLA__ICAL_DAILY) return true;
  if (rule->frequency == SLA__ICAL_WEEKLY || counts[SLA__ICAL_BYWEEKNO] > 0)
    return weekday_of(day) == weekday_of(start);
  if (date_of(day) % 100 != date_of(start) % 100) return false;
  return rule->frequency == SLA__ICAL_MONTHLY || counts[SLA__ICAL_BYMONTH] > 0 ||
         month_of(day) == month_of(start);
}

static bool day_fits(const chance_rule *rule, int64_t day) {
  for (int part = SLA__ICAL_BYMONTH; part <= SLA__ICAL_BYDAY; part++)
    if (!fits(rule, part, day)) return false;
  return fits_start(rule, day);
}

/* ---- whether a time of day does ---- */

static bool time_fits(const chance_rule *rule, int part, int value, int of_start) {
  if (rule->is_date || rule->counts[part] == 0) return value == of_start;
  for (int i = 0; i < rule->counts[part]; i++) {
    int number = rule->numbers[part][i];
    if (value == (number == 60 ? 59 : number)) return true; /* no leap seconds */
  }
  return false;
}

static void gather_day(const chance_rule *rule, int64_t day, gathering *all) {
  int start = (int)sla__ical_second_of(rule->start);
  for (int hour = 0; hour < 24; hour++) {
    if (!time_fits(rule, SLA__ICAL_BYHOUR, hour, start / 3600)) continue;
    for (int second = 0; second < 3600; second++) {
      if (!time_fits(rule, SLA__ICAL_BYMINUTE, second / 60, start / 60 % 60)) continue;
      if (!time_fits(rule, SLA__ICAL_BYSECOND, second % 60, start % 60)) continue;
      assert_true(all->members_count < MEMBERS);
      all->members[all->members_count++] = day * 86400 + hour * 3600 + second;
    }
  }
}

/* ---- units ---- */

static int64_t unit_of(const chance_rule *rule, int64_t day) {
  switch (rule->frequency) {
    case SLA__ICAL_DAILY: return day;
    case SLA__ICAL_WEEKLY: return (week_of(rule, day) - (FIRST - 7)) / 7;
    case SLA__ICAL_MONTHLY: return year_of(day) * 12 + month_of(day);
    default: return year_of(day);
  }
}

static bool is_picked(const chance_rule *rule, int64_t i, int64_t count) {
  bool any = rule->counts[SLA__ICAL_BYSETPOS] == 0;
  for (int p = 0; p < rule->counts[SLA__ICAL_BYSETPOS]; p++) {
    int number = rule->numbers[SLA__ICAL_BYSETPOS][p];
    any = any || i == (number > 0 ? number - 1 : count + number);
  }
  return any;
}

static bool is_before_end(const chance_rule *rule, int64_t wall) {
  if (rule->until == SLA_NONE) return true;
  return rule->is_date || rule->until_is_date
             ? sla__ical_day_of(wall) <= sla__ical_day_of(rule->until)
             : wall <= rule->until;
}

static void take(const chance_rule *rule, int64_t wall, gathering *all) {
  if (rule->count > 0 && all->counted >= rule->count) return;
  all->counted++;
  if (wall < rule->from || wall >= rule->to || all->walls_count >= ORACLE_WALLS) return;
  all->walls[all->walls_count++] = wall;
}

static void take_unit(const chance_rule *rule, gathering *all) {
  for (size_t i = 0; i < all->members_count; i++) {
    int64_t wall = all->members[i];
    if (wall >= rule->start + !rule->only_matches && is_before_end(rule, wall) &&
        is_picked(rule, (int64_t)i, (int64_t)all->members_count))
      take(rule, wall, all);
  }
  all->members_count = 0;
}

size_t oracle_rule_walls(const chance_rule *rule, int64_t walls[ORACLE_WALLS]) {
  gathering all = {.members = malloc(MEMBERS * sizeof(int64_t)), .walls = walls};
  int64_t start = sla__ical_day_of(rule->start), end = sla__ical_day_of(rule->to) + 1;
  int64_t unit_start = unit_of(rule, start), unit = unit_start;
  int64_t day = start - 366 < FIRST ? FIRST : start - 366;
  assert_non_null(all.members);
  if (!rule->only_matches) take(rule, rule->start, &all);
  while (unit_of(rule, day) < unit_start) day++;
  /* On to the end of the unit that the window ends in. */
  for (; day <= LAST && (day <= end || unit_of(rule, day) == unit); day++) {
    if (unit_of(rule, day) != unit) take_unit(rule, &all);
    unit = unit_of(rule, day);
    if ((unit - unit_start) % rule->interval == 0 && day_fits(rule, day))
      gather_day(rule, day, &all);
  }
  take_unit(rule, &all);
  free(all.members);
  return all.walls_count;
}
