/* SPDX-License-Identifier: MIT */
#include "chance.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DAY 86400

const char *const chance_zone_names[CHANCE_ZONES] = {
    "UTC",           "America/New_York",   "America/Los_Angeles", "America/Sao_Paulo",
    "Asia/Beirut",   "Asia/Kolkata",       "Australia/Adelaide",  "Australia/Lord_Howe",
    "Europe/Dublin", "Europe/Amsterdam",   "Europe/Paris",        "Europe/Warsaw",
    "Pacific/Apia",  "Africa/Casablanca"};

void chance_begin(chance *luck, uint64_t seed) {
  luck->state = seed;
  for (int i = 0; i < CHANCE_ZONES; i++) luck->zones[i] = zone_named(chance_zone_names[i]);
}

void chance_end(chance *luck) {
  for (int i = 0; i < CHANCE_ZONES; i++) sla_zone_unref(luck->zones[i]);
}

static int64_t draw(chance *luck, int64_t lo, int64_t hi) {
  return random_between(&luck->state, lo, hi);
}

static bool one_in(chance *luck, int n) { return draw(luck, 1, n) == 1; }

static int32_t offset_at(const sla_zone *zone, sla_time time) {
  int32_t offset = 0;
  assert_ok(sla_zone_offset_at(zone, time, &offset));
  return offset;
}

sla_time chance_clock_change(const sla_zone *zone, sla_time after) {
  sla_time lo = after, hi = after;
  for (int weeks = 0; weeks < 52 && offset_at(zone, hi) == offset_at(zone, lo); weeks++) {
    lo = hi;
    hi += 7 * DAY;
    if (hi > SLA_TIME_MAX) return after;
  }
  if (offset_at(zone, lo) == offset_at(zone, hi)) return after;
  while (hi - lo > 1) {
    sla_time middle = lo + (hi - lo) / 2;
    if (offset_at(zone, middle) == offset_at(zone, lo)) lo = middle;
    else hi = middle;
  }
  return hi;
}

static sla_time within(sla_time time) {
  return time < SLA_TIME_MIN ? SLA_TIME_MIN : time > SLA_TIME_MAX ? SLA_TIME_MAX : time;
}

static sla_time new_year(int64_t year) {
  int32_t days = 0;
  if (sla_date_to_days((sla_date)year * 10000 + 101, &days) != SLA_OK) return SLA_TIME_MAX;
  return (sla_time)days * DAY;
}

sla_time chance_instant(chance *luck, const sla_zone *zone, sla_time near) {
  static const int window_edges[] = {1, 1920, 1950, 2000, 2001, 2050, 2130, 9999, 10000};
  int64_t year = draw(luck, 1, 9999);
  switch (draw(luck, 0, 7)) {
    case 0: return draw(luck, SLA_TIME_MIN, SLA_TIME_MAX);
    case 1: return draw(luck, new_year(1900), new_year(2150));
    case 2: year = draw(luck, 1900, 2100); /* fall through */
    case 3:
      return within(chance_clock_change(zone, new_year(year)) + draw(luck, -2 * DAY, 2 * DAY));
    case 4: /* or the Friday that Samoa left out */
      if (one_in(luck, 4)) return at("2011-12-30T10:00Z") + draw(luck, -3 * DAY, 3 * DAY);
      return within(new_year(window_edges[draw(luck, 0, 8)]) + draw(luck, -DAY, DAY));
    case 5: return one_in(luck, 2) ? SLA_TIME_MIN + draw(luck, 0, 3 * DAY)
                                   : SLA_TIME_MAX - draw(luck, 0, 3 * DAY);
    default: return within(near + draw(luck, -40 * DAY, 40 * DAY));
  }
}

/* ---- calendars ---- */

static sla_date date_near(chance *luck, sla_time near, int64_t days) {
  return utc_date(within(near + draw(luck, -days, days) * DAY));
}

static void times(chance *luck, sla_entry *entry, int step, bool overnight) {
  int64_t unit = one_in(luck, 3) ? step : 1800; /* mostly half hours, as people do */
  do {
    entry->opens = (int32_t)(draw(luck, 0, DAY / unit - 1) * unit);
    entry->closes = (int32_t)(draw(luck, 0, DAY / unit) * unit);
  } while (entry->opens == entry->closes || (!overnight && entry->closes < entry->opens));
}

static void limits(chance *luck, sla_entry *entry, sla_time near) {
  if (one_in(luck, 2)) entry->first = date_near(luck, near, 30);
  if (one_in(luck, 2)) entry->last = date_near(luck, near, 30);
  if (entry->first != 0 && entry->last != 0 && entry->last < entry->first) entry->last = 0;
}

static void weekly(chance *luck, sla_entry *entry, sla_time near, int step) {
  entry->kind = SLA_ENTRY_HOURS;
  entry->recurrence = SLA_WEEKLY;
  entry->weekdays = (uint32_t)draw(luck, 1, 127);
  times(luck, entry, step, true);
  if (one_in(luck, 4)) limits(luck, entry, near);
}

static void when(chance *luck, sla_entry *entry, sla_time near) {
  sla_date date = date_near(luck, near, 20);
  entry->recurrence = (uint32_t)draw(luck, SLA_DATES, SLA_YEARLY_WEEKDAY);
  if (entry->recurrence == SLA_DATES) {
    entry->first = entry->last = date;
    if (one_in(luck, 3)) entry->last = oracle_next_date(oracle_next_date(date));
    if (entry->last > 99991231) entry->last = entry->first;
    return;
  }
  entry->month = date / 100 % 100;
  entry->day = date % 100;
  if (one_in(luck, 12)) entry->month = 2, entry->day = 29;
  if (entry->recurrence == SLA_YEARLY_WEEKDAY) {
    entry->day = one_in(luck, 4) ? -1 : (int32_t)draw(luck, 1, 5);
    entry->weekdays = 1u << draw(luck, 0, 6);
  }
  if (one_in(luck, 4)) limits(luck, entry, near);
}

static void special(chance *luck, sla_entry *entry, sla_time near, int step) {
  static const uint32_t kinds[] = {SLA_ENTRY_HOLIDAY, SLA_ENTRY_SPECIAL_HOURS, SLA_ENTRY_CLOSURE};
  entry->kind = kinds[draw(luck, 0, 2)];
  when(luck, entry, near);
  if (entry->kind != SLA_ENTRY_HOLIDAY)
    times(luck, entry, step, entry->kind == SLA_ENTRY_SPECIAL_HOURS);
}

void chance_calendar(chance *luck, oracle_calendar *calendar, sla_time near, int step) {
  size_t hours = (size_t)draw(luck, 1, 4), others = (size_t)draw(luck, 0, 8);
  memset(calendar, 0, sizeof *calendar);
  calendar->zone = luck->zones[draw(luck, 0, CHANCE_ZONES - 1)];
  if (one_in(luck, 25)) {
    calendar->entries[calendar->count++] = (sla_entry){.kind = SLA_ENTRY_HOURS, .closes = DAY,
                                                       .recurrence = SLA_WEEKLY, .weekdays = 127};
    return; /* always open */
  }
  if (one_in(luck, 20)) hours = 0, others++; /* special hours only, perhaps */
  while (calendar->count < hours)
    weekly(luck, &calendar->entries[calendar->count++], near, step);
  while (calendar->count < hours + others)
    special(luck, &calendar->entries[calendar->count++], near, step);
}

sla_calendar *chance_built(const oracle_calendar *calendar, int32_t first_year,
                           int32_t last_year) {
  sla_calendar_builder *builder = NULL;
  sla_calendar *result = NULL;
  assert_ok(sla_calendar_builder_new(NULL, &builder, NULL));
  assert_ok(sla_calendar_builder_set_zone(builder, calendar->zone, NULL));
  assert_ok(sla_calendar_builder_set_window(builder, first_year, last_year, NULL));
  for (size_t i = 0; i < calendar->count; i++)
    assert_ok(sla_calendar_builder_add_entry(builder, &calendar->entries[i], sizeof(sla_entry),
                                             NULL, 0, NULL));
  int32_t code = sla_calendar_builder_build(builder, &result, NULL);
  sla_calendar_builder_free(builder);
  if (code != SLA_E_CLOSED) assert_ok(code);
  return result;
}
