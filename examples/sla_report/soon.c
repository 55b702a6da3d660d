/* SPDX-License-Identifier: MIT */
#include "soon.h"

#include <string.h>

static void put(bytes *into, const char *text) {
  bytes_clear(into);
  bytes_add_text(into, text);
}

/* The last place is that of what falls out, whose memory is used again; equals keep their order. */
static void insert(soon *into, const ticket_export *from, const char *policy,
                   const sla_result *result) {
  size_t place = into->count;
  while (place > 0 && into->items[place - 1].result.due_at > result->due_at) place--;
  if (place == SOON) return;
  size_t last = into->count < SOON ? into->count++ : SOON - 1;
  soon_ticket made = into->items[last];
  memmove(&into->items[place + 1], &into->items[place], (last - place) * sizeof made);
  made.result = *result;
  made.policy = policy;
  put(&made.id, export_role(from, ROLE_ID));
  put(&made.subject, export_role(from, ROLE_SUBJECT));
  into->items[place] = made;
}

void soon_take(soon *into, const ticket_export *from, const char *policy,
               const sla_result *results, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const sla_result *result = &results[i];
    bool runs = result->phase == SLA_RUNNING && result->due_at != SLA_NONE &&
                (result->status == SLA_ON_TIME || result->status == SLA_DUE_SOON);
    if (!runs) continue;
    into->running++;
    insert(into, from, policy, result);
  }
}

void soon_free(soon *of) {
  for (size_t i = 0; i < of->count; i++) {
    bytes_free(&of->items[i].id);
    bytes_free(&of->items[i].subject);
  }
}
