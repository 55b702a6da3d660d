/* SPDX-License-Identifier: MIT */
/* The rows of an export, all of them: what the library asks about, and every field as it was. */
#ifndef TICKET_QUEUE_TICKETS_H
#define TICKET_QUEUE_TICKETS_H

#include "agreement.h"
#include "export.h"
#include "rejects.h"

enum { TICKET_LIMIT = 1000000 };

typedef struct {
  size_t line;   /* where it starts in the file */
  char **fields; /* as many as there are columns */
} ticket;

typedef struct {
  ticket_export from;
  ticket *items;
  sla_row *rows; /* of the same tickets, side by side for the library */
  size_t count, room, row_room;
} tickets;

/* Rows that make no sense are added to the rejects; false only when there is nothing to go on. */
bool tickets_read(tickets *into, FILE *file, const char *assignments, const agreement *under,
                  rejects *bad, bytes *why);
void tickets_free(tickets *of);

/* The field in a role, or "" where the export has no such column. */
const char *tickets_field(const tickets *of, size_t index, enum role role);

#endif
