/* SPDX-License-Identifier: MIT */
#include "clock.h"

#include "workdays.h"

static uint8_t option(const sla__clock *clock, uint32_t which) {
  return clock->rule->options[which];
}

/* ---- counting on a calendar ---- */

/* What is counted before an instant, from a beginning of the calendar's own. */
static int64_t count_before(const sla_calendar *calendar, sla_time at) {
  return calendar == NULL ? at : sla__calendar_open_before(calendar, at);
}

static sla_seconds count_on(const sla_calendar *calendar, sla_time from, sla_time to) {
  return count_before(calendar, to) - count_before(calendar, from);
}

/* When n >= 0 have been counted from an instant on, before which there were `before`. */
static sla_time reach(const sla_calendar *calendar, sla_time from, int64_t before,
                      sla_seconds n) {
  sla_time result;
  if (n == 0) return from;
  if (calendar != NULL)
    return sla__calendar_reach(calendar, from, before, n, &result) == SLA_OK ? result
                                                                           : SLA__UNREACHABLE;
  return n <= SLA_TIME_MAX - from ? from + n : SLA__UNREACHABLE;
}

static sla_time move_on(const sla_calendar *calendar, sla_time from, sla_seconds n) {
  return reach(calendar, from, count_before(calendar, from), n);
}

/* ---- the scale of the clock: with two stages, business time up to the second, then all ---- */

static bool has_stages(const sla__clock *clock) {
  return clock->target->second_stage != 0 && clock->manual == SLA_NONE && clock->calendar != NULL;
}

/* What is left of the first stage where the present stretch begins. */
static sla_seconds first_stage_left(const sla__clock *clock) {
  return sla__max(0, clock->length - clock->target->second_stage - clock->counted);
}

/* What the present stretch counts up to an instant, before which its calendar counts `mark`, if it
 * runs. */
static sla_seconds counted(const sla__clock *clock, sla_time to, int64_t mark) {
  sla_seconds open = mark - clock->mark;
  if (!has_stages(clock)) return open;
  sla_seconds left = first_stage_left(clock);
  if (open < left) return open;
  return left + (to - reach(clock->calendar, clock->since, clock->mark, left));
}

/* When the present stretch has counted n >= 0, if it runs. */
static sla_time moved(const sla__clock *clock, sla_seconds n) {
  if (!has_stages(clock)) return reach(clock->calendar, clock->since, clock->mark, n);
  sla_seconds left = first_stage_left(clock);
  sla_time second = reach(clock->calendar, clock->since, clock->mark, sla__min(n, left));
  if (n <= left || second == SLA__UNREACHABLE) return second;
  return move_on(NULL, second, n - left);
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

static bool starts_closed(const sla__clock *clock) {
  const sla_calendar *calendar = clock->target->calendar;
  return calendar != NULL && !sla__calendar_is_open(calendar, clock->started);
}

static sla_seconds soon_after(const sla__clock *clock) {
  const sla__target *target = clock->target;
  if (clock->length == SLA_NONE) return SLA_NONE;
  if (target->lead != SLA_NONE) return sla__max(0, clock->length - target->lead);
  if (target->percent == 0) return SLA_NONE;
  return (sla__max(0, clock->length) * target->percent + 99) / 100;
}

static void set_length(sla__clock *clock) {
  const sla__target *target = clock->target;
  clock->length = target->amount;
  clock->date = SLA_NONE;
  if (clock->manual != SLA_NONE) {
    clock->length = count_on(target->calendar, clock->started, clock->manual);
  } else if (has_target(clock) && target->unit != SLA_UNIT_SECONDS) {
    clock->date = due_in_dates(clock);
    clock->length = clock->date == SLA__UNREACHABLE
                        ? SLA_NONE
                        : count_on(target->calendar, clock->started, clock->date);
  } else if (has_target(clock)) {
    clock->length += target->second_stage;
    if (target->allowance != 0 && starts_closed(clock)) clock->length += target->allowance;
  }
  clock->after = soon_after(clock);
}

/* A due instant in closed time may have to wait for the next opening. */
static sla_time landed(const sla__clock *clock, sla_time due) {
  const sla_calendar *calendar = clock->calendar;
  sla_time open;
  uint32_t which = clock->length == 0 ? SLA_OPTION_ZERO_TARGET : SLA_OPTION_LANDING;
  if (option(clock, which) == SLA_LANDING_STAYS || calendar == NULL || due == SLA__UNREACHABLE)
    return due;
  return sla__calendar_next_open(calendar, due, &open) ? open : SLA__UNREACHABLE;
}

/* When the clock is due if the present stretch runs; needs a target. */
static sla_time due_of(const sla__clock *clock) {
  if (clock->manual != SLA_NONE) return clock->manual;
  if (clock->breach != SLA_NONE) return clock->breach;
  if (clock->date == SLA__UNREACHABLE) return SLA__UNREACHABLE;
  if (clock->date != SLA_NONE)
    return sla__max(clock->since, move_on(clock->target->calendar, clock->date, clock->held));
  sla_seconds left = sla__max(0, clock->length - clock->counted); /* used up, it lands from here */
  return landed(clock, moved(clock, left));
}

/* The first instant at which it is due soon if the present stretch runs; SLA_NONE without a rule,
 * SLA__UNREACHABLE when never. */
static sla_time soon_of(const sla__clock *clock) {
  sla_seconds after = clock->after;
  if (after == SLA_NONE || clock->soon != SLA_NONE) return clock->soon;
  if (clock->manual != SLA_NONE) return move_on(clock->target->calendar, clock->started, after);
  return after <= clock->counted ? clock->since : moved(clock, after - clock->counted);
}

/* Whether a clock that is open at that instant is overdue. */
static bool is_late(const sla__clock *clock, sla_time at, sla_time due) {
  return at > due || (at == due && option(clock, SLA_OPTION_AT_DUE) == SLA_AT_DUE_OVERDUE);
}

/* ---- stretches ---- */

/* Whether a stretch up to so many counted seconds can have passed its due instant: where the target
 * is seconds the count tells, and the instant need not be found. */
static bool may_be_late(const sla__clock *clock, sla_seconds total) {
  bool seconds = clock->manual == SLA_NONE && clock->date == SLA_NONE;
  return clock->breach != SLA_NONE || !seconds || total >= clock->length;
}

static bool may_be_soon(const sla__clock *clock, sla_seconds total) {
  if (clock->after == SLA_NONE) return false;
  return clock->manual != SLA_NONE || total >= clock->after;
}

/* `open`: it is open at the end of the stretch, not stopped there. */
static void judge_stretch(sla__clock *clock, sla_time at, sla_seconds total, bool open) {
  sla_time soon = may_be_soon(clock, total) ? soon_of(clock) : SLA_NONE;
  if (may_be_late(clock, total)) {
    sla_time due = due_of(clock);
    if (at > due || (open && is_late(clock, at, due))) clock->breach = due;
  }
  if (soon <= at) clock->soon = soon;
  clock->status = clock->breach != SLA_NONE ? SLA_OVERDUE
                  : clock->soon != SLA_NONE ? SLA_DUE_SOON
                                            : SLA_ON_TIME;
}

/* Ends the present stretch and begins another, which runs or does not. */
static void change(sla__clock *clock, sla_time at, bool running) {
  int64_t mark = count_before(clock->calendar, at);
  if (clock->running) {
    sla_seconds total = clock->counted + counted(clock, at, mark);
    if (has_target(clock)) judge_stretch(clock, at, total, !running);
    clock->counted = total;
    clock->wall += at - clock->since;
  } else {
    clock->held += mark - clock->mark;
    clock->wall_paused += at - clock->since;
  }
  clock->since = at;
  clock->mark = mark;
  clock->running = running;
  clock->phase = running ? SLA_RUNNING : SLA_PAUSED;
}

/* Field by field: compilers clear a record of this size by an instruction that is slow to begin. */
void sla__clock_start(sla__clock *clock, sla_time at) {
  clock->started = clock->since = at;
  clock->stopped = clock->soon = clock->breach = SLA_NONE;
  clock->counted = clock->held = clock->wall = clock->wall_paused = 0;
  clock->status = SLA_STATUS_NONE;
  clock->running = true;
  clock->phase = SLA_RUNNING;
  clock->mark = count_before(clock->calendar, at);
  set_length(clock);
}

void sla__clock_pause(sla__clock *clock, sla_time at) {
  if (clock->running) change(clock, at, false);
}

void sla__clock_resume(sla__clock *clock, sla_time at) { change(clock, at, true); }

/* Stopping a paused clock is resuming it and stopping it.  Stopped at its due instant it is met,
 * though it was overdue while it was open there. */
void sla__clock_stop(sla__clock *clock, sla_time at) {
  if (!clock->running) change(clock, at, true);
  if (clock->breach == at) clock->breach = SLA_NONE;
  clock->stopped = at;
  clock->phase = SLA_FULFILLED;
}

void sla__clock_reopen(sla__clock *clock, sla_time at) {
  sla_time stopped = clock->stopped;
  clock->stopped = SLA_NONE;
  change(clock, stopped, true);
  int64_t mark = count_before(clock->calendar, at);
  clock->held += mark - clock->mark;
  clock->since = at;
  clock->mark = mark;
}

void sla__clock_go_on(sla__clock *clock) {
  clock->stopped = SLA_NONE;
  clock->phase = SLA_RUNNING;
}

void sla__clock_cancel(sla__clock *clock, sla_time at) {
  clock->stopped = at;
  clock->phase = SLA_CANCELLED;
}

void sla__clock_move(sla__clock *clock, sla_time at, const sla_calendar *calendar) {
  if (calendar == clock->calendar) return;
  if (clock->running) change(clock, at, true);
  else clock->held += count_before(clock->calendar, at) - clock->mark; /* the pause goes on */
  clock->calendar = calendar;
  clock->mark = count_before(calendar, at);
}

/* ---- reading ---- */

uint32_t sla__clock_verdict(const sla__clock *clock) {
  if (clock->stuck != SLA_NONE) return SLA_OVERDUE;
  if (!has_target(clock)) return SLA_STATUS_NONE;
  bool seconds = clock->manual == SLA_NONE && clock->date == SLA_NONE;
  int64_t mark = count_before(clock->calendar, clock->stopped);
  if (seconds && clock->breach == SLA_NONE &&
      clock->counted + counted(clock, clock->stopped, mark) < clock->length)
    return SLA_ON_TIME;
  return clock->stopped > due_of(clock) ? SLA_OVERDUE : SLA_ON_TIME;
}

static sla_time or_none(sla_time at) { return at == SLA__UNREACHABLE ? SLA_NONE : at; }

/* The first instant at which the clock is overdue. */
static sla_time first_late(const sla__clock *clock, sla_time due) {
  if (option(clock, SLA_OPTION_AT_DUE) == SLA_AT_DUE_OVERDUE) return due;
  return due < SLA_TIME_MAX ? due + 1 : SLA_NONE;
}

static void read_counts(const sla__clock *clock, sla_time until, sla_result *result) {
  sla_seconds stretch = until - clock->since;
  result->target = clock->length;
  result->elapsed = clock->counted;
  result->wall_elapsed = clock->wall;
  result->wall_paused = clock->wall_paused;
  if (clock->running) {
    result->elapsed += counted(clock, until, count_before(clock->calendar, until));
    result->wall_elapsed += stretch;
  } else {
    result->wall_paused += stretch;
  }
  if (clock->manual != SLA_NONE)
    result->remaining = count_on(clock->target->calendar, until, clock->manual);
  else if (clock->length != SLA_NONE) result->remaining = clock->length - result->elapsed;
}

static uint32_t running_status(const sla__clock *clock, sla_time until, sla_time due,
                               sla_time soon) {
  bool stopped = clock->phase == SLA_FULFILLED;
  if (until > due || (!stopped && is_late(clock, until, due))) return SLA_OVERDUE;
  if (due == SLA__UNREACHABLE || stopped) return SLA_ON_TIME;
  return soon != SLA_NONE && soon <= until ? SLA_DUE_SOON : SLA_ON_TIME;
}

static void read_running(const sla__clock *clock, sla_time until, sla_result *result) {
  sla_time due = due_of(clock), soon = soon_of(clock);
  result->due_at = or_none(due);
  result->due_soon_at = or_none(soon);
  result->status = running_status(clock, until, due, soon);
  if (due == SLA__UNREACHABLE) {
    result->flags |= SLA_UNREACHABLE;
    result->due_soon_at = SLA_NONE;
  } else if (clock->phase == SLA_RUNNING) {
    result->wall_remaining = due - until;
    if (soon > until && soon <= due) result->next_change_at = soon; /* SLA_NONE is never later */
    else if (!is_late(clock, until, due)) result->next_change_at = first_late(clock, due);
  }
}

/* A pause freezes the status; only a due instant set by hand goes on approaching. */
static void read_paused(const sla__clock *clock, sla_time until, sla_result *result) {
  sla__clock resumed = *clock;
  bool manual = clock->manual != SLA_NONE;
  change(&resumed, until, true);
  sla_time due = due_of(&resumed);
  bool overdue = clock->breach != SLA_NONE || (manual && is_late(clock, until, due));
  result->projected_due_at = or_none(due);
  result->status = overdue ? SLA_OVERDUE : clock->status;
  if (manual || overdue) result->due_at = due;
  if (due == SLA__UNREACHABLE) result->flags |= SLA_UNREACHABLE;
  else if (manual && !overdue && clock->phase == SLA_PAUSED)
    result->next_change_at = first_late(clock, due);
}

/* When the breach was, and for how long the clock has been late; lateness rests in a pause. */
static void read_breach(const sla__clock *clock, sla_time until, sla_result *result) {
  if (clock->stuck != SLA_NONE) {
    result->status = SLA_OVERDUE;
    result->next_change_at = SLA_NONE;
    result->breached_at = clock->stuck;
  } else if (result->status == SLA_OVERDUE) {
    result->breached_at = sla__max(result->due_at, clock->breach_no_earlier);
  }
  if (result->status == SLA_STATUS_NONE) return;
  result->late_by = 0;
  if (result->status != SLA_OVERDUE) return;
  bool rests = !clock->running && clock->manual == SLA_NONE;
  result->late_by = sla__max(0, (rests ? clock->since : until) - result->breached_at);
}

void sla__clock_read(const sla__clock *clock, sla_time now, sla_result *result) {
  sla_time until = clock->stopped == SLA_NONE ? now : clock->stopped;
  result->started_at = clock->started;
  result->stopped_at = clock->stopped;
  result->phase = clock->phase;
  read_counts(clock, until, result);
  if (has_target(clock) && clock->running) read_running(clock, until, result);
  else if (has_target(clock)) read_paused(clock, until, result);
  read_breach(clock, until, result);
}
