/* SPDX-License-Identifier: MIT */
/* What tests of libsla-ical share: readers in one line, and what was read as text that a table can
 * hold.  Uses the public interface only. */
#ifndef SLA_TESTS_ICAL_TOLD_H
#define SLA_TESTS_ICAL_TOLD_H

#include <sla/ical.h>

#define EVENT(lines) "BEGIN:VEVENT\n" lines "END:VEVENT\n"
#define CALENDAR(parts) "BEGIN:VCALENDAR\n" parts "END:VCALENDAR\n"

/* On the last Sunday of March from 2:00 to 3:00, on that of October from 3:00 to 2:00. */
#define VTIMEZONE(name, winter, summer)                                                         \
  "BEGIN:VTIMEZONE\nTZID:" name "\nBEGIN:STANDARD\nDTSTART:19701025T030000\nTZOFFSETFROM:"    \
  summer "\nTZOFFSETTO:" winter "\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\n"   \
  "BEGIN:DAYLIGHT\nDTSTART:19700329T020000\nTZOFFSETFROM:" winter "\nTZOFFSETTO:" summer "\n"  \
  "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
#define OURS VTIMEZONE("Ours", "+0100", "+0200")     /* what Paris has had for long */
#define THEIRS VTIMEZONE("Theirs", "+0200", "+0300") /* at other instants */

/* A zone of the fixtures, or none for NULL, and a window. */
sla_ical_reader *reader_of(const char *zone, sla_date first, sla_date last);
/* A name for a zone of the fixtures; one that is the calendar's is local. */
void name_zone(sla_ical_reader *reader, const char *tzid, const char *zone);

/* A line for each entry:
 *
 *     20240101 holiday New Year
 *     20240510 closure 12:00-24:00 Half a day
 *     20240511-20240512 closure 00:00-24:00 Half a day
 *     20240204 workday 09:00-17:30 Spring Festival     (and without hours: workday -)
 *     Mo-Fr 09:00-17:00, 20240101- hours
 *
 * or, of a file that is refused, "SLA_ICAL_E_VALUE 3:19" with line and column where it has them.
 * The caller frees it. */
char *told_holidays(const sla_ical_reader *reader, const char *text, size_t length);
char *told_hours(const sla_ical_reader *reader, const char *text, size_t length);
char *told_feed(const sla_ical_feed *feed);
char *told_error(int32_t code, const sla_error *error);

#endif
