/* SPDX-License-Identifier: MIT */
#include "periods.h"

static const char *const names[PERIODS] = {"week", "month", "quarter", "year"};

const char *period_name(enum period period) { return names[period]; }

bool period_find(slice text, enum period *period) {
  for (int i = 0; i < PERIODS; i++)
    if (slice_is_word(text, names[i])) {
      *period = (enum period)i;
      return true;
    }
  return false;
}

/* Dates within the years 1 to 9999, of which the library knows every day. */
static sla_date shifted(sla_date date, int32_t by) {
  int32_t days = 0;
  sla_date moved = date;
  if (sla_date_to_days(date, &days) != SLA_OK || sla_date_from_days(days + by, &moved) != SLA_OK)
    return date;
  return moved;
}

static sla_date monday_of(sla_date date) {
  uint32_t weekday = 1;
  if (sla_date_weekday(date, &weekday) != SLA_OK) return date;
  return shifted(date, 1 - (int32_t)weekday);
}

static sla_date date_of(int32_t year, int32_t month) { return year * 10000 + month * 100 + 1; }

sla_date period_of(enum period period, const sla_zone *zone, sla_time at) {
  sla_civil civil = {.date = 19700101};
  if (sla_zone_civil_at(zone, at, &civil, sizeof civil) != SLA_OK) return civil.date;
  int32_t year = civil.date / 10000, month = civil.date / 100 % 100;
  switch (period) {
    case PERIOD_WEEK: return monday_of(civil.date);
    case PERIOD_QUARTER: return date_of(year, (month - 1) / 3 * 3 + 1);
    case PERIOD_YEAR: return date_of(year, 1);
    default: return date_of(year, month);
  }
}

sla_date period_after(enum period period, sla_date first) {
  static const int32_t months[PERIODS] = {0, 1, 3, 12};
  if (period == PERIOD_WEEK) return shifted(first, 7);
  int32_t month = first / 100 % 100 - 1 + months[period];
  return date_of(first / 10000 + month / 12, month % 12 + 1);
}

sla_time period_begins(const sla_zone *zone, sla_date date) {
  sla_time first = SLA_TIME_MAX, last;
  uint32_t wall;
  if (sla_zone_instant_of(zone, date, 0, &first, &last, &wall) != SLA_OK) return SLA_TIME_MAX;
  return first;
}

void date_write(bytes *to, sla_date date) {
  bytes_format(to, "%04d-%02d-%02d", date / 10000, date / 100 % 100, date % 100);
}

/* The year of a week is that of its Thursday (ISO 8601). */
static void write_week(bytes *to, sla_date monday) {
  int32_t year = shifted(monday, 3) / 10000, days = 0, first = 0;
  sla_date start = monday_of(year * 10000 + 104);
  if (sla_date_to_days(monday, &days) != SLA_OK || sla_date_to_days(start, &first) != SLA_OK)
    return;
  bytes_format(to, "%04d-W%02d", year, (days - first) / 7 + 1);
}

void period_write(bytes *to, enum period period, sla_date first) {
  int32_t year = first / 10000, month = first / 100 % 100;
  switch (period) {
    case PERIOD_WEEK: write_week(to, first); break;
    case PERIOD_QUARTER: bytes_format(to, "%04d-Q%d", year, (month + 2) / 3); break;
    case PERIOD_YEAR: bytes_format(to, "%04d", year); break;
    default: bytes_format(to, "%04d-%02d", year, month); break;
  }
}
