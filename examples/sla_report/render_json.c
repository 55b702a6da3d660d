/* SPDX-License-Identifier: MIT */
#include "json.h"
#include "render.h"

static void write_cell(bytes *to, const sheet_cell *cell, const sla_zone *zone) {
  bytes value = {0};
  sheet_write_value(&value, cell, zone);
  if (cell->kind == CELL_NOTHING) bytes_add_text(to, "null");
  else if (cell->kind == CELL_TEXT || cell->kind == CELL_INSTANT)
    json_string(to, bytes_text(&value));
  else bytes_add_text(to, bytes_text(&value));
  bytes_free(&value);
}

static void write_line(bytes *to, const rendering *of, const sheet *from, size_t line) {
  for (size_t i = 0; i < from->column_count; i++) {
    json_name(to, i == 0 ? "{" : ", ", from->columns[i].name);
    write_cell(to, sheet_at(from, line, i), of->zone);
  }
  bytes_add_char(to, '}');
}

static void print_sheet(const rendering *of, const sheet *from, FILE *to) {
  bytes text = {0};
  json_name(&text, ",\n  ", from->name);
  bytes_add_char(&text, '[');
  for (size_t i = 0; i < sheet_lines(from); i++) {
    bytes_add_text(&text, i == 0 ? "\n    " : ",\n    ");
    write_line(&text, of, from, i);
    bytes_print(&text, to);
  }
  bytes_add_text(&text, sheet_lines(from) == 0 ? "]" : "\n  ]");
  bytes_print(&text, to);
  bytes_free(&text);
}

void render_json(const rendering *of, FILE *to) {
  bytes text = {0};
  const sheet_cell now = {CELL_INSTANT, of->now, NULL};
  json_name(&text, "{\n  ", "now");
  write_cell(&text, &now, of->zone);
  json_name(&text, ",\n  ", "zone");
  json_string(&text, of->zone_name);
  bytes_print(&text, to);
  bytes_free(&text);
  for (size_t i = 0; i < of->all->count; i++) print_sheet(of, &of->all->items[i], to);
  fputs("\n}\n", to);
}
