/* SPDX-License-Identifier: MIT */
/* The independent computation of test_incidents: time is counted minute by minute, and nothing of
 * the library is called. */
#ifndef SLA_TESTS_INCIDENTS_NAIVE_H
#define SLA_TESTS_INCIDENTS_NAIVE_H

#include <sla/sla.h>
#include <stdbool.h>

/* Whether each minute of some years is open. */
typedef struct naive_hours naive_hours;

naive_hours *naive_new_york_office(void); /* Monday to Friday 9 to 17; known for 2016 to 2018 */
naive_hours *naive_always(void);
void naive_hours_free(naive_hours *hours);
/* Open seconds from one whole minute to another. */
sla_seconds naive_open(const naive_hours *hours, sla_time from, sla_time to);

/* What was promised, by priority 0 to 4: counted seconds, whole minutes. */
typedef struct naive_promise {
  uint32_t metric; /* first response or resolution */
  sla_seconds target[5];
  sla_seconds lead; /* due soon while at most so much remains */
} naive_promise;

typedef struct naive_answer {
  uint32_t phase, status, priority;
  sla_time started_at, stopped_at, due_at, breached_at, projected_due_at, next_change_at;
  sla_seconds target, elapsed, remaining, wall_elapsed, wall_paused, late_by;
  bool reopened;
  uint32_t ticket_status;
  sla_time status_since;
  sla_seconds counted_pause;  /* until the status last changed, counted */
  sla_time pause_ended;       /* when a status that pauses last gave way to another */
  sla_seconds left_then;      /* what remained of the target */
} naive_answer;

/* Every instant in whole minutes. */
naive_answer naive_evaluate(const naive_hours *hours, const naive_promise *promise,
                            const sla_event *log, size_t count, sla_time now);

#endif
