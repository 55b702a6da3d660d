/* SPDX-License-Identifier: MIT */
/* A ticket under several agreements, and what another policy would change. */
#include "error.h"
#include "evaluate.h"
#include "policy_set.h"

/* ---- who has to act ---- */

static uint32_t holder_of(const sla_policy *policy, uint32_t status) {
  switch (policy->terms.behaves_as[status]) {
    case SLA_TICKET_PENDING: return SLA_HOLDER_CUSTOMER;
    case SLA_TICKET_ON_HOLD: return SLA_HOLDER_OTHER;
    case SLA_TICKET_SOLVED:
    case SLA_TICKET_CLOSED: return SLA_HOLDER_NOBODY;
    default: return SLA_HOLDER_US;
  }
}

int32_t sla_policy_holder(const sla_policy *policy, uint32_t status, uint32_t *holder) {
  if (policy == NULL || holder == NULL) return SLA_E_NULL;
  if (!sla__policy_knows(policy, status)) return SLA_E_STATUS;
  *holder = holder_of(policy, status);
  return SLA_OK;
}

/* At now; nobody before the creation. */
static uint32_t holder_at_end(const sla_policy *policy, const sla__log *log) {
  uint32_t status = SLA_TICKET_NEW;
  if (log->count == 0) return SLA_HOLDER_NOBODY;
  for (size_t i = 0; i < log->count; i++) {
    const sla_event *event = sla__log_event(log, i);
    if (event->kind == SLA_EVENT_CANCELLED) return SLA_HOLDER_NOBODY;
    if (event->kind == SLA_EVENT_STATUS) status = (uint32_t)event->value;
  }
  return holder_of(policy, status);
}

/* ---- a log, or a row, under a policy ---- */

typedef struct {
  const sla_event *events; /* NULL when it is told by a row */
  const sla_row *row;
  size_t count, stride;    /* of the events; of a row 1, and its size */
  sla_time now;
} telling;

static int32_t read_ticket(sla__ticket *ticket, const sla_policy *const *policy, const telling *t,
                           sla_error *error) {
  const sla__policies one = {policy, 1, 0};
  if (t->row != NULL) return sla__ticket_of_row(ticket, &one, t->row, t->stride, t->now, error);
  return sla__ticket_of_events(ticket, &one, t->events, t->count, t->stride, t->now, error);
}

/* ---- several agreements ---- */

#define KEPT 4 /* tickets read once; there are seldom more */

typedef struct {
  const sla_policy_set *set;
  const uint32_t *agreements;
  size_t count;
  telling told;
  sla_time applied_at;
  sla__ticket kept[KEPT]; /* as they were read under the first agreements */
} question;

/* NULL when no version is in force. */
static const sla__version *version_of(const question *q, size_t i, uint32_t *place) {
  const sla__agreed *agreed = &q->set->agreed;
  *place = sla__agreed_in_force(agreed, q->agreements[i], q->applied_at);
  if (*place == SLA_NO_VERSION) return NULL;
  return sla__agreed_version(agreed, sla__agreed_at(agreed, q->agreements[i])->first + *place);
}

static int32_t read_version(sla__ticket *ticket, const sla__version *version, const telling *t,
                            sla_error *error) {
  return read_ticket(ticket, (const sla_policy *const *)&version->policy, t, error);
}

/* Whether every log can be read, before anything is written; *total counts the results. */
static int32_t survey(question *q, size_t *total, sla_error *error) {
  sla__ticket other;
  uint32_t place;
  *total = 0;
  for (size_t i = 0; i < q->count; i++) {
    if (q->agreements[i] >= q->set->agreed.agreements.count)
      return sla__fail_index(error, SLA_E_POLICY, (int64_t)i, q->agreements[i],
                             (int64_t)q->set->agreed.agreements.count - 1);
    const sla__version *version = version_of(q, i, &place);
    if (version == NULL) continue;
    int32_t code = read_version(i < KEPT ? &q->kept[i] : &other, version, &q->told, error);
    if (code != SLA_OK) return code;
    *total += version->policy->listed;
  }
  return SLA_OK;
}

static uint32_t evaluate_one(const question *q, size_t i, uint32_t first, sla_result *results,
                             size_t result_size, sla_outcome *outcome) {
  sla__ticket other;
  uint32_t place;
  const sla__version *version = version_of(q, i, &place);
  const sla__ticket *ticket = i < KEPT ? &q->kept[i] : &other;
  *outcome = (sla_outcome){.agreement = q->agreements[i], .version = place, .first = first};
  if (version == NULL) return 0;
  if (i >= KEPT) (void)read_version(&other, version, &q->told, NULL); /* it was read before */
  const sla_policy *policy = version->policy;
  outcome->hash = version->hash;
  outcome->number = version->number;
  outcome->holder = holder_at_end(policy, &ticket->log);
  outcome->results = policy->listed;
  for (uint32_t m = 0; m < policy->listed; m++)
    sla__evaluate_ticket(sla__policy_list(policy, m)->metric, ticket, q->told.now,
                         SLA__AT(sla_result, results, result_size, first + m), result_size);
  return policy->listed;
}

static void evaluate_each(const question *q, sla_outcome *outcomes, size_t outcome_size,
                          sla_result *results, size_t result_size) {
  uint32_t first = 0;
  for (size_t i = 0; i < q->count; i++) {
    sla_outcome outcome;
    first += evaluate_one(q, i, first, results, result_size, &outcome);
    sla__record_write(SLA__AT(sla_outcome, outcomes, outcome_size, i), outcome_size, &outcome,
                      sizeof outcome);
  }
}

/* What is kept is written when it is read. */
static void ask(question *q, const sla_policy_set *set, const uint32_t *agreements, size_t count,
                sla_time applied_at) {
  q->set = set;
  q->agreements = agreements;
  q->count = count;
  q->applied_at = applied_at;
}

/* What both calls have in common, and the argument at which each has it. */
typedef struct {
  sla_outcome *outcomes;
  size_t outcome_size;
  sla_result *results;
  size_t capacity, result_size;
  size_t *written;
  uint32_t applied_at; /* the next is now, and so on in the order of this record */
} answers;

static int32_t check_answers(const question *q, const answers *to, sla_error *error) {
  uint32_t first = to->applied_at;
  if (q->set == NULL) return sla__fail_null(error, 1);
  if (q->agreements == NULL && q->count > 0) return sla__fail_null(error, 2);
  if (to->outcomes == NULL && q->count > 0) return sla__fail_null(error, first + 2);
  if (to->results == NULL && to->capacity > 0) return sla__fail_null(error, first + 4);
  if (to->written == NULL) return sla__fail_null(error, first + 7);
  int32_t code = q->applied_at == SLA_NONE ? SLA_OK : sla__check_now(q->applied_at, first, error);
  if (code == SLA_OK) code = sla__check_now(q->told.now, first + 1, error);
  if (code == SLA_OK)
    code = sla__check_size(error, first + 3, to->outcome_size, sizeof *to->outcomes);
  if (code == SLA_OK)
    code = sla__check_size(error, first + 6, to->result_size, sizeof *to->results);
  return code;
}

/* Versions are those of the creation unless the caller says otherwise.  It must be an instant, even
 * where no version is in force that would look at it; its place is an event, or a field. */
static int32_t apply(question *q, sla_time created_at, int64_t place, sla_error *error) {
  if (!sla__valid_time(created_at))
    return sla__fail_index(error, SLA_E_RANGE, place, created_at,
                           sla__nearer(created_at, SLA_TIME_MIN, SLA_TIME_MAX));
  if (q->applied_at == SLA_NONE) q->applied_at = created_at;
  return SLA_OK;
}

static int32_t answer(question *q, const answers *to, sla_error *error) {
  size_t total;
  int32_t code = survey(q, &total, error);
  if (code == SLA_OK && to->capacity < total)
    code = sla__fail_argument(error, SLA_E_LIMIT, to->applied_at + 5, (int64_t)to->capacity,
                              (int64_t)total);
  if (code != SLA_OK) return code;
  evaluate_each(q, to->outcomes, to->outcome_size, to->results, to->result_size);
  *to->written = total;
  return SLA_OK;
}

int32_t sla_policy_set_evaluate(const sla_policy_set *set, const uint32_t *agreements,
                                size_t agreement_count, const sla_event *events, size_t count,
                                size_t event_size, sla_time applied_at, sla_time now,
                                sla_outcome *outcomes, size_t outcome_size, sla_result *results,
                                size_t capacity, size_t result_size, size_t *written,
                                sla_error *error) {
  question q;
  ask(&q, set, agreements, agreement_count, applied_at);
  q.told = (telling){events, NULL, count, event_size, now};
  const answers to = {outcomes, outcome_size, results, capacity, result_size, written, 7};
  int32_t code = check_answers(&q, &to, error);
  if (code == SLA_OK && events == NULL && count > 0) code = sla__fail_null(error, 4);
  if (code == SLA_OK) code = sla__check_size(error, 6, event_size, sizeof *events);
  if (code == SLA_OK && count == 0) code = sla__fail_index(error, SLA_E_CREATION, 0, 0, 1);
  if (code == SLA_OK) code = apply(&q, events->at, 0, error);
  if (code == SLA_OK && events->kind != SLA_EVENT_CREATED)
    code = sla__fail_index(error, SLA_E_CREATION, 0, events->kind, 0);
  return code == SLA_OK ? answer(&q, &to, error) : code;
}

int32_t sla_policy_set_evaluate_row(const sla_policy_set *set, const uint32_t *agreements,
                                    size_t agreement_count, const sla_row *row, size_t row_size,
                                    sla_time applied_at, sla_time now, sla_outcome *outcomes,
                                    size_t outcome_size, sla_result *results, size_t capacity,
                                    size_t result_size, size_t *written, sla_error *error) {
  question q;
  ask(&q, set, agreements, agreement_count, applied_at);
  q.told = (telling){NULL, row, 1, row_size, now};
  const answers to = {outcomes, outcome_size, results, capacity, result_size, written, 6};
  int32_t code = check_answers(&q, &to, error);
  if (code == SLA_OK && row == NULL) code = sla__fail_null(error, 4);
  if (code == SLA_OK) code = sla__check_size(error, 5, row_size, sizeof *row);
  if (code == SLA_OK && row->created_at == SLA_NONE)
    code = sla__fail_index(error, SLA_E_ROW, 1, SLA_NONE, 0);
  if (code == SLA_OK) code = apply(&q, row->created_at, 1, error);
  return code == SLA_OK ? answer(&q, &to, error) : code;
}

/* ---- another policy ---- */

static bool has_target(const sla_policy *policy, uint32_t metric) {
  const sla__metric *found = sla__policy_metric(policy, metric);
  return found != NULL && found->has_target;
}

static size_t count_metrics(const sla_policy *from, const sla_policy *to) {
  size_t count = 0;
  for (uint32_t metric = 0; metric < SLA__METRICS; metric++)
    count += has_target(from, metric) || has_target(to, metric);
  return count;
}

static sla_result result_of(const sla_policy *policy, uint32_t metric, const sla__ticket *ticket,
                            sla_time now) {
  sla_result result = {.due_at = SLA_NONE};
  if (has_target(policy, metric))
    sla__evaluate_ticket(metric, ticket, now, &result, sizeof result);
  return result;
}

/* When it is due, were it to resume now: or a change of what is paused would not be seen. */
static sla_time due_of(const sla_result *result) {
  return result->phase == SLA_PAUSED ? result->projected_due_at : result->due_at;
}

static sla_policy_change compare(uint32_t metric, const sla_result *old, const sla_result *new) {
  sla_time due = due_of(new), before = due_of(old);
  bool changed = before != due || old->phase != new->phase || old->status != new->status;
  return (sla_policy_change){.old_due_at = before, .new_due_at = due,
                             .metric = metric, .changed = changed, .old_phase = old->phase,
                             .new_phase = new->phase, .old_status = old->status,
                             .new_status = new->status};
}

static void compare_all(const sla_policy *const policies[2], const sla__ticket tickets[2],
                        sla_time now, sla_policy_change *changes, size_t stride) {
  size_t listed = 0;
  for (uint32_t metric = 0; metric < SLA__METRICS; metric++) {
    if (!has_target(policies[0], metric) && !has_target(policies[1], metric)) continue;
    const sla_result old = result_of(policies[0], metric, &tickets[0], now);
    const sla_result new = result_of(policies[1], metric, &tickets[1], now);
    const sla_policy_change change = compare(metric, &old, &new);
    sla__record_write(SLA__AT(sla_policy_change, changes, stride, listed++), stride, &change,
                      sizeof change);
  }
}

int32_t sla_policy_changes(const sla_policy *from, const sla_policy *to, const sla_event *events,
                           size_t count, size_t event_size, sla_time now,
                           sla_policy_change *changes, size_t capacity, size_t change_size,
                           size_t *written, sla_error *error) {
  const sla_policy *policies[2] = {from, to};
  const telling told = {events, NULL, count, event_size, now};
  sla__ticket tickets[2];
  if (from == NULL) return sla__fail_null(error, 1);
  if (to == NULL) return sla__fail_null(error, 2);
  if (events == NULL && count > 0) return sla__fail_null(error, 3);
  if (changes == NULL && capacity > 0) return sla__fail_null(error, 7);
  if (written == NULL) return sla__fail_null(error, 10);
  int32_t code = sla__check_size(error, 5, event_size, sizeof *events);
  if (code == SLA_OK) code = sla__check_now(now, 6, error);
  if (code == SLA_OK) code = sla__check_size(error, 9, change_size, sizeof *changes);
  for (int i = 0; i < 2 && code == SLA_OK; i++)
    code = read_ticket(&tickets[i], &policies[i], &told, error);
  size_t total = count_metrics(from, to);
  if (code == SLA_OK && capacity < total)
    code = sla__fail_argument(error, SLA_E_LIMIT, 8, (int64_t)capacity, (int64_t)total);
  if (code != SLA_OK) return code;
  compare_all(policies, tickets, now, changes, change_size);
  *written = total;
  return SLA_OK;
}
