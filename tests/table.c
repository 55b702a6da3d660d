/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef SLA_TESTS_DIR
#define SLA_TESTS_DIR "tests"
#endif

#define TESTS 2048
#define COLUMNS 16

/* All that a program reads is kept until it ends. */
static char text[1 << 19];
static size_t text_used;
static table_field rows[TESTS][COLUMNS];
static struct CMUnitTest tests[TESTS];
static size_t test_count;

typedef struct {
  const table *table;
  unsigned line;
  size_t columns, name; /* how many there are, and which is the name */
  size_t first;         /* row of the table */
} place;

static _Noreturn void malformed(const place *p, const char *what) {
  fprintf(stderr, "tests/cases/%s:%u: %s\n", p->table->file, p->line, what);
  exit(1);
}

static char *read_file(const place *p) {
  const char *directory = getenv("SLA_TEST_CASES");
  char path[1024], *start = text + text_used;
  size_t room = sizeof text - text_used;
  if (directory == NULL) directory = SLA_TESTS_DIR "/cases";
  snprintf(path, sizeof path, "%s/%s", directory, p->table->file);
  FILE *file = fopen(path, "rb");
  if (file == NULL) malformed(p, "cannot be opened");
  size_t length = fread(start, 1, room, file);
  fclose(file);
  if (length == room) malformed(p, "too long");
  if (length == 0 || start[length - 1] != '\n') malformed(p, "the last line does not end");
  if (memchr(start, '\0', length) != NULL) malformed(p, "a zero byte");
  start[length - 1] = '\0'; /* lines are what newlines part */
  text_used += length;
  return start;
}

/* Splits at every separator; gives the next part, or NULL after the last. */
static char *next_part(char **rest, char separator) {
  char *part = *rest;
  if (part == NULL) return NULL;
  char *end = strchr(part, separator);
  *rest = end == NULL ? NULL : end + 1;
  if (end != NULL) *end = '\0';
  return part;
}

static char unescaped(const place *p, char c) {
  static const char letters[] = "ntrs\\", meant[] = "\n\t\r \\";
  const char *letter = c == '\0' ? NULL : strchr(letters, c);
  if (letter == NULL) malformed(p, "an unknown escape");
  return meant[letter - letters];
}

static table_field read_field(const place *p, char *field) {
  size_t length = strlen(field), used = 0;
  if (strcmp(field, "-") == 0) return NULL;
  if (length == 0) malformed(p, "an empty field");
  if (field[0] == ' ' || field[length - 1] == ' ') malformed(p, "a blank at the end of a field");
  for (const char *c = field; *c != '\0'; c++) {
    if ((unsigned char)*c < ' ') malformed(p, "a control character");
    field[used++] = *c == '\\' ? unescaped(p, *++c) : *c;
  }
  field[used] = '\0';
  return field;
}

static void read_heading(place *p, char *line) {
  p->name = COLUMNS;
  for (; p->table->columns[p->columns] != NULL; p->columns++) {
    const char *wanted = p->table->columns[p->columns], *column = next_part(&line, '\t');
    if (p->columns == COLUMNS) malformed(p, "too many columns");
    if (column == NULL || strcmp(column, wanted) != 0) malformed(p, "another column is expected");
    if (strcmp(wanted, "name") == 0) p->name = p->columns;
  }
  if (line != NULL) malformed(p, "a column too many");
  if (p->name == COLUMNS) malformed(p, "no names");
}

static bool is_same(table_field one, table_field other) {
  return one == NULL || other == NULL ? one == other : strcmp(one, other) == 0;
}

/* The name and what stands before it, the group. */
static bool are_namesakes(const place *p, const table_field *one, const table_field *other) {
  for (size_t i = 0; i <= p->name; i++)
    if (!is_same(one[i], other[i])) return false;
  return true;
}

static void add_test(const place *p, table_field *row) {
  char *name = text + text_used;
  size_t room = sizeof text - text_used;
  if (row[p->name] == NULL) malformed(p, "no name");
  for (size_t i = p->first; i < test_count; i++)
    if (are_namesakes(p, rows[i], row)) malformed(p, "a name for the second time");
  size_t length = (size_t)snprintf(name, room, "%s:%u: %s", p->table->file, p->line, row[p->name]);
  if (length >= room) malformed(p, "too much text");
  text_used += length + 1;
  tests[test_count++] = (struct CMUnitTest){name, p->table->test, NULL, NULL, row};
}

static void read_row(const place *p, char *line) {
  if (test_count == TESTS) malformed(p, "too many rows");
  table_field *row = rows[test_count];
  for (size_t i = 0; i < p->columns; i++) {
    char *field = next_part(&line, '\t');
    if (field == NULL) malformed(p, "a field is missing");
    row[i] = read_field(p, field);
  }
  if (line != NULL) malformed(p, "a field too many");
  add_test(p, row);
}

static void read_table(const table *t) {
  place p = {.table = t, .line = 1, .first = test_count};
  char *rest = read_file(&p);
  read_heading(&p, next_part(&rest, '\n'));
  for (char *line; (line = next_part(&rest, '\n')) != NULL;) {
    p.line++;
    if (*line != '\0' && *line != '#') read_row(&p, line);
  }
  if (test_count == p.first) malformed(&p, "no rows");
}

int table_run(const char *group, const table *tables, size_t count,
              const struct CMUnitTest *others, size_t other_count) {
  for (size_t i = 0; i < count; i++) read_table(&tables[i]);
  if (other_count > TESTS - test_count) return 1;
  if (other_count > 0) memcpy(tests + test_count, others, other_count * sizeof *others);
  return _cmocka_run_group_tests(group, tests, test_count + other_count, NULL, NULL) != 0;
}
