/* SPDX-License-Identifier: MIT */
/* What holds for every calendar and every instant, at random. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chance.h"

#define DAY 86400
#define INSTANTS_PER_CALENDAR 40

/* A calendar, some instants around which something happens, and what draws them. */
typedef struct {
  chance luck;
  oracle_calendar plain;
  sla_calendar *calendar;
  sla_time near;
} world;

static int64_t drawn(world *w, int64_t lo, int64_t hi) {
  return random_between(&w->luck.state, lo, hi);
}

/* Every third at an opening or closing, or a second beside one. */
static sla_time instant(world *w) {
  sla_time t = chance_instant(&w->luck, w->plain.zone, w->near), edge = SLA_NONE;
  if (drawn(w, 0, 2) != 0) return t;
  assert_ok(sla_calendar_next_change(w->calendar, t, &edge));
  edge += edge == SLA_NONE ? 0 : drawn(w, -1, 1);
  return edge < SLA_TIME_MIN || edge > SLA_TIME_MAX ? t : edge;
}

/* Calendars that the library calls never open are left out here; test_oracle asks whether so. */
static void new_calendar(world *w) {
  do { /* the dates of its entries, and most instants asked about, lie near one instant */
    w->near = chance_instant(&w->luck, w->luck.zones[0], at("2024-03-20T00:00Z"));
    chance_calendar(&w->luck, &w->plain, w->near, 1);
    w->calendar = chance_built(&w->plain, 2000, 2049);
  } while (w->calendar == NULL);
}

typedef void law(world *w);

static void failing(const world *w, sla_time a, sla_time b, int64_t n, const char *what) {
  char one[SUPPORT_TIME_TEXT], two[SUPPORT_TIME_TEXT];
  for (int i = 0; i < CHANCE_ZONES; i++)
    if (w->luck.zones[i] == w->plain.zone) print_error("zone %s\n", chance_zone_names[i]);
  oracle_print_calendar(stderr, &w->plain);
  fail_msg("%s; a = %" PRId64 " %s, b = %" PRId64 " %s, n = %" PRId64, what, a, time_text(a, one),
           b, time_text(b, two), n);
}

/* Draws `count` times, a new calendar every INSTANTS_PER_CALENDAR. */
static void hold(law *one, long count) {
  world w;
  count = draws(count);
  chance_begin(&w.luck, support_seed());
  for (long i = 0; i < count; i += INSTANTS_PER_CALENDAR) {
    new_calendar(&w);
    for (int k = 0; k < INSTANTS_PER_CALENDAR; k++) one(&w);
    sla_calendar_unref(w.calendar);
  }
  chance_end(&w.luck);
  print_message("%ld draws\n", count);
}

/* ---- elapsed ---- */

static void sums(world *w) {
  sla_time a = instant(w), b = instant(w), c = instant(w);
  sla_seconds ab = elapsed(w->calendar, a, b), bc = elapsed(w->calendar, b, c);
  if (elapsed(w->calendar, a, c) != ab + bc) failing(w, a, c, b, "elapsed does not add up");
  if (elapsed(w->calendar, b, a) != -ab) failing(w, a, b, 0, "elapsed back is not the negative");
  if (a <= b ? ab < 0 || ab > b - a : ab > 0 || -ab > a - b)
    failing(w, a, b, ab, "elapsed is more than what passed");
}

static void elapsed_adds_up(void **state) {
  (void)state;
  hold(sums, 20000);
}

static void one_second(world *w) {
  sla_time t = instant(w);
  if (t == SLA_TIME_MAX) return;
  if (is_open(w->calendar, t) != (elapsed(w->calendar, t, t + 1) == 1))
    failing(w, t, t + 1, 0, "open differs from the second that elapses");
}

static void is_open_is_a_second_that_elapses(void **state) {
  (void)state;
  hold(one_second, 20000);
}

/* ---- add ---- */

/* SLA_NONE for never. */
static sla_time add_or_never(world *w, sla_time t, sla_seconds n) {
  sla_time x = SLA_NONE;
  int32_t code = sla_calendar_add(w->calendar, t, n, &x);
  if (code != SLA_OK && code != SLA_E_NEVER) failing(w, t, code, n, "add fails");
  if (code == SLA_E_NEVER && x != SLA_NONE) failing(w, t, x, n, "never, but an answer");
  return x;
}

static sla_seconds amount(world *w) {
  static const int64_t sizes[] = {1, 60, 3600, DAY, 30 * DAY, 400 * DAY, INT64_C(4000) * 365 * DAY};
  int64_t size = sizes[drawn(w, 0, 6)];
  return drawn(w, -size, size);
}

static void inverse(world *w) {
  sla_time t = instant(w);
  sla_seconds n = amount(w);
  sla_time x = add_or_never(w, t, n);
  if (x == SLA_NONE) {
    sla_seconds all = n > 0 ? elapsed(w->calendar, t, SLA_TIME_MAX)
                            : elapsed(w->calendar, SLA_TIME_MIN, t);
    if (n == 0 || all >= (n > 0 ? n : -n)) failing(w, t, 0, n, "never, but there is such a time");
    return;
  }
  if (elapsed(w->calendar, t, x) != n) failing(w, t, x, n, "elapsed(t, add(t, n)) is not n");
  if (n == 0 && x != t) failing(w, t, x, n, "adding nothing moves");
  if (n > 0 && !is_open(w->calendar, x - 1)) failing(w, t, x, n, "add is not the least");
  if (n < 0 && !is_open(w->calendar, x)) failing(w, t, x, n, "add is not the greatest");
}

static void add_is_the_least_or_greatest_inverse(void **state) {
  (void)state;
  hold(inverse, 20000);
}

static void monotone(world *w) {
  sla_time t = instant(w), u = t + drawn(w, 0, 3 * DAY);
  sla_seconds n = amount(w), m = n + drawn(w, 0, DAY);
  if (u > SLA_TIME_MAX) u = t;
  sla_time tn = add_or_never(w, t, n), tm = add_or_never(w, t, m), un = add_or_never(w, u, n);
  if (tn != SLA_NONE && tm != SLA_NONE && tm < tn) failing(w, t, m, n, "add falls in its amount");
  if (tn != SLA_NONE && un != SLA_NONE && un < tn) failing(w, t, u, n, "add falls in its instant");
}

static void add_is_monotone(void **state) {
  (void)state;
  hold(monotone, 20000);
}

static void later_with_a_holiday(world *w) {
  oracle_calendar more = w->plain;
  sla_date date = utc_date(w->near);
  more.entries[more.count++] = (sla_entry){
      .kind = SLA_ENTRY_HOLIDAY, .recurrence = SLA_DATES, .first = date, .last = date};
  sla_calendar *closed = chance_built(&more, 2000, 2049);
  for (int i = 0; closed != NULL && i < 10; i++) {
    sla_time t = w->near + drawn(w, -5 * DAY, 2 * DAY), x = 0, y = 0;
    sla_seconds n = drawn(w, 1, 3 * DAY);
    if (t < SLA_TIME_MIN || t > SLA_TIME_MAX) continue;
    if (sla_calendar_add(w->calendar, t, n, &x) != SLA_OK) x = SLA_TIME_MAX;
    if (sla_calendar_add(closed, t, n, &y) != SLA_OK) y = SLA_TIME_MAX;
    if (y < x) failing(w, t, date, n, "a holiday makes add earlier");
  }
  sla_calendar_unref(closed);
}

static void a_holiday_never_makes_add_earlier(void **state) {
  (void)state;
  hold(later_with_a_holiday, 4000);
}

/* ---- changes and intervals ---- */

static void alternate(world *w) {
  sla_time t = instant(w), next = change_after(w->calendar, t);
  sla_time before = change_before(w->calendar, t), end = next == SLA_NONE ? SLA_TIME_MAX : next;
  bool open = is_open(w->calendar, t);
  if (next != SLA_NONE && (next <= t || is_open(w->calendar, next) == open))
    failing(w, t, next, 0, "the next change changes nothing");
  if (elapsed(w->calendar, t, end) != (open ? end - t : 0))
    failing(w, t, end, 0, "a change is left out");
  if (before == SLA_NONE) before = SLA_TIME_MIN;
  else if (before > t || is_open(w->calendar, before) != open)
    failing(w, t, before, 0, "the previous change is none");
  else if (before > SLA_TIME_MIN && is_open(w->calendar, before - 1) == open)
    failing(w, t, before, 0, "the previous change changes nothing");
  if (elapsed(w->calendar, before, t) != (open ? t - before : 0))
    failing(w, before, t, 0, "a change before is left out");
}

static void changes_alternate_and_agree_with_is_open(void **state) {
  (void)state;
  hold(alternate, 20000);
}

static void listed(world *w) {
  sla_interval list[7];
  sla_time from = instant(w), to = from + drawn(w, 0, 20 * DAY), end = from;
  sla_seconds sum = 0;
  size_t count = COUNT_OF(list);
  if (to > SLA_TIME_MAX) to = SLA_TIME_MAX;
  for (bool first = true; count == COUNT_OF(list); first = false) {
    sla_time start = end;
    assert_ok(sla_calendar_intervals(w->calendar, start, to, list, COUNT_OF(list),
                                     sizeof list[0], &count));
    for (size_t i = 0; i < count; i++) {
      bool apart = list[i].from > end || (first && i == 0 && list[i].from == from);
      if (!apart || list[i].to <= list[i].from || list[i].to > to)
        failing(w, list[i].from, list[i].to, (int64_t)i, "intervals overlap, touch or stick out");
      end = list[i].to;
      sum += end - list[i].from;
      if (elapsed(w->calendar, list[i].from, end) != end - list[i].from)
        failing(w, list[i].from, end, 0, "an interval is not open throughout");
    }
  }
  if (sum != elapsed(w->calendar, from, to)) failing(w, from, to, sum, "intervals leave time out");
}

static void intervals_are_what_elapses(void **state) {
  (void)state;
  hold(listed, 4000);
}

/* ---- working dates ---- */

static sla_date random_date(world *w) { return utc_date(instant(w)); }

static int64_t dates_between(world *w, sla_date from, sla_date to) {
  int64_t count = INT64_MIN;
  assert_ok(sla_calendar_working_dates(w->calendar, from, to, &count));
  return count;
}

static void working(world *w) {
  sla_date a = random_date(w), b = random_date(w), c = random_date(w), x = 0;
  int64_t n = drawn(w, -300, 300);
  uint32_t yes = 2;
  if (dates_between(w, a, c) != dates_between(w, a, b) + dates_between(w, b, c))
    failing(w, a, b, c, "working dates do not add up");
  assert_ok(sla_calendar_is_working_date(w->calendar, a, &yes));
  if (a < 99991231 && dates_between(w, a, oracle_next_date(a)) != (int64_t)yes)
    failing(w, a, 0, yes, "a working date is not counted as one");
  int32_t code = sla_calendar_add_working_dates(w->calendar, a, n, &x);
  if (code == SLA_E_NEVER) return;
  assert_ok(code);
  if (n == 0) {
    if (x != a) failing(w, a, x, n, "no working dates move");
    return;
  }
  assert_ok(sla_calendar_is_working_date(w->calendar, x, &yes));
  int64_t between = n > 0 ? dates_between(w, oracle_next_date(a), x) + 1 : dates_between(w, a, x);
  if (yes != 1 || between != n) failing(w, a, x, n, "not the n-th working date");
}

static void working_dates_add_up(void **state) {
  (void)state;
  hold(working, 20000);
}

/* ---- the same calendar told in other ways ---- */

static int64_t answer(const sla_calendar *calendar, int which, sla_time a, sla_time b,
                      sla_seconds n) {
  int64_t out = 0;
  uint32_t open = 0;
  int32_t code = SLA_OK;
  switch (which) {
    case 0: code = sla_calendar_elapsed(calendar, a, b, &out); break;
    case 1: code = sla_calendar_add(calendar, a, n, &out); break;
    case 2: code = sla_calendar_next_change(calendar, a, &out); break;
    case 3: code = sla_calendar_previous_change(calendar, a, &out); break;
    default: code = sla_calendar_is_open(calendar, a, &open), out = open;
  }
  return code == SLA_OK ? out : code;
}

static void same_answers(world *w, const sla_calendar *other, const char *how) {
  for (int i = 0; i < 20; i++) {
    sla_time a = instant(w), b = instant(w);
    sla_seconds n = amount(w);
    for (int which = 0; which < 5; which++)
      if (answer(w->calendar, which, a, b, n) != answer(other, which, a, b, n))
        failing(w, a, b, n, how);
  }
}

static void other_windows(world *w) {
  static const int32_t windows[][2] = {{2024, 2024}, {1, 1}, {9999, 9999}, {1950, 2079}, {1, 130},
                                       {9870, 9999}};
  const int32_t *window = windows[drawn(w, 0, 5)];
  sla_calendar *other = chance_built(&w->plain, window[0], window[1]);
  if (other == NULL) failing(w, window[0], window[1], 0, "never open in another window");
  same_answers(w, other, "the window changes an answer");
  sla_calendar_unref(other);
}

static void the_window_changes_no_answer(void **state) {
  (void)state;
  hold(other_windows, 3000);
}

static void shuffled(world *w) {
  oracle_calendar other = w->plain;
  for (size_t i = 0; i + 1 < other.count; i++) {
    size_t k = (size_t)drawn(w, (int64_t)i, (int64_t)other.count - 1);
    sla_entry entry = other.entries[i];
    other.entries[i] = other.entries[k];
    other.entries[k] = entry;
  }
  other.entries[other.count++] = other.entries[drawn(w, 0, (int64_t)w->plain.count - 1)];
  sla_calendar *again = chance_built(&other, 2000, 2049);
  if (again == NULL) failing(w, 0, 0, 0, "never open in another order");
  same_answers(w, again, "order or repetition changes an answer");
  sla_calendar_unref(again);
}

static void order_and_repetition_change_nothing(void **state) {
  (void)state;
  hold(shuffled, 3000);
}

static void cut(world *w) {
  oracle_calendar other = w->plain;
  size_t count = other.count;
  for (size_t i = 0; i < count; i++) {
    sla_entry *e = &other.entries[i];
    int32_t end = e->closes < e->opens ? DAY : e->closes;
    if (e->kind == SLA_ENTRY_HOLIDAY || end - e->opens < 2) continue;
    int32_t middle = (int32_t)drawn(w, e->opens + 1, end - 1);
    other.entries[other.count] = *e;
    other.entries[other.count++].opens = middle;
    e->closes = middle;
  }
  sla_calendar *pieces = chance_built(&other, 2000, 2049);
  if (pieces == NULL) failing(w, 0, 0, 0, "never open in pieces");
  same_answers(w, pieces, "cutting an interval changes an answer");
  sla_calendar_unref(pieces);
}

static void cutting_an_interval_changes_nothing(void **state) {
  (void)state;
  hold(cut, 3000);
}

static void rebuilt(world *w) {
  sla_calendar_builder *builder = NULL;
  sla_calendar *copy = NULL;
  assert_ok(sla_calendar_builder_new_from(w->calendar, NULL, &builder, NULL));
  assert_ok(sla_calendar_builder_build(builder, &copy, NULL));
  sla_calendar_builder_free(builder);
  assert_number(sla_calendar_entry_count(copy), (int64_t)w->plain.count);
  for (uint32_t i = 0; i < w->plain.count; i++) {
    sla_entry entry;
    assert_ok(sla_calendar_entry(copy, i, &entry, sizeof entry));
    if (memcmp(&entry, &w->plain.entries[i], sizeof entry) != 0)
      failing(w, i, 0, 0, "an entry is read back as another");
  }
  same_answers(w, copy, "a builder from a calendar builds another");
  sla_calendar_unref(copy);
}

static void a_builder_from_a_calendar_builds_the_same(void **state) {
  (void)state;
  hold(rebuilt, 3000);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(elapsed_adds_up),
      cmocka_unit_test(is_open_is_a_second_that_elapses),
      cmocka_unit_test(add_is_the_least_or_greatest_inverse),
      cmocka_unit_test(add_is_monotone),
      cmocka_unit_test(a_holiday_never_makes_add_earlier),
      cmocka_unit_test(changes_alternate_and_agree_with_is_open),
      cmocka_unit_test(intervals_are_what_elapses),
      cmocka_unit_test(working_dates_add_up),
      cmocka_unit_test(the_window_changes_no_answer),
      cmocka_unit_test(order_and_repetition_change_nothing),
      cmocka_unit_test(cutting_an_interval_changes_nothing),
      cmocka_unit_test(a_builder_from_a_calendar_builds_the_same),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
