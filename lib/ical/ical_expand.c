/* SPDX-License-Identifier: MIT */
#include "ical_expand.h"

/* ---- occurrences that are left out ---- */

/* EXDATEs, or the occurrences that overrides are about, as sorted numbers.  A date leaves out what
 * begins on it, on the event's own clock; a date-time leaves out that instant, and of an event of
 * whole days the day that it is on. */
typedef struct {
  sla__ical_array days;     /* int64_t: of dates */
  sla__ical_array instants; /* of date-times, in UTC ... */
  sla__ical_array on;       /* ... and the days that these are on */
} skips;

static void free_skips(skips *s, const sla_allocator *allocator) {
  sla__ical_array_free(allocator, &s->days, sizeof(int64_t));
  sla__ical_array_free(allocator, &s->instants, sizeof(int64_t));
  sla__ical_array_free(allocator, &s->on, sizeof(int64_t));
}

static void empty_skips(skips *s) { s->days.count = s->instants.count = s->on.count = 0; }

static bool add_number(const sla_allocator *allocator, sla__ical_array *numbers, int64_t number) {
  int64_t *slot = sla__ical_array_push(allocator, numbers, sizeof *slot);
  if (slot != NULL) *slot = number;
  return slot != NULL;
}

static bool add_skip(const sla__ical_expansion *x, skips *s, sla__ical_moment moment) {
  if (moment.is_date != 0)
    return add_number(x->allocator, &s->days, sla__ical_day_of(moment.wall));
  int64_t utc = sla__ical_to_utc(x->zones, moment.wall, moment.clock);
  int64_t shown = moment.clock == SLA__ICAL_UTC
                      ? sla__ical_from_utc(x->zones, utc, SLA__ICAL_LOCAL)
                      : moment.wall;
  return add_number(x->allocator, &s->instants, utc) &&
         add_number(x->allocator, &s->on, sla__ical_day_of(shown));
}

static int number_order(const void *context, const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  (void)context;
  return (x > y) - (x < y);
}

static void sort_numbers(sla__ical_array *numbers) {
  sla__ical_sort(numbers->data, numbers->count, sizeof(int64_t), number_order, NULL);
}

static void sort_skips(skips *s) {
  sort_numbers(&s->days);
  sort_numbers(&s->instants);
  sort_numbers(&s->on);
}

static bool has_number(const sla__ical_array *numbers, int64_t number) {
  const int64_t *all = numbers->data;
  size_t low = 0, high = numbers->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (all[middle] < number) low = middle + 1;
    else high = middle;
  }
  return low < numbers->count && all[low] == number;
}

static bool is_skipped(const skips *s, int64_t day, bool is_date, int64_t utc) {
  if (has_number(&s->days, day)) return true;
  return is_date ? has_number(&s->on, day) : has_number(&s->instants, utc);
}

/* ---- one event ---- */

/* A start on the event's own clock. */
typedef struct {
  int64_t wall;
  int64_t length; /* of an RDATE that is a period, in seconds; or -1 */
} begun;

typedef struct {
  sla__ical_expansion *x;
  const sla__ical_event *event;
  uint32_t number;
  int64_t length;  /* how long it lasts on its own clock ... */
  int64_t seconds; /* ... and then exactly */
  const skips *changed;  /* what overrides are about */
  skips *exceptions;
  sla__ical_array *starts; /* begun */
  sla_error *error;
} expanding;

static int32_t fail_event(const expanding *e, int64_t value, int64_t limit) {
  return sla__ical_fail_at(e->error, SLA_ICAL_E_INSTANCES, e->x->zones->scan->bytes,
                           e->event->place, value, limit);
}

/* An end on the clock of the start makes a length on that clock, which every occurrence has: from
 * 22:00 to 06:00 stays so when the clocks change.  RFC 5545 would have it exact; no program that
 * people look at does. */
static void measure_end(expanding *e) {
  const sla__ical_zones *zones = e->x->zones;
  sla__ical_moment start = e->event->start, end = e->event->end;
  int64_t from = sla__ical_to_utc(zones, start.wall, start.clock);
  int64_t to = sla__ical_to_utc(zones, end.wall, end.clock);
  if (end.clock != start.clock) end.wall = sla__ical_from_utc(zones, to, start.clock);
  e->length = end.wall - start.wall;
  if (e->length > 0 || to <= from) return;
  e->length = 0; /* within an hour that the clock shows twice */
  e->seconds = to - from;
}

static void measure(expanding *e) {
  const sla__ical_event *event = e->event;
  if ((event->flags & SLA__ICAL_HAS_DURATION) != 0) {
    e->length = event->duration.days * SLA__ICAL_DAY;
    e->seconds = event->duration.seconds;
  } else if ((event->flags & SLA__ICAL_HAS_END) != 0) {
    measure_end(e);
  }
  if (event->start.is_date != 0 && e->length == 0) e->length = SLA__ICAL_DAY;
}

static bool touches(const sla__ical_expansion *x, int64_t start, int64_t end) {
  return start < (x->last_day + 1) * SLA__ICAL_DAY && end > x->first_day * SLA__ICAL_DAY;
}

static sla__ical_occurrence occurrence_of(const expanding *e, const begun *b) {
  const sla__ical_zones *zones = e->x->zones;
  uint32_t clock = e->event->start.clock;
  sla__ical_occurrence o = {.event = e->number, .is_date = e->event->start.is_date};
  int64_t end = b->wall + e->length;
  bool exact = b->length >= 0 || e->seconds > 0;
  o.start = b->wall;
  o.end = end;
  if (clock == SLA__ICAL_LOCAL && !exact) return o;
  int64_t from = sla__ical_to_utc(zones, b->wall, clock);
  int64_t to = b->length >= 0 ? from + b->length : sla__ical_to_utc(zones, end, clock) + e->seconds;
  if (to > from) sla__ical_cover(zones, from, to, &o.start, &o.end);
  else o.end = o.start = sla__ical_from_utc(zones, from, SLA__ICAL_LOCAL);
  return o;
}

static int32_t emit(const expanding *e, const begun *b) {
  sla__ical_expansion *x = e->x;
  uint32_t most = x->zones->scan->limits.instances;
  sla__ical_occurrence made = occurrence_of(e, b);
  if (!touches(x, made.start, sla__ical_max(made.end, made.start + 1))) return SLA_OK;
  if (x->occurrences.count >= most)
    return fail_event(e, (int64_t)x->occurrences.count + 1, most);
  sla__ical_occurrence *slot =
      sla__ical_array_push(x->allocator, &x->occurrences, sizeof *slot);
  if (slot == NULL) return sla__ical_fail(e->error, SLA_E_MEMORY);
  *slot = made;
  return SLA_OK;
}

/* ---- the starts of an event ---- */

static int32_t add_start(const expanding *e, int64_t wall, int64_t length) {
  uint32_t most = e->x->zones->scan->limits.instances;
  if (e->starts->count >= 2 * (uint64_t)most) return fail_event(e, 2 * (int64_t)most + 1, most);
  begun *slot = sla__ical_array_push(e->x->allocator, e->starts, sizeof *slot);
  if (slot == NULL) return sla__ical_fail(e->error, SLA_E_MEMORY);
  *slot = (begun){wall, length};
  return SLA_OK;
}

/* Wide enough for any two clocks. */
#define MARGIN (3 * SLA__ICAL_DAY)

static int32_t walk_rule(const expanding *e, uint32_t which) {
  const sla__ical_expansion *x = e->x;
  sla__ical_rule rule;
  sla__ical_walk walk;
  sla__ical_wall wall;
  int32_t code = sla__ical_event_rule(x->zones, x->events, e->event, which, &rule);
  if (code != SLA_OK) return sla__ical_fail(e->error, code);
  rule.only_matches = x->only_matches;
  sla__ical_walk_begin(&walk, &rule, e->event->start.wall,
                       x->first_day * SLA__ICAL_DAY - e->length - e->seconds - MARGIN,
                       (x->last_day + 1) * SLA__ICAL_DAY + MARGIN, x->zones->search);
  while ((code = sla__ical_walk_next(&walk, &wall)) == SLA_OK && wall != SLA_NONE) {
    code = add_start(e, wall, -1);
    if (code != SLA_OK) return code;
  }
  return code == SLA_OK ? code : fail_event(e, 0, x->zones->scan->limits.search_days);
}

/* On the clock of the start, and of its kind: a date means the start's time of that day. */
static int64_t wall_of(const expanding *e, sla__ical_moment moment) {
  sla__ical_moment start = e->event->start;
  const sla__ical_zones *zones = e->x->zones;
  if (moment.is_date != 0)
    return moment.wall + (start.is_date != 0 ? 0 : sla__ical_second_of(start.wall));
  if (moment.clock != start.clock)
    moment.wall = sla__ical_from_utc(
        zones, sla__ical_to_utc(zones, moment.wall, moment.clock), start.clock);
  return start.is_date == 0 ? moment.wall
                            : sla__ical_day_of(moment.wall) * SLA__ICAL_DAY;
}

static int32_t collect(const expanding *e) {
  const sla__ical_rdate *dates = e->x->events->dates.data;
  sla__ical_range range = e->event->rules;
  bool is_start = range.count == 0 || !e->x->only_matches;
  int32_t code = is_start ? add_start(e, e->event->start.wall, -1) : SLA_OK;
  for (uint32_t i = 0; i < range.count && code == SLA_OK; i++)
    code = walk_rule(e, i);
  range = e->event->dates;
  for (uint32_t i = 0; i < range.count && code == SLA_OK; i++) {
    const sla__ical_rdate *date = &dates[range.first + i];
    code = add_start(e, wall_of(e, date->start), e->event->start.is_date ? -1 : date->length);
  }
  return code;
}

/* Of equal starts the one that has a length of its own comes first. */
static int start_order(const void *context, const void *a, const void *b) {
  const begun *x = a, *y = b;
  (void)context;
  if (x->wall != y->wall) return x->wall < y->wall ? -1 : 1;
  return (x->length < y->length) - (x->length > y->length);
}

static bool is_left_out(const expanding *e, int64_t wall) {
  bool is_date = e->event->start.is_date != 0;
  int64_t day = sla__ical_day_of(wall);
  int64_t utc = is_date ? 0 : sla__ical_to_utc(e->x->zones, wall, e->event->start.clock);
  return is_skipped(e->exceptions, day, is_date, utc) ||
         is_skipped(e->changed, day, is_date, utc);
}

static int32_t read_exceptions(const expanding *e) {
  const sla__ical_moment *all = e->x->events->exceptions.data;
  sla__ical_range range = e->event->exceptions;
  empty_skips(e->exceptions);
  for (uint32_t i = 0; i < range.count; i++)
    if (!add_skip(e->x, e->exceptions, all[range.first + i]))
      return sla__ical_fail(e->error, SLA_E_MEMORY);
  sort_skips(e->exceptions);
  return SLA_OK;
}

static int32_t expand_master(const expanding *e) {
  e->starts->count = 0;
  int32_t code = collect(e);
  if (code == SLA_OK) code = read_exceptions(e);
  if (code != SLA_OK) return code;
  const begun *starts = e->starts->data;
  sla__ical_sort(e->starts->data, e->starts->count, sizeof *starts, start_order, NULL);
  for (size_t i = 0; i < e->starts->count && code == SLA_OK; i++) {
    if (i > 0 && starts[i].wall == starts[i - 1].wall) continue;
    if (!is_left_out(e, starts[i].wall)) code = emit(e, &starts[i]);
  }
  return code;
}

/* ---- all events ---- */

typedef struct {
  sla__ical_expansion *x;
  sla__ical_array order;   /* uint32_t: events by kind, parent and UID */
  sla__ical_array starts;
  skips changed, exceptions;
  sla_error *error;
} expander;

static const sla__ical_event *event_at(const sla__ical_expansion *x, uint32_t number) {
  const sla__ical_event *events = x->events->events.data;
  return &events[number];
}

/* By what identifies an event. */
static int identity_order(const sla__ical_expansion *x, uint32_t a, uint32_t b) {
  const sla__ical_event *p = event_at(x, a), *q = event_at(x, b);
  if (p->kind != q->kind) return p->kind < q->kind ? -1 : 1;
  if (p->parent != q->parent) return p->parent < q->parent ? -1 : 1;
  return sla__ical_compare(sla__ical_text_get(&x->events->bytes, p->uid),
                           sla__ical_text_get(&x->events->bytes, q->uid));
}

static bool is_change(const sla__ical_event *event) {
  return (event->flags & SLA__ICAL_HAS_RECURRENCE_ID) != 0;
}

/* Without a UID nobody knows of which event. */
static bool changes_another(const sla__ical_event *event) {
  return is_change(event) && event->uid.length > 0;
}

/* By what a change is about; events that change nothing come first, and are equal. */
static int change_order(const sla__ical_expansion *x, uint32_t a, uint32_t b) {
  const sla__ical_event *p = event_at(x, a), *q = event_at(x, b);
  if (!is_change(p) || !is_change(q)) return is_change(p) - is_change(q);
  sla__ical_moment m = p->recurrence_id, n = q->recurrence_id;
  if (m.is_date != n.is_date) return m.is_date < n.is_date ? -1 : 1;
  int64_t i = sla__ical_to_utc(x->zones, m.wall, m.clock);
  int64_t k = sla__ical_to_utc(x->zones, n.wall, n.clock);
  return (i > k) - (i < k);
}

static int event_order(const void *context, const void *a, const void *b) {
  uint32_t p = *(const uint32_t *)a, q = *(const uint32_t *)b;
  int order = identity_order(context, p, q);
  if (order == 0) order = change_order(context, p, q);
  return order != 0 ? order : (p > q) - (p < q);
}

static int32_t expand_one(expander *r, uint32_t number) {
  expanding e = {.x = r->x, .event = event_at(r->x, number), .number = number,
                 .changed = &r->changed, .exceptions = &r->exceptions, .starts = &r->starts,
                 .error = r->error};
  const begun only = {e.event->start.wall, -1};
  if ((e.event->flags & SLA__ICAL_IS_CANCELLED) != 0) return SLA_OK;
  if (r->x->left != NULL && (r->x->left[number] & SLA__ICAL_LEFT) != 0) return SLA_OK;
  measure(&e);
  return is_change(e.event) ? emit(&e, &only) : expand_master(&e);
}

/* Of several changes of one occurrence the last in the file counts. */
static bool is_superseded(const sla__ical_expansion *x, const uint32_t *group, size_t count,
                          size_t i) {
  return changes_another(event_at(x, group[i])) && i + 1 < count &&
         change_order(x, group[i], group[i + 1]) == 0;
}

/* The events of one UID: what some of them change is left out of the others. */
static int32_t expand_group(expander *r, const uint32_t *group, size_t count) {
  empty_skips(&r->changed);
  for (size_t i = 0; i < count; i++) {
    const sla__ical_event *event = event_at(r->x, group[i]);
    if (changes_another(event) && !add_skip(r->x, &r->changed, event->recurrence_id))
      return sla__ical_fail(r->error, SLA_E_MEMORY);
  }
  sort_skips(&r->changed);
  int32_t code = SLA_OK;
  for (size_t i = 0; i < count && code == SLA_OK; i++)
    if (!is_superseded(r->x, group, count, i)) code = expand_one(r, group[i]);
  return code;
}

static int32_t order_events(expander *r, uint32_t kinds) {
  const sla__ical_event *events = r->x->events->events.data;
  for (uint32_t i = 0; i < r->x->events->events.count; i++) {
    if ((kinds & 1u << events[i].kind) == 0) continue;
    uint32_t *slot = sla__ical_array_push(r->x->allocator, &r->order, sizeof *slot);
    if (slot == NULL) return sla__ical_fail(r->error, SLA_E_MEMORY);
    *slot = i;
  }
  sla__ical_sort(r->order.data, r->order.count, sizeof(uint32_t), event_order, r->x);
  return SLA_OK;
}

static int32_t expand_groups(expander *r) {
  const uint32_t *order = r->order.data;
  int32_t code = SLA_OK;
  for (size_t i = 0, next; i < r->order.count && code == SLA_OK; i = next) {
    for (next = i + 1; next < r->order.count; next++)
      if (identity_order(r->x, order[i], order[next]) != 0) break;
    code = expand_group(r, order + i, next - i);
  }
  return code;
}

int32_t sla__ical_expand(sla__ical_expansion *expansion, uint32_t kinds, sla_error *error) {
  const sla_allocator *allocator = expansion->allocator;
  expander r = {.x = expansion, .error = error};
  int32_t code = order_events(&r, kinds);
  if (code == SLA_OK) code = expand_groups(&r);
  sla__ical_array_free(allocator, &r.order, sizeof(uint32_t));
  sla__ical_array_free(allocator, &r.starts, sizeof(begun));
  free_skips(&r.changed, allocator);
  free_skips(&r.exceptions, allocator);
  return code;
}
