/* SPDX-License-Identifier: MIT */
/* --tickets: the export again, each row with its policy, its results and the properties that the
 * system of the policy's preset keeps. */
#ifndef SLA_REPORT_LINES_H
#define SLA_REPORT_LINES_H

#include "pass.h"

void lines_print_heading(const pass *of, const ticket_export *from);
/* policy is NULL for a ticket without. */
void lines_print(const pass *of, const ticket_export *from, const named_policy *policy,
                 size_t version, const sla_result *results, size_t count);

#endif
