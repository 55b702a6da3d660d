/* SPDX-License-Identifier: MIT */
/* A help desk by chance: calendars, policies with metrics of every kind, and logs of tickets; each
 * both for the library and for the oracle. */
#ifndef SLA_TESTS_CHANCE_DESK_H
#define SLA_TESTS_CHANCE_DESK_H

#include "chance.h"

#define DESK_CALENDARS 3
#define DESK_POLICIES 3
#define DESK_METRICS 5
#define DESK_EVENTS 40

typedef struct {
  chance *luck;
  oracle_calendar plain[DESK_CALENDARS];
  sla_calendar *calendars[DESK_CALENDARS];
  sla_time begin, horizon; /* logs begin after `begin`; the oracle walks as far as `horizon` */
  sla_seconds pace;        /* between two events, at most; nothing takes much longer */
  bool dates;              /* targets in working days, too */
  oracle_policy rules[DESK_POLICIES];
  sla_policy *policies[DESK_POLICIES];
  size_t policy_count;
  uint32_t metrics[DESK_METRICS]; /* that the policies speak of, in order */
  sla_event events[DESK_EVENTS];
  size_t count;
} desk;

/* Calendars of ordinary weeks, two weeks ahead. */
void desk_open(desk *d, chance *luck);
/* Calendars that open and close every few minutes, some hours ahead. */
void desk_open_dense(desk *d, chance *luck);
void desk_close(desk *d);

/* Draws up to `most` policies; at most three of any kind. */
void desk_draw_policies(desk *d, size_t most);
/* Builds a policy as it is written down; what the library says in *code. */
sla_policy *desk_built(const desk *d, const oracle_policy *rules, int32_t *code);
void desk_drop_policies(desk *d);

void desk_draw_log(desk *d, size_t most);
sla_time desk_draw_now(desk *d);

void desk_print(const desk *d, uint32_t metric, sla_time now);

#endif
