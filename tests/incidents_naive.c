/* SPDX-License-Identifier: MIT */
/* A stopwatch that lives through every minute, and asks of each whether it is open. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "incidents_naive.h"

/* ---- hours ------------------------------------------------------------------------------- */

enum { MINUTES = 3 * 365 * 1440 }; /* to the end of 2018, less a day */
static const sla_time table_begins = 1451606400; /* Friday 2016-01-01T00:00:00Z */

struct naive_hours {
  bool open[MINUTES];
};

static bool is_summer_in_new_york(sla_time at) {
  static const struct {
    sla_time from, to;
  } summers[] = {
      {1457852400, 1478412000}, /* 2016-03-13T07:00Z to 2016-11-06T06:00Z */
      {1489302000, 1509861600}, /* 2017-03-12T07:00Z to 2017-11-05T06:00Z */
      {1520751600, 1541311200}, /* 2018-03-11T07:00Z to 2018-11-04T06:00Z */
  };
  for (int i = 0; i < 3; i++)
    if (at >= summers[i].from && at < summers[i].to) return true;
  return false;
}

static naive_hours *new_hours(void) {
  naive_hours *hours = calloc(1, sizeof *hours);
  assert_non_null(hours);
  return hours;
}

naive_hours *naive_new_york_office(void) {
  naive_hours *hours = new_hours();
  for (int i = 0; i < MINUTES; i++) {
    sla_time at = table_begins + (sla_time)i * 60;
    sla_time local = at - (is_summer_in_new_york(at) ? 4 : 5) * 3600;
    int64_t weekday = (local / 86400 + 3) % 7; /* 1970-01-01 was a Thursday; 0 is Monday */
    int64_t hour = local % 86400 / 3600;
    hours->open[i] = weekday < 5 && hour >= 9 && hour < 17;
  }
  return hours;
}

naive_hours *naive_always(void) {
  naive_hours *hours = new_hours();
  for (int i = 0; i < MINUTES; i++) hours->open[i] = true;
  return hours;
}

void naive_hours_free(naive_hours *hours) { free(hours); }

static bool is_open(const naive_hours *hours, sla_time at) {
  int64_t minute = (at - table_begins) / 60;
  if (minute < 0 || minute >= MINUTES) fail_msg("the table of minutes ends before an answer");
  return hours->open[minute];
}

sla_seconds naive_open(const naive_hours *hours, sla_time from, sla_time to) {
  sla_seconds open = 0;
  for (sla_time at = from; at < to; at += 60) open += is_open(hours, at) ? 60 : 0;
  return open;
}

/* The first minute at whose beginning `left` open seconds have gone by. */
static sla_time after(const naive_hours *hours, sla_time at, sla_seconds left) {
  for (; left > 0; at += 60)
    if (is_open(hours, at)) left -= 60;
  return at;
}

/* ---- phases ------------------------------------------------------------------------------ */

static bool is_done(int64_t status) {
  return status == SLA_TICKET_SOLVED || status == SLA_TICKET_CLOSED;
}

static bool is_waiting(int64_t status) {
  return status == SLA_TICKET_PENDING || status == SLA_TICKET_ON_HOLD || status >= 16;
}

/* A first response stops for good, by a reply or because the incident is solved. */
static uint32_t response_phase(uint32_t phase, const sla_event *event) {
  bool stops = event->kind == SLA_EVENT_AGENT_REPLY ||
               (event->kind == SLA_EVENT_STATUS && is_done(event->value));
  return stops ? SLA_FULFILLED : phase;
}

static uint32_t resolution_phase(uint32_t phase, const sla_event *event) {
  if (event->kind != SLA_EVENT_STATUS) return phase;
  if (is_done(event->value)) return SLA_FULFILLED;
  return is_waiting(event->value) ? SLA_PAUSED : SLA_RUNNING;
}

static uint32_t next_phase(uint32_t metric, uint32_t phase, const sla_event *event) {
  if (event->kind == SLA_EVENT_CREATED) return SLA_RUNNING;
  return metric == SLA_RESOLUTION ? resolution_phase(phase, event) : response_phase(phase, event);
}

/* Of the incident, and the last one given while the clock had not stopped: its target counts. */
typedef struct priorities {
  uint32_t given, counts;
} priorities;

static priorities priorities_at(uint32_t metric, const sla_event *log, size_t count,
                                sla_time now) {
  uint32_t phase = SLA_INACTIVE;
  priorities p = {0, 0};
  for (size_t i = 0; i < count && log[i].at <= now; i++) {
    if (log[i].kind == SLA_EVENT_PRIORITY) p.given = (uint32_t)log[i].value;
    phase = next_phase(metric, phase, &log[i]);
    if (phase != SLA_FULFILLED) p.counts = p.given;
  }
  return p;
}

/* ---- the stopwatch ----------------------------------------------------------------------- */

typedef struct watch {
  const naive_hours *hours;
  uint32_t metric;
  naive_answer a;
  sla_seconds left, lead;
  sla_time used_up_at; /* when nothing was left, or the last resume after that */
  sla_time pause_began;
  sla_seconds open_pause; /* counted since the status changed */
  bool stopped_in_pause;
} watch;

static void change_phase(watch *w, uint32_t phase, sla_time at) {
  naive_answer *a = &w->a;
  uint32_t before = a->phase;
  if (phase == before) return;
  a->phase = phase;
  a->reopened = a->reopened || before == SLA_FULFILLED;
  a->stopped_at = phase == SLA_FULFILLED ? at : SLA_NONE;
  w->stopped_in_pause = phase == SLA_FULFILLED && before == SLA_PAUSED;
  if (before == SLA_INACTIVE) a->started_at = at;
  if (phase == SLA_PAUSED) w->pause_began = at;
  if (phase == SLA_RUNNING && w->left <= 0) w->used_up_at = at;
}

static void change_status(watch *w, uint32_t status, sla_time at) {
  if (status == w->a.ticket_status) return;
  if (w->a.phase == SLA_PAUSED) {
    w->a.pause_ended = at;
    w->a.left_then = w->left;
  }
  w->a.ticket_status = status;
  w->a.status_since = at;
  w->a.counted_pause += w->open_pause;
  w->open_pause = 0;
}

/* All that happens at one instant, in the order of the log. */
static size_t apply(watch *w, const sla_event *log, size_t count, size_t next, sla_time at) {
  for (; next < count && log[next].at == at; next++) {
    if (log[next].kind == SLA_EVENT_CREATED) change_status(w, SLA_TICKET_NEW, at);
    if (log[next].kind == SLA_EVENT_STATUS) change_status(w, (uint32_t)log[next].value, at);
    change_phase(w, next_phase(w->metric, w->a.phase, &log[next]), at);
  }
  return next;
}

/* The minute from `at` on. */
static void live(watch *w, sla_time at) {
  naive_answer *a = &w->a;
  bool open = is_open(w->hours, at);
  if (a->phase == SLA_PAUSED) {
    a->wall_paused += 60;
    if (open) w->open_pause += 60;
  }
  if (a->phase != SLA_RUNNING) return;
  if (w->left <= 0 && a->breached_at == SLA_NONE) a->breached_at = w->used_up_at;
  a->wall_elapsed += 60;
  if (!open) return;
  a->elapsed += 60;
  w->left -= 60;
  if (w->left == 0) w->used_up_at = at + 60;
}

/* Due if the clock runs on from an instant. */
static sla_time due_from(const watch *w, sla_time at, bool resumed) {
  if (w->a.breached_at != SLA_NONE) return w->a.breached_at;
  if (w->left > 0) return after(w->hours, at, w->left);
  return resumed ? at : w->used_up_at;
}

static uint32_t status_of(const watch *w) {
  if (w->a.breached_at != SLA_NONE) return SLA_OVERDUE;
  return w->a.phase != SLA_FULFILLED && w->left <= w->lead ? SLA_DUE_SOON : SLA_ON_TIME;
}

static void conclude(watch *w, sla_time now) {
  naive_answer *a = &w->a;
  sla_time until = a->phase == SLA_FULFILLED ? a->stopped_at
                   : a->phase == SLA_PAUSED  ? w->pause_began
                                             : now;
  a->status = status_of(w);
  a->remaining = a->target - a->elapsed;
  if (a->status == SLA_OVERDUE) a->late_by = until - a->breached_at;
  if (a->phase == SLA_RUNNING) a->due_at = due_from(w, now, false);
  if (a->phase == SLA_FULFILLED) a->due_at = due_from(w, a->stopped_at, w->stopped_in_pause);
  if (a->phase == SLA_PAUSED) {
    a->due_at = a->breached_at;
    a->projected_due_at = due_from(w, now, true);
  }
  if (a->phase != SLA_RUNNING || a->status == SLA_OVERDUE) return;
  a->next_change_at = a->due_at + 1;
  if (a->status == SLA_ON_TIME) a->next_change_at = after(w->hours, now, w->left - w->lead);
}

naive_answer naive_evaluate(const naive_hours *hours, const naive_promise *promise,
                            const sla_event *log, size_t count, sla_time now) {
  priorities p = priorities_at(promise->metric, log, count, now);
  watch w = {.hours = hours, .metric = promise->metric, .lead = promise->lead};
  w.a = (naive_answer){.priority = p.given, .started_at = SLA_NONE, .stopped_at = SLA_NONE,
                       .due_at = SLA_NONE, .breached_at = SLA_NONE, .projected_due_at = SLA_NONE,
                       .next_change_at = SLA_NONE, .status_since = SLA_NONE,
                       .pause_ended = SLA_NONE};
  if (now < log[0].at) return w.a;
  w.a.target = w.left = promise->target[p.counts];
  size_t next = 0;
  for (sla_time at = log[0].at;; at += 60) {
    next = apply(&w, log, count, next, at);
    if (at >= now) break;
    live(&w, at);
  }
  conclude(&w, now);
  return w.a;
}
