/* SPDX-License-Identifier: MIT */
/* The policies of the file, each in the versions it had. */
#ifndef SLA_REPORT_POLICIES_H
#define SLA_REPORT_POLICIES_H

#include "calendars.h"
#include "words.h"

typedef struct {
  sla_time from; /* SLA_TIME_MIN when it was always in force */
  sla_policy *policy;
} policy_version;

typedef struct {
  slice name; /* in the document, terminated; so is the description */
  slice description;
  const char *kind; /* "customer", "internal", "supplier" */
  uint32_t preset;  /* enum sla_preset, or 0 */
  policy_version *versions; /* ascending */
  size_t version_count, room;
} named_policy;

typedef struct {
  named_policy *items;
  size_t count, room;
} policies;

typedef struct {
  const calendars *calendars;
  const word_map *words;
  const sla_zone *zone; /* of local times; NULL when the file names none */
} policy_context;

bool policies_read(policies *made, const document *in, const node *from,
                   const policy_context *with, bytes *why);
void policies_free(policies *of);

/* The number of the policy with this name; false when there is none. */
bool policies_find(const policies *in, slice name, uint32_t *number);

/* The version in force when a ticket was created, from 0; false before the first. */
bool policies_version_at(const named_policy *of, sla_time created, size_t *version);

#endif
