/* SPDX-License-Identifier: MIT */
#include "help.h"

static const char *const lines[] = {
    "Usage: ticket_queue [option ...] file.csv",
    "Prints a helpdesk's tickets, the most urgent first.  The file \"-\" is standard input.",
    "",
    "What was promised (at least one of these):",
    "  --first-response TARGETS  from creation to the first reply",
    "  --next-response TARGETS   from an unanswered message to the next reply",
    "  --resolution TARGETS      from creation to solved",
    "      TARGETS: 4h for every priority, or urgent=15m,high=1h,normal=4h,low=1wd",
    "      units: s m h, d (24 counted hours), wd (working days), eod (end of the working day);",
    "      urgent=1h@24x7 counts around the clock instead of in opening hours",
    "  --due-soon RULES          30m, or 20% of the target, before it is due; resolution=2h,...",
    "  --pause RULES             which statuses pause which metric, for example",
    "                            first-response=pending,resolution=pending+on-hold",
    "",
    "When work is done:",
    "  --zone ZONE               Europe/Berlin, a zoneinfo file, or CET-1CEST,M3.5.0,M10.5.0/3;",
    "                            UTC unless given",
    "  --hours HOURS             \"Mo-Fr 09:00-12:30,13:30-18:00; Sa 10:00-14:00\";",
    "                            24/7 unless given",
    "  --holidays FILE           a line each: 2026-12-25 name, 2026-12-24..2026-12-31, 01-01",
    "  --now TIME                answer for this moment instead of the present one",
    "",
    "What the export says:",
    "  --column ROLE=NAME        a column that is not found by its usual name: created=opened_on",
    "      ROLE: id, subject, priority, status, created, first response, waiting since, solved,",
    "      status since, paused",
    "  --map WORDS               \"status:Awaiting user=pending,priority:P1=urgent\"",
    "",
    "What is printed:",
    "  --all-metrics             every metric of a ticket, not only the most urgent",
    "  --format table|csv|json   table unless given",
    "  --columns NAMES           of the table: id, subject, priority, metric, state, due, left,",
    "                            and any column of the file",
    "  --color auto|always|never auto unless given; NO_COLOR is honoured",
    "  --width COLUMNS           of the table; the terminal's unless given",
    "  --help, --version",
    "",
    "Exit status: 0, 1 when rows were skipped, 2 when nothing could be done.",
    "Example: ticket_queue --zone Europe/Berlin --hours \"Mo-Fr 09:00-18:00\" \\",
    "           --first-response urgent=30m,high=2h,normal=1wd --due-soon 20% tickets.csv",
};

void help_print(FILE *to) {
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) fprintf(to, "%s\n", lines[i]);
}
