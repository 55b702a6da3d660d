/* SPDX-License-Identifier: MIT */
/* Past tickets under other policies: what each would have shown by itself. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chance_desk.h"
#include "told.h"

/* ---- a list of candidate targets ---- */

enum { CANDIDATES = 5 };

static const char *const candidates[CANDIDATES] = {"first 1h", "first 2h", "first 4h", "first 0s",
                                                   "resolution 1h"};

/* Replies after one hour, after two exactly, at closing time and in the evening after it. */
static const char *const logs[] = {
    "Mo 09:00 created, Mo 10:00:01 reply", "Mo 09:00 created, Mo 11:00 reply",
    "Mo 13:00 created, Mo 17:00 reply",    "Mo 13:00 created, Mo 17:00:01 reply",
    "Mo 09:00 created",                    "Mo 09:00 created, Mo 09:30 cancelled",
};

static void a_curve_of_targets(void **state) {
  static const sla_tally want[CANDIDATES] = {
      {0, 4, 1, 0, 1, 0}, {2, 2, 1, 0, 1, 0}, {3, 1, 1, 0, 1, 0}, {0, 4, 1, 0, 1, 0},
      {0, 0, 0, 0, 1, 5}};
  sla_policy *policies[CANDIDATES];
  sla_tally tallies[CANDIDATES] = {{0}};
  (void)state;
  for (size_t i = 0; i < CANDIDATES; i++) {
    told_ticket t = told_open(candidates[i], logs[0], "Mo 09:00");
    policies[i] = sla_policy_ref(t.policies[0]);
    told_close(&t);
  }
  for (size_t i = 0; i < COUNT_OF(logs); i++) {
    told_ticket t = told_open("first 1h", logs[i], "We 09:00");
    assert_ok(sla_backtest((const sla_policy *const *)policies, CANDIDATES, SLA_FIRST_RESPONSE,
                           t.events, t.count, sizeof t.events[0], t.now, tallies, sizeof *tallies,
                           NULL));
    told_close(&t);
  }
  assert_memory_equal(tallies, want, sizeof want);
  for (size_t i = 0; i < CANDIDATES; i++) sla_policy_unref(policies[i]);
}

/* ---- by chance: the cycles of every candidate, counted one by one ---- */

enum { MOST_CYCLES = 256 };

static bool counted(const sla_policy *policy, uint32_t metric, const desk *d, sla_time now,
                    sla_tally *tally) {
  static sla_result cycles[MOST_CYCLES];
  size_t written;
  if (sla_evaluate_cycles(&policy, 1, metric, d->events, d->count, sizeof *d->events, now, 1, cycles,
                          MOST_CYCLES, sizeof *cycles, &written, NULL) != SLA_OK ||
      written == MOST_CYCLES)
    return false;
  for (size_t i = 0; i < written; i++) {
    const sla_result *c = &cycles[i];
    bool late = c->status == SLA_OVERDUE, done = c->phase == SLA_FULFILLED;
    if (c->phase == SLA_CANCELLED) tally->cancelled++;
    else if (c->status == SLA_STATUS_NONE) tally->without_target++;
    else if (done) tally->met += !late, tally->missed += late;
    else tally->open += !late, tally->overdue += late;
  }
  return true;
}

/* One log under every policy of a desk at once. */
static bool compare(desk *d, uint32_t metric, sla_time now) {
  sla_tally got[DESK_POLICIES] = {{0}}, want[DESK_POLICIES] = {{0}}, before[DESK_POLICIES] = {{0}};
  bool all = true;
  for (size_t i = 0; i < d->policy_count; i++)
    all = counted(d->policies[i], metric, d, now, &want[i]) && all;
  int32_t code = sla_backtest((const sla_policy *const *)d->policies, d->policy_count, metric,
                              d->events, d->count, sizeof *d->events, now, got, sizeof *got, NULL);
  assert_memory_equal(got, all ? want : before, sizeof got);
  return code == SLA_OK && all;
}

static void tallies_are_those_of_each_candidate(void **state) {
  static desk d;
  chance luck;
  long compared = 0;
  (void)state;
  chance_begin(&luck, support_seed());
  for (long round = 0; round < draws(20); round++) {
    desk_open(&d, &luck);
    for (int draw = 0; draw < 50; draw++) {
      desk_draw_policies(&d, DESK_POLICIES);
      desk_draw_log(&d, 20);
      compared += compare(&d, d.metrics[draw % DESK_METRICS], desk_draw_now(&d));
      desk_drop_policies(&d);
    }
    desk_close(&d);
  }
  print_message("%ld logs\n", compared);
  assert_true(compared > 0);
  chance_end(&luck);
}

/* ---- errors: nothing is counted ---- */

static void wrong_calls(void **state) {
  told_ticket t = told_open("first 1h | first 2h, status 16 solved",
                            "Mo 09:00 created, Mo 10:00 16", "Mo 12:00");
  const sla_policy *const both[] = {t.policies[1], t.policies[0]};
  const size_t stride = sizeof t.events[0];
  sla_tally tallies[2] = {{0}}, none[2] = {{0}};
  sla_error e;
  (void)state;
  assert_code(sla_backtest(both, 2, SLA_FIRST_RESPONSE, t.events, 2, stride, t.now, tallies,
                           sizeof *tallies, &e),
              SLA_E_STATUS);
  assert_number(e.index, 1);
  assert_memory_equal(tallies, none, sizeof none);
  assert_code(sla_backtest(NULL, 1, 1, t.events, 2, stride, t.now, tallies, sizeof *tallies, &e),
              SLA_E_NULL);
  assert_code(sla_backtest(both, 0, 1, t.events, 2, stride, t.now, tallies, sizeof *tallies, &e),
              SLA_E_ARGUMENT);
  assert_code(sla_backtest(both, 1, 99, t.events, 2, stride, t.now, tallies, sizeof *tallies, &e),
              SLA_E_METRIC);
  assert_code(sla_backtest(both, 1, 1, NULL, 2, stride, t.now, tallies, sizeof *tallies, &e),
              SLA_E_NULL);
  assert_code(sla_backtest(both, 1, 1, t.events, 2, 4, t.now, tallies, sizeof *tallies, &e),
              SLA_E_ABI);
  assert_code(sla_backtest(both, 1, 1, t.events, 2, stride, SLA_NONE, tallies, sizeof *tallies, &e),
              SLA_E_RANGE);
  assert_code(sla_backtest(both, 1, 1, t.events, 2, stride, t.now, NULL, sizeof *tallies, &e),
              SLA_E_NULL);
  assert_code(sla_backtest(both, 1, 1, t.events, 2, stride, t.now, tallies, 4, &e), SLA_E_ABI);
  assert_memory_equal(tallies, none, sizeof none);
  told_close(&t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_curve_of_targets),
      cmocka_unit_test(tallies_are_those_of_each_candidate),
      cmocka_unit_test(wrong_calls),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
