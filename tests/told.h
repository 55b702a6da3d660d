/* SPDX-License-Identifier: MIT */
/* Policies, logs and results told in words, so that a case fits a line; the words are defined in
 * tests/cases/README. */
#ifndef SLA_TESTS_TOLD_H
#define SLA_TESTS_TOLD_H

#include <sla/sla.h>

#define TOLD_EVENTS 32
#define TOLD_POLICIES 4
#define TOLD_CYCLES 32

sla_time told_time(const char *text);
sla_seconds told_length(const char *text);
int64_t told_number(const char *text);
/* Business hours are Mo-Fr 09:00-17:00 in UTC. */
sla_policy *told_policy(const char *text);
size_t told_policies(const char *text, sla_policy *policies[TOLD_POLICIES]);
/* Business hours are those given; NULL for none. */
size_t told_policies_on(const sla_calendar *hours, const char *text,
                        sla_policy *policies[TOLD_POLICIES]);
void told_release(sla_policy *const *policies, size_t count);
uint32_t told_preset(const char *word);
/* NULL is none. */
size_t told_events(const char *text, sla_event events[TOLD_EVENTS]);
/* A ticket kept as a row, from its fields; NULL for none. */
#define TOLD_ROW_FIELDS 8
#define TOLD_ROW_COLUMNS                                                                        \
  "created", "first_response", "waiting_since", "solved", "status_since", "paused", "status", \
      "priority"
sla_row told_row(const char *const fields[TOLD_ROW_FIELDS]);
sla_lint told_lint(const char *text);
/* The metric that a result is about: its first word. */
uint32_t told_metric(const char *text);
/* What comes after the next bar, or NULL. */
const char *told_next(const char *text);
/* Fails where the result is not what the text says; what the text does not mention is not asked. */
void told_result(const sla_result *result, const char *text);
void told_totals(const sla_totals *totals, const char *text);

/* A ticket and what was promised for it. */
typedef struct {
  sla_policy *policies[TOLD_POLICIES];
  size_t policy_count;
  sla_event events[TOLD_EVENTS];
  size_t count;
  sla_time now;
} told_ticket;

told_ticket told_open(const char *policy, const char *log, const char *now);
/* On these business hours. */
told_ticket told_open_on(const sla_calendar *hours, const char *policy, const char *log,
                         const char *now);
void told_close(const told_ticket *ticket);
const sla_policy *const *told_terms(const told_ticket *ticket); /* its policies, for calls */
sla_result told_evaluate(const told_ticket *ticket, uint32_t metric);
/* The cycles from `first` on, at most `capacity` of them. */
size_t told_cycles(const told_ticket *ticket, uint32_t metric, uint32_t first, sla_result *cycles,
                   size_t capacity);
/* Fails where a result is not what the text says, of each metric that it tells of.  Each is
 * evaluated in all ways there are, which must agree: alone and as the last of its cycles, with one
 * policy and as one of several. */
void told_expect(const told_ticket *ticket, const char *results);

/* The tables evaluation_*.tsv: their columns, and the test of a row. */
extern const char *const told_columns[];
void told_case(void **state);

#endif
