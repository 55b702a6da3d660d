/* SPDX-License-Identifier: MIT */
/* Rules read back: attributes, rules, conditions and their values, in the order they were told. */
#include "rules.h"
#include "text.h"

static const sla__attribute *attribute_at(const sla_rules *rules, uint32_t index) {
  return index < rules->book.attributes.count ? sla__book_attribute(&rules->book, index) : NULL;
}

static const sla__choice *choice_at(const sla_rules *rules, uint32_t index) {
  return index < rules->book.choices.count ? sla__book_choice(&rules->book, index) : NULL;
}

static const sla__node *node_at(const sla_rules *rules, uint32_t rule, uint32_t index) {
  const sla__choice *choice = choice_at(rules, rule);
  if (choice == NULL || index >= choice->end - choice->first) return NULL;
  return sla__book_node(&rules->book, choice->first + index);
}

/* Groups have no values. */
static const sla__value *value_at(const sla_rules *rules, uint32_t rule, uint32_t condition,
                                  uint32_t index, bool text) {
  const sla__node *node = node_at(rules, rule, condition);
  if (node == NULL || index >= node->count) return NULL;
  uint32_t type = sla__book_attribute(&rules->book, node->attribute)->type;
  if (sla__type_is_text(type) != text) return NULL;
  return sla__book_value(&rules->book, node->first + index);
}

static void write_span(const sla_rules *rules, sla__span_of_text span, char *buffer,
                       size_t capacity, size_t *length) {
  sla__writer writer = {buffer, capacity, 0};
  sla__write(&writer, sla__book_text(&rules->book, span), span.length);
  *length = writer.length;
}

uint32_t sla_rules_attribute_count(const sla_rules *rules) {
  return rules == NULL ? 0 : (uint32_t)rules->book.attributes.count;
}

int32_t sla_rules_attribute(const sla_rules *rules, uint32_t attribute, uint32_t *type) {
  if (rules == NULL || type == NULL) return SLA_E_NULL;
  const sla__attribute *found = attribute_at(rules, attribute);
  if (found == NULL) return SLA_E_ATTRIBUTE;
  *type = found->type;
  return SLA_OK;
}

int32_t sla_rules_attribute_name(const sla_rules *rules, uint32_t attribute, char *buffer,
                                 size_t capacity, size_t *length) {
  if (rules == NULL || length == NULL || (buffer == NULL && capacity > 0)) return SLA_E_NULL;
  const sla__attribute *found = attribute_at(rules, attribute);
  if (found == NULL) return SLA_E_ATTRIBUTE;
  write_span(rules, found->name, buffer, capacity, length);
  return SLA_OK;
}

uint32_t sla_rules_count(const sla_rules *rules) {
  return rules == NULL ? 0 : (uint32_t)rules->book.choices.count;
}

int32_t sla_rules_rule(const sla_rules *rules, uint32_t index, sla_rule *rule, size_t size) {
  if (rules == NULL || rule == NULL) return SLA_E_NULL;
  if (!sla__size_ok(size, sizeof *rule)) return SLA_E_ABI;
  const sla__choice *found = choice_at(rules, index);
  if (found == NULL) return SLA_E_ARGUMENT;
  const sla_rule told = {found->events, found->policy, found->end - found->first};
  sla__record_write(rule, size, &told, sizeof told);
  return SLA_OK;
}

int32_t sla_rules_rule_name(const sla_rules *rules, uint32_t index, char *buffer, size_t capacity,
                            size_t *length) {
  if (rules == NULL || length == NULL || (buffer == NULL && capacity > 0)) return SLA_E_NULL;
  const sla__choice *found = choice_at(rules, index);
  if (found == NULL) return SLA_E_ARGUMENT;
  write_span(rules, found->name, buffer, capacity, length);
  return SLA_OK;
}

int32_t sla_rules_condition(const sla_rules *rules, uint32_t rule, uint32_t index,
                            sla_condition *condition, size_t size) {
  if (rules == NULL || condition == NULL) return SLA_E_NULL;
  if (!sla__size_ok(size, sizeof *condition)) return SLA_E_ABI;
  const sla__node *found = node_at(rules, rule, index);
  if (found == NULL) return SLA_E_ARGUMENT;
  const sla_condition told = {.kind = found->kind, .attribute = found->attribute,
                              .flags = found->flags, .depth = found->depth,
                              .values = found->count};
  sla__record_write(condition, size, &told, sizeof told);
  return SLA_OK;
}

int32_t sla_rules_number(const sla_rules *rules, uint32_t rule, uint32_t condition, uint32_t index,
                         int64_t *number) {
  if (rules == NULL || number == NULL) return SLA_E_NULL;
  const sla__value *found = value_at(rules, rule, condition, index, false);
  if (found == NULL) return SLA_E_ARGUMENT;
  *number = found->number;
  return SLA_OK;
}

int32_t sla_rules_text(const sla_rules *rules, uint32_t rule, uint32_t condition, uint32_t index,
                       char *buffer, size_t capacity, size_t *length) {
  if (rules == NULL || length == NULL || (buffer == NULL && capacity > 0)) return SLA_E_NULL;
  const sla__value *found = value_at(rules, rule, condition, index, true);
  if (found == NULL) return SLA_E_ARGUMENT;
  write_span(rules, found->text, buffer, capacity, length);
  return SLA_OK;
}

int32_t sla_rules_default(const sla_rules *rules, uint32_t *policy) {
  if (rules == NULL || policy == NULL) return SLA_E_NULL;
  *policy = rules->book.fallback;
  return SLA_OK;
}
