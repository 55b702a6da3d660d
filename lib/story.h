/* SPDX-License-Identifier: MIT */
/* What the steps of a timeline do to a clock, cycle by cycle.  May include: base clock timeline. */
#ifndef SLA_LIB_STORY_H
#define SLA_LIB_STORY_H

#include "clock.h"
#include "timeline.h"

typedef struct {
  sla__timeline timeline;
  sla__clock clock;     /* of the cycle that was told last */
  uint32_t priority;    /* that governs it */
  uint32_t cycle;       /* its number, from 1; 0 before the first */
  uint32_t met, missed; /* cycles before it that ended so */
  bool begun;           /* the start of the next one was taken */
  bool ended;           /* there is no next one */
} sla__story;

void sla__story_init(sla__story *story, uint32_t metric, const sla__log *log);

/* Tells the next cycle to its end, or up to the last event; false when there is none. */
bool sla__story_next(sla__story *story);

/* The result of that cycle at now; before the first one, of a clock that is inactive. */
void sla__story_read(const sla__story *story, uint32_t metric, sla_time now, sla_result *result);

#endif
