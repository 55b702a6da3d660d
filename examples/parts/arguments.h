/* SPDX-License-Identifier: MIT */
/* The command line, taken apart but not yet understood. */
#ifndef EXAMPLES_ARGUMENTS_H
#define EXAMPLES_ARGUMENTS_H

#include "bytes.h"

enum option_kind { FLAG, SINGLE, LIST };

/* An option that a program has.  What may be given several times is joined by commas. */
typedef struct {
  const char *name;
  enum option_kind kind;
  size_t offset; /* of its bytes, or of its bool, in the program's record of options */
} option;

typedef struct {
  const option *known;
  size_t count;
  size_t file_limit; /* arguments that are no options, at most three */
} option_table;

/* The value of an option follows an equals sign or is the next argument; "-" is a file, and behind
 * "--" everything is. */
bool arguments_read(const option_table *table, void *options, const char **files, int count,
                    char **arguments, bytes *why);
void arguments_free(const option_table *table, void *options);

/* The position among the choices; the first when nothing was given. */
bool arguments_choose(const char *name, const bytes *given, const char *const *choices,
                      size_t count, size_t *chosen, bytes *why);

#endif
