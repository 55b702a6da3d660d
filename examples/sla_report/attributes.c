/* SPDX-License-Identifier: MIT */
#include "attributes.h"

#include <stdlib.h>

#include "times.h"
#include "why.h"

/* ---- building ---- */

bool attributes_make(attributes *made, const sla_zone *zone, bytes *why) {
  sla_error error;
  made->zone = zone;
  for (size_t i = 0; i < RULE_SETS; i++)
    if (sla_rules_builder_new(NULL, &made->builders[i], &error) != SLA_OK)
      return why_error(why, &error);
  return true;
}

bool attributes_build(const attributes *of, size_t set, sla_rules **made, bytes *why) {
  sla_error error;
  return sla_rules_builder_build(of->builders[set], made, &error) == SLA_OK ||
         why_error(why, &error);
}

static bool add(attributes *to, const document *in, const node *name, uint32_t type, bytes *why) {
  slice text = node_text(name);
  sla_error error;
  uint32_t number;
  bytes reason = {0};
  to->items = need_one_more(to->items, to->count, &to->room, sizeof *to->items);
  to->items[to->count++] = (attribute){text, name, type, NO_COLUMN};
  for (size_t i = 0; i < RULE_SETS; i++)
    if (sla_rules_builder_add_attribute(to->builders[i], type, text.text, text.length, &number,
                                        &error) != SLA_OK) {
      why_error(&reason, &error);
      return document_accuse(in, name, why, &reason, false);
    }
  return true;
}

static bool find(const attributes *in, slice name, uint32_t *number) {
  for (size_t i = 0; i < in->count; i++)
    if (slice_is_word(name, in->items[i].name.text)) {
      *number = (uint32_t)i;
      return true;
    }
  return false;
}

static bool read_type(const document *in, const node *from, uint32_t *type, bytes *why) {
  slice text;
  if (!node_need_text(in, from, "a column's type", &text, why)) return false;
  for (*type = SLA_ATTRIBUTE_TEXT; *type <= SLA_ATTRIBUTE_TAGS; ++*type)
    if (slice_is_word(text, sla_attribute_type_name(*type))) return true;
  return document_blame(in, from, why, "'" SLICE_FORMAT "' is not text, integer, instant or tags",
                        SLICE_ARGUMENTS(text));
}

bool attributes_read_types(attributes *made, const document *in, const node *from, bytes *why) {
  if (from == NULL) return true;
  if (!node_check_names(in, from, "types", why)) return false;
  for (size_t i = 0; i < node_count(from); i++) {
    const node *name = node_key(in, from, i);
    uint32_t type, number;
    if (!read_type(in, node_value(in, from, i), &type, why)) return false;
    if (find(made, node_text(name), &number))
      return document_blame(in, name, why, "types: '" SLICE_FORMAT "' is there twice",
                            SLICE_ARGUMENTS(node_text(name)));
    if (!add(made, in, name, type, why)) return false;
  }
  return true;
}

bool attributes_need(attributes *of, const document *in, const node *name, uint32_t *number,
                     bytes *why) {
  slice text;
  if (!node_need_text(in, name, "column", &text, why)) return false;
  if (find(of, text, number)) return true;
  *number = (uint32_t)of->count;
  return add(of, in, name, SLA_ATTRIBUTE_TEXT, why);
}

void attributes_free(attributes *of) {
  free(of->items);
  free(of->facts);
  bytes_free(&of->texts);
  for (size_t i = 0; i < RULE_SETS; i++) sla_rules_builder_free(of->builders[i]);
}

/* ---- an export ---- */

bool attributes_bind(attributes *of, const document *in, const ticket_export *from, bytes *why) {
  for (size_t i = 0; i < of->count; i++) {
    attribute *one = &of->items[i];
    one->column = export_find(from, one->name);
    if (one->column == NO_COLUMN)
      return document_blame(in, one->said, why, "the export has no column '" SLICE_FORMAT "'",
                            SLICE_ARGUMENTS(one->name));
  }
  return true;
}

static void add_fact(attributes *to, size_t number, int64_t value) {
  to->facts = need_one_more(to->facts, to->fact_count, &to->fact_room, sizeof *to->facts);
  to->facts[to->fact_count++] = (sla_fact){.value = value, .attribute = (uint32_t)number};
}

static void add_text(attributes *to, size_t number, slice text) {
  add_fact(to, number, (int64_t)to->texts.length);
  to->facts[to->fact_count - 1].length = (uint32_t)text.length;
  bytes_add(&to->texts, text.text, text.length);
}

/* "new; vip": by commas or semicolons. */
static void add_tags(attributes *to, size_t number, slice cell) {
  while (cell.length != 0) {
    size_t length = 0;
    while (length < cell.length && cell.text[length] != ',' && cell.text[length] != ';') length++;
    slice tag = slice_trim((slice){cell.text, length});
    if (tag.length != 0) add_text(to, number, tag);
    if (length < cell.length) length++;
    cell = (slice){cell.text + length, cell.length - length};
  }
}

static bool add_integer(attributes *to, size_t number, slice cell, bytes *why) {
  int64_t value;
  bool negative = cell.text[0] == '-';
  slice digits = negative ? (slice){cell.text + 1, cell.length - 1} : cell;
  if (!slice_number(digits, INT64_MAX, &value)) {
    bytes_format(why, "'" SLICE_FORMAT "' is not a whole number", SLICE_ARGUMENTS(cell));
    return false;
  }
  add_fact(to, number, negative ? -value : value);
  return true;
}

static bool add_instant(attributes *to, size_t number, slice cell, const sla_zone *zone,
                        bytes *why) {
  sla_time at;
  bytes_format(why, "'" SLICE_FORMAT "': ", SLICE_ARGUMENTS(cell));
  if (!time_read_day(cell, zone, &at, why)) return false;
  bytes_clear(why);
  add_fact(to, number, at);
  return true;
}

static bool take_cell(attributes *of, size_t number, slice cell, const sla_zone *zone,
                      bytes *why) {
  if (cell.length == 0) return true; /* it is absent */
  switch (of->items[number].type) {
    case SLA_ATTRIBUTE_INTEGER: return add_integer(of, number, cell, why);
    case SLA_ATTRIBUTE_INSTANT: return add_instant(of, number, cell, zone, why);
    case SLA_ATTRIBUTE_TAGS: add_tags(of, number, cell); return true;
    default: add_text(of, number, cell); return true;
  }
}

bool attributes_take(attributes *of, const ticket_export *from, bytes *why) {
  of->fact_count = 0;
  bytes_clear(&of->texts);
  for (size_t i = 0; i < of->count; i++) {
    bytes reason = {0};
    slice cell = slice_trim(slice_of(export_field(from, of->items[i].column)));
    bool done = take_cell(of, i, cell, from->local, &reason);
    if (!done) bytes_format(why, "%s: %s", of->items[i].name.text, bytes_text(&reason));
    bytes_free(&reason);
    if (!done) return false;
  }
  return true;
}
