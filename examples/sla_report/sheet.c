/* SPDX-License-Identifier: MIT */
#include "sheet.h"

#include <stdlib.h>
#include <string.h>

#include "lengths.h"
#include "times.h"
#include "width.h"

static char *copied(const char *text) {
  bytes copy = {0};
  bytes_add_text(&copy, text);
  return copy.data;
}

sheet *sheets_add(sheets *to, const char *name, const char *title, size_t key_count,
                  const sheet_column *columns) {
  to->items = need_one_more(to->items, to->count, &to->room, sizeof *to->items);
  sheet *made = &to->items[to->count++];
  *made = (sheet){.name = copied(name), .title = copied(title), .columns = columns,
                  .key_count = key_count};
  while (columns[made->column_count].name != NULL) made->column_count++;
  return made;
}

const sheet *sheets_find(const sheets *in, const char *name) {
  for (size_t i = 0; i < in->count; i++)
    if (strcmp(in->items[i].name, name) == 0) return &in->items[i];
  return NULL;
}

void sheets_free(sheets *of) {
  for (size_t i = 0; i < of->count; i++) {
    sheet *one = &of->items[i];
    for (size_t j = 0; j < one->cell_count; j++) free(one->cells[j].text);
    free(one->cells);
    free(one->name);
    free(one->title);
  }
  free(of->items);
}

static void add(sheet *to, sheet_cell added) {
  to->cells = need_one_more(to->cells, to->cell_count, &to->room, sizeof *to->cells);
  to->cells[to->cell_count++] = added;
}

void sheet_add_text(sheet *to, const char *text) {
  add(to, (sheet_cell){CELL_TEXT, 0, copied(text)});
}

void sheet_add_number(sheet *to, enum cell_kind kind, int64_t number) {
  add(to, (sheet_cell){number == SLA_NONE ? CELL_NOTHING : kind, number, NULL});
}

void sheet_add_count(sheet *to, uint64_t count) {
  sheet_add_number(to, CELL_COUNT, (int64_t)count);
}

const char *sheet_note(const sheet *of) {
  return of->is_once ? "Each ticket once, under its first policy." : "";
}

size_t sheet_lines(const sheet *of) { return of->cell_count / of->column_count; }

const sheet_cell *sheet_at(const sheet *of, size_t line, size_t column) {
  return &of->cells[line * of->column_count + column];
}

bool sheet_is_empty(const sheet *of, size_t column) {
  for (size_t i = 0; i < sheet_lines(of); i++) {
    const sheet_cell *cell = sheet_at(of, i, column);
    if (cell->kind == CELL_TEXT ? cell->text[0] != '\0' : cell->kind != CELL_NOTHING) return false;
  }
  return true;
}

void sheet_write_value(bytes *to, const sheet_cell *cell, const sla_zone *zone) {
  long long number = (long long)cell->number;
  switch (cell->kind) {
    case CELL_NOTHING: break;
    case CELL_TEXT: bytes_add_text(to, cell->text); break;
    case CELL_SHARE: bytes_format(to, "%lld.%02lld", number / 100, number % 100); break;
    case CELL_INSTANT: time_write_iso(to, zone, cell->number); break;
    default: bytes_format(to, "%lld", number); break;
  }
}

/* Never rounded up to what was not reached. */
static void write_share(bytes *to, long long share) {
  bytes_format(to, "%lld.%lld %%", share / 100, share % 100 / 10);
}

static void write_text(bytes *to, const char *text) {
  if (text[0] == '\0') bytes_add_char(to, '-');
  width_add_harmless(to, text, strlen(text));
}

void sheet_write_shown(bytes *to, const sheet_cell *cell, const sla_zone *zone, sla_time now) {
  switch (cell->kind) {
    case CELL_NOTHING: bytes_add_char(to, '-'); break;
    case CELL_TEXT: write_text(to, cell->text); break;
    case CELL_COUNT: bytes_format(to, "%lld", (long long)cell->number); break;
    case CELL_SHARE: write_share(to, (long long)cell->number); break;
    case CELL_LENGTH: length_write(to, cell->number, false); break;
    case CELL_INSTANT: time_write_short(to, zone, cell->number, now); break;
  }
}
