/* SPDX-License-Identifier: MIT */
/* What a policy was told. */
#include "policy.h"

void sla__terms_init(sla__terms *terms) {
  *terms = (sla__terms){0};
  for (uint8_t status = SLA_TICKET_NEW; status <= SLA_TICKET_CLOSED; status++)
    terms->behaves_as[status] = status;
}

void sla__terms_free(const sla_allocator *allocator, sla__terms *terms) {
  sla__slot *slots = terms->slots.data;
  for (size_t i = 0; i < terms->slots.count; i++) sla_calendar_unref(slots[i].calendar);
  sla_calendar_unref(terms->calendar);
  sla__array_free(allocator, &terms->slots, sizeof *slots);
  sla__array_free(allocator, &terms->definitions, sizeof(sla__definition));
}

bool sla__terms_copy(const sla_allocator *allocator, const sla__terms *from, sla__terms *to) {
  *to = *from;
  to->definitions = to->slots = (sla__array){0};
  sla_calendar_ref(to->calendar);
  bool copied = sla__array_copy(allocator, &from->slots, sizeof(sla__slot), &to->slots);
  const sla__slot *slots = to->slots.data;
  for (size_t i = 0; i < to->slots.count; i++) sla_calendar_ref(slots[i].calendar);
  if (copied && sla__array_copy(allocator, &from->definitions, sizeof(sla__definition),
                                &to->definitions))
    return true;
  sla__terms_free(allocator, to);
  return false;
}

const sla__definition *sla__terms_definition(const sla__terms *terms, uint32_t metric) {
  const sla__definition *definitions = terms->definitions.data;
  for (size_t i = 0; i < terms->definitions.count; i++)
    if (definitions[i].metric == metric) return &definitions[i];
  return NULL;
}

const sla_metric_rule *sla__terms_rule(const sla__terms *terms, uint32_t metric) {
  const sla__definition *definition = sla__terms_definition(terms, metric);
  return definition != NULL ? &definition->rule : sla__metric_builtin(metric);
}
