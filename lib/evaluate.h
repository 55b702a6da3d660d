/* SPDX-License-Identifier: MIT */
/* The result of a metric at an instant.  May include: base error clock log timeline row. */
#ifndef SLA_LIB_EVALUATE_H
#define SLA_LIB_EVALUATE_H

#include "log.h"
#include "row.h"

/* A ticket ready to be asked for any metric: a log, or the log of a row. */
typedef struct {
  sla__log log;
  sla__row_log row;
} sla__ticket;

int32_t sla__ticket_of_events(sla__ticket *ticket, const sla_policy *policy,
                              const sla_event *events, size_t count, size_t stride, sla_time now,
                              sla_error *error);
int32_t sla__ticket_of_row(sla__ticket *ticket, const sla_policy *policy, const sla_row *row,
                           size_t size, sla_time now, sla_error *error);
void sla__evaluate_ticket(const sla_policy *policy, uint32_t metric, const sla__ticket *ticket,
                          sla_time now, sla_result *result, size_t result_size);

#endif
