/* SPDX-License-Identifier: MIT */
/* Ten thousand different calendars: what a query costs when each meets one that the caches have
 * forgotten, and the memory of all of them. */
#include "bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CALENDARS = 10000, DRAWS = 32768, HOUR = 3600, DAY = 86400 };

/* The same instants whatever the number of calendars, which are cut from the front. */
static draw *draw_among(const world *w, int64_t calendars, uint64_t seed) {
  draw *list = allocate(DRAWS, sizeof *list);
  uint64_t state = seed;
  for (size_t i = 0; i < DRAWS; i++) {
    int64_t which = random_in(&state, 0, CALENDARS - 1) % calendars;
    sla_time from = random_in(&state, year_begins(2001), year_begins(2048));
    list[i] = (draw){w->calendars[which], from, from + random_in(&state, HOUR, 60 * DAY),
                     random_in(&state, HOUR, 80 * HOUR)};
  }
  return list;
}

/* The measure of forgetting: reads at random, each of which has to wait for the one before. */
typedef struct reads {
  unsigned char *memory; /* all 0, which the compiler cannot know */
  size_t *where;
} reads;

static int64_t run_reads(const void *context) {
  const reads *r = context;
  size_t carried = 0;
  for (size_t i = 0; i < DRAWS; i++) carried += r->memory[r->where[i] + carried];
  return (int64_t)carried;
}

static void draw_reads(reads *r, size_t size, uint64_t *state) {
  r->memory = allocate(size, 1);
  r->where = allocate(DRAWS, sizeof *r->where);
  memset(r->memory, 1, size); /* pages of its own, instead of one page of zeros */
  memset(r->memory, 0, size);
  for (size_t i = 0; i < DRAWS; i++) r->where[i] = (size_t)random_in(state, 0, (int64_t)size - 1);
}

enum { COLUMNS = 4 };
static const int64_t columns[COLUMNS] = {1, 10, 100, CALENDARS};

/* A hundred differ as much as ten thousand do, and stay in the caches. */
static void print_table(const measure m[QUERIES][COLUMNS], double read_ns) {
  printf("\n%-14s %29s %16s %36s\n", "", "10,000 calendars against", "more than of 100",
         "ns");
  printf("%-14s %14s %14s %16s %9s %8s %8s %8s\n", "", "one", "100", "in waited reads", "of 1",
         "10", "100", "10,000");
  for (int q = 0; q < QUERIES; q++) {
    double one = m[q][0].ns, hundred = m[q][2].ns, all = m[q][3].ns;
    printf("  %-12s %14.2f %14.2f %16.2f %9.1f %8.1f %8.1f %8.1f\n", query_names[q], all / one,
           all / hundred, (all - hundred) / read_ns, one, m[q][1].ns, hundred, all);
  }
  printf("  %-12s %14s %14s %16.2f %9s %8s %8s %8.1f\n", "(one read)", "", "", 1.0, "", "", "",
         read_ns);
}

static void time_queries(const world *w, uint64_t seed) {
  draws among[COLUMNS];
  measure list[QUERIES * COLUMNS + 1], table[QUERIES][COLUMNS];
  reads r;
  uint64_t state = seed;
  draw_reads(&r, w->bytes.live, &state);
  for (int c = 0; c < COLUMNS; c++) among[c] = (draws){draw_among(w, columns[c], seed), DRAWS};
  for (int i = 0; i < QUERIES * COLUMNS; i++)
    list[i] = (measure){ask[i / COLUMNS], &among[i % COLUMNS], DRAWS, 0};
  list[QUERIES * COLUMNS] = (measure){run_reads, &r, DRAWS, 0};
  measure_all(list, QUERIES * COLUMNS + 1);
  memcpy(table, list, sizeof table);
  print_table((const measure(*)[COLUMNS])table, list[QUERIES * COLUMNS].ns);
  for (int c = 0; c < COLUMNS; c++) free((void *)(uintptr_t)among[c].draw);
  free(r.memory);
  free(r.where);
}

void bench_many(uint64_t seed) {
  uint64_t state = seed;
  double start = clock_ns();
  world *w = world_new(CALENDARS, &state);
  double build_us = (clock_ns() - start) / CALENDARS / 1e3;
  printf("\n10,000 random calendars of %zu zones, tabulated 2000 to 2049: %.1f MB, %.0f bytes and "
         "%.1f us each\n(zones and filling the builder included).  Spans of 1 hour to 60 days, "
         "targets of 1 to 80 hours.\nA waited read is one at random in as much memory, each after "
         "the one before.\n",
         w->zone_count, (double)w->bytes.live / 1e6, (double)w->bytes.live / CALENDARS, build_us);
  time_queries(w, seed);
  require_below("calendars_10000_megabytes", (double)w->bytes.live / 1e6, 300);
  world_free(w);
}
