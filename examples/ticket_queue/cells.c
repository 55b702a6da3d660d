/* SPDX-License-Identifier: MIT */
#include "cells.h"

#include <string.h>

#include "lengths.h"
#include "times.h"
#include "width.h"

static const struct {
  const char *name, *heading;
} own[] = {
    [CELL_ID] = {"id", "ID"},          [CELL_SUBJECT] = {"subject", "SUBJECT"},
    [CELL_PRIORITY] = {"priority", "PRIORITY"}, [CELL_METRIC] = {"metric", "METRIC"},
    [CELL_STATE] = {"state", "STATE"}, [CELL_DUE] = {"due", "DUE"},
    [CELL_LEFT] = {"left", "TIME LEFT"},
};

bool cells_find(column *found, slice name, const tickets *in) {
  for (int i = 0; i < CELL_FIELD; i++)
    if (slice_is_word(name, own[i].name)) {
      *found = (column){(enum cell)i, 0};
      return true;
    }
  *found = (column){CELL_FIELD, export_find(&in->from, name)};
  return found->field != NO_COLUMN;
}

static void write_text(bytes *to, const char *text) {
  width_add_harmless(to, text, strlen(text));
}

void cells_write_heading(bytes *to, const column *of, const tickets *in) {
  write_text(to, of->cell == CELL_FIELD ? in->from.names[of->field] : own[of->cell].heading);
}

static void write_due(bytes *to, const queue *from, const sla_result *result) {
  if (result->due_at != SLA_NONE)
    time_write_short(to, from->under->zone, result->due_at, from->under->now);
}

/* Counted time, so without days; it ends where overdue begins. */
static void write_left(bytes *to, const sla_result *result) {
  enum label label = label_of(result);
  bool has_some = label == LABEL_ON_TIME || label == LABEL_DUE_SOON || label == LABEL_PAUSED;
  if (has_some && result->remaining != SLA_NONE) length_write(to, result->remaining, false);
}

static void write_cell(bytes *to, const column *of, const queue *from, const queue_line *line) {
  const tickets *in = from->of;
  switch (of->cell) {
    case CELL_ID: write_text(to, tickets_field(in, line->ticket, ROLE_ID)); break;
    case CELL_SUBJECT: write_text(to, tickets_field(in, line->ticket, ROLE_SUBJECT)); break;
    case CELL_PRIORITY: words_write_priority(to, in->rows[line->ticket].priority); break;
    case CELL_METRIC: bytes_add_text(to, sla_metric_name(line->result->metric)); break;
    case CELL_STATE: label_write(to, line->result); break;
    case CELL_DUE: write_due(to, from, line->result); break;
    case CELL_LEFT: write_left(to, line->result); break;
    case CELL_FIELD: write_text(to, in->items[line->ticket].fields[of->field]); break;
  }
}

void cells_write(bytes *to, const column *of, const queue *from, const queue_line *line) {
  size_t before = to->length;
  write_cell(to, of, from, line);
  if (to->length == before) bytes_add_char(to, '-');
}
