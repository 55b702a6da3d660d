/* SPDX-License-Identifier: MIT */
#include "ical_stamp.h"

#define DATE_LENGTH 8
#define MOST_DAYS 3652425 /* 10,000 years */
#define MOST_SECONDS ((int64_t)MOST_DAYS * SLA__ICAL_DAY)

/* ---- digits ---- */

/* A number of so many digits. */
static bool digits(const char *text, int count, int32_t *number) {
  int32_t value = 0;
  for (int i = 0; i < count; i++) {
    if (text[i] < '0' || text[i] > '9') return false;
    value = value * 10 + (text[i] - '0');
  }
  *number = value;
  return true;
}

/* HHMMSS; the seconds may be up to `most`. */
static bool clock_time(const char *text, int32_t most, int32_t *second_of_day) {
  int32_t hour, minute, second;
  if (!digits(text, 2, &hour) || !digits(text + 2, 2, &minute) || !digits(text + 4, 2, &second))
    return false;
  if (hour > 23 || minute > 59 || second > most) return false;
  if (second == 60) second = 59;
  *second_of_day = (hour * 60 + minute) * 60 + second;
  return true;
}

/* ---- DATE and DATE-TIME ---- */

bool sla__ical_stamp_parse(const char *text, size_t length, sla__ical_stamp *stamp) {
  bool is_date = length == DATE_LENGTH, is_utc = length == DATE_LENGTH + 8;
  int32_t date, days, second = 0;
  if (!is_date && !is_utc && length != DATE_LENGTH + 7) return false;
  if (!digits(text, DATE_LENGTH, &date) || sla_date_to_days(date, &days) != SLA_OK) return false;
  if (!is_date && (text[DATE_LENGTH] != 'T' || !clock_time(text + DATE_LENGTH + 1, 60, &second)))
    return false;
  if (is_utc && text[length - 1] != 'Z') return false;
  *stamp = (sla__ical_stamp){(int64_t)days * SLA__ICAL_DAY + second, is_date, is_utc};
  return true;
}

/* ---- DURATION ---- */

static const struct {
  char letter;
  bool is_time; /* after the T */
  int32_t days, seconds;
} units[] = {{'W', false, 7, 0},
             {'D', false, 1, 0},
             {'H', true, 0, 3600},
             {'M', true, 0, 60},
             {'S', true, 0, 1}};
#define UNITS (sizeof units / sizeof units[0])

/* Digits at *at, moved past them; a value that no duration can have is no number. */
static bool amount_at(const char *text, size_t length, size_t *at, int64_t *amount) {
  size_t from = *at;
  int64_t value = 0;
  for (; *at < length && text[*at] >= '0' && text[*at] <= '9'; (*at)++) {
    value = value * 10 + (text[*at] - '0');
    if (value > MOST_SECONDS) return false;
  }
  *amount = value;
  return *at > from && *at < length;
}

/* The unit of a letter, no earlier than `least`. */
static size_t unit_of(char letter, size_t least, bool is_time) {
  size_t unit = least;
  while (unit < UNITS && (units[unit].letter != letter || units[unit].is_time != is_time)) unit++;
  return unit;
}

/* What follows the P. */
static bool amounts(const char *text, size_t length, sla__ical_duration *duration) {
  size_t at = 0, unit = 0;
  int64_t amount;
  bool is_time = false, any = false;
  while (at < length) {
    if (text[at] == 'T' && !is_time) is_time = true, any = false, at++;
    if (!amount_at(text, length, &at, &amount)) return false;
    unit = unit_of(text[at++], unit, is_time);
    if (unit == UNITS) return false;
    duration->days += amount * units[unit].days;
    duration->seconds += amount * units[unit].seconds;
    any = true;
    unit++;
  }
  return any && duration->days <= MOST_DAYS && duration->seconds <= MOST_SECONDS;
}

bool sla__ical_duration_parse(const char *text, size_t length, sla__ical_duration *duration) {
  sla__ical_duration found = {0, 0};
  bool is_signed = length > 0 && (text[0] == '+' || text[0] == '-');
  size_t at = is_signed ? 1 : 0;
  if (at == length || text[at] != 'P' || !amounts(text + at + 1, length - at - 1, &found))
    return false;
  if (text[0] == '-') found = (sla__ical_duration){-found.days, -found.seconds};
  *duration = found;
  return true;
}

/* ---- PERIOD ---- */

static size_t slash_in(const char *text, size_t length) {
  size_t at = 0;
  while (at < length && text[at] != '/') at++;
  return at;
}

bool sla__ical_period_parse(const char *text, size_t length, sla__ical_period *period) {
  sla__ical_period found = {.has_duration = true};
  size_t slash = slash_in(text, length);
  if (slash == length || !sla__ical_stamp_parse(text, slash, &found.start) || found.start.is_date)
    return false;
  const char *rest = text + slash + 1;
  size_t rest_length = length - slash - 1;
  if (!sla__ical_duration_parse(rest, rest_length, &found.duration)) {
    found.has_duration = false;
    if (!sla__ical_stamp_parse(rest, rest_length, &found.end) || found.end.is_date) return false;
  }
  if (found.duration.days < 0 || found.duration.seconds < 0) return false;
  *period = found;
  return true;
}

/* ---- UTC-OFFSET ---- */

bool sla__ical_offset_parse(const char *text, size_t length, int32_t *seconds) {
  char clock[6] = {'0', '0', '0', '0', '0', '0'};
  int32_t found;
  if ((length != 5 && length != 7) || (text[0] != '+' && text[0] != '-')) return false;
  for (size_t i = 1; i < length; i++) clock[i - 1] = text[i];
  if (!clock_time(clock, 59, &found)) return false;
  *seconds = text[0] == '-' ? -found : found;
  return true;
}
