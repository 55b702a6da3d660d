/* SPDX-License-Identifier: MIT */
/* Events as a file says them: VEVENT, VAVAILABILITY and AVAILABLE, their properties read and
 * checked, and nothing expanded.  May include: ical_base, ical_mem, ical_scan, ical_stamp,
 * ical_syntax, ical_rule, ical_zone. */
#ifndef SLA_LIB_ICAL_EVENT_H
#define SLA_LIB_ICAL_EVENT_H

#include "ical_rule.h"
#include "ical_zone.h"

enum {
  SLA__ICAL_HAS_START = 1,
  SLA__ICAL_HAS_END = 2,
  SLA__ICAL_HAS_DURATION = 4,
  SLA__ICAL_HAS_RECURRENCE_ID = 8,
  SLA__ICAL_IS_CANCELLED = 16,
  SLA__ICAL_IS_WORKDAY = 32 /* X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY */
};

/* Elements of one of the arrays below. */
typedef struct {
  uint32_t first, count;
} sla__ical_range;

typedef struct {
  sla__ical_moment start, end, recurrence_id;
  sla__ical_duration duration;
  sla__ical_text uid, summary;
  sla__ical_text own; /* X-SLA-ENTRY */
  sla__ical_range rules, dates, exceptions, categories;
  sla__ical_place place;     /* its BEGIN */
  sla__ical_place end_place; /* the DTEND or DURATION; its BEGIN without one */
  uint32_t kind;         /* enum sla__ical_component_kind */
  uint32_t parent;       /* of AVAILABLE: the event that is its VAVAILABILITY; or UINT32_MAX */
  uint32_t flags;
  uint32_t priority;     /* 0 to 9; 0 unless the file says */
} sla__ical_event;

/* An RRULE that is well formed; what it recurs from is the start of its event. */
typedef struct {
  sla__ical_text text;
  sla__ical_place place; /* the first byte of the value */
} sla__ical_rule_line;

/* An RDATE: of a period the length, otherwise that of the event. */
typedef struct {
  sla__ical_moment start;
  int64_t length; /* exact seconds; -1 for that of the event */
} sla__ical_rdate;

typedef struct {
  sla__ical_array bytes;      /* of all texts */
  sla__ical_array events;     /* sla__ical_event, in the order of the file */
  sla__ical_array rules;      /* sla__ical_rule_line */
  sla__ical_array dates;      /* sla__ical_rdate */
  sla__ical_array exceptions; /* sla__ical_moment */
  sla__ical_array categories; /* sla__ical_text */
  uint32_t dropped;           /* properties that libical dropped and that say nothing about when */
} sla__ical_events;

/* The events of the kinds in a mask (1 << kind), in the order of the file; a parent comes before
 * its children.  All that says when is checked, or it is an error with its place.  *events is all
 * zeros, and is freed by events_free also after an error. */
int32_t sla__ical_events_read(sla__ical_zones *zones, uint32_t kinds, sla__ical_events *events,
                              sla_error *error);
/* A rule of an event, from 0; its UNTIL is on the clock of the start. */
int32_t sla__ical_event_rule(const sla__ical_zones *zones, const sla__ical_events *events,
                             const sla__ical_event *event, uint32_t which, sla__ical_rule *rule);
void sla__ical_events_free(sla__ical_events *events, const sla_allocator *allocator);

#endif
