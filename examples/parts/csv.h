/* SPDX-License-Identifier: MIT */
/* Reading CSV record by record (RFC 4180): quoted fields may hold commas, quotes and line ends;
 * lines end in LF or CRLF; a byte order mark at the start is skipped, and so are empty lines. */
#ifndef EXAMPLES_CSV_H
#define EXAMPLES_CSV_H

#include <stdio.h>

#include "bytes.h"

enum { CSV_RECORD_LIMIT = 1 << 20, CSV_FIELD_LIMIT = 1000 };

typedef struct {
  FILE *file;
  size_t line;         /* the physical line that is being read, from 1 */
  size_t record_line;  /* where the record starts */
  bytes text;          /* its fields, each terminated */
  size_t *starts;      /* of each field in text */
  size_t field_count, field_room;
  const char *problem; /* why the record is malformed, or NULL */
  size_t held, at;     /* bytes in the buffer, and how many are used up */
  unsigned char buffer[1 << 16];
} csv;

void csv_open(csv *from, FILE *file);
void csv_close(csv *from); /* leaves the file open */

/* The next record, malformed ones included: look at problem first.  False at the end of the file
 * and when it cannot be read, which ferror tells apart. */
bool csv_next(csv *from);

const char *csv_field(const csv *from, size_t index);

/* Adds one field, quoted when it needs to be. */
void csv_write(bytes *to, const char *field);

#endif
