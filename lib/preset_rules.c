/* SPDX-License-Identifier: MIT */
/* What each system does otherwise than the built-in metrics, and where it says so: a rule that is
 * built in is not repeated.  What could not be verified is told in sla_presets(7), which tabulates
 * the outcome. */
#include "preset.h"

/* What a row sets: an option, by its number, or one of these. */
enum { FULFIL_EVENTS = 16, FULFIL_STATUSES = 17, CANCEL_EVENTS = 18, PAUSES = 19 };

typedef struct {
  uint16_t presets; /* bit n: preset n */
  uint16_t metrics; /* bit n: metric n */
  uint32_t what, value;
} change;

#define MAIN (FIRST | NEXT | RESOLUTION)
#define UPDATES (UPDATE | PAUSABLE)
#define SUMS (WAIT | WORK | TOTAL)
#define EIGHT (FIRST | NEXT | UPDATES | SUMS | GROUP)

#define WAITING (1u << SLA_TICKET_PENDING | 1u << SLA_TICKET_ON_HOLD)
#define DONE (1u << SLA_TICKET_SOLVED | 1u << SLA_TICKET_CLOSED)
#define REPLY (1u << SLA_EVENT_AGENT_REPLY)
#define NOTE (1u << SLA_EVENT_AGENT_NOTE)
#define MESSAGE (1u << SLA_EVENT_CUSTOMER_MESSAGE)

static const change changes[] = {
    /* HubSpot knowledge base, SLA goals: a ticket made by hand or by a workflow has none. */
    {HUBSPOT, FIRST | RESOLUTION, SLA_OPTION_CREATED_BY_OTHER, SLA_CREATED_STARTS_NOTHING},
    /* The same: goals are applied to new tickets, later edits do not reach the older ones. */
    {HUBSPOT, FIRST | RESOLUTION, SLA_OPTION_TARGET_CHANGED, SLA_CHANGED_IGNORED},
    {HUBSPOT_DESK, NEXT, SLA_OPTION_TARGET_CHANGED, SLA_CHANGED_IGNORED},
    /* Help desk SLA goals, pausing: on hold and waiting for the customer; the inbox has none. */
    {HUBSPOT_INBOX, RESOLUTION, PAUSES, 0},
    {HUBSPOT_DESK, FIRST | NEXT, PAUSES, WAITING},

    /* Chatwoot source, applied SLA: within the threshold while now is before the due instant. */
    {CHATWOOT, MAIN, SLA_OPTION_AT_DUE, SLA_AT_DUE_OVERDUE},
    /* Message builder: the first outgoing message of a human is the first reply, whoever began. */
    {CHATWOOT, FIRST | NEXT, SLA_OPTION_CREATED_BY_OTHER, SLA_CREATED_REPLIES},
    /* SLA evaluation: snoozed and pending do not pause; the outcome of a resolved one is kept. */
    {CHATWOOT, RESOLUTION, PAUSES, 0},
    {CHATWOOT, RESOLUTION, SLA_OPTION_REOPENED, SLA_REOPENED_STAYS},
    /* SLA events: a miss is recorded once and for all. */
    {CHATWOOT, MAIN, SLA_OPTION_BREACH_UNDONE, SLA_BREACH_STICKS},

    /* Zendesk advanced SLA settings: off by default, a ticket of an agent's has no first reply. */
    {ZENDESK, FIRST, SLA_OPTION_CREATED_BY_OTHER, SLA_CREATED_STARTS_NOTHING},
    {ZENDESK, NEXT | UPDATES, SLA_OPTION_CREATED_BY_OTHER, SLA_CREATED_REPLIES},
    /* Ticket metric events: a breach event is at the due instant; when a new target is past
     * already, at the update that brought it. */
    {ZENDESK, EIGHT, SLA_OPTION_AT_DUE, SLA_AT_DUE_OVERDUE},
    {ZENDESK, EIGHT, SLA_OPTION_TARGET_CHANGED, SLA_CHANGED_BREACH_AT_CHANGE},
    /* Schedules: metrics of a status count on the schedule that was in force in each stretch. */
    {ZENDESK, SUMS, SLA_OPTION_CALENDAR_CHANGED, SLA_CALENDAR_EACH_STRETCH},

    /* Jira SLA goals: when another goal applies, the time that has elapsed is kept. */
    {JIRA, MAIN, SLA_OPTION_TARGET_CHANGED, SLA_CHANGED_KEEPS_ELAPSED},
    /* SLA conditions: met again after the end, the start condition begins a new cycle. */
    {JIRA, RESOLUTION, SLA_OPTION_REOPENED, SLA_REOPENED_NEW_CYCLE},

    /* ServiceNow SLA definitions: another priority cancels one task SLA and attaches another,
     * and so does a task that is opened again. */
    {SERVICENOW, FIRST | RESOLUTION, SLA_OPTION_TARGET_CHANGED, SLA_CHANGED_RESTARTS},
    {SERVICENOW, RESOLUTION, SLA_OPTION_REOPENED, SLA_REOPENED_NEW_CYCLE},
    /* Task SLA table: breached at 100 percent, and until repaired. */
    {SERVICENOW, FIRST | RESOLUTION, SLA_OPTION_AT_DUE, SLA_AT_DUE_OVERDUE},
    {SERVICENOW, FIRST | RESOLUTION, SLA_OPTION_BREACH_UNDONE, SLA_BREACH_STICKS},

    /* Freshdesk ticket fields: the SLA timer is off in pending and the waiting statuses. */
    {FRESHDESK, FIRST | NEXT, PAUSES, WAITING},

    /* Zammad source, escalation: states that ignore escalation are breaks, closed is one; without
     * a response, closing ends none. */
    {ZAMMAD, FIRST | NEXT | UPDATE, PAUSES, WAITING | DONE},
    {ZAMMAD, FIRST | NEXT | UPDATE, SLA_OPTION_SOLVED, SLA_SOLVED_KEEPS_RUNNING},
    /* The same: the first time it was closed is the solution. */
    {ZAMMAD, RESOLUTION, SLA_OPTION_REOPENED, SLA_REOPENED_STAYS},
    /* Ticket articles: the first one of an agent's is the first response. */
    {ZAMMAD, FIRST | NEXT | UPDATE, SLA_OPTION_CREATED_BY_OTHER, SLA_CREATED_REPLIES},
    /* Escalated from the escalation's instant on. */
    {ZAMMAD, MAIN | UPDATE, SLA_OPTION_AT_DUE, SLA_AT_DUE_OVERDUE},

    /* Znuny source, escalation index: an update is due from the oldest customer article without
     * an answer, in new tickets too, else from the agent's last one. */
    {ZNUNY, NEXT, SLA_OPTION_GATE, SLA_GATE_OPEN},
    {ZNUNY, UPDATE, CANCEL_EVENTS, MESSAGE},
    /* The same: no update is due in the pending states; solution and first response go on. */
    {ZNUNY, NEXT | UPDATE, PAUSES, WAITING},
    {ZNUNY, RESOLUTION, PAUSES, 0},
    /* The same: counted from the articles again whenever the ticket is open; closed once is
     * closed. */
    {ZNUNY, FIRST | NEXT | UPDATE, SLA_OPTION_REOPENED, SLA_REOPENED_COUNTS},
    {ZNUNY, RESOLUTION, SLA_OPTION_REOPENED, SLA_REOPENED_STAYS},
    /* The first article of an agent's that the customer sees is the response. */
    {ZNUNY, FIRST | UPDATE, SLA_OPTION_CREATED_BY_OTHER, SLA_CREATED_REPLIES},
    /* Escalated when no time is left. */
    {ZNUNY, MAIN | UPDATE, SLA_OPTION_AT_DUE, SLA_AT_DUE_OVERDUE},

    /* GLPI source, tickets: a follow-up, a task, an assignment and waiting take it into account. */
    {GLPI, FIRST, FULFIL_EVENTS, REPLY | NOTE},
    {GLPI, FIRST, FULFIL_STATUSES, 1u << SLA_TICKET_OPEN | WAITING | DONE},
    /* Calendars: what ends at closing time ends at the next opening. */
    {GLPI, FIRST | RESOLUTION, SLA_OPTION_LANDING, SLA_LANDING_NEXT_OPENING},

    /* Frappe source, tickets: a paused or a resolved status is a first response, too. */
    {FRAPPE, FIRST, FULFIL_STATUSES, WAITING | DONE},

    /* RT source, SLA actions: while the last to write is the requestor, Response counts from the
     * first message without an answer, the opening one included; else KeepInLoop counts from the
     * last message of the staff, the opening one included. */
    {RT, FIRST, SLA_OPTION_CREATED_BY_OTHER, SLA_CREATED_STARTS_NOTHING},
    {RT, NEXT, SLA_OPTION_GATE, SLA_GATE_OPEN},
    {RT, UPDATE, CANCEL_EVENTS, MESSAGE},
    {RT, UPDATE, SLA_OPTION_CREATED_BY_OTHER, SLA_CREATED_REPLIES},
    /* SLA configuration: statuses to ignore; zero business minutes is the next business moment. */
    {RT, FIRST | NEXT | UPDATE, PAUSES, WAITING},
    {RT, MAIN | UPDATE, SLA_OPTION_ZERO_TARGET, SLA_LANDING_NEXT_OPENING},
    /* The actions: counted from the messages and the creation again, whatever was resolved. */
    {RT, MAIN | UPDATE, SLA_OPTION_REOPENED, SLA_REOPENED_COUNTS},
};

static void apply(const change *row, sla_metric_rule *rule) {
  switch (row->what) {
    case FULFIL_EVENTS: rule->fulfil.events = row->value; break;
    case FULFIL_STATUSES: rule->fulfil.statuses = row->value; break;
    case CANCEL_EVENTS: rule->cancel.events = row->value; break;
    case PAUSES: rule->pause_statuses = row->value; break;
    default: rule->options[row->what] = row->value; break;
  }
}

void sla__preset_change(uint32_t preset, uint32_t metric, sla_metric_rule *rule) {
  for (size_t i = 0; i < SLA__LENGTH(changes); i++)
    if ((changes[i].presets >> preset & 1) && (changes[i].metrics >> metric & 1))
      apply(&changes[i], rule);
}
