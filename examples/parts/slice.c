/* SPDX-License-Identifier: MIT */
#include "slice.h"

#include <string.h>

slice slice_of(const char *text) { return (slice){text, strlen(text)}; }

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

slice slice_trim(slice s) {
  while (s.length > 0 && is_blank(s.text[0])) s = (slice){s.text + 1, s.length - 1};
  while (s.length > 0 && is_blank(s.text[s.length - 1])) s.length--;
  return s;
}

bool slice_next(slice *rest, char separator, slice *part) {
  if (rest->text == NULL) return false;
  size_t end = 0;
  while (end < rest->length && rest->text[end] != separator) end += rest->text[end] == '\\' ? 2 : 1;
  bool last = end >= rest->length;
  if (last) end = rest->length;
  *part = slice_trim((slice){rest->text, end});
  *rest = last ? (slice){NULL, 0} : (slice){rest->text + end + 1, rest->length - end - 1};
  return true;
}

bool slice_cut(slice s, char separator, slice *head, slice *tail) {
  const char *at = s.length == 0 ? NULL : memchr(s.text, separator, s.length);
  size_t length = at == NULL ? s.length : (size_t)(at - s.text);
  *head = slice_trim((slice){s.text, length});
  *tail = at == NULL ? (slice){"", 0} : slice_trim((slice){at + 1, s.length - length - 1});
  return at != NULL;
}

static char folded(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

bool slice_is(slice s, const char *text) {
  for (size_t i = 0; i < s.length; i++)
    if (text[i] == '\0' || folded(s.text[i]) != folded(text[i])) return false;
  return text[s.length] == '\0';
}

static bool joins(char c) { return is_blank(c) || c == '_' || c == '-'; }

bool slice_is_word(slice s, const char *word) {
  for (size_t i = 0; i < s.length; i++) {
    if (joins(s.text[i])) continue;
    while (joins(*word)) word++;
    if (*word == '\0' || folded(s.text[i]) != folded(*word)) return false;
    word++;
  }
  while (joins(*word)) word++;
  return *word == '\0';
}

bool slice_number(slice s, int64_t max, int64_t *number) {
  int64_t value = 0;
  if (s.length == 0) return false;
  for (size_t i = 0; i < s.length; i++) {
    if (s.text[i] < '0' || s.text[i] > '9') return false;
    if (value > (max - (s.text[i] - '0')) / 10) return false;
    value = value * 10 + (s.text[i] - '0');
  }
  *number = value;
  return true;
}
