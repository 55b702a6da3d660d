/* SPDX-License-Identifier: MIT */
#include "text.h"

bool sla__take(sla__cursor *cursor, char c) {
  if (sla__at_end(cursor) || cursor->text[cursor->offset] != c) return false;
  cursor->offset++;
  return true;
}

void sla__skip_blank(sla__cursor *cursor) {
  while (sla__take(cursor, ' ') || sla__take(cursor, '\t') || sla__take(cursor, '\n') ||
         sla__take(cursor, '\r')) {
  }
}

bool sla__take_digits(sla__cursor *cursor, int min, int max, int32_t *number) {
  int32_t value = 0;
  int count = 0;
  size_t from = cursor->offset;
  while (count < max && sla__is_digit(sla__peek(cursor))) {
    value = value * 10 + (cursor->text[cursor->offset++] - '0');
    count++;
  }
  if (count < min) {
    cursor->offset = from;
    return false;
  }
  *number = value;
  return true;
}

void sla__position(const char *text, size_t offset, uint32_t *line, uint32_t *column) {
  uint32_t lines = 1;
  size_t start = 0;
  for (size_t i = 0; i < offset; i++) {
    if (text[i] != '\n') continue;
    lines++;
    start = i + 1;
  }
  *line = lines;
  *column = (uint32_t)(offset - start) + 1;
}

/* Length of the well-formed sequence at the start of the bytes, 0 when there is none. */
static size_t utf8_length(const unsigned char *bytes, size_t length) {
  static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
  size_t size = bytes[0] < 0x80 ? 1 : bytes[0] < 0xC0 ? 0 : bytes[0] < 0xE0 ? 2
                : bytes[0] < 0xF0 ? 3 : bytes[0] < 0xF8 ? 4 : 0;
  if (size == 0 || size > length) return 0;
  if (size == 1) return bytes[0] < 0x20 || bytes[0] == 0x7F ? 0 : 1;
  uint32_t point = bytes[0] & (0x7Fu >> size);
  for (size_t i = 1; i < size; i++) {
    if ((bytes[i] & 0xC0) != 0x80) return 0;
    point = point << 6 | (bytes[i] & 0x3F);
  }
  bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  return point < least[size] || point > 0x10FFFF || surrogate ? 0 : size;
}

bool sla__utf8_ok(const char *text, size_t length) {
  const unsigned char *bytes = (const unsigned char *)text;
  size_t i = 0;
  while (i < length) {
    size_t size = utf8_length(bytes + i, length - i);
    if (size == 0) return false;
    i += size;
  }
  return true;
}

void sla__write(sla__writer *writer, const char *text, size_t length) {
  for (size_t i = 0; i < length; i++, writer->length++)
    if (writer->length + 1 < writer->capacity) writer->buffer[writer->length] = text[i];
  if (writer->capacity > 0) {
    size_t end = writer->length < writer->capacity ? writer->length : writer->capacity - 1;
    writer->buffer[end] = '\0';
  }
}

void sla__write_string(sla__writer *writer, const char *text) {
  sla__write(writer, text, strlen(text));
}

void sla__write_number(sla__writer *writer, int64_t number) {
  char digits[24];
  size_t at = sizeof digits;
  uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
  do {
    digits[--at] = (char)('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  if (number < 0) digits[--at] = '-';
  sla__write(writer, digits + at, sizeof digits - at);
}
