/* SPDX-License-Identifier: MIT */
/* A compiled calendar: what it was told, and its open time.
 * May include: base mem error text civil zone hours almanac weektable mirror. */
#ifndef SLA_LIB_CALENDAR_H
#define SLA_LIB_CALENDAR_H

#include "almanac.h"
#include "mirror.h"
#include "weektable.h"

#define SLA__ENTRIES_MAX 16384
#define SLA__NAME_MAX 255

/* An entry as it was given, and where its name lies. */
typedef struct {
  sla_entry entry;
  uint32_t name, name_length;
} sla__named_entry;

struct sla_calendar {
  sla__refs refs;
  sla__weektable table;
  sla__mirror *mirror; /* NULL where the table cannot stand for what follows it */
  sla__almanac almanac;
  sla_allocator allocator;
  sla_zone *zone;
  sla__array entries; /* sla__named_entry */
  sla__array names;   /* char */
  int32_t first_year, last_year;
  bool window_set; /* by the host */
};

/* The entry with day numbers, as a ledger reads it. */
sla__rule sla__calendar_rule(const sla_entry *entry);

/* Valid instants only. */
bool sla__calendar_is_open(const sla_calendar *calendar, sla_time at);
/* Open seconds before an instant, from a beginning of its own. */
int64_t sla__calendar_open_before_any(const sla_calendar *calendar, sla_time at);
static inline int64_t sla__calendar_open_before(const sla_calendar *calendar, sla_time at) {
  if (sla__weektable_holds(&calendar->table, at))
    return sla__weektable_open_before(&calendar->table, at);
  return sla__calendar_open_before_any(calendar, at);
}
/* As sla_calendar_add, for a valid instant and any n: SLA_OK or SLA_E_NEVER. */
int32_t sla__calendar_add(const sla_calendar *calendar, sla_time from, sla_seconds n,
                          sla_time *result);
/* The same for n other than 0, when sla__calendar_open_before(calendar, from) is known already. */
int32_t sla__calendar_reach_any(const sla_calendar *calendar, sla_time from, int64_t before,
                                sla_seconds n, sla_time *result);
/* For n > 0. */
static inline int32_t sla__calendar_reach(const sla_calendar *calendar, sla_time from,
                                          int64_t before, sla_seconds n, sla_time *result) {
  const sla__weektable *table = &calendar->table;
  int64_t last = before + n - 1;
  if (before < table->base || n > table->total || last - table->base >= table->total)
    return sla__calendar_reach_any(calendar, from, before, n, result);
  *result = sla__weektable_nth_open(table, last) + 1;
  return SLA_OK;
}
/* The first open second at or after an instant; false when there is none. */
bool sla__calendar_next_open(const sla_calendar *calendar, sla_time at, sla_time *open);

static inline sla_seconds sla__calendar_elapsed(const sla_calendar *calendar, sla_time from,
                                                sla_time to) {
  if (sla__weektable_holds(&calendar->table, from) && sla__weektable_holds(&calendar->table, to))
    return sla__weektable_elapsed(&calendar->table, from, to);
  return sla__calendar_open_before(calendar, to) - sla__calendar_open_before(calendar, from);
}

#endif
