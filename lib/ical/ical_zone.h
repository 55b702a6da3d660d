/* SPDX-License-Identifier: MIT */
/* The clocks that a file's times are told by, and the way from each to the wall clock of the
 * calendar.  A clock is the calendar's own, UTC, a zone that the host named, or a VTIMEZONE of the
 * file.  May include: ical_base, ical_mem, ical_scan, ical_stamp, ical_syntax, ical_rule. */
#ifndef SLA_LIB_ICAL_ZONE_H
#define SLA_LIB_ICAL_ZONE_H

#include "ical_scan.h"

enum {
  SLA__ICAL_LOCAL = 0, /* floating times, dates, and the calendar's own zone */
  SLA__ICAL_UTC = 1,
  SLA__ICAL_NAMED = 2 /* and up */
};

/* A date or a date-time, as the file says it. */
typedef struct {
  int64_t wall;    /* of a date, its midnight */
  uint32_t clock;  /* whose wall clock */
  uint32_t is_date;
} sla__ical_moment;

/* A zone by its name. */
typedef struct {
  sla__ical_text name; /* in the bytes of the reader */
  const sla_zone *zone;
} sla__ical_named_zone;

typedef struct sla__ical_zones sla__ical_zones;

/* The wall clock of a moment, on the calendar's clock, and an instant of UTC on any clock.  Times
 * that a clock skips are taken with the offset before; of those it repeats the first. */
int64_t sla__ical_to_local(const sla__ical_zones *zones, sla__ical_moment moment);
int64_t sla__ical_to_utc(const sla__ical_zones *zones, sla__ical_moment moment);
int64_t sla__ical_from_utc(const sla__ical_zones *zones, int64_t utc, uint32_t clock);

#endif
