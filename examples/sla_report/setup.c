/* SPDX-License-Identifier: MIT */
#include "setup.h"

#include <stdlib.h>
#include <string.h>

#include "lengths.h"
#include "why.h"
#include "zones.h"

enum { HOUR = 3600, DAY = 24 * HOUR };

static const node *find(const setup *in, const char *key) {
  return node_find(&in->file, document_root(&in->file), key);
}

static bool check_keys(const setup *of, bytes *why) {
  static const char *const keys[] = {"zone",     "columns", "words",   "types",
                                     "calendars", "policies", "rules",  "default",
                                     "groups",   "backlog", "objectives", "match"};
  return node_check_keys(&of->file, document_root(&of->file), "the file", keys,
                         sizeof keys / sizeof *keys, why);
}

static bool read_zone(setup *made, bytes *why) {
  const node *given = find(made, "zone");
  slice name;
  bytes reason = {0};
  if (given == NULL)
    return document_blame(&made->file, document_root(&made->file), why,
                          "zone is missing: in which zone are local times, weeks and months?");
  if (!node_need_text(&made->file, given, "zone", &name, why)) return false;
  made->zone_name = name.text;
  return document_accuse(&made->file, given, why, &reason,
                         zone_find(name.text, &made->zone, &reason));
}

/* ---- the export ---- */

static bool is_role(slice text) {
  for (int i = 0; i < ROLES; i++)
    if (slice_is_word(text, role_name((enum role)i))) return true;
  return false;
}

/* Assignments are parted by commas. */
static bool can_be_assigned(slice name) {
  return memchr(name.text, ',', name.length) == NULL &&
         memchr(name.text, '\\', name.length) == NULL;
}

static bool read_columns(setup *made, bytes *why) {
  const node *from = find(made, "columns");
  if (from == NULL) return true;
  if (!node_check_names(&made->file, from, "columns", why)) return false;
  for (size_t i = 0; i < node_count(from); i++) {
    const node *role = node_key(&made->file, from, i);
    slice text = node_text(role), name;
    if (!is_role(text))
      return document_blame(&made->file, role, why, "columns: there is no role '" SLICE_FORMAT "'",
                            SLICE_ARGUMENTS(text));
    if (!node_need_text(&made->file, node_value(&made->file, from, i), "columns", &name, why))
      return false;
    if (!can_be_assigned(name))
      return document_blame(&made->file, node_value(&made->file, from, i), why,
                            "columns: a name with a comma or a backslash cannot be given");
    if (made->columns.length != 0) bytes_add_char(&made->columns, ',');
    bytes_format(&made->columns, SLICE_FORMAT "=", SLICE_ARGUMENTS(text));
    if (!slice_is(name, "none")) bytes_add(&made->columns, name.text, name.length);
  }
  return true;
}

static bool read_kind_of_words(setup *made, const char *kind, const node *from, bytes *why) {
  if (from == NULL) return true;
  if (!node_need_map(&made->file, from, kind, why)) return false;
  for (size_t i = 0; i < node_count(from); i++) {
    const node *value = node_value(&made->file, from, i);
    slice meaning;
    bytes reason = {0};
    if (!node_need_text(&made->file, value, kind, &meaning, why)) return false;
    bool done = words_add(&made->words, kind[0] == 's', node_text(node_key(&made->file, from, i)),
                          meaning, &reason);
    if (!document_accuse(&made->file, value, why, &reason, done)) return false;
  }
  return true;
}

static bool read_words(setup *made, bytes *why) {
  static const char *const keys[] = {"status", "priority"};
  const node *from = find(made, "words");
  if (from == NULL) return true;
  return node_check_keys(&made->file, from, "words", keys, 2, why) &&
         read_kind_of_words(made, "status", node_find(&made->file, from, "status"), why) &&
         read_kind_of_words(made, "priority", node_find(&made->file, from, "priority"), why);
}

/* ---- the report ---- */

static bool read_groups(setup *made, bytes *why) {
  const node *from = find(made, "groups");
  if (from == NULL) return true;
  size_t count = node_items(from);
  made->groups = need(count, sizeof *made->groups);
  made->group_nodes = need(count, sizeof *made->group_nodes);
  for (size_t i = 0; i < count; i++) {
    const node *item = node_item(&made->file, from, i);
    slice *name = &made->groups[made->group_count];
    if (!node_need_text(&made->file, item, "groups", name, why)) return false;
    for (size_t j = 0; j < made->group_count; j++)
      if (slice_is_word(*name, made->groups[j].text))
        return document_blame(&made->file, item, why, "groups: '%s' is there twice", name->text);
    made->group_nodes[made->group_count++] = item;
  }
  return true;
}

static bool read_age(setup *made, const node *from, bytes *why) {
  slice text;
  sla_seconds *age = &made->ages[made->age_count];
  if (made->age_count == AGES)
    return document_blame(&made->file, from, why, "backlog: more than %d ages", AGES);
  if (!node_need_text(&made->file, from, "backlog", &text, why)) return false;
  if (!length_read(text, age) || *age == 0)
    return document_blame(&made->file, from, why, "backlog: '" SLICE_FORMAT "' is not a length"
                          " such as 12h or 7d", SLICE_ARGUMENTS(text));
  if (made->age_count > 0 && *age <= age[-1])
    return document_blame(&made->file, from, why, "backlog: each age is greater than the one"
                          " before it");
  made->age_count++;
  return true;
}

static bool read_ages(setup *made, bytes *why) {
  static const sla_seconds usual[] = {4 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY};
  const node *from = find(made, "backlog");
  if (from == NULL) {
    while (made->age_count < sizeof usual / sizeof *usual) {
      made->ages[made->age_count] = usual[made->age_count];
      made->age_count++;
    }
    return true;
  }
  for (size_t i = 0; i < node_items(from); i++)
    if (!read_age(made, node_item(&made->file, from, i), why)) return false;
  return true;
}

/* ---- all of it ---- */

static bool read_policies(setup *made, bytes *why) {
  const node *from = find(made, "policies");
  const policy_context with = {&made->calendars, &made->words, made->zone};
  if (from == NULL)
    return document_blame(&made->file, document_root(&made->file), why, "policies are missing");
  return policies_read(&made->policies, &made->file, from, &with, why);
}

static bool read_match(setup *made, bytes *why) {
  const node *from = find(made, "match");
  slice text;
  if (from == NULL) return true;
  if (!node_need_text(&made->file, from, "match", &text, why)) return false;
  made->match_all = slice_is_word(text, "all");
  return made->match_all || slice_is_word(text, "first") ||
         document_blame(&made->file, from, why, "match: '" SLICE_FORMAT "' is not first or all",
                        SLICE_ARGUMENTS(text));
}

/* Attributes are those of all conditions, so that rules are compiled when all have been read. */
static bool read_rules(setup *made, bytes *why) {
  attributes *of = &made->attributes;
  const node *rules = find(made, "rules");
  return attributes_make(of, made->zone, why) &&
         attributes_read_types(of, &made->file, find(made, "types"), why) &&
         choices_read(of, &made->file, rules, find(made, "default"), &made->policies, why) &&
         goals_read(&made->goals, of, &made->file, find(made, "objectives"), &made->policies,
                    why) &&
         attributes_build(of, CHOICES, &made->rules, why) &&
         attributes_build(of, GOALS, &made->goals.rules, why) &&
         choices_report_lints(made->rules, &made->file, rules, made->match_all, why);
}

bool setup_open(setup *made, const char *path, bytes *why) {
  return document_read(&made->file, path, why) && check_keys(made, why) && read_zone(made, why);
}

bool setup_read(setup *made, sla_time now, bytes *why) {
  const feed_place here = {made->zone, made->zone_name, now};
  return read_columns(made, why) && read_words(made, why) &&
         calendars_read(&made->calendars, &made->file, find(made, "calendars"), &here, why) &&
         read_policies(made, why) && read_match(made, why) && read_rules(made, why) &&
         read_groups(made, why) && read_ages(made, why);
}

void setup_free(setup *of) {
  goals_free(&of->goals);
  sla_rules_unref(of->rules);
  attributes_free(&of->attributes);
  policies_free(&of->policies);
  calendars_free(&of->calendars);
  words_free(&of->words);
  bytes_free(&of->columns);
  sla_zone_unref(of->zone);
  free(of->groups);
  free(of->group_nodes);
  document_free(&of->file);
}
