/* SPDX-License-Identifier: MIT */
#include "utf8.h"

/* The length that a first byte announces, its payload, and the least code that needs the length. */
static size_t announced(unsigned char first, uint32_t *payload, uint32_t *least) {
  static const struct {
    unsigned char mask, mark;
    uint32_t least;
  } forms[] = {{0x80, 0x00, 0}, {0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};
  for (size_t i = 0; i < 4; i++)
    if ((first & forms[i].mask) == forms[i].mark) {
      *payload = first & (unsigned char)~forms[i].mask;
      *least = forms[i].least;
      return i + 1;
    }
  return 0;
}

size_t utf8_decode(const char *text, size_t length, uint32_t *code) {
  uint32_t value = 0, least = 0;
  size_t size = length == 0 ? 0 : announced((unsigned char)text[0], &value, &least);
  if (size == 0 || size > length) return 0;
  for (size_t i = 1; i < size; i++) {
    unsigned char byte = (unsigned char)text[i];
    if ((byte & 0xC0) != 0x80) return 0;
    value = value << 6 | (byte & 0x3Fu);
  }
  if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 0;
  *code = value;
  return size;
}

bool utf8_is_valid(const char *text, size_t length) {
  uint32_t code;
  for (size_t at = 0, size; at < length; at += size)
    if ((size = utf8_decode(text + at, length - at, &code)) == 0) return false;
  return true;
}
