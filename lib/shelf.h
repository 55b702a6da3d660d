/* SPDX-License-Identifier: MIT */
/* Calendars that several policies have in common, each once and with a number, from 1.
 * May include: base mem calendar_bytes. */
#ifndef SLA_LIB_SHELF_H
#define SLA_LIB_SHELF_H

#include "calendar_bytes.h"
#include "mem.h"

#define SLA__SHELF_MAX 4096

/* All zeros is an empty one. */
typedef struct {
  sla__array calendars; /* sla__shelved, in the order in which they were put */
  sla__array order;     /* uint32_t: their places, by hash */
} sla__shelf;

typedef struct {
  sla_calendar *calendar; /* owned */
  uint64_t hash;          /* sla_calendar_hash */
} sla__shelved;

/* Puts a calendar on it unless its like is there.  SLA_OK, SLA_E_LIMIT, SLA_E_MEMORY; after a
 * failure it is fit only to be freed. */
int32_t sla__shelf_put(const sla_allocator *allocator, sla__shelf *shelf,
                       const sla_calendar *calendar, uint64_t hash);
/* The number of its like; 0 for NULL and for one that was not put. */
uint32_t sla__shelf_number(const sla__shelf *shelf, const sla_calendar *calendar, uint64_t hash);
/* NULL when there is no such number. */
sla_calendar *sla__shelf_calendar(const sla__shelf *shelf, uint32_t number);
void sla__shelf_free(const sla_allocator *allocator, sla__shelf *shelf);
/* Bytes that it holds besides itself, without the calendars. */
size_t sla__shelf_memory(const sla__shelf *shelf);

#endif
