/* SPDX-License-Identifier: MIT */
#include "ladder.h"

#include <string.h>

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

static void add_step(ladder *to, sla_seconds length, bool is_target) {
  size_t place = 0;
  while (place < to->count && to->up_to[place] < length) place++;
  bool is_there = place < to->count && to->up_to[place] == length;
  if (is_there) to->is_target[place] = to->is_target[place] || is_target;
  if (is_there || to->count == STEPS) return;
  memmove(&to->up_to[place + 1], &to->up_to[place], (to->count - place) * sizeof *to->up_to);
  memmove(&to->is_target[place + 1], &to->is_target[place],
          (to->count - place) * sizeof *to->is_target);
  to->up_to[place] = length;
  to->is_target[place] = is_target;
  to->count++;
}

/* Targets in days of a calendar are no length. */
static sla_seconds length_of(const sla_target *target) {
  switch (target->unit) {
    case SLA_UNIT_SECONDS: return target->amount;
    case SLA_UNIT_COUNTED_DAYS: return target->amount * DAY;
    default: return SLA_NONE;
  }
}

static void add_targets(ladder *to, const sla_policy *policy, uint32_t metric) {
  sla_target target;
  for (uint32_t i = 0; i < sla_policy_target_count(policy); i++) {
    bool read = sla_policy_target(policy, i, &target, sizeof target) == SLA_OK;
    if (!read || target.metric != metric || target.amount == SLA_NONE) continue;
    sla_seconds length = length_of(&target);
    if (length != SLA_NONE && length > 0) add_step(to, length, true);
  }
}

void ladder_make(ladder *made, const policies *of, uint32_t metric) {
  static const sla_seconds usual[] = {5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR,    2 * HOUR,
                                      4 * HOUR,   8 * HOUR,    12 * HOUR,   DAY,     2 * DAY,
                                      4 * DAY,    7 * DAY,     14 * DAY,    30 * DAY};
  for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) add_step(made, usual[i], false);
  const sla_policy *policy;
  for (uint32_t i = 0; i < of->count; i++)
    for (uint32_t j = 0; (policy = sla_policy_set_policy(of->set, i, j)) != NULL; j++)
      add_targets(made, policy, metric);
}

void ladder_take(ladder *into, const sla_result *result) {
  size_t place = 0;
  for (size_t i = 0; i < into->count; i++)
    if (into->up_to[i] == result->target) into->is_seen[i] = true;
  if (result->phase != SLA_FULFILLED || result->status == SLA_STATUS_NONE) return;
  while (place < into->count && into->up_to[place] < result->elapsed) place++;
  if (result->status == SLA_OVERDUE) into->missed[place]++;
  else into->met[place]++;
}

bool ladder_is_target(const ladder *of, size_t step) {
  return step < of->count && of->is_target[step] && of->is_seen[step];
}

bool ladder_range(const ladder *of, size_t *first, size_t *end) {
  *first = *end = 0;
  for (size_t i = 0; i <= of->count; i++) {
    bool shown = of->met[i] + of->missed[i] != 0 || ladder_is_target(of, i);
    if (shown && *end == 0) *first = i;
    if (shown) *end = i + 1;
  }
  for (size_t i = *first; i < *end; i++)
    if (of->met[i] + of->missed[i] != 0) return true;
  return false;
}
