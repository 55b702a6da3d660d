/* SPDX-License-Identifier: MIT */
/* Real incidents through the batch call, against a stopwatch that counts minutes.
 *
 * SLA_TEST_DATA names the directory of incidents.csv (see incidents.h for how a row becomes
 * events); without it these tests are skipped. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "incidents.h"
#include "incidents_naive.h"
#include "support.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { HOUR = 3600, METRICS = 2, CALENDARS = 2, NOWS = 4, REPORTED = 10 };
enum { OFFICE, ALWAYS };

static const char *const calendar_names[CALENDARS] = {"Mon-Fri 9-17 New York", "24/7 UTC"};
static const uint32_t metrics[METRICS] = {SLA_FIRST_RESPONSE, SLA_RESOLUTION};
static const naive_promise promises[METRICS] = {
    {SLA_FIRST_RESPONSE, {0, 8 * HOUR, 4 * HOUR, 2 * HOUR, 1 * HOUR}, HOUR / 2},
    {SLA_RESOLUTION, {0, 40 * HOUR, 24 * HOUR, 8 * HOUR, 4 * HOUR}, 4 * HOUR}};

typedef struct fixture {
  incidents *all;
  sla_policy *policies[CALENDARS];
  naive_hours *hours[CALENDARS];
  sla_time nows[NOWS];
} fixture;

/* ---- what is asked ----------------------------------------------------------------------- */

static sla_calendar *calendar_number(int which) {
  static const char new_york[] = "EST5EDT,M3.2.0,M11.1.0", office[] = "Mo-Fr 09:00-17:00";
  sla_calendar_builder *builder = NULL;
  sla_zone *zone = NULL;
  const char *hours = which == OFFICE ? office : "24/7";
  if (which == OFFICE)
    assert_ok(sla_zone_new_posix(new_york, strlen(new_york), NULL, &zone, NULL));
  else
    assert_ok(sla_zone_new_fixed(0, NULL, &zone, NULL));
  assert_ok(sla_calendar_builder_new(NULL, &builder, NULL));
  assert_ok(sla_calendar_builder_set_zone(builder, zone, NULL));
  assert_ok(sla_calendar_builder_add_hours_text(builder, hours, strlen(hours), NULL));
  sla_zone_unref(zone);
  return built(builder);
}

static void promise(sla_policy_builder *builder, const naive_promise *p) {
  for (uint32_t priority = SLA_PRIORITY_LOW; priority <= SLA_PRIORITY_URGENT; priority++)
    assert_ok(sla_policy_builder_set_target(builder, p->metric, priority, p->target[priority],
                                            SLA_UNIT_SECONDS, SLA_BUSINESS_HOURS, NULL));
  assert_ok(sla_policy_builder_set_due_soon(builder, p->metric, SLA_PRIORITY_ANY, p->lead, NULL));
}

static sla_policy *policy_number(int which) {
  sla_policy_builder *builder = NULL;
  sla_policy *policy = NULL;
  sla_calendar *calendar = calendar_number(which);
  assert_ok(sla_policy_builder_new(NULL, &builder, NULL));
  assert_ok(sla_policy_builder_set_calendar(builder, calendar, NULL));
  for (int m = 0; m < METRICS; m++) promise(builder, &promises[m]);
  for (uint32_t status = AWAITING_PROBLEM; status <= AWAITING_EVIDENCE; status++)
    assert_ok(sla_policy_builder_set_status(builder, status, SLA_TICKET_ON_HOLD, NULL));
  assert_ok(sla_policy_builder_build(builder, &policy, NULL));
  sla_policy_builder_free(builder);
  sla_calendar_unref(calendar);
  return policy;
}

static int by_time(const void *a, const void *b) {
  sla_time x = *(const sla_time *)a, y = *(const sla_time *)b;
  return (x > y) - (x < y);
}

/* When a quarter, a half and three quarters of the rows had been written, and after the last. */
static void choose_nows(fixture *f) {
  size_t count = f->all->rows;
  sla_time *times = calloc(count, sizeof *times);
  assert_non_null(times);
  for (size_t i = 0; i < count; i++) times[i] = f->all->row[i].at;
  qsort(times, count, sizeof *times, by_time);
  for (int n = 0; n < NOWS - 1; n++) f->nows[n] = times[count * (size_t)(n + 1) / NOWS];
  f->nows[NOWS - 1] = times[count - 1] + 86400;
  free(times);
}

static int set_up(void **state) {
  const char *directory = getenv("SLA_TEST_DATA");
  char path[4096];
  *state = NULL;
  if (directory == NULL || directory[0] == '\0') return 0;
  fixture *f = calloc(1, sizeof *f);
  snprintf(path, sizeof path, "%s/incidents.csv", directory);
  if (f == NULL || (f->all = incidents_read(path)) == NULL) {
    fprintf(stderr, "SLA_TEST_DATA is set, but %s cannot be read\n", path);
    return -1;
  }
  choose_nows(f);
  for (int c = 0; c < CALENDARS; c++) f->policies[c] = policy_number(c);
  f->hours[OFFICE] = naive_new_york_office();
  f->hours[ALWAYS] = naive_always();
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  if (f == NULL) return 0;
  for (int c = 0; c < CALENDARS; c++) {
    sla_policy_unref(f->policies[c]);
    naive_hours_free(f->hours[c]);
  }
  incidents_free(f->all);
  free(f);
  return 0;
}

static fixture *fixture_or_skip(void **state) {
  if (*state == NULL) {
    printf("skipped: SLA_TEST_DATA does not name the directory of incidents.csv\n");
    skip();
  }
  return *state;
}

/* ---- one batch --------------------------------------------------------------------------- */

typedef struct answers {
  sla_result *results; /* of incident i: METRICS of them, at i * METRICS */
  int32_t *codes;
  sla_error *errors;
  uint32_t *policy_of;
  uint64_t failed;
} answers;

static answers new_answers(size_t count) {
  answers a = {calloc(count * METRICS, sizeof *a.results), calloc(count, sizeof *a.codes),
               calloc(count, sizeof *a.errors), calloc(count, sizeof *a.policy_of), 0};
  assert_true(a.results != NULL && a.codes != NULL && a.errors != NULL && a.policy_of != NULL);
  return a;
}

static void free_answers(answers *a) {
  free(a->results);
  free(a->codes);
  free(a->errors);
  free(a->policy_of);
}

/* Neighbours are on different policies: an answer must not depend on the ticket before it. */
static void ask(const fixture *f, answers *a, const sla_row *rows, size_t count, int first_policy,
                sla_time now) {
  for (size_t i = 0; i < count; i++)
    a->policy_of[i] = (uint32_t)((i + (size_t)first_policy) % CALENDARS);
  const sla_batch batch = {.policies = (const sla_policy *const *)f->policies,
                           .policy_of = a->policy_of,
                           .metrics = metrics,
                           .events = rows == NULL ? f->all->event : NULL,
                           .offsets = rows == NULL ? f->all->offset : NULL,
                           .rows = rows,
                           .results = a->results,
                           .codes = a->codes,
                           .errors = a->errors,
                           .now = now,
                           .policy_count = CALENDARS,
                           .metric_count = METRICS,
                           .ticket_count = count,
                           .event_size = rows == NULL ? sizeof(sla_event) : 0,
                           .row_size = rows == NULL ? 0 : sizeof(sla_row),
                           .result_size = sizeof(sla_result)};
  assert_ok(sla_evaluate_batch(&batch, sizeof batch, &a->failed, NULL));
}

static naive_answer count_minutes(const fixture *f, uint32_t policy, int m, size_t i,
                                  sla_time now) {
  const uint64_t *offset = &f->all->offset[i];
  return naive_evaluate(f->hours[policy], &promises[m], &f->all->event[offset[0]],
                        (size_t)(offset[1] - offset[0]), now);
}

/* ---- comparing --------------------------------------------------------------------------- */

typedef struct difference {
  const char *name;
  int64_t answered, counted;
  bool wall; /* needs the wall clock of pauses, which a row does not keep */
} difference;

/* The first field that differs, or one without a name. */
static difference compare(const sla_result *r, const naive_answer *n, bool wall) {
  const difference fields[] = {
      {"metric's phase", r->phase, n->phase, false},
      {"status", r->status, n->status, false},
      {"priority", r->priority, n->priority, false},
      {"started_at", r->started_at, n->started_at, false},
      {"stopped_at", r->stopped_at, n->stopped_at, false},
      {"due_at", r->due_at, n->due_at, false},
      {"breached_at", r->breached_at, n->breached_at, false},
      {"projected_due_at", r->projected_due_at, n->projected_due_at, false},
      {"next_change_at", r->next_change_at, n->next_change_at, false},
      {"target", r->target, n->target, false},
      {"elapsed", r->elapsed, n->elapsed, false},
      {"remaining", r->remaining, n->remaining, false},
      {"late_by", r->late_by, n->late_by, false},
      {"wall_elapsed", r->wall_elapsed, n->wall_elapsed, true},
      {"wall_paused", r->wall_paused, n->wall_paused, true},
      {"flags", r->flags, 0, false},
  };
  size_t count = n->phase == SLA_INACTIVE ? 2 : sizeof fields / sizeof fields[0];
  for (size_t i = 0; i < count; i++)
    if (fields[i].answered != fields[i].counted && (wall || !fields[i].wall)) return fields[i];
  return (difference){NULL, 0, 0, false};
}

/* What was found, for one calendar and one now. */
typedef struct tally {
  size_t compared, different, phases[5][4]; /* by phase and status */
} tally;

static void judge(tally *t, const fixture *f, size_t i, uint32_t policy, const sla_result *r,
                  const naive_answer *n, bool wall) {
  difference d = compare(r, n, wall);
  t->compared++;
  t->phases[n->phase][n->status]++;
  if (d.name == NULL) return;
  if (t->different++ < REPORTED)
    printf("%s, %s, %s: %s is %" PRId64 ", counted %" PRId64 "\n", f->all->incident[i].number,
           calendar_names[policy], sla_metric_name(r->metric), d.name, d.answered, d.counted);
}

static void print_tally(const tally *t, int calendar, int m, sla_time now) {
  char text[SUPPORT_TIME_TEXT];
  const size_t(*p)[4] = t->phases;
  printf("  %-22s %-14s %s %8zu %7zu %8zu %7zu %6zu %7zu %5zu %6zu\n", calendar_names[calendar],
         sla_metric_name(metrics[m]), time_text(now, text), p[SLA_INACTIVE][SLA_STATUS_NONE],
         p[SLA_RUNNING][SLA_ON_TIME], p[SLA_RUNNING][SLA_DUE_SOON], p[SLA_RUNNING][SLA_OVERDUE],
         p[SLA_PAUSED][SLA_ON_TIME] + p[SLA_PAUSED][SLA_DUE_SOON], p[SLA_PAUSED][SLA_OVERDUE],
         p[SLA_FULFILLED][SLA_ON_TIME], p[SLA_FULFILLED][SLA_OVERDUE]);
}

static void print_tally_head(void) {
  printf("  %-58s %8s %7s %8s %7s %6s %7s %5s %6s\n", "", "inactive", "on time", "due soon",
         "overdue", "paused", "& late", "met", "missed");
}

/* The product's targets are not known, so this is no test of either: how far do the verdicts agree? */
static void print_agreement(const fixture *f, int calendar) {
  size_t same = 0, kept = 0, met = 0, count = f->all->count;
  for (size_t i = 0; i < count; i++) {
    naive_answer n = count_minutes(f, (uint32_t)calendar, 1, i, f->nows[NOWS - 1]);
    bool is_met = n.phase == SLA_FULFILLED && n.status == SLA_ON_TIME;
    same += is_met == f->all->incident[i].made_sla;
    kept += f->all->incident[i].made_sla;
    met += is_met;
  }
  printf("%s: %zu met here, %zu by the product's own verdict, the same for %zu of %zu\n",
         calendar_names[calendar], met, kept, same, count);
}

/* ---- logs -------------------------------------------------------------------------------- */

/* Every row has become what its rule says: one status event each, and the rest on top. */
static void check_events(const incidents *all) {
  const size_t *rules = all->rules;
  size_t replies = all->count - rules[RULE_NEVER_WORKED_ON];
  assert_number((int64_t)all->offset[all->count],
                (int64_t)(2 * all->count + all->rows - rules[RULE_STATE_UNKNOWN] +
                          rules[RULE_PRIORITY_CHANGED] + replies));
}

static void print_rules(const incidents *all) {
  printf("%zu incidents, %zu rows, %" PRIu64 " events\n", all->count, all->rows,
         all->offset[all->count]);
  for (int rule = 0; rule < INCIDENT_RULES; rule++)
    printf("%7zu %s\n", all->rules[rule], incident_rules[rule]);
}

static void every_incident_as_minutes_count_it(void **state) {
  fixture *f = fixture_or_skip(state);
  tally tallies[CALENDARS][METRICS][NOWS] = {0};
  size_t count = f->all->count, different = 0, compared = 0;
  incidents_make_logs(f->all, false);
  print_rules(f->all);
  check_events(f->all);
  answers a = new_answers(count);
  for (int run = 0; run < NOWS * CALENDARS; run++) {
    int now = run / CALENDARS;
    ask(f, &a, NULL, count, run % CALENDARS, f->nows[now]);
    assert_number((int64_t)a.failed, 0);
    for (size_t i = 0; i < count * METRICS; i++) {
      uint32_t policy = a.policy_of[i / METRICS];
      int m = (int)(i % METRICS);
      naive_answer n = count_minutes(f, policy, m, i / METRICS, f->nows[now]);
      judge(&tallies[policy][m][now], f, i / METRICS, policy, &a.results[i], &n, true);
    }
  }
  print_tally_head();
  for (int i = 0; i < CALENDARS * METRICS * NOWS; i++) {
    const tally *t = &tallies[0][0][0] + i;
    print_tally(t, i / (METRICS * NOWS), i / NOWS % METRICS, f->nows[i % NOWS]);
    compared += t->compared;
    different += t->different;
  }
  printf("%zu answers compared in 16 fields, %zu different\n", compared, different);
  for (int c = 0; c < CALENDARS; c++) print_agreement(f, c);
  free_answers(&a);
  assert_number((int64_t)compared, (int64_t)(count * METRICS * NOWS * CALENDARS));
  assert_number((int64_t)different, 0);
}

/* ---- logs that go back in time ----------------------------------------------------------- */

/* The index of the first event earlier than the one before it, or -1. */
static int64_t first_backwards(const incidents *all, size_t i) {
  const sla_event *log = &all->event[all->offset[i]];
  for (uint64_t e = 1; e < all->offset[i + 1] - all->offset[i]; e++)
    if (log[e].at < log[e - 1].at) return (int64_t)e;
  return -1;
}

static void check_refusal(const answers *a, const incidents *all, size_t i, size_t *refused) {
  sla_result untouched[METRICS];
  int64_t backwards = first_backwards(all, i);
  if (backwards < 0) {
    assert_code(a->codes[i], SLA_OK);
    return;
  }
  ++*refused;
  memset(untouched, 0x5a, sizeof untouched);
  assert_code(a->codes[i], SLA_E_ORDER);
  assert_number(a->errors[i].code, SLA_E_ORDER);
  assert_number(a->errors[i].index, backwards);
  assert_memory_equal(&a->results[i * METRICS], untouched, sizeof untouched);
  printf("  %s: event %" PRId64 " goes back in time\n", all->incident[i].number, backwards);
}

static void a_log_as_the_rows_stand_is_refused_where_it_goes_back(void **state) {
  fixture *f = fixture_or_skip(state);
  size_t count = f->all->count, refused = 0;
  incidents_make_logs(f->all, true);
  answers a = new_answers(count);
  memset(a.results, 0x5a, count * METRICS * sizeof *a.results);
  ask(f, &a, NULL, count, 0, f->nows[NOWS - 1]);
  for (size_t i = 0; i < count; i++) check_refusal(&a, f->all, i, &refused);
  printf("%zu of %zu logs refused, each at its own event; the others answered\n", refused, count);
  assert_number((int64_t)a.failed, (int64_t)refused);
  free_answers(&a);
}

/* ---- rows -------------------------------------------------------------------------------- */

enum reason { FITS, NOT_YET, REOPENED, OTHER_PRIORITY, LATE_BEFORE_PAUSE_ENDED, REASONS };
static const char *const reasons[REASONS] = {
    "a row says the same", "not opened yet", "reopened: a row keeps one solving",
    "priority changed: a row keeps the last, not when",
    "target used up before a pause ended: a row does not say in which order"};

static bool changes_priority(const incidents *all, size_t i, sla_time now) {
  for (uint64_t e = all->offset[i] + 2; e < all->offset[i + 1]; e++) /* past the opening's own */
    if (all->event[e].kind == SLA_EVENT_PRIORITY && all->event[e].at <= now) return true;
  return false;
}

static enum reason reason_of(const fixture *f, size_t i, const naive_answer *n, sla_time now) {
  if (n->phase == SLA_INACTIVE) return NOT_YET;
  if (n->reopened) return REOPENED;
  if (changes_priority(f->all, i, now)) return OTHER_PRIORITY;
  return n->pause_ended != SLA_NONE && n->left_then <= 0 ? LATE_BEFORE_PAUSE_ENDED : FITS;
}

static sla_time replied_at(const incidents *all, size_t i, sla_time now) {
  for (uint64_t e = all->offset[i]; e < all->offset[i + 1] && all->event[e].at <= now; e++)
    if (all->event[e].kind == SLA_EVENT_AGENT_REPLY) return all->event[e].at;
  return SLA_NONE;
}

/* The row a host would have kept by then, from the answer of the resolution clock. */
static sla_row row_of(const fixture *f, size_t i, const naive_answer *n, sla_time now) {
  return (sla_row){.created_at = n->started_at,
                   .first_response_at = replied_at(f->all, i, now),
                   .waiting_since = SLA_NONE,
                   .solved_at = n->stopped_at,
                   .status_since = n->status_since,
                   .paused = n->counted_pause,
                   .status = n->ticket_status,
                   .priority = n->priority};
}

/* Rows of the incidents that fit, beside the incident each is of. */
static size_t fill_rows(const fixture *f, int first_policy, sla_time now, sla_row *rows, size_t *of,
                        size_t tally_of[REASONS]) {
  size_t count = 0;
  for (size_t i = 0; i < f->all->count; i++) {
    uint32_t policy = (uint32_t)((count + (size_t)first_policy) % CALENDARS);
    naive_answer n = count_minutes(f, policy, 1, i, now);
    enum reason reason = reason_of(f, i, &n, now);
    tally_of[reason]++;
    if (reason != FITS) continue;
    of[count] = i;
    rows[count++] = row_of(f, i, &n, now);
  }
  return count;
}

static void check_rows(const fixture *f, int run, sla_row *rows, size_t *of, tally *t,
                       size_t tally_of[REASONS]) {
  sla_time now = f->nows[run / CALENDARS];
  size_t count = fill_rows(f, run % CALENDARS, now, rows, of, tally_of);
  answers a = new_answers(f->all->count);
  ask(f, &a, rows, count, run % CALENDARS, now);
  assert_number((int64_t)a.failed, 0);
  for (size_t r = 0; r < count * METRICS; r++) {
    uint32_t policy = a.policy_of[r / METRICS];
    size_t i = of[r / METRICS];
    naive_answer n = count_minutes(f, policy, (int)(r % METRICS), i, now);
    judge(t, f, i, policy, &a.results[r], &n, n.pause_ended == SLA_NONE);
  }
  free_answers(&a);
}

static void every_incident_that_fits_a_row(void **state) {
  fixture *f = fixture_or_skip(state);
  size_t tally_of[REASONS] = {0};
  tally t = {0};
  sla_row *rows = calloc(f->all->count, sizeof *rows);
  size_t *of = calloc(f->all->count, sizeof *of);
  assert_true(rows != NULL && of != NULL);
  incidents_make_logs(f->all, false);
  for (int run = 0; run < NOWS * CALENDARS; run++) check_rows(f, run, rows, of, &t, tally_of);
  for (int reason = 0; reason < REASONS; reason++)
    printf("%7zu %s\n", tally_of[reason], reasons[reason]);
  printf("%zu answers from rows compared, %zu different\n", t.compared, t.different);
  free(rows);
  free(of);
  assert_true(t.compared > 0);
  assert_number((int64_t)t.different, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_incident_as_minutes_count_it),
      cmocka_unit_test(a_log_as_the_rows_stand_is_refused_where_it_goes_back),
      cmocka_unit_test(every_incident_that_fits_a_row),
  };
  return cmocka_run_group_tests_name("incidents", tests, set_up, tear_down) != 0;
}
