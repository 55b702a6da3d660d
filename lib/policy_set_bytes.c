/* SPDX-License-Identifier: MIT */
/* The bytes of a set, and what follows from them: equality and the hash.  sla_bytes(3) has the
 * form: first the calendars of all its policies, then these with numbers in their stead, since the
 * versions of an agreement mostly have the same one. */
#include "bytes.h"
#include "error.h"
#include "policy_set.h"

#define KIND 'A' /* agreements */
#define MOST ((size_t)32 * 1024 * 1024) /* bytes */

/* ---- writing ---- */

static void write_calendars(const sla__shelf *shelf, sla__sink *sink) {
  uint32_t count = (uint32_t)shelf->calendars.count;
  sla__put_16(sink, count);
  for (uint32_t number = 1; number <= count; number++)
    sla__calendar_write(sla__shelf_calendar(shelf, number), sink);
}

static void write_version(const sla__version *version, const sla__shelf *shelf, sla__sink *sink) {
  sla__put_32(sink, version->number);
  sla__put_64(sink, (uint64_t)version->effective_at);
  sla__policy_put(version->policy, shelf, sink);
}

static void write_set(const void *object, sla__sink *sink) {
  const sla_policy_set *set = object;
  const sla__agreed *agreed = &set->agreed;
  sla__put_head(sink, KIND);
  write_calendars(&set->shelf, sink);
  sla__put_16(sink, (uint32_t)agreed->agreements.count);
  for (size_t i = 0; i < agreed->agreements.count; i++) {
    const sla__agreement *one = sla__agreed_at(agreed, i);
    sla__put_8(sink, one->kind);
    sla__put_16(sink, one->name_length);
    sla__put(sink, sla__agreed_text(agreed, one->name), one->name_length);
    sla__put_16(sink, one->description_length);
    sla__put(sink, sla__agreed_text(agreed, one->description), one->description_length);
    sla__put_16(sink, one->count);
    for (uint32_t v = 0; v < one->count; v++)
      write_version(sla__agreed_version(agreed, one->first + v), &set->shelf, sink);
  }
}

/* ---- equality ---- */

static bool same_version(const sla__version *a, const sla__version *b) {
  uint32_t equal = 0;
  return a->number == b->number && a->effective_at == b->effective_at && a->hash == b->hash &&
         sla_policy_equal(a->policy, b->policy, &equal) == SLA_OK && equal == 1;
}

static bool same_agreement(const sla__agreed *a, const sla__agreement *x, const sla__agreed *b,
                           const sla__agreement *y) {
  return x->kind == y->kind && x->count == y->count && x->name_length == y->name_length &&
         x->description_length == y->description_length &&
         memcmp(sla__agreed_text(a, x->name), sla__agreed_text(b, y->name), x->name_length) == 0 &&
         memcmp(sla__agreed_text(a, x->description), sla__agreed_text(b, y->description),
                x->description_length) == 0;
}

static bool same_agreed(const sla__agreed *a, const sla__agreed *b) {
  if (a->agreements.count != b->agreements.count || a->versions.count != b->versions.count)
    return false;
  for (size_t i = 0; i < a->agreements.count; i++)
    if (!same_agreement(a, sla__agreed_at(a, i), b, sla__agreed_at(b, i))) return false;
  for (size_t i = 0; i < a->versions.count; i++)
    if (!same_version(sla__agreed_version(a, i), sla__agreed_version(b, i))) return false;
  return true;
}

/* ---- reading ---- */

typedef struct {
  sla__source source;
  sla_allocator allocator;
  sla_policy_set_builder *builder;
  sla__shelf shelf;
} reading;

static int32_t read_16(sla__source *source, uint32_t *number) {
  int32_t code = sla__source_needs(source, sizeof(uint16_t));
  if (code == SLA_OK) *number = sla__get_16(source);
  return code;
}

static int32_t read_text(sla__source *source, const char **text, uint32_t *length) {
  int32_t code = read_16(source, length);
  if (code == SLA_OK) code = sla__source_needs(source, *length);
  if (code != SLA_OK) return code;
  *text = (const char *)source->bytes + source->offset;
  source->offset += *length;
  return SLA_OK;
}

/* Each is another one than those before it. */
static int32_t read_calendar(reading *r) {
  sla__source *source = &r->source;
  size_t at = source->offset, before = r->shelf.calendars.count;
  sla_calendar *calendar;
  uint64_t hash;
  int32_t code = sla__calendar_read(source, &r->allocator, &calendar);
  if (code != SLA_OK) return code;
  (void)sla_calendar_hash(calendar, &hash); /* it has one */
  code = sla__source_told(source, sla__shelf_put(&r->allocator, &r->shelf, calendar, hash), at);
  sla_calendar_unref(calendar);
  if (code == SLA_OK && r->shelf.calendars.count == before) return sla__source_bad(source, at);
  return code;
}

static int32_t read_calendars(reading *r) {
  int64_t at = (int64_t)r->source.offset;
  uint32_t count = 0;
  int32_t code = read_16(&r->source, &count);
  if (code == SLA_OK && count > SLA__SHELF_MAX)
    return sla__fail_index(r->source.error, SLA_E_LIMIT, at, count, SLA__SHELF_MAX);
  for (uint32_t i = 0; i < count && code == SLA_OK; i++) code = read_calendar(r);
  return code;
}

static int32_t read_version(reading *r, uint32_t agreement) {
  sla__source *source = &r->source;
  size_t at = source->offset;
  sla_policy *policy = NULL;
  int32_t code = sla__source_needs(source, sizeof(uint32_t) + sizeof(int64_t));
  if (code != SLA_OK) return code;
  uint32_t number = sla__get_32(source);
  sla_time effective_at = sla__get_signed_64(source);
  code = sla__policy_read(source, &r->allocator, &r->shelf, &policy);
  if (code != SLA_OK) return code;
  code = sla_policy_set_builder_add_version(r->builder, agreement, number, effective_at, policy,
                                            NULL);
  sla_policy_unref(policy);
  return sla__source_told(source, code, at);
}

static int32_t read_agreement(reading *r, uint32_t agreement) {
  sla__source *source = &r->source;
  size_t at = source->offset;
  const char *name, *description;
  uint32_t name_length, description_length, count = 0;
  int32_t code = sla__source_needs(source, 1);
  if (code != SLA_OK) return code;
  uint32_t kind = sla__get_8(source);
  code = read_text(source, &name, &name_length);
  if (code == SLA_OK) code = read_text(source, &description, &description_length);
  if (code != SLA_OK) return code;
  code = sla_policy_set_builder_add_agreement(r->builder, kind, name, name_length, description,
                                              description_length, NULL);
  code = sla__source_told(source, code, at);
  if (code == SLA_OK) code = read_16(source, &count);
  for (uint32_t i = 0; i < count && code == SLA_OK; i++) code = read_version(r, agreement);
  return code;
}

static int32_t read_set(reading *r, sla_policy_set **set) {
  uint32_t count = 0;
  int32_t code = sla__get_head(&r->source, KIND);
  if (code == SLA_OK)
    code = sla_policy_set_builder_new(&r->allocator, &r->builder, r->source.error);
  if (code == SLA_OK) code = read_calendars(r);
  if (code == SLA_OK) code = read_16(&r->source, &count);
  for (uint32_t i = 0; i < count && code == SLA_OK; i++) code = read_agreement(r, i);
  if (code == SLA_OK)
    code = sla__source_told(&r->source, sla_policy_set_builder_build(r->builder, set, NULL),
                            r->source.offset);
  sla_policy_set_builder_free(r->builder);
  sla__shelf_free(&r->allocator, &r->shelf);
  return code;
}

/* ---- public ---- */

int32_t sla_policy_set_bytes(const sla_policy_set *set, void *buffer, size_t capacity,
                             size_t *length) {
  if (set == NULL || length == NULL || (buffer == NULL && capacity > 0)) return SLA_E_NULL;
  sla__bytes_give(write_set, set, buffer, capacity, length);
  return SLA_OK;
}

int32_t sla_policy_set_new_bytes(const void *bytes, size_t length, const sla_allocator *allocator,
                                 sla_policy_set **set, sla_error *error) {
  reading r = {.allocator = sla__mem_allocator(allocator)};
  sla_policy_set *made = NULL;
  if (set == NULL) return sla__fail_null(error, 4);
  int32_t code = sla__source_open(&r.source, bytes, length, MOST, error);
  if (code == SLA_OK) code = read_set(&r, &made);
  if (code == SLA_OK) code = sla__source_check(&r.source, write_set, made);
  if (code == SLA_OK) *set = made;
  else sla_policy_set_unref(made);
  return code;
}

int32_t sla_policy_set_equal(const sla_policy_set *a, const sla_policy_set *b, uint32_t *equal) {
  if (a == NULL || b == NULL || equal == NULL) return SLA_E_NULL;
  *equal = a == b || same_agreed(&a->agreed, &b->agreed);
  return SLA_OK;
}

int32_t sla_policy_set_hash(const sla_policy_set *set, uint64_t *hash) {
  if (set == NULL || hash == NULL) return SLA_E_NULL;
  *hash = sla__bytes_hash(write_set, set);
  return SLA_OK;
}
