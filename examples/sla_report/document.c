/* SPDX-License-Identifier: MIT */
#include "document.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "files.h"

/* ---- reading ---- */

static bool blame_mark(const char *path, const yaml_mark_t *mark, bytes *why, const char *reason) {
  bytes_format(why, "%s:%zu:%zu: %s", path, mark->line + 1, mark->column + 1, reason);
  return false;
}

/* Where a byte of the text is, as a mark says it. */
static yaml_mark_t mark_of(const bytes *text, size_t index) {
  yaml_mark_t mark = {.index = index};
  for (size_t i = 0; i < index && i < text->length; i++) {
    mark.column++;
    if (text->data[i] != '\n') continue;
    mark.line++;
    mark.column = 0;
  }
  return mark;
}

static bool blame_parser(const char *path, const yaml_parser_t *parser, const bytes *text,
                         bytes *why) {
  const char *problem = parser->problem == NULL ? "not YAML" : parser->problem;
  yaml_mark_t mark = parser->problem_mark;
  if (parser->error == YAML_READER_ERROR) mark = mark_of(text, parser->problem_offset);
  return blame_mark(path, &mark, why,
                    parser->error == YAML_MEMORY_ERROR ? "out of memory" : problem);
}

static bool is_alone(const char *path, yaml_parser_t *parser, const bytes *text, bytes *why) {
  yaml_document_t second;
  if (!yaml_parser_load(parser, &second)) return blame_parser(path, parser, text, why);
  const yaml_node_t *root = yaml_document_get_root_node(&second);
  bool alone = root == NULL;
  if (!alone) blame_mark(path, &root->start_mark, why, "a second document: there can be one");
  yaml_document_delete(&second);
  return alone;
}

static bool load(document *made, const bytes *text, bytes *why) {
  yaml_parser_t parser;
  const unsigned char *data = (const unsigned char *)bytes_text(text);
  if (!yaml_parser_initialize(&parser)) {
    bytes_add_text(why, "out of memory");
    return false;
  }
  yaml_parser_set_input_string(&parser, data, text->length);
  bool done = yaml_parser_load(&parser, made->tree) == 1;
  if (!done) {
    blame_parser(made->path, &parser, text, why);
    memset(made->tree, 0, sizeof *made->tree);
  } else if (document_root(made) == NULL) {
    bytes_format(why, "%s:1:1: there is nothing in it", made->path);
    done = false;
  } else done = is_alone(made->path, &parser, text, why);
  yaml_parser_delete(&parser);
  return done;
}

bool document_read(document *made, const char *path, bytes *why) {
  bytes text = {0};
  *made = (document){path, need(1, sizeof *made->tree)};
  bool done = file_read(path, &text, why) && load(made, &text, why);
  bytes_free(&text);
  return done;
}

void document_free(document *of) {
  if (of->tree != NULL) yaml_document_delete(of->tree);
  free(of->tree);
  of->tree = NULL;
}

const node *document_root(const document *of) { return yaml_document_get_root_node(of->tree); }

/* ---- blame ---- */

bool document_blame(const document *of, const node *at, bytes *why, const char *format, ...) {
  char sentence[1024];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(sentence, sizeof sentence, format, arguments);
  va_end(arguments);
  return blame_mark(of->path, &at->start_mark, why, sentence);
}

bool document_accuse(const document *of, const node *at, bytes *why, bytes *reason, bool done) {
  if (!done) document_blame(of, at, why, "%s", bytes_text(reason));
  bytes_free(reason);
  return done;
}

/* ---- kinds ---- */

bool node_is_list(const node *of) { return of->type == YAML_SEQUENCE_NODE; }
bool node_is_map(const node *of) { return of->type == YAML_MAPPING_NODE; }

static const char *kind_of(const node *of) {
  return node_is_list(of) ? "a list" : node_is_map(of) ? "a map" : "a text";
}

bool node_need_list(const document *in, const node *of, const char *what, bytes *why) {
  if (node_is_list(of)) return true;
  return document_blame(in, of, why, "%s: a list is needed, this is %s", what, kind_of(of));
}

bool node_need_map(const document *in, const node *of, const char *what, bytes *why) {
  if (node_is_map(of)) return true;
  return document_blame(in, of, why, "%s: a map is needed, this is %s", what, kind_of(of));
}

bool node_need_text(const document *in, const node *of, const char *what, slice *text,
                    bytes *why) {
  if (of->type != YAML_SCALAR_NODE)
    return document_blame(in, of, why, "%s: a text is needed, this is %s", what, kind_of(of));
  *text = node_text(of);
  if (text->length == 0) return document_blame(in, of, why, "%s: nothing is given", what);
  if (memchr(text->text, 0, text->length) != NULL)
    return document_blame(in, of, why, "%s: a zero byte", what);
  return true;
}

bool node_need_number(const document *in, const node *of, const char *what, int64_t least,
                      int64_t most, int64_t *number, bytes *why) {
  slice text;
  if (!node_need_text(in, of, what, &text, why)) return false;
  bool negative = least < 0 && text.text[0] == '-';
  slice digits = negative ? (slice){text.text + 1, text.length - 1} : text;
  if (!slice_number(digits, INT64_MAX, number) || (negative ? -*number : *number) < least ||
      *number > most)
    return document_blame(in, of, why, "%s: '" SLICE_FORMAT "' is not a whole number from %lld to"
                          " %lld", what, SLICE_ARGUMENTS(text), (long long)least, (long long)most);
  if (negative) *number = -*number;
  return true;
}

/* ---- lists and maps ---- */

static const node *node_at(const document *in, int index) {
  return yaml_document_get_node(in->tree, index);
}

size_t node_count(const node *of) {
  if (node_is_list(of))
    return (size_t)(of->data.sequence.items.top - of->data.sequence.items.start);
  if (node_is_map(of)) return (size_t)(of->data.mapping.pairs.top - of->data.mapping.pairs.start);
  return 1;
}

size_t node_items(const node *of) { return node_is_list(of) ? node_count(of) : 1; }

const node *node_item(const document *in, const node *of, size_t index) {
  return node_is_list(of) ? node_at(in, of->data.sequence.items.start[index]) : of;
}

const node *node_key(const document *in, const node *of, size_t index) {
  return node_at(in, of->data.mapping.pairs.start[index].key);
}

const node *node_value(const document *in, const node *of, size_t index) {
  return node_at(in, of->data.mapping.pairs.start[index].value);
}

slice node_text(const node *of) {
  if (of->type != YAML_SCALAR_NODE) return (slice){"", 0};
  return (slice){(const char *)of->data.scalar.value, of->data.scalar.length};
}

const node *node_find(const document *in, const node *map, const char *key) {
  for (size_t i = 0; i < node_count(map); i++)
    if (slice_is_word(node_text(node_key(in, map, i)), key)) return node_value(in, map, i);
  return NULL;
}

/* ---- keys ---- */

static bool same_key(const node *a, const node *b) {
  slice left = node_text(a), right = node_text(b);
  return left.length == right.length && memcmp(left.text, right.text, left.length) == 0;
}

bool node_check_names(const document *in, const node *map, const char *what, bytes *why) {
  slice text;
  if (!node_need_map(in, map, what, why)) return false;
  for (size_t i = 0; i < node_count(map); i++) {
    const node *key = node_key(in, map, i);
    if (!node_need_text(in, key, what, &text, why)) return false;
    for (size_t j = 0; j < i; j++)
      if (same_key(key, node_key(in, map, j)))
        return document_blame(in, key, why, "%s: '" SLICE_FORMAT "' is there twice", what,
                              SLICE_ARGUMENTS(text));
  }
  return true;
}

static bool unknown_key(const document *in, const node *key, const char *what,
                        const char *const *keys, size_t count, bytes *why) {
  slice text = node_text(key);
  document_blame(in, key, why, "%s: there is no '" SLICE_FORMAT "'; it can have", what,
                 SLICE_ARGUMENTS(text));
  for (size_t i = 0; i < count; i++)
    bytes_format(why, "%s %s", i == 0 ? "" : ",", keys[i]);
  return false;
}

bool node_check_keys(const document *in, const node *map, const char *what,
                     const char *const *keys, size_t count, bytes *why) {
  uint64_t seen = 0;
  if (!node_check_names(in, map, what, why)) return false;
  for (size_t i = 0; i < node_count(map); i++) {
    const node *key = node_key(in, map, i);
    size_t which = 0;
    while (which < count && !slice_is_word(node_text(key), keys[which])) which++;
    if (which == count) return unknown_key(in, key, what, keys, count, why);
    if (seen >> which & 1)
      return document_blame(in, key, why, "%s: '%s' is there twice", what, keys[which]);
    seen |= UINT64_C(1) << which;
  }
  return true;
}
