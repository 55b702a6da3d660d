/* SPDX-License-Identifier: MIT */
/* The clocks that a file's times are told by, and the way from each to the wall clock of the
 * calendar.  A clock is the calendar's own, UTC, a zone that the host named, or a VTIMEZONE of the
 * file.  May include: ical_base, ical_changes, ical_mem, ical_scan, ical_stamp, ical_syntax,
 * ical_rule. */
#ifndef SLA_LIB_ICAL_ZONE_H
#define SLA_LIB_ICAL_ZONE_H

#include "ical_changes.h"
#include "ical_syntax.h"

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

/* A zone that the host named. */
typedef struct {
  sla__ical_slice name;
  const sla_zone *zone;
} sla__ical_named_zone;

/* The most that one VTIMEZONE may have. */
#define SLA__ICAL_ONSETS 16384

typedef struct {
  sla__ical_text name;
  const sla_zone *zone;     /* or NULL for a VTIMEZONE: */
  uint32_t component;       /* its place in the scan */
  bool is_local;            /* it shows what the calendar's shows */
  bool is_expanded;
  sla__ical_array onsets;   /* sla__ical_onset, in order; of those at one instant the last counts */
} sla__ical_clock;

typedef struct {
  const sla__ical_scan *scan;
  const sla_allocator *allocator;
  const sla_zone *local;
  const sla__ical_named_zone *named;
  size_t named_count;
  int64_t first_day, last_day; /* the window */
  uint64_t *search;       /* shared with all walks over rules */
  sla__ical_array bytes;  /* of names */
  sla__ical_array clocks; /* sla__ical_clock; SLA__ICAL_NAMED is the first */
  sla__ical_array files;  /* uint32_t: those of the file, by name */
  sla__ical_array changes; /* sla__ical_onset, of the calendar's clock, once they are known */
  bool are_changes_known;
  sla__ical_syntax syntax;
  uint32_t dropped;
} sla__ical_zones;

/* Reads and checks every VTIMEZONE that the host does not explain.  All fields above `bytes` are
 * set; the rest is zeros, and freed by zones_free, also after an error. */
int32_t sla__ical_zones_read(sla__ical_zones *zones, sla_error *error);
void sla__ical_zones_free(sla__ical_zones *zones);

/* The clock of a TZID.  SLA_ICAL_E_ZONE without a place when nobody explains it; else what is wrong
 * with the VTIMEZONE, or SLA_E_MEMORY. */
int32_t sla__ical_zones_find(sla__ical_zones *zones, sla__ical_slice tzid, uint32_t *clock,
                             sla_error *error);

/* The wall clock of a moment on the calendar's clock, its instant in UTC, and back.  A time that
 * the clock skips is taken with the offset before; of one that it repeats, the first. */
int64_t sla__ical_to_local(const sla__ical_zones *zones, sla__ical_moment moment);
int64_t sla__ical_to_utc(const sla__ical_zones *zones, int64_t wall, uint32_t clock);
int64_t sla__ical_from_utc(const sla__ical_zones *zones, int64_t utc, uint32_t clock);

/* The stretch of the calendar's wall clock that covers two instants: where the clock is set back
 * between them, also what it shows twice. */
void sla__ical_cover(const sla__ical_zones *zones, int64_t from, int64_t to, int64_t *start,
                     int64_t *end);

/* Between the parts: whether the onsets of a VTIMEZONE make it show, on all dates that are asked
 * about, what the calendar's clock shows.  SLA_OK or SLA_E_MEMORY. */
int32_t sla__ical_compare_clocks(sla__ical_zones *zones, sla__ical_clock *clock);

#endif
