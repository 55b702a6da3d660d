/* SPDX-License-Identifier: MIT */
/* What every file of libsla-ical may rely on: the public interfaces, slices of text, what a parser
 * says about a bad one, filling in an sla_error.  Includes nothing else of lib/. */
#ifndef SLA_LIB_ICAL_BASE_H
#define SLA_LIB_ICAL_BASE_H

#include <sla/ical.h>
#include <stdbool.h>
#include <string.h>

#define SLA__ICAL_DAY 86400
#define SLA__ICAL_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* A wall clock without a zone: days since 1970-01-01 times 86400, and the second of the day. */
typedef int64_t sla__ical_wall;

/* Borrowed text, not terminated. */
typedef struct {
  const char *text;
  size_t length;
} sla__ical_slice;

/* What is wrong with a text; all zeros when nothing is. */
typedef struct {
  int32_t code;
  uint32_t offset; /* of the byte in the text */
  int64_t value, limit;
} sla__ical_fault;

static inline int64_t sla__ical_min(int64_t a, int64_t b) { return a < b ? a : b; }
static inline int64_t sla__ical_max(int64_t a, int64_t b) { return a > b ? a : b; }

static inline int64_t sla__ical_floor_div(int64_t a, int64_t b) { /* b > 0 */
  return a / b - (a % b < 0);
}

static inline int64_t sla__ical_day_of(sla__ical_wall wall) {
  return sla__ical_floor_div(wall, SLA__ICAL_DAY);
}

static inline int32_t sla__ical_second_of(sla__ical_wall wall) {
  return (int32_t)(wall - sla__ical_day_of(wall) * SLA__ICAL_DAY);
}

static inline int32_t sla__ical_weekday(int64_t day) { /* Monday is 0 */
  return (int32_t)(day + 3 - sla__ical_floor_div(day + 3, 7) * 7);
}

/* A valid date as a day number, and back. */
int64_t sla__ical_days(sla_date date);
sla_date sla__ical_date(int64_t days);

/* Each fills in the error, if there is one, and returns the code. */
int32_t sla__ical_fail(sla_error *error, int32_t code);
int32_t sla__ical_fail_null(sla_error *error, uint32_t argument);
int32_t sla__ical_fail_argument(sla_error *error, int32_t code, uint32_t argument, int64_t value,
                                int64_t limit);
int32_t sla__ical_fail_index(sla_error *error, int32_t code, int64_t index, int64_t value,
                             int64_t limit);

/* The rule for the sizes of records: see <sla/sla.h>. */
bool sla__ical_size_ok(size_t size, size_t known);
bool sla__ical_record_known(const void *record, size_t size, size_t known);
void sla__ical_record_write(void *to, size_t size, const void *from, size_t known);

/* ASCII only, so that no locale matters. */
static inline char sla__ical_upper(char c) {
  return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}
bool sla__ical_same_ignoring_case(sla__ical_slice a, sla__ical_slice b);
bool sla__ical_is(sla__ical_slice slice, const char *word); /* in upper case, and ignoring case */
int sla__ical_compare(sla__ical_slice a, sla__ical_slice b); /* by bytes, as memcmp */

/* Without the spaces and tabs around it. */
sla__ical_slice sla__ical_trimmed(sla__ical_slice slice);
/* Takes the text before the next comma, or the last, off the front; false when none is left. */
bool sla__ical_next_value(sla__ical_slice *list, sla__ical_slice *value);

/* The length of the well-formed UTF-8 sequence that begins the bytes; 0 when none does. */
size_t sla__ical_utf8_length(const char *bytes, size_t length);
/* Text that is a parameter: UTF-8 without a zero, of so many bytes, or SLA_E_NULL or SLA_E_NAME. */
int32_t sla__ical_check_text(sla__ical_slice text, size_t least, size_t most, uint32_t argument,
                             sla_error *error);

_Static_assert(sizeof(sla_ical_limits) == 40, "no padding");
_Static_assert(sizeof(sla_ical_source) == 12, "no padding");
_Static_assert(sizeof(sla_ical_summary) == 28, "no padding");

#endif
