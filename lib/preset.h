/* SPDX-License-Identifier: MIT */
/* The systems that the library can behave like, and what each of them does otherwise than the
 * built-in metrics.  May include: base. */
#ifndef SLA_LIB_PRESET_H
#define SLA_LIB_PRESET_H

#include "base.h"

/* A bit for each preset and for each metric that they speak of, for the rows of their tables. */
enum {
  HUBSPOT_INBOX = 1 << SLA_PRESET_HUBSPOT_INBOX,
  HUBSPOT_DESK = 1 << SLA_PRESET_HUBSPOT_HELP_DESK,
  HUBSPOT = HUBSPOT_INBOX | HUBSPOT_DESK,
  CHATWOOT = 1 << SLA_PRESET_CHATWOOT,
  ZENDESK = 1 << SLA_PRESET_ZENDESK,
  JIRA = 1 << SLA_PRESET_JIRA,
  SERVICENOW = 1 << SLA_PRESET_SERVICENOW,
  FRESHDESK = 1 << SLA_PRESET_FRESHDESK,
  ZAMMAD = 1 << SLA_PRESET_ZAMMAD,
  ZNUNY = 1 << SLA_PRESET_ZNUNY,
  GLPI = 1 << SLA_PRESET_GLPI,
  FRAPPE = 1 << SLA_PRESET_FRAPPE,
  RT = 1 << SLA_PRESET_RT
};

enum {
  FIRST = 1 << SLA_FIRST_RESPONSE,
  NEXT = 1 << SLA_NEXT_RESPONSE,
  RESOLUTION = 1 << SLA_RESOLUTION,
  UPDATE = 1 << SLA_PERIODIC_UPDATE,
  PAUSABLE = 1 << SLA_PAUSABLE_UPDATE,
  WAIT = 1 << SLA_REQUESTER_WAIT,
  WORK = 1 << SLA_AGENT_WORK,
  TOTAL = 1 << SLA_TOTAL_RESOLUTION,
  GROUP = 1 << SLA_GROUP_OWNERSHIP
};

static inline bool sla__preset_known(uint32_t preset) {
  return preset >= SLA_PRESET_HUBSPOT_INBOX && preset <= SLA_PRESET_RT;
}

/* Makes the built-in rule of a metric the system's own. */
void sla__preset_change(uint32_t preset, uint32_t metric, sla_metric_rule *rule);

#endif
