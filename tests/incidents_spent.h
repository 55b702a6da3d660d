/* SPDX-License-Identifier: MIT */
/* How the nine clocks of a ticket spend its time, for test_incidents: each minute goes to one
 * account.  Written from what each metric is for; nothing of the library is called. */
#ifndef SLA_TESTS_INCIDENTS_SPENT_H
#define SLA_TESTS_INCIDENTS_SPENT_H

#include "incidents_naive.h"

enum { SPENT_CYCLES = 64 };

/* One cycle: its accounts add up to the time from its start to its stop, or to now. */
typedef struct spent_cycle {
  sla_time started_at, stopped_at; /* SLA_NONE while it is open */
  sla_seconds counted, closed;     /* while it ran: open minutes, and the others */
  sla_seconds paused;
  sla_seconds done; /* from a stop until the incident was reopened and the clock went on */
} spent_cycle;

typedef struct spent_time {
  spent_cycle cycle[SPENT_CYCLES];
  size_t cycles;
} spent_time;

/* One of the nine metrics, every instant in whole minutes. */
void spend(spent_time *spent, const naive_hours *hours, uint32_t metric, const sla_event *log,
           size_t count, sla_time now);

#endif
