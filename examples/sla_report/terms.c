/* SPDX-License-Identifier: MIT */
#include "terms.h"

#include "targets.h"
#include "why.h"

/* Those of a version first. */
static const char *const keys[] = {"from", "calendar", "first response", "next response",
                                   "resolution", "due soon", "pause", "kind", "description",
                                   "preset", "versions"};
enum { KEYS = sizeof keys / sizeof *keys, VERSION_KEYS = 7 };

bool terms_check(const document *in, const node *of, bool whole, bytes *why) {
  return whole ? node_check_keys(in, of, "a policy", keys, KEYS, why)
               : node_check_keys(in, of, "a version", keys, VERSION_KEYS, why);
}

bool terms_check_none(const document *in, const node *of, bytes *why) {
  return node_check_keys(in, of, "a policy with versions", keys + VERSION_KEYS,
                         KEYS - VERSION_KEYS, why);
}

/* ---- targets ---- */

static bool add_target(sla_policy_builder *builder, const document *in, const node *of,
                       uint32_t metric, uint32_t priority, bytes *why) {
  slice text;
  bytes reason = {0};
  if (!node_need_text(in, of, sla_metric_name(metric), &text, why)) return false;
  return document_accuse(in, of, why, &reason,
                         targets_add(builder, metric, priority, text, &reason));
}

static bool read_priority(const document *in, const node *key, const word_map *words,
                          uint32_t *priority, bytes *why) {
  bytes reason = {0};
  return document_accuse(in, key, why, &reason,
                         words_priority_option(words, node_text(key), priority, &reason));
}

/* Two words may mean the same priority. */
static bool is_first(const document *in, const node *key, uint32_t priority, uint64_t *seen,
                     bytes *why) {
  uint64_t bit = UINT64_C(1) << (priority == SLA_PRIORITY_ANY ? 32 : priority);
  if (*seen & bit) return document_blame(in, key, why, "two targets for the same priority");
  *seen |= bit;
  return true;
}

static bool read_targets(sla_policy_builder *builder, const document *in, const node *of,
                         uint32_t metric, const word_map *words, bytes *why) {
  uint64_t seen = 0;
  if (!node_is_map(of)) return add_target(builder, in, of, metric, SLA_PRIORITY_ANY, why);
  if (!node_check_names(in, of, sla_metric_name(metric), why)) return false;
  for (size_t i = 0; i < node_count(of); i++) {
    const node *key = node_key(in, of, i);
    uint32_t priority;
    if (!read_priority(in, key, words, &priority, why) ||
        !is_first(in, key, priority, &seen, why) ||
        !add_target(builder, in, node_value(in, of, i), metric, priority, why))
      return false;
  }
  return true;
}

static bool read_all_targets(sla_policy_builder *builder, const document *in, const node *of,
                             metric_set *set, const word_map *words, bytes *why) {
  *set = 0;
  for (size_t i = 0; i < METRICS; i++) {
    const node *given = node_find(in, of, sla_metric_name(metrics_known[i]));
    if (given == NULL) continue;
    *set |= UINT32_C(1) << metrics_known[i];
    if (!read_targets(builder, in, given, metrics_known[i], words, why)) return false;
  }
  if (*set != 0) return true;
  return document_blame(in, of, why, "nothing is promised: first response, next response or"
                        " resolution is needed");
}

/* ---- due soon ---- */

static bool add_rule(sla_policy_builder *builder, const document *in, const node *of,
                     metric_set set, bytes *why) {
  slice text;
  bytes reason = {0};
  if (!node_need_text(in, of, "due soon", &text, why)) return false;
  return document_accuse(in, of, why, &reason,
                         targets_add_due_soon(builder, set, text, &reason));
}

static bool read_metric(const document *in, const node *key, uint32_t *metric, bytes *why) {
  bytes reason = {0};
  return document_accuse(in, key, why, &reason, words_metric(node_text(key), metric, &reason));
}

static bool read_due_soon(sla_policy_builder *builder, const document *in, const node *policy,
                          metric_set set, bytes *why) {
  const node *of = node_find(in, policy, "due soon");
  if (of == NULL) return true;
  if (!node_is_map(of)) return add_rule(builder, in, of, set, why);
  if (!node_check_names(in, of, "due soon", why)) return false;
  for (size_t i = 0; i < node_count(of); i++) {
    const node *key = node_key(in, of, i);
    uint32_t metric;
    if (!read_metric(in, key, &metric, why)) return false;
    if ((set >> metric & 1) == 0)
      return document_blame(in, key, why, "due soon: %s has no target", sla_metric_name(metric));
    if (!add_rule(builder, in, node_value(in, of, i), UINT32_C(1) << metric, why)) return false;
  }
  return true;
}

/* ---- pauses ---- */

static bool read_statuses(const document *in, const node *of, uint32_t *statuses, bytes *why) {
  *statuses = 0;
  if (!node_is_list(of) && slice_is_word(node_text(of), "none")) return true;
  for (size_t i = 0; i < node_items(of); i++) {
    const node *item = node_item(in, of, i);
    uint32_t status = 0;
    slice text;
    bytes reason = {0};
    if (!node_need_text(in, item, "pause", &text, why) ||
        !document_accuse(in, item, why, &reason, words_status_option(text, &status, &reason)))
      return false;
    *statuses |= UINT32_C(1) << status;
  }
  return true;
}

static bool pause(sla_policy_builder *builder, const document *in, const node *of, uint32_t metric,
                  bytes *why) {
  uint32_t statuses;
  bytes reason = {0};
  if (!read_statuses(in, of, &statuses, why)) return false;
  return document_accuse(in, of, why, &reason,
                         targets_set_pauses(builder, metric, statuses, &reason));
}

static bool read_pauses(sla_policy_builder *builder, const document *in, const node *policy,
                        bytes *why) {
  const node *of = node_find(in, policy, "pause");
  if (of == NULL) return true;
  if (node_is_map(of)) {
    if (!node_check_names(in, of, "pause", why)) return false;
    for (size_t i = 0; i < node_count(of); i++) {
      uint32_t metric;
      if (!read_metric(in, node_key(in, of, i), &metric, why) ||
          !pause(builder, in, node_value(in, of, i), metric, why))
        return false;
    }
    return true;
  }
  for (size_t i = 0; i < METRICS; i++)
    if (!pause(builder, in, of, metrics_known[i], why)) return false;
  return true;
}

/* ---- all of it ---- */

static bool set_calendar(sla_policy_builder *builder, const document *in, const node *policy,
                         const calendars *known, bytes *why) {
  const node *of = node_find(in, policy, "calendar");
  slice name;
  sla_error error;
  if (of == NULL) return true;
  if (!node_need_text(in, of, "calendar", &name, why)) return false;
  const sla_calendar *calendar = calendars_find(known, name);
  if (calendar == NULL)
    return document_blame(in, of, why, "there is no calendar '" SLICE_FORMAT "'",
                          SLICE_ARGUMENTS(name));
  return sla_policy_builder_set_calendar(builder, calendar, &error) == SLA_OK ||
         why_error(why, &error);
}

static bool set_preset(sla_policy_builder *builder, uint32_t preset, bytes *why) {
  sla_error error;
  return preset == 0 || sla_policy_builder_set_preset(builder, preset, &error) == SLA_OK ||
         why_error(why, &error);
}

static bool build(sla_policy **made, const sla_policy_builder *builder, const document *in,
                  const node *of, bytes *why) {
  sla_error error;
  bytes reason = {0};
  bool done = sla_policy_builder_build(builder, made, &error) == SLA_OK;
  if (!done && error.code == SLA_E_CALENDAR)
    bytes_add_text(&reason, "a calendar is needed for targets without @24x7");
  else if (!done) why_error(&reason, &error);
  return document_accuse(in, of, why, &reason, done);
}

bool terms_read(sla_policy **made, const document *in, const node *of, uint32_t preset,
                const policy_context *with, bytes *why) {
  sla_policy_builder *builder = NULL;
  sla_error error;
  metric_set set;
  bool done = sla_policy_builder_new(NULL, &builder, &error) == SLA_OK || why_error(why, &error);
  done = done && set_preset(builder, preset, why) &&
         set_calendar(builder, in, of, with->calendars, why) &&
         read_all_targets(builder, in, of, &set, with->words, why) &&
         read_due_soon(builder, in, of, set, why) && read_pauses(builder, in, of, why) &&
         build(made, builder, in, of, why);
  sla_policy_builder_free(builder);
  return done;
}
