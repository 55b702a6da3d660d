/* SPDX-License-Identifier: MIT */
/* Policies, logs and results told in words, so that a case fits a line or three.
 *
 * Times are of one fortnight: "Mo 09:00" is 2024-06-03T09:00:00Z, "Mo2 09:00:01" a week and a
 * second later.  Lengths are "1h30m", "90s", "-2h", "0s".
 *
 * A policy: "first 4h, first/3 30m around, next 2wd, resolution 0eod night, resolution 1cd,
 *            soon first 1h, soon first/3 75%, pause next pending, nopause resolution pending,
 *            status 16 pending, nocalendar"
 *   wd: working days, eod: end of working day, cd: counted days; around: around the clock;
 *   night and once: a calendar of its own.
 * A log: "Mo 09:00 created, Mo 09:00 priority 3, Tu 10:00 pending, We 11:00 due first Fr 09:00"
 * A result: "first running due-soon due Mo 13:00 elapsed 1h left 3h cycle 1" */
#ifndef SLA_TESTS_TOLD_H
#define SLA_TESTS_TOLD_H

#include <sla/sla.h>

#define TOLD_EVENTS 32

sla_time told_time(const char *text);
/* Business hours are Mo-Fr 09:00-17:00, "night" is Mo-Su 22:00-06:00, "once" is open on
 * 2024-06-03 from 09:00 to 17:00 and never again; all UTC. */
sla_policy *told_policy(const char *text);
size_t told_events(const char *text, sla_event events[TOLD_EVENTS]);
/* The metric that a result is about: its first word. */
uint32_t told_metric(const char *text);
/* Fails where the result is not what the text says; what the text does not mention is not asked. */
void told_result(const sla_result *result, const char *text);

#endif
