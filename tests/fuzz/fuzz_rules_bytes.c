/* SPDX-License-Identifier: MIT */
/* Bytes of rules: refused with a place among them, or rules that have exactly these bytes, judge
 * tickets, tell what is wrong with them, and can be built again. */
#include "fuzz.h"

static void check_bytes(const sla_rules *rules, const uint8_t *data, size_t size) {
  size_t length = 0;
  uint8_t *again = malloc(size);
  must(again != NULL && sla_rules_bytes(rules, again, size, &length) == SLA_OK);
  must(length == size && memcmp(again, data, size) == 0);
  free(again);
}

static void build_again(const sla_rules *rules) {
  sla_rules_builder *builder = NULL;
  sla_rules *again = NULL;
  uint32_t equal = 0;
  uint64_t hash[2] = {0, 1};
  must(sla_rules_builder_new_from(rules, NULL, &builder, NULL) == SLA_OK);
  must(sla_rules_builder_build(builder, &again, NULL) == SLA_OK);
  must(sla_rules_equal(rules, again, &equal) == SLA_OK && equal == 1);
  must(sla_rules_hash(rules, &hash[0]) == SLA_OK);
  must(sla_rules_hash(again, &hash[1]) == SLA_OK && hash[0] == hash[1]);
  sla_rules_builder_free(builder);
  sla_rules_unref(again);
}

enum { RULES = 1024 };

/* A ticket of which everything is known, each fact the same text or its place in it. */
static void judge(const sla_rules *rules, uint32_t known) {
  static const char text[] = "Ann@mail.acme.com";
  static sla_verdict verdicts[RULES];
  static sla_fact facts[256];
  sla_match match;
  size_t count = 0;
  for (uint32_t i = 0; i < known; i++) {
    uint32_t type = 0;
    must(sla_rules_attribute(rules, i, &type) == SLA_OK);
    bool words = type == SLA_ATTRIBUTE_TEXT || type == SLA_ATTRIBUTE_TAGS;
    facts[i] = (sla_fact){i % 5, words ? 12 : 0, i};
  }
  must(sla_rules_match(rules, SLA_RULE_CREATED, facts, known, sizeof facts[0], text,
                       sizeof text - 1, &match, sizeof match, NULL) == SLA_OK);
  must(sla_rules_explain(rules, SLA_RULE_CREATED, facts, known, sizeof facts[0], text,
                         sizeof text - 1, verdicts, RULES, sizeof verdicts[0], &count,
                         NULL) == SLA_OK);
  must(count == sla_rules_count(rules));
  for (size_t i = 0; i < count; i++) {
    sla_rule rule;
    must(sla_rules_rule(rules, (uint32_t)i, &rule, sizeof rule) == SLA_OK);
    must((verdicts[i].kind == SLA_VERDICT_MATCHES) == (i == match.rule) || i > match.rule);
    must(verdicts[i].kind != SLA_VERDICT_CONDITION || verdicts[i].condition < rule.conditions);
  }
}

/* No rule matches that is said to contradict itself. */
static void check_lints(const sla_rules *rules) {
  sla_rules_lint lints[16];
  size_t count = 0;
  must(sla_rules_lints(rules, 4, lints, 16, sizeof lints[0], &count, NULL) == SLA_OK);
  must(count <= 2 * (size_t)sla_rules_count(rules) + 1);
  for (size_t i = 0; i < count && i < 16; i++)
    must(lints[i].rule == SLA_NO_RULE || lints[i].rule < sla_rules_count(rules));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  sla_rules *rules = NULL;
  sla_error error = {0};
  int32_t code = sla_rules_new_bytes(data, size, NULL, &rules, &error);
  if (code != SLA_OK) {
    must(rules == NULL && (code == SLA_E_BYTES || code == SLA_E_LIMIT));
    must(error.code == code && error.index >= 0 && (size_t)error.index <= size);
    return 0;
  }
  check_bytes(rules, data, size);
  build_again(rules);
  judge(rules, 0);
  judge(rules, sla_rules_attribute_count(rules));
  check_lints(rules);
  sla_rules_unref(rules);
  return 0;
}
