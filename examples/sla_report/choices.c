/* SPDX-License-Identifier: MIT */
#include "choices.h"

#include <stdlib.h>

#include "conditions.h"
#include "why.h"

static bool read_policy(const document *in, const node *from, const policies *among,
                        uint32_t *policy, bytes *why) {
  *policy = SLA_NO_POLICY;
  if (slice_is_word(node_text(from), "none") && !policies_find(among, node_text(from), policy))
    return true;
  return policies_need(among, in, from, policy, why);
}

static bool read_events(const document *in, const node *from, uint64_t *events, bytes *why) {
  *events = 0; /* all of them */
  if (from == NULL) return true;
  for (size_t i = 0; i < node_items(from); i++) {
    const node *item = node_item(in, from, i);
    uint32_t event = SLA_RULE_CREATED;
    slice text;
    if (!node_need_text(in, item, "on", &text, why)) return false;
    while (event <= SLA_RULE_PRIORITY && !slice_is_word(text, sla_rule_event_name(event))) event++;
    if (event != SLA_RULE_CREATED)
      return document_blame(in, item, why, event <= SLA_RULE_PRIORITY
                            ? "on: an export tells of no '" SLICE_FORMAT "', only of created"
                            : "on: there is no event '" SLICE_FORMAT "'", SLICE_ARGUMENTS(text));
    *events |= UINT64_C(1) << event;
  }
  return true;
}

static bool read_name(const document *in, const node *from, slice *name, bytes *why) {
  *name = (slice){"", 0};
  return from == NULL || node_need_text(in, from, "name", name, why);
}

static bool read_rule(attributes *of, const document *in, const node *from, const policies *among,
                      bytes *why) {
  static const char *const keys[] = {"name", "on", "when", "policy"};
  uint64_t events;
  uint32_t policy;
  slice name;
  sla_error error;
  bytes reason = {0};
  if (!node_check_keys(in, from, "a rule", keys, 4, why)) return false;
  const node *given = node_find(in, from, "policy"), *when = node_find(in, from, "when");
  if (given == NULL) return document_blame(in, from, why, "a rule needs a policy, or none");
  if (!read_policy(in, given, among, &policy, why) ||
      !read_events(in, node_find(in, from, "on"), &events, why) ||
      !read_name(in, node_find(in, from, "name"), &name, why))
    return false;
  bool done = sla_rules_builder_add_rule(of->builders[CHOICES], events, policy, name.text,
                                         name.length, &error) == SLA_OK ||
              why_error(&reason, &error);
  return document_accuse(in, from, why, &reason, done) &&
         (when == NULL || conditions_read(of, CHOICES, in, when, why));
}

static bool set_default(sla_rules_builder *builder, const document *in, const node *from,
                        const policies *among, bytes *why) {
  uint32_t policy;
  sla_error error;
  if (from == NULL) return true;
  if (!read_policy(in, from, among, &policy, why)) return false;
  return sla_rules_builder_set_default(builder, policy, &error) == SLA_OK ||
         why_error(why, &error);
}

bool choices_read(attributes *of, const document *in, const node *rules, const node *otherwise,
                  const policies *among, bytes *why) {
  if (rules == NULL && otherwise == NULL)
    return document_blame(in, document_root(in), why,
                          "no ticket would get a policy: rules or a default are needed");
  if (rules != NULL && !node_need_list(in, rules, "rules", why)) return false;
  for (size_t i = 0; rules != NULL && i < node_count(rules); i++)
    if (!read_rule(of, in, node_item(in, rules, i), among, why)) return false;
  return set_default(of->builders[CHOICES], in, otherwise, among, why);
}

static void report_lint(const document *in, const node *rules, const sla_rules_lint *lint) {
  bytes line = {0}, place = {0};
  if (lint->rule == SLA_NO_RULE) return;
  bytes_format(&line, "note: %s", sla_rules_lint_name(lint->kind));
  if (lint->kind == SLA_RULES_LINT_UNREACHABLE)
    bytes_format(&line, " (rule %lu comes before it)", (unsigned long)lint->other + 1);
  document_blame(in, node_item(in, rules, lint->rule), &place, "%s", bytes_text(&line));
  complain(bytes_text(&place));
  bytes_free(&line);
  bytes_free(&place);
}

/* Where every rule that matches counts, none keeps another from doing so. */
static bool is_worth_a_note(const sla_rules_lint *lint, bool match_all) {
  return !match_all || lint->kind != SLA_RULES_LINT_UNREACHABLE;
}

static bool find_lints(const sla_rules *of, sla_rules_lint *lints, size_t room, size_t *count,
                       bytes *why) {
  sla_error error;
  return sla_rules_lints(of, SLA_NO_POLICY, lints, room, sizeof *lints, count, &error) == SLA_OK ||
         why_error(why, &error);
}

bool choices_report_lints(const sla_rules *of, const document *in, const node *rules,
                          bool match_all, bytes *why) {
  enum { SHOWN = 20 };
  size_t count;
  if (!find_lints(of, NULL, 0, &count, why)) return false;
  sla_rules_lint *lints = need(count, sizeof *lints);
  bool done = find_lints(of, lints, count, &count, why);
  for (size_t i = 0, shown = 0; done && i < count && shown < SHOWN; i++) {
    if (!is_worth_a_note(&lints[i], match_all)) continue;
    report_lint(in, rules, &lints[i]);
    shown++;
  }
  free(lints);
  return done;
}
