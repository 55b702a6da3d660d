/* SPDX-License-Identifier: MIT */
#include "civil.h"

static const int16_t month_start[2][13] = {
    {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365},
    {0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366}};

int32_t sla__civil_month_days(int32_t year, int32_t month) {
  const int16_t *start = month_start[sla__civil_leap(year)];
  return start[month] - start[month - 1];
}

int32_t sla__civil_days(int32_t year, int32_t month, int32_t day) {
  return sla__civil_year_start(year) + month_start[sla__civil_leap(year)][month - 1] + day - 1;
}

int32_t sla__civil_year_of(int32_t days) {
  /* 146097 days are 400 years: the estimate is never late and at most one year early. */
  int64_t since = (int64_t)days - SLA__DAY_MIN;
  int32_t year = (int32_t)(since * 400 / 146097);
  if (sla__civil_year_start(year + 1) <= days) year++;
  if (sla__civil_year_start(year) > days) year--;
  return year;
}

sla__ymd sla__civil_of(int32_t days) {
  int32_t year = sla__civil_year_of(days);
  int32_t day = days - sla__civil_year_start(year);
  const int16_t *start = month_start[sla__civil_leap(year)];
  int32_t month = day / 32 + 1; /* never late, at most one month early */
  if (start[month] <= day) month++;
  return (sla__ymd){year, month, day - start[month - 1] + 1};
}

int32_t sla__civil_nth_weekday(int32_t year, int32_t month, int32_t nth, int32_t weekday) {
  int32_t length = sla__civil_month_days(year, month);
  int32_t first = sla__civil_weekday(sla__civil_days(year, month, 1));
  int32_t day = 1 + (weekday - first + 7) % 7;
  if (nth < 0) return day + (length - day) / 7 * 7;
  day += (nth - 1) * 7;
  return day <= length ? day : 0;
}

int32_t sla__civil_year_of_kind(int32_t kind) {
  int32_t year = 2000; /* 28 years from here hold every kind */
  while (sla__civil_kind(year) != kind) year++;
  return year;
}

bool sla__civil_parse(sla_date date, int32_t *days) {
  int32_t year = date / 10000, month = date / 100 % 100, day = date % 100;
  if (date < 10101 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
  if (day > sla__civil_month_days(year, month)) return false;
  *days = sla__civil_days(year, month, day);
  return true;
}

sla_date sla__civil_date(int32_t days) {
  sla__ymd d = sla__civil_of(days);
  return d.year * 10000 + d.month * 100 + d.day;
}

/* ---- sums over years ---- */

/* 99 years of a century after its first one run through a cycle of 28 kinds.  With 2001 at
 * position 0, the cycle begins 4 later in each of the four centuries. */
#define CYCLE_YEARS 28
#define CENTURY_TURN 4

static int64_t century_before(const sla__yearly *sum, int32_t century, int32_t years) {
  if (years == 0) return 0;
  int32_t turn = century * CENTURY_TURN, rest = years - 1;
  int64_t cycles = rest / CYCLE_YEARS * (int64_t)sum->cycle[CYCLE_YEARS];
  return cycles + sum->kinds[sla__civil_kind(century * 100)] +
         sum->cycle[turn + rest % CYCLE_YEARS] - sum->cycle[turn];
}

void sla__yearly_init(sla__yearly *sum, const int32_t kinds[SLA__YEAR_KINDS]) {
  memcpy(sum->kinds, kinds, sizeof sum->kinds);
  sum->cycle[0] = 0;
  sum->centuries[0] = 0;
  for (int32_t i = 0; i + 1 < (int32_t)SLA__LENGTH(sum->cycle); i++)
    sum->cycle[i + 1] = sum->cycle[i] + kinds[sla__civil_kind(2001 + i)];
  for (int32_t c = 0; c < 4; c++)
    sum->centuries[c + 1] = sum->centuries[c] + century_before(sum, c, 100);
}

int64_t sla__yearly_before(const sla__yearly *sum, int32_t year) {
  int32_t century = year % 400 / 100;
  return year / 400 * sum->centuries[4] + sum->centuries[century] +
         century_before(sum, century, year % 100);
}

/* ---- public ---- */

int32_t sla_date_to_days(sla_date date, int32_t *days) {
  int32_t found;
  if (days == NULL) return SLA_E_NULL;
  if (!sla__civil_parse(date, &found)) return SLA_E_DATE;
  *days = found;
  return SLA_OK;
}

int32_t sla_date_from_days(int32_t days, sla_date *date) {
  if (date == NULL) return SLA_E_NULL;
  if (days < SLA__DAY_FIRST || days > SLA__DAY_LAST) return SLA_E_RANGE;
  *date = sla__civil_date(days);
  return SLA_OK;
}

int32_t sla_date_weekday(sla_date date, uint32_t *weekday) {
  int32_t days;
  if (weekday == NULL) return SLA_E_NULL;
  if (!sla__civil_parse(date, &days)) return SLA_E_DATE;
  *weekday = (uint32_t)sla__civil_weekday(days) + 1;
  return SLA_OK;
}
