/* SPDX-License-Identifier: MIT */
#include "histogram.h"

#include "error.h"

/* ---- steps: 64 to each doubling ---- */

enum { FINE = 64, FINE_BITS = 6 };

uint32_t sla__step_of(int64_t value) {
  uint32_t doublings = 0;
  while (value >> doublings >= 2 * FINE) doublings++;
  return doublings * FINE + (uint32_t)(value >> doublings);
}

int64_t sla__step_first(uint32_t step) {
  if (step < 2 * FINE) return step;
  uint32_t doublings = step / FINE - 1;
  return (int64_t)(step - doublings * FINE) << doublings;
}

int64_t sla__step_last(uint32_t step) { return sla__step_first(step + 1) - 1; }

/* ---- counting ---- */

static sla__step_count *steps_of(const sla__histogram *h) { return h->steps.data; }

/* The place of the first step that is not below this one. */
static size_t place_of(const sla__histogram *h, uint32_t step) {
  size_t low = 0, high = h->steps.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (steps_of(h)[middle].step < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

static bool has(const sla__histogram *h, size_t place, uint32_t step) {
  return place < h->steps.count && steps_of(h)[place].step == step;
}

static sla__step_count *put_step(const sla_allocator *allocator, sla__histogram *h, uint32_t step) {
  size_t place = place_of(h, step);
  if (has(h, place, step)) return &steps_of(h)[place];
  sla__step_count *made =
      sla__array_insert(allocator, &h->steps, sizeof(sla__step_count), place);
  if (made != NULL) made->step = step;
  return made;
}

static bool fits(const sla__histogram *h, uint64_t count, int64_t sum) {
  return h->count <= INT64_MAX - count && h->sum <= INT64_MAX - sum;
}

int32_t sla__histogram_reserve(const sla_allocator *allocator, sla__histogram *h, int64_t value,
                               size_t among) {
  if (!fits(h, among, (int64_t)among * SLA__LENGTH_MAX)) return SLA_E_LIMIT;
  return put_step(allocator, h, sla__step_of(value)) != NULL ? SLA_OK : SLA_E_MEMORY;
}

static void widen(sla__histogram *h, int64_t least, int64_t most) {
  h->least = h->count == 0 ? least : sla__min(h->least, least);
  h->most = sla__max(h->most, most);
}

void sla__histogram_add(sla__histogram *h, int64_t value) {
  widen(h, value, value);
  steps_of(h)[place_of(h, sla__step_of(value))].count++;
  h->count++;
  h->sum += value;
}

void sla__histogram_trim(sla__histogram *h) {
  size_t kept = 0;
  for (size_t i = 0; i < h->steps.count; i++)
    if (steps_of(h)[i].count > 0) steps_of(h)[kept++] = steps_of(h)[i];
  h->steps.count = kept;
}

int32_t sla__histogram_merge(const sla_allocator *allocator, sla__histogram *into,
                             const sla__histogram *from) {
  if (from->count == 0) return SLA_OK;
  if (!fits(into, from->count, from->sum)) return SLA_E_LIMIT;
  for (size_t i = 0; i < from->steps.count; i++) {
    sla__step_count *step = put_step(allocator, into, steps_of(from)[i].step);
    if (step == NULL) return SLA_E_MEMORY;
    step->count += steps_of(from)[i].count;
  }
  widen(into, from->least, from->most);
  into->count += from->count;
  into->sum += from->sum;
  return SLA_OK;
}

bool sla__histogram_copy(const sla_allocator *allocator, const sla__histogram *from,
                         sla__histogram *to) {
  *to = *from;
  return sla__array_copy(allocator, &from->steps, sizeof(sla__step_count), &to->steps);
}

void sla__histogram_free(const sla_allocator *allocator, sla__histogram *h) {
  sla__array_free(allocator, &h->steps, sizeof(sla__step_count));
}

uint64_t sla__histogram_up_to(const sla__histogram *h, uint32_t step) {
  uint64_t count = 0;
  for (size_t i = 0; i < h->steps.count && steps_of(h)[i].step <= step; i++)
    count += steps_of(h)[i].count;
  return count;
}

/* ---- bytes: what can be counted again is not written ---- */

void sla__histogram_write(const sla__histogram *h, sla__sink *sink) {
  uint32_t before = 0;
  sla__put_count(sink, h->steps.count);
  if (h->steps.count == 0) return;
  sla__put_count(sink, (uint64_t)h->sum);
  sla__put_count(sink, (uint64_t)h->least);
  sla__put_count(sink, (uint64_t)h->most);
  for (size_t i = 0; i < h->steps.count; i++) {
    sla__put_count(sink, steps_of(h)[i].step - before);
    sla__put_count(sink, steps_of(h)[i].count);
    before = steps_of(h)[i].step;
  }
}

static int32_t read_step(sla__source *source, const sla_allocator *allocator, sla__histogram *h,
                         uint64_t *before) {
  size_t at = source->offset;
  uint64_t further, count;
  int32_t code = sla__get_count(source, &further);
  if (code == SLA_OK) code = sla__get_count(source, &count);
  if (code != SLA_OK) return code;
  bool first = h->steps.count == 0;
  if (further >= SLA__STEPS_MAX - *before || (further == 0 && !first) || count == 0 ||
      count > INT64_MAX - h->count)
    return sla__source_bad(source, at);
  *before += further;
  sla__step_count *step = sla__array_push(allocator, &h->steps, sizeof *step);
  if (step == NULL) return sla__fail(source->error, SLA_E_MEMORY);
  *step = (sla__step_count){(uint32_t)*before, count};
  h->count += count;
  return SLA_OK;
}

/* The least of some values cannot be more than so much, nor their sum less, nor more. */
static bool agrees(const sla__histogram *h) {
  const sla__step_count *first = steps_of(h), *last = first + h->steps.count - 1;
  return sla__step_of(h->least) == first->step && sla__step_of(h->most) == last->step &&
         (uint64_t)h->least <= (uint64_t)h->sum / h->count &&
         (uint64_t)h->most >= (uint64_t)h->sum / h->count;
}

int32_t sla__histogram_read(sla__source *source, const sla_allocator *allocator,
                            sla__histogram *h) {
  size_t at = source->offset;
  uint64_t steps, sum, least, most, before = 0;
  int32_t code = sla__get_count(source, &steps);
  if (code != SLA_OK || steps == 0) return code;
  if (steps > SLA__STEPS_MAX) return sla__source_bad(source, at);
  code = sla__get_count(source, &sum);
  if (code == SLA_OK) code = sla__get_count(source, &least);
  if (code == SLA_OK) code = sla__get_count(source, &most);
  for (uint64_t i = 0; i < steps && code == SLA_OK; i++)
    code = read_step(source, allocator, h, &before);
  if (code != SLA_OK) return code;
  if (sum > INT64_MAX || least > SLA__LENGTH_MAX || most > SLA__LENGTH_MAX || least > most)
    return sla__source_bad(source, at);
  h->sum = (int64_t)sum;
  h->least = (int64_t)least;
  h->most = (int64_t)most;
  return agrees(h) ? SLA_OK : sla__source_bad(source, at);
}
