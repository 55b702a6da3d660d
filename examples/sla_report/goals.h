/* SPDX-License-Identifier: MIT */
/* The objectives of the file, and how many cases of each period were good or bad. */
#ifndef SLA_REPORT_GOALS_H
#define SLA_REPORT_GOALS_H

#include "attributes.h"
#include "periods.h"
#include "policies.h"

typedef struct {
  sla_date first;
  int64_t good, bad;
} goal_period;

typedef struct {
  slice name; /* in the document, terminated */
  enum period each;
  uint32_t kind;   /* enum sla_objective_kind */
  uint32_t metric; /* whose cycles are the cases; 0 when conditions say what is good */
  uint32_t policy; /* of which they are; SLA_NO_POLICY for the first of each ticket */
  int64_t goal, expected;
  bool only, good, bad; /* which conditions it has */
  goal_period *periods; /* ascending */
  size_t count, room;
} goal;

typedef struct {
  goal *items;
  size_t count, room;
  sla_rules *rules; /* three for each goal: only, good, bad */
  sla_match *matches;
} goals;

/* "objectives:", or NULL for none. */
bool goals_read(goals *made, attributes *of, const document *in, const node *from,
                const policies *among, bytes *why);
void goals_free(goals *of);

/* What is known of a ticket besides the facts at hand. */
typedef struct {
  sla_time created;
  const sla_outcome *outcomes; /* under its policies, the first of them first */
  size_t count;
  const sla_result *results; /* of all of them */
} goal_ticket;

bool goals_count(goals *of, const attributes *facts, const sla_zone *zone,
                 const goal_ticket *ticket, bytes *why);

/* How a period of it stands. */
bool goals_judge(const goal *of, const goal_period *period, const sla_zone *zone, sla_time now,
                 sla_standing *standing, bytes *why);

#endif
