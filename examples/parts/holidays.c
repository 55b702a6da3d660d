/* SPDX-License-Identifier: MIT */
#include "holidays.h"

#include <string.h>

#include "files.h"
#include "slice.h"
#include "times.h"
#include "why.h"

/* "01-01": two digits, a dash, two digits. */
static bool take_month_day(slice *line, int32_t *month, int32_t *day) {
  int64_t read_month, read_day;
  if (line->length < 5 || line->text[2] != '-') return false;
  if (!slice_number((slice){line->text, 2}, 99, &read_month)) return false;
  if (!slice_number((slice){line->text + 3, 2}, 99, &read_day)) return false;
  *month = (int32_t)read_month;
  *day = (int32_t)read_day;
  *line = (slice){line->text + 5, line->length - 5};
  return true;
}

/* "2026-12-24", or "2026-12-24..2026-12-31" as well as with a slash. */
static bool take_range(slice *line, sla_date *first, sla_date *last) {
  slice rest;
  if (!time_take_date(line, first)) return false;
  *last = *first;
  size_t mark = 0;
  if (line->length >= 2 && memcmp(line->text, "..", 2) == 0) mark = 2;
  else if (line->length >= 1 && line->text[0] == '/') mark = 1;
  if (mark == 0) return true;
  rest = (slice){line->text + mark, line->length - mark};
  if (!time_take_date(&rest, last)) return false;
  *line = rest;
  return true;
}

/* What is left of the line is the name, after a blank. */
static bool take_name(slice *line) {
  bool apart = line->length == 0 || line->text[0] == ' ' || line->text[0] == '\t';
  *line = slice_trim(*line);
  return apart;
}

static bool not_understood(bytes *why) {
  bytes_add_text(why, "not a holiday such as '2026-12-25 Christmas', '2026-12-24..2026-12-31' or"
                      " '12-25'");
  return false;
}

static bool read_line(sla_calendar_builder *calendar, slice line, bytes *why) {
  sla_date first, last;
  int32_t month, day, code;
  sla_error error;
  if (take_range(&line, &first, &last)) {
    if (!take_name(&line)) return not_understood(why);
    code = sla_calendar_builder_add_holiday(calendar, first, last, line.text, line.length, &error);
  } else if (take_month_day(&line, &month, &day)) {
    if (!take_name(&line)) return not_understood(why);
    code = sla_calendar_builder_add_yearly_holiday(calendar, month, day, line.text, line.length,
                                                   &error);
  } else {
    return not_understood(why);
  }
  return code == SLA_OK || why_error(why, &error);
}

static slice without_mark(const bytes *text) {
  bool marked = text->length >= 3 && memcmp(text->data, "\xEF\xBB\xBF", 3) == 0;
  return marked ? (slice){text->data + 3, text->length - 3}
                : (slice){bytes_text(text), text->length};
}

/* Up to the line feed, without the carriage return before it. */
static bool take_line(slice *rest, slice *line) {
  if (rest->length == 0) return false;
  const char *end = memchr(rest->text, '\n', rest->length);
  size_t length = end == NULL ? rest->length : (size_t)(end - rest->text);
  size_t used = end == NULL ? length : length + 1;
  *line = (slice){rest->text, length};
  if (length > 0 && line->text[length - 1] == '\r') line->length--;
  *line = slice_trim(*line);
  *rest = (slice){rest->text + used, rest->length - used};
  return true;
}

static bool read_lines(sla_calendar_builder *calendar, slice rest, const char *path, bytes *why) {
  slice line;
  for (size_t number = 1; take_line(&rest, &line); number++) {
    bytes reason = {0};
    bool done = line.length == 0 || line.text[0] == '#' || read_line(calendar, line, &reason);
    if (!done) bytes_format(why, "%s:%zu: %s", path, number, bytes_text(&reason));
    bytes_free(&reason);
    if (!done) return false;
  }
  return true;
}

bool holidays_read(sla_calendar_builder *calendar, const char *path, const feed_place *place,
                   bytes *why) {
  bytes text = {0};
  bool done = file_read(path, &text, why);
  slice all = without_mark(&text);
  if (done && feed_is(path, all)) done = feed_read(calendar, all, path, place, why);
  else if (done) done = read_lines(calendar, all, path, why);
  bytes_free(&text);
  return done;
}
