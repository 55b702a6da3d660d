/* SPDX-License-Identifier: MIT */
/* What a system would say of a result, and of a ticket. */
#include "label.h"

#include "preset.h"

/* How a result stands, as far as words tell it apart. */
enum { ON_TIME, SOON, OVERDUE, P_ON_TIME, P_SOON, P_OVERDUE, MET, MISSED, CANCELLED, STANDINGS };

#define NO_WORD UINT8_MAX

static uint32_t standing_of(const sla_result *result) {
  if (result->status == SLA_STATUS_NONE || result->status > SLA_OVERDUE) return STANDINGS;
  uint32_t degree = result->status - SLA_ON_TIME;
  switch (result->phase) {
    case SLA_RUNNING: return ON_TIME + degree;
    case SLA_PAUSED: return P_ON_TIME + degree;
    case SLA_FULFILLED: return result->status == SLA_OVERDUE ? MISSED : MET;
    case SLA_CANCELLED: return CANCELLED;
    default: return STANDINGS;
  }
}

#define EVERY (~UINT64_C(0))
#define NONE NO_WORD

/* The word for each standing: three running, three paused, met, missed, cancelled. */
typedef struct {
  uint32_t presets; /* bit n: preset n */
  uint64_t metrics; /* bit n: metric n */
  uint8_t words[STANDINGS];
} usage;

static const usage usages[] = {
    {HUBSPOT, EVERY, {0, 2, 1, 0, 2, 1, 3, 4, NONE}},
    {CHATWOOT, EVERY, {0, 0, 3, 0, 0, 3, 1, 2, NONE}},
    {ZENDESK, EVERY, {0, 0, 0, 1, 1, 1, 2, 2, NONE}},
    {JIRA, EVERY, {0, 0, 0, 0, 0, 0, 1, 1, NONE}},
    {SERVICENOW, EVERY, {0, 0, 0, 1, 1, 1, 2, 2, 3}},
    {FRESHDESK, FIRST | NEXT, {NONE, NONE, 0, NONE, NONE, 0, 2, 3, NONE}},
    {FRESHDESK, EVERY, {NONE, NONE, 1, NONE, NONE, 1, 2, 3, NONE}},
    {ZAMMAD, EVERY, {0, 1, 2, NONE, NONE, NONE, NONE, NONE, NONE}},
    {ZNUNY, EVERY, {0, 1, 2, NONE, NONE, NONE, NONE, NONE, NONE}},
    {GLPI, EVERY, {0, 0, 1, 0, 0, 0, 0, 1, NONE}},
    {FRAPPE, FIRST, {0, 0, 4, 2, 2, 4, 3, 4, NONE}},
    {FRAPPE, RESOLUTION, {1, 1, 4, 2, 2, 4, 3, 4, NONE}},
    {RT, EVERY, {0, 0, 0, NONE, NONE, NONE, NONE, NONE, NONE}},
};

static bool is_of(const usage *row, const sla_result *result) {
  return result->metric < 64 && (row->metrics >> result->metric & 1);
}

static uint32_t word_of(uint32_t preset, const sla_result *result) {
  uint32_t standing = standing_of(result);
  if (standing == STANDINGS) return SLA_NO_LABEL;
  for (size_t i = 0; i < SLA__LENGTH(usages); i++) {
    if (!(usages[i].presets >> preset & 1) || !is_of(&usages[i], result)) continue;
    uint8_t word = usages[i].words[standing];
    return word == NO_WORD ? SLA_NO_LABEL : word;
  }
  return SLA_NO_LABEL;
}

static uint32_t flags_of(const sla_result *result) {
  return (result->status == SLA_OVERDUE ? SLA_LABEL_BREACHED : 0) |
         (result->phase == SLA_PAUSED ? SLA_LABEL_PAUSED : 0);
}

sla_label sla__label_of(uint32_t preset, const sla_result *result) {
  uint32_t word = word_of(preset, result);
  return (sla_label){word, word == SLA_NO_LABEL ? 0 : flags_of(result)};
}

/* The words of each system, the one that speaks for the whole ticket before those it outranks. */
static const struct {
  uint32_t presets, value;
  const char *name;
} words[] = {
    {HUBSPOT, 1, "Overdue"},
    {HUBSPOT, 2, "Due soon"},
    {HUBSPOT, 0, "Active SLA"},
    {HUBSPOT, 4, "Completed late"},
    {HUBSPOT, 3, "Completed on time"},
    {CHATWOOT, 3, "active_with_misses"},
    {CHATWOOT, 0, "active"},
    {CHATWOOT, 2, "missed"},
    {CHATWOOT, 1, "hit"},
    {ZENDESK, 0, "active"},
    {ZENDESK, 1, "paused"},
    {ZENDESK, 2, "closed"},
    {JIRA, 0, "ongoing"},
    {JIRA, 1, "completed"},
    {SERVICENOW, 0, "In progress"},
    {SERVICENOW, 1, "Paused"},
    {SERVICENOW, 2, "Completed"},
    {SERVICENOW, 3, "Cancelled"},
    {FRESHDESK, 1, "Overdue"},
    {FRESHDESK, 0, "Response due"},
    {FRESHDESK, 3, "SLA violated"},
    {FRESHDESK, 2, "Within SLA"},
    {ZAMMAD, 2, "escalated"},
    {ZAMMAD, 1, "escalation warning"},
    {ZAMMAD, 0, "not escalated"},
    {ZNUNY, 2, "escalation"},
    {ZNUNY, 1, "notification"},
    {ZNUNY, 0, "no escalation"},
    {GLPI, 1, "exceeded"},
    {GLPI, 0, "not exceeded"},
    {FRAPPE, 4, "Failed"},
    {FRAPPE, 2, "Paused"},
    {FRAPPE, 0, "First Response Due"},
    {FRAPPE, 1, "Resolution Due"},
    {FRAPPE, 3, "Fulfilled"},
    {RT, 0, "Due"},
};

/* Of a preset that is known. */
static size_t rank_of(uint32_t preset, uint32_t value) {
  for (size_t i = 0; i < SLA__LENGTH(words); i++)
    if ((words[i].presets >> preset & 1) && words[i].value == value) return i;
  return SLA__LENGTH(words);
}

const char *sla_preset_label_name(uint32_t preset, uint32_t value) {
  if (!sla__preset_known(preset)) return NULL;
  size_t rank = rank_of(preset, value);
  return rank == SLA__LENGTH(words) ? NULL : words[rank].name;
}

/* The word that outranks the others, with what is said beside it of any metric that bears it. */
static sla_label ranking_label(uint32_t preset, const sla_result *results, size_t count,
                               size_t stride) {
  sla_label best = {SLA_NO_LABEL, 0};
  for (size_t i = 0; i < count; i++) {
    sla_label label = sla__label_of(preset, SLA__CONST_AT(sla_result, results, stride, i));
    if (label.value == best.value)
      best.flags |= label.flags;
    else if (rank_of(preset, label.value) < rank_of(preset, best.value))
      best = label;
  }
  return best;
}

/* Chatwoot's word is of the conversation: over once resolved, and marked by any miss there was. */
static sla_label chatwoot_label(const sla_result *results, size_t count, size_t stride) {
  bool applied = false, over = false, missed = false;
  for (size_t i = 0; i < count; i++) {
    const sla_result *result = SLA__CONST_AT(sla_result, results, stride, i);
    applied |= result->phase != SLA_INACTIVE && result->phase != SLA_CANCELLED;
    over |= result->metric == SLA_RESOLUTION && result->phase == SLA_FULFILLED;
    missed |= result->status == SLA_OVERDUE || result->missed > 0;
  }
  if (!applied) return (sla_label){SLA_NO_LABEL, 0};
  uint32_t word = over ? missed ? 2 : 1 : missed ? 3 : 0;
  return (sla_label){word, missed ? SLA_LABEL_BREACHED : 0};
}

sla_label sla__label_of_ticket(uint32_t preset, const sla_result *results, size_t count,
                               size_t stride) {
  return preset == SLA_PRESET_CHATWOOT ? chatwoot_label(results, count, stride)
                                       : ranking_label(preset, results, count, stride);
}

int32_t sla_preset_label(uint32_t preset, const sla_result *result, size_t result_size,
                         sla_label *label, size_t size) {
  if (result == NULL || label == NULL) return SLA_E_NULL;
  if (!sla__size_ok(result_size, sizeof *result) || !sla__size_ok(size, sizeof *label))
    return SLA_E_ABI;
  if (!sla__preset_known(preset)) return SLA_E_POLICY;
  const sla_label found = sla__label_of(preset, result);
  sla__record_write(label, size, &found, sizeof found);
  return SLA_OK;
}

int32_t sla_preset_ticket_label(uint32_t preset, const sla_result *results, size_t count,
                                size_t result_size, sla_label *label, size_t size) {
  if (results == NULL || label == NULL) return SLA_E_NULL;
  if (!sla__size_ok(result_size, sizeof *results) || !sla__size_ok(size, sizeof *label))
    return SLA_E_ABI;
  if (!sla__preset_known(preset)) return SLA_E_POLICY;
  if (count == 0) return SLA_E_ARGUMENT;
  const sla_label found = sla__label_of_ticket(preset, results, count, result_size);
  sla__record_write(label, size, &found, sizeof found);
  return SLA_OK;
}
