/* SPDX-License-Identifier: MIT */
/* How long it took, as bars from top to bottom, with a line where a target is. */
#include "page.h"

#include <string.h>

static int64_t longest(const sheet *of, const char *metric) {
  int64_t most = 1;
  for (size_t i = 0; i < sheet_lines(of); i++) {
    int64_t sum = html_at(of, i, "met")->number + html_at(of, i, "missed")->number;
    if (html_is_about(of, i, metric) && sum > most) most = sum;
  }
  return most;
}

/* "15 min to 30 min", "more than 8 h". */
static void write_range(bytes *to, const rendering *of, const sheet *from, size_t line,
                        const char *metric) {
  const sheet_cell *up_to = html_at(from, line, "up_to");
  bool is_first = line == 0 || !html_is_about(from, line - 1, metric);
  if (up_to->kind == CELL_NOTHING) {
    bytes_add_text(to, "longer");
    return;
  }
  if (is_first) bytes_add_text(to, "up to ");
  html_cell(to, of, up_to);
}

static void write_step(bytes *to, const rendering *of, const sheet *from, size_t line,
                       const char *metric, int64_t most) {
  int64_t met = html_at(from, line, "met")->number, missed = html_at(from, line, "missed")->number;
  bytes_add_text(to, "<tr><th scope=\"row\">");
  write_range(to, of, from, line, metric);
  bytes_add_text(to, "</th><td class=\"bar\"><span>");
  html_bar(to, met, most, false);
  html_bar(to, missed, most, true);
  bytes_format(to, "</span></td><td class=\"n\">%lld", (long long)(met + missed));
  if (missed != 0)
    bytes_format(to, "<span class=\"hidden\">, %lld of them late</span>", (long long)missed);
  bytes_add_text(to, "</td></tr>\n");
  if (html_at(from, line, "target")->text[0] == '\0') return;
  bytes_add_text(to, "<tr class=\"goal\"><th></th><td colspan=\"2\"><div>target ");
  html_cell(to, of, html_at(from, line, "up_to"));
  bytes_add_text(to, "</div></td></tr>\n");
}

static void write_metric(bytes *to, const rendering *of, const sheet *from, size_t line) {
  const char *metric = html_at(from, line, "metric")->text;
  int64_t most = longest(from, metric);
  bytes_add_text(to, "<h3>");
  html_title(to, metric);
  bytes_add_text(to, "</h3>\n<table class=\"steps\">\n<thead class=\"hidden\"><tr>"
                     "<th scope=\"col\">Time up to</th><th scope=\"col\">Share</th>"
                     "<th scope=\"col\">Count</th></tr></thead>\n<tbody>\n");
  for (; line < sheet_lines(from) && html_is_about(from, line, metric); line++)
    write_step(to, of, from, line, metric, most);
  bytes_add_text(to, "</tbody>\n</table>\n");
}

void page_times(bytes *to, const rendering *of) {
  const sheet *from = sheets_find(of->all, "times");
  if (sheet_lines(from) == 0) return;
  html_section(to, "times", from, "Counted time of everything that was done.");
  bytes_add_text(to, "<ul class=\"key\"><li><i></i>in time</li><li><i class=\"late\"></i>late</li>"
                     "</ul>\n");
  for (size_t i = 0; i < sheet_lines(from); i++)
    if (i == 0 || !html_is_about(from, i, html_at(from, i - 1, "metric")->text))
      write_metric(to, of, from, i);
  html_section_end(to);
}
