/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "cells.h"
#include "grid.h"
#include "render.h"
#include "times.h"
#include "width.h"

typedef struct {
  const queue *from;
  const table_style *style;
  column *columns;
  size_t count, room;
} table;

/* ---- columns ---- */

static void add_column(table *to, column added) {
  to->columns = need_one_more(to->columns, to->count, &to->room, sizeof *to->columns);
  to->columns[to->count++] = added;
}

static void add_usual_columns(table *to) {
  for (int i = 0; i < CELL_FIELD; i++) {
    bool is_missing = (i == CELL_ID && to->from->of->from.column_of[ROLE_ID] == NO_COLUMN) ||
                      (i == CELL_SUBJECT && to->from->of->from.column_of[ROLE_SUBJECT] == NO_COLUMN);
    if (!is_missing) add_column(to, (column){(enum cell)i, 0});
  }
}

static bool add_named_columns(table *to, bytes *why) {
  slice rest = slice_of(to->style->columns), name;
  column found;
  while (slice_next(&rest, ',', &name)) {
    if (!cells_find(&found, name, to->from->of)) {
      bytes_format(why, "--columns: there is no column '" SLICE_FORMAT "'", SLICE_ARGUMENTS(name));
      return false;
    }
    add_column(to, found);
  }
  return true;
}

/* ---- cells ---- */

/* Time left stands to the right, all others to the left; the subject gives way. */
static enum grid_column kind_of(const void *of, size_t index) {
  enum cell cell = ((const table *)of)->columns[index].cell;
  return cell == CELL_LEFT ? GRID_RIGHT : cell == CELL_SUBJECT ? GRID_GIVES_WAY : GRID_LEFT;
}

static void write_heading(bytes *to, const void *of, size_t index) {
  const table *in = of;
  cells_write_heading(to, &in->columns[index], in->from->of);
}

static void write_cell(bytes *to, const void *of, size_t line, size_t index) {
  const table *in = of;
  cells_write(to, &in->columns[index], in->from, &in->from->lines[line]);
}

static const char *color_of(const void *of, size_t line, size_t index) {
  const table *in = of;
  bool colored = in->columns[index].cell == CELL_STATE;
  return colored ? label_color(label_of(in->from->lines[line].result)) : NULL;
}

static void print_cells(const table *of, FILE *to) {
  const grid cells = {.of = of, .columns = of->count, .lines = of->from->line_count,
                      .style = &of->style->print, .kind = kind_of, .heading = write_heading,
                      .cell = write_cell, .color = color_of};
  grid_print(&cells, to);
}

/* ---- around them ---- */

static bool has_target_on(const sla_policy *policy, uint32_t clock) {
  sla_target target;
  for (uint32_t i = 0; i < sla_policy_target_count(policy); i++)
    if (sla_policy_target(policy, i, &target, sizeof target) == SLA_OK && target.clock == clock)
      return true;
  return false;
}

/* The moment it is about, and how to read the times. */
static void print_caption(const table *of, FILE *to) {
  const sla_policy *policy = of->from->under->policy;
  bytes text = {0};
  bytes_add_text(&text, "It is ");
  time_write_long(&text, of->from->under->zone, of->from->under->now);
  bytes_add_text(&text, " in ");
  width_add_harmless(&text, of->style->zone, slice_of(of->style->zone).length);
  if (of->style->opening_hours && has_target_on(policy, SLA_BUSINESS_HOURS)) {
    bytes_add_text(&text, ".\nTime left counts opening hours");
    if (has_target_on(policy, SLA_AROUND_THE_CLOCK)) bytes_add_text(&text, " (@24x7: all hours)");
  }
  bytes_add_text(&text, ".\n\n");
  bytes_print(&text, to);
  bytes_free(&text);
}

static void print_summary(const table *of, FILE *to) {
  const queue *from = of->from;
  bytes text = {0}, part = {0};
  bytes_format(&text, "\n%zu ticket%s", from->ticket_count, from->ticket_count == 1 ? "" : "s");
  if (from->line_count != from->ticket_count)
    bytes_format(&text, ", %zu metrics", from->line_count);
  for (int i = 0, first = 1; i < LABELS; i++) {
    if (from->counts[i] == 0) continue;
    bytes_add_text(&text, first ? ": " : ", ");
    bytes_format(&part, "%zu %s", from->counts[i], label_name((enum label)i));
    grid_add_colored(&text, &of->style->print, label_color((enum label)i), part.data);
    bytes_clear(&part);
    first = 0;
  }
  bytes_add_text(&text, ".\n");
  bytes_print(&text, to);
  bytes_free(&text);
  bytes_free(&part);
}

bool render_table(const queue *from, const table_style *style, FILE *to, bytes *why) {
  table made = {.from = from, .style = style};
  bool done = true;
  if (style->columns[0] != '\0') done = add_named_columns(&made, why);
  else add_usual_columns(&made);
  if (done) {
    print_caption(&made, to);
    print_cells(&made, to);
    print_summary(&made, to);
  }
  free(made.columns);
  return done;
}
