/* SPDX-License-Identifier: MIT */
/* What a report counts of a ticket besides its results, from the ticket's log or row. */
#include "error.h"
#include "log.h"
#include "row.h"

/* The ticket as it was after its creation and what belongs to it. */
static bool begins_done(const sla__log *log, const sla_policy *policy) {
  uint32_t status = SLA_TICKET_NEW;
  for (size_t i = 1; i < log->beginning; i++) {
    const sla_event *event = sla__log_event(log, i);
    if (event->kind == SLA_EVENT_STATUS) status = (uint32_t)event->value;
  }
  return sla__policy_is_done(policy, status);
}

static void take_status(sla_history *history, bool done, sla_time at) {
  bool was_done = history->state == SLA_HISTORY_DONE;
  if (done == was_done) return;
  history->reopenings += was_done;
  history->state = done ? SLA_HISTORY_DONE : SLA_HISTORY_OPEN;
  history->done_at = done ? at : SLA_NONE;
}

static void take(sla_history *history, const sla_event *event, const sla_policy *policy) {
  switch (event->kind) {
    case SLA_EVENT_STATUS:
      take_status(history, sla__policy_is_done(policy, (uint32_t)event->value), event->at);
      break;
    case SLA_EVENT_AGENT_REPLY: history->replies += history->replies < UINT32_MAX; break;
    case SLA_EVENT_CANCELLED:
      history->state = SLA_HISTORY_CANCELLED;
      history->done_at = SLA_NONE;
      break;
    default: break;
  }
}

static sla_history history_of(const sla__log *log, const sla_policy *policy) {
  sla_history history = {.created_at = log->events->at, .done_at = SLA_NONE};
  if (log->count == 0) return history; /* not created yet */
  bool done = begins_done(log, policy);
  history.state = done ? SLA_HISTORY_DONE : SLA_HISTORY_OPEN;
  if (done) history.done_at = history.created_at;
  for (size_t i = log->beginning; i < log->count; i++)
    take(&history, sla__log_event(log, i), policy);
  return history;
}

/* The instant and the record, and the argument at which the instant stands. */
static int32_t check_call(sla_time now, uint32_t now_at, const sla_history *history, size_t size,
                          sla_error *error) {
  if (history == NULL) return sla__fail_null(error, now_at + 1);
  if (!sla__valid_time(now))
    return sla__fail_argument(error, SLA_E_RANGE, now_at, now,
                              sla__nearer(now, SLA_TIME_MIN, SLA_TIME_MAX));
  return sla__check_size(error, now_at + 2, size, sizeof *history);
}

static int32_t read_log(const sla_policy *policy, const sla_event *events, size_t count,
                        size_t event_size, sla_time now, sla_history *history, size_t size,
                        sla_error *error) {
  const sla__policies policies = {&policy, 1, 0};
  sla__log log;
  int32_t code = sla__log_init(&log, &policies, events, count, event_size, now, error);
  if (code != SLA_OK) return code;
  sla_history found = history_of(&log, policy);
  sla__record_write(history, size, &found, sizeof found);
  return SLA_OK;
}

int32_t sla_history_of_events(const sla_policy *policy, const sla_event *events, size_t count,
                              size_t event_size, sla_time now, sla_history *history, size_t size,
                              sla_error *error) {
  if (policy == NULL) return sla__fail_null(error, 1);
  if (events == NULL) return sla__fail_null(error, 2);
  int32_t code = sla__check_size(error, 4, event_size, sizeof *events);
  if (code == SLA_OK) code = check_call(now, 5, history, size, error);
  if (code != SLA_OK) return code;
  return read_log(policy, events, count, event_size, now, history, size, error);
}

int32_t sla_history_of_row(const sla_policy *policy, const sla_row *row, size_t row_size,
                           sla_time now, sla_history *history, size_t size, sla_error *error) {
  sla__row_log log;
  if (policy == NULL) return sla__fail_null(error, 1);
  if (row == NULL) return sla__fail_null(error, 2);
  int32_t code = sla__check_size(error, 3, row_size, sizeof *row);
  if (code == SLA_OK) code = check_call(now, 4, history, size, error);
  if (code == SLA_OK) code = sla__row_log_init(&log, policy, row, row_size, error);
  if (code != SLA_OK) return code;
  return read_log(policy, log.events, log.count, sizeof *log.events, now, history, size, error);
}
