/* SPDX-License-Identifier: MIT */
/* What a report counts of a ticket besides its results. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"
#include "told.h"

#define OPEN SLA_HISTORY_OPEN
#define DONE SLA_HISTORY_DONE

typedef struct {
  const char *name, *policy, *log, *now;
  uint32_t state, replies, reopenings;
  const char *done_at; /* NULL for none */
} row;

static const row rows[] = {
    {"new", "first 4h", "Mo 09:00 created", "Mo 09:00", OPEN, 0, 0, NULL},
    {"not created yet", "first 4h", "Mo 09:00 created", "Mo 08:59:59", SLA_HISTORY_NONE, 0, 0, NULL},
    {"replies are counted, notes and machines are not", "first 4h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 10:30 note, Mo 10:40 auto, Mo 11:00 reply", "Tu 09:00",
     OPEN, 2, 0, NULL},
    {"solved", "first 4h", "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 solved", "Tu 09:00", DONE, 1,
     0, "Mo 11:00"},
    {"solved and then closed is done once", "first 4h",
     "Mo 09:00 created, Mo 11:00 solved, We 11:00 closed", "Th 09:00", DONE, 0, 0, "Mo 11:00"},
    {"what comes after now is not seen", "first 4h",
     "Mo 09:00 created, Mo 11:00 solved, Mo 12:00 open", "Mo 11:59:59", DONE, 0, 0, "Mo 11:00"},
    {"reopened", "first 4h", "Mo 09:00 created, Mo 11:00 solved, Mo 12:00 open", "Mo 12:00", OPEN, 0,
     1, NULL},
    {"reopened twice and solved", "first 4h",
     "Mo 09:00 created, Mo 11:00 solved, Mo 12:00 open, Mo 13:00 closed, Mo 14:00 pending, "
     "Mo 15:00 solved",
     "Tu 12:00", DONE, 0, 2, "Mo 15:00"},
    {"created solved", "first 4h", "Mo 09:00 created, Mo 09:00 solved", "Tu 12:00", DONE, 0, 0,
     "Mo 09:00"},
    {"a status of the host's that behaves as solved", "first 4h, status 16 solved",
     "Mo 09:00 created, Mo 11:00 16, Mo 12:00 open, Mo 13:00 16", "Tu 12:00", DONE, 0,
     1, "Mo 13:00"},
    {"cancelled", "first 4h", "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 cancelled, Mo 12:00 reply",
     "Tu 12:00", SLA_HISTORY_CANCELLED, 1, 0, NULL},
    {"cancelled when it was done", "first 4h",
     "Mo 09:00 created, Mo 10:00 solved, Mo 11:00 cancelled", "Tu 12:00", SLA_HISTORY_CANCELLED, 0, 0,
     NULL},
};

static void one_row(void **state) {
  const row *r = *state;
  told_ticket t = told_open(r->policy, r->log, r->now);
  sla_history h;
  assert_ok(sla_history_of_events(t.policies[0], t.events, t.count, sizeof t.events[0], t.now, &h,
                                  sizeof h, NULL));
  assert_time(h.created_at, told_time("Mo 09:00"));
  assert_number(h.state, r->state);
  assert_number(h.replies, r->replies);
  assert_number(h.reopenings, r->reopenings);
  assert_time(h.done_at, r->done_at == NULL ? SLA_NONE : told_time(r->done_at));
  assert_number(h.reserved, 0);
  told_close(&t);
}

static void wrong_calls(void **state) {
  told_ticket t = told_open("first 4h", "Mo 09:00 created, Mo 10:00 reply", "Mo 12:00");
  const size_t stride = sizeof t.events[0];
  sla_history h;
  sla_error e;
  (void)state;
  assert_code(sla_history_of_events(NULL, t.events, 2, stride, t.now, &h, sizeof h, &e), SLA_E_NULL);
  assert_number(e.argument, 1);
  assert_code(sla_history_of_events(t.policies[0], NULL, 2, stride, t.now, &h, sizeof h, &e),
              SLA_E_NULL);
  assert_number(e.argument, 2);
  assert_code(sla_history_of_events(t.policies[0], t.events, 2, stride, t.now, NULL, sizeof h, &e),
              SLA_E_NULL);
  assert_number(e.argument, 6);
  assert_code(sla_history_of_events(t.policies[0], t.events, 2, 8, t.now, &h, sizeof h, &e),
              SLA_E_ABI);
  assert_code(sla_history_of_events(t.policies[0], t.events, 2, stride, SLA_NONE, &h, sizeof h, &e),
              SLA_E_RANGE);
  assert_number(e.argument, 5);
  assert_code(sla_history_of_events(t.policies[0], t.events, 2, stride, t.now, &h, 4, &e),
              SLA_E_ABI);
  assert_code(sla_history_of_events(t.policies[0], t.events, 0, stride, t.now, &h, sizeof h, &e),
              SLA_E_CREATION);
  t.events[1].at = t.events[0].at - 1;
  assert_code(sla_history_of_events(t.policies[0], t.events, 2, stride, t.now, &h, sizeof h, &e),
              SLA_E_ORDER);
  assert_number(e.index, 1);
  told_close(&t);
}

static void of_a_row(void **state) {
  sla_policy *policy = told_policy("first 4h");
  const sla_row row = {.created_at = told_time("Mo 09:00"), .first_response_at = told_time("Mo 10:00"),
                       .waiting_since = SLA_NONE, .solved_at = told_time("Mo 11:00"),
                       .status_since = SLA_NONE, .paused = SLA_NONE};
  const sla_history wanted = {row.created_at, row.solved_at, DONE, 1, 0, 0};
  const sla_time now = told_time("Tu 09:00");
  sla_row none = row;
  sla_history h;
  sla_error e;
  (void)state;
  assert_ok(sla_history_of_row(policy, &row, sizeof row, now, &h, sizeof h, NULL));
  assert_memory_equal(&h, &wanted, sizeof h);
  assert_code(sla_history_of_row(NULL, &row, sizeof row, now, &h, sizeof h, &e), SLA_E_NULL);
  assert_number(e.argument, 1);
  assert_code(sla_history_of_row(policy, NULL, sizeof row, now, &h, sizeof h, &e), SLA_E_NULL);
  assert_number(e.argument, 2);
  assert_code(sla_history_of_row(policy, &row, 8, now, &h, sizeof h, &e), SLA_E_ABI);
  assert_number(e.argument, 3);
  assert_code(sla_history_of_row(policy, &row, sizeof row, SLA_NONE, &h, sizeof h, &e),
              SLA_E_RANGE);
  assert_number(e.argument, 4);
  assert_code(sla_history_of_row(policy, &row, sizeof row, now, NULL, sizeof h, &e), SLA_E_NULL);
  assert_number(e.argument, 5);
  assert_code(sla_history_of_row(policy, &row, sizeof row, now, &h, 4, &e), SLA_E_ABI);
  assert_number(e.argument, 6);
  none.created_at = SLA_NONE;
  assert_code(sla_history_of_row(policy, &none, sizeof none, now, &h, sizeof h, &e), SLA_E_ROW);
  assert_number(e.index, 1);
  assert_memory_equal(&h, &wanted, sizeof h);
  sla_policy_unref(policy);
}

int main(void) {
  static struct CMUnitTest tests[COUNT_OF(rows) + 2] = {cmocka_unit_test(wrong_calls),
                                                         cmocka_unit_test(of_a_row)};
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    union { const row *read; void *given; } cell = {&rows[i]};
    tests[2 + i] = (struct CMUnitTest){rows[i].name, one_row, NULL, NULL, cell.given};
  }
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
