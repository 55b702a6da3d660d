/* SPDX-License-Identifier: MIT */
#include "ical_compose.h"

#include "ical_lock.h"

#include <libical/ical.h>

enum { BEGIN, END, VALUE, WORDS };

/* Places of terminated texts. */
typedef struct {
  uint32_t kind, name, text, tzid;
} line;

/* ---- the outline ---- */

static void append(sla__ical_outline *outline, const char *text, size_t length) {
  size_t at = outline->texts.count;
  bool stored = sla__ical_array_extend(outline->allocator, &outline->texts, 1, length);
  if (stored && length > 0) memcpy((char *)outline->texts.data + at, text, length);
  if (!stored) outline->failed = true;
}

static uint32_t keep(sla__ical_outline *outline, const char *text, size_t length) {
  size_t at = outline->texts.count;
  append(outline, text, length);
  append(outline, "", 1);
  return (uint32_t)at;
}

/* Ends of lines become one kind, other control characters blanks: libical would write them as they
 * are, and what follows an end of line would be a property of its own. */
static uint32_t keep_clean(sla__ical_outline *outline, const char *text, size_t length) {
  size_t at = outline->texts.count;
  for (size_t i = 0; i < length; i++) {
    char c = text[i];
    if (c == '\r' && i + 1 < length && text[i + 1] == '\n') continue;
    if (c == '\r') c = '\n';
    bool is_control = (unsigned char)c < 0x20 || c == 0x7F;
    if (is_control && c != '\n' && c != '\t') c = ' ';
    append(outline, &c, 1);
  }
  append(outline, "", 1);
  return (uint32_t)at;
}

static void add(sla__ical_outline *outline, line added) {
  line *slot = sla__ical_array_push(outline->allocator, &outline->lines, sizeof *slot);
  if (slot == NULL) outline->failed = true;
  else *slot = added;
}

void sla__ical_begin(sla__ical_outline *outline, const char *component) {
  add(outline, (line){.kind = BEGIN, .name = keep(outline, component, strlen(component))});
}

void sla__ical_end(sla__ical_outline *outline) { add(outline, (line){.kind = END}); }

void sla__ical_value(sla__ical_outline *outline, const char *property, const char *value,
                     sla__ical_slice tzid) {
  line made = {.kind = VALUE, .name = (uint32_t)outline->texts.count};
  append(outline, property, strlen(property));
  append(outline, ":", 1);
  keep(outline, value, strlen(value));
  made.tzid = keep(outline, tzid.text, tzid.length);
  add(outline, made);
}

void sla__ical_words(sla__ical_outline *outline, const char *property, sla__ical_slice text) {
  line made = {.kind = WORDS, .name = keep(outline, property, strlen(property))};
  made.text = keep_clean(outline, text.text, text.length);
  add(outline, made);
}

void sla__ical_outline_empty(sla__ical_outline *outline) {
  outline->lines.count = outline->texts.count = 0;
  outline->failed = false;
}

void sla__ical_outline_free(sla__ical_outline *outline) {
  sla__ical_array_free(outline->allocator, &outline->lines, sizeof(line));
  sla__ical_array_free(outline->allocator, &outline->texts, 1);
}

/* ---- libical: only between lock and unlock ---- */

static icalproperty *new_x(const char *name, const char *text) {
  icalproperty *property = icalproperty_new_x(text);
  if (property != NULL) icalproperty_set_x_name(property, name);
  return property;
}

static icalproperty *new_words(const char *name, const char *text) {
  icalproperty_kind kind = icalproperty_string_to_kind(name);
  if (kind == ICAL_X_PROPERTY) return new_x(name, text);
  icalvalue *value =
      kind == ICAL_URL_PROPERTY ? icalvalue_new_uri(text) : icalvalue_new_text(text);
  icalproperty *property = value == NULL ? NULL : icalproperty_new(kind);
  if (property != NULL) icalproperty_set_value(property, value);
  else if (value != NULL) icalvalue_free(value);
  return property;
}

static icalproperty *new_value(const char *text, const char *tzid) {
  icalproperty *property = icalproperty_new_from_string(text);
  if (property == NULL || tzid[0] == '\0') return property;
  icalparameter *parameter = icalparameter_new_tzid(tzid);
  if (parameter == NULL) {
    icalproperty_free(property);
    return NULL;
  }
  icalproperty_add_parameter(property, parameter);
  return property;
}

static bool add_property(icalcomponent *to, const line *said, const char *texts) {
  icalproperty *property = said->kind == VALUE
                               ? new_value(texts + said->name, texts + said->tzid)
                               : new_words(texts + said->name, texts + said->text);
  if (property == NULL) return false;
  icalcomponent_add_property(to, property);
  return true;
}

static icalcomponent *begin_component(icalcomponent *within, const char *name) {
  icalcomponent *made = icalcomponent_new(icalcomponent_string_to_kind(name));
  if (made != NULL && within != NULL) icalcomponent_add_component(within, made);
  return made;
}

/* NULL when memory failed. */
static icalcomponent *build(const sla__ical_outline *outline) {
  const line *lines = outline->lines.data;
  const char *texts = outline->texts.data;
  icalcomponent *top = NULL, *at = NULL;
  for (size_t i = 0; i < outline->lines.count; i++) {
    bool made = true;
    if (lines[i].kind == END) {
      if (at != top) at = icalcomponent_get_parent(at);
    } else if (lines[i].kind == BEGIN) {
      icalcomponent *next = begin_component(at, texts + lines[i].name);
      made = next != NULL;
      if (made) at = next;
      if (top == NULL) top = next;
    } else {
      made = add_property(at, &lines[i], texts);
    }
    if (made) continue;
    if (top != NULL) icalcomponent_free(top);
    return NULL;
  }
  return top;
}

/* For icalmemory_free_buffer; NULL when memory failed. */
static char *print(const sla__ical_outline *outline) {
  sla__ical_lock();
  icalcomponent *top = build(outline);
  char *printed = top == NULL ? NULL : icalcomponent_as_ical_string_r(top);
  if (top != NULL) icalcomponent_free(top);
  sla__ical_unlock();
  return printed;
}

static void free_printed(char *printed) {
  sla__ical_lock();
  icalmemory_free_buffer(printed);
  sla__ical_unlock();
}

/* ---- lines ---- */

#define LINE_MAX 75 /* bytes of a line, RFC 5545 3.1 */

static const char fold[] = "\r\n ";

static bool is_fold(const char *text) {
  return text[0] == '\r' && text[1] == '\n' && text[2] == ' ';
}

/* libical folds some lines between the two bytes of their end, so its folds are taken out... */
static void unfold(char *text) {
  char *to = text;
  while (*text != '\0') {
    if (is_fold(text)) text += sizeof fold - 1;
    else *to++ = *text++;
  }
  *to = '\0';
}

/* The bytes that stay on one line: a character of UTF-8, or an end of line. */
static size_t piece_length(const char *text) {
  size_t length = 1;
  if (text[0] == '\r' && text[1] == '\n') return 2;
  while (((unsigned char)text[length] & 0xC0) == 0x80) length++;
  return length;
}

/* ... and others put in: the length of it folded, and where `to` is not NULL, its bytes. */
static size_t put_folded(const char *text, char *to) {
  size_t at = 0, column = 0, length;
  for (; *text != '\0'; text += length) {
    bool is_end = *text == '\r';
    length = piece_length(text);
    if (!is_end && column + length > LINE_MAX) {
      if (to != NULL) memcpy(to + at, fold, sizeof fold - 1);
      at += sizeof fold - 1;
      column = 1;
    }
    if (to != NULL) memcpy(to + at, text, length);
    at += length;
    column = is_end ? 0 : column + length;
  }
  return at;
}

int32_t sla__ical_compose(sla__ical_outline *outline, sla__ical_array *text) {
  char *printed = outline->failed ? NULL : print(outline);
  size_t at = text->count;
  sla__ical_outline_empty(outline);
  if (printed == NULL) return SLA_E_MEMORY;
  unfold(printed);
  bool stored =
      sla__ical_array_extend(outline->allocator, text, 1, put_folded(printed, NULL));
  if (stored) put_folded(printed, (char *)text->data + at);
  free_printed(printed);
  return stored ? SLA_OK : SLA_E_MEMORY;
}
