/* SPDX-License-Identifier: MIT */
/* What every file of the core may rely on: the public interface, division that rounds down, the
 * rule for the sizes of records.  Includes nothing else of lib/. */
#ifndef SLA_LIB_BASE_H
#define SLA_LIB_BASE_H

#include <sla/sla.h>
#include <stdbool.h>
#include <string.h>

#define SLA__DAY 86400
#define SLA__WEEK 604800

/* Arrays of records are walked by the caller's stride. */
#define SLA__AT(type, array, stride, i) \
  ((type *)((char *)(array) + (size_t)(i) * (size_t)(stride)))
#define SLA__CONST_AT(type, array, stride, i) \
  ((const type *)((const char *)(array) + (size_t)(i) * (size_t)(stride)))

/* A larger record than we know comes from a later version: the cap keeps nonsense out. */
#define SLA__RECORD_MAX 4096

#define SLA__LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static inline int64_t sla__floor_div(int64_t a, int64_t b) { /* b > 0 */
  return a / b - (a % b < 0);
}

static inline int64_t sla__floor_mod(int64_t a, int64_t b) { /* b > 0 */
  int64_t r = a % b;
  return r < 0 ? r + b : r;
}

static inline int64_t sla__min(int64_t a, int64_t b) { return a < b ? a : b; }
static inline int64_t sla__max(int64_t a, int64_t b) { return a > b ? a : b; }

/* The end of a range that a value outside it has passed. */
static inline int64_t sla__nearer(int64_t value, int64_t least, int64_t most) {
  return value < least ? least : most;
}

static inline bool sla__valid_time(sla_time at) {
  return at >= SLA_TIME_MIN && at <= SLA_TIME_MAX;
}

/* A stride the records of which stay aligned, and that holds at least what version 1 held. */
static inline bool sla__size_ok(size_t size, size_t known) {
  return size >= known && size <= SLA__RECORD_MAX && size % sizeof(int32_t) == 0 &&
         (known % sizeof(int64_t) != 0 || size % sizeof(int64_t) == 0);
}

/* Input: bytes that this version does not know must say nothing. */
static inline bool sla__record_known(const void *record, size_t size, size_t known) {
  const unsigned char *bytes = record;
  for (size_t i = known; i < size; i++)
    if (bytes[i] != 0) return false;
  return true;
}

/* Output: what we know, then zeros. */
static inline void sla__record_end(void *to, size_t size, size_t known) {
  if (size > known) memset((char *)to + known, 0, size - known);
}
static inline void sla__record_write(void *to, size_t size, const void *from, size_t known) {
  memcpy(to, from, known);
  sla__record_end(to, size, known);
}

_Static_assert(sizeof(sla_error) == 48, "sla_error is frozen");
_Static_assert(sizeof(sla_civil) == 8, "no padding");
_Static_assert(sizeof(sla_entry) == 36, "no padding");
_Static_assert(sizeof(sla_interval) == 16, "no padding");
_Static_assert(sizeof(sla_target) == 56, "no padding");
_Static_assert(sizeof(sla_event) == 24, "no padding");
_Static_assert(sizeof(sla_row) == 56, "no padding");
_Static_assert(sizeof(sla_result) == 144, "no padding");
_Static_assert(sizeof(sla_rollup) == 32, "no padding");
_Static_assert(sizeof(sla_trigger) == 32, "no padding");
_Static_assert(sizeof(sla_metric_rule) == 208, "no padding");
_Static_assert(sizeof(sla_lint) == 32, "no padding");
_Static_assert(sizeof(sla_totals) == 64, "no padding");
_Static_assert(sizeof(sla_label) == 8, "no padding");
_Static_assert(sizeof(sla_property) == 16, "no padding");
_Static_assert(sizeof(sla_fact) == 16, "no padding");
_Static_assert(sizeof(sla_condition) == 24, "no padding");
_Static_assert(sizeof(sla_rule) == 16, "no padding");
_Static_assert(sizeof(sla_match) == 8, "no padding");
_Static_assert(sizeof(sla_verdict) == 8, "no padding");
_Static_assert(sizeof(sla_rules_lint) == 16, "no padding");
_Static_assert(sizeof(sla_agreement) == 8, "no padding");
_Static_assert(sizeof(sla_policy_version) == 24, "no padding");
_Static_assert(sizeof(sla_outcome) == 32, "no padding");
_Static_assert(sizeof(sla_policy_change) == 40, "no padding");
_Static_assert(sizeof(sla_history) == 32, "no padding");
_Static_assert(sizeof(sla_ticket_counts) == 48, "no padding");
_Static_assert(sizeof(sla_metric_counts) == 128, "no padding");
_Static_assert(sizeof(sla_objective) == 40, "no padding");
_Static_assert(sizeof(sla_standing) == 40, "no padding");
_Static_assert(sizeof(sla_tally) == 48, "no padding");

#endif
