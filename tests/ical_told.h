/* SPDX-License-Identifier: MIT */
/* What tests of libsla-ical share: readers in one line, and what was read as text that a table can
 * hold.  Uses the public interface only. */
#ifndef SLA_TESTS_ICAL_TOLD_H
#define SLA_TESTS_ICAL_TOLD_H

#include <sla/ical.h>

#define EVENT(lines) "BEGIN:VEVENT\n" lines "END:VEVENT\n"
#define CALENDAR(parts) "BEGIN:VCALENDAR\n" parts "END:VCALENDAR\n"

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
