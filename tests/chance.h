/* SPDX-License-Identifier: MIT */
/* Calendars and instants by chance, drawn where things go wrong: clock changes, window edges,
 * nights, the first and the last years. */
#ifndef SLA_TESTS_CHANCE_H
#define SLA_TESTS_CHANCE_H

#include "oracle.h"
#include "support.h"

#define CHANCE_ZONES 14
#define CHANCE_SAMOA 12 /* the place of Pacific/Apia */
extern const char *const chance_zone_names[CHANCE_ZONES];

typedef struct {
  sla_zone *zones[CHANCE_ZONES];
  uint64_t state;
} chance;

void chance_begin(chance *luck, uint64_t seed);
void chance_end(chance *luck);

/* An instant of the years 1 to 9999; `near` is one that is drawn near, too. */
sla_time chance_instant(chance *luck, const sla_zone *zone, sla_time near);
/* A change of the clock close after an instant, or that instant. */
sla_time chance_clock_change(const sla_zone *zone, sla_time after);

/* A calendar whose dated entries lie near an instant.  With `step` 60 every edge is on a minute. */
void chance_calendar(chance *luck, oracle_calendar *calendar, sla_time near, int step);
/* Builds it; NULL when the library says that it is never open. */
sla_calendar *chance_built(const oracle_calendar *calendar, int32_t first_year, int32_t last_year);

#endif
