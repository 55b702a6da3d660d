/* SPDX-License-Identifier: MIT */
/* The object, tickets that are added to it, and reports that are merged. */
#include "report.h"

#include "error.h"

/* ---- places ---- */

sla_report *sla__report_create(const sla_allocator *allocator) {
  const sla_allocator chosen = sla__mem_allocator(allocator);
  sla_report *report = sla__mem_new(&chosen, sizeof *report);
  if (report != NULL) report->allocator = chosen;
  return report;
}

static sla__group *groups_of(const sla_report *report) { return report->groups.data; }
static sla__metric_cell *cells_of(const sla__group *group) { return group->metrics.data; }

static size_t group_place(const sla_report *report, int64_t key) {
  size_t low = 0, high = report->groups.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (groups_of(report)[middle].key < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

const sla__group *sla__report_group(const sla_report *report, int64_t key) {
  size_t place = group_place(report, key);
  if (place == report->groups.count) return NULL; /* where there may be no array at all */
  const sla__group *found = groups_of(report) + place;
  return found->key == key ? found : NULL;
}

sla__group *sla__report_put_group(sla_report *report, int64_t key) {
  size_t place = group_place(report, key);
  if (place < report->groups.count && groups_of(report)[place].key == key)
    return groups_of(report) + place;
  sla__group *made =
      sla__array_insert(&report->allocator, &report->groups, sizeof *made, place);
  if (made != NULL) made->key = key;
  return made;
}

static size_t cell_place(const sla__group *group, uint32_t metric) {
  size_t place = 0;
  while (place < group->metrics.count && cells_of(group)[place].metric < metric) place++;
  return place;
}

const sla__metric_cell *sla__group_metric(const sla__group *group, uint32_t metric) {
  size_t place = cell_place(group, metric);
  if (place == group->metrics.count) return NULL;
  const sla__metric_cell *found = cells_of(group) + place;
  return found->metric == metric ? found : NULL;
}

sla__metric_cell *sla__group_put_metric(const sla_allocator *allocator, sla__group *group,
                                        uint32_t metric) {
  size_t place = cell_place(group, metric);
  if (place < group->metrics.count && cells_of(group)[place].metric == metric)
    return cells_of(group) + place;
  sla__metric_cell *made =
      sla__array_insert(allocator, &group->metrics, sizeof *made, place);
  if (made != NULL) made->metric = metric;
  return made;
}

/* ---- making and freeing ---- */

static void free_times(const sla_allocator *allocator, sla__metric_cell *cell) {
  for (int clock = 0; clock < 2; clock++) sla__histogram_free(allocator, &cell->times[clock]);
}

static void free_group(const sla_allocator *allocator, sla__group *group) {
  for (size_t i = 0; i < group->metrics.count; i++) free_times(allocator, &cells_of(group)[i]);
  sla__array_free(allocator, &group->metrics, sizeof(sla__metric_cell));
}

void sla_report_free(sla_report *report) {
  if (report == NULL) return;
  const sla_allocator allocator = report->allocator;
  for (size_t i = 0; i < report->groups.count; i++) free_group(&allocator, &groups_of(report)[i]);
  sla__array_free(&allocator, &report->groups, sizeof(sla__group));
  sla__mem_free(&allocator, report, sizeof *report);
}

static int32_t check_ages(const sla_seconds *ages, size_t count, sla_error *error) {
  if (ages == NULL && count > 0) return sla__fail_null(error, 2);
  if (count > SLA__AGES_MAX)
    return sla__fail_argument(error, SLA_E_LIMIT, 3, (int64_t)sla__min((int64_t)count, INT32_MAX),
                              SLA__AGES_MAX);
  for (size_t i = 0; i < count; i++) {
    int64_t least = i == 0 ? 0 : ages[i - 1];
    if (ages[i] <= least || ages[i] > SLA__LENGTH_MAX)
      return sla__fail_index(error, SLA_E_ARGUMENT, (int64_t)i, ages[i],
                             ages[i] <= least ? least : SLA__LENGTH_MAX);
  }
  return SLA_OK;
}

int32_t sla_report_new(const sla_allocator *allocator, const sla_seconds *ages, size_t count,
                       sla_report **report, sla_error *error) {
  if (report == NULL) return sla__fail_null(error, 4);
  int32_t code = check_ages(ages, count, error);
  if (code != SLA_OK) return code;
  sla_report *made = sla__report_create(allocator);
  if (made == NULL) return sla__fail(error, SLA_E_MEMORY);
  made->age_count = (uint32_t)count;
  if (count > 0) memcpy(made->ages, ages, count * sizeof *ages);
  *report = made;
  return SLA_OK;
}

/* ---- adding: room for everything first, so that what follows cannot fail ---- */

static sla__class class_of(const sla_result *result) {
  if (result->phase == SLA_CANCELLED) return SLA__AS_CANCELLED;
  if (result->status == SLA_STATUS_NONE) return SLA__AS_NONE;
  if (result->phase == SLA_FULFILLED)
    return result->status == SLA_OVERDUE ? SLA__AS_MISSED : SLA__AS_MET;
  if (result->status == SLA_OVERDUE) return SLA__AS_OVERDUE;
  if (result->phase == SLA_PAUSED) return SLA__AS_PAUSED;
  return result->status == SLA_DUE_SOON ? SLA__AS_DUE_SOON : SLA__AS_ON_TIME;
}

static bool is_length(sla_seconds length) { return length >= 0 && length <= SLA__LENGTH_MAX; }

static int32_t check_result(const sla_result *result, size_t index, sla_error *error) {
  int64_t at = (int64_t)index;
  if (result->metric == 0 || result->metric > 63)
    return sla__fail_index(error, SLA_E_METRIC, at, result->metric, 63);
  if (result->phase > SLA_CANCELLED)
    return sla__fail_index(error, SLA_E_ARGUMENT, at, result->phase, SLA_CANCELLED);
  if (result->status > SLA_OVERDUE)
    return sla__fail_index(error, SLA_E_ARGUMENT, at, result->status, SLA_OVERDUE);
  if (result->phase != SLA_FULFILLED) return SLA_OK;
  if (!is_length(result->elapsed))
    return sla__fail_index(error, SLA_E_RANGE, at, result->elapsed, SLA__LENGTH_MAX);
  if (!is_length(result->wall_elapsed))
    return sla__fail_index(error, SLA_E_RANGE, at, result->wall_elapsed, SLA__LENGTH_MAX);
  return SLA_OK;
}

static int32_t check_history(const sla_history *history, sla_time now, sla_error *error) {
  if (history->state > SLA_HISTORY_CANCELLED)
    return sla__fail_argument(error, SLA_E_ARGUMENT, 3, history->state, SLA_HISTORY_CANCELLED);
  if (!sla__valid_time(history->created_at) || history->created_at > now)
    return sla__fail_argument(error, SLA_E_RANGE, 3, history->created_at,
                              sla__nearer(history->created_at, SLA_TIME_MIN, now));
  return SLA_OK;
}

static int32_t check_add(const sla_report *report, int64_t group, const sla_history *history,
                         size_t history_size, const sla_result *results, size_t count,
                         size_t result_size, sla_time now, sla_error *error) {
  if (report == NULL) return sla__fail_null(error, 1);
  if (group == SLA_NONE) return sla__fail_argument(error, SLA_E_ARGUMENT, 2, group, 0);
  if (history == NULL) return sla__fail_null(error, 3);
  if (results == NULL && count > 0) return sla__fail_null(error, 5);
  if (count > SLA__VALUES_MAX)
    return sla__fail_argument(error, SLA_E_LIMIT, 6, (int64_t)SLA__VALUES_MAX + 1,
                              (int64_t)SLA__VALUES_MAX);
  int32_t code = sla__check_size(error, 4, history_size, sizeof *history);
  if (code == SLA_OK && count > 0) code = sla__check_size(error, 7, result_size, sizeof *results);
  if (code == SLA_OK && !sla__valid_time(now))
    code = sla__fail_argument(error, SLA_E_RANGE, 8, now,
                              sla__nearer(now, SLA_TIME_MIN, SLA_TIME_MAX));
  if (code == SLA_OK && history->state != SLA_HISTORY_NONE)
    code = check_history(history, now, error);
  for (size_t i = 0; i < count && code == SLA_OK; i++)
    code = check_result(SLA__CONST_AT(sla_result, results, result_size, i), i, error);
  return code;
}

static int32_t reserve(sla_report *report, sla__group *group, const sla_result *result,
                       size_t among) {
  const sla_allocator *allocator = &report->allocator;
  sla__metric_cell *cell = sla__group_put_metric(allocator, group, result->metric);
  if (cell == NULL) return SLA_E_MEMORY;
  if (cell->classes[class_of(result)] + among > SLA__COUNT_MAX) return SLA_E_LIMIT;
  if (result->phase != SLA_FULFILLED) return SLA_OK;
  int32_t code = sla__histogram_reserve(allocator, &cell->times[0], result->elapsed, among);
  if (code != SLA_OK) return code;
  return sla__histogram_reserve(allocator, &cell->times[1], result->wall_elapsed, among);
}

static bool is_empty(const sla__metric_cell *cell) {
  uint64_t all = 0;
  for (int i = 0; i < SLA__CLASSES; i++) all |= cell->classes[i];
  return all == 0;
}

/* Takes away metrics that were reserved and are not used. */
static void trim_group(const sla_allocator *allocator, sla__group *group) {
  size_t kept = 0;
  for (size_t i = 0; i < group->metrics.count; i++) {
    sla__metric_cell *cell = &cells_of(group)[i];
    if (!is_empty(cell)) cells_of(group)[kept++] = *cell;
    else free_times(allocator, cell);
  }
  group->metrics.count = kept;
}

static void trim(sla_report *report, int64_t key) {
  size_t place = group_place(report, key);
  sla__group *group = groups_of(report) + place;
  trim_group(&report->allocator, group);
  if (sla__group_tickets(group) > 0) return;
  free_group(&report->allocator, group);
  report->groups.count--;
  memmove(group, group + 1, (report->groups.count - place) * sizeof *group);
}

static void count_ticket(const sla_report *report, sla__group *group, const sla_history *history,
                         sla_time now) {
  uint32_t age = 0;
  uint64_t *tickets = group->tickets;
  tickets[SLA__TICKETS_OPEN] += history->state == SLA_HISTORY_OPEN;
  tickets[SLA__TICKETS_DONE] += history->state == SLA_HISTORY_DONE;
  tickets[SLA__TICKETS_CANCELLED] += history->state == SLA_HISTORY_CANCELLED;
  tickets[SLA__TICKETS_REOPENED] += history->reopenings > 0;
  tickets[SLA__TICKETS_FIRST_CONTACT] += history->state == SLA_HISTORY_DONE &&
                                         history->reopenings == 0 && history->replies <= 1;
  if (history->state != SLA_HISTORY_OPEN) return;
  while (age < report->age_count && now - history->created_at > report->ages[age]) age++;
  group->backlog[age]++;
}

static void count_result(sla__group *group, const sla_result *result) {
  sla__metric_cell *cell = cells_of(group) + cell_place(group, result->metric);
  cell->classes[class_of(result)]++;
  if (result->phase != SLA_FULFILLED) return;
  sla__histogram_add(&cell->times[0], result->elapsed);
  sla__histogram_add(&cell->times[1], result->wall_elapsed);
}

/* A metric that never started is not counted. */
static bool counts(const sla_result *result) { return result->phase != SLA_INACTIVE; }

int32_t sla_report_add(sla_report *report, int64_t group, const sla_history *history,
                       size_t history_size, const sla_result *results, size_t count,
                       size_t result_size, sla_time now, sla_error *error) {
  int32_t code = check_add(report, group, history, history_size, results, count, result_size, now,
                           error);
  if (code != SLA_OK || history->state == SLA_HISTORY_NONE) return code;
  sla__group *place = sla__report_put_group(report, group);
  if (place == NULL) return sla__fail(error, SLA_E_MEMORY);
  if (report->groups.count > SLA__GROUPS_MAX || sla__group_tickets(place) >= SLA__COUNT_MAX)
    code = SLA_E_LIMIT;
  for (size_t i = 0; i < count && code == SLA_OK; i++) {
    const sla_result *result = SLA__CONST_AT(sla_result, results, result_size, i);
    if (counts(result)) code = reserve(report, place, result, count);
  }
  if (code != SLA_OK) {
    trim(report, group);
    return sla__fail(error, code);
  }
  count_ticket(report, place, history, now);
  for (size_t i = 0; i < count; i++) {
    const sla_result *result = SLA__CONST_AT(sla_result, results, result_size, i);
    if (counts(result)) count_result(place, result);
  }
  return SLA_OK;
}

/* ---- merging: into a copy, which then takes the place of what there was ---- */

static bool copy_group(const sla_allocator *allocator, const sla__group *from, sla__group *to) {
  *to = *from;
  if (!sla__array_copy(allocator, &from->metrics, sizeof(sla__metric_cell), &to->metrics))
    return false;
  for (size_t i = 0; i < to->metrics.count; i++)
    for (int clock = 0; clock < 2; clock++)
      cells_of(to)[i].times[clock].blocks = (sla__array){0};
  for (size_t i = 0; i < to->metrics.count; i++)
    for (int clock = 0; clock < 2; clock++)
      if (!sla__histogram_copy(allocator, &cells_of(from)[i].times[clock],
                               &cells_of(to)[i].times[clock]))
        return false;
  return true;
}

/* A part that could not be copied is left in it, to be freed. */
static bool copy_groups(const sla_report *from, sla_report *to) {
  for (size_t i = 0; i < from->groups.count; i++) {
    sla__group *place = sla__array_push(&to->allocator, &to->groups, sizeof *place);
    if (place == NULL || !copy_group(&to->allocator, &groups_of(from)[i], place)) return false;
  }
  return true;
}

static int32_t merge_cell(const sla_allocator *allocator, sla__metric_cell *into,
                          const sla__metric_cell *from) {
  for (int i = 0; i < SLA__CLASSES; i++) {
    into->classes[i] += from->classes[i];
    if (into->classes[i] > SLA__COUNT_MAX) return SLA_E_LIMIT;
  }
  int32_t code = sla__histogram_merge(allocator, &into->times[0], &from->times[0]);
  return code == SLA_OK ? sla__histogram_merge(allocator, &into->times[1], &from->times[1]) : code;
}

static int32_t merge_group(sla_report *into, const sla__group *from) {
  int32_t code = SLA_OK;
  sla__group *group = sla__report_put_group(into, from->key);
  if (group == NULL) return SLA_E_MEMORY;
  for (int i = 0; i < SLA__TICKET_KINDS; i++) group->tickets[i] += from->tickets[i];
  for (int i = 0; i <= SLA__AGES_MAX; i++) group->backlog[i] += from->backlog[i];
  if (sla__group_tickets(group) > SLA__COUNT_MAX) return SLA_E_LIMIT;
  for (size_t i = 0; i < from->metrics.count && code == SLA_OK; i++) {
    sla__metric_cell *cell =
        sla__group_put_metric(&into->allocator, group, cells_of(from)[i].metric);
    code = cell == NULL ? SLA_E_MEMORY : merge_cell(&into->allocator, cell, &cells_of(from)[i]);
  }
  return code;
}

static bool same_ages(const sla_report *a, const sla_report *b) {
  return a->age_count == b->age_count &&
         memcmp(a->ages, b->ages, a->age_count * sizeof *a->ages) == 0;
}

int32_t sla_report_merge(sla_report *into, const sla_report *from, sla_error *error) {
  if (into == NULL) return sla__fail_null(error, 1);
  if (from == NULL) return sla__fail_null(error, 2);
  if (!same_ages(into, from)) return sla__fail_argument(error, SLA_E_ARGUMENT, 2, 0, 0);
  sla_report *made = sla__report_create(&into->allocator);
  if (made == NULL) return sla__fail(error, SLA_E_MEMORY);
  int32_t code = copy_groups(into, made) ? SLA_OK : SLA_E_MEMORY;
  for (size_t i = 0; i < from->groups.count && code == SLA_OK; i++)
    code = merge_group(made, &groups_of(from)[i]);
  if (code == SLA_OK && made->groups.count > SLA__GROUPS_MAX) code = SLA_E_LIMIT;
  if (code == SLA_OK) {
    sla__array merged = made->groups;
    made->groups = into->groups;
    into->groups = merged;
  } else {
    sla__fail(error, code);
  }
  sla_report_free(made);
  return code;
}
