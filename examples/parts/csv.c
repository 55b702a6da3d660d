/* SPDX-License-Identifier: MIT */
#include "csv.h"

#include <stdlib.h>
#include <string.h>

#include "utf8.h"

#define TOO_LONG "the record is longer than 1 MiB"

void csv_open(csv *from, FILE *file) {
  memset(from, 0, sizeof *from);
  from->file = file;
  from->line = 1;
}

void csv_close(csv *from) {
  bytes_free(&from->text);
  free(from->starts);
}

const char *csv_field(const csv *from, size_t index) {
  return bytes_text(&from->text) + from->starts[index];
}

/* ---- bytes ---- */

static int peek(csv *from) {
  if (from->at == from->held) {
    from->at = 0;
    from->held = fread(from->buffer, 1, sizeof from->buffer, from->file);
    if (from->held == 0) return EOF;
  }
  return from->buffer[from->at];
}

static int take(csv *from) {
  int c = peek(from);
  if (c != EOF) from->at++;
  if (c == '\n') from->line++;
  return c;
}

static bool take_if(csv *from, int wanted) {
  if (peek(from) != wanted) return false;
  take(from);
  return true;
}

static void skip_mark(csv *from) {
  if (peek(from) != EOF && from->held >= 3 && memcmp(from->buffer, "\xEF\xBB\xBF", 3) == 0)
    from->at = 3;
}

/* ---- fields ---- */

static void spoil(csv *from, const char *problem) {
  if (from->problem == NULL) from->problem = problem;
}

/* A record that is too long is read to its end, but no longer kept. */
static void keep(csv *from, int c) {
  if (c == '\0') spoil(from, "a field holds a zero byte");
  if (from->text.length < CSV_RECORD_LIMIT) bytes_add_char(&from->text, (char)c);
  else spoil(from, TOO_LONG);
}

static void start_field(csv *from) {
  if (from->field_count >= CSV_FIELD_LIMIT) {
    spoil(from, "the record has more than 1,000 fields");
    return;
  }
  from->starts =
      need_one_more(from->starts, from->field_count, &from->field_room, sizeof *from->starts);
  from->starts[from->field_count++] = from->text.length;
}

static void end_field(csv *from) {
  if (from->text.length <= CSV_RECORD_LIMIT) bytes_add_char(&from->text, '\0');
  else spoil(from, TOO_LONG);
}

/* Behind the opening quote, up to and including the closing one. */
static void read_quoted(csv *from) {
  for (;;) {
    int c = take(from);
    if (c == EOF) {
      spoil(from, "a quote is opened and never closed: the rest of the file belongs to it");
      return;
    }
    if (c == '"' && !take_if(from, '"')) return;
    keep(from, c);
  }
}

/* A carriage return ends a line only together with a line feed. */
static bool take_line_end(csv *from) {
  if (take_if(from, '\n')) return true;
  if (peek(from) != '\r') return false;
  take(from);
  if (take_if(from, '\n')) return true;
  keep(from, '\r');
  return false;
}

enum { MORE_FIELDS, LAST_FIELD };

static int read_plain(csv *from, const char *quote_problem) {
  for (;;) {
    if (take_line_end(from)) return LAST_FIELD;
    int c = take(from);
    if (c == EOF) return LAST_FIELD;
    if (c == ',') return MORE_FIELDS;
    if (quote_problem != NULL) spoil(from, quote_problem);
    else if (c == '"') spoil(from, "a quote inside a field that does not start with one");
    keep(from, c);
  }
}

static int read_field(csv *from) {
  int more;
  start_field(from);
  if (take_if(from, '"')) {
    read_quoted(from);
    more = read_plain(from, "text follows a closing quote");
  } else {
    more = read_plain(from, NULL);
  }
  end_field(from);
  return more;
}

/* ---- records ---- */

static void start_record(csv *from) {
  bytes_clear(&from->text);
  from->field_count = 0;
  from->problem = NULL;
  from->record_line = from->line;
}

static bool is_empty_line(const csv *from) {
  return from->field_count == 1 && from->text.length == 1 && from->line > from->record_line;
}

bool csv_next(csv *from) {
  if (from->line == 1 && from->at == 0 && from->held == 0) skip_mark(from);
  do {
    start_record(from);
    if (peek(from) == EOF) return false;
    while (read_field(from) == MORE_FIELDS) continue;
  } while (is_empty_line(from) && from->problem == NULL);
  if (!utf8_is_valid(from->text.data, from->text.length)) spoil(from, "the text is not UTF-8");
  return ferror(from->file) == 0;
}

void csv_write(bytes *to, const char *field) {
  if (strpbrk(field, ",\"\r\n") == NULL) {
    bytes_add_text(to, field);
    return;
  }
  bytes_add_char(to, '"');
  for (; *field != '\0'; field++) {
    if (*field == '"') bytes_add_char(to, '"');
    bytes_add_char(to, *field);
  }
  bytes_add_char(to, '"');
}
