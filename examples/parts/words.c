/* SPDX-License-Identifier: MIT */
#include "words.h"

#include <stdlib.h>

#include "why.h"

#define STATUSES "new, open, pending, on hold, solved or closed"

typedef const char *name_of(uint32_t number);

/* The number from first to last that has this name. */
static bool find_name(slice text, name_of *name, uint32_t first, uint32_t last, uint32_t *number) {
  for (uint32_t i = first; i <= last; i++) {
    const char *candidate = name(i);
    if (candidate != NULL && slice_is_word(text, candidate)) {
      *number = i;
      return true;
    }
  }
  return false;
}

static bool find_status(slice text, uint32_t *status) {
  return find_name(text, sla_ticket_status_name, SLA_TICKET_NEW, SLA_TICKET_CLOSED, status);
}

static bool find_priority(slice text, uint32_t *priority) {
  return find_name(text, sla_priority_name, SLA_PRIORITY_NONE, SLA_PRIORITY_URGENT, priority);
}

static bool find_mapping(const word_map *map, bool is_status, slice text, uint32_t *number) {
  for (size_t i = 0; i < map->count; i++)
    if (map->items[i].is_status == is_status && slice_is(text, bytes_text(&map->items[i].word))) {
      *number = map->items[i].number;
      return true;
    }
  return false;
}

static bool priority_number(slice text, uint32_t *priority) {
  int64_t number;
  if (!slice_number(text, 31, &number)) return false;
  *priority = (uint32_t)number;
  return true;
}

/* A word that nobody explained. */
static bool unknown(const char *kind, slice text, const char *example, bytes *why) {
  bytes_format(why, program_has_file
               ? "unknown %s '" SLICE_FORMAT "' (words: {%s: {\"" SLICE_FORMAT
                 "\": %s}} would say what it means)"
               : "unknown %s '" SLICE_FORMAT "' (--map '%s:" SLICE_FORMAT
                 "=%s' would say what it means)",
               kind, SLICE_ARGUMENTS(text), kind, SLICE_ARGUMENTS(text), example);
  return false;
}

bool words_status(const word_map *map, slice text, uint32_t *status, bytes *why) {
  if (find_mapping(map, true, text, status) || find_status(text, status)) return true;
  *status = 0;
  return text.length == 0 || unknown("status", text, "open", why);
}

bool words_priority(const word_map *map, slice text, uint32_t *priority, bytes *why) {
  if (find_mapping(map, false, text, priority) || find_priority(text, priority)) return true;
  *priority = SLA_PRIORITY_NONE;
  return text.length == 0 || unknown("priority", text, "normal", why);
}

bool words_status_option(slice text, uint32_t *status, bytes *why) {
  if (find_status(text, status)) return true;
  bytes_format(why, "'" SLICE_FORMAT "' is not " STATUSES, SLICE_ARGUMENTS(text));
  return false;
}

bool words_priority_option(const word_map *map, slice text, uint32_t *priority, bytes *why) {
  *priority = SLA_PRIORITY_ANY;
  if (slice_is_word(text, "any") || find_mapping(map, false, text, priority) ||
      find_priority(text, priority) || priority_number(text, priority))
    return true;
  bytes_format(why, "unknown priority '" SLICE_FORMAT "' (none, low, normal, high, urgent, any, a"
               " number from 0 to 31, or a word of %s)", SLICE_ARGUMENTS(text),
               program_has_file ? "words" : "--map");
  return false;
}

bool words_metric(slice text, uint32_t *metric, bytes *why) {
  if (find_name(text, sla_metric_name, SLA_FIRST_RESPONSE, SLA_RESOLUTION, metric)) return true;
  bytes_format(why, "unknown metric '" SLICE_FORMAT "' (first-response, next-response, resolution)",
               SLICE_ARGUMENTS(text));
  return false;
}

/* Without the backslashes that kept a comma in the word. */
static void add_unescaped(bytes *to, slice text) {
  for (size_t i = 0; i < text.length; i++) {
    if (text.text[i] == '\\' && i + 1 < text.length) i++;
    bytes_add_char(to, text.text[i]);
  }
}

/* The word may hold an equals sign: its meaning, behind the last one, cannot. */
static bool cut_at_last_equals(slice item, slice *word, slice *meaning) {
  for (size_t i = item.length; i-- > 0;)
    if (item.text[i] == '=') {
      *word = slice_trim((slice){item.text, i});
      *meaning = slice_trim((slice){item.text + i + 1, item.length - i - 1});
      return true;
    }
  return false;
}

static bool read_meaning(mapping *into, slice meaning, bytes *why) {
  if (into->is_status ? find_status(meaning, &into->number)
                      : find_priority(meaning, &into->number) ||
                            priority_number(meaning, &into->number))
    return true;
  bytes_format(why, "'" SLICE_FORMAT "' is not %s", SLICE_ARGUMENTS(meaning),
               into->is_status ? STATUSES
                               : "none, low, normal, high, urgent or a number from 0 to 31");
  return false;
}

bool words_add(word_map *map, bool is_status, slice word, slice meaning, bytes *why) {
  mapping made = {.is_status = is_status};
  if (!read_meaning(&made, meaning, why)) return false;
  bytes_add(&made.word, word.text, word.length);
  map->items = need_one_more(map->items, map->count, &map->room, sizeof *map->items);
  map->items[map->count++] = made;
  return true;
}

static bool read_mapping(word_map *map, slice item, bytes *why) {
  slice kind, rest, word, meaning;
  bytes plain = {0};
  bool cut = slice_cut(item, ':', &kind, &rest) && cut_at_last_equals(rest, &word, &meaning);
  bool is_status = slice_is(kind, "status");
  if (!cut || (!is_status && !slice_is(kind, "priority"))) {
    bytes_format(why, "'" SLICE_FORMAT "' is not 'status:word=meaning' or 'priority:word=meaning'",
                 SLICE_ARGUMENTS(item));
    return false;
  }
  add_unescaped(&plain, word);
  bool done = words_add(map, is_status, (slice){bytes_text(&plain), plain.length}, meaning, why);
  bytes_free(&plain);
  return done;
}

bool words_read_map(word_map *map, const char *text, bytes *why) {
  slice rest = slice_of(text), item;
  if (rest.length == 0) return true;
  while (slice_next(&rest, ',', &item))
    if (!read_mapping(map, item, why)) return false;
  return true;
}

void words_free(word_map *map) {
  for (size_t i = 0; i < map->count; i++) bytes_free(&map->items[i].word);
  free(map->items);
}

void words_write_priority(bytes *to, uint32_t priority) {
  const char *name = sla_priority_name(priority);
  if (name != NULL) bytes_add_text(to, name);
  else bytes_format(to, "%u", (unsigned)priority);
}
