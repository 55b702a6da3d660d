/* SPDX-License-Identifier: MIT */
#include "ical_base.h"

#define RECORD_MAX 4096

int64_t sla__ical_days(sla_date date) {
  int32_t days = 0;
  (void)sla_date_to_days(date, &days);
  return days;
}

sla_date sla__ical_date(int64_t days) {
  sla_date date = 0;
  (void)sla_date_from_days((int32_t)days, &date);
  return date;
}

static int32_t fill(sla_error *error, sla_error with) {
  if (error != NULL) *error = with;
  return with.code;
}

int32_t sla__ical_fail(sla_error *error, int32_t code) {
  return fill(error, (sla_error){.code = code});
}

int32_t sla__ical_fail_null(sla_error *error, uint32_t argument) {
  return fill(error, (sla_error){.code = SLA_E_NULL, .argument = argument});
}

int32_t sla__ical_fail_argument(sla_error *error, int32_t code, uint32_t argument, int64_t value,
                                int64_t limit) {
  return fill(error,
              (sla_error){.code = code, .argument = argument, .value = value, .limit = limit});
}

int32_t sla__ical_fail_index(sla_error *error, int32_t code, int64_t index, int64_t value,
                             int64_t limit) {
  return fill(error, (sla_error){.code = code, .index = index, .value = value, .limit = limit});
}

bool sla__ical_size_ok(size_t size, size_t known) {
  return size >= known && size <= RECORD_MAX && size % sizeof(int32_t) == 0 &&
         (known % sizeof(int64_t) != 0 || size % sizeof(int64_t) == 0);
}

bool sla__ical_record_known(const void *record, size_t size, size_t known) {
  const unsigned char *bytes = record;
  for (size_t i = known; i < size; i++)
    if (bytes[i] != 0) return false;
  return true;
}

void sla__ical_record_write(void *to, size_t size, const void *from, size_t known) {
  memcpy(to, from, known);
  memset((char *)to + known, 0, size - known);
}

bool sla__ical_same_ignoring_case(sla__ical_slice a, sla__ical_slice b) {
  if (a.length != b.length) return false;
  for (size_t i = 0; i < a.length; i++)
    if (sla__ical_upper(a.text[i]) != sla__ical_upper(b.text[i])) return false;
  return true;
}

bool sla__ical_is(sla__ical_slice slice, const char *word) {
  for (size_t i = 0; i < slice.length; i++)
    if (word[i] == '\0' || sla__ical_upper(slice.text[i]) != word[i]) return false;
  return word[slice.length] == '\0';
}

int sla__ical_compare(sla__ical_slice a, sla__ical_slice b) {
  size_t shared = a.length < b.length ? a.length : b.length;
  int order = shared == 0 ? 0 : memcmp(a.text, b.text, shared);
  return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

sla__ical_slice sla__ical_trimmed(sla__ical_slice slice) {
  for (; slice.length > 0 && is_blank(slice.text[0]); slice.length--) slice.text++;
  while (slice.length > 0 && is_blank(slice.text[slice.length - 1])) slice.length--;
  return slice;
}

bool sla__ical_next_value(sla__ical_slice *list, sla__ical_slice *value) {
  if (list->text == NULL) return false;
  size_t length = 0;
  while (length < list->length && list->text[length] != ',') length++;
  *value = (sla__ical_slice){list->text, length};
  bool last = length == list->length;
  *list = last ? (sla__ical_slice){NULL, 0}
               : (sla__ical_slice){list->text + length + 1, list->length - length - 1};
  return true;
}

size_t sla__ical_utf8_length(const char *text, size_t length) {
  static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
  const unsigned char *bytes = (const unsigned char *)text;
  size_t size = bytes[0] < 0x80 ? 1 : bytes[0] < 0xC0 ? 0 : bytes[0] < 0xE0 ? 2
                : bytes[0] < 0xF0 ? 3 : bytes[0] < 0xF8 ? 4 : 0;
  if (size <= 1) return size;
  if (size > length) return 0;
  uint32_t point = bytes[0] & (0x7Fu >> size);
  for (size_t i = 1; i < size; i++) {
    if ((bytes[i] & 0xC0) != 0x80) return 0;
    point = point << 6 | (bytes[i] & 0x3F);
  }
  bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  return point < least[size] || point > 0x10FFFF || surrogate ? 0 : size;
}

int32_t sla__ical_check_text(sla__ical_slice text, size_t least, size_t most, uint32_t argument,
                             sla_error *error) {
  if (text.text == NULL && (text.length > 0 || least > 0))
    return sla__ical_fail_null(error, argument);
  if (text.length < least || text.length > most)
    return sla__ical_fail_argument(error, SLA_E_NAME, argument,
                                   text.length < INT64_MAX ? (int64_t)text.length : INT64_MAX,
                                   (int64_t)(text.length < least ? least : most));
  for (size_t i = 0, size; i < text.length; i += size) {
    size = sla__ical_utf8_length(text.text + i, text.length - i);
    if (size == 0 || text.text[i] == '\0')
      return sla__ical_fail_argument(error, SLA_E_NAME, argument, 0, 0);
  }
  return SLA_OK;
}
