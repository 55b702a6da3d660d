/* SPDX-License-Identifier: MIT */
/* Lines: where they end, how they are folded, on which line and column of the file a byte is. */
#include "ical_scan.h"

static bool is_end(char c) { return c == '\n' || c == '\r'; }
static bool is_blank(char c) { return c == ' ' || c == '\t'; }

/* The line end that follows, or `end`; at most one byte beyond the longest line is looked at. */
static size_t end_of_line(const sla__ical_lines *lines, size_t at) {
  size_t most = lines->end - at > lines->longest ? at + lines->longest + 1 : lines->end;
  while (at < most && !is_end(lines->bytes.text[at])) at++;
  return at;
}

/* One line end is CRs, LF, or CRs and LF. */
static size_t after_line_end(const sla__ical_lines *lines, size_t at) {
  while (at < lines->end && lines->bytes.text[at] == '\r') at++;
  if (at < lines->end && lines->bytes.text[at] == '\n') at++;
  return at;
}

/* Whether the line goes on after a line end: *at steps over the blank that says so. */
static bool goes_on(const sla__ical_lines *lines, size_t *at) {
  if (*at >= lines->end || !is_blank(lines->bytes.text[*at])) return false;
  ++*at;
  return true;
}

static int32_t fail_long(const sla__ical_lines *lines, uint32_t place, sla_error *error) {
  const sla__ical_place beyond = {place, (uint32_t)lines->longest};
  return sla__ical_fail_at(error, SLA_ICAL_E_LINE, lines->bytes, beyond, 0,
                           (int64_t)lines->longest);
}

/* Everything from the second piece of a line on, after the first. */
static int32_t unfold(sla__ical_lines *lines, sla__ical_line *line, sla_error *error) {
  sla__ical_slice piece = line->text;
  size_t next = lines->at;
  lines->folded.count = 0;
  do {
    size_t before = lines->folded.count;
    if (piece.length > lines->longest - before) return fail_long(lines, line->place, error);
    if (!sla__ical_array_extend(lines->allocator, &lines->folded, 1, piece.length))
      return sla__ical_fail(error, SLA_E_MEMORY);
    if (piece.length > 0) memcpy((char *)lines->folded.data + before, piece.text, piece.length);
    lines->at = next;
    if (!goes_on(lines, &next)) break;
    size_t stop = end_of_line(lines, next);
    piece = (sla__ical_slice){lines->bytes.text + next, stop - next};
    next = after_line_end(lines, stop);
  } while (true);
  line->text = (sla__ical_slice){lines->folded.count == 0 ? "" : lines->folded.data,
                                 lines->folded.count};
  return 1;
}

int32_t sla__ical_lines_next(sla__ical_lines *lines, sla__ical_line *line, sla_error *error) {
  while (lines->at < lines->end && is_end(lines->bytes.text[lines->at])) lines->at++;
  if (lines->at >= lines->end) return 0;
  size_t start = lines->at, stop = end_of_line(lines, start);
  *line = (sla__ical_line){{lines->bytes.text + start, stop - start}, (uint32_t)start};
  if (stop - start > lines->longest) return fail_long(lines, line->place, error);
  size_t next = lines->at = after_line_end(lines, stop);
  return goes_on(lines, &next) ? unfold(lines, line, error) : 1;
}

void sla__ical_lines_free(sla__ical_lines *lines) {
  sla__ical_array_free(lines->allocator, &lines->folded, 1);
}

/* ---- places ---- */

/* The byte of the file that is this byte of an unfolded line. */
static size_t byte_of(sla__ical_slice bytes, sla__ical_place place) {
  sla__ical_lines lines = {.bytes = bytes, .end = bytes.length, .longest = bytes.length};
  size_t at = place.line, left = place.offset;
  while (true) {
    size_t stop = end_of_line(&lines, at);
    if (left < stop - at) return at + left;
    left -= stop - at;
    at = after_line_end(&lines, stop);
    if (!goes_on(&lines, &at)) return stop;
  }
}

/* Lines as an editor counts them.  CRs before an LF belong to its line end; without one, each ends
 * a line. */
static void count_lines(sla__ical_slice bytes, size_t *at, size_t to, uint32_t *line,
                        size_t *start) {
  while (*at < to) {
    size_t from = *at, run = from;
    while (run < to && bytes.text[run] == '\r') run++;
    bool feed = run < bytes.length && bytes.text[run] == '\n';
    if (!feed && run == from) {
      ++*at;
      continue;
    }
    if (feed && run >= to) return; /* the byte asked for is in the line end */
    *line += feed ? 1 : (uint32_t)(run - from);
    *start = *at = feed ? run + 1 : run;
  }
}

uint32_t sla__ical_line_number(sla__ical_slice bytes, size_t byte, size_t *known,
                               uint32_t *line) {
  size_t start = 0;
  count_lines(bytes, known, byte, line, &start);
  return *line;
}

int32_t sla__ical_fail_at(sla_error *error, int32_t code, sla__ical_slice bytes,
                          sla__ical_place place, int64_t value, int64_t limit) {
  if (error == NULL) return code;
  size_t byte = byte_of(bytes, place), at = 0, start = 0;
  uint32_t line = 1;
  count_lines(bytes, &at, byte, &line, &start);
  *error = (sla_error){.code = code, .index = (int64_t)byte, .value = value, .limit = limit,
                       .line = line, .column = (uint32_t)(byte - start) + 1};
  return code;
}
