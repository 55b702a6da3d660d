/* SPDX-License-Identifier: MIT */
/* What the options say, compiled: the zone, the business hours, what was promised, and now. */
#ifndef TICKET_QUEUE_AGREEMENT_H
#define TICKET_QUEUE_AGREEMENT_H

#include <sla/sla.h>

#include "options.h"
#include "words.h"

enum { METRICS = 3 };

typedef struct {
  sla_zone *zone;
  const sla_zone *local; /* the zone of local times, or NULL when they were given none */
  sla_calendar *calendar;
  sla_policy *policy;
  word_map words;
  uint32_t metrics[METRICS]; /* those that have a target */
  size_t metric_count;
  sla_time now;
} agreement;

bool agreement_make(agreement *made, const options *from, bytes *why);
void agreement_free(agreement *made);

#endif
