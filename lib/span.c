/* SPDX-License-Identifier: MIT */
#include "span.h"

size_t sla__span_tidy(sla__span *spans, size_t count) {
  size_t kept = 0;
  sla__sort_by_first(spans, count, sizeof *spans);
  for (size_t i = 0; i < count; i++) {
    if (spans[i].from >= spans[i].to) continue;
    if (kept > 0 && spans[i].from <= spans[kept - 1].to)
      spans[kept - 1].to = (int32_t)sla__max(spans[kept - 1].to, spans[i].to);
    else
      spans[kept++] = spans[i];
  }
  return kept;
}

size_t sla__span_cut(const sla__span *spans, size_t count, const sla__span *holes,
                     size_t hole_count, sla__span *out) {
  size_t kept = 0, hole = 0;
  for (size_t i = 0; i < count; i++) {
    int32_t from = spans[i].from, to = spans[i].to;
    while (hole < hole_count && holes[hole].to <= from) hole++;
    for (size_t h = hole; h < hole_count && holes[h].from < to; h++) {
      if (holes[h].from > from) out[kept++] = (sla__span){from, holes[h].from};
      from = holes[h].to;
    }
    if (from < to) out[kept++] = (sla__span){from, to};
  }
  return kept;
}

/* ---- pools ---- */

static uint32_t hash_of(const sla__span *spans, size_t count) {
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < count; i++) {
    hash = (hash ^ (uint32_t)spans[i].from) * 16777619u;
    hash = (hash ^ (uint32_t)spans[i].to) * 16777619u;
  }
  return hash;
}

static bool same(const sla__stretch *stretches, const sla__span *spans, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (stretches[i].from != spans[i].from || stretches[i].to != spans[i].to) return false;
  return true;
}

static bool find(const sla__pool *pool, const sla__span *spans, size_t count, uint32_t hash,
                 uint16_t *id) {
  const sla__pooled *lists = pool->lists.data;
  const sla__stretch *stretches = pool->stretches.data;
  for (size_t i = pool->lists.count; i-- > 0;) {
    if (lists[i].hash != hash || lists[i].count != count) continue;
    if (count > 0 && !same(stretches + lists[i].first, spans, count)) continue;
    *id = (uint16_t)i;
    return true;
  }
  return false;
}

static int32_t append(const sla_allocator *allocator, sla__pool *pool, const sla__span *spans,
                      size_t count, uint32_t hash) {
  sla__pooled list = {(uint32_t)pool->stretches.count, (uint32_t)count, hash, 0};
  for (size_t i = 0; i < count; i++) {
    sla__stretch *stretch = sla__array_push(allocator, &pool->stretches, sizeof *stretch);
    if (stretch == NULL) return SLA_E_MEMORY;
    *stretch = (sla__stretch){spans[i].from, spans[i].to, list.total};
    list.total += spans[i].to - spans[i].from;
  }
  sla__pooled *slot = sla__array_push(allocator, &pool->lists, sizeof *slot);
  if (slot == NULL) return SLA_E_MEMORY;
  *slot = list;
  return SLA_OK;
}

int32_t sla__pool_intern(const sla_allocator *allocator, sla__pool *pool, const sla__span *spans,
                         size_t count, uint16_t *id) {
  if (pool->lists.count == 0) {
    int32_t code = append(allocator, pool, NULL, 0, hash_of(NULL, 0));
    if (code != SLA_OK) return code;
  }
  uint32_t hash = hash_of(spans, count);
  if (find(pool, spans, count, hash, id)) return SLA_OK;
  if (pool->lists.count >= SLA__POOL_MAX ||
      pool->stretches.count + count > SLA__STRETCHES_MAX)
    return SLA_E_LIMIT;
  int32_t code = append(allocator, pool, spans, count, hash);
  if (code == SLA_OK) *id = (uint16_t)(pool->lists.count - 1);
  return code;
}

void sla__pool_trim(const sla_allocator *allocator, sla__pool *pool) {
  sla__array_trim(allocator, &pool->stretches, sizeof(sla__stretch));
  sla__array_trim(allocator, &pool->lists, sizeof(sla__pooled));
}

void sla__pool_free(const sla_allocator *allocator, sla__pool *pool) {
  sla__array_free(allocator, &pool->stretches, sizeof(sla__stretch));
  sla__array_free(allocator, &pool->lists, sizeof(sla__pooled));
}

/* ---- reading a list ---- */

uint32_t sla__list_at(sla__list list, int32_t second) {
  uint32_t low = 0, high = list.count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (list.stretches[middle].to > second) high = middle;
    else low = middle + 1;
  }
  return low;
}

int32_t sla__list_before(sla__list list, int32_t second) {
  uint32_t at = sla__list_at(list, second);
  if (at == list.count) return list.total;
  const sla__stretch *stretch = &list.stretches[at];
  return stretch->before + (second > stretch->from ? second - stretch->from : 0);
}

int32_t sla__list_nth(sla__list list, int32_t n) {
  uint32_t low = 0, high = list.count - 1; /* the last stretch with before <= n */
  while (low < high) {
    uint32_t middle = (low + high + 1) / 2;
    if (list.stretches[middle].before <= n) low = middle;
    else high = middle - 1;
  }
  return list.stretches[low].from + (n - list.stretches[low].before);
}

int32_t sla__list_nth_outside(sla__list list, int32_t n) {
  uint32_t low = 0, high = list.count; /* how many stretches begin with at most n outside them */
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (list.stretches[middle].from - list.stretches[middle].before <= n) low = middle + 1;
    else high = middle;
  }
  return low == 0 ? n : list.stretches[low - 1].to + n -
                            (list.stretches[low - 1].from - list.stretches[low - 1].before);
}
