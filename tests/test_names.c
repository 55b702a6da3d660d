/* SPDX-License-Identifier: MIT */
/* Every number has its name and no other number has one; sizes, version, sentences. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

typedef struct {
  int64_t number;
  const char *name;
} row;

typedef const char *naming(int64_t number);

static const char *code_name(int64_t n) { return sla_code_name((int32_t)n); }
static const char *metric_name(int64_t n) { return sla_metric_name((uint32_t)n); }
static const char *phase_name(int64_t n) { return sla_phase_name((uint32_t)n); }
static const char *status_name(int64_t n) { return sla_status_name((uint32_t)n); }
static const char *ticket_status_name(int64_t n) { return sla_ticket_status_name((uint32_t)n); }
static const char *priority_name(int64_t n) { return sla_priority_name((uint32_t)n); }
static const char *event_kind_name(int64_t n) { return sla_event_kind_name((uint32_t)n); }
static const char *unit_name(int64_t n) { return sla_unit_name((uint32_t)n); }
static const char *clock_name(int64_t n) { return sla_clock_name((uint32_t)n); }
static const char *shape_name(int64_t n) { return sla_shape_name((uint32_t)n); }
static const char *option_name(int64_t n) { return sla_option_name((uint32_t)n); }

static const char *rule_event_name(int64_t n) { return sla_rule_event_name((uint32_t)n); }
static const char *attribute_type_name(int64_t n) { return sla_attribute_type_name((uint32_t)n); }
static const char *condition_kind_name(int64_t n) { return sla_condition_kind_name((uint32_t)n); }
static const char *agreement_kind_name(int64_t n) { return sla_agreement_kind_name((uint32_t)n); }
static const char *holder_name(int64_t n) { return sla_holder_name((uint32_t)n); }
static const char *verdict_name(int64_t n) { return sla_verdict_name((uint32_t)n); }
static const char *rules_lint_name(int64_t n) { return sla_rules_lint_name((uint32_t)n); }

static uint32_t option; /* whose values are asked for */
static const char *value_name(int64_t n) { return sla_option_value_name(option, (uint32_t)n); }

/* All numbers from -1000 to 1000 and the extremes: named exactly as the rows say. */
static void expect_names(naming *name_of, const row *rows, size_t count) {
  for (int64_t n = -1000; n <= 1000; n++) {
    const char *want = NULL, *got = name_of(n);
    for (size_t i = 0; i < count; i++)
      if (rows[i].number == n) want = rows[i].name;
    if ((want == NULL) != (got == NULL) || (want != NULL && strcmp(want, got) != 0))
      fail_msg("%d is called %s, not %s", (int)n, got ? got : "nothing", want ? want : "nothing");
  }
  assert_null(name_of(INT32_MIN));
  assert_null(name_of(INT32_MAX));
  assert_null(name_of(UINT32_MAX - 1000));
}

#define EXPECT_NAMES(name_of, ...)                       \
  do {                                                   \
    static const row rows[] = {__VA_ARGS__};             \
    expect_names(name_of, rows, COUNT_OF(rows));         \
  } while (0)

static void names_of_codes(void **state) {
  (void)state;
  EXPECT_NAMES(code_name, {0, "SLA_OK"}, {-1, "SLA_E_MEMORY"}, {-2, "SLA_E_NULL"},
               {-3, "SLA_E_ARGUMENT"}, {-4, "SLA_E_ABI"}, {-5, "SLA_E_RANGE"}, {-6, "SLA_E_LIMIT"},
               {-10, "SLA_E_TZIF"}, {-11, "SLA_E_LEAP"}, {-12, "SLA_E_POSIX"}, {-20, "SLA_E_DATE"},
               {-21, "SLA_E_TIME"}, {-22, "SLA_E_HOURS"}, {-23, "SLA_E_CLOSED"},
               {-24, "SLA_E_NEVER"}, {-25, "SLA_E_NAME"}, {-26, "SLA_E_ZONE"},
               {-30, "SLA_E_METRIC"}, {-31, "SLA_E_PRIORITY"}, {-32, "SLA_E_TARGET"},
               {-33, "SLA_E_DUE_SOON"}, {-34, "SLA_E_CALENDAR"}, {-35, "SLA_E_EMPTY"},
               {-36, "SLA_E_STATUS"}, {-37, "SLA_E_RULE"}, {-38, "SLA_E_OPTION"},
               {-39, "SLA_E_POLICY"}, {-40, "SLA_E_EVENT"}, {-41, "SLA_E_ORDER"},
               {-42, "SLA_E_CREATION"}, {-43, "SLA_E_ROW"}, {-50, "SLA_E_BYTES"},
               {-60, "SLA_E_ATTRIBUTE"}, {-61, "SLA_E_CONDITION"}, {-62, "SLA_E_FACT"},
               {-63, "SLA_E_VERSION"});
}

static void names_of_what_is_measured(void **state) {
  (void)state;
  EXPECT_NAMES(metric_name, {1, "first response"}, {2, "next response"}, {3, "resolution"},
               {4, "periodic update"}, {5, "pausable update"}, {6, "requester wait"},
               {7, "agent work"}, {8, "total resolution"}, {9, "group ownership"});
  EXPECT_NAMES(phase_name, {0, "inactive"}, {1, "running"}, {2, "paused"}, {3, "fulfilled"},
               {4, "cancelled"});
  EXPECT_NAMES(status_name, {0, "none"}, {1, "on time"}, {2, "due soon"}, {3, "overdue"});
  EXPECT_NAMES(unit_name, {1, "seconds"}, {2, "counted days"}, {3, "working days"},
               {4, "end of working day"});
  EXPECT_NAMES(clock_name, {1, "business hours"}, {2, "around the clock"});
}

static void names_of_what_tickets_have(void **state) {
  (void)state;
  EXPECT_NAMES(ticket_status_name, {1, "new"}, {2, "open"}, {3, "pending"}, {4, "on hold"},
               {5, "solved"}, {6, "closed"});
  EXPECT_NAMES(priority_name, {0, "none"}, {1, "low"}, {2, "normal"}, {3, "high"}, {4, "urgent"},
               {255, "any"});
  EXPECT_NAMES(event_kind_name, {1, "created"}, {2, "customer message"}, {3, "agent reply"},
               {4, "agent note"}, {5, "automatic reply"}, {6, "status"}, {7, "priority"},
               {8, "group"}, {9, "condition set"}, {10, "condition cleared"},
               {11, "no reply needed"}, {12, "due set"}, {13, "reset"}, {14, "cancelled"},
               {15, "policy"});
}

static void names_of_rules(void **state) {
  (void)state;
  EXPECT_NAMES(shape_name, {1, "once"}, {2, "every turn"}, {3, "periodic"}, {4, "sum"},
               {5, "cycle"});
  EXPECT_NAMES(option_name, {0, "anchor"}, {1, "gate"}, {2, "at due"}, {3, "landing"},
               {4, "zero target"}, {5, "created by other"}, {6, "solved"}, {7, "reopened"},
               {8, "target changed"}, {9, "breach undone"}, {10, "calendar changed"},
               {11, "resume"}, {12, "message while paused"});
}

static void names_of_choosing(void **state) {
  (void)state;
  EXPECT_NAMES(rule_event_name, {1, "created"}, {2, "opened"}, {3, "updated"}, {4, "message"},
               {5, "priority"});
  EXPECT_NAMES(attribute_type_name, {1, "text"}, {2, "integer"}, {3, "instant"}, {4, "tags"});
  EXPECT_NAMES(condition_kind_name, {1, "all of"}, {2, "any of"}, {3, "none of"},
               {8, "is present"}, {9, "is absent"}, {10, "equals"}, {11, "does not equal"},
               {12, "in"}, {13, "not in"}, {14, "contains"}, {15, "does not contain"},
               {16, "starts with"}, {17, "ends with"}, {18, "has e-mail domain"},
               {19, "less than"}, {20, "greater than"}, {21, "between"}, {22, "tagged"});
  EXPECT_NAMES(agreement_kind_name, {1, "customer"}, {2, "internal"}, {3, "supplier"});
  EXPECT_NAMES(holder_name, {0, "nobody"}, {1, "us"}, {2, "customer"}, {3, "other"});
  EXPECT_NAMES(verdict_name, {1, "matches"}, {2, "not for this event"},
               {3, "a condition does not hold"});
  EXPECT_NAMES(rules_lint_name, {1, "an earlier rule matches whenever this one does"},
               {2, "two conditions of the rule exclude each other"},
               {3, "there is no such policy"});
}

#define EXPECT_VALUES(of, ...)              \
  do {                                      \
    option = (of);                          \
    EXPECT_NAMES(value_name, __VA_ARGS__);  \
  } while (0)

static void names_of_values(void **state) {
  (void)state;
  EXPECT_VALUES(SLA_OPTION_ANCHOR, {0, "event"}, {1, "newest"}, {2, "creation"},
                {3, "first message"}, {4, "policy"}, {5, "value"});
  EXPECT_VALUES(SLA_OPTION_GATE, {0, "open"}, {1, "first reply"});
  EXPECT_VALUES(SLA_OPTION_AT_DUE, {0, "on time"}, {1, "overdue"});
  EXPECT_VALUES(SLA_OPTION_LANDING, {0, "stays"}, {1, "next opening"});
  EXPECT_VALUES(SLA_OPTION_ZERO_TARGET, {0, "stays"}, {1, "next opening"});
  EXPECT_VALUES(SLA_OPTION_CREATED_BY_OTHER, {0, "starts"}, {1, "starts nothing"},
                {2, "replies"});
  EXPECT_VALUES(SLA_OPTION_SOLVED, {0, "stops"}, {1, "cancels"}, {2, "keeps running"});
  EXPECT_VALUES(SLA_OPTION_REOPENED, {0, "stays"}, {1, "resumes"}, {2, "counts"},
                {3, "new cycle"});
  EXPECT_VALUES(SLA_OPTION_TARGET_CHANGED, {0, "from start"}, {1, "keeps elapsed"},
                {2, "from change"}, {3, "restarts"}, {4, "ignored"}, {5, "breach at change"});
  EXPECT_VALUES(SLA_OPTION_BREACH_UNDONE, {0, "disappears"}, {1, "sticks"});
  EXPECT_VALUES(SLA_OPTION_CALENDAR_CHANGED, {0, "last"}, {1, "each stretch"});
  EXPECT_VALUES(SLA_OPTION_RESUME, {0, "either"}, {1, "trigger"});
  EXPECT_VALUES(SLA_OPTION_MESSAGE_WHILE_PAUSED, {0, "stays paused"}, {1, "resumes"});
}

static void values_of_no_option(void **state) {
  static const uint32_t none[] = {13, 15, 16, 17, 255, INT32_MAX, UINT32_MAX};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(none); i++)
    for (uint32_t value = 0; value < 8; value++)
      assert_null(sla_option_value_name(none[i], value));
}

static void sizes_of_records(void **state) {
  (void)state;
  assert_int_equal(sla_error_size(), 48);
  assert_int_equal(sla_civil_size(), 8);
  assert_int_equal(sla_entry_size(), 36);
  assert_int_equal(sla_interval_size(), 16);
  assert_int_equal(sla_target_size(), 56);
  assert_int_equal(sla_metric_rule_size(), 208);
  assert_int_equal(sla_lint_size(), 32);
  assert_int_equal(sla_totals_size(), 64);
  assert_int_equal(sla_label_size(), 8);
  assert_int_equal(sla_property_size(), 16);
  assert_int_equal(sla_fact_size(), 16);
  assert_int_equal(sla_condition_size(), 24);
  assert_int_equal(sla_rule_size(), 16);
  assert_int_equal(sla_match_size(), 8);
  assert_int_equal(sla_verdict_size(), 8);
  assert_int_equal(sla_rules_lint_size(), 16);
  assert_int_equal(sla_agreement_size(), 8);
  assert_int_equal(sla_policy_version_size(), 24);
  assert_int_equal(sla_outcome_size(), 32);
  assert_int_equal(sla_policy_change_size(), 40);
  assert_int_equal(sla_event_size(), 24);
  assert_int_equal(sla_row_size(), 56);
  assert_int_equal(sla_result_size(), 144);
  assert_int_equal(sla_rollup_size(), 32);
  assert_int_equal(sla_batch_size(), sizeof(sla_batch));
  assert_int_equal(sla_history_size(), 32);
  assert_int_equal(sla_ticket_counts_size(), 48);
  assert_int_equal(sla_metric_counts_size(), 128);
  assert_int_equal(sla_objective_size(), 40);
  assert_int_equal(sla_standing_size(), 40);
  assert_int_equal(sla_tally_size(), 48);
}

static void version_and_constants(void **state) {
  char text[32];
  (void)state;
  snprintf(text, sizeof text, "%d.%d.%d", SLA_VERSION / 10000, SLA_VERSION / 100 % 100,
           SLA_VERSION % 100);
  assert_int_equal(sla_version(), SLA_VERSION);
  assert_string_equal(sla_version_string(), text);
  assert_time(sla_time_none(), INT64_MIN);
  assert_time(sla_time_min(), at("0001-01-01T00:00:00Z"));
  assert_time(sla_time_max(), at("9999-12-31T23:59:59Z"));
}

/* A sentence each, no two codes the same. */
static void sentences_of_codes(void **state) {
  char sentences[40][160];
  size_t count = 0;
  (void)state;
  for (int32_t code = -100; code <= 0; code++) {
    if (sla_code_name(code) == NULL) continue;
    sla_error error = {.code = code};
    char *text = sentences[count];
    size_t length = sla_error_text(&error, text, sizeof sentences[0]);
    assert_int_equal(length, strlen(text));
    assert_true(length > 4 && text[length - 1] == '.');
    assert_non_null(strchr(text, ' '));
    for (size_t i = 0; i < count; i++) assert_string_not_equal(sentences[i], text);
    count++;
  }
  assert_int_equal(count, 36);
}

static void expect_sentence_with(sla_error error, const char *part) {
  char text[256];
  assert_true(sla_error_text(&error, text, sizeof text) < sizeof text);
  if (strstr(text, part) == NULL) fail_msg("\"%s\" does not say \"%s\"", text, part);
}

static void sentences_say_where(void **state) {
  (void)state;
  expect_sentence_with((sla_error){.code = SLA_E_HOURS, .line = 3, .column = 17}, "line 3");
  expect_sentence_with((sla_error){.code = SLA_E_HOURS, .line = 3, .column = 17}, "column 17");
  expect_sentence_with((sla_error){.code = SLA_E_NULL, .argument = 2}, "argument 2");
  expect_sentence_with((sla_error){.code = SLA_E_ORDER, .index = 12}, "12");
  expect_sentence_with(
      (sla_error){.code = SLA_E_PRIORITY, .argument = 3, .value = -77, .limit = 31}, "-77");
  expect_sentence_with((sla_error){.code = SLA_E_RANGE, .value = INT64_MIN},
                       "index 0, which is none");
  expect_sentence_with((sla_error){.code = -999}, "unknown");
}

static void sentences_in_small_buffers(void **state) {
  const sla_error error = {.code = SLA_E_HOURS, .line = 1, .column = 2, .value = 5};
  char whole[256], small[256];
  size_t length = sla_error_text(&error, whole, sizeof whole);
  (void)state;
  assert_int_equal(sla_error_text(&error, NULL, 0), length);
  for (size_t capacity = 0; capacity <= length + 1; capacity++) {
    memset(small, '#', sizeof small);
    assert_int_equal(sla_error_text(&error, small, capacity), length);
    if (capacity > 0) assert_int_equal(strlen(small), capacity - 1);
    if (capacity > 0) assert_memory_equal(small, whole, capacity - 1);
    assert_int_equal(small[capacity], '#');
  }
  assert_true(sla_error_text(NULL, whole, sizeof whole) > 0);
}

static void expect_entry_name(const sla_calendar *calendar, uint32_t index, const char *name) {
  char text[64];
  size_t length = 0, whole = strlen(name);
  assert_ok(sla_calendar_entry_name(calendar, index, text, sizeof text, &length));
  assert_string_equal(text, name);
  assert_int_equal(length, whole);
  assert_ok(sla_calendar_entry_name(calendar, index, NULL, 0, &length));
  assert_int_equal(length, whole);
  if (whole == 0) return;
  memset(text, '#', sizeof text);
  assert_ok(sla_calendar_entry_name(calendar, index, text, whole, &length));
  assert_int_equal(length, whole);
  assert_memory_equal(text, name, whole - 1);
  assert_int_equal(text[whole - 1], '\0');
  assert_int_equal(text[whole], '#');
}

/* Read back from a calendar and from a copy of it; the first holiday of a date is found. */
static void names_of_holidays(void **state) {
  static const char *const names[] = {"", "F\xC3\xAAte nationale", "New Year's Eve", "", "Lunch"};
  sla_calendar_builder *builder = builder_of("Europe/Paris", "Mo-Fr 09:00-17:00");
  uint32_t index = 0;
  (void)state;
  assert_ok(sla_calendar_builder_add_yearly_holiday(builder, 7, 14, names[1], strlen(names[1]),
                                                    NULL));
  assert_ok(sla_calendar_builder_add_yearly_holiday(builder, 12, 31, names[2], strlen(names[2]),
                                                    NULL));
  assert_ok(sla_calendar_builder_add_holiday(builder, 20240701, 20240731, NULL, 0, NULL));
  assert_ok(sla_calendar_builder_add_closure(builder, 20240801, 20240801, 43200, 46800, names[4],
                                             strlen(names[4]), NULL));
  sla_calendar *calendar = built(builder);
  assert_ok(sla_calendar_builder_new_from(calendar, NULL, &builder, NULL));
  sla_calendar *copy = built(builder);
  for (uint32_t i = 0; i < COUNT_OF(names); i++) {
    expect_entry_name(calendar, i, names[i]);
    expect_entry_name(copy, i, names[i]);
  }
  assert_ok(sla_calendar_holiday_on(copy, 20240714, &index));
  assert_number(index, 1);
  assert_ok(sla_calendar_holiday_on(copy, 20240715, &index));
  assert_number(index, 3);
  assert_ok(sla_calendar_holiday_on(copy, 20240801, &index));
  assert_number(index, SLA_NO_ENTRY);
  sla_calendar_unref(copy);
  sla_calendar_unref(calendar);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names_of_codes),
      cmocka_unit_test(names_of_what_is_measured),
      cmocka_unit_test(names_of_what_tickets_have),
      cmocka_unit_test(names_of_rules),
      cmocka_unit_test(names_of_choosing),
      cmocka_unit_test(names_of_values),
      cmocka_unit_test(values_of_no_option),
      cmocka_unit_test(sizes_of_records),
      cmocka_unit_test(version_and_constants),
      cmocka_unit_test(sentences_of_codes),
      cmocka_unit_test(sentences_say_where),
      cmocka_unit_test(sentences_in_small_buffers),
      cmocka_unit_test(names_of_holidays),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
