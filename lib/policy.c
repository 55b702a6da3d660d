/* SPDX-License-Identifier: MIT */
/* Compiling the terms of a policy, and reading them back. */
#include "policy.h"

#include "calendar_bytes.h"
#include "error.h"

#define ANY SLA__PRIORITIES

/* ---- what only the whole can tell ---- */

static bool slot_has_rule(const sla__slot *slot) {
  return slot->lead != SLA_NONE || slot->percent != 0;
}

static bool slot_extended(const sla__slot *slot) {
  return slot->second_stage != 0 || slot->allowance != 0;
}

static bool slot_used(const sla__slot *slot) {
  return slot->amount != SLA_NONE || slot_has_rule(slot) || slot_extended(slot) ||
         slot->calendar != NULL;
}

static int32_t check_slot(const sla__terms *terms, const sla__slot *slot, int64_t index,
                          sla_error *error) {
  bool business = slot->amount != SLA_NONE && slot->clock == SLA_BUSINESS_HOURS;
  bool counted = slot->unit == SLA_UNIT_SECONDS || slot->unit == SLA_UNIT_COUNTED_DAYS;
  if (sla__terms_rule(terms, slot->metric) == NULL)
    return sla__fail_index(error, SLA_E_METRIC, index, slot->metric, SLA__METRICS - 1);
  if ((slot->calendar != NULL && !business) || (slot_extended(slot) && !(business && counted)))
    return sla__fail_index(error, SLA_E_TARGET, index, slot->metric, 0);
  if (business && slot->calendar == NULL && terms->calendar == NULL)
    return sla__fail_index(error, SLA_E_CALENDAR, index, slot->metric, 0);
  return SLA_OK;
}

static int32_t check_slots(const sla__terms *terms, sla_error *error) {
  const sla__slot *slots = terms->slots.data;
  bool any = false;
  for (size_t i = 0, index = 0; i < terms->slots.count; i++) {
    if (!slot_used(&slots[i])) continue;
    int32_t code = check_slot(terms, &slots[i], (int64_t)index++, error);
    if (code != SLA_OK) return code;
    any = any || slots[i].amount != SLA_NONE;
  }
  return any ? SLA_OK : sla__fail(error, SLA_E_EMPTY);
}

/* A pause was set for a status that nobody declared. */
static int32_t check_pauses(const sla__terms *terms, sla_error *error) {
  const sla__definition *definitions = terms->definitions.data;
  for (size_t i = 0; i < terms->definitions.count; i++)
    for (uint32_t status = 0; status < SLA__STATUSES; status++)
      if ((definitions[i].pause_set >> status & 1) && terms->behaves_as[status] == 0)
        return sla__fail_index(error, SLA_E_STATUS, status, status, 0);
  return SLA_OK;
}

/* ---- compiling: what says nothing is left out ---- */

static void prune_slots(sla__array *array) {
  sla__slot *slots = array->data;
  size_t kept = 0;
  for (size_t i = 0; i < array->count; i++)
    if (slot_used(&slots[i])) slots[kept++] = slots[i];
  array->count = kept;
}

static bool says_nothing(const sla__definition *definition) {
  const sla_metric_rule *builtin = sla__metric_builtin(definition->metric);
  return definition->pause_set == 0 && builtin != NULL &&
         memcmp(builtin, &definition->rule, sizeof *builtin) == 0;
}

static void prune_definitions(sla__array *array) {
  sla__definition *definitions = array->data;
  size_t kept = 0;
  for (size_t i = 0; i < array->count; i++)
    if (!says_nothing(&definitions[i])) definitions[kept++] = definitions[i];
  array->count = kept;
}

/* ---- compiling: targets ---- */

static const sla__slot *find_slot(const sla__terms *terms, uint32_t metric, uint32_t priority) {
  static const sla__slot none = {.amount = SLA_NONE, .lead = SLA_NONE};
  const sla__slot *slots = terms->slots.data;
  for (size_t i = 0; i < terms->slots.count && slots[i].metric <= metric; i++)
    if (slots[i].metric == metric && slots[i].priority == priority) return &slots[i];
  return &none;
}

/* The target of a priority: its own, else that for any; and so the due-soon rule. */
static sla__target resolve(const sla__terms *terms, uint32_t metric, uint32_t priority) {
  const sla__slot *own = find_slot(terms, metric, priority), *any = find_slot(terms, metric, ANY);
  const sla__slot *set = own->amount != SLA_NONE ? own : any;
  const sla__slot *rule = slot_has_rule(own) ? own : any;
  sla__target target = {.amount = set->amount, .lead = rule->lead, .percent = rule->percent};
  bool business = set->amount == SLA_NONE || set->clock == SLA_BUSINESS_HOURS;
  if (business) {
    target.calendar = set->calendar != NULL ? set->calendar : terms->calendar;
    target.calendar_hash = set->calendar != NULL ? set->calendar_hash : terms->calendar_hash;
  }
  if (set->amount == SLA_NONE) return target;
  target.second_stage = set->second_stage;
  target.allowance = set->allowance;
  target.unit = set->unit;
  if (set->unit == SLA_UNIT_COUNTED_DAYS) {
    target.amount *= SLA__DAY;
    target.unit = SLA_UNIT_SECONDS;
  }
  return target;
}

/* The hash tells most calendars apart. */
static bool same_calendar(const sla__target *a, const sla__target *b) {
  if (a->calendar == b->calendar) return true;
  return a->calendar != NULL && b->calendar != NULL && a->calendar_hash == b->calendar_hash &&
         sla__calendar_same(a->calendar, b->calendar);
}

bool sla__target_same(const sla__target *a, const sla__target *b) {
  return a == b || (a->amount == b->amount && a->lead == b->lead &&
                    a->second_stage == b->second_stage && a->allowance == b->allowance &&
                    a->percent == b->percent && a->unit == b->unit && same_calendar(a, b));
}

static uint64_t hash_of(const sla_calendar *calendar) {
  uint64_t hash = 0;
  return sla_calendar_hash(calendar, &hash) == SLA_OK ? hash : 0; /* without a calendar 0 */
}

static void hash_calendars(sla__terms *terms) {
  sla__slot *slots = terms->slots.data;
  terms->calendar_hash = hash_of(terms->calendar);
  for (size_t i = 0; i < terms->slots.count; i++)
    slots[i].calendar_hash = hash_of(slots[i].calendar);
}

static int32_t push_target(sla_policy *policy, sla__target target, uint16_t *index) {
  const sla__target *targets = policy->targets.data;
  for (size_t i = 0; i < policy->targets.count; i++) {
    if (!sla__target_same(&targets[i], &target)) continue;
    *index = (uint16_t)i;
    return SLA_OK;
  }
  sla__target *slot = sla__array_push(&policy->allocator, &policy->targets, sizeof *slot);
  if (slot == NULL) return SLA_E_MEMORY;
  *slot = target;
  *index = (uint16_t)(policy->targets.count - 1);
  return SLA_OK;
}

static int32_t compile_targets(sla_policy *policy, sla__metric *metric) {
  metric->uniform = true;
  for (uint32_t p = 0; p < SLA__PRIORITIES; p++) {
    sla__target target = resolve(&policy->terms, metric->metric, p);
    metric->has_target = metric->has_target || target.amount != SLA_NONE;
    int32_t code = push_target(policy, target, &metric->target_of[p]);
    if (code != SLA_OK) return code;
    metric->uniform = metric->uniform && metric->target_of[p] == metric->target_of[0];
  }
  return SLA_OK;
}

/* ---- compiling: rules ---- */

static void compile_statuses(sla_policy *policy) {
  for (uint32_t status = 0; status < SLA__STATUSES; status++) {
    uint32_t like = policy->terms.behaves_as[status], bit = 1u << status;
    if (like != 0) policy->known |= bit;
    if (like == SLA_TICKET_SOLVED || like == SLA_TICKET_CLOSED) policy->done |= bit;
  }
}

/* A mask with every declared status that it names, or that behaves as one it names. */
static uint32_t expand(const sla_policy *policy, uint32_t mask) {
  uint32_t all = 0;
  for (uint32_t status = 0; status < SLA__STATUSES; status++) {
    uint32_t like = policy->terms.behaves_as[status];
    if (like != 0 && (mask >> status & 1 || mask >> like & 1)) all |= 1u << status;
  }
  return all;
}

static sla_trigger expand_trigger(const sla_policy *policy, const sla_trigger *trigger) {
  sla_trigger all = *trigger;
  all.statuses = expand(policy, trigger->statuses);
  return all;
}

/* What the host said of a status, else of the one it behaves as, else the rule. */
static bool is_pause(const sla__terms *terms, const sla__definition *set, uint32_t by_rule,
                     uint32_t status) {
  uint32_t like = terms->behaves_as[status];
  if (set != NULL && set->pause_set >> status & 1) return set->pause_on >> status & 1;
  if (set != NULL && set->pause_set >> like & 1) return set->pause_on >> like & 1;
  return by_rule >> status & 1;
}

static uint32_t compile_pauses(const sla_policy *policy, uint32_t metric, uint32_t mask) {
  const sla__definition *set = sla__terms_definition(&policy->terms, metric);
  uint32_t by_rule = expand(policy, mask), all = 0;
  for (uint32_t status = 0; status < SLA__STATUSES; status++)
    if (policy->known >> status & 1 && is_pause(&policy->terms, set, by_rule, status))
      all |= 1u << status;
  return all;
}

#define CONDITION_KINDS \
  (SLA__BIT(SLA_EVENT_CONDITION_SET) | SLA__BIT(SLA_EVENT_CONDITION_CLEARED))

static bool names_conditions(const sla_trigger *trigger) {
  return (trigger->conditions_set | trigger->conditions_cleared) != 0 ||
         (trigger->events & CONDITION_KINDS) != 0;
}

/* Kinds that can matter to a rule: those that every rule minds, and those it names. */
static uint64_t kinds_of(const sla__metric *metric) {
  uint64_t kinds = SLA__BIT(SLA_EVENT_CREATED) | SLA__BIT(SLA_EVENT_STATUS) |
                   SLA__BIT(SLA_EVENT_PRIORITY) | SLA__BIT(SLA_EVENT_DUE_SET) |
                   SLA__BIT(SLA_EVENT_RESET) | SLA__BIT(SLA_EVENT_CANCELLED) |
                   SLA__BIT(SLA_EVENT_POLICY);
  if (metric->options[SLA_OPTION_GATE]) kinds |= SLA__BIT(SLA_EVENT_AGENT_REPLY);
  if (metric->pause_conditions != 0 || names_conditions(&metric->start) ||
      names_conditions(&metric->fulfil) || names_conditions(&metric->cancel) ||
      names_conditions(&metric->resume))
    kinds |= CONDITION_KINDS;
  return kinds | metric->named;
}

/* Every status matters to a rule that names the kind of event. */
static uint32_t statuses_of(const sla_policy *policy, const sla__metric *metric) {
  if (metric->named >> SLA_EVENT_STATUS & 1) return UINT32_MAX;
  return policy->done | metric->pauses | metric->entries;
}

static void compile_rule(sla_policy *policy, sla__metric *metric, const sla_metric_rule *rule) {
  metric->start = expand_trigger(policy, &rule->start);
  metric->fulfil = expand_trigger(policy, &rule->fulfil);
  metric->cancel = expand_trigger(policy, &rule->cancel);
  metric->resume = expand_trigger(policy, &rule->resume);
  if (rule->options[SLA_OPTION_MESSAGE_WHILE_PAUSED] == SLA_MESSAGE_RESUMES)
    metric->resume.events |= SLA__BIT(SLA_EVENT_CUSTOMER_MESSAGE);
  metric->pause_conditions = rule->pause_conditions;
  metric->pauses = compile_pauses(policy, metric->metric, rule->pause_statuses);
  metric->shape = (uint8_t)rule->shape;
  for (size_t i = 0; i < SLA__OPTIONS; i++) metric->options[i] = (uint8_t)rule->options[i];
  metric->named = metric->start.events | metric->fulfil.events | metric->cancel.events |
                  metric->resume.events;
  metric->entries = metric->start.statuses | metric->fulfil.statuses |
                    metric->cancel.statuses | metric->resume.statuses;
  metric->kinds = kinds_of(metric);
  metric->statuses = statuses_of(policy, metric);
  policy->sticky = policy->sticky || metric->options[SLA_OPTION_BREACH_UNDONE];
  if (metric->options[SLA_OPTION_ANCHOR] == SLA_ANCHOR_VALUE)
    policy->instants |= metric->start.events;
}

static int32_t compile_metric(sla_policy *policy, uint32_t number, const sla_metric_rule *rule) {
  sla__metric *metric = sla__array_push(&policy->allocator, &policy->metrics, sizeof *metric);
  if (metric == NULL) return SLA_E_MEMORY;
  metric->metric = (uint8_t)number;
  policy->place[number] = (uint8_t)policy->metrics.count;
  compile_rule(policy, metric, rule);
  int32_t code = compile_targets(policy, metric);
  policy->listed += metric->has_target;
  return code;
}

static int32_t compile(sla_policy *policy) {
  prune_slots(&policy->terms.slots);
  prune_definitions(&policy->terms.definitions);
  hash_calendars(&policy->terms);
  compile_statuses(policy);
  for (uint32_t number = 1; number < SLA__METRICS; number++) {
    const sla_metric_rule *rule = sla__terms_rule(&policy->terms, number);
    int32_t code = rule != NULL ? compile_metric(policy, number, rule) : SLA_OK;
    if (code != SLA_OK) return code;
  }
  sla__array_trim(&policy->allocator, &policy->metrics, sizeof(sla__metric));
  sla__array_trim(&policy->allocator, &policy->targets, sizeof(sla__target));
  return SLA_OK;
}

static int32_t build(const sla_policy_builder *builder, sla_policy **policy) {
  sla_policy *made = sla__mem_new(&builder->allocator, sizeof *made);
  if (made == NULL) return SLA_E_MEMORY;
  sla__refs_init(&made->refs);
  made->allocator = builder->allocator;
  int32_t code = SLA_E_MEMORY;
  if (sla__terms_copy(&made->allocator, &builder->terms, &made->terms)) code = compile(made);
  else sla__terms_init(&made->terms);
  if (code == SLA_OK) *policy = made;
  else sla_policy_unref(made);
  return code;
}

int32_t sla_policy_builder_build(const sla_policy_builder *builder, sla_policy **policy,
                                 sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  if (policy == NULL) return sla__fail_null(error, 2);
  int32_t code = check_slots(&builder->terms, error);
  if (code == SLA_OK) code = check_pauses(&builder->terms, error);
  if (code != SLA_OK) return code;
  code = build(builder, policy);
  return code == SLA_OK ? SLA_OK : sla__fail(error, code);
}

sla_policy *sla_policy_ref(const sla_policy *policy) {
  sla_policy *counted = (sla_policy *)policy;
  if (counted != NULL) sla__refs_take(&counted->refs);
  return counted;
}

void sla_policy_unref(sla_policy *policy) {
  if (policy == NULL || !sla__refs_drop(&policy->refs)) return;
  const sla_allocator allocator = policy->allocator;
  sla__terms_free(&allocator, &policy->terms);
  sla__array_free(&allocator, &policy->metrics, sizeof(sla__metric));
  sla__array_free(&allocator, &policy->targets, sizeof(sla__target));
  sla__mem_free(&allocator, policy, sizeof *policy);
}

size_t sla_policy_memory(const sla_policy *policy) {
  size_t held = sizeof *policy;
  if (policy == NULL) return 0;
  const sla_allocator counter = sla__mem_counter(&held);
  sla__array metrics = policy->metrics, targets = policy->targets;
  sla__array slots = policy->terms.slots, definitions = policy->terms.definitions;
  sla__array_free(&counter, &metrics, sizeof(sla__metric));
  sla__array_free(&counter, &targets, sizeof(sla__target));
  sla__array_free(&counter, &slots, sizeof(sla__slot));
  sla__array_free(&counter, &definitions, sizeof(sla__definition));
  return held;
}

/* ---- what went in ---- */

static const sla__slot *slot_at(const sla_policy *policy, uint32_t index) {
  const sla__slot *slots = policy->terms.slots.data;
  return index < policy->terms.slots.count ? &slots[index] : NULL;
}

uint32_t sla_policy_target_count(const sla_policy *policy) {
  return policy == NULL ? 0 : (uint32_t)policy->terms.slots.count;
}

int32_t sla_policy_target(const sla_policy *policy, uint32_t index, sla_target *target,
                          size_t size) {
  if (policy == NULL || target == NULL) return SLA_E_NULL;
  if (!sla__size_ok(size, sizeof *target)) return SLA_E_ABI;
  const sla__slot *slot = slot_at(policy, index);
  if (slot == NULL) return SLA_E_ARGUMENT;
  const sla_target found = {
      .amount = slot->amount, .due_soon_lead = slot->lead, .second_stage = slot->second_stage,
      .allowance = slot->allowance, .metric = slot->metric,
      .priority = slot->priority == ANY ? SLA_PRIORITY_ANY : slot->priority, .unit = slot->unit,
      .clock = slot->clock, .due_soon_percent = slot->percent,
      .own_calendar = slot->calendar != NULL};
  sla__record_write(target, size, &found, sizeof found);
  return SLA_OK;
}

const sla_calendar *sla_policy_target_calendar(const sla_policy *policy, uint32_t index) {
  const sla__slot *slot = policy == NULL ? NULL : slot_at(policy, index);
  return slot == NULL ? NULL : slot->calendar;
}

const sla_calendar *sla_policy_calendar(const sla_policy *policy) {
  return policy == NULL ? NULL : policy->terms.calendar;
}

const sla__metric *sla__policy_list(const sla_policy *policy, uint32_t index) {
  const sla__metric *metrics = policy->metrics.data;
  for (size_t i = 0; i < policy->metrics.count; i++)
    if (metrics[i].has_target && index-- == 0) return &metrics[i];
  return NULL;
}

uint32_t sla_policy_metric_count(const sla_policy *policy) {
  return policy == NULL ? 0 : policy->listed;
}

int32_t sla_policy_metric(const sla_policy *policy, uint32_t index, uint32_t *metric) {
  if (policy == NULL || metric == NULL) return SLA_E_NULL;
  const sla__metric *found = sla__policy_list(policy, index);
  if (found == NULL) return SLA_E_ARGUMENT;
  *metric = found->metric;
  return SLA_OK;
}

int32_t sla_policy_metric_rule(const sla_policy *policy, uint32_t metric, sla_metric_rule *rule,
                               size_t size) {
  if (policy == NULL || rule == NULL) return SLA_E_NULL;
  if (!sla__size_ok(size, sizeof *rule)) return SLA_E_ABI;
  const sla_metric_rule *found = sla__terms_rule(&policy->terms, metric);
  if (found == NULL) return SLA_E_METRIC;
  sla__record_write(rule, size, found, sizeof *found);
  return SLA_OK;
}

int32_t sla_policy_pauses(const sla_policy *policy, uint32_t metric, uint32_t status,
                          uint32_t *pauses) {
  if (policy == NULL || pauses == NULL) return SLA_E_NULL;
  const sla__metric *found = sla__policy_metric(policy, metric);
  if (found == NULL) return SLA_E_METRIC;
  if (!sla__policy_knows(policy, status)) return SLA_E_STATUS;
  *pauses = sla__metric_is_pause(found, status);
  return SLA_OK;
}

int32_t sla_policy_status(const sla_policy *policy, uint32_t status, uint32_t *behaves_as) {
  if (policy == NULL || behaves_as == NULL) return SLA_E_NULL;
  if (!sla__policy_knows(policy, status)) return SLA_E_STATUS;
  *behaves_as = policy->terms.behaves_as[status];
  return SLA_OK;
}
