/* SPDX-License-Identifier: MIT */
/* --tickets: the export again, each row once for each of its policies, with what is promised there,
 * its results, and the properties that the system of the policy's preset keeps. */
#ifndef SLA_REPORT_LINES_H
#define SLA_REPORT_LINES_H

#include "pass.h"

void lines_print_heading(const pass *of, const ticket_export *from);
/* One line for a ticket without a policy. */
void lines_print(const pass *of, const ticket_export *from, const ticket *one);

#endif
