/* SPDX-License-Identifier: MIT */
/* What was promised, as text: targets, due-soon rules, pauses. */
#ifndef EXAMPLES_TARGETS_H
#define EXAMPLES_TARGETS_H

#include <sla/sla.h>

#include "words.h"

/* Which of the three metrics have a target: bit `metric` is set. */
typedef uint32_t metric_set;

/* One by one: a target such as "4h", a rule such as "20%", the mask of statuses that pause. */
bool targets_add(sla_policy_builder *policy, uint32_t metric, uint32_t priority, slice text,
                 bytes *why);
bool targets_add_due_soon(sla_policy_builder *policy, metric_set metrics, slice text, bytes *why);
bool targets_set_pauses(sla_policy_builder *policy, uint32_t metric, uint32_t statuses,
                        bytes *why);

/* "urgent=15m,high=1h@24x7,normal=4h,low=1wd", or one value for every priority, such as "4h". */
bool targets_read(sla_policy_builder *policy, uint32_t metric, const char *text,
                  const word_map *words, bytes *why);

/* "30m" or "20%" (of the target is left) for all metrics in the set, or "resolution=2h,...". */
bool targets_read_due_soon(sla_policy_builder *policy, metric_set metrics, const char *text,
                           bytes *why);

/* "first-response=pending,resolution=pending+on-hold": these statuses and no others pause the
 * metric; "none" for nothing; without a metric, for all of them. */
bool targets_read_pauses(sla_policy_builder *policy, const char *text, bytes *why);

#endif
