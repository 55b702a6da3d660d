/* SPDX-License-Identifier: MIT */
/* The bytes of rules, and what follows from them: equality and the hash.  sla_bytes(3) has the
 * form. */
#include "bytes.h"
#include "error.h"
#include "rules.h"

#define KIND 'L' /* a list of rules; reports have the R */

/* ---- writing ---- */

static void write_text(const sla__rulebook *book, sla__span_of_text span, sla__sink *sink) {
  sla__put_8(sink, span.length);
  sla__put(sink, sla__book_text(book, span), span.length);
}

static void write_values(const sla__rulebook *book, const sla__node *node, sla__sink *sink) {
  bool text = sla__type_is_text(sla__book_attribute(book, node->attribute)->type);
  for (uint32_t i = 0; i < node->count; i++) {
    const sla__value *value = sla__book_value(book, node->first + i);
    if (text) write_text(book, value->text, sink);
    else sla__put_64(sink, (uint64_t)value->number);
  }
}

static void write_node(const sla__rulebook *book, const sla__node *node, sla__sink *sink) {
  sla__put_8(sink, node->kind);
  sla__put_8(sink, node->depth);
  if (sla__is_group(node->kind)) return;
  sla__put_16(sink, node->attribute);
  sla__put_8(sink, node->flags);
  sla__put_16(sink, node->count);
  write_values(book, node, sink);
}

static void write_choice(const sla__rulebook *book, const sla__choice *choice, sla__sink *sink) {
  sla__put_64(sink, choice->events);
  sla__put_32(sink, choice->policy);
  write_text(book, choice->name, sink);
  sla__put_16(sink, choice->end - choice->first);
  for (uint32_t at = choice->first; at < choice->end; at++)
    write_node(book, sla__book_node(book, at), sink);
}

static void write_rules(const void *object, sla__sink *sink) {
  const sla__rulebook *book = &((const sla_rules *)object)->book;
  sla__put_head(sink, KIND);
  sla__put_32(sink, book->fallback);
  sla__put_16(sink, (uint32_t)book->attributes.count);
  for (uint32_t i = 0; i < book->attributes.count; i++) {
    sla__put_8(sink, sla__book_attribute(book, i)->type);
    write_text(book, sla__book_attribute(book, i)->name, sink);
  }
  sla__put_16(sink, (uint32_t)book->choices.count);
  for (size_t i = 0; i < book->choices.count; i++)
    write_choice(book, sla__book_choice(book, i), sink);
}

/* ---- equality ---- */

static bool same_text(const sla__rulebook *a, sla__span_of_text x, const sla__rulebook *b,
                      sla__span_of_text y) {
  return x.length == y.length && memcmp(sla__book_text(a, x), sla__book_text(b, y), x.length) == 0;
}

static bool same_values(const sla__rulebook *a, const sla__node *x, const sla__rulebook *b,
                        const sla__node *y) {
  for (uint32_t i = 0; i < x->count; i++) {
    const sla__value *v = sla__book_value(a, x->first + i), *w = sla__book_value(b, y->first + i);
    if (v->number != w->number || !same_text(a, v->text, b, w->text)) return false;
  }
  return true;
}

/* Attributes are taken to be the same. */
static bool same_node(const sla__rulebook *a, const sla__node *x, const sla__rulebook *b,
                      const sla__node *y) {
  return x->kind == y->kind && x->attribute == y->attribute && x->flags == y->flags &&
         x->count == y->count && same_values(a, x, b, y);
}

bool sla__nodes_same(const sla__rulebook *a, uint32_t from, uint32_t end, const sla__rulebook *b,
                     uint32_t other) {
  for (uint32_t at = from; at < end; at++) {
    const sla__node *x = sla__book_node(a, at), *y = sla__book_node(b, other + (at - from));
    if (x->end - from != y->end - other || !same_node(a, x, b, y)) return false;
  }
  return true;
}

static bool same_attributes(const sla__rulebook *a, const sla__rulebook *b) {
  if (a->attributes.count != b->attributes.count) return false;
  for (uint32_t i = 0; i < a->attributes.count; i++) {
    const sla__attribute *x = sla__book_attribute(a, i), *y = sla__book_attribute(b, i);
    if (x->type != y->type || !same_text(a, x->name, b, y->name)) return false;
  }
  return true;
}

static bool same_choice(const sla__rulebook *a, const sla__choice *x, const sla__rulebook *b,
                        const sla__choice *y) {
  return x->events == y->events && x->policy == y->policy && same_text(a, x->name, b, y->name) &&
         x->end - x->first == y->end - y->first &&
         sla__nodes_same(a, x->first, x->end, b, y->first);
}

static bool same_book(const sla__rulebook *a, const sla__rulebook *b) {
  if (a->fallback != b->fallback || a->choices.count != b->choices.count ||
      !same_attributes(a, b))
    return false;
  for (size_t i = 0; i < a->choices.count; i++)
    if (!same_choice(a, sla__book_choice(a, i), b, sla__book_choice(b, i))) return false;
  return true;
}

/* ---- reading ---- */

typedef struct {
  sla__source source;
  sla_rules_builder *builder;
  sla__array values; /* sla_fact: of the condition that is read */
} reading;

/* A text of at most 255 bytes; *at is where it begins. */
static int32_t read_text(sla__source *source, size_t *at, size_t *length) {
  int32_t code = sla__source_needs(source, 1);
  if (code != SLA_OK) return code;
  *length = sla__get_8(source);
  code = sla__source_needs(source, *length);
  *at = source->offset;
  if (code == SLA_OK) source->offset += *length;
  return code;
}

static int32_t read_attribute(reading *r) {
  sla__source *source = &r->source;
  size_t at = source->offset, text, length;
  uint32_t attribute;
  int32_t code = sla__source_needs(source, 1);
  if (code != SLA_OK) return code;
  uint32_t type = sla__get_8(source);
  code = read_text(source, &text, &length);
  if (code != SLA_OK) return code;
  code = sla_rules_builder_add_attribute(r->builder, type, (const char *)source->bytes + text,
                                         length, &attribute, NULL);
  return sla__source_told(source, code, at);
}

static int32_t read_count(sla__source *source, uint32_t *count) {
  int32_t code = sla__source_needs(source, sizeof(uint16_t));
  if (code == SLA_OK) *count = sla__get_16(source);
  return code;
}

static int32_t read_attributes(reading *r) {
  uint32_t count = 0;
  int32_t code = read_count(&r->source, &count);
  for (uint32_t i = 0; i < count && code == SLA_OK; i++) code = read_attribute(r);
  return code;
}

/* One value of an attribute. */
static int32_t read_value(reading *r, uint32_t attribute) {
  sla__source *source = &r->source;
  size_t length = 0, at = 0;
  bool text = sla__type_is_text(sla__book_attribute(&r->builder->book, attribute)->type);
  int32_t code =
      text ? read_text(source, &at, &length) : sla__source_needs(source, sizeof(int64_t));
  if (code != SLA_OK) return code;
  sla_fact *value = sla__array_push(&r->builder->allocator, &r->values, sizeof *value);
  if (value == NULL) return sla__fail(source->error, SLA_E_MEMORY);
  *value = (sla_fact){text ? (int64_t)at : sla__get_signed_64(source), (uint32_t)length, attribute};
  return SLA_OK;
}

static int32_t read_test(reading *r, uint32_t kind, size_t at) {
  sla__source *source = &r->source;
  int32_t code = sla__source_needs(source, sizeof(uint16_t) + 1 + sizeof(uint16_t));
  if (code != SLA_OK) return code;
  uint32_t attribute = sla__get_16(source), flags = sla__get_8(source);
  uint32_t count = sla__get_16(source);
  if (attribute >= r->builder->book.attributes.count) return sla__source_bad(source, at);
  r->values.count = 0;
  for (uint32_t i = 0; i < count && code == SLA_OK; i++) code = read_value(r, attribute);
  if (code != SLA_OK) return code;
  code = sla_rules_builder_add_condition(r->builder, attribute, kind, flags, r->values.data, count,
                                         sizeof(sla_fact), (const char *)source->bytes,
                                         source->length, NULL);
  return sla__source_told(source, code, at);
}

/* Closes groups until a condition of this depth can follow. */
static int32_t rise_to(sla_rules_builder *builder, uint32_t depth) {
  int32_t code = SLA_OK;
  while (code == SLA_OK && builder->open != SLA__NOWHERE &&
         sla__book_node(&builder->book, builder->open)->depth >= depth)
    code = sla_rules_builder_close_group(builder, NULL);
  return code;
}

static int32_t read_node(reading *r) {
  sla__source *source = &r->source;
  size_t at = source->offset;
  int32_t code = sla__source_needs(source, 2);
  if (code != SLA_OK) return code;
  uint32_t kind = sla__get_8(source), depth = sla__get_8(source);
  code = rise_to(r->builder, depth);
  if (code == SLA_OK && !sla__is_group(kind)) return read_test(r, kind, at);
  if (code == SLA_OK) code = sla_rules_builder_open_group(r->builder, kind, NULL);
  return sla__source_told(source, code, at);
}

static int32_t read_choice(reading *r) {
  sla__source *source = &r->source;
  size_t at = source->offset, text, length;
  uint32_t count = 0;
  int32_t code = sla__source_needs(source, sizeof(uint64_t) + sizeof(uint32_t));
  if (code != SLA_OK) return code;
  uint64_t events = sla__get_64(source);
  uint32_t policy = sla__get_32(source);
  code = read_text(source, &text, &length);
  if (code == SLA_OK) code = read_count(source, &count);
  if (code != SLA_OK) return code;
  code = sla_rules_builder_add_rule(r->builder, events, policy,
                                    (const char *)source->bytes + text, length, NULL);
  code = sla__source_told(source, code, at);
  for (uint32_t i = 0; i < count && code == SLA_OK; i++) code = read_node(r);
  if (code != SLA_OK) return code;
  return sla__source_told(source, rise_to(r->builder, 0), source->offset);
}

static int32_t read_choices(reading *r) {
  uint32_t count = 0;
  int32_t code = read_count(&r->source, &count);
  for (uint32_t i = 0; i < count && code == SLA_OK; i++) code = read_choice(r);
  return code;
}

static int32_t read_default(reading *r) {
  int32_t code = sla__source_needs(&r->source, sizeof(uint32_t));
  if (code != SLA_OK) return code;
  return sla_rules_builder_set_default(r->builder, sla__get_32(&r->source), NULL);
}

static int32_t read_rules(reading *r, const sla_allocator *allocator, sla_rules **rules) {
  int32_t code = sla__get_head(&r->source, KIND);
  if (code == SLA_OK) code = sla_rules_builder_new(allocator, &r->builder, r->source.error);
  if (code != SLA_OK) return code;
  code = read_default(r);
  if (code == SLA_OK) code = read_attributes(r);
  if (code == SLA_OK) code = read_choices(r);
  if (code == SLA_OK)
    code = sla__source_told(&r->source, sla_rules_builder_build(r->builder, rules, NULL), 0);
  sla__array_free(&r->builder->allocator, &r->values, sizeof(sla_fact));
  sla_rules_builder_free(r->builder);
  return code;
}

/* ---- public ---- */

int32_t sla_rules_bytes(const sla_rules *rules, void *buffer, size_t capacity, size_t *length) {
  if (rules == NULL || length == NULL || (buffer == NULL && capacity > 0)) return SLA_E_NULL;
  sla__bytes_give(write_rules, rules, buffer, capacity, length);
  return SLA_OK;
}

int32_t sla_rules_new_bytes(const void *bytes, size_t length, const sla_allocator *allocator,
                            sla_rules **rules, sla_error *error) {
  reading r = {.builder = NULL};
  sla_rules *made = NULL;
  if (rules == NULL) return sla__fail_null(error, 4);
  int32_t code = sla__source_open(&r.source, bytes, length, SLA__BYTES_MAX, error);
  if (code == SLA_OK) code = read_rules(&r, allocator, &made);
  if (code == SLA_OK) code = sla__source_check(&r.source, write_rules, made);
  if (code == SLA_OK) *rules = made;
  else sla_rules_unref(made);
  return code;
}

int32_t sla_rules_equal(const sla_rules *a, const sla_rules *b, uint32_t *equal) {
  if (a == NULL || b == NULL || equal == NULL) return SLA_E_NULL;
  *equal = a == b || same_book(&a->book, &b->book);
  return SLA_OK;
}

int32_t sla_rules_hash(const sla_rules *rules, uint64_t *hash) {
  if (rules == NULL || hash == NULL) return SLA_E_NULL;
  *hash = sla__bytes_hash(write_rules, rules);
  return SLA_OK;
}
