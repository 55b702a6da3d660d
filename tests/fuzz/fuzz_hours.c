/* SPDX-License-Identifier: MIT */
/* Hours text: refused with a place inside it and nothing added, or entries that are valid and that
 * build a calendar which does not contradict itself. */
#include "fuzz.h"

static sla_calendar_builder *new_builder(void) {
  sla_calendar_builder *builder = NULL;
  sla_zone *zone = NULL;
  must(sla_zone_new_fixed(0, NULL, &zone, NULL) == SLA_OK);
  must(sla_calendar_builder_new(NULL, &builder, NULL) == SLA_OK);
  must(sla_calendar_builder_set_zone(builder, zone, NULL) == SLA_OK);
  must(sla_calendar_builder_set_window(builder, 2024, 2024, NULL) == SLA_OK);
  sla_zone_unref(zone);
  return builder;
}

static void check_place(const sla_error *error, const uint8_t *data, size_t size) {
  uint32_t line = 1, column = 1;
  must(error->index >= 0 && (size_t)error->index <= size);
  for (int64_t i = 0; i < error->index; i++) {
    column = data[i] == '\n' ? 1 : column + 1;
    line += data[i] == '\n';
  }
  must(error->line == line && error->column == column && error->argument == 0);
}

static void check_entry(const sla_entry *entry) {
  must(entry->kind == SLA_ENTRY_HOURS && entry->recurrence == SLA_WEEKLY);
  must(entry->weekdays >= 1 && entry->weekdays <= SLA_EVERY_DAY);
  must(entry->opens >= 0 && entry->opens < 86400 && entry->opens != entry->closes);
  must(entry->closes >= 0 && entry->closes <= 86400);
  must(entry->first == 0 && entry->last == 0 && entry->month == 0 && entry->day == 0);
}

/* Week after week the same, since there are weekly hours in UTC only. */
static void check_week(const sla_calendar *calendar) {
  const sla_time monday = 1704067200, week = 604800;
  sla_seconds open = 0, again = 0;
  sla_time x = 0;
  must(sla_calendar_elapsed(calendar, monday, monday + week, &open) == SLA_OK);
  must(sla_calendar_elapsed(calendar, monday - 5000 * week, monday - 4999 * week, &again) == 0);
  must(open > 0 && open <= week && open == again);
  must(sla_calendar_add(calendar, monday, open, &x) == SLA_OK);
  must(x > monday && x <= monday + week);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  sla_calendar_builder *builder = new_builder();
  sla_calendar *calendar = NULL;
  sla_error error = {0};
  int32_t code = sla_calendar_builder_add_hours_text(builder, (const char *)data, size, &error);
  must(code == SLA_OK || code == SLA_E_HOURS || code == SLA_E_LIMIT);
  if (code == SLA_E_HOURS) check_place(&error, data, size);
  int32_t built = sla_calendar_builder_build(builder, &calendar, NULL);
  must(built == SLA_E_CLOSED || (built == SLA_OK && code == SLA_OK));
  uint32_t count = sla_calendar_entry_count(calendar);
  for (uint32_t i = 0; i < count; i++) {
    sla_entry entry;
    must(sla_calendar_entry(calendar, i, &entry, sizeof entry) == SLA_OK);
    check_entry(&entry);
  }
  if (calendar != NULL) check_week(calendar);
  sla_calendar_unref(calendar);
  sla_calendar_builder_free(builder);
  return 0;
}
