/* SPDX-License-Identifier: MIT */
/* What rules were told, and compiling it.  A rule becomes a row of tests; each says where to go on
 * when it holds and when it does not, so that matching needs no stack. */
#include "rules.h"

#include "error.h"

/* ---- what was told ---- */

void sla__rulebook_free(const sla_allocator *allocator, sla__rulebook *book) {
  sla__array_free(allocator, &book->attributes, sizeof(sla__attribute));
  sla__array_free(allocator, &book->choices, sizeof(sla__choice));
  sla__array_free(allocator, &book->nodes, sizeof(sla__node));
  sla__array_free(allocator, &book->values, sizeof(sla__value));
  sla__array_free(allocator, &book->texts, sizeof(char));
}

bool sla__rulebook_copy(const sla_allocator *allocator, const sla__rulebook *from,
                        sla__rulebook *to) {
  *to = (sla__rulebook){.fallback = from->fallback};
  if (sla__array_copy(allocator, &from->attributes, sizeof(sla__attribute), &to->attributes) &&
      sla__array_copy(allocator, &from->choices, sizeof(sla__choice), &to->choices) &&
      sla__array_copy(allocator, &from->nodes, sizeof(sla__node), &to->nodes) &&
      sla__array_copy(allocator, &from->values, sizeof(sla__value), &to->values) &&
      sla__array_copy(allocator, &from->texts, sizeof(char), &to->texts))
    return true;
  sla__rulebook_free(allocator, to);
  return false;
}

/* ---- where a test leads ---- */

/* What becomes of a group when a condition of it turns out so: decided, or the next one's turn. */
static bool decides(uint32_t group, bool holds) {
  return group == SLA_ALL_OF ? !holds : holds;
}

static bool outcome(uint32_t group, bool decided) {
  return group == SLA_ANY_OF ? decided : !decided;
}

/* The condition whose turn it is after one that turned out so; else how the rule ends.  Around all
 * of them lies a group of all. */
static uint32_t next_node(const sla__rulebook *book, const sla__choice *choice, uint32_t at,
                          bool holds) {
  for (;;) {
    const sla__node *node = sla__book_node(book, at);
    bool outermost = node->parent == SLA__NOWHERE;
    const sla__node *parent = outermost ? NULL : sla__book_node(book, node->parent);
    uint32_t group = outermost ? SLA_ALL_OF : parent->kind;
    uint32_t end = outermost ? choice->end : parent->end;
    bool decided = decides(group, holds);
    if (!decided && node->end < end) return node->end;
    holds = outcome(group, decided);
    if (outermost) return holds ? SLA__ACCEPT : SLA__REJECT;
    at = node->parent;
  }
}

/* Looked for from the outside, in groups of all only. */
static uint32_t blamed(const sla__rulebook *book, const sla__choice *choice, uint32_t at) {
  uint32_t found = at;
  for (; at != SLA__NOWHERE; at = sla__book_node(book, at)->parent)
    if (sla__book_node(book, at)->kind != SLA_ALL_OF) found = at;
  return found - choice->first;
}

/* The number of the first test at or after a condition: groups are never empty. */
static uint32_t test_at(const uint32_t *tests_before, uint32_t node) {
  return node >= SLA__REJECT ? node : tests_before[node];
}

static void compile_choice(sla_rules *rules, const sla__choice *choice, const uint32_t *before) {
  const sla__rulebook *book = &rules->book;
  sla__test *tests = rules->tests.data;
  for (uint32_t at = choice->first; at < choice->end; at++) {
    if (sla__is_group(sla__book_node(book, at)->kind)) continue;
    sla__test *test = &tests[before[at]];
    test->node = at;
    for (int holds = 0; holds <= 1; holds++)
      test->when[holds] = test_at(before, next_node(book, choice, at, holds));
    test->blamed = blamed(book, choice, at);
  }
}

/* How many tests there are before each condition, and in all. */
static uint32_t count_tests(const sla__rulebook *book, uint32_t *before) {
  uint32_t count = 0;
  for (uint32_t at = 0; at < book->nodes.count; at++) {
    before[at] = count;
    count += !sla__is_group(sla__book_node(book, at)->kind);
  }
  return count;
}

/* ---- compiling ---- */

static bool reserve(const sla_allocator *allocator, sla__array *array, size_t count, size_t size) {
  if (count == 0) return true;
  array->data = sla__mem_new(allocator, count * size);
  if (array->data == NULL) return false;
  array->count = array->capacity = count;
  return true;
}

static void compile_all(sla_rules *rules, const uint32_t *before) {
  sla__program *programs = rules->programs.data;
  for (size_t i = 0; i < rules->programs.count; i++) {
    const sla__choice *choice = sla__book_choice(&rules->book, i);
    programs[i].events = choice->events == 0 ? UINT64_MAX : choice->events;
    programs[i].policy = choice->policy;
    programs[i].start = choice->first == choice->end ? SLA__ACCEPT : before[choice->first];
    compile_choice(rules, choice, before);
  }
}

static bool compile(sla_rules *rules) {
  const sla_allocator *allocator = &rules->allocator;
  size_t size = (rules->book.nodes.count + 1) * sizeof(uint32_t);
  uint32_t *before = sla__mem_new(allocator, size);
  if (before == NULL) return false;
  uint32_t count = count_tests(&rules->book, before);
  bool made = reserve(allocator, &rules->tests, count, sizeof(sla__test)) &&
              reserve(allocator, &rules->programs, rules->book.choices.count,
                      sizeof(sla__program));
  if (made) compile_all(rules, before);
  sla__mem_free(allocator, before, size);
  return made;
}

static sla_rules *new_rules(const sla_rules_builder *builder) {
  sla_rules *made = sla__mem_new(&builder->allocator, sizeof *made);
  if (made == NULL) return NULL;
  sla__refs_init(&made->refs);
  made->allocator = builder->allocator;
  if (sla__rulebook_copy(&made->allocator, &builder->book, &made->book) && compile(made))
    return made;
  sla_rules_unref(made);
  return NULL;
}

int32_t sla_rules_builder_build(const sla_rules_builder *builder, sla_rules **rules,
                                sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  if (rules == NULL) return sla__fail_null(error, 2);
  if (builder->open != SLA__NOWHERE) return sla__fail_argument(error, SLA_E_CONDITION, 1, 0, 0);
  sla_rules *made = new_rules(builder);
  if (made == NULL) return sla__fail(error, SLA_E_MEMORY);
  *rules = made;
  return SLA_OK;
}

sla_rules *sla_rules_ref(const sla_rules *rules) {
  sla_rules *counted = (sla_rules *)rules;
  if (counted != NULL) sla__refs_take(&counted->refs);
  return counted;
}

void sla_rules_unref(sla_rules *rules) {
  if (rules == NULL || !sla__refs_drop(&rules->refs)) return;
  const sla_allocator allocator = rules->allocator;
  sla__rulebook_free(&allocator, &rules->book);
  sla__array_free(&allocator, &rules->tests, sizeof(sla__test));
  sla__array_free(&allocator, &rules->programs, sizeof(sla__program));
  sla__mem_free(&allocator, rules, sizeof *rules);
}

size_t sla_rules_memory(const sla_rules *rules) {
  size_t held = sizeof *rules;
  if (rules == NULL) return 0;
  const sla_allocator counter = sla__mem_counter(&held);
  sla__rulebook book = rules->book;
  sla__array tests = rules->tests, programs = rules->programs;
  sla__rulebook_free(&counter, &book);
  sla__array_free(&counter, &tests, sizeof(sla__test));
  sla__array_free(&counter, &programs, sizeof(sla__program));
  return held;
}
