/* SPDX-License-Identifier: MIT */
#include "rejects.h"

#include <stdlib.h>

#include "why.h"

void rejects_add(rejects *to, size_t line, const char *reason) {
  to->items = need_one_more(to->items, to->count, &to->room, sizeof *to->items);
  reject *added = &to->items[to->count++];
  *added = (reject){.line = line};
  bytes_add_text(&added->reason, reason);
}

static int by_line(const void *a, const void *b) {
  size_t left = ((const reject *)a)->line, right = ((const reject *)b)->line;
  return left < right ? -1 : left > right;
}

void rejects_report(rejects *from, const char *file) {
  bytes total = {0};
  if (from->count == 0) return;
  qsort(from->items, from->count, sizeof *from->items, by_line);
  for (size_t i = 0; i < from->count; i++)
    complain_about(file, from->items[i].line, bytes_text(&from->items[i].reason));
  bytes_format(&total, "%zu row%s skipped", from->count, from->count == 1 ? " was" : "s were");
  complain(bytes_text(&total));
  bytes_free(&total);
}

void rejects_free(rejects *of) {
  for (size_t i = 0; i < of->count; i++) bytes_free(&of->items[i].reason);
  free(of->items);
}
