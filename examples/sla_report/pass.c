/* SPDX-License-Identifier: MIT */
#include "pass.h"

#include "contradictions.h"
#include "lines.h"
#include "progress.h"
#include "why.h"

typedef struct {
  const pass *of;
  ticket_export from;
  ticket at_hand;
} reading;

static void describe(const reading *with, const sla_error *error, bytes *bad) {
  enum role role = contradiction_role(error);
  const char *text = role == ROLES ? "" : export_role(&with->from, role);
  contradiction_write(bad, error, text, with->of->under->zone);
}

/* What is wrong with the row itself is in *bad, what ends the program in *why. */
static bool judge(reading *with, bytes *bad, bytes *why) {
  const pass *of = with->of;
  sla_error error;
  if (!attributes_take(&of->under->attributes, &with->from, bad)) return true;
  if (!ticket_choose(&with->at_hand, of->under, why)) return false;
  if (!ticket_evaluate(&with->at_hand, &of->under->policies, of->now, &error))
    describe(with, &error, bad);
  return true;
}

static bool count(const reading *with, bytes *why) {
  const pass *of = with->of;
  const ticket *one = &with->at_hand;
  const goal_ticket asked = {one->row.created_at, one->outcomes, one->count, one->results};
  if (of->lines != NULL) lines_print(of, &with->from, one);
  return goals_count(&of->under->goals, &of->under->attributes, of->under->zone, &asked, why) &&
         totals_take(of->into, of->under, &with->from, one, of->now, why) &&
         backtest_take(of->tested, one, of->now, why);
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
    enum export_record got = export_next(&with->from, &with->at_hand.row, &bad);
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

static bool has_metric(const sla_policy *policy, uint32_t metric) {
  uint32_t found;
  for (uint32_t i = 0; i < sla_policy_metric_count(policy); i++)
    if (sla_policy_metric(policy, i, &found) == SLA_OK && found == metric) return true;
  return false;
}

static bool is_promised(const policies *of, uint32_t metric) {
  const sla_policy *policy;
  for (uint32_t i = 0; i < of->count; i++)
    for (uint32_t j = 0; (policy = sla_policy_set_policy(of->set, i, j)) != NULL; j++)
      if (has_metric(policy, metric)) return true;
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
  if (done) ticket_make(&with.at_hand, under);
  done = done && take_rows(&with, why);
  progress_clear();
  ticket_free(&with.at_hand);
  export_close(&with.from);
  return done;
}
