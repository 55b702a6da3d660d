/* SPDX-License-Identifier: MIT */
/* What was counted, as sheets. */
#ifndef SLA_REPORT_FINDINGS_H
#define SLA_REPORT_FINDINGS_H

#include "backtest.h"
#include "sheet.h"
#include "totals.h"

typedef struct {
  const setup *under;
  const totals *from;
  const backtest *tested; /* one that tests nothing adds nothing */
  sla_time now;
} finding;

/* summary; one for each dimension; times; weeks; backlog; holders; worst; soon; objectives;
 * backtest; versions. */
bool findings_make(sheets *made, const finding *of, bytes *why);

#endif
