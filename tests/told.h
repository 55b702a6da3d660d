/* SPDX-License-Identifier: MIT */
/* Policies, logs and results told in words, so that a case fits a line or three.
 *
 * Times are of one fortnight: "Mo 09:00" is 2024-06-03T09:00:00Z, "Mo2 09:00:01" a week and a
 * second later.  Lengths are "1h30m", "90s", "-2h", "0s".
 *
 * Metrics: first, next, resolution, update, pausable, wait, work, total, group, own32 to own63.
 *
 * A policy: "first 4h, first/3 30m around, next 2wd, resolution 0eod night, resolution 1cd,
 *            resolution 4h then 2h, allow resolution 1h, soon first 1h, soon first/3 75%,
 *            pause next pending, nopause resolution pending, status 16 pending, nocalendar,
 *            preset zendesk, option first at-due overdue, metric own32 cycle
 *            start=host40+status3 fulfil=reply cancel=condition3 resume=customer
 *            pause=status3+condition5"
 *   wd: working days, eod: end of working day, cd: counted days; around: around the clock;
 *   night, late and once: a calendar of its own; then: a second stage.
 *   Presets, options and their values are called as the library calls them, in small letters and
 *   with hyphens.  A trigger: created, customer, reply, note, auto, priority, group, needless,
 *   cancelled, policy, hostN, statusN or a status by its name, conditionN, unconditionN.
 *   Several policies are parted by " | ".
 * A log: "Mo 09:00 created, Mo 09:00 priority 3, Tu 10:00 pending, We 11:00 due first Fr 09:00,
 *         We 12:00 group 5, We 12:00 condition 3, We 13:00 uncondition 3, Th 09:00 host 40,
 *         Th 09:00 host 40 Mo 09:00, Th 10:00 policy 1, Th 11:00 policy none, Fr 09:00 reset first"
 *   and "created agent", "created machine".
 * A result: "first running due-soon due Mo 13:00 elapsed 1h left 3h cycle 1" */
#ifndef SLA_TESTS_TOLD_H
#define SLA_TESTS_TOLD_H

#include <sla/sla.h>

#define TOLD_EVENTS 32
#define TOLD_POLICIES 4
#define TOLD_CYCLES 32

sla_time told_time(const char *text);
/* Business hours are Mo-Fr 09:00-17:00, "night" is Mo-Su 22:00-06:00, "late" is Mo-Fr 11:00-19:00,
 * "once" is open on 2024-06-03 from 09:00 to 17:00 and never again; all UTC. */
sla_policy *told_policy(const char *text);
size_t told_policies(const char *text, sla_policy *policies[TOLD_POLICIES]);
void told_release(sla_policy *const *policies, size_t count);
size_t told_events(const char *text, sla_event events[TOLD_EVENTS]);
/* The metric that a result is about: its first word. */
uint32_t told_metric(const char *text);
/* Fails where the result is not what the text says; what the text does not mention is not asked. */
void told_result(const sla_result *result, const char *text);
/* "cycles 3 met 1 missed 1 cancelled 1 elapsed 5h wall 6h held 1h longest 3h last 1h
 * longest-cycle 2" */
void told_totals(const sla_totals *totals, const char *text);

/* A case: policies, a log, an instant, the result of each metric asked, parted by " | ". */
typedef struct {
  const char *name, *policy, *log, *now, *results;
} told_case;

/* Every case a test of its own.  Each is evaluated in all ways there are, which must agree: alone
 * and as the last of its cycles, with one policy and as one of several.  Gives what main does. */
int told_run(const char *group, const told_case *cases, size_t count);
/* The same for a whole list of cycles: `results` are all of them. */
int told_run_cycles(const char *group, const told_case *cases, size_t count);

#endif
