/* SPDX-License-Identifier: MIT */
#include "story.h"

/* Says nothing.  Field by field: compilers copy a record of this size by an instruction that is
 * slow to begin. */
static void clear(sla_result *r) {
  r->started_at = r->stopped_at = r->due_at = r->due_soon_at = r->breached_at = SLA_NONE;
  r->projected_due_at = r->next_change_at = SLA_NONE;
  r->target = r->elapsed = r->remaining = r->wall_elapsed = r->wall_remaining = SLA_NONE;
  r->late_by = r->wall_paused = SLA_NONE;
  r->metric = r->phase = r->status = r->flags = 0;
  r->priority = r->cycle = r->met = r->missed = 0;
}

/* ---- one clock ---- */

/* For a timeline that has just taken a start or a restart. */
static void start(sla__clock *clock, const sla__timeline *t, const sla__promise *promise,
                  sla_time stuck) {
  bool each = sla__metric_each_stretch(t->rule);
  bool from_change =
      t->rule->options[SLA_OPTION_TARGET_CHANGED] == SLA_CHANGED_BREACH_AT_CHANGE;
  clock->rule = t->rule;
  clock->target = promise->target;
  clock->manual = promise->manual;
  clock->calendar = (each ? t->promise.target : promise->target)->calendar;
  clock->breach_no_earlier = from_change ? promise->changed : SLA_NONE;
  clock->stuck = stuck;
  sla__clock_start(clock, t->at);
}

/* Any step that is not a start. */
static void apply(sla__clock *clock, const sla__timeline *t, sla__step step) {
  switch (step) {
    case SLA__PAUSE: sla__clock_pause(clock, t->at); break;
    case SLA__RESUME: sla__clock_resume(clock, t->at); break;
    case SLA__STOP: sla__clock_stop(clock, t->at); break;
    case SLA__REOPEN: sla__clock_reopen(clock, t->at); break;
    case SLA__CONTINUE: sla__clock_go_on(clock); break;
    case SLA__CANCEL: sla__clock_cancel(clock, t->at); break;
    case SLA__RETARGET:
      if (sla__metric_each_stretch(t->rule))
        sla__clock_move(clock, t->at, t->promise.target->calendar);
      break;
    default: break;
  }
}

/* ---- breaches that stick ---- */

/* The breach that the clock showed a second before an instant, or SLA_NONE. */
static sla_time shown_before(const sla__clock *clock, sla_time at) {
  sla_result result;
  clear(&result);
  sla__clock_read(clock, at - 1, &result);
  return result.breached_at;
}

/* The clock as it was under these terms when the timeline `to` had taken its last step. */
static void replay(sla__clock *clock, const sla__timeline *from, const sla__timeline *to,
                   const sla__promise *promise) {
  sla__timeline t = *from;
  start(clock, &t, promise, SLA_NONE);
  while (t.next != to->next || t.steps_taken != to->steps_taken) {
    sla__step step = sla__timeline_step(&t);
    apply(clock, &t, step);
  }
}

/* From a start or restart on: the first breach that was shown before the terms changed, or
 * SLA_NONE.  What is shown at an instant is what holds after all its events. */
static sla_time first_breach(const sla__timeline *from) {
  sla__timeline t = *from;
  sla__clock clock, before;
  sla_time instant = from->at, breach = SLA_NONE;
  start(&clock, &t, &from->promise, SLA_NONE);
  before = clock;
  for (;;) {
    sla__step step = sla__timeline_step(&t);
    if (step == SLA__END) return SLA_NONE;
    if (t.at != instant) before = clock;
    instant = t.at;
    if ((step == SLA__RETARGET || step == SLA__RESTART) && instant > from->now)
      breach = shown_before(&before, instant);
    if (breach != SLA_NONE || step == SLA__START || step == SLA__RESTART || step == SLA__CANCEL)
      return breach;
    if (step == SLA__RETARGET) replay(&clock, from, &t, &t.promise);
    else apply(&clock, &t, step);
  }
}

/* ---- cycles ---- */

/* Only where a breach can be undone: by other terms, or by starting over. */
static bool sticks(const sla__timeline *t) {
  return t->rule->options[SLA_OPTION_BREACH_UNDONE] == SLA_BREACH_STICKS &&
         (sla__timeline_varies(t) || t->rule->options[SLA_OPTION_ANCHOR] == SLA_ANCHOR_NEWEST);
}

/* A start has been taken, or a restart, which keeps a breach that sticks. */
static void begin(sla__story *story, sla_time stuck) {
  sla__promise room;
  const sla__promise *promise = sla__timeline_outcome(&story->timeline, &room);
  if (stuck == SLA_NONE && sticks(&story->timeline)) stuck = first_breach(&story->timeline);
  start(&story->clock, &story->timeline, promise, stuck);
}

static void tally(uint32_t verdict, uint32_t *met, uint32_t *missed) {
  *met += verdict == SLA_ON_TIME;
  *missed += verdict == SLA_OVERDUE;
}

void sla__story_init(sla__story *story, uint32_t metric, const sla__log *log) {
  sla__timeline_init(&story->timeline, metric, log);
  story->clock.phase = SLA_INACTIVE;
  story->priority = story->cycle = story->met = story->missed = 0;
  story->begun = story->ended = false;
}

bool sla__story_next(sla__story *story) {
  sla__timeline *t = &story->timeline;
  if (story->ended || (!story->begun && sla__timeline_step(t) == SLA__END)) return false;
  if (story->clock.phase == SLA_FULFILLED)
    tally(sla__clock_verdict(&story->clock), &story->met, &story->missed);
  begin(story, SLA_NONE); /* the first step of all is a start */
  story->begun = false;
  story->cycle++;
  for (;;) {
    sla__step step = sla__timeline_step(t);
    story->begun = step == SLA__START;
    if (step == SLA__START) break;
    story->priority = t->promise.priority;
    story->ended = step == SLA__END;
    if (step == SLA__END) break;
    if (step == SLA__RESTART) begin(story, story->clock.stuck);
    else apply(&story->clock, t, step);
  }
  return true;
}

void sla__story_read(const sla__story *story, uint32_t metric, sla_time now,
                     sla_result *result) {
  clear(result);
  result->metric = metric;
  result->priority = story->priority;
  result->cycle = story->cycle;
  result->met = story->met;
  result->missed = story->missed;
  if (story->clock.phase == SLA_INACTIVE) return;
  sla__clock_read(&story->clock, now, result);
  if (result->phase == SLA_FULFILLED) tally(result->status, &result->met, &result->missed);
}
