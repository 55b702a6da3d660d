/* SPDX-License-Identifier: MIT */
#include "timeline.h"

#define BIT SLA__BIT
#define BATCH 64 /* events, as many as there are bits to a mask */

/* A change of the ticket's status or conditions, in masks. */
typedef struct {
  uint64_t event;         /* its kind; 0 for what the ticket was at its creation */
  uint64_t set, cleared;  /* conditions */
  uint32_t entered, left; /* statuses; 0 when it is about conditions */
  bool was_done;
} change;

static bool met(const sla_trigger *trigger, const change *c) {
  return (trigger->events & c->event) || (trigger->conditions_set & c->set) ||
         (trigger->conditions_cleared & c->cleared) ||
         ((trigger->statuses & c->entered) && !(trigger->statuses & c->left));
}

/* ---- what is promised ---- */

static const sla__target nothing = {.amount = SLA_NONE, .lead = SLA_NONE};

static const sla__target *target_in_force(const sla__timeline *t) {
  return t->promiser == NULL ? &nothing : sla__policy_target(t->policy, t->promiser, t->priority);
}

static void put_in_force(sla__timeline *t, const sla_policy *policy) {
  t->policy = policy;
  t->promiser = policy == NULL ? NULL : sla__policy_metric(policy, t->rule->metric);
}

static bool ignores_changes(const sla__timeline *t) {
  return t->rule->options[SLA_OPTION_TARGET_CHANGED] == SLA_CHANGED_IGNORED;
}

static bool watches_changes(const sla__timeline *t) {
  return t->rule->options[SLA_OPTION_BREACH_UNDONE] || sla__metric_each_stretch(t->rule);
}

/* ---- steps ---- */

static void push(sla__timeline *t, sla__step step) {
  t->steps[t->step_count++] = (uint8_t)step;
}

/* A clock begins to run; where something pauses it, it is paused at once. */
static void set_off(sla__timeline *t, sla__step step) {
  push(t, step);
  if (t->paused) push(t, SLA__PAUSE);
}

static void start(sla__timeline *t) {
  set_off(t, SLA__START);
  t->open = t->begun = true;
  t->stopped = t->by_solve = t->waiting = t->over = false;
  t->anchor = SLA_NONE;
}

static void stop(sla__timeline *t, bool by_solve) {
  if (!t->open) return;
  push(t, SLA__STOP);
  t->open = false;
  t->stopped = true;
  t->by_solve = by_solve;
  t->over = t->rule->shape == SLA_ONCE &&
            !(by_solve && t->rule->options[SLA_OPTION_REOPENED] != SLA_REOPENED_STAYS);
}

static void cancel(sla__timeline *t) {
  if (!t->open) return;
  push(t, SLA__CANCEL);
  t->open = false;
  t->over = t->rule->shape == SLA_ONCE;
}

/* A start of this event takes the terms as they are. */
static bool starts_now(const sla__timeline *t) {
  for (size_t i = 0; i < t->step_count; i++)
    if (t->steps[i] == SLA__START) return true;
  return false;
}

/* The terms of an open clock may have changed. */
static void apply_terms(sla__timeline *t) {
  uint8_t option = t->rule->options[SLA_OPTION_TARGET_CHANGED];
  const sla__target *target = target_in_force(t);
  if (!t->open || ignores_changes(t) || starts_now(t)) return;
  bool same = sla__target_same(target, t->promise.target);
  if (!same && option == SLA_CHANGED_RESTARTS) {
    cancel(t);
    start(t);
    return;
  }
  t->promise.target = target;
  t->promise.priority = t->priority;
  if (same) return;
  if (t->promise.manual == SLA_NONE) t->promise.changed = t->now;
  if (option == SLA_CHANGED_FROM_CHANGE) set_off(t, SLA__RESTART);
  else if (watches_changes(t)) push(t, SLA__RETARGET);
}

/* Under the terms of now, and then paused where something pauses it. */
static void go_on(sla__timeline *t, sla__step step) {
  push(t, step);
  t->open = true;
  t->stopped = t->by_solve = t->waiting = false;
  apply_terms(t);
  if (t->paused) push(t, SLA__PAUSE);
}

/* ---- starting ---- */

/* The customer's first message up to the present event. */
static sla_time first_message(const sla__timeline *t) {
  if (t->log->events->value == SLA_CREATOR_CUSTOMER) return t->log->events->at;
  for (size_t i = 1; i < t->next; i++)
    if (sla__log_event(t->log, i)->kind == SLA_EVENT_CUSTOMER_MESSAGE)
      return sla__log_event(t->log, i)->at;
  return SLA_NONE;
}

static sla_time anchor_of(const sla__timeline *t) {
  const sla_event *event = sla__log_event(t->log, t->next - 1);
  switch (t->rule->options[SLA_OPTION_ANCHOR]) {
    case SLA_ANCHOR_CREATION: return t->log->events->at;
    case SLA_ANCHOR_FIRST_MESSAGE: return first_message(t);
    case SLA_ANCHOR_POLICY:
      return t->applied < t->next ? sla__log_event(t->log, t->applied)->at : SLA_NONE;
    case SLA_ANCHOR_VALUE: return event->kind >= SLA_EVENT_OWN ? event->value : SLA_NONE;
    default: return SLA_NONE;
  }
}

static void start_first(sla__timeline *t) {
  start(t);
  sla_time anchor = anchor_of(t);
  if (anchor != SLA_NONE && anchor < t->now) t->anchor = anchor;
}

/* The start of the rule was met, and nothing holds it back. */
static void begin(sla__timeline *t) {
  uint8_t shape = t->rule->shape;
  if (t->open) {
    if (t->rule->options[SLA_OPTION_ANCHOR] == SLA_ANCHOR_NEWEST) set_off(t, SLA__RESTART);
  } else if (!t->begun) {
    start_first(t);
  } else if (shape == SLA_SUM) {
    if (t->stopped) go_on(t, SLA__REOPEN);
  } else if (shape != SLA_ONCE) {
    start(t);
  }
}

static void start_met(sla__timeline *t) {
  bool waits = t->done && t->rule->options[SLA_OPTION_SOLVED] != SLA_SOLVED_KEEPS_RUNNING;
  if (t->rule->options[SLA_OPTION_GATE] && !t->gate) return;
  if (!waits) begin(t);
  else if (!t->open && t->rule->shape != SLA_PERIODIC) t->waiting = true;
}

/* ---- solving, reopening, pausing ---- */

static void solved(sla__timeline *t) {
  switch (t->rule->options[SLA_OPTION_SOLVED]) {
    case SLA_SOLVED_STOPS: stop(t, true); break;
    case SLA_SOLVED_CANCELS: cancel(t); break;
    default: break;
  }
}

/* A metric of groups has nothing to start for a ticket without one. */
static bool lacks_group(const sla__timeline *t) {
  return t->group == 0 && (t->rule->start.events & BIT(SLA_EVENT_GROUP));
}

static void reopened(sla__timeline *t) {
  uint8_t option = t->by_solve ? t->rule->options[SLA_OPTION_REOPENED] : SLA_REOPENED_STAYS;
  if (option == SLA_REOPENED_RESUMES) go_on(t, SLA__REOPEN);
  else if (option == SLA_REOPENED_COUNTS) go_on(t, SLA__CONTINUE);
  else if (option == SLA_REOPENED_NEW_CYCLE && !lacks_group(t)) start(t);
  else if (t->waiting) begin(t);
  t->waiting = false;
}

static bool pauses(const sla__metric *rule, uint32_t status, uint64_t conditions) {
  return sla__metric_is_pause(rule, status) || (rule->pause_conditions & conditions);
}

/* A pausing status that is set pauses again what a trigger had resumed. */
static void set_pause(sla__timeline *t, const change *c) {
  bool level = pauses(t->rule, t->status, t->conditions);
  bool again = c->entered & t->rule->pauses;
  if (level && (!t->level || again)) t->paused = true;
  else if (!level && t->level && t->rule->options[SLA_OPTION_RESUME] == SLA_RESUME_EITHER)
    t->paused = false;
  t->level = level;
}

/* ---- one event: it stops, pauses and starts, in this order (M15) ---- */

static void fulfil(sla__timeline *t, bool by_solve) {
  t->waiting = false;
  stop(t, by_solve);
}

/* Kinds of events (masks, the second one of those that can start a clock) that leave the status
 * and the conditions of the ticket as they are. */
static void react_to_kinds(sla__timeline *t, uint64_t kinds, uint64_t starts) {
  const sla__metric *rule = t->rule;
  if (kinds & rule->fulfil.events) fulfil(t, false);
  if (kinds & rule->cancel.events) cancel(t);
  if (kinds & BIT(SLA_EVENT_AGENT_REPLY)) t->gate = true;
  if (t->paused && (kinds & rule->resume.events)) {
    t->paused = false;
    if (t->open) push(t, SLA__RESUME);
  }
  if (starts & rule->start.events) start_met(t);
}

static void react_to_kind(sla__timeline *t, uint32_t kind) {
  react_to_kinds(t, BIT(kind), BIT(kind));
}

static void react_to_change(sla__timeline *t, const change *c) {
  const sla__metric *rule = t->rule;
  bool named = (c->event & rule->named) || (c->entered & rule->entries) || c->set || c->cleared;
  bool was_paused = t->paused, becomes_done = t->done && !c->was_done;
  size_t before = t->step_count;
  set_pause(t, c);
  if (named && met(&rule->resume, c)) t->paused = false;
  if (named && met(&rule->fulfil, c)) fulfil(t, becomes_done);
  else if (becomes_done) solved(t);
  if (named && met(&rule->cancel, c)) cancel(t);
  if (becomes_done) t->gate = true;
  if (c->was_done && !t->done) reopened(t);
  if (t->open && t->step_count == before && t->paused != was_paused)
    push(t, t->paused ? SLA__PAUSE : SLA__RESUME);
  if (named && met(&rule->start, c)) start_met(t);
}

/* From a status that does not matter to the rule to another one nothing happens. */
static void status_event(sla__timeline *t, uint32_t status) {
  uint32_t entered = 1u << status, left = 1u << t->status;
  t->status = status;
  if (!(t->rule->statuses & (entered | left))) return;
  const change c = {.event = BIT(SLA_EVENT_STATUS), .entered = entered, .left = left,
                    .was_done = t->done};
  t->done = sla__policy_is_done(t->log->policies.all[t->ruling], status);
  react_to_change(t, &c);
}

static void group_event(sla__timeline *t, int64_t group) {
  if (group == t->group) return;
  t->group = group;
  react_to_kinds(t, BIT(SLA_EVENT_GROUP), group == 0 ? 0 : BIT(SLA_EVENT_GROUP));
}

static void condition_event(sla__timeline *t, const sla_event *event) {
  bool set = event->kind == SLA_EVENT_CONDITION_SET;
  uint64_t bit = BIT(event->value);
  if (set == ((t->conditions & bit) != 0)) return;
  const change c = {.event = BIT(event->kind), .was_done = t->done,
                    .set = set ? bit : 0, .cleared = set ? 0 : bit};
  t->conditions ^= bit;
  react_to_change(t, &c);
}

static void policy_event(sla__timeline *t, const sla_event *event) {
  size_t index = t->next - 1;
  put_in_force(t, sla__log_policy(t->log, event));
  if (index == t->applied) react_to_kind(t, SLA_EVENT_POLICY);
  if (index == t->withdrawn) {
    cancel(t);
    t->over = true;
  } else {
    apply_terms(t);
  }
}

static void priority_event(sla__timeline *t, uint32_t priority) {
  t->priority = priority;
  react_to_kind(t, SLA_EVENT_PRIORITY);
  apply_terms(t);
}

static void due_event(sla__timeline *t, sla_time due) {
  if (due == t->promise.manual) return;
  t->promise.manual = due;
  t->promise.changed = t->now;
  if (watches_changes(t)) push(t, SLA__RETARGET);
}

/* A metric by its number, or all of them. */
static bool is_named(const sla__timeline *t, const sla_event *event) {
  return event->flags == 0 || event->flags == t->rule->metric;
}

static void take_event(sla__timeline *t, const sla_event *event) {
  switch (event->kind) {
    case SLA_EVENT_STATUS: status_event(t, (uint32_t)event->value); break;
    case SLA_EVENT_GROUP: group_event(t, event->value); break;
    case SLA_EVENT_CONDITION_SET:
    case SLA_EVENT_CONDITION_CLEARED: condition_event(t, event); break;
    case SLA_EVENT_POLICY: policy_event(t, event); break;
    case SLA_EVENT_PRIORITY: priority_event(t, (uint32_t)event->value); break;
    case SLA_EVENT_DUE_SET:
      if (t->open && is_named(t, event)) due_event(t, event->value);
      break;
    case SLA_EVENT_RESET:
      if (!t->open || !is_named(t, event)) break;
      cancel(t);
      start(t);
      break;
    case SLA_EVENT_CANCELLED: cancel(t); break; /* the last event there is */
    default: react_to_kind(t, event->kind); break;
  }
}

/* ---- the creation ---- */

/* How the ticket was then. */
static void read_beginning(sla__timeline *t) {
  for (size_t i = 1; i < t->log->beginning; i++) {
    const sla_event *event = sla__log_event(t->log, i);
    switch (event->kind) {
      case SLA_EVENT_STATUS: t->status = (uint32_t)event->value; break;
      case SLA_EVENT_PRIORITY: t->priority = (uint32_t)event->value; break;
      case SLA_EVENT_GROUP: t->group = event->value; break;
      case SLA_EVENT_POLICY: put_in_force(t, sla__log_policy(t->log, event)); break;
      case SLA_EVENT_CONDITION_SET: t->conditions |= BIT(event->value); break;
      default: t->conditions &= ~BIT(event->value); break;
    }
  }
}

/* The creation itself, the policy if it was applied then, and the opening message. */
static void react_to_creation(sla__timeline *t, int64_t creator) {
  uint8_t option = t->rule->options[SLA_OPTION_CREATED_BY_OTHER];
  bool silent = creator != SLA_CREATOR_CUSTOMER && option == SLA_CREATED_STARTS_NOTHING;
  uint64_t kinds = silent ? 0 : BIT(SLA_EVENT_CREATED);
  if (t->applied < t->log->beginning) kinds |= BIT(SLA_EVENT_POLICY);
  react_to_kinds(t, kinds, kinds);
  if (creator == SLA_CREATOR_CUSTOMER) react_to_kind(t, SLA_EVENT_CUSTOMER_MESSAGE);
  if (creator == SLA_CREATOR_AGENT && option == SLA_CREATED_REPLIES)
    react_to_kind(t, SLA_EVENT_AGENT_REPLY);
}

/* What the ticket was then counts as having become so after that. */
static void react_to_beginning(sla__timeline *t) {
  const change entered = {.entered = 1u << t->status};
  const change conditions = {.set = t->conditions, .was_done = t->done};
  if (t->rule->statuses & entered.entered) react_to_change(t, &entered);
  if (t->group != 0) react_to_kind(t, SLA_EVENT_GROUP);
  if (t->conditions != 0) react_to_change(t, &conditions);
}

static void creation(sla__timeline *t) {
  read_beginning(t);
  t->next = t->batch = t->log->beginning;
  t->over = t->withdrawn < t->log->beginning; /* there never was a policy with the metric */
  if (t->over) return;
  t->level = t->paused = pauses(t->rule, t->status, t->conditions);
  react_to_creation(t, t->log->events->value);
  t->done = sla__policy_is_done(t->log->policies.all[t->ruling], t->status);
  react_to_beginning(t);
}

/* ---- the past of a start that counts from before it ---- */

static void pass(sla__past *past, const sla__metric *rule, const sla_event *event) {
  if (event->kind == SLA_EVENT_STATUS) past->status = (uint32_t)event->value;
  if (event->kind == SLA_EVENT_CONDITION_SET) past->conditions |= BIT(event->value);
  if (event->kind == SLA_EVENT_CONDITION_CLEARED) past->conditions &= ~BIT(event->value);
  past->level = pauses(rule, past->status, past->conditions);
}

/* To where the clock starts. */
static void go_back(sla__timeline *t) {
  t->past = (sla__past){.status = SLA_TICKET_NEW, .tells = true};
  while (t->past.next < t->log->count &&
         sla__log_event(t->log, t->past.next)->at <= t->anchor)
    pass(&t->past, t->rule, sla__log_event(t->log, t->past.next++));
  t->at = t->anchor;
}

/* Up to the next event before the one that made the start; at last, to how it is now. */
static void pass_on(sla__timeline *t) {
  bool over = t->past.next >= t->next - 1;
  const sla_event *event = over ? NULL : sla__log_event(t->log, t->past.next++);
  if (over) t->past.level = t->paused;
  else pass(&t->past, t->rule, event);
  if (over) t->anchor = SLA_NONE;
  t->at = over ? t->now : event->at;
}

/* The next pause of that past, or its end. */
static bool past_step(sla__timeline *t, sla__step *step) {
  if (!t->past.tells) return false;
  while (t->anchor != SLA_NONE && t->past.level == t->past.told) pass_on(t);
  t->past.tells = t->past.level != t->past.told;
  t->past.told = t->past.level;
  *step = t->past.level ? SLA__PAUSE : SLA__RESUME;
  return t->past.tells;
}

/* ---- walking ---- */

/* The ruling policy is the last one in force that has a target for the metric, or else the last
 * that has the metric. */
static void find_ruling(sla__timeline *t, uint32_t metric) {
  const sla__log *log = t->log;
  const sla_policy *policy = log->policies.all[log->policies.first];
  t->ruling = log->policies.first;
  t->rule = sla__policy_metric(policy, metric);
  if (!log->passes) return;
  for (size_t i = 1; i < log->count; i++) {
    const sla_event *event = sla__log_event(log, i);
    if (event->kind != SLA_EVENT_POLICY) continue;
    policy = sla__log_policy(log, event);
    const sla__metric *rule = policy == NULL ? NULL : sla__policy_metric(policy, metric);
    bool better = rule != NULL && (rule->has_target || t->rule == NULL || !t->rule->has_target);
    if (better) {
      t->ruling = (size_t)event->value;
      t->rule = rule;
      t->applied = i;
      t->withdrawn = SIZE_MAX;
    } else if (t->withdrawn == SIZE_MAX) {
      t->withdrawn = i;
    }
  }
}

/* Which events of the batch are of kinds that can matter to the rule: all are looked at together,
 * since a branch on each would go wrong every other time. */
static void scan(sla__timeline *t) {
  const sla__log *log = t->log;
  const size_t count = (size_t)sla__min((int64_t)(log->count - t->batch), BATCH);
  const sla_event *event = sla__log_event(log, t->batch);
  const uint64_t kinds = t->rule->kinds, stride = log->stride;
  uint64_t ahead = 0;
  for (size_t i = 0; i < count; i++, event = SLA__CONST_AT(sla_event, event, stride, 1))
    ahead |= (kinds >> event->kind & 1) << i;
  t->ahead = ahead;
}

/* The next event that can matter; NULL at the end. */
static const sla_event *next_event(sla__timeline *t) {
  for (; t->ahead == 0; scan(t))
    if (t->log->count - t->batch <= BATCH) return NULL;
    else t->batch += BATCH;
  size_t i = t->batch + (size_t)__builtin_ctzll(t->ahead);
  t->ahead &= t->ahead - 1;
  t->next = i + 1;
  return sla__log_event(t->log, i);
}

void sla__timeline_init(sla__timeline *t, uint32_t metric, const sla__log *log) {
  t->log = log;
  t->next = t->applied = t->batch = 0;
  t->withdrawn = SIZE_MAX;
  t->ahead = t->conditions = 0;
  t->group = 0;
  t->status = SLA_TICKET_NEW;
  t->priority = 0;
  t->done = t->level = t->paused = t->open = t->begun = false;
  t->stopped = t->by_solve = t->gate = t->waiting = false;
  t->anchor = SLA_NONE;
  t->past.tells = false;
  t->step_count = t->steps_taken = 0;
  find_ruling(t, metric);
  t->over = t->rule == NULL || log->count == 0;
  if (!t->over) put_in_force(t, log->policies.all[log->policies.first]);
}

static void begin_reading(sla__timeline *t) {
  t->now = t->log->events->at;
  creation(t);
  if (!t->over) scan(t);
}

/* Reads events until one makes a step; false at the end. */
static bool read_on(sla__timeline *t) {
  t->step_count = t->steps_taken = 0;
  if (t->next == 0 && !t->over) begin_reading(t);
  while (t->step_count == 0) {
    const sla_event *event = t->over ? NULL : next_event(t);
    if (event == NULL) return false;
    t->now = event->at;
    take_event(t, event);
  }
  return true;
}

/* A promise begins with the step, not with the event: the clock before keeps its own until then. */
static void take_start(sla__timeline *t, sla__step step) {
  if (step == SLA__START || !ignores_changes(t)) {
    t->promise.target = target_in_force(t);
    t->promise.priority = t->priority;
  }
  if (step == SLA__START) t->promise.manual = t->promise.changed = SLA_NONE;
  if (step == SLA__START && t->anchor != SLA_NONE) go_back(t);
}

sla__step sla__timeline_step(sla__timeline *t) {
  sla__step step;
  if (past_step(t, &step)) return step;
  if (t->steps_taken == t->step_count && !read_on(t)) return SLA__END;
  t->at = t->now;
  step = (sla__step)t->steps[t->steps_taken++];
  if (step == SLA__START || step == SLA__RESTART) take_start(t, step);
  return step;
}

const sla__promise *sla__timeline_outcome(const sla__timeline *timeline, sla__promise *room) {
  if (!sla__timeline_varies(timeline)) return &timeline->promise;
  sla__timeline ahead = *timeline;
  *room = ahead.promise;
  for (;;) {
    sla__step step = sla__timeline_step(&ahead);
    if (step == SLA__START || step == SLA__RESTART) return room;
    if (ahead.open && !sla__timeline_varies(&ahead)) step = SLA__END; /* as good as that */
    if (step == SLA__STOP || step == SLA__CANCEL || (step == SLA__END && ahead.open))
      *room = ahead.promise;
    if (step == SLA__END || step == SLA__CANCEL) return room;
  }
}
