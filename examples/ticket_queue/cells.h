/* SPDX-License-Identifier: MIT */
/* The columns that a table can have, and what stands in each. */
#ifndef TICKET_QUEUE_CELLS_H
#define TICKET_QUEUE_CELLS_H

#include "queue.h"
#include "slice.h"

enum cell {
  CELL_ID, CELL_SUBJECT, CELL_PRIORITY, CELL_METRIC, CELL_STATE, CELL_DUE, CELL_LEFT, CELL_FIELD
};

typedef struct {
  enum cell cell;
  size_t field; /* with CELL_FIELD, which column of the export */
} column;

/* The column of this name: one of a table's own, else one of the export. */
bool cells_find(column *found, slice name, const tickets *in);

void cells_write_heading(bytes *to, const column *of, const tickets *in);

/* Harmless text on one line; "-" where there is nothing to say. */
void cells_write(bytes *to, const column *of, const queue *from, const queue_line *line);

#endif
