/* SPDX-License-Identifier: MIT */
/* A cursor over bytes that a caller hands in.  It keeps an offset only; lines and columns are
 * counted when an error is filled in.  May include: base. */
#ifndef SLA_LIB_TEXT_H
#define SLA_LIB_TEXT_H

#include "base.h"

typedef struct {
  const char *text;
  size_t length, offset;
} sla__cursor;

static inline bool sla__at_end(const sla__cursor *cursor) {
  return cursor->offset >= cursor->length;
}

/* The byte at the cursor, or 0 at the end (a zero byte in a text matches nothing either). */
static inline char sla__peek(const sla__cursor *cursor) {
  return sla__at_end(cursor) ? '\0' : cursor->text[cursor->offset];
}

static inline bool sla__is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool sla__is_alpha(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

/* Steps over one byte when it is this one. */
bool sla__take(sla__cursor *cursor, char c);
/* Steps over spaces, tabs and line ends. */
void sla__skip_blank(sla__cursor *cursor);
/* Between min and max decimal digits into *number; else nothing moves.  max <= 9. */
bool sla__take_digits(sla__cursor *cursor, int min, int max, int32_t *number);

/* Line and column of a byte, both from 1. */
void sla__position(const char *text, size_t offset, uint32_t *line, uint32_t *column);

/* Well-formed UTF-8 without control characters. */
bool sla__utf8_ok(const char *text, size_t length);

/* Writes a string with the convention of snprintf: at most capacity bytes, terminated. */
typedef struct {
  char *buffer;
  size_t capacity, length;
} sla__writer;
void sla__write(sla__writer *writer, const char *text, size_t length);
void sla__write_string(sla__writer *writer, const char *text);
void sla__write_number(sla__writer *writer, int64_t number);

#endif
