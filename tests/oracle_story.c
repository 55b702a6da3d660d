/* SPDX-License-Identifier: MIT */
#include "oracle_story.h"

#include <stdlib.h>
#include <string.h>

/* ---- what the end of the log decides ---- */

static size_t heard(const sla_event *events, size_t count, sla_time now) {
  for (size_t i = 0; i < count; i++) {
    if (events[i].at > now) return i;
    if (events[i].kind == SLA_EVENT_CANCELLED) return i + 1;
  }
  return count;
}

/* The last policy that promises anything of the metric governs, or the last of all where none does;
 * what comes after it leaves the ticket without a promise. */
static void pass_on(oracle_question *q, size_t index) {
  int64_t place = q->events[index].value;
  const oracle_policy *policy = place == SLA_NONE ? NULL : q->policies[place];
  if (policy != NULL && (oracle_has_target(policy, q->metric) ||
                         !oracle_has_target(q->governing, q->metric))) {
    q->governing = policy;
    q->applied = index;
    q->left = q->count;
  } else if (q->left == q->count) {
    q->left = index;
  }
}

void oracle_ask(oracle_question *question, const oracle_policy *const *policies, uint32_t metric,
                const sla_event *events, size_t count, sla_time now) {
  oracle_question q = {.policies = policies, .governing = policies[0], .metric = metric,
                       .events = events, .count = heard(events, count, now)};
  q.left = q.count;
  for (size_t i = 0; i < q.count; i++)
    if (events[i].kind == SLA_EVENT_POLICY) pass_on(&q, i);
  if (q.left < q.count) q.count = q.left + 1;
  q.rule = &q.governing->rules[metric];
  *question = q;
}

/* ---- what terms promise ---- */

oracle_promise oracle_promise_of(const oracle_question *question, const oracle_terms *terms) {
  oracle_promise promise = {NULL, NULL, {SLA_NONE, 0}};
  if (terms->policy == SLA_NONE) return promise;
  const oracle_policy *policy = question->policies[terms->policy];
  const oracle_target *own = &policy->targets[question->metric][terms->priority];
  const oracle_target *any = &policy->targets[question->metric][ORACLE_ANY];
  oracle_soon soon = policy->soon[question->metric][terms->priority];
  bool told = soon.lead != SLA_NONE || soon.percent != 0;
  promise.soon = told ? soon : policy->soon[question->metric][ORACLE_ANY];
  promise.target = own->set ? own : any->set ? any : NULL;
  promise.calendar = policy->calendar;
  if (promise.target == NULL) return promise;
  if (promise.target->calendar != NULL) promise.calendar = promise.target->calendar;
  if (promise.target->clock == SLA_AROUND_THE_CLOCK) promise.calendar = NULL;
  return promise;
}

/* A counted day is as good as its seconds. */
static bool same_amount(const oracle_target *a, const oracle_target *b) {
  bool counted = a->unit <= SLA_UNIT_COUNTED_DAYS && b->unit <= SLA_UNIT_COUNTED_DAYS;
  if (counted) return oracle_seconds(a) == oracle_seconds(b);
  return a->amount == b->amount && a->unit == b->unit;
}

bool oracle_same_promise(const oracle_promise *a, const oracle_promise *b) {
  if (a->calendar != b->calendar || a->soon.lead != b->soon.lead ||
      a->soon.percent != b->soon.percent)
    return false;
  if (a->target == NULL || b->target == NULL) return a->target == b->target;
  return same_amount(a->target, b->target) && a->target->stage == b->target->stage &&
         a->target->allowance == b->target->allowance;
}

/* ---- cycles ---- */

static oracle_cycle *latest(oracle_story *s) {
  return s->cycle_count == 0 ? NULL : &s->cycles[s->cycle_count - 1];
}

static oracle_cycle *open_cycle(oracle_story *s) {
  oracle_cycle *c = latest(s);
  return c != NULL && c->stop == SLA_NONE ? c : NULL;
}

static void begin_stretch(oracle_cycle *c, oracle_kind kind, sla_time at) {
  if (c->count > 0) c->stretches[c->count - 1].to = at;
  if (c->count == ORACLE_STRETCHES) abort();
  c->stretches[c->count++] = (oracle_stretch){at, SLA_NONE, kind, c->term_count};
}

static void hold_to(oracle_cycle *c, oracle_terms terms) {
  if (c->term_count == ORACLE_STRETCHES) abort();
  c->terms[c->term_count++] = terms;
}

static oracle_kind kind_of(bool paused) { return paused ? ORACLE_PAUSED : ORACLE_RUNNING; }

static void run_or_rest(const oracle_story *s, oracle_cycle *c, sla_time at) {
  oracle_kind kind = kind_of(s->paused);
  if (c->count == 0 || c->stretches[c->count - 1].kind != kind) begin_stretch(c, kind, at);
}

/* The cycle counts from an instant on, which may lie before `at`: then what paused in between
 * did, whatever resumed. */
static void count_from(oracle_story *s, oracle_cycle *c, sla_time from, sla_time at,
                       oracle_terms terms) {
  c->start = terms.from = from;
  c->count = 0;
  c->first_term = c->term_count;
  hold_to(c, terms);
  for (size_t i = 0; i < s->past_levels && from < at; i++) {
    if (i + 1 < s->past_levels && s->levels[i + 1].from <= from) continue;
    sla_time since = s->levels[i].from > from ? s->levels[i].from : from;
    if (c->count == 0 || s->levels[i].level != s->levels[i - 1].level)
      begin_stretch(c, kind_of(s->levels[i].level), since);
  }
  run_or_rest(s, c, at);
}

static void begin_cycle(oracle_story *s, sla_time from, sla_time at) {
  if (s->cycle_count == ORACLE_CYCLES) abort();
  oracle_cycle *c = &s->cycles[s->cycle_count++];
  c->number = (uint32_t)s->cycle_count;
  c->began = at;
  c->stop = SLA_NONE;
  c->cancelled = c->by_done = false;
  c->term_count = 0;
  count_from(s, c, from, at, (oracle_terms){from, s->policy, s->priority, SLA_NONE});
}

/* What holds for an open cycle whose terms are to be those of the ticket. */
static oracle_terms terms_now(const oracle_story *s, const oracle_cycle *c, sla_time at) {
  oracle_terms terms = c->terms[c->term_count - 1];
  terms.from = at;
  if (s->question->rule->options[SLA_OPTION_TARGET_CHANGED] == SLA_CHANGED_IGNORED) return terms;
  terms.policy = s->policy;
  terms.priority = s->priority;
  return terms;
}

static void end_cycle(oracle_story *s, sla_time at, bool cancelled, bool by_done) {
  oracle_cycle *c = open_cycle(s);
  if (c == NULL) return;
  c->stop = c->stretches[c->count - 1].to = at;
  c->cancelled = cancelled;
  c->by_done = by_done;
}

static void stop(oracle_story *s, sla_time at, bool by_done) { end_cycle(s, at, false, by_done); }
static void cancel(oracle_story *s, sla_time at) { end_cycle(s, at, true, false); }

/* The ticket's priority or policy may be another one than what an open cycle was held to. */
static void change_terms(oracle_story *s, oracle_terms old, sla_time at) {
  const uint32_t option = s->question->rule->options[SLA_OPTION_TARGET_CHANGED];
  oracle_cycle *c = open_cycle(s);
  oracle_terms new = terms_now(s, c, at);
  if (old.policy == new.policy && old.priority == new.priority) return;
  oracle_promise before = oracle_promise_of(s->question, &old);
  oracle_promise after = oracle_promise_of(s->question, &new);
  bool other = !oracle_same_promise(&before, &after);
  if (other && option == SLA_CHANGED_RESTARTS) {
    cancel(s, at);
    begin_cycle(s, at, at);
  } else if (other && option == SLA_CHANGED_FROM_CHANGE) {
    count_from(s, c, at, at, new);
  } else {
    hold_to(c, new);
  }
}

/* A cycle that stopped goes on; `counting`, as if it had run since.  It does so under the terms of
 * now, and is paused after that. */
static void resume(oracle_story *s, sla_time at, bool counting) {
  oracle_cycle *c = latest(s);
  sla_time gap = c->stop;
  c->stop = SLA_NONE;
  c->by_done = false;
  begin_stretch(c, counting ? ORACLE_RUNNING : ORACLE_DONE, gap);
  if (!counting) begin_stretch(c, ORACLE_RUNNING, at);
  change_terms(s, c->terms[c->term_count - 1], at);
  if (open_cycle(s) == c) run_or_rest(s, c, at);
}

/* ---- one moment ---- */

/* What an event is to the triggers, and what it did to the ticket. */
typedef struct {
  sla_time at;
  int64_t value;
  uint64_t kinds;     /* bit n: an event of kind n */
  uint32_t from, to;  /* statuses left and entered; 0 for none */
  uint64_t set, cleared; /* conditions */
  bool became_done, reopened;
  bool nobody;  /* assigned to no group */
  bool carries; /* `value` is the host's */
} moment;

static bool fires(const oracle_story *s, const sla_trigger *trigger, const moment *m) {
  const oracle_policy *policy = s->question->governing;
  if ((trigger->events & m->kinds) != 0) return true;
  if ((trigger->conditions_set & m->set) != 0) return true;
  if ((trigger->conditions_cleared & m->cleared) != 0) return true;
  if (m->to == 0 || !oracle_in_mask(policy, trigger->statuses, m->to)) return false;
  return m->from == 0 || !oracle_in_mask(policy, trigger->statuses, m->from);
}

static bool is_kind(const moment *m, uint32_t kind) { return (m->kinds >> kind & 1) != 0; }

static void become_done(oracle_story *s, sla_time at) {
  switch (s->question->rule->options[SLA_OPTION_SOLVED]) {
    case SLA_SOLVED_STOPS: stop(s, at, true); break;
    case SLA_SOLVED_CANCELS: cancel(s, at); break;
    default: break;
  }
}

/* From when a cycle counts that an event starts. */
static sla_time anchor_of(const oracle_story *s, const moment *m) {
  const oracle_question *q = s->question;
  sla_time anchor = m->at;
  switch (q->rule->options[SLA_OPTION_ANCHOR]) {
    case SLA_ANCHOR_CREATION: anchor = s->created; break;
    case SLA_ANCHOR_FIRST_MESSAGE:
      if (s->first_message != SLA_NONE) anchor = s->first_message;
      break;
    case SLA_ANCHOR_POLICY: anchor = q->events[q->applied].at; break;
    case SLA_ANCHOR_VALUE:
      if (m->carries) anchor = m->value;
      break;
    default: break;
  }
  return anchor < m->at ? anchor : m->at;
}

/* No cycle is open, and one is to start. */
static void start(oracle_story *s, sla_time from, sla_time at) {
  const uint32_t shape = s->question->rule->shape;
  if (s->cycle_count > 0 && shape == SLA_ONCE) return;
  if (s->cycle_count == 0 || shape != SLA_SUM) begin_cycle(s, from, at);
  else if (!latest(s)->cancelled) resume(s, at, false);
}

static void reopen(oracle_story *s, const moment *m) {
  const sla_metric_rule *rule = s->question->rule;
  const uint32_t option = rule->options[SLA_OPTION_REOPENED];
  bool by_group = (rule->start.events >> SLA_EVENT_GROUP & 1) != 0;
  bool remembered = s->remembered;
  s->remembered = false;
  if (open_cycle(s) == NULL && s->cycle_count > 0 && latest(s)->by_done) {
    if (option == SLA_REOPENED_RESUMES) resume(s, m->at, false);
    if (option == SLA_REOPENED_COUNTS) resume(s, m->at, true);
    if (option == SLA_REOPENED_NEW_CYCLE && !(by_group && s->group == 0))
      begin_cycle(s, m->at, m->at);
  }
  if (open_cycle(s) == NULL && remembered) start(s, anchor_of(s, m), m->at);
}

static bool level_now(const oracle_story *s) {
  const oracle_question *q = s->question;
  return oracle_is_pausing(q->governing, q->metric, s->status) ||
         (s->conditions & q->rule->pause_conditions) != 0;
}

static void note_level(oracle_story *s, sla_time at) {
  if (s->level_count == ORACLE_STRETCHES) abort();
  s->levels[s->level_count].from = at;
  s->levels[s->level_count++].level = s->level;
}

/* Whether an open clock is to be paused after this moment. */
static void decide_pause(oracle_story *s, const moment *m) {
  const oracle_question *q = s->question;
  const uint32_t *options = q->rule->options;
  bool before = s->level;
  bool anew = m->to != 0 && oracle_is_pausing(q->governing, q->metric, m->to);
  s->level = level_now(s);
  if (s->level != before) note_level(s, m->at);
  if (s->level && (!before || anew)) s->paused = true;
  if (!s->level && before && options[SLA_OPTION_RESUME] == SLA_RESUME_EITHER) s->paused = false;
  if (fires(s, &q->rule->resume, m)) s->paused = false;
  if (options[SLA_OPTION_MESSAGE_WHILE_PAUSED] == SLA_MESSAGE_RESUMES &&
      is_kind(m, SLA_EVENT_CUSTOMER_MESSAGE))
    s->paused = false;
}

static void start_perhaps(oracle_story *s, const moment *m) {
  const sla_metric_rule *rule = s->question->rule;
  oracle_cycle *c = open_cycle(s);
  if (!fires(s, &rule->start, m) || m->nobody) return;
  if (rule->options[SLA_OPTION_GATE] == SLA_GATE_FIRST_REPLY && !s->gate) return;
  if (s->done && rule->options[SLA_OPTION_SOLVED] != SLA_SOLVED_KEEPS_RUNNING) {
    if (rule->shape != SLA_PERIODIC && c == NULL) s->remembered = true;
  } else if (c == NULL) {
    start(s, anchor_of(s, m), m->at);
  } else if (rule->options[SLA_OPTION_ANCHOR] == SLA_ANCHOR_NEWEST) {
    count_from(s, c, m->at, m->at, terms_now(s, c, m->at));
  }
}

static void live(oracle_story *s, const moment *m) {
  const sla_metric_rule *rule = s->question->rule;
  bool fulfilled = fires(s, &rule->fulfil, m);
  s->past_levels = s->level_count;
  decide_pause(s, m);
  if (s->first_message == SLA_NONE && is_kind(m, SLA_EVENT_CUSTOMER_MESSAGE))
    s->first_message = m->at;
  if (fulfilled) {
    stop(s, m->at, m->became_done);
    s->remembered = false;
  } else if (m->became_done) {
    become_done(s, m->at);
  }
  if (fires(s, &rule->cancel, m)) cancel(s, m->at);
  if (is_kind(m, SLA_EVENT_AGENT_REPLY) || m->became_done) s->gate = true;
  if (m->reopened) reopen(s, m);
  if (open_cycle(s) != NULL) run_or_rest(s, open_cycle(s), m->at);
  start_perhaps(s, m);
}

/* ---- events ---- */

static uint64_t kind_bit(uint32_t kind) { return UINT64_C(1) << kind; }

static moment moment_of(const sla_event *e) {
  return (moment){.at = e->at, .value = e->value, .kinds = kind_bit(e->kind),
                  .carries = e->kind >= SLA_EVENT_OWN};
}

static void set_status(oracle_story *s, moment *m, uint32_t status, uint32_t from) {
  bool done = oracle_is_done(s->question->governing, status);
  m->from = from;
  m->to = s->status = status;
  m->became_done = done && !s->done;
  m->reopened = !done && s->done;
  s->done = done;
}

/* false when nothing changed. */
static bool set_condition(oracle_story *s, moment *m, int64_t condition, bool holds) {
  uint64_t bit = UINT64_C(1) << condition;
  if (((s->conditions & bit) != 0) == holds) return false;
  s->conditions ^= bit;
  *(holds ? &m->set : &m->cleared) = bit;
  return true;
}

static bool set_group(oracle_story *s, moment *m, int64_t group) {
  if (s->group == group) return false;
  s->group = group;
  m->nobody = group == 0;
  return true;
}

static void set_due(oracle_story *s, const sla_event *e) {
  oracle_cycle *c = open_cycle(s);
  if (c == NULL) return;
  oracle_terms terms = terms_now(s, c, e->at);
  terms.manual = e->value;
  hold_to(c, terms);
}

static void take(oracle_story *s, size_t index) {
  const sla_event *e = &s->question->events[index];
  bool mine = e->flags == 0 || e->flags == s->question->metric;
  moment m = moment_of(e);
  switch (e->kind) {
    case SLA_EVENT_STATUS: set_status(s, &m, (uint32_t)e->value, s->status); break;
    case SLA_EVENT_CONDITION_SET:
    case SLA_EVENT_CONDITION_CLEARED:
      if (!set_condition(s, &m, e->value, e->kind == SLA_EVENT_CONDITION_SET)) return;
      break;
    case SLA_EVENT_GROUP:
      if (!set_group(s, &m, e->value)) return;
      break;
    case SLA_EVENT_PRIORITY:
      s->priority = (uint32_t)e->value;
      break;
    case SLA_EVENT_POLICY:
      s->policy = e->value;
      if (index != s->question->applied) m.kinds = 0;
      break;
    case SLA_EVENT_DUE_SET:
      if (mine) set_due(s, e);
      break;
    case SLA_EVENT_RESET:
      if (!mine || open_cycle(s) == NULL) break;
      cancel(s, e->at);
      begin_cycle(s, e->at, e->at);
      break;
    case SLA_EVENT_CANCELLED: cancel(s, e->at); return; /* the last event there is */
    default: break; /* what is only a trigger */
  }
  live(s, &m);
}

/* An event, and then what it changed of the terms of a clock that was open and still is. */
static void happen(oracle_story *s, size_t index) {
  const oracle_cycle *before = open_cycle(s);
  const sla_event *e = &s->question->events[index];
  oracle_terms terms = {0};
  if (before != NULL) terms = before->terms[before->term_count - 1];
  take(s, index);
  if (index == s->question->left) cancel(s, e->at);
  if ((e->kind == SLA_EVENT_PRIORITY || e->kind == SLA_EVENT_POLICY) && before != NULL &&
      open_cycle(s) == before)
    change_terms(s, terms, e->at);
}

/* ---- the creation ---- */

static bool is_initial(uint32_t kind) {
  return kind == SLA_EVENT_STATUS || kind == SLA_EVENT_PRIORITY || kind == SLA_EVENT_GROUP ||
         kind == SLA_EVENT_CONDITION_SET || kind == SLA_EVENT_CONDITION_CLEARED ||
         kind == SLA_EVENT_POLICY;
}

static size_t end_of_initial(const oracle_question *q) {
  size_t i = 1;
  while (i < q->count && q->events[i].at == q->events[0].at && is_initial(q->events[i].kind)) i++;
  return i;
}

/* What the ticket was created as; that it is done is told later. */
static void set_initial(oracle_story *s, const sla_event *e) {
  moment ignored = {0};
  switch (e->kind) {
    case SLA_EVENT_STATUS: s->status = (uint32_t)e->value; break;
    case SLA_EVENT_PRIORITY: s->priority = (uint32_t)e->value; break;
    case SLA_EVENT_POLICY: s->policy = e->value; break;
    case SLA_EVENT_GROUP: s->group = e->value; break;
    default: set_condition(s, &ignored, e->value, e->kind == SLA_EVENT_CONDITION_SET);
  }
}

/* CREATED, and then the message that created the ticket. */
static void born(oracle_story *s) {
  const oracle_question *q = s->question;
  const sla_event *e = &q->events[0];
  uint32_t option = q->rule->options[SLA_OPTION_CREATED_BY_OTHER];
  moment creation = moment_of(e), message = moment_of(e);
  if (e->value != SLA_CREATOR_CUSTOMER && option == SLA_CREATED_STARTS_NOTHING) creation.kinds = 0;
  if (q->applied < end_of_initial(q)) creation.kinds |= kind_bit(SLA_EVENT_POLICY);
  message.kinds = 0;
  if (e->value == SLA_CREATOR_CUSTOMER) message.kinds = kind_bit(SLA_EVENT_CUSTOMER_MESSAGE);
  if (e->value == SLA_CREATOR_AGENT && option == SLA_CREATED_REPLIES)
    message.kinds = kind_bit(SLA_EVENT_AGENT_REPLY);
  live(s, &creation);
  live(s, &message);
}

/* What the ticket was created as also happens: a status is entered, a group gets the ticket, and
 * conditions begin to hold. */
static void enter_initial(oracle_story *s) {
  moment status = {.at = s->created}, conditions = {.at = s->created, .set = s->conditions};
  moment group = {.at = s->created, .kinds = kind_bit(SLA_EVENT_GROUP)};
  set_status(s, &status, s->status, 0);
  live(s, &status);
  if (s->group != 0) live(s, &group);
  if (s->conditions != 0) live(s, &conditions);
}

static size_t create(oracle_story *s) {
  const oracle_question *q = s->question;
  size_t end = end_of_initial(q);
  for (size_t i = 1; i < end; i++) set_initial(s, &q->events[i]);
  if (q->left < end) return q->count; /* nothing was ever promised */
  s->level = s->paused = level_now(s);
  note_level(s, s->created);
  born(s);
  enter_initial(s);
  return end;
}

void oracle_replay(oracle_story *story, const oracle_question *question, sla_time until) {
  story->question = question;
  story->status = SLA_TICKET_NEW;
  story->priority = 0;
  story->policy = story->group = 0;
  story->conditions = 0;
  story->created = question->events[0].at;
  story->first_message = SLA_NONE;
  story->done = story->gate = story->remembered = false;
  story->level_count = story->cycle_count = 0;
  size_t i = create(story);
  for (; i < question->count && question->events[i].at <= until; i++) happen(story, i);
}
