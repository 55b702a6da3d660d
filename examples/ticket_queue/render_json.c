/* SPDX-License-Identifier: MIT */
#include "facts.h"
#include "json.h"
#include "render.h"
#include "times.h"

static void write_fact(bytes *to, const queue *from, const queue_line *line, size_t index) {
  bytes value = {0};
  fact_write(&value, from, line, index);
  json_name(to, ", ", fact_name(index));
  if (value.length == 0) bytes_add_text(to, "null");
  else if (fact_kind(index) == FACT_NUMBER) bytes_add_text(to, value.data);
  else json_string(to, value.data);
  bytes_free(&value);
}

static void write_columns(bytes *to, const tickets *of, size_t index) {
  json_name(to, ", ", "columns");
  bytes_add_char(to, '{');
  for (size_t i = 0; i < of->from.column_count; i++) {
    json_name(to, i == 0 ? "" : ", ", of->from.names[i]);
    json_string(to, of->items[index].fields[i]);
  }
  bytes_add_char(to, '}');
}

static void write_line(bytes *to, const queue *from, const queue_line *line) {
  json_name(to, "{", "id");
  json_string(to, tickets_field(from->of, line->ticket, ROLE_ID));
  json_name(to, ", ", "subject");
  json_string(to, tickets_field(from->of, line->ticket, ROLE_SUBJECT));
  for (size_t i = 0; i < fact_count(); i++) write_fact(to, from, line, i);
  write_columns(to, from->of, line->ticket);
  bytes_add_char(to, '}');
}

static void write_head(bytes *to, const queue *from, const char *zone) {
  json_name(to, "{\n  ", "now");
  bytes_add_char(to, '"');
  time_write_iso(to, from->under->zone, from->under->now);
  bytes_add_char(to, '"');
  json_name(to, ",\n  ", "zone");
  json_string(to, zone);
  json_name(to, ",\n  ", "queue");
  bytes_add_char(to, '[');
}

static void write_summary(bytes *to, const queue *from) {
  bytes_add_text(to, from->line_count == 0 ? "]" : "\n  ]");
  json_name(to, ",\n  ", "summary");
  bytes_format(to, "{\"tickets\": %zu, \"skipped\": %zu", from->ticket_count, from->skipped);
  for (int i = 0; i < LABELS; i++) {
    json_name(to, ", ", label_name((enum label)i));
    bytes_format(to, "%zu", from->counts[i]);
  }
  bytes_add_text(to, "}\n}\n");
}

void render_json(const queue *from, const char *zone, FILE *to) {
  bytes text = {0};
  write_head(&text, from, zone);
  for (size_t i = 0; i < from->line_count; i++) {
    bytes_add_text(&text, i == 0 ? "\n    " : ",\n    ");
    write_line(&text, from, &from->lines[i]);
    bytes_print(&text, to);
  }
  write_summary(&text, from);
  bytes_print(&text, to);
  bytes_free(&text);
}
