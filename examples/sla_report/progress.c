/* SPDX-License-Identifier: MIT */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include "progress.h"

#include <sys/stat.h>

#include "terminal.h"

enum { EVERY = 8192 };

static bool is_shown;

/* How much of a file has been read, in per cent; -1 of what is no file. */
static int part_of(FILE *file) {
  struct stat about;
  long at = ftell(file);
  if (at < 0 || fstat(fileno(file), &about) != 0 || !S_ISREG(about.st_mode) || about.st_size <= 0)
    return -1;
  return (int)((double)at * 100 / (double)about.st_size);
}

void progress_show(size_t rows, FILE *file) {
  if (rows % EVERY != 0 || !terminal_is_one(stderr)) return;
  int part = part_of(file);
  fprintf(stderr, "\r%s: %zu rows", program_name, rows);
  if (part >= 0) fprintf(stderr, ", %d %%", part);
  fputs("\033[K", stderr);
  is_shown = true;
}

void progress_clear(void) {
  if (is_shown) fputs("\r\033[K", stderr);
  is_shown = false;
}
