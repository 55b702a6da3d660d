/* SPDX-License-Identifier: MIT */
/* What fuzz targets share: a promise that aborts when it is broken, and numbers out of bytes. */
#ifndef SLA_TESTS_FUZZ_H
#define SLA_TESTS_FUZZ_H

#include <sla/sla.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void must(int holds) {
  if (!holds) abort();
}

typedef struct {
  const uint8_t *data;
  size_t size;
} bytes;

/* The next n bytes as a number, the lowest first; zeros after the end. */
static inline uint64_t take(bytes *from, int n) {
  uint64_t number = 0;
  for (int i = 0; i < n && from->size > 0; i++, from->size--)
    number |= (uint64_t)*from->data++ << (8 * i);
  return number;
}

#endif
