/* SPDX-License-Identifier: MIT */
/* The words of systems for results.  May include: base. */
#ifndef SLA_LIB_LABEL_H
#define SLA_LIB_LABEL_H

#include "base.h"

sla_label sla__label_of(uint32_t preset, const sla_result *result);
sla_label sla__label_of_ticket(uint32_t preset, const sla_result *results, size_t count,
                               size_t stride);

#endif
