/* SPDX-License-Identifier: MIT */
#include "pass.h"

#include "contradictions.h"
#include "lines.h"
#include "progress.h"
#include "why.h"

enum { LOG = 16 };

typedef struct {
  const pass *of;
  ticket_export from;
  sla_row row;
  size_t policy, version;
  bool has_policy;
  sla_result results[METRICS];
  size_t count;
  sla_event events[LOG];
  size_t event_count;
  sla_history history;
} reading;

/* Which policy, in which version; none is an answer too. */
static bool choose(reading *with, bytes *why) {
  const setup *under = with->of->under;
  const attributes *facts = &under->attributes;
  sla_match match;
  sla_error error;
  if (sla_rules_match(under->rules, SLA_RULE_CREATED, facts->facts, facts->fact_count,
                      sizeof *facts->facts, bytes_text(&facts->texts), facts->texts.length, &match,
                      sizeof match, &error) != SLA_OK)
    return why_error(why, &error);
  with->policy = match.policy;
  with->has_policy = match.policy != SLA_NO_POLICY &&
                     policies_version_at(&under->policies.items[match.policy],
                                         with->row.created_at, &with->version);
  return true;
}

static bool is_consistent(const reading *with, int32_t code, const sla_error *error, bytes *why) {
  if (code == SLA_OK) return true;
  enum role role = contradiction_role(error);
  const char *text = role == ROLES ? "" : export_role(&with->from, role);
  contradiction_write(why, error, text, with->of->under->zone);
  return false;
}

static bool evaluate(reading *with, bytes *why) {
  const named_policy *named = &with->of->under->policies.items[with->policy];
  const sla_policy *policy = named->versions[with->version].policy;
  const sla_row *row = &with->row;
  sla_error error;
  int32_t code = sla_evaluate_row_all(policy, row, sizeof *row, with->of->now, with->results,
                                      METRICS, sizeof *with->results, &with->count, &error);
  if (code == SLA_OK)
    code = sla_row_events(policy, row, sizeof *row, with->events, LOG, sizeof *with->events,
                          &with->event_count, &error);
  if (code == SLA_OK)
    code = sla_history_of_events(policy, with->events, with->event_count, sizeof *with->events,
                                 with->of->now, &with->history, sizeof with->history, &error);
  return is_consistent(with, code, &error, why);
}

/* What is wrong with the row itself is in *bad, what ends the program in *why. */
static bool judge(reading *with, bytes *bad, bytes *why) {
  with->count = 0;
  if (!attributes_take(&with->of->under->attributes, &with->from, bad)) return true;
  if (!choose(with, why)) return false;
  if (with->has_policy) evaluate(with, bad);
  return true;
}

static bool count(reading *with, bytes *why) {
  const pass *of = with->of;
  const named_policy *policy = &of->under->policies.items[with->has_policy ? with->policy : 0];
  of->into->tickets++;
  if (!goals_count(&of->under->goals, &of->under->attributes, of->under->zone,
                   with->row.created_at, with->results, with->count, why))
    return false;
  if (of->lines != NULL)
    lines_print(of, &with->from, with->has_policy ? policy : NULL, with->version, with->results,
                with->count);
  if (!with->has_policy) {
    of->into->without_policy++;
    return true;
  }
  const ticket_outcome outcome = {policy, &with->history, with->results, with->count, of->now};
  return totals_take(of->into, of->under, &with->from, &outcome, why) &&
         backtest_take(of->tested, with->policy, with->version, with->events, with->event_count,
                       of->now, why);
}

static void reject(const reading *with, bytes *bad) {
  progress_clear();
  complain_about(with->of->file_name, export_line(&with->from), bytes_text(bad));
  with->of->into->bad_rows++;
  bytes_free(bad);
}

static bool take_rows(reading *with, bytes *why) {
  for (size_t rows = 0;; rows++) {
    bytes bad = {0};
    enum export_record got = export_next(&with->from, &with->row, &bad);
    if (got == EXPORT_END) return true;
    if (got == EXPORT_FAILED) {
      bytes_add_text(why, bytes_text(&bad));
      bytes_free(&bad);
      return false;
    }
    bool done = got == EXPORT_BAD_ROW || judge(with, &bad, why);
    if (done && bad.length != 0) reject(with, &bad);
    else done = done && count(with, why);
    bytes_free(&bad);
    if (!done) return false;
    progress_show(rows + 1, with->from.from->file);
  }
}

static bool is_promised(const policies *of, uint32_t metric) {
  for (size_t i = 0; i < of->count; i++)
    for (size_t j = 0; j < of->items[i].version_count; j++) {
      const sla_policy *policy = of->items[i].versions[j].policy;
      uint32_t found;
      for (uint32_t k = 0; k < sla_policy_metric_count(policy); k++)
        if (sla_policy_metric(policy, k, &found) == SLA_OK && found == metric) return true;
    }
  return false;
}

static void note_missing_columns(const setup *under, const ticket_export *from) {
  uint32_t promised[METRICS];
  size_t count = 0;
  for (size_t i = 0; i < METRICS; i++)
    if (is_promised(&under->policies, metrics_known[i])) promised[count++] = metrics_known[i];
  roles_note_missing(from->column_of, promised, count);
}

bool pass_run(const pass *of, FILE *file, bytes *why) {
  reading with = {.of = of};
  setup *under = of->under;
  bytes reason = {0};
  bool opened = export_open(&with.from, file, bytes_text(&under->columns), under->zone,
                            &under->words, &reason);
  if (!opened) bytes_format(why, "%s: %s", of->file_name, bytes_text(&reason));
  bytes_free(&reason);
  bool done = opened && attributes_bind(&under->attributes, &under->file, &with.from, why) &&
              totals_make(of->into, under, &with.from, why);
  if (done) note_missing_columns(under, &with.from);
  if (done && of->lines != NULL) lines_print_heading(of, &with.from);
  done = done && take_rows(&with, why);
  progress_clear();
  export_close(&with.from);
  return done;
}
