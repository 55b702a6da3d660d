/* SPDX-License-Identifier: MIT */
/* A calendar as a file: its zone, weekly hours as availability (RFC 7953), the rest as events. */
#include "ical_own.h"
#include "ical_stamp.h"
#include "ical_vtimezone.h"
#include "ical_writer.h"

#define NAME_MAX 256 /* of an entry, terminated */
#define WINDOW_MAX 36525

/* What is the same for all components of a calendar. */
typedef struct {
  const sla_calendar *calendar;
  sla__ical_slice tzid;
  int64_t first_day, last_day;
  sla_time stamp;
  sla__ical_array hashes; /* uint64_t, of the entries so far */
} frame;

static const sla__ical_slice none = {"", 0};

/* ---- an entry ---- */

typedef struct {
  sla_entry entry;
  sla__ical_form form;
  char name[NAME_MAX], own[SLA__ICAL_OWN_MAX];
  size_t name_length;
} item;

static bool is_nameable(const sla_entry *entry) {
  return entry->kind == SLA_ENTRY_HOLIDAY || entry->kind == SLA_ENTRY_CLOSURE;
}

static void get_item(const frame *f, uint32_t index, item *got) {
  *got = (item){0};
  (void)sla_calendar_entry(f->calendar, index, &got->entry, sizeof got->entry);
  (void)sla_calendar_entry_name(f->calendar, index, got->name, sizeof got->name,
                                &got->name_length);
  (void)sla__ical_form_of(&got->entry, f->first_day, &got->form);
  sla__ical_own_text(&got->entry, is_nameable(&got->entry) && got->name_length == 0, got->own);
}

static sla__ical_slice summary_of(const item *it) {
  if (it->name_length > 0) return (sla__ical_slice){it->name, it->name_length};
  const char *stands_in = is_nameable(&it->entry) ? SLA__ICAL_CLOSED : SLA__ICAL_OPEN;
  return (sla__ical_slice){stands_in, strlen(stands_in)};
}

/* FNV-1a, so that an entry has the same UID for as long as it is the same. */
static uint64_t hash_more(uint64_t hash, sla__ical_slice bytes) {
  for (size_t i = 0; i < bytes.length; i++)
    hash = (hash ^ (unsigned char)bytes.text[i]) * UINT64_C(0x100000001b3);
  return hash;
}

static uint64_t hash_of(const frame *f, const item *it) {
  uint64_t hash = hash_more(UINT64_C(0xcbf29ce484222325), f->tzid);
  hash = hash_more(hash, (sla__ical_slice){it->own, strlen(it->own) + 1});
  return hash_more(hash, (sla__ical_slice){it->name, it->name_length});
}

/* The hash, and how many equal entries came before: "0123456789abcdef-0@libsla". */
static bool put_uid(sla__ical_outline *outline, frame *f, const item *it) {
  static const char place[] = "@libsla";
  char text[64];
  uint64_t hash = hash_of(f, it);
  uint32_t before = 0;
  const uint64_t *hashes = f->hashes.data;
  for (size_t i = 0; i < f->hashes.count; i++) before += hashes[i] == hash;
  uint64_t *slot = sla__ical_array_push(outline->allocator, &f->hashes, sizeof *slot);
  if (slot == NULL) return false;
  *slot = hash;
  for (int i = 0; i < 16; i++) text[i] = "0123456789abcdef"[hash >> (60 - 4 * i) & 15];
  size_t at = 16, digits = 1;
  text[at++] = '-';
  for (uint32_t rest = before; rest >= 10; rest /= 10) digits++;
  for (size_t i = digits; i-- > 0; before /= 10) text[at + i] = (char)('0' + before % 10);
  at += digits;
  memcpy(text + at, place, sizeof place - 1);
  sla__ical_words(outline, "UID", (sla__ical_slice){text, at + sizeof place - 1});
  return true;
}

static void put_wall(sla__ical_outline *outline, const frame *f, const item *it,
                     const char *property, const char *date_property, sla__ical_wall wall) {
  char text[SLA__ICAL_STAMP_TEXT];
  if (it->form.is_date) {
    sla__ical_date_text(sla__ical_day_of(wall), text);
    sla__ical_value(outline, date_property, text, none);
  } else {
    sla__ical_wall_text(wall, false, text);
    sla__ical_value(outline, property, text, f->tzid);
  }
}

static bool put_item(sla__ical_outline *outline, frame *f, const item *it, const char *component) {
  const sla__ical_form *form = &it->form;
  sla__ical_begin(outline, component);
  if (!put_uid(outline, f, it)) return false;
  sla__ical_put_instant(outline, "DTSTAMP", f->stamp);
  put_wall(outline, f, it, "DTSTART", "DTSTART;VALUE=DATE", form->start);
  if (form->end != SLA_NONE) put_wall(outline, f, it, "DTEND", "DTEND;VALUE=DATE", form->end);
  if (form->rule[0] != '\0') sla__ical_value(outline, "RRULE", form->rule, none);
  if (form->never) put_wall(outline, f, it, "EXDATE", "EXDATE;VALUE=DATE", form->start);
  sla__ical_words(outline, "SUMMARY", summary_of(it));
  if (it->entry.kind == SLA_ENTRY_SPECIAL_HOURS) {
    sla__ical_value(outline, "TRANSP", "TRANSPARENT", none);
    sla__ical_value(outline, "X-APPLE-SPECIAL-DAY", "ALTERNATE-WORKDAY", none);
  }
  sla__ical_value(outline, "X-SLA-ENTRY", it->own, none);
  sla__ical_end(outline);
  return true;
}

/* ---- the calendar ---- */

static int32_t put_zone(sla_ical_writer *writer, const frame *f) {
  int32_t code = sla__ical_vtimezone(&writer->outline, sla_calendar_zone(f->calendar), f->tzid,
                                     f->first_day, f->last_day);
  return code == SLA_OK ? sla__ical_compose(&writer->outline, &writer->body) : code;
}

/* Written even when it is empty, since it says that the events beside it are no opening hours. */
static int32_t put_hours(sla_ical_writer *writer, frame *f) {
  static const char summary[] = "Opening hours";
  sla__ical_outline *outline = &writer->outline;
  uint32_t count = sla_calendar_entry_count(f->calendar);
  item it = {.own = "hours"};
  sla__ical_begin(outline, "VAVAILABILITY");
  if (!put_uid(outline, f, &it)) return SLA_E_MEMORY;
  sla__ical_put_instant(outline, "DTSTAMP", f->stamp);
  sla__ical_words(outline, "SUMMARY", (sla__ical_slice){summary, sizeof summary - 1});
  for (uint32_t i = 0; i < count; i++) {
    get_item(f, i, &it);
    if (it.entry.kind == SLA_ENTRY_HOURS && !put_item(outline, f, &it, "AVAILABLE"))
      return SLA_E_MEMORY;
  }
  sla__ical_end(outline);
  return sla__ical_compose(outline, &writer->body);
}

static int32_t put_events(sla_ical_writer *writer, frame *f) {
  uint32_t count = sla_calendar_entry_count(f->calendar);
  int32_t code = SLA_OK;
  for (uint32_t i = 0; i < count && code == SLA_OK; i++) {
    item it;
    get_item(f, i, &it);
    if (it.entry.kind == SLA_ENTRY_HOURS) continue;
    bool put = put_item(&writer->outline, f, &it, "VEVENT");
    code = put ? sla__ical_compose(&writer->outline, &writer->body) : SLA_E_MEMORY;
  }
  return code;
}

/* ---- public ---- */

static int32_t check_date(sla_date date, uint32_t argument, int64_t *day, sla_error *error) {
  int32_t days = 0;
  if (sla_date_to_days(date, &days) != SLA_OK || date < 20000 || date >= 99990000)
    return sla__ical_fail_argument(error, SLA_E_DATE, argument, date, 0);
  *day = days;
  return SLA_OK;
}

static int32_t check_window(sla_date first, sla_date last, frame *f, sla_error *error) {
  int32_t code = check_date(first, 5, &f->first_day, error);
  if (code == SLA_OK) code = check_date(last, 6, &f->last_day, error);
  if (code != SLA_OK) return code;
  if (last < first) return sla__ical_fail_argument(error, SLA_E_DATE, 6, last, first);
  int64_t days = f->last_day - f->first_day + 1;
  if (days > WINDOW_MAX)
    return sla__ical_fail_argument(error, SLA_ICAL_E_WINDOW, 6, days, WINDOW_MAX);
  return SLA_OK;
}

/* A parameter can hold neither quotes nor control characters. */
static int32_t check_tzid(sla__ical_slice tzid, sla_error *error) {
  int32_t code = sla__ical_check_text(tzid, 1, SLA__ICAL_TZID_MAX, 3, error);
  for (size_t i = 0; i < tzid.length && code == SLA_OK; i++)
    if ((unsigned char)tzid.text[i] < 0x20 || tzid.text[i] == 0x7F || tzid.text[i] == '"')
      code = sla__ical_fail_argument(error, SLA_E_NAME, 3, (unsigned char)tzid.text[i], 0);
  return code;
}

int32_t sla_ical_writer_add_calendar(sla_ical_writer *writer, const sla_calendar *calendar,
                                     const char *tzid, size_t tzid_length, sla_date first,
                                     sla_date last, sla_time stamp, sla_error *error) {
  frame f = {.calendar = calendar, .tzid = {tzid, tzid_length}, .stamp = stamp};
  if (writer == NULL) return sla__ical_fail_null(error, 1);
  if (calendar == NULL) return sla__ical_fail_null(error, 2);
  int32_t code = check_tzid(f.tzid, error);
  if (code == SLA_OK) code = check_window(first, last, &f, error);
  if (code == SLA_OK) code = sla__ical_check_time(stamp, 7, error);
  if (code != SLA_OK) return code;
  if (writer->has_calendar) return sla__ical_fail_argument(error, SLA_E_LIMIT, 1, 2, 1);
  size_t before = writer->body.count;
  code = put_zone(writer, &f);
  if (code == SLA_OK) code = put_hours(writer, &f);
  if (code == SLA_OK) code = put_events(writer, &f);
  sla__ical_array_free(&writer->allocator, &f.hashes, sizeof(uint64_t));
  if (code == SLA_OK) {
    writer->has_calendar = true;
    return SLA_OK;
  }
  writer->body.count = before;
  sla__ical_outline_empty(&writer->outline);
  return code == SLA_ICAL_E_ZONE ? sla__ical_fail_argument(error, code, 2, 0, 0)
                                 : sla__ical_fail(error, code);
}
