/* SPDX-License-Identifier: MIT */
/* Facts against rules.  The facts are checked and put in a table by attribute, once; then each rule
 * is a walk along its tests. */
#include "match.h"

#include "error.h"

/* ---- a value and a test ---- */

bool sla__test_denies(uint32_t kind) {
  return kind == SLA_IS_ABSENT || kind == SLA_NOT_EQUALS || kind == SLA_NOT_IN ||
         kind == SLA_NOT_CONTAINS;
}

static bool compare(uint32_t kind, sla__slice value, sla__slice with, bool fold) {
  switch (kind) {
    case SLA_CONTAINS:
    case SLA_NOT_CONTAINS: return sla__slice_contains(value, with, fold);
    case SLA_STARTS_WITH: return sla__slice_starts(value, with, fold);
    case SLA_ENDS_WITH: return sla__slice_ends(value, with, fold);
    case SLA_EMAIL_DOMAIN: return sla__email_in_domain(value, with);
    default: return sla__slice_equal(value, with, fold);
  }
}

/* Whether the value is so to one of the test's. */
static bool any_text(const sla__rulebook *book, const sla__node *node, sla__slice text) {
  bool fold = node->flags & SLA_IGNORE_CASE;
  for (uint32_t i = 0; i < node->count; i++) {
    sla__span_of_text span = sla__book_value(book, node->first + i)->text;
    const sla__slice with = {sla__book_text(book, span), span.length};
    if (compare(node->kind, text, with, fold)) return true;
  }
  return false;
}

bool sla__test_text(const sla__rulebook *book, const sla__node *node, sla__slice text) {
  bool found = node->count == 0 || any_text(book, node, text);
  return found != sla__test_denies(node->kind);
}

static bool any_number(const sla__rulebook *book, const sla__node *node, int64_t number) {
  for (uint32_t i = 0; i < node->count; i++)
    if (sla__book_value(book, node->first + i)->number == number) return true;
  return false;
}

bool sla__test_number(const sla__rulebook *book, const sla__node *node, int64_t number) {
  const sla__value *first = sla__book_value(book, node->first);
  switch (node->kind) {
    case SLA_LESS: return number < first->number;
    case SLA_GREATER: return number > first->number;
    case SLA_BETWEEN: return number >= first[0].number && number <= first[1].number;
    default:
      return (node->count == 0 || any_number(book, node, number)) != sla__test_denies(node->kind);
  }
}

/* ---- the facts of a ticket ---- */

/* By attribute: its first fact and its last, from 1; the first is 0 without one. */
typedef struct {
  uint32_t first[SLA__ATTRIBUTES], last[SLA__ATTRIBUTES];
} table;

typedef struct {
  const sla_rules *rules;
  uint32_t event;
  const sla_fact *facts;
  size_t count, stride;
  const char *texts;
  size_t texts_length;
  table *known;
} question;

static const sla_fact *fact_at(const question *q, size_t i) {
  return SLA__CONST_AT(sla_fact, q->facts, q->stride, i);
}

static int32_t check_value(const question *q, const sla_fact *fact, uint32_t type, int64_t index,
                           sla_error *error) {
  if (sla__type_is_text(type)) {
    uint64_t from = (uint64_t)fact->value;
    if (from <= q->texts_length && fact->length <= q->texts_length - from) return SLA_OK;
    size_t most = q->texts_length < PTRDIFF_MAX ? q->texts_length : PTRDIFF_MAX;
    return sla__fail_index(error, SLA_E_FACT, index, fact->value, (int64_t)most);
  }
  if (fact->length != 0) return sla__fail_index(error, SLA_E_FACT, index, fact->length, 0);
  if (type != SLA_ATTRIBUTE_INSTANT || sla__valid_time(fact->value)) return SLA_OK;
  return sla__fail_index(error, SLA_E_RANGE, index, fact->value,
                         sla__nearer(fact->value, SLA_TIME_MIN, SLA_TIME_MAX));
}

static int32_t take_fact(question *q, size_t i, sla_error *error) {
  const sla__array *attributes = &q->rules->book.attributes;
  const sla_fact *fact = fact_at(q, i);
  int64_t index = (int64_t)i;
  if (!sla__record_known(fact, q->stride, sizeof *fact))
    return sla__fail_index(error, SLA_E_ABI, index, (int64_t)q->stride, (int64_t)sizeof *fact);
  if (fact->attribute >= attributes->count)
    return sla__fail_index(error, SLA_E_FACT, index, fact->attribute,
                           (int64_t)attributes->count - 1);
  uint32_t type = sla__book_attribute(&q->rules->book, fact->attribute)->type;
  int32_t code = check_value(q, fact, type, index, error);
  if (code != SLA_OK) return code;
  uint32_t *first = &q->known->first[fact->attribute];
  if (*first != 0 && type != SLA_ATTRIBUTE_TAGS)
    return sla__fail_index(error, SLA_E_FACT, index, fact->attribute, 1);
  if (*first == 0) *first = (uint32_t)i + 1;
  q->known->last[fact->attribute] = (uint32_t)i + 1;
  return SLA_OK;
}

static bool event_ok(uint32_t event) {
  return (event >= SLA_RULE_CREATED && event <= SLA_RULE_PRIORITY) ||
         (event >= SLA_RULE_OWN && event < 64);
}

/* What all calls begin with, at arguments 1 to 7. */
static int32_t take_facts(question *q, sla_error *error) {
  if (q->rules == NULL) return sla__fail_null(error, 1);
  if (q->facts == NULL && q->count > 0) return sla__fail_null(error, 3);
  if (q->texts == NULL && q->texts_length > 0) return sla__fail_null(error, 6);
  if (!event_ok(q->event)) return sla__fail_argument(error, SLA_E_EVENT, 2, q->event, 63);
  if (q->count >= UINT32_MAX)
    return sla__fail_argument(error, SLA_E_LIMIT, 4, UINT32_MAX, UINT32_MAX - 1);
  int32_t code = q->count > 0 ? sla__check_size(error, 5, q->stride, sizeof *q->facts) : SLA_OK;
  memset(q->known->first, 0, q->rules->book.attributes.count * sizeof q->known->first[0]);
  for (size_t i = 0; i < q->count && code == SLA_OK; i++) code = take_fact(q, i, error);
  return code;
}

/* ---- a test of a ticket ---- */

static sla__slice text_of(const question *q, const sla_fact *fact) {
  return (sla__slice){fact->length == 0 ? "" : q->texts + fact->value, fact->length};
}

/* One of the tags; others of the facts may lie between them. */
static bool tag_holds(const question *q, const sla__node *node) {
  for (size_t i = q->known->first[node->attribute]; i <= q->known->last[node->attribute]; i++) {
    const sla_fact *fact = fact_at(q, i - 1);
    if (fact->attribute == node->attribute &&
        sla__test_text(&q->rules->book, node, text_of(q, fact)))
      return true;
  }
  return false;
}

static bool holds(const question *q, const sla__node *node) {
  const sla__rulebook *book = &q->rules->book;
  uint32_t first = q->known->first[node->attribute];
  if (first == 0) return sla__test_denies(node->kind);
  const sla_fact *fact = fact_at(q, first - 1);
  switch (sla__book_attribute(book, node->attribute)->type) {
    case SLA_ATTRIBUTE_TEXT: return sla__test_text(book, node, text_of(q, fact));
    case SLA_ATTRIBUTE_TAGS: return tag_holds(q, node);
    default: return sla__test_number(book, node, fact->value);
  }
}

/* ---- a rule ---- */

static bool for_event(const question *q, const sla__program *program) {
  return program->events >> q->event & 1;
}

/* Whether it matches; if not, *blamed is the condition that does not hold. */
static bool run(const question *q, const sla__program *program, uint32_t *blamed) {
  const sla__test *tests = q->rules->tests.data, *test;
  uint32_t at = program->start;
  while (at < SLA__REJECT) {
    test = &tests[at];
    at = test->when[holds(q, sla__book_node(&q->rules->book, test->node))];
    *blamed = test->blamed;
  }
  return at == SLA__ACCEPT;
}

static const sla__program *program_at(const sla_rules *rules, size_t i) {
  return (const sla__program *)rules->programs.data + i;
}

/* Counts the matches, and writes as many of them as there is room for; up to `most` are looked
 * for.  Without any, the default is one. */
static size_t find_matches(const question *q, size_t most, sla_match *matches, size_t capacity,
                           size_t stride) {
  size_t count = 0;
  uint32_t blamed;
  sla_match match = {SLA_NO_RULE, q->rules->book.fallback};
  for (size_t i = 0; i < q->rules->programs.count && count < most; i++) {
    const sla__program *program = program_at(q->rules, i);
    if (!for_event(q, program) || !run(q, program, &blamed)) continue;
    match = (sla_match){(uint32_t)i, program->policy};
    if (count < capacity)
      sla__record_write(SLA__AT(sla_match, matches, stride, count), stride, &match, sizeof match);
    count++;
  }
  if (count > 0) return count;
  if (capacity > 0) sla__record_write(matches, stride, &match, sizeof match);
  return 1;
}

/* ---- public ---- */

int32_t sla_rules_match(const sla_rules *rules, uint32_t event, const sla_fact *facts,
                        size_t fact_count, size_t fact_size, const char *texts,
                        size_t texts_length, sla_match *match, size_t match_size,
                        sla_error *error) {
  table known;
  question q = {rules, event, facts, fact_count, fact_size, texts, texts_length, &known};
  if (match == NULL) return sla__fail_null(error, 8);
  int32_t code = sla__check_size(error, 9, match_size, sizeof *match);
  if (code == SLA_OK) code = take_facts(&q, error);
  if (code == SLA_OK) find_matches(&q, 1, match, 1, match_size);
  return code;
}

int32_t sla_rules_match_all(const sla_rules *rules, uint32_t event, const sla_fact *facts,
                            size_t fact_count, size_t fact_size, const char *texts,
                            size_t texts_length, sla_match *matches, size_t capacity,
                            size_t match_size, size_t *count, sla_error *error) {
  table known;
  question q = {rules, event, facts, fact_count, fact_size, texts, texts_length, &known};
  if (matches == NULL && capacity > 0) return sla__fail_null(error, 8);
  if (count == NULL) return sla__fail_null(error, 11);
  int32_t code = sla__check_size(error, 10, match_size, sizeof *matches);
  if (code == SLA_OK) code = take_facts(&q, error);
  if (code == SLA_OK) *count = find_matches(&q, SLA__RULES, matches, capacity, match_size);
  return code;
}

static sla_verdict judge(const question *q, const sla__program *program) {
  uint32_t blamed = 0;
  if (!for_event(q, program)) return (sla_verdict){SLA_VERDICT_EVENT, 0};
  if (run(q, program, &blamed)) return (sla_verdict){SLA_VERDICT_MATCHES, 0};
  return (sla_verdict){SLA_VERDICT_CONDITION, blamed};
}

int32_t sla_rules_explain(const sla_rules *rules, uint32_t event, const sla_fact *facts,
                          size_t fact_count, size_t fact_size, const char *texts,
                          size_t texts_length, sla_verdict *verdicts, size_t capacity,
                          size_t verdict_size, size_t *count, sla_error *error) {
  table known;
  question q = {rules, event, facts, fact_count, fact_size, texts, texts_length, &known};
  if (verdicts == NULL && capacity > 0) return sla__fail_null(error, 8);
  if (count == NULL) return sla__fail_null(error, 11);
  int32_t code = sla__check_size(error, 10, verdict_size, sizeof *verdicts);
  if (code == SLA_OK) code = take_facts(&q, error);
  if (code != SLA_OK) return code;
  for (size_t i = 0; i < rules->programs.count && i < capacity; i++) {
    const sla_verdict verdict = judge(&q, program_at(rules, i));
    sla__record_write(SLA__AT(sla_verdict, verdicts, verdict_size, i), verdict_size, &verdict,
                      sizeof verdict);
  }
  *count = rules->programs.count;
  return SLA_OK;
}
