/* SPDX-License-Identifier: MIT */
/* Names of codes and sentences about errors, of both libraries. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sla/ical.h>

#include "support.h"

#define CODE(code) {code, #code}

static const struct {
  int32_t code;
  const char *name;
} codes[] = {
    CODE(SLA_ICAL_E_ENCODING),   CODE(SLA_ICAL_E_SYNTAX),      CODE(SLA_ICAL_E_SIZE),
    CODE(SLA_ICAL_E_LINE),       CODE(SLA_ICAL_E_NESTING),     CODE(SLA_ICAL_E_COMPONENTS),
    CODE(SLA_ICAL_E_PROPERTIES), CODE(SLA_ICAL_E_PARAMETERS),  CODE(SLA_ICAL_E_INSTANCES),
    CODE(SLA_ICAL_E_WINDOW),     CODE(SLA_ICAL_E_VALUE),       CODE(SLA_ICAL_E_RULE),
    CODE(SLA_ICAL_E_UNSUPPORTED), CODE(SLA_ICAL_E_ZONE),       CODE(SLA_ICAL_E_EVENT),
    CODE(SLA_ICAL_E_WORKDAY),
};

static bool is_ours(int32_t code) {
  for (size_t i = 0; i < COUNT_OF(codes); i++)
    if (codes[i].code == code) return true;
  return false;
}

static void every_code_has_its_name(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(codes); i++)
    assert_string_equal(sla_ical_code_name(codes[i].code), codes[i].name);
}

static void other_numbers_are_those_of_libsla(void **state) {
  (void)state;
  for (int32_t code = -200; code <= 50; code++)
    if (!is_ours(code)) assert_ptr_equal(sla_ical_code_name(code), sla_code_name(code));
  assert_null(sla_ical_code_name(INT32_MIN));
}

/* Ours ends as libsla ends its own about the same place. */
static void every_code_has_a_sentence_of_its_own(void **state) {
  char ours[300], before[300] = "", plain[300];
  const sla_error nothing = {0};
  size_t said = sla_error_text(&nothing, plain, sizeof plain) - 1;
  (void)state;
  for (size_t i = 0; i < COUNT_OF(codes); i++) {
    sla_error error = {INT64_MIN + 1, INT64_MIN, INT64_MIN, UINT32_MAX, UINT32_MAX, 0, 0, {0, 0}};
    sla_error_text(&error, plain, sizeof plain);
    error.code = codes[i].code;
    size_t length = sla_ical_error_text(&error, ours, sizeof ours);
    assert_int_equal(length, strlen(ours));
    assert_string_equal(strchr(ours, '('), plain + said + 1);
    assert_string_not_equal(ours, before);
    strcpy(before, ours);
  }
}

static void sentences_of_libsla_are_its_own(void **state) {
  char ours[300], its[300];
  (void)state;
  for (int32_t code = -60; code <= 1; code++) {
    const sla_error error = {1, 2, 3, 4, 5, code, 6, {0, 0}};
    assert_int_equal(sla_ical_error_text(&error, ours, sizeof ours),
                     sla_error_text(&error, its, sizeof its));
    assert_string_equal(ours, its);
  }
  sla_ical_error_text(NULL, ours, sizeof ours);
  assert_string_equal(ours, "no error.");
}

static void a_sentence_is_cut_where_the_buffer_ends(void **state) {
  sla_error error = {.code = SLA_ICAL_E_VALUE, .line = 3, .column = 9};
  static const char whole[] =
      "a property says when, and cannot be understood (line 3, column 9).";
  char text[sizeof whole + 8];
  (void)state;
  assert_int_equal(sla_ical_error_text(&error, NULL, 0), strlen(whole));
  for (size_t capacity = 1; capacity < sizeof text; capacity++) {
    memset(text, '#', sizeof text);
    assert_int_equal(sla_ical_error_text(&error, text, capacity), strlen(whole));
    size_t kept = capacity - 1 < strlen(whole) ? capacity - 1 : strlen(whole);
    assert_memory_equal(text, whole, kept);
    assert_int_equal(text[kept], '\0');
    if (capacity < sizeof text) assert_int_equal(text[kept + 1], '#');
  }
}

static void the_version_is_that_of_libsla(void **state) {
  (void)state;
  assert_int_equal(sla_ical_version(), sla_version());
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_code_has_its_name),
      cmocka_unit_test(other_numbers_are_those_of_libsla),
      cmocka_unit_test(every_code_has_a_sentence_of_its_own),
      cmocka_unit_test(sentences_of_libsla_are_its_own),
      cmocka_unit_test(a_sentence_is_cut_where_the_buffer_ends),
      cmocka_unit_test(the_version_is_that_of_libsla),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
