/* SPDX-License-Identifier: MIT */
/* Tickets counted by one thing: a bar for each. */
#include "page.h"

#include <string.h>

#include "labels.h"

static int64_t largest(const sheet *of) {
  int64_t most = 1;
  for (size_t i = 0; i < sheet_lines(of); i++)
    if (sheet_at(of, i, 1)->number > most) most = sheet_at(of, i, 1)->number;
  return most;
}

/* Of the words for results; ages and people are never late. */
static bool is_late(const char *word) {
  static const enum label late[] = {LABEL_OVERDUE, LABEL_OVERDUE_AND_PAUSED, LABEL_MISSED};
  for (size_t i = 0; i < sizeof late / sizeof *late; i++)
    if (strcmp(word, label_name(late[i])) == 0) return true;
  return false;
}

static void write_line(bytes *to, const sheet *from, size_t line, int64_t most) {
  const char *what = sheet_at(from, line, 0)->text;
  int64_t count = sheet_at(from, line, 1)->number;
  bytes_add_text(to, "<tr><th scope=\"row\">");
  html_text(to, what);
  bytes_add_text(to, "</th><td class=\"bar\"><span>");
  html_bar(to, count, most, is_late(what));
  bytes_format(to, "</span></td><td class=\"n\">%lld</td></tr>\n", (long long)count);
}

void page_counts(bytes *to, const rendering *of, const char *name, const char *note) {
  const sheet *from = sheets_find(of->all, name);
  if (sheet_lines(from) == 0) return;
  html_section(to, name, from, note);
  bytes_add_text(to, "<table class=\"steps\">\n<thead class=\"hidden\"><tr><th scope=\"col\">");
  html_title(to, from->columns[0].name);
  bytes_add_text(to, "</th><th scope=\"col\">Share</th><th scope=\"col\">");
  html_title(to, from->columns[1].name);
  bytes_add_text(to, "</th></tr></thead>\n<tbody>\n");
  for (size_t i = 0; i < sheet_lines(from); i++) write_line(to, from, i, largest(from));
  bytes_add_text(to, "</tbody>\n</table>\n");
  html_section_end(to);
}
