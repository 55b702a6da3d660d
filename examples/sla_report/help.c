/* SPDX-License-Identifier: MIT */
#include "help.h"

static const char *const lines[] = {
    "Usage: sla_report [option ...] rules.yaml tickets.csv",
    "Reports how many tickets of an export were on time, are at risk or are late.  The export \"-\"",
    "is standard input.  The rules and policies file says what was promised to which ticket; its",
    "format is in the manual: man -l man/sla_report.1",
    "",
    "  --now TIME                report for this moment instead of the present one",
    "  --format table|csv|json   table unless given",
    "  --html                    one self-contained page instead",
    "  --title TEXT              of the page",
    "  --backtest METRIC=TARGETS attainment with other targets: first-response=1h,2h,4h or",
    "                            resolution=8h..48h/8h, the last number being the step",
    "  --tickets                 the export again, as CSV, each row with its policies and results",
    "  --color auto|always|never auto unless given; NO_COLOR is honoured",
    "  --width COLUMNS           of the table; the terminal's unless given",
    "  --help, --version",
    "",
    "Exit status: 0, 1 when rows were skipped, 2 when nothing could be done.",
    "Example: sla_report --html support.yaml tickets.csv >report.html",
};

void help_print(FILE *to) {
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) fprintf(to, "%s\n", lines[i]);
}
