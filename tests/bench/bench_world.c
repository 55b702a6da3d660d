/* SPDX-License-Identifier: MIT */
/* Calendars at random, each unlike the others. */
#include "bench.h"

#include <stdlib.h>
#include <string.h>

static const char *const zone_texts[] = {
    "EST5EDT,M3.2.0,M11.1.0",
    "PST8PDT,M3.2.0,M11.1.0",
    "CST6CDT,M3.2.0,M11.1.0",
    "GMT0BST,M3.5.0/1,M10.5.0",
    "CET-1CEST,M3.5.0,M10.5.0/3",
    "EET-2EEST,M3.5.0/3,M10.5.0/4",
    "AEST-10AEDT,M10.1.0,M4.1.0/3",
    "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
    "NZST-12NZDT,M9.5.0,M4.1.0/3",
    "IST-1GMT0,M10.5.0,M3.5.0/1",
    "IST-5:30",
    "JST-9",
    "<-03>3",
    "UTC0",
};

enum { ZONES = sizeof zone_texts / sizeof zone_texts[0] };

static void add_hours(sla_calendar_builder *builder, uint64_t *state) {
  static const uint32_t weeks[] = {SLA_MONDAY_TO_FRIDAY, SLA_MONDAY_TO_FRIDAY | SLA_SATURDAY,
                                   SLA_EVERY_DAY,
                                   SLA_SUNDAY | SLA_MONDAY | SLA_TUESDAY | SLA_WEDNESDAY |
                                       SLA_THURSDAY};
  uint32_t week = weeks[random_in(state, 0, 3)];
  int32_t opens = (int32_t)random_in(state, 6 * 4, 11 * 4) * 900;
  int32_t closes = (int32_t)random_in(state, 14 * 4, 22 * 4) * 900;
  int32_t noon = (int32_t)random_in(state, 48, 52) * 900;
  bool lunch = random_in(state, 0, 1) == 1;
  sla_error error;
  int32_t code = sla_calendar_builder_add_hours(builder, week, opens, lunch ? noon : closes,
                                                &error);
  require_ok(code, &error, "random hours");
  if (!lunch) return;
  code = sla_calendar_builder_add_hours(builder, week, noon + 2700, closes, &error);
  require_ok(code, &error, "random hours after lunch");
}

static void add_holiday(sla_calendar_builder *builder, uint64_t *state) {
  int32_t year = (int32_t)random_in(state, 2020, 2030), month = (int32_t)random_in(state, 1, 12);
  int32_t day = (int32_t)random_in(state, 1, 28), code;
  sla_date date = year * 10000 + month * 100 + day;
  sla_error error;
  switch (random_in(state, 0, 2)) {
    case 0:
      code = sla_calendar_builder_add_yearly_holiday(builder, month, day, NULL, 0, &error);
      break;
    case 1:
      code = sla_calendar_builder_add_weekday_holiday(builder, month, day % 5 + 1,
                                                      (uint32_t)(day % 7) + 1, NULL, 0, &error);
      break;
    default:
      code = sla_calendar_builder_add_holiday(builder, date, date, NULL, 0, &error);
  }
  require_ok(code, &error, "a random holiday");
}

static sla_calendar *random_calendar(const sla_zone *zone, const sla_allocator *allocator,
                                     uint64_t *state) {
  sla_calendar_builder *builder = NULL;
  sla_calendar *calendar = NULL;
  sla_error error;
  require_ok(sla_calendar_builder_new(allocator, &builder, &error), &error, "a builder");
  require_ok(sla_calendar_builder_set_zone(builder, zone, &error), &error, "a zone");
  add_hours(builder, state);
  for (int64_t i = random_in(state, 5, 20); i > 0; i--) add_holiday(builder, state);
  require_ok(sla_calendar_builder_build(builder, &calendar, &error), &error, "a random calendar");
  sla_calendar_builder_free(builder);
  return calendar;
}

static void build_zones(world *w, const sla_allocator *allocator) {
  sla_error error;
  for (size_t i = 0; i < ZONES; i++)
    require_ok(sla_zone_new_posix(zone_texts[i], strlen(zone_texts[i]), allocator, &w->zones[i],
                                  &error),
               &error, zone_texts[i]);
}

world *world_new(size_t calendars, uint64_t *state) {
  world *w = allocate(1, sizeof *w);
  sla_allocator allocator = counting_allocator(&w->bytes);
  *w = (world){.zones = allocate(ZONES, sizeof *w->zones),
               .calendars = allocate(calendars, sizeof *w->calendars),
               .zone_count = ZONES,
               .calendar_count = calendars};
  build_zones(w, &allocator);
  for (size_t i = 0; i < calendars; i++)
    w->calendars[i] = random_calendar(w->zones[random_in(state, 0, ZONES - 1)], &allocator, state);
  return w;
}

void world_free(world *w) {
  for (size_t i = 0; i < w->calendar_count; i++) sla_calendar_unref(w->calendars[i]);
  for (size_t i = 0; i < w->zone_count; i++) sla_zone_unref(w->zones[i]);
  if (w->bytes.live != 0) fail("%zu bytes are left after the last unref", w->bytes.live);
  free(w->calendars);
  free(w->zones);
  free(w);
}
