/* SPDX-License-Identifier: MIT */
/* The values of iCalendar that say when (RFC 5545, 3.3): DATE, DATE-TIME, DURATION, PERIOD and
 * UTC-OFFSET, from text.  Every digit is looked at here: 20240230 is no date.
 *
 * Wall time is what a clock on the wall shows, in seconds since 1970-01-01 00:00 on that clock.
 * Which clock it is, the value does not know: its TZID does.
 *
 * A leap second is taken as the second before it, as RFC 5545 has it for those who know none: a
 * second 60 is 59.  May include: ical_base. */
#ifndef SLA_LIB_ICAL_STAMP_H
#define SLA_LIB_ICAL_STAMP_H

#include "ical_base.h"

#define SLA__ICAL_DAY_FIRST (-719162) /* 0001-01-01 */
#define SLA__ICAL_DAY_LAST 2932896    /* 9999-12-31 */

typedef struct {
  sla__ical_wall wall; /* of a date, its midnight */
  bool is_date;
  bool is_utc; /* a date-time that ends in Z */
} sla__ical_stamp;

/* Days are days of the calendar, whatever their length; seconds are counted.  Both are signed. */
typedef struct {
  int64_t days, seconds;
} sla__ical_duration;

typedef struct {
  sla__ical_stamp start, end;  /* the end is not set ... */
  sla__ical_duration duration; /* ... when the period */
  bool has_duration;           /* is written with a duration */
} sla__ical_period;

/* The whole text is the value, or the answer is false and nothing is written. */

/* YYYYMMDD of the years 1 to 9999, or that with THHMMSS, and with a Z. */
bool sla__ical_stamp_parse(const char *text, size_t length, sla__ical_stamp *stamp);
/* Weeks, days, hours, minutes and seconds in this order, each at most once, at least one; what
 * RFC 5545 does not combine (P1W2D, PT1H5S) is clear and taken.  At most 10,000 years. */
bool sla__ical_duration_parse(const char *text, size_t length, sla__ical_duration *duration);
/* Two date-times, or a date-time and a duration that is not negative. */
bool sla__ical_period_parse(const char *text, size_t length, sla__ical_period *period);
/* +HHMM or -HHMMSS, less than a day, in seconds east of UTC; -0000 is 0. */
bool sla__ical_offset_parse(const char *text, size_t length, int32_t *seconds);

/* The other way, terminated: of years 1 to 9999, and of offsets less than a day. */
#define SLA__ICAL_STAMP_TEXT 24
void sla__ical_date_text(int64_t day, char text[SLA__ICAL_STAMP_TEXT]);
void sla__ical_wall_text(sla__ical_wall wall, bool is_utc, char text[SLA__ICAL_STAMP_TEXT]);
void sla__ical_offset_text(int32_t seconds, char text[SLA__ICAL_STAMP_TEXT]);

#endif
