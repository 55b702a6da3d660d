/* SPDX-License-Identifier: MIT */
#include "ical_hours.h"

#include "ical_exact.h"
#include "ical_reign.h"
#include "ical_shift.h"

/* Day numbers; all times: INT64_MIN and INT64_MAX. */
typedef struct {
  int64_t first, last;
} span;

typedef struct {
  const sla_ical_reader *reader;
  sla__ical_expansion *x;
  sla__ical_items *items;
  sla_error *error;
  uint8_t *marks;         /* of each event */
  sla__ical_array reigns; /* sla__ical_reign */
  sla__ical_array spans;  /* span, of each event: where a VAVAILABILITY rules */
  sla__ical_items weekly; /* the weekly hours */
  sla__ical_array said;   /* sla__ical_shift: what they make in the window, ... */
  sla__ical_array open;   /* ... and what the file does */
} maker;

/* Beside SLA__ICAL_LEFT: what has an occurrence in the window, and what makes hours there. */
enum { IS_SEEN = 2, IS_OPEN = 4 };

static const sla__ical_event *event_at(const maker *m, uint32_t number) {
  return (const sla__ical_event *)m->x->events->events.data + number;
}

static int32_t fail_event(const maker *m, uint32_t number, int64_t value, int64_t limit) {
  return sla__ical_fail_at(m->error, SLA_ICAL_E_INSTANCES, m->x->zones->scan->bytes,
                           event_at(m, number)->place, value, limit);
}

/* ---- which events to take ---- */

static bool is_cancelled(const maker *m, const sla__ical_event *event) {
  bool within = event->parent != UINT32_MAX;
  return ((event->flags | (within ? event_at(m, event->parent)->flags : 0)) &
          SLA__ICAL_IS_CANCELLED) != 0;
}

static void sort_out(maker *m) {
  for (uint32_t i = 0; i < m->x->events->events.count; i++) {
    const sla__ical_event *event = event_at(m, i);
    m->marks[i] = SLA__ICAL_LEFT;
    if (event->kind == SLA__ICAL_VAVAILABILITY) continue;
    m->items->summary.events++;
    if (is_cancelled(m, event)) m->items->summary.cancelled++;
    else if (!sla__ical_reader_takes(m->reader, m->x->events, event))
      m->items->summary.filtered++;
    else m->marks[i] = 0;
  }
}

/* ---- what the file says ---- */

static int32_t add_shift(const maker *m, sla__ical_array *shifts, const sla__ical_shift *shift) {
  uint32_t most = m->x->zones->scan->limits.instances;
  if (shifts->count >= most)
    return fail_event(m, shift->event, (int64_t)shifts->count + 1, most);
  sla__ical_shift *slot = sla__ical_array_push(m->x->allocator, shifts, sizeof *slot);
  if (slot == NULL) return sla__ical_fail(m->error, SLA_E_MEMORY);
  *slot = *shift;
  return SLA_OK;
}

/* A stretch of open time, as shifts that begin in the window. */
static int32_t add_open(maker *m, const sla__ical_occurrence *o, int64_t start, int64_t end) {
  sla__ical_shift shift = {.event = o->event,
                           .date = sla__ical_date(sla__ical_day_of(o->start))};
  int64_t window = m->x->first_day * SLA__ICAL_DAY;
  int32_t code = SLA_OK;
  if (end - start >= SLA__ICAL_DAY) start = sla__ical_max(start, window); /* it has midnights */
  while (code == SLA_OK && sla__ical_shift_take(&start, end, &shift)) {
    if (shift.day > m->x->last_day) break;
    if (shift.day < m->x->first_day) continue;
    m->marks[o->event] |= IS_OPEN;
    code = add_shift(m, &m->open, &shift);
  }
  return code;
}

static size_t first_reign(const maker *m, int64_t wall) {
  const sla__ical_reign *reigns = m->reigns.data;
  size_t low = 0, high = m->reigns.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (reigns[middle].to <= wall) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* What of it is under the rule of its own VAVAILABILITY. */
static int32_t add_available(maker *m, const sla__ical_occurrence *o, uint32_t parent) {
  const sla__ical_reign *reigns = m->reigns.data;
  uint64_t *search = m->x->zones->search;
  int32_t code = SLA_OK;
  for (size_t i = first_reign(m, o->start); code == SLA_OK && i < m->reigns.count; i++) {
    if (reigns[i].from >= o->end) break;
    if (*search == 0)
      return fail_event(m, o->event, 0, m->x->zones->scan->limits.search_days);
    --*search;
    if (reigns[i].event == parent)
      code = add_open(m, o, sla__ical_max(o->start, reigns[i].from),
                      sla__ical_min(o->end, reigns[i].to));
  }
  return code;
}

static int32_t add_occurrence(maker *m, const sla__ical_occurrence *o) {
  const sla__ical_event *event = event_at(m, o->event);
  sla__ical_slice uid = sla__ical_text_get(&m->x->events->bytes, event->uid);
  sla_date date = sla__ical_date(sla__ical_day_of(o->start));
  m->marks[o->event] |= IS_SEEN;
  if (o->start == o->end) m->items->summary.empty++;
  else if (sla__ical_reader_is_off(m->reader, uid, date)) m->items->summary.switched_off++;
  else if (event->kind == SLA__ICAL_AVAILABLE) return add_available(m, o, event->parent);
  else return add_open(m, o, o->start, o->end);
  return SLA_OK;
}

static int32_t add_occurrences(maker *m) {
  const sla__ical_occurrence *all = m->x->occurrences.data;
  int32_t code = SLA_OK;
  for (size_t i = 0; i < m->x->occurrences.count && code == SLA_OK; i++)
    code = add_occurrence(m, &all[i]);
  return code;
}

/* ---- what can be said as weekly hours ---- */

/* The days from the first to the last on which each VAVAILABILITY rules. */
static int32_t find_spans(maker *m) {
  const sla__ical_reign *reigns = m->reigns.data;
  if (!sla__ical_array_extend(m->x->allocator, &m->spans, sizeof(span), m->x->events->events.count))
    return sla__ical_fail(m->error, SLA_E_MEMORY);
  span *spans = m->spans.data;
  for (size_t i = 0; i < m->spans.count; i++) spans[i] = (span){INT64_MAX, INT64_MIN};
  for (size_t i = 0; i < m->reigns.count; i++) {
    if (reigns[i].event == UINT32_MAX) continue;
    span *s = &spans[reigns[i].event];
    int64_t from = reigns[i].from, to = reigns[i].to;
    if (s->first == INT64_MAX) s->first = from == INT64_MIN ? from : sla__ical_day_of(from);
    s->last = to == INT64_MAX ? to : sla__ical_day_of(to - 1);
  }
  return SLA_OK;
}

static span span_of(const maker *m, uint32_t event) {
  uint32_t parent = event_at(m, event)->parent;
  return parent == UINT32_MAX ? (span){INT64_MIN, INT64_MAX}
                              : ((const span *)m->spans.data)[parent];
}

static int32_t add_weekdays(const maker *m, const sla__ical_item *item, sla__ical_array *shifts) {
  int64_t first = m->x->first_day, last = m->x->last_day;
  if (item->first != 0) first = sla__ical_max(first, sla__ical_days(item->first));
  if (item->last != 0) last = sla__ical_min(last, sla__ical_days(item->last));
  sla__ical_shift shift = {.opens = item->opens, .closes = item->closes, .event = item->event};
  int32_t code = SLA_OK;
  for (int64_t day = first; day <= last && code == SLA_OK; day++) {
    shift.day = (int32_t)day;
    shift.date = sla__ical_date(day);
    if ((item->weekdays >> sla__ical_weekday(day) & 1) != 0) code = add_shift(m, shifts, &shift);
  }
  return code;
}

/* An event that says which entry it is. */
static int32_t add_exact(maker *m, const sla__ical_item *item) {
  sla__ical_slice uid =
      sla__ical_text_get(&m->x->events->bytes, event_at(m, item->event)->uid);
  int32_t code = SLA_OK;
  if (sla__ical_reader_is_off(m->reader, uid, item->date)) {
    m->items->summary.switched_off++;
  } else if (sla__ical_item_is_outside(item, m->x->first_day, m->x->last_day)) {
    m->items->summary.outside++;
  } else {
    code = sla__ical_item_add(&m->weekly, item, m->error);
  }
  return code;
}

/* Only where nothing but its own VAVAILABILITY ever rules. */
static int32_t take_exact(maker *m) {
  int32_t code = SLA_OK;
  if (m->reigns.count != 1 || !sla__ical_may_be_exact(m->x->events)) return SLA_OK;
  for (uint32_t i = 0; i < m->x->events->events.count && code == SLA_OK; i++) {
    sla__ical_item item = {.event = i};
    if (m->marks[i] != 0 ||
        !sla__ical_exact(m->reader, m->x->events, event_at(m, i), &item))
      continue;
    m->marks[i] = SLA__ICAL_LEFT;
    code = add_exact(m, &item);
  }
  return code;
}

/* Of the events that do make hours in the window. */
static int32_t add_weekly(maker *m) {
  int32_t code = SLA_OK;
  for (uint32_t i = 0; i < m->x->events->events.count && code == SLA_OK; i++) {
    if ((m->marks[i] & IS_OPEN) == 0) continue;
    span limits = span_of(m, i);
    code = sla__ical_weekly_add(m->x->zones, m->x->events, i, limits.first, limits.last,
                                &m->weekly, m->error);
  }
  return code;
}

static bool has_others(const maker *m) {
  size_t i = 0, count = m->x->events->events.count;
  while (i < count && (m->marks[i] & IS_OPEN) == 0) i++;
  return i < count;
}

/* Entries that are exact are open just when they say; alone they differ on no date. */
static int32_t add_said(maker *m) {
  const sla__ical_item *items = m->weekly.items.data;
  bool compared = has_others(m);
  int32_t code = SLA_OK;
  for (size_t i = 0; i < m->weekly.items.count && code == SLA_OK; i++) {
    code = sla__ical_item_add(m->items, &items[i], m->error);
    if (code == SLA_OK && compared) code = add_weekdays(m, &items[i], &m->said);
    if (code == SLA_OK && compared && items[i].is_exact)
      code = add_weekdays(m, &items[i], &m->open);
  }
  return code;
}

/* ---- the dates on which they differ ---- */

static int compare_times(const sla__ical_shift *x, const sla__ical_shift *y) {
  if (x->day != y->day) return x->day < y->day ? -1 : 1;
  if (x->opens != y->opens) return x->opens < y->opens ? -1 : 1;
  return (x->closes > y->closes) - (x->closes < y->closes);
}

static int shift_order(const void *context, const void *a, const void *b) {
  const sla__ical_shift *x = a, *y = b;
  int order = compare_times(x, y);
  (void)context;
  return order != 0 ? order : (x->event > y->event) - (x->event < y->event);
}

/* In order, and of equal times the first event's. */
static void tidy(sla__ical_array *shifts) {
  sla__ical_shift *all = shifts->data;
  size_t kept = 0;
  sla__ical_sort(all, shifts->count, sizeof *all, shift_order, NULL);
  for (size_t i = 0; i < shifts->count; i++)
    if (kept == 0 || compare_times(&all[kept - 1], &all[i]) != 0) all[kept++] = all[i];
  shifts->count = kept;
}

/* The shifts of a day, from a place in the list; the place is moved behind them. */
static size_t count_day(const sla__ical_array *shifts, size_t *at, int32_t day) {
  const sla__ical_shift *all = shifts->data;
  size_t from = *at;
  while (*at < shifts->count && all[*at].day == day) ++*at;
  return *at - from;
}

static bool same_times(const sla__ical_shift *a, const sla__ical_shift *b, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (compare_times(&a[i], &b[i]) != 0) return false;
  return true;
}

/* Days in a row: without any hours, or with the same ones of one occurrence. */
static bool goes_on(const sla__ical_item *last, const sla__ical_item *item) {
  return last->kind == item->kind && last->event == item->event &&
         last->opens == item->opens && last->closes == item->closes &&
         (last->date == item->date || item->kind == SLA_ENTRY_HOLIDAY) && last->last != 0 &&
         sla__ical_days(last->last) + 1 == sla__ical_days(item->first);
}

static int32_t add_dated(const maker *m, const sla__ical_item *item) {
  size_t count = m->items->items.count;
  sla__ical_item *items = m->items->items.data, *last = count == 0 ? NULL : &items[count - 1];
  if (last == NULL || !goes_on(last, item)) return sla__ical_item_add(m->items, item, m->error);
  last->last = item->last;
  return SLA_OK;
}

static int32_t add_closed(const maker *m, int32_t day) {
  sla_date date = sla__ical_date(day);
  const sla__ical_item item = {.first = date, .last = date, .date = date, .event = UINT32_MAX,
                               .kind = SLA_ENTRY_HOLIDAY, .recurrence = SLA_DATES};
  return add_dated(m, &item);
}

static int32_t add_special(const maker *m, const sla__ical_shift *shifts, size_t count) {
  int32_t code = SLA_OK;
  for (size_t i = 0; i < count && code == SLA_OK; i++) {
    sla_date date = sla__ical_date(shifts[i].day);
    const sla__ical_item item = {.first = date, .last = date, .date = shifts[i].date,
                                 .opens = shifts[i].opens, .closes = shifts[i].closes,
                                 .event = shifts[i].event, .kind = SLA_ENTRY_SPECIAL_HOURS,
                                 .recurrence = SLA_DATES};
    code = add_dated(m, &item);
  }
  return code;
}

static int32_t add_differences(maker *m) {
  const sla__ical_shift *said = m->said.data, *open = m->open.data;
  int32_t code = SLA_OK;
  for (size_t s = 0, o = 0; code == SLA_OK && (s < m->said.count || o < m->open.count);) {
    size_t from_said = s, from_open = o;
    int32_t day = o == m->open.count || (s < m->said.count && said[s].day < open[o].day)
                      ? said[s].day
                      : open[o].day;
    size_t count_said = count_day(&m->said, &s, day), count_open = count_day(&m->open, &o, day);
    if (count_open == 0) code = add_closed(m, day);
    else if (count_said != count_open ||
             !same_times(said + from_said, open + from_open, count_open))
      code = add_special(m, open + from_open, count_open);
  }
  return code;
}

/* ---- all of it ---- */

static int32_t make(maker *m) {
  sort_out(m);
  m->x->left = m->marks;
  m->x->only_matches = true;
  int32_t code = sla__ical_reigns(m->x->zones, m->x->events, &m->reigns, m->error);
  if (code == SLA_OK) code = find_spans(m);
  if (code == SLA_OK) code = take_exact(m);
  if (code == SLA_OK)
    code = sla__ical_expand(m->x, 1u << SLA__ICAL_AVAILABLE | 1u << SLA__ICAL_VEVENT, m->error);
  if (code == SLA_OK) code = add_occurrences(m);
  if (code == SLA_OK) code = add_weekly(m);
  if (code == SLA_OK) code = add_said(m);
  if (code != SLA_OK) return code;
  tidy(&m->said);
  tidy(&m->open);
  for (size_t i = 0; i < m->x->events->events.count; i++)
    m->items->summary.outside += m->marks[i] == 0;
  return add_differences(m);
}

int32_t sla__ical_hours(const sla_ical_reader *reader, sla__ical_expansion *expansion,
                        sla__ical_items *items, sla_error *error) {
  const sla_allocator *allocator = expansion->allocator;
  maker m = {.reader = reader, .x = expansion, .items = items, .error = error,
             .weekly = {.allocator = allocator}};
  size_t count = expansion->events->events.count;
  if (count == 0) return SLA_OK;
  m.marks = sla__ical_mem_new(allocator, count);
  if (m.marks == NULL) return sla__ical_fail(error, SLA_E_MEMORY);
  int32_t code = make(&m);
  expansion->left = NULL;
  sla__ical_mem_free(allocator, m.marks, count);
  sla__ical_items_free(&m.weekly);
  sla__ical_array_free(allocator, &m.reigns, sizeof(sla__ical_reign));
  sla__ical_array_free(allocator, &m.spans, sizeof(span));
  sla__ical_array_free(allocator, &m.said, sizeof(sla__ical_shift));
  sla__ical_array_free(allocator, &m.open, sizeof(sla__ical_shift));
  return code;
}
