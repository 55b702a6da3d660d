/* SPDX-License-Identifier: MIT */
/* What nobody should send: zones with jumps of days or changes every second, instants at both ends
 * of time, calendars made to cost time and memory, logs made to contradict themselves.  Everything
 * here is the same in every run. */
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
#define STEP 900 /* every edge below lies on a quarter of an hour */
#define SLOTS (12 * DAY / STEP)
#define SEED 20261122

static sla_zone *posix(const char *text) {
  sla_zone *zone = NULL;
  assert_ok(sla_zone_new_posix(text, strlen(text), NULL, &zone, NULL));
  return zone;
}

/* ---- strange zones, the ends of time, any window: quarter by quarter ---- */

/* Jumps of a day and more, rules that run into the next year, that cross, that hold in leap years
 * only, that hold for ever; offsets as large as they can be. */
static const char *const rules[CHANCE_ZONES] = {
    "AAA24BBB-24,J1/167,J180/-167", "AAA0BBB,59/0,J60/1", "AAA0BBB-24,59/0,J60/24",
    "AAA12BBB-12,M3.5.0/-167,M3.5.0/167", "AAA5BBB,M3.2.0,M11.1.0",
    "AAA-10:30BBB-11,M10.1.0,M4.1.0", "AAA24BBB-24,0/0,J365/167",
    "AAA0BBB-2,M12.5.0/167,M1.1.0/-100", "AAA0BBB0,0/0,J365/25", "IST-1GMT0,M10.5.0,M3.5.0/1",
    "AAA-24BBB24,J100,J102", "AAA3BBB,M2.5.0/0,M3.1.1/-24", "AAA0BBB-1,365/23,0/1", "AAA24:45"};

/* One calendar and what each quarter of twelve days is, by the oracle. */
typedef struct {
  chance luck;
  oracle_calendar plain;
  sla_calendar *calendar;
  sla_time from;
  int slots;
  bool open[SLOTS];
  int before[SLOTS + 1]; /* open quarters */
} stretch;

static int64_t drawn(stretch *s, int64_t lo, int64_t hi) {
  return random_between(&s->luck.state, lo, hi);
}

/* Around New Year and the end of February of years that differ, and both ends of time. */
static sla_time somewhere(stretch *s) {
  static const int years[] = {1,    4,    404,  1901, 1996, 2000, 2049, 2050, 2051, 2060,
                              2068, 2080, 2096, 2100, 2101, 2400, 9996, 9999};
  int32_t days = 0;
  int64_t which = drawn(s, 0, 9);
  if (which == 0) return SLA_TIME_MIN + drawn(s, 0, 8) * DAY;
  if (which == 1) return SLA_TIME_MAX + 1 - drawn(s, 1, 8) * DAY;
  sla_date date = years[drawn(s, 0, COUNT_OF(years) - 1)] * 10000 + (which < 6 ? 104 : 226);
  assert_ok(sla_date_to_days(date, &days));
  return (sla_time)(days + drawn(s, -3, 3)) * DAY;
}

static sla_time slot_start(const stretch *s, int slot) { return s->from + (sla_time)slot * STEP; }

static void look(stretch *s, sla_time near) {
  sla_time to = near + 6 * DAY;
  s->from = near - 6 * DAY;
  if (s->from < SLA_TIME_MIN) s->from = SLA_TIME_MIN;
  if (to > SLA_TIME_MAX + 1) to = SLA_TIME_MAX + 1;
  s->slots = (int)((to - s->from) / STEP);
  for (int i = 0; i < s->slots; i++) {
    s->open[i] = oracle_is_open(&s->plain, slot_start(s, i));
    s->before[i + 1] = s->before[i] + s->open[i];
  }
}

static void wrong(const stretch *s, const char *what, sla_time a, int64_t is, int64_t should) {
  char text[SUPPORT_TIME_TEXT];
  for (int i = 0; i < CHANCE_ZONES; i++)
    if (s->luck.zones[i] == s->plain.zone) print_error("zone %s\n", rules[i]);
  oracle_print_calendar(stderr, &s->plain);
  fail_msg("%s at %s (%" PRId64 "): %" PRId64 ", should be %" PRId64, what, time_text(a, text), a,
           is, should);
}

static void check_open(const stretch *s) {
  for (int i = 0; i < s->slots; i++) {
    sla_time first = slot_start(s, i), last = first + STEP - 1;
    if (is_open(s->calendar, first) != s->open[i])
      wrong(s, "is_open", first, !s->open[i], s->open[i]);
    if (is_open(s->calendar, last) != s->open[i])
      wrong(s, "is_open", last, !s->open[i], s->open[i]);
  }
}

static sla_seconds counted(const stretch *s, sla_time at) {
  int slot = (int)((at - s->from) / STEP);
  return (sla_seconds)s->before[slot] * STEP + (s->open[slot] ? at - slot_start(s, slot) : 0);
}

static void check_pair(const stretch *s, sla_time a, sla_time b) {
  sla_seconds should = counted(s, b) - counted(s, a), is = elapsed(s->calendar, a, b);
  if (is != should) wrong(s, "elapsed", a, is, should);
  if (is == 0) return;
  sla_time x = added(s->calendar, a, is);
  if (elapsed(s->calendar, a, x) != is || (is > 0 ? x > b : x < b)) wrong(s, "add", a, x, b);
  if (!is_open(s->calendar, is > 0 ? x - 1 : x)) wrong(s, "add, not the nearest", a, x, b);
}

/* Changes beyond the twelve days are only known to lie there. */
static void check_changes(const stretch *s, sla_time a) {
  int slot = (int)((a - s->from) / STEP), up = slot + 1, down = slot;
  sla_time next = change_after(s->calendar, a), previous = change_before(s->calendar, a);
  while (up < s->slots && s->open[up] == s->open[slot]) up++;
  while (down > 0 && s->open[down - 1] == s->open[slot]) down--;
  sla_time above = slot_start(s, up), below = slot_start(s, down);
  if (up < s->slots ? next != above : next != SLA_NONE && (next < above || next > SLA_TIME_MAX))
    wrong(s, "next_change", a, next, above);
  if (down > 0 ? previous != below
               : previous != SLA_NONE && (previous > below || previous < SLA_TIME_MIN))
    wrong(s, "previous_change", a, previous, below);
}

static void check_dates(const stretch *s) {
  sla_date first = utc_date(s->from), date = first;
  int64_t count = 0, found = 0;
  for (int i = 0; i < 12 && date < 99991231; i++, date = oracle_next_date(date)) {
    uint32_t working = 2;
    bool should = oracle_is_working_date(&s->plain, date);
    assert_ok(sla_calendar_is_working_date(s->calendar, date, &working));
    if (working != should) wrong(s, "is_working_date", date, working, should);
    count += should;
  }
  assert_ok(sla_calendar_working_dates(s->calendar, first, date, &found));
  if (found != count) wrong(s, "working_dates", first, found, count);
}

static void check_all(stretch *s) {
  sla_time last = slot_start(s, s->slots) - 1;
  check_open(s);
  check_dates(s);
  for (int i = 0; i < 40; i++) {
    sla_time a = drawn(s, s->from, last), b = drawn(s, s->from, last);
    check_pair(s, a, b);
    check_changes(s, a);
  }
  sla_seconds early = elapsed(s->calendar, SLA_TIME_MIN, s->from);
  sla_seconds late = elapsed(s->calendar, s->from, SLA_TIME_MAX);
  assert_true(early >= 0 && late >= 0);
  assert_number(elapsed(s->calendar, SLA_TIME_MIN, SLA_TIME_MAX), early + late);
}

static void one_calendar(stretch *s) {
  sla_time near = somewhere(s);
  int32_t first = (int32_t)drawn(s, 1, 9990), last = first + (int32_t)drawn(s, 0, 9);
  if (drawn(s, 0, 2) != 0) first = 2000, last = 2049;
  chance_calendar(&s->luck, &s->plain, near, STEP);
  s->calendar = chance_built(&s->plain, first, last);
  look(s, near);
  if (s->calendar != NULL) check_all(s);
  else assert_int_equal(s->before[s->slots], 0);
  sla_calendar_unref(s->calendar);
}

static void test_strange_zones(void **state) {
  (void)state;
  static stretch s;
  s.luck.state = SEED;
  for (int i = 0; i < CHANCE_ZONES; i++) s.luck.zones[i] = posix(rules[i]);
  for (long i = draws(200); i > 0; i--) one_calendar(&s);
  chance_end(&s.luck);
}

/* ---- what was wrong once ---- */

/* The table's first week of the year that stands for 2068 holds a holiday of the year before it. */
static void test_mirrored_new_year(void **state) {
  (void)state;
  sla_calendar_builder *builder = builder_of("UTC", "Mo-Th 09:00-17:00");
  assert_ok(sla_calendar_builder_add_holiday(builder, 20111229, 20111229, NULL, 0, NULL));
  sla_calendar *calendar = built(builder);
  assert_time(change_before(calendar, at("2068-01-01T12:00Z")), at("2067-12-29T17:00Z"));
  sla_calendar_unref(calendar);
}

static sla_calendar *daily(const char *rule, int32_t opens, int32_t closes) {
  sla_calendar_builder *builder = NULL;
  sla_zone *zone = posix(rule);
  assert_ok(sla_calendar_builder_new(NULL, &builder, NULL));
  assert_ok(sla_calendar_builder_set_zone(builder, zone, NULL));
  assert_ok(sla_calendar_builder_set_window(builder, 2001, 2002, NULL));
  assert_ok(sla_calendar_builder_add_hours(builder, SLA_EVERY_DAY, opens, closes, NULL));
  sla_zone_unref(zone);
  return built(builder);
}

/* Summer time on 29 February alone, seen from a window without a leap year. */
static void test_leap_day_summer(void **state) {
  (void)state;
  sla_calendar *calendar = daily("AAA0BBB,59/0,J60/1", 0, 12 * 3600);
  assert_number(elapsed(calendar, at("2040-02-28T12:00Z"), at("2040-02-29T12:00Z")), 11 * 3600);
  assert_time(added(calendar, at("2040-02-28T13:00Z"), 11 * 3600), at("2040-02-29T11:00Z"));
  sla_calendar_unref(calendar);
}

/* A zone that leaves out every 29 February. */
static void test_no_leap_day(void **state) {
  (void)state;
  uint32_t working = 2;
  sla_calendar *calendar = daily("AAA0BBB-24,59/0,J60/24", 22 * 3600, 6 * 3600);
  assert_ok(sla_calendar_is_working_date(calendar, 20040229, &working));
  assert_int_equal(working, 0);
  assert_ok(sla_calendar_is_working_date(calendar, 20040301, &working));
  assert_int_equal(working, 1);
  sla_calendar_unref(calendar);
}

/* Open in an hour that the clocks leave out is never open; in one they repeat, two hours a year. */
static void test_hours_of_the_change(void **state) {
  (void)state;
  sla_entry entry = {.kind = SLA_ENTRY_SPECIAL_HOURS, .recurrence = SLA_YEARLY_WEEKDAY,
                     .opens = 2 * 3600, .closes = 3 * 3600, .weekdays = SLA_SUNDAY, .month = 3,
                     .day = 2};
  sla_zone *zone = posix("EST5EDT,M3.2.0,M11.1.0");
  const oracle_calendar skipped = {.zone = zone, .entries = {entry}, .count = 1};
  assert_null(chance_built(&skipped, 2000, 2049));
  entry.opens = 3600, entry.closes = 7200, entry.month = 11, entry.day = 1;
  const oracle_calendar repeated = {.zone = zone, .entries = {entry}, .count = 1};
  sla_calendar *calendar = chance_built(&repeated, 2000, 2049);
  assert_number(elapsed(calendar, SLA_TIME_MIN, SLA_TIME_MAX), 9999 * 7200);
  assert_time(added(calendar, SLA_TIME_MIN, 9998 * 7200), at("9998-11-01T07:00Z"));
  assert_time(added(calendar, SLA_TIME_MIN, 9999 * 7200), at("9999-11-07T07:00Z"));
  sla_calendar_unref(calendar);
  sla_zone_unref(zone);
}

/* ---- calendars that cost ---- */

#define MOST_MEMORY (64 << 20)

typedef struct {
  size_t used, most;
} usage;

static void *measured(void *context, void *pointer, size_t old_size, size_t new_size) {
  usage *u = context;
  u->used += new_size - old_size;
  if (u->used > u->most) u->most = u->used;
  if (new_size > 0) return realloc(pointer, new_size);
  free(pointer);
  return NULL;
}

typedef void fill(sla_calendar_builder *builder);

/* Seconds [2i, 2i + 1) of every day, in an order that must be sorted. */
static void add_seconds(sla_calendar_builder *builder, int count) {
  for (int i = 0; i < count; i++) {
    int second = i * 7919 % count * 2;
    assert_ok(sla_calendar_builder_add_hours(builder, SLA_EVERY_DAY, second, second + 1, NULL));
  }
}

static void add_closure(sla_calendar_builder *builder, int day, int days, int second) {
  sla_date first = 0, last = 0;
  assert_ok(sla_date_from_days(11000 + day, &first));
  assert_ok(sla_date_from_days(11000 + day + days - 1, &last));
  assert_ok(sla_calendar_builder_add_closure(builder, first, last, second, second + 1, NULL, 0,
                                             NULL));
}

/* Dates that differ only in when they are shut besides. */
static void shut_twice(sla_calendar_builder *builder) {
  add_seconds(builder, 4000);
  for (int i = 0; i < 4000; i++) add_closure(builder, i, 1, 2 * i + 1);
}

/* Every week has a pattern of a hundred thousand stretches, of its own. */
static void weeks_of_their_own(sla_calendar_builder *builder) {
  add_seconds(builder, 16000);
  for (int i = 0; i < 384; i++) add_closure(builder, 7 * i, 1, 2 * i);
}

static void sorted_for_every_date(sla_calendar_builder *builder) {
  add_seconds(builder, 16300);
  for (int i = 0; i < 66; i++) add_closure(builder, 92 * i, 92, 2 * i);
}

/* Many intervals that merge into one. */
static void merged_for_every_date(sla_calendar_builder *builder) {
  for (int i = 0; i < 16300; i++) {
    int second = i * 7919 % 16300 * 2;
    assert_ok(sla_calendar_builder_add_hours(builder, SLA_EVERY_DAY, second, second + 2, NULL));
  }
  for (int i = 0; i < 66; i++) add_closure(builder, 92 * i, 92, 2 * i);
}

/* No two of sixty thousand dates are alike. */
static void all_different(sla_calendar_builder *builder) {
  for (int i = 0; i < 7; i++)
    assert_ok(sla_calendar_builder_add_hours(builder, 1u << i, i, 50000, NULL));
  for (int i = 0; i < 16000; i++) add_closure(builder, 4 * i, 8, 2 * i + 10);
}

static void in_force_in_turns(sla_calendar_builder *builder) {
  for (int i = 0; i < 600; i++) {
    sla_entry entry = {.kind = SLA_ENTRY_HOURS, .recurrence = SLA_WEEKLY, .opens = i,
                       .closes = 50000, .weekdays = SLA_EVERY_DAY};
    assert_ok(sla_date_from_days(10000 + i, &entry.first));
    assert_ok(sla_date_from_days(20000 + i, &entry.last));
    assert_ok(sla_calendar_builder_add_entry(builder, &entry, sizeof entry, NULL, 0, NULL));
  }
}

/* Built or refused for its size, within the memory allowed; all of that is given back. */
static void check_cost(fill *filled, const char *what) {
  usage used = {0, 0};
  const sla_allocator allocator = {measured, &used};
  sla_zone *zone = posix("EST5EDT,M3.2.0,M11.1.0");
  sla_calendar_builder *builder = NULL;
  sla_calendar *calendar = NULL;
  assert_ok(sla_calendar_builder_new(&allocator, &builder, NULL));
  assert_ok(sla_calendar_builder_set_zone(builder, zone, NULL));
  filled(builder);
  int32_t code = sla_calendar_builder_build(builder, &calendar, NULL);
  print_message("%s: %s, %zu KB\n", what, sla_code_name(code), used.most / 1024);
  if (code != SLA_E_LIMIT) assert_ok(code);
  assert_int_equal(code == SLA_OK, calendar != NULL);
  assert_true(used.most <= MOST_MEMORY);
  sla_calendar_unref(calendar);
  sla_calendar_builder_free(builder);
  sla_zone_unref(zone);
  assert_int_equal(used.used, 0);
}

static void test_costly_calendars(void **state) {
  (void)state;
  check_cost(shut_twice, "dates that differ in what is shut");
  check_cost(weeks_of_their_own, "weeks of their own");
  check_cost(sorted_for_every_date, "sorted for every date");
  check_cost(merged_for_every_date, "merged for every date");
  check_cost(all_different, "dates all different");
  check_cost(in_force_in_turns, "hours in force in turns");
}

/* ---- results that must not contradict each other ---- */

#define MOST_EVENTS 16

typedef struct {
  uint64_t state;
  sla_policy *policy;
  sla_event events[MOST_EVENTS];
  size_t count;
  bool by_hand; /* a due instant is set */
} ticket;

static int64_t pick(ticket *t, int64_t lo, int64_t hi) {
  return random_between(&t->state, lo, hi);
}

static void add_target(ticket *t, sla_policy_builder *builder, uint32_t metric, uint32_t priority) {
  uint32_t unit = (uint32_t)pick(t, SLA_UNIT_SECONDS, SLA_UNIT_END_OF_WORKING_DAY);
  uint32_t clock = unit >= SLA_UNIT_WORKING_DAYS ? SLA_BUSINESS_HOURS : (uint32_t)pick(t, 1, 2);
  int64_t amount = unit == SLA_UNIT_SECONDS ? pick(t, 0, 2) * pick(t, 0, 50000) : pick(t, 1, 4);
  assert_ok(sla_policy_builder_set_target(builder, metric, priority, amount, unit, clock, NULL));
  if (pick(t, 0, 1) == 0)
    assert_ok(sla_policy_builder_set_due_soon(builder, metric, priority, pick(t, 0, 40000), NULL));
  else
    assert_ok(sla_policy_builder_set_due_soon_percent(builder, metric, priority,
                                                      (uint32_t)pick(t, 1, 100), NULL));
}

static void new_policy(ticket *t, const sla_calendar *calendar) {
  sla_policy_builder *builder = policy_builder_of(calendar);
  for (uint32_t metric = 1; metric <= 3; metric++) {
    add_target(t, builder, metric, pick(t, 0, 3) == 0 ? SLA_PRIORITY_LOW : SLA_PRIORITY_ANY);
    if (pick(t, 0, 1) == 0) add_target(t, builder, metric, SLA_PRIORITY_HIGH);
    for (uint32_t status = 1; status <= 6; status++)
      if (pick(t, 0, 3) == 0)
        assert_ok(sla_policy_builder_set_pause(builder, metric, status, (uint32_t)pick(t, 0, 1),
                                               NULL));
  }
  t->policy = policy_built(builder);
}

static sla_time no_later_than_time(sla_time at) { return at > SLA_TIME_MAX ? SLA_TIME_MAX : at; }

static sla_event new_event(ticket *t, sla_time after) {
  static const uint32_t kinds[] = {6, 6, 6, 6, 6, 2, 2, 3, 3, 4, 7, 11, 12, 13};
  sla_event event = {after, 0, kinds[pick(t, 0, COUNT_OF(kinds) - 1)], 0};
  if (pick(t, 0, 3) != 0) event.at = no_later_than_time(after + pick(t, 0, 90000));
  if (event.kind == SLA_EVENT_STATUS) event.value = pick(t, 1, 6);
  if (event.kind == SLA_EVENT_PRIORITY) event.value = pick(t, 0, 4);
  if (event.kind == SLA_EVENT_RESET) event.flags = (uint32_t)pick(t, 0, 3);
  if (event.kind == SLA_EVENT_DUE_SET) {
    event.flags = (uint32_t)pick(t, 1, 3);
    event.value = pick(t, 0, 3) == 0 ? SLA_TIME_MAX : no_later_than_time(event.at + 90000);
    t->by_hand = true;
  }
  return event;
}

static sla_time new_log(ticket *t) {
  sla_time at_first = pick(t, 0, 4) == 0 ? SLA_TIME_MAX - pick(t, 0, 8 * DAY)
                                         : at("2024-03-01T00:00Z") + pick(t, 0, 300 * DAY);
  size_t count = (size_t)pick(t, 1, MOST_EVENTS);
  t->by_hand = false;
  t->events[0] = (sla_event){at_first, pick(t, 1, 3), SLA_EVENT_CREATED, 0};
  for (t->count = 1; t->count < count; t->count++)
    t->events[t->count] = new_event(t, t->events[t->count - 1].at);
  return no_later_than_time(t->events[count - 1].at + pick(t, 0, 100000));
}

static sla_result result_at(const ticket *t, uint32_t metric, sla_time now) {
  return evaluated_at(t->policy, metric, t->events, t->count, now);
}

/* The status changes at next_change_at, not before; without one it never does. */
static void check_next_change(ticket *t, const sla_result *r, sla_time now) {
  sla_time next = r->next_change_at;
  if (next == SLA_NONE) {
    assert_int_equal(result_at(t, r->metric, SLA_TIME_MAX).status, r->status);
    assert_int_equal(result_at(t, r->metric, no_later_than_time(now + pick(t, 1, 9 * DAY))).status,
                     r->status);
    return;
  }
  assert_true(next > now && next <= SLA_TIME_MAX);
  assert_int_equal(result_at(t, r->metric, next - 1).status, r->status);
  assert_int_not_equal(result_at(t, r->metric, next).status, r->status);
}

/* Asking later tells nothing else about what was known. */
static void check_later(ticket *t, const sla_result *r, sla_time now) {
  sla_time then = no_later_than_time(now + pick(t, 1, 4 * DAY));
  sla_result later = result_at(t, r->metric, then);
  if (r->due_at != SLA_NONE) assert_time(later.due_at, r->due_at);
  if (r->due_soon_at != SLA_NONE) assert_time(later.due_soon_at, r->due_soon_at);
  if (r->breached_at != SLA_NONE) assert_time(later.breached_at, r->breached_at);
  assert_int_equal(later.phase, r->phase);
  assert_int_equal(later.cycle, r->cycle);
  assert_number(later.target, r->target);
  assert_true(later.elapsed >= r->elapsed && later.wall_paused >= r->wall_paused);
  if (r->phase == SLA_PAUSED) assert_number(later.elapsed, r->elapsed);
}

static void check_fields(const ticket *t, const sla_result *r, sla_time now) {
  bool overdue = r->status == SLA_OVERDUE;
  sla_time until = r->stopped_at == SLA_NONE ? now : r->stopped_at;
  assert_int_equal(r->breached_at != SLA_NONE, overdue);
  if (overdue) assert_time(r->breached_at, r->due_at);
  assert_int_equal(r->late_by > 0, overdue);
  if (r->phase == SLA_INACTIVE) return;
  assert_true(r->elapsed >= 0 && r->elapsed <= r->wall_elapsed);
  assert_true(r->wall_elapsed + r->wall_paused <= until - r->started_at);
  if (!t->by_hand && r->target != SLA_NONE) assert_number(r->remaining, r->target - r->elapsed);
  if (!t->by_hand && r->due_soon_at != SLA_NONE) assert_true(r->due_soon_at <= r->due_at);
  if (r->due_soon_at != SLA_NONE) assert_true(r->due_soon_at >= r->started_at);
  assert_int_equal(r->status == SLA_STATUS_NONE,
                   r->target == SLA_NONE && !(r->flags & SLA_UNREACHABLE));
  assert_true(r->met + r->missed <= r->cycle);
}

/* Solved at once, a clock that runs stops with what it showed. */
static void check_stopped(const ticket *given, const sla_result *r, sla_time now) {
  ticket t = *given;
  if (r->phase != SLA_RUNNING || t.count == MOST_EVENTS || r->due_at == SLA_NONE) return;
  t.events[t.count++] = (sla_event){now, SLA_TICKET_SOLVED, SLA_EVENT_STATUS, 0};
  sla_result stopped = result_at(&t, r->metric, now);
  if (stopped.phase != SLA_FULFILLED) return; /* it was done already, and this says nothing new */
  assert_time(stopped.due_at, r->due_at);
  assert_number(stopped.elapsed, r->elapsed);
  assert_int_equal(stopped.status == SLA_OVERDUE, r->status == SLA_OVERDUE);
}

static void check_ticket(ticket *t) {
  sla_time now = new_log(t);
  for (uint32_t metric = 1; metric <= 3; metric++) {
    sla_result r = result_at(t, metric, now);
    check_fields(t, &r, now);
    check_next_change(t, &r, now);
    check_later(t, &r, now);
    check_stopped(t, &r, now);
  }
}

static void test_results_agree(void **state) {
  (void)state;
  sla_calendar *calendars[] = {calendar_of("America/New_York", "Mo-Fr 09:00-17:00"),
                               calendar_of("Europe/Paris", "22:00-06:00"),
                               daily(rules[0], 10 * 3600, 2 * 3600), daily("AAA0", 0, DAY)};
  ticket t = {.state = SEED};
  for (long i = draws(400); i > 0; i--) {
    new_policy(&t, calendars[i % 4]);
    for (int k = 0; k < 20; k++) check_ticket(&t);
    sla_policy_unref(t.policy);
  }
  for (size_t i = 0; i < COUNT_OF(calendars); i++) sla_calendar_unref(calendars[i]);
}

/* ---- long logs, wide records ---- */

#define LONG_LOG 100000

/* Each reset begins a cycle under the priority that holds when it ends. */
static void test_long_log(void **state) {
  (void)state;
  sla_calendar *calendar = calendar_of("America/New_York", "Mo-Fr 09:00-17:00");
  sla_policy *policy = policy_of(calendar, SLA_RESOLUTION, 2, SLA_UNIT_WORKING_DAYS);
  sla_event *events = calloc(LONG_LOG, sizeof *events);
  assert_non_null(events);
  events[0] = (sla_event){0, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0};
  for (int i = 1; i < LONG_LOG; i++)
    events[i] = i % 2 == 0 ? (sla_event){i * 60, 0, SLA_EVENT_RESET, SLA_RESOLUTION}
                           : (sla_event){i * 60, i % 32, SLA_EVENT_PRIORITY, 0};
  sla_result result = evaluated_at(policy, SLA_RESOLUTION, events, LONG_LOG, LONG_LOG * 60);
  assert_int_equal(result.cycle, LONG_LOG / 2);
  assert_int_equal(result.met + result.missed, 0);
  assert_int_equal(result.priority, (LONG_LOG - 1) % 32);
  assert_time(result.started_at, (LONG_LOG - 2) * 60);
  free(events);
  sla_policy_unref(policy);
  sla_calendar_unref(calendar);
}

#define WIDE 4096 /* the most a record may be */

/* A ticket with a log, and one without, whose result is left as it was.  What lies past the known
 * bytes is zero. */
static void test_wide_records(void **state) {
  (void)state;
  sla_calendar *always = calendar_of("UTC", "24/7");
  sla_policy *policy = policy_of(always, SLA_RESOLUTION, 3600, SLA_UNIT_SECONDS);
  const sla_policy *const policies[] = {policy};
  const uint64_t offsets[] = {0, 2, 2}, shared[] = {1, 1};
  const uint32_t metrics[] = {SLA_RESOLUTION};
  char *events = calloc(2, WIDE), *results = malloc(2 * WIDE);
  int32_t codes[2];
  uint64_t failed = 9;
  assert_true(events != NULL && results != NULL);
  const sla_event log[] = {{0, 1, SLA_EVENT_CREATED, 0}, {60, 5, SLA_EVENT_STATUS, 0}};
  for (int i = 0; i < 2; i++) memcpy(events + i * WIDE, &log[i], sizeof log[i]);
  memset(results, 0x55, 2 * WIDE);
  sla_batch batch = {.policies = policies, .metrics = metrics, .events = (sla_event *)events,
                     .offsets = offsets, .results = (sla_result *)results, .codes = codes,
                     .now = 100, .policy_count = 1, .metric_count = 1, .ticket_count = 2,
                     .event_size = WIDE, .result_size = WIDE};
  assert_ok(sla_evaluate_batch(&batch, sizeof batch, &failed, NULL));
  assert_int_equal(failed, 1);
  assert_code(codes[0], SLA_OK);
  assert_code(codes[1], SLA_E_CREATION);
  const sla_result alone = evaluated_at(policy, SLA_RESOLUTION, log, 2, 100);
  assert_memory_equal(results, &alone, sizeof alone);
  for (size_t i = sizeof alone; i < WIDE; i++) assert_int_equal(results[i], 0);
  for (size_t i = WIDE; i < 2 * WIDE; i++) assert_int_equal(results[i], 0x55);
  batch.offsets = shared, batch.ticket_count = 1; /* an empty log after others */
  assert_ok(sla_evaluate_batch(&batch, sizeof batch, &failed, NULL));
  assert_code(codes[0], SLA_E_CREATION);
  batch.event_size = WIDE + 8;
  assert_code(sla_evaluate_batch(&batch, sizeof batch, &failed, NULL), SLA_E_ABI);
  free(events);
  free(results);
  sla_policy_unref(policy);
  sla_calendar_unref(always);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_strange_zones),   cmocka_unit_test(test_mirrored_new_year),
      cmocka_unit_test(test_leap_day_summer), cmocka_unit_test(test_no_leap_day),
      cmocka_unit_test(test_hours_of_the_change), cmocka_unit_test(test_costly_calendars),
      cmocka_unit_test(test_results_agree),   cmocka_unit_test(test_long_log),
      cmocka_unit_test(test_wide_records)};
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
