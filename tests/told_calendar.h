/* SPDX-License-Identifier: MIT */
/* Zones and calendars told in words, as tests/cases/README defines them. */
#ifndef SLA_TESTS_TOLD_CALENDAR_H
#define SLA_TESTS_TOLD_CALENDAR_H

#include <sla/sla.h>

/* The code of the call that makes the zone; its error is filled in where it is refused. */
int32_t told_zone(const char *text, sla_zone **zone, sla_error *error);
/* The code of the first call that is refused.  Hours and extras may be NULL. */
int32_t told_calendar(const char *zone, const char *hours, const char *extras,
                      sla_calendar **calendar);
/* A date, "2024-06-03". */
sla_date told_date(const char *text);
/* The code of that name. */
int32_t told_code(const char *name);
/* The next word of a text, parted by one blank each; "" at the end.  The text is cut up. */
const char *told_word(char **rest);

#endif
