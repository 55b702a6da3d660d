/* SPDX-License-Identifier: MIT */
#include "options.h"

#include "arguments.h"

#define OPTION(name, kind, member) {name, kind, offsetof(options, member)}

static const option known[] = {
    OPTION("now", SINGLE, now),
    OPTION("format", SINGLE, format),
    OPTION("html", FLAG, html),
    OPTION("tickets", FLAG, tickets),
    OPTION("backtest", SINGLE, backtest),
    OPTION("title", SINGLE, title),
    OPTION("color", SINGLE, color),
    OPTION("width", SINGLE, width),
    OPTION("help", FLAG, help),
    OPTION("version", FLAG, version),
};

static const option_table table = {known, sizeof known / sizeof *known, FILES};

bool options_read(options *into, int count, char **arguments, bytes *why) {
  return arguments_read(&table, into, into->files, count, arguments, why);
}

void options_free(options *of) { arguments_free(&table, of); }
