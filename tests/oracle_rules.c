/* SPDX-License-Identifier: MIT */
/* The built-in metrics, as their documentation has them, and the masks of a policy. */
#include <string.h>

#include "oracle.h"

#define BIT(n) (UINT64_C(1) << (n))
#define DONE_STATUSES (1u << SLA_TICKET_SOLVED | 1u << SLA_TICKET_CLOSED)
#define PENDING (1u << SLA_TICKET_PENDING)
#define ON_HOLD (1u << SLA_TICKET_ON_HOLD)

static const sla_metric_rule built_in[10] = {
    [SLA_FIRST_RESPONSE] = {.shape = SLA_ONCE,
                            .start.events = BIT(SLA_EVENT_CREATED),
                            .fulfil.events = BIT(SLA_EVENT_AGENT_REPLY)},
    [SLA_NEXT_RESPONSE] = {.shape = SLA_EVERY_TURN,
                           .start.events = BIT(SLA_EVENT_CUSTOMER_MESSAGE),
                           .fulfil.events = BIT(SLA_EVENT_AGENT_REPLY),
                           .cancel.events = BIT(SLA_EVENT_NO_REPLY_NEEDED),
                           .options[SLA_OPTION_GATE] = SLA_GATE_FIRST_REPLY},
    [SLA_RESOLUTION] = {.shape = SLA_ONCE,
                        .start.events = BIT(SLA_EVENT_CREATED),
                        .fulfil.statuses = DONE_STATUSES,
                        .pause_statuses = PENDING | ON_HOLD,
                        .options[SLA_OPTION_REOPENED] = SLA_REOPENED_RESUMES},
    [SLA_PERIODIC_UPDATE] = {.shape = SLA_PERIODIC,
                             .start.events = BIT(SLA_EVENT_AGENT_REPLY),
                             .fulfil.events = BIT(SLA_EVENT_AGENT_REPLY),
                             .options[SLA_OPTION_GATE] = SLA_GATE_FIRST_REPLY},
    [SLA_PAUSABLE_UPDATE] = {.shape = SLA_PERIODIC,
                             .start.events = BIT(SLA_EVENT_AGENT_REPLY),
                             .fulfil.events = BIT(SLA_EVENT_AGENT_REPLY),
                             .pause_statuses = PENDING,
                             .options[SLA_OPTION_GATE] = SLA_GATE_FIRST_REPLY},
    [SLA_REQUESTER_WAIT] = {.shape = SLA_SUM,
                            .start.events = BIT(SLA_EVENT_CREATED),
                            .fulfil.statuses = DONE_STATUSES,
                            .pause_statuses = PENDING,
                            .options[SLA_OPTION_REOPENED] = SLA_REOPENED_RESUMES},
    [SLA_AGENT_WORK] = {.shape = SLA_SUM,
                        .start.events = BIT(SLA_EVENT_CREATED),
                        .fulfil.statuses = DONE_STATUSES,
                        .pause_statuses = PENDING | ON_HOLD,
                        .options[SLA_OPTION_REOPENED] = SLA_REOPENED_RESUMES},
    [SLA_TOTAL_RESOLUTION] = {.shape = SLA_SUM,
                              .start.events = BIT(SLA_EVENT_CREATED),
                              .fulfil.statuses = DONE_STATUSES,
                              .options[SLA_OPTION_REOPENED] = SLA_REOPENED_RESUMES},
    [SLA_GROUP_OWNERSHIP] = {.shape = SLA_CYCLE,
                             .start.events = BIT(SLA_EVENT_GROUP),
                             .fulfil.events = BIT(SLA_EVENT_GROUP),
                             .fulfil.statuses = DONE_STATUSES,
                             .options[SLA_OPTION_REOPENED] = SLA_REOPENED_NEW_CYCLE},
};

void oracle_policy_init(oracle_policy *policy) {
  memset(policy, 0, sizeof *policy);
  for (int m = 0; m < ORACLE_METRICS; m++)
    for (int p = 0; p <= ORACLE_ANY; p++) policy->soon[m][p].lead = SLA_NONE;
  memcpy(policy->rules, built_in, sizeof built_in);
  for (uint32_t s = SLA_TICKET_NEW; s <= SLA_TICKET_CLOSED; s++) policy->behaves_as[s] = s;
}

bool oracle_in_mask(const oracle_policy *policy, uint32_t mask, uint32_t status) {
  return (mask >> status & 1) != 0 || (mask >> policy->behaves_as[status] & 1) != 0;
}

bool oracle_is_done(const oracle_policy *policy, uint32_t status) {
  uint32_t like = policy->behaves_as[status];
  return like == SLA_TICKET_SOLVED || like == SLA_TICKET_CLOSED;
}

/* What was said of the status, else of the one it behaves as, else the rule's mask. */
bool oracle_is_pausing(const oracle_policy *policy, uint32_t metric, uint32_t status) {
  uint8_t said = policy->pauses[metric][status];
  if (said == ORACLE_UNSAID) said = policy->pauses[metric][policy->behaves_as[status]];
  if (said != ORACLE_UNSAID) return said == ORACLE_PAUSES;
  return oracle_in_mask(policy, policy->rules[metric].pause_statuses, status);
}

sla_seconds oracle_seconds(const oracle_target *target) {
  return target->unit == SLA_UNIT_SECONDS ? target->amount : target->amount * 86400;
}

bool oracle_has_target(const oracle_policy *policy, uint32_t metric) {
  for (int p = 0; p <= ORACLE_ANY; p++)
    if (policy->targets[metric][p].set) return true;
  return false;
}
