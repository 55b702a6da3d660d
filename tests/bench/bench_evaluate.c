/* SPDX-License-Identifier: MIT */
/* Tickets: one metric, all of them, batches of logs and of rows; the unit is one elapsed query. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TICKETS = 10000, HOUR = 3600, DAY = 86400 };
enum { EVENTS = TICKET_EVENTS, METRICS = TICKET_METRICS, STORIES = TICKET_STORIES };

typedef struct queue {
  const sla_policy *policy;
  sla_policy **policies; /* one a ticket, or NULL for all on `policy` */
  uint32_t *policy_of;
  sla_event *events; /* TICKETS x EVENTS */
  uint64_t *offsets;
  sla_row *rows;
  sla_result *results; /* TICKETS x METRICS */
  int32_t *codes;
  sla_time now;
  size_t events_each; /* as many of each log as are evaluated */
  size_t apart;       /* events from one log to the next; 0 for the same one again and again */
} queue;

/* A row of a ticket that was answered, waits or is done, as three hosts in four would keep it. */
static void write_row(sla_row *row, sla_time created, uint64_t *state) {
  int64_t kind = random_in(state, 0, 3);
  sla_time answered = created + random_in(state, HOUR / 2, 3 * DAY);
  sla_time later = answered + random_in(state, HOUR / 2, 9 * DAY);
  *row = (sla_row){.created_at = created, .first_response_at = answered, .waiting_since = SLA_NONE,
                   .solved_at = SLA_NONE, .status_since = SLA_NONE, .paused = SLA_NONE,
                   .status = SLA_TICKET_OPEN, .priority = SLA_PRIORITY_NORMAL};
  if (kind == 0) row->first_response_at = SLA_NONE;
  if (kind == 1) row->waiting_since = later;
  if (kind == 2) row->status = SLA_TICKET_PENDING, row->status_since = later;
  if (kind == 3) row->status = SLA_TICKET_SOLVED, row->solved_at = later;
}

static void fill(queue *q, uint64_t *state) {
  q->events = allocate((size_t)TICKETS * EVENTS, sizeof *q->events);
  q->offsets = allocate(TICKETS + 1, sizeof *q->offsets);
  q->rows = allocate(TICKETS, sizeof *q->rows);
  q->results = allocate((size_t)TICKETS * METRICS, sizeof *q->results);
  q->codes = allocate(TICKETS, sizeof *q->codes);
  q->policy_of = allocate(TICKETS, sizeof *q->policy_of);
  q->now = year_begins(2025);
  q->events_each = q->apart = EVENTS;
  for (size_t i = 0; i < TICKETS; i++) {
    sla_time created = q->now - random_in(state, HOUR, 40 * DAY);
    ticket_log(&q->events[i * EVENTS], random_in(state, 0, STORIES - 1), created, q->now, state);
    write_row(&q->rows[i], created, state);
    q->offsets[i + 1] = (i + 1) * EVENTS;
    q->policy_of[i] = (uint32_t)i;
  }
}

static void release(queue *q) {
  free(q->events);
  free(q->offsets);
  free(q->rows);
  free(q->results);
  free(q->codes);
  free(q->policy_of);
}

static int64_t run_one_metric(const void *context) {
  const queue *q = context;
  int64_t sum = 0;
  sla_error error;
  for (size_t i = 0; i < TICKETS; i++) {
    int32_t code = sla_evaluate(q->policy, SLA_RESOLUTION, &q->events[i * q->apart], q->events_each,
                                sizeof(sla_event), q->now, q->results, sizeof(sla_result), &error);
    if (code != SLA_OK) require_ok(code, &error, "an evaluation");
    sum += q->results->elapsed;
  }
  return sum;
}

static int64_t run_all_metrics(const void *context) {
  const queue *q = context;
  int64_t sum = 0;
  sla_error error;
  size_t written;
  for (size_t i = 0; i < TICKETS; i++) {
    int32_t code = sla_evaluate_all(q->policy, &q->events[i * q->apart], q->events_each,
                                    sizeof(sla_event), q->now, &q->results[i * METRICS], METRICS,
                                    sizeof(sla_result), &written, &error);
    if (code != SLA_OK) require_ok(code, &error, "an evaluation of all metrics");
    sum += q->results[i * METRICS].elapsed;
  }
  return sum;
}

static int64_t run_batch(const queue *q, bool rows) {
  bool many = q->policies != NULL;
  uint64_t failed = 0;
  sla_error error;
  const sla_batch batch = {.policies = many ? (const sla_policy *const *)q->policies : &q->policy,
                           .policy_of = many ? q->policy_of : NULL,
                           .metrics = ticket_metrics,
                           .events = rows ? NULL : q->events,
                           .offsets = rows ? NULL : q->offsets,
                           .rows = rows ? q->rows : NULL,
                           .results = q->results,
                           .codes = q->codes,
                           .now = q->now,
                           .policy_count = many ? TICKETS : 1,
                           .metric_count = METRICS,
                           .ticket_count = TICKETS,
                           .event_size = rows ? 0 : sizeof(sla_event),
                           .row_size = rows ? sizeof(sla_row) : 0,
                           .result_size = sizeof(sla_result)};
  require_ok(sla_evaluate_batch(&batch, sizeof batch, &failed, &error), &error, "a batch");
  if (failed != 0) fail("%zu tickets of a batch failed", (size_t)failed);
  return q->results[TICKETS * METRICS - 1].elapsed;
}

static int64_t run_log_batch(const void *context) { return run_batch(context, false); }
static int64_t run_row_batch(const void *context) { return run_batch(context, true); }

/* The batch must say what single calls say, or its speed means nothing. */
static void agree(const queue *q) {
  size_t bytes = (size_t)TICKETS * METRICS * sizeof(sla_result);
  sla_result *single = allocate(TICKETS * METRICS, sizeof *single);
  run_all_metrics(q);
  memcpy(single, q->results, bytes);
  memset(q->results, 0, bytes);
  run_log_batch(q);
  if (memcmp(single, q->results, bytes) != 0) fail("a batch and single calls disagree");
  free(single);
}

static void print_line(const char *name, const measure *m, double unit, int results) {
  printf("  %-53s %10.2f %10.2f %10.1f\n", name, m->ns / unit, m->ns / unit / results, m->ns);
}

static void draw_unit(draw *list, size_t length, const sla_calendar *calendar, uint64_t *state) {
  for (size_t i = 0; i < length; i++) {
    sla_time from = random_in(state, year_begins(2024), year_begins(2025));
    list[i] = (draw){calendar, from, from + random_in(state, HOUR, 60 * DAY), 0};
  }
}

static void print_head(void) {
  printf("\n%d tickets, business hours of New York unless noted; the unit is one elapsed query "
         "of 1 h to 60 days.\nAround the clock and one event tell what the calendar and the other "
         "nine events cost.\n\n", TICKETS);
  printf("%-55s %10s %10s %10s\n", "evaluate", "elapsed", "elapsed", "ns a");
  printf("%-55s %10s %10s %10s\n", "", "a ticket", "a result", "ticket");
}

enum {
  ONE, ONE_CLOCK, ONE_EVENT, ALL, BATCH, BATCH_CLOCK, BATCH_MANY, ROWS, ROWS_MANY, SAME,
  UNIT = SAME + STORIES, LINES
};

static const struct line {
  const char *name;
  int results;
} lines[UNIT] = {
    [ONE] = {"one metric, 10 events", 1},
    [ONE_CLOCK] = {"one metric, 10 events, around the clock", 1},
    [ONE_EVENT] = {"one metric, 1 event", 1},
    [ALL] = {"one ticket, all 3 metrics, 10 events", METRICS},
    [BATCH] = {"batch of 10,000 tickets, 3 metrics", METRICS},
    [BATCH_CLOCK] = {"batch of 10,000 tickets, 3 metrics, around the clock", METRICS},
    [BATCH_MANY] = {"batch of 10,000 tickets, 3 metrics, 10,000 calendars", METRICS},
    [ROWS] = {"batch of 10,000 rows, 3 metrics", METRICS},
    [ROWS_MANY] = {"batch of 10,000 rows, 3 metrics, 10,000 calendars", METRICS},
    [SAME] = {"the same log again and again, all 3 metrics, 10 events", METRICS},
    [SAME + 1] = {"another one", METRICS},
    [SAME + 2] = {"a third one", METRICS},
};

/* Three logs, each to be evaluated again and again, all of them three weeks old. */
static void fill_same(queue same[STORIES], const queue *q, sla_event *events, uint64_t *state) {
  for (int i = 0; i < STORIES; i++) {
    same[i] = *q;
    same[i].apart = 0;
    same[i].events = &events[i * EVENTS];
    ticket_log(same[i].events, i, q->now - 21 * DAY, q->now, state);
  }
}

static void time_queue(const queue *q, const sla_policy *clock, sla_policy **policies,
                       const draws *unit, uint64_t *state) {
  queue on_clock = *q, one_event = *q, many = *q, same[STORIES];
  sla_event events[STORIES * EVENTS];
  fill_same(same, q, events, state);
  on_clock.policy = clock;
  one_event.events_each = 1;
  many.policies = policies;
  measure m[LINES] = {
      [ONE] = {run_one_metric, q, TICKETS, 0},
      [ONE_CLOCK] = {run_one_metric, &on_clock, TICKETS, 0},
      [ONE_EVENT] = {run_one_metric, &one_event, TICKETS, 0},
      [ALL] = {run_all_metrics, q, TICKETS, 0},
      [BATCH] = {run_log_batch, q, TICKETS, 0},
      [BATCH_CLOCK] = {run_log_batch, &on_clock, TICKETS, 0},
      [BATCH_MANY] = {run_log_batch, &many, TICKETS, 0},
      [ROWS] = {run_row_batch, q, TICKETS, 0},
      [ROWS_MANY] = {run_row_batch, &many, TICKETS, 0},
      [SAME] = {run_all_metrics, &same[0], TICKETS, 0},
      [SAME + 1] = {run_all_metrics, &same[1], TICKETS, 0},
      [SAME + 2] = {run_all_metrics, &same[2], TICKETS, 0},
      [UNIT] = {ask[ELAPSED], unit, unit->length, 0},
  };
  measure_all(m, LINES);
  for (int i = 0; i < UNIT; i++) print_line(lines[i].name, &m[i], m[UNIT].ns, lines[i].results);
  printf("  %-53s %10.2f %10s %10.1f\n", "(one elapsed query)", 1.0, "", m[UNIT].ns);
  require_at_most("evaluate_3_metrics_10_events",
                  (m[SAME].ns + m[SAME + 1].ns + m[SAME + 2].ns) / STORIES / m[UNIT].ns, 45);
}

static sla_policy **policies_on(const world *w) {
  sla_policy **policies = allocate(TICKETS, sizeof(sla_policy *));
  for (size_t i = 0; i < TICKETS; i++)
    policies[i] = ticket_policy(w->calendars[i], SLA_BUSINESS_HOURS, 1);
  return policies;
}

static void time_on(const sla_calendar *calendar, const world *w, uint64_t *state) {
  enum { DRAWS = 4096 };
  sla_policy *business = ticket_policy(calendar, SLA_BUSINESS_HOURS, 1);
  sla_policy *clock = ticket_policy(calendar, SLA_AROUND_THE_CLOCK, 1);
  sla_policy **policies = policies_on(w);
  draw *list = allocate(DRAWS, sizeof *list);
  const draws unit = {list, DRAWS};
  queue q = {.policy = business};
  fill(&q, state);
  draw_unit(list, DRAWS, calendar, state);
  agree(&q);
  time_queue(&q, clock, policies, &unit, state);
  for (size_t i = 0; i < TICKETS; i++) sla_policy_unref(policies[i]);
  free(policies);
  release(&q);
  free(list);
  sla_policy_unref(business);
  sla_policy_unref(clock);
}

void bench_evaluate(uint64_t seed) {
  uint64_t state = seed;
  sla_zone *zone = reference_zone(NULL);
  sla_calendar *calendar = reference_calendar(zone, NULL);
  world *w = world_new(TICKETS, &state);
  print_head();
  time_on(calendar, w, &state);
  world_free(w);
  sla_calendar_unref(calendar);
  sla_zone_unref(zone);
}
