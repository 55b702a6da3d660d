/* SPDX-License-Identifier: MIT */
/* Rows of timestamps: the log each means, what it comes to, and that the short way and the long way
 * give the same.  The words are those of told.h. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "oracle.h"
#include "support.h"
#include "told.h"

#define POLICY                                                                        \
  "first 4h, first/3 1h, next 2h, resolution 8h, resolution/3 4h, resolution/4 1wd, " \
  "soon resolution 1h, soon first 75%, status 16 pending, status 17 solved, pause next hold"

typedef struct {
  const char *name;
  const char *created, *first, *waiting, *solved, *since; /* "" for none */
  sla_seconds paused;
  uint32_t status, priority;
  const char *log, *now, *results[3]; /* "" for what is not asked */
} told;

static const told rows[] = {
    {"created only", "Mo 09:00", "", "", "", "", SLA_NONE, 0, 0,
     "Mo 09:00 created, Mo 09:00 priority 0", "Mo 10:00",
     {"first running on-time due Mo 13:00 elapsed 1h", "next inactive none",
      "resolution running on-time due Mo 17:00 elapsed 1h"}},
    {"answered", "Mo 09:00", "Mo 10:00", "", "", "", SLA_NONE, SLA_TICKET_OPEN, 3,
     "Mo 09:00 created, Mo 09:00 priority 3, Mo 10:00 reply", "Mo 11:00",
     {"first fulfilled on-time stopped Mo 10:00 due Mo 10:00", "next inactive none",
      "resolution running on-time due Mo 13:00 priority 3"}},
    {"waiting for the next answer", "Mo 09:00", "Mo 10:00", "Mo 11:00", "", "", SLA_NONE,
     SLA_TICKET_OPEN, 0,
     "Mo 09:00 created, Mo 09:00 priority 0, Mo 10:00 reply, Mo 11:00 message", "Mo 13:00:01",
     {"first fulfilled on-time", "next running overdue started Mo 11:00 due Mo 13:00 late 1s", ""}},
    {"waiting again in the second of the answer", "Mo 09:00", "Mo 10:00", "Mo 10:00", "", "",
     SLA_NONE, SLA_TICKET_OPEN, 0,
     "Mo 09:00 created, Mo 09:00 priority 0, Mo 10:00 reply, Mo 10:00 message", "Mo 11:00",
     {"first fulfilled on-time", "next running on-time started Mo 10:00 due Mo 12:00", ""}},
    {"solved", "Mo 09:00", "", "", "Mo 16:00", "", SLA_NONE, SLA_TICKET_SOLVED, 0,
     "Mo 09:00 created, Mo 09:00 priority 0, Mo 16:00 solved", "Tu 09:00",
     {"first fulfilled overdue due Mo 13:00 late 3h", "next inactive none",
      "resolution fulfilled on-time stopped Mo 16:00 elapsed 7h"}},
    {"solved, status unknown", "Mo 09:00", "", "", "Mo 16:00", "", SLA_NONE, 0, 0,
     "Mo 09:00 created, Mo 09:00 priority 0, Mo 16:00 solved", "Tu 09:00",
     {"", "", "resolution fulfilled on-time stopped Mo 16:00"}},
    {"closed, and that is when it was solved", "Mo 09:00", "", "", "Mo 16:00", "Tu 10:00", SLA_NONE,
     SLA_TICKET_CLOSED, 0, "", "We 09:00",
     {"", "", "resolution fulfilled on-time stopped Mo 16:00"}},
    {"closed in the second it was solved", "Mo 09:00", "", "", "Mo 16:00", "Mo 16:00", SLA_NONE,
     SLA_TICKET_CLOSED, 0, "Mo 09:00 created, Mo 09:00 priority 0, Mo 16:00 closed", "We 09:00",
     {"", "", "resolution fulfilled on-time stopped Mo 16:00"}},
    {"solved with a status of the host's own", "Mo 09:00", "", "", "Mo 16:00", "", SLA_NONE, 17, 0,
     "Mo 09:00 created, Mo 09:00 priority 0, Mo 16:00 17", "Tu 09:00",
     {"", "", "resolution fulfilled on-time stopped Mo 16:00"}},
    {"paused so far", "Mo 09:00", "", "", "", "", 7200, SLA_TICKET_OPEN, 0,
     "Mo 09:00 created, Mo 09:00 priority 0, Mo 09:00 pending, Mo 11:00 open", "Mo 13:00",
     {"first running due-soon due Mo 13:00 elapsed 4h", "",
      "resolution running on-time due Tu 11:00 elapsed 2h held 2h"}},
    {"paused so far, counted over a night", "Mo 15:00", "", "", "", "", 4 * 3600, 0, 0,
     "Mo 15:00 created, Mo 15:00 priority 0, Mo 15:00 pending, Tu 11:00 open", "Tu 12:00",
     {"", "", "resolution running on-time due We 11:00 elapsed 1h"}},
    {"paused for nothing so far", "Mo 09:00", "", "", "", "", 0, SLA_TICKET_OPEN, 0,
     "Mo 09:00 created, Mo 09:00 priority 0", "Mo 13:00",
     {"", "", "resolution running on-time due Mo 17:00"}},
    {"pending since", "Mo 09:00", "", "", "", "Mo 11:00", SLA_NONE, SLA_TICKET_PENDING, 0,
     "Mo 09:00 created, Mo 09:00 priority 0, Mo 11:00 pending", "Mo 13:00",
     {"first running due-soon", "",
      "resolution paused on-time due none elapsed 2h left 6h projected Tu 11:00 held 2h"}},
    {"pending since, after pauses", "Mo 09:00", "Mo 09:30", "", "", "Mo 12:00", 3600,
     SLA_TICKET_PENDING, 0,
     "Mo 09:00 created, Mo 09:00 priority 0, Mo 09:00 pending, Mo 09:30 reply, Mo 10:00 open, "
     "Mo 12:00 pending", "Mo 13:00",
     {"first fulfilled on-time", "", "resolution paused on-time elapsed 2h projected Tu 11:00"}},
    {"a host's status that pauses", "Mo 09:00", "", "", "", "Mo 11:00", SLA_NONE, 16, 0,
     "Mo 09:00 created, Mo 09:00 priority 0, Mo 11:00 16", "Mo 13:00",
     {"", "", "resolution paused on-time elapsed 2h"}},
    {"before it was created", "Mo 09:00", "Mo 10:00", "", "", "", SLA_NONE, 0, 2,
     "Mo 09:00 created, Mo 09:00 priority 2, Mo 10:00 reply", "Mo 08:00",
     {"first inactive none", "next inactive none", "resolution inactive none"}},
    {"a working day", "Mo 10:30", "", "", "", "", SLA_NONE, SLA_TICKET_NEW, 4, "", "Mo 12:00",
     {"", "", "resolution running on-time due Tu 10:30 priority 4"}},
    {"paused since nobody knows when", "Mo 09:00", "", "", "", "", SLA_NONE, SLA_TICKET_PENDING, 0,
     "", "Mo 13:00",
     {"first running due-soon elapsed 4h flags 0", "next inactive none flags 0",
      "resolution paused none due none projected none elapsed none left none held none flags 2 "
      "target 8h"}},
};

static sla_time time_or_none(const char *text) {
  return *text == '\0' ? SLA_NONE : told_time(text);
}

static sla_row row_of(const told *t) {
  return (sla_row){told_time(t->created),   time_or_none(t->first), time_or_none(t->waiting),
                   time_or_none(t->solved), time_or_none(t->since), t->paused,
                   t->status,               t->priority};
}

static size_t log_of(const sla_policy *policy, const sla_row *row, sla_event events[16]) {
  sla_error error = {0};
  size_t count = 0;
  int32_t code = sla_row_events(policy, row, sizeof *row, events, 16, sizeof events[0], &count,
                                &error);
  if (code != SLA_OK) print_error("field %d\n", (int)error.index);
  assert_ok(code);
  return count;
}

static void expect_log(const sla_policy *policy, const sla_row *row, const char *text) {
  sla_event got[16], want[TOLD_EVENTS];
  size_t count = log_of(policy, row, got);
  if (*text == '\0') return;
  assert_int_equal(count, told_events(text, want));
  for (size_t i = 0; i < count; i++)
    if (memcmp(&got[i], &want[i], sizeof got[i]) != 0) {
      oracle_print_events(stderr, got, count);
      fail_msg("event %d is another: %s", (int)i, text);
    }
}

static void one_row(void **state) {
  const told *t = *state;
  const sla_row row = row_of(t);
  sla_policy *policy = told_policy(POLICY);
  expect_log(policy, &row, t->log);
  for (uint32_t metric = SLA_FIRST_RESPONSE; metric <= SLA_RESOLUTION; metric++) {
    sla_result r;
    if (*t->results[metric - 1] == '\0') continue;
    assert_ok(sla_evaluate_row(policy, metric, &row, sizeof row, told_time(t->now), &r, sizeof r,
                               NULL));
    told_result(&r, t->results[metric - 1]);
  }
  sla_policy_unref(policy);
}

/* Of two statuses that pause resolution, the one that pauses nothing else stands for `paused`. */
static void a_pause_that_pauses_nothing_else(void **state) {
  sla_policy *policy = told_policy("resolution 8h around, pause next pending");
  const sla_row row = {told_time("Mo 09:00"), SLA_NONE, SLA_NONE, SLA_NONE, SLA_NONE,
                       3600,                  SLA_TICKET_OPEN, 0};
  (void)state;
  expect_log(policy, &row,
             "Mo 09:00 created, Mo 09:00 priority 0, Mo 09:00 hold, Mo 10:00 open");
  sla_policy_unref(policy);
}

/* ---- the two ways ---- */

static sla_time some_time(uint64_t *seed, sla_time after) {
  if (random_between(seed, 0, 2) == 0) return SLA_NONE;
  return after + random_between(seed, 0, random_between(seed, 0, 1) ? 3600 : 400000);
}

static sla_row random_row(uint64_t *seed) {
  static const uint32_t statuses[] = {0, 0, 1, 2, 2, 3, 3, 4, 5, 5, 6, 16, 17};
  sla_row row = {told_time("Mo 09:00") + random_between(seed, 0, 600000), 0, 0, 0, 0, 0, 0, 0};
  row.first_response_at = some_time(seed, row.created_at);
  row.waiting_since = row.first_response_at == SLA_NONE ? SLA_NONE
                                                        : some_time(seed, row.first_response_at);
  row.status = statuses[random_between(seed, 0, (int64_t)COUNT_OF(statuses) - 1)];
  row.solved_at = row.status == 0 || row.status == 5 || row.status == 6 || row.status == 17
                      ? some_time(seed, row.created_at)
                      : SLA_NONE;
  row.status_since = some_time(seed, row.solved_at == SLA_NONE ? row.created_at : row.solved_at);
  row.paused = random_between(seed, 0, 2) == 0 ? random_between(seed, 0, 50000) : SLA_NONE;
  row.priority = (uint32_t)random_between(seed, 0, 4);
  return row;
}

static void print_row(const sla_row *r) {
  print_error("{%" PRId64 ", %" PRId64 ", %" PRId64 ", %" PRId64 ", %" PRId64 ", %" PRId64
              ", %u, %u}\n", r->created_at, r->first_response_at, r->waiting_since, r->solved_at,
              r->status_since, r->paused, r->status, r->priority);
}

static void differ(const sla_row *row, const sla_event *events, size_t count, const sla_result *a,
                   const sla_result *b) {
  print_row(row);
  oracle_print_events(stderr, events, count);
  oracle_print_result(stderr, a);
  oracle_print_result(stderr, b);
  fail_msg("a row and its log differ");
}

/* A clock that is paused since nobody knows when is the one thing that no log can say. */
static void expect_same(const sla_policy *policy, const sla_row *row, sla_time now) {
  sla_event events[16];
  size_t count = log_of(policy, row, events);
  for (uint32_t metric = SLA_FIRST_RESPONSE; metric <= SLA_RESOLUTION; metric++) {
    sla_result one, other = evaluated_at(policy, metric, events, count, now);
    assert_ok(sla_evaluate_row(policy, metric, row, sizeof *row, now, &one, sizeof one, NULL));
    if ((one.flags & SLA_PAUSE_UNKNOWN) != 0) {
      bool open = other.phase == SLA_RUNNING || other.phase == SLA_PAUSED;
      if (row->status_since != SLA_NONE || !open || one.phase != SLA_PAUSED ||
          one.elapsed != SLA_NONE || one.remaining != SLA_NONE || one.projected_due_at != SLA_NONE)
        differ(row, events, count, &one, &other);
    } else if (memcmp(&one, &other, sizeof one) != 0) {
      differ(row, events, count, &one, &other);
    }
  }
}

/* What resolution has counted, said without a log: open time up to the solve, less the pauses. */
static void expect_counted(const sla_policy *policy, const sla_row *row, sla_time now) {
  const sla_calendar *calendar = sla_policy_calendar(policy);
  sla_target target;
  sla_result r;
  sla_seconds paused = row->paused == SLA_NONE ? 0 : row->paused;
  assert_ok(sla_evaluate_row(policy, SLA_RESOLUTION, row, sizeof *row, now, &r, sizeof r, NULL));
  if (r.phase != SLA_RUNNING && r.phase != SLA_FULFILLED) return;
  sla_time until = r.phase == SLA_RUNNING ? now : r.stopped_at;
  uint32_t last = sla_policy_target_count(policy) - 1; /* resolution's for any */
  assert_ok(sla_policy_target(policy, last, &target, sizeof target));
  bool around = target.clock == SLA_AROUND_THE_CLOCK;
  sla_seconds open = around ? until - row->created_at : elapsed(calendar, row->created_at, until);
  if (open < paused || r.elapsed == open - paused) return;
  print_row(row);
  fail_msg("counted %" PRId64 " of %" PRId64, r.elapsed, open);
}

static void rows_are_their_logs(const char *terms, uint64_t seed) {
  sla_policy *policy = told_policy(terms);
  long count = draws(20000), refused = 0;
  for (long i = 0; i < count; i++) {
    const sla_row row = random_row(&seed);
    sla_time now = row.created_at + random_between(&seed, -1000, 800000);
    sla_result r;
    int32_t code =
        sla_evaluate_row(policy, SLA_RESOLUTION, &row, sizeof row, now, &r, sizeof r, NULL);
    if (code != SLA_OK) {
      assert_code(code, SLA_E_ROW);
      refused++;
      continue;
    }
    expect_same(policy, &row, now);
    expect_counted(policy, &row, now);
  }
  print_message("%ld rows, %ld refused\n", count, refused);
  assert_true(refused < count / 2);
  sla_policy_unref(policy);
}

static void a_row_is_its_log(void **state) {
  static const char *const terms[] = {
      POLICY,
      POLICY ", pause first pending, pause next pending",
      POLICY ", nopause resolution hold",
      POLICY ", nopause resolution pending, pause first open",
      POLICY ", pause resolution open",
      "first 4h around, resolution 8h around, status 16 pending, status 17 solved",
      POLICY ", pause resolution new, pause resolution open, nopause resolution pending"};
  uint64_t seed = support_seed();
  (void)state;
  for (size_t i = 0; i < COUNT_OF(terms); i++) rows_are_their_logs(terms[i], random_u64(&seed));
}

static void pauses_to_the_end_of_time(void **state) {
  sla_policy *policy = told_policy("resolution 8h around");
  sla_row row = {told_time("Mo 09:00"), SLA_NONE, SLA_NONE, SLA_NONE, SLA_NONE, 0, 0, 0};
  sla_event events[16];
  size_t count = 0;
  (void)state;
  row.paused = SLA_TIME_MAX - row.created_at;
  count = log_of(policy, &row, events);
  assert_time(events[count - 1].at, SLA_TIME_MAX);
  row.paused++;
  assert_code(sla_row_events(policy, &row, sizeof row, events, 16, sizeof events[0], &count, NULL),
              SLA_E_ROW);
  sla_policy_unref(policy);
}

#define BATCH 200

static void a_batch_of_rows(void **state) {
  static sla_row tickets[BATCH];
  static sla_result results[BATCH][3], alone[3];
  static int32_t codes[BATCH];
  static sla_error errors[BATCH];
  static const uint32_t metrics[] = {SLA_FIRST_RESPONSE, SLA_NEXT_RESPONSE, SLA_RESOLUTION};
  uint64_t seed = support_seed(), failed = 0, expected = 0;
  sla_policy *policy = told_policy(POLICY);
  (void)state;
  for (int i = 0; i < BATCH; i++) tickets[i] = random_row(&seed);
  tickets[7].created_at = SLA_NONE;
  memset(results, 0x5C, sizeof results);
  const sla_batch batch = {.policies = (const sla_policy *const *)&policy,
                           .metrics = metrics,
                           .rows = tickets,
                           .results = &results[0][0],
                           .codes = codes,
                           .errors = errors,
                           .now = told_time("We 12:00"),
                           .policy_count = 1,
                           .metric_count = 3,
                           .ticket_count = BATCH,
                           .row_size = sizeof(sla_row),
                           .result_size = sizeof(sla_result)};
  assert_ok(sla_evaluate_batch(&batch, sizeof batch, &failed, NULL));
  for (int i = 0; i < BATCH; i++) {
    size_t written = 0;
    memset(alone, 0x5C, sizeof alone);
    int32_t code = sla_evaluate_row_all(policy, &tickets[i], sizeof(sla_row), batch.now, alone, 3,
                                        sizeof alone[0], &written, NULL);
    assert_code(codes[i], code);
    assert_memory_equal(results[i], alone, sizeof alone);
    expected += code != SLA_OK;
    if (code != SLA_OK) assert_number(errors[i].code, code);
  }
  assert_number((int64_t)failed, (int64_t)expected);
  assert_code(codes[7], SLA_E_ROW);
  sla_policy_unref(policy);
}

int main(void) {
  static struct CMUnitTest tests[COUNT_OF(rows) + 4];
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    tests[i] = (struct CMUnitTest){rows[i].name, one_row, NULL, NULL, (void *)&rows[i]};
  tests[COUNT_OF(rows)] = (struct CMUnitTest)cmocka_unit_test(a_row_is_its_log);
  tests[COUNT_OF(rows) + 1] = (struct CMUnitTest)cmocka_unit_test(a_batch_of_rows);
  tests[COUNT_OF(rows) + 2] = (struct CMUnitTest)cmocka_unit_test(pauses_to_the_end_of_time);
  tests[COUNT_OF(rows) + 3] =
      (struct CMUnitTest)cmocka_unit_test(a_pause_that_pauses_nothing_else);
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
