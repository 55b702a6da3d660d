/* SPDX-License-Identifier: MIT */
/* What each system would keep of a ticket. */
#include "presets.h"

#include "support.h"

static const property_case cases[] = {
    {"HubSpot inbox: open", "first 4h, resolution 8h, soon resolution 7h", "Mo 09:00 created",
     "Mo 10:00",
     "first hs_time_to_first_response_sla_at 2024-06-03T13:00:00Z\n"
     "first hs_time_to_first_response_sla_status Active SLA\n"
     "resolution hs_time_to_close_sla_at 2024-06-03T17:00:00Z\n"
     "resolution hs_time_to_close_sla_status Due soon\n"},
    {"HubSpot inbox: closed the day after", "first 4h, resolution 8h",
     "Mo 09:00 created, Mo 10:00 reply, Tu 10:00 closed", "We 10:00",
     "first hs_time_to_first_response_sla_at 2024-06-03T13:00:00Z\n"
     "first hs_time_to_first_response_sla_status Completed on time\n"
     "resolution hs_time_to_close_sla_at 2024-06-03T17:00:00Z\n"
     "resolution hs_time_to_close_sla_status Completed late\n"
     "first hs_time_to_first_response_in_operating_hours 3600000 ms\n"
     "resolution hs_time_to_close_in_operating_hours 32400000 ms\n"
     "first time_to_first_agent_reply 3600000 ms\n"
     "resolution time_to_close 90000000 ms\n"},
    {"HubSpot help desk: a turn, and paused", "first 4h, next 2h, resolution 8h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 pending", "Mo 13:00",
     "first hs_time_to_first_response_sla_at 2024-06-03T13:00:00Z\n"
     "first hs_time_to_first_response_sla_status Completed on time\n"
     "next hs_time_to_next_response_sla_status Active SLA\n"
     "resolution hs_time_to_close_sla_status Active SLA\n"
     "ticket hs_sla_pause_status yes\n"
     "first hs_time_to_first_response_in_operating_hours 3600000 ms\n"
     "first time_to_first_agent_reply 3600000 ms\n"},
    {"HubSpot help desk: a turn", "next 2h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message", "Mo 12:00",
     "next hs_time_to_next_response_sla_at 2024-06-03T13:00:00Z\n"
     "next hs_time_to_next_response_sla_status Active SLA\n"
     "ticket hs_sla_pause_status no\n"},
    {"HubSpot help desk: closed", "resolution 8h", "Mo 09:00 created, Mo 10:00 closed", "Tu 10:00",
     "resolution hs_time_to_close_sla_at 2024-06-03T17:00:00Z\n"
     "resolution hs_time_to_close_sla_status Completed on time\n"
     "ticket hs_sla_pause_status no\n"
     "resolution hs_time_to_close_in_operating_hours 3600000 ms\n"
     "resolution time_to_close 3600000 ms\n"},
    {"HubSpot help desk: nothing yet", "next 2h", "Mo 09:00 created", "Mo 12:00", ""},

    {"Chatwoot: waiting", "first 4h, next 2h, resolution 8h",
     "Mo 09:00 created, Mo 14:00 reply, Mo 15:00 message", "Mo 16:00",
     "ticket sla_status active_with_misses\n"
     "first frt_due_at 2024-06-03T13:00:00Z\n"
     "next nrt_due_at 2024-06-03T17:00:00Z\n"
     "resolution rt_due_at 2024-06-03T17:00:00Z\n"},
    {"Chatwoot: not waiting", "next 2h, resolution 8h",
     "Mo 09:00 created, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 reply", "Mo 13:00",
     "ticket sla_status active\n"
     "resolution rt_due_at 2024-06-03T17:00:00Z\n"},

    {"Zendesk: all eight",
     "first 4h, next 2h, update 3h, pausable 3h, wait 8h, work 8h, total 8h, group 8h",
     "Mo 09:00 created, Mo 09:00 group 7, Mo 10:00 reply, Mo 11:00 message, Mo 12:00 pending",
     "Mo 12:30",
     "first first_reply_time.stage closed\n"
     "first first_reply_time.breach_at 2024-06-03T13:00:00Z\n"
     "next next_reply_time.stage active\n"
     "next next_reply_time.breach_at 2024-06-03T13:00:00Z\n"
     "update periodic_update_time.stage active\n"
     "update periodic_update_time.breach_at 2024-06-03T13:00:00Z\n"
     "pausable pausable_update_time.stage paused\n"
     "wait requester_wait_time.stage paused\n"
     "work agent_work_time.stage paused\n"
     "total total_resolution_time.stage active\n"
     "total total_resolution_time.breach_at 2024-06-03T17:00:00Z\n"
     "group group_ownership_time.stage active\n"
     "group group_ownership_time.breach_at 2024-06-03T17:00:00Z\n"},
    {"Zendesk: open", "pausable 3h, wait 8h, work 8h",
     "Mo 09:00 created, Mo 10:00 reply", "Mo 12:30",
     "pausable pausable_update_time.stage active\n"
     "pausable pausable_update_time.breach_at 2024-06-03T13:00:00Z\n"
     "wait requester_wait_time.stage active\n"
     "wait requester_wait_time.breach_at 2024-06-03T17:00:00Z\n"
     "work agent_work_time.stage active\n"
     "work agent_work_time.breach_at 2024-06-03T17:00:00Z\n"},

    {"Jira: a completed and an ongoing cycle", "first 1h, resolution 8h",
     "Mo 09:00 created, Mo 11:00 reply, Mo 12:00 pending", "Mo 13:00",
     "first startTime 2024-06-03T09:00:00Z\n"
     "first stopTime 2024-06-03T11:00:00Z\n"
     "first breachTime 2024-06-03T10:00:00Z\n"
     "first breached yes\n"
     "first paused no\n"
     "first goalDuration 3600000 ms\n"
     "first elapsedTime 7200000 ms\n"
     "first remainingTime -3600000 ms\n"
     "resolution startTime 2024-06-03T09:00:00Z\n"
     "resolution breached no\n"
     "resolution paused yes\n"
     "resolution goalDuration 28800000 ms\n"
     "resolution elapsedTime 10800000 ms\n"
     "resolution remainingTime 18000000 ms\n"},
    {"Jira: completed", "resolution 8h", "Mo 09:00 created, Mo 11:00 solved", "Mo 13:00",
     "resolution startTime 2024-06-03T09:00:00Z\n"
     "resolution stopTime 2024-06-03T11:00:00Z\n"
     "resolution breachTime 2024-06-03T17:00:00Z\n"
     "resolution breached no\n"
     "resolution paused no\n"
     "resolution goalDuration 28800000 ms\n"
     "resolution elapsedTime 7200000 ms\n"
     "resolution remainingTime 21600000 ms\n"},

    {"ServiceNow: response completed, resolution breached", "first 1h, resolution 8h",
     "Mo 09:00 created, Mo 09:30 reply, Mo 10:00 hold, Mo 11:00 open", "Tu 11:00",
     "first stage Completed\n"
     "first has_breached no\n"
     "first start_time 2024-06-03T09:00:00Z\n"
     "first end_time 2024-06-03T09:30:00Z\n"
     "first planned_end_time 2024-06-03T10:00:00Z\n"
     "first duration 1800 s\n"
     "first business_duration 1800 s\n"
     "first business_time_left 1800 s\n"
     "first pause_duration 0 s\n"
     "resolution stage In progress\n"
     "resolution has_breached yes\n"
     "resolution start_time 2024-06-03T09:00:00Z\n"
     "resolution planned_end_time 2024-06-04T10:00:00Z\n"
     "resolution duration 90000 s\n"
     "resolution business_duration 32400 s\n"
     "resolution time_left -3600 s\n"
     "resolution business_time_left -3600 s\n"
     "resolution pause_duration 3600 s\n"},
    {"ServiceNow: running and cancelled", "first 4h", "Mo 09:00 created, Mo 10:00 cancelled",
     "Mo 12:00",
     "first stage Cancelled\n"
     "first has_breached no\n"
     "first start_time 2024-06-03T09:00:00Z\n"
     "first end_time 2024-06-03T10:00:00Z\n"
     "first planned_end_time 2024-06-03T13:00:00Z\n"
     "first duration 3600 s\n"
     "first business_duration 3600 s\n"
     "first business_time_left 10800 s\n"
     "first pause_duration 0 s\n"},
    {"ServiceNow: a response still running", "first 4h", "Mo 09:00 created", "Mo 10:00",
     "first stage In progress\n"
     "first has_breached no\n"
     "first start_time 2024-06-03T09:00:00Z\n"
     "first planned_end_time 2024-06-03T13:00:00Z\n"
     "first duration 3600 s\n"
     "first business_duration 3600 s\n"
     "first time_left 10800 s\n"
     "first business_time_left 10800 s\n"
     "first pause_duration 0 s\n"},
    {"ServiceNow: resolved", "resolution 4h", "Mo 09:00 created, Mo 10:00 solved", "Mo 12:00",
     "resolution stage Completed\n"
     "resolution has_breached no\n"
     "resolution start_time 2024-06-03T09:00:00Z\n"
     "resolution end_time 2024-06-03T10:00:00Z\n"
     "resolution planned_end_time 2024-06-03T13:00:00Z\n"
     "resolution duration 3600 s\n"
     "resolution business_duration 3600 s\n"
     "resolution business_time_left 10800 s\n"
     "resolution pause_duration 0 s\n"},

    {"Freshdesk: late with the response", "first 1h, next 2h, resolution 8h",
     "Mo 09:00 created, Mo 11:00 reply, Mo 12:00 message", "Mo 13:00",
     "first fr_due_by 2024-06-03T10:00:00Z\n"
     "first fr_escalated yes\n"
     "next nr_due_by 2024-06-03T14:00:00Z\n"
     "next nr_escalated no\n"
     "resolution due_by 2024-06-03T17:00:00Z\n"
     "resolution is_escalated no\n"},

    {"Zammad: open", "first 4h, resolution 8h", "Mo 09:00 created", "Mo 10:00",
     "ticket escalation_at 2024-06-03T13:00:00Z\n"
     "first first_response_escalation_at 2024-06-03T13:00:00Z\n"
     "resolution close_escalation_at 2024-06-03T17:00:00Z\n"},
    {"Zammad: answered", "first 4h, update 1h, resolution 8h",
     "Mo 09:00 created, Mo 10:10:59 reply", "Mo 10:30",
     "ticket escalation_at 2024-06-03T11:10:59Z\n"
     "ticket update_escalation_at 2024-06-03T11:10:59Z\n"
     "resolution close_escalation_at 2024-06-03T17:00:00Z\n"
     "first first_response_at 2024-06-03T10:10:59Z\n"
     "first first_response_in_min 70 min\n"
     "first first_response_diff_in_min 170 min\n"},
    {"Zammad: closed late", "first 4h, resolution 2h",
     "Mo 09:00 created, Mo 11:00:59 closed", "Mo 12:00",
     "resolution close_at 2024-06-03T11:00:59Z\n"
     "resolution close_in_min 120 min\n"
     "resolution close_diff_in_min 0 min\n"},
    {"Zammad: closed later", "resolution 2h", "Mo 09:00 created, Mo 11:01 closed", "Mo 12:00",
     "resolution close_at 2024-06-03T11:01:00Z\n"
     "resolution close_in_min 121 min\n"
     "resolution close_diff_in_min -1 min\n"},
    {"Zammad: pending", "first 4h, resolution 2h", "Mo 09:00 created, Mo 10:00 pending", "Mo 12:00",
     ""},

    {"Znuny: escalated", "first 1h, next 4h, update 4h, resolution 40h", "Mo 09:00 created",
     "Mo 11:00",
     "first FirstResponseTime -3600 s\n"
     "first FirstResponseTimeWorkingTime -3600 s\n"
     "first FirstResponseTimeDestinationTime 2024-06-03T10:00:00Z\n"
     "first FirstResponseTimeEscalation yes\n"
     "ticket UpdateTime 7200 s\n"
     "ticket UpdateTimeWorkingTime 7200 s\n"
     "ticket UpdateTimeDestinationTime 2024-06-03T13:00:00Z\n"
     "ticket UpdateTimeEscalation no\n"
     "resolution SolutionTime 367200 s\n"
     "resolution SolutionTimeWorkingTime 136800 s\n"
     "resolution SolutionTimeDestinationTime 2024-06-07T17:00:00Z\n"
     "resolution SolutionTimeEscalation no\n"
     "ticket EscalationTime -3600 s\n"
     "ticket EscalationDestinationTime 2024-06-03T10:00:00Z\n"},
    {"Znuny: closed", "first 1h, resolution 8h",
     "Mo 09:00 created, Mo 09:30 reply, Mo 10:00 closed", "Mo 11:00",
     "first FirstResponseTimeEscalation no\n"
     "resolution SolutionTimeEscalation no\n"},

    {"GLPI: taken into account and solved", "first 1h, resolution 8h",
     "Mo 09:00 created, Mo 11:00 open, Mo 12:00 solved", "Mo 13:00",
     "first time_to_own 2024-06-03T10:00:00Z\n"
     "first time_to_own_exceeded exceeded\n"
     "first takeintoaccountdate 2024-06-03T11:00:00Z\n"
     "first takeintoaccount_delay_stat 7200 s\n"
     "resolution time_to_resolve 2024-06-04T09:00:00Z\n"
     "resolution time_to_resolve_exceeded not exceeded\n"
     "resolution solvedate 2024-06-03T12:00:00Z\n"
     "resolution solve_delay_stat 10800 s\n"},

    {"Frappe: late with both", "first 1h, resolution 2h",
     "Mo 09:00 created, Mo 11:00 reply, Mo 13:00 closed", "Mo 14:00",
     "ticket agreement_status Failed\n"
     "first response_by 2024-06-03T10:00:00Z\n"
     "first first_responded_on 2024-06-03T11:00:00Z\n"
     "first first_response_time 7200 s\n"
     "first first_response_failed_by 3600 s\n"
     "resolution resolution_by 2024-06-03T11:00:00Z\n"
     "resolution resolution_date 2024-06-03T13:00:00Z\n"
     "resolution resolution_time 14400 s\n"
     "resolution resolution_failed_by 7200 s\n"},
    {"Frappe: late by no working hour", "first 8h", "Mo 09:00 created, Mo 18:00 reply", "Tu 09:00",
     "ticket agreement_status Failed\n"
     "first response_by 2024-06-03T17:00:00Z\n"
     "first first_responded_on 2024-06-03T18:00:00Z\n"
     "first first_response_time 28800 s\n"},

    {"RT: the earliest", "next 4h, update 1h, resolution 2h", "Mo 09:00 created", "Mo 10:00",
     "ticket Due 2024-06-03T11:00:00Z\n"},
    {"RT: resolved", "next 4h, update 1h, resolution 2h", "Mo 09:00 created, Mo 10:00 solved",
     "Mo 10:00", ""},
};

const property_case *const presets_properties = cases;
const size_t presets_properties_count = COUNT_OF(cases);
