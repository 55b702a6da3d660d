/* SPDX-License-Identifier: MIT */
/* From one unit of a rule to the next: the days of each that match, at the times of day. */
#include "ical_rule.h"

#define BIT(n) (1u << (n))
#define DAYS_END (SLA__ICAL_DAY_LAST + 1)

static bool given(const sla__ical_rule *rule, uint32_t part) { return rule->parts & BIT(part); }

/* ---- days ---- */

typedef struct {
  int64_t number; /* 0 is 1970-01-01 */
  int32_t year, month, month_day, year_day; /* 1 is the first */
  int32_t month_days, year_days;            /* so many has it */
} civil_day;

static bool is_leap(int32_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int32_t days_of_year(int32_t year) { return is_leap(year) ? 366 : 365; }

static int32_t days_of_month(int32_t year, int32_t month) {
  static const int8_t lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

static int64_t day_number(int64_t year, int64_t month) { /* of the first of a month */
  return year > 9999 ? DAYS_END : sla__ical_days((sla_date)(year * 10000 + month * 100 + 1));
}

static civil_day day_at(int64_t number) {
  sla_date date = sla__ical_date(number);
  civil_day d = {number, date / 10000, date / 100 % 100, date % 100, 0, 0, 0};
  d.year_day = (int32_t)(number - day_number(d.year, 1)) + 1;
  d.month_days = days_of_month(d.year, d.month);
  d.year_days = days_of_year(d.year);
  return d;
}

/* So many days on, within the month or to the first of the next. */
static void move(civil_day *d, int32_t days) {
  d->number += days;
  d->month_day += days;
  d->year_day += days;
  if (d->month_day <= d->month_days) return;
  d->month_day = 1;
  if (d->month++ == 12) {
    d->year++;
    d->month = d->year_day = 1;
    d->year_days = days_of_year(d->year);
  }
  d->month_days = days_of_month(d->year, d->month);
}

/* ---- which days match ---- */

static bool has(const uint64_t words[SLA__ICAL_WORDS], int64_t n) {
  return n >= 0 && n <= 366 && (words[n / 64] >> n % 64 & 1) != 0;
}

/* Whether the one at a place of so many is among the numbers. */
static bool holds(const sla__ical_numbers *numbers, int64_t place, int64_t count) {
  return has(numbers->front, place) || has(numbers->back, count + 1 - place);
}

/* The same of every seventh: which Sunday of the month or year a Sunday is. */
static bool holds_seventh(const sla__ical_numbers *numbers, int32_t place, int32_t count) {
  int32_t before = (place - 1) / 7, after = (count - place) / 7;
  return holds(numbers, before + 1, before + 1 + after);
}

static bool month_matches(const sla__ical_rule *rule, const civil_day *d) {
  return has(rule->numbers[SLA__ICAL_BYMONTH].front, d->month);
}

/* A week has the year and the number of its fourth day, its Thursday when it begins on a Monday. */
static bool week_matches(const sla__ical_rule *rule, const civil_day *d) {
  int32_t since = (sla__ical_weekday(d->number) - rule->week_start + 7) % 7;
  int32_t fourth = d->year_day + 3 - since, count = d->year_days;
  if (fourth < 1) {
    count = days_of_year(d->year - 1);
    fourth += count;
  } else if (fourth > count) {
    fourth -= count;
    count = days_of_year(d->year + 1);
  }
  return holds_seventh(&rule->numbers[SLA__ICAL_BYWEEKNO], fourth, count);
}

static bool year_day_matches(const sla__ical_rule *rule, const civil_day *d) {
  return holds(&rule->numbers[SLA__ICAL_BYYEARDAY], d->year_day, d->year_days);
}

static bool month_day_matches(const sla__ical_rule *rule, const civil_day *d) {
  return holds(&rule->numbers[SLA__ICAL_BYMONTHDAY], d->month_day, d->month_days);
}

/* Numbered weekdays are those of the month, or of the year when no month is said. */
static bool weekday_matches(const sla__ical_rule *rule, const civil_day *d) {
  const sla__ical_numbers *numbers = &rule->weekdays[sla__ical_weekday(d->number)];
  bool of_year = rule->frequency == SLA__ICAL_YEARLY && !given(rule, SLA__ICAL_BYMONTH);
  if (has(numbers->front, 0)) return true;
  return of_year ? holds_seventh(numbers, d->year_day, d->year_days)
                 : holds_seventh(numbers, d->month_day, d->month_days);
}

static bool matches(const sla__ical_rule *rule, const civil_day *d) {
  static bool (*const tests[])(const sla__ical_rule *, const civil_day *) = {
      [SLA__ICAL_BYMONTH] = month_matches,
      [SLA__ICAL_BYWEEKNO] = week_matches,
      [SLA__ICAL_BYYEARDAY] = year_day_matches,
      [SLA__ICAL_BYMONTHDAY] = month_day_matches,
      [SLA__ICAL_BYDAY] = weekday_matches};
  for (uint32_t part = 0; part < SLA__ICAL_LENGTH(tests); part++)
    if (given(rule, part) && !tests[part](rule, d)) return false;
  return true;
}

/* ---- units, each with a number ---- */

static int64_t unit_of(const sla__ical_rule *rule, int64_t number) {
  sla_date date = sla__ical_date(number);
  switch (rule->frequency) {
    case SLA__ICAL_DAILY: return number;
    case SLA__ICAL_WEEKLY: return sla__ical_floor_div(number + 3 - rule->week_start, 7);
    case SLA__ICAL_MONTHLY: return date / 10000 * 12 + date / 100 % 100 - 1;
    default: return date / 10000;
  }
}

/* Its first day, within the years 1 to 9999 or the day after them. */
static int64_t unit_first(const sla__ical_rule *rule, int64_t unit) {
  int64_t first;
  switch (rule->frequency) {
    case SLA__ICAL_DAILY: first = unit; break;
    case SLA__ICAL_WEEKLY: first = unit * 7 - 3 + rule->week_start; break;
    case SLA__ICAL_MONTHLY: first = day_number(unit / 12, unit % 12 + 1); break;
    default: first = day_number(unit, 1); break;
  }
  return sla__ical_min(sla__ical_max(first, SLA__ICAL_DAY_FIRST), DAYS_END);
}

/* ---- what the start says ---- */

static void set_part(sla__ical_rule *rule, uint32_t part, int32_t number) {
  sla__ical_numbers_add(&rule->numbers[part], number);
  rule->parts |= BIT(part);
}

/* The day, in the terms of the rule's units. */
static void complete_day(sla__ical_rule *rule, const civil_day *start) {
  static const uint32_t says_day[SLA__ICAL_FREQUENCIES] = {
      [SLA__ICAL_WEEKLY] = BIT(SLA__ICAL_BYDAY),
      [SLA__ICAL_MONTHLY] = BIT(SLA__ICAL_BYDAY) | BIT(SLA__ICAL_BYMONTHDAY),
      [SLA__ICAL_YEARLY] =
          BIT(SLA__ICAL_BYDAY) | BIT(SLA__ICAL_BYMONTHDAY) | BIT(SLA__ICAL_BYYEARDAY)};
  if (rule->frequency == SLA__ICAL_DAILY || rule->parts & says_day[rule->frequency]) return;
  if (rule->frequency == SLA__ICAL_WEEKLY || given(rule, SLA__ICAL_BYWEEKNO)) {
    sla__ical_numbers_add(&rule->weekdays[sla__ical_weekday(start->number)], 0);
    rule->parts |= BIT(SLA__ICAL_BYDAY);
    return;
  }
  set_part(rule, SLA__ICAL_BYMONTHDAY, start->month_day);
  if (rule->frequency == SLA__ICAL_YEARLY && !given(rule, SLA__ICAL_BYMONTH))
    set_part(rule, SLA__ICAL_BYMONTH, start->month);
}

static void complete_time(sla__ical_rule *rule, int32_t second) {
  if (!given(rule, SLA__ICAL_BYHOUR)) set_part(rule, SLA__ICAL_BYHOUR, second / 3600);
  if (!given(rule, SLA__ICAL_BYMINUTE)) set_part(rule, SLA__ICAL_BYMINUTE, second / 60 % 60);
  if (!given(rule, SLA__ICAL_BYSECOND)) set_part(rule, SLA__ICAL_BYSECOND, second % 60);
}

static int32_t list(const sla__ical_numbers *numbers, int32_t end, uint8_t *values) {
  int32_t count = 0;
  for (int32_t n = 0; n < end; n++)
    if (has(numbers->front, n)) values[count++] = (uint8_t)n;
  return count;
}

static void list_times(sla__ical_walk *walk) {
  sla__ical_numbers *numbers = walk->rule.numbers;
  if (has(numbers[SLA__ICAL_BYSECOND].front, 60)) /* a leap second */
    sla__ical_numbers_add(&numbers[SLA__ICAL_BYSECOND], 59);
  walk->hours_count = list(&numbers[SLA__ICAL_BYHOUR], 24, walk->hours);
  walk->minutes_count = list(&numbers[SLA__ICAL_BYMINUTE], 60, walk->minutes);
  walk->seconds_count = list(&numbers[SLA__ICAL_BYSECOND], 60, walk->seconds);
  walk->times = walk->hours_count * walk->minutes_count * walk->seconds_count;
}

/* ---- the walk ---- */

/* The first second after what UNTIL includes. */
static sla__ical_wall end_of(const sla__ical_rule *rule) {
  if (!rule->has_until) return INT64_MAX;
  if (!rule->is_date && !rule->until.is_date) return rule->until.wall + 1;
  return (sla__ical_day_of(rule->until.wall) + 1) * SLA__ICAL_DAY;
}

/* Without a COUNT nothing before the window matters but the step. */
static int64_t first_unit(const sla__ical_walk *walk) {
  const sla__ical_rule *rule = &walk->rule;
  int64_t unit = unit_of(rule, sla__ical_day_of(walk->start));
  if (rule->count > 0 || walk->from <= walk->start) return unit;
  int64_t day = sla__ical_min(sla__ical_day_of(walk->from), SLA__ICAL_DAY_LAST);
  return unit + (unit_of(rule, day) - unit) / rule->interval * rule->interval;
}

void sla__ical_walk_begin(sla__ical_walk *walk, const sla__ical_rule *rule, sla__ical_wall start,
                          sla__ical_wall from, sla__ical_wall to, uint64_t *search) {
  *walk = (sla__ical_walk){.rule = *rule, .start = start, .from = from, .to = to, .search = search};
  civil_day first = day_at(sla__ical_day_of(start));
  complete_day(&walk->rule, &first);
  complete_time(&walk->rule, sla__ical_second_of(start));
  list_times(walk);
  walk->end = sla__ical_min(to, end_of(rule));
  walk->left = rule->count > 0 ? rule->count : INT64_MAX;
  walk->is_started = rule->only_matches;
  if (!walk->is_started) walk->left--; /* the start is one */
  walk->unit = first_unit(walk);
}

static bool spend(sla__ical_walk *walk) {
  if (*walk->search == 0) return false;
  --*walk->search;
  return true;
}

/* The days of the unit that match; of a month that cannot, only the first is looked at. */
static bool find_days(sla__ical_walk *walk) {
  const sla__ical_rule *rule = &walk->rule;
  int64_t end = unit_first(rule, walk->unit + 1);
  walk->days_count = 0;
  for (civil_day d = day_at(walk->first); d.number < end;) {
    if (!spend(walk)) return false;
    bool skips = given(rule, SLA__ICAL_BYMONTH) && !month_matches(rule, &d);
    if (!skips && matches(rule, &d))
      walk->days[walk->days_count++] = (int16_t)(d.number - walk->first);
    move(&d, skips ? d.month_days + 1 - d.month_day : 1);
  }
  walk->member = 0;
  walk->members = (int64_t)walk->days_count * walk->times;
  return true;
}

/* No position is beyond 366 from either end. */
static void step(sla__ical_walk *walk) {
  walk->member++;
  if (given(&walk->rule, SLA__ICAL_BYSETPOS) && walk->member > 366)
    walk->member = sla__ical_max(walk->member, walk->members - 365);
}

static bool is_picked(const sla__ical_walk *walk) {
  return !given(&walk->rule, SLA__ICAL_BYSETPOS) ||
         holds(&walk->rule.numbers[SLA__ICAL_BYSETPOS], walk->member, walk->members);
}

static sla__ical_wall member_wall(const sla__ical_walk *walk) {
  int64_t index = walk->member - 1;
  int64_t day = walk->first + walk->days[index / walk->times];
  int32_t time = (int32_t)(index % walk->times);
  int32_t second = walk->seconds[time % walk->seconds_count];
  int32_t minute = walk->minutes[time / walk->seconds_count % walk->minutes_count];
  int32_t hour = walk->hours[time / walk->seconds_count / walk->minutes_count];
  return day * SLA__ICAL_DAY + (hour * 60 + minute) * 60 + second;
}

/* To the next member of the unit, or of the next unit that has any. */
static int32_t move_on(sla__ical_walk *walk) {
  for (step(walk); walk->member > walk->members; step(walk)) {
    walk->first = unit_first(&walk->rule, walk->unit);
    if (walk->first == DAYS_END || walk->first * SLA__ICAL_DAY >= walk->end) {
      walk->left = 0;
      return SLA_OK;
    }
    if (!find_days(walk)) return SLA_ICAL_E_INSTANCES;
    walk->unit += walk->rule.interval;
  }
  return spend(walk) ? SLA_OK : SLA_ICAL_E_INSTANCES;
}

int32_t sla__ical_walk_next(sla__ical_walk *walk, sla__ical_wall *wall) {
  bool is_first = !walk->is_started;
  walk->is_started = true;
  if (is_first && walk->start >= walk->from && walk->start < walk->to) {
    *wall = walk->start;
    return SLA_OK;
  }
  while (walk->left > 0) {
    int32_t code = move_on(walk);
    if (code != SLA_OK) return code;
    if (walk->left == 0 || !is_picked(walk)) continue;
    sla__ical_wall found = member_wall(walk);
    if (found < walk->start || (found == walk->start && !walk->rule.only_matches)) continue;
    walk->left = found < walk->end ? walk->left - 1 : 0;
    if (found < walk->from || found >= walk->end) continue;
    *wall = found;
    return SLA_OK;
  }
  *wall = SLA_NONE;
  return SLA_OK;
}
