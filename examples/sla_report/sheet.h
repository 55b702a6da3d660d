/* SPDX-License-Identifier: MIT */
/* What was found out, as small tables that every format prints in its own way. */
#ifndef SLA_REPORT_SHEET_H
#define SLA_REPORT_SHEET_H

#include <sla/sla.h>

#include "bytes.h"

enum cell_kind {
  CELL_NOTHING, CELL_TEXT, CELL_COUNT,
  CELL_SHARE,  /* hundredths of a per cent */
  CELL_LENGTH, /* seconds */
  CELL_INSTANT
};

typedef struct {
  enum cell_kind kind;
  int64_t number;
  char *text;
} sheet_cell;

typedef struct {
  const char *name;    /* for programs */
  const char *heading; /* for people */
} sheet_column;

/* The first columns say what a line is about: two at most. */
enum { SHEET_KEYS = 2, SHEET_COLUMNS = 16 };

typedef struct {
  char *name, *title;
  bool is_once; /* tickets have several policies, and count once here, under their first */
  const sheet_column *columns;
  size_t column_count, key_count;
  sheet_cell *cells; /* line by line */
  size_t cell_count, room;
} sheet;

typedef struct {
  sheet *items;
  size_t count, room;
} sheets;

/* A new one, to which cells are added; the columns end with one without a name, and stay where they
 * are. */
sheet *sheets_add(sheets *to, const char *name, const char *title, size_t key_count,
                  const sheet_column *columns);
void sheets_free(sheets *of);
const sheet *sheets_find(const sheets *in, const char *name); /* NULL when there is none */

void sheet_add_text(sheet *to, const char *text);
/* SLA_NONE is nothing. */
void sheet_add_number(sheet *to, enum cell_kind kind, int64_t number);
void sheet_add_count(sheet *to, uint64_t count);

/* What people are to know of what is counted; "" for nothing. */
const char *sheet_note(const sheet *of);

size_t sheet_lines(const sheet *of);
const sheet_cell *sheet_at(const sheet *of, size_t line, size_t column);

/* Whether nothing stands in a column. */
bool sheet_is_empty(const sheet *of, size_t column);

/* For programs: numbers of seconds, "95.25", ISO 8601; nothing for nothing. */
void sheet_write_value(bytes *to, const sheet_cell *cell, const sla_zone *zone);
/* For people, on one line: "2 h 15 min", "95.3 %", "Mon 2 Mar 09:30"; "-" for nothing. */
void sheet_write_shown(bytes *to, const sheet_cell *cell, const sla_zone *zone, sla_time now);

#endif
