/* SPDX-License-Identifier: MIT */
#include "told.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"
#include "table.h"

told_ticket told_open(const char *policy, const char *log, const char *now) {
  told_ticket t = {.now = told_time(now)};
  t.policy_count = told_policies(policy, t.policies);
  t.count = told_events(log, t.events);
  return t;
}

told_ticket told_open_on(const sla_calendar *hours, const char *policy, const char *log,
                         const char *now) {
  told_ticket t = {.now = told_time(now)};
  t.policy_count = told_policies_on(hours, policy, t.policies);
  t.count = told_events(log, t.events);
  return t;
}

void told_close(const told_ticket *t) { told_release(t->policies, t->policy_count); }

const sla_policy *const *told_terms(const told_ticket *t) {
  return (const sla_policy *const *)t->policies;
}

sla_result told_evaluate(const told_ticket *t, uint32_t metric) {
  sla_result result;
  assert_ok(sla_evaluate_policies(told_terms(t), t->policy_count, metric, t->events, t->count,
                                  sizeof t->events[0], t->now, &result, sizeof result, NULL));
  return result;
}

size_t told_cycles(const told_ticket *t, uint32_t metric, uint32_t first, sla_result *cycles,
                   size_t capacity) {
  size_t written = TOLD_CYCLES + 1;
  assert_ok(sla_evaluate_cycles(told_terms(t), t->policy_count, metric, t->events, t->count,
                                sizeof t->events[0], t->now, first, cycles, capacity,
                                sizeof *cycles, &written, NULL));
  assert_true(written <= capacity);
  return written;
}

/* One policy gives the same alone, and the last of the cycles is the result, save for the priority,
 * which is the cycle's own. */
static void expect_agreement(const told_ticket *t, const sla_result *result) {
  sla_result cycles[TOLD_CYCLES], alone = *result;
  if (t->policy_count == 1)
    alone = evaluated_at(t->policies[0], result->metric, t->events, t->count, t->now);
  assert_memory_equal(&alone, result, sizeof alone);
  size_t count = told_cycles(t, result->metric, 1, cycles, TOLD_CYCLES);
  assert_number((int64_t)count, result->cycle);
  if (count == 0) return;
  cycles[count - 1].priority = result->priority;
  assert_memory_equal(&cycles[count - 1], result, sizeof *result);
}

void told_expect(const told_ticket *t, const char *results) {
  for (const char *text = results; text != NULL; text = told_next(text)) {
    sla_result result = told_evaluate(t, told_metric(text));
    told_result(&result, text);
    expect_agreement(t, &result);
  }
}

/* ---- tables ---- */

enum { GROUP, NAME, POLICY, LOG, NOW, RESULTS };
const char *const told_columns[] = {"group", "name", "policy", "log", "now", "results", NULL};

void told_case(void **state) {
  const table_field *row = *state;
  told_ticket t = told_open(row[POLICY], row[LOG], row[NOW]);
  told_expect(&t, row[RESULTS]);
  told_close(&t);
}
