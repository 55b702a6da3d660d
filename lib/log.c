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
  size_t end; /* events up to the cancellation; 0 without one */
  bool beginning;
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

/* The least and the most that an event of a kind can say where that is all there is to check; the
 * other kinds are looked at one by one. */
static const struct {
  int64_t least, most;
} plain[SLA_EVENT_CANCELLED + 1] = {
    [0] = {1, 0}, /* no kind */
    [SLA_EVENT_CREATED] = {1, 0},
    [SLA_EVENT_STATUS] = {0, SLA__STATUSES - 1},
    [SLA_EVENT_PRIORITY] = {0, SLA__PRIORITIES - 1},
    [SLA_EVENT_GROUP] = {INT64_MIN, INT64_MAX},
    [SLA_EVENT_CONDITION_SET] = {0, SLA__CONDITIONS - 1},
    [SLA_EVENT_CONDITION_CLEARED] = {0, SLA__CONDITIONS - 1},
    [SLA_EVENT_DUE_SET] = {1, 0},
    [SLA_EVENT_RESET] = {1, 0}, /* the others say 0 */
};

/* Most events are as they should be: that is seen without a branch for each kind. */
static inline bool is_plain(const sla_event *event, uint32_t known_statuses) {
  if (event->kind > SLA_EVENT_CANCELLED || event->flags != 0) return false;
  uint32_t known = event->kind == SLA_EVENT_STATUS ? known_statuses : UINT32_MAX;
  return event->value >= plain[event->kind].least && event->value <= plain[event->kind].most &&
         (known >> (event->value & 31) & 1);
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

#define NOTED (CHANGES | SLA__BIT(SLA_EVENT_CANCELLED))

/* What an event that is not after now has in it; false when it changes the terms once too often. */
static bool take_in(sla__log *log, const sla_event *event, size_t i, survey *found) {
  uint64_t bit = SLA__BIT(event->kind);
  if (found->end != 0) return true; /* for good */
  if (found->beginning && (i == 0 || (event->at == log->events->at && begins(event))))
    log->beginning = i + 1;
  else found->beginning = false;
  if (!(bit & NOTED)) return true;
  if (event->kind == SLA_EVENT_PRIORITY) log->priority = (uint32_t)event->value;
  if (event->kind == SLA_EVENT_CANCELLED) found->end = i + 1;
  log->passes = log->passes || event->kind == SLA_EVENT_POLICY;
  if (!found->beginning && (bit & CHANGES)) {
    log->changes |= bit;
    log->last_change = i;
  }
  return !found->common.sticky || ++found->changes <= SLA__CHANGES_MAX;
}

/* Most events are right, not after now, and say nothing that is to be noted: they take a few
 * comparisons each. */
static int32_t read(sla__log *log, size_t count, sla_time now, survey *found, sla_error *error) {
  const uint32_t known = found->common.known;
  const size_t stride = log->stride;
  const sla_event *before = NULL, *event = log->events;
  for (size_t i = 0; i < count; i++) {
    if (before == NULL || event->at < before->at || event->at > now ||
        stride != sizeof *event || !is_plain(event, known)) {
      const checked at = {log, &found->common, event, (int64_t)i, error};
      int32_t code = check_place(&at, before, now);
      if (code != SLA_OK) return code;
    }
    if (event->at <= now) log->count = i + 1;
    bool noted = found->beginning || (SLA__BIT(event->kind & 63) & NOTED);
    if (noted && event->at <= now && !take_in(log, event, i, found))
      return sla__fail_index(error, SLA_E_LIMIT, (int64_t)i, SLA__CHANGES_MAX + 1,
                             SLA__CHANGES_MAX);
    before = event;
    event = SLA__CONST_AT(sla_event, event, stride, 1);
  }
  if (found->end != 0) log->count = found->end;
  return SLA_OK;
}

int32_t sla__log_init(sla__log *log, const sla__policies *policies, const sla_event *events,
                      size_t count, size_t stride, sla_time now, sla_error *error) {
  if (count == 0) return sla__fail(error, SLA_E_CREATION);
  log->policies = *policies;
  log->events = events;
  log->stride = stride;
  log->count = log->beginning = log->last_change = 0;
  log->priority = 0;
  log->changes = 0;
  log->passes = false;
  survey found = {.common = common_of(log, count, now), .beginning = true};
  return read(log, count, now, &found, error);
}
