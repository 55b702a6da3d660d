/* SPDX-License-Identifier: MIT */
/* A ticket's events as steps of one metric's clock: one state machine for all metrics.  It is a
 * value: a copy runs ahead without moving the original.  May include: base policy log. */
#ifndef SLA_LIB_TIMELINE_H
#define SLA_LIB_TIMELINE_H

#include "log.h"

typedef enum {
  SLA__END, /* of the events up to now */
  SLA__START,
  SLA__PAUSE,
  SLA__RESUME,
  SLA__STOP,
  SLA__REOPEN, /* the same cycle goes on; what lies between counts as neither run nor paused */
  SLA__CANCEL
} sla__step;

/* When the clock of a metric starts and stops. */
typedef struct {
  bool from_creation; /* starts at the creation; else at customer messages, turn by turn */
  bool until_reply;   /* an agent's reply stops it; a solve always does */
  bool reopens;       /* goes on when a solved ticket is reopened */
} sla__shape;

typedef struct {
  const sla__log *log;
  const sla_policy *policy;
  const sla__shape *shape;
  size_t next; /* event */
  sla_time at; /* of the step */
  sla_time manual;
  uint32_t metric, status, priority;
  bool paused; /* its status pauses the metric */
  bool done;
  bool open;    /* the clock runs or is paused */
  bool stopped; /* it was stopped, not cancelled */
  bool gate;    /* turns may start: a first reply, or a solve */
  bool waiting; /* a customer's message came while the ticket was done */
  uint8_t step_count, steps_taken;
  uint8_t steps[2]; /* that the last event makes */
} sla__timeline;

void sla__timeline_init(sla__timeline *timeline, const sla_policy *policy, uint32_t metric,
                        const sla__log *log);
sla__step sla__timeline_step(sla__timeline *timeline);

/* For a timeline that has just started a cycle: the priority and the manual due instant that hold
 * for the cycle in the end, for a change holds from the cycle's start. */
void sla__timeline_outcome(const sla__timeline *timeline, uint32_t *priority, sla_time *manual);

#endif
