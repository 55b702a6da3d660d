/* SPDX-License-Identifier: MIT */
#include "export.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lengths.h"
#include "times.h"
#include "why.h"

size_t export_line(const ticket_export *of) { return of->from->record_line; }

const char *export_field(const ticket_export *of, size_t column) {
  return csv_field(of->from, column);
}

const char *export_role(const ticket_export *of, enum role role) {
  size_t column = of->column_of[role];
  return column == NO_COLUMN ? "" : export_field(of, column);
}

size_t export_find(const ticket_export *of, slice name) {
  for (size_t i = 0; i < of->column_count; i++)
    if (slice_is_word(name, of->names[i])) return i;
  return NO_COLUMN;
}

/* ---- the header row ---- */

static bool is_taken(const ticket_export *of, const char *name) {
  for (size_t i = 0; i < of->column_count; i++)
    if (strcmp(of->names[i], name) == 0) return true;
  return false;
}

/* A second column "tag" is carried along as "tag 2". */
static char *own_name(const ticket_export *of, slice name) {
  bytes tried = {0};
  if (name.length == 0) name = slice_of("unnamed");
  bytes_add(&tried, name.text, name.length);
  for (size_t number = 2; is_taken(of, bytes_text(&tried)); number++) {
    bytes_clear(&tried);
    bytes_format(&tried, SLICE_FORMAT " %zu", SLICE_ARGUMENTS(name), number);
  }
  return tried.data;
}

/* By the names as they are given: of two that are the same none can be meant. */
static bool find_roles(ticket_export *of, const char *assignments, bytes *why) {
  size_t count = of->from->field_count;
  char **given = need(count, sizeof *given);
  for (size_t i = 0; i < count; i++) given[i] = of->from->text.data + of->from->starts[i];
  bool done = roles_find(of->column_of, given, count, assignments, why);
  free(given);
  return done;
}

static bool read_header(ticket_export *of, const char *assignments, bytes *why) {
  if (!csv_next(of->from)) {
    bytes_add_text(why, ferror(of->from->file) ? strerror(errno) : "there is no header row");
    return false;
  }
  if (of->from->problem != NULL) {
    bytes_format(why, "the header row: %s", of->from->problem);
    return false;
  }
  of->names = need(of->from->field_count, sizeof *of->names);
  for (size_t i = 0; i < of->from->field_count; i++) {
    of->names[i] = own_name(of, slice_trim(slice_of(export_field(of, i))));
    of->column_count++;
  }
  return find_roles(of, assignments, why);
}

bool export_open(ticket_export *made, FILE *file, const char *assignments, const sla_zone *local,
                 const word_map *words, bytes *why) {
  *made = (ticket_export){.from = need(1, sizeof *made->from), .local = local, .words = words};
  csv_open(made->from, file);
  return read_header(made, assignments, why);
}

void export_close(ticket_export *of) {
  if (of->from != NULL) csv_close(of->from);
  free(of->from);
  of->from = NULL;
  for (size_t i = 0; i < of->column_count; i++) free(of->names[i]);
  free(of->names);
}

/* ---- rows ---- */

static slice cell(const ticket_export *of, enum role role) {
  return slice_trim(slice_of(export_role(of, role)));
}

static bool read_instant(const ticket_export *of, enum role role, sla_time *at, bytes *why) {
  slice text = cell(of, role);
  bytes reason = {0};
  *at = SLA_NONE;
  if (text.length == 0) return true;
  if (time_read(text, of->local, at, &reason)) return true;
  bytes_format(why, "%s: '" SLICE_FORMAT "': %s", role_name(role), SLICE_ARGUMENTS(text),
               bytes_text(&reason));
  bytes_free(&reason);
  return false;
}

static bool read_created(const ticket_export *of, sla_time *at, bytes *why) {
  if (!read_instant(of, ROLE_CREATED, at, why)) return false;
  if (*at != SLA_NONE) return true;
  bytes_add_text(why, "created: a ticket needs the time at which it was created");
  return false;
}

static bool read_paused(const ticket_export *of, sla_seconds *paused, bytes *why) {
  slice text = cell(of, ROLE_PAUSED);
  *paused = SLA_NONE;
  if (text.length == 0 || slice_number(text, SLA_TIME_MAX, paused) || length_read(text, paused))
    return true;
  bytes_format(why, "paused: '" SLICE_FORMAT "' is neither seconds nor a length such as 1h30m",
               SLICE_ARGUMENTS(text));
  return false;
}

static bool read_row(const ticket_export *of, sla_row *row, bytes *why) {
  return read_created(of, &row->created_at, why) &&
         read_instant(of, ROLE_FIRST_RESPONSE, &row->first_response_at, why) &&
         read_instant(of, ROLE_WAITING_SINCE, &row->waiting_since, why) &&
         read_instant(of, ROLE_SOLVED, &row->solved_at, why) &&
         read_instant(of, ROLE_STATUS_SINCE, &row->status_since, why) &&
         read_paused(of, &row->paused, why) &&
         words_status(of->words, cell(of, ROLE_STATUS), &row->status, why) &&
         words_priority(of->words, cell(of, ROLE_PRIORITY), &row->priority, why);
}

static bool has_all_fields(const ticket_export *of, bytes *why) {
  size_t count = of->from->field_count;
  if (of->from->problem != NULL) bytes_add_text(why, of->from->problem);
  else if (count != of->column_count)
    bytes_format(why, "%zu field%s where the header has %zu", count, count == 1 ? "" : "s",
                 of->column_count);
  else return true;
  return false;
}

enum export_record export_next(ticket_export *of, sla_row *row, bytes *why) {
  if (csv_next(of->from))
    return has_all_fields(of, why) && read_row(of, row, why) ? EXPORT_ROW : EXPORT_BAD_ROW;
  if (ferror(of->from->file) == 0) return EXPORT_END;
  bytes_add_text(why, strerror(errno));
  return EXPORT_FAILED;
}
