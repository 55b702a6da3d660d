/* SPDX-License-Identifier: MIT */
#include "json.h"

void json_string(bytes *to, const char *text) {
  bytes_add_char(to, '"');
  for (; *text != '\0'; text++) {
    if (*text == '"' || *text == '\\') bytes_add_char(to, '\\');
    if ((unsigned char)*text < 0x20 || *text == 0x7F) bytes_format(to, "\\u%04x", *text);
    else bytes_add_char(to, *text);
  }
  bytes_add_char(to, '"');
}

void json_name(bytes *to, const char *before, const char *name) {
  bytes_add_text(to, before);
  json_string(to, name);
  bytes_add_text(to, ": ");
}
