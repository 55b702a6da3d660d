/* SPDX-License-Identifier: MIT */
#include "ical_lines.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

char *written(const sla_ical_writer *writer) {
  size_t length = 0, again = 0;
  assert_ok(sla_ical_writer_text(writer, NULL, 0, &length));
  char *file = malloc(length + 1);
  assert_non_null(file);
  memset(file, '#', length + 1);
  assert_ok(sla_ical_writer_text(writer, file, length, &again));
  assert_int_equal(again, length);
  assert_int_equal(file[length], '#');
  file[length] = '\0';
  assert_int_equal(strlen(file), length);
  return file;
}

char *unfolded(const char *file) {
  char *lines = malloc(strlen(file) + 1);
  size_t at = 0;
  assert_non_null(lines);
  while (*file != '\0') {
    const char *end = strchr(file, '\n');
    if (end == NULL || end == file || end[-1] != '\r') fail_msg("no CRLF: %s", file);
    size_t length = (size_t)(end - file) - 1;
    if (length > 75) fail_msg("%zu bytes: %.*s", length, (int)length, file);
    if (*file == ' ') {
      if (((unsigned char)file[1] & 0xC0) == 0x80) fail_msg("a fold in a character: %s", file);
      file++, length--, at--;
    }
    memcpy(lines + at, file, length);
    at += length;
    lines[at++] = '\n';
    file = end + 1;
  }
  lines[at] = '\0';
  return lines;
}

int count_lines(const char *lines, const char *line) {
  int count = 0;
  size_t length = strlen(line);
  for (const char *at = lines; *at != '\0'; at = strchr(at, '\n') + 1)
    count += strncmp(at, line, length) == 0 && at[length] == '\n';
  return count;
}

bool has_line(const char *lines, const char *line) { return count_lines(lines, line) > 0; }
