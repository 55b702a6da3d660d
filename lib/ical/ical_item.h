/* SPDX-License-Identifier: MIT */
/* An entry of a calendar as a feed keeps it, in less room than an sla_entry takes, and what came of
 * the events that made none.  May include: ical_base, ical_mem. */
#ifndef SLA_LIB_ICAL_ITEM_H
#define SLA_LIB_ICAL_ITEM_H

#include "ical_mem.h"

typedef struct {
  sla_date first, last; /* these and the next two as in sla_entry */
  int32_t opens, closes;
  sla_date date;  /* of the occurrence it comes from; 0 of weekly hours */
  uint32_t event; /* which is called that, or UINT32_MAX */
  uint8_t kind, recurrence, weekdays;
  uint8_t flags; /* enum sla_ical_flag */
  int8_t month, day;
  bool is_exact;    /* its event says just this entry */
  bool is_nameless; /* what the event is called is not its name */
} sla__ical_item;

_Static_assert(sizeof(sla__ical_item) == 32, "a file must not cost more than it has to");

typedef struct {
  const sla_allocator *allocator;
  sla__ical_array items; /* sla__ical_item */
  sla_ical_summary summary;
} sla__ical_items;

/* Whether it ends before a window begins, or begins after it. */
bool sla__ical_item_is_outside(const sla__ical_item *item, int64_t first_day, int64_t last_day);

/* SLA_OK or SLA_E_MEMORY. */
int32_t sla__ical_item_add(sla__ical_items *items, const sla__ical_item *item, sla_error *error);
/* Those that are exact in the order of the file; then by date of the occurrence, weekly hours
 * first, then by the event, then by what the entry says. */
void sla__ical_items_sort(sla__ical_items *items);
void sla__ical_items_free(sla__ical_items *items);

#endif
