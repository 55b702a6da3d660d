/* SPDX-License-Identifier: MIT */
#include "evaluate.h"

#include "clock.h"
#include "error.h"
#include "timeline.h"

static const sla_result nothing = {
    .started_at = SLA_NONE, .stopped_at = SLA_NONE, .due_at = SLA_NONE, .due_soon_at = SLA_NONE,
    .breached_at = SLA_NONE, .projected_due_at = SLA_NONE, .next_change_at = SLA_NONE,
    .target = SLA_NONE, .elapsed = SLA_NONE, .remaining = SLA_NONE, .wall_elapsed = SLA_NONE,
    .wall_remaining = SLA_NONE, .late_by = SLA_NONE, .wall_paused = SLA_NONE};

/* ---- a log ---- */

static void start_cycle(const sla_policy *policy, const sla__timeline *timeline,
                        sla__clock *clock) {
  uint32_t priority;
  sla_time manual;
  sla__timeline_outcome(timeline, &priority, &manual);
  sla__clock_start(clock, sla__policy_target(policy, timeline->metric, priority), manual,
                   timeline->at, timeline->paused);
}

/* Counts a cycle that has ended. */
static void tally(const sla__clock *clock, sla_result *result) {
  if (clock->phase != SLA_FULFILLED) return;
  uint32_t verdict = sla__clock_verdict(clock);
  result->met += verdict == SLA_ON_TIME;
  result->missed += verdict == SLA_OVERDUE;
}

static void evaluate_log(const sla_policy *policy, uint32_t metric, const sla__log *log,
                         sla_time now, sla_result *result) {
  sla__clock clock = {.phase = SLA_INACTIVE};
  sla__timeline timeline;
  sla__step step;
  *result = nothing;
  result->metric = metric;
  sla__timeline_init(&timeline, policy, metric, log);
  while ((step = sla__timeline_step(&timeline)) != SLA__END) {
    switch (step) {
      case SLA__START:
        tally(&clock, result);
        start_cycle(policy, &timeline, &clock);
        result->cycle++;
        break;
      case SLA__PAUSE: sla__clock_pause(&clock, timeline.at); break;
      case SLA__RESUME: sla__clock_resume(&clock, timeline.at); break;
      case SLA__STOP: sla__clock_stop(&clock, timeline.at); break;
      case SLA__REOPEN: sla__clock_reopen(&clock, timeline.at, timeline.paused); break;
      default: sla__clock_cancel(&clock, timeline.at); break;
    }
  }
  result->priority = timeline.priority;
  tally(&clock, result);
  if (clock.phase != SLA_INACTIVE) sla__clock_read(&clock, now, result);
}

/* ---- a ticket ---- */

int32_t sla__ticket_of_events(sla__ticket *ticket, const sla_policy *policy,
                              const sla_event *events, size_t count, size_t stride, sla_time now,
                              sla_error *error) {
  ticket->row.undated = 0;
  return sla__log_init(&ticket->log, policy, events, count, stride, now, error);
}

int32_t sla__ticket_of_row(sla__ticket *ticket, const sla_policy *policy, const sla_row *row,
                           size_t size, sla_time now, sla_error *error) {
  int32_t code = sla__row_log_init(&ticket->row, policy, row, size, error);
  if (code != SLA_OK) return code;
  return sla__log_init(&ticket->log, policy, ticket->row.events, ticket->row.count,
                       sizeof *ticket->row.events, now, error);
}

/* Paused since nobody knows when: what was counted until then is not known either. */
static void forget_pause(sla_result *result) {
  const sla_result known = *result;
  *result = nothing;
  result->started_at = known.started_at;
  result->target = known.target;
  result->metric = known.metric;
  result->priority = known.priority;
  result->cycle = known.cycle;
  result->met = known.met;
  result->missed = known.missed;
  result->phase = SLA_PAUSED;
  result->flags = SLA_PAUSE_UNKNOWN;
}

void sla__evaluate_ticket(const sla_policy *policy, uint32_t metric, const sla__ticket *ticket,
                          sla_time now, sla_result *result, size_t result_size) {
  sla_result found;
  evaluate_log(policy, metric, &ticket->log, now, &found);
  bool open = found.phase == SLA_RUNNING || found.phase == SLA_PAUSED;
  if (open && sla__policy_is_pause(policy, metric, ticket->row.undated)) forget_pause(&found);
  sla__record_write(result, result_size, &found, sizeof found);
}

/* ---- public ---- */

/* What every call checks besides its own input; the arguments at which they stand. */
static int32_t check_call(sla_time now, uint32_t now_at, const void *results, size_t size,
                          uint32_t results_at, uint32_t size_at, sla_error *error) {
  if (results == NULL) return sla__fail_null(error, results_at);
  if (!sla__valid_time(now))
    return sla__fail_argument(error, SLA_E_RANGE, now_at, now,
                              sla__nearer(now, SLA_TIME_MIN, SLA_TIME_MAX));
  return sla__check_size(error, size_at, size, sizeof(sla_result));
}

static int32_t check_metric(uint32_t metric, sla_error *error) {
  if (sla__policy_metric_ok(metric)) return SLA_OK;
  return sla__fail_argument(error, SLA_E_METRIC, 2, metric, SLA__METRICS);
}

int32_t sla_evaluate(const sla_policy *policy, uint32_t metric, const sla_event *events,
                     size_t count, size_t event_size, sla_time now, sla_result *result,
                     size_t result_size, sla_error *error) {
  sla__ticket ticket;
  if (policy == NULL) return sla__fail_null(error, 1);
  if (events == NULL) return sla__fail_null(error, 3);
  int32_t code = check_metric(metric, error);
  if (code == SLA_OK) code = sla__check_size(error, 5, event_size, sizeof *events);
  if (code == SLA_OK) code = check_call(now, 6, result, result_size, 7, 8, error);
  if (code == SLA_OK)
    code = sla__ticket_of_events(&ticket, policy, events, count, event_size, now, error);
  if (code == SLA_OK) sla__evaluate_ticket(policy, metric, &ticket, now, result, result_size);
  return code;
}

int32_t sla_evaluate_row(const sla_policy *policy, uint32_t metric, const sla_row *row,
                         size_t row_size, sla_time now, sla_result *result, size_t result_size,
                         sla_error *error) {
  sla__ticket ticket;
  if (policy == NULL) return sla__fail_null(error, 1);
  if (row == NULL) return sla__fail_null(error, 3);
  int32_t code = check_metric(metric, error);
  if (code == SLA_OK) code = sla__check_size(error, 4, row_size, sizeof *row);
  if (code == SLA_OK) code = check_call(now, 5, result, result_size, 6, 7, error);
  if (code == SLA_OK) code = sla__ticket_of_row(&ticket, policy, row, row_size, now, error);
  if (code == SLA_OK) sla__evaluate_ticket(policy, metric, &ticket, now, result, result_size);
  return code;
}

static void evaluate_all(const sla_policy *policy, const sla__ticket *ticket, sla_time now,
                         sla_result *results, size_t size, size_t *written) {
  for (uint32_t i = 0; i < policy->metric_count; i++)
    sla__evaluate_ticket(policy, policy->metrics[i], ticket, now,
                         SLA__AT(sla_result, results, size, i), size);
  *written = policy->metric_count;
}

static int32_t check_capacity(const sla_policy *policy, size_t capacity, uint32_t at,
                              sla_error *error) {
  if (capacity >= policy->metric_count) return SLA_OK;
  return sla__fail_argument(error, SLA_E_LIMIT, at, (int64_t)capacity, policy->metric_count);
}

int32_t sla_evaluate_all(const sla_policy *policy, const sla_event *events, size_t count,
                         size_t event_size, sla_time now, sla_result *results, size_t capacity,
                         size_t result_size, size_t *written, sla_error *error) {
  sla__ticket ticket;
  if (policy == NULL) return sla__fail_null(error, 1);
  if (events == NULL) return sla__fail_null(error, 2);
  if (written == NULL) return sla__fail_null(error, 9);
  int32_t code = sla__check_size(error, 4, event_size, sizeof *events);
  if (code == SLA_OK) code = check_call(now, 5, results, result_size, 6, 8, error);
  if (code == SLA_OK) code = check_capacity(policy, capacity, 7, error);
  if (code == SLA_OK)
    code = sla__ticket_of_events(&ticket, policy, events, count, event_size, now, error);
  if (code == SLA_OK) evaluate_all(policy, &ticket, now, results, result_size, written);
  return code;
}

int32_t sla_evaluate_row_all(const sla_policy *policy, const sla_row *row, size_t row_size,
                             sla_time now, sla_result *results, size_t capacity,
                             size_t result_size, size_t *written, sla_error *error) {
  sla__ticket ticket;
  if (policy == NULL) return sla__fail_null(error, 1);
  if (row == NULL) return sla__fail_null(error, 2);
  if (written == NULL) return sla__fail_null(error, 8);
  int32_t code = sla__check_size(error, 3, row_size, sizeof *row);
  if (code == SLA_OK) code = check_call(now, 4, results, result_size, 5, 7, error);
  if (code == SLA_OK) code = check_capacity(policy, capacity, 6, error);
  if (code == SLA_OK) code = sla__ticket_of_row(&ticket, policy, row, row_size, now, error);
  if (code == SLA_OK) evaluate_all(policy, &ticket, now, results, result_size, written);
  return code;
}
