/* SPDX-License-Identifier: MIT */
/* The figures at the top. */
#include "page.h"

#include <string.h>

/* The lines of all promises together: those of "(all)", or of the only group there is. */
static bool is_total(const sheet *of, size_t line) {
  size_t last = sheet_lines(of) - 1;
  return strcmp(sheet_at(of, line, 0)->text, sheet_at(of, last, 0)->text) == 0;
}

static int64_t total_of(const sheet *of, const char *name) {
  int64_t sum = 0;
  for (size_t i = 0; i < sheet_lines(of); i++)
    if (is_total(of, i)) sum += html_at(of, i, name)->number;
  return sum;
}

static void write_rate(bytes *to, const rendering *of, const sheet *from, size_t line,
                       const char *kind) {
  int64_t met = html_at(from, line, "met")->number;
  int64_t late = html_at(from, line, "missed")->number + html_at(from, line, "overdue")->number;
  bytes_add_text(to, "<li><span class=\"what\">");
  html_title(to, html_at(from, line, "metric")->text);
  bytes_add_text(to, "</span><b>");
  html_cell(to, of, html_at(from, line, "attainment"));
  bytes_add_text(to, "</b><span>");
  if (kind != NULL) bytes_format(to, "%s: ", kind);
  bytes_format(to, "%lld of %lld%s</span></li>\n", (long long)met, (long long)(met + late),
               kind == NULL ? " in time" : "");
}

/* What was promised to customers is not added to what suppliers promised. */
static void write_rates(bytes *to, const rendering *of) {
  const sheet *kinds = sheets_find(of->all, "policy_kind");
  const sheet *from = kinds != NULL ? kinds : sheets_find(of->all, "policy");
  for (size_t i = 0; i < sheet_lines(from); i++) {
    const char *group = sheet_at(from, i, 0)->text;
    bool shown = kinds != NULL ? strcmp(group, "(all)") != 0 : is_total(from, i);
    if (shown) write_rate(to, of, from, i, kinds != NULL ? group : NULL);
  }
}

static void write_count(bytes *to, const char *what, int64_t count, const char *note) {
  bytes_format(to, "<li><span class=\"what\">%s</span><b>%lld</b><span>%s</span></li>\n", what,
               (long long)count, note);
}

void page_tiles(bytes *to, const rendering *of) {
  const sheet *from = sheets_find(of->all, "policy");
  bytes_add_text(to, "<ul class=\"tiles\">\n");
  write_rates(to, of);
  write_count(to, "Open tickets", html_summary(of, "open"), "with a policy");
  if (sheet_lines(from) != 0) {
    write_count(to, "Due soon", total_of(from, "due_soon"), "promises at risk");
    write_count(to, "Overdue", total_of(from, "overdue"), "promises broken, still open");
  }
  bytes_add_text(to, "</ul>\n");
}
