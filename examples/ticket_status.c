/* SPDX-License-Identifier: MIT */
/*
 * Is this ticket on time?  A row of a tickets table, asked about as the day goes by.
 *
 * Introduces: sla_policy_builder_set_target, sla_policy_builder_set_due_soon_percent, sla_row,
 * sla_evaluate_row, sla_result, sla_status_name, sla_phase_name.
 */
#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(int32_t code, const sla_error *error) {
  char sentence[200];
  if (code == SLA_OK) return;
  sla_error_text(error != NULL ? error : &(sla_error){.code = code}, sentence, sizeof sentence);
  fprintf(stderr, "%s\n", sentence);
  exit(1);
}

/* A reply to urgent tickets within one opening hour, to all others within four. */
static sla_policy *promise(const sla_calendar *calendar) {
  sla_policy_builder *builder;
  sla_policy *policy;
  sla_error error;
  check(sla_policy_builder_new(NULL, &builder, &error), &error);
  check(sla_policy_builder_set_calendar(builder, calendar, &error), &error);
  check(sla_policy_builder_set_target(builder, SLA_FIRST_RESPONSE, SLA_PRIORITY_URGENT, 3600,
                                      SLA_UNIT_SECONDS, SLA_BUSINESS_HOURS, &error), &error);
  check(sla_policy_builder_set_target(builder, SLA_FIRST_RESPONSE, SLA_PRIORITY_ANY, 4 * 3600,
                                      SLA_UNIT_SECONDS, SLA_BUSINESS_HOURS, &error), &error);
  check(sla_policy_builder_set_due_soon_percent(builder, SLA_FIRST_RESPONSE, SLA_PRIORITY_ANY, 75,
                                                &error), &error);
  check(sla_policy_builder_build(builder, &policy, &error), &error);
  sla_policy_builder_free(builder);
  return policy;
}

static sla_calendar *office_hours(const sla_zone *zone) {
  sla_calendar_builder *builder;
  sla_calendar *calendar;
  sla_error error;
  check(sla_calendar_builder_new(NULL, &builder, &error), &error);
  check(sla_calendar_builder_set_zone(builder, zone, &error), &error);
  check(sla_calendar_builder_add_hours(builder, SLA_MONDAY_TO_FRIDAY, 9 * 3600, 17 * 3600, &error),
        &error);
  check(sla_calendar_builder_build(builder, &calendar, &error), &error);
  sla_calendar_builder_free(builder);
  return calendar;
}

static void print_status(const sla_policy *policy, const sla_row *row, sla_time now) {
  sla_result result;
  sla_error error;
  check(sla_evaluate_row(policy, SLA_FIRST_RESPONSE, row, sizeof *row, now, &result, sizeof result,
                         &error), &error);
  printf("%2d h after creation: %s, %s", (int)((now - row->created_at) / 3600),
         sla_phase_name(result.phase), sla_status_name(result.status));
  if (result.phase == SLA_RUNNING)
    printf(", %d working minutes left", (int)(result.remaining / 60));
  if (result.late_by > 0) printf(", late by %d min", (int)(result.late_by / 60));
  putchar('\n');
}

int main(void) {
  sla_zone *zone;
  sla_error error;
  sla_row row = {.created_at = 1772452800, /* Monday 2026-03-02 12:00 UTC, 13:00 in Berlin */
                 .first_response_at = SLA_NONE, .waiting_since = SLA_NONE, .solved_at = SLA_NONE,
                 .status_since = SLA_NONE, .paused = SLA_NONE,
                 .status = SLA_TICKET_NEW, .priority = SLA_PRIORITY_NORMAL};
  check(sla_zone_new_posix("CET-1CEST,M3.5.0,M10.5.0/3", 26, NULL, &zone, &error), &error);
  sla_calendar *calendar = office_hours(zone);
  sla_policy *policy = promise(calendar);
  for (int hour = 0; hour <= 5; hour++) print_status(policy, &row, row.created_at + hour * 3600);

  row.first_response_at = row.created_at + 5 * 3600;
  printf("Then somebody replies:\n");
  print_status(policy, &row, row.created_at + 20 * 3600);

  sla_policy_unref(policy);
  sla_calendar_unref(calendar);
  sla_zone_unref(zone);
  return 0;
}
