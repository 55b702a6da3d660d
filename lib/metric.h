/* SPDX-License-Identifier: MIT */
/* Metrics are data: the rules of the nine that are built in, and which rules there can be.
 * May include: base error. */
#ifndef SLA_LIB_METRIC_H
#define SLA_LIB_METRIC_H

#include "base.h"

#define SLA__METRICS 64 /* numbers below */
#define SLA__OPTIONS (SLA_OPTION_MESSAGE_WHILE_PAUSED + 1)
#define SLA__STATUSES 32
#define SLA__CONDITIONS 64

#define SLA__BIT(n) ((uint64_t)1 << (n))

bool sla__metric_ok(uint32_t metric);    /* there is or may be one with this number */
bool sla__metric_own(uint32_t metric);   /* the host's */
bool sla__status_own(uint32_t status);   /* the host's */
bool sla__status_standard(uint32_t status);

/* The rule of a built-in metric; NULL for the host's own. */
const sla_metric_rule *sla__metric_builtin(uint32_t metric);

/* SLA_E_OPTION, with the argument that says the option; its value is the next one. */
int32_t sla__metric_check_option(uint32_t option, uint32_t value, uint32_t argument,
                                 sla_error *error);
/* SLA_E_RULE, SLA_E_STATUS, SLA_E_OPTION; `argument` is where the rule stands. */
int32_t sla__metric_check(const sla_metric_rule *rule, uint32_t argument, sla_error *error);

#endif
