/* SPDX-License-Identifier: MIT */
/* A ticket of the export under each of its agreements. */
#ifndef SLA_REPORT_TICKET_H
#define SLA_REPORT_TICKET_H

#include "setup.h"

typedef struct {
  sla_row row;
  sla_match *matches; /* room for all the rules that can match */
  size_t match_room;
  uint32_t *chosen; /* policies, in the order of the rules */
  size_t chosen_count;
  sla_outcome *outcomes; /* of those that had a version in force */
  size_t count;
  sla_result *results; /* of all of them, one after the other */
  size_t result_count;
  sla_rollup rollup;   /* of all results; this and the history only when count is not 0 */
  sla_history history; /* with the statuses of the first policy */
} ticket;

void ticket_make(ticket *made, const setup *under);
void ticket_free(ticket *of);

/* Which policies it gets, by the facts at hand; none is an answer too. */
bool ticket_choose(ticket *of, const setup *under, bytes *why);
/* What the library says of its row under them; what it finds wrong with the row is in *error. */
bool ticket_evaluate(ticket *of, const policies *under, sla_time now, sla_error *error);

/* The results under the agreement of an outcome, of which there are outcome->results. */
const sla_result *ticket_results(const ticket *of, const sla_outcome *outcome);

#endif
