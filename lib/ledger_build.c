/* SPDX-License-Identifier: MIT */
/* Writing a ledger: sorting rules into those that make regimes and those that make exceptions,
 * and working out the page of every date that is not a plain weekday. */
#include "ledger.h"

/* Longer runs of dates become part of a regime; shorter ones are written out date by date. */
#define SHORT_DAYS 92
#define MAX_EXCEPTIONS 65535
/* Rules, stretches and lists looked at in all: what no honest calendar comes near, and about a
 * second of work. */
#define MAX_WORK 300000000
/* What sorting costs for each thing that is sorted, at most. */
#define SORT_WORK 40

typedef struct {
  const sla_allocator *allocator;
  sla__ledger *ledger;
  const int32_t *skipped;
  size_t skipped_count;
  sla__rule *lasting; /* rules that make regimes, in the order given */
  sla__rule *passing; /* rules that make exceptions, by first date */
  size_t lasting_count, passing_count;
  sla__rule *active; /* room for every rule */
  size_t active_count;
  sla__span *scratch; /* room for 10 spans a rule, and 10 more */
  size_t room;        /* a tenth of it */
  sla__array dates;   /* int32_t */
  sla__array keys;    /* int32_t: regime_key of each segment */
  int64_t work;
  bool nights;   /* some rule reaches into the next date */
  bool closures; /* some rule is a closure */
} builder;

static int32_t push_number(const builder *b, sla__array *array, int32_t number) {
  int32_t *slot = sla__array_push(b->allocator, array, sizeof *slot);
  if (slot == NULL) return SLA_E_MEMORY;
  *slot = number;
  return SLA_OK;
}

/* Sorts, and keeps each number once. */
static void sort_numbers(sla__array *array) {
  int32_t *numbers = array->data;
  size_t kept = 0;
  sla__sort_by_first(numbers, array->count, sizeof *numbers);
  for (size_t i = 0; i < array->count; i++)
    if (kept == 0 || numbers[kept - 1] != numbers[i]) numbers[kept++] = numbers[i];
  array->count = kept;
}

/* A date, and the next one when a night may reach into it. */
static int32_t push_date(builder *b, int32_t day) {
  int32_t code = push_number(b, &b->dates, day);
  return code == SLA_OK && b->nights ? push_number(b, &b->dates, day + 1) : code;
}

/* ---- the page of one date, by the rules that are active ---- */

static bool is_skipped(const builder *b, int32_t day) {
  size_t low = 0, high = b->skipped_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (b->skipped[middle] < day) low = middle + 1;
    else high = middle;
  }
  return low < b->skipped_count && b->skipped[low] == day;
}

/* The intervals that start on a date: special hours, else none on a holiday, else weekly hours. */
static size_t starts_on(builder *b, int32_t day, sla__span *out) {
  sla__ymd date = sla__civil_of(day);
  size_t count = 0;
  bool special = false, holiday = false;
  if (is_skipped(b, day)) return 0;
  for (size_t i = 0; i < b->active_count; i++) {
    const sla__rule *rule = &b->active[i];
    if (rule->kind == SLA_ENTRY_CLOSURE || !sla__rule_matches(rule, day, date)) continue;
    if (rule->kind == SLA_ENTRY_HOLIDAY) {
      holiday = true;
    } else if (!special || rule->kind == SLA_ENTRY_SPECIAL_HOURS) {
      if (rule->kind == SLA_ENTRY_SPECIAL_HOURS && !special) count = 0;
      special = rule->kind == SLA_ENTRY_SPECIAL_HOURS;
      out[count++] = (sla__span){rule->opens, rule->closes};
    }
  }
  b->work += SORT_WORK * (int64_t)count;
  return holiday && !special ? 0 : sla__span_tidy(out, count);
}

static size_t closures_on(builder *b, int32_t day, sla__span *out) {
  sla__ymd date = sla__civil_of(day);
  size_t count = 0;
  for (size_t i = 0; i < b->active_count; i++) {
    const sla__rule *rule = &b->active[i];
    if (rule->kind == SLA_ENTRY_CLOSURE && sla__rule_matches(rule, day, date))
      out[count++] = (sla__span){rule->opens, rule->closes};
  }
  b->work += SORT_WORK * (int64_t)count;
  return sla__span_tidy(out, count);
}

/* What starts on the date up to midnight, and the tails of the night before. */
static size_t join_nights(const sla__span *starts, size_t count, const sla__span *eve,
                          size_t eve_count, sla__span *out) {
  size_t joined = 0;
  for (size_t i = 0; i < eve_count; i++)
    if (eve[i].to > SLA__DAY)
      out[joined++] = (sla__span){(int32_t)sla__max(eve[i].from - SLA__DAY, 0),
                                  eve[i].to - SLA__DAY};
  for (size_t i = 0; i < count; i++)
    out[joined++] = (sla__span){starts[i].from, (int32_t)sla__min(starts[i].to, SLA__DAY)};
  return sla__span_tidy(out, joined);
}

static int32_t intern_page(builder *b, sla__page page, uint16_t *id) {
  const sla__page *pages = b->ledger->pages.data;
  for (size_t i = b->ledger->pages.count; i-- > 0;) {
    if (memcmp(&pages[i], &page, sizeof page) != 0) continue;
    *id = (uint16_t)i;
    return SLA_OK;
  }
  if (b->ledger->pages.count >= SLA__POOL_MAX) return SLA_E_LIMIT;
  sla__page *slot = sla__array_push(b->allocator, &b->ledger->pages, sizeof *slot);
  if (slot == NULL) return SLA_E_MEMORY;
  *slot = page;
  *id = (uint16_t)(b->ledger->pages.count - 1);
  return SLA_OK;
}

static int32_t page_of(builder *b, int32_t day, uint16_t *id) {
  sla__span *starts = b->scratch, *eve = starts + b->room, *closures = eve + b->room;
  sla__span *joined = closures + b->room, *open = joined + 3 * b->room;
  sla__pool *pool = &b->ledger->pool;
  sla__page page;
  b->work += 3 * (int64_t)b->active_count + (int64_t)pool->lists.count +
             (int64_t)b->ledger->pages.count + 1;
  if (b->work > MAX_WORK) return SLA_E_LIMIT;
  size_t start_count = starts_on(b, day, starts);
  size_t eve_count = b->nights ? starts_on(b, day - 1, eve) : 0;
  size_t closure_count = b->closures ? closures_on(b, day, closures) : 0;
  size_t joined_count = join_nights(starts, start_count, eve, eve_count, joined);
  size_t open_count = sla__span_cut(joined, joined_count, closures, closure_count, open);
  int32_t code = sla__pool_intern(b->allocator, pool, open, open_count, &page.open);
  if (code == SLA_OK)
    code = sla__pool_intern(b->allocator, pool, starts, start_count, &page.starts);
  if (code == SLA_OK)
    code = sla__pool_intern(b->allocator, pool, closures, closure_count, &page.closures);
  return code == SLA_OK ? intern_page(b, page, id) : code;
}

static int32_t open_of(const builder *b, uint16_t page) {
  const sla__page *pages = b->ledger->pages.data;
  return sla__pool_list(&b->ledger->pool, pages[page].open).total;
}

static int32_t working_of(const builder *b, uint16_t page) {
  const sla__page *pages = b->ledger->pages.data;
  return sla__pool_list(&b->ledger->pool, pages[page].starts).count > 0;
}

/* ---- regimes ---- */

static bool is_yearly(const sla__rule *rule) {
  return rule->recurrence == SLA_YEARLY || rule->recurrence == SLA_YEARLY_WEEKDAY;
}

static bool in_force(const sla__rule *rule, int32_t day) {
  return day >= rule->first && day <= rule->last;
}

/* Makes the lasting rules in force on a date active, as if they always were. */
static void activate_regime(builder *b, int32_t day, bool yearly) {
  b->active_count = 0;
  for (size_t i = 0; i < b->lasting_count; i++) {
    sla__rule rule = b->lasting[i];
    if (!in_force(&rule, day) || (is_yearly(&rule) && !yearly)) continue;
    rule.first = SLA__LEDGER_FIRST;
    rule.last = SLA__LEDGER_END;
    b->active[b->active_count++] = rule;
  }
}

static int32_t build_week(builder *b, sla__regime *regime) {
  const int32_t monday = -3; /* any week stands for all */
  for (int32_t weekday = 0; weekday < 7; weekday++) {
    int32_t code = page_of(b, monday + weekday, &regime->pages[weekday]);
    if (code != SLA_OK) return code;
    regime->open[weekday + 1] = regime->open[weekday] + open_of(b, regime->pages[weekday]);
    regime->working[weekday + 1] =
        regime->working[weekday] + working_of(b, regime->pages[weekday]);
  }
  return SLA_OK;
}

/* The day of the month on which a yearly rule falls, or 0. */
static int32_t yearly_day(const sla__rule *rule, int32_t year) {
  if (rule->recurrence == SLA_YEARLY)
    return rule->day <= sla__civil_month_days(year, rule->month) ? rule->day : 0;
  int32_t weekday = 0;
  while (!(rule->weekdays >> weekday & 1)) weekday++;
  return sla__civil_nth_weekday(year, rule->month, rule->day, weekday);
}

/* The dates of a year that yearly rules name or follow: a night may reach into the next date. */
static int32_t yearly_dates(builder *b, int32_t year) {
  int32_t start = sla__civil_year_start(year), end = sla__civil_year_start(year + 1);
  int32_t code = SLA_OK;
  b->dates.count = 0;
  if (b->nights) code = push_number(b, &b->dates, start);
  for (size_t i = 0; i < b->active_count && code == SLA_OK; i++) {
    if (!is_yearly(&b->active[i])) continue;
    int32_t of_month = yearly_day(&b->active[i], year);
    if (of_month == 0) continue;
    code = push_date(b, sla__civil_days(year, b->active[i].month, of_month));
  }
  b->work += SORT_WORK * (int64_t)b->dates.count;
  sort_numbers(&b->dates);
  const int32_t *dates = b->dates.data;
  if (b->dates.count > 0 && dates[b->dates.count - 1] == end) b->dates.count--;
  return code;
}

static int32_t push_yearly(builder *b, sla__regime *regime, int32_t day, int32_t of_year,
                           int32_t *open, int32_t *working) {
  uint16_t page, plain = regime->pages[sla__civil_weekday(day)];
  int32_t code = page_of(b, day, &page);
  if (code != SLA_OK || page == plain) return code;
  *open += open_of(b, page) - open_of(b, plain);
  *working += working_of(b, page) - working_of(b, plain);
  sla__yearly_page *slot = sla__array_push(b->allocator, &b->ledger->yearly, sizeof *slot);
  if (slot == NULL) return SLA_E_MEMORY;
  *slot = (sla__yearly_page){(uint16_t)of_year, page, *open};
  return SLA_OK;
}

static int32_t build_yearly(builder *b, sla__regime *regime) {
  int32_t open_sums[SLA__YEAR_KINDS] = {0}, working_sums[SLA__YEAR_KINDS] = {0};
  for (int32_t kind = 0; kind < SLA__YEAR_KINDS; kind++) {
    int32_t year = sla__civil_year_of_kind(kind), start = sla__civil_year_start(year);
    int32_t open = 0, working = 0;
    regime->yearly[kind] = (uint32_t)b->ledger->yearly.count;
    int32_t code = yearly_dates(b, year);
    for (size_t i = 0; i < b->dates.count && code == SLA_OK; i++) {
      int32_t day = ((const int32_t *)b->dates.data)[i];
      code = push_yearly(b, regime, day, day - start, &open, &working);
    }
    if (code != SLA_OK) return code;
    open_sums[kind] = open;
    working_sums[kind] = working;
  }
  regime->yearly[SLA__YEAR_KINDS] = (uint32_t)b->ledger->yearly.count;
  sla__yearly_init(&regime->open_sum, open_sums);
  sla__yearly_init(&regime->working_sum, working_sums);
  return SLA_OK;
}

static bool any_yearly_active(const builder *b) {
  for (size_t i = 0; i < b->active_count; i++)
    if (is_yearly(&b->active[i])) return true;
  return false;
}

static int32_t build_regime(builder *b, int32_t day) {
  sla__regime *regime =
      sla__array_push(b->allocator, &b->ledger->regimes, sizeof(sla__regime));
  if (regime == NULL) return SLA_E_MEMORY;
  activate_regime(b, day, false);
  int32_t code = build_week(b, regime);
  if (code != SLA_OK) return code;
  activate_regime(b, day, true);
  return any_yearly_active(b) ? build_yearly(b, regime) : SLA_OK;
}

/* ---- segments ---- */

/* A number that is the same for dates under the same lasting rules, and seldom for others. */
static int32_t regime_key(const builder *b, int32_t day) {
  uint32_t key = 0;
  for (size_t i = 0; i < b->lasting_count; i++)
    if (in_force(&b->lasting[i], day)) key = (key ^ (uint32_t)i) * 2654435761u + 1;
  return (int32_t)key;
}

static bool same_rules(const builder *b, int32_t a, int32_t z) {
  for (size_t i = 0; i < b->lasting_count; i++) {
    if (in_force(&b->lasting[i], a) != in_force(&b->lasting[i], z)) return false;
  }
  return true;
}

/* An earlier segment under the same rules, whose regime can serve again. */
static bool find_regime(builder *b, int32_t day, int32_t key, uint32_t *regime) {
  const sla__segment *segments = b->ledger->segments.data;
  const int32_t *keys = b->keys.data;
  b->work += (int64_t)(b->lasting_count + b->keys.count);
  for (size_t i = b->ledger->segments.count; i-- > 0;) {
    if (keys[i] != key) continue;
    b->work += (int64_t)b->lasting_count;
    if (!same_rules(b, segments[i].first, day)) continue;
    *regime = segments[i].regime;
    return true;
  }
  return false;
}

static int32_t build_segment(builder *b, int32_t first) {
  uint32_t regime;
  int32_t key = regime_key(b, first);
  if (b->work > MAX_WORK) return SLA_E_LIMIT;
  int32_t code = push_number(b, &b->keys, key);
  if (code == SLA_OK && !find_regime(b, first, key, &regime)) {
    regime = (uint32_t)b->ledger->regimes.count;
    code = build_regime(b, first);
  }
  if (code != SLA_OK) return code;
  sla__segment *slot = sla__array_push(b->allocator, &b->ledger->segments, sizeof *slot);
  if (slot == NULL) return SLA_E_MEMORY;
  *slot = (sla__segment){.first = first, .regime = regime};
  return SLA_OK;
}

static int32_t build_segments(builder *b) {
  sla__array seams = {0};
  int32_t code = push_number(b, &seams, SLA__LEDGER_FIRST);
  for (size_t i = 0; i < b->lasting_count && code == SLA_OK; i++) {
    code = push_number(b, &seams, b->lasting[i].first);
    if (code == SLA_OK && b->lasting[i].last + 1 < SLA__LEDGER_END)
      code = push_number(b, &seams, b->lasting[i].last + 1);
  }
  sort_numbers(&seams);
  for (size_t i = 0; i < seams.count && code == SLA_OK; i++)
    code = build_segment(b, ((const int32_t *)seams.data)[i]);
  sla__array_free(b->allocator, &seams, sizeof(int32_t));
  return code;
}

/* Counts run on over a seam: what the regimes say of the date it begins is made equal. */
static void join_segments(sla__ledger *ledger) {
  sla__segment *segments = ledger->segments.data;
  for (size_t i = 1; i < ledger->segments.count; i++) {
    int32_t seam = segments[i].first;
    sla__ledger before = *ledger, after = *ledger;
    before.segments = (sla__array){&segments[i - 1], 1, 1};
    after.segments = (sla__array){&segments[i], 1, 1};
    segments[i].joins_open =
        sla__ledger_before(&before, SLA__OPEN, seam) - sla__ledger_before(&after, SLA__OPEN, seam);
    segments[i].joins_working = sla__ledger_before(&before, SLA__WORKING, seam) -
                                sla__ledger_before(&after, SLA__WORKING, seam);
  }
}

/* ---- exceptions ---- */

/* Every date that may not look as its regime says: those of passing rules and the dates after
 * them, the first of each segment (a night of the one before may reach into it), dates the zone
 * leaves out and the dates after those. */
static int32_t candidate_dates(builder *b) {
  const sla__segment *segments = b->ledger->segments.data;
  int32_t code = SLA_OK;
  b->dates.count = 0;
  for (size_t i = 0; i < b->passing_count; i++) {
    const sla__rule *rule = &b->passing[i];
    for (int32_t day = rule->first; day <= rule->last && code == SLA_OK; day++)
      if (sla__rule_matches(rule, day, sla__civil_of(day))) code = push_date(b, day);
    b->work += SORT_WORK * (int64_t)(rule->last - rule->first + 1);
    if (b->work > MAX_WORK) return SLA_E_LIMIT;
  }
  for (size_t i = 1; i < b->ledger->segments.count && code == SLA_OK; i++)
    code = push_number(b, &b->dates, segments[i].first);
  for (size_t i = 0; i < b->skipped_count && code == SLA_OK; i++)
    code = push_date(b, b->skipped[i]);
  sort_numbers(&b->dates);
  return code;
}

/* Active for a date and the night before it: lasting rules first, then the passing ones near it;
 * *next is the first passing rule that has not begun. */
static void activate_near(builder *b, int32_t day, size_t *next) {
  size_t kept = b->lasting_count;
  for (size_t i = kept; i < b->active_count; i++)
    if (b->active[i].last >= day - 1) b->active[kept++] = b->active[i];
  for (; *next < b->passing_count && b->passing[*next].first <= day; ++*next)
    b->active[kept++] = b->passing[*next];
  b->active_count = kept;
}

static int32_t push_exception(builder *b, int32_t day, int64_t *open, int32_t *working) {
  uint16_t page;
  int32_t code = page_of(b, day, &page);
  if (code != SLA_OK) return code;
  const sla__page *regular = sla__ledger_page(b->ledger, day);
  uint16_t plain = (uint16_t)(regular - (const sla__page *)b->ledger->pages.data);
  if (page == plain) return SLA_OK;
  if (b->ledger->exceptions.count >= MAX_EXCEPTIONS) return SLA_E_LIMIT;
  *open += open_of(b, page) - open_of(b, plain);
  *working += working_of(b, page) - working_of(b, plain);
  sla__exception *slot =
      sla__array_push(b->allocator, &b->ledger->exceptions, sizeof *slot);
  if (slot == NULL) return SLA_E_MEMORY;
  *slot = (sla__exception){.more_open = *open, .more_working = *working, .day = day, .page = page};
  return SLA_OK;
}

static int32_t build_exceptions(builder *b) {
  size_t next = 0;
  int64_t open = 0;
  int32_t working = 0, code = candidate_dates(b);
  if (b->dates.count == 0) return code;
  memcpy(b->active, b->lasting, b->lasting_count * sizeof *b->active);
  b->active_count = b->lasting_count;
  for (size_t i = 0; i < b->dates.count && code == SLA_OK; i++) {
    int32_t day = ((const int32_t *)b->dates.data)[i];
    if (day >= SLA__LEDGER_END) break;
    activate_near(b, day, &next);
    code = push_exception(b, day, &open, &working);
  }
  return code;
}

/* What lies before each segment and exception, so that numbers can be found among them. */
static void count_before(sla__ledger *ledger) {
  sla__segment *segments = ledger->segments.data;
  sla__exception *exceptions = ledger->exceptions.data;
  for (sla__measure measure = SLA__OPEN; measure <= SLA__WORKING; measure++) {
    for (size_t i = 0; i < ledger->segments.count; i++)
      segments[i].before[measure] = sla__ledger_before(ledger, measure, segments[i].first);
    ledger->end[measure] = sla__ledger_before(ledger, measure, SLA__LEDGER_END);
  }
  for (size_t i = 0; i < ledger->exceptions.count; i++) {
    exceptions[i].open_before = sla__ledger_before(ledger, SLA__OPEN, exceptions[i].day);
    exceptions[i].working_before =
        (int32_t)sla__ledger_before(ledger, SLA__WORKING, exceptions[i].day);
  }
}

/* ---- all of it ---- */

static bool is_passing(const sla__rule *rule) { return rule->last - rule->first < SHORT_DAYS; }

static void sort_out(builder *b, const sla__rule *rules, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (is_passing(&rules[i])) b->passing[b->passing_count++] = rules[i];
    else b->lasting[b->lasting_count++] = rules[i];
    if (rules[i].closes > SLA__DAY) b->nights = true;
    if (rules[i].kind == SLA_ENTRY_CLOSURE) b->closures = true;
  }
  sla__sort_by_first(b->passing, b->passing_count, sizeof *b->passing);
}

static void trim(builder *b) {
  sla__ledger *ledger = b->ledger;
  sla__pool_trim(b->allocator, &ledger->pool);
  sla__array_trim(b->allocator, &ledger->pages, sizeof(sla__page));
  sla__array_trim(b->allocator, &ledger->regimes, sizeof(sla__regime));
  sla__array_trim(b->allocator, &ledger->yearly, sizeof(sla__yearly_page));
  sla__array_trim(b->allocator, &ledger->segments, sizeof(sla__segment));
  sla__array_trim(b->allocator, &ledger->exceptions, sizeof(sla__exception));
}

static int32_t build(builder *b, const int32_t *skipped, size_t skipped_count) {
  int32_t code = build_segments(b); /* of weeks and years that stand for all: none is left out */
  if (code != SLA_OK) return code;
  join_segments(b->ledger);
  b->skipped = skipped;
  b->skipped_count = skipped_count;
  code = build_exceptions(b);
  if (code != SLA_OK) return code;
  count_before(b->ledger);
  trim(b);
  return SLA_OK;
}

int32_t sla__ledger_init(const sla_allocator *allocator, sla__ledger *ledger,
                         const sla__rule *rules, size_t count, const int32_t *skipped,
                         size_t skipped_count) {
  builder b = {.allocator = allocator, .ledger = ledger, .room = count + 1};
  size_t rule_bytes = (3 * count + 1) * sizeof(sla__rule);
  size_t span_bytes = 10 * b.room * sizeof(sla__span);
  sla__rule *all = sla__mem_new(allocator, rule_bytes);
  b.scratch = sla__mem_new(allocator, span_bytes);
  *ledger = (sla__ledger){0};
  int32_t code = SLA_E_MEMORY;
  if (all != NULL && b.scratch != NULL) {
    b.lasting = all;
    b.passing = all + count;
    b.active = all + 2 * count;
    sort_out(&b, rules, count);
    code = build(&b, skipped, skipped_count);
  }
  sla__array_free(allocator, &b.dates, sizeof(int32_t));
  sla__array_free(allocator, &b.keys, sizeof(int32_t));
  sla__mem_free(allocator, b.scratch, span_bytes);
  sla__mem_free(allocator, all, rule_bytes);
  if (code != SLA_OK) sla__ledger_free(allocator, ledger);
  return code;
}
