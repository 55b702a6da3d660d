/* SPDX-License-Identifier: MIT */
/* The tickets about to breach, the objectives, the policies: lines that stack where there is no
 * room. */
#include "page.h"

#include <string.h>

static void write_badge(bytes *to, const char *word) {
  static const struct {
    const char *word, *class;
  } kinds[] = {{"due soon", " warn"}, {"at risk", " warn"}, {"missed", " bad"},
               {"overdue", " bad"},   {"met", " good"},     {"on track", " good"}};
  const char *class = "";
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (strcmp(kinds[i].word, word) == 0) class = kinds[i].class;
  bytes_format(to, "<span class=\"badge%s\">", class);
  html_text(to, word);
  bytes_add_text(to, "</span>");
}

static void write_cell(bytes *to, const rendering *of, const sheet_cell *cell, const char *class,
                       const char *label) {
  bool empty = cell->kind == CELL_NOTHING || (cell->kind == CELL_TEXT && cell->text[0] == '\0');
  bytes_format(to, "<td class=\"%s%s\"", class, empty ? " empty" : "");
  if (label != NULL) bytes_format(to, " data-label=\"%s\"", label);
  bytes_add_char(to, '>');
  if (!empty) html_cell(to, of, cell);
  bytes_add_text(to, "</td>");
}

static void write_state(bytes *to, const char *word) {
  bytes_add_text(to, "<td class=\"verdict\">");
  write_badge(to, word);
  bytes_add_text(to, "</td>");
}

/* ---- tickets ---- */

static void write_ticket(bytes *to, const rendering *of, const sheet *from, size_t line) {
  bytes_add_text(to, "<tr><th scope=\"row\">");
  html_text(to, html_at(from, line, "id")->text);
  bytes_add_text(to, "</th>");
  write_state(to, html_at(from, line, "state")->text);
  if (!html_is_empty(from, "subject")) {
    bytes_add_text(to, "<td class=\"whole\" dir=\"auto\">");
    html_text(to, html_at(from, line, "subject")->text);
    bytes_add_text(to, "</td>");
  }
  bytes_add_text(to, "<td>");
  html_title(to, html_at(from, line, "metric")->text);
  bytes_add_text(to, "</td>");
  write_cell(to, of, html_at(from, line, "remaining"), "n", NULL);
  write_cell(to, of, html_at(from, line, "due_at"), "whole", "due");
  write_cell(to, of, html_at(from, line, "policy"), "whole", "under");
  bytes_add_text(to, "</tr>\n");
}

void page_soon(bytes *to, const rendering *of) {
  const sheet *from = sheets_find(of->all, "soon");
  html_section(to, "soon", from, "What runs and is due next; time left is counted time.");
  if (sheet_lines(from) == 0) {
    bytes_add_text(to, "<p>Nothing is running.</p>\n");
    html_section_end(to);
    return;
  }
  bytes_add_text(to, "<table class=\"stack\">\n<thead><tr><th scope=\"col\">Ticket</th>"
                     "<th scope=\"col\">State</th>");
  if (!html_is_empty(from, "subject")) bytes_add_text(to, "<th scope=\"col\">Subject</th>");
  bytes_add_text(to, "<th scope=\"col\">Metric</th><th scope=\"col\" class=\"n\">Time left</th>"
                     "<th scope=\"col\">Due</th><th scope=\"col\">Policy</th></tr></thead>\n"
                     "<tbody>\n");
  for (size_t i = 0; i < sheet_lines(from); i++) write_ticket(to, of, from, i);
  bytes_add_text(to, "</tbody>\n</table>\n");
  html_section_end(to);
}

/* ---- objectives ---- */

static void write_objective(bytes *to, const rendering *of, const sheet *from, size_t line) {
  bool is_share = html_at(from, line, "goal_share")->kind != CELL_NOTHING;
  bytes_add_text(to, "<tr><th scope=\"row\">");
  html_text(to, html_at(from, line, "objective")->text);
  bytes_add_text(to, "</th>");
  write_state(to, html_at(from, line, "verdict")->text);
  write_cell(to, of, html_at(from, line, "period"), "period", NULL);
  write_cell(to, of, html_at(from, line, is_share ? "attainment" : "good"), "n", "reached");
  write_cell(to, of, html_at(from, line, is_share ? "goal_share" : "goal_count"), "n", "goal");
  write_cell(to, of, html_at(from, line, "needed"), "n", "still needed");
  write_cell(to, of, html_at(from, line, "spare"), "n", "may still fail");
  bytes_add_text(to, "</tr>\n");
}

void page_objectives(bytes *to, const rendering *of) {
  const sheet *from = sheets_find(of->all, "objectives");
  if (from == NULL || sheet_lines(from) == 0) return;
  html_section(to, "objectives", from, "Of tickets created in the period.");
  bytes_add_text(to, "<table class=\"stack goals\">\n<thead><tr><th scope=\"col\">Objective</th>"
                     "<th scope=\"col\">Verdict</th><th scope=\"col\">Period</th>"
                     "<th scope=\"col\" class=\"n\">Reached</th>"
                     "<th scope=\"col\" class=\"n\">Goal</th>"
                     "<th scope=\"col\" class=\"n\">Still needed</th>"
                     "<th scope=\"col\" class=\"n\">May still fail</th></tr></thead>\n<tbody>\n");
  for (size_t i = 0; i < sheet_lines(from); i++) write_objective(to, of, from, i);
  bytes_add_text(to, "</tbody>\n</table>\n");
  html_section_end(to);
}

/* ---- policies ---- */

static void write_version(bytes *to, const rendering *of, const sheet *from, size_t line) {
  bytes_add_text(to, "<tr><th scope=\"row\">");
  html_text(to, html_at(from, line, "policy")->text);
  bytes_add_text(to, "</th>");
  write_cell(to, of, html_at(from, line, "version"), "n", "version");
  write_cell(to, of, html_at(from, line, "kind"), "", NULL);
  write_cell(to, of, html_at(from, line, "tickets"), "n", "tickets");
  write_cell(to, of, html_at(from, line, "from"), "whole date", "from");
  write_cell(to, of, html_at(from, line, "description"), "whole", NULL);
  write_cell(to, of, html_at(from, line, "hash"), "whole", "hash");
  bytes_add_text(to, "</tr>\n");
}

void page_versions(bytes *to, const rendering *of) {
  const sheet *from = sheets_find(of->all, "versions");
  html_section(to, "versions", from, "What was promised, from when on, to how many tickets; another"
                                     " hash is another promise.");
  bytes_add_text(to, "<table class=\"stack\">\n<thead><tr><th scope=\"col\">Policy</th>"
                     "<th scope=\"col\" class=\"n\">Version</th><th scope=\"col\">Kind</th>"
                     "<th scope=\"col\" class=\"n\">Tickets</th><th scope=\"col\">From</th>"
                     "<th scope=\"col\">Description</th><th scope=\"col\">Hash</th></tr></thead>\n"
                     "<tbody>\n");
  for (size_t i = 0; i < sheet_lines(from); i++) write_version(to, of, from, i);
  bytes_add_text(to, "</tbody>\n</table>\n");
  html_section_end(to);
}
