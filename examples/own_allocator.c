/* SPDX-License-Identifier: MIT */
/*
 * All memory comes from the host: here from an allocator that counts and that can refuse.
 *
 * Introduces: sla_allocator, SLA_E_MEMORY, sla_calendar_ref, and that asking allocates nothing.
 */
#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  size_t used, most, calls, limit;
} account;

/* One function allocates, resizes and releases; the library says how large the piece was. */
static void *counted_resize(void *context, void *pointer, size_t old_size, size_t new_size) {
  account *of = context;
  if (of->used - old_size + new_size > of->limit) return NULL;
  void *result = NULL;
  if (new_size == 0) free(pointer);
  else if ((result = realloc(pointer, new_size)) == NULL) return NULL;
  of->used += new_size - old_size;
  if (of->used > of->most) of->most = of->used;
  of->calls++;
  return result;
}

/* Everything that can fail ends here; what was made until then is given back. */
static int32_t make_calendar(const sla_allocator *allocator, sla_calendar **calendar) {
  static const char zone_text[] = "IST-5:30", hours[] = "Mo-Sa 10:00-19:00";
  sla_zone *zone = NULL;
  sla_calendar_builder *builder = NULL;
  int32_t code = sla_zone_new_posix(zone_text, strlen(zone_text), allocator, &zone, NULL);
  if (code == SLA_OK) code = sla_calendar_builder_new(allocator, &builder, NULL);
  if (code == SLA_OK) code = sla_calendar_builder_set_zone(builder, zone, NULL);
  if (code == SLA_OK)
    code = sla_calendar_builder_add_hours_text(builder, hours, strlen(hours), NULL);
  if (code == SLA_OK) code = sla_calendar_builder_build(builder, calendar, NULL);
  sla_calendar_builder_free(builder);
  sla_zone_unref(zone);
  return code;
}

int main(void) {
  account host = {.limit = 1000000};
  sla_allocator allocator = {counted_resize, &host};
  sla_calendar *calendar;
  sla_time due;

  int32_t code = make_calendar(&allocator, &calendar);
  if (code != SLA_OK) return fprintf(stderr, "%s\n", sla_code_name(code)), 1;
  printf("The calendar takes less than 64 KiB: %s.\n", host.used < 65536 ? "yes" : "no");

  size_t calls = host.calls;
  for (sla_time at = 1767225600; at < 1767225600 + 1000; at++) /* from 2026-01-01 on */
    if ((code = sla_calendar_add(calendar, at, 3600, &due)) != SLA_OK) break;
  printf("A thousand questions: %s, %zu allocations.\n", sla_code_name(code), host.calls - calls);

  sla_calendar *other = sla_calendar_ref(calendar); /* for another thread, say */
  sla_calendar_unref(calendar);
  sla_calendar_unref(other);
  printf("Released: %zu bytes are still in use.\n", host.used);

  host = (account){.limit = 1000};
  code = make_calendar(&allocator, &calendar);
  printf("With 1,000 bytes at most: %s, %zu bytes are still in use.\n", sla_code_name(code),
         host.used);
  return 0;
}
