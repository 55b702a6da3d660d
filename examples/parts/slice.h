/* SPDX-License-Identifier: MIT */
/* Pieces of text: cutting, trimming and comparing them.  Only ASCII letters fold. */
#ifndef EXAMPLES_SLICE_H
#define EXAMPLES_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  const char *text;
  size_t length;
} slice;

#define SLICE_FORMAT "%.*s" /* with SLICE_ARGUMENTS, for a message */
#define SLICE_ARGUMENTS(s) ((s).length > 200 ? 200 : (int)(s).length), (s).text

slice slice_of(const char *text);
slice slice_trim(slice s); /* without spaces and tabs around it */
/* The trimmed part of *rest before the separator; false when nothing was left.  A backslash keeps
 * the character after it from separating. */
bool slice_next(slice *rest, char separator, slice *part);
/* Cuts at the first separator; false, with all of it in *head, when there is none. */
bool slice_cut(slice s, char separator, slice *head, slice *tail);

bool slice_is(slice s, const char *text);      /* letter for letter, in any case */
bool slice_is_word(slice s, const char *word); /* "On-Hold", "on_hold" and "on hold" are one */
/* All of it a decimal number of at most max. */
bool slice_number(slice s, int64_t max, int64_t *number);

#endif
