/* SPDX-License-Identifier: MIT */
/* Rows of timestamps: the log each means, what it comes to, and that the short way and the long way
 * give the same. */
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
#include "table.h"
#include "told.h"

#define POLICY                                                                        \
  "first 4h, first/3 1h, next 2h, resolution 8h, resolution/3 4h, resolution/4 1wd, " \
  "soon resolution 1h, soon first 75%, status 16 pending, status 17 solved, pause next hold"

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
  if (text == NULL) return;
  assert_int_equal(count, told_events(text, want));
  for (size_t i = 0; i < count; i++)
    if (memcmp(&got[i], &want[i], sizeof got[i]) != 0) {
      oracle_print_events(stderr, got, count);
      fail_msg("event %d is another: %s", (int)i, text);
    }
}

enum { NAME, TERMS, ROW, LOG = ROW + TOLD_ROW_FIELDS, NOW, RESULTS };
static const char *const columns[] = {"name", "policy", TOLD_ROW_COLUMNS, "log", "now", "results",
                                      NULL};

static void one_row(void **state) {
  const table_field *t = *state;
  const sla_row row = told_row(t + ROW);
  sla_policy *policy = told_policy(t[TERMS]);
  expect_log(policy, &row, t[LOG]);
  for (const char *text = t[RESULTS]; text != NULL; text = told_next(text)) {
    sla_result r;
    assert_ok(sla_evaluate_row(policy, told_metric(text), &row, sizeof row, told_time(t[NOW]), &r,
                               sizeof r, NULL));
    told_result(&r, text);
  }
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

static void expect_same_history(const sla_policy *policy, const sla_row *row,
                                const sla_event *events, size_t count, sla_time now) {
  sla_history one, other;
  assert_ok(sla_history_of_row(policy, row, sizeof *row, now, &one, sizeof one, NULL));
  assert_ok(sla_history_of_events(policy, events, count, sizeof *events, now, &other, sizeof other,
                                  NULL));
  assert_memory_equal(&one, &other, sizeof one);
}

/* A clock that is paused since nobody knows when is the one thing that no log can say. */
static void expect_same(const sla_policy *policy, const sla_row *row, sla_time now) {
  sla_event events[16];
  size_t count = log_of(policy, row, events);
  expect_same_history(policy, row, events, count, now);
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
  static const table rows = {"rows.tsv", columns, one_row};
  static const struct CMUnitTest others[] = {
      cmocka_unit_test(a_row_is_its_log),
      cmocka_unit_test(a_batch_of_rows),
      cmocka_unit_test(pauses_to_the_end_of_time),
  };
  return table_run("rows", &rows, 1, others, COUNT_OF(others));
}
