/* SPDX-License-Identifier: MIT */
#include "told.h"

#include <ctype.h>
#include <errno.h>
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
#include "told_calendar.h"

/* ---- words ---- */

/* The next word of a list whose items end with a comma, and lists with a bar; "" at the end of an
 * item, of a list or of the text. */
typedef struct {
  const char *rest;
  char word[96];
} reader;

static bool at_end(reader *r) {
  while (*r->rest == ' ') r->rest++;
  return strchr(",|", *r->rest) != NULL; /* the end of the text, too */
}

static const char *next_word(reader *r) {
  size_t length = at_end(r) ? 0 : strcspn(r->rest, " ,|");
  if (length >= sizeof r->word) fail_msg("a long word: %s", r->rest);
  memcpy(r->word, r->rest, length);
  r->word[length] = '\0';
  r->rest += length;
  return r->word;
}

static bool next_item(reader *r) {
  if (*next_word(r) != '\0') fail_msg("too much: %s%s", r->word, r->rest);
  if (*r->rest == ',') r->rest++;
  return !at_end(r);
}

const char *told_next(const char *text) {
  const char *bar = strchr(text, '|');
  return bar == NULL ? NULL : bar + 1;
}

static bool is(const char *word, const char *other) { return strcmp(word, other) == 0; }

/* Position of a word in a list that NULL ends, or -1. */
static int position(const char *word, const char *const *list) {
  for (int i = 0; list[i] != NULL; i++)
    if (is(word, list[i])) return i;
  return -1;
}

static const char *const days[] = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", NULL};
static const char *const metrics[] = {"",         "first", "next", "resolution", "update",
                                      "pausable", "wait",  "work", "total",      "group", NULL};
static const char *const shapes[] = {"", "once", "turn", "periodic", "sum", "cycle", NULL};
static const char *const statuses[] = {"", "new", "open", "pending", "hold", "solved", "closed",
                                       NULL};
static const char *const phases[] = {"inactive", "running", "paused", "fulfilled", "cancelled",
                                     NULL};
static const char *const flags[] = {"none", "unreachable", "pause-unknown", NULL};
static const char *const standings[] = {"none", "on-time", "due-soon", "overdue", NULL};

static uint32_t one_of(const char *word, const char *const *list) {
  int i = position(word, list);
  if (i < 0) fail_msg("unknown word: %s", word);
  return (uint32_t)i;
}

int64_t told_number(const char *word) {
  char *end;
  errno = 0;
  int64_t number = strtoll(word, &end, 10);
  if (!isdigit((unsigned char)word[*word == '-']) || *end != '\0' || errno != 0)
    fail_msg("not a number: %s", word);
  return number;
}

static uint32_t number_word(const char *word) {
  int64_t number = told_number(word);
  if (number < 0 || number > UINT32_MAX) fail_msg("out of range: %s", word);
  return (uint32_t)number;
}

/* "own32" for "own". */
static bool numbered(const char *word, const char *prefix, uint32_t *number) {
  size_t length = strlen(prefix);
  if (strncmp(word, prefix, length) != 0 || !isdigit((unsigned char)word[length])) return false;
  *number = number_word(word + length);
  return true;
}

static uint32_t status_word(const char *word) {
  int i = position(word, statuses);
  return i > 0 ? (uint32_t)i : number_word(word);
}

static uint32_t metric_word(const char *word) {
  uint32_t own;
  return numbered(word, "own", &own) ? own : one_of(word, metrics);
}

/* The word is a name of the library's, in small letters and with hyphens. */
static bool is_name(const char *word, const char *name) {
  if (name == NULL) return false;
  for (; *name != '\0'; name++, word++)
    if (*word != (*name == ' ' ? '-' : tolower((unsigned char)*name))) return false;
  return *word == '\0';
}

/* ---- times and lengths ---- */

static sla_time read_time(reader *r) {
  char day[3], instant[128];
  const char *word = next_word(r);
  if (is(word, "none")) return SLA_NONE;
  if (isdigit((unsigned char)*word)) return at(word);
  snprintf(day, sizeof day, "%.2s", word);
  bool again = word[0] != '\0' && word[1] != '\0' && is(word + 2, "2");
  if (!again && !is(day, word)) fail_msg("not a day: %s", word);
  int64_t date = (again ? 7 : 0) + one_of(day, days);
  snprintf(instant, sizeof instant, "2024-06-03T%sZ", next_word(r));
  return at(instant) + date * 86400;
}

sla_time told_time(const char *text) {
  reader r = {text, ""};
  sla_time time = read_time(&r);
  if (*r.rest != '\0') fail_msg("more than an instant: %s", text);
  return time;
}

sla_seconds told_length(const char *word) {
  bool negative = *word == '-';
  sla_seconds sum = 0;
  if (is(word, "none")) return SLA_NONE;
  if (negative) word++;
  if (*word == '\0') fail_msg("an empty length");
  while (*word != '\0') {
    char *unit;
    int64_t n = strtoll(word, &unit, 10);
    if (!isdigit((unsigned char)*word) || *unit == '\0' || strchr("hms", *unit) == NULL)
      fail_msg("not a length: %s", word);
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
  *priority = slash == NULL ? SLA_PRIORITY_ANY : number_word(slash + 1);
  snprintf(name, sizeof name, "%.*s", slash == NULL ? 31 : (int)(slash - word), word);
  return metric_word(name);
}

static sla_calendar *named_calendar(const char *name) {
  if (is(name, "night")) return calendar_of("UTC", "Mo-Su 22:00-06:00");
  if (is(name, "late")) return calendar_of("UTC", "Mo-Fr 11:00-19:00");
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
  if (*unit == SLA_UNIT_SECONDS) *amount = told_length(word);
}

static void read_target(reader *r, sla_policy_builder *builder) {
  int64_t amount;
  uint32_t unit, priority, metric = read_place(r->word, &priority);
  read_amount(next_word(r), &amount, &unit);
  if (is(next_word(r), "then")) {
    sla_seconds second = told_length(next_word(r));
    assert_ok(sla_policy_builder_set_second_stage(builder, metric, priority, second, NULL));
    next_word(r);
  }
  bool around = is(r->word, "around");
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
  char *percent = strchr(next_word(r), '%');
  if (percent == NULL) {
    sla_seconds lead = told_length(r->word);
    assert_ok(sla_policy_builder_set_due_soon(builder, metric, priority, lead, NULL));
    return;
  }
  if (percent[1] != '\0') fail_msg("not a percentage: %s", r->word);
  *percent = '\0';
  assert_ok(sla_policy_builder_set_due_soon_percent(builder, metric, priority,
                                                    number_word(r->word), NULL));
}

static void read_allowance(reader *r, sla_policy_builder *builder) {
  uint32_t priority, metric = read_place(next_word(r), &priority);
  sla_seconds length = told_length(next_word(r));
  assert_ok(sla_policy_builder_set_allowance(builder, metric, priority, length, NULL));
}

static void read_pause(reader *r, sla_policy_builder *builder, uint32_t pauses) {
  uint32_t metric = metric_word(next_word(r));
  uint32_t status = status_word(next_word(r));
  assert_ok(sla_policy_builder_set_pause(builder, metric, status, pauses, NULL));
}

static void read_status(reader *r, sla_policy_builder *builder) {
  uint32_t status = status_word(next_word(r));
  assert_ok(sla_policy_builder_set_status(builder, status, status_word(next_word(r)), NULL));
}

uint32_t told_preset(const char *word) {
  uint32_t preset = 1;
  while (!is_name(word, sla_preset_name(preset)))
    if (sla_preset_name(preset++) == NULL) fail_msg("no such preset: %s", word);
  return preset;
}

static void read_preset(reader *r, sla_policy_builder *builder) {
  assert_ok(sla_policy_builder_set_preset(builder, told_preset(next_word(r)), NULL));
}

static void read_option(reader *r, sla_policy_builder *builder) {
  uint32_t metric = metric_word(next_word(r)), option = 0, value = 0;
  next_word(r);
  while (!is_name(r->word, sla_option_name(option)))
    if (sla_option_name(option++) == NULL) fail_msg("no such option: %s", r->word);
  next_word(r);
  while (!is_name(r->word, sla_option_value_name(option, value)))
    if (sla_option_value_name(option, value++) == NULL) fail_msg("no such value: %s", r->word);
  assert_ok(sla_policy_builder_set_option(builder, metric, option, value, NULL));
}

/* ---- metrics ---- */

static const struct {
  const char *word;
  uint32_t kind;
} trigger_events[] = {
    {"created", SLA_EVENT_CREATED},   {"message", SLA_EVENT_CUSTOMER_MESSAGE},
    {"reply", SLA_EVENT_AGENT_REPLY}, {"needless", SLA_EVENT_NO_REPLY_NEEDED},
    {"note", SLA_EVENT_AGENT_NOTE},   {"auto", SLA_EVENT_AUTOMATIC_REPLY},
    {"group", SLA_EVENT_GROUP},       {"priority", SLA_EVENT_PRIORITY},
    {"policy", SLA_EVENT_POLICY},     {"cancelled", SLA_EVENT_CANCELLED},
};

static uint32_t status_bit(const char *word) {
  uint32_t number;
  return UINT32_C(1) << (numbered(word, "status", &number) ? number : status_word(word));
}

static void add_trigger(const char *word, sla_trigger *trigger) {
  uint32_t number = 0;
  for (size_t i = 0; i < COUNT_OF(trigger_events); i++)
    if (is(word, trigger_events[i].word)) number = trigger_events[i].kind;
  if (number != 0 || numbered(word, "host", &number))
    trigger->events |= UINT64_C(1) << number;
  else if (numbered(word, "condition", &number))
    trigger->conditions_set |= UINT64_C(1) << number;
  else if (numbered(word, "uncondition", &number))
    trigger->conditions_cleared |= UINT64_C(1) << number;
  else
    trigger->statuses |= status_bit(word);
}

static void add_pause(const char *word, sla_metric_rule *rule) {
  uint32_t number;
  if (numbered(word, "condition", &number)) rule->pause_conditions |= UINT64_C(1) << number;
  else rule->pause_statuses |= status_bit(word);
}

/* "fulfil=reply+status5" */
static void read_part(char *text, sla_metric_rule *rule) {
  const struct {
    const char *word;
    sla_trigger *trigger;
  } triggers[] = {{"start", &rule->start},
                  {"fulfil", &rule->fulfil},
                  {"cancel", &rule->cancel},
                  {"resume", &rule->resume},
                  {"pause", NULL}};
  const char *key = strtok(text, "=");
  size_t i = 0;
  while (!is(key, triggers[i].word))
    if (++i == COUNT_OF(triggers)) fail_msg("unknown part of a metric: %s", key);
  for (const char *word = strtok(NULL, "+"); word != NULL; word = strtok(NULL, "+")) {
    if (triggers[i].trigger != NULL) add_trigger(word, triggers[i].trigger);
    else add_pause(word, rule);
  }
}

static void read_metric(reader *r, sla_policy_builder *builder) {
  uint32_t metric = metric_word(next_word(r));
  sla_metric_rule rule = {.shape = one_of(next_word(r), shapes)};
  while (*next_word(r) != '\0') read_part(r->word, &rule);
  assert_ok(sla_policy_builder_set_metric(builder, metric, &rule, sizeof rule, NULL));
}

/* ---- lints ---- */

/* "first/3", or "policy" for none */
static void read_lint_place(reader *r, sla_lint *lint) {
  lint->priority = SLA_PRIORITY_ANY;
  if (!is(next_word(r), "policy")) lint->metric = read_place(r->word, &lint->priority);
}

static void read_lint_values(reader *r, sla_lint *lint) {
  if (lint->kind == SLA_LINT_NEVER_STARTS) return;
  if (lint->kind == SLA_LINT_RESPONSE_LONGER || lint->kind == SLA_LINT_UNREACHABLE) {
    lint->value = read_time(r);
    lint->limit = read_time(r);
  } else if (lint->kind == SLA_LINT_PAST_SPECIAL) {
    lint->value = one_of(next_word(r), days) + 1;
    lint->limit = told_date(next_word(r));
  } else {
    lint->value = told_length(next_word(r));
    lint->limit = told_length(next_word(r));
  }
}

sla_lint told_lint(const char *text) {
  static const char *const kinds[] = {"", "response-longer", "due-soon-longer", "short",
                                      "unreachable", "never-starts", "past-special", NULL};
  reader r = {text, ""};
  sla_lint lint = {.kind = one_of(next_word(&r), kinds)};
  read_lint_place(&r, &lint);
  read_lint_values(&r, &lint);
  if (*next_word(&r) != '\0') fail_msg("too much: %s", r.word);
  return lint;
}

/* ---- whole policies ---- */

static void read_clause(reader *r, sla_policy_builder *builder) {
  static const struct {
    const char *word;
    void (*read)(reader *r, sla_policy_builder *builder);
  } clauses[] = {{"soon", read_soon},     {"allow", read_allowance}, {"status", read_status},
                 {"preset", read_preset}, {"option", read_option},   {"metric", read_metric}};
  const char *word = next_word(r);
  for (size_t i = 0; i < COUNT_OF(clauses); i++)
    if (is(word, clauses[i].word)) {
      clauses[i].read(r, builder);
      return;
    }
  if (is(word, "pause") || is(word, "nopause")) read_pause(r, builder, is(word, "pause"));
  else if (!is(word, "nocalendar")) read_target(r, builder);
}

/* Up to a bar; hours may be NULL. */
static sla_policy *read_policy(const char *text, const sla_calendar *hours) {
  reader r = {text, ""};
  sla_policy_builder *builder = policy_builder_of(hours);
  do read_clause(&r, builder);
  while (next_item(&r));
  return policy_built(builder);
}

size_t told_policies_on(const sla_calendar *hours, const char *text,
                        sla_policy *policies[TOLD_POLICIES]) {
  size_t count = 0;
  for (; text != NULL; text = told_next(text)) {
    assert_true(count < TOLD_POLICIES);
    policies[count++] = read_policy(text, hours);
  }
  return count;
}

/* The calendar that they have in common is one. */
size_t told_policies(const char *text, sla_policy *policies[TOLD_POLICIES]) {
  bool without = strstr(text, "nocalendar") != NULL;
  sla_calendar *hours = without ? NULL : calendar_of("UTC", "Mo-Fr 09:00-17:00");
  size_t count = told_policies_on(hours, text, policies);
  sla_calendar_unref(hours);
  return count;
}

sla_policy *told_policy(const char *text) {
  sla_policy *policies[TOLD_POLICIES];
  if (told_policies(text, policies) != 1) fail_msg("not one policy: %s", text);
  return policies[0];
}

void told_release(sla_policy *const *policies, size_t count) {
  for (size_t i = 0; i < count; i++) sla_policy_unref(policies[i]);
}

/* ---- logs ---- */

/* Kinds with a value of one sort; that of a plain one is 0. */
static const struct {
  const char *word;
  uint32_t kind;
  enum { PLAIN, NUMBER, METRIC } sort;
} event_words[] = {{"message", SLA_EVENT_CUSTOMER_MESSAGE, PLAIN},
                   {"reply", SLA_EVENT_AGENT_REPLY, PLAIN},
                   {"note", SLA_EVENT_AGENT_NOTE, PLAIN},
                   {"auto", SLA_EVENT_AUTOMATIC_REPLY, PLAIN},
                   {"needless", SLA_EVENT_NO_REPLY_NEEDED, PLAIN},
                   {"cancelled", SLA_EVENT_CANCELLED, PLAIN},
                   {"priority", SLA_EVENT_PRIORITY, NUMBER},
                   {"group", SLA_EVENT_GROUP, NUMBER},
                   {"condition", SLA_EVENT_CONDITION_SET, NUMBER},
                   {"uncondition", SLA_EVENT_CONDITION_CLEARED, NUMBER},
                   {"reset", SLA_EVENT_RESET, METRIC},
                   {"due", SLA_EVENT_DUE_SET, METRIC}};

static bool read_simple(reader *r, sla_event *e) {
  for (size_t i = 0; i < COUNT_OF(event_words); i++) {
    if (!is(r->word, event_words[i].word)) continue;
    e->kind = event_words[i].kind;
    if (event_words[i].sort == NUMBER) e->value = number_word(next_word(r));
    if (event_words[i].sort == METRIC) e->flags = metric_word(next_word(r)); /* no word: all */
    if (e->kind == SLA_EVENT_DUE_SET) e->value = read_time(r);
    return true;
  }
  return false;
}

static bool read_creation(reader *r, sla_event *e) {
  static const char *const creators[] = {"", "customer", "agent", "machine", NULL};
  if (!is(r->word, "created")) return false;
  e->kind = SLA_EVENT_CREATED;
  e->value = at_end(r) ? SLA_CREATOR_CUSTOMER : (int64_t)one_of(next_word(r), creators);
  return true;
}

static sla_event read_event(reader *r) {
  sla_event e = {read_time(r), 0, 0, 0};
  next_word(r);
  if (read_simple(r, &e) || read_creation(r, &e)) return e;
  if (is(r->word, "host")) {
    e.kind = number_word(next_word(r));
    if (!at_end(r)) e.value = read_time(r);
  } else if (is(r->word, "policy")) {
    e.kind = SLA_EVENT_POLICY;
    e.value = is(next_word(r), "none") ? SLA_NONE : told_number(r->word);
  } else if (is(r->word, "event")) {
    e.kind = number_word(next_word(r));
    e.value = told_number(next_word(r));
    e.flags = number_word(next_word(r));
  } else {
    e.kind = SLA_EVENT_STATUS;
    e.value = status_word(r->word);
  }
  return e;
}

size_t told_events(const char *text, sla_event events[TOLD_EVENTS]) {
  reader r = {text, ""};
  size_t count = 0;
  if (text == NULL) return 0;
  do {
    assert_true(count < TOLD_EVENTS);
    events[count++] = read_event(&r);
  } while (next_item(&r));
  return count;
}

/* ---- rows ---- */

static sla_time time_or_none(const char *text) {
  return text == NULL ? SLA_NONE : told_time(text);
}

sla_row told_row(const char *const fields[TOLD_ROW_FIELDS]) {
  return (sla_row){.created_at = time_or_none(fields[0]),
                   .first_response_at = time_or_none(fields[1]),
                   .waiting_since = time_or_none(fields[2]),
                   .solved_at = time_or_none(fields[3]),
                   .status_since = time_or_none(fields[4]),
                   .paused = fields[5] == NULL ? SLA_NONE : told_length(fields[5]),
                   .status = fields[6] == NULL ? 0 : status_word(fields[6]),
                   .priority = number_word(fields[7])};
}

/* ---- results ---- */

uint32_t told_metric(const char *text) {
  reader r = {text, ""};
  return metric_word(next_word(&r));
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

typedef struct {
  const char *word;
  sla_seconds length;
} length_word;

static bool expect_length(const length_word *fields, size_t count, reader *r, const char *text) {
  for (size_t i = 0; i < count; i++) {
    if (!is(r->word, fields[i].word)) continue;
    expect_number(fields[i].word, fields[i].length, told_length(next_word(r)), text);
    return true;
  }
  return false;
}

typedef struct {
  const char *word;
  uint32_t number;
} count_word;

static bool expect_count(const count_word *fields, size_t count, reader *r, const char *text) {
  for (size_t i = 0; i < count; i++) {
    if (!is(r->word, fields[i].word)) continue;
    expect_number(fields[i].word, fields[i].number, number_word(next_word(r)), text);
    return true;
  }
  return false;
}

static bool expect_flags(const sla_result *result, reader *r, const char *text) {
  if (!is(r->word, "flags")) return false;
  expect_number("flags", result->flags, one_of(next_word(r), flags), text);
  return true;
}

void told_result(const sla_result *result, const char *text) {
  const length_word lengths[] = {
      {"target", result->target},    {"elapsed", result->elapsed},
      {"left", result->remaining},   {"wall", result->wall_elapsed},
      {"late", result->late_by},     {"wall-left", result->wall_remaining},
      {"held", result->wall_paused},
  };
  const count_word counts[] = {{"cycle", result->cycle},
                               {"met", result->met},
                               {"missed", result->missed},
                               {"priority", result->priority}};
  reader r = {text, ""};
  expect_number("metric", result->metric, metric_word(next_word(&r)), text);
  expect_number("phase", result->phase, one_of(next_word(&r), phases), text);
  expect_number("status", result->status, one_of(next_word(&r), standings), text);
  while (*next_word(&r) != '\0')
    if (!expect_instant(result, &r, text) &&
        !expect_length(lengths, COUNT_OF(lengths), &r, text) &&
        !expect_count(counts, COUNT_OF(counts), &r, text) && !expect_flags(result, &r, text))
      fail_msg("unknown word %s: %s", r.word, text);
}

void told_totals(const sla_totals *totals, const char *text) {
  const length_word lengths[] = {{"elapsed", totals->elapsed},
                                 {"wall", totals->wall_elapsed},
                                 {"held", totals->wall_paused},
                                 {"longest", totals->longest},
                                 {"last", totals->last}};
  const count_word counts[] = {{"cycles", totals->cycles},
                               {"met", totals->met},
                               {"missed", totals->missed},
                               {"cancelled", totals->cancelled},
                               {"longest-cycle", totals->longest_cycle}};
  reader r = {text, ""};
  expect_number("reserved", totals->reserved, 0, text);
  while (*next_word(&r) != '\0')
    if (!expect_length(lengths, COUNT_OF(lengths), &r, text) &&
        !expect_count(counts, COUNT_OF(counts), &r, text))
      fail_msg("unknown word %s: %s", r.word, text);
}
