/* SPDX-License-Identifier: MIT */
/* Opening hours from availability (RFC 7953) and from weekly events: a small file and what it
 * lists, row by row.  The calendar is in Europe/Paris and the window is 2024. */
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

#define AVAILABILITY(parts) "BEGIN:VAVAILABILITY\n" parts "END:VAVAILABILITY\n"
#define AVAILABLE(lines) "BEGIN:AVAILABLE\n" lines "END:AVAILABLE\n"

#define ONE(lines) AVAILABILITY(AVAILABLE(lines))

#define NINE_TO_FIVE                               \
  "DTSTART;TZID=Europe/Paris:20230102T090000\n" \
  "DTEND;TZID=Europe/Paris:20230102T170000\n"
#define OFFICE AVAILABLE(NINE_TO_FIVE "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\n")
#define OFFICE_HOURS "Mo-Fr 09:00-17:00, 20230102- hours\n"

/* As the writer has it. */
#define WRITTEN                                  \
  "RRULE:FREQ=WEEKLY;BYDAY=MO\nSUMMARY:Open\n" \
  "X-SLA-ENTRY:kind=1 recurrence=1 opens=32400 closes=61200 weekdays=1\n"

typedef struct {
  const char *name, *text, *expected;
} row;

static const row rows[] = {
    /* ---- weekly rules ---- */
    {"a week", AVAILABILITY(OFFICE), OFFICE_HOURS},
    {"within a calendar", CALENDAR(AVAILABILITY(OFFICE)), OFFICE_HOURS},
    {"the summary is the name",
     ONE(NINE_TO_FIVE "RRULE:FREQ=WEEKLY\nSUMMARY:Main Office\nUID:a\n"),
     "Mo 09:00-17:00, 20230102- hours Main Office\n"},
    {"its day of the week is the start's", ONE(NINE_TO_FIVE "RRULE:FREQ=WEEKLY\n"),
     "Mo 09:00-17:00, 20230102- hours\n"},
    {"every day", ONE(NINE_TO_FIVE "RRULE:FREQ=DAILY\n"),
     "Mo-Su 09:00-17:00, 20230102- hours\n"},
    {"every day of some", ONE(NINE_TO_FIVE "RRULE:FREQ=DAILY;BYDAY=SA,SU\n"),
     "Sa-Su 09:00-17:00, 20230102- hours\n"},
    {"a step of one, a first day of the week",
     ONE(NINE_TO_FIVE "RRULE:FREQ=WEEKLY;INTERVAL=1;WKST=SU;BYDAY=SU,MO\n"),
     "Mo,Su 09:00-17:00, 20230102- hours\n"},
    {"two in a day",
     AVAILABILITY(AVAILABLE("DTSTART:20230102T090000\nDURATION:PT3H\nRRULE:FREQ=WEEKLY\n")
                  AVAILABLE("DTSTART:20230102T130000\nDURATION:PT4H30M\nRRULE:FREQ=WEEKLY\n")),
     "Mo 09:00-12:00, 20230102- hours\nMo 13:00-17:30, 20230102- hours\n"},
    {"nights", ONE("DTSTART:20230102T220000\nDTEND:20230103T060000\n"
                                      "RRULE:FREQ=WEEKLY;BYDAY=MO,FR\n"),
     "Mo,Fr 22:00-06:00, 20230102- hours\n"},
    {"to midnight", ONE("DTSTART:20230102T180000\nDTEND:20230103T000000\n"
                                           "RRULE:FREQ=WEEKLY\n"),
     "Mo 18:00-24:00, 20230102- hours\n"},
    {"whole days", ONE("DTSTART:20230102T000000\nDTEND:20230103T000000\n"
                                          "RRULE:FREQ=DAILY\n"),
     "Mo-Su 00:00-24:00, 20230102- hours\n"},
    {"24 hours from another time", ONE("DTSTART:20230102T080000\nDURATION:P1D\n"
                                                          "RRULE:FREQ=WEEKLY\n"),
     "Mo 08:00-24:00, 20230102- hours\nTu 00:00-08:00, 20230103- hours\n"},
    {"from Monday to Friday without a break",
     ONE("DTSTART:20230102T080000\nDTEND:20230106T180000\nRRULE:FREQ=WEEKLY\n"),
     "Mo 08:00-24:00, 20230102- hours\nTu 00:00-24:00, 20230103- hours\n"
     "We 00:00-24:00, 20230104- hours\nTh 00:00-24:00, 20230105- hours\n"
     "Fr 00:00-18:00, 20230106- hours\n"},

    /* ---- from when to when ---- */
    {"until a time", ONE(NINE_TO_FIVE "RRULE:FREQ=WEEKLY;UNTIL=20240318T080000Z\n"),
     "Mo 09:00-17:00, 20230102-20240318 hours\n"},
    {"until just before it",
     ONE(NINE_TO_FIVE "RRULE:FREQ=WEEKLY;UNTIL=20240318T075959Z\n"),
     "Mo 09:00-17:00, 20230102-20240317 hours\n"},
    {"until a date", ONE(NINE_TO_FIVE "RRULE:FREQ=WEEKLY;UNTIL=20240318\n"),
     "Mo 09:00-17:00, 20230102-20240318 hours\n"},
    {"until after the window", ONE(NINE_TO_FIVE "RRULE:FREQ=WEEKLY;UNTIL=20300101\n"),
     "Mo 09:00-17:00, 20230102-20300101 hours\n"},
    {"a number of times", ONE(NINE_TO_FIVE "RRULE:FREQ=WEEKLY;COUNT=54\n"),
     "Mo 09:00-17:00, 20230102-20240108 hours\n"},
    {"over before the window", ONE(NINE_TO_FIVE "RRULE:FREQ=WEEKLY;COUNT=52\n"), ""},
    {"from within the window",
     ONE("DTSTART:20240701T090000\nDURATION:PT8H\nRRULE:FREQ=WEEKLY\n"),
     "Mo 09:00-17:00, 20240701- hours\n"},
    {"a start that is none of its days",
     ONE("DTSTART:20240706T090000\nDURATION:PT8H\nRRULE:FREQ=WEEKLY;BYDAY=MO\n"),
     "Mo 09:00-17:00, 20240706- hours\n"},
    {"nor is it counted",
     ONE("DTSTART:20240706T090000\nDURATION:PT8H\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2\n"),
     "Mo 09:00-17:00, 20240706-20240715 hours\n"},

    /* ---- dates that differ ---- */
    {"a date without", ONE(NINE_TO_FIVE "RRULE:FREQ=WEEKLY\n"
                                              "EXDATE;TZID=Europe/Paris:20240401T090000\n"),
     "Mo 09:00-17:00, 20230102- hours\n20240401 holiday\n"},
    {"dates in a row without",
     ONE(NINE_TO_FIVE "RRULE:FREQ=DAILY\nEXDATE:20240401T090000,20240402T090000\n"
                                         "EXDATE:20240404T090000\n"),
     "Mo-Su 09:00-17:00, 20230102- hours\n20240401-20240402 holiday\n20240404 holiday\n"},
    {"a date more", ONE(NINE_TO_FIVE "RRULE:FREQ=WEEKLY\nRDATE:20240402T100000\n"),
     "Mo 09:00-17:00, 20230102- hours\n20240402 special 10:00-18:00\n"},
    {"a date that is moved",
     AVAILABILITY(AVAILABLE(NINE_TO_FIVE "UID:a\nRRULE:FREQ=WEEKLY\n") AVAILABLE(
         "UID:a\nRECURRENCE-ID:20240401T090000\nDTSTART:20240402T110000\nDTEND:20240402T120000\n")),
     "Mo 09:00-17:00, 20230102- hours\n20240401 holiday\n20240402 special 11:00-12:00\n"},
    {"a date that is cancelled",
     AVAILABILITY(AVAILABLE(NINE_TO_FIVE "UID:a\nRRULE:FREQ=WEEKLY\n") AVAILABLE(
         "UID:a\nRECURRENCE-ID:20240401T090000\nDTSTART:20240401T090000\nSTATUS:CANCELLED\n")),
     "Mo 09:00-17:00, 20230102- hours\n20240401 holiday\n"},
    {"a single date beside the week",
     AVAILABILITY(OFFICE AVAILABLE("DTSTART:20240406T100000\nDTEND:20240406T130000\n"
                                   "SUMMARY:Fair\n")),
     OFFICE_HOURS "20240406 special 10:00-13:00 Fair\n"},
    {"an evening more has all hours of its date",
     AVAILABILITY(OFFICE AVAILABLE("DTSTART:20240404T180000\nDTEND:20240404T200000\n"
                                   "SUMMARY:Late\n")),
     OFFICE_HOURS "20240404 special 09:00-17:00\n20240404 special 18:00-20:00 Late\n"},
    {"the same twice is once", AVAILABILITY(OFFICE OFFICE), OFFICE_HOURS OFFICE_HOURS},
    {"single dates of several days",
     ONE("DTSTART:20240406T100000\nDTEND:20240408T130000\n"),
     "20240406 special 10:00-24:00\n20240407 special 00:00-24:00\n20240408 special 00:00-13:00\n"},
    {"days in a row of one",
     AVAILABILITY(AVAILABLE("DTSTART:20231230T100000\nDTEND:20240104T130000\n")
                      AVAILABLE("DTSTART:20240201T100000\nDTEND:20240204T130000\n")),
     "20240101-20240103 special 00:00-24:00\n20240104 special 00:00-13:00\n"
     "20240201 special 10:00-24:00\n20240202-20240203 special 00:00-24:00\n"
     "20240204 special 00:00-13:00\n"},
    {"a night into the window and one out of it",
     ONE("DTSTART:20231231T220000\nDURATION:PT8H\nRDATE:20241231T220000\n"),
     "20241231 special 22:00-06:00\n"},

    {"a night in which the clock changes ends when it says",
     ONE("DTSTART:20240323T220000\nDTEND:20240324T060000\nRRULE:FREQ=WEEKLY;COUNT=2\n"),
     "Sa 22:00-06:00, 20240323-20240330 hours\n"},
    {"or after so many hours",
     ONE("DTSTART:20240323T220000\nDURATION:PT8H\nRRULE:FREQ=WEEKLY;COUNT=2\n"),
     "Sa 22:00-06:00, 20240323-20240330 hours\n20240330 special 22:00-07:00\n"},

    /* ---- rules that are not plain ---- */
    {"every other week",
     ONE("DTSTART:20241202T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;INTERVAL=2\n"),
     "20241202 special 09:00-10:00\n20241216 special 09:00-10:00\n20241230 special 09:00-10:00\n"},
    {"the first Monday",
     ONE("DTSTART:20241104T090000\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=1MO\n"),
     "20241104 special 09:00-10:00\n20241202 special 09:00-10:00\n"},
    {"in one month of the year",
     ONE("DTSTART:20241223T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYMONTH=12\n"),
     "20241223 special 09:00-10:00\n20241230 special 09:00-10:00\n"},
    {"two times of day",
     ONE("DTSTART:20241230T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYHOUR=9,14\n"),
     "20241230 special 09:00-10:00\n20241230 special 14:00-15:00\n"},
    {"in UTC", ONE("DTSTART:20241223T080000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\n"),
     "20241223 special 09:00-10:00\n20241230 special 09:00-10:00\n"},
    {"in a zone of the file that shows what ours does",
     CALENDAR(OURS ONE("DTSTART;TZID=Ours:20230102T013000\nDTEND;TZID=Ours:20230102T170000\n"
                       "RRULE:FREQ=WEEKLY;BYDAY=MO,SU\n")),
     "Mo,Su 01:30-17:00, 20230102- hours\n"},
    {"in one that shows another time",
     CALENDAR(THEIRS ONE("DTSTART;TZID=Theirs:20240304T090000\n"
                         "DTEND;TZID=Theirs:20240304T170000\nRRULE:FREQ=WEEKLY;COUNT=2\n")),
     "20240304 special 08:00-16:00\n20240311 special 08:00-16:00\n"},
    {"in another zone, while it has changed its clocks",
     ONE("DTSTART;TZID=America/New_York:20240304T090000\nDURATION:PT1H\n"
                            "RRULE:FREQ=WEEKLY;COUNT=5\n"),
     "20240304 special 15:00-16:00\n20240311 special 14:00-15:00\n20240318 special 14:00-15:00\n"
     "20240325 special 14:00-15:00\n20240401 special 15:00-16:00\n"},

    /* ---- who rules when ---- */
    {"from a date to a date",
     AVAILABILITY("DTSTART:20240304T000000\nDTEND:20240309T000000\n" OFFICE),
     "Mo-Fr 09:00-17:00, 20240304-20240308 hours\n"},
    {"for so long", AVAILABILITY("DTSTART:20240304T000000\nDURATION:P5D\n" OFFICE),
     "Mo-Fr 09:00-17:00, 20240304-20240308 hours\n"},
    {"to the middle of a date", AVAILABILITY("DTEND:20240306T120000\n" OFFICE),
     "Mo-Fr 09:00-17:00, 20230102-20240306 hours\n20240306 special 09:00-12:00\n"},
    {"from the middle of a date", AVAILABILITY("DTSTART:20240306T120000\n" OFFICE),
     "Mo-Fr 09:00-17:00, 20240306- hours\n20240306 special 12:00-17:00\n"},
    {"a week off by a stronger one",
     AVAILABILITY(OFFICE)
         AVAILABILITY("PRIORITY:1\nDTSTART:20240805T000000\nDTEND:20240810T000000\n"),
     OFFICE_HOURS "20240805-20240809 holiday\n"},
    {"other hours by a stronger one, first in the file",
     AVAILABILITY("PRIORITY:3\nDTSTART:20240805T000000\nDTEND:20240807T000000\n" AVAILABLE(
         "DTSTART:20240101T100000\nDTEND:20240101T120000\nRRULE:FREQ=DAILY\n"))
         AVAILABILITY("PRIORITY:4\n" OFFICE),
     "Mo-Su 10:00-12:00, 20240805-20240806 hours\n" OFFICE_HOURS
     "20240805 special 10:00-12:00\n20240806 special 10:00-12:00\n"},
    {"no priority is the weakest",
     AVAILABILITY("PRIORITY:9\nDTSTART:20240805T000000\nDTEND:20240810T000000\n")
         AVAILABILITY("PRIORITY:0\n" OFFICE),
     OFFICE_HOURS "20240805-20240809 holiday\n"},
    {"a weaker one has no say",
     AVAILABILITY("PRIORITY:5\n" OFFICE)
         AVAILABILITY("PRIORITY:6\nDTSTART:20240805T000000\nDTEND:20240810T000000\n"),
     OFFICE_HOURS},
    {"of equals the later one",
     AVAILABILITY("DTSTART:20240805T000000\nDTEND:20240810T000000\n") AVAILABILITY(OFFICE),
     OFFICE_HOURS},
    {"new hours from a date on",
     AVAILABILITY(OFFICE) AVAILABILITY("DTSTART:20240701T000000\n" AVAILABLE(
         "DTSTART:20240701T080000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU\n")),
     "Mo-Fr 09:00-17:00, 20230102-20240630 hours\nMo-Tu 08:00-09:00, 20240701- hours\n"},
    {"a night is cut where another begins",
     ONE("DTSTART:20230102T220000\nDURATION:PT8H\nRRULE:FREQ=WEEKLY\n")
         AVAILABILITY("PRIORITY:1\nDTSTART:20240402T000000\nDTEND:20240403T000000\n"),
     "Mo 22:00-06:00, 20230102- hours\n20240401 special 22:00-24:00\n"},
    {"a day is cut in two",
     AVAILABILITY(OFFICE)
         AVAILABILITY("PRIORITY:1\nDTSTART:20240402T110000Z\nDTEND:20240402T130000Z\n"),
     OFFICE_HOURS "20240402 special 09:00-13:00\n20240402 special 15:00-17:00\n"},
    {"a cancelled one does not rule",
     AVAILABILITY(OFFICE) AVAILABILITY("PRIORITY:1\nSTATUS:CANCELLED\n"), OFFICE_HOURS},
    {"nor do its hours count", AVAILABILITY("STATUS:CANCELLED\n" OFFICE), ""},

    /* ---- entries that the writer wrote ---- */
    {"one as it was written, without a first date",
     ONE(NINE_TO_FIVE WRITTEN), "Mo 09:00-17:00 hours Open\n"},
    {"and moved since",
     ONE("DTSTART:20230102T093000\nDTEND:20230102T170000\n" WRITTEN),
     "Mo 09:30-17:00, 20230102- hours Open\n"},
    {"beside another of the same date",
     AVAILABILITY(AVAILABLE(NINE_TO_FIVE WRITTEN)
                      AVAILABLE("DTSTART:20240401T180000\nDURATION:PT1H\n")),
     "Mo 09:00-17:00 hours Open\n20240401 special 09:00-17:00 Open\n"
     "20240401 special 18:00-19:00\n"},
    {"under one that ends", AVAILABILITY("DTEND:20240401T000000\n" AVAILABLE(NINE_TO_FIVE WRITTEN)),
     "Mo 09:00-17:00, 20230102-20240331 hours Open\n"},

    /* ---- events ---- */
    {"weekly events", CALENDAR(EVENT(NINE_TO_FIVE "RRULE:FREQ=WEEKLY;BYDAY=MO,WE\nSUMMARY:Open\n")),
     "Mo,We 09:00-17:00, 20230102- hours Open\n"},
    {"events of single dates are open too",
     CALENDAR(EVENT(NINE_TO_FIVE "RRULE:FREQ=WEEKLY\n")
                  EVENT("DTSTART:20240406T100000\nDTEND:20240406T130000\n")),
     "Mo 09:00-17:00, 20230102- hours\n20240406 special 10:00-13:00\n"},
    {"and whole days are", CALENDAR(EVENT("DTSTART:20230107\nRRULE:FREQ=WEEKLY\n")),
     "Sa 00:00-24:00, 20230107- hours\n"},
    {"beside availability they are something else",
     CALENDAR(EVENT("DTSTART:20240406\n") AVAILABILITY(OFFICE)), OFFICE_HOURS},
    {"events that are cancelled",
     CALENDAR(EVENT(NINE_TO_FIVE "RRULE:FREQ=WEEKLY\nSTATUS:CANCELLED\n")),
     ""},

    /* ---- nothing ---- */
    {"no availability", CALENDAR(""), ""},
    {"an empty one", AVAILABILITY(""), ""},
    {"hours that last no time", ONE("DTSTART:20240406T100000\n"), ""},

    /* ---- refused ---- */
    {"a priority that is none", AVAILABILITY("PRIORITY:10\n"), "SLA_ICAL_E_VALUE 2:10"},
    {"an end before the start", AVAILABILITY("DTSTART:20240402T000000\nDTEND:20240401T000000\n"),
     "SLA_ICAL_E_EVENT 3:7"},
    {"hours without a start", ONE("DTEND:20240402T000000\n"),
     "SLA_ICAL_E_EVENT 2:1"},
    {"a zone that nobody knows",
     ONE("DTSTART;TZID=Nowhere:20240402T000000\n"), "SLA_ICAL_E_ZONE 3:22"},
    {"a malformed rule", ONE(NINE_TO_FIVE "RRULE:FREQ=WEEKLY;INTERVAL=0\n"),
     "SLA_ICAL_E_RULE 5:28"},
    {"a rule below daily", ONE(NINE_TO_FIVE "RRULE:FREQ=HOURLY\n"),
     "SLA_ICAL_E_UNSUPPORTED 5:12"},
};

static void lists(void **state) {
  const row *r = *state;
  sla_ical_reader *reader = reader_of(PARIS, 20240101, 20241231);
  name_zone(reader, "America/New_York", "America/New_York");
  char *told = told_hours(reader, r->text, strlen(r->text));
  assert_string_equal(told, r->expected);
  free(told);
  sla_ical_reader_free(reader);
}

/* ---- what a reader wants ---- */

#define TWO                                                                                  \
  AVAILABILITY(AVAILABLE(NINE_TO_FIVE "UID:a\nSUMMARY:Shop\nRRULE:FREQ=WEEKLY\n") AVAILABLE( \
      "DTSTART:20230103T100000\nDURATION:PT1H\nUID:b\nSUMMARY:Telephone\nCATEGORIES:Remote\n"  \
      "RRULE:FREQ=WEEKLY\n"))
#define SHOP "Mo 09:00-17:00, 20230102- hours Shop\n"
#define TELEPHONE "Tu 10:00-11:00, 20230103- hours Telephone\n"

static char *told_two(sla_ical_reader *reader) {
  char *told = told_hours(reader, TWO, strlen(TWO));
  sla_ical_reader_free(reader);
  return told;
}

static void assert_two(sla_ical_reader *reader, const char *expected) {
  char *told = told_two(reader);
  assert_string_equal(told, expected);
  free(told);
}

static void filters_leave_hours_out(void **state) {
  sla_ical_reader *reader = reader_of(PARIS, 20240101, 20241231);
  (void)state;
  assert_two(reader, SHOP TELEPHONE);
  reader = reader_of(PARIS, 20240101, 20241231);
  assert_ok(sla_ical_reader_add_filter(reader, SLA_ICAL_LEAVE_TEXT, "tele", 4, NULL));
  assert_two(reader, SHOP);
  reader = reader_of(PARIS, 20240101, 20241231);
  assert_ok(sla_ical_reader_add_filter(reader, SLA_ICAL_TAKE_CATEGORY, "remote", 6, NULL));
  assert_two(reader, TELEPHONE);
}

static void hours_are_switched_off(void **state) {
  sla_ical_reader *reader = reader_of(PARIS, 20240101, 20241231);
  (void)state;
  assert_ok(sla_ical_reader_switch_off(reader, "a", 1, 20240401, NULL));
  assert_two(reader, SHOP TELEPHONE "20240401 holiday\n");
  /* of a time over several days, what the date of its first one is listed with */
  static const char days[] = AVAILABILITY(
      AVAILABLE("UID:d\nDTSTART:20240405T100000\nDTEND:20240407T120000\nRDATE:20240501T100000\n"));
  reader = reader_of(PARIS, 20240101, 20241231);
  assert_ok(sla_ical_reader_switch_off(reader, "d", 1, 20240405, NULL));
  char *told = told_hours(reader, days, sizeof days - 1);
  assert_string_equal(told, "20240501 special 10:00-24:00\n20240502 special 00:00-24:00\n"
                            "20240503 special 00:00-12:00\n");
  free(told);
  sla_ical_reader_free(reader);
  reader = reader_of(PARIS, 20240101, 20241231);
  assert_ok(sla_ical_reader_switch_off(reader, "a", 1, 0, NULL));
  assert_two(reader, TELEPHONE);
}

static void what_was_read_is_counted(void **state) {
  static const char text[] =
      AVAILABILITY(OFFICE AVAILABLE("UID:a\n" NINE_TO_FIVE "RRULE:FREQ=WEEKLY;COUNT=5\nGEO:1\n")
                   AVAILABLE(NINE_TO_FIVE "STATUS:CANCELLED\n")
                   AVAILABLE(NINE_TO_FIVE "SUMMARY:x\n")
                   AVAILABLE("DTSTART:20240401T090000\nRDATE:20240402T090000\n")
                   AVAILABLE("UID:b\nDTSTART:20240401T090000\nDURATION:PT1H\n"));
  sla_ical_reader *reader = reader_of(PARIS, 20240101, 20241231);
  sla_ical_feed *feed = NULL;
  sla_ical_summary summary;
  (void)state;
  assert_ok(sla_ical_reader_add_filter(reader, SLA_ICAL_LEAVE_TEXT, "x", 1, NULL));
  assert_ok(sla_ical_reader_switch_off(reader, "b", 1, 20240401, NULL));
  assert_ok(sla_ical_read_hours(reader, text, sizeof text - 1, &feed, NULL));
  assert_ok(sla_ical_feed_summary(feed, &summary, sizeof summary));
  assert_number(summary.events, 6);
  assert_number(summary.cancelled, 1);
  assert_number(summary.filtered, 1);
  assert_number(summary.switched_off, 1);
  assert_number(summary.empty, 2);
  assert_number(summary.outside, 1); /* over before */
  assert_number(summary.dropped, 1);
  sla_ical_feed_unref(feed);
  sla_ical_reader_free(reader);
}

/* Hours that say which entry they are stand and fall as a whole. */
static void entries_are_counted(void **state) {
  static const char text[] =
      AVAILABILITY(AVAILABLE("UID:a\n" NINE_TO_FIVE "RRULE:FREQ=WEEKLY;BYDAY=MO\n"
                             "X-SLA-ENTRY:kind=1 recurrence=1 opens=32400 closes=61200 weekdays=1\n")
                   AVAILABLE("UID:b\n" NINE_TO_FIVE "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2\n"
                             "X-SLA-ENTRY:kind=1 recurrence=1 first=20230102 last=20230109 "
                             "opens=32400 closes=61200 weekdays=1\n")
                   AVAILABLE("UID:c\n" NINE_TO_FIVE "RRULE:FREQ=WEEKLY;BYDAY=MO\n"
                             "X-SLA-ENTRY:kind=1 recurrence=1 opens=32400 closes=61200 weekdays=1\n"));
  sla_ical_reader *reader = reader_of(PARIS, 20240201, 20241231);
  sla_ical_feed *feed = NULL;
  sla_ical_summary summary;
  (void)state;
  assert_ok(sla_ical_reader_switch_off(reader, "a", 1, 0, NULL));
  assert_ok(sla_ical_read_hours(reader, text, sizeof text - 1, &feed, NULL));
  char *told = told_feed(feed);
  assert_string_equal(told, "Mo 09:00-17:00 hours\n");
  free(told);
  assert_ok(sla_ical_feed_summary(feed, &summary, sizeof summary));
  assert_number(summary.events, 3);
  assert_number(summary.switched_off, 1);
  assert_number(summary.outside, 1);
  sla_ical_feed_unref(feed);
  sla_ical_reader_free(reader);
}

static void sources_are_told(void **state) {
  static const char text[] = CALENDAR(AVAILABILITY(
      AVAILABLE("UID:w\n" NINE_TO_FIVE "RRULE:FREQ=WEEKLY\nEXDATE:20240401T090000\n")
      AVAILABLE("UID:s\nDTSTART:20240406T100000\nDURATION:P1DT1H\n")));
  static const struct {
    sla_date date;
    uint32_t line;
    const char *uid;
  } expected[] = {{0, 3, "w"}, {20240401, 0, ""}, {20240406, 10, "s"}, {20240406, 10, "s"}};
  sla_ical_reader *reader = reader_of(PARIS, 20240101, 20241231);
  sla_ical_feed *feed = NULL;
  (void)state;
  assert_ok(sla_ical_read_hours(reader, text, sizeof text - 1, &feed, NULL));
  assert_number(sla_ical_feed_count(feed), COUNT_OF(expected));
  for (uint32_t i = 0; i < COUNT_OF(expected); i++) {
    sla_ical_source source;
    char uid[16];
    size_t length;
    assert_ok(sla_ical_feed_source(feed, i, &source, sizeof source));
    assert_ok(sla_ical_feed_text(feed, i, SLA_ICAL_UID, uid, sizeof uid, &length));
    assert_number(source.date, expected[i].date);
    assert_number(source.line, expected[i].line);
    assert_number(source.flags, 0);
    assert_string_equal(uid, expected[i].uid);
  }
  sla_ical_feed_unref(feed);
  sla_ical_reader_free(reader);
}

static void arguments_are_checked(void **state) {
  sla_ical_reader *reader = reader_of(PARIS, 20240101, 20241231);
  sla_ical_feed *feed = NULL;
  (void)state;
  assert_code(sla_ical_read_hours(NULL, "", 0, &feed, NULL), SLA_E_NULL);
  assert_code(sla_ical_read_hours(reader, NULL, 1, &feed, NULL), SLA_E_NULL);
  assert_code(sla_ical_read_hours(reader, "", 0, NULL, NULL), SLA_E_NULL);
  assert_null(feed);
  sla_ical_reader_free(reader);
}

/* ---- the limits ---- */

static int32_t code_with(const sla_ical_limits *limits, const char *text) {
  sla_ical_reader *reader = reader_of(PARIS, 20240101, 20241231);
  sla_ical_feed *feed = NULL;
  sla_error error = {0};
  assert_ok(sla_ical_reader_set_limits(reader, limits, sizeof *limits, NULL));
  int32_t code = sla_ical_read_hours(reader, text, strlen(text), &feed, &error);
  if (code != SLA_OK) assert_number(error.code, code);
  sla_ical_feed_unref(feed);
  sla_ical_reader_free(reader);
  return code;
}

static void limits_are_kept(void **state) {
  static const char year[] =
      ONE("DTSTART:20240101T000000\nDTEND:20250101T000000\n");
  static const char counted[] = ONE(NINE_TO_FIVE "RRULE:FREQ=DAILY;COUNT=99999\n");
  const sla_ical_limits instances = {.instances = 365}, enough = {.instances = 366};
  const sla_ical_limits search = {.search_days = 90000};
  (void)state;
  assert_code(code_with(&instances, year), SLA_ICAL_E_INSTANCES);
  assert_code(code_with(&enough, year), SLA_OK);
  assert_code(code_with(&search, counted), SLA_ICAL_E_INSTANCES);
  assert_code(code_with(&enough, counted), SLA_OK);
}

/* Many that rule by turns, and hours that are under all of them. */
static void many_rulers(void **state) {
  enum { RULERS = 20000, ROOM = RULERS * 120 + 1000 };
  const sla_ical_limits limits = {.search_days = 1000};
  char *text = malloc(ROOM);
  size_t length = 0;
  (void)state;
  assert_non_null(text);
  for (int i = 0; i < RULERS; i++)
    length += (size_t)snprintf(text + length, ROOM - length,
                               "BEGIN:VAVAILABILITY\nPRIORITY:%d\n"
                               "DTSTART:2024%02d%02dT%02d%02d%02d\n"
                               "DURATION:PT%dM\nEND:VAVAILABILITY\n",
                               i % 9 + 1, i % 12 + 1, i % 28 + 1, i % 24, i % 60, i % 59, i % 999);
  snprintf(text + length, ROOM - length, "%s",
           ONE("DTSTART:20240101T000000\nDTEND:20250101T000000\n"));
  assert_code(code_with(&limits, text), SLA_ICAL_E_INSTANCES);
  assert_code(code_with(&(sla_ical_limits){0}, text), SLA_OK);
  free(text);
}

/* ---- the examples of RFC 7953, as somebody published them ---- */

static void rfc_7953(void **state) {
  static const struct {
    const char *file, *expected;
  } examples[] = {
      {"rfc7953-1.ics",
       "Mo-Fr 09:00-17:00, 20111002- hours Monday to Friday from 9:00 to 17:00\n"},
      /* its Friday begins on a Thursday and names no day */
      {"rfc7953-2.ics",
       "Mo-Th 09:00-17:00, 20111002-20111201 hours Monday to Thursday from 9:00 to 17:00\n"
       "Th 09:00-12:00, 20111006-20111201 hours Friday from 9:00 to 12:00\n"}};
  const char *directory = getenv("SLA_TEST_DATA");
  static char text[8192];
  (void)state;
  if (directory == NULL || directory[0] == '\0') {
    printf("skipped: SLA_TEST_DATA does not name the directory of ics\n");
    skip();
  }
  for (size_t i = 0; i < COUNT_OF(examples); i++) {
    char path[4096];
    snprintf(path, sizeof path, "%s/ics/%s", directory, examples[i].file);
    FILE *file = fopen(path, "rb");
    if (file == NULL) fail_msg("cannot open %s", path);
    size_t length = fread(text, 1, sizeof text, file);
    fclose(file);
    sla_ical_reader *reader = reader_of("America/New_York", 20110101, 20121231);
    sla_zone *zone = zone_named("America/New_York");
    assert_ok(sla_ical_reader_set_zone(reader, zone, NULL));
    assert_ok(sla_ical_reader_add_zone(reader, "America/Montreal", 16, zone, NULL));
    char *told = told_hours(reader, text, length);
    assert_string_equal(told, examples[i].expected);
    free(told);
    sla_zone_unref(zone);
    sla_ical_reader_free(reader);
  }
}

static const struct CMUnitTest others[] = {
    cmocka_unit_test(filters_leave_hours_out), cmocka_unit_test(hours_are_switched_off),
    cmocka_unit_test(entries_are_counted),
    cmocka_unit_test(what_was_read_is_counted), cmocka_unit_test(sources_are_told),
    cmocka_unit_test(arguments_are_checked),   cmocka_unit_test(limits_are_kept),
    cmocka_unit_test(many_rulers),             cmocka_unit_test(rfc_7953),
};

int main(void) {
  static struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(others)];
  size_t count = 0;
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    tests[count++] =
        (struct CMUnitTest){rows[i].name, lists, NULL, NULL, (void *)(uintptr_t)&rows[i]};
  for (size_t i = 0; i < COUNT_OF(others); i++) tests[count++] = others[i];
  return _cmocka_run_group_tests("hours", tests, count, NULL, NULL) != 0;
}
