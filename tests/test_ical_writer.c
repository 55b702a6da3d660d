/* SPDX-License-Identifier: MIT */
/* What is written: every line of small files, texts that libical reads back, refusals that change
 * nothing, memory that fails.  test_ical_round reads whole calendars back. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libical/ical.h>
#include <pthread.h>

#include "ical_lines.h"
#include "support.h"

#define STAMP 1767225600 /* 2026-01-01T00:00:00Z */

static sla_ical_writer *new_writer(void) {
  sla_ical_writer *writer = NULL;
  assert_ok(sla_ical_writer_new(NULL, &writer, NULL));
  return writer;
}

static int32_t add_calendar(sla_ical_writer *writer, const sla_calendar *calendar,
                            const char *tzid, sla_error *error) {
  return sla_ical_writer_add_calendar(writer, calendar, tzid, strlen(tzid), 20260101, 20271231,
                                      STAMP, error);
}

static sla_ical_due due_of(uint32_t component) {
  return (sla_ical_due){STAMP + 86400, SLA_NONE, STAMP, component, 0};
}

static int32_t add_due(sla_ical_writer *writer, const sla_ical_due *due, const char *uid,
                       const char *summary, sla_error *error) {
  return sla_ical_writer_add_due(writer, due, sizeof *due, uid, strlen(uid), summary,
                                 strlen(summary), error);
}

/* The file is exactly these lines, unfolded. */
static void assert_lines(const sla_ical_writer *writer, const char *expected) {
  char *file = written(writer), *lines = unfolded(file);
  assert_string_equal(lines, expected);
  free(lines);
  free(file);
}

/* ---- files, line by line ---- */

#define HEAD "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//libsla//libsla-ical//EN\n"
#define TAIL "END:VCALENDAR\n"

static void a_file_without_anything(void **state) {
  sla_ical_writer *writer = new_writer();
  (void)state;
  assert_lines(writer, HEAD TAIL);
  assert_ok(sla_ical_writer_set_name(writer, "Support: Paris\r\nand\x01Lyon", 24, NULL));
  assert_lines(writer, HEAD "X-WR-CALNAME:Support: Paris\\nand Lyon\n" TAIL);
  assert_ok(sla_ical_writer_set_name(writer, NULL, 0, NULL));
  assert_lines(writer, HEAD TAIL);
  sla_ical_writer_free(writer);
}

static void due_dates_line_by_line(void **state) {
  sla_ical_writer *writer = new_writer();
  sla_ical_due due = due_of(SLA_ICAL_EVENT);
  (void)state;
  due.priority = 2;
  assert_ok(add_due(writer, &due, "ticket-7@desk", "#7: printer, on fire", NULL));
  assert_ok(sla_ical_writer_add_alarm(writer, STAMP + 82800, NULL));
  assert_ok(sla_ical_writer_add_text(writer, SLA_ICAL_URL, "https://desk/7?a=1,2;b", 22, NULL));
  assert_ok(sla_ical_writer_add_text(writer, SLA_ICAL_DESCRIPTION, "one\ntwo", 7, NULL));
  due = due_of(SLA_ICAL_TODO);
  due.from_at = STAMP;
  assert_ok(add_due(writer, &due, "ticket-8@desk", "", NULL));
  assert_lines(writer,
               HEAD "BEGIN:VEVENT\nUID:ticket-7@desk\nDTSTAMP:20260101T000000Z\n"
                    "DTSTART:20260102T000000Z\nTRANSP:TRANSPARENT\n"
                    "SUMMARY:#7: printer\\, on fire\nPRIORITY:2\nDESCRIPTION:one\\ntwo\n"
                    "URL:https://desk/7?a=1,2;b\n"
                    "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER;VALUE=DATE-TIME:20260101T230000Z\n"
                    "DESCRIPTION:#7: printer\\, on fire\nEND:VALARM\nEND:VEVENT\n"
                    "BEGIN:VTODO\nUID:ticket-8@desk\nDTSTAMP:20260101T000000Z\n"
                    "DTSTART:20260101T000000Z\nDUE:20260102T000000Z\nSTATUS:NEEDS-ACTION\n"
                    "SUMMARY:\nEND:VTODO\n" TAIL);
  sla_ical_writer_free(writer);
}

static void an_event_may_last_and_texts_may_be_taken_back(void **state) {
  sla_ical_writer *writer = new_writer();
  sla_ical_due due = due_of(SLA_ICAL_EVENT);
  (void)state;
  due.from_at = due.due_at - 1;
  due.due_at = SLA_TIME_MAX;
  due.stamp_at = SLA_TIME_MIN;
  assert_ok(add_due(writer, &due, "a", "b", NULL));
  assert_ok(sla_ical_writer_add_text(writer, SLA_ICAL_DESCRIPTION, "one", 3, NULL));
  assert_ok(sla_ical_writer_add_text(writer, SLA_ICAL_DESCRIPTION, "two", 3, NULL));
  assert_ok(sla_ical_writer_add_text(writer, SLA_ICAL_URL, "x:y", 3, NULL));
  assert_ok(sla_ical_writer_add_text(writer, SLA_ICAL_URL, NULL, 0, NULL));
  assert_lines(writer, HEAD "BEGIN:VEVENT\nUID:a\nDTSTAMP:00010101T000000Z\n"
                            "DTSTART:20260101T235959Z\nDTEND:99991231T235959Z\n"
                            "TRANSP:TRANSPARENT\nSUMMARY:b\nDESCRIPTION:two\nEND:VEVENT\n" TAIL);
  sla_ical_writer_free(writer);
}

static sla_calendar *paris(void) {
  sla_calendar_builder *builder = builder_of("Europe/Paris", "Mo-Fr 09:00-17:00; Sa 22:00-02:00");
  assert_ok(sla_calendar_builder_add_yearly_holiday(builder, 12, 25, "No\xc3\xabl; chez nous", 16,
                                                    NULL));
  assert_ok(sla_calendar_builder_add_holiday(builder, 20260803, 20260814, NULL, 0, NULL));
  assert_ok(sla_calendar_builder_add_special_hours(builder, 20261224, 20261224, 32400, 43200, NULL));
  assert_ok(sla_calendar_builder_add_closure(builder, 20261230, 20261231, 43200, 86400, "Stock", 5,
                                             NULL));
  return built(builder);
}

/* UIDs are hashes: that they are there and differ is looked at elsewhere. */
static void without_uids(char *lines) {
  char *to = lines;
  for (char *at = lines; *at != '\0';) {
    size_t length = strcspn(at, "\n") + 1;
    if (strncmp(at, "UID:", 4) != 0) {
      memmove(to, at, length);
      to += length;
    }
    at += length;
  }
  *to = '\0';
}

static void a_calendar_line_by_line(void **state) {
  static const char expected[] =
      HEAD "BEGIN:VTIMEZONE\nTZID:Europe/Paris\n"
           "BEGIN:STANDARD\nDTSTART:20251230T010000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\n"
           "END:STANDARD\n"
           "BEGIN:DAYLIGHT\nDTSTART:20260329T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
           "RDATE:20270328T020000\nEND:DAYLIGHT\n"
           "BEGIN:STANDARD\nDTSTART:20261025T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
           "RDATE:20271031T030000\nEND:STANDARD\nEND:VTIMEZONE\n"
           "BEGIN:VAVAILABILITY\nDTSTAMP:20260101T000000Z\nSUMMARY:Opening hours\n"
           "BEGIN:AVAILABLE\nDTSTAMP:20260101T000000Z\n"
           "DTSTART;TZID=Europe/Paris:20260101T090000\nDTEND;TZID=Europe/Paris:20260101T170000\n"
           "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\nSUMMARY:Open\n"
           "X-SLA-ENTRY:kind=1 recurrence=1 opens=32400 closes=61200 weekdays=31\nEND:AVAILABLE\n"
           "BEGIN:AVAILABLE\nDTSTAMP:20260101T000000Z\n"
           "DTSTART;TZID=Europe/Paris:20260103T220000\nDTEND;TZID=Europe/Paris:20260104T020000\n"
           "RRULE:FREQ=WEEKLY;BYDAY=SA\nSUMMARY:Open\n"
           "X-SLA-ENTRY:kind=1 recurrence=1 opens=79200 closes=7200 weekdays=32\nEND:AVAILABLE\n"
           "END:VAVAILABILITY\n"
           "BEGIN:VEVENT\nDTSTAMP:20260101T000000Z\nDTSTART;VALUE=DATE:20261225\n"
           "DTEND;VALUE=DATE:20261226\nRRULE:FREQ=YEARLY;BYMONTHDAY=25;BYMONTH=12\n"
           "SUMMARY:No\xc3\xabl\\; chez nous\nX-SLA-ENTRY:kind=2 recurrence=3 month=12 day=25\n"
           "END:VEVENT\n"
           "BEGIN:VEVENT\nDTSTAMP:20260101T000000Z\nDTSTART;VALUE=DATE:20260803\n"
           "DTEND;VALUE=DATE:20260815\nSUMMARY:Closed\n"
           "X-SLA-ENTRY:kind=2 recurrence=2 first=20260803 last=20260814 nameless\nEND:VEVENT\n"
           "BEGIN:VEVENT\nDTSTAMP:20260101T000000Z\nDTSTART;TZID=Europe/Paris:20261224T090000\n"
           "DTEND;TZID=Europe/Paris:20261224T120000\nSUMMARY:Open\nTRANSP:TRANSPARENT\n"
           "X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY\n"
           "X-SLA-ENTRY:kind=3 recurrence=2 first=20261224 last=20261224 opens=32400 closes=43200\n"
           "END:VEVENT\n"
           "BEGIN:VEVENT\nDTSTAMP:20260101T000000Z\nDTSTART;TZID=Europe/Paris:20261230T120000\n"
           "DTEND;TZID=Europe/Paris:20261231T000000\nRRULE:FREQ=DAILY;COUNT=2\nSUMMARY:Stock\n"
           "X-SLA-ENTRY:kind=4 recurrence=2 first=20261230 last=20261231 opens=43200 closes=86400\n"
           "END:VEVENT\n" TAIL;
  sla_ical_writer *writer = new_writer();
  sla_calendar *calendar = paris();
  (void)state;
  assert_ok(add_calendar(writer, calendar, "Europe/Paris", NULL));
  sla_calendar_unref(calendar); /* nothing of it is needed any more */
  char *file = written(writer), *lines = unfolded(file);
  without_uids(lines);
  assert_string_equal(lines, expected);
  free(lines);
  free(file);
  sla_ical_writer_free(writer);
}

/* ---- UIDs ---- */

typedef struct {
  char uids[8][64];
  size_t count;
} uids;

static uids uids_of(const sla_calendar *calendar, const char *tzid, const char *summary) {
  sla_ical_writer *writer = new_writer();
  uids found = {.count = 0};
  char uid[64] = "", wanted[80];
  assert_ok(add_calendar(writer, calendar, tzid, NULL));
  char *file = written(writer), *lines = unfolded(file);
  snprintf(wanted, sizeof wanted, "SUMMARY:%s", summary);
  for (char *line = strtok(lines, "\n"); line != NULL; line = strtok(NULL, "\n")) {
    if (strncmp(line, "UID:", 4) == 0) snprintf(uid, sizeof uid, "%s", line + 4);
    if (strcmp(line, wanted) == 0) strcpy(found.uids[found.count++], uid);
  }
  free(lines);
  free(file);
  sla_ical_writer_free(writer);
  return found;
}

static void an_entry_keeps_its_uid_and_no_two_share_one(void **state) {
  sla_calendar_builder *builder = builder_of("UTC", "24/7");
  (void)state;
  for (int i = 0; i < 3; i++)
    assert_ok(sla_calendar_builder_add_yearly_holiday(builder, 5, 1, "May", 3, NULL));
  sla_calendar *calendar = built(builder);
  uids before = uids_of(calendar, "UTC", "May");
  assert_int_equal(before.count, 3);
  for (size_t i = 0; i < 3; i++)
    for (size_t k = 0; k < i; k++) assert_string_not_equal(before.uids[i], before.uids[k]);
  assert_ok(sla_calendar_builder_new_from(calendar, NULL, &builder, NULL));
  assert_ok(sla_calendar_builder_add_yearly_holiday(builder, 5, 1, "June", 4, NULL));
  sla_calendar_unref(calendar);
  calendar = built(builder);
  uids after = uids_of(calendar, "UTC", "May"), other = uids_of(calendar, "Etc/UTC", "May");
  for (size_t i = 0; i < 3; i++) {
    assert_string_equal(before.uids[i], after.uids[i]);
    assert_string_not_equal(before.uids[i], other.uids[i]);
  }
  uids june = uids_of(calendar, "UTC", "June");
  assert_string_not_equal(june.uids[0], before.uids[0]);
  sla_calendar_unref(calendar);
}

/* ---- texts ---- */

/* What the standard makes of the text: ends of lines are one, control characters are blanks. */
static void expected_text(const char *text, char *to) {
  for (; *text != '\0'; text++) {
    if (*text == '\r' && text[1] == '\n') continue;
    *to = *text == '\r' ? '\n' : *text;
    if (((unsigned char)*to < 0x20 && *to != '\n' && *to != '\t') || *to == 0x7F) *to = ' ';
    to++;
  }
  *to = '\0';
}

static void assert_read_by_libical(const sla_ical_writer *writer, const char *uid,
                                   const char *summary) {
  char *file = written(writer);
  icalcomponent *calendar = icalparser_parse_string(file);
  assert_non_null(calendar);
  assert_int_equal(icalcomponent_count_errors(calendar), 0);
  icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
  assert_string_equal(icalcomponent_get_summary(event), summary);
  assert_string_equal(icalcomponent_get_uid(event), uid);
  assert_int_equal(icalcomponent_count_properties(event, ICAL_ANY_PROPERTY), 5);
  icalcomponent_free(calendar);
  free(file);
}

static void texts_come_back_whatever_is_in_them(void **state) {
  static const char *const pieces[] = {
      "a", ",", ";", ":", "\\", "\\n", "\"", "\n", "\r\n", "\r", "\t", " ", "\x01", "\x7f",
      "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "END:VEVENT", "=", "^n", "BEGIN:VEVENT\n"};
  uint64_t seed = support_seed();
  (void)state;
  for (long i = draws(2000); i > 0; i--) {
    char text[1200] = "x", uid[1200], wanted[1200];
    int64_t length = random_between(&seed, 0, 80);
    for (int64_t k = 0; k < length; k++)
      strcat(text, pieces[random_between(&seed, 0, COUNT_OF(pieces) - 1)]);
    strcat(text, "x"); /* libical's getters cut blanks off */
    expected_text(text, wanted);
    snprintf(uid, sizeof uid, "%s", text);
    sla_ical_writer *writer = new_writer();
    const sla_ical_due due = due_of(SLA_ICAL_EVENT);
    assert_ok(add_due(writer, &due, uid, text, NULL));
    char *file = written(writer);
    free(unfolded(file));
    free(file);
    assert_read_by_libical(writer, wanted, wanted);
    sla_ical_writer_free(writer);
  }
}

/* libical 3 folds some lines between the two bytes of their end. */
static void lines_of_every_length_are_folded(void **state) {
  static const char *const pieces[] = {"a", "\xc3\xa9", "\xf0\x9f\x98\x80", "a b", "''"};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(pieces); i++) {
    char text[620] = "", line[640];
    while (strlen(text) < 600) {
      sla_ical_writer *writer = new_writer();
      const sla_ical_due due = due_of(SLA_ICAL_EVENT);
      strcat(text, pieces[i]);
      assert_ok(add_due(writer, &due, "u", text, NULL));
      char *file = written(writer), *lines = unfolded(file);
      snprintf(line, sizeof line, "SUMMARY:%s", text);
      if (!has_line(lines, line)) fail_msg("%s:\n%s", line, file);
      assert_true(has_line(lines, "END:VCALENDAR"));
      free(lines);
      free(file);
      sla_ical_writer_free(writer);
    }
  }
}

static void a_tzid_is_quoted_where_it_has_to_be(void **state) {
  sla_ical_writer *writer = new_writer();
  sla_calendar *calendar = paris();
  (void)state;
  assert_ok(add_calendar(writer, calendar, "(UTC+01:00) Paris; Madrid", NULL));
  char *file = written(writer), *lines = unfolded(file);
  assert_true(has_line(lines, "TZID:(UTC+01:00) Paris\\; Madrid"));
  assert_true(has_line(lines, "DTSTART;TZID=\"(UTC+01:00) Paris; Madrid\":20261224T090000"));
  free(lines);
  free(file);
  sla_calendar_unref(calendar);
  sla_ical_writer_free(writer);
}

/* ---- zones ---- */

typedef struct {
  int64_t onset; /* on the clock before it */
  int32_t from, to;
} observance;

static int64_t number(const char *digits, int count) {
  int64_t n = 0;
  while (count-- > 0) n = n * 10 + (*digits++ - '0');
  return n;
}

static int64_t wall_of(const char *text) {
  int32_t days = 0;
  assert_ok(sla_date_to_days((sla_date)number(text, 8), &days));
  return days * INT64_C(86400) + number(text + 9, 2) * 3600 + number(text + 11, 2) * 60 +
         number(text + 13, 2);
}

static int32_t offset_of(const char *text) {
  int32_t seconds = (int32_t)(number(text + 1, 2) * 3600 + number(text + 3, 2) * 60);
  if (strlen(text) == 7) seconds += (int32_t)number(text + 5, 2);
  return text[0] == '-' ? -seconds : seconds;
}

static size_t observances_of(char *lines, observance *all, size_t most) {
  size_t count = 0, begun = 0;
  for (char *line = strtok(lines, "\n"); line != NULL; line = strtok(NULL, "\n")) {
    if (strcmp(line, "END:VTIMEZONE") == 0) break;
    if (strcmp(line, "BEGIN:STANDARD") == 0 || strcmp(line, "BEGIN:DAYLIGHT") == 0) begun = count;
    bool onset = strncmp(line, "DTSTART:", 8) == 0 || strncmp(line, "RDATE:", 6) == 0;
    if (onset) {
      assert_true(count < most);
      all[count] = all[begun];
      all[count++].onset = wall_of(strchr(line, ':') + 1);
    }
    for (size_t i = begun; i < count; i++) {
      if (strncmp(line, "TZOFFSETFROM:", 13) == 0) all[i].from = offset_of(line + 13);
      if (strncmp(line, "TZOFFSETTO:", 11) == 0) all[i].to = offset_of(line + 11);
    }
  }
  return count;
}

static int32_t offset_told(const observance *all, size_t count, sla_time time) {
  const observance *latest = NULL;
  for (size_t i = 0; i < count; i++) {
    sla_time begins = all[i].onset - all[i].from;
    if (begins <= time && (latest == NULL || begins > latest->onset - latest->from))
      latest = &all[i];
  }
  assert_non_null(latest);
  return latest->to;
}

static void check_zone(const char *name, int32_t first_year, uint64_t *seed) {
  static observance all[4000];
  sla_calendar *calendar = calendar_of(name, "24/7");
  sla_ical_writer *writer = new_writer();
  sla_date first = first_year * 10000 + 101, last = (first_year + 60) * 10000 + 1231;
  int32_t from = 0, to = 0, offset = 0;
  assert_ok(sla_ical_writer_add_calendar(writer, calendar, name, strlen(name), first, last, STAMP,
                                         NULL));
  char *file = written(writer), *lines = unfolded(file);
  size_t count = observances_of(lines, all, COUNT_OF(all));
  assert_ok(sla_date_to_days(first, &from));
  assert_ok(sla_date_to_days(last, &to));
  for (int i = 0; i < 2000; i++) {
    /* Anywhere, or beside a change. */
    sla_time time = random_between(seed, from * INT64_C(86400), to * INT64_C(86400));
    if (i % 2 == 0 && count > 1) {
      const observance *o = &all[random_between(seed, 1, (int64_t)count - 1)];
      time = o->onset - o->from + random_between(seed, -1, 0);
    }
    assert_ok(sla_zone_offset_at(sla_calendar_zone(calendar), time, &offset));
    if (offset_told(all, count, time) != offset) {
      char text[SUPPORT_TIME_TEXT];
      fail_msg("%s at %s", name, time_text(time, text));
    }
  }
  free(lines);
  free(file);
  sla_ical_writer_free(writer);
  sla_calendar_unref(calendar);
}

static void a_vtimezone_tells_what_the_zone_does(void **state) {
  static const char *const names[] = {
      "UTC",           "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Europe/Dublin",
      "Europe/Amsterdam", "Europe/Warsaw", "Australia/Lord_Howe", "Pacific/Apia",
      "Africa/Casablanca"};
  uint64_t seed = support_seed();
  (void)state;
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    check_zone(names[i], 1900, &seed);
    check_zone(names[i], 1970, &seed);
    check_zone(names[i], 2026, &seed);
  }
}

/* ---- refusals ---- */

typedef struct {
  const char *what;
  sla_ical_due due;
  const char *uid, *summary;
  int32_t code;
  uint32_t argument;
  int64_t value, limit;
} refusal;

static void due_dates_are_refused_and_change_nothing(void **state) {
  static const refusal refusals[] = {
      {"no such component", {STAMP, SLA_NONE, STAMP, 3, 0}, "u", "s", SLA_E_ARGUMENT, 2, 3, 2},
      {"no component", {STAMP, SLA_NONE, STAMP, 0, 0}, "u", "s", SLA_E_ARGUMENT, 2, 0, 2},
      {"priority", {STAMP, SLA_NONE, STAMP, 1, 10}, "u", "s", SLA_E_ARGUMENT, 2, 10, 9},
      {"no due", {SLA_NONE, SLA_NONE, STAMP, 1, 0}, "u", "s", SLA_E_RANGE, 2, SLA_NONE,
       SLA_TIME_MIN},
      {"late due", {SLA_TIME_MAX + 1, SLA_NONE, STAMP, 1, 0}, "u", "s", SLA_E_RANGE, 2,
       SLA_TIME_MAX + 1, SLA_TIME_MAX},
      {"no stamp", {STAMP, SLA_NONE, SLA_NONE, 1, 0}, "u", "s", SLA_E_RANGE, 2, SLA_NONE,
       SLA_TIME_MIN},
      {"early from", {STAMP, SLA_TIME_MIN - 1, STAMP, 1, 0}, "u", "s", SLA_E_RANGE, 2,
       SLA_TIME_MIN - 1, SLA_TIME_MIN},
      {"from at due", {STAMP, STAMP, STAMP, 1, 0}, "u", "s", SLA_ICAL_E_EVENT, 2, STAMP, STAMP},
      {"from after due", {STAMP, STAMP + 1, STAMP, 2, 0}, "u", "s", SLA_ICAL_E_EVENT, 2, STAMP + 1,
       STAMP},
      {"no UID", {STAMP, SLA_NONE, STAMP, 1, 0}, "", "s", SLA_E_NAME, 4, 0, 1},
      {"UID", {STAMP, SLA_NONE, STAMP, 1, 0}, "\xff", "s", SLA_E_NAME, 4, 0, 0},
      {"summary", {STAMP, SLA_NONE, STAMP, 1, 0}, "u", "\xc3", SLA_E_NAME, 6, 0, 0},
  };
  sla_ical_writer *writer = new_writer();
  const sla_ical_due good = due_of(SLA_ICAL_EVENT);
  (void)state;
  assert_ok(add_due(writer, &good, "u", "s", NULL));
  char *before = written(writer);
  for (size_t i = 0; i < COUNT_OF(refusals); i++) {
    const refusal *r = &refusals[i];
    sla_error error = {0};
    if (add_due(writer, &r->due, r->uid, r->summary, &error) != r->code) fail_msg("%s", r->what);
    assert_code(error.code, r->code);
    if (error.argument != r->argument) fail_msg("%s: argument %u", r->what, error.argument);
    assert_number(error.value, r->value);
    assert_number(error.limit, r->limit);
    char *after = written(writer);
    assert_string_equal(before, after);
    free(after);
  }
  free(before);
  sla_ical_writer_free(writer);
}

static void records_of_other_sizes(void **state) {
  sla_ical_writer *writer = new_writer();
  struct {
    sla_ical_due due;
    int64_t later;
  } longer = {due_of(SLA_ICAL_TODO), 0};
  sla_error error = {0};
  (void)state;
  assert_int_equal(sla_ical_due_size(), sizeof(sla_ical_due));
  assert_ok(sla_ical_writer_add_due(writer, &longer.due, sizeof longer, "u", 1, "", 0, NULL));
  longer.later = 1;
  assert_code(sla_ical_writer_add_due(writer, &longer.due, sizeof longer, "u", 1, "", 0, &error),
              SLA_E_ABI);
  assert_int_equal(error.argument, 3);
  assert_code(sla_ical_writer_add_due(writer, &longer.due, sizeof longer.due - 4, "u", 1, "", 0,
                                      NULL),
              SLA_E_ABI);
  sla_ical_writer_free(writer);
}

static void texts_and_alarms_need_a_due_date(void **state) {
  sla_ical_writer *writer = new_writer();
  const sla_ical_due due = due_of(SLA_ICAL_EVENT);
  sla_error error = {0};
  (void)state;
  assert_code(sla_ical_writer_add_alarm(writer, STAMP, &error), SLA_E_ARGUMENT);
  assert_int_equal(error.argument, 1);
  assert_code(sla_ical_writer_add_text(writer, SLA_ICAL_URL, "x", 1, &error), SLA_E_ARGUMENT);
  assert_int_equal(error.argument, 1);
  assert_ok(add_due(writer, &due, "u", "s", NULL));
  assert_code(sla_ical_writer_add_text(writer, SLA_ICAL_UID, "x", 1, &error), SLA_E_ARGUMENT);
  assert_int_equal(error.argument, 2);
  assert_code(sla_ical_writer_add_text(writer, SLA_ICAL_URL, "a b", 3, &error), SLA_E_NAME);
  assert_code(sla_ical_writer_add_text(writer, SLA_ICAL_URL, "a\nX:b", 5, &error), SLA_E_NAME);
  assert_int_equal(error.argument, 3);
  assert_code(sla_ical_writer_add_text(writer, SLA_ICAL_DESCRIPTION, "a\0b", 3, &error),
              SLA_E_NAME);
  assert_code(sla_ical_writer_add_alarm(writer, SLA_NONE, &error), SLA_E_RANGE);
  for (int i = 0; i < 16; i++) assert_ok(sla_ical_writer_add_alarm(writer, STAMP + i, NULL));
  char *before = written(writer);
  assert_code(sla_ical_writer_add_alarm(writer, STAMP, &error), SLA_E_LIMIT);
  assert_number(error.limit, 16);
  char *after = written(writer);
  assert_string_equal(before, after);
  assert_int_equal(count_lines(before, "BEGIN:VALARM\r"), 16);
  free(after);
  free(before);
  sla_ical_writer_free(writer);
}

static void texts_have_a_longest(void **state) {
  static char text[16386];
  sla_ical_writer *writer = new_writer();
  const sla_ical_due due = due_of(SLA_ICAL_EVENT);
  sla_error error = {0};
  (void)state;
  memset(text, 'a', sizeof text - 1);
  assert_code(add_due(writer, &due, "u", text, &error), SLA_E_NAME);
  assert_number(error.value, 16385);
  assert_number(error.limit, 16384);
  assert_code(sla_ical_writer_set_name(writer, text, 16385, NULL), SLA_E_NAME);
  text[16384] = '\0';
  assert_ok(add_due(writer, &due, text, text, NULL));
  assert_ok(sla_ical_writer_add_text(writer, SLA_ICAL_DESCRIPTION, text, 16384, NULL));
  assert_ok(sla_ical_writer_add_text(writer, SLA_ICAL_URL, text, 16384, NULL));
  assert_ok(sla_ical_writer_set_name(writer, text, 16384, NULL));
  char *file = written(writer);
  free(unfolded(file));
  free(file);
  sla_ical_writer_free(writer);
}

typedef struct {
  const char *tzid;
  size_t length;
  sla_date first, last;
  sla_time stamp;
  int32_t code;
  uint32_t argument;
} calendar_refusal;

static void calendars_are_refused_and_change_nothing(void **state) {
  static char long_name[257];
  static const calendar_refusal refusals[] = {
      {"", 0, 20260101, 20261231, STAMP, SLA_E_NAME, 3},
      {NULL, 3, 20260101, 20261231, STAMP, SLA_E_NULL, 3},
      {long_name, 256, 20260101, 20261231, STAMP, SLA_E_NAME, 3},
      {"a\"b", 3, 20260101, 20261231, STAMP, SLA_E_NAME, 3},
      {"a\nb", 3, 20260101, 20261231, STAMP, SLA_E_NAME, 3},
      {"a\x7f", 2, 20260101, 20261231, STAMP, SLA_E_NAME, 3},
      {"\xe9", 1, 20260101, 20261231, STAMP, SLA_E_NAME, 3},
      {"UTC", 3, 20260230, 20261231, STAMP, SLA_E_DATE, 5},
      {"UTC", 3, 10101, 20261231, STAMP, SLA_E_DATE, 5},
      {"UTC", 3, 20260101, 20260100, STAMP, SLA_E_DATE, 6},
      {"UTC", 3, 20260101, 99990101, STAMP, SLA_E_DATE, 6},
      {"UTC", 3, 20260102, 20260101, STAMP, SLA_E_DATE, 6},
      {"UTC", 3, 20000101, 21000101, STAMP, SLA_ICAL_E_WINDOW, 6},
      {"UTC", 3, 20260101, 20261231, SLA_NONE, SLA_E_RANGE, 7},
  };
  sla_ical_writer *writer = new_writer();
  sla_calendar *calendar = calendar_of("UTC", "24/7");
  (void)state;
  memset(long_name, 'a', sizeof long_name);
  char *before = written(writer);
  for (size_t i = 0; i < COUNT_OF(refusals); i++) {
    const calendar_refusal *r = &refusals[i];
    sla_error error = {0};
    assert_code(sla_ical_writer_add_calendar(writer, calendar, r->tzid, r->length, r->first,
                                             r->last, r->stamp, &error),
                r->code);
    assert_int_equal(error.argument, r->argument);
  }
  char *after = written(writer);
  assert_string_equal(before, after);
  assert_ok(sla_ical_writer_add_calendar(writer, calendar, long_name, 255, 20000101, 20991231,
                                         STAMP, NULL)); /* 36,525 days */
  assert_code(add_calendar(writer, calendar, "UTC", NULL), SLA_E_LIMIT);
  free(before);
  free(after);
  sla_calendar_unref(calendar);
  sla_ical_writer_free(writer);
}

static void a_zone_beyond_a_day_cannot_be_written(void **state) {
  static const int32_t offsets[] = {86400, -86400, 26 * 3600};
  sla_ical_writer *writer = new_writer();
  (void)state;
  for (size_t i = 0; i < COUNT_OF(offsets); i++) {
    sla_calendar_builder *builder = builder_of("UTC", "24/7");
    sla_zone *zone = NULL;
    sla_error error = {0};
    assert_ok(sla_zone_new_fixed(offsets[i], NULL, &zone, NULL));
    assert_ok(sla_calendar_builder_set_zone(builder, zone, NULL));
    sla_calendar *calendar = built(builder);
    assert_code(add_calendar(writer, calendar, "far", &error), SLA_ICAL_E_ZONE);
    assert_int_equal(error.argument, 2);
    assert_lines(writer, HEAD TAIL);
    sla_calendar_unref(calendar);
    sla_zone_unref(zone);
  }
  sla_ical_writer_free(writer);
}

static void pointers_that_must_not_be_null(void **state) {
  sla_ical_writer *writer = new_writer();
  sla_calendar *calendar = calendar_of("UTC", "24/7");
  const sla_ical_due due = due_of(SLA_ICAL_EVENT);
  size_t length = 0;
  char byte;
  (void)state;
  assert_code(sla_ical_writer_new(NULL, NULL, NULL), SLA_E_NULL);
  assert_code(sla_ical_writer_set_name(NULL, "a", 1, NULL), SLA_E_NULL);
  assert_code(sla_ical_writer_set_name(writer, NULL, 1, NULL), SLA_E_NULL);
  assert_code(add_calendar(NULL, calendar, "UTC", NULL), SLA_E_NULL);
  assert_code(add_calendar(writer, NULL, "UTC", NULL), SLA_E_NULL);
  assert_code(add_due(NULL, &due, "u", "s", NULL), SLA_E_NULL);
  assert_code(add_due(writer, NULL, "u", "s", NULL), SLA_E_NULL);
  assert_code(sla_ical_writer_add_due(writer, &due, sizeof due, NULL, 1, "s", 1, NULL), SLA_E_NULL);
  assert_code(sla_ical_writer_add_due(writer, &due, sizeof due, "u", 1, NULL, 1, NULL), SLA_E_NULL);
  assert_code(sla_ical_writer_add_text(NULL, SLA_ICAL_URL, "x", 1, NULL), SLA_E_NULL);
  assert_code(sla_ical_writer_add_alarm(NULL, STAMP, NULL), SLA_E_NULL);
  assert_code(sla_ical_writer_text(NULL, NULL, 0, &length), SLA_E_NULL);
  assert_code(sla_ical_writer_text(writer, NULL, 0, NULL), SLA_E_NULL);
  assert_code(sla_ical_writer_text(writer, NULL, 1, &length), SLA_E_NULL);
  assert_ok(sla_ical_writer_text(writer, &byte, 1, &length));
  sla_ical_writer_free(NULL);
  sla_calendar_unref(calendar);
  sla_ical_writer_free(writer);
}

/* ---- memory ---- */

typedef struct {
  long blocks, countdown; /* the request that fails, from 1 */
} memory;

static void *resize(void *context, void *pointer, size_t old_size, size_t new_size) {
  memory *m = context;
  (void)old_size;
  if (new_size == 0) {
    m->blocks -= pointer != NULL;
    free(pointer);
    return NULL;
  }
  if (m->countdown > 0 && --m->countdown == 0) return NULL;
  void *moved = realloc(pointer, new_size);
  m->blocks += pointer == NULL && moved != NULL;
  return moved;
}

/* One step of making a file; each is tried with every request of memory failing once. */
static int32_t take_step(int step, sla_ical_writer *writer, const sla_calendar *calendar) {
  const sla_ical_due due = due_of(SLA_ICAL_TODO);
  switch (step) {
    case 0: return sla_ical_writer_set_name(writer, "name", 4, NULL);
    case 1: return add_calendar(writer, calendar, "Europe/Paris", NULL);
    case 2: return add_due(writer, &due, "u", "a summary that is long enough to be folded once or "
                                             "twice, and then some more", NULL);
    case 3: return sla_ical_writer_add_text(writer, SLA_ICAL_DESCRIPTION, "text", 4, NULL);
    case 4: return sla_ical_writer_add_text(writer, SLA_ICAL_URL, "x:y", 3, NULL);
    case 5: return sla_ical_writer_add_alarm(writer, STAMP, NULL);
    default: return add_due(writer, &due, "v", "another", NULL);
  }
}

static void every_allocation_fails_once(void **state) {
  memory m = {0, 0};
  const sla_allocator allocator = {resize, &m};
  sla_ical_writer *writer = NULL;
  sla_calendar *calendar = paris();
  long failures = 0;
  (void)state;
  for (m.countdown = 1;; m.countdown = failures + 1) {
    if (sla_ical_writer_new(&allocator, &writer, NULL) == SLA_OK) break;
    assert_null(writer);
    assert_number(m.blocks, 0);
    failures++;
  }
  for (int step = 0; step <= 6; step++) {
    for (long request = 1;; request++) {
      char *before = written(writer);
      m.countdown = request;
      int32_t code = take_step(step, writer, calendar);
      bool failed = m.countdown == 0;
      m.countdown = 0;
      char *after = written(writer);
      if (failed) {
        assert_code(code, SLA_E_MEMORY);
        assert_string_equal(before, after);
        failures++;
      } else {
        assert_code(code, SLA_OK);
      }
      free(before);
      free(after);
      if (!failed) break;
    }
  }
  sla_ical_writer_free(writer);
  assert_number(m.blocks, 0);
  sla_calendar_unref(calendar);
  print_message("%ld failures\n", failures);
  assert_true(failures > 20);
}

/* ---- threads ---- */

#define THREADS 8

typedef struct {
  pthread_t thread;
  const sla_calendar *calendar;
  char *file;
} scribe;

static char *write_all(const sla_calendar *calendar) {
  sla_ical_writer *writer = new_writer();
  for (int step = 0; step <= 6; step++) assert_ok(take_step(step, writer, calendar));
  char *file = written(writer);
  sla_ical_writer_free(writer);
  return file;
}

static void *write_often(void *argument) {
  scribe *s = argument;
  for (int i = 0; i < 20; i++) {
    free(s->file);
    s->file = write_all(s->calendar);
  }
  return NULL;
}

static void any_number_may_write_at_once(void **state) {
  scribe scribes[THREADS] = {0};
  sla_calendar *calendar = paris();
  char *file = write_all(calendar);
  (void)state;
  for (int i = 0; i < THREADS; i++) {
    scribes[i].calendar = calendar;
    assert_int_equal(pthread_create(&scribes[i].thread, NULL, write_often, &scribes[i]), 0);
  }
  for (int i = 0; i < THREADS; i++) {
    assert_int_equal(pthread_join(scribes[i].thread, NULL), 0);
    assert_string_equal(scribes[i].file, file);
    free(scribes[i].file);
  }
  free(file);
  sla_calendar_unref(calendar);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_file_without_anything),
      cmocka_unit_test(due_dates_line_by_line),
      cmocka_unit_test(an_event_may_last_and_texts_may_be_taken_back),
      cmocka_unit_test(a_calendar_line_by_line),
      cmocka_unit_test(an_entry_keeps_its_uid_and_no_two_share_one),
      cmocka_unit_test(texts_come_back_whatever_is_in_them),
      cmocka_unit_test(lines_of_every_length_are_folded),
      cmocka_unit_test(a_tzid_is_quoted_where_it_has_to_be),
      cmocka_unit_test(a_vtimezone_tells_what_the_zone_does),
      cmocka_unit_test(due_dates_are_refused_and_change_nothing),
      cmocka_unit_test(records_of_other_sizes),
      cmocka_unit_test(texts_and_alarms_need_a_due_date),
      cmocka_unit_test(texts_have_a_longest),
      cmocka_unit_test(calendars_are_refused_and_change_nothing),
      cmocka_unit_test(a_zone_beyond_a_day_cannot_be_written),
      cmocka_unit_test(pointers_that_must_not_be_null),
      cmocka_unit_test(every_allocation_fails_once),
      cmocka_unit_test(any_number_may_write_at_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
