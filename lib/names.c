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
      CODE(SLA_E_EVENT),    CODE(SLA_E_ORDER),    CODE(SLA_E_CREATION), CODE(SLA_E_ROW)};
  return LOOK_UP(names, code);
}

const char *sla_metric_name(uint32_t metric) {
  static const named names[] = {{SLA_FIRST_RESPONSE, "first response"},
                                {SLA_NEXT_RESPONSE, "next response"},
                                {SLA_RESOLUTION, "resolution"}};
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
                                {SLA_EVENT_NO_REPLY_NEEDED, "no reply needed"},
                                {SLA_EVENT_DUE_SET, "due set"},
                                {SLA_EVENT_RESET, "reset"},
                                {SLA_EVENT_CANCELLED, "cancelled"}};
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
size_t sla_event_size(void) { return sizeof(sla_event); }
size_t sla_row_size(void) { return sizeof(sla_row); }
size_t sla_result_size(void) { return sizeof(sla_result); }
size_t sla_rollup_size(void) { return sizeof(sla_rollup); }
size_t sla_batch_size(void) { return sizeof(sla_batch); }
