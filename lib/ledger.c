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

/* ---- a date's place ---- */

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

/* A year, and what a regime says of its kind. */
typedef struct {
  int32_t year, start, kind;
  uint32_t first, end; /* its yearly pages */
} year_of_regime;

static year_of_regime open_year(const sla__regime *regime, int32_t year) {
  int32_t kind = sla__civil_kind(year);
  return (year_of_regime){year, sla__civil_year_start(year), kind, regime->yearly[kind],
                          regime->yearly[kind + 1]};
}

typedef struct {
  const sla__segment *segment;
  const sla__regime *regime;
  size_t exception;    /* how many lie before it */
  year_of_regime year; /* with yearly pages only */
  uint32_t yearly;     /* the first not before it */
  int32_t day;
} place;

static place find_place(const sla__ledger *ledger, int32_t day) {
  place p = {.segment = sla__ledger_segment(ledger, day), .day = day};
  p.regime = REGIME(ledger, p.segment->regime);
  p.exception = exceptions_before(ledger, day);
  if (has_yearly(p.regime)) {
    p.year = open_year(p.regime, sla__civil_year_of(day));
    p.yearly = yearly_from(ledger, p.regime, p.year.kind, day - p.year.start);
  }
  return p;
}

static const sla__page *page_at(const sla__ledger *ledger, const place *p) {
  uint32_t page = p->regime->pages[sla__civil_weekday(p->day)];
  if (has_yearly(p->regime) && p->yearly < p->year.end &&
      YEARLY(ledger, p->yearly)->day_of_year == p->day - p->year.start)
    page = YEARLY(ledger, p->yearly)->page;
  if (p->exception < ledger->exceptions.count &&
      EXCEPTION(ledger, p->exception)->day == p->day)
    page = EXCEPTION(ledger, p->exception)->page;
  return (const sla__page *)ledger->pages.data + page;
}

const sla__page *sla__ledger_page(const sla__ledger *ledger, int32_t day) {
  const place p = find_place(ledger, day);
  return page_at(ledger, &p);
}

const sla__page *sla__ledger_plain_page(const sla__ledger *ledger, int32_t day) {
  const sla__regime *regime = REGIME(ledger, sla__ledger_segment(ledger, day)->regime);
  return (const sla__page *)ledger->pages.data + regime->pages[sla__civil_weekday(day)];
}

/* ---- counting ---- */

/* What more open seconds and working dates mean to a measure: each open second is one less shut. */
static int64_t measured(sla__measure measure, int64_t open, int64_t working) {
  return measure == SLA__OPEN ? open : measure == SLA__SHUT ? -open : working;
}

/* Before a weekday of a plain week; 7 is the whole week. */
static int64_t week_before(const sla__regime *regime, sla__measure measure, int32_t weekday) {
  return measured(measure, regime->open[weekday], regime->working[weekday]) +
         (measure == SLA__SHUT ? weekday * SLA__DAY : 0);
}

/* Shut seconds are those of the wall clock that are not open. */
static int64_t counted_from(sla__measure measure) {
  return measure == SLA__SHUT ? WEEK_ORIGIN * (int64_t)SLA__DAY : 0;
}

/* Before a date if every week were plain. */
static int64_t plain_before(const sla__regime *regime, sla__measure measure, int32_t day) {
  int32_t since = day - WEEK_ORIGIN;
  return counted_from(measure) + since / 7 * week_before(regime, measure, 7) +
         week_before(regime, measure, since % 7);
}

/* What the yearly pages of whole years add before a year. */
static int64_t years_before(const sla__regime *regime, sla__measure measure, int32_t year) {
  if (measure == SLA__WORKING) return sla__yearly_before(&regime->working_sum, year);
  return measured(measure, sla__yearly_before(&regime->open_sum, year), 0);
}

static int32_t is_working(const sla__ledger *ledger, uint16_t page) {
  const sla__page *pages = ledger->pages.data;
  return sla__ledger_list(ledger, pages[page].starts).count > 0;
}

/* Working dates are asked for seldom: they are added up where open seconds are looked up. */
static int64_t working_before(const sla__ledger *ledger, const sla__regime *regime,
                              const year_of_regime *year, uint32_t index) {
  int64_t count = 0;
  for (uint32_t i = year->first; i < index; i++) {
    int32_t weekday = sla__civil_weekday(year->start + YEARLY(ledger, i)->day_of_year);
    count += is_working(ledger, YEARLY(ledger, i)->page) -
             is_working(ledger, regime->pages[weekday]);
  }
  return count;
}

/* What the yearly pages of one year add before the one with this index. */
static int64_t pages_before(const sla__ledger *ledger, const sla__regime *regime,
                            sla__measure measure, const year_of_regime *year, uint32_t index) {
  if (measure == SLA__WORKING) return working_before(ledger, regime, year, index);
  return index == year->first ? 0 : measured(measure, YEARLY(ledger, index - 1)->more_open, 0);
}

/* What the exceptions before the one with this index add. */
static int64_t exceptions_add(const sla__ledger *ledger, sla__measure measure, size_t index) {
  if (index == 0) return 0;
  const sla__exception *last = EXCEPTION(ledger, index - 1);
  return measured(measure, last->more_open, last->more_working);
}

static int64_t before_place(const sla__ledger *ledger, sla__measure measure, const place *p) {
  int64_t count = plain_before(p->regime, measure, p->day) +
                  measured(measure, p->segment->joins_open, p->segment->joins_working) +
                  exceptions_add(ledger, measure, p->exception);
  if (!has_yearly(p->regime)) return count;
  return count + years_before(p->regime, measure, p->year.year) +
         pages_before(ledger, p->regime, measure, &p->year, p->yearly);
}

int64_t sla__ledger_before(const sla__ledger *ledger, sla__measure measure, int32_t day) {
  const place p = find_place(ledger, day);
  return before_place(ledger, measure, &p);
}

int64_t sla__ledger_open_before(const sla__ledger *ledger, int64_t local) {
  int32_t day = (int32_t)sla__floor_div(local, SLA__DAY);
  const place p = find_place(ledger, day);
  return before_place(ledger, SLA__OPEN, &p) +
         sla__list_before(sla__ledger_list(ledger, page_at(ledger, &p)->open),
                          (int32_t)(local - (int64_t)day * SLA__DAY));
}

/* ---- finding the n-th ---- */

#define WEEKS_IN_CYCLE 20871 /* of 400 years */

/* The date that holds number n if every week were plain. */
static int32_t find_plain(const sla__regime *regime, sla__measure measure, int64_t n) {
  int64_t week = week_before(regime, measure, 7), since = n - counted_from(measure);
  int64_t weeks = sla__floor_div(since, week), rest = since - weeks * week;
  int32_t weekday = 6;
  while (week_before(regime, measure, weekday) > rest) weekday--;
  return (int32_t)(WEEK_ORIGIN + weeks * 7 + weekday);
}

static int64_t before_year(const sla__regime *regime, sla__measure measure, int32_t year) {
  return plain_before(regime, measure, sla__civil_year_start(year)) +
         years_before(regime, measure, year);
}

/* The year that holds number n: near the even share of 400 years, for kinds of year differ by
 * little, or by dates that come round within 40 years. */
static int32_t find_year(const sla__regime *regime, sla__measure measure, int64_t n) {
  int64_t from = plain_before(regime, measure, SLA__DAY_MIN);
  int64_t cycle = WEEKS_IN_CYCLE * week_before(regime, measure, 7) +
                  years_before(regime, measure, 400);
  int32_t year = (int32_t)sla__max(0, sla__min(10000, (n - from) * 400 / cycle));
  while (year > 0 && before_year(regime, measure, year) > n) year--;
  while (year < 10000 && before_year(regime, measure, year + 1) <= n) year++;
  return year;
}

/* The date that holds number n of a regime, in a year with yearly pages. */
static int32_t find_in_year(const sla__ledger *ledger, const sla__regime *regime,
                            sla__measure measure, int64_t n) {
  const year_of_regime year = open_year(regime, find_year(regime, measure, n));
  int64_t rest = n - years_before(regime, measure, year.year); /* had every week been plain */
  uint32_t low = year.first, high = year.end; /* the first page that begins after it */
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    int32_t day = year.start + YEARLY(ledger, middle)->day_of_year;
    if (plain_before(regime, measure, day) +
            pages_before(ledger, regime, measure, &year, middle) <= rest)
      low = middle + 1;
    else
      high = middle;
  }
  if (low > year.first) {
    int32_t day = year.start + YEARLY(ledger, low - 1)->day_of_year;
    int64_t after = plain_before(regime, measure, day + 1) +
                    pages_before(ledger, regime, measure, &year, low);
    if (rest < after) return day;
  }
  return find_plain(regime, measure, rest - pages_before(ledger, regime, measure, &year, low));
}

/* How many segments begin with at most n before them, and how many exceptions. */
static size_t segments_up_to(const sla__ledger *ledger, sla__measure measure, int64_t n) {
  size_t low = 0, high = ledger->segments.count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (SEGMENT(ledger, middle)->before[measure] <= n) low = middle + 1;
    else high = middle;
  }
  return low;
}

static size_t exceptions_up_to(const sla__ledger *ledger, sla__measure measure, int64_t n) {
  size_t low = 0, high = ledger->exceptions.count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    const sla__exception *at = EXCEPTION(ledger, middle);
    int64_t before = measured(measure, at->open_before, at->working_before) +
                     (measure == SLA__SHUT ? (int64_t)at->day * SLA__DAY : 0);
    if (before <= n) low = middle + 1;
    else high = middle;
  }
  return low;
}

bool sla__ledger_find(const sla__ledger *ledger, sla__measure measure, int64_t n, int32_t *day) {
  size_t segments = segments_up_to(ledger, measure, n);
  if (segments == 0 || n >= ledger->end[measure]) return false;
  const sla__segment *segment = SEGMENT(ledger, segments - 1);
  const sla__regime *regime = REGIME(ledger, segment->regime);
  size_t exceptions = exceptions_up_to(ledger, measure, n);
  if (exceptions > 0) {
    int32_t own = EXCEPTION(ledger, exceptions - 1)->day;
    if (n < sla__ledger_before(ledger, measure, own + 1)) {
      *day = own;
      return true;
    }
  }
  int64_t rest = n - measured(measure, segment->joins_open, segment->joins_working) -
                 exceptions_add(ledger, measure, exceptions);
  *day = has_yearly(regime) ? find_in_year(ledger, regime, measure, rest)
                            : find_plain(regime, measure, rest);
  return true;
}

bool sla__ledger_nth(const sla__ledger *ledger, sla__measure measure, int64_t n, int64_t *local) {
  int32_t day;
  if (!sla__ledger_find(ledger, measure, n, &day)) return false;
  const place p = find_place(ledger, day);
  sla__list list = sla__ledger_list(ledger, page_at(ledger, &p)->open);
  int32_t rest = (int32_t)(n - before_place(ledger, measure, &p));
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
  for (;; year++, of_year = 0) { /* at most 40 times: some kind of year has yearly pages */
    int32_t start = sla__civil_year_start(year), kind = sla__civil_kind(year);
    if (start >= end) return end;
    uint32_t at = yearly_from(ledger, regime, kind, of_year);
    if (at < regime->yearly[kind + 1])
      return (int32_t)sla__min(end, start + YEARLY(ledger, at)->day_of_year);
  }
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
