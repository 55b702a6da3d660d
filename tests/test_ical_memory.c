/* SPDX-License-Identifier: MIT */
/* Every allocation of libsla-ical fails once: the code says so, nothing leaks, what is given back is
 * what was taken, and a reader can go on.  (What libical takes for itself it takes elsewhere.) */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ical_told.h"
#include "support.h"

/* ---- an allocator that counts, and fails when it is told to ---- */

typedef struct {
  size_t blocks;
  long countdown; /* the request that fails, from 1; 0 for none */
  bool for_good;  /* and all after it */
  bool failed;
  bool shrank; /* what failed would only have given memory back, which nobody has to notice */
} memory;

#define GUARD 64 /* before each block: its size, and room to keep it aligned */

static bool refuses(memory *m, bool shrinks) {
  if (m->for_good && m->failed) return true;
  if (m->countdown == 0 || --m->countdown > 0) return false;
  m->shrank = shrinks;
  return m->failed = true;
}

static void *resize(void *context, void *pointer, size_t old_size, size_t new_size) {
  memory *m = context;
  char *block = pointer == NULL ? NULL : (char *)pointer - GUARD;
  size_t size = 0;
  if (block != NULL) memcpy(&size, block, sizeof size);
  if (size != old_size) {
    fprintf(stderr, "a block of %zu bytes is given back as %zu\n", size, old_size);
    abort();
  }
  if (new_size > 0 && refuses(m, new_size < old_size)) return NULL;
  m->blocks += (pointer == NULL && new_size > 0) - (size_t)(pointer != NULL && new_size == 0);
  if (new_size == 0) return free(block), NULL;
  char *moved = malloc(GUARD + new_size); /* always elsewhere, so that stale pointers show */
  if (moved == NULL) abort();
  memcpy(moved, &new_size, sizeof new_size);
  memset(moved + GUARD, 0xA5, new_size);
  if (block != NULL) {
    memcpy(moved + GUARD, block + GUARD, old_size < new_size ? old_size : new_size);
    memset(block, 0x5A, GUARD + old_size);
    free(block);
  }
  return moved + GUARD;
}

/* ---- what is read ---- */

static const char text[] = CALENDAR(
    "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:20001029T030000\nTZOFFSETFROM:+0200\n"
    "TZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nRDATE:19991031T030000\n"
    "END:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:20000326T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
    EVENT("UID:1\nSUMMARY:A name\n that is folded\nCATEGORIES:a,b\nDTSTART;VALUE=DATE:20240101\n"
          "RRULE:FREQ=WEEKLY;COUNT=20\nRDATE:20240103,20240104\nEXDATE:20240108\n")
    EVENT("UID:1\nRECURRENCE-ID:20240115\nDTSTART:20240116\n")
    EVENT("UID:2\nDTSTART;TZID=Ours:20240601T100000\nDURATION:PT1H\nEXDATE:20240602T080000Z\n"
          "RRULE:FREQ=DAILY;COUNT=3\n")
    EVENT("UID:3\nDTSTART:20240204\nX-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY\n"));

static const char availability[] =
    "BEGIN:VAVAILABILITY\nPRIORITY:2\nDTSTART:20240110T120000\nBEGIN:AVAILABLE\nUID:1\n"
    "DTSTART:20240102T220000\nDURATION:PT8H\nRRULE:FREQ=WEEKLY;COUNT=9\nEXDATE:20240123T220000\n"
    "END:AVAILABLE\nEND:VAVAILABILITY\n"
    "BEGIN:VAVAILABILITY\nBEGIN:AVAILABLE\nDTSTART:20240101T080000\nDURATION:P3D\n"
    "RRULE:FREQ=DAILY;INTERVAL=9;COUNT=4\nEND:AVAILABLE\nEND:VAVAILABILITY\n";

typedef struct {
  memory memory;
  sla_allocator allocator;
  sla_zone *zone;
  sla_ical_reader *reader;
  sla_ical_feed *feed;
  sla_calendar_builder *builder;
  sla_error error;
} shop;

static int32_t new_reader(shop *s) {
  return sla_ical_reader_new(&s->allocator, &s->reader, &s->error);
}

static int32_t set_window(shop *s) {
  return sla_ical_reader_set_window(s->reader, 20240101, 20241231, &s->error);
}

static int32_t set_zone(shop *s) {
  return sla_ical_reader_set_zone(s->reader, s->zone, &s->error);
}

static int32_t add_zone(shop *s) {
  return sla_ical_reader_add_zone(s->reader, "Europe/Paris", 12, s->zone, &s->error);
}

static int32_t add_filter(shop *s) {
  return sla_ical_reader_add_filter(s->reader, SLA_ICAL_LEAVE_TEXT, "left", 4, &s->error);
}

static int32_t switch_off(shop *s) {
  return sla_ical_reader_switch_off(s->reader, "9", 1, 0, &s->error);
}

static int32_t add_hours(shop *s) {
  return sla_ical_reader_add_workday_hours(s->reader, 32400, 61200, &s->error);
}

static int32_t read_text(shop *s) {
  return sla_ical_read_holidays(s->reader, text, sizeof text - 1, &s->feed, &s->error);
}

static int32_t read_availability(shop *s) {
  sla_ical_feed *feed = NULL;
  int32_t code = sla_ical_read_hours(s->reader, availability, sizeof availability - 1, &feed,
                                     &s->error);
  assert_true((code == SLA_OK) == (feed != NULL));
  sla_ical_feed_unref(feed);
  return code;
}

static int32_t new_builder(shop *s) {
  return sla_calendar_builder_new(&s->allocator, &s->builder, &s->error);
}

static int32_t apply(shop *s) { return sla_ical_feed_apply(s->feed, s->builder, &s->error); }

static int32_t (*const steps[])(shop *) = {
    new_reader, set_window, set_zone,          add_zone,    add_filter, switch_off,
    add_hours,  read_text,  read_availability, new_builder, apply};

static void release(shop *s) {
  sla_calendar_builder_free(s->builder);
  sla_ical_feed_unref(s->feed);
  sla_ical_reader_free(s->reader);
}

/* Does every step; one that fails says so, leaves what it would have made alone, and works when it
 * is tried again.  The number of steps that failed. */
static int64_t work(shop *s, bool again) {
  int64_t failed = 0;
  for (size_t i = 0; i < COUNT_OF(steps); i++) {
    int32_t code = steps[i](s);
    if (code == SLA_OK) continue;
    failed++;
    assert_number(code, SLA_E_MEMORY);
    assert_number(s->error.code, SLA_E_MEMORY);
    if (!again) return failed;
    assert_ok(steps[i](s));
  }
  return failed;
}

static shop new_shop(sla_zone *zone) {
  return (shop){.zone = zone, .allocator = {resize, NULL}};
}

static void every_allocation_fails_once(void **state) {
  sla_zone *zone = zone_named("Europe/Paris");
  long count = 0;
  (void)state;
  for (bool for_good = false;; for_good = true) {
    for (long k = 1;; k++) {
      shop s = new_shop(zone);
      s.allocator.context = &s.memory;
      s.memory.countdown = k;
      s.memory.for_good = for_good;
      int64_t failed = work(&s, !for_good);
      if (!for_good || !s.memory.shrank)
        assert_number(failed, s.memory.failed && !s.memory.shrank);
      if (!for_good) {
        char *told = told_feed(s.feed);
        assert_non_null(strstr(told, "20240116 holiday\n"));
        assert_non_null(strstr(told, "20240204 workday 09:00-17:00\n"));
        free(told);
      }
      release(&s);
      assert_number(s.memory.blocks, 0);
      count++;
      if (!s.memory.failed) break;
    }
    if (for_good) break;
  }
  print_message("%ld runs\n", count);
  assert_true(count > 100);
  sla_zone_unref(zone);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_fails_once)};
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
