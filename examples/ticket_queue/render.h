/* SPDX-License-Identifier: MIT */
/* The three ways to print a queue. */
#ifndef TICKET_QUEUE_RENDER_H
#define TICKET_QUEUE_RENDER_H

#include <stdio.h>

#include "queue.h"
#include "style.h"

typedef struct {
  const char *zone;    /* as it was given */
  const char *columns; /* which ones, by name; "" for the usual */
  print_style print;
  bool opening_hours;
} table_style;

/* For people.  False, saying why, when a column does not exist. */
bool render_table(const queue *from, const table_style *style, FILE *to, bytes *why);

/* For programs: the export's columns, then what was found out. */
void render_csv(const queue *from, FILE *to);
void render_json(const queue *from, const char *zone, FILE *to);

#endif
