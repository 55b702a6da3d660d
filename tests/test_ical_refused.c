/* SPDX-License-Identifier: MIT */
/* Files that are refused, each for its own reason and at the line and column where it is wrong, and
 * the limits, each by the least that is over it.  The calendar is in Europe/Paris. */
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

#define PARIS "Europe/Paris"

typedef struct {
  const char *name, *text, *expected;
} row;

#define ZONE(name, lines)                                                                        \
  "BEGIN:VTIMEZONE\nTZID:" name "\nBEGIN:STANDARD\n" lines "END:STANDARD\nEND:VTIMEZONE\n"
#define OBSERVANCE "DTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"

#define TWO "20240102,20240102,"
#define TEN TWO TWO TWO TWO TWO

/* Lines are counted in the text: an event's first own line is the second, in a calendar the third. */
static const row rows[] = {
    /* ---- no iCalendar ---- */
    {"nothing", "", "SLA_ICAL_E_SYNTAX 1:1"},
    {"line ends alone", "\n\r\n\n", "SLA_ICAL_E_SYNTAX 4:1"},
    {"a byte order mark alone", "\xEF\xBB\xBF", "SLA_ICAL_E_SYNTAX 1:4"},
    {"a page", "<!DOCTYPE html>\n<html><body>404</body></html>\n", "SLA_ICAL_E_SYNTAX 1:1"},
    {"a header of mail before it", "Content-Type: text/calendar\n\n" CALENDAR(""),
     "SLA_ICAL_E_SYNTAX 1:1"},
    {"text after it", CALENDAR("") "DTSTART:20240101\n", "SLA_ICAL_E_SYNTAX 3:1"},
    {"an end without a beginning", "END:VCALENDAR\n", "SLA_ICAL_E_SYNTAX 1:1"},
    {"a component without a name", "BEGIN:\nEND:\n", "SLA_ICAL_E_SYNTAX 1:1"},
    {"the end of another", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", "SLA_ICAL_E_SYNTAX 3:1"},
    {"cut off in a calendar", "BEGIN:VCALENDAR\n" EVENT("DTSTART:20240101\n"),
     "SLA_ICAL_E_SYNTAX 5:1"},
    {"cut off in a line", "BEGIN:VEVENT\nDTSTA", "SLA_ICAL_E_SYNTAX 2:6"},

    /* ---- bytes ---- */
    {"a byte that is not UTF-8", EVENT("DTSTART:20240101\nSUMMARY:caf\xE9\n"),
     "SLA_ICAL_E_ENCODING 3:12"},
    {"a character cut off", EVENT("DTSTART:20240101\nSUMMARY:\xE2\x82\n"), "SLA_ICAL_E_ENCODING 3:9"},
    {"a character that is too long", EVENT("SUMMARY:\xC0\x80\n"), "SLA_ICAL_E_ENCODING 2:9"},
    {"half of a pair", EVENT("SUMMARY:\xED\xA0\x80\n"), "SLA_ICAL_E_ENCODING 2:9"},
    {"beyond Unicode", EVENT("SUMMARY:\xF4\x90\x80\x80\n"), "SLA_ICAL_E_ENCODING 2:9"},
    {"a bad byte after a fold", "BEGIN:VEVENT\r\nSUMMARY:caf\xC3\r\n \xA9t\r\n \xE9\r\nEND:VEVENT\r\n",
     "SLA_ICAL_E_ENCODING 4:2"},
    {"UTF-16", "\xFF\xFE" "B", "SLA_ICAL_E_ENCODING 1:1"},

    /* ---- values that say when ---- */
    {"a day that is none", EVENT("DTSTART:20240230\n"), "SLA_ICAL_E_VALUE 2:9"},
    {"a month that is none", EVENT("DTSTART;VALUE=DATE:20241332\n"), "SLA_ICAL_E_VALUE 2:20"},
    {"a year that is none", EVENT("DTSTART:00000101\n"), "SLA_ICAL_E_VALUE 2:9"},
    {"a date that is cut off", EVENT("DTSTART;VALUE=DATE:2024013\n"), "SLA_ICAL_E_VALUE 2:20"},
    {"an hour that is none", EVENT("DTSTART:20240101T250000\n"), "SLA_ICAL_E_VALUE 2:9"},
    {"a time that is cut off", EVENT("DTSTART:20240101T10\n"), "SLA_ICAL_E_VALUE 2:9"},
    {"a date with dashes", EVENT("DTSTART:2024-01-01\n"), "SLA_ICAL_E_VALUE 2:9"},
    {"a date with a Z", EVENT("DTSTART:20240101\nRDATE:20131210Z\n"), "SLA_ICAL_E_VALUE 3:7"},
    {"no value", EVENT("DTSTART:\n"), "SLA_ICAL_E_VALUE 2:9"},
    {"no colon", EVENT("DTSTART;VALUE=DATE\n"), "SLA_ICAL_E_VALUE 2:1"},
    {"a blank for a colon", EVENT("DTSTART 20240101\n"), "SLA_ICAL_E_VALUE 2:1"},
    {"quotes that do not end", EVENT("DTSTART;TZID=\"A:20240101\n"), "SLA_ICAL_E_VALUE 2:1"},
    {"two values", EVENT("DTSTART:20240101,20240102\n"), "SLA_ICAL_E_VALUE 2:9"},
    {"a type that is none", EVENT("DTSTART;VALUE=FOO:20240101\n"), "SLA_ICAL_E_VALUE 2:19"},
    {"an end that is none", EVENT("DTSTART:20240101\nDTEND:20240132\n"), "SLA_ICAL_E_VALUE 3:7"},
    {"a duration that is none", EVENT("DTSTART:20240101\nDURATION:3 days\n"), "SLA_ICAL_E_VALUE 3:10"},
    {"a duration of weeks after the T", EVENT("DTSTART:20240101\nDURATION:PT1W\n"),
     "SLA_ICAL_E_VALUE 3:10"},
    {"the second of three dates", EVENT("DTSTART:20240101\nEXDATE:20240102,2024,20240103\n"),
     "SLA_ICAL_E_VALUE 3:17"},
    {"a comma at the end", EVENT("DTSTART:20240101\nRDATE:20240102,\n"), "SLA_ICAL_E_VALUE 3:16"},
    {"the hundredth date of a list",
     EVENT("DTSTART:20240101\nRDATE:"
           TEN TEN TEN TEN TEN TEN TEN TEN TEN TWO TWO TWO TWO "20240102,20240199\n"),
     "SLA_ICAL_E_VALUE 3:898"},
    {"a period of dates", EVENT("DTSTART:20240101\nRDATE;VALUE=PERIOD:19970101/19970102\n"),
     "SLA_ICAL_E_VALUE 3:20"},
    {"an identity that is none", EVENT("DTSTART:20240101\nRECURRENCE-ID:x\n"), "SLA_ICAL_E_VALUE 3:15"},
    {"in a line that is folded", "BEGIN:VEVENT\r\nDTSTART;VAL\r\n UE=DA\r\n TE:2024\r\n 0230\r\nEND:VEVENT\r\n",
     "SLA_ICAL_E_VALUE 4:5"},
    {"in a list that is folded", EVENT("DTSTART:20240101\nEXDATE:20240\n 102,\n 20240103,\n\t2024010x\n"),
     "SLA_ICAL_E_VALUE 6:2"},
    {"after two calendars", CALENDAR(EVENT("DTSTART:20240101\n")) CALENDAR(EVENT("DTSTART:2024\n")),
     "SLA_ICAL_E_VALUE 8:9"},
    {"of an event that is cancelled", EVENT("STATUS:CANCELLED\nDTSTART:2024\n"),
     "SLA_ICAL_E_VALUE 3:9"},
    {"with carriage returns alone", "BEGIN:VEVENT\rDTSTART:2024\rEND:VEVENT\r", "SLA_ICAL_E_VALUE 2:9"},

    /* ---- rules ---- */
    {"a frequency that is none", EVENT("DTSTART:20240101\nRRULE:FREQ=OFTEN\n"), "SLA_ICAL_E_RULE 3:12"},
    {"no rule at all", EVENT("DTSTART:20240101\nRRULE:RRULE:FREQ=DAILY\n"), "SLA_ICAL_E_RULE 3:7"},
    {"an interval of nothing", EVENT("DTSTART:20240101\nRRULE:FREQ=DAILY;INTERVAL=0\n"),
     "SLA_ICAL_E_RULE 3:27"},
    {"more Sundays than a year has", EVENT("DTSTART:20240101\nRRULE:FREQ=YEARLY;BYDAY=255SU\n"),
     "SLA_ICAL_E_RULE 3:25"},
    {"a count beyond counting", EVENT("DTSTART:20240101\nRRULE:FREQ=YEARLY;COUNT=99999999999\n"),
     "SLA_ICAL_E_RULE 3:25"},
    {"every second", EVENT("DTSTART:20240101\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\n"),
     "SLA_ICAL_E_UNSUPPORTED 3:12"},
    {"another scale", EVENT("DTSTART:20240101\nRRULE:RSCALE=CHINESE;FREQ=YEARLY\n"),
     "SLA_ICAL_E_UNSUPPORTED 3:7"},
    {"a rule that excludes", EVENT("DTSTART:20240101\nEXRULE:FREQ=DAILY\n"),
     "SLA_ICAL_E_UNSUPPORTED 3:8"},
    {"this and all that follow", EVENT("DTSTART:20240101\nRECURRENCE-ID;RANGE=THISANDFUTURE:20240101\n"),
     "SLA_ICAL_E_UNSUPPORTED 3:35"},

    /* ---- events ---- */
    {"no start", CALENDAR(EVENT("SUMMARY:x\n")), "SLA_ICAL_E_EVENT 2:1"},
    {"an end before the start", EVENT("DTSTART:20240102\nDTEND:20240101\n"), "SLA_ICAL_E_EVENT 3:7"},
    {"an end before the start, by zones",
     EVENT("DTSTART:20240101T120000Z\nDTEND;TZID=Europe/Paris:20240101T125959\n"),
     "SLA_ICAL_E_EVENT 3:25"},
    {"a date to a time", EVENT("DTSTART:20240101\nDTEND:20240102T100000\n"), "SLA_ICAL_E_EVENT 3:7"},
    {"an end and a duration", EVENT("DTSTART:20240101\nDTEND:20240102\nDURATION:P1D\n"),
     "SLA_ICAL_E_EVENT 4:10"},
    {"two starts", EVENT("DTSTART:20240101\nDTSTART:20240101\n"), "SLA_ICAL_E_EVENT 3:9"},
    {"two ends", EVENT("DTSTART:20240101\nDTEND:20240102\nDTEND:20240102\n"), "SLA_ICAL_E_EVENT 4:7"},
    {"two durations", EVENT("DTSTART:20240101\nDURATION:P1D\nDURATION:P1D\n"), "SLA_ICAL_E_EVENT 4:10"},
    {"a duration that goes back", EVENT("DTSTART:20240101\nDURATION:-P1D\n"), "SLA_ICAL_E_EVENT 3:10"},
    {"half a day of a date", EVENT("DTSTART:20240101\nDURATION:PT12H\n"), "SLA_ICAL_E_EVENT 3:10"},
    {"a period that ends before it starts",
     EVENT("DTSTART:20240101T100000\nRDATE;VALUE=PERIOD:20240102T100000/20240102T090000\n"),
     "SLA_ICAL_E_EVENT 3:20"},
    {"a change that recurs", EVENT("DTSTART:20240101\nRECURRENCE-ID:20240101\nRRULE:FREQ=DAILY\n"),
     "SLA_ICAL_E_EVENT 1:1"},

    /* ---- zones ---- */
    {"a zone that nobody explains", EVENT("DTSTART;TZID=Europe/Germany:20240101T100000\n"),
     "SLA_ICAL_E_ZONE 2:29"},
    {"part of a name", EVENT("DTSTART;TZID=/x/Europe/Par:20240101T100000\n"), "SLA_ICAL_E_ZONE 2:28"},
    {"the end of a name without its slash", EVENT("DTSTART;TZID=x/Europe/Paris:20240101T100000\n"),
     "SLA_ICAL_E_ZONE 2:29"},
    {"a zone without observances",
     CALENDAR("BEGIN:VTIMEZONE\nTZID:A\nEND:VTIMEZONE\n" EVENT("DTSTART;TZID=A:20240101T100000\n")),
     "SLA_ICAL_E_ZONE 6:16"},
    {"an observance every second", CALENDAR(ZONE("A", OBSERVANCE "RRULE:FREQ=SECONDLY\n")),
     "SLA_ICAL_E_UNSUPPORTED 8:12"},
    {"an observance with a bad rule", CALENDAR(ZONE("A", OBSERVANCE "RRULE:FREQ=YEARLY;BYWEEKNO=54\n")),
     "SLA_ICAL_E_RULE 8:28"},
    {"an observance without an offset",
     CALENDAR(ZONE("A", "DTSTART:16010101T030000\nTZOFFSETTO:+0100\n")), "SLA_ICAL_E_VALUE 4:1"},
    {"an offset that is none",
     CALENDAR(ZONE("A", "DTSTART:16010101T030000\nTZOFFSETFROM:1\nTZOFFSETTO:+0100\n")),
     "SLA_ICAL_E_VALUE 6:14"},
    {"an observance that starts in UTC", CALENDAR(ZONE("A", "DTSTART:16010101T030000Z\n")),
     "SLA_ICAL_E_VALUE 5:9"},
    {"an observance with a bad date", CALENDAR(ZONE("A", OBSERVANCE "RDATE:20240101T000000,x\n")),
     "SLA_ICAL_E_VALUE 8:23"},
    {"an observance with exceptions", CALENDAR(ZONE("A", OBSERVANCE "EXDATE:20240101T000000\n")),
     "SLA_ICAL_E_UNSUPPORTED 8:8"},
    {"what the host explains need not be right",
     CALENDAR(ZONE(PARIS, "DTSTART:x\n") EVENT("DTSTART;TZID=" PARIS ":20240101T100000\nDURATION:PT1H\n")),
     "20240101 closure 10:00-11:00\n"},
};

static void refuses(void **state) {
  const row *r = *state;
  sla_ical_reader *reader = reader_of(PARIS, 20240101, 20241231);
  char *told = told_holidays(reader, r->text, strlen(r->text));
  assert_string_equal(told, r->expected);
  free(told);
  sla_ical_reader_free(reader);
}

/* ---- zeros, which C text cannot hold ---- */

static void a_byte_that_is_zero(void **state) {
  static const char text[] = "BEGIN:VEVENT\nDTSTART:20240101\nSUMMARY:a\0b\nEND:VEVENT\n";
  sla_ical_reader *reader = reader_of(PARIS, 20240101, 20241231);
  (void)state;
  char *told = told_holidays(reader, text, sizeof text - 1);
  assert_string_equal(told, "SLA_ICAL_E_ENCODING 3:10");
  free(told);
  assert_ok(sla_ical_reader_set_latin1(reader, 1, NULL));
  told = told_holidays(reader, text, sizeof text - 1);
  assert_string_equal(told, "SLA_ICAL_E_ENCODING 3:10");
  free(told);
  sla_ical_reader_free(reader);
}

/* ---- without what a file needs ---- */

static void expect(const sla_ical_reader *reader, const char *text, const char *expected) {
  char *told = told_holidays(reader, text, strlen(text));
  assert_string_equal(told, expected);
  free(told);
}

static void a_calendar_without_a_zone(void **state) {
  sla_ical_reader *reader = reader_of(NULL, 20240101, 20241231);
  (void)state;
  name_zone(reader, PARIS, PARIS);
  expect(reader, EVENT("DTSTART:20240101T100000\nDTEND:20240101T110000\n"),
         "20240101 closure 10:00-11:00\n");
  expect(reader, EVENT("DTSTART:20240101T100000Z\n"), "SLA_ICAL_E_ZONE 2:9");
  expect(reader, EVENT("DTSTART;TZID=Europe/Paris:20240101T100000\n"), "SLA_ICAL_E_ZONE 2:27");
  sla_ical_reader_free(reader);
}

static void a_reader_without_a_window(void **state) {
  sla_ical_reader *reader = NULL;
  sla_ical_feed *feed = NULL;
  sla_error error = {0};
  const char text[] = EVENT("DTSTART:20240101\n");
  (void)state;
  assert_ok(sla_ical_reader_new(NULL, &reader, NULL));
  assert_code(sla_ical_read_holidays(reader, text, strlen(text), &feed, &error), SLA_ICAL_E_WINDOW);
  assert_number(error.limit, 36525);
  assert_ok(sla_ical_reader_set_window(reader, 20000101, 20991231, NULL));
  assert_code(sla_ical_read_holidays(reader, text, strlen(text), &feed, &error), SLA_OK);
  sla_ical_feed_unref(feed);
  feed = NULL;
  assert_ok(sla_ical_reader_set_window(reader, 20000101, 21000101, NULL));
  assert_code(sla_ical_read_holidays(reader, text, strlen(text), &feed, &error), SLA_ICAL_E_WINDOW);
  assert_number(error.value, 36526);
  assert_number(error.line, 0);
  assert_null(feed);
  sla_ical_reader_free(reader);
}

/* ---- limits ---- */

typedef struct {
  const char *name;
  sla_ical_limits limits;
  const char *within, *beyond; /* the least that is over it ... */
  const char *expected;        /* ... and what it is told */
  int64_t value, limit;
} limit_row;

static const limit_row limits[] = {
    {"bytes", {.bytes = 30}, "BEGIN:A\nX:45678901234567\nEND:A", "BEGIN:A\nX:456789012345678\nEND:A",
     "SLA_ICAL_E_SIZE", 31, 30},
    {"a line", {.line = 12}, "BEGIN:A\nX:3456789012\nEND:A\n", "BEGIN:A\nX:34567890123\nEND:A\n",
     "SLA_ICAL_E_LINE 2:13", 0, 12},
    {"a line with folds", {.line = 12}, "BEGIN:A\nX:34\n 567\n 89012\nEND:A\n",
     "BEGIN:A\nX:34\n 567\n 89012\n 3\nEND:A\n", "SLA_ICAL_E_LINE 5:2", 0, 12},
    {"nesting", {.nesting = 2}, "BEGIN:A\nBEGIN:B\nEND:B\nBEGIN:B\nEND:B\nEND:A\n",
     "BEGIN:A\nBEGIN:B\nBEGIN:C\nEND:C\nEND:B\nEND:A\n", "SLA_ICAL_E_NESTING 3:1", 3, 2},
    {"components", {.components = 2}, "BEGIN:A\nBEGIN:B\nEND:B\nEND:A\n",
     "BEGIN:A\nBEGIN:B\nEND:B\nEND:A\nBEGIN:C\nEND:C\n", "SLA_ICAL_E_COMPONENTS 5:1", 3, 2},
    {"properties", {.properties = 3}, "BEGIN:A\nX:1\nBEGIN:B\nX:1\nX:2\nEND:B\nY:1\nZ:1\nEND:A\n",
     "BEGIN:A\nX:1\nBEGIN:B\nX:1\nX:2\nEND:B\nY:1\nZ:1\nX:1\nEND:A\n", "SLA_ICAL_E_PROPERTIES 9:1", 4,
     3},
    {"values of a list", {.properties = 3}, "BEGIN:A\nCATEGORIES:a\\,b,c,d\nEND:A\n",
     "BEGIN:A\nCATEGORIES:a,b,c,d\nEND:A\n", "SLA_ICAL_E_PROPERTIES 2:1", 4, 3},
    {"parameters", {.parameters = 2}, "BEGIN:A\nX;A=1;B=\"2;3\":4;5;6\nEND:A\n",
     "BEGIN:A\nX;A=1;B=2;C=3:4\nEND:A\n", "SLA_ICAL_E_PARAMETERS 2:1", 3, 2},
    {"instances", {.instances = 3}, EVENT("DTSTART:20240101\nRRULE:FREQ=DAILY;COUNT=3\n"),
     EVENT("DTSTART:20240101\nRRULE:FREQ=DAILY;COUNT=2\n") EVENT("DTSTART:20240101\nRDATE:20240102\n"),
     "SLA_ICAL_E_INSTANCES 5:1", 4, 3},
    {"days that are searched", {.search_days = 800},
     EVENT("DTSTART:20240101\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\n"),
     EVENT("DTSTART:20200101\nRRULE:FREQ=DAILY;COUNT=2;BYMONTH=2;BYMONTHDAY=30\n"),
     "SLA_ICAL_E_INSTANCES 1:1", 0, 800},
    {"days that are searched for a zone", {.search_days = 800},
     CALENDAR(ZONE("A", OBSERVANCE "RRULE:FREQ=YEARLY;COUNT=9\n")
              EVENT("DTSTART;TZID=A:20240101T100000\nDURATION:PT1H\n")),
     CALENDAR(ZONE("A", OBSERVANCE "RRULE:FREQ=DAILY;COUNT=9;BYMONTH=2;BYMONTHDAY=30\n")
              EVENT("DTSTART;TZID=A:20240101T100000\nDURATION:PT1H\n")),
     "SLA_ICAL_E_INSTANCES 4:1", 0, 800},
    {"onsets of a zone", {.instances = 600},
     CALENDAR(ZONE("A", OBSERVANCE "RRULE:FREQ=YEARLY\n") EVENT("DTSTART;TZID=A:20240101T100000\n"
                                                                "DURATION:PT1H\n")),
     CALENDAR(ZONE("A", OBSERVANCE "RRULE:FREQ=MONTHLY\n") EVENT("DTSTART;TZID=A:20240101T100000\n")),
     "SLA_ICAL_E_INSTANCES 4:1", 601, 600},
};

static void a_limit(void **state) {
  const limit_row *r = *state;
  sla_ical_reader *reader = reader_of(PARIS, 20240101, 20241231);
  sla_ical_feed *feed = NULL;
  sla_error error = {0};
  assert_ok(sla_ical_reader_set_limits(reader, &r->limits, sizeof r->limits, NULL));
  assert_ok(sla_ical_read_holidays(reader, r->within, strlen(r->within), &feed, NULL));
  sla_ical_feed_unref(feed);
  feed = NULL;
  int32_t code = sla_ical_read_holidays(reader, r->beyond, strlen(r->beyond), &feed, &error);
  assert_null(feed);
  char *told = told_error(code, &error);
  assert_string_equal(told, r->expected);
  assert_number(error.value, r->value);
  assert_number(error.limit, r->limit);
  free(told);
  sla_ical_reader_free(reader);
}

#define ROWS (sizeof rows / sizeof rows[0])
#define LIMITS (sizeof limits / sizeof limits[0])

int main(void) {
  static struct CMUnitTest tests[ROWS + LIMITS + 3] = {
      cmocka_unit_test(a_byte_that_is_zero),
      cmocka_unit_test(a_calendar_without_a_zone),
      cmocka_unit_test(a_reader_without_a_window),
  };
  for (size_t i = 0; i < ROWS; i++)
    tests[3 + i] = (struct CMUnitTest){rows[i].name, refuses, NULL, NULL,
                                       (void *)(uintptr_t)&rows[i]};
  for (size_t i = 0; i < LIMITS; i++)
    tests[3 + ROWS + i] = (struct CMUnitTest){limits[i].name, a_limit, NULL, NULL,
                                              (void *)(uintptr_t)&limits[i]};
  return _cmocka_run_group_tests("refused", tests, sizeof tests / sizeof tests[0], NULL, NULL) != 0;
}
