/* SPDX-License-Identifier: MIT */
#include "clock.h"

#include "workdays.h"

/* ---- counting on the target's calendar ---- */

static sla_seconds counted(const sla__clock *clock, sla_time from, sla_time to) {
  const sla_calendar *calendar = clock->target->calendar;
  return calendar == NULL ? to - from : sla__calendar_elapsed(calendar, from, to);
}

static sla_time moved(const sla__clock *clock, sla_time from, sla_seconds n) {
  const sla_calendar *calendar = clock->target->calendar;
  sla_time result;
  if (calendar != NULL)
    return sla__calendar_add(calendar, from, n, &result) == SLA_OK ? result : SLA__UNREACHABLE;
  return n <= SLA_TIME_MAX - from ? from + n : SLA__UNREACHABLE;
}

/* ---- the target ---- */

static bool has_target(const sla__clock *clock) {
  return clock->manual != SLA_NONE || clock->target->amount != SLA_NONE;
}

static sla_time due_in_dates(const sla__clock *clock) {
  const sla__target *target = clock->target;
  sla_time due;
  int32_t code = target->unit == SLA_UNIT_WORKING_DAYS
                     ? sla__workdays_after(target->calendar, clock->started, target->amount, &due)
                     : sla__workdays_end(target->calendar, clock->started, target->amount, &due);
  return code == SLA_OK ? due : SLA__UNREACHABLE;
}

static void set_length(sla__clock *clock) {
  clock->length = clock->target->amount;
  clock->date = SLA_NONE;
  if (clock->manual != SLA_NONE) {
    clock->length = counted(clock, clock->started, clock->manual);
  } else if (has_target(clock) && clock->target->unit != SLA_UNIT_SECONDS) {
    clock->date = due_in_dates(clock);
    clock->length = clock->date == SLA__UNREACHABLE
                        ? SLA_NONE
                        : counted(clock, clock->started, clock->date);
  }
}

/* When the clock is due if it runs from `since` on; needs a target. */
static sla_time due_from(const sla__clock *clock, sla_time since) {
  if (clock->manual != SLA_NONE) return clock->manual;
  if (clock->breach != SLA_NONE) return clock->breach;
  if (clock->date == SLA__UNREACHABLE) return SLA__UNREACHABLE;
  if (clock->date != SLA_NONE)
    return sla__max(since, moved(clock, clock->date, clock->held));
  return moved(clock, since, clock->length - clock->counted);
}

/* The counted seconds from which on the clock is due soon, or SLA_NONE. */
static sla_seconds soon_after(const sla__clock *clock) {
  const sla__target *target = clock->target;
  if (clock->length == SLA_NONE) return SLA_NONE;
  if (target->lead != SLA_NONE) return sla__max(0, clock->length - target->lead);
  if (target->percent == 0) return SLA_NONE;
  return (sla__max(0, clock->length) * target->percent + 99) / 100;
}

/* The first instant at which it is due soon if it runs from `since` on; SLA_NONE without a rule,
 * SLA__UNREACHABLE when never. */
static sla_time soon_from(const sla__clock *clock, sla_time since) {
  sla_seconds after = soon_after(clock);
  if (after == SLA_NONE || clock->soon != SLA_NONE) return clock->soon;
  if (clock->manual != SLA_NONE) return moved(clock, clock->started, after);
  return after <= clock->counted ? since : moved(clock, since, after - clock->counted);
}

/* ---- stretches ---- */

/* Whether the stretch that has just been counted can have passed its due instant: where the target
 * is seconds the count tells, and the instant need not be found. */
static bool may_be_late(const sla__clock *clock) {
  bool seconds = clock->manual == SLA_NONE && clock->date == SLA_NONE;
  return clock->breach != SLA_NONE || !seconds || clock->counted >= clock->length;
}

static bool may_be_soon(const sla__clock *clock) {
  sla_seconds after = soon_after(clock);
  return after != SLA_NONE && (clock->manual != SLA_NONE || clock->counted >= after);
}

static void end_running(sla__clock *clock, sla_time at) {
  const sla__clock before = *clock;
  clock->counted += counted(clock, clock->since, at);
  clock->wall += at - clock->since;
  if (!has_target(clock)) return;
  if (may_be_late(clock)) {
    sla_time due = due_from(&before, before.since);
    if (at > due) clock->breach = due;
  }
  if (may_be_soon(clock)) {
    sla_time soon = soon_from(&before, before.since);
    if (soon <= at) clock->soon = soon;
  }
  clock->status = clock->breach != SLA_NONE ? SLA_OVERDUE
                  : clock->soon != SLA_NONE ? SLA_DUE_SOON
                                            : SLA_ON_TIME;
}

static void end_paused(sla__clock *clock, sla_time at) {
  clock->held += counted(clock, clock->since, at);
  clock->wall_paused += at - clock->since;
}

static void change(sla__clock *clock, sla_time at, bool running) {
  if (clock->running) end_running(clock, at);
  else end_paused(clock, at);
  clock->since = at;
  clock->running = running;
  clock->phase = running ? SLA_RUNNING : SLA_PAUSED;
}

void sla__clock_start(sla__clock *clock, const sla__target *target, sla_time manual, sla_time at,
                      bool paused) {
  *clock = (sla__clock){.target = target, .manual = manual, .started = at, .since = at,
                        .stopped = SLA_NONE, .soon = SLA_NONE, .breach = SLA_NONE,
                        .running = true, .phase = SLA_RUNNING};
  set_length(clock);
  if (paused) change(clock, at, false);
}

void sla__clock_pause(sla__clock *clock, sla_time at) { change(clock, at, false); }

void sla__clock_resume(sla__clock *clock, sla_time at) { change(clock, at, true); }

/* Stopping a paused clock is resuming it and stopping it. */
void sla__clock_stop(sla__clock *clock, sla_time at) {
  if (!clock->running) change(clock, at, true);
  clock->stopped = at;
  clock->phase = SLA_FULFILLED;
}

void sla__clock_reopen(sla__clock *clock, sla_time at, bool paused) {
  sla_time stopped = clock->stopped;
  clock->stopped = SLA_NONE;
  change(clock, stopped, true);
  clock->held += counted(clock, stopped, at);
  clock->since = at;
  if (paused) change(clock, at, false);
}

void sla__clock_cancel(sla__clock *clock, sla_time at) {
  clock->stopped = at;
  clock->phase = SLA_CANCELLED;
}

/* ---- reading ---- */

uint32_t sla__clock_verdict(const sla__clock *clock) {
  if (!has_target(clock)) return SLA_STATUS_NONE;
  return clock->stopped > due_from(clock, clock->since) ? SLA_OVERDUE : SLA_ON_TIME;
}

static sla_time or_none(sla_time at) { return at == SLA__UNREACHABLE ? SLA_NONE : at; }

/* The first instant at which the due instant has passed. */
static sla_time after(sla_time due) { return due < SLA_TIME_MAX ? due + 1 : SLA_NONE; }

static void read_counts(const sla__clock *clock, sla_time until, sla_result *result) {
  sla_seconds stretch = until - clock->since;
  result->target = clock->length;
  result->elapsed = clock->counted;
  result->wall_elapsed = clock->wall;
  result->wall_paused = clock->wall_paused;
  if (clock->running) {
    result->elapsed += counted(clock, clock->since, until);
    result->wall_elapsed += stretch;
  } else {
    result->wall_paused += stretch;
  }
  if (clock->manual != SLA_NONE) result->remaining = counted(clock, until, clock->manual);
  else if (clock->length != SLA_NONE) result->remaining = clock->length - result->elapsed;
}

static uint32_t running_status(const sla__clock *clock, sla_time until, sla_time due,
                               sla_time soon) {
  if (until > due) return SLA_OVERDUE;
  if (due == SLA__UNREACHABLE || clock->phase == SLA_FULFILLED) return SLA_ON_TIME;
  return soon != SLA_NONE && soon <= until ? SLA_DUE_SOON : SLA_ON_TIME;
}

static void read_running(const sla__clock *clock, sla_time until, sla_result *result) {
  sla_time due = due_from(clock, clock->since), soon = soon_from(clock, clock->since);
  result->due_at = or_none(due);
  result->due_soon_at = or_none(soon);
  result->status = running_status(clock, until, due, soon);
  result->late_by = result->status == SLA_OVERDUE ? until - due : 0;
  if (due == SLA__UNREACHABLE) {
    result->flags |= SLA_UNREACHABLE;
    result->due_soon_at = SLA_NONE;
  } else if (clock->phase == SLA_RUNNING) {
    result->wall_remaining = due - until;
    if (soon > until && soon <= due) result->next_change_at = soon; /* SLA_NONE is never later */
    else if (until <= due) result->next_change_at = after(due);
  }
}

/* A pause freezes the status; only a due instant set by hand goes on approaching. */
static void read_paused(const sla__clock *clock, sla_time until, sla_result *result) {
  sla__clock resumed = *clock;
  bool manual = clock->manual != SLA_NONE;
  change(&resumed, until, true);
  sla_time due = due_from(&resumed, until);
  bool overdue = clock->breach != SLA_NONE || (manual && until > due);
  result->projected_due_at = or_none(due);
  result->status = overdue ? SLA_OVERDUE : clock->status;
  if (manual || overdue) result->due_at = due;
  result->late_by = overdue ? (manual ? until : clock->since) - due : 0;
  if (due == SLA__UNREACHABLE) result->flags |= SLA_UNREACHABLE;
  else if (manual && !overdue && clock->phase == SLA_PAUSED) result->next_change_at = after(due);
}

void sla__clock_read(const sla__clock *clock, sla_time now, sla_result *result) {
  sla_time until = clock->stopped == SLA_NONE ? now : clock->stopped;
  result->started_at = clock->started;
  result->stopped_at = clock->stopped;
  result->phase = clock->phase;
  read_counts(clock, until, result);
  if (!has_target(clock)) return;
  if (clock->running) read_running(clock, until, result);
  else read_paused(clock, until, result);
  if (result->status == SLA_OVERDUE) result->breached_at = result->due_at;
}
