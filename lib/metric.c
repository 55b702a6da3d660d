/* SPDX-License-Identifier: MIT */
#include "metric.h"

#include "error.h"

#define EVENT(name) SLA__BIT(SLA_EVENT_##name)
#define STATUS(name) (1u << SLA_TICKET_##name)

/* ---- the built-in metrics, by number from 1 ---- */

#define BUILTIN (SLA_GROUP_OWNERSHIP + 1)
#define WHEN_SOLVED {.statuses = STATUS(SOLVED) | STATUS(CLOSED)}
#define RESUMES {[SLA_OPTION_REOPENED] = SLA_REOPENED_RESUMES}
#define GATED {[SLA_OPTION_GATE] = SLA_GATE_FIRST_REPLY}

static const sla_metric_rule builtin[BUILTIN] = {
    [SLA_FIRST_RESPONSE] = {.shape = SLA_ONCE,
                            .start = {.events = EVENT(CREATED)},
                            .fulfil = {.events = EVENT(AGENT_REPLY)}},
    [SLA_NEXT_RESPONSE] = {.shape = SLA_EVERY_TURN,
                           .start = {.events = EVENT(CUSTOMER_MESSAGE)},
                           .fulfil = {.events = EVENT(AGENT_REPLY)},
                           .cancel = {.events = EVENT(NO_REPLY_NEEDED)},
                           .options = GATED},
    [SLA_RESOLUTION] = {.shape = SLA_ONCE,
                        .start = {.events = EVENT(CREATED)},
                        .fulfil = WHEN_SOLVED,
                        .pause_statuses = STATUS(PENDING) | STATUS(ON_HOLD),
                        .options = RESUMES},
    [SLA_PERIODIC_UPDATE] = {.shape = SLA_PERIODIC,
                             .start = {.events = EVENT(AGENT_REPLY)},
                             .fulfil = {.events = EVENT(AGENT_REPLY)},
                             .options = GATED},
    [SLA_PAUSABLE_UPDATE] = {.shape = SLA_PERIODIC,
                             .start = {.events = EVENT(AGENT_REPLY)},
                             .fulfil = {.events = EVENT(AGENT_REPLY)},
                             .pause_statuses = STATUS(PENDING),
                             .options = GATED},
    [SLA_REQUESTER_WAIT] = {.shape = SLA_SUM,
                            .start = {.events = EVENT(CREATED)},
                            .fulfil = WHEN_SOLVED,
                            .pause_statuses = STATUS(PENDING),
                            .options = RESUMES},
    [SLA_AGENT_WORK] = {.shape = SLA_SUM,
                        .start = {.events = EVENT(CREATED)},
                        .fulfil = WHEN_SOLVED,
                        .pause_statuses = STATUS(PENDING) | STATUS(ON_HOLD),
                        .options = RESUMES},
    [SLA_TOTAL_RESOLUTION] = {.shape = SLA_SUM,
                              .start = {.events = EVENT(CREATED)},
                              .fulfil = WHEN_SOLVED,
                              .options = RESUMES},
    [SLA_GROUP_OWNERSHIP] = {.shape = SLA_CYCLE,
                             .start = {.events = EVENT(GROUP)},
                             .fulfil = {.events = EVENT(GROUP),
                                        .statuses = STATUS(SOLVED) | STATUS(CLOSED)},
                             .options = {[SLA_OPTION_REOPENED] = SLA_REOPENED_NEW_CYCLE}},
};

bool sla__metric_own(uint32_t metric) { return metric >= SLA_OWN_METRIC && metric < SLA__METRICS; }

bool sla__metric_ok(uint32_t metric) {
  return (metric >= 1 && metric < BUILTIN) || sla__metric_own(metric);
}

const sla_metric_rule *sla__metric_builtin(uint32_t metric) {
  return metric >= 1 && metric < BUILTIN ? &builtin[metric] : NULL;
}

bool sla__status_standard(uint32_t status) {
  return status >= SLA_TICKET_NEW && status <= SLA_TICKET_CLOSED;
}

bool sla__status_own(uint32_t status) { return status >= 16 && status < SLA__STATUSES; }

/* ---- what rules there can be ---- */

/* The largest value of each option. */
static const uint8_t option_max[SLA__OPTIONS] = {
    [SLA_OPTION_ANCHOR] = SLA_ANCHOR_VALUE,
    [SLA_OPTION_GATE] = SLA_GATE_FIRST_REPLY,
    [SLA_OPTION_AT_DUE] = SLA_AT_DUE_OVERDUE,
    [SLA_OPTION_LANDING] = SLA_LANDING_NEXT_OPENING,
    [SLA_OPTION_ZERO_TARGET] = SLA_LANDING_NEXT_OPENING,
    [SLA_OPTION_CREATED_BY_OTHER] = SLA_CREATED_REPLIES,
    [SLA_OPTION_SOLVED] = SLA_SOLVED_KEEPS_RUNNING,
    [SLA_OPTION_REOPENED] = SLA_REOPENED_NEW_CYCLE,
    [SLA_OPTION_TARGET_CHANGED] = SLA_CHANGED_BREACH_AT_CHANGE,
    [SLA_OPTION_BREACH_UNDONE] = SLA_BREACH_STICKS,
    [SLA_OPTION_CALENDAR_CHANGED] = SLA_CALENDAR_EACH_STRETCH,
    [SLA_OPTION_RESUME] = SLA_RESUME_TRIGGER,
    [SLA_OPTION_MESSAGE_WHILE_PAUSED] = SLA_MESSAGE_RESUMES,
};

int32_t sla__metric_check_option(uint32_t option, uint32_t value, uint32_t argument,
                                 sla_error *error) {
  if (option >= SLA__OPTIONS)
    return sla__fail_argument(error, SLA_E_OPTION, argument, option, SLA__OPTIONS - 1);
  if (value > option_max[option])
    return sla__fail_argument(error, SLA_E_OPTION, argument + 1, value, option_max[option]);
  return SLA_OK;
}

/* Kinds 1 to 15 and the host's. */
#define KNOWN_EVENTS (~(uint64_t)0 << SLA_EVENT_OWN | 0xfffe)
/* Statuses 1 to 6 and the host's. */
#define KNOWN_STATUSES 0xffff007eu

static bool is_empty(const sla_trigger *trigger) {
  return (trigger->events | trigger->conditions_set | trigger->conditions_cleared |
          trigger->statuses) == 0;
}

/* A cycle that counts from an instant before its start must be the only one. */
static bool anchor_fits(const sla_metric_rule *rule) {
  uint32_t anchor = rule->options[SLA_OPTION_ANCHOR];
  bool one = rule->shape == SLA_ONCE || rule->shape == SLA_SUM;
  if (anchor == SLA_ANCHOR_EVENT) return true;
  if (anchor == SLA_ANCHOR_NEWEST) return !one;
  if (anchor != SLA_ANCHOR_VALUE) return one;
  sla_trigger others = rule->start;
  others.events &= SLA__BIT(SLA_EVENT_OWN) - 1;
  return one && is_empty(&others);
}

/* The first bit of a mask that is none of those known. */
static int32_t check_mask(uint64_t mask, uint64_t known, int32_t failure, uint32_t argument,
                          sla_error *error) {
  int64_t bit = 0;
  if ((mask & ~known) == 0) return SLA_OK;
  while (!((mask & ~known) >> bit & 1)) bit++;
  return sla__fail_argument(error, failure, argument, bit, 0);
}

static int32_t check_trigger(const sla_trigger *trigger, uint32_t argument, sla_error *error) {
  int32_t code = check_mask(trigger->events, KNOWN_EVENTS, SLA_E_RULE, argument, error);
  if (code == SLA_OK)
    code = check_mask(trigger->statuses, KNOWN_STATUSES, SLA_E_STATUS, argument, error);
  if (code == SLA_OK && trigger->reserved != 0)
    code = sla__fail_argument(error, SLA_E_RULE, argument, trigger->reserved, 0);
  return code;
}

static int32_t check_options(const uint32_t *options, uint32_t argument, sla_error *error) {
  for (uint32_t i = 0; i < 16; i++) {
    uint32_t most = i < SLA__OPTIONS ? option_max[i] : 0;
    if (options[i] <= most) continue;
    sla__fail_index(error, SLA_E_OPTION, i, options[i], most);
    if (error != NULL) error->argument = argument;
    return SLA_E_OPTION;
  }
  return SLA_OK;
}

int32_t sla__metric_check(const sla_metric_rule *rule, uint32_t argument, sla_error *error) {
  const sla_trigger *triggers[] = {&rule->start, &rule->fulfil, &rule->cancel, &rule->resume};
  for (size_t i = 0; i < SLA__LENGTH(triggers); i++) {
    int32_t code = check_trigger(triggers[i], argument, error);
    if (code != SLA_OK) return code;
  }
  int32_t code =
      check_mask(rule->pause_statuses, KNOWN_STATUSES, SLA_E_STATUS, argument, error);
  if (code == SLA_OK) code = check_options(rule->options, argument, error);
  if (code != SLA_OK) return code;
  if (rule->shape < SLA_ONCE || rule->shape > SLA_CYCLE)
    return sla__fail_argument(error, SLA_E_RULE, argument, rule->shape, SLA_CYCLE);
  if (is_empty(&rule->start)) return sla__fail_argument(error, SLA_E_RULE, argument, 0, 0);
  if (anchor_fits(rule)) return SLA_OK;
  return sla__fail_argument(error, SLA_E_RULE, argument, rule->options[SLA_OPTION_ANCHOR], 0);
}
