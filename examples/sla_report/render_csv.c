/* SPDX-License-Identifier: MIT */
#include "csv.h"
#include "render.h"

/* One figure a line, whatever the sheet: what it is about, its name, its value. */
static void write_line(bytes *to, const rendering *of, const sheet *from, size_t line,
                       size_t column) {
  bytes value = {0};
  csv_write(to, from->name);
  for (size_t i = 0; i < SHEET_KEYS; i++) {
    bytes_add_char(to, ',');
    if (i < from->key_count) sheet_write_value(&value, sheet_at(from, line, i), of->zone);
    csv_write(to, bytes_text(&value));
    bytes_clear(&value);
  }
  bytes_format(to, ",%s,", from->columns[column].name);
  sheet_write_value(&value, sheet_at(from, line, column), of->zone);
  csv_write(to, bytes_text(&value));
  bytes_add_char(to, '\n');
  bytes_free(&value);
}

static void print_sheet(const rendering *of, const sheet *from, FILE *to) {
  bytes text = {0};
  for (size_t i = 0; i < sheet_lines(from); i++) {
    for (size_t j = from->key_count; j < from->column_count; j++)
      write_line(&text, of, from, i, j);
    bytes_print(&text, to);
  }
  bytes_free(&text);
}

void render_csv(const rendering *of, FILE *to) {
  fputs("section,of,part,figure,value\n", to);
  for (size_t i = 0; i < of->all->count; i++) print_sheet(of, &of->all->items[i], to);
}
