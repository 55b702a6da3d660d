/* SPDX-License-Identifier: MIT */
/*
 * Holidays from an iCalendar file: first a list of what would be imported, then the import.
 *
 *     import_ics [FILE [FIRST LAST [ZONE]]]
 *
 * reads a file for the dates FIRST to LAST (20260101 20261231 unless given) and a calendar in ZONE,
 * a POSIX TZ text (UTC0 unless given).  Without a file it reads a small one of its own.
 *
 * Introduces: sla_ical_reader_new, sla_ical_reader_set_zone, sla_ical_reader_set_window,
 * sla_ical_reader_add_filter, sla_ical_read_holidays, sla_ical_feed_count, sla_ical_feed_entry,
 * sla_ical_feed_text, sla_ical_feed_source, sla_ical_feed_summary, sla_ical_feed_apply,
 * sla_ical_error_text.
 */
#include <sla/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char sample[] =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\n"
    "BEGIN:VEVENT\r\nUID:new-year\r\nDTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=YEARLY\r\n"
    "SUMMARY:New Year's Day\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:easter\r\nDTSTART;VALUE=DATE:20260403\r\nDTEND;VALUE=DATE:20260407\r\n"
    "SUMMARY:Easter\\, four days\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:mothers-day\r\nDTSTART;VALUE=DATE:20260510\r\nCATEGORIES:Observance\r\n"
    "SUMMARY:Mother's Day\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:summer-party\r\nDTSTART:20260703T140000\r\nDTEND:20260703T170000\r\n"
    "SUMMARY:Summer party\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:make-up\r\nDTSTART:20261205T090000\r\nDTEND:20261205T130000\r\n"
    "X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY\r\nSUMMARY:Make-up Saturday\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n";

/* Says what is wrong, and where in the file. */
static void check(int32_t code, const char *file, const sla_error *error) {
  char sentence[300];
  if (code == SLA_OK) return;
  sla_ical_error_text(error, sentence, sizeof sentence);
  fprintf(stderr, "import_ics: %s: %s\n", file, sentence);
  exit(1);
}

static char *read_file(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  size_t capacity = 0;
  char *bytes = NULL;
  *length = 0;
  while (file != NULL && !feof(file) && !ferror(file)) {
    if (*length == capacity) bytes = realloc(bytes, capacity = 2 * capacity + 65536);
    if (bytes == NULL) break;
    *length += fread(bytes + *length, 1, capacity - *length, file);
  }
  if (file == NULL || bytes == NULL || ferror(file)) {
    perror(path);
    exit(1);
  }
  fclose(file);
  return bytes;
}

static void list(const sla_ical_feed *feed) {
  static const char *const kinds[] = {"", "hours", "holiday", "special hours", "closure"};
  for (uint32_t i = 0; i < sla_ical_feed_count(feed); i++) {
    sla_entry entry;
    sla_ical_source source;
    char name[256], uid[256];
    size_t length;
    sla_ical_feed_entry(feed, i, &entry, sizeof entry);
    sla_ical_feed_source(feed, i, &source, sizeof source);
    sla_ical_feed_text(feed, i, SLA_ICAL_NAME, name, sizeof name, &length);
    sla_ical_feed_text(feed, i, SLA_ICAL_UID, uid, sizeof uid, &length);
    printf("%d to %d  %-13s  ", (int)entry.first, (int)entry.last, kinds[entry.kind]);
    if (entry.kind != SLA_ENTRY_HOLIDAY && source.flags != (SLA_ICAL_WORKDAY | SLA_ICAL_NO_HOURS))
      printf("%02d:%02d-%02d:%02d  ", (int)entry.opens / 3600, (int)entry.opens / 60 % 60,
             (int)entry.closes / 3600, (int)entry.closes / 60 % 60);
    printf("%s (%s, line %d)\n", name, uid, (int)source.line);
  }
}

static void summarise(const sla_ical_feed *feed) {
  sla_ical_summary s;
  sla_ical_feed_summary(feed, &s, sizeof s);
  printf("%d events: %d cancelled, %d left by the filter, %d outside these dates\n", (int)s.events,
         (int)s.cancelled, (int)s.filtered, (int)s.outside);
}

/* Working dates of a calendar that is open on weekdays and has these holidays. */
static void count_working_dates(const sla_ical_feed *feed, const sla_zone *zone, sla_date first,
                                sla_date last, const char *file) {
  sla_calendar_builder *builder = NULL;
  sla_calendar *calendar = NULL;
  sla_error error = {0};
  int64_t count = 0;
  int32_t days = 0;
  check(sla_calendar_builder_new(NULL, &builder, &error), file, &error);
  check(sla_calendar_builder_set_zone(builder, zone, &error), file, &error);
  check(sla_calendar_builder_add_hours_text(builder, "Mo-Fr 09:00-17:00", 17, &error), file,
        &error);
  check(sla_ical_feed_apply(feed, builder, &error), file, &error);
  check(sla_calendar_builder_build(builder, &calendar, &error), file, &error);
  sla_date_to_days(last, &days);
  sla_date_from_days(days + 1, &last);
  sla_calendar_working_dates(calendar, first, last, &count);
  printf("%d working dates\n", (int)count);
  sla_calendar_unref(calendar);
  sla_calendar_builder_free(builder);
}

int main(int count, char **arguments) {
  const char *file = count > 1 ? arguments[1] : "sample";
  const char *zone_text = count > 4 ? arguments[4] : "UTC0";
  sla_date first = count > 3 ? (sla_date)atoi(arguments[2]) : 20260101;
  sla_date last = count > 3 ? (sla_date)atoi(arguments[3]) : 20261231;
  size_t length = sizeof sample - 1;
  char *bytes = count > 1 ? read_file(file, &length) : NULL;
  sla_zone *zone = NULL;
  sla_ical_reader *reader = NULL;
  sla_ical_feed *feed = NULL;
  sla_error error = {0};
  check(sla_zone_new_posix(zone_text, strlen(zone_text), NULL, &zone, &error), zone_text, &error);
  check(sla_ical_reader_new(NULL, &reader, &error), file, &error);
  check(sla_ical_reader_set_zone(reader, zone, &error), file, &error);
  check(sla_ical_reader_set_window(reader, first, last, &error), "dates", &error);
  check(sla_ical_reader_add_filter(reader, SLA_ICAL_LEAVE_CATEGORY, "Observance", 10, &error), file,
        &error);
  check(sla_ical_read_holidays(reader, bytes == NULL ? sample : bytes, length, &feed, &error), file,
        &error);
  list(feed);
  summarise(feed);
  count_working_dates(feed, zone, first, last, file);
  sla_ical_feed_unref(feed);
  sla_ical_reader_free(reader);
  sla_zone_unref(zone);
  free(bytes);
  return 0;
}
