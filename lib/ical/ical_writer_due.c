/* SPDX-License-Identifier: MIT */
/* Due dates as events or tasks, with alarms. */
#include "ical_writer.h"

static const sla__ical_slice none = {"", 0};

static sla__ical_slice text_of(const sla__ical_last_due *last, sla__ical_text text) {
  return sla__ical_text_get(&last->bytes, text);
}

/* ---- as a component ---- */

static void put_alarm(sla__ical_outline *outline, const sla__ical_last_due *last, sla_time at) {
  sla__ical_begin(outline, "VALARM");
  sla__ical_value(outline, "ACTION", "DISPLAY", none);
  sla__ical_put_instant(outline, "TRIGGER;VALUE=DATE-TIME", at);
  sla__ical_words(outline, "DESCRIPTION", text_of(last, last->summary));
  sla__ical_end(outline);
}

/* An event that has no length is a point in time, which blocks nobody's calendar. */
static void put_times(sla__ical_outline *outline, const sla_ical_due *due) {
  bool lasts = due->from_at != SLA_NONE;
  if (due->component == SLA_ICAL_TODO) {
    if (lasts) sla__ical_put_instant(outline, "DTSTART", due->from_at);
    sla__ical_put_instant(outline, "DUE", due->due_at);
    sla__ical_value(outline, "STATUS", "NEEDS-ACTION", none);
    return;
  }
  sla__ical_put_instant(outline, "DTSTART", lasts ? due->from_at : due->due_at);
  if (lasts) sla__ical_put_instant(outline, "DTEND", due->due_at);
  sla__ical_value(outline, "TRANSP", "TRANSPARENT", none);
}

static int32_t compose(sla_ical_writer *writer, const sla__ical_last_due *last) {
  sla__ical_outline *outline = &writer->outline;
  const char priority[] = {(char)('0' + last->due.priority), '\0'};
  sla__ical_begin(outline, last->due.component == SLA_ICAL_TODO ? "VTODO" : "VEVENT");
  sla__ical_words(outline, "UID", text_of(last, last->uid));
  sla__ical_put_instant(outline, "DTSTAMP", last->due.stamp_at);
  put_times(outline, &last->due);
  sla__ical_words(outline, "SUMMARY", text_of(last, last->summary));
  if (last->due.priority > 0) sla__ical_value(outline, "PRIORITY", priority, none);
  if (last->description.length > 0)
    sla__ical_words(outline, "DESCRIPTION", text_of(last, last->description));
  if (last->url.length > 0) sla__ical_words(outline, "URL", text_of(last, last->url));
  for (uint32_t i = 0; i < last->alarm_count; i++) put_alarm(outline, last, last->alarms[i]);
  sla__ical_end(outline);
  return sla__ical_compose(outline, &writer->body);
}

/* ---- adding one ---- */

static int32_t check_due(const sla_ical_due *due, size_t size, sla_error *error) {
  if (due == NULL) return sla__ical_fail_null(error, 2);
  if (!sla__ical_size_ok(size, sizeof *due) || !sla__ical_record_known(due, size, sizeof *due))
    return sla__ical_fail_argument(error, SLA_E_ABI, 3, (int64_t)size, (int64_t)sizeof *due);
  if (due->component != SLA_ICAL_EVENT && due->component != SLA_ICAL_TODO)
    return sla__ical_fail_argument(error, SLA_E_ARGUMENT, 2, due->component, SLA_ICAL_TODO);
  if (due->priority > 9)
    return sla__ical_fail_argument(error, SLA_E_ARGUMENT, 2, due->priority, 9);
  int32_t code = sla__ical_check_time(due->due_at, 2, error);
  if (code == SLA_OK) code = sla__ical_check_time(due->stamp_at, 2, error);
  if (code != SLA_OK || due->from_at == SLA_NONE) return code;
  code = sla__ical_check_time(due->from_at, 2, error);
  if (code == SLA_OK && due->from_at >= due->due_at)
    return sla__ical_fail_argument(error, SLA_ICAL_E_EVENT, 2, due->from_at, due->due_at);
  return code;
}

static bool keep(const sla_ical_writer *writer, sla__ical_last_due *last, sla__ical_slice slice,
                 sla__ical_text *text) {
  return sla__ical_text_add(&writer->allocator, &last->bytes, slice, text);
}

int32_t sla_ical_writer_add_due(sla_ical_writer *writer, const sla_ical_due *due, size_t size,
                                const char *uid, size_t uid_length, const char *summary,
                                size_t summary_length, sla_error *error) {
  const sla__ical_slice name = {uid, uid_length}, words = {summary, summary_length};
  if (writer == NULL) return sla__ical_fail_null(error, 1);
  int32_t code = check_due(due, size, error);
  if (code == SLA_OK) code = sla__ical_check_text(name, 1, SLA__ICAL_TEXT_MAX, 4, error);
  if (code == SLA_OK) code = sla__ical_check_text(words, 0, SLA__ICAL_TEXT_MAX, 6, error);
  if (code != SLA_OK) return code;
  if (writer->due_count == SLA__ICAL_DUES_MAX)
    return sla__ical_fail_argument(error, SLA_E_LIMIT, 1, SLA__ICAL_DUES_MAX + 1,
                                   SLA__ICAL_DUES_MAX);
  sla__ical_last_due made = {.due = *due, .from = writer->body.count};
  if (!keep(writer, &made, name, &made.uid) || !keep(writer, &made, words, &made.summary) ||
      compose(writer, &made) != SLA_OK) {
    sla__ical_array_free(&writer->allocator, &made.bytes, 1);
    return sla__ical_fail(error, SLA_E_MEMORY);
  }
  sla__ical_array_free(&writer->allocator, &writer->last.bytes, 1);
  writer->last = made;
  writer->due_count++;
  return SLA_OK;
}

/* ---- adding to it ---- */

/* Writes the last one again, changed, in its own place; all or nothing. */
static int32_t replace_last(sla_ical_writer *writer, const sla__ical_last_due *changed,
                            sla_error *error) {
  size_t end = writer->body.count;
  if (compose(writer, changed) != SLA_OK) return sla__ical_fail(error, SLA_E_MEMORY);
  char *body = writer->body.data;
  memmove(body + changed->from, body + end, writer->body.count - end);
  writer->body.count -= end - changed->from;
  writer->last = *changed;
  return SLA_OK;
}

/* No mark of an address may end its line. */
static bool is_address(sla__ical_slice text) {
  for (size_t i = 0; i < text.length; i++)
    if ((unsigned char)text.text[i] <= 0x20 || text.text[i] == 0x7F) return false;
  return true;
}

int32_t sla_ical_writer_add_text(sla_ical_writer *writer, uint32_t which, const char *text,
                                 size_t length, sla_error *error) {
  const sla__ical_slice said = {text, length};
  if (writer == NULL) return sla__ical_fail_null(error, 1);
  if (writer->due_count == 0) return sla__ical_fail_argument(error, SLA_E_ARGUMENT, 1, 0, 0);
  if (which != SLA_ICAL_DESCRIPTION && which != SLA_ICAL_URL)
    return sla__ical_fail_argument(error, SLA_E_ARGUMENT, 2, which, SLA_ICAL_URL);
  int32_t code = sla__ical_check_text(said, 0, SLA__ICAL_TEXT_MAX, 3, error);
  if (code != SLA_OK) return code;
  if (which == SLA_ICAL_URL && !is_address(said))
    return sla__ical_fail_argument(error, SLA_E_NAME, 3, 0, 0);
  size_t before = writer->last.bytes.count;
  sla__ical_text kept = {0, 0};
  if (!keep(writer, &writer->last, said, &kept)) return sla__ical_fail(error, SLA_E_MEMORY);
  sla__ical_last_due changed = writer->last;
  *(which == SLA_ICAL_URL ? &changed.url : &changed.description) = kept;
  code = replace_last(writer, &changed, error);
  if (code != SLA_OK) writer->last.bytes.count = before;
  return code;
}

int32_t sla_ical_writer_add_alarm(sla_ical_writer *writer, sla_time at, sla_error *error) {
  if (writer == NULL) return sla__ical_fail_null(error, 1);
  if (writer->due_count == 0) return sla__ical_fail_argument(error, SLA_E_ARGUMENT, 1, 0, 0);
  int32_t code = sla__ical_check_time(at, 2, error);
  if (code != SLA_OK) return code;
  sla__ical_last_due changed = writer->last;
  if (changed.alarm_count == SLA__ICAL_ALARMS_MAX)
    return sla__ical_fail_argument(error, SLA_E_LIMIT, 1, SLA__ICAL_ALARMS_MAX + 1,
                                   SLA__ICAL_ALARMS_MAX);
  changed.alarms[changed.alarm_count++] = at;
  return replace_last(writer, &changed, error);
}
