/* SPDX-License-Identifier: MIT */
/* Past tickets under policies that were not theirs. */
#include "error.h"
#include "evaluate.h"
#include "story.h"

static int32_t read_log(sla__log *log, const sla__policies *one, const sla_event *events,
                        size_t count, size_t stride, sla_time now, sla_error *error) {
  return sla__log_init(log, one, events, count, stride, now, error);
}

static void count_cycle(sla_tally *tally, const sla_result *cycle) {
  bool late = cycle->status == SLA_OVERDUE, judged = cycle->status != SLA_STATUS_NONE;
  if (cycle->phase == SLA_CANCELLED) tally->cancelled++;
  else if (!judged) tally->without_target++;
  else if (cycle->phase != SLA_FULFILLED) late ? tally->overdue++ : tally->open++;
  else late ? tally->missed++ : tally->met++;
}

static void count_cycles(sla_tally *tally, const sla__log *log, uint32_t metric, sla_time now) {
  sla__story story;
  sla__story_init(&story, metric, log);
  while (sla__story_next(&story)) {
    sla_result cycle;
    sla__story_read(&story, metric, now, &cycle);
    count_cycle(tally, &cycle);
  }
}

static int32_t check_call(const sla__policies *candidates, uint32_t metric,
                          const sla_event *events, size_t event_size, sla_time now,
                          const sla_tally *tallies, size_t tally_size, sla_error *error) {
  int32_t code = sla__policies_check(candidates, error);
  if (code == SLA_OK && events == NULL) code = sla__fail_null(error, 4);
  if (code == SLA_OK && tallies == NULL) code = sla__fail_null(error, 8);
  if (code == SLA_OK) code = sla__policies_check_metric(candidates, metric, 3, error);
  if (code == SLA_OK) code = sla__check_size(error, 6, event_size, sizeof *events);
  if (code == SLA_OK) code = sla__check_now(now, 7, error);
  if (code == SLA_OK) code = sla__check_size(error, 9, tally_size, sizeof *tallies);
  return code;
}

int32_t sla_backtest(const sla_policy *const *candidates, size_t candidate_count, uint32_t metric,
                     const sla_event *events, size_t count, size_t event_size, sla_time now,
                     sla_tally *tallies, size_t tally_size, sla_error *error) {
  const sla__policies all = {candidates, candidate_count, 0};
  sla__log log;
  int32_t code =
      check_call(&all, metric, events, event_size, now, tallies, tally_size, error);
  for (size_t i = 0; i < candidate_count && code == SLA_OK; i++) /* nothing is counted before */
    code = read_log(&log, &(sla__policies){candidates + i, 1, 0}, events, count, event_size, now,
                    error);
  for (size_t i = 0; i < candidate_count && code == SLA_OK; i++) {
    code = read_log(&log, &(sla__policies){candidates + i, 1, 0}, events, count, event_size, now,
                    error);
    count_cycles(SLA__AT(sla_tally, tallies, tally_size, i), &log, metric, now);
  }
  return code;
}
