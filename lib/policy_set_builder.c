/* SPDX-License-Identifier: MIT */
/* Gathering agreements and versions. */
#include "error.h"
#include "policy_set.h"
#include "text.h"

#define AGREEMENTS 1024
#define VERSIONS 16384

/* ---- the builder ---- */

int32_t sla_policy_set_builder_new(const sla_allocator *allocator,
                                   sla_policy_set_builder **builder, sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 2);
  const sla_allocator chosen = sla__mem_allocator(allocator);
  sla_policy_set_builder *made = sla__mem_new(&chosen, sizeof *made);
  if (made == NULL) return sla__fail(error, SLA_E_MEMORY);
  made->allocator = chosen;
  *builder = made;
  return SLA_OK;
}

int32_t sla_policy_set_builder_new_from(const sla_policy_set *set, const sla_allocator *allocator,
                                        sla_policy_set_builder **builder, sla_error *error) {
  sla_policy_set_builder *made = NULL;
  if (set == NULL) return sla__fail_null(error, 1);
  if (builder == NULL) return sla__fail_null(error, 3);
  int32_t code = sla_policy_set_builder_new(allocator, &made, error);
  if (code != SLA_OK) return code;
  if (!sla__agreed_copy(&made->allocator, &set->agreed, &made->agreed)) {
    sla__mem_free(&made->allocator, made, sizeof *made);
    return sla__fail(error, SLA_E_MEMORY);
  }
  *builder = made;
  return SLA_OK;
}

void sla_policy_set_builder_free(sla_policy_set_builder *builder) {
  if (builder == NULL) return;
  const sla_allocator allocator = builder->allocator;
  sla__agreed_free(&allocator, &builder->agreed);
  sla__mem_free(&allocator, builder, sizeof *builder);
}

/* ---- agreements ---- */

/* A text at an argument, its length at the next. */
static int32_t check_text(const char *text, size_t length, size_t least, size_t most,
                          uint32_t argument, sla_error *error) {
  if (text == NULL && length > 0) return sla__fail_null(error, argument);
  if (length < least || length > most)
    return sla__fail_argument(error, SLA_E_NAME, argument + 1,
                              (int64_t)(length < PTRDIFF_MAX ? length : PTRDIFF_MAX),
                              (int64_t)(length < least ? least : most));
  if (!sla__utf8_ok(text, length)) return sla__fail_argument(error, SLA_E_NAME, argument, 0, 0);
  return SLA_OK;
}

static bool keep_text(sla_policy_set_builder *builder, const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    char *slot = sla__array_push(&builder->allocator, &builder->agreed.texts, sizeof *slot);
    if (slot == NULL) return false;
    *slot = text[i];
  }
  return true;
}

static int32_t add_agreement(sla_policy_set_builder *builder, sla__agreement made,
                             const char *name, const char *description, sla_error *error) {
  sla__agreed *agreed = &builder->agreed;
  size_t texts = agreed->texts.count;
  made.name = (uint32_t)texts;
  made.description = made.name + made.name_length;
  made.first = (uint32_t)agreed->versions.count;
  sla__agreement *slot = NULL;
  if (keep_text(builder, name, made.name_length) &&
      keep_text(builder, description, made.description_length))
    slot = sla__array_push(&builder->allocator, &agreed->agreements, sizeof *slot);
  if (slot == NULL) {
    agreed->texts.count = texts;
    return sla__fail(error, SLA_E_MEMORY);
  }
  *slot = made;
  return SLA_OK;
}

int32_t sla_policy_set_builder_add_agreement(sla_policy_set_builder *builder, uint32_t kind,
                                             const char *name, size_t name_length,
                                             const char *description, size_t description_length,
                                             sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  if (kind < SLA_AGREEMENT_CUSTOMER || kind > SLA_AGREEMENT_SUPPLIER)
    return sla__fail_argument(error, SLA_E_ARGUMENT, 2, kind, SLA_AGREEMENT_SUPPLIER);
  int32_t code = check_text(name, name_length, 1, SLA__AGREEMENT_NAME, 3, error);
  if (code == SLA_OK)
    code = check_text(description, description_length, 0, SLA__DESCRIPTION, 5, error);
  if (code != SLA_OK) return code;
  if (builder->agreed.agreements.count >= AGREEMENTS)
    return sla__fail_argument(error, SLA_E_LIMIT, 0, AGREEMENTS + 1, AGREEMENTS);
  const sla__agreement made = {.kind = kind, .name_length = (uint32_t)name_length,
                               .description_length = (uint32_t)description_length};
  return add_agreement(builder, made, name, description, error);
}

/* ---- versions ---- */

static int32_t check_order(const sla__agreed *agreed, const sla__agreement *agreement,
                           uint32_t number, sla_time effective_at, sla_error *error) {
  if (number == 0) return sla__fail_argument(error, SLA_E_VERSION, 3, 0, 1);
  if (effective_at != SLA_NONE && !sla__valid_time(effective_at))
    return sla__fail_argument(error, SLA_E_RANGE, 4, effective_at,
                              sla__nearer(effective_at, SLA_TIME_MIN, SLA_TIME_MAX));
  if (agreement->count == 0) return SLA_OK;
  const sla__version *last = sla__agreed_version(agreed, agreement->first + agreement->count - 1);
  if (number <= last->number)
    return sla__fail_argument(error, SLA_E_VERSION, 3, number, last->number);
  if (effective_at <= last->effective_at)
    return sla__fail_argument(error, SLA_E_VERSION, 4, effective_at, last->effective_at);
  return SLA_OK;
}

static int32_t check_version(const sla_policy_set_builder *builder, uint32_t agreement,
                             uint32_t number, sla_time effective_at, const sla_policy *policy,
                             sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  if (policy == NULL) return sla__fail_null(error, 5);
  const sla__agreed *agreed = &builder->agreed;
  if (agreement >= agreed->agreements.count)
    return sla__fail_argument(error, SLA_E_POLICY, 2, agreement,
                              (int64_t)agreed->agreements.count - 1);
  int32_t code =
      check_order(agreed, sla__agreed_at(agreed, agreement), number, effective_at, error);
  if (code != SLA_OK || agreed->versions.count < VERSIONS) return code;
  return sla__fail_argument(error, SLA_E_LIMIT, 0, VERSIONS + 1, VERSIONS);
}

int32_t sla_policy_set_builder_add_version(sla_policy_set_builder *builder, uint32_t agreement,
                                           uint32_t number, sla_time effective_at,
                                           const sla_policy *policy, sla_error *error) {
  int32_t code = check_version(builder, agreement, number, effective_at, policy, error);
  if (code != SLA_OK) return code;
  sla__agreed *agreed = &builder->agreed;
  sla__agreement *agreements = agreed->agreements.data, *one = &agreements[agreement];
  sla__version *made = sla__array_insert(&builder->allocator, &agreed->versions, sizeof *made,
                                         one->first + one->count);
  if (made == NULL) return sla__fail(error, SLA_E_MEMORY);
  *made = (sla__version){effective_at, 0, sla_policy_ref(policy), number};
  (void)sla_policy_hash(policy, &made->hash);
  one->count++;
  for (size_t i = agreement + 1; i < agreed->agreements.count; i++) agreements[i].first++;
  return SLA_OK;
}
