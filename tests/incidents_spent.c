/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "incidents_spent.h"

/* A ticket and one of its clocks. */
typedef struct watch {
  spent_time *spent;
  const naive_hours *hours;
  uint32_t metric;
  sla_time since; /* all before is in the accounts */
  uint32_t status, group;
  bool done, was_done;
  bool handled;  /* replied to, or solved, once */
  bool unheard;  /* the customer wrote while the ticket was done */
  bool open;
} watch;

static bool is_done(int64_t status) {
  return status == SLA_TICKET_SOLVED || status == SLA_TICKET_CLOSED;
}

/* Whether the clock waits in this status: all that is not the customer's turn counts for the
 * requester, all that is not somebody else's for the agents. */
static bool is_held(const watch *w) {
  bool pending = w->status == SLA_TICKET_PENDING;
  bool hold = w->status == SLA_TICKET_ON_HOLD || w->status >= 16;
  switch (w->metric) {
    case SLA_RESOLUTION:
    case SLA_AGENT_WORK: return pending || hold;
    case SLA_PAUSABLE_UPDATE:
    case SLA_REQUESTER_WAIT: return pending;
    default: return false;
  }
}

/* ---- accounts ---------------------------------------------------------------------------- */

static void book_until(watch *w, sla_time at) {
  sla_seconds wall = at - w->since;
  if (w->open && wall > 0) {
    spent_cycle *c = &w->spent->cycle[w->spent->cycles - 1];
    if (is_held(w)) {
      c->paused += wall;
    } else {
      sla_seconds open = naive_open(w->hours, w->since, at);
      c->counted += open;
      c->closed += wall - open;
    }
  }
  w->since = at;
}

static void start(watch *w) {
  if (w->open) return;
  if (w->spent->cycles == SPENT_CYCLES) fail_msg("more than %d cycles", SPENT_CYCLES);
  w->spent->cycle[w->spent->cycles++] =
      (spent_cycle){.started_at = w->since, .stopped_at = SLA_NONE};
  w->open = true;
}

static void stop(watch *w) {
  if (w->open) w->spent->cycle[w->spent->cycles - 1].stopped_at = w->since;
  w->open = false;
}

static void go_on(watch *w) {
  spent_cycle *c = &w->spent->cycle[w->spent->cycles - 1];
  c->done += w->since - c->stopped_at;
  c->stopped_at = SLA_NONE;
  w->open = true;
}

/* ---- nine clocks ------------------------------------------------------------------------- */

static void first_response(watch *w, const sla_event *e) {
  if (e->kind == SLA_EVENT_CREATED) start(w);
  if (e->kind == SLA_EVENT_AGENT_REPLY || w->done) stop(w);
}

static void next_response(watch *w, const sla_event *e) {
  if (e->kind == SLA_EVENT_AGENT_REPLY) w->unheard = false;
  if (e->kind == SLA_EVENT_AGENT_REPLY || w->done) stop(w);
  if (e->kind == SLA_EVENT_CUSTOMER_MESSAGE && w->handled) {
    if (w->done) w->unheard = true;
    else start(w);
  }
  if (w->was_done && !w->done && w->unheard) start(w);
  if (!w->done) w->unheard = false;
}

static void update(watch *w, const sla_event *e) {
  if (e->kind == SLA_EVENT_AGENT_REPLY || w->done) stop(w);
  if (e->kind == SLA_EVENT_AGENT_REPLY && !w->done) start(w);
}

static void until_solved(watch *w, const sla_event *e) {
  if (e->kind == SLA_EVENT_CREATED) start(w);
  if (w->done) stop(w);
  if (w->was_done && !w->done) go_on(w);
}

static void ownership(watch *w, const sla_event *e) {
  if (e->kind == SLA_EVENT_GROUP || w->done) stop(w);
  bool begins = e->kind == SLA_EVENT_GROUP || w->was_done;
  if (begins && !w->done && w->group != 0) start(w);
}

static void run_clock(watch *w, const sla_event *e) {
  switch (w->metric) {
    case SLA_FIRST_RESPONSE: first_response(w, e); break;
    case SLA_NEXT_RESPONSE: next_response(w, e); break;
    case SLA_PERIODIC_UPDATE:
    case SLA_PAUSABLE_UPDATE: update(w, e); break;
    case SLA_GROUP_OWNERSHIP: ownership(w, e); break;
    default: until_solved(w, e);
  }
}

static void happen(watch *w, const sla_event *e) {
  w->was_done = w->done;
  if (e->kind == SLA_EVENT_STATUS) w->status = (uint32_t)e->value;
  if (e->kind == SLA_EVENT_GROUP) w->group = (uint32_t)e->value;
  w->done = is_done(w->status);
  w->handled = w->handled || w->done || e->kind == SLA_EVENT_AGENT_REPLY;
  run_clock(w, e);
}

/* The creation, and what says how the ticket was then: the last status and the last group, in this
 * order, so that nobody owns a ticket that was solved when it was created. */
static size_t begin(watch *w, const sla_event *log, size_t count) {
  const sla_event *status = NULL, *group = NULL;
  size_t i = 1;
  for (; i < count && log[i].at == log[0].at; i++) {
    if (log[i].kind == SLA_EVENT_STATUS) status = &log[i];
    else if (log[i].kind == SLA_EVENT_GROUP) group = &log[i];
    else if (log[i].kind != SLA_EVENT_PRIORITY) break;
  }
  happen(w, &log[0]);
  if (status != NULL) happen(w, status);
  if (group != NULL) happen(w, group);
  return i;
}

void spend(spent_time *spent, const naive_hours *hours, uint32_t metric, const sla_event *log,
           size_t count, sla_time now) {
  watch w = {.spent = spent, .hours = hours, .metric = metric, .since = log[0].at,
             .status = SLA_TICKET_NEW};
  spent->cycles = 0;
  if (log[0].at > now) return;
  for (size_t i = begin(&w, log, count); i < count && log[i].at <= now; i++) {
    book_until(&w, log[i].at);
    happen(&w, &log[i]);
  }
  book_until(&w, now);
}
