/* SPDX-License-Identifier: MIT */
/*
 * ticket_queue: a helpdesk's ticket export, the most urgent ticket first.
 *
 * The options become a zone, a calendar and a policy (agreement.c), the file becomes rows
 * (tickets.c), one call to sla_evaluate_batch tells how they stand (queue.c), and the answer is
 * printed as a table, CSV or JSON (render_*.c).
 */
#include <errno.h>
#include <string.h>

#include "arguments.h"
#include "help.h"
#include "render.h"
#include "terminal.h"
#include "why.h"

enum exit_status { EXIT_ALL_GOOD = 0, EXIT_ROWS_SKIPPED = 1, EXIT_NOTHING_DONE = 2 };

enum format { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON };

const char *const program_name = "ticket_queue";
const bool program_has_file = false;

typedef struct {
  options given;
  enum format format;
  table_style style;
  agreement under;
  tickets read;
  rejects bad;
  queue made;
  bytes why;
} run;

/* ---- how to print ---- */

static bool read_style(run *of) {
  static const char *const formats[] = {"table", "csv", "json"};
  size_t format;
  if (!arguments_choose("format", &of->given.format, formats, 3, &format, &of->why) ||
      !style_read(&of->style.print, &of->given.color, &of->given.width, &of->why))
    return false;
  of->format = (enum format)format;
  of->style.zone = of->given.zone.length == 0 ? "UTC" : of->given.zone.data;
  of->style.columns = bytes_text(&of->given.columns);
  of->style.opening_hours = of->given.hours.length != 0;
  return true;
}

/* ---- what to do ---- */

static bool has_file(run *of) {
  if (of->given.file != NULL) return true;
  bytes_add_text(&of->why, "which file? (- is standard input, --help explains)");
  return false;
}

static const char *file_name(const run *of) {
  return strcmp(of->given.file, "-") == 0 ? "standard input" : of->given.file;
}

static bool read_file(run *of) {
  bool is_stdin = strcmp(of->given.file, "-") == 0;
  FILE *file = is_stdin ? stdin : fopen(of->given.file, "rb");
  bytes reason = {0};
  bool done = file != NULL;
  if (!done) bytes_add_text(&reason, strerror(errno));
  else done = tickets_read(&of->read, file, bytes_text(&of->given.column), &of->under, &of->bad,
                           &reason);
  if (file != NULL && !is_stdin) fclose(file);
  if (!done) bytes_format(&of->why, "%s: %s", file_name(of), bytes_text(&reason));
  bytes_free(&reason);
  return done;
}

static bool print_queue(run *of) {
  switch (of->format) {
    case FORMAT_TABLE: return render_table(&of->made, &of->style, stdout, &of->why);
    case FORMAT_CSV: render_csv(&of->made, stdout); return true;
    case FORMAT_JSON: render_json(&of->made, of->style.zone, stdout); return true;
  }
  return false;
}

static bool make_queue(run *of) {
  bool done = read_style(of) && has_file(of) &&
              agreement_make(&of->under, &of->given, &of->why) && read_file(of) &&
              queue_make(&of->made, &of->read, &of->under, of->given.all_metrics, &of->bad,
                         &of->why);
  if (done) roles_note_missing(of->read.from.column_of, of->under.metrics, of->under.metric_count);
  if (of->given.file != NULL) rejects_report(&of->bad, file_name(of));
  return done && print_queue(of);
}

static bool act(run *of) {
  if (of->given.help) help_print(stdout);
  else if (of->given.version) printf("ticket_queue (libsla) %s\n", sla_version_string());
  else if (!make_queue(of)) return false;
  return output_finish(&of->why);
}

static void release(run *of) {
  queue_free(&of->made);
  tickets_free(&of->read);
  rejects_free(&of->bad);
  agreement_free(&of->under);
  options_free(&of->given);
  bytes_free(&of->why);
}

int main(int count, char **arguments) {
  run it = {0};
  enum exit_status status = EXIT_NOTHING_DONE;
  if (options_read(&it.given, count, arguments, &it.why) && act(&it))
    status = it.bad.count == 0 ? EXIT_ALL_GOOD : EXIT_ROWS_SKIPPED;
  else
    complain(bytes_text(&it.why));
  release(&it);
  return (int)status;
}
