/* SPDX-License-Identifier: MIT */
/* Every zone installed on this machine, against the C library's own reading of it.
 *
 * The changes from 1900 to 2500 are found in the C library, by steps of a day and by bisecting.
 * A step can hide changes that cancel out within a day, so the changes of our reading are looked
 * up in the C library as well.  Left out are right/, which counts leap seconds, posix/, which says
 * everything twice, and files that are not TZif; files of equal bytes are compared once.  There
 * are no exceptions: any difference fails.
 *
 * SLA_TEST_ZONES_FRACTION=10 compares a tenth, chosen by the seed; so does SLA_TEST_LIGHT.  The
 * directory is TZDIR, or /usr/share/zoneinfo. */
#define _DEFAULT_SOURCE /* tm_gmtoff */

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dirent.h>
#include <sys/stat.h>
#include <time.h>

#include <cmocka.h>

#include "support.h"
#include "zone.h"

#define DAY 86400
#define REACH 93600 /* no offset is larger */
#define FEWEST_ZONES 300
#define MOST_FILES 4096
#define MOST_BYTES (1 << 16)

typedef struct {
  char *path;
  uint8_t *bytes;
  size_t length;
} installed_file;

static struct {
  installed_file files[MOST_FILES]; /* different ones */
  size_t count, named;
  const char *directory;
} installed;

/* ---- the files ---- */

static bool known_already(const uint8_t *bytes, size_t length) {
  for (size_t i = 0; i < installed.count; i++)
    if (installed.files[i].length == length && memcmp(installed.files[i].bytes, bytes, length) == 0)
      return true;
  return false;
}

static void visit_file(const char *path) {
  static uint8_t bytes[MOST_BYTES];
  FILE *file = fopen(path, "rb");
  if (file == NULL) fail_msg("cannot open %s", path);
  size_t length = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  if (length < 4 || memcmp(bytes, "TZif", 4) != 0) return;
  if (length == sizeof bytes) fail_msg("%s has %d bytes or more", path, MOST_BYTES);
  installed.named++;
  if (known_already(bytes, length)) return;
  assert_true(installed.count < MOST_FILES);
  installed_file *found = &installed.files[installed.count++];
  *found = (installed_file){strdup(path), malloc(length), length};
  assert_true(found->path != NULL && found->bytes != NULL);
  memcpy(found->bytes, bytes, length);
}

static bool left_out(const char *name, int depth) {
  if (name[0] == '.') return true;
  return depth == 0 && (strcmp(name, "right") == 0 || strcmp(name, "posix") == 0);
}

static void visit_directory(const char *path, int depth) {
  DIR *directory = opendir(path);
  char below[2048];
  struct stat info;
  if (directory == NULL || depth > 6) fail_msg("cannot read %s", path);
  for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
    if (left_out(entry->d_name, depth)) continue;
    assert_true(snprintf(below, sizeof below, "%s/%s", path, entry->d_name) < (int)sizeof below);
    if (stat(below, &info) != 0) fail_msg("cannot read %s", below);
    if (S_ISDIR(info.st_mode)) visit_directory(below, depth + 1);
    else if (S_ISREG(info.st_mode)) visit_file(below);
  }
  closedir(directory);
}

static int by_path(const void *a, const void *b) {
  return strcmp(((const installed_file *)a)->path, ((const installed_file *)b)->path);
}

static int find_files(void **state) {
  const char *given = getenv("TZDIR");
  (void)state;
  installed.directory = given != NULL ? given : "/usr/share/zoneinfo";
  visit_directory(installed.directory, 0);
  qsort(installed.files, installed.count, sizeof(installed_file), by_path);
  return 0;
}

static int forget_files(void **state) {
  (void)state;
  for (size_t i = 0; i < installed.count; i++) {
    free(installed.files[i].path);
    free(installed.files[i].bytes);
  }
  return 0;
}

/* ---- the C library ---- */

static void use_in_c_library(const char *path) {
  char value[2048];
  snprintf(value, sizeof value, ":%s", path);
  assert_int_equal(setenv("TZ", value, 1), 0);
  tzset();
}

static int32_t c_offset(sla_time instant) {
  time_t time = (time_t)instant;
  struct tm tm;
  if (localtime_r(&time, &tm) == NULL) fail_msg("the C library fails at %lld", (long long)instant);
  return (int32_t)tm.tm_gmtoff;
}

/* The first instant after `from`, up to `to`, with another offset, when the two differ. */
static sla_time c_change(sla_time from, sla_time to, int32_t offset) {
  while (to - from > 1) {
    sla_time middle = from + (to - from) / 2;
    if (c_offset(middle) == offset) from = middle;
    else to = middle;
  }
  return to;
}

/* ---- comparing ---- */

typedef struct {
  const char *path;
  const sla_zone *zone;
  long changes, checks;
} comparison;

static void compare_with(comparison *c, sla_time instant, int32_t expected) {
  int32_t offset = 1 << 30;
  char text[SUPPORT_TIME_TEXT];
  c->checks++;
  if (sla_zone_offset_at(c->zone, instant, &offset) != SLA_OK || offset != expected)
    fail_msg("%s at %s: offset %d, not %d", c->path, time_text(instant, text), offset, expected);
}

static void compare_at(comparison *c, sla_time instant) {
  compare_with(c, instant, c_offset(instant));
}

/* A wall-clock time near a change, to all the instants at which the C library shows it. */
static void compare_wall(comparison *c, int64_t local, sla_time change) {
  const int32_t offsets[] = {c_offset(change - 1), c_offset(change), c_offset(local - REACH),
                             c_offset(local + REACH)};
  sla_time first = INT64_MAX, last = INT64_MIN, got_first, got_last;
  for (int i = 0; i < 4; i++) {
    sla_time instant = local - offsets[i];
    if (c_offset(instant) != offsets[i]) continue;
    if (instant < first) first = instant;
    if (instant > last) last = instant;
  }
  uint32_t wall = first == last ? SLA_WALL_UNIQUE : SLA_WALL_REPEATED;
  if (first > last) wall = SLA_WALL_SKIPPED, first = last = change;
  uint32_t got = sla__zone_instants(c->zone, local, &got_first, &got_last);
  c->checks++;
  if (got != wall || got_first != first || got_last != last)
    fail_msg("%s: local %lld is %u, %lld to %lld, not %u, %lld to %lld", c->path, (long long)local,
             got, (long long)got_first, (long long)got_last, wall, (long long)first,
             (long long)last);
}

static void compare_change(comparison *c, sla_time change) {
  int32_t before = c_offset(change - 1), after = c_offset(change);
  const int64_t locals[] = {change + before - 1, change + before, change + after - 1,
                            change + after, change + (before + after) / 2};
  c->changes++;
  for (sla_time instant = change - 1; instant <= change + 1; instant++) compare_at(c, instant);
  for (int i = 0; i < 5; i++) compare_wall(c, locals[i], change);
}

static void compare_c_changes(comparison *c, sla_time from, sla_time to) {
  int32_t offset = c_offset(from);
  for (sla_time day = from; day < to; day += DAY) {
    int32_t next = c_offset(day + DAY);
    compare_with(c, day + DAY, next);
    for (sla_time step = day; next != offset; offset = c_offset(step)) {
      step = c_change(step, day + DAY, offset);
      compare_change(c, step);
    }
  }
}

static void compare_our_changes(comparison *c, sla_time from, sla_time to) {
  for (sla_time instant = sla__zone_era(c->zone, from).end; instant < to;) {
    compare_at(c, instant - 1);
    compare_at(c, instant);
    instant = sla__zone_era(c->zone, instant).end;
  }
}

static void compare_by_chance(comparison *c, uint64_t *seed, sla_time from, sla_time to) {
  for (long n = draws(1000); n > 0; n--) {
    compare_at(c, random_between(seed, from, to));
    compare_at(c, random_between(seed, SLA_TIME_MIN, SLA_TIME_MAX));
  }
}

static void compare_file(const installed_file *file, uint64_t *seed, long *changes, long *checks) {
  sla_time from = at("1900-01-01T00:00:00Z"), to = at("2500-01-01T00:00:00Z");
  sla_zone *zone = NULL;
  sla_error error = {0};
  if (sla_zone_new_tzif(file->bytes, file->length, NULL, &zone, &error) != SLA_OK)
    fail_msg("%s is refused: code %d at byte %d", file->path, error.code, (int)error.index);
  comparison c = {file->path, zone, 0, 0};
  use_in_c_library(file->path);
  compare_c_changes(&c, from, to);
  compare_our_changes(&c, from, to);
  compare_by_chance(&c, seed, from, to);
  *changes += c.changes;
  *checks += c.checks;
  sla_zone_unref(zone);
}

/* ---- tests ---- */

static void enough_zones_are_installed(void **state) {
  (void)state;
  print_message("%s: %zu zones, %zu different files\n", installed.directory, installed.named,
                installed.count);
  if (installed.named < FEWEST_ZONES)
    fail_msg("only %zu zones in %s, less than %d: is tzdata installed?", installed.named,
             installed.directory, FEWEST_ZONES);
}

static uint64_t chosen_fraction(void) {
  const char *given = getenv("SLA_TEST_ZONES_FRACTION");
  uint64_t fraction = given != NULL ? strtoull(given, NULL, 10) : draws(10) < 10 ? 10 : 1;
  if (fraction < 1 || fraction > 100) fail_msg("SLA_TEST_ZONES_FRACTION is %s", given);
  return fraction;
}

static void zones_as_the_c_library_reads_them(void **state) {
  uint64_t seed = support_seed(), fraction = chosen_fraction(), part = seed % fraction;
  long zones = 0, changes = 0, checks = 0;
  (void)state;
  assert_true(sizeof(time_t) == 8);
  for (size_t i = 0; i < installed.count; i++) {
    if (i % fraction != part) continue;
    compare_file(&installed.files[i], &seed, &changes, &checks);
    zones++;
  }
  print_message("%ld zones, %ld changes, %ld comparisons, no difference\n", zones, changes, checks);
  assert_true(zones > 0 && changes > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(enough_zones_are_installed),
      cmocka_unit_test(zones_as_the_c_library_reads_them),
  };
  return cmocka_run_group_tests(tests, find_files, forget_files) != 0;
}
