/* SPDX-License-Identifier: MIT */
#include "grid.h"

#include <stdlib.h>

#include "width.h"

enum { GAP = 2, WIDEST_CELL = 60, NARROWEST_CELL = 12 };

typedef struct {
  const grid *from;
  size_t *widths;
  bytes text; /* of a cell */
} drawing;

/* ---- widths ---- */

static void widen(drawing *of, size_t column) {
  size_t width = width_of(bytes_text(&of->text), of->text.length);
  if (width > WIDEST_CELL) width = WIDEST_CELL;
  if (width > of->widths[column]) of->widths[column] = width;
  bytes_clear(&of->text);
}

static void measure(drawing *of) {
  const grid *from = of->from;
  for (size_t i = 0; i < from->columns; i++) {
    from->heading(&of->text, from->of, i);
    widen(of, i);
    for (size_t j = 0; j < from->lines; j++) {
      from->cell(&of->text, from->of, j, i);
      widen(of, i);
    }
  }
}

static void squeeze(drawing *of) {
  const grid *from = of->from;
  size_t total = 0, width = from->style->width;
  for (size_t i = 0; i < from->columns; i++) total += of->widths[i] + (i == 0 ? 0 : GAP);
  for (size_t i = 0; i < from->columns && total > width; i++) {
    if (from->kind(from->of, i) != GRID_GIVES_WAY) continue;
    while (total > width && of->widths[i] > NARROWEST_CELL) {
      of->widths[i]--;
      total--;
    }
  }
}

/* ---- printing ---- */

void grid_add_colored(bytes *to, const print_style *style, const char *color, const char *text) {
  if (style->color) bytes_format(to, "\033[%sm%s\033[0m", color, text);
  else bytes_add_text(to, text);
}

static void add_blanks(bytes *to, size_t count) {
  while (count-- > 0) bytes_add_char(to, ' ');
}

/* The text of the cell in its column. */
static void place(drawing *of, size_t column, const char *color, bytes *line) {
  const grid *from = of->from;
  bytes cut = {0};
  width_add_cut(&cut, bytes_text(&of->text), of->text.length, of->widths[column]);
  size_t blanks = of->widths[column] - width_of(bytes_text(&cut), cut.length);
  bool right = from->kind(from->of, column) == GRID_RIGHT, last = column + 1 == from->columns;
  if (column != 0) add_blanks(line, GAP);
  if (right) add_blanks(line, blanks);
  if (color != NULL) grid_add_colored(line, from->style, color, bytes_text(&cut));
  else bytes_add_text(line, bytes_text(&cut));
  if (!right && !last) add_blanks(line, blanks);
  bytes_clear(&of->text);
  bytes_free(&cut);
}

static void print_heading(drawing *of, FILE *to) {
  bytes line = {0};
  for (size_t i = 0; i < of->from->columns; i++) {
    of->from->heading(&of->text, of->from->of, i);
    place(of, i, "1", &line);
  }
  bytes_add_char(&line, '\n');
  bytes_print(&line, to);
  bytes_free(&line);
}

static void print_lines(drawing *of, FILE *to) {
  const grid *from = of->from;
  bytes text = {0};
  for (size_t i = 0; i < from->lines; i++) {
    for (size_t j = 0; j < from->columns; j++) {
      from->cell(&of->text, from->of, i, j);
      place(of, j, from->color(from->of, i, j), &text);
    }
    bytes_add_char(&text, '\n');
    bytes_print(&text, to);
  }
  bytes_free(&text);
}

void grid_print(const grid *from, FILE *to) {
  drawing made = {.from = from, .widths = need(from->columns, sizeof *made.widths)};
  measure(&made);
  squeeze(&made);
  print_heading(&made, to);
  print_lines(&made, to);
  free(made.widths);
  bytes_free(&made.text);
}
