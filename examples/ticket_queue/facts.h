/* SPDX-License-Identifier: MIT */
/* What is known about a line, under the names that CSV and JSON have for it. */
#ifndef TICKET_QUEUE_FACTS_H
#define TICKET_QUEUE_FACTS_H

#include "queue.h"

enum fact_kind { FACT_TEXT, FACT_NUMBER };

size_t fact_count(void);
const char *fact_name(size_t index);
enum fact_kind fact_kind(size_t index);

/* Adds the value; nothing where there is none. */
void fact_write(bytes *to, const queue *from, const queue_line *line, size_t index);

#endif
