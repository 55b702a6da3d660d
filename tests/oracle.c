/* SPDX-License-Identifier: MIT */
#include "oracle.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define DAY 86400

/* ---- dates, one after the other ---- */

static int length_of_month(int year, int month) {
  static const int lengths[13] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : lengths[month];
}

static sla_date make_date(int year, int month, int day) {
  return year * 10000 + month * 100 + day;
}

sla_date oracle_next_date(sla_date date) {
  int year = date / 10000, month = date / 100 % 100, day = date % 100;
  if (day < length_of_month(year, month)) return date + 1;
  return month < 12 ? make_date(year, month + 1, 1) : make_date(year + 1, 1, 1);
}

sla_date oracle_previous_date(sla_date date) {
  int year = date / 10000, month = date / 100 % 100, day = date % 100;
  if (day > 1) return date - 1;
  if (month == 1) return make_date(year - 1, 12, 31);
  return make_date(year, month - 1, length_of_month(year, month - 1));
}

/* Counts the days since 1 January of the year 1, a Monday; weekdays repeat every 400 years. */
int oracle_weekday(sla_date date) {
  int year = date / 10000 + 400, y = year - 1;
  int days = y * 365 + y / 4 - y / 100 + y / 400 + date % 100 - 1;
  for (int m = 1; m < date / 100 % 100; m++) days += length_of_month(year, m);
  return days % 7 + 1;
}

/* Is it the n-th (or, for -1, the last) of its weekday in its month? */
static bool is_nth(sla_date date, int n) {
  int day = date % 100, length = length_of_month(date / 10000, date / 100 % 100);
  if (n == -1) return day + 7 > length;
  return (day - 1) / 7 + 1 == n;
}

/* ---- C1 to C9 ---- */

static bool on_weekday(const sla_entry *e, sla_date date) {
  return (e->weekdays >> (oracle_weekday(date) - 1) & 1) != 0;
}

static bool applies(const sla_entry *e, sla_date date) {
  int month = date / 100 % 100, day = date % 100;
  if (e->first != 0 && date < e->first) return false;
  if (e->last != 0 && date > e->last) return false;
  switch (e->recurrence) {
    case SLA_WEEKLY: return on_weekday(e, date);
    case SLA_DATES: return true;
    case SLA_YEARLY: return month == e->month && day == e->day;
    case SLA_YEARLY_WEEKDAY:
      return month == e->month && on_weekday(e, date) && is_nth(date, e->day);
    default: abort();
  }
}

static bool any_applies(const oracle_calendar *calendar, uint32_t kind, sla_date date) {
  for (size_t i = 0; i < calendar->count; i++)
    if (calendar->entries[i].kind == kind && applies(&calendar->entries[i], date)) return true;
  return false;
}

static bool is_skipped(const oracle_calendar *calendar, sla_date date, int second) {
  sla_time first, last;
  uint32_t how = 0;
  int32_t code = sla_zone_instant_of(calendar->zone, date, second, &first, &last, &how);
  return code == SLA_OK && how == SLA_WALL_SKIPPED;
}

/* A date that the zone leaves out, as one that moves over the date line does. */
static bool is_left_out(const oracle_calendar *calendar, sla_date date) {
  return is_skipped(calendar, date, DAY / 2) && is_skipped(calendar, date, 0) &&
         is_skipped(calendar, date, DAY - 1);
}

/* Which kind of entry says what starts on a date; 0 when nothing does. */
static uint32_t kind_in_force(const oracle_calendar *calendar, sla_date date) {
  if (is_left_out(calendar, date)) return 0;
  if (any_applies(calendar, SLA_ENTRY_SPECIAL_HOURS, date)) return SLA_ENTRY_SPECIAL_HOURS;
  if (any_applies(calendar, SLA_ENTRY_HOLIDAY, date)) return 0;
  return SLA_ENTRY_HOURS;
}

static int end_of(const sla_entry *e) { return e->closes < e->opens ? e->closes + DAY : e->closes; }

static oracle_day *day_of(const oracle_calendar *calendar, sla_date date) {
  for (size_t i = 0; i < calendar->day_count; i++)
    if (calendar->days[i].date == date) return &calendar->days[i];
  return NULL;
}

/* Does an interval in force that starts on the date hold this second after its midnight? */
static bool starts_and_holds(const oracle_calendar *calendar, sla_date date, int second) {
  const oracle_day *day = day_of(calendar, date);
  if (day != NULL) return second < 2 * DAY && day->holds[second] != 0;
  uint32_t kind = kind_in_force(calendar, date);
  for (size_t i = 0; i < calendar->count; i++) {
    const sla_entry *e = &calendar->entries[i];
    if (e->kind == kind && applies(e, date) && second >= e->opens && second < end_of(e))
      return true;
  }
  return false;
}

static bool is_closed_off(const oracle_calendar *calendar, sla_date date, int second) {
  for (size_t i = 0; i < calendar->count; i++) {
    const sla_entry *e = &calendar->entries[i];
    if (e->kind == SLA_ENTRY_CLOSURE && applies(e, date) && second >= e->opens &&
        second < e->closes)
      return true;
  }
  return false;
}

static sla_civil wall(const oracle_calendar *calendar, sla_time at) {
  sla_civil civil = {0, 0};
  if (sla_zone_civil_at(calendar->zone, at, &civil, sizeof civil) != SLA_OK) abort();
  return civil;
}

bool oracle_is_open(const oracle_calendar *calendar, sla_time at) {
  if (calendar->table != NULL && at >= calendar->table_from && at < calendar->table_to)
    return calendar->table[at - calendar->table_from] != 0;
  sla_civil c = wall(calendar, at);
  if (is_closed_off(calendar, c.date, c.second)) return false;
  return starts_and_holds(calendar, oracle_previous_date(c.date), c.second + DAY) ||
         starts_and_holds(calendar, c.date, c.second);
}

/* starts_and_holds for every second of a date, entry by entry. */
static void tabulate_day(const oracle_calendar *calendar, sla_date date, oracle_day *day) {
  uint32_t kind = kind_in_force(calendar, date);
  *day = (oracle_day){date, SLA_NONE, 0, calloc(2 * DAY, 1)};
  if (day->holds == NULL) abort();
  for (size_t i = 0; i < calendar->count; i++) {
    const sla_entry *e = &calendar->entries[i];
    if (e->kind != kind || !applies(e, date)) continue;
    for (int second = e->opens; second < end_of(e); second++) day->holds[second] = 1;
  }
  for (int second = 0; second < 2 * DAY; second++)
    if (day->holds[second]) day->end = second + 1;
}

static void tabulate_days(oracle_calendar *calendar, sla_date from, sla_date to) {
  oracle_day days[ORACLE_DAYS];
  size_t count = 0;
  for (sla_date date = from; date <= to; date = oracle_next_date(date)) {
    if (count == ORACLE_DAYS) abort();
    tabulate_day(calendar, date, &days[count++]);
  }
  calendar->days = malloc(sizeof days);
  if (calendar->days == NULL) abort();
  memcpy(calendar->days, days, count * sizeof *days);
  calendar->day_count = count;
}

void oracle_tabulate(oracle_calendar *calendar, sla_time from, sla_time to) {
  unsigned char *table = malloc((size_t)(to - from));
  if (table == NULL) abort();
  oracle_forget(calendar);
  tabulate_days(calendar, oracle_previous_date(wall(calendar, from).date),
                oracle_next_date(wall(calendar, to).date));
  for (sla_time t = from; t < to; t++) table[t - from] = oracle_is_open(calendar, t);
  calendar->table = table;
  calendar->table_from = from;
  calendar->table_to = to;
}

void oracle_forget(oracle_calendar *calendar) {
  for (size_t i = 0; i < calendar->day_count; i++) free(calendar->days[i].holds);
  free(calendar->days);
  calendar->days = NULL;
  calendar->day_count = 0;
  free(calendar->table);
  calendar->table = NULL;
}

/* ---- C10 to C15 ---- */

sla_seconds oracle_elapsed(const oracle_calendar *calendar, sla_time from, sla_time to, int step) {
  sla_seconds open = 0;
  if (to < from) return -oracle_elapsed(calendar, to, from, step);
  for (sla_time t = from; t < to; t += step)
    if (oracle_is_open(calendar, t)) open += step;
  return open;
}

sla_time oracle_add(const oracle_calendar *calendar, sla_time from, sla_seconds n, int step,
                    sla_seconds limit) {
  sla_time t = from;
  while (n > 0) {
    if (t - from >= limit) return ORACLE_LOST;
    if (oracle_is_open(calendar, t)) n -= step;
    t += step;
  }
  while (n < 0) {
    if (from - t >= limit) return ORACLE_LOST;
    t -= step;
    if (oracle_is_open(calendar, t)) n += step;
  }
  return t;
}

sla_time oracle_next_change(const oracle_calendar *calendar, sla_time at, int step,
                            sla_seconds limit) {
  for (sla_time t = at + step; t - at <= limit; t += step)
    if (oracle_is_open(calendar, t) != oracle_is_open(calendar, t - step)) return t;
  return ORACLE_LOST;
}

sla_time oracle_previous_change(const oracle_calendar *calendar, sla_time at, int step,
                                sla_seconds limit) {
  for (sla_time t = at; at - t <= limit; t -= step)
    if (oracle_is_open(calendar, t) != oracle_is_open(calendar, t - step)) return t;
  return ORACLE_LOST;
}

bool oracle_is_working_date(const oracle_calendar *calendar, sla_date date) {
  uint32_t kind = kind_in_force(calendar, date);
  return kind != 0 && any_applies(calendar, kind, date);
}

int64_t oracle_working_dates(const oracle_calendar *calendar, sla_date from, sla_date to) {
  int64_t count = 0;
  if (to < from) return -oracle_working_dates(calendar, to, from);
  for (sla_date d = from; d < to; d = oracle_next_date(d))
    if (oracle_is_working_date(calendar, d)) count++;
  return count;
}

sla_date oracle_add_working_dates(const oracle_calendar *calendar, sla_date date, int64_t n) {
  sla_date d = date;
  while (n > 0 && d < 99991231) {
    d = oracle_next_date(d);
    if (oracle_is_working_date(calendar, d)) n--;
  }
  while (n < 0 && d > 10101) {
    d = oracle_previous_date(d);
    if (oracle_is_working_date(calendar, d)) n++;
  }
  return n == 0 ? d : 0;
}

uint32_t oracle_holiday_on(const oracle_calendar *calendar, sla_date date) {
  for (size_t i = 0; i < calendar->count; i++)
    if (calendar->entries[i].kind == SLA_ENTRY_HOLIDAY && applies(&calendar->entries[i], date))
      return (uint32_t)i;
  return SLA_NO_ENTRY;
}

/* ---- section 3: targets in day units ---- */

#define FAR_DAYS 40 /* how far a next opening or an end of day is looked for */

typedef struct {
  sla_date date;
  int second; /* after its midnight, 24:00 and later during the tail of a night */
} anchor;

static anchor anchor_of(const oracle_calendar *calendar, sla_time start, int step) {
  sla_civil c = wall(calendar, start);
  sla_date before = oracle_previous_date(c.date);
  if (!oracle_is_open(calendar, start)) {
    if (oracle_is_working_date(calendar, c.date)) return (anchor){c.date, c.second};
    sla_time opening = oracle_next_change(calendar, start, step, FAR_DAYS * DAY);
    return opening == ORACLE_LOST ? (anchor){0, 0} : anchor_of(calendar, opening, step);
  }
  if (starts_and_holds(calendar, before, c.second + DAY)) return (anchor){before, c.second + DAY};
  return (anchor){c.date, c.second};
}

/* The first second from `second` on, or the end of them all, that the date's intervals hold. */
static int clamp(const oracle_calendar *calendar, sla_date date, int second, int step) {
  const oracle_day *day = day_of(calendar, date);
  int last = 0;
  if (day != NULL && second >= day->end) return day->end;
  for (int s = day != NULL ? second : 0; s < 2 * DAY; s += step) {
    if (!starts_and_holds(calendar, date, s)) continue;
    if (s >= second) return s;
    last = s + step;
  }
  return last;
}

static sla_time instant_of(const oracle_calendar *calendar, sla_date date, int second) {
  sla_time first = SLA_NONE, last = SLA_NONE;
  uint32_t how = 0;
  for (; second >= DAY; second -= DAY) date = oracle_next_date(date);
  if (sla_zone_instant_of(calendar->zone, date, second, &first, &last, &how) != SLA_OK) abort();
  return first;
}

/* The end of the last open second of the intervals that start on a date, or ORACLE_LOST. */
static sla_time end_of_day(const oracle_calendar *calendar, sla_date date, int step) {
  oracle_day *day = day_of(calendar, date);
  if (day != NULL && day->last != SLA_NONE) return day->last;
  sla_time from = instant_of(calendar, date, 0) - DAY, end = ORACLE_LOST;
  for (sla_time t = from; t < from + 4 * DAY; t += step) {
    sla_civil c = wall(calendar, t);
    if (is_closed_off(calendar, c.date, c.second)) continue;
    if (c.date == date && starts_and_holds(calendar, date, c.second)) end = t + step;
    if (oracle_previous_date(c.date) == date && starts_and_holds(calendar, date, c.second + DAY))
      end = t + step;
  }
  if (day != NULL) day->last = end;
  return end;
}

/* Whether a date lies beyond those that were tabulated. */
static bool is_far(const oracle_calendar *calendar, sla_date date) {
  return calendar->day_count > 0 && day_of(calendar, date) == NULL;
}

sla_time oracle_day_due(const oracle_calendar *calendar, sla_time start, uint32_t unit, int64_t n,
                        int step) {
  anchor from = anchor_of(calendar, start, step);
  if (from.date == 0) return ORACLE_LOST;
  sla_date date = oracle_add_working_dates(calendar, from.date, n);
  if (date == 0 || is_far(calendar, date)) return ORACLE_LOST;
  if (unit == SLA_UNIT_WORKING_DAYS)
    return instant_of(calendar, date, clamp(calendar, date, from.second, step));
  sla_time end = end_of_day(calendar, date, step);
  if (n == 0 && end < start) {
    date = oracle_add_working_dates(calendar, date, 1);
    return date == 0 || is_far(calendar, date) ? ORACLE_LOST : end_of_day(calendar, date, step);
  }
  return end;
}
