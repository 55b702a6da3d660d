/* SPDX-License-Identifier: MIT */
/* The bytes of a zone, which are a part of a calendar's, and what follows from them: equality and
 * the hash.  sla_bytes(3) has the form. */
#include "error.h"
#include "mem.h"
#include "zone.h"

#define KIND 'Z'
#define MOST_CHANGES 16384 /* more than a zone file can hold */
#define CHANGE_SIZE 12
#define RULE_SIZE (8 + 4 + 4 + 2 * 4 * SLA__YEAR_KINDS)

bool sla__zone_same(const sla_zone *a, const sla_zone *b) {
  if (a == b) return true;
  const sla__zone_content x = sla__zone_content_of(a), y = sla__zone_content_of(b);
  if (x.offset != y.offset || x.count != y.count || x.rule_from != y.rule_from) return false;
  if (memcmp(x.starts, y.starts, x.count * sizeof *x.starts) != 0 ||
      memcmp(x.offsets, y.offsets, x.count * sizeof *x.offsets) != 0)
    return false;
  if (x.rule == NULL || y.rule == NULL) return x.rule == y.rule;
  return x.rule->inside == y.rule->inside && x.rule->outside == y.rule->outside &&
         memcmp(x.rule->first, y.rule->first, sizeof x.rule->first) == 0 &&
         memcmp(x.rule->second, y.rule->second, sizeof x.rule->second) == 0;
}

/* ---- writing ---- */

static void write_years(const int32_t years[SLA__YEAR_KINDS], sla__sink *sink) {
  for (int kind = 0; kind < SLA__YEAR_KINDS; kind++) sla__put_32(sink, (uint32_t)years[kind]);
}

static void write_rule(const sla__zone_content *has, sla__sink *sink) {
  sla__put_64(sink, (uint64_t)has->rule_from);
  sla__put_32(sink, (uint32_t)has->rule->inside);
  sla__put_32(sink, (uint32_t)has->rule->outside);
  write_years(has->rule->first, sink);
  write_years(has->rule->second, sink);
}

void sla__zone_write(const sla_zone *zone, sla__sink *sink) {
  const sla__zone_content has = sla__zone_content_of(zone);
  sla__put_32(sink, (uint32_t)has.offset);
  sla__put_32(sink, has.count);
  for (uint32_t i = 0; i < has.count; i++) {
    sla__put_64(sink, (uint64_t)has.starts[i]);
    sla__put_32(sink, (uint32_t)has.offsets[i]);
  }
  sla__put_8(sink, has.rule != NULL);
  if (has.rule != NULL) write_rule(&has, sink);
}

/* An object of its own. */
static void write_any(const void *zone, sla__sink *sink) {
  sla__put_head(sink, KIND);
  sla__zone_write(zone, sink);
}

/* ---- reading ---- */

static int32_t read_offset(sla__source *source, int32_t *offset) {
  size_t at = source->offset;
  *offset = sla__get_signed_32(source);
  bool valid = *offset >= -SLA__OFFSET_MAX && *offset <= SLA__OFFSET_MAX;
  return valid ? SLA_OK : sla__source_bad(source, at);
}

/* Days of the year that text can say vary by a week at most, and lie in the year or next to it:
 * what asks a rule relies on both. */
static int32_t read_years(sla__source *source, int32_t years[SLA__YEAR_KINDS]) {
  const int32_t least = -9 * SLA__DAY, most = 375 * SLA__DAY;
  int32_t low = most, high = least;
  size_t at = source->offset;
  for (int kind = 0; kind < SLA__YEAR_KINDS; kind++) {
    years[kind] = sla__get_signed_32(source);
    low = (int32_t)sla__min(low, years[kind]);
    high = (int32_t)sla__max(high, years[kind]);
  }
  bool valid = low >= least && high <= most && high - low <= SLA__WEEK;
  return valid ? SLA_OK : sla__source_bad(source, at);
}

static int32_t read_rule(sla__source *source, sla__zone_rule *rule, sla_time *from) {
  int32_t code = sla__source_needs(source, RULE_SIZE);
  if (code != SLA_OK) return code;
  *from = sla__get_signed_64(source);
  code = read_offset(source, &rule->inside);
  if (code == SLA_OK) code = read_offset(source, &rule->outside);
  if (code == SLA_OK) code = read_years(source, rule->first);
  if (code == SLA_OK) code = read_years(source, rule->second);
  rule->tidy = code == SLA_OK && sla__zone_rule_tidy(rule);
  return code;
}

static int32_t read_changes(sla__source *source, sla__zone_change *changes, size_t count) {
  int32_t code = SLA_OK;
  for (size_t i = 0; i < count && code == SLA_OK; i++) {
    size_t at = source->offset;
    changes[i].at = sla__get_signed_64(source);
    if (i > 0 && changes[i].at <= changes[i - 1].at) return sla__source_bad(source, at);
    code = read_offset(source, &changes[i].offset);
  }
  return code;
}

/* The last second before the rule takes over, which gives the same offset: it belongs to the list,
 * and sla__zone_new takes it out again. */
static int32_t add_last(const sla__source *source, size_t at, sla__zone_parts *parts,
                        sla__zone_change *changes, sla_time from) {
  size_t count = parts->count;
  if (from == INT64_MIN && count == 0) return SLA_OK;
  if (from == INT64_MIN || (count > 0 && from - 1 < changes[count - 1].at))
    return sla__source_bad(source, at);
  if (count > 0 && from - 1 == changes[count - 1].at) return SLA_OK;
  changes[count] = (sla__zone_change){from - 1, sla__zone_rule_offset(parts->rule, from - 1)};
  parts->count++;
  return SLA_OK;
}

static int32_t read_parts(sla__source *source, sla__zone_parts *parts, sla__zone_change *changes,
                          sla__zone_rule *rule) {
  sla_time from = INT64_MIN;
  int32_t code = read_changes(source, changes, parts->count);
  if (code == SLA_OK) code = sla__source_needs(source, 1);
  if (code != SLA_OK || sla__get_8(source) == 0) return code;
  size_t at = source->offset;
  code = read_rule(source, rule, &from);
  if (code != SLA_OK) return code;
  parts->rule = rule;
  return add_last(source, at, parts, changes, from);
}

static int32_t read_count(sla__source *source, size_t *count) {
  size_t at = source->offset;
  uint32_t number = sla__get_32(source);
  *count = number;
  if (number > MOST_CHANGES)
    return sla__fail_index(source->error, SLA_E_LIMIT, (int64_t)at, number, MOST_CHANGES);
  return sla__source_needs(source, number * (uint64_t)CHANGE_SIZE);
}

int32_t sla__zone_read(sla__source *source, const sla_allocator *allocator, sla_zone **zone) {
  sla__zone_parts parts = {0};
  sla__zone_rule rule;
  int32_t code = sla__source_needs(source, 2 * sizeof(uint32_t));
  if (code == SLA_OK) code = read_offset(source, &parts.offset);
  if (code == SLA_OK) code = read_count(source, &parts.count);
  if (code != SLA_OK) return code;
  size_t size = (parts.count + 1) * sizeof(sla__zone_change);
  sla__zone_change *changes = sla__mem_new(allocator, size);
  if (changes == NULL) return sla__fail(source->error, SLA_E_MEMORY);
  parts.changes = changes;
  code = read_parts(source, &parts, changes, &rule);
  if (code == SLA_OK) code = sla__zone_new(&parts, allocator, zone, source->error);
  sla__mem_free(allocator, changes, size);
  return code;
}

/* ---- public ---- */

int32_t sla_zone_bytes(const sla_zone *zone, void *buffer, size_t capacity, size_t *length) {
  if (zone == NULL || length == NULL || (buffer == NULL && capacity > 0)) return SLA_E_NULL;
  sla__bytes_give(write_any, zone, buffer, capacity, length);
  return SLA_OK;
}

int32_t sla_zone_new_bytes(const void *bytes, size_t length, const sla_allocator *allocator,
                           sla_zone **zone, sla_error *error) {
  const sla_allocator chosen = sla__mem_allocator(allocator);
  sla_zone *made = NULL;
  sla__source source;
  if (zone == NULL) return sla__fail_null(error, 4);
  int32_t code = sla__source_open(&source, bytes, length, SLA__BYTES_MAX, error);
  if (code == SLA_OK) code = sla__get_head(&source, KIND);
  if (code == SLA_OK) code = sla__zone_read(&source, &chosen, &made);
  if (code == SLA_OK) code = sla__source_check(&source, write_any, made);
  if (code == SLA_OK) *zone = made;
  else sla_zone_unref(made);
  return code;
}

int32_t sla_zone_equal(const sla_zone *a, const sla_zone *b, uint32_t *equal) {
  if (a == NULL || b == NULL || equal == NULL) return SLA_E_NULL;
  *equal = sla__zone_same(a, b);
  return SLA_OK;
}

int32_t sla_zone_hash(const sla_zone *zone, uint64_t *hash) {
  if (zone == NULL || hash == NULL) return SLA_E_NULL;
  *hash = sla__bytes_hash(write_any, zone);
  return SLA_OK;
}
