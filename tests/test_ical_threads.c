/* SPDX-License-Identifier: MIT */
/* One reader and many threads that read with it at once, share feeds and apply them: what they list
 * is what one thread alone lists.  A thread sanitizer watches libsla-ical; libical is as it was
 * compiled, so that of its own memory it sees only that every call is behind the lock. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ical_told.h"
#include "support.h"

#define THREADS 8
#define TEXTS 4

static const char *const texts[TEXTS] = {
    CALENDAR(EVENT("UID:1\nSUMMARY:a\\, b\nDTSTART;VALUE=DATE:20240101\nRRULE:FREQ=WEEKLY;COUNT=9\n")
             EVENT("UID:1\nRECURRENCE-ID:20240115\nDTSTART:20240116\nSTATUS:CANCELLED\n")),
    CALENDAR("BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:20001029T030000\n"
             "TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\n"
             "END:STANDARD\nEND:VTIMEZONE\n"
             EVENT("DTSTART;TZID=Ours:20240601T100000\nDURATION:PT1H\nRRULE:FREQ=MONTHLY\n")),
    CALENDAR(EVENT("DTSTART:20240101\nGEO:1\nno colon\n") EVENT("DTSTART:20240230\n")),
    CALENDAR(EVENT("DTSTART;TZID=America/New_York:20240601T100000\nDURATION:PT1H\n"
                   "EXDATE:20240602T140000Z\nRRULE:FREQ=DAILY;COUNT=5\n")),
};

static const char weekly[] =
    EVENT("DTSTART:20240101T090000\nDTEND:20240101T170000\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU\n");

typedef struct {
  const sla_ical_reader *reader;
  char *const *expected;
  sla_ical_feed *shared;
  long rounds, wrong;
} worker;

static void apply(const sla_ical_feed *feed, worker *w) {
  sla_calendar_builder *builder = NULL;
  if (sla_calendar_builder_new(NULL, &builder, NULL) != SLA_OK ||
      sla_ical_feed_apply(feed, builder, NULL) != SLA_OK)
    w->wrong++;
  sla_calendar_builder_free(builder);
}

static void *work(void *argument) {
  worker *w = argument;
  for (long i = 0; i < w->rounds; i++) {
    const char *text = texts[i % TEXTS];
    sla_ical_feed *hours = NULL;
    char *told = told_holidays(w->reader, text, strlen(text));
    if (strcmp(told, w->expected[i % TEXTS]) != 0) w->wrong++;
    free(told);
    int32_t code = sla_ical_read_hours(w->reader, weekly, sizeof weekly - 1, &hours, NULL);
    if (code != SLA_OK || sla_ical_feed_count(hours) != 1) w->wrong++;
    sla_ical_feed_unref(hours);
    sla_ical_feed *mine = sla_ical_feed_ref(w->shared);
    apply(mine, w);
    sla_ical_feed_unref(mine);
  }
  sla_ical_feed_unref(w->shared);
  return NULL;
}

static void many_threads_list_as_one(void **state) {
  sla_ical_reader *reader = reader_of("Europe/Paris", 20240101, 20251231);
  char *expected[TEXTS];
  worker workers[THREADS];
  pthread_t threads[THREADS];
  sla_ical_feed *feed = NULL;
  (void)state;
  name_zone(reader, "America/New_York", "America/New_York");
  for (int i = 0; i < TEXTS; i++) expected[i] = told_holidays(reader, texts[i], strlen(texts[i]));
  assert_string_equal(expected[2], "SLA_ICAL_E_VALUE 8:9");
  assert_ok(sla_ical_read_holidays(reader, texts[0], strlen(texts[0]), &feed, NULL));
  for (int i = 0; i < THREADS; i++) {
    workers[i] = (worker){reader, expected, sla_ical_feed_ref(feed), draws(2000), 0};
    assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
  }
  sla_ical_feed_unref(feed); /* the threads hold it now; the last one out gives it back */
  for (int i = 0; i < THREADS; i++) {
    assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_number(workers[i].wrong, 0);
  }
  for (int i = 0; i < TEXTS; i++) free(expected[i]);
  sla_ical_reader_free(reader);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(many_threads_list_as_one)};
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
