/* SPDX-License-Identifier: MIT */
/* Texts and the numbers they were given, from 0 in the order in which they were met. */
#ifndef SLA_REPORT_DICTIONARY_H
#define SLA_REPORT_DICTIONARY_H

#include <stdint.h>

#include "slice.h"

typedef struct {
  char **names;
  size_t count, room;
  uint32_t *slots; /* the number plus one of a name, by its hash; 0 is free */
  size_t slot_count;
} dictionary;

size_t dictionary_number(dictionary *of, slice name);
void dictionary_free(dictionary *of);

#endif
