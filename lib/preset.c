/* SPDX-License-Identifier: MIT */
/* Setting a policy builder to behave like a system. */
#include "preset.h"

#include "compare.h"
#include "error.h"
#include "metric.h"

const char *sla_preset_name(uint32_t preset) {
  static const char *const names[] = {
      [SLA_PRESET_HUBSPOT_INBOX] = "HubSpot inbox",
      [SLA_PRESET_HUBSPOT_HELP_DESK] = "HubSpot help desk",
      [SLA_PRESET_CHATWOOT] = "Chatwoot",
      [SLA_PRESET_ZENDESK] = "Zendesk",
      [SLA_PRESET_JIRA] = "Jira",
      [SLA_PRESET_SERVICENOW] = "ServiceNow",
      [SLA_PRESET_FRESHDESK] = "Freshdesk",
      [SLA_PRESET_ZAMMAD] = "Zammad",
      [SLA_PRESET_ZNUNY] = "Znuny",
      [SLA_PRESET_GLPI] = "GLPI",
      [SLA_PRESET_FRAPPE] = "Frappe",
      [SLA_PRESET_RT] = "RT",
  };
  return sla__preset_known(preset) ? names[preset] : NULL;
}

int32_t sla_preset_find(const char *name, size_t length, uint32_t *preset) {
  if (name == NULL || preset == NULL) return SLA_E_NULL;
  for (uint32_t i = 1; sla__preset_known(i); i++) {
    const char *known = sla_preset_name(i);
    if (!sla__slice_equal((sla__slice){name, length}, (sla__slice){known, strlen(known)}, true))
      continue;
    *preset = i;
    return SLA_OK;
  }
  return SLA_E_POLICY;
}

/* Room for a rule of a metric's own, which stays as it is.  Memory may run out here and nowhere
 * later, so that a preset is set as a whole or not at all. */
static int32_t reserve(sla_policy_builder *builder, uint32_t metric, sla_error *error) {
  sla_metric_rule rule;
  int32_t code = sla_policy_builder_metric(builder, metric, &rule, sizeof rule, error);
  if (code != SLA_OK) return code;
  return sla_policy_builder_set_option(builder, metric, SLA_OPTION_ANCHOR,
                                       rule.options[SLA_OPTION_ANCHOR], error);
}

static int32_t set_rule(sla_policy_builder *builder, uint32_t preset, uint32_t metric,
                        sla_error *error) {
  sla_metric_rule rule = *sla__metric_builtin(metric);
  sla__preset_change(preset, metric, &rule);
  return sla_policy_builder_set_metric(builder, metric, &rule, sizeof rule, error);
}

int32_t sla_policy_builder_set_preset(sla_policy_builder *builder, uint32_t preset,
                                      sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  if (!sla__preset_known(preset))
    return sla__fail_argument(error, SLA_E_POLICY, 2, preset, SLA_PRESET_RT);
  int32_t code = SLA_OK;
  for (uint32_t metric = 1; metric <= SLA_GROUP_OWNERSHIP && code == SLA_OK; metric++)
    code = reserve(builder, metric, error);
  for (uint32_t metric = 1; metric <= SLA_GROUP_OWNERSHIP && code == SLA_OK; metric++)
    code = set_rule(builder, preset, metric, error);
  return code;
}
