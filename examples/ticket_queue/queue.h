/* SPDX-License-Identifier: MIT */
/* The tickets, evaluated and in the order of urgency. */
#ifndef TICKET_QUEUE_QUEUE_H
#define TICKET_QUEUE_QUEUE_H

#include "labels.h"
#include "tickets.h"

typedef struct {
  size_t ticket; /* its index: the order of the file, which decides between equals */
  const sla_result *result;
} queue_line;

typedef struct {
  const agreement *under;
  const tickets *of;
  queue_line *lines; /* one a ticket, or one for each of its metrics, side by side */
  size_t line_count, ticket_count;
  size_t counts[LABELS]; /* of the lines */
  size_t skipped;        /* rows that are not in it */
  sla_result *results;
} queue;

/* One call to the library for all of them.  A ticket that contradicts itself joins the rejects. */
bool queue_make(queue *made, const tickets *of, const agreement *under, bool all_metrics,
                rejects *bad, bytes *why);
void queue_free(queue *made);

#endif
