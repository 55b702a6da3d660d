/* SPDX-License-Identifier: MIT */
#include "mem.h"

#include <stdlib.h>

static void *standard_resize(void *context, void *pointer, size_t old_size, size_t new_size) {
  (void)context;
  (void)old_size;
  if (new_size == 0) {
    free(pointer);
    return NULL;
  }
  return realloc(pointer, new_size);
}

sla_allocator sla__mem_allocator(const sla_allocator *given) {
  if (given != NULL && given->resize != NULL) return *given;
  return (sla_allocator){standard_resize, NULL};
}

void *sla__mem_new(const sla_allocator *allocator, size_t size) {
  void *pointer = allocator->resize(allocator->context, NULL, 0, size);
  if (pointer != NULL) memset(pointer, 0, size);
  return pointer;
}

void *sla__mem_copy(const sla_allocator *allocator, const void *from, size_t size) {
  void *pointer = sla__mem_new(allocator, size);
  if (pointer != NULL) memcpy(pointer, from, size);
  return pointer;
}

void sla__mem_free(const sla_allocator *allocator, void *pointer, size_t size) {
  if (pointer != NULL) allocator->resize(allocator->context, pointer, size, 0);
}

static void *count(void *context, void *pointer, size_t old_size, size_t new_size) {
  (void)pointer;
  (void)new_size;
  *(size_t *)context += old_size;
  return NULL;
}

sla_allocator sla__mem_counter(size_t *held) { return (sla_allocator){count, held}; }

void *sla__array_push(const sla_allocator *allocator, sla__array *array, size_t element) {
  if (array->count == array->capacity) {
    size_t capacity = array->capacity == 0 ? 8 : array->capacity * 2;
    if (capacity > SIZE_MAX / element) return NULL;
    void *data = allocator->resize(allocator->context, array->data, array->capacity * element,
                                   capacity * element);
    if (data == NULL) return NULL;
    array->data = data;
    array->capacity = capacity;
  }
  void *slot = (char *)array->data + array->count++ * element;
  memset(slot, 0, element);
  return slot;
}

void *sla__array_insert(const sla_allocator *allocator, sla__array *array, size_t element,
                        size_t place) {
  if (sla__array_push(allocator, array, element) == NULL) return NULL;
  char *slot = (char *)array->data + place * element;
  memmove(slot + element, slot, (array->count - 1 - place) * element);
  return memset(slot, 0, element);
}

bool sla__array_copy(const sla_allocator *allocator, const sla__array *from, size_t element,
                     sla__array *to) {
  *to = (sla__array){0};
  if (from->count == 0) return true;
  to->data = sla__mem_copy(allocator, from->data, from->count * element);
  if (to->data == NULL) return false;
  to->count = to->capacity = from->count;
  return true;
}

void sla__array_trim(const sla_allocator *allocator, sla__array *array, size_t element) {
  if (array->count == array->capacity) return;
  if (array->count == 0) {
    sla__array_free(allocator, array, element);
    return;
  }
  void *data = allocator->resize(allocator->context, array->data, array->capacity * element,
                                 array->count * element);
  if (data == NULL) return;
  array->data = data;
  array->capacity = array->count;
}

void sla__array_free(const sla_allocator *allocator, sla__array *array, size_t element) {
  sla__mem_free(allocator, array->data, array->capacity * element);
  *array = (sla__array){0};
}

static int32_t key_of(const char *elements, size_t i, size_t size) {
  int32_t key;
  memcpy(&key, elements + i * size, sizeof key);
  return key;
}

static void exchange(char *elements, size_t i, size_t k, size_t size) {
  char held[64];
  memcpy(held, elements + i * size, size);
  memcpy(elements + i * size, elements + k * size, size);
  memcpy(elements + k * size, held, size);
}

static bool sorted(const char *elements, size_t count, size_t size) {
  for (size_t i = 1; i < count; i++)
    if (key_of(elements, i - 1, size) > key_of(elements, i, size)) return false;
  return true;
}

static void sift_down(char *elements, size_t root, size_t count, size_t size) {
  for (size_t child; (child = 2 * root + 1) < count; root = child) {
    if (child + 1 < count && key_of(elements, child, size) < key_of(elements, child + 1, size))
      child++;
    if (key_of(elements, root, size) >= key_of(elements, child, size)) return;
    exchange(elements, root, child, size);
  }
}

/* A heap: no recursion, no memory, and no input is bad. */
void sla__sort_by_first(void *elements, size_t count, size_t size) {
  if (sorted(elements, count, size)) return;
  for (size_t root = count / 2; root-- > 0;) sift_down(elements, root, count, size);
  for (size_t end = count; end-- > 1;) {
    exchange(elements, 0, end, size);
    sift_down(elements, 0, end, size);
  }
}

void sla__refs_init(sla__refs *refs) { atomic_init(&refs->count, 1); }

void sla__refs_take(sla__refs *refs) {
  atomic_fetch_add_explicit(&refs->count, 1, memory_order_relaxed);
}

bool sla__refs_drop(sla__refs *refs) {
  return atomic_fetch_sub_explicit(&refs->count, 1, memory_order_acq_rel) == 1;
}
