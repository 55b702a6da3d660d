/* SPDX-License-Identifier: MIT */
#include "lines.h"

#include "labels.h"
#include "times.h"

/* ---- results ---- */

/* Of the agreement and the whole ticket; of each metric. */
static const char *const facts[] = {"line",   "policy", "version", "kind",          "hash",
                                    "holder", "status", "due_at",  "next_change_at"};
static const char *const figures[] = {"status", "due_at", "remaining", "elapsed"};
enum { FACTS = sizeof facts / sizeof *facts, FIGURES = sizeof figures / sizeof *figures };

/* "first response" as the name of a column. */
static void write_name(bytes *to, const char *name) {
  for (; *name != '\0'; name++) bytes_add_char(to, *name == ' ' ? '_' : *name);
}

static const sla_result *result_of(uint32_t metric, const sla_result *results, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (results[i].metric == metric) return &results[i];
  return NULL;
}

static void write_length(bytes *to, sla_seconds length) {
  if (length != SLA_NONE) bytes_format(to, "%lld", (long long)length);
}

static void write_instant(bytes *to, const sla_zone *zone, sla_time at) {
  if (at != SLA_NONE) time_write_iso(to, zone, at);
}

static void write_result(bytes *to, const sla_zone *zone, const sla_result *result) {
  if (result == NULL) {
    for (size_t i = 0; i < FIGURES; i++) bytes_add_char(to, ',');
    return;
  }
  bytes_format(to, ",%s,", label_name(label_of(result)));
  write_instant(to, zone, result->due_at);
  bytes_add_char(to, ',');
  write_length(to, result->remaining);
  bytes_add_char(to, ',');
  write_length(to, result->elapsed);
}

/* ---- properties ---- */

static bool is_used(const policies *of, uint32_t preset) {
  for (size_t i = 0; i < of->count; i++)
    if (of->items[i].preset == preset) return true;
  return false;
}

static void write_property(bytes *to, const pass *of, uint32_t preset, uint32_t index,
                           const sla_result *results, size_t count) {
  sla_property property;
  const char *word = NULL;
  if (count == 0 || sla_preset_property(preset, index, results, count, sizeof *results, &property,
                                        sizeof property) != SLA_OK || property.value == SLA_NONE)
    return;
  if (property.kind == SLA_PROPERTY_INSTANT) {
    time_write_iso(to, of->under->zone, property.value);
    return;
  }
  if (property.kind == SLA_PROPERTY_LABEL || property.kind == SLA_PROPERTY_TICKET_LABEL)
    word = sla_preset_label_name(preset, (uint32_t)property.value);
  if (word != NULL) bytes_add_text(to, word);
  else bytes_format(to, "%lld", (long long)property.value);
}

/* Every preset that some policy has keeps its columns, which are empty for the tickets of others. */
static void write_properties(bytes *to, const pass *of, uint32_t own, const sla_result *results,
                             size_t count) {
  for (uint32_t preset = 1; sla_preset_name(preset) != NULL; preset++) {
    if (!is_used(&of->under->policies, preset)) continue;
    for (uint32_t i = 0; i < sla_preset_property_count(preset); i++) {
      bytes_add_char(to, ',');
      if (preset == own) write_property(to, of, preset, i, results, count);
    }
  }
}

/* ---- lines ---- */

static void write_fields(bytes *to, const ticket_export *from, bool heading) {
  for (size_t i = 0; i < from->column_count; i++) {
    csv_write(to, heading ? from->names[i] : export_field(from, i));
    bytes_add_char(to, ',');
  }
}

static void print(bytes *line, const pass *of) {
  bytes_add_char(line, '\n');
  bytes_print(line, of->lines);
  bytes_free(line);
}

void lines_print_heading(const pass *of, const ticket_export *from) {
  bytes line = {0};
  write_fields(&line, from, true);
  for (size_t i = 0; i < FACTS; i++) bytes_format(&line, "%ssla_%s", i == 0 ? "" : ",", facts[i]);
  for (size_t i = 0; i < METRICS; i++)
    for (size_t j = 0; j < FIGURES; j++) {
      bytes_add_text(&line, ",sla_");
      write_name(&line, sla_metric_name(metrics_known[i]));
      bytes_format(&line, "_%s", figures[j]);
    }
  for (uint32_t preset = 1; sla_preset_name(preset) != NULL; preset++)
    for (uint32_t i = 0; i < sla_preset_property_count(preset); i++)
      if (is_used(&of->under->policies, preset))
        bytes_format(&line, ",%s", sla_preset_property_name(preset, i));
  print(&line, of);
}

static void write_agreement(bytes *to, const policies *among, const sla_outcome *at) {
  csv_write(to, among->items[at->agreement].name.text);
  bytes_format(to, ",%lu,%s,%016llx,%s", (unsigned long)at->number,
               sla_agreement_kind_name(policies_kind(among, at->agreement)),
               (unsigned long long)at->hash, sla_holder_name(at->holder));
}

static void write_rollup(bytes *to, const ticket *of, const sla_zone *zone) {
  bytes_format(to, ",%s,", label_name(label_of(&of->results[of->rollup.index])));
  write_instant(to, zone, of->rollup.due_at);
  bytes_add_char(to, ',');
  write_instant(to, zone, of->rollup.next_change_at);
}

/* The same ticket as in the line before, under its next policy. */
static void print_line(const pass *of, const ticket_export *from, const ticket *one,
                       size_t number) {
  const policies *among = &of->under->policies;
  const sla_outcome *at = &one->outcomes[number];
  const sla_result *results = ticket_results(one, at);
  bytes line = {0};
  write_fields(&line, from, false);
  bytes_format(&line, "%zu,", number + 1);
  write_agreement(&line, among, at);
  write_rollup(&line, one, of->under->zone);
  for (size_t i = 0; i < METRICS; i++)
    write_result(&line, of->under->zone, result_of(metrics_known[i], results, at->results));
  write_properties(&line, of, among->items[at->agreement].preset, results, at->results);
  print(&line, of);
}

static void print_without(const pass *of, const ticket_export *from) {
  bytes line = {0};
  write_fields(&line, from, false);
  bytes_add_char(&line, '1');
  for (size_t i = 1; i < FACTS + METRICS * FIGURES; i++) bytes_add_char(&line, ',');
  write_properties(&line, of, 0, NULL, 0);
  print(&line, of);
}

void lines_print(const pass *of, const ticket_export *from, const ticket *one) {
  if (one->count == 0) print_without(of, from);
  for (size_t i = 0; i < one->count; i++) print_line(of, from, one, i);
}
