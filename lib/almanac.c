/* SPDX-License-Identifier: MIT */
#include "almanac.h"

#define CYCLE_YEARS 400
#define CYCLE_SECONDS (INT64_C(146097) * SLA__DAY)
#define LAST_YEAR 10000
#define RULE_YEARS 41 /* every kind of year comes up within, beside every neighbour it can have */

/* The times of day at which some date or other is open. */
typedef struct {
  sla__span *spans;
  size_t count, room;
} ever_open;

/* ---- building ---- */

/* Many pages may share a list; each is taken once. */
static void collect_lists(const sla__ledger *ledger, bool *taken, ever_open *ever) {
  const sla__page *pages = ledger->pages.data;
  for (size_t i = 0; i < ledger->pages.count; i++) {
    if (taken[pages[i].open]) continue;
    taken[pages[i].open] = true;
    sla__list list = sla__ledger_list(ledger, pages[i].open);
    for (uint32_t s = 0; s < list.count; s++)
      ever->spans[ever->count++] = (sla__span){list.stretches[s].from, list.stretches[s].to};
  }
  ever->count = sla__span_tidy(ever->spans, ever->count);
}

static int32_t collect_ever_open(const sla_allocator *allocator, const sla__ledger *ledger,
                                 ever_open *ever) {
  size_t lists = ledger->pool.lists.count;
  bool *taken = sla__mem_new(allocator, lists * sizeof *taken);
  *ever = (ever_open){.room = ledger->pool.stretches.count + 1};
  ever->spans = sla__mem_new(allocator, ever->room * sizeof *ever->spans);
  if (taken != NULL && ever->spans != NULL) collect_lists(ledger, taken, ever);
  int32_t code = taken != NULL && ever->spans != NULL ? SLA_OK : SLA_E_MEMORY;
  sla__mem_free(allocator, taken, lists * sizeof *taken);
  return code;
}

static bool open_within(const ever_open *ever, int64_t from, int64_t to) {
  for (size_t i = 0; i < ever->count; i++)
    if (ever->spans[i].from < to && from < ever->spans[i].to) return true;
  return false;
}

/* Whether the wall-clock time that a change skips or repeats could be open on some date. */
static bool may_matter(const ever_open *ever, sla_time at, int32_t before, int32_t after) {
  int64_t from = sla__min(at + before, at + after), to = sla__max(at + before, at + after);
  int64_t midnight = from - sla__floor_mod(from, SLA__DAY);
  if (to - from >= SLA__DAY) return true;
  return open_within(ever, from - midnight, to - midnight) ||
         open_within(ever, 0, to - midnight - SLA__DAY);
}

static bool local_in_ledger(int64_t local) {
  return local >= (int64_t)SLA__LEDGER_FIRST * SLA__DAY &&
         local < (int64_t)SLA__LEDGER_END * SLA__DAY;
}

static int32_t push_shift(const sla_allocator *allocator, sla__almanac *almanac, sla_time at,
                          int32_t before, int32_t after) {
  const sla__shift *shifts = almanac->shifts.data;
  size_t count = almanac->shifts.count;
  if (!local_in_ledger(at + before) || !local_in_ledger(at + after)) return SLA_OK;
  int64_t add = sla__ledger_open_before(&almanac->ledger, at + before) -
                sla__ledger_open_before(&almanac->ledger, at + after);
  if (add == 0) return SLA_OK;
  int64_t total = count > 0 ? shifts[count - 1].total : 0;
  sla__shift *slot = sla__array_push(allocator, &almanac->shifts, sizeof *slot);
  if (slot == NULL) return SLA_E_MEMORY;
  *slot = (sla__shift){at, total + add};
  return SLA_OK;
}

/* The changes of offset in [from, to). */
static int32_t push_shifts(const sla_allocator *allocator, sla__almanac *almanac,
                           const ever_open *ever, sla_time from, sla_time to) {
  sla__era era = sla__zone_era(almanac->zone, from - 1);
  while (era.end < to) {
    sla__era next = sla__zone_era(almanac->zone, era.end);
    if (may_matter(ever, next.start, era.offset, next.offset)) {
      int32_t code = push_shift(allocator, almanac, next.start, era.offset, next.offset);
      if (code != SLA_OK) return code;
    }
    era = next;
  }
  return SLA_OK;
}

/* Rules change the clock at the same two times of day in every year in which they do. */
static bool years_matter(const sla__almanac *almanac, const ever_open *ever, int32_t year) {
  sla_time end = sla__civil_year_time((int32_t)sla__min(year + RULE_YEARS, LAST_YEAR + 1));
  sla__era era = sla__zone_era(almanac->zone, sla__civil_year_time(year));
  while (era.end < end) {
    sla__era next = sla__zone_era(almanac->zone, era.end);
    if (may_matter(ever, next.start, era.offset, next.offset)) return true;
    era = next;
  }
  return false;
}

static int64_t last_total(const sla__almanac *almanac) {
  size_t count = almanac->shifts.count;
  return count == 0 ? 0 : ((const sla__shift *)almanac->shifts.data)[count - 1].total;
}

/* The year from which on neither the zone's list nor a date of the ledger's is left: no part of
 * that date may reach into it, nor into its first week, which a mirror reads as well. */
static int32_t horizon_year(const sla__almanac *almanac) {
  int32_t first, last, year = sla__zone_steady_year(almanac->zone);
  if (sla__ledger_dated(&almanac->ledger, &first, &last))
    year = (int32_t)sla__max(year, sla__civil_year_of(last + 8) + 1);
  return (int32_t)sla__max(1, sla__min(year, LAST_YEAR));
}

static int32_t build_shifts(const sla_allocator *allocator, sla__almanac *almanac,
                            const ever_open *ever) {
  int32_t year = almanac->horizon_year;
  int32_t code = push_shifts(allocator, almanac, ever, SLA_TIME_MIN + 1, almanac->horizon);
  if (code != SLA_OK || !years_matter(almanac, ever, year)) return code;
  int64_t before = last_total(almanac);
  sla_time end = sla__min(almanac->horizon + CYCLE_SECONDS, sla__civil_year_time(LAST_YEAR + 1));
  code = push_shifts(allocator, almanac, ever, almanac->horizon, end);
  almanac->cycle = last_total(almanac) - before;
  return code;
}

/* Dates that lie whole between the wall clock before a change and after it. */
static int32_t push_skipped(const sla_allocator *allocator, sla__array *skipped, sla_time at,
                            int32_t before, int32_t after) {
  int64_t from = sla__floor_div(at + before + SLA__DAY - 1, SLA__DAY);
  for (int64_t day = from; (day + 1) * SLA__DAY <= at + after; day++) {
    int32_t *slot = sla__array_push(allocator, skipped, sizeof *slot);
    if (slot == NULL) return SLA_E_MEMORY;
    *slot = (int32_t)day;
  }
  return SLA_OK;
}

/* The dates a zone leaves out.  Rules that leave some out go on doing so: then all are listed,
 * else the years of the zone's list are enough. */
static int32_t skipped_dates(const sla_allocator *allocator, const sla_zone *zone,
                             sla__array *skipped) {
  int32_t steady = (int32_t)sla__min(sla__zone_steady_year(zone), LAST_YEAR);
  sla_time end = sla__civil_year_time((int32_t)sla__min(steady + RULE_YEARS, LAST_YEAR + 1));
  sla__era era = sla__zone_era(zone, SLA_TIME_MIN);
  while (era.end < end) {
    sla__era next = sla__zone_era(zone, era.end);
    if (next.offset - era.offset >= SLA__DAY) {
      if (next.start >= sla__civil_year_time(steady)) end = sla__civil_year_time(LAST_YEAR + 1);
      int32_t code = push_skipped(allocator, skipped, next.start, era.offset, next.offset);
      if (code != SLA_OK) return code;
    }
    era = next;
  }
  /* Offsets can disorder them. */
  sla__sort_by_first(skipped->data, skipped->count, sizeof(int32_t));
  return SLA_OK;
}

static bool is_always(const sla__ledger *ledger) {
  const sla__page *pages = ledger->pages.data;
  for (size_t i = 0; i < ledger->pages.count; i++)
    if (sla__ledger_list(ledger, pages[i].open).total != SLA__DAY) return false;
  return true;
}

static int32_t init_shifts(const sla_allocator *allocator, sla__almanac *almanac) {
  ever_open ever;
  int32_t code = collect_ever_open(allocator, &almanac->ledger, &ever);
  if (code == SLA_OK) code = build_shifts(allocator, almanac, &ever);
  if (code == SLA_OK) sla__array_trim(allocator, &almanac->shifts, sizeof(sla__shift));
  sla__mem_free(allocator, ever.spans, ever.room * sizeof *ever.spans);
  return code;
}

int32_t sla__almanac_init(const sla_allocator *allocator, sla__almanac *almanac,
                          const sla_zone *zone, const sla__rule *rules, size_t count) {
  sla__array skipped = {0};
  *almanac = (sla__almanac){.zone = zone};
  int32_t code = skipped_dates(allocator, zone, &skipped);
  if (code == SLA_OK)
    code = sla__ledger_init(allocator, &almanac->ledger, rules, count, skipped.data,
                            skipped.count);
  if (code == SLA_OK) {
    almanac->always = is_always(&almanac->ledger);
    almanac->horizon_year = horizon_year(almanac);
    almanac->horizon = sla__civil_year_time(almanac->horizon_year);
  }
  if (code == SLA_OK && !almanac->always) code = init_shifts(allocator, almanac);
  sla__array_free(allocator, &skipped, sizeof(int32_t));
  if (code != SLA_OK) sla__almanac_free(allocator, almanac);
  return code;
}

void sla__almanac_free(const sla_allocator *allocator, sla__almanac *almanac) {
  sla__array_free(allocator, &almanac->shifts, sizeof(sla__shift));
  sla__ledger_free(allocator, &almanac->ledger);
}

/* ---- reading ---- */

/* What the changes of offset up to and including an instant add. */
static int64_t shifted_by(const sla__almanac *almanac, sla_time at) {
  const sla__shift *shifts = almanac->shifts.data;
  size_t low = 0, high = almanac->shifts.count;
  int64_t cycles = 0;
  if (high == 0) return 0;
  if (at >= almanac->horizon + CYCLE_SECONDS) {
    cycles = (at - almanac->horizon) / CYCLE_SECONDS;
    at -= cycles * CYCLE_SECONDS;
  }
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (shifts[middle].at <= at) low = middle + 1;
    else high = middle;
  }
  return cycles * almanac->cycle + (low == 0 ? 0 : shifts[low - 1].total);
}

int64_t sla__almanac_open_before(const sla__almanac *almanac, sla_time at) {
  if (almanac->always) return at;
  sla__era era = sla__zone_era(almanac->zone, at);
  return shifted_by(almanac, at) + sla__ledger_open_before(&almanac->ledger, at + era.offset);
}

/* Where the n-th second would be if the offset of an era held for ever. */
static sla_time nth_in_era(const sla__almanac *almanac, sla__measure measure, int64_t n,
                           const sla__era *era) {
  int64_t local, shifted = shifted_by(almanac, sla__max(era->start, SLA_TIME_MIN));
  int64_t on_wall = measure == SLA__OPEN ? n - shifted : n + era->offset + shifted;
  if (sla__ledger_nth(&almanac->ledger, measure, on_wall, &local)) return local - era->offset;
  bool early = on_wall < sla__ledger_before(&almanac->ledger, measure, SLA__LEDGER_FIRST);
  return early ? SLA_TIME_MIN - SLA__DAY : SLA_TIME_MAX + SLA__DAY;
}

bool sla__almanac_nth(const sla__almanac *almanac, sla__measure measure, int64_t n, sla_time near,
                      sla_time *at) {
  sla_time low = SLA_TIME_MIN, high = SLA_TIME_MAX + 1, probe = near;
  for (int tries = 0; low < high; tries++) {
    /* An answer outside its era tells on which side the true one lies; it is close to it, unless
     * corrections outweigh all other open time: then halving ends the search. */
    if (tries >= 6) probe = low + (high - low) / 2;
    sla__era era = sla__zone_era(almanac->zone, sla__max(low, sla__min(high - 1, probe)));
    probe = nth_in_era(almanac, measure, n, &era);
    if (probe < era.start) {
      high = sla__min(high, era.start);
    } else if (probe >= era.end) {
      low = sla__max(low, era.end);
    } else {
      *at = probe;
      return sla__valid_time(probe);
    }
  }
  return false;
}
