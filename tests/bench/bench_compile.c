/* SPDX-License-Identifier: MIT */
/* Building a calendar: time in units of the loop's 60-day call, and the bytes it keeps. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>

/* Lines differ in one thing each, so that what a build spends its time on shows. */
typedef struct variant {
  const char *name;
  int first_year, last_year;
  int zone;
  bool holidays, from_nothing;
} variant;

/* Five hours behind for ever; New York from the machine's zone file, its history included; and
 * from POSIX text, which has none. */
enum { FIXED, NEW_YORK, NEW_YORK_TEXT, ZONES };

static const variant variants[] = {
    {"1 year", 2010, 2010, NEW_YORK, true, false},
    {"23 years", 2010, 2032, NEW_YORK, true, false},
    {"23 years, and filling the builder", 2010, 2032, NEW_YORK, true, true},
    {"23 years without holidays", 2010, 2032, NEW_YORK, false, false},
    {"23 years in a zone from POSIX text", 2010, 2032, NEW_YORK_TEXT, true, false},
    {"23 years in a fixed zone", 2010, 2032, FIXED, true, false},
    {"50 years (the default)", 2000, 2049, NEW_YORK, true, false},
    {"130 years", 1970, 2099, NEW_YORK, true, false},
};

enum { VARIANTS = sizeof variants / sizeof variants[0], REQUIRED = 1 };

typedef struct job {
  const variant *variant;
  const sla_zone *zone;
  const sla_calendar_builder *builder;
} job;

static sla_calendar *build(const sla_calendar_builder *builder) {
  sla_calendar *calendar = NULL;
  sla_error error;
  require_ok(sla_calendar_builder_build(builder, &calendar, &error), &error, "a build");
  return calendar;
}

static sla_calendar_builder *builder_of(const variant *v, const sla_zone *zone,
                                        const sla_allocator *allocator) {
  return reference_builder(zone, v->holidays, v->first_year, v->last_year, allocator);
}

static int64_t run_build(const void *context) {
  const job *j = context;
  sla_calendar *calendar = build(j->builder);
  sla_time change = 0;
  sla_calendar_next_change(calendar, year_begins(2010), &change);
  sla_calendar_unref(calendar);
  return change;
}

static int64_t run_fill_and_build(const void *context) {
  const job *j = context;
  sla_calendar_builder *builder = builder_of(j->variant, j->zone, NULL);
  const job filled = {j->variant, j->zone, builder};
  int64_t result = run_build(&filled);
  sla_calendar_builder_free(builder);
  return result;
}

/* What lives on when the builder is gone. */
static counter bytes_of(const variant *v, const sla_zone *zone) {
  counter c = {0};
  sla_allocator allocator = counting_allocator(&c);
  sla_calendar_builder *builder = builder_of(v, zone, &allocator);
  sla_calendar *calendar = build(builder);
  sla_calendar_builder_free(builder);
  counter kept = c;
  sla_calendar_unref(calendar);
  if (c.live != 0 || c.blocks != 0) fail("%zu bytes are left after the last unref", c.live);
  return kept;
}

static void print_line(const variant *v, double ns, double call_ns, const counter *kept,
                       size_t zone_bytes) {
  printf("  %-35s %12.2f %10.1f %9zu %9zu %7zu %9zu\n", v->name, ns / call_ns, ns / 1000,
         kept->live, kept->live + zone_bytes, kept->blocks, kept->peak);
}

static void sixty_days(draw *list, size_t length, uint64_t *state) {
  for (size_t i = 0; i < length; i++) {
    sla_time from = random_in(state, year_begins(2000), year_begins(2050) - 60 * 86400);
    list[i] = (draw){NULL, from, from + 60 * 86400, 0};
  }
}

static void print_head(void) {
  printf("\nBuilding that calendar with other windows.  The unit is the loop's elapsed over 60 "
         "days\nanywhere from 2000 to 2049; bytes are those alive once the builder is gone, by the "
         "allocator it was given.\n");
  printf("\n%-37s %12s %10s %9s %9s %7s %9s\n", "build", "in 60-day", "us", "bytes", "with its",
         "blocks", "bytes at");
  printf("%-37s %12s %10s %9s %9s %7s %9s\n", "", "loop calls", "", "", "zone", "", "peak");
}

static void report(const measure *measures, sla_zone *const zones[ZONES],
                   const counter zone_bytes[ZONES]) {
  double call_ns = measures[VARIANTS].ns;
  print_head();
  for (int i = 0; i < VARIANTS; i++) {
    int zone = variants[i].zone;
    counter kept = bytes_of(&variants[i], zones[zone]);
    print_line(&variants[i], measures[i].ns, call_ns, &kept, zone_bytes[zone].live);
    if (i != REQUIRED) continue;
    require_at_most("compile_23_years_in_60_day_loop_calls", measures[i].ns / call_ns, 5);
    require_below("calendar_23_years_bytes", (double)kept.live, 16384);
  }
  printf("  %-35s %12.2f %10.1f\n", "(the loop's elapsed over 60 days)", 1.0, call_ns / 1000);
}

static void make_zones(sla_zone *zones[ZONES], counter bytes[ZONES]) {
  static const char text[] = "EST5EDT,M3.2.0,M11.1.0";
  sla_allocator allocators[ZONES];
  sla_error error;
  for (int i = 0; i < ZONES; i++) allocators[i] = counting_allocator(&bytes[i]);
  zones[NEW_YORK] = reference_zone(&allocators[NEW_YORK]);
  require_ok(sla_zone_new_fixed(-18000, &allocators[FIXED], &zones[FIXED], &error), &error,
             "a fixed zone");
  require_ok(sla_zone_new_posix(text, sizeof text - 1, &allocators[NEW_YORK_TEXT],
                                &zones[NEW_YORK_TEXT], &error),
             &error, text);
}

void bench_compile(uint64_t seed) {
  enum { DRAWS = 64 };
  uint64_t state = seed;
  counter zone_bytes[ZONES] = {{0}, {0}, {0}};
  sla_zone *zones[ZONES];
  job jobs[VARIANTS];
  measure measures[VARIANTS + 1];
  draw list[DRAWS];
  const draws loop = {list, DRAWS};
  make_zones(zones, zone_bytes);
  loop_prepare();
  sixty_days(list, DRAWS, &state);
  for (int i = 0; i < VARIANTS; i++) {
    const variant *v = &variants[i];
    jobs[i] = (job){v, zones[v->zone], builder_of(v, zones[v->zone], NULL)};
    measures[i] = (measure){v->from_nothing ? run_fill_and_build : run_build, &jobs[i], 1, 0};
  }
  measures[VARIANTS] = (measure){ask_loop[ELAPSED], &loop, DRAWS, 0};
  measure_all(measures, VARIANTS + 1);
  report(measures, zones, zone_bytes);
  for (int i = 0; i < VARIANTS; i++)
    sla_calendar_builder_free((sla_calendar_builder *)(uintptr_t)jobs[i].builder);
  for (int i = 0; i < ZONES; i++) sla_zone_unref(zones[i]);
}
