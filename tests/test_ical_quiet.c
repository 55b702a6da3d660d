/* SPDX-License-Identifier: MIT */
/* libsla-ical writes nothing to the standard streams of its host, whatever a file holds: what libical
 * would write about is not handed to it.  Names and kinds of values are libical's own, so that those
 * of another version are tried as well. */
#include <libical/ical.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "ical_told.h"
#include "support.h"

#define PROPERTIES_MAX 1000 /* kinds are numbers without an end that is told: more than there are */
#define VALUES_FIRST 5000
#define VALUES_MAX 100

/* ---- what is written ---- */

/* Both standard streams, in a file of our own meanwhile. */
typedef struct {
  FILE *written;
  int output, errors;
} streams;

static void take_streams(streams *s) {
  fflush(stdout);
  fflush(stderr);
  s->written = tmpfile();
  assert_non_null(s->written);
  s->output = dup(STDOUT_FILENO);
  s->errors = dup(STDERR_FILENO);
  assert_true(s->output >= 0 && s->errors >= 0);
  assert_true(dup2(fileno(s->written), STDOUT_FILENO) >= 0);
  assert_true(dup2(fileno(s->written), STDERR_FILENO) >= 0);
}

/* The first of what was written since then. */
static void give_back_streams(streams *s, char *text, size_t size) {
  fflush(stdout);
  fflush(stderr);
  dup2(s->output, STDOUT_FILENO);
  dup2(s->errors, STDERR_FILENO);
  close(s->output);
  close(s->errors);
  rewind(s->written);
  text[fread(text, 1, size - 1, s->written)] = '\0';
  fclose(s->written);
}

/* ---- what is read ---- */

static void read_line(const sla_ical_reader *reader, const char *name, const char *kind,
                      const char *value) {
  char text[400];
  const char *type = kind[0] == '\0' ? "" : ";VALUE=";
  snprintf(text, sizeof text,
           "BEGIN:VCALENDAR\n%s%s%s:%s\nBEGIN:VEVENT\nDTSTART:20240101\n%s%s%s:%s\nEND:VEVENT\n"
           "END:VCALENDAR\n",
           name, type, kind, value, name, type, kind, value);
  free(told_holidays(reader, text, strlen(text)));
  free(told_hours(reader, text, strlen(text)));
}

static const char *const values[] = {"",      "x",  "20240101", "1",  "NO;1", ";",     "PT1H",
                                     "a\\;b", "::", "\"",       "MO", "1;x",  "2.0;x", "20240101)o"};

/* A name once more in small letters: libical does not mind. */
static void read_name(const sla_ical_reader *reader, const char *name, const char *kind) {
  char small[100];
  size_t length = strlen(name);
  assert_true(length < sizeof small);
  for (size_t i = 0; i <= length; i++)
    small[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + ('a' - 'A') : name[i]);
  for (size_t i = 0; i < COUNT_OF(values); i++) {
    read_line(reader, name, kind, values[i]);
    read_line(reader, small, kind, values[i]);
  }
}

static size_t read_properties(const sla_ical_reader *reader, const char *kind) {
  size_t known = 0;
  for (int property = 1; property < PROPERTIES_MAX; property++) {
    const char *name = icalproperty_kind_to_string((icalproperty_kind)property);
    if (name == NULL || name[0] == '\0') continue;
    read_name(reader, name, kind);
    known++;
  }
  return known;
}

/* ---- tests ---- */

static void of_any_property(void **state) {
  sla_ical_reader *reader = reader_of("Europe/Paris", 20240101, 20241231);
  streams s;
  char written[200];
  (void)state;
  take_streams(&s);
  size_t known = read_properties(reader, "");
  give_back_streams(&s, written, sizeof written);
  assert_string_equal(written, "");
  assert_true(known > 90); /* 123 in libical 3.0.16 */
  sla_ical_reader_free(reader);
}

static void of_any_kind_of_value(void **state) {
  static const char *const others[] = {"TIME", "CAL-ADDRESS", "UNKNOWN", "X-Z", "ERROR"};
  sla_ical_reader *reader = reader_of("Europe/Paris", 20240101, 20241231);
  streams s;
  char written[200];
  size_t known = 0;
  (void)state;
  take_streams(&s);
  for (int value = VALUES_FIRST; value < VALUES_FIRST + VALUES_MAX; value++) {
    const char *kind = icalvalue_kind_to_string((icalvalue_kind)value);
    if (kind == NULL || kind[0] == '\0') continue;
    read_properties(reader, kind);
    known++;
  }
  for (size_t i = 0; i < COUNT_OF(others); i++) read_properties(reader, others[i]);
  give_back_streams(&s, written, sizeof written);
  assert_string_equal(written, "");
  assert_true(known > 20); /* 35 in libical 3.0.16 */
  sla_ical_reader_free(reader);
}

/* They are counted like all that libical drops. */
static void but_a_count(void **state) {
  static const char text[] = EVENT("DTSTART:20240101\nTASK-MODE:x\nX-LIC-CLASS;A=1:y\n"
                                   "x-lic-class :z\nSUMMARY:New Year\n");
  sla_ical_reader *reader = reader_of("Europe/Paris", 20240101, 20241231);
  sla_ical_feed *feed = NULL;
  sla_ical_summary summary;
  (void)state;
  assert_ok(sla_ical_read_holidays(reader, text, sizeof text - 1, &feed, NULL));
  assert_ok(sla_ical_feed_summary(feed, &summary, sizeof summary));
  assert_number(summary.dropped, 3);
  char *told = told_feed(feed);
  assert_string_equal(told, "20240101 holiday New Year\n");
  free(told);
  sla_ical_feed_unref(feed);
  sla_ical_reader_free(reader);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(of_any_property),
      cmocka_unit_test(of_any_kind_of_value),
      cmocka_unit_test(but_a_count),
  };
  return cmocka_run_group_tests_name("ical_quiet", tests, NULL, NULL);
}
