/* SPDX-License-Identifier: MIT */
/* The caller's allocator, growable and sorted arrays, the reference count.  May include: base. */
#ifndef SLA_LIB_MEM_H
#define SLA_LIB_MEM_H

#include "base.h"

#include <stdatomic.h>

/* The allocator given, or realloc and free for NULL. */
sla_allocator sla__mem_allocator(const sla_allocator *given);

/* Zeroed memory of size > 0, or NULL. */
void *sla__mem_new(const sla_allocator *allocator, size_t size);
void *sla__mem_copy(const sla_allocator *allocator, const void *from, size_t size);
void sla__mem_free(const sla_allocator *allocator, void *pointer, size_t size);

/* One that gives no memory and takes none back, but adds up what is released: what a copy of an
 * object's parts would release is what the object holds. */
sla_allocator sla__mem_counter(size_t *held);

/* A growable array of elements of one size; all zeros is an empty one. */
typedef struct {
  void *data;
  size_t count, capacity;
} sla__array;

/* Room for one more element at the end, zeroed and counted, or NULL with nothing changed. */
void *sla__array_push(const sla_allocator *allocator, sla__array *array, size_t element);
/* The same, at a place among the others; those from there on move up. */
void *sla__array_insert(const sla_allocator *allocator, sla__array *array, size_t element,
                        size_t place);
/* Exactly as many elements as there are. */
bool sla__array_copy(const sla_allocator *allocator, const sla__array *from, size_t element,
                     sla__array *to);
/* Gives memory beyond count back; an array that cannot shrink stays as it is. */
void sla__array_trim(const sla_allocator *allocator, sla__array *array, size_t element);
void sla__array_free(const sla_allocator *allocator, sla__array *array, size_t element);

/* Sorts elements of at most 64 bytes by the int32_t they begin with. */
void sla__sort_by_first(void *elements, size_t count, size_t size);

typedef struct {
  atomic_size_t count;
} sla__refs;

void sla__refs_init(sla__refs *refs); /* one reference */
void sla__refs_take(sla__refs *refs);
bool sla__refs_drop(sla__refs *refs); /* true when it was the last */

#endif
