/* SPDX-License-Identifier: MIT */
/* One calendar: every query at several spans, in the tabulated years, after and before them. */
#include "bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct region {
  const char *name;
  int first_year, last_year; /* all of a draw lies in them */
} region;

/* The C library's own zone table ends with 2037: beyond, its mktime is slower, and every part of
 * the tabulated years is shown. */
enum { INSIDE, TO_2037, FROM_2038, AFTER, BEFORE, REGIONS };
static const region regions[REGIONS] = {{"inside", 2000, 2049},
                                        {"to 2037", 2000, 2037},
                                        {"from 2038", 2038, 2049},
                                        {"after", 2051, 2099},
                                        {"before", 1950, 1998}};

typedef struct span {
  const char *name;
  int64_t least, most;
  size_t length, loop_length; /* draws; as many of them as the loop is timed with */
} span;

enum { HOUR, DAYS_30, DAYS_60, YEARS_10, MIXED, SPANS };
static const span spans[SPANS] = {{"1 hour", 3600, 3600, 1024, 1024},
                                  {"30 days", 2592000, 2592000, 1024, 256},
                                  {"60 days", 5184000, 5184000, 1024, 256},
                                  {"10 years", 315576000, 315576000, 1024, 8},
                                  {"1 h to 60 days", 3600, 5184000, 4096, 1024}};

/* One line of the table: the library and the loop on the same draws. */
typedef struct cell {
  int query, region, span;
  draws ours, loop;
} cell;

enum { CELLS = REGIONS * (SPANS + 1) * 2 }; /* at most */

typedef struct table {
  cell cells[CELLS];
  measure measures[2 * CELLS]; /* of cell i: 2i the library, 2i + 1 the loop */
  size_t count;
} table;

/* The add of a span goes as far as the span: by the open seconds in it. */
static void draw_one(draw *d, const sla_calendar *calendar, const region *r, int s,
                     uint64_t *state) {
  sla_seconds n = 0;
  d->calendar = calendar;
  sla_seconds length = random_in(state, spans[s].least, spans[s].most);
  d->from = random_in(state, year_begins(r->first_year), year_begins(r->last_year + 1) - length);
  d->to = d->from + length;
  require_ok(sla_calendar_elapsed(calendar, d->from, d->to, &n), NULL, "elapsed");
  d->n = s == MIXED ? random_in(state, 3600, 80 * 3600) : n > 0 ? n : 1;
}

static const draw *draw_all(const sla_calendar *calendar, int r, int s, uint64_t *state) {
  draw *list = allocate(spans[s].length, sizeof *list);
  for (size_t i = 0; i < spans[s].length; i++)
    draw_one(&list[i], calendar, &regions[r], s, state);
  return list;
}

static void add_cell(table *t, int query, int r, int s, const draw *list) {
  cell *c = &t->cells[t->count];
  measure *m = &t->measures[2 * t->count++];
  *c = (cell){query, r, s, {list, spans[s].length}, {list, spans[s].loop_length}};
  m[0] = (measure){ask[query], &c->ours, c->ours.length, 0};
  m[1] = (measure){ask_loop[query], &c->loop, c->loop.length, 0};
}

static void fill(table *t, const sla_calendar *calendar, uint64_t *state) {
  for (int r = 0; r < REGIONS; r++)
    for (int s = r == TO_2037 || r == FROM_2038 ? MIXED : 0; s < SPANS; s++) {
      const draw *list = draw_all(calendar, r, s, state);
      add_cell(t, ELAPSED, r, s, list);
      add_cell(t, ADD, r, s, list);
      if (s != MIXED) continue;
      add_cell(t, IS_OPEN, r, s, list);
      add_cell(t, NEXT_CHANGE, r, s, list);
    }
}

static void release(table *t) {
  for (size_t i = 0; i < t->count; i++)
    if (t->cells[i].query == ELAPSED) free((void *)(uintptr_t)t->cells[i].ours.draw);
  free(t);
}

/* One draw on its own, so that a disagreement can be named. */
static size_t agree(const cell *c) {
  for (size_t i = 0; i < c->ours.length; i++) {
    const draws one = {&c->ours.draw[i], 1};
    int64_t library = ask[c->query](&one), loop = ask_loop[c->query](&one);
    if (library != loop)
      fail("%s from %" PRId64 " to %" PRId64 " by %" PRId64 ": library %" PRId64 ", loop %" PRId64,
           query_names[c->query], one.draw->from, one.draw->to, one.draw->n, library, loop);
  }
  return c->ours.length;
}

/* 0 where nothing was timed. */
static double ns_of(const table *t, int query, int r, int s, bool loop) {
  for (size_t i = 0; i < t->count; i++) {
    const cell *c = &t->cells[i];
    if (c->query == query && c->region == r && c->span == s) return t->measures[2 * i + loop].ns;
  }
  return 0;
}

static void print_ratio(double ns, double against) {
  if (ns > 0 && against > 0)
    printf(" %12.2f", ns / against);
  else
    printf(" %12s", "-");
}

/* A region against the tabulated years and a span against 30 days tell why a line is slow: the
 * closed form after the table, the zone's own history before it, a cost that grows with time. */
static void print_line(const table *t, int query, int r, int s) {
  double library = ns_of(t, query, r, s, false), loop = ns_of(t, query, r, s, true);
  bool instant = query == IS_OPEN || query == NEXT_CHANGE;
  if (library <= 0) return;
  printf("  %-10s %-15s %12.1f", regions[r].name, instant ? "any instant" : spans[s].name,
         loop / library);
  print_ratio(library, ns_of(t, query, r, DAYS_30, false));
  print_ratio(library, ns_of(t, query, INSIDE, s, false));
  printf(" %10.1f %10.0f\n", library, loop);
}

static void print_query(const table *t, int query) {
  printf("\n%-28s %12s %12s %12s %10s %10s\n", query_names[query], "times faster",
         "cost against", "cost against", "library", "loop");
  printf("%-28s %12s %12s %12s %10s %10s\n", "", "than loop", "30 days", "inside", "ns", "ns");
  for (int r = 0; r < REGIONS; r++)
    for (int s = 0; s < SPANS; s++) print_line(t, query, r, s);
}

/* The dearest of the spans: an average could hide one. */
static double worst_against_inside(const table *t, int query, int r) {
  double worst = 0;
  for (int s = 0; s < SPANS; s++) {
    double ratio = ns_of(t, query, r, s, false) / ns_of(t, query, INSIDE, s, false);
    if (ratio > worst) worst = ratio;
  }
  return worst;
}

static double against_30_days(const table *t, int query) {
  return ns_of(t, query, INSIDE, YEARS_10, false) / ns_of(t, query, INSIDE, DAYS_30, false);
}

static double against_loop(const table *t, int query) {
  return ns_of(t, query, INSIDE, MIXED, true) / ns_of(t, query, INSIDE, MIXED, false);
}

static void judge(const table *t) {
  require_at_least("elapsed_times_faster_than_loop", against_loop(t, ELAPSED), 1000);
  require_at_least("add_times_faster_than_loop", against_loop(t, ADD), 120);
  require_at_most("elapsed_10_years_against_30_days", against_30_days(t, ELAPSED), 1.5);
  require_at_most("add_10_years_against_30_days", against_30_days(t, ADD), 1.5);
  require_at_most("elapsed_after_window_against_inside", worst_against_inside(t, ELAPSED, AFTER),
                  10);
  require_at_most("add_after_window_against_inside", worst_against_inside(t, ADD, AFTER), 10);
}

void bench_spans(uint64_t seed) {
  uint64_t state = seed;
  size_t agreed = 0;
  sla_zone *zone = reference_zone(NULL);
  sla_calendar *calendar = reference_calendar(zone, NULL);
  table *t = allocate(1, sizeof *t);
  loop_prepare();
  fill(t, calendar, &state);
  printf("\nOne calendar: New York, Monday to Friday 9 to 17, ten yearly holidays, tabulated 2000 "
         "to 2049.\nZone: %s.  Draws of `inside` lie anywhere in those years.\n",
         reference_zone_source());
  for (size_t i = 0; i < t->count; i++) agreed += agree(&t->cells[i]);
  printf("Library and loop agree on %zu draws.\n", agreed);
  measure_all(t->measures, 2 * t->count);
  for (int query = 0; query < QUERIES; query++) print_query(t, query);
  judge(t);
  release(t);
  sla_calendar_unref(calendar);
  sla_zone_unref(zone);
}
