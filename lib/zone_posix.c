/* SPDX-License-Identifier: MIT */
#include "zone_posix.h"

#include "error.h"
#include "text.h"

/* A date of every year. */
typedef struct {
  enum { JULIAN, DAY_OF_YEAR, WEEKDAY } form; /* Jn, n, Mm.w.d */
  int32_t day;
  int32_t month, week, weekday; /* weekday: Sunday is 0 */
  int32_t time;
} yearly_date;

typedef struct {
  int32_t standard, summer; /* east of UTC */
  yearly_date start, end;   /* of summer time */
  bool has_summer;
} posix_zone;

/* ---- reading: false leaves the cursor at the byte that does not fit ---- */

static bool take_number(sla__cursor *cursor, int most_digits, int32_t low, int32_t high,
                        int32_t *number) {
  size_t from = cursor->offset;
  if (!sla__take_digits(cursor, 1, most_digits, number)) return false;
  if (*number >= low && *number <= high) return true;
  cursor->offset = from;
  return false;
}

static bool take_sixtieth(sla__cursor *cursor, int32_t *number) {
  size_t from = cursor->offset;
  if (sla__take_digits(cursor, 2, 2, number) && *number < 60) return true;
  cursor->offset = from;
  return false;
}

/* A sign, hours, and perhaps :minutes and :seconds. */
static bool take_hours(sla__cursor *cursor, int most_digits, int32_t most, int32_t *seconds) {
  bool negative = sla__take(cursor, '-');
  if (!negative) sla__take(cursor, '+');
  int32_t hour, minute = 0, second = 0;
  if (!take_number(cursor, most_digits, 0, most, &hour)) return false;
  if (sla__take(cursor, ':')) {
    if (!take_sixtieth(cursor, &minute)) return false;
    if (sla__take(cursor, ':') && !take_sixtieth(cursor, &second)) return false;
  }
  *seconds = (hour * 60 + minute) * 60 + second;
  if (negative) *seconds = -*seconds;
  return true;
}

static bool in_name(char c, bool quoted) {
  return sla__is_alpha(c) || (quoted && (sla__is_digit(c) || c == '+' || c == '-'));
}

static bool take_name(sla__cursor *cursor) {
  bool quoted = sla__take(cursor, '<');
  size_t from = cursor->offset;
  while (in_name(sla__peek(cursor), quoted)) cursor->offset++;
  return cursor->offset - from >= 3 && (!quoted || sla__take(cursor, '>'));
}

/* West is positive in the text. */
static bool take_offset(sla__cursor *cursor, int32_t *offset) {
  if (!take_hours(cursor, 2, 24, offset)) return false;
  *offset = -*offset;
  return true;
}

static bool take_weekday(sla__cursor *cursor, yearly_date *date) {
  date->form = WEEKDAY;
  return take_number(cursor, 2, 1, 12, &date->month) && sla__take(cursor, '.') &&
         take_number(cursor, 1, 1, 5, &date->week) && sla__take(cursor, '.') &&
         take_number(cursor, 1, 0, 6, &date->weekday);
}

static bool take_date(sla__cursor *cursor, yearly_date *date) {
  if (sla__take(cursor, 'M')) return take_weekday(cursor, date);
  bool julian = sla__take(cursor, 'J');
  date->form = julian ? JULIAN : DAY_OF_YEAR;
  return take_number(cursor, 3, julian ? 1 : 0, 365, &date->day);
}

static bool take_rule(sla__cursor *cursor, yearly_date *date) {
  date->time = 2 * 3600;
  if (!sla__take(cursor, ',') || !take_date(cursor, date)) return false;
  return !sla__take(cursor, '/') || take_hours(cursor, 3, 167, &date->time);
}

static bool take_zone(sla__cursor *cursor, posix_zone *zone) {
  if (!take_name(cursor) || !take_offset(cursor, &zone->standard)) return false;
  zone->has_summer = !sla__at_end(cursor);
  if (!zone->has_summer) return true;
  if (!take_name(cursor)) return false;
  zone->summer = zone->standard + 3600;
  if (sla__peek(cursor) != ',' && !take_offset(cursor, &zone->summer)) return false;
  return take_rule(cursor, &zone->start) && take_rule(cursor, &zone->end);
}

/* ---- what it means ---- */

/* Days from 1 January; 365 in a common year is the next one's first. */
static int32_t day_in(const yearly_date *date, int32_t year) {
  if (date->form == DAY_OF_YEAR) return date->day;
  if (date->form == JULIAN) /* 29 February is not counted */
    return date->day - (sla__civil_leap(year) && date->day >= 60 ? 0 : 1);
  int32_t nth = date->week == 5 ? -1 : date->week, weekday = (date->weekday + 6) % 7;
  int32_t day = sla__civil_nth_weekday(year, date->month, nth, weekday);
  return sla__civil_days(year, date->month, day) - sla__civil_year_start(year);
}

/* Whether summer time begins and ends within a year rather than spanning two: by the order of its
 * dates in most years, should they cross.  Ties are an empty summer. */
static bool summer_within_year(const int32_t start[], const int32_t end[]) {
  int64_t lead = 0;
  for (int kind = 0; kind < SLA__YEAR_KINDS; kind++) lead += (int64_t)end[kind] - start[kind];
  return lead >= 0;
}

static void compile_rule(const posix_zone *zone, sla__zone_rule *rule) {
  int32_t start[SLA__YEAR_KINDS], end[SLA__YEAR_KINDS];
  for (int32_t kind = 0; kind < SLA__YEAR_KINDS; kind++) {
    int32_t year = sla__civil_year_of_kind(kind);
    start[kind] = day_in(&zone->start, year) * SLA__DAY + zone->start.time - zone->standard;
    end[kind] = day_in(&zone->end, year) * SLA__DAY + zone->end.time - zone->summer;
  }
  bool within = summer_within_year(start, end);
  memcpy(rule->first, within ? start : end, sizeof rule->first);
  memcpy(rule->second, within ? end : start, sizeof rule->second);
  rule->inside = within ? zone->summer : zone->standard;
  rule->outside = within ? zone->standard : zone->summer;
  rule->tidy = sla__zone_rule_tidy(rule);
}

bool sla__zone_posix_parse(const char *text, size_t length, sla__zone_rule *rule, size_t *bad) {
  sla__cursor cursor = {text, length, 0};
  posix_zone zone = {0};
  if (!take_zone(&cursor, &zone) || !sla__at_end(&cursor)) {
    *bad = cursor.offset;
    return false;
  }
  if (zone.has_summer) compile_rule(&zone, rule);
  else *rule = (sla__zone_rule){.inside = zone.standard, .outside = zone.standard};
  return true;
}

/* ---- public ---- */

int32_t sla_zone_new_posix(const char *text, size_t length, const sla_allocator *allocator,
                           sla_zone **zone, sla_error *error) {
  if (text == NULL) return sla__fail_null(error, 1);
  if (zone == NULL) return sla__fail_null(error, 4);
  sla__zone_rule rule;
  size_t bad;
  if (!sla__zone_posix_parse(text, length, &rule, &bad))
    return sla__fail_text(error, SLA_E_POSIX, text, bad);
  sla__zone_parts parts = {.rule = &rule};
  return sla__zone_new(&parts, allocator, zone, error);
}
