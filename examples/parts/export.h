/* SPDX-License-Identifier: MIT */
/* A ticket export, record by record: what the library asks about, and every field as it was. */
#ifndef EXAMPLES_EXPORT_H
#define EXAMPLES_EXPORT_H

#include "csv.h"
#include "roles.h"
#include "words.h"

typedef struct {
  csv *from;
  char **names; /* of the columns, all different */
  size_t column_count;
  size_t column_of[ROLES];
  const sla_zone *local; /* of local times; NULL when they were given none */
  const word_map *words;
} ticket_export;

/* Reads the header row.  False, saying why, when there is nothing to go on. */
bool export_open(ticket_export *made, FILE *file, const char *assignments, const sla_zone *local,
                 const word_map *words, bytes *why);
void export_close(ticket_export *of); /* leaves the file open */

enum export_record {
  EXPORT_ROW,
  EXPORT_BAD_ROW, /* it makes no sense, and says why */
  EXPORT_END,
  EXPORT_FAILED   /* the file cannot be read any further, and says why */
};

enum export_record export_next(ticket_export *of, sla_row *row, bytes *why);

/* The column with this name, or NO_COLUMN. */
size_t export_find(const ticket_export *of, slice name);

/* Of the record at hand: the line where it starts, a field, the field in a role ("" where the
 * export has no such column). */
size_t export_line(const ticket_export *of);
const char *export_field(const ticket_export *of, size_t column);
const char *export_role(const ticket_export *of, enum role role);

#endif
