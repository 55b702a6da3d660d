/* SPDX-License-Identifier: MIT */
/* Working dates, and the targets that are counted in them.
 * May include: base civil zone almanac calendar. */
#ifndef SLA_LIB_WORKDAYS_H
#define SLA_LIB_WORKDAYS_H

#include "calendar.h"

/* The anchor's wall time on the n-th working date after the anchor's date (n >= 1), and the end of
 * that date (n >= 0): SLA_OK or SLA_E_NEVER. */
int32_t sla__workdays_after(const sla_calendar *calendar, sla_time start, int64_t n, sla_time *due);
int32_t sla__workdays_end(const sla_calendar *calendar, sla_time start, int64_t n, sla_time *due);

#endif
