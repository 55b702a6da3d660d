/* SPDX-License-Identifier: MIT */
/* Gathering and checking the terms of a policy. */
#include "error.h"
#include "policy.h"

#define ANY SLA__PRIORITIES
#define LONGEST_DAYS 36525 /* 100 years */
#define LONGEST_SECONDS (LONGEST_DAYS * (int64_t)SLA__DAY)

/* ---- the builder ---- */

int32_t sla_policy_builder_new(const sla_allocator *allocator, sla_policy_builder **builder,
                               sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 2);
  const sla_allocator chosen = sla__mem_allocator(allocator);
  sla_policy_builder *made = sla__mem_new(&chosen, sizeof *made);
  if (made == NULL) return sla__fail(error, SLA_E_MEMORY);
  made->allocator = chosen;
  sla__terms_init(&made->terms);
  *builder = made;
  return SLA_OK;
}

int32_t sla_policy_builder_new_from(const sla_policy *policy, const sla_allocator *allocator,
                                    sla_policy_builder **builder, sla_error *error) {
  sla_policy_builder *made = NULL;
  if (policy == NULL) return sla__fail_null(error, 1);
  if (builder == NULL) return sla__fail_null(error, 3);
  int32_t code = sla_policy_builder_new(allocator, &made, error);
  if (code != SLA_OK) return code;
  if (!sla__terms_copy(&made->allocator, &policy->terms, &made->terms)) {
    sla__mem_free(&made->allocator, made, sizeof *made);
    return sla__fail(error, SLA_E_MEMORY);
  }
  *builder = made;
  return SLA_OK;
}

void sla_policy_builder_free(sla_policy_builder *builder) {
  if (builder == NULL) return;
  const sla_allocator allocator = builder->allocator;
  sla__terms_free(&allocator, &builder->terms);
  sla__mem_free(&allocator, builder, sizeof *builder);
}

static void replace_calendar(sla_calendar **slot, const sla_calendar *calendar) {
  sla_calendar *taken = sla_calendar_ref(calendar);
  sla_calendar_unref(*slot);
  *slot = taken;
}

int32_t sla_policy_builder_set_calendar(sla_policy_builder *builder, const sla_calendar *calendar,
                                        sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  if (calendar == NULL) return sla__fail_null(error, 2);
  replace_calendar(&builder->terms.calendar, calendar);
  return SLA_OK;
}

static int32_t check_metric(uint32_t metric, sla_error *error) {
  if (sla__metric_ok(metric)) return SLA_OK;
  return sla__fail_argument(error, SLA_E_METRIC, 2, metric, SLA__METRICS - 1);
}

/* ---- targets ---- */

static bool comes_before(const sla__slot *slot, uint32_t metric, uint32_t priority) {
  return slot->metric != metric ? slot->metric < metric : slot->priority < priority;
}

/* The place of the slot of a metric (argument 2) and a priority (argument 3). */
static int32_t check_place(const sla_policy_builder *builder, uint32_t metric, uint32_t priority,
                           sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  int32_t code = check_metric(metric, error);
  if (code != SLA_OK) return code;
  if (priority >= SLA__PRIORITIES && priority != SLA_PRIORITY_ANY)
    return sla__fail_argument(error, SLA_E_PRIORITY, 3, priority, SLA__PRIORITIES - 1);
  return SLA_OK;
}

/* The slot, made when there is none.  Everything else must have been checked. */
static int32_t take_slot(sla_policy_builder *builder, uint32_t metric, uint32_t priority,
                         sla__slot **slot, sla_error *error) {
  sla__array *slots = &builder->terms.slots;
  sla__slot *all = slots->data;
  size_t place = 0;
  if (priority == SLA_PRIORITY_ANY) priority = ANY;
  while (place < slots->count && comes_before(&all[place], metric, priority)) place++;
  if (place < slots->count && all[place].metric == metric && all[place].priority == priority) {
    *slot = &all[place];
    return SLA_OK;
  }
  *slot = sla__array_insert(&builder->allocator, slots, sizeof **slot, place);
  if (*slot == NULL) return sla__fail(error, SLA_E_MEMORY);
  **slot = (sla__slot){
      .metric = metric, .priority = priority, .amount = SLA_NONE, .lead = SLA_NONE};
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
  int32_t code = check_place(builder, metric, priority, error);
  if (code == SLA_OK) code = check_target(amount, unit, clock, error);
  if (code == SLA_OK) code = take_slot(builder, metric, priority, &slot, error);
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
  int32_t code = check_place(builder, metric, priority, error);
  if (code == SLA_OK && calendar == NULL) code = sla__fail_null(error, 4);
  if (code == SLA_OK) code = take_slot(builder, metric, priority, &slot, error);
  if (code != SLA_OK) return code;
  replace_calendar(&slot->calendar, calendar);
  return SLA_OK;
}

static int32_t check_length(int32_t failure, sla_seconds seconds, sla_error *error) {
  if (seconds >= 0 && seconds <= LONGEST_SECONDS) return SLA_OK;
  return sla__fail_argument(error, failure, 4, seconds,
                            sla__nearer(seconds, 0, LONGEST_SECONDS));
}

/* The slot for a stage or an allowance of this length. */
static int32_t take_extended(sla_policy_builder *builder, uint32_t metric, uint32_t priority,
                             sla_seconds seconds, sla__slot **slot, sla_error *error) {
  int32_t code = check_place(builder, metric, priority, error);
  if (code == SLA_OK) code = check_length(SLA_E_TARGET, seconds, error);
  if (code == SLA_OK) code = take_slot(builder, metric, priority, slot, error);
  return code;
}

int32_t sla_policy_builder_set_second_stage(sla_policy_builder *builder, uint32_t metric,
                                            uint32_t priority, sla_seconds seconds,
                                            sla_error *error) {
  sla__slot *slot = NULL;
  int32_t code = take_extended(builder, metric, priority, seconds, &slot, error);
  if (code == SLA_OK) slot->second_stage = seconds;
  return code;
}

int32_t sla_policy_builder_set_allowance(sla_policy_builder *builder, uint32_t metric,
                                         uint32_t priority, sla_seconds seconds,
                                         sla_error *error) {
  sla__slot *slot = NULL;
  int32_t code = take_extended(builder, metric, priority, seconds, &slot, error);
  if (code == SLA_OK) slot->allowance = seconds;
  return code;
}

int32_t sla_policy_builder_set_due_soon(sla_policy_builder *builder, uint32_t metric,
                                        uint32_t priority, sla_seconds lead, sla_error *error) {
  sla__slot *slot = NULL;
  int32_t code = check_place(builder, metric, priority, error);
  if (code == SLA_OK) code = check_length(SLA_E_DUE_SOON, lead, error);
  if (code == SLA_OK) code = take_slot(builder, metric, priority, &slot, error);
  if (code != SLA_OK) return code;
  slot->lead = lead;
  slot->percent = 0;
  return SLA_OK;
}

int32_t sla_policy_builder_set_due_soon_percent(sla_policy_builder *builder, uint32_t metric,
                                                uint32_t priority, uint32_t percent,
                                                sla_error *error) {
  sla__slot *slot = NULL;
  int32_t code = check_place(builder, metric, priority, error);
  if (code == SLA_OK && (percent < 1 || percent > 100))
    code = sla__fail_argument(error, SLA_E_DUE_SOON, 4, percent, percent < 1 ? 1 : 100);
  if (code == SLA_OK) code = take_slot(builder, metric, priority, &slot, error);
  if (code != SLA_OK) return code;
  slot->lead = SLA_NONE;
  slot->percent = percent;
  return SLA_OK;
}

int32_t sla_policy_builder_clear_targets(sla_policy_builder *builder, uint32_t metric,
                                         sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  int32_t code = check_metric(metric, error);
  if (code != SLA_OK) return code;
  sla__array *slots = &builder->terms.slots;
  sla__slot *all = slots->data;
  size_t kept = 0;
  for (size_t i = 0; i < slots->count; i++) {
    if (all[i].metric == metric) sla_calendar_unref(all[i].calendar);
    else all[kept++] = all[i];
  }
  slots->count = kept;
  return SLA_OK;
}

/* ---- statuses ---- */

int32_t sla_policy_builder_set_status(sla_policy_builder *builder, uint32_t status,
                                      uint32_t behaves_as, sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  if (!sla__status_own(status))
    return sla__fail_argument(error, SLA_E_STATUS, 2, status, SLA__STATUSES - 1);
  if (!sla__status_standard(behaves_as))
    return sla__fail_argument(error, SLA_E_STATUS, 3, behaves_as, SLA_TICKET_CLOSED);
  builder->terms.behaves_as[status] = (uint8_t)behaves_as;
  return SLA_OK;
}

/* ---- metrics ---- */

/* A metric that has a rule; with it. */
static int32_t find_rule(const sla_policy_builder *builder, uint32_t metric,
                         const sla_metric_rule **rule, sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  *rule = sla__terms_rule(&builder->terms, metric);
  if (*rule != NULL) return SLA_OK;
  return sla__fail_argument(error, SLA_E_METRIC, 2, metric, SLA__METRICS - 1);
}

/* The definition of a metric, made with this rule when there is none. */
static int32_t take_definition(sla_policy_builder *builder, uint32_t metric,
                               const sla_metric_rule *rule, sla__definition **definition,
                               sla_error *error) {
  sla__array *definitions = &builder->terms.definitions;
  sla__definition *all = definitions->data;
  size_t place = 0;
  while (place < definitions->count && all[place].metric < metric) place++;
  if (place < definitions->count && all[place].metric == metric) {
    *definition = &all[place];
    return SLA_OK;
  }
  const sla_metric_rule copy = *rule;
  *definition = sla__array_insert(&builder->allocator, definitions, sizeof *all, place);
  if (*definition == NULL) return sla__fail(error, SLA_E_MEMORY);
  (*definition)->metric = metric;
  (*definition)->rule = copy;
  return SLA_OK;
}

int32_t sla_policy_builder_set_pause(sla_policy_builder *builder, uint32_t metric, uint32_t status,
                                     uint32_t pauses, sla_error *error) {
  const sla_metric_rule *rule;
  sla__definition *definition;
  int32_t code = find_rule(builder, metric, &rule, error);
  if (code != SLA_OK) return code;
  if (!sla__status_standard(status) && !sla__status_own(status))
    return sla__fail_argument(error, SLA_E_STATUS, 3, status, 0);
  if (pauses > 1) return sla__fail_argument(error, SLA_E_ARGUMENT, 4, pauses, 1);
  code = take_definition(builder, metric, rule, &definition, error);
  if (code != SLA_OK) return code;
  uint32_t bit = 1u << status;
  definition->pause_set |= bit;
  definition->pause_on = pauses ? definition->pause_on | bit : definition->pause_on & ~bit;
  return SLA_OK;
}

int32_t sla_policy_builder_metric(const sla_policy_builder *builder, uint32_t metric,
                                  sla_metric_rule *rule, size_t size, sla_error *error) {
  const sla_metric_rule *found;
  int32_t code = find_rule(builder, metric, &found, error);
  if (code == SLA_OK && rule == NULL) code = sla__fail_null(error, 3);
  if (code == SLA_OK) code = sla__check_size(error, 4, size, sizeof *rule);
  if (code == SLA_OK) sla__record_write(rule, size, found, sizeof *found);
  return code;
}

int32_t sla_policy_builder_set_metric(sla_policy_builder *builder, uint32_t metric,
                                      const sla_metric_rule *rule, size_t size, sla_error *error) {
  sla__definition *definition;
  if (builder == NULL) return sla__fail_null(error, 1);
  if (rule == NULL) return sla__fail_null(error, 3);
  int32_t code = check_metric(metric, error);
  if (code == SLA_OK) code = sla__check_size(error, 4, size, sizeof *rule);
  if (code == SLA_OK && !sla__record_known(rule, size, sizeof *rule))
    code = sla__fail_argument(error, SLA_E_ABI, 4, (int64_t)size, (int64_t)sizeof *rule);
  if (code == SLA_OK) code = sla__metric_check(rule, 3, error);
  if (code == SLA_OK) code = take_definition(builder, metric, rule, &definition, error);
  if (code != SLA_OK) return code;
  *definition = (sla__definition){.metric = metric, .rule = *rule};
  return SLA_OK;
}

int32_t sla_policy_builder_set_option(sla_policy_builder *builder, uint32_t metric,
                                      uint32_t option, uint32_t value, sla_error *error) {
  const sla_metric_rule *rule;
  sla__definition *definition;
  int32_t code = find_rule(builder, metric, &rule, error);
  if (code == SLA_OK) code = sla__metric_check_option(option, value, 3, error);
  if (code != SLA_OK) return code;
  sla_metric_rule changed = *rule;
  changed.options[option] = value;
  code = sla__metric_check(&changed, 4, error);
  if (code == SLA_OK) code = take_definition(builder, metric, rule, &definition, error);
  if (code == SLA_OK) definition->rule = changed;
  return code;
}
