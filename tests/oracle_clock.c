/* SPDX-License-Identifier: MIT */
#include "oracle_clock.h"

#include <string.h>

uint32_t oracle_option(const oracle_question *question, uint32_t option) {
  return question->rule->options[option];
}

void oracle_clear(sla_result *r) {
  memset(r, 0, sizeof *r);
  r->started_at = r->stopped_at = r->due_at = r->due_soon_at = r->breached_at = SLA_NONE;
  r->projected_due_at = r->next_change_at = SLA_NONE;
  r->target = r->elapsed = r->remaining = r->wall_elapsed = r->wall_remaining = SLA_NONE;
  r->late_by = r->wall_paused = SLA_NONE;
}

/* ---- a clock that ticks ---- */

/* Everything it knows it learned by ticking. */
typedef struct {
  const oracle_cycle *cycle;
  const oracle_calendar *calendar; /* of the terms in force in the end; NULL: around the clock */
  const oracle_calendar *calendars[ORACLE_STRETCHES]; /* of all terms, if each counts its own */
  size_t terms; /* as many of them as have come */
  bool each, at_due, lands, lost;
  sla_seconds target;   /* SLA_NONE without one */
  sla_seconds business; /* counted on the calendar so far, then on the wall; SLA_NONE: all */
  sla_seconds lead;     /* due soon with at most this left; SLA_NONE without a rule */
  sla_time day_due;     /* D of a day unit, or SLA_NONE */
  sla_time effect;      /* since when the terms in force govern, if a breach cannot be earlier */
  sla_time resumed, horizon;
  sla_seconds counted, counted_paused;
  sla_seconds wall_running, wall_paused;
  sla_time due, soon;   /* SLA_NONE until known */
} ticker;

static const oracle_calendar *calendar_at(const ticker *c, sla_time t) {
  size_t i = c->terms - 1;
  if (!c->each) return c->calendar;
  while (i > c->cycle->first_term && c->cycle->terms[i].from > t) i--;
  return c->calendars[i];
}

static bool is_counted(const oracle_calendar *calendar, sla_time t) {
  return calendar == NULL || oracle_is_open(calendar, t);
}

static bool ticks(const ticker *c, sla_time t) { return is_counted(calendar_at(c, t), t); }

/* On the calendar of the terms in force in the end. */
static sla_seconds counted_between(const ticker *c, sla_time from, sla_time to) {
  sla_seconds n = 0;
  if (to < from) return -counted_between(c, to, from);
  for (sla_time t = from; t < to; t++) n += is_counted(c->calendar, t);
  return n;
}

/* The due instant of a day unit: the later of the last resume and D moved on by the pauses. */
static void look_at_days(ticker *c) {
  sla_time due = c->day_due;
  for (sla_seconds left = c->counted_paused; left > 0 && !c->lost; due++) {
    if (due >= c->horizon) c->lost = true;
    if (is_counted(c->calendar, due)) left--;
  }
  c->due = due > c->resumed ? due : c->resumed;
}

/* The target is used up; the due instant may have to be moved to the next opening. */
static void fall_due(ticker *c, sla_time t) {
  while (c->lands && !ticks(c, t) && !c->lost)
    if (++t >= c->horizon) c->lost = true;
  c->due = t;
}

static void look(ticker *c, sla_time t) {
  if (c->target == SLA_NONE) return;
  if (c->day_due == SLA_NONE && c->due == SLA_NONE && c->counted >= c->target) fall_due(c, t);
  if (c->lead != SLA_NONE && c->soon == SLA_NONE && c->target - c->counted <= c->lead) c->soon = t;
}

static void tick(ticker *c, sla_time t) {
  bool on_the_wall = c->business != SLA_NONE && c->counted >= c->business;
  if (on_the_wall || ticks(c, t)) c->counted++;
  c->wall_running++;
  look(c, t + 1);
}

static void run(ticker *c, sla_time from, sla_time to) {
  c->resumed = from;
  if (c->day_due != SLA_NONE && c->due == SLA_NONE) look_at_days(c);
  look(c, from);
  for (sla_time t = from; t < to; t++) tick(c, t);
}

/* Has the due instant passed for a clock that stands still from `t` on? */
static bool is_past_due(const ticker *c, sla_time t, bool open) {
  return c->due != SLA_NONE && (t > c->due || (open && c->at_due && t == c->due));
}

static void rest(ticker *c, const oracle_stretch *s, sla_time to) {
  /* What has not passed when a pause begins is found anew when the clock resumes. */
  if (!is_past_due(c, s->from, s->kind == ORACLE_PAUSED)) c->due = SLA_NONE;
  for (sla_time t = s->from; t < to; t++) {
    if (ticks(c, t)) c->counted_paused++;
    if (s->kind == ORACLE_PAUSED) c->wall_paused++;
  }
}

/* ---- what it is set to ---- */

/* Due soon when at most this many counted seconds remain. */
static sla_seconds lead_of(oracle_soon rule, sla_seconds target) {
  sla_seconds lead = rule.lead;
  if (target == SLA_NONE) return SLA_NONE;
  if (rule.percent != 0) {
    sla_seconds used = 0; /* the least that is p percent of the target */
    while (used * 100 < target * (int64_t)rule.percent) used++;
    if (lead == SLA_NONE || target - used > lead) lead = target - used;
  }
  return lead;
}

static bool counts_each(const oracle_question *q) {
  uint32_t changed = oracle_option(q, SLA_OPTION_TARGET_CHANGED);
  if (changed == SLA_CHANGED_KEEPS_ELAPSED) return true;
  return oracle_option(q, SLA_OPTION_CALENDAR_CHANGED) == SLA_CALENDAR_EACH_STRETCH &&
         (changed == SLA_CHANGED_FROM_START || changed == SLA_CHANGED_BREACH_AT_CHANGE);
}

/* Since when what governs the cycle in the end has governed it; SLA_NONE for all of it. */
static sla_time effect_of(const oracle_question *q, const oracle_cycle *y) {
  sla_time effect = SLA_NONE;
  for (size_t i = 1; i < y->term_count; i++) {
    const oracle_terms *old = &y->terms[i - 1], *new = &y->terms[i];
    oracle_promise before = oracle_promise_of(q, old), after = oracle_promise_of(q, new);
    bool other = new->manual == SLA_NONE && !oracle_same_promise(&before, &after);
    if (old->manual != new->manual || other) effect = new->from;
  }
  return effect;
}

static void set_length(ticker *c, const oracle_target *t, sla_time start) {
  if (t->unit > SLA_UNIT_COUNTED_DAYS) {
    c->day_due = oracle_day_due(c->calendar, start, t->unit, t->amount, 1);
    c->lost = c->day_due == ORACLE_LOST || c->day_due > c->horizon;
    if (!c->lost) c->target = counted_between(c, start, c->day_due);
    return;
  }
  c->target = oracle_seconds(t);
  if (t->allowance != 0 && !oracle_is_open(c->calendar, start)) c->target += t->allowance;
  if (t->stage != 0) c->business = c->target;
  c->target += t->stage;
}

static void set_up(ticker *c, const oracle_question *q, const oracle_cycle *y, sla_time horizon) {
  oracle_terms terms = y->terms[y->term_count - 1];
  oracle_promise promise = oracle_promise_of(q, &terms);
  *c = (ticker){.cycle = y, .calendar = promise.calendar, .each = counts_each(q),
                .terms = y->term_count,
                .at_due = oracle_option(q, SLA_OPTION_AT_DUE) == SLA_AT_DUE_OVERDUE,
                .target = SLA_NONE, .business = SLA_NONE, .lead = SLA_NONE, .day_due = SLA_NONE,
                .effect = SLA_NONE, .resumed = y->start, .horizon = horizon, .due = SLA_NONE,
                .soon = SLA_NONE};
  for (size_t i = 0; c->each && i < y->term_count; i++)
    c->calendars[i] = oracle_promise_of(q, &y->terms[i]).calendar;
  if (oracle_option(q, SLA_OPTION_TARGET_CHANGED) == SLA_CHANGED_BREACH_AT_CHANGE)
    c->effect = effect_of(q, y);
  if (terms.manual != SLA_NONE) {
    c->target = counted_between(c, y->start, terms.manual);
  } else if (promise.target != NULL) {
    set_length(c, promise.target, y->start);
    uint32_t option = c->target == 0 ? SLA_OPTION_ZERO_TARGET : SLA_OPTION_LANDING;
    c->lands = oracle_option(q, option) == SLA_LANDING_NEXT_OPENING &&
               promise.target->unit <= SLA_UNIT_COUNTED_DAYS;
  }
  c->lead = lead_of(promise.soon, c->target);
}

/* Walks through the cycle's stretches up to now.  A clock that starts paused runs and is paused at
 * once.  What ends a run may come before other terms of that instant. */
static void walk(ticker *c, sla_time now) {
  const oracle_cycle *y = c->cycle;
  for (size_t i = 0; i < y->count; i++) {
    const oracle_stretch *s = &y->stretches[i];
    sla_time to = s->to == SLA_NONE ? now : s->to;
    if (s->kind != ORACLE_RUNNING) c->terms = s->terms;
    else if (i + 1 < y->count) c->terms = s[1].terms;
    if (s->kind == ORACLE_RUNNING) run(c, s->from, to);
    else if (i == 0) run(c, s->from, s->from);
    c->terms = y->term_count;
    if (s->kind != ORACLE_RUNNING) rest(c, s, to);
  }
}

/* ---- what it shows ---- */

static uint32_t status_at(const ticker *c, sla_time t, bool open) {
  if (c->target == SLA_NONE) return SLA_STATUS_NONE;
  if (is_past_due(c, t, open)) return SLA_OVERDUE;
  return open && c->soon != SLA_NONE && c->soon <= t ? SLA_DUE_SOON : SLA_ON_TIME;
}

/* Goes on ticking from now with nothing else happening until the due instant has passed. */
static bool go_on(ticker c, sla_time now, bool open, sla_time *due, sla_time *soon,
                  sla_time *change) {
  sla_time t = now;
  uint32_t before = status_at(&c, now, open);
  *change = SLA_NONE;
  if (c.target != SLA_NONE) {
    while (c.due == SLA_NONE || t <= c.due || (c.lead != SLA_NONE && c.soon == SLA_NONE)) {
      if (t >= c.horizon || c.lost) return false;
      tick(&c, t++);
      if (*change == SLA_NONE && status_at(&c, t, open) != before) *change = t;
    }
  }
  *due = c.due;
  *soon = c.soon;
  return !c.lost;
}

static void fill_lateness(const ticker *c, sla_result *r, sla_time until) {
  if (r->status == SLA_STATUS_NONE) return;
  r->late_by = 0;
  if (r->status != SLA_OVERDUE) return;
  r->breached_at = r->due_at;
  if (c->effect != SLA_NONE && c->effect > r->due_at) r->breached_at = c->effect;
  if (until > r->breached_at) r->late_by = until - r->breached_at;
}

/* With `left` to count from the start on: when only the lead is left. */
static sla_time manual_soon(const ticker *c) {
  sla_seconds left = c->target;
  sla_time t = c->cycle->start;
  if (c->lead == SLA_NONE) return SLA_NONE;
  for (; left > c->lead; t++) left -= is_counted(c->calendar, t);
  return t;
}

/* A due instant set by hand: pauses do not move it. */
static void judge_manual(ticker *c, sla_time manual, sla_time now, bool paused, sla_result *r) {
  const oracle_cycle *y = c->cycle;
  bool open = y->stop == SLA_NONE;
  sla_time shown = open ? now : y->stop;
  sla_time ran = paused ? y->stretches[y->count - 1].from : shown;
  c->due = manual;
  c->soon = manual_soon(c);
  r->due_at = manual;
  r->remaining = counted_between(c, shown, manual);
  r->status = status_at(c, is_past_due(c, shown, open) ? shown : ran, open);
  fill_lateness(c, r, shown);
  if (!paused) r->due_soon_at = c->soon;
  if (!open) return;
  if (paused) r->projected_due_at = manual;
  else r->wall_remaining = manual - now;
  if (!is_past_due(c, now, true)) r->next_change_at = c->at_due ? manual : manual + 1;
  if (!paused && c->soon != SLA_NONE && c->soon > now && c->soon < r->next_change_at)
    r->next_change_at = c->soon;
}

static bool judge_running(ticker *c, sla_time now, sla_result *r) {
  r->status = status_at(c, now, true);
  if (!go_on(*c, now, true, &r->due_at, &r->due_soon_at, &r->next_change_at)) return false;
  if (r->due_at != SLA_NONE) r->wall_remaining = r->due_at - now;
  fill_lateness(c, r, now);
  return true;
}

static bool judge_paused(ticker *c, sla_time began, sla_time now, sla_result *r) {
  sla_time soon, change;
  r->status = status_at(c, began, true);
  if (r->status == SLA_OVERDUE) r->due_at = c->due;
  fill_lateness(c, r, began);
  run(c, now, now);
  return go_on(*c, now, true, &r->projected_due_at, &soon, &change);
}

static bool judge_stopped(ticker *c, sla_result *r) {
  const oracle_cycle *y = c->cycle;
  sla_time change;
  if (y->stretches[y->count - 1].kind != ORACLE_RUNNING) run(c, y->stop, y->stop);
  r->status = status_at(c, y->stop, false);
  if (!go_on(*c, y->stop, false, &r->due_at, &r->due_soon_at, &change)) return false;
  fill_lateness(c, r, y->stop);
  return true;
}

static void fill_lengths(const ticker *c, sla_result *r) {
  r->target = c->target;
  r->elapsed = c->counted;
  r->remaining = c->target == SLA_NONE ? SLA_NONE : c->target - c->counted;
  r->wall_elapsed = c->wall_running;
  r->wall_paused = c->wall_paused;
}

static bool judge(const oracle_question *q, const oracle_cycle *y, sla_time now, sla_time horizon,
                  sla_result *r) {
  ticker c;
  bool paused = y->stretches[y->count - 1].kind == ORACLE_PAUSED;
  sla_time manual = y->terms[y->term_count - 1].manual;
  set_up(&c, q, y, horizon);
  if (c.lost) return false;
  sla_seconds target = c.target;
  if (manual != SLA_NONE) c.target = SLA_NONE; /* no due of its own while walking */
  walk(&c, now);
  if (c.lost) return false;
  c.target = target;
  r->started_at = y->start;
  r->stopped_at = y->stop;
  r->phase = y->stop != SLA_NONE ? SLA_FULFILLED : paused ? SLA_PAUSED : SLA_RUNNING;
  fill_lengths(&c, r);
  if (manual != SLA_NONE)
    return judge_manual(&c, manual, now, paused && y->stop == SLA_NONE, r), true;
  if (y->stop != SLA_NONE) return judge_stopped(&c, r);
  if (paused) return judge_paused(&c, y->stretches[y->count - 1].from, now, r);
  return judge_running(&c, now, r);
}

/* A clock that was cancelled shows what it showed at that instant, save what lay ahead of it. */
bool oracle_judge(const oracle_question *question, const oracle_cycle *cycle, sla_time now,
                  sla_time horizon, sla_result *result) {
  oracle_clear(result);
  result->metric = question->metric;
  result->cycle = cycle->number;
  result->priority = cycle->terms[cycle->term_count - 1].priority;
  if (!cycle->cancelled) return judge(question, cycle, now, horizon, result);
  oracle_cycle before = *cycle;
  before.stop = SLA_NONE;
  if (!judge(question, &before, cycle->stop, horizon, result)) return false;
  result->phase = SLA_CANCELLED;
  result->stopped_at = cycle->stop;
  result->wall_remaining = result->next_change_at = SLA_NONE;
  return true;
}
