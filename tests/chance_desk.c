/* SPDX-License-Identifier: MIT */
#include "chance_desk.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DAY 86400
#define HOUR 3600

static int64_t drawn(const desk *d, int64_t lo, int64_t hi) {
  return random_between(&d->luck->state, lo, hi);
}

static bool one_in(const desk *d, int n) { return drawn(d, 1, n) == 1; }

#define ONE_OF(d, array) ((array)[drawn((d), 0, (int64_t)COUNT_OF(array) - 1)])

/* ---- calendars ---- */

static sla_time some_day(const desk *d) {
  return drawn(d, at("1995-01-01T00:00Z"), at("2060-01-01T00:00Z"));
}

static void begin(desk *d, chance *luck) {
  d->luck = luck;
  d->policy_count = d->count = 0;
  d->begin = some_day(d);
}

void desk_open(desk *d, chance *luck) {
  begin(d, luck);
  d->pace = 40000;
  d->dates = true;
  for (int i = 0; i < DESK_CALENDARS;) {
    chance_calendar(luck, &d->plain[i], d->begin + 3 * DAY, 1);
    if (i == 0 && one_in(d, 2))
      d->begin = chance_clock_change(d->plain[0].zone, d->begin) - drawn(d, 0, 3 * DAY);
    d->calendars[i] = chance_built(&d->plain[i], 2000, 2049);
    if (d->calendars[i] != NULL) i++;
  }
  d->horizon = d->begin + 14 * DAY;
  for (int i = 0; i < DESK_CALENDARS; i++)
    oracle_tabulate(&d->plain[i], d->begin - 2 * DAY, d->horizon + 2 * DAY);
}

static sla_civil wall(const sla_zone *zone, sla_time t) {
  sla_civil civil;
  assert_ok(sla_zone_civil_at(zone, t, &civil, sizeof civil));
  return civil;
}

/* Hours that open and close again and again, each a few minutes apart, while these hours last. */
static void dense_calendar(desk *d, oracle_calendar *plain, const sla_zone *zone) {
  static const sla_entry hours = {.kind = SLA_ENTRY_HOURS, .recurrence = SLA_WEEKLY};
  const int64_t apart = one_in(d, 2) ? 300 : 1200;
  sla_time t = d->begin - drawn(d, 0, 1200);
  *plain = (oracle_calendar){.zone = zone};
  while (t < d->horizon + HOUR && plain->count < ORACLE_ENTRIES - 1) {
    sla_entry *e = &plain->entries[plain->count];
    sla_civil c = wall(zone, t), end = wall(zone, t += drawn(d, 1, apart));
    t += drawn(d, 1, apart);
    if (c.second == end.second) continue; /* as where the clock goes back */
    *e = hours;
    e->opens = c.second;
    e->closes = end.second;
    e->weekdays = one_in(d, 8) ? SLA_EVERY_DAY : 1u << (oracle_weekday(c.date) - 1);
    plain->count++;
  }
}

void desk_open_dense(desk *d, chance *luck) {
  const sla_zone *zone = luck->zones[drawn((begin(d, luck), d), 0, CHANCE_ZONES - 1)];
  if (one_in(d, 2)) zone = luck->zones[0];
  if (one_in(d, 4)) d->begin = chance_clock_change(zone, d->begin) - drawn(d, 0, 2 * HOUR);
  else if (one_in(d, 2)) d->begin += DAY - wall(zone, d->begin).second - drawn(d, 0, 2 * HOUR);
  d->horizon = d->begin + 5 * HOUR;
  d->pace = one_in(d, 4) ? 60 : 500;
  d->dates = one_in(d, 4);
  for (int i = 0; i < DESK_CALENDARS; i++) {
    dense_calendar(d, &d->plain[i], zone);
    d->calendars[i] = chance_built(&d->plain[i], 2000, 2049);
    assert_non_null(d->calendars[i]);
    oracle_tabulate(&d->plain[i], d->begin - 2 * HOUR, d->horizon + 2 * HOUR);
  }
}

void desk_close(desk *d) {
  for (int i = 0; i < DESK_CALENDARS; i++) {
    sla_calendar_unref(d->calendars[i]);
    oracle_forget(&d->plain[i]);
  }
}

/* ---- rules ---- */

static const uint32_t own_statuses[] = {16, 17, 31};
static const uint32_t own_metrics[] = {32, 40, 63};
static const uint32_t own_kinds[] = {32, 33, 63};
static const uint32_t conditions[] = {0, 1, 63};

static uint32_t some_status(const desk *d) {
  return one_in(d, 5) ? ONE_OF(d, own_statuses) : (uint32_t)drawn(d, 1, 6);
}

static uint32_t some_statuses(const desk *d) {
  uint32_t mask = 0;
  for (int64_t i = drawn(d, 1, 3); i > 0; i--) mask |= 1u << some_status(d);
  return mask;
}

static uint64_t some_conditions(const desk *d) { return UINT64_C(1) << ONE_OF(d, conditions); }

static uint64_t some_kinds(const desk *d) {
  static const uint32_t kinds[] = {
      SLA_EVENT_CREATED,          SLA_EVENT_CREATED,           SLA_EVENT_CUSTOMER_MESSAGE,
      SLA_EVENT_CUSTOMER_MESSAGE, SLA_EVENT_AGENT_REPLY,       SLA_EVENT_AGENT_REPLY,
      SLA_EVENT_AGENT_NOTE,       SLA_EVENT_AUTOMATIC_REPLY,   SLA_EVENT_STATUS,
      SLA_EVENT_PRIORITY,         SLA_EVENT_GROUP,             SLA_EVENT_CONDITION_SET,
      SLA_EVENT_CONDITION_CLEARED, SLA_EVENT_NO_REPLY_NEEDED,  SLA_EVENT_POLICY,
      32,                         33,                          63};
  uint64_t mask = 0;
  for (int64_t i = drawn(d, 1, 3); i > 0; i--) mask |= UINT64_C(1) << ONE_OF(d, kinds);
  return mask;
}

static void draw_trigger(const desk *d, sla_trigger *t) {
  if (one_in(d, 2)) t->events = some_kinds(d);
  if (one_in(d, 4)) t->conditions_set = some_conditions(d);
  if (one_in(d, 4)) t->conditions_cleared = some_conditions(d);
  if (one_in(d, 3)) t->statuses = some_statuses(d);
}

static const uint32_t greatest[] = {
    [SLA_OPTION_ANCHOR] = SLA_ANCHOR_POLICY,
    [SLA_OPTION_GATE] = SLA_GATE_FIRST_REPLY,
    [SLA_OPTION_AT_DUE] = SLA_AT_DUE_OVERDUE,
    [SLA_OPTION_LANDING] = SLA_LANDING_NEXT_OPENING,
    [SLA_OPTION_ZERO_TARGET] = SLA_LANDING_NEXT_OPENING,
    [SLA_OPTION_CREATED_BY_OTHER] = SLA_CREATED_REPLIES,
    [SLA_OPTION_SOLVED] = SLA_SOLVED_KEEPS_RUNNING,
    [SLA_OPTION_REOPENED] = SLA_REOPENED_NEW_CYCLE,
    [SLA_OPTION_TARGET_CHANGED] = SLA_CHANGED_BREACH_AT_CHANGE,
    [SLA_OPTION_BREACH_UNDONE] = SLA_BREACH_STICKS,
    [SLA_OPTION_CALENDAR_CHANGED] = SLA_CALENDAR_EACH_STRETCH,
    [SLA_OPTION_RESUME] = SLA_RESUME_TRIGGER,
    [SLA_OPTION_MESSAGE_WHILE_PAUSED] = SLA_MESSAGE_RESUMES,
};

static void draw_options(const desk *d, sla_metric_rule *rule) {
  const int rare = (int)drawn(d, 2, 12);
  for (uint32_t i = 0; i < COUNT_OF(greatest); i++)
    if (one_in(d, rare)) rule->options[i] = (uint32_t)drawn(d, 0, greatest[i]);
  uint32_t *anchor = &rule->options[SLA_OPTION_ANCHOR];
  bool one = rule->shape == SLA_ONCE || rule->shape == SLA_SUM;
  if (*anchor != SLA_ANCHOR_EVENT && (*anchor == SLA_ANCHOR_NEWEST) == one)
    *anchor = one ? SLA_ANCHOR_CREATION : SLA_ANCHOR_NEWEST;
}

static void draw_rule(const desk *d, sla_metric_rule *rule) {
  memset(rule, 0, sizeof *rule);
  rule->shape = (uint32_t)drawn(d, SLA_ONCE, SLA_CYCLE);
  draw_trigger(d, &rule->start);
  rule->start.events |= one_in(d, 2) ? some_kinds(d) : UINT64_C(1) << SLA_EVENT_CREATED;
  draw_trigger(d, &rule->fulfil);
  if (one_in(d, 3)) draw_trigger(d, &rule->cancel);
  if (one_in(d, 3)) draw_trigger(d, &rule->resume);
  if (one_in(d, 2)) rule->pause_statuses = some_statuses(d);
  if (one_in(d, 3)) rule->pause_conditions = some_conditions(d);
}

/* Counting from an instant that an event carries: only events that carry one may start it. */
static void count_from_values(const desk *d, sla_metric_rule *rule) {
  rule->start = (sla_trigger){.events = UINT64_C(1) << ONE_OF(d, own_kinds)};
  rule->shape = one_in(d, 2) ? SLA_ONCE : SLA_SUM;
  rule->options[SLA_OPTION_ANCHOR] = SLA_ANCHOR_VALUE;
}

static void draw_metric(const desk *d, sla_metric_rule *rule, uint32_t metric) {
  if (metric >= SLA_OWN_METRIC || one_in(d, 3)) draw_rule(d, rule);
  draw_options(d, rule);
  if (one_in(d, 4)) rule->pause_conditions = some_conditions(d);
  if (metric >= SLA_OWN_METRIC && one_in(d, 8)) count_from_values(d, rule);
}

/* ---- targets ---- */

static sla_seconds some_seconds(const desk *d) {
  if (one_in(d, 8)) return 0;
  return one_in(d, 3) ? drawn(d, 0, 16) * (d->pace / 20) : drawn(d, 0, d->pace * 2);
}

static oracle_target some_target(const desk *d) {
  oracle_target t = {.set = true, .unit = SLA_UNIT_SECONDS, .clock = SLA_BUSINESS_HOURS};
  if (d->dates && one_in(d, 3))
    t.unit = (uint32_t)drawn(d, SLA_UNIT_COUNTED_DAYS, SLA_UNIT_END_OF_WORKING_DAY);
  if (t.unit <= SLA_UNIT_COUNTED_DAYS && one_in(d, 4)) t.clock = SLA_AROUND_THE_CLOCK;
  t.amount = t.unit == SLA_UNIT_SECONDS ? some_seconds(d)
             : t.unit == SLA_UNIT_WORKING_DAYS ? drawn(d, 1, 3)
                                               : drawn(d, 0, 1 + (t.unit != SLA_UNIT_COUNTED_DAYS));
  if (t.clock == SLA_AROUND_THE_CLOCK) return t;
  if (one_in(d, 3)) t.calendar = &d->plain[drawn(d, 0, DESK_CALENDARS - 1)];
  if (t.unit > SLA_UNIT_COUNTED_DAYS) return t;
  if (one_in(d, 5)) t.stage = drawn(d, 1, d->pace);
  if (one_in(d, 5)) t.allowance = drawn(d, 1, d->pace / 2);
  return t;
}

static oracle_soon some_soon(const desk *d) {
  if (one_in(d, 2)) return (oracle_soon){one_in(d, 6) ? 0 : drawn(d, 0, d->pace / 2), 0};
  return (oracle_soon){SLA_NONE, (uint32_t)(one_in(d, 6) ? 100 : drawn(d, 1, 100))};
}

static void draw_targets(const desk *d, oracle_policy *rules, uint32_t metric) {
  if (one_in(d, 10)) return; /* it may promise nothing of this metric */
  for (uint32_t place = 0; place <= ORACLE_ANY; place += place < 3 ? 1 : ORACLE_ANY - 3) {
    if (one_in(d, 2)) rules->targets[metric][place] = some_target(d);
    if (place > 0 && place < 3 && one_in(d, 4))
      rules->targets[metric][place] = rules->targets[metric][place - 1];
    if (one_in(d, 3)) rules->soon[metric][place] = some_soon(d);
  }
}

/* ---- policies ---- */

static void draw_policy(const desk *d, oracle_policy *rules) {
  oracle_policy_init(rules);
  rules->calendar = &d->plain[one_in(d, 3) ? 1 : 0];
  for (size_t i = 0; i < COUNT_OF(own_statuses); i++)
    rules->behaves_as[own_statuses[i]] = (uint32_t)drawn(d, 1, 6);
  for (size_t i = 0; i < DESK_METRICS; i++) {
    uint32_t metric = d->metrics[i];
    draw_metric(d, &rules->rules[metric], metric);
    draw_targets(d, rules, metric);
    if (one_in(d, 3))
      rules->pauses[metric][some_status(d)] = one_in(d, 2) ? ORACLE_PAUSES : ORACLE_DOES_NOT_PAUSE;
  }
  oracle_target *some = &rules->targets[d->metrics[0]][0];
  if (!some->set) *some = some_target(d);
}

static void draw_metrics(desk *d) {
  for (size_t i = 0; i < DESK_METRICS;) {
    uint32_t metric = one_in(d, 3) ? ONE_OF(d, own_metrics) : (uint32_t)drawn(d, 1, 9);
    bool known = false;
    for (size_t k = 0; k < i; k++) known |= d->metrics[k] == metric;
    if (!known) d->metrics[i++] = metric;
  }
}

static sla_calendar *calendar_of_plain(const desk *d, const oracle_calendar *plain) {
  for (int i = 0; i < DESK_CALENDARS; i++)
    if (plain == &d->plain[i]) return d->calendars[i];
  return NULL;
}

static void tell_target(const desk *d, sla_policy_builder *b, uint32_t metric, uint32_t place,
                        const oracle_target *t) {
  uint32_t p = place == ORACLE_ANY ? SLA_PRIORITY_ANY : place;
  const sla_calendar *own = calendar_of_plain(d, t->calendar);
  assert_ok(sla_policy_builder_set_target(b, metric, p, t->amount, t->unit, t->clock, NULL));
  if (own != NULL) assert_ok(sla_policy_builder_set_target_calendar(b, metric, p, own, NULL));
  if (t->stage != 0)
    assert_ok(sla_policy_builder_set_second_stage(b, metric, p, t->stage, NULL));
  if (t->allowance != 0)
    assert_ok(sla_policy_builder_set_allowance(b, metric, p, t->allowance, NULL));
}

static void tell_soon(sla_policy_builder *b, uint32_t metric, uint32_t place,
                      const oracle_soon *soon) {
  uint32_t p = place == ORACLE_ANY ? SLA_PRIORITY_ANY : place;
  if (soon->lead != SLA_NONE)
    assert_ok(sla_policy_builder_set_due_soon(b, metric, p, soon->lead, NULL));
  if (soon->percent != 0)
    assert_ok(sla_policy_builder_set_due_soon_percent(b, metric, p, soon->percent, NULL));
}

static int32_t tell_metric(const desk *d, sla_policy_builder *b, const oracle_policy *rules,
                           uint32_t metric) {
  const sla_metric_rule *rule = &rules->rules[metric];
  int32_t code = sla_policy_builder_set_metric(b, metric, rule, sizeof *rule, NULL);
  if (code != SLA_OK) return code;
  for (uint32_t place = 0; place <= ORACLE_ANY; place++) {
    const oracle_target *t = &rules->targets[metric][place];
    if (t->set) tell_target(d, b, metric, place, t);
    tell_soon(b, metric, place, &rules->soon[metric][place]);
  }
  for (uint32_t s = 0; s < 32; s++)
    if (rules->pauses[metric][s] != ORACLE_UNSAID)
      assert_ok(sla_policy_builder_set_pause(b, metric, s,
                                             rules->pauses[metric][s] == ORACLE_PAUSES, NULL));
  return SLA_OK;
}

sla_policy *desk_built(const desk *d, const oracle_policy *rules, int32_t *code) {
  sla_policy_builder *b = policy_builder_of(calendar_of_plain(d, rules->calendar));
  sla_policy *policy = NULL;
  for (uint32_t s = 16; s < 32; s++)
    if (rules->behaves_as[s] != 0)
      assert_ok(sla_policy_builder_set_status(b, s, rules->behaves_as[s], NULL));
  *code = SLA_OK;
  for (size_t i = 0; i < DESK_METRICS && *code == SLA_OK; i++)
    *code = tell_metric(d, b, rules, d->metrics[i]);
  if (*code == SLA_OK) *code = sla_policy_builder_build(b, &policy, NULL);
  sla_policy_builder_free(b);
  return policy;
}

void desk_draw_policies(desk *d, size_t most) {
  int32_t code = SLA_OK;
  draw_metrics(d);
  d->policy_count = one_in(d, 2) ? 1 : (size_t)drawn(d, 1, (int64_t)most);
  for (size_t i = 0; i < d->policy_count; i++) {
    if (i > 0 && one_in(d, 2)) d->rules[i] = d->rules[i - 1];
    else draw_policy(d, &d->rules[i]);
    if (i > 0 && one_in(d, 2)) draw_targets(d, &d->rules[i], d->metrics[0]);
    d->policies[i] = desk_built(d, &d->rules[i], &code);
    assert_code(code, SLA_OK);
  }
}

void desk_drop_policies(desk *d) {
  for (size_t i = 0; i < d->policy_count; i++) sla_policy_unref(d->policies[i]);
}

/* ---- logs ---- */

static sla_result now_by_library(const desk *d, sla_time now) {
  sla_result r;
  assert_ok(sla_evaluate_policies((const sla_policy *const *)d->policies, d->policy_count,
                                  d->metrics[drawn(d, 0, DESK_METRICS - 1)], d->events, d->count,
                                  sizeof(sla_event), now, &r, sizeof r, NULL));
  return r;
}

static sla_time later(const desk *d, sla_time t) {
  const sla_seconds far = d->pace * 2;
  sla_time change;
  sla_result r;
  switch (drawn(d, 0, 5)) {
    case 0: return t;
    case 1: return t + drawn(d, 1, d->pace / 40 + 1);
    case 2:
      change = change_after(d->calendars[drawn(d, 0, DESK_CALENDARS - 1)], t);
      return change != SLA_NONE && change < t + far ? change : t + drawn(d, 0, far);
    case 3: /* where the library says that something happens: nothing is taken from it but that */
      r = now_by_library(d, t);
      if (r.due_at != SLA_NONE && r.due_at > t && r.due_at < t + far) return r.due_at;
      if (r.next_change_at != SLA_NONE && r.next_change_at < t + far) return r.next_change_at;
      return t + drawn(d, 0, d->pace / 4);
    default: return t + drawn(d, 0, d->pace);
  }
}

static void draw_value(const desk *d, sla_event *e) {
  switch (e->kind) {
    case SLA_EVENT_STATUS: e->value = some_status(d); break;
    case SLA_EVENT_PRIORITY: e->value = drawn(d, 0, 4); break;
    case SLA_EVENT_GROUP: e->value = drawn(d, 0, 3); break;
    case SLA_EVENT_CONDITION_SET:
    case SLA_EVENT_CONDITION_CLEARED: e->value = ONE_OF(d, conditions); break;
    case SLA_EVENT_POLICY:
      e->value = one_in(d, 6) ? SLA_NONE : drawn(d, 0, (int64_t)d->policy_count - 1);
      break;
    case SLA_EVENT_RESET: e->flags = one_in(d, 2) ? 0 : ONE_OF(d, d->metrics); break;
    case SLA_EVENT_DUE_SET:
      e->flags = ONE_OF(d, d->metrics);
      e->value = e->at + drawn(d, one_in(d, 3) ? -d->pace : 0, 2 * d->pace);
      if (one_in(d, 4)) e->value = SLA_NONE;
      break;
    case SLA_EVENT_OWN:
    case SLA_EVENT_OWN + 1:
    case 63: e->value = drawn(d, d->events[0].at, e->at); break;
    default: break;
  }
}

static sla_event some_event(const desk *d, sla_time t) {
  static const uint32_t kinds[] = {
      SLA_EVENT_STATUS,          SLA_EVENT_STATUS,           SLA_EVENT_STATUS,
      SLA_EVENT_STATUS,          SLA_EVENT_STATUS,           SLA_EVENT_STATUS,
      SLA_EVENT_CUSTOMER_MESSAGE, SLA_EVENT_CUSTOMER_MESSAGE, SLA_EVENT_CUSTOMER_MESSAGE,
      SLA_EVENT_AGENT_REPLY,     SLA_EVENT_AGENT_REPLY,      SLA_EVENT_AGENT_REPLY,
      SLA_EVENT_PRIORITY,        SLA_EVENT_PRIORITY,         SLA_EVENT_PRIORITY,
      SLA_EVENT_POLICY,          SLA_EVENT_POLICY,           SLA_EVENT_GROUP,
      SLA_EVENT_GROUP,           SLA_EVENT_CONDITION_SET,    SLA_EVENT_CONDITION_SET,
      SLA_EVENT_CONDITION_CLEARED, SLA_EVENT_CONDITION_CLEARED, SLA_EVENT_AGENT_NOTE,
      SLA_EVENT_AUTOMATIC_REPLY, SLA_EVENT_DUE_SET,          SLA_EVENT_RESET,
      SLA_EVENT_NO_REPLY_NEEDED, 32,                         33,
      63};
  sla_event e = {t, 0, ONE_OF(d, kinds), 0};
  if (one_in(d, 60)) e.kind = SLA_EVENT_CANCELLED;
  draw_value(d, &e);
  return e;
}

void desk_draw_log(desk *d, size_t most) {
  size_t length = (size_t)drawn(d, 0, (int64_t)most);
  sla_time t = d->begin + drawn(d, 0, 4 * d->pace);
  d->events[0] = (sla_event){t, drawn(d, 1, 3), SLA_EVENT_CREATED, 0};
  for (d->count = 1; d->count <= length; d->count++) {
    t = later(d, t);
    if (d->count < 4 && one_in(d, 3)) t = d->events[0].at;
    if (t < d->events[d->count - 1].at) t = d->events[d->count - 1].at;
    d->events[d->count] = some_event(d, t);
  }
}

sla_time desk_draw_now(desk *d) {
  sla_time first = d->events[0].at, last = d->events[d->count - 1].at;
  sla_result r = now_by_library(d, last);
  switch (drawn(d, 0, 5)) {
    case 0: return first + drawn(d, -10, last - first + 10);
    case 1: return d->events[drawn(d, 0, (int64_t)d->count - 1)].at;
    case 2: return r.due_at != SLA_NONE && r.due_at >= last ? r.due_at + drawn(d, 0, 1) : last;
    case 3: return r.next_change_at != SLA_NONE ? r.next_change_at - drawn(d, 0, 1) : last;
    default: return last + drawn(d, 0, 2 * d->pace);
  }
}

/* ---- so that a failing draw can be repeated ---- */

void desk_print(const desk *d, uint32_t metric, sla_time now) {
  char text[SUPPORT_TIME_TEXT];
  for (size_t i = 0; i < DESK_CALENDARS; i++) {
    for (int k = 0; k < CHANCE_ZONES; k++)
      if (d->luck->zones[k] == d->plain[i].zone)
        print_error("calendar %zu, zone %s:\n", i, chance_zone_names[k]);
    oracle_print_calendar(stderr, &d->plain[i]);
  }
  for (size_t i = 0; i < d->policy_count; i++) {
    print_error("policy %zu:\n", i);
    oracle_print_metric(stderr, &d->rules[i], metric, d->plain, DESK_CALENDARS);
  }
  oracle_print_events(stderr, d->events, d->count);
  print_error("now %" PRId64 " %s\n", now, time_text(now, text));
}
