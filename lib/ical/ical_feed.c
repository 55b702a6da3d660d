/* SPDX-License-Identifier: MIT */
#include "ical_feed.h"

#include <stdatomic.h>

#define NAME_BYTES 255 /* the most that an entry's name may have */

typedef struct {
  sla__ical_text name, uid;
  uint32_t line;
} source;

struct sla_ical_feed {
  atomic_size_t references;
  sla_allocator allocator;
  sla__ical_array items;   /* sla__ical_item */
  sla__ical_array sources; /* source, of every event */
  sla__ical_array bytes;
  sla_ical_summary summary;
};

/* ---- making ---- */

/* What a calendar can call an entry: no control characters, and not more than it may have, cut
 * between two characters. */
static sla__ical_slice clean_name(sla__ical_slice summary, char *room) {
  size_t length = 0, size;
  summary = sla__ical_trimmed(summary);
  for (size_t i = 0; i < summary.length; i += size) {
    size = sla__ical_utf8_length(summary.text + i, summary.length - i);
    unsigned char c = (unsigned char)summary.text[i];
    if (size == 0) break;
    if (length + size > NAME_BYTES) break;
    memcpy(room + length, summary.text + i, size);
    if (c < 0x20 || c == 0x7F) room[length] = ' ';
    length += size;
  }
  return sla__ical_trimmed((sla__ical_slice){room, length});
}

static bool add_source(sla_ical_feed *feed, const sla__ical_events *events,
                       const sla__ical_event *event, source *to) {
  char room[NAME_BYTES];
  sla__ical_slice name = clean_name(sla__ical_text_get(&events->bytes, event->summary), room);
  sla__ical_slice uid = sla__ical_text_get(&events->bytes, event->uid);
  return sla__ical_text_add(&feed->allocator, &feed->bytes, name, &to->name) &&
         sla__ical_text_add(&feed->allocator, &feed->bytes, uid, &to->uid);
}

/* Of the events that made something; in the order of the file, so that lines are counted once. */
static bool add_sources(sla_ical_feed *feed, sla__ical_slice bytes,
                        const sla__ical_events *events) {
  const sla__ical_event *all = events->events.data;
  const sla__ical_item *items = feed->items.data;
  size_t known = 0;
  uint32_t line = 1;
  if (!sla__ical_array_extend(&feed->allocator, &feed->sources, sizeof(source),
                              events->events.count))
    return false;
  source *sources = feed->sources.data;
  for (size_t i = 0; i < feed->items.count; i++)
    if (items[i].event != UINT32_MAX) sources[items[i].event].line = 1;
  for (size_t i = 0; i < events->events.count; i++) {
    if (sources[i].line == 0) continue;
    sources[i].line = sla__ical_line_number(bytes, all[i].place.line, &known, &line);
    if (!add_source(feed, events, &all[i], &sources[i])) return false;
  }
  sla__ical_array_trim(&feed->allocator, &feed->bytes, 1);
  return true;
}

int32_t sla__ical_feed_new(sla__ical_slice bytes, const sla__ical_events *events,
                           sla__ical_items *items, sla_ical_feed **feed, sla_error *error) {
  sla_ical_feed *made = sla__ical_mem_new(items->allocator, sizeof *made);
  if (made == NULL) return sla__ical_fail(error, SLA_E_MEMORY);
  atomic_init(&made->references, 1);
  made->allocator = *items->allocator;
  made->items = items->items;
  made->summary = items->summary;
  items->items = (sla__ical_array){0};
  sla__ical_array_trim(&made->allocator, &made->items, sizeof(sla__ical_item));
  if (!add_sources(made, bytes, events)) {
    sla_ical_feed_unref(made);
    return sla__ical_fail(error, SLA_E_MEMORY);
  }
  *feed = made;
  return SLA_OK;
}

sla_ical_feed *sla_ical_feed_ref(const sla_ical_feed *feed) {
  sla_ical_feed *taken = (sla_ical_feed *)(uintptr_t)feed;
  if (taken != NULL) atomic_fetch_add_explicit(&taken->references, 1, memory_order_relaxed);
  return taken;
}

void sla_ical_feed_unref(sla_ical_feed *feed) {
  if (feed == NULL ||
      atomic_fetch_sub_explicit(&feed->references, 1, memory_order_acq_rel) != 1)
    return;
  const sla_allocator allocator = feed->allocator;
  sla__ical_array_free(&allocator, &feed->items, sizeof(sla__ical_item));
  sla__ical_array_free(&allocator, &feed->sources, sizeof(source));
  sla__ical_array_free(&allocator, &feed->bytes, 1);
  sla__ical_mem_free(&allocator, feed, sizeof *feed);
}

/* ---- the listing ---- */

uint32_t sla_ical_feed_count(const sla_ical_feed *feed) {
  return feed == NULL ? 0 : (uint32_t)feed->items.count;
}

static const sla__ical_item *item_at(const sla_ical_feed *feed, uint32_t index) {
  return index < feed->items.count ? (const sla__ical_item *)feed->items.data + index : NULL;
}

static const source *source_of(const sla_ical_feed *feed, const sla__ical_item *item) {
  return item->event == UINT32_MAX ? NULL : (const source *)feed->sources.data + item->event;
}

static sla_entry entry_of(const sla__ical_item *item) {
  return (sla_entry){.first = item->first, .last = item->last, .opens = item->opens,
                     .closes = item->closes, .kind = item->kind, .recurrence = item->recurrence,
                     .weekdays = item->weekdays, .month = item->month, .day = item->day};
}

int32_t sla_ical_feed_entry(const sla_ical_feed *feed, uint32_t index, sla_entry *entry,
                            size_t size) {
  if (feed == NULL || entry == NULL) return SLA_E_NULL;
  if (!sla__ical_size_ok(size, sizeof *entry)) return SLA_E_ABI;
  const sla__ical_item *item = item_at(feed, index);
  if (item == NULL) return SLA_E_ARGUMENT;
  const sla_entry told = entry_of(item);
  sla__ical_record_write(entry, size, &told, sizeof told);
  return SLA_OK;
}

int32_t sla_ical_feed_source(const sla_ical_feed *feed, uint32_t index, sla_ical_source *to,
                             size_t size) {
  if (feed == NULL || to == NULL) return SLA_E_NULL;
  if (!sla__ical_size_ok(size, sizeof *to)) return SLA_E_ABI;
  const sla__ical_item *item = item_at(feed, index);
  if (item == NULL) return SLA_E_ARGUMENT;
  const source *from = source_of(feed, item);
  const sla_ical_source told = {item->date, from == NULL ? 0 : from->line, item->flags};
  sla__ical_record_write(to, size, &told, sizeof told);
  return SLA_OK;
}

static sla__ical_slice text_at(const sla_ical_feed *feed, const sla__ical_item *item,
                               uint32_t which) {
  const source *from = source_of(feed, item);
  if (from == NULL || (which == SLA_ICAL_NAME && item->is_nameless))
    return (sla__ical_slice){"", 0};
  return sla__ical_text_get(&feed->bytes, which == SLA_ICAL_NAME ? from->name : from->uid);
}

int32_t sla_ical_feed_text(const sla_ical_feed *feed, uint32_t index, uint32_t which,
                           char *buffer, size_t capacity, size_t *length) {
  if (feed == NULL || length == NULL || (buffer == NULL && capacity > 0)) return SLA_E_NULL;
  const sla__ical_item *item = item_at(feed, index);
  if (item == NULL || which < SLA_ICAL_NAME || which > SLA_ICAL_UID) return SLA_E_ARGUMENT;
  sla__ical_slice text = text_at(feed, item, which);
  size_t copied = text.length < capacity ? text.length : capacity - 1;
  if (capacity > 0) {
    memcpy(buffer, text.text, copied);
    buffer[copied] = '\0';
  }
  *length = text.length;
  return SLA_OK;
}

int32_t sla_ical_feed_summary(const sla_ical_feed *feed, sla_ical_summary *summary, size_t size) {
  if (feed == NULL || summary == NULL) return SLA_E_NULL;
  if (!sla__ical_size_ok(size, sizeof *summary)) return SLA_E_ABI;
  sla__ical_record_write(summary, size, &feed->summary, sizeof feed->summary);
  return SLA_OK;
}

size_t sla_ical_limits_size(void) { return sizeof(sla_ical_limits); }
size_t sla_ical_source_size(void) { return sizeof(sla_ical_source); }
size_t sla_ical_summary_size(void) { return sizeof(sla_ical_summary); }

/* ---- applying ---- */

/* All entries as a builder takes them. */
typedef struct {
  sla__ical_array entries; /* sla_entry */
  sla__ical_array names;
  sla__ical_array offsets; /* uint64_t, one more than entries */
} batch;

static bool add_entry(const sla_ical_feed *feed, const sla__ical_item *item, batch *b) {
  bool nameable = item->kind == SLA_ENTRY_HOLIDAY || item->kind == SLA_ENTRY_CLOSURE;
  sla__ical_slice name = text_at(feed, item, SLA_ICAL_NAME);
  sla__ical_text placed;
  if (nameable && !sla__ical_text_add(&feed->allocator, &b->names, name, &placed)) return false;
  sla_entry *entry = sla__ical_array_push(&feed->allocator, &b->entries, sizeof *entry);
  uint64_t *end = sla__ical_array_push(&feed->allocator, &b->offsets, sizeof *end);
  if (entry == NULL || end == NULL) return false;
  *entry = entry_of(item);
  *end = b->names.count;
  return true;
}

static int32_t gather(const sla_ical_feed *feed, batch *b, sla_error *error) {
  if (sla__ical_array_push(&feed->allocator, &b->offsets, sizeof(uint64_t)) == NULL)
    return sla__ical_fail(error, SLA_E_MEMORY);
  for (uint32_t i = 0; i < feed->items.count; i++) {
    const sla__ical_item *item = item_at(feed, i);
    if ((item->flags & SLA_ICAL_NO_HOURS) != 0)
      return sla__ical_fail_index(error, SLA_ICAL_E_WORKDAY, i, item->date, 0);
    if (!add_entry(feed, item, b)) return sla__ical_fail(error, SLA_E_MEMORY);
  }
  return SLA_OK;
}

int32_t sla_ical_feed_apply(const sla_ical_feed *feed, sla_calendar_builder *builder,
                            sla_error *error) {
  batch b = {0};
  if (feed == NULL) return sla__ical_fail_null(error, 1);
  if (builder == NULL) return sla__ical_fail_null(error, 2);
  int32_t code = gather(feed, &b, error);
  if (code == SLA_OK)
    code = sla_calendar_builder_add_entries(builder, b.entries.data, b.entries.count,
                                            sizeof(sla_entry), b.names.data, b.offsets.data,
                                            error);
  sla__ical_array_free(&feed->allocator, &b.entries, sizeof(sla_entry));
  sla__ical_array_free(&feed->allocator, &b.names, 1);
  sla__ical_array_free(&feed->allocator, &b.offsets, sizeof(uint64_t));
  return code;
}
