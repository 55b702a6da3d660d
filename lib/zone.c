/* SPDX-License-Identifier: MIT */
#include "zone.h"

#include "error.h"
#include "mem.h"

/* The instants that matter lie within these bounds: those of years 1 to 9999 and what their local
 * times can reach.  A zone has no change outside. */
#define LOW ((sla_time)SLA__DAY_MIN * SLA__DAY)
#define HIGH (((sla_time)SLA__DAY_MAX + 7) * SLA__DAY)

struct sla_zone {
  sla__refs refs;
  sla_allocator allocator;
  sla__zone_content has;
  uint32_t size;
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

bool sla__zone_rule_tidy(const sla__zone_rule *rule) {
  bool tidy = true;
  for (int kind = 0; kind < SLA__YEAR_KINDS; kind++)
    tidy = tidy && 0 <= rule->first[kind] && rule->first[kind] < rule->second[kind] &&
           rule->second[kind] < 365 * SLA__DAY;
  return tidy;
}

int32_t sla__zone_rule_offset(const sla__zone_rule *rule, sla_time at) {
  int32_t constant;
  return rule_constant(rule, &constant) ? constant : rule_era(rule, at).offset;
}

/* ---- eras ---- */

/* How many listed starts are at or before an instant. */
static uint32_t listed_before(const sla__zone_content *has, sla_time at) {
  uint32_t low = 0, high = has->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (has->starts[middle] <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

sla__era sla__zone_era(const sla_zone *zone, sla_time at) {
  const sla__zone_content *has = &zone->has;
  if (has->rule != NULL && at >= has->rule_from) return rule_era(has->rule, at);
  uint32_t n = listed_before(has, at);
  return (sla__era){n == 0 ? INT64_MIN : has->starts[n - 1],
                    n == has->count ? has->rule_from : has->starts[n],
                    n == 0 ? has->offset : has->offsets[n - 1]};
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

/* Without the changes at the end of the list that the rule makes too ("fat" files have many), and
 * those that change nothing.  *from is the first change that the rule is to make. */
static sla__zone_parts without_repetition(sla__zone_parts parts, sla_time *from) {
  *from = parts.count == 0 ? INT64_MIN
                           : rule_era(parts.rule, parts.changes[parts.count - 1].at).end;
  for (; parts.count > 0; parts.count--) {
    sla__zone_change last = parts.changes[parts.count - 1];
    int32_t before = offset_before(&parts, parts.count - 1);
    if (last.offset == before) continue;
    if (rule_era(parts.rule, *from - 1).start != last.at ||
        rule_era(parts.rule, last.at - 1).offset != before)
      break;
    *from = last.at;
  }
  if (*from == INT64_MAX) parts.rule = NULL;
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

/* *from is INT64_MAX when no rule is left. */
static sla__zone_parts simplified(const sla__zone_parts *given, sla_time *from) {
  sla__zone_parts parts = within_bounds(*given);
  int32_t constant;
  *from = INT64_MAX;
  if (parts.rule != NULL && rule_constant(parts.rule, &constant)) {
    parts.rule = NULL;
    if (parts.count == 0) parts.offset = constant;
  }
  if (parts.rule != NULL) parts = without_repetition(parts, from);
  if (*from == INT64_MIN) parts.offset = 0; /* of no instant */
  return parts;
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
  zone->has.count = count;
  zone->has.starts = (sla_time *)(block + starts);
  zone->has.offsets = (int32_t *)(block + offsets);
  if (has_rule) zone->has.rule = (sla__zone_rule *)(block + rule);
  return zone;
}

/* A year after the last change of the list, or after the rule has taken over. */
static int32_t steady_year_of(const sla__zone_content *has) {
  sla_time last = has->count == 0 ? INT64_MIN : has->starts[has->count - 1];
  if (has->rule != NULL && has->rule_from != INT64_MIN) last = has->rule_from - 1;
  return last == INT64_MIN ? 1 : (int32_t)sla__max(year_at(last) + 1, 1);
}

int32_t sla__zone_new(const sla__zone_parts *given, const sla_allocator *allocator,
                      sla_zone **zone, sla_error *error) {
  sla_allocator own = sla__mem_allocator(allocator);
  sla_time rule_from;
  sla__zone_parts parts = simplified(given, &rule_from);
  uint32_t count = list_eras(&parts, NULL, NULL);
  sla_zone *made = new_block(&own, count, parts.rule != NULL);
  if (made == NULL) return sla__fail(error, SLA_E_MEMORY);
  list_eras(&parts, (sla_time *)made->has.starts, (int32_t *)made->has.offsets);
  if (parts.rule != NULL) *(sla__zone_rule *)made->has.rule = *parts.rule;
  made->has.offset = parts.offset;
  made->has.rule_from = rule_from;
  made->steady_year = steady_year_of(&made->has);
  *zone = made;
  return SLA_OK;
}

sla__zone_content sla__zone_content_of(const sla_zone *zone) { return zone->has; }

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

size_t sla_zone_memory(const sla_zone *zone) { return zone == NULL ? 0 : zone->size; }

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
  sla_time earliest = SLA_NONE, latest = SLA_NONE;
  uint32_t kind =
      sla__zone_instants(zone, (int64_t)days * SLA__DAY + second, &earliest, &latest);
  if (!sla__valid_time(earliest) || !sla__valid_time(latest)) return SLA_E_RANGE;
  *first = earliest;
  *last = latest;
  *wall = kind;
  return SLA_OK;
}
