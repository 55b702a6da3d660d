/* SPDX-License-Identifier: MIT */
/* Logs from bytes: the first byte says how the numbers are read, so that some inputs are hostile
 * and others sensible.  What is refused leaves no trace; results keep their promises. */
#include "fuzz.h"

#define MONDAY 1717405200 /* 2024-06-03T09:00:00Z */

static const sla_policy *the_policy(void) {
  static sla_policy *policy; /* the same for every input */
  if (policy != NULL) return policy;
  sla_zone *zone = NULL;
  sla_calendar_builder *hours = NULL;
  sla_calendar *calendar = NULL;
  sla_policy_builder *builder = NULL;
  must(sla_zone_new_posix("CET-1CEST,M3.5.0,M10.5.0/3", 26, NULL, &zone, NULL) == SLA_OK);
  must(sla_calendar_builder_new(NULL, &hours, NULL) == SLA_OK);
  must(sla_calendar_builder_set_zone(hours, zone, NULL) == SLA_OK);
  must(sla_calendar_builder_add_hours(hours, 31, 32400, 61200, NULL) == SLA_OK);
  must(sla_calendar_builder_add_hours(hours, 32, 79200, 21600, NULL) == SLA_OK);
  must(sla_calendar_builder_build(hours, &calendar, NULL) == SLA_OK);
  must(sla_policy_builder_new(NULL, &builder, NULL) == SLA_OK);
  must(sla_policy_builder_set_calendar(builder, calendar, NULL) == SLA_OK);
  for (uint32_t metric = 1; metric <= 3; metric++) {
    must(sla_policy_builder_set_target(builder, metric, 1, 2, SLA_UNIT_WORKING_DAYS, 1, NULL) == 0);
    must(sla_policy_builder_set_target(builder, metric, 2, 7200, SLA_UNIT_SECONDS, 2, NULL) == 0);
    must(sla_policy_builder_set_target(builder, metric, 3, 0, SLA_UNIT_END_OF_WORKING_DAY, 1,
                                       NULL) == SLA_OK);
    must(sla_policy_builder_set_target(builder, metric, 255, 28800, SLA_UNIT_SECONDS, 1,
                                       NULL) == SLA_OK);
    must(sla_policy_builder_set_due_soon(builder, metric, 255, 3600, NULL) == SLA_OK);
    must(sla_policy_builder_set_due_soon_percent(builder, metric, 2, 75, NULL) == SLA_OK);
  }
  must(sla_policy_builder_set_status(builder, 16, SLA_TICKET_PENDING, NULL) == SLA_OK);
  must(sla_policy_builder_set_pause(builder, SLA_NEXT_RESPONSE, 16, 1, NULL) == SLA_OK);
  must(sla_policy_builder_build(builder, &policy, NULL) == SLA_OK);
  sla_policy_builder_free(builder);
  sla_calendar_unref(calendar);
  sla_calendar_builder_free(hours);
  sla_zone_unref(zone);
  return policy;
}

static sla_event hostile_event(bytes *from) {
  sla_event event;
  event.at = (sla_time)take(from, 8);
  event.value = (int64_t)take(from, 8);
  event.kind = (uint32_t)take(from, 4);
  event.flags = (uint32_t)take(from, 4);
  return event;
}

static sla_event sensible_event(bytes *from, sla_time after) {
  static const uint32_t kinds[16] = {6, 6, 6, 6, 2, 3, 7, 2, 3, 6, 4, 5, 11, 12, 13, 14};
  uint64_t head = take(from, 1), gap = take(from, 2), more = take(from, 1);
  sla_event event = {after + (sla_time)(gap * (more % 4)), 0, kinds[head % 16], 0};
  if (event.kind == SLA_EVENT_STATUS) event.value = more >= 250 ? 16 : (int64_t)(more % 6 + 1);
  if (event.kind == SLA_EVENT_PRIORITY) event.value = (int64_t)(more % 5);
  if (event.kind == SLA_EVENT_RESET) event.flags = (uint32_t)(more % 4);
  if (event.kind == SLA_EVENT_DUE_SET) {
    event.flags = (uint32_t)(more % 3 + 1);
    event.value = head >= 128 ? SLA_NONE : event.at + (sla_time)take(from, 2) - 20000;
  }
  return event;
}

static int is_instant(sla_time t) {
  return t == SLA_NONE || (t >= SLA_TIME_MIN && t <= SLA_TIME_MAX);
}

static void check(const sla_result *r, sla_time now) {
  const sla_time times[] = {r->started_at,  r->stopped_at,       r->due_at,        r->due_soon_at,
                            r->breached_at, r->projected_due_at, r->next_change_at};
  for (size_t i = 0; i < 7; i++) must(is_instant(times[i]));
  must(r->phase <= SLA_CANCELLED && r->status <= SLA_OVERDUE);
  must(r->started_at == SLA_NONE || r->started_at <= now);
  must(r->stopped_at == SLA_NONE || (r->stopped_at >= r->started_at && r->stopped_at <= now));
  must(r->next_change_at == SLA_NONE || r->next_change_at > now);
  must(r->breached_at == SLA_NONE || r->status == SLA_OVERDUE);
  must(r->phase != SLA_FULFILLED || r->status != SLA_DUE_SOON);
  must(r->elapsed == SLA_NONE || (r->elapsed >= 0 && r->elapsed <= r->wall_elapsed));
  must(r->late_by == SLA_NONE || r->late_by >= 0);
  must((r->cycle == 0) == (r->started_at == SLA_NONE));
  must((uint64_t)r->met + r->missed <= r->cycle);
}

static void evaluate(const sla_event *events, size_t count, sla_time now) {
  sla_result all[3], one;
  size_t written = 77;
  sla_error error = {0};
  memset(all, 0x5C, sizeof all);
  int32_t code = sla_evaluate_all(the_policy(), events, count, sizeof *events, now, all, 3,
                                  sizeof all[0], &written, &error);
  if (code != SLA_OK) {
    for (size_t i = 0; i < sizeof all; i++) must(((const uint8_t *)all)[i] == 0x5C);
    must(written == 77 && error.code == code && sla_code_name(code) != NULL);
    return;
  }
  must(written == 3);
  for (uint32_t metric = 1; metric <= 3; metric++) {
    must(sla_evaluate(the_policy(), metric, events, count, sizeof *events, now, &one, sizeof one,
                      NULL) == SLA_OK);
    must(memcmp(&one, &all[metric - 1], sizeof one) == 0);
    check(&one, now);
  }
}

static void evaluate_row(bytes *from, sla_time now) {
  sla_row row = {MONDAY, SLA_NONE, SLA_NONE, SLA_NONE, SLA_NONE, SLA_NONE, 0, 0};
  sla_time *const times[] = {&row.created_at, &row.first_response_at, &row.waiting_since,
                             &row.solved_at, &row.status_since};
  sla_result result;
  for (size_t i = 0; i < 5; i++) {
    uint64_t n = take(from, 3);
    if (n % 8 == 7) *times[i] = (sla_time)take(from, 8);
    else if (n % 8 > 0) *times[i] = MONDAY + (sla_time)(n / 8);
  }
  row.paused = take(from, 1) % 4 == 0 ? (sla_seconds)take(from, 8) : (sla_seconds)take(from, 2);
  row.status = (uint32_t)take(from, 1) % 18;
  row.priority = (uint32_t)take(from, 1) % 34;
  for (uint32_t metric = 1; metric <= 3; metric++)
    if (sla_evaluate_row(the_policy(), metric, &row, sizeof row, now, &result, sizeof result,
                         NULL) == SLA_OK)
      check(&result, now);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  bytes from = {data, size};
  sla_event events[64];
  size_t count = 0;
  uint64_t how = take(&from, 1);
  sla_time now = how % 4 == 0 ? (sla_time)take(&from, 8) : MONDAY + (sla_time)take(&from, 3);
  if (how % 4 == 3) return evaluate_row(&from, now), 0;
  if (how % 4 != 0) events[count++] = (sla_event){MONDAY, 1, SLA_EVENT_CREATED, 0};
  for (; count < 64 && from.size > 0; count++)
    events[count] = how % 4 == 0 ? hostile_event(&from)
                                 : sensible_event(&from, events[count - 1].at);
  evaluate(events, count, now);
  return 0;
}
