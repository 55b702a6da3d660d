/* SPDX-License-Identifier: MIT */
/* The order of urgency of results, and the roll-up of a ticket's. */
#include "base.h"

enum { RUNNING_OVERDUE, RUNNING, PAUSED_OVERDUE, PAUSED, MISSED, MET, CANCELLED, NOTHING };

/* A clock that runs without a target has nothing to be urgent about. */
static int class_of(const sla_result *result) {
  bool overdue = result->status == SLA_OVERDUE;
  bool judged = result->status != SLA_STATUS_NONE;
  switch (result->phase) {
    case SLA_RUNNING: return overdue ? RUNNING_OVERDUE : judged ? RUNNING : NOTHING;
    case SLA_PAUSED: return overdue ? PAUSED_OVERDUE : PAUSED;
    case SLA_FULFILLED: return overdue ? MISSED : judged ? MET : NOTHING;
    case SLA_CANCELLED: return CANCELLED;
    default: return NOTHING;
  }
}

static int32_t order_of(int64_t a, int64_t b) { return a < b ? -1 : a > b; }

/* No due instant comes after all others. */
static sla_time due_key(const sla_result *result) {
  return result->due_at == SLA_NONE ? INT64_MAX : result->due_at;
}

static int32_t compare(const sla_result *a, const sla_result *b) {
  int class_a = class_of(a), class_b = class_of(b);
  if (class_a != class_b || class_a > RUNNING) return order_of(class_a, class_b);
  return order_of(due_key(a), due_key(b));
}

int32_t sla_result_compare(const sla_result *a, const sla_result *b, size_t size,
                           int32_t *order) {
  if (a == NULL || b == NULL || order == NULL) return SLA_E_NULL;
  if (!sla__size_ok(size, sizeof *a)) return SLA_E_ABI;
  *order = compare(a, b);
  return SLA_OK;
}

static sla_time earlier(sla_time a, sla_time b) {
  if (a == SLA_NONE || b == SLA_NONE) return a == SLA_NONE ? b : a;
  return sla__min(a, b);
}

int32_t sla_rollup_results(const sla_result *results, size_t count, size_t result_size,
                           sla_rollup *rollup, size_t size) {
  if (results == NULL || rollup == NULL) return SLA_E_NULL;
  if (!sla__size_ok(result_size, sizeof *results) || !sla__size_ok(size, sizeof *rollup))
    return SLA_E_ABI;
  if (count == 0 || count > UINT32_MAX) return SLA_E_ARGUMENT;
  const sla_result *urgent = results;
  sla_rollup made = {.due_at = SLA_NONE, .next_change_at = SLA_NONE};
  for (size_t i = 0; i < count; i++) {
    const sla_result *result = SLA__CONST_AT(sla_result, results, result_size, i);
    if (compare(result, urgent) < 0) {
      urgent = result;
      made.index = (uint32_t)i;
    }
    if (result->phase == SLA_RUNNING) made.due_at = earlier(made.due_at, result->due_at);
    made.next_change_at = earlier(made.next_change_at, result->next_change_at);
  }
  made.metric = urgent->metric;
  made.phase = urgent->phase;
  made.status = urgent->status;
  sla__record_write(rollup, size, &made, sizeof made);
  return SLA_OK;
}
