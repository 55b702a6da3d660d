/* SPDX-License-Identifier: MIT */
/* Every system behaves as it is documented to, and is spoken of in its own words; presets are set
 * as a whole; the page says what the library does. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "presets.h"
#include "support.h"
#include "table.h"
#include "told.h"

#define PRESETS SLA_PRESET_RT
#define METRICS SLA_GROUP_OWNERSHIP

/* Those of every metric that the first policy has a target for. */
static size_t results_of(const told_ticket *t, sla_result results[METRICS]) {
  uint32_t metric, count = sla_policy_metric_count(t->policies[0]);
  assert_true(count <= METRICS);
  for (uint32_t i = 0; i < count; i++) {
    assert_ok(sla_policy_metric(t->policies[0], i, &metric));
    results[i] = told_evaluate(t, metric);
  }
  return count;
}

/* ---- cases ---- */

/* "Overdue, breached, paused" */
static void label_text(uint32_t preset, sla_label label, char text[64]) {
  const char *word = sla_preset_label_name(preset, label.value);
  bool breached = label.flags & SLA_LABEL_BREACHED, paused = label.flags & SLA_LABEL_PAUSED;
  assert_true((word == NULL) == (label.value == SLA_NO_LABEL));
  snprintf(text, 64, "%s%s%s", word == NULL ? "none" : word, breached ? ", breached" : "",
           paused ? ", paused" : "");
}

static void expect_label(uint32_t preset, sla_label label, const char *want) {
  char got[64];
  label_text(preset, label, got);
  if (strcmp(got, want) != 0) fail_msg("it says %s, not %s", got, want);
}

/* How many cases each has. */
static size_t case_counts[PRESETS + 1];

enum { PRESET, NAME, POLICY, LOG, NOW, RESULTS, LABEL, TICKET };
static const char *const case_columns[] = {"preset", "name",    "policy", "log",   "now",
                                           "results", "label", "ticket", NULL};

static void one_case(void **state) {
  const table_field *row = *state;
  uint32_t preset = told_preset(row[PRESET]);
  told_ticket t = told_open(row[POLICY], row[LOG], row[NOW]);
  sla_result results[METRICS], result = told_evaluate(&t, told_metric(row[RESULTS]));
  size_t count = results_of(&t, results);
  sla_label label;
  case_counts[preset]++;
  told_expect(&t, row[RESULTS]);
  assert_ok(sla_preset_label(preset, &result, sizeof result, &label, sizeof label));
  if (row[LABEL] != NULL) expect_label(preset, label, row[LABEL]);
  assert_ok(sla_preset_ticket_label(preset, results, count, sizeof result, &label, sizeof label));
  if (row[TICKET] != NULL) expect_label(preset, label, row[TICKET]);
  told_close(&t);
}

/* Every system has at least eight. */
static void cases_of_all(void **state) {
  (void)state;
  for (uint32_t preset = 1; preset <= PRESETS; preset++) assert_true(case_counts[preset] >= 8);
}

/* ServiceNow keeps the task SLA that another priority cancelled. */
static void a_cancelled_task_sla_is_listed(void **state) {
  told_ticket t =
      told_open("preset servicenow, resolution/2 8h, resolution/3 4h",
                "Mo 09:00 created, Mo 09:00 priority 2, Mo 11:00 priority 3", "Mo 12:00");
  sla_result cycles[4];
  sla_label label;
  (void)state;
  assert_int_equal(told_cycles(&t, SLA_RESOLUTION, 1, cycles, 4), 2);
  told_result(&cycles[0], "resolution cancelled on-time stopped Mo 11:00 due Mo 17:00 priority 2");
  assert_ok(sla_preset_label(SLA_PRESET_SERVICENOW, &cycles[0], sizeof cycles[0], &label,
                             sizeof label));
  expect_label(SLA_PRESET_SERVICENOW, label, "Cancelled");
  told_close(&t);
}

/* ---- setting a preset ---- */

static void rules_of(const sla_policy_builder *builder, sla_metric_rule rules[METRICS]) {
  for (uint32_t i = 0; i < METRICS; i++)
    assert_ok(sla_policy_builder_metric(builder, i + 1, &rules[i], sizeof rules[i], NULL));
}

static void expect_rules(const sla_policy_builder *builder, const sla_metric_rule want[METRICS]) {
  sla_metric_rule rules[METRICS];
  rules_of(builder, rules);
  assert_memory_equal(rules, want, sizeof rules);
}

static sla_policy_builder *new_builder(void) {
  sla_policy_builder *builder = NULL;
  assert_ok(sla_policy_builder_new(NULL, &builder, NULL));
  return builder;
}

/* Of the one before, nothing is left. */
static void presets_do_not_add_up(void **state) {
  (void)state;
  for (uint32_t one = 1; one <= PRESETS; one++)
    for (uint32_t two = 1; two <= PRESETS; two++) {
      sla_policy_builder *both = new_builder(), *last = new_builder();
      sla_metric_rule rules[METRICS];
      assert_ok(sla_policy_builder_set_preset(both, one, NULL));
      assert_ok(sla_policy_builder_set_preset(both, two, NULL));
      assert_ok(sla_policy_builder_set_preset(last, two, NULL));
      rules_of(last, rules);
      expect_rules(both, rules);
      sla_policy_builder_free(both);
      sla_policy_builder_free(last);
    }
}

/* Targets, calendars, statuses and the host's own metrics are; pauses set one by one are not. */
static void what_a_preset_leaves_alone(void **state) {
  sla_policy *before = told_policy("metric own40 once start=created fulfil=reply, own40 1h, "
                                   "resolution 8h late, resolution/3 4h, soon resolution 1h, "
                                   "status 16 pending, pause first 16");
  sla_policy_builder *builder = NULL;
  sla_metric_rule own, kept;
  uint32_t pauses;
  (void)state;
  assert_ok(sla_policy_builder_new_from(before, NULL, &builder, NULL));
  assert_ok(sla_policy_builder_set_preset(builder, SLA_PRESET_CHATWOOT, NULL));
  sla_policy *after = policy_built(builder);
  assert_int_equal(sla_policy_target_count(after), sla_policy_target_count(before));
  for (uint32_t i = 0; i < sla_policy_target_count(before); i++) {
    sla_target one, two;
    assert_ok(sla_policy_target(before, i, &one, sizeof one));
    assert_ok(sla_policy_target(after, i, &two, sizeof two));
    assert_memory_equal(&one, &two, sizeof one);
    assert_ptr_equal(sla_policy_target_calendar(before, i), sla_policy_target_calendar(after, i));
  }
  assert_ptr_equal(sla_policy_calendar(before), sla_policy_calendar(after));
  assert_ok(sla_policy_metric_rule(before, 40, &own, sizeof own));
  assert_ok(sla_policy_metric_rule(after, 40, &kept, sizeof kept));
  assert_memory_equal(&own, &kept, sizeof own);
  assert_ok(sla_policy_pauses(before, SLA_FIRST_RESPONSE, 16, &pauses));
  assert_int_equal(pauses, 1);
  assert_ok(sla_policy_pauses(after, SLA_FIRST_RESPONSE, 16, &pauses));
  assert_int_equal(pauses, 0);
  sla_policy_unref(before);
  sla_policy_unref(after);
}

static void no_such_preset(void **state) {
  sla_policy_builder *builder = new_builder();
  sla_metric_rule rules[METRICS];
  sla_error error;
  (void)state;
  assert_ok(sla_policy_builder_set_preset(builder, SLA_PRESET_RT, NULL));
  rules_of(builder, rules);
  const uint32_t wrong[] = {0, PRESETS + 1, 32, 33, UINT32_MAX};
  for (size_t i = 0; i < COUNT_OF(wrong); i++) {
    assert_code(sla_policy_builder_set_preset(builder, wrong[i], &error), SLA_E_POLICY);
    assert_int_equal(error.code, SLA_E_POLICY);
    assert_int_equal(error.argument, 2);
    assert_number(error.value, wrong[i]);
  }
  expect_rules(builder, rules);
  assert_code(sla_policy_builder_set_preset(NULL, SLA_PRESET_RT, &error), SLA_E_NULL);
  assert_int_equal(error.argument, 1);
  sla_policy_builder_free(builder);
}

/* An allocator that has so many allocations left. */
static void *stingy(void *context, void *pointer, size_t old_size, size_t new_size) {
  size_t *left = context;
  (void)old_size;
  if (new_size == 0) return free(pointer), NULL;
  if (*left == 0) return NULL;
  --*left;
  return realloc(pointer, new_size);
}

/* All of it or nothing, wherever memory runs out. */
static void out_of_memory(void **state) {
  sla_metric_rule without[METRICS], with[METRICS];
  sla_policy_builder *builder = new_builder();
  size_t left = 1000, failed = 0;
  const sla_allocator allocator = {stingy, &left};
  (void)state;
  rules_of(builder, without);
  assert_ok(sla_policy_builder_set_preset(builder, SLA_PRESET_ZENDESK, NULL));
  rules_of(builder, with);
  sla_policy_builder_free(builder);
  assert_ok(sla_policy_builder_new(&allocator, &builder, NULL));
  for (int32_t code = SLA_E_MEMORY; code != SLA_OK; failed++) {
    sla_error error = {.code = SLA_OK};
    left = failed;
    code = sla_policy_builder_set_preset(builder, SLA_PRESET_ZENDESK, &error);
    assert_int_equal(error.code, code);
    if (code != SLA_OK) assert_code(code, SLA_E_MEMORY);
    expect_rules(builder, code == SLA_OK ? with : without);
    if (code == SLA_OK) break;
  }
  assert_true(failed > 0);
  sla_policy_builder_free(builder);
}

/* ---- labels ---- */

static const sla_result overdue = {.metric = SLA_FIRST_RESPONSE,
                                   .phase = SLA_RUNNING,
                                   .status = SLA_OVERDUE,
                                   .cycle = 1};

/* Of a result on time, due soon, overdue; of a paused one; of one met, missed, cancelled. */
typedef struct {
  uint32_t preset, metric;
  const char *words[9];
} spoken;

static const spoken all_spoken[] = {
    {SLA_PRESET_HUBSPOT_INBOX, SLA_RESOLUTION,
     {"Active SLA", "Due soon", "Overdue", "Active SLA", "Due soon", "Overdue", "Completed on time",
      "Completed late", "none"}},
    {SLA_PRESET_HUBSPOT_HELP_DESK, SLA_NEXT_RESPONSE,
     {"Active SLA", "Due soon", "Overdue", "Active SLA", "Due soon", "Overdue", "Completed on time",
      "Completed late", "none"}},
    {SLA_PRESET_CHATWOOT, SLA_FIRST_RESPONSE,
     {"active", "active", "active_with_misses", "active", "active", "active_with_misses", "hit",
      "missed", "none"}},
    {SLA_PRESET_ZENDESK, SLA_AGENT_WORK,
     {"active", "active", "active", "paused", "paused", "paused", "closed", "closed", "none"}},
    {SLA_PRESET_JIRA, SLA_RESOLUTION,
     {"ongoing", "ongoing", "ongoing", "ongoing", "ongoing", "ongoing", "completed", "completed",
      "none"}},
    {SLA_PRESET_SERVICENOW, SLA_OWN_METRIC,
     {"In progress", "In progress", "In progress", "Paused", "Paused", "Paused", "Completed",
      "Completed", "Cancelled"}},
    {SLA_PRESET_FRESHDESK, SLA_NEXT_RESPONSE,
     {"none", "none", "Response due", "none", "none", "Response due", "Within SLA", "SLA violated",
      "none"}},
    {SLA_PRESET_FRESHDESK, SLA_RESOLUTION,
     {"none", "none", "Overdue", "none", "none", "Overdue", "Within SLA", "SLA violated", "none"}},
    {SLA_PRESET_ZAMMAD, SLA_FIRST_RESPONSE,
     {"not escalated", "escalation warning", "escalated", "none", "none", "none", "none", "none",
      "none"}},
    {SLA_PRESET_ZNUNY, SLA_PERIODIC_UPDATE,
     {"no escalation", "notification", "escalation", "none", "none", "none", "none", "none",
      "none"}},
    {SLA_PRESET_GLPI, SLA_RESOLUTION,
     {"not exceeded", "not exceeded", "exceeded", "not exceeded", "not exceeded", "not exceeded",
      "not exceeded", "exceeded", "none"}},
    {SLA_PRESET_FRAPPE, SLA_FIRST_RESPONSE,
     {"First Response Due", "First Response Due", "Failed", "Paused", "Paused", "Failed",
      "Fulfilled", "Failed", "none"}},
    {SLA_PRESET_FRAPPE, SLA_RESOLUTION,
     {"Resolution Due", "Resolution Due", "Failed", "Paused", "Paused", "Failed", "Fulfilled",
      "Failed", "none"}},
    {SLA_PRESET_FRAPPE, SLA_NEXT_RESPONSE,
     {"none", "none", "none", "none", "none", "none", "none", "none", "none"}},
    {SLA_PRESET_RT, SLA_NEXT_RESPONSE,
     {"Due", "Due", "Due", "none", "none", "none", "none", "none", "none"}},
};

static sla_label label_of(const spoken *s, uint32_t phase, uint32_t status) {
  const sla_result result = {.metric = s->metric, .phase = phase, .status = status, .cycle = 1};
  sla_label label;
  assert_ok(sla_preset_label(s->preset, &result, sizeof result, &label, sizeof label));
  return label;
}

static void words_of_every_standing(void **state) {
  static const struct {
    uint32_t phase, status, flags;
  } standings[] = {{SLA_RUNNING, SLA_ON_TIME, 0},
                   {SLA_RUNNING, SLA_DUE_SOON, 0},
                   {SLA_RUNNING, SLA_OVERDUE, SLA_LABEL_BREACHED},
                   {SLA_PAUSED, SLA_ON_TIME, SLA_LABEL_PAUSED},
                   {SLA_PAUSED, SLA_DUE_SOON, SLA_LABEL_PAUSED},
                   {SLA_PAUSED, SLA_OVERDUE, SLA_LABEL_BREACHED | SLA_LABEL_PAUSED},
                   {SLA_FULFILLED, SLA_ON_TIME, 0},
                   {SLA_FULFILLED, SLA_OVERDUE, SLA_LABEL_BREACHED},
                   {SLA_CANCELLED, SLA_DUE_SOON, 0}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(all_spoken); i++) {
    const spoken *s = &all_spoken[i];
    for (size_t k = 0; k < COUNT_OF(standings); k++) {
      sla_label label = label_of(s, standings[k].phase, standings[k].status);
      const char *word = sla_preset_label_name(s->preset, label.value);
      assert_string_equal(word == NULL ? "none" : word, s->words[k]);
      assert_int_equal(label.flags, word == NULL ? 0 : standings[k].flags);
    }
    for (uint32_t phase = SLA_INACTIVE; phase <= SLA_CANCELLED; phase++)
      assert_int_equal(label_of(s, phase, SLA_STATUS_NONE).value, SLA_NO_LABEL);
  }
}

static void labels_are_refused(void **state) {
  const sla_label before = {77, 77};
  sla_label label = before;
  const size_t r = sizeof overdue, l = sizeof label;
  const uint32_t zendesk = SLA_PRESET_ZENDESK;
  (void)state;
  assert_code(sla_preset_label(zendesk, NULL, r, &label, l), SLA_E_NULL);
  assert_code(sla_preset_label(zendesk, &overdue, r, NULL, l), SLA_E_NULL);
  assert_code(sla_preset_label(zendesk, &overdue, r - 8, &label, l), SLA_E_ABI);
  assert_code(sla_preset_label(zendesk, &overdue, r, &label, l - 4), SLA_E_ABI);
  assert_code(sla_preset_label(0, &overdue, r, &label, l), SLA_E_POLICY);
  assert_code(sla_preset_label(PRESETS + 1, &overdue, r, &label, l), SLA_E_POLICY);
  assert_code(sla_preset_ticket_label(zendesk, NULL, 1, r, &label, l), SLA_E_NULL);
  assert_code(sla_preset_ticket_label(zendesk, &overdue, 1, r, NULL, l), SLA_E_NULL);
  assert_code(sla_preset_ticket_label(zendesk, &overdue, 1, r + 1, &label, l), SLA_E_ABI);
  assert_code(sla_preset_ticket_label(zendesk, &overdue, 1, r, &label, 0), SLA_E_ABI);
  assert_code(sla_preset_ticket_label(40, &overdue, 1, r, &label, l), SLA_E_POLICY);
  assert_code(sla_preset_ticket_label(zendesk, &overdue, 0, r, &label, l), SLA_E_ARGUMENT);
  assert_memory_equal(&label, &before, sizeof label);
}

/* Records that have grown: strides are the caller's, what is not known is zero. */
static void labels_of_larger_records(void **state) {
  struct {
    sla_result result;
    int64_t more;
  } results[2] = {{overdue, 1}, {overdue, 1}};
  struct {
    sla_label label;
    int32_t more[2];
  } label = {{0, 0}, {77, 77}};
  (void)state;
  results[0].result.status = SLA_ON_TIME;
  assert_ok(sla_preset_ticket_label(SLA_PRESET_FRAPPE, &results[0].result, 2, sizeof results[0],
                                    &label.label, sizeof label));
  expect_label(SLA_PRESET_FRAPPE, label.label, "Failed, breached");
  assert_int_equal(label.more[0] | label.more[1], 0);
  assert_int_equal(sla_label_size(), sizeof(sla_label));
  assert_int_equal(sla_property_size(), sizeof(sla_property));
}

/* No numbers that a result can hold, even ones that none does, break anything. */
static void labels_of_any_result(void **state) {
  uint64_t seed = support_seed();
  (void)state;
  for (long i = 0; i < draws(20000); i++) {
    sla_result results[2];
    for (size_t k = 0; k < sizeof results; k += sizeof(uint64_t)) {
      uint64_t bytes = random_u64(&seed);
      memcpy((char *)results + k, &bytes, sizeof bytes);
    }
    for (int k = 0; k < 2; k++) {
      results[k].metric = (uint32_t)random_between(&seed, 0, 80);
      results[k].phase = (uint32_t)random_between(&seed, 0, 6);
      results[k].status = (uint32_t)random_between(&seed, 0, 5);
    }
    uint32_t preset = (uint32_t)random_between(&seed, 1, PRESETS);
    sla_label label;
    sla_property property;
    assert_ok(sla_preset_label(preset, results, sizeof *results, &label, sizeof label));
    assert_true(label.value == SLA_NO_LABEL || sla_preset_label_name(preset, label.value) != NULL);
    assert_ok(sla_preset_ticket_label(preset, results, 2, sizeof *results, &label, sizeof label));
    for (uint32_t k = 0; k < sla_preset_property_count(preset); k++)
      assert_ok(sla_preset_property(preset, k, results, 2, sizeof *results, &property,
                                    sizeof property));
  }
}

/* The words, by their numbers; HubSpot's and Chatwoot's are their own. */
static void names_of_labels(void **state) {
  static const char *const words[PRESETS + 1][8] = {
      [SLA_PRESET_HUBSPOT_INBOX] = {"Active SLA", "Overdue", "Due soon", "Completed on time",
                                    "Completed late"},
      [SLA_PRESET_HUBSPOT_HELP_DESK] = {"Active SLA", "Overdue", "Due soon", "Completed on time",
                                        "Completed late"},
      [SLA_PRESET_CHATWOOT] = {"active", "hit", "missed", "active_with_misses"},
      [SLA_PRESET_ZENDESK] = {"active", "paused", "closed"},
      [SLA_PRESET_JIRA] = {"ongoing", "completed"},
      [SLA_PRESET_SERVICENOW] = {"In progress", "Paused", "Completed", "Cancelled"},
      [SLA_PRESET_FRESHDESK] = {"Response due", "Overdue", "Within SLA", "SLA violated"},
      [SLA_PRESET_ZAMMAD] = {"not escalated", "escalation warning", "escalated"},
      [SLA_PRESET_ZNUNY] = {"no escalation", "notification", "escalation"},
      [SLA_PRESET_GLPI] = {"not exceeded", "exceeded"},
      [SLA_PRESET_FRAPPE] = {"First Response Due", "Resolution Due", "Paused", "Fulfilled",
                             "Failed"},
      [SLA_PRESET_RT] = {"Due"},
  };
  (void)state;
  for (uint32_t preset = 0; preset <= PRESETS + 30; preset++)
    for (uint32_t value = 0; value < 100; value++) {
      const char *want = preset <= PRESETS && value < 8 ? words[preset][value] : NULL;
      const char *got = sla_preset_label_name(preset, value);
      assert_true((want == NULL) == (got == NULL));
      if (want != NULL) assert_string_equal(got, want);
    }
  assert_null(sla_preset_label_name(SLA_PRESET_ZENDESK, SLA_NO_LABEL));
  assert_null(sla_preset_label_name(UINT32_MAX, 0));
}

static void names_of_presets(void **state) {
  static const char *const names[] = {
      NULL,   "HubSpot inbox", "HubSpot help desk", "Chatwoot", "Zendesk", "Jira", "ServiceNow",
      "Freshdesk", "Zammad",        "Znuny",             "GLPI",     "Frappe",  "RT"};
  (void)state;
  for (uint32_t preset = 1; preset <= PRESETS; preset++)
    assert_string_equal(sla_preset_name(preset), names[preset]);
  assert_null(sla_preset_name(0));
  assert_null(sla_preset_name(PRESETS + 1));
  assert_null(sla_preset_name(UINT32_MAX));
}

static void presets_by_name(void **state) {
  uint32_t found;
  (void)state;
  for (uint32_t preset = 1; preset <= PRESETS; preset++) {
    const char *name = sla_preset_name(preset);
    assert_ok(sla_preset_find(name, strlen(name), &found));
    assert_number(found, preset);
    assert_code(sla_preset_find(name, strlen(name) - 1, &found), SLA_E_POLICY);
    assert_number(found, preset);
  }
  assert_ok(sla_preset_find("hUBsPOT Inbox, not", 13, &found));
  assert_number(found, SLA_PRESET_HUBSPOT_INBOX);
  assert_code(sla_preset_find("", 0, &found), SLA_E_POLICY);
  assert_code(sla_preset_find(NULL, 0, &found), SLA_E_NULL);
  assert_code(sla_preset_find("Jira", 4, NULL), SLA_E_NULL);
  assert_number(found, SLA_PRESET_HUBSPOT_INBOX);
}

/* ---- properties ---- */

static const char *metric_word(uint32_t metric) {
  static const char *const words[] = {"ticket",   "first", "next", "resolution", "update",
                                      "pausable", "wait",  "work", "total",      "group"};
  return words[metric];
}

static const char *value_text(uint32_t preset, const sla_property *property,
                              char text[SUPPORT_TIME_TEXT]) {
  static const char *const units[] = {[SLA_PROPERTY_SECONDS] = "s",
                                      [SLA_PROPERTY_MILLISECONDS] = "ms",
                                      [SLA_PROPERTY_MINUTES] = "min"};
  const char *word;
  switch (property->kind) {
    case SLA_PROPERTY_INSTANT: return time_text(property->value, text);
    case SLA_PROPERTY_FLAG:
      assert_in_range(property->value, 0, 1);
      return property->value ? "yes" : "no";
    case SLA_PROPERTY_LABEL:
    case SLA_PROPERTY_TICKET_LABEL:
      word = sla_preset_label_name(preset, (uint32_t)property->value);
      assert_non_null(word);
      return word;
    default:
      snprintf(text, SUPPORT_TIME_TEXT, "%lld %s", (long long)property->value,
               units[property->kind]);
      return text;
  }
}

/* Which properties of which preset some case has shown with a value. */
static bool shown[PRESETS + 1][64];

enum { PROPERTIES = 5 };
static const char *const property_columns[] = {"preset", "name", "policy",
                                               "log",    "now",  "properties", NULL};

/* "first Response 2024-06-03T13:00:00Z | ticket Due no" */
static void list_properties(uint32_t preset, const told_ticket *t, char *list, size_t capacity) {
  sla_result results[METRICS];
  size_t count = results_of(t, results), used = 0;
  char text[SUPPORT_TIME_TEXT];
  *list = '\0';
  for (uint32_t i = 0; i < sla_preset_property_count(preset); i++) {
    sla_property property;
    assert_ok(sla_preset_property(preset, i, results, count, sizeof results[0], &property,
                                  sizeof property));
    if (property.value == SLA_NONE) continue;
    used += (size_t)snprintf(list + used, capacity - used, "%s%s %s %s", used > 0 ? " | " : "",
                             metric_word(property.metric), sla_preset_property_name(preset, i),
                             value_text(preset, &property, text));
    assert_true(used < capacity);
    shown[preset][i] = true;
  }
}

static void one_property_case(void **state) {
  const table_field *row = *state;
  char list[4096];
  told_ticket t = told_open(row[POLICY], row[LOG], row[NOW]);
  list_properties(told_preset(row[PRESET]), &t, list, sizeof list);
  assert_string_equal(list, row[PROPERTIES] == NULL ? "" : row[PROPERTIES]);
  told_close(&t);
}

/* Runs last of all. */
static void every_property_was_shown(void **state) {
  (void)state;
  for (uint32_t preset = 1; preset <= PRESETS; preset++)
    for (uint32_t i = 0; i < sla_preset_property_count(preset); i++)
      if (!shown[preset][i])
        fail_msg("%s: no case shows %s", sla_preset_name(preset),
                 sla_preset_property_name(preset, i));
}

static void properties_are_refused(void **state) {
  const sla_property before = {77, 77, 77};
  sla_property property = before;
  const size_t r = sizeof overdue, p = sizeof property;
  const uint32_t rt = SLA_PRESET_RT;
  (void)state;
  assert_code(sla_preset_property(rt, 0, NULL, 1, r, &property, p), SLA_E_NULL);
  assert_code(sla_preset_property(rt, 0, &overdue, 1, r, NULL, p), SLA_E_NULL);
  assert_code(sla_preset_property(rt, 0, &overdue, 1, r - 1, &property, p), SLA_E_ABI);
  assert_code(sla_preset_property(rt, 0, &overdue, 1, r, &property, p - 8), SLA_E_ABI);
  assert_code(sla_preset_property(0, 0, &overdue, 1, r, &property, p), SLA_E_POLICY);
  assert_code(sla_preset_property(44, 0, &overdue, 1, r, &property, p), SLA_E_POLICY);
  assert_code(sla_preset_property(rt, 1, &overdue, 1, r, &property, p), SLA_E_ARGUMENT);
  assert_code(sla_preset_property(rt, UINT32_MAX, &overdue, 1, r, &property, p), SLA_E_ARGUMENT);
  assert_code(sla_preset_property(rt, 0, &overdue, 0, r, &property, p), SLA_E_ARGUMENT);
  assert_memory_equal(&property, &before, sizeof property);
}

static void names_of_properties(void **state) {
  (void)state;
  for (uint32_t preset = 1; preset <= PRESETS; preset++) {
    uint32_t count = sla_preset_property_count(preset);
    assert_true(count > 0 && count < 64);
    for (uint32_t i = 0; i < count; i++) assert_non_null(sla_preset_property_name(preset, i));
    assert_null(sla_preset_property_name(preset, count));
  }
  assert_int_equal(sla_preset_property_count(0), 0);
  assert_int_equal(sla_preset_property_count(PRESETS + 1), 0);
  assert_null(sla_preset_property_name(0, 0));
}

/* ---- the page ---- */

static void the_page_says_so(void **state) {
  (void)state;
  for (uint32_t preset = 1; preset <= PRESETS; preset++) expect_page_of(preset);
}

/* ---- all of it ---- */

int main(void) {
  static const table tables[] = {{"presets.tsv", case_columns, one_case},
                                 {"preset_properties.tsv", property_columns, one_property_case}};
  static const struct CMUnitTest others[] = {
      cmocka_unit_test(cases_of_all),
      cmocka_unit_test(a_cancelled_task_sla_is_listed),
      cmocka_unit_test(presets_do_not_add_up),
      cmocka_unit_test(what_a_preset_leaves_alone),
      cmocka_unit_test(no_such_preset),
      cmocka_unit_test(out_of_memory),
      cmocka_unit_test(words_of_every_standing),
      cmocka_unit_test(labels_are_refused),
      cmocka_unit_test(labels_of_larger_records),
      cmocka_unit_test(labels_of_any_result),
      cmocka_unit_test(names_of_labels),
      cmocka_unit_test(names_of_presets),
      cmocka_unit_test(presets_by_name),
      cmocka_unit_test(properties_are_refused),
      cmocka_unit_test(names_of_properties),
      cmocka_unit_test(the_page_says_so),
      cmocka_unit_test(every_property_was_shown),
  };
  return table_run("presets", tables, COUNT_OF(tables), others, COUNT_OF(others));
}
