/* SPDX-License-Identifier: MIT */
/* The values that say when, as text. */
#include "ical_stamp.h"

/* Digits, the last of them before `end`. */
static void put_digits(char *end, int32_t count, int64_t number) {
  for (; count > 0; count--, number /= 10) *--end = (char)('0' + number % 10);
}

void sla__ical_date_text(int64_t day, char text[SLA__ICAL_STAMP_TEXT]) {
  put_digits(text + 8, 8, sla__ical_date(day));
  text[8] = '\0';
}

static void put_time(char *text, int32_t second) {
  put_digits(text + 2, 2, second / 3600);
  put_digits(text + 4, 2, second / 60 % 60);
  put_digits(text + 6, 2, second % 60);
}

void sla__ical_wall_text(sla__ical_wall wall, bool is_utc, char text[SLA__ICAL_STAMP_TEXT]) {
  sla__ical_date_text(sla__ical_day_of(wall), text);
  text[8] = 'T';
  put_time(text + 9, sla__ical_second_of(wall));
  text[15] = is_utc ? 'Z' : '\0';
  text[16] = '\0';
}

/* Seconds only where there are some: many programs do not expect them. */
void sla__ical_offset_text(int32_t seconds, char text[SLA__ICAL_STAMP_TEXT]) {
  text[0] = seconds < 0 ? '-' : '+';
  put_time(text + 1, seconds < 0 ? -seconds : seconds);
  text[seconds % 60 == 0 ? 5 : 7] = '\0';
}
