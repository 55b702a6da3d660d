/* SPDX-License-Identifier: MIT */
/* The result of a metric at an instant.  May include: base error log row story. */
#ifndef SLA_LIB_EVALUATE_H
#define SLA_LIB_EVALUATE_H

#include "log.h"
#include "row.h"

/* A ticket ready to be asked for any metric: a log, or the log of a row. */
typedef struct {
  sla__log log;
  sla__row_log row;
} sla__ticket;

int32_t sla__ticket_of_events(sla__ticket *ticket, const sla__policies *policies,
                              const sla_event *events, size_t count, size_t stride, sla_time now,
                              sla_error *error);
int32_t sla__ticket_of_row(sla__ticket *ticket, const sla__policies *policies, const sla_row *row,
                           size_t size, sla_time now, sla_error *error);
void sla__evaluate_ticket(uint32_t metric, const sla__ticket *ticket, sla_time now,
                          sla_result *result, size_t result_size);

/* The policies of a call, at argument 1: SLA_E_ARGUMENT without one, SLA_E_NULL with its index.
 * Whether one of them has a metric: else SLA_E_METRIC. */
int32_t sla__policies_check(const sla__policies *policies, sla_error *error);
int32_t sla__policies_check_metric(const sla__policies *policies, uint32_t metric,
                                   uint32_t argument, sla_error *error);
/* An instant to be asked about: SLA_E_RANGE. */
int32_t sla__check_now(sla_time now, uint32_t argument, sla_error *error);

#endif
