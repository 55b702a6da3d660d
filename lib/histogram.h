/* SPDX-License-Identifier: MIT */
/* How many values there were of each length, in steps that grow with the length, so that a value is
 * known to one part in 64.  Counts of two histograms add up exactly, in any order.
 * May include: base mem error bytes. */
#ifndef SLA_LIB_HISTOGRAM_H
#define SLA_LIB_HISTOGRAM_H

#include "bytes.h"
#include "mem.h"

/* Values are lengths of time between valid instants. */
#define SLA__LENGTH_MAX (SLA_TIME_MAX - SLA_TIME_MIN)

#define SLA__STEPS_MAX 2176
#define SLA__BLOCK 16 /* steps */

/* The counts of some steps that follow each other. */
typedef struct {
  uint64_t counts[SLA__BLOCK];
} sla__block;

/* All zeros is an empty one. */
typedef struct {
  uint64_t count;
  int64_t sum;         /* exact */
  int64_t least, most; /* exact; of none 0 */
  sla__array blocks;   /* sla__block, in the order in which they were needed */
  uint8_t place[SLA__STEPS_MAX / SLA__BLOCK]; /* of the block of these steps, from 1; or 0 */
} sla__histogram;

/* Room for a value, one of so many (at most SLA__VALUES_MAX) that will be added, so that adding
 * them cannot fail: SLA_OK, SLA_E_MEMORY, or SLA_E_LIMIT when the sum might be more than a number
 * holds. */
#define SLA__VALUES_MAX ((size_t)(INT64_MAX / SLA__LENGTH_MAX))
int32_t sla__histogram_reserve(const sla_allocator *allocator, sla__histogram *histogram,
                               int64_t value, size_t among);
void sla__histogram_add(sla__histogram *histogram, int64_t value);

/* Codes as for reserve; after a failure `into` is fit only to be freed. */
int32_t sla__histogram_merge(const sla_allocator *allocator, sla__histogram *into,
                             const sla__histogram *from);
bool sla__histogram_copy(const sla_allocator *allocator, const sla__histogram *from,
                         sla__histogram *to);
void sla__histogram_free(const sla_allocator *allocator, sla__histogram *histogram);
/* Bytes that it holds besides itself. */
size_t sla__histogram_memory(const sla__histogram *histogram);

/* How many values lie in this step or below. */
uint64_t sla__histogram_up_to(const sla__histogram *histogram, uint32_t step);
/* The values of a step: from the first to the last, both included. */
uint32_t sla__step_of(int64_t value);
int64_t sla__step_first(uint32_t step);
int64_t sla__step_last(uint32_t step);

void sla__histogram_write(const sla__histogram *histogram, sla__sink *sink);
int32_t sla__histogram_read(sla__source *source, const sla_allocator *allocator,
                            sla__histogram *histogram);

#endif
