/* SPDX-License-Identifier: MIT */
/* The policies of the file: each an agreement of the library's, with the versions it had. */
#ifndef SLA_REPORT_POLICIES_H
#define SLA_REPORT_POLICIES_H

#include "calendars.h"
#include "words.h"

enum { METRICS = 3 };
extern const uint32_t metrics_known[METRICS];

/* What the program keeps of one besides what the set does. */
typedef struct {
  slice name;      /* in the document, terminated */
  uint32_t preset; /* enum sla_preset, or 0 */
} named_policy;

typedef struct {
  named_policy *items; /* by their number in the set */
  size_t count, room;
  sla_policy_set *set;
} policies;

typedef struct {
  const calendars *calendars;
  const word_map *words;
  const sla_zone *zone; /* of local times */
} policy_context;

bool policies_read(policies *made, const document *in, const node *from,
                   const policy_context *with, bytes *why);
void policies_free(policies *of);

/* The number of the policy with this name; false when there is none. */
bool policies_find(const policies *in, slice name, uint32_t *number);
/* The same, and blames what names none. */
bool policies_need(const policies *in, const document *from, const node *at, uint32_t *number,
                   bytes *why);

/* How many versions it had; its enum sla_agreement_kind; whether there are two kinds. */
uint32_t policies_versions(const policies *of, uint32_t number);
uint32_t policies_kind(const policies *of, uint32_t number);
bool policies_have_kinds(const policies *of);

#endif
