/* SPDX-License-Identifier: MIT */
/* What attainment would have been with other targets: all of them in the same pass. */
#ifndef SLA_REPORT_BACKTEST_H
#define SLA_REPORT_BACKTEST_H

#include "policies.h"

enum { CANDIDATES = 200 };

typedef struct {
  uint32_t metric; /* 0 when nothing is tested */
  bytes *targets;  /* candidates, as text */
  size_t count, room;
  sla_tally *tallies;
  const policies *of;
  sla_policy ****candidates; /* by policy, version and candidate; built when they are needed */
} backtest;

/* "first-response=1h,2h,4h", "resolution=8h..48h/8h"; nothing for an empty text. */
bool backtest_read(backtest *made, const bytes *text, const policies *of, bytes *why);
void backtest_free(backtest *of);

/* Counts a ticket of a policy and version. */
bool backtest_take(backtest *into, size_t policy, size_t version, const sla_event *events,
                   size_t count, sla_time now, bytes *why);

#endif
