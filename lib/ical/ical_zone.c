/* SPDX-License-Identifier: MIT */
#include "ical_zone.h"

#include "ical_rule.h"
#include "ical_stamp.h"

/* ---- observances ---- */

/* A STANDARD or a DAYLIGHT. */
typedef struct {
  sla__ical_zones *zones;
  sla__ical_array bytes; /* of the rules */
  sla__ical_array rules; /* sla__ical_text */
  sla__ical_array dates; /* int64_t, wall times */
  int64_t start;
  int32_t before, after;
  bool has_start, has_before, has_after;
  sla__ical_place place; /* its BEGIN */
} observance;

static void free_observance(observance *o) {
  sla__ical_array_free(o->zones->allocator, &o->bytes, 1);
  sla__ical_array_free(o->zones->allocator, &o->rules, sizeof(sla__ical_text));
  sla__ical_array_free(o->zones->allocator, &o->dates, sizeof(int64_t));
}

static int32_t fail_at(const observance *o, int32_t code, const sla__ical_property *property,
                       size_t offset, sla_error *error) {
  sla__ical_place place = property->place;
  place.offset += (uint32_t)offset;
  return sla__ical_fail_at(error, code, o->zones->scan->bytes, place, 0, 0);
}

/* A local date-time: what RFC 5545 has here, and what all of them write. */
static bool local_time(sla__ical_slice text, int64_t *wall) {
  sla__ical_stamp stamp;
  if (!sla__ical_stamp_parse(text.text, text.length, &stamp)) return false;
  *wall = stamp.wall;
  return !stamp.is_date && !stamp.is_utc;
}

static int32_t take_rule(observance *o, const sla__ical_property *property, sla_error *error) {
  sla__ical_rule rule;
  size_t bad = 0;
  sla__ical_slice value = property->value;
  int32_t code = sla__ical_rule_parse(value.text, value.length, false, &rule, &bad);
  if (code == SLA_OK && property->is_dropped) code = SLA_ICAL_E_RULE;
  if (code != SLA_OK) return fail_at(o, code, property, bad, error);
  sla__ical_text *text = sla__ical_array_push(o->zones->allocator, &o->rules, sizeof *text);
  if (text == NULL || !sla__ical_text_add(o->zones->allocator, &o->bytes, value, text))
    return sla__ical_fail(error, SLA_E_MEMORY);
  return SLA_OK;
}

static int32_t take_dates(observance *o, const sla__ical_property *property, sla_error *error) {
  sla__ical_slice list = property->value, value;
  while (sla__ical_next_value(&list, &value)) {
    size_t offset = (size_t)(value.text - property->value.text);
    int64_t wall, *date;
    if (!local_time(sla__ical_trimmed(value), &wall))
      return fail_at(o, SLA_ICAL_E_VALUE, property, offset, error);
    date = sla__ical_array_push(o->zones->allocator, &o->dates, sizeof *date);
    if (date == NULL) return sla__ical_fail(error, SLA_E_MEMORY);
    *date = wall;
  }
  return property->is_dropped ? fail_at(o, SLA_ICAL_E_VALUE, property, 0, error) : SLA_OK;
}

static int32_t take_offset(observance *o, const sla__ical_property *property, int32_t *offset,
                           bool *has, sla_error *error) {
  sla__ical_slice value = sla__ical_trimmed(property->value);
  *has = sla__ical_offset_parse(value.text, value.length, offset);
  return *has && !property->is_dropped ? SLA_OK
                                       : fail_at(o, SLA_ICAL_E_VALUE, property, 0, error);
}

static int32_t take_start(observance *o, const sla__ical_property *property, sla_error *error) {
  o->has_start = local_time(sla__ical_trimmed(property->value), &o->start);
  return o->has_start && !property->is_dropped
             ? SLA_OK
             : fail_at(o, SLA_ICAL_E_VALUE, property, 0, error);
}

static int32_t take_property(void *context, const sla__ical_property *property,
                             sla_error *error) {
  observance *o = context;
  switch (property->name) {
    case SLA__ICAL_DTSTART: return take_start(o, property, error);
    case SLA__ICAL_RRULE: return take_rule(o, property, error);
    case SLA__ICAL_RDATE: return take_dates(o, property, error);
    case SLA__ICAL_OFFSET_FROM:
      return take_offset(o, property, &o->before, &o->has_before, error);
    case SLA__ICAL_OFFSET_TO: return take_offset(o, property, &o->after, &o->has_after, error);
    case SLA__ICAL_EXDATE:
    case SLA__ICAL_EXRULE: return fail_at(o, SLA_ICAL_E_UNSUPPORTED, property, 0, error);
    default: o->zones->dropped += property->is_dropped; return SLA_OK;
  }
}

static int32_t read_observance(observance *o, const sla__ical_component *component,
                               sla_error *error) {
  o->bytes.count = o->rules.count = o->dates.count = 0;
  o->has_start = o->has_before = o->has_after = false;
  o->place = (sla__ical_place){component->begin, 0};
  int32_t code = sla__ical_syntax_read(&o->zones->syntax, component, take_property, o, error);
  if (code != SLA_OK || (o->has_start && o->has_before && o->has_after)) return code;
  return sla__ical_fail_at(error, SLA_ICAL_E_VALUE, o->zones->scan->bytes, o->place, 0, 0);
}

/* ---- onsets ---- */

static int32_t fail_onsets(const observance *o, int32_t code, int64_t value, int64_t limit,
                           sla_error *error) {
  return sla__ical_fail_at(error, code, o->zones->scan->bytes, o->place, value, limit);
}

static int32_t add_onset(const observance *o, int64_t wall, sla__ical_array *onsets,
                         sla_error *error) {
  uint32_t most = o->zones->scan->limits.instances;
  if (most > SLA__ICAL_ONSETS) most = SLA__ICAL_ONSETS;
  if (onsets->count >= most)
    return fail_onsets(o, SLA_ICAL_E_INSTANCES, (int64_t)onsets->count + 1, most, error);
  sla__ical_onset *onset = sla__ical_array_push(o->zones->allocator, onsets, sizeof *onset);
  if (onset == NULL) return sla__ical_fail(error, SLA_E_MEMORY);
  *onset = (sla__ical_onset){wall - o->before, o->before, o->after};
  return SLA_OK;
}

/* No clock is farther than this from another. */
#define BEYOND (7 * SLA__ICAL_DAY)

/* Rules begin in 1601 or in the year 1, and few ask what they said then: only one that has ended
 * before is walked from its start, for its last onset. */
static int64_t walked_from(const observance *o, const sla__ical_rule *rule) {
  const int64_t year_1900 = -25567;
  int64_t from = sla__ical_min(year_1900, o->zones->first_day - 800) * SLA__ICAL_DAY;
  bool ended = rule->has_until && rule->until.wall < from;
  return ended ? o->start : sla__ical_max(o->start, from);
}

static int32_t walk_rule(const observance *o, sla__ical_text text, sla__ical_array *onsets,
                         sla_error *error) {
  sla__ical_slice slice = sla__ical_text_get(&o->bytes, text);
  sla__ical_rule rule;
  sla__ical_walk walk;
  sla__ical_wall wall;
  size_t bad;
  int32_t code = sla__ical_rule_parse(slice.text, slice.length, false, &rule, &bad);
  if (code != SLA_OK) return sla__ical_fail(error, code);
  if (rule.has_until && rule.until.is_utc) rule.until.wall += o->before;
  int64_t end = (o->zones->last_day + 1) * SLA__ICAL_DAY + BEYOND;
  sla__ical_walk_begin(&walk, &rule, o->start, walked_from(o, &rule), end, o->zones->search);
  while ((code = sla__ical_walk_next(&walk, &wall)) == SLA_OK && wall != SLA_NONE) {
    code = add_onset(o, wall, onsets, error);
    if (code != SLA_OK) return code;
  }
  if (code == SLA_OK) return SLA_OK;
  return fail_onsets(o, code, 0, o->zones->scan->limits.search_days, error);
}

static int32_t add_onsets(const observance *o, sla__ical_array *onsets, sla_error *error) {
  const sla__ical_text *rules = o->rules.data;
  const int64_t *dates = o->dates.data;
  int32_t code = add_onset(o, o->start, onsets, error);
  for (size_t i = 0; i < o->rules.count && code == SLA_OK; i++)
    code = walk_rule(o, rules[i], onsets, error);
  for (size_t i = 0; i < o->dates.count && code == SLA_OK; i++)
    code = add_onset(o, dates[i], onsets, error);
  return code;
}

static int onset_order(const void *context, const void *a, const void *b) {
  const sla__ical_onset *x = a, *y = b;
  (void)context;
  if (x->at != y->at) return x->at < y->at ? -1 : 1;
  return x->after != y->after ? (x->after < y->after ? -1 : 1) : 0;
}

/* Reads the observances of a VTIMEZONE, and with onsets also adds theirs. */
static int32_t read_observances(sla__ical_zones *zones, uint32_t timezone,
                                sla__ical_array *onsets, sla_error *error) {
  observance o = {.zones = zones};
  const sla__ical_component *components = zones->scan->components.data;
  int32_t code = SLA_OK;
  for (size_t i = timezone + 1; i < zones->scan->components.count && code == SLA_OK; i++) {
    if (components[i].begin >= components[timezone].to) break;
    if (components[i].kind != SLA__ICAL_STANDARD) continue;
    code = read_observance(&o, &components[i], error);
    if (code == SLA_OK && onsets != NULL) code = add_onsets(&o, onsets, error);
  }
  free_observance(&o);
  return code;
}

static int32_t expand(sla__ical_zones *zones, sla__ical_clock *clock, sla_error *error) {
  if (clock->zone != NULL || clock->is_expanded) return SLA_OK;
  uint32_t dropped = zones->dropped;
  int32_t code = read_observances(zones, clock->component, &clock->onsets, error);
  zones->dropped = dropped; /* they were counted when it was checked */
  if (code != SLA_OK) return code;
  if (clock->onsets.count == 0) return sla__ical_fail(error, SLA_ICAL_E_ZONE);
  sla__ical_sort(clock->onsets.data, clock->onsets.count, sizeof(sla__ical_onset), onset_order,
                 NULL);
  if (sla__ical_compare_clocks(zones, clock) != SLA_OK)
    return sla__ical_fail(error, SLA_E_MEMORY);
  clock->is_expanded = true;
  return SLA_OK;
}

/* ---- names ---- */

/* "/mozilla.org/20070129_1/Europe/Paris" is what somebody calls Europe/Paris. */
static bool is_called(sla__ical_slice tzid, sla__ical_slice name) {
  if (tzid.length <= name.length || tzid.text[0] != '/') return false;
  size_t before = tzid.length - name.length;
  return tzid.text[before - 1] == '/' && memcmp(tzid.text + before, name.text, name.length) == 0;
}

static bool named_by_host(const sla__ical_zones *zones, sla__ical_slice tzid, uint32_t *clock) {
  size_t count = zones->named_count, found = count;
  for (size_t i = 0; i < count && found == count; i++)
    if (sla__ical_compare(tzid, zones->named[i].name) == 0) found = i;
  for (size_t i = 0; i < count && found == count; i++)
    if (is_called(tzid, zones->named[i].name)) found = i;
  if (found == count) return false;
  const sla__ical_clock *clocks = zones->clocks.data;
  *clock = clocks[found].is_local ? SLA__ICAL_LOCAL : SLA__ICAL_NAMED + (uint32_t)found;
  return true;
}

static sla__ical_slice name_of(const sla__ical_zones *zones, uint32_t clock) {
  const sla__ical_clock *clocks = zones->clocks.data;
  return sla__ical_text_get(&zones->bytes, clocks[clock].name);
}

static bool named_by_file(const sla__ical_zones *zones, sla__ical_slice tzid, uint32_t *clock) {
  const uint32_t *files = zones->files.data;
  size_t low = 0, high = zones->files.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (sla__ical_compare(name_of(zones, files[middle]), tzid) < 0) low = middle + 1;
    else high = middle;
  }
  if (low == zones->files.count || sla__ical_compare(name_of(zones, files[low]), tzid) != 0)
    return false;
  *clock = SLA__ICAL_NAMED + files[low];
  return true;
}

int32_t sla__ical_zones_find(sla__ical_zones *zones, sla__ical_slice tzid, uint32_t *clock,
                             sla_error *error) {
  uint32_t found;
  sla__ical_clock *clocks = zones->clocks.data;
  if (zones->local == NULL) return sla__ical_fail(error, SLA_ICAL_E_ZONE);
  tzid = sla__ical_trimmed(tzid); /* which libical does to the name in a VTIMEZONE */
  if (named_by_host(zones, tzid, &found)) {
    *clock = found;
    return SLA_OK;
  }
  if (!named_by_file(zones, tzid, &found)) {
    if (!sla__ical_is(tzid, "UTC") && !sla__ical_is(tzid, "ETC/UTC"))
      return sla__ical_fail(error, SLA_ICAL_E_ZONE);
    *clock = SLA__ICAL_UTC;
    return SLA_OK;
  }
  int32_t code = expand(zones, &clocks[found - SLA__ICAL_NAMED], error);
  if (code == SLA_OK) *clock = clocks[found - SLA__ICAL_NAMED].is_local ? SLA__ICAL_LOCAL : found;
  return code;
}

/* ---- reading ---- */

static int32_t take_name(void *context, const sla__ical_property *property, sla_error *error) {
  sla__ical_zones *zones = context;
  sla__ical_clock *clocks = zones->clocks.data;
  sla__ical_clock *clock = &clocks[zones->clocks.count - 1];
  zones->dropped += property->is_dropped;
  if (property->name != SLA__ICAL_TZID || property->is_dropped || clock->name.length > 0)
    return SLA_OK;
  return sla__ical_text_add(zones->allocator, &zones->bytes,
                            sla__ical_trimmed(property->value), &clock->name)
             ? SLA_OK
             : sla__ical_fail(error, SLA_E_MEMORY);
}

static bool same_zone(const sla_zone *a, const sla_zone *b) {
  uint32_t equal = 0;
  return sla_zone_equal(a, b, &equal) == SLA_OK && equal == 1;
}

static int32_t add_named(sla__ical_zones *zones, sla_error *error) {
  for (size_t i = 0; i < zones->named_count; i++) {
    sla__ical_clock *clock =
        sla__ical_array_push(zones->allocator, &zones->clocks, sizeof *clock);
    if (clock == NULL) return sla__ical_fail(error, SLA_E_MEMORY);
    clock->zone = zones->named[i].zone;
    clock->is_local = same_zone(zones->local, clock->zone);
  }
  return SLA_OK;
}

static int32_t read_timezone(sla__ical_zones *zones, uint32_t component, sla_error *error) {
  const sla__ical_component *components = zones->scan->components.data;
  sla__ical_clock *clock = sla__ical_array_push(zones->allocator, &zones->clocks, sizeof *clock);
  uint32_t number = (uint32_t)zones->clocks.count - 1, explained;
  if (clock == NULL) return sla__ical_fail(error, SLA_E_MEMORY);
  clock->component = component;
  int32_t code =
      sla__ical_syntax_read(&zones->syntax, &components[component], take_name, zones, error);
  if (code != SLA_OK) return code;
  sla__ical_slice name = name_of(zones, number);
  if (name.length == 0 || named_by_host(zones, name, &explained)) return SLA_OK;
  uint32_t *file = sla__ical_array_push(zones->allocator, &zones->files, sizeof *file);
  if (file == NULL) return sla__ical_fail(error, SLA_E_MEMORY);
  *file = number;
  return read_observances(zones, component, NULL, error);
}

/* Of several with one name the first comes first, and is the one that is found. */
static int file_order(const void *context, const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  int order = sla__ical_compare(name_of(context, x), name_of(context, y));
  return order != 0 ? order : (x > y) - (x < y);
}

int32_t sla__ical_zones_read(sla__ical_zones *zones, sla_error *error) {
  const sla__ical_component *components = zones->scan->components.data;
  zones->syntax = (sla__ical_syntax){.scan = zones->scan, .allocator = zones->allocator};
  int32_t code = add_named(zones, error);
  for (uint32_t i = 0; i < zones->scan->components.count && code == SLA_OK; i++)
    if (components[i].kind == SLA__ICAL_VTIMEZONE) code = read_timezone(zones, i, error);
  sla__ical_sort(zones->files.data, zones->files.count, sizeof(uint32_t), file_order, zones);
  return code;
}

void sla__ical_zones_free(sla__ical_zones *zones) {
  const sla_allocator *allocator = zones->allocator;
  sla__ical_clock *clocks = zones->clocks.data;
  for (size_t i = 0; i < zones->clocks.count; i++)
    sla__ical_array_free(allocator, &clocks[i].onsets, sizeof(sla__ical_onset));
  sla__ical_array_free(allocator, &zones->clocks, sizeof(sla__ical_clock));
  sla__ical_array_free(allocator, &zones->files, sizeof(uint32_t));
  sla__ical_array_free(allocator, &zones->changes, sizeof(sla__ical_onset));
  sla__ical_array_free(allocator, &zones->bytes, 1);
  sla__ical_syntax_free(&zones->syntax);
}
