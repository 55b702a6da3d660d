/* SPDX-License-Identifier: MIT */
/* What is probably not meant in rules: each lint where it shows, where it does not, and what is not
 * found. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ruled.h"
#include "support.h"

enum { MOST = 8, POLICIES = 3 };

/* These lints and no others, in this order.  Releases the builder. */
static void expect_lints(sla_rules_builder *builder, const sla_rules_lint *wanted, size_t count) {
  sla_rules *rules = ruled_built(builder);
  sla_rules_lint found[MOST];
  size_t told = 0;
  assert_ok(sla_rules_lints(rules, POLICIES, found, MOST, sizeof found[0], &told, NULL));
  for (size_t i = 0; i < told && i < MOST; i++)
    if (i >= count || memcmp(&found[i], &wanted[i], sizeof found[i]) != 0)
      fail_msg("lint %zu: kind %u rule %u condition %u other %u", i, found[i].kind, found[i].rule,
               found[i].condition, found[i].other);
  assert_number(told, count);
  sla_rules_unref(rules);
}

/* ---- two conditions ---- */

typedef struct {
  uint32_t attribute, kind, flags;
  const char *values;
} told;

typedef struct {
  const char *name;
  told a, b;
  bool exclude; /* each other */
  bool implies; /* the first the second */
} row;

#define NOCASE SLA_IGNORE_CASE

static const row rows[] = {
    {"one condition twice", {EMAIL, SLA_CONTAINS, 0, "a"}, {EMAIL, SLA_CONTAINS, 0, "a"}, 0, 1},
    {"of two attributes", {EMAIL, SLA_EQUALS, 0, "a"}, {SUBJECT, SLA_EQUALS, 0, "b"}, 0, 0},
    {"two texts", {SUBJECT, SLA_EQUALS, 0, "a"}, {SUBJECT, SLA_EQUALS, 0, "b"}, 1, 0},
    {"two cases", {SUBJECT, SLA_EQUALS, 0, "a"}, {SUBJECT, SLA_EQUALS, 0, "A"}, 1, 0},
    {"two cases, ignored", {SUBJECT, SLA_EQUALS, 0, "a"}, {SUBJECT, SLA_EQUALS, NOCASE, "A"}, 0, 1},
    {"ignored only before", {SUBJECT, SLA_EQUALS, NOCASE, "a"}, {SUBJECT, SLA_EQUALS, 0, "a"}, 0, 0},
    {"other texts, ignored before", {SUBJECT, SLA_EQUALS, NOCASE, "a"},
     {SUBJECT, SLA_EQUALS, NOCASE, "b"}, 1, 0},
    {"a text and its contrary", {SUBJECT, SLA_EQUALS, 0, "a"}, {SUBJECT, SLA_NOT_EQUALS, 0, "a"},
     1, 0},
    {"a text and not another", {SUBJECT, SLA_EQUALS, 0, "a"}, {SUBJECT, SLA_NOT_EQUALS, 0, "b"},
     0, 1},
    {"a list and a longer one", {SUBJECT, SLA_IN, 0, "a|b"}, {SUBJECT, SLA_IN, 0, "c|b|a"}, 0, 1},
    {"lists that overlap", {SUBJECT, SLA_IN, 0, "a|b"}, {SUBJECT, SLA_IN, 0, "b|c"}, 0, 0},
    {"lists that do not", {SUBJECT, SLA_IN, 0, "a|b"}, {SUBJECT, SLA_IN, 0, "c|d"}, 1, 0},
    {"a list and not another", {SUBJECT, SLA_IN, 0, "a|b"}, {SUBJECT, SLA_NOT_IN, 0, "c"}, 0, 1},
    {"a text that contains", {SUBJECT, SLA_EQUALS, 0, "abc"}, {SUBJECT, SLA_CONTAINS, 0, "b"}, 0, 1},
    {"a text that does not", {SUBJECT, SLA_EQUALS, 0, "abc"}, {SUBJECT, SLA_CONTAINS, 0, "x"}, 1, 0},
    {"a text without it", {SUBJECT, SLA_EQUALS, 0, "abc"}, {SUBJECT, SLA_NOT_CONTAINS, 0, "x"}, 0, 1},
    {"an address of the domain", {EMAIL, SLA_EQUALS, 0, "a@m.x.org"},
     {EMAIL, SLA_EMAIL_DOMAIN, 0, "x.org"}, 0, 1},
    {"in any case", {EMAIL, SLA_EQUALS, NOCASE, "a@m.x.org"}, {EMAIL, SLA_EMAIL_DOMAIN, 0, "X.org"},
     0, 1},
    {"an address elsewhere", {EMAIL, SLA_EQUALS, 0, "a@x.org.net"},
     {EMAIL, SLA_EMAIL_DOMAIN, 0, "x.org"}, 1, 0},

    {"absent and present", {SUBJECT, SLA_IS_ABSENT, 0, NULL}, {SUBJECT, SLA_IS_PRESENT, 0, NULL},
     1, 0},
    {"absent and a text", {SUBJECT, SLA_IS_ABSENT, 0, NULL}, {SUBJECT, SLA_CONTAINS, 0, "a"}, 1, 0},
    {"a text and absent", {SUBJECT, SLA_CONTAINS, 0, "a"}, {SUBJECT, SLA_IS_ABSENT, 0, NULL}, 1, 0},
    {"absent and not a text", {SUBJECT, SLA_IS_ABSENT, 0, NULL},
     {SUBJECT, SLA_NOT_EQUALS, 0, "a"}, 0, 1},
    {"a text and present", {SUBJECT, SLA_CONTAINS, 0, "a"}, {SUBJECT, SLA_IS_PRESENT, 0, NULL}, 0, 1},
    {"not a text and present", {SUBJECT, SLA_NOT_EQUALS, 0, "a"},
     {SUBJECT, SLA_IS_PRESENT, 0, NULL}, 0, 0},
    {"a number and present", {PRIORITY, SLA_LESS, 0, "3"}, {PRIORITY, SLA_IS_PRESENT, 0, NULL}, 0, 1},

    {"less and greater", {PRIORITY, SLA_LESS, 0, "3"}, {PRIORITY, SLA_GREATER, 0, "2"}, 1, 0},
    {"less and greater, one between", {PRIORITY, SLA_LESS, 0, "3"}, {PRIORITY, SLA_GREATER, 0, "1"},
     0, 0},
    {"less and less", {PRIORITY, SLA_LESS, 0, "3"}, {PRIORITY, SLA_LESS, 0, "4"}, 0, 1},
    {"between and greater", {PRIORITY, SLA_BETWEEN, 0, "3|5"}, {PRIORITY, SLA_GREATER, 0, "2"}, 0, 1},
    {"between and between", {CREATED, SLA_BETWEEN, 0, "3|5"}, {CREATED, SLA_BETWEEN, 0, "6|9"}, 1, 0},
    {"between that touch", {CREATED, SLA_BETWEEN, 0, "3|5"}, {CREATED, SLA_BETWEEN, 0, "5|9"}, 0, 0},
    {"a number and a range", {PRIORITY, SLA_EQUALS, 0, "4"}, {PRIORITY, SLA_GREATER, 0, "3"}, 0, 1},
    {"a number and another range", {PRIORITY, SLA_EQUALS, 0, "4"}, {PRIORITY, SLA_GREATER, 0, "4"},
     1, 0},
    {"numbers and not a number", {PRIORITY, SLA_IN, 0, "1|2"}, {PRIORITY, SLA_NOT_EQUALS, 0, "3"},
     0, 1},

    {"two tags", {TAG, SLA_TAGGED, 0, "a"}, {TAG, SLA_TAGGED, 0, "b"}, 0, 0},
    {"a tag and a longer list", {TAG, SLA_TAGGED, 0, "a"}, {TAG, SLA_TAGGED, 0, "a|b"}, 0, 1},
    {"a tag in any case", {TAG, SLA_TAGGED, 0, "a"}, {TAG, SLA_TAGGED, NOCASE, "A"}, 0, 1},
    {"a tag and no tags", {TAG, SLA_TAGGED, 0, "a"}, {TAG, SLA_IS_ABSENT, 0, NULL}, 1, 0},
};

static void tell(sla_rules_builder *b, const told *t) {
  ruled_condition(b, t->attribute, t->kind, t->flags, t->values);
}

/* In one rule; the other way round; one denied. */
static void conditions_that_exclude_each_other(void **state) {
  static const sla_rules_lint wanted = {SLA_RULES_LINT_CONTRADICTORY, 0, 1, 0};
  static const sla_rules_lint denied = {SLA_RULES_LINT_CONTRADICTORY, 0, 2, 0};
  const row *r = *state;
  for (int turned = 0; turned <= 1; turned++) {
    sla_rules_builder *b = ruled_builder();
    ruled_rule(b, 0, 0);
    tell(b, turned ? &r->b : &r->a);
    tell(b, turned ? &r->a : &r->b);
    expect_lints(b, &wanted, r->exclude);
  }
  sla_rules_builder *b = ruled_builder();
  ruled_rule(b, 0, 0);
  tell(b, &r->a);
  assert_ok(sla_rules_builder_open_group(b, SLA_NONE_OF, NULL));
  tell(b, &r->b);
  assert_ok(sla_rules_builder_close_group(b, NULL));
  expect_lints(b, &denied, r->implies);
}

/* A rule with the second condition hides a later one with the first. */
static void conditions_that_imply_another(void **state) {
  static const sla_rules_lint wanted = {SLA_RULES_LINT_UNREACHABLE, 1, 0, 0};
  const row *r = *state;
  sla_rules_builder *b = ruled_builder();
  ruled_rule(b, 0, 0);
  tell(b, &r->b);
  ruled_rule(b, 0, 1);
  tell(b, &r->a);
  expect_lints(b, &wanted, r->implies);
}

/* ---- rules ---- */

static void hidden_by_a_rule_without_conditions(void **state) {
  static const sla_rules_lint wanted[] = {{SLA_RULES_LINT_UNREACHABLE, 1, 0, 0},
                                          {SLA_RULES_LINT_UNREACHABLE, 2, 0, 0}};
  sla_rules_builder *b = ruled_builder();
  (void)state;
  ruled_rule(b, 0, 0);
  ruled_rule(b, 1u << SLA_RULE_CREATED, 1);
  ruled_rule(b, 0, 2);
  ruled_condition(b, TAG, SLA_TAGGED, 0, "a");
  expect_lints(b, wanted, 2);
}

static void hidden_on_its_own_events_only(void **state) {
  static const sla_rules_lint wanted = {SLA_RULES_LINT_UNREACHABLE, 2, 0, 0};
  sla_rules_builder *b = ruled_builder();
  (void)state;
  ruled_rule(b, 1u << SLA_RULE_CREATED | 1u << SLA_RULE_OPENED, 0);
  ruled_rule(b, 1u << SLA_RULE_CREATED | 1u << SLA_RULE_MESSAGE, 1);
  ruled_rule(b, 1u << SLA_RULE_OPENED, 2);
  ruled_rule(b, 0, 2);
  expect_lints(b, &wanted, 1);
}

/* All that the earlier one demands, whatever more the later one does. */
static void hidden_by_fewer_conditions(void **state) {
  static const sla_rules_lint wanted = {SLA_RULES_LINT_UNREACHABLE, 1, 0, 0};
  sla_rules_builder *b = ruled_builder();
  (void)state;
  ruled_rule(b, 0, 0);
  ruled_condition(b, PRIORITY, SLA_GREATER, 0, "2");
  ruled_condition(b, TAG, SLA_TAGGED, 0, "a");
  ruled_rule(b, 0, 1);
  ruled_condition(b, SUBJECT, SLA_CONTAINS, 0, "x");
  assert_ok(sla_rules_builder_open_group(b, SLA_ALL_OF, NULL));
  ruled_condition(b, TAG, SLA_TAGGED, 0, "a");
  ruled_condition(b, PRIORITY, SLA_EQUALS, 0, "4");
  assert_ok(sla_rules_builder_close_group(b, NULL));
  ruled_rule(b, 0, 2);
  ruled_condition(b, PRIORITY, SLA_EQUALS, 0, "4");
  expect_lints(b, &wanted, 1);
}

static void any_of(sla_rules_builder *b, const char *first, const char *second) {
  assert_ok(sla_rules_builder_open_group(b, SLA_ANY_OF, NULL));
  ruled_condition(b, TAG, SLA_TAGGED, 0, first);
  ruled_condition(b, TAG, SLA_TAGGED, 0, second);
  assert_ok(sla_rules_builder_close_group(b, NULL));
}

/* A group of any is looked at as a whole: the same one is found, what amounts to it is not. */
static void groups_as_a_whole(void **state) {
  static const sla_rules_lint wanted = {SLA_RULES_LINT_UNREACHABLE, 1, 0, 0};
  sla_rules_builder *b = ruled_builder();
  (void)state;
  ruled_rule(b, 0, 0);
  any_of(b, "a", "b");
  ruled_rule(b, 0, 1);
  any_of(b, "a", "b");
  ruled_rule(b, 0, 2);
  any_of(b, "b", "a");
  expect_lints(b, &wanted, 1);
}

/* None of any of these: each of them is denied by itself. */
static void what_is_denied_with_others(void **state) {
  static const sla_rules_lint wanted = {SLA_RULES_LINT_CONTRADICTORY, 0, 3, 0};
  sla_rules_builder *b = ruled_builder();
  (void)state;
  ruled_rule(b, 0, 0);
  ruled_condition(b, TAG, SLA_TAGGED, 0, "b");
  assert_ok(sla_rules_builder_open_group(b, SLA_NONE_OF, NULL));
  ruled_condition(b, SUBJECT, SLA_IS_ABSENT, 0, NULL); /* 2 */
  ruled_condition(b, TAG, SLA_TAGGED, 0, "b|c");       /* 3 */
  any_of(b, "d", "e");
  assert_ok(sla_rules_builder_close_group(b, NULL));
  expect_lints(b, &wanted, 1);
}

/* Of all of them together no ticket can be; by twos any can. */
static void what_three_conditions_say_is_not_found(void **state) {
  sla_rules_builder *b = ruled_builder();
  (void)state;
  ruled_rule(b, 0, 0);
  ruled_condition(b, PRIORITY, SLA_BETWEEN, 0, "3|4");
  ruled_condition(b, PRIORITY, SLA_NOT_EQUALS, 0, "3");
  ruled_condition(b, PRIORITY, SLA_NOT_EQUALS, 0, "4");
  expect_lints(b, NULL, 0);
}

static void a_rule_that_never_matches_hides_none(void **state) {
  static const sla_rules_lint wanted = {SLA_RULES_LINT_CONTRADICTORY, 0, 1, 0};
  sla_rules_builder *b = ruled_builder();
  (void)state;
  ruled_rule(b, 0, 0);
  ruled_condition(b, PRIORITY, SLA_EQUALS, 0, "3");
  ruled_condition(b, PRIORITY, SLA_EQUALS, 0, "4");
  ruled_rule(b, 0, 1);
  ruled_condition(b, PRIORITY, SLA_EQUALS, 0, "3");
  ruled_condition(b, TAG, SLA_IS_PRESENT, 0, NULL);
  expect_lints(b, &wanted, 1);
}

static void policies_there_are_not(void **state) {
  static const sla_rules_lint wanted[] = {{SLA_RULES_LINT_POLICY, 1, 0, 0},
                                          {SLA_RULES_LINT_UNREACHABLE, 4, 0, 3},
                                          {SLA_RULES_LINT_POLICY, 4, 0, 0},
                                          {SLA_RULES_LINT_POLICY, SLA_NO_RULE, 0, 0}};
  static const uint32_t policies[] = {POLICIES - 1, POLICIES, SLA_NO_POLICY, 0, POLICIES};
  sla_rules_builder *b = ruled_builder();
  (void)state;
  for (uint32_t i = 0; i < 5; i++) {
    ruled_rule(b, 0, policies[i]);
    if (i < 3) ruled_condition(b, PRIORITY, SLA_EQUALS, 0, (const char[]){(char)('0' + i), '\0'});
  }
  assert_ok(sla_rules_builder_set_default(b, POLICIES, NULL));
  expect_lints(b, wanted, 4);
}

static void lints_are_counted_without_room(void **state) {
  sla_rules_lint found[2] = {{9, 9, 9, 9}, {9, 9, 9, 9}};
  sla_rules_builder *b = ruled_builder();
  size_t count = 0;
  (void)state;
  for (int i = 0; i < 4; i++) ruled_rule(b, 0, 0);
  sla_rules *rules = ruled_built(b);
  assert_ok(sla_rules_lints(rules, 1, NULL, 0, sizeof found[0], &count, NULL));
  assert_number(count, 3);
  assert_ok(sla_rules_lints(rules, 1, found, 1, sizeof found[0], &count, NULL));
  assert_number(count, 3);
  assert_number(found[0].rule, 1);
  assert_number(found[1].rule, 9);
  sla_rules_unref(rules);
}

int main(void) {
  static const struct CMUnitTest others[] = {
      cmocka_unit_test(hidden_by_a_rule_without_conditions),
      cmocka_unit_test(hidden_on_its_own_events_only),
      cmocka_unit_test(hidden_by_fewer_conditions),
      cmocka_unit_test(groups_as_a_whole),
      cmocka_unit_test(what_is_denied_with_others),
      cmocka_unit_test(what_three_conditions_say_is_not_found),
      cmocka_unit_test(a_rule_that_never_matches_hides_none),
      cmocka_unit_test(policies_there_are_not),
      cmocka_unit_test(lints_are_counted_without_room),
  };
  struct CMUnitTest tests[2 * COUNT_OF(rows) + COUNT_OF(others)];
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    void *r = (void *)(uintptr_t)&rows[i];
    tests[2 * i] = (struct CMUnitTest){rows[i].name, conditions_that_exclude_each_other, NULL, NULL,
                                       r};
    tests[2 * i + 1] = (struct CMUnitTest){rows[i].name, conditions_that_imply_another, NULL, NULL,
                                           r};
  }
  memcpy(tests + 2 * COUNT_OF(rows), others, sizeof others);
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
