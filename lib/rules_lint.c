/* SPDX-License-Identifier: MIT */
/* What rules say and hardly mean.  Looked at are the conditions that a rule demands, that is all of
 * which must hold for it to match, two by two: whether one implies or excludes the other. */
#include "error.h"
#include "match.h"

const char *sla_rules_lint_name(uint32_t kind) {
  static const char *const names[] = {
      [SLA_RULES_LINT_UNREACHABLE] = "an earlier rule matches whenever this one does",
      [SLA_RULES_LINT_CONTRADICTORY] = "two conditions of the rule exclude each other",
      [SLA_RULES_LINT_POLICY] = "there is no such policy",
  };
  return kind < SLA__LENGTH(names) ? names[kind] : NULL;
}

/* ---- what a rule demands ---- */

/* A condition that must hold or, denied, must not. */
typedef struct {
  uint32_t at;
  const sla__node *node;
  bool denied;
} demand;

/* Where to look for the next demand; up to `denied`, within a group of none. */
typedef struct {
  const sla__rulebook *book;
  uint32_t at, end, denied;
} search;

static search demands_of(const sla__rulebook *book, size_t rule) {
  const sla__choice *choice = sla__book_choice(book, rule);
  return (search){book, choice->first, choice->end, choice->first};
}

/* What is in a group of all is demanded by itself, and so is what is in a group of none, or in one
 * of any in that; other groups are as a whole. */
static bool next_demand(search *s, demand *found) {
  while (s->at < s->end) {
    uint32_t at = s->at;
    const sla__node *node = sla__book_node(s->book, at);
    bool denied = at < s->denied;
    if (node->kind == SLA_NONE_OF && !denied) s->denied = node->end;
    bool opened = denied ? node->kind == SLA_ANY_OF
                         : node->kind == SLA_ALL_OF || node->kind == SLA_NONE_OF;
    s->at = opened ? at + 1 : node->end;
    if (opened) continue;
    *found = (demand){at, node, denied};
    return true;
  }
  return false;
}

static demand contrary(demand d) {
  d.denied = !d.denied;
  return d;
}

/* ---- one demand and another, of one attribute ---- */

/* Whether it is met when the attribute is absent. */
static bool met_by_absence(demand d) { return sla__test_denies(d.node->kind) != d.denied; }

static bool about_presence(demand d) {
  return d.node->kind == SLA_IS_PRESENT || d.node->kind == SLA_IS_ABSENT;
}

/* Whether it names all the values that meet it, or the tags one of which must be there. */
static bool lists_values(demand d) {
  uint32_t kind = d.node->kind;
  if (d.denied) return kind == SLA_NOT_EQUALS || kind == SLA_NOT_IN;
  return kind == SLA_EQUALS || kind == SLA_IN || kind == SLA_TAGGED;
}

static bool value_meets(const sla__rulebook *book, uint32_t type, uint32_t value, demand d) {
  const sla__value *v = sla__book_value(book, value);
  const sla__slice text = {sla__book_text(book, v->text), v->text.length};
  bool holds = sla__type_is_text(type) ? sla__test_text(book, d.node, text)
                                       : sla__test_number(book, d.node, v->number);
  return holds != d.denied;
}

/* Each of the values that a lists meets b.  One that ignores case stands for other spellings, and a
 * tag does not say what other tags there are. */
static bool listed_meet(const sla__rulebook *book, uint32_t type, demand a, demand b) {
  bool blind = (b.node->flags & SLA_IGNORE_CASE) || b.node->kind == SLA_EMAIL_DOMAIN;
  if (!lists_values(a) || ((a.node->flags & SLA_IGNORE_CASE) && !blind)) return false;
  if (type == SLA_ATTRIBUTE_TAGS && b.denied) return false;
  for (uint32_t i = 0; i < a.node->count; i++)
    if (!value_meets(book, type, a.node->first + i, b)) return false;
  return true;
}

/* The numbers that meet it, when they lie between two. */
static bool range_of(const sla__rulebook *book, demand d, int64_t *least, int64_t *most) {
  const sla__value *value = sla__book_value(book, d.node->first);
  *least = INT64_MIN;
  *most = INT64_MAX;
  if (d.node->kind == SLA_LESS && !d.denied && value->number > INT64_MIN)
    *most = value->number - 1;
  else if (d.node->kind == SLA_LESS && d.denied) *least = value->number;
  else if (d.node->kind == SLA_GREATER && !d.denied && value->number < INT64_MAX)
    *least = value->number + 1;
  else if (d.node->kind == SLA_GREATER && d.denied) *most = value->number;
  else if (d.node->kind == SLA_BETWEEN && !d.denied)
    *least = value[0].number, *most = value[1].number;
  else return false;
  return true;
}

static bool ranges_imply(const sla__rulebook *book, demand a, demand b) {
  int64_t a_least, a_most, b_least, b_most;
  if (!range_of(book, a, &a_least, &a_most)) return false;
  if (range_of(book, b, &b_least, &b_most)) return a_least >= b_least && a_most <= b_most;
  return b.denied && range_of(book, contrary(b), &b_least, &b_most) &&
         (a_most < b_least || a_least > b_most);
}

/* Whether b is met whenever a is, as far as can be told. */
static bool implies(const sla__rulebook *book, demand a, demand b) {
  uint32_t end = a.node->end, length = end - a.at;
  if (a.denied == b.denied && b.node->end - b.at == length &&
      sla__nodes_same(book, a.at, end, book, b.at))
    return true;
  if (sla__is_group(a.node->kind) || sla__is_group(b.node->kind) ||
      a.node->attribute != b.node->attribute)
    return false;
  if (met_by_absence(a) && (about_presence(a) || !met_by_absence(b))) return met_by_absence(b);
  if (about_presence(b)) return !met_by_absence(a) && !met_by_absence(b);
  if (about_presence(a)) return false;
  uint32_t type = sla__book_attribute(book, a.node->attribute)->type;
  return listed_meet(book, type, a, b) || ranges_imply(book, a, b);
}

/* ---- rules ---- */

/* The two demands of a rule, the later one first, that cannot both be met. */
static bool contradicts(const sla__rulebook *book, size_t rule, uint32_t *later,
                        uint32_t *earlier) {
  uint32_t first = sla__book_choice(book, rule)->first;
  demand a, b;
  for (search s = demands_of(book, rule); next_demand(&s, &b);) {
    for (search before = demands_of(book, rule); next_demand(&before, &a) && a.at < b.at;) {
      if (!implies(book, a, contrary(b)) && !implies(book, b, contrary(a))) continue;
      *later = b.at - first;
      *earlier = a.at - first;
      return true;
    }
  }
  return false;
}

/* Whether some demand of the rule implies this one. */
static bool demanded(const sla__rulebook *book, size_t rule, demand wanted) {
  demand a;
  for (search s = demands_of(book, rule); next_demand(&s, &a);)
    if (implies(book, a, wanted)) return true;
  return false;
}

/* Whether an earlier rule matches whenever a later one does. */
static bool covers(const sla_rules *rules, size_t earlier, size_t later) {
  const sla__program *programs = rules->programs.data;
  demand wanted;
  if (programs[later].events & ~programs[earlier].events) return false;
  for (search s = demands_of(&rules->book, earlier); next_demand(&s, &wanted);)
    if (!demanded(&rules->book, later, wanted)) return false;
  return true;
}

/* ---- all of them ---- */

typedef struct {
  const sla_rules *rules;
  uint32_t policies;
  sla_rules_lint *lints;
  size_t capacity, stride, count;
} survey;

static void report(survey *s, sla_rules_lint lint) {
  if (s->count < s->capacity)
    sla__record_write(SLA__AT(sla_rules_lint, s->lints, s->stride, s->count), s->stride, &lint,
                      sizeof lint);
  s->count++;
}

static void look_at_policy(survey *s, uint32_t rule, uint32_t policy) {
  if (policy != SLA_NO_POLICY && policy >= s->policies)
    report(s, (sla_rules_lint){SLA_RULES_LINT_POLICY, rule, 0, 0});
}

/* A rule that never matches hides no other. */
static void look_at_rule(survey *s, uint32_t rule) {
  const sla__rulebook *book = &s->rules->book;
  uint32_t condition, other;
  if (contradicts(book, rule, &condition, &other)) {
    report(s, (sla_rules_lint){SLA_RULES_LINT_CONTRADICTORY, rule, condition, other});
  } else {
    uint32_t i = 0;
    while (i < rule && (!covers(s->rules, i, rule) || contradicts(book, i, &condition, &other)))
      i++;
    if (i < rule) report(s, (sla_rules_lint){SLA_RULES_LINT_UNREACHABLE, rule, 0, i});
  }
  look_at_policy(s, rule, sla__book_choice(book, rule)->policy);
}

int32_t sla_rules_lints(const sla_rules *rules, uint32_t policy_count, sla_rules_lint *lints,
                        size_t capacity, size_t size, size_t *count, sla_error *error) {
  if (rules == NULL) return sla__fail_null(error, 1);
  if (lints == NULL && capacity > 0) return sla__fail_null(error, 3);
  if (count == NULL) return sla__fail_null(error, 6);
  int32_t code = sla__check_size(error, 5, size, sizeof *lints);
  if (code != SLA_OK) return code;
  survey s = {rules, policy_count, lints, capacity, size, 0};
  for (uint32_t rule = 0; rule < rules->book.choices.count; rule++) look_at_rule(&s, rule);
  look_at_policy(&s, SLA_NO_RULE, rules->book.fallback);
  *count = s.count;
  return SLA_OK;
}
