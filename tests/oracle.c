/* SPDX-License-Identifier: MIT */
#include "oracle.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define DAY 86400

/* ---- dates, one after the other ---- */

static int length_of_month(int year, int month) {
  static const int lengths[13] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : lengths[month];
}

static sla_date make_date(int year, int month, int day) {
  return year * 10000 + month * 100 + day;
}

sla_date oracle_next_date(sla_date date) {
  int year = date / 10000, month = date / 100 % 100, day = date % 100;
  if (day < length_of_month(year, month)) return date + 1;
  return month < 12 ? make_date(year, month + 1, 1) : make_date(year + 1, 1, 1);
}

sla_date oracle_previous_date(sla_date date) {
  int year = date / 10000, month = date / 100 % 100, day = date % 100;
  if (day > 1) return date - 1;
  if (month == 1) return make_date(year - 1, 12, 31);
  return make_date(year, month - 1, length_of_month(year, month - 1));
}

/* Counts the days since 1 January of the year 1, a Monday; weekdays repeat every 400 years. */
int oracle_weekday(sla_date date) {
  int year = date / 10000 + 400, y = year - 1;
  int days = y * 365 + y / 4 - y / 100 + y / 400 + date % 100 - 1;
  for (int m = 1; m < date / 100 % 100; m++) days += length_of_month(year, m);
  return days % 7 + 1;
}

/* Is it the n-th (or, for -1, the last) of its weekday in its month? */
static bool is_nth(sla_date date, int n) {
  int day = date % 100, length = length_of_month(date / 10000, date / 100 % 100);
  if (n == -1) return day + 7 > length;
  return (day - 1) / 7 + 1 == n;
}

/* ---- C1 to C9 ---- */

static bool on_weekday(const sla_entry *e, sla_date date) {
  return (e->weekdays >> (oracle_weekday(date) - 1) & 1) != 0;
}

static bool applies(const sla_entry *e, sla_date date) {
  int month = date / 100 % 100, day = date % 100;
  if (e->first != 0 && date < e->first) return false;
  if (e->last != 0 && date > e->last) return false;
  switch (e->recurrence) {
    case SLA_WEEKLY: return on_weekday(e, date);
    case SLA_DATES: return true;
    case SLA_YEARLY: return month == e->month && day == e->day;
    case SLA_YEARLY_WEEKDAY:
      return month == e->month && on_weekday(e, date) && is_nth(date, e->day);
    default: abort();
  }
}

static bool any_applies(const oracle_calendar *calendar, uint32_t kind, sla_date date) {
  for (size_t i = 0; i < calendar->count; i++)
    if (calendar->entries[i].kind == kind && applies(&calendar->entries[i], date)) return true;
  return false;
}

static bool is_skipped(const oracle_calendar *calendar, sla_date date, int second) {
  sla_time first, last;
  uint32_t how = 0;
  int32_t code = sla_zone_instant_of(calendar->zone, date, second, &first, &last, &how);
  return code == SLA_OK && how == SLA_WALL_SKIPPED;
}

/* A date that the zone leaves out, as one that moves over the date line does. */
static bool is_left_out(const oracle_calendar *calendar, sla_date date) {
  return is_skipped(calendar, date, DAY / 2) && is_skipped(calendar, date, 0) &&
         is_skipped(calendar, date, DAY - 1);
}

/* Which kind of entry says what starts on a date; 0 when nothing does. */
static uint32_t kind_in_force(const oracle_calendar *calendar, sla_date date) {
  if (is_left_out(calendar, date)) return 0;
  if (any_applies(calendar, SLA_ENTRY_SPECIAL_HOURS, date)) return SLA_ENTRY_SPECIAL_HOURS;
  if (any_applies(calendar, SLA_ENTRY_HOLIDAY, date)) return 0;
  return SLA_ENTRY_HOURS;
}

static int end_of(const sla_entry *e) { return e->closes < e->opens ? e->closes + DAY : e->closes; }

/* Does an interval in force that starts on the date hold this second after its midnight? */
static bool starts_and_holds(const oracle_calendar *calendar, sla_date date, int second) {
  uint32_t kind = kind_in_force(calendar, date);
  for (size_t i = 0; i < calendar->count; i++) {
    const sla_entry *e = &calendar->entries[i];
    if (e->kind == kind && applies(e, date) && second >= e->opens && second < end_of(e))
      return true;
  }
  return false;
}

static bool is_closed_off(const oracle_calendar *calendar, sla_date date, int second) {
  for (size_t i = 0; i < calendar->count; i++) {
    const sla_entry *e = &calendar->entries[i];
    if (e->kind == SLA_ENTRY_CLOSURE && applies(e, date) && second >= e->opens &&
        second < e->closes)
      return true;
  }
  return false;
}

static sla_civil wall(const oracle_calendar *calendar, sla_time at) {
  sla_civil civil = {0, 0};
  if (sla_zone_civil_at(calendar->zone, at, &civil, sizeof civil) != SLA_OK) abort();
  return civil;
}

bool oracle_is_open(const oracle_calendar *calendar, sla_time at) {
  if (calendar->table != NULL && at >= calendar->table_from && at < calendar->table_to)
    return calendar->table[at - calendar->table_from] != 0;
  sla_civil c = wall(calendar, at);
  if (is_closed_off(calendar, c.date, c.second)) return false;
  return starts_and_holds(calendar, oracle_previous_date(c.date), c.second + DAY) ||
         starts_and_holds(calendar, c.date, c.second);
}

void oracle_tabulate(oracle_calendar *calendar, sla_time from, sla_time to) {
  unsigned char *table = malloc((size_t)(to - from));
  if (table == NULL) abort();
  oracle_forget(calendar);
  for (sla_time t = from; t < to; t++) table[t - from] = oracle_is_open(calendar, t);
  calendar->table = table;
  calendar->table_from = from;
  calendar->table_to = to;
}

void oracle_forget(oracle_calendar *calendar) {
  free(calendar->table);
  calendar->table = NULL;
}

/* ---- C10 to C15 ---- */

sla_seconds oracle_elapsed(const oracle_calendar *calendar, sla_time from, sla_time to, int step) {
  sla_seconds open = 0;
  if (to < from) return -oracle_elapsed(calendar, to, from, step);
  for (sla_time t = from; t < to; t += step)
    if (oracle_is_open(calendar, t)) open += step;
  return open;
}

sla_time oracle_add(const oracle_calendar *calendar, sla_time from, sla_seconds n, int step,
                    sla_seconds limit) {
  sla_time t = from;
  while (n > 0) {
    if (t - from >= limit) return ORACLE_LOST;
    if (oracle_is_open(calendar, t)) n -= step;
    t += step;
  }
  while (n < 0) {
    if (from - t >= limit) return ORACLE_LOST;
    t -= step;
    if (oracle_is_open(calendar, t)) n += step;
  }
  return t;
}

sla_time oracle_next_change(const oracle_calendar *calendar, sla_time at, int step,
                            sla_seconds limit) {
  for (sla_time t = at + step; t - at <= limit; t += step)
    if (oracle_is_open(calendar, t) != oracle_is_open(calendar, t - step)) return t;
  return ORACLE_LOST;
}

sla_time oracle_previous_change(const oracle_calendar *calendar, sla_time at, int step,
                                sla_seconds limit) {
  for (sla_time t = at; at - t <= limit; t -= step)
    if (oracle_is_open(calendar, t) != oracle_is_open(calendar, t - step)) return t;
  return ORACLE_LOST;
}

bool oracle_is_working_date(const oracle_calendar *calendar, sla_date date) {
  uint32_t kind = kind_in_force(calendar, date);
  return kind != 0 && any_applies(calendar, kind, date);
}

int64_t oracle_working_dates(const oracle_calendar *calendar, sla_date from, sla_date to) {
  int64_t count = 0;
  if (to < from) return -oracle_working_dates(calendar, to, from);
  for (sla_date d = from; d < to; d = oracle_next_date(d))
    if (oracle_is_working_date(calendar, d)) count++;
  return count;
}

sla_date oracle_add_working_dates(const oracle_calendar *calendar, sla_date date, int64_t n) {
  sla_date d = date;
  while (n > 0 && d < 99991231) {
    d = oracle_next_date(d);
    if (oracle_is_working_date(calendar, d)) n--;
  }
  while (n < 0 && d > 10101) {
    d = oracle_previous_date(d);
    if (oracle_is_working_date(calendar, d)) n++;
  }
  return n == 0 ? d : 0;
}

uint32_t oracle_holiday_on(const oracle_calendar *calendar, sla_date date) {
  for (size_t i = 0; i < calendar->count; i++)
    if (calendar->entries[i].kind == SLA_ENTRY_HOLIDAY && applies(&calendar->entries[i], date))
      return (uint32_t)i;
  return SLA_NO_ENTRY;
}

/* ---- section 3: targets in day units ---- */

#define FAR_DAYS 40 /* how far a next opening or an end of day is looked for */

typedef struct {
  sla_date date;
  int second; /* after its midnight, 24:00 and later during the tail of a night */
} anchor;

static anchor anchor_of(const oracle_calendar *calendar, sla_time start, int step) {
  sla_civil c = wall(calendar, start);
  sla_date before = oracle_previous_date(c.date);
  if (!oracle_is_open(calendar, start)) {
    if (oracle_is_working_date(calendar, c.date)) return (anchor){c.date, c.second};
    sla_time opening = oracle_next_change(calendar, start, step, FAR_DAYS * DAY);
    return opening == ORACLE_LOST ? (anchor){0, 0} : anchor_of(calendar, opening, step);
  }
  if (starts_and_holds(calendar, before, c.second + DAY)) return (anchor){before, c.second + DAY};
  return (anchor){c.date, c.second};
}

/* The first second from `second` on, or the end of them all, that the date's intervals hold. */
static int clamp(const oracle_calendar *calendar, sla_date date, int second, int step) {
  int last = 0;
  for (int s = 0; s < 2 * DAY; s += step) {
    if (!starts_and_holds(calendar, date, s)) continue;
    if (s >= second) return s;
    last = s + step;
  }
  return last;
}

static sla_time instant_of(const oracle_calendar *calendar, sla_date date, int second) {
  sla_time first = SLA_NONE, last = SLA_NONE;
  uint32_t how = 0;
  for (; second >= DAY; second -= DAY) date = oracle_next_date(date);
  if (sla_zone_instant_of(calendar->zone, date, second, &first, &last, &how) != SLA_OK) abort();
  return first;
}

/* The end of the last open second of the intervals that start on a date, or ORACLE_LOST. */
static sla_time end_of_day(const oracle_calendar *calendar, sla_date date, int step) {
  sla_time from = instant_of(calendar, date, 0) - DAY, end = ORACLE_LOST;
  for (sla_time t = from; t < from + 4 * DAY; t += step) {
    sla_civil c = wall(calendar, t);
    if (is_closed_off(calendar, c.date, c.second)) continue;
    if (c.date == date && starts_and_holds(calendar, date, c.second)) end = t + step;
    if (oracle_previous_date(c.date) == date && starts_and_holds(calendar, date, c.second + DAY))
      end = t + step;
  }
  return end;
}

sla_time oracle_day_due(const oracle_calendar *calendar, sla_time start, uint32_t unit, int64_t n,
                        int step) {
  anchor from = anchor_of(calendar, start, step);
  if (from.date == 0) return ORACLE_LOST;
  sla_date date = oracle_add_working_dates(calendar, from.date, n);
  if (date == 0) return ORACLE_LOST;
  if (unit == SLA_UNIT_WORKING_DAYS)
    return instant_of(calendar, date, clamp(calendar, date, from.second, step));
  sla_time end = end_of_day(calendar, date, step);
  if (n == 0 && end < start) {
    date = oracle_add_working_dates(calendar, date, 1);
    return date == 0 ? ORACLE_LOST : end_of_day(calendar, date, step);
  }
  return end;
}

/* ---- section 4: what happened to one clock ---- */

enum stretch_kind { RUNNING, PAUSED, DONE };

typedef struct {
  sla_time from, to; /* to is SLA_NONE while it lasts */
  enum stretch_kind kind;
} stretch;

/* One cycle of a clock. */
typedef struct {
  sla_time start, stop; /* stop is SLA_NONE while it runs or is paused */
  stretch stretches[256];
  size_t count;
  sla_time manual; /* due instant set by hand, or SLA_NONE */
  uint32_t priority;
  bool cancelled;
} cycle;

/* What is known of the ticket and of one metric's clock. */
typedef struct {
  const oracle_policy *policy;
  uint32_t metric, status, priority, cycles, met, missed;
  bool gate;      /* next response: a first reply or a solve was seen */
  bool waiting;   /* a customer message came while the ticket was done */
  bool cancelled; /* for good */
  cycle now;      /* the last one; count 0 before the first */
} story;

static bool is_done(const story *s, uint32_t status) {
  uint32_t like = s->policy->behaves_as[status];
  return like == SLA_TICKET_SOLVED || like == SLA_TICKET_CLOSED;
}

static bool is_going(const story *s) { return s->cycles > 0 && s->now.stop == SLA_NONE; }

static void begin_stretch(cycle *c, enum stretch_kind kind, sla_time at) {
  if (c->count > 0) c->stretches[c->count - 1].to = at;
  if (c->count == 256) abort();
  c->stretches[c->count++] = (stretch){at, SLA_NONE, kind};
}

static enum stretch_kind kind_now(const story *s) {
  return s->policy->pauses[s->metric][s->status] ? PAUSED : RUNNING;
}

static void clear(sla_result *r) {
  memset(r, 0, sizeof *r);
  r->started_at = r->stopped_at = r->due_at = r->due_soon_at = r->breached_at = SLA_NONE;
  r->projected_due_at = r->next_change_at = SLA_NONE;
  r->target = r->elapsed = r->remaining = r->wall_elapsed = r->wall_remaining = SLA_NONE;
  r->late_by = r->wall_paused = SLA_NONE;
}

static bool judge(const oracle_policy *policy, uint32_t metric, const cycle *c, sla_time now,
                  sla_time horizon, sla_result *r);

static void start_cycle(story *s, sla_time at) {
  memset(&s->now, 0, sizeof s->now);
  s->now.start = at;
  s->now.stop = s->now.manual = SLA_NONE;
  s->now.priority = s->priority;
  s->cycles++;
  begin_stretch(&s->now, kind_now(s), at);
}

static void stop_cycle(story *s, sla_time at, bool cancelled) {
  if (!is_going(s)) return;
  s->now.stop = s->now.stretches[s->now.count - 1].to = at;
  s->now.cancelled = cancelled;
}

/* Counts the cycle that is over before the next one begins. */
static bool file_away(story *s, sla_time horizon) {
  sla_result r;
  clear(&r);
  if (s->cycles == 0 || s->now.cancelled) return true;
  if (!judge(s->policy, s->metric, &s->now, s->now.stop, horizon, &r)) return false;
  if (r.status == SLA_OVERDUE) s->missed++;
  else if (r.status != SLA_STATUS_NONE) s->met++;
  return true;
}

static bool next_cycle(story *s, sla_time at, sla_time horizon) {
  bool known = file_away(s, horizon);
  start_cycle(s, at);
  return known;
}

static bool status_set(story *s, uint32_t status, sla_time at, sla_time horizon) {
  bool was = is_done(s, s->status), done = is_done(s, status);
  s->status = status;
  if (done && !was) {
    s->gate = true;
    stop_cycle(s, at, false);
    return true;
  }
  if (!done && was && s->metric == SLA_RESOLUTION && s->cycles > 0) {
    begin_stretch(&s->now, DONE, s->now.stop);
    s->now.stop = SLA_NONE;
    s->now.priority = s->priority;
    begin_stretch(&s->now, kind_now(s), at);
    return true;
  }
  if (!done && was && s->metric == SLA_NEXT_RESPONSE && s->waiting) {
    s->waiting = false;
    return next_cycle(s, at, horizon);
  }
  if (is_going(s) && kind_now(s) != s->now.stretches[s->now.count - 1].kind)
    begin_stretch(&s->now, kind_now(s), at);
  return true;
}

static bool happen(story *s, const sla_event *e, sla_time horizon) {
  bool mine = e->flags == 0 || e->flags == s->metric;
  switch (e->kind) {
    case SLA_EVENT_CUSTOMER_MESSAGE:
      if (s->metric != SLA_NEXT_RESPONSE || !s->gate || is_going(s)) return true;
      if (!is_done(s, s->status)) return next_cycle(s, e->at, horizon);
      s->waiting = true;
      return true;
    case SLA_EVENT_AGENT_REPLY:
      if (s->metric != SLA_RESOLUTION) stop_cycle(s, e->at, false);
      s->gate = true;
      s->waiting = false;
      return true;
    case SLA_EVENT_STATUS: return status_set(s, (uint32_t)e->value, e->at, horizon);
    case SLA_EVENT_PRIORITY:
      s->priority = (uint32_t)e->value;
      if (is_going(s)) s->now.priority = s->priority;
      return true;
    case SLA_EVENT_NO_REPLY_NEEDED:
      if (s->metric == SLA_NEXT_RESPONSE) stop_cycle(s, e->at, true);
      return true;
    case SLA_EVENT_DUE_SET:
      if (mine && is_going(s)) s->now.manual = e->value;
      return true;
    case SLA_EVENT_RESET:
      if (mine && is_going(s)) start_cycle(s, e->at);
      return true;
    case SLA_EVENT_CANCELLED:
      stop_cycle(s, e->at, true);
      s->cancelled = true;
      return true;
    default: return true; /* notes and automatic replies */
  }
}

/* The creation, and the status and priority events at its instant that follow it. */
static size_t create(story *s, const sla_event *events, size_t count) {
  size_t i = 1;
  for (; i < count && events[i].at == events[0].at; i++) {
    if (events[i].kind == SLA_EVENT_STATUS) s->status = (uint32_t)events[i].value;
    else if (events[i].kind == SLA_EVENT_PRIORITY) s->priority = (uint32_t)events[i].value;
    else break;
  }
  if (s->metric != SLA_NEXT_RESPONSE) start_cycle(s, events[0].at);
  if (!is_done(s, s->status)) return i;
  s->gate = true;
  stop_cycle(s, events[0].at, false);
  return i;
}

/* ---- section 4: what one cycle amounts to ---- */

/* A clock that ticks.  Everything it knows it learned by ticking. */
typedef struct {
  const oracle_calendar *calendar; /* NULL for around the clock */
  sla_seconds target;              /* SLA_NONE without one */
  sla_seconds lead;                /* due soon with at most this left; SLA_NONE without a rule */
  sla_time day_due;                /* D of a day unit, or SLA_NONE */
  sla_time resumed;
  sla_seconds counted, counted_paused;
  sla_seconds wall_running, wall_paused;
  sla_time due, soon;              /* SLA_NONE until known */
} ticker;

static bool ticks(const ticker *c, sla_time t) {
  return c->calendar == NULL || oracle_is_open(c->calendar, t);
}

/* The due instant of a day unit: the later of the last resume and D moved on by the pauses. */
static bool look_at_days(ticker *c, sla_time horizon) {
  sla_time due = c->day_due;
  for (sla_seconds left = c->counted_paused; left > 0; due++) {
    if (due >= horizon) return false;
    if (ticks(c, due)) left--;
  }
  c->due = due > c->resumed ? due : c->resumed;
  return true;
}

static void look(ticker *c, sla_time t) {
  if (c->target == SLA_NONE) return;
  if (c->day_due == SLA_NONE && c->due == SLA_NONE && c->counted == c->target) c->due = t;
  if (c->lead != SLA_NONE && c->soon == SLA_NONE && c->target - c->counted <= c->lead) c->soon = t;
}

static void tick(ticker *c, sla_time t) {
  if (ticks(c, t)) c->counted++;
  c->wall_running++;
  look(c, t + 1);
}

static bool run(ticker *c, sla_time from, sla_time to, sla_time horizon) {
  c->resumed = from;
  if (c->day_due != SLA_NONE && c->due == SLA_NONE && !look_at_days(c, horizon)) return false;
  look(c, from);
  for (sla_time t = from; t < to; t++) tick(c, t);
  return true;
}

/* What has not passed when a pause begins is found anew when the clock resumes. */
static void hold(ticker *c, sla_time from) {
  if (c->due != SLA_NONE && from <= c->due) c->due = SLA_NONE;
}

static void rest(ticker *c, const stretch *s, sla_time to) {
  hold(c, s->from);
  for (sla_time t = s->from; t < to; t++) {
    if (ticks(c, t)) c->counted_paused++;
    if (s->kind == PAUSED) c->wall_paused++;
  }
}

static const oracle_target *target_of(const oracle_policy *policy, uint32_t metric, uint32_t p) {
  const oracle_target *own = &policy->targets[metric][p];
  const oracle_target *any = &policy->targets[metric][ORACLE_ANY];
  return own->set ? own : any->set ? any : NULL;
}

static oracle_rule rule_of(const oracle_policy *policy, uint32_t metric, uint32_t p) {
  oracle_rule own = policy->rules[metric][p];
  return own.lead != SLA_NONE || own.percent != 0 ? own : policy->rules[metric][ORACLE_ANY];
}

/* Due soon when at most this many counted seconds remain. */
static sla_seconds lead_of(oracle_rule rule, sla_seconds target) {
  sla_seconds lead = rule.lead;
  if (target == SLA_NONE) return SLA_NONE;
  if (rule.percent != 0) {
    sla_seconds used = 0; /* the least that is p percent of the target */
    while (used * 100 < target * (int64_t)rule.percent) used++;
    if (lead == SLA_NONE || target - used > lead) lead = target - used;
  }
  return lead;
}

static sla_seconds counted_between(const ticker *c, sla_time from, sla_time to) {
  sla_seconds n = 0;
  if (to < from) return -counted_between(c, to, from);
  for (sla_time t = from; t < to; t++) n += ticks(c, t);
  return n;
}

static bool set_up(ticker *c, const oracle_policy *policy, uint32_t metric, const cycle *y,
                   sla_time horizon) {
  const oracle_target *target = target_of(policy, metric, y->priority);
  *c = (ticker){policy->calendar, SLA_NONE, SLA_NONE, SLA_NONE, y->start, 0, 0, 0, 0,
                SLA_NONE, SLA_NONE};
  if (target != NULL && target->calendar != NULL) c->calendar = target->calendar;
  if (target != NULL && target->clock == SLA_AROUND_THE_CLOCK) c->calendar = NULL;
  if (y->manual != SLA_NONE) {
    c->target = counted_between(c, y->start, y->manual);
  } else if (target != NULL && target->unit == SLA_UNIT_SECONDS) {
    c->target = target->amount;
  } else if (target != NULL && target->unit == SLA_UNIT_COUNTED_DAYS) {
    c->target = target->amount * DAY;
  } else if (target != NULL) {
    c->day_due = oracle_day_due(c->calendar, y->start, target->unit, target->amount, 1);
    if (c->day_due == ORACLE_LOST || c->day_due > horizon) return false;
    c->target = counted_between(c, y->start, c->day_due);
  }
  c->lead = lead_of(rule_of(policy, metric, y->priority), c->target);
  return true;
}

/* Walks through the cycle's stretches up to now. */
static bool walk(ticker *c, const cycle *y, sla_time now, sla_time horizon) {
  look(c, y->start);
  if (c->due != SLA_NONE && y->stretches[0].kind != RUNNING) c->due = SLA_NONE;
  for (size_t i = 0; i < y->count; i++) {
    const stretch *s = &y->stretches[i];
    sla_time to = s->to == SLA_NONE ? now : s->to;
    if (s->kind != RUNNING) rest(c, s, to);
    else if (!run(c, s->from, to, horizon)) return false;
  }
  return true;
}

static uint32_t status_at(const ticker *c, sla_time t, bool soon_may_be) {
  if (c->target == SLA_NONE) return SLA_STATUS_NONE;
  if (c->due != SLA_NONE && t > c->due) return SLA_OVERDUE;
  return soon_may_be && c->soon != SLA_NONE && c->soon <= t ? SLA_DUE_SOON : SLA_ON_TIME;
}

/* Goes on ticking from now with nothing else happening until the due instant has passed. */
static bool go_on(ticker c, sla_time now, sla_time horizon, sla_time *due, sla_time *soon,
                  sla_time *change) {
  sla_time t = now;
  uint32_t before = status_at(&c, now, true);
  *change = SLA_NONE;
  if (c.target != SLA_NONE) {
    while (c.due == SLA_NONE || t <= c.due || (c.lead != SLA_NONE && c.soon == SLA_NONE)) {
      if (t >= horizon) return false;
      tick(&c, t++);
      if (*change == SLA_NONE && status_at(&c, t, true) != before) *change = t;
    }
  }
  *due = c.due;
  *soon = c.soon;
  return true;
}

static void fill_lateness(sla_result *r, sla_time until) {
  if (r->status == SLA_STATUS_NONE) return;
  r->late_by = 0;
  if (r->status != SLA_OVERDUE) return;
  r->breached_at = r->due_at;
  r->late_by = until - r->due_at;
}

/* A due instant set by hand: pauses do not move it. */
static void judge_manual(ticker *c, const cycle *y, sla_time now, sla_result *r) {
  bool paused = y->stop == SLA_NONE && y->stretches[y->count - 1].kind == PAUSED;
  sla_time shown = y->stop != SLA_NONE ? y->stop : now;
  sla_time ran = paused ? y->stretches[y->count - 1].from : shown;
  c->due = y->manual;
  c->soon = SLA_NONE;
  if (c->lead != SLA_NONE) {
    sla_seconds left = c->target;
    for (c->soon = y->start; left > c->lead; c->soon++) left -= ticks(c, c->soon);
  }
  r->due_at = y->manual;
  r->remaining = counted_between(c, shown, y->manual);
  r->status = status_at(c, shown > y->manual ? shown : ran, y->stop == SLA_NONE);
  fill_lateness(r, shown);
  if (!paused) r->due_soon_at = c->soon;
  if (y->stop != SLA_NONE) return;
  if (paused) r->projected_due_at = y->manual;
  else r->wall_remaining = y->manual - now;
  if (now <= y->manual) r->next_change_at = y->manual + 1;
  if (!paused && c->soon != SLA_NONE && c->soon > now && c->soon <= y->manual)
    r->next_change_at = c->soon;
}

static bool judge_running(ticker *c, sla_time now, sla_time horizon, sla_result *r) {
  r->status = status_at(c, now, true);
  if (!go_on(*c, now, horizon, &r->due_at, &r->due_soon_at, &r->next_change_at)) return false;
  if (r->due_at != SLA_NONE) r->wall_remaining = r->due_at - now;
  fill_lateness(r, now);
  return true;
}

static bool judge_paused(ticker *c, sla_time began, sla_time now, sla_time horizon,
                         sla_result *r) {
  sla_time soon, change;
  r->status = status_at(c, began, true);
  if (r->status == SLA_OVERDUE) r->due_at = c->due;
  fill_lateness(r, began);
  if (!run(c, now, now, horizon)) return false;
  return go_on(*c, now, horizon, &r->projected_due_at, &soon, &change);
}

static bool judge_stopped(ticker *c, const cycle *y, sla_time horizon, sla_result *r) {
  sla_time change;
  if (y->stretches[y->count - 1].kind != RUNNING && !run(c, y->stop, y->stop, horizon))
    return false;
  r->status = status_at(c, y->stop, false);
  if (!go_on(*c, y->stop, horizon, &r->due_at, &r->due_soon_at, &change)) return false;
  fill_lateness(r, y->stop);
  return true;
}

/* A clock that was cancelled shows what it showed at that instant, save what lay ahead of it. */
static bool judge_cancelled(const oracle_policy *policy, uint32_t metric, const cycle *y,
                            sla_time horizon, sla_result *r) {
  cycle before = *y;
  before.cancelled = false;
  before.stop = SLA_NONE;
  if (!judge(policy, metric, &before, y->stop, horizon, r)) return false;
  r->phase = SLA_CANCELLED;
  r->stopped_at = y->stop;
  r->wall_remaining = r->next_change_at = SLA_NONE;
  return true;
}

static bool judge(const oracle_policy *policy, uint32_t metric, const cycle *y, sla_time now,
                  sla_time horizon, sla_result *r) {
  ticker c;
  bool paused = y->stretches[y->count - 1].kind == PAUSED;
  if (y->cancelled) return judge_cancelled(policy, metric, y, horizon, r);
  if (!set_up(&c, policy, metric, y, horizon)) return false;
  c.target = y->manual == SLA_NONE ? c.target : SLA_NONE; /* no due of its own while walking */
  if (!walk(&c, y, now, horizon)) return false;
  if (y->manual != SLA_NONE) c.target = counted_between(&c, y->start, y->manual);
  r->started_at = y->start;
  r->stopped_at = y->stop;
  r->phase = y->stop != SLA_NONE ? SLA_FULFILLED : paused ? SLA_PAUSED : SLA_RUNNING;
  r->target = c.target;
  r->elapsed = c.counted;
  r->remaining = c.target == SLA_NONE ? SLA_NONE : c.target - c.counted;
  r->wall_elapsed = c.wall_running;
  r->wall_paused = c.wall_paused;
  if (y->manual != SLA_NONE) return judge_manual(&c, y, now, r), true;
  if (y->stop != SLA_NONE) return judge_stopped(&c, y, horizon, r);
  if (paused) return judge_paused(&c, y->stretches[y->count - 1].from, now, horizon, r);
  return judge_running(&c, now, horizon, r);
}

void oracle_policy_init(oracle_policy *policy) {
  memset(policy, 0, sizeof *policy);
  for (int m = 0; m < 4; m++)
    for (int p = 0; p <= ORACLE_ANY; p++) policy->rules[m][p].lead = SLA_NONE;
  for (uint32_t s = SLA_TICKET_NEW; s <= SLA_TICKET_CLOSED; s++) policy->behaves_as[s] = s;
  policy->pauses[SLA_RESOLUTION][SLA_TICKET_PENDING] = true;
  policy->pauses[SLA_RESOLUTION][SLA_TICKET_ON_HOLD] = true;
}

bool oracle_evaluate(const oracle_policy *policy, uint32_t metric, const sla_event *events,
                     size_t count, sla_time now, sla_time horizon, sla_result *result) {
  story s;
  clear(result);
  memset(&s, 0, sizeof s);
  s.policy = policy;
  s.metric = result->metric = metric;
  s.status = SLA_TICKET_NEW;
  if (now < events[0].at) return true;
  while (count > 0 && events[count - 1].at > now) count--;
  for (size_t i = create(&s, events, count); i < count && !s.cancelled; i++)
    if (!happen(&s, &events[i], horizon)) return false;
  result->priority = s.priority;
  result->cycle = s.cycles;
  if (s.cycles > 0 && !judge(policy, metric, &s.now, now, horizon, result)) return false;
  result->met = s.met + (result->phase == SLA_FULFILLED && result->status == SLA_ON_TIME);
  result->missed = s.missed + (result->phase == SLA_FULFILLED && result->status == SLA_OVERDUE);
  return true;
}

/* ---- so that a failing draw can be repeated ---- */

void oracle_print_calendar(FILE *file, const oracle_calendar *calendar) {
  for (size_t i = 0; i < calendar->count; i++) {
    const sla_entry *e = &calendar->entries[i];
    fprintf(file,
            "  {.kind = %u, .recurrence = %u, .first = %d, .last = %d, .opens = %d, .closes = %d, "
            ".weekdays = %u, .month = %d, .day = %d},\n",
            e->kind, e->recurrence, e->first, e->last, e->opens, e->closes, e->weekdays, e->month,
            e->day);
  }
}

void oracle_print_events(FILE *file, const sla_event *events, size_t count) {
  char text[SUPPORT_TIME_TEXT];
  for (size_t i = 0; i < count; i++)
    fprintf(file, "  {%" PRId64 ", %" PRId64 ", %u, %u}, /* %s %s */\n", events[i].at,
            events[i].value, events[i].kind, events[i].flags, time_text(events[i].at, text),
            sla_event_kind_name(events[i].kind));
}

void oracle_print_result(FILE *file, const sla_result *r) {
  const sla_time times[] = {r->started_at,  r->stopped_at,       r->due_at,        r->due_soon_at,
                            r->breached_at, r->projected_due_at, r->next_change_at};
  static const char *const names[] = {"started", "stopped",   "due",        "due soon",
                                      "breached", "projected", "next change"};
  char text[SUPPORT_TIME_TEXT];
  for (int i = 0; i < 7; i++) fprintf(file, "  %s %s\n", names[i], time_text(times[i], text));
  fprintf(file,
          "  target %" PRId64 " elapsed %" PRId64 " remaining %" PRId64 " wall elapsed %" PRId64
          " wall remaining %" PRId64 " late by %" PRId64 " wall paused %" PRId64 "\n",
          r->target, r->elapsed, r->remaining, r->wall_elapsed, r->wall_remaining, r->late_by,
          r->wall_paused);
  fprintf(file, "  metric %u phase %u status %u flags %u priority %u cycle %u met %u missed %u\n",
          r->metric, r->phase, r->status, r->flags, r->priority, r->cycle, r->met, r->missed);
}
