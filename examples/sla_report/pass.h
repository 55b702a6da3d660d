/* SPDX-License-Identifier: MIT */
/* The one pass over an export: each row is read, gets its policies, is evaluated and counted. */
#ifndef SLA_REPORT_PASS_H
#define SLA_REPORT_PASS_H

#include "backtest.h"
#include "totals.h"

typedef struct {
  setup *under;
  totals *into;
  backtest *tested;
  sla_time now;
  const char *file_name; /* for messages */
  FILE *lines;           /* where a line for every ticket goes, or NULL */
} pass;

bool pass_run(const pass *of, FILE *file, bytes *why);

#endif
