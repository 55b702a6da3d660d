/* SPDX-License-Identifier: MIT */
#include "ical_chance_rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const char *const frequencies[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
static const char *const weekdays[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

/* ---- wall time ---- */

const char *wall_text(int64_t wall, char text[32]) {
  sla_date date = 0;
  if (sla_date_from_days((int32_t)sla__ical_day_of(wall), &date) != SLA_OK) return "no date";
  int second = (int)sla__ical_second_of(wall);
  snprintf(text, 32, "%08dT%02d%02d%02d", date, second / 3600, second / 60 % 60, second % 60);
  return text;
}

int64_t wall_of(const char *text) {
  sla__ical_stamp stamp = {0};
  if (!sla__ical_stamp_parse(text, strlen(text), &stamp)) fail_msg("no date: %s", text);
  return stamp.wall;
}

/* ---- numbers ---- */

static bool odds(uint64_t *state, int percent) { return random_between(state, 1, 100) <= percent; }

static int between(uint64_t *state, int lo, int hi) { return (int)random_between(state, lo, hi); }

/* Which BY parts there are, each in so many of a hundred rules. */
static const struct {
  int least, most;
  bool is_signed;
  int percent[4];
} parts[SLA__ICAL_PARTS] = {{1, 12, false, {30, 30, 30, 40}}, {1, 53, true, {0, 0, 0, 30}},
                            {1, 366, true, {0, 0, 0, 20}},    {1, 31, true, {30, 0, 40, 30}},
                            {1, 53, true, {30, 60, 50, 40}},  {0, 23, false, {15, 15, 15, 15}},
                            {0, 59, false, {10, 10, 10, 10}}, {0, 60, false, {10, 10, 10, 10}},
                            {1, 366, true, {0, 0, 0, 0}}};

static void draw_part(chance_rule *rule, uint64_t *state, int part) {
  rule->counts[part] = between(state, 1, odds(state, 70) ? 3 : CHANCE_RULE_LIST);
  for (int i = 0; i < rule->counts[part]; i++) {
    int number = between(state, parts[part].least, parts[part].most);
    rule->numbers[part][i] = parts[part].is_signed && odds(state, 40) ? -number : number;
  }
}

/* Numbered, where that is allowed; some with and some without, once in a while. */
static void draw_weekdays(chance_rule *rule, uint64_t *state) {
  bool in_months = rule->frequency == SLA__ICAL_MONTHLY || rule->counts[SLA__ICAL_BYMONTH] > 0;
  bool may = rule->frequency >= SLA__ICAL_MONTHLY && rule->counts[SLA__ICAL_BYWEEKNO] == 0;
  int numbered = !may || odds(state, 50) ? 0 : odds(state, 80) ? 100 : 50;
  draw_part(rule, state, SLA__ICAL_BYDAY);
  for (int i = 0; i < rule->counts[SLA__ICAL_BYDAY]; i++) {
    int *number = &rule->numbers[SLA__ICAL_BYDAY][i];
    rule->weekdays[i] = between(state, 0, 6);
    if (in_months) *number %= 6;
    if (!odds(state, numbered)) *number = 0;
  }
}

/* Mostly positions that there are. */
static void draw_positions(chance_rule *rule, uint64_t *state) {
  draw_part(rule, state, SLA__ICAL_BYSETPOS);
  int most = between(state, 1, 3) * between(state, 1, 3) * between(state, 1, 30);
  for (int i = 0; i < rule->counts[SLA__ICAL_BYSETPOS]; i++) {
    int *number = &rule->numbers[SLA__ICAL_BYSETPOS][i];
    *number = *number > 0 ? (*number - 1) % most + 1 : (*number + 1) % most - 1;
  }
}

static void draw_parts(chance_rule *rule, uint64_t *state) {
  int given = 0;
  for (int part = 0; part < SLA__ICAL_BYSETPOS; part++) {
    if (!odds(state, parts[part].percent[rule->frequency])) continue;
    if (part == SLA__ICAL_BYDAY) draw_weekdays(rule, state);
    else draw_part(rule, state, part);
    given++;
  }
  if (given > 0 && odds(state, 30)) draw_positions(rule, state);
}

/* ---- when ---- */

static void draw_times(chance_rule *rule, uint64_t *state, int first, int last, int days) {
  rule->is_date = odds(state, 40);
  int32_t low = 0, high = 0;
  sla_date_to_days(first * 10000 + 101, &low);
  sla_date_to_days(last * 10000 + 1231, &high);
  int64_t second = odds(state, 50) ? 9 * 3600 : between(state, 0, 86399);
  rule->start = random_between(state, low, high) * 86400 + (rule->is_date ? 0 : second);
  int64_t lead = odds(state, 50) ? -10 : between(state, 0, days);
  rule->from = rule->start + lead * 86400 + between(state, 0, 3) * 40000;
  rule->to = rule->from + random_between(state, 0, days) * 86400 + between(state, 0, 3) * 40000;
}

/* The UNTIL that RFC 5545 wants of the start, and in few the other. */
static void draw_end(chance_rule *rule, uint64_t *state, int days) {
  int64_t most = (INT64_C(2932897) * 86400) - 1;
  rule->until = SLA_NONE;
  if (odds(state, 40)) {
    rule->count = between(state, 1, odds(state, 50) ? 5 : 40);
  } else if (odds(state, 50)) {
    rule->until = rule->start + random_between(state, -1, days) * 86400 +
                  (odds(state, 50) ? 0 : between(state, 0, 86399));
    rule->until = rule->until > most ? most : rule->until;
    rule->until_is_date = odds(state, 90) ? rule->is_date : !rule->is_date;
  }
}

/* ---- text ---- */

static void add(chance_rule *rule, const char *format, ...) {
  size_t length = strlen(rule->text);
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(rule->text + length, sizeof rule->text - length, format, arguments);
  va_end(arguments);
}

static void write_part(chance_rule *rule, int part) {
  static const char *const names[] = {"BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY",
                                      "BYHOUR",  "BYMINUTE", "BYSECOND",  "BYSETPOS"};
  for (int i = 0; i < rule->counts[part]; i++) {
    int number = rule->numbers[part][i];
    add(rule, i > 0 ? "," : ";%s=", names[part]);
    if (part != SLA__ICAL_BYDAY || number != 0) add(rule, "%d", number);
    if (part == SLA__ICAL_BYDAY) add(rule, "%s", weekdays[rule->weekdays[i]]);
  }
}

void chance_rule_write(chance_rule *rule) {
  char until[32] = "";
  rule->text[0] = '\0';
  add(rule, "FREQ=%s", frequencies[rule->frequency]);
  if (rule->interval > 1 || rule->start % 5 == 0) add(rule, ";INTERVAL=%d", rule->interval);
  if (rule->count > 0) add(rule, ";COUNT=%d", (int)rule->count);
  if (rule->until != SLA_NONE)
    add(rule, ";UNTIL=%.*s", rule->until_is_date ? 8 : 15, wall_text(rule->until, until));
  for (int part = 0; part < SLA__ICAL_PARTS; part++) write_part(rule, part);
  if (rule->week_start > 0) add(rule, ";WKST=%s", weekdays[rule->week_start]);
}

void chance_rule_draw(chance_rule *rule, uint64_t *state, int first, int last, int days) {
  static const int intervals[] = {1, 1, 1, 1, 2, 2, 3, 4, 5, 7, 13, 53};
  *rule = (chance_rule){.frequency = between(state, 0, 3)};
  rule->interval = intervals[between(state, 0, COUNT_OF(intervals) - 1)];
  rule->week_start = odds(state, 50) ? 0 : between(state, 0, 6);
  draw_times(rule, state, first, last, days);
  draw_end(rule, state, days);
  draw_parts(rule, state);
  chance_rule_write(rule);
}
