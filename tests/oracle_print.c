/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "oracle.h"
#include "support.h"

void oracle_print_calendar(FILE *file, const oracle_calendar *calendar) {
  for (size_t i = 0; i < calendar->count; i++) {
    const sla_entry *e = &calendar->entries[i];
    fprintf(file,
            "  {.kind = %u, .recurrence = %u, .first = %d, .last = %d, .opens = %d, .closes = %d, "
            ".weekdays = %u, .month = %d, .day = %d},\n",
            e->kind, e->recurrence, e->first, e->last, e->opens, e->closes, e->weekdays, e->month,
            e->day);
  }
}

void oracle_print_events(FILE *file, const sla_event *events, size_t count) {
  char text[SUPPORT_TIME_TEXT];
  for (size_t i = 0; i < count; i++)
    fprintf(file, "  {%" PRId64 ", %" PRId64 ", %u, %u}, /* %s %s */\n", events[i].at,
            events[i].value, events[i].kind, events[i].flags, time_text(events[i].at, text),
            sla_event_kind_name(events[i].kind));
}

void oracle_print_result(FILE *file, const sla_result *r) {
  const sla_time times[] = {r->started_at,  r->stopped_at,       r->due_at,        r->due_soon_at,
                            r->breached_at, r->projected_due_at, r->next_change_at};
  static const char *const names[] = {"started", "stopped",   "due",        "due soon",
                                      "breached", "projected", "next change"};
  char text[SUPPORT_TIME_TEXT];
  for (int i = 0; i < 7; i++) fprintf(file, "  %s %s\n", names[i], time_text(times[i], text));
  fprintf(file,
          "  target %" PRId64 " elapsed %" PRId64 " remaining %" PRId64 " wall elapsed %" PRId64
          " wall remaining %" PRId64 " late by %" PRId64 " wall paused %" PRId64 "\n",
          r->target, r->elapsed, r->remaining, r->wall_elapsed, r->wall_remaining, r->late_by,
          r->wall_paused);
  fprintf(file, "  metric %u phase %u status %u flags %u priority %u cycle %u met %u missed %u\n",
          r->metric, r->phase, r->status, r->flags, r->priority, r->cycle, r->met, r->missed);
}

void oracle_print_totals(FILE *file, const sla_totals *t) {
  fprintf(file,
          "  elapsed %" PRId64 " wall elapsed %" PRId64 " wall paused %" PRId64 " longest %" PRId64
          " (cycle %u) last %" PRId64 "\n  cycles %u met %u missed %u cancelled %u\n",
          t->elapsed, t->wall_elapsed, t->wall_paused, t->longest, t->longest_cycle, t->last,
          t->cycles, t->met, t->missed, t->cancelled);
}

/* ---- policies, as calls on a builder `b` ---- */

static int place_of(const oracle_calendar *calendar, const oracle_calendar *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (&list[i] == calendar) return (int)i;
  return -1;
}

static void print_trigger(FILE *file, const char *name, const sla_trigger *t) {
  if ((t->events | t->conditions_set | t->conditions_cleared | t->statuses) == 0) return;
  fprintf(file, " .%s = {0x%" PRIx64 ", 0x%" PRIx64 ", 0x%" PRIx64 ", 0x%x, 0},", name, t->events,
          t->conditions_set, t->conditions_cleared, t->statuses);
}

static void print_rule(FILE *file, uint32_t metric, const sla_metric_rule *rule) {
  fprintf(file, "  /* metric %u */ (sla_metric_rule){.shape = %u, .pause_conditions = 0x%" PRIx64
                ", .pause_statuses = 0x%x,",
          metric, rule->shape, rule->pause_conditions, rule->pause_statuses);
  print_trigger(file, "start", &rule->start);
  print_trigger(file, "fulfil", &rule->fulfil);
  print_trigger(file, "cancel", &rule->cancel);
  print_trigger(file, "resume", &rule->resume);
  for (uint32_t i = 0; i < 16; i++)
    if (rule->options[i] != 0)
      fprintf(file, " .options[%u] = %u, /* %s: %s */", i, rule->options[i], sla_option_name(i),
              sla_option_value_name(i, rule->options[i]));
  fprintf(file, "};\n");
}

static void print_target(FILE *file, uint32_t metric, uint32_t priority, const oracle_target *t,
                         int calendar) {
  fprintf(file, "  sla_policy_builder_set_target(b, %u, %u, %" PRId64 ", %u, %u, NULL);\n", metric,
          priority, t->amount, t->unit, t->clock);
  if (calendar >= 0)
    fprintf(file, "  sla_policy_builder_set_target_calendar(b, %u, %u, calendars[%d], NULL);\n",
            metric, priority, calendar);
  if (t->stage != 0)
    fprintf(file, "  sla_policy_builder_set_second_stage(b, %u, %u, %" PRId64 ", NULL);\n", metric,
            priority, t->stage);
  if (t->allowance != 0)
    fprintf(file, "  sla_policy_builder_set_allowance(b, %u, %u, %" PRId64 ", NULL);\n", metric,
            priority, t->allowance);
}

static void print_soon(FILE *file, uint32_t metric, uint32_t priority, const oracle_soon *soon) {
  if (soon->lead != SLA_NONE)
    fprintf(file, "  sla_policy_builder_set_due_soon(b, %u, %u, %" PRId64 ", NULL);\n", metric,
            priority, soon->lead);
  if (soon->percent != 0)
    fprintf(file, "  sla_policy_builder_set_due_soon_percent(b, %u, %u, %u, NULL);\n", metric,
            priority, soon->percent);
}

void oracle_print_metric(FILE *file, const oracle_policy *policy, uint32_t metric,
                         const oracle_calendar *calendars, size_t calendar_count) {
  fprintf(file, "  sla_policy_builder_set_calendar(b, calendars[%d], NULL);\n",
          place_of(policy->calendar, calendars, calendar_count));
  print_rule(file, metric, &policy->rules[metric]);
  for (uint32_t p = 0; p <= ORACLE_ANY; p++) {
    const oracle_target *t = &policy->targets[metric][p];
    uint32_t priority = p == ORACLE_ANY ? SLA_PRIORITY_ANY : p;
    if (t->set)
      print_target(file, metric, priority, t, place_of(t->calendar, calendars, calendar_count));
    print_soon(file, metric, priority, &policy->soon[metric][p]);
  }
  for (uint32_t s = 0; s < 32; s++) {
    if (policy->pauses[metric][s] != ORACLE_UNSAID)
      fprintf(file, "  sla_policy_builder_set_pause(b, %u, %u, %d, NULL);\n", metric, s,
              policy->pauses[metric][s] == ORACLE_PAUSES);
    if (s >= 16 && policy->behaves_as[s] != 0)
      fprintf(file, "  sla_policy_builder_set_status(b, %u, %u, NULL);\n", s,
              policy->behaves_as[s]);
  }
}
