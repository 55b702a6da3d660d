/* SPDX-License-Identifier: MIT */
/* Medians of nine interleaved rounds. */
#define _POSIX_C_SOURCE 200809L
#include "bench.h"

#include <stdlib.h>
#include <time.h>

/* A round goes around several times and adds up, for a busy machine takes its turns at random: so
 * every measure meets as much of it. */
enum { ROUNDS = 9, TURNS = 6 };

/* Work is repeated until a turn takes as long, or the clock itself would be timed. */
static const double turn_ns = 1e6;

static volatile int64_t sink;

double clock_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static double sample(const measure *m, size_t passes) {
  double start = clock_ns();
  for (size_t i = 0; i < passes; i++) sink += m->run(m->context);
  return clock_ns() - start;
}

/* Warms the caches as well. */
static size_t passes_for(const measure *m) {
  size_t passes = 1;
  while (sample(m, passes) < turn_ns) passes *= 2;
  return passes;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void run_round(const measure *measures, size_t count, const size_t *passes,
                      double (*ns)[ROUNDS], int round) {
  for (int turn = 0; turn < TURNS; turn++)
    for (size_t i = 0; i < count; i++)
      ns[i][round] += sample(&measures[i], passes[i]) /
                      ((double)passes[i] * (double)measures[i].operations * TURNS);
}

void measure_all(measure *measures, size_t count) {
  size_t *passes = allocate(count, sizeof *passes);
  double(*ns)[ROUNDS] = allocate(count, sizeof *ns);
  for (size_t i = 0; i < count; i++) passes[i] = passes_for(&measures[i]);
  for (int round = 0; round < ROUNDS; round++) run_round(measures, count, passes, ns, round);
  for (size_t i = 0; i < count; i++) {
    qsort(ns[i], ROUNDS, sizeof ns[i][0], compare);
    measures[i].ns = ns[i][ROUNDS / 2];
  }
  free(ns);
  free(passes);
}
