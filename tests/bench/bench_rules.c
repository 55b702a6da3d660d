/* SPDX-License-Identifier: MIT */
/* Rules: which policy a ticket gets, among a few rules and among hundreds; the unit is one elapsed
 * query.  Draws have e-mail addresses of which one in ten belongs to a rule, so most tickets meet
 * every rule and then the default. */
#include "bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TICKETS = 1000, FACTS = 4, TEXTS = 160, HOUR = 3600, DAY = 86400 };
enum { MAIL, SUBJECT, PRIORITY, TAG };

typedef struct ticket {
  sla_fact facts[FACTS];
  char texts[TEXTS];
  size_t length;
} ticket;

typedef struct desk {
  const sla_rules *rules;
  const ticket *tickets;
} desk;

static void require_told(int32_t code, const char *what) { require_ok(code, NULL, what); }

static sla_rules_builder *new_builder(void) {
  static const struct {
    uint32_t type;
    const char *name;
  } attributes[] = {{SLA_ATTRIBUTE_TEXT, "e-mail"}, {SLA_ATTRIBUTE_TEXT, "subject"},
                    {SLA_ATTRIBUTE_INTEGER, "priority"}, {SLA_ATTRIBUTE_TAGS, "tag"}};
  sla_rules_builder *builder = NULL;
  uint32_t attribute;
  require_told(sla_rules_builder_new(NULL, &builder, NULL), "a builder");
  for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++)
    require_told(sla_rules_builder_add_attribute(builder, attributes[i].type, attributes[i].name,
                                                 strlen(attributes[i].name), &attribute, NULL),
                 "an attribute");
  require_told(sla_rules_builder_set_default(builder, 0, NULL), "the default");
  return builder;
}

static void add_text(sla_rules_builder *builder, uint32_t attribute, uint32_t kind, uint32_t flags,
                     const char *text) {
  require_told(sla_rules_builder_add_text_condition(builder, attribute, kind, flags, text,
                                                    strlen(text), NULL),
               "a condition");
}

static void add_rule(sla_rules_builder *builder) {
  require_told(sla_rules_builder_add_rule(builder, 1u << SLA_RULE_CREATED, 1, NULL, 0, NULL),
               "a rule");
}

/* When a conversation is created by somebody of a domain and is urgent. */
static sla_rules *rules_by_domain(int count) {
  sla_rules_builder *builder = new_builder();
  sla_rules *rules = NULL;
  const sla_fact urgent = {SLA_PRIORITY_URGENT, 0, PRIORITY};
  for (int i = 0; i < count; i++) {
    char domain[32];
    snprintf(domain, sizeof domain, "customer%d.example.com", i);
    add_rule(builder);
    add_text(builder, MAIL, SLA_EMAIL_DOMAIN, 0, domain);
    require_told(sla_rules_builder_add_condition(builder, PRIORITY, SLA_EQUALS, 0, &urgent, 1,
                                                 sizeof urgent, NULL, 0, NULL),
                 "a condition");
  }
  require_told(sla_rules_builder_build(builder, &rules, NULL), "rules");
  sla_rules_builder_free(builder);
  return rules;
}

/* When the subject contains a word in any case, or there is a tag, but not another one. */
static sla_rules *rules_by_word(int count) {
  sla_rules_builder *builder = new_builder();
  sla_rules *rules = NULL;
  for (int i = 0; i < count; i++) {
    char word[32];
    snprintf(word, sizeof word, "product %d,", i);
    add_rule(builder);
    require_told(sla_rules_builder_open_group(builder, SLA_ANY_OF, NULL), "a group");
    add_text(builder, SUBJECT, SLA_CONTAINS, SLA_IGNORE_CASE, word);
    add_text(builder, TAG, SLA_TAGGED, 0, word);
    require_told(sla_rules_builder_close_group(builder, NULL), "a group");
    require_told(sla_rules_builder_open_group(builder, SLA_NONE_OF, NULL), "a group");
    add_text(builder, TAG, SLA_TAGGED, 0, "internal");
    require_told(sla_rules_builder_close_group(builder, NULL), "a group");
  }
  require_told(sla_rules_builder_build(builder, &rules, NULL), "rules");
  sla_rules_builder_free(builder);
  return rules;
}

static void add_fact(ticket *t, uint32_t attribute, const char *text) {
  size_t length = strlen(text);
  if (t->length + length > TEXTS) fail("a ticket says too much");
  t->facts[attribute] = (sla_fact){(int64_t)t->length, (uint32_t)length, attribute};
  memcpy(t->texts + t->length, text, length);
  t->length += length;
}

static void draw_ticket(ticket *t, uint64_t *state) {
  char text[64];
  snprintf(text, sizeof text, "somebody@mail.customer%" PRId64 ".example.com",
           random_in(state, 0, 2999));
  add_fact(t, MAIL, text);
  snprintf(text, sizeof text, "Since this morning nothing works: Product %" PRId64 ", please help",
           random_in(state, 0, 2999));
  add_fact(t, SUBJECT, text);
  add_fact(t, TAG, "web");
  t->facts[PRIORITY] = (sla_fact){random_in(state, 1, 4), 0, PRIORITY};
}

static int64_t run_match(const void *context) {
  const desk *d = context;
  int64_t sum = 0, codes = 0;
  for (size_t i = 0; i < TICKETS; i++) {
    const ticket *t = &d->tickets[i];
    sla_match match = {0, 0};
    codes |= sla_rules_match(d->rules, SLA_RULE_CREATED, t->facts, FACTS, sizeof t->facts[0],
                             t->texts, t->length, &match, sizeof match, NULL);
    sum += match.policy;
  }
  if (codes != SLA_OK) fail("a match: a code other than SLA_OK while timing");
  return sum;
}

static int64_t run_explain(const void *context) {
  enum { MOST = 300 };
  const desk *d = context;
  int64_t sum = 0, codes = 0;
  for (size_t i = 0; i < TICKETS; i++) {
    const ticket *t = &d->tickets[i];
    sla_verdict verdicts[MOST];
    size_t count = 0;
    codes |= sla_rules_explain(d->rules, SLA_RULE_CREATED, t->facts, FACTS, sizeof t->facts[0],
                               t->texts, t->length, verdicts, MOST, sizeof verdicts[0], &count,
                               NULL);
    sum += verdicts[count - 1].condition;
  }
  if (codes != SLA_OK) fail("an explanation: a code other than SLA_OK while timing");
  return sum;
}

enum { FEW, MANY, FEW_WORDS, MANY_WORDS, EXPLAINED, UNIT, LINES };

static const struct line {
  const char *name;
  int rules;
} lines[UNIT] = {
    [FEW] = {"10 rules: e-mail domain and priority", 10},
    [MANY] = {"300 rules: e-mail domain and priority", 300},
    [FEW_WORDS] = {"10 rules: subject contains, any of two, none of one", 10},
    [MANY_WORDS] = {"300 rules: subject contains, any of two, none of one", 300},
    [EXPLAINED] = {"300 rules: e-mail domain and priority, explained", 300},
};

static void print_table(const measure m[LINES]) {
  printf("\n%-55s %10s %10s %10s\n", "rules, on a ticket with four facts", "elapsed", "elapsed",
         "ns a");
  printf("%-55s %10s %10s %10s\n", "", "a ticket", "a rule", "ticket");
  for (int i = 0; i < UNIT; i++)
    printf("  %-53s %10.2f %10.2f %10.1f\n", lines[i].name, m[i].ns / m[UNIT].ns,
           m[i].ns / m[UNIT].ns / lines[i].rules, m[i].ns);
  printf("  %-53s %10.2f %10s %10.1f\n", "(one elapsed query)", 1.0, "", m[UNIT].ns);
}

static void time_rules(const ticket *tickets, const draws *unit) {
  sla_rules *few = rules_by_domain(10), *many = rules_by_domain(300);
  sla_rules *few_words = rules_by_word(10), *many_words = rules_by_word(300);
  const desk desks[UNIT] = {[FEW] = {few, tickets}, [MANY] = {many, tickets},
                            [FEW_WORDS] = {few_words, tickets},
                            [MANY_WORDS] = {many_words, tickets}, [EXPLAINED] = {many, tickets}};
  measure m[LINES];
  for (int i = 0; i < UNIT; i++)
    m[i] = (measure){i == EXPLAINED ? run_explain : run_match, &desks[i], TICKETS, 0};
  m[UNIT] = (measure){ask[ELAPSED], unit, unit->length, 0};
  measure_all(m, LINES);
  print_table(m);
  require_at_most("rules_300_against_elapsed", m[MANY].ns / m[UNIT].ns, 1000);
  sla_rules_unref(few);
  sla_rules_unref(many);
  sla_rules_unref(few_words);
  sla_rules_unref(many_words);
}

void bench_rules(uint64_t seed) {
  enum { DRAWS = 4096 };
  uint64_t state = seed;
  sla_zone *zone = reference_zone(NULL);
  sla_calendar *calendar = reference_calendar(zone, NULL);
  ticket *tickets = allocate(TICKETS, sizeof *tickets);
  draw *list = allocate(DRAWS, sizeof *list);
  for (size_t i = 0; i < TICKETS; i++) draw_ticket(&tickets[i], &state);
  for (size_t i = 0; i < DRAWS; i++) {
    sla_time from = random_in(&state, year_begins(2024), year_begins(2025));
    list[i] = (draw){calendar, from, from + random_in(&state, HOUR, 60 * DAY), 0};
  }
  time_rules(tickets, &(const draws){list, DRAWS});
  free(list);
  free(tickets);
  sla_calendar_unref(calendar);
  sla_zone_unref(zone);
}
