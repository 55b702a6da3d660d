/* SPDX-License-Identifier: MIT */
/* One calendar, one policy, one list of rules and one set of policies, asked, referenced and
 * released by many threads at once: the answers are those of one thread alone, and so is the report
 * of what each has counted.  A thread sanitizer makes this a proof of more. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

#define THREADS 8
#define QUESTIONS 400

typedef struct {
  sla_time from;
  sla_seconds n;
  sla_event events[3];
  /* the answers of one thread alone */
  sla_time due, change;
  sla_seconds past;
  sla_result results[3];
  sla_match match;
} question;

typedef struct {
  sla_calendar *calendar;
  sla_policy *policy;
  sla_rules *rules;
  const question *questions;
  long rounds, wrong;
} worker;

static void answer(const sla_calendar *calendar, const sla_policy *policy, const sla_rules *rules,
                   question *q) {
  const sla_fact fact = {q->n, 0, 0};
  size_t written = 0;
  sla_time now = q->from + 7200;
  (void)sla_calendar_add(calendar, q->from, q->n, &q->due);
  (void)sla_calendar_next_change(calendar, q->from, &q->change);
  (void)sla_calendar_elapsed(calendar, q->from - q->n, q->from, &q->past);
  (void)sla_evaluate_all(policy, q->events, 3, sizeof q->events[0], now, q->results, 3,
                         sizeof q->results[0], &written, NULL);
  (void)sla_rules_match(rules, SLA_RULE_CREATED, &fact, 1, sizeof fact, NULL, 0, &q->match,
                        sizeof q->match, NULL);
}

/* Takes references of its own for every round, so that counts move all the time. */
static void *work(void *argument) {
  worker *w = argument;
  for (long i = 0; i < w->rounds; i++) {
    const question *asked = &w->questions[i % QUESTIONS];
    question mine = *asked;
    sla_calendar *calendar = sla_calendar_ref(w->calendar);
    sla_policy *policy = sla_policy_ref(w->policy);
    sla_rules *rules = sla_rules_ref(w->rules);
    sla_zone *zone = sla_zone_ref(sla_calendar_zone(calendar));
    memset(mine.results, 0, sizeof mine.results);
    memset(&mine.match, 0, sizeof mine.match);
    mine.due = mine.change = mine.past = 0;
    answer(calendar, policy, rules, &mine);
    if (memcmp(&mine, asked, sizeof mine) != 0) w->wrong++;
    sla_zone_unref(zone);
    sla_rules_unref(rules);
    sla_policy_unref(policy);
    sla_calendar_unref(calendar);
  }
  sla_rules_unref(w->rules);
  sla_policy_unref(w->policy);
  sla_calendar_unref(w->calendar);
  return NULL;
}

static sla_policy *policy_of_three(const sla_calendar *calendar) {
  sla_policy_builder *builder = policy_builder_of(calendar);
  for (uint32_t metric = SLA_FIRST_RESPONSE; metric <= SLA_RESOLUTION; metric++)
    target_in_seconds(builder, metric, SLA_PRIORITY_ANY, 14400 * (sla_seconds)metric);
  return policy_built(builder);
}

/* A third of the questions for each of two rules and the default. */
static sla_rules *rules_of_two(void) {
  sla_rules_builder *builder = NULL;
  sla_rules *rules = NULL;
  uint32_t attribute;
  assert_ok(sla_rules_builder_new(NULL, &builder, NULL));
  assert_ok(sla_rules_builder_add_attribute(builder, SLA_ATTRIBUTE_INTEGER, "n", 1, &attribute,
                                            NULL));
  for (uint32_t i = 0; i < 2; i++) {
    const sla_fact limit = {166667 * (1 + (int64_t)i), 0, 0};
    assert_ok(sla_rules_builder_add_rule(builder, 0, i, NULL, 0, NULL));
    assert_ok(sla_rules_builder_add_condition(builder, attribute, SLA_LESS, 0, &limit, 1,
                                              sizeof limit, NULL, 0, NULL));
  }
  assert_ok(sla_rules_builder_build(builder, &rules, NULL));
  sla_rules_builder_free(builder);
  return rules;
}

static void ask_alone(question *q, uint64_t *seed, const sla_calendar *calendar,
                      const sla_policy *policy, const sla_rules *rules) {
  memset(q, 0, sizeof *q);
  q->from = random_between(seed, at("1990-01-01T00:00Z"), at("2060-01-01T00:00Z"));
  q->n = random_between(seed, 1, 500000);
  q->events[0] = (sla_event){q->from - q->n, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0};
  q->events[1] = (sla_event){q->from - q->n / 2, 0, SLA_EVENT_AGENT_REPLY, 0};
  q->events[2] = (sla_event){q->from, 0, SLA_EVENT_CUSTOMER_MESSAGE, 0};
  answer(calendar, policy, rules, q);
}

static void many_threads_answer_as_one(void **state) {
  static question questions[QUESTIONS];
  worker workers[THREADS];
  pthread_t threads[THREADS];
  uint64_t seed = support_seed();
  sla_calendar *calendar = calendar_of("America/New_York", "Mo-Fr 09:00-17:00; Sa 22:00-06:00");
  sla_policy *policy = policy_of_three(calendar);
  sla_rules *rules = rules_of_two();
  (void)state;
  for (int i = 0; i < QUESTIONS; i++) ask_alone(&questions[i], &seed, calendar, policy, rules);
  for (int i = 0; i < THREADS; i++) {
    workers[i] = (worker){sla_calendar_ref(calendar), sla_policy_ref(policy), sla_rules_ref(rules),
                          questions, draws(100000), 0};
    assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
  }
  sla_rules_unref(rules);
  sla_policy_unref(policy); /* the threads hold it now; the last one out gives it back */
  sla_calendar_unref(calendar);
  for (int i = 0; i < THREADS; i++) {
    assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_number(workers[i].wrong, 0);
  }
}

/* Builders that share a calendar, one to a thread. */
static void *build(void *argument) {
  sla_calendar *calendar = argument;
  for (long i = draws(2000); i > 0; i--) {
    sla_calendar_builder *builder = NULL;
    sla_policy_builder *policies = NULL;
    sla_calendar *copy = NULL;
    sla_policy *policy = NULL;
    int32_t code = sla_calendar_builder_new_from(calendar, NULL, &builder, NULL);
    if (code == SLA_OK) code = sla_calendar_builder_set_window(builder, 2024, 2024, NULL);
    if (code == SLA_OK) code = sla_calendar_builder_build(builder, &copy, NULL);
    if (code == SLA_OK) code = sla_policy_builder_new(NULL, &policies, NULL);
    if (code == SLA_OK) code = sla_policy_builder_set_calendar(policies, calendar, NULL);
    if (code == SLA_OK)
      code = sla_policy_builder_set_target(policies, SLA_RESOLUTION, 0, 60, SLA_UNIT_SECONDS,
                                           SLA_BUSINESS_HOURS, NULL);
    if (code == SLA_OK) code = sla_policy_builder_build(policies, &policy, NULL);
    sla_calendar_builder_free(builder);
    sla_policy_builder_free(policies);
    sla_policy_unref(policy);
    sla_calendar_unref(copy);
    if (code != SLA_OK) return argument;
  }
  return NULL;
}

static void builders_of_many_threads_share_a_calendar(void **state) {
  pthread_t threads[THREADS];
  sla_calendar *calendar = calendar_of("Europe/Paris", "Mo-Fr 09:00-17:00");
  (void)state;
  for (int i = 0; i < THREADS; i++)
    assert_int_equal(pthread_create(&threads[i], NULL, build, calendar), 0);
  for (int i = 0; i < THREADS; i++) {
    void *failed = calendar;
    assert_int_equal(pthread_join(threads[i], &failed), 0);
    assert_null(failed);
  }
  sla_calendar_unref(calendar);
}

/* ---- a set of policies ---- */

enum { AGREEMENTS = 3, MOST = 9, TICKETS = 100, BYTES = 16384 };

typedef struct {
  sla_event log[2];
  /* the answers of one thread alone */
  uint32_t versions[AGREEMENTS];
  sla_outcome outcomes[AGREEMENTS];
  sla_result results[MOST];
  size_t written;
  int32_t code;
} agreed_ticket;

typedef struct {
  sla_policy_set *set;
  const agreed_ticket *tickets;
  const unsigned char *bytes;
  size_t length;
  long rounds, wrong;
} agreed_worker;

/* Three agreements on one policy, the second from 2010 and the third from 2020 on, which brings a
 * second version of the first. */
static sla_policy_set *set_of_three(const sla_policy *policy, const sla_policy *newer) {
  sla_policy_set_builder *builder = NULL;
  sla_policy_set *set = NULL;
  const sla_time from[AGREEMENTS] = {SLA_NONE, at("2010-01-01T00:00Z"), at("2020-01-01T00:00Z")};
  assert_ok(sla_policy_set_builder_new(NULL, &builder, NULL));
  for (uint32_t i = 0; i < AGREEMENTS; i++) {
    assert_ok(sla_policy_set_builder_add_agreement(builder, i + 1, "name", 4, "", 0, NULL));
    assert_ok(sla_policy_set_builder_add_version(builder, i, 1, from[i], policy, NULL));
  }
  assert_ok(sla_policy_set_builder_add_version(builder, 0, 2, from[2], newer, NULL));
  assert_ok(sla_policy_set_builder_build(builder, &set, NULL));
  sla_policy_set_builder_free(builder);
  return set;
}

static void answer_agreed(const sla_policy_set *set, agreed_ticket *t) {
  static const uint32_t all[AGREEMENTS] = {0, 1, 2};
  const sla_time created = t->log[0].at;
  for (uint32_t i = 0; i < AGREEMENTS; i++)
    (void)sla_policy_set_version_at(set, i, created, &t->versions[i]);
  t->code = sla_policy_set_evaluate(set, all, AGREEMENTS, t->log, 2, sizeof t->log[0], SLA_NONE,
                                    created + 86400, t->outcomes, sizeof t->outcomes[0],
                                    t->results, MOST, sizeof t->results[0], &t->written, NULL);
}

/* Another set on the same policies, which lives no longer than this. */
static bool built_again(const sla_policy_set *set) {
  sla_policy_set_builder *builder = NULL;
  sla_policy_set *again = NULL;
  uint32_t equal = 0;
  int32_t code = sla_policy_set_builder_new_from(set, NULL, &builder, NULL);
  if (code == SLA_OK) code = sla_policy_set_builder_build(builder, &again, NULL);
  sla_policy_set_builder_free(builder);
  if (code == SLA_OK) code = sla_policy_set_equal(set, again, &equal);
  sla_policy_set_unref(again);
  return code == SLA_OK && equal == 1;
}

static void *work_agreed(void *argument) {
  agreed_worker *w = argument;
  unsigned char bytes[BYTES];
  for (long i = 0; i < w->rounds; i++) {
    const agreed_ticket *asked = &w->tickets[i % TICKETS];
    agreed_ticket mine;
    size_t length = 0;
    sla_policy_set *set = sla_policy_set_ref(w->set);
    sla_policy *policy = sla_policy_ref(sla_policy_set_policy(set, 0, 1));
    memset(&mine, 0, sizeof mine);
    memcpy(mine.log, asked->log, sizeof mine.log);
    answer_agreed(set, &mine);
    (void)sla_policy_set_bytes(set, bytes, sizeof bytes, &length);
    if (memcmp(&mine, asked, sizeof mine) != 0 || length != w->length ||
        memcmp(bytes, w->bytes, length) != 0 || !built_again(set))
      w->wrong++;
    sla_policy_unref(policy);
    sla_policy_set_unref(set);
  }
  sla_policy_set_unref(w->set);
  return NULL;
}

/* A ticket of each half year, so that each agreement has no version, one, or another. */
static void ask_agreed_alone(const sla_policy_set *set, agreed_ticket tickets[TICKETS]) {
  sla_time created = at("1975-01-01T00:00Z");
  for (int i = 0; i < TICKETS; i++, created += INT64_C(183) * 86400) {
    memset(&tickets[i], 0, sizeof tickets[i]);
    tickets[i].log[0] = (sla_event){created, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0};
    tickets[i].log[1] = (sla_event){created + 3600, SLA_TICKET_PENDING, SLA_EVENT_STATUS, 0};
    answer_agreed(set, &tickets[i]);
    assert_ok(tickets[i].code);
  }
  assert_number(tickets[0].written, 3);
  assert_number(tickets[TICKETS - 1].written, 7);
}

static void many_threads_share_a_set(void **state) {
  static agreed_ticket tickets[TICKETS];
  static unsigned char bytes[BYTES];
  agreed_worker workers[THREADS];
  pthread_t threads[THREADS];
  sla_calendar *calendar = calendar_of("America/New_York", "Mo-Fr 09:00-17:00");
  sla_policy *policy = policy_of_three(calendar);
  sla_policy *newer = policy_of(calendar, SLA_RESOLUTION, 3600, SLA_UNIT_SECONDS);
  sla_policy_set *set = set_of_three(policy, newer);
  size_t length = 0;
  (void)state;
  sla_calendar_unref(calendar);
  sla_policy_unref(policy);
  sla_policy_unref(newer);
  ask_agreed_alone(set, tickets);
  assert_ok(sla_policy_set_bytes(set, bytes, sizeof bytes, &length));
  assert_in_range(length, 1, sizeof bytes);
  for (int i = 0; i < THREADS; i++) {
    workers[i] = (agreed_worker){sla_policy_set_ref(set), tickets, bytes, length, draws(10000), 0};
    assert_int_equal(pthread_create(&threads[i], NULL, work_agreed, &workers[i]), 0);
  }
  sla_policy_set_unref(set); /* the last thread gives it back, and its policies and calendar */
  for (int i = 0; i < THREADS; i++) {
    assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_number(workers[i].wrong, 0);
  }
}

/* ---- a report in parts ---- */

enum { COUNTED = 4000, DESKS = 7, REPORT_BYTES = 65536 };

typedef struct {
  const sla_policy *policy;
  int first, step; /* of the tickets that it counts */
  unsigned char bytes[REPORT_BYTES];
  size_t length;
  int32_t code;
} counter;

/* Answered and solved after a time of its own, or not yet; another one for every number. */
static int32_t count_ticket(sla_report *report, const sla_policy *policy, int number) {
  const sla_time created = at("2024-01-08T09:00Z") + (sla_time)number * 977;
  const sla_time now = at("2024-06-01T00:00Z"), done = created + 60 + (sla_time)number * 31;
  const sla_event log[] = {{created, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0},
                           {done, 0, SLA_EVENT_AGENT_REPLY, 0},
                           {done, SLA_TICKET_SOLVED, SLA_EVENT_STATUS, 0}};
  const size_t count = number % 5 == 0 ? 1 : 3;
  sla_result results[3];
  sla_history history;
  size_t written;
  int32_t code = sla_evaluate_all(policy, log, count, sizeof log[0], now, results, 3,
                                  sizeof results[0], &written, NULL);
  if (code == SLA_OK)
    code = sla_history_of_events(policy, log, count, sizeof log[0], now, &history, sizeof history,
                                 NULL);
  if (code != SLA_OK) return code;
  return sla_report_add(report, number % DESKS, &history, sizeof history, results, written,
                        sizeof results[0], now, NULL);
}

static void *count_part(void *argument) {
  static const sla_seconds ages[] = {86400, 30 * 86400};
  counter *c = argument;
  sla_report *report = NULL;
  c->code = sla_report_new(NULL, ages, 2, &report, NULL);
  for (int i = c->first; i < COUNTED && c->code == SLA_OK; i += c->step)
    c->code = count_ticket(report, c->policy, i);
  if (c->code == SLA_OK)
    c->code = sla_report_bytes(report, c->bytes, sizeof c->bytes, &c->length);
  sla_report_free(report);
  return NULL;
}

/* In this order, from the bytes that the threads have left; the first is the whole. */
static void expect_whole(const counter *counters, int first, int step) {
  static unsigned char bytes[REPORT_BYTES];
  sla_report *merged = NULL, *part = NULL;
  size_t length = 0;
  for (int n = 0, i = first; n < THREADS; n++, i += step) {
    assert_ok(sla_report_new_bytes(counters[i].bytes, counters[i].length, NULL, &part, NULL));
    if (merged == NULL) {
      merged = part;
      continue;
    }
    assert_ok(sla_report_merge(merged, part, NULL));
    sla_report_free(part);
  }
  assert_ok(sla_report_bytes(merged, bytes, sizeof bytes, &length));
  assert_int_equal(length, counters[0].length);
  assert_memory_equal(bytes, counters[0].bytes, length);
  sla_report_free(merged);
}

static void parts_of_many_threads_are_one_report(void **state) {
  static counter counters[1 + THREADS];
  pthread_t threads[THREADS];
  sla_calendar *calendar = calendar_of("America/New_York", "Mo-Fr 09:00-17:00");
  sla_policy *policy = policy_of_three(calendar);
  (void)state;
  for (int i = 0; i <= THREADS; i++) counters[i].policy = policy;
  counters[0].step = 1;
  count_part(&counters[0]);
  for (int i = 0; i < THREADS; i++) {
    counters[1 + i].first = i;
    counters[1 + i].step = THREADS;
    assert_int_equal(pthread_create(&threads[i], NULL, count_part, &counters[1 + i]), 0);
  }
  for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_join(threads[i], NULL), 0);
  for (int i = 0; i <= THREADS; i++) assert_ok(counters[i].code);
  assert_true(counters[0].length > 1000);
  expect_whole(counters, 1, 1);
  expect_whole(counters, THREADS, -1);
  sla_policy_unref(policy);
  sla_calendar_unref(calendar);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(many_threads_answer_as_one),
      cmocka_unit_test(builders_of_many_threads_share_a_calendar),
      cmocka_unit_test(many_threads_share_a_set),
      cmocka_unit_test(parts_of_many_threads_are_one_report),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
