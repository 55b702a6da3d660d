/* SPDX-License-Identifier: MIT */
/* A compiled policy: what it was told; for each metric its rule, made quick to follow; for each
 * metric and priority the one target in force.
 * May include: base mem error bytes metric calendar calendar_bytes shelf. */
#ifndef SLA_LIB_POLICY_H
#define SLA_LIB_POLICY_H

#include "bytes.h"
#include "calendar.h"
#include "metric.h"
#include "shelf.h"

#define SLA__PRIORITIES 32 /* the number after them is for any */

/* ---- what was told ---- */

/* What was set for a metric and a priority. */
typedef struct {
  uint32_t metric, priority;
  int64_t amount;   /* SLA_NONE without a target */
  sla_seconds lead; /* SLA_NONE without one */
  sla_seconds second_stage, allowance; /* 0 without one */
  uint32_t unit, clock, percent;
  sla_calendar *calendar; /* owned */
  uint64_t calendar_hash; /* in a compiled policy; 0 without a calendar */
} sla__slot;

/* A metric that is not, or not only, as it is built in. */
typedef struct {
  uint32_t metric;
  uint32_t pause_set; /* statuses that the host has decided on one by one, ... */
  uint32_t pause_on;  /* ... and those of them that pause */
  sla_metric_rule rule;
} sla__definition;

typedef struct {
  sla__array slots;       /* sla__slot, by metric and priority */
  sla__array definitions; /* sla__definition, by metric */
  sla_calendar *calendar; /* owned */
  uint64_t calendar_hash; /* in a compiled policy; 0 without a calendar */
  uint8_t behaves_as[SLA__STATUSES];
} sla__terms;

struct sla_policy_builder {
  sla_allocator allocator;
  sla__terms terms;
};

void sla__terms_init(sla__terms *terms);
bool sla__terms_copy(const sla_allocator *allocator, const sla__terms *from, sla__terms *to);
void sla__terms_free(const sla_allocator *allocator, sla__terms *terms);
/* NULL when nothing was set for it. */
const sla__definition *sla__terms_definition(const sla__terms *terms, uint32_t metric);
/* The rule of a metric as it stands; NULL for one that nobody defined. */
const sla_metric_rule *sla__terms_rule(const sla__terms *terms, uint32_t metric);

/* ---- what is followed ---- */

/* What holds for a metric and a priority. */
typedef struct {
  int64_t amount;               /* seconds or dates; SLA_NONE without a target */
  const sla_calendar *calendar; /* on which it is counted; NULL is around the clock */
  uint64_t calendar_hash;
  sla_seconds lead;             /* of the due-soon rule; SLA_NONE without one */
  sla_seconds second_stage, allowance;
  uint32_t percent;             /* 0 without one */
  uint32_t unit;                /* never SLA_UNIT_COUNTED_DAYS */
} sla__target;

/* A rule whose masks of statuses name every status they mean. */
typedef struct {
  sla_trigger start, fulfil, cancel, resume;
  uint64_t pause_conditions;
  uint64_t kinds;    /* of the events that can matter to it ... */
  uint64_t named;    /* ... and of those that its triggers name */
  uint32_t entries;  /* mask of statuses that its triggers name */
  uint32_t pauses;   /* mask of statuses */
  uint32_t statuses; /* mask of those that can matter to it: to enter, to leave, to be in */
  uint8_t metric, shape;
  bool has_target;   /* for some priority */
  bool uniform;      /* the same for every priority */
  uint8_t options[SLA__OPTIONS];
  uint16_t target_of[SLA__PRIORITIES];
} sla__metric;

struct sla_policy {
  sla__refs refs;
  sla_allocator allocator;
  uint32_t known, done;          /* masks of statuses */
  uint32_t listed;               /* metrics that have a target */
  bool sticky;                   /* some metric keeps breaches that were undone */
  uint64_t instants;             /* mask of the kinds of events that carry an instant */
  uint8_t place[SLA__METRICS];   /* of a metric among the metrics, from 1; 0 when there is none */
  sla__array metrics;            /* sla__metric: the built-in ones and those of the host */
  sla__array targets;            /* sla__target */
  sla__terms terms;
};

/* NULL for a metric that nobody defined. */
static inline const sla__metric *sla__policy_metric(const sla_policy *policy, uint32_t metric) {
  uint8_t place = metric < SLA__METRICS ? policy->place[metric] : 0;
  return place == 0 ? NULL : (const sla__metric *)policy->metrics.data + (place - 1);
}

static inline const sla__target *sla__policy_target(const sla_policy *policy,
                                                    const sla__metric *metric, uint32_t priority) {
  return (const sla__target *)policy->targets.data + metric->target_of[priority];
}

/* Calendars are the same when they were built from the same. */
bool sla__target_same(const sla__target *a, const sla__target *b);

/* Metrics that have a target, in the order of sla_policy_metric. */
const sla__metric *sla__policy_list(const sla_policy *policy, uint32_t index);

/* Puts all of it into a sink, as sla_bytes(3) has it; with a shelf that has all of its calendars,
 * their numbers instead of them. */
void sla__policy_write(const void *policy, sla__sink *sink);
void sla__policy_put(const sla_policy *policy, const sla__shelf *shelf, sla__sink *sink);
/* What was read, with a shelf or NULL, may still have other bytes, which sla__source_check finds
 * out.  SLA_E_BYTES, SLA_E_LIMIT, SLA_E_MEMORY. */
int32_t sla__policy_read(sla__source *source, const sla_allocator *allocator,
                         const sla__shelf *shelf, sla_policy **policy);

/* Statuses a ticket can have, those that are done, those that pause a metric. */
static inline bool sla__policy_knows(const sla_policy *policy, int64_t status) {
  return status >= 0 && status < SLA__STATUSES && (policy->known >> status & 1);
}
static inline bool sla__policy_is_done(const sla_policy *policy, uint32_t status) {
  return policy->done >> status & 1;
}
static inline bool sla__metric_is_pause(const sla__metric *metric, uint32_t status) {
  return metric->pauses >> status & 1;
}

#endif
