/* SPDX-License-Identifier: MIT */
#include "conditions.h"

#include <stdlib.h>
#include <string.h>

#include "times.h"
#include "why.h"

typedef struct {
  attributes *of;
  sla_rules_builder *builder;
  const document *in;
  bytes *why;
} reading;

static bool read_condition(const reading *with, const node *from, int depth);

/* ---- what a test compares with ---- */

typedef struct {
  sla_fact *items;
  size_t count;
  bytes texts;
} values;

static bool is_yes(slice text) { return slice_is(text, "yes") || slice_is(text, "true"); }

static bool read_instant(const reading *with, const node *from, int64_t *value) {
  slice text;
  bytes reason = {0};
  if (!node_need_text(with->in, from, "an instant", &text, with->why)) return false;
  bytes_format(&reason, "'" SLICE_FORMAT "': ", SLICE_ARGUMENTS(text));
  return document_accuse(with->in, from, with->why, &reason,
                         time_read_day(text, with->of->zone, value, &reason));
}

static bool read_value(const reading *with, const node *from, uint32_t number, values *into) {
  sla_fact *fact = &into->items[into->count++];
  uint32_t type = with->of->items[number].type;
  slice text;
  *fact = (sla_fact){.value = (int64_t)into->texts.length, .attribute = number};
  if (type == SLA_ATTRIBUTE_INSTANT) return read_instant(with, from, &fact->value);
  if (type == SLA_ATTRIBUTE_INTEGER)
    return node_need_number(with->in, from, "a value", -INT64_MAX, INT64_MAX, &fact->value,
                            with->why);
  if (!node_need_text(with->in, from, "a value", &text, with->why)) return false;
  fact->length = (uint32_t)text.length;
  bytes_add(&into->texts, text.text, text.length);
  return true;
}

/* "is present: yes" compares with nothing. */
static bool read_values(const reading *with, const node *from, uint32_t kind, uint32_t number,
                        values *into) {
  if (kind == SLA_IS_PRESENT || kind == SLA_IS_ABSENT)
    return is_yes(node_text(from)) ||
           document_blame(with->in, from, with->why, "%s: it can only be yes",
                          sla_condition_kind_name(kind));
  into->items = need(node_items(from), sizeof *into->items);
  for (size_t i = 0; i < node_items(from); i++)
    if (!read_value(with, node_item(with->in, from, i), number, into)) return false;
  return true;
}

/* ---- a test ---- */

/* What a test is written as besides its column: a condition of the library by its name. */
static bool find_kind(slice text, uint32_t first, uint32_t last, uint32_t *kind) {
  for (*kind = first; *kind <= last; ++*kind) {
    const char *name = sla_condition_kind_name(*kind);
    if (name != NULL && slice_is_word(text, name)) return true;
  }
  return false;
}

typedef struct {
  const node *column, *key, *value;
  uint32_t kind, flags;
} test;

static bool unknown_test(const reading *with, const node *key) {
  document_blame(with->in, key, with->why, "there is no condition '" SLICE_FORMAT "'; there are",
                 SLICE_ARGUMENTS(node_text(key)));
  for (uint32_t i = SLA_ALL_OF; i <= SLA_TAGGED; i++)
    if (sla_condition_kind_name(i) != NULL)
      bytes_format(with->why, "%s %s", i == SLA_ALL_OF ? "" : ",", sla_condition_kind_name(i));
  return false;
}

static bool read_case(const reading *with, const node *value, test *into) {
  if (is_yes(node_text(value))) into->flags |= SLA_IGNORE_CASE;
  else if (!slice_is(node_text(value), "no") && !slice_is(node_text(value), "false"))
    return document_blame(with->in, value, with->why, "ignore case: yes or no");
  return true;
}

static bool take_key(const reading *with, const node *key, const node *value, test *into) {
  slice text = node_text(key);
  uint32_t kind;
  if (slice_is_word(text, "column")) into->column = value;
  else if (slice_is_word(text, "ignore case")) return read_case(with, value, into);
  else if (!find_kind(text, SLA_IS_PRESENT, SLA_TAGGED, &kind)) return unknown_test(with, key);
  else if (into->key != NULL)
    return document_blame(with->in, key, with->why, "one condition at a time: this is the second");
  else *into = (test){into->column, key, value, kind, into->flags};
  return true;
}

static bool give_test(const reading *with, const test *of, uint32_t number, const values *all) {
  const attribute *about = &with->of->items[number];
  sla_error error;
  bytes reason = {0};
  if (sla_rules_builder_add_condition(with->builder, number, of->kind, of->flags, all->items,
                                      all->count, sizeof *all->items, bytes_text(&all->texts),
                                      all->texts.length, &error) == SLA_OK)
    return true;
  bytes_format(&reason, "%s with %zu value%s, of the column '%s', which is %s: ",
               sla_condition_kind_name(of->kind), all->count, all->count == 1 ? "" : "s",
               about->name.text, sla_attribute_type_name(about->type));
  why_error(&reason, &error);
  return document_accuse(with->in, of->key, with->why, &reason, false);
}

static bool add_test(const reading *with, const test *of) {
  uint32_t number;
  values all = {0};
  bool done = attributes_need(with->of, with->in, of->column, &number, with->why) &&
              read_values(with, of->value, of->kind, number, &all) &&
              give_test(with, of, number, &all);
  free(all.items);
  bytes_free(&all.texts);
  return done;
}

static bool read_test(const reading *with, const node *from) {
  test of = {0};
  for (size_t i = 0; i < node_count(from); i++)
    if (!take_key(with, node_key(with->in, from, i), node_value(with->in, from, i), &of))
      return false;
  if (of.column == NULL)
    return document_blame(with->in, from, with->why, "a condition needs a column");
  if (of.key == NULL)
    return document_blame(with->in, from, with->why, "a condition needs to say what is to hold");
  return add_test(with, &of);
}

/* ---- groups ---- */

/* Deeper than the library takes, so that it is the one to say so; and an end, should an alias lead
 * back to where it stands. */
enum { DEEPEST = 100 };

static bool read_members(const reading *with, const node *list, int depth) {
  if (!node_need_list(with->in, list, "a group of conditions", with->why)) return false;
  for (size_t i = 0; i < node_count(list); i++)
    if (!read_condition(with, node_item(with->in, list, i), depth + 1)) return false;
  return true;
}

static bool read_group(const reading *with, const node *from, uint32_t kind, int depth) {
  const node *key = node_key(with->in, from, 0);
  sla_error error;
  bytes reason = {0};
  if (node_count(from) != 1)
    return document_blame(with->in, node_key(with->in, from, 1), with->why,
                          "a group of conditions stands alone");
  bool done = sla_rules_builder_open_group(with->builder, kind, &error) == SLA_OK ||
              why_error(&reason, &error);
  if (!document_accuse(with->in, key, with->why, &reason, done)) return false;
  if (!read_members(with, node_value(with->in, from, 0), depth)) return false;
  done = sla_rules_builder_close_group(with->builder, &error) == SLA_OK ||
         why_error(&reason, &error);
  return document_accuse(with->in, key, with->why, &reason, done);
}

static bool read_condition(const reading *with, const node *from, int depth) {
  uint32_t kind;
  if (depth > DEEPEST)
    return document_blame(with->in, from, with->why, "conditions are nested too deeply");
  if (!node_check_names(with->in, from, "a condition", with->why)) return false;
  if (node_count(from) != 0 &&
      find_kind(node_text(node_key(with->in, from, 0)), SLA_ALL_OF, SLA_NONE_OF, &kind))
    return read_group(with, from, kind, depth);
  return read_test(with, from);
}

bool conditions_read(attributes *of, size_t builder, const document *in, const node *from,
                     bytes *why) {
  const reading with = {of, of->builders[builder], in, why};
  if (node_is_list(from)) return read_members(&with, from, 0);
  return read_condition(&with, from, 0);
}
