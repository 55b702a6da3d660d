/* SPDX-License-Identifier: MIT */
/* The options of ticket_queue. */
#ifndef TICKET_QUEUE_OPTIONS_H
#define TICKET_QUEUE_OPTIONS_H

#include "bytes.h"

/* Empty where nothing was given.  What may be given several times is joined by commas. */
typedef struct {
  bytes zone, hours, holidays, now, format, color, width;
  bytes first_response, next_response, resolution, due_soon, pause, map, column, columns;
  const char *file; /* "-" for standard input */
  bool all_metrics, help, version;
} options;

bool options_read(options *into, int count, char **arguments, bytes *why);
void options_free(options *of);

#endif
