/* SPDX-License-Identifier: MIT */
#include "bytes.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void *resized(void *pointer, size_t count, size_t size) {
  void *result = count > SIZE_MAX / size ? NULL : realloc(pointer, count * size);
  if (result == NULL) {
    fprintf(stderr, "%s: out of memory\n", program_name);
    exit(2);
  }
  return result;
}

void *need(size_t count, size_t size) {
  size_t at_least = count == 0 ? 1 : count;
  void *result = resized(NULL, at_least, size);
  memset(result, 0, at_least * size);
  return result;
}

void *need_one_more(void *array, size_t count, size_t *capacity, size_t size) {
  if (count < *capacity) return array;
  *capacity = *capacity < 16 ? 16 : *capacity + *capacity / 2;
  return resized(array, *capacity, size);
}

static void reserve(bytes *to, size_t more) {
  if (to->capacity - to->length > more) return;
  to->capacity = to->length + more + to->length / 2 + 32;
  to->data = resized(to->data, to->capacity, 1);
}

void bytes_add(bytes *to, const char *data, size_t length) {
  reserve(to, length);
  if (length != 0) memcpy(to->data + to->length, data, length);
  to->length += length;
  to->data[to->length] = '\0';
}

void bytes_add_char(bytes *to, char c) { bytes_add(to, &c, 1); }

void bytes_add_text(bytes *to, const char *text) { bytes_add(to, text, strlen(text)); }

void bytes_format(bytes *to, const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, arguments);
  if (length > 0) {
    reserve(to, (size_t)length);
    vsnprintf(to->data + to->length, (size_t)length + 1, format, again);
    to->length += (size_t)length;
  }
  va_end(again);
  va_end(arguments);
}

void bytes_clear(bytes *to) {
  to->length = 0;
  if (to->data != NULL) to->data[0] = '\0';
}

void bytes_print(bytes *text, FILE *to) {
  if (text->length != 0) fwrite(text->data, 1, text->length, to);
  bytes_clear(text);
}

void bytes_free(bytes *to) {
  free(to->data);
  *to = (bytes){0};
}

const char *bytes_text(const bytes *of) { return of->data == NULL ? "" : of->data; }
