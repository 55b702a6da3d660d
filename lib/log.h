/* SPDX-License-Identifier: MIT */
/* A ticket's events as the caller passes them, checked once.  May include: base error policy. */
#ifndef SLA_LIB_LOG_H
#define SLA_LIB_LOG_H

#include "policy.h"

/* Changes of the terms that a log may have where breaches stick: each costs a look at the rest. */
#define SLA__CHANGES_MAX 1024

/* The policies of a call, and the one in force at the creation. */
typedef struct {
  const sla_policy *const *all;
  size_t count, first;
} sla__policies;

typedef struct {
  sla__policies policies;
  const sla_event *events;
  size_t stride;
  size_t count;     /* of the events that are not after now, nor after the ticket's end */
  size_t beginning; /* of them: the creation and what says how the ticket was then */
  uint32_t priority; /* at now, or when the ticket was cancelled */
  uint64_t changes;  /* mask of the kinds of events after the beginning that change the terms */
  size_t last_change; /* of them; 0 without one */
  bool passes;       /* it names policies */
} sla__log;

static inline const sla_event *sla__log_event(const sla__log *log, size_t i) {
  return SLA__CONST_AT(sla_event, log->events, log->stride, i);
}

/* The policy that an event puts in force; NULL for none. */
static inline const sla_policy *sla__log_policy(const sla__log *log, const sla_event *event) {
  return event->value == SLA_NONE ? NULL : log->policies.all[event->value];
}

/* Checks all events, those after now for their order only; the pointer and the stride are the
 * caller's to check.
 * SLA_E_ABI (an event says what this version does not know), SLA_E_RANGE, SLA_E_EVENT,
 * SLA_E_ORDER, SLA_E_CREATION, SLA_E_STATUS, SLA_E_PRIORITY, SLA_E_METRIC, SLA_E_POLICY,
 * SLA_E_LIMIT. */
int32_t sla__log_init(sla__log *log, const sla__policies *policies, const sla_event *events,
                      size_t count, size_t stride, sla_time now, sla_error *error);

#endif
