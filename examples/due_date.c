/* SPDX-License-Identifier: MIT */
/*
 * When is "four working hours from Friday afternoon"?
 *
 * Introduces: sla_zone_new_posix, sla_zone_instant_of, sla_zone_civil_at, the calendar builder,
 * sla_calendar_builder_add_hours_text, sla_calendar_add, sla_calendar_elapsed, sla_error_text.
 */
#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Every call goes through here: the library's own sentence, and the end. */
static void check(int32_t code, const sla_error *error) {
  char sentence[200];
  if (code == SLA_OK) return;
  sla_error_text(error != NULL ? error : &(sla_error){.code = code}, sentence, sizeof sentence);
  fprintf(stderr, "%s\n", sentence);
  exit(1);
}

static void print_time(const char *before, const sla_zone *zone, sla_time at) {
  static const char weekdays[][4] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  sla_civil wall;
  uint32_t weekday;
  check(sla_zone_civil_at(zone, at, &wall, sizeof wall), NULL);
  check(sla_date_weekday(wall.date, &weekday), NULL);
  printf("%s%s %d-%02d-%02d %02d:%02d", before, weekdays[weekday - 1], wall.date / 10000,
         wall.date / 100 % 100, wall.date % 100, wall.second / 3600, wall.second / 60 % 60);
}

static sla_calendar *office_hours(const sla_zone *zone, const char *hours) {
  sla_calendar_builder *builder;
  sla_calendar *calendar;
  sla_error error;
  check(sla_calendar_builder_new(NULL, &builder, &error), &error);
  check(sla_calendar_builder_set_zone(builder, zone, &error), &error);
  check(sla_calendar_builder_add_hours_text(builder, hours, strlen(hours), &error), &error);
  check(sla_calendar_builder_build(builder, &calendar, &error), &error);
  sla_calendar_builder_free(builder);
  return calendar;
}

int main(void) {
  static const char new_york[] = "EST5EDT,M3.2.0,M11.1.0";
  sla_zone *zone;
  sla_error error;
  check(sla_zone_new_posix(new_york, strlen(new_york), NULL, &zone, &error), &error);
  sla_calendar *calendar = office_hours(zone, "Mo-Fr 09:00-17:00");

  sla_time created, last, due;
  uint32_t wall;
  check(sla_zone_instant_of(zone, 20260306, 15 * 3600, &created, &last, &wall), NULL);
  check(sla_calendar_add(calendar, created, 4 * 3600, &due), NULL);
  print_time("Created ", zone, created);
  print_time("; four working hours later it is ", zone, due);

  sla_seconds counted;
  check(sla_calendar_elapsed(calendar, created, due, &counted), NULL);
  printf(".\nBetween the two, %d h were worked and %d h went by: the clocks went forward.\n",
         (int)(counted / 3600), (int)((due - created) / 3600));

  sla_calendar_unref(calendar);
  sla_zone_unref(zone);
  return 0;
}
