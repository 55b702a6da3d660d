/* SPDX-License-Identifier: MIT */
#include "ical_scan.h"

#define DEEPEST 64 /* the most that the limit of nesting may be */
#define NO_PARENT UINT32_MAX

/* A component that has not ended. */
typedef struct {
  sla__ical_text name;
  uint32_t component; /* its place among those that are kept, or NO_PARENT */
  uint32_t kind;
  uint32_t properties;
} frame;

typedef struct {
  sla__ical_scan *scan;
  const sla_allocator *allocator;
  sla_error *error;
  sla__ical_array names; /* bytes of the names of open components */
  frame open[DEEPEST];
  uint32_t depth, components;
  bool latin1_allowed;
} scanner;

/* ---- the parts of a line ---- */

/* What libical takes off the end of a name: it must not see a BEGIN that we do not. */
static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

sla__ical_head sla__ical_head_of(sla__ical_slice line) {
  sla__ical_head head = {{line.text, 0}, line.length, 0, false};
  size_t i = 0;
  while (i < line.length && line.text[i] != ';' && line.text[i] != ':') i++;
  head.name.length = i;
  while (head.name.length > 0 && is_space(line.text[head.name.length - 1])) head.name.length--;
  for (bool quoted = false; i < line.length; i++) {
    if (line.text[i] == '"') quoted = !quoted;
    if (quoted) continue;
    if (line.text[i] == ';') head.parameters++;
    if (line.text[i] != ':') continue;
    head.value = i + 1;
    head.has_value = true;
    break;
  }
  return head;
}

uint32_t sla__ical_list_count(sla__ical_slice value) {
  uint32_t count = 1;
  for (size_t i = 0; i < value.length; i++) {
    if (value.text[i] == '\\') i++;
    else if (value.text[i] == ',') count++;
  }
  return count;
}

bool sla__ical_is_list(sla__ical_slice name) {
  static const char *const lists[] = {"RDATE", "EXDATE", "CATEGORIES", "RESOURCES", "FREEBUSY"};
  for (size_t i = 0; i < SLA__ICAL_LENGTH(lists); i++)
    if (sla__ical_is(name, lists[i])) return true;
  return false;
}

/* ---- bytes ---- */

/* Eight bytes at once, when they are ASCII and none is zero. */
static bool eight_plain(const char *bytes) {
  uint64_t word;
  memcpy(&word, bytes, sizeof word);
  const uint64_t low = UINT64_C(0x0101010101010101), high = UINT64_C(0x8080808080808080);
  return ((word | (word - low)) & high) == 0;
}

/* The first byte that is no text, or the length. */
static size_t first_bad(const char *text, size_t length, bool any_byte) {
  size_t i = 0;
  while (i < length) {
    if (length - i >= 8 && eight_plain(text + i)) {
      i += 8;
      continue;
    }
    size_t size = any_byte ? 1 : sla__ical_utf8_length(text + i, length - i);
    if (size == 0 || text[i] == '\0') return i;
    i += size;
  }
  return length;
}

static int32_t check_bytes(scanner *s, const sla__ical_line *line) {
  sla__ical_slice text = line->text;
  size_t bad = first_bad(text.text, text.length, s->scan->latin1);
  if (bad < text.length && text.text[bad] != '\0' && s->latin1_allowed) {
    s->scan->latin1 = true; /* the whole file, what was read before included */
    bad = first_bad(text.text, text.length, true);
  }
  if (bad == text.length) return SLA_OK;
  return sla__ical_fail_at(s->error, SLA_ICAL_E_ENCODING, s->scan->bytes,
                           (sla__ical_place){line->place, (uint32_t)bad},
                           (unsigned char)text.text[bad], 0);
}

/* ---- components ---- */

static int32_t fail_line(const scanner *s, int32_t code, const sla__ical_line *line, int64_t value,
                         int64_t limit) {
  return sla__ical_fail_at(s->error, code, s->scan->bytes, (sla__ical_place){line->place, 0},
                           value, limit);
}

static uint32_t kind_of(sla__ical_slice name, uint32_t around) {
  static const struct {
    const char *name;
    uint32_t kind, around;
  } kinds[] = {{"VEVENT", SLA__ICAL_VEVENT, SLA__ICAL_OTHER},
               {"VTIMEZONE", SLA__ICAL_VTIMEZONE, SLA__ICAL_OTHER},
               {"VAVAILABILITY", SLA__ICAL_VAVAILABILITY, SLA__ICAL_OTHER},
               {"STANDARD", SLA__ICAL_STANDARD, SLA__ICAL_VTIMEZONE},
               {"DAYLIGHT", SLA__ICAL_STANDARD, SLA__ICAL_VTIMEZONE},
               {"AVAILABLE", SLA__ICAL_AVAILABLE, SLA__ICAL_VAVAILABILITY}};
  for (size_t i = 0; i < SLA__ICAL_LENGTH(kinds); i++)
    if (sla__ical_is(name, kinds[i].name) &&
        (kinds[i].around == SLA__ICAL_OTHER || kinds[i].around == around))
      return kinds[i].kind;
  return SLA__ICAL_OTHER;
}

static int32_t keep(scanner *s, frame *opened, const sla__ical_line *line, size_t after) {
  const frame *around = s->depth == 0 ? NULL : &s->open[s->depth - 1];
  sla__ical_component *component =
      sla__ical_array_push(s->allocator, &s->scan->components, sizeof *component);
  if (component == NULL) return sla__ical_fail(s->error, SLA_E_MEMORY);
  opened->component = (uint32_t)s->scan->components.count - 1;
  *component = (sla__ical_component){
      .kind = opened->kind, .parent = around == NULL ? NO_PARENT : around->component,
      .begin = line->place, .from = (uint32_t)after};
  return SLA_OK;
}

static int32_t begin(scanner *s, const sla__ical_line *line, sla__ical_slice name, size_t after) {
  const sla_ical_limits *limits = &s->scan->limits;
  if (name.length == 0) return fail_line(s, SLA_ICAL_E_SYNTAX, line, 0, 0);
  if (s->depth >= limits->nesting)
    return fail_line(s, SLA_ICAL_E_NESTING, line, s->depth + 1, limits->nesting);
  if (s->components >= limits->components)
    return fail_line(s, SLA_ICAL_E_COMPONENTS, line, s->components + 1, limits->components);
  frame *opened = &s->open[s->depth];
  *opened = (frame){.component = NO_PARENT};
  opened->kind = kind_of(name, s->depth == 0 ? SLA__ICAL_OTHER : s->open[s->depth - 1].kind);
  if (!sla__ical_text_add(s->allocator, &s->names, name, &opened->name))
    return sla__ical_fail(s->error, SLA_E_MEMORY);
  int32_t code = opened->kind == SLA__ICAL_OTHER ? SLA_OK : keep(s, opened, line, after);
  s->components++;
  s->depth++;
  return code;
}

static int32_t end(scanner *s, const sla__ical_line *line, sla__ical_slice name) {
  if (s->depth == 0) return fail_line(s, SLA_ICAL_E_SYNTAX, line, 0, 0);
  const frame *closed = &s->open[s->depth - 1];
  if (!sla__ical_same_ignoring_case(name, sla__ical_text_get(&s->names, closed->name)))
    return fail_line(s, SLA_ICAL_E_SYNTAX, line, 0, 0);
  sla__ical_component *components = s->scan->components.data;
  if (closed->component != NO_PARENT) components[closed->component].to = line->place;
  s->names.count -= closed->name.length;
  s->depth--;
  return SLA_OK;
}

static int32_t property(scanner *s, const sla__ical_line *line, const sla__ical_head *head) {
  const sla_ical_limits *limits = &s->scan->limits;
  if (s->depth == 0) return fail_line(s, SLA_ICAL_E_SYNTAX, line, 0, 0);
  sla__ical_slice value = {line->text.text + head->value, line->text.length - head->value};
  uint32_t *properties = &s->open[s->depth - 1].properties;
  *properties += sla__ical_is_list(head->name) ? sla__ical_list_count(value) : 1;
  if (*properties > limits->properties)
    return fail_line(s, SLA_ICAL_E_PROPERTIES, line, *properties, limits->properties);
  if (head->parameters > limits->parameters)
    return fail_line(s, SLA_ICAL_E_PARAMETERS, line, head->parameters, limits->parameters);
  return SLA_OK;
}

static int32_t take_line(scanner *s, const sla__ical_line *line, size_t after) {
  int32_t code = check_bytes(s, line);
  if (code != SLA_OK) return code;
  sla__ical_head head = sla__ical_head_of(line->text);
  sla__ical_slice value = sla__ical_trimmed(
      (sla__ical_slice){line->text.text + head.value, line->text.length - head.value});
  if (sla__ical_is(head.name, "BEGIN")) return begin(s, line, value, after);
  if (sla__ical_is(head.name, "END")) return end(s, line, value);
  return property(s, line, &head);
}

/* ---- the whole ---- */

static int32_t scan_lines(scanner *s, sla__ical_lines *lines) {
  sla__ical_line line;
  int32_t code;
  while ((code = sla__ical_lines_next(lines, &line, s->error)) == 1) {
    code = take_line(s, &line, lines->at);
    if (code != SLA_OK) return code;
  }
  if (code != SLA_OK) return code;
  if (s->depth == 0 && s->components > 0) return SLA_OK;
  return sla__ical_fail_at(s->error, SLA_ICAL_E_SYNTAX, s->scan->bytes,
                           (sla__ical_place){(uint32_t)s->scan->bytes.length, 0}, 0, 0);
}

static bool has_mark(sla__ical_slice bytes) { /* the byte order mark of UTF-8 */
  return bytes.length >= 3 && memcmp(bytes.text, "\xEF\xBB\xBF", 3) == 0;
}

int32_t sla__ical_scan_bytes(sla__ical_scan *scan, const sla_allocator *allocator, bool latin1,
                             sla_error *error) {
  scanner s = {.scan = scan, .allocator = allocator, .error = error, .latin1_allowed = latin1};
  if (scan->bytes.length > scan->limits.bytes)
    return sla__ical_fail_index(error, SLA_ICAL_E_SIZE, (int64_t)scan->limits.bytes,
                                (int64_t)scan->bytes.length, (int64_t)scan->limits.bytes);
  sla__ical_lines lines = {.bytes = scan->bytes, .allocator = allocator,
                           .at = has_mark(scan->bytes) ? 3 : 0, .end = scan->bytes.length,
                           .longest = scan->limits.line};
  int32_t code = scan_lines(&s, &lines);
  sla__ical_array_free(allocator, &s.names, 1);
  sla__ical_lines_free(&lines);
  return code;
}

void sla__ical_scan_free(sla__ical_scan *scan, const sla_allocator *allocator) {
  sla__ical_array_free(allocator, &scan->components, sizeof(sla__ical_component));
}
