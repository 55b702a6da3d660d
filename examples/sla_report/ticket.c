/* SPDX-License-Identifier: MIT */
#include "ticket.h"

#include <stdlib.h>

#include "why.h"

void ticket_make(ticket *made, const setup *under) {
  size_t most = under->policies.count, rules = sla_rules_count(under->rules);
  *made = (ticket){.match_room = under->match_all && rules > 1 ? rules : 1};
  made->matches = need(made->match_room, sizeof *made->matches);
  made->chosen = need(most, sizeof *made->chosen);
  made->outcomes = need(most, sizeof *made->outcomes);
  made->results = need(most * METRICS, sizeof *made->results);
}

void ticket_free(ticket *of) {
  free(of->matches);
  free(of->chosen);
  free(of->outcomes);
  free(of->results);
}

static void add_policy(ticket *to, uint32_t policy) {
  if (policy == SLA_NO_POLICY) return;
  for (size_t i = 0; i < to->chosen_count; i++)
    if (to->chosen[i] == policy) return;
  to->chosen[to->chosen_count++] = policy;
}

bool ticket_choose(ticket *of, const setup *under, bytes *why) {
  const attributes *with = &under->attributes;
  size_t count;
  sla_error error;
  of->chosen_count = 0;
  if (sla_rules_match_all(under->rules, SLA_RULE_CREATED, with->facts, with->fact_count,
                          sizeof *with->facts, bytes_text(&with->texts), with->texts.length,
                          of->matches, of->match_room, sizeof *of->matches, &count, &error) !=
      SLA_OK)
    return why_error(why, &error);
  for (size_t i = 0; i < count && i < of->match_room; i++) add_policy(of, of->matches[i].policy);
  return true;
}

/* An agreement that was not in force yet has no results. */
static void keep_those_in_force(ticket *of) {
  of->count = 0;
  for (size_t i = 0; i < of->chosen_count; i++)
    if (of->outcomes[i].version != SLA_NO_VERSION) of->outcomes[of->count++] = of->outcomes[i];
}

bool ticket_evaluate(ticket *of, const policies *under, sla_time now, sla_error *error) {
  const sla_row *row = &of->row;
  of->count = of->result_count = 0;
  if (of->chosen_count == 0) return true;
  int32_t code = sla_policy_set_evaluate_row(
      under->set, of->chosen, of->chosen_count, row, sizeof *row, SLA_NONE, now, of->outcomes,
      sizeof *of->outcomes, of->results, under->count * METRICS, sizeof *of->results,
      &of->result_count, error);
  if (code != SLA_OK) return false;
  keep_those_in_force(of);
  if (of->count == 0) return true;
  const sla_policy *first = sla_policy_set_policy(under->set, of->outcomes[0].agreement,
                                                  of->outcomes[0].version);
  return sla_history_of_row(first, row, sizeof *row, now, &of->history, sizeof of->history,
                            error) == SLA_OK &&
         sla_rollup_results(of->results, of->result_count, sizeof *of->results, &of->rollup,
                            sizeof of->rollup) == SLA_OK;
}

const sla_result *ticket_results(const ticket *of, const sla_outcome *outcome) {
  return of->results + outcome->first;
}
