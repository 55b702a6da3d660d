/* SPDX-License-Identifier: MIT */
#include "timeline.h"

static const sla__shape shapes[SLA__METRICS] = {
    [SLA_FIRST_RESPONSE - 1] = {.from_creation = true, .until_reply = true},
    [SLA_NEXT_RESPONSE - 1] = {.until_reply = true},
    [SLA_RESOLUTION - 1] = {.from_creation = true, .reopens = true},
};

void sla__timeline_init(sla__timeline *timeline, const sla_policy *policy, uint32_t metric,
                        const sla__log *log) {
  *timeline = (sla__timeline){.log = log, .policy = policy, .shape = &shapes[metric - 1],
                              .metric = metric, .status = SLA_TICKET_NEW, .manual = SLA_NONE};
}

static void push(sla__timeline *t, sla__step step) { t->steps[t->step_count++] = (uint8_t)step; }

static void start(sla__timeline *t) {
  push(t, SLA__START);
  t->open = true;
  t->stopped = t->waiting = false;
}

static void stop(sla__timeline *t) {
  if (!t->open) return;
  push(t, SLA__STOP);
  t->open = false;
  t->stopped = true;
}

static void cancel(sla__timeline *t) {
  if (!t->open) return;
  push(t, SLA__CANCEL);
  t->open = false;
}

static void set_status(sla__timeline *t, uint32_t status) {
  t->status = status;
  t->done = sla__policy_is_done(t->policy, status);
  t->paused = sla__policy_is_pause(t->policy, t->metric, status);
}

static void solved(sla__timeline *t) {
  t->gate = true;
  stop(t);
}

static void reopened(sla__timeline *t) {
  if (t->shape->reopens && t->stopped) {
    push(t, SLA__REOPEN);
    t->open = true;
    t->stopped = false;
  } else if (t->waiting) {
    start(t);
  }
}

static void status_event(sla__timeline *t, uint32_t status) {
  bool was_done = t->done, was_paused = t->paused;
  set_status(t, status);
  if (t->done && !was_done) solved(t);
  else if (was_done && !t->done) reopened(t);
  else if (t->open && t->paused != was_paused) push(t, t->paused ? SLA__PAUSE : SLA__RESUME);
}

static void customer_message(sla__timeline *t) {
  if (t->shape->from_creation || !t->gate) return;
  if (t->done) t->waiting = true;
  else if (!t->open) start(t);
}

static void agent_reply(sla__timeline *t) {
  t->gate = true;
  t->waiting = false;
  if (t->shape->until_reply) stop(t);
}

static void creation(sla__timeline *t) {
  size_t beginning = sla__log_beginning(t->log);
  set_status(t, SLA_TICKET_NEW);
  for (; t->next < beginning; t->next++) {
    const sla_event *event = sla__log_event(t->log, t->next);
    if (event->kind == SLA_EVENT_STATUS) set_status(t, (uint32_t)event->value);
    else t->priority = (uint32_t)event->value;
  }
  if (t->shape->from_creation) start(t);
  if (t->done) solved(t);
}

static void take_event(sla__timeline *t, const sla_event *event) {
  bool named = event->flags == 0 || event->flags == t->metric;
  switch (event->kind) {
    case SLA_EVENT_CREATED: creation(t); break;
    case SLA_EVENT_CUSTOMER_MESSAGE: customer_message(t); break;
    case SLA_EVENT_AGENT_REPLY: agent_reply(t); break;
    case SLA_EVENT_STATUS: status_event(t, (uint32_t)event->value); break;
    case SLA_EVENT_PRIORITY: t->priority = (uint32_t)event->value; break;
    case SLA_EVENT_NO_REPLY_NEEDED:
      if (!t->shape->from_creation) cancel(t);
      break;
    case SLA_EVENT_DUE_SET:
      if (named && t->open) t->manual = event->value;
      break;
    case SLA_EVENT_RESET:
      if (!named || !t->open) break;
      cancel(t);
      start(t);
      break;
    case SLA_EVENT_CANCELLED:
      cancel(t);
      t->next = t->log->count; /* for good */
      break;
    default: break; /* notes and automatic replies say nothing to a clock */
  }
}

sla__step sla__timeline_step(sla__timeline *t) {
  while (t->steps_taken == t->step_count) {
    if (t->next == t->log->count) return SLA__END;
    const sla_event *event = sla__log_event(t->log, t->next++);
    t->step_count = t->steps_taken = 0;
    t->at = event->at;
    take_event(t, event);
  }
  sla__step step = (sla__step)t->steps[t->steps_taken++];
  if (step == SLA__START) t->manual = SLA_NONE; /* the one before keeps its own until here */
  return step;
}

void sla__timeline_outcome(const sla__timeline *timeline, uint32_t *priority, sla_time *manual) {
  *priority = timeline->priority;
  *manual = SLA_NONE;
  if (timeline->log->constant) return;
  sla__timeline ahead = *timeline;
  for (bool known = false; !known;) {
    sla__step step = sla__timeline_step(&ahead);
    bool over = step == SLA__STOP || step == SLA__CANCEL;
    if (over || (step == SLA__END && ahead.open)) {
      *priority = ahead.priority;
      *manual = ahead.manual;
    }
    known = step == SLA__START || step == SLA__END || step == SLA__CANCEL ||
            (step == SLA__STOP && !ahead.shape->reopens);
  }
}
