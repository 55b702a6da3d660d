/* SPDX-License-Identifier: MIT */
/* The names of codes, the sentences about errors, the version. */
#include "ical_base.h"

typedef struct {
  int32_t code;
  const char *name, *sentence;
} known;

#define CODE(code, sentence) {code, #code, sentence}

static const known codes[] = {
    CODE(SLA_ICAL_E_ENCODING, "the file has a byte that is zero or not UTF-8"),
    CODE(SLA_ICAL_E_SYNTAX, "the file is not iCalendar, or ends too early"),
    CODE(SLA_ICAL_E_SIZE, "the file is too large"),
    CODE(SLA_ICAL_E_LINE, "a line, its folds included, is too long"),
    CODE(SLA_ICAL_E_NESTING, "components are nested too deep"),
    CODE(SLA_ICAL_E_COMPONENTS, "there are too many components"),
    CODE(SLA_ICAL_E_PROPERTIES, "a component has too many properties"),
    CODE(SLA_ICAL_E_PARAMETERS, "a property has too many parameters"),
    CODE(SLA_ICAL_E_INSTANCES, "events have too many occurrences, or days to search for them"),
    CODE(SLA_ICAL_E_WINDOW, "there is no window of dates, or it is too long"),
    CODE(SLA_ICAL_E_VALUE, "a property says when, and cannot be understood"),
    CODE(SLA_ICAL_E_RULE, "a recurrence rule is malformed"),
    CODE(SLA_ICAL_E_UNSUPPORTED, "a recurrence of this kind is not supported"),
    CODE(SLA_ICAL_E_ZONE, "neither the file nor the host says what a time zone is"),
    CODE(SLA_ICAL_E_EVENT, "an event contradicts itself"),
    CODE(SLA_ICAL_E_WORKDAY, "nobody said the hours of a make-up working day"),
};

static const known *look_up(int32_t code) {
  for (size_t i = 0; i < SLA__ICAL_LENGTH(codes); i++)
    if (codes[i].code == code) return &codes[i];
  return NULL;
}

const char *sla_ical_code_name(int32_t code) {
  const known *ours = look_up(code);
  return ours == NULL ? sla_code_name(code) : ours->name;
}

/* Where it went wrong is told as libsla tells it: what follows the sentence of "no error". */
static size_t place_of(const sla_error *error, char *text, size_t capacity) {
  sla_error place = *error;
  const sla_error nothing = {0};
  place.code = SLA_OK;
  size_t sentence = sla_error_text(&nothing, NULL, 0) - strlen(".");
  size_t length = sla_error_text(&place, text, capacity) - sentence;
  memmove(text, text + sentence, length + 1);
  return length;
}

static void put(char *buffer, size_t capacity, size_t at, const char *text, size_t length) {
  if (at >= capacity) return;
  size_t room = capacity - at;
  memcpy(buffer + at, text, length < room ? length : room);
}

#define PLACE 256 /* five labelled numbers of 20 digits and "no error" are shorter */

size_t sla_ical_error_text(const sla_error *error, char *buffer, size_t capacity) {
  const known *ours = error == NULL ? NULL : look_up(error->code);
  if (ours == NULL) return sla_error_text(error, buffer, capacity);
  char place[PLACE];
  size_t said = strlen(ours->sentence), placed = place_of(error, place, sizeof place);
  if (buffer == NULL || capacity == 0) return said + placed;
  put(buffer, capacity - 1, 0, ours->sentence, said);
  put(buffer, capacity - 1, said, place, placed);
  buffer[said + placed < capacity ? said + placed : capacity - 1] = '\0';
  return said + placed;
}

uint32_t sla_ical_version(void) { return SLA_VERSION; }
