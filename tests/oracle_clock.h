/* SPDX-License-Identifier: MIT */
/* What one cycle amounts to, tick by tick, under the terms that are known. */
#ifndef SLA_TESTS_ORACLE_CLOCK_H
#define SLA_TESTS_ORACLE_CLOCK_H

#include "oracle_story.h"

void oracle_clear(sla_result *result);
/* The cycle as it ended, or as it is at `now`; breaches that were undone are not looked for.
 * false when something lies beyond the horizon. */
bool oracle_judge(const oracle_question *question, const oracle_cycle *cycle, sla_time now,
                  sla_time horizon, sla_result *result);
uint32_t oracle_option(const oracle_question *question, uint32_t option);

#endif
