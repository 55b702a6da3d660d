/* SPDX-License-Identifier: MIT */
/* Every cycle of a metric, one by one and taken together; how a long list is read in pieces.
 * Worked out by hand; business hours are Mo-Fr 09:00-17:00. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"
#include "told.h"

/* ---- lists ---- */

#define THREE_TURNS                                                                             \
  "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 reply, Mo 13:00 message, "      \
  "Mo 16:00 reply, Tu 09:00 message"

static const told_case lists[] = {
    {"one that is open", "first 4h", "Mo 09:00 created", "Mo 10:00",
     "first running on-time started Mo 09:00 due Mo 13:00 elapsed 1h met 0 missed 0"},
    {"one that has ended", "first 4h", "Mo 09:00 created, Mo 14:00 reply", "Tu 10:00",
     "first fulfilled overdue started Mo 09:00 stopped Mo 14:00 due Mo 13:00 elapsed 5h met 0 "
     "missed 1"},
    {"turns: each as it ended, with the counts of then", "next 2h", THREE_TURNS, "Tu 10:00",
     "next fulfilled on-time started Mo 11:00 stopped Mo 12:00 due Mo 13:00 elapsed 1h met 1 "
     "missed 0 change none | "
     "next fulfilled overdue started Mo 13:00 stopped Mo 16:00 due Mo 15:00 breached Mo 15:00 "
     "late 1h elapsed 3h met 1 missed 1 | "
     "next running on-time started Tu 09:00 stopped none due Tu 11:00 elapsed 1h met 1 missed 1 "
     "change Tu 11:00:01"},
    {"turns: as they were before", "next 2h", THREE_TURNS, "Mo 14:00",
     "next fulfilled on-time stopped Mo 12:00 met 1 missed 0 | "
     "next running on-time started Mo 13:00 due Mo 15:00 met 1 missed 0"},
    {"updates", "update 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 12:00 reply, Mo 12:00 reply, Tu 10:00 solved",
     "We 10:00",
     "update fulfilled on-time started Mo 10:00 stopped Mo 12:00 elapsed 2h met 1 missed 0 | "
     "update fulfilled on-time started Mo 12:00 stopped Mo 12:00 elapsed 0s met 2 missed 0 | "
     "update fulfilled overdue started Mo 12:00 stopped Tu 10:00 due Mo 16:00 elapsed 6h met 2 "
     "missed 1"},
    {"groups", "group 4h",
     "Mo 09:00 created, Mo 09:00 group 5, Mo 12:00 group 6, Mo 13:00 group 0, Mo 14:00 group 7, "
     "Mo 15:00 solved, Tu 09:00 open", "Tu 10:00",
     "group fulfilled on-time started Mo 09:00 stopped Mo 12:00 elapsed 3h met 1 | "
     "group fulfilled on-time started Mo 12:00 stopped Mo 13:00 elapsed 1h met 2 | "
     "group fulfilled on-time started Mo 14:00 stopped Mo 15:00 elapsed 1h met 3 | "
     "group running on-time started Tu 09:00 elapsed 1h met 3"},
    {"a reset one is listed as cancelled", "resolution 4h",
     "Mo 09:00 created, Mo 11:00 reset resolution, Mo 12:00 solved", "Mo 15:00",
     "resolution cancelled on-time started Mo 09:00 stopped Mo 11:00 elapsed 2h met 0 missed 0 | "
     "resolution fulfilled on-time started Mo 11:00 stopped Mo 12:00 elapsed 1h met 1 missed 0"},
    {"a reset one that is late is not missed", "resolution 1h",
     "Mo 09:00 created, Mo 11:00 reset resolution, Mo 11:30 solved", "Mo 15:00",
     "resolution cancelled overdue stopped Mo 11:00 breached Mo 10:00 late 1h met 0 missed 0 | "
     "resolution fulfilled on-time met 1 missed 0"},
    {"a turn that nobody need answer", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 needless, Mo 13:00 message, "
     "Mo 14:00 reply", "Mo 15:00",
     "next cancelled on-time started Mo 11:00 stopped Mo 12:00 met 0 missed 0 | "
     "next fulfilled on-time started Mo 13:00 stopped Mo 14:00 met 1 missed 0"},
    {"cancelled with the ticket", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 reply, Mo 13:00 message, "
     "Mo 14:00 cancelled, Mo 15:00 message", "Mo 16:00",
     "next fulfilled on-time stopped Mo 12:00 met 1 | "
     "next cancelled on-time started Mo 13:00 stopped Mo 14:00 met 1"},
    {"reopened to a new cycle", "resolution 2h, option resolution reopened new-cycle",
     "Mo 09:00 created, Mo 10:00 solved, Mo 12:00 open, Mo 15:00 solved", "Tu 10:00",
     "resolution fulfilled on-time started Mo 09:00 stopped Mo 10:00 due Mo 11:00 met 1 missed 0 | "
     "resolution fulfilled overdue started Mo 12:00 stopped Mo 15:00 due Mo 14:00 met 1 missed 1"},
    {"resumed, it is one", "resolution 4h",
     "Mo 09:00 created, Mo 10:00 solved, Mo 12:00 open, Mo 14:00 solved", "Tu 10:00",
     "resolution fulfilled on-time started Mo 09:00 stopped Mo 14:00 elapsed 3h met 1"},
    {"a sum is one", "own32 4h, metric own32 sum start=host40 fulfil=host41",
     "Mo 09:00 created, Mo 10:00 host 40, Mo 11:00 host 41, Mo 13:00 host 40, Mo 14:00 host 41",
     "Mo 15:00", "own32 fulfilled on-time started Mo 10:00 stopped Mo 14:00 elapsed 2h met 1"},
    {"restarted by a change of priority",
     "resolution/2 2h, resolution/3 4h, option resolution target-changed restarts",
     "Mo 09:00 created, Mo 09:00 priority 2, Mo 12:00 priority 3, Mo 13:00 solved", "Mo 15:00",
     "resolution cancelled overdue started Mo 09:00 stopped Mo 12:00 due Mo 11:00 target 2h "
     "priority 2 met 0 missed 0 | "
     "resolution fulfilled on-time started Mo 12:00 stopped Mo 13:00 due Mo 16:00 target 4h "
     "priority 3 met 1 missed 0"},
    {"started over by a change of priority, it is one",
     "resolution/2 2h, resolution/3 4h, option resolution target-changed from-change",
     "Mo 09:00 created, Mo 09:00 priority 2, Mo 12:00 priority 3, Mo 13:00 solved", "Mo 15:00",
     "resolution fulfilled on-time started Mo 12:00 stopped Mo 13:00 due Mo 16:00 priority 3 "
     "elapsed 1h met 1"},
    {"started over by newer messages, it is one", "next 4h, option next anchor newest",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 message, Mo 13:00 reply, "
     "Mo 14:00 message", "Mo 15:00",
     "next fulfilled on-time started Mo 12:00 stopped Mo 13:00 elapsed 1h met 1 | "
     "next running on-time started Mo 14:00 elapsed 1h met 1"},
    {"each with the priority at its end", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 11:30 priority 2, Mo 12:00 reply, "
     "Mo 12:30 priority 3, Mo 13:00 message, Mo 14:00 reply, Mo 14:30 priority 4", "Mo 15:00",
     "next fulfilled on-time priority 2 | next fulfilled on-time priority 3"},
    {"each with the target at its end", "next/2 4h, next/3 1h",
     "Mo 09:00 created, Mo 09:00 priority 2, Mo 10:00 reply, Mo 11:00 message, Mo 12:30 reply, "
     "Mo 12:45 priority 3, Mo 13:00 message, Mo 14:30 reply", "Mo 15:00",
     "next fulfilled on-time due Mo 15:00 target 4h priority 2 met 1 missed 0 | "
     "next fulfilled overdue due Mo 14:00 target 1h priority 3 met 1 missed 1"},
    {"each with its own due instant set by hand", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 11:15 due next Mo 11:30, "
     "Mo 12:00 reply, Mo 13:00 message, Mo 14:00 reply", "Mo 15:00",
     "next fulfilled overdue due Mo 11:30 met 0 missed 1 | "
     "next fulfilled on-time due Mo 17:00 met 1 missed 1"},
    {"without a target, neither met nor missed", "next/3 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 reply, Mo 13:00 message",
     "Mo 15:00",
     "next fulfilled none elapsed 1h due none met 0 missed 0 | "
     "next running none elapsed 2h met 0 missed 0"},
    {"paused", "pausable 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 pending, Mo 12:00 reply", "Mo 13:00",
     "pausable fulfilled on-time stopped Mo 12:00 elapsed 1h held 1h due Mo 15:00 met 1 | "
     "pausable paused on-time started Mo 12:00 elapsed 0s held 1h projected Mo 17:00 met 1"},
    {"from policy to policy", "next 4h | next 1h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 13:00 reply, Mo 13:30 policy 1, "
     "Mo 14:00 message, Mo 16:00 reply", "Tu 09:00",
     "next fulfilled on-time due Mo 15:00 target 4h met 1 missed 0 | "
     "next fulfilled overdue due Mo 15:00 target 1h met 1 missed 1"},
    {"out of the policy", "next 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 reply, Mo 13:00 message, "
     "Mo 14:00 policy none", "Tu 09:00",
     "next fulfilled on-time met 1 | next cancelled on-time stopped Mo 14:00 met 1"},
};

/* ---- all together ---- */

typedef struct {
  const char *name, *policy, *log, *now, *metric, *totals;
} total_case;

static const total_case totals[] = {
    {"none yet", "next 4h", "Mo 09:00 created", "Mo 10:00", "next",
     "elapsed 0s wall 0s held 0s longest none last none cycles 0 met 0 missed 0 cancelled 0 "
     "longest-cycle 0 reserved 0"},
    {"before the creation", "first 4h", "Mo 09:00 created", "Mo 08:00", "first",
     "elapsed 0s longest none last none cycles 0 longest-cycle 0"},
    {"one that is open", "first 4h", "Mo 09:00 created", "Mo 12:00", "first",
     "elapsed 3h wall 3h held 0s longest 3h last 3h cycles 1 met 0 missed 0 cancelled 0 "
     "longest-cycle 1"},
    {"three turns, the last one open", "next 2h", THREE_TURNS, "Tu 10:00", "next",
     "elapsed 5h wall 5h held 0s longest 3h last 1h cycles 3 met 1 missed 1 cancelled 0 "
     "longest-cycle 2"},
    {"the open one grows", "next 2h", THREE_TURNS, "Tu 13:00", "next",
     "elapsed 8h longest 4h last 4h cycles 3 met 1 missed 1 longest-cycle 3"},
    {"of equals the first", "next 2h", THREE_TURNS, "Tu 12:00", "next",
     "elapsed 7h longest 3h last 3h longest-cycle 2"},
    {"over nights and pauses", "next 8h, pause next pending",
     "Mo 09:00 created, Mo 10:00 reply, Mo 16:00 message, Tu 10:00 reply, Tu 11:00 message, "
     "Tu 12:00 pending, Tu 20:00 open, We 10:00 reply", "We 12:00", "next",
     "elapsed 4h wall 33h held 8h longest 2h last 2h cycles 2 met 2 missed 0 longest-cycle 1"},
    {"with a cancelled one", "next 1h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 13:00 needless, Mo 13:00 message, "
     "Mo 13:30 reply", "Mo 15:00", "next",
     "elapsed 2h30m wall 2h30m longest 2h last 30m cycles 2 met 1 missed 0 cancelled 1 "
     "longest-cycle 1"},
    {"reset twice", "resolution 4h",
     "Mo 09:00 created, Mo 10:00 reset, Mo 12:00 reset resolution, Mo 13:00 solved", "Mo 15:00",
     "resolution",
     "elapsed 4h longest 2h last 1h cycles 3 met 1 missed 0 cancelled 2 longest-cycle 2"},
    {"cycles of nothing", "update 4h", "Mo 09:00 created, Mo 10:00 reply, Mo 10:00 reply, "
     "Mo 10:00 solved", "Mo 12:00", "update",
     "elapsed 0s longest 0s last 0s cycles 2 met 2 cancelled 0 longest-cycle 1"},
    {"a sum is one", "wait 8h", "Mo 09:00 created, Mo 11:00 solved, Mo 14:00 open", "Mo 15:00",
     "wait", "elapsed 3h wall 3h longest 3h last 3h cycles 1 met 0 longest-cycle 1"},
    {"time that was counted all the same", "resolution 8h, option resolution reopened counts",
     "Mo 09:00 created, Mo 11:00 solved, Mo 14:00 open", "Mo 15:00", "resolution",
     "elapsed 6h wall 6h cycles 1 longest-cycle 1"},
    {"restarted", "resolution/2 2h, resolution/3 4h, option resolution target-changed restarts",
     "Mo 09:00 created, Mo 09:00 priority 2, Mo 12:00 priority 3, Mo 13:00 solved", "Mo 15:00",
     "resolution", "elapsed 4h longest 3h last 1h cycles 2 met 1 missed 0 cancelled 1 "
     "longest-cycle 1"},
    {"started over: what was before is gone", "next 4h, option next anchor newest",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 message, Mo 13:00 reply",
     "Mo 15:00", "next", "elapsed 1h wall 1h longest 1h last 1h cycles 1 met 1"},
    {"from policy to policy", "next 4h | next 1h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 13:00 reply, Mo 13:30 policy 1, "
     "Mo 14:00 message, Mo 16:00 reply", "Tu 09:00", "next",
     "elapsed 4h longest 2h last 2h cycles 2 met 1 missed 1 longest-cycle 1"},
};

static void one_total(void **state) {
  const total_case *c = *state;
  sla_policy *policies[TOLD_POLICIES];
  sla_event events[TOLD_EVENTS];
  sla_totals found;
  size_t policy_count = told_policies(c->policy, policies), count = told_events(c->log, events);
  assert_ok(sla_evaluate_totals((const sla_policy *const *)policies, policy_count,
                                told_metric(c->metric), events, count, sizeof events[0],
                                told_time(c->now), &found, sizeof found, NULL));
  told_totals(&found, c->totals);
  told_release(policies, policy_count);
}

/* ---- many cycles ---- */

#define TURNS 300
#define FOREIGN 0x5C

/* A message and a reply 10 s later, every minute; every seventh reply comes 30 s late. */
static size_t many_turns(sla_event events[2 * TURNS + 2]) {
  size_t count = 0;
  sla_time at_first = told_time("Mo 09:00");
  events[count++] = (sla_event){at_first, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0};
  events[count++] = (sla_event){at_first, 0, SLA_EVENT_AGENT_REPLY, 0};
  for (int i = 1; i <= TURNS; i++) {
    sla_time message = at_first + i * 60;
    events[count++] = (sla_event){message, 0, SLA_EVENT_CUSTOMER_MESSAGE, 0};
    events[count++] = (sla_event){message + (i % 7 == 0 ? 40 : 10), 0, SLA_EVENT_AGENT_REPLY, 0};
  }
  return count;
}

typedef struct {
  sla_policy *policy;
  sla_event events[2 * TURNS + 2];
  size_t count;
} conversation;

static size_t page(const conversation *c, uint32_t first, sla_result *cycles, size_t capacity) {
  size_t written = SIZE_MAX;
  assert_ok(sla_evaluate_cycles((const sla_policy *const *)&c->policy, 1, SLA_NEXT_RESPONSE,
                                c->events, c->count, sizeof c->events[0], told_time("Fr 09:00"),
                                first, cycles, capacity, sizeof *cycles, &written, NULL));
  assert_true(written <= capacity);
  return written;
}

static void expect_turn(const sla_result *turn, uint32_t number) {
  bool late = number % 7 == 0;
  assert_number(turn->cycle, number);
  assert_time(turn->started_at, told_time("Mo 09:00") + number * 60);
  assert_number(turn->elapsed, late ? 40 : 10);
  assert_number(turn->status, late ? SLA_OVERDUE : SLA_ON_TIME);
  assert_number(turn->missed, number / 7);
  assert_number(turn->met, number - number / 7);
}

/* As a caller does: from page to page until one is not full. */
static void read_in_pages(const conversation *c, size_t capacity) {
  sla_result *cycles = malloc((capacity + 1) * sizeof *cycles);
  assert_non_null(cycles);
  uint32_t first = 1;
  size_t written;
  do {
    memset(cycles, FOREIGN, (capacity + 1) * sizeof *cycles);
    written = page(c, first, cycles, capacity);
    for (size_t i = 0; i < written; i++) expect_turn(&cycles[i], first + (uint32_t)i);
    for (size_t i = written * sizeof *cycles; i < (capacity + 1) * sizeof *cycles; i++)
      assert_int_equal(((unsigned char *)cycles)[i], FOREIGN);
    first += (uint32_t)written;
  } while (written == capacity);
  assert_number(first, TURNS + 1);
  free(cycles);
}

static void a_long_list_in_pages(void **state) {
  static const size_t capacities[] = {1, 7, 100, TURNS - 1, TURNS, TURNS + 1};
  static conversation c;
  (void)state;
  c.count = many_turns(c.events);
  c.policy = told_policy("next 20s around");
  for (size_t i = 0; i < COUNT_OF(capacities); i++) read_in_pages(&c, capacities[i]);
  sla_result none;
  assert_number((int64_t)page(&c, TURNS + 1, &none, 1), 0);
  assert_number((int64_t)page(&c, UINT32_MAX, &none, 1), 0);
  sla_policy_unref(c.policy);
}

/* The totals are those of the list. */
static void totals_of_a_long_list(void **state) {
  static conversation c;
  sla_totals found;
  (void)state;
  c.count = many_turns(c.events);
  c.policy = told_policy("next 20s around");
  assert_ok(sla_evaluate_totals((const sla_policy *const *)&c.policy, 1, SLA_NEXT_RESPONSE,
                                c.events, c.count, sizeof c.events[0], told_time("Fr 09:00"),
                                &found, sizeof found, NULL));
  assert_number(found.cycles, TURNS);
  assert_number(found.missed, TURNS / 7);
  assert_number(found.met, TURNS - TURNS / 7);
  assert_number(found.elapsed, TURNS * 10 + TURNS / 7 * 30);
  assert_number(found.longest, 40);
  assert_number(found.longest_cycle, 7);
  assert_number(found.last, 10);
  sla_policy_unref(c.policy);
}

/* A later caller's records: what is known, then zeros. */
static void lists_into_larger_records(void **state) {
  struct {
    sla_result known;
    int64_t later;
  } larger[4];
  struct {
    sla_totals known;
    int64_t later;
  } sum;
  sla_event events[TOLD_EVENTS];
  size_t count = told_events(THREE_TURNS, events), written = 0;
  sla_policy *policy = told_policy("next 2h");
  (void)state;
  memset(larger, FOREIGN, sizeof larger);
  memset(&sum, FOREIGN, sizeof sum);
  assert_ok(sla_evaluate_cycles((const sla_policy *const *)&policy, 1, SLA_NEXT_RESPONSE, events,
                                count, sizeof events[0], told_time("Tu 10:00"), 1,
                                &larger[0].known, 4, sizeof larger[0], &written, NULL));
  assert_number((int64_t)written, 3);
  for (size_t i = 0; i < 3; i++) {
    assert_number(larger[i].known.cycle, (int64_t)i + 1);
    assert_number(larger[i].later, 0);
  }
  assert_int_equal(((unsigned char *)&larger[3])[0], FOREIGN);
  assert_ok(sla_evaluate_totals((const sla_policy *const *)&policy, 1, SLA_NEXT_RESPONSE, events,
                                count, sizeof events[0], told_time("Tu 10:00"), &sum.known,
                                sizeof sum, NULL));
  assert_number(sum.known.cycles, 3);
  assert_number(sum.later, 0);
  sla_policy_unref(policy);
}

int main(void) {
  static const struct CMUnitTest others[] = {
      cmocka_unit_test(a_long_list_in_pages),
      cmocka_unit_test(totals_of_a_long_list),
      cmocka_unit_test(lists_into_larger_records),
  };
  static struct CMUnitTest tests[COUNT_OF(totals) + COUNT_OF(others)];
  for (size_t i = 0; i < COUNT_OF(totals); i++)
    tests[i] = (struct CMUnitTest){totals[i].name, one_total, NULL, NULL, (void *)&totals[i]};
  memcpy(tests + COUNT_OF(totals), others, sizeof others);
  int failed = told_run_cycles("lists", lists, COUNT_OF(lists));
  return failed | (cmocka_run_group_tests(tests, NULL, NULL) != 0);
}
