/* SPDX-License-Identifier: MIT */
/* Events as holidays, closures and make-up working days: a small file and what it lists, row by
 * row.  The calendar is in Europe/Paris and the window is 2024, unless a row says otherwise. */
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

static const row rows[] = {
    /* ---- dates ---- */
    {"a date, its end after it", CALENDAR(EVENT("DTSTART;VALUE=DATE:20240101\n"
                                                "DTEND;VALUE=DATE:20240102\nSUMMARY:New Year\n")),
     "20240101 holiday New Year\n"},
    {"a date without an end", CALENDAR(EVENT("DTSTART;VALUE=DATE:20240101\n")),
     "20240101 holiday\n"},
    {"a bare date", CALENDAR(EVENT("DTSTART:20240229\nSUMMARY:Leap\n")),
     "20240229 holiday Leap\n"},
    {"an end that is the start", CALENDAR(EVENT("DTSTART:20240101\nDTEND:20240101\n")),
     "20240101 holiday\n"},
    {"several days", CALENDAR(EVENT("DTSTART:20241224\nDTEND:20241227\nSUMMARY:Shut\n")),
     "20241224-20241226 holiday Shut\n"},
    {"days by a duration", CALENDAR(EVENT("DTSTART:20241224\nDURATION:P3D\n")),
     "20241224-20241226 holiday\n"},
    {"weeks by a duration", CALENDAR(EVENT("DTSTART:20240805\nDURATION:P2W\n")),
     "20240805-20240818 holiday\n"},
    {"a day of 24 hours", CALENDAR(EVENT("DTSTART:20241224\nDURATION:PT48H\n")),
     "20241224-20241225 holiday\n"},
    {"a duration before its start", CALENDAR(EVENT("DURATION:P1D\nDTSTART:20241224\n")),
     "20241224 holiday\n"},
    {"days that reach into the window", CALENDAR(EVENT("DTSTART:20231224\nDTEND:20240107\n")),
     "20240101-20240106 holiday\n"},
    {"days that reach out of it", CALENDAR(EVENT("DTSTART:20241224\nDTEND:20250107\n")),
     "20241224-20241231 holiday\n"},
    {"the days before and after the window",
     CALENDAR(EVENT("DTSTART:20231231\n") EVENT("DTSTART:20250101\n")), ""},
    {"a date has no zone", CALENDAR(EVENT("DTSTART;TZID=Nowhere;VALUE=DATE:20240101\n")),
     "20240101 holiday\n"},
    {"a date-time said to be a date",
     CALENDAR(EVENT("DTSTART;VALUE=DATE:20240804T120000\nDTEND;VALUE=DATE:20240804T130000\n")),
     "20240804 closure 12:00-13:00\n"},
    {"free time is a holiday too", CALENDAR(EVENT("DTSTART:20240101\nTRANSP:TRANSPARENT\n")),
     "20240101 holiday\n"},
    {"what is cancelled is none",
     CALENDAR(EVENT("DTSTART:20240101\nSTATUS:CANCELLED\n") EVENT("DTSTART:20240102\n"
                                                                  "STATUS:TENTATIVE\n")),
     "20240102 holiday\n"},
    {"in order of dates", CALENDAR(EVENT("DTSTART:20240301\n") EVENT("DTSTART:20240101\n")),
     "20240101 holiday\n20240301 holiday\n"},
    {"of one date in order of lines",
     CALENDAR(EVENT("DTSTART:20240101\nSUMMARY:b\n") EVENT("DTSTART:20240101\nSUMMARY:a\n")),
     "20240101 holiday b\n20240101 holiday a\n"},
    {"names in other case, blanks around a value",
     "begin:vcalendar\nBegin:vEvent \ndtstart;value=date: 20240101 \nEnd:VEVENT\n"
     "end:VCALENDAR\n",
     "20240101 holiday\n"},
    {"blanks of all kinds behind a name",
     "BEGIN\f:VEVENT\nDTSTART\v\f \t:20240101\nSUMMARY\f;LANGUAGE=en:x\nEND\v:VEVENT\n",
     "20240101 holiday x\n"},
    {"events without a calendar around them", EVENT("DTSTART:20240101\n"), "20240101 holiday\n"},
    {"several calendars", CALENDAR(EVENT("DTSTART:20240101\n")) CALENDAR(EVENT("DTSTART:20240102\n")),
     "20240101 holiday\n20240102 holiday\n"},
    {"other components are passed over",
     CALENDAR("BEGIN:VTODO\nDUE:20240101\nEND:VTODO\n"
              EVENT("BEGIN:VALARM\nTRIGGER:-PT1H\nDTSTART:garbage\nEND:VALARM\nDTSTART:20240101\n")),
     "20240101 holiday\n"},

    /* ---- names ---- */
    {"escapes in a name", CALENDAR(EVENT("DTSTART:20240101\nSUMMARY:a\\, b\\; c\\\\d\n")),
     "20240101 holiday a, b; c\\d\n"},
    {"control characters become blanks", CALENDAR(EVENT("DTSTART:20240101\nSUMMARY:a\\nb\tc\n")),
     "20240101 holiday a b c\n"},
    {"the first of two names", CALENDAR(EVENT("DTSTART:20240101\nSUMMARY;LANGUAGE=en:one\n"
                                              "SUMMARY;LANGUAGE=de:eins\n")),
     "20240101 holiday one\n"},
    {"an empty name is none", CALENDAR(EVENT("DTSTART:20240101\nSUMMARY:\n")),
     "20240101 holiday\n"},

    /* ---- lines ---- */
    {"folded lines", "BEGIN:VCALENDAR\r\nBEGIN:VEV\r\n ENT\r\nDTSTART;VALUE\r\n\t=DATE:2024\r\n 0101\r\n"
                     "SUMMARY:caf\xC3\r\n \xA9\r\n \r\n  au lait\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
     "20240101 holiday caf\xC3\xA9 au lait\n"},
    {"carriage returns alone", "BEGIN:VCALENDAR\rBEGIN:VEVENT\rDTSTART:2024\r 0101\rEND:VEVENT\r"
                               "END:VCALENDAR\r",
     "20240101 holiday\n"},
    {"carriage returns in excess", "BEGIN:VCALENDAR\r\r\nBEGIN:VEVENT\r\r\nDTSTART:2024\r\r\n 0101\r\r\n"
                                   "END:VEVENT\r\r\nEND:VCALENDAR\r\r\n",
     "20240101 holiday\n"},
    {"empty lines", "\n\nBEGIN:VCALENDAR\n\n" EVENT("\nDTSTART:20240101\n\n\n") "END:VCALENDAR\n\n",
     "20240101 holiday\n"},
    {"a byte order mark", "\xEF\xBB\xBF" CALENDAR(EVENT("DTSTART:20240101\n")),
     "20240101 holiday\n"},
    {"no line end at the end", "BEGIN:VEVENT\nDTSTART:20240101\nEND:VEVENT", "20240101 holiday\n"},
    {"a colon in quotes",
     CALENDAR(EVENT("DTSTART;X-A=\"b:c;d\";VALUE=DATE:20240101\n")), "20240101 holiday\n"},
    {"lines like the marks that libical is handed",
     CALENDAR(EVENT("X-SLA-LINE:1\nDTSTART:20240101\nX-SLA-LINE:7\nSUMMARY:a\nx-sla-line;A=B:0\n"
                    "X-LIC-ERROR:DTSTART\n")),
     "20240101 holiday a\n"},

    /* ---- date-times ---- */
    {"part of a day", CALENDAR(EVENT("DTSTART:20240510T120000\nDTEND:20240510T133015\nSUMMARY:x\n")),
     "20240510 closure 12:00-13:30:15 x\n"},
    {"to midnight", CALENDAR(EVENT("DTSTART:20240510T120000\nDTEND:20240511T000000\n")),
     "20240510 closure 12:00-24:00\n"},
    {"over midnight", CALENDAR(EVENT("DTSTART:20240510T220000\nDTEND:20240511T060000\n")),
     "20240510 closure 22:00-24:00\n20240511 closure 00:00-06:00\n"},
    {"over days", CALENDAR(EVENT("DTSTART:20240510T120000\nDTEND:20240513T080000\n")),
     "20240510 closure 12:00-24:00\n20240511-20240512 closure 00:00-24:00\n"
     "20240513 closure 00:00-08:00\n"},
    {"whole days", CALENDAR(EVENT("DTSTART:20240510T000000\nDTEND:20240512T000000\n")),
     "20240510-20240511 closure 00:00-24:00\n"},
    {"without an end it lasts no time", CALENDAR(EVENT("DTSTART:20240510T120000\n")), ""},
    {"from a time that the clock leaves out",
     CALENDAR(EVENT("DTSTART:20240331T023000\nDTEND:20240331T031000\n")),
     "20240331 closure 02:30-03:10\n"},
    {"a period from a time that the clock leaves out lasts no time",
     CALENDAR(EVENT("DTSTART:20240401T023000\nDTEND:20240401T031000\n"
                    "RDATE;VALUE=PERIOD:20240331T023000/20240331T031000\n")),
     "20240401 closure 02:30-03:10\n"},
    {"in UTC, in summer", CALENDAR(EVENT("DTSTART:20240601T100000Z\nDURATION:PT90M\n")),
     "20240601 closure 12:00-13:30\n"},
    {"in UTC, the next day here", CALENDAR(EVENT("DTSTART:20240101T230000Z\nDURATION:PT1H\n")),
     "20240102 closure 00:00-01:00\n"},
    {"from the year before", CALENDAR(EVENT("DTSTART:20231231T230000Z\nDTEND:20240101T000000Z\n")),
     "20240101 closure 00:00-01:00\n"},
    {"in the calendar's zone by its name",
     CALENDAR(EVENT("DTSTART;TZID=Europe/Paris:20240601T100000\n"
                    "DTEND;TZID=\"Europe/Paris\":20240601T110000\n")),
     "20240601 closure 10:00-11:00\n"},
    {"in another zone", CALENDAR(EVENT("DTSTART;TZID=America/New_York:20240601T100000\n"
                                       "DTEND;TZID=America/New_York:20240601T110000\n")),
     "20240601 closure 16:00-17:00\n"},
    {"while only the other has changed its clocks",
     CALENDAR(EVENT("DTSTART;TZID=America/New_York:20240315T100000\nDURATION:PT1H\n")),
     "20240315 closure 15:00-16:00\n"},
    {"a name that begins with a slash", CALENDAR(EVENT("DTSTART;TZID=/x.org/20050809_1/America/New_York"
                                                       ":20240601T100000\nDURATION:PT1H\n")),
     "20240601 closure 16:00-17:00\n"},
    {"a zone of the file", CALENDAR("BEGIN:VTIMEZONE\nTZID: A B\nBEGIN:STANDARD\n"
                                    "DTSTART:19700101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:-0330\n"
                                    "END:STANDARD\nEND:VTIMEZONE\n"
                                    EVENT("DTSTART;TZID= A B:20240601T100000\nDURATION:PT1H\n")),
     "20240601 closure 15:30-16:30\n"},
    {"from one zone to another",
     CALENDAR(EVENT("DTSTART;TZID=America/New_York:20240601T100000\n"
                    "DTEND;TZID=Europe/Paris:20240601T173000\n")),
     "20240601 closure 16:00-17:30\n"},
    {"Z and a zone: it is Z", CALENDAR(EVENT("DTSTART;TZID=America/New_York:20240601T100000Z\n"
                                             "DURATION:PT1H\n")),
     "20240601 closure 12:00-13:00\n"},
    {"the zone named UTC", CALENDAR(EVENT("DTSTART;TZID=Etc/UTC:20240601T100000\nDURATION:PT1H\n")),
     "20240601 closure 12:00-13:00\n"},

    /* ---- clocks that change ---- */
    {"an hour that is skipped, floating",
     CALENDAR(EVENT("DTSTART:20240331T020000\nDTEND:20240331T040000\n")),
     "20240331 closure 02:00-04:00\n"},
    {"over the hour that is skipped, in UTC",
     CALENDAR(EVENT("DTSTART:20240331T003000Z\nDTEND:20240331T013000Z\n")),
     "20240331 closure 01:30-03:30\n"},
    {"within the first of two equal hours",
     CALENDAR(EVENT("DTSTART:20241027T000000Z\nDTEND:20241027T003000Z\n")),
     "20241027 closure 02:00-02:30\n"},
    {"from the first into the second, shown as an earlier time: exactly so long every time",
     CALENDAR(EVENT("DTSTART;TZID=Europe/Paris:20241027T025000\nDTEND:20241027T011000Z\n"
                    "RRULE:FREQ=DAILY;COUNT=2\n")),
     "20241027 closure 02:00-03:00\n20241028 closure 02:50-03:10\n"},
    {"from the first into the second: all that the clock shows twice",
     CALENDAR(EVENT("DTSTART:20241027T003000Z\nDTEND:20241027T013000Z\n")),
     "20241027 closure 02:00-03:00\n"},
    {"from before into the second",
     CALENDAR(EVENT("DTSTART:20241026T230000Z\nDTEND:20241027T011500Z\n")),
     "20241027 closure 01:00-03:00\n"},
    {"from the first to after", CALENDAR(EVENT("DTSTART:20241027T003000Z\nDTEND:20241027T020000Z\n")),
     "20241027 closure 02:00-03:00\n"},
    {"within the second", CALENDAR(EVENT("DTSTART:20241027T010000Z\nDTEND:20241027T013000Z\n")),
     "20241027 closure 02:00-02:30\n"},
    {"a night stays a night when clocks change",
     CALENDAR(EVENT("DTSTART;TZID=Europe/Paris:20241026T220000\n"
                    "DTEND;TZID=Europe/Paris:20241027T060000\nRRULE:FREQ=DAILY;COUNT=2\n")),
     "20241026 closure 22:00-24:00\n20241027 closure 00:00-06:00\n"
     "20241027 closure 22:00-24:00\n20241028 closure 00:00-06:00\n"},
    {"a duration in hours is exact, in days it is not",
     CALENDAR(EVENT("DTSTART:20240331T000000\nDURATION:PT12H\n")
                  EVENT("DTSTART:20240330T120000\nDURATION:P1D\n")),
     "20240330 closure 12:00-24:00\n20240331 closure 00:00-12:00\n20240331 closure 00:00-13:00\n"},
    {"an hour that another zone skips is told by the offset before",
     CALENDAR(EVENT("DTSTART;TZID=America/New_York:20240310T023000\nDURATION:PT1H\n")),
     "20240310 closure 08:30-09:30\n"},
    {"an hour that a zone of the file skips",
     CALENDAR(THEIRS EVENT("DTSTART;TZID=Theirs:20240331T023000\nDURATION:PT1H\n")),
     "20240331 closure 01:30-03:30\n"},
    {"of an hour that it repeats the first",
     CALENDAR(THEIRS EVENT("DTSTART;TZID=Theirs:20241027T023000\nDURATION:PT15M\n")),
     "20241027 closure 01:30-01:45\n"},
    {"before any observance of it",
     CALENDAR(THEIRS EVENT("DTSTART;TZID=Theirs:19600701T100000\n"
                           "DURATION:PT1H\nRDATE:20240701T080000Z\n")),
     "20240701 closure 10:00-11:00\n"},
    {"an hour that ours skips, for so long",
     CALENDAR(OURS EVENT("DTSTART;TZID=Ours:20240331T023000\nDURATION:PT1H\n")),
     "20240331 closure 03:30-04:30\n"},
    {"of an hour that ours repeats the first",
     CALENDAR(OURS EVENT("DTSTART;TZID=Ours:20241027T023000\nDURATION:PT15M\n")),
     "20241027 closure 02:30-02:45\n"},
    {"before any observance of ours",
     CALENDAR(OURS EVENT("DTSTART;TZID=Ours:19600701T100000\n"
                         "DURATION:PT1H\nRDATE:20240701T080000Z\n")),
     "20240701 closure 10:00-11:00\n"},
    {"a zone of the file that shows what ours does is ours",
     CALENDAR(OURS EVENT("DTSTART;TZID=Ours:20240331T023000\nDTEND;TZID=Ours:20240331T040000\n")),
     "20240331 closure 02:30-04:00\n"},
    {"and another is not",
     CALENDAR(THEIRS EVENT("DTSTART;TZID=Theirs:20240330T023000\n"
                           "DTEND;TZID=Theirs:20240330T040000\n")),
     "20240330 closure 01:30-03:00\n"},
    {"nor one that differs on one date",
     CALENDAR("BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:20240101T000000\n"
              "TZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nRDATE:20241027T030000\nEND:STANDARD\n"
              "BEGIN:DAYLIGHT\nDTSTART:20240331T020000\nTZOFFSETFROM:+0100\n"
              "TZOFFSETTO:+0200\nEND:DAYLIGHT\nBEGIN:DAYLIGHT\nDTSTART:20241231T000000\n"
              "TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
              EVENT("DTSTART;TZID=X:20241231T080000\nDTEND;TZID=X:20241231T100000\n")),
     "20241231 closure 07:00-09:00\n"},
    {"another zone keeps its own time",
     CALENDAR(EVENT("DTSTART;TZID=America/New_York:20241101T100000\nDURATION:PT1H\n"
                    "RRULE:FREQ=WEEKLY;COUNT=2\n")),
     "20241101 closure 15:00-16:00\n20241108 closure 16:00-17:00\n"},

    /* ---- recurrence ---- */
    {"every year since long ago", CALENDAR(EVENT("DTSTART:19700501\nRRULE:FREQ=YEARLY\n")),
     "20240501 holiday\n"},
    {"a count that ends before the window",
     CALENDAR(EVENT("DTSTART:20100501\nRRULE:FREQ=YEARLY;COUNT=14\n")), ""},
    {"the last of a count", CALENDAR(EVENT("DTSTART:20100501\nRRULE:FREQ=YEARLY;COUNT=15\n")),
     "20240501 holiday\n"},
    {"two rules together, each day once",
     CALENDAR(EVENT("DTSTART:20240101\nRRULE:FREQ=WEEKLY;COUNT=3\nRRULE:FREQ=DAILY;COUNT=2\n")),
     "20240101 holiday\n20240102 holiday\n20240108 holiday\n20240115 holiday\n"},
    {"until, as UTC, on the event's clock",
     CALENDAR(EVENT("DTSTART;TZID=America/New_York:20240101T200000\nDURATION:PT1H\n"
                    "RRULE:FREQ=DAILY;UNTIL=20240103T010000Z\n")),
     "20240102 closure 02:00-03:00\n20240103 closure 02:00-03:00\n"},
    {"until, of a date, as it is written",
     CALENDAR(EVENT("DTSTART:20240101\nRRULE:FREQ=DAILY;UNTIL=20240102T230000Z\n")),
     "20240101 holiday\n20240102 holiday\n"},
    {"added dates", CALENDAR(EVENT("DTSTART:20240101\nRDATE;VALUE=DATE:20240105,20240103\n"
                                   "RDATE:20240105\n")),
     "20240101 holiday\n20240103 holiday\n20240105 holiday\n"},
    {"an added date of a date-time has its time",
     CALENDAR(EVENT("DTSTART:20240101T100000\nDURATION:PT1H\nRDATE;VALUE=DATE:20240105\n")),
     "20240101 closure 10:00-11:00\n20240105 closure 10:00-11:00\n"},
    {"an added date-time of a date is its day",
     CALENDAR(EVENT("DTSTART:20240101\nRDATE:20240105T130000\n")),
     "20240101 holiday\n20240105 holiday\n"},
    {"an added time in UTC",
     CALENDAR(EVENT("DTSTART:20240101T100000\nDURATION:PT1H\nRDATE:20240701T100000Z\n")),
     "20240101 closure 10:00-11:00\n20240701 closure 12:00-13:00\n"},
    {"periods have their own length",
     CALENDAR(EVENT("DTSTART:20240101T100000\nDURATION:PT1H\nRDATE;VALUE=PERIOD:"
                    "20240102T100000/PT2H,20240103T090000Z/20240103T120000Z,20240101T100000/PT5H\n")),
     "20240101 closure 10:00-15:00\n20240102 closure 10:00-12:00\n20240103 closure 10:00-13:00\n"},
    {"excluded dates", CALENDAR(EVENT("DTSTART:20240101\nRRULE:FREQ=DAILY;COUNT=4\n"
                                      "EXDATE;VALUE=DATE:20240102,20240101\nEXDATE:20240109\n")),
     "20240103 holiday\n20240104 holiday\n"},
    {"an excluded date of date-times",
     CALENDAR(EVENT("DTSTART:20240609T030000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=4\n"
                    "EXDATE;VALUE=DATE:20240611\n")),
     "20240609 closure 05:00-06:00\n20240610 closure 05:00-06:00\n20240612 closure 05:00-06:00\n"},
    {"an excluded time, told by another clock",
     CALENDAR(EVENT("DTSTART;TZID=America/New_York:20240609T100000\nDURATION:PT1H\n"
                    "RRULE:FREQ=DAILY;COUNT=3\nEXDATE:20240610T140000Z\n"
                    "EXDATE;TZID=Europe/Paris:20240611T160001\n")),
     "20240609 closure 16:00-17:00\n20240611 closure 16:00-17:00\n"},
    {"an excluded time of dates is the day it is on",
     CALENDAR(EVENT("DTSTART:20240101\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20240101T230000Z\n")),
     "20240101 holiday\n20240103 holiday\n"},
    {"an added date that is excluded", CALENDAR(EVENT("DTSTART:20240101\nRDATE:20240105\n"
                                                      "EXDATE:20240105\n")),
     "20240101 holiday\n"},

    /* ---- changes of single occurrences ---- */
    {"one that is moved and called otherwise",
     CALENDAR(EVENT("UID:1\nDTSTART:20240101\nRRULE:FREQ=WEEKLY;COUNT=3\nSUMMARY:Weekly\n")
                  EVENT("UID:1\nRECURRENCE-ID;VALUE=DATE:20240108\nDTSTART:20240110\n"
                        "SUMMARY:Moved\n")),
     "20240101 holiday Weekly\n20240110 holiday Moved\n20240115 holiday Weekly\n"},
    {"the change first", CALENDAR(EVENT("UID:1\nRECURRENCE-ID:20240108\nDTSTART:20240110\n")
                                      EVENT("UID:1\nDTSTART:20240101\nRRULE:FREQ=WEEKLY;COUNT=2\n")),
     "20240101 holiday\n20240110 holiday\n"},
    {"one that is cancelled",
     CALENDAR(EVENT("UID:1\nDTSTART:20240101\nRRULE:FREQ=WEEKLY;COUNT=3\n")
                  EVENT("UID:1\nRECURRENCE-ID:20240108\nDTSTART:20240108\nSTATUS:CANCELLED\n")),
     "20240101 holiday\n20240115 holiday\n"},
    {"of another event, nothing",
     CALENDAR(EVENT("UID:1\nDTSTART:20240101\nRRULE:FREQ=WEEKLY;COUNT=2\n")
                  EVENT("UID:2\nRECURRENCE-ID:20240108\nDTSTART:20240108\nSTATUS:CANCELLED\n")),
     "20240101 holiday\n20240108 holiday\n"},
    {"of two changes the last", CALENDAR(EVENT("UID:1\nDTSTART:20240101\nRRULE:FREQ=WEEKLY;COUNT=2\n")
                                             EVENT("UID:1\nRECURRENCE-ID:20240108\nDTSTART:20240109\n")
                                                 EVENT("UID:1\nRECURRENCE-ID:20240108\n"
                                                       "DTSTART:20240110\n")),
     "20240101 holiday\n20240110 holiday\n"},
    {"a change told by another clock",
     CALENDAR(EVENT("UID:1\nDTSTART;TZID=America/New_York:20240601T100000\nDURATION:PT1H\n"
                    "RRULE:FREQ=DAILY;COUNT=2\n")
                  EVENT("UID:1\nRECURRENCE-ID:20240602T140000Z\nDTSTART:20240602T090000Z\n"
                        "DURATION:PT30M\n")),
     "20240601 closure 16:00-17:00\n20240602 closure 11:00-11:30\n"},
    {"a change of dates by a time, as Exchange writes it",
     CALENDAR(EVENT("UID:1\nDTSTART:20240101\nRRULE:FREQ=DAILY;COUNT=3\n")
                  EVENT("UID:1\nRECURRENCE-ID;TZID=Europe/Paris:20240102T000000\nDTSTART:20240105\n")),
     "20240101 holiday\n20240103 holiday\n20240105 holiday\n"},
    {"a change without its event", CALENDAR(EVENT("UID:1\nRECURRENCE-ID:20240108\nDTSTART:20240110\n")),
     "20240110 holiday\n"},
    {"changes without a UID change no other event",
     CALENDAR(EVENT("DTSTART:20240101\n") EVENT("RECURRENCE-ID:20240101\nDTSTART:20240102\n")
                  EVENT("RECURRENCE-ID:20240101\nDTSTART:20240103\n")),
     "20240101 holiday\n20240102 holiday\n20240103 holiday\n"},
    {"events that share a UID are events",
     CALENDAR(EVENT("UID:1\nDTSTART:20240101\n") EVENT("UID:1\nDTSTART:20240102\n")),
     "20240101 holiday\n20240102 holiday\n"},

    /* ---- make-up working days ---- */
    {"a working day by Apple's mark",
     CALENDAR(EVENT("DTSTART;VALUE=DATE:20240204\nX-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY\n"
                    "SUMMARY:Make-up\n") EVENT("DTSTART:20240210\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY\n")),
     "20240204 workday - Make-up\n20240210 holiday\n"},
    {"one with hours of its own",
     CALENDAR(EVENT("DTSTART:20240204T090000\nDTEND:20240204T180000\n"
                    "X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY\n")),
     "20240204 workday 09:00-18:00\n"},
    {"one over midnight", CALENDAR(EVENT("DTSTART:20240204T220000\nDTEND:20240205T060000\n"
                                         "X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY\n")),
     "20240204 workday 22:00-06:00\n"},
    {"one to midnight", CALENDAR(EVENT("DTSTART:20240204T220000\nDTEND:20240205T000000\n"
                                       "X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY\n")),
     "20240204 workday 22:00-24:00\n"},
    {"several", CALENDAR(EVENT("DTSTART:20240204\nDTEND:20240206\n"
                               "X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY\n")),
     "20240204-20240205 workday -\n"},
};

static void lists(void **state) {
  const row *r = *state;
  sla_ical_reader *reader = reader_of(PARIS, 20240101, 20241231);
  name_zone(reader, "America/New_York", "America/New_York");
  char *told = told_holidays(reader, r->text, strlen(r->text));
  assert_string_equal(told, r->expected);
  free(told);
  sla_ical_reader_free(reader);
}

/* Carriage returns change nothing but the bytes of a line end. */
static void lists_the_same_with_other_line_ends(void **state) {
  const row *r = *state;
  if (strchr(r->text, '\r') != NULL) skip();
  char *text = malloc(2 * strlen(r->text) + 1), *to = text;
  assert_non_null(text);
  for (const char *from = r->text; *from != '\0'; from++) {
    if (*from == '\n') *to++ = '\r';
    *to++ = *from;
  }
  *to = '\0';
  row other = *r;
  other.text = text;
  void *as_state = &other;
  lists(&as_state);
  free(text);
}

#define COUNT (sizeof rows / sizeof rows[0])

int main(void) {
  static struct CMUnitTest tests[2 * COUNT];
  static char names[COUNT][160];
  size_t count = 0;
  for (size_t i = 0; i < COUNT; i++) {
    void *as_state = (void *)(uintptr_t)&rows[i];
    tests[count++] = (struct CMUnitTest){rows[i].name, lists, NULL, NULL, as_state};
    if (strchr(rows[i].text, '\r') != NULL) continue;
    snprintf(names[i], sizeof names[i], "%s, with carriage returns", rows[i].name);
    tests[count++] = (struct CMUnitTest){names[i], lists_the_same_with_other_line_ends, NULL, NULL,
                                         as_state};
  }
  return _cmocka_run_group_tests("holidays", tests, count, NULL, NULL) != 0;
}
