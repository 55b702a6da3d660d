/* SPDX-License-Identifier: MIT */
/* The bytes of a zoneinfo file, RFC 9636.
 *
 * Where the RFC leaves a reader free:
 *   - The 32-bit block of a file of version 2 or later is measured and stepped over.
 *   - The footer should agree with the last transition.  Some written by zic of 2022 do not
 *     (America/Ojinaga, slim).  From that instant on the footer holds, as for other readers.
 *   - Offsets beyond 26 hours, and bytes after the end, are refused.
 *   - Times before the first transition have the first local time type. */
#include "error.h"
#include "mem.h"
#include "zone.h"
#include "zone_posix.h"

#define HEADER 44
#define MOST_BYTES 65536 /* the largest in use has 4,000 */

typedef struct {
  const unsigned char *bytes;
  size_t length;
  sla_error *error;
} tzif_file;

/* A data block: how many of each, and where each array begins. */
typedef struct {
  size_t header;
  uint32_t isut_count, isstd_count, leap_count, time_count, type_count, char_count;
  size_t width; /* of a transition time */
  size_t times, indexes, types, chars, isstd, isut, end;
} tzif_block;

/* ---- bytes ---- */

static uint32_t read_32(const unsigned char *b) {
  return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static int32_t signed_32(uint32_t bits) {
  return bits < 0x80000000u ? (int32_t)bits : -(int32_t)~bits - 1;
}

static int64_t signed_64(const unsigned char *b) {
  uint64_t bits = (uint64_t)read_32(b) << 32 | read_32(b + 4);
  return bits <= INT64_MAX ? (int64_t)bits : -(int64_t)~bits - 1;
}

static int32_t malformed(const tzif_file *file, size_t at, int64_t value, int64_t limit) {
  return sla__fail_index(file->error, SLA_E_TZIF, (int64_t)at, value, limit);
}

/* The bytes end before those that the ones read so far ask for. */
static int32_t truncated(const tzif_file *file, uint64_t needed) {
  return malformed(file, file->length, (int64_t)file->length, (int64_t)needed);
}

/* ---- blocks ---- */

static void read_counts(const unsigned char *header, tzif_block *block) {
  block->isut_count = read_32(header + 20);
  block->isstd_count = read_32(header + 24);
  block->leap_count = read_32(header + 28);
  block->time_count = read_32(header + 32);
  block->type_count = read_32(header + 36);
  block->char_count = read_32(header + 40);
}

static uint64_t block_size(const tzif_block *block) {
  return block->time_count * (uint64_t)(block->width + 1) + block->type_count * (uint64_t)6 +
         block->char_count + block->leap_count * (uint64_t)(block->width + 4) +
         block->isstd_count + block->isut_count;
}

static void place_arrays(tzif_block *block) {
  block->times = block->header + HEADER;
  block->indexes = block->times + block->time_count * block->width;
  block->types = block->indexes + block->time_count;
  block->chars = block->types + (size_t)block->type_count * 6;
  block->isstd = block->chars + block->char_count + block->leap_count * (block->width + 4);
  block->isut = block->isstd + block->isstd_count;
  block->end = block->isut + block->isut_count;
}

static int32_t read_block(const tzif_file *file, size_t at, size_t width, tzif_block *block) {
  if (file->length - at < HEADER) return truncated(file, at + HEADER);
  const unsigned char *header = file->bytes + at;
  if (memcmp(header, "TZif", 4) != 0) return malformed(file, at, 0, 0);
  if (header[4] != 0 && (header[4] < '2' || header[4] > '4'))
    return malformed(file, at + 4, header[4], '4');
  *block = (tzif_block){.header = at, .width = width};
  read_counts(header, block);
  uint64_t needed = at + HEADER + block_size(block);
  if (needed > file->length) return truncated(file, needed);
  place_arrays(block);
  return SLA_OK;
}

/* The block with the transitions to use: the 64-bit one from version 2 on. */
static int32_t find_block(const tzif_file *file, tzif_block *block) {
  int32_t code = read_block(file, 0, 4, block);
  if (code != SLA_OK || file->bytes[4] == 0) return code;
  size_t second = block->end;
  code = read_block(file, second, 8, block);
  if (code == SLA_OK && file->bytes[second + 4] != file->bytes[4])
    code = malformed(file, second + 4, file->bytes[second + 4], file->bytes[4]);
  return code;
}

/* ---- checks ---- */

static int32_t check_counts(const tzif_file *file, const tzif_block *b) {
  if (b->leap_count != 0)
    return sla__fail_index(file->error, SLA_E_LEAP, (int64_t)b->header + 28, b->leap_count, 0);
  if (b->type_count == 0) return malformed(file, b->header + 36, 0, 1);
  if (b->char_count == 0) return malformed(file, b->header + 40, 0, 1);
  if (b->isut_count != 0 && b->isut_count != b->type_count)
    return malformed(file, b->header + 20, b->isut_count, b->type_count);
  if (b->isstd_count != 0 && b->isstd_count != b->type_count)
    return malformed(file, b->header + 24, b->isstd_count, b->type_count);
  return SLA_OK;
}

static int32_t type_offset(const tzif_file *file, const tzif_block *block, size_t type) {
  return signed_32(read_32(file->bytes + block->types + type * 6));
}

static int32_t check_types(const tzif_file *file, const tzif_block *block) {
  for (size_t i = 0; i < block->type_count; i++) {
    size_t at = block->types + i * 6;
    int32_t offset = type_offset(file, block, i);
    uint32_t is_summer = file->bytes[at + 4], name = file->bytes[at + 5];
    if (offset < -SLA__OFFSET_MAX || offset > SLA__OFFSET_MAX)
      return malformed(file, at, offset, SLA__OFFSET_MAX);
    if (is_summer > 1) return malformed(file, at + 4, is_summer, 1);
    if (name >= block->char_count) return malformed(file, at + 5, name, block->char_count - 1);
  }
  size_t last = block->chars + block->char_count - 1;
  return file->bytes[last] == 0 ? SLA_OK : malformed(file, last, file->bytes[last], 0);
}

/* Each is 0 or 1; what is universal time must be standard time as well. */
static int32_t check_indicators(const tzif_file *file, const tzif_block *block) {
  for (size_t i = 0; i < block->isstd_count; i++)
    if (file->bytes[block->isstd + i] > 1)
      return malformed(file, block->isstd + i, file->bytes[block->isstd + i], 1);
  for (size_t i = 0; i < block->isut_count; i++) {
    uint32_t most = block->isstd_count == 0 ? 0 : file->bytes[block->isstd + i];
    if (file->bytes[block->isut + i] > most)
      return malformed(file, block->isut + i, file->bytes[block->isut + i], most);
  }
  return SLA_OK;
}

static sla_time transition_time(const tzif_file *file, const tzif_block *block, size_t i) {
  const unsigned char *at = file->bytes + block->times + i * block->width;
  return block->width == 8 ? signed_64(at) : signed_32(read_32(at));
}

static int32_t check_transitions(const tzif_file *file, const tzif_block *block) {
  for (size_t i = 0; i < block->time_count; i++) {
    uint32_t type = file->bytes[block->indexes + i];
    if (type >= block->type_count)
      return malformed(file, block->indexes + i, type, block->type_count - 1);
    if (i == 0) continue;
    sla_time before = transition_time(file, block, i - 1), at = transition_time(file, block, i);
    if (at <= before) return malformed(file, block->times + i * block->width, at, before);
  }
  return SLA_OK;
}

static int32_t check_block(const tzif_file *file, const tzif_block *block) {
  int32_t code = check_counts(file, block);
  if (code == SLA_OK) code = check_types(file, block);
  if (code == SLA_OK) code = check_indicators(file, block);
  if (code == SLA_OK) code = check_transitions(file, block);
  return code;
}

/* ---- the zone ---- */

/* A line of its own after the 64-bit block; an empty one says nothing. */
static int32_t read_footer(const tzif_file *file, size_t at, sla__zone_rule *rule,
                           sla__zone_parts *parts) {
  size_t from = at + 1, to = from, bad;
  if (at >= file->length) return truncated(file, at + 2);
  if (file->bytes[at] != '\n') return malformed(file, at, file->bytes[at], '\n');
  while (to < file->length && file->bytes[to] != '\n') to++;
  if (to >= file->length) return truncated(file, to + 1);
  if (to + 1 < file->length) return malformed(file, to + 1, (int64_t)file->length, (int64_t)to + 1);
  if (to == from) return SLA_OK;
  if (!sla__zone_posix_parse((const char *)file->bytes + from, to - from, rule, &bad))
    return sla__fail_index(file->error, SLA_E_POSIX, (int64_t)(from + bad), 0, 0);
  parts->rule = rule;
  return SLA_OK;
}

static int32_t read_end(const tzif_file *file, const tzif_block *block, sla__zone_rule *rule,
                        sla__zone_parts *parts) {
  if (block->width == 8) return read_footer(file, block->end, rule, parts);
  if (block->end == file->length) return SLA_OK;
  return malformed(file, block->end, (int64_t)file->length, (int64_t)block->end);
}

static void read_changes(const tzif_file *file, const tzif_block *block,
                         const sla__zone_rule *rule, sla__zone_change *changes) {
  for (size_t i = 0; i < block->time_count; i++) {
    size_t type = file->bytes[block->indexes + i];
    changes[i].at = transition_time(file, block, i);
    changes[i].offset = type_offset(file, block, type);
  }
  if (rule == NULL || block->time_count == 0) return;
  sla__zone_change *last = &changes[block->time_count - 1];
  last->offset = sla__zone_rule_offset(rule, last->at);
}

static int32_t build(const tzif_file *file, const tzif_block *block, sla__zone_parts *parts,
                     const sla_allocator *allocator, sla_zone **zone) {
  sla_allocator own = sla__mem_allocator(allocator);
  size_t size = block->time_count * sizeof(sla__zone_change);
  sla__zone_change *changes = size == 0 ? NULL : sla__mem_new(&own, size);
  if (size != 0 && changes == NULL) return sla__fail(file->error, SLA_E_MEMORY);
  read_changes(file, block, parts->rule, changes);
  parts->changes = changes;
  parts->count = block->time_count;
  parts->offset = type_offset(file, block, 0);
  int32_t code = sla__zone_new(parts, allocator, zone, file->error);
  sla__mem_free(&own, changes, size);
  return code;
}

/* ---- public ---- */

int32_t sla_zone_new_tzif(const void *data, size_t length, const sla_allocator *allocator,
                          sla_zone **zone, sla_error *error) {
  if (data == NULL) return sla__fail_null(error, 1);
  if (zone == NULL) return sla__fail_null(error, 4);
  if (length > MOST_BYTES)
    return sla__fail_argument(error, SLA_E_LIMIT, 2,
                              length < PTRDIFF_MAX ? (int64_t)length : PTRDIFF_MAX, MOST_BYTES);
  tzif_file file = {data, length, error};
  tzif_block block;
  sla__zone_rule rule;
  sla__zone_parts parts = {0};
  int32_t code = find_block(&file, &block);
  if (code == SLA_OK) code = check_block(&file, &block);
  if (code == SLA_OK) code = read_end(&file, &block, &rule, &parts);
  if (code == SLA_OK) code = build(&file, &block, &parts, allocator, zone);
  return code;
}
