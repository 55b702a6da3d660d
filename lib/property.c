/* SPDX-License-Identifier: MIT */
/* The fields that systems keep of a ticket, read off the results of its metrics. */
#include "label.h"
#include "preset.h"

/* Which results count for a field; of a flag, the question it answers. */
enum when { ALWAYS, RUNNING, PAUSED, ENDED, BREACHED, ESCALATED };

/* What is read off a result. */
enum what {
  STARTED_AT, STOPPED_AT, DUE_AT, TARGET, ELAPSED, LEFT, OVERRUN, WALL_ELAPSED, WALL_LEFT,
  WALL_PAUSED, WALL_SPAN, WORD, YES
};

typedef struct {
  uint32_t presets; /* bit n: preset n */
  uint16_t metrics; /* bit n: metric n; of several the least value counts */
  uint8_t kind, when, what;
  const char *name;
} field_row;

#define WHOLE UINT16_MAX
#define INSTANT SLA_PROPERTY_INSTANT
#define SECONDS SLA_PROPERTY_SECONDS
#define MILLIS SLA_PROPERTY_MILLISECONDS
#define MINUTES SLA_PROPERTY_MINUTES
#define LABEL SLA_PROPERTY_LABEL
#define TICKET SLA_PROPERTY_TICKET_LABEL
#define FLAG SLA_PROPERTY_FLAG

/* Systems with a record for each clock have the same fields for several metrics. */
#define ZENDESK_METRIC(metric, name)                               \
  {ZENDESK, metric, LABEL, ALWAYS, WORD, name ".stage"},           \
      {ZENDESK, metric, INSTANT, ALWAYS, DUE_AT, name ".breach_at"}

#define JIRA_CYCLE(metric)                                         \
  {JIRA, metric, INSTANT, ALWAYS, STARTED_AT, "startTime"},        \
      {JIRA, metric, INSTANT, ENDED, STOPPED_AT, "stopTime"},      \
      {JIRA, metric, INSTANT, ALWAYS, DUE_AT, "breachTime"},       \
      {JIRA, metric, FLAG, BREACHED, YES, "breached"},             \
      {JIRA, metric, FLAG, PAUSED, YES, "paused"},                 \
      {JIRA, metric, MILLIS, ALWAYS, TARGET, "goalDuration"},      \
      {JIRA, metric, MILLIS, ALWAYS, ELAPSED, "elapsedTime"},      \
      {JIRA, metric, MILLIS, ALWAYS, LEFT, "remainingTime"}

#define TASK_SLA(metric)                                                  \
  {SERVICENOW, metric, LABEL, ALWAYS, WORD, "stage"},                     \
      {SERVICENOW, metric, FLAG, BREACHED, YES, "has_breached"},          \
      {SERVICENOW, metric, INSTANT, ALWAYS, STARTED_AT, "start_time"},    \
      {SERVICENOW, metric, INSTANT, ALWAYS, STOPPED_AT, "end_time"},      \
      {SERVICENOW, metric, INSTANT, ALWAYS, DUE_AT, "planned_end_time"},  \
      {SERVICENOW, metric, SECONDS, ALWAYS, WALL_ELAPSED, "duration"},    \
      {SERVICENOW, metric, SECONDS, ALWAYS, ELAPSED, "business_duration"}, \
      {SERVICENOW, metric, SECONDS, ALWAYS, WALL_LEFT, "time_left"},      \
      {SERVICENOW, metric, SECONDS, ALWAYS, LEFT, "business_time_left"},  \
      {SERVICENOW, metric, SECONDS, ALWAYS, WALL_PAUSED, "pause_duration"}

#define ZNUNY_TIME(metrics, name)                                             \
  {ZNUNY, metrics, SECONDS, RUNNING, WALL_LEFT, name},                        \
      {ZNUNY, metrics, SECONDS, RUNNING, LEFT, name "WorkingTime"},           \
      {ZNUNY, metrics, INSTANT, RUNNING, DUE_AT, name "DestinationTime"},     \
      {ZNUNY, metrics, FLAG, ESCALATED, YES, name "Escalation"}

static const field_row fields[] = {
    {HUBSPOT, FIRST, INSTANT, ALWAYS, DUE_AT, "hs_time_to_first_response_sla_at"},
    {HUBSPOT, FIRST, LABEL, ALWAYS, WORD, "hs_time_to_first_response_sla_status"},
    {HUBSPOT_DESK, NEXT, INSTANT, ALWAYS, DUE_AT, "hs_time_to_next_response_sla_at"},
    {HUBSPOT_DESK, NEXT, LABEL, ALWAYS, WORD, "hs_time_to_next_response_sla_status"},
    {HUBSPOT, RESOLUTION, INSTANT, ALWAYS, DUE_AT, "hs_time_to_close_sla_at"},
    {HUBSPOT, RESOLUTION, LABEL, ALWAYS, WORD, "hs_time_to_close_sla_status"},
    {HUBSPOT_DESK, WHOLE, FLAG, PAUSED, YES, "hs_sla_pause_status"},
    {HUBSPOT, FIRST, MILLIS, ENDED, ELAPSED, "hs_time_to_first_response_in_operating_hours"},
    {HUBSPOT, RESOLUTION, MILLIS, ENDED, ELAPSED, "hs_time_to_close_in_operating_hours"},
    {HUBSPOT, FIRST, MILLIS, ENDED, WALL_SPAN, "time_to_first_agent_reply"},
    {HUBSPOT, RESOLUTION, MILLIS, ENDED, WALL_SPAN, "time_to_close"},

    {CHATWOOT, WHOLE, TICKET, ALWAYS, WORD, "sla_status"},
    {CHATWOOT, FIRST, INSTANT, ALWAYS, DUE_AT, "frt_due_at"},
    {CHATWOOT, NEXT, INSTANT, RUNNING, DUE_AT, "nrt_due_at"},
    {CHATWOOT, RESOLUTION, INSTANT, ALWAYS, DUE_AT, "rt_due_at"},

    ZENDESK_METRIC(FIRST, "first_reply_time"),
    ZENDESK_METRIC(NEXT, "next_reply_time"),
    ZENDESK_METRIC(UPDATE, "periodic_update_time"),
    ZENDESK_METRIC(PAUSABLE, "pausable_update_time"),
    ZENDESK_METRIC(WAIT, "requester_wait_time"),
    ZENDESK_METRIC(WORK, "agent_work_time"),
    ZENDESK_METRIC(TOTAL, "total_resolution_time"),
    ZENDESK_METRIC(GROUP, "group_ownership_time"),

    JIRA_CYCLE(FIRST),
    JIRA_CYCLE(RESOLUTION),

    TASK_SLA(FIRST),
    TASK_SLA(RESOLUTION),

    {FRESHDESK, FIRST, INSTANT, ALWAYS, DUE_AT, "fr_due_by"},
    {FRESHDESK, FIRST, FLAG, BREACHED, YES, "fr_escalated"},
    {FRESHDESK, NEXT, INSTANT, RUNNING, DUE_AT, "nr_due_by"},
    {FRESHDESK, NEXT, FLAG, BREACHED, YES, "nr_escalated"},
    {FRESHDESK, RESOLUTION, INSTANT, ALWAYS, DUE_AT, "due_by"},
    {FRESHDESK, RESOLUTION, FLAG, BREACHED, YES, "is_escalated"},

    {ZAMMAD, WHOLE, INSTANT, RUNNING, DUE_AT, "escalation_at"},
    {ZAMMAD, FIRST, INSTANT, RUNNING, DUE_AT, "first_response_escalation_at"},
    {ZAMMAD, NEXT | UPDATE, INSTANT, RUNNING, DUE_AT, "update_escalation_at"},
    {ZAMMAD, RESOLUTION, INSTANT, RUNNING, DUE_AT, "close_escalation_at"},
    {ZAMMAD, FIRST, INSTANT, ENDED, STOPPED_AT, "first_response_at"},
    {ZAMMAD, FIRST, MINUTES, ENDED, ELAPSED, "first_response_in_min"},
    {ZAMMAD, FIRST, MINUTES, ENDED, LEFT, "first_response_diff_in_min"},
    {ZAMMAD, RESOLUTION, INSTANT, ENDED, STOPPED_AT, "close_at"},
    {ZAMMAD, RESOLUTION, MINUTES, ENDED, ELAPSED, "close_in_min"},
    {ZAMMAD, RESOLUTION, MINUTES, ENDED, LEFT, "close_diff_in_min"},

    ZNUNY_TIME(FIRST, "FirstResponseTime"),
    ZNUNY_TIME(NEXT | UPDATE, "UpdateTime"),
    ZNUNY_TIME(RESOLUTION, "SolutionTime"),
    {ZNUNY, WHOLE, SECONDS, RUNNING, WALL_LEFT, "EscalationTime"},
    {ZNUNY, WHOLE, INSTANT, RUNNING, DUE_AT, "EscalationDestinationTime"},

    {GLPI, FIRST, INSTANT, ALWAYS, DUE_AT, "time_to_own"},
    {GLPI, FIRST, LABEL, ALWAYS, WORD, "time_to_own_exceeded"},
    {GLPI, FIRST, INSTANT, ENDED, STOPPED_AT, "takeintoaccountdate"},
    {GLPI, FIRST, SECONDS, ENDED, ELAPSED, "takeintoaccount_delay_stat"},
    {GLPI, RESOLUTION, INSTANT, ALWAYS, DUE_AT, "time_to_resolve"},
    {GLPI, RESOLUTION, LABEL, ALWAYS, WORD, "time_to_resolve_exceeded"},
    {GLPI, RESOLUTION, INSTANT, ENDED, STOPPED_AT, "solvedate"},
    {GLPI, RESOLUTION, SECONDS, ENDED, ELAPSED, "solve_delay_stat"},

    {FRAPPE, WHOLE, TICKET, ALWAYS, WORD, "agreement_status"},
    {FRAPPE, FIRST, INSTANT, ALWAYS, DUE_AT, "response_by"},
    {FRAPPE, FIRST, INSTANT, ENDED, STOPPED_AT, "first_responded_on"},
    {FRAPPE, FIRST, SECONDS, ENDED, ELAPSED, "first_response_time"},
    {FRAPPE, FIRST, SECONDS, ENDED, OVERRUN, "first_response_failed_by"},
    {FRAPPE, RESOLUTION, INSTANT, ALWAYS, DUE_AT, "resolution_by"},
    {FRAPPE, RESOLUTION, INSTANT, ENDED, STOPPED_AT, "resolution_date"},
    {FRAPPE, RESOLUTION, SECONDS, ENDED, ELAPSED, "resolution_time"},
    {FRAPPE, RESOLUTION, SECONDS, ENDED, OVERRUN, "resolution_failed_by"},

    {RT, WHOLE, INSTANT, RUNNING, DUE_AT, "Due"},
};

/* ---- finding a field ---- */

static const field_row *field_at(uint32_t preset, uint32_t index) {
  if (!sla__preset_known(preset)) return NULL;
  for (size_t i = 0; i < SLA__LENGTH(fields); i++)
    if ((fields[i].presets >> preset & 1) && index-- == 0) return &fields[i];
  return NULL;
}

uint32_t sla_preset_property_count(uint32_t preset) {
  uint32_t count = 0;
  while (field_at(preset, count) != NULL) count++;
  return count;
}

const char *sla_preset_property_name(uint32_t preset, uint32_t index) {
  const field_row *found = field_at(preset, index);
  return found == NULL ? NULL : found->name;
}

/* ---- reading it off a result ---- */

static bool is_when(const sla_result *result, uint32_t when) {
  switch (when) {
    case RUNNING: return result->phase == SLA_RUNNING;
    case PAUSED: return result->phase == SLA_PAUSED;
    case ENDED: return result->phase == SLA_FULFILLED;
    case BREACHED: return result->status == SLA_OVERDUE;
    case ESCALATED: return result->phase == SLA_RUNNING && result->status == SLA_OVERDUE;
    default: return result->phase != SLA_INACTIVE;
  }
}

/* Results are the caller's: what no evaluation gives is no length. */
static int64_t length(int64_t seconds) {
  const int64_t longest = SLA_TIME_MAX - SLA_TIME_MIN;
  return seconds >= -longest && seconds <= longest ? seconds : SLA_NONE;
}

static int64_t span(const sla_result *result) {
  if (!sla__valid_time(result->started_at) || !sla__valid_time(result->stopped_at)) return SLA_NONE;
  return result->stopped_at - result->started_at;
}

static int64_t overrun(const sla_result *result) {
  int64_t left = length(result->remaining);
  return left != SLA_NONE && left < 0 ? -left : SLA_NONE;
}

static int64_t seconds_of(const sla_result *result, uint32_t what) {
  switch (what) {
    case TARGET: return length(result->target);
    case ELAPSED: return length(result->elapsed);
    case LEFT: return length(result->remaining);
    case OVERRUN: return overrun(result);
    case WALL_ELAPSED: return length(result->wall_elapsed);
    case WALL_LEFT: return length(result->wall_remaining);
    case WALL_PAUSED: return length(result->wall_paused);
    default: return span(result);
  }
}

static int64_t in_minutes(int64_t seconds) {
  return seconds == SLA_NONE ? SLA_NONE : sla__floor_div(seconds, 60);
}

/* What is left in minutes is those of the target less those gone, as Zammad reckons. */
static int64_t minutes_of(const sla_result *result, uint32_t what) {
  if (what != LEFT) return in_minutes(seconds_of(result, what));
  int64_t target = in_minutes(length(result->target)), gone = in_minutes(length(result->elapsed));
  return target == SLA_NONE || gone == SLA_NONE ? SLA_NONE : target - gone;
}

static int64_t millis_of(const sla_result *result, uint32_t what) {
  int64_t seconds = seconds_of(result, what);
  return seconds == SLA_NONE ? SLA_NONE : seconds * 1000;
}

static sla_time instant_of(const sla_result *result, uint32_t what) {
  switch (what) {
    case STARTED_AT: return result->started_at;
    case STOPPED_AT: return result->stopped_at;
    default: return result->due_at;
  }
}

static int64_t word_of(uint32_t preset, const sla_result *result) {
  sla_label label = sla__label_of(preset, result);
  return label.value == SLA_NO_LABEL ? SLA_NONE : label.value;
}

static int64_t value_of(uint32_t preset, const field_row *field, const sla_result *result) {
  if (field->kind == FLAG) return is_when(result, field->when);
  if (!is_when(result, field->when)) return SLA_NONE;
  switch (field->kind) {
    case INSTANT: return instant_of(result, field->what);
    case LABEL: return word_of(preset, result);
    case MINUTES: return minutes_of(result, field->what);
    case MILLIS: return millis_of(result, field->what);
    default: return seconds_of(result, field->what);
  }
}

/* ---- and off those of a ticket ---- */

static bool is_about(const field_row *field, const sla_result *result) {
  if (result->phase == SLA_INACTIVE) return false;
  return field->metrics == WHOLE ||
         (result->metric <= SLA_GROUP_OWNERSHIP && (field->metrics >> result->metric & 1));
}

static int64_t of_either(const field_row *field, int64_t a, int64_t b) {
  if (a == SLA_NONE || b == SLA_NONE) return a == SLA_NONE ? b : a;
  return field->kind == FLAG ? sla__max(a, b) : sla__min(a, b);
}

static int64_t of_ticket(uint32_t preset, const field_row *field, const sla_result *results,
                         size_t count, size_t stride) {
  int64_t value = SLA_NONE;
  for (size_t i = 0; i < count; i++) {
    const sla_result *result = SLA__CONST_AT(sla_result, results, stride, i);
    if (is_about(field, result)) value = of_either(field, value, value_of(preset, field, result));
  }
  return value;
}

static int64_t word_of_ticket(uint32_t preset, const sla_result *results, size_t count,
                              size_t stride) {
  sla_label label = sla__label_of_ticket(preset, results, count, stride);
  return label.value == SLA_NO_LABEL ? SLA_NONE : label.value;
}

/* The metric of a field that is of one. */
static uint32_t metric_of(const field_row *field) {
  for (uint32_t metric = SLA_FIRST_RESPONSE; metric <= SLA_GROUP_OWNERSHIP; metric++)
    if (field->metrics == 1u << metric) return metric;
  return 0;
}

int32_t sla_preset_property(uint32_t preset, uint32_t index, const sla_result *results,
                            size_t count, size_t result_size, sla_property *property,
                            size_t size) {
  if (results == NULL || property == NULL) return SLA_E_NULL;
  if (!sla__size_ok(result_size, sizeof *results) || !sla__size_ok(size, sizeof *property))
    return SLA_E_ABI;
  if (!sla__preset_known(preset)) return SLA_E_POLICY;
  const field_row *field = field_at(preset, index);
  if (field == NULL || count == 0) return SLA_E_ARGUMENT;
  int64_t value = field->kind == TICKET
                      ? word_of_ticket(preset, results, count, result_size)
                      : of_ticket(preset, field, results, count, result_size);
  const sla_property found = {value, field->kind, metric_of(field)};
  sla__record_write(property, size, &found, sizeof found);
  return SLA_OK;
}
