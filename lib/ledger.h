/* SPDX-License-Identifier: MIT */
/*
 * What every local date looks like, and how much is open before it.  No zones, no clock changes.
 *
 * A page is what one date looks like; equal pages are kept once.  A segment is a stretch of dates
 * under one regime: seven pages by weekday, and the pages of the dates that come round every year,
 * by kind of year.  Dates with something of their own are exceptions.  So the count before any
 * date is a formula plus two short searches, whatever the distance.
 *
 * May include: base mem civil span.
 */
#ifndef SLA_LIB_LEDGER_H
#define SLA_LIB_LEDGER_H

#include "civil.h"
#include "span.h"

#define SLA__LEDGER_FIRST SLA__DAY_MIN
#define SLA__LEDGER_END (SLA__DAY_MAX + 32) /* past every local date an instant can have */

/* One thing a calendar was told, with day numbers, and closes after opens (up to 48:00). */
typedef struct {
  int32_t first, last; /* from SLA__LEDGER_FIRST to SLA__LEDGER_END - 1 */
  int32_t opens, closes;
  uint32_t kind, recurrence, weekdays;
  int32_t month, day;
} sla__rule;

/* Numbers of lists in the pool. */
typedef struct {
  uint16_t open;   /* what is open on the date itself, 0 to 86400 */
  uint16_t starts; /* the intervals that start on it, up to 172800 */
  uint16_t closures;
} sla__page;

typedef struct {
  uint16_t day_of_year, page;
  int32_t more_open; /* than the weekly pages, up to and including this date */
} sla__yearly_page;

typedef struct {
  uint16_t pages[7];
  int32_t open[8], working[8];             /* before each weekday of a week, and in all */
  uint32_t yearly[SLA__YEAR_KINDS + 1];    /* the yearly pages of each kind of year */
  sla__yearly open_sum, working_sum;       /* what the yearly pages add, year by year */
} sla__regime;

typedef enum { SLA__OPEN, SLA__SHUT, SLA__WORKING } sla__measure;

typedef struct {
  int64_t joins_open, joins_working; /* make the counts run on from the segment before */
  int64_t before[3];     /* by measure, before its first date */
  int32_t first;
  uint32_t regime;
} sla__segment;

typedef struct {
  int64_t more_open;    /* than the regime, up to and including this date */
  int64_t open_before;  /* in all, before it */
  int32_t more_working; /* and so of working dates */
  int32_t working_before;
  int32_t day;
  uint32_t page;
} sla__exception;

typedef struct {
  sla__pool pool;
  sla__array pages, regimes, yearly, segments, exceptions;
  int64_t end[3]; /* by measure, before SLA__LEDGER_END */
} sla__ledger;

/* `skipped`: the dates that the zone leaves out, in order.
 * SLA_E_MEMORY, or SLA_E_LIMIT when the rules combine into more than a ledger holds. */
int32_t sla__ledger_init(const sla_allocator *allocator, sla__ledger *ledger,
                         const sla__rule *rules, size_t count, const int32_t *skipped,
                         size_t skipped_count);
void sla__ledger_free(const sla_allocator *allocator, sla__ledger *ledger);

bool sla__rule_matches(const sla__rule *rule, int32_t day, sla__ymd date);

/* Open seconds, shut seconds or working dates before a date, from a beginning of its own. */
int64_t sla__ledger_before(const sla__ledger *ledger, sla__measure measure, int32_t day);
/* The date that holds number n (from 0) of them; false when there is none. */
bool sla__ledger_find(const sla__ledger *ledger, sla__measure measure, int64_t n, int32_t *day);

/* Open seconds before a second of the wall clock (since 1970-01-01T00:00 on that clock), and the
 * n-th open or shut one. */
int64_t sla__ledger_open_before(const sla__ledger *ledger, int64_t local);
bool sla__ledger_nth(const sla__ledger *ledger, sla__measure measure, int64_t n, int64_t *local);

const sla__page *sla__ledger_page(const sla__ledger *ledger, int32_t day);
/* The page of its weekday, for a date that is plain. */
const sla__page *sla__ledger_plain_page(const sla__ledger *ledger, int32_t day);
static inline sla__list sla__ledger_list(const sla__ledger *ledger, uint16_t id) {
  return sla__pool_list(&ledger->pool, id);
}

/* The segment of a date, whose weekly pages hold from there to sla__ledger_next_special. */
const sla__segment *sla__ledger_segment(const sla__ledger *ledger, int32_t day);
/* The first date from this one on that is not a plain weekday of its segment, or that begins a
 * segment; SLA__LEDGER_END when there is none. */
int32_t sla__ledger_next_special(const sla__ledger *ledger, int32_t day);
/* The first and last dates that are not ruled by a formula alone; false when there are none. */
bool sla__ledger_dated(const sla__ledger *ledger, int32_t *first, int32_t *last);

#endif
