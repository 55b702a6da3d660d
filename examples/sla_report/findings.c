/* SPDX-License-Identifier: MIT */
#include "findings.h"

#include "findings_groups.h"
#include "lengths.h"
#include "why.h"

/* ---- the whole ---- */

static void add_figure(sheet *to, const char *name, uint64_t count) {
  sheet_add_text(to, name);
  sheet_add_count(to, count);
}

static bool add_summary(sheets *to, const finding *of, bytes *why) {
  static const sheet_column columns[] = {{"figure", "TICKETS"}, {"count", "COUNT"}, {NULL, NULL}};
  sla_ticket_counts all;
  const totals *from = of->from;
  int32_t code = sla_report_tickets(from->weeks, SLA_NONE, &all, sizeof all);
  if (code != SLA_OK) return why_code(why, code);
  sheet *made = sheets_add(to, "summary", "Tickets", 1, columns);
  add_figure(made, "tickets", from->tickets);
  add_figure(made, "without a policy", from->without_policy);
  add_figure(made, "bad rows", from->bad_rows);
  add_figure(made, "not created yet", from->tickets - from->without_policy - all.tickets);
  add_figure(made, "open", all.open);
  add_figure(made, "done", all.done);
  add_figure(made, "done on first contact", all.first_contact);
  return true;
}

/* ---- times ---- */

static void add_step(sheet *to, const ladder *of, uint32_t metric, size_t step) {
  sheet_add_text(to, sla_metric_name(metric));
  sheet_add_number(to, CELL_LENGTH, step < of->count ? of->up_to[step] : SLA_NONE);
  sheet_add_count(to, of->met[step]);
  sheet_add_count(to, of->missed[step]);
  sheet_add_text(to, ladder_is_target(of, step) ? "target" : "");
}

static void add_times(sheets *to, const finding *of) {
  static const sheet_column columns[] = {{"metric", "METRIC"}, {"up_to", "UP TO"},
                                         {"met", "IN TIME"},   {"missed", "LATE"},
                                         {"target", "TARGET"}, {NULL, NULL}};
  sheet *made = sheets_add(to, "times", "How long it took", 2, columns);
  made->is_once = of->under->match_all;
  for (size_t i = 0; i < METRICS; i++) {
    size_t first, end;
    if (!ladder_range(&of->from->times[i], &first, &end)) continue;
    for (size_t step = first; step < end; step++)
      add_step(made, &of->from->times[i], metrics_known[i], step);
  }
}

/* ---- tickets as they stand ---- */

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
  static const sheet_column columns[] = {{"age", "AGE"}, {"open", "OPEN"}, {NULL, NULL}};
  uint64_t counts[AGES + 1];
  size_t written;
  int32_t code = sla_report_backlog(of->from->weeks, SLA_NONE, counts, AGES + 1, &written);
  if (code != SLA_OK) return why_code(why, code);
  sheet *made = sheets_add(to, "backlog", "Open tickets by age", 1, columns);
  for (size_t i = 0; i < written; i++) {
    bytes age = {0};
    write_age(&age, of->under, i);
    add_figure(made, bytes_text(&age), counts[i]);
    bytes_free(&age);
  }
  return true;
}

/* Nobody has to act where a ticket is done, and none of these is. */
static void add_holders(sheets *to, const totals *from) {
  static const sheet_column columns[] = {{"holder", "HOLDER"}, {"open", "OPEN"}, {NULL, NULL}};
  sheet *made = sheets_add(to, "holders", "Open tickets by who has to act", 1, columns);
  for (uint32_t i = SLA_HOLDER_US; i < HOLDERS; i++)
    add_figure(made, sla_holder_name(i), from->holders[i]);
}

static void add_worst(sheets *to, const totals *from) {
  static const sheet_column columns[] = {{"state", "STATE"}, {"tickets", "TICKETS"}, {NULL, NULL}};
  sheet *made = sheets_add(to, "worst", "Tickets by their most urgent promise", 1, columns);
  for (int i = 0; i < LABELS; i++)
    if (from->worst[i] != 0) add_figure(made, label_name((enum label)i), from->worst[i]);
}

static void add_soon(sheets *to, const finding *of) {
  static const sheet_column columns[] = {
      {"id", "ID"},                {"metric", "METRIC"}, {"state", "STATE"},     {"due_at", "DUE"},
      {"remaining", "TIME LEFT"},  {"policy", "POLICY"}, {"subject", "SUBJECT"}, {NULL, NULL}};
  const soon *from = &of->from->soon;
  sheet *made = sheets_add(to, "soon", "About to breach", 2, columns);
  for (size_t i = 0; i < from->count; i++) {
    const soon_ticket *one = &from->items[i];
    sheet_add_text(made, bytes_text(&one->id));
    sheet_add_text(made, sla_metric_name(one->result.metric));
    sheet_add_text(made, label_name(label_of(&one->result)));
    sheet_add_number(made, CELL_INSTANT, one->result.due_at);
    sheet_add_number(made, CELL_LENGTH, one->result.remaining);
    sheet_add_text(made, one->policy);
    sheet_add_text(made, bytes_text(&one->subject));
  }
}

/* ---- objectives ---- */

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
  static const sheet_column columns[] = {
      {"objective", "OBJECTIVE"}, {"period", "PERIOD"},  {"verdict", "VERDICT"},
      {"goal_share", "GOAL"},     {"goal_count", "GOAL"}, {"attainment", "REACHED"},
      {"good", "GOOD"},           {"bad", "BAD"},        {"needed", "STILL NEEDED"},
      {"spare", "MAY STILL FAIL"}, {NULL, NULL}};
  const goals *from = &of->under->goals;
  if (from->count == 0) return true;
  sheet *made = sheets_add(to, "objectives", "Objectives", 2, columns);
  made->is_once = of->under->match_all;
  for (size_t i = 0; i < from->count; i++) {
    const goal *aim = &from->items[i];
    made->is_once = made->is_once && aim->policy == SLA_NO_POLICY;
    for (size_t j = 0; j < aim->count; j++)
      if (!add_period(made, of, aim, &aim->periods[j], why)) return false;
  }
  return true;
}

/* ---- the backtest ---- */

static int64_t attainment_of(const sla_tally *of) {
  uint64_t decided = of->met + of->missed + of->overdue;
  return decided == 0 ? SLA_NONE : (int64_t)(of->met * 10000 / decided);
}

static void add_backtest(sheets *to, const finding *of) {
  static const sheet_column columns[] = {
      {"metric", "METRIC"}, {"target", "TARGET"}, {"attainment", "ATTAINED"}, {"met", "MET"},
      {"missed", "MISSED"}, {"overdue", "OVERDUE"}, {"open", "OPEN"},         {NULL, NULL}};
  const backtest *from = of->tested;
  if (from->metric == 0) return;
  sheet *made = sheets_add(to, "backtest", "Had this been the target", 2, columns);
  for (size_t i = 0; i < from->count; i++) {
    const sla_tally *tally = &from->tallies[i];
    sheet_add_text(made, sla_metric_name(from->metric));
    sheet_add_text(made, bytes_text(&from->targets[i]));
    sheet_add_number(made, CELL_SHARE, attainment_of(tally));
    sheet_add_count(made, tally->met);
    sheet_add_count(made, tally->missed);
    sheet_add_count(made, tally->overdue);
    sheet_add_count(made, tally->open);
  }
}

/* ---- the policies ---- */

static bool add_version(sheet *to, const finding *of, uint32_t policy, uint32_t number,
                        bytes *why) {
  const policies *from = &of->under->policies;
  sla_policy_version version;
  char description[4097];
  size_t length;
  bytes hash = {0};
  int32_t code = sla_policy_set_version(from->set, policy, number, &version, sizeof version);
  if (code == SLA_OK)
    code = sla_policy_set_description(from->set, policy, description, sizeof description, &length);
  if (code != SLA_OK) return why_code(why, code);
  bytes_format(&hash, "%016llx", (unsigned long long)version.hash);
  sheet_add_text(to, from->items[policy].name.text);
  sheet_add_count(to, version.number);
  sheet_add_text(to, sla_agreement_kind_name(policies_kind(from, policy)));
  sheet_add_number(to, CELL_INSTANT, version.effective_at);
  sheet_add_count(to, of->from->versions[policy][number]);
  sheet_add_text(to, bytes_text(&hash));
  sheet_add_text(to, description);
  bytes_free(&hash);
  return true;
}

static bool add_versions(sheets *to, const finding *of, bytes *why) {
  static const sheet_column columns[] = {
      {"policy", "POLICY"},   {"version", "VERSION"}, {"kind", "KIND"},
      {"from", "FROM"},       {"tickets", "TICKETS"}, {"hash", "HASH"},
      {"description", "DESCRIPTION"}, {NULL, NULL}};
  const policies *from = &of->under->policies;
  sheet *made = sheets_add(to, "versions", "Policies", 2, columns);
  for (uint32_t i = 0; i < from->count; i++)
    for (uint32_t j = 0; j < policies_versions(from, i); j++)
      if (!add_version(made, of, i, j, why)) return false;
  return true;
}

bool findings_make(sheets *made, const finding *of, bytes *why) {
  const totals *from = of->from;
  if (!add_summary(made, of, why)) return false;
  for (size_t i = 0; i < from->dimension_count; i++)
    if (!findings_add_dimension(made, of, &from->dimensions[i], why)) return false;
  add_times(made, of);
  if (!findings_add_weeks(made, of, why) || !add_backlog(made, of, why)) return false;
  add_holders(made, from);
  add_worst(made, from);
  add_soon(made, of);
  if (!add_objectives(made, of, why)) return false;
  add_backtest(made, of);
  return add_versions(made, of, why);
}
