/* SPDX-License-Identifier: MIT */
/* The library against the second-by-second oracle, at random.  A draw that fails prints the
 * calendars, the policy, the log, the instant and both answers. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chance_desk.h"

#define DAY 86400
#define MODERN 1980 /* from here on every zone of the fixtures changes on whole minutes */

static chance luck;

static int set_up(void **state) {
  (void)state;
  chance_begin(&luck, support_seed());
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  chance_end(&luck);
  return 0;
}

static int64_t drawn(int64_t lo, int64_t hi) { return random_between(&luck.state, lo, hi); }
static bool one_in(int n) { return drawn(1, n) == 1; }

static sla_time year_start(int32_t year) {
  int32_t days = 0;
  assert_ok(sla_date_to_days(year * 10000 + 101, &days));
  return (sla_time)days * DAY;
}

/* ---- calendars ---- */

static void print_world(const oracle_calendar *plain) {
  for (int i = 0; i < CHANCE_ZONES; i++)
    if (luck.zones[i] == plain->zone) print_error("zone %s\n", chance_zone_names[i]);
  oracle_print_calendar(stderr, plain);
}

static void check(const oracle_calendar *plain, int64_t got, int64_t want, const char *what,
                  sla_time a, int64_t b) {
  char text[SUPPORT_TIME_TEXT], one[SUPPORT_TIME_TEXT], two[SUPPORT_TIME_TEXT];
  if (got == want) return;
  print_world(plain);
  fail_msg("%s of %" PRId64 " (%s), %" PRId64 " is %" PRId64 " (%s), not %" PRId64 " (%s)", what, a,
           time_text(a, text), b, got, time_text(got, one), want, time_text(want, two));
}

static sla_time library_add(const sla_calendar *calendar, sla_time t, sla_seconds n) {
  sla_time x = SLA_NONE;
  (void)sla_calendar_add(calendar, t, n, &x);
  return x;
}

/* What walking did not find within the limit may not be nearer than that. */
static void check_change(const oracle_calendar *plain, sla_time got, sla_time want,
                         const char *what, sla_time t, sla_seconds limit) {
  if (want != ORACLE_LOST) check(plain, got, want, what, t, 0);
  else if (got != SLA_NONE && got - t <= limit && t - got <= limit)
    check(plain, got, SLA_NONE, what, t, limit);
}

static void ask(const oracle_calendar *plain, const sla_calendar *calendar, sla_time from,
                sla_seconds width, int step) {
  sla_time a = from + drawn(0, width / step) * step, b = from + drawn(0, width / step) * step;
  sla_time edge = oracle_next_change(plain, a, step, from + width - a);
  if (edge != ORACLE_LOST && one_in(2)) a = edge;
  sla_seconds open = oracle_elapsed(plain, a, b, step);
  check(plain, elapsed(calendar, a, b), open, "elapsed", a, b);
  if (open != 0) {
    sla_time x = oracle_add(plain, a, open, step, width + 1);
    check(plain, library_add(calendar, a, open), x, "add", a, open);
  }
  check_change(plain, change_after(calendar, a),
               oracle_next_change(plain, a, step, from + width - a), "next change", a,
               from + width - a);
  check_change(plain, change_before(calendar, a),
               oracle_previous_change(plain, a, step, a - from - step), "previous change", a,
               a - from - step);
}

static void expect_never_open(const oracle_calendar *plain, sla_time near) {
  for (sla_time t = near - 40 * DAY; t < near + 40 * DAY; t += 60)
    if (t >= SLA_TIME_MIN && t <= SLA_TIME_MAX && oracle_is_open(plain, t))
      check(plain, SLA_E_CLOSED, SLA_OK, "building", t, 0);
}

static sla_time middle_of_time(const sla_zone *zone) {
  sla_time t = chance_instant(&luck, zone, at("2024-03-30T00:00Z"));
  if (t < SLA_TIME_MIN + 50 * DAY) t = SLA_TIME_MIN + 50 * DAY;
  return t > SLA_TIME_MAX - 50 * DAY ? SLA_TIME_MAX - 50 * DAY : t;
}

/* A calendar near an instant, or one around the Friday that Samoa left out. */
static sla_time now_and_then_samoa(oracle_calendar *plain, sla_time near, int step) {
  bool samoa = one_in(10);
  if (samoa) near = at("2011-12-30T10:00Z");
  chance_calendar(&luck, plain, near, step);
  if (samoa) plain->zone = luck.zones[CHANCE_SAMOA];
  return near;
}

/* Every second of a day and a half, and answers about it. */
static void every_second(void **state) {
  const sla_seconds width = 3 * DAY / 2;
  long count = draws(200);
  (void)state;
  for (long i = 0; i < count; i++) {
    oracle_calendar plain;
    sla_time near = middle_of_time(luck.zones[drawn(0, CHANCE_ZONES - 1)]);
    near = now_and_then_samoa(&plain, near, 1);
    sla_time centre = one_in(2) ? chance_clock_change(plain.zone, near) : near;
    sla_time from = centre + drawn(-2 * DAY, DAY);
    sla_calendar *calendar = chance_built(&plain, 2000, 2049);
    if (calendar == NULL) {
      expect_never_open(&plain, near);
      continue;
    }
    oracle_tabulate(&plain, from - 1, from + width + 1);
    for (sla_time t = from; t < from + width; t++)
      if (is_open(calendar, t) != oracle_is_open(&plain, t))
        check(&plain, is_open(calendar, t), oracle_is_open(&plain, t), "open", t, 0);
    for (int k = 0; k < 40; k++) ask(&plain, calendar, from, width, 1);
    oracle_forget(&plain);
    sla_calendar_unref(calendar);
  }
  print_message("%ld calendars of %d seconds\n", count, (int)width);
}

/* Fifty days by the minute, where every edge lies on one. */
static void every_minute(void **state) {
  long count = draws(150);
  (void)state;
  for (long i = 0; i < count; i++) {
    oracle_calendar plain;
    sla_time near = drawn(year_start(MODERN) / 60, year_start(9998) / 60) * 60;
    if (one_in(2)) near = drawn(year_start(2000) / 60, year_start(2050) / 60) * 60;
    chance_calendar(&luck, &plain, near, 60);
    sla_calendar *calendar = chance_built(&plain, 2000, 2049);
    if (calendar == NULL) {
      expect_never_open(&plain, near);
      continue;
    }
    for (int k = 0; k < 3; k++) ask(&plain, calendar, near - 25 * DAY, 50 * DAY, 60);
    sla_calendar_unref(calendar);
  }
  print_message("%ld calendars by the minute\n", count);
}

static void check_dates(const oracle_calendar *plain, const sla_calendar *calendar, sla_date a,
                        sla_date b) {
  int64_t got = 0, n = drawn(-60, 60);
  uint32_t yes = 0, index = 0;
  sla_date x = 0;
  assert_ok(sla_calendar_working_dates(calendar, a, b, &got));
  check(plain, got, oracle_working_dates(plain, a, b), "working dates", a, b);
  assert_ok(sla_calendar_is_working_date(calendar, a, &yes));
  check(plain, yes, oracle_is_working_date(plain, a), "working date", a, 0);
  assert_ok(sla_calendar_holiday_on(calendar, a, &index));
  check(plain, index, oracle_holiday_on(plain, a), "holiday on", a, 0);
  if (!oracle_is_open(plain, 0) && plain->count > 0 && plain->entries[0].kind != SLA_ENTRY_HOURS)
    return; /* special hours only: the n-th date may be far away */
  if (plain->entries[0].last != 0 || plain->entries[0].first != 0) return;
  int32_t code = sla_calendar_add_working_dates(calendar, a, n, &x);
  check(plain, code == SLA_OK ? x : 0, oracle_add_working_dates(plain, a, n), "add working dates",
        a, n);
}

static void working_dates(void **state) {
  long count = draws(600);
  (void)state;
  for (long i = 0; i < count; i++) {
    oracle_calendar plain;
    sla_time near = now_and_then_samoa(&plain, middle_of_time(luck.zones[0]), 1);
    sla_calendar *calendar = chance_built(&plain, 2000, 2049);
    if (calendar == NULL) continue;
    for (int k = 0; k < 5; k++)
      check_dates(&plain, calendar, utc_date(near + drawn(-40, 40) * DAY),
                  utc_date(near + drawn(-40, 40) * DAY));
    sla_calendar_unref(calendar);
  }
  print_message("%ld calendars by the day\n", count);
}

/* ---- day units ---- */

/* When a first response in a day unit is due; ORACLE_LOST for never. */
static sla_time due_in_days(const sla_calendar *calendar, sla_time start, uint32_t unit,
                            int64_t n) {
  const sla_event event = {start, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0};
  sla_policy *policy = policy_of(calendar, SLA_FIRST_RESPONSE, n, unit);
  sla_result r = evaluated_at(policy, SLA_FIRST_RESPONSE, &event, 1, start);
  sla_policy_unref(policy);
  return r.due_at == SLA_NONE ? ORACLE_LOST : r.due_at;
}

/* What the oracle does not find within the days it looks ahead is not asked. */
static bool ask_day_due(const oracle_calendar *plain, const sla_calendar *calendar,
                        sla_time start) {
  uint32_t unit = (uint32_t)drawn(SLA_UNIT_WORKING_DAYS, SLA_UNIT_END_OF_WORKING_DAY);
  int64_t n = drawn(unit == SLA_UNIT_WORKING_DAYS, 4);
  sla_time want = oracle_day_due(plain, start, unit, n, 60);
  if (want == ORACLE_LOST) return false;
  if (want < start) want = start; /* a night's tail may come after all of the n-th date's hours */
  check(plain, due_in_days(calendar, start, unit, n), want,
        unit == SLA_UNIT_WORKING_DAYS ? "working days" : "end of working day", start, n);
  return true;
}

static void day_units(void **state) {
  long count = draws(400), lost = 0, asked = 0;
  (void)state;
  for (long i = 0; i < count; i++) {
    oracle_calendar plain;
    sla_time near = drawn(year_start(2000) / 60, year_start(2060) / 60) * 60;
    near = now_and_then_samoa(&plain, near, 60);
    if (one_in(2)) near = chance_clock_change(plain.zone, near);
    sla_calendar *calendar = chance_built(&plain, 2000, 2049);
    if (calendar == NULL) continue;
    for (int k = 0; k < 8; k++)
      *(ask_day_due(&plain, calendar, near + drawn(-7200, 7200) * 60) ? &asked : &lost) += 1;
    sla_calendar_unref(calendar);
  }
  print_message("%ld due instants, %ld too far\n", asked, lost);
  assert_true(asked > lost);
}

/* ---- clocks ---- */

static void disagree(const desk *d, uint32_t metric, sla_time now, const sla_result *got,
                     const sla_result *want) {
  desk_print(d, metric, now);
  print_error("the library says\n");
  oracle_print_result(stderr, got);
  print_error("it should be\n");
  oracle_print_result(stderr, want);
  fail_msg("metric %u differs", metric);
}

/* The oracle does not look beyond the desk's two weeks. */
static bool same(const desk *d, uint32_t metric, sla_time now) {
  sla_result want, got = evaluated_at(d->policies[0], metric, d->events, d->count, now);
  if (now >= d->horizon ||
      !oracle_evaluate(&d->rules[0], metric, d->events, d->count, now, d->horizon, &want))
    return false;
  if (memcmp(&got, &want, sizeof got) != 0) disagree(d, metric, now, &got, &want);
  return true;
}

/* For each of `desks` by chance: some policies, and each of their metrics on some logs. */
static void for_each_draw(long desks,
                          void (*question)(const desk *d, uint32_t metric, sla_time now)) {
  desk *d = calloc(1, sizeof *d);
  assert_non_null(d);
  for (long i = 0; i < desks; i++) {
    desk_open(d, &luck);
    for (int policies = 0; policies < 8; policies++) {
      desk_draw_policies(d, 1);
      for (int logs = 0; logs < 6; logs++) {
        desk_draw_log(d, 12);
        sla_time now = desk_draw_now(d);
        for (size_t m = 0; m < DESK_METRICS; m++) question(d, d->metrics[m], now);
      }
      desk_drop_policies(d);
    }
    desk_close(d);
  }
  free(d);
}

static long compared, beyond;

static void compare(const desk *d, uint32_t metric, sla_time now) {
  *(same(d, metric, now) ? &compared : &beyond) += 1;
}

/* Weeks of ordinary hours; test_histories has what happens within hours. */
static void results_of_random_logs(void **state) {
  (void)state;
  compared = beyond = 0;
  for_each_draw(draws(20), compare);
  print_message("%ld results compared, %ld beyond what the oracle walks\n", compared, beyond);
  assert_true(compared > beyond);
}

/* The status stays until next_change_at and is another one then. */
static void expect_change(const desk *d, uint32_t metric, sla_time now) {
  const sla_policy *policy = d->policies[0];
  size_t count = d->count;
  if (now < d->events[0].at) return;
  while (count > 1 && d->events[count - 1].at > now) count--;
  sla_result r = evaluated_at(policy, metric, d->events, count, now);
  if (r.next_change_at == SLA_NONE) {
    sla_result much_later = evaluated_at(policy, metric, d->events, count, now + 400 * DAY);
    if (much_later.status != r.status) disagree(d, metric, now, &r, &much_later);
    return;
  }
  sla_result before = evaluated_at(policy, metric, d->events, count, r.next_change_at - 1);
  sla_result after = evaluated_at(policy, metric, d->events, count, r.next_change_at);
  if (r.next_change_at <= now || before.status != r.status || after.status == r.status)
    disagree(d, metric, now, &before, &after);
}

static void the_next_change_is_one(void **state) {
  long desks = draws(40);
  (void)state;
  for_each_draw(desks, expect_change);
  print_message("%ld desks\n", desks);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(every_second, set_up, tear_down),
      cmocka_unit_test_setup_teardown(every_minute, set_up, tear_down),
      cmocka_unit_test_setup_teardown(working_dates, set_up, tear_down),
      cmocka_unit_test_setup_teardown(day_units, set_up, tear_down),
      cmocka_unit_test_setup_teardown(results_of_random_logs, set_up, tear_down),
      cmocka_unit_test_setup_teardown(the_next_change_is_one, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
