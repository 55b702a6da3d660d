/* SPDX-License-Identifier: MIT */
/* What the parts share: the clock, the draws, the counting allocator, the required figures. */
#ifndef SLA_TESTS_BENCH_H
#define SLA_TESTS_BENCH_H

#include <sla/sla.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- timing (bench_measure.c) ---- */

/* One thing that is timed.  run does `operations` operations and returns a number that depends on
 * every one of them, so that no compiler can leave one out. */
typedef struct measure {
  int64_t (*run)(const void *context);
  const void *context;
  size_t operations;
  double ns; /* an operation: the median of the rounds */
} measure;

double clock_ns(void);

/* Times all of them in nine rounds.  Every round runs every measure, so that what disturbs the
 * machine disturbs them alike, and their ratios stay. */
void measure_all(measure *measures, size_t count);

/* ---- requirements and failures (bench.c) ---- */

/* Something a library call said or a result that is wrong: ends the program. */
void require_ok(int32_t code, const sla_error *error, const char *what);
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
void *allocate(size_t count, size_t size);

/* A required figure: kept, and printed at the end as `NAME value limit OK|MISSED`. */
void require_at_least(const char *name, double value, double limit);
void require_at_most(const char *name, double value, double limit);
void require_below(const char *name, double value, double limit);

/* ---- random numbers (bench_draws.c) ---- */

uint64_t random_next(uint64_t *state);
int64_t random_in(uint64_t *state, int64_t least, int64_t most);

/* ---- the counting allocator (bench_draws.c) ---- */

typedef struct counter {
  size_t live, peak, blocks, calls;
} counter;

sla_allocator counting_allocator(counter *count);

/* ---- queries (bench_draws.c) ---- */

/* What one query is asked: the calendar too, so that one or ten thousand are timed by one loop. */
typedef struct draw {
  const sla_calendar *calendar;
  sla_time from, to;
  sla_seconds n;
} draw;

typedef struct draws {
  const draw *draw;
  size_t length;
} draws;

enum query { ELAPSED, ADD, IS_OPEN, NEXT_CHANGE, QUERIES };
extern const char *const query_names[QUERIES];

/* Asks the library one query for every draw; the context is a draws. */
extern int64_t (*const ask[QUERIES])(const void *context);

/* ---- the reference workload (bench_reference.c) ---- */

/* The first instant of a year, in UTC. */
sla_time year_begins(int year);

/* New York as the C library of this machine reads it, and TZ set to the same zone. */
sla_zone *reference_zone(const sla_allocator *allocator);
const char *reference_zone_source(void);
/* Monday to Friday 9 to 17, with or without its ten yearly holidays. */
sla_calendar_builder *reference_builder(const sla_zone *zone, bool holidays, int first_year,
                                        int last_year, const sla_allocator *allocator);
sla_calendar *reference_calendar(const sla_zone *zone, const sla_allocator *allocator);
/* The years for which the loop tabulates the ten holidays; whether a date is one. */
enum { REFERENCE_FIRST_YEAR = 1940, REFERENCE_LAST_YEAR = 2110 };
bool reference_is_holiday(int year, int month, int day);
/* The number of a day, 1970-01-01 being 0. */
long days_of(int year, int month, int day);

/* ---- tickets (bench_tickets.c) ---- */

enum { TICKET_METRICS = 3, TICKET_EVENTS = 10, TICKET_STORIES = 3 };
extern const uint32_t ticket_metrics[TICKET_METRICS];

/* Targets for the three metrics, shorter for urgent tickets, all divided by `part`. */
sla_policy *ticket_policy(const sla_calendar *calendar, uint32_t clock, int64_t part);
/* What happened to a ticket by now, at random moments: three stories of ten events. */
void ticket_log(sla_event *log, int64_t story, sla_time created, sla_time now, uint64_t *state);

/* ---- random calendars (bench_world.c) ---- */

typedef struct world {
  sla_zone **zones;
  sla_calendar **calendars;
  size_t zone_count, calendar_count;
  counter bytes;
} world;

/* Different calendars: zones, hours and holidays at random, the default window. */
world *world_new(size_t calendars, uint64_t *state);
void world_free(world *w);

/* ---- the loop over mktime (bench_loop.c) ---- */

void loop_prepare(void); /* before the others */
extern int64_t (*const ask_loop[QUERIES])(const void *context);

/* ---- the parts ---- */

void bench_spans(uint64_t seed);      /* one calendar: spans, inside and outside the window */
void bench_compile(uint64_t seed);    /* time and memory of a calendar */
void bench_evaluate(uint64_t seed);   /* tickets: logs, rows, batches */
void bench_many(uint64_t seed);       /* ten thousand calendars */
void bench_rules(uint64_t seed);      /* which policy a ticket gets */
void bench_agreements(uint64_t seed); /* several agreements on one ticket; large sets */
void bench_report(uint64_t seed);     /* a million tickets: rules, evaluation, report */

#endif
