/* SPDX-License-Identifier: MIT */
/* A million tickets: which policy each gets by the rules, how it stands, and the report, by
 * representative and then by channel and inbox as well; the unit is one elapsed query.  The million
 * comes in turns with the queries.  Then a thousand reports of a thousand tickets each. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  TICKETS = 1000000, ROUNDS = 10, EACH = TICKETS / ROUNDS, TURNS = 50, DRAWS = 4096,
  PARTS = 1000, RULES = 16, METRICS = 2, FACTS = 4, HOUR = 3600, DAY = 86400
};

/* By which a ticket is counted. */
enum dimension { REPRESENTATIVE, CHANNEL, INBOX, DIMENSIONS };
static const int64_t group_counts[DIMENSIONS] = {40, 5, 8};

typedef struct ticket {
  sla_row row;
  int64_t groups[DIMENSIONS];
  uint32_t company, priority; /* of the texts */
} ticket;

typedef struct desk {
  sla_calendar *calendar;
  sla_policy *policies[2];
  sla_rules *rules;
  ticket *tickets; /* of a round */
  uint64_t seed;
  char texts[64 * 128];
  uint32_t companies[128], priorities[4]; /* where each begins */
  uint32_t company_lengths[128], priority_lengths[4];
  size_t length;
  sla_time now;
  counter memory; /* of the reports */
} desk;

/* ---- the desk ---- */

static sla_policy *new_policy(const sla_calendar *calendar, int64_t hours) {
  sla_policy_builder *builder = NULL;
  sla_policy *policy = NULL;
  sla_error error;
  require_ok(sla_policy_builder_new(NULL, &builder, &error), &error, "a policy builder");
  require_ok(sla_policy_builder_set_calendar(builder, calendar, &error), &error, "its calendar");
  for (uint32_t metric = SLA_FIRST_RESPONSE; metric <= SLA_RESOLUTION; metric += 2)
    require_ok(sla_policy_builder_set_target(builder, metric, SLA_PRIORITY_ANY,
                                             hours * HOUR * (metric == SLA_RESOLUTION ? 8 : 1),
                                             SLA_UNIT_SECONDS, SLA_BUSINESS_HOURS, &error),
               &error, "a target");
  require_ok(sla_policy_builder_build(builder, &policy, &error), &error, "a policy");
  sla_policy_builder_free(builder);
  return policy;
}

static uint32_t add_text(desk *d, const char *text, uint32_t *length) {
  uint32_t at = (uint32_t)d->length;
  *length = (uint32_t)strlen(text);
  memcpy(d->texts + at, text, *length);
  d->length += *length;
  return at;
}

static void add_texts(desk *d) {
  static const char *const names[] = {"low", "normal", "high", "urgent"};
  for (int i = 0; i < 128; i++) {
    char text[64];
    snprintf(text, sizeof text, "somebody@mail.company-%d.example", i);
    d->companies[i] = add_text(d, text, &d->company_lengths[i]);
  }
  for (int i = 0; i < 4; i++) d->priorities[i] = add_text(d, names[i], &d->priority_lengths[i]);
}

static void add_rule(sla_rules_builder *builder, int number) {
  char domain[64];
  snprintf(domain, sizeof domain, "company-%d.example", number * 3);
  sla_error error;
  require_ok(sla_rules_builder_add_rule(builder, UINT64_C(1) << SLA_RULE_CREATED, 1, "", 0, &error),
             &error, "a rule");
  require_ok(sla_rules_builder_add_text_condition(builder, 1, SLA_EQUALS, 0, "urgent", 6, &error),
             &error, "a condition");
  require_ok(sla_rules_builder_add_text_condition(builder, 0, SLA_EMAIL_DOMAIN, 0, domain,
                                                  strlen(domain), &error),
             &error, "a condition");
}

/* Sixteen companies have a policy of their own when it is urgent. */
static sla_rules *new_rules(void) {
  static const char *const names[FACTS] = {"email", "priority", "channel", "inbox"};
  sla_rules_builder *builder = NULL;
  sla_rules *rules = NULL;
  sla_error error;
  require_ok(sla_rules_builder_new(NULL, &builder, &error), &error, "a builder of rules");
  for (uint32_t i = 0, number; i < FACTS; i++)
    require_ok(sla_rules_builder_add_attribute(
                   builder, i < 2 ? SLA_ATTRIBUTE_TEXT : SLA_ATTRIBUTE_INTEGER, names[i],
                   strlen(names[i]), &number, &error),
               &error, "an attribute");
  for (int i = 0; i < RULES; i++) add_rule(builder, i);
  require_ok(sla_rules_builder_set_default(builder, 0, &error), &error, "a default");
  require_ok(sla_rules_builder_build(builder, &rules, &error), &error, "rules");
  sla_rules_builder_free(builder);
  return rules;
}

static void draw_ticket(ticket *t, sla_time now, uint64_t *state) {
  sla_time created = now - random_in(state, HOUR, 120 * DAY);
  sla_time answered = created + random_in(state, 60, 20 * HOUR);
  sla_time solved = answered + random_in(state, 60, 10 * DAY);
  bool is_solved = solved < now;
  t->row = (sla_row){.created_at = created,
                     .first_response_at = answered < now ? answered : SLA_NONE,
                     .waiting_since = SLA_NONE, .solved_at = is_solved ? solved : SLA_NONE,
                     .status_since = is_solved ? solved : SLA_NONE, .paused = SLA_NONE,
                     .status = is_solved ? SLA_TICKET_SOLVED : SLA_TICKET_OPEN,
                     .priority = SLA_PRIORITY_NORMAL};
  t->company = (uint32_t)random_in(state, 0, 127);
  t->priority = (uint32_t)random_in(state, 0, 3);
  for (int i = 0; i < DIMENSIONS; i++) t->groups[i] = random_in(state, 0, group_counts[i] - 1);
}

static void open_desk(desk *d, sla_calendar *calendar, uint64_t seed) {
  d->seed = seed;
  d->calendar = calendar;
  d->now = year_begins(2025);
  d->policies[0] = new_policy(calendar, 4);
  d->policies[1] = new_policy(calendar, 1);
  d->rules = new_rules();
  d->tickets = allocate(EACH, sizeof *d->tickets);
  add_texts(d);
}

/* Other tickets in every round, and the same ones whenever a round is drawn. */
static void draw_round(const desk *d, int round) {
  uint64_t state = d->seed + (uint64_t)round;
  for (size_t i = 0; i < EACH; i++) draw_ticket(&d->tickets[i], d->now, &state);
}

static void close_desk(desk *d) {
  for (int i = 0; i < 2; i++) sla_policy_unref(d->policies[i]);
  sla_rules_unref(d->rules);
  free(d->tickets);
}

/* ---- a ticket ---- */

static const sla_policy *choose(const desk *d, const ticket *t) {
  const sla_fact facts[FACTS] = {
      {d->companies[t->company], d->company_lengths[t->company], 0},
      {d->priorities[t->priority], d->priority_lengths[t->priority], 1},
      {t->groups[CHANNEL], 0, 2}, {t->groups[INBOX], 0, 3}};
  sla_match match;
  sla_error error;
  int32_t code = sla_rules_match(d->rules, SLA_RULE_CREATED, facts, FACTS, sizeof *facts, d->texts,
                                 d->length, &match, sizeof match, &error);
  if (code != SLA_OK) require_ok(code, &error, "a match");
  return d->policies[match.policy];
}

static void count(const desk *d, const ticket *t, sla_report *const *reports, int dimensions) {
  const sla_policy *policy = choose(d, t);
  sla_result results[METRICS];
  sla_history history;
  size_t written;
  sla_error error;
  int32_t code = sla_evaluate_row_all(policy, &t->row, sizeof t->row, d->now, results, METRICS,
                                      sizeof *results, &written, &error);
  if (code == SLA_OK)
    code = sla_history_of_row(policy, &t->row, sizeof t->row, d->now, &history, sizeof history,
                              &error);
  for (int i = 0; i < dimensions && code == SLA_OK; i++)
    code = sla_report_add(reports[i], t->groups[i], &history, sizeof history, results, written,
                          sizeof *results, d->now, &error);
  if (code != SLA_OK) require_ok(code, &error, "a ticket");
}

/* ---- the million ---- */

static sla_report *new_report(const sla_allocator *allocator) {
  static const sla_seconds ages[] = {4 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY};
  sla_report *report = NULL;
  sla_error error;
  require_ok(sla_report_new(allocator, ages, sizeof ages / sizeof *ages, &report, &error), &error,
             "a report");
  return report;
}

static double elapsed_ns(const draws *unit) {
  enum { PASSES = 4 };
  static volatile int64_t sink;
  double start = clock_ns();
  for (int i = 0; i < PASSES; i++) sink += ask[ELAPSED](unit);
  (void)sink; /* the sums are only to be computed */
  return (clock_ns() - start) / ((double)unit->length * PASSES);
}

/* A round in turns with the queries, so that what disturbs the machine disturbs both. */
static void run_round(const desk *d, const draws *unit, sla_report *const *reports, int dimensions,
                      double *query, double *spent) {
  *query = *spent = 0;
  for (int turn = 0; turn < TURNS; turn++) {
    *query += elapsed_ns(unit) / TURNS;
    double start = clock_ns();
    for (size_t i = 0; i < EACH / TURNS; i++)
      count(d, &d->tickets[(size_t)turn * (EACH / TURNS) + i], reports, dimensions);
    *spent += clock_ns() - start;
  }
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double middle(double *values) {
  qsort(values, ROUNDS, sizeof *values, compare);
  return values[ROUNDS / 2];
}

static double time_million(desk *d, const draws *unit, sla_report *const *reports,
                           int dimensions, const char *name, size_t *first) {
  double ratios[ROUNDS], tickets[ROUNDS], total = 0;
  for (int round = 0; round < ROUNDS; round++) {
    double query, spent;
    draw_round(d, round);
    run_round(d, unit, reports, dimensions, &query, &spent);
    if (first != NULL && round == 0) *first = d->memory.live;
    total += spent;
    tickets[round] = spent / EACH;
    ratios[round] = tickets[round] / query;
  }
  double ratio = middle(ratios);
  printf("  %-53s %10.1f %10.2f %10.1f\n", name, ratio, total / 1e9, middle(tickets));
  return ratio;
}

static void open_reports(desk *d, sla_report *reports[DIMENSIONS]) {
  sla_allocator allocator = counting_allocator(&d->memory);
  for (int i = 0; i < DIMENSIONS; i++) reports[i] = new_report(&allocator);
}

static void close_reports(sla_report *reports[DIMENSIONS]) {
  for (int i = 0; i < DIMENSIONS; i++) sla_report_free(reports[i]);
}

/* Lengths of time that nobody had before are ever fewer: what grows is less than that. */
static void time_reports(desk *d, const draws *unit, sla_report *reports[DIMENSIONS]) {
  size_t first;
  printf("\n%-55s %10s %10s %10s\n", "report of 1,000,000 rows", "elapsed", "seconds", "ns a");
  printf("%-55s %10s %10s %10s\n", "", "a ticket", "in all", "ticket");
  open_reports(d, reports);
  time_million(d, unit, reports, 1, "16 rules, 2 metrics, by 40 representatives", NULL);
  close_reports(reports);
  open_reports(d, reports);
  double ratio =
      time_million(d, unit, reports, DIMENSIONS, "by channel and inbox as well", &first);
  require_at_most("report_ticket_elapsed", ratio, 200);
  printf("  %zu bytes of reports after 100,000 tickets, %zu after 1,000,000\n", first,
         d->memory.live);
  require_at_most("report_memory_growth", (double)d->memory.live / (double)first, 1.5);
}

/* ---- a thousand reports in one ---- */

static unsigned char *bytes_of(const sla_report *report, size_t *length) {
  require_ok(sla_report_bytes(report, NULL, 0, length), NULL, "the length of a report");
  unsigned char *bytes = allocate(*length, 1);
  require_ok(sla_report_bytes(report, bytes, *length, length), NULL, "the bytes of a report");
  return bytes;
}

static void require_same_bytes(const sla_report *a, const sla_report *b) {
  size_t one, other;
  unsigned char *left = bytes_of(a, &one), *right = bytes_of(b, &other);
  if (one != other || memcmp(left, right, one) != 0)
    fail("1,000 reports merged are not the report of all: %zu and %zu bytes", one, other);
  printf("  1,000 reports of 1,000 tickets each, merged: the same %zu bytes\n", one);
  free(left);
  free(right);
}

static void merge_thousand(const desk *d, const sla_report *whole) {
  sla_report *merged = new_report(NULL);
  double spent = 0;
  sla_error error;
  for (size_t part = 0; part < PARTS; part++) {
    sla_report *of = new_report(NULL);
    size_t from = part * (TICKETS / PARTS) % EACH;
    if (from == 0) draw_round(d, (int)(part * ROUNDS / PARTS));
    for (size_t i = 0; i < TICKETS / PARTS; i++) count(d, &d->tickets[from + i], &of, 1);
    double start = clock_ns();
    require_ok(sla_report_merge(merged, of, &error), &error, "a merge");
    spent += clock_ns() - start;
    sla_report_free(of);
  }
  require_same_bytes(merged, whole);
  printf("  a merge of 40 groups takes %.1f us\n", spent / PARTS / 1e3);
  sla_report_free(merged);
}

/* ---- all of it ---- */

static void draw_unit(draw *list, const sla_calendar *calendar, uint64_t *state) {
  for (size_t i = 0; i < DRAWS; i++) {
    sla_time from = random_in(state, year_begins(2024), year_begins(2025));
    list[i] = (draw){calendar, from, from + random_in(state, HOUR, 60 * DAY), 0};
  }
}

void bench_report(uint64_t seed) {
  uint64_t state = seed;
  sla_zone *zone = reference_zone(NULL);
  sla_calendar *calendar = reference_calendar(zone, NULL);
  desk *d = allocate(1, sizeof *d);
  draw *list = allocate(DRAWS, sizeof *list);
  sla_report *reports[DIMENSIONS];
  open_desk(d, calendar, seed);
  draw_unit(list, calendar, &state);
  time_reports(d, &(draws){list, DRAWS}, reports);
  merge_thousand(d, reports[REPRESENTATIVE]);
  close_reports(reports);
  close_desk(d);
  free(d);
  free(list);
  sla_calendar_unref(calendar);
  sla_zone_unref(zone);
}
