/* SPDX-License-Identifier: MIT */
#include "zones.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "slice.h"
#include "why.h"

static bool is_name_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         (c != '\0' && strchr("_+-./", c) != NULL);
}

/* A name stays inside the directory: no part of it is empty or starts with a dot. */
static bool is_name(const char *text) {
  bool part_starts = true;
  for (; *text != '\0'; text++) {
    if (!is_name_character(*text)) return false;
    if (part_starts && (*text == '.' || *text == '/')) return false;
    part_starts = *text == '/';
  }
  return !part_starts;
}

static bool exists(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) return false;
  fclose(file);
  return true;
}

static bool path_of_name(const char *name, bytes *path) {
  static const char *const places[] = {"/usr/share/zoneinfo", "/usr/lib/zoneinfo",
                                       "/usr/share/lib/zoneinfo", "/etc/zoneinfo"};
  const char *own = getenv("TZDIR");
  size_t count = own != NULL && *own != '\0' ? 1 : sizeof places / sizeof *places;
  if (!is_name(name)) return false;
  for (size_t i = 0; i < count; i++) {
    bytes_clear(path);
    bytes_format(path, "%s/%s", own != NULL && *own != '\0' ? own : places[i], name);
    if (exists(bytes_text(path))) return true;
  }
  return false;
}

static bool load(const char *path, sla_zone **zone, bytes *why) {
  bytes data = {0};
  sla_error error;
  bool done = file_read(path, &data, why);
  if (done &&
      sla_zone_new_tzif(bytes_text(&data), data.length, NULL, zone, &error) != SLA_OK) {
    bytes_format(why, "%s: ", path);
    done = why_error(why, &error);
  }
  bytes_free(&data);
  return done;
}

static bool is_posix(const char *text, sla_zone **zone, sla_error *error) {
  return sla_zone_new_posix(text, strlen(text), NULL, zone, error) == SLA_OK;
}

static bool not_found(const char *text, const sla_error *error, bytes *why) {
  bytes_format(why, "no such zone: '%s' is no name in the zoneinfo directory (TZDIR), no file, and"
               " as POSIX text: ", text);
  return why_error(why, error);
}

bool zone_find(const char *text, sla_zone **zone, bytes *why) {
  bytes path = {0};
  sla_error error;
  bool done;
  if (text[0] == '/' || text[0] == '.') return load(text, zone, why);
  if (path_of_name(text, &path)) done = load(bytes_text(&path), zone, why);
  else if (slice_is(slice_of(text), "UTC"))
    done = sla_zone_new_fixed(0, NULL, zone, &error) == SLA_OK || why_error(why, &error);
  else if (is_posix(text, zone, &error)) done = true;
  else if (exists(text)) done = load(text, zone, why);
  else done = not_found(text, &error, why);
  bytes_free(&path);
  return done;
}
