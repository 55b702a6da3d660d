/* SPDX-License-Identifier: MIT */
#include "agreement.h"

#include <time.h>

#include "holidays.h"
#include "targets.h"
#include "times.h"
#include "why.h"
#include "zones.h"

/* Puts the option's name before what is wrong with its value. */
static bool blame(bytes *why, const char *option, bytes *reason, bool done) {
  if (!done) bytes_format(why, "--%s: %s", option, bytes_text(reason));
  bytes_free(reason);
  return done;
}

static bool make_zone(agreement *made, const options *from, bytes *why) {
  bytes reason = {0};
  bool given = from->zone.length != 0;
  bool done = zone_find(given ? bytes_text(&from->zone) : "UTC", &made->zone, &reason);
  made->local = given ? made->zone : NULL;
  return blame(why, "zone", &reason, done);
}

static bool make_words(agreement *made, const options *from, bytes *why) {
  bytes reason = {0};
  return blame(why, "map", &reason, words_read_map(&made->words, bytes_text(&from->map), &reason));
}

static bool make_now(agreement *made, const options *from, bytes *why) {
  bytes reason = {0};
  made->now = (sla_time)time(NULL);
  return from->now.length == 0 ||
         blame(why, "now", &reason,
               time_read((slice){from->now.data, from->now.length}, made->local, &made->now,
                         &reason));
}

/* ---- the calendar ---- */

static bool add_hours(sla_calendar_builder *builder, const bytes *hours, bytes *why) {
  sla_error error;
  bytes reason = {0};
  const bytes always = {(char *)"24/7", 4, 0};
  const bytes *text = hours->length == 0 ? &always : hours;
  bool done = sla_calendar_builder_add_hours_text(builder, text->data, text->length, &error) ==
                  SLA_OK || why_error(&reason, &error);
  return blame(why, "hours", &reason, done);
}

static bool add_holidays(sla_calendar_builder *builder, const agreement *made, const options *from,
                         bytes *why) {
  bytes reason = {0};
  const char *zone_name = from->zone.length == 0 ? NULL : bytes_text(&from->zone);
  const feed_place place = {made->zone, zone_name, made->now};
  return from->holidays.length == 0 ||
         blame(why, "holidays", &reason,
               holidays_read(builder, from->holidays.data, &place, &reason));
}

static bool make_calendar(agreement *made, const options *from, bytes *why) {
  sla_calendar_builder *builder = NULL;
  sla_error error;
  bool done = (sla_calendar_builder_new(NULL, &builder, &error) == SLA_OK &&
               sla_calendar_builder_set_zone(builder, made->zone, &error) == SLA_OK) ||
              why_error(why, &error);
  done = done && add_hours(builder, &from->hours, why) &&
         add_holidays(builder, made, from, why) &&
         (sla_calendar_builder_build(builder, &made->calendar, &error) == SLA_OK ||
          why_error(why, &error));
  sla_calendar_builder_free(builder);
  return done;
}

/* ---- the policy ---- */

static bool add_targets(agreement *made, sla_policy_builder *builder, const options *from,
                        metric_set *metrics, bytes *why) {
  const struct {
    uint32_t metric;
    const char *option;
    const bytes *text;
  } given[] = {{SLA_FIRST_RESPONSE, "first-response", &from->first_response},
               {SLA_NEXT_RESPONSE, "next-response", &from->next_response},
               {SLA_RESOLUTION, "resolution", &from->resolution}};
  *metrics = 0;
  for (size_t i = 0; i < METRICS; i++) {
    bytes reason = {0};
    if (given[i].text->length == 0) continue;
    *metrics |= UINT32_C(1) << given[i].metric;
    bool done = targets_read(builder, given[i].metric, given[i].text->data, &made->words, &reason);
    if (!blame(why, given[i].option, &reason, done)) return false;
  }
  if (*metrics == 0)
    bytes_add_text(why, "nothing was promised: give at least one of --first-response, "
                        "--next-response and --resolution, for example --first-response 4h");
  return *metrics != 0;
}

static bool add_due_soon(sla_policy_builder *builder, metric_set metrics, const bytes *text,
                         bytes *why) {
  bytes reason = {0};
  return text->length == 0 || blame(why, "due-soon", &reason,
                                    targets_read_due_soon(builder, metrics, text->data, &reason));
}

static bool add_pauses(sla_policy_builder *builder, const bytes *text, bytes *why) {
  bytes reason = {0};
  return text->length == 0 ||
         blame(why, "pause", &reason, targets_read_pauses(builder, text->data, &reason));
}

static bool list_metrics(agreement *made, bytes *why) {
  made->metric_count = sla_policy_metric_count(made->policy);
  for (uint32_t i = 0; i < made->metric_count; i++) {
    int32_t code = sla_policy_metric(made->policy, i, &made->metrics[i]);
    if (code != SLA_OK) return why_code(why, code);
  }
  return true;
}

static bool make_policy(agreement *made, const options *from, bytes *why) {
  sla_policy_builder *builder = NULL;
  sla_error error;
  metric_set metrics;
  bool done = (sla_policy_builder_new(NULL, &builder, &error) == SLA_OK &&
               sla_policy_builder_set_calendar(builder, made->calendar, &error) == SLA_OK) ||
              why_error(why, &error);
  done = done && add_targets(made, builder, from, &metrics, why) &&
         add_due_soon(builder, metrics, &from->due_soon, why) &&
         add_pauses(builder, &from->pause, why) &&
         (sla_policy_builder_build(builder, &made->policy, &error) == SLA_OK ||
          why_error(why, &error));
  sla_policy_builder_free(builder);
  return done && list_metrics(made, why);
}

bool agreement_make(agreement *made, const options *from, bytes *why) {
  return make_zone(made, from, why) && make_words(made, from, why) && make_now(made, from, why) &&
         make_calendar(made, from, why) && make_policy(made, from, why);
}

void agreement_free(agreement *made) {
  sla_policy_unref(made->policy);
  sla_calendar_unref(made->calendar);
  sla_zone_unref(made->zone);
  words_free(&made->words);
}
