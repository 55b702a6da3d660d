/* SPDX-License-Identifier: MIT */
/* Bytes of reports: refused with a place among them, or a report that has exactly these bytes,
 * answers every question, and can be added to and merged. */
#include "fuzz.h"

static void check_bytes(const sla_report *report, const uint8_t *data, size_t size) {
  size_t length = 0;
  uint8_t *again = malloc(size);
  must(again != NULL && sla_report_bytes(report, again, size, &length) == SLA_OK);
  must(length == size && memcmp(again, data, size) == 0);
  free(again);
}

static void ask_metric(const sla_report *report, int64_t group, uint32_t metric) {
  sla_metric_counts counts;
  int32_t code = sla_report_metric(report, group, metric, &counts, sizeof counts);
  if (code == SLA_E_LIMIT) return; /* the groups together are too much */
  must(code == SLA_OK && counts.attainment <= 10000);
  for (uint32_t share = 1; share <= 10000; share += 1111) {
    sla_seconds least, most;
    uint64_t few, many;
    must(sla_report_percentile(report, group, metric, SLA_BUSINESS_HOURS, share, &least, &most) ==
         SLA_OK);
    must((least == SLA_NONE) == (counts.measured == 0));
    if (counts.measured == 0) return;
    must(least >= counts.least && least <= most && most <= counts.most);
    must(sla_report_times_up_to(report, group, metric, SLA_BUSINESS_HOURS, most, &few, &many) ==
         SLA_OK);
    must(few <= many && many <= counts.measured);
  }
}

static void ask(const sla_report *report, int64_t group) {
  sla_ticket_counts tickets;
  uint64_t backlog[17], open = 0;
  size_t written = 0;
  must(sla_report_tickets(report, group, &tickets, sizeof tickets) == SLA_OK);
  must(sla_report_backlog(report, group, backlog, 17, &written) == SLA_OK);
  for (size_t i = 0; i < written; i++) open += backlog[i];
  must(open == tickets.open && open + tickets.done + tickets.cancelled == tickets.tickets);
  for (uint32_t metric = 1; metric < 64; metric++) ask_metric(report, group, metric);
}

static void add(sla_report *report) {
  const sla_history history = {.done_at = SLA_NONE, .state = SLA_HISTORY_OPEN};
  const sla_result result = {.metric = 1, .phase = SLA_FULFILLED, .status = SLA_ON_TIME};
  int32_t code = sla_report_add(report, 1, &history, sizeof history, &result, 1, sizeof result, 9,
                                NULL);
  must(code == SLA_OK || code == SLA_E_LIMIT);
  code = sla_report_merge(report, report, NULL);
  must(code == SLA_OK || code == SLA_E_LIMIT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  sla_report *report = NULL;
  sla_error error = {0};
  int32_t code = sla_report_new_bytes(data, size, NULL, &report, &error);
  if (code != SLA_OK) {
    must(report == NULL && (code == SLA_E_BYTES || code == SLA_E_LIMIT));
    must(error.code == code && error.index >= 0 && (size_t)error.index <= size);
    return 0;
  }
  check_bytes(report, data, size);
  ask(report, SLA_NONE);
  for (uint32_t i = 0; i < sla_report_group_count(report) && i < 10; i++) {
    int64_t group = 0;
    must(sla_report_group(report, i, &group) == SLA_OK);
    ask(report, group);
  }
  add(report);
  ask(report, 1);
  sla_report_free(report);
  return 0;
}
