/* SPDX-License-Identifier: MIT */
/* One stopwatch over a calendar: start, pause, resume, stop; when it is due, when due soon.
 * May include: base calendar workdays policy. */
#ifndef SLA_LIB_CLOCK_H
#define SLA_LIB_CLOCK_H

#include "policy.h"

/* A due instant that no calendar reaches; later than any. */
#define SLA__UNREACHABLE INT64_MAX

typedef struct {
  const sla__metric *rule; /* its options */
  const sla__target *target;
  const sla_calendar *calendar; /* on which the present stretch counts; NULL is around the clock */
  sla_time manual;    /* a due instant set by hand, or SLA_NONE: then pauses do not move it */
  sla_time breach_no_earlier; /* where a breach is no earlier than its target's arrival */
  sla_time stuck;     /* a breach that sticks, or SLA_NONE */
  sla_time date;      /* the due instant of a target in dates, before pauses; else SLA_NONE */
  sla_seconds length; /* the target, counted; SLA_NONE without one */
  sla_seconds after;  /* counted seconds from which on it is due soon; SLA_NONE without a rule */
  sla_time started, stopped;
  sla_time since; /* of the present stretch, which lasts until stopped, or still lasts */
  int64_t mark;   /* what its calendar counts before it */
  bool running;   /* the present stretch; else it is paused */
  uint32_t phase; /* enum sla_phase */

  /* Of the stretches before: */
  sla_seconds counted, held;     /* counted seconds that ran, that did not */
  sla_seconds wall, wall_paused; /* by the clock on the wall; time done is neither */
  uint32_t status;               /* when the last one that ran ended */
  sla_time soon;                 /* the instant one of them turned due soon, or SLA_NONE */
  sla_time breach;               /* the due instant one of them ran past, or SLA_NONE */
} sla__clock;

/* What the clock is to keep to must be there: rule, target, calendar, manual, breach_no_earlier,
 * stuck.  Steps are taken in the order of their instants. */
void sla__clock_start(sla__clock *clock, sla_time at);
/* Nothing when it is paused already. */
void sla__clock_pause(sla__clock *clock, sla_time at);
void sla__clock_resume(sla__clock *clock, sla_time at);
void sla__clock_stop(sla__clock *clock, sla_time at);
void sla__clock_reopen(sla__clock *clock, sla_time at);
/* As if it had never stopped. */
void sla__clock_go_on(sla__clock *clock);
void sla__clock_cancel(sla__clock *clock, sla_time at);
/* From now on it counts on another calendar. */
void sla__clock_move(sla__clock *clock, sla_time at, const sla_calendar *calendar);

/* Whether a clock that stopped did so late: SLA_ON_TIME, SLA_OVERDUE or SLA_STATUS_NONE. */
uint32_t sla__clock_verdict(const sla__clock *clock);

/* Fills in everything that depends on the clock at `now`, which no step is after. */
void sla__clock_read(const sla__clock *clock, sla_time now, sla_result *result);

#endif
