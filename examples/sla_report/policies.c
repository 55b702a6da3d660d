/* SPDX-License-Identifier: MIT */
#include "policies.h"

#include <stdlib.h>
#include <string.h>

#include "targets.h"
#include "terms.h"
#include "times.h"
#include "why.h"

bool policies_find(const policies *in, slice name, uint32_t *number) {
  for (size_t i = 0; i < in->count; i++)
    if (in->items[i].name.length == name.length &&
        memcmp(in->items[i].name.text, name.text, name.length) == 0) {
      *number = (uint32_t)i;
      return true;
    }
  return false;
}

bool policies_version_at(const named_policy *of, sla_time created, size_t *version) {
  size_t after = 0;
  while (after < of->version_count && of->versions[after].from <= created) after++;
  if (after == 0) return false;
  *version = after - 1;
  return true;
}

/* ---- what is said of all versions ---- */

static bool read_kind(named_policy *made, const document *in, const node *of, bytes *why) {
  static const char *const kinds[] = {"customer", "internal", "supplier"};
  const node *given = node_find(in, of, "kind");
  slice text;
  made->kind = kinds[0];
  if (given == NULL) return true;
  if (!node_need_text(in, given, "kind", &text, why)) return false;
  for (size_t i = 0; i < 3; i++)
    if (slice_is_word(text, kinds[i])) {
      made->kind = kinds[i];
      return true;
    }
  return document_blame(in, given, why, "kind: '" SLICE_FORMAT "' is not customer, internal or"
                        " supplier", SLICE_ARGUMENTS(text));
}

static bool unknown_preset(const document *in, const node *given, slice text, bytes *why) {
  document_blame(in, given, why, "preset: '" SLICE_FORMAT "' is none of", SLICE_ARGUMENTS(text));
  for (uint32_t i = 1; sla_preset_name(i) != NULL; i++)
    bytes_format(why, "%s %s", i == 1 ? "" : ",", sla_preset_name(i));
  return false;
}

static bool read_preset(named_policy *made, const document *in, const node *of, bytes *why) {
  const node *given = node_find(in, of, "preset");
  slice text;
  if (given == NULL) return true;
  if (!node_need_text(in, given, "preset", &text, why)) return false;
  for (uint32_t i = 1; sla_preset_name(i) != NULL; i++)
    if (slice_is_word(text, sla_preset_name(i))) {
      made->preset = i;
      return true;
    }
  return unknown_preset(in, given, text, why);
}

static bool read_description(named_policy *made, const document *in, const node *of, bytes *why) {
  const node *given = node_find(in, of, "description");
  return given == NULL || node_need_text(in, given, "description", &made->description, why);
}

/* ---- versions ---- */

static bool read_from(policy_version *made, const document *in, const node *of,
                      const policy_context *with, bytes *why) {
  const node *given = node_find(in, of, "from");
  slice text;
  bytes reason = {0};
  made->from = SLA_TIME_MIN;
  if (given == NULL) return true;
  if (!node_need_text(in, given, "from", &text, why)) return false;
  bytes_format(&reason, "'" SLICE_FORMAT "': ", SLICE_ARGUMENTS(text));
  return document_accuse(in, given, why, &reason,
                         time_read_day(text, with->zone, &made->from, &reason));
}

static bool is_later(const named_policy *of, const document *in, const node *at, bytes *why) {
  const policy_version *last = &of->versions[of->version_count - 1];
  if (of->version_count < 2 || last[-1].from < last->from) return true;
  return document_blame(in, at, why, "a version needs a later 'from' than the one before it");
}

static bool add_version(named_policy *to, const document *in, const node *of,
                        const policy_context *with, bytes *why) {
  to->versions = need_one_more(to->versions, to->version_count, &to->room, sizeof *to->versions);
  policy_version *added = &to->versions[to->version_count++];
  *added = (policy_version){.policy = NULL};
  return read_from(added, in, of, with, why) && is_later(to, in, of, why) &&
         terms_read(&added->policy, in, of, to->preset, with, why);
}

static bool read_versions(named_policy *made, const document *in, const node *of,
                          const policy_context *with, bytes *why) {
  const node *list = node_find(in, of, "versions");
  if (list == NULL)
    return terms_check(in, of, true, why) && add_version(made, in, of, with, why);
  if (!terms_check_none(in, of, why) || !node_need_list(in, list, "versions", why)) return false;
  if (node_count(list) == 0) return document_blame(in, list, why, "versions: there is none");
  for (size_t i = 0; i < node_count(list); i++) {
    const node *version = node_item(in, list, i);
    if (!terms_check(in, version, false, why) || !add_version(made, in, version, with, why))
      return false;
  }
  return true;
}

static bool read_policy(named_policy *made, const document *in, const node *of,
                        const policy_context *with, bytes *why) {
  return node_need_map(in, of, "a policy", why) && read_kind(made, in, of, why) &&
         read_preset(made, in, of, why) && read_description(made, in, of, why) &&
         read_versions(made, in, of, with, why);
}

bool policies_read(policies *made, const document *in, const node *from,
                   const policy_context *with, bytes *why) {
  if (!node_check_names(in, from, "policies", why)) return false;
  if (node_count(from) == 0) return document_blame(in, from, why, "policies: there is none");
  for (size_t i = 0; i < node_count(from); i++) {
    made->items = need_one_more(made->items, made->count, &made->room, sizeof *made->items);
    named_policy *added = &made->items[made->count++];
    *added = (named_policy){.name = node_text(node_key(in, from, i)), .description = {"", 0}};
    if (!read_policy(added, in, node_value(in, from, i), with, why)) return false;
  }
  return true;
}

void policies_free(policies *of) {
  for (size_t i = 0; i < of->count; i++) {
    for (size_t j = 0; j < of->items[i].version_count; j++)
      sla_policy_unref(of->items[i].versions[j].policy);
    free(of->items[i].versions);
  }
  free(of->items);
}
