/* SPDX-License-Identifier: MIT */
#include "goals.h"

#include <stdlib.h>
#include <string.h>

#include "conditions.h"
#include "why.h"

enum part { ONLY, GOOD, BAD, PARTS };
static const char *const part_names[PARTS] = {"only", "good", "bad"};

/* ---- reading ---- */

/* "95%" or "99.5%", in hundredths of a per cent. */
static bool read_share(slice text, int64_t *share) {
  slice whole, part, number;
  int64_t hundredths = 0;
  if (text.length == 0 || text.text[text.length - 1] != '%') return false;
  number = slice_trim((slice){text.text, text.length - 1});
  bool has_part = slice_cut(number, '.', &whole, &part);
  if (!slice_number(whole, 100, share)) return false;
  if (has_part && (part.length > 2 || !slice_number(part, 99, &hundredths))) return false;
  *share = *share * 100 + (part.length == 1 ? hundredths * 10 : hundredths);
  return *share >= 1 && *share <= 10000;
}

static bool read_goal(goal *made, const document *in, const node *from, bytes *why) {
  const node *share = node_find(in, from, "share"), *count = node_find(in, from, "count");
  slice text;
  if ((share == NULL) == (count == NULL))
    return document_blame(in, from, why, "an objective needs a share or a count, and not both");
  made->kind = share != NULL ? SLA_OBJECTIVE_SHARE : SLA_OBJECTIVE_COUNT;
  if (count != NULL)
    return node_need_number(in, count, "count", 1, 1000000000000, &made->goal, why);
  if (!node_need_text(in, share, "share", &text, why)) return false;
  return read_share(text, &made->goal) ||
         document_blame(in, share, why, "share: '" SLICE_FORMAT "' is not a share such as 95%% or"
                        " 99.5%%", SLICE_ARGUMENTS(text));
}

static bool read_period(goal *made, const document *in, const node *from, bytes *why) {
  const node *given = node_find(in, from, "each");
  slice text;
  made->each = PERIOD_MONTH;
  if (given == NULL) return document_blame(in, from, why, "an objective needs each: month or so");
  if (!node_need_text(in, given, "each", &text, why)) return false;
  return period_find(text, &made->each) ||
         document_blame(in, given, why, "each: '" SLICE_FORMAT "' is not week, month, quarter or"
                        " year", SLICE_ARGUMENTS(text));
}

static bool read_metric(goal *made, const document *in, const node *from, bytes *why) {
  const node *given = node_find(in, from, "metric");
  bytes reason = {0};
  if (given == NULL) return true;
  if (node_find(in, from, "good") != NULL || node_find(in, from, "bad") != NULL)
    return document_blame(in, given, why, "a metric says what is good, and so does a condition");
  return document_accuse(in, given, why, &reason,
                         words_metric(node_text(given), &made->metric, &reason));
}

static bool read_policy(goal *made, const document *in, const node *from, const policies *among,
                        bytes *why) {
  const node *given = node_find(in, from, "policy");
  made->policy = SLA_NO_POLICY;
  return given == NULL || policies_need(among, in, given, &made->policy, why);
}

static bool read_expected(goal *made, const document *in, const node *from, bytes *why) {
  const node *given = node_find(in, from, "expected");
  return given == NULL ||
         node_need_number(in, given, "expected", 1, 1000000000000, &made->expected, why);
}

/* Every part is a rule, so that the library says at once which hold. */
static bool read_part(goal *made, attributes *of, const document *in, const node *from,
                      uint32_t number, bytes *why) {
  bool *has[PARTS] = {&made->only, &made->good, &made->bad};
  enum part part = number % PARTS;
  const node *given = node_find(in, from, part_names[part]);
  sla_error error;
  bytes reason = {0};
  if (given == NULL) return true;
  *has[part] = true;
  bool done = sla_rules_builder_add_rule(of->builders[GOALS], 0, number, "", 0, &error) == SLA_OK ||
              why_error(&reason, &error);
  return document_accuse(in, given, why, &reason, done) &&
         conditions_read(of, GOALS, in, given, why);
}

static bool says_what_is_good(const goal *made, const document *in, const node *from, bytes *why) {
  if (made->kind == SLA_OBJECTIVE_COUNT || made->metric != 0 || made->good) return true;
  return document_blame(in, from, why, "a share of what? a metric, or a condition: good");
}

static bool read_objective(goals *to, attributes *of, const document *in, const node *from,
                           const policies *among, bytes *why) {
  static const char *const keys[] = {"name", "each",     "share", "count", "metric",
                                     "only", "expected", "good",  "bad",   "policy"};
  uint32_t first = (uint32_t)to->count * PARTS;
  if (!node_check_keys(in, from, "an objective", keys, sizeof keys / sizeof *keys, why))
    return false;
  const node *name = node_find(in, from, "name");
  if (name == NULL) return document_blame(in, from, why, "an objective needs a name");
  to->items = need_one_more(to->items, to->count, &to->room, sizeof *to->items);
  goal *added = &to->items[to->count++];
  *added = (goal){.metric = 0};
  if (!node_need_text(in, name, "name", &added->name, why) || !read_goal(added, in, from, why) ||
      !read_period(added, in, from, why) || !read_metric(added, in, from, why) ||
      !read_policy(added, in, from, among, why) || !read_expected(added, in, from, why))
    return false;
  for (uint32_t part = 0; part < PARTS; part++)
    if (!read_part(added, of, in, from, first + part, why)) return false;
  return says_what_is_good(added, in, from, why);
}

bool goals_read(goals *made, attributes *of, const document *in, const node *from,
                const policies *among, bytes *why) {
  if (from != NULL && !node_need_list(in, from, "objectives", why)) return false;
  for (size_t i = 0; from != NULL && i < node_count(from); i++)
    if (!read_objective(made, of, in, node_item(in, from, i), among, why)) return false;
  made->matches = need(made->count * PARTS, sizeof *made->matches);
  return true;
}

void goals_free(goals *of) {
  for (size_t i = 0; i < of->count; i++) free(of->items[i].periods);
  free(of->items);
  free(of->matches);
  sla_rules_unref(of->rules);
}

/* ---- counting ---- */

static goal_period *period_at(goal *of, sla_date first) {
  size_t place = of->count;
  while (place > 0 && of->periods[place - 1].first > first) place--;
  if (place > 0 && of->periods[place - 1].first == first) return &of->periods[place - 1];
  of->periods = need_one_more(of->periods, of->count, &of->room, sizeof *of->periods);
  memmove(of->periods + place + 1, of->periods + place,
          (of->count - place) * sizeof *of->periods);
  of->count++;
  of->periods[place] = (goal_period){.first = first};
  return &of->periods[place];
}

/* Under the policy it asks about; NULL when the ticket has it not, or has none. */
static const sla_outcome *outcome_of(const goal *of, const goal_ticket *ticket) {
  for (size_t i = 0; i < ticket->count; i++)
    if (of->policy == SLA_NO_POLICY || ticket->outcomes[i].agreement == of->policy)
      return &ticket->outcomes[i];
  return NULL;
}

/* False when the ticket is no case: nothing was promised, or it was cancelled. */
static bool judge_results(const goal *of, const goal_ticket *ticket, const sla_outcome *outcome,
                          bool *good, bool *bad) {
  for (size_t i = 0; outcome != NULL && i < outcome->results; i++) {
    const sla_result *result = &ticket->results[outcome->first + i];
    if (result->metric != of->metric || result->phase == SLA_CANCELLED ||
        result->status == SLA_STATUS_NONE)
      continue;
    *bad = result->status == SLA_OVERDUE;
    *good = !*bad && result->phase == SLA_FULFILLED;
    return true;
  }
  return false;
}

static void judge_parts(const goal *of, const bool holds[PARTS], bool *good, bool *bad) {
  *good = !of->good || holds[GOOD];
  *bad = !*good && (!of->bad || holds[BAD]);
}

static void count_one(goal *of, const bool holds[PARTS], const sla_zone *zone,
                      const goal_ticket *ticket) {
  const sla_outcome *outcome = outcome_of(of, ticket);
  bool good = false, bad = false;
  if ((of->only && !holds[ONLY]) || (of->policy != SLA_NO_POLICY && outcome == NULL)) return;
  if (of->metric == 0) judge_parts(of, holds, &good, &bad);
  else if (!judge_results(of, ticket, outcome, &good, &bad)) return;
  goal_period *period = period_at(of, period_of(of->each, zone, ticket->created));
  period->good += good;
  period->bad += bad;
}

static bool find_holds(const goals *of, const attributes *facts, bool (*holds)[PARTS],
                       bytes *why) {
  size_t count;
  sla_error error;
  if (sla_rules_match_all(of->rules, SLA_RULE_CREATED, facts->facts, facts->fact_count,
                          sizeof *facts->facts, bytes_text(&facts->texts), facts->texts.length,
                          of->matches, of->count * PARTS, sizeof *of->matches, &count, &error) !=
      SLA_OK)
    return why_error(why, &error);
  for (size_t i = 0; i < count; i++)
    if (of->matches[i].policy != SLA_NO_POLICY)
      holds[of->matches[i].policy / PARTS][of->matches[i].policy % PARTS] = true;
  return true;
}

bool goals_count(goals *of, const attributes *facts, const sla_zone *zone,
                 const goal_ticket *ticket, bytes *why) {
  if (of->count == 0) return true;
  bool(*holds)[PARTS] = need(of->count, sizeof *holds);
  bool done = find_holds(of, facts, holds, why);
  for (size_t i = 0; done && i < of->count; i++)
    count_one(&of->items[i], holds[i], zone, ticket);
  free(holds);
  return done;
}

bool goals_judge(const goal *of, const goal_period *period, const sla_zone *zone, sla_time now,
                 sla_standing *standing, bytes *why) {
  const sla_objective objective = {
      .from = period_begins(zone, period->first),
      .to = period_begins(zone, period_after(of->each, period->first)),
      .goal = of->goal, .expected = of->expected, .kind = of->kind};
  sla_error error;
  return sla_objective_judge(&objective, sizeof objective, period->good, period->bad, now,
                             standing, sizeof *standing, &error) == SLA_OK ||
         why_error(why, &error);
}
