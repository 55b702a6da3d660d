/* SPDX-License-Identifier: MIT */
/* Attainment by group: a table in which the shares are bars. */
#include "page.h"

#include <string.h>

static bool same_group(const sheet *of, size_t a, size_t b) {
  return strcmp(sheet_at(of, a, 0)->text, sheet_at(of, b, 0)->text) == 0;
}

/* How many lines from here on are of the same group. */
static size_t run_length(const sheet *of, size_t line) {
  size_t end = line + 1;
  while (end < sheet_lines(of) && same_group(of, line, end)) end++;
  return end - line;
}

static int64_t count_of(const sheet *of, size_t line, const char *name) {
  const sheet_cell *cell = html_at(of, line, name);
  return cell->kind == CELL_NOTHING ? 0 : cell->number;
}

static void write_rate(bytes *to, const rendering *of, const sheet_cell *share) {
  bytes_add_text(to, "<td class=\"rate\"><div><b>");
  html_cell(to, of, share);
  bytes_add_text(to, "</b>");
  if (share->kind != CELL_NOTHING)
    bytes_format(to, "<span class=\"track\"><i style=\"width:%lld.%02lld%%\"></i></span>",
                 (long long)share->number / 100, (long long)share->number % 100);
  bytes_add_text(to, "</div></td>");
}

static void write_count(bytes *to, int64_t count) {
  bytes_format(to, "<td class=\"n\">%lld</td>", (long long)count);
}

static void write_line(bytes *to, const rendering *of, const sheet *from, size_t line) {
  bytes_add_text(to, "<tr><th scope=\"row\">");
  html_title(to, html_at(from, line, "metric")->text);
  bytes_add_text(to, "</th>");
  write_rate(to, of, html_at(from, line, "attainment"));
  write_count(to, count_of(from, line, "met"));
  write_count(to, count_of(from, line, "missed") + count_of(from, line, "overdue"));
  bytes_add_text(to, "<td class=\"n roomy\">");
  html_cell(to, of, html_at(from, line, "median"));
  bytes_add_text(to, "</td></tr>\n");
}

static void write_groups(bytes *to, const rendering *of, const sheet *from) {
  for (size_t line = 0; line < sheet_lines(from);) {
    const char *name = sheet_at(from, line, 0)->text;
    bytes_add_text(to, "<tbody>\n<tr class=\"name\"><th scope=\"rowgroup\" colspan=\"5\">");
    html_text(to, strcmp(name, "(all)") == 0 ? "All" : name);
    bytes_add_text(to, "</th></tr>\n");
    for (size_t end = line + run_length(from, line); line < end; line++)
      write_line(to, of, from, line);
    bytes_add_text(to, "</tbody>\n");
  }
}

void page_groups(bytes *to, const rendering *of, const sheet *from) {
  bytes id = {0};
  if (sheet_lines(from) == 0) return;
  bytes_format(&id, "by-%zu", (size_t)(from - of->all->items));
  html_section(to, bytes_text(&id), from,
               "Of what was decided: met in time, or missed and overdue.");
  bytes_add_text(to, "<table class=\"groups\">\n<thead><tr><th scope=\"col\">Metric</th>"
                     "<th scope=\"col\">Attained</th><th scope=\"col\" class=\"n\">In time</th>"
                     "<th scope=\"col\" class=\"n\">Late</th>"
                     "<th scope=\"col\" class=\"n roomy\">Median</th></tr></thead>\n");
  write_groups(to, of, from);
  bytes_add_text(to, "</table>\n");
  html_fallback(to, of, from, NULL);
  html_section_end(to);
  bytes_free(&id);
}
