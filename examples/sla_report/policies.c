/* SPDX-License-Identifier: MIT */
#include "policies.h"

#include <stdlib.h>
#include <string.h>

#include "targets.h"
#include "terms.h"
#include "times.h"
#include "why.h"

const uint32_t metrics_known[METRICS] = {SLA_FIRST_RESPONSE, SLA_NEXT_RESPONSE, SLA_RESOLUTION};

bool policies_find(const policies *in, slice name, uint32_t *number) {
  for (size_t i = 0; i < in->count; i++)
    if (in->items[i].name.length == name.length &&
        memcmp(in->items[i].name.text, name.text, name.length) == 0) {
      *number = (uint32_t)i;
      return true;
    }
  return false;
}

bool policies_need(const policies *in, const document *from, const node *at, uint32_t *number,
                   bytes *why) {
  slice name;
  if (!node_need_text(from, at, "policy", &name, why)) return false;
  return policies_find(in, name, number) ||
         document_blame(from, at, why, "there is no policy '" SLICE_FORMAT "'",
                        SLICE_ARGUMENTS(name));
}

static sla_agreement agreement_of(const policies *of, uint32_t number) {
  sla_agreement found = {0, 0};
  sla_policy_set_agreement(of->set, number, &found, sizeof found);
  return found;
}

uint32_t policies_versions(const policies *of, uint32_t number) {
  return agreement_of(of, number).versions;
}

uint32_t policies_kind(const policies *of, uint32_t number) {
  return agreement_of(of, number).kind;
}

bool policies_have_kinds(const policies *of) {
  for (uint32_t i = 1; i < of->count; i++)
    if (policies_kind(of, i) != policies_kind(of, 0)) return true;
  return false;
}

/* ---- what is said of all versions ---- */

static bool read_kind(const document *in, const node *of, uint32_t *kind, bytes *why) {
  const node *given = node_find(in, of, "kind");
  slice text;
  *kind = SLA_AGREEMENT_CUSTOMER;
  if (given == NULL) return true;
  if (!node_need_text(in, given, "kind", &text, why)) return false;
  for (; sla_agreement_kind_name(*kind) != NULL; ++*kind)
    if (slice_is_word(text, sla_agreement_kind_name(*kind))) return true;
  return document_blame(in, given, why, "kind: '" SLICE_FORMAT "' is not customer, internal or"
                        " supplier", SLICE_ARGUMENTS(text));
}

static bool unknown_preset(const document *in, const node *given, slice text, bytes *why) {
  document_blame(in, given, why, "preset: '" SLICE_FORMAT "' is none of", SLICE_ARGUMENTS(text));
  for (uint32_t i = 1; sla_preset_name(i) != NULL; i++)
    bytes_format(why, "%s %s", i == 1 ? "" : ",", sla_preset_name(i));
  return false;
}

static bool read_preset(const document *in, const node *of, uint32_t *preset, bytes *why) {
  const node *given = node_find(in, of, "preset");
  slice text;
  if (given == NULL) return true;
  if (!node_need_text(in, given, "preset", &text, why)) return false;
  return sla_preset_find(text.text, text.length, preset) == SLA_OK ||
         unknown_preset(in, given, text, why);
}

/* YAML folds lines of a text, and leaves the end of the last one. */
static bool read_description(const document *in, const node *of, bytes *text, bytes *why) {
  const node *given = node_find(in, of, "description");
  slice said;
  if (given == NULL) return true;
  if (!node_need_text(in, given, "description", &said, why)) return false;
  while (said.length > 0 && said.text[said.length - 1] == '\n') said.length--;
  bytes_add(text, said.text, said.length);
  for (size_t i = 0; i < text->length; i++)
    if (text->data[i] == '\n') text->data[i] = ' ';
  return true;
}

/* ---- agreements ---- */

typedef struct {
  const document *in;
  const policy_context *with;
  sla_policy_set_builder *builder;
  bytes *why;
} reading;

/* Says where what the library refuses stands in the file. */
static bool is_taken(const reading *of, const node *at, int32_t code, const sla_error *error) {
  bytes reason = {0};
  if (code == SLA_E_VERSION)
    bytes_add_text(&reason, "a version needs a later 'from' than the one before it");
  else if (code != SLA_OK) why_error(&reason, error);
  return document_accuse(of->in, at, of->why, &reason, code == SLA_OK);
}

static bool add_agreement(const reading *of, const node *name, const node *policy) {
  slice text = node_text(name);
  bytes description = {0};
  uint32_t kind;
  sla_error error;
  bool done = read_kind(of->in, policy, &kind, of->why) &&
              read_description(of->in, policy, &description, of->why) &&
              is_taken(of, name,
                       sla_policy_set_builder_add_agreement(
                           of->builder, kind, text.text, text.length, bytes_text(&description),
                           description.length, &error), &error);
  bytes_free(&description);
  return done;
}

/* ---- versions ---- */

static bool read_from(const reading *with, const node *of, sla_time *from) {
  const node *given = node_find(with->in, of, "from");
  slice text;
  bytes reason = {0};
  *from = SLA_NONE;
  if (given == NULL) return true;
  if (!node_need_text(with->in, given, "from", &text, with->why)) return false;
  bytes_format(&reason, "'" SLICE_FORMAT "': ", SLICE_ARGUMENTS(text));
  return document_accuse(with->in, given, with->why, &reason,
                         time_read_day(text, with->with->zone, from, &reason));
}

static bool add_version(const reading *with, uint32_t policy, uint32_t preset, size_t version,
                        const node *of) {
  sla_time from;
  sla_policy *made;
  sla_error error;
  if (!read_from(with, of, &from) ||
      !terms_read(&made, with->in, of, preset, with->with, with->why))
    return false;
  bool done = is_taken(with, of, sla_policy_set_builder_add_version(
                                     with->builder, policy, (uint32_t)version + 1, from, made,
                                     &error), &error);
  sla_policy_unref(made);
  return done;
}

static bool read_versions(const reading *with, uint32_t policy, uint32_t preset, const node *of) {
  const document *in = with->in;
  const node *list = node_find(in, of, "versions");
  if (list == NULL)
    return terms_check(in, of, true, with->why) && add_version(with, policy, preset, 0, of);
  if (!terms_check_none(in, of, with->why) || !node_need_list(in, list, "versions", with->why))
    return false;
  if (node_count(list) == 0)
    return document_blame(in, list, with->why, "versions: there is none");
  for (size_t i = 0; i < node_count(list); i++) {
    const node *version = node_item(in, list, i);
    if (!terms_check(in, version, false, with->why) ||
        !add_version(with, policy, preset, i, version))
      return false;
  }
  return true;
}

/* ---- all of it ---- */

static bool read_policy(policies *made, const reading *with, const node *name, const node *of) {
  made->items = need_one_more(made->items, made->count, &made->room, sizeof *made->items);
  named_policy *added = &made->items[made->count++];
  *added = (named_policy){.name = node_text(name)};
  return node_need_map(with->in, of, "a policy", with->why) && add_agreement(with, name, of) &&
         read_preset(with->in, of, &added->preset, with->why) &&
         read_versions(with, (uint32_t)made->count - 1, added->preset, of);
}

static bool read_all(policies *made, const reading *with, const node *from) {
  sla_error error;
  for (size_t i = 0; i < node_count(from); i++)
    if (!read_policy(made, with, node_key(with->in, from, i), node_value(with->in, from, i)))
      return false;
  return sla_policy_set_builder_build(with->builder, &made->set, &error) == SLA_OK ||
         why_error(with->why, &error);
}

bool policies_read(policies *made, const document *in, const node *from,
                   const policy_context *with, bytes *why) {
  reading of = {in, with, NULL, why};
  sla_error error;
  if (!node_check_names(in, from, "policies", why)) return false;
  if (node_count(from) == 0) return document_blame(in, from, why, "policies: there is none");
  bool done = sla_policy_set_builder_new(NULL, &of.builder, &error) == SLA_OK ||
              why_error(why, &error);
  done = done && read_all(made, &of, from);
  sla_policy_set_builder_free(of.builder);
  return done;
}

void policies_free(policies *of) {
  sla_policy_set_unref(of->set);
  free(of->items);
}
