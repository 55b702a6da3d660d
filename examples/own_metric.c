/* SPDX-License-Identifier: MIT */
/*
 * A metric of the host's own: how long a ticket waits for an engineer.  The library has no such
 * metric and no such events; the host numbers both and says in a record what they mean.
 *
 * Introduces: sla_metric_rule, sla_policy_builder_set_metric, sla_evaluate_cycles,
 * sla_evaluate_totals.
 */
#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>

static void check(int32_t code, const sla_error *error) {
  char sentence[200];
  if (code == SLA_OK) return;
  sla_error_text(error, sentence, sizeof sentence);
  fprintf(stderr, "%s\n", sentence);
  exit(1);
}

enum { MINUTE = 60, HOUR = 3600 };

#define BIT(n) (UINT64_C(1) << (n))

/* The numbers are ours to give: events from SLA_EVENT_OWN on, metrics from SLA_OWN_METRIC on. */
enum { ASSIGNED = SLA_EVENT_OWN, WITHDRAWN, PICKUP = SLA_OWN_METRIC };

/* An engineer within 30 minutes, and again whenever one is withdrawn. */
static const sla_metric_rule rule = {
    .shape = SLA_EVERY_TURN,
    .start.events = BIT(SLA_EVENT_CREATED) | BIT(WITHDRAWN),
    .fulfil.events = BIT(ASSIGNED),
    .pause_statuses = BIT(SLA_TICKET_PENDING),
    .options = {[SLA_OPTION_SOLVED] = SLA_SOLVED_CANCELS},
};

static void add_pickup(sla_policy_builder *builder) {
  sla_error e;
  check(sla_policy_builder_set_metric(builder, PICKUP, &rule,
                                      sizeof rule, &e), &e);
  check(sla_policy_builder_set_target(builder, PICKUP, SLA_PRIORITY_ANY, 30 * MINUTE,
                                      SLA_UNIT_SECONDS, SLA_AROUND_THE_CLOCK, &e), &e);
}

static sla_policy *promise(void) {
  sla_policy_builder *builder;
  sla_policy *policy;
  sla_error e;
  check(sla_policy_builder_new(NULL, &builder, &e), &e);
  add_pickup(builder);
  check(sla_policy_builder_build(builder, &policy, &e), &e);
  sla_policy_builder_free(builder);
  return policy;
}

static void print_time(const char *before, sla_time at) {
  printf("%s%02d:%02d", before, (int)(at / HOUR), (int)(at % HOUR / MINUTE));
}

static void print_cycle(const sla_result *cycle) {
  printf("%d.", (int)cycle->cycle);
  print_time(" from ", cycle->started_at);
  printf(": %s, %s, %d min", sla_phase_name(cycle->phase), sla_status_name(cycle->status),
         (int)(cycle->elapsed / MINUTE));
  if (cycle->due_at != SLA_NONE) print_time(", due ", cycle->due_at);
  putchar('\n');
}

int main(void) {
  static const sla_event log[] = {
      /* Midnight of 1970-01-01, so that an instant reads as a time of day. */
      {.at = 8 * HOUR, .kind = SLA_EVENT_CREATED, .value = SLA_CREATOR_CUSTOMER},
      {.at = 8 * HOUR + 20 * MINUTE, .kind = ASSIGNED},
      {.at = 10 * HOUR, .kind = WITHDRAWN},
      {.at = 10 * HOUR + 15 * MINUTE, .kind = SLA_EVENT_STATUS, .value = SLA_TICKET_PENDING},
      {.at = 11 * HOUR, .kind = SLA_EVENT_STATUS, .value = SLA_TICKET_OPEN},
      {.at = 11 * HOUR + 25 * MINUTE, .kind = ASSIGNED},
      {.at = 13 * HOUR, .kind = WITHDRAWN},
  };
  const size_t count = sizeof log / sizeof *log;
  const sla_time now = 13 * HOUR + 10 * MINUTE;
  sla_policy *policy = promise();
  const sla_policy *const policies[] = {policy};
  sla_result cycles[4];
  sla_totals totals;
  size_t written;
  sla_error e;
  check(sla_evaluate_cycles(policies, 1, PICKUP, log, count, sizeof *log, now, 1, cycles, 4,
                            sizeof *cycles, &written, &e), &e);
  for (size_t i = 0; i < written; i++) print_cycle(&cycles[i]);
  check(sla_evaluate_totals(policies, 1, PICKUP, log, count, sizeof *log, now, &totals,
                            sizeof totals, &e), &e);
  printf("Met %d, missed %d, the longest took %d min.\n", (int)totals.met, (int)totals.missed,
         (int)(totals.longest / MINUTE));
  sla_policy_unref(policy);
  return 0;
}
