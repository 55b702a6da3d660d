/* SPDX-License-Identifier: MIT */
/* The tables of cases that every language runs, tests/cases: what they hold and how they are
 * written is said in tests/cases/README. */
#ifndef SLA_TESTS_TABLE_H
#define SLA_TESTS_TABLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A field of a row, in the order of the columns; NULL for "-". */
typedef const char *table_field;

typedef struct {
  const char *file;           /* in tests/cases, or in $SLA_TEST_CASES */
  const char *const *columns; /* its heading; NULL after the last; one is "name" */
  CMUnitTestFunction test;    /* its state is the fields of a row, of type const table_field * */
} table;

/* A test of its own for every row of every table, called by file, line and name, and then `others`,
 * all as one group.  Gives what main does.  A table that is not as README says ends the program,
 * naming the file and the line. */
int table_run(const char *group, const table *tables, size_t count,
              const struct CMUnitTest *others, size_t other_count);

#endif
