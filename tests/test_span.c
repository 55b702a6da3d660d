/* SPDX-License-Identifier: MIT */
/* Lists of stretches against one mark for each second. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "span.h"
#include "support.h"

#define SECONDS 60 /* a short day, so that stretches meet often */
#define MOST 8

typedef struct {
  bool open[SECONDS];
} marks;

static size_t random_spans(uint64_t *seed, sla__span spans[MOST]) {
  size_t count = (size_t)random_between(seed, 0, MOST);
  for (size_t i = 0; i < count; i++) {
    spans[i].from = (int32_t)random_between(seed, 0, SECONDS);
    spans[i].to = (int32_t)random_between(seed, 0, SECONDS);
  }
  return count;
}

static marks marked(const sla__span *spans, size_t count) {
  marks m = {{false}};
  for (size_t i = 0; i < count; i++)
    for (int32_t s = spans[i].from; s < spans[i].to; s++) m.open[s] = true;
  return m;
}

/* In order, apart from one another, none empty. */
static void expect_tidy(const sla__span *spans, size_t count) {
  for (size_t i = 0; i < count; i++) {
    assert_true(spans[i].from < spans[i].to);
    if (i > 0) assert_true(spans[i - 1].to < spans[i].from);
  }
}

static void tidying_changes_no_second(void **state) {
  uint64_t seed = support_seed();
  long count = draws(20000);
  (void)state;
  for (long i = 0; i < count; i++) {
    sla__span spans[MOST];
    size_t given = random_spans(&seed, spans);
    const marks before = marked(spans, given);
    size_t kept = sla__span_tidy(spans, given);
    const marks after = marked(spans, kept);
    assert_true(kept <= given);
    expect_tidy(spans, kept);
    assert_memory_equal(&before, &after, sizeof before);
  }
}

static void cutting_takes_the_holes_out(void **state) {
  uint64_t seed = support_seed();
  long count = draws(20000);
  (void)state;
  for (long i = 0; i < count; i++) {
    sla__span spans[MOST], holes[MOST], out[2 * MOST];
    size_t a = sla__span_tidy(spans, random_spans(&seed, spans));
    size_t b = sla__span_tidy(holes, random_spans(&seed, holes));
    size_t kept = sla__span_cut(spans, a, holes, b, out);
    const marks all = marked(spans, a), cut = marked(holes, b), left = marked(out, kept);
    assert_true(kept <= a + b);
    expect_tidy(out, kept);
    for (int s = 0; s < SECONDS; s++)
      assert_int_equal(left.open[s], all.open[s] && !cut.open[s]);
  }
}

static void expect_list(sla__list list, const marks *m) {
  int32_t open = 0, shut = 0;
  for (int32_t s = 0; s < SECONDS; s++) {
    uint32_t at = sla__list_at(list, s);
    assert_number(sla__list_before(list, s), open);
    assert_int_equal(at < list.count && list.stretches[at].from <= s, m->open[s]);
    assert_true(at == 0 || list.stretches[at - 1].to <= s);
    if (m->open[s]) assert_number(sla__list_nth(list, open++), s);
    else assert_number(sla__list_nth_outside(list, shut++), s);
  }
  assert_number(list.total, open);
  assert_number(sla__list_nth_outside(list, shut), SECONDS);
}

static void a_pool_keeps_each_list_once(void **state) {
  uint64_t seed = support_seed();
  const sla_allocator allocator = sla__mem_allocator(NULL);
  sla__pool pool = {0};
  long count = draws(3000);
  uint16_t empty = 9;
  (void)state;
  assert_ok(sla__pool_intern(&allocator, &pool, NULL, 0, &empty));
  assert_number(empty, 0);
  for (long i = 0; i < count; i++) {
    sla__span spans[MOST];
    size_t kept = sla__span_tidy(spans, random_spans(&seed, spans));
    const marks m = marked(spans, kept);
    uint16_t id = 0, again = 0;
    assert_ok(sla__pool_intern(&allocator, &pool, spans, kept, &id));
    size_t lists = pool.lists.count;
    assert_ok(sla__pool_intern(&allocator, &pool, spans, kept, &again));
    assert_number(again, id);
    assert_int_equal(pool.lists.count, lists);
    expect_list(sla__pool_list(&pool, id), &m);
  }
  assert_int_equal(sla__pool_list(&pool, 0).count, 0);
  sla__pool_trim(&allocator, &pool);
  assert_int_equal(pool.lists.count, pool.lists.capacity);
  sla__pool_free(&allocator, &pool);
}

static void a_pool_is_full_at_its_limit(void **state) {
  const sla_allocator allocator = sla__mem_allocator(NULL);
  sla__pool pool = {0};
  uint16_t id = 0;
  (void)state;
  /* Lists 1 to the limit without looking each of them up among all before: told as they are. */
  assert_ok(sla__pool_intern(&allocator, &pool, NULL, 0, &id));
  while (pool.lists.count < SLA__POOL_MAX)
    assert_non_null(sla__array_push(&allocator, &pool.lists, sizeof(sla__pooled)));
  const sla__span one = {1, 2};
  assert_code(sla__pool_intern(&allocator, &pool, &one, 1, &id), SLA_E_LIMIT);
  assert_number(id, 0);
  sla__pool_free(&allocator, &pool);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tidying_changes_no_second),
      cmocka_unit_test(cutting_takes_the_holes_out),
      cmocka_unit_test(a_pool_keeps_each_list_once),
      cmocka_unit_test(a_pool_is_full_at_its_limit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
