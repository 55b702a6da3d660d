/* SPDX-License-Identifier: MIT */
#include "files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static bool failed(const char *path, const char *reason, bytes *why) {
  bytes_format(why, "%s: %s", path, reason);
  return false;
}

static bool read_all(FILE *file, const char *path, bytes *into, bytes *why) {
  char block[4096];
  size_t count;
  while ((count = fread(block, 1, sizeof block, file)) > 0) {
    bytes_add(into, block, count);
    if (into->length > SMALL_FILE_LIMIT) return failed(path, "larger than 1 MiB", why);
  }
  return ferror(file) == 0 || failed(path, strerror(errno), why);
}

bool file_read(const char *path, bytes *into, bytes *why) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) return failed(path, strerror(errno), why);
  bool done = read_all(file, path, into, why);
  fclose(file);
  return done;
}
