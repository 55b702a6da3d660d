/* SPDX-License-Identifier: MIT */
#include "totals.h"

#include <stdlib.h>

#include "why.h"

static bool new_report(sla_report **made, const setup *under, bytes *why) {
  sla_error error;
  return sla_report_new(NULL, under->ages, under->age_count, made, &error) == SLA_OK ||
         why_error(why, &error);
}

static bool add_dimension(totals *to, const setup *under, const char *name, enum part by,
                          size_t column, bytes *why) {
  dimension *added = &to->dimensions[to->dimension_count++];
  *added = (dimension){.name = name, .by = by, .column = column};
  return new_report(&added->report, under, why);
}

static bool add_groups(totals *to, const setup *under, const ticket_export *from, bytes *why) {
  for (size_t i = 0; i < under->group_count; i++) {
    size_t column = export_find(from, under->groups[i]);
    if (column == NO_COLUMN)
      return document_blame(&under->file, under->group_nodes[i], why,
                            "the export has no column '%s'", under->groups[i].text);
    if (!add_dimension(to, under, under->groups[i].text, PART_COLUMN, column, why)) return false;
  }
  return true;
}

static void make_versions(totals *to, const policies *of) {
  to->versions = need(of->count, sizeof *to->versions);
  for (; to->policy_count < of->count; to->policy_count++)
    to->versions[to->policy_count] =
        need(policies_versions(of, (uint32_t)to->policy_count), sizeof **to->versions);
}

bool totals_make(totals *made, const setup *under, const ticket_export *from, bytes *why) {
  bool kinds = policies_have_kinds(&under->policies);
  made->dimensions = need(under->group_count + PART_COLUMN, sizeof *made->dimensions);
  for (size_t i = 0; i < METRICS; i++)
    ladder_make(&made->times[i], &under->policies, metrics_known[i]);
  make_versions(made, &under->policies);
  return new_report(&made->weeks, under, why) &&
         add_dimension(made, under, "policy", PART_POLICY, NO_COLUMN, why) &&
         (!kinds || add_dimension(made, under, "policy_kind", PART_KIND, NO_COLUMN, why)) &&
         add_groups(made, under, from, why);
}

static bool add(sla_report *to, int64_t group, const ticket *of, const sla_outcome *outcome,
                sla_time now, bytes *why) {
  sla_error error;
  return sla_report_add(to, group, &of->history, sizeof of->history, ticket_results(of, outcome),
                        outcome->results, sizeof *of->results, now, &error) == SLA_OK ||
         why_error(why, &error);
}

static slice group_of(const dimension *in, const policies *among, const ticket_export *from,
                      uint32_t policy) {
  if (in->by == PART_POLICY) return among->items[policy].name;
  if (in->by == PART_KIND) return slice_of(sla_agreement_kind_name(policies_kind(among, policy)));
  slice cell = slice_trim(slice_of(export_field(from, in->column)));
  return cell.length == 0 ? slice_of("(none)") : cell;
}

/* A ticket is one of its column's group, whatever its agreements; of a policy is each of them. */
static bool take_dimension(dimension *into, const policies *among, const ticket_export *from,
                           const ticket *of, sla_time now, bytes *why) {
  size_t count = into->by == PART_COLUMN ? 1 : of->count;
  for (size_t i = 0; i < count; i++) {
    const sla_outcome *outcome = &of->outcomes[i];
    slice name = group_of(into, among, from, outcome->agreement);
    size_t group = dictionary_number(&into->names, name);
    if (!add(into->report, (int64_t)group, of, outcome, now, why)) return false;
  }
  return true;
}

static int64_t week_of(const setup *under, sla_time created) {
  int32_t days = 0;
  sla_date monday = period_of(PERIOD_WEEK, under->zone, created);
  return sla_date_to_days(monday, &days) == SLA_OK ? days : 0;
}

static void take_times(totals *into, const ticket *of) {
  const sla_result *results = ticket_results(of, of->outcomes);
  for (size_t i = 0; i < of->outcomes->results; i++)
    for (size_t j = 0; j < METRICS; j++)
      if (results[i].metric == metrics_known[j]) ladder_take(&into->times[j], &results[i]);
}

static void take_all_agreements(totals *into, const setup *under, const ticket_export *from,
                                const ticket *of) {
  for (size_t i = 0; i < of->count; i++) {
    const sla_outcome *outcome = &of->outcomes[i];
    soon_take(&into->soon, from, under->policies.items[outcome->agreement].name.text,
              ticket_results(of, outcome), outcome->results);
    into->versions[outcome->agreement][outcome->version]++;
  }
  into->worst[label_of(&of->results[of->rollup.index])]++;
  if (of->history.state == SLA_HISTORY_OPEN) into->holders[of->outcomes->holder]++;
}

bool totals_take(totals *into, const setup *under, const ticket_export *from, const ticket *of,
                 sla_time now, bytes *why) {
  into->tickets++;
  if (of->count == 0) {
    into->without_policy++;
    return true;
  }
  for (size_t i = 0; i < into->dimension_count; i++)
    if (!take_dimension(&into->dimensions[i], &under->policies, from, of, now, why)) return false;
  take_times(into, of);
  take_all_agreements(into, under, from, of);
  return add(into->weeks, week_of(under, of->history.created_at), of, of->outcomes, now, why);
}

void totals_free(totals *of) {
  for (size_t i = 0; i < of->dimension_count; i++) {
    dictionary_free(&of->dimensions[i].names);
    sla_report_free(of->dimensions[i].report);
  }
  free(of->dimensions);
  for (size_t i = 0; i < of->policy_count; i++) free(of->versions[i]);
  free(of->versions);
  sla_report_free(of->weeks);
  soon_free(&of->soon);
}
