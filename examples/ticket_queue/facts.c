/* SPDX-License-Identifier: MIT */
#include "facts.h"

#include "times.h"

enum source { METRIC, LABEL, PHASE, STATUS, PRIORITY, INSTANT, LENGTH };

static const struct {
  const char *name;
  enum source source;
  size_t offset; /* in sla_result, of an instant or a length */
} facts[] = {
    {"metric", METRIC, 0},
    {"label", LABEL, 0},
    {"phase", PHASE, 0},
    {"status", STATUS, 0},
    {"priority", PRIORITY, 0},
    {"started_at", INSTANT, offsetof(sla_result, started_at)},
    {"due_soon_at", INSTANT, offsetof(sla_result, due_soon_at)},
    {"due_at", INSTANT, offsetof(sla_result, due_at)},
    {"projected_due_at", INSTANT, offsetof(sla_result, projected_due_at)},
    {"breached_at", INSTANT, offsetof(sla_result, breached_at)},
    {"stopped_at", INSTANT, offsetof(sla_result, stopped_at)},
    {"next_change_at", INSTANT, offsetof(sla_result, next_change_at)},
    {"target", LENGTH, offsetof(sla_result, target)},
    {"elapsed", LENGTH, offsetof(sla_result, elapsed)},
    {"remaining", LENGTH, offsetof(sla_result, remaining)},
    {"wall_remaining", LENGTH, offsetof(sla_result, wall_remaining)},
    {"late_by", LENGTH, offsetof(sla_result, late_by)},
};

size_t fact_count(void) { return sizeof facts / sizeof *facts; }

const char *fact_name(size_t index) { return facts[index].name; }

enum fact_kind fact_kind(size_t index) {
  return facts[index].source == LENGTH ? FACT_NUMBER : FACT_TEXT;
}

static void write_number(bytes *to, const queue *from, const sla_result *result, size_t index) {
  int64_t value = *(const int64_t *)((const char *)result + facts[index].offset);
  if (value == SLA_NONE) return;
  if (facts[index].source == INSTANT) time_write_iso(to, from->under->zone, value);
  else bytes_format(to, "%lld", (long long)value);
}

void fact_write(bytes *to, const queue *from, const queue_line *line, size_t index) {
  const sla_result *result = line->result;
  switch (facts[index].source) {
    case METRIC: bytes_add_text(to, sla_metric_name(result->metric)); break;
    case LABEL: bytes_add_text(to, label_name(label_of(result))); break;
    case PHASE: bytes_add_text(to, sla_phase_name(result->phase)); break;
    case STATUS: bytes_add_text(to, sla_status_name(result->status)); break;
    case PRIORITY: words_write_priority(to, from->of->rows[line->ticket].priority); break;
    case INSTANT:
    case LENGTH: write_number(to, from, result, index); break;
  }
}
