/* SPDX-License-Identifier: MIT */
#include "ical_exact.h"

#include "ical_own.h"

bool sla__ical_may_be_exact(const sla__ical_events *events) {
  const sla__ical_event *all = events->events.data;
  for (size_t i = 0; i < events->events.count; i++)
    if ((all[i].flags & SLA__ICAL_HAS_RECURRENCE_ID) != 0) return false;
  return true;
}

/* On the calendar's own clock, with no more in it than an event of ours has. */
static bool is_plain(const sla__ical_events *events, const sla__ical_event *event) {
  const uint32_t other = SLA__ICAL_HAS_DURATION | SLA__ICAL_IS_CANCELLED;
  const sla__ical_moment *exceptions = events->exceptions.data;
  if (event->exceptions.count > 0 &&
      exceptions[event->exceptions.first].clock != SLA__ICAL_LOCAL)
    return false;
  return event->own.length > 0 && (event->flags & other) == 0 &&
         event->start.clock == SLA__ICAL_LOCAL && event->end.clock == SLA__ICAL_LOCAL &&
         event->rules.count <= 1 && event->dates.count == 0 && event->exceptions.count <= 1;
}

/* Somebody may have given a name to what had none. */
static bool is_still_nameless(const sla__ical_events *events, const sla__ical_event *event) {
  sla__ical_slice summary = sla__ical_text_get(&events->bytes, event->summary);
  return sla__ical_compare(summary, (sla__ical_slice){SLA__ICAL_CLOSED,
                                                      sizeof SLA__ICAL_CLOSED - 1}) == 0;
}

static sla__ical_own_event own_event(const sla__ical_events *events,
                                     const sla__ical_event *event) {
  const sla__ical_rule_line *rules = events->rules.data;
  const sla__ical_moment *exceptions = events->exceptions.data;
  sla__ical_own_event made = {.start = event->start.wall, .end = SLA_NONE,
                              .excluded = SLA_NONE, .is_date = event->start.is_date != 0};
  if ((event->flags & SLA__ICAL_HAS_END) != 0) made.end = event->end.wall;
  if (event->exceptions.count > 0) made.excluded = exceptions[event->exceptions.first].wall;
  if (event->rules.count > 0)
    made.rule = sla__ical_text_get(&events->bytes, rules[event->rules.first].text);
  return made;
}

static sla__ical_item item_of(const sla_entry *entry, bool nameless) {
  return (sla__ical_item){
      .first = entry->first, .last = entry->last, .opens = entry->opens, .closes = entry->closes,
      .date = entry->first, .kind = (uint8_t)entry->kind,
      .recurrence = (uint8_t)entry->recurrence, .weekdays = (uint8_t)entry->weekdays,
      .flags = entry->kind == SLA_ENTRY_SPECIAL_HOURS ? SLA_ICAL_WORKDAY : 0,
      .month = (int8_t)entry->month, .day = (int8_t)entry->day, .is_exact = true,
      .is_nameless = nameless};
}

/* A host that switched single dates off wants the others one by one, unless it is the date that
 * the entry is listed with: that stands for all of it. */
static bool is_wanted_whole(const sla_ical_reader *reader, sla__ical_slice uid, sla_date date) {
  return !sla__ical_reader_is_touched(reader, uid) || sla__ical_reader_is_off(reader, uid, date);
}

bool sla__ical_exact(const sla_ical_reader *reader, const sla__ical_events *events,
                     const sla__ical_event *event, sla__ical_item *item) {
  sla_entry entry;
  bool nameless;
  if (!is_plain(events, event)) return false;
  const sla__ical_own_event said = own_event(events, event);
  if (!sla__ical_own_entry(sla__ical_text_get(&events->bytes, event->own), &said, &entry,
                           &nameless))
    return false;
  bool is_hours = entry.kind == SLA_ENTRY_HOURS;
  if (is_hours != (event->kind == SLA__ICAL_AVAILABLE)) return false;
  if (!is_wanted_whole(reader, sla__ical_text_get(&events->bytes, event->uid), entry.first))
    return false;
  uint32_t number = item->event;
  *item = item_of(&entry, nameless && is_still_nameless(events, event));
  item->event = number;
  return true;
}
