/* SPDX-License-Identifier: MIT */
/* The bytes of a calendar, and what follows from them: equality and the hash.  sla_bytes(3) has
 * the form. */
#include "calendar_bytes.h"

#include "error.h"

#define KIND 'C'
#define ENTRY_SIZE 22 /* without its name */

/* ---- equality ---- */

static const char *names_of(const sla_calendar *calendar) {
  return calendar->names.count > 0 ? calendar->names.data : "";
}

static bool same_entries(const sla_calendar *a, const sla_calendar *b) {
  const sla__named_entry *x = a->entries.data, *y = b->entries.data;
  if (a->entries.count != b->entries.count) return false;
  for (size_t i = 0; i < a->entries.count; i++)
    if (memcmp(&x[i].entry, &y[i].entry, sizeof x[i].entry) != 0 ||
        x[i].name_length != y[i].name_length ||
        memcmp(names_of(a) + x[i].name, names_of(b) + y[i].name, x[i].name_length) != 0)
      return false;
  return true;
}

static bool same_window(const sla_calendar *a, const sla_calendar *b) {
  if (!a->window_set || !b->window_set) return a->window_set == b->window_set;
  return a->first_year == b->first_year && a->last_year == b->last_year;
}

bool sla__calendar_same(const sla_calendar *a, const sla_calendar *b) {
  return a == b || (same_window(a, b) && sla__zone_same(a->zone, b->zone) && same_entries(a, b));
}

/* ---- writing ---- */

static void write_entry(const sla__named_entry *named, const char *names, sla__sink *sink) {
  const sla_entry *entry = &named->entry;
  sla__put_8(sink, entry->kind);
  sla__put_8(sink, entry->recurrence);
  sla__put_8(sink, entry->weekdays);
  sla__put_8(sink, (uint32_t)entry->month);
  sla__put_8(sink, (uint32_t)entry->day);
  sla__put_32(sink, (uint32_t)entry->first);
  sla__put_32(sink, (uint32_t)entry->last);
  sla__put_32(sink, (uint32_t)entry->opens);
  sla__put_32(sink, (uint32_t)entry->closes);
  sla__put_8(sink, named->name_length);
  sla__put(sink, names + named->name, named->name_length);
}

void sla__calendar_write(const sla_calendar *calendar, sla__sink *sink) {
  const sla__named_entry *entries = calendar->entries.data;
  sla__put_head(sink, KIND);
  sla__put_16(sink, calendar->window_set ? (uint32_t)calendar->first_year : 0);
  sla__put_16(sink, calendar->window_set ? (uint32_t)calendar->last_year : 0);
  sla__zone_write(calendar->zone, sink);
  sla__put_32(sink, (uint32_t)calendar->entries.count);
  for (size_t i = 0; i < calendar->entries.count; i++)
    write_entry(&entries[i], names_of(calendar), sink);
}

static void write_any(const void *calendar, sla__sink *sink) {
  sla__calendar_write(calendar, sink);
}

/* ---- reading ---- */

static int32_t read_window(sla__source *source, sla_calendar_builder *builder) {
  size_t at = source->offset;
  int32_t code = sla__source_needs(source, 2 * sizeof(uint16_t));
  if (code != SLA_OK) return code;
  int32_t first = (int32_t)sla__get_16(source), last = (int32_t)sla__get_16(source);
  if (first == 0 && last == 0) return SLA_OK;
  code = sla_calendar_builder_set_window(builder, first, last, NULL);
  return sla__source_told(source, code, at);
}

static int32_t read_zone(sla__source *source, const sla_allocator *allocator,
                         sla_calendar_builder *builder) {
  sla_zone *zone = NULL;
  int32_t code = sla__zone_read(source, allocator, &zone);
  if (code != SLA_OK) return code;
  code = sla_calendar_builder_set_zone(builder, zone, source->error);
  sla_zone_unref(zone);
  return code;
}

static sla_entry get_entry(sla__source *source) {
  sla_entry entry = {.kind = sla__get_8(source)};
  entry.recurrence = sla__get_8(source);
  entry.weekdays = sla__get_8(source);
  entry.month = (int32_t)sla__get_8(source);
  entry.day = sla__get_signed_8(source);
  entry.first = sla__get_signed_32(source);
  entry.last = sla__get_signed_32(source);
  entry.opens = sla__get_signed_32(source);
  entry.closes = sla__get_signed_32(source);
  return entry;
}

static int32_t read_entry(sla__source *source, sla_calendar_builder *builder) {
  size_t at = source->offset;
  int32_t code = sla__source_needs(source, ENTRY_SIZE);
  if (code != SLA_OK) return code;
  sla_entry entry = get_entry(source);
  size_t length = sla__get_8(source);
  code = sla__source_needs(source, length);
  if (code != SLA_OK) return code;
  const char *name = (const char *)source->bytes + source->offset;
  source->offset += length;
  code = sla_calendar_builder_add_entry(builder, &entry, sizeof entry, name, length, NULL);
  return sla__source_told(source, code, at);
}

static int32_t read_entries(sla__source *source, sla_calendar_builder *builder) {
  size_t at = source->offset;
  int32_t code = sla__source_needs(source, sizeof(uint32_t));
  if (code != SLA_OK) return code;
  uint32_t count = sla__get_32(source);
  if (count > SLA__ENTRIES_MAX)
    return sla__fail_index(source->error, SLA_E_LIMIT, (int64_t)at, count, SLA__ENTRIES_MAX);
  code = sla__source_needs(source, count * (uint64_t)ENTRY_SIZE);
  for (uint32_t i = 0; i < count && code == SLA_OK; i++) code = read_entry(source, builder);
  return code;
}

int32_t sla__calendar_read(sla__source *source, const sla_allocator *allocator,
                           sla_calendar **calendar) {
  size_t at = source->offset;
  sla_calendar_builder *builder = NULL;
  int32_t code = sla__get_head(source, KIND);
  if (code == SLA_OK) code = sla_calendar_builder_new(allocator, &builder, source->error);
  if (code == SLA_OK) code = read_window(source, builder);
  if (code == SLA_OK) code = read_zone(source, allocator, builder);
  if (code == SLA_OK) code = read_entries(source, builder);
  if (code == SLA_OK)
    code = sla__source_told(source, sla_calendar_builder_build(builder, calendar, NULL), at);
  sla_calendar_builder_free(builder);
  return code;
}

/* ---- public ---- */

int32_t sla_calendar_bytes(const sla_calendar *calendar, void *buffer, size_t capacity,
                           size_t *length) {
  if (calendar == NULL || length == NULL || (buffer == NULL && capacity > 0)) return SLA_E_NULL;
  sla__bytes_give(write_any, calendar, buffer, capacity, length);
  return SLA_OK;
}

int32_t sla_calendar_new_bytes(const void *bytes, size_t length, const sla_allocator *allocator,
                               sla_calendar **calendar, sla_error *error) {
  const sla_allocator chosen = sla__mem_allocator(allocator);
  sla_calendar *made = NULL;
  sla__source source;
  if (calendar == NULL) return sla__fail_null(error, 4);
  int32_t code = sla__source_open(&source, bytes, length, SLA__BYTES_MAX, error);
  if (code == SLA_OK) code = sla__calendar_read(&source, &chosen, &made);
  if (code == SLA_OK) code = sla__source_check(&source, write_any, made);
  if (code == SLA_OK) *calendar = made;
  else sla_calendar_unref(made);
  return code;
}

int32_t sla_calendar_equal(const sla_calendar *a, const sla_calendar *b, uint32_t *equal) {
  if (a == NULL || b == NULL || equal == NULL) return SLA_E_NULL;
  *equal = sla__calendar_same(a, b);
  return SLA_OK;
}

int32_t sla_calendar_hash(const sla_calendar *calendar, uint64_t *hash) {
  if (calendar == NULL || hash == NULL) return SLA_E_NULL;
  *hash = sla__bytes_hash(write_any, calendar);
  return SLA_OK;
}
