/* SPDX-License-Identifier: MIT */
/* Many tickets in one call. */
#include "error.h"
#include "evaluate.h"

static int32_t refuse_batch(sla_error *error, int32_t code, int64_t value, int64_t limit) {
  return sla__fail_argument(error, code, 1, value, limit);
}

static sla__policies policies_of(const sla_batch *batch, uint32_t first) {
  return (sla__policies){batch->policies, (size_t)batch->policy_count, first};
}

static int32_t check_pointers(const sla_batch *batch, sla_error *error) {
  bool logs = batch->events != NULL && batch->offsets != NULL, rows = batch->rows != NULL;
  bool tickets = (logs || rows) && batch->results != NULL && batch->codes != NULL;
  if (batch->policies == NULL || batch->metrics == NULL || (!tickets && batch->ticket_count > 0))
    return sla__fail_null(error, 1);
  if (rows && (batch->events != NULL || batch->offsets != NULL))
    return refuse_batch(error, SLA_E_ARGUMENT, 0, 0); /* both logs and rows */
  if (batch->policy_count == 0 || batch->metric_count == 0)
    return refuse_batch(error, SLA_E_ARGUMENT, 0, 1);
  const sla__policies all = policies_of(batch, 0);
  return sla__policies_check(&all, error);
}

static int32_t check_sizes(const sla_batch *batch, sla_error *error) {
  if (batch->ticket_count == 0) return SLA_OK;
  int32_t code = sla__check_size(error, 1, batch->result_size, sizeof(sla_result));
  if (code != SLA_OK) return code;
  return batch->rows != NULL ? sla__check_size(error, 1, batch->row_size, sizeof(sla_row))
                             : sla__check_size(error, 1, batch->event_size, sizeof(sla_event));
}

/* Counts whose products are bytes of memory the caller says it has. */
static int32_t check_counts(const sla_batch *batch, sla_error *error) {
  uint64_t most = SIZE_MAX / SLA__RECORD_MAX;
  if (batch->metric_count > 64)
    return refuse_batch(error, SLA_E_LIMIT, (int64_t)batch->metric_count, 64);
  if (batch->ticket_count > most / batch->metric_count || batch->policy_count > most)
    return refuse_batch(error, SLA_E_LIMIT, (int64_t)batch->ticket_count, (int64_t)most);
  return SLA_OK;
}

static int32_t check_metrics(const sla_batch *batch, sla_error *error) {
  const sla__policies all = policies_of(batch, 0);
  for (uint64_t i = 0; i < batch->metric_count; i++)
    if (sla__policies_check_metric(&all, batch->metrics[i], 0, NULL) != SLA_OK)
      return sla__fail_index(error, SLA_E_METRIC, (int64_t)i, batch->metrics[i],
                             SLA__METRICS - 1);
  return SLA_OK;
}

/* Offsets and indexes say where to read, so all are checked before anything is. */
static int32_t check_tickets(const sla_batch *batch, sla_error *error) {
  for (uint64_t i = 0; i < batch->ticket_count; i++) {
    int64_t index = (int64_t)i;
    if (batch->policy_of != NULL && batch->policy_of[i] >= batch->policy_count)
      return sla__fail_index(error, SLA_E_ARGUMENT, index, batch->policy_of[i],
                             (int64_t)batch->policy_count - 1);
    if (batch->rows == NULL && batch->offsets[i + 1] < batch->offsets[i])
      return sla__fail_index(error, SLA_E_ARGUMENT, index, (int64_t)batch->offsets[i + 1],
                             (int64_t)batch->offsets[i]);
  }
  return SLA_OK;
}

static int32_t check_batch(const sla_batch *batch, sla_error *error) {
  int32_t code = check_pointers(batch, error);
  if (code == SLA_OK) code = check_sizes(batch, error);
  if (code == SLA_OK) code = check_counts(batch, error);
  if (code == SLA_OK) code = check_metrics(batch, error);
  if (code == SLA_OK) code = sla__check_now(batch->now, 1, error);
  return code == SLA_OK ? check_tickets(batch, error) : code;
}

static int32_t read_ticket(const sla_batch *batch, const sla__policies *policies, uint64_t i,
                           sla__ticket *ticket, sla_error *error) {
  if (batch->rows != NULL)
    return sla__ticket_of_row(ticket, policies,
                              SLA__CONST_AT(sla_row, batch->rows, batch->row_size, i),
                              (size_t)batch->row_size, batch->now, error);
  uint64_t first = batch->offsets[i];
  return sla__ticket_of_events(ticket, policies,
                               SLA__CONST_AT(sla_event, batch->events, batch->event_size, first),
                               (size_t)(batch->offsets[i + 1] - first), (size_t)batch->event_size,
                               batch->now, error);
}

static int32_t evaluate_one(const sla_batch *batch, uint64_t i) {
  const sla__policies policies =
      policies_of(batch, batch->policy_of != NULL ? batch->policy_of[i] : 0);
  size_t size = (size_t)batch->result_size;
  sla__ticket ticket;
  int32_t code =
      read_ticket(batch, &policies, i, &ticket, batch->errors != NULL ? &batch->errors[i] : NULL);
  for (uint64_t m = 0; m < batch->metric_count && code == SLA_OK; m++)
    sla__evaluate_ticket(batch->metrics[m], &ticket, batch->now,
                         SLA__AT(sla_result, batch->results, size, i * batch->metric_count + m),
                         size);
  return code;
}

int32_t sla_evaluate_batch(const sla_batch *batch, size_t size, uint64_t *failed,
                           sla_error *error) {
  uint64_t count = 0;
  if (batch == NULL) return sla__fail_null(error, 1);
  if (failed == NULL) return sla__fail_null(error, 3);
  if (!sla__size_ok(size, sizeof *batch) || !sla__record_known(batch, size, sizeof *batch))
    return sla__fail_argument(error, SLA_E_ABI, 2, (int64_t)size, (int64_t)sizeof *batch);
  int32_t code = check_batch(batch, error);
  if (code != SLA_OK) return code;
  for (uint64_t i = 0; i < batch->ticket_count; i++) {
    batch->codes[i] = evaluate_one(batch, i);
    count += batch->codes[i] != SLA_OK;
  }
  *failed = count;
  return SLA_OK;
}
