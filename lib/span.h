/* SPDX-License-Identifier: MIT */
/* Sorted lists of half-open stretches of seconds within a day or a week, and a pool that keeps
 * each different list once.  May include: base mem. */
#ifndef SLA_LIB_SPAN_H
#define SLA_LIB_SPAN_H

#include "mem.h"

typedef struct {
  int32_t from, to;
} sla__span;

/* Sorts, merges what overlaps or touches, drops what is empty; returns how many are left. */
size_t sla__span_tidy(sla__span *spans, size_t count);

/* What of one tidy list lies in none of another; `out` has room for both counts together. */
size_t sla__span_cut(const sla__span *spans, size_t count, const sla__span *holes,
                     size_t hole_count, sla__span *out);

/* The same stretch in a pool, with the seconds of its list that lie before it. */
typedef struct {
  int32_t from, to, before;
} sla__stretch;

typedef struct {
  const sla__stretch *stretches;
  uint32_t count;
  int32_t total; /* seconds */
} sla__list;

typedef struct {
  uint32_t first, count, hash;
  int32_t total;
} sla__pooled;

/* List 0 of a pool is the empty one.  A pool holds at most SLA__POOL_MAX lists, and
 * SLA__STRETCHES_MAX stretches in all: hours that no business keeps. */
typedef struct {
  sla__array stretches; /* sla__stretch */
  sla__array lists;     /* sla__pooled */
} sla__pool;

#define SLA__POOL_MAX 65535
#define SLA__STRETCHES_MAX 262144

/* Puts the number of the tidy list into *id: SLA_OK, SLA_E_MEMORY or SLA_E_LIMIT. */
int32_t sla__pool_intern(const sla_allocator *allocator, sla__pool *pool, const sla__span *spans,
                         size_t count, uint16_t *id);
void sla__pool_trim(const sla_allocator *allocator, sla__pool *pool);
void sla__pool_free(const sla_allocator *allocator, sla__pool *pool);

static inline sla__list sla__pool_list(const sla__pool *pool, uint16_t id) {
  const sla__pooled *list = (const sla__pooled *)pool->lists.data + id;
  const sla__stretch *stretches = pool->stretches.data; /* NULL when every list is empty */
  return (sla__list){list->count == 0 ? NULL : stretches + list->first, list->count, list->total};
}

/* The first stretch that ends after a second, or count. */
uint32_t sla__list_at(sla__list list, int32_t second);
/* Seconds of the list before a second. */
int32_t sla__list_before(sla__list list, int32_t second);
/* The second that has n of the list before it and belongs to it; 0 <= n < total. */
int32_t sla__list_nth(sla__list list, int32_t n);
/* The second that has n outside the list before it and lies outside, also past the last stretch. */
int32_t sla__list_nth_outside(sla__list list, int32_t n);

#endif
