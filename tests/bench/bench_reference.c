/* SPDX-License-Identifier: MIT */
/* The reference workload: New York, Monday to Friday 9 to 17, ten holidays every year. */
#define _POSIX_C_SOURCE 200809L
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Days before a year, before a month of it, and in it, as one counts them. */
long days_of(int year, int month, int day) {
  static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  long y = year - 1;
  long days = y * 365 + y / 4 - y / 100 + y / 400 - 719162; /* 1970-01-01 is 0 */
  return days + before[month - 1] + (leap && month > 2) + day - 1;
}

sla_time year_begins(int year) { return (sla_time)days_of(year, 1, 1) * 86400; }

/* Either a month and a day, or the n-th weekday (1 is Monday; -1 the last) of a month. */
typedef struct holiday {
  int month, day, nth, weekday;
} holiday;

static const holiday ten[] = {
    {1, 1, 0, 0},   /* New Year's Day */
    {1, 0, 3, 1},   /* Martin Luther King's birthday */
    {2, 0, 3, 1},   /* Washington's birthday */
    {5, 0, -1, 1},  /* Memorial Day */
    {6, 19, 0, 0},  /* Juneteenth */
    {7, 4, 0, 0},   /* Independence Day */
    {9, 0, 1, 1},   /* Labor Day */
    {11, 11, 0, 0}, /* Veterans Day */
    {11, 0, 4, 4},  /* Thanksgiving */
    {12, 25, 0, 0}, /* Christmas */
};

enum { TEN = sizeof ten / sizeof ten[0] };
_Static_assert(TEN == 10, "ten holidays a year");

static int month_length(int year, int month) {
  return (int)((month == 12 ? days_of(year + 1, 1, 1) : days_of(year, month + 1, 1)) -
               days_of(year, month, 1));
}

static bool falls_on(const holiday *h, int year, int month, int day) {
  if (month != h->month) return false;
  if (h->nth == 0) return day == h->day;
  int weekday = (int)((days_of(year, month, day) + 3) % 7); /* 1970-01-01 was a Thursday */
  if (weekday < 0) weekday += 7;
  if (weekday + 1 != h->weekday) return false;
  return h->nth > 0 ? (day - 1) / 7 + 1 == h->nth : day + 7 > month_length(year, month);
}

bool reference_is_holiday(int year, int month, int day) {
  if (day > month_length(year, month)) return false;
  for (int i = 0; i < TEN; i++)
    if (falls_on(&ten[i], year, month, day)) return true;
  return false;
}

static const char zone_file[] = "/usr/share/zoneinfo/America/New_York";
static const char zone_text[] = "EST5EDT,M3.2.0,M11.1.0";
static bool zone_from_file;

const char *reference_zone_source(void) {
  return zone_from_file ? zone_file : "POSIX text (this machine has no zone file of New York)";
}

static size_t read_zone_file(unsigned char *bytes, size_t capacity) {
  FILE *file = fopen(zone_file, "rb");
  if (file == NULL) return 0;
  size_t length = fread(bytes, 1, capacity, file);
  fclose(file);
  return length;
}

sla_zone *reference_zone(const sla_allocator *allocator) {
  static unsigned char bytes[65536];
  size_t length = read_zone_file(bytes, sizeof bytes);
  sla_zone *zone = NULL;
  sla_error error;
  zone_from_file = length > 0;
  setenv("TZ", zone_from_file ? "America/New_York" : zone_text, 1);
  tzset();
  int32_t code = zone_from_file ? sla_zone_new_tzif(bytes, length, allocator, &zone, &error)
                                : sla_zone_new_posix(zone_text, sizeof zone_text - 1, allocator,
                                                     &zone, &error);
  require_ok(code, &error, "the zone of New York");
  return zone;
}

static void add_ten(sla_calendar_builder *builder) {
  sla_error error;
  for (int i = 0; i < TEN; i++) {
    const holiday *h = &ten[i];
    int32_t code = h->nth == 0
                       ? sla_calendar_builder_add_yearly_holiday(builder, h->month, h->day, NULL, 0,
                                                                 &error)
                       : sla_calendar_builder_add_weekday_holiday(
                             builder, h->month, h->nth, (uint32_t)h->weekday, NULL, 0, &error);
    require_ok(code, &error, "a holiday of the reference calendar");
  }
}

sla_calendar_builder *reference_builder(const sla_zone *zone, bool with_holidays, int first_year,
                                        int last_year, const sla_allocator *allocator) {
  sla_calendar_builder *builder = NULL;
  sla_error error;
  require_ok(sla_calendar_builder_new(allocator, &builder, &error), &error, "a builder");
  require_ok(sla_calendar_builder_set_zone(builder, zone, &error), &error, "the builder's zone");
  require_ok(sla_calendar_builder_set_window(builder, first_year, last_year, &error), &error,
             "the window");
  require_ok(sla_calendar_builder_add_hours(builder, SLA_MONDAY_TO_FRIDAY, 9 * 3600, 17 * 3600,
                                            &error),
             &error, "the hours");
  if (with_holidays) add_ten(builder);
  return builder;
}

sla_calendar *reference_calendar(const sla_zone *zone, const sla_allocator *allocator) {
  sla_calendar_builder *builder = reference_builder(zone, true, 2000, 2049, allocator);
  sla_calendar *calendar = NULL;
  sla_error error;
  require_ok(sla_calendar_builder_build(builder, &calendar, &error), &error,
             "the reference calendar");
  sla_calendar_builder_free(builder);
  return calendar;
}
