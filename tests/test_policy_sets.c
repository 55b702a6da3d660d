/* SPDX-License-Identifier: MIT */
/* Agreements: which version a ticket gets, several on one ticket, who has to act, what another
 * policy would change; bytes; what is refused and where; memory that fails. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

enum { HOUR = 3600, CUSTOMER = 0, TEAM = 1, SUPPLIER = 2 };
static const sla_time june = 1717200000, july = 1719792000; /* 2024, UTC */

static sla_error error; /* of the last call */

/* Around the clock. */
static sla_policy *promise(sla_seconds first, sla_seconds resolution) {
  sla_policy_builder *builder = policy_builder_of(NULL);
  assert_ok(sla_policy_builder_set_status(builder, 20, SLA_TICKET_ON_HOLD, NULL));
  if (first > 0)
    assert_ok(sla_policy_builder_set_target(builder, SLA_FIRST_RESPONSE, SLA_PRIORITY_ANY, first,
                                            SLA_UNIT_SECONDS, SLA_AROUND_THE_CLOCK, NULL));
  if (resolution > 0)
    assert_ok(sla_policy_builder_set_target(builder, SLA_RESOLUTION, SLA_PRIORITY_ANY, resolution,
                                            SLA_UNIT_SECONDS, SLA_AROUND_THE_CLOCK, NULL));
  return policy_built(builder);
}

static int32_t version(sla_policy_set_builder *builder, uint32_t agreement, uint32_t number,
                       sla_time effective_at, sla_seconds first, sla_seconds resolution) {
  sla_policy *policy = promise(first, resolution);
  int32_t code = sla_policy_set_builder_add_version(builder, agreement, number, effective_at,
                                                    policy, &error);
  sla_policy_unref(policy);
  return code;
}

static int32_t agreement(sla_policy_set_builder *builder, uint32_t kind, const char *name,
                         const char *description) {
  return sla_policy_set_builder_add_agreement(builder, kind, name, strlen(name), description,
                                              strlen(description), &error);
}

/* A customer's with three versions, a team's with one, a supplier's from July on. */
static sla_policy_set_builder *desk_builder(void) {
  sla_policy_set_builder *b = NULL;
  assert_ok(sla_policy_set_builder_new(NULL, &b, NULL));
  assert_ok(agreement(b, SLA_AGREEMENT_CUSTOMER, "Premium", "Support for Acme, 24x7"));
  assert_ok(agreement(b, SLA_AGREEMENT_INTERNAL, "Hand-over", ""));
  assert_ok(version(b, TEAM, 7, SLA_NONE, HOUR, 0));
  assert_ok(version(b, CUSTOMER, 1, SLA_NONE, 4 * HOUR, 24 * HOUR));
  assert_ok(agreement(b, SLA_AGREEMENT_SUPPLIER, "H\xc3\xb6st", "Contract 12"));
  assert_ok(version(b, SUPPLIER, 1, july, 0, 2 * HOUR));
  assert_ok(version(b, CUSTOMER, 2, june, 2 * HOUR, 24 * HOUR));
  assert_ok(version(b, CUSTOMER, 5, july, HOUR, 0));
  return b;
}

static sla_policy_set *desk(void) {
  sla_policy_set_builder *builder = desk_builder();
  sla_policy_set *set = NULL;
  assert_ok(sla_policy_set_builder_build(builder, &set, NULL));
  sla_policy_set_builder_free(builder);
  return set;
}

/* ---- versions ---- */

static void the_version_in_force_at_creation(void **state) {
  static const struct {
    uint32_t agreement;
    sla_time created;
    uint32_t version;
  } cases[] = {{CUSTOMER, 0, 0},           {CUSTOMER, june - 1, 0}, {CUSTOMER, june, 1},
               {CUSTOMER, july - 1, 1},    {CUSTOMER, july, 2},     {CUSTOMER, SLA_TIME_MAX, 2},
               {CUSTOMER, SLA_TIME_MIN, 0}, {TEAM, july, 0},        {SUPPLIER, july, 0},
               {SUPPLIER, july - 1, SLA_NO_VERSION}};
  sla_policy_set *set = desk();
  (void)state;
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    uint32_t found = 99;
    assert_ok(sla_policy_set_version_at(set, cases[i].agreement, cases[i].created, &found));
    assert_number(found, cases[i].version);
  }
  sla_policy_set_unref(set);
}

static void what_was_told_is_read_back(void **state) {
  sla_policy_set *set = desk();
  sla_agreement told;
  sla_policy_version found;
  char text[32];
  size_t length = 0;
  uint64_t hash = 0;
  (void)state;
  assert_number(sla_policy_set_count(set), 3);
  assert_ok(sla_policy_set_agreement(set, SUPPLIER, &told, sizeof told));
  assert_number(told.kind, SLA_AGREEMENT_SUPPLIER);
  assert_number(told.versions, 1);
  assert_ok(sla_policy_set_name(set, SUPPLIER, text, sizeof text, &length));
  assert_string_equal(text, "H\xc3\xb6st");
  assert_ok(sla_policy_set_description(set, CUSTOMER, text, 8, &length));
  assert_string_equal(text, "Support");
  assert_number(length, 22);
  assert_ok(sla_policy_set_description(set, TEAM, text, sizeof text, &length));
  assert_number(length, 0);
  assert_ok(sla_policy_set_version(set, CUSTOMER, 2, &found, sizeof found));
  assert_time(found.effective_at, july);
  assert_number(found.number, 5);
  assert_ok(sla_policy_hash(sla_policy_set_policy(set, CUSTOMER, 2), &hash));
  assert_true(hash == found.hash);
  assert_null(sla_policy_set_policy(set, CUSTOMER, 3));
  assert_null(sla_policy_set_policy(set, 3, 0));
  assert_null(sla_policy_set_policy(NULL, 0, 0));
  sla_policy_set_unref(set);
}

/* ---- several agreements on one ticket ---- */

static const uint32_t all[] = {CUSTOMER, SUPPLIER, TEAM};

static void check_outcome(const sla_policy_set *set, const sla_outcome *outcome,
                          const sla_result *results, const sla_event *events, size_t count,
                          sla_time now) {
  const sla_policy *policy =
      sla_policy_set_policy(set, outcome->agreement, outcome->version);
  sla_result alone[8];
  size_t written = 0;
  uint64_t hash = 0;
  if (policy == NULL) {
    assert_number(outcome->results + outcome->number + outcome->holder, 0);
    return;
  }
  assert_ok(sla_evaluate_all(policy, events, count, sizeof *events, now, alone, 8,
                             sizeof alone[0], &written, NULL));
  assert_number(outcome->results, written);
  assert_memory_equal(alone, results + outcome->first, written * sizeof alone[0]);
  assert_ok(sla_policy_hash(policy, &hash));
  assert_true(hash == outcome->hash);
}

static void each_agreement_by_itself(void **state) {
  sla_policy_set *set = desk();
  (void)state;
  for (sla_time created = june - 86400; created < july + 86400; created += 13 * 86400) {
    const sla_event log[] = {{created, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0},
                             {created + HOUR, 0, SLA_EVENT_AGENT_REPLY, 0},
                             {created + 2 * HOUR, SLA_TICKET_PENDING, SLA_EVENT_STATUS, 0}};
    sla_outcome outcomes[3];
    sla_result results[8];
    size_t written = 0, total = 0;
    assert_ok(sla_policy_set_evaluate(set, all, 3, log, 3, sizeof log[0], SLA_NONE,
                                      created + 5 * HOUR, outcomes, sizeof outcomes[0], results, 8,
                                      sizeof results[0], &written, NULL));
    for (size_t i = 0; i < 3; i++) {
      assert_number(outcomes[i].agreement, all[i]);
      assert_number(outcomes[i].first, total);
      check_outcome(set, &outcomes[i], results, log, 3, created + 5 * HOUR);
      total += outcomes[i].results;
    }
    assert_number(written, total);
  }
  sla_policy_set_unref(set);
}

/* A row is the log that it means, under the statuses of each policy. */
static void rows_as_their_logs(void **state) {
  sla_policy_set *set = desk();
  sla_row row = {july, july + 2 * HOUR, SLA_NONE, SLA_NONE, july + 3 * HOUR, SLA_NONE, 20, 0};
  sla_outcome told[3], wanted[3];
  sla_result results[8], others[8];
  size_t written = 0, expected = 0, count = 0;
  sla_event log[16];
  (void)state;
  for (int days = -1; days < 2; days++) {
    sla_time applied = days < 0 ? SLA_NONE : june + days * 86400, now = july + 5 * HOUR;
    assert_ok(sla_row_events(sla_policy_set_policy(set, TEAM, 0), &row, sizeof row, log, 16,
                             sizeof log[0], &count, NULL));
    assert_ok(sla_policy_set_evaluate_row(set, all, 3, &row, sizeof row, applied, now, told,
                                          sizeof told[0], results, 8, sizeof results[0], &written,
                                          NULL));
    assert_ok(sla_policy_set_evaluate(set, all, 3, log, count, sizeof log[0], applied, now, wanted,
                                      sizeof wanted[0], others, 8, sizeof others[0], &expected,
                                      NULL));
    assert_number(written, expected);
    assert_memory_equal(told, wanted, sizeof told);
    assert_memory_equal(results, others, written * sizeof results[0]);
    assert_number(told[0].holder, SLA_HOLDER_OTHER);
    assert_number(told[0].number, days < 0 ? 5 : 2);
  }
  sla_policy_set_unref(set);
}

/* Applied again, with what is in force then: the version differs, and so what is due. */
static void applied_again(void **state) {
  sla_policy_set *set = desk();
  const sla_event log[] = {{june - HOUR, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0}};
  static const struct {
    sla_time applied;
    uint32_t number;
    sla_seconds target;
  } cases[] = {{SLA_NONE, 1, 4 * HOUR}, {june, 2, 2 * HOUR}, {july, 5, HOUR}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    const uint32_t one = CUSTOMER;
    sla_outcome outcome;
    sla_result results[2];
    sla_rollup rollup;
    size_t written = 0;
    assert_ok(sla_policy_set_evaluate(set, &one, 1, log, 1, sizeof log[0], cases[i].applied, june,
                                      &outcome, sizeof outcome, results, 2, sizeof results[0],
                                      &written, NULL));
    assert_number(outcome.number, cases[i].number);
    assert_time(results[0].due_at, june - HOUR + cases[i].target);
    assert_ok(sla_rollup_results(results, written, sizeof results[0], &rollup, sizeof rollup));
    assert_time(rollup.due_at, june - HOUR + cases[i].target);
  }
  sla_policy_set_unref(set);
}

/* ---- who has to act ---- */

static void who_has_to_act(void **state) {
  static const struct {
    uint32_t kind;
    int64_t value;
    uint32_t holder;
  } cases[] = {{SLA_EVENT_AGENT_REPLY, 0, SLA_HOLDER_US},
               {SLA_EVENT_STATUS, SLA_TICKET_NEW, SLA_HOLDER_US},
               {SLA_EVENT_STATUS, SLA_TICKET_OPEN, SLA_HOLDER_US},
               {SLA_EVENT_STATUS, SLA_TICKET_PENDING, SLA_HOLDER_CUSTOMER},
               {SLA_EVENT_STATUS, SLA_TICKET_ON_HOLD, SLA_HOLDER_OTHER},
               {SLA_EVENT_STATUS, 20, SLA_HOLDER_OTHER},
               {SLA_EVENT_STATUS, SLA_TICKET_SOLVED, SLA_HOLDER_NOBODY},
               {SLA_EVENT_STATUS, SLA_TICKET_CLOSED, SLA_HOLDER_NOBODY},
               {SLA_EVENT_CANCELLED, 0, SLA_HOLDER_NOBODY}};
  sla_policy_set *set = desk();
  (void)state;
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    const sla_event log[] = {{june, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0},
                             {june + HOUR, cases[i].value, cases[i].kind, 0},
                             {june + 9 * HOUR, SLA_TICKET_OPEN, SLA_EVENT_STATUS, 0}};
    for (int when = 0; when < 3; when++) {
      static const uint32_t team = TEAM;
      sla_time now = when == 0 ? june - 1 : when == 1 ? june : june + HOUR;
      uint32_t wanted = when == 0 ? SLA_HOLDER_NOBODY : when == 1 ? SLA_HOLDER_US : cases[i].holder;
      sla_outcome outcome;
      sla_result result;
      size_t written;
      assert_ok(sla_policy_set_evaluate(set, &team, 1, log, 3, sizeof log[0], SLA_NONE, now,
                                        &outcome, sizeof outcome, &result, 1, sizeof result,
                                        &written, NULL));
      assert_number(outcome.holder, wanted);
    }
    if (cases[i].kind != SLA_EVENT_STATUS) continue;
    uint32_t holder = 99;
    assert_ok(sla_policy_holder(sla_policy_set_policy(set, TEAM, 0), (uint32_t)cases[i].value,
                                &holder));
    assert_number(holder, cases[i].holder);
  }
  sla_policy_set_unref(set);
}

/* ---- what another policy would change ---- */

static void what_would_change(void **state) {
  sla_policy *from = promise(4 * HOUR, 24 * HOUR), *to = promise(HOUR, 0);
  const sla_event log[] = {{june, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0}};
  sla_policy_change changes[2], same[2];
  size_t written = 0;
  (void)state;
  assert_ok(sla_policy_changes(from, to, log, 1, sizeof log[0], june + 2 * HOUR, changes, 2,
                               sizeof changes[0], &written, NULL));
  assert_number(written, 2);
  const sla_policy_change wanted[] = {
      {june + 4 * HOUR, june + HOUR, SLA_FIRST_RESPONSE, 1, SLA_RUNNING, SLA_RUNNING, SLA_ON_TIME,
       SLA_OVERDUE},
      {june + 24 * HOUR, SLA_NONE, SLA_RESOLUTION, 1, SLA_RUNNING, SLA_INACTIVE, SLA_ON_TIME,
       SLA_STATUS_NONE}};
  assert_memory_equal(changes, wanted, sizeof wanted);
  assert_ok(sla_policy_changes(from, from, log, 1, sizeof log[0], june + 2 * HOUR, same, 2,
                               sizeof same[0], &written, NULL));
  for (size_t i = 0; i < 2; i++) {
    assert_number(same[i].changed, 0);
    assert_time(same[i].old_due_at, same[i].new_due_at);
  }
  sla_policy_unref(from);
  sla_policy_unref(to);
}

/* A metric that is paused is compared as if it were resumed now; and then it is the same. */
static void what_would_change_of_a_paused_one(void **state) {
  sla_policy *from = promise(0, 24 * HOUR), *to = promise(0, HOUR);
  const sla_event log[] = {{june, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0},
                           {june + HOUR / 2, SLA_TICKET_PENDING, SLA_EVENT_STATUS, 0},
                           {june + 3 * HOUR, SLA_TICKET_OPEN, SLA_EVENT_STATUS, 0}};
  sla_policy_change change;
  size_t written = 0;
  (void)state;
  assert_ok(sla_policy_changes(from, to, log, 2, sizeof log[0], june + 3 * HOUR, &change, 1,
                               sizeof change, &written, NULL));
  const sla_policy_change paused = {june + 26 * HOUR + HOUR / 2, june + 3 * HOUR + HOUR / 2,
                                    SLA_RESOLUTION, 1, SLA_PAUSED, SLA_PAUSED, SLA_ON_TIME,
                                    SLA_ON_TIME};
  assert_memory_equal(&change, &paused, sizeof paused);
  assert_ok(sla_policy_changes(from, to, log, 3, sizeof log[0], june + 3 * HOUR, &change, 1,
                               sizeof change, &written, NULL));
  assert_time(change.old_due_at, june + 26 * HOUR + HOUR / 2); /* 24 h, and 2 1/2 of pause */
  assert_time(change.new_due_at, june + 3 * HOUR + HOUR / 2);
  assert_number(change.changed, 1);
  sla_policy_unref(from);
  sla_policy_unref(to);
}

/* ---- bytes ---- */

static size_t bytes_of(const sla_policy_set *set, unsigned char *bytes, size_t room) {
  size_t length = 0;
  assert_ok(sla_policy_set_bytes(set, bytes, room, &length));
  assert_in_range(length, 1, room);
  return length;
}

static void bytes_come_back(void **state) {
  sla_policy_set *set = desk(), *copy = NULL, *other = NULL;
  sla_policy_set_builder *builder = desk_builder();
  unsigned char bytes[4096], again[4096];
  size_t length = bytes_of(set, bytes, sizeof bytes);
  uint32_t equal = 0;
  uint64_t hash[2] = {0, 1};
  (void)state;
  assert_ok(sla_policy_set_new_bytes(bytes, length, NULL, &copy, &error));
  assert_number(bytes_of(copy, again, sizeof again), length);
  assert_memory_equal(bytes, again, length);
  assert_ok(sla_policy_set_equal(set, copy, &equal));
  assert_number(equal, 1);
  assert_ok(sla_policy_set_hash(set, &hash[0]));
  assert_ok(sla_policy_set_hash(copy, &hash[1]));
  assert_true(hash[0] == hash[1]);
  assert_ok(version(builder, TEAM, 8, july, HOUR, 0));
  assert_ok(sla_policy_set_builder_build(builder, &other, NULL));
  assert_ok(sla_policy_set_equal(set, other, &equal));
  assert_number(equal, 0);
  sla_policy_set_builder_free(builder);
  sla_policy_set_unref(other);
  sla_policy_set_unref(copy);
  sla_policy_set_unref(set);
}

/* ---- calendars: once each, however many policies and objects there are ---- */

static void add_in_hours_of(sla_policy_set_builder *builder, uint32_t agreement, uint32_t number,
                            const sla_calendar *calendar) {
  sla_policy *policy = policy_of(calendar, SLA_RESOLUTION, number, SLA_UNIT_COUNTED_DAYS);
  assert_ok(sla_policy_set_builder_add_version(builder, agreement, number, (sla_time)number,
                                               policy, NULL));
  sla_policy_unref(policy);
}

static int count_calendars(const unsigned char *bytes, size_t length) {
  int count = 0;
  for (size_t i = 0; i + 4 <= length; i++) count += memcmp(bytes + i, "SLAC", 4) == 0;
  return count;
}

static void calendars_are_kept_once(void **state) {
  sla_calendar *office = calendar_of("UTC", "Mo-Fr 09:00-17:00"),
               *same = calendar_of("UTC", "Mo-Fr 09:00-17:00"),
               *late = calendar_of("UTC", "Mo-Su 12:00-20:00");
  sla_policy_set_builder *b = NULL;
  sla_policy_set *set = NULL, *copy = NULL;
  unsigned char bytes[4096];
  (void)state;
  assert_ok(sla_policy_set_builder_new(NULL, &b, NULL));
  for (uint32_t i = 0; i < 2; i++) {
    assert_ok(agreement(b, SLA_AGREEMENT_CUSTOMER, "Acme", ""));
    add_in_hours_of(b, i, 1, same);
    add_in_hours_of(b, i, 2, office);
    add_in_hours_of(b, i, 3, late);
  }
  assert_ok(sla_policy_set_builder_build(b, &set, NULL));
  size_t length = bytes_of(set, bytes, sizeof bytes);
  assert_int_equal(count_calendars(bytes, length), 2);
  assert_ok(sla_policy_set_new_bytes(bytes, length, NULL, &copy, NULL));
  const sla_calendar *first = sla_policy_calendar(sla_policy_set_policy(copy, 0, 0));
  for (uint32_t i = 0; i < 2; i++)
    for (uint32_t v = 0; v < 3; v++) {
      const sla_policy *policy = sla_policy_set_policy(copy, i, v);
      uint32_t equal = 0;
      assert_ok(sla_policy_equal(policy, sla_policy_set_policy(set, i, v), &equal));
      assert_number(equal, 1);
      assert_int_equal(sla_policy_calendar(policy) == first, v < 2);
    }
  sla_policy_set_unref(copy);
  sla_policy_set_unref(set);
  sla_policy_set_builder_free(b);
  sla_calendar_unref(office);
  sla_calendar_unref(same);
  sla_calendar_unref(late);
}

static sla_calendar *calendar_number(uint32_t number) {
  sla_calendar_builder *builder = builder_of("UTC", "Mo-Fr 09:00-17:00");
  assert_ok(sla_calendar_builder_set_window(builder, 2024, 2024, NULL));
  assert_ok(sla_calendar_builder_add_special_hours(builder, 20240106, 20240106,
                                                   (int32_t)number, 86400, NULL));
  return built(builder);
}

static void as_many_calendars_as_may_be(void **state) {
  enum { MOST = 4096 };
  sla_policy_set_builder *b = NULL;
  sla_policy_set *set = NULL, *copy = NULL;
  size_t length = 0;
  uint32_t equal = 0;
  (void)state;
  assert_ok(sla_policy_set_builder_new(NULL, &b, NULL));
  assert_ok(agreement(b, SLA_AGREEMENT_CUSTOMER, "Acme", ""));
  for (uint32_t number = 1; number <= MOST + 1; number++) {
    sla_calendar *calendar = calendar_number(number);
    if (number == MOST + 1) assert_ok(sla_policy_set_builder_build(b, &set, NULL));
    add_in_hours_of(b, 0, number, calendar);
    sla_calendar_unref(calendar);
  }
  assert_code(sla_policy_set_builder_build(b, &copy, &error), SLA_E_LIMIT);
  assert_number(error.limit, MOST);
  assert_null(copy);
  assert_ok(sla_policy_set_bytes(set, NULL, 0, &length));
  unsigned char *bytes = malloc(length);
  assert_non_null(bytes);
  assert_ok(sla_policy_set_bytes(set, bytes, length, &length));
  assert_ok(sla_policy_set_new_bytes(bytes, length, NULL, &copy, NULL));
  assert_ok(sla_policy_set_equal(set, copy, &equal));
  assert_number(equal, 1);
  bytes[8]++; /* of the number of calendars, whose bytes are not looked at any more */
  sla_policy_set_unref(copy);
  copy = NULL;
  assert_code(sla_policy_set_new_bytes(bytes, length, NULL, &copy, &error), SLA_E_LIMIT);
  assert_int_equal(error.index, 8);
  assert_number(error.limit, MOST);
  free(bytes);
  sla_policy_set_unref(copy);
  sla_policy_set_unref(set);
  sla_policy_set_builder_free(b);
}

/* Changed or cut, they are refused with a place among them, or are those of what they give. */
static void bytes_of_nothing_are_refused(void **state) {
  sla_policy_set *set = desk();
  unsigned char bytes[4096], again[4096];
  size_t length = bytes_of(set, bytes, sizeof bytes);
  long refused = 0;
  (void)state;
  for (size_t i = 0; i < length * 9; i++) {
    sla_policy_set *read = NULL;
    bool cut = i % 9 == 8;
    if (!cut) bytes[i / 9] ^= (unsigned char)(1u << i % 9);
    int32_t code = sla_policy_set_new_bytes(bytes, cut ? i / 9 : length, NULL, &read, &error);
    if (code == SLA_OK) {
      assert_number(bytes_of(read, again, sizeof again), length);
      assert_memory_equal(bytes, again, length);
    } else {
      assert_true(code == SLA_E_BYTES || code == SLA_E_LIMIT);
      assert_number(error.code, code);
      assert_in_range(error.index, cut ? i / 9 : 0, cut ? i / 9 : length);
      assert_null(read);
      refused++;
    }
    sla_policy_set_unref(read);
    if (!cut) bytes[i / 9] ^= (unsigned char)(1u << i % 9);
  }
  assert_true(refused > (long)length);
  sla_policy_set_unref(set);
}

/* ---- what is refused ---- */

#define REFUSED(call, wanted, at_argument)        \
  do {                                            \
    memset(&error, 0x5c, sizeof error);           \
    assert_code((call), (wanted));                \
    assert_number(error.code, (wanted));          \
    assert_number(error.argument, (at_argument)); \
  } while (0)

static void what_a_builder_refuses(void **state) {
  sla_policy_set_builder *b = desk_builder();
  sla_policy_set *set = NULL;
  sla_policy *policy = promise(1, 0);
  char text[4097];
  (void)state;
  memset(text, 'x', sizeof text);
  REFUSED(sla_policy_set_builder_new(NULL, NULL, &error), SLA_E_NULL, 2);
  REFUSED(sla_policy_set_builder_new_from(NULL, NULL, &b, &error), SLA_E_NULL, 1);
  REFUSED(sla_policy_set_builder_add_agreement(NULL, 1, "a", 1, NULL, 0, &error), SLA_E_NULL, 1);
  REFUSED(sla_policy_set_builder_add_agreement(b, 0, "a", 1, NULL, 0, &error), SLA_E_ARGUMENT, 2);
  REFUSED(sla_policy_set_builder_add_agreement(b, 4, "a", 1, NULL, 0, &error), SLA_E_ARGUMENT, 2);
  REFUSED(sla_policy_set_builder_add_agreement(b, 1, NULL, 1, NULL, 0, &error), SLA_E_NULL, 3);
  REFUSED(sla_policy_set_builder_add_agreement(b, 1, "", 0, NULL, 0, &error), SLA_E_NAME, 4);
  REFUSED(sla_policy_set_builder_add_agreement(b, 1, text, 256, NULL, 0, &error), SLA_E_NAME, 4);
  REFUSED(sla_policy_set_builder_add_agreement(b, 1, "\xff", 1, NULL, 0, &error), SLA_E_NAME, 3);
  REFUSED(sla_policy_set_builder_add_agreement(b, 1, "a\n", 2, NULL, 0, &error), SLA_E_NAME, 3);
  REFUSED(sla_policy_set_builder_add_agreement(b, 1, "a", 1, NULL, 1, &error), SLA_E_NULL, 5);
  REFUSED(sla_policy_set_builder_add_agreement(b, 1, "a", 1, text, 4097, &error), SLA_E_NAME, 6);
  REFUSED(sla_policy_set_builder_add_agreement(b, 1, "a", 1, "\xff", 1, &error), SLA_E_NAME, 5);
  REFUSED(sla_policy_set_builder_add_version(NULL, 0, 9, july + 1, policy, &error), SLA_E_NULL, 1);
  REFUSED(sla_policy_set_builder_add_version(b, 3, 9, july + 1, policy, &error), SLA_E_POLICY, 2);
  REFUSED(sla_policy_set_builder_add_version(b, 0, 0, july + 1, policy, &error), SLA_E_VERSION, 3);
  REFUSED(sla_policy_set_builder_add_version(b, 0, 5, july + 1, policy, &error), SLA_E_VERSION, 3);
  REFUSED(sla_policy_set_builder_add_version(b, 0, 6, july, policy, &error), SLA_E_VERSION, 4);
  REFUSED(sla_policy_set_builder_add_version(b, 0, 6, SLA_NONE, policy, &error), SLA_E_VERSION, 4);
  REFUSED(sla_policy_set_builder_add_version(b, 0, 6, INT64_MAX, policy, &error), SLA_E_RANGE, 4);
  REFUSED(sla_policy_set_builder_add_version(b, 0, 6, july + 1, NULL, &error), SLA_E_NULL, 5);
  REFUSED(sla_policy_set_builder_build(NULL, &set, &error), SLA_E_NULL, 1);
  REFUSED(sla_policy_set_builder_build(b, NULL, &error), SLA_E_NULL, 2);
  assert_ok(agreement(b, SLA_AGREEMENT_CUSTOMER, "without", ""));
  REFUSED(sla_policy_set_builder_build(b, &set, &error), SLA_E_VERSION, 0);
  assert_number(error.index, 3);
  for (int i = 4; i < 1024; i++) assert_ok(agreement(b, SLA_AGREEMENT_CUSTOMER, "more", ""));
  REFUSED(agreement(b, SLA_AGREEMENT_CUSTOMER, "more", ""), SLA_E_LIMIT, 0);
  for (uint32_t i = 5; i < 16384; i++)
    assert_ok(sla_policy_set_builder_add_version(b, 1023, i, (sla_time)i, policy, NULL));
  REFUSED(sla_policy_set_builder_add_version(b, 0, 6, july + 1, policy, &error), SLA_E_LIMIT, 0);
  assert_null(set);
  sla_policy_unref(policy);
  sla_policy_set_builder_free(b);
  sla_policy_set_builder_free(NULL);
}

#define ASK(set, list, n, log, count, stride, applied, now, outs, out_size, room, size)        \
  sla_policy_set_evaluate(set, list, n, log, count, stride, applied, now, outs, out_size,      \
                          results, room, size, &written, &error)

static void what_an_evaluation_refuses(void **state) {
  sla_policy_set *set = desk();
  const uint32_t none[] = {0, 3}, supplier[] = {SUPPLIER};
  const sla_event lost = {SLA_NONE, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0};
  const sla_event log[] = {{july, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0},
                           {july - 1, 0, SLA_EVENT_AGENT_REPLY, 0}};
  sla_outcome o[3] = {{.number = 77}};
  sla_result results[4];
  size_t written = 77, os = sizeof o[0], rs = sizeof results[0], es = sizeof log[0];
  (void)state;
  REFUSED(ASK(NULL, all, 3, log, 1, es, SLA_NONE, july, o, os, 4, rs), SLA_E_NULL, 1);
  REFUSED(ASK(set, NULL, 3, log, 1, es, SLA_NONE, july, o, os, 4, rs), SLA_E_NULL, 2);
  REFUSED(ASK(set, all, 3, NULL, 1, es, SLA_NONE, july, o, os, 4, rs), SLA_E_NULL, 4);
  REFUSED(ASK(set, all, 3, log, 1, 20, SLA_NONE, july, o, os, 4, rs), SLA_E_ABI, 6);
  REFUSED(ASK(set, all, 3, log, 1, es, INT64_MAX, july, o, os, 4, rs), SLA_E_RANGE, 7);
  REFUSED(ASK(set, all, 3, log, 1, es, SLA_NONE, INT64_MAX, o, os, 4, rs), SLA_E_RANGE, 8);
  REFUSED(ASK(set, all, 3, log, 1, es, SLA_NONE, july, NULL, os, 4, rs), SLA_E_NULL, 9);
  REFUSED(ASK(set, all, 3, log, 1, es, SLA_NONE, july, o, 8, 4, rs), SLA_E_ABI, 10);
  REFUSED(ASK(set, all, 3, log, 1, es, SLA_NONE, july, o, os, 2, rs), SLA_E_LIMIT, 12);
  assert_number(error.limit, 3);
  REFUSED(ASK(set, all, 3, log, 1, es, SLA_NONE, july, o, os, 4, 16), SLA_E_ABI, 13);
  REFUSED(ASK(set, all, 3, log, 0, es, SLA_NONE, july, o, os, 4, rs), SLA_E_CREATION, 0);
  REFUSED(ASK(set, none, 2, log, 1, es, SLA_NONE, july, o, os, 4, rs), SLA_E_POLICY, 0);
  assert_number(error.index, 1);
  REFUSED(ASK(set, all, 3, log, 2, es, SLA_NONE, july, o, os, 4, rs), SLA_E_ORDER, 0);
  assert_number(error.index, 1);
  REFUSED(ASK(set, supplier, 1, &lost, 1, es, SLA_NONE, july, o, os, 4, rs), SLA_E_RANGE, 0);
  REFUSED(ASK(set, supplier, 1, log + 1, 1, es, SLA_NONE, july, o, os, 4, rs), SLA_E_CREATION, 0);
  assert_number(error.value, SLA_EVENT_AGENT_REPLY);
  REFUSED(sla_policy_set_evaluate(set, all, 3, log, 1, es, SLA_NONE, july, o, os, NULL, 4, rs,
                                  &written, &error), SLA_E_NULL, 11);
  REFUSED(sla_policy_set_evaluate(set, all, 3, log, 1, es, SLA_NONE, july, o, os, results, 4, rs,
                                  NULL, &error), SLA_E_NULL, 14);
  assert_number(written + o[0].number, 154);
  sla_policy_set_unref(set);
}

/* Statuses and the like are a policy's: without one, a log is read no further than its creation. */
static void no_policy_reads_no_log(void **state) {
  sla_policy_set *set = desk();
  const uint32_t supplier[] = {SUPPLIER};
  const sla_event log[] = {{june, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0},
                           {june + 1, 31, SLA_EVENT_STATUS, 0}};
  sla_outcome o[1];
  sla_result results[1];
  size_t written = 77, os = sizeof o[0], rs = sizeof results[0], es = sizeof log[0];
  (void)state;
  assert_ok(ASK(set, supplier, 1, log, 2, es, SLA_NONE, july, o, os, 1, rs));
  assert_number(o[0].version, SLA_NO_VERSION);
  assert_number(written, 0);
  REFUSED(ASK(set, supplier, 1, log, 2, es, july, july, o, os, 1, rs), SLA_E_STATUS, 0);
  sla_policy_set_unref(set);
}

#define ASK_ROW(set, list, n, row, row_size, applied, now, outs, out_size, room, size)            \
  sla_policy_set_evaluate_row(set, list, n, row, row_size, applied, now, outs, out_size, results, \
                              room, size, &written, &error)

static void what_an_evaluation_of_a_row_refuses(void **state) {
  sla_policy_set *set = desk();
  const uint32_t none[] = {0, 3}, supplier[] = {SUPPLIER};
  const sla_row row = {july, SLA_NONE, SLA_NONE, SLA_NONE, SLA_NONE, SLA_NONE, 0, 0};
  const sla_row empty = {.created_at = SLA_NONE}, early = {.created_at = SLA_TIME_MIN - 1};
  const sla_row *r = &row;
  sla_outcome o[3] = {{.number = 77}};
  sla_result results[4];
  size_t written = 77, os = sizeof o[0], rs = sizeof results[0], n = sizeof row;
  (void)state;
  REFUSED(ASK_ROW(NULL, all, 3, r, n, SLA_NONE, july, o, os, 4, rs), SLA_E_NULL, 1);
  REFUSED(ASK_ROW(set, NULL, 3, r, n, SLA_NONE, july, o, os, 4, rs), SLA_E_NULL, 2);
  REFUSED(ASK_ROW(set, all, 3, NULL, n, SLA_NONE, july, o, os, 4, rs), SLA_E_NULL, 4);
  REFUSED(ASK_ROW(set, all, 3, r, 20, SLA_NONE, july, o, os, 4, rs), SLA_E_ABI, 5);
  REFUSED(ASK_ROW(set, all, 3, r, n, INT64_MAX, july, o, os, 4, rs), SLA_E_RANGE, 6);
  REFUSED(ASK_ROW(set, all, 3, r, n, SLA_NONE, INT64_MAX, o, os, 4, rs), SLA_E_RANGE, 7);
  REFUSED(ASK_ROW(set, all, 3, r, n, SLA_NONE, july, NULL, os, 4, rs), SLA_E_NULL, 8);
  REFUSED(ASK_ROW(set, all, 3, r, n, SLA_NONE, july, o, 8, 4, rs), SLA_E_ABI, 9);
  REFUSED(ASK_ROW(set, all, 3, r, n, SLA_NONE, july, o, os, 2, rs), SLA_E_LIMIT, 11);
  assert_number(error.limit, 3);
  REFUSED(ASK_ROW(set, all, 3, r, n, SLA_NONE, july, o, os, 4, 16), SLA_E_ABI, 12);
  REFUSED(ASK_ROW(set, none, 2, r, n, SLA_NONE, july, o, os, 4, rs), SLA_E_POLICY, 0);
  REFUSED(ASK_ROW(set, supplier, 1, &empty, n, SLA_NONE, july, o, os, 4, rs), SLA_E_ROW, 0);
  REFUSED(ASK_ROW(set, supplier, 1, &early, n, SLA_NONE, july, o, os, 4, rs), SLA_E_RANGE, 0);
  REFUSED(ASK_ROW(set, all, 3, &empty, n, SLA_NONE, july, o, os, 4, rs), SLA_E_ROW, 0);
  assert_number(error.index, 1);
  REFUSED(sla_policy_set_evaluate_row(set, all, 3, r, n, SLA_NONE, july, o, os, NULL, 4, rs,
                                      &written, &error), SLA_E_NULL, 10);
  REFUSED(sla_policy_set_evaluate_row(set, all, 3, r, n, SLA_NONE, july, o, os, results, 4, rs,
                                      NULL, &error), SLA_E_NULL, 13);
  assert_number(written + o[0].number, 154);
  sla_policy_set_unref(set);
}

static void what_a_comparison_refuses(void **state) {
  sla_policy *p = promise(HOUR, HOUR);
  const sla_event log[] = {{july, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0}};
  sla_policy_change c[2] = {{.metric = 77}};
  size_t w = 77, es = sizeof log[0], cs = sizeof c[0];
  (void)state;
  REFUSED(sla_policy_changes(NULL, p, log, 1, es, july, c, 2, cs, &w, &error), SLA_E_NULL, 1);
  REFUSED(sla_policy_changes(p, NULL, log, 1, es, july, c, 2, cs, &w, &error), SLA_E_NULL, 2);
  REFUSED(sla_policy_changes(p, p, NULL, 1, es, july, c, 2, cs, &w, &error), SLA_E_NULL, 3);
  REFUSED(sla_policy_changes(p, p, log, 1, 8, july, c, 2, cs, &w, &error), SLA_E_ABI, 5);
  REFUSED(sla_policy_changes(p, p, log, 1, es, SLA_NONE, c, 2, cs, &w, &error), SLA_E_RANGE, 6);
  REFUSED(sla_policy_changes(p, p, log, 1, es, july, NULL, 2, cs, &w, &error), SLA_E_NULL, 7);
  REFUSED(sla_policy_changes(p, p, log, 1, es, july, c, 1, cs, &w, &error), SLA_E_LIMIT, 8);
  REFUSED(sla_policy_changes(p, p, log, 1, es, july, c, 2, 8, &w, &error), SLA_E_ABI, 9);
  REFUSED(sla_policy_changes(p, p, log, 1, es, july, c, 2, cs, NULL, &error), SLA_E_NULL, 10);
  REFUSED(sla_policy_changes(p, p, log, 0, es, july, c, 2, cs, &w, &error), SLA_E_CREATION, 0);
  assert_number(w + c[0].metric, 154);
  sla_policy_unref(p);
}

static void what_reading_back_refuses(void **state) {
  sla_policy_set *set = desk();
  const sla_policy *policy = sla_policy_set_policy(set, 0, 0);
  sla_agreement a = {7, 7};
  sla_policy_version v = {.number = 7};
  char text[4] = "abc";
  size_t n = 7;
  uint32_t found = 7;
  uint64_t hash = 7;
  (void)state;
  assert_number(sla_policy_set_count(NULL), 0);
  assert_code(sla_policy_set_agreement(NULL, 0, &a, sizeof a), SLA_E_NULL);
  assert_code(sla_policy_set_agreement(set, 0, NULL, sizeof a), SLA_E_NULL);
  assert_code(sla_policy_set_agreement(set, 0, &a, 4), SLA_E_ABI);
  assert_code(sla_policy_set_agreement(set, 3, &a, sizeof a), SLA_E_POLICY);
  assert_code(sla_policy_set_name(NULL, 0, text, 4, &n), SLA_E_NULL);
  assert_code(sla_policy_set_name(set, 0, NULL, 4, &n), SLA_E_NULL);
  assert_code(sla_policy_set_name(set, 0, text, 4, NULL), SLA_E_NULL);
  assert_code(sla_policy_set_name(set, 3, text, 4, &n), SLA_E_POLICY);
  assert_code(sla_policy_set_description(set, 3, text, 4, &n), SLA_E_POLICY);
  assert_code(sla_policy_set_version(NULL, 0, 0, &v, sizeof v), SLA_E_NULL);
  assert_code(sla_policy_set_version(set, 0, 0, NULL, sizeof v), SLA_E_NULL);
  assert_code(sla_policy_set_version(set, 0, 0, &v, 8), SLA_E_ABI);
  assert_code(sla_policy_set_version(set, 3, 0, &v, sizeof v), SLA_E_POLICY);
  assert_code(sla_policy_set_version(set, 0, 3, &v, sizeof v), SLA_E_VERSION);
  assert_code(sla_policy_set_version_at(NULL, 0, 0, &found), SLA_E_NULL);
  assert_code(sla_policy_set_version_at(set, 0, 0, NULL), SLA_E_NULL);
  assert_code(sla_policy_set_version_at(set, 3, 0, &found), SLA_E_POLICY);
  assert_code(sla_policy_set_version_at(set, 0, SLA_NONE, &found), SLA_E_RANGE);
  assert_code(sla_policy_holder(NULL, 1, &found), SLA_E_NULL);
  assert_code(sla_policy_holder(policy, 1, NULL), SLA_E_NULL);
  assert_code(sla_policy_holder(policy, 19, &found), SLA_E_STATUS);
  assert_code(sla_policy_set_bytes(NULL, text, 4, &n), SLA_E_NULL);
  assert_code(sla_policy_set_bytes(set, NULL, 4, &n), SLA_E_NULL);
  assert_code(sla_policy_set_new_bytes(NULL, 1, NULL, &set, NULL), SLA_E_NULL);
  assert_code(sla_policy_set_new_bytes(text, 4, NULL, NULL, NULL), SLA_E_NULL);
  assert_code(sla_policy_set_equal(set, NULL, &found), SLA_E_NULL);
  assert_code(sla_policy_set_hash(NULL, &hash), SLA_E_NULL);
  assert_number(a.kind + v.number + (uint32_t)n + found + (uint32_t)hash, 35);
  assert_null(sla_policy_set_ref(NULL));
  sla_policy_set_unref(set);
}

/* ---- memory ---- */

typedef struct {
  long until_failure;
  size_t bytes;
  bool failed;
} purse;

static void *spend(void *context, void *pointer, size_t old_size, size_t new_size) {
  purse *p = context;
  if (new_size > 0 && --p->until_failure == 0) {
    p->failed = true;
    return NULL;
  }
  p->bytes += new_size - old_size;
  if (new_size > 0) return realloc(pointer, new_size);
  free(pointer);
  return NULL;
}

/* Builds a set, goes on from it, reads it from bytes: one request after the other fails. */
static int32_t use_memory(const sla_allocator *allocator, const sla_policy *policy) {
  sla_policy_set_builder *b = NULL, *from = NULL;
  sla_policy_set *set = NULL, *read = NULL;
  unsigned char bytes[1024];
  size_t length = 0;
  int32_t code = sla_policy_set_builder_new(allocator, &b, &error);
  if (code == SLA_OK) code = agreement(b, SLA_AGREEMENT_CUSTOMER, "Premium", "For Acme");
  if (code == SLA_OK)
    code = sla_policy_set_builder_add_version(b, 0, 1, SLA_NONE, policy, &error);
  if (code == SLA_OK) code = sla_policy_set_builder_build(b, &set, &error);
  if (code == SLA_OK) code = sla_policy_set_builder_new_from(set, allocator, &from, &error);
  if (code == SLA_OK) code = sla_policy_set_bytes(set, bytes, sizeof bytes, &length);
  if (code == SLA_OK) code = sla_policy_set_new_bytes(bytes, length, allocator, &read, &error);
  if (code != SLA_OK) assert_number(error.code, code);
  sla_policy_set_builder_free(b);
  sla_policy_set_builder_free(from);
  sla_policy_set_unref(read);
  sla_policy_set_unref(set);
  return code;
}

static void every_request_for_memory_fails(void **state) {
  sla_calendar *calendar = calendar_of("UTC", "Mo-Fr 09:00-17:00");
  sla_policy *policy = policy_of(calendar, SLA_RESOLUTION, HOUR, SLA_UNIT_SECONDS);
  purse p = {.failed = true};
  long requests = 0;
  (void)state;
  for (long k = 1; p.failed; k++) {
    const sla_allocator allocator = {spend, &p};
    p = (purse){.until_failure = k};
    int32_t code = use_memory(&allocator, policy);
    assert_true(code == SLA_E_MEMORY || (code == SLA_OK));
    assert_int_equal(p.bytes, 0);
    requests = k;
  }
  assert_true(requests > 25);
  sla_policy_unref(policy);
  sla_calendar_unref(calendar);
}

static void sets_know_what_they_hold(void **state) {
  purse p = {.until_failure = 0};
  const sla_allocator allocator = {spend, &p};
  sla_calendar *calendar = calendar_of("UTC", "Mo-Fr 09:00-17:00");
  sla_policy *policy = policy_of(calendar, SLA_RESOLUTION, HOUR, SLA_UNIT_SECONDS);
  sla_policy_set_builder *b = NULL;
  sla_policy_set *set = NULL;
  (void)state;
  assert_ok(sla_policy_set_builder_new(&allocator, &b, NULL));
  assert_ok(agreement(b, SLA_AGREEMENT_CUSTOMER, "Premium", "For Acme"));
  assert_ok(sla_policy_set_builder_add_version(b, 0, 1, SLA_NONE, policy, NULL));
  size_t before = p.bytes;
  assert_ok(sla_policy_set_builder_build(b, &set, NULL));
  assert_int_equal(p.bytes - before, sla_policy_set_memory(set));
  assert_int_equal(sla_policy_set_memory(NULL), 0);
  sla_policy_set_builder_free(b);
  sla_policy_set_unref(set);
  sla_policy_unref(policy);
  sla_calendar_unref(calendar);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_version_in_force_at_creation),
      cmocka_unit_test(what_was_told_is_read_back),
      cmocka_unit_test(each_agreement_by_itself),
      cmocka_unit_test(applied_again),
      cmocka_unit_test(rows_as_their_logs),
      cmocka_unit_test(who_has_to_act),
      cmocka_unit_test(what_would_change),
      cmocka_unit_test(what_would_change_of_a_paused_one),
      cmocka_unit_test(bytes_come_back),
      cmocka_unit_test(calendars_are_kept_once),
      cmocka_unit_test(as_many_calendars_as_may_be),
      cmocka_unit_test(bytes_of_nothing_are_refused),
      cmocka_unit_test(what_a_builder_refuses),
      cmocka_unit_test(what_an_evaluation_refuses),
      cmocka_unit_test(no_policy_reads_no_log),
      cmocka_unit_test(what_an_evaluation_of_a_row_refuses),
      cmocka_unit_test(what_a_comparison_refuses),
      cmocka_unit_test(what_reading_back_refuses),
      cmocka_unit_test(every_request_for_memory_fails),
      cmocka_unit_test(sets_know_what_they_hold),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
