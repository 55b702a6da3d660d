/* SPDX-License-Identifier: MIT */
/* The history of a metric: every cycle judged, breaches that stick, met and missed, totals. */
#include <stdlib.h>
#include <string.h>

#include "oracle_clock.h"

/* ---- breaches that stick ---- */

/* What the cycle showed at an instant at which nobody could know what came later, save the rule. */
static bool shown_at(const oracle_question *q, uint32_t number, sla_time t, sla_time horizon,
                     oracle_story *scratch, sla_result *r) {
  oracle_replay(scratch, q, t);
  return oracle_judge(q, &scratch->cycles[number - 1], t, horizon, r);
}

/* Lateness rests in a pause, save for a due instant set by hand. */
static sla_time late_until(const oracle_cycle *y, sla_time end) {
  const oracle_stretch *last = &y->stretches[y->count - 1];
  bool by_hand = y->terms[y->term_count - 1].manual != SLA_NONE;
  bool open = y->stop == SLA_NONE || y->cancelled;
  return open && last->kind == ORACLE_PAUSED && !by_hand ? last->from : end;
}

static void stay_overdue(sla_result *r, const oracle_cycle *y, sla_time end, sla_time breach) {
  sla_time until = late_until(y, end);
  r->status = SLA_OVERDUE;
  r->breached_at = breach;
  r->late_by = until > breach ? until - breach : 0;
  r->next_change_at = SLA_NONE;
}

/* Asks at the last second before every event, and before the end: between two events an open clock
 * that is overdue stays so. */
static bool stick(const oracle_question *q, const oracle_cycle *y, sla_time end, sla_time horizon,
                  oracle_story *scratch, sla_result *r) {
  for (size_t i = 1; i <= q->count; i++) {
    sla_time t = (i < q->count && q->events[i].at < end ? q->events[i].at : end) - 1;
    sla_result shown;
    if (t < y->began || (i < q->count && q->events[i].at == q->events[i - 1].at)) continue;
    if (!shown_at(q, y->number, t, horizon, scratch, &shown)) return false;
    if (shown.status == SLA_OVERDUE) {
      stay_overdue(r, y, end, shown.breached_at);
      return true;
    }
    if (t == end - 1) return true;
  }
  return true;
}

/* ---- all of it ---- */

/* The ticket's, until it is cancelled. */
static uint32_t priority_at(const sla_event *events, size_t count, sla_time now) {
  uint32_t priority = 0;
  for (size_t i = 0; i < count && events[i].at <= now; i++) {
    if (events[i].kind == SLA_EVENT_CANCELLED) break;
    if (events[i].kind == SLA_EVENT_PRIORITY) priority = (uint32_t)events[i].value;
  }
  return priority;
}

static bool judge_all(const oracle_question *q, const oracle_story *story, sla_time now,
                      sla_time horizon, oracle_story *scratch, oracle_history *h) {
  uint32_t met = 0, missed = 0;
  h->count = story->cycle_count;
  for (size_t i = 0; i < h->count; i++) {
    const oracle_cycle *y = &story->cycles[i];
    sla_result *r = &h->cycles[i];
    sla_time end = y->stop != SLA_NONE ? y->stop : now;
    if (!oracle_judge(q, y, end, horizon, r)) return false;
    if (oracle_option(q, SLA_OPTION_BREACH_UNDONE) == SLA_BREACH_STICKS &&
        !stick(q, y, end, horizon, scratch, r))
      return false;
    met += r->phase == SLA_FULFILLED && r->status == SLA_ON_TIME;
    missed += r->phase == SLA_FULFILLED && r->status == SLA_OVERDUE;
    r->met = met;
    r->missed = missed;
  }
  return true;
}

static void add_up(oracle_history *h) {
  sla_totals *t = &h->totals;
  memset(t, 0, sizeof *t);
  t->longest = t->last = SLA_NONE;
  t->cycles = (uint32_t)h->count;
  for (size_t i = 0; i < h->count; i++) {
    const sla_result *r = &h->cycles[i];
    t->elapsed += r->elapsed;
    t->wall_elapsed += r->wall_elapsed;
    t->wall_paused += r->wall_paused;
    t->last = r->elapsed;
    t->met = r->met;
    t->missed = r->missed;
    t->cancelled += r->phase == SLA_CANCELLED;
    if (t->longest == SLA_NONE || r->elapsed > t->longest) {
      t->longest = r->elapsed;
      t->longest_cycle = r->cycle;
    }
  }
}

bool oracle_tell(const oracle_policy *const *policies, uint32_t metric, const sla_event *events,
                 size_t count, sla_time now, sla_time horizon, oracle_history *history) {
  oracle_question question;
  oracle_clear(&history->last);
  history->last.metric = metric;
  history->count = 0;
  if (now < events[0].at) {
    add_up(history);
    return true;
  }
  oracle_story *stories = malloc(2 * sizeof *stories);
  if (stories == NULL) abort();
  oracle_ask(&question, policies, metric, events, count, now);
  oracle_replay(&stories[0], &question, now);
  bool known = judge_all(&question, &stories[0], now, horizon, &stories[1], history);
  if (history->count > 0) history->last = history->cycles[history->count - 1];
  history->last.priority = priority_at(events, count, now);
  free(stories);
  if (known) add_up(history);
  return known;
}

bool oracle_evaluate(const oracle_policy *policy, uint32_t metric, const sla_event *events,
                     size_t count, sla_time now, sla_time horizon, sla_result *result) {
  oracle_history *history = malloc(sizeof *history);
  if (history == NULL) abort();
  bool known = oracle_tell(&policy, metric, events, count, now, horizon, history);
  *result = history->last;
  free(history);
  return known;
}
