/* SPDX-License-Identifier: MIT */
#include "histogram.h"

#include "error.h"

/* ---- steps: 64 to each doubling ---- */

enum { FINE = 64, FINE_BITS = 6 };

uint32_t sla__step_of(int64_t value) {
  uint32_t doublings = 63 - FINE_BITS - (uint32_t)__builtin_clzll((uint64_t)value | FINE);
  return doublings * FINE + (uint32_t)(value >> doublings);
}

int64_t sla__step_first(uint32_t step) {
  if (step < 2 * FINE) return step;
  uint32_t doublings = step / FINE - 1;
  return (int64_t)(step - doublings * FINE) << doublings;
}

int64_t sla__step_last(uint32_t step) { return sla__step_first(step + 1) - 1; }

/* ---- counting: a look at one block, since there may be many histograms and little cache ---- */

_Static_assert(SLA__STEPS_MAX % SLA__BLOCK == 0, "every step has a block");
_Static_assert(SLA__STEPS_MAX / SLA__BLOCK <= UINT8_MAX, "blocks are numbered by bytes");

static uint64_t *count_in(const sla__histogram *h, uint32_t step) {
  sla__block *blocks = h->blocks.data;
  return &blocks[h->place[step / SLA__BLOCK] - 1].counts[step % SLA__BLOCK];
}

static uint64_t count_of(const sla__histogram *h, uint32_t step) {
  return h->place[step / SLA__BLOCK] == 0 ? 0 : *count_in(h, step);
}

static bool reserve(const sla_allocator *allocator, sla__histogram *h, uint32_t step) {
  uint8_t *place = &h->place[step / SLA__BLOCK];
  if (*place == 0 && sla__array_push(allocator, &h->blocks, sizeof(sla__block)) != NULL)
    *place = (uint8_t)h->blocks.count;
  return *place != 0;
}

static bool fits(const sla__histogram *h, uint64_t count, int64_t sum) {
  return h->count <= INT64_MAX - count && h->sum <= INT64_MAX - sum;
}

int32_t sla__histogram_reserve(const sla_allocator *allocator, sla__histogram *h, int64_t value,
                               size_t among) {
  if (!fits(h, among, (int64_t)among * SLA__LENGTH_MAX)) return SLA_E_LIMIT;
  return reserve(allocator, h, sla__step_of(value)) ? SLA_OK : SLA_E_MEMORY;
}

static void widen(sla__histogram *h, int64_t least, int64_t most) {
  h->least = h->count == 0 ? least : sla__min(h->least, least);
  h->most = sla__max(h->most, most);
}

void sla__histogram_add(sla__histogram *h, int64_t value) {
  widen(h, value, value);
  ++*count_in(h, sla__step_of(value));
  h->count++;
  h->sum += value;
}

int32_t sla__histogram_merge(const sla_allocator *allocator, sla__histogram *into,
                             const sla__histogram *from) {
  if (from->count == 0) return SLA_OK;
  if (!fits(into, from->count, from->sum)) return SLA_E_LIMIT;
  for (uint32_t step = 0; step < SLA__STEPS_MAX; step += SLA__BLOCK) {
    if (from->place[step / SLA__BLOCK] == 0) continue;
    if (!reserve(allocator, into, step)) return SLA_E_MEMORY;
    const uint64_t *more = count_in(from, step);
    uint64_t *counts = count_in(into, step);
    for (int i = 0; i < SLA__BLOCK; i++) counts[i] += more[i];
  }
  widen(into, from->least, from->most);
  into->count += from->count;
  into->sum += from->sum;
  return SLA_OK;
}

bool sla__histogram_copy(const sla_allocator *allocator, const sla__histogram *from,
                         sla__histogram *to) {
  *to = *from;
  return sla__array_copy(allocator, &from->blocks, sizeof(sla__block), &to->blocks);
}

void sla__histogram_free(const sla_allocator *allocator, sla__histogram *h) {
  sla__array_free(allocator, &h->blocks, sizeof(sla__block));
}

size_t sla__histogram_memory(const sla__histogram *h) {
  return h->blocks.capacity * sizeof(sla__block);
}

uint64_t sla__histogram_up_to(const sla__histogram *h, uint32_t step) {
  uint64_t count = 0;
  for (uint32_t i = 0; i <= step; i++)
    if (h->place[i / SLA__BLOCK] == 0) i += SLA__BLOCK - 1;
    else count += *count_in(h, i);
  return count;
}

/* ---- bytes: what can be counted again is not written ---- */

static uint32_t count_steps(const sla__histogram *h) {
  uint32_t steps = 0;
  for (uint32_t step = 0; step < SLA__STEPS_MAX; step++) steps += count_of(h, step) != 0;
  return steps;
}

void sla__histogram_write(const sla__histogram *h, sla__sink *sink) {
  uint32_t before = 0;
  sla__put_count(sink, count_steps(h));
  if (h->count == 0) return;
  sla__put_count(sink, (uint64_t)h->sum);
  sla__put_count(sink, (uint64_t)h->least);
  sla__put_count(sink, (uint64_t)h->most);
  for (uint32_t step = 0; step < SLA__STEPS_MAX; step++) {
    if (count_of(h, step) == 0) continue;
    sla__put_count(sink, step - before);
    sla__put_count(sink, count_of(h, step));
    before = step;
  }
}

static int32_t read_step(sla__source *source, const sla_allocator *allocator, sla__histogram *h,
                         uint32_t *step, bool first) {
  size_t at = source->offset;
  uint64_t further, count;
  int32_t code = sla__get_count(source, &further);
  if (code == SLA_OK) code = sla__get_count(source, &count);
  if (code != SLA_OK) return code;
  if (further >= SLA__STEPS_MAX - *step || (further == 0 && !first) || count == 0 ||
      count > INT64_MAX - h->count)
    return sla__source_bad(source, at);
  *step += (uint32_t)further;
  if (!reserve(allocator, h, *step)) return sla__fail(source->error, SLA_E_MEMORY);
  *count_in(h, *step) = count;
  h->count += count;
  return SLA_OK;
}

static uint32_t first_step(const sla__histogram *h) {
  uint32_t step = 0;
  while (count_of(h, step) == 0) step++;
  return step;
}

/* The least of some values cannot be more than so much, nor their sum less, nor more. */
static bool agrees(const sla__histogram *h, uint32_t last_step) {
  return sla__step_of(h->least) == first_step(h) && sla__step_of(h->most) == last_step &&
         (uint64_t)h->least <= (uint64_t)h->sum / h->count &&
         (uint64_t)h->most >= (uint64_t)h->sum / h->count;
}

int32_t sla__histogram_read(sla__source *source, const sla_allocator *allocator,
                            sla__histogram *h) {
  size_t at = source->offset;
  uint64_t steps, sum, least, most;
  uint32_t last = 0;
  int32_t code = sla__get_count(source, &steps);
  if (code != SLA_OK || steps == 0) return code;
  if (steps > SLA__STEPS_MAX) return sla__source_bad(source, at);
  code = sla__get_count(source, &sum);
  if (code == SLA_OK) code = sla__get_count(source, &least);
  if (code == SLA_OK) code = sla__get_count(source, &most);
  for (uint64_t i = 0; i < steps && code == SLA_OK; i++)
    code = read_step(source, allocator, h, &last, i == 0);
  if (code != SLA_OK) return code;
  if (sum > INT64_MAX || least > SLA__LENGTH_MAX || most > SLA__LENGTH_MAX || least > most)
    return sla__source_bad(source, at);
  h->sum = (int64_t)sum;
  h->least = (int64_t)least;
  h->most = (int64_t)most;
  return agrees(h, last) ? SLA_OK : sla__source_bad(source, at);
}
