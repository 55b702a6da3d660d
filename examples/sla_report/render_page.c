/* SPDX-License-Identifier: MIT */
/* One page that needs nothing but itself. */
#include "page.h"
#include "page_style.h"
#include "times.h"

#include <string.h>

static void write_head(bytes *to, const rendering *of) {
  bytes_add_text(to, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                     "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
  html_text(to, of->title);
  bytes_add_text(to, "</title>\n<style>\n");
  for (size_t i = 0; i < sizeof page_style / sizeof *page_style; i++)
    bytes_format(to, "%s\n", page_style[i]);
  bytes_add_text(to, "</style>\n</head>\n<body>\n<header>\n<h1>");
  html_text(to, of->title);
  bytes_add_text(to, "</h1>\n<p class=\"when\">As of ");
  time_write_long(to, of->zone, of->now);
  bytes_add_text(to, ", ");
  html_text(to, of->zone_name);
  bytes_add_text(to, "</p>\n</header>\n<main>\n");
}

static bool is_dimension(const sheet *of) {
  return of->column_count > 2 && strcmp(of->columns[0].name, "group") == 0;
}

static void write_foot(bytes *to, const rendering *of) {
  bytes_format(to, "</main>\n<footer><p>%lld tickets were read, %lld of them without a policy; %lld"
               " bad rows were left out. Made by sla_report, libsla %s.</p></footer>\n</body>\n"
               "</html>\n", (long long)html_summary(of, "tickets"),
               (long long)html_summary(of, "without a policy"),
               (long long)html_summary(of, "bad rows"), sla_version_string());
}

void render_page(const rendering *of, FILE *to) {
  bytes text = {0};
  write_head(&text, of);
  page_tiles(&text, of);
  page_soon(&text, of);
  page_objectives(&text, of);
  bytes_add_text(&text, "<div class=\"cards\">\n");
  for (size_t i = 0; i < of->all->count; i++)
    if (is_dimension(&of->all->items[i])) page_groups(&text, of, &of->all->items[i]);
  page_times(&text, of);
  page_weeks(&text, of);
  page_backtest(&text, of);
  page_counts(&text, of, "backlog", "By the clock on the wall, since they were created.");
  page_counts(&text, of, "holders", "We, the customer while it is pending, or somebody else while it"
                                    " is on hold.");
  page_counts(&text, of, "worst", "What is overdue comes first, then what runs, what is paused and"
                                  " what is done.");
  bytes_add_text(&text, "</div>\n");
  page_versions(&text, of);
  write_foot(&text, of);
  bytes_print(&text, to);
  bytes_free(&text);
}
