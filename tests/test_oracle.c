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

#include "chance.h"

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

#define AHEAD (14 * DAY) /* how far the oracle looks */

typedef struct {
  oracle_calendar plain[2];
  sla_calendar *calendars[2];
  sla_time begin, horizon;
  oracle_policy rules;
  bool decided[4][32]; /* whether a status pauses a metric */
  sla_policy *policy;
  sla_event events[40];
  size_t count;
} desk;

static const uint32_t own_statuses[] = {16, 17, 31};

static void open_calendars(desk *d) {
  d->begin = drawn(year_start(1995), year_start(2060));
  for (int i = 0; i < 2;) {
    chance_calendar(&luck, &d->plain[i], d->begin + 3 * DAY, 1);
    if (i == 0 && one_in(2))
      d->begin = chance_clock_change(d->plain[0].zone, d->begin) - drawn(0, 3 * DAY);
    d->calendars[i] = chance_built(&d->plain[i], 2000, 2049);
    if (d->calendars[i] == NULL) continue;
    oracle_tabulate(&d->plain[i], d->begin - 2 * DAY, d->begin + AHEAD + 2 * DAY);
    i++;
  }
  d->horizon = d->begin + AHEAD;
}

static void close_calendars(desk *d) {
  for (int i = 0; i < 2; i++) {
    sla_calendar_unref(d->calendars[i]);
    oracle_forget(&d->plain[i]);
  }
}

static oracle_target random_target(const desk *d) {
  static const int64_t most[] = {0, 50000, 1, 3, 2}, least[] = {0, 0, 0, 1, 0};
  oracle_target t = {.set = true, .unit = SLA_UNIT_SECONDS, .clock = SLA_BUSINESS_HOURS};
  if (one_in(3)) t.unit = (uint32_t)drawn(SLA_UNIT_COUNTED_DAYS, SLA_UNIT_END_OF_WORKING_DAY);
  if (t.unit <= SLA_UNIT_COUNTED_DAYS && one_in(4)) t.clock = SLA_AROUND_THE_CLOCK;
  t.amount = drawn(least[t.unit], most[t.unit]);
  if (t.unit == SLA_UNIT_SECONDS && one_in(2)) t.amount = drawn(0, 16) * 1800;
  if (t.clock == SLA_BUSINESS_HOURS && one_in(3)) t.calendar = &d->plain[1];
  return t;
}

static void tell_target(const desk *d, sla_policy_builder *builder, uint32_t metric,
                        uint32_t priority, const oracle_target *t) {
  assert_ok(sla_policy_builder_set_target(builder, metric, priority, t->amount, t->unit, t->clock,
                                          NULL));
  if (t->calendar != NULL)
    assert_ok(sla_policy_builder_set_target_calendar(builder, metric, priority, d->calendars[1],
                                                     NULL));
}

static void random_rule(desk *d, sla_policy_builder *builder, uint32_t metric, uint32_t place,
                        uint32_t priority) {
  oracle_rule *rule = &d->rules.rules[metric][place];
  if (one_in(2)) {
    rule->lead = one_in(6) ? 0 : drawn(0, 20000);
    assert_ok(sla_policy_builder_set_due_soon(builder, metric, priority, rule->lead, NULL));
  } else {
    rule->percent = (uint32_t)(one_in(6) ? 100 : drawn(1, 100));
    assert_ok(
        sla_policy_builder_set_due_soon_percent(builder, metric, priority, rule->percent, NULL));
  }
}

static void random_metric(desk *d, sla_policy_builder *builder, uint32_t metric) {
  for (uint32_t place = 0; place <= ORACLE_ANY; place += place < 3 ? 1 : ORACLE_ANY - 3) {
    uint32_t priority = place == ORACLE_ANY ? SLA_PRIORITY_ANY : place;
    oracle_target *t = &d->rules.targets[metric][place];
    if (one_in(2)) {
      *t = random_target(d);
      tell_target(d, builder, metric, priority, t);
    }
    if (one_in(2)) random_rule(d, builder, metric, place, priority);
  }
}

static void random_pause(desk *d, sla_policy_builder *builder) {
  uint32_t metric = (uint32_t)drawn(SLA_FIRST_RESPONSE, SLA_RESOLUTION), pauses = one_in(2);
  uint32_t status = one_in(3) ? own_statuses[drawn(0, 2)] : (uint32_t)drawn(1, 6);
  assert_ok(sla_policy_builder_set_pause(builder, metric, status, pauses, NULL));
  d->rules.pauses[metric][status] = pauses != 0;
  d->decided[metric][status] = true;
}

/* A host's status does as the one it behaves as, unless it was decided on. */
static void random_statuses(desk *d, sla_policy_builder *builder) {
  for (size_t i = 0; i < COUNT_OF(own_statuses); i++) {
    uint32_t status = own_statuses[i], like = (uint32_t)drawn(1, 6);
    assert_ok(sla_policy_builder_set_status(builder, status, like, NULL));
    d->rules.behaves_as[status] = like;
    for (int metric = 1; metric <= 3; metric++)
      if (!d->decided[metric][status])
        d->rules.pauses[metric][status] = d->rules.pauses[metric][like];
  }
}

static void random_policy(desk *d) {
  sla_policy_builder *builder = policy_builder_of(d->calendars[0]);
  oracle_policy_init(&d->rules);
  d->rules.calendar = &d->plain[0];
  memset(d->decided, 0, sizeof d->decided);
  for (uint32_t metric = SLA_FIRST_RESPONSE; metric <= SLA_RESOLUTION; metric++)
    random_metric(d, builder, metric);
  for (int64_t i = drawn(0, 3); i > 0; i--) random_pause(d, builder);
  random_statuses(d, builder);
  if (!d->rules.targets[SLA_RESOLUTION][0].set) {
    d->rules.targets[SLA_RESOLUTION][0] = random_target(d);
    tell_target(d, builder, SLA_RESOLUTION, 0, &d->rules.targets[SLA_RESOLUTION][0]);
  }
  d->policy = policy_built(builder);
}

/* ---- logs ---- */

static sla_time later(const desk *d, sla_time t) {
  sla_time change;
  sla_result r;
  switch (drawn(0, 5)) {
    case 0: return t;
    case 1: return t + drawn(1, 300);
    case 2:
      change = change_after(d->calendars[drawn(0, 1)], t);
      return change != SLA_NONE && change < t + DAY ? change : t + drawn(0, DAY);
    case 3: /* where the library says that something happens: nothing is taken from it but that */
      r = evaluated_at(d->policy, (uint32_t)drawn(1, 3), d->events, d->count, t);
      if (r.due_at != SLA_NONE && r.due_at > t && r.due_at < t + 2 * DAY) return r.due_at;
      if (r.next_change_at != SLA_NONE && r.next_change_at < t + 2 * DAY) return r.next_change_at;
      return t + drawn(0, 7200);
    default: return t + drawn(0, 40000);
  }
}

static sla_event random_event(sla_time t) {
  static const uint32_t kinds[] = {
      SLA_EVENT_STATUS,         SLA_EVENT_STATUS,      SLA_EVENT_STATUS,
      SLA_EVENT_STATUS,         SLA_EVENT_STATUS,      SLA_EVENT_CUSTOMER_MESSAGE,
      SLA_EVENT_CUSTOMER_MESSAGE, SLA_EVENT_AGENT_REPLY, SLA_EVENT_AGENT_REPLY,
      SLA_EVENT_PRIORITY,       SLA_EVENT_PRIORITY,    SLA_EVENT_AGENT_NOTE,
      SLA_EVENT_AUTOMATIC_REPLY, SLA_EVENT_DUE_SET,    SLA_EVENT_RESET,
      SLA_EVENT_NO_REPLY_NEEDED};
  sla_event e = {t, 0, kinds[drawn(0, (int64_t)COUNT_OF(kinds) - 1)], 0};
  if (one_in(60)) e.kind = SLA_EVENT_CANCELLED;
  if (e.kind == SLA_EVENT_STATUS)
    e.value = one_in(5) ? own_statuses[drawn(0, 2)] : drawn(SLA_TICKET_NEW, SLA_TICKET_CLOSED);
  if (e.kind == SLA_EVENT_PRIORITY) e.value = drawn(0, 4);
  if (e.kind == SLA_EVENT_RESET) e.flags = (uint32_t)drawn(0, 3);
  if (e.kind == SLA_EVENT_DUE_SET) {
    e.flags = (uint32_t)drawn(1, 3);
    e.value = one_in(4) ? SLA_NONE : t + drawn(one_in(3) ? -DAY : 0, DAY);
  }
  return e;
}

static void random_log(desk *d) {
  size_t length = (size_t)drawn(0, 12);
  sla_time t = d->begin + drawn(0, 2 * DAY);
  d->events[0] = (sla_event){t, drawn(1, 3), SLA_EVENT_CREATED, 0};
  for (d->count = 1; d->count <= length; d->count++) {
    t = later(d, t);
    if (d->count < 4 && one_in(3)) t = d->events[0].at;
    if (t < d->events[d->count - 1].at) t = d->events[d->count - 1].at;
    d->events[d->count] = random_event(t);
  }
}

/* ---- comparing ---- */

static void print_policy(const desk *d) {
  for (int metric = 1; metric <= 3; metric++)
    for (int place = 0; place <= ORACLE_ANY; place++) {
      const oracle_target *t = &d->rules.targets[metric][place];
      const oracle_rule *r = &d->rules.rules[metric][place];
      if (t->set)
        print_error("target of metric %d, priority %d: %" PRId64 " unit %u clock %u calendar %d\n",
                    metric, place, t->amount, t->unit, t->clock, t->calendar != NULL);
      if (r->lead != SLA_NONE || r->percent != 0)
        print_error("due soon of metric %d, priority %d: lead %" PRId64 " percent %u\n", metric,
                    place, r->lead, r->percent);
    }
  for (int metric = 1; metric <= 3; metric++)
    for (int status = 0; status < 32; status++)
      if (d->rules.pauses[metric][status])
        print_error("metric %d is paused by status %d\n", metric, status);
  for (int status = 16; status < 32; status++)
    if (d->rules.behaves_as[status] != 0)
      print_error("status %d behaves as %u\n", status, d->rules.behaves_as[status]);
}

static void disagree(const desk *d, sla_time now, const sla_result *got, const sla_result *want) {
  char text[SUPPORT_TIME_TEXT];
  for (int i = 0; i < 2; i++) {
    print_error("calendar %d:\n", i);
    print_world(&d->plain[i]);
  }
  print_policy(d);
  oracle_print_events(stderr, d->events, d->count);
  print_error("now %" PRId64 " %s; the library says\n", now, time_text(now, text));
  oracle_print_result(stderr, got);
  print_error("the oracle says\n");
  oracle_print_result(stderr, want);
  fail_msg("metric %u differs", got->metric);
}

static bool same(const desk *d, uint32_t metric, sla_time now) {
  sla_result want, got = evaluated_at(d->policy, metric, d->events, d->count, now);
  if (!oracle_evaluate(&d->rules, metric, d->events, d->count, now, d->horizon, &want))
    return false;
  if (memcmp(&got, &want, sizeof got) != 0) disagree(d, now, &got, &want);
  return true;
}

static sla_time random_now(const desk *d) {
  sla_time first = d->events[0].at, last = d->events[d->count - 1].at;
  sla_result r = evaluated_at(d->policy, (uint32_t)drawn(1, 3), d->events, d->count, last);
  switch (drawn(0, 5)) {
    case 0: return first + drawn(-10, last - first + 10);
    case 1: return d->events[drawn(0, (int64_t)d->count - 1)].at;
    case 2: return r.due_at != SLA_NONE && r.due_at >= last ? r.due_at + drawn(0, 1) : last;
    case 3: return r.next_change_at != SLA_NONE ? r.next_change_at - drawn(0, 1) : last;
    default: return last + drawn(0, DAY);
  }
}

static void results_of_random_logs(void **state) {
  long desks = draws(20), compared = 0, beyond = 0;
  (void)state;
  for (long i = 0; i < desks; i++) {
    desk d;
    open_calendars(&d);
    for (int policies = 0; policies < 8; policies++) {
      random_policy(&d);
      for (int logs = 0; logs < 10; logs++) {
        random_log(&d);
        sla_time now = random_now(&d);
        for (uint32_t metric = SLA_FIRST_RESPONSE; metric <= SLA_RESOLUTION; metric++)
          *(now < d.horizon && same(&d, metric, now) ? &compared : &beyond) += 1;
      }
      sla_policy_unref(d.policy);
    }
    close_calendars(&d);
  }
  print_message("%ld results compared, %ld beyond what the oracle walks\n", compared, beyond);
  assert_true(compared > beyond);
}

/* The status stays until next_change_at and is another one then. */
static void expect_change(const desk *d, uint32_t metric, sla_time now) {
  size_t count = d->count;
  while (count > 1 && d->events[count - 1].at > now) count--;
  sla_result r = evaluated_at(d->policy, metric, d->events, count, now);
  if (r.next_change_at == SLA_NONE) {
    sla_result much_later = evaluated_at(d->policy, metric, d->events, count, now + 400 * DAY);
    if (much_later.status != r.status) disagree(d, now, &r, &much_later);
    return;
  }
  sla_result before = evaluated_at(d->policy, metric, d->events, count, r.next_change_at - 1);
  sla_result after = evaluated_at(d->policy, metric, d->events, count, r.next_change_at);
  if (r.next_change_at <= now || before.status != r.status || after.status == r.status)
    disagree(d, now, &before, &after);
}

static void the_next_change_is_one(void **state) {
  long desks = draws(100);
  (void)state;
  for (long i = 0; i < desks; i++) {
    desk d;
    d.begin = drawn(year_start(1995), year_start(2060));
    for (int k = 0; k < 2;) {
      chance_calendar(&luck, &d.plain[k], d.begin + 3 * DAY, 1);
      if ((d.calendars[k] = chance_built(&d.plain[k], 2000, 2049)) != NULL) k++;
    }
    for (int policies = 0; policies < 10; policies++) {
      random_policy(&d);
      for (int logs = 0; logs < 20; logs++) {
        random_log(&d);
        sla_time now = random_now(&d);
        for (uint32_t metric = SLA_FIRST_RESPONSE; metric <= SLA_RESOLUTION; metric++)
          if (now >= d.events[0].at) expect_change(&d, metric, now);
      }
      sla_policy_unref(d.policy);
    }
    for (int k = 0; k < 2; k++) sla_calendar_unref(d.calendars[k]);
  }
  print_message("%ld logs\n", desks * 200);
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
