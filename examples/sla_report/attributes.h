/* SPDX-License-Identifier: MIT */
/* The columns of an export that conditions ask about, and what stands in them as facts. */
#ifndef SLA_REPORT_ATTRIBUTES_H
#define SLA_REPORT_ATTRIBUTES_H

#include "document.h"
#include "export.h"

enum { CHOICES, GOALS, RULE_SETS }; /* which policy a ticket gets; what objectives ask */

typedef struct {
  slice name;       /* in the document */
  const node *said; /* where it was first asked about */
  uint32_t type;    /* enum sla_attribute_type */
  size_t column;    /* of the export */
} attribute;

typedef struct {
  attribute *items; /* by their number in all sets of rules */
  size_t count, room;
  sla_rules_builder *builders[RULE_SETS];
  const sla_zone *zone; /* of instants in conditions */
  sla_fact *facts; /* of the record at hand */
  size_t fact_count, fact_room;
  bytes texts;
} attributes;

bool attributes_make(attributes *made, const sla_zone *zone, bytes *why);
/* "types:" of columns that are not text; NULL for none. */
bool attributes_read_types(attributes *made, const document *in, const node *from, bytes *why);
/* The number of a column, which is added when it is new. */
bool attributes_need(attributes *of, const document *in, const node *name, uint32_t *number,
                     bytes *why);
void attributes_free(attributes *of);

/* The rules that a set has become, once all conditions of every set are in. */
bool attributes_build(const attributes *of, size_t set, sla_rules **made, bytes *why);

/* Finds the columns of an export. */
bool attributes_bind(attributes *of, const document *in, const ticket_export *from, bytes *why);
/* What the record says; false, saying why, when a cell is not of its column's type. */
bool attributes_take(attributes *of, const ticket_export *from, bytes *why);

#endif
