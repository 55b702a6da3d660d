/* SPDX-License-Identifier: MIT */
/* Agreements and the versions of their policies.  May include: base mem error text policy. */
#ifndef SLA_LIB_POLICY_SET_H
#define SLA_LIB_POLICY_SET_H

#include "policy.h"

#define SLA__DESCRIPTION 4096
#define SLA__AGREEMENT_NAME 255

typedef struct {
  uint32_t kind;
  uint32_t name, name_length; /* among the texts */
  uint32_t description, description_length;
  uint32_t first, count; /* of its versions */
} sla__agreement;

typedef struct {
  sla_time effective_at;
  uint64_t hash;
  sla_policy *policy; /* owned */
  uint32_t number;
} sla__version;

typedef struct {
  sla__array agreements; /* sla__agreement */
  sla__array versions;   /* sla__version, by agreement */
  sla__array texts;      /* char */
} sla__agreed;

struct sla_policy_set_builder {
  sla_allocator allocator;
  sla__agreed agreed;
};

struct sla_policy_set {
  sla__refs refs;
  sla_allocator allocator;
  sla__agreed agreed;
  sla__shelf shelf; /* the calendars of all its policies */
};

bool sla__agreed_copy(const sla_allocator *allocator, const sla__agreed *from, sla__agreed *to);
void sla__agreed_free(const sla_allocator *allocator, sla__agreed *agreed);

static inline const sla__agreement *sla__agreed_at(const sla__agreed *agreed, size_t i) {
  return (const sla__agreement *)agreed->agreements.data + i;
}
static inline const sla__version *sla__agreed_version(const sla__agreed *agreed, size_t i) {
  return (const sla__version *)agreed->versions.data + i;
}
static inline const char *sla__agreed_text(const sla__agreed *agreed, uint32_t from) {
  return agreed->texts.count == 0 ? "" : (const char *)agreed->texts.data + from;
}

/* The place within the agreement of the version in force at an instant, or SLA_NO_VERSION. */
uint32_t sla__agreed_in_force(const sla__agreed *agreed, uint32_t index, sla_time at);

#endif
