/* SPDX-License-Identifier: MIT */
#include "told.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

/* ---- words ---- */

/* The next word of a list whose items end with a comma; "" at the end of an item or of the text. */
typedef struct {
  const char *rest;
  char word[32];
} reader;

static const char *next_word(reader *r) {
  size_t length = 0;
  while (*r->rest == ' ') r->rest++;
  while (r->rest[length] != '\0' && r->rest[length] != ' ' && r->rest[length] != ',') length++;
  if (length >= sizeof r->word) fail_msg("a long word: %s", r->rest);
  memcpy(r->word, r->rest, length);
  r->word[length] = '\0';
  r->rest += length;
  return r->word;
}

static bool next_item(reader *r) {
  if (*next_word(r) != '\0') fail_msg("too much: %s%s", r->word, r->rest);
  if (*r->rest == ',') r->rest++;
  while (*r->rest == ' ') r->rest++;
  return *r->rest != '\0';
}

static bool is(const char *word, const char *other) { return strcmp(word, other) == 0; }

/* Position of a word in a list that NULL ends, or -1. */
static int position(const char *word, const char *const *list) {
  for (int i = 0; list[i] != NULL; i++)
    if (is(word, list[i])) return i;
  return -1;
}

static const char *const days[] = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", NULL};
static const char *const metrics[] = {"", "first", "next", "resolution", NULL};
static const char *const statuses[] = {"", "new", "open", "pending", "hold", "solved", "closed",
                                       NULL};
static const char *const phases[] = {"inactive", "running", "paused", "fulfilled", "cancelled",
                                     NULL};
static const char *const standings[] = {"none", "on-time", "due-soon", "overdue", NULL};

static uint32_t one_of(const char *word, const char *const *list) {
  int i = position(word, list);
  if (i < 0) fail_msg("unknown word: %s", word);
  return (uint32_t)i;
}

static uint32_t status_word(const char *word) {
  int i = position(word, statuses);
  return i > 0 ? (uint32_t)i : (uint32_t)strtoul(word, NULL, 10);
}

/* ---- times and lengths ---- */

static sla_time read_time(reader *r) {
  int hour = 0, minute = 0, second = 0;
  char day[3] = "";
  const char *word = next_word(r);
  if (is(word, "none")) return SLA_NONE;
  memcpy(day, word, 2);
  int64_t weeks = word[2] != '\0' ? strtol(word + 2, NULL, 10) - 1 : 0;
  int64_t date = 7 * weeks + one_of(day, days);
  if (sscanf(next_word(r), "%d:%d:%d", &hour, &minute, &second) < 2)
    fail_msg("not a time: %s", r->word);
  return at("2024-06-03T00:00Z") + date * 86400 + hour * 3600 + minute * 60 + second;
}

sla_time told_time(const char *text) {
  reader r = {text, ""};
  return read_time(&r);
}

static sla_seconds read_length(const char *word) {
  bool negative = *word == '-';
  sla_seconds sum = 0;
  if (is(word, "none")) return SLA_NONE;
  if (negative) word++;
  while (*word != '\0') {
    char *unit;
    int64_t n = strtol(word, &unit, 10);
    if (unit == word || strchr("hms", *unit) == NULL) fail_msg("not a length: %s", word);
    sum += n * (*unit == 'h' ? 3600 : *unit == 'm' ? 60 : 1);
    word = unit + 1;
  }
  return negative ? -sum : sum;
}

/* ---- policies ---- */

/* "first" or "first/3" */
static uint32_t read_place(const char *word, uint32_t *priority) {
  char name[32];
  const char *slash = strchr(word, '/');
  *priority = slash == NULL ? SLA_PRIORITY_ANY : (uint32_t)strtoul(slash + 1, NULL, 10);
  snprintf(name, sizeof name, "%.*s", slash == NULL ? 31 : (int)(slash - word), word);
  return one_of(name, metrics);
}

static sla_calendar *named_calendar(const char *name) {
  if (is(name, "night")) return calendar_of("UTC", "Mo-Su 22:00-06:00");
  if (!is(name, "once")) fail_msg("no such calendar: %s", name);
  sla_calendar_builder *builder = builder_of("UTC", "Mo-Su closed");
  assert_ok(sla_calendar_builder_add_special_hours(builder, 20240603, 20240603, 32400, 61200,
                                                   NULL));
  return built(builder);
}

static void read_amount(const char *word, int64_t *amount, uint32_t *unit) {
  char *end;
  *amount = strtol(word, &end, 10);
  *unit = is(end, "wd")    ? SLA_UNIT_WORKING_DAYS
          : is(end, "eod") ? SLA_UNIT_END_OF_WORKING_DAY
          : is(end, "cd")  ? SLA_UNIT_COUNTED_DAYS
                           : SLA_UNIT_SECONDS;
  if (*unit == SLA_UNIT_SECONDS) *amount = read_length(word);
}

static void read_target(reader *r, sla_policy_builder *builder) {
  int64_t amount;
  uint32_t unit, priority, metric = read_place(r->word, &priority);
  read_amount(next_word(r), &amount, &unit);
  bool around = is(next_word(r), "around");
  assert_ok(sla_policy_builder_set_target(builder, metric, priority, amount, unit,
                                          around ? SLA_AROUND_THE_CLOCK : SLA_BUSINESS_HOURS,
                                          NULL));
  if (around || *r->word == '\0') return;
  sla_calendar *own = named_calendar(r->word);
  assert_ok(sla_policy_builder_set_target_calendar(builder, metric, priority, own, NULL));
  sla_calendar_unref(own);
}

static void read_soon(reader *r, sla_policy_builder *builder) {
  uint32_t priority, metric = read_place(next_word(r), &priority);
  const char *word = next_word(r);
  if (strchr(word, '%') == NULL)
    assert_ok(sla_policy_builder_set_due_soon(builder, metric, priority, read_length(word), NULL));
  else
    assert_ok(sla_policy_builder_set_due_soon_percent(builder, metric, priority,
                                                      (uint32_t)strtoul(word, NULL, 10), NULL));
}

static void read_pause(reader *r, sla_policy_builder *builder, uint32_t pauses) {
  uint32_t metric = one_of(next_word(r), metrics);
  uint32_t status = status_word(next_word(r));
  assert_ok(sla_policy_builder_set_pause(builder, metric, status, pauses, NULL));
}

static void read_clause(reader *r, sla_policy_builder *builder) {
  const char *word = next_word(r);
  if (is(word, "soon")) {
    read_soon(r, builder);
  } else if (is(word, "pause") || is(word, "nopause")) {
    read_pause(r, builder, is(word, "pause"));
  } else if (is(word, "status")) {
    uint32_t status = status_word(next_word(r));
    assert_ok(sla_policy_builder_set_status(builder, status, status_word(next_word(r)), NULL));
  } else if (!is(word, "nocalendar")) {
    read_target(r, builder);
  }
}

sla_policy *told_policy(const char *text) {
  reader r = {text, ""};
  sla_calendar *hours = calendar_of("UTC", "Mo-Fr 09:00-17:00");
  bool without = strstr(text, "nocalendar") != NULL;
  sla_policy_builder *builder = policy_builder_of(without ? NULL : hours);
  sla_calendar_unref(hours);
  do read_clause(&r, builder);
  while (next_item(&r));
  return policy_built(builder);
}

/* ---- logs ---- */

static sla_event read_event(reader *r) {
  static const struct {
    const char *word;
    uint32_t kind;
    int64_t value;
  } simple[] = {{"created", SLA_EVENT_CREATED, SLA_CREATOR_CUSTOMER},
                {"created-by-agent", SLA_EVENT_CREATED, SLA_CREATOR_AGENT},
                {"created-by-rule", SLA_EVENT_CREATED, SLA_CREATOR_AUTOMATIC},
                {"message", SLA_EVENT_CUSTOMER_MESSAGE, 0},
                {"reply", SLA_EVENT_AGENT_REPLY, 0},
                {"note", SLA_EVENT_AGENT_NOTE, 0},
                {"auto", SLA_EVENT_AUTOMATIC_REPLY, 0},
                {"needless", SLA_EVENT_NO_REPLY_NEEDED, 0},
                {"cancelled", SLA_EVENT_CANCELLED, 0}};
  sla_event e = {read_time(r), 0, SLA_EVENT_STATUS, 0};
  const char *word = next_word(r);
  for (size_t i = 0; i < COUNT_OF(simple); i++)
    if (is(word, simple[i].word)) return (sla_event){e.at, simple[i].value, simple[i].kind, 0};
  if (is(word, "priority")) {
    e.kind = SLA_EVENT_PRIORITY;
    e.value = strtol(next_word(r), NULL, 10);
  } else if (is(word, "reset")) {
    e.kind = SLA_EVENT_RESET;
    e.flags = one_of(next_word(r), metrics); /* no word: all */
  } else if (is(word, "due")) {
    e.kind = SLA_EVENT_DUE_SET;
    e.flags = one_of(next_word(r), metrics);
    e.value = read_time(r);
  } else {
    e.value = status_word(word);
  }
  return e;
}

size_t told_events(const char *text, sla_event events[TOLD_EVENTS]) {
  reader r = {text, ""};
  size_t count = 0;
  do {
    assert_true(count < TOLD_EVENTS);
    events[count++] = read_event(&r);
  } while (next_item(&r));
  return count;
}

/* ---- results ---- */

uint32_t told_metric(const char *text) {
  reader r = {text, ""};
  return one_of(next_word(&r), metrics);
}

static void expect_number(const char *what, int64_t got, int64_t want, const char *text) {
  if (got != want) fail_msg("%s is %" PRId64 ", not %" PRId64 ": %s", what, got, want, text);
}

static void expect_time(const char *what, sla_time got, sla_time want, const char *text) {
  char one[SUPPORT_TIME_TEXT], two[SUPPORT_TIME_TEXT];
  if (got != want)
    fail_msg("%s is %s, not %s: %s", what, time_text(got, one), time_text(want, two), text);
}

static bool expect_instant(const sla_result *result, reader *r, const char *text) {
  const struct {
    const char *word;
    sla_time time;
  } fields[] = {{"started", result->started_at},   {"stopped", result->stopped_at},
                {"due", result->due_at},           {"soon", result->due_soon_at},
                {"breached", result->breached_at}, {"projected", result->projected_due_at},
                {"change", result->next_change_at}};
  for (size_t i = 0; i < COUNT_OF(fields); i++) {
    if (!is(r->word, fields[i].word)) continue;
    expect_time(fields[i].word, fields[i].time, read_time(r), text);
    return true;
  }
  return false;
}

static bool expect_length(const sla_result *result, reader *r, const char *text) {
  const struct {
    const char *word;
    sla_seconds length;
  } fields[] = {{"target", result->target},           {"elapsed", result->elapsed},
                {"left", result->remaining},          {"wall", result->wall_elapsed},
                {"wall-left", result->wall_remaining}, {"late", result->late_by},
                {"held", result->wall_paused}};
  for (size_t i = 0; i < COUNT_OF(fields); i++) {
    if (!is(r->word, fields[i].word)) continue;
    expect_number(fields[i].word, fields[i].length, read_length(next_word(r)), text);
    return true;
  }
  return false;
}

static bool expect_count(const sla_result *result, reader *r, const char *text) {
  const struct {
    const char *word;
    uint32_t number;
  } fields[] = {{"cycle", result->cycle},   {"met", result->met},
                {"missed", result->missed}, {"priority", result->priority},
                {"flags", result->flags}};
  for (size_t i = 0; i < COUNT_OF(fields); i++) {
    if (!is(r->word, fields[i].word)) continue;
    expect_number(fields[i].word, fields[i].number, strtol(next_word(r), NULL, 10), text);
    return true;
  }
  return false;
}

void told_result(const sla_result *result, const char *text) {
  reader r = {text, ""};
  expect_number("metric", result->metric, one_of(next_word(&r), metrics), text);
  expect_number("phase", result->phase, one_of(next_word(&r), phases), text);
  expect_number("status", result->status, one_of(next_word(&r), standings), text);
  while (*next_word(&r) != '\0')
    if (!expect_instant(result, &r, text) && !expect_length(result, &r, text) &&
        !expect_count(result, &r, text))
      fail_msg("unknown word %s: %s", r.word, text);
}
