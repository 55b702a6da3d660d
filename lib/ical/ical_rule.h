/* SPDX-License-Identifier: MIT */
/* Recurrence rules (RFC 5545, 3.3.10), DAILY to YEARLY with every BY part: text to a rule, a rule
 * to its occurrences.
 *
 * A rule divides time into days, weeks, months or years.  Of every INTERVAL-th of them, from the
 * one that holds the start on, it takes the days that match each of its BY parts, at each of its
 * times of day; BYSETPOS picks among those.  That is all there is to a rule: what it does not say,
 * the start says.
 *
 * The start is the first occurrence, and the first that COUNT counts, even where the rule does not
 * match it.  RFC 5545 calls the set undefined then, and yet has the start stand first in it: its
 * "every Friday the 13th" has to exclude its start (3.8.5.3).  Whoever wants it otherwise sets
 * only_matches.
 *
 * Everything is wall time of the start's clock; a walk knows no zones.  May include: ical_stamp. */
#ifndef SLA_LIB_ICAL_RULE_H
#define SLA_LIB_ICAL_RULE_H

#include "ical_stamp.h"

enum sla__ical_frequency { /* of the units that a rule divides time into */
  SLA__ICAL_DAILY,
  SLA__ICAL_WEEKLY,
  SLA__ICAL_MONTHLY,
  SLA__ICAL_YEARLY,
  SLA__ICAL_FREQUENCIES
};

enum sla__ical_part { /* the BY parts; a set of parts has bit 1 << part */
  SLA__ICAL_BYMONTH,
  SLA__ICAL_BYWEEKNO,
  SLA__ICAL_BYYEARDAY,
  SLA__ICAL_BYMONTHDAY,
  SLA__ICAL_BYDAY,
  SLA__ICAL_BYHOUR,
  SLA__ICAL_BYMINUTE,
  SLA__ICAL_BYSECOND,
  SLA__ICAL_BYSETPOS,
  SLA__ICAL_PARTS
};

/* Numbers 0 to 366, counted from the front and from the back (bit n of `back` is -n). */
#define SLA__ICAL_WORDS 6
typedef struct {
  uint64_t front[SLA__ICAL_WORDS], back[SLA__ICAL_WORDS];
} sla__ical_numbers;

static inline void sla__ical_numbers_add(sla__ical_numbers *numbers, int32_t number) {
  uint64_t *words = number < 0 ? numbers->back : numbers->front;
  uint32_t bit = (uint32_t)(number < 0 ? -number : number);
  words[bit / 64] |= (uint64_t)1 << bit % 64;
}

typedef struct { /* about 1.5 KB */
  uint32_t frequency;
  uint32_t parts;     /* the BY parts that are given */
  int32_t interval;   /* from 1 */
  int32_t count;      /* 0: none */
  int32_t week_start; /* Monday is 0 */
  bool has_until, is_date; /* is_date: of the start */
  bool only_matches;       /* the start is an occurrence only where the rule matches it */
  sla__ical_stamp until;
  sla__ical_numbers numbers[SLA__ICAL_PARTS];
  sla__ical_numbers weekdays[7]; /* BYDAY: 1 is the first in the month or year; 0 is every one */
} sla__ical_rule;

/* SLA_OK; SLA_ICAL_E_RULE: malformed, or against RFC 5545; SLA_ICAL_E_UNSUPPORTED: SECONDLY,
 * MINUTELY, HOURLY, RSCALE or SKIP (RFC 7529).  Otherwise *bad is the offset of the byte, the name
 * or the value that does not fit, and the rule is not to be used.
 *
 * Names and values are taken in either case, parts in any order, and a semicolon at the end.  For a
 * start that is a date, BYHOUR, BYMINUTE and BYSECOND are read and ignored (RFC 5545). */
int32_t sla__ical_rule_parse(const char *text, size_t length, bool is_date, sla__ical_rule *rule,
                             size_t *bad);

typedef struct {
  sla__ical_rule rule; /* completed by the start */
  sla__ical_wall start, from, to, end; /* end: `to`, or what UNTIL ends before */
  uint64_t *search;
  int64_t left; /* occurrences to come at most; 0 at the end */
  int64_t unit; /* the number of the next unit; of the present one ... */
  int64_t first; /* ... the first day, ... */
  int16_t days[366]; /* ... those that match, from the first on, ... */
  int32_t days_count;
  int32_t hours_count, minutes_count, seconds_count, times; /* ... each at so many times, ... */
  uint8_t hours[24], minutes[60], seconds[60];
  int64_t member, members; /* ... and which of the members this is; 1 is the first */
  bool is_started;
} sla__ical_walk;

/* From a start to its occurrences with from <= occurrence < to, in order.  An UNTIL in UTC must
 * have become wall time before (rule->until.wall), unless the start is a date: then its date is
 * taken as it is written.  An UNTIL that is a date includes that whole date; one before the start
 * leaves the start.
 *
 * `search` is what may still be looked at, in days and occurrences; it is shared between walks, and
 * less by what they took. */
void sla__ical_walk_begin(sla__ical_walk *walk, const sla__ical_rule *rule,
                          sla__ical_wall start, sla__ical_wall from, sla__ical_wall to,
                          uint64_t *search);
/* SLA_OK, with SLA_NONE at the end; SLA_ICAL_E_INSTANCES when `search` is used up. */
int32_t sla__ical_walk_next(sla__ical_walk *walk, sla__ical_wall *wall);

#endif
