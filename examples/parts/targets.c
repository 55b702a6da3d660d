/* SPDX-License-Identifier: MIT */
#include "targets.h"

#include "lengths.h"
#include "why.h"

/* ---- targets ---- */

typedef struct {
  int64_t amount;
  uint32_t unit, clock;
} promise;

static bool ends_in(slice text, const char *suffix, slice *number) {
  slice end = slice_of(suffix);
  if (text.length < end.length) return false;
  *number = (slice){text.text, text.length - end.length};
  return slice_is((slice){text.text + number->length, end.length}, suffix);
}

/* "1wd", "eod" (of the same working day), "2eod". */
static bool read_day_unit(slice text, promise *read) {
  slice number;
  read->unit = SLA_UNIT_WORKING_DAYS;
  if (ends_in(text, "wd", &number)) return slice_number(number, INT32_MAX, &read->amount);
  read->unit = SLA_UNIT_END_OF_WORKING_DAY;
  read->amount = 0;
  return ends_in(text, "eod", &number) &&
         (number.length == 0 || slice_number(number, INT32_MAX, &read->amount));
}

/* A number and one d: days of 24 counted hours; any other sum of units is counted in seconds. */
static bool read_counted(slice text, promise *read) {
  slice number;
  read->unit = SLA_UNIT_COUNTED_DAYS;
  if (ends_in(text, "d", &number) && slice_number(number, INT32_MAX, &read->amount)) return true;
  read->unit = SLA_UNIT_SECONDS;
  return length_read(text, &read->amount);
}

static bool read_promise(slice text, promise *read, bytes *why) {
  slice length, clock;
  bool suffix = slice_cut(text, '@', &length, &clock);
  read->clock = suffix ? SLA_AROUND_THE_CLOCK : SLA_BUSINESS_HOURS;
  if (suffix && !slice_is(clock, "24x7") && !slice_is(clock, "24/7")) {
    bytes_format(why, "'@" SLICE_FORMAT "' is not '@24x7'", SLICE_ARGUMENTS(clock));
    return false;
  }
  if (read_day_unit(length, read) || read_counted(length, read)) return true;
  bytes_format(why, "'" SLICE_FORMAT "' is not a length such as 15m, 1h30m, 2d, 1wd or eod",
               SLICE_ARGUMENTS(length));
  return false;
}

/* Day units are the working dates of a calendar. */
static bool suits_clock(const promise *read, bytes *why) {
  bool day = read->unit == SLA_UNIT_WORKING_DAYS || read->unit == SLA_UNIT_END_OF_WORKING_DAY;
  if (!day || read->clock == SLA_BUSINESS_HOURS) return true;
  bytes_add_text(why, "working days have opening hours: wd and eod do not go with @24x7");
  return false;
}

bool targets_add(sla_policy_builder *policy, uint32_t metric, uint32_t priority, slice text,
                 bytes *why) {
  promise read;
  sla_error error;
  if (!read_promise(text, &read, why) || !suits_clock(&read, why)) return false;
  if (sla_policy_builder_set_target(policy, metric, priority, read.amount, read.unit, read.clock,
                                    &error) == SLA_OK)
    return true;
  bytes_format(why, "'" SLICE_FORMAT "': ", SLICE_ARGUMENTS(text));
  return why_error(why, &error);
}

static bool is_first(uint32_t priority, uint32_t *seen_any, uint32_t *seen, bytes *why) {
  uint32_t *set = priority == SLA_PRIORITY_ANY ? seen_any : seen;
  uint32_t bit = priority == SLA_PRIORITY_ANY ? 1 : UINT32_C(1) << priority;
  if ((*set & bit) == 0) {
    *set |= bit;
    return true;
  }
  bytes_add_text(why, "two targets for priority ");
  words_write_priority(why, priority);
  return false;
}

bool targets_read(sla_policy_builder *policy, uint32_t metric, const char *text,
                  const word_map *words, bytes *why) {
  slice rest = slice_of(text), item, head, tail;
  uint32_t seen_any = 0, seen = 0;
  while (slice_next(&rest, ',', &item)) {
    uint32_t priority = SLA_PRIORITY_ANY;
    bool named = slice_cut(item, '=', &head, &tail);
    if (named && !words_priority_option(words, head, &priority, why)) return false;
    if (!is_first(priority, &seen_any, &seen, why)) return false;
    if (!targets_add(policy, metric, priority, named ? tail : item, why)) return false;
  }
  return true;
}

/* ---- due soon ---- */

/* The option says how much of the target is left, the library how much is used. */
static bool set_percent(sla_policy_builder *policy, uint32_t metric, slice text, bytes *why) {
  int64_t left;
  sla_error error;
  if (!slice_number(text, 99, &left) || left == 0) {
    bytes_add_text(why, "a percentage of the target that is left is 1% to 99%");
    return false;
  }
  if (sla_policy_builder_set_due_soon_percent(policy, metric, SLA_PRIORITY_ANY,
                                              (uint32_t)(100 - left), &error) == SLA_OK)
    return true;
  return why_error(why, &error);
}

static bool set_lead(sla_policy_builder *policy, uint32_t metric, slice text, bytes *why) {
  sla_seconds lead;
  sla_error error;
  if (!length_read(text, &lead)) {
    bytes_format(why, "'" SLICE_FORMAT "' is not a length such as 30m, nor 20%%",
                 SLICE_ARGUMENTS(text));
    return false;
  }
  if (sla_policy_builder_set_due_soon(policy, metric, SLA_PRIORITY_ANY, lead, &error) == SLA_OK)
    return true;
  return why_error(why, &error);
}

bool targets_add_due_soon(sla_policy_builder *policy, metric_set metrics, slice text, bytes *why) {
  slice percent;
  for (uint32_t metric = SLA_FIRST_RESPONSE; metric <= SLA_RESOLUTION; metric++) {
    if ((metrics >> metric & 1) == 0) continue;
    bool set = ends_in(text, "%", &percent) ? set_percent(policy, metric, percent, why)
                                            : set_lead(policy, metric, text, why);
    if (!set) return false;
  }
  return true;
}

bool targets_read_due_soon(sla_policy_builder *policy, metric_set metrics, const char *text,
                           bytes *why) {
  slice rest = slice_of(text), item, head, tail;
  uint32_t metric;
  while (slice_next(&rest, ',', &item)) {
    bool named = slice_cut(item, '=', &head, &tail);
    if (named && !words_metric(head, &metric, why)) return false;
    if (named && (metrics >> metric & 1) == 0) {
      bytes_format(why, "%s has no target that could be due soon", sla_metric_name(metric));
      return false;
    }
    if (!targets_add_due_soon(policy, named ? UINT32_C(1) << metric : metrics,
                              named ? tail : item, why))
      return false;
  }
  return true;
}

/* ---- pauses ---- */

static bool read_statuses(slice text, uint32_t *statuses, bytes *why) {
  slice word;
  uint32_t status;
  *statuses = 0;
  if (slice_is(text, "none")) return true;
  while (slice_next(&text, '+', &word)) {
    if (!words_status_option(word, &status, why)) return false;
    *statuses |= UINT32_C(1) << status;
  }
  return true;
}

bool targets_set_pauses(sla_policy_builder *policy, uint32_t metric, uint32_t statuses,
                        bytes *why) {
  for (uint32_t status = SLA_TICKET_NEW; status <= SLA_TICKET_CLOSED; status++) {
    sla_error error;
    if (sla_policy_builder_set_pause(policy, metric, status, statuses >> status & 1, &error) !=
        SLA_OK)
      return why_error(why, &error);
  }
  return true;
}

bool targets_read_pauses(sla_policy_builder *policy, const char *text, bytes *why) {
  slice rest = slice_of(text), item, head, tail;
  uint32_t only = 0, statuses;
  while (slice_next(&rest, ',', &item)) {
    bool named = slice_cut(item, '=', &head, &tail);
    if (named && !words_metric(head, &only, why)) return false;
    if (!read_statuses(named ? tail : item, &statuses, why)) return false;
    for (uint32_t metric = SLA_FIRST_RESPONSE; metric <= SLA_RESOLUTION; metric++)
      if ((!named || metric == only) && !targets_set_pauses(policy, metric, statuses, why))
        return false;
  }
  return true;
}
