/* SPDX-License-Identifier: MIT */
/* What is probably not meant: each lint where it shows, where it does not, and at the edge; the
 * place it is reported at; the order of several. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "support.h"
#include "table.h"
#include "told.h"
#include "told_calendar.h"

#include <inttypes.h>
#include <string.h>

enum { HOUR = 3600, DAY = 86400, MOST = 64, ANY = SLA_PRIORITY_ANY };
static const sla_seconds ten_years = 315576000; /* 3652 days and a half */

/* ---- what is expected -------------------------------------------------------------------- */

static sla_lint brief(uint32_t metric, uint32_t priority, sla_seconds target) {
  return (sla_lint){target, 15, SLA_LINT_TARGET_SHORT, metric, priority, 0};
}

static sla_lint past(uint32_t metric, uint32_t priority, int64_t weekday, sla_date last) {
  return (sla_lint){weekday, last, SLA_LINT_PAST_SPECIAL, metric, priority, 0};
}

static void print_lint(const char *what, const sla_lint *lint) {
  print_error("%s: kind %u metric %u priority %u value %" PRId64 " limit %" PRId64 "\n", what,
              lint->kind, lint->metric, lint->priority, lint->value, lint->limit);
}

static size_t lints_at(const sla_policy *policy, sla_time now, sla_lint found[MOST]) {
  size_t count = MOST + 1;
  memset(found, 0x5a, MOST * sizeof *found);
  assert_ok(sla_policy_lints(policy, now, found, MOST, sizeof *found, &count, NULL));
  assert_in_range(count, 0, MOST);
  return count;
}

/* These lints and no others, in this order.  Releases the policy. */
static void check_lints(sla_policy *policy, sla_time now, const sla_lint *expected, size_t count) {
  sla_lint found[MOST];
  size_t got = lints_at(policy, now, found), same = 0;
  while (same < got && same < count &&
         memcmp(&found[same], &expected[same], sizeof *expected) == 0)
    same++;
  sla_policy_unref(policy);
  if (same == got && same == count) return;
  for (size_t i = same; i < got; i++) print_lint("found", &found[i]);
  for (size_t i = same; i < count; i++) print_lint("expected", &expected[i]);
  fail_msg("lint %zu is another, of %zu expected and %zu found", same, count, got);
}

#define expect(policy, now, ...)                              \
  do {                                                        \
    const sla_lint expected[] = {__VA_ARGS__};                \
    check_lints((policy), (now), expected, COUNT_OF(expected)); \
  } while (0)
#define expect_none(policy, now) check_lints((policy), (now), NULL, 0)

/* ---- lints.tsv --------------------------------------------------------------------------- */

enum { NAME, ZONE, HOURS, EXTRAS, POLICY, NOW, LINTS };
static const char *const columns[] = {"name",   "zone", "hours", "extras",
                                      "policy", "now",  "lints", NULL};

static void one_policy(void **state) {
  const table_field *row = *state;
  sla_calendar *hours = NULL;
  sla_policy *policies[TOLD_POLICIES];
  sla_lint expected[MOST];
  size_t count = 0;
  assert_ok(told_calendar(row[ZONE], row[HOURS], row[EXTRAS], &hours));
  assert_int_equal(told_policies_on(hours, row[POLICY], policies), 1);
  sla_calendar_unref(hours);
  for (const char *text = row[LINTS]; text != NULL; text = told_next(text)) {
    assert_true(count < MOST);
    expected[count++] = told_lint(text);
  }
  check_lints(policies[0], told_time(row[NOW]), expected, count);
}

/* ---- what no table says ------------------------------------------------------------------ */

/* A target for any that every priority overrides is in force for none. */
static void what_holds_for_no_priority_is_no_lint(void **state) {
  (void)state;
  for (uint32_t left_out = 0; left_out <= 32; left_out += 16) {
    sla_policy_builder *builder = policy_builder_of(NULL);
    for (uint32_t p = 0; p < 32; p++)
      if (p != left_out)
        assert_ok(sla_policy_builder_set_target(builder, SLA_RESOLUTION, p, HOUR, SLA_UNIT_SECONDS,
                                                SLA_AROUND_THE_CLOCK, NULL));
    assert_ok(sla_policy_builder_set_target(builder, SLA_RESOLUTION, ANY, 5, SLA_UNIT_SECONDS,
                                            SLA_AROUND_THE_CLOCK, NULL));
    if (left_out == 32) expect_none(policy_built(builder), 0);
    else expect(policy_built(builder), 0, brief(SLA_RESOLUTION, ANY, 5));
  }
}

/* ---- starts ------------------------------------------------------------------------------ */

enum { OWN = SLA_OWN_METRIC, OWN_STATUS = 20 };

/* A metric of the host's own, with a target, that starts so. */
static sla_policy_builder *builder_started_by(sla_trigger start, uint32_t shape) {
  sla_policy_builder *builder = policy_builder_of(NULL);
  const sla_metric_rule rule = {.start = start, .fulfil = {.events = 1 << SLA_EVENT_AGENT_NOTE},
                                .shape = shape};
  assert_ok(sla_policy_builder_set_metric(builder, OWN, &rule, sizeof rule, NULL));
  assert_ok(sla_policy_builder_set_target(builder, OWN, 4, HOUR, SLA_UNIT_SECONDS,
                                          SLA_AROUND_THE_CLOCK, NULL));
  return builder;
}

/* Without a target nobody asks whether it starts; with a gate it starts later. */
static void a_metric_without_a_target_or_behind_a_gate(void **state) {
  const sla_metric_rule rule = {.start = {.statuses = 1 << OWN_STATUS}, .shape = SLA_ONCE};
  sla_policy_builder *builder = policy_builder_of(NULL);
  (void)state;
  assert_ok(sla_policy_builder_set_metric(builder, OWN + 1, &rule, sizeof rule, NULL));
  assert_ok(sla_policy_builder_set_due_soon(builder, OWN + 1, ANY, HOUR, NULL));
  for (uint32_t metric = SLA_FIRST_RESPONSE; metric <= SLA_GROUP_OWNERSHIP; metric++)
    assert_ok(sla_policy_builder_set_target(builder, metric, ANY, HOUR, SLA_UNIT_SECONDS,
                                            SLA_AROUND_THE_CLOCK, NULL));
  expect_none(policy_built(builder), 0);
}

/* A log in which everything happens twice that can, and then the ticket is cancelled. */
static size_t busy_log(sla_event log[512]) {
  static const uint32_t statuses[] = {SLA_TICKET_OPEN, SLA_TICKET_PENDING, 16, SLA_TICKET_ON_HOLD,
                                      SLA_TICKET_SOLVED, SLA_TICKET_CLOSED, SLA_TICKET_NEW};
  size_t n = 0;
  log[n++] = (sla_event){0, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0};
  for (int64_t again = 0; again < 2; again++) {
    for (uint32_t kind = SLA_EVENT_CUSTOMER_MESSAGE; kind <= SLA_EVENT_AUTOMATIC_REPLY; kind++)
      log[n++] = (sla_event){0, 0, kind, 0};
    for (int64_t c = 0; c < 64; c++) log[n++] = (sla_event){0, c, SLA_EVENT_CONDITION_SET, 0};
    for (int64_t c = 0; c < 64; c++) log[n++] = (sla_event){0, c, SLA_EVENT_CONDITION_CLEARED, 0};
    for (size_t i = 0; i < COUNT_OF(statuses); i++)
      log[n++] = (sla_event){0, statuses[i], SLA_EVENT_STATUS, 0};
    for (uint32_t kind = SLA_EVENT_OWN; kind < 64; kind++) log[n++] = (sla_event){0, 0, kind, 0};
    log[n++] = (sla_event){0, again, SLA_EVENT_PRIORITY, 0};
    log[n++] = (sla_event){0, again + 1, SLA_EVENT_GROUP, 0};
    log[n++] = (sla_event){0, 0, SLA_EVENT_NO_REPLY_NEEDED, 0};
    log[n++] = (sla_event){0, SLA_NONE, SLA_EVENT_DUE_SET, OWN};
    log[n++] = (sla_event){0, 0, SLA_EVENT_RESET, OWN};
  }
  log[n++] = (sla_event){0, 0, SLA_EVENT_CANCELLED, 0};
  for (size_t i = 0; i < n; i++) log[i].at = (sla_time)i * 60;
  return n;
}

/* One thing of a trigger: event kinds from 1, the host's from 32, statuses from 64, conditions set
 * from 96, cleared from 160; false for what no trigger can name. */
static bool one_thing(uint32_t i, sla_trigger *trigger) {
  *trigger = (sla_trigger){0};
  if (i < 64) trigger->events = UINT64_C(1) << i;
  else if (i < 96) trigger->statuses = 1u << (i - 64);
  else if (i < 160) trigger->conditions_set = UINT64_C(1) << (i - 96);
  else trigger->conditions_cleared = UINT64_C(1) << (i - 160);
  bool event = (i >= 1 && i <= SLA_EVENT_POLICY) || (i >= SLA_EVENT_OWN && i < 64);
  bool status = (i >= 65 && i <= 70) || (i >= 80 && i < 96);
  return event || status || i >= 96;
}

static bool never_starts(sla_trigger start, uint32_t shape, uint32_t solved, bool *started) {
  sla_event log[512];
  sla_lint found[MOST];
  sla_totals totals;
  size_t count = busy_log(log);
  sla_policy_builder *builder = builder_started_by(start, shape);
  assert_ok(sla_policy_builder_set_option(builder, OWN, SLA_OPTION_SOLVED, solved, NULL));
  assert_ok(sla_policy_builder_set_status(builder, 16, SLA_TICKET_ON_HOLD, NULL));
  sla_policy *policy = policy_built(builder);
  const sla_policy *const policies[] = {policy};
  assert_ok(sla_evaluate_totals(policies, 1, OWN, log, count, sizeof *log, log[count - 1].at,
                                &totals, sizeof totals, NULL));
  *started = totals.cycles > 0;
  size_t lints = lints_at(policy, 0, found);
  sla_policy_unref(policy);
  assert_in_range(lints, 0, 1);
  return lints == 1 && memcmp(&found[0], &(sla_lint){0, 0, SLA_LINT_NEVER_STARTS, OWN, ANY, 0},
                              sizeof found[0]) == 0;
}

/* The lint and the state machine agree on everything there is to start a clock. */
static void a_metric_has_the_lint_or_it_has_a_cycle(void **state) {
  size_t never = 0, all = 0;
  (void)state;
  for (uint32_t i = 0; i < 224; i++) {
    sla_trigger start;
    if (!one_thing(i, &start)) continue;
    for (uint32_t which = 0; which < 15; which++) {
      bool started, lint = never_starts(start, SLA_ONCE + which % 5, which / 5, &started);
      if (lint == started)
        fail_msg("thing %u, shape %u, solved %u: %s", i, SLA_ONCE + which % 5, which / 5,
                 lint ? "it starts, and there is a lint" : "it never starts");
      never += lint;
      all++;
    }
  }
  assert_true(never > 0 && never < all);
  print_message("%zu rules, of which %zu never start\n", all, never);
}

/* ---- calendars --------------------------------------------------------------------------- */

/* A policy whose only calendar has weekday hours, and these entries. */
static sla_policy *with_entries(const char *zone, const char *hours, const sla_entry *entries,
                                size_t count) {
  sla_calendar_builder *builder = builder_of(zone, hours);
  for (size_t i = 0; i < count; i++)
    assert_ok(sla_calendar_builder_add_entry(builder, &entries[i], sizeof *entries, NULL, 0,
                                             NULL));
  sla_calendar *calendar = built(builder);
  sla_policy_builder *policy = policy_builder_of(calendar);
  sla_calendar_unref(calendar);
  assert_ok(sla_policy_builder_set_target(policy, SLA_RESOLUTION, ANY, HOUR, SLA_UNIT_SECONDS,
                                          SLA_AROUND_THE_CLOCK, NULL));
  return policy_built(policy);
}

static sla_policy *with_entry(const char *zone, const char *hours, sla_entry entry) {
  return with_entries(zone, hours, &entry, 1);
}

static sla_entry special(sla_date first, sla_date last) {
  return (sla_entry){.kind = SLA_ENTRY_SPECIAL_HOURS, .recurrence = SLA_DATES, .first = first,
                     .last = last, .opens = 10 * HOUR, .closes = 12 * HOUR};
}

static sla_entry special_yearly(sla_date first, sla_date last, int32_t month, int32_t day) {
  sla_entry entry = special(first, last);
  entry.recurrence = SLA_YEARLY;
  entry.month = month;
  entry.day = day;
  return entry;
}

static sla_entry special_weekday(sla_date first, sla_date last, int32_t month, int32_t nth) {
  sla_entry entry = special_yearly(first, last, month, nth);
  entry.recurrence = SLA_YEARLY_WEEKDAY;
  entry.weekdays = SLA_SATURDAY;
  return entry;
}

static const char weekdays[] = "Mo-Fr 09:00-17:00";

static sla_entry saturdays(sla_date first, sla_date last) {
  return (sla_entry){.kind = SLA_ENTRY_HOURS, .recurrence = SLA_WEEKLY, .first = first,
                     .last = last, .opens = 10 * HOUR, .closes = 12 * HOUR,
                     .weekdays = SLA_SATURDAY};
}

/* Special hours on 1 June 2024, and hours on Saturdays while they last. */
static sla_policy *with_saturdays(sla_date first, sla_date last) {
  const sla_entry entries[] = {saturdays(first, last), special(20240601, 20240601)};
  return with_entries("UTC", weekdays, entries, COUNT_OF(entries));
}

static void a_weekday_with_hours_now_or_later(void **state) {
  sla_time tuesday = at("2024-06-11T12:00Z");
  (void)state;
  expect_none(with_saturdays(0, 0), tuesday);
  expect_none(with_saturdays(20300101, 0), tuesday);
  expect_none(with_saturdays(0, 20240615), tuesday);
  expect(with_saturdays(0, 20240614), tuesday, past(0, ANY, 6, 20240601));
  expect(with_saturdays(20250101, 20250103), tuesday, past(0, ANY, 6, 20240601));
  expect_none(with_saturdays(20250101, 20250104), tuesday);
}

static void special_hours_that_came_every_year(void **state) {
  sla_time now = at("2024-06-09T00:00Z");
  (void)state;
  expect(with_entry("UTC", weekdays, special_yearly(0, 20240608, 6, 8)), now,
         past(0, ANY, 6, 20240608), past(0, ANY, 7, 20140608));
  expect(with_entry("UTC", weekdays, special_weekday(0, 20231231, 2, 5)), now,
         past(0, ANY, 6, 20200229));
  expect(with_entry("UTC", weekdays, special_weekday(20200301, 20240531, 5, -1)), now,
         past(0, ANY, 6, 20240525));
}

/* ---- calendars, date by date ------------------------------------------------------------- */

enum { ENTRIES = 4, YEARS = 45 };

static sla_date random_date(uint64_t *seed) {
  sla_date date = 0;
  assert_ok(sla_date_from_days((int32_t)random_between(seed, 18000, 22000), &date));
  return date;
}

static sla_entry random_entry(uint64_t *seed) {
  sla_entry e = special(random_date(seed), random_date(seed));
  if (e.last < e.first) e.last = e.first;
  if (random_u64(seed) % 2) e.last = e.first;
  e.recurrence = (uint32_t)random_between(seed, SLA_WEEKLY, SLA_YEARLY_WEEKDAY);
  if (e.recurrence == SLA_DATES) return e;
  if (random_u64(seed) % 4 == 0) e.first = 0;
  if (random_u64(seed) % 4 == 0) e.last = 0;
  if (e.recurrence == SLA_WEEKLY) e.kind = SLA_ENTRY_HOURS;
  else e.month = (int32_t)random_between(seed, 1, 12);
  if (e.recurrence == SLA_YEARLY) e.day = e.month == 2 ? 29 : (int32_t)(random_u64(seed) % 30 + 1);
  else e.weekdays = 1u << random_u64(seed) % 7;
  if (e.recurrence == SLA_YEARLY_WEEKDAY)
    e.day = e.month % 2 ? -1 : (int32_t)random_between(seed, 1, 5);
  return e;
}

/* The entries of one kind alone, so that its dates are the working dates; NULL for none. */
static sla_calendar *of_kind(const sla_entry *entries, uint32_t kind) {
  sla_calendar_builder *builder = builder_of("UTC", "Mo-Su closed");
  sla_calendar *calendar = NULL;
  for (size_t i = 0; i < ENTRIES; i++)
    if (entries[i].kind == kind)
      assert_ok(sla_calendar_builder_add_entry(builder, &entries[i], sizeof *entries, NULL, 0,
                                               NULL));
  int32_t code = sla_calendar_builder_build(builder, &calendar, NULL);
  if (code != SLA_E_CLOSED) assert_ok(code);
  sla_calendar_builder_free(builder);
  return calendar;
}

static bool works_on(const sla_calendar *calendar, int32_t day, sla_date *date) {
  uint32_t working = 0;
  assert_ok(sla_date_from_days(day, date));
  if (calendar != NULL) assert_ok(sla_calendar_is_working_date(calendar, *date, &working));
  return working;
}

/* The lints of a calendar, by going through the dates of 90 years. */
static size_t dates_tell(const sla_entry *entries, int32_t today, sla_lint found[7]) {
  sla_calendar *hours = of_kind(entries, SLA_ENTRY_HOURS);
  sla_calendar *specials = of_kind(entries, SLA_ENTRY_SPECIAL_HOURS);
  size_t count = 0;
  for (int32_t weekday = 1; weekday <= 7; weekday++) {
    sla_date last = 0, date;
    bool later = false;
    int32_t first = today - YEARS * 365;
    first += (weekday - 1 - (first + 3) % 7 + 7) % 7;
    for (int32_t day = first; day < today + YEARS * 365; day += 7) {
      bool is_special = works_on(specials, day, &date);
      if (day < today && is_special) last = date;
      later = later || (day >= today && (is_special || works_on(hours, day, &date)));
    }
    if (last != 0 && !later) found[count++] = past(0, ANY, weekday, last);
  }
  sla_calendar_unref(hours);
  sla_calendar_unref(specials);
  return count;
}

static void past_special_hours_as_dates_tell_them(void **state) {
  uint64_t seed = support_seed();
  size_t lints = 0;
  long runs = draws(1000);
  (void)state;
  for (long run = 0; run < runs; run++) {
    sla_entry entries[ENTRIES];
    sla_lint expected[7];
    int32_t today = (int32_t)random_between(&seed, 18000, 22000);
    for (size_t i = 0; i < ENTRIES; i++) entries[i] = random_entry(&seed);
    entries[0] = special(20240601, 20240608);
    size_t count = dates_tell(entries, today, expected);
    lints += count;
    check_lints(with_entries("UTC", "Mo-Su closed", entries, ENTRIES), (sla_time)today * DAY,
                expected, count);
  }
  assert_true(lints > 0);
  print_message("%ld calendars with %zu lints\n", runs, lints);
}

static sla_calendar *past_saturdays(void) {
  sla_calendar_builder *builder = builder_of("UTC", weekdays);
  const sla_entry entry = special(20240608, 20240608);
  assert_ok(sla_calendar_builder_add_entry(builder, &entry, sizeof entry, NULL, 0, NULL));
  return built(builder);
}

static void each_calendar_is_reported_where_it_is_first_used(void **state) {
  sla_time now = at("2024-06-10T12:00Z");
  (void)state;
  for (int shared = 0; shared < 2; shared++) {
    sla_calendar *plain = calendar_of("UTC", weekdays), *one = past_saturdays();
    sla_calendar *same = past_saturdays(); /* another with the same content is not another */
    sla_policy_builder *builder = policy_builder_of(shared ? one : plain);
    for (uint32_t p = 1; p <= 4; p++) {
      target_in_seconds(builder, SLA_RESOLUTION, p, HOUR);
      if (p > 1)
        assert_ok(sla_policy_builder_set_target_calendar(builder, SLA_RESOLUTION, p,
                                                         p == 2 ? one : same, NULL));
    }
    if (shared) expect(policy_built(builder), now, past(0, ANY, 6, 20240608));
    else expect(policy_built(builder), now, past(SLA_RESOLUTION, 2, 6, 20240608));
    sla_calendar_unref(plain);
    sla_calendar_unref(one);
    sla_calendar_unref(same);
  }
}

/* ---- all of them ------------------------------------------------------------------------- */

static sla_policy *strange_policy(void) {
  sla_calendar *one = past_saturdays();
  sla_policy_builder *builder = builder_started_by((sla_trigger){.statuses = 1 << OWN_STATUS},
                                                   SLA_ONCE);
  assert_ok(sla_policy_builder_set_calendar(builder, one, NULL));
  sla_calendar_unref(one);
  target_in_seconds(builder, OWN, ANY, ten_years);
  target_in_seconds(builder, SLA_RESOLUTION, 1, 5);
  target_in_seconds(builder, SLA_RESOLUTION, ANY, 10);
  target_in_seconds(builder, SLA_FIRST_RESPONSE, ANY, 12);
  assert_ok(sla_policy_builder_set_due_soon(builder, SLA_RESOLUTION, ANY, 11, NULL));
  return policy_built(builder);
}

static size_t strange_lints(sla_time now, sla_lint found[MOST]) {
  sla_policy *policy = strange_policy();
  size_t count = lints_at(policy, now, found);
  sla_policy_unref(policy);
  return count;
}

static uint64_t rank(const sla_lint *lint) {
  return (uint64_t)lint->metric << 32 | lint->priority << 16 | lint->kind;
}

static void lints_come_by_metric_priority_and_kind(void **state) {
  static const uint32_t order[][3] = {
      {0, ANY, SLA_LINT_PAST_SPECIAL},
      {SLA_FIRST_RESPONSE, 1, SLA_LINT_RESPONSE_LONGER},
      {SLA_FIRST_RESPONSE, ANY, SLA_LINT_RESPONSE_LONGER},
      {SLA_FIRST_RESPONSE, ANY, SLA_LINT_TARGET_SHORT},
      {SLA_RESOLUTION, 1, SLA_LINT_DUE_SOON_LONGER},
      {SLA_RESOLUTION, 1, SLA_LINT_TARGET_SHORT},
      {SLA_RESOLUTION, ANY, SLA_LINT_DUE_SOON_LONGER},
      {SLA_RESOLUTION, ANY, SLA_LINT_TARGET_SHORT},
      {OWN, ANY, SLA_LINT_UNREACHABLE},
      {OWN, ANY, SLA_LINT_NEVER_STARTS},
  };
  sla_lint found[MOST];
  (void)state;
  assert_int_equal(strange_lints(at("2024-06-10T12:00Z"), found), COUNT_OF(order));
  for (size_t i = 0; i < COUNT_OF(order); i++) {
    assert_int_equal(found[i].metric, order[i][0]);
    assert_int_equal(found[i].priority, order[i][1]);
    assert_int_equal(found[i].kind, order[i][2]);
    assert_non_null(sla_lint_name(found[i].kind));
    if (i > 0) assert_true(rank(&found[i - 1]) < rank(&found[i]));
  }
}

/* A caller of a later version has longer records; one with less room has the first lints. */
static void records_of_any_size_as_many_as_there_is_room_for(void **state) {
  struct {
    sla_lint lint;
    uint64_t later;
  } longer[4];
  sla_time now = at("2024-06-10T12:00Z");
  sla_policy *policy = strange_policy();
  sla_lint found[MOST];
  size_t all = lints_at(policy, now, found), count = 0;
  (void)state;
  memset(longer, 0x5a, sizeof longer);
  assert_ok(sla_policy_lints(policy, now, &longer[0].lint, 3, sizeof longer[0], &count, NULL));
  assert_int_equal(count, all);
  for (size_t i = 0; i < 3; i++) {
    assert_memory_equal(&longer[i].lint, &found[i], sizeof found[i]);
    assert_int_equal(longer[i].later, 0);
  }
  assert_int_equal(longer[3].lint.kind, 0x5a5a5a5a);
  count = 0;
  assert_ok(sla_policy_lints(policy, now, NULL, 0, sizeof(sla_lint), &count, NULL));
  assert_int_equal(count, all);
  sla_policy_unref(policy);
}

static void check_refused(const sla_policy *policy, sla_time now, sla_lint *lints, size_t size,
                          size_t *count, const sla_error *expected) {
  sla_error error = {0};
  assert_code(sla_policy_lints(policy, now, lints, 1, size, count, &error), expected->code);
  assert_memory_equal(&error, expected, sizeof error);
  assert_code(sla_policy_lints(policy, now, lints, 1, size, count, NULL), expected->code);
}

static void what_lints_refuse(void **state) {
  sla_policy *policy = strange_policy();
  const size_t size = sizeof(sla_lint);
  sla_lint lint, untouched;
  size_t count = 77;
  (void)state;
  memset(&lint, 0x5a, sizeof lint);
  untouched = lint;
  check_refused(NULL, 0, &lint, size, &count, &(sla_error){.code = SLA_E_NULL, .argument = 1});
  check_refused(policy, 0, NULL, size, &count, &(sla_error){.code = SLA_E_NULL, .argument = 3});
  check_refused(policy, 0, &lint, size, NULL, &(sla_error){.code = SLA_E_NULL, .argument = 6});
  check_refused(policy, SLA_TIME_MIN - 1, &lint, size, &count,
                &(sla_error){.code = SLA_E_RANGE, .argument = 2, .value = SLA_TIME_MIN - 1,
                             .limit = SLA_TIME_MIN});
  check_refused(policy, SLA_TIME_MAX + 1, &lint, size, &count,
                &(sla_error){.code = SLA_E_RANGE, .argument = 2, .value = SLA_TIME_MAX + 1,
                             .limit = SLA_TIME_MAX});
  check_refused(policy, 0, &lint, size - 8, &count,
                &(sla_error){.code = SLA_E_ABI, .argument = 5, .value = (int64_t)size - 8,
                             .limit = (int64_t)size});
  assert_memory_equal(&lint, &untouched, sizeof lint);
  assert_int_equal(count, 77);
  sla_policy_unref(policy);
}

/* The first and the last instant there is, with every entry that reaches for the dates beyond. */
static void lints_at_the_ends_of_time(void **state) {
  static const char *const zones[] = {"UTC", "Pacific/Apia"};
  const sla_time ends[] = {SLA_TIME_MIN, SLA_TIME_MAX};
  const sla_entry entries[] = {special_yearly(0, 0, 12, 31), special_yearly(0, 0, 1, 1),
                               special_weekday(0, 0, 1, 1), special_weekday(0, 0, 12, -1)};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(entries) * 4; i++) {
    sla_policy *policy = with_entry(zones[i / 2 % 2], weekdays, entries[i / 4]);
    sla_lint found[MOST];
    size_t count = lints_at(policy, ends[i % 2], found);
    for (size_t l = 0; l < count; l++) {
      int32_t day;
      if (found[l].kind == SLA_LINT_PAST_SPECIAL)
        assert_ok(sla_date_to_days((sla_date)found[l].limit, &day));
    }
    if (i % 2 == 0) assert_int_equal(count, 0);
    sla_policy_unref(policy);
  }
}

int main(void) {
  static const table lints = {"lints.tsv", columns, one_policy};
  static const struct CMUnitTest others[] = {
      cmocka_unit_test(what_holds_for_no_priority_is_no_lint),
      cmocka_unit_test(a_metric_without_a_target_or_behind_a_gate),
      cmocka_unit_test(a_metric_has_the_lint_or_it_has_a_cycle),
      cmocka_unit_test(a_weekday_with_hours_now_or_later),
      cmocka_unit_test(special_hours_that_came_every_year),
      cmocka_unit_test(past_special_hours_as_dates_tell_them),
      cmocka_unit_test(each_calendar_is_reported_where_it_is_first_used),
      cmocka_unit_test(lints_come_by_metric_priority_and_kind),
      cmocka_unit_test(records_of_any_size_as_many_as_there_is_room_for),
      cmocka_unit_test(what_lints_refuse),
      cmocka_unit_test(lints_at_the_ends_of_time),
  };
  return table_run("lints", &lints, 1, others, COUNT_OF(others));
}
