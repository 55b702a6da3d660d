/* SPDX-License-Identifier: MIT */
#include "ical_writer.h"

#include "ical_stamp.h"

static const sla__ical_slice none = {"", 0};

int32_t sla__ical_check_time(sla_time time, uint32_t argument, sla_error *error) {
  if (time >= SLA_TIME_MIN && time <= SLA_TIME_MAX) return SLA_OK;
  return sla__ical_fail_argument(error, SLA_E_RANGE, argument, time,
                                 time < SLA_TIME_MIN ? SLA_TIME_MIN : SLA_TIME_MAX);
}

void sla__ical_put_instant(sla__ical_outline *outline, const char *property, sla_time time) {
  char text[SLA__ICAL_STAMP_TEXT];
  sla__ical_wall_text(time, true, text);
  sla__ical_value(outline, property, text, none);
}

/* ---- the file ---- */

static const char last_line[] = "END:VCALENDAR\r\n";

static int32_t compose_head(sla__ical_outline *outline, sla__ical_slice name,
                            sla__ical_array *head) {
  static const char maker[] = "-//libsla//libsla-ical//EN";
  sla__ical_begin(outline, "VCALENDAR");
  sla__ical_value(outline, "VERSION", "2.0", none);
  sla__ical_words(outline, "PRODID", (sla__ical_slice){maker, sizeof maker - 1});
  if (name.length > 0) sla__ical_words(outline, "X-WR-CALNAME", name);
  sla__ical_end(outline);
  return sla__ical_compose(outline, head);
}

int32_t sla_ical_writer_new(const sla_allocator *allocator, sla_ical_writer **writer,
                            sla_error *error) {
  if (writer == NULL) return sla__ical_fail_null(error, 2);
  const sla_allocator chosen = sla__ical_mem_allocator(allocator);
  sla_ical_writer *made = sla__ical_mem_new(&chosen, sizeof *made);
  if (made == NULL) return sla__ical_fail(error, SLA_E_MEMORY);
  made->allocator = chosen;
  made->outline.allocator = &made->allocator;
  if (compose_head(&made->outline, none, &made->head) != SLA_OK) {
    sla_ical_writer_free(made);
    return sla__ical_fail(error, SLA_E_MEMORY);
  }
  *writer = made;
  return SLA_OK;
}

void sla_ical_writer_free(sla_ical_writer *writer) {
  if (writer == NULL) return;
  const sla_allocator allocator = writer->allocator;
  sla__ical_outline_free(&writer->outline);
  sla__ical_array_free(&allocator, &writer->head, 1);
  sla__ical_array_free(&allocator, &writer->body, 1);
  sla__ical_array_free(&allocator, &writer->last.bytes, 1);
  sla__ical_mem_free(&allocator, writer, sizeof *writer);
}

int32_t sla_ical_writer_set_name(sla_ical_writer *writer, const char *name, size_t length,
                                 sla_error *error) {
  const sla__ical_slice said = {name, length};
  sla__ical_array head = {0};
  if (writer == NULL) return sla__ical_fail_null(error, 1);
  int32_t code = sla__ical_check_text(said, 0, SLA__ICAL_TEXT_MAX, 2, error);
  if (code != SLA_OK) return code;
  if (compose_head(&writer->outline, said, &head) != SLA_OK)
    return sla__ical_fail(error, SLA_E_MEMORY);
  sla__ical_array_free(&writer->allocator, &writer->head, 1);
  writer->head = head;
  return SLA_OK;
}

int32_t sla_ical_writer_text(const sla_ical_writer *writer, char *buffer, size_t capacity,
                             size_t *length) {
  if (writer == NULL || length == NULL || (buffer == NULL && capacity > 0)) return SLA_E_NULL;
  const size_t tail = sizeof last_line - 1, head = writer->head.count - tail;
  const size_t body = writer->body.count;
  *length = head + body + tail;
  if (capacity < *length) return SLA_OK;
  memcpy(buffer, writer->head.data, head);
  if (body > 0) memcpy(buffer + head, writer->body.data, body);
  memcpy(buffer + head + body, last_line, tail);
  return SLA_OK;
}

size_t sla_ical_due_size(void) { return sizeof(sla_ical_due); }
