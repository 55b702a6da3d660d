/* SPDX-License-Identifier: MIT */
/* A ticket's events as steps of one metric's clock: one state machine for all metrics.  It is a
 * value: a copy runs ahead without moving the original.  May include: base policy log. */
#ifndef SLA_LIB_TIMELINE_H
#define SLA_LIB_TIMELINE_H

#include "log.h"

typedef enum {
  SLA__END,      /* of the events up to now */
  SLA__START,    /* a cycle */
  SLA__RESTART,  /* the same cycle starts over */
  SLA__PAUSE,    /* or it is paused already */
  SLA__RESUME,
  SLA__STOP,
  SLA__REOPEN,   /* the same cycle goes on; what lies between counts as neither run nor paused */
  SLA__CONTINUE, /* the same cycle goes on, as if it had never stopped */
  SLA__CANCEL,
  SLA__RETARGET  /* the terms of an open clock change; only where that matters by itself */
} sla__step;

/* What was promised for a cycle, and since when. */
typedef struct {
  const sla__target *target;
  sla_time manual;  /* a due instant set by hand, or SLA_NONE */
  sla_time changed; /* when this took effect, or SLA_NONE when it held from the start */
  uint32_t priority;
} sla__promise;

/* What pauses a clock, as of an event in the past. */
typedef struct {
  size_t next; /* event */
  uint64_t conditions;
  uint32_t status;
  bool level; /* something pauses it ... */
  bool told;  /* ... and a step said so */
  bool tells; /* there may be more to tell */
} sla__past;

#define SLA__STEPS 20 /* that one event can make, and more */

typedef struct {
  const sla__log *log;
  size_t ruling;           /* policy, whose rule holds for the whole log */
  const sla__metric *rule; /* NULL when no policy of the log has the metric: there are no steps */
  size_t applied;          /* the event that put the ruling policy in force */
  size_t withdrawn;        /* the event that ends it, or SIZE_MAX */
  size_t next;             /* event */
  size_t batch;            /* of up to 64 events: the first of them */
  uint64_t ahead;          /* mask of those of the batch that can matter and were not read */

  /* The ticket: */
  const sla_policy *policy;    /* in force, or NULL */
  const sla__metric *promiser; /* what that says of the metric, or NULL */
  uint64_t conditions;
  int64_t group;
  uint32_t status, priority;
  bool done;

  /* The clock: */
  sla__promise promise; /* of the open cycle, or of the last one */
  bool level;           /* something pauses it */
  bool paused;          /* it would be, or is */
  bool open;            /* it runs or is paused */
  bool begun;           /* there was a cycle */
  bool stopped;         /* it was stopped, not cancelled, ... */
  bool by_solve;        /* ... by solving the ticket */
  bool gate;            /* a first reply, or a solve, was seen */
  bool waiting;         /* a start was met while the ticket was done */
  bool over;            /* no event can start it again */

  /* The steps of the last event: */
  sla_time at;           /* of the step taken */
  sla_time now;          /* of the event */
  sla_time anchor;       /* an instant before the event, from which its start counts; or SLA_NONE */
  sla__past past;        /* how far the pauses since then were told */
  uint8_t step_count, steps_taken;
  uint8_t steps[SLA__STEPS];
} sla__timeline;

void sla__timeline_init(sla__timeline *timeline, uint32_t metric, const sla__log *log);
sla__step sla__timeline_step(sla__timeline *timeline);

/* For a timeline that has just taken a start or a restart: what is promised in the end, for a
 * change holds from the start.  `room` may come to hold it. */
const sla__promise *sla__timeline_outcome(const sla__timeline *timeline, sla__promise *room);

/* Whether each stretch counts on the calendar of its time. */
static inline bool sla__metric_each_stretch(const sla__metric *rule) {
  return rule->options[SLA_OPTION_TARGET_CHANGED] == SLA_CHANGED_KEEPS_ELAPSED ||
         rule->options[SLA_OPTION_CALENDAR_CHANGED] == SLA_CALENDAR_EACH_STRETCH;
}

/* Whether what is promised can change from now on. */
static inline bool sla__timeline_varies(const sla__timeline *timeline) {
  uint64_t changes = timeline->log->changes;
  if (timeline->next > timeline->log->last_change) return false;
  if (timeline->rule->uniform) changes &= ~SLA__BIT(SLA_EVENT_PRIORITY);
  return changes != 0;
}

#endif
