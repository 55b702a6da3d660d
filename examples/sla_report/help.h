/* SPDX-License-Identifier: MIT */
#ifndef SLA_REPORT_HELP_H
#define SLA_REPORT_HELP_H

#include <stdio.h>

void help_print(FILE *to);

#endif
