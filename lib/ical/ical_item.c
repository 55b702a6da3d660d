/* SPDX-License-Identifier: MIT */
#include "ical_item.h"

bool sla__ical_item_is_outside(const sla__ical_item *item, int64_t first_day, int64_t last_day) {
  return (item->first != 0 && item->first > sla__ical_date(last_day)) ||
         (item->last != 0 && item->last < sla__ical_date(first_day));
}

int32_t sla__ical_item_add(sla__ical_items *items, const sla__ical_item *item,
                           sla_error *error) {
  sla__ical_item *slot = sla__ical_array_push(items->allocator, &items->items, sizeof *slot);
  if (slot == NULL) return sla__ical_fail(error, SLA_E_MEMORY);
  *slot = *item;
  return SLA_OK;
}

static int compare(int64_t a, int64_t b) { return (a > b) - (a < b); }

static int item_order(const void *context, const void *a, const void *b) {
  const sla__ical_item *x = a, *y = b;
  (void)context;
  int order = compare(y->is_exact, x->is_exact);
  if (order == 0 && !x->is_exact) order = compare(x->date, y->date);
  if (order == 0) order = compare(x->event, y->event);
  if (order == 0) order = compare(x->first, y->first);
  if (order == 0) order = compare(x->weekdays, y->weekdays);
  return order != 0 ? order : compare(x->opens, y->opens);
}

void sla__ical_items_sort(sla__ical_items *items) {
  sla__ical_sort(items->items.data, items->items.count, sizeof(sla__ical_item), item_order, NULL);
}

void sla__ical_items_free(sla__ical_items *items) {
  sla__ical_array_free(items->allocator, &items->items, sizeof(sla__ical_item));
}
