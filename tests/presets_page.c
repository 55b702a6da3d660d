/* SPDX-License-Identifier: MIT */
/* The tables of sla_presets(7), made from what the library does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "presets.h"
#include "support.h"

typedef struct {
  char text[4096];
  size_t used;
} page;

static void put(page *p, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  p->used += (size_t)vsnprintf(p->text + p->used, sizeof p->text - p->used, format, arguments);
  va_end(arguments);
  assert_true(p->used < sizeof p->text);
}

/* ---- what is otherwise than built in ---- */

typedef struct {
  page *page;
  const char *metric; /* "" once it has been said */
} rows;

static void put_row(rows *r, const char *what, const char *value) {
  put(r->page, "%-18s%-18s%s\n", r->metric, what, value);
  r->metric = "";
}

/* Names with commas between them, in as many rows as it takes. */
typedef struct {
  rows *rows;
  const char *what;
  char names[40];
} list;

static void put_names(list *l) {
  put_row(l->rows, l->what, l->names);
  l->what = "";
  l->names[0] = '\0';
}

static void add_name(list *l, const char *name) {
  size_t used = strlen(l->names);
  assert_non_null(name);
  if (used > 0) used += (size_t)snprintf(l->names + used, sizeof l->names - used, ",");
  if (used + strlen(name) + 2 > sizeof l->names - 4) {
    put_names(l);
    used = 0;
  }
  snprintf(l->names + used, sizeof l->names - used, "%s%s", used > 0 ? " " : "", name);
}

static void put_list(rows *r, const char *what, uint64_t events, uint32_t statuses) {
  list l = {r, what, ""};
  for (uint32_t kind = 0; kind < 64; kind++)
    if (events >> kind & 1) add_name(&l, sla_event_kind_name(kind));
  for (uint32_t status = 0; status < 32; status++)
    if (statuses >> status & 1) add_name(&l, sla_ticket_status_name(status));
  if (l.names[0] == '\0') add_name(&l, "nothing");
  put_names(&l);
}

static void put_trigger(rows *r, const char *what, const sla_trigger *ours,
                        const sla_trigger *builtin) {
  assert_true((ours->conditions_set | ours->conditions_cleared) == 0);
  if (memcmp(ours, builtin, sizeof *ours) != 0) put_list(r, what, ours->events, ours->statuses);
}

static void put_rule(rows *r, const sla_metric_rule *ours, const sla_metric_rule *builtin) {
  if (ours->shape != builtin->shape) put_row(r, "shape", sla_shape_name(ours->shape));
  put_trigger(r, "started by", &ours->start, &builtin->start);
  put_trigger(r, "fulfilled by", &ours->fulfil, &builtin->fulfil);
  put_trigger(r, "cancelled by", &ours->cancel, &builtin->cancel);
  put_trigger(r, "resumed by", &ours->resume, &builtin->resume);
  assert_true(ours->pause_conditions == 0);
  if (ours->pause_statuses != builtin->pause_statuses)
    put_list(r, "paused while", 0, ours->pause_statuses);
  for (uint32_t option = 0; option < 16; option++)
    if (ours->options[option] != builtin->options[option])
      put_row(r, sla_option_name(option), sla_option_value_name(option, ours->options[option]));
}

static void put_rules(page *p, uint32_t preset) {
  sla_policy_builder *builder = policy_builder_of(NULL);
  sla_metric_rule builtin[SLA_GROUP_OWNERSHIP + 1], ours;
  for (uint32_t metric = 1; metric <= SLA_GROUP_OWNERSHIP; metric++)
    assert_ok(sla_policy_builder_metric(builder, metric, &builtin[metric], sizeof ours, NULL));
  assert_ok(sla_policy_builder_set_preset(builder, preset, NULL));
  for (uint32_t metric = 1; metric <= SLA_GROUP_OWNERSHIP; metric++) {
    rows r = {p, sla_metric_name(metric)};
    assert_ok(sla_policy_builder_metric(builder, metric, &ours, sizeof ours, NULL));
    put_rule(&r, &ours, &builtin[metric]);
  }
  sla_policy_builder_free(builder);
}

/* ---- what it says ---- */

static void put_words(page *p, uint32_t preset) {
  const char *word;
  for (uint32_t value = 0; (word = sla_preset_label_name(preset, value)) != NULL; value++)
    put(p, "%u  %s\n", (unsigned)value, word);
}

static void put_properties(page *p, uint32_t preset) {
  static const char *const kinds[] = {"",      "instant",      "seconds", "milliseconds",
                                      "label", "ticket label", "flag",    "minutes"};
  static const sla_result inactive = {.metric = SLA_FIRST_RESPONSE};
  for (uint32_t i = 0; i < sla_preset_property_count(preset); i++) {
    sla_property property;
    assert_ok(sla_preset_property(preset, i, &inactive, 1, sizeof inactive, &property,
                                  sizeof property));
    assert_in_range(property.kind, 1, COUNT_OF(kinds) - 1);
    put(p, "%-45s%-13s%s\n", sla_preset_property_name(preset, i), kinds[property.kind],
        property.metric == 0 ? "ticket" : sla_metric_name(property.metric));
  }
}

/* ---- the page itself ---- */

static char *read_page(void) {
  static char text[100000];
  char path[1024];
  snprintf(path, sizeof path, "%s/../man/sla_presets.7", SLA_TESTS_DIR);
  FILE *file = fopen(path, "rb");
  if (file == NULL) fail_msg("cannot open %s", path);
  size_t length = fread(text, 1, sizeof text - 1, file);
  fclose(file);
  assert_true(length > 0 && length < sizeof text - 1);
  text[length] = '\0';
  return text;
}

/* The section of a preset, up to the next one. */
static char *section_of(uint32_t preset) {
  static const char *const ends[] = {"\n.Ss ", "\n.Sh "};
  char title[64];
  snprintf(title, sizeof title, "\n.Ss %s\n", sla_preset_name(preset));
  char *section = strstr(read_page(), title);
  if (section == NULL) fail_msg("the page has no section %s", sla_preset_name(preset));
  for (size_t i = 0; i < COUNT_OF(ends); i++) {
    char *end = strstr(section + 1, ends[i]);
    if (end != NULL) *end = '\0';
  }
  return section;
}

/* A literal display of exactly these lines. */
static void expect_display(uint32_t preset, void (*make)(page *p, uint32_t preset)) {
  static page made;
  made = (page){.used = 0};
  put(&made, ".Bd -literal\n");
  make(&made, preset);
  put(&made, ".Ed\n");
  if (strstr(section_of(preset), made.text) == NULL)
    fail_msg("%s: the page does not say\n%s", sla_preset_name(preset), made.text);
}

void expect_page_of(uint32_t preset) {
  expect_display(preset, put_rules);
  expect_display(preset, put_words);
  expect_display(preset, put_properties);
}
