/* SPDX-License-Identifier: MIT */
/* What the library finds wrong with a row, in the words of the export. */
#ifndef TICKET_QUEUE_CONTRADICTIONS_H
#define TICKET_QUEUE_CONTRADICTIONS_H

#include "tickets.h"

void contradiction_write(bytes *to, const tickets *of, size_t index, const sla_error *error,
                         const sla_zone *zone);

#endif
