/* SPDX-License-Identifier: MIT */
#include "backtest.h"

#include <stdlib.h>

#include "lengths.h"
#include "targets.h"
#include "why.h"

/* ---- candidates ---- */

static bool add_candidate(backtest *to, slice text, bytes *why) {
  if (to->count == CANDIDATES) {
    bytes_format(why, "more than %d targets", CANDIDATES);
    return false;
  }
  to->targets = need_one_more(to->targets, to->count, &to->room, sizeof *to->targets);
  to->targets[to->count] = (bytes){0};
  bytes_add(&to->targets[to->count++], text.text, text.length);
  return true;
}

static bool add_length(backtest *to, sla_seconds length, const char *suffix, bytes *why) {
  bytes text = {0};
  const char *unit = length % 3600 == 0 ? "h" : length % 60 == 0 ? "m" : "s";
  bytes_format(&text, "%lld%s%s", (long long)(length / (*unit == 'h' ? 3600 : *unit == 'm' ? 60 : 1)),
               unit, suffix);
  bool done = add_candidate(to, (slice){text.data, text.length}, why);
  bytes_free(&text);
  return done;
}

/* "30m..8h/30m", and all of it "@24x7". */
static bool add_range(backtest *to, slice text, slice first, slice rest, bytes *why) {
  slice last, step, clock, ignored;
  sla_seconds from, up_to, by;
  bool around = slice_cut(rest, '@', &rest, &clock);
  bool good = slice_cut(rest, '/', &last, &step) && length_read(first, &from) &&
              length_read(last, &up_to) && length_read(step, &by) && by > 0 && from <= up_to &&
              (!around || (slice_is(clock, "24x7") && !slice_cut(clock, ' ', &ignored, &ignored)));
  if (!good) {
    bytes_format(why, "'" SLICE_FORMAT "' is not a range such as 1h..8h/30m",
                 SLICE_ARGUMENTS(text));
    return false;
  }
  for (; from <= up_to; from += by)
    if (!add_length(to, from, around ? "@24x7" : "", why)) return false;
  return true;
}

static bool add_item(backtest *to, slice item, bytes *why) {
  for (size_t i = 0; i + 1 < item.length; i++)
    if (item.text[i] == '.' && item.text[i + 1] == '.')
      return add_range(to, item, (slice){item.text, i},
                       (slice){item.text + i + 2, item.length - i - 2}, why);
  return add_candidate(to, item, why);
}

/* Every text must be a target, of any policy: a builder says whether it is one. */
static bool try_candidate(const backtest *of, size_t index, bytes *why) {
  sla_policy_builder *builder = NULL;
  sla_error error;
  slice text = {of->targets[index].data, of->targets[index].length};
  bool done = sla_policy_builder_new(NULL, &builder, &error) == SLA_OK || why_error(why, &error);
  done = done && targets_add(builder, of->metric, SLA_PRIORITY_ANY, text, why);
  sla_policy_builder_free(builder);
  return done;
}

bool backtest_read(backtest *made, const bytes *text, const policies *of, bytes *why) {
  slice name, rest, item;
  made->of = of;
  if (text->length == 0) return true;
  if (!slice_cut((slice){text->data, text->length}, '=', &name, &rest)) {
    bytes_format(why, "'%s' is not 'metric=targets'", text->data);
    return false;
  }
  if (!words_metric(name, &made->metric, why)) return false;
  while (slice_next(&rest, ',', &item))
    if (!add_item(made, item, why)) return false;
  for (size_t i = 0; i < made->count; i++)
    if (!try_candidate(made, i, why)) return false;
  made->tallies = need(made->count, sizeof *made->tallies);
  made->candidates = need(of->count, sizeof *made->candidates);
  for (uint32_t i = 0; i < of->count; i++)
    made->candidates[i] = need(policies_versions(of, i), sizeof *made->candidates[i]);
  return true;
}

static void free_candidates(backtest *of, sla_policy **candidates) {
  for (size_t i = 0; candidates != NULL && i < of->count; i++) sla_policy_unref(candidates[i]);
  free(candidates);
}

void backtest_free(backtest *of) {
  for (uint32_t i = 0; of->candidates != NULL && i < of->of->count; i++) {
    for (size_t j = 0; j < policies_versions(of->of, i); j++) free_candidates(of, of->candidates[i][j]);
    free(of->candidates[i]);
  }
  free(of->candidates);
  for (size_t i = 0; i < of->count; i++) bytes_free(&of->targets[i]);
  free(of->targets);
  free(of->tallies);
}

/* ---- the policies that have them ---- */

/* A text that does not say which clock it is counted on means that of the target it replaces. */
static bool put_target(sla_policy_builder *builder, uint32_t metric, uint32_t priority,
                       uint32_t clock, slice text, bytes *why) {
  slice length, said;
  bytes around = {0};
  if (clock == SLA_BUSINESS_HOURS || slice_cut(text, '@', &length, &said))
    return targets_add(builder, metric, priority, text, why);
  bytes_format(&around, SLICE_FORMAT "@24x7", SLICE_ARGUMENTS(text));
  bool done = targets_add(builder, metric, priority, (slice){around.data, around.length}, why);
  bytes_free(&around);
  return done;
}

/* In place of every target of the metric, and for the priorities that had none. */
static bool replace_targets(sla_policy_builder *builder, const sla_policy *policy, uint32_t metric,
                            slice text, bytes *why) {
  bool has_hours = sla_policy_calendar(policy) != NULL;
  uint32_t usual = has_hours ? SLA_BUSINESS_HOURS : SLA_AROUND_THE_CLOCK;
  sla_target target;
  for (uint32_t i = 0; i < sla_policy_target_count(policy); i++) {
    int32_t code = sla_policy_target(policy, i, &target, sizeof target);
    if (code != SLA_OK) return why_code(why, code);
    if (target.metric != metric || target.amount == SLA_NONE) continue;
    usual = target.clock;
    if (!put_target(builder, metric, target.priority, target.clock, text, why)) return false;
  }
  return put_target(builder, metric, SLA_PRIORITY_ANY, usual, text, why);
}

static bool make_candidate(sla_policy **made, const sla_policy *policy, uint32_t metric,
                           const bytes *text, bytes *why) {
  sla_policy_builder *builder = NULL;
  sla_error error;
  bool done = sla_policy_builder_new_from(policy, NULL, &builder, &error) == SLA_OK ||
              why_error(why, &error);
  done = done &&
         replace_targets(builder, policy, metric, (slice){text->data, text->length}, why) &&
         (sla_policy_builder_build(builder, made, &error) == SLA_OK || why_error(why, &error));
  sla_policy_builder_free(builder);
  return done;
}

static bool make_candidates(backtest *of, const sla_outcome *at, bytes *why) {
  sla_policy ***place = &of->candidates[at->agreement][at->version];
  const sla_policy *policy = sla_policy_set_policy(of->of->set, at->agreement, at->version);
  if (*place != NULL) return true;
  *place = need(of->count, sizeof **place);
  for (size_t i = 0; i < of->count; i++) {
    bytes reason = {0};
    bool done = make_candidate(&(*place)[i], policy, of->metric, &of->targets[i], &reason);
    if (!done) bytes_format(why, "--backtest: %s: policy %s: %s", bytes_text(&of->targets[i]),
                            of->of->items[at->agreement].name.text, bytes_text(&reason));
    bytes_free(&reason);
    if (!done) return false;
  }
  return true;
}

/* ---- counting ---- */

static bool take(backtest *into, const ticket *of, const sla_outcome *at, sla_time now,
                 bytes *why) {
  enum { LOG = 16 };
  sla_event events[LOG];
  size_t count;
  sla_error error;
  if (!make_candidates(into, at, why)) return false;
  const sla_policy *const *candidates =
      (const sla_policy *const *)into->candidates[at->agreement][at->version];
  return (sla_row_events(sla_policy_set_policy(into->of->set, at->agreement, at->version),
                         &of->row, sizeof of->row, events, LOG, sizeof *events, &count, &error) ==
              SLA_OK &&
          sla_backtest(candidates, into->count, into->metric, events, count, sizeof *events, now,
                       into->tallies, sizeof *into->tallies, &error) == SLA_OK) ||
         why_error(why, &error);
}

static bool has_metric(const ticket *of, const sla_outcome *at, uint32_t metric) {
  for (size_t i = 0; i < at->results; i++)
    if (ticket_results(of, at)[i].metric == metric) return true;
  return false;
}

bool backtest_take(backtest *into, const ticket *of, sla_time now, bytes *why) {
  bool any = false;
  if (into->metric == 0 || of->count == 0) return true;
  for (size_t i = 0; i < of->count; i++) {
    if (!has_metric(of, &of->outcomes[i], into->metric)) continue;
    any = true;
    if (!take(into, of, &of->outcomes[i], now, why)) return false;
  }
  return any || take(into, of, of->outcomes, now, why);
}
