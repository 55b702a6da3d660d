/* SPDX-License-Identifier: MIT */
/* What rules refuse: with which code, which parameter, value or fact it names, and that nothing else
 * was touched; and where the limits are. */
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

static sla_error error; /* of the last call */

/* A call that fails at a parameter, or at none. */
#define REFUSED(call, wanted, at_argument)        \
  do {                                            \
    memset(&error, 0x5c, sizeof error);           \
    assert_code((call), (wanted));                \
    assert_number(error.code, (wanted));          \
    assert_number(error.argument, (at_argument)); \
    assert_number(error.line, 0);                 \
  } while (0)

/* A call that fails at an element of its input, with what it says there. */
#define REFUSED_AT(call, wanted, at_index, the_value) \
  do {                                                \
    REFUSED(call, wanted, 0);                         \
    assert_number(error.index, (at_index));           \
    assert_number(error.value, (the_value));          \
  } while (0)

#define ACCEPTED(call)                                              \
  do {                                                              \
    const sla_error before = error;                                 \
    assert_ok(call);                                                \
    assert_memory_equal(&before, &error, sizeof error);             \
  } while (0)

static sla_rules_builder *builder;
static sla_rules *rules;

static int set_up(void **state) {
  (void)state;
  builder = ruled_builder();
  ruled_rule(builder, 0, 1);
  ruled_condition(builder, TAG, SLA_TAGGED, 0, "a");
  assert_ok(sla_rules_builder_build(builder, &rules, NULL));
  return 0;
}

/* Whatever was refused left the builder as it was. */
static int tear_down(void **state) {
  sla_rules *again = NULL;
  uint32_t equal = 0;
  (void)state;
  assert_ok(sla_rules_builder_build(builder, &again, NULL));
  assert_ok(sla_rules_equal(rules, again, &equal));
  assert_number(equal, 1);
  sla_rules_unref(again);
  sla_rules_unref(rules);
  sla_rules_builder_free(builder);
  return 0;
}

static void starts_over(void) {
  sla_rules_builder_free(builder);
  assert_ok(sla_rules_builder_new_from(rules, NULL, &builder, NULL));
}

/* ---- builders ---- */

static void builders_refuse_null(void **state) {
  sla_rules_builder *made = builder;
  sla_rules *compiled = rules;
  uint32_t n = 7;
  const sla_fact value = {0, 1, TAG};
  (void)state;
  REFUSED(sla_rules_builder_new(NULL, NULL, &error), SLA_E_NULL, 2);
  REFUSED(sla_rules_builder_new_from(NULL, NULL, &made, &error), SLA_E_NULL, 1);
  REFUSED(sla_rules_builder_new_from(rules, NULL, NULL, &error), SLA_E_NULL, 3);
  REFUSED(sla_rules_builder_add_attribute(NULL, 1, "x", 1, &n, &error), SLA_E_NULL, 1);
  REFUSED(sla_rules_builder_add_attribute(builder, 1, NULL, 1, &n, &error), SLA_E_NULL, 3);
  REFUSED(sla_rules_builder_add_attribute(builder, 1, "x", 1, NULL, &error), SLA_E_NULL, 5);
  REFUSED(sla_rules_builder_set_default(NULL, 1, &error), SLA_E_NULL, 1);
  REFUSED(sla_rules_builder_add_rule(NULL, 0, 1, NULL, 0, &error), SLA_E_NULL, 1);
  REFUSED(sla_rules_builder_add_rule(builder, 0, 1, NULL, 1, &error), SLA_E_NULL, 4);
  REFUSED(sla_rules_builder_open_group(NULL, SLA_ANY_OF, &error), SLA_E_NULL, 1);
  REFUSED(sla_rules_builder_close_group(NULL, &error), SLA_E_NULL, 1);
  REFUSED(sla_rules_builder_add_condition(NULL, TAG, SLA_TAGGED, 0, &value, 1, sizeof value, "a", 1,
                                          &error), SLA_E_NULL, 1);
  REFUSED(sla_rules_builder_add_condition(builder, TAG, SLA_TAGGED, 0, NULL, 1, sizeof value, "a",
                                          1, &error), SLA_E_NULL, 5);
  REFUSED(sla_rules_builder_add_condition(builder, TAG, SLA_TAGGED, 0, &value, 1, sizeof value,
                                          NULL, 1, &error), SLA_E_NULL, 8);
  REFUSED(sla_rules_builder_add_text_condition(NULL, TAG, SLA_TAGGED, 0, "a", 1, &error),
          SLA_E_NULL, 1);
  REFUSED(sla_rules_builder_add_text_condition(builder, TAG, SLA_TAGGED, 0, NULL, 1, &error),
          SLA_E_NULL, 5);
  REFUSED(sla_rules_builder_build(NULL, &compiled, &error), SLA_E_NULL, 1);
  REFUSED(sla_rules_builder_build(builder, NULL, &error), SLA_E_NULL, 2);
  assert_ptr_equal(made, builder);
  assert_ptr_equal(compiled, rules);
  assert_number(n, 7);
  sla_rules_builder_free(NULL);
  sla_rules_unref(NULL);
  assert_null(sla_rules_ref(NULL));
}

static void attributes(void **state) {
  char name[257];
  uint32_t n = 7;
  (void)state;
  memset(name, 'x', sizeof name);
  REFUSED(sla_rules_builder_add_attribute(builder, 0, "x", 1, &n, &error), SLA_E_ATTRIBUTE, 2);
  REFUSED(sla_rules_builder_add_attribute(builder, 5, "x", 1, &n, &error), SLA_E_ATTRIBUTE, 2);
  REFUSED(sla_rules_builder_add_attribute(builder, 1, "tag", 3, &n, &error), SLA_E_ATTRIBUTE, 3);
  assert_number(error.value, TAG);
  REFUSED(sla_rules_builder_add_attribute(builder, 1, "", 0, &n, &error), SLA_E_NAME, 4);
  REFUSED(sla_rules_builder_add_attribute(builder, 1, "\xff", 1, &n, &error), SLA_E_NAME, 3);
  REFUSED(sla_rules_builder_add_attribute(builder, 1, "a\nb", 3, &n, &error), SLA_E_NAME, 3);
  REFUSED(sla_rules_builder_add_attribute(builder, 1, name, 256, &n, &error), SLA_E_NAME, 4);
  assert_number(error.limit, 255);
  REFUSED(sla_rules_builder_add_attribute(builder, 1, name, SIZE_MAX, &n, &error), SLA_E_NAME, 4);
  assert_number(n, 7);
}

static void rules_of_a_builder(void **state) {
  char name[256];
  (void)state;
  memset(name, 'x', sizeof name);
  static const uint32_t unknown[] = {0, 6, 15, 31};
  for (size_t i = 0; i < COUNT_OF(unknown); i++) {
    REFUSED(sla_rules_builder_add_rule(builder, UINT64_C(1) << unknown[i] | 2, 1, "r", 1, &error),
            SLA_E_EVENT, 2);
    assert_number(error.value, INT64_C(1) << unknown[i]);
  }
  REFUSED(sla_rules_builder_add_rule(builder, 0, 1, name, 256, &error), SLA_E_NAME, 5);
  REFUSED(sla_rules_builder_add_rule(builder, 0, 1, "\xc0\x80", 2, &error), SLA_E_NAME, 4);
  ACCEPTED(sla_rules_builder_add_rule(builder, UINT64_C(0xffffffff0000003e), 1, name, 255, &error));
  starts_over();
}

static void groups(void **state) {
  sla_rules_builder *fresh = ruled_builder();
  sla_rules *made = NULL;
  (void)state;
  REFUSED(sla_rules_builder_open_group(fresh, SLA_ANY_OF, &error), SLA_E_CONDITION, 1);
  REFUSED(sla_rules_builder_close_group(fresh, &error), SLA_E_CONDITION, 1);
  REFUSED(sla_rules_builder_add_text_condition(fresh, TAG, SLA_TAGGED, 0, "a", 1, &error),
          SLA_E_CONDITION, 1);
  sla_rules_builder_free(fresh);
  REFUSED(sla_rules_builder_open_group(builder, 0, &error), SLA_E_CONDITION, 2);
  REFUSED(sla_rules_builder_open_group(builder, 4, &error), SLA_E_CONDITION, 2);
  REFUSED(sla_rules_builder_open_group(builder, SLA_TAGGED, &error), SLA_E_CONDITION, 2);
  ACCEPTED(sla_rules_builder_open_group(builder, SLA_NONE_OF, &error));
  REFUSED(sla_rules_builder_close_group(builder, &error), SLA_E_CONDITION, 1); /* empty */
  REFUSED(sla_rules_builder_add_rule(builder, 0, 1, "r", 1, &error), SLA_E_CONDITION, 1);
  REFUSED(sla_rules_builder_build(builder, &made, &error), SLA_E_CONDITION, 1);
  assert_null(made);
  ACCEPTED(sla_rules_builder_add_text_condition(builder, TAG, SLA_TAGGED, 0, "a", 1, &error));
  REFUSED(sla_rules_builder_build(builder, &made, &error), SLA_E_CONDITION, 1);
  ACCEPTED(sla_rules_builder_close_group(builder, &error));
  REFUSED(sla_rules_builder_close_group(builder, &error), SLA_E_CONDITION, 1);
  starts_over();
}

/* ---- conditions ---- */

static int32_t add(uint32_t attribute, uint32_t kind, uint32_t flags, const sla_fact *values,
                   size_t count) {
  return sla_rules_builder_add_condition(builder, attribute, kind, flags, values, count,
                                         sizeof *values, "abc\xff@.x", 7, &error);
}

/* Which tests there are of each type. */
static void tests_of_a_type(void **state) {
  static const struct {
    uint32_t attribute;
    uint64_t kinds;
  } types[] = {{SUBJECT, 0x07ff00}, {PRIORITY, 0x383f00}, {CREATED, 0x383f00}, {TAG, 0x400300}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(types); i++) {
    uint32_t attribute = types[i].attribute;
    bool text = attribute == SUBJECT || attribute == TAG;
    const sla_fact values[] = {{0, text ? 1 : 0, attribute}, {0, text ? 1 : 0, attribute}};
    for (uint32_t kind = 0; kind < 64; kind++) {
      size_t count = kind <= SLA_IS_ABSENT ? 0 : kind == SLA_BETWEEN ? 2 : 1;
      if (types[i].kinds >> kind & 1) ACCEPTED(add(attribute, kind, 0, values, count));
      else REFUSED(add(attribute, kind, 0, values, count), SLA_E_CONDITION, 3);
    }
  }
  REFUSED(add(TAG, UINT32_MAX, 0, NULL, 0), SLA_E_CONDITION, 3);
  starts_over();
}

static void flags_and_attributes(void **state) {
  const sla_fact text = {0, 1, SUBJECT}, number = {0, 0, PRIORITY}, domain = {0, 1, EMAIL};
  (void)state;
  REFUSED(add(SUBJECT, SLA_EQUALS, 2, &text, 1), SLA_E_CONDITION, 4);
  REFUSED(add(SUBJECT, SLA_EQUALS, UINT32_MAX, &text, 1), SLA_E_CONDITION, 4);
  REFUSED(add(SUBJECT, SLA_IS_PRESENT, SLA_IGNORE_CASE, NULL, 0), SLA_E_CONDITION, 4);
  REFUSED(add(PRIORITY, SLA_EQUALS, SLA_IGNORE_CASE, &number, 1), SLA_E_CONDITION, 4);
  REFUSED(add(EMAIL, SLA_EMAIL_DOMAIN, SLA_IGNORE_CASE, &domain, 1), SLA_E_CONDITION, 4);
  REFUSED(add(RULED_ATTRIBUTES, SLA_IS_PRESENT, 0, NULL, 0), SLA_E_ATTRIBUTE, 2);
  REFUSED(add(UINT32_MAX, SLA_IS_PRESENT, 0, NULL, 0), SLA_E_ATTRIBUTE, 2);
}

static void how_many_values(void **state) {
  const sla_fact texts[] = {{0, 1, SUBJECT}, {0, 1, SUBJECT}};
  const sla_fact numbers[] = {{1, 0, PRIORITY}, {2, 0, PRIORITY}, {3, 0, PRIORITY}};
  (void)state;
  REFUSED(add(SUBJECT, SLA_IS_PRESENT, 0, texts, 1), SLA_E_CONDITION, 6);
  REFUSED(add(SUBJECT, SLA_EQUALS, 0, texts, 0), SLA_E_CONDITION, 6);
  REFUSED(add(SUBJECT, SLA_EQUALS, 0, texts, 2), SLA_E_CONDITION, 6);
  REFUSED(add(SUBJECT, SLA_CONTAINS, 0, texts, 2), SLA_E_CONDITION, 6);
  REFUSED(add(SUBJECT, SLA_IN, 0, texts, 0), SLA_E_CONDITION, 6);
  REFUSED(add(PRIORITY, SLA_BETWEEN, 0, numbers, 1), SLA_E_CONDITION, 6);
  REFUSED(add(PRIORITY, SLA_BETWEEN, 0, numbers, 3), SLA_E_CONDITION, 6);
  REFUSED(add(PRIORITY, SLA_LESS, 0, numbers, 2), SLA_E_CONDITION, 6);
}

static void values_that_say_what_they_cannot(void **state) {
  const sla_fact second[] = {{0, 1, SUBJECT}, {0, 1, EMAIL}};
  const sla_fact beyond[] = {{0, 7, SUBJECT}, {6, 2, SUBJECT}, {8, 0, SUBJECT}, {-1, 1, SUBJECT}};
  const sla_fact odd[] = {{3, 1, SUBJECT}, {0, 256, SUBJECT}, {0, 0, SUBJECT}};
  const sla_fact domains[] = {{0, 1, EMAIL}, {4, 1, EMAIL}, {5, 2, EMAIL}, {2, 0, EMAIL}};
  const sla_fact ends[] = {{5, 0, PRIORITY}, {4, 0, PRIORITY}}, longer = {1, 1, PRIORITY};
  const sla_fact instants[] = {{0, 0, CREATED}, {SLA_NONE, 0, CREATED}};
  (void)state;
  REFUSED_AT(add(SUBJECT, SLA_IN, 0, second, 2), SLA_E_CONDITION, 1, EMAIL);
  REFUSED_AT(add(SUBJECT, SLA_EQUALS, 0, &beyond[0], 1), SLA_E_CONDITION, 0, 0); /* no UTF-8 */
  for (size_t i = 1; i < COUNT_OF(beyond); i++)
    REFUSED_AT(add(SUBJECT, SLA_EQUALS, 0, &beyond[i], 1), SLA_E_CONDITION, 0, beyond[i].value);
  REFUSED_AT(add(SUBJECT, SLA_EQUALS, 0, &odd[0], 1), SLA_E_CONDITION, 0, 3);
  REFUSED_AT(add(SUBJECT, SLA_EQUALS, 0, &odd[1], 1), SLA_E_CONDITION, 0, 256);
  for (uint32_t kind = SLA_CONTAINS; kind <= SLA_EMAIL_DOMAIN; kind++)
    REFUSED_AT(add(SUBJECT, kind, 0, &odd[2], 1), SLA_E_CONDITION, 0, 0);
  for (size_t i = 1; i < COUNT_OF(domains); i++) {
    const sla_fact two[] = {domains[0], domains[i]};
    REFUSED_AT(add(EMAIL, SLA_EMAIL_DOMAIN, 0, two, 2), SLA_E_CONDITION, 1, domains[i].value);
  }
  REFUSED_AT(add(PRIORITY, SLA_BETWEEN, 0, ends, 2), SLA_E_CONDITION, 1, 4);
  assert_number(error.limit, 5);
  REFUSED_AT(add(PRIORITY, SLA_EQUALS, 0, &longer, 1), SLA_E_CONDITION, 0, 1);
  REFUSED_AT(add(CREATED, SLA_IN, 0, instants, 2), SLA_E_RANGE, 1, SLA_NONE);
}

static void values_of_other_versions(void **state) {
  struct {
    sla_fact known;
    int64_t later;
  } wider[] = {{{0, 1, SUBJECT}, 0}, {{1, 1, SUBJECT}, 1}};
  (void)state;
  REFUSED(sla_rules_builder_add_condition(builder, SUBJECT, SLA_EQUALS, 0, &wider[0].known, 1, 12,
                                          "ab", 2, &error), SLA_E_ABI, 7);
  REFUSED_AT(sla_rules_builder_add_condition(builder, SUBJECT, SLA_IN, 0, &wider[0].known, 2,
                                             sizeof wider[0], "ab", 2, &error), SLA_E_ABI, 1,
             sizeof wider[0]);
  ACCEPTED(sla_rules_builder_add_condition(builder, SUBJECT, SLA_IN, 0, &wider[0].known, 1,
                                           sizeof wider[0], "ab", 2, &error));
  starts_over();
}

static void single_texts(void **state) {
  char text[256];
  (void)state;
  memset(text, 'x', sizeof text);
  REFUSED(sla_rules_builder_add_text_condition(builder, SUBJECT, SLA_EQUALS, 0, text, 256, &error),
          SLA_E_CONDITION, 6);
  REFUSED(sla_rules_builder_add_text_condition(builder, SUBJECT, SLA_EQUALS, 0, text, SIZE_MAX,
                                               &error), SLA_E_CONDITION, 6);
  REFUSED(sla_rules_builder_add_text_condition(builder, PRIORITY, SLA_EQUALS, 0, "", 0, &error),
          SLA_E_CONDITION, 3);
  REFUSED(sla_rules_builder_add_text_condition(builder, SUBJECT, SLA_IS_PRESENT, 0, "a", 1, &error),
          SLA_E_CONDITION, 6);
  REFUSED(sla_rules_builder_add_text_condition(builder, 99, SLA_EQUALS, 0, "a", 1, &error),
          SLA_E_ATTRIBUTE, 2);
  ACCEPTED(sla_rules_builder_add_text_condition(builder, SUBJECT, SLA_EQUALS, 0, text, 255, &error));
  starts_over();
}

/* ---- limits ---- */

static void limit_of_attributes(void **state) {
  uint32_t n = 0;
  (void)state;
  for (int i = RULED_ATTRIBUTES; i < 256; i++) {
    char name[8];
    int length = snprintf(name, sizeof name, "%d", i);
    ACCEPTED(sla_rules_builder_add_attribute(builder, 1, name, (size_t)length, &n, &error));
    assert_number(n, i);
  }
  REFUSED(sla_rules_builder_add_attribute(builder, 1, "x", 1, &n, &error), SLA_E_LIMIT, 0);
  assert_number(error.limit, 256);
  ACCEPTED(sla_rules_builder_add_text_condition(builder, 255, SLA_EQUALS, 0, "a", 1, &error));
  starts_over();
}

static void limit_of_rules(void **state) {
  (void)state;
  for (int i = 1; i < 1024; i++)
    ACCEPTED(sla_rules_builder_add_rule(builder, 0, 1, NULL, 0, &error));
  REFUSED(sla_rules_builder_add_rule(builder, 0, 1, NULL, 0, &error), SLA_E_LIMIT, 0);
  assert_number(error.limit, 1024);
  starts_over();
}

static void limit_of_conditions(void **state) {
  (void)state;
  for (int i = 1; i < 16384; i++) ACCEPTED(add(SUBJECT, SLA_IS_PRESENT, 0, NULL, 0));
  REFUSED(add(SUBJECT, SLA_IS_PRESENT, 0, NULL, 0), SLA_E_LIMIT, 0);
  REFUSED(sla_rules_builder_open_group(builder, SLA_ANY_OF, &error), SLA_E_LIMIT, 0);
  starts_over();
}

static void limit_of_values(void **state) {
  sla_fact *values = calloc(16384, sizeof *values);
  (void)state;
  assert_non_null(values);
  for (int i = 0; i < 16384; i++) values[i].attribute = PRIORITY;
  REFUSED(add(PRIORITY, SLA_IN, 0, values, 16384), SLA_E_LIMIT, 6); /* one is there already */
  assert_number(error.limit, 16383);
  ACCEPTED(add(PRIORITY, SLA_IN, 0, values, 16383));
  REFUSED(add(PRIORITY, SLA_IN, 0, values, SIZE_MAX), SLA_E_LIMIT, 6);
  free(values);
  starts_over();
}

static void limit_of_depth(void **state) {
  (void)state;
  for (int i = 0; i < 16; i++) ACCEPTED(sla_rules_builder_open_group(builder, SLA_ANY_OF, &error));
  REFUSED(sla_rules_builder_open_group(builder, SLA_ANY_OF, &error), SLA_E_LIMIT, 0);
  assert_number(error.limit, 16);
  ACCEPTED(add(SUBJECT, SLA_IS_PRESENT, 0, NULL, 0));
  starts_over();
}

/* ---- facts ---- */

static sla_match match;
static sla_verdict verdict;
static size_t count_told;

/* The three calls refuse the same. */
#define FACTS_REFUSED(refused, event, facts, n, stride, texts, length)                              \
  do {                                                                                              \
    match = (sla_match){3, 4};                                                                      \
    verdict = (sla_verdict){3, 4};                                                                  \
    count_told = 5;                                                                                 \
    refused(sla_rules_match(rules, event, facts, n, stride, texts, length, &match, sizeof match,    \
                            &error));                                                               \
    refused(sla_rules_match_all(rules, event, facts, n, stride, texts, length, &match, 1,           \
                                sizeof match, &count_told, &error));                                \
    refused(sla_rules_explain(rules, event, facts, n, stride, texts, length, &verdict, 1,           \
                              sizeof verdict, &count_told, &error));                                \
    assert_number(match.rule, 3);                                                                   \
    assert_number(verdict.kind, 3);                                                                 \
    assert_number(count_told, 5);                                                                   \
  } while (0)

#define NULL_3(call) REFUSED(call, SLA_E_NULL, 3)
#define NULL_6(call) REFUSED(call, SLA_E_NULL, 6)
#define EVENT_2(call) REFUSED(call, SLA_E_EVENT, 2)
#define ABI_5(call) REFUSED(call, SLA_E_ABI, 5)
#define FACT_1(call) REFUSED_AT(call, SLA_E_FACT, 1, facts[1].value)
#define ABI_1(call) REFUSED_AT(call, SLA_E_ABI, 1, sizeof wider[0])

static void what_is_asked(void **state) {
  static const uint32_t events[] = {0, 6, 31, 64, UINT32_MAX};
  const sla_fact fact = {0, 1, SUBJECT};
  (void)state;
  FACTS_REFUSED(NULL_3, SLA_RULE_CREATED, NULL, 1, sizeof fact, "a", 1);
  FACTS_REFUSED(NULL_6, SLA_RULE_CREATED, &fact, 1, sizeof fact, NULL, 1);
  for (size_t i = 0; i < COUNT_OF(events); i++)
    FACTS_REFUSED(EVENT_2, events[i], &fact, 1, sizeof fact, "a", 1);
  FACTS_REFUSED(ABI_5, SLA_RULE_CREATED, &fact, 1, 8, "a", 1);
  FACTS_REFUSED(ABI_5, SLA_RULE_CREATED, &fact, 1, 20, "a", 1);
}

static void facts_of_other_versions(void **state) {
  const struct {
    sla_fact known;
    int64_t later;
  } wider[] = {{{0, 1, SUBJECT}, 0}, {{0, 1, TAG}, 1}};
  (void)state;
  FACTS_REFUSED(ABI_1, SLA_RULE_CREATED, &wider[0].known, 2, sizeof wider[0], "a", 1);
  ACCEPTED(sla_rules_match(rules, SLA_RULE_CREATED, &wider[0].known, 1, sizeof wider[0], "a", 1,
                           &match, sizeof match, &error));
}

static void facts_that_say_what_they_cannot(void **state) {
  static const sla_fact wrong[] = {{1, 2, SUBJECT}, {3, 0, SUBJECT}, {-1, 0, SUBJECT},
                                   {INT64_MAX, UINT32_MAX, TAG}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(wrong); i++) {
    const sla_fact facts[] = {{0, 2, EMAIL}, wrong[i]};
    FACTS_REFUSED(FACT_1, SLA_RULE_CREATED, facts, 2, sizeof facts[0], "ab", 2);
  }
  const sla_fact nobody = {0, 0, RULED_ATTRIBUTES}, twice[] = {{1, 0, PRIORITY}, {1, 0, PRIORITY}};
  const sla_fact longer = {1, 1, PRIORITY}, never = {SLA_TIME_MAX + 1, 0, CREATED};
  match = (sla_match){3, 4};
#define ASK(facts, n) \
  sla_rules_match(rules, 1, facts, n, sizeof *(facts), "ab", 2, &match, sizeof match, &error)
  REFUSED_AT(ASK(&nobody, 1), SLA_E_FACT, 0, RULED_ATTRIBUTES);
  REFUSED_AT(ASK(twice, 2), SLA_E_FACT, 1, PRIORITY);
  REFUSED_AT(ASK(&longer, 1), SLA_E_FACT, 0, 1);
  REFUSED_AT(ASK(&never, 1), SLA_E_RANGE, 0, SLA_TIME_MAX + 1);
  assert_number(match.rule, 3);
}

static void what_is_answered(void **state) {
  size_t n = 5;
  sla_rules_lint lint = {9, 9, 9, 9};
  (void)state;
  match = (sla_match){3, 4};
  REFUSED(sla_rules_match(NULL, 1, NULL, 0, 0, NULL, 0, &match, sizeof match, &error), SLA_E_NULL,
          1);
  REFUSED(sla_rules_match(rules, 1, NULL, 0, 0, NULL, 0, NULL, sizeof match, &error), SLA_E_NULL, 8);
  REFUSED(sla_rules_match(rules, 1, NULL, 0, 0, NULL, 0, &match, 4, &error), SLA_E_ABI, 9);
  REFUSED(sla_rules_match_all(NULL, 1, NULL, 0, 0, NULL, 0, &match, 1, sizeof match, &n, &error),
          SLA_E_NULL, 1);
  REFUSED(sla_rules_match_all(rules, 1, NULL, 0, 0, NULL, 0, NULL, 1, sizeof match, &n, &error),
          SLA_E_NULL, 8);
  REFUSED(sla_rules_match_all(rules, 1, NULL, 0, 0, NULL, 0, &match, 1, 7, &n, &error), SLA_E_ABI,
          10);
  REFUSED(sla_rules_match_all(rules, 1, NULL, 0, 0, NULL, 0, &match, 1, sizeof match, NULL, &error),
          SLA_E_NULL, 11);
  REFUSED(sla_rules_explain(NULL, 1, NULL, 0, 0, NULL, 0, &verdict, 1, sizeof verdict, &n, &error),
          SLA_E_NULL, 1);
  REFUSED(sla_rules_explain(rules, 1, NULL, 0, 0, NULL, 0, NULL, 1, sizeof verdict, &n, &error),
          SLA_E_NULL, 8);
  REFUSED(sla_rules_explain(rules, 1, NULL, 0, 0, NULL, 0, &verdict, 1, 0, &n, &error), SLA_E_ABI,
          10);
  REFUSED(sla_rules_explain(rules, 1, NULL, 0, 0, NULL, 0, &verdict, 1, sizeof verdict, NULL,
                            &error), SLA_E_NULL, 11);
  REFUSED(sla_rules_lints(NULL, 1, &lint, 1, sizeof lint, &n, &error), SLA_E_NULL, 1);
  REFUSED(sla_rules_lints(rules, 1, NULL, 1, sizeof lint, &n, &error), SLA_E_NULL, 3);
  REFUSED(sla_rules_lints(rules, 1, &lint, 1, 15, &n, &error), SLA_E_ABI, 5);
  REFUSED(sla_rules_lints(rules, 1, &lint, 1, sizeof lint, NULL, &error), SLA_E_NULL, 6);
  assert_number(match.rule, 3);
  assert_number(lint.kind, 9);
  assert_number(n, 5);
}

/* Larger records than this version knows are filled up with zeros. */
static void answers_of_later_versions(void **state) {
  struct {
    sla_match known;
    uint32_t later[2];
  } wider[2];
  size_t n = 0;
  (void)state;
  memset(wider, 0x5c, sizeof wider);
  ruled_rule(builder, 0, 2);
  ruled_rule(builder, 0, 3);
  sla_rules *more = NULL;
  assert_ok(sla_rules_builder_build(builder, &more, NULL));
  assert_ok(sla_rules_match_all(more, 1, NULL, 0, 0, NULL, 0, &wider[0].known, 2, sizeof wider[0],
                                &n, NULL));
  assert_number(n, 2);
  assert_number(wider[1].known.policy, 3);
  assert_number(wider[0].later[0], 0);
  assert_number(wider[1].later[1], 0);
  sla_rules_unref(more);
  starts_over();
}

/* ---- reading back ---- */

static void what_is_read_back(void **state) {
  char text[4] = "abc";
  size_t n = 5;
  uint32_t number = 5;
  int64_t value = 5;
  sla_rule rule = {.policy = 5};
  sla_condition condition = {.kind = 5};
  (void)state;
  assert_number(sla_rules_count(NULL), 0);
  assert_number(sla_rules_attribute_count(NULL), 0);
  assert_code(sla_rules_attribute(NULL, 0, &number), SLA_E_NULL);
  assert_code(sla_rules_attribute(rules, 0, NULL), SLA_E_NULL);
  assert_code(sla_rules_attribute(rules, RULED_ATTRIBUTES, &number), SLA_E_ATTRIBUTE);
  assert_code(sla_rules_attribute_name(NULL, 0, text, 4, &n), SLA_E_NULL);
  assert_code(sla_rules_attribute_name(rules, 0, NULL, 4, &n), SLA_E_NULL);
  assert_code(sla_rules_attribute_name(rules, 0, text, 4, NULL), SLA_E_NULL);
  assert_code(sla_rules_attribute_name(rules, 99, text, 4, &n), SLA_E_ATTRIBUTE);
  assert_code(sla_rules_find_attribute(NULL, "tag", 3, &number), SLA_E_NULL);
  assert_code(sla_rules_find_attribute(rules, NULL, 3, &number), SLA_E_NULL);
  assert_code(sla_rules_find_attribute(rules, "tag", 3, NULL), SLA_E_NULL);
  assert_code(sla_rules_rule(NULL, 0, &rule, sizeof rule), SLA_E_NULL);
  assert_code(sla_rules_rule(rules, 0, NULL, sizeof rule), SLA_E_NULL);
  assert_code(sla_rules_rule(rules, 0, &rule, 8), SLA_E_ABI);
  assert_code(sla_rules_rule(rules, 1, &rule, sizeof rule), SLA_E_ARGUMENT);
  assert_code(sla_rules_rule_name(NULL, 0, text, 4, &n), SLA_E_NULL);
  assert_code(sla_rules_rule_name(rules, 0, NULL, 4, &n), SLA_E_NULL);
  assert_code(sla_rules_rule_name(rules, 0, text, 4, NULL), SLA_E_NULL);
  assert_code(sla_rules_rule_name(rules, 1, text, 4, &n), SLA_E_ARGUMENT);
  assert_code(sla_rules_condition(NULL, 0, 0, &condition, sizeof condition), SLA_E_NULL);
  assert_code(sla_rules_condition(rules, 0, 0, NULL, sizeof condition), SLA_E_NULL);
  assert_code(sla_rules_condition(rules, 0, 0, &condition, 20), SLA_E_ABI);
  assert_code(sla_rules_condition(rules, 0, 1, &condition, sizeof condition), SLA_E_ARGUMENT);
  assert_code(sla_rules_condition(rules, 1, 0, &condition, sizeof condition), SLA_E_ARGUMENT);
  assert_code(sla_rules_number(NULL, 0, 0, 0, &value), SLA_E_NULL);
  assert_code(sla_rules_number(rules, 0, 0, 0, NULL), SLA_E_NULL);
  assert_code(sla_rules_number(rules, 0, 0, 0, &value), SLA_E_ARGUMENT); /* it is a text */
  assert_code(sla_rules_text(NULL, 0, 0, 0, text, 4, &n), SLA_E_NULL);
  assert_code(sla_rules_text(rules, 0, 0, 0, NULL, 4, &n), SLA_E_NULL);
  assert_code(sla_rules_text(rules, 0, 0, 0, text, 4, NULL), SLA_E_NULL);
  assert_code(sla_rules_text(rules, 0, 0, 1, text, 4, &n), SLA_E_ARGUMENT);
  assert_code(sla_rules_text(rules, 0, 1, 0, text, 4, &n), SLA_E_ARGUMENT);
  assert_code(sla_rules_default(NULL, &number), SLA_E_NULL);
  assert_code(sla_rules_default(rules, NULL), SLA_E_NULL);
  assert_string_equal(text, "abc");
  assert_number(n + number + (uint32_t)value + rule.policy + condition.kind, 25);
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define CASE(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
      CASE(builders_refuse_null),
      CASE(attributes),
      CASE(rules_of_a_builder),
      CASE(groups),
      CASE(tests_of_a_type),
      CASE(flags_and_attributes),
      CASE(how_many_values),
      CASE(values_that_say_what_they_cannot),
      CASE(values_of_other_versions),
      CASE(single_texts),
      CASE(limit_of_attributes),
      CASE(limit_of_rules),
      CASE(limit_of_conditions),
      CASE(limit_of_values),
      CASE(limit_of_depth),
      CASE(what_is_asked),
      CASE(facts_of_other_versions),
      CASE(facts_that_say_what_they_cannot),
      CASE(what_is_answered),
      CASE(answers_of_later_versions),
      CASE(what_is_read_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
