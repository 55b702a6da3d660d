/* SPDX-License-Identifier: MIT */
#include "tickets.h"

#include <stdlib.h>
#include <string.h>

/* All fields of the record in one block: the pointers, then the text. */
static char **copy_fields(const csv *from) {
  size_t pointers = from->field_count * sizeof(char *);
  char **fields = need(pointers + from->text.length, 1);
  char *text = (char *)fields + pointers;
  memcpy(text, from->text.data, from->text.length);
  for (size_t i = 0; i < from->field_count; i++) fields[i] = text + from->starts[i];
  return fields;
}

const char *tickets_field(const tickets *of, size_t index, enum role role) {
  size_t column = of->from.column_of[role];
  return column == NO_COLUMN ? "" : of->items[index].fields[column];
}

static bool add_ticket(tickets *to, const sla_row *row, bytes *why) {
  if (to->count == TICKET_LIMIT) {
    bytes_add_text(why, "more than 1,000,000 tickets");
    return false;
  }
  to->items = need_one_more(to->items, to->count, &to->room, sizeof *to->items);
  to->rows = need_one_more(to->rows, to->count, &to->row_room, sizeof *to->rows);
  to->items[to->count] = (ticket){export_line(&to->from), copy_fields(to->from.from)};
  to->rows[to->count++] = *row;
  return true;
}

static void reject_record(const tickets *of, rejects *bad, bytes *reason) {
  rejects_add(bad, export_line(&of->from), bytes_text(reason));
  bytes_free(reason);
}

static bool read_records(tickets *into, rejects *bad, bytes *why) {
  for (;;) {
    bytes reason = {0};
    sla_row row = {0};
    switch (export_next(&into->from, &row, &reason)) {
      case EXPORT_ROW:
        if (!add_ticket(into, &row, why)) return false;
        break;
      case EXPORT_BAD_ROW: reject_record(into, bad, &reason); break;
      case EXPORT_END: return true;
      case EXPORT_FAILED:
        bytes_add_text(why, bytes_text(&reason));
        bytes_free(&reason);
        return false;
    }
  }
}

bool tickets_read(tickets *into, FILE *file, const char *assignments, const agreement *under,
                  rejects *bad, bytes *why) {
  into->rows = need_one_more(NULL, 0, &into->row_room, sizeof *into->rows); /* even for none */
  return export_open(&into->from, file, assignments, under->local, &under->words, why) &&
         read_records(into, bad, why);
}

void tickets_free(tickets *of) {
  export_close(&of->from);
  for (size_t i = 0; i < of->count; i++) free(of->items[i].fields);
  free(of->items);
  free(of->rows);
}
