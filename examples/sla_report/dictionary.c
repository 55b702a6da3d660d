/* SPDX-License-Identifier: MIT */
#include "dictionary.h"

#include <stdlib.h>
#include <string.h>

#include "bytes.h"

/* FNV-1a, 64 bits. */
static uint64_t hash_of(slice name) {
  uint64_t hash = UINT64_C(14695981039346656037);
  for (size_t i = 0; i < name.length; i++)
    hash = (hash ^ (unsigned char)name.text[i]) * UINT64_C(1099511628211);
  return hash ^ hash >> 32;
}

static bool is_name(const char *name, slice wanted) {
  return strncmp(name, wanted.text, wanted.length) == 0 && name[wanted.length] == '\0';
}

/* The slot of a name, or the free one where it belongs. */
static uint32_t *slot_of(const dictionary *in, slice name) {
  size_t at = (size_t)hash_of(name) & (in->slot_count - 1);
  while (in->slots[at] != 0 && !is_name(in->names[in->slots[at] - 1], name))
    at = (at + 1) & (in->slot_count - 1);
  return &in->slots[at];
}

static void grow(dictionary *of) {
  free(of->slots);
  of->slot_count = of->slot_count == 0 ? 64 : of->slot_count * 2;
  of->slots = need(of->slot_count, sizeof *of->slots);
  for (size_t i = 0; i < of->count; i++)
    *slot_of(of, (slice){of->names[i], strlen(of->names[i])}) = (uint32_t)i + 1;
}

size_t dictionary_number(dictionary *of, slice name) {
  bytes copy = {0};
  if (of->count * 2 >= of->slot_count) grow(of);
  uint32_t *slot = slot_of(of, name);
  if (*slot != 0) return *slot - 1;
  bytes_add(&copy, name.text, name.length);
  of->names = need_one_more(of->names, of->count, &of->room, sizeof *of->names);
  of->names[of->count++] = copy.data;
  *slot = (uint32_t)of->count;
  return of->count - 1;
}

void dictionary_free(dictionary *of) {
  for (size_t i = 0; i < of->count; i++) free(of->names[i]);
  free(of->names);
  free(of->slots);
}
