/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ical_told.h"
#include "support.h"

sla_ical_reader *reader_of(const char *zone_name, sla_date first, sla_date last) {
  sla_ical_reader *reader = NULL;
  assert_ok(sla_ical_reader_new(NULL, &reader, NULL));
  assert_ok(sla_ical_reader_set_window(reader, first, last, NULL));
  if (zone_name == NULL) return reader;
  sla_zone *zone = zone_named(zone_name);
  assert_ok(sla_ical_reader_set_zone(reader, zone, NULL));
  assert_ok(sla_ical_reader_add_zone(reader, zone_name, strlen(zone_name), zone, NULL));
  sla_zone_unref(zone);
  return reader;
}

void name_zone(sla_ical_reader *reader, const char *tzid, const char *zone_name) {
  sla_zone *zone = zone_named(zone_name);
  assert_ok(sla_ical_reader_add_zone(reader, tzid, strlen(tzid), zone, NULL));
  sla_zone_unref(zone);
}

/* ---- text that grows ---- */

typedef struct {
  char *text;
  size_t length, capacity;
} growing;

static void append(growing *to, const char *format, ...) {
  char piece[2048];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(piece, sizeof piece, format, arguments);
  va_end(arguments);
  assert_true(length >= 0 && (size_t)length < sizeof piece);
  if (to->length + (size_t)length + 1 > to->capacity) {
    to->capacity = 2 * (to->capacity + (size_t)length + 1);
    to->text = realloc(to->text, to->capacity);
    assert_non_null(to->text);
  }
  memcpy(to->text + to->length, piece, (size_t)length + 1);
  to->length += (size_t)length;
}

/* ---- entries ---- */

static void append_time(growing *to, int32_t second) {
  append(to, "%02d:%02d", second / 3600, second / 60 % 60);
  if (second % 60 != 0) append(to, ":%02d", second % 60);
}

static void append_times(growing *to, const sla_entry *entry) {
  append_time(to, entry->opens);
  append(to, "-");
  append_time(to, entry->closes);
}

static void append_weekdays(growing *to, uint32_t mask) {
  static const char *const names[] = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
  const char *before = "";
  for (int first = 0, last; first < 7; first = last + 1) {
    last = first;
    if ((mask >> first & 1) == 0) continue;
    while (last < 6 && (mask >> (last + 1) & 1) != 0) last++;
    append(to, last > first ? "%s%s-%s" : "%s%s", before, names[first], names[last]);
    before = ",";
  }
}

static void append_weekly(growing *to, const sla_entry *entry) {
  append_weekdays(to, entry->weekdays);
  append(to, " ");
  append_times(to, entry);
  if (entry->first != 0 || entry->last != 0) append(to, ", ");
  if (entry->first != 0) append(to, "%d", (int)entry->first);
  if (entry->first != 0 || entry->last != 0) append(to, "-");
  if (entry->last != 0) append(to, "%d", (int)entry->last);
  append(to, " hours");
}

static void append_dated(growing *to, const sla_entry *entry, uint32_t flags) {
  const char *kind = (flags & SLA_ICAL_WORKDAY) != 0 ? "workday"
                     : entry->kind == SLA_ENTRY_HOLIDAY ? "holiday"
                     : entry->kind == SLA_ENTRY_CLOSURE ? "closure"
                                                        : "special";
  append(to, "%d", (int)entry->first);
  if (entry->last != entry->first) append(to, "-%d", (int)entry->last);
  append(to, " %s", kind);
  if ((flags & SLA_ICAL_NO_HOURS) != 0) append(to, " -");
  if (entry->kind == SLA_ENTRY_HOLIDAY || (flags & SLA_ICAL_NO_HOURS) != 0) return;
  append(to, " ");
  append_times(to, entry);
}

static void append_entry(growing *to, const sla_ical_feed *feed, uint32_t index) {
  sla_entry entry;
  sla_ical_source source;
  char name[256];
  size_t length;
  assert_ok(sla_ical_feed_entry(feed, index, &entry, sizeof entry));
  assert_ok(sla_ical_feed_source(feed, index, &source, sizeof source));
  assert_ok(sla_ical_feed_text(feed, index, SLA_ICAL_NAME, name, sizeof name, &length));
  if (entry.recurrence == SLA_WEEKLY) append_weekly(to, &entry);
  else append_dated(to, &entry, source.flags);
  append(to, length > 0 ? " %s\n" : "\n", name);
}

char *told_feed(const sla_ical_feed *feed) {
  growing told = {0};
  append(&told, "%s", "");
  for (uint32_t i = 0; i < sla_ical_feed_count(feed); i++) append_entry(&told, feed, i);
  return told.text;
}

char *told_error(int32_t code, const sla_error *error) {
  growing told = {0};
  const char *name = sla_ical_code_name(code);
  append(&told, "%s", name == NULL ? "no such code" : name);
  if (error->line != 0) append(&told, " %u:%u", (unsigned)error->line, (unsigned)error->column);
  return told.text;
}

typedef int32_t reading(const sla_ical_reader *, const void *, size_t, sla_ical_feed **,
                        sla_error *);

static char *told_by(reading *read, const sla_ical_reader *reader, const char *text,
                     size_t length) {
  sla_ical_feed *feed = NULL;
  sla_error error = {0};
  int32_t code = read(reader, text, length, &feed, &error);
  if (code != SLA_OK) {
    assert_null(feed);
    return told_error(code, &error);
  }
  char *told = told_feed(feed);
  sla_ical_feed_unref(feed);
  return told;
}

char *told_holidays(const sla_ical_reader *reader, const char *text, size_t length) {
  return told_by(sla_ical_read_holidays, reader, text, length);
}

char *told_hours(const sla_ical_reader *reader, const char *text, size_t length) {
  return told_by(sla_ical_read_hours, reader, text, length);
}
