/* SPDX-License-Identifier: MIT */
/* How a table is to look: --color and --width. */
#ifndef EXAMPLES_STYLE_H
#define EXAMPLES_STYLE_H

#include "bytes.h"

typedef struct {
  size_t width; /* of the terminal */
  bool color;
} print_style;

bool style_read(print_style *made, const bytes *color, const bytes *width, bytes *why);

#endif
