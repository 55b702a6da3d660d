/* SPDX-License-Identifier: MIT */
#include "ical_shift.h"

bool sla__ical_shift_take(int64_t *start, int64_t end, sla__ical_shift *shift) {
  int64_t day = sla__ical_day_of(*start), midnight = (day + 1) * SLA__ICAL_DAY;
  if (*start >= end) return false;
  bool whole = end - *start < SLA__ICAL_DAY || end <= midnight;
  int64_t to = whole ? end : midnight;
  shift->day = (int32_t)day;
  shift->opens = sla__ical_second_of(*start);
  shift->closes = (int32_t)(to - (to > midnight ? midnight : day * SLA__ICAL_DAY));
  *start = to;
  return true;
}

/* ---- weekly rules ---- */

typedef struct {
  const sla__ical_zones *zones;
  const sla__ical_events *events;
  const sla__ical_event *event;
  sla__ical_rule rule;
  sla_error *error;
} plain_event;

static bool is_local(const plain_event *p) {
  const sla__ical_event *event = p->event;
  bool end_is_local = (event->flags & SLA__ICAL_HAS_END) == 0 ||
                      event->end.clock == SLA__ICAL_LOCAL;
  return event->start.clock == SLA__ICAL_LOCAL && end_is_local;
}

/* How long it lasts on its clock, or 0. */
static int64_t length_of(const sla__ical_event *event) {
  int64_t length = event->duration.days * SLA__ICAL_DAY + event->duration.seconds;
  if ((event->flags & SLA__ICAL_HAS_END) != 0) length = event->end.wall - event->start.wall;
  return length == 0 && event->start.is_date != 0 ? SLA__ICAL_DAY : length;
}

static bool is_weekly(const sla__ical_rule *rule) {
  return (rule->frequency == SLA__ICAL_WEEKLY || rule->frequency == SLA__ICAL_DAILY) &&
         rule->interval == 1 && (rule->parts & ~(1u << SLA__ICAL_BYDAY)) == 0;
}

static bool read_rule(plain_event *p) {
  if (p->event->rules.count != 1 ||
      sla__ical_event_rule(p->zones, p->events, p->event, 0, &p->rule) != SLA_OK)
    return false;
  p->rule.only_matches = true;
  return is_weekly(&p->rule);
}

static uint32_t weekdays_of(const plain_event *p) {
  int64_t day = sla__ical_day_of(p->event->start.wall);
  uint32_t mask = 0;
  if ((p->rule.parts & 1u << SLA__ICAL_BYDAY) == 0)
    return p->rule.frequency == SLA__ICAL_DAILY
               ? SLA_EVERY_DAY
               : 1u << sla__ical_weekday(day);
  for (uint32_t weekday = 0; weekday < 7; weekday++)
    mask |= (uint32_t)(p->rule.weekdays[weekday].front[0] & 1) << weekday;
  return mask;
}

/* The day of the last that COUNT counts. */
static int32_t count_to_last(const plain_event *p, int64_t *last) {
  sla__ical_walk walk;
  sla__ical_wall wall = p->event->start.wall;
  int32_t code;
  sla__ical_walk_begin(&walk, &p->rule, wall, INT64_MIN, INT64_MAX, p->zones->search);
  do *last = sla__ical_day_of(wall);
  while ((code = sla__ical_walk_next(&walk, &wall)) == SLA_OK && wall != SLA_NONE);
  if (code == SLA_OK) return code;
  return sla__ical_fail_at(p->error, code, p->zones->scan->bytes, p->event->place, 0,
                           p->zones->scan->limits.search_days);
}

static int32_t last_day_of(const plain_event *p, int64_t *last) {
  const sla__ical_rule *rule = &p->rule;
  *last = INT64_MAX;
  if (rule->count > 0) return count_to_last(p, last);
  if (!rule->has_until) return SLA_OK;
  bool by_date = rule->is_date || rule->until.is_date;
  *last = sla__ical_day_of(rule->until.wall -
                           (by_date ? 0 : sla__ical_second_of(p->event->start.wall)));
  return SLA_OK;
}

/* ---- weekly hours ---- */

/* So many days later in the week. */
static uint32_t turn(uint32_t weekdays, int64_t days) {
  int64_t by = days % 7;
  return (weekdays << by | weekdays >> (7 - by)) & SLA_EVERY_DAY;
}

static sla_date date_or_none(int64_t day) {
  return day > SLA__ICAL_DAY_LAST ? 0 : sla__ical_date(day);
}

/* A time that is longer than a day makes hours on each of its days. */
static int32_t add_hours(const plain_event *p, sla__ical_item item, int64_t first, int64_t last,
                         int64_t first_day, int64_t last_day, sla__ical_items *weekly) {
  int64_t start = sla__ical_second_of(p->event->start.wall), end = start + length_of(p->event);
  uint32_t weekdays = weekdays_of(p);
  sla__ical_shift shift;
  int32_t code = SLA_OK;
  while (code == SLA_OK && sla__ical_shift_take(&start, end, &shift)) {
    int64_t from = sla__ical_max(first + shift.day, first_day);
    int64_t to = last == INT64_MAX ? last_day : sla__ical_min(last + shift.day, last_day);
    if (from > to || from > SLA__ICAL_DAY_LAST) continue;
    item.first = sla__ical_date(from);
    item.last = date_or_none(to);
    item.opens = shift.opens;
    item.closes = shift.closes;
    item.weekdays = (uint8_t)turn(weekdays, shift.day);
    code = sla__ical_item_add(weekly, &item, p->error);
  }
  return code;
}

int32_t sla__ical_weekly_add(const sla__ical_zones *zones, const sla__ical_events *events,
                             uint32_t number, int64_t first_day, int64_t last_day,
                             sla__ical_items *weekly, sla_error *error) {
  const sla__ical_event *event = (const sla__ical_event *)events->events.data + number;
  plain_event p = {.zones = zones, .events = events, .event = event, .error = error};
  const sla__ical_item item = {.event = number, .kind = SLA_ENTRY_HOURS,
                               .recurrence = SLA_WEEKLY};
  int64_t last = 0;
  if (!is_local(&p) || length_of(event) > 7 * SLA__ICAL_DAY || !read_rule(&p)) return SLA_OK;
  int32_t code = last_day_of(&p, &last);
  if (code != SLA_OK) return code;
  return add_hours(&p, item, sla__ical_day_of(event->start.wall), last, first_day, last_day,
                   weekly);
}
