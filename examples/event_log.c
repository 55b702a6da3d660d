/* SPDX-License-Identifier: MIT */
/*
 * The life of a ticket as a log of events, and all its metrics at every moment that matters: the
 * program never polls, because each answer says when the next one can differ.
 *
 * Introduces: sla_event, sla_evaluate_all, sla_rollup_results, next_change_at, sla_metric_name.
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

/* Around the clock, so without a calendar: reply in 1 h, solve in 8 h, be warned 30 min before. */
static sla_policy *promise(void) {
  static const struct {
    uint32_t metric;
    int64_t hours;
  } targets[] = {{SLA_FIRST_RESPONSE, 1}, {SLA_NEXT_RESPONSE, 1}, {SLA_RESOLUTION, 8}};
  sla_policy_builder *builder;
  sla_policy *policy;
  sla_error e;
  check(sla_policy_builder_new(NULL, &builder, &e), &e);
  for (int i = 0; i < 3; i++) {
    check(sla_policy_builder_set_target(builder, targets[i].metric, SLA_PRIORITY_ANY,
                                        targets[i].hours * HOUR, SLA_UNIT_SECONDS,
                                        SLA_AROUND_THE_CLOCK, &e), &e);
    check(sla_policy_builder_set_due_soon(builder, targets[i].metric, SLA_PRIORITY_ANY,
                                          30 * MINUTE, &e), &e);
  }
  check(sla_policy_builder_build(builder, &policy, &e), &e);
  sla_policy_builder_free(builder);
  return policy;
}

static void print_metric(const char *before, const sla_result *result) {
  if (result->phase == SLA_INACTIVE) return;
  printf("%s%s ", before, sla_metric_name(result->metric));
  if (result->phase != SLA_RUNNING) printf("%s, ", sla_phase_name(result->phase));
  printf("%s", sla_status_name(result->status));
}

/* Prints all metrics at `now` and returns when something changes by itself. */
static sla_time print_metrics(const sla_policy *policy, const sla_event *events, size_t count,
                              sla_time now) {
  sla_result results[3];
  size_t written;
  sla_rollup together;
  sla_error e;
  check(sla_evaluate_all(policy, events, count, sizeof *events, now, results, 3, sizeof *results,
                         &written, &e), &e);
  printf("%02d:%02d:%02d", (int)(now / HOUR), (int)(now % HOUR / MINUTE), (int)(now % MINUTE));
  for (size_t i = 0; i < written; i++) print_metric(i == 0 ? "  " : "; ", &results[i]);
  putchar('\n');
  check(sla_rollup_results(results, written, sizeof *results, &together, sizeof together), &e);
  return together.next_change_at;
}

int main(void) {
  static const sla_event log[] = {
      /* Midnight of 1970-01-01, so that an instant reads as a time of day. */
      {.at = 8 * HOUR, .kind = SLA_EVENT_CREATED, .value = SLA_CREATOR_CUSTOMER},
      {.at = 8 * HOUR + 45 * MINUTE, .kind = SLA_EVENT_AGENT_REPLY},
      {.at = 9 * HOUR, .kind = SLA_EVENT_STATUS, .value = SLA_TICKET_PENDING},
      {.at = 12 * HOUR, .kind = SLA_EVENT_CUSTOMER_MESSAGE},
      {.at = 12 * HOUR, .kind = SLA_EVENT_STATUS, .value = SLA_TICKET_OPEN},
      {.at = 14 * HOUR, .kind = SLA_EVENT_AGENT_REPLY},
      {.at = 15 * HOUR, .kind = SLA_EVENT_STATUS, .value = SLA_TICKET_SOLVED},
  };
  size_t count = sizeof log / sizeof *log;
  sla_policy *policy = promise();
  for (size_t i = 0; i < count; i++) {
    sla_time now = log[i].at, next = i + 1 < count ? log[i + 1].at : SLA_TIME_MAX;
    printf("-- %s", sla_event_kind_name(log[i].kind));
    if (log[i].kind == SLA_EVENT_STATUS)
      printf(" %s", sla_ticket_status_name((uint32_t)log[i].value));
    putchar('\n');
    if (next == now) continue; /* the next event belongs to the same moment */
    while (now != SLA_NONE && now < next) now = print_metrics(policy, log, i + 1, now);
  }
  sla_policy_unref(policy);
  return 0;
}
