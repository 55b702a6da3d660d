/* SPDX-License-Identifier: MIT */
/* What a policy says and hardly means.  It is gone through place by place, that is metric by metric
 * and priority by priority, any last; and at each place kind by kind: so lints come out in order.
 *
 * What was set for any may hold for many priorities, and is still one mistake: a place is looked at
 * when something was set just there, and the place of any for all priorities left over. */
#include "calendar_bytes.h"
#include "clock.h"
#include "error.h"

#define ANY SLA__PRIORITIES
#define SHORTEST 15
#define TEN_YEARS INT64_C(315576000) /* a tenth of the longest target there can be */
#define RECURRENCE_YEARS 41 /* within which a yearly date falls on each weekday it ever falls on */

const char *sla_lint_name(uint32_t kind) {
  static const char *const names[] = {
      [SLA_LINT_RESPONSE_LONGER] = "the first response is due after the resolution",
      [SLA_LINT_DUE_SOON_LONGER] = "due soon from the start: the lead is longer than the target",
      [SLA_LINT_TARGET_SHORT] = "the target is shorter than 15 seconds",
      [SLA_LINT_UNREACHABLE] = "the target is not reached within ten years",
      [SLA_LINT_NEVER_STARTS] = "nothing can start the metric",
      [SLA_LINT_PAST_SPECIAL] = "a weekday without hours has special hours in the past only",
  };
  return kind < SLA__LENGTH(names) ? names[kind] : NULL;
}

typedef struct {
  const sla_policy *policy;
  sla_time now;
  size_t slot; /* the first that was not come by yet */
  sla_lint *lints;
  size_t capacity, size, count;
} survey;

static void report(survey *s, const sla_lint *lint) {
  if (s->count < s->capacity)
    sla__record_write(SLA__AT(sla_lint, s->lints, s->size, s->count), s->size, lint, sizeof *lint);
  s->count++;
}

/* A lint about a place: metric and priority. */
static sla_lint lint_at(uint32_t kind, uint32_t metric, uint32_t place) {
  return (sla_lint){.kind = kind, .metric = metric,
                    .priority = place == ANY ? SLA_PRIORITY_ANY : place};
}

/* ---- targets ---- */

typedef bool slot_test(const sla__slot *slot);
typedef bool target_test(const survey *s, const sla__metric *metric, uint32_t priority,
                         sla_lint *lint);

static bool has_target(const sla__slot *slot) { return slot->amount != SLA_NONE; }

static bool has_either(const sla__slot *slot) {
  return has_target(slot) || slot->lead != SLA_NONE || slot->percent != 0;
}

/* The priorities for which something was set. */
static uint64_t places(const survey *s, uint32_t metric, slot_test *test) {
  const sla__array *slots = &s->policy->terms.slots;
  uint64_t mask = 0;
  for (size_t i = 0; i < slots->count; i++) {
    const sla__slot *slot = (const sla__slot *)slots->data + i;
    if (slot->metric == metric && test(slot)) mask |= SLA__BIT(slot->priority);
  }
  return mask;
}

/* A clock that starts now. */
static sla_result started(const survey *s, const sla__metric *metric, uint32_t priority) {
  const sla__target *target = sla__policy_target(s->policy, metric, priority);
  sla__clock clock = {.rule = metric, .target = target, .calendar = target->calendar,
                      .manual = SLA_NONE, .breach_no_earlier = SLA_NONE, .stuck = SLA_NONE};
  sla_result result = {.due_at = SLA_NONE};
  sla__clock_start(&clock, s->now);
  sla__clock_read(&clock, s->now, &result);
  return result;
}

static bool response_longer(const survey *s, const sla__metric *metric, uint32_t priority,
                            sla_lint *lint) {
  const sla__metric *resolution = sla__policy_metric(s->policy, SLA_RESOLUTION);
  lint->value = started(s, metric, priority).due_at;
  lint->limit = started(s, resolution, priority).due_at;
  return lint->limit != SLA_NONE && lint->value > lint->limit;
}

static bool due_soon_longer(const survey *s, const sla__metric *metric, uint32_t priority,
                            sla_lint *lint) {
  lint->value = sla__policy_target(s->policy, metric, priority)->lead;
  lint->limit = started(s, metric, priority).target;
  return lint->limit != SLA_NONE && lint->value > lint->limit;
}

/* As it was told: one that ends with a date, or that is longer in closed time, is not short. */
static bool target_short(const survey *s, const sla__metric *metric, uint32_t priority,
                         sla_lint *lint) {
  const sla__target *target = sla__policy_target(s->policy, metric, priority);
  lint->value = target->amount + target->second_stage;
  lint->limit = SHORTEST;
  return target->unit == SLA_UNIT_SECONDS && lint->value < SHORTEST;
}

static bool unreachable(const survey *s, const sla__metric *metric, uint32_t priority,
                        sla_lint *lint) {
  lint->value = started(s, metric, priority).due_at;
  lint->limit = sla__min(s->now + TEN_YEARS, SLA_TIME_MAX);
  return lint->value == SLA_NONE || lint->value > lint->limit;
}

/* The priority that stands for a place: its own; for any, the first that has nothing of its own.
 * ANY when nothing was set there, or when all of that is overridden. */
static uint32_t looked_at(uint64_t set, uint32_t place) {
  uint32_t priority = 0;
  if (!(set >> place & 1)) return ANY;
  if (place != ANY) return place;
  while (set >> priority & 1 && priority < ANY) priority++;
  return priority;
}

static void look_at_targets(survey *s, const sla__metric *metric, const uint64_t *set,
                            uint32_t place) {
  static target_test *const tests[] = {[SLA_LINT_RESPONSE_LONGER] = response_longer,
                                       [SLA_LINT_DUE_SOON_LONGER] = due_soon_longer,
                                       [SLA_LINT_TARGET_SHORT] = target_short,
                                       [SLA_LINT_UNREACHABLE] = unreachable};
  for (uint32_t kind = SLA_LINT_RESPONSE_LONGER; kind <= SLA_LINT_UNREACHABLE; kind++) {
    uint32_t priority = looked_at(set[kind], place);
    sla_lint lint = lint_at(kind, metric->metric, place);
    if (priority != ANY && tests[kind](s, metric, priority, &lint)) report(s, &lint);
  }
}

/* ---- starts ---- */

/* What the state machine does not take for a start, whatever the rule says. */
#define NO_START \
  (SLA__BIT(SLA_EVENT_DUE_SET) | SLA__BIT(SLA_EVENT_RESET) | SLA__BIT(SLA_EVENT_CANCELLED))

/* Compiled masks hold known statuses alone.  A periodic metric forgets what a done ticket does. */
static bool can_start(const sla_policy *policy, const sla__metric *metric) {
  const sla_trigger *start = &metric->start;
  bool forgets = metric->shape == SLA_PERIODIC &&
                 metric->options[SLA_OPTION_SOLVED] != SLA_SOLVED_KEEPS_RUNNING;
  uint32_t statuses = forgets ? start->statuses & ~policy->done : start->statuses;
  return (start->events & ~NO_START) || start->conditions_set || start->conditions_cleared ||
         statuses;
}

/* ---- calendars ---- */

/* The nearest date of a weekday to a day, itself included, before it (step -1) or after it (1). */
static int32_t nearest(int32_t day, int32_t weekday, int32_t step) {
  int32_t away = (weekday - sla__civil_weekday(day)) * step;
  return day + (int32_t)sla__floor_mod(away, 7) * step;
}

/* A yearly date is on a given weekday at most once a year. */
static bool find_in_year(const sla__rule *rule, int32_t weekday, int32_t year, int32_t *day) {
  for (int32_t n = 1; n <= 5; n++) {
    const sla__ymd date = {year, rule->month,
                           sla__civil_nth_weekday(year, rule->month, n, weekday)};
    if (date.day == 0) continue;
    *day = sla__civil_days(date.year, date.month, date.day);
    if (sla__rule_matches(rule, *day, date)) return true;
  }
  return false;
}

static bool find_yearly(const sla__rule *rule, int32_t weekday, int32_t from, int32_t step,
                        int32_t *day) {
  int32_t year = sla__civil_year_of(from);
  for (int i = 0; i < RECURRENCE_YEARS && year >= 0 && year <= 10000; i++, year += step)
    if (find_in_year(rule, weekday, year, day) && (*day - from) * step >= 0) return true;
  return false;
}

/* The date nearest to a day, on that side of it, on which the entry says something of a weekday. */
static bool find_date(const sla__rule *rule, int32_t weekday, int32_t from, int32_t step,
                      int32_t *day) {
  from = (int32_t)(step > 0 ? sla__max(from, rule->first) : sla__min(from, rule->last));
  if (rule->recurrence == SLA_YEARLY || rule->recurrence == SLA_YEARLY_WEEKDAY)
    return find_yearly(rule, weekday, from, step, day);
  *day = nearest(from, weekday, step);
  return sla__rule_matches(rule, *day, sla__civil_of(*day));
}

/* Whether a weekday is without hours from today on, and had special hours; *last is when. */
static bool only_past_special(const sla_calendar *calendar, int32_t weekday, int32_t today,
                              int32_t *last) {
  const sla__named_entry *entries = calendar->entries.data;
  bool found = false;
  int32_t day;
  for (size_t i = 0; i < calendar->entries.count; i++) {
    bool special = entries[i].entry.kind == SLA_ENTRY_SPECIAL_HOURS;
    if (!special && entries[i].entry.kind != SLA_ENTRY_HOURS) continue;
    const sla__rule rule = sla__calendar_rule(&entries[i].entry);
    if (find_date(&rule, weekday, today, 1, &day)) return false;
    if (!special || !find_date(&rule, weekday, today - 1, -1, &day)) continue;
    *last = (int32_t)(found ? sla__max(*last, day) : day);
    found = true;
  }
  return found;
}

/* Equal calendars are one, wherever they came first. */
static bool seen_before(const survey *s, const sla_calendar *calendar) {
  const sla__slot *slots = s->policy->terms.slots.data;
  const sla_calendar *first = s->policy->terms.calendar;
  bool seen = first != NULL && sla__calendar_same(first, calendar);
  for (size_t i = 0; i < s->slot && !seen; i++)
    seen = slots[i].calendar != NULL && sla__calendar_same(slots[i].calendar, calendar);
  return seen;
}

static void look_at_calendar(survey *s, const sla_calendar *calendar, sla_lint lint) {
  int32_t offset = sla__zone_era(calendar->zone, s->now).offset, last = 0;
  int32_t today = (int32_t)sla__floor_div(s->now + offset, SLA__DAY);
  for (int32_t weekday = 0; weekday < 7; weekday++) {
    if (!only_past_special(calendar, weekday, today, &last)) continue;
    lint.value = weekday + 1;
    lint.limit = sla__civil_date(last);
    report(s, &lint);
  }
}

static void look_at_slot(survey *s, uint32_t metric, uint32_t place) {
  const sla__slot *slot = (const sla__slot *)s->policy->terms.slots.data + s->slot;
  if (s->slot == s->policy->terms.slots.count || slot->metric != metric ||
      slot->priority != place)
    return;
  if (slot->calendar != NULL && !seen_before(s, slot->calendar))
    look_at_calendar(s, slot->calendar, lint_at(SLA_LINT_PAST_SPECIAL, metric, place));
  s->slot++;
}

/* ---- all of them ---- */

static void look_at_metric(survey *s, const sla__metric *metric) {
  uint32_t number = metric->metric;
  uint64_t targets = places(s, number, has_target), set[] = {
      [SLA_LINT_RESPONSE_LONGER] = number == SLA_FIRST_RESPONSE
                                       ? targets | places(s, SLA_RESOLUTION, has_target) : 0,
      [SLA_LINT_DUE_SOON_LONGER] = places(s, number, has_either),
      [SLA_LINT_TARGET_SHORT] = targets,
      [SLA_LINT_UNREACHABLE] = targets};
  for (uint32_t place = 0; place <= ANY; place++) {
    look_at_targets(s, metric, set, place);
    if (place == ANY && metric->has_target && !can_start(s->policy, metric)) {
      const sla_lint lint = lint_at(SLA_LINT_NEVER_STARTS, number, ANY);
      report(s, &lint);
    }
    look_at_slot(s, number, place);
  }
}

int32_t sla_policy_lints(const sla_policy *policy, sla_time now, sla_lint *lints, size_t capacity,
                         size_t size, size_t *count, sla_error *error) {
  if (policy == NULL) return sla__fail_null(error, 1);
  if (lints == NULL && capacity > 0) return sla__fail_null(error, 3);
  if (count == NULL) return sla__fail_null(error, 6);
  if (!sla__valid_time(now))
    return sla__fail_argument(error, SLA_E_RANGE, 2, now,
                              sla__nearer(now, SLA_TIME_MIN, SLA_TIME_MAX));
  int32_t code = sla__check_size(error, 5, size, sizeof *lints);
  if (code != SLA_OK) return code;
  survey s = {.policy = policy, .now = now, .lints = lints, .capacity = capacity, .size = size};
  const sla_calendar *calendar = policy->terms.calendar;
  const sla__metric *metrics = policy->metrics.data;
  if (calendar != NULL) look_at_calendar(&s, calendar, lint_at(SLA_LINT_PAST_SPECIAL, 0, ANY));
  for (size_t i = 0; i < policy->metrics.count; i++) look_at_metric(&s, &metrics[i]);
  *count = s.count;
  return SLA_OK;
}
