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
#include "incidents_spent.h"
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

static void declare_statuses(sla_policy_builder *builder) {
  for (uint32_t status = AWAITING_PROBLEM; status <= AWAITING_EVIDENCE; status++)
    assert_ok(sla_policy_builder_set_status(builder, status, SLA_TICKET_ON_HOLD, NULL));
}

static sla_policy *policy_number(int which) {
  sla_policy_builder *builder = NULL;
  sla_policy *policy = NULL;
  sla_calendar *calendar = calendar_number(which);
  assert_ok(sla_policy_builder_new(NULL, &builder, NULL));
  assert_ok(sla_policy_builder_set_calendar(builder, calendar, NULL));
  for (int m = 0; m < METRICS; m++) promise(builder, &promises[m]);
  declare_statuses(builder);
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

/* ---- logs -------------------------------------------------------------------------------- */

/* Every row has become what its rule says: one status event each, and the rest on top. */
static void check_events(const incidents *all) {
  const size_t *rules = all->rules;
  size_t replies = all->count - rules[RULE_NEVER_WORKED_ON] + rules[RULE_ASKED_AGAIN];
  assert_number((int64_t)all->offset[all->count],
                (int64_t)(2 * all->count + all->rows - rules[RULE_STATE_UNKNOWN] +
                          rules[RULE_PRIORITY_CHANGED] + rules[RULE_GROUP_CHANGED] +
                          rules[RULE_ANSWERED] + replies));
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

/* ---- nine clocks ------------------------------------------------------------------------- */

enum { LAST_METRIC = SLA_GROUP_OWNERSHIP };

/* Every metric has a target: the responses those of promises, the others that of resolution. */
static sla_policy *policy_of_nine(int which) {
  sla_policy_builder *builder = policy_builder_of(NULL);
  sla_calendar *calendar = calendar_number(which);
  assert_ok(sla_policy_builder_set_calendar(builder, calendar, NULL));
  sla_calendar_unref(calendar);
  declare_statuses(builder);
  for (uint32_t metric = SLA_FIRST_RESPONSE; metric <= LAST_METRIC; metric++) {
    naive_promise as = promises[metric >= SLA_RESOLUTION];
    as.metric = metric;
    promise(builder, &as);
  }
  return policy_built(builder);
}

/* Of one metric on one calendar, over all incidents at the last now. */
typedef struct figures {
  size_t cycles, met, missed, cancelled, open;
  sla_seconds longest, counted, closed, paused, done;
} figures;

static void add_figures(figures *f, const sla_totals *t, const spent_time *spent) {
  f->cycles += t->cycles;
  f->met += t->met;
  f->missed += t->missed;
  f->cancelled += t->cancelled;
  if (t->cycles > 0 && t->longest > f->longest) f->longest = t->longest;
  for (size_t i = 0; i < spent->cycles; i++) {
    const spent_cycle *c = &spent->cycle[i];
    f->open += c->stopped_at == SLA_NONE;
    f->counted += c->counted;
    f->closed += c->closed;
    f->paused += c->paused;
    f->done += c->done;
  }
}

static void print_figures(const char *calendar, uint32_t metric, const figures *f) {
  print_message("  %-22s %-16s %6zu %5zu %6zu %9zu %5zu %9.2f | %9.1f %9.1f %9.1f %9.1f\n",
                calendar, sla_metric_name(metric), f->cycles, f->met, f->missed, f->cancelled,
                f->open, (double)f->longest / HOUR, (double)f->counted / HOUR,
                (double)f->closed / HOUR, (double)f->paused / HOUR, (double)f->done / HOUR);
}

/* The law, of one cycle: what the library counted and paused, and what lay between as minutes
 * tell it, is all the time there was. */
static void check_cycle(const sla_result *r, const spent_cycle *c, sla_time now) {
  sla_time end = r->stopped_at == SLA_NONE ? now : r->stopped_at;
  assert_time(r->started_at, c->started_at);
  assert_time(r->stopped_at, c->stopped_at);
  assert_number(r->elapsed + c->closed + r->wall_paused + c->done, end - r->started_at);
  assert_number(r->elapsed, c->counted);
  assert_number(r->wall_elapsed, c->counted + c->closed);
  assert_number(r->wall_paused, c->paused);
}

static void check_totals(const sla_totals *t, const spent_time *spent) {
  sla_seconds elapsed = 0, wall = 0, paused = 0, longest = SLA_NONE;
  size_t open = 0;
  for (size_t i = 0; i < spent->cycles; i++) {
    const spent_cycle *c = &spent->cycle[i];
    elapsed += c->counted;
    wall += c->counted + c->closed;
    paused += c->paused;
    open += c->stopped_at == SLA_NONE;
    if (c->counted > longest) longest = c->counted;
  }
  assert_number(t->elapsed, elapsed);
  assert_number(t->wall_elapsed, wall);
  assert_number(t->wall_paused, paused);
  assert_number(t->longest, longest);
  assert_number(t->last, spent->cycles == 0 ? SLA_NONE : spent->cycle[spent->cycles - 1].counted);
  assert_number(t->cycles, (int64_t)spent->cycles);
  assert_number((int64_t)(t->met + t->missed + t->cancelled + open), t->cycles);
}

/* One incident, metric, calendar and now; returns how many cycles it has. */
static size_t check_incident(const fixture *f, const sla_policy *policy, int calendar,
                             uint32_t metric, size_t i, sla_time now, figures *into) {
  const sla_policy *const policies[] = {policy};
  const sla_event *log = &f->all->event[f->all->offset[i]];
  size_t count = (size_t)(f->all->offset[i + 1] - f->all->offset[i]), written = 0;
  sla_result cycles[SPENT_CYCLES];
  sla_totals totals;
  spent_time spent;
  spend(&spent, f->hours[calendar], metric, log, count, now);
  assert_ok(sla_evaluate_cycles(policies, 1, metric, log, count, sizeof *log, now, 1, cycles,
                                SPENT_CYCLES, sizeof *cycles, &written, NULL));
  assert_number((int64_t)written, (int64_t)spent.cycles);
  for (size_t c = 0; c < written; c++) check_cycle(&cycles[c], &spent.cycle[c], now);
  assert_ok(sla_evaluate_totals(policies, 1, metric, log, count, sizeof *log, now, &totals,
                                sizeof totals, NULL));
  check_totals(&totals, &spent);
  if (into != NULL) add_figures(into, &totals, &spent);
  return written;
}

static void counted_closed_and_paused_time_is_all_time(void **state) {
  fixture *f = fixture_or_skip(state);
  size_t cycles = 0;
  incidents_make_logs(f->all, false);
  print_message("  %-39s %6s %5s %6s %9s %5s %9s | hours: %s\n", "", "cycles", "met", "missed",
                "cancelled", "open", "longest h", "counted, closed, paused, done");
  for (int calendar = 0; calendar < CALENDARS; calendar++) {
    sla_policy *policy = policy_of_nine(calendar);
    for (uint32_t metric = SLA_FIRST_RESPONSE; metric <= LAST_METRIC; metric++) {
      figures sums = {0};
      for (size_t i = 0; i < f->all->count * NOWS; i++)
        cycles += check_incident(f, policy, calendar, metric, i / NOWS, f->nows[i % NOWS],
                                 i % NOWS == NOWS - 1 ? &sums : NULL);
      print_figures(calendar_names[calendar], metric, &sums);
      assert_true(sums.cycles > 0);
    }
    sla_policy_unref(policy);
  }
  print_message("%zu cycles, each with its time in full\n", cycles);
}

/* ---- the product's own verdict ----------------------------------------------------------- */

/* The bounds of the one target of a priority that would explain the verdicts. */
typedef struct bounds {
  sla_seconds longest_made, shortest_missed; /* SLA_NONE when there is none */
  size_t made, missed;
} bounds;

enum { CLOSING = SLA_OWN_METRIC, PRIORITIES = SLA_PRIORITY_URGENT + 1 };

/* A metric of our own: from the opening until first closed, around the clock, without pauses. */
static sla_policy *policy_of_closing(const bounds of[PRIORITIES]) {
  const sla_metric_rule rule = {.start = {.events = 1 << SLA_EVENT_CREATED},
                                .fulfil = {.statuses = 1 << SLA_TICKET_CLOSED},
                                .shape = SLA_ONCE,
                                .options = {[SLA_OPTION_SOLVED] = SLA_SOLVED_KEEPS_RUNNING}};
  sla_policy_builder *builder = policy_builder_of(NULL);
  declare_statuses(builder);
  assert_ok(sla_policy_builder_set_metric(builder, CLOSING, &rule, sizeof rule, NULL));
  for (uint32_t p = SLA_PRIORITY_LOW; p < PRIORITIES; p++) {
    sla_seconds target = of[p].made > 0 ? of[p].longest_made : of[p].shortest_missed - 60;
    assert_ok(sla_policy_builder_set_target(builder, CLOSING, p, target, SLA_UNIT_SECONDS,
                                            SLA_AROUND_THE_CLOCK, NULL));
  }
  return policy_built(builder);
}

static sla_result closing_of(const fixture *f, const sla_policy *policy, size_t i) {
  const uint64_t *offset = &f->all->offset[i];
  return evaluated_at(policy, CLOSING, &f->all->event[offset[0]], (size_t)(offset[1] - offset[0]),
                      f->nows[NOWS - 1]);
}

static void widen(bounds *b, bool made, sla_seconds took) {
  b->made += made;
  b->missed += !made;
  if (made && (b->made == 1 || took > b->longest_made)) b->longest_made = took;
  if (!made && (b->missed == 1 || took < b->shortest_missed)) b->shortest_missed = took;
}

static void find_bounds(const fixture *f, bounds of[PRIORITIES]) {
  static const bounds unknown[PRIORITIES] = {{0}, {0, HOUR, 0, 1}, {0, HOUR, 0, 1},
                                             {0, HOUR, 0, 1}, {0, HOUR, 0, 1}};
  sla_policy *policy = policy_of_closing(unknown);
  for (size_t i = 0; i < f->all->count; i++) {
    sla_result r = closing_of(f, policy, i);
    assert_number(r.phase, SLA_FULFILLED);
    widen(&of[r.priority], f->all->incident[i].made_sla, r.elapsed);
  }
  sla_policy_unref(policy);
}

static void print_bounds(const bounds of[PRIORITIES]) {
  for (uint32_t p = SLA_PRIORITY_LOW; p < PRIORITIES; p++) {
    print_message("  %-6s %3zu made", sla_priority_name(p), of[p].made);
    if (of[p].made > 0) print_message(" in up to %.2f h", (double)of[p].longest_made / HOUR);
    print_message(", %zu missed", of[p].missed);
    if (of[p].missed > 0) print_message(" from %.2f h on", (double)of[p].shortest_missed / HOUR);
    print_message("\n");
  }
}

/* Nobody published the product's targets.  One a priority, from opening to first closing, explains
 * every verdict of these incidents (which all opened within three days, so other calendars do as
 * well): so the verdicts contradict neither each other nor this library. */
static void one_target_a_priority_explains_every_verdict(void **state) {
  fixture *f = fixture_or_skip(state);
  bounds of[PRIORITIES] = {0};
  size_t same = 0;
  incidents_make_logs(f->all, false);
  find_bounds(f, of);
  print_bounds(of);
  sla_policy *policy = policy_of_closing(of);
  for (size_t i = 0; i < f->all->count; i++)
    same += (closing_of(f, policy, i).status == SLA_ON_TIME) == f->all->incident[i].made_sla;
  print_message("the verdict of %zu of %zu incidents\n", same, f->all->count);
  sla_policy_unref(policy);
  assert_number((int64_t)same, (int64_t)f->all->count);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_incident_as_minutes_count_it),
      cmocka_unit_test(a_log_as_the_rows_stand_is_refused_where_it_goes_back),
      cmocka_unit_test(every_incident_that_fits_a_row),
      cmocka_unit_test(counted_closed_and_paused_time_is_all_time),
      cmocka_unit_test(one_target_a_priority_explains_every_verdict),
  };
  return cmocka_run_group_tests_name("incidents", tests, set_up, tear_down) != 0;
}
