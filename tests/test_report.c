/* SPDX-License-Identifier: MIT */
/* Reports against a list of everything that was added: counts, times, percentiles within their
 * bounds, merging in any order, bytes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

enum { HOUR = 3600, DAY = 86400, AGES = 3, METRICS = 3, MOST = 400 };

static const sla_seconds ages[AGES] = {DAY, 7 * DAY, 30 * DAY};
static const sla_time now = INT64_C(1700000000);

static sla_report *new_report(void) {
  sla_report *report = NULL;
  assert_ok(sla_report_new(NULL, ages, AGES, &report, NULL));
  return report;
}

/* ---- what a report is compared with: a list ---- */

typedef struct {
  int64_t group;
  sla_history history;
  sla_result results[METRICS];
} ticket;

static sla_result drawn_result(uint64_t *state, uint32_t metric) {
  static const sla_seconds widths[] = {100, 200 * HOUR, 3000 * (sla_seconds)DAY, 300000000000};
  sla_seconds width = widths[random_between(state, 0, COUNT_OF(widths) - 1)];
  return (sla_result){.metric = metric,
                      .phase = (uint32_t)random_between(state, SLA_INACTIVE, SLA_CANCELLED),
                      .status = (uint32_t)random_between(state, SLA_STATUS_NONE, SLA_OVERDUE),
                      .elapsed = random_between(state, 0, width),
                      .wall_elapsed = random_between(state, 0, width)};
}

static ticket drawn_ticket(uint64_t *state) {
  ticket t = {.group = random_between(state, -2, 2)};
  t.history = (sla_history){.created_at = now - random_between(state, 0, 60 * DAY),
                            .done_at = SLA_NONE,
                            .state = (uint32_t)random_between(state, 0, SLA_HISTORY_CANCELLED),
                            .replies = (uint32_t)random_between(state, 0, 3),
                            .reopenings = (uint32_t)random_between(state, 0, 1)};
  for (uint32_t m = 0; m < METRICS; m++) t.results[m] = drawn_result(state, m + 1);
  return t;
}

static void add(sla_report *report, const ticket *t) {
  assert_ok(sla_report_add(report, t->group, &t->history, sizeof t->history, t->results, METRICS,
                           sizeof t->results[0], now, NULL));
}

static bool asked(const ticket *t, int64_t group) {
  return t->history.state != SLA_HISTORY_NONE && (group == SLA_NONE || t->group == group);
}

static sla_ticket_counts tickets_of(const ticket *all, size_t count, int64_t group) {
  sla_ticket_counts c = {0};
  for (size_t i = 0; i < count; i++) {
    const sla_history *h = &all[i].history;
    if (!asked(&all[i], group)) continue;
    c.tickets++;
    c.open += h->state == SLA_HISTORY_OPEN;
    c.done += h->state == SLA_HISTORY_DONE;
    c.cancelled += h->state == SLA_HISTORY_CANCELLED;
    c.first_contact += h->state == SLA_HISTORY_DONE && h->replies < 2 && h->reopenings == 0;
    c.reopened += h->reopenings > 0;
  }
  return c;
}

static void put(sla_metric_counts *c, const sla_result *r) {
  bool open = r->phase == SLA_RUNNING || r->phase == SLA_PAUSED;
  bool judged = r->status != SLA_STATUS_NONE, late = r->status == SLA_OVERDUE;
  c->cancelled += r->phase == SLA_CANCELLED;
  c->without_target += (open || r->phase == SLA_FULFILLED) && !judged;
  c->overdue += open && late;
  c->met += r->phase == SLA_FULFILLED && judged && !late;
  c->missed += r->phase == SLA_FULFILLED && late;
  c->paused += r->phase == SLA_PAUSED && judged && !late;
  c->due_soon += r->phase == SLA_RUNNING && r->status == SLA_DUE_SOON;
  c->on_time += r->phase == SLA_RUNNING && r->status == SLA_ON_TIME;
  c->measured += r->phase == SLA_FULFILLED;
}

static sla_metric_counts metric_of(const ticket *all, size_t count, int64_t group,
                                   uint32_t metric) {
  sla_metric_counts c = {0};
  for (size_t i = 0; i < count; i++)
    if (asked(&all[i], group)) put(&c, &all[i].results[metric - 1]);
  return c;
}

static int by_value(const void *a, const void *b) {
  sla_seconds x = *(const sla_seconds *)a, y = *(const sla_seconds *)b;
  return x < y ? -1 : x > y;
}

/* Those measured, ascending. */
static size_t times_of(const ticket *all, size_t count, int64_t group, uint32_t metric, bool wall,
                       sla_seconds times[MOST]) {
  size_t n = 0;
  for (size_t i = 0; i < count; i++) {
    const sla_result *r = &all[i].results[metric - 1];
    if (asked(&all[i], group) && r->phase == SLA_FULFILLED)
      times[n++] = wall ? r->wall_elapsed : r->elapsed;
  }
  qsort(times, n, sizeof *times, by_value);
  return n;
}

/* ---- comparing ---- */

static void compare_tickets(const sla_report *report, const ticket *all, size_t count,
                            int64_t group) {
  sla_ticket_counts got, want = tickets_of(all, count, group);
  uint64_t backlog[AGES + 1], older[AGES + 1] = {0};
  size_t written;
  assert_ok(sla_report_tickets(report, group, &got, sizeof got));
  assert_memory_equal(&got, &want, sizeof got);
  for (size_t i = 0; i < count; i++)
    if (asked(&all[i], group) && all[i].history.state == SLA_HISTORY_OPEN) {
      sla_seconds age = now - all[i].history.created_at;
      older[age <= ages[0] ? 0 : age <= ages[1] ? 1 : age <= ages[2] ? 2 : 3]++;
    }
  assert_ok(sla_report_backlog(report, group, backlog, AGES + 1, &written));
  assert_number((int64_t)written, AGES + 1);
  assert_memory_equal(backlog, older, sizeof backlog);
}

static void compare_times(const sla_report *report, const ticket *all, size_t count, int64_t group,
                          uint32_t metric, bool wall, sla_seconds mean, sla_seconds least,
                          sla_seconds most) {
  static sla_seconds times[MOST];
  static const uint32_t shares[] = {1, 2500, 5000, 9000, 9900, 10000};
  size_t n = times_of(all, count, group, metric, wall, times);
  uint32_t clock = wall ? SLA_AROUND_THE_CLOCK : SLA_BUSINESS_HOURS;
  int64_t sum = 0;
  for (size_t i = 0; i < n; i++) sum += times[i];
  assert_number(mean, n == 0 ? SLA_NONE : sum / (int64_t)n);
  assert_number(least, n == 0 ? SLA_NONE : times[0]);
  assert_number(most, n == 0 ? SLA_NONE : times[n - 1]);
  for (size_t s = 0; s < COUNT_OF(shares); s++) {
    sla_seconds low, high;
    assert_ok(sla_report_percentile(report, group, metric, clock, shares[s], &low, &high));
    if (n == 0) {
      assert_true(low == SLA_NONE && high == SLA_NONE);
      continue;
    }
    sla_seconds exact = times[(n * shares[s] + 9999) / 10000 - 1];
    assert_true(low <= exact && exact <= high);
    assert_true(high - low <= high / 64);
  }
  for (size_t i = 0; i < n; i += 1 + n / 5) {
    uint64_t low, high, exact = 0;
    assert_ok(sla_report_times_up_to(report, group, metric, clock, times[i], &low, &high));
    while (exact < n && times[exact] <= times[i]) exact++;
    assert_true(low <= exact && exact <= high && (i == 0 || high >= low));
  }
}

static void compare(const sla_report *report, const ticket *all, size_t count, int64_t group) {
  compare_tickets(report, all, count, group);
  for (uint32_t metric = 1; metric <= METRICS; metric++) {
    sla_metric_counts got, want = metric_of(all, count, group, metric);
    uint64_t decided = want.met + want.missed + want.overdue;
    assert_ok(sla_report_metric(report, group, metric, &got, sizeof got));
    assert_memory_equal(&got, &want, offsetof(sla_metric_counts, attainment));
    assert_number(got.attainment,
                  decided == 0 ? SLA_NONE : (int64_t)(want.met * 10000 / decided));
    compare_times(report, all, count, group, metric, false, got.mean, got.least, got.most);
    compare_times(report, all, count, group, metric, true, got.wall_mean, got.wall_least,
                  got.wall_most);
  }
}

static void counts_are_those_of_a_list(void **state) {
  uint64_t seed = support_seed();
  static ticket all[MOST];
  (void)state;
  for (long round = 0; round < draws(60); round++) {
    sla_report *report = new_report();
    size_t count = (size_t)random_between(&seed, 0, MOST);
    for (size_t i = 0; i < count; i++) {
      all[i] = drawn_ticket(&seed);
      add(report, &all[i]);
    }
    for (int64_t group = -3; group <= 3; group++) compare(report, all, count, group);
    compare(report, all, count, SLA_NONE);
    sla_report_free(report);
  }
}

static void groups_and_ages_are_listed_in_order(void **state) {
  sla_report *report = new_report();
  ticket t = {.history = {.created_at = now, .done_at = SLA_NONE, .state = SLA_HISTORY_OPEN}};
  static const int64_t given[] = {5, -7, INT64_MAX, 0, 5, INT64_MIN + 1};
  static const int64_t listed[] = {INT64_MIN + 1, -7, 0, 5, INT64_MAX};
  (void)state;
  for (uint32_t m = 0; m < METRICS; m++) t.results[m].metric = m + 1;
  for (size_t i = 0; i < COUNT_OF(given); i++) {
    t.group = given[i];
    add(report, &t);
  }
  assert_number(sla_report_group_count(report), COUNT_OF(listed));
  for (uint32_t i = 0; i < COUNT_OF(listed); i++) {
    int64_t group;
    assert_ok(sla_report_group(report, i, &group));
    assert_number(group, listed[i]);
  }
  assert_number(sla_report_age_count(report), AGES);
  for (uint32_t i = 0; i < AGES; i++) {
    sla_seconds age;
    assert_ok(sla_report_age(report, i, &age));
    assert_number(age, ages[i]);
  }
  sla_report_free(report);
}

static void a_ticket_that_is_not_created_adds_nothing(void **state) {
  sla_report *report = new_report();
  ticket t = {.group = 4, .history = {.created_at = now + 1, .done_at = SLA_NONE}};
  (void)state;
  t.results[0] = (sla_result){.metric = 1};
  assert_ok(sla_report_add(report, 4, &t.history, sizeof t.history, t.results, 1,
                           sizeof t.results[0], now, NULL));
  assert_number(sla_report_group_count(report), 0);
  sla_report_free(report);
}

/* ---- bytes, and merging ---- */

static void *bytes_of(const sla_report *report, size_t *length) {
  assert_ok(sla_report_bytes(report, NULL, 0, length));
  void *bytes = malloc(*length);
  assert_non_null(bytes);
  assert_ok(sla_report_bytes(report, bytes, *length, length));
  return bytes;
}

static void assert_same(const sla_report *a, const sla_report *b) {
  size_t length, other;
  void *x = bytes_of(a, &length), *y = bytes_of(b, &other);
  assert_number((int64_t)length, (int64_t)other);
  assert_memory_equal(x, y, length);
  free(x);
  free(y);
}

static void shuffle(uint64_t *seed, sla_report **parts, size_t count) {
  for (size_t i = count; i > 1; i--) {
    size_t k = (size_t)random_between(seed, 0, (int64_t)i - 1);
    sla_report *held = parts[k];
    parts[k] = parts[i - 1];
    parts[i - 1] = held;
  }
}

/* Merges two of them at a time, whichever, until one is left. */
static sla_report *merged(uint64_t *seed, sla_report **parts, size_t count) {
  while (count > 1) {
    shuffle(seed, parts, count);
    assert_ok(sla_report_merge(parts[count - 2], parts[count - 1], NULL));
    sla_report_free(parts[--count]);
  }
  return parts[0];
}

static void a_thousand_parts_are_one(void **state) {
  enum { PARTS = 1000, TICKETS = 5000 };
  static sla_report *parts[PARTS];
  uint64_t seed = support_seed();
  sla_report *whole = new_report();
  (void)state;
  for (size_t i = 0; i < PARTS; i++) parts[i] = new_report();
  for (size_t i = 0; i < TICKETS; i++) {
    ticket t = drawn_ticket(&seed);
    add(whole, &t);
    add(parts[random_between(&seed, 0, PARTS - 1)], &t);
  }
  sla_report *one = merged(&seed, parts, PARTS);
  assert_same(one, whole);
  sla_report_free(one);
  sla_report_free(whole);
}

static void merging_with_itself_doubles(void **state) {
  uint64_t seed = support_seed();
  sla_report *report = new_report(), *twice = new_report();
  (void)state;
  for (size_t i = 0; i < 50; i++) {
    ticket t = drawn_ticket(&seed);
    add(report, &t);
    add(twice, &t);
    add(twice, &t);
  }
  assert_ok(sla_report_merge(report, report, NULL));
  assert_same(report, twice);
  sla_report_free(report);
  sla_report_free(twice);
}

static void bytes_are_read_back(void **state) {
  uint64_t seed = support_seed();
  (void)state;
  for (long round = 0; round < draws(200); round++) {
    sla_report *report = new_report(), *back = NULL;
    size_t length;
    for (int64_t i = random_between(&seed, 0, 30); i > 0; i--) {
      ticket t = drawn_ticket(&seed);
      add(report, &t);
    }
    void *bytes = bytes_of(report, &length);
    assert_ok(sla_report_new_bytes(bytes, length, NULL, &back, NULL));
    assert_same(report, back);
    assert_ok(sla_report_merge(back, report, NULL)); /* it can go on */
    sla_report_free(back);
    sla_report_free(report);
    free(bytes);
  }
}

/* Other bytes are refused, or are those of another report. */
static void bytes_that_were_changed(void **state) {
  uint64_t seed = support_seed();
  size_t length, refused = 0, taken = 0;
  sla_report *report = new_report();
  (void)state;
  for (size_t i = 0; i < 12; i++) {
    ticket t = drawn_ticket(&seed);
    add(report, &t);
  }
  unsigned char *bytes = bytes_of(report, &length);
  for (long round = 0; round < draws(20000); round++) {
    sla_report *back = NULL;
    sla_error error = {0};
    size_t at = (size_t)random_between(&seed, 0, (int64_t)length - 1);
    unsigned char held = bytes[at];
    bytes[at] ^= (unsigned char)random_between(&seed, 1, 255);
    int32_t code = sla_report_new_bytes(bytes, length, NULL, &back, &error);
    if (code == SLA_OK) {
      size_t again;
      void *written = bytes_of(back, &again);
      assert_number((int64_t)again, (int64_t)length);
      assert_memory_equal(written, bytes, length);
      free(written);
      taken++;
    } else {
      assert_true(code == SLA_E_BYTES || code == SLA_E_LIMIT);
      assert_true(error.index >= 0 && error.index <= (int64_t)length);
      assert_null(back);
      refused++;
    }
    sla_report_free(back);
    bytes[at] = held;
  }
  for (size_t shorter = 0; shorter < length; shorter++) {
    sla_report *back = NULL;
    assert_code(sla_report_new_bytes(bytes, shorter, NULL, &back, NULL), SLA_E_BYTES);
  }
  assert_true(refused > 0 && taken > 0);
  free(bytes);
  sla_report_free(report);
}

/* ---- errors ---- */

static void wrong_ages(void **state) {
  static const sla_seconds none[] = {0}, down[] = {5, 5}, far[] = {INT64_MAX}, many[17] = {1};
  sla_report *report = NULL;
  sla_error e;
  (void)state;
  assert_code(sla_report_new(NULL, none, 1, &report, &e), SLA_E_ARGUMENT);
  assert_code(sla_report_new(NULL, down, 2, &report, &e), SLA_E_ARGUMENT);
  assert_number(e.index, 1);
  assert_code(sla_report_new(NULL, far, 1, &report, &e), SLA_E_ARGUMENT);
  assert_code(sla_report_new(NULL, many, 17, &report, &e), SLA_E_LIMIT);
  assert_number(e.limit, 16);
  assert_code(sla_report_new(NULL, NULL, 1, &report, &e), SLA_E_NULL);
  assert_code(sla_report_new(NULL, NULL, 0, NULL, &e), SLA_E_NULL);
  assert_null(report);
  sla_report_free(NULL);
}

typedef struct {
  int64_t group;
  sla_history history;
  sla_result result;
  sla_time now;
  int32_t code;
  uint32_t argument;
} wrong;

static void wrong_tickets_change_nothing(void **state) {
  const sla_history h = {.created_at = now, .done_at = SLA_NONE, .state = SLA_HISTORY_OPEN};
  const sla_result r = {.metric = 1, .phase = SLA_FULFILLED, .status = SLA_ON_TIME};
  wrong cases[] = {
      {SLA_NONE, h, r, now, SLA_E_ARGUMENT, 2},   {1, h, r, now, SLA_E_ARGUMENT, 3},
      {1, h, r, now - 1, SLA_E_RANGE, 3},         {1, h, r, SLA_NONE, SLA_E_RANGE, 8},
      {1, h, r, now, SLA_E_METRIC, 0},            {1, h, r, now, SLA_E_METRIC, 0},
      {1, h, r, now, SLA_E_ARGUMENT, 0},          {1, h, r, now, SLA_E_ARGUMENT, 0},
      {1, h, r, now, SLA_E_RANGE, 0},             {1, h, r, now, SLA_E_RANGE, 0}};
  (void)state;
  cases[1].history.state = 4;
  cases[4].result.metric = 0;
  cases[5].result.metric = 64;
  cases[6].result.phase = 5;
  cases[7].result.status = 4;
  cases[8].result.elapsed = -1;
  cases[9].result.wall_elapsed = INT64_MAX;
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    const wrong *w = &cases[i];
    const sla_result results[] = {r, w->result};
    sla_report *report = new_report(), *fresh = new_report();
    sla_error e;
    assert_code(sla_report_add(report, w->group, &w->history, sizeof w->history, results, 2,
                               sizeof *results, w->now, &e),
                w->code);
    assert_number(e.argument, w->argument);
    assert_number(e.index, w->argument == 0);
    assert_same(report, fresh);
    sla_report_free(report);
    sla_report_free(fresh);
  }
}

static void wrong_calls(void **state) {
  sla_report *report = new_report(), *other = NULL;
  const sla_history h = {.created_at = now, .done_at = SLA_NONE, .state = SLA_HISTORY_OPEN};
  sla_metric_counts counts;
  sla_ticket_counts tickets;
  sla_seconds low, high;
  uint64_t few[AGES], n;
  int64_t group;
  size_t written;
  (void)state;
  assert_code(sla_report_add(NULL, 1, &h, sizeof h, NULL, 0, 0, now, NULL), SLA_E_NULL);
  assert_code(sla_report_add(report, 1, NULL, sizeof h, NULL, 0, 0, now, NULL), SLA_E_NULL);
  assert_code(sla_report_add(report, 1, &h, sizeof h, NULL, 1, 8, now, NULL), SLA_E_NULL);
  assert_code(sla_report_add(report, 1, &h, 8, NULL, 0, 0, now, NULL), SLA_E_ABI);
  assert_code(sla_report_metric(report, 1, 0, &counts, sizeof counts), SLA_E_METRIC);
  assert_code(sla_report_metric(report, 1, 64, &counts, sizeof counts), SLA_E_METRIC);
  assert_code(sla_report_metric(report, 1, 1, &counts, 8), SLA_E_ABI);
  assert_code(sla_report_metric(NULL, 1, 1, &counts, sizeof counts), SLA_E_NULL);
  assert_code(sla_report_tickets(report, 1, &tickets, 4), SLA_E_ABI);
  assert_code(sla_report_tickets(report, 1, NULL, sizeof tickets), SLA_E_NULL);
  assert_code(sla_report_backlog(report, 1, few, AGES, &written), SLA_E_LIMIT);
  assert_code(sla_report_group(report, 0, &group), SLA_E_ARGUMENT);
  assert_code(sla_report_age(report, AGES, &low), SLA_E_ARGUMENT);
  assert_code(sla_report_percentile(report, 1, 1, 0, 5000, &low, &high), SLA_E_ARGUMENT);
  assert_code(sla_report_percentile(report, 1, 1, 1, 0, &low, &high), SLA_E_ARGUMENT);
  assert_code(sla_report_percentile(report, 1, 1, 1, 10001, &low, &high), SLA_E_ARGUMENT);
  assert_code(sla_report_percentile(report, 1, 64, 1, 1, &low, &high), SLA_E_METRIC);
  assert_code(sla_report_times_up_to(report, 1, 1, 1, -1, &n, &n), SLA_E_RANGE);
  assert_code(sla_report_times_up_to(report, 1, 1, 3, 1, &n, &n), SLA_E_ARGUMENT);
  assert_ok(sla_report_new(NULL, ages, 1, &other, NULL));
  assert_code(sla_report_merge(report, other, NULL), SLA_E_ARGUMENT);
  assert_code(sla_report_merge(NULL, other, NULL), SLA_E_NULL);
  assert_code(sla_report_merge(report, NULL, NULL), SLA_E_NULL);
  assert_code(sla_report_bytes(report, NULL, 1, &written), SLA_E_NULL);
  assert_code(sla_report_new_bytes(NULL, 0, NULL, &other, NULL), SLA_E_NULL);
  assert_number(sla_report_group_count(NULL) + sla_report_age_count(NULL), 0);
  sla_report_free(other);
  sla_report_free(report);
}

/* ---- memory ---- */

typedef struct {
  size_t bytes;
  long countdown;
} memory;

static void *resize(void *context, void *pointer, size_t old_size, size_t new_size) {
  memory *m = context;
  if (new_size > 0 && m->countdown > 0 && --m->countdown == 0) return NULL;
  m->bytes += new_size - old_size;
  if (new_size > 0) return realloc(pointer, new_size);
  free(pointer);
  return NULL;
}

/* Whichever request fails, the report is as it was, and the next try does all of it. */
static void every_request_fails_once(void **state) {
  uint64_t seed = support_seed();
  (void)state;
  for (long k = 1; k < 60; k++) {
    uint64_t luck = seed;
    memory m = {0};
    const sla_allocator allocator = {resize, &m};
    sla_report *report = NULL, *plain = new_report(), *copy = NULL;
    assert_ok(sla_report_new(&allocator, ages, AGES, &report, NULL));
    for (size_t i = 0; i < 20; i++) {
      ticket t = drawn_ticket(&luck);
      m.countdown = k;
      int32_t code = sla_report_add(report, t.group, &t.history, sizeof t.history, t.results,
                                    METRICS, sizeof t.results[0], now, NULL);
      m.countdown = 0;
      assert_true(code == SLA_OK || code == SLA_E_MEMORY);
      if (code != SLA_OK) {
        assert_same(report, plain);
        add(report, &t);
      }
      add(plain, &t);
    }
    m.countdown = k;
    if (sla_report_merge(report, plain, NULL) != SLA_OK) assert_same(report, plain);
    m.countdown = 0;
    size_t length;
    void *bytes = bytes_of(plain, &length);
    m.countdown = k;
    int32_t code = sla_report_new_bytes(bytes, length, &allocator, &copy, NULL);
    assert_true(code == SLA_OK || code == SLA_E_MEMORY);
    m.countdown = 0;
    free(bytes);
    assert_true(sla_report_memory(report) + sla_report_memory(copy) == m.bytes);
    sla_report_free(copy);
    sla_report_free(report);
    sla_report_free(plain);
    assert_number((int64_t)m.bytes, 0);
  }
  assert_number((int64_t)sla_report_memory(NULL), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(counts_are_those_of_a_list),
      cmocka_unit_test(groups_and_ages_are_listed_in_order),
      cmocka_unit_test(a_ticket_that_is_not_created_adds_nothing),
      cmocka_unit_test(a_thousand_parts_are_one),
      cmocka_unit_test(merging_with_itself_doubles),
      cmocka_unit_test(bytes_are_read_back),
      cmocka_unit_test(bytes_that_were_changed),
      cmocka_unit_test(wrong_ages),
      cmocka_unit_test(wrong_tickets_change_nothing),
      cmocka_unit_test(wrong_calls),
      cmocka_unit_test(every_request_fails_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
