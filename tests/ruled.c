/* SPDX-License-Identifier: MIT */
#include "ruled.h"

#include "support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

const uint32_t ruled_types[RULED_ATTRIBUTES] = {
    SLA_ATTRIBUTE_TEXT, SLA_ATTRIBUTE_TEXT, SLA_ATTRIBUTE_INTEGER, SLA_ATTRIBUTE_INSTANT,
    SLA_ATTRIBUTE_TAGS};

static void add_one(ruled *to, uint32_t attribute, const char *text, size_t length) {
  char number[32] = "";
  assert_in_range(to->count, 0, RULED_FACTS - 1);
  sla_fact *fact = &to->facts[to->count++];
  *fact = (sla_fact){0, 0, attribute};
  if (ruled_types[attribute] == SLA_ATTRIBUTE_INTEGER ||
      ruled_types[attribute] == SLA_ATTRIBUTE_INSTANT) {
    assert_in_range(length, 1, sizeof number - 1);
    memcpy(number, text, length);
    fact->value = strtoll(number, NULL, 10);
    return;
  }
  assert_in_range(to->length + length, 0, sizeof to->texts);
  memcpy(to->texts + to->length, text, length);
  fact->value = (int64_t)to->length;
  fact->length = (uint32_t)length;
  to->length += length;
}

void ruled_add_split(ruled *to, uint32_t attribute, const char *list) {
  for (const char *end; (end = strchr(list, '|')) != NULL; list = end + 1)
    add_one(to, attribute, list, (size_t)(end - list));
  add_one(to, attribute, list, strlen(list));
}

void ruled_add(ruled *to, uint32_t attribute, const char *list) {
  if (ruled_types[attribute] == SLA_ATTRIBUTE_TAGS) ruled_add_split(to, attribute, list);
  else add_one(to, attribute, list, strlen(list));
}

sla_rules_builder *ruled_builder(void) {
  static const char *const names[] = {"e-mail", "subject", "priority", "created", "tag"};
  sla_rules_builder *builder = NULL;
  assert_ok(sla_rules_builder_new(NULL, &builder, NULL));
  for (uint32_t i = 0; i < RULED_ATTRIBUTES; i++) {
    uint32_t attribute = 99;
    assert_ok(sla_rules_builder_add_attribute(builder, ruled_types[i], names[i], strlen(names[i]),
                                              &attribute, NULL));
    assert_number(attribute, i);
  }
  return builder;
}

/* How many rules a builder has, with all its groups closed. */
static uint32_t rules_in(const sla_rules_builder *builder) {
  sla_rules *rules = NULL;
  assert_ok(sla_rules_builder_build(builder, &rules, NULL));
  uint32_t count = sla_rules_count(rules);
  sla_rules_unref(rules);
  return count;
}

void ruled_rule(sla_rules_builder *builder, uint64_t events, uint32_t policy) {
  char name[32];
  int length = snprintf(name, sizeof name, "rule %u", rules_in(builder));
  assert_ok(sla_rules_builder_add_rule(builder, events, policy, name, (size_t)length, NULL));
}

void ruled_condition(sla_rules_builder *builder, uint32_t attribute, uint32_t kind, uint32_t flags,
                     const char *values) {
  ruled told = {0};
  if (values != NULL) ruled_add_split(&told, attribute, values);
  assert_ok(sla_rules_builder_add_condition(builder, attribute, kind, flags, told.facts,
                                            told.count, sizeof told.facts[0], told.texts,
                                            told.length, NULL));
}

sla_rules *ruled_built(sla_rules_builder *builder) {
  sla_rules *rules = NULL;
  assert_ok(sla_rules_builder_build(builder, &rules, NULL));
  sla_rules_builder_free(builder);
  return rules;
}

sla_match ruled_match(const sla_rules *rules, uint32_t event, const ruled *facts) {
  sla_match match = {99, 99};
  assert_ok(sla_rules_match(rules, event, facts->facts, facts->count, sizeof facts->facts[0],
                            facts->texts, facts->length, &match, sizeof match, NULL));
  return match;
}
