/* SPDX-License-Identifier: MIT */
/* What was told, sets compiled from it, and read back. */
#include "policy_set.h"

#include "error.h"
#include "text.h"

/* ---- what was told ---- */

void sla__agreed_free(const sla_allocator *allocator, sla__agreed *agreed) {
  for (size_t i = 0; i < agreed->versions.count; i++)
    sla_policy_unref(sla__agreed_version(agreed, i)->policy);
  sla__array_free(allocator, &agreed->agreements, sizeof(sla__agreement));
  sla__array_free(allocator, &agreed->versions, sizeof(sla__version));
  sla__array_free(allocator, &agreed->texts, sizeof(char));
}

bool sla__agreed_copy(const sla_allocator *allocator, const sla__agreed *from, sla__agreed *to) {
  *to = (sla__agreed){0};
  bool copied = sla__array_copy(allocator, &from->versions, sizeof(sla__version), &to->versions);
  for (size_t i = 0; i < to->versions.count; i++)
    sla_policy_ref(sla__agreed_version(to, i)->policy);
  if (copied &&
      sla__array_copy(allocator, &from->agreements, sizeof(sla__agreement), &to->agreements) &&
      sla__array_copy(allocator, &from->texts, sizeof(char), &to->texts))
    return true;
  sla__agreed_free(allocator, to);
  return false;
}

/* ---- the set ---- */

static int32_t shelve(sla_policy_set *set, const sla_calendar *calendar, uint64_t hash) {
  if (calendar == NULL) return SLA_OK;
  return sla__shelf_put(&set->allocator, &set->shelf, calendar, hash);
}

static int32_t shelve_all(sla_policy_set *set) {
  int32_t code = SLA_OK;
  for (size_t i = 0; i < set->agreed.versions.count && code == SLA_OK; i++) {
    const sla__terms *terms = &sla__agreed_version(&set->agreed, i)->policy->terms;
    const sla__slot *slots = terms->slots.data;
    code = shelve(set, terms->calendar, terms->calendar_hash);
    for (size_t j = 0; j < terms->slots.count && code == SLA_OK; j++)
      code = shelve(set, slots[j].calendar, slots[j].calendar_hash);
  }
  return code;
}

static int32_t new_set(const sla_policy_set_builder *builder, sla_policy_set **set) {
  sla_policy_set *made = sla__mem_new(&builder->allocator, sizeof *made);
  if (made == NULL) return SLA_E_MEMORY;
  made->allocator = builder->allocator;
  sla__refs_init(&made->refs);
  bool copied = sla__agreed_copy(&made->allocator, &builder->agreed, &made->agreed);
  int32_t code = copied ? shelve_all(made) : SLA_E_MEMORY;
  if (code == SLA_OK) *set = made;
  else sla_policy_set_unref(made);
  return code;
}

int32_t sla_policy_set_builder_build(const sla_policy_set_builder *builder, sla_policy_set **set,
                                     sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  if (set == NULL) return sla__fail_null(error, 2);
  for (size_t i = 0; i < builder->agreed.agreements.count; i++)
    if (sla__agreed_at(&builder->agreed, i)->count == 0)
      return sla__fail_index(error, SLA_E_VERSION, (int64_t)i, 0, 1);
  int32_t code = new_set(builder, set);
  if (code == SLA_E_LIMIT)
    return sla__fail_argument(error, code, 1, SLA__SHELF_MAX + 1, SLA__SHELF_MAX);
  return code == SLA_OK ? code : sla__fail(error, code);
}

sla_policy_set *sla_policy_set_ref(const sla_policy_set *set) {
  sla_policy_set *counted = (sla_policy_set *)set;
  if (counted != NULL) sla__refs_take(&counted->refs);
  return counted;
}

void sla_policy_set_unref(sla_policy_set *set) {
  if (set == NULL || !sla__refs_drop(&set->refs)) return;
  const sla_allocator allocator = set->allocator;
  sla__agreed_free(&allocator, &set->agreed);
  sla__shelf_free(&allocator, &set->shelf);
  sla__mem_free(&allocator, set, sizeof *set);
}

/* Policies are shared. */
size_t sla_policy_set_memory(const sla_policy_set *set) {
  size_t held = sizeof *set;
  if (set == NULL) return 0;
  const sla__agreed *agreed = &set->agreed;
  held += agreed->agreements.capacity * sizeof(sla__agreement);
  held += agreed->versions.capacity * sizeof(sla__version);
  return held + agreed->texts.capacity + sla__shelf_memory(&set->shelf);
}

/* ---- what went in ---- */

static const sla__agreement *agreement_at(const sla_policy_set *set, uint32_t index) {
  return index < set->agreed.agreements.count ? sla__agreed_at(&set->agreed, index) : NULL;
}

static const sla__version *version_at(const sla_policy_set *set, uint32_t index,
                                      uint32_t version) {
  const sla__agreement *found = agreement_at(set, index);
  if (found == NULL || version >= found->count) return NULL;
  return sla__agreed_version(&set->agreed, found->first + version);
}

uint32_t sla_policy_set_count(const sla_policy_set *set) {
  return set == NULL ? 0 : (uint32_t)set->agreed.agreements.count;
}

int32_t sla_policy_set_agreement(const sla_policy_set *set, uint32_t index,
                                 sla_agreement *agreement, size_t size) {
  if (set == NULL || agreement == NULL) return SLA_E_NULL;
  if (!sla__size_ok(size, sizeof *agreement)) return SLA_E_ABI;
  const sla__agreement *found = agreement_at(set, index);
  if (found == NULL) return SLA_E_POLICY;
  const sla_agreement told = {found->kind, found->count};
  sla__record_write(agreement, size, &told, sizeof told);
  return SLA_OK;
}

/* A name or a description. */
static int32_t write_text(const sla_policy_set *set, uint32_t index, bool name, char *buffer,
                          size_t capacity, size_t *length) {
  if (set == NULL || length == NULL || (buffer == NULL && capacity > 0)) return SLA_E_NULL;
  const sla__agreement *found = agreement_at(set, index);
  if (found == NULL) return SLA_E_POLICY;
  sla__writer writer = {buffer, capacity, 0};
  sla__write(&writer, sla__agreed_text(&set->agreed, name ? found->name : found->description),
             name ? found->name_length : found->description_length);
  *length = writer.length;
  return SLA_OK;
}

int32_t sla_policy_set_name(const sla_policy_set *set, uint32_t index, char *buffer,
                            size_t capacity, size_t *length) {
  return write_text(set, index, true, buffer, capacity, length);
}

int32_t sla_policy_set_description(const sla_policy_set *set, uint32_t index, char *buffer,
                                   size_t capacity, size_t *length) {
  return write_text(set, index, false, buffer, capacity, length);
}

int32_t sla_policy_set_version(const sla_policy_set *set, uint32_t index, uint32_t version,
                               sla_policy_version *found, size_t size) {
  if (set == NULL || found == NULL) return SLA_E_NULL;
  if (!sla__size_ok(size, sizeof *found)) return SLA_E_ABI;
  if (agreement_at(set, index) == NULL) return SLA_E_POLICY;
  const sla__version *kept = version_at(set, index, version);
  if (kept == NULL) return SLA_E_VERSION;
  const sla_policy_version told = {kept->effective_at, kept->hash, kept->number, 0};
  sla__record_write(found, size, &told, sizeof told);
  return SLA_OK;
}

const sla_policy *sla_policy_set_policy(const sla_policy_set *set, uint32_t index,
                                        uint32_t version) {
  const sla__version *found = set == NULL ? NULL : version_at(set, index, version);
  return found == NULL ? NULL : found->policy;
}

/* Effective instants rise, and SLA_NONE is below them all. */
uint32_t sla__agreed_in_force(const sla__agreed *agreed, uint32_t index, sla_time at) {
  const sla__agreement *agreement = sla__agreed_at(agreed, index);
  uint32_t low = 0, high = agreement->count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (sla__agreed_version(agreed, agreement->first + middle)->effective_at <= at)
      low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

int32_t sla_policy_set_version_at(const sla_policy_set *set, uint32_t index, sla_time created_at,
                                  uint32_t *version) {
  if (set == NULL || version == NULL) return SLA_E_NULL;
  if (agreement_at(set, index) == NULL) return SLA_E_POLICY;
  if (!sla__valid_time(created_at)) return SLA_E_RANGE;
  *version = sla__agreed_in_force(&set->agreed, index, created_at);
  return SLA_OK;
}
