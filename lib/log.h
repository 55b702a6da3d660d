/* SPDX-License-Identifier: MIT */
/* A ticket's events as the caller passes them, checked once.  May include: base error policy. */
#ifndef SLA_LIB_LOG_H
#define SLA_LIB_LOG_H

#include "policy.h"

typedef struct {
  const sla_event *events;
  size_t stride;
  size_t count;  /* of the events that are not after now */
  bool constant; /* after its beginning neither the priority nor a due instant is set */
} sla__log;

static inline const sla_event *sla__log_event(const sla__log *log, size_t i) {
  return SLA__CONST_AT(sla_event, log->events, log->stride, i);
}

/* How many of the first events make the beginning: the creation, and the status and priority
 * events at its instant that follow it. */
size_t sla__log_beginning(const sla__log *log);

/* Checks all events, those after now for their order only; the pointer and the stride are the
 * caller's to check.
 * SLA_E_ABI (an event says what this version does not know), SLA_E_RANGE, SLA_E_EVENT,
 * SLA_E_ORDER, SLA_E_CREATION, SLA_E_STATUS, SLA_E_PRIORITY, SLA_E_METRIC. */
int32_t sla__log_init(sla__log *log, const sla_policy *policy, const sla_event *events,
                      size_t count, size_t stride, sla_time now, sla_error *error);

#endif
