/* SPDX-License-Identifier: MIT */
#include "error.h"

#include "text.h"

static int32_t fill(sla_error *error, sla_error with) {
  if (error != NULL) *error = with;
  return with.code;
}

int32_t sla__fail(sla_error *error, int32_t code) {
  return fill(error, (sla_error){.code = code});
}

int32_t sla__fail_argument(sla_error *error, int32_t code, uint32_t argument, int64_t value,
                           int64_t limit) {
  return fill(error,
              (sla_error){.code = code, .argument = argument, .value = value, .limit = limit});
}

int32_t sla__check_size(sla_error *error, uint32_t argument, uint64_t size, size_t known) {
  if (size <= SLA__RECORD_MAX && sla__size_ok((size_t)size, known)) return SLA_OK;
  int64_t value = size < INT64_MAX ? (int64_t)size : INT64_MAX;
  return sla__fail_argument(error, SLA_E_ABI, argument, value, (int64_t)known);
}

int32_t sla__fail_index(sla_error *error, int32_t code, int64_t index, int64_t value,
                        int64_t limit) {
  return fill(error, (sla_error){.code = code, .index = index, .value = value, .limit = limit});
}

int32_t sla__fail_text(sla_error *error, int32_t code, const char *text, size_t offset) {
  sla_error with = {.code = code, .index = (int64_t)offset};
  sla__position(text, offset, &with.line, &with.column);
  return fill(error, with);
}

/* ---- the sentence ---- */

static const struct {
  int32_t code;
  const char *sentence;
} sentences[] = {
    {SLA_OK, "no error"},
    {SLA_E_MEMORY, "the allocator returned no memory"},
    {SLA_E_NULL, "a required pointer is NULL"},
    {SLA_E_ARGUMENT, "an argument is outside its documented values"},
    {SLA_E_ABI, "a record has a wrong size, or sets bytes this version does not know"},
    {SLA_E_RANGE, "an instant or length lies outside the years 1 to 9999"},
    {SLA_E_LIMIT, "a documented limit is exceeded"},
    {SLA_E_TZIF, "the zone bytes are not well-formed TZif"},
    {SLA_E_LEAP, "the zone bytes count leap seconds, which this library does not"},
    {SLA_E_POSIX, "the POSIX TZ text is malformed"},
    {SLA_E_DATE, "there is no such date, or the range ends before it starts"},
    {SLA_E_TIME, "there is no such time of day, or the interval has no length"},
    {SLA_E_HOURS, "the hours text is malformed"},
    {SLA_E_CLOSED, "the calendar would never be open"},
    {SLA_E_NEVER, "it is not reached before the year 10000"},
    {SLA_E_NAME, "a name is not printable UTF-8, or is too long"},
    {SLA_E_ZONE, "the calendar has no zone"},
    {SLA_E_METRIC, "there is no such metric"},
    {SLA_E_PRIORITY, "a priority is not 0 to 31"},
    {SLA_E_TARGET, "a target is negative, out of range, or does not fit its unit and clock"},
    {SLA_E_DUE_SOON, "a due-soon rule is negative or out of range"},
    {SLA_E_CALENDAR, "a business-hours target has no calendar"},
    {SLA_E_EMPTY, "the policy has no target"},
    {SLA_E_STATUS, "there is no such ticket status, or it was not declared"},
    {SLA_E_RULE, "a metric's rule contradicts itself or names what this version does not know"},
    {SLA_E_OPTION, "there is no such option, or it has no such value"},
    {SLA_E_POLICY, "there is no such policy or preset"},
    {SLA_E_EVENT, "an event has an unknown kind, or says what its kind cannot"},
    {SLA_E_ORDER, "an event is earlier than the one before it"},
    {SLA_E_CREATION, "a log must begin with its one creation"},
    {SLA_E_ROW, "the row contradicts itself"},
    {SLA_E_BYTES, "the bytes are not those of such an object"},
    {SLA_E_ATTRIBUTE, "there is no such attribute, or its name is taken"},
    {SLA_E_CONDITION, "a condition has no place there, or what its attribute cannot have"},
    {SLA_E_FACT, "a fact is of no attribute, is one too many, or lies beyond its texts"},
    {SLA_E_VERSION, "there is no such version, or it does not follow the one before it"},
};

static const char *sentence_of(int32_t code) {
  for (size_t i = 0; i < SLA__LENGTH(sentences); i++)
    if (sentences[i].code == code) return sentences[i].sentence;
  return "unknown error";
}

static void write_labelled(sla__writer *writer, const char *label, int64_t number) {
  sla__write_string(writer, label);
  sla__write_number(writer, number);
}

static void write_place(sla__writer *writer, const sla_error *error) {
  if (error->argument != 0) write_labelled(writer, " (argument ", error->argument);
  else if (error->line != 0) write_labelled(writer, " (line ", error->line);
  else write_labelled(writer, " (index ", error->index);
  if (error->line != 0) write_labelled(writer, ", column ", error->column);
  if (error->argument != 0 && error->index != 0) write_labelled(writer, ", index ", error->index);
  if (error->value == SLA_NONE) {
    sla__write_string(writer, ", which is none");
  } else if (error->value != 0 || error->limit != 0) {
    write_labelled(writer, ", value ", error->value);
  }
  if (error->limit != 0) write_labelled(writer, ", limit ", error->limit);
  sla__write_string(writer, ")");
}

size_t sla_error_text(const sla_error *error, char *buffer, size_t capacity) {
  sla__writer writer = {buffer, buffer == NULL ? 0 : capacity, 0};
  int32_t code = error == NULL ? SLA_OK : error->code;
  sla__write_string(&writer, sentence_of(code));
  if (error != NULL && (error->argument != 0 || error->line != 0 || error->index != 0 ||
                        error->value != 0 || error->limit != 0))
    write_place(&writer, error);
  sla__write_string(&writer, ".");
  return writer.length;
}
