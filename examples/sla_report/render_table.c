/* SPDX-License-Identifier: MIT */
#include "grid.h"
#include "render.h"
#include "times.h"
#include "width.h"

#include <string.h>

typedef struct {
  const rendering *with;
  const sheet *from;
  size_t columns[SHEET_COLUMNS]; /* those that are not empty */
  size_t count;
} picture;

static const sheet_cell *cell_of(const void *of, size_t line, size_t index) {
  const picture *in = of;
  return sheet_at(in->from, line, in->columns[index]);
}

static enum grid_column kind_of(const void *of, size_t index) {
  const picture *in = of;
  const char *name = in->from->columns[in->columns[index]].name;
  if (strcmp(name, "subject") == 0 || strcmp(name, "description") == 0) return GRID_GIVES_WAY;
  for (size_t i = 0; i < sheet_lines(in->from); i++) {
    enum cell_kind kind = cell_of(of, i, index)->kind;
    if (kind != CELL_NOTHING)
      return kind == CELL_TEXT || kind == CELL_INSTANT ? GRID_LEFT : GRID_RIGHT;
  }
  return GRID_LEFT;
}

static void write_heading(bytes *to, const void *of, size_t index) {
  const picture *in = of;
  bytes_add_text(to, in->from->columns[in->columns[index]].heading);
}

static void write_cell(bytes *to, const void *of, size_t line, size_t index) {
  const picture *in = of;
  sheet_write_shown(to, cell_of(of, line, index), in->with->zone, in->with->now);
}

static const char *color_of(const void *of, size_t line, size_t index) {
  const sheet_cell *cell = cell_of(of, line, index);
  if (cell->kind != CELL_TEXT) return NULL;
  if (strcmp(cell->text, "due soon") == 0 || strcmp(cell->text, "at risk") == 0) return "1;33";
  if (strcmp(cell->text, "missed") == 0) return "1;31";
  return strcmp(cell->text, "met") == 0 ? "32" : NULL;
}

static void print_sheet(const rendering *of, const sheet *from, FILE *to) {
  picture in = {.with = of, .from = from};
  if (sheet_lines(from) == 0) return;
  for (size_t i = 0; i < from->column_count; i++)
    if (!sheet_is_empty(from, i)) in.columns[in.count++] = i;
  const grid cells = {.of = &in, .columns = in.count, .lines = sheet_lines(from),
                      .style = &of->style, .kind = kind_of, .heading = write_heading,
                      .cell = write_cell, .color = color_of};
  fprintf(to, "\n%s\n", from->title);
  if (sheet_note(from)[0] != '\0') fprintf(to, "%s\n", sheet_note(from));
  fputc('\n', to);
  grid_print(&cells, to);
}

void render_table(const rendering *of, FILE *to) {
  bytes text = {0};
  bytes_add_text(&text, "It is ");
  time_write_long(&text, of->zone, of->now);
  bytes_add_text(&text, " in ");
  width_add_harmless(&text, of->zone_name, strlen(of->zone_name));
  bytes_add_text(&text, ".\n");
  bytes_print(&text, to);
  bytes_free(&text);
  for (size_t i = 0; i < of->all->count; i++) print_sheet(of, &of->all->items[i], to);
}
