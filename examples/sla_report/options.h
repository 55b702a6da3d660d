/* SPDX-License-Identifier: MIT */
/* The options of sla_report. */
#ifndef SLA_REPORT_OPTIONS_H
#define SLA_REPORT_OPTIONS_H

#include "bytes.h"

enum { RULES_FILE, TICKETS_FILE, FILES };

/* Empty where nothing was given. */
typedef struct {
  bytes now, format, color, width, backtest, title;
  const char *files[FILES]; /* "-" for standard input */
  bool html, tickets, help, version;
} options;

bool options_read(options *into, int count, char **arguments, bytes *why);
void options_free(options *of);

#endif
