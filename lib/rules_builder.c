/* SPDX-License-Identifier: MIT */
/* Gathering rules, and checking what they are told. */
#include "compare.h"
#include "error.h"
#include "rules.h"
#include "text.h"

/* ---- the builder ---- */

int32_t sla_rules_builder_new(const sla_allocator *allocator, sla_rules_builder **builder,
                              sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 2);
  const sla_allocator chosen = sla__mem_allocator(allocator);
  sla_rules_builder *made = sla__mem_new(&chosen, sizeof *made);
  if (made == NULL) return sla__fail(error, SLA_E_MEMORY);
  made->allocator = chosen;
  made->book.fallback = SLA_NO_POLICY;
  made->open = SLA__NOWHERE;
  *builder = made;
  return SLA_OK;
}

int32_t sla_rules_builder_new_from(const sla_rules *rules, const sla_allocator *allocator,
                                   sla_rules_builder **builder, sla_error *error) {
  sla_rules_builder *made = NULL;
  if (rules == NULL) return sla__fail_null(error, 1);
  if (builder == NULL) return sla__fail_null(error, 3);
  int32_t code = sla_rules_builder_new(allocator, &made, error);
  if (code != SLA_OK) return code;
  if (!sla__rulebook_copy(&made->allocator, &rules->book, &made->book)) {
    sla__mem_free(&made->allocator, made, sizeof *made);
    return sla__fail(error, SLA_E_MEMORY);
  }
  *builder = made;
  return SLA_OK;
}

void sla_rules_builder_free(sla_rules_builder *builder) {
  if (builder == NULL) return;
  const sla_allocator allocator = builder->allocator;
  sla__rulebook_free(&allocator, &builder->book);
  sla__mem_free(&allocator, builder, sizeof *builder);
}

int32_t sla_rules_builder_set_default(sla_rules_builder *builder, uint32_t policy,
                                      sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  builder->book.fallback = policy;
  return SLA_OK;
}

/* Copies a text to the end of the texts: all of it or nothing. */
static bool keep_text(sla_rules_builder *builder, const char *text, size_t length,
                      sla__span_of_text *kept) {
  sla__array *texts = &builder->book.texts;
  size_t from = texts->count;
  for (size_t i = 0; i < length; i++) {
    char *slot = sla__array_push(&builder->allocator, texts, sizeof *slot);
    if (slot == NULL) {
      texts->count = from;
      return false;
    }
    *slot = text[i];
  }
  *kept = (sla__span_of_text){(uint32_t)from, (uint32_t)length};
  return true;
}

static int64_t as_value(size_t size) { return (int64_t)(size < PTRDIFF_MAX ? size : PTRDIFF_MAX); }

/* A name, and the argument at which it stands; its length is the next one. */
static int32_t check_name(const char *name, size_t length, uint32_t argument, sla_error *error) {
  if (name == NULL && length > 0) return sla__fail_null(error, argument);
  if (length > SLA__RULES_TEXT)
    return sla__fail_argument(error, SLA_E_NAME, argument + 1, as_value(length), SLA__RULES_TEXT);
  if (!sla__utf8_ok(name, length)) return sla__fail_argument(error, SLA_E_NAME, argument, 0, 0);
  return SLA_OK;
}

/* ---- attributes ---- */

static bool find_attribute(const sla__rulebook *book, sla__slice name, uint32_t *attribute) {
  for (uint32_t i = 0; i < book->attributes.count; i++) {
    sla__span_of_text span = sla__book_attribute(book, i)->name;
    if (!sla__slice_equal((sla__slice){sla__book_text(book, span), span.length}, name, false))
      continue;
    *attribute = i;
    return true;
  }
  return false;
}

static int32_t check_attribute(const sla_rules_builder *builder, uint32_t type, const char *name,
                               size_t length, const uint32_t *attribute, sla_error *error) {
  uint32_t taken;
  if (builder == NULL) return sla__fail_null(error, 1);
  if (attribute == NULL) return sla__fail_null(error, 5);
  if (type < SLA_ATTRIBUTE_TEXT || type > SLA_ATTRIBUTE_TAGS)
    return sla__fail_argument(error, SLA_E_ATTRIBUTE, 2, type, SLA_ATTRIBUTE_TAGS);
  int32_t code = check_name(name, length, 3, error);
  if (code != SLA_OK) return code;
  if (length == 0) return sla__fail_argument(error, SLA_E_NAME, 4, 0, 1);
  if (find_attribute(&builder->book, (sla__slice){name, length}, &taken))
    return sla__fail_argument(error, SLA_E_ATTRIBUTE, 3, taken, 0);
  if (builder->book.attributes.count < SLA__ATTRIBUTES) return SLA_OK;
  return sla__fail_argument(error, SLA_E_LIMIT, 0, SLA__ATTRIBUTES + 1, SLA__ATTRIBUTES);
}

int32_t sla_rules_builder_add_attribute(sla_rules_builder *builder, uint32_t type,
                                        const char *name, size_t length, uint32_t *attribute,
                                        sla_error *error) {
  sla__span_of_text kept;
  int32_t code = check_attribute(builder, type, name, length, attribute, error);
  if (code != SLA_OK) return code;
  sla__array *attributes = &builder->book.attributes;
  sla__attribute *made = sla__array_push(&builder->allocator, attributes, sizeof *made);
  if (made == NULL) return sla__fail(error, SLA_E_MEMORY);
  if (!keep_text(builder, name, length, &kept)) {
    attributes->count--;
    return sla__fail(error, SLA_E_MEMORY);
  }
  *made = (sla__attribute){type, kept};
  *attribute = (uint32_t)attributes->count - 1;
  return SLA_OK;
}

int32_t sla_rules_find_attribute(const sla_rules *rules, const char *name, size_t length,
                                 uint32_t *attribute) {
  if (rules == NULL || attribute == NULL || (name == NULL && length > 0)) return SLA_E_NULL;
  return find_attribute(&rules->book, (sla__slice){name, length}, attribute) ? SLA_OK
                                                                            : SLA_E_ATTRIBUTE;
}

/* ---- rules and groups ---- */

#define BITS(from, to) (UINT64_MAX >> (63 - (to)) & UINT64_MAX << (from))
#define EVENTS (BITS(SLA_RULE_CREATED, SLA_RULE_PRIORITY) | BITS(SLA_RULE_OWN, 63))

static int32_t check_rule(const sla_rules_builder *builder, uint64_t events, const char *name,
                          size_t length, sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  if (builder->open != SLA__NOWHERE) return sla__fail_argument(error, SLA_E_CONDITION, 1, 0, 0);
  if (events & ~EVENTS)
    return sla__fail_argument(error, SLA_E_EVENT, 2, (int64_t)(events & ~EVENTS), 0);
  int32_t code = check_name(name, length, 4, error);
  if (code != SLA_OK || builder->book.choices.count < SLA__RULES) return code;
  return sla__fail_argument(error, SLA_E_LIMIT, 0, SLA__RULES + 1, SLA__RULES);
}

int32_t sla_rules_builder_add_rule(sla_rules_builder *builder, uint64_t events, uint32_t policy,
                                   const char *name, size_t length, sla_error *error) {
  sla__span_of_text kept;
  int32_t code = check_rule(builder, events, name, length, error);
  if (code != SLA_OK) return code;
  sla__array *choices = &builder->book.choices;
  sla__choice *made = sla__array_push(&builder->allocator, choices, sizeof *made);
  if (made == NULL) return sla__fail(error, SLA_E_MEMORY);
  if (!keep_text(builder, name, length, &kept)) {
    choices->count--;
    return sla__fail(error, SLA_E_MEMORY);
  }
  uint32_t first = (uint32_t)builder->book.nodes.count;
  *made = (sla__choice){events, policy, kept, first, first};
  return SLA_OK;
}

/* Whether a condition can be added. */
static int32_t check_room(const sla_rules_builder *builder, sla_error *error) {
  if (builder->book.choices.count == 0)
    return sla__fail_argument(error, SLA_E_CONDITION, 1, 0, 1);
  if (builder->book.nodes.count < SLA__CONDITIONS_OF_RULES) return SLA_OK;
  return sla__fail_argument(error, SLA_E_LIMIT, 0, SLA__CONDITIONS_OF_RULES + 1,
                            SLA__CONDITIONS_OF_RULES);
}

/* How many groups a condition is in that is added now. */
static uint32_t depth_now(const sla_rules_builder *builder) {
  if (builder->open == SLA__NOWHERE) return 0;
  return sla__book_node(&builder->book, builder->open)->depth + 1;
}

/* Adds a condition where one can be added; NULL without memory. */
static sla__node *push_node(sla_rules_builder *builder, sla__node with) {
  sla__rulebook *book = &builder->book;
  with.depth = depth_now(builder);
  with.parent = builder->open;
  sla__node *node = sla__array_push(&builder->allocator, &book->nodes, sizeof *node);
  if (node == NULL) return NULL;
  sla__choice *choice = (sla__choice *)book->choices.data + (book->choices.count - 1);
  choice->end = with.end = (uint32_t)book->nodes.count;
  *node = with;
  return node;
}

int32_t sla_rules_builder_open_group(sla_rules_builder *builder, uint32_t kind, sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  if (kind < SLA_ALL_OF || kind > SLA_NONE_OF)
    return sla__fail_argument(error, SLA_E_CONDITION, 2, kind, SLA_NONE_OF);
  int32_t code = check_room(builder, error);
  if (code != SLA_OK) return code;
  if (depth_now(builder) >= SLA__GROUPS)
    return sla__fail_argument(error, SLA_E_LIMIT, 0, SLA__GROUPS + 1, SLA__GROUPS);
  if (push_node(builder, (sla__node){.kind = kind}) == NULL)
    return sla__fail(error, SLA_E_MEMORY);
  builder->open = (uint32_t)builder->book.nodes.count - 1;
  return SLA_OK;
}

int32_t sla_rules_builder_close_group(sla_rules_builder *builder, sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  if (builder->open == SLA__NOWHERE) return sla__fail_argument(error, SLA_E_CONDITION, 1, 0, 1);
  sla__node *group = (sla__node *)builder->book.nodes.data + builder->open;
  uint32_t end = (uint32_t)builder->book.nodes.count;
  if (end == builder->open + 1) return sla__fail_argument(error, SLA_E_CONDITION, 1, 0, 1);
  group->end = end;
  builder->open = group->parent;
  return SLA_OK;
}

/* ---- tests ---- */

enum {
  TEXT = 1 << SLA_ATTRIBUTE_TEXT,
  TAGS = 1 << SLA_ATTRIBUTE_TAGS,
  NUMBER = 1 << SLA_ATTRIBUTE_INTEGER | 1 << SLA_ATTRIBUTE_INSTANT,
  ALL = TEXT | TAGS | NUMBER
};

/* The types of attributes a test is for, how many values it has, what they can be. */
typedef struct {
  uint8_t types, least;
  bool many, filled, cased;
} usage;

static const usage usages[] = {
    [SLA_IS_PRESENT] = {ALL, 0, false, false, false},
    [SLA_IS_ABSENT] = {ALL, 0, false, false, false},
    [SLA_EQUALS] = {TEXT | NUMBER, 1, false, false, true},
    [SLA_NOT_EQUALS] = {TEXT | NUMBER, 1, false, false, true},
    [SLA_IN] = {TEXT | NUMBER, 1, true, false, true},
    [SLA_NOT_IN] = {TEXT | NUMBER, 1, true, false, true},
    [SLA_CONTAINS] = {TEXT, 1, false, true, true},
    [SLA_NOT_CONTAINS] = {TEXT, 1, false, true, true},
    [SLA_STARTS_WITH] = {TEXT, 1, false, true, true},
    [SLA_ENDS_WITH] = {TEXT, 1, false, true, true},
    [SLA_EMAIL_DOMAIN] = {TEXT, 1, true, true, false},
    [SLA_LESS] = {NUMBER, 1, false, false, false},
    [SLA_GREATER] = {NUMBER, 1, false, false, false},
    [SLA_BETWEEN] = {NUMBER, 2, false, false, false},
    [SLA_TAGGED] = {TAGS, 1, true, true, true},
};

/* What is to be added. */
typedef struct {
  uint32_t attribute, kind, flags;
  const sla_fact *values;
  size_t count, stride;
  const char *texts;
  size_t texts_length;
  uint32_t type; /* of the attribute */
} addition;

static const sla_fact *value_at(const addition *a, size_t i) {
  return SLA__CONST_AT(sla_fact, a->values, a->stride, i);
}

static int32_t check_test(sla_rules_builder *builder, addition *a, sla_error *error) {
  int32_t code = check_room(builder, error);
  if (code != SLA_OK) return code;
  if (a->attribute >= builder->book.attributes.count)
    return sla__fail_argument(error, SLA_E_ATTRIBUTE, 2, a->attribute,
                              (int64_t)builder->book.attributes.count - 1);
  a->type = sla__book_attribute(&builder->book, a->attribute)->type;
  uint32_t types = a->kind < SLA__LENGTH(usages) ? usages[a->kind].types : 0;
  if (!(types >> a->type & 1)) return sla__fail_argument(error, SLA_E_CONDITION, 3, a->kind, 0);
  uint32_t known = usages[a->kind].cased && sla__type_is_text(a->type) ? SLA_IGNORE_CASE : 0;
  if (a->flags & ~known) return sla__fail_argument(error, SLA_E_CONDITION, 4, a->flags, known);
  return SLA_OK;
}

/* The count stands at argument 6. */
static int32_t check_count(const sla_rules_builder *builder, const addition *a, sla_error *error) {
  const usage *u = &usages[a->kind];
  int64_t count = as_value(a->count);
  size_t room = SLA__CONDITIONS_OF_RULES - builder->book.values.count;
  if (a->count < u->least || (a->count > u->least && !u->many))
    return sla__fail_argument(error, SLA_E_CONDITION, 6, count, u->least);
  if (a->count <= room) return SLA_OK;
  return sla__fail_argument(error, SLA_E_LIMIT, 6, count, (int64_t)room);
}

static int32_t check_text(const addition *a, int64_t index, const sla_fact *value,
                          sla_error *error) {
  uint64_t from = (uint64_t)value->value;
  bool inside = from <= a->texts_length && value->length <= a->texts_length - from;
  if (value->length > SLA__RULES_TEXT)
    return sla__fail_index(error, SLA_E_CONDITION, index, value->length, SLA__RULES_TEXT);
  if (!inside) return sla__fail_index(error, SLA_E_CONDITION, index, value->value, 0);
  const sla__slice text = {value->length == 0 ? "" : a->texts + from, value->length};
  bool domain = a->kind != SLA_EMAIL_DOMAIN || sla__domain_ok(text);
  bool filled = !usages[a->kind].filled || text.length > 0;
  if (filled && domain && sla__utf8_ok(text.text, text.length)) return SLA_OK;
  return sla__fail_index(error, SLA_E_CONDITION, index, value->value, 0);
}

static int32_t check_number(const addition *a, int64_t index, const sla_fact *value,
                            sla_error *error) {
  if (value->length != 0) return sla__fail_index(error, SLA_E_CONDITION, index, value->length, 0);
  if (a->type == SLA_ATTRIBUTE_INSTANT && !sla__valid_time(value->value))
    return sla__fail_index(error, SLA_E_RANGE, index, value->value,
                           sla__nearer(value->value, SLA_TIME_MIN, SLA_TIME_MAX));
  if (a->kind == SLA_BETWEEN && index == 1 && value->value < value_at(a, 0)->value)
    return sla__fail_index(error, SLA_E_CONDITION, index, value->value, value_at(a, 0)->value);
  return SLA_OK;
}

static int32_t check_value(const addition *a, size_t i, sla_error *error) {
  const sla_fact *value = value_at(a, i);
  int64_t index = (int64_t)i;
  if (!sla__record_known(value, a->stride, sizeof *value))
    return sla__fail_index(error, SLA_E_ABI, index, (int64_t)a->stride, (int64_t)sizeof *value);
  if (value->attribute != a->attribute)
    return sla__fail_index(error, SLA_E_CONDITION, index, value->attribute, a->attribute);
  return sla__type_is_text(a->type) ? check_text(a, index, value, error)
                                    : check_number(a, index, value, error);
}

static bool keep_value(sla_rules_builder *builder, const addition *a, const sla_fact *value) {
  sla__value *kept = sla__array_push(&builder->allocator, &builder->book.values, sizeof *kept);
  if (kept == NULL) return false;
  if (!sla__type_is_text(a->type)) {
    kept->number = value->value;
    return true;
  }
  return keep_text(builder, value->length == 0 ? NULL : a->texts + value->value, value->length,
                   &kept->text);
}

/* Adds what was checked: all of it or nothing. */
static int32_t add_test(sla_rules_builder *builder, const addition *a, sla_error *error) {
  sla__rulebook *book = &builder->book;
  size_t values = book->values.count, texts = book->texts.count;
  const sla__node node = {.kind = a->kind, .attribute = a->attribute, .flags = a->flags,
                          .first = (uint32_t)values, .count = (uint32_t)a->count};
  bool kept = true;
  for (size_t i = 0; i < a->count && kept; i++) kept = keep_value(builder, a, value_at(a, i));
  if (kept && push_node(builder, node) != NULL) return SLA_OK;
  book->values.count = values;
  book->texts.count = texts;
  return sla__fail(error, SLA_E_MEMORY);
}

int32_t sla_rules_builder_add_condition(sla_rules_builder *builder, uint32_t attribute,
                                        uint32_t kind, uint32_t flags, const sla_fact *values,
                                        size_t count, size_t value_size, const char *texts,
                                        size_t texts_length, sla_error *error) {
  addition a = {attribute, kind, flags, values, count, value_size, texts, texts_length, 0};
  if (builder == NULL) return sla__fail_null(error, 1);
  if (values == NULL && count > 0) return sla__fail_null(error, 5);
  if (texts == NULL && texts_length > 0) return sla__fail_null(error, 8);
  int32_t code = count > 0 ? sla__check_size(error, 7, value_size, sizeof *values) : SLA_OK;
  if (code == SLA_OK) code = check_test(builder, &a, error);
  if (code == SLA_OK) code = check_count(builder, &a, error);
  for (size_t i = 0; i < count && code == SLA_OK; i++) code = check_value(&a, i, error);
  return code == SLA_OK ? add_test(builder, &a, error) : code;
}

int32_t sla_rules_builder_add_text_condition(sla_rules_builder *builder, uint32_t attribute,
                                             uint32_t kind, uint32_t flags, const char *text,
                                             size_t length, sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  if (text == NULL && length > 0) return sla__fail_null(error, 5);
  if (length > SLA__RULES_TEXT)
    return sla__fail_argument(error, SLA_E_CONDITION, 6, as_value(length), SLA__RULES_TEXT);
  if (attribute < builder->book.attributes.count &&
      !sla__type_is_text(sla__book_attribute(&builder->book, attribute)->type))
    return sla__fail_argument(error, SLA_E_CONDITION, 3, kind, 0);
  const sla_fact value = {0, (uint32_t)length, attribute};
  return sla_rules_builder_add_condition(builder, attribute, kind, flags, &value, 1, sizeof value,
                                         text, length, error);
}
