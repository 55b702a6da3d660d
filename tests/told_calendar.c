/* SPDX-License-Identifier: MIT */
#include "told_calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

const char *told_word(char **rest) {
  char *word = *rest;
  *rest += strcspn(word, " ");
  if (**rest != '\0') *(*rest)++ = '\0';
  return word;
}

static bool is(const char *word, const char *other) { return strcmp(word, other) == 0; }

int32_t told_code(const char *name) {
  for (int32_t code = 0; code > -100; code--)
    if (sla_code_name(code) != NULL && is(name, sla_code_name(code))) return code;
  fail_msg("no such code: %s", name);
  return 0;
}

/* ---- dates and times of day ---- */

sla_date told_date(const char *text) {
  int year, month, day, used = 0;
  if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &used) < 3 || text[used] != '\0')
    fail_msg("not a date: %s", text);
  return year * 10000 + month * 100 + day;
}

/* Up to the end or to a '-'. */
static int32_t read_clock(const char *text) {
  int hour, minute, second = 0, used = 0, more = 0;
  if (sscanf(text, "%2d:%2d%n", &hour, &minute, &used) < 2) fail_msg("not a time: %s", text);
  if (sscanf(text + used, ":%2d%n", &second, &more) == 1) used += more;
  if (strchr("-", text[used]) == NULL) fail_msg("not a time: %s", text);
  return (hour * 60 + minute) * 60 + second;
}

/* "09:00-17:00" */
static void read_times(const char *text, sla_entry *e) {
  const char *dash = strchr(text, '-');
  if (dash == NULL) fail_msg("not from and to: %s", text);
  e->opens = read_clock(text);
  e->closes = read_clock(dash + 1);
}

static int read_day(const char *text) {
  static const char days[] = "MoTuWeThFrSaSu";
  for (int i = 0; i < 7; i++)
    if (strncmp(text, days + 2 * i, 2) == 0) return i;
  fail_msg("no such day: %s", text);
  return 0;
}

/* "Mo", "Mo-Fr", "Fr-Mo", "Mo,We" */
static uint32_t read_days(const char *text) {
  uint32_t mask = 0;
  for (;;) {
    int day = read_day(text), last = text[2] == '-' ? read_day(text + 3) : day;
    for (; day != last; day = (day + 1) % 7) mask |= UINT32_C(1) << day;
    mask |= UINT32_C(1) << last;
    text += text[2] == '-' ? 5 : 2;
    if (*text == '\0') return mask;
    if (*text++ != ',') fail_msg("not days: %s", text);
  }
}

static int32_t read_number(const char *word) {
  char *end;
  long number = strtol(word, &end, 10);
  if (end == word || *end != '\0') fail_msg("not a number: %s", word);
  return (int32_t)number;
}

/* ---- zones ---- */

/* "+05:30", "-00:00:01" */
static int32_t read_offset(const char *text) {
  if (*text != '+' && *text != '-') fail_msg("not an offset: %s", text);
  return read_clock(text + 1) * (*text == '-' ? -1 : 1);
}

int32_t told_zone(const char *text, sla_zone **zone, sla_error *error) {
  if (strncmp(text, "fixed ", 6) == 0)
    return sla_zone_new_fixed(read_offset(text + 6), NULL, zone, error);
  if (strncmp(text, "posix", 5) == 0) { /* after a blank, unless the text is empty */
    text += text[5] == ' ' ? 6 : 5;
    return sla_zone_new_posix(text, strlen(text), NULL, zone, error);
  }
  *zone = zone_named(text);
  return SLA_OK;
}

/* ---- calendars ---- */

/* "2024-06-03", "2024-06-03..2024-06-07" */
static void read_dates(char *word, sla_entry *e) {
  char *last = strstr(word, "..");
  if (last != NULL) *last = '\0';
  e->first = told_date(word);
  e->last = last == NULL ? e->first : told_date(last + 2);
}

/* "yearly 12-25", "yearly 11 Th 4" */
static void read_yearly(char **rest, sla_entry *e) {
  const char *word = told_word(rest);
  char *dash = strchr(word, '-');
  e->recurrence = dash == NULL ? SLA_YEARLY_WEEKDAY : SLA_YEARLY;
  if (dash != NULL) {
    *dash = '\0';
    e->day = read_number(dash + 1);
  } else {
    e->weekdays = UINT32_C(1) << read_day(told_word(rest));
    e->day = read_number(told_word(rest));
  }
  e->month = read_number(word);
}

static void read_when(char **rest, sla_entry *e) {
  char *word = *rest;
  e->recurrence = SLA_DATES;
  if (is(told_word(rest), "yearly")) read_yearly(rest, e);
  else read_dates(word, e);
}

static void read_hours(char **rest, sla_entry *e) {
  e->recurrence = SLA_WEEKLY;
  e->weekdays = read_days(told_word(rest));
  read_times(told_word(rest), e);
  read_dates(*rest, e);
  *rest += strlen(*rest);
}

static int32_t add_extra(sla_calendar_builder *builder, char *text) {
  static const char *const kinds[] = {"", "hours", "holiday", "special", "closure"};
  const char *kind = told_word(&text);
  sla_entry e = {.kind = 1};
  if (is(kind, "window")) {
    int32_t first = read_number(told_word(&text));
    return sla_calendar_builder_set_window(builder, first, read_number(text), NULL);
  }
  while (!is(kind, kinds[e.kind]))
    if (++e.kind == COUNT_OF(kinds)) fail_msg("no such extra: %s", kind);
  if (e.kind == SLA_ENTRY_HOURS) {
    read_hours(&text, &e);
  } else {
    read_when(&text, &e);
    if (e.kind != SLA_ENTRY_HOLIDAY) read_times(told_word(&text), &e);
  }
  return sla_calendar_builder_add_entry(builder, &e, sizeof e, text, strlen(text), NULL);
}

static int32_t add_extras(sla_calendar_builder *builder, const char *extras) {
  char text[1024];
  int32_t code = SLA_OK;
  if (strlen(extras) >= sizeof text) fail_msg("too long: %s", extras);
  strcpy(text, extras);
  for (char *item = text, *next; code == SLA_OK && item != NULL; item = next) {
    next = strstr(item, "; ");
    if (next != NULL) *next = '\0', next += 2;
    code = add_extra(builder, item);
  }
  return code;
}

static int32_t add_all(sla_calendar_builder *builder, const char *hours, const char *extras) {
  int32_t code = SLA_OK;
  if (hours != NULL)
    code = sla_calendar_builder_add_hours_text(builder, hours, strlen(hours), NULL);
  return code != SLA_OK || extras == NULL ? code : add_extras(builder, extras);
}

int32_t told_calendar(const char *zone_text, const char *hours, const char *extras,
                      sla_calendar **calendar) {
  sla_calendar_builder *builder = NULL;
  sla_zone *zone = NULL;
  assert_ok(told_zone(zone_text, &zone, NULL));
  assert_ok(sla_calendar_builder_new(NULL, &builder, NULL));
  assert_ok(sla_calendar_builder_set_zone(builder, zone, NULL));
  sla_zone_unref(zone);
  int32_t code = add_all(builder, hours, extras);
  if (code == SLA_OK) code = sla_calendar_builder_build(builder, calendar, NULL);
  sla_calendar_builder_free(builder);
  return code;
}
