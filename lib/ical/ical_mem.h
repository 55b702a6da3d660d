/* SPDX-License-Identifier: MIT */
/* The caller's allocator, growable arrays, texts kept together.  May include: ical_base. */
#ifndef SLA_LIB_ICAL_MEM_H
#define SLA_LIB_ICAL_MEM_H

#include "ical_base.h"

/* The allocator given, or realloc and free for NULL. */
sla_allocator sla__ical_mem_allocator(const sla_allocator *given);

/* Zeroed memory of size > 0, or NULL. */
void *sla__ical_mem_new(const sla_allocator *allocator, size_t size);
void sla__ical_mem_free(const sla_allocator *allocator, void *pointer, size_t size);

/* A growable array of elements of one size; all zeros is an empty one.  It grows by a quarter, so
 * that a hostile file cannot make it hold much more than it needs. */
typedef struct {
  void *data;
  size_t count, capacity;
} sla__ical_array;

/* Room for one more element at the end, zeroed and counted, or NULL with nothing changed. */
void *sla__ical_array_push(const sla_allocator *allocator, sla__ical_array *array, size_t element);
/* Room for so many more, zeroed and counted; count may be 0.  False with nothing changed. */
bool sla__ical_array_extend(const sla_allocator *allocator, sla__ical_array *array, size_t element,
                            size_t count);
/* Gives memory beyond count back; an array that cannot shrink stays as it is. */
void sla__ical_array_trim(const sla_allocator *allocator, sla__ical_array *array, size_t element);
void sla__ical_array_free(const sla_allocator *allocator, sla__ical_array *array, size_t element);

/* Sorts elements of at most 64 bytes; equal ones in any order.  No recursion and no memory, and no
 * input is bad. */
typedef int (*sla__ical_order)(const void *context, const void *a, const void *b);
void sla__ical_sort(void *elements, size_t count, size_t size, sla__ical_order order,
                    const void *context);

/* A text in an array of bytes: its place and length there, since the bytes move as they grow. */
typedef struct {
  uint32_t offset, length;
} sla__ical_text;

bool sla__ical_text_add(const sla_allocator *allocator, sla__ical_array *bytes,
                        sla__ical_slice slice, sla__ical_text *text);
sla__ical_slice sla__ical_text_get(const sla__ical_array *bytes, sla__ical_text text);

#endif
