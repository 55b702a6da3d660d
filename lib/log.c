/* SPDX-License-Identifier: MIT */
#include "log.h"

#include "error.h"

/* What all policies that are ever in force have in common. */
typedef struct {
  uint32_t known;    /* statuses that every one of them knows */
  uint64_t instants; /* kinds of events that carry an instant for some of them */
  bool sticky;
} common;

/* What reading the log one event after the other tells of it. */
typedef struct {
  common common;
  size_t changes;
  bool beginning, cancelled;
} survey;

typedef struct {
  const sla__log *log;
  const common *common;
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

/* Kinds whose value lies between two. */
static int32_t check_between(const checked *at, int64_t least, int64_t most, int32_t code) {
  int64_t value = at->event->value;
  if (value >= least && value <= most) return SLA_OK;
  return refuse(at, code, value, most);
}

static int32_t check_status(const checked *at) {
  int64_t status = at->event->value;
  if (status >= 0 && status < SLA__STATUSES && (at->common->known >> status & 1)) return SLA_OK;
  return refuse(at, SLA_E_STATUS, status, 0);
}

static int32_t check_metric(const checked *at, bool all) {
  uint32_t metric = at->event->flags;
  if (sla__metric_ok(metric) || (all && metric == 0)) return SLA_OK;
  return refuse(at, SLA_E_METRIC, metric, SLA__METRICS - 1);
}

static int32_t check_due(const checked *at) {
  int64_t due = at->event->value;
  if (due != SLA_NONE && !sla__valid_time(due)) return refuse_instant(at, due);
  return check_metric(at, false);
}

static int32_t check_policy(const checked *at) {
  int64_t policy = at->event->value, most = (int64_t)at->log->policies.count - 1;
  if (policy == SLA_NONE || (policy >= 0 && policy <= most)) return SLA_OK;
  return refuse(at, SLA_E_POLICY, policy, most);
}

/* The host's own kinds say what they like, unless a metric counts from the instant they say. */
static int32_t check_own(const checked *at) {
  sla_time value = at->event->value, created = at->log->events->at;
  if (!(at->common->instants >> at->event->kind & 1)) return SLA_OK;
  if (value >= created && value <= at->event->at) return SLA_OK;
  return refuse(at, SLA_E_EVENT, value, value < created ? created : at->event->at);
}

static int32_t check_kind(const checked *at) {
  const sla_event *event = at->event;
  bool names_metric = event->kind == SLA_EVENT_DUE_SET || event->kind == SLA_EVENT_RESET;
  if (event->flags != 0 && !names_metric) return refuse(at, SLA_E_EVENT, event->flags, 0);
  if (event->kind >= SLA_EVENT_OWN && event->kind < 64) return check_own(at);
  switch (event->kind) {
    case SLA_EVENT_CREATED:
      return check_between(at, SLA_CREATOR_CUSTOMER, SLA_CREATOR_AUTOMATIC, SLA_E_EVENT);
    case SLA_EVENT_STATUS: return check_status(at);
    case SLA_EVENT_PRIORITY: return check_between(at, 0, SLA__PRIORITIES - 1, SLA_E_PRIORITY);
    case SLA_EVENT_GROUP: return SLA_OK;
    case SLA_EVENT_CONDITION_SET:
    case SLA_EVENT_CONDITION_CLEARED:
      return check_between(at, 0, SLA__CONDITIONS - 1, SLA_E_EVENT);
    case SLA_EVENT_DUE_SET: return check_due(at);
    case SLA_EVENT_POLICY: return check_policy(at);
    case SLA_EVENT_RESET:
      return event->value != 0 ? check_between(at, 0, 0, SLA_E_EVENT) : check_metric(at, true);
    case SLA_EVENT_CUSTOMER_MESSAGE:
    case SLA_EVENT_AGENT_REPLY:
    case SLA_EVENT_AGENT_NOTE:
    case SLA_EVENT_AUTOMATIC_REPLY:
    case SLA_EVENT_NO_REPLY_NEEDED:
    case SLA_EVENT_CANCELLED: return check_between(at, 0, 0, SLA_E_EVENT);
    default: return refuse(at, SLA_E_EVENT, event->kind, 63);
  }
}

/* What lies after now is not read any further. */
static int32_t check_place(const checked *at, const sla_event *before, sla_time now) {
  bool created = at->event->kind == SLA_EVENT_CREATED;
  if (!sla__record_known(at->event, at->log->stride, sizeof *at->event))
    return refuse(at, SLA_E_ABI, (int64_t)at->log->stride, (int64_t)sizeof *at->event);
  if (!sla__valid_time(at->event->at))
    return refuse_instant(at, at->event->at);
  if (created != (before == NULL)) return refuse(at, SLA_E_CREATION, at->event->kind, 0);
  if (before != NULL && at->event->at < before->at)
    return refuse(at, SLA_E_ORDER, at->event->at, before->at);
  return at->event->at <= now ? check_kind(at) : SLA_OK;
}

#define CHANGES                                                          \
  (SLA__BIT(SLA_EVENT_PRIORITY) | SLA__BIT(SLA_EVENT_DUE_SET) | SLA__BIT(SLA_EVENT_POLICY))

static bool begins(const sla_event *event) {
  const uint64_t kinds = SLA__BIT(SLA_EVENT_STATUS) | SLA__BIT(SLA_EVENT_PRIORITY) |
                         SLA__BIT(SLA_EVENT_GROUP) | SLA__BIT(SLA_EVENT_CONDITION_SET) |
                         SLA__BIT(SLA_EVENT_CONDITION_CLEARED) | SLA__BIT(SLA_EVENT_POLICY);
  return event->kind < 64 && (kinds >> event->kind & 1);
}

static void meet(common *found, const sla_policy *policy) {
  found->known &= policy->known;
  found->instants |= policy->instants;
  found->sticky = found->sticky || policy->sticky;
}

/* Looks ahead for the policies that the log names, if it can name others than the first. */
static common common_of(sla__log *log, size_t count, sla_time now) {
  common found = {.known = UINT32_MAX};
  meet(&found, log->policies.all[log->policies.first]);
  for (size_t i = 0; i < count && log->policies.count > 1; i++) {
    const sla_event *event = sla__log_event(log, i);
    if (event->kind == SLA_EVENT_POLICY && event->at <= now && event->value >= 0 &&
        (uint64_t)event->value < log->policies.count)
      meet(&found, sla__log_policy(log, event));
  }
  return found;
}

/* What an event that is not after now has in it; false when it changes the terms once too often. */
static bool take_in(sla__log *log, const sla_event *event, size_t i, survey *found) {
  uint64_t bit = SLA__BIT(event->kind);
  if (found->cancelled) return true; /* for good */
  log->count = i + 1;
  if (found->beginning && (i == 0 || (event->at == log->events->at && begins(event))))
    log->beginning = i + 1;
  else found->beginning = false;
  if (!(bit & (CHANGES | SLA__BIT(SLA_EVENT_CANCELLED)))) return true;
  if (event->kind == SLA_EVENT_PRIORITY) log->priority = (uint32_t)event->value;
  found->cancelled = event->kind == SLA_EVENT_CANCELLED;
  log->passes = log->passes || event->kind == SLA_EVENT_POLICY;
  if (!found->beginning) log->changes |= bit & CHANGES;
  return !found->common.sticky || ++found->changes <= SLA__CHANGES_MAX;
}

int32_t sla__log_init(sla__log *log, const sla__policies *policies, const sla_event *events,
                      size_t count, size_t stride, sla_time now, sla_error *error) {
  sla__log made = {.policies = *policies, .events = events, .stride = stride};
  const sla_event *before = NULL;
  if (count == 0) return sla__fail(error, SLA_E_CREATION);
  survey found = {.common = common_of(&made, count, now), .beginning = true};
  checked at = {.log = &made, .common = &found.common, .error = error};
  for (size_t i = 0; i < count; i++) {
    at.event = sla__log_event(&made, i);
    at.index = (int64_t)i;
    int32_t code = check_place(&at, before, now);
    if (code != SLA_OK) return code;
    if (at.event->at <= now && !take_in(&made, at.event, i, &found))
      return refuse(&at, SLA_E_LIMIT, SLA__CHANGES_MAX + 1, SLA__CHANGES_MAX);
    before = at.event;
  }
  *log = made;
  return SLA_OK;
}
