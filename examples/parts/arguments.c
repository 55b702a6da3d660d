/* SPDX-License-Identifier: MIT */
#include "arguments.h"

#include <string.h>

static void *member(void *options, const option *which) { return (char *)options + which->offset; }

static const option *find(const option_table *table, const char *name, size_t length) {
  for (size_t i = 0; i < table->count; i++)
    if (strlen(table->known[i].name) == length && memcmp(table->known[i].name, name, length) == 0)
      return &table->known[i];
  return NULL;
}

static void set(void *options, const option *which, const char *value) {
  bytes *text = member(options, which);
  if (which->kind == SINGLE) bytes_clear(text);
  else if (text->length != 0) bytes_add_char(text, ',');
  bytes_add_text(text, value);
}

static bool fail(bytes *why, const char *before, const char *argument, const char *after) {
  bytes_format(why, "%s'%s'%s", before, argument, after);
  return false;
}

typedef struct {
  const option_table *table;
  void *options;
  const char **files;
  char **arguments;
  int count, at;
  size_t file_count;
} reading;

/* An option, with its value behind an equals sign or in the next argument. */
static bool read_option(reading *of, bytes *why) {
  const char *argument = of->arguments[of->at];
  size_t length = strcspn(argument + 2, "=");
  const option *which = find(of->table, argument + 2, length);
  const char *value = argument[2 + length] == '=' ? argument + 2 + length + 1 : NULL;
  if (which == NULL) return fail(why, "unknown option ", argument, " (--help lists them)");
  if (which->kind == FLAG) {
    if (value != NULL) return fail(why, "option ", argument, ": there is no value to give");
    *(bool *)member(of->options, which) = true;
    return true;
  }
  if (value == NULL && of->at + 1 < of->count) value = of->arguments[++of->at];
  if (value == NULL || *value == '\0') return fail(why, "option ", argument, " needs a value");
  set(of->options, which, value);
  return true;
}

static bool add_file(reading *of, bytes *why) {
  static const char *const all[] = {"no file", "one file", "two files", "three files"};
  static const char *const next[] = {"the first", "the second", "the third", "the fourth"};
  size_t limit = of->table->file_limit;
  const char *file = of->arguments[of->at];
  if (of->file_count == limit) {
    bytes_format(why, "%s at a time: '%s' is %s", all[limit], file, next[limit]);
    return false;
  }
  of->files[of->file_count++] = file;
  return true;
}

bool arguments_read(const option_table *table, void *options, const char **files, int count,
                    char **arguments, bytes *why) {
  reading of = {table, options, files, arguments, count, 1, 0};
  bool only_files = false;
  for (; of.at < count; of.at++) {
    const char *argument = arguments[of.at];
    bool done;
    if (only_files || argument[0] != '-' || argument[1] == '\0') done = add_file(&of, why);
    else if (strcmp(argument, "--") == 0) done = only_files = true;
    else if (argument[1] != '-')
      done = fail(why, "unknown option ", argument, " (--help lists them)");
    else done = read_option(&of, why);
    if (!done) return false;
  }
  return true;
}

void arguments_free(const option_table *table, void *options) {
  for (size_t i = 0; i < table->count; i++)
    if (table->known[i].kind != FLAG) bytes_free(member(options, &table->known[i]));
}

bool arguments_choose(const char *name, const bytes *given, const char *const *choices,
                      size_t count, size_t *chosen, bytes *why) {
  for (*chosen = 0; *chosen < count; ++*chosen)
    if (given->length == 0 || strcmp(given->data, choices[*chosen]) == 0) return true;
  bytes_format(why, "--%s: '%s' is not ", name, given->data);
  for (size_t i = 0; i < count; i++)
    bytes_format(why, "%s%s", i == 0 ? "" : i + 1 == count ? " or " : ", ", choices[i]);
  return false;
}
