/* SPDX-License-Identifier: MIT */
/* Reading a ledger; ledger_build.c writes it. */
#include "ledger.h"

#define REGIME(ledger, i) ((const sla__regime *)(ledger)->regimes.data + (i))
#define YEARLY(ledger, i) ((const sla__yearly_page *)(ledger)->yearly.data + (i))
#define SEGMENT(ledger, i) ((const sla__segment *)(ledger)->segments.data + (i))
#define EXCEPTION(ledger, i) ((const sla__exception *)(ledger)->exceptions.data + (i))

#define WEEK_ORIGIN (SLA__DAY_MIN - 5) /* the Monday before 0000-01-01 */

bool sla__rule_matches(const sla__rule *rule, int32_t day, sla__ymd date) {
  if (day < rule->first || day > rule->last) return false;
  switch (rule->recurrence) {
    case SLA_WEEKLY: return rule->weekdays >> sla__civil_weekday(day) & 1;
    case SLA_YEARLY: return date.month == rule->month && date.day == rule->day;
    case SLA_YEARLY_WEEKDAY:
      if (date.month != rule->month || !(rule->weekdays >> sla__civil_weekday(day) & 1))
        return false;
      return rule->day > 0 ? (date.day + 6) / 7 == rule->day
                           : date.day + 7 > sla__civil_month_days(date.year, date.month);
    default: return true; /* SLA_DATES */
  }
}

/* ---- finding what is in force ---- */

/* How many exceptions lie before a date. */
static size_t exceptions_before(const sla__ledger *ledger, int32_t day) {
  size_t low = 0, high = ledger->exceptions.count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (EXCEPTION(ledger, middle)->day < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

static size_t segment_index(const sla__ledger *ledger, int32_t day) {
  size_t low = 0, high = ledger->segments.count - 1;
  while (low < high) {
    size_t middle = (low + high + 1) / 2;
    if (SEGMENT(ledger, middle)->first <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

const sla__segment *sla__ledger_segment(const sla__ledger *ledger, int32_t day) {
  return SEGMENT(ledger, segment_index(ledger, day));
}

/* The first yearly page of a kind of year that is not before a day of the year. */
static uint32_t yearly_from(const sla__ledger *ledger, const sla__regime *regime, int32_t kind,
                            int32_t day_of_year) {
  uint32_t low = regime->yearly[kind], high = regime->yearly[kind + 1];
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (YEARLY(ledger, middle)->day_of_year < day_of_year) low = middle + 1;
    else high = middle;
  }
  return low;
}

static bool has_yearly(const sla__regime *regime) {
  return regime->yearly[0] != regime->yearly[SLA__YEAR_KINDS];
}

static uint16_t regime_page(const sla__ledger *ledger, const sla__regime *regime, int32_t day) {
  if (has_yearly(regime)) {
    int32_t year = sla__civil_year_of(day), of_year = day - sla__civil_year_start(year);
    int32_t kind = sla__civil_kind(year);
    uint32_t at = yearly_from(ledger, regime, kind, of_year);
    if (at < regime->yearly[kind + 1] && YEARLY(ledger, at)->day_of_year == of_year)
      return YEARLY(ledger, at)->page;
  }
  return regime->pages[sla__civil_weekday(day)];
}

const sla__page *sla__ledger_page(const sla__ledger *ledger, int32_t day) {
  size_t at = exceptions_before(ledger, day);
  uint32_t page;
  if (at < ledger->exceptions.count && EXCEPTION(ledger, at)->day == day)
    page = EXCEPTION(ledger, at)->page;
  else
    page = regime_page(ledger, REGIME(ledger, sla__ledger_segment(ledger, day)->regime), day);
  return (const sla__page *)ledger->pages.data + page;
}

/* ---- counting ---- */

static int64_t yearly_before(const sla__ledger *ledger, const sla__regime *regime, bool working,
                             int32_t day) {
  int32_t year = sla__civil_year_of(day), kind = sla__civil_kind(year);
  uint32_t at = yearly_from(ledger, regime, kind, day - sla__civil_year_start(year));
  int64_t sum = sla__yearly_before(working ? &regime->working_sum : &regime->open_sum, year);
  if (at == regime->yearly[kind]) return sum;
  const sla__yearly_page *last = YEARLY(ledger, at - 1);
  return sum + (working ? last->working : last->open);
}

/* What a regime alone would count before a date. */
static int64_t regime_before(const sla__ledger *ledger, const sla__regime *regime, bool working,
                             int32_t day) {
  const int32_t *week = working ? regime->working : regime->open;
  int32_t since = day - WEEK_ORIGIN;
  int64_t count = since / 7 * (int64_t)week[7] + week[since % 7];
  return has_yearly(regime) ? count + yearly_before(ledger, regime, working, day) : count;
}

static int64_t counted_before(const sla__ledger *ledger, bool working, int32_t day) {
  const sla__segment *segment = sla__ledger_segment(ledger, day);
  const sla__regime *regime = REGIME(ledger, segment->regime);
  int64_t count = regime_before(ledger, regime, working, day) +
                  (working ? segment->working : segment->open);
  size_t at = exceptions_before(ledger, day);
  if (at > 0) {
    const sla__exception *last = EXCEPTION(ledger, at - 1);
    count += working ? last->working : last->open;
  }
  return count;
}

int64_t sla__ledger_before(const sla__ledger *ledger, sla__measure measure, int32_t day) {
  int64_t count = counted_before(ledger, measure == SLA__WORKING, day);
  return measure == SLA__SHUT ? (int64_t)day * SLA__DAY - count : count;
}

/* ---- finding the n-th ---- */

typedef struct {
  int32_t low, high; /* count(low) <= n < count(high) */
} bracket;

/* What a week counts around a date, at least 1. */
static int64_t weekly_rate(const sla__ledger *ledger, sla__measure measure, int32_t day) {
  const sla__regime *regime = REGIME(ledger, sla__ledger_segment(ledger, day)->regime);
  int64_t rate = measure == SLA__WORKING ? regime->working[7] : regime->open[7];
  if (measure == SLA__SHUT) rate = SLA__WEEK - rate;
  return rate > 0 ? rate : 1;
}

/* Counting tells on which side of a date n lies; how far n is from it. */
static int64_t narrow(const sla__ledger *ledger, sla__measure measure, int64_t n, int32_t day,
                      bracket *in) {
  int64_t distance = n - sla__ledger_before(ledger, measure, day);
  if (distance >= 0) in->low = day;
  else in->high = day;
  return distance;
}

static int32_t clamp_inside(int64_t day, const bracket *in) {
  return (int32_t)sla__max(in->low + 1, sla__min(in->high - 1, day));
}

/* Most calendars are nearly even: jump by the weekly rate until a jump would be under a week. */
static int32_t jump_near(const sla__ledger *ledger, sla__measure measure, int64_t n, bracket *in) {
  int32_t day = in->low;
  int64_t distance = n - sla__ledger_before(ledger, measure, day);
  for (int i = 0; i < 6 && in->high - in->low > 1; i++) {
    int64_t rate = weekly_rate(ledger, measure, day);
    int64_t weeks = distance / rate;
    int64_t days = weeks * 7 + distance % rate * 7 / rate;
    if (i > 0 && days == 0) break;
    day = clamp_inside(day + days, in);
    distance = narrow(ledger, measure, n, day, in);
  }
  return day;
}

bool sla__ledger_find(const sla__ledger *ledger, sla__measure measure, int64_t n, int32_t *day) {
  bracket in = {SLA__LEDGER_FIRST, SLA__LEDGER_END};
  if (n < sla__ledger_before(ledger, measure, in.low) ||
      n >= sla__ledger_before(ledger, measure, in.high))
    return false;
  int32_t at = jump_near(ledger, measure, n, &in);
  for (int32_t width = 1; in.high - in.low > 1; width = width > 64 ? width : 2 * width) {
    bool near = in.high - in.low > 2 * width && width <= 64;
    int32_t next = !near ? in.low + (in.high - in.low) / 2
                   : at == in.low ? in.low + width : in.high - width;
    at = clamp_inside(next, &in);
    narrow(ledger, measure, n, at, &in);
  }
  *day = in.low;
  return true;
}

int64_t sla__ledger_open_before(const sla__ledger *ledger, int64_t local) {
  int32_t day = (int32_t)sla__floor_div(local, SLA__DAY);
  sla__list list = sla__ledger_list(ledger, sla__ledger_page(ledger, day)->open);
  return sla__ledger_before(ledger, SLA__OPEN, day) +
         sla__list_before(list, (int32_t)(local - (int64_t)day * SLA__DAY));
}

bool sla__ledger_nth(const sla__ledger *ledger, sla__measure measure, int64_t n, int64_t *local) {
  int32_t day;
  if (!sla__ledger_find(ledger, measure, n, &day)) return false;
  sla__list list = sla__ledger_list(ledger, sla__ledger_page(ledger, day)->open);
  int32_t rest = (int32_t)(n - sla__ledger_before(ledger, measure, day));
  *local = (int64_t)day * SLA__DAY + (measure == SLA__OPEN ? sla__list_nth(list, rest)
                                                            : sla__list_nth_outside(list, rest));
  return true;
}

/* ---- where formulas end ---- */

/* The first date from this one on that a regime's yearly pages name, at most `end`. */
static int32_t next_yearly(const sla__ledger *ledger, const sla__regime *regime, int32_t day,
                           int32_t end) {
  if (!has_yearly(regime)) return end;
  int32_t year = sla__civil_year_of(day), of_year = day - sla__civil_year_start(year);
  for (int years = 0; years <= 400; years++, year++, of_year = 0) {
    int32_t start = sla__civil_year_start(year), kind = sla__civil_kind(year);
    if (start >= end) break;
    uint32_t at = yearly_from(ledger, regime, kind, of_year);
    if (at < regime->yearly[kind + 1])
      return (int32_t)sla__min(end, start + YEARLY(ledger, at)->day_of_year);
  }
  return end;
}

int32_t sla__ledger_next_special(const sla__ledger *ledger, int32_t day) {
  size_t segment = segment_index(ledger, day), exception = exceptions_before(ledger, day);
  int32_t next = SLA__LEDGER_END;
  if (SEGMENT(ledger, segment)->first == day) return day;
  if (segment + 1 < ledger->segments.count) next = SEGMENT(ledger, segment + 1)->first;
  if (exception < ledger->exceptions.count)
    next = (int32_t)sla__min(next, EXCEPTION(ledger, exception)->day);
  return next_yearly(ledger, REGIME(ledger, SEGMENT(ledger, segment)->regime), day, next);
}

bool sla__ledger_dated(const sla__ledger *ledger, int32_t *first, int32_t *last) {
  size_t exceptions = ledger->exceptions.count, segments = ledger->segments.count;
  if (exceptions == 0 && segments == 1) return false;
  *first = SLA__LEDGER_END;
  *last = SLA__LEDGER_FIRST;
  if (exceptions > 0) {
    *first = EXCEPTION(ledger, 0)->day;
    *last = EXCEPTION(ledger, exceptions - 1)->day;
  }
  if (segments > 1) {
    *first = (int32_t)sla__min(*first, SEGMENT(ledger, 1)->first);
    *last = (int32_t)sla__max(*last, SEGMENT(ledger, segments - 1)->first);
  }
  return true;
}

void sla__ledger_free(const sla_allocator *allocator, sla__ledger *ledger) {
  sla__pool_free(allocator, &ledger->pool);
  sla__array_free(allocator, &ledger->pages, sizeof(sla__page));
  sla__array_free(allocator, &ledger->regimes, sizeof(sla__regime));
  sla__array_free(allocator, &ledger->yearly, sizeof(sla__yearly_page));
  sla__array_free(allocator, &ledger->segments, sizeof(sla__segment));
  sla__array_free(allocator, &ledger->exceptions, sizeof(sla__exception));
}
