/* SPDX-License-Identifier: MIT */
#include "shelf.h"

static const sla__shelved *shelved(const sla__shelf *shelf, uint32_t place) {
  return (const sla__shelved *)shelf->calendars.data + place;
}

static uint32_t ordered(const sla__shelf *shelf, size_t i) {
  return ((const uint32_t *)shelf->order.data)[i];
}

/* The first in the order whose hash is not below this one. */
static size_t place_of(const sla__shelf *shelf, uint64_t hash) {
  size_t low = 0, high = shelf->order.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (shelved(shelf, ordered(shelf, middle))->hash < hash) low = middle + 1;
    else high = middle;
  }
  return low;
}

uint32_t sla__shelf_number(const sla__shelf *shelf, const sla_calendar *calendar, uint64_t hash) {
  if (calendar == NULL) return 0;
  for (size_t i = place_of(shelf, hash); i < shelf->order.count; i++) {
    const sla__shelved *found = shelved(shelf, ordered(shelf, i));
    if (found->hash != hash) return 0;
    if (sla__calendar_same(found->calendar, calendar)) return ordered(shelf, i) + 1;
  }
  return 0;
}

int32_t sla__shelf_put(const sla_allocator *allocator, sla__shelf *shelf,
                       const sla_calendar *calendar, uint64_t hash) {
  if (sla__shelf_number(shelf, calendar, hash) != 0) return SLA_OK;
  if (shelf->calendars.count == SLA__SHELF_MAX) return SLA_E_LIMIT;
  sla__shelved *added = sla__array_push(allocator, &shelf->calendars, sizeof *added);
  if (added == NULL) return SLA_E_MEMORY;
  *added = (sla__shelved){sla_calendar_ref(calendar), hash};
  uint32_t *place =
      sla__array_insert(allocator, &shelf->order, sizeof *place, place_of(shelf, hash));
  if (place == NULL) return SLA_E_MEMORY;
  *place = (uint32_t)shelf->calendars.count - 1;
  return SLA_OK;
}

sla_calendar *sla__shelf_calendar(const sla__shelf *shelf, uint32_t number) {
  if (number == 0 || number > shelf->calendars.count) return NULL;
  return shelved(shelf, number - 1)->calendar;
}

void sla__shelf_free(const sla_allocator *allocator, sla__shelf *shelf) {
  for (uint32_t i = 0; i < shelf->calendars.count; i++)
    sla_calendar_unref(shelved(shelf, i)->calendar);
  sla__array_free(allocator, &shelf->calendars, sizeof(sla__shelved));
  sla__array_free(allocator, &shelf->order, sizeof(uint32_t));
}

size_t sla__shelf_memory(const sla__shelf *shelf) {
  return shelf->calendars.capacity * sizeof(sla__shelved) +
         shelf->order.capacity * sizeof(uint32_t);
}
