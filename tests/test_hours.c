/* SPDX-License-Identifier: MIT */
/* Hours text: what each form says; what is refused, and where. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"
#include "table.h"

/* "Mo,Tu 09:00:00-17:00:00; Sa 10:00:00-14:00:00", each entry as it was told. */
static void describe(const sla_calendar *calendar, char *text, size_t capacity) {
  static const char days[] = "MoTuWeThFrSaSu";
  size_t used = 0;
  *text = '\0';
  for (uint32_t i = 0; i < sla_calendar_entry_count(calendar); i++) {
    sla_entry e;
    char named[32] = "";
    assert_ok(sla_calendar_entry(calendar, i, &e, sizeof e));
    assert_number(e.kind, SLA_ENTRY_HOURS);
    assert_number(e.recurrence, SLA_WEEKLY);
    for (int d = 0; d < 7; d++)
      if (e.weekdays >> d & 1)
        sprintf(named + strlen(named), "%s%.2s", *named == '\0' ? "" : ",", days + 2 * d);
    used += (size_t)snprintf(text + used, capacity - used, "%s%s %02d:%02d:%02d-%02d:%02d:%02d",
                             i > 0 ? "; " : "", named, e.opens / 3600, e.opens / 60 % 60,
                             e.opens % 60, e.closes / 3600, e.closes / 60 % 60, e.closes % 60);
    assert_true(used < capacity);
  }
}

/* ---- hours.tsv ---- */

enum { NAME, TEXT, HOURS, ERROR };
static const char *const columns[] = {"name", "text", "hours", "error", NULL};

/* All of it or nothing: with an hour that came before, that hour is what is left. */
static void expect_refused(const char *text, const char *want) {
  sla_calendar_builder *builder = builder_of("UTC", "Mo 09:00-10:00");
  sla_error error = {.code = SLA_OK};
  char got[512];
  int32_t code = sla_calendar_builder_add_hours_text(builder, text, strlen(text), &error);
  assert_number(error.code, code);
  assert_number(error.argument, 0);
  snprintf(got, sizeof got, "%s %u:%u", sla_code_name(code), error.line, error.column);
  assert_string_equal(got, want);
  sla_calendar *calendar = built(builder);
  describe(calendar, got, sizeof got);
  assert_string_equal(got, "Mo 09:00:00-10:00:00");
  sla_calendar_unref(calendar);
}

static void one_text(void **state) {
  const table_field *row = *state;
  const char *text = row[TEXT] == NULL ? "" : row[TEXT];
  char got[512];
  assert_true((row[HOURS] == NULL) != (row[ERROR] == NULL));
  if (row[ERROR] != NULL) {
    expect_refused(text, row[ERROR]);
    return;
  }
  sla_calendar *calendar = calendar_of("UTC", text);
  describe(calendar, got, sizeof got);
  assert_string_equal(got, row[HOURS]);
  sla_calendar_unref(calendar);
}

static void only_its_length_is_read(void **state) {
  sla_calendar_builder *builder = builder_of("UTC", "Mo 09:00-10:00");
  char got[512];
  (void)state;
  assert_ok(sla_calendar_builder_add_hours_text(builder, "Tu 10:00-11:00x", 14, NULL));
  sla_calendar *calendar = built(builder);
  describe(calendar, got, sizeof got);
  assert_string_equal(got, "Mo 09:00:00-10:00:00; Tu 10:00:00-11:00:00");
  sla_calendar_unref(calendar);
}

/* Every minute of opening and closing there is. */
static void every_time_of_day(void **state) {
  (void)state;
  for (int opens = 0; opens < 1440; opens += 7)
    for (int closes = 0; closes <= 1440; closes += 11) {
      char text[64], says[64], got[64];
      if (opens == closes) continue;
      snprintf(text, sizeof text, "We %d:%02d-%02d:%02d", opens / 60, opens % 60, closes / 60,
               closes % 60);
      snprintf(says, sizeof says, "We %02d:%02d:00-%02d:%02d:00", opens / 60, opens % 60,
               closes / 60, closes % 60);
      sla_calendar_builder *builder = builder_of("UTC", text);
      assert_ok(sla_calendar_builder_set_window(builder, 2024, 2024, NULL));
      sla_calendar *calendar = built(builder);
      describe(calendar, got, sizeof got);
      assert_string_equal(got, says);
      sla_calendar_unref(calendar);
    }
}

int main(void) {
  static const table hours = {"hours.tsv", columns, one_text};
  static const struct CMUnitTest others[] = {cmocka_unit_test(only_its_length_is_read),
                                             cmocka_unit_test(every_time_of_day)};
  return table_run("hours", &hours, 1, others, COUNT_OF(others));
}
