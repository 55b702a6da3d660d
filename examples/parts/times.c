/* SPDX-License-Identifier: MIT */
#include "times.h"

#include <stdlib.h>

#include "why.h"

/* ---- reading ---- */

static bool take(slice *text, char c) {
  if (text->length == 0 || text->text[0] != c) return false;
  *text = (slice){text->text + 1, text->length - 1};
  return true;
}

static bool take_digits(slice *text, size_t count, int32_t *number) {
  int64_t value;
  if (text->length < count || !slice_number((slice){text->text, count}, 999999999, &value))
    return false;
  *number = (int32_t)value;
  *text = (slice){text->text + count, text->length - count};
  return true;
}

bool time_take_date(slice *text, sla_date *date) {
  slice rest = *text;
  int32_t year, month, day;
  if (!take_digits(&rest, 4, &year)) return false;
  bool dashes = take(&rest, '-');
  if (!take_digits(&rest, 2, &month) || take(&rest, '-') != dashes) return false;
  if (!take_digits(&rest, 2, &day)) return false;
  *date = year * 10000 + month * 100 + day;
  *text = rest;
  return true;
}

static void drop_fraction(slice *text) {
  int32_t digit;
  slice rest = *text;
  if (!take(&rest, '.') && !take(&rest, ',')) return;
  while (take_digits(&rest, 1, &digit)) *text = rest;
}

/* "09:30", "09:30:00", "0930", "093000", with a fraction behind the seconds. */
static bool take_clock(slice *text, int32_t *second) {
  int32_t hours, minutes, seconds = 0;
  if (!take_digits(text, 2, &hours)) return false;
  bool colons = take(text, ':');
  if (!take_digits(text, 2, &minutes)) return false;
  if (!colons || take(text, ':')) {
    bool given = take_digits(text, 2, &seconds);
    if (colons && !given) return false;
    if (given) drop_fraction(text);
  }
  *second = hours * 3600 + minutes * 60 + seconds;
  return hours < 24 && minutes < 60 && seconds < 60;
}

/* "Z", "UTC", "+01", "+01:00" or "+0100"; *given tells whether there was one at all. */
static bool take_offset(slice *text, int32_t *offset, bool *given) {
  int32_t hours, minutes = 0;
  *text = slice_trim(*text);
  *offset = 0;
  *given = text->length != 0;
  if (!*given || slice_is(*text, "Z") || slice_is(*text, "UTC")) return true;
  int32_t sign = text->text[0] == '-' ? -1 : 1;
  if (!take(text, '+') && !take(text, '-')) return false;
  if (!take_digits(text, 2, &hours)) return false;
  if (take(text, ':') || text->length != 0)
    if (!take_digits(text, 2, &minutes)) return false;
  *offset = sign * (hours * 3600 + minutes * 60);
  return text->length == 0 && hours < 24 && minutes < 60;
}

static bool in_range(sla_time at, bytes *why) {
  if (at >= SLA_TIME_MIN && at <= SLA_TIME_MAX) return true;
  return why_code(why, SLA_E_RANGE);
}

static bool at_offset(sla_date date, int32_t second, int32_t offset, sla_time *at, bytes *why) {
  int32_t days;
  int32_t code = sla_date_to_days(date, &days);
  if (code != SLA_OK) return why_code(why, code);
  sla_time instant = (sla_time)days * 86400 + second - offset;
  if (!in_range(instant, why)) return false;
  *at = instant;
  return true;
}

static bool at_local(sla_date date, int32_t second, const sla_zone *zone, sla_time *at,
                     bytes *why) {
  sla_time first, last;
  uint32_t wall;
  if (zone == NULL) {
    bytes_add_text(why, "a local time needs --zone (or an offset such as Z or +01:00)");
    return false;
  }
  int32_t code = sla_zone_instant_of(zone, date, second, &first, &last, &wall);
  if (code != SLA_OK) return why_code(why, code);
  *at = first;
  return true;
}

static bool not_a_time(bytes *why) {
  bytes_add_text(why, "not a time such as 2026-03-02T09:30:00+01:00, nor epoch seconds");
  return false;
}

static bool read_epoch(slice text, sla_time *at, bytes *why) {
  bool negative = take(&text, '-');
  int64_t seconds;
  size_t digits = 0;
  while (digits < text.length && text.text[digits] >= '0' && text.text[digits] <= '9') digits++;
  slice fraction = {text.text + digits, text.length - digits};
  drop_fraction(&fraction);
  if (fraction.length != 0 || digits == 0) return not_a_time(why);
  if (!slice_number((slice){text.text, digits}, INT64_MAX, &seconds))
    return why_code(why, SLA_E_RANGE);
  if (seconds > SLA_TIME_MAX && seconds <= SLA_TIME_MAX * 1000)
    bytes_add_text(why, "these look like milliseconds, not epoch seconds: ");
  if (!in_range(negative ? -seconds : seconds, why)) return false;
  *at = negative ? -seconds : seconds;
  return true;
}

static bool is_epoch(slice text) {
  take(&text, '-');
  for (size_t i = 0; i < text.length; i++)
    if ((text.text[i] < '0' || text.text[i] > '9') && text.text[i] != '.') return false;
  return text.length != 0;
}

bool time_read(slice text, const sla_zone *zone, sla_time *at, bytes *why) {
  sla_date date;
  int32_t second, offset;
  bool given;
  text = slice_trim(text);
  if (is_epoch(text)) return read_epoch(text, at, why);
  if (!time_take_date(&text, &date)) return not_a_time(why);
  if (!take(&text, 'T') && !take(&text, 't') && !take(&text, ' ')) return not_a_time(why);
  if (!take_clock(&text, &second) || !take_offset(&text, &offset, &given)) return not_a_time(why);
  if (given) return at_offset(date, second, offset, at, why);
  return at_local(date, second, zone, at, why);
}

bool time_read_day(slice text, const sla_zone *zone, sla_time *at, bytes *why) {
  slice rest = text;
  sla_date date;
  bool whole = time_take_date(&rest, &date) && rest.length == 0;
  return whole ? at_local(date, 0, zone, at, why) : time_read(text, zone, at, why);
}

/* ---- writing ---- */

typedef struct {
  int32_t year, month, day, hour, minute, second, offset;
  uint32_t weekday;
} wall_clock;

/* The library answers for every instant it gave out, and every date but those of a local year 0 or
 * 10000, which show no weekday. */
static wall_clock wall_clock_at(const sla_zone *zone, sla_time at) {
  sla_civil civil = {0};
  wall_clock wall = {0};
  if (sla_zone_civil_at(zone, at, &civil, sizeof civil) != SLA_OK ||
      sla_zone_offset_at(zone, at, &wall.offset) != SLA_OK ||
      sla_date_weekday(civil.date, &wall.weekday) != SLA_OK)
    wall.weekday = 0;
  wall.year = civil.date / 10000;
  wall.month = civil.date / 100 % 100;
  wall.day = civil.date % 100;
  wall.hour = civil.second / 3600;
  wall.minute = civil.second / 60 % 60;
  wall.second = civil.second % 60;
  return wall;
}

static void write_offset(bytes *to, int32_t offset) {
  int32_t size = abs(offset);
  bytes_format(to, "%c%02d:%02d", offset < 0 ? '-' : '+', size / 3600, size / 60 % 60);
  if (size % 60 != 0) bytes_format(to, ":%02d", size % 60);
}

void time_write_iso(bytes *to, const sla_zone *zone, sla_time at) {
  wall_clock wall = wall_clock_at(zone, at);
  bytes_format(to, "%04d-%02d-%02dT%02d:%02d:%02d", wall.year, wall.month, wall.day, wall.hour,
               wall.minute, wall.second);
  write_offset(to, wall.offset);
}

/* In columns the day of the month takes two places. */
static void write_day(bytes *to, const wall_clock *wall, bool with_year, int places) {
  static const char weekdays[][4] = {"", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static const char months[][4] = {"?",   "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  bytes_format(to, "%s %*d %s ", weekdays[wall->weekday], places, wall->day, months[wall->month]);
  if (with_year) bytes_format(to, "%d ", wall->year);
  bytes_format(to, "%02d:%02d", wall->hour, wall->minute);
}

void time_write_short(bytes *to, const sla_zone *zone, sla_time at, sla_time now) {
  wall_clock wall = wall_clock_at(zone, at), today = wall_clock_at(zone, now);
  write_day(to, &wall, wall.year != today.year, 2);
  if (wall.offset == today.offset) return;
  bytes_add_char(to, ' ');
  write_offset(to, wall.offset);
}

void time_write_long(bytes *to, const sla_zone *zone, sla_time at) {
  wall_clock wall = wall_clock_at(zone, at);
  write_day(to, &wall, true, 1);
  bytes_add_text(to, " (UTC");
  write_offset(to, wall.offset);
  bytes_add_char(to, ')');
}
