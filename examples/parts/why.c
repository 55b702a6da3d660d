/* SPDX-License-Identifier: MIT */
#include "why.h"

#include <stdio.h>

#include "width.h"

bool why_error(bytes *why, const sla_error *error) {
  char sentence[256];
  /* Arguments and numbers are those of a function that nobody here has called by hand. */
  sla_error shown = {.code = error->code, .line = error->line, .column = error->column};
  sla_error_text(&shown, sentence, sizeof sentence);
  bytes_add_text(why, sentence);
  return false;
}

bool why_code(bytes *why, int32_t code) { return why_error(why, &(sla_error){.code = code}); }

static void print_line(bytes *line, const char *sentence) {
  bytes safe = {0};
  bytes_add_text(line, sentence);
  width_add_harmless(&safe, bytes_text(line), line->length);
  fprintf(stderr, "%s\n", bytes_text(&safe));
  bytes_free(&safe);
  bytes_free(line);
}

void complain(const char *sentence) {
  bytes line = {0};
  bytes_format(&line, "%s: ", program_name);
  print_line(&line, sentence);
}

void complain_about(const char *file, size_t line_number, const char *sentence) {
  bytes line = {0};
  bytes_format(&line, "%s:%zu: ", file, line_number);
  print_line(&line, sentence);
}
