/* SPDX-License-Identifier: MIT */
/* Entries of a calendar as events, and back.  Every entry has a standard form, an event that any
 * calendar program shows; where that says less than the entry (hours without a first date, a yearly
 * closure, a holiday without a name), the property X-SLA-ENTRY says the rest.  It counts only while
 * the event is as it was written: what was moved in a calendar program is read as any other event.
 * May include: ical_base, ical_stamp. */
#ifndef SLA_LIB_ICAL_OWN_H
#define SLA_LIB_ICAL_OWN_H

#include "ical_base.h"

#define SLA__ICAL_CLOSED "Closed" /* what an entry without a name is called, ... */
#define SLA__ICAL_OPEN "Open"     /* ... and one that cannot have any */

#define SLA__ICAL_RULE_MAX 80
#define SLA__ICAL_OWN_MAX 160

/* The standard form.  Wall time of the calendar's clock; of a date its midnight. */
typedef struct {
  sla__ical_wall start;
  sla__ical_wall end; /* SLA_NONE: not said, of a date that has none after it */
  bool is_date;
  bool never; /* the entry has no date at all: the start is excluded */
  char rule[SLA__ICAL_RULE_MAX]; /* terminated; empty for a single occurrence */
} sla__ical_form;

/* An entry that has no first date begins on or after the day given.  False for what is no entry. */
bool sla__ical_form_of(const sla_entry *entry, int64_t from, sla__ical_form *form);

/* The value of X-SLA-ENTRY, terminated: the fields of the entry that are not 0. */
void sla__ical_own_text(const sla_entry *entry, bool nameless, char text[SLA__ICAL_OWN_MAX]);

/* What a file says of an event. */
typedef struct {
  sla__ical_wall start, end; /* end: SLA_NONE when there is no DTEND */
  sla__ical_wall excluded;   /* its one EXDATE, or SLA_NONE */
  sla__ical_slice rule;      /* the value of its one RRULE, or empty */
  bool is_date;
} sla__ical_own_event;

/* True when the event with this X-SLA-ENTRY is the standard form of the entry that it says. */
bool sla__ical_own_entry(sla__ical_slice own, const sla__ical_own_event *event, sla_entry *entry,
                         bool *nameless);

#endif
