/* SPDX-License-Identifier: MIT */
#include "log.h"

#include "error.h"

typedef struct {
  const sla_policy *policy;
  const sla_event *event;
  int64_t index;
  sla_error *error;
} checked;

static int32_t refuse(const checked *at, int32_t code, int64_t value, int64_t limit) {
  return sla__fail_index(at->error, code, at->index, value, limit);
}

static int32_t refuse_instant(const checked *at, sla_time instant) {
  return refuse(at, SLA_E_RANGE, instant, sla__nearer(instant, SLA_TIME_MIN, SLA_TIME_MAX));
}

/* Kinds that say nothing more. */
static int32_t check_plain(const checked *at) {
  if (at->event->value != 0) return refuse(at, SLA_E_EVENT, at->event->value, 0);
  return SLA_OK;
}

static int32_t check_creator(const checked *at) {
  int64_t by = at->event->value;
  if (by < SLA_CREATOR_CUSTOMER || by > SLA_CREATOR_AUTOMATIC)
    return refuse(at, SLA_E_EVENT, by, SLA_CREATOR_AUTOMATIC);
  return SLA_OK;
}

static int32_t check_status(const checked *at) {
  if (sla__policy_knows(at->policy, at->event->value)) return SLA_OK;
  return refuse(at, SLA_E_STATUS, at->event->value, 0);
}

static int32_t check_priority(const checked *at) {
  int64_t priority = at->event->value;
  if (priority >= 0 && priority < SLA__PRIORITIES) return SLA_OK;
  return refuse(at, SLA_E_PRIORITY, priority, SLA__PRIORITIES - 1);
}

static int32_t check_metric(const checked *at, bool all) {
  uint32_t metric = at->event->flags;
  if (sla__policy_metric_ok(metric) || (all && metric == 0)) return SLA_OK;
  return refuse(at, SLA_E_METRIC, metric, SLA__METRICS);
}

static int32_t check_due(const checked *at) {
  int64_t due = at->event->value;
  if (due != SLA_NONE && !sla__valid_time(due)) return refuse_instant(at, due);
  return check_metric(at, false);
}

static int32_t check_kind(const checked *at) {
  const sla_event *event = at->event;
  bool names_metric = event->kind == SLA_EVENT_DUE_SET || event->kind == SLA_EVENT_RESET;
  if (event->flags != 0 && !names_metric) return refuse(at, SLA_E_EVENT, event->flags, 0);
  switch (event->kind) {
    case SLA_EVENT_CREATED: return check_creator(at);
    case SLA_EVENT_STATUS: return check_status(at);
    case SLA_EVENT_PRIORITY: return check_priority(at);
    case SLA_EVENT_DUE_SET: return check_due(at);
    case SLA_EVENT_RESET:
      return event->value != 0 ? check_plain(at) : check_metric(at, true);
    case SLA_EVENT_CUSTOMER_MESSAGE:
    case SLA_EVENT_AGENT_REPLY:
    case SLA_EVENT_AGENT_NOTE:
    case SLA_EVENT_AUTOMATIC_REPLY:
    case SLA_EVENT_NO_REPLY_NEEDED:
    case SLA_EVENT_CANCELLED: return check_plain(at);
    default: return refuse(at, SLA_E_EVENT, event->kind, SLA_EVENT_CANCELLED);
  }
}

/* What lies after now is not read any further. */
static int32_t check_place(const checked *at, const sla_event *before, size_t stride,
                           sla_time now) {
  bool created = at->event->kind == SLA_EVENT_CREATED;
  if (!sla__record_known(at->event, stride, sizeof *at->event))
    return refuse(at, SLA_E_ABI, (int64_t)stride, (int64_t)sizeof *at->event);
  if (!sla__valid_time(at->event->at))
    return refuse_instant(at, at->event->at);
  if (created != (before == NULL)) return refuse(at, SLA_E_CREATION, at->event->kind, 0);
  if (before != NULL && at->event->at < before->at)
    return refuse(at, SLA_E_ORDER, at->event->at, before->at);
  return at->event->at <= now ? check_kind(at) : SLA_OK;
}

static bool changes_target(const sla_event *event) {
  return event->kind == SLA_EVENT_PRIORITY || event->kind == SLA_EVENT_DUE_SET;
}

size_t sla__log_beginning(const sla__log *log) {
  size_t i = 1;
  for (; i < log->count; i++) {
    const sla_event *event = sla__log_event(log, i);
    if (event->at != log->events->at) break;
    if (event->kind != SLA_EVENT_STATUS && event->kind != SLA_EVENT_PRIORITY) break;
  }
  return i;
}

int32_t sla__log_init(sla__log *log, const sla_policy *policy, const sla_event *events,
                      size_t count, size_t stride, sla_time now, sla_error *error) {
  sla__log made = {events, stride, 0, true};
  const sla_event *before = NULL;
  if (count == 0) return sla__fail(error, SLA_E_CREATION);
  for (size_t i = 0; i < count; i++) {
    const sla_event *event = sla__log_event(&made, i);
    const checked at = {policy, event, (int64_t)i, error};
    int32_t code = check_place(&at, before, stride, now);
    if (code != SLA_OK) return code;
    if (event->at <= now) made.count = i + 1;
    before = event;
  }
  for (size_t i = sla__log_beginning(&made); i < made.count && made.constant; i++)
    made.constant = !changes_target(sla__log_event(&made, i));
  *log = made;
  return SLA_OK;
}
