/* SPDX-License-Identifier: MIT */
/* Bytes to lines and components, before anybody parses them: every limit, every byte that cannot be
 * text, every BEGIN and its END.  May include: ical_base, ical_mem. */
#ifndef SLA_LIB_ICAL_SCAN_H
#define SLA_LIB_ICAL_SCAN_H

#include "ical_mem.h"

/* A byte of an unfolded line: what begins the line in the file, and how many bytes in. */
typedef struct {
  uint32_t line, offset;
} sla__ical_place;

enum sla__ical_component_kind {
  SLA__ICAL_OTHER = 0,
  SLA__ICAL_VEVENT = 1,
  SLA__ICAL_VTIMEZONE = 2,
  SLA__ICAL_STANDARD = 3, /* or DAYLIGHT: an observance of a VTIMEZONE */
  SLA__ICAL_VAVAILABILITY = 4,
  SLA__ICAL_AVAILABLE = 5
};

typedef struct {
  uint32_t kind;
  uint32_t parent;   /* another component, which comes before it, or UINT32_MAX */
  uint32_t begin;    /* the byte of its BEGIN */
  uint32_t from, to; /* its lines, those of components in it included */
} sla__ical_component;

typedef struct {
  sla__ical_slice bytes;
  sla_ical_limits limits;     /* all set */
  bool latin1;                /* the bytes are not UTF-8 and were allowed not to be */
  sla__ical_array components; /* all kinds but OTHER, in the order of their BEGIN */
} sla__ical_scan;

/* Checks and divides scan->bytes by scan->limits; the components are freed by scan_free, also after
 * an error. */
int32_t sla__ical_scan_bytes(sla__ical_scan *scan, const sla_allocator *allocator, bool latin1,
                             sla_error *error);
void sla__ical_scan_free(sla__ical_scan *scan, const sla_allocator *allocator);

/* A line's name, and where its value begins: after the first colon that is not in quotes. */
typedef struct {
  sla__ical_slice name;
  size_t value;        /* the length of the line when it has none */
  uint32_t parameters; /* how many */
  bool has_value;
} sla__ical_head;
sla__ical_head sla__ical_head_of(sla__ical_slice line);
/* How many values a list has, when every comma that no backslash precedes divides it. */
uint32_t sla__ical_list_count(sla__ical_slice value);
/* Properties that are lists, of which libical makes a property of each value. */
bool sla__ical_is_list(sla__ical_slice name);

/* The lines of a stretch of bytes, unfolded. */
typedef struct {
  sla__ical_slice bytes;
  const sla_allocator *allocator;
  size_t at, end;
  size_t longest;         /* a line may be */
  sla__ical_array folded; /* the bytes of a line that was folded */
} sla__ical_lines;

typedef struct {
  sla__ical_slice text; /* until the next line is read */
  uint32_t place;       /* its first byte in the file */
} sla__ical_line;

/* 1 with the next line that is not empty, 0 at the end, or a code: SLA_E_MEMORY, and with an error
 * that has the place SLA_ICAL_E_LINE. */
int32_t sla__ical_lines_next(sla__ical_lines *lines, sla__ical_line *line, sla_error *error);
void sla__ical_lines_free(sla__ical_lines *lines);

/* Fills in an error about a byte of an unfolded line: index, line and column in the file. */
int32_t sla__ical_fail_at(sla_error *error, int32_t code, sla__ical_slice bytes,
                          sla__ical_place place, int64_t value, int64_t limit);
/* The number of the line in the file that a byte is on, from 1; asked in rising order it is fast:
 * *known and *line are where the last answer was. */
uint32_t sla__ical_line_number(sla__ical_slice bytes, size_t byte, size_t *known, uint32_t *line);

#endif
