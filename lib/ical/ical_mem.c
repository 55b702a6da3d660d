/* SPDX-License-Identifier: MIT */
#include "ical_mem.h"

#include <stdlib.h>

static void *plain_resize(void *context, void *pointer, size_t old_size, size_t new_size) {
  (void)context;
  (void)old_size;
  if (new_size == 0) {
    free(pointer);
    return NULL;
  }
  return realloc(pointer, new_size);
}

sla_allocator sla__ical_mem_allocator(const sla_allocator *given) {
  if (given != NULL && given->resize != NULL) return *given;
  return (sla_allocator){plain_resize, NULL};
}

void *sla__ical_mem_new(const sla_allocator *allocator, size_t size) {
  void *pointer = allocator->resize(allocator->context, NULL, 0, size);
  if (pointer != NULL) memset(pointer, 0, size);
  return pointer;
}

void sla__ical_mem_free(const sla_allocator *allocator, void *pointer, size_t size) {
  if (pointer != NULL) allocator->resize(allocator->context, pointer, size, 0);
}

static bool make_room(const sla_allocator *allocator, sla__ical_array *array, size_t element,
                      size_t count) {
  size_t capacity = array->capacity + array->capacity / 4;
  if (array->capacity - array->count >= count) return true;
  if (count > SIZE_MAX / 2 / element - array->count) return false;
  if (capacity < array->count + count) capacity = array->count + count;
  if (capacity < 8 && element < 64) capacity = 8;
  void *data = allocator->resize(allocator->context, array->data, array->capacity * element,
                                 capacity * element);
  if (data == NULL) return false;
  array->data = data;
  array->capacity = capacity;
  return true;
}

bool sla__ical_array_extend(const sla_allocator *allocator, sla__ical_array *array, size_t element,
                            size_t count) {
  if (count == 0) return true;
  if (!make_room(allocator, array, element, count)) return false;
  memset((char *)array->data + array->count * element, 0, count * element);
  array->count += count;
  return true;
}

void *sla__ical_array_push(const sla_allocator *allocator, sla__ical_array *array,
                           size_t element) {
  if (!sla__ical_array_extend(allocator, array, element, 1)) return NULL;
  return (char *)array->data + (array->count - 1) * element;
}

void sla__ical_array_trim(const sla_allocator *allocator, sla__ical_array *array, size_t element) {
  if (array->count == array->capacity) return;
  if (array->count == 0) {
    sla__ical_array_free(allocator, array, element);
    return;
  }
  void *data = allocator->resize(allocator->context, array->data, array->capacity * element,
                                 array->count * element);
  if (data == NULL) return;
  array->data = data;
  array->capacity = array->count;
}

void sla__ical_array_free(const sla_allocator *allocator, sla__ical_array *array, size_t element) {
  sla__ical_mem_free(allocator, array->data, array->capacity * element);
  *array = (sla__ical_array){0};
}

/* ---- sorting ---- */

typedef struct {
  char *elements;
  size_t size;
  sla__ical_order order;
  const void *context;
} heap;

static int order_of(const heap *h, size_t i, size_t k) {
  return h->order(h->context, h->elements + i * h->size, h->elements + k * h->size);
}

static void exchange(const heap *h, size_t i, size_t k) {
  char held[64];
  memcpy(held, h->elements + i * h->size, h->size);
  memcpy(h->elements + i * h->size, h->elements + k * h->size, h->size);
  memcpy(h->elements + k * h->size, held, h->size);
}

static void sift_down(const heap *h, size_t root, size_t count) {
  for (size_t child; (child = 2 * root + 1) < count; root = child) {
    if (child + 1 < count && order_of(h, child, child + 1) < 0) child++;
    if (order_of(h, root, child) >= 0) return;
    exchange(h, root, child);
  }
}

static bool sorted(const heap *h, size_t count) {
  for (size_t i = 1; i < count; i++)
    if (order_of(h, i - 1, i) > 0) return false;
  return true;
}

void sla__ical_sort(void *elements, size_t count, size_t size, sla__ical_order order,
                    const void *context) {
  const heap h = {elements, size, order, context};
  if (sorted(&h, count)) return;
  for (size_t root = count / 2; root-- > 0;) sift_down(&h, root, count);
  for (size_t end = count; end-- > 1;) {
    exchange(&h, 0, end);
    sift_down(&h, 0, end);
  }
}

/* ---- texts ---- */

bool sla__ical_text_add(const sla_allocator *allocator, sla__ical_array *bytes,
                        sla__ical_slice slice, sla__ical_text *text) {
  size_t at = bytes->count;
  if (slice.length > UINT32_MAX - at) return false;
  if (!sla__ical_array_extend(allocator, bytes, 1, slice.length)) return false;
  if (slice.length > 0) memcpy((char *)bytes->data + at, slice.text, slice.length);
  *text = (sla__ical_text){(uint32_t)at, (uint32_t)slice.length};
  return true;
}

sla__ical_slice sla__ical_text_get(const sla__ical_array *bytes, sla__ical_text text) {
  if (text.length == 0) return (sla__ical_slice){"", 0};
  return (sla__ical_slice){(const char *)bytes->data + text.offset, text.length};
}
