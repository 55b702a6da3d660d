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

int64_t ask_elapsed(const void *context) {
  const draws *d = context;
  int64_t sum = 0, codes = 0;
  for (size_t i = 0; i < d->length; i++) {
    sla_seconds elapsed = 0;
    codes |= sla_calendar_elapsed(d->draw[i].calendar, d->draw[i].from, d->draw[i].to, &elapsed);
    sum += elapsed;
  }
  if (codes != 0) fail("elapsed: a code other than SLA_OK while timing");
  return sum;
}

int64_t ask_add(const void *context) {
  const draws *d = context;
  int64_t sum = 0, codes = 0;
  for (size_t i = 0; i < d->length; i++) {
    sla_time result = 0;
    codes |= sla_calendar_add(d->draw[i].calendar, d->draw[i].from, d->draw[i].n, &result);
    sum += result;
  }
  if (codes != 0) fail("add: a code other than SLA_OK while timing");
  return sum;
}

int64_t ask_is_open(const void *context) {
  const draws *d = context;
  int64_t sum = 0, codes = 0;
  for (size_t i = 0; i < d->length; i++) {
    uint32_t open = 0;
    codes |= sla_calendar_is_open(d->draw[i].calendar, d->draw[i].from, &open);
    sum += open;
  }
  if (codes != 0) fail("is_open: a code other than SLA_OK while timing");
  return sum;
}

int64_t ask_next_change(const void *context) {
  const draws *d = context;
  int64_t sum = 0, codes = 0;
  for (size_t i = 0; i < d->length; i++) {
    sla_time change = 0;
    codes |= sla_calendar_next_change(d->draw[i].calendar, d->draw[i].from, &change);
    sum += change;
  }
  if (codes != 0) fail("next_change: a code other than SLA_OK while timing");
  return sum;
}

int64_t (*const ask[QUERIES])(const void *context) = {ask_elapsed, ask_add, ask_is_open,
                                                      ask_next_change};
