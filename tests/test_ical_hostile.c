/* SPDX-License-Identifier: MIT */
/* Files made to hurt: each is answered rightly or refused with its own code, in memory of at most 16
 * times the file and a little for those that are small.  What the allocator is asked for is counted;
 * what libical takes is seen as the growth of a child process that reads the file.  How much time of
 * the processor it takes is printed. */
#undef _POSIX_C_SOURCE
#define _DEFAULT_SOURCE /* wait4, which says what one child took */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "ical_told.h"
#include "support.h"

#define TIMES 16
#define LITTLE (1 << 20)  /* that a file of any size may take: the most that one zone's onsets do */
#define PROCESS (2 << 20) /* and a process, with libical and the pages of the code it runs */

/* ---- making files ---- */

typedef struct {
  char *text;
  size_t length, capacity;
} file;

static void put(file *f, const char *text) {
  size_t length = strlen(text);
  if (f->length + length + 1 > f->capacity) {
    f->capacity = 2 * (f->length + length + 1);
    f->text = realloc(f->text, f->capacity);
    assert_non_null(f->text);
  }
  memcpy(f->text + f->length, text, length + 1);
  f->length += length;
}

static void repeat(file *f, const char *text, long times) {
  for (long i = 0; i < times; i++) put(f, text);
}

static void put_numbered(file *f, const char *format, long number) {
  char line[200];
  snprintf(line, sizeof line, format, number);
  put(f, line);
}

#define BEGIN "BEGIN:VCALENDAR\n"
#define END "END:VCALENDAR\n"

static void nested(file *f) { repeat(f, "BEGIN:VEVENT\n", 300000); }

static void long_line(file *f) {
  put(f, BEGIN "X-LONG:");
  repeat(f, "0123456789", 1000000);
  put(f, "\n" END);
}

static void long_folded_line(file *f) {
  put(f, BEGIN "X-LONG:");
  repeat(f, "\n a", 3000000);
  put(f, "\n" END);
}

static void many_events(file *f) {
  put(f, BEGIN);
  repeat(f, EVENT("DTSTART:20240101\n"), 300000);
  put(f, END);
}

static void many_exceptions(file *f) {
  put(f, BEGIN "BEGIN:VEVENT\nDTSTART:20240101\n");
  for (int i = 0; i < 1000; i++) {
    put(f, "EXDATE:20240101");
    repeat(f, ",20240101", 999);
    put(f, "\n");
  }
  put(f, "END:VEVENT\n" END);
}

static void many_exception_lines(file *f) {
  put(f, BEGIN "BEGIN:VEVENT\nDTSTART:20240101\n");
  repeat(f, "EXDATE:20240101\n", 1000000);
  put(f, "END:VEVENT\n" END);
}

/* As many as may be, all of them different. */
static void allowed_dates(file *f) {
  put(f, BEGIN "BEGIN:VEVENT\nDTSTART:20000101\nRDATE:20000101");
  for (int i = 0; i < 4000; i++)
    put_numbered(f, ",%08ld", 20000101 + i / 336 * 10000 + i / 28 % 12 * 100 + i % 28);
  put(f, "\nEXDATE:20000101");
  repeat(f, ",20000101", 3000);
  put(f, "\nEND:VEVENT\n" END);
}

static void many_parameters(file *f) {
  put(f, BEGIN "BEGIN:VEVENT\nX");
  repeat(f, ";A=1", 16000);
  put(f, ":1\nEND:VEVENT\n" END);
}

static void long_parameters_of_a_list(file *f) {
  put(f, BEGIN "BEGIN:VEVENT\nDTSTART:20240101\nEXDATE;X=");
  repeat(f, "aaaaaaaaaa", 3000);
  put(f, ":20240101");
  repeat(f, ",20240101", 3000);
  put(f, "\nEND:VEVENT\n" END);
}

static void many_categories(file *f) {
  put(f, BEGIN "BEGIN:VEVENT\nDTSTART:20240101\nCATEGORIES:a");
  repeat(f, ",a", 9990);
  put(f, "\nEND:VEVENT\n" END);
}

/* One event changed many times, told by many events. */
static void many_changes(file *f) {
  put(f, BEGIN);
  for (long i = 0; i < 4000; i++) {
    put(f, "BEGIN:VEVENT\nUID:1\nDTSTART:20240101\n");
    if (i % 2 == 0) put_numbered(f, "RECURRENCE-ID:%08ld\n", 20000101 + i / 28 % 12 * 100 + i % 28);
    put(f, "END:VEVENT\n");
  }
  put(f, END);
}

static void many_zones(file *f) {
  put(f, BEGIN);
  for (long i = 0; i < 4000; i++) put_numbered(f, "BEGIN:VTIMEZONE\nTZID:%ld\nEND:VTIMEZONE\n", i);
  put(f, END);
}

static void many_unknown_zones(file *f) {
  put(f, BEGIN);
  for (long i = 0; i < 4000; i++)
    put_numbered(f, EVENT("DTSTART;TZID=%ld:20240101T000000\n"), i);
  put(f, END);
}

static void impossible_rule(file *f) {
  put(f, EVENT("DTSTART:00010101\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\n"));
}

static void impossible_yearly_rule(file *f) {
  put(f, EVENT("DTSTART:00010101\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1000\n"));
}

static void impossible_rules(file *f) {
  repeat(f, EVENT("DTSTART:00010101\nRRULE:FREQ=DAILY;COUNT=9;BYMONTH=2;BYMONTHDAY=30\n"), 100);
}

static void rule_of_every_second(file *f) {
  put(f, EVENT("DTSTART:20240101T000000\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\n"));
}

static void zone_of_every_second(file *f) {
  put(f, CALENDAR("BEGIN:VTIMEZONE\nTZID:A\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
                  "TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=SECONDLY\nEND:STANDARD\n"
                  "END:VTIMEZONE\n" EVENT("DTSTART;TZID=A:20240101T000000\n")));
}

static void zone_of_every_day(file *f) {
  put(f, CALENDAR("BEGIN:VTIMEZONE\nTZID:A\nBEGIN:STANDARD\nDTSTART:00010101T000000\n"
                  "TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=DAILY\nEND:STANDARD\n"
                  "END:VTIMEZONE\n" EVENT("DTSTART;TZID=A:20240101T000000\n")));
}

static void far_week(file *f) { put(f, EVENT("DTSTART:20240101\nRRULE:FREQ=YEARLY;BYWEEKNO=-53\n")); }
static void far_sunday(file *f) { put(f, EVENT("DTSTART:20240101\nRRULE:FREQ=YEARLY;BYDAY=255SU\n")); }
static void no_interval(file *f) { put(f, EVENT("DTSTART:20240101\nRRULE:FREQ=DAILY;INTERVAL=0\n")); }
static void far_count(file *f) {
  put(f, EVENT("DTSTART:20240101\nRRULE:FREQ=DAILY;COUNT=99999999999\n"));
}
static void no_such_day(file *f) { put(f, EVENT("DTSTART:20240230\n")); }
static void no_such_month(file *f) { put(f, EVENT("DTSTART:20241332\n")); }
static void a_page(file *f) { put(f, "<!DOCTYPE html>\n<html><body>Not found</body></html>\n"); }
static void nothing(file *f) { put(f, ""); }
static void cut_off(file *f) { put(f, BEGIN "BEGIN:VEVENT\nDTSTART:20240101\nEND:VEV"); }
static void line_ends(file *f) { repeat(f, "\r", 4000000); }
static void folds_of_nothing(file *f) { put(f, BEGIN "X:1"), repeat(f, "\r\n ", 2000000); }
static void colons(file *f) {
  put(f, BEGIN "BEGIN:VEVENT\nDTSTART:20240101\n");
  repeat(f, ":\n", 9000);
  put(f, "END:VEVENT\n" END);
}

/* ---- hours ---- */

#define HOURS(lines) "BEGIN:AVAILABLE\n" lines "END:AVAILABLE\n"
#define RULER(lines) "BEGIN:VAVAILABILITY\n" lines "END:VAVAILABILITY\n"

static void always_open(file *f) {
  put(f, RULER(HOURS("DTSTART:00020101T000000\nDTEND:99980101T000000\n")));
}

static void many_always_open(file *f) {
  put(f, "BEGIN:VAVAILABILITY\n");
  repeat(f, HOURS("DTSTART:00020101T000000\nDTEND:99980101T000000\n"), 10000);
  put(f, "END:VAVAILABILITY\n");
}

static void many_weeks(file *f) {
  put(f, "BEGIN:VAVAILABILITY\n");
  repeat(f, HOURS("DTSTART:20000103T090000\nDURATION:PT8H\nRRULE:FREQ=WEEKLY\n"), 10000);
  put(f, "END:VAVAILABILITY\n");
}

/* Each rules over all before it, within them. */
static void many_rulers(file *f) {
  for (long i = 0; i < 20000; i++) {
    put(f, "BEGIN:VAVAILABILITY\n");
    put_numbered(f, "DTSTART:20000101T000000\nDURATION:PT%ldS\n", 100000000 - i * 1000);
    put(f, "END:VAVAILABILITY\n");
  }
}

/* A ruler for each second time, and hours under the rule of the others. */
static void rulers_by_turns(file *f) {
  put(f, RULER(HOURS("DTSTART:20000101T000000\nDURATION:P9W\nRRULE:FREQ=WEEKLY\n")));
  for (long i = 0; i < 9000; i++) {
    put(f, "BEGIN:VAVAILABILITY\n");
    put_numbered(f, "PRIORITY:1\nDTSTART:2000%04ldT120000\nDURATION:PT1S\n",
                 i / 28 % 12 * 100 + 101 + i % 28);
    put(f, "END:VAVAILABILITY\n");
  }
}

/* ---- reading them ---- */

typedef int32_t reading(const sla_ical_reader *, const void *, size_t, sla_ical_feed **,
                        sla_error *);

typedef struct {
  const char *name;
  void (*make)(file *);
  const char *expected; /* an error, or the count of entries */
  reading *read;        /* NULL for holidays */
} row;

static const row rows[] = {
    {"a rule of every second that matches none", rule_of_every_second, "SLA_ICAL_E_UNSUPPORTED 3:12",
     NULL},
    {"a zone with a rule of every second", zone_of_every_second, "SLA_ICAL_E_UNSUPPORTED 8:12",
     NULL},
    {"300,000 components one in another", nested, "SLA_ICAL_E_NESTING 9:1", NULL},
    {"a line of 10 MB", long_line, "SLA_ICAL_E_LINE 2:65537", NULL},
    {"a week that no year has", far_week, "6", NULL}, /* the start, and five years of 53 weeks */
    {"more Sundays than a year has", far_sunday, "SLA_ICAL_E_RULE 3:25", NULL},
    {"an interval of nothing", no_interval, "SLA_ICAL_E_RULE 3:27", NULL},
    {"a count beyond counting", far_count, "SLA_ICAL_E_RULE 3:24", NULL},
    {"30 February", no_such_day, "SLA_ICAL_E_VALUE 2:9", NULL},
    {"a 13th month", no_such_month, "SLA_ICAL_E_VALUE 2:9", NULL},
    {"a page", a_page, "SLA_ICAL_E_SYNTAX 1:1", NULL},
    {"nothing", nothing, "SLA_ICAL_E_SYNTAX 1:1", NULL},
    {"a file cut off", cut_off, "SLA_ICAL_E_SYNTAX 4:1", NULL},
    {"a line of 3,000,000 folds", long_folded_line, "SLA_ICAL_E_LINE 65532:2", NULL},
    {"300,000 events", many_events, "SLA_ICAL_E_COMPONENTS 299999:1", NULL},
    {"a million exceptions in lists", many_exceptions, "SLA_ICAL_E_PROPERTIES 13:1", NULL},
    {"a million exceptions in lines", many_exception_lines, "SLA_ICAL_E_PROPERTIES 10003:1", NULL},
    {"as many dates as may be", allowed_dates, "3999", NULL},
    {"16,000 parameters", many_parameters, "SLA_ICAL_E_PARAMETERS 3:1", NULL},
    {"a list behind long parameters", long_parameters_of_a_list, "SLA_ICAL_E_PARAMETERS 4:1025",
     NULL},
    {"as many categories as may be", many_categories, "1", NULL},
    {"an event of 2,000 and their 2,000 changes", many_changes, "2168", NULL}, /* 168 occurrences */
    {"4,000 zones", many_zones, "0", NULL},
    {"4,000 zones that nobody explains", many_unknown_zones, "SLA_ICAL_E_ZONE 3:16", NULL},
    {"a rule of every day that matches none", impossible_rule, "0", NULL},
    {"a rule of every year that matches none", impossible_yearly_rule, "0", NULL},
    {"a hundred of them that count", impossible_rules, "SLA_ICAL_E_INSTANCES 1:1", NULL},
    {"a zone with a rule of every day", zone_of_every_day, "SLA_ICAL_E_INSTANCES 4:1", NULL},
    {"4,000,000 carriage returns", line_ends, "SLA_ICAL_E_SYNTAX 4000001:1", NULL},
    {"2,000,000 folds of nothing", folds_of_nothing, "SLA_ICAL_E_SYNTAX 2000002:2", NULL},
    {"9,000 lines that are but a colon", colons, "1", NULL},
    {"open for all times", always_open, "1", sla_ical_read_hours},
    {"10,000 times open for all times", many_always_open, "SLA_ICAL_E_INSTANCES",
     sla_ical_read_hours},
    {"10,000 weekly hours of fifty years", many_weeks, "SLA_ICAL_E_INSTANCES", sla_ical_read_hours},
    {"20,000 availabilities one in another", many_rulers, "0", sla_ical_read_hours},
    {"9,000 that interrupt long hours", rulers_by_turns, "SLA_ICAL_E_INSTANCES",
     sla_ical_read_hours},
};

/* Counts what is taken at the same time. */
typedef struct {
  size_t now, most;
} taken;

static void *count_resize(void *context, void *pointer, size_t old_size, size_t new_size) {
  taken *t = context;
  /* A block that moves is there twice. */
  if (new_size > 0 && t->now + new_size > t->most) t->most = t->now + new_size;
  t->now = t->now - old_size + new_size;
  if (new_size > 0) return realloc(pointer, new_size);
  free(pointer);
  return NULL;
}

static sla_ical_reader *counting_reader(taken *t) {
  const sla_allocator allocator = {count_resize, t};
  sla_ical_reader *reader = NULL;
  sla_zone *zone = zone_named("Europe/Paris");
  assert_ok(sla_ical_reader_new(&allocator, &reader, NULL));
  assert_ok(sla_ical_reader_set_window(reader, 20000101, 20491231, NULL));
  assert_ok(sla_ical_reader_set_zone(reader, zone, NULL));
  sla_zone_unref(zone);
  return reader;
}

static double read_file(const file *f, reading *read, taken *t, char **told) {
  sla_ical_reader *reader = counting_reader(t);
  sla_ical_feed *feed = NULL;
  sla_error error = {0};
  struct timespec from, to;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
  if (read == NULL) read = sla_ical_read_holidays;
  int32_t code = read(reader, f->text, f->length, &feed, &error);
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
  if (code != SLA_OK) {
    *told = told_error(code, &error);
  } else {
    *told = malloc(16);
    assert_non_null(*told);
    snprintf(*told, 16, "%u", (unsigned)sla_ical_feed_count(feed));
  }
  sla_ical_feed_unref(feed);
  sla_ical_reader_free(reader);
  return (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
}

/* The most that a child took, in bytes, when it reads the file or does nothing. */
static int64_t child_bytes(const file *f, reading *read, bool reads) {
  struct rusage usage;
  int status = 1;
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    taken t = {0, 0};
    char *told;
    if (reads) read_file(f, read, &t, &told);
    _exit(0);
  }
  assert_int_equal(wait4(child, &status, 0, &usage), child);
  assert_int_equal(status, 0);
  return (int64_t)usage.ru_maxrss * 1024;
}

static int64_t most_for(const file *f, int64_t little) {
  return TIMES * (int64_t)f->length + little;
}

static void is_survived(void **state) {
  const row *r = *state;
  file f = {0};
  taken t = {0, 0};
  char *told = NULL;
  r->make(&f);
  double time = read_file(&f, r->read, &t, &told);
  /* A place is asked for where the row names one. */
  if (strncmp(told, r->expected, strlen(r->expected)) != 0) fail_msg("%s", told);
  assert_number(t.now, 0);
  int64_t grown = child_bytes(&f, r->read, true) - child_bytes(&f, r->read, false);
  print_message("%-45s %9zu bytes, %7.2f ms, asked for %9zu, grew by %9lld: %s\n", r->name, f.length,
                time, t.most, (long long)grown, told);
  if ((int64_t)t.most > most_for(&f, LITTLE)) fail_msg("asked for %zu bytes", t.most);
  if (getenv("SLA_TEST_LIGHT") == NULL && grown > most_for(&f, PROCESS))
    fail_msg("grew by %lld bytes", (long long)grown);
  free(told);
  free(f.text);
}

int main(void) {
  static struct CMUnitTest tests[COUNT_OF(rows)];
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    tests[i] = (struct CMUnitTest){rows[i].name, is_survived, NULL, NULL,
                                   (void *)(uintptr_t)&rows[i]};
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
