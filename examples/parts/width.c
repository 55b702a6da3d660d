/* SPDX-License-Identifier: MIT */
#include "width.h"

#include "utf8.h"
#include "width_ranges.h"

enum { ZERO_WIDTH_JOINER = 0x200D, EMOJI_PRESENTATION = 0xFE0F };

#define RANGES(table) table, sizeof table / sizeof *table

static bool is_in(const code_range *ranges, size_t count, uint32_t code) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (code > ranges[middle].last) low = middle + 1;
    else high = middle;
  }
  return low < count && code >= ranges[low].first;
}

static size_t alone(uint32_t code) {
  if (code < 0x80) return 1;
  if (is_in(RANGES(zero_width), code)) return 0;
  return is_in(RANGES(double_width), code) ? 2 : 1;
}

static bool is_skin_tone(uint32_t code) { return code >= 0x1F3FB && code <= 0x1F3FF; }
static bool is_flag_letter(uint32_t code) { return code >= 0x1F1E6 && code <= 0x1F1FF; }

/* Between two characters: how much the line has grown, and what the last one was. */
typedef struct {
  size_t columns, last; /* last: what that takes when it stands alone */
  uint32_t before;
  bool half_flag; /* it was the first letter of a flag */
  bool joined;    /* it belongs to the one before it, and they are not cut apart */
} pen;

/* What a code point adds behind the one before it. */
static size_t added(const pen *at, uint32_t code) {
  if (at->before == ZERO_WIDTH_JOINER && alone(code) == 2) return 0;
  if (is_skin_tone(code) && at->last == 2) return 0;
  if (code == EMOJI_PRESENTATION && at->last == 1 && at->before > 0x80) return 1;
  return alone(code);
}

static void move(pen *at, uint32_t code) {
  size_t more = added(at, code);
  bool second_letter = at->half_flag && is_flag_letter(code);
  at->joined = more == 0 || code == EMOJI_PRESENTATION || second_letter;
  at->half_flag = is_flag_letter(code) && !second_letter;
  at->columns += more;
  if (code != ZERO_WIDTH_JOINER) at->last = alone(code);
  at->before = code;
}

/* The bytes of the next character; those that are not UTF-8 count one by one. */
static size_t step(pen *at, const char *text, size_t length) {
  uint32_t code = 0xFFFD;
  size_t size = utf8_decode(text, length, &code);
  move(at, code);
  return size == 0 ? 1 : size;
}

size_t width_of(const char *text, size_t length) {
  pen at = {0};
  for (size_t i = 0; i < length;) i += step(&at, text + i, length - i);
  return at.columns;
}

static bool is_line_end(uint32_t code) {
  return (code >= 0x09 && code <= 0x0D) || code == 0x85 || code == 0x2028 || code == 0x2029;
}

static bool is_harmful(uint32_t code) {
  if (is_line_end(code)) return false;
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

void width_add_harmless(bytes *to, const char *text, size_t length) {
  for (size_t i = 0; i < length;) {
    uint32_t code = 0;
    size_t size = utf8_decode(text + i, length - i, &code);
    bool in_pair = code == '\r' && i + 1 < length && text[i + 1] == '\n';
    if (size == 0 || is_harmful(code)) bytes_add_text(to, "\xEF\xBF\xBD");
    else if (!is_line_end(code)) bytes_add(to, text + i, size);
    else if (!in_pair) bytes_add_char(to, ' ');
    i += size == 0 ? 1 : size;
  }
}

void width_add_cut(bytes *to, const char *text, size_t length, size_t columns) {
  pen at = {0};
  size_t fits = 0; /* bytes that leave a column for the ellipsis */
  if (columns == 0) return;
  for (size_t i = 0; i < length;) {
    size_t start = i, before = at.columns;
    i += step(&at, text + i, length - i);
    if (!at.joined && before < columns) fits = start;
    if (at.columns > columns) {
      bytes_add(to, text, fits);
      bytes_add_text(to, "\xE2\x80\xA6");
      return;
    }
  }
  bytes_add(to, text, length);
}
