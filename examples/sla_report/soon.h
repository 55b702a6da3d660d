/* SPDX-License-Identifier: MIT */
/* The tickets that are about to breach: those that run and are due next. */
#ifndef SLA_REPORT_SOON_H
#define SLA_REPORT_SOON_H

#include "export.h"

enum { SOON = 20 };

typedef struct {
  sla_result result;
  bytes id, subject;
  const char *policy;
} soon_ticket;

typedef struct {
  soon_ticket items[SOON]; /* the earliest due first */
  size_t count;
  uint64_t running; /* how many there are in all */
} soon;

/* Counts the results that run and are not overdue, and keeps those that are due first. */
void soon_take(soon *into, const ticket_export *from, const char *policy,
               const sla_result *results, size_t count);
void soon_free(soon *of);

#endif
