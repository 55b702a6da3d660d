/* SPDX-License-Identifier: MIT */
/*
 * Opening hours around Christmas: holidays, a short day, a closure; and what is open when.
 *
 * Introduces: sla_calendar_builder_add_hours, _add_holiday, _add_yearly_holiday,
 * _add_weekday_holiday, _add_special_hours, _add_closure, sla_calendar_intervals,
 * sla_calendar_holiday_on, sla_calendar_entry_name, sla_calendar_add_working_dates.
 */
#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(int32_t code) {
  if (code == SLA_OK) return;
  fprintf(stderr, "%s\n", sla_code_name(code));
  exit(1);
}

#define TEXT(text) text, strlen(text) /* the library takes a text with its length */
#define AT(hour, minute) ((hour) * 3600 + (minute) * 60)

static sla_calendar *shop_hours(const sla_zone *zone) {
  sla_calendar_builder *b;
  sla_calendar *calendar;
  check(sla_calendar_builder_new(NULL, &b, NULL));
  check(sla_calendar_builder_set_zone(b, zone, NULL));
  check(sla_calendar_builder_add_hours(b, SLA_MONDAY_TO_FRIDAY, AT(9, 0), AT(18, 0), NULL));
  check(sla_calendar_builder_add_hours(b, SLA_SATURDAY, AT(10, 0), AT(14, 0), NULL));
  check(sla_calendar_builder_add_yearly_holiday(b, 12, 25, TEXT("Christmas Day"), NULL));
  check(sla_calendar_builder_add_yearly_holiday(b, 12, 26, TEXT("Boxing Day"), NULL));
  check(sla_calendar_builder_add_weekday_holiday(b, 5, 1, 1, TEXT("Early May Bank Holiday"), NULL));
  check(sla_calendar_builder_add_holiday(b, 20261228, 20261228, TEXT("Boxing Day (observed)"),
                                         NULL));
  check(sla_calendar_builder_add_special_hours(b, 20261224, 20261224, AT(9, 0), AT(12, 30), NULL));
  check(sla_calendar_builder_add_closure(b, 20261223, 20261223, AT(14, 0), AT(15, 30),
                                         TEXT("staff party"), NULL));
  check(sla_calendar_builder_build(b, &calendar, NULL));
  sla_calendar_builder_free(b);
  return calendar;
}

static void print_date(sla_date date) {
  printf("  %d-%02d-%02d", date / 10000, date / 100 % 100, date % 100);
}

static void print_interval(const sla_zone *zone, const sla_interval *open) {
  sla_civil from, to;
  check(sla_zone_civil_at(zone, open->from, &from, sizeof from));
  check(sla_zone_civil_at(zone, open->to, &to, sizeof to));
  print_date(from.date);
  printf("  %02d:%02d to %02d:%02d\n", from.second / 3600, from.second / 60 % 60, to.second / 3600,
         to.second / 60 % 60);
}

static void print_holiday(const sla_calendar *calendar, sla_date date) {
  uint32_t entry;
  char name[64];
  size_t length;
  check(sla_calendar_holiday_on(calendar, date, &entry));
  if (entry == SLA_NO_ENTRY) return;
  check(sla_calendar_entry_name(calendar, entry, name, sizeof name, &length));
  print_date(date);
  printf("  %s\n", name);
}

int main(void) {
  sla_zone *zone;
  sla_time monday, next_week, last;
  uint32_t wall;
  sla_interval open[16];
  size_t count;
  sla_date date;
  check(sla_zone_new_posix(TEXT("GMT0BST,M3.5.0/1,M10.5.0"), NULL, &zone, NULL));
  sla_calendar *calendar = shop_hours(zone);

  check(sla_zone_instant_of(zone, 20261221, 0, &monday, &last, &wall));
  check(sla_zone_instant_of(zone, 20261230, 0, &next_week, &last, &wall));
  check(sla_calendar_intervals(calendar, monday, next_week, open, 16, sizeof *open, &count));
  printf("Open:\n");
  for (size_t i = 0; i < count; i++) print_interval(zone, &open[i]);

  printf("Holidays:\n");
  for (date = 20261221; date < 20261230; date++) print_holiday(calendar, date);
  check(sla_calendar_add_working_dates(calendar, 20261223, 2, &date));
  printf("The second working date after 23 December:");
  print_date(date);
  putchar('\n');

  sla_calendar_unref(calendar);
  sla_zone_unref(zone);
  return 0;
}
