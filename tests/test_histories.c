/* SPDX-License-Identifier: MIT */
/* Histories by chance: every result, every cycle and all totals against the oracle, for metrics and
 * options of every kind; and what must hold whatever the rules are.  SLA_TEST_EVENTS is how many
 * events are drawn. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chance_desk.h"

#define EVENTS_PER_LOG 20
#define NOWS_PER_LOG 3
#define LOGS_PER_POLICY 20
#define POLICIES_PER_DESK 50

static chance luck;

static int set_up(void **state) {
  (void)state;
  chance_begin(&luck, support_seed());
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  chance_end(&luck);
  return 0;
}

static int64_t drawn(int64_t lo, int64_t hi) { return random_between(&luck.state, lo, hi); }

static long events_wanted(void) {
  const char *given = getenv("SLA_TEST_EVENTS");
  return given != NULL ? strtol(given, NULL, 10) : draws(400000);
}

static desk *new_desk(void) {
  desk *d = calloc(1, sizeof *d);
  assert_non_null(d);
  return d;
}

/* ---- what the library says ---- */

static const sla_policy *const *policies_of(const desk *d) {
  return (const sla_policy *const *)d->policies;
}

/* With one policy either function will do. */
static int32_t last_by_library(const desk *d, uint32_t metric, sla_time now, sla_result *r) {
  if (d->policy_count == 1 && now % 2 == 0)
    return sla_evaluate(d->policies[0], metric, d->events, d->count, sizeof *d->events, now, r,
                        sizeof *r, NULL);
  return sla_evaluate_policies(policies_of(d), d->policy_count, metric, d->events, d->count,
                               sizeof *d->events, now, r, sizeof *r, NULL);
}

/* All cycles, asked for in portions. */
static int32_t cycles_by_library(const desk *d, uint32_t metric, sla_time now, size_t portion,
                                 oracle_history *h) {
  size_t written = portion;
  h->count = 0;
  while (written == portion) {
    if (h->count + portion > ORACLE_CYCLES) return SLA_E_LIMIT;
    int32_t code = sla_evaluate_cycles(policies_of(d), d->policy_count, metric, d->events, d->count,
                                       sizeof *d->events, now, (uint32_t)h->count + 1,
                                       &h->cycles[h->count], portion, sizeof *h->cycles, &written,
                                       NULL);
    if (code != SLA_OK) return code;
    h->count += written;
  }
  return SLA_OK;
}

static int32_t told_by_library(const desk *d, uint32_t metric, sla_time now, size_t portion,
                               oracle_history *h) {
  int32_t code = last_by_library(d, metric, now, &h->last);
  if (code == SLA_OK) code = cycles_by_library(d, metric, now, portion, h);
  if (code != SLA_OK) return code;
  return sla_evaluate_totals(policies_of(d), d->policy_count, metric, d->events, d->count,
                             sizeof *d->events, now, &h->totals, sizeof h->totals, NULL);
}

/* ---- against the oracle ---- */

typedef struct {
  desk *d;
  uint32_t metric;
  sla_time now;
  oracle_history got, want;
} trial;

static bool same(const oracle_history *a, const oracle_history *b) {
  return memcmp(&a->last, &b->last, sizeof a->last) == 0 && a->count == b->count &&
         memcmp(a->cycles, b->cycles, a->count * sizeof *a->cycles) == 0 &&
         memcmp(&a->totals, &b->totals, sizeof a->totals) == 0;
}

typedef enum { AGREES, DIFFERS, REFUSED, BEYOND } verdict;

static verdict tried(trial *t) {
  const desk *d = t->d;
  const oracle_policy *rules[DESK_POLICIES];
  for (size_t i = 0; i < d->policy_count; i++) rules[i] = &d->rules[i];
  if (t->now >= d->horizon ||
      !oracle_tell(rules, t->metric, d->events, d->count, t->now, d->horizon, &t->want))
    return BEYOND;
  if (told_by_library(d, t->metric, t->now, (size_t)(t->now % 3) + 1, &t->got) != SLA_OK)
    return REFUSED;
  return same(&t->got, &t->want) ? AGREES : DIFFERS;
}

/* ---- the smallest trial that still differs ---- */

static bool drop_event(trial *t, size_t i) {
  desk *d = t->d;
  sla_event gone = d->events[i];
  memmove(&d->events[i], &d->events[i + 1], (d->count - i - 1) * sizeof gone);
  d->count--;
  if (tried(t) == DIFFERS) return true;
  memmove(&d->events[i + 1], &d->events[i], (d->count - i) * sizeof gone);
  d->events[i] = gone;
  d->count++;
  return false;
}

static void drop_events(trial *t) {
  for (bool dropped = true; dropped;) {
    dropped = false;
    for (size_t i = t->d->count; i-- > 1;)
      if (drop_event(t, i)) dropped = true;
  }
}

/* Overwrites some of a policy with zeros, for good if it still differs. */
static void zero(trial *t, size_t policy, void *where, size_t size) {
  desk *d = t->d;
  unsigned char old[sizeof(sla_metric_rule)];
  int32_t code = SLA_OK;
  if (size > sizeof old) abort();
  memcpy(old, where, size);
  memset(where, 0, size);
  if (memcmp(old, where, size) == 0) return;
  sla_policy *before = d->policies[policy], *built = desk_built(d, &d->rules[policy], &code);
  if (built != NULL) {
    d->policies[policy] = built;
    if (tried(t) == DIFFERS) {
      sla_policy_unref(before);
      return;
    }
    sla_policy_unref(built);
    d->policies[policy] = before;
  }
  memcpy(where, old, size);
}

static void zero_rule(trial *t, size_t policy, sla_metric_rule *rule) {
  sla_trigger *const triggers[] = {&rule->cancel, &rule->resume, &rule->fulfil, &rule->start};
  for (size_t i = 0; i < 16; i++) zero(t, policy, &rule->options[i], sizeof rule->options[i]);
  for (size_t i = 0; i < COUNT_OF(triggers); i++) {
    zero(t, policy, &triggers[i]->conditions_set, sizeof triggers[i]->conditions_set);
    zero(t, policy, &triggers[i]->conditions_cleared, sizeof triggers[i]->conditions_cleared);
    zero(t, policy, &triggers[i]->statuses, sizeof triggers[i]->statuses);
    zero(t, policy, &triggers[i]->events, sizeof triggers[i]->events);
  }
  zero(t, policy, &rule->pause_conditions, sizeof rule->pause_conditions);
  zero(t, policy, &rule->pause_statuses, sizeof rule->pause_statuses);
}

static void zero_targets(trial *t, size_t policy, oracle_policy *rules) {
  for (int p = 0; p <= ORACLE_ANY; p++) {
    oracle_target *target = &rules->targets[t->metric][p];
    oracle_soon *soon = &rules->soon[t->metric][p];
    zero(t, policy, &target->set, sizeof target->set);
    zero(t, policy, &target->stage, sizeof target->stage);
    zero(t, policy, &target->allowance, sizeof target->allowance);
    zero(t, policy, &target->calendar, sizeof target->calendar);
    zero(t, policy, &soon->percent, sizeof soon->percent);
  }
}

static void shrink(trial *t) {
  desk *d = t->d;
  drop_events(t);
  for (size_t i = 0; i < d->policy_count; i++) {
    zero_rule(t, i, &d->rules[i].rules[t->metric]);
    zero_targets(t, i, &d->rules[i]);
    zero(t, i, d->rules[i].pauses[t->metric], sizeof d->rules[i].pauses[t->metric]);
  }
  drop_events(t);
}

/* ---- saying what differs ---- */

static void print_history(const char *who, const oracle_history *h, const oracle_history *other) {
  print_error("%s says\n", who);
  oracle_print_result(stderr, &h->last);
  print_error("%zu cycles:\n", h->count);
  for (size_t i = 0; i < h->count; i++)
    if (i >= other->count || memcmp(&h->cycles[i], &other->cycles[i], sizeof *h->cycles) != 0)
      oracle_print_result(stderr, &h->cycles[i]);
  oracle_print_totals(stderr, &h->totals);
}

static void disagree(trial *t) {
  shrink(t);
  if (tried(t) != DIFFERS) abort();
  desk_print(t->d, t->metric, t->now);
  print_history("the library", &t->got, &t->want);
  print_history("the oracle", &t->want, &t->got);
  fail_msg("metric %u differs", t->metric);
}

static void refuse(const trial *t) {
  oracle_history h;
  int32_t code = told_by_library(t->d, t->metric, t->now, 1, &h);
  desk_print(t->d, t->metric, t->now);
  fail_msg("the library refuses: %s", sla_code_name(code));
}

/* ---- tests ---- */

typedef struct {
  long events, compared, beyond, cycles;
} counts;

static void compare(trial *t, counts *tally) {
  switch (tried(t)) {
    case AGREES:
      tally->compared++;
      tally->cycles += (long)t->got.count;
      break;
    case BEYOND: tally->beyond++; break;
    case DIFFERS: disagree(t); break;
    case REFUSED: refuse(t); break;
  }
}

static void histories_of_a_log(trial *t, counts *tally) {
  desk *d = t->d;
  desk_draw_log(d, EVENTS_PER_LOG);
  for (int n = 0; n < NOWS_PER_LOG; n++) {
    t->now = desk_draw_now(d);
    for (size_t m = 0; m < DESK_METRICS; m++) {
      t->metric = d->metrics[m];
      compare(t, tally);
    }
  }
  tally->events += (long)d->count;
}

static void histories_of_a_desk(trial *t, counts *tally, long wanted) {
  for (int p = 0; p < POLICIES_PER_DESK && tally->events < wanted; p++) {
    desk_draw_policies(t->d, DESK_POLICIES);
    for (int i = 0; i < LOGS_PER_POLICY; i++) histories_of_a_log(t, tally);
    desk_drop_policies(t->d);
  }
}

static void histories_are_those_of_the_oracle(void **state) {
  const long wanted = events_wanted();
  counts tally = {0, 0, 0, 0};
  trial *t = calloc(1, sizeof *t);
  (void)state;
  assert_non_null(t);
  t->d = new_desk();
  while (tally.events < wanted) {
    desk_open_dense(t->d, &luck);
    histories_of_a_desk(t, &tally, wanted);
    desk_close(t->d);
  }
  free(t->d);
  free(t);
  print_message("%ld events, %ld histories of %ld cycles compared, %ld beyond the horizon\n",
                tally.events, tally.compared, tally.cycles, tally.beyond);
  assert_true(tally.compared > tally.beyond);
}

/* ---- laws ---- */

/* A law about desks with up to so many policies. */
static void for_each_draw(long desks, size_t policies, void (*law)(trial *t)) {
  trial *t = calloc(1, sizeof *t);
  assert_non_null(t);
  t->d = new_desk();
  for (long i = 0; i < desks; i++) {
    desk_open_dense(t->d, &luck);
    for (int p = 0; p < POLICIES_PER_DESK; p++) {
      desk_draw_policies(t->d, policies);
      law(t);
      desk_drop_policies(t->d);
    }
    desk_close(t->d);
  }
  free(t->d);
  free(t);
}

/* `got` and `want` are what ought to agree. */
static void break_law(const trial *t, const char *law) {
  desk_print(t->d, t->metric, t->now);
  print_history("one", &t->got, &t->want);
  print_history("the other", &t->want, &t->got);
  fail_msg("%s", law);
}

static bool changes_terms(const sla_event *e) {
  return e->kind == SLA_EVENT_PRIORITY || e->kind == SLA_EVENT_POLICY ||
         e->kind == SLA_EVENT_DUE_SET;
}

static void keep_events(desk *d, bool (*is_wanted)(const sla_event *e)) {
  size_t kept = 1;
  for (size_t i = 1; i < d->count; i++)
    if (is_wanted(&d->events[i])) d->events[kept++] = d->events[i];
  d->count = kept;
}

static bool leaves_terms(const sla_event *e) { return !changes_terms(e); }

static bool is_over(const sla_result *r) {
  return r->phase == SLA_FULFILLED || r->phase == SLA_CANCELLED;
}

/* What was true of a cycle is true of it later: if it was over it is the same, unless it was the
 * last one and goes on; if it was open it is where it was, or beyond. */
static bool is_continued(const sla_result *before, const sla_result *after, bool last) {
  bool same_end = is_over(before) && after->stopped_at == before->stopped_at;
  if (same_end || (is_over(before) && !last)) return memcmp(before, after, sizeof *before) == 0;
  if (after->started_at != before->started_at || after->elapsed < before->elapsed ||
      after->wall_elapsed < before->wall_elapsed || after->wall_paused < before->wall_paused)
    return false;
  return is_over(before) || before->status != SLA_OVERDUE ||
         (after->status == SLA_OVERDUE && after->breached_at == before->breached_at);
}

static void asking_later(trial *t) {
  desk *d = t->d;
  desk_draw_log(d, EVENTS_PER_LOG);
  sla_time last = d->events[d->count - 1].at, early = drawn(d->events[0].at, last);
  keep_events(d, leaves_terms);
  for (size_t m = 0; m < DESK_METRICS; m++) {
    t->metric = d->metrics[m];
    t->now = drawn(early, last + d->pace);
    if (d->rules[0].rules[t->metric].options[SLA_OPTION_ANCHOR] == SLA_ANCHOR_NEWEST) continue;
    assert_ok(told_by_library(d, t->metric, early, 2, &t->got));
    assert_ok(told_by_library(d, t->metric, t->now, 2, &t->want));
    if (t->want.count < t->got.count) break_law(t, "a cycle is gone");
    for (size_t i = 0; i < t->got.count; i++)
      if (!is_continued(&t->got.cycles[i], &t->want.cycles[i], i + 1 == t->got.count))
        break_law(t, "asked later, the past is another one");
  }
}

static void asking_later_does_not_change_the_past(void **state) {
  (void)state;
  for_each_draw(draws(100), 1, asking_later);
}

static bool has_a_policy(const sla_event *e) {
  return e->kind != SLA_EVENT_POLICY || e->value != SLA_NONE;
}

/* Every target of every policy counts on one calendar. */
static void share_a_calendar(desk *d) {
  for (size_t i = 0; i < d->policy_count; i++) {
    d->rules[i].calendar = &d->plain[0];
    for (size_t m = 0; m < DESK_METRICS; m++)
      for (int p = 0; p <= ORACLE_ANY; p++) {
        d->rules[i].targets[d->metrics[m]][p].calendar = NULL;
        d->rules[i].targets[d->metrics[m]][p].clock = SLA_BUSINESS_HOURS;
      }
  }
}

static void build_with(desk *d, uint32_t on_change) {
  int32_t code = SLA_OK;
  for (size_t i = 0; i < d->policy_count; i++) {
    for (size_t m = 0; m < DESK_METRICS; m++)
      d->rules[i].rules[d->metrics[m]].options[SLA_OPTION_TARGET_CHANGED] = on_change;
    sla_policy_unref(d->policies[i]);
    d->policies[i] = desk_built(d, &d->rules[i], &code);
    assert_code(code, SLA_OK);
  }
}

static void keeping_what_elapsed(trial *t) {
  desk *d = t->d;
  oracle_history first[DESK_METRICS];
  desk_draw_log(d, EVENTS_PER_LOG);
  keep_events(d, has_a_policy);
  share_a_calendar(d);
  t->now = d->events[d->count - 1].at + drawn(0, d->pace);
  build_with(d, SLA_CHANGED_FROM_START);
  for (size_t m = 0; m < DESK_METRICS; m++)
    assert_ok(told_by_library(d, d->metrics[m], t->now, 3, &first[m]));
  build_with(d, SLA_CHANGED_KEEPS_ELAPSED);
  for (size_t m = 0; m < DESK_METRICS; m++) {
    t->metric = d->metrics[m];
    t->want = first[m];
    assert_ok(told_by_library(d, t->metric, t->now, 3, &t->got));
    if (!same(&t->got, &t->want)) break_law(t, "what elapsed is not what counts from the start");
  }
}

static void from_the_start_is_keeping_what_elapsed(void **state) {
  (void)state;
  for_each_draw(draws(100), DESK_POLICIES, keeping_what_elapsed);
}

/* A log of pauses, with or without one of them. */
static sla_time due_without(desk *d, const sla_policy *policy, const sla_time *times, size_t pauses,
                            size_t without, sla_time now) {
  d->count = 1;
  for (size_t i = 0; i < pauses; i++) {
    if (i == without) continue;
    d->events[d->count++] = (sla_event){times[2 * i], SLA_TICKET_PENDING, SLA_EVENT_STATUS, 0};
    d->events[d->count++] = (sla_event){times[2 * i + 1], SLA_TICKET_OPEN, SLA_EVENT_STATUS, 0};
  }
  return evaluated_at(policy, SLA_RESOLUTION, d->events, d->count, now).due_at;
}

static void a_pause_more(desk *d) {
  sla_time times[8], t = d->begin + drawn(0, d->pace);
  const size_t pauses = (size_t)drawn(1, 4), one = (size_t)drawn(0, (int64_t)pauses - 1);
  sla_policy_builder *builder = policy_builder_of(d->calendars[0]);
  target_in_seconds(builder, SLA_RESOLUTION, SLA_PRIORITY_ANY, drawn(0, 3 * d->pace));
  sla_policy *policy = policy_built(builder);
  d->events[0] = (sla_event){t, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0};
  for (size_t i = 0; i < 2 * pauses; i++) times[i] = t += drawn(0, d->pace);
  sla_time now = t + drawn(0, d->pace);
  sla_time without = due_without(d, policy, times, pauses, one, now);
  sla_time with = due_without(d, policy, times, pauses, pauses, now);
  sla_policy_unref(policy);
  if (with < without) {
    desk_print(d, SLA_RESOLUTION, now);
    fail_msg("the pause %zu makes it due earlier by %" PRId64, one, without - with);
  }
}

static void a_pause_more_makes_nothing_due_earlier(void **state) {
  long desks = draws(40);
  desk *d = new_desk();
  (void)state;
  for (long i = 0; i < desks; i++) {
    desk_open_dense(d, &luck);
    for (int k = 0; k < 2000; k++) a_pause_more(d);
    desk_close(d);
  }
  free(d);
}

/* ---- batches ---- */

#define TICKETS 16

typedef struct {
  desk *d;
  sla_event events[TICKETS * DESK_EVENTS];
  uint64_t offsets[TICKETS + 1];
  uint32_t policy_of[TICKETS];
  sla_time now;
} tickets;

/* A ticket that passes between policies begins with the first one, as in a single call. */
static bool passes(const desk *d) {
  for (size_t i = 0; i < d->count; i++)
    if (d->events[i].kind == SLA_EVENT_POLICY) return true;
  return false;
}

static void draw_tickets(tickets *all) {
  desk *d = all->d;
  for (size_t i = 0; i < TICKETS; i++) {
    desk_draw_log(d, EVENTS_PER_LOG);
    memcpy(&all->events[all->offsets[i]], d->events, d->count * sizeof *d->events);
    all->offsets[i + 1] = all->offsets[i] + d->count;
    all->policy_of[i] = passes(d) ? 0 : (uint32_t)drawn(0, (int64_t)d->policy_count - 1);
  }
  all->now = desk_draw_now(d);
}

static void evaluate_batch(const tickets *all, sla_result *results) {
  const desk *d = all->d;
  int32_t codes[TICKETS];
  uint64_t failed = 1;
  const sla_batch batch = {.policies = policies_of(d),      .policy_of = all->policy_of,
                           .metrics = d->metrics,           .events = all->events,
                           .offsets = all->offsets,         .results = results,
                           .codes = codes,                  .now = all->now,
                           .policy_count = d->policy_count, .metric_count = DESK_METRICS,
                           .ticket_count = TICKETS,         .event_size = sizeof(sla_event),
                           .result_size = sizeof *results};
  assert_ok(sla_evaluate_batch(&batch, sizeof batch, &failed, NULL));
  assert_number((int64_t)failed, 0);
}

static sla_result alone(const tickets *all, size_t i, uint32_t metric) {
  const sla_policy *const *policies = policies_of(all->d) + all->policy_of[i];
  size_t count = all->policy_of[i] == 0 ? all->d->policy_count : 1;
  sla_result r;
  assert_ok(sla_evaluate_policies(policies, count, metric, &all->events[all->offsets[i]],
                                  (size_t)(all->offsets[i + 1] - all->offsets[i]),
                                  sizeof *all->events, all->now, &r, sizeof r, NULL));
  return r;
}

static void compare_batch(trial *t) {
  tickets *all = calloc(1, sizeof *all);
  sla_result results[TICKETS * DESK_METRICS];
  assert_non_null(all);
  all->d = t->d;
  draw_tickets(all);
  evaluate_batch(all, results);
  for (size_t i = 0; i < TICKETS; i++)
    for (size_t m = 0; m < DESK_METRICS; m++) {
      sla_result r = alone(all, i, t->d->metrics[m]);
      if (memcmp(&r, &results[i * DESK_METRICS + m], sizeof r) == 0) continue;
      oracle_print_result(stderr, &results[i * DESK_METRICS + m]);
      oracle_print_result(stderr, &r);
      fail_msg("ticket %zu, metric %u is another one alone", i, t->d->metrics[m]);
    }
  free(all);
}

static void a_batch_is_its_tickets(void **state) {
  (void)state;
  for_each_draw(draws(20), DESK_POLICIES, compare_batch);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(histories_are_those_of_the_oracle, set_up, tear_down),
      cmocka_unit_test_setup_teardown(asking_later_does_not_change_the_past, set_up, tear_down),
      cmocka_unit_test_setup_teardown(from_the_start_is_keeping_what_elapsed, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_pause_more_makes_nothing_due_earlier, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_batch_is_its_tickets, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
