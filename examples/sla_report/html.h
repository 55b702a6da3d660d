/* SPDX-License-Identifier: MIT */
/* Writing HTML. */
#ifndef SLA_REPORT_HTML_H
#define SLA_REPORT_HTML_H

#include "render.h"

/* Text between tags and in quoted attributes. */
void html_text(bytes *to, const char *text);
/* The same with a capital letter at the start. */
void html_title(bytes *to, const char *text);
/* A cell as people read it. */
void html_cell(bytes *to, const rendering *of, const sheet_cell *cell);

/* A section with its heading, up to where its content begins; and its end. */
void html_section(bytes *to, const char *id, const sheet *about, const char *note);
void html_section_end(bytes *to);

/* A piece of a bar: what part of the largest count it is. */
void html_bar(bytes *to, int64_t count, int64_t most, bool late);

/* All of a sheet as a table, folded away below a chart. */
void html_fallback(bytes *to, const rendering *of, const sheet *from, const char *metric);

/* A count of the first sheet. */
int64_t html_summary(const rendering *of, const char *figure);

/* The position of a column; the cell there. */
size_t html_column(const sheet *of, const char *name);
const sheet_cell *html_at(const sheet *of, size_t line, const char *name);
/* Whether nothing stands in the column. */
bool html_is_empty(const sheet *of, const char *name);
/* Whether the line is about the metric; true for any when it is NULL. */
bool html_is_about(const sheet *of, size_t line, const char *metric);

#endif
