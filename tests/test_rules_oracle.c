/* SPDX-License-Identifier: MIT */
/* Rules and facts by chance against a plain reading of the tree, and laws: a test and its contrary,
 * bytes that come back, lints that are true. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ruled.h"
#include "support.h"

/* ---- a tree as one would write it ---- */

enum { CHILDREN = 4, NODES = 24, RULES = 6, VALUES = 3, DEPTH = 5 };

typedef struct node {
  uint32_t kind, attribute, flags;
  ruled values;
  struct node *children[CHILDREN];
  int child_count;
  uint32_t index; /* in the order they are written down */
} node;

typedef struct {
  uint64_t events;
  uint32_t policy;
  node root; /* of all; no condition itself */
  node nodes[NODES];
  int used;
} tree;

static uint64_t seed;

static int64_t drawn(int64_t lo, int64_t hi) { return random_between(&seed, lo, hi); }
static bool one_in(int64_t n) { return drawn(1, n) == 1; }

/* Few of them, so that they meet. */
static const char *const words[] = {"", "a", "A", "ab", "Ab", "b", "aab", "vip", "VIP", "aB b"};
static const char *const emails[] = {"a@x.org", "b@m.X.org", "a@x.org.y.net", "a@ax.org", "x.org",
                                     "\"a@x.org\"@y.net", "", "a@b@x.org", "q@y.net"};
static const char *const domains[] = {"x.org", "X.ORG", "y.net", "org", "m.x.org"};
#define ONE_OF(list) (list)[drawn(0, COUNT_OF(list) - 1)]

static void draw_number(ruled *to, uint32_t attribute) {
  char text[24];
  snprintf(text, sizeof text, "%d", (int)drawn(-2, 3));
  ruled_add(to, attribute, text);
}

static void draw_value(ruled *to, uint32_t attribute, uint32_t kind) {
  if (attribute == PRIORITY || attribute == CREATED) {
    draw_number(to, attribute);
  } else if (kind == SLA_EMAIL_DOMAIN) {
    ruled_add(to, attribute, ONE_OF(domains));
  } else {
    bool empty = kind == SLA_EQUALS || kind == SLA_NOT_EQUALS || kind == SLA_IN;
    const char *word = attribute == EMAIL && one_in(2) ? ONE_OF(emails) : ONE_OF(words);
    ruled_add(to, attribute, *word == '\0' && !empty ? "a" : word);
  }
}

static const uint32_t of_text[] = {SLA_IS_PRESENT, SLA_IS_ABSENT, SLA_EQUALS, SLA_NOT_EQUALS,
                                   SLA_IN, SLA_NOT_IN, SLA_CONTAINS, SLA_NOT_CONTAINS,
                                   SLA_STARTS_WITH, SLA_ENDS_WITH, SLA_EMAIL_DOMAIN};
static const uint32_t of_numbers[] = {SLA_IS_PRESENT, SLA_IS_ABSENT, SLA_EQUALS, SLA_NOT_EQUALS,
                                      SLA_IN, SLA_NOT_IN, SLA_LESS, SLA_GREATER, SLA_BETWEEN};
static const uint32_t of_tags[] = {SLA_IS_PRESENT, SLA_IS_ABSENT, SLA_TAGGED, SLA_TAGGED};

static uint32_t draw_kind(uint32_t attribute) {
  if (attribute == TAG) return ONE_OF(of_tags);
  return attribute == EMAIL || attribute == SUBJECT ? ONE_OF(of_text) : ONE_OF(of_numbers);
}

static bool can_ignore_case(const node *n) {
  return (n->attribute == EMAIL || n->attribute == SUBJECT || n->attribute == TAG) &&
         n->kind >= SLA_EQUALS && n->kind != SLA_EMAIL_DOMAIN;
}

static void draw_test(node *n) {
  n->attribute = (uint32_t)drawn(0, RULED_ATTRIBUTES - 1);
  n->kind = draw_kind(n->attribute);
  bool many = n->kind == SLA_IN || n->kind == SLA_NOT_IN || n->kind == SLA_TAGGED ||
              n->kind == SLA_EMAIL_DOMAIN;
  int64_t count = n->kind <= SLA_IS_ABSENT ? 0 : many ? drawn(1, VALUES) : 1;
  for (int64_t i = 0; i < count; i++) draw_value(&n->values, n->attribute, n->kind);
  if (n->kind == SLA_BETWEEN) {
    n->values.facts[1] = n->values.facts[0];
    n->values.facts[1].value += drawn(0, 2);
    n->values.count = 2;
  }
  if (can_ignore_case(n) && one_in(2)) n->flags = SLA_IGNORE_CASE;
}

static void draw_children(tree *t, node *group, int depth, int least);

static node *draw_node(tree *t, int depth) {
  node *n = &t->nodes[t->used];
  *n = (node){.index = (uint32_t)t->used++};
  if (depth < DEPTH && t->used < NODES && one_in(2)) {
    n->kind = (uint32_t)drawn(SLA_ALL_OF, SLA_NONE_OF);
    draw_children(t, n, depth + 1, 1);
  } else {
    draw_test(n);
  }
  return n;
}

static void draw_children(tree *t, node *group, int depth, int least) {
  for (int64_t i = drawn(least, CHILDREN); i > 0 && t->used < NODES; i--)
    group->children[group->child_count++] = draw_node(t, depth);
}

static void draw_tree(tree *t) {
  static const uint64_t events[] = {0, 1u << SLA_RULE_CREATED, 6, UINT64_C(1) << 40 | 2};
  *t = (tree){.root.kind = SLA_ALL_OF};
  t->events = ONE_OF(events);
  t->policy = (uint32_t)drawn(0, 3);
  draw_children(t, &t->root, 0, one_in(10) ? 0 : 1);
}

static void tell_node(sla_rules_builder *b, const node *n) {
  if (n->kind > SLA_NONE_OF) {
    assert_ok(sla_rules_builder_add_condition(b, n->attribute, n->kind, n->flags, n->values.facts,
                                              n->values.count, sizeof n->values.facts[0],
                                              n->values.texts, n->values.length, NULL));
    return;
  }
  assert_ok(sla_rules_builder_open_group(b, n->kind, NULL));
  for (int i = 0; i < n->child_count; i++) tell_node(b, n->children[i]);
  assert_ok(sla_rules_builder_close_group(b, NULL));
}

static void tell_tree(sla_rules_builder *b, const tree *t) {
  assert_ok(sla_rules_builder_add_rule(b, t->events, t->policy, NULL, 0, NULL));
  for (int i = 0; i < t->root.child_count; i++) tell_node(b, t->root.children[i]);
}

static void draw_facts(ruled *facts) {
  *facts = (ruled){.count = 0};
  if (!one_in(4)) ruled_add(facts, EMAIL, ONE_OF(emails));
  if (!one_in(4)) ruled_add(facts, SUBJECT, ONE_OF(words));
  if (!one_in(4)) draw_number(facts, PRIORITY);
  for (int64_t i = drawn(0, 3); i > 0; i--) ruled_add(facts, TAG, ONE_OF(words));
  if (!one_in(4)) draw_number(facts, CREATED);
  if (one_in(3)) ruled_add(facts, TAG, ONE_OF(words));
}

/* ---- the plain reading: C strings, one case at a time ---- */

static void text_of(const ruled *from, size_t i, bool lower, char text[64]) {
  const sla_fact *fact = &from->facts[i];
  memcpy(text, from->texts + fact->value, fact->length);
  text[fact->length] = '\0';
  for (char *c = text; lower && *c != '\0'; c++)
    if (*c >= 'A' && *c <= 'Z') *c = (char)(*c - 'A' + 'a');
}

/* No test here has specials but in quotes, nor an address with an empty label. */
static bool in_domain(const char *address, const char *domain) {
  char dotted[80];
  const char *at = strrchr(address, '@');
  if (at == NULL || at == address) return false;
  if (*address != '"' && strchr(address, '@') != at) return false;
  snprintf(dotted, sizeof dotted, ".%s", domain);
  size_t host = strlen(at + 1), below = strlen(dotted);
  return strcmp(at + 1, domain) == 0 || (host > below && strcmp(at + 1 + host - below, dotted) == 0);
}

static bool text_is(uint32_t kind, const char *fact, const char *value) {
  size_t length = strlen(fact), ending = strlen(value);
  switch (kind) {
    case SLA_CONTAINS:
    case SLA_NOT_CONTAINS: return strstr(fact, value) != NULL;
    case SLA_STARTS_WITH: return strncmp(fact, value, ending) == 0;
    case SLA_ENDS_WITH: return length >= ending && strcmp(fact + length - ending, value) == 0;
    case SLA_EMAIL_DOMAIN: return in_domain(fact, value);
    default: return strcmp(fact, value) == 0;
  }
}

static bool number_is(uint32_t kind, int64_t fact, const sla_fact *value) {
  switch (kind) {
    case SLA_LESS: return fact < value->value;
    case SLA_GREATER: return fact > value->value;
    case SLA_BETWEEN: return value[0].value <= fact && fact <= value[1].value;
    default: return fact == value->value;
  }
}

static bool value_is(const node *n, const ruled *facts, size_t fact, size_t value) {
  char a[64], b[64];
  bool lower = n->flags & SLA_IGNORE_CASE || n->kind == SLA_EMAIL_DOMAIN;
  if (n->attribute == PRIORITY || n->attribute == CREATED)
    return number_is(n->kind, facts->facts[fact].value, &n->values.facts[value]);
  text_of(facts, fact, lower, a);
  text_of(&n->values, value, lower, b);
  return text_is(n->kind, a, b);
}

static bool test_holds(const node *n, const ruled *facts) {
  bool present = false, found = false;
  for (size_t i = 0; i < facts->count; i++) {
    if (facts->facts[i].attribute != n->attribute) continue;
    present = true;
    size_t count = n->kind == SLA_BETWEEN ? 1 : n->values.count; /* a pair is one */
    for (size_t v = 0; v < count; v++) found |= value_is(n, facts, i, v);
  }
  switch (n->kind) {
    case SLA_IS_PRESENT: return present;
    case SLA_IS_ABSENT: return !present;
    case SLA_NOT_EQUALS:
    case SLA_NOT_IN:
    case SLA_NOT_CONTAINS: return !found;
    default: return found;
  }
}

static bool node_holds(const node *n, const ruled *facts) {
  int holding = 0;
  if (n->kind > SLA_NONE_OF) return test_holds(n, facts);
  for (int i = 0; i < n->child_count; i++) holding += node_holds(n->children[i], facts);
  return n->kind == SLA_ALL_OF   ? holding == n->child_count
         : n->kind == SLA_ANY_OF ? holding > 0
                                 : holding == 0;
}

static uint32_t blamed(const node *group, const ruled *facts) {
  for (int i = 0; i < group->child_count; i++) {
    const node *child = group->children[i];
    if (node_holds(child, facts)) continue;
    return child->kind == SLA_ALL_OF ? blamed(child, facts) : child->index;
  }
  return 0;
}

static sla_verdict verdict_on(const tree *t, uint32_t event, const ruled *facts) {
  if (t->events != 0 && !(t->events >> event & 1)) return (sla_verdict){SLA_VERDICT_EVENT, 0};
  if (node_holds(&t->root, facts)) return (sla_verdict){SLA_VERDICT_MATCHES, 0};
  return (sla_verdict){SLA_VERDICT_CONDITION, blamed(&t->root, facts)};
}

/* ---- both compared ---- */

typedef struct {
  tree trees[RULES];
  int count;
  sla_rules *rules;
  sla_verdict verdicts[RULES]; /* of the last ticket */
} office;

static void open_office(office *o) {
  sla_rules_builder *b = ruled_builder();
  o->count = (int)drawn(1, RULES);
  for (int i = 0; i < o->count; i++) {
    draw_tree(&o->trees[i]);
    tell_tree(b, &o->trees[i]);
  }
  assert_ok(sla_rules_builder_set_default(b, 77, NULL));
  o->rules = ruled_built(b);
}

static void judge(office *o, uint32_t event, const ruled *facts) {
  size_t count = 0;
  assert_ok(sla_rules_explain(o->rules, event, facts->facts, facts->count, sizeof facts->facts[0],
                              facts->texts, facts->length, o->verdicts, RULES,
                              sizeof o->verdicts[0], &count, NULL));
  assert_number(count, o->count);
}

static void check_matches(const office *o, uint32_t event, const ruled *facts) {
  sla_match matches[RULES];
  size_t count = 0, place = 0;
  assert_ok(sla_rules_match_all(o->rules, event, facts->facts, facts->count,
                                sizeof facts->facts[0], facts->texts, facts->length, matches, RULES,
                                sizeof matches[0], &count, NULL));
  const sla_match first = ruled_match(o->rules, event, facts);
  assert_memory_equal(&first, &matches[0], sizeof first);
  for (int i = 0; i < o->count; i++) {
    if (o->verdicts[i].kind != SLA_VERDICT_MATCHES) continue;
    assert_number(matches[place].rule, i);
    assert_number(matches[place++].policy, o->trees[i].policy);
  }
  if (place == 0) assert_number(matches[place++].policy, 77);
  assert_number(count, place);
}

static void check_ticket(office *o) {
  static const uint32_t events[] = {SLA_RULE_CREATED, SLA_RULE_OPENED, SLA_RULE_PRIORITY, 40};
  uint32_t event = ONE_OF(events);
  ruled facts;
  draw_facts(&facts);
  judge(o, event, &facts);
  for (int i = 0; i < o->count; i++) {
    const sla_verdict wanted = verdict_on(&o->trees[i], event, &facts);
    if (memcmp(&wanted, &o->verdicts[i], sizeof wanted) != 0)
      fail_msg("rule %d: verdict %u at %u, not %u at %u", i, o->verdicts[i].kind,
               o->verdicts[i].condition, wanted.kind, wanted.condition);
  }
  check_matches(o, event, &facts);
}

static void rules_do_as_the_tree_says(void **state) {
  static office o;
  (void)state;
  seed = support_seed();
  for (long i = draws(20000); i > 0; i--) {
    open_office(&o);
    for (int ticket = 0; ticket < 10; ticket++) check_ticket(&o);
    sla_rules_unref(o.rules);
  }
}

/* ---- laws ---- */

/* A negative test is the contrary of the positive one, of every ticket. */
static void contraries(void **state) {
  static const uint32_t pairs[][2] = {{SLA_IS_PRESENT, SLA_IS_ABSENT},
                                      {SLA_EQUALS, SLA_NOT_EQUALS},
                                      {SLA_IN, SLA_NOT_IN},
                                      {SLA_CONTAINS, SLA_NOT_CONTAINS}};
  (void)state;
  seed = support_seed();
  for (long i = draws(20000); i > 0; i--) {
    static node n;
    const uint32_t *pair = ONE_OF(pairs);
    ruled facts;
    do {
      n = (node){.kind = 0};
      draw_test(&n);
    } while (n.kind != pair[0]);
    sla_rules_builder *b = ruled_builder();
    for (int which = 0; which < 2; which++) {
      n.kind = pair[which];
      ruled_rule(b, 0, (uint32_t)which);
      tell_node(b, &n);
    }
    sla_rules *rules = ruled_built(b);
    sla_verdict verdicts[2];
    size_t count;
    draw_facts(&facts);
    assert_ok(sla_rules_explain(rules, SLA_RULE_OPENED, facts.facts, facts.count,
                                sizeof facts.facts[0], facts.texts, facts.length, verdicts, 2,
                                sizeof verdicts[0], &count, NULL));
    assert_true((verdicts[0].kind == SLA_VERDICT_MATCHES) !=
                (verdicts[1].kind == SLA_VERDICT_MATCHES));
    sla_rules_unref(rules);
  }
}

static void bytes_come_back(void **state) {
  static office o;
  (void)state;
  seed = support_seed();
  for (long i = draws(3000); i > 0; i--) {
    unsigned char bytes[16384], again[16384];
    size_t length = 0, second = 0;
    uint32_t equal = 0;
    uint64_t hash[2] = {0, 1};
    sla_rules *copy = NULL;
    open_office(&o);
    assert_ok(sla_rules_bytes(o.rules, bytes, sizeof bytes, &length));
    assert_in_range(length, 1, sizeof bytes);
    assert_ok(sla_rules_new_bytes(bytes, length, NULL, &copy, NULL));
    assert_ok(sla_rules_bytes(copy, again, sizeof again, &second));
    assert_number(second, length);
    assert_memory_equal(bytes, again, length);
    assert_ok(sla_rules_equal(o.rules, copy, &equal));
    assert_number(equal, 1);
    assert_ok(sla_rules_hash(o.rules, &hash[0]));
    assert_ok(sla_rules_hash(copy, &hash[1]));
    assert_true(hash[0] == hash[1]);
    sla_rules_unref(copy);
    sla_rules_unref(o.rules);
  }
}

/* No ticket matches a rule that contradicts itself, or has one first that another hides. */
static void lints_are_true(void **state) {
  static office o;
  long found[4] = {0};
  (void)state;
  seed = support_seed();
  for (long i = draws(20000); i > 0; i--) {
    sla_rules_lint lints[2 * RULES + 1];
    size_t count = 0;
    open_office(&o);
    assert_ok(sla_rules_lints(o.rules, 100, lints, COUNT_OF(lints), sizeof lints[0], &count, NULL));
    assert_in_range(count, 0, RULES);
    for (int ticket = 0; ticket < 20 && count > 0; ticket++) {
      ruled facts;
      draw_facts(&facts);
      judge(&o, SLA_RULE_CREATED, &facts);
      for (size_t k = 0; k < count; k++) {
        const sla_rules_lint *lint = &lints[k];
        bool matches = o.verdicts[lint->rule].kind == SLA_VERDICT_MATCHES;
        bool hidden = lint->kind == SLA_RULES_LINT_UNREACHABLE &&
                      o.verdicts[lint->other].kind == SLA_VERDICT_MATCHES;
        if (matches && !hidden) fail_msg("rule %u matches, though lint %u", lint->rule, lint->kind);
        found[lint->kind]++;
      }
    }
    sla_rules_unref(o.rules);
  }
  print_message("%ld unreachable, %ld contradictory\n", found[SLA_RULES_LINT_UNREACHABLE],
                found[SLA_RULES_LINT_CONTRADICTORY]);
  assert_true(found[SLA_RULES_LINT_UNREACHABLE] > 0 && found[SLA_RULES_LINT_CONTRADICTORY] > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rules_do_as_the_tree_says),
      cmocka_unit_test(contraries),
      cmocka_unit_test(bytes_come_back),
      cmocka_unit_test(lints_are_true),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
