/* SPDX-License-Identifier: MIT */
/* What the tests of the presets share: the cases of each system, and its page. */
#ifndef SLA_TESTS_PRESETS_H
#define SLA_TESTS_PRESETS_H

#include <sla/sla.h>

/* In the words of told.h.  The name begins with the preset's, which every policy gets first.
 * A label: the system's word, and after a bar "breached", "paused" or both; "none" for no word.
 * What is NULL is not asked. */
typedef struct {
  const char *name, *policy, *log, *now;
  const char *result; /* of one metric, or of several parted by bars */
  const char *label;  /* of the first of these */
  const char *ticket; /* of all that have a target */
} preset_case;

typedef struct {
  const preset_case *cases;
  size_t count;
} preset_cases;

/* Those of the systems whose source is open, and of the others. */
extern const preset_cases presets_open, presets_closed;

/* The same for what a system keeps: a line for each property that has a value, in their order. */
typedef struct {
  const char *name, *policy, *log, *now, *lines;
} property_case;

extern const property_case *const presets_properties;
extern const size_t presets_properties_count;

/* The preset that a text begins with, and where the text goes on. */
uint32_t preset_of(const char *text, const char **rest);

/* Fails where the tables of sla_presets(7) are not what the library does. */
void expect_page_of(uint32_t preset);

#endif
