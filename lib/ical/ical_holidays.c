/* SPDX-License-Identifier: MIT */
#include "ical_holidays.h"

#include "ical_exact.h"

typedef struct {
  const sla_ical_reader *reader;
  const sla__ical_expansion *x;
  sla__ical_items *items;
  sla_error *error;
} maker;

/* ---- one occurrence ---- */

/* Adds an entry for the days of it that are in the window. */
static int32_t add_days(const maker *m, sla__ical_item item, int64_t first, int64_t last) {
  first = sla__ical_max(first, m->x->first_day);
  last = sla__ical_min(last, m->x->last_day);
  if (first > last) return SLA_OK;
  item.first = sla__ical_date(first);
  item.last = sla__ical_date(last);
  return sla__ical_item_add(m->items, &item, m->error);
}

static int32_t add_part(const maker *m, sla__ical_item item, int64_t first, int64_t last,
                        int32_t opens, int32_t closes) {
  item.opens = opens;
  item.closes = closes;
  return add_days(m, item, first, last);
}

/* From a time of one day to a time of the same or a later one: what there is of the first day, the
 * whole days, what there is of the last. */
static int32_t add_stretch(const maker *m, sla__ical_item item, int64_t start, int64_t end) {
  int64_t first = sla__ical_day_of(start), last = sla__ical_day_of(end);
  int32_t from = sla__ical_second_of(start), to = sla__ical_second_of(end);
  if (first == last) return add_part(m, item, first, first, from, to);
  int32_t code = SLA_OK;
  if (from > 0) {
    code = add_part(m, item, first, first, from, SLA__ICAL_DAY);
    first++;
  }
  if (code == SLA_OK && first < last) code = add_part(m, item, first, last - 1, 0, SLA__ICAL_DAY);
  if (code == SLA_OK && to > 0) code = add_part(m, item, last, last, 0, to);
  return code;
}

/* A make-up working day that gives its hours. */
static int32_t add_shift(const maker *m, const sla__ical_item *item, int64_t start, int64_t end) {
  bool overnight = end - start < SLA__ICAL_DAY && sla__ical_second_of(end) > 0;
  int64_t day = sla__ical_day_of(start);
  if (!overnight) return add_stretch(m, *item, start, end);
  return add_part(m, *item, day, day, sla__ical_second_of(start), sla__ical_second_of(end));
}

static int32_t add_workdays(const maker *m, sla__ical_item item, int64_t first, int64_t last) {
  const sla__ical_interval *hours = m->reader->hours.data;
  int32_t code = SLA_OK;
  if (m->reader->hours.count == 0) {
    item.flags |= SLA_ICAL_NO_HOURS;
    return add_days(m, item, first, last);
  }
  for (size_t i = 0; i < m->reader->hours.count && code == SLA_OK; i++)
    code = add_part(m, item, first, last, hours[i].opens, hours[i].closes);
  return code;
}

static int32_t add_occurrence(const maker *m, const sla__ical_occurrence *o) {
  const sla__ical_event *event = (const sla__ical_event *)m->x->events->events.data + o->event;
  bool workday = sla__ical_reader_is_workday(m->reader, m->x->events, event);
  int64_t first = sla__ical_day_of(o->start), last = sla__ical_day_of(o->end) - 1;
  sla__ical_item item = {.date = sla__ical_date(first), .event = o->event,
                         .recurrence = SLA_DATES};
  if (o->start == o->end) {
    m->items->summary.empty++;
    return SLA_OK;
  }
  if (sla__ical_reader_is_off(m->reader, sla__ical_text_get(&m->x->events->bytes, event->uid),
                              item.date)) {
    m->items->summary.switched_off++;
    return SLA_OK;
  }
  item.flags = workday ? SLA_ICAL_WORKDAY : 0;
  item.kind = workday ? SLA_ENTRY_SPECIAL_HOURS
                      : o->is_date ? SLA_ENTRY_HOLIDAY : SLA_ENTRY_CLOSURE;
  if (!o->is_date)
    return workday ? add_shift(m, &item, o->start, o->end)
                   : add_stretch(m, item, o->start, o->end);
  return workday ? add_workdays(m, item, first, last) : add_days(m, item, first, last);
}

/* ---- events that say which entry they are ---- */

static int32_t add_exact(const maker *m, const sla__ical_item *item, sla__ical_slice uid) {
  bool is_outside = sla__ical_item_is_outside(item, m->x->first_day, m->x->last_day);
  if (sla__ical_reader_is_off(m->reader, uid, item->date)) m->items->summary.switched_off++;
  else if (is_outside) m->items->summary.outside++;
  else return sla__ical_item_add(m->items, item, m->error);
  return SLA_OK;
}

/* They need not be expanded. */
static int32_t take_exact(const maker *m, uint8_t *marks) {
  const sla__ical_events *events = m->x->events;
  const sla__ical_event *all = events->events.data;
  if (!sla__ical_may_be_exact(events)) return SLA_OK;
  for (uint32_t i = 0; i < events->events.count; i++) {
    sla__ical_item item = {.event = i};
    if (marks[i] != 0 || !sla__ical_exact(m->reader, events, &all[i], &item)) continue;
    marks[i] = SLA__ICAL_LEFT;
    int32_t code = add_exact(m, &item, sla__ical_text_get(&events->bytes, all[i].uid));
    if (code != SLA_OK) return code;
  }
  return SLA_OK;
}

/* ---- all of them ---- */

enum { IS_SEEN = 2 }; /* beside SLA__ICAL_LEFT */

/* Which events not to expand, and what is known before. */
static void sort_out(const maker *m, uint8_t *marks) {
  const sla__ical_event *events = m->x->events->events.data;
  for (size_t i = 0; i < m->x->events->events.count; i++) {
    m->items->summary.events++;
    if ((events[i].flags & SLA__ICAL_IS_CANCELLED) != 0) m->items->summary.cancelled++;
    else if (sla__ical_reader_takes(m->reader, m->x->events, &events[i])) continue;
    else m->items->summary.filtered++;
    marks[i] = SLA__ICAL_LEFT;
  }
}

static int32_t add_all(const maker *m, uint8_t *marks) {
  const sla__ical_occurrence *all = m->x->occurrences.data;
  int32_t code = SLA_OK;
  for (size_t i = 0; i < m->x->occurrences.count && code == SLA_OK; i++) {
    marks[all[i].event] |= IS_SEEN;
    code = add_occurrence(m, &all[i]);
  }
  for (size_t i = 0; i < m->x->events->events.count; i++)
    m->items->summary.outside += marks[i] == 0;
  return code;
}

int32_t sla__ical_holidays(const sla_ical_reader *reader, sla__ical_expansion *expansion,
                           sla__ical_items *items, sla_error *error) {
  const maker m = {reader, expansion, items, error};
  size_t count = expansion->events->events.count;
  if (count == 0) return SLA_OK;
  uint8_t *marks = sla__ical_mem_new(expansion->allocator, count);
  if (marks == NULL) return sla__ical_fail(error, SLA_E_MEMORY);
  sort_out(&m, marks);
  expansion->left = marks;
  int32_t code = take_exact(&m, marks);
  if (code == SLA_OK) code = sla__ical_expand(expansion, 1u << SLA__ICAL_VEVENT, error);
  if (code == SLA_OK) code = add_all(&m, marks);
  expansion->left = NULL;
  sla__ical_mem_free(expansion->allocator, marks, count);
  return code;
}
