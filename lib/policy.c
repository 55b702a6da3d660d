/* SPDX-License-Identifier: MIT */
/* Gathering and checking the terms of a policy, compiling them, reading them back. */
#include "policy.h"

#include "error.h"

#define ANY SLA__PRIORITIES
#define LONGEST_DAYS 36525 /* 100 years */
#define LONGEST_SECONDS (LONGEST_DAYS * (int64_t)SLA__DAY)
#define FIRST_OWN_STATUS 16

struct sla_policy_builder {
  sla_allocator allocator;
  sla__terms terms;
};

/* ---- terms ---- */

static void init_terms(sla__terms *terms) {
  for (size_t metric = 0; metric < SLA__METRICS; metric++)
    for (size_t p = 0; p <= ANY; p++)
      terms->slots[metric][p] = (sla__slot){.amount = SLA_NONE, .lead = SLA_NONE};
  for (uint8_t status = SLA_TICKET_NEW; status <= SLA_TICKET_CLOSED; status++)
    terms->behaves_as[status] = status;
}

static void copy_terms(sla__terms *to, const sla__terms *from) {
  *to = *from;
  sla_calendar_ref(to->calendar);
  for (size_t metric = 0; metric < SLA__METRICS; metric++)
    for (size_t p = 0; p <= ANY; p++) sla_calendar_ref(to->slots[metric][p].calendar);
}

static void release_terms(sla__terms *terms) {
  sla_calendar_unref(terms->calendar);
  for (size_t metric = 0; metric < SLA__METRICS; metric++)
    for (size_t p = 0; p <= ANY; p++) sla_calendar_unref(terms->slots[metric][p].calendar);
}

static void replace_calendar(sla_calendar **slot, const sla_calendar *calendar) {
  sla_calendar *taken = sla_calendar_ref(calendar);
  sla_calendar_unref(*slot);
  *slot = taken;
}

/* ---- the builder ---- */

int32_t sla_policy_builder_new(const sla_allocator *allocator, sla_policy_builder **builder,
                               sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 2);
  const sla_allocator chosen = sla__mem_allocator(allocator);
  sla_policy_builder *made = sla__mem_new(&chosen, sizeof *made);
  if (made == NULL) return sla__fail(error, SLA_E_MEMORY);
  made->allocator = chosen;
  init_terms(&made->terms);
  *builder = made;
  return SLA_OK;
}

int32_t sla_policy_builder_new_from(const sla_policy *policy, const sla_allocator *allocator,
                                    sla_policy_builder **builder, sla_error *error) {
  sla_policy_builder *made;
  if (policy == NULL) return sla__fail_null(error, 1);
  if (builder == NULL) return sla__fail_null(error, 3);
  int32_t code = sla_policy_builder_new(allocator, &made, error);
  if (code != SLA_OK) return code;
  copy_terms(&made->terms, &policy->terms);
  *builder = made;
  return SLA_OK;
}

void sla_policy_builder_free(sla_policy_builder *builder) {
  if (builder == NULL) return;
  const sla_allocator allocator = builder->allocator;
  release_terms(&builder->terms);
  sla__mem_free(&allocator, builder, sizeof *builder);
}

int32_t sla_policy_builder_set_calendar(sla_policy_builder *builder, const sla_calendar *calendar,
                                        sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  if (calendar == NULL) return sla__fail_null(error, 2);
  replace_calendar(&builder->terms.calendar, calendar);
  return SLA_OK;
}

static int32_t check_metric(uint32_t metric, sla_error *error) {
  if (sla__policy_metric_ok(metric)) return SLA_OK;
  return sla__fail_argument(error, SLA_E_METRIC, 2, metric, SLA__METRICS);
}

/* The slot of a metric (argument 2) and a priority (argument 3). */
static int32_t find_slot(sla_policy_builder *builder, uint32_t metric, uint32_t priority,
                         sla__slot **slot, sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  int32_t code = check_metric(metric, error);
  if (code != SLA_OK) return code;
  if (priority >= SLA__PRIORITIES && priority != SLA_PRIORITY_ANY)
    return sla__fail_argument(error, SLA_E_PRIORITY, 3, priority, SLA__PRIORITIES - 1);
  *slot = &builder->terms.slots[metric - 1][priority == SLA_PRIORITY_ANY ? ANY : priority];
  return SLA_OK;
}

static int32_t check_target(int64_t amount, uint32_t unit, uint32_t clock, sla_error *error) {
  if (unit < SLA_UNIT_SECONDS || unit > SLA_UNIT_END_OF_WORKING_DAY)
    return sla__fail_argument(error, SLA_E_ARGUMENT, 5, unit, SLA_UNIT_END_OF_WORKING_DAY);
  if (clock != SLA_BUSINESS_HOURS && clock != SLA_AROUND_THE_CLOCK)
    return sla__fail_argument(error, SLA_E_ARGUMENT, 6, clock, SLA_AROUND_THE_CLOCK);
  int64_t least = unit == SLA_UNIT_WORKING_DAYS ? 1 : 0;
  int64_t most = unit == SLA_UNIT_SECONDS ? LONGEST_SECONDS : LONGEST_DAYS;
  if (amount < least || amount > most)
    return sla__fail_argument(error, SLA_E_TARGET, 4, amount, amount < least ? least : most);
  bool dates = unit == SLA_UNIT_WORKING_DAYS || unit == SLA_UNIT_END_OF_WORKING_DAY;
  if (dates && clock != SLA_BUSINESS_HOURS)
    return sla__fail_argument(error, SLA_E_TARGET, 6, clock, SLA_BUSINESS_HOURS);
  return SLA_OK;
}

int32_t sla_policy_builder_set_target(sla_policy_builder *builder, uint32_t metric,
                                      uint32_t priority, int64_t amount, uint32_t unit,
                                      uint32_t clock, sla_error *error) {
  sla__slot *slot = NULL;
  int32_t code = find_slot(builder, metric, priority, &slot, error);
  if (code == SLA_OK) code = check_target(amount, unit, clock, error);
  if (code != SLA_OK) return code;
  slot->amount = amount;
  slot->unit = unit;
  slot->clock = clock;
  return SLA_OK;
}

int32_t sla_policy_builder_set_target_calendar(sla_policy_builder *builder, uint32_t metric,
                                               uint32_t priority, const sla_calendar *calendar,
                                               sla_error *error) {
  sla__slot *slot = NULL;
  int32_t code = find_slot(builder, metric, priority, &slot, error);
  if (code != SLA_OK) return code;
  if (calendar == NULL) return sla__fail_null(error, 4);
  replace_calendar(&slot->calendar, calendar);
  return SLA_OK;
}

int32_t sla_policy_builder_set_due_soon(sla_policy_builder *builder, uint32_t metric,
                                        uint32_t priority, sla_seconds lead, sla_error *error) {
  sla__slot *slot = NULL;
  int32_t code = find_slot(builder, metric, priority, &slot, error);
  if (code != SLA_OK) return code;
  if (lead < 0 || lead > LONGEST_SECONDS)
    return sla__fail_argument(error, SLA_E_DUE_SOON, 4, lead, lead < 0 ? 0 : LONGEST_SECONDS);
  slot->lead = lead;
  slot->percent = 0;
  return SLA_OK;
}

int32_t sla_policy_builder_set_due_soon_percent(sla_policy_builder *builder, uint32_t metric,
                                                uint32_t priority, uint32_t percent,
                                                sla_error *error) {
  sla__slot *slot = NULL;
  int32_t code = find_slot(builder, metric, priority, &slot, error);
  if (code != SLA_OK) return code;
  if (percent < 1 || percent > 100)
    return sla__fail_argument(error, SLA_E_DUE_SOON, 4, percent, percent < 1 ? 1 : 100);
  slot->lead = SLA_NONE;
  slot->percent = percent;
  return SLA_OK;
}

static bool is_standard(uint32_t status) {
  return status >= SLA_TICKET_NEW && status <= SLA_TICKET_CLOSED;
}

static bool is_own(uint32_t status) {
  return status >= FIRST_OWN_STATUS && status < SLA__STATUSES;
}

int32_t sla_policy_builder_set_pause(sla_policy_builder *builder, uint32_t metric, uint32_t status,
                                     uint32_t pauses, sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  int32_t code = check_metric(metric, error);
  if (code != SLA_OK) return code;
  if (!is_standard(status) && !is_own(status))
    return sla__fail_argument(error, SLA_E_STATUS, 3, status, 0);
  if (pauses > 1) return sla__fail_argument(error, SLA_E_ARGUMENT, 4, pauses, 1);
  uint32_t bit = 1u << status, *on = &builder->terms.pause_on[metric - 1];
  builder->terms.pause_set[metric - 1] |= bit;
  *on = pauses ? *on | bit : *on & ~bit;
  return SLA_OK;
}

int32_t sla_policy_builder_set_status(sla_policy_builder *builder, uint32_t status,
                                      uint32_t behaves_as, sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  if (!is_own(status))
    return sla__fail_argument(error, SLA_E_STATUS, 2, status, SLA__STATUSES - 1);
  if (!is_standard(behaves_as))
    return sla__fail_argument(error, SLA_E_STATUS, 3, behaves_as, SLA_TICKET_CLOSED);
  builder->terms.behaves_as[status] = (uint8_t)behaves_as;
  return SLA_OK;
}

/* ---- compiling ---- */

static bool slot_has_rule(const sla__slot *slot) {
  return slot->lead != SLA_NONE || slot->percent != 0;
}

static bool slot_used(const sla__slot *slot) {
  return slot->amount != SLA_NONE || slot_has_rule(slot) || slot->calendar != NULL;
}

/* What only the whole can tell of a slot; `index` counts the slots in use. */
static int32_t check_slot(const sla__terms *terms, const sla__slot *slot, uint32_t metric,
                          int64_t index, sla_error *error) {
  bool business = slot->amount != SLA_NONE && slot->clock == SLA_BUSINESS_HOURS;
  if (slot->calendar != NULL && !business)
    return sla__fail_index(error, SLA_E_TARGET, index, metric, 0);
  if (business && slot->calendar == NULL && terms->calendar == NULL)
    return sla__fail_index(error, SLA_E_CALENDAR, index, metric, 0);
  return SLA_OK;
}

static int32_t check_slots(const sla__terms *terms, sla_error *error) {
  int64_t index = 0;
  bool any = false;
  for (uint32_t metric = 1; metric <= SLA__METRICS; metric++) {
    for (size_t p = 0; p <= ANY; p++) {
      const sla__slot *slot = &terms->slots[metric - 1][p];
      if (!slot_used(slot)) continue;
      int32_t code = check_slot(terms, slot, metric, index++, error);
      if (code != SLA_OK) return code;
      any = any || slot->amount != SLA_NONE;
    }
  }
  return any ? SLA_OK : sla__fail(error, SLA_E_EMPTY);
}

/* A pause was set for a status that nobody declared. */
static int32_t check_pauses(const sla__terms *terms, sla_error *error) {
  for (uint32_t metric = 0; metric < SLA__METRICS; metric++)
    for (uint32_t status = 0; status < SLA__STATUSES; status++)
      if ((terms->pause_set[metric] >> status & 1) && terms->behaves_as[status] == 0)
        return sla__fail_index(error, SLA_E_STATUS, status, status, 0);
  return SLA_OK;
}

/* The target of a priority: its own, else that for any; and so the due-soon rule. */
static sla__target resolve(const sla__terms *terms, size_t metric, size_t priority) {
  const sla__slot *own = &terms->slots[metric][priority], *any = &terms->slots[metric][ANY];
  const sla__slot *set = own->amount != SLA_NONE ? own : any;
  const sla__slot *rule = slot_has_rule(own) ? own : any;
  sla__target target = {set->amount, terms->calendar, rule->lead, rule->percent, set->unit};
  if (set->amount == SLA_NONE) return target;
  if (set->clock == SLA_AROUND_THE_CLOCK) target.calendar = NULL;
  else if (set->calendar != NULL) target.calendar = set->calendar;
  if (set->unit == SLA_UNIT_COUNTED_DAYS) {
    target.amount *= SLA__DAY;
    target.unit = SLA_UNIT_SECONDS;
  }
  return target;
}

static bool same_target(const sla__target *a, const sla__target *b) {
  return a->amount == b->amount && a->calendar == b->calendar && a->lead == b->lead &&
         a->percent == b->percent && a->unit == b->unit;
}

static int32_t push_target(sla_policy *policy, sla__target target, uint8_t *index) {
  const sla__target *targets = policy->targets.data;
  for (size_t i = 0; i < policy->targets.count; i++) {
    if (!same_target(&targets[i], &target)) continue;
    *index = (uint8_t)i;
    return SLA_OK;
  }
  sla__target *slot = sla__array_push(&policy->allocator, &policy->targets, sizeof *slot);
  if (slot == NULL) return SLA_E_MEMORY;
  *slot = target;
  *index = (uint8_t)(policy->targets.count - 1);
  return SLA_OK;
}

static int32_t compile_targets(sla_policy *policy) {
  for (size_t metric = 0; metric < SLA__METRICS; metric++) {
    for (size_t p = 0; p < SLA__PRIORITIES; p++) {
      int32_t code = push_target(policy, resolve(&policy->terms, metric, p),
                                 &policy->target_of[metric][p]);
      if (code != SLA_OK) return code;
    }
  }
  sla__array_trim(&policy->allocator, &policy->targets, sizeof(sla__target));
  return SLA_OK;
}

static bool has_target(const sla__terms *terms, size_t metric) {
  for (size_t p = 0; p <= ANY; p++)
    if (terms->slots[metric][p].amount != SLA_NONE) return true;
  return false;
}

static void compile_metrics(sla_policy *policy) {
  for (uint8_t metric = 0; metric < SLA__METRICS; metric++)
    if (has_target(&policy->terms, metric))
      policy->metrics[policy->metric_count++] = (uint8_t)(metric + 1);
}

/* Unless the host decides, pending and on hold pause resolution. */
static bool pauses_by_default(size_t metric, uint32_t behaves_as) {
  return metric + 1 == SLA_RESOLUTION &&
         (behaves_as == SLA_TICKET_PENDING || behaves_as == SLA_TICKET_ON_HOLD);
}

static bool is_pause(const sla__terms *terms, size_t metric, uint32_t status) {
  uint32_t like = terms->behaves_as[status];
  if (terms->pause_set[metric] >> status & 1) return terms->pause_on[metric] >> status & 1;
  if (terms->pause_set[metric] >> like & 1) return terms->pause_on[metric] >> like & 1;
  return pauses_by_default(metric, like);
}

static void compile_statuses(sla_policy *policy) {
  const sla__terms *terms = &policy->terms;
  for (uint32_t status = 0; status < SLA__STATUSES; status++) {
    uint32_t like = terms->behaves_as[status], bit = 1u << status;
    if (like == 0) continue;
    policy->known |= bit;
    if (like == SLA_TICKET_SOLVED || like == SLA_TICKET_CLOSED) policy->done |= bit;
    for (size_t metric = 0; metric < SLA__METRICS; metric++)
      if (is_pause(terms, metric, status)) policy->pauses[metric] |= bit;
  }
}

int32_t sla_policy_builder_build(const sla_policy_builder *builder, sla_policy **policy,
                                 sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  if (policy == NULL) return sla__fail_null(error, 2);
  int32_t code = check_slots(&builder->terms, error);
  if (code == SLA_OK) code = check_pauses(&builder->terms, error);
  if (code != SLA_OK) return code;
  sla_policy *made = sla__mem_new(&builder->allocator, sizeof *made);
  if (made == NULL) return sla__fail(error, SLA_E_MEMORY);
  sla__refs_init(&made->refs);
  made->allocator = builder->allocator;
  copy_terms(&made->terms, &builder->terms);
  code = compile_targets(made);
  if (code != SLA_OK) {
    sla_policy_unref(made);
    return sla__fail(error, code);
  }
  compile_metrics(made);
  compile_statuses(made);
  *policy = made;
  return SLA_OK;
}

sla_policy *sla_policy_ref(const sla_policy *policy) {
  sla_policy *counted = (sla_policy *)policy;
  if (counted != NULL) sla__refs_take(&counted->refs);
  return counted;
}

void sla_policy_unref(sla_policy *policy) {
  if (policy == NULL || !sla__refs_drop(&policy->refs)) return;
  const sla_allocator allocator = policy->allocator;
  release_terms(&policy->terms);
  sla__array_free(&allocator, &policy->targets, sizeof(sla__target));
  sla__mem_free(&allocator, policy, sizeof *policy);
}

/* ---- what went in ---- */

/* The slot in use with this number, by metric and priority; NULL when there are fewer. */
static const sla__slot *slot_at(const sla_policy *policy, uint32_t index, uint32_t *metric,
                                uint32_t *priority) {
  for (uint32_t m = 0; m < SLA__METRICS; m++) {
    for (uint32_t p = 0; p <= ANY; p++) {
      const sla__slot *slot = &policy->terms.slots[m][p];
      if (!slot_used(slot) || index-- > 0) continue;
      *metric = m + 1;
      *priority = p == ANY ? SLA_PRIORITY_ANY : p;
      return slot;
    }
  }
  return NULL;
}

uint32_t sla_policy_target_count(const sla_policy *policy) {
  uint32_t metric, priority, count = 0;
  if (policy == NULL) return 0;
  while (slot_at(policy, count, &metric, &priority) != NULL) count++;
  return count;
}

int32_t sla_policy_target(const sla_policy *policy, uint32_t index, sla_target *target,
                          size_t size) {
  uint32_t metric, priority;
  if (policy == NULL || target == NULL) return SLA_E_NULL;
  if (!sla__size_ok(size, sizeof *target)) return SLA_E_ABI;
  const sla__slot *slot = slot_at(policy, index, &metric, &priority);
  if (slot == NULL) return SLA_E_ARGUMENT;
  const sla_target found = {slot->amount, slot->lead, metric, priority, slot->unit,
                            slot->clock, slot->percent, slot->calendar != NULL};
  sla__record_write(target, size, &found, sizeof found);
  return SLA_OK;
}

const sla_calendar *sla_policy_target_calendar(const sla_policy *policy, uint32_t index) {
  uint32_t metric, priority;
  if (policy == NULL) return NULL;
  const sla__slot *slot = slot_at(policy, index, &metric, &priority);
  return slot == NULL ? NULL : slot->calendar;
}

const sla_calendar *sla_policy_calendar(const sla_policy *policy) {
  return policy == NULL ? NULL : policy->terms.calendar;
}

uint32_t sla_policy_metric_count(const sla_policy *policy) {
  return policy == NULL ? 0 : policy->metric_count;
}

int32_t sla_policy_metric(const sla_policy *policy, uint32_t index, uint32_t *metric) {
  if (policy == NULL || metric == NULL) return SLA_E_NULL;
  if (index >= policy->metric_count) return SLA_E_ARGUMENT;
  *metric = policy->metrics[index];
  return SLA_OK;
}

int32_t sla_policy_pauses(const sla_policy *policy, uint32_t metric, uint32_t status,
                          uint32_t *pauses) {
  if (policy == NULL || pauses == NULL) return SLA_E_NULL;
  if (!sla__policy_metric_ok(metric)) return SLA_E_METRIC;
  if (!sla__policy_knows(policy, status)) return SLA_E_STATUS;
  *pauses = sla__policy_is_pause(policy, metric, status);
  return SLA_OK;
}

int32_t sla_policy_status(const sla_policy *policy, uint32_t status, uint32_t *behaves_as) {
  if (policy == NULL || behaves_as == NULL) return SLA_E_NULL;
  if (!sla__policy_knows(policy, status)) return SLA_E_STATUS;
  *behaves_as = policy->terms.behaves_as[status];
  return SLA_OK;
}
