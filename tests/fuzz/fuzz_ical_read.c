/* SPDX-License-Identifier: MIT */
/* Calendar files, read as holidays and as opening hours: refused with a place in them, or entries
 * that a calendar takes, within the window and in order.  The first bytes say what the reader wants
 * of the file. */
#include "fuzz.h"

#include <sla/ical.h>
#include <stdbool.h>

#define SETTINGS 4

typedef struct {
  uint8_t wants; /* bits of what follows */
  uint8_t window, limits, filter;
} settings;

enum { ZONE = 1, NAMED = 2, LATIN1 = 4, HOURS = 8, FILTER = 16, SWITCH = 32 };

static const struct {
  sla_date first, last;
} windows[] = {{20240101, 20261231}, {20000101, 20491231}, {20120101, 20191231},
               {20241027, 20241027}, {20101, 1010101},     {99000101, 99981231},
               {19700101, 19701231}};
#define WINDOWS (sizeof windows / sizeof windows[0])

/* Small ones, so that a little file reaches them, and the default of most. */
static void set_limits(sla_ical_reader *reader, uint8_t which) {
  sla_ical_limits limits = {.instances = 3000, .search_days = 400000};
  if (which & 1) limits.line = 60;
  if (which & 2) limits.nesting = 2;
  if (which & 4) limits.components = 5;
  if (which & 8) limits.properties = 6;
  if (which & 16) limits.parameters = 2;
  if (which & 32) limits.instances = 20;
  if (which & 64) limits.search_days = 900;
  if (which & 128) limits.bytes = 700;
  must(sla_ical_reader_set_limits(reader, &limits, sizeof limits, NULL) == SLA_OK);
}

static void name_zone(sla_ical_reader *reader, const char *tzid, const sla_zone *zone) {
  must(sla_ical_reader_add_zone(reader, tzid, strlen(tzid), zone, NULL) == SLA_OK);
}

static void set_zones(sla_ical_reader *reader, uint8_t wants) {
  static const char berlin[] = "CET-1CEST,M3.5.0,M10.5.0/3", york[] = "EST5EDT,M3.2.0,M11.1.0";
  sla_zone *local = NULL, *other = NULL;
  must(sla_zone_new_posix(berlin, sizeof berlin - 1, NULL, &local, NULL) == SLA_OK);
  must(sla_zone_new_posix(york, sizeof york - 1, NULL, &other, NULL) == SLA_OK);
  if (wants & ZONE) must(sla_ical_reader_set_zone(reader, local, NULL) == SLA_OK);
  if (wants & NAMED) {
    name_zone(reader, "Europe/Berlin", local);
    name_zone(reader, "America/New_York", other);
    name_zone(reader, "Z", other);
  }
  sla_zone_unref(local);
  sla_zone_unref(other);
}

static void set_filters(sla_ical_reader *reader, const settings *s) {
  if (s->wants & FILTER)
    must(sla_ical_reader_add_filter(reader, 1 + s->filter % 5, s->filter & 64 ? "a" : "aab",
                                    s->filter & 64 ? 1 : 3, NULL) == SLA_OK);
  if (s->wants & SWITCH)
    must(sla_ical_reader_switch_off(reader, "1", 1, s->filter & 1 ? 20240101 : 0, NULL) == 0);
  if (s->wants & HOURS)
    must(sla_ical_reader_add_workday_hours(reader, 32400, 61200, NULL) == SLA_OK);
}

static sla_ical_reader *new_reader(const settings *s) {
  sla_ical_reader *reader = NULL;
  must(sla_ical_reader_new(NULL, &reader, NULL) == SLA_OK);
  must(sla_ical_reader_set_window(reader, windows[s->window % WINDOWS].first,
                                  windows[s->window % WINDOWS].last, NULL) == SLA_OK);
  must(sla_ical_reader_set_latin1(reader, (s->wants & LATIN1) != 0, NULL) == SLA_OK);
  set_limits(reader, s->limits);
  set_zones(reader, s->wants);
  set_filters(reader, s);
  return reader;
}

/* ---- what must hold ---- */

/* Line and column are those of the byte. */
static void check_place(const sla_error *error, const uint8_t *data, size_t size) {
  uint32_t line = 1;
  size_t start = 0, at = (size_t)error->index;
  must(error->index >= 0 && at <= size && error->line >= 1 && error->column >= 1);
  for (size_t i = 0; i < at; i++) {
    bool carriage = data[i] == '\r';
    size_t next = i + 1;
    while (carriage && next < size && data[next] == '\r') next++;
    bool ends = data[i] == '\n' || (carriage && !(next < size && data[next] == '\n'));
    if (ends) line++, start = i + 1;
  }
  must(error->line == line && error->column == at - start + 1);
}

static void check_error(int32_t code, const sla_error *error, const uint8_t *data, size_t size) {
  char text[256];
  must(code <= SLA_ICAL_E_ENCODING && code >= SLA_ICAL_E_EVENT && code == error->code);
  must(sla_ical_code_name(code) != NULL && error->argument == 0);
  must(sla_ical_error_text(error, text, sizeof text) < sizeof text);
  if (error->line != 0) check_place(error, data, size);
  else must(code == SLA_ICAL_E_SIZE || code == SLA_ICAL_E_WINDOW);
}

static void check_texts(const sla_ical_feed *feed, uint32_t index) {
  char name[256];
  size_t length = 0;
  must(sla_ical_feed_text(feed, index, SLA_ICAL_NAME, name, sizeof name, &length) == SLA_OK);
  must(length < sizeof name && strlen(name) == length);
  must(sla_ical_feed_text(feed, index, SLA_ICAL_UID, NULL, 0, &length) == SLA_OK);
}

/* Entries that a calendar wrote into the file are what they were, whatever the window. */
static bool has_own_entries(const uint8_t *data, size_t size) {
  for (size_t i = 0; i + 5 <= size; i++)
    if (memcmp(data + i, "ENTRY", 5) == 0 || memcmp(data + i, "entry", 5) == 0) return true;
  return false;
}

static void check_holidays(const sla_ical_feed *feed, const settings *s) {
  sla_date before = 0;
  for (uint32_t i = 0; i < sla_ical_feed_count(feed); i++) {
    sla_entry entry;
    sla_ical_source source;
    must(sla_ical_feed_entry(feed, i, &entry, sizeof entry) == SLA_OK);
    must(sla_ical_feed_source(feed, i, &source, sizeof source) == SLA_OK);
    must(entry.recurrence == SLA_DATES && entry.first <= entry.last);
    must(entry.first >= windows[s->window % WINDOWS].first);
    must(entry.last <= windows[s->window % WINDOWS].last);
    must(source.date >= before && source.date <= entry.first && source.line >= 1);
    must((entry.kind == SLA_ENTRY_SPECIAL_HOURS) == ((source.flags & SLA_ICAL_WORKDAY) != 0));
    before = source.date;
  }
}

/* Weekly hours of any dates; what else there is lies in the window, in order. */
static void check_hours(const sla_ical_feed *feed, const settings *s) {
  sla_date before = 0;
  for (uint32_t i = 0; i < sla_ical_feed_count(feed); i++) {
    sla_entry entry;
    sla_ical_source source;
    must(sla_ical_feed_entry(feed, i, &entry, sizeof entry) == SLA_OK);
    must(sla_ical_feed_source(feed, i, &source, sizeof source) == SLA_OK);
    must((entry.kind == SLA_ENTRY_HOURS) == (entry.recurrence == SLA_WEEKLY) && source.flags == 0);
    must((source.line == 0) == (entry.kind == SLA_ENTRY_HOLIDAY));
    must(entry.kind == SLA_ENTRY_HOLIDAY || entry.opens != entry.closes);
    if (entry.kind == SLA_ENTRY_HOURS) continue;
    must(entry.recurrence == SLA_DATES && source.date <= entry.first && source.date >= before);
    must(entry.first >= windows[s->window % WINDOWS].first && entry.first <= entry.last);
    must(entry.last <= windows[s->window % WINDOWS].last);
    before = source.date;
  }
}

static void check_applied(const sla_ical_feed *feed) {
  sla_calendar_builder *builder = NULL;
  sla_error error = {0};
  must(sla_calendar_builder_new(NULL, &builder, NULL) == SLA_OK);
  int32_t code = sla_ical_feed_apply(feed, builder, &error);
  must(code == SLA_OK || code == SLA_ICAL_E_WORKDAY);
  must(code == SLA_OK || (error.index >= 0 && error.index < sla_ical_feed_count(feed)));
  sla_calendar_builder_free(builder);
}

static void read_as(const sla_ical_reader *reader, const settings *s, const uint8_t *text,
                    size_t size, bool hours) {
  sla_ical_feed *feed = NULL;
  sla_error error = {0};
  int32_t code = hours ? sla_ical_read_hours(reader, text, size, &feed, &error)
                       : sla_ical_read_holidays(reader, text, size, &feed, &error);
  must((code == SLA_OK) == (feed != NULL));
  if (code != SLA_OK) {
    check_error(code, &error, text, size);
    return;
  }
  for (uint32_t i = 0; i < sla_ical_feed_count(feed); i++) check_texts(feed, i);
  if (!has_own_entries(text, size)) (hours ? check_hours : check_holidays)(feed, s);
  check_applied(feed);
  sla_ical_feed_unref(feed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < SETTINGS) return 0;
  const settings s = {data[0], data[1], data[2], data[3]};
  sla_ical_reader *reader = new_reader(&s);
  read_as(reader, &s, data + SETTINGS, size - SETTINGS, false);
  read_as(reader, &s, data + SETTINGS, size - SETTINGS, true);
  sla_ical_reader_free(reader);
  return 0;
}
