/* SPDX-License-Identifier: MIT */
/* The log of an incident, by the rules that incidents.h lists.  Nothing is sorted: where a row
 * goes back in time, the rule says to which instant it is moved, and its place stays. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "incidents.h"

const char *const incident_rules[INCIDENT_RULES] = {
    [RULE_STATE_UNKNOWN] = "rows of an unknown state: left out",
    [RULE_PRIORITY_UNKNOWN] = "rows of an unknown priority: the priority stays",
    [RULE_BEFORE_OPENING] = "rows earlier than the opening: moved to the opening",
    [RULE_BACKWARDS] = "rows earlier than the one before: moved to its instant",
    [RULE_NUMBER_AGAIN] = "numbers that come back later in the file: another incident",
    [RULE_TIE] = "rows in the minute of the one before: kept in the order of the file",
    [RULE_REPEATED_STATE] = "rows that repeat the state: kept, a status event without effect",
    [RULE_PRIORITY_CHANGED] = "rows of another priority: a priority event before the status",
    [RULE_GROUP_CHANGED] = "rows of another group: a group event before the status",
    [RULE_ASKED_AGAIN] = "rows that ask the user after the first reply: another reply",
    [RULE_ANSWERED] = "rows that no longer await the user, and are not done: the user's message",
    [RULE_FIRST_NOT_NEW] = "incidents whose first row is not New: new until that row",
    [RULE_NEVER_WORKED_ON] = "incidents never Active nor Awaiting User Info: no reply",
    [RULE_ROWS_AFTER_CLOSED] = "incidents with rows after Closed: those rows count as any other",
    [RULE_RESOLVED_FIRST] = "incidents with resolved_at before the opening: the rows decide",
    [RULE_RESOLVED_MISSING] = "incidents without resolved_at: the rows decide",
    [RULE_RESOLVED_OTHER] = "incidents with resolved_at not the first Resolved: the rows decide",
    [RULE_CLOSED_OTHER] = "incidents with closed_at not the first Closed: the rows decide",
    [RULE_REOPENED_OTHER] = "incidents with another reopen_count than the rows: the rows decide",
};

enum { EVENTS_A_ROW = 4, EVENTS_AT_OPENING = 2 };

static bool is_done(uint32_t status) {
  return status == SLA_TICKET_SOLVED || status == SLA_TICKET_CLOSED;
}

/* A log being written. */
typedef struct writer {
  incidents *all;
  sla_event *next;
  sla_time last;     /* instant of the event before */
  uint32_t priority, group, status; /* in force */
  bool raw, replied;
} writer;

static void write_event(writer *w, sla_time at, uint32_t kind, int64_t value) {
  *w->next++ = (sla_event){at, value, kind, 0};
  w->last = at;
}

/* The instant a row gets. */
static sla_time instant_of(writer *w, const incident *i, const incident_row *row, bool first) {
  w->all->rules[RULE_TIE] += !first && row->at == row[-1].at;
  if (row->at < i->opened_at)
    w->all->rules[RULE_BEFORE_OPENING]++;
  else if (row->at < w->last)
    w->all->rules[RULE_BACKWARDS]++;
  return row->at < w->last && !w->raw ? w->last : row->at;
}

static void write_group(writer *w, sla_time at, uint32_t group) {
  if (group == w->group) return;
  w->all->rules[RULE_GROUP_CHANGED]++;
  write_event(w, at, SLA_EVENT_GROUP, group);
  w->group = group;
}

/* Work on an incident shows as the first Active, and as every question to the user: each is taken
 * as an agent's public reply.  A question that ends without a solution ends with an answer. */
static void write_talk(writer *w, sla_time at, uint32_t status) {
  size_t *rules = w->all->rules;
  bool asks = status == SLA_TICKET_PENDING && w->status != SLA_TICKET_PENDING;
  if (asks || (status == SLA_TICKET_OPEN && !w->replied)) {
    rules[RULE_ASKED_AGAIN] += w->replied;
    write_event(w, at, SLA_EVENT_AGENT_REPLY, 0);
    w->replied = true;
  }
  if (w->status != SLA_TICKET_PENDING || status == SLA_TICKET_PENDING || is_done(status)) return;
  rules[RULE_ANSWERED]++;
  write_event(w, at, SLA_EVENT_CUSTOMER_MESSAGE, 0);
}

static void write_row(writer *w, const incident *i, const incident_row *row, bool first) {
  size_t *rules = w->all->rules;
  sla_time at = instant_of(w, i, row, first);
  rules[RULE_STATE_UNKNOWN] += row->status == 0;
  rules[RULE_PRIORITY_UNKNOWN] += row->priority == 0;
  rules[RULE_REPEATED_STATE] += !first && row->status == row[-1].status;
  if (row->priority != 0 && row->priority != w->priority) {
    rules[RULE_PRIORITY_CHANGED]++;
    write_event(w, at, SLA_EVENT_PRIORITY, row->priority);
    w->priority = row->priority;
  }
  write_group(w, at, row->group);
  if (row->status == 0) return;
  write_talk(w, at, row->status);
  write_event(w, at, SLA_EVENT_STATUS, row->status);
  w->status = row->status;
}

static const incident_row *first_of(const incident_row *row, size_t count, uint32_t status) {
  for (size_t i = 0; i < count; i++)
    if (row[i].status == status) return &row[i];
  return NULL;
}

static int64_t reopenings(const incident_row *row, size_t count) {
  int64_t times = 0;
  for (size_t i = 1; i < count; i++) times += is_done(row[i - 1].status) && !is_done(row[i].status);
  return times;
}

/* What only the columns of the whole incident can contradict. */
static void count_contradictions(incidents *all, const incident *i) {
  const incident_row *row = &all->row[i->first_row];
  const incident_row *resolved = first_of(row, i->rows, SLA_TICKET_SOLVED);
  const incident_row *closed = first_of(row, i->rows, SLA_TICKET_CLOSED);
  size_t *rules = all->rules;
  bool has_resolved = i->resolved_at != SLA_NONE;
  rules[RULE_FIRST_NOT_NEW] += row->status != SLA_TICKET_NEW;
  rules[RULE_ROWS_AFTER_CLOSED] += closed != NULL && closed != &row[i->rows - 1];
  rules[RULE_RESOLVED_MISSING] += !has_resolved;
  rules[RULE_RESOLVED_FIRST] += has_resolved && i->resolved_at < i->opened_at;
  rules[RULE_RESOLVED_OTHER] += has_resolved && resolved != NULL && resolved->at != i->resolved_at;
  rules[RULE_CLOSED_OTHER] += closed != NULL && closed->at != i->closed_at;
  rules[RULE_REOPENED_OTHER] += reopenings(row, i->rows) != i->reopen_count;
}

static sla_event *write_log(incidents *all, const incident *i, sla_event *next, bool raw) {
  const incident_row *row = &all->row[i->first_row];
  writer w = {.all = all, .next = next, .priority = row->priority, .raw = raw};
  write_event(&w, i->opened_at, SLA_EVENT_CREATED, SLA_CREATOR_CUSTOMER);
  write_event(&w, i->opened_at, SLA_EVENT_PRIORITY, row->priority);
  for (size_t r = 0; r < i->rows; r++) write_row(&w, i, &row[r], r == 0);
  all->rules[RULE_NEVER_WORKED_ON] += !w.replied;
  return w.next;
}

void incidents_make_logs(incidents *all, bool raw) {
  size_t most = all->rows * EVENTS_A_ROW + all->count * EVENTS_AT_OPENING;
  size_t again = all->rules[RULE_NUMBER_AGAIN]; /* seen while reading */
  free(all->event);
  free(all->offset);
  all->event = calloc(most + 1, sizeof *all->event);
  all->offset = calloc(all->count + 1, sizeof *all->offset);
  assert_non_null(all->event);
  assert_non_null(all->offset);
  for (int rule = 0; rule < INCIDENT_RULES; rule++) all->rules[rule] = 0;
  all->rules[RULE_NUMBER_AGAIN] = again;
  sla_event *next = all->event;
  for (size_t i = 0; i < all->count; i++) {
    count_contradictions(all, &all->incident[i]);
    next = write_log(all, &all->incident[i], next, raw);
    all->offset[i + 1] = (uint64_t)(next - all->event);
  }
}
