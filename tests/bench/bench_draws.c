/* SPDX-License-Identifier: MIT */
/* Random numbers, the counting allocator, and the queries that are timed. */
#include "bench.h"

#include <stdlib.h>

uint64_t random_next(uint64_t *state) { /* xorshift, 64 bits, multiplied */
  uint64_t x = *state;
  x ^= x >> 12;
  x ^= x << 25;
  x ^= x >> 27;
  *state = x;
  return x * UINT64_C(2685821657736338717);
}

int64_t random_in(uint64_t *state, int64_t least, int64_t most) {
  uint64_t width = (uint64_t)(most - least) + 1;
  return least + (int64_t)((random_next(state) >> 1) % width);
}

static void *counted_resize(void *context, void *pointer, size_t old_size, size_t new_size) {
  counter *c = context;
  c->calls++;
  void *result = NULL;
  if (new_size == 0)
    free(pointer);
  else if ((result = realloc(pointer, new_size)) == NULL)
    return NULL;
  c->blocks += (size_t)(new_size != 0 && pointer == NULL);
  c->blocks -= (size_t)(new_size == 0 && pointer != NULL);
  c->live += new_size;
  c->live -= pointer == NULL ? 0 : old_size;
  if (c->live > c->peak) c->peak = c->live;
  return result;
}

sla_allocator counting_allocator(counter *count) {
  return (sla_allocator){counted_resize, count};
}

const char *const query_names[QUERIES] = {"elapsed", "add", "is_open", "next_change"};

/* A loop for each query, with nothing but the call in it.  The arguments are those between the
 * calendar and the answer. */
#define DEFINE_ASK(query, answer_type, ...)                                      \
  static int64_t ask_##query(const void *context) {                              \
    const draws *list = context;                                                 \
    int64_t sum = 0, codes = 0;                                                  \
    for (size_t i = 0; i < list->length; i++) {                                  \
      const draw *d = &list->draw[i];                                            \
      answer_type answer = 0;                                                    \
      codes |= sla_calendar_##query(d->calendar, __VA_ARGS__, &answer);          \
      sum += answer;                                                             \
    }                                                                            \
    if (codes != SLA_OK) fail(#query ": a code other than SLA_OK while timing"); \
    return sum;                                                                  \
  }

DEFINE_ASK(elapsed, sla_seconds, d->from, d->to)
DEFINE_ASK(add, sla_time, d->from, d->n)
DEFINE_ASK(is_open, uint32_t, d->from)
DEFINE_ASK(next_change, sla_time, d->from)

int64_t (*const ask[QUERIES])(const void *context) = {ask_elapsed, ask_add, ask_is_open,
                                                      ask_next_change};
