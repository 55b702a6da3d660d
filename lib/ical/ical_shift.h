/* SPDX-License-Identifier: MIT */
/* Open time as calendars have it: shifts that begin on a date, and weekly hours.  May include:
 * ical_base, ical_mem, ical_item, ical_scan, ical_stamp, ical_syntax, ical_rule, ical_zone,
 * ical_event. */
#ifndef SLA_LIB_ICAL_SHIFT_H
#define SLA_LIB_ICAL_SHIFT_H

#include "ical_event.h"
#include "ical_item.h"

/* From a time of a day to another, which is of the next day when it is not later. */
typedef struct {
  int32_t day; /* 0 is 1970-01-01 */
  int32_t opens, closes;
  uint32_t event; /* that says so, ... */
  sla_date date;  /* ... of the occurrence that begins then */
} sla__ical_shift;

/* Takes the first shift off a stretch of wall time: to its end within 24 hours, or to midnight.
 * False when nothing is left. */
bool sla__ical_shift_take(int64_t *start, int64_t end, sla__ical_shift *shift);

/* Adds what an event makes on the weekdays of its rule, as weekly hours, if it is so plain that it
 * makes any: local time, one rule that is weekly or daily without a step, at most a week each time.
 * They begin with the event and end with its rule, and do not reach beyond the limits; dates on
 * which the event differs from them are for the caller to find.
 * SLA_ICAL_E_INSTANCES at the event's place (a COUNT is followed to its end), SLA_E_MEMORY. */
int32_t sla__ical_weekly_add(const sla__ical_zones *zones, const sla__ical_events *events,
                             uint32_t number, int64_t first_day, int64_t last_day,
                             sla__ical_items *weekly, sla_error *error);

#endif
