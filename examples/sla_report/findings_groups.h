/* SPDX-License-Identifier: MIT */
/* Sheets of metrics: by policy, by kind of policy, by columns of the export, by week. */
#ifndef SLA_REPORT_FINDINGS_GROUPS_H
#define SLA_REPORT_FINDINGS_GROUPS_H

#include "findings.h"

bool findings_add_dimension(sheets *to, const finding *of, const dimension *by, bytes *why);
bool findings_add_weeks(sheets *to, const finding *of, bytes *why);

#endif
