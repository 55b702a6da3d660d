/* SPDX-License-Identifier: MIT */
/* How many terminal columns UTF-8 text takes, and making any text safe to print. */
#ifndef EXAMPLES_WIDTH_H
#define EXAMPLES_WIDTH_H

#include "bytes.h"

/* Combining marks take none, East Asian wide characters and emoji two; an emoji joined to the one
 * before it, and a skin tone, add nothing. */
size_t width_of(const char *text, size_t length);

/* Adds the text on one line: line ends become spaces, and what could command a terminal or turn
 * the direction of the line (control characters, bidirectional overrides), or is not UTF-8, is
 * shown as U+FFFD. */
void width_add_harmless(bytes *to, const char *text, size_t length);

/* Adds what fits in so many columns, the last of them an ellipsis when it had to be cut. */
void width_add_cut(bytes *to, const char *text, size_t length, size_t columns);

#endif
