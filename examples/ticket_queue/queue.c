/* SPDX-License-Identifier: MIT */
#include "queue.h"

#include <stdlib.h>

#include "contradictions.h"
#include "why.h"

typedef struct {
  int32_t *codes;
  sla_error *errors;
} verdicts;

static bool evaluate(queue *made, verdicts *all, bytes *why) {
  const agreement *under = made->under;
  const sla_policy *const policies[] = {under->policy};
  sla_batch batch = {
      .policies = policies, .policy_count = 1,
      .metrics = under->metrics, .metric_count = under->metric_count,
      .rows = made->of->rows, .row_size = sizeof(sla_row), .ticket_count = made->of->count,
      .results = made->results, .result_size = sizeof(sla_result),
      .codes = all->codes, .errors = all->errors, .now = under->now};
  uint64_t failed;
  sla_error error;
  return sla_evaluate_batch(&batch, sizeof batch, &failed, &error) == SLA_OK ||
         why_error(why, &error);
}

static void reject_ticket(const queue *made, size_t index, const sla_error *error, rejects *bad) {
  bytes reason = {0};
  enum role role = contradiction_role(error);
  const char *text = role == ROLES ? "" : tickets_field(made->of, index, role);
  contradiction_write(&reason, error, text, made->under->zone);
  rejects_add(bad, made->of->items[index].line, bytes_text(&reason));
  bytes_free(&reason);
}

/* Both are results of this program's own: comparing them cannot fail. */
static int compare_results(const sla_result *a, const sla_result *b) {
  int32_t order = 0;
  return sla_result_compare(a, b, sizeof *a, &order) == SLA_OK ? (int)order : 0;
}

static int compare_lines(const void *a, const void *b) {
  const queue_line *left = a, *right = b;
  int order = compare_results(left->result, right->result);
  if (order != 0) return order;
  if (left->ticket != right->ticket) return left->ticket < right->ticket ? -1 : 1;
  return left->result < right->result ? -1 : left->result > right->result;
}

static bool add_line(queue *made, size_t index, bytes *why) {
  size_t metrics = made->under->metric_count;
  const sla_result *own = made->results + index * metrics;
  sla_rollup rollup;
  int32_t code = sla_rollup_results(own, metrics, sizeof *own, &rollup, sizeof rollup);
  if (code != SLA_OK) return why_code(why, code);
  made->lines[made->line_count++] = (queue_line){index, own + rollup.index};
  return true;
}

static bool add_lines(queue *made, const verdicts *all, rejects *bad, bytes *why) {
  for (size_t i = 0; i < made->of->count; i++)
    if (all->codes[i] != SLA_OK) reject_ticket(made, i, &all->errors[i], bad);
    else if (!add_line(made, i, why)) return false;
  qsort(made->lines, made->line_count, sizeof *made->lines, compare_lines);
  made->ticket_count = made->line_count;
  return true;
}

/* A ticket keeps the place of its most urgent metric, and the others follow it there. */
static void add_other_metrics(queue *made) {
  size_t metrics = made->under->metric_count;
  queue_line *lines = need(made->line_count * metrics, sizeof *lines);
  for (size_t i = 0; i < made->line_count; i++) {
    queue_line *own = lines + i * metrics;
    size_t index = made->lines[i].ticket;
    for (size_t j = 0; j < metrics; j++)
      own[j] = (queue_line){index, made->results + index * metrics + j};
    qsort(own, metrics, sizeof *own, compare_lines);
  }
  free(made->lines);
  made->lines = lines;
  made->line_count *= metrics;
}

static void count_labels(queue *made) {
  for (size_t i = 0; i < made->line_count; i++) made->counts[label_of(made->lines[i].result)]++;
}

bool queue_make(queue *made, const tickets *of, const agreement *under, bool all_metrics,
                rejects *bad, bytes *why) {
  made->under = under;
  made->of = of;
  made->results = need(of->count * under->metric_count, sizeof *made->results);
  made->lines = need(of->count, sizeof *made->lines);
  verdicts all = {need(of->count, sizeof *all.codes), need(of->count, sizeof *all.errors)};
  bool done = evaluate(made, &all, why) && add_lines(made, &all, bad, why);
  free(all.codes);
  free(all.errors);
  if (done && all_metrics) add_other_metrics(made);
  if (done) count_labels(made);
  made->skipped = bad->count;
  return done;
}

void queue_free(queue *made) {
  free(made->lines);
  free(made->results);
}
