/* SPDX-License-Identifier: MIT */
#include "ical_reign.h"

/* ---- what each claims ---- */

typedef struct {
  int64_t from, to;
  uint32_t event, weakness;
} claim;

static int64_t end_of(const sla__ical_zones *zones, const sla__ical_event *event) {
  sla__ical_moment end = event->start;
  if ((event->flags & SLA__ICAL_HAS_END) != 0) return sla__ical_to_local(zones, event->end);
  if ((event->flags & SLA__ICAL_HAS_DURATION) == 0) return INT64_MAX;
  end.wall += event->duration.days * SLA__ICAL_DAY;
  if (event->duration.seconds == 0) return sla__ical_to_local(zones, end);
  int64_t utc = sla__ical_to_utc(zones, end.wall, end.clock) + event->duration.seconds;
  return sla__ical_from_utc(zones, utc, SLA__ICAL_LOCAL);
}

static claim claim_of(const sla__ical_zones *zones, const sla__ical_event *event,
                      uint32_t number) {
  bool has_start = (event->flags & SLA__ICAL_HAS_START) != 0;
  return (claim){.from = has_start ? sla__ical_to_local(zones, event->start) : INT64_MIN,
                 .to = end_of(zones, event),
                 .event = number,
                 .weakness = event->priority == 0 ? 10 : event->priority};
}

static int strength_order(const void *context, const void *a, const void *b) {
  const claim *x = a, *y = b;
  (void)context;
  if (x->weakness != y->weakness) return x->weakness < y->weakness ? -1 : 1;
  return (x->event < y->event) - (x->event > y->event);
}

/* ---- who gets what: the strongest first, of what is not taken ---- */

typedef struct {
  int64_t from;   /* up to where the next one begins */
  uint32_t event; /* who has it */
  uint32_t next;  /* no cell from here up to that one is free */
} cell;

static int cell_order(const void *context, const void *a, const void *b) {
  const cell *x = a, *y = b;
  (void)context;
  return (x->from > y->from) - (x->from < y->from);
}

/* The first free cell from one on; the way there gets shorter each time. */
static uint32_t free_cell(cell *cells, uint32_t at) {
  while (cells[at].next != at) at = cells[at].next = cells[cells[at].next].next;
  return at;
}

static uint32_t first_from(const cell *cells, size_t count, int64_t from) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (cells[middle].from < from) low = middle + 1;
    else high = middle;
  }
  return (uint32_t)low;
}

static void grant(cell *cells, size_t count, const claim *c) {
  uint32_t at = free_cell(cells, first_from(cells, count, c->from));
  while (cells[at].from < c->to) {
    cells[at].event = c->event;
    cells[at].next = at + 1;
    at = free_cell(cells, at);
  }
}

/* ---- all of them ---- */

typedef struct {
  const sla_allocator *allocator;
  sla__ical_array claims, cells;
} sharing;

static bool add_cell(sharing *s, int64_t from) {
  cell *slot = sla__ical_array_push(s->allocator, &s->cells, sizeof *slot);
  if (slot != NULL) *slot = (cell){from, UINT32_MAX, 0};
  return slot != NULL;
}

static bool collect(sharing *s, const sla__ical_zones *zones, const sla__ical_events *events) {
  const sla__ical_event *all = events->events.data;
  if (!add_cell(s, INT64_MIN) || !add_cell(s, INT64_MAX)) return false;
  for (uint32_t i = 0; i < events->events.count; i++) {
    if (all[i].kind != SLA__ICAL_VAVAILABILITY) continue;
    if ((all[i].flags & SLA__ICAL_IS_CANCELLED) != 0) continue;
    claim *slot = sla__ical_array_push(s->allocator, &s->claims, sizeof *slot);
    if (slot == NULL) return false;
    *slot = claim_of(zones, &all[i], i);
    if (!add_cell(s, slot->from) || !add_cell(s, slot->to)) return false;
  }
  return true;
}

static void share(sharing *s) {
  cell *cells = s->cells.data;
  claim *claims = s->claims.data;
  sla__ical_sort(cells, s->cells.count, sizeof *cells, cell_order, NULL);
  sla__ical_sort(claims, s->claims.count, sizeof *claims, strength_order, NULL);
  for (uint32_t i = 0; i < s->cells.count; i++) cells[i].next = i;
  for (size_t i = 0; i < s->claims.count; i++) grant(cells, s->cells.count, &claims[i]);
}

static bool list(const sharing *s, sla__ical_array *reigns) {
  const cell *cells = s->cells.data;
  sla__ical_reign *last = NULL;
  for (size_t i = 0; i + 1 < s->cells.count; i++) {
    int64_t from = cells[i].from, to = cells[i + 1].from;
    if (from == to) continue;
    if (last != NULL && last->event == cells[i].event) {
      last->to = to;
      continue;
    }
    last = sla__ical_array_push(s->allocator, reigns, sizeof *last);
    if (last == NULL) return false;
    *last = (sla__ical_reign){from, to, cells[i].event};
  }
  return true;
}

int32_t sla__ical_reigns(const sla__ical_zones *zones, const sla__ical_events *events,
                         sla__ical_array *reigns, sla_error *error) {
  sharing s = {.allocator = zones->allocator};
  bool done = collect(&s, zones, events);
  if (done) {
    share(&s);
    done = list(&s, reigns);
  }
  sla__ical_array_free(s.allocator, &s.claims, sizeof(claim));
  sla__ical_array_free(s.allocator, &s.cells, sizeof(cell));
  return done ? SLA_OK : sla__ical_fail(error, SLA_E_MEMORY);
}
