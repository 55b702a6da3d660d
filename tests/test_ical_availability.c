/* SPDX-License-Identifier: MIT */
/* Opening hours by chance: availability of several priorities and bounds, in several zones, with
 * rules, exceptions, dates more and dates changed.  What the calendar says that is made of it is
 * compared minute by minute with what the file says, by definition. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ical_oracle_rule.h"
#include "ical_told.h"

#define DAY 86400
#define RANGES 4
#define SLOTS 4
#define STRETCHES 4000
#define TEXT 65536

static uint64_t luck;

static int between(int lo, int hi) { return (int)random_between(&luck, lo, hi); }
static bool odds(int percent) { return between(1, 100) <= percent; }

/* ---- clocks ---- */

enum { FLOATING, PARIS, UTC, NEW_YORK, CLOCKS };
static const char *const clock_names[CLOCKS] = {NULL, "Europe/Paris", "UTC", "America/New_York"};
static sla_zone *zones[CLOCKS];

/* The calendar's wall clock is that of Paris; in the windows no clock of Paris changes, unless all
 * is local. */
static int64_t local_of(int64_t wall, int clock) {
  sla_time first, last;
  uint32_t kind;
  int32_t offset;
  sla_date date = 0;
  if (clock <= PARIS) return wall;
  sla_date_from_days((int32_t)sla__ical_day_of(wall), &date);
  assert_ok(sla_zone_instant_of(zones[clock], date, sla__ical_second_of(wall), &first, &last,
                                &kind));
  if (kind == SLA_WALL_SKIPPED) { /* with the offset before */
    assert_ok(sla_zone_offset_at(zones[clock], first - 1, &offset));
    first = wall - offset;
  }
  assert_ok(sla_zone_offset_at(zones[PARIS], first, &offset));
  return first + offset;
}

/* ---- a file, as the stretches that it says are open ---- */

typedef struct {
  int64_t from, to; /* on the calendar's wall clock */
  int range;        /* under which VAVAILABILITY, or -1 */
} stretch;

typedef struct {
  int64_t from, to;
  int priority;
} range;

typedef struct {
  sla_date first, last; /* the window */
  int64_t first_day, last_day;
  bool only_local;
  range ranges[RANGES];
  int ranges_count;
  stretch stretches[STRETCHES];
  int stretches_count;
  int uid;
  char text[TEXT];
} drawing;

static void write_line(drawing *d, const char *format, ...) {
  size_t length = strlen(d->text);
  va_list arguments;
  va_start(arguments, format);
  int added = vsnprintf(d->text + length, TEXT - length, format, arguments);
  va_end(arguments);
  assert_true(added >= 0 && length + (size_t)added + 2 < TEXT);
  strcat(d->text, "\n");
}

static void write_stamp(drawing *d, const char *name, int64_t wall, int clock) {
  char text[32];
  wall_text(wall, text);
  if (clock == FLOATING) write_line(d, "%s:%s", name, text);
  else if (clock == UTC) write_line(d, "%s:%sZ", name, text);
  else write_line(d, "%s;TZID=%s:%s", name, clock_names[clock], text);
}

static void add_stretch(drawing *d, int64_t wall, int64_t length, int clock, int under) {
  assert_true(d->stretches_count < STRETCHES);
  int64_t from = local_of(wall, clock), to = local_of(wall + length, clock);
  if (from < to) d->stretches[d->stretches_count++] = (stretch){from, to, under};
}

/* ---- one event ---- */

/* Rules that opening hours have, and in some any other. */
static void draw_rule(const drawing *d, chance_rule *rule) {
  if (odds(15)) {
    chance_rule_draw(rule, &luck, d->first / 10000, d->first / 10000, 60);
  } else {
    *rule = (chance_rule){.frequency = odds(80) ? SLA__ICAL_WEEKLY : SLA__ICAL_DAILY,
                          .interval = odds(85) ? 1 : 2, .until = SLA_NONE};
    rule->counts[SLA__ICAL_BYDAY] = odds(70) ? between(1, 6) : 0;
    for (int i = 0; i < rule->counts[SLA__ICAL_BYDAY]; i++) rule->weekdays[i] = between(0, 6);
    rule->count = odds(15) ? between(1, 40) : 0;
  }
  rule->is_date = rule->until_is_date = false;
  rule->start = (d->first_day + between(-60, 15)) * DAY + between(0, 95) * 900;
  if (rule->count == 0 && odds(25)) rule->until = rule->start + between(0, 100 * 96) * 900;
  rule->only_matches = true;
  rule->from = (d->first_day - 10) * DAY;
  rule->to = (d->last_day + 3) * DAY;
  chance_rule_write(rule);
}

static int64_t draw_length(void) {
  static const int hours[] = {1, 3, 4, 8, 8, 8, 10, 12, 23, 24, 24, 25, 40, 60};
  int64_t length = hours[between(0, COUNT_OF(hours) - 1)] * 3600;
  return odds(80) ? length : length + between(0, 3) * 900;
}

/* The change of one occurrence: moved, of another length, or cancelled. */
static void write_change(drawing *d, const char *component, int64_t wall, int64_t length, int clock,
                         int under) {
  int64_t moved = wall + between(-6, 6) * 1800;
  bool cancelled = odds(30);
  write_line(d, "BEGIN:%s", component);
  write_line(d, "UID:%d", d->uid);
  write_stamp(d, "RECURRENCE-ID", wall, clock);
  write_stamp(d, "DTSTART", moved, clock);
  length = odds(50) ? length : draw_length();
  write_stamp(d, "DTEND", moved + length, clock);
  if (cancelled) write_line(d, "STATUS:CANCELLED");
  write_line(d, "END:%s", component);
  if (!cancelled) add_stretch(d, moved, length, clock, under);
}

/* What becomes of each occurrence of the rule. */
static void write_event(drawing *d, const char *component, int under) {
  static int64_t walls[ORACLE_WALLS];
  int clock = d->only_local ? between(FLOATING, PARIS) : odds(60) ? PARIS : between(0, CLOCKS - 1);
  int64_t length = draw_length(), changed = SLA_NONE;
  chance_rule rule;
  draw_rule(d, &rule);
  bool recurs = odds(85);
  d->uid++;
  write_line(d, "BEGIN:%s", component);
  write_line(d, "UID:%d", d->uid);
  write_stamp(d, "DTSTART", rule.start, clock);
  write_stamp(d, "DTEND", rule.start + length, clock);
  if (recurs) write_line(d, "RRULE:%s", rule.text);
  size_t count = recurs ? oracle_rule_walls(&rule, walls) : 0;
  for (size_t i = 0; i < count; i++) {
    if (odds(4)) write_stamp(d, "EXDATE", walls[i], clock);
    else if (changed == SLA_NONE && odds(4)) changed = walls[i];
    else add_stretch(d, walls[i], length, clock, under);
  }
  if (!recurs) add_stretch(d, rule.start, length, clock, under);
  if (odds(10)) {
    int64_t more = rule.start + between(10, 90) * DAY + 450;
    write_stamp(d, "RDATE", more, clock);
    add_stretch(d, more, length, clock, under);
  }
  write_line(d, "END:%s", component);
  if (changed != SLA_NONE) write_change(d, component, changed, length, clock, under);
}

/* ---- files ---- */

static int64_t draw_bound(const drawing *d) {
  return (d->first_day + between(-10, 40)) * DAY + (odds(60) ? 0 : between(0, 95) * 900);
}

static void write_availability(drawing *d) {
  int clock = d->only_local ? PARIS : between(FLOATING, CLOCKS - 1), slots = between(0, SLOTS);
  range *r = &d->ranges[d->ranges_count];
  *r = (range){INT64_MIN, INT64_MAX, odds(50) ? 0 : between(1, 9)};
  write_line(d, "BEGIN:VAVAILABILITY");
  if (r->priority > 0 || odds(30)) write_line(d, "PRIORITY:%d", r->priority);
  if (odds(45)) {
    int64_t from = draw_bound(d);
    write_stamp(d, "DTSTART", from, clock);
    r->from = local_of(from, clock);
  }
  if (odds(45)) {
    int64_t to = draw_bound(d);
    if (r->from != INT64_MIN && local_of(to, clock) < r->from) to += 80 * DAY;
    write_stamp(d, "DTEND", to, clock);
    r->to = local_of(to, clock);
  }
  for (int i = 0; i < slots; i++) write_event(d, "AVAILABLE", d->ranges_count);
  write_line(d, "END:VAVAILABILITY");
  d->ranges_count++;
}

static void draw(drawing *d) {
  /* The clocks of New York change within the first two, those of Paris within the others. */
  static const sla_date windows[][2] = {{20240301, 20240330}, {20241028, 20241125},
                                        {20240315, 20240412}, {20241015, 20241112}};
  int window = between(0, 3), components = between(1, RANGES);
  int32_t days = 0;
  memset(d, 0, sizeof *d);
  d->first = windows[window][0];
  d->last = windows[window][1];
  d->only_local = window >= 2;
  sla_date_to_days(d->first, &days);
  d->first_day = days;
  sla_date_to_days(d->last, &days);
  d->last_day = days;
  write_line(d, "BEGIN:VCALENDAR");
  if (odds(20))
    for (int i = 0; i < components; i++) write_event(d, "VEVENT", -1);
  else
    for (int i = 0; i < components; i++) write_availability(d);
  write_line(d, "END:VCALENDAR");
}

/* ---- by definition ---- */

static bool is_stronger(const drawing *d, int a, int b) {
  int x = d->ranges[a].priority, y = d->ranges[b].priority;
  return (x == 0 ? 10 : x) < (y == 0 ? 10 : y) || (x == y && a > b);
}

static int ruler(const drawing *d, int64_t wall) {
  int found = -1;
  for (int i = 0; i < d->ranges_count; i++)
    if (wall >= d->ranges[i].from && wall < d->ranges[i].to &&
        (found < 0 || is_stronger(d, i, found)))
      found = i;
  return found;
}

static bool says_open(const drawing *d, int64_t wall) {
  int under = ruler(d, wall);
  for (int i = 0; i < d->stretches_count; i++) {
    const stretch *s = &d->stretches[i];
    if (wall >= s->from && wall < s->to && s->range == under) return true;
  }
  return false;
}

/* ---- what is read ---- */

static sla_ical_feed *feed_of(const drawing *d) {
  sla_ical_reader *reader = reader_of("Europe/Paris", d->first, d->last);
  sla_ical_feed *feed = NULL;
  sla_error error = {0};
  name_zone(reader, "America/New_York", "America/New_York");
  int32_t code = sla_ical_read_hours(reader, d->text, strlen(d->text), &feed, &error);
  if (code != SLA_OK) fail_msg("%s\n%s", told_error(code, &error), d->text);
  sla_ical_reader_free(reader);
  return feed;
}

/* NULL when it is never open. */
static sla_calendar *calendar_from(const sla_ical_feed *feed) {
  sla_calendar_builder *builder = NULL;
  sla_calendar *calendar = NULL;
  assert_ok(sla_calendar_builder_new(NULL, &builder, NULL));
  assert_ok(sla_calendar_builder_set_zone(builder, zones[PARIS], NULL));
  assert_ok(sla_ical_feed_apply(feed, builder, NULL));
  int32_t code = sla_calendar_builder_build(builder, &calendar, NULL);
  if (code != SLA_E_CLOSED) assert_ok(code);
  sla_calendar_builder_free(builder);
  return calendar;
}

/* Times that Paris shows once; what began before the window is not the window's. */
static long compare(const drawing *d, const sla_ical_feed *feed, const sla_calendar *calendar) {
  long open_minutes = 0;
  for (int64_t wall = (d->first_day + 3) * DAY; wall < (d->last_day + 1) * DAY; wall += 450) {
    sla_time first, last;
    uint32_t kind;
    sla_date date = 0;
    char text[32];
    sla_date_from_days((int32_t)sla__ical_day_of(wall), &date);
    assert_ok(sla_zone_instant_of(zones[PARIS], date, sla__ical_second_of(wall), &first, &last,
                                  &kind));
    if (kind != SLA_WALL_UNIQUE) continue;
    bool said = says_open(d, wall), open = calendar != NULL && is_open(calendar, first);
    if (said != open)
      fail_msg("%s is %s\n%s\n%s", wall_text(wall, text), open ? "open" : "closed", d->text,
               told_feed(feed));
    open_minutes += open;
  }
  return open_minutes;
}

static void files_by_chance(void **state) {
  static drawing d;
  long open = 0, entries[5] = {0};
  (void)state;
  luck = support_seed();
  for (long i = draws(3000); i > 0; i--) {
    draw(&d);
    sla_ical_feed *feed = feed_of(&d);
    sla_calendar *calendar = calendar_from(feed);
    open += compare(&d, feed, calendar);
    for (uint32_t e = 0; e < sla_ical_feed_count(feed); e++) {
      sla_entry entry;
      assert_ok(sla_ical_feed_entry(feed, e, &entry, sizeof entry));
      entries[entry.kind]++;
    }
    sla_calendar_unref(calendar);
    sla_ical_feed_unref(feed);
  }
  print_message("open at %ld times; %ld weekly hours, %ld special, %ld holidays\n", open,
                entries[SLA_ENTRY_HOURS], entries[SLA_ENTRY_SPECIAL_HOURS],
                entries[SLA_ENTRY_HOLIDAY]);
  assert_true(open > 0 && entries[SLA_ENTRY_HOURS] > 0 && entries[SLA_ENTRY_SPECIAL_HOURS] > 0 &&
              entries[SLA_ENTRY_HOLIDAY] > 0);
}

static int set_up(void **state) {
  (void)state;
  for (int i = PARIS; i < CLOCKS; i++) zones[i] = zone_named(clock_names[i]);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  for (int i = PARIS; i < CLOCKS; i++) sla_zone_unref(zones[i]);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(files_by_chance)};
  return cmocka_run_group_tests(tests, set_up, tear_down) != 0;
}
