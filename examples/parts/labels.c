/* SPDX-License-Identifier: MIT */
#include "labels.h"

#include "lengths.h"

enum label label_of(const sla_result *result) {
  bool overdue = result->status == SLA_OVERDUE;
  if (result->phase == SLA_CANCELLED) return LABEL_CANCELLED;
  if (result->phase == SLA_PAUSED) return overdue ? LABEL_OVERDUE_AND_PAUSED : LABEL_PAUSED;
  if (result->phase == SLA_INACTIVE || result->status == SLA_STATUS_NONE) return LABEL_NONE;
  if (result->phase == SLA_FULFILLED) return overdue ? LABEL_MISSED : LABEL_MET;
  if (overdue) return LABEL_OVERDUE;
  return result->status == SLA_DUE_SOON ? LABEL_DUE_SOON : LABEL_ON_TIME;
}

static const struct {
  const char *name, *color;
} labels[LABELS] = {
    [LABEL_OVERDUE] = {"overdue", "1;31"},
    [LABEL_DUE_SOON] = {"due soon", "1;33"},
    [LABEL_ON_TIME] = {"on time", "32"},
    [LABEL_OVERDUE_AND_PAUSED] = {"overdue and paused", "35"},
    [LABEL_PAUSED] = {"paused", "36"},
    [LABEL_MISSED] = {"missed", "31"},
    [LABEL_MET] = {"met", "2;32"},
    [LABEL_CANCELLED] = {"cancelled", "2"},
    [LABEL_NONE] = {"none", "2"},
};

const char *label_name(enum label label) { return labels[label].name; }
const char *label_color(enum label label) { return labels[label].color; }

void label_write(bytes *to, const sla_result *result) {
  bytes_add_text(to, label_name(label_of(result)));
  if (label_of(result) != LABEL_OVERDUE) return;
  bytes_add_text(to, " by ");
  length_write(to, result->late_by, true);
}
