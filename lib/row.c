/* SPDX-License-Identifier: MIT */
#include "row.h"

#include "error.h"

/* Positions of the fields of sla_row. */
enum { CREATED = 1, FIRST_RESPONSE, WAITING, SOLVED, STATUS_SINCE, PAUSED, STATUS, PRIORITY };

static int32_t refuse(sla_error *error, int32_t code, int field, int64_t value, int64_t limit) {
  return sla__fail_index(error, code, field, value, limit);
}

static bool is_set(int64_t field) { return field != SLA_NONE; }

static int32_t check_instants(const sla_row *row, sla_error *error) {
  const sla_time instants[] = {row->created_at, row->first_response_at, row->waiting_since,
                               row->solved_at, row->status_since};
  if (!is_set(row->created_at)) return refuse(error, SLA_E_ROW, CREATED, SLA_NONE, 0);
  for (int i = 0; i < (int)SLA__LENGTH(instants); i++) {
    if (!is_set(instants[i])) continue;
    if (!sla__valid_time(instants[i]))
      return refuse(error, SLA_E_RANGE, CREATED + i, instants[i],
                    sla__nearer(instants[i], SLA_TIME_MIN, SLA_TIME_MAX));
    if (instants[i] < row->created_at)
      return refuse(error, SLA_E_ROW, CREATED + i, instants[i], row->created_at);
  }
  return SLA_OK;
}

static int32_t check_numbers(const sla_row *row, const sla_policy *policy, sla_error *error) {
  if (row->status != 0 && !sla__policy_knows(policy, row->status))
    return refuse(error, SLA_E_STATUS, STATUS, row->status, 0);
  if (row->priority >= SLA__PRIORITIES)
    return refuse(error, SLA_E_PRIORITY, PRIORITY, row->priority, SLA__PRIORITIES - 1);
  if (is_set(row->paused) && row->paused < 0)
    return refuse(error, SLA_E_ROW, PAUSED, row->paused, 0);
  return SLA_OK;
}

static int32_t check_sense(const sla_row *row, const sla_policy *policy, sla_error *error) {
  bool done = row->status != 0 && sla__policy_is_done(policy, row->status);
  if (is_set(row->waiting_since) && !is_set(row->first_response_at))
    return refuse(error, SLA_E_ROW, WAITING, row->waiting_since, 0);
  if (is_set(row->waiting_since) && row->waiting_since < row->first_response_at)
    return refuse(error, SLA_E_ROW, WAITING, row->waiting_since, row->first_response_at);
  if (is_set(row->solved_at) && row->status != 0 && !done)
    return refuse(error, SLA_E_ROW, SOLVED, row->solved_at, 0);
  if (done && !is_set(row->solved_at) && !is_set(row->status_since))
    return refuse(error, SLA_E_ROW, SOLVED, SLA_NONE, 0);
  if (done && is_set(row->solved_at) && is_set(row->status_since) &&
      row->status_since < row->solved_at)
    return refuse(error, SLA_E_ROW, STATUS_SINCE, row->status_since, row->solved_at);
  return SLA_OK;
}

/* ---- the log ---- */

/* Events of one instant are inserted in the order they shall stand in. */
static void insert(sla__row_log *log, sla_time at, uint32_t kind, int64_t value) {
  size_t i = log->count++;
  for (; i > 0 && log->events[i - 1].at > at; i--) log->events[i] = log->events[i - 1];
  log->events[i] = (sla_event){at, value, kind, 0};
}

static sla_time last_instant(const sla__row_log *log) { return log->events[log->count - 1].at; }

/* The lowest status of a mask; SLA__STATUSES when it is empty. */
static uint32_t lowest(uint32_t mask) {
  uint32_t status = 0;
  while (status < SLA__STATUSES && !(mask >> status & 1)) status++;
  return status;
}

static const sla__metric *resolution(const sla_policy *policy) {
  return sla__policy_metric(policy, SLA_RESOLUTION);
}

/* Statuses that pause a metric of which the policy says anything, `besides` left out. */
static uint32_t pausing(const sla_policy *policy, uint32_t besides) {
  const sla__metric *metrics = policy->metrics.data;
  uint32_t mask = 0;
  for (size_t i = 0; i < policy->metrics.count; i++) {
    uint32_t metric = metrics[i].metric;
    bool said = metrics[i].has_target || sla__terms_definition(&policy->terms, metric) != NULL;
    if (said && metric != besides) mask |= metrics[i].pauses;
  }
  return mask;
}

/* A status that is not done and pauses resolution or does not; one that pauses no other metric, if
 * there is such a one; open rather than another. */
static uint32_t status_that(const sla_policy *policy, bool pauses) {
  uint32_t mask = resolution(policy)->pauses, others = pausing(policy, SLA_RESOLUTION);
  uint32_t fit = (pauses ? mask : ~mask) & policy->known & ~policy->done;
  if (fit & ~others) fit &= ~others;
  return fit >> SLA_TICKET_OPEN & 1 ? SLA_TICKET_OPEN : lowest(fit);
}

/* When a pause from the creation on has counted that much on resolution's calendar. */
static bool pause_end(const sla_policy *policy, const sla_row *row, sla_time *end) {
  const sla_calendar *calendar =
      sla__policy_target(policy, resolution(policy), row->priority)->calendar;
  if (calendar != NULL)
    return sla__calendar_add(calendar, row->created_at, row->paused, end) == SLA_OK;
  if (row->paused > SLA_TIME_MAX - row->created_at) return false;
  *end = row->created_at + row->paused;
  return true;
}

/* A row without finished pauses is of a ticket that ran from its creation on. */
static void insert_start(sla__row_log *log, const sla_policy *policy, const sla_row *row) {
  uint32_t running = status_that(policy, false);
  if (sla__metric_is_pause(resolution(policy), SLA_TICKET_NEW) && running < SLA__STATUSES)
    insert(log, row->created_at, SLA_EVENT_STATUS, running);
}

/* The finished pauses, as one from the creation on. */
static int32_t insert_pauses(sla__row_log *log, const sla_policy *policy, const sla_row *row,
                             sla_error *error) {
  sla_time end, before = is_set(row->solved_at) ? row->solved_at : row->status_since;
  if (!is_set(row->paused) || row->paused == 0) {
    insert_start(log, policy, row);
    return SLA_OK;
  }
  uint32_t paused = status_that(policy, true), resumed = status_that(policy, false);
  if (paused == SLA__STATUSES || resumed == SLA__STATUSES || !pause_end(policy, row, &end))
    return refuse(error, SLA_E_ROW, PAUSED, row->paused, 0);
  if (is_set(before) && end > before)
    return refuse(error, SLA_E_ROW, PAUSED, end, before);
  insert(log, row->created_at, SLA_EVENT_STATUS, paused);
  insert(log, end, SLA_EVENT_STATUS, resumed);
  return SLA_OK;
}

/* A status that pauses nothing and has no date would change nothing: it is left out. */
static void insert_status(sla__row_log *log, const sla_policy *policy, const sla_row *row) {
  uint32_t every = pausing(policy, 0) | resolution(policy)->pauses;
  if (is_set(row->solved_at)) {
    insert(log, row->solved_at, SLA_EVENT_STATUS,
           row->status != 0 ? row->status : SLA_TICKET_SOLVED);
  } else if (row->status != 0 && is_set(row->status_since)) {
    insert(log, row->status_since, SLA_EVENT_STATUS, row->status);
  } else if (row->status != 0 && (every >> row->status & 1)) {
    insert(log, last_instant(log), SLA_EVENT_STATUS, row->status);
    log->undated = row->status;
  }
}

int32_t sla__row_log_init(sla__row_log *log, const sla_policy *policy, const sla_row *row,
                          size_t size, sla_error *error) {
  if (!sla__record_known(row, size, sizeof *row))
    return sla__fail_index(error, SLA_E_ABI, 0, (int64_t)size, (int64_t)sizeof *row);
  int32_t code = check_instants(row, error);
  if (code == SLA_OK) code = check_numbers(row, policy, error);
  if (code == SLA_OK) code = check_sense(row, policy, error);
  if (code != SLA_OK) return code;
  log->count = log->undated = 0;
  insert(log, row->created_at, SLA_EVENT_CREATED, SLA_CREATOR_CUSTOMER);
  insert(log, row->created_at, SLA_EVENT_PRIORITY, row->priority);
  code = insert_pauses(log, policy, row, error);
  if (code != SLA_OK) return code;
  if (is_set(row->first_response_at))
    insert(log, row->first_response_at, SLA_EVENT_AGENT_REPLY, 0);
  if (is_set(row->waiting_since))
    insert(log, row->waiting_since, SLA_EVENT_CUSTOMER_MESSAGE, 0);
  insert_status(log, policy, row);
  return SLA_OK;
}

int32_t sla_row_events(const sla_policy *policy, const sla_row *row, size_t row_size,
                       sla_event *events, size_t capacity, size_t event_size, size_t *written,
                       sla_error *error) {
  sla__row_log log;
  if (policy == NULL) return sla__fail_null(error, 1);
  if (row == NULL) return sla__fail_null(error, 2);
  if (events == NULL) return sla__fail_null(error, 4);
  if (written == NULL) return sla__fail_null(error, 7);
  int32_t code = sla__check_size(error, 3, row_size, sizeof *row);
  if (code == SLA_OK) code = sla__check_size(error, 6, event_size, sizeof *events);
  if (code == SLA_OK) code = sla__row_log_init(&log, policy, row, row_size, error);
  if (code != SLA_OK) return code;
  if (capacity < log.count)
    return sla__fail_argument(error, SLA_E_LIMIT, 5, (int64_t)capacity, (int64_t)log.count);
  for (size_t i = 0; i < log.count; i++)
    sla__record_write(SLA__AT(sla_event, events, event_size, i), event_size, &log.events[i],
                      sizeof log.events[i]);
  *written = log.count;
  return SLA_OK;
}
