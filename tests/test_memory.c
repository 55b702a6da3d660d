/* SPDX-License-Identifier: MIT */
/* Every allocation fails once: the code says so, nothing leaks, what was given to resize as the old
 * size is what was taken, and builders stay as they were and can go on. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

/* ---- an allocator that counts, and fails when it is told to ---- */

typedef struct {
  size_t blocks, bytes;
  long countdown; /* the request that fails, from 1; 0 for none */
  bool for_good;  /* and all after it */
  bool failed;
} memory;

#define GUARD 64 /* before each block: its size, and room to keep it aligned */

static bool refuses(memory *m) {
  if (m->for_good && m->failed) return true;
  if (m->countdown == 0 || --m->countdown > 0) return false;
  return m->failed = true;
}

static void *resize(void *context, void *pointer, size_t old_size, size_t new_size) {
  memory *m = context;
  char *block = pointer == NULL ? NULL : (char *)pointer - GUARD;
  size_t size = 0;
  if (block != NULL) memcpy(&size, block, sizeof size);
  if (size != old_size) {
    fprintf(stderr, "a block of %zu bytes is given back as %zu\n", size, old_size);
    abort();
  }
  if (new_size > 0 && refuses(m)) return NULL;
  m->bytes += new_size - old_size;
  m->blocks += (pointer == NULL && new_size > 0) - (size_t)(pointer != NULL && new_size == 0);
  if (new_size == 0) return free(block), NULL;
  char *moved = malloc(GUARD + new_size); /* always elsewhere, so that stale pointers show */
  if (moved == NULL) abort();
  memcpy(moved, &new_size, sizeof new_size);
  memset(moved + GUARD, 0xA5, new_size);
  if (block != NULL) {
    memcpy(moved + GUARD, block + GUARD, old_size < new_size ? old_size : new_size);
    memset(block, 0x5A, GUARD + old_size);
    free(block);
  }
  return moved + GUARD;
}

/* ---- what is built, step by step ---- */

typedef struct {
  memory memory;
  sla_allocator allocator;
  sla_zone *zone;
  sla_calendar_builder *builder, *copy;
  sla_calendar *calendar;
  sla_policy_builder *policies, *policies_copy;
  sla_policy *policy;
  sla_rules_builder *rules, *rules_copy;
  sla_rules *compiled, *read;
  sla_error error;
} shop;

static int32_t fixed_zone(shop *s) {
  sla_zone *zone = NULL;
  int32_t code = sla_zone_new_fixed(3600, &s->allocator, &zone, &s->error);
  if (code != SLA_OK) assert_null(zone);
  sla_zone_unref(zone);
  return code;
}

static int32_t posix_zone(shop *s) {
  static const char text[] = "EST5EDT,M3.2.0,M11.1.0";
  sla_zone *zone = NULL;
  int32_t code = sla_zone_new_posix(text, strlen(text), &s->allocator, &zone, &s->error);
  if (code != SLA_OK) assert_null(zone);
  sla_zone_unref(zone);
  return code;
}

static int32_t file_zone(shop *s) {
  size_t length;
  void *bytes = zone_file("America/New_York", &length);
  int32_t code = sla_zone_new_tzif(bytes, length, &s->allocator, &s->zone, &s->error);
  free(bytes);
  return code;
}

static int32_t new_builder(shop *s) {
  return sla_calendar_builder_new(&s->allocator, &s->builder, &s->error);
}

static int32_t set_zone(shop *s) {
  return sla_calendar_builder_set_zone(s->builder, s->zone, &s->error);
}

static int32_t set_window(shop *s) {
  return sla_calendar_builder_set_window(s->builder, 2010, 2030, &s->error);
}

static int32_t add_hours(shop *s) {
  return sla_calendar_builder_add_hours(s->builder, SLA_MONDAY_TO_FRIDAY, 32400, 61200, &s->error);
}

static int32_t add_text(shop *s) {
  static const char text[] =
      "Mo 01:00-02:00,03:00-04:00,05:00-06:00,07:00-08:00; Tu 01:00-02:00,03:00-04:00,05:00-06:00;"
      "We 01:00-02:00,03:00-04:00,05:00-06:00,07:00-08:00; Th 01:00-02:00,03:00-04:00,05:00-06:00";
  return sla_calendar_builder_add_hours_text(s->builder, text, strlen(text), &s->error);
}

static int32_t add_holiday(shop *s) {
  return sla_calendar_builder_add_holiday(s->builder, 20240701, 20240703, "Summer", 6, &s->error);
}

static int32_t add_yearly_holiday(shop *s) {
  return sla_calendar_builder_add_yearly_holiday(s->builder, 12, 25, "Christmas", 9, &s->error);
}

static int32_t add_weekday_holiday(shop *s) {
  return sla_calendar_builder_add_weekday_holiday(s->builder, 11, 4, 4, "Thanksgiving", 12,
                                                  &s->error);
}

static int32_t add_special_hours(shop *s) {
  return sla_calendar_builder_add_special_hours(s->builder, 20240706, 20240706, 36000, 50400,
                                                &s->error);
}

static int32_t add_closure(shop *s) {
  return sla_calendar_builder_add_closure(s->builder, 20240708, 20240708, 43200, 46800, "Lunch", 5,
                                          &s->error);
}

static int32_t add_entry(shop *s) {
  const sla_entry entry = {.kind = SLA_ENTRY_CLOSURE, .recurrence = SLA_YEARLY, .month = 12,
                           .day = 24, .opens = 50400, .closes = 86400};
  return sla_calendar_builder_add_entry(s->builder, &entry, sizeof entry, "Eve", 3, &s->error);
}

static int32_t build_calendar(shop *s) {
  return sla_calendar_builder_build(s->builder, &s->calendar, &s->error);
}

static int32_t copy_builder(shop *s) {
  return sla_calendar_builder_new_from(s->calendar, &s->allocator, &s->copy, &s->error);
}

static int32_t new_policies(shop *s) {
  return sla_policy_builder_new(&s->allocator, &s->policies, &s->error);
}

static int32_t set_calendar(shop *s) {
  return sla_policy_builder_set_calendar(s->policies, s->calendar, &s->error);
}

static int32_t set_target(shop *s) {
  return sla_policy_builder_set_target(s->policies, SLA_RESOLUTION, SLA_PRIORITY_URGENT, 14400,
                                       SLA_UNIT_SECONDS, SLA_BUSINESS_HOURS, &s->error);
}

static int32_t set_target_calendar(shop *s) {
  return sla_policy_builder_set_target_calendar(s->policies, SLA_RESOLUTION, SLA_PRIORITY_URGENT,
                                                s->calendar, &s->error);
}

static int32_t set_due_soon(shop *s) {
  return sla_policy_builder_set_due_soon(s->policies, SLA_FIRST_RESPONSE, SLA_PRIORITY_HIGH, 600,
                                         &s->error);
}

static int32_t set_due_soon_percent(shop *s) {
  return sla_policy_builder_set_due_soon_percent(s->policies, SLA_NEXT_RESPONSE, SLA_PRIORITY_LOW,
                                                 80, &s->error);
}

static int32_t set_status(shop *s) {
  return sla_policy_builder_set_status(s->policies, 20, SLA_TICKET_PENDING, &s->error);
}

static int32_t set_pause(shop *s) {
  return sla_policy_builder_set_pause(s->policies, SLA_NEXT_RESPONSE, 20, 1, &s->error);
}

static int32_t build_policy(shop *s) {
  return sla_policy_builder_build(s->policies, &s->policy, &s->error);
}

static int32_t copy_policies(shop *s) {
  return sla_policy_builder_new_from(s->policy, &s->allocator, &s->policies_copy, &s->error);
}

static int32_t new_rules(shop *s) {
  return sla_rules_builder_new(&s->allocator, &s->rules, &s->error);
}

static int32_t add_attribute(shop *s) {
  uint32_t attribute = 0;
  int32_t code = sla_rules_builder_add_attribute(s->rules, SLA_ATTRIBUTE_TEXT, "e-mail address", 14,
                                                 &attribute, &s->error);
  assert_number(attribute, 0);
  return code;
}

static int32_t add_rule(shop *s) {
  return sla_rules_builder_add_rule(s->rules, 0, 1, "Premium Support SLA", 19, &s->error);
}

static int32_t open_group(shop *s) {
  return sla_rules_builder_open_group(s->rules, SLA_ANY_OF, &s->error);
}

static int32_t add_condition(shop *s) {
  static const char texts[] = "acme.com, acme.org, and all the others that have a contract";
  sla_fact values[16];
  for (uint32_t i = 0; i < COUNT_OF(values); i++) values[i] = (sla_fact){i, 8 + i, 0};
  return sla_rules_builder_add_condition(s->rules, 0, SLA_IN, 0, values, COUNT_OF(values),
                                         sizeof values[0], texts, strlen(texts), &s->error);
}

static int32_t add_text_condition(shop *s) {
  return sla_rules_builder_add_text_condition(s->rules, 0, SLA_EMAIL_DOMAIN, 0, "example.com", 11,
                                              &s->error);
}

static int32_t close_group(shop *s) { return sla_rules_builder_close_group(s->rules, &s->error); }

static int32_t build_rules(shop *s) {
  return sla_rules_builder_build(s->rules, &s->compiled, &s->error);
}

static int32_t copy_rules(shop *s) {
  return sla_rules_builder_new_from(s->compiled, &s->allocator, &s->rules_copy, &s->error);
}

static int32_t read_rules(shop *s) {
  unsigned char bytes[1024];
  size_t length = 0;
  assert_ok(sla_rules_bytes(s->compiled, bytes, sizeof bytes, &length));
  assert_in_range(length, 1, sizeof bytes);
  return sla_rules_new_bytes(bytes, length, &s->allocator, &s->read, &s->error);
}

typedef int32_t step(shop *s);

static const struct {
  const char *name;
  step *run;
  bool allocates; /* certainly, the first time */
} steps[] = {
    {"zone, fixed", fixed_zone, true},
    {"zone, POSIX", posix_zone, true},
    {"zone, file", file_zone, true},
    {"calendar builder", new_builder, true},
    {"set zone", set_zone, false},
    {"set window", set_window, false},
    {"hours", add_hours, true},
    {"hours text", add_text, true},
    {"holiday", add_holiday, true},
    {"yearly holiday", add_yearly_holiday, false},
    {"weekday holiday", add_weekday_holiday, false},
    {"special hours", add_special_hours, false},
    {"closure", add_closure, false},
    {"entry", add_entry, false},
    {"build calendar", build_calendar, true},
    {"builder from calendar", copy_builder, true},
    {"policy builder", new_policies, true},
    {"set calendar", set_calendar, false},
    {"set target", set_target, false},
    {"set target calendar", set_target_calendar, false},
    {"set due soon", set_due_soon, false},
    {"set due soon percent", set_due_soon_percent, false},
    {"set status", set_status, false},
    {"set pause", set_pause, false},
    {"build policy", build_policy, true},
    {"policy builder from policy", copy_policies, true},
    {"rules builder", new_rules, true},
    {"attribute", add_attribute, true},
    {"rule", add_rule, true},
    {"group", open_group, true},
    {"condition", add_condition, true},
    {"text condition", add_text_condition, false},
    {"end of group", close_group, false},
    {"build rules", build_rules, true},
    {"rules builder from rules", copy_rules, true},
    {"rules from bytes", read_rules, true},
};

static void open_shop(shop *s) {
  *s = (shop){0};
  s->allocator = (sla_allocator){resize, &s->memory};
}

static void close_shop(shop *s) {
  sla_rules_builder_free(s->rules_copy);
  sla_rules_builder_free(s->rules);
  sla_rules_unref(s->compiled);
  sla_rules_unref(s->read);
  sla_policy_builder_free(s->policies_copy);
  sla_policy_builder_free(s->policies);
  sla_calendar_builder_free(s->copy);
  sla_calendar_builder_free(s->builder);
  sla_zone_unref(s->zone);
  sla_calendar_unref(s->calendar);
  sla_policy_unref(s->policy);
  assert_int_equal(s->memory.blocks, 0);
  assert_int_equal(s->memory.bytes, 0);
}

/* What a builder holds, read off what it builds; -1 when it builds nothing. */
static int64_t entries_in(const sla_calendar_builder *builder) {
  sla_calendar *calendar = NULL;
  if (builder == NULL || sla_calendar_builder_build(builder, &calendar, NULL) != SLA_OK) return -1;
  int64_t count = sla_calendar_entry_count(calendar);
  sla_calendar_unref(calendar);
  return count;
}

static int64_t targets_in(const sla_policy_builder *builder) {
  sla_policy *policy = NULL;
  if (builder == NULL || sla_policy_builder_build(builder, &policy, NULL) != SLA_OK) return -1;
  int64_t count = sla_policy_target_count(policy);
  sla_policy_unref(policy);
  return count;
}

/* A hash of all that a builder was told; 0 when it builds nothing. */
static int64_t rules_in(const sla_rules_builder *builder) {
  sla_rules *rules = NULL;
  uint64_t hash = 0;
  if (builder == NULL || sla_rules_builder_build(builder, &rules, NULL) != SLA_OK) return 0;
  assert_ok(sla_rules_hash(rules, &hash));
  sla_rules_unref(rules);
  return (int64_t)hash;
}

/* Runs a step with its k-th request failing; false when there was none. */
static bool fails_at(shop *s, size_t which, long k, bool for_good) {
  int64_t entries = entries_in(s->builder), targets = targets_in(s->policies);
  int64_t rules = rules_in(s->rules);
  s->memory.countdown = k;
  s->memory.for_good = for_good;
  s->memory.failed = false;
  s->error = (sla_error){0};
  int32_t code = steps[which].run(s);
  bool failed = s->memory.failed;
  s->memory.countdown = 0;
  s->memory.failed = s->memory.for_good = false;
  if (code == SLA_OK) return failed; /* memory that could not shrink is no failure */
  if (!failed || code != SLA_E_MEMORY || s->error.code != SLA_E_MEMORY)
    fail_msg("%s, request %ld: %d", steps[which].name, k, code);
  assert_number(entries_in(s->builder), entries);
  assert_number(targets_in(s->policies), targets);
  assert_number(rules_in(s->rules), rules);
  assert_ok(steps[which].run(s)); /* and now it works */
  return true;
}

static void every_request_fails(bool for_good) {
  long requests = 0;
  for (size_t which = 0; which < COUNT_OF(steps); which++) {
    long k = 1;
    for (bool again = true; again; k++) {
      shop s;
      open_shop(&s);
      for (size_t i = 0; i < which; i++) assert_ok(steps[i].run(&s));
      again = fails_at(&s, which, k, for_good);
      close_shop(&s);
    }
    requests += k - 2;
    if (steps[which].allocates && k == 2) fail_msg("%s never asks for memory", steps[which].name);
  }
  print_message("%ld requests failed\n", requests);
}

static void every_request_fails_once(void **state) {
  (void)state;
  every_request_fails(false);
}

static void every_request_fails_for_good(void **state) {
  (void)state;
  every_request_fails(true);
}

/* Arrays grow in the middle of adding: the entry that does not fit is not there. */
static void growing_builders(void **state) {
  (void)state;
  for (long k = 1; k < 12; k++) {
    shop s;
    int64_t added = 0;
    open_shop(&s);
    for (size_t i = 2; i < 7; i++) assert_ok(steps[i].run(&s));
    s.memory.countdown = k;
    while (!s.memory.failed && added < 2000) {
      int32_t code = add_holiday(&s);
      if (code == SLA_OK) added++;
      else assert_code(code, SLA_E_MEMORY);
    }
    s.memory.countdown = 0;
    s.memory.failed = false;
    assert_number(entries_in(s.builder), 1 + added);
    assert_ok(add_holiday(&s));
    assert_number(entries_in(s.builder), 2 + added);
    close_shop(&s);
  }
}

static void objects_outlive_what_built_them(void **state) {
  shop s;
  (void)state;
  open_shop(&s);
  for (size_t i = 0; i < COUNT_OF(steps); i++) assert_ok(steps[i].run(&s));
  sla_zone_unref(s.zone);
  sla_calendar_builder_free(s.builder);
  sla_policy_builder_free(s.policies);
  sla_calendar_unref(s.calendar);
  s.zone = NULL;
  s.builder = NULL;
  s.policies = NULL;
  s.calendar = NULL;
  const sla_event events[] = {
      {at("2024-07-05T12:00-04:00"), SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0}};
  sla_result r = evaluated(s.policy, SLA_RESOLUTION, events, "2024-07-05T13:00-04:00");
  assert_number(r.phase, SLA_RUNNING);
  close_shop(&s);
}

/* What they say they hold is what they took, each by itself. */
static void objects_know_what_they_hold(void **state) {
  shop s;
  (void)state;
  open_shop(&s);
  for (size_t i = 0; i < COUNT_OF(steps); i++) {
    size_t before = s.memory.bytes;
    assert_ok(steps[i].run(&s));
    if (steps[i].run == file_zone)
      assert_int_equal(s.memory.bytes - before, sla_zone_memory(s.zone));
    if (steps[i].run == build_calendar)
      assert_int_equal(s.memory.bytes - before, sla_calendar_memory(s.calendar));
    if (steps[i].run == build_policy)
      assert_int_equal(s.memory.bytes - before, sla_policy_memory(s.policy));
    if (steps[i].run == build_rules)
      assert_int_equal(s.memory.bytes - before, sla_rules_memory(s.compiled));
  }
  assert_int_equal(sla_zone_memory(NULL) + sla_calendar_memory(NULL) + sla_policy_memory(NULL) +
                       sla_rules_memory(NULL),
                   0);
  close_shop(&s);
}

#define HOURS(n) (t + (n) * 3600)

/* Whatever is asked about a ticket, one that was paused, reopened and passed on among them. */
static void ask_about_tickets(const sla_policy *policy, sla_time t) {
  const sla_event log[] = {{t, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0},
                           {HOURS(1), 0, SLA_EVENT_AGENT_REPLY, 0},
                           {HOURS(2), SLA_TICKET_PENDING, SLA_EVENT_STATUS, 0},
                           {HOURS(30), 0, SLA_EVENT_CUSTOMER_MESSAGE, 0},
                           {HOURS(31), SLA_TICKET_SOLVED, SLA_EVENT_STATUS, 0},
                           {HOURS(32), SLA_TICKET_OPEN, SLA_EVENT_STATUS, 0},
                           {HOURS(33), SLA_PRIORITY_URGENT, SLA_EVENT_PRIORITY, 0},
                           {HOURS(34), 0, SLA_EVENT_POLICY, 0}};
  const sla_row row = {t, HOURS(1), SLA_NONE, SLA_NONE, HOURS(2), 60, SLA_TICKET_PENDING, 0};
  const size_t count = COUNT_OF(log), size = sizeof log[0];
  const uint32_t metrics[] = {SLA_FIRST_RESPONSE, SLA_RESOLUTION};
  const uint64_t offsets[] = {0, COUNT_OF(log)};
  sla_result results[8];
  int32_t code;
  uint64_t failed;
  size_t written;
  sla_batch batch = {.policies = &policy, .metrics = metrics, .events = log, .offsets = offsets,
                     .results = results, .codes = &code, .now = HOURS(40), .policy_count = 1,
                     .metric_count = 2, .ticket_count = 1, .event_size = size,
                     .result_size = sizeof results[0]};
  sla_totals totals;
  sla_event events[16];
  sla_history history;
  sla_policy_change changes[8];
  sla_tally tally = {0};
  assert_ok(sla_evaluate_policies(&policy, 1, SLA_RESOLUTION, log, count, size, HOURS(40), results,
                                  sizeof results[0], NULL));
  assert_ok(sla_evaluate_all(policy, log, count, size, HOURS(40), results, 8, sizeof results[0],
                             &written, NULL));
  assert_ok(sla_evaluate_cycles(&policy, 1, SLA_NEXT_RESPONSE, log, count, size, HOURS(40), 1,
                                results, 8, sizeof results[0], &written, NULL));
  assert_ok(sla_evaluate_totals(&policy, 1, SLA_RESOLUTION, log, count, size, HOURS(40), &totals,
                                sizeof totals, NULL));
  assert_ok(sla_evaluate_batch(&batch, sizeof batch, &failed, NULL));
  batch.events = NULL;
  batch.offsets = NULL;
  batch.event_size = 0;
  batch.rows = &row;
  batch.row_size = sizeof row;
  assert_ok(sla_evaluate_batch(&batch, sizeof batch, &failed, NULL));
  assert_int_equal(failed, 0);
  assert_ok(sla_evaluate_row_all(policy, &row, sizeof row, HOURS(40), results, 8,
                                 sizeof results[0], &written, NULL));
  assert_ok(sla_row_events(policy, &row, sizeof row, events, 16, size, &written, NULL));
  assert_ok(sla_history_of_row(policy, &row, sizeof row, HOURS(40), &history, sizeof history,
                               NULL));
  assert_ok(sla_history_of_events(policy, log, count, size, HOURS(40), &history, sizeof history,
                                  NULL));
  assert_ok(sla_policy_changes(policy, policy, log, count, size, HOURS(40), changes, 8,
                               sizeof changes[0], &written, NULL));
  assert_ok(sla_backtest(&policy, 1, SLA_RESOLUTION, log, count, size, HOURS(40), &tally,
                         sizeof tally, NULL));
}

static void asking_allocates_nothing(void **state) {
  shop s;
  uint32_t working;
  sla_match match;
  sla_verdict verdict;
  sla_rules_lint lint;
  size_t count;
  const sla_fact fact = {0, 13, 0};
  (void)state;
  open_shop(&s);
  for (size_t i = 0; i < COUNT_OF(steps); i++) assert_ok(steps[i].run(&s));
  s.memory.countdown = 1;
  sla_time t = at("2024-07-05T12:00-04:00");
  const sla_event events[] = {{t, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0}};
  is_open(s.calendar, t);
  elapsed(s.calendar, t, SLA_TIME_MAX);
  added(s.calendar, t, 1000000000);
  change_after(s.calendar, SLA_TIME_MIN);
  change_before(s.calendar, t);
  assert_ok(sla_calendar_is_working_date(s.calendar, 20240705, &working));
  evaluated_at(s.policy, SLA_RESOLUTION, events, 1, t);
  ask_about_tickets(s.policy, t);
  assert_true(sla_calendar_memory(s.calendar) > 0 && sla_policy_memory(s.policy) > 0);
  assert_ok(sla_rules_match(s.compiled, SLA_RULE_CREATED, &fact, 1, sizeof fact, "a@example.com",
                            13, &match, sizeof match, NULL));
  assert_number(match.rule, 0);
  assert_ok(sla_rules_match_all(s.compiled, SLA_RULE_CREATED, NULL, 0, 0, NULL, 0, &match, 1,
                                sizeof match, &count, NULL));
  assert_ok(sla_rules_explain(s.compiled, SLA_RULE_CREATED, &fact, 1, sizeof fact, "a@example.com",
                              13, &verdict, 1, sizeof verdict, &count, NULL));
  assert_ok(sla_rules_lints(s.compiled, 1, &lint, 1, sizeof lint, &count, NULL));
  assert_false(s.memory.failed);
  s.memory.countdown = 0;
  close_shop(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_request_fails_once),
      cmocka_unit_test(every_request_fails_for_good),
      cmocka_unit_test(growing_builders),
      cmocka_unit_test(objects_outlive_what_built_them),
      cmocka_unit_test(objects_know_what_they_hold),
      cmocka_unit_test(asking_allocates_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
