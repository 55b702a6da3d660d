/* SPDX-License-Identifier: MIT */
/* What a report says, of one group or of all of them together. */
#include "report.h"

#include "error.h"

/* The groups that are asked for: one, all, or none. */
typedef struct {
  const sla__group *groups;
  size_t count;
} chosen;

static chosen choose(const sla_report *report, int64_t group) {
  if (group == SLA_NONE) return (chosen){report->groups.data, report->groups.count};
  const sla__group *found = sla__report_group(report, group);
  return (chosen){found, found != NULL};
}

uint32_t sla_report_group_count(const sla_report *report) {
  return report == NULL ? 0 : (uint32_t)report->groups.count;
}

int32_t sla_report_group(const sla_report *report, uint32_t index, int64_t *group) {
  if (report == NULL || group == NULL) return SLA_E_NULL;
  if (index >= report->groups.count) return SLA_E_ARGUMENT;
  *group = ((const sla__group *)report->groups.data)[index].key;
  return SLA_OK;
}

static size_t memory_of(const sla__group *group) {
  const sla__metric_cell *cells = group->metrics.data;
  size_t size = group->metrics.capacity * sizeof *cells;
  for (size_t i = 0; i < group->metrics.count; i++)
    for (int clock = 0; clock < 2; clock++)
      size += sla__histogram_memory(&cells[i].times[clock]);
  return size;
}

size_t sla_report_memory(const sla_report *report) {
  if (report == NULL) return 0;
  const sla__group *groups = report->groups.data;
  size_t size = sizeof *report + report->groups.capacity * sizeof *groups;
  for (size_t i = 0; i < report->groups.count; i++) size += memory_of(&groups[i]);
  return size;
}

/* ---- tickets ---- */

int32_t sla_report_tickets(const sla_report *report, int64_t group, sla_ticket_counts *counts,
                           size_t size) {
  sla_ticket_counts sum = {0};
  if (report == NULL || counts == NULL) return SLA_E_NULL;
  if (!sla__size_ok(size, sizeof *counts)) return SLA_E_ABI;
  chosen asked = choose(report, group);
  for (size_t i = 0; i < asked.count; i++) {
    const uint64_t *tickets = asked.groups[i].tickets;
    sum.tickets += sla__group_tickets(&asked.groups[i]);
    sum.open += tickets[SLA__TICKETS_OPEN];
    sum.done += tickets[SLA__TICKETS_DONE];
    sum.cancelled += tickets[SLA__TICKETS_CANCELLED];
    sum.first_contact += tickets[SLA__TICKETS_FIRST_CONTACT];
    sum.reopened += tickets[SLA__TICKETS_REOPENED];
  }
  sla__record_write(counts, size, &sum, sizeof sum);
  return SLA_OK;
}

int32_t sla_report_backlog(const sla_report *report, int64_t group, uint64_t *counts,
                           size_t capacity, size_t *written) {
  if (report == NULL || counts == NULL || written == NULL) return SLA_E_NULL;
  if (capacity <= report->age_count) return SLA_E_LIMIT;
  chosen asked = choose(report, group);
  for (uint32_t age = 0; age <= report->age_count; age++) {
    counts[age] = 0;
    for (size_t i = 0; i < asked.count; i++) counts[age] += asked.groups[i].backlog[age];
  }
  *written = report->age_count + 1;
  return SLA_OK;
}

uint32_t sla_report_age_count(const sla_report *report) {
  return report == NULL ? 0 : report->age_count;
}

int32_t sla_report_age(const sla_report *report, uint32_t index, sla_seconds *age) {
  if (report == NULL || age == NULL) return SLA_E_NULL;
  if (index >= report->age_count) return SLA_E_ARGUMENT;
  *age = report->ages[index];
  return SLA_OK;
}

/* ---- metrics ---- */

/* Of all that are decided, those in time: hundredths of a per cent, rounded down, so that 10,000
 * says that none was late.  Counts are small enough for it. */
static int64_t share(uint64_t good, uint64_t decided) {
  if (decided == 0) return SLA_NONE;
  uint64_t result = good / decided, rest = good % decided;
  for (int digit = 0; digit < 4; digit++) {
    result = result * 10 + rest * 10 / decided;
    rest = rest * 10 % decided;
  }
  return (int64_t)result;
}

typedef struct {
  uint64_t count;
  int64_t sum, least, most;
} times;

/* False when the sum would be more than a number holds. */
static bool add_times(times *all, const sla__histogram *more) {
  if (more->count == 0) return true;
  if (more->sum > INT64_MAX - all->sum) return false;
  all->least = all->count == 0 ? more->least : sla__min(all->least, more->least);
  all->most = sla__max(all->most, more->most);
  all->count += more->count;
  all->sum += more->sum;
  return true;
}

static void write_times(const times *all, sla_seconds *mean, sla_seconds *least,
                        sla_seconds *most) {
  bool any = all->count > 0;
  *mean = any ? (int64_t)((uint64_t)all->sum / all->count) : SLA_NONE;
  *least = any ? all->least : SLA_NONE;
  *most = any ? all->most : SLA_NONE;
}

static void add_classes(sla_metric_counts *sum, const uint64_t *classes) {
  sum->on_time += classes[SLA__AS_ON_TIME];
  sum->due_soon += classes[SLA__AS_DUE_SOON];
  sum->overdue += classes[SLA__AS_OVERDUE];
  sum->paused += classes[SLA__AS_PAUSED];
  sum->met += classes[SLA__AS_MET];
  sum->missed += classes[SLA__AS_MISSED];
  sum->cancelled += classes[SLA__AS_CANCELLED];
  sum->without_target += classes[SLA__AS_NONE];
}

int32_t sla_report_metric(const sla_report *report, int64_t group, uint32_t metric,
                          sla_metric_counts *counts, size_t size) {
  sla_metric_counts sum = {0};
  times counted = {0}, wall = {0};
  if (report == NULL || counts == NULL) return SLA_E_NULL;
  if (!sla__size_ok(size, sizeof *counts)) return SLA_E_ABI;
  if (metric == 0 || metric >= SLA__REPORT_METRICS) return SLA_E_METRIC;
  chosen asked = choose(report, group);
  for (size_t i = 0; i < asked.count; i++) {
    const sla__metric_cell *cell = sla__group_metric(&asked.groups[i], metric);
    if (cell == NULL) continue;
    add_classes(&sum, cell->classes);
    if (!add_times(&counted, &cell->times[0]) || !add_times(&wall, &cell->times[1]))
      return SLA_E_LIMIT;
  }
  sum.measured = counted.count;
  sum.attainment = share(sum.met, sum.met + sum.missed + sum.overdue);
  write_times(&counted, &sum.mean, &sum.least, &sum.most);
  write_times(&wall, &sum.wall_mean, &sum.wall_least, &sum.wall_most);
  sla__record_write(counts, size, &sum, sizeof sum);
  return SLA_OK;
}

/* ---- percentiles ---- */

typedef struct {
  chosen groups;
  uint32_t metric;
  int clock;
} sample;

static const sla__histogram *histogram_of(const sample *s, size_t i) {
  const sla__metric_cell *cell = sla__group_metric(&s->groups.groups[i], s->metric);
  return cell == NULL ? NULL : &cell->times[s->clock];
}

static uint64_t up_to(const sample *s, uint32_t step) {
  uint64_t count = 0;
  for (size_t i = 0; i < s->groups.count; i++) {
    const sla__histogram *histogram = histogram_of(s, i);
    if (histogram != NULL) count += sla__histogram_up_to(histogram, step);
  }
  return count;
}

/* The first step up to which there are so many values. */
static uint32_t step_holding(const sample *s, uint64_t rank) {
  uint32_t low = 0, high = SLA__STEPS_MAX - 1;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (up_to(s, middle) < rank) low = middle + 1;
    else high = middle;
  }
  return low;
}

static times bounds_of(const sample *s) {
  times all = {.most = 0};
  for (size_t i = 0; i < s->groups.count; i++) {
    const sla__histogram *h = histogram_of(s, i);
    if (h == NULL || h->count == 0) continue;
    all.least = all.count == 0 ? h->least : sla__min(all.least, h->least);
    all.most = sla__max(all.most, h->most);
    all.count += h->count;
  }
  return all;
}

/* ceil(count x share / 10,000), without a product that is too large. */
static uint64_t rank_of(uint64_t count, uint32_t share_of_them) {
  uint64_t whole = count / 10000 * share_of_them;
  return whole + (count % 10000 * share_of_them + 9999) / 10000;
}

int32_t sla_report_percentile(const sla_report *report, int64_t group, uint32_t metric,
                              uint32_t clock, uint32_t share_of_them, sla_seconds *least,
                              sla_seconds *most) {
  if (report == NULL || least == NULL || most == NULL) return SLA_E_NULL;
  if (metric == 0 || metric >= SLA__REPORT_METRICS) return SLA_E_METRIC;
  if (clock != SLA_BUSINESS_HOURS && clock != SLA_AROUND_THE_CLOCK) return SLA_E_ARGUMENT;
  if (share_of_them < 1 || share_of_them > 10000) return SLA_E_ARGUMENT;
  const sample s = {choose(report, group), metric, clock == SLA_AROUND_THE_CLOCK};
  times all = bounds_of(&s);
  if (all.count == 0) {
    *least = *most = SLA_NONE;
    return SLA_OK;
  }
  uint32_t step = step_holding(&s, rank_of(all.count, share_of_them));
  *least = sla__max(sla__step_first(step), all.least);
  *most = sla__min(sla__step_last(step), all.most);
  return SLA_OK;
}

/* ---- the distribution itself ---- */

int32_t sla_report_times_up_to(const sla_report *report, int64_t group, uint32_t metric,
                               uint32_t clock, sla_seconds length, uint64_t *least,
                               uint64_t *most) {
  if (report == NULL || least == NULL || most == NULL) return SLA_E_NULL;
  if (metric == 0 || metric >= SLA__REPORT_METRICS) return SLA_E_METRIC;
  if (clock != SLA_BUSINESS_HOURS && clock != SLA_AROUND_THE_CLOCK) return SLA_E_ARGUMENT;
  if (length < 0 || length > SLA__LENGTH_MAX) return SLA_E_RANGE;
  const sample s = {choose(report, group), metric, clock == SLA_AROUND_THE_CLOCK};
  uint32_t step = sla__step_of(length);
  *most = up_to(&s, step);
  *least = length == sla__step_last(step) ? *most : step == 0 ? 0 : up_to(&s, step - 1);
  return SLA_OK;
}
