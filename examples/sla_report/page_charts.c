/* SPDX-License-Identifier: MIT */
/* Attainment over weeks and over targets: a line between 0 and 100 per cent. */
#include "page.h"

#include <stdlib.h>
#include <string.h>

enum {
  WIDTH = 400, HEIGHT = 188,
  LEFT = 48, RIGHT = 20, TOP = 22, BOTTOM = 36, /* room for labels */
  FIRST = LEFT + 12, /* where the first value does not meet the labels of the axis */
  POINTS = 26, /* the last ones, of which a narrow screen has room for */
  LABELS = 6, VALUES = 8
};

typedef struct {
  const char *label;
  int64_t share; /* hundredths of a per cent; SLA_NONE without */
} point;

typedef struct {
  point points[POINTS];
  size_t count;
  int64_t least; /* where the axis begins */
} line_chart;

/* Only the last so many; more would not be seen. */
static void add_point(line_chart *to, const char *label, const sheet_cell *share) {
  if (to->count == POINTS) {
    memmove(to->points, to->points + 1, (POINTS - 1) * sizeof *to->points);
    to->count--;
  }
  to->points[to->count++] =
      (point){label, share->kind == CELL_NOTHING ? SLA_NONE : share->number};
}

/* The axis begins at 0, 50 or 80 per cent, below every point. */
static void choose_axis(line_chart *of) {
  int64_t least = 10000;
  for (size_t i = 0; i < of->count; i++)
    if (of->points[i].share != SLA_NONE && of->points[i].share < least)
      least = of->points[i].share;
  of->least = least >= 8200 ? 8000 : least >= 5400 ? 5000 : 0;
}

/* In tenths of a unit of the drawing. */
static long x_of(const line_chart *of, size_t index) {
  long room = (WIDTH - FIRST - RIGHT) * 10L;
  if (of->count == 1) return FIRST * 10L + room / 2;
  return FIRST * 10L + room * (long)index / (long)(of->count - 1);
}

static long y_of(const line_chart *of, int64_t share) {
  long room = (HEIGHT - TOP - BOTTOM) * 10L;
  return TOP * 10L + room * (long)(10000 - share) / (long)(10000 - of->least);
}

#define TENTHS "%ld.%ld"
#define TENTHS_OF(value) (value) / 10, (value) % 10

static void write_axis(bytes *to, const line_chart *of) {
  for (int i = 0; i <= 2; i++) {
    int64_t share = of->least + (10000 - of->least) * i / 2;
    long y = y_of(of, share);
    bytes_format(to, "<path class=\"axis\" d=\"M%d " TENTHS "H%d\"/>", LEFT, TENTHS_OF(y),
                 WIDTH - RIGHT);
    bytes_format(to, "<text x=\"%d\" y=\"" TENTHS "\" text-anchor=\"end\">%lld %%</text>\n",
                 LEFT - 8, TENTHS_OF(y + 42), (long long)share / 100);
  }
}

/* A point without a share parts the line. */
static void write_curve(bytes *to, const line_chart *of) {
  bool draws = false;
  bytes_add_text(to, "<path class=\"curve\" d=\"");
  for (size_t i = 0; i < of->count; i++) {
    int64_t share = of->points[i].share;
    if (share != SLA_NONE)
      bytes_format(to, "%c" TENTHS " " TENTHS, draws ? 'L' : 'M', TENTHS_OF(x_of(of, i)),
                   TENTHS_OF(y_of(of, share)));
    draws = share != SLA_NONE;
  }
  bytes_add_text(to, "\"/>\n");
}

/* Labels as far as they do not meet; the last one always has its own. */
static bool is_labelled(const line_chart *of, size_t index, size_t most) {
  size_t step = (of->count + most - 1) / most;
  return (of->count - 1 - index) % step == 0;
}

static bool is_above(const line_chart *of, size_t index, int64_t share) {
  return index < of->count && of->points[index].share != SLA_NONE &&
         of->points[index].share > share;
}

/* Above the point, or below it where the line goes up on both sides. */
static void write_value(bytes *to, const line_chart *of, size_t index, long x) {
  int64_t share = of->points[index].share;
  bool in_valley = is_above(of, index - 1, share) && is_above(of, index + 1, share);
  bytes_format(to, "<text class=\"value\" x=\"" TENTHS "\" y=\"" TENTHS
               "\" text-anchor=\"middle\">%lld</text>",
               TENTHS_OF(x), TENTHS_OF(y_of(of, share) + (in_valley ? 180 : -85)),
               (long long)share / 100);
}

static void write_points(bytes *to, const line_chart *of) {
  for (size_t i = 0; i < of->count; i++) {
    const point *one = &of->points[i];
    long x = x_of(of, i);
    if (one->share != SLA_NONE) {
      bytes_format(to, "<circle class=\"dot\" cx=\"" TENTHS "\" cy=\"" TENTHS "\" r=\"4.5\"/>",
                   TENTHS_OF(x), TENTHS_OF(y_of(of, one->share)));
      if (is_labelled(of, i, VALUES)) write_value(to, of, i, x);
    }
    if (is_labelled(of, i, LABELS)) {
      bytes_format(to, "<text x=\"" TENTHS "\" y=\"%d\" text-anchor=\"middle\">", TENTHS_OF(x),
                   HEIGHT - 6);
      html_text(to, one->label);
      bytes_add_text(to, "</text>");
    }
    bytes_add_char(to, '\n');
  }
}

static void write_chart(bytes *to, line_chart *of, const char *what) {
  choose_axis(of);
  bytes_format(to, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", WIDTH, HEIGHT);
  html_text(to, what);
  bytes_add_text(to, ": ");
  for (size_t i = 0; i < of->count; i++) {
    html_text(to, of->points[i].label);
    if (of->points[i].share == SLA_NONE) bytes_add_text(to, " nothing decided");
    else bytes_format(to, " %lld %%", (long long)of->points[i].share / 100);
    bytes_add_text(to, i + 1 == of->count ? "" : ", ");
  }
  bytes_add_text(to, "\">\n");
  write_axis(to, of);
  write_curve(to, of);
  write_points(to, of);
  bytes_add_text(to, "</svg>\n");
}

/* Without the year, which the table has. */
static const char *short_date(const char *date) { return strlen(date) == 10 ? date + 5 : date; }

static void write_metric(bytes *to, const rendering *of, const sheet *from, size_t first) {
  const char *metric = html_at(from, first, "metric")->text;
  line_chart *made = need(1, sizeof *made);
  for (size_t i = first; i < sheet_lines(from); i++)
    if (html_is_about(from, i, metric))
      add_point(made, short_date(sheet_at(from, i, 0)->text), html_at(from, i, "attainment"));
  bytes_add_text(to, "<h3>");
  html_title(to, metric);
  bytes_add_text(to, "</h3>\n");
  write_chart(to, made, metric);
  html_fallback(to, of, from, metric);
  free(made);
}

static bool is_first_of_metric(const sheet *from, size_t line) {
  for (size_t i = 0; i < line; i++)
    if (html_is_about(from, i, html_at(from, line, "metric")->text)) return false;
  return true;
}

void page_weeks(bytes *to, const rendering *of) {
  const sheet *from = sheets_find(of->all, "weeks");
  if (sheet_lines(from) == 0) return;
  html_section(to, "weeks", from,
               "Share of promises kept, in per cent; weeks begin on Monday.");
  for (size_t i = 0; i < sheet_lines(from); i++)
    if (is_first_of_metric(from, i)) write_metric(to, of, from, i);
  html_section_end(to);
}

void page_backtest(bytes *to, const rendering *of) {
  const sheet *from = sheets_find(of->all, "backtest");
  if (from == NULL) return;
  const char *metric = html_at(from, 0, "metric")->text;
  line_chart *made = need(1, sizeof *made);
  for (size_t i = 0; i < sheet_lines(from); i++)
    add_point(made, html_at(from, i, "target")->text, html_at(from, i, "attainment"));
  html_section(to, "backtest", from,
               "The same tickets under other targets: the share that would have been met.");
  bytes_add_text(to, "<h3>");
  html_title(to, metric);
  bytes_add_text(to, "</h3>\n");
  write_chart(to, made, metric);
  html_fallback(to, of, from, metric);
  html_section_end(to);
  free(made);
}
