/* SPDX-License-Identifier: MIT */
/* The parts of the page; each writes its section, or nothing where there is nothing to show. */
#ifndef SLA_REPORT_PAGE_H
#define SLA_REPORT_PAGE_H

#include "html.h"

void page_tiles(bytes *to, const rendering *of);
void page_groups(bytes *to, const rendering *of, const sheet *from);
void page_times(bytes *to, const rendering *of);
void page_weeks(bytes *to, const rendering *of);
void page_counts(bytes *to, const rendering *of, const char *name, const char *note);
void page_soon(bytes *to, const rendering *of);
void page_objectives(bytes *to, const rendering *of);
void page_versions(bytes *to, const rendering *of);
void page_backtest(bytes *to, const rendering *of);

#endif
