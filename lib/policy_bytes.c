/* SPDX-License-Identifier: MIT */
/* The bytes of a policy, and what follows from them: equality and the hash.  sla_bytes(3) has the
 * form.
 *
 * Calendars are used in an order: that of the policy is the first use, those of its targets are the
 * next.  Each is written where it is first used; later uses name that one.  On a shelf they are
 * written elsewhere, and every use names a place there. */
#include "calendar_bytes.h"
#include "error.h"
#include "policy.h"

#define KIND 'P'
#define MOST_CALENDARS 64
#define MOST_TARGETS (SLA__METRICS * (SLA__PRIORITIES + 1))
#define TARGET_SIZE 39
#define OPTIONS 16
#define OWN_STATUSES 16 /* the last of SLA__STATUSES */
#define TRIGGER_SIZE (3 * 8 + 4)
#define RULE_SIZE (4 * TRIGGER_SIZE + 8 + 4 + 1 + OPTIONS)

/* ---- uses of calendars, from 1 ---- */

static const sla_calendar *calendar_of(const sla__terms *terms, uint32_t use) {
  const sla__slot *slots = terms->slots.data;
  if (use == 1) return terms->calendar;
  return use - 2 < terms->slots.count ? slots[use - 2].calendar : NULL;
}

/* Of a use that has a calendar, in a compiled policy. */
static uint64_t hash_of(const sla__terms *terms, uint32_t use) {
  const sla__slot *slots = terms->slots.data;
  return use == 1 ? terms->calendar_hash : slots[use - 2].calendar_hash;
}

/* Calendars that were used, as objects, and where each, by content, was used first. */
typedef struct {
  const sla_calendar *calendars[MOST_CALENDARS];
  uint32_t uses[MOST_CALENDARS];
  size_t count;
} seen_uses;

static uint32_t first_of(const sla__terms *terms, const sla_calendar *calendar, uint32_t use,
                         const seen_uses *seen) {
  for (size_t i = 0; i < seen->count; i++)
    if (sla__calendar_same(seen->calendars[i], calendar)) return seen->uses[i];
  if (seen->count < MOST_CALENDARS) return use;
  for (uint32_t earlier = 1; earlier < use; earlier++) {
    const sla_calendar *other = calendar_of(terms, earlier);
    if (other != NULL && sla__calendar_same(other, calendar)) return earlier;
  }
  return use;
}

/* The first use of the same calendar, which may be this one; 0 for none.  To be asked of every use,
 * in their order. */
static uint32_t first_use(const sla__terms *terms, uint32_t use, seen_uses *seen) {
  const sla_calendar *calendar = calendar_of(terms, use);
  if (calendar == NULL) return 0;
  for (size_t i = 0; i < seen->count; i++)
    if (seen->calendars[i] == calendar) return seen->uses[i];
  uint32_t first = first_of(terms, calendar, use, seen);
  if (seen->count < MOST_CALENDARS) {
    seen->calendars[seen->count] = calendar;
    seen->uses[seen->count++] = first;
  }
  return first;
}

/* ---- writing ---- */

typedef struct {
  const sla__terms *terms;
  const sla__shelf *shelf; /* or NULL */
  seen_uses seen;
} writing;

static void write_use(writing *w, uint32_t use, sla__sink *sink) {
  const sla_calendar *calendar = calendar_of(w->terms, use);
  if (w->shelf != NULL) {
    sla__put_16(sink, sla__shelf_number(w->shelf, calendar, hash_of(w->terms, use)));
    return;
  }
  uint32_t first = first_use(w->terms, use, &w->seen);
  sla__put_16(sink, first);
  if (first == use) sla__calendar_write(calendar, sink);
}

/* Without its calendar. */
static void write_target(const void *object, sla__sink *sink) {
  const sla__slot *slot = object;
  sla__put_8(sink, slot->metric);
  sla__put_8(sink, slot->priority == SLA__PRIORITIES ? SLA_PRIORITY_ANY : slot->priority);
  sla__put_8(sink, slot->unit);
  sla__put_8(sink, slot->clock);
  sla__put_8(sink, slot->percent);
  sla__put_64(sink, (uint64_t)slot->amount);
  sla__put_64(sink, (uint64_t)slot->lead);
  sla__put_64(sink, (uint64_t)slot->second_stage);
  sla__put_64(sink, (uint64_t)slot->allowance);
}

static void write_trigger(const sla_trigger *trigger, sla__sink *sink) {
  sla__put_64(sink, trigger->events);
  sla__put_64(sink, trigger->conditions_set);
  sla__put_64(sink, trigger->conditions_cleared);
  sla__put_32(sink, trigger->statuses);
}

static void write_rule(const sla_metric_rule *rule, sla__sink *sink) {
  write_trigger(&rule->start, sink);
  write_trigger(&rule->fulfil, sink);
  write_trigger(&rule->cancel, sink);
  write_trigger(&rule->resume, sink);
  sla__put_64(sink, rule->pause_conditions);
  sla__put_32(sink, rule->pause_statuses);
  sla__put_8(sink, rule->shape);
  for (size_t i = 0; i < OPTIONS; i++) sla__put_8(sink, rule->options[i]);
}

static bool is_builtin(const sla__definition *definition) {
  const sla_metric_rule *builtin = sla__metric_builtin(definition->metric);
  return builtin != NULL && memcmp(builtin, &definition->rule, sizeof *builtin) == 0;
}

static void write_metric(const void *object, sla__sink *sink) {
  const sla__definition *definition = object;
  bool builtin = is_builtin(definition);
  sla__put_8(sink, definition->metric);
  sla__put_32(sink, definition->pause_set);
  sla__put_32(sink, definition->pause_on);
  sla__put_8(sink, !builtin);
  if (!builtin) write_rule(&definition->rule, sink);
}

void sla__policy_put(const sla_policy *policy, const sla__shelf *shelf, sla__sink *sink) {
  const sla__terms *terms = &policy->terms;
  const sla__slot *slots = terms->slots.data;
  const sla__definition *definitions = terms->definitions.data;
  writing w = {.terms = terms, .shelf = shelf, .seen = {.count = 0}};
  sla__put_head(sink, KIND);
  sla__put(sink, terms->behaves_as + SLA__STATUSES - OWN_STATUSES, OWN_STATUSES);
  write_use(&w, 1, sink);
  sla__put_16(sink, (uint32_t)terms->slots.count);
  for (uint32_t i = 0; i < terms->slots.count; i++) {
    write_target(&slots[i], sink);
    write_use(&w, i + 2, sink);
  }
  sla__put_8(sink, (uint32_t)terms->definitions.count);
  for (size_t i = 0; i < terms->definitions.count; i++) write_metric(&definitions[i], sink);
}

void sla__policy_write(const void *object, sla__sink *sink) {
  sla__policy_put(object, NULL, sink);
}

/* ---- equality ---- */

static bool same_calendars(const sla__terms *a, const sla__terms *b) {
  seen_uses x = {.count = 0}, y = {.count = 0};
  for (uint32_t use = 1; use < a->slots.count + 2; use++) {
    uint32_t first = first_use(a, use, &x);
    if (first_use(b, use, &y) != first) return false;
    if (first == use && !sla__calendar_same(calendar_of(a, use), calendar_of(b, use)))
      return false;
  }
  return true;
}

static bool same_elements(const sla__array *a, const sla__array *b, size_t size,
                          sla__write_object *write) {
  if (a->count != b->count) return false;
  for (size_t i = 0; i < a->count; i++)
    if (!sla__bytes_same(write, (const char *)a->data + i * size, (const char *)b->data + i * size))
      return false;
  return true;
}

static bool same_terms(const sla__terms *a, const sla__terms *b) {
  return memcmp(a->behaves_as, b->behaves_as, sizeof a->behaves_as) == 0 &&
         same_elements(&a->slots, &b->slots, sizeof(sla__slot), write_target) &&
         same_elements(&a->definitions, &b->definitions, sizeof(sla__definition), write_metric) &&
         same_calendars(a, b);
}

/* ---- reading ---- */

typedef struct {
  sla__source *source;
  const sla_allocator *allocator;
  const sla__shelf *shelf; /* or NULL */
  sla_policy_builder *builder;
  uint32_t calendars; /* read so far */
} reading;

static int32_t read_statuses(reading *r) {
  int32_t code = sla__source_needs(r->source, OWN_STATUSES);
  for (uint32_t i = 0; i < OWN_STATUSES && code == SLA_OK; i++) {
    size_t at = r->source->offset;
    uint32_t like = sla__get_8(r->source), status = SLA__STATUSES - OWN_STATUSES + i;
    if (like != 0)
      code = sla__source_told(r->source,
                              sla_policy_builder_set_status(r->builder, status, like, NULL), at);
  }
  return code;
}

static int32_t read_calendar(reading *r, size_t at, sla_calendar **calendar) {
  if (r->calendars++ < MOST_CALENDARS)
    return sla__calendar_read(r->source, r->allocator, calendar);
  return sla__fail_index(r->source->error, SLA_E_LIMIT, (int64_t)at, r->calendars, MOST_CALENDARS);
}

/* The calendar of a use, with a reference for the caller. */
static int32_t read_use(reading *r, uint32_t use, sla_calendar **calendar) {
  size_t at = r->source->offset;
  int32_t code = sla__source_needs(r->source, sizeof(uint16_t));
  if (code != SLA_OK) return code;
  uint32_t first = sla__get_16(r->source);
  *calendar = NULL;
  if (first == 0) return SLA_OK;
  if (r->shelf != NULL) {
    *calendar = sla_calendar_ref(sla__shelf_calendar(r->shelf, first));
    return *calendar != NULL ? SLA_OK : sla__source_bad(r->source, at);
  }
  if (first == use) return read_calendar(r, at, calendar);
  if (first < use) *calendar = sla_calendar_ref(calendar_of(&r->builder->terms, first));
  return *calendar != NULL ? SLA_OK : sla__source_bad(r->source, at);
}

static int32_t read_own_calendar(reading *r) {
  sla_calendar *calendar;
  int32_t code = read_use(r, 1, &calendar);
  if (code != SLA_OK || calendar == NULL) return code;
  code = sla_policy_builder_set_calendar(r->builder, calendar, NULL);
  sla_calendar_unref(calendar);
  return code;
}

/* What is none of a target is not told. */
static int32_t tell_target(sla_policy_builder *builder, const sla__slot *slot) {
  uint32_t metric = slot->metric, priority = slot->priority;
  int32_t code = SLA_OK;
  if (slot->amount != SLA_NONE)
    code = sla_policy_builder_set_target(builder, metric, priority, slot->amount, slot->unit,
                                         slot->clock, NULL);
  if (code == SLA_OK && slot->lead != SLA_NONE)
    code = sla_policy_builder_set_due_soon(builder, metric, priority, slot->lead, NULL);
  if (code == SLA_OK && slot->percent != 0)
    code = sla_policy_builder_set_due_soon_percent(builder, metric, priority, slot->percent, NULL);
  if (code == SLA_OK && slot->second_stage != 0)
    code = sla_policy_builder_set_second_stage(builder, metric, priority, slot->second_stage, NULL);
  if (code == SLA_OK && slot->allowance != 0)
    code = sla_policy_builder_set_allowance(builder, metric, priority, slot->allowance, NULL);
  if (code == SLA_OK && slot->calendar != NULL)
    code = sla_policy_builder_set_target_calendar(builder, metric, priority, slot->calendar, NULL);
  return code;
}

static int32_t read_target(reading *r, uint32_t use) {
  sla__source *source = r->source;
  size_t at = source->offset;
  int32_t code = sla__source_needs(source, TARGET_SIZE);
  if (code != SLA_OK) return code;
  sla__slot slot = {.metric = sla__get_8(source)};
  slot.priority = sla__get_8(source);
  slot.unit = sla__get_8(source);
  slot.clock = sla__get_8(source);
  slot.percent = sla__get_8(source);
  slot.amount = sla__get_signed_64(source);
  slot.lead = sla__get_signed_64(source);
  slot.second_stage = sla__get_signed_64(source);
  slot.allowance = sla__get_signed_64(source);
  code = read_use(r, use, &slot.calendar);
  if (code != SLA_OK) return code;
  code = sla__source_told(source, tell_target(r->builder, &slot), at);
  sla_calendar_unref(slot.calendar);
  return code;
}

static int32_t read_targets(reading *r) {
  size_t at = r->source->offset;
  int32_t code = sla__source_needs(r->source, sizeof(uint16_t));
  if (code != SLA_OK) return code;
  uint32_t count = sla__get_16(r->source);
  if (count > MOST_TARGETS) return sla__source_bad(r->source, at);
  code = sla__source_needs(r->source, count * (uint64_t)TARGET_SIZE);
  for (uint32_t i = 0; i < count && code == SLA_OK; i++) code = read_target(r, i + 2);
  return code;
}

static sla_trigger get_trigger(sla__source *source) {
  sla_trigger trigger = {.events = sla__get_64(source)};
  trigger.conditions_set = sla__get_64(source);
  trigger.conditions_cleared = sla__get_64(source);
  trigger.statuses = sla__get_32(source);
  return trigger;
}

static sla_metric_rule get_rule(sla__source *source) {
  sla_metric_rule rule = {.start = get_trigger(source)};
  rule.fulfil = get_trigger(source);
  rule.cancel = get_trigger(source);
  rule.resume = get_trigger(source);
  rule.pause_conditions = sla__get_64(source);
  rule.pause_statuses = sla__get_32(source);
  rule.shape = sla__get_8(source);
  for (size_t i = 0; i < OPTIONS; i++) rule.options[i] = sla__get_8(source);
  return rule;
}

static int32_t tell_pauses(sla_policy_builder *builder, uint32_t metric, uint32_t set,
                           uint32_t on) {
  int32_t code = SLA_OK;
  for (uint32_t status = 0; status < SLA__STATUSES && code == SLA_OK; status++)
    if (set >> status & 1)
      code = sla_policy_builder_set_pause(builder, metric, status, on >> status & 1, NULL);
  return code;
}

static int32_t read_metric(reading *r) {
  sla__source *source = r->source;
  size_t at = source->offset;
  int32_t code = sla__source_needs(source, 1 + 2 * sizeof(uint32_t) + 1);
  if (code != SLA_OK) return code;
  uint32_t metric = sla__get_8(source), set = sla__get_32(source), on = sla__get_32(source);
  if (sla__get_8(source) != 0) {
    code = sla__source_needs(source, RULE_SIZE);
    if (code != SLA_OK) return code;
    const sla_metric_rule rule = get_rule(source);
    code = sla_policy_builder_set_metric(r->builder, metric, &rule, sizeof rule, NULL);
  }
  if (code == SLA_OK) code = tell_pauses(r->builder, metric, set, on);
  return sla__source_told(source, code, at);
}

static int32_t read_metrics(reading *r) {
  int32_t code = sla__source_needs(r->source, 1);
  if (code != SLA_OK) return code;
  for (uint32_t count = sla__get_8(r->source); count > 0 && code == SLA_OK; count--)
    code = read_metric(r);
  return code;
}

static int32_t read_policy(reading *r, sla_policy **policy) {
  size_t at = r->source->offset;
  int32_t code = sla__get_head(r->source, KIND);
  if (code == SLA_OK) code = sla_policy_builder_new(r->allocator, &r->builder, r->source->error);
  if (code == SLA_OK) code = read_statuses(r);
  if (code == SLA_OK) code = read_own_calendar(r);
  if (code == SLA_OK) code = read_targets(r);
  if (code == SLA_OK) code = read_metrics(r);
  if (code == SLA_OK)
    code = sla__source_told(r->source, sla_policy_builder_build(r->builder, policy, NULL), at);
  sla_policy_builder_free(r->builder);
  return code;
}

int32_t sla__policy_read(sla__source *source, const sla_allocator *allocator,
                         const sla__shelf *shelf, sla_policy **policy) {
  reading r = {.source = source, .allocator = allocator, .shelf = shelf};
  return read_policy(&r, policy);
}

/* ---- public ---- */

int32_t sla_policy_bytes(const sla_policy *policy, void *buffer, size_t capacity,
                         size_t *length) {
  if (policy == NULL || length == NULL || (buffer == NULL && capacity > 0)) return SLA_E_NULL;
  sla__bytes_give(sla__policy_write, policy, buffer, capacity, length);
  return SLA_OK;
}

int32_t sla_policy_new_bytes(const void *bytes, size_t length, const sla_allocator *allocator,
                             sla_policy **policy, sla_error *error) {
  const sla_allocator chosen = sla__mem_allocator(allocator);
  sla__source source;
  sla_policy *made = NULL;
  if (policy == NULL) return sla__fail_null(error, 4);
  int32_t code = sla__source_open(&source, bytes, length, SLA__BYTES_MAX, error);
  if (code == SLA_OK) code = sla__policy_read(&source, &chosen, NULL, &made);
  if (code == SLA_OK) code = sla__source_check(&source, sla__policy_write, made);
  if (code == SLA_OK) *policy = made;
  else sla_policy_unref(made);
  return code;
}

int32_t sla_policy_equal(const sla_policy *a, const sla_policy *b, uint32_t *equal) {
  if (a == NULL || b == NULL || equal == NULL) return SLA_E_NULL;
  *equal = a == b || same_terms(&a->terms, &b->terms);
  return SLA_OK;
}

int32_t sla_policy_hash(const sla_policy *policy, uint64_t *hash) {
  if (policy == NULL || hash == NULL) return SLA_E_NULL;
  *hash = sla__bytes_hash(sla__policy_write, policy);
  return SLA_OK;
}
