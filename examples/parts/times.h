/* SPDX-License-Identifier: MIT */
/* Instants as text. */
#ifndef EXAMPLES_TIMES_H
#define EXAMPLES_TIMES_H

#include <sla/sla.h>

#include "bytes.h"
#include "slice.h"

/* Reads "2026-03-02T09:30:00+01:00", with "Z", without seconds, with a fraction (dropped), with a
 * space for the T or none of the dashes and colons; or epoch seconds; or, when zone is not NULL,
 * the zone's local time: the first instant when it happens twice, the instant of the change when it
 * is skipped. */
bool time_read(slice text, const sla_zone *zone, sla_time *at, bytes *why);

/* The same, or a date alone: its first instant in the zone, which must be given. */
bool time_read_day(slice text, const sla_zone *zone, sla_time *at, bytes *why);

/* A date such as 2026-12-25, at the start of *text, which moves behind it. */
bool time_take_date(slice *text, sla_date *date);

/* "2026-03-02T09:30:00+01:00" */
void time_write_iso(bytes *to, const sla_zone *zone, sla_time at);

/* "Mon 2 Mar 09:30", with the year or the offset where they are not those of now. */
void time_write_short(bytes *to, const sla_zone *zone, sla_time at, sla_time now);

/* "Mon 2 Mar 2026 09:30 (UTC+01:00)" */
void time_write_long(bytes *to, const sla_zone *zone, sla_time at);

#endif
