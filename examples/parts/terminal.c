/* SPDX-License-Identifier: MIT */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include "terminal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool terminal_is_one(FILE *stream) { return isatty(fileno(stream)) == 1; }

size_t terminal_width(FILE *stream) {
#ifdef TIOCGWINSZ
  struct winsize size = {0};
  if (ioctl(fileno(stream), TIOCGWINSZ, &size) == 0) return size.ws_col;
#else
  (void)stream;
#endif
  return 0;
}

bool terminal_wants_color(FILE *stream) {
  const char *refused = getenv("NO_COLOR"), *kind = getenv("TERM");
  if (refused != NULL && *refused != '\0') return false;
  if (kind != NULL && strcmp(kind, "dumb") == 0) return false;
  return terminal_is_one(stream);
}

bool output_finish(bytes *why) {
  if (fflush(stdout) == 0 && ferror(stdout) == 0) return true;
  bytes_format(why, "standard output: %s", strerror(errno));
  return false;
}
