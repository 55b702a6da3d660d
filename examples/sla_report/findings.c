/* SPDX-License-Identifier: MIT */
#include "findings.h"

#include <stdlib.h>
#include <string.h>

#include "labels.h"
#include "lengths.h"
#include "why.h"

enum { MEDIAN = 5000, MOST = 9000, NEARLY_ALL = 9500 };

/* ---- the whole ---- */

static void add_figure(sheet *to, const char *name, uint64_t count) {
  sheet_add_text(to, name);
  sheet_add_number(to, CELL_COUNT, (int64_t)count);
}

static bool add_summary(sheets *to, const finding *of, bytes *why) {
  sla_ticket_counts all;
  const totals *from = of->from;
  int32_t code = sla_report_tickets(from->weeks, SLA_NONE, &all, sizeof all);
  if (code != SLA_OK) return why_code(why, code);
  sheet *made = sheets_add(to, "summary", "Tickets", 1);
  sheet_add_column(made, "figure", "TICKETS");
  sheet_add_column(made, "count", "COUNT");
  add_figure(made, "tickets", from->tickets);
  add_figure(made, "without a policy", from->without_policy);
  add_figure(made, "bad rows", from->bad_rows);
  add_figure(made, "open", all.open);
  add_figure(made, "done", all.done);
  add_figure(made, "done on first contact", all.first_contact);
  return true;
}

/* ---- metrics of groups ---- */

static void add_metric_columns(sheet *to) {
  sheet_add_column(to, "metric", "METRIC");
  sheet_add_column(to, "attainment", "ATTAINED");
  sheet_add_column(to, "met", "MET");
  sheet_add_column(to, "missed", "MISSED");
  sheet_add_column(to, "overdue", "OVERDUE");
  sheet_add_column(to, "due_soon", "DUE SOON");
  sheet_add_column(to, "on_time", "ON TIME");
  sheet_add_column(to, "paused", "PAUSED");
  sheet_add_column(to, "mean", "MEAN");
  sheet_add_column(to, "median", "MEDIAN");
  sheet_add_column(to, "p90", "90 % IN");
  sheet_add_column(to, "p95", "95 % IN");
}

/* Never shorter than it was: the upper end of what the library knows. */
static bool add_percentile(sheet *to, const sla_report *from, int64_t group, uint32_t metric,
                           uint32_t share, bytes *why) {
  sla_seconds least, most;
  int32_t code = sla_report_percentile(from, group, metric, SLA_BUSINESS_HOURS, share, &least,
                                       &most);
  if (code != SLA_OK) return why_code(why, code);
  sheet_add_number(to, CELL_LENGTH, most);
  return true;
}

static void add_counts(sheet *to, const sla_metric_counts *of) {
  sheet_add_number(to, CELL_SHARE, of->attainment);
  sheet_add_number(to, CELL_COUNT, (int64_t)of->met);
  sheet_add_number(to, CELL_COUNT, (int64_t)of->missed);
  sheet_add_number(to, CELL_COUNT, (int64_t)of->overdue);
  sheet_add_number(to, CELL_COUNT, (int64_t)of->due_soon);
  sheet_add_number(to, CELL_COUNT, (int64_t)of->on_time);
  sheet_add_number(to, CELL_COUNT, (int64_t)of->paused);
  sheet_add_number(to, CELL_LENGTH, of->measured == 0 ? SLA_NONE : of->mean);
}

static bool has_any(const sla_metric_counts *of) {
  return of->on_time + of->due_soon + of->overdue + of->paused + of->met + of->missed != 0;
}

static bool add_group(sheet *to, const sla_report *from, int64_t group, const char *name,
                      bytes *why) {
  for (size_t i = 0; i < METRICS; i++) {
    uint32_t metric = metrics_known[i];
    sla_metric_counts counts;
    int32_t code = sla_report_metric(from, group, metric, &counts, sizeof counts);
    if (code != SLA_OK) return why_code(why, code);
    if (!has_any(&counts)) continue;
    sheet_add_text(to, name);
    sheet_add_text(to, sla_metric_name(metric));
    add_counts(to, &counts);
    if (!add_percentile(to, from, group, metric, MEDIAN, why) ||
        !add_percentile(to, from, group, metric, MOST, why) ||
        !add_percentile(to, from, group, metric, NEARLY_ALL, why))
      return false;
  }
  return true;
}

typedef struct {
  const char *name;
  size_t number;
} numbered;

static int by_name(const void *a, const void *b) {
  return strcmp(((const numbered *)a)->name, ((const numbered *)b)->name);
}

/* By name, whatever the order of the file; the policies in that of theirs. */
static numbered *sorted_groups(const dimension *of) {
  numbered *groups = need(of->names.count, sizeof *groups);
  for (size_t i = 0; i < of->names.count; i++) groups[i] = (numbered){of->names.names[i], i};
  qsort(groups, of->names.count, sizeof *groups, by_name);
  return groups;
}

static bool add_dimension(sheets *to, const dimension *of, bytes *why) {
  bytes title = {0};
  bytes_format(&title, "By %s", of->name);
  sheet *made = sheets_add(to, of->name, bytes_text(&title), 2);
  bytes_free(&title);
  sheet_add_column(made, "group", "GROUP");
  add_metric_columns(made);
  numbered *groups = sorted_groups(of);
  bool done = true;
  for (size_t i = 0; done && i < of->names.count; i++)
    done = add_group(made, of->report, (int64_t)groups[i].number, groups[i].name, why);
  free(groups);
  if (done && of->names.count > 1) done = add_group(made, of->report, SLA_NONE, "(all)", why);
  return done;
}

/* ---- times ---- */

static void add_step(sheet *to, const ladder *of, uint32_t metric, size_t step) {
  sheet_add_text(to, sla_metric_name(metric));
  sheet_add_number(to, CELL_LENGTH, step < of->count ? of->up_to[step] : SLA_NONE);
  sheet_add_number(to, CELL_COUNT, (int64_t)of->met[step]);
  sheet_add_number(to, CELL_COUNT, (int64_t)of->missed[step]);
  sheet_add_text(to, step < of->count && of->is_target[step] ? "target" : "");
}

static void add_times(sheets *to, const finding *of) {
  sheet *made = sheets_add(to, "times", "How long it took", 2);
  sheet_add_column(made, "metric", "METRIC");
  sheet_add_column(made, "up_to", "UP TO");
  sheet_add_column(made, "met", "IN TIME");
  sheet_add_column(made, "missed", "LATE");
  sheet_add_column(made, "target", "TARGET");
  for (size_t i = 0; i < METRICS; i++) {
    size_t first, end;
    if (!ladder_range(&of->from->times[i], &first, &end)) continue;
    for (size_t step = first; step < end; step++)
      add_step(made, &of->from->times[i], metrics_known[i], step);
  }
}

/* ---- weeks ---- */

static bool add_week(sheet *to, const sla_report *from, int64_t monday, bytes *why) {
  bytes name = {0};
  sla_date date;
  int32_t code = sla_date_from_days((int32_t)monday, &date);
  if (code != SLA_OK) return why_code(why, code);
  date_write(&name, date);
  for (size_t i = 0; i < METRICS && code == SLA_OK; i++) {
    sla_metric_counts counts;
    code = sla_report_metric(from, monday, metrics_known[i], &counts, sizeof counts);
    if (code != SLA_OK || !has_any(&counts)) continue;
    sheet_add_text(to, bytes_text(&name));
    sheet_add_text(to, sla_metric_name(metrics_known[i]));
    sheet_add_number(to, CELL_SHARE, counts.attainment);
    sheet_add_number(to, CELL_COUNT, (int64_t)counts.met);
    sheet_add_number(to, CELL_COUNT, (int64_t)(counts.missed + counts.overdue));
    sheet_add_number(to, CELL_COUNT, (int64_t)(counts.on_time + counts.due_soon + counts.paused));
  }
  bytes_free(&name);
  return code == SLA_OK || why_code(why, code);
}

static bool add_weeks(sheets *to, const finding *of, bytes *why) {
  const sla_report *from = of->from->weeks;
  sheet *made = sheets_add(to, "weeks", "By week of creation", 2);
  sheet_add_column(made, "week", "WEEK FROM");
  sheet_add_column(made, "metric", "METRIC");
  sheet_add_column(made, "attainment", "ATTAINED");
  sheet_add_column(made, "met", "IN TIME");
  sheet_add_column(made, "missed", "LATE");
  sheet_add_column(made, "running", "STILL RUNNING");
  for (uint32_t i = 0; i < sla_report_group_count(from); i++) {
    int64_t monday;
    int32_t code = sla_report_group(from, i, &monday);
    if (code != SLA_OK) return why_code(why, code);
    if (!add_week(made, from, monday, why)) return false;
  }
  return true;
}

/* ---- the backlog ---- */

/* Ages are by the clock on the wall: a day has 24 hours. */
static void write_age(bytes *to, const setup *under, size_t index) {
  bool last = index == under->age_count;
  if (under->age_count == 0) {
    bytes_add_text(to, "any age");
    return;
  }
  bytes_add_text(to, last ? "older than " : "up to ");
  length_write(to, under->ages[last ? index - 1 : index], true);
}

static bool add_backlog(sheets *to, const finding *of, bytes *why) {
  uint64_t counts[AGES + 1];
  size_t written;
  int32_t code = sla_report_backlog(of->from->weeks, SLA_NONE, counts, AGES + 1, &written);
  if (code != SLA_OK) return why_code(why, code);
  sheet *made = sheets_add(to, "backlog", "Open tickets by age", 1);
  sheet_add_column(made, "age", "AGE");
  sheet_add_column(made, "open", "OPEN");
  for (size_t i = 0; i < written; i++) {
    bytes age = {0};
    write_age(&age, of->under, i);
    add_figure(made, bytes_text(&age), counts[i]);
    bytes_free(&age);
  }
  return true;
}

/* ---- tickets about to breach ---- */

static void add_soon(sheets *to, const finding *of) {
  const soon *from = &of->from->soon;
  sheet *made = sheets_add(to, "soon", "About to breach", 2);
  sheet_add_column(made, "id", "ID");
  sheet_add_column(made, "metric", "METRIC");
  sheet_add_column(made, "state", "STATE");
  sheet_add_column(made, "due_at", "DUE");
  sheet_add_column(made, "remaining", "TIME LEFT");
  sheet_add_column(made, "policy", "POLICY");
  sheet_add_column(made, "subject", "SUBJECT");
  for (size_t i = 0; i < from->count; i++) {
    const soon_ticket *ticket = &from->items[i];
    sheet_add_text(made, bytes_text(&ticket->id));
    sheet_add_text(made, sla_metric_name(ticket->result.metric));
    sheet_add_text(made, label_name(label_of(&ticket->result)));
    sheet_add_number(made, CELL_INSTANT, ticket->result.due_at);
    sheet_add_number(made, CELL_LENGTH, ticket->result.remaining);
    sheet_add_text(made, ticket->policy);
    sheet_add_text(made, bytes_text(&ticket->subject));
  }
}

/* ---- objectives ---- */

static void add_goal_columns(sheet *to) {
  sheet_add_column(to, "objective", "OBJECTIVE");
  sheet_add_column(to, "period", "PERIOD");
  sheet_add_column(to, "verdict", "VERDICT");
  sheet_add_column(to, "goal_share", "GOAL");
  sheet_add_column(to, "goal_count", "GOAL");
  sheet_add_column(to, "attainment", "REACHED");
  sheet_add_column(to, "good", "GOOD");
  sheet_add_column(to, "bad", "BAD");
  sheet_add_column(to, "needed", "STILL NEEDED");
  sheet_add_column(to, "spare", "MAY STILL FAIL");
}

static bool add_period(sheet *to, const finding *of, const goal *aim, const goal_period *period,
                       bytes *why) {
  sla_standing standing;
  bytes name = {0};
  if (!goals_judge(aim, period, of->under->zone, of->now, &standing, why)) return false;
  bool is_share = aim->kind == SLA_OBJECTIVE_SHARE;
  period_write(&name, aim->each, period->first);
  sheet_add_text(to, aim->name.text);
  sheet_add_text(to, bytes_text(&name));
  sheet_add_text(to, sla_objective_verdict_name(standing.verdict));
  sheet_add_number(to, CELL_SHARE, is_share ? aim->goal : SLA_NONE);
  sheet_add_number(to, CELL_COUNT, is_share ? SLA_NONE : aim->goal);
  sheet_add_number(to, CELL_SHARE, is_share ? standing.attainment : SLA_NONE);
  sheet_add_number(to, CELL_COUNT, period->good);
  sheet_add_number(to, CELL_COUNT, is_share ? period->bad : SLA_NONE);
  sheet_add_number(to, CELL_COUNT, standing.needed);
  sheet_add_number(to, CELL_COUNT, standing.spare);
  bytes_free(&name);
  return true;
}

static bool add_objectives(sheets *to, const finding *of, bytes *why) {
  const goals *from = &of->under->goals;
  if (from->count == 0) return true;
  sheet *made = sheets_add(to, "objectives", "Objectives", 2);
  add_goal_columns(made);
  for (size_t i = 0; i < from->count; i++)
    for (size_t j = 0; j < from->items[i].count; j++)
      if (!add_period(made, of, &from->items[i], &from->items[i].periods[j], why)) return false;
  return true;
}

/* ---- the backtest ---- */

static int64_t attainment_of(const sla_tally *of) {
  uint64_t decided = of->met + of->missed + of->overdue;
  return decided == 0 ? SLA_NONE : (int64_t)(of->met * 10000 / decided);
}

static void add_backtest(sheets *to, const finding *of) {
  const backtest *from = of->tested;
  if (from->metric == 0) return;
  sheet *made = sheets_add(to, "backtest", "Had this been the target", 2);
  sheet_add_column(made, "metric", "METRIC");
  sheet_add_column(made, "target", "TARGET");
  sheet_add_column(made, "attainment", "ATTAINED");
  sheet_add_column(made, "met", "MET");
  sheet_add_column(made, "missed", "MISSED");
  sheet_add_column(made, "overdue", "OVERDUE");
  sheet_add_column(made, "open", "OPEN");
  for (size_t i = 0; i < from->count; i++) {
    const sla_tally *tally = &from->tallies[i];
    sheet_add_text(made, sla_metric_name(from->metric));
    sheet_add_text(made, bytes_text(&from->targets[i]));
    sheet_add_number(made, CELL_SHARE, attainment_of(tally));
    sheet_add_number(made, CELL_COUNT, (int64_t)tally->met);
    sheet_add_number(made, CELL_COUNT, (int64_t)tally->missed);
    sheet_add_number(made, CELL_COUNT, (int64_t)tally->overdue);
    sheet_add_number(made, CELL_COUNT, (int64_t)tally->open);
  }
}

bool findings_make(sheets *made, const finding *of, bytes *why) {
  if (!add_summary(made, of, why)) return false;
  for (size_t i = 0; i < of->from->dimension_count; i++)
    if (!add_dimension(made, &of->from->dimensions[i], why)) return false;
  add_times(made, of);
  if (!add_weeks(made, of, why) || !add_backlog(made, of, why)) return false;
  add_soon(made, of);
  if (!add_objectives(made, of, why)) return false;
  add_backtest(made, of);
  return true;
}
