/* SPDX-License-Identifier: MIT */
/* Bytes of policies: refused with a place among them, or a policy that has exactly these bytes,
 * judges tickets, and can be built again from what it tells. */
#include "fuzz.h"

#define MONDAY 1717405200 /* 2024-06-03T09:00:00Z */

static void check_bytes(const sla_policy *policy, const uint8_t *data, size_t size) {
  size_t length = 0;
  uint8_t *again = malloc(size);
  must(again != NULL && sla_policy_bytes(policy, again, size, &length) == SLA_OK);
  must(length == size && memcmp(again, data, size) == 0);
  free(again);
}

static void build_again(const sla_policy *policy) {
  sla_policy_builder *builder = NULL;
  sla_policy *again = NULL;
  uint32_t equal = 0;
  uint64_t hash[2] = {0, 1};
  must(sla_policy_builder_new_from(policy, NULL, &builder, NULL) == SLA_OK);
  must(sla_policy_builder_build(builder, &again, NULL) == SLA_OK);
  must(sla_policy_equal(policy, again, &equal) == SLA_OK && equal == 1);
  must(sla_policy_hash(policy, &hash[0]) == SLA_OK);
  must(sla_policy_hash(again, &hash[1]) == SLA_OK && hash[0] == hash[1]);
  sla_policy_builder_free(builder);
  sla_policy_unref(again);
}

/* A ticket that is answered, waits, changes its priority, is solved and comes back. */
static void judge(const sla_policy *policy) {
  static const sla_event log[] = {
      {MONDAY, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0},
      {MONDAY + 60, 7, SLA_EVENT_GROUP, 0},
      {MONDAY + 3600, 0, SLA_EVENT_AGENT_REPLY, 0},
      {MONDAY + 7200, SLA_TICKET_PENDING, SLA_EVENT_STATUS, 0},
      {MONDAY + 90000, 0, SLA_EVENT_CUSTOMER_MESSAGE, 0},
      {MONDAY + 90060, SLA_TICKET_OPEN, SLA_EVENT_STATUS, 0},
      {MONDAY + 91000, SLA_PRIORITY_URGENT, SLA_EVENT_PRIORITY, 0},
      {MONDAY + 95000, 3, SLA_EVENT_CONDITION_SET, 0},
      {MONDAY + 99000, 3, SLA_EVENT_CONDITION_CLEARED, 0},
      {MONDAY + 180000, SLA_TICKET_SOLVED, SLA_EVENT_STATUS, 0},
      {MONDAY + 200000, SLA_TICKET_OPEN, SLA_EVENT_STATUS, 0}};
  const size_t count = sizeof log / sizeof log[0];
  sla_result results[64];
  for (sla_time now = MONDAY; now < MONDAY + 400000; now += 77777) {
    size_t written = 0;
    must(sla_evaluate_all(policy, log, count, sizeof log[0], now, results, 64, sizeof results[0],
                          &written, NULL) == SLA_OK);
    must(written == sla_policy_metric_count(policy) && written > 0);
    for (size_t i = 0; i < written; i++) {
      const sla_result *r = &results[i];
      must(r->phase <= SLA_CANCELLED && r->status <= SLA_OVERDUE);
      must(r->next_change_at == SLA_NONE || r->next_change_at > now);
    }
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  sla_policy *policy = NULL;
  sla_error error = {0};
  int32_t code = sla_policy_new_bytes(data, size, NULL, &policy, &error);
  if (code != SLA_OK) {
    must(policy == NULL && (code == SLA_E_BYTES || code == SLA_E_LIMIT));
    must(error.code == code && error.index >= 0 && (size_t)error.index <= size);
    return 0;
  }
  check_bytes(policy, data, size);
  build_again(policy);
  judge(policy);
  sla_policy_unref(policy);
  return 0;
}
