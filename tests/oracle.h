/* SPDX-License-Identifier: MIT */
/* What calendars and clocks mean, second by second, with no cleverness: everything is found by
 * looking at one second after the other.  It shares no code with the library; of it, it uses the
 * public wall clock of an instant (sla_zone_civil_at) and, for dates that a zone leaves out and for
 * working days, the public instant of a wall clock (sla_zone_instant_of), which other tests
 * compare with the C library. */
#ifndef SLA_TESTS_ORACLE_H
#define SLA_TESTS_ORACLE_H

#include <sla/sla.h>
#include <stdbool.h>
#include <stdio.h>

/* ---- calendars ---- */

#define ORACLE_ENTRIES 64
#define ORACLE_DAYS 32

/* What starts on a date, second by second, until the end of the day after. */
typedef struct {
  sla_date date;
  sla_time last; /* the end of its last open second, once asked */
  int end;       /* of its last second, closures aside; 0 without any */
  unsigned char *holds;
} oracle_day;

typedef struct {
  const sla_zone *zone;
  sla_entry entries[ORACLE_ENTRIES];
  size_t count;
  /* oracle_is_open for every second of a stretch, asked once; NULL without one. */
  unsigned char *table;
  sla_time table_from, table_to;
  oracle_day *days; /* of that stretch */
  size_t day_count;
} oracle_calendar;

/* Where walking gives up: nothing was found within the limit. */
#define ORACLE_LOST (SLA_NONE + 1)

bool oracle_is_open(const oracle_calendar *calendar, sla_time at);
/* Asks for every second of [from, to) now, so that asking again is quick. */
void oracle_tabulate(oracle_calendar *calendar, sla_time from, sla_time to);
void oracle_forget(oracle_calendar *calendar);

/* `step` is 1, or 60 where every opening, closing, clock change and instant lies on a minute. */
sla_seconds oracle_elapsed(const oracle_calendar *calendar, sla_time from, sla_time to, int step);
sla_time oracle_add(const oracle_calendar *calendar, sla_time from, sla_seconds n, int step,
                    sla_seconds limit);
sla_time oracle_next_change(const oracle_calendar *calendar, sla_time at, int step,
                            sla_seconds limit);
sla_time oracle_previous_change(const oracle_calendar *calendar, sla_time at, int step,
                                sla_seconds limit);

/* Dates as numbers, 20261225; local years 0 to 10000. */
sla_date oracle_next_date(sla_date date);
sla_date oracle_previous_date(sla_date date);
int oracle_weekday(sla_date date); /* Monday is 1 */

bool oracle_is_working_date(const oracle_calendar *calendar, sla_date date);
int64_t oracle_working_dates(const oracle_calendar *calendar, sla_date from, sla_date to);
sla_date oracle_add_working_dates(const oracle_calendar *calendar, sla_date date, int64_t n);
/* Index of the first holiday entry on a date, or SLA_NO_ENTRY. */
uint32_t oracle_holiday_on(const oracle_calendar *calendar, sla_date date);

/* The due instant of a target in day units (SLA_UNIT_WORKING_DAYS, SLA_UNIT_END_OF_WORKING_DAY),
 * without pauses. */
sla_time oracle_day_due(const oracle_calendar *calendar, sla_time start, uint32_t unit, int64_t n,
                        int step);

/* ---- policies ---- */

typedef struct {
  bool set;
  int64_t amount;
  uint32_t unit, clock;
  sla_seconds stage, allowance;
  const oracle_calendar *calendar; /* its own, or NULL */
} oracle_target;

typedef struct {
  sla_seconds lead; /* SLA_NONE without one */
  uint32_t percent; /* 0 without one */
} oracle_soon;

#define ORACLE_ANY 32 /* the place of SLA_PRIORITY_ANY */
#define ORACLE_METRICS 64

/* Whether a status was said to pause a metric. */
enum { ORACLE_UNSAID, ORACLE_PAUSES, ORACLE_DOES_NOT_PAUSE };

typedef struct {
  const oracle_calendar *calendar; /* or NULL */
  oracle_target targets[ORACLE_METRICS][33]; /* by metric and priority */
  oracle_soon soon[ORACLE_METRICS][33];
  sla_metric_rule rules[ORACLE_METRICS]; /* shape 0 where nobody defined the metric */
  uint8_t pauses[ORACLE_METRICS][32];    /* by metric and status */
  uint32_t behaves_as[32];               /* by status; 0 for one that is not declared */
} oracle_policy;

/* No targets, the built-in metrics and the six statuses. */
void oracle_policy_init(oracle_policy *policy);
/* Whether a status, or the one it behaves as, is in a mask. */
bool oracle_in_mask(const oracle_policy *policy, uint32_t mask, uint32_t status);
bool oracle_is_done(const oracle_policy *policy, uint32_t status);
bool oracle_is_pausing(const oracle_policy *policy, uint32_t metric, uint32_t status);
/* What a target in counted seconds or days comes to. */
sla_seconds oracle_seconds(const oracle_target *target);
bool oracle_has_target(const oracle_policy *policy, uint32_t metric);

/* ---- clocks ---- */

#define ORACLE_CYCLES 64

/* Everything there is to say about one metric of one ticket. */
typedef struct {
  sla_result last;                  /* what sla_evaluate gives */
  sla_result cycles[ORACLE_CYCLES]; /* what sla_evaluate_cycles gives */
  size_t count;
  sla_totals totals;
} oracle_history;

/* The history of a metric at now, walking at most to `horizon` for what lies ahead.  false when
 * something lies beyond it (then nothing is known). */
bool oracle_tell(const oracle_policy *const *policies, uint32_t metric, const sla_event *events,
                 size_t count, sla_time now, sla_time horizon, oracle_history *history);
/* Its last result, with one policy. */
bool oracle_evaluate(const oracle_policy *policy, uint32_t metric, const sla_event *events,
                     size_t count, sla_time now, sla_time horizon, sla_result *result);

/* ---- so that a failing draw can be repeated ---- */

/* As C, to be pasted. */
void oracle_print_calendar(FILE *file, const oracle_calendar *calendar);
/* One metric of a policy, as calls on a builder `b`; calendars are those of the list, by place. */
void oracle_print_metric(FILE *file, const oracle_policy *policy, uint32_t metric,
                         const oracle_calendar *calendars, size_t calendar_count);
void oracle_print_events(FILE *file, const sla_event *events, size_t count);
void oracle_print_result(FILE *file, const sla_result *result);
void oracle_print_totals(FILE *file, const sla_totals *totals);

#endif
