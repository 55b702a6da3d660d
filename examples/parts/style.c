/* SPDX-License-Identifier: MIT */
#include "style.h"

#include "arguments.h"
#include "slice.h"
#include "terminal.h"

enum { USUAL_WIDTH = 120, LEAST_WIDTH = 40, MOST_WIDTH = 1000 };

static bool read_width(print_style *made, const bytes *given, bytes *why) {
  int64_t width = (int64_t)terminal_width(stdout);
  if (width == 0) width = USUAL_WIDTH;
  slice text = {given->data, given->length};
  if (text.length != 0 && (!slice_number(text, MOST_WIDTH, &width) || width < LEAST_WIDTH)) {
    bytes_format(why, "--width: '%s' is not a number from %d to %d", given->data, LEAST_WIDTH,
                 MOST_WIDTH);
    return false;
  }
  made->width = (size_t)width;
  return true;
}

bool style_read(print_style *made, const bytes *color, const bytes *width, bytes *why) {
  static const char *const colors[] = {"auto", "always", "never"};
  size_t chosen;
  if (!arguments_choose("color", color, colors, 3, &chosen, why)) return false;
  made->color = chosen == 1 || (chosen == 0 && terminal_wants_color(stdout));
  return read_width(made, width, why);
}
