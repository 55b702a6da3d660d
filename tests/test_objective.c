/* SPDX-License-Identifier: MIT */
/* Objectives of a period: cases by hand, and what must hold for any. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

static sla_standing judged(const sla_objective *objective, int64_t good, int64_t bad,
                           sla_time now) {
  sla_standing standing;
  assert_ok(sla_objective_judge(objective, sizeof *objective, good, bad, now, &standing,
                                sizeof standing, NULL));
  assert_number(standing.reserved, 0);
  return standing;
}

/* ---- by hand: a month of 30 days, asked on some day of it ---- */

#define EVER SLA_NONE /* does not apply */

typedef struct {
  const char *name;
  uint32_t kind;
  int64_t goal, expected, good, bad, day;
  uint32_t verdict;
  int64_t attainment, projected, needed, spare;
} row;

#define SHARE SLA_OBJECTIVE_SHARE
#define COUNT SLA_OBJECTIVE_COUNT

static const row rows[] = {
    /* 95 % of first responses on time each month */
    {"95 %: above it", SHARE, 9500, 0, 97, 3, 15, SLA_OBJECTIVE_ON_TRACK, 9700, 194, 0, 2},
    {"95 %: exactly", SHARE, 9500, 0, 95, 5, 15, SLA_OBJECTIVE_ON_TRACK, 9500, 190, 0, 0},
    {"95 %: below it", SHARE, 9500, 0, 94, 6, 15, SLA_OBJECTIVE_AT_RISK, 9400, 188, 20, 0},
    {"95 %: over and met", SHARE, 9500, 0, 190, 10, 30, SLA_OBJECTIVE_MET, 9500, 190, EVER, EVER},
    {"95 %: over and missed", SHARE, 9500, 0, 189, 10, 31, SLA_OBJECTIVE_MISSED, 9497, 189, EVER,
     EVER},
    {"95 %: over and empty", SHARE, 9500, 0, 0, 0, 30, SLA_OBJECTIVE_EMPTY, EVER, 0, EVER, EVER},
    {"95 %: nothing yet", SHARE, 9500, 0, 0, 0, 3, SLA_OBJECTIVE_ON_TRACK, EVER, 0, 0, 0},
    {"95 %: before it begins", SHARE, 9500, 0, 0, 0, -1, SLA_OBJECTIVE_ON_TRACK, EVER, EVER, 0, 0},
    {"all of them, one is lost", SHARE, 10000, 0, 5, 1, 3, SLA_OBJECTIVE_MISSED, 8333, 50, EVER, 0},
    /* 100 leads a month ... */
    {"100 leads: too slow", COUNT, 100, 0, 33, 9, 10, SLA_OBJECTIVE_AT_RISK, 7857, 99, 67, EVER},
    {"100 leads: fast enough", COUNT, 100, 0, 34, 9, 10, SLA_OBJECTIVE_ON_TRACK, 7906, 102, 66, EVER},
    {"100 leads: there", COUNT, 100, 0, 100, 0, 29, SLA_OBJECTIVE_MET, 10000, 103, 0, EVER},
    {"100 leads: too late", COUNT, 100, 0, 99, 0, 30, SLA_OBJECTIVE_MISSED, 10000, 99, 1, EVER},
    {"100 leads: none on the first day", COUNT, 100, 0, 0, 0, 0, SLA_OBJECTIVE_AT_RISK, EVER, EVER,
     100, EVER},
    {"100 of 110 leads: ten bad are too many", COUNT, 100, 110, 50, 11, 15, SLA_OBJECTIVE_MISSED,
     8196, 100, 50, 0},
    {"100 of 110 leads: ten bad are not", COUNT, 100, 110, 50, 10, 15, SLA_OBJECTIVE_ON_TRACK, 8333,
     100, 50, 0},
    /* ... of which 40 % are closed */
    {"40 of 100 leads closed: certain", SHARE, 4000, 100, 40, 20, 20, SLA_OBJECTIVE_MET, 6666, 60, 0,
     40},
    {"40 of 100 leads closed: out of reach", SHARE, 4000, 100, 20, 61, 20, SLA_OBJECTIVE_MISSED, 2469,
     30, 20, 0},
    {"40 of 100 leads closed: behind", SHARE, 4000, 100, 10, 20, 20, SLA_OBJECTIVE_AT_RISK, 3333, 15,
     30, 40},
    {"40 of 100 leads closed: ahead", SHARE, 4000, 100, 12, 18, 20, SLA_OBJECTIVE_ON_TRACK, 4000, 18,
     28, 42},
    /* 90 % of 40 customers renewing */
    {"36 of 40 renew: four may go", SHARE, 9000, 40, 10, 0, 5, SLA_OBJECTIVE_ON_TRACK, 10000, 60, 26,
     4},
    {"36 of 40 renew: the fifth goes", SHARE, 9000, 40, 10, 5, 5, SLA_OBJECTIVE_MISSED, 6666, 60, 26,
     0},
    {"36 of 40 renew: all is decided", SHARE, 9000, 40, 36, 4, 20, SLA_OBJECTIVE_MET, 9000, 54, 0, 0},
    {"more came than were expected", SHARE, 9000, 40, 45, 5, 20, SLA_OBJECTIVE_MET, 9000, 67, 0, 0},
};

static void one_row(void **state) {
  const row *r = *state;
  const sla_time from = INT64_C(1700000000), day = 86400;
  const sla_objective o = {from, from + 30 * day, r->goal, r->expected, r->kind, 0};
  sla_standing s = judged(&o, r->good, r->bad, from + r->day * day);
  if (s.verdict != r->verdict)
    fail_msg("%s, not %s", sla_objective_verdict_name(s.verdict),
             sla_objective_verdict_name(r->verdict));
  assert_number(s.attainment, r->attainment);
  assert_number(s.projected, r->projected);
  assert_number(s.needed, r->needed);
  assert_number(s.spare, r->spare);
}

/* ---- whatever the numbers ---- */

static sla_objective drawn(uint64_t *seed) {
  sla_objective o = {0, random_between(seed, 1, 1000), 0, 0, SLA_OBJECTIVE_SHARE, 0};
  o.kind += (uint32_t)random_between(seed, 0, 1);
  o.goal = o.kind == SLA_OBJECTIVE_SHARE ? random_between(seed, 1, 10000) : random_between(seed, 1, 60);
  if (random_between(seed, 0, 1) == 1) o.expected = random_between(seed, 1, 100);
  return o;
}

static bool reached(const sla_objective *o, int64_t good, int64_t bad) {
  if (o->kind == SLA_OBJECTIVE_COUNT) return good >= o->goal;
  return good + bad > 0 && good * 10000 >= o->goal * (good + bad);
}

/* Of all ways in which the rest of what is expected can go, whether one reaches the goal. */
static bool can_end(const sla_objective *o, int64_t good, int64_t bad, bool well) {
  int64_t rest = o->expected > good + bad ? o->expected - good - bad : 0;
  for (int64_t more = 0; more <= rest; more++)
    if (reached(o, good + more, bad + rest - more) == well) return true;
  return false;
}

static void a_verdict_is_what_can_still_happen(void **state) {
  uint64_t seed = support_seed();
  (void)state;
  for (long i = 0; i < draws(200000); i++) {
    sla_objective o = drawn(&seed);
    int64_t good = random_between(&seed, 0, 60), bad = random_between(&seed, 0, 60);
    sla_time now = random_between(&seed, -10, o.to + 10);
    sla_standing s = judged(&o, good, bad, now);
    if (now >= o.to) {
      bool empty = o.kind == SLA_OBJECTIVE_SHARE && good + bad == 0;
      assert_number(s.verdict, empty                      ? SLA_OBJECTIVE_EMPTY
                               : reached(&o, good, bad) ? SLA_OBJECTIVE_MET
                                                          : SLA_OBJECTIVE_MISSED);
    } else if (o.expected > 0) {
      bool certain = !can_end(&o, good, bad, false), lost = !can_end(&o, good, bad, true);
      assert_number(s.verdict == SLA_OBJECTIVE_MET, certain);
      assert_number(s.verdict == SLA_OBJECTIVE_MISSED, lost);
    }
  }
}

static void what_is_needed_is_enough_and_no_more(void **state) {
  uint64_t seed = support_seed();
  (void)state;
  for (long i = 0; i < draws(200000); i++) {
    sla_objective o = drawn(&seed);
    int64_t good = random_between(&seed, 0, 60), bad = random_between(&seed, 0, 60);
    if (o.kind == SLA_OBJECTIVE_COUNT || good + bad == 0) continue;
    o.expected = 0;
    sla_standing s = judged(&o, good, bad, 0);
    if (s.needed == SLA_NONE) continue; /* nothing helps */
    assert_true(reached(&o, good + s.needed, bad));
    assert_true(s.needed == 0 || !reached(&o, good + s.needed - 1, bad));
    if (s.needed > 0) continue;
    assert_true(reached(&o, good, bad + s.spare));
    assert_false(reached(&o, good, bad + s.spare + 1));
  }
}

static void the_largest_numbers(void **state) {
  const int64_t most = INT64_C(1) << 49;
  sla_objective o = {SLA_TIME_MIN, SLA_TIME_MAX, 9999, most, SLA_OBJECTIVE_SHARE, 0};
  (void)state;
  assert_number(judged(&o, most, 0, SLA_TIME_MAX - 1).attainment, 10000);
  assert_number(judged(&o, 0, most, SLA_TIME_MAX - 1).verdict, SLA_OBJECTIVE_MISSED);
  assert_number(judged(&o, most, 0, SLA_TIME_MIN + 1).projected, INT64_MAX);
  assert_number(judged(&o, most, 0, SLA_TIME_MAX).projected, most);
  o.kind = SLA_OBJECTIVE_COUNT;
  o.goal = most;
  assert_number(judged(&o, most - 1, 1, SLA_TIME_MAX - 1).verdict, SLA_OBJECTIVE_MISSED);
}

/* ---- errors ---- */

static void refused(sla_objective o, int64_t good, int64_t bad, sla_time now, int32_t code,
                    uint32_t argument) {
  sla_standing standing, before;
  sla_error e;
  memset(&standing, 0x5A, sizeof standing);
  before = standing;
  assert_code(sla_objective_judge(&o, sizeof o, good, bad, now, &standing, sizeof standing, &e),
              code);
  assert_number(e.argument, argument);
  assert_memory_equal(&standing, &before, sizeof before);
}

static void wrong_calls(void **state) {
  const sla_objective right = {0, 100, 9000, 0, SLA_OBJECTIVE_SHARE, 0};
  const int64_t most = INT64_C(1) << 49;
  sla_standing standing;
  (void)state;
  sla_objective o = right;
  o.kind = 0, refused(o, 1, 1, 1, SLA_E_ARGUMENT, 1);
  o.kind = 3, refused(o, 1, 1, 1, SLA_E_ARGUMENT, 1);
  o = right, o.goal = 0, refused(o, 1, 1, 1, SLA_E_TARGET, 1);
  o.goal = 10001, refused(o, 1, 1, 1, SLA_E_TARGET, 1);
  o = right, o.expected = -1, refused(o, 1, 1, 1, SLA_E_TARGET, 1);
  o = right, o.to = 0, refused(o, 1, 1, 1, SLA_E_TARGET, 1);
  o = right, o.from = SLA_NONE, refused(o, 1, 1, 1, SLA_E_RANGE, 1);
  refused(right, -1, 1, 1, SLA_E_ARGUMENT, 3);
  refused(right, most + 1, 0, 1, SLA_E_ARGUMENT, 3);
  refused(right, most, 1, 1, SLA_E_ARGUMENT, 4);
  refused(right, 1, 1, SLA_NONE, SLA_E_RANGE, 5);
  assert_code(sla_objective_judge(NULL, 40, 1, 1, 1, &standing, sizeof standing, NULL), SLA_E_NULL);
  assert_code(sla_objective_judge(&right, 40, 1, 1, 1, NULL, sizeof standing, NULL), SLA_E_NULL);
  assert_code(sla_objective_judge(&right, 8, 1, 1, 1, &standing, sizeof standing, NULL), SLA_E_ABI);
  assert_code(sla_objective_judge(&right, 40, 1, 1, 1, &standing, 8, NULL), SLA_E_ABI);
  /* of a later version: what we do not know must be 0 */
  struct {
    sla_objective known;
    int64_t more;
  } later = {right, 0};
  assert_ok(sla_objective_judge(&later.known, sizeof later, 1, 1, 1, &standing, sizeof standing,
                                NULL));
  later.more = 1;
  assert_code(sla_objective_judge(&later.known, sizeof later, 1, 1, 1, &standing, sizeof standing,
                                  NULL), SLA_E_ABI);
}

static void names(void **state) {
  (void)state;
  assert_string_equal(sla_objective_verdict_name(SLA_OBJECTIVE_AT_RISK), "at risk");
  assert_null(sla_objective_verdict_name(0));
  assert_null(sla_objective_verdict_name(6));
}

int main(void) {
  static struct CMUnitTest tests[COUNT_OF(rows) + 5] = {
      cmocka_unit_test(a_verdict_is_what_can_still_happen),
      cmocka_unit_test(what_is_needed_is_enough_and_no_more),
      cmocka_unit_test(the_largest_numbers), cmocka_unit_test(wrong_calls),
      cmocka_unit_test(names)};
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    union { const row *read; void *given; } cell = {&rows[i]};
    tests[5 + i] = (struct CMUnitTest){rows[i].name, one_row, NULL, NULL, cell.given};
  }
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
