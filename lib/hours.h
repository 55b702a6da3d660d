/* SPDX-License-Identifier: MIT */
/* Weekly hours in their text form, `Mo-Fr 09:00-12:30,13:30-18:00; Sa 10:00-14:00; Su closed`.
 * May include: base mem error text. */
#ifndef SLA_LIB_HOURS_H
#define SLA_LIB_HOURS_H

#include "mem.h"

#define SLA__HOURS_TEXT_MAX 65536

typedef struct {
  uint32_t weekdays;
  int32_t opens, closes; /* as in sla_entry */
} sla__hours;

/* Appends what the text says to an array of sla__hours.  SLA_E_HOURS with line and column,
 * SLA_E_LIMIT, SLA_E_MEMORY; the array is the caller's to free either way. */
int32_t sla__hours_parse(const sla_allocator *allocator, const char *text, size_t length,
                         sla__array *hours, sla_error *error);

/* An interval as every entry gives it: opens in [0, 86400), closes in [0, 86400], not equal. */
bool sla__hours_valid(int32_t opens, int32_t closes);

#endif
