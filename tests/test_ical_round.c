/* SPDX-License-Identifier: MIT */
/* Calendars written as files and read back: equal, whatever is in them; and what is read when
 * somebody has changed the file in between. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chance.h"
#include "ical_lines.h"

#define STAMP 1767225600 /* 2026-01-01T00:00:00Z */

/* ---- there and back ---- */

static char *file_of(const sla_calendar *calendar, const char *tzid, sla_date first,
                     sla_date last) {
  sla_ical_writer *writer = NULL;
  assert_ok(sla_ical_writer_new(NULL, &writer, NULL));
  assert_ok(sla_ical_writer_add_calendar(writer, calendar, tzid, strlen(tzid), first, last, STAMP,
                                         NULL));
  char *file = written(writer);
  sla_ical_writer_free(writer);
  return file;
}

static sla_ical_reader *reader_of(const sla_zone *zone, const char *tzid, sla_date first,
                                  sla_date last) {
  sla_ical_reader *reader = NULL;
  assert_ok(sla_ical_reader_new(NULL, &reader, NULL));
  assert_ok(sla_ical_reader_set_zone(reader, zone, NULL));
  if (tzid != NULL)
    assert_ok(sla_ical_reader_add_zone(reader, tzid, strlen(tzid), zone, NULL));
  assert_ok(sla_ical_reader_set_window(reader, first, last, NULL));
  return reader;
}

typedef int32_t reading(const sla_ical_reader *, const void *, size_t, sla_ical_feed **,
                        sla_error *);

static void read_into(sla_calendar_builder *builder, reading *read, const sla_ical_reader *reader,
                      const char *file) {
  sla_ical_feed *feed = NULL;
  sla_error error = {0};
  char text[300];
  if (read(reader, file, strlen(file), &feed, &error) != SLA_OK ||
      sla_ical_feed_apply(feed, builder, &error) != SLA_OK) {
    sla_ical_error_text(&error, text, sizeof text);
    fail_msg("%s\n%s", text, file);
  }
  sla_ical_feed_unref(feed);
}

/* The calendar of a file; NULL when it is never open. */
static sla_calendar *back(const char *file, const sla_ical_reader *hours,
                          const sla_ical_reader *holidays, const sla_zone *zone) {
  sla_calendar_builder *builder = NULL;
  assert_ok(sla_calendar_builder_new(NULL, &builder, NULL));
  assert_ok(sla_calendar_builder_set_zone(builder, zone, NULL));
  read_into(builder, sla_ical_read_hours, hours, file);
  read_into(builder, sla_ical_read_holidays, holidays, file);
  sla_calendar *made = NULL;
  int32_t code = sla_calendar_builder_build(builder, &made, NULL);
  if (code != SLA_E_CLOSED) assert_ok(code);
  sla_calendar_builder_free(builder);
  return made;
}

static void assert_equal(const sla_calendar *a, const sla_calendar *b, const char *file) {
  uint32_t equal = 0;
  assert_ok(sla_calendar_equal(a, b, &equal));
  if (equal == 1) return;
  for (uint32_t i = 0; i < sla_calendar_entry_count(a) || i < sla_calendar_entry_count(b); i++) {
    sla_entry x = {0}, y = {0};
    sla_calendar_entry(a, i, &x, sizeof x);
    sla_calendar_entry(b, i, &y, sizeof y);
    print_message("%u: %d-%d %d-%d kind %u %u | %d-%d %d-%d kind %u %u\n", i, x.first, x.last,
                  x.opens, x.closes, x.kind, x.recurrence, y.first, y.last, y.opens, y.closes,
                  y.kind, y.recurrence);
  }
  fail_msg("not equal:\n%s", file);
}

/* ---- by chance ---- */

static size_t draw_name(chance *luck, char *name) {
  static const char *const pieces[] = {"Christmas", "No\xc3\xabl", ",", ";", "\\", ":", "\"", "n",
                                       "\xe5\xad\xa6", " and ", "=", "\\n", "'"};
  size_t length = 0;
  int64_t count = random_between(&luck->state, 0, 24);
  name[0] = '\0';
  for (int64_t i = 0; i < count; i++)
    strcat(name, pieces[random_between(&luck->state, 0, COUNT_OF(pieces) - 1)]);
  length = strlen(name);
  while (length > 0 && name[length - 1] == ' ') length--; /* blanks around names are not kept */
  return length;
}

static size_t name_start(const char *name, size_t length) {
  size_t start = 0;
  while (start < length && name[start] == ' ') start++;
  return start;
}

/* As drawn, named; NULL when it would never be open. */
static sla_calendar *named_calendar(chance *luck, const oracle_calendar *drawn) {
  sla_calendar_builder *builder = NULL;
  sla_calendar *calendar = NULL;
  assert_ok(sla_calendar_builder_new(NULL, &builder, NULL));
  assert_ok(sla_calendar_builder_set_zone(builder, drawn->zone, NULL));
  for (size_t i = 0; i < drawn->count; i++) {
    const sla_entry *entry = &drawn->entries[i];
    bool nameable = entry->kind == SLA_ENTRY_HOLIDAY || entry->kind == SLA_ENTRY_CLOSURE;
    char name[600];
    size_t length = nameable ? draw_name(luck, name) : 0, start = name_start(name, length);
    assert_ok(sla_calendar_builder_add_entry(builder, entry, sizeof *entry, name + start,
                                             length - start, NULL));
  }
  int32_t code = sla_calendar_builder_build(builder, &calendar, NULL);
  if (code != SLA_E_CLOSED) assert_ok(code);
  sla_calendar_builder_free(builder);
  return calendar;
}

/* A window of a hundred years around an instant. */
static void window_around(sla_time near, sla_date *first, sla_date *last) {
  int32_t year = utc_date(near) / 10000 - 50;
  if (year < 2) year = 2;
  if (year > 9899) year = 9899;
  *first = year * 10000 + 101;
  *last = (year + 99) * 10000 + 1231;
}

typedef void checking(chance *luck, const sla_calendar *calendar, sla_date first, sla_date last,
                      sla_time near);

static void draw_calendars(checking *check) {
  chance luck;
  long count = 0;
  chance_begin(&luck, support_seed());
  for (long i = draws(400); i > 0; i--) {
    oracle_calendar drawn;
    sla_date first, last;
    sla_time near = chance_instant(&luck, luck.zones[0], at("2026-01-01T00:00Z"));
    sla_time least = at("0002-03-01T00:00Z"), most = at("9998-10-01T00:00Z");
    near = near < least ? least : near > most ? most : near; /* in the years that are read */
    window_around(near, &first, &last);
    chance_calendar(&luck, &drawn, near, 60);
    sla_calendar *calendar = named_calendar(&luck, &drawn);
    if (calendar == NULL) continue;
    check(&luck, calendar, first, last, near);
    sla_calendar_unref(calendar);
    count++;
  }
  chance_end(&luck);
  print_message("%ld calendars\n", count);
}

/* The file names the zone so; the reader knows it by that or by nothing but what it shows. */
static const char *draw_tzid(chance *luck) {
  return random_between(&luck->state, 0, 1) == 0 ? "Some/Where" : NULL;
}

static void check_equal(chance *luck, const sla_calendar *calendar, sla_date first, sla_date last,
                        sla_time near) {
  char *file = file_of(calendar, "Some/Where", first, last);
  sla_ical_reader *reader =
      reader_of(sla_calendar_zone(calendar), draw_tzid(luck), first, last);
  sla_calendar *again = back(file, reader, reader, sla_calendar_zone(calendar));
  (void)near;
  assert_non_null(again);
  assert_equal(calendar, again, file);
  free(file);
  sla_calendar_unref(again);
  sla_ical_reader_free(reader);
}

static void calendars_come_back_equal(void **state) {
  (void)state;
  draw_calendars(check_equal);
}

/* ---- without what is ours ---- */

/* The lines of an unfolded file without those that begin so. */
static void without(char *lines, const char *beginning) {
  char *to = lines;
  for (char *at = lines; *at != '\0';) {
    size_t length = strcspn(at, "\n") + 1;
    bool kept = strncmp(at, beginning, strlen(beginning)) != 0;
    if (kept) memmove(to, at, length);
    to += kept ? length : 0;
    at += length;
  }
  *to = '\0';
}

static void assert_same_answers(chance *luck, const sla_calendar *a, const sla_calendar *b,
                                sla_time near, const char *file) {
  for (int i = 0; i < 40; i++) {
    sla_time from = near + random_between(&luck->state, -90, 90) * 86400;
    sla_time to = from + random_between(&luck->state, 0, 10 * 86400);
    if (elapsed(a, from, to) == elapsed(b, from, to)) continue;
    char text[SUPPORT_TIME_TEXT];
    fputs(file, stderr); /* longer than a message may be */
    fail_msg("%d instead of %d from %s", (int)elapsed(b, from, to), (int)elapsed(a, from, to),
             time_text(from, text));
  }
}

/* As a program reads it that knows RFC 5545 and nothing of us: date by date, in a small window, by
 * the VTIMEZONE of the file. */
static void check_standard(chance *luck, const sla_calendar *calendar, sla_date first,
                           sla_date last, sla_time near) {
  const sla_zone *zone = sla_calendar_zone(calendar);
  sla_date from = utc_date(near - 110 * INT64_C(86400)), to = utc_date(near + 120 * INT64_C(86400));
  if (from < 20101 || to > 99981231) return;
  char *file = file_of(calendar, "Some/Where", first, last), *lines = unfolded(file);
  sla_ical_reader *reader = reader_of(zone, draw_tzid(luck), from, to);
  without(lines, "X-SLA-ENTRY:");
  sla_calendar *again = back(lines, reader, reader, zone);
  if (again != NULL) assert_same_answers(luck, calendar, again, near, lines);
  sla_calendar_unref(again);
  sla_ical_reader_free(reader);
  free(lines);
  free(file);
}

static void the_standard_alone_says_the_same(void **state) {
  (void)state;
  draw_calendars(check_standard);
}

/* Weekly hours that come once are still weekly hours, which special hours replace. */
static void hours_of_one_date_are_weekly_hours(void **state) {
  sla_calendar_builder *builder = builder_of("Europe/Paris", "Mo-Fr 09:00-17:00");
  const sla_entry once = {.kind = SLA_ENTRY_HOURS, .recurrence = SLA_WEEKLY, .opens = 72000,
                          .closes = 79200, .weekdays = SLA_FRIDAY, .first = 20261218,
                          .last = 20261224};
  (void)state;
  assert_ok(sla_calendar_builder_add_entry(builder, &once, sizeof once, NULL, 0, NULL));
  assert_ok(sla_calendar_builder_add_special_hours(builder, 20261218, 20261218, 36000, 43200, NULL));
  sla_calendar *calendar = built(builder);
  char *file = file_of(calendar, "Europe/Paris", 20260101, 20271231), *lines = unfolded(file);
  const sla_zone *zone = sla_calendar_zone(calendar);
  sla_ical_reader *reader = reader_of(zone, "Europe/Paris", 20260101, 20271231);
  without(lines, "X-SLA-ENTRY:");
  sla_calendar *again = back(lines, reader, reader, zone);
  sla_time from = at("2026-12-18T00:00+01:00"), to = at("2026-12-19T00:00+01:00");
  assert_number(elapsed(calendar, from, to), 7200);
  assert_number(elapsed(again, from, to), 7200);
  sla_ical_reader_free(reader);
  sla_calendar_unref(again);
  sla_calendar_unref(calendar);
  free(lines);
  free(file);
}

/* ---- what was changed on the way ---- */

static sla_calendar *christmas(void) {
  sla_calendar_builder *builder = builder_of("Europe/Paris", "Mo-Su 09:00-17:00");
  assert_ok(sla_calendar_builder_add_yearly_holiday(builder, 12, 25, "Christmas", 9, NULL));
  assert_ok(sla_calendar_builder_add_yearly_holiday(builder, 5, 1, NULL, 0, NULL));
  assert_ok(sla_calendar_builder_add_closure(builder, 20261207, 20261209, 36000, 39600, "Move", 4,
                                             NULL));
  return built(builder);
}

typedef struct {
  const char *what, *from, *to; /* in the file, once */
  const char *entries;          /* recurrence and first date of each, in order */
} edit;

/* 3 is every year, 2 on dates; in 2026 and 2027. */
static const edit edits[] = {
    {"nothing", "", "", "3:0 3:0 2:20261207"},
    {"a day later", "DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261226",
     "DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261225",
     "3:0 2:20261207 2:20261224 2:20261225 2:20271225"},
    {"only this year", "RRULE:FREQ=YEARLY;BYMONTHDAY=25;BYMONTH=12\r\n", "",
     "3:0 2:20261207 2:20261225"},
    {"two days", "DTEND;VALUE=DATE:20261226", "DTEND;VALUE=DATE:20261227",
     "3:0 2:20261207 2:20261225 2:20271225"},
    {"one left out", "SUMMARY:Christmas\r\n",
     "EXDATE;VALUE=DATE:20271225\r\nSUMMARY:Christmas\r\n", "3:0 2:20261207 2:20261225"},
    {"one more", "SUMMARY:Christmas\r\n", "RDATE;VALUE=DATE:20270107\r\nSUMMARY:Christmas\r\n",
     "3:0 2:20261207 2:20261225 2:20270107 2:20271225"},
    {"cancelled", "SUMMARY:Christmas\r\n", "STATUS:CANCELLED\r\nSUMMARY:Christmas\r\n",
     "3:0 2:20261207"},
    {"said again, wrongly", "month=12 day=25", "month=12 day=26",
     "3:0 2:20261207 2:20261225 2:20271225"},
    {"nonsense", "kind=2 recurrence=3 month=12 day=25", "kind=2 recurrence=3 month=12 day=99",
     "3:0 2:20261207 2:20261225 2:20271225"},
    {"another clock", "DTSTART;TZID=Europe/Paris:20261207T100000",
     "DTSTART:20261207T090000Z", "3:0 3:0 2:20261207 2:20261208 2:20261209"},
    {"a changed occurrence", "END:VCALENDAR",
     "BEGIN:VEVENT\r\nUID:x\r\nDTSTAMP:20260101T000000Z\r\nRECURRENCE-ID;VALUE=DATE:20270601\r\n"
     "DTSTART;VALUE=DATE:20270602\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR",
     "2:20260501 2:20261207 2:20261208 2:20261209 2:20261225 2:20270501 2:20270602 2:20271225"},
};

static char *edited(const char *file, const edit *e) {
  const char *place = strstr(file, e->from);
  char *made = malloc(strlen(file) + strlen(e->to) + 1);
  assert_non_null(made);
  if (place == NULL) fail_msg("%s: not in the file", e->what);
  memcpy(made, file, (size_t)(place - file));
  strcpy(made + (place - file), e->to);
  strcat(made, place + strlen(e->from));
  return made;
}

static sla_ical_feed *feed_of(const char *file, const sla_ical_reader *reader) {
  sla_ical_feed *feed = NULL;
  assert_ok(sla_ical_read_holidays(reader, file, strlen(file), &feed, NULL));
  return feed;
}

static void list(const sla_ical_feed *feed, char *text) {
  text[0] = '\0';
  for (uint32_t i = 0; i < sla_ical_feed_count(feed); i++) {
    sla_entry entry;
    assert_ok(sla_ical_feed_entry(feed, i, &entry, sizeof entry));
    sprintf(text + strlen(text), "%s%u:%d", i > 0 ? " " : "", entry.recurrence, (int)entry.first);
  }
}

static void what_was_changed_is_read_as_it_stands(void **state) {
  sla_calendar *calendar = christmas();
  char *file = file_of(calendar, "Europe/Paris", 20260101, 20271231);
  sla_ical_reader *reader =
      reader_of(sla_calendar_zone(calendar), "Europe/Paris", 20260101, 20271231);
  (void)state;
  for (size_t i = 0; i < COUNT_OF(edits); i++) {
    char text[400], *other = edited(file, &edits[i]);
    sla_ical_feed *feed = feed_of(other, reader);
    list(feed, text);
    if (strcmp(text, edits[i].entries) != 0)
      fail_msg("%s: %s instead of %s", edits[i].what, text, edits[i].entries);
    sla_ical_feed_unref(feed);
    free(other);
  }
  sla_ical_reader_free(reader);
  free(file);
  sla_calendar_unref(calendar);
}

static void names_may_be_given_and_changed(void **state) {
  static const edit names[] = {{"renamed", "SUMMARY:Christmas", "SUMMARY:Xmas", "Xmas"},
                               {"named", "SUMMARY:Closed", "SUMMARY:Labour Day", "Labour Day"},
                               {"nothing", "", "", ""}};
  sla_calendar *calendar = christmas();
  char *file = file_of(calendar, "Europe/Paris", 20260101, 20271231);
  sla_ical_reader *reader = reader_of(sla_calendar_zone(calendar), NULL, 20260101, 20271231);
  (void)state;
  for (uint32_t i = 0; i < COUNT_OF(names); i++) {
    char text[80], *other = edited(file, &names[i]);
    size_t length = 0;
    sla_ical_feed *feed = feed_of(other, reader);
    assert_ok(sla_ical_feed_text(feed, i < 1 ? 0 : 1, SLA_ICAL_NAME, text, sizeof text, &length));
    assert_string_equal(text, names[i].entries);
    sla_ical_feed_unref(feed);
    free(other);
  }
  sla_ical_reader_free(reader);
  free(file);
  sla_calendar_unref(calendar);
}

/* ---- what the reader leaves out ---- */

static void switched(const char *file, const sla_calendar *calendar, const char *uid,
                     sla_date date, const char *expected) {
  sla_ical_reader *reader =
      reader_of(sla_calendar_zone(calendar), "Europe/Paris", 20260101, 20271231);
  char text[200];
  assert_ok(sla_ical_reader_switch_off(reader, uid, strlen(uid), date, NULL));
  sla_ical_feed *feed = feed_of(file, reader);
  list(feed, text);
  assert_string_equal(text, expected);
  sla_ical_feed_unref(feed);
  sla_ical_reader_free(reader);
}

static void entries_are_switched_off_whole_or_by_date(void **state) {
  sla_calendar *calendar = christmas();
  char *file = file_of(calendar, "Europe/Paris", 20260101, 20271231), uids[3][80];
  sla_ical_reader *reader =
      reader_of(sla_calendar_zone(calendar), "Europe/Paris", 20260101, 20271231);
  sla_ical_feed *feed = feed_of(file, reader);
  size_t length;
  (void)state;
  for (uint32_t i = 0; i < 3; i++) {
    sla_ical_source source;
    assert_ok(sla_ical_feed_text(feed, i, SLA_ICAL_UID, uids[i], sizeof uids[i], &length));
    assert_ok(sla_ical_feed_source(feed, i, &source, sizeof source));
    assert_int_equal(source.date, i == 2 ? 20261207 : 0);
  }
  switched(file, calendar, uids[0], 0, "3:0 2:20261207");
  switched(file, calendar, uids[0], 20261225, "3:0 2:20261207 2:20271225");
  switched(file, calendar, uids[2], 0, "3:0 3:0");
  switched(file, calendar, uids[2], 20261207, "3:0 3:0");
  switched(file, calendar, uids[2], 20261208, "3:0 3:0 2:20261207 2:20261209");
  switched(file, calendar, "nobody", 0, "3:0 3:0 2:20261207");
  sla_ical_feed_unref(feed);
  sla_ical_reader_free(reader);
  free(file);
  sla_calendar_unref(calendar);
}

static void an_entry_with_dates_is_read_where_the_window_touches_it(void **state) {
  static const struct {
    sla_date first, last;
    const char *entries;
  } windows[] = {{20261209, 20271231, "3:0 3:0 2:20261207"}, {20261210, 20271231, "3:0 3:0"},
                 {20260101, 20261207, "3:0 3:0 2:20261207"}, {20260101, 20261206, "3:0 3:0"}};
  sla_calendar *calendar = christmas();
  char *file = file_of(calendar, "Europe/Paris", 20260101, 20271231), text[200];
  (void)state;
  for (size_t i = 0; i < COUNT_OF(windows); i++) {
    sla_ical_reader *reader = reader_of(sla_calendar_zone(calendar), "Europe/Paris",
                                        windows[i].first, windows[i].last);
    sla_ical_feed *feed = feed_of(file, reader);
    sla_ical_summary summary;
    list(feed, text);
    assert_string_equal(text, windows[i].entries);
    assert_ok(sla_ical_feed_summary(feed, &summary, sizeof summary));
    assert_int_equal(summary.events, 3);
    assert_int_equal(summary.outside, 3 - sla_ical_feed_count(feed));
    sla_ical_feed_unref(feed);
    sla_ical_reader_free(reader);
  }
  free(file);
  sla_calendar_unref(calendar);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(calendars_come_back_equal),
      cmocka_unit_test(the_standard_alone_says_the_same),
      cmocka_unit_test(hours_of_one_date_are_weekly_hours),
      cmocka_unit_test(what_was_changed_is_read_as_it_stands),
      cmocka_unit_test(names_may_be_given_and_changed),
      cmocka_unit_test(entries_are_switched_off_whole_or_by_date),
      cmocka_unit_test(an_entry_with_dates_is_read_where_the_window_touches_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
