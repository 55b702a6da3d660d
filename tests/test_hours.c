/* SPDX-License-Identifier: MIT */
/* Hours text: what each form says.  What is refused, and where, is in test_errors. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

/* A text, and what it says as "weekdays opens-closes" with the mask in binary, Monday first. */
static const struct {
  const char *text, *says;
} texts[] = {
    {"Mo-Fr 09:00-17:00", "1111100 32400-61200"},
    {"Mo-Fr 09:00-12:30,13:30-18:00; Sa 10:00-14:00; Su closed",
     "1111100 32400-45000, 1111100 48600-64800, 0000010 36000-50400"},
    {"24/7", "1111111 0-86400"},
    {"  24/7  ", "1111111 0-86400"},
    {"09:00-17:00", "1111111 32400-61200"},
    {"Mo,We,Fr 9:00-17:00", "1010100 32400-61200"},
    {"Mo, We-Th , Su 9:00-17:00", "1011001 32400-61200"},
    {"Fr-Mo 22:00-06:00", "1000111 79200-21600"},
    {"Su-Sa 00:00-24:00", "1111111 0-86400"},
    {"Mo 22:00-00:00", "1000000 79200-0"},
    {"monday-FRIDAY 09:00:30-17:00:59", "1111100 32430-61259"},
    {"Mon-Wed 09:00-17:00", "1110000 32400-61200"},
    {"Mo 09:00 - 12:00 , 13:00 - 17:00", "1000000 32400-43200, 1000000 46800-61200"},
    {"Mo 09:00-10:00\nTu 10:00-11:00\r\nWe 11:00-12:00\n",
     "1000000 32400-36000, 0100000 36000-39600, 0010000 39600-43200"},
    {";; Mo 09:00-10:00 ;; Tu off; ", "1000000 32400-36000"},
    {"Mo 09:00-10:00,09:30-11:00", "1000000 32400-36000, 1000000 34200-39600"},
    {"Sa 23:59-24:00", "0000010 86340-86400"},
    {"Mo-Sa closed; Su 00:00-00:01", "0000001 0-60"},
};

static void describe(const sla_calendar *calendar, char *text, size_t capacity) {
  size_t used = 0;
  *text = '\0';
  for (uint32_t i = 0; i < sla_calendar_entry_count(calendar); i++) {
    sla_entry e;
    char days[8] = "0000000";
    assert_ok(sla_calendar_entry(calendar, i, &e, sizeof e));
    assert_number(e.kind, SLA_ENTRY_HOURS);
    assert_number(e.recurrence, SLA_WEEKLY);
    for (int d = 0; d < 7; d++)
      if (e.weekdays >> d & 1) days[d] = '1';
    used += (size_t)snprintf(text + used, capacity - used, "%s%s %d-%d", i > 0 ? ", " : "", days,
                             e.opens, e.closes);
    assert_true(used < capacity);
  }
}

static void one_text(void **state) {
  const char *text = ((const char *const *)*state)[0], *says = ((const char *const *)*state)[1];
  char got[512];
  sla_calendar *calendar = calendar_of("UTC", text);
  describe(calendar, got, sizeof got);
  assert_string_equal(got, says);
  sla_calendar_unref(calendar);
}

static void only_its_length_is_read(void **state) {
  sla_calendar_builder *builder = builder_of("UTC", "Mo 09:00-10:00");
  char got[512];
  (void)state;
  assert_ok(sla_calendar_builder_add_hours_text(builder, "Tu 10:00-11:00x", 14, NULL));
  sla_calendar *calendar = built(builder);
  describe(calendar, got, sizeof got);
  assert_string_equal(got, "1000000 32400-36000, 0100000 36000-39600");
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
      snprintf(says, sizeof says, "0010000 %d-%d", opens * 60, closes * 60);
      sla_calendar_builder *builder = builder_of("UTC", text);
      assert_ok(sla_calendar_builder_set_window(builder, 2024, 2024, NULL));
      sla_calendar *calendar = built(builder);
      describe(calendar, got, sizeof got);
      assert_string_equal(got, says);
      sla_calendar_unref(calendar);
    }
}

int main(void) {
  static struct CMUnitTest tests[COUNT_OF(texts) + 2];
  for (size_t i = 0; i < COUNT_OF(texts); i++)
    tests[i] = (struct CMUnitTest){strchr(texts[i].text, '\n') ? "a rule a line" : texts[i].text,
                                   one_text, NULL, NULL, (void *)&texts[i]};
  tests[COUNT_OF(texts)] = (struct CMUnitTest)cmocka_unit_test(only_its_length_is_read);
  tests[COUNT_OF(texts) + 1] = (struct CMUnitTest)cmocka_unit_test(every_time_of_day);
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
