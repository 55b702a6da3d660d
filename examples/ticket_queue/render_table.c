/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "cells.h"
#include "render.h"
#include "times.h"
#include "width.h"

enum { GAP = 2, WIDEST_CELL = 60, NARROWEST_SUBJECT = 12 };

typedef struct {
  const queue *from;
  const table_style *style;
  column *columns;
  size_t *widths;
  size_t count, room;
  bytes text; /* of a cell */
} table;

/* ---- columns ---- */

static void add_column(table *to, column added) {
  to->columns = need_one_more(to->columns, to->count, &to->room, sizeof *to->columns);
  to->columns[to->count++] = added;
}

static void add_usual_columns(table *to) {
  for (int i = 0; i < CELL_FIELD; i++) {
    bool is_missing = (i == CELL_ID && to->from->of->column_of[ROLE_ID] == NO_COLUMN) ||
                      (i == CELL_SUBJECT && to->from->of->column_of[ROLE_SUBJECT] == NO_COLUMN);
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

/* ---- widths ---- */

static void widen(table *of, size_t index) {
  size_t width = width_of(bytes_text(&of->text), of->text.length);
  if (width > WIDEST_CELL) width = WIDEST_CELL;
  if (width > of->widths[index]) of->widths[index] = width;
  bytes_clear(&of->text);
}

static void measure(table *of) {
  of->widths = need(of->count, sizeof *of->widths);
  for (size_t i = 0; i < of->count; i++) {
    cells_write_heading(&of->text, &of->columns[i], of->from->of);
    widen(of, i);
    for (size_t j = 0; j < of->from->line_count; j++) {
      cells_write(&of->text, &of->columns[i], of->from, &of->from->lines[j]);
      widen(of, i);
    }
  }
}

/* The subject gives way where the table would be wider than the terminal. */
static void squeeze(table *of) {
  size_t total = 0;
  for (size_t i = 0; i < of->count; i++) total += of->widths[i] + (i == 0 ? 0 : GAP);
  for (size_t i = 0; i < of->count && total > of->style->width; i++) {
    if (of->columns[i].cell != CELL_SUBJECT) continue;
    while (total > of->style->width && of->widths[i] > NARROWEST_SUBJECT) {
      of->widths[i]--;
      total--;
    }
  }
}

/* ---- printing ---- */

static void add_colored(bytes *to, const table *of, const char *color, const char *text) {
  if (of->style->color) bytes_format(to, "\033[%sm%s\033[0m", color, text);
  else bytes_add_text(to, text);
}

static void add_blanks(bytes *to, size_t count) {
  while (count-- > 0) bytes_add_char(to, ' ');
}

/* The text of the cell in its column: time left to the right, all others to the left. */
static void place(table *of, size_t index, const char *color, bytes *line) {
  bytes cut = {0};
  width_add_cut(&cut, bytes_text(&of->text), of->text.length, of->widths[index]);
  size_t blanks = of->widths[index] - width_of(bytes_text(&cut), cut.length);
  bool right = of->columns[index].cell == CELL_LEFT, last = index + 1 == of->count;
  if (index != 0) add_blanks(line, GAP);
  if (right) add_blanks(line, blanks);
  if (color != NULL) add_colored(line, of, color, bytes_text(&cut));
  else bytes_add_text(line, bytes_text(&cut));
  if (!right && !last) add_blanks(line, blanks);
  bytes_clear(&of->text);
  bytes_free(&cut);
}

static void print_heading(table *of, FILE *to) {
  bytes line = {0};
  for (size_t i = 0; i < of->count; i++) {
    cells_write_heading(&of->text, &of->columns[i], of->from->of);
    place(of, i, "1", &line);
  }
  bytes_add_char(&line, '\n');
  bytes_print(&line, to);
  bytes_free(&line);
}

static void print_lines(table *of, FILE *to) {
  bytes text = {0};
  for (size_t i = 0; i < of->from->line_count; i++) {
    const queue_line *line = &of->from->lines[i];
    const char *color = label_color(label_of(line->result));
    for (size_t j = 0; j < of->count; j++) {
      cells_write(&of->text, &of->columns[j], of->from, line);
      place(of, j, of->columns[j].cell == CELL_STATE ? color : NULL, &text);
    }
    bytes_add_char(&text, '\n');
    bytes_print(&text, to);
  }
  bytes_free(&text);
}

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
    add_colored(&text, of, label_color((enum label)i), part.data);
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
    measure(&made);
    squeeze(&made);
    print_caption(&made, to);
    print_heading(&made, to);
    print_lines(&made, to);
    print_summary(&made, to);
  }
  free(made.columns);
  free(made.widths);
  bytes_free(&made.text);
  return done;
}
