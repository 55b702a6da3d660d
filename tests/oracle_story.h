/* SPDX-License-Identifier: MIT */
/* What happened to one metric's clock: its cycles, with what they were promised and when they ran.
 * Nothing is counted here. */
#ifndef SLA_TESTS_ORACLE_STORY_H
#define SLA_TESTS_ORACLE_STORY_H

#include "oracle.h"

#define ORACLE_STRETCHES 96

typedef enum { ORACLE_RUNNING, ORACLE_PAUSED, ORACLE_DONE } oracle_kind;

typedef struct {
  sla_time from, to; /* to is SLA_NONE while it lasts */
  oracle_kind kind;
  size_t terms; /* how many there were when it began */
} oracle_stretch;

/* What a cycle is held to, from an instant on. */
typedef struct {
  sla_time from;
  int64_t policy; /* its place, or SLA_NONE */
  uint32_t priority;
  sla_time manual; /* due instant set by hand, or SLA_NONE */
} oracle_terms;

typedef struct {
  uint32_t number;
  sla_time start; /* from when it counts */
  sla_time began; /* when it became a cycle, the first time if it was started over */
  sla_time stop;  /* SLA_NONE while it is open */
  bool cancelled, by_done; /* by_done: what stopped it is that the ticket became done */
  oracle_stretch stretches[ORACLE_STRETCHES];
  oracle_terms terms[ORACLE_STRETCHES];
  size_t count, term_count;
  size_t first_term; /* since the cycle was started over */
} oracle_cycle;

/* One metric of one ticket at now, and what only the end of the log decides. */
typedef struct {
  const oracle_policy *const *policies;
  const oracle_policy *governing; /* whose rule, statuses and pauses hold for the whole log */
  const sla_metric_rule *rule;
  uint32_t metric;
  const sla_event *events;
  size_t count;   /* of the events up to now that are not ignored */
  size_t applied; /* the event that applied the governing policy; 0 for the creation */
  size_t left;    /* the event since which no policy promises anything; none: beyond the last */
} oracle_question;

typedef struct {
  const oracle_question *question;
  uint32_t status, priority;
  int64_t policy, group;
  uint64_t conditions;
  sla_time created, first_message; /* first_message is SLA_NONE before it */
  bool done, gate, remembered;
  bool level;  /* a status or a condition pauses */
  bool paused; /* and nothing has resumed since */
  struct { sla_time from; bool level; } levels[ORACLE_STRETCHES];
  size_t level_count, past_levels; /* past_levels: before the present moment */
  oracle_cycle cycles[ORACLE_CYCLES];
  size_t cycle_count;
} oracle_story;

void oracle_ask(oracle_question *question, const oracle_policy *const *policies, uint32_t metric,
                const sla_event *events, size_t count, sla_time now);
/* What happened up to an instant, that included. */
void oracle_replay(oracle_story *story, const oracle_question *question, sla_time until);

/* What terms promise: a target, perhaps, a due-soon rule, and the calendar that counts. */
typedef struct {
  const oracle_target *target;     /* NULL without one */
  const oracle_calendar *calendar; /* NULL for around the clock */
  oracle_soon soon;
} oracle_promise;

oracle_promise oracle_promise_of(const oracle_question *question, const oracle_terms *terms);
bool oracle_same_promise(const oracle_promise *a, const oracle_promise *b);

#endif
