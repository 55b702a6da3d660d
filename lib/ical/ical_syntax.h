/* SPDX-License-Identifier: MIT */
/* The only reader of libical: the properties of one component, with what libical makes of their
 * parameters and texts, and whether it could parse them.  Values that say when stay as the file
 * writes them, since libical repairs, wraps and reorders some.
 *
 * It is handed a few lines at a time, each behind a mark of ours: so its memory stays small
 * whatever the file holds, the lock is held briefly, and what it drops is dropped at a known line.
 * May include: ical_base, ical_mem, ical_lock, ical_scan. */
#ifndef SLA_LIB_ICAL_SYNTAX_H
#define SLA_LIB_ICAL_SYNTAX_H

#include "ical_scan.h"

enum sla__ical_name {
  SLA__ICAL_NAMELESS = 0, /* any other property */
  SLA__ICAL_DTSTART,
  SLA__ICAL_DTEND,
  SLA__ICAL_DURATION,
  SLA__ICAL_RRULE,
  SLA__ICAL_RDATE,
  SLA__ICAL_EXDATE,
  SLA__ICAL_EXRULE,
  SLA__ICAL_RECURRENCE_ID,
  SLA__ICAL_OFFSET_FROM,
  SLA__ICAL_OFFSET_TO,
  SLA__ICAL_PRIORITY,
  SLA__ICAL_BUSYTYPE,
  SLA__ICAL_SAYS_WHEN = SLA__ICAL_BUSYTYPE, /* all above and this */
  SLA__ICAL_STATUS,
  SLA__ICAL_SPECIAL_DAY, /* X-APPLE-SPECIAL-DAY */
  SLA__ICAL_OWN,         /* X-SLA-ENTRY */
  SLA__ICAL_SUMMARY,
  SLA__ICAL_UID_NAME,
  SLA__ICAL_CATEGORY, /* one of CATEGORIES */
  SLA__ICAL_TZID
};

typedef struct {
  uint32_t name;
  bool is_dropped; /* libical found an error in it */
  bool is_period;  /* VALUE=PERIOD */
  bool has_range;  /* a RANGE: more than one occurrence is meant */
  sla__ical_slice value; /* as written; of texts, from SUMMARY on, the text that is meant */
  sla__ical_slice tzid;  /* empty without one */
  sla__ical_place place; /* of the first byte of the value as written */
} sla__ical_property;

/* Takes one property; a code other than SLA_OK ends the reading. */
typedef int32_t sla__ical_visit(void *context, const sla__ical_property *property,
                                sla_error *error);

/* What is used from component to component; all zeros but for the first two is a new one. */
typedef struct {
  const sla__ical_scan *scan;
  const sla_allocator *allocator;
  sla__ical_array text;    /* what libical is handed */
  sla__ical_array decoded; /* room for the texts it gives back */
  sla__ical_array lines;   /* what is behind each mark */
} sla__ical_syntax;

/* The properties of the component itself, in order. */
int32_t sla__ical_syntax_read(sla__ical_syntax *syntax, const sla__ical_component *component,
                              sla__ical_visit *visit, void *context, sla_error *error);
void sla__ical_syntax_free(sla__ical_syntax *syntax);

#endif
