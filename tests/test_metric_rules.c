/* SPDX-License-Identifier: MIT */
/* The nine built-in metrics and those of the host's own: what they do, case by case, and that rules
 * are read back as they were set. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"
#include "table.h"
#include "told.h"

#define BIT(n) (UINT64_C(1) << (n))
#define DONE (UINT32_C(1) << SLA_TICKET_SOLVED | UINT32_C(1) << SLA_TICKET_CLOSED)
#define WAITS (UINT32_C(1) << SLA_TICKET_PENDING)
#define WAITS_OR_HELD (WAITS | UINT32_C(1) << SLA_TICKET_ON_HOLD)

static const sla_metric_rule built_in[] = {
    [SLA_FIRST_RESPONSE] = {.start.events = BIT(SLA_EVENT_CREATED),
                            .fulfil.events = BIT(SLA_EVENT_AGENT_REPLY),
                            .shape = SLA_ONCE},
    [SLA_NEXT_RESPONSE] = {.start.events = BIT(SLA_EVENT_CUSTOMER_MESSAGE),
                           .fulfil.events = BIT(SLA_EVENT_AGENT_REPLY),
                           .cancel.events = BIT(SLA_EVENT_NO_REPLY_NEEDED),
                           .shape = SLA_EVERY_TURN,
                           .options[SLA_OPTION_GATE] = SLA_GATE_FIRST_REPLY},
    [SLA_RESOLUTION] = {.start.events = BIT(SLA_EVENT_CREATED),
                        .fulfil.statuses = DONE,
                        .pause_statuses = WAITS_OR_HELD,
                        .shape = SLA_ONCE,
                        .options[SLA_OPTION_REOPENED] = SLA_REOPENED_RESUMES},
    [SLA_PERIODIC_UPDATE] = {.start.events = BIT(SLA_EVENT_AGENT_REPLY),
                             .fulfil.events = BIT(SLA_EVENT_AGENT_REPLY),
                             .shape = SLA_PERIODIC,
                             .options[SLA_OPTION_GATE] = SLA_GATE_FIRST_REPLY},
    [SLA_PAUSABLE_UPDATE] = {.start.events = BIT(SLA_EVENT_AGENT_REPLY),
                             .fulfil.events = BIT(SLA_EVENT_AGENT_REPLY),
                             .pause_statuses = WAITS,
                             .shape = SLA_PERIODIC,
                             .options[SLA_OPTION_GATE] = SLA_GATE_FIRST_REPLY},
    [SLA_REQUESTER_WAIT] = {.start.events = BIT(SLA_EVENT_CREATED),
                            .fulfil.statuses = DONE,
                            .pause_statuses = WAITS,
                            .shape = SLA_SUM,
                            .options[SLA_OPTION_REOPENED] = SLA_REOPENED_RESUMES},
    [SLA_AGENT_WORK] = {.start.events = BIT(SLA_EVENT_CREATED),
                        .fulfil.statuses = DONE,
                        .pause_statuses = WAITS_OR_HELD,
                        .shape = SLA_SUM,
                        .options[SLA_OPTION_REOPENED] = SLA_REOPENED_RESUMES},
    [SLA_TOTAL_RESOLUTION] = {.start.events = BIT(SLA_EVENT_CREATED),
                              .fulfil.statuses = DONE,
                              .shape = SLA_SUM,
                              .options[SLA_OPTION_REOPENED] = SLA_REOPENED_RESUMES},
    [SLA_GROUP_OWNERSHIP] = {.start.events = BIT(SLA_EVENT_GROUP),
                             .fulfil = {.events = BIT(SLA_EVENT_GROUP), .statuses = DONE},
                             .shape = SLA_CYCLE,
                             .options[SLA_OPTION_REOPENED] = SLA_REOPENED_NEW_CYCLE},
};

static sla_metric_rule rule_of(const sla_policy_builder *builder, uint32_t metric) {
  sla_metric_rule rule;
  assert_ok(sla_policy_builder_metric(builder, metric, &rule, sizeof rule, NULL));
  return rule;
}

/* The rule of a metric in a policy with a target for it, and in a builder made from that. */
static sla_metric_rule compiled_rule(sla_policy_builder *builder, uint32_t metric) {
  sla_metric_rule rule, again;
  assert_ok(sla_policy_builder_set_target(builder, metric, SLA_PRIORITY_ANY, 60, SLA_UNIT_SECONDS,
                                          SLA_AROUND_THE_CLOCK, NULL));
  sla_policy *policy = policy_built(builder);
  assert_ok(sla_policy_metric_rule(policy, metric, &rule, sizeof rule));
  assert_ok(sla_policy_builder_new_from(policy, NULL, &builder, NULL));
  again = rule_of(builder, metric);
  assert_memory_equal(&again, &rule, sizeof rule);
  sla_policy_builder_free(builder);
  sla_policy_unref(policy);
  return rule;
}

static void rules_that_are_built_in(void **state) {
  (void)state;
  for (uint32_t metric = SLA_FIRST_RESPONSE; metric <= SLA_GROUP_OWNERSHIP; metric++) {
    sla_policy_builder *builder = policy_builder_of(NULL);
    sla_metric_rule rule = rule_of(builder, metric);
    assert_memory_equal(&rule, &built_in[metric], sizeof rule);
    rule = compiled_rule(builder, metric);
    assert_memory_equal(&rule, &built_in[metric], sizeof rule);
  }
}

/* Every field, and of the masks the first and the last bit there is. */
static const sla_metric_rule full_rule = {
    .start = {.events = BIT(SLA_EVENT_CREATED) | BIT(32),
              .conditions_set = BIT(0) | BIT(63),
              .conditions_cleared = BIT(1) | BIT(62),
              .statuses = UINT32_C(1) << SLA_TICKET_NEW | UINT32_C(1) << 31},
    .fulfil = {.events = BIT(SLA_EVENT_POLICY) | BIT(63), .conditions_set = BIT(2)},
    .cancel = {.events = BIT(40), .statuses = UINT32_C(1) << 16},
    .resume = {.conditions_cleared = BIT(3), .statuses = UINT32_C(1) << SLA_TICKET_OPEN},
    .pause_conditions = BIT(4) | BIT(63),
    .pause_statuses = WAITS | UINT32_C(1) << 20,
    .shape = SLA_SUM,
    .options = {SLA_ANCHOR_POLICY, SLA_GATE_FIRST_REPLY, SLA_AT_DUE_OVERDUE,
                SLA_LANDING_NEXT_OPENING, SLA_LANDING_NEXT_OPENING, SLA_CREATED_REPLIES,
                SLA_SOLVED_KEEPS_RUNNING, SLA_REOPENED_NEW_CYCLE, SLA_CHANGED_BREACH_AT_CHANGE,
                SLA_BREACH_STICKS, SLA_CALENDAR_EACH_STRETCH, SLA_RESUME_TRIGGER,
                SLA_MESSAGE_RESUMES}};

static sla_policy_builder *builder_with(uint32_t metric, const sla_metric_rule *rule) {
  sla_policy_builder *builder = policy_builder_of(NULL);
  for (uint32_t status = 16; status < 32; status++)
    assert_ok(sla_policy_builder_set_status(builder, status, SLA_TICKET_OPEN, NULL));
  assert_ok(sla_policy_builder_set_metric(builder, metric, rule, sizeof *rule, NULL));
  return builder;
}

static void rules_that_are_set(void **state) {
  static const uint32_t metrics[] = {SLA_FIRST_RESPONSE, SLA_GROUP_OWNERSHIP, 32, 63};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(metrics); i++) {
    sla_policy_builder *builder = builder_with(metrics[i], &full_rule);
    sla_metric_rule rule = rule_of(builder, metrics[i]);
    assert_memory_equal(&rule, &full_rule, sizeof rule);
    rule = compiled_rule(builder, metrics[i]);
    assert_memory_equal(&rule, &full_rule, sizeof rule);
  }
}

/* One that starts once cannot have a newest start, and only the host's own events carry a time. */
static bool fits_resolution(uint32_t option, uint32_t value) {
  return option != SLA_OPTION_ANCHOR || (value != SLA_ANCHOR_NEWEST && value != SLA_ANCHOR_VALUE);
}

/* Each option by itself, every value that has a name. */
static void options_that_are_set(void **state) {
  (void)state;
  for (uint32_t option = 0; sla_option_name(option) != NULL; option++) {
    for (uint32_t value = 0; sla_option_value_name(option, value) != NULL; value++) {
      if (!fits_resolution(option, value)) continue;
      sla_metric_rule expected = built_in[SLA_RESOLUTION], rule;
      sla_policy_builder *builder = policy_builder_of(NULL);
      assert_ok(sla_policy_builder_set_option(builder, SLA_RESOLUTION, option, value, NULL));
      expected.options[option] = value;
      rule = rule_of(builder, SLA_RESOLUTION);
      assert_memory_equal(&rule, &expected, sizeof rule);
      rule = rule_of(builder, SLA_AGENT_WORK);
      assert_memory_equal(&rule, &built_in[SLA_AGENT_WORK], sizeof rule);
      rule = compiled_rule(builder, SLA_RESOLUTION);
      assert_memory_equal(&rule, &expected, sizeof rule);
    }
  }
}

/* A later caller's record: what is known, then zeros. */
static void rules_into_larger_records(void **state) {
  struct {
    sla_metric_rule known;
    int64_t later;
  } larger;
  (void)state;
  memset(&larger, 0x5C, sizeof larger);
  sla_policy_builder *builder = policy_builder_of(NULL);
  assert_ok(sla_policy_builder_metric(builder, SLA_RESOLUTION, &larger.known, sizeof larger, NULL));
  assert_memory_equal(&larger.known, &built_in[SLA_RESOLUTION], sizeof larger.known);
  assert_number(larger.later, 0);
  assert_ok(sla_policy_builder_set_metric(builder, 40, &larger.known, sizeof larger, NULL));
  sla_metric_rule rule = rule_of(builder, 40);
  assert_memory_equal(&rule, &larger.known, sizeof rule);
  sla_policy_builder_free(builder);
}

/* Stages and allowances are part of what a target was set to. */
static void targets_with_stages(void **state) {
  sla_policy *policy = told_policy("resolution 2h then 3h, first 4h, allow first 1h");
  sla_target target;
  (void)state;
  assert_ok(sla_policy_target(policy, 0, &target, sizeof target));
  assert_number(target.metric, SLA_FIRST_RESPONSE);
  assert_number(target.amount, 14400);
  assert_number(target.second_stage, 0);
  assert_number(target.allowance, 3600);
  assert_ok(sla_policy_target(policy, 1, &target, sizeof target));
  assert_number(target.metric, SLA_RESOLUTION);
  assert_number(target.amount, 7200);
  assert_number(target.second_stage, 10800);
  assert_number(target.allowance, 0);
  sla_policy_unref(policy);
}

/* The host's own metrics come after the built-in ones. */
static void metrics_with_targets_in_order(void **state) {
  static const uint32_t order[] = {SLA_FIRST_RESPONSE, SLA_GROUP_OWNERSHIP, 32, 63};
  sla_policy *policy = told_policy("own63 4h, group 4h, own32 4h, first 4h, metric own32 once "
                                   "start=created, metric own63 once start=created");
  uint32_t metric;
  (void)state;
  assert_number(sla_policy_metric_count(policy), COUNT_OF(order));
  for (uint32_t i = 0; i < COUNT_OF(order); i++) {
    assert_ok(sla_policy_metric(policy, i, &metric));
    assert_number(metric, order[i]);
  }
  sla_policy_unref(policy);
}

int main(void) {
  static const table rules = {"evaluation_rules.tsv", told_columns, told_case};
  static const struct CMUnitTest getters[] = {
      cmocka_unit_test(rules_that_are_built_in),   cmocka_unit_test(rules_that_are_set),
      cmocka_unit_test(options_that_are_set),      cmocka_unit_test(rules_into_larger_records),
      cmocka_unit_test(targets_with_stages),       cmocka_unit_test(metrics_with_targets_in_order),
  };
  return table_run("metric rules", &rules, 1, getters, COUNT_OF(getters));
}
