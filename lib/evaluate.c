/* SPDX-License-Identifier: MIT */
#include "evaluate.h"

#include "error.h"
#include "story.h"

/* ---- a ticket ---- */

int32_t sla__ticket_of_events(sla__ticket *ticket, const sla__policies *policies,
                              const sla_event *events, size_t count, size_t stride, sla_time now,
                              sla_error *error) {
  ticket->row.undated = 0;
  return sla__log_init(&ticket->log, policies, events, count, stride, now, error);
}

int32_t sla__ticket_of_row(sla__ticket *ticket, const sla__policies *policies, const sla_row *row,
                           size_t size, sla_time now, sla_error *error) {
  int32_t code =
      sla__row_log_init(&ticket->row, policies->all[policies->first], row, size, error);
  if (code != SLA_OK) return code;
  return sla__log_init(&ticket->log, policies, ticket->row.events, ticket->row.count,
                       sizeof *ticket->row.events, now, error);
}

/* Paused since nobody knows when: what was counted until then is not known either. */
static void forget_pause(sla_result *result) {
  result->stopped_at = result->due_at = result->due_soon_at = result->breached_at = SLA_NONE;
  result->projected_due_at = result->next_change_at = SLA_NONE;
  result->elapsed = result->remaining = result->wall_elapsed = SLA_NONE;
  result->wall_remaining = result->late_by = result->wall_paused = SLA_NONE;
  result->phase = SLA_PAUSED;
  result->status = SLA_STATUS_NONE;
  result->flags = SLA_PAUSE_UNKNOWN;
}

static bool is_open(const sla_result *result) {
  return result->phase == SLA_RUNNING || result->phase == SLA_PAUSED;
}

void sla__evaluate_ticket(uint32_t metric, const sla__ticket *ticket, sla_time now,
                          sla_result *result, size_t result_size) {
  sla__story story;
  sla__story_init(&story, metric, &ticket->log);
  while (sla__story_next(&story)) {}
  sla__story_read(&story, metric, now, result);
  result->priority = ticket->log.priority;
  const sla__metric *rule = story.timeline.rule;
  if (ticket->row.undated != 0 && is_open(result) &&
      sla__metric_is_pause(rule, ticket->row.undated))
    forget_pause(result);
  sla__record_end(result, result_size, sizeof *result);
}

/* ---- what every call checks besides its own input ---- */

int32_t sla__policies_check(const sla__policies *policies, sla_error *error) {
  if (policies->all == NULL) return sla__fail_null(error, 1);
  if (policies->count == 0) return sla__fail_argument(error, SLA_E_ARGUMENT, 2, 0, 1);
  for (size_t i = 0; i < policies->count; i++)
    if (policies->all[i] == NULL) return sla__fail_index(error, SLA_E_NULL, (int64_t)i, 0, 0);
  return SLA_OK;
}

int32_t sla__policies_check_metric(const sla__policies *policies, uint32_t metric,
                                   uint32_t argument, sla_error *error) {
  for (size_t i = 0; i < policies->count; i++)
    if (sla__policy_metric(policies->all[i], metric) != NULL) return SLA_OK;
  return sla__fail_argument(error, SLA_E_METRIC, argument, metric, SLA__METRICS - 1);
}

int32_t sla__check_now(sla_time now, uint32_t argument, sla_error *error) {
  if (sla__valid_time(now)) return SLA_OK;
  return sla__fail_argument(error, SLA_E_RANGE, argument, now,
                            sla__nearer(now, SLA_TIME_MIN, SLA_TIME_MAX));
}

/* The instant and the results, and the arguments at which they stand. */
static int32_t check_call(sla_time now, uint32_t now_at, const void *results, size_t size,
                          uint32_t results_at, uint32_t size_at, sla_error *error) {
  if (results == NULL) return sla__fail_null(error, results_at);
  int32_t code = sla__check_now(now, now_at, error);
  return code == SLA_OK ? sla__check_size(error, size_at, size, sizeof(sla_result)) : code;
}

/* ---- public ---- */

int32_t sla_evaluate(const sla_policy *policy, uint32_t metric, const sla_event *events,
                     size_t count, size_t event_size, sla_time now, sla_result *result,
                     size_t result_size, sla_error *error) {
  const sla__policies policies = {&policy, 1, 0};
  sla__ticket ticket;
  if (policy == NULL) return sla__fail_null(error, 1);
  if (events == NULL && count > 0) return sla__fail_null(error, 3);
  int32_t code = sla__policies_check_metric(&policies, metric, 2, error);
  if (code == SLA_OK) code = sla__check_size(error, 5, event_size, sizeof *events);
  if (code == SLA_OK) code = check_call(now, 6, result, result_size, 7, 8, error);
  if (code == SLA_OK)
    code = sla__ticket_of_events(&ticket, &policies, events, count, event_size, now, error);
  if (code == SLA_OK) sla__evaluate_ticket(metric, &ticket, now, result, result_size);
  return code;
}

int32_t sla_evaluate_policies(const sla_policy *const *policies, size_t policy_count,
                              uint32_t metric, const sla_event *events, size_t count,
                              size_t event_size, sla_time now, sla_result *result,
                              size_t result_size, sla_error *error) {
  const sla__policies all = {policies, policy_count, 0};
  sla__ticket ticket;
  int32_t code = sla__policies_check(&all, error);
  if (code == SLA_OK && events == NULL && count > 0) code = sla__fail_null(error, 4);
  if (code == SLA_OK) code = sla__policies_check_metric(&all, metric, 3, error);
  if (code == SLA_OK) code = sla__check_size(error, 6, event_size, sizeof *events);
  if (code == SLA_OK) code = check_call(now, 7, result, result_size, 8, 9, error);
  if (code == SLA_OK)
    code = sla__ticket_of_events(&ticket, &all, events, count, event_size, now, error);
  if (code == SLA_OK) sla__evaluate_ticket(metric, &ticket, now, result, result_size);
  return code;
}

int32_t sla_evaluate_row(const sla_policy *policy, uint32_t metric, const sla_row *row,
                         size_t row_size, sla_time now, sla_result *result, size_t result_size,
                         sla_error *error) {
  const sla__policies policies = {&policy, 1, 0};
  sla__ticket ticket;
  if (policy == NULL) return sla__fail_null(error, 1);
  if (row == NULL) return sla__fail_null(error, 3);
  int32_t code = sla__policies_check_metric(&policies, metric, 2, error);
  if (code == SLA_OK) code = sla__check_size(error, 4, row_size, sizeof *row);
  if (code == SLA_OK) code = check_call(now, 5, result, result_size, 6, 7, error);
  if (code == SLA_OK) code = sla__ticket_of_row(&ticket, &policies, row, row_size, now, error);
  if (code == SLA_OK) sla__evaluate_ticket(metric, &ticket, now, result, result_size);
  return code;
}

static void evaluate_all(const sla_policy *policy, const sla__ticket *ticket, sla_time now,
                         sla_result *results, size_t size, size_t *written) {
  const sla__metric *metrics = policy->metrics.data;
  size_t count = 0;
  for (size_t i = 0; count < policy->listed; i++)
    if (metrics[i].has_target)
      sla__evaluate_ticket(metrics[i].metric, ticket, now,
                           SLA__AT(sla_result, results, size, count++), size);
  *written = count;
}

static int32_t check_capacity(const sla_policy *policy, size_t capacity, uint32_t at,
                              sla_error *error) {
  uint32_t count = policy->listed;
  if (capacity >= count) return SLA_OK;
  return sla__fail_argument(error, SLA_E_LIMIT, at, (int64_t)capacity, count);
}

int32_t sla_evaluate_all(const sla_policy *policy, const sla_event *events, size_t count,
                         size_t event_size, sla_time now, sla_result *results, size_t capacity,
                         size_t result_size, size_t *written, sla_error *error) {
  const sla__policies policies = {&policy, 1, 0};
  sla__ticket ticket;
  if (policy == NULL) return sla__fail_null(error, 1);
  if (events == NULL && count > 0) return sla__fail_null(error, 2);
  if (written == NULL) return sla__fail_null(error, 9);
  int32_t code = sla__check_size(error, 4, event_size, sizeof *events);
  if (code == SLA_OK) code = check_call(now, 5, results, result_size, 6, 8, error);
  if (code == SLA_OK) code = check_capacity(policy, capacity, 7, error);
  if (code == SLA_OK)
    code = sla__ticket_of_events(&ticket, &policies, events, count, event_size, now, error);
  if (code == SLA_OK) evaluate_all(policy, &ticket, now, results, result_size, written);
  return code;
}

int32_t sla_evaluate_row_all(const sla_policy *policy, const sla_row *row, size_t row_size,
                             sla_time now, sla_result *results, size_t capacity,
                             size_t result_size, size_t *written, sla_error *error) {
  const sla__policies policies = {&policy, 1, 0};
  sla__ticket ticket;
  if (policy == NULL) return sla__fail_null(error, 1);
  if (row == NULL) return sla__fail_null(error, 2);
  if (written == NULL) return sla__fail_null(error, 8);
  int32_t code = sla__check_size(error, 3, row_size, sizeof *row);
  if (code == SLA_OK) code = check_call(now, 4, results, result_size, 5, 7, error);
  if (code == SLA_OK) code = check_capacity(policy, capacity, 6, error);
  if (code == SLA_OK) code = sla__ticket_of_row(&ticket, &policies, row, row_size, now, error);
  if (code == SLA_OK) evaluate_all(policy, &ticket, now, results, result_size, written);
  return code;
}
