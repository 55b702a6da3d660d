/* SPDX-License-Identifier: MIT */
/* A builder of rules that is told anything in any order, and facts of any kind: each is refused with
 * a code of the list and changes nothing, or does what it says. */
#include "fuzz.h"

/* Texts of the values and of the facts. */
static const char texts[] = "Ann@mail.acme.com\0\xc3\xa4\xff,acme.com";

static uint64_t told(const sla_rules_builder *builder) {
  sla_rules *rules = NULL;
  uint64_t hash = 0;
  int32_t code = sla_rules_builder_build(builder, &rules, NULL);
  must(code == SLA_OK || (code == SLA_E_CONDITION && rules == NULL));
  if (code == SLA_OK) must(sla_rules_hash(rules, &hash) == SLA_OK);
  sla_rules_unref(rules);
  return hash;
}

static sla_fact any_fact(bytes *from, uint32_t attribute) {
  sla_fact fact = {(int64_t)take(from, 1), 0, attribute};
  uint64_t rare = take(from, 1);
  if (rare % 4 != 0) fact.length = (uint32_t)rare / 16;
  if (rare % 32 == 1) fact.value = (int64_t)take(from, 8);
  if (rare % 32 == 2) fact.length = (uint32_t)take(from, 4);
  return fact;
}

static int32_t add_condition(sla_rules_builder *builder, bytes *from) {
  uint32_t attribute = (uint32_t)take(from, 1) % 9, kind = (uint32_t)take(from, 1) % 25;
  uint32_t flags = take(from, 1) % 8 == 0;
  sla_fact values[4];
  size_t count = (size_t)take(from, 1) % 4;
  for (size_t i = 0; i < count; i++) values[i] = any_fact(from, attribute);
  return sla_rules_builder_add_condition(builder, attribute, kind, flags, values, count,
                                         sizeof values[0], texts, sizeof texts, NULL);
}

static int32_t tell(sla_rules_builder *builder, bytes *from) {
  uint32_t attribute;
  uint64_t what = take(from, 1) % 16, n = take(from, 1);
  switch (what) {
    case 0:
      return sla_rules_builder_add_attribute(builder, (uint32_t)n % 6, texts + n % 8, n / 16,
                                             &attribute, NULL);
    case 1: return sla_rules_builder_add_rule(builder, n % 3 ? n : take(from, 8), 1, texts, 3, NULL);
    case 2: return sla_rules_builder_set_default(builder, (uint32_t)n, NULL);
    case 3:
    case 4: return sla_rules_builder_open_group(builder, (uint32_t)n % 5, NULL);
    case 5: return sla_rules_builder_close_group(builder, NULL);
    case 6:
      return sla_rules_builder_add_text_condition(builder, (uint32_t)n % 9,
                                                  (uint32_t)take(from, 1) % 25, 0, texts + n % 16,
                                                  (size_t)take(from, 1) % 16, NULL);
    default: return add_condition(builder, from);
  }
}

static bool listed(int32_t code) {
  return code == SLA_E_NAME || code == SLA_E_ATTRIBUTE || code == SLA_E_EVENT ||
         code == SLA_E_CONDITION || code == SLA_E_LIMIT || code == SLA_E_RANGE;
}

/* Groups that are still open cannot be closed when they are empty. */
static void finish(sla_rules_builder *builder) {
  while (sla_rules_builder_close_group(builder, NULL) == SLA_OK) {}
}

static sla_rules *any_rules(bytes *from) {
  sla_rules_builder *builder = NULL;
  sla_rules *rules = NULL;
  uint32_t attribute;
  must(sla_rules_builder_new(NULL, &builder, NULL) == SLA_OK);
  for (uint32_t type = SLA_ATTRIBUTE_TEXT; type <= SLA_ATTRIBUTE_TAGS; type++)
    must(sla_rules_builder_add_attribute(builder, type, texts + type, 4, &attribute, NULL) == 0);
  for (uint64_t count = take(from, 1) % 64; count > 0 && from->size > 0; count--) {
    uint64_t before = told(builder);
    int32_t code = tell(builder, from);
    must(code == SLA_OK || (listed(code) && told(builder) == before));
  }
  finish(builder);
  (void)sla_rules_builder_build(builder, &rules, NULL);
  sla_rules_builder_free(builder);
  return rules;
}

enum { FACTS = 8, RULES = 64 };

static void ask(const sla_rules *rules, bytes *from) {
  sla_fact facts[FACTS];
  sla_match matches[RULES];
  sla_verdict verdicts[RULES];
  size_t count = (size_t)take(from, 1) % FACTS, found = 0, judged = 0, matching = 0;
  uint32_t event = (uint32_t)take(from, 1) % 66;
  for (size_t i = 0; i < count; i++) facts[i] = any_fact(from, (uint32_t)take(from, 1) % 7);
  int32_t code = sla_rules_match_all(rules, event, facts, count, sizeof facts[0], texts,
                                     sizeof texts, matches, RULES, sizeof matches[0], &found, NULL);
  int32_t same = sla_rules_explain(rules, event, facts, count, sizeof facts[0], texts,
                                   sizeof texts, verdicts, RULES, sizeof verdicts[0], &judged, NULL);
  must(code == same);
  must(code == SLA_OK || code == SLA_E_EVENT || code == SLA_E_FACT || code == SLA_E_RANGE);
  if (code != SLA_OK) return;
  must(found > 0 && judged == sla_rules_count(rules));
  for (size_t i = 0; i < judged; i++)
    if (verdicts[i].kind == SLA_VERDICT_MATCHES) must(matches[matching++].rule == i);
  must(matching == found || (found == 1 && matching == 0 && matches[0].rule == SLA_NO_RULE));
}

static void read_back(const sla_rules *rules) {
  uint8_t *packed;
  size_t length = 0;
  sla_rules *copy = NULL;
  uint32_t equal = 0;
  sla_rules_lint lint;
  must(sla_rules_bytes(rules, NULL, 0, &length) == SLA_OK);
  packed = malloc(length);
  must(packed != NULL && sla_rules_bytes(rules, packed, length, &length) == SLA_OK);
  must(sla_rules_new_bytes(packed, length, NULL, &copy, NULL) == SLA_OK);
  must(sla_rules_equal(rules, copy, &equal) == SLA_OK && equal == 1);
  must(sla_rules_lints(rules, 1, &lint, 1, sizeof lint, &length, NULL) == SLA_OK);
  free(packed);
  sla_rules_unref(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  bytes from = {data, size};
  sla_rules *rules = any_rules(&from);
  if (rules == NULL) return 0;
  for (int i = 0; i < 16 && from.size > 0; i++) ask(rules, &from);
  read_back(rules);
  sla_rules_unref(rules);
  return 0;
}
