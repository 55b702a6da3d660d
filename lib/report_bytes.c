/* SPDX-License-Identifier: MIT */
/* The bytes of a report.  sla_bytes(3) has the form. */
#include "report.h"

#include "error.h"

#define KIND 'R'

/* ---- writing ---- */

static void write_cell(const sla__metric_cell *cell, sla__sink *sink) {
  sla__put_8(sink, cell->metric);
  for (int i = 0; i < SLA__CLASSES; i++) sla__put_count(sink, cell->classes[i]);
  for (int clock = 0; clock < 2; clock++) sla__histogram_write(&cell->times[clock], sink);
}

static void write_group(const sla_report *report, const sla__group *group, sla__sink *sink) {
  const sla__metric_cell *cells = group->metrics.data;
  sla__put_64(sink, (uint64_t)group->key);
  for (int i = 0; i < SLA__TICKET_KINDS; i++) sla__put_count(sink, group->tickets[i]);
  for (uint32_t i = 0; i <= report->age_count; i++) sla__put_count(sink, group->backlog[i]);
  sla__put_8(sink, (uint32_t)group->metrics.count);
  for (size_t i = 0; i < group->metrics.count; i++) write_cell(&cells[i], sink);
}

static void write_any(const void *object, sla__sink *sink) {
  const sla_report *report = object;
  const sla__group *groups = report->groups.data;
  sla__put_head(sink, KIND);
  sla__put_8(sink, report->age_count);
  for (uint32_t i = 0; i < report->age_count; i++) sla__put_64(sink, (uint64_t)report->ages[i]);
  sla__put_32(sink, (uint32_t)report->groups.count);
  for (size_t i = 0; i < report->groups.count; i++) write_group(report, &groups[i], sink);
}

/* ---- reading: what no report can say is refused ---- */

static int32_t read_number(sla__source *source, uint64_t *number) {
  size_t at = source->offset;
  int32_t code = sla__get_count(source, number);
  if (code == SLA_OK && *number > SLA__COUNT_MAX) code = sla__source_bad(source, at);
  return code;
}

static int32_t read_numbers(sla__source *source, uint64_t *numbers, uint32_t count) {
  int32_t code = SLA_OK;
  for (uint32_t i = 0; i < count && code == SLA_OK; i++) code = read_number(source, &numbers[i]);
  return code;
}

/* Every cycle that met or missed its target was measured; so were some that had none. */
static bool cell_agrees(const sla__metric_cell *cell) {
  const uint64_t *classes = cell->classes;
  uint64_t all = 0, measured = cell->times[0].count;
  uint64_t judged = classes[SLA__AS_MET] + classes[SLA__AS_MISSED];
  for (int i = 0; i < SLA__CLASSES; i++) all += classes[i];
  return all > 0 && measured == cell->times[1].count && measured >= judged &&
         measured <= judged + classes[SLA__AS_NONE];
}

static int32_t read_cell(sla__source *source, const sla_allocator *allocator, sla__group *group) {
  size_t at = source->offset;
  const sla__metric_cell *last = group->metrics.data;
  uint32_t before = group->metrics.count == 0 ? 0 : last[group->metrics.count - 1].metric;
  int32_t code = sla__source_needs(source, 1);
  if (code != SLA_OK) return code;
  uint32_t metric = sla__get_8(source);
  if (metric <= before || metric >= SLA__REPORT_METRICS) return sla__source_bad(source, at);
  sla__metric_cell *cell = sla__group_put_metric(allocator, group, metric);
  if (cell == NULL) return sla__fail(source->error, SLA_E_MEMORY);
  code = read_numbers(source, cell->classes, SLA__CLASSES);
  for (int clock = 0; clock < 2 && code == SLA_OK; clock++)
    code = sla__histogram_read(source, allocator, &cell->times[clock]);
  if (code == SLA_OK && !cell_agrees(cell)) code = sla__source_bad(source, at);
  return code;
}

static bool group_agrees(const sla_report *report, const sla__group *group) {
  const uint64_t *tickets = group->tickets;
  uint64_t backlog = 0, all = sla__group_tickets(group);
  for (uint32_t i = 0; i <= report->age_count; i++) backlog += group->backlog[i];
  return all > 0 && all <= SLA__COUNT_MAX && backlog == tickets[SLA__TICKETS_OPEN] &&
         tickets[SLA__TICKETS_REOPENED] <= all &&
         tickets[SLA__TICKETS_FIRST_CONTACT] <= tickets[SLA__TICKETS_DONE];
}

static int32_t read_group(sla__source *source, sla_report *report) {
  size_t at = source->offset;
  const sla__group *groups = report->groups.data;
  int32_t code = sla__source_needs(source, sizeof(uint64_t));
  if (code != SLA_OK) return code;
  int64_t key = sla__get_signed_64(source);
  bool later = report->groups.count == 0 || key > groups[report->groups.count - 1].key;
  if (key == SLA_NONE || !later) return sla__source_bad(source, at);
  sla__group *group = sla__report_put_group(report, key);
  if (group == NULL) return sla__fail(source->error, SLA_E_MEMORY);
  code = read_numbers(source, group->tickets, SLA__TICKET_KINDS);
  if (code == SLA_OK) code = read_numbers(source, group->backlog, report->age_count + 1);
  if (code == SLA_OK && !group_agrees(report, group)) code = sla__source_bad(source, at);
  if (code == SLA_OK) code = sla__source_needs(source, 1);
  if (code != SLA_OK) return code;
  uint32_t metrics = sla__get_8(source);
  for (uint32_t i = 0; i < metrics && code == SLA_OK; i++)
    code = read_cell(source, &report->allocator, group);
  return code;
}

static int32_t read_ages(sla__source *source, sla_report *report) {
  int32_t code = sla__source_needs(source, 1);
  if (code != SLA_OK) return code;
  size_t at = source->offset;
  report->age_count = sla__get_8(source);
  if (report->age_count > SLA__AGES_MAX) return sla__source_bad(source, at);
  code = sla__source_needs(source, report->age_count * sizeof(uint64_t));
  for (uint32_t i = 0; i < report->age_count && code == SLA_OK; i++) {
    at = source->offset;
    report->ages[i] = sla__get_signed_64(source);
    if (report->ages[i] <= (i == 0 ? 0 : report->ages[i - 1]) || report->ages[i] > SLA__LENGTH_MAX)
      code = sla__source_bad(source, at);
  }
  return code;
}

static int32_t read_report(sla__source *source, sla_report *report) {
  int32_t code = sla__get_head(source, KIND);
  if (code == SLA_OK) code = read_ages(source, report);
  if (code == SLA_OK) code = sla__source_needs(source, sizeof(uint32_t));
  if (code != SLA_OK) return code;
  size_t at = source->offset;
  uint32_t groups = sla__get_32(source);
  if (groups > SLA__GROUPS_MAX)
    return sla__fail_index(source->error, SLA_E_LIMIT, (int64_t)at, groups, SLA__GROUPS_MAX);
  for (uint32_t i = 0; i < groups && code == SLA_OK; i++) code = read_group(source, report);
  return code;
}

/* ---- public ---- */

int32_t sla_report_bytes(const sla_report *report, void *buffer, size_t capacity,
                         size_t *length) {
  if (report == NULL || length == NULL || (buffer == NULL && capacity > 0)) return SLA_E_NULL;
  sla__bytes_give(write_any, report, buffer, capacity, length);
  return SLA_OK;
}

int32_t sla_report_new_bytes(const void *bytes, size_t length, const sla_allocator *allocator,
                             sla_report **report, sla_error *error) {
  sla__source source;
  if (report == NULL) return sla__fail_null(error, 4);
  int32_t code = sla__source_open(&source, bytes, length, SLA__REPORT_BYTES_MAX, error);
  if (code != SLA_OK) return code;
  sla_report *made = sla__report_create(allocator);
  if (made == NULL) return sla__fail(error, SLA_E_MEMORY);
  code = read_report(&source, made);
  if (code == SLA_OK) code = sla__source_check(&source, write_any, made);
  if (code == SLA_OK) *report = made;
  else sla_report_free(made);
  return code;
}
