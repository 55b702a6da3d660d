/* SPDX-License-Identifier: MIT */
#include "csv.h"
#include "facts.h"
#include "render.h"

/* What was found out has "sla_" before its name, so that it meets no column of the export. */
static void write_header(bytes *to, const queue *from) {
  for (size_t i = 0; i < from->of->from.column_count; i++) {
    csv_write(to, from->of->from.names[i]);
    bytes_add_char(to, ',');
  }
  for (size_t i = 0; i < fact_count(); i++)
    bytes_format(to, "%ssla_%s", i == 0 ? "" : ",", fact_name(i));
  bytes_add_char(to, '\n');
}

static void write_line(bytes *to, const queue *from, const queue_line *line) {
  const ticket *of = &from->of->items[line->ticket];
  for (size_t i = 0; i < from->of->from.column_count; i++) {
    csv_write(to, of->fields[i]);
    bytes_add_char(to, ',');
  }
  for (size_t i = 0; i < fact_count(); i++) {
    if (i != 0) bytes_add_char(to, ',');
    fact_write(to, from, line, i);
  }
  bytes_add_char(to, '\n');
}

void render_csv(const queue *from, FILE *to) {
  bytes text = {0};
  write_header(&text, from);
  bytes_print(&text, to);
  for (size_t i = 0; i < from->line_count; i++) {
    write_line(&text, from, &from->lines[i]);
    bytes_print(&text, to);
  }
  bytes_free(&text);
}
