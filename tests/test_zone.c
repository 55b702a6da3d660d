/* SPDX-License-Identifier: MIT */
/* Zones of every make: their eras, and wall-clock time to instants and back. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "civil.h"
#include "support.h"
#include "zone.h"
#include "zone_posix.h"

static const char *const fixtures[] = {
    "UTC",           "Africa/Casablanca", "America/Los_Angeles", "America/New_York",
    "America/Sao_Paulo", "Asia/Beirut",   "Asia/Kolkata",        "Australia/Adelaide",
    "Australia/Lord_Howe", "Europe/Amsterdam", "Europe/Dublin",  "Europe/Paris",
    "Europe/Warsaw", "Pacific/Apia"};

static sla_zone *posix_zone(const char *text) {
  sla_zone *zone = NULL;
  assert_ok(sla_zone_new_posix(text, strlen(text), NULL, &zone, NULL));
  return zone;
}

static sla_zone *zone_of(const sla__zone_change *changes, size_t count, int32_t before,
                         const char *rule_text) {
  sla__zone_rule rule;
  size_t bad;
  sla_zone *zone = NULL;
  sla__zone_parts parts = {changes, count, NULL, before};
  if (rule_text != NULL) {
    assert_true(sla__zone_posix_parse(rule_text, strlen(rule_text), &rule, &bad));
    parts.rule = &rule;
  }
  assert_ok(sla__zone_new(&parts, NULL, &zone, NULL));
  return zone;
}

static int32_t offset_at(const sla_zone *zone, sla_time time) {
  int32_t offset = 1 << 30;
  assert_ok(sla_zone_offset_at(zone, time, &offset));
  return offset;
}

static void assert_era(const sla_zone *zone, sla_time time, sla_time start, sla_time end,
                       int32_t offset) {
  sla__era era = sla__zone_era(zone, time);
  assert_time(era.start, start);
  assert_time(era.end, end);
  assert_number(era.offset, offset);
}

/* What holds for the era of any instant of any zone. */
static void assert_era_is_whole(const sla_zone *zone, sla_time time) {
  sla__era era = sla__zone_era(zone, time);
  if (era.start > time || era.end <= time) fail_msg("%lld is not in its era", (long long)time);
  if (era.start != INT64_MIN) {
    sla__era before = sla__zone_era(zone, era.start - 1);
    if (before.end != era.start || before.offset == era.offset)
      fail_msg("the era of %lld could start earlier", (long long)time);
  }
  if (era.end != INT64_MAX) {
    sla__era after = sla__zone_era(zone, era.end);
    if (after.start != era.end || after.offset == era.offset)
      fail_msg("the era of %lld could end later", (long long)time);
  }
}

/* ---- an allocator that counts, and fails when told to ---- */

typedef struct {
  long calls, fail_at; /* from 1; 0 for never */
  size_t held, blocks;
} meter;

static void *metered(void *context, void *pointer, size_t old_size, size_t new_size) {
  meter *m = context;
  if (new_size == 0) {
    free(pointer);
    m->held -= old_size;
    m->blocks -= pointer != NULL;
    return NULL;
  }
  if (++m->calls == m->fail_at) return NULL;
  void *moved = realloc(pointer, new_size);
  assert_non_null(moved);
  m->held += new_size - old_size;
  m->blocks += pointer == NULL;
  return moved;
}

/* ---- fixed offsets ---- */

static void fixed_offsets(void **state) {
  static const int32_t offsets[] = {0, 1, -1, 3600, -12345, 93600, -93600};
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(offsets); i++) {
    sla_zone *zone = NULL;
    assert_ok(sla_zone_new_fixed(offsets[i], NULL, &zone, NULL));
    assert_era(zone, 0, INT64_MIN, INT64_MAX, offsets[i]);
    assert_era(zone, INT64_MIN, INT64_MIN, INT64_MAX, offsets[i]);
    assert_era(zone, INT64_MAX, INT64_MIN, INT64_MAX, offsets[i]);
    assert_number(sla__zone_steady_year(zone), 1);
    sla_zone_unref(zone);
  }
}

static void fixed_offsets_out_of_range(void **state) {
  static const int32_t offsets[] = {93601, -93601, INT32_MAX, INT32_MIN};
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(offsets); i++) {
    sla_zone *zone = NULL;
    sla_error error = {0};
    assert_code(sla_zone_new_fixed(offsets[i], NULL, &zone, &error), SLA_E_ARGUMENT);
    assert_null(zone);
    assert_number(error.code, SLA_E_ARGUMENT);
    assert_number(error.argument, 1);
    assert_number(error.value, offsets[i]);
    assert_number(error.limit, 93600);
  }
}

/* ---- eras ---- */

static void changes_that_change_nothing_are_no_eras(void **state) {
  static const sla__zone_change changes[] = {{100, 0},    {200, 3600}, {300, 3600},
                                             {400, 3600}, {500, 0},    {600, 0}};
  sla_zone *zone = zone_of(changes, SLA__LENGTH(changes), 0, NULL);
  (void)state;
  assert_era(zone, INT64_MIN, INT64_MIN, 200, 0);
  assert_era(zone, 199, INT64_MIN, 200, 0);
  assert_era(zone, 200, 200, 500, 3600);
  assert_era(zone, 499, 200, 500, 3600);
  assert_era(zone, 500, 500, INT64_MAX, 0);
  assert_era(zone, INT64_MAX, 500, INT64_MAX, 0);
  assert_number(sla__zone_steady_year(zone), 1971);
  sla_zone_unref(zone);
}

static void eras_join_where_the_list_ends_and_the_rule_begins(void **state) {
  const char *text = "EST5EDT,M3.2.0,M11.1.0";
  sla__zone_change changes[] = {{at("1950-01-01T05:00:00Z"), -18000},
                                {at("2010-01-01T12:00:00Z"), -18000}};
  sla_zone *zone = zone_of(changes, 2, -17762, text);
  (void)state;
  assert_era(zone, at("2010-01-01T12:00:00Z"), at("1950-01-01T05:00:00Z"),
             at("2010-03-14T07:00:00Z"), -18000);
  assert_era(zone, at("2010-03-14T07:00:00Z"), at("2010-03-14T07:00:00Z"),
             at("2010-11-07T06:00:00Z"), -14400);
  assert_number(sla__zone_steady_year(zone), 2011);
  sla_zone_unref(zone);
}

/* A list that spells out what the rule says, and one that leaves it to the rule, are one zone. */
static void lists_may_repeat_the_rule(void **state) {
  const char *text = "AAA0BBB,J100/0,J200/1";
  sla_zone *rule = posix_zone(text);
  sla__zone_change changes[60] = {{at("1980-07-01T00:00:00Z"), 3600}};
  sla_time from = at("1980-07-01T00:00:00Z");
  (void)state;
  for (size_t i = 1; i < SLA__LENGTH(changes); i++) {
    sla_time next = sla__zone_era(rule, changes[i - 1].at).end;
    changes[i] = (sla__zone_change){next, sla__zone_era(rule, next).offset};
  }
  for (size_t count = 1; count <= SLA__LENGTH(changes); count++) {
    sla_zone *zone = zone_of(changes, count, 7200, text);
    assert_number(sla__zone_steady_year(zone), 1981);
    assert_era(zone, from - 1, INT64_MIN, from, 7200);
    assert_era(zone, from, from, at("1980-07-19T00:00:00Z"), 3600);
    for (sla_time time = at("1980-12-01T00:00:00Z"); time < at("2020-01-01T00:00:00Z");
         time += 50 * 86400) {
      sla__era wanted = sla__zone_era(rule, time);
      assert_era(zone, time, wanted.start, wanted.end, wanted.offset);
    }
    sla_zone_unref(zone);
  }
  sla_zone_unref(rule);
}

/* Only what years 1 to 9999 can see is kept. */
static void changes_beyond_the_years_that_matter(void **state) {
  sla__zone_change changes[] = {{INT64_MIN, 60},
                                {-(INT64_C(1) << 59), 120},
                                {0, 180},
                                {INT64_C(1) << 59, 240},
                                {INT64_MAX, 300}};
  sla_zone *zone = zone_of(changes, SLA__LENGTH(changes), 0, NULL);
  (void)state;
  assert_era(zone, -1, INT64_MIN, 0, 120);
  assert_era(zone, 0, 0, INT64_MAX, 180);
  assert_number(sla__zone_steady_year(zone), 1971);
  sla_zone_unref(zone);
  /* A rule that would begin after the last of them never does. */
  zone = zone_of(changes, SLA__LENGTH(changes), 0, "AAA0BBB,J100,J200");
  assert_era(zone, SLA_TIME_MAX, 0, INT64_MAX, 180);
  sla_zone_unref(zone);
  /* One that begins before the first of them has always been. */
  zone = zone_of(changes, 2, 0, "AAA0BBB,J100,J200");
  assert_number(sla__zone_steady_year(zone), 1);
  assert_number(offset_at(zone, at("0001-06-01T00:00:00Z")), 3600);
  sla_zone_unref(zone);
}

static void eras_of_rules_end_with_the_years(void **state) {
  sla_zone *zone = posix_zone("EST5EDT,M3.2.0,M11.1.0");
  (void)state;
  assert_number(sla__zone_era(zone, INT64_MIN).start, INT64_MIN);
  assert_number(sla__zone_era(zone, INT64_MAX).end, INT64_MAX);
  assert_true(sla__zone_era(zone, SLA_TIME_MIN).start > INT64_MIN);
  assert_true(sla__zone_era(zone, INT64_MIN).end < SLA_TIME_MIN);
  assert_true(sla__zone_era(zone, INT64_MAX).start <= SLA_TIME_MAX);
  assert_number(sla__zone_steady_year(zone), 1);
  sla_zone_unref(zone);
}

static void eras_of_fixtures_are_whole_and_meet(void **state) {
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(fixtures); i++) {
    sla_zone *zone = zone_named(fixtures[i]);
    for (sla_time time = INT64_MIN;;) {
      assert_era_is_whole(zone, time);
      sla__era era = sla__zone_era(zone, time);
      if (era.end == INT64_MAX) break;
      assert_number(sla__zone_era(zone, era.end - 1).start, era.start);
      time = era.end;
    }
    sla_zone_unref(zone);
  }
}

static void eras_repeat_every_400_years_from_the_steady_year(void **state) {
  const sla_seconds cycle = INT64_C(146097) * 86400;
  uint64_t seed = support_seed();
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(fixtures); i++) {
    sla_zone *zone = zone_named(fixtures[i]);
    int32_t year = sla__zone_steady_year(zone);
    assert_in_range(year, 1, 2100);
    sla_time from = (sla_time)sla__civil_year_start(year) * 86400;
    for (long n = draws(5000); n > 0; n--) {
      sla_time time = random_between(&seed, from, SLA_TIME_MAX - cycle);
      assert_number(sla__zone_era(zone, time + cycle).offset, sla__zone_era(zone, time).offset);
    }
    sla_zone_unref(zone);
  }
}

/* ---- instants and wall clocks ---- */

static void wall_clocks_beyond_the_years(void **state) {
  static const struct {
    int32_t offset;
    sla_time time;
    sla_civil civil;
  } cases[] = {{-1, SLA_TIME_MIN, {1231, 86399}},
               {-93600, SLA_TIME_MIN, {1230, 79200}},
               {1, SLA_TIME_MAX, {100000101, 0}},
               {93600, SLA_TIME_MAX, {100000102, 7199}}};
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(cases); i++) {
    sla_zone *zone = NULL;
    sla_civil civil = {0};
    assert_ok(sla_zone_new_fixed(cases[i].offset, NULL, &zone, NULL));
    assert_ok(sla_zone_civil_at(zone, cases[i].time, &civil, sizeof civil));
    assert_number(civil.date, cases[i].civil.date);
    assert_number(civil.second, cases[i].civil.second);
    sla_zone_unref(zone);
  }
}

/* The wall clock there leads back, to the first or last time it shows that, or between. */
static void there_and_back(void **state) {
  uint64_t seed = support_seed();
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(fixtures); i++) {
    sla_zone *zone = zone_named(fixtures[i]);
    for (long n = draws(20000); n > 0; n--) {
      sla_time time = random_between(&seed, SLA_TIME_MIN + 86400, SLA_TIME_MAX - 86400);
      sla__era era = sla__zone_era(zone, random_between(&seed, -3000000000, 5000000000));
      if (n % 2 == 0 && era.end < INT64_MAX) time = era.end + random_between(&seed, -90000, 90000);
      sla_civil civil;
      sla_time first = 0, last = 0;
      uint32_t wall = 0;
      assert_ok(sla_zone_civil_at(zone, time, &civil, sizeof civil));
      assert_ok(sla_zone_instant_of(zone, civil.date, civil.second, &first, &last, &wall));
      if (wall == SLA_WALL_SKIPPED || (wall == SLA_WALL_UNIQUE) != (first == last) ||
          (time != first && time != last))
        fail_msg("%s: %lld", fixtures[i], (long long)time);
    }
    sla_zone_unref(zone);
  }
}

/* Every second of a zone that changes every few minutes, against looking at all of them. */
static void wall_clocks_of_a_restless_zone(void **state) {
  enum { SPAN = 4000, REACH = 1500 };
  uint64_t seed = support_seed();
  (void)state;
  for (long round = draws(200); round > 0; round--) {
    sla__zone_change changes[12];
    size_t count = (size_t)random_between(&seed, 0, 12);
    for (size_t i = 0; i < count; i++) {
      sla_time before = i == 0 ? -SPAN : changes[i - 1].at;
      changes[i].at = before + random_between(&seed, 1, 600);
      changes[i].offset = (int32_t)random_between(&seed, -REACH, REACH);
    }
    sla_zone *zone = zone_of(changes, count, (int32_t)random_between(&seed, -REACH, REACH), NULL);
    for (long n = 0; n < 20; n++) {
      int64_t local = random_between(&seed, -SPAN - 2 * REACH, SPAN + 2 * REACH);
      sla_time first = SLA_NONE, last = SLA_NONE, got_first, got_last, change = SLA_NONE;
      for (sla_time time = local - REACH; time <= local + REACH; time++) {
        int32_t offset = offset_at(zone, time), before = offset_at(zone, time - 1);
        if (time + offset == local && first == SLA_NONE) first = time;
        if (time + offset == local) last = time;
        if (change == SLA_NONE && time - 1 + before < local && time + offset > local) change = time;
      }
      uint32_t wall = sla__zone_instants(zone, local, &got_first, &got_last);
      assert_number(wall, first == SLA_NONE ? SLA_WALL_SKIPPED
                          : first == last   ? SLA_WALL_UNIQUE
                                            : SLA_WALL_REPEATED);
      assert_number(got_first, first == SLA_NONE ? change : first);
      assert_number(got_last, first == SLA_NONE ? change : last);
    }
    sla_zone_unref(zone);
  }
}

/* ---- what is refused ---- */

static void null_is_refused(void **state) {
  sla_zone *zone = NULL;
  sla_error error = {0};
  sla_civil civil;
  sla_time time;
  int32_t offset;
  uint32_t wall;
  (void)state;
  assert_code(sla_zone_new_fixed(0, NULL, NULL, &error), SLA_E_NULL);
  assert_number(error.argument, 3);
  assert_code(sla_zone_new_posix(NULL, 0, NULL, &zone, &error), SLA_E_NULL);
  assert_number(error.argument, 1);
  assert_code(sla_zone_new_posix("UTC0", 4, NULL, NULL, &error), SLA_E_NULL);
  assert_number(error.argument, 4);
  assert_code(sla_zone_new_tzif(NULL, 0, NULL, &zone, &error), SLA_E_NULL);
  assert_number(error.argument, 1);
  assert_code(sla_zone_new_tzif("TZif", 4, NULL, NULL, &error), SLA_E_NULL);
  assert_number(error.argument, 4);
  assert_null(zone);
  assert_null(sla_zone_ref(NULL));
  sla_zone_unref(NULL);
  assert_ok(sla_zone_new_fixed(0, NULL, &zone, NULL));
  assert_code(sla_zone_offset_at(NULL, 0, &offset), SLA_E_NULL);
  assert_code(sla_zone_offset_at(zone, 0, NULL), SLA_E_NULL);
  assert_code(sla_zone_civil_at(NULL, 0, &civil, sizeof civil), SLA_E_NULL);
  assert_code(sla_zone_civil_at(zone, 0, NULL, sizeof civil), SLA_E_NULL);
  assert_code(sla_zone_instant_of(NULL, 20200101, 0, &time, &time, &wall), SLA_E_NULL);
  assert_code(sla_zone_instant_of(zone, 20200101, 0, NULL, &time, &wall), SLA_E_NULL);
  assert_code(sla_zone_instant_of(zone, 20200101, 0, &time, NULL, &wall), SLA_E_NULL);
  assert_code(sla_zone_instant_of(zone, 20200101, 0, &time, &time, NULL), SLA_E_NULL);
  sla_zone_unref(zone);
}

static void instants_out_of_range_are_refused(void **state) {
  static const sla_time times[] = {SLA_TIME_MIN - 1, SLA_TIME_MAX + 1, INT64_MIN, INT64_MAX};
  sla_zone *zone = zone_named("America/New_York");
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(times); i++) {
    int32_t offset = 77;
    sla_civil civil = {77, 77};
    assert_code(sla_zone_offset_at(zone, times[i], &offset), SLA_E_RANGE);
    assert_code(sla_zone_civil_at(zone, times[i], &civil, sizeof civil), SLA_E_RANGE);
    assert_number(offset, 77);
    assert_number(civil.date, 77);
    assert_number(civil.second, 77);
  }
  sla_zone_unref(zone);
}

static void records_of_other_sizes(void **state) {
  static const size_t wrong[] = {0, 4, 7, 9, 4100, SIZE_MAX};
  sla_zone *zone = NULL;
  int32_t record[4] = {9, 9, 9, 9};
  (void)state;
  assert_ok(sla_zone_new_fixed(0, NULL, &zone, NULL));
  for (size_t i = 0; i < SLA__LENGTH(wrong); i++)
    assert_code(sla_zone_civil_at(zone, 0, (sla_civil *)(void *)record, wrong[i]), SLA_E_ABI);
  assert_number(record[0], 9);
  assert_ok(sla_zone_civil_at(zone, 1, (sla_civil *)(void *)record, sizeof record));
  assert_number(record[0], 19700101);
  assert_number(record[1], 1);
  assert_number(record[2], 0);
  assert_number(record[3], 0);
  sla_zone_unref(zone);
}

static void wall_clocks_that_are_none(void **state) {
  static const struct {
    int32_t offset;
    sla_date date;
    int32_t second, code;
  } cases[] = {{0, 20230229, 0, SLA_E_DATE},        {0, 0, 0, SLA_E_DATE},
               {0, 1231, 0, SLA_E_DATE},            {0, 100000101, 0, SLA_E_DATE},
               {0, INT32_MIN, 0, SLA_E_DATE},       {0, INT32_MAX, 0, SLA_E_DATE},
               {0, 20230228, -1, SLA_E_TIME},       {0, 20230228, 86400, SLA_E_TIME},
               {0, 20230228, INT32_MIN, SLA_E_TIME}, {1, 10101, 0, SLA_E_RANGE},
               {93600, 10102, 7199, SLA_E_RANGE},   {-1, 99991231, 86399, SLA_E_RANGE},
               {1, 10101, 1, SLA_OK},               {93600, 10102, 7200, SLA_OK},
               {-1, 99991231, 86398, SLA_OK}};
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(cases); i++) {
    sla_zone *zone = NULL;
    sla_time first = 5, last = 6;
    uint32_t wall = 7;
    assert_ok(sla_zone_new_fixed(cases[i].offset, NULL, &zone, NULL));
    assert_code(
        sla_zone_instant_of(zone, cases[i].date, cases[i].second, &first, &last, &wall),
        cases[i].code);
    if (cases[i].code != SLA_OK) assert_true(first == 5 && last == 6 && wall == 7);
    sla_zone_unref(zone);
  }
}

/* Shown once before the end of time and once after it. */
static void a_repeated_time_at_the_end_of_the_years(void **state) {
  sla_zone *zone = posix_zone("AAA1BBB,J100/0,J365/24");
  sla_time first = 5, last = 6;
  uint32_t wall = 7;
  (void)state;
  assert_ok(sla_zone_instant_of(zone, 99991231, 82799, &first, &last, &wall));
  assert_time(first, at("9999-12-31T22:59:59Z"));
  assert_code(sla_zone_instant_of(zone, 99991231, 82800, &first, &last, &wall), SLA_E_RANGE);
  assert_time(first, at("9999-12-31T22:59:59Z"));
  assert_number(wall, SLA_WALL_UNIQUE);
  sla_zone_unref(zone);
}

/* ---- memory ---- */

static void references_are_counted(void **state) {
  meter m = {0};
  sla_allocator allocator = {metered, &m};
  sla_zone *zone = NULL;
  (void)state;
  assert_ok(sla_zone_new_fixed(3600, &allocator, &zone, NULL));
  assert_true(m.held < 200);
  assert_ptr_equal(sla_zone_ref(zone), zone);
  assert_ptr_equal(sla_zone_ref(zone), zone);
  sla_zone_unref(zone);
  sla_zone_unref(zone);
  assert_number(m.blocks, 1);
  assert_number(offset_at(zone, 0), 3600);
  sla_zone_unref(zone);
  assert_number(m.blocks, 0);
  assert_number(m.held, 0);
}

static int32_t make_fixed(const sla_allocator *allocator, sla_zone **zone, sla_error *error) {
  return sla_zone_new_fixed(3600, allocator, zone, error);
}

static int32_t make_posix(const sla_allocator *allocator, sla_zone **zone, sla_error *error) {
  const char *text = "EST5EDT,M3.2.0,M11.1.0";
  return sla_zone_new_posix(text, strlen(text), allocator, zone, error);
}

static int32_t make_tzif(const sla_allocator *allocator, sla_zone **zone, sla_error *error) {
  size_t length;
  void *bytes = zone_file("Africa/Casablanca", &length);
  int32_t code = sla_zone_new_tzif(bytes, length, allocator, zone, error);
  free(bytes);
  return code;
}

static void every_allocation_may_fail(void **state) {
  int32_t (*const makers[])(const sla_allocator *, sla_zone **, sla_error *) = {
      make_fixed, make_posix, make_tzif};
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(makers); i++) {
    int32_t code = SLA_E_MEMORY;
    long failures = 0;
    while (code == SLA_E_MEMORY) {
      meter m = {.fail_at = failures + 1};
      sla_allocator allocator = {metered, &m};
      sla_zone *zone = NULL;
      sla_error error = {0};
      code = makers[i](&allocator, &zone, &error);
      if (code == SLA_E_MEMORY) {
        assert_null(zone);
        assert_number(error.code, SLA_E_MEMORY);
        failures++;
      }
      sla_zone_unref(zone);
      assert_number(m.blocks, 0);
      assert_number(m.held, 0);
    }
    assert_ok(code);
    assert_true(failures >= 1 && failures < 10);
  }
}

static void zones_of_files_are_small(void **state) {
  meter m = {0};
  sla_allocator allocator = {metered, &m};
  sla_zone *zone = NULL;
  (void)state;
  assert_ok(make_tzif(&allocator, &zone, NULL));
  assert_true(m.held < 12 * 200 + 300); /* Casablanca has nearly 200 eras */
  sla_zone_unref(zone);
  assert_number(m.held, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fixed_offsets),
      cmocka_unit_test(fixed_offsets_out_of_range),
      cmocka_unit_test(changes_that_change_nothing_are_no_eras),
      cmocka_unit_test(eras_join_where_the_list_ends_and_the_rule_begins),
      cmocka_unit_test(lists_may_repeat_the_rule),
      cmocka_unit_test(changes_beyond_the_years_that_matter),
      cmocka_unit_test(eras_of_rules_end_with_the_years),
      cmocka_unit_test(eras_of_fixtures_are_whole_and_meet),
      cmocka_unit_test(eras_repeat_every_400_years_from_the_steady_year),
      cmocka_unit_test(wall_clocks_beyond_the_years),
      cmocka_unit_test(there_and_back),
      cmocka_unit_test(wall_clocks_of_a_restless_zone),
      cmocka_unit_test(null_is_refused),
      cmocka_unit_test(instants_out_of_range_are_refused),
      cmocka_unit_test(records_of_other_sizes),
      cmocka_unit_test(wall_clocks_that_are_none),
      cmocka_unit_test(a_repeated_time_at_the_end_of_the_years),
      cmocka_unit_test(references_are_counted),
      cmocka_unit_test(every_allocation_may_fail),
      cmocka_unit_test(zones_of_files_are_small),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
