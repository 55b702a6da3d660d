/* SPDX-License-Identifier: MIT */
/* A line on standard error that tells how far the reading is, where it is a terminal. */
#ifndef SLA_REPORT_PROGRESS_H
#define SLA_REPORT_PROGRESS_H

#include <stddef.h>
#include <stdio.h>

/* Now and then, from some thousand rows on. */
void progress_show(size_t rows, FILE *file);
/* Before something else is printed there. */
void progress_clear(void);

#endif
