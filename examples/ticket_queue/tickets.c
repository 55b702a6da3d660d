/* SPDX-License-Identifier: MIT */
#include "tickets.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "csv.h"
#include "lengths.h"
#include "times.h"
#include "why.h"

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
  size_t column = of->column_of[role];
  return column == NO_COLUMN ? "" : of->items[index].fields[column];
}

/* ---- the header row ---- */

static bool is_taken(const tickets *of, size_t before, const char *name) {
  for (size_t i = 0; i < before; i++)
    if (strcmp(of->names[i], name) == 0) return true;
  return false;
}

/* A second column "tag" is carried along as "tag 2". */
static char *own_name(const tickets *of, size_t index, slice name) {
  bytes tried = {0};
  if (name.length == 0) name = slice_of("unnamed");
  bytes_add(&tried, name.text, name.length);
  for (size_t number = 2; is_taken(of, index, bytes_text(&tried)); number++) {
    bytes_clear(&tried);
    bytes_format(&tried, SLICE_FORMAT " %zu", SLICE_ARGUMENTS(name), number);
  }
  return tried.data;
}

static bool read_header(tickets *into, csv *from, const char *assignments, bytes *why) {
  if (!csv_next(from)) {
    bytes_add_text(why, ferror(from->file) ? strerror(errno) : "there is no header row");
    return false;
  }
  if (from->problem != NULL) {
    bytes_format(why, "the header row: %s", from->problem);
    return false;
  }
  char **given = copy_fields(from);
  bool done = roles_find(into->column_of, given, from->field_count, assignments, why);
  into->names = need(from->field_count, sizeof *into->names);
  for (size_t i = 0; i < from->field_count; i++)
    into->names[into->column_count++] = own_name(into, i, slice_trim(slice_of(given[i])));
  free(given);
  return done;
}

/* ---- rows ---- */

typedef struct {
  const tickets *in;
  const agreement *under;
  char *const *fields;
  bytes *why;
} reading;

static slice cell(const reading *of, enum role role) {
  size_t column = of->in->column_of[role];
  return column == NO_COLUMN ? (slice){"", 0} : slice_trim(slice_of(of->fields[column]));
}

/* Puts the role's name, and the text, before what is wrong with it. */
static bool blame(const reading *of, enum role role, bytes *reason, bool done) {
  if (!done) bytes_format(of->why, "%s: %s", role_name(role), bytes_text(reason));
  bytes_free(reason);
  return done;
}

static bool read_instant(const reading *of, enum role role, sla_time *at) {
  slice text = cell(of, role);
  bytes reason = {0};
  *at = SLA_NONE;
  if (text.length == 0) return true;
  bytes_format(&reason, "'" SLICE_FORMAT "': ", SLICE_ARGUMENTS(text));
  return blame(of, role, &reason, time_read(text, of->under->local, at, &reason));
}

static bool read_created(const reading *of, sla_time *at) {
  if (!read_instant(of, ROLE_CREATED, at)) return false;
  if (*at != SLA_NONE) return true;
  bytes_add_text(of->why, "created: a ticket needs the time at which it was created");
  return false;
}

static bool read_paused(const reading *of, sla_seconds *paused) {
  slice text = cell(of, ROLE_PAUSED);
  bytes reason = {0};
  *paused = SLA_NONE;
  if (text.length == 0 || slice_number(text, SLA_TIME_MAX, paused) || length_read(text, paused))
    return true;
  bytes_format(&reason, "'" SLICE_FORMAT "' is neither seconds nor a length such as 1h30m",
               SLICE_ARGUMENTS(text));
  return blame(of, ROLE_PAUSED, &reason, false);
}

static bool read_words(const reading *of, sla_row *row) {
  const word_map *words = &of->under->words;
  return words_status(words, cell(of, ROLE_STATUS), &row->status, of->why) &&
         words_priority(words, cell(of, ROLE_PRIORITY), &row->priority, of->why);
}

static bool read_row(const reading *of, sla_row *row) {
  return read_created(of, &row->created_at) &&
         read_instant(of, ROLE_FIRST_RESPONSE, &row->first_response_at) &&
         read_instant(of, ROLE_WAITING_SINCE, &row->waiting_since) &&
         read_instant(of, ROLE_SOLVED, &row->solved_at) &&
         read_instant(of, ROLE_STATUS_SINCE, &row->status_since) &&
         read_paused(of, &row->paused) && read_words(of, row);
}

static void add_ticket(tickets *to, size_t line, char **fields, const sla_row *row) {
  to->items = need_one_more(to->items, to->count, &to->room, sizeof *to->items);
  to->rows = need_one_more(to->rows, to->count, &to->row_room, sizeof *to->rows);
  to->items[to->count] = (ticket){line, fields};
  to->rows[to->count++] = *row;
}

static bool has_all_fields(const tickets *into, const csv *from, bytes *why) {
  if (from->problem != NULL) bytes_add_text(why, from->problem);
  else if (from->field_count != into->column_count)
    bytes_format(why, "%zu field%s where the header has %zu", from->field_count,
                 from->field_count == 1 ? "" : "s", into->column_count);
  return why->length == 0;
}

static void read_record(tickets *into, const csv *from, const agreement *under, rejects *bad) {
  bytes why = {0};
  sla_row row = {0};
  if (has_all_fields(into, from, &why)) {
    char **fields = copy_fields(from);
    if (read_row(&(reading){into, under, fields, &why}, &row))
      add_ticket(into, from->record_line, fields, &row);
    else
      free(fields);
  }
  if (why.length != 0) rejects_add(bad, from->record_line, bytes_text(&why));
  bytes_free(&why);
}

static bool read_records(tickets *into, csv *from, const agreement *under, rejects *bad,
                         bytes *why) {
  while (csv_next(from)) {
    if (into->count == TICKET_LIMIT) {
      bytes_add_text(why, "more than 1,000,000 tickets");
      return false;
    }
    read_record(into, from, under, bad);
  }
  if (ferror(from->file) == 0) return true;
  bytes_add_text(why, strerror(errno));
  return false;
}

bool tickets_read(tickets *into, FILE *file, const char *assignments, const agreement *under,
                  rejects *bad, bytes *why) {
  csv *from = need(1, sizeof *from);
  csv_open(from, file);
  into->rows = need_one_more(NULL, 0, &into->row_room, sizeof *into->rows); /* even for none */
  bool done = read_header(into, from, assignments, why) &&
              read_records(into, from, under, bad, why);
  csv_close(from);
  free(from);
  return done;
}

void tickets_free(tickets *of) {
  for (size_t i = 0; i < of->count; i++) free(of->items[i].fields);
  for (size_t i = 0; i < of->column_count; i++) free(of->names[i]);
  free(of->items);
  free(of->rows);
  free(of->names);
}
