/* SPDX-License-Identifier: MIT */
#include "workdays.h"

/* A second of a date's own intervals: 26:00 is two in the morning of the night that began on it. */
typedef struct {
  int32_t day, second;
} anchor;

static const sla__ledger *ledger_of(const sla_calendar *calendar) {
  return &calendar->almanac.ledger;
}

static sla__list starts_on(const sla_calendar *calendar, int32_t day) {
  const sla__ledger *ledger = ledger_of(calendar);
  return sla__ledger_list(ledger, sla__ledger_page(ledger, day)->starts);
}

static bool covers(sla__list list, int32_t second) {
  uint32_t at = sla__list_at(list, second);
  return at < list.count && list.stretches[at].from <= second;
}

/* The date that an instant belongs to: an open one to the interval that started first; a shut one
 * on a working date to that date; else the next opening's.  False when there is none. */
static bool find_anchor(const sla_calendar *calendar, sla_time start, anchor *found) {
  for (int moved = 0;; moved++) {
    int64_t local = start + sla__zone_era(calendar->zone, start).offset;
    int32_t day = (int32_t)sla__floor_div(local, SLA__DAY);
    *found = (anchor){day, (int32_t)sla__floor_mod(local, SLA__DAY)};
    if (sla__calendar_is_open(calendar, start)) {
      if (covers(starts_on(calendar, day - 1), found->second + SLA__DAY))
        *found = (anchor){day - 1, found->second + SLA__DAY};
      return true;
    }
    if (starts_on(calendar, day).count > 0) return true;
    if (moved > 0 || !sla__calendar_next_open(calendar, start, &start)) return false;
  }
}

/* The n-th working date after one, n >= 1. */
static bool nth_after(const sla_calendar *calendar, int32_t day, int64_t n, int32_t *found) {
  const sla__ledger *ledger = ledger_of(calendar);
  int64_t before = sla__ledger_before(ledger, SLA__WORKING, day + 1);
  return n <= INT32_MAX && sla__ledger_find(ledger, SLA__WORKING, before + n - 1, found);
}

static int32_t first_instant(const sla_calendar *calendar, int64_t local, sla_time *at) {
  sla_time first, last;
  sla__zone_instants(calendar->zone, local, &first, &last);
  if (!sla__valid_time(first)) return SLA_E_NEVER;
  *at = first;
  return SLA_OK;
}

/* Before the first interval, its opening; in a gap, the next opening; past the last, its close. */
static int32_t clamp_into(sla__list starts, int32_t second) {
  uint32_t at = sla__list_at(starts, second);
  if (at == starts.count) return starts.stretches[at - 1].to;
  return (int32_t)sla__max(second, starts.stretches[at].from);
}

int32_t sla__workdays_after(const sla_calendar *calendar, sla_time start, int64_t n,
                            sla_time *due) {
  anchor from;
  int32_t day;
  if (!find_anchor(calendar, start, &from)) return SLA_E_NEVER;
  if (!nth_after(calendar, from.day, n, &day)) return SLA_E_NEVER;
  int32_t second = clamp_into(starts_on(calendar, day), from.second);
  return first_instant(calendar, (int64_t)day * SLA__DAY + second, due);
}

/* Where an end moves to when the closures of a date are applied: at most one of them holds it. */
static int32_t cut_end(sla__list closures, int32_t end) {
  uint32_t at = sla__list_at(closures, end - 1);
  return at < closures.count && closures.stretches[at].from < end ? closures.stretches[at].from
                                                                  : end;
}

/* The end of what of a stretch is left by the closures of the next date and of its own, or its
 * start when nothing is. */
static int32_t end_left(const sla_calendar *calendar, int32_t day, const sla__stretch *stretch) {
  const sla__ledger *ledger = ledger_of(calendar);
  sla__list own = sla__ledger_list(ledger, sla__ledger_page(ledger, day)->closures);
  sla__list next = sla__ledger_list(ledger, sla__ledger_page(ledger, day + 1)->closures);
  int32_t end = cut_end(next, stretch->to - SLA__DAY) + SLA__DAY;
  return (int32_t)sla__max(cut_end(own, end), stretch->from);
}

/* The last open second of the intervals that start on a date; false when closures leave none. */
static bool last_second(const sla_calendar *calendar, int32_t day, int64_t *local) {
  sla__list starts = starts_on(calendar, day);
  for (uint32_t i = starts.count; i-- > 0;) {
    int32_t end = end_left(calendar, day, &starts.stretches[i]);
    if (end == starts.stretches[i].from) continue;
    *local = (int64_t)day * SLA__DAY + end - 1;
    return true;
  }
  return false;
}

/* The end of a working date; that of the next date with open time when closures leave it none. */
static int32_t end_of(const sla_calendar *calendar, int32_t day, sla_time *end) {
  int64_t local;
  if (!last_second(calendar, day, &local)) {
    sla__list starts = starts_on(calendar, day);
    sla_time after;
    anchor next;
    int64_t close = (int64_t)day * SLA__DAY + starts.stretches[starts.count - 1].to;
    if (first_instant(calendar, close, &after) != SLA_OK) return SLA_E_NEVER;
    if (!sla__calendar_next_open(calendar, after, &after)) return SLA_E_NEVER;
    if (!find_anchor(calendar, after, &next)) return SLA_E_NEVER;
    if (!last_second(calendar, next.day, &local)) return SLA_E_NEVER;
  }
  sla_time first, last;
  uint32_t wall = sla__zone_instants(calendar->zone, local, &first, &last);
  last += wall != SLA_WALL_SKIPPED; /* time left out ends at the change itself */
  if (!sla__valid_time(last)) return SLA_E_NEVER;
  *end = last;
  return SLA_OK;
}

int32_t sla__workdays_end(const sla_calendar *calendar, sla_time start, int64_t n, sla_time *due) {
  anchor from;
  int32_t day;
  sla_time end;
  if (!find_anchor(calendar, start, &from)) return SLA_E_NEVER;
  if (n == 0) {
    int32_t code = end_of(calendar, from.day, &end);
    if (code != SLA_OK) return code;
    if (end >= start) {
      *due = end;
      return SLA_OK;
    }
    n = 1;
  }
  if (!nth_after(calendar, from.day, n, &day)) return SLA_E_NEVER;
  return end_of(calendar, day, due);
}

/* ---- public ---- */

int32_t sla_calendar_is_working_date(const sla_calendar *calendar, sla_date date,
                                     uint32_t *working) {
  int32_t day;
  if (calendar == NULL || working == NULL) return SLA_E_NULL;
  if (!sla__civil_parse(date, &day)) return SLA_E_DATE;
  *working = starts_on(calendar, day).count > 0;
  return SLA_OK;
}

int32_t sla_calendar_working_dates(const sla_calendar *calendar, sla_date from, sla_date to,
                                   int64_t *count) {
  int32_t first, last;
  if (calendar == NULL || count == NULL) return SLA_E_NULL;
  if (!sla__civil_parse(from, &first) || !sla__civil_parse(to, &last)) return SLA_E_DATE;
  *count = sla__ledger_before(ledger_of(calendar), SLA__WORKING, last) -
           sla__ledger_before(ledger_of(calendar), SLA__WORKING, first);
  return SLA_OK;
}

int32_t sla_calendar_add_working_dates(const sla_calendar *calendar, sla_date date, int64_t n,
                                       sla_date *result) {
  int32_t day, found;
  if (calendar == NULL || result == NULL) return SLA_E_NULL;
  if (!sla__civil_parse(date, &day)) return SLA_E_DATE;
  if (n < -SLA__LEDGER_END || n > SLA__LEDGER_END) return SLA_E_NEVER;
  int64_t before = sla__ledger_before(ledger_of(calendar), SLA__WORKING, n > 0 ? day + 1 : day);
  if (n == 0) found = day;
  else if (!sla__ledger_find(ledger_of(calendar), SLA__WORKING, n > 0 ? before + n - 1 : before + n,
                             &found))
    return SLA_E_NEVER;
  if (found < SLA__DAY_FIRST || found > SLA__DAY_LAST) return SLA_E_NEVER;
  *result = sla__civil_date(found);
  return SLA_OK;
}
