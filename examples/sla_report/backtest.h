/* SPDX-License-Identifier: MIT */
/* What attainment would have been with other targets: all of them in the same pass. */
#ifndef SLA_REPORT_BACKTEST_H
#define SLA_REPORT_BACKTEST_H

#include "ticket.h"

enum { CANDIDATES = 200 };

typedef struct {
  uint32_t metric; /* 0 when nothing is tested */
  bytes *targets;  /* candidates, as text */
  size_t count, room;
  sla_tally *tallies;
  const policies *of;
  sla_policy ****candidates; /* by policy, version and target; built when they are needed */
} backtest;

/* "first-response=1h,2h,4h", "resolution=8h..48h/8h"; nothing for an empty text. */
bool backtest_read(backtest *made, const bytes *text, const policies *of, bytes *why);
void backtest_free(backtest *of);

/* Counts a ticket under every policy of it that has a target for the metric, or under the first. */
bool backtest_take(backtest *into, const ticket *of, sla_time now, bytes *why);

#endif
