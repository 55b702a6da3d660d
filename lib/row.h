/* SPDX-License-Identifier: MIT */
/* A row as the log it means.  May include: base error calendar policy. */
#ifndef SLA_LIB_ROW_H
#define SLA_LIB_ROW_H

#include "policy.h"

#define SLA__ROW_EVENTS 8 /* seven at most */

typedef struct {
  sla_event events[SLA__ROW_EVENTS];
  size_t count;
  uint32_t undated; /* the status the ticket has since nobody knows when; 0 when known */
} sla__row_log;

/* SLA_E_ABI (the row says what this version does not know; its size is the caller's to check), and
 * with the position of the field, from 1, as index: SLA_E_RANGE, SLA_E_STATUS, SLA_E_PRIORITY,
 * SLA_E_ROW. */
int32_t sla__row_log_init(sla__row_log *log, const sla_policy *policy, const sla_row *row,
                          size_t size, sla_error *error);

#endif
