/* SPDX-License-Identifier: MIT */
/*
 * Which policy does a conversation get?  When it is created, the e-mail address is of a customer's
 * domain and the priority is urgent, it gets premium support.  The host says what it knows of each
 * conversation; the rules say which of them applies, and why those before it do not.
 *
 * Introduces: sla_rules_builder_add_attribute, sla_rules_builder_add_rule,
 * sla_rules_builder_add_text_condition, sla_rules_builder_add_condition, sla_fact,
 * sla_rules_match, sla_rules_explain, sla_rules_condition.
 */
#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(int32_t code, const sla_error *error) {
  char sentence[200];
  if (code == SLA_OK) return;
  sla_error_text(error, sentence, sizeof sentence);
  fprintf(stderr, "%s\n", sentence);
  exit(1);
}

/* Indexes into the policies of a host, and the attributes by which it knows a conversation. */
enum { STANDARD, PREMIUM };
static const char *const policies[] = {"Standard", "Premium Support SLA"};
enum { EMAIL, PRIORITY };

static void add_attribute(sla_rules_builder *builder, uint32_t type, const char *name,
                          uint32_t expected) {
  uint32_t attribute;
  sla_error e;
  check(sla_rules_builder_add_attribute(builder, type, name, strlen(name), &attribute, &e), &e);
  if (attribute != expected) exit(1);
}

static void add_rule(sla_rules_builder *builder, const char *name, uint32_t policy) {
  sla_error e;
  check(sla_rules_builder_add_rule(builder, 1 << SLA_RULE_CREATED, policy, name, strlen(name), &e),
        &e);
}

static void add_domain(sla_rules_builder *builder, const char *domain) {
  sla_error e;
  check(sla_rules_builder_add_text_condition(builder, EMAIL, SLA_EMAIL_DOMAIN, 0, domain,
                                             strlen(domain), &e), &e);
}

static sla_rules *agreement(void) {
  const sla_fact urgent = {.attribute = PRIORITY, .value = SLA_PRIORITY_URGENT};
  sla_rules_builder *builder;
  sla_rules *rules;
  sla_error e;
  check(sla_rules_builder_new(NULL, &builder, &e), &e);
  add_attribute(builder, SLA_ATTRIBUTE_TEXT, "e-mail address", EMAIL);
  add_attribute(builder, SLA_ATTRIBUTE_INTEGER, "priority", PRIORITY);
  add_rule(builder, "nobody answers robots", SLA_NO_POLICY);
  add_domain(builder, "bounces.example.net");
  add_rule(builder, "urgent, and of Acme", PREMIUM);
  add_domain(builder, "acme.com");
  check(sla_rules_builder_add_condition(builder, PRIORITY, SLA_EQUALS, 0, &urgent, 1,
                                        sizeof urgent, NULL, 0, &e), &e);
  check(sla_rules_builder_set_default(builder, STANDARD, &e), &e);
  check(sla_rules_builder_build(builder, &rules, &e), &e);
  sla_rules_builder_free(builder);
  return rules;
}

static void print_why_not(const sla_rules *rules, uint32_t rule, const sla_verdict *verdict) {
  char name[64];
  size_t length;
  sla_condition condition;
  check(sla_rules_rule_name(rules, rule, name, sizeof name, &length), NULL);
  printf("    not \"%s\": ", name);
  if (verdict->kind != SLA_VERDICT_CONDITION) {
    printf("%s\n", sla_verdict_name(verdict->kind));
    return;
  }
  check(sla_rules_condition(rules, rule, verdict->condition, &condition, sizeof condition), NULL);
  check(sla_rules_attribute_name(rules, condition.attribute, name, sizeof name, &length), NULL);
  printf("\"%s %s ...\" does not hold\n", name, sla_condition_kind_name(condition.kind));
}

static void ask(const sla_rules *rules, uint32_t event, const char *email, int64_t priority) {
  const size_t length = strlen(email);
  const sla_fact facts[] = {
      {.attribute = EMAIL, .value = 0, .length = (uint32_t)length},
      {.attribute = PRIORITY, .value = priority},
  };
  sla_match match;
  sla_verdict verdicts[2];
  size_t count;
  sla_error e;
  check(sla_rules_match(rules, event, facts, 2, sizeof facts[0], email, length, &match,
                        sizeof match, &e), &e);
  check(sla_rules_explain(rules, event, facts, 2, sizeof facts[0], email, length, verdicts, 2,
                          sizeof verdicts[0], &count, &e), &e);
  printf("%s, %s, %s: %s\n", sla_rule_event_name(event), email,
         sla_priority_name((uint32_t)priority),
         match.policy == SLA_NO_POLICY ? "no SLA" : policies[match.policy]);
  for (uint32_t i = 0; i < count && i < match.rule; i++) print_why_not(rules, i, &verdicts[i]);
}

int main(void) {
  sla_rules *rules = agreement();
  ask(rules, SLA_RULE_CREATED, "ann@mail.acme.com", SLA_PRIORITY_URGENT);
  ask(rules, SLA_RULE_CREATED, "ann@acme.com", SLA_PRIORITY_LOW);
  ask(rules, SLA_RULE_CREATED, "mallory@acme.com.evil.org", SLA_PRIORITY_URGENT);
  ask(rules, SLA_RULE_CREATED, "robot@bounces.example.net", SLA_PRIORITY_URGENT);
  ask(rules, SLA_RULE_UPDATED, "ann@acme.com", SLA_PRIORITY_URGENT);
  sla_rules_unref(rules);
  return 0;
}
