/* SPDX-License-Identifier: MIT */
/* Every value of every option; see tests/cases/README. */
#include "table.h"
#include "told.h"

int main(void) {
  static const table options = {"evaluation_options.tsv", told_columns, told_case};
  return table_run("options", &options, 1, NULL, 0);
}
