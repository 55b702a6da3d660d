/* SPDX-License-Identifier: MIT */
/* Weeks, months, quarters and years of a zone. */
#ifndef SLA_REPORT_PERIODS_H
#define SLA_REPORT_PERIODS_H

#include <sla/sla.h>

#include "bytes.h"
#include "slice.h"

enum period { PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_YEAR, PERIODS };

const char *period_name(enum period period); /* "month" */
bool period_find(slice text, enum period *period);

/* The first date of the period in which an instant lies; of the one after it. */
sla_date period_of(enum period period, const sla_zone *zone, sla_time at);
sla_date period_after(enum period period, sla_date first);

/* When a date begins. */
sla_time period_begins(const sla_zone *zone, sla_date date);

/* "2026-W10", "2026-03", "2026-Q1", "2026"; and "2026-03-02". */
void period_write(bytes *to, enum period period, sla_date first);
void date_write(bytes *to, sla_date date);

#endif
