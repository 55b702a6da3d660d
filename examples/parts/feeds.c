/* SPDX-License-Identifier: MIT */
#include "feeds.h"

#include <string.h>
#include <strings.h>

#include "why.h"

bool feed_is(const char *path, slice text) {
  static const char beginning[] = "BEGIN:VCALENDAR";
  size_t length = strlen(path), begins = sizeof beginning - 1;
  bool named = length > 4 && strcasecmp(path + length - 4, ".ics") == 0;
  text = slice_trim(text);
  return named || (text.length >= begins && strncasecmp(text.text, beginning, begins) == 0);
}

#ifdef WITH_ICAL
#include <sla/ical.h>

enum { YEARS_AROUND = 30 };

/* "holidays.ics:12:8: a recurrence rule is malformed." */
static bool not_read(const char *path, const sla_error *error, bytes *why) {
  char sentence[256];
  sla_error shown = {.code = error->code};
  sla_ical_error_text(&shown, sentence, sizeof sentence);
  if (error->line == 0) bytes_format(why, "%s: %s", path, sentence);
  else bytes_format(why, "%s:%u:%u: %s", path, error->line, error->column, sentence);
  return false;
}

/* No window reaches beyond the years that can be read. */
static sla_date year_near(const feed_place *place, int years) {
  sla_civil today = {20000101, 0};
  sla_zone_civil_at(place->zone, place->now, &today, sizeof today);
  sla_date year = today.date / 10000 + years;
  return year < 2 ? 2 : year > 9998 ? 9998 : year;
}

static sla_ical_reader *new_reader(const feed_place *place, sla_error *error) {
  sla_ical_reader *reader = NULL;
  const char *name = place->zone_name;
  sla_date first = year_near(place, -YEARS_AROUND), last = year_near(place, YEARS_AROUND);
  int32_t code = sla_ical_reader_new(NULL, &reader, error);
  if (code == SLA_OK) code = sla_ical_reader_set_zone(reader, place->zone, error);
  if (code == SLA_OK && name != NULL && *name != '\0')
    code = sla_ical_reader_add_zone(reader, name, strlen(name), place->zone, error);
  if (code == SLA_OK)
    code = sla_ical_reader_set_window(reader, first * 10000 + 101, last * 10000 + 1231, error);
  if (code == SLA_OK) return reader;
  sla_ical_reader_free(reader);
  return NULL;
}

/* What is wrong with an entry is wrong where its event stands. */
static bool not_applied(const sla_ical_feed *feed, const char *path, sla_error *error,
                        bytes *why) {
  sla_ical_source source;
  if (error->code == SLA_ICAL_E_WORKDAY &&
      sla_ical_feed_source(feed, (uint32_t)error->index, &source, sizeof source) == SLA_OK) {
    error->line = source.line;
    error->column = 1;
  }
  return not_read(path, error, why);
}

bool feed_read(sla_calendar_builder *calendar, slice text, const char *path,
               const feed_place *place, bytes *why) {
  sla_ical_feed *feed = NULL;
  sla_error error = {0};
  sla_ical_reader *reader = new_reader(place, &error);
  bool done = reader != NULL &&
              sla_ical_read_holidays(reader, text.text, text.length, &feed, &error) == SLA_OK;
  if (!done) not_read(path, &error, why);
  else if (sla_ical_feed_apply(feed, calendar, &error) != SLA_OK)
    done = not_applied(feed, path, &error, why);
  sla_ical_feed_unref(feed);
  sla_ical_reader_free(reader);
  return done;
}

#else

bool feed_read(sla_calendar_builder *calendar, slice text, const char *path,
               const feed_place *place, bytes *why) {
  (void)calendar;
  (void)text;
  (void)place;
  bytes_format(why, "%s: it is an iCalendar file, and this program was built without libical", path);
  return false;
}

#endif
