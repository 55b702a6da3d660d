/* SPDX-License-Identifier: MIT */
#include "weektable.h"

#define GRID_ORIGIN (-3 * (int64_t)SLA__DAY) /* Monday 1969-12-29 */

#define FEW 16 /* stretches in a week: longer lists, of hosts with strange hours, are halved */

#define WEEKS(table) ((const sla__week *)(table)->weeks.data)
#define PATTERNS(table) ((const sla__pattern *)(table)->patterns.data)
#define STRETCHES(table) ((const sla__stretch *)(table)->stretches.data)

/* ---- reading ---- */

typedef struct {
  const sla__week *week;
  const sla__pattern *pattern;
  const sla__stretch *day;
  int32_t second; /* of the week */
} place;

static inline place find_place(const sla__weektable *table, sla_time at) {
  uint64_t since = (uint64_t)(at - table->start);
  uint32_t number = (uint32_t)(since / SLA__WEEK);
  uint32_t second = (uint32_t)(since - (uint64_t)number * SLA__WEEK);
  const sla__week *week = WEEKS(table) + number;
  const sla__pattern *pattern = PATTERNS(table) + week->pattern;
  return (place){week, pattern, &pattern->day[second / SLA__DAY], (int32_t)second};
}

/* The first stretch of the week's list that ends after the second, or the sentinel.  Out of line,
 * and without a pointer to a place, which keeps the way past it short. */
__attribute__((noinline)) static const sla__stretch *find_listed(const sla__stretch *stretches,
                                                                 const sla__pattern *pattern,
                                                                 int32_t second) {
  const sla__stretch *stretch = stretches + pattern->first, *day = &pattern->day[second / SLA__DAY];
  if (pattern->count > FEW)
    return stretch + sla__list_at((sla__list){stretch, pattern->count, 0}, second);
  if (day->to < 0) stretch += day->from;
  while (stretch->to <= second) stretch++;
  return stretch;
}

/* The same, most often without the list. */
static inline const sla__stretch *find_stretch(const sla__weektable *table, place p) {
  return p.day->to > p.second ? p.day : find_listed(STRETCHES(table), p.pattern, p.second);
}

/* Open seconds between the table's start and an instant.  Without a branch that depends on the
 * instant, save for days of several stretches: this is the hottest path of the library. */
static inline int64_t open_before(const sla__weektable *table, sla_time at) {
  const place p = find_place(table, at);
  const sla__stretch *stretch = p.day;
  if (stretch->to < 0) stretch = find_listed(STRETCHES(table), p.pattern, p.second);
  int32_t into = p.second > stretch->from ? p.second : stretch->from;
  into = (into < stretch->to ? into : stretch->to) - stretch->from;
  return (int64_t)p.week->before + stretch->before + into;
}

int64_t sla__weektable_elapsed(const sla__weektable *table, sla_time from, sla_time to) {
  return open_before(table, to) - open_before(table, from);
}

int64_t sla__weektable_open_before(const sla__weektable *table, sla_time at) {
  return table->base + open_before(table, at);
}

bool sla__weektable_is_open(const sla__weektable *table, sla_time at) {
  const place p = find_place(table, at);
  return p.second >= find_stretch(table, p)->from;
}

bool sla__weektable_next_change(const sla__weektable *table, sla_time at, sla_time *change) {
  const place p = find_place(table, at);
  const sla__stretch *stretch = find_stretch(table, p);
  int32_t second = p.second >= stretch->from ? stretch->to : stretch->from;
  *change = at - p.second + second;
  return second < SLA__WEEK;
}

bool sla__weektable_previous_change(const sla__weektable *table, sla_time at, sla_time *change) {
  const place p = find_place(table, at);
  const sla__stretch *stretch = find_listed(STRETCHES(table), p.pattern, p.second);
  if (p.second < stretch->from && stretch == STRETCHES(table) + p.pattern->first) return false;
  int32_t second = p.second >= stretch->from ? stretch->from : stretch[-1].to;
  *change = at - p.second + second;
  return second > 0;
}

/* The week that holds the n-th open second of the table, from the week its bucket begins in. */
static inline uint32_t week_of(const sla__weektable *table, uint32_t n) {
  const sla__week *weeks = WEEKS(table);
  uint32_t bucket = n >> table->bucket, week = weeks[bucket].hint;
  for (int steps = 0; steps < 4; steps++, week++)
    if (weeks[week + 1].before > n) return week;
  uint32_t high = (uint32_t)table->weeks.count - 2; /* long shut: halve */
  while (week < high) {
    uint32_t middle = (week + high) / 2;
    if (weeks[middle + 1].before > n) high = middle;
    else week = middle + 1;
  }
  return week;
}

static inline int32_t nth_in_week(const sla__stretch *stretches, uint32_t count, int32_t n) {
  uint32_t at = 0;
  if (count > FEW) return sla__list_nth((sla__list){stretches, count, 0}, n);
  for (uint32_t i = 1; i < count; i++) at += stretches[i].before <= n; /* no branch on each */
  return stretches[at].from + (n - stretches[at].before);
}

static inline sla_time nth_open(const sla__weektable *table, uint32_t n) {
  uint32_t number = week_of(table, n);
  const sla__week *week = WEEKS(table) + number;
  const sla__pattern *pattern = PATTERNS(table) + week->pattern;
  const sla__stretch *stretches = STRETCHES(table) + pattern->first;
  return table->start + (sla_time)number * SLA__WEEK +
         nth_in_week(stretches, pattern->count, (int32_t)(n - week->before));
}

sla_time sla__weektable_nth_open(const sla__weektable *table, int64_t n) {
  return nth_open(table, (uint32_t)(n - table->base));
}

bool sla__weektable_add(const sla__weektable *table, sla_time from, sla_seconds n,
                        sla_time *result) {
  bool forward = n > 0;
  int64_t number = open_before(table, from) + n - forward;
  if (number < 0 || number >= table->total) return false;
  /* The instant just after the n-th open second: closing time stays closing time. */
  *result = nth_open(table, (uint32_t)number) + forward;
  return true;
}

/* ---- building ---- */

typedef struct {
  const sla_allocator *allocator;
  const sla__almanac *almanac;
  sla__weektable *table;
  sla__pool pool;
  sla__array spans; /* of the week at hand */
  sla__era era;     /* of the week's start */
  int32_t special;  /* the next date that is not plain */
  uint32_t regime;  /* the last plain pattern, and what it was made for */
  int32_t offset;
  int32_t plain; /* -1 before there is one */
} builder;

static int32_t push_span(builder *b, int64_t from, int64_t to) {
  sla__span *slot = sla__array_push(b->allocator, &b->spans, sizeof *slot);
  if (slot == NULL) return SLA_E_MEMORY;
  *slot = (sla__span){(int32_t)from, (int32_t)to};
  return SLA_OK;
}

/* Only dates that are not plain are looked up. */
static sla__list open_on(builder *b, int32_t day) {
  const sla__ledger *ledger = &b->almanac->ledger;
  if (b->special < day) b->special = sla__ledger_next_special(ledger, day);
  const sla__page *page = b->special == day ? sla__ledger_page(ledger, day)
                                            : sla__ledger_plain_page(ledger, day);
  return sla__ledger_list(ledger, page->open);
}

/* What of a date is open in [from, to) UTC under one offset, in seconds after the week's start. */
static int32_t push_day(builder *b, int32_t day, sla_time week, sla_time from, sla_time to,
                        int32_t offset) {
  sla__list list = open_on(b, day);
  sla_time midnight = (sla_time)day * SLA__DAY - offset;
  int32_t code = SLA_OK;
  for (uint32_t i = 0; i < list.count && code == SLA_OK; i++) {
    sla_time opens = sla__max(from, midnight + list.stretches[i].from);
    sla_time closes = sla__min(to, midnight + list.stretches[i].to);
    if (opens < closes) code = push_span(b, opens - week, closes - week);
  }
  return code;
}

static int32_t local_day(sla_time at, int32_t offset) {
  return (int32_t)sla__floor_div(at + offset, SLA__DAY);
}

/* Writes a week out, era by era and date by date. */
static int32_t write_week(builder *b, sla_time week, uint16_t *pattern) {
  sla_time from = week, end = week + SLA__WEEK;
  int32_t code = SLA_OK;
  b->spans.count = 0;
  for (sla__era era = b->era; from < end; era = sla__zone_era(b->almanac->zone, from)) {
    sla_time to = sla__min(end, era.end);
    int32_t first = local_day(from, era.offset), last = local_day(to - 1, era.offset);
    if (from > week) b->special = SLA__LEDGER_FIRST - 1; /* the clock may have gone back a date */
    for (int32_t day = first; day <= last && code == SLA_OK; day++)
      code = push_day(b, day, week, from, to, era.offset);
    if (code != SLA_OK) return code;
    from = to;
  }
  size_t count = sla__span_tidy(b->spans.data, b->spans.count);
  return sla__pool_intern(b->allocator, &b->pool, b->spans.data, count, pattern);
}

/* Most weeks look as the last one under the same regime and offset did. */
static int32_t week_pattern(builder *b, sla_time week, uint16_t *pattern) {
  const sla__ledger *ledger = &b->almanac->ledger;
  if (week >= b->era.end) b->era = sla__zone_era(b->almanac->zone, week);
  int32_t first = local_day(week, b->era.offset);
  int32_t last = local_day(week + SLA__WEEK - 1, b->era.offset);
  if (b->special < first) b->special = sla__ledger_next_special(ledger, first);
  if (b->special <= last || b->era.end < week + SLA__WEEK) return write_week(b, week, pattern);
  uint32_t regime = sla__ledger_segment(ledger, first)->regime;
  if (b->plain < 0 || b->regime != regime || b->offset != b->era.offset) {
    int32_t code = write_week(b, week, pattern);
    if (code != SLA_OK) return code;
    b->regime = regime;
    b->offset = b->era.offset;
    b->plain = *pattern;
  }
  *pattern = (uint16_t)b->plain;
  return SLA_OK;
}

static int32_t build_weeks(builder *b) {
  int64_t before = 0;
  for (sla_time week = b->table->start;; week += SLA__WEEK) {
    sla__week *slot = sla__array_push(b->allocator, &b->table->weeks, sizeof *slot);
    if (slot == NULL) return SLA_E_MEMORY;
    slot->before = (uint32_t)before;
    if (week >= b->table->end) break; /* one past the last, to count up to */
    uint16_t pattern = 0;
    int32_t code = week_pattern(b, week, &pattern);
    if (code != SLA_OK) return code;
    slot->pattern = pattern;
    before += sla__pool_list(&b->pool, pattern).total;
  }
  b->table->total = before;
  return SLA_OK;
}

/* No more buckets than weeks. */
static void build_hints(sla__weektable *table) {
  sla__week *weeks = table->weeks.data;
  size_t count = table->weeks.count - 1;
  while ((uint64_t)table->total >> table->bucket >= count) table->bucket++;
  uint32_t week = 0;
  for (uint64_t bucket = 0; bucket << table->bucket < (uint64_t)table->total; bucket++) {
    while (weeks[week + 1].before <= bucket << table->bucket) week++;
    weeks[bucket].hint = (uint16_t)week;
  }
}

static void build_days(sla__pattern *pattern, const sla__stretch *stretches) {
  uint32_t i = 0;
  for (int32_t day = 0; day < 7; day++) {
    while (stretches[i].to <= day * SLA__DAY) i++;
    pattern->day[day] = stretches[i];
    bool many = i < pattern->count && stretches[i + 1].from < (day + 1) * SLA__DAY;
    if (many) pattern->day[day] = (sla__stretch){(int32_t)i, -1, 0};
  }
}

static int32_t build_pattern(builder *b, sla__list list) {
  sla__pattern *pattern =
      sla__array_push(b->allocator, &b->table->patterns, sizeof(sla__pattern));
  if (pattern == NULL) return SLA_E_MEMORY;
  pattern->first = (uint32_t)b->table->stretches.count;
  pattern->count = list.count;
  for (uint32_t i = 0; i <= list.count; i++) {
    sla__stretch *slot = sla__array_push(b->allocator, &b->table->stretches, sizeof *slot);
    if (slot == NULL) return SLA_E_MEMORY;
    *slot = i < list.count ? list.stretches[i]
                           : (sla__stretch){SLA__WEEK, INT32_MAX, list.total};
  }
  build_days(pattern, STRETCHES(b->table) + pattern->first);
  return SLA_OK;
}

static int32_t build(builder *b) {
  int32_t code = build_weeks(b);
  for (size_t i = 0; i < b->pool.lists.count && code == SLA_OK; i++)
    code = build_pattern(b, sla__pool_list(&b->pool, (uint16_t)i));
  if (code != SLA_OK) return code;
  build_hints(b->table);
  sla__array_trim(b->allocator, &b->table->weeks, sizeof(sla__week));
  sla__array_trim(b->allocator, &b->table->patterns, sizeof(sla__pattern));
  sla__array_trim(b->allocator, &b->table->stretches, sizeof(sla__stretch));
  return SLA_OK;
}

int32_t sla__weektable_init(const sla_allocator *allocator, sla__weektable *table,
                            const sla__almanac *almanac, int32_t first_year, int32_t last_year) {
  sla_time first = sla__civil_year_time(first_year);
  sla_time last = sla__civil_year_time(last_year + 1);
  *table = (sla__weektable){0};
  table->start = first - sla__floor_mod(first - GRID_ORIGIN, SLA__WEEK);
  table->end = last + sla__floor_mod(GRID_ORIGIN - last, SLA__WEEK);
  if (table->start < SLA_TIME_MIN) table->start += SLA__WEEK; /* whole valid weeks only */
  if (table->end > SLA_TIME_MAX) table->end -= SLA__WEEK;
  builder b = {.allocator = allocator, .almanac = almanac, .table = table,
               .special = SLA__LEDGER_FIRST - 1, .plain = -1};
  table->base = sla__almanac_open_before(almanac, table->start);
  b.era = sla__zone_era(almanac->zone, table->start);
  int32_t code = build(&b);
  sla__pool_free(allocator, &b.pool);
  sla__array_free(allocator, &b.spans, sizeof(sla__span));
  if (code != SLA_OK) sla__weektable_free(allocator, table);
  return code;
}

void sla__weektable_free(const sla_allocator *allocator, sla__weektable *table) {
  sla__array_free(allocator, &table->weeks, sizeof(sla__week));
  sla__array_free(allocator, &table->patterns, sizeof(sla__pattern));
  sla__array_free(allocator, &table->stretches, sizeof(sla__stretch));
  *table = (sla__weektable){0};
}
