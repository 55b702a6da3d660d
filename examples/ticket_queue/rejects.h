/* SPDX-License-Identifier: MIT */
/* The rows that were left out, to be reported in the order of the file. */
#ifndef TICKET_QUEUE_REJECTS_H
#define TICKET_QUEUE_REJECTS_H

#include "bytes.h"

typedef struct {
  size_t line;
  bytes reason;
} reject;

typedef struct {
  reject *items;
  size_t count, room;
} rejects;

void rejects_add(rejects *to, size_t line, const char *reason);
void rejects_report(rejects *from, const char *file); /* on standard error, by line */
void rejects_free(rejects *of);

#endif
