/* SPDX-License-Identifier: MIT */
/* Reads the incidents: a CSV without quotes, columns found by name. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "incidents.h"

#include <stdio.h>
#include <string.h>

enum { LINE = 4096, FIELDS = 64 };

enum column {
  NUMBER, STATE, UPDATED, OPENED, RESOLVED, CLOSED, PRIORITY, REOPENED, MADE, GROUP, COLUMNS
};

static const char *const column_names[COLUMNS] = {
    "number",   "incident_state", "sys_updated_at", "opened_at", "resolved_at",
    "closed_at", "priority",      "reopen_count",   "made_sla",  "assignment_group"};

typedef struct reader {
  FILE *file;
  int line, column[COLUMNS];
  char text[LINE];
  char *field[FIELDS];
  int fields;
} reader;

static bool read_line(reader *r) {
  if (fgets(r->text, LINE, r->file) == NULL) return false;
  r->line++;
  r->text[strcspn(r->text, "\r\n")] = '\0';
  if (strchr(r->text, '"') != NULL) fail_msg("line %d: a quote, which this reader leaves alone",
                                             r->line);
  r->fields = 0;
  for (char *at = r->text; at != NULL && r->fields < FIELDS;) {
    r->field[r->fields++] = at;
    at = strchr(at, ',');
    if (at != NULL) *at++ = '\0';
  }
  return true;
}

static void read_header(reader *r) {
  assert_true(read_line(r));
  for (int c = 0; c < COLUMNS; c++) {
    r->column[c] = -1;
    for (int i = 0; i < r->fields; i++)
      if (strcmp(r->field[i], column_names[c]) == 0) r->column[c] = i;
    if (r->column[c] < 0) fail_msg("no column %s", column_names[c]);
  }
}

static const char *field(const reader *r, enum column c) {
  if (r->column[c] >= r->fields) fail_msg("line %d: no %s", r->line, column_names[c]);
  return r->field[r->column[c]];
}

/* Days since 1970-01-01, counted year by year and month by month. */
static int64_t days_until(int year, int month, int day) {
  static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int64_t days = day - 1;
  for (int y = 1970; y < year; y++) days += y % 4 == 0 ? 366 : 365; /* until 2099 */
  for (int m = 1; m < month; m++) days += length[m - 1] + (m == 2 && year % 4 == 0);
  return days;
}

/* "29-02-2016 01:16", read as UTC; "?" is none. */
static sla_time time_of(const reader *r, enum column c) {
  const char *text = field(r, c);
  int day, month, year, hour, minute, length = 0;
  if (strcmp(text, "?") == 0) return SLA_NONE;
  int read = sscanf(text, "%2d-%2d-%4d %2d:%2d%n", &day, &month, &year, &hour, &minute, &length);
  if (read != 5 || text[length] != '\0' || month < 1 || month > 12 || day < 1 || day > 31 ||
      hour > 23 || minute > 59 || year < 1970 || year > 2099)
    fail_msg("line %d: %s is no time: %s", r->line, column_names[c], text);
  return days_until(year, month, day) * 86400 + hour * 3600 + minute * 60;
}

static uint32_t status_of(const char *state) {
  static const struct {
    const char *state;
    uint32_t status;
  } known[] = {
      {"New", SLA_TICKET_NEW},
      {"Active", SLA_TICKET_OPEN},
      {"Awaiting User Info", SLA_TICKET_PENDING},
      {"Awaiting Problem", AWAITING_PROBLEM},
      {"Awaiting Vendor", AWAITING_VENDOR},
      {"Awaiting Evidence", AWAITING_EVIDENCE},
      {"Resolved", SLA_TICKET_SOLVED},
      {"Closed", SLA_TICKET_CLOSED},
  };
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
    if (strcmp(state, known[i].state) == 0) return known[i].status;
  return 0;
}

static uint32_t priority_of(const char *text) {
  static const uint32_t known[] = {SLA_PRIORITY_URGENT, SLA_PRIORITY_HIGH, SLA_PRIORITY_NORMAL,
                                   SLA_PRIORITY_LOW};
  return text[0] >= '1' && text[0] <= '4' && text[1] == ' ' ? known[text[0] - '1'] : 0;
}

/* "Group 56"; "?" is none. */
static uint32_t group_of(const reader *r) {
  unsigned group = 0;
  int length = 0;
  const char *text = field(r, GROUP);
  if (strcmp(text, "?") == 0) return 0;
  if (sscanf(text, "Group %u%n", &group, &length) != 1 || text[length] != '\0' || group == 0)
    fail_msg("line %d: no group: %s", r->line, text);
  return group;
}

static bool read_before(const incidents *all, const char *number) {
  for (size_t i = 0; i + 1 < all->count; i++)
    if (strcmp(all->incident[i].number, number) == 0) return true;
  return false;
}

/* The incident of this row: the last one, or a new one. */
static incident *incident_of(incidents *all, const reader *r) {
  const char *number = field(r, NUMBER);
  incident *last = all->count > 0 ? &all->incident[all->count - 1] : NULL;
  if (last != NULL && strcmp(last->number, number) == 0) return last;
  last = &all->incident[all->count++];
  *last = (incident){.first_row = all->rows};
  if (strlen(number) >= sizeof last->number) fail_msg("line %d: a long number", r->line);
  memcpy(last->number, number, strlen(number));
  all->rules[RULE_NUMBER_AGAIN] += read_before(all, number);
  return last;
}

static void take_row(incidents *all, const reader *r) {
  incident *i = incident_of(all, r);
  sla_time opened_at = time_of(r, OPENED);
  if (opened_at == SLA_NONE || (i->rows > 0 && opened_at != i->opened_at))
    fail_msg("line %d: an incident opens once", r->line);
  i->opened_at = opened_at;
  i->resolved_at = time_of(r, RESOLVED);
  i->closed_at = time_of(r, CLOSED);
  i->reopen_count = strtol(field(r, REOPENED), NULL, 10);
  i->made_sla = strcmp(field(r, MADE), "TRUE") == 0;
  i->rows++;
  incident_row *row = &all->row[all->rows++];
  *row = (incident_row){time_of(r, UPDATED), status_of(field(r, STATE)),
                        priority_of(field(r, PRIORITY)), group_of(r)};
  if (row->at == SLA_NONE) fail_msg("line %d: a row without its time", r->line);
}

static size_t count_lines(FILE *file) {
  size_t lines = 1;
  for (int c = fgetc(file); c != EOF; c = fgetc(file)) lines += c == '\n';
  rewind(file);
  return lines;
}

incidents *incidents_read(const char *path) {
  reader r = {.file = fopen(path, "r")};
  if (r.file == NULL) return NULL;
  incidents *all = calloc(1, sizeof *all);
  assert_non_null(all);
  all->capacity = count_lines(r.file);
  all->incident = calloc(all->capacity, sizeof *all->incident);
  all->row = calloc(all->capacity, sizeof *all->row);
  assert_non_null(all->incident);
  assert_non_null(all->row);
  for (read_header(&r); read_line(&r);) take_row(all, &r);
  fclose(r.file);
  return all;
}

void incidents_free(incidents *all) {
  free(all->incident);
  free(all->row);
  free(all->event);
  free(all->offset);
  free(all);
}
