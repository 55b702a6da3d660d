/* SPDX-License-Identifier: MIT */
/* A compiled policy: what it was told, and for each metric and priority the one target in force.
 * May include: base mem error calendar. */
#ifndef SLA_LIB_POLICY_H
#define SLA_LIB_POLICY_H

#include "calendar.h"

#define SLA__METRICS 3     /* numbered from 1 */
#define SLA__PRIORITIES 32 /* the slot after them is for any */
#define SLA__STATUSES 32

/* What was set for a metric and a priority. */
typedef struct {
  int64_t amount;   /* SLA_NONE without a target */
  sla_seconds lead; /* SLA_NONE without one */
  uint32_t unit, clock, percent;
  sla_calendar *calendar; /* owned */
} sla__slot;

/* What holds for a metric and a priority. */
typedef struct {
  int64_t amount;               /* seconds or dates; SLA_NONE without a target */
  const sla_calendar *calendar; /* on which it is counted; NULL is around the clock */
  sla_seconds lead;             /* of the due-soon rule; SLA_NONE without one */
  uint32_t percent;             /* 0 without one */
  uint32_t unit;                /* never SLA_UNIT_COUNTED_DAYS */
} sla__target;

typedef struct {
  sla__slot slots[SLA__METRICS][SLA__PRIORITIES + 1];
  sla_calendar *calendar;           /* owned */
  uint32_t pause_set[SLA__METRICS]; /* statuses the host has decided on, ... */
  uint32_t pause_on[SLA__METRICS];  /* ... and those of them that pause */
  uint8_t behaves_as[SLA__STATUSES];
} sla__terms;

struct sla_policy {
  sla__refs refs;
  sla_allocator allocator;
  uint32_t pauses[SLA__METRICS]; /* mask of statuses */
  uint32_t known, done;          /* masks of statuses */
  uint8_t metric_count, metrics[SLA__METRICS]; /* those with a target */
  uint8_t target_of[SLA__METRICS][SLA__PRIORITIES];
  sla__array targets; /* sla__target */
  sla__terms terms;
};

static inline bool sla__policy_metric_ok(uint32_t metric) {
  return metric >= 1 && metric <= SLA__METRICS;
}

static inline const sla__target *sla__policy_target(const sla_policy *policy, uint32_t metric,
                                                    uint32_t priority) {
  return (const sla__target *)policy->targets.data + policy->target_of[metric - 1][priority];
}

/* Statuses a ticket can have, those that are done, those that pause a metric. */
static inline bool sla__policy_knows(const sla_policy *policy, int64_t status) {
  return status >= 0 && status < SLA__STATUSES && (policy->known >> status & 1);
}
static inline bool sla__policy_is_done(const sla_policy *policy, uint32_t status) {
  return policy->done >> status & 1;
}
static inline bool sla__policy_is_pause(const sla_policy *policy, uint32_t metric,
                                        uint32_t status) {
  return policy->pauses[metric - 1] >> status & 1;
}

#endif
