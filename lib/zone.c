/* SPDX-License-Identifier: MIT */
#include "zone.h"

#include "error.h"
#include "mem.h"

/* The instants that matter lie within these bounds: those of years 1 to 9999 and what their local
 * times can reach.  A zone has no change outside. */
#define LOW ((sla_time)SLA__DAY_MIN * SLA__DAY)
#define HIGH (((sla_time)SLA__DAY_MAX + 7) * SLA__DAY)

/* Three parts: `offset` before the first start, listed starts of eras, the rule. */
struct sla_zone {
  sla__refs refs;
  sla_allocator allocator;
  sla_time rule_from; /* a change; INT64_MIN when all is rule, INT64_MAX when nothing is */
  const sla_time *starts;
  const int32_t *offsets;
  const sla__zone_rule *rule;
  uint32_t count, size;
  int32_t offset;
  int32_t steady_year;
};

/* ---- the rule ---- */

static int32_t year_at(sla_time at) {
  return sla__civil_year_of((int32_t)sla__floor_div(at, SLA__DAY));
}

static sla_time first_in(const sla__zone_rule *rule, int32_t year) {
  return sla__civil_year_time(year) + rule->first[sla__civil_kind(year)];
}

static sla_time second_in(const sla__zone_rule *rule, int32_t year) {
  return sla__civil_year_time(year) + rule->second[sla__civil_kind(year)];
}

/* No stretch in this year: what is outside goes on. */
static bool empty_in(const sla__zone_rule *rule, int32_t year) {
  int32_t kind = sla__civil_kind(year);
  return rule->second[kind] <= rule->first[kind];
}

/* The stretch of this year reaches the next one's: what is inside goes on. */
static bool joined_after(const sla__zone_rule *rule, int32_t year) {
  return second_in(rule, year) >= first_in(rule, year + 1);
}

/* The loops below do not turn for any zone in use.  They end within 40 years, in which every kind
 * of year comes up beside every neighbour it can have: a rule that never changes is not kept. */
static sla__era era_inside(const sla__zone_rule *rule, int32_t year) {
  int32_t from = year, to = year;
  while (joined_after(rule, from - 1)) from--;
  while (joined_after(rule, to)) to++;
  return (sla__era){first_in(rule, from), second_in(rule, to), rule->inside};
}

static sla__era era_outside(const sla__zone_rule *rule, int32_t year) {
  int32_t from = year, to = year + 1;
  while (empty_in(rule, from)) from--;
  while (empty_in(rule, to)) to++;
  return (sla__era){second_in(rule, from), first_in(rule, to), rule->outside};
}

/* For any rule. */
static sla__era era_among_years(const sla__zone_rule *rule, sla_time at) {
  int32_t year = year_at(at) + 1;
  while (at < first_in(rule, year)) year--; /* three times at most */
  return at < second_in(rule, year) ? era_inside(rule, year) : era_outside(rule, year);
}

/* For a tidy one. */
static sla__era era_within_year(const sla__zone_rule *rule, sla_time at) {
  int32_t year = year_at(at);
  sla_time first = first_in(rule, year), second = second_in(rule, year);
  if (at < first) return (sla__era){second_in(rule, year - 1), first, rule->outside};
  if (at < second) return (sla__era){first, second, rule->inside};
  return (sla__era){second, first_in(rule, year + 1), rule->outside};
}

static sla__era rule_era(const sla__zone_rule *rule, sla_time at) {
  at = sla__max(LOW, sla__min(at, HIGH - 1));
  sla__era era = rule->tidy ? era_within_year(rule, at) : era_among_years(rule, at);
  if (era.start < LOW) era.start = INT64_MIN;
  if (era.end >= HIGH) era.end = INT64_MAX;
  return era;
}

/* Whether the rule has one offset for ever; 28 years from 2000 hold every kind of year and
 * neighbour. */
static bool rule_constant(const sla__zone_rule *rule, int32_t *offset) {
  bool all_empty = true, all_joined = true;
  for (int32_t year = 2000; year < 2028; year++) {
    all_empty = all_empty && empty_in(rule, year);
    all_joined = all_joined && joined_after(rule, year);
  }
  *offset = all_joined ? rule->inside : rule->outside;
  return all_empty || all_joined || rule->inside == rule->outside;
}

int32_t sla__zone_rule_offset(const sla__zone_rule *rule, sla_time at) {
  int32_t constant;
  return rule_constant(rule, &constant) ? constant : rule_era(rule, at).offset;
}

/* ---- eras ---- */

/* How many listed starts are at or before an instant. */
static uint32_t listed_before(const sla_zone *zone, sla_time at) {
  uint32_t low = 0, high = zone->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (zone->starts[middle] <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

sla__era sla__zone_era(const sla_zone *zone, sla_time at) {
  if (zone->rule != NULL && at >= zone->rule_from) return rule_era(zone->rule, at);
  uint32_t n = listed_before(zone, at);
  return (sla__era){n == 0 ? INT64_MIN : zone->starts[n - 1],
                    n == zone->count ? zone->rule_from : zone->starts[n],
                    n == 0 ? zone->offset : zone->offsets[n - 1]};
}

int32_t sla__zone_steady_year(const sla_zone *zone) { return zone->steady_year; }

/* The eras that can show a wall-clock time lie within the largest offset of it.  When none does,
 * the first that only begins later on that clock begins with the change that skips it. */
uint32_t sla__zone_instants(const sla_zone *zone, int64_t local, sla_time *first, sla_time *last) {
  uint32_t wall = SLA_WALL_SKIPPED;
  bool late = false;
  sla__era era = sla__zone_era(zone, local - SLA__OFFSET_MAX);
  for (;;) {
    sla_time at = local - era.offset;
    if (at >= era.start && at < era.end) {
      if (wall == SLA_WALL_SKIPPED) *first = at;
      wall = wall == SLA_WALL_SKIPPED ? SLA_WALL_UNIQUE : SLA_WALL_REPEATED;
      *last = at;
    } else if (at < era.start && wall == SLA_WALL_SKIPPED && !late) {
      *first = *last = era.start;
      late = true;
    }
    if (era.end > local + SLA__OFFSET_MAX) return wall;
    era = sla__zone_era(zone, era.end);
  }
}

/* ---- building ---- */

static int32_t offset_before(const sla__zone_parts *parts, size_t n) {
  return n == 0 ? parts->offset : parts->changes[n - 1].offset;
}

/* The part of the list that matters: what is before LOW only sets the first offset; from HIGH on,
 * nothing matters, the rule included. */
static sla__zone_parts within_bounds(sla__zone_parts parts) {
  while (parts.count > 0 && parts.changes[0].at < LOW) {
    parts.offset = parts.changes[0].offset;
    parts.changes++;
    parts.count--;
  }
  while (parts.count > 0 && parts.changes[parts.count - 1].at >= HIGH) {
    parts.count--;
    parts.rule = NULL;
  }
  return parts;
}

/* Without the changes at the end of the list that the rule makes too ("fat" files have many). */
static sla__zone_parts without_repetition(sla__zone_parts parts) {
  while (parts.count > 1) {
    sla__zone_change last = parts.changes[parts.count - 1];
    sla__era era = rule_era(parts.rule, last.at - 1);
    bool same = era.offset == offset_before(&parts, parts.count - 1) &&
                era.start <= parts.changes[parts.count - 2].at;
    if (!same || rule_era(parts.rule, last.at).offset != last.offset) break;
    parts.count--;
  }
  return parts;
}

/* Starts of eras in the list, changes that change nothing left out. */
static uint32_t list_eras(const sla__zone_parts *parts, sla_time *starts, int32_t *offsets) {
  uint32_t count = 0;
  for (size_t i = 0; i < parts->count; i++) {
    if (parts->changes[i].offset == offset_before(parts, i)) continue;
    if (starts != NULL) {
      starts[count] = parts->changes[i].at;
      offsets[count] = parts->changes[i].offset;
    }
    count++;
  }
  return count;
}

static sla__zone_parts simplified(const sla__zone_parts *given) {
  sla__zone_parts parts = within_bounds(*given);
  int32_t constant;
  if (parts.rule != NULL && rule_constant(parts.rule, &constant)) {
    parts.rule = NULL;
    if (parts.count == 0) parts.offset = constant;
  }
  return parts.rule == NULL ? parts : without_repetition(parts);
}

/* One block: the zone, starts, offsets, rule. */
static sla_zone *new_block(const sla_allocator *allocator, uint32_t count, bool has_rule) {
  size_t starts = sizeof(sla_zone), offsets = starts + count * sizeof(sla_time);
  size_t rule = offsets + count * sizeof(int32_t);
  size_t size = rule + (has_rule ? sizeof(sla__zone_rule) : 0);
  char *block = sla__mem_new(allocator, size);
  if (block == NULL) return NULL;
  sla_zone *zone = (sla_zone *)block;
  sla__refs_init(&zone->refs);
  zone->allocator = *allocator;
  zone->size = (uint32_t)size;
  zone->count = count;
  zone->starts = (sla_time *)(block + starts);
  zone->offsets = (int32_t *)(block + offsets);
  if (has_rule) zone->rule = (sla__zone_rule *)(block + rule);
  return zone;
}

/* The rule's first era begins with the last change, so the rule proper begins where that ends. */
static void set_rule(sla_zone *zone, const sla__zone_parts *parts, sla__zone_rule *rule) {
  zone->rule_from = INT64_MAX;
  zone->steady_year = 1;
  if (parts->count > 0)
    zone->steady_year = (int32_t)sla__max(year_at(parts->changes[parts->count - 1].at) + 1, 1);
  if (parts->rule == NULL) return;
  *rule = *parts->rule;
  zone->rule_from = parts->count == 0
                        ? INT64_MIN
                        : rule_era(rule, parts->changes[parts->count - 1].at).end;
}

int32_t sla__zone_new(const sla__zone_parts *given, const sla_allocator *allocator,
                      sla_zone **zone, sla_error *error) {
  sla_allocator own = sla__mem_allocator(allocator);
  sla__zone_parts parts = simplified(given);
  uint32_t count = list_eras(&parts, NULL, NULL);
  sla_zone *made = new_block(&own, count, parts.rule != NULL);
  if (made == NULL) return sla__fail(error, SLA_E_MEMORY);
  list_eras(&parts, (sla_time *)made->starts, (int32_t *)made->offsets);
  made->offset = parts.offset;
  set_rule(made, &parts, (sla__zone_rule *)made->rule);
  *zone = made;
  return SLA_OK;
}

/* ---- public ---- */

int32_t sla_zone_new_fixed(int32_t utc_offset, const sla_allocator *allocator, sla_zone **zone,
                           sla_error *error) {
  if (zone == NULL) return sla__fail_null(error, 3);
  if (utc_offset < -SLA__OFFSET_MAX || utc_offset > SLA__OFFSET_MAX)
    return sla__fail_argument(error, SLA_E_ARGUMENT, 1, utc_offset, SLA__OFFSET_MAX);
  sla__zone_parts parts = {.offset = utc_offset};
  return sla__zone_new(&parts, allocator, zone, error);
}

sla_zone *sla_zone_ref(const sla_zone *zone) {
  sla_zone *shared = (sla_zone *)zone;
  if (shared != NULL) sla__refs_take(&shared->refs);
  return shared;
}

void sla_zone_unref(sla_zone *zone) {
  if (zone == NULL || !sla__refs_drop(&zone->refs)) return;
  sla_allocator allocator = zone->allocator;
  sla__mem_free(&allocator, zone, zone->size);
}

int32_t sla_zone_offset_at(const sla_zone *zone, sla_time at, int32_t *offset) {
  if (zone == NULL || offset == NULL) return SLA_E_NULL;
  if (!sla__valid_time(at)) return SLA_E_RANGE;
  *offset = sla__zone_era(zone, at).offset;
  return SLA_OK;
}

int32_t sla_zone_civil_at(const sla_zone *zone, sla_time at, sla_civil *civil, size_t size) {
  if (zone == NULL || civil == NULL) return SLA_E_NULL;
  if (!sla__size_ok(size, sizeof(sla_civil))) return SLA_E_ABI;
  if (!sla__valid_time(at)) return SLA_E_RANGE;
  sla_time local = at + sla__zone_era(zone, at).offset;
  sla_civil found = {sla__civil_date((int32_t)sla__floor_div(local, SLA__DAY)),
                     (int32_t)sla__floor_mod(local, SLA__DAY)};
  sla__record_write(civil, size, &found, sizeof found);
  return SLA_OK;
}

int32_t sla_zone_instant_of(const sla_zone *zone, sla_date date, int32_t second, sla_time *first,
                            sla_time *last, uint32_t *wall) {
  if (zone == NULL || first == NULL || last == NULL || wall == NULL) return SLA_E_NULL;
  int32_t days;
  if (!sla__civil_parse(date, &days)) return SLA_E_DATE;
  if (second < 0 || second >= SLA__DAY) return SLA_E_TIME;
  sla_time earliest, latest;
  uint32_t kind =
      sla__zone_instants(zone, (int64_t)days * SLA__DAY + second, &earliest, &latest);
  if (!sla__valid_time(earliest) || !sla__valid_time(latest)) return SLA_E_RANGE;
  *first = earliest;
  *last = latest;
  *wall = kind;
  return SLA_OK;
}
