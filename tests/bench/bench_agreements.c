/* SPDX-License-Identifier: MIT */
/* Agreements: a ticket under three of them, beside three calls that know nothing of each other, and
 * a set of 16,384 versions; the unit is one elapsed query. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TICKETS = 1000, KINDS = 3, RESULTS = KINDS * TICKET_METRICS, HOUR = 3600, DAY = 86400 };
enum { VERSIONS = 16, MANY = 1024 };

/* ---- sets ---- */

static sla_policy_set_builder *new_builder(const sla_allocator *allocator) {
  sla_policy_set_builder *builder = NULL;
  sla_error error;
  require_ok(sla_policy_set_builder_new(allocator, &builder, &error), &error, "a builder of sets");
  return builder;
}

static void add_agreement(sla_policy_set_builder *builder, uint32_t kind, int number) {
  char name[32];
  sla_error error;
  snprintf(name, sizeof name, "agreement %d", number);
  require_ok(sla_policy_set_builder_add_agreement(builder, kind, name, strlen(name), "", 0, &error),
             &error, "an agreement");
}

static void add_version(sla_policy_set_builder *builder, uint32_t agreement, int version,
                        const sla_policy *policy) {
  sla_time from = version == 0 ? SLA_NONE : year_begins(2000 + version);
  sla_error error;
  require_ok(sla_policy_set_builder_add_version(builder, agreement, (uint32_t)version + 1, from,
                                                policy, &error),
             &error, "a version");
}

static sla_policy_set *build(const sla_policy_set_builder *builder) {
  sla_policy_set *set = NULL;
  sla_error error;
  require_ok(sla_policy_set_builder_build(builder, &set, &error), &error, "a set");
  return set;
}

static sla_policy_set *set_of_three(sla_policy *const policies[KINDS]) {
  sla_policy_set_builder *builder = new_builder(NULL);
  for (uint32_t kind = 0; kind < KINDS; kind++) {
    add_agreement(builder, kind + 1, (int)kind);
    add_version(builder, kind, 0, policies[kind]);
  }
  sla_policy_set *set = build(builder);
  sla_policy_set_builder_free(builder);
  return set;
}

/* Of sixteen versions each; the policies are shared. */
static sla_policy_set *set_of_many(int agreements, sla_policy *const policies[VERSIONS],
                                   const sla_allocator *allocator) {
  sla_policy_set_builder *builder = new_builder(allocator);
  for (int i = 0; i < agreements; i++) {
    add_agreement(builder, (uint32_t)(i % KINDS) + 1, i);
    for (int v = 0; v < VERSIONS; v++) add_version(builder, (uint32_t)i, v, policies[v]);
  }
  sla_policy_set *set = build(builder);
  sla_policy_set_builder_free(builder);
  return set;
}

/* ---- a ticket under three agreements ---- */

typedef struct queue {
  const sla_policy_set *set;
  sla_policy *const *policies; /* the same */
  const sla_event *events;
  sla_time now;
  size_t apart; /* events from one log to the next; 0 for the same one again and again */
} queue;

static void evaluate_set(const queue *q, const sla_event *log, sla_result results[RESULTS]) {
  static const uint32_t all[KINDS] = {0, 1, 2};
  sla_outcome outcomes[KINDS];
  sla_error error;
  size_t written;
  int32_t code = sla_policy_set_evaluate(q->set, all, KINDS, log, TICKET_EVENTS, sizeof *log,
                                         SLA_NONE, q->now, outcomes, sizeof outcomes[0], results,
                                         RESULTS, sizeof results[0], &written, &error);
  if (code != SLA_OK) require_ok(code, &error, "an evaluation of three agreements");
}

static void evaluate_apart(const queue *q, const sla_event *log, sla_result results[RESULTS]) {
  sla_error error;
  size_t written;
  for (int i = 0; i < KINDS; i++) {
    int32_t code = sla_evaluate_all(q->policies[i], log, TICKET_EVENTS, sizeof *log, q->now,
                                    results + i * TICKET_METRICS, TICKET_METRICS,
                                    sizeof results[0], &written, &error);
    if (code != SLA_OK) require_ok(code, &error, "an evaluation of all metrics");
  }
}

typedef void evaluation(const queue *q, const sla_event *log, sla_result results[RESULTS]);

static inline int64_t run_queue(const queue *q, evaluation *evaluate) {
  sla_result results[RESULTS];
  int64_t sum = 0;
  for (size_t i = 0; i < TICKETS; i++) {
    evaluate(q, q->events + i * q->apart, results);
    sum += results[0].elapsed + results[RESULTS - 1].elapsed;
  }
  return sum;
}

static int64_t run_set(const void *context) { return run_queue(context, evaluate_set); }
static int64_t run_apart(const void *context) { return run_queue(context, evaluate_apart); }

static int64_t run_changes(const void *context) {
  const queue *q = context;
  sla_policy_change changes[TICKET_METRICS];
  sla_error error;
  size_t written;
  int64_t sum = 0;
  for (size_t i = 0; i < TICKETS; i++) {
    int32_t code = sla_policy_changes(q->policies[0], q->policies[1], q->events + i * q->apart,
                                      TICKET_EVENTS, sizeof *q->events, q->now, changes,
                                      TICKET_METRICS, sizeof changes[0], &written, &error);
    if (code != SLA_OK) require_ok(code, &error, "what another policy would change");
    sum += changes[0].new_status + changes[TICKET_METRICS - 1].new_status;
  }
  return sum;
}

/* Both must say the same, or the speed of one means nothing. */
static void agree(const queue *q) {
  sla_result together[RESULTS], apart[RESULTS];
  for (size_t i = 0; i < TICKETS; i++) {
    evaluate_set(q, q->events + i * q->apart, together);
    evaluate_apart(q, q->events + i * q->apart, apart);
    if (memcmp(together, apart, sizeof apart) != 0) fail("a set and single calls disagree");
  }
}

enum { SET, APART, SAME_SET, SAME_APART, CHANGES, UNIT, LINES };

static const char *const names[UNIT] = {
    [SET] = "three agreements, 3 metrics each, 10 events",
    [APART] = "three calls of sla_evaluate_all",
    [SAME_SET] = "the same log again and again, three agreements",
    [SAME_APART] = "the same log again and again, three calls",
    [CHANGES] = "what another policy would change, 3 metrics",
};

static void print_tickets(const measure m[LINES]) {
  printf("\n%-55s %10s %10s %10s\n", "agreements, business hours of New York", "elapsed", "against",
         "ns a");
  printf("%-55s %10s %10s %10s\n", "", "a ticket", "the calls", "ticket");
  for (int i = 0; i < UNIT; i++) {
    const measure *calls = &m[i == SAME_SET || i == SAME_APART ? SAME_APART : APART];
    printf("  %-53s %10.2f %10.2f %10.1f\n", names[i], m[i].ns / m[UNIT].ns, m[i].ns / calls->ns,
           m[i].ns);
  }
  printf("  %-53s %10.2f %10s %10.1f\n", "(one elapsed query)", 1.0, "", m[UNIT].ns);
}

static void time_tickets(sla_policy *const policies[KINDS], const draws *unit, uint64_t *state) {
  sla_event *events = allocate((size_t)TICKETS * TICKET_EVENTS, sizeof *events);
  sla_policy_set *set = set_of_three(policies);
  const queue q = {set, policies, events, year_begins(2025), TICKET_EVENTS};
  queue same = q;
  same.apart = 0;
  for (size_t i = 0; i < TICKETS; i++)
    ticket_log(events + i * TICKET_EVENTS, random_in(state, 0, TICKET_STORIES - 1),
               q.now - random_in(state, HOUR, 40 * DAY), q.now, state);
  agree(&q);
  measure m[LINES] = {[SET] = {run_set, &q, TICKETS, 0},
                      [APART] = {run_apart, &q, TICKETS, 0},
                      [SAME_SET] = {run_set, &same, TICKETS, 0},
                      [SAME_APART] = {run_apart, &same, TICKETS, 0},
                      [CHANGES] = {run_changes, &q, TICKETS, 0},
                      [UNIT] = {ask[ELAPSED], unit, unit->length, 0}};
  measure_all(m, LINES);
  print_tickets(m);
  sla_policy_set_unref(set);
  free(events);
}

/* ---- thousands of versions ---- */

typedef struct archive {
  sla_policy_set *set;
  sla_policy *const *policies;
  int agreements;
  unsigned char *bytes;
  size_t length;
  uint64_t seed;
} archive;

enum { LOOK_UPS = 4096 };

static int64_t run_version_at(const void *context) {
  const archive *a = context;
  uint64_t state = a->seed;
  int64_t sum = 0, codes = 0;
  for (size_t i = 0; i < LOOK_UPS; i++) {
    uint64_t drawn = random_next(&state);
    uint32_t version = 0, agreement = (uint32_t)(drawn >> 32) % (uint32_t)a->agreements;
    sla_time created = year_begins(2000) + (sla_time)(drawn % (17u * 366 * DAY));
    codes |= sla_policy_set_version_at(a->set, agreement, created, &version);
    sum += version;
  }
  if (codes != SLA_OK) fail("version_at: a code other than SLA_OK while timing");
  return sum;
}

static int64_t run_build(const void *context) {
  const archive *a = context;
  sla_policy_set *set = set_of_many(a->agreements, a->policies, NULL);
  int64_t count = sla_policy_set_count(set);
  sla_policy_set_unref(set);
  return count;
}

static int64_t run_write(const void *context) {
  const archive *a = context;
  size_t length = 0;
  if (sla_policy_set_bytes(a->set, a->bytes, a->length, &length) != SLA_OK || length != a->length)
    fail("a set has other bytes than before");
  return a->bytes[length - 1];
}

static int64_t run_read(const void *context) {
  const archive *a = context;
  sla_policy_set *set = NULL;
  sla_error error;
  require_ok(sla_policy_set_new_bytes(a->bytes, a->length, NULL, &set, &error), &error,
             "a set from bytes");
  int64_t count = sla_policy_set_count(set);
  sla_policy_set_unref(set);
  return count;
}

static archive new_archive(int agreements, sla_policy *const policies[VERSIONS], uint64_t seed) {
  archive a = {.policies = policies, .agreements = agreements, .seed = seed};
  a.set = set_of_many(agreements, policies, NULL);
  sla_policy_set_bytes(a.set, NULL, 0, &a.length);
  a.bytes = allocate(a.length, 1);
  run_write(&a);
  return a;
}

/* What lives on when a set was read, whose policies and calendars are its own. */
static size_t bytes_read(const archive *a) {
  counter c = {0};
  const sla_allocator allocator = counting_allocator(&c);
  sla_policy_set *set = NULL;
  sla_error error;
  require_ok(sla_policy_set_new_bytes(a->bytes, a->length, &allocator, &set, &error), &error,
             "a set from bytes");
  size_t held = c.live;
  sla_policy_set_unref(set);
  if (c.live != 0) fail("%zu bytes are left after the last unref", c.live);
  return held;
}

enum { VERSION_AT, BUILD, WRITE, READ, ARCHIVE_UNIT, ARCHIVE_LINES };

static void print_line(const char *name, const measure *m, double unit) {
  printf("  %-53s %10.0f %10.1f\n", name, m->ns / unit / (MANY * VERSIONS), m->ns / 1e6);
}

static void print_archive(const measure m[ARCHIVE_LINES], const archive *a) {
  double unit = m[ARCHIVE_UNIT].ns;
  printf("\n%-55s %10s %10s\n", "a set of 1,024 agreements with 16 versions each", "elapsed", "ms");
  printf("%-55s %10s %10s\n", "", "a version", "the set");
  printf("  %-53s %10.2f\n", "version_at", m[VERSION_AT].ns / unit);
  print_line("told and built", &m[BUILD], unit);
  print_line("written as bytes", &m[WRITE], unit);
  print_line("read from bytes", &m[READ], unit);
  printf("  %-53s %10.2f\n", "(one elapsed query)", 1.0);
  printf("  %zu KiB as bytes; %zu KiB held beside its policies, %zu with them when it was read\n",
         a->length / 1024, sla_policy_set_memory(a->set) / 1024, bytes_read(a) / 1024);
}

static void time_archive(sla_policy *const policies[VERSIONS], const draws *unit, uint64_t seed) {
  archive a = new_archive(MANY, policies, seed);
  measure m[ARCHIVE_LINES] = {[VERSION_AT] = {run_version_at, &a, LOOK_UPS, 0},
                              [BUILD] = {run_build, &a, 1, 0},
                              [WRITE] = {run_write, &a, 1, 0},
                              [READ] = {run_read, &a, 1, 0},
                              [ARCHIVE_UNIT] = {ask[ELAPSED], unit, unit->length, 0}};
  measure_all(m, ARCHIVE_LINES);
  print_archive(m, &a);
  sla_policy_set_unref(a.set);
  free(a.bytes);
}

void bench_agreements(uint64_t seed) {
  enum { DRAWS = 4096 };
  uint64_t state = seed;
  sla_zone *zone = reference_zone(NULL);
  sla_calendar *calendar = reference_calendar(zone, NULL);
  sla_policy *policies[VERSIONS];
  draw *list = allocate(DRAWS, sizeof *list);
  for (int i = 0; i < VERSIONS; i++)
    policies[i] = ticket_policy(calendar, SLA_BUSINESS_HOURS, i + 1);
  for (size_t i = 0; i < DRAWS; i++) {
    sla_time from = random_in(&state, year_begins(2024), year_begins(2025));
    list[i] = (draw){calendar, from, from + random_in(&state, HOUR, 60 * DAY), 0};
  }
  time_tickets(policies, &(const draws){list, DRAWS}, &state);
  time_archive(policies, &(const draws){list, DRAWS}, seed);
  for (int i = 0; i < VERSIONS; i++) sla_policy_unref(policies[i]);
  free(list);
  sla_calendar_unref(calendar);
  sla_zone_unref(zone);
}
