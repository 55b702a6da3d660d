/* SPDX-License-Identifier: MIT */
/* All that is counted; it grows with the groups and the weeks, not with the tickets. */
#ifndef SLA_REPORT_TOTALS_H
#define SLA_REPORT_TOTALS_H

#include "dictionary.h"
#include "labels.h"
#include "ladder.h"
#include "soon.h"
#include "ticket.h"

enum part { PART_POLICY, PART_KIND, PART_COLUMN };

/* One way to part the tickets; by policy and by kind of policy it parts what was promised. */
typedef struct {
  const char *name;
  enum part by;
  size_t column; /* of the export */
  dictionary names;
  sla_report *report;
} dimension;

enum { HOLDERS = SLA_HOLDER_OTHER + 1 };

typedef struct {
  dimension *dimensions; /* the policy first */
  size_t dimension_count;
  sla_report *weeks; /* by the number of their Monday */
  ladder times[METRICS];
  soon soon;
  uint64_t holders[HOLDERS]; /* open tickets by who has to act */
  uint64_t worst[LABELS];    /* tickets by their most urgent result */
  uint64_t **versions;       /* by policy and version, how many tickets were under it */
  size_t policy_count;
  uint64_t tickets, without_policy, bad_rows;
} totals;

bool totals_make(totals *made, const setup *under, const ticket_export *from, bytes *why);
bool totals_take(totals *into, const setup *under, const ticket_export *from, const ticket *of,
                 sla_time now, bytes *why);
void totals_free(totals *of);

#endif
