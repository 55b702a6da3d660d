/* SPDX-License-Identifier: MIT */
#include "findings_groups.h"

#include <stdlib.h>
#include <string.h>

#include "why.h"

/* ---- metrics of groups ---- */

/* Never shorter than it was: the upper end of what the library knows. */
static bool add_percentiles(sheet *to, const sla_report *from, int64_t group, uint32_t metric,
                            bytes *why) {
  static const uint32_t shares[] = {5000, 9000, 9500};
  for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
    sla_seconds least, most;
    int32_t code = sla_report_percentile(from, group, metric, SLA_BUSINESS_HOURS, shares[i],
                                         &least, &most);
    if (code != SLA_OK) return why_code(why, code);
    sheet_add_number(to, CELL_LENGTH, most);
  }
  return true;
}

static void add_counts(sheet *to, const sla_metric_counts *of) {
  const uint64_t counts[] = {of->met,      of->missed,  of->overdue,
                             of->due_soon, of->on_time, of->paused};
  sheet_add_number(to, CELL_SHARE, of->attainment);
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) sheet_add_count(to, counts[i]);
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
    if (!add_percentiles(to, from, group, metric, why)) return false;
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

/* Whatever the order of the export. */
static numbered *sorted_groups(const dimension *of) {
  numbered *groups = need(of->names.count, sizeof *groups);
  for (size_t i = 0; i < of->names.count; i++) groups[i] = (numbered){of->names.names[i], i};
  qsort(groups, of->names.count, sizeof *groups, by_name);
  return groups;
}

/* Whether programs would take a section of this name for another one, or for what heads them. */
static bool is_taken(const sheets *in, const char *name) {
  static const char *const own[] = {"now",     "zone",  "summary", "policy",     "policy_kind",
                                    "times",   "weeks", "backlog", "holders",    "worst",
                                    "soon",    "objectives", "backtest", "versions"};
  for (size_t i = 0; i < sizeof own / sizeof *own; i++)
    if (strcmp(name, own[i]) == 0) return true;
  return sheets_find(in, name) != NULL;
}

/* A column that is called "weeks" is a section "weeks 2". */
static void write_name(bytes *to, const sheets *in, const dimension *of) {
  bytes_add_text(to, of->name);
  for (size_t number = 2; of->by == PART_COLUMN && is_taken(in, bytes_text(to)); number++) {
    bytes_clear(to);
    bytes_format(to, "%s %zu", of->name, number);
  }
}

static sheet *add_sheet(sheets *to, const finding *of, const dimension *by) {
  static const sheet_column columns[] = {
      {"group", "GROUP"},       {"metric", "METRIC"}, {"attainment", "ATTAINED"},
      {"met", "MET"},           {"missed", "MISSED"}, {"overdue", "OVERDUE"},
      {"due_soon", "DUE SOON"}, {"on_time", "ON TIME"}, {"paused", "PAUSED"},
      {"mean", "MEAN"},         {"median", "MEDIAN"}, {"p90", "90 % IN"},
      {"p95", "95 % IN"},       {NULL, NULL}};
  bytes name = {0}, title = {0};
  write_name(&name, to, by);
  bytes_format(&title, "By %s", by->by == PART_KIND ? "kind of policy" : by->name);
  sheet *made = sheets_add(to, bytes_text(&name), bytes_text(&title), 2, columns);
  made->is_once = of->under->match_all && by->by == PART_COLUMN;
  bytes_free(&name);
  bytes_free(&title);
  return made;
}

bool findings_add_dimension(sheets *to, const finding *of, const dimension *by, bytes *why) {
  sheet *made = add_sheet(to, of, by);
  numbered *groups = sorted_groups(by);
  bool done = true;
  for (size_t i = 0; done && i < by->names.count; i++)
    done = add_group(made, by->report, (int64_t)groups[i].number, groups[i].name, why);
  free(groups);
  if (done && by->names.count > 1) done = add_group(made, by->report, SLA_NONE, "(all)", why);
  return done;
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
    sheet_add_count(to, counts.met);
    sheet_add_count(to, counts.missed + counts.overdue);
    sheet_add_count(to, counts.on_time + counts.due_soon + counts.paused);
  }
  bytes_free(&name);
  return code == SLA_OK || why_code(why, code);
}

bool findings_add_weeks(sheets *to, const finding *of, bytes *why) {
  static const sheet_column columns[] = {{"week", "WEEK FROM"},      {"metric", "METRIC"},
                                         {"attainment", "ATTAINED"}, {"met", "IN TIME"},
                                         {"missed", "LATE"},         {"running", "STILL RUNNING"},
                                         {NULL, NULL}};
  const sla_report *from = of->from->weeks;
  sheet *made = sheets_add(to, "weeks", "By week of creation", 2, columns);
  made->is_once = of->under->match_all;
  for (uint32_t i = 0; i < sla_report_group_count(from); i++) {
    int64_t monday;
    int32_t code = sla_report_group(from, i, &monday);
    if (code != SLA_OK) return why_code(why, code);
    if (!add_week(made, from, monday, why)) return false;
  }
  return true;
}
