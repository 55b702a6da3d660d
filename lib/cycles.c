/* SPDX-License-Identifier: MIT */
/* All cycles of a metric, one by one and taken together. */
#include "error.h"
#include "evaluate.h"
#include "story.h"

/* What both calls begin with, at arguments 1 to 7. */
static int32_t read_log(sla__story *story, sla__ticket *ticket, const sla__policies *policies,
                        uint32_t metric, const sla_event *events, size_t count,
                        size_t event_size, sla_time now, sla_error *error) {
  int32_t code = sla__policies_check(policies, error);
  if (code == SLA_OK && events == NULL && count > 0) code = sla__fail_null(error, 4);
  if (code == SLA_OK) code = sla__policies_check_metric(policies, metric, 3, error);
  if (code == SLA_OK) code = sla__check_size(error, 6, event_size, sizeof *events);
  if (code == SLA_OK) code = sla__check_now(now, 7, error);
  if (code == SLA_OK)
    code = sla__ticket_of_events(ticket, policies, events, count, event_size, now, error);
  if (code == SLA_OK) sla__story_init(story, metric, &ticket->log);
  return code;
}

int32_t sla_evaluate_cycles(const sla_policy *const *policies, size_t policy_count,
                            uint32_t metric, const sla_event *events, size_t count,
                            size_t event_size, sla_time now, uint32_t first, sla_result *cycles,
                            size_t capacity, size_t result_size, size_t *written,
                            sla_error *error) {
  const sla__policies all = {policies, policy_count, 0};
  sla__story story;
  sla__ticket ticket;
  size_t listed = 0;
  if (cycles == NULL) return sla__fail_null(error, 9);
  if (written == NULL) return sla__fail_null(error, 12);
  if (first == 0) return sla__fail_argument(error, SLA_E_ARGUMENT, 8, 0, 1);
  if (capacity == 0) return sla__fail_argument(error, SLA_E_ARGUMENT, 10, 0, 1);
  int32_t code = sla__check_size(error, 11, result_size, sizeof *cycles);
  if (code == SLA_OK)
    code = read_log(&story, &ticket, &all, metric, events, count, event_size, now, error);
  if (code != SLA_OK) return code;
  while (listed < capacity && sla__story_next(&story)) {
    sla_result found;
    if (story.cycle < first) continue;
    sla__story_read(&story, metric, now, &found);
    sla__record_write(SLA__AT(sla_result, cycles, result_size, listed++), result_size, &found,
                      sizeof found);
  }
  *written = listed;
  return SLA_OK;
}

static void add(sla_totals *totals, const sla_result *cycle) {
  totals->elapsed += cycle->elapsed;
  totals->wall_elapsed += cycle->wall_elapsed;
  totals->wall_paused += cycle->wall_paused;
  totals->last = cycle->elapsed;
  if (totals->cycles == 0 || cycle->elapsed > totals->longest) {
    totals->longest = cycle->elapsed;
    totals->longest_cycle = cycle->cycle;
  }
  totals->cycles = cycle->cycle;
  totals->met = cycle->met;
  totals->missed = cycle->missed;
  totals->cancelled += cycle->phase == SLA_CANCELLED;
}

int32_t sla_evaluate_totals(const sla_policy *const *policies, size_t policy_count,
                            uint32_t metric, const sla_event *events, size_t count,
                            size_t event_size, sla_time now, sla_totals *totals,
                            size_t totals_size, sla_error *error) {
  const sla__policies all = {policies, policy_count, 0};
  sla__story story;
  sla__ticket ticket;
  if (totals == NULL) return sla__fail_null(error, 8);
  int32_t code = sla__check_size(error, 9, totals_size, sizeof *totals);
  if (code == SLA_OK)
    code = read_log(&story, &ticket, &all, metric, events, count, event_size, now, error);
  if (code != SLA_OK) return code;
  sla_totals found = {.longest = SLA_NONE, .last = SLA_NONE};
  while (sla__story_next(&story)) {
    sla_result cycle;
    sla__story_read(&story, metric, now, &cycle);
    add(&found, &cycle);
  }
  sla__record_write(totals, totals_size, &found, sizeof found);
  return SLA_OK;
}
