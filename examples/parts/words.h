/* SPDX-License-Identifier: MIT */
/* Words for statuses, priorities and metrics: the library's own, and those of an export that
 * --map translates.  A word that is not known is an error, never a guess. */
#ifndef EXAMPLES_WORDS_H
#define EXAMPLES_WORDS_H

#include <sla/sla.h>

#include "bytes.h"
#include "slice.h"

typedef struct {
  bytes word;
  uint32_t number;
  bool is_status;
} mapping;

typedef struct {
  mapping *items;
  size_t count, room;
} word_map;

/* "status:Awaiting User Info=pending,priority:P1=urgent" */
bool words_read_map(word_map *map, const char *text, bytes *why);
/* One of them: the word, and what it means. */
bool words_add(word_map *map, bool is_status, slice word, slice meaning, bytes *why);
void words_free(word_map *map);

/* What a cell means; an empty one is 0, "unknown" and "none", unless the map says otherwise. */
bool words_status(const word_map *map, slice text, uint32_t *status, bytes *why);
bool words_priority(const word_map *map, slice text, uint32_t *priority, bytes *why);

/* In options, where nothing may be left empty, and a number (0 to 31) is a priority as well. */
bool words_status_option(slice text, uint32_t *status, bytes *why);
bool words_priority_option(const word_map *map, slice text, uint32_t *priority, bytes *why);
bool words_metric(slice text, uint32_t *metric, bytes *why);

/* "urgent", or the number of a priority that has no name. */
void words_write_priority(bytes *to, uint32_t priority);

#endif
