/* SPDX-License-Identifier: MIT */
/* Queries.  All of them come down to counting open seconds before an instant and to finding the
 * n-th open or shut one. */
#include "calendar.h"

#include "text.h"

sla_calendar *sla_calendar_ref(const sla_calendar *calendar) {
  sla_calendar *counted = (sla_calendar *)calendar;
  if (counted != NULL) sla__refs_take(&counted->refs);
  return counted;
}

void sla_calendar_unref(sla_calendar *calendar) {
  if (calendar == NULL || !sla__refs_drop(&calendar->refs)) return;
  const sla_allocator allocator = calendar->allocator;
  sla__weektable_free(&allocator, &calendar->table);
  sla__mem_free(&allocator, calendar->mirror, sizeof *calendar->mirror);
  sla__almanac_free(&allocator, &calendar->almanac);
  sla__array_free(&allocator, &calendar->entries, sizeof(sla__named_entry));
  sla__array_free(&allocator, &calendar->names, sizeof(char));
  sla_zone_unref(calendar->zone);
  sla__mem_free(&allocator, calendar, sizeof *calendar);
}

size_t sla_calendar_memory(const sla_calendar *calendar) {
  size_t held = sizeof *calendar;
  if (calendar == NULL) return 0;
  const sla_allocator counter = sla__mem_counter(&held);
  sla__weektable table = calendar->table;
  sla__almanac almanac = calendar->almanac;
  sla__array entries = calendar->entries, names = calendar->names;
  sla__weektable_free(&counter, &table);
  sla__mem_free(&counter, calendar->mirror, sizeof *calendar->mirror);
  sla__almanac_free(&counter, &almanac);
  sla__array_free(&counter, &entries, sizeof(sla__named_entry));
  sla__array_free(&counter, &names, sizeof(char));
  return held;
}

/* ---- counting and finding ---- */

static bool is_mirrored(const sla_calendar *calendar, sla_time at) {
  return calendar->mirror != NULL && at >= calendar->mirror->start;
}

/* Where the table shows an instant, and what to add to its counts; false when it does not. */
static inline bool tabulated(const sla_calendar *calendar, sla_time at, sla_time *shown,
                             int64_t *add) {
  *shown = at;
  *add = 0;
  if (sla__weektable_holds(&calendar->table, at)) return true;
  if (!is_mirrored(calendar, at)) return false;
  *shown = sla__mirror_instant(calendar->mirror, at, add);
  return true;
}

int64_t sla__calendar_open_before_any(const sla_calendar *calendar, sla_time at) {
  sla_time shown;
  int64_t add;
  if (tabulated(calendar, at, &shown, &add))
    return sla__weektable_open_before(&calendar->table, shown) + add;
  return sla__almanac_open_before(&calendar->almanac, at);
}

static int64_t shut_before(const sla_calendar *calendar, sla_time at) {
  return at - sla__calendar_open_before(calendar, at);
}

static bool nth_open(const sla_calendar *calendar, int64_t n, sla_time near, sla_time *at) {
  const sla__weektable *table = &calendar->table;
  if (n >= table->base && n - table->base < table->total) {
    *at = sla__weektable_nth_open(table, n);
    return true;
  }
  if (calendar->mirror != NULL && n >= table->base + table->total) {
    int64_t within;
    sla_time add;
    if (!sla__mirror_number(calendar->mirror, n, &within, &add)) return false;
    *at = sla__weektable_nth_open(table, within) + add;
    return true;
  }
  return sla__almanac_nth(&calendar->almanac, SLA__OPEN, n, near, at);
}

static bool nth_shut(const sla_calendar *calendar, int64_t n, sla_time near, sla_time *at) {
  return sla__almanac_nth(&calendar->almanac, SLA__SHUT, n, near, at);
}

bool sla__calendar_is_open(const sla_calendar *calendar, sla_time at) {
  sla_time shown;
  int64_t add;
  if (tabulated(calendar, at, &shown, &add))
    return sla__weektable_is_open(&calendar->table, shown);
  return sla__almanac_open_before(&calendar->almanac, at + 1) >
         sla__almanac_open_before(&calendar->almanac, at);
}

bool sla__calendar_next_open(const sla_calendar *calendar, sla_time at, sla_time *open) {
  if (calendar->almanac.always) {
    *open = at;
    return true;
  }
  return nth_open(calendar, sla__calendar_open_before(calendar, at), at, open);
}

int32_t sla__calendar_reach_any(const sla_calendar *calendar, sla_time from, int64_t before,
                                sla_seconds n, sla_time *result) {
  const sla_seconds longest = SLA_TIME_MAX - SLA_TIME_MIN;
  bool forward = n > 0;
  sla_time x;
  if (n > longest || n < -longest) return SLA_E_NEVER;
  if (calendar->almanac.always) x = from + n - forward;
  else if (!nth_open(calendar, before + n - forward, from, &x)) return SLA_E_NEVER;
  if (!sla__valid_time(x + forward)) return SLA_E_NEVER;
  *result = x + forward;
  return SLA_OK;
}

int32_t sla__calendar_add(const sla_calendar *calendar, sla_time from, sla_seconds n,
                          sla_time *result) {
  const sla__weektable *table = &calendar->table;
  if (n == 0) {
    *result = from;
    return SLA_OK;
  }
  bool small = n <= table->total && n >= -table->total;
  if (small && sla__weektable_holds(table, from) &&
      sla__weektable_add(table, from, n, result))
    return SLA_OK;
  int64_t before = sla__calendar_open_before(calendar, from);
  return sla__calendar_reach_any(calendar, from, before, n, result);
}

/* ---- public ---- */

int32_t sla_calendar_is_open(const sla_calendar *calendar, sla_time at, uint32_t *open) {
  if (calendar == NULL || open == NULL) return SLA_E_NULL;
  if (!sla__valid_time(at)) return SLA_E_RANGE;
  *open = sla__calendar_is_open(calendar, at);
  return SLA_OK;
}

int32_t sla_calendar_elapsed(const sla_calendar *calendar, sla_time from, sla_time to,
                             sla_seconds *elapsed) {
  if (calendar == NULL || elapsed == NULL) return SLA_E_NULL;
  const sla__weektable *table = &calendar->table; /* what it holds is valid */
  if (!(sla__weektable_holds(table, from) && sla__weektable_holds(table, to)) &&
      (!sla__valid_time(from) || !sla__valid_time(to)))
    return SLA_E_RANGE;
  *elapsed = sla__calendar_elapsed(calendar, from, to);
  return SLA_OK;
}

int32_t sla_calendar_add(const sla_calendar *calendar, sla_time from, sla_seconds n,
                         sla_time *result) {
  if (calendar == NULL || result == NULL) return SLA_E_NULL;
  if (!sla__valid_time(from) || n == SLA_NONE) return SLA_E_RANGE;
  return sla__calendar_add(calendar, from, n, result);
}

static sla_time valid_or_none(sla_time at) { return sla__valid_time(at) ? at : SLA_NONE; }

/* The first second after `at`, which is open or not, that is the opposite. */
static sla_time next_change(const sla_calendar *calendar, sla_time at) {
  sla_time shown, change;
  int64_t add;
  if (calendar->almanac.always) return SLA_NONE;
  if (tabulated(calendar, at, &shown, &add) &&
      sla__weektable_next_change(&calendar->table, shown, &change))
    return valid_or_none(change + (at - shown));
  bool found = sla__calendar_is_open(calendar, at)
                   ? nth_shut(calendar, shut_before(calendar, at), at, &change)
                   : nth_open(calendar, sla__calendar_open_before(calendar, at), at, &change);
  return found ? change : SLA_NONE;
}

static sla_time previous_change(const sla_calendar *calendar, sla_time at) {
  sla_time shown, change;
  int64_t add;
  if (calendar->almanac.always) return SLA_NONE;
  if (tabulated(calendar, at, &shown, &add) &&
      sla__weektable_previous_change(&calendar->table, shown, &change))
    return change + (at - shown);
  bool found = sla__calendar_is_open(calendar, at)
                   ? nth_shut(calendar, shut_before(calendar, at) - 1, at, &change)
                   : nth_open(calendar, sla__calendar_open_before(calendar, at) - 1, at, &change);
  return found ? change + 1 : SLA_NONE;
}

int32_t sla_calendar_next_change(const sla_calendar *calendar, sla_time at, sla_time *change) {
  if (calendar == NULL || change == NULL) return SLA_E_NULL;
  if (!sla__valid_time(at)) return SLA_E_RANGE;
  *change = next_change(calendar, at);
  return SLA_OK;
}

int32_t sla_calendar_previous_change(const sla_calendar *calendar, sla_time at, sla_time *change) {
  if (calendar == NULL || change == NULL) return SLA_E_NULL;
  if (!sla__valid_time(at)) return SLA_E_RANGE;
  *change = previous_change(calendar, at);
  return SLA_OK;
}

int32_t sla_calendar_intervals(const sla_calendar *calendar, sla_time from, sla_time to,
                               sla_interval *intervals, size_t capacity, size_t size,
                               size_t *count) {
  size_t written = 0;
  sla_time opens;
  if (calendar == NULL || intervals == NULL || count == NULL) return SLA_E_NULL;
  if (!sla__valid_time(from) || !sla__valid_time(to)) return SLA_E_RANGE;
  if (to < from || capacity == 0) return SLA_E_ARGUMENT;
  if (!sla__size_ok(size, sizeof(sla_interval))) return SLA_E_ABI;
  while (written < capacity && from < to && sla__calendar_next_open(calendar, from, &opens) &&
         opens < to) {
    sla_time closes = next_change(calendar, opens);
    if (closes == SLA_NONE || closes > to) closes = to;
    const sla_interval interval = {opens, closes};
    sla__record_write(SLA__AT(sla_interval, intervals, size, written++), size, &interval,
                      sizeof interval);
    from = closes;
  }
  *count = written;
  return SLA_OK;
}

/* ---- what went in ---- */

static const sla__named_entry *entry_at(const sla_calendar *calendar, uint32_t index) {
  if (index >= calendar->entries.count) return NULL;
  return (const sla__named_entry *)calendar->entries.data + index;
}

uint32_t sla_calendar_entry_count(const sla_calendar *calendar) {
  return calendar == NULL ? 0 : (uint32_t)calendar->entries.count;
}

int32_t sla_calendar_entry(const sla_calendar *calendar, uint32_t index, sla_entry *entry,
                           size_t size) {
  if (calendar == NULL || entry == NULL) return SLA_E_NULL;
  if (!sla__size_ok(size, sizeof *entry)) return SLA_E_ABI;
  const sla__named_entry *found = entry_at(calendar, index);
  if (found == NULL) return SLA_E_ARGUMENT;
  sla__record_write(entry, size, &found->entry, sizeof found->entry);
  return SLA_OK;
}

int32_t sla_calendar_entry_name(const sla_calendar *calendar, uint32_t index, char *buffer,
                                size_t capacity, size_t *length) {
  if (calendar == NULL || length == NULL || (buffer == NULL && capacity > 0)) return SLA_E_NULL;
  const sla__named_entry *found = entry_at(calendar, index);
  if (found == NULL) return SLA_E_ARGUMENT;
  sla__writer writer = {buffer, capacity, 0};
  const char *names = calendar->names.count > 0 ? calendar->names.data : "";
  sla__write(&writer, names + found->name, found->name_length);
  *length = writer.length;
  return SLA_OK;
}

sla__rule sla__calendar_rule(const sla_entry *entry) {
  sla__rule rule = {.first = SLA__LEDGER_FIRST, .last = SLA__LEDGER_END - 1,
                    .opens = entry->opens, .closes = entry->closes, .kind = entry->kind,
                    .recurrence = entry->recurrence, .weekdays = entry->weekdays,
                    .month = entry->month, .day = entry->day};
  if (entry->first != 0) sla__civil_parse(entry->first, &rule.first);
  if (entry->last != 0) sla__civil_parse(entry->last, &rule.last);
  if (rule.closes < rule.opens) rule.closes += SLA__DAY;
  return rule;
}

int32_t sla_calendar_holiday_on(const sla_calendar *calendar, sla_date date, uint32_t *index) {
  int32_t day;
  if (calendar == NULL || index == NULL) return SLA_E_NULL;
  if (!sla__civil_parse(date, &day)) return SLA_E_DATE;
  *index = SLA_NO_ENTRY;
  for (uint32_t i = 0; i < calendar->entries.count; i++) {
    const sla_entry *entry = &entry_at(calendar, i)->entry;
    if (entry->kind != SLA_ENTRY_HOLIDAY) continue;
    const sla__rule rule = sla__calendar_rule(entry);
    if (!sla__rule_matches(&rule, day, sla__civil_of(day))) continue;
    *index = i;
    break;
  }
  return SLA_OK;
}

const sla_zone *sla_calendar_zone(const sla_calendar *calendar) {
  return calendar == NULL ? NULL : calendar->zone;
}

int32_t sla_calendar_window(const sla_calendar *calendar, int32_t *first_year,
                            int32_t *last_year) {
  if (calendar == NULL || first_year == NULL || last_year == NULL) return SLA_E_NULL;
  *first_year = calendar->first_year;
  *last_year = calendar->last_year;
  return SLA_OK;
}

int32_t sla_calendar_window_is_set(const sla_calendar *calendar, uint32_t *is_set) {
  if (calendar == NULL || is_set == NULL) return SLA_E_NULL;
  *is_set = calendar->window_set;
  return SLA_OK;
}
