/* SPDX-License-Identifier: MIT */
#include "options.h"

#include "arguments.h"

#define OPTION(name, kind, member) {name, kind, offsetof(options, member)}

static const option known[] = {
    OPTION("zone", SINGLE, zone),
    OPTION("hours", SINGLE, hours),
    OPTION("holidays", SINGLE, holidays),
    OPTION("first-response", LIST, first_response),
    OPTION("next-response", LIST, next_response),
    OPTION("resolution", LIST, resolution),
    OPTION("due-soon", LIST, due_soon),
    OPTION("pause", LIST, pause),
    OPTION("now", SINGLE, now),
    OPTION("map", LIST, map),
    OPTION("column", LIST, column),
    OPTION("columns", LIST, columns),
    OPTION("format", SINGLE, format),
    OPTION("color", SINGLE, color),
    OPTION("width", SINGLE, width),
    OPTION("all-metrics", FLAG, all_metrics),
    OPTION("help", FLAG, help),
    OPTION("version", FLAG, version),
};

static const option_table table = {known, sizeof known / sizeof *known, 1};

bool options_read(options *into, int count, char **arguments, bytes *why) {
  return arguments_read(&table, into, &into->file, count, arguments, why);
}

void options_free(options *of) { arguments_free(&table, of); }
