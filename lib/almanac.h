/* SPDX-License-Identifier: MIT */
/*
 * Open time at instants, for all years: a ledger read through a zone.
 *
 * Open time is counted on the wall clock; each change of offset adds what it repeats and takes
 * away what it skips.  Those corrections are zero for most calendars (few are open at the hour the
 * clocks change), so only the others are kept, in order, with their sum.
 *
 * May include: base mem civil zone ledger.
 */
#ifndef SLA_LIB_ALMANAC_H
#define SLA_LIB_ALMANAC_H

#include "ledger.h"
#include "zone.h"

/* A change of offset, and what it and all before it add to the wall clock's count. */
typedef struct {
  sla_time at;
  int64_t total;
} sla__shift;

typedef struct {
  const sla_zone *zone; /* not owned */
  sla__ledger ledger;
  sla__array shifts;
  /* From this year on neither a date nor the zone's list makes a difference, and corrections
   * repeat every 400 years, adding `cycle` each time. */
  int32_t horizon_year;
  sla_time horizon; /* its start */
  int64_t cycle;
  bool always; /* around the clock: every date is open from midnight to midnight */
} sla__almanac;

/* SLA_E_MEMORY, SLA_E_LIMIT. */
int32_t sla__almanac_init(const sla_allocator *allocator, sla__almanac *almanac,
                          const sla_zone *zone, const sla__rule *rules, size_t count);
void sla__almanac_free(const sla_allocator *allocator, sla__almanac *almanac);

/* Open seconds before an instant, from a beginning of its own. */
int64_t sla__almanac_open_before(const sla__almanac *almanac, sla_time at);

/* The n-th open second, or with SLA__SHUT the one that has n = instant - open seconds before it
 * and is not open.  `near` is a guess.  False when no valid instant is. */
bool sla__almanac_nth(const sla__almanac *almanac, sla__measure measure, int64_t n, sla_time near,
                      sla_time *at);

#endif
