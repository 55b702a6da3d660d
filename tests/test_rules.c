/* SPDX-License-Identifier: MIT */
/* Which policy a ticket gets: every test of every type at its edges, groups, the order of rules,
 * why a rule does not match, what was told read back. */
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

/* ---- one test, one attribute ---- */

typedef struct {
  const char *name;
  uint32_t attribute, kind, flags;
  const char *values; /* with | between them */
  const char *fact;   /* the same; NULL when the attribute is absent */
  bool holds;
} row;

static const row rows[] = {
    {"present, absent", SUBJECT, SLA_IS_PRESENT, 0, NULL, NULL, false},
    {"present, empty", SUBJECT, SLA_IS_PRESENT, 0, NULL, "", true},
    {"present, a number", PRIORITY, SLA_IS_PRESENT, 0, NULL, "0", true},
    {"present, no tag", TAG, SLA_IS_PRESENT, 0, NULL, NULL, false},
    {"present, a tag", TAG, SLA_IS_PRESENT, 0, NULL, "vip", true},
    {"absent, absent", SUBJECT, SLA_IS_ABSENT, 0, NULL, NULL, true},
    {"absent, empty", SUBJECT, SLA_IS_ABSENT, 0, NULL, "", false},
    {"absent, no tag", TAG, SLA_IS_ABSENT, 0, NULL, NULL, true},
    {"absent, two tags", TAG, SLA_IS_ABSENT, 0, NULL, "a|b", false},
    {"absent, an instant", CREATED, SLA_IS_ABSENT, 0, NULL, "7", false},

    {"equals, the same text", SUBJECT, SLA_EQUALS, 0, "Help", "Help", true},
    {"equals, another case", SUBJECT, SLA_EQUALS, 0, "Help", "help", false},
    {"equals, another case ignored", SUBJECT, SLA_EQUALS, SLA_IGNORE_CASE, "HELP", "help", true},
    {"equals, a prefix", SUBJECT, SLA_EQUALS, SLA_IGNORE_CASE, "Help", "Hel", false},
    {"equals, longer", SUBJECT, SLA_EQUALS, 0, "Help", "Help!", false},
    {"equals, absent", SUBJECT, SLA_EQUALS, 0, "Help", NULL, false},
    {"equals, empty and absent", SUBJECT, SLA_EQUALS, 0, "", NULL, false},
    {"equals, empty and empty", SUBJECT, SLA_EQUALS, 0, "", "", true},
    {"case of other letters counts", SUBJECT, SLA_EQUALS, SLA_IGNORE_CASE, "\xc3\x84rger",
     "\xc3\xa4rger", false},
    {"@ and ` are no letters", SUBJECT, SLA_EQUALS, SLA_IGNORE_CASE, "@", "`", false},
    {"[ and { are no letters", SUBJECT, SLA_EQUALS, SLA_IGNORE_CASE, "[", "{", false},
    {"equals, a number", PRIORITY, SLA_EQUALS, 0, "4", "4", true},
    {"equals, another number", PRIORITY, SLA_EQUALS, 0, "4", "5", false},
    {"equals, zero and absent", PRIORITY, SLA_EQUALS, 0, "0", NULL, false},
    {"equals, the least number", PRIORITY, SLA_EQUALS, 0, "-9223372036854775808",
     "-9223372036854775808", true},
    {"equals, an instant", CREATED, SLA_EQUALS, 0, "1795190400", "1795190400", true},

    {"does not equal, the same", SUBJECT, SLA_NOT_EQUALS, 0, "Help", "Help", false},
    {"does not equal, another", SUBJECT, SLA_NOT_EQUALS, 0, "Help", "help", true},
    {"does not equal, absent", SUBJECT, SLA_NOT_EQUALS, 0, "Help", NULL, true},
    {"does not equal, case ignored", SUBJECT, SLA_NOT_EQUALS, SLA_IGNORE_CASE, "a", "A", false},
    {"does not equal, absent number", PRIORITY, SLA_NOT_EQUALS, 0, "4", NULL, true},

    {"in, the last", SUBJECT, SLA_IN, 0, "a|b|c", "c", true},
    {"in, none", SUBJECT, SLA_IN, 0, "a|b|c", "d", false},
    {"in, the whole list", SUBJECT, SLA_IN, 0, "a|b", "a|b", false},
    {"in, absent", SUBJECT, SLA_IN, 0, "a|b", NULL, false},
    {"in, case ignored", SUBJECT, SLA_IN, SLA_IGNORE_CASE, "Web|Mail", "mAIL", true},
    {"in, numbers", PRIORITY, SLA_IN, 0, "1|3|4", "3", true},
    {"in, no number", PRIORITY, SLA_IN, 0, "1|3|4", "2", false},
    {"in, instants", CREATED, SLA_IN, 0, "5|6", "6", true},
    {"not in, one of them", SUBJECT, SLA_NOT_IN, 0, "a|b|c", "b", false},
    {"not in, none", SUBJECT, SLA_NOT_IN, 0, "a|b|c", "d", true},
    {"not in, absent", SUBJECT, SLA_NOT_IN, 0, "a|b|c", NULL, true},
    {"not in, numbers", PRIORITY, SLA_NOT_IN, 0, "1|2", "2", false},

    {"contains, at the start", SUBJECT, SLA_CONTAINS, 0, "down", "down we are", true},
    {"contains, at the end", SUBJECT, SLA_CONTAINS, 0, "down", "all is down", true},
    {"contains, after a false start", SUBJECT, SLA_CONTAINS, 0, "aab", "aaab", true},
    {"contains, all of it", SUBJECT, SLA_CONTAINS, 0, "down", "down", true},
    {"contains, longer than it", SUBJECT, SLA_CONTAINS, 0, "down", "dow", false},
    {"contains, another case", SUBJECT, SLA_CONTAINS, 0, "Down", "is down", false},
    {"contains, case ignored", SUBJECT, SLA_CONTAINS, SLA_IGNORE_CASE, "Down", "is dOWN!", true},
    {"contains, absent", SUBJECT, SLA_CONTAINS, 0, "down", NULL, false},
    {"contains, in nothing", SUBJECT, SLA_CONTAINS, 0, "down", "", false},
    {"does not contain, it does", SUBJECT, SLA_NOT_CONTAINS, 0, "spam", "no spam", false},
    {"does not contain", SUBJECT, SLA_NOT_CONTAINS, 0, "spam", "ham", true},
    {"does not contain, absent", SUBJECT, SLA_NOT_CONTAINS, 0, "spam", NULL, true},
    {"starts with", SUBJECT, SLA_STARTS_WITH, 0, "Re:", "Re: help", true},
    {"starts with, later", SUBJECT, SLA_STARTS_WITH, 0, "Re:", " Re: help", false},
    {"starts with, case ignored", SUBJECT, SLA_STARTS_WITH, SLA_IGNORE_CASE, "RE:", "re:", true},
    {"starts with, shorter", SUBJECT, SLA_STARTS_WITH, 0, "Re:", "Re", false},
    {"ends with", SUBJECT, SLA_ENDS_WITH, 0, "!", "help!", true},
    {"ends with, earlier", SUBJECT, SLA_ENDS_WITH, 0, "!", "help!?", false},
    {"ends with, case ignored", SUBJECT, SLA_ENDS_WITH, SLA_IGNORE_CASE, "NOW", "do it now", true},
    {"ends with, absent", SUBJECT, SLA_ENDS_WITH, 0, "!", NULL, false},

    {"domain", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com", "ann@acme.com", true},
    {"domain, its subdomain", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com", "ann@mail.eu.acme.com", true},
    {"domain, any case", EMAIL, SLA_EMAIL_DOMAIN, 0, "Acme.com", "ANN@ACME.COM", true},
    {"domain, the second one", EMAIL, SLA_EMAIL_DOMAIN, 0, "other.org|acme.com", "a@acme.com", true},
    {"domain, none of them", EMAIL, SLA_EMAIL_DOMAIN, 0, "other.org|acme.com", "a@third.net", false},
    {"a domain that contains it", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com", "ann@acme.com.evil.org",
     false},
    {"a domain that ends so", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com", "ann@evilacme.com", false},
    {"a domain before the last @", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com", "a@acme.com@evil.org",
     false},
    {"two addresses", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com", "x@evil.org,a@acme.com", false},
    {"two addresses, quoted", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com",
     "\"x\"@evil.org,\"a\"@acme.com", false},
    {"a quoted local part", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com", "\"a@b\"@acme.com", true},
    {"a quote in quotes", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com", "\"a\\\"b\"@acme.com", true},
    {"a backslash before the last quote", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com",
     "\"a\\\"@acme.com", false},
    {"one quote", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com", "\"@acme.com", false},
    {"an address with a name", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com", "Ann <ann@acme.com>", false},
    {"no local part", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com", "@acme.com", false},
    {"a domain alone", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com", "acme.com", false},
    {"a dot at the end", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com", "ann@acme.com.", false},
    {"two dots", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com", "ann@mail..acme.com", false},
    {"a dot in front", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com", "ann@.acme.com", false},
    {"a blank in the domain", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com", "ann@evil .acme.com", false},
    {"no address", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com", "", false},
    {"an absent address", EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com", NULL, false},
    {"a top-level domain", EMAIL, SLA_EMAIL_DOMAIN, 0, "jp", "k@example.co.jp", true},
    {"what a plain contains lets in", EMAIL, SLA_CONTAINS, 0, "acme.com", "ann@acme.com.evil.org",
     true},

    {"less, below", PRIORITY, SLA_LESS, 0, "4", "3", true},
    {"less, equal", PRIORITY, SLA_LESS, 0, "4", "4", false},
    {"less than the least", PRIORITY, SLA_LESS, 0, "-9223372036854775808", "-9223372036854775808",
     false},
    {"less, absent", PRIORITY, SLA_LESS, 0, "4", NULL, false},
    {"greater, above", PRIORITY, SLA_GREATER, 0, "4", "5", true},
    {"greater, equal", PRIORITY, SLA_GREATER, 0, "4", "4", false},
    {"greater, an instant", CREATED, SLA_GREATER, 0, "100", "101", true},
    {"between, its ends", PRIORITY, SLA_BETWEEN, 0, "2|4", "2", true},
    {"between, its other end", PRIORITY, SLA_BETWEEN, 0, "2|4", "4", true},
    {"between, below", PRIORITY, SLA_BETWEEN, 0, "2|4", "1", false},
    {"between, above", PRIORITY, SLA_BETWEEN, 0, "2|4", "5", false},
    {"between, one number", CREATED, SLA_BETWEEN, 0, "7|7", "7", true},

    {"tagged", TAG, SLA_TAGGED, 0, "vip", "new|vip|eu", true},
    {"tagged, one of several", TAG, SLA_TAGGED, 0, "gold|vip", "new|vip", true},
    {"tagged, none", TAG, SLA_TAGGED, 0, "gold|vip", "new|old", false},
    {"tagged, a part of a tag", TAG, SLA_TAGGED, 0, "vip", "vip2|xvip", false},
    {"tagged, another case", TAG, SLA_TAGGED, 0, "VIP", "vip", false},
    {"tagged, case ignored", TAG, SLA_TAGGED, SLA_IGNORE_CASE, "VIP", "a|vip", true},
    {"tagged, no tags", TAG, SLA_TAGGED, 0, "vip", NULL, false},
};

static void holds_or_not(void **state) {
  const row *r = *state;
  sla_rules_builder *builder = ruled_builder();
  ruled facts = {0};
  ruled_rule(builder, 0, 7);
  ruled_condition(builder, r->attribute, r->kind, r->flags, r->values);
  sla_rules *rules = ruled_built(builder);
  if (r->fact != NULL) ruled_add(&facts, r->attribute, r->fact);
  const sla_match match = ruled_match(rules, SLA_RULE_CREATED, &facts);
  assert_number(match.rule, r->holds ? 0 : SLA_NO_RULE);
  assert_number(match.policy, r->holds ? 7 : SLA_NO_POLICY);
  sla_rules_unref(rules);
}

/* ---- groups: the policy is 1 when the one rule matches ---- */

/* `wanted` over all 16 sets of four tags, bit n for the set n. */
static void expect_sets(sla_rules_builder *builder, uint32_t wanted) {
  static const char tags[] = "abcd";
  sla_rules *rules = ruled_built(builder);
  for (uint32_t set = 0; set < 16; set++) {
    ruled facts = {0};
    for (int i = 0; i < 4; i++)
      if (set >> i & 1) ruled_add(&facts, TAG, (const char[]){tags[i], '\0'});
    uint32_t matched = ruled_match(rules, SLA_RULE_UPDATED, &facts).rule == 0;
    if (matched != (wanted >> set & 1)) fail_msg("set %u: %u", set, matched);
  }
  sla_rules_unref(rules);
}

static void tagged(sla_rules_builder *builder, const char *tag) {
  ruled_condition(builder, TAG, SLA_TAGGED, 0, tag);
}

static sla_rules_builder *one_rule(void) {
  sla_rules_builder *builder = ruled_builder();
  ruled_rule(builder, 0, 1);
  return builder;
}

#define OPEN(builder, kind) assert_ok(sla_rules_builder_open_group((builder), (kind), NULL))
#define CLOSE(builder) assert_ok(sla_rules_builder_close_group((builder), NULL))

static void conditions_of_a_rule_must_all_hold(void **state) {
  sla_rules_builder *b = one_rule();
  (void)state;
  expect_sets(b, 0xffff);
  b = one_rule();
  tagged(b, "a");
  tagged(b, "b");
  expect_sets(b, 0x8888);
}

static void groups(void **state) {
  static const uint32_t wanted[] = {[SLA_ALL_OF] = 0x8888, [SLA_ANY_OF] = 0xeeee,
                                    [SLA_NONE_OF] = 0x1111};
  (void)state;
  for (uint32_t kind = SLA_ALL_OF; kind <= SLA_NONE_OF; kind++) {
    sla_rules_builder *b = one_rule();
    OPEN(b, kind);
    tagged(b, "a");
    tagged(b, "b");
    CLOSE(b);
    expect_sets(b, wanted[kind]);
  }
}

static void groups_in_groups(void **state) {
  sla_rules_builder *b = one_rule();
  (void)state;
  OPEN(b, SLA_ANY_OF); /* (a and b) or not (c or d) */
  OPEN(b, SLA_ALL_OF);
  tagged(b, "a");
  tagged(b, "b");
  CLOSE(b);
  OPEN(b, SLA_NONE_OF);
  tagged(b, "c");
  tagged(b, "d");
  CLOSE(b);
  CLOSE(b);
  expect_sets(b, 0x888f);
  b = one_rule();
  tagged(b, "a"); /* a and not (b and not c) and d */
  OPEN(b, SLA_NONE_OF);
  OPEN(b, SLA_ALL_OF);
  tagged(b, "b");
  OPEN(b, SLA_NONE_OF);
  tagged(b, "c");
  CLOSE(b);
  CLOSE(b);
  CLOSE(b);
  tagged(b, "d");
  expect_sets(b, 0xa200);
}

static void as_deep_as_can_be(void **state) {
  sla_rules_builder *b = one_rule();
  (void)state;
  for (int i = 0; i < 16; i++) OPEN(b, SLA_NONE_OF);
  tagged(b, "a");
  for (int i = 0; i < 16; i++) CLOSE(b);
  expect_sets(b, 0xaaaa);
  b = one_rule();
  for (int i = 0; i < 16; i++) OPEN(b, i == 7 ? SLA_NONE_OF : SLA_ANY_OF);
  tagged(b, "a");
  for (int i = 0; i < 16; i++) CLOSE(b);
  expect_sets(b, 0x5555);
}

/* ---- the order of rules, events, the default ---- */

static sla_rules *desk(void) {
  sla_rules_builder *b = ruled_builder();
  ruled_rule(b, 1u << SLA_RULE_CREATED, 2); /* 0: acme, urgent */
  ruled_condition(b, EMAIL, SLA_EMAIL_DOMAIN, 0, "acme.com");
  ruled_condition(b, PRIORITY, SLA_EQUALS, 0, "4");
  ruled_rule(b, 1u << SLA_RULE_CREATED | UINT64_C(1) << 63, 1); /* 1: urgent */
  ruled_condition(b, PRIORITY, SLA_EQUALS, 0, "4");
  ruled_rule(b, 0, SLA_NO_POLICY); /* 2: spam, or from nobody */
  OPEN(b, SLA_ANY_OF);
  tagged(b, "spam");
  ruled_condition(b, EMAIL, SLA_IS_ABSENT, 0, NULL);
  CLOSE(b);
  assert_ok(sla_rules_builder_set_default(b, 0, NULL));
  return ruled_built(b);
}

static void expect_match(const sla_rules *rules, uint32_t event, const char *email,
                         const char *priority, const char *tags, uint32_t rule, uint32_t policy) {
  ruled facts = {0};
  if (email != NULL) ruled_add(&facts, EMAIL, email);
  if (priority != NULL) ruled_add(&facts, PRIORITY, priority);
  if (tags != NULL) ruled_add(&facts, TAG, tags);
  const sla_match match = ruled_match(rules, event, &facts);
  assert_number(match.rule, rule);
  assert_number(match.policy, policy);
}

static void the_first_rule_that_matches(void **state) {
  sla_rules *rules = desk();
  (void)state;
  expect_match(rules, SLA_RULE_CREATED, "a@acme.com", "4", "spam", 0, 2);
  expect_match(rules, SLA_RULE_CREATED, "a@other.com", "4", NULL, 1, 1);
  expect_match(rules, SLA_RULE_CREATED, "a@acme.com", "3", "spam", 2, SLA_NO_POLICY);
  expect_match(rules, SLA_RULE_CREATED, "a@acme.com", "3", "ham", SLA_NO_RULE, 0);
  expect_match(rules, SLA_RULE_CREATED, NULL, "4", NULL, 1, 1);
  expect_match(rules, SLA_RULE_CREATED, NULL, NULL, NULL, 2, SLA_NO_POLICY);
  sla_rules_unref(rules);
}

static void rules_are_for_their_events(void **state) {
  sla_rules *rules = desk();
  (void)state;
  expect_match(rules, SLA_RULE_PRIORITY, "a@acme.com", "4", NULL, SLA_NO_RULE, 0);
  expect_match(rules, SLA_RULE_MESSAGE, "a@acme.com", "4", "spam", 2, SLA_NO_POLICY);
  expect_match(rules, 63, "a@acme.com", "4", "spam", 1, 1);
  expect_match(rules, SLA_RULE_OWN, "a@acme.com", "4", "spam", 2, SLA_NO_POLICY);
  sla_rules_unref(rules);
}

static void no_rules_are_rules(void **state) {
  sla_rules_builder *b = ruled_builder();
  (void)state;
  assert_ok(sla_rules_builder_set_default(b, 9, NULL));
  sla_rules *rules = ruled_built(b);
  expect_match(rules, SLA_RULE_OPENED, NULL, NULL, NULL, SLA_NO_RULE, 9);
  sla_rules_unref(rules);
}

/* Counted even where there is no room. */
static void all_that_match(void **state) {
  sla_rules *rules = desk();
  ruled facts = {0};
  sla_match matches[4];
  size_t count = 0;
  (void)state;
  ruled_add(&facts, EMAIL, "a@acme.com");
  ruled_add(&facts, PRIORITY, "4");
  ruled_add(&facts, TAG, "spam");
  for (size_t room = 0; room <= 4; room++) {
    memset(matches, 0x5c, sizeof matches);
    assert_ok(sla_rules_match_all(rules, SLA_RULE_CREATED, facts.facts, facts.count,
                                  sizeof facts.facts[0], facts.texts, facts.length, matches, room,
                                  sizeof matches[0], &count, NULL));
    assert_number(count, 3);
    for (size_t i = 0; i < 4; i++)
      assert_number(matches[i].rule, i < room && i < 3 ? i : 0x5c5c5c5c);
  }
  assert_number(matches[1].policy, 1);
  assert_number(matches[2].policy, SLA_NO_POLICY);
  assert_ok(sla_rules_match_all(rules, SLA_RULE_UPDATED, facts.facts, 2, sizeof facts.facts[0],
                                facts.texts, facts.length, matches, 4, sizeof matches[0], &count,
                                NULL));
  assert_number(count, 1); /* the default */
  assert_number(matches[0].rule, SLA_NO_RULE);
  assert_number(matches[0].policy, 0);
  sla_rules_unref(rules);
}

/* ---- why not ---- */

static void expect_verdicts(const sla_rules *rules, uint32_t event, const ruled *facts,
                            const sla_verdict *wanted, size_t count) {
  sla_verdict verdicts[8];
  size_t told = 0;
  memset(verdicts, 0x5c, sizeof verdicts);
  assert_ok(sla_rules_explain(rules, event, facts->facts, facts->count, sizeof facts->facts[0],
                              facts->texts, facts->length, verdicts, 8, sizeof verdicts[0], &told,
                              NULL));
  assert_number(told, count);
  for (size_t i = 0; i < count; i++) {
    assert_number(verdicts[i].kind, wanted[i].kind);
    assert_number(verdicts[i].condition, wanted[i].condition);
  }
  assert_number(verdicts[count].kind, 0x5c5c5c5c);
}

static void why_each_rule_matches_or_not(void **state) {
  static const sla_verdict created[] = {{SLA_VERDICT_CONDITION, 0}, {SLA_VERDICT_MATCHES, 0},
                                        {SLA_VERDICT_CONDITION, 0}};
  static const sla_verdict message[] = {{SLA_VERDICT_EVENT, 0}, {SLA_VERDICT_EVENT, 0},
                                        {SLA_VERDICT_CONDITION, 0}};
  static const sla_verdict low[] = {{SLA_VERDICT_CONDITION, 1}, {SLA_VERDICT_CONDITION, 0},
                                    {SLA_VERDICT_MATCHES, 0}};
  sla_rules *rules = desk();
  ruled facts = {0}, other = {0};
  (void)state;
  ruled_add(&facts, EMAIL, "a@acme.com.evil.org");
  ruled_add(&facts, PRIORITY, "4");
  expect_verdicts(rules, SLA_RULE_CREATED, &facts, created, 3);
  expect_verdicts(rules, SLA_RULE_MESSAGE, &facts, message, 3);
  ruled_add(&other, EMAIL, "a@acme.com");
  ruled_add(&other, PRIORITY, "1");
  ruled_add(&other, TAG, "spam");
  expect_verdicts(rules, SLA_RULE_CREATED, &other, low, 3);
  sla_rules_unref(rules);
}

/* In groups of all the one condition is named; of others, the group. */
static void the_condition_that_is_blamed(void **state) {
  sla_rules_builder *b = one_rule();
  (void)state;
  tagged(b, "a");      /* 0 */
  OPEN(b, SLA_ALL_OF); /* 1 */
  tagged(b, "b");      /* 2 */
  OPEN(b, SLA_ANY_OF); /* 3 */
  tagged(b, "c");      /* 4 */
  OPEN(b, SLA_ALL_OF); /* 5 */
  tagged(b, "d");      /* 6 */
  tagged(b, "e");      /* 7 */
  CLOSE(b);
  CLOSE(b);
  CLOSE(b);
  OPEN(b, SLA_NONE_OF); /* 8 */
  tagged(b, "f");       /* 9 */
  CLOSE(b);
  sla_rules *rules = ruled_built(b);
  static const struct {
    const char *tags;
    uint32_t blamed;
  } cases[] = {{"b|c", 0}, {"a|c", 2}, {"a|b", 3}, {"a|b|d", 3}, {"a|b|c|f", 8}, {"a|b|d|e|f", 8}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    const sla_verdict wanted = {SLA_VERDICT_CONDITION, cases[i].blamed};
    ruled facts = {0};
    ruled_add(&facts, TAG, cases[i].tags);
    expect_verdicts(rules, SLA_RULE_CREATED, &facts, &wanted, 1);
  }
  sla_rules_unref(rules);
}

/* ---- facts ---- */

/* Tags may lie among others, in any order; texts may overlap, and be shared. */
static void facts_in_any_order(void **state) {
  static const char texts[] = "vipann@acme.com";
  const sla_fact facts[] = {{0, 1, TAG}, {3, 12, EMAIL}, {4, 0, PRIORITY}, {0, 3, TAG}, {15, 0, TAG}};
  sla_rules_builder *b = one_rule();
  sla_match match = {9, 9};
  (void)state;
  tagged(b, "vip");
  ruled_condition(b, EMAIL, SLA_STARTS_WITH, 0, "ann@");
  sla_rules *rules = ruled_built(b);
  assert_ok(sla_rules_match(rules, SLA_RULE_CREATED, facts, 5, sizeof facts[0], texts, 15, &match,
                            sizeof match, NULL));
  assert_number(match.rule, 0);
  sla_rules_unref(rules);
}

/* A text is bytes: zeros and what is no UTF-8 are compared like others. */
static void facts_need_not_be_utf8(void **state) {
  static const char texts[] = {'a', '\0', '\xff', 'b'};
  const sla_fact fact = {0, 4, SUBJECT};
  sla_rules_builder *b = one_rule();
  sla_match match = {9, 9};
  (void)state;
  ruled_condition(b, SUBJECT, SLA_ENDS_WITH, 0, "b");
  ruled_condition(b, SUBJECT, SLA_NOT_EQUALS, 0, "a");
  sla_rules *rules = ruled_built(b);
  assert_ok(sla_rules_match(rules, SLA_RULE_CREATED, &fact, 1, sizeof fact, texts, sizeof texts,
                            &match, sizeof match, NULL));
  assert_number(match.rule, 0);
  sla_rules_unref(rules);
}

/* ---- what was told ---- */

static void texts_equal(const char *text, size_t length, const char *wanted) {
  assert_number(length, strlen(wanted));
  assert_string_equal(text, wanted);
}

static void attributes_read_back(void **state) {
  sla_rules *rules = desk();
  char name[16];
  size_t length = 0;
  uint32_t type = 0, found = 99;
  (void)state;
  assert_number(sla_rules_attribute_count(rules), RULED_ATTRIBUTES);
  assert_ok(sla_rules_attribute(rules, CREATED, &type));
  assert_number(type, SLA_ATTRIBUTE_INSTANT);
  assert_ok(sla_rules_attribute_name(rules, EMAIL, name, sizeof name, &length));
  texts_equal(name, length, "e-mail");
  assert_ok(sla_rules_attribute_name(rules, EMAIL, NULL, 0, &length));
  assert_number(length, 6);
  assert_ok(sla_rules_find_attribute(rules, "tag", 3, &found));
  assert_number(found, TAG);
  assert_code(sla_rules_find_attribute(rules, "tags", 4, &found), SLA_E_ATTRIBUTE);
  assert_code(sla_rules_find_attribute(rules, "", 0, &found), SLA_E_ATTRIBUTE);
  assert_number(found, TAG);
  sla_rules_unref(rules);
}

static void rules_read_back(void **state) {
  sla_rules *rules = desk();
  sla_rule rule;
  char name[16];
  size_t length = 0;
  uint32_t policy = 99;
  (void)state;
  assert_number(sla_rules_count(rules), 3);
  assert_ok(sla_rules_rule(rules, 1, &rule, sizeof rule));
  assert_true(rule.events == (1u << SLA_RULE_CREATED | UINT64_C(1) << 63));
  assert_number(rule.policy, 1);
  assert_number(rule.conditions, 1);
  assert_ok(sla_rules_rule_name(rules, 2, name, sizeof name, &length));
  texts_equal(name, length, "rule 2");
  assert_ok(sla_rules_default(rules, &policy));
  assert_number(policy, 0);
  sla_rules_unref(rules);
}

static void conditions_read_back(void **state) {
  sla_rules *rules = desk();
  sla_condition condition;
  char text[16];
  size_t length = 0;
  int64_t number = 0;
  (void)state;
  assert_ok(sla_rules_condition(rules, 2, 0, &condition, sizeof condition));
  assert_number(condition.kind, SLA_ANY_OF);
  assert_number(condition.values, 0);
  assert_ok(sla_rules_condition(rules, 2, 1, &condition, sizeof condition));
  assert_number(condition.kind, SLA_TAGGED);
  assert_number(condition.attribute, TAG);
  assert_number(condition.depth, 1);
  assert_number(condition.values, 1);
  assert_ok(sla_rules_text(rules, 2, 1, 0, text, sizeof text, &length));
  texts_equal(text, length, "spam");
  assert_ok(sla_rules_text(rules, 0, 0, 0, text, 5, &length));
  assert_number(length, 8);
  assert_string_equal(text, "acme");
  assert_ok(sla_rules_number(rules, 0, 1, 0, &number));
  assert_number(number, 4);
  sla_rules_unref(rules);
}

/* A builder goes on after it has built, and from what was built. */
static void builders_go_on(void **state) {
  sla_rules *rules = desk(), *longer = NULL;
  sla_rules_builder *b = NULL;
  (void)state;
  assert_ok(sla_rules_builder_new_from(rules, NULL, &b, NULL));
  tagged(b, "not in this rule"); /* of the last one, which ends with it */
  ruled_rule(b, 0, 5);
  assert_ok(sla_rules_builder_build(b, &longer, NULL));
  expect_match(longer, SLA_RULE_UPDATED, "a@acme.com", NULL, NULL, 3, 5);
  expect_match(longer, SLA_RULE_UPDATED, NULL, NULL, "spam", 3, 5);
  expect_match(rules, SLA_RULE_UPDATED, NULL, NULL, "spam", 2, SLA_NO_POLICY);
  sla_rules_builder_free(b);
  sla_rules_unref(longer);
  sla_rules_unref(rules);
}

/* ---- all of them ---- */

int main(void) {
  static const struct CMUnitTest others[] = {
      cmocka_unit_test(conditions_of_a_rule_must_all_hold),
      cmocka_unit_test(groups),
      cmocka_unit_test(groups_in_groups),
      cmocka_unit_test(as_deep_as_can_be),
      cmocka_unit_test(the_first_rule_that_matches),
      cmocka_unit_test(rules_are_for_their_events),
      cmocka_unit_test(no_rules_are_rules),
      cmocka_unit_test(all_that_match),
      cmocka_unit_test(why_each_rule_matches_or_not),
      cmocka_unit_test(the_condition_that_is_blamed),
      cmocka_unit_test(facts_in_any_order),
      cmocka_unit_test(facts_need_not_be_utf8),
      cmocka_unit_test(attributes_read_back),
      cmocka_unit_test(rules_read_back),
      cmocka_unit_test(conditions_read_back),
      cmocka_unit_test(builders_go_on),
  };
  struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(others)];
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    tests[i] = (struct CMUnitTest){rows[i].name, holds_or_not, NULL, NULL,
                                   (void *)(uintptr_t)&rows[i]};
  memcpy(tests + COUNT_OF(rows), others, sizeof others);
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
