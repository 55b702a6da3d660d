/* SPDX-License-Identifier: MIT */
/* The tickets that are evaluated, and what was promised for them. */
#include "bench.h"

#include <stdlib.h>

enum { HOUR = 3600 };

const uint32_t ticket_metrics[TICKET_METRICS] = {SLA_FIRST_RESPONSE, SLA_NEXT_RESPONSE,
                                                 SLA_RESOLUTION};

static void set_target(sla_policy_builder *builder, uint32_t metric, uint32_t priority,
                       sla_seconds target, uint32_t clock) {
  sla_error error;
  require_ok(sla_policy_builder_set_target(builder, metric, priority, target, SLA_UNIT_SECONDS,
                                           clock, &error),
             &error, "a target");
}

sla_policy *ticket_policy(const sla_calendar *calendar, uint32_t clock, int64_t part) {
  static const int64_t hours[TICKET_METRICS] = {4, 8, 40};
  sla_policy_builder *builder = NULL;
  sla_policy *policy = NULL;
  sla_error error;
  require_ok(sla_policy_builder_new(NULL, &builder, &error), &error, "a policy builder");
  require_ok(sla_policy_builder_set_calendar(builder, calendar, &error), &error, "its calendar");
  for (int m = 0; m < TICKET_METRICS; m++) {
    sla_seconds target = hours[m] * HOUR / part;
    set_target(builder, ticket_metrics[m], SLA_PRIORITY_ANY, target, clock);
    set_target(builder, ticket_metrics[m], SLA_PRIORITY_URGENT, target / 4, clock);
    require_ok(sla_policy_builder_set_due_soon_percent(builder, ticket_metrics[m],
                                                       SLA_PRIORITY_ANY, 75, &error),
               &error, "a due-soon rule");
  }
  require_ok(sla_policy_builder_build(builder, &policy, &error), &error, "a policy");
  sla_policy_builder_free(builder);
  return policy;
}

static int compare_instants(const void *a, const void *b) {
  sla_time x = *(const sla_time *)a, y = *(const sla_time *)b;
  return (x > y) - (x < y);
}

void ticket_log(sla_event *log, int64_t story, sla_time created, sla_time now, uint64_t *state) {
  static const struct {
    uint32_t kind;
    int64_t value;
  } stories[TICKET_STORIES][TICKET_EVENTS] = {
      {{SLA_EVENT_CREATED, SLA_CREATOR_CUSTOMER},
       {SLA_EVENT_GROUP, 7},
       {SLA_EVENT_PRIORITY, SLA_PRIORITY_URGENT},
       {SLA_EVENT_STATUS, SLA_TICKET_OPEN},
       {SLA_EVENT_AGENT_REPLY, 0},
       {SLA_EVENT_STATUS, SLA_TICKET_PENDING},
       {SLA_EVENT_CUSTOMER_MESSAGE, 0},
       {SLA_EVENT_STATUS, SLA_TICKET_OPEN},
       {SLA_EVENT_AGENT_NOTE, 0},
       {SLA_EVENT_AGENT_REPLY, 0}},
      {{SLA_EVENT_CREATED, SLA_CREATOR_CUSTOMER},
       {SLA_EVENT_STATUS, SLA_TICKET_ON_HOLD},
       {SLA_EVENT_AGENT_NOTE, 0},
       {SLA_EVENT_STATUS, SLA_TICKET_OPEN},
       {SLA_EVENT_AGENT_REPLY, 0},
       {SLA_EVENT_CUSTOMER_MESSAGE, 0},
       {SLA_EVENT_AGENT_REPLY, 0},
       {SLA_EVENT_STATUS, SLA_TICKET_SOLVED},
       {SLA_EVENT_CUSTOMER_MESSAGE, 0},
       {SLA_EVENT_STATUS, SLA_TICKET_OPEN}},
      {{SLA_EVENT_CREATED, SLA_CREATOR_CUSTOMER},
       {SLA_EVENT_AUTOMATIC_REPLY, 0},
       {SLA_EVENT_CUSTOMER_MESSAGE, 0},
       {SLA_EVENT_AGENT_NOTE, 0},
       {SLA_EVENT_AGENT_REPLY, 0},
       {SLA_EVENT_CUSTOMER_MESSAGE, 0},
       {SLA_EVENT_STATUS, SLA_TICKET_OPEN},
       {SLA_EVENT_AGENT_REPLY, 0},
       {SLA_EVENT_CUSTOMER_MESSAGE, 0},
       {SLA_EVENT_STATUS, SLA_TICKET_PENDING}},
  };
  sla_time at[TICKET_EVENTS] = {created};
  for (int i = 1; i < TICKET_EVENTS; i++) at[i] = random_in(state, created, now);
  qsort(at, TICKET_EVENTS, sizeof *at, compare_instants);
  for (int i = 0; i < TICKET_EVENTS; i++)
    log[i] = (sla_event){at[i], stories[story][i].value, stories[story][i].kind, 0};
}
