/* SPDX-License-Identifier: MIT */
/* All that is counted; it grows with the groups and the weeks, not with the tickets. */
#ifndef SLA_REPORT_TOTALS_H
#define SLA_REPORT_TOTALS_H

#include "dictionary.h"
#include "ladder.h"
#include "setup.h"
#include "soon.h"

enum { METRICS = 3 };
extern const uint32_t metrics_known[METRICS];

/* One way to part the tickets. */
typedef struct {
  const char *name;
  size_t column; /* of the export; NO_COLUMN for the policy */
  dictionary names;
  sla_report *report;
} dimension;

typedef struct {
  dimension *dimensions; /* the policy first */
  size_t dimension_count;
  sla_report *weeks; /* by the number of their Monday */
  ladder times[METRICS];
  soon soon;
  uint64_t tickets, without_policy, bad_rows;
} totals;

/* A ticket that has a policy, and what the library says of it. */
typedef struct {
  const named_policy *policy;
  const sla_history *history;
  const sla_result *results;
  size_t count;
  sla_time now;
} ticket_outcome;

bool totals_make(totals *made, const setup *under, const ticket_export *from, bytes *why);
bool totals_take(totals *into, const setup *under, const ticket_export *from,
                 const ticket_outcome *of, bytes *why);
void totals_free(totals *of);

#endif
