/* SPDX-License-Identifier: MIT */
/*
 * One ticket, one target, and the rules of every system that has a preset: what each would count,
 * and in which word it would say so.
 *
 * Introduces: sla_policy_builder_set_preset, sla_preset_label, sla_preset_label_name,
 * sla_preset_name.
 */
#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>

static void check(int32_t code, const sla_error *error) {
  char sentence[200];
  if (code == SLA_OK) return;
  sla_error_text(error, sentence, sizeof sentence);
  fprintf(stderr, "%s\n", sentence);
  exit(1);
}

enum { MINUTE = 60, HOUR = 3600 };

/* As a system would: to be solved within four hours, around the clock. */
static sla_policy *as(uint32_t preset) {
  sla_policy_builder *builder;
  sla_policy *policy;
  sla_error e;
  check(sla_policy_builder_new(NULL, &builder, &e), &e);
  check(sla_policy_builder_set_target(builder, SLA_RESOLUTION, SLA_PRIORITY_ANY, 4 * HOUR,
                                      SLA_UNIT_SECONDS, SLA_AROUND_THE_CLOCK, &e), &e);
  check(sla_policy_builder_set_preset(builder, preset, &e), &e);
  check(sla_policy_builder_build(builder, &policy, &e), &e);
  sla_policy_builder_free(builder);
  return policy;
}

/* The system's own word, where it would show one. */
static void print_label(uint32_t preset, const sla_result *result) {
  sla_label label;
  sla_error e = {.code = sla_preset_label(preset, result, sizeof *result, &label, sizeof label)};
  check(e.code, &e);
  if (label.value != SLA_NO_LABEL) printf("  \"%s\"", sla_preset_label_name(preset, label.value));
}

static void print_result(uint32_t preset, const sla_result *result) {
  printf("%-18scycle %d, %3d min, %s, %s", sla_preset_name(preset), (int)result->cycle,
         (int)(result->elapsed / MINUTE), sla_phase_name(result->phase),
         sla_status_name(result->status));
  print_label(preset, result);
  putchar('\n');
}

int main(void) {
  static const sla_event log[] = {
      /* Worked on for an hour, waiting for two, worked on for half of one; solved, and reopened. */
      {.at = 8 * HOUR, .kind = SLA_EVENT_CREATED, .value = SLA_CREATOR_CUSTOMER},
      {.at = 9 * HOUR, .kind = SLA_EVENT_STATUS, .value = SLA_TICKET_PENDING},
      {.at = 11 * HOUR, .kind = SLA_EVENT_STATUS, .value = SLA_TICKET_OPEN},
      {.at = 11 * HOUR + 30 * MINUTE, .kind = SLA_EVENT_STATUS, .value = SLA_TICKET_SOLVED},
      {.at = 13 * HOUR, .kind = SLA_EVENT_STATUS, .value = SLA_TICKET_OPEN},
  };
  const size_t count = sizeof log / sizeof *log;
  for (uint32_t preset = 1; sla_preset_name(preset) != NULL; preset++) {
    sla_policy *policy = as(preset);
    sla_result result;
    sla_error e;
    check(sla_evaluate(policy, SLA_RESOLUTION, log, count, sizeof *log, 14 * HOUR, &result,
                       sizeof result, &e), &e);
    print_result(preset, &result);
    sla_policy_unref(policy);
  }
  return 0;
}
