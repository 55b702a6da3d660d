/* SPDX-License-Identifier: MIT */
/* What one writes without a library: walk the days, ask the C library's mktime when each opens and
 * when it closes, and look holidays up in a table.  The first of the two calls settles the date and
 * its weekday as well, so a day off costs one call; the walk ends at the first opening past the
 * end. */
#define _POSIX_C_SOURCE 200809L
#include "bench.h"

#include <time.h>

enum { OPENS = 9, CLOSES = 17 };
enum { YEARS = REFERENCE_LAST_YEAR - REFERENCE_FIRST_YEAR + 1 };

static bool holidays[YEARS][366]; /* by year and day of the year */

void loop_prepare(void) {
  for (int year = REFERENCE_FIRST_YEAR; year <= REFERENCE_LAST_YEAR; year++)
    for (int month = 1; month <= 12; month++)
      for (int day = 1; day <= 31; day++)
        if (reference_is_holiday(year, month, day))
          holidays[year - REFERENCE_FIRST_YEAR]
                  [days_of(year, month, day) - days_of(year, 1, 1)] = true;
}

static bool is_day_off(const struct tm *date) {
  return date->tm_wday == 0 || date->tm_wday == 6 ||
         holidays[date->tm_year + 1900 - REFERENCE_FIRST_YEAR][date->tm_yday];
}

/* An hour of a day.  tm_mday may be past the end of the month: mktime puts the date right. */
static int64_t settle(struct tm *date, int hour) {
  date->tm_hour = hour;
  date->tm_min = date->tm_sec = 0;
  date->tm_isdst = -1;
  return (int64_t)mktime(date);
}

static struct tm date_at(int64_t at) {
  time_t instant = (time_t)at;
  struct tm date;
  localtime_r(&instant, &date);
  return date;
}

static int64_t loop_elapsed(int64_t from, int64_t to) {
  int64_t elapsed = 0;
  for (struct tm date = date_at(from);; date.tm_mday++) {
    int64_t opens = settle(&date, OPENS);
    if (opens >= to) return elapsed;
    if (is_day_off(&date)) continue;
    int64_t closes = settle(&date, CLOSES);
    if (opens < from) opens = from;
    if (closes > to) closes = to;
    if (opens < closes) elapsed += closes - opens;
  }
}

static int64_t loop_add(int64_t from, int64_t n) {
  for (struct tm date = date_at(from);; date.tm_mday++) {
    int64_t opens = settle(&date, OPENS);
    if (is_day_off(&date)) continue;
    int64_t closes = settle(&date, CLOSES);
    if (opens < from) opens = from;
    if (opens >= closes) continue;
    if (n <= closes - opens) return opens + n;
    n -= closes - opens;
  }
}

static int64_t loop_is_open(int64_t at) {
  struct tm date = date_at(at);
  return !is_day_off(&date) && date.tm_hour >= OPENS && date.tm_hour < CLOSES;
}

static int64_t loop_next_change(int64_t at) {
  for (struct tm date = date_at(at);; date.tm_mday++) {
    int64_t opens = settle(&date, OPENS);
    if (is_day_off(&date)) continue;
    if (opens > at) return opens;
    int64_t closes = settle(&date, CLOSES);
    if (closes > at) return closes;
  }
}

#define DEFINE_RUN(query, ...)                                       \
  static int64_t run_##query(const void *context) {                  \
    const draws *list = context;                                     \
    int64_t sum = 0;                                                 \
    for (size_t i = 0; i < list->length; i++) {                      \
      const draw *d = &list->draw[i];                                \
      sum += loop_##query(__VA_ARGS__);                              \
    }                                                                \
    return sum;                                                      \
  }

DEFINE_RUN(elapsed, d->from, d->to)
DEFINE_RUN(add, d->from, d->n)
DEFINE_RUN(is_open, d->from)
DEFINE_RUN(next_change, d->from)

int64_t (*const ask_loop[QUERIES])(const void *context) = {run_elapsed, run_add, run_is_open,
                                                           run_next_change};
