/* SPDX-License-Identifier: MIT */
/* The objectives of the file, and how many cases of each period were good or bad. */
#ifndef SLA_REPORT_GOALS_H
#define SLA_REPORT_GOALS_H

#include "attributes.h"
#include "periods.h"

typedef struct {
  sla_date first;
  int64_t good, bad;
} goal_period;

typedef struct {
  slice name; /* in the document, terminated */
  enum period each;
  uint32_t kind;   /* enum sla_objective_kind */
  uint32_t metric; /* whose cycles are the cases; 0 when conditions say what is good */
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
bool goals_read(goals *made, attributes *of, const document *in, const node *from, bytes *why);
void goals_free(goals *of);

/* Counts a ticket, with the facts at hand and its results. */
bool goals_count(goals *of, const attributes *facts, const sla_zone *zone, sla_time created,
                 const sla_result *results, size_t count, bytes *why);

/* How a period of it stands. */
bool goals_judge(const goal *of, const goal_period *period, const sla_zone *zone, sla_time now,
                 sla_standing *standing, bytes *why);

#endif
