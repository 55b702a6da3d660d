/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <string.h>

enum kind { FLAG, SINGLE, LIST };

typedef struct {
  const char *name;
  enum kind kind;
  size_t offset; /* of its bytes, or of its bool, in options */
} option;

#define OPTION(name, kind, member) {name, kind, offsetof(options, member)}

static const option known[] = {
    OPTION("zone", SINGLE, zone),
    OPTION("hours", SINGLE, hours),
    OPTION("holidays", SINGLE, holidays),
    OPTION("first-response", LIST, first_response),
    OPTION("next-response", LIST, next_response),
    OPTION("resolution", LIST, resolution),
    OPTION("due-soon", LIST, due_soon),
    OPTION("pause", LIST, pause),
    OPTION("now", SINGLE, now),
    OPTION("map", LIST, map),
    OPTION("column", LIST, column),
    OPTION("columns", LIST, columns),
    OPTION("format", SINGLE, format),
    OPTION("color", SINGLE, color),
    OPTION("width", SINGLE, width),
    OPTION("all-metrics", FLAG, all_metrics),
    OPTION("help", FLAG, help),
    OPTION("version", FLAG, version),
};

static void *member(options *of, const option *which) { return (char *)of + which->offset; }

static const option *find(const char *name, size_t length) {
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strlen(known[i].name) == length && memcmp(known[i].name, name, length) == 0)
      return &known[i];
  return NULL;
}

static void set(options *into, const option *which, const char *value) {
  bytes *text = member(into, which);
  if (which->kind == SINGLE) bytes_clear(text);
  else if (text->length != 0) bytes_add_char(text, ',');
  bytes_add_text(text, value);
}

static bool fail(bytes *why, const char *before, const char *argument, const char *after) {
  bytes_format(why, "%s'%s'%s", before, argument, after);
  return false;
}

/* An option, with its value behind an equals sign or in the next argument. */
static bool read_option(options *into, char **arguments, int count, int *at, bytes *why) {
  const char *argument = arguments[*at];
  size_t length = strcspn(argument + 2, "=");
  const option *which = find(argument + 2, length);
  const char *value = argument[2 + length] == '=' ? argument + 2 + length + 1 : NULL;
  if (which == NULL) return fail(why, "unknown option ", argument, " (--help lists them)");
  if (which->kind == FLAG) {
    if (value != NULL) return fail(why, "option ", argument, ": there is no value to give");
    *(bool *)member(into, which) = true;
    return true;
  }
  if (value == NULL && *at + 1 < count) value = arguments[++*at];
  if (value == NULL || *value == '\0') return fail(why, "option ", argument, " needs a value");
  set(into, which, value);
  return true;
}

static bool set_file(options *into, const char *file, bytes *why) {
  if (into->file != NULL) return fail(why, "one file at a time: ", file, " is the second");
  into->file = file;
  return true;
}

bool options_read(options *into, int count, char **arguments, bytes *why) {
  bool only_files = false;
  for (int at = 1; at < count; at++) {
    const char *argument = arguments[at];
    bool done;
    if (only_files || argument[0] != '-' || argument[1] == '\0')
      done = set_file(into, argument, why);
    else if (strcmp(argument, "--") == 0) done = only_files = true;
    else if (argument[1] != '-')
      done = fail(why, "unknown option ", argument, " (--help lists them)");
    else done = read_option(into, arguments, count, &at, why);
    if (!done) return false;
  }
  return true;
}

void options_free(options *of) {
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (known[i].kind != FLAG) bytes_free(member(of, &known[i]));
}
