/* SPDX-License-Identifier: MIT */
/* How many cycles took how long, counted exactly between steps of which the targets are some. */
#ifndef SLA_REPORT_LADDER_H
#define SLA_REPORT_LADDER_H

#include "policies.h"

enum { STEPS = 40 };

typedef struct {
  sla_seconds up_to[STEPS]; /* ascending, each included */
  bool is_target[STEPS]; /* of some policy */
  bool is_seen[STEPS];   /* and of something that was counted */
  size_t count;
  uint64_t met[STEPS + 1], missed[STEPS + 1]; /* the last: longer than all */
} ladder;

/* With the targets of a metric in all policies. */
void ladder_make(ladder *made, const policies *of, uint32_t metric);
void ladder_take(ladder *into, const sla_result *result);
/* Whether the length of a step was the target of something that was counted. */
bool ladder_is_target(const ladder *of, size_t step);
/* The steps that are worth showing: from *first to before *end. */
bool ladder_range(const ladder *of, size_t *first, size_t *end);

#endif
