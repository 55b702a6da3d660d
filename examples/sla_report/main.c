/* SPDX-License-Identifier: MIT */
/*
 * sla_report: which promises were kept, by whom, when, and which are about to be broken.
 *
 * A file of rules and policies becomes calendars, a set of policies with their versions, rules and
 * objectives (setup.c); each row of an export gets its policies, is evaluated under each of them and
 * counted (pass.c, ticket.c, totals.c); what was counted becomes small tables (findings.c), which are
 * printed as a table, CSV, JSON or a page of HTML (render_*.c).
 */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "arguments.h"
#include "findings.h"
#include "help.h"
#include "options.h"
#include "pass.h"
#include "render.h"
#include "terminal.h"
#include "times.h"
#include "why.h"

enum exit_status { EXIT_ALL_GOOD = 0, EXIT_ROWS_SKIPPED = 1, EXIT_NOTHING_DONE = 2 };

enum format { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON };

const char *const program_name = "sla_report";
const bool program_has_file = true;

typedef struct {
  options given;
  enum format format;
  print_style style;
  setup under;
  sla_time now;
  totals counted;
  backtest tested;
  sheets found;
  bytes why;
} run;

/* ---- what is wanted ---- */

static bool read_style(run *of) {
  static const char *const formats[] = {"table", "csv", "json"};
  size_t format;
  if (!arguments_choose("format", &of->given.format, formats, 3, &format, &of->why)) return false;
  of->format = (enum format)format;
  return style_read(&of->style, &of->given.color, &of->given.width, &of->why);
}

static bool is_one_output(run *of) {
  bool formatted = of->given.format.length != 0;
  if (of->given.html + of->given.tickets + formatted <= 1) return true;
  bytes_add_text(&of->why, "--format, --html and --tickets exclude each other");
  return false;
}

static bool has_files(run *of) {
  if (of->given.files[TICKETS_FILE] != NULL) return true;
  bytes_add_text(&of->why, of->given.files[RULES_FILE] == NULL
                               ? "which files? (rules and policies, then tickets; --help explains)"
                               : "which tickets? (the second file; - is standard input)");
  return false;
}

/* Puts the option's name before what is wrong with its value. */
static bool blame(run *of, const char *name, bytes *reason, bool done) {
  if (!done) bytes_format(&of->why, "--%s: %s", name, bytes_text(reason));
  bytes_free(reason);
  return done;
}

static bool read_now(run *of) {
  const bytes *given = &of->given.now;
  bytes reason = {0};
  of->now = (sla_time)time(NULL);
  return given->length == 0 ||
         blame(of, "now", &reason,
               time_read((slice){given->data, given->length}, of->under.zone, &of->now, &reason));
}

static bool read_backtest(run *of) {
  bytes reason = {0};
  return blame(of, "backtest", &reason,
               backtest_read(&of->tested, &of->given.backtest, &of->under.policies, &reason));
}

/* ---- doing it ---- */

static bool read_tickets(run *of) {
  const char *name = of->given.files[TICKETS_FILE];
  bool is_stdin = strcmp(name, "-") == 0;
  FILE *file = is_stdin ? stdin : fopen(name, "rb");
  if (file == NULL) {
    bytes_format(&of->why, "%s: %s", name, strerror(errno));
    return false;
  }
  const pass through = {&of->under, &of->counted, &of->tested, of->now,
                        is_stdin ? "standard input" : name, of->given.tickets ? stdout : NULL};
  bool done = pass_run(&through, file, &of->why);
  if (!is_stdin) fclose(file);
  return done;
}

static void print(const run *of) {
  const rendering with = {&of->found, of->under.zone, of->under.zone_name,
                          of->given.title.length == 0 ? "SLA report" : of->given.title.data,
                          of->now, of->style};
  if (of->given.html) render_page(&with, stdout);
  else if (of->format == FORMAT_CSV) render_csv(&with, stdout);
  else if (of->format == FORMAT_JSON) render_json(&with, stdout);
  else render_table(&with, stdout);
}

static void report_bad_rows(const run *of) {
  bytes total = {0};
  if (of->counted.bad_rows == 0) return;
  bytes_format(&total, "%llu row%s skipped", (unsigned long long)of->counted.bad_rows,
               of->counted.bad_rows == 1 ? " was" : "s were");
  complain(bytes_text(&total));
  bytes_free(&total);
}

static bool make_report(run *of) {
  if (!read_style(of) || !is_one_output(of) || !has_files(of) ||
      !setup_open(&of->under, of->given.files[RULES_FILE], &of->why) || !read_now(of) ||
      !setup_read(&of->under, of->now, &of->why) || !read_backtest(of) || !read_tickets(of))
    return false;
  report_bad_rows(of);
  if (of->given.tickets) return true;
  const finding all = {&of->under, &of->counted, &of->tested, of->now};
  if (!findings_make(&of->found, &all, &of->why)) return false;
  print(of);
  return true;
}

static bool act(run *of) {
  if (of->given.help) help_print(stdout);
  else if (of->given.version) printf("sla_report (libsla) %s\n", sla_version_string());
  else if (!make_report(of)) return false;
  return output_finish(&of->why);
}

static void release(run *of) {
  sheets_free(&of->found);
  backtest_free(&of->tested);
  totals_free(&of->counted);
  setup_free(&of->under);
  options_free(&of->given);
  bytes_free(&of->why);
}

int main(int count, char **arguments) {
  run it = {.now = 0};
  enum exit_status status = EXIT_NOTHING_DONE;
  if (options_read(&it.given, count, arguments, &it.why) && act(&it))
    status = it.counted.bad_rows == 0 ? EXIT_ALL_GOOD : EXIT_ROWS_SKIPPED;
  else
    complain(bytes_text(&it.why));
  release(&it);
  return (int)status;
}
