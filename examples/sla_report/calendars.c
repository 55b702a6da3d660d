/* SPDX-License-Identifier: MIT */
#include "calendars.h"

#include <stdlib.h>
#include <string.h>

#include "holidays.h"
#include "why.h"
#include "zones.h"

/* A file beside the document, unless the path is absolute. */
static void path_beside(bytes *to, const document *in, slice path) {
  const char *end = strrchr(in->path, '/');
  if (path.text[0] != '/' && end != NULL) bytes_add(to, in->path, (size_t)(end - in->path) + 1);
  bytes_add(to, path.text, path.length);
}

static bool set_zone(named_calendar *made, sla_calendar_builder *builder, const document *in,
                     const node *of, feed_place *place, bytes *why) {
  const node *given = node_find(in, of, "zone");
  slice name;
  sla_error error;
  bytes reason = {0};
  if (given != NULL) {
    if (!node_need_text(in, given, "zone", &name, why)) return false;
    if (!document_accuse(in, given, why, &reason, zone_find(name.text, &made->zone, &reason)))
      return false;
    place->zone = made->zone;
    place->zone_name = name.text;
  }
  return sla_calendar_builder_set_zone(builder, place->zone, &error) == SLA_OK ||
         why_error(why, &error);
}

static bool add_hours(sla_calendar_builder *builder, const document *in, const node *of,
                      bytes *why) {
  const node *given = node_find(in, of, "hours");
  slice hours;
  sla_error error;
  bytes reason = {0};
  if (given == NULL) return document_blame(in, of, why, "a calendar needs hours");
  if (!node_need_text(in, given, "hours", &hours, why)) return false;
  bool done = sla_calendar_builder_add_hours_text(builder, hours.text, hours.length, &error) ==
                  SLA_OK || why_error(&reason, &error);
  return document_accuse(in, given, why, &reason, done);
}

static bool add_holidays(sla_calendar_builder *builder, const document *in, const node *of,
                         const feed_place *place, bytes *why) {
  const node *given = node_find(in, of, "holidays");
  slice path;
  bytes reason = {0}, beside = {0};
  if (given == NULL) return true;
  if (!node_need_text(in, given, "holidays", &path, why)) return false;
  path_beside(&beside, in, path);
  bool done = holidays_read(builder, beside.data, place, &reason);
  bytes_free(&beside);
  return document_accuse(in, given, why, &reason, done);
}

static bool build(const sla_calendar_builder *builder, named_calendar *made, const document *in,
                  const node *of, bytes *why) {
  sla_error error;
  bytes reason = {0};
  bool done = sla_calendar_builder_build(builder, &made->calendar, &error) == SLA_OK ||
              why_error(&reason, &error);
  return document_accuse(in, of, why, &reason, done);
}

static bool read_calendar(named_calendar *made, const document *in, const node *of,
                          const feed_place *usual, bytes *why) {
  static const char *const keys[] = {"zone", "hours", "holidays"};
  sla_calendar_builder *builder = NULL;
  sla_error error;
  feed_place place = *usual;
  if (!node_check_keys(in, of, "a calendar", keys, 3, why)) return false;
  bool done = sla_calendar_builder_new(NULL, &builder, &error) == SLA_OK || why_error(why, &error);
  done = done && set_zone(made, builder, in, of, &place, why) && add_hours(builder, in, of, why) &&
         add_holidays(builder, in, of, &place, why) && build(builder, made, in, of, why);
  sla_calendar_builder_free(builder);
  return done;
}

bool calendars_read(calendars *made, const document *in, const node *from,
                    const feed_place *usual, bytes *why) {
  if (from == NULL) return true;
  if (!node_check_names(in, from, "calendars", why)) return false;
  for (size_t i = 0; i < node_count(from); i++) {
    made->items = need_one_more(made->items, made->count, &made->room, sizeof *made->items);
    named_calendar *added = &made->items[made->count++];
    *added = (named_calendar){.name = node_text(node_key(in, from, i))};
    if (!read_calendar(added, in, node_value(in, from, i), usual, why)) return false;
  }
  return true;
}

void calendars_free(calendars *of) {
  for (size_t i = 0; i < of->count; i++) {
    sla_calendar_unref(of->items[i].calendar);
    sla_zone_unref(of->items[i].zone);
  }
  free(of->items);
}

const sla_calendar *calendars_find(const calendars *in, slice name) {
  for (size_t i = 0; i < in->count; i++)
    if (in->items[i].name.length == name.length &&
        memcmp(in->items[i].name.text, name.text, name.length) == 0)
      return in->items[i].calendar;
  return NULL;
}
