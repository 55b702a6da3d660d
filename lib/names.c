/* SPDX-License-Identifier: MIT */
/* The names of numbers, the sizes of records, the constants: for people and for bindings. */
#include "base.h"

typedef struct {
  int64_t number;
  const char *name;
} named;

static const char *look_up(const named *names, size_t count, int64_t number) {
  for (size_t i = 0; i < count; i++)
    if (names[i].number == number) return names[i].name;
  return NULL;
}

#define LOOK_UP(names, number) look_up(names, SLA__LENGTH(names), number)
#define CODE(code) {code, #code}

const char *sla_code_name(int32_t code) {
  static const named names[] = {
      CODE(SLA_OK),         CODE(SLA_E_MEMORY),   CODE(SLA_E_NULL),     CODE(SLA_E_ARGUMENT),
      CODE(SLA_E_ABI),      CODE(SLA_E_RANGE),    CODE(SLA_E_LIMIT),    CODE(SLA_E_TZIF),
      CODE(SLA_E_LEAP),     CODE(SLA_E_POSIX),    CODE(SLA_E_DATE),     CODE(SLA_E_TIME),
      CODE(SLA_E_HOURS),    CODE(SLA_E_CLOSED),   CODE(SLA_E_NEVER),    CODE(SLA_E_NAME),
      CODE(SLA_E_ZONE),     CODE(SLA_E_METRIC),   CODE(SLA_E_PRIORITY), CODE(SLA_E_TARGET),
      CODE(SLA_E_DUE_SOON), CODE(SLA_E_CALENDAR), CODE(SLA_E_EMPTY),    CODE(SLA_E_STATUS),
      CODE(SLA_E_RULE),     CODE(SLA_E_OPTION),   CODE(SLA_E_POLICY),   CODE(SLA_E_EVENT),
      CODE(SLA_E_ORDER),    CODE(SLA_E_CREATION), CODE(SLA_E_ROW),      CODE(SLA_E_BYTES),
      CODE(SLA_E_ATTRIBUTE), CODE(SLA_E_CONDITION), CODE(SLA_E_FACT),
      CODE(SLA_E_VERSION)};
  return LOOK_UP(names, code);
}

const char *sla_metric_name(uint32_t metric) {
  static const named names[] = {{SLA_FIRST_RESPONSE, "first response"},
                                {SLA_NEXT_RESPONSE, "next response"},
                                {SLA_RESOLUTION, "resolution"},
                                {SLA_PERIODIC_UPDATE, "periodic update"},
                                {SLA_PAUSABLE_UPDATE, "pausable update"},
                                {SLA_REQUESTER_WAIT, "requester wait"},
                                {SLA_AGENT_WORK, "agent work"},
                                {SLA_TOTAL_RESOLUTION, "total resolution"},
                                {SLA_GROUP_OWNERSHIP, "group ownership"}};
  return LOOK_UP(names, metric);
}

const char *sla_phase_name(uint32_t phase) {
  static const named names[] = {{SLA_INACTIVE, "inactive"},
                                {SLA_RUNNING, "running"},
                                {SLA_PAUSED, "paused"},
                                {SLA_FULFILLED, "fulfilled"},
                                {SLA_CANCELLED, "cancelled"}};
  return LOOK_UP(names, phase);
}

const char *sla_status_name(uint32_t status) {
  static const named names[] = {{SLA_STATUS_NONE, "none"},
                                {SLA_ON_TIME, "on time"},
                                {SLA_DUE_SOON, "due soon"},
                                {SLA_OVERDUE, "overdue"}};
  return LOOK_UP(names, status);
}

const char *sla_ticket_status_name(uint32_t status) {
  static const named names[] = {{SLA_TICKET_NEW, "new"},         {SLA_TICKET_OPEN, "open"},
                                {SLA_TICKET_PENDING, "pending"}, {SLA_TICKET_ON_HOLD, "on hold"},
                                {SLA_TICKET_SOLVED, "solved"},   {SLA_TICKET_CLOSED, "closed"}};
  return LOOK_UP(names, status);
}

const char *sla_priority_name(uint32_t priority) {
  static const named names[] = {{SLA_PRIORITY_NONE, "none"},     {SLA_PRIORITY_LOW, "low"},
                                {SLA_PRIORITY_NORMAL, "normal"}, {SLA_PRIORITY_HIGH, "high"},
                                {SLA_PRIORITY_URGENT, "urgent"}, {SLA_PRIORITY_ANY, "any"}};
  return LOOK_UP(names, priority);
}

const char *sla_event_kind_name(uint32_t kind) {
  static const named names[] = {{SLA_EVENT_CREATED, "created"},
                                {SLA_EVENT_CUSTOMER_MESSAGE, "customer message"},
                                {SLA_EVENT_AGENT_REPLY, "agent reply"},
                                {SLA_EVENT_AGENT_NOTE, "agent note"},
                                {SLA_EVENT_AUTOMATIC_REPLY, "automatic reply"},
                                {SLA_EVENT_STATUS, "status"},
                                {SLA_EVENT_PRIORITY, "priority"},
                                {SLA_EVENT_GROUP, "group"},
                                {SLA_EVENT_CONDITION_SET, "condition set"},
                                {SLA_EVENT_CONDITION_CLEARED, "condition cleared"},
                                {SLA_EVENT_NO_REPLY_NEEDED, "no reply needed"},
                                {SLA_EVENT_DUE_SET, "due set"},
                                {SLA_EVENT_RESET, "reset"},
                                {SLA_EVENT_CANCELLED, "cancelled"},
                                {SLA_EVENT_POLICY, "policy"}};
  return LOOK_UP(names, kind);
}

const char *sla_unit_name(uint32_t unit) {
  static const named names[] = {{SLA_UNIT_SECONDS, "seconds"},
                                {SLA_UNIT_COUNTED_DAYS, "counted days"},
                                {SLA_UNIT_WORKING_DAYS, "working days"},
                                {SLA_UNIT_END_OF_WORKING_DAY, "end of working day"}};
  return LOOK_UP(names, unit);
}

const char *sla_clock_name(uint32_t clock) {
  static const named names[] = {{SLA_BUSINESS_HOURS, "business hours"},
                                {SLA_AROUND_THE_CLOCK, "around the clock"}};
  return LOOK_UP(names, clock);
}

const char *sla_shape_name(uint32_t shape) {
  static const named names[] = {{SLA_ONCE, "once"},
                                {SLA_EVERY_TURN, "every turn"},
                                {SLA_PERIODIC, "periodic"},
                                {SLA_SUM, "sum"},
                                {SLA_CYCLE, "cycle"}};
  return LOOK_UP(names, shape);
}

const char *sla_option_name(uint32_t option) {
  static const named names[] = {{SLA_OPTION_ANCHOR, "anchor"},
                                {SLA_OPTION_GATE, "gate"},
                                {SLA_OPTION_AT_DUE, "at due"},
                                {SLA_OPTION_LANDING, "landing"},
                                {SLA_OPTION_ZERO_TARGET, "zero target"},
                                {SLA_OPTION_CREATED_BY_OTHER, "created by other"},
                                {SLA_OPTION_SOLVED, "solved"},
                                {SLA_OPTION_REOPENED, "reopened"},
                                {SLA_OPTION_TARGET_CHANGED, "target changed"},
                                {SLA_OPTION_BREACH_UNDONE, "breach undone"},
                                {SLA_OPTION_CALENDAR_CHANGED, "calendar changed"},
                                {SLA_OPTION_RESUME, "resume"},
                                {SLA_OPTION_MESSAGE_WHILE_PAUSED, "message while paused"}};
  return LOOK_UP(names, option);
}

const char *sla_option_value_name(uint32_t option, uint32_t value) {
  static const char *const names[][6] = {
      [SLA_OPTION_ANCHOR] = {"event", "newest", "creation", "first message", "policy", "value"},
      [SLA_OPTION_GATE] = {"open", "first reply"},
      [SLA_OPTION_AT_DUE] = {"on time", "overdue"},
      [SLA_OPTION_LANDING] = {"stays", "next opening"},
      [SLA_OPTION_ZERO_TARGET] = {"stays", "next opening"},
      [SLA_OPTION_CREATED_BY_OTHER] = {"starts", "starts nothing", "replies"},
      [SLA_OPTION_SOLVED] = {"stops", "cancels", "keeps running"},
      [SLA_OPTION_REOPENED] = {"stays", "resumes", "counts", "new cycle"},
      [SLA_OPTION_TARGET_CHANGED] = {"from start", "keeps elapsed", "from change", "restarts",
                                     "ignored", "breach at change"},
      [SLA_OPTION_BREACH_UNDONE] = {"disappears", "sticks"},
      [SLA_OPTION_CALENDAR_CHANGED] = {"last", "each stretch"},
      [SLA_OPTION_RESUME] = {"either", "trigger"},
      [SLA_OPTION_MESSAGE_WHILE_PAUSED] = {"stays paused", "resumes"}};
  if (option >= SLA__LENGTH(names) || value >= SLA__LENGTH(names[0])) return NULL;
  return names[option][value];
}

const char *sla_objective_verdict_name(uint32_t verdict) {
  static const named names[] = {{SLA_OBJECTIVE_ON_TRACK, "on track"},
                                {SLA_OBJECTIVE_AT_RISK, "at risk"},
                                {SLA_OBJECTIVE_MET, "met"},
                                {SLA_OBJECTIVE_MISSED, "missed"},
                                {SLA_OBJECTIVE_EMPTY, "empty"}};
  return LOOK_UP(names, verdict);
}

const char *sla_rule_event_name(uint32_t event) {
  static const named names[] = {{SLA_RULE_CREATED, "created"},
                                {SLA_RULE_OPENED, "opened"},
                                {SLA_RULE_UPDATED, "updated"},
                                {SLA_RULE_MESSAGE, "message"},
                                {SLA_RULE_PRIORITY, "priority"}};
  return LOOK_UP(names, event);
}

const char *sla_attribute_type_name(uint32_t type) {
  static const named names[] = {{SLA_ATTRIBUTE_TEXT, "text"},
                                {SLA_ATTRIBUTE_INTEGER, "integer"},
                                {SLA_ATTRIBUTE_INSTANT, "instant"},
                                {SLA_ATTRIBUTE_TAGS, "tags"}};
  return LOOK_UP(names, type);
}

const char *sla_condition_kind_name(uint32_t kind) {
  static const named names[] = {{SLA_ALL_OF, "all of"},
                                {SLA_ANY_OF, "any of"},
                                {SLA_NONE_OF, "none of"},
                                {SLA_IS_PRESENT, "is present"},
                                {SLA_IS_ABSENT, "is absent"},
                                {SLA_EQUALS, "equals"},
                                {SLA_NOT_EQUALS, "does not equal"},
                                {SLA_IN, "in"},
                                {SLA_NOT_IN, "not in"},
                                {SLA_CONTAINS, "contains"},
                                {SLA_NOT_CONTAINS, "does not contain"},
                                {SLA_STARTS_WITH, "starts with"},
                                {SLA_ENDS_WITH, "ends with"},
                                {SLA_EMAIL_DOMAIN, "has e-mail domain"},
                                {SLA_LESS, "less than"},
                                {SLA_GREATER, "greater than"},
                                {SLA_BETWEEN, "between"},
                                {SLA_TAGGED, "tagged"}};
  return LOOK_UP(names, kind);
}

const char *sla_agreement_kind_name(uint32_t kind) {
  static const named names[] = {{SLA_AGREEMENT_CUSTOMER, "customer"},
                                {SLA_AGREEMENT_INTERNAL, "internal"},
                                {SLA_AGREEMENT_SUPPLIER, "supplier"}};
  return LOOK_UP(names, kind);
}

const char *sla_holder_name(uint32_t holder) {
  static const named names[] = {{SLA_HOLDER_NOBODY, "nobody"},
                                {SLA_HOLDER_US, "us"},
                                {SLA_HOLDER_CUSTOMER, "customer"},
                                {SLA_HOLDER_OTHER, "other"}};
  return LOOK_UP(names, holder);
}

const char *sla_verdict_name(uint32_t kind) {
  static const named names[] = {{SLA_VERDICT_MATCHES, "matches"},
                                {SLA_VERDICT_EVENT, "not for this event"},
                                {SLA_VERDICT_CONDITION, "a condition does not hold"}};
  return LOOK_UP(names, kind);
}

uint32_t sla_version(void) { return SLA_VERSION; }
const char *sla_version_string(void) { return "0.1.0"; }

sla_time sla_time_none(void) { return SLA_NONE; }
sla_time sla_time_min(void) { return SLA_TIME_MIN; }
sla_time sla_time_max(void) { return SLA_TIME_MAX; }

size_t sla_error_size(void) { return sizeof(sla_error); }
size_t sla_civil_size(void) { return sizeof(sla_civil); }
size_t sla_entry_size(void) { return sizeof(sla_entry); }
size_t sla_interval_size(void) { return sizeof(sla_interval); }
size_t sla_target_size(void) { return sizeof(sla_target); }
size_t sla_metric_rule_size(void) { return sizeof(sla_metric_rule); }
size_t sla_lint_size(void) { return sizeof(sla_lint); }
size_t sla_totals_size(void) { return sizeof(sla_totals); }
size_t sla_label_size(void) { return sizeof(sla_label); }
size_t sla_property_size(void) { return sizeof(sla_property); }
size_t sla_fact_size(void) { return sizeof(sla_fact); }
size_t sla_condition_size(void) { return sizeof(sla_condition); }
size_t sla_rule_size(void) { return sizeof(sla_rule); }
size_t sla_match_size(void) { return sizeof(sla_match); }
size_t sla_verdict_size(void) { return sizeof(sla_verdict); }
size_t sla_rules_lint_size(void) { return sizeof(sla_rules_lint); }
size_t sla_agreement_size(void) { return sizeof(sla_agreement); }
size_t sla_policy_version_size(void) { return sizeof(sla_policy_version); }
size_t sla_outcome_size(void) { return sizeof(sla_outcome); }
size_t sla_policy_change_size(void) { return sizeof(sla_policy_change); }
size_t sla_event_size(void) { return sizeof(sla_event); }
size_t sla_row_size(void) { return sizeof(sla_row); }
size_t sla_result_size(void) { return sizeof(sla_result); }
size_t sla_rollup_size(void) { return sizeof(sla_rollup); }
size_t sla_batch_size(void) { return sizeof(sla_batch); }
size_t sla_history_size(void) { return sizeof(sla_history); }
size_t sla_ticket_counts_size(void) { return sizeof(sla_ticket_counts); }
size_t sla_metric_counts_size(void) { return sizeof(sla_metric_counts); }
size_t sla_objective_size(void) { return sizeof(sla_objective); }
size_t sla_standing_size(void) { return sizeof(sla_standing); }
size_t sla_tally_size(void) { return sizeof(sla_tally); }
