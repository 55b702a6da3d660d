/* SPDX-License-Identifier: MIT */
/* The bytes of zoneinfo files: all versions, and what is malformed and where. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "civil.h"
#include "support.h"
#include "zone.h"

/* ---- images ---- */

typedef struct {
  uint8_t bytes[8192];
  size_t length;
} image;

static image fixture(const char *name) {
  image im;
  void *bytes = zone_file(name, &im.length);
  assert_true(im.length <= sizeof im.bytes);
  memcpy(im.bytes, bytes, im.length);
  free(bytes);
  return im;
}

static void put(image *im, const void *bytes, size_t length) {
  assert_true(length <= sizeof im->bytes - im->length);
  if (length > 0) memcpy(im->bytes + im->length, bytes, length);
  im->length += length;
}

static void put_number(image *im, int64_t number, int width) {
  for (int shift = width * 8 - 8; shift >= 0; shift -= 8) {
    uint8_t byte = (uint8_t)((uint64_t)number >> shift & 0xFF);
    put(im, &byte, 1);
  }
}

static int64_t get_number(const image *im, size_t place, int width) {
  uint64_t bits = im->bytes[place] >= 0x80 ? UINT64_MAX : 0;
  for (int i = 0; i < width; i++) bits = bits << 8 | im->bytes[place + (size_t)i];
  return (int64_t)bits;
}

typedef struct {
  int64_t time;
  uint8_t type;
} transition;

typedef struct {
  const transition *transitions;
  uint32_t count, types, leaps, isstd_count, isut_count;
  const int32_t *offsets;
  const char *isstd, *isut;
} block;

static void put_block(image *im, char version, int width, const block *b) {
  uint8_t header[20] = {'T', 'Z', 'i', 'f', (uint8_t)version};
  put(im, header, sizeof header);
  put_number(im, b->isut_count, 4);
  put_number(im, b->isstd_count, 4);
  put_number(im, b->leaps, 4);
  put_number(im, b->count, 4);
  put_number(im, b->types, 4);
  put_number(im, 4, 4);
  for (uint32_t i = 0; i < b->count; i++) put_number(im, b->transitions[i].time, width);
  for (uint32_t i = 0; i < b->count; i++) put(im, &b->transitions[i].type, 1);
  for (uint32_t i = 0; i < b->types; i++) {
    put_number(im, b->offsets[i], 4);
    put_number(im, 0, 2);
  }
  put(im, "XYZ", 4);
  for (uint32_t i = 0; i < b->leaps; i++) {
    put_number(im, 78796800 + i * 86400, width);
    put_number(im, (int64_t)i + 1, 4);
  }
  put(im, b->isstd, b->isstd_count);
  put(im, b->isut, b->isut_count);
}

static const int32_t zero_offset[] = {0};
static const block small_block = {.types = 1, .offsets = zero_offset};

/* Version 0 stands for the first, which has neither 64-bit block nor footer. */
static image image_of(char version, const block *b, const char *footer) {
  image im = {.length = 0};
  put_block(&im, version, 4, version == 0 ? b : &small_block);
  if (version == 0) return im;
  put_block(&im, version, 8, b);
  put(&im, "\n", 1);
  put(&im, footer, strlen(footer));
  put(&im, "\n", 1);
  return im;
}

/* From a copy of just its size and at an odd address. */
static int32_t read_image(const image *im, sla_zone **zone, sla_error *error) {
  uint8_t *copy = malloc(im->length + 1);
  assert_non_null(copy);
  memcpy(copy + 1, im->bytes, im->length);
  int32_t code = sla_zone_new_tzif(copy + 1, im->length, NULL, zone, error);
  free(copy);
  return code;
}

static sla_zone *zone_of_image(const image *im) {
  sla_zone *zone = NULL;
  sla_error error = {0};
  if (read_image(im, &zone, &error) != SLA_OK)
    fail_msg("refused: code %d, byte %d", error.code, (int)error.index);
  return zone;
}

static void assert_refused(const image *im, int32_t code, size_t index, const char *name) {
  sla_zone *zone = NULL;
  sla_error error = {.code = 1};
  int32_t got = read_image(im, &zone, &error);
  if (got != code || error.code != code || error.index != (int64_t)index || zone != NULL)
    fail_msg("%s: code %d at byte %d, not %d at %zu", name, got, (int)error.index, code, index);
  assert_number(error.line, 0);
  assert_number(error.argument, 0);
  assert_code(read_image(im, &zone, NULL), code);
}

static void assert_offset(const sla_zone *zone, sla_time time, int32_t offset) {
  int32_t got = 1 << 30;
  assert_ok(sla_zone_offset_at(zone, time, &got));
  assert_number(got, offset);
}

/* ---- what it means ---- */

static const int32_t three_offsets[] = {100, 3600, 7200};
static const transition three_transitions[] = {{-1000, 1}, {1000, 2}, {2000, 1}};
static const block three = {
    .transitions = three_transitions, .count = 3, .types = 3, .offsets = three_offsets};

static void every_version(void **state) {
  static const char versions[] = {0, '2', '3', '4'};
  (void)state;
  for (size_t i = 0; i < sizeof versions; i++) {
    image im = image_of(versions[i], &three, "");
    sla_zone *zone = zone_of_image(&im);
    assert_offset(zone, SLA_TIME_MIN, 100);
    assert_offset(zone, -1001, 100);
    assert_offset(zone, -1000, 3600);
    assert_offset(zone, 999, 3600);
    assert_offset(zone, 1000, 7200);
    assert_offset(zone, 2000, 3600);
    assert_offset(zone, SLA_TIME_MAX, 3600);
    sla_zone_unref(zone);
  }
}

static void footers_of_every_version(void **state) {
  static const char versions[] = {'2', '3', '4'};
  (void)state;
  for (size_t i = 0; i < sizeof versions; i++) {
    image im = image_of(versions[i], &three, "<+01>-1<+02>,M3.4.4/50,M10.4.4/-1");
    sla_zone *zone = zone_of_image(&im);
    assert_offset(zone, 2000, 3600);
    assert_offset(zone, at("2024-03-30T00:59:59Z"), 3600);
    assert_offset(zone, at("2024-03-30T01:00:00Z"), 7200);
    assert_offset(zone, at("2024-10-23T21:00:00Z"), 3600);
    sla_zone_unref(zone);
  }
}

static void version_1_stays_at_its_last_offset(void **state) {
  image im = fixture("America/New_York");
  sla_zone *whole = zone_of_image(&im);
  (void)state;
  im.bytes[4] = 0;
  for (im.length = 44; memcmp(im.bytes + im.length, "TZif", 4) != 0;) im.length++;
  sla_zone *zone = zone_of_image(&im);
  assert_offset(zone, at("1902-01-01T00:00:00Z"), -18000);
  assert_offset(zone, at("2037-07-01T00:00:00Z"), -14400);
  assert_offset(zone, at("2038-07-01T00:00:00Z"), -18000);
  assert_offset(whole, at("2038-07-01T00:00:00Z"), -14400);
  sla_zone_unref(zone);
  sla_zone_unref(whole);
}

static void files_without_transitions(void **state) {
  block b = {.types = 2, .offsets = (const int32_t[]){1800, 3600}};
  image im = image_of('2', &b, "");
  sla_zone *zone = zone_of_image(&im);
  (void)state;
  assert_offset(zone, 0, 1800);
  sla_zone_unref(zone);
  im = image_of('2', &b, "EST5EDT,M3.2.0,M11.1.0");
  zone = zone_of_image(&im);
  assert_offset(zone, at("1700-07-01T00:00:00Z"), -14400);
  assert_offset(zone, at("2024-01-01T00:00:00Z"), -18000);
  sla_zone_unref(zone);
  im = image_of(0, &b, "");
  zone = zone_of_image(&im);
  assert_offset(zone, 0, 1800);
  sla_zone_unref(zone);
}

/* Some writers begin with a transition at the beginning of the world. */
static void transitions_of_all_times(void **state) {
  static const transition transitions[] = {
      {INT64_MIN, 1}, {-(INT64_C(1) << 59), 2}, {0, 1}, {INT64_MAX, 2}};
  block b = {.transitions = transitions, .count = 4, .types = 3, .offsets = three_offsets};
  image im = image_of('2', &b, "");
  sla_zone *zone = zone_of_image(&im);
  (void)state;
  assert_offset(zone, SLA_TIME_MIN, 7200);
  assert_offset(zone, -1, 7200);
  assert_offset(zone, 0, 3600);
  assert_offset(zone, SLA_TIME_MAX, 3600);
  sla_zone_unref(zone);
}

static void the_footer_holds_from_the_last_transition_on(void **state) {
  image im = image_of('2', &three, "<+03>-3");
  sla_zone *zone = zone_of_image(&im);
  (void)state;
  assert_offset(zone, 1999, 7200);
  assert_offset(zone, 2000, 10800);
  sla_zone_unref(zone);
  im = image_of('2', &three, "<+01>-1<+02>,J1/0,J200/0");
  zone = zone_of_image(&im);
  assert_offset(zone, 1000, 7200);
  assert_offset(zone, 2000, 7200);
  assert_number(sla__zone_era(zone, 1500).start, 1000);
  assert_time(sla__zone_era(zone, 1500).end, at("1970-07-18T22:00:00Z"));
  sla_zone_unref(zone);
}

static void the_32_bit_block_is_stepped_over(void **state) {
  block strange = {.transitions = (const transition[]){{5, 77}, {3, 99}},
                   .count = 2,
                   .leaps = 3,
                   .types = 1,
                   .offsets = (const int32_t[]){INT32_MIN},
                   .isstd = "\7\7",
                   .isstd_count = 2};
  image im = {.length = 0};
  (void)state;
  put_block(&im, '2', 4, &strange);
  put_block(&im, '2', 8, &three);
  put(&im, "\n\n", 2);
  sla_zone *zone = zone_of_image(&im);
  assert_offset(zone, 0, 3600);
  sla_zone_unref(zone);
}

static void indicators(void **state) {
  block b = {.types = 3, .offsets = three_offsets, .isstd = "\0\1\1", .isut = "\0\0\1"};
  (void)state;
  for (int which = 0; which < 3; which++) {
    b.isstd_count = which >= 1 ? 3 : 0;
    b.isut_count = which >= 2 ? 3 : 0;
    image im = image_of('2', &b, "");
    sla_zone_unref(zone_of_image(&im));
  }
}

/* The transitions up to 2007 and the footer say what the whole list does. */
static void slim_and_fat_are_the_same(void **state) {
  enum { MOST = 300 };
  image fat = fixture("America/New_York");
  transition transitions[MOST];
  int32_t offsets[16];
  size_t second = 44;
  (void)state;
  while (memcmp(fat.bytes + second, "TZif", 4) != 0) second++;
  size_t count = (size_t)get_number(&fat, second + 32, 4), slim = 0, times = second + 44;
  size_t types = (size_t)get_number(&fat, second + 36, 4);
  assert_true(count > 230 && count < MOST && types <= 16);
  for (size_t i = 0; i < count; i++) {
    transitions[i].time = get_number(&fat, times + i * 8, 8);
    transitions[i].type = fat.bytes[times + count * 8 + i];
    if (transitions[i].time <= at("2007-11-04T06:00:00Z")) slim = i + 1;
  }
  for (size_t i = 0; i < types; i++)
    offsets[i] = (int32_t)get_number(&fat, times + count * 9 + i * 6, 4);
  block b = {transitions, (uint32_t)slim, (uint32_t)types, 0, 0, 0, offsets, NULL, NULL};
  image im = image_of('2', &b, "EST5EDT,M3.2.0,M11.1.0");
  sla_zone *a = zone_of_image(&fat), *c = zone_of_image(&im);
  assert_number(sla__zone_steady_year(a), sla__zone_steady_year(c));
  for (sla_time time = INT64_MIN; time != INT64_MAX;) {
    sla__era one = sla__zone_era(a, time), other = sla__zone_era(c, time);
    if (one.start != other.start || one.end != other.end || one.offset != other.offset)
      fail_msg("different from %lld on", (long long)time);
    time = one.end;
  }
  sla_zone_unref(a);
  sla_zone_unref(c);
}

/* ---- what is malformed ---- */

/* Where things are in the fixture Asia/Kolkata. */
enum {
  TIMES_1 = 44, SECOND = 116, TIMES = 160, INDEXES = 216, TYPES = 223, CHARS = 253,
  FOOTER = 275, LENGTH = 285
};

static void the_fixture_is_as_these_tests_expect(void **state) {
  image im = fixture("Asia/Kolkata");
  (void)state;
  assert_number(im.length, LENGTH);
  assert_memory_equal(im.bytes + SECOND, "TZif2", 5);
  assert_memory_equal(im.bytes + TYPES, "\0\0\x52\xd8\0\0", 6);
  assert_memory_equal(im.bytes + CHARS, "LMT", 4);
  assert_memory_equal(im.bytes + FOOTER, "\nIST-5:30\n", LENGTH - FOOTER);
  sla_zone_unref(zone_of_image(&im));
}

static void patched_bytes(void **state) {
  static const struct {
    const char *name;
    size_t place;
    const char *bytes;
    size_t length;
    int32_t code;
    size_t index;
  } cases[] = {
      {"magic, first byte", 0, "t", 1, SLA_E_TZIF, 0},
      {"magic, last byte", 3, "F", 1, SLA_E_TZIF, 0},
      {"version '1'", 4, "1", 1, SLA_E_TZIF, 4},
      {"version '5'", 4, "5", 1, SLA_E_TZIF, 4},
      {"version 1", 4, "\1", 1, SLA_E_TZIF, 4},
      {"version 255", 4, "\xff", 1, SLA_E_TZIF, 4},
      {"version 1 with a second block", 4, "\0", 1, SLA_E_TZIF, SECOND},
      {"UT indicators shift the second header", 20, "\0\0\0\1", 4, SLA_E_TZIF, SECOND + 1},
      {"standard indicators do", 24, "\0\0\0\1", 4, SLA_E_TZIF, SECOND + 1},
      {"a leap second does", 28, "\0\0\0\1", 4, SLA_E_TZIF, SECOND + 8},
      {"a transition less does", 32, "\0\0\0\5", 4, SLA_E_TZIF, SECOND - 5},
      {"a type less does", 36, "\0\0\0\3", 4, SLA_E_TZIF, SECOND - 6},
      {"a byte of names less does", 40, "\0\0\0\x11", 4, SLA_E_TZIF, SECOND - 1},
      {"many UT indicators", 20, "\xff\xff\xff\xff", 4, SLA_E_TZIF, LENGTH},
      {"many standard indicators", 24, "\x80\0\0\0", 4, SLA_E_TZIF, LENGTH},
      {"many leap seconds", 28, "\xff\xff\xff\xff", 4, SLA_E_TZIF, LENGTH},
      {"many transitions", 32, "\x7f\xff\xff\xff", 4, SLA_E_TZIF, LENGTH},
      {"many types", 36, "\xff\xff\xff\xff", 4, SLA_E_TZIF, LENGTH},
      {"many names", 40, "\xff\xff\xff\xff", 4, SLA_E_TZIF, LENGTH},
      {"second magic", SECOND, "\0", 1, SLA_E_TZIF, SECOND},
      {"second version is later", SECOND + 4, "3", 1, SLA_E_TZIF, SECOND + 4},
      {"second version is 1", SECOND + 4, "\0", 1, SLA_E_TZIF, SECOND + 4},
      {"second version is none", SECOND + 4, "x", 1, SLA_E_TZIF, SECOND + 4},
      {"one UT indicator for five types", SECOND + 20, "\0\0\0\1", 4, SLA_E_TZIF, SECOND + 20},
      {"one standard indicator", SECOND + 24, "\0\0\0\1", 4, SLA_E_TZIF, SECOND + 24},
      {"leap seconds beyond the end", SECOND + 28, "\0\0\0\1", 4, SLA_E_TZIF, LENGTH},
      {"leap seconds", SECOND + 28, "\0\0\0\1\0\0\0\4", 8, SLA_E_LEAP, SECOND + 28},
      {"2^31-1 transitions", SECOND + 32, "\x7f\xff\xff\xff", 4, SLA_E_TZIF, LENGTH},
      {"2^32-1 transitions", SECOND + 32, "\xff\xff\xff\xff", 4, SLA_E_TZIF, LENGTH},
      {"no transitions: times are types", SECOND + 32, "\0\0\0\0", 4, SLA_E_TZIF, TIMES + 4},
      {"no types", SECOND + 36, "\0\0\0\0", 4, SLA_E_TZIF, SECOND + 36},
      {"too many types", SECOND + 36, "\0\0\1\0", 4, SLA_E_TZIF, LENGTH},
      {"no names", SECOND + 40, "\0\0\0\0", 4, SLA_E_TZIF, SECOND + 40},
      {"the last name is cut off", SECOND + 40, "\0\0\0\x15", 4, SLA_E_TZIF, CHARS + 20},
      {"the last name is beyond", SECOND + 40, "\0\0\0\x10", 4, SLA_E_TZIF, TYPES + 29},
      {"the second time is the first", TIMES + 8, "\xff\xff\xff\xff\x26\xba\x18\x28", 8, SLA_E_TZIF,
       TIMES + 8},
      {"the last time is least", TIMES + 48, "\x80\0\0\0\0\0\0\0", 8, SLA_E_TZIF, TIMES + 48},
      {"the first time is largest", TIMES, "\x7f\xff\xff\xff\xff\xff\xff\xff", 8, SLA_E_TZIF,
       TIMES + 8},
      {"type 5 of 5", INDEXES + 6, "\5", 1, SLA_E_TZIF, INDEXES + 6},
      {"type 255", INDEXES, "\xff", 1, SLA_E_TZIF, INDEXES},
      {"offset -2^31", TYPES, "\x80\0\0\0", 4, SLA_E_TZIF, TYPES},
      {"offset 26 h and 1 s", TYPES + 12, "\0\1\x6d\xa1", 4, SLA_E_TZIF, TYPES + 12},
      {"offset -26 h and 1 s", TYPES + 12, "\xff\xfe\x92\x5f", 4, SLA_E_TZIF, TYPES + 12},
      {"summer 2", TYPES + 10, "\2", 1, SLA_E_TZIF, TYPES + 10},
      {"summer 255", TYPES + 4, "\xff", 1, SLA_E_TZIF, TYPES + 4},
      {"name 22 of 22", TYPES + 5, "\x16", 1, SLA_E_TZIF, TYPES + 5},
      {"the last name has no end", FOOTER - 1, "x", 1, SLA_E_TZIF, FOOTER - 1},
      {"no footer line", FOOTER, "x", 1, SLA_E_TZIF, FOOTER},
      {"the footer has no end", LENGTH - 1, "x", 1, SLA_E_TZIF, LENGTH},
      {"two lines", FOOTER + 4, "\n", 1, SLA_E_TZIF, FOOTER + 5},
      {"an empty footer and more", FOOTER + 1, "\n", 1, SLA_E_TZIF, FOOTER + 2},
      {"footer name", FOOTER + 1, "1", 1, SLA_E_POSIX, FOOTER + 1},
      {"footer offset", FOOTER + 5, "x", 1, SLA_E_POSIX, FOOTER + 5},
      {"footer hours", FOOTER + 5, "99", 2, SLA_E_POSIX, FOOTER + 5},
      {"footer minutes", FOOTER + 7, "6", 1, SLA_E_POSIX, FOOTER + 7},
      {"footer with a zero byte", FOOTER + 6, "\0", 1, SLA_E_POSIX, FOOTER + 6},
      {"footer with summer but no rules", FOOTER + 1, "IST5IDT4", 8, SLA_E_POSIX, LENGTH - 1},
  };
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(cases); i++) {
    image im = fixture("Asia/Kolkata");
    memcpy(im.bytes + cases[i].place, cases[i].bytes, cases[i].length);
    assert_refused(&im, cases[i].code, cases[i].index, cases[i].name);
  }
}

/* Patches after which it is still a file. */
static void patched_bytes_that_are_allowed(void **state) {
  static const struct {
    size_t place;
    const char *bytes;
    size_t length;
  } cases[] = {{5, "xxxxxxxxxxxxxxx", 15}, /* unused */
               {TIMES_1, "\xff\xff\xff\xff", 4},
               {TYPES, "\0\1\x6d\xa0", 4}, /* 26 h */
               {TYPES, "\xff\xfe\x92\x60", 4},
               {TYPES + 5, "\1", 1}, /* a name within a name */
               {TIMES, "\x80\0\0\0\0\0\0\0", 8}};
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(cases); i++) {
    image im = fixture("Asia/Kolkata");
    memcpy(im.bytes + cases[i].place, cases[i].bytes, cases[i].length);
    sla_zone_unref(zone_of_image(&im));
  }
}

static void malformed_indicators(void **state) {
  static const struct {
    const char *isstd, *isut;
    uint32_t isstd_count, isut_count;
    size_t index; /* among both */
  } cases[] = {{"\0\1\2", "\0\0\0", 3, 3, 2},
               {"\0\1\1", "\1\0\0", 3, 3, 3},
               {"\0\1\1", "\0\1\2", 3, 3, 5},
               {"", "\0\0\1", 0, 3, 2}};
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(cases); i++) {
    block b = {.types = 3,
               .offsets = three_offsets,
               .isstd = cases[i].isstd,
               .isut = cases[i].isut,
               .isstd_count = cases[i].isstd_count,
               .isut_count = cases[i].isut_count};
    image im = image_of('2', &b, "");
    size_t begin = im.length - 2 - b.isstd_count - b.isut_count;
    assert_refused(&im, SLA_E_TZIF, begin + cases[i].index, "indicator");
  }
}

static void leap_seconds_have_a_code_of_their_own(void **state) {
  block b = three;
  (void)state;
  b.leaps = 27;
  image im = image_of(0, &b, "");
  assert_refused(&im, SLA_E_LEAP, 28, "version 1");
  for (char version = '2'; version <= '4'; version++) {
    im = image_of(version, &b, "UTC0");
    assert_refused(&im, SLA_E_LEAP, 54 + 28, "with a second block");
  }
}

static void *no_memory_wanted(void *context, void *pointer, size_t old_size, size_t new_size) {
  (void)pointer;
  (void)old_size;
  *(size_t *)context += new_size + 1;
  return NULL;
}

static void a_header_that_claims_too_much_allocates_nothing(void **state) {
  size_t asked = 0;
  sla_allocator allocator = {no_memory_wanted, &asked};
  uint8_t bytes[44] = "TZif";
  sla_zone *zone = NULL;
  sla_error error = {0};
  (void)state;
  for (int version = 0; version <= '4'; version = version == 0 ? '2' : version + 1) {
    bytes[4] = (uint8_t)version;
    memcpy(bytes + 32, "\x7f\xff\xff\xff\0\0\0\1\0\0\0\1", 12);
    assert_code(sla_zone_new_tzif(bytes, 44, &allocator, &zone, &error), SLA_E_TZIF);
    assert_number(error.index, 44);
    assert_number(error.value, 44);
    assert_number(error.limit, 44 + INT64_C(5) * INT32_MAX + 7);
    assert_number(asked, 0);
    assert_null(zone);
  }
}

static void files_over_a_mebibyte(void **state) {
  size_t most = 65536;
  uint8_t *bytes = calloc(most + 1, 1);
  sla_zone *zone = NULL;
  sla_error error = {0};
  (void)state;
  assert_non_null(bytes);
  assert_code(sla_zone_new_tzif(bytes, most + 1, NULL, &zone, &error), SLA_E_LIMIT);
  assert_number(error.argument, 2);
  assert_number(error.value, most + 1);
  assert_number(error.limit, most);
  assert_code(sla_zone_new_tzif(bytes, SIZE_MAX, NULL, &zone, &error), SLA_E_LIMIT);
  assert_code(sla_zone_new_tzif(bytes, most, NULL, &zone, &error), SLA_E_TZIF);
  assert_number(error.index, 0);
  assert_null(zone);
  free(bytes);
}

static const char *const cut_fixtures[] = {"UTC", "Asia/Kolkata", "Australia/Adelaide",
                                           "Pacific/Apia", "America/New_York"};

static void every_truncation(void **state) {
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(cut_fixtures); i++) {
    image im = fixture(cut_fixtures[i]);
    size_t length = im.length;
    for (im.length = 0; im.length < length; im.length++)
      assert_refused(&im, SLA_E_TZIF, im.length, cut_fixtures[i]);
    sla_zone_unref(zone_of_image(&im));
    put(&im, "", 1);
    assert_refused(&im, SLA_E_TZIF, length, "a byte more");
  }
  image im = image_of(0, &three, "");
  size_t length = im.length;
  for (im.length = 0; im.length < length; im.length++)
    assert_refused(&im, SLA_E_TZIF, im.length, "version 1");
  im.length++;
  assert_refused(&im, SLA_E_TZIF, length, "version 1, a byte more");
}

/* What survives is a zone like any other: eras follow each other from end to end. */
static void random_mutations(void **state) {
  uint64_t seed = support_seed();
  long read = 0;
  (void)state;
  for (long n = draws(60000); n > 0; n--) {
    image im = fixture(cut_fixtures[random_u64(&seed) % 4]);
    for (int64_t edits = random_between(&seed, 1, 3); edits > 0; edits--)
      im.bytes[random_u64(&seed) % im.length] = (uint8_t)random_u64(&seed);
    sla_zone *zone = NULL;
    sla_error error = {0};
    int32_t code = read_image(&im, &zone, &error);
    if (code != SLA_OK) {
      assert_true(code == SLA_E_TZIF || code == SLA_E_LEAP || code == SLA_E_POSIX);
      assert_true(error.index >= 0 && error.index <= (int64_t)im.length);
      assert_null(zone);
      continue;
    }
    read++;
    sla__era era = sla__zone_era(zone, INT64_MIN);
    assert_number(era.start, INT64_MIN);
    for (int steps = 0; era.end < at("2100-01-01T00:00:00Z"); steps++) {
      sla__era next = sla__zone_era(zone, era.end);
      assert_true(next.start == era.end && next.end > next.start && next.offset != era.offset);
      assert_true(next.offset >= -93600 && next.offset <= 93600);
      era = next;
    }
    sla_zone_unref(zone);
  }
  print_message("%ld of them are still files\n", read);
  assert_true(read > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_version),
      cmocka_unit_test(footers_of_every_version),
      cmocka_unit_test(version_1_stays_at_its_last_offset),
      cmocka_unit_test(files_without_transitions),
      cmocka_unit_test(transitions_of_all_times),
      cmocka_unit_test(the_footer_holds_from_the_last_transition_on),
      cmocka_unit_test(the_32_bit_block_is_stepped_over),
      cmocka_unit_test(indicators),
      cmocka_unit_test(slim_and_fat_are_the_same),
      cmocka_unit_test(the_fixture_is_as_these_tests_expect),
      cmocka_unit_test(patched_bytes),
      cmocka_unit_test(patched_bytes_that_are_allowed),
      cmocka_unit_test(malformed_indicators),
      cmocka_unit_test(leap_seconds_have_a_code_of_their_own),
      cmocka_unit_test(a_header_that_claims_too_much_allocates_nothing),
      cmocka_unit_test(files_over_a_mebibyte),
      cmocka_unit_test(every_truncation),
      cmocka_unit_test(random_mutations),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
