/* SPDX-License-Identifier: MIT */
#include "ical_reader.h"

#define NAME_MAX_BYTES 255
#define UID_MAX_BYTES 1024
#define ZONES_MAX 1024
#define FILTERS_MAX 1024
#define SWITCHES_MAX 65536
#define HOURS_MAX 16
#define WINDOW_FIRST 20101 /* 0002-01-01 */
#define WINDOW_LAST 99981231

/* ---- limits ---- */

/* Every field but the first, in order: what it is unless set, and the most that it may be. */
static const struct {
  uint32_t usual, most;
} limit_fields[] = {{65536, 1u << 20},     {8, 64},           {100000, 10000000},
                    {10000, 1000000},      {64, 1000},        {100000, 10000000},
                    {36525, 3652059},      {500000, 2000000000}};

#define BYTES_USUAL (UINT64_C(16) << 20)
#define BYTES_MOST (UINT64_C(1) << 30)

static uint32_t *limit_field(sla_ical_limits *limits, size_t i) {
  uint32_t *fields[] = {&limits->line,       &limits->nesting,   &limits->components,
                        &limits->properties, &limits->parameters, &limits->instances,
                        &limits->window_days, &limits->search_days};
  return fields[i];
}

static void complete_limits(sla_ical_limits *limits) {
  if (limits->bytes == 0) limits->bytes = BYTES_USUAL;
  for (size_t i = 0; i < SLA__ICAL_LENGTH(limit_fields); i++)
    if (*limit_field(limits, i) == 0) *limit_field(limits, i) = limit_fields[i].usual;
}

int32_t sla_ical_reader_set_limits(sla_ical_reader *reader, const sla_ical_limits *limits,
                                   size_t size, sla_error *error) {
  if (reader == NULL) return sla__ical_fail_null(error, 1);
  if (limits == NULL) return sla__ical_fail_null(error, 2);
  if (!sla__ical_size_ok(size, sizeof *limits) ||
      !sla__ical_record_known(limits, size, sizeof *limits))
    return sla__ical_fail_argument(error, SLA_E_ABI, 3,
                                   size < INT64_MAX ? (int64_t)size : INT64_MAX,
                                   (int64_t)sizeof *limits);
  sla_ical_limits set = *limits;
  if (set.bytes > BYTES_MOST)
    return sla__ical_fail_argument(error, SLA_E_ARGUMENT, 2,
                                   set.bytes < INT64_MAX ? (int64_t)set.bytes : INT64_MAX,
                                   (int64_t)BYTES_MOST);
  for (size_t i = 0; i < SLA__ICAL_LENGTH(limit_fields); i++)
    if (*limit_field(&set, i) > limit_fields[i].most)
      return sla__ical_fail_argument(error, SLA_E_ARGUMENT, 2, *limit_field(&set, i),
                                     limit_fields[i].most);
  complete_limits(&set);
  reader->limits = set;
  return SLA_OK;
}

/* ---- a reader ---- */

int32_t sla_ical_reader_new(const sla_allocator *allocator, sla_ical_reader **reader,
                            sla_error *error) {
  sla_allocator chosen = sla__ical_mem_allocator(allocator);
  if (reader == NULL) return sla__ical_fail_null(error, 2);
  sla_ical_reader *made = sla__ical_mem_new(&chosen, sizeof *made);
  if (made == NULL) return sla__ical_fail(error, SLA_E_MEMORY);
  made->allocator = chosen;
  complete_limits(&made->limits);
  *reader = made;
  return SLA_OK;
}

static void free_text(const sla_allocator *allocator, sla__ical_slice slice) {
  if (slice.length > 0) sla__ical_mem_free(allocator, (void *)(uintptr_t)slice.text, slice.length);
}

void sla_ical_reader_free(sla_ical_reader *reader) {
  if (reader == NULL) return;
  const sla_allocator allocator = reader->allocator;
  const sla__ical_named_zone *zones = reader->zones.data;
  const sla__ical_filter *filters = reader->filters.data;
  const sla__ical_switch *switches = reader->switches.data;
  for (size_t i = 0; i < reader->zones.count; i++) {
    free_text(&allocator, zones[i].name);
    sla_zone_unref((sla_zone *)(uintptr_t)zones[i].zone);
  }
  for (size_t i = 0; i < reader->filters.count; i++) free_text(&allocator, filters[i].text);
  for (size_t i = 0; i < reader->switches.count; i++) free_text(&allocator, switches[i].uid);
  sla__ical_array_free(&allocator, &reader->zones, sizeof(sla__ical_named_zone));
  sla__ical_array_free(&allocator, &reader->filters, sizeof(sla__ical_filter));
  sla__ical_array_free(&allocator, &reader->switches, sizeof(sla__ical_switch));
  sla__ical_array_free(&allocator, &reader->hours, sizeof(sla__ical_interval));
  sla_zone_unref(reader->zone);
  sla__ical_mem_free(&allocator, reader, sizeof *reader);
}

/* A copy of bytes that are UTF-8; an empty text needs no memory. */
static int32_t copy_text(const sla_ical_reader *reader, uint32_t argument, const char *text,
                         size_t length, size_t least, size_t most, sla__ical_slice *copy,
                         sla_error *error) {
  int32_t code =
      sla__ical_check_text((sla__ical_slice){text, length}, least, most, argument, error);
  if (code != SLA_OK) return code;
  *copy = (sla__ical_slice){"", 0};
  if (length == 0) return SLA_OK;
  char *bytes = sla__ical_mem_new(&reader->allocator, length);
  if (bytes == NULL) return sla__ical_fail(error, SLA_E_MEMORY);
  memcpy(bytes, text, length);
  *copy = (sla__ical_slice){bytes, length};
  return SLA_OK;
}

static int32_t check_room(const sla__ical_array *array, size_t most, sla_error *error) {
  if (array->count < most) return SLA_OK;
  return sla__ical_fail_index(error, SLA_E_LIMIT, (int64_t)array->count, (int64_t)most + 1,
                              (int64_t)most);
}

/* ---- settings ---- */

int32_t sla_ical_reader_set_window(sla_ical_reader *reader, sla_date first, sla_date last,
                                   sla_error *error) {
  int32_t days;
  if (reader == NULL) return sla__ical_fail_null(error, 1);
  if (sla_date_to_days(first, &days) != SLA_OK || first < WINDOW_FIRST)
    return sla__ical_fail_argument(error, SLA_E_DATE, 2, first, WINDOW_FIRST);
  if (sla_date_to_days(last, &days) != SLA_OK || last > WINDOW_LAST)
    return sla__ical_fail_argument(error, SLA_E_DATE, 3, last, WINDOW_LAST);
  if (last < first) return sla__ical_fail_argument(error, SLA_E_DATE, 3, last, first);
  reader->first = first;
  reader->last = last;
  return SLA_OK;
}

int32_t sla_ical_reader_set_zone(sla_ical_reader *reader, const sla_zone *zone,
                                 sla_error *error) {
  if (reader == NULL) return sla__ical_fail_null(error, 1);
  if (zone == NULL) return sla__ical_fail_null(error, 2);
  sla_zone *taken = sla_zone_ref(zone);
  sla_zone_unref(reader->zone);
  reader->zone = taken;
  return SLA_OK;
}

int32_t sla_ical_reader_add_zone(sla_ical_reader *reader, const char *tzid, size_t length,
                                 const sla_zone *zone, sla_error *error) {
  sla__ical_slice name;
  if (reader == NULL) return sla__ical_fail_null(error, 1);
  if (tzid == NULL) return sla__ical_fail_null(error, 2);
  if (zone == NULL) return sla__ical_fail_null(error, 4);
  int32_t code = check_room(&reader->zones, ZONES_MAX, error);
  if (code == SLA_OK)
    code = copy_text(reader, 2, tzid, length, 1, NAME_MAX_BYTES, &name, error);
  if (code != SLA_OK) return code;
  sla__ical_named_zone *slot =
      sla__ical_array_push(&reader->allocator, &reader->zones, sizeof *slot);
  if (slot == NULL) {
    free_text(&reader->allocator, name);
    return sla__ical_fail(error, SLA_E_MEMORY);
  }
  *slot = (sla__ical_named_zone){name, sla_zone_ref(zone)};
  return SLA_OK;
}

int32_t sla_ical_reader_set_latin1(sla_ical_reader *reader, uint32_t accepted,
                                   sla_error *error) {
  if (reader == NULL) return sla__ical_fail_null(error, 1);
  if (accepted > 1) return sla__ical_fail_argument(error, SLA_E_ARGUMENT, 2, accepted, 1);
  reader->latin1 = accepted == 1;
  return SLA_OK;
}

int32_t sla_ical_reader_add_filter(sla_ical_reader *reader, uint32_t filter, const char *text,
                                   size_t length, sla_error *error) {
  sla__ical_slice copy;
  if (reader == NULL) return sla__ical_fail_null(error, 1);
  if (filter < SLA_ICAL_TAKE_CATEGORY || filter > SLA_ICAL_WORKDAY_CATEGORY)
    return sla__ical_fail_argument(error, SLA_E_ARGUMENT, 2, filter, SLA_ICAL_WORKDAY_CATEGORY);
  if (text == NULL) return sla__ical_fail_null(error, 3);
  int32_t code = check_room(&reader->filters, FILTERS_MAX, error);
  if (code == SLA_OK)
    code = copy_text(reader, 3, text, length, 1, NAME_MAX_BYTES, &copy, error);
  if (code != SLA_OK) return code;
  sla__ical_filter *slot =
      sla__ical_array_push(&reader->allocator, &reader->filters, sizeof *slot);
  if (slot == NULL) {
    free_text(&reader->allocator, copy);
    return sla__ical_fail(error, SLA_E_MEMORY);
  }
  *slot = (sla__ical_filter){filter, copy};
  return SLA_OK;
}

/* The place of the first switch that is not before this one. */
static size_t place_of(const sla_ical_reader *reader, sla__ical_slice uid, sla_date date) {
  const sla__ical_switch *switches = reader->switches.data;
  size_t low = 0, high = reader->switches.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = sla__ical_compare(switches[middle].uid, uid);
    if (order < 0 || (order == 0 && switches[middle].date < date)) low = middle + 1;
    else high = middle;
  }
  return low;
}

static bool has_switch(const sla_ical_reader *reader, sla__ical_slice uid, sla_date date) {
  const sla__ical_switch *switches = reader->switches.data;
  size_t place = place_of(reader, uid, date);
  return place < reader->switches.count && switches[place].date == date &&
         sla__ical_compare(switches[place].uid, uid) == 0;
}

int32_t sla_ical_reader_switch_off(sla_ical_reader *reader, const char *uid, size_t length,
                                   sla_date date, sla_error *error) {
  sla__ical_slice copy;
  int32_t days;
  if (reader == NULL) return sla__ical_fail_null(error, 1);
  if (uid == NULL && length > 0) return sla__ical_fail_null(error, 2);
  if (date != 0 && sla_date_to_days(date, &days) != SLA_OK)
    return sla__ical_fail_argument(error, SLA_E_DATE, 4, date, 0);
  int32_t code = check_room(&reader->switches, SWITCHES_MAX, error);
  if (code == SLA_OK) code = copy_text(reader, 2, uid, length, 0, UID_MAX_BYTES, &copy, error);
  if (code != SLA_OK) return code;
  size_t place = place_of(reader, copy, date);
  if (sla__ical_array_push(&reader->allocator, &reader->switches, sizeof(sla__ical_switch)) ==
      NULL) {
    free_text(&reader->allocator, copy);
    return sla__ical_fail(error, SLA_E_MEMORY);
  }
  sla__ical_switch *slot = (sla__ical_switch *)reader->switches.data + place;
  memmove(slot + 1, slot, (reader->switches.count - 1 - place) * sizeof *slot);
  *slot = (sla__ical_switch){copy, date};
  return SLA_OK;
}

int32_t sla_ical_reader_add_workday_hours(sla_ical_reader *reader, int32_t opens, int32_t closes,
                                          sla_error *error) {
  if (reader == NULL) return sla__ical_fail_null(error, 1);
  if (opens < 0 || opens >= SLA__ICAL_DAY)
    return sla__ical_fail_argument(error, SLA_E_TIME, 2, opens,
                                   opens < 0 ? 0 : SLA__ICAL_DAY - 1);
  if (closes < 0 || closes > SLA__ICAL_DAY)
    return sla__ical_fail_argument(error, SLA_E_TIME, 3, closes, closes < 0 ? 0 : SLA__ICAL_DAY);
  if (closes == opens) return sla__ical_fail_argument(error, SLA_E_TIME, 3, closes, opens);
  int32_t code = check_room(&reader->hours, HOURS_MAX, error);
  if (code != SLA_OK) return code;
  sla__ical_interval *slot =
      sla__ical_array_push(&reader->allocator, &reader->hours, sizeof *slot);
  if (slot == NULL) return sla__ical_fail(error, SLA_E_MEMORY);
  *slot = (sla__ical_interval){opens, closes};
  return SLA_OK;
}

/* ---- what they mean for an event ---- */

/* After Knuth, Morris and Pratt: a file must not be able to make it slow. */
static bool contains(sla__ical_slice text, sla__ical_slice part) {
  uint8_t back[NAME_MAX_BYTES + 1] = {0}; /* of a prefix: how much of it also ends it */
  size_t matched = 0;
  for (size_t i = 1; i < part.length; i++) {
    while (matched > 0 && sla__ical_upper(part.text[i]) != sla__ical_upper(part.text[matched]))
      matched = back[matched];
    if (sla__ical_upper(part.text[i]) == sla__ical_upper(part.text[matched])) matched++;
    back[i + 1] = (uint8_t)matched;
  }
  matched = 0;
  for (size_t i = 0; i < text.length; i++) {
    while (matched > 0 && sla__ical_upper(text.text[i]) != sla__ical_upper(part.text[matched]))
      matched = back[matched];
    if (sla__ical_upper(text.text[i]) == sla__ical_upper(part.text[matched])) matched++;
    if (matched == part.length) return true;
  }
  return false;
}

static bool has_category(const sla__ical_events *events, const sla__ical_event *event,
                         sla__ical_slice category) {
  const sla__ical_text *all = events->categories.data;
  for (uint32_t i = 0; i < event->categories.count; i++)
    if (sla__ical_same_ignoring_case(
            sla__ical_text_get(&events->bytes, all[event->categories.first + i]), category))
      return true;
  return false;
}

static bool matches(const sla__ical_filter *filter, const sla__ical_events *events,
                    const sla__ical_event *event) {
  if (filter->filter == SLA_ICAL_TAKE_TEXT || filter->filter == SLA_ICAL_LEAVE_TEXT)
    return contains(sla__ical_text_get(&events->bytes, event->summary), filter->text);
  return has_category(events, event, filter->text);
}

bool sla__ical_reader_takes(const sla_ical_reader *reader, const sla__ical_events *events,
                            const sla__ical_event *event) {
  const sla__ical_filter *filters = reader->filters.data;
  bool any_take = false, taken = false;
  for (size_t i = 0; i < reader->filters.count; i++) {
    bool take = filters[i].filter == SLA_ICAL_TAKE_CATEGORY ||
                filters[i].filter == SLA_ICAL_TAKE_TEXT;
    if (filters[i].filter == SLA_ICAL_WORKDAY_CATEGORY) continue;
    any_take = any_take || take;
    if (!matches(&filters[i], events, event)) continue;
    if (!take) return false;
    taken = true;
  }
  return taken || !any_take;
}

bool sla__ical_reader_is_workday(const sla_ical_reader *reader, const sla__ical_events *events,
                                 const sla__ical_event *event) {
  const sla__ical_filter *filters = reader->filters.data;
  if ((event->flags & SLA__ICAL_IS_WORKDAY) != 0) return true;
  for (size_t i = 0; i < reader->filters.count; i++)
    if (filters[i].filter == SLA_ICAL_WORKDAY_CATEGORY &&
        has_category(events, event, filters[i].text))
      return true;
  return false;
}

bool sla__ical_reader_is_off(const sla_ical_reader *reader, sla__ical_slice uid, sla_date date) {
  return has_switch(reader, uid, 0) || has_switch(reader, uid, date);
}

bool sla__ical_reader_is_touched(const sla_ical_reader *reader, sla__ical_slice uid) {
  const sla__ical_switch *switches = reader->switches.data;
  size_t place = place_of(reader, uid, 0);
  return place < reader->switches.count && sla__ical_compare(switches[place].uid, uid) == 0;
}
