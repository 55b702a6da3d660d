/* SPDX-License-Identifier: MIT */
/* The rules M1 to M19 and the units of targets, case by case; the order of urgency, roll-ups and
 * batches. */
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

/* ---- all metrics of a ticket ---- */

#define UNTOUCHED 0x5C

static void every_metric_with_a_target(void **state) {
  sla_event events[TOLD_EVENTS];
  sla_result all[3], one;
  size_t written = 0, count = told_events("Mo 09:00 created, Mo 10:00 reply", events);
  sla_policy *policy = told_policy("resolution 4h, first/3 1h");
  uint32_t metric = 0;
  (void)state;
  memset(all, UNTOUCHED, sizeof all);
  assert_number(sla_policy_metric_count(policy), 2);
  assert_ok(sla_evaluate_all(policy, events, count, sizeof events[0], told_time("Mo 11:00"), all, 3,
                             sizeof all[0], &written, NULL));
  assert_int_equal(written, 2);
  for (size_t i = 0; i < sizeof all[2]; i++)
    assert_int_equal(((unsigned char *)&all[2])[i], UNTOUCHED);
  for (uint32_t i = 0; i < 2; i++) {
    assert_ok(sla_policy_metric(policy, i, &metric));
    one = evaluated_at(policy, metric, events, count, told_time("Mo 11:00"));
    assert_memory_equal(&one, &all[i], sizeof one);
  }
  assert_number(metric, SLA_RESOLUTION);
  sla_policy_unref(policy);
}

static void policies_are_read_back(void **state) {
  sla_policy *policy = told_policy("resolution 4h, first/3 2wd, first 30m around, soon next 1h, "
                                   "soon first/3 75%, first/2 1h night, status 16 solved");
  static const sla_target targets[] = {
      {3600, SLA_NONE, 0, 0, SLA_FIRST_RESPONSE, 2, SLA_UNIT_SECONDS, SLA_BUSINESS_HOURS, 0, 1},
      {2, SLA_NONE, 0, 0, SLA_FIRST_RESPONSE, 3, SLA_UNIT_WORKING_DAYS, SLA_BUSINESS_HOURS, 75, 0},
      {1800, SLA_NONE, 0, 0, SLA_FIRST_RESPONSE, 255, SLA_UNIT_SECONDS, SLA_AROUND_THE_CLOCK, 0, 0},
      {SLA_NONE, 3600, 0, 0, SLA_NEXT_RESPONSE, 255, 0, 0, 0, 0},
      {14400, SLA_NONE, 0, 0, SLA_RESOLUTION, 255, SLA_UNIT_SECONDS, SLA_BUSINESS_HOURS, 0, 0}};
  uint32_t like = 0, pauses = 2;
  (void)state;
  assert_number(sla_policy_target_count(policy), COUNT_OF(targets));
  for (uint32_t i = 0; i < COUNT_OF(targets); i++) {
    sla_target read;
    assert_ok(sla_policy_target(policy, i, &read, sizeof read));
    assert_memory_equal(&read, &targets[i], sizeof read);
  }
  assert_non_null(sla_policy_target_calendar(policy, 0));
  assert_null(sla_policy_target_calendar(policy, 1));
  assert_non_null(sla_policy_calendar(policy));
  assert_ok(sla_policy_status(policy, 16, &like));
  assert_number(like, SLA_TICKET_SOLVED);
  assert_ok(sla_policy_pauses(policy, SLA_RESOLUTION, SLA_TICKET_PENDING, &pauses));
  assert_number(pauses, 1);
  assert_ok(sla_policy_pauses(policy, SLA_FIRST_RESPONSE, SLA_TICKET_PENDING, &pauses));
  assert_number(pauses, 0);
  sla_policy_unref(policy);
}

static void a_builder_from_a_policy_builds_the_same(void **state) {
  sla_policy *policy = told_policy("resolution 4h, first/3 2wd, soon first/3 75%, "
                                   "first/2 1h night, status 16 solved, pause next open");
  sla_policy_builder *builder = NULL;
  (void)state;
  assert_ok(sla_policy_builder_new_from(policy, NULL, &builder, NULL));
  sla_policy *copy = policy_built(builder);
  assert_number(sla_policy_target_count(copy), sla_policy_target_count(policy));
  assert_ptr_equal(sla_policy_calendar(copy), sla_policy_calendar(policy));
  for (uint32_t i = 0; i < sla_policy_target_count(policy); i++) {
    sla_target a, b;
    assert_ok(sla_policy_target(policy, i, &a, sizeof a));
    assert_ok(sla_policy_target(copy, i, &b, sizeof b));
    assert_memory_equal(&a, &b, sizeof a);
    assert_ptr_equal(sla_policy_target_calendar(copy, i), sla_policy_target_calendar(policy, i));
  }
  for (uint32_t status = 1; status <= 16; status += status == 6 ? 10 : 1) {
    uint32_t a = 2, b = 3;
    assert_ok(sla_policy_pauses(policy, SLA_NEXT_RESPONSE, status, &a));
    assert_ok(sla_policy_pauses(copy, SLA_NEXT_RESPONSE, status, &b));
    assert_number(a, b);
  }
  sla_policy_unref(copy);
  sla_policy_unref(policy);
}

/* What is taken away is as if it had never been said, and can be said again. */
static void targets_are_taken_away(void **state) {
  static const char *const kept = "first 4h, soon first 75%, status 16 solved, pause resolution open";
  sla_policy *policy = told_policy("first 4h, soon first 75%, status 16 solved, "
                                   "pause resolution open, resolution 9h, resolution/2 1h night, "
                                   "soon resolution/3 20m");
  sla_policy *wanted = told_policy(kept);
  sla_policy_builder *builder = NULL;
  uint32_t equal = 0;
  (void)state;
  assert_ok(sla_policy_builder_new_from(policy, NULL, &builder, NULL));
  assert_ok(sla_policy_builder_clear_targets(builder, SLA_RESOLUTION, NULL));
  assert_ok(sla_policy_builder_clear_targets(builder, SLA_NEXT_RESPONSE, NULL));
  sla_policy *less = policy_built(builder);
  assert_number(sla_policy_metric_count(policy), 2);
  assert_number(sla_policy_metric_count(less), 1);
  assert_ok(sla_policy_equal(less, wanted, &equal));
  assert_number(equal, 1);
  assert_ok(sla_policy_builder_new_from(less, NULL, &builder, NULL));
  assert_ok(sla_policy_builder_clear_targets(builder, SLA_FIRST_RESPONSE, NULL));
  sla_policy *none = NULL;
  assert_code(sla_policy_builder_build(builder, &none, NULL), SLA_E_EMPTY);
  sla_policy_builder_free(builder);
  sla_policy_unref(less);
  sla_policy_unref(wanted);
  sla_policy_unref(policy);
}

/* ---- the order of urgency ---- */

static sla_result with(uint32_t phase, uint32_t status, sla_time due) {
  sla_result r = {.phase = phase, .status = status, .due_at = due, .next_change_at = SLA_NONE};
  return r;
}

/* From the most urgent to the least; each is more urgent than all after it. */
static void order_of_urgency(void **state) {
  const sla_result ordered[] = {
      with(SLA_RUNNING, SLA_OVERDUE, 100),
      with(SLA_RUNNING, SLA_OVERDUE, 200),
      with(SLA_RUNNING, SLA_DUE_SOON, 300),
      with(SLA_RUNNING, SLA_DUE_SOON, 400),
      with(SLA_RUNNING, SLA_ON_TIME, 500),
      with(SLA_RUNNING, SLA_ON_TIME, 600),
      with(SLA_RUNNING, SLA_ON_TIME, SLA_NONE), /* never due */
      with(SLA_PAUSED, SLA_OVERDUE, 50),
      with(SLA_PAUSED, SLA_ON_TIME, SLA_NONE),
      with(SLA_FULFILLED, SLA_OVERDUE, 10),
      with(SLA_FULFILLED, SLA_ON_TIME, 5),
      with(SLA_CANCELLED, SLA_ON_TIME, 700),
      with(SLA_INACTIVE, SLA_STATUS_NONE, SLA_NONE)};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(ordered); i++)
    for (size_t k = 0; k < COUNT_OF(ordered); k++) {
      int32_t order = 99;
      assert_ok(sla_result_compare(&ordered[i], &ordered[k], sizeof ordered[i], &order));
      if (i < k ? order >= 0 : i > k ? order <= 0 : order != 0)
        fail_msg("%d against %d gives %d", (int)i, (int)k, order);
    }
}

static void roll_up(void **state) {
  sla_result results[] = {with(SLA_FULFILLED, SLA_OVERDUE, 10), with(SLA_RUNNING, SLA_ON_TIME, 500),
                          with(SLA_PAUSED, SLA_OVERDUE, 5), with(SLA_RUNNING, SLA_OVERDUE, 600)};
  sla_rollup rollup;
  (void)state;
  results[0].metric = 9, results[1].metric = 1, results[2].metric = 3, results[3].metric = 2;
  results[1].next_change_at = 501;
  results[2].next_change_at = 450; /* under a due instant set by hand */
  assert_ok(sla_rollup_results(results, 4, sizeof results[0], &rollup, sizeof rollup));
  assert_time(rollup.due_at, 500);
  assert_time(rollup.next_change_at, 450);
  assert_number(rollup.index, 3);
  assert_number(rollup.metric, 2);
  assert_number(rollup.phase, SLA_RUNNING);
  assert_number(rollup.status, SLA_OVERDUE);
  assert_ok(sla_rollup_results(results, 1, sizeof results[0], &rollup, sizeof rollup));
  assert_time(rollup.due_at, SLA_NONE);
  assert_time(rollup.next_change_at, SLA_NONE);
  assert_number(rollup.index, 0);
  assert_number(rollup.metric, 9);
}

static void ties_keep_the_first(void **state) {
  const sla_result results[] = {with(SLA_RUNNING, SLA_ON_TIME, 7),
                                with(SLA_RUNNING, SLA_ON_TIME, 7)};
  sla_rollup rollup;
  (void)state;
  assert_ok(sla_rollup_results(results, 2, sizeof results[0], &rollup, sizeof rollup));
  assert_number(rollup.index, 0);
}

/* ---- batches ---- */

#define TICKETS 6

static const char *const logs[TICKETS] = {
    "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message",
    "Mo 10:00 created, Mo 09:00 reply", /* goes back in time */
    "Mo 09:00 created, Mo 11:00 pending",
    "Mo 09:00 reply", /* no creation */
    "Mo 12:00 created, Mo 12:00 priority 3",
    "Mo 09:00 created, Mo 10:00 solved"};

typedef struct {
  sla_event events[TICKETS * TOLD_EVENTS];
  uint64_t offsets[TICKETS + 1];
  sla_policy *policies[2];
  uint32_t policy_of[TICKETS], metrics[2];
  sla_result results[TICKETS][2];
  int32_t codes[TICKETS];
  sla_error errors[TICKETS];
} office;

static sla_batch open_office(office *o) {
  memset(o, UNTOUCHED, sizeof *o);
  o->policies[0] = told_policy("first 4h, resolution 8h, soon resolution 2h");
  o->policies[1] = told_policy("first 30m around, resolution/3 1wd");
  o->metrics[0] = SLA_RESOLUTION;
  o->metrics[1] = SLA_FIRST_RESPONSE;
  o->offsets[0] = 0;
  for (int i = 0; i < TICKETS; i++) {
    o->policy_of[i] = i % 3 == 1;
    o->offsets[i + 1] = o->offsets[i] + told_events(logs[i], o->events + o->offsets[i]);
  }
  return (sla_batch){.policies = (const sla_policy *const *)o->policies,
                     .policy_of = o->policy_of,
                     .metrics = o->metrics,
                     .events = o->events,
                     .offsets = o->offsets,
                     .results = &o->results[0][0],
                     .codes = o->codes,
                     .errors = o->errors,
                     .now = told_time("Mo 15:00"),
                     .policy_count = 2,
                     .metric_count = 2,
                     .ticket_count = TICKETS,
                     .event_size = sizeof(sla_event),
                     .result_size = sizeof(sla_result)};
}

static void close_office(office *o) {
  sla_policy_unref(o->policies[0]);
  sla_policy_unref(o->policies[1]);
}

/* What the batch says of ticket i is what single calls say; a bad log leaves its results alone. */
static void expect_single(const office *o, const sla_batch *b, int i, const sla_policy *policy) {
  for (int m = 0; m < 2; m++) {
    sla_result one;
    sla_error error = {0};
    memset(&one, UNTOUCHED, sizeof one);
    int32_t code =
        sla_evaluate(policy, o->metrics[m], o->events + o->offsets[i],
                     (size_t)(o->offsets[i + 1] - o->offsets[i]), sizeof(sla_event), b->now, &one,
                     sizeof one, &error);
    assert_code(o->codes[i], code);
    assert_memory_equal(&one, &o->results[i][m], sizeof one);
    if (code != SLA_OK && b->errors != NULL) {
      assert_number(o->errors[i].code, code);
      assert_number(o->errors[i].index, error.index);
    }
  }
}

static void a_bad_log_spoils_no_other(void **state) {
  static office o;
  uint64_t failed = 99;
  sla_batch b = open_office(&o);
  (void)state;
  assert_ok(sla_evaluate_batch(&b, sizeof b, &failed, NULL));
  assert_number((int64_t)failed, 2);
  assert_code(o.codes[1], SLA_E_ORDER);
  assert_code(o.codes[3], SLA_E_CREATION);
  for (int i = 0; i < TICKETS; i++) expect_single(&o, &b, i, o.policies[o.policy_of[i]]);
  close_office(&o);
}

static void a_batch_without_errors_or_choice_of_policy(void **state) {
  static office o;
  uint64_t failed = 99;
  sla_batch b = open_office(&o);
  (void)state;
  b.errors = NULL;
  b.policy_of = NULL;
  assert_ok(sla_evaluate_batch(&b, sizeof b, &failed, NULL));
  assert_number((int64_t)failed, 2);
  for (int i = 0; i < TICKETS; i++) expect_single(&o, &b, i, o.policies[0]);
  close_office(&o);
}

static void a_batch_of_nothing(void **state) {
  static office o;
  uint64_t failed = 99;
  sla_batch b = open_office(&o);
  (void)state;
  b.ticket_count = 0;
  assert_ok(sla_evaluate_batch(&b, sizeof b, &failed, NULL));
  assert_number((int64_t)failed, 0);
  close_office(&o);
}

int main(void) {
  static const table metrics = {"evaluation_metrics.tsv", told_columns, told_case};
  static const struct CMUnitTest others[] = {
      cmocka_unit_test(every_metric_with_a_target),
      cmocka_unit_test(policies_are_read_back),
      cmocka_unit_test(a_builder_from_a_policy_builds_the_same),
      cmocka_unit_test(targets_are_taken_away),
      cmocka_unit_test(order_of_urgency),
      cmocka_unit_test(roll_up),
      cmocka_unit_test(ties_keep_the_first),
      cmocka_unit_test(a_bad_log_spoils_no_other),
      cmocka_unit_test(a_batch_without_errors_or_choice_of_policy),
      cmocka_unit_test(a_batch_of_nothing),
  };
  return table_run("metrics", &metrics, 1, others, COUNT_OF(others));
}
