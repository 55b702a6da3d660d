/* SPDX-License-Identifier: MIT */
/* Every cycle of a metric, one by one and taken together; how a long list is read in pieces. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"
#include "table.h"
#include "told.h"

/* ---- lists ---- */

#define THREE_TURNS                                                                             \
  "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 reply, Mo 13:00 message, "      \
  "Mo 16:00 reply, Tu 09:00 message"

/* However they are asked for, they are the same. */
static void expect_pages(const told_ticket *t, const sla_result *all, size_t count, size_t page) {
  sla_result some[TOLD_CYCLES];
  for (uint32_t first = 1; first <= count + 2; first++) {
    size_t left = first <= count ? count - first + 1 : 0, want = left < page ? left : page;
    assert_number((int64_t)told_cycles(t, all[0].metric, first, some, page), (int64_t)want);
    if (want > 0) assert_memory_equal(some, all + first - 1, want * sizeof *all);
  }
}

enum { GROUP, NAME, POLICY, LOG, NOW, RESULTS };

static void one_list(void **state) {
  const table_field *row = *state;
  told_ticket t = told_open(row[POLICY], row[LOG], row[NOW]);
  sla_result cycles[TOLD_CYCLES] = {{0}};
  size_t count = told_cycles(&t, told_metric(row[RESULTS]), 1, cycles, TOLD_CYCLES), i = 0;
  for (const char *text = row[RESULTS]; text != NULL; text = told_next(text), i++) {
    if (i == count) fail_msg("%d cycles; no %s", (int)count, text);
    told_result(&cycles[i], text);
    assert_number(cycles[i].cycle, (int64_t)i + 1);
  }
  assert_number((int64_t)count, (int64_t)i);
  for (size_t page = 1; page <= count + 1; page++) expect_pages(&t, cycles, count, page);
  told_close(&t);
}

/* ---- all together ---- */

enum { METRIC = 5, TOTALS };
static const char *const totals_columns[] = {"group", "name",   "policy", "log",
                                             "now",   "metric", "totals", NULL};

static void one_total(void **state) {
  const table_field *row = *state;
  told_ticket t = told_open(row[POLICY], row[LOG], row[NOW]);
  sla_totals found;
  assert_ok(sla_evaluate_totals(told_terms(&t), t.policy_count, told_metric(row[METRIC]), t.events,
                                t.count, sizeof t.events[0], t.now, &found, sizeof found, NULL));
  told_totals(&found, row[TOTALS]);
  told_close(&t);
}

/* ---- many cycles ---- */

#define TURNS 300
#define FOREIGN 0x5C

/* A message and a reply 10 s later, every minute; every seventh reply comes 30 s late. */
static size_t many_turns(sla_event events[2 * TURNS + 2]) {
  size_t count = 0;
  sla_time at_first = told_time("Mo 09:00");
  events[count++] = (sla_event){at_first, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0};
  events[count++] = (sla_event){at_first, 0, SLA_EVENT_AGENT_REPLY, 0};
  for (int i = 1; i <= TURNS; i++) {
    sla_time message = at_first + i * 60;
    events[count++] = (sla_event){message, 0, SLA_EVENT_CUSTOMER_MESSAGE, 0};
    events[count++] = (sla_event){message + (i % 7 == 0 ? 40 : 10), 0, SLA_EVENT_AGENT_REPLY, 0};
  }
  return count;
}

typedef struct {
  sla_policy *policy;
  sla_event events[2 * TURNS + 2];
  size_t count;
} conversation;

static size_t page(const conversation *c, uint32_t first, sla_result *cycles, size_t capacity) {
  size_t written = SIZE_MAX;
  assert_ok(sla_evaluate_cycles((const sla_policy *const *)&c->policy, 1, SLA_NEXT_RESPONSE,
                                c->events, c->count, sizeof c->events[0], told_time("Fr 09:00"),
                                first, cycles, capacity, sizeof *cycles, &written, NULL));
  assert_true(written <= capacity);
  return written;
}

static void expect_turn(const sla_result *turn, uint32_t number) {
  bool late = number % 7 == 0;
  assert_number(turn->cycle, number);
  assert_time(turn->started_at, told_time("Mo 09:00") + number * 60);
  assert_number(turn->elapsed, late ? 40 : 10);
  assert_number(turn->status, late ? SLA_OVERDUE : SLA_ON_TIME);
  assert_number(turn->missed, number / 7);
  assert_number(turn->met, number - number / 7);
}

/* As a caller does: from page to page until one is not full. */
static void read_in_pages(const conversation *c, size_t capacity) {
  sla_result *cycles = malloc((capacity + 1) * sizeof *cycles);
  assert_non_null(cycles);
  uint32_t first = 1;
  size_t written;
  do {
    memset(cycles, FOREIGN, (capacity + 1) * sizeof *cycles);
    written = page(c, first, cycles, capacity);
    for (size_t i = 0; i < written; i++) expect_turn(&cycles[i], first + (uint32_t)i);
    for (size_t i = written * sizeof *cycles; i < (capacity + 1) * sizeof *cycles; i++)
      assert_int_equal(((unsigned char *)cycles)[i], FOREIGN);
    first += (uint32_t)written;
  } while (written == capacity);
  assert_number(first, TURNS + 1);
  free(cycles);
}

static void a_long_list_in_pages(void **state) {
  static const size_t capacities[] = {1, 7, 100, TURNS - 1, TURNS, TURNS + 1};
  static conversation c;
  (void)state;
  c.count = many_turns(c.events);
  c.policy = told_policy("next 20s around");
  for (size_t i = 0; i < COUNT_OF(capacities); i++) read_in_pages(&c, capacities[i]);
  sla_result none;
  assert_number((int64_t)page(&c, TURNS + 1, &none, 1), 0);
  assert_number((int64_t)page(&c, UINT32_MAX, &none, 1), 0);
  sla_policy_unref(c.policy);
}

/* The totals are those of the list. */
static void totals_of_a_long_list(void **state) {
  static conversation c;
  sla_totals found;
  (void)state;
  c.count = many_turns(c.events);
  c.policy = told_policy("next 20s around");
  assert_ok(sla_evaluate_totals((const sla_policy *const *)&c.policy, 1, SLA_NEXT_RESPONSE,
                                c.events, c.count, sizeof c.events[0], told_time("Fr 09:00"),
                                &found, sizeof found, NULL));
  assert_number(found.cycles, TURNS);
  assert_number(found.missed, TURNS / 7);
  assert_number(found.met, TURNS - TURNS / 7);
  assert_number(found.elapsed, TURNS * 10 + TURNS / 7 * 30);
  assert_number(found.longest, 40);
  assert_number(found.longest_cycle, 7);
  assert_number(found.last, 10);
  sla_policy_unref(c.policy);
}

/* A later caller's records: what is known, then zeros. */
static void lists_into_larger_records(void **state) {
  struct {
    sla_result known;
    int64_t later;
  } larger[4];
  struct {
    sla_totals known;
    int64_t later;
  } sum;
  sla_event events[TOLD_EVENTS];
  size_t count = told_events(THREE_TURNS, events), written = 0;
  sla_policy *policy = told_policy("next 2h");
  (void)state;
  memset(larger, FOREIGN, sizeof larger);
  memset(&sum, FOREIGN, sizeof sum);
  assert_ok(sla_evaluate_cycles((const sla_policy *const *)&policy, 1, SLA_NEXT_RESPONSE, events,
                                count, sizeof events[0], told_time("Tu 10:00"), 1,
                                &larger[0].known, 4, sizeof larger[0], &written, NULL));
  assert_number((int64_t)written, 3);
  for (size_t i = 0; i < 3; i++) {
    assert_number(larger[i].known.cycle, (int64_t)i + 1);
    assert_number(larger[i].later, 0);
  }
  assert_int_equal(((unsigned char *)&larger[3])[0], FOREIGN);
  assert_ok(sla_evaluate_totals((const sla_policy *const *)&policy, 1, SLA_NEXT_RESPONSE, events,
                                count, sizeof events[0], told_time("Tu 10:00"), &sum.known,
                                sizeof sum, NULL));
  assert_number(sum.known.cycles, 3);
  assert_number(sum.later, 0);
  sla_policy_unref(policy);
}

int main(void) {
  static const table tables[] = {{"cycles.tsv", told_columns, one_list},
                                 {"totals.tsv", totals_columns, one_total}};
  static const struct CMUnitTest others[] = {
      cmocka_unit_test(a_long_list_in_pages),
      cmocka_unit_test(totals_of_a_long_list),
      cmocka_unit_test(lists_into_larger_records),
  };
  return table_run("cycles", tables, COUNT_OF(tables), others, COUNT_OF(others));
}
