/* SPDX-License-Identifier: MIT */
#include "html.h"

#include <string.h>

#include "width.h"

void html_text(bytes *to, const char *text) {
  bytes safe = {0};
  width_add_harmless(&safe, text, strlen(text));
  for (size_t i = 0; i < safe.length; i++) {
    char c = safe.data[i];
    if (c == '&') bytes_add_text(to, "&amp;");
    else if (c == '<') bytes_add_text(to, "&lt;");
    else if (c == '>') bytes_add_text(to, "&gt;");
    else if (c == '"') bytes_add_text(to, "&quot;");
    else bytes_add_char(to, c);
  }
  bytes_free(&safe);
}

void html_title(bytes *to, const char *text) {
  size_t start = to->length;
  html_text(to, text);
  if (to->length > start && to->data[start] >= 'a' && to->data[start] <= 'z')
    to->data[start] = (char)(to->data[start] - 'a' + 'A');
}

void html_cell(bytes *to, const rendering *of, const sheet_cell *cell) {
  bytes shown = {0};
  if (cell->kind == CELL_NOTHING) bytes_add_text(&shown, "\xE2\x80\x93");
  else sheet_write_shown(&shown, cell, of->zone, of->now);
  html_text(to, bytes_text(&shown));
  bytes_free(&shown);
}

void html_section(bytes *to, const char *id, const sheet *about, const char *note) {
  bytes_format(to, "<section id=\"%s\" aria-labelledby=\"%s-title\">\n<h2 id=\"%s-title\">", id, id,
               id);
  html_title(to, about->title);
  bytes_add_text(to, "</h2>\n");
  bytes_format(to, "<p class=\"note\">%s%s%s</p>\n", note, about->is_once ? " " : "",
               sheet_note(about));
}

void html_section_end(bytes *to) { bytes_add_text(to, "</section>\n"); }

int64_t html_summary(const rendering *of, const char *figure) {
  const sheet *from = sheets_find(of->all, "summary");
  for (size_t i = 0; i < sheet_lines(from); i++)
    if (strcmp(sheet_at(from, i, 0)->text, figure) == 0) return sheet_at(from, i, 1)->number;
  return 0;
}

void html_bar(bytes *to, int64_t count, int64_t most, bool late) {
  int64_t width = count * 10000 / most;
  if (count == 0) return;
  bytes_format(to, "<i%s style=\"width:%lld.%02lld%%\"></i>", late ? " class=\"late\"" : "",
               (long long)width / 100, (long long)width % 100);
}

size_t html_column(const sheet *of, const char *name) {
  size_t column = 0;
  while (column + 1 < of->column_count && strcmp(of->columns[column].name, name) != 0) column++;
  return column;
}

const sheet_cell *html_at(const sheet *of, size_t line, const char *name) {
  return sheet_at(of, line, html_column(of, name));
}

bool html_is_empty(const sheet *of, const char *name) {
  return sheet_is_empty(of, html_column(of, name));
}

bool html_is_about(const sheet *of, size_t line, const char *metric) {
  return metric == NULL || strcmp(html_at(of, line, "metric")->text, metric) == 0;
}

static void write_line(bytes *to, const rendering *of, const sheet *from, size_t line,
                       size_t left_out) {
  bytes_add_text(to, "<tr>");
  for (size_t i = 0, written = 0; i < from->column_count; i++) {
    if (i == left_out) continue;
    bytes_add_text(to, written == 0 ? "<th scope=\"row\">" : "<td>");
    html_cell(to, of, sheet_at(from, line, i));
    bytes_add_text(to, written++ == 0 ? "</th>" : "</td>");
  }
  bytes_add_text(to, "</tr>\n");
}

void html_fallback(bytes *to, const rendering *of, const sheet *from, const char *metric) {
  size_t left_out = metric == NULL ? from->column_count : html_column(from, "metric");
  bytes_add_text(to, "<details>\n<summary>The figures</summary>\n<div class=\"scroll\" tabindex=\"0\""
                     " role=\"region\" aria-label=\"figures\">\n<table>\n<thead><tr>");
  for (size_t i = 0; i < from->column_count; i++) {
    if (i == left_out) continue;
    bytes_add_text(to, "<th scope=\"col\">");
    html_text(to, from->columns[i].heading);
    bytes_add_text(to, "</th>");
  }
  bytes_add_text(to, "</tr></thead>\n<tbody>\n");
  for (size_t i = 0; i < sheet_lines(from); i++)
    if (html_is_about(from, i, metric)) write_line(to, of, from, i, left_out);
  bytes_add_text(to, "</tbody>\n</table>\n</div>\n</details>\n");
}
