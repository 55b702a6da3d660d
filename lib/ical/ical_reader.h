/* SPDX-License-Identifier: MIT */
/* What a host wants of a file.  May include: ical_base, ical_mem, ical_scan, ical_stamp,
 * ical_syntax, ical_zone, ical_event. */
#ifndef SLA_LIB_ICAL_READER_H
#define SLA_LIB_ICAL_READER_H

#include "ical_event.h"

typedef struct {
  uint32_t filter;
  sla__ical_slice text;
} sla__ical_filter;

typedef struct {
  sla__ical_slice uid;
  sla_date date;
} sla__ical_switch;

typedef struct {
  int32_t opens, closes;
} sla__ical_interval;

struct sla_ical_reader {
  sla_allocator allocator;
  sla_date first, last; /* 0: no window */
  sla_zone *zone;       /* or NULL */
  sla_ical_limits limits;
  bool latin1;
  sla__ical_array zones;    /* sla__ical_named_zone */
  sla__ical_array filters;  /* sla__ical_filter */
  sla__ical_array switches; /* sla__ical_switch, by UID and date */
  sla__ical_array hours;    /* sla__ical_interval, of make-up working days */
};

/* Whether the filters let an event through, and whether it is a make-up working day. */
bool sla__ical_reader_takes(const sla_ical_reader *reader, const sla__ical_events *events,
                            const sla__ical_event *event);
bool sla__ical_reader_is_workday(const sla_ical_reader *reader, const sla__ical_events *events,
                                 const sla__ical_event *event);
/* Whether the occurrence that begins on a date was switched off. */
bool sla__ical_reader_is_off(const sla_ical_reader *reader, sla__ical_slice uid, sla_date date);
/* Whether any occurrence of it was. */
bool sla__ical_reader_is_touched(const sla_ical_reader *reader, sla__ical_slice uid);

#endif
