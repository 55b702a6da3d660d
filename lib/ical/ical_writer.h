/* SPDX-License-Identifier: MIT */
/* The writer, shared by what writes calendars and what writes due dates.  May include: ical_base,
 * ical_mem, ical_compose. */
#ifndef SLA_LIB_ICAL_WRITER_H
#define SLA_LIB_ICAL_WRITER_H

#include "ical_compose.h"

#define SLA__ICAL_TEXT_MAX 16384 /* bytes of a text */
#define SLA__ICAL_TZID_MAX 255
#define SLA__ICAL_DUES_MAX 100000
#define SLA__ICAL_ALARMS_MAX 16

/* The due date added last, which texts and alarms may still be added to. */
typedef struct {
  sla_ical_due due;
  sla__ical_array bytes; /* of its texts */
  sla__ical_text uid, summary, description, url;
  sla_time alarms[SLA__ICAL_ALARMS_MAX];
  uint32_t alarm_count;
  size_t from; /* where it begins in the body */
} sla__ical_last_due;

struct sla_ical_writer {
  sla_allocator allocator;
  sla__ical_outline outline; /* empty between calls */
  sla__ical_array head;      /* the VCALENDAR without its components */
  sla__ical_array body;      /* its components */
  sla__ical_last_due last;
  uint32_t due_count;
  bool has_calendar;
};

/* An instant that is a parameter, or SLA_E_RANGE. */
int32_t sla__ical_check_time(sla_time time, uint32_t argument, sla_error *error);

/* "20261225T090000Z" */
void sla__ical_put_instant(sla__ical_outline *outline, const char *property, sla_time time);

#endif
