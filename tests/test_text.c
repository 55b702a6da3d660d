/* SPDX-License-Identifier: MIT */
/* The cursor, positions, UTF-8 and the writer. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "support.h"
#include "text.h"

static void cursor_steps_and_stops(void **state) {
  sla__cursor cursor = {"ab\0c", 4, 0};
  (void)state;
  assert_int_equal(sla__peek(&cursor), 'a');
  assert_false(sla__take(&cursor, 'b'));
  assert_true(sla__take(&cursor, 'a'));
  assert_true(sla__take(&cursor, 'b'));
  assert_false(sla__at_end(&cursor));
  assert_int_equal(sla__peek(&cursor), 0);
  assert_true(sla__take(&cursor, '\0'));
  assert_true(sla__take(&cursor, 'c'));
  assert_true(sla__at_end(&cursor));
  assert_int_equal(sla__peek(&cursor), 0);
  assert_false(sla__take(&cursor, '\0'));
  assert_number((int64_t)cursor.offset, 4);
}

static void blanks_are_skipped(void **state) {
  sla__cursor cursor = {" \t\r\n x ", 7, 0};
  (void)state;
  sla__skip_blank(&cursor);
  assert_number((int64_t)cursor.offset, 5);
  sla__skip_blank(&cursor);
  assert_number((int64_t)cursor.offset, 5);
  assert_true(sla__take(&cursor, 'x'));
  sla__skip_blank(&cursor);
  assert_true(sla__at_end(&cursor));
}

static void digits_between_min_and_max(void **state) {
  static const struct {
    const char *text;
    int min, max;
    bool taken;
    int32_t number;
    size_t offset;
  } rows[] = {{"123", 1, 2, true, 12, 2},        {"1", 2, 2, false, -1, 0},
              {"", 1, 9, false, -1, 0},          {"x1", 1, 9, false, -1, 0},
              {"007:", 1, 9, true, 7, 3},        {"999999999", 1, 9, true, 999999999, 9},
              {"9999999991", 1, 9, true, 999999999, 9}, {"-1", 1, 9, false, -1, 0}};
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(rows); i++) {
    sla__cursor cursor = {rows[i].text, strlen(rows[i].text), 0};
    int32_t number = -1;
    assert_int_equal(sla__take_digits(&cursor, rows[i].min, rows[i].max, &number), rows[i].taken);
    assert_number(number, rows[i].number);
    assert_number((int64_t)cursor.offset, (int64_t)rows[i].offset);
  }
}

static void digits_end_with_the_text(void **state) {
  sla__cursor cursor = {"12345", 3, 0};
  int32_t number = -1;
  (void)state;
  assert_true(sla__take_digits(&cursor, 1, 9, &number));
  assert_number(number, 123);
}

static void positions_count_lines_and_bytes(void **state) {
  static const char text[] = "ab\n\ncde";
  static const uint32_t expected[][2] = {{1, 1}, {1, 2}, {1, 3}, {2, 1}, {3, 1}, {3, 2}, {3, 3},
                                         {3, 4}};
  (void)state;
  for (size_t offset = 0; offset < SLA__LENGTH(expected); offset++) {
    uint32_t line = 0, column = 0;
    sla__position(text, offset, &line, &column);
    assert_number(line, expected[offset][0]);
    assert_number(column, expected[offset][1]);
  }
}

/* Encodes by the definition, overlong forms included, so that every form can be asked about. */
static size_t encode(uint32_t point, int size, char *out) {
  static const unsigned char lead[5] = {0, 0, 0xC0, 0xE0, 0xF0};
  if (size == 1) return out[0] = (char)point, 1;
  for (int i = size - 1; i > 0; i--, point >>= 6) out[i] = (char)(0x80 | (point & 0x3F));
  out[0] = (char)(lead[size] | point);
  return (size_t)size;
}

static int shortest(uint32_t point) {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

static void utf8_of_every_code_point(void **state) {
  char bytes[4];
  (void)state;
  for (uint32_t point = 0; point <= 0x11FFFF; point++) {
    bool good = point >= 0x20 && point != 0x7F && !(point >= 0xD800 && point <= 0xDFFF) &&
                point <= 0x10FFFF;
    for (int size = shortest(point); size <= 4; size++) {
      size_t length = encode(point, size, bytes);
      if (sla__utf8_ok(bytes, length) != (good && size == shortest(point)))
        fail_msg("U+%04X in %d bytes", point, size);
      if (length > 1 && sla__utf8_ok(bytes, length - 1)) fail_msg("U+%04X cut short", point);
    }
  }
}

static void utf8_of_text(void **state) {
  (void)state;
  assert_true(sla__utf8_ok("", 0));
  assert_true(sla__utf8_ok("F\xC3\xAAte \xE2\x82\xAC", 9));
  assert_false(sla__utf8_ok("ab\x80", 3));
  assert_false(sla__utf8_ok("ab\xFF", 3));
  assert_false(sla__utf8_ok("\xC3(", 2));
  assert_false(sla__utf8_ok("a\nb", 3));
  assert_false(sla__utf8_ok("a\0b", 3));
}

static void writer_behaves_as_snprintf(void **state) {
  static const int64_t numbers[] = {0, 7, -7, 1234567890123, INT64_MAX, INT64_MIN};
  char want[64], got[64];
  (void)state;
  for (size_t i = 0; i < SLA__LENGTH(numbers); i++) {
    int length = snprintf(want, sizeof want, "n=%lld.", (long long)numbers[i]);
    for (size_t capacity = 0; capacity <= (size_t)length + 2; capacity++) {
      memset(got, '#', sizeof got);
      sla__writer writer = {got, capacity, 0};
      sla__write_string(&writer, "n=");
      sla__write_number(&writer, numbers[i]);
      sla__write(&writer, ".", 1);
      assert_number((int64_t)writer.length, length);
      size_t kept = capacity == 0 ? 0 : capacity - 1 < (size_t)length ? capacity - 1
                                                                      : (size_t)length;
      assert_memory_equal(got, want, kept);
      assert_int_equal(got[kept], capacity == 0 ? '#' : '\0');
      assert_int_equal(got[capacity], '#');
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(cursor_steps_and_stops),
      cmocka_unit_test(blanks_are_skipped),
      cmocka_unit_test(digits_between_min_and_max),
      cmocka_unit_test(digits_end_with_the_text),
      cmocka_unit_test(positions_count_lines_and_bytes),
      cmocka_unit_test(utf8_of_every_code_point),
      cmocka_unit_test(utf8_of_text),
      cmocka_unit_test(writer_behaves_as_snprintf),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
