/* SPDX-License-Identifier: MIT */
#include "ical_syntax.h"

#include "ical_lock.h"

#include <libical/ical.h>

#define MARK "X-SLA-LINE"
#define BATCH_LINES 32
#define BATCH_BYTES 8192
#define LIST_VALUES 64      /* of a list, handed to libical at once */
#define LIST_PARAMETERS 1024 /* bytes of them, since each part of a list repeats them */

/* A line behind its mark. */
typedef struct {
  uint32_t name;
  bool is_seen, is_dropped, is_period, has_range;
  uint32_t value, value_length; /* in the text */
  uint32_t given, given_length; /* in what was decoded */
  uint32_t tzid, tzid_length;   /* there too */
  sla__ical_place place;
} marked;

static uint32_t name_of(sla__ical_slice name) {
  static const struct {
    const char *text;
    uint32_t name;
  } names[] = {{"DTSTART", SLA__ICAL_DTSTART},
               {"DTEND", SLA__ICAL_DTEND},
               {"DURATION", SLA__ICAL_DURATION},
               {"RRULE", SLA__ICAL_RRULE},
               {"RDATE", SLA__ICAL_RDATE},
               {"EXDATE", SLA__ICAL_EXDATE},
               {"EXRULE", SLA__ICAL_EXRULE},
               {"RECURRENCE-ID", SLA__ICAL_RECURRENCE_ID},
               {"TZOFFSETFROM", SLA__ICAL_OFFSET_FROM},
               {"TZOFFSETTO", SLA__ICAL_OFFSET_TO},
               {"PRIORITY", SLA__ICAL_PRIORITY},
               {"BUSYTYPE", SLA__ICAL_BUSYTYPE},
               {"STATUS", SLA__ICAL_STATUS},
               {"X-APPLE-SPECIAL-DAY", SLA__ICAL_SPECIAL_DAY},
               {"X-SLA-ENTRY", SLA__ICAL_OWN},
               {"SUMMARY", SLA__ICAL_SUMMARY},
               {"UID", SLA__ICAL_UID_NAME},
               {"CATEGORIES", SLA__ICAL_CATEGORY},
               {"TZID", SLA__ICAL_TZID}};
  for (size_t i = 0; i < SLA__ICAL_LENGTH(names); i++)
    if (sla__ical_is(name, names[i].text)) return names[i].name;
  return SLA__ICAL_NAMELESS;
}

/* ---- writing what libical is handed ---- */

static bool put(sla__ical_syntax *syntax, const char *text, size_t length) {
  size_t at = syntax->text.count;
  if (!sla__ical_array_extend(syntax->allocator, &syntax->text, 1, length)) return false;
  if (length > 0) memcpy((char *)syntax->text.data + at, text, length);
  return true;
}

static bool put_string(sla__ical_syntax *syntax, const char *text) {
  return put(syntax, text, strlen(text));
}

/* Bytes of the file, which are UTF-8 or become it. */
static bool put_bytes(sla__ical_syntax *syntax, sla__ical_slice bytes) {
  if (!syntax->scan->latin1) return put(syntax, bytes.text, bytes.length);
  for (size_t i = 0; i < bytes.length; i++) {
    unsigned char c = (unsigned char)bytes.text[i];
    char two[2] = {(char)(0xC0 | c >> 6), (char)(0x80 | (c & 0x3F))};
    if (c < 0x80 ? !put(syntax, &bytes.text[i], 1) : !put(syntax, two, 2)) return false;
  }
  return true;
}

static bool put_mark(sla__ical_syntax *syntax, size_t number) {
  char digits[8];
  size_t at = sizeof digits;
  do {
    digits[--at] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  return put_string(syntax, MARK ":") && put(syntax, digits + at, sizeof digits - at) &&
         put_string(syntax, "\r\n");
}

/* ---- what libical makes of it; the lock is held ---- */

static const char *text_of(const icalproperty *property) {
  const icalvalue *value = icalproperty_get_value(property);
  if (value == NULL) return NULL;
  if (icalvalue_isa(value) == ICAL_TEXT_VALUE) return icalvalue_get_text(value);
  return icalvalue_isa(value) == ICAL_X_VALUE ? icalvalue_get_x(value) : NULL;
}

/* Copies into room that was made before, since the host's allocator must not be called now. */
static void decode(sla__ical_syntax *syntax, const char *text, marked *line, uint32_t *at,
                   uint32_t *length) {
  sla__ical_array *decoded = &syntax->decoded;
  size_t size = text == NULL ? 0 : strlen(text);
  if (size > decoded->capacity - decoded->count) {
    line->is_dropped = true;
    return;
  }
  if (size > 0) memcpy((char *)decoded->data + decoded->count, text, size);
  *at = (uint32_t)decoded->count;
  *length = (uint32_t)size;
  decoded->count += size;
}

static void take_property(sla__ical_syntax *syntax, icalproperty *property, marked *line) {
  icalparameter *tzid = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
  icalparameter *type = icalproperty_get_first_parameter(property, ICAL_VALUE_PARAMETER);
  icalparameter *range = icalproperty_get_first_parameter(property, ICAL_RANGE_PARAMETER);
  if (line->is_seen) return; /* another value of a list, with the same parameters */
  line->is_seen = true;
  line->is_period = type != NULL && icalparameter_get_value(type) == ICAL_VALUE_PERIOD;
  line->has_range = range != NULL;
  if (tzid != NULL)
    decode(syntax, icalparameter_get_tzid(tzid), line, &line->tzid, &line->tzid_length);
  if (line->name >= SLA__ICAL_SUMMARY)
    decode(syntax, text_of(property), line, &line->given, &line->given_length);
}

static bool is_mark(icalproperty *property) {
  const char *name = icalproperty_get_x_name(property);
  return icalproperty_isa(property) == ICAL_X_PROPERTY && name != NULL &&
         sla__ical_is((sla__ical_slice){name, strlen(name)}, MARK);
}

static marked *marked_by(sla__ical_syntax *syntax, const icalproperty *mark) {
  const char *number = text_of(mark);
  size_t index = 0;
  marked *lines = syntax->lines.data;
  for (; number != NULL && *number >= '0' && *number <= '9'; number++)
    index = index * 10 + (size_t)(*number - '0');
  return number != NULL && index < syntax->lines.count ? &lines[index] : NULL;
}

static void take_component(sla__ical_syntax *syntax, icalcomponent *component) {
  marked *line = NULL;
  icalproperty *property = icalcomponent_get_first_property(component, ICAL_ANY_PROPERTY);
  for (; property != NULL;
       property = icalcomponent_get_next_property(component, ICAL_ANY_PROPERTY)) {
    if (is_mark(property)) line = marked_by(syntax, property);
    else if (line == NULL) continue;
    else if (icalproperty_isa(property) == ICAL_XLICERROR_PROPERTY) line->is_dropped = true;
    else take_property(syntax, property, line);
  }
}

/* ---- batches ---- */

static int32_t parse(sla__ical_syntax *syntax, sla_error *error) {
  if (!put(syntax, "END:VEVENT\r\n", sizeof "END:VEVENT\r\n")) /* and the zero */
    return sla__ical_fail(error, SLA_E_MEMORY);
  syntax->decoded.count = 0;
  if (!sla__ical_array_extend(syntax->allocator, &syntax->decoded, 1, syntax->text.count))
    return sla__ical_fail(error, SLA_E_MEMORY);
  syntax->decoded.count = 0;
  sla__ical_lock();
  icalcomponent *root = icalparser_parse_string(syntax->text.data);
  if (root != NULL) {
    take_component(syntax, root);
    icalcomponent_free(root);
  }
  sla__ical_unlock();
  return root == NULL ? sla__ical_fail(error, SLA_E_MEMORY) : SLA_OK;
}

static sla__ical_property property_of(const sla__ical_syntax *syntax, const marked *line) {
  const char *text = syntax->text.data, *decoded = syntax->decoded.data;
  bool given = line->name >= SLA__ICAL_SUMMARY;
  return (sla__ical_property){
      .name = line->name, .is_period = line->is_period,
      .is_dropped = line->is_dropped || !line->is_seen,
      .has_range = line->has_range,
      .value = {given ? decoded + line->given : text + line->value,
                given ? line->given_length : line->value_length},
      .tzid = {decoded + line->tzid, line->tzid_length}, .place = line->place};
}

static int32_t flush(sla__ical_syntax *syntax, sla__ical_visit *visit, void *context,
                     sla_error *error) {
  int32_t code = syntax->lines.count == 0 ? SLA_OK : parse(syntax, error);
  const marked *lines = syntax->lines.data;
  for (size_t i = 0; i < syntax->lines.count && code == SLA_OK; i++) {
    const sla__ical_property property = property_of(syntax, &lines[i]);
    code = visit(context, &property, error);
  }
  syntax->lines.count = syntax->text.count = 0;
  return code;
}

/* One line for libical: the head of a line and a value, or part of one. */
static bool add(sla__ical_syntax *syntax, uint32_t name, sla__ical_slice head,
                sla__ical_slice value, sla__ical_place place) {
  size_t number = syntax->lines.count;
  marked *line = sla__ical_array_push(syntax->allocator, &syntax->lines, sizeof *line);
  if (line == NULL) return false;
  if (number == 0 && !put_string(syntax, "BEGIN:VEVENT\r\n")) return false;
  if (!put_mark(syntax, number) || !put_bytes(syntax, head)) return false;
  *line = (marked){.name = name, .value = (uint32_t)syntax->text.count, .place = place};
  if (!put_bytes(syntax, value)) return false;
  line->value_length = (uint32_t)syntax->text.count - line->value;
  return put_string(syntax, "\r\n");
}

static bool is_full(const sla__ical_syntax *syntax) {
  return syntax->lines.count >= BATCH_LINES || syntax->text.count >= BATCH_BYTES;
}

/* The length of so many values of a list, without the comma after them. */
static size_t part_of(sla__ical_slice list, size_t values) {
  size_t i = 0;
  for (; i < list.length; i++) {
    if (list.text[i] == '\\') i++;
    else if (list.text[i] == ',' && --values == 0) return i;
  }
  return list.length;
}

typedef struct {
  sla__ical_syntax *syntax;
  sla__ical_visit *visit;
  void *context;
  sla_error *error;
} reading;

static int32_t add_list(const reading *r, const sla__ical_line *line, const sla__ical_head *head,
                        uint32_t name) {
  sla__ical_slice start = {line->text.text, head->value};
  size_t values = LIST_VALUES, at = head->value;
  if (head->value > LIST_PARAMETERS)
    return sla__ical_fail_at(r->error, SLA_ICAL_E_PARAMETERS, r->syntax->scan->bytes,
                             (sla__ical_place){line->place, LIST_PARAMETERS},
                             (int64_t)head->value, LIST_PARAMETERS);
  if (name == SLA__ICAL_CATEGORY) { /* libical joins values where a comma is escaped */
    start = (sla__ical_slice){"CATEGORIES:", sizeof "CATEGORIES:" - 1};
    values = 1;
  }
  while (at <= line->text.length) {
    sla__ical_slice rest = {line->text.text + at, line->text.length - at};
    sla__ical_slice part = {rest.text, part_of(rest, values)};
    bool wanted = part.length > 0 || name != SLA__ICAL_CATEGORY;
    if (wanted && !add(r->syntax, name, start, part,
                       (sla__ical_place){line->place, (uint32_t)at}))
      return sla__ical_fail(r->error, SLA_E_MEMORY);
    int32_t code = is_full(r->syntax) ? flush(r->syntax, r->visit, r->context, r->error) : SLA_OK;
    if (code != SLA_OK) return code;
    at += part.length + 1;
  }
  return SLA_OK;
}

/* A line that libical must not see, or would not take for a line at all. */
static int32_t take_misfit(const reading *r, const sla__ical_line *line) {
  const sla__ical_property misfit = {.is_dropped = true, .place = {line->place, 0}};
  int32_t code = flush(r->syntax, r->visit, r->context, r->error);
  return code == SLA_OK ? r->visit(r->context, &misfit, r->error) : code;
}

/* libical has no reader for the values of these: it drops them, but not without writing a piece of
 * the file to the standard error of a host that never asked for it. */
static bool is_reported(sla__ical_slice name) {
  return sla__ical_is(name, "TASK-MODE") || sla__ical_is(name, "X-LIC-CLASS");
}

/* What a line would say if it had a colon: "DTSTART 20240101" must not go by. */
static uint32_t meant_by(sla__ical_slice line) {
  size_t length = 0;
  while (length < line.length &&
         (line.text[length] == '-' || (line.text[length] >= '0' && line.text[length] <= '9') ||
          (sla__ical_upper(line.text[length]) >= 'A' && sla__ical_upper(line.text[length]) <= 'Z')))
    length++;
  return name_of((sla__ical_slice){line.text, length});
}

static int32_t take_line(const reading *r, const sla__ical_line *line,
                         const sla__ical_head *head) {
  uint32_t name = meant_by(line->text);
  sla__ical_slice start = {line->text.text, head->value};
  sla__ical_slice value = {line->text.text + head->value, line->text.length - head->value};
  if (line->text.text[0] == ' ' || line->text.text[0] == '\t' || is_reported(head->name))
    return take_misfit(r, line);
  if (sla__ical_is(head->name, MARK)) return SLA_OK;
  bool when = name != SLA__ICAL_NAMELESS && name <= SLA__ICAL_SAYS_WHEN;
  if (head->has_value && value.length == 0 && !when) return SLA_OK; /* an empty text is a text */
  if (sla__ical_is_list(head->name)) return add_list(r, line, head, name);
  if (!add(r->syntax, name, start, value,
           (sla__ical_place){line->place, head->has_value ? (uint32_t)head->value : 0}))
    return sla__ical_fail(r->error, SLA_E_MEMORY);
  return is_full(r->syntax) ? flush(r->syntax, r->visit, r->context, r->error) : SLA_OK;
}

static int32_t read_lines(const reading *r, sla__ical_lines *lines) {
  sla__ical_line line;
  uint32_t depth = 0;
  int32_t code;
  while ((code = sla__ical_lines_next(lines, &line, r->error)) == 1) {
    sla__ical_head head = sla__ical_head_of(line.text);
    if (sla__ical_is(head.name, "BEGIN")) depth++;
    else if (sla__ical_is(head.name, "END")) depth--;
    else if (depth == 0) {
      code = take_line(r, &line, &head);
      if (code != SLA_OK) return code;
    }
  }
  return code == 0 ? flush(r->syntax, r->visit, r->context, r->error) : code;
}

int32_t sla__ical_syntax_read(sla__ical_syntax *syntax, const sla__ical_component *component,
                              sla__ical_visit *visit, void *context, sla_error *error) {
  const reading r = {syntax, visit, context, error};
  sla__ical_lines lines = {.bytes = syntax->scan->bytes, .allocator = syntax->allocator,
                           .at = component->from, .end = component->to,
                           .longest = syntax->scan->limits.line};
  int32_t code = read_lines(&r, &lines);
  sla__ical_lines_free(&lines);
  return code;
}

void sla__ical_syntax_free(sla__ical_syntax *syntax) {
  sla__ical_array_free(syntax->allocator, &syntax->text, 1);
  sla__ical_array_free(syntax->allocator, &syntax->decoded, 1);
  sla__ical_array_free(syntax->allocator, &syntax->lines, sizeof(marked));
}
