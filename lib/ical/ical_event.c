/* SPDX-License-Identifier: MIT */
#include "ical_event.h"

typedef struct {
  sla__ical_zones *zones;
  const sla_allocator *allocator;
  sla__ical_events *events;
  sla__ical_syntax syntax; /* its own, since a clock may be read while an event is */
  sla__ical_event event;   /* the one that is being read */
} reader;

static int32_t fail_at(const reader *r, int32_t code, const sla__ical_property *property,
                       size_t offset, sla_error *error) {
  sla__ical_place place = property->place;
  place.offset += (uint32_t)offset;
  return sla__ical_fail_at(error, code, r->zones->scan->bytes, place, 0, 0);
}

static int32_t fail_event(const reader *r, sla_error *error) {
  return sla__ical_fail_at(error, SLA_ICAL_E_EVENT, r->zones->scan->bytes, r->event.place, 0, 0);
}

/* ---- moments ---- */

/* The clock of a date-time: its own Z, its TZID, or that of the calendar. */
static int32_t find_clock(const reader *r, const sla__ical_property *property, bool is_utc,
                          size_t offset, uint32_t *clock, sla_error *error) {
  sla_error within = {0};
  int32_t code = SLA_OK;
  *clock = is_utc ? SLA__ICAL_UTC : SLA__ICAL_LOCAL;
  if (!is_utc && property->tzid.length > 0)
    code = sla__ical_zones_find(r->zones, property->tzid, clock, &within);
  if (is_utc && r->zones->local == NULL) within.code = code = SLA_ICAL_E_ZONE;
  if (code == SLA_OK) return code;
  if (code == SLA_ICAL_E_ZONE) return fail_at(r, code, property, offset, error);
  if (error != NULL) *error = within;
  return code;
}

static int32_t moment_of(const reader *r, const sla__ical_property *property,
                         const sla__ical_stamp *stamp, size_t offset, sla__ical_moment *moment,
                         sla_error *error) {
  uint32_t clock = SLA__ICAL_LOCAL;
  int32_t code = SLA_OK;
  if (!stamp->is_date) code = find_clock(r, property, stamp->is_utc, offset, &clock, error);
  *moment = (sla__ical_moment){stamp->wall, clock, stamp->is_date};
  return code;
}

/* One value of a property: all of it, or one of its list.  Its form says whether it is a date, also
 * where VALUE says otherwise. */
static int32_t read_moment(const reader *r, const sla__ical_property *property,
                           sla__ical_slice value, sla__ical_moment *moment, sla_error *error) {
  sla__ical_stamp stamp;
  sla__ical_slice text = sla__ical_trimmed(value);
  size_t offset = (size_t)(text.text - property->value.text);
  if (!sla__ical_stamp_parse(text.text, text.length, &stamp))
    return fail_at(r, SLA_ICAL_E_VALUE, property, offset, error);
  return moment_of(r, property, &stamp, offset, moment, error);
}

/* A property that an event has once. */
static int32_t take_moment(reader *r, const sla__ical_property *property, uint32_t flag,
                           sla__ical_moment *moment, sla_error *error) {
  if ((r->event.flags & flag) != 0) return fail_at(r, SLA_ICAL_E_EVENT, property, 0, error);
  r->event.flags |= flag;
  return read_moment(r, property, property->value, moment, error);
}

/* ---- the rest of what says when ---- */

static int32_t take_duration(reader *r, const sla__ical_property *property, sla_error *error) {
  sla__ical_slice value = sla__ical_trimmed(property->value);
  sla__ical_duration *duration = &r->event.duration;
  if ((r->event.flags & SLA__ICAL_HAS_DURATION) != 0)
    return fail_at(r, SLA_ICAL_E_EVENT, property, 0, error);
  r->event.flags |= SLA__ICAL_HAS_DURATION;
  if (!sla__ical_duration_parse(value.text, value.length, duration))
    return fail_at(r, SLA_ICAL_E_VALUE, property, 0, error);
  if (duration->days < 0 || duration->seconds < 0)
    return fail_at(r, SLA_ICAL_E_EVENT, property, 0, error);
  return SLA_OK;
}

static int32_t take_rule(reader *r, const sla__ical_property *property, sla_error *error) {
  sla__ical_rule rule;
  size_t bad = 0;
  sla__ical_slice value = property->value;
  int32_t code = sla__ical_rule_parse(value.text, value.length, false, &rule, &bad);
  if (code == SLA_OK && property->is_dropped) code = SLA_ICAL_E_RULE;
  if (code != SLA_OK) return fail_at(r, code, property, bad, error);
  sla__ical_rule_line *line =
      sla__ical_array_push(r->allocator, &r->events->rules, sizeof *line);
  if (line == NULL || !sla__ical_text_add(r->allocator, &r->events->bytes, value, &line->text))
    return sla__ical_fail(error, SLA_E_MEMORY);
  line->place = property->place;
  r->event.rules.count++;
  return SLA_OK;
}

/* On one clock as it shows them; a time that the clock leaves out is later as an instant. */
static bool ends_before_start(const reader *r, sla__ical_moment start, sla__ical_moment end) {
  if (start.clock == end.clock && end.wall >= start.wall) return false;
  return sla__ical_to_utc(r->zones, end.wall, end.clock) <
         sla__ical_to_utc(r->zones, start.wall, start.clock);
}

/* Exact seconds from the start of a period to its end; negative when it ends before. */
static int64_t period_length(const reader *r, const sla__ical_period *period,
                             sla__ical_moment start, sla__ical_moment end) {
  int64_t from = sla__ical_to_utc(r->zones, start.wall, start.clock);
  if (period->has_duration)
    return sla__ical_to_utc(r->zones, start.wall + period->duration.days * SLA__ICAL_DAY,
                            start.clock) +
           period->duration.seconds - from;
  int64_t length = sla__ical_to_utc(r->zones, end.wall, end.clock) - from;
  return ends_before_start(r, start, end) ? length : sla__ical_max(length, 0);
}

static int32_t read_period(const reader *r, const sla__ical_property *property,
                           sla__ical_slice text, sla__ical_rdate *date, sla_error *error) {
  sla__ical_period period;
  sla__ical_moment end = {0};
  size_t offset = (size_t)(text.text - property->value.text);
  if (!sla__ical_period_parse(text.text, text.length, &period))
    return fail_at(r, SLA_ICAL_E_VALUE, property, offset, error);
  int32_t code = moment_of(r, property, &period.start, offset, &date->start, error);
  if (code == SLA_OK && !period.has_duration)
    code = moment_of(r, property, &period.end, offset, &end, error);
  if (code != SLA_OK) return code;
  date->length = period_length(r, &period, date->start, end);
  return date->length < 0 ? fail_at(r, SLA_ICAL_E_EVENT, property, offset, error) : SLA_OK;
}

static int32_t take_dates(reader *r, const sla__ical_property *property, sla_error *error) {
  sla__ical_slice list = property->value, value;
  while (sla__ical_next_value(&list, &value)) {
    sla__ical_rdate *date =
        sla__ical_array_push(r->allocator, &r->events->dates, sizeof *date);
    if (date == NULL) return sla__ical_fail(error, SLA_E_MEMORY);
    date->length = -1;
    int32_t code = property->is_period
                       ? read_period(r, property, sla__ical_trimmed(value), date, error)
                       : read_moment(r, property, value, &date->start, error);
    if (code != SLA_OK) return code;
    r->event.dates.count++;
  }
  return SLA_OK;
}

static int32_t take_exceptions(reader *r, const sla__ical_property *property, sla_error *error) {
  sla__ical_slice list = property->value, value;
  while (sla__ical_next_value(&list, &value)) {
    sla__ical_moment *moment =
        sla__ical_array_push(r->allocator, &r->events->exceptions, sizeof *moment);
    if (moment == NULL) return sla__ical_fail(error, SLA_E_MEMORY);
    int32_t code = read_moment(r, property, value, moment, error);
    if (code != SLA_OK) return code;
    r->event.exceptions.count++;
  }
  return SLA_OK;
}

static int32_t take_recurrence_id(reader *r, const sla__ical_property *property,
                                  sla_error *error) {
  if (property->has_range) return fail_at(r, SLA_ICAL_E_UNSUPPORTED, property, 0, error);
  return take_moment(r, property, SLA__ICAL_HAS_RECURRENCE_ID, &r->event.recurrence_id, error);
}

/* RFC 7953: 1 is the highest priority and 9 the lowest, 0 is none. */
static int32_t take_priority(reader *r, const sla__ical_property *property, sla_error *error) {
  sla__ical_slice value = sla__ical_trimmed(property->value);
  bool digit = value.length == 1 && value.text[0] >= '0' && value.text[0] <= '9';
  if (r->event.kind != SLA__ICAL_VAVAILABILITY) return SLA_OK;
  if (!digit) return fail_at(r, SLA_ICAL_E_VALUE, property, 0, error);
  r->event.priority = (uint32_t)(value.text[0] - '0');
  return SLA_OK;
}

/* ---- texts ---- */

static int32_t keep_text(const reader *r, sla__ical_slice slice, sla__ical_text *text,
                         sla_error *error) {
  if (text->length > 0) return SLA_OK; /* the first one counts */
  return sla__ical_text_add(r->allocator, &r->events->bytes, slice, text)
             ? SLA_OK
             : sla__ical_fail(error, SLA_E_MEMORY);
}

static int32_t keep_category(reader *r, sla__ical_slice slice, sla_error *error) {
  sla__ical_text *text =
      sla__ical_array_push(r->allocator, &r->events->categories, sizeof *text);
  if (text == NULL) return sla__ical_fail(error, SLA_E_MEMORY);
  r->event.categories.count++;
  return keep_text(r, sla__ical_trimmed(slice), text, error);
}

static int32_t take_other(reader *r, const sla__ical_property *property, sla_error *error) {
  sla__ical_slice value = property->value;
  r->events->dropped += property->is_dropped;
  switch (property->name) {
    case SLA__ICAL_SUMMARY: return keep_text(r, value, &r->event.summary, error);
    case SLA__ICAL_UID_NAME: return keep_text(r, value, &r->event.uid, error);
    case SLA__ICAL_OWN: return keep_text(r, value, &r->event.own, error);
    case SLA__ICAL_CATEGORY: return keep_category(r, value, error);
    case SLA__ICAL_STATUS:
      if (sla__ical_is(sla__ical_trimmed(value), "CANCELLED"))
        r->event.flags |= SLA__ICAL_IS_CANCELLED;
      return SLA_OK;
    case SLA__ICAL_SPECIAL_DAY:
      if (sla__ical_is(sla__ical_trimmed(value), "ALTERNATE-WORKDAY"))
        r->event.flags |= SLA__ICAL_IS_WORKDAY;
      return SLA_OK;
    default: return SLA_OK;
  }
}

/* ---- events ---- */

static int32_t take_when(reader *r, const sla__ical_property *property, sla_error *error) {
  sla__ical_event *event = &r->event;
  switch (property->name) {
    case SLA__ICAL_DTSTART:
      return take_moment(r, property, SLA__ICAL_HAS_START, &event->start, error);
    case SLA__ICAL_DTEND:
      event->end_place = property->place;
      return take_moment(r, property, SLA__ICAL_HAS_END, &event->end, error);
    case SLA__ICAL_DURATION:
      event->end_place = property->place;
      return take_duration(r, property, error);
    case SLA__ICAL_RRULE: return take_rule(r, property, error);
    case SLA__ICAL_RDATE: return take_dates(r, property, error);
    case SLA__ICAL_EXDATE: return take_exceptions(r, property, error);
    case SLA__ICAL_EXRULE: return fail_at(r, SLA_ICAL_E_UNSUPPORTED, property, 0, error);
    case SLA__ICAL_RECURRENCE_ID: return take_recurrence_id(r, property, error);
    case SLA__ICAL_PRIORITY: return take_priority(r, property, error);
    default: return SLA_OK;
  }
}

/* What libical dropped and we could read is an error all the same: one of us is wrong about it. */
static int32_t take_property(void *context, const sla__ical_property *property,
                             sla_error *error) {
  reader *r = context;
  if (property->name == SLA__ICAL_NAMELESS || property->name > SLA__ICAL_SAYS_WHEN)
    return take_other(r, property, error);
  int32_t code = take_when(r, property, error);
  if (code != SLA_OK || !property->is_dropped) return code;
  return fail_at(r, SLA_ICAL_E_VALUE, property, 0, error);
}

static int32_t fail_end(const reader *r, sla_error *error) {
  return sla__ical_fail_at(error, SLA_ICAL_E_EVENT, r->zones->scan->bytes, r->event.end_place, 0,
                           0);
}

/* A date lasts whole days; 24 hours are one. */
static bool settle_duration(sla__ical_event *event) {
  if (event->start.is_date == 0) return true;
  event->duration.days += event->duration.seconds / SLA__ICAL_DAY;
  event->duration.seconds %= SLA__ICAL_DAY;
  return event->duration.seconds == 0;
}

/* Whether the properties go together. */
static int32_t check_event(reader *r, sla_error *error) {
  sla__ical_event *event = &r->event;
  bool has_start = (event->flags & SLA__ICAL_HAS_START) != 0;
  bool has_end = (event->flags & SLA__ICAL_HAS_END) != 0;
  bool has_duration = (event->flags & SLA__ICAL_HAS_DURATION) != 0;
  bool recurs = event->rules.count > 0 || event->dates.count > 0;
  if (!has_start && event->kind != SLA__ICAL_VAVAILABILITY) return fail_event(r, error);
  if ((event->flags & SLA__ICAL_HAS_RECURRENCE_ID) != 0 && recurs) return fail_event(r, error);
  if (has_end && has_duration) return fail_end(r, error);
  if (has_duration && (!has_start || !settle_duration(event))) return fail_end(r, error);
  if (!has_end || !has_start) return SLA_OK;
  if (event->start.is_date != event->end.is_date) return fail_end(r, error);
  return ends_before_start(r, event->start, event->end) ? fail_end(r, error) : SLA_OK;
}

static void begin_event(reader *r, const sla__ical_component *component, uint32_t parent) {
  const sla__ical_events *events = r->events;
  r->event = (sla__ical_event){.kind = component->kind, .parent = parent,
                               .place = {component->begin, 0}, .end_place = {component->begin, 0}};
  r->event.rules.first = (uint32_t)events->rules.count;
  r->event.dates.first = (uint32_t)events->dates.count;
  r->event.exceptions.first = (uint32_t)events->exceptions.count;
  r->event.categories.first = (uint32_t)events->categories.count;
}

static int32_t read_event(reader *r, const sla__ical_component *component, uint32_t parent,
                          sla_error *error) {
  begin_event(r, component, parent);
  int32_t code =
      sla__ical_syntax_read(&r->syntax, component, take_property, r, error);
  if (code == SLA_OK) code = check_event(r, error);
  if (code != SLA_OK) return code;
  sla__ical_event *event =
      sla__ical_array_push(r->allocator, &r->events->events, sizeof *event);
  if (event == NULL) return sla__ical_fail(error, SLA_E_MEMORY);
  *event = r->event;
  return SLA_OK;
}

static bool is_wanted(const sla__ical_component *component, uint32_t kinds) {
  return (kinds & 1u << component->kind) != 0;
}

static int32_t read_all(reader *r, uint32_t kinds, sla_error *error) {
  const sla__ical_scan *scan = r->zones->scan;
  const sla__ical_component *components = scan->components.data;
  uint32_t around = UINT32_MAX; /* the VAVAILABILITY, when it is wanted */
  int32_t code = SLA_OK;
  for (size_t i = 0; i < scan->components.count && code == SLA_OK; i++) {
    bool within = components[i].kind == SLA__ICAL_AVAILABLE;
    if (!is_wanted(&components[i], kinds)) continue;
    if (components[i].kind == SLA__ICAL_VAVAILABILITY)
      around = (uint32_t)r->events->events.count;
    code = read_event(r, &components[i], within ? around : UINT32_MAX, error);
  }
  return code;
}

int32_t sla__ical_events_read(sla__ical_zones *zones, uint32_t kinds, sla__ical_events *events,
                              sla_error *error) {
  reader r = {.zones = zones, .allocator = zones->allocator, .events = events,
              .syntax = {.scan = zones->scan, .allocator = zones->allocator}};
  const sla__ical_component *components = zones->scan->components.data;
  size_t wanted = 0;
  for (size_t i = 0; i < zones->scan->components.count; i++)
    wanted += is_wanted(&components[i], kinds);
  if (!sla__ical_array_extend(r.allocator, &events->events, sizeof(sla__ical_event), wanted))
    return sla__ical_fail(error, SLA_E_MEMORY);
  events->events.count = 0; /* room for all of them at once */
  int32_t code = read_all(&r, kinds, error);
  sla__ical_syntax_free(&r.syntax);
  return code;
}

int32_t sla__ical_event_rule(const sla__ical_zones *zones, const sla__ical_events *events,
                             const sla__ical_event *event, uint32_t which, sla__ical_rule *rule) {
  const sla__ical_rule_line *line =
      (const sla__ical_rule_line *)events->rules.data + event->rules.first + which;
  sla__ical_slice text = sla__ical_text_get(&events->bytes, line->text);
  bool is_date = event->start.is_date != 0;
  size_t bad;
  int32_t code = sla__ical_rule_parse(text.text, text.length, is_date, rule, &bad);
  if (code == SLA_OK && rule->has_until && rule->until.is_utc && !is_date)
    rule->until.wall = sla__ical_from_utc(zones, rule->until.wall, event->start.clock);
  return code;
}

void sla__ical_events_free(sla__ical_events *events, const sla_allocator *allocator) {
  sla__ical_array_free(allocator, &events->bytes, 1);
  sla__ical_array_free(allocator, &events->events, sizeof(sla__ical_event));
  sla__ical_array_free(allocator, &events->rules, sizeof(sla__ical_rule_line));
  sla__ical_array_free(allocator, &events->dates, sizeof(sla__ical_rdate));
  sla__ical_array_free(allocator, &events->exceptions, sizeof(sla__ical_moment));
  sla__ical_array_free(allocator, &events->categories, sizeof(sla__ical_text));
}
