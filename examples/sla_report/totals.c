/* SPDX-License-Identifier: MIT */
#include "totals.h"

#include <stdlib.h>

#include "why.h"

const uint32_t metrics_known[METRICS] = {SLA_FIRST_RESPONSE, SLA_NEXT_RESPONSE, SLA_RESOLUTION};

static bool new_report(sla_report **made, const setup *under, bytes *why) {
  sla_error error;
  return sla_report_new(NULL, under->ages, under->age_count, made, &error) == SLA_OK ||
         why_error(why, &error);
}

static bool add_dimension(totals *to, const setup *under, const char *name, size_t column,
                          bytes *why) {
  dimension *added = &to->dimensions[to->dimension_count++];
  *added = (dimension){.name = name, .column = column};
  return new_report(&added->report, under, why);
}

static bool add_groups(totals *to, const setup *under, const ticket_export *from, bytes *why) {
  for (size_t i = 0; i < under->group_count; i++) {
    size_t column = export_find(from, under->groups[i]);
    if (column == NO_COLUMN)
      return document_blame(&under->file, under->group_nodes[i], why,
                            "the export has no column '%s'", under->groups[i].text);
    if (!add_dimension(to, under, under->groups[i].text, column, why)) return false;
  }
  return true;
}

bool totals_make(totals *made, const setup *under, const ticket_export *from, bytes *why) {
  made->dimensions = need(under->group_count + 1, sizeof *made->dimensions);
  for (size_t i = 0; i < METRICS; i++)
    ladder_make(&made->times[i], &under->policies, metrics_known[i]);
  return new_report(&made->weeks, under, why) &&
         add_dimension(made, under, "policy", NO_COLUMN, why) &&
         add_groups(made, under, from, why);
}

static bool add(sla_report *to, int64_t group, const ticket_outcome *of, bytes *why) {
  sla_error error;
  return sla_report_add(to, group, of->history, sizeof *of->history, of->results, of->count,
                        sizeof *of->results, of->now, &error) == SLA_OK || why_error(why, &error);
}

static slice group_of(const dimension *in, const ticket_export *from, const named_policy *policy) {
  if (in->column == NO_COLUMN) return policy->name;
  slice cell = slice_trim(slice_of(export_field(from, in->column)));
  return cell.length == 0 ? slice_of("(none)") : cell;
}

static int64_t week_of(const setup *under, sla_time created) {
  int32_t days = 0;
  sla_date monday = period_of(PERIOD_WEEK, under->zone, created);
  return sla_date_to_days(monday, &days) == SLA_OK ? days : 0;
}

static void take_times(totals *into, const ticket_outcome *of) {
  for (size_t i = 0; i < of->count; i++)
    for (size_t j = 0; j < METRICS; j++)
      if (of->results[i].metric == metrics_known[j]) ladder_take(&into->times[j], &of->results[i]);
}

bool totals_take(totals *into, const setup *under, const ticket_export *from,
                 const ticket_outcome *of, bytes *why) {
  for (size_t i = 0; i < into->dimension_count; i++) {
    dimension *one = &into->dimensions[i];
    size_t group = dictionary_number(&one->names, group_of(one, from, of->policy));
    if (!add(one->report, (int64_t)group, of, why)) return false;
  }
  take_times(into, of);
  soon_take(&into->soon, from, of->policy->name.text, of->results, of->count);
  return add(into->weeks, week_of(under, of->history->created_at), of, why);
}

void totals_free(totals *of) {
  for (size_t i = 0; i < of->dimension_count; i++) {
    dictionary_free(&of->dimensions[i].names);
    sla_report_free(of->dimensions[i].report);
  }
  free(of->dimensions);
  sla_report_free(of->weeks);
  soon_free(&of->soon);
}
