/* SPDX-License-Identifier: MIT */
/* Bytes of policy sets: refused with a place among them, or a set that has exactly these bytes,
 * tells what it holds, gives a ticket the versions that a plain search finds, judges it under every
 * agreement as their policies do by themselves, and can be built again. */
#include "fuzz.h"

#define MONDAY 1717405200 /* 2024-06-03T09:00:00Z */
enum { AGREEMENTS = 1024, MOST = 64, TEXT = 4096 };

/* ---- the same bytes, the same set ---- */

static void check_bytes(const sla_policy_set *set, const uint8_t *data, size_t size) {
  size_t length = 0;
  uint8_t *again = malloc(size);
  must(again != NULL && sla_policy_set_bytes(set, again, size, &length) == SLA_OK);
  must(length == size && memcmp(again, data, size) == 0);
  free(again);
}

static void build_again(const sla_policy_set *set) {
  sla_policy_set_builder *builder = NULL;
  sla_policy_set *again = NULL;
  uint32_t equal = 0;
  uint64_t hash[2] = {0, 1};
  must(sla_policy_set_equal(set, set, &equal) == SLA_OK && equal == 1);
  must(sla_policy_set_builder_new_from(set, NULL, &builder, NULL) == SLA_OK);
  must(sla_policy_set_builder_build(builder, &again, NULL) == SLA_OK);
  must(sla_policy_set_equal(set, again, &equal) == SLA_OK && equal == 1);
  must(sla_policy_set_hash(set, &hash[0]) == SLA_OK);
  must(sla_policy_set_hash(again, &hash[1]) == SLA_OK && hash[0] == hash[1]);
  sla_policy_set_builder_free(builder);
  sla_policy_set_unref(again);
}

/* ---- what it tells ---- */

static sla_policy_version version_of(const sla_policy_set *set, uint32_t agreement, uint32_t i) {
  sla_policy_version version;
  must(sla_policy_set_version(set, agreement, i, &version, sizeof version) == SLA_OK);
  return version;
}

static uint32_t versions_of(const sla_policy_set *set, uint32_t agreement) {
  sla_agreement told;
  must(sla_policy_set_agreement(set, agreement, &told, sizeof told) == SLA_OK);
  must(told.kind >= SLA_AGREEMENT_CUSTOMER && told.kind <= SLA_AGREEMENT_SUPPLIER);
  must(told.versions >= 1);
  return told.versions;
}

static void read_texts(const sla_policy_set *set, uint32_t agreement) {
  char text[TEXT + 1];
  size_t length = 0;
  must(sla_policy_set_name(set, agreement, text, sizeof text, &length) == SLA_OK);
  must(length >= 1 && length <= 255 && strlen(text) == length);
  must(sla_policy_set_description(set, agreement, text, sizeof text, &length) == SLA_OK);
  must(length <= TEXT && strlen(text) == length);
}

/* The last version that is effective by an instant. */
static uint32_t search(const sla_policy_set *set, uint32_t agreement, sla_time at) {
  uint32_t found = SLA_NO_VERSION;
  for (uint32_t i = 0; i < versions_of(set, agreement); i++)
    if (version_of(set, agreement, i).effective_at <= at) found = i;
  return found;
}

static void ask_version(const sla_policy_set *set, uint32_t agreement, sla_time at) {
  uint32_t found = 77;
  int32_t code = sla_policy_set_version_at(set, agreement, at, &found);
  if (at < SLA_TIME_MIN || at > SLA_TIME_MAX) must(code == SLA_E_RANGE && found == 77);
  else must(code == SLA_OK && found == search(set, agreement, at));
}

static bool is_after(const sla_policy_version *version, sla_policy_version before) {
  return version->number > before.number && version->effective_at > before.effective_at;
}

static void read_versions(const sla_policy_set *set, uint32_t agreement) {
  uint32_t count = versions_of(set, agreement);
  for (uint32_t i = 0; i < count; i++) {
    sla_policy_version version = version_of(set, agreement, i);
    uint64_t hash = 0;
    must(version.number >= 1 && version.reserved == 0);
    if (i > 0) must(is_after(&version, version_of(set, agreement, i - 1)));
    must(sla_policy_hash(sla_policy_set_policy(set, agreement, i), &hash) == SLA_OK);
    must(hash == version.hash);
    for (int second = -1; second <= 1 && version.effective_at != SLA_NONE; second++)
      ask_version(set, agreement, version.effective_at + second);
  }
  ask_version(set, agreement, SLA_TIME_MIN);
  ask_version(set, agreement, SLA_TIME_MAX);
  must(sla_policy_set_policy(set, agreement, count) == NULL);
}

/* ---- a ticket under all of them ---- */

/* It is answered, waits, changes its priority, is solved and comes back. */
static const sla_event story[] = {
    {MONDAY, SLA_CREATOR_CUSTOMER, SLA_EVENT_CREATED, 0},
    {MONDAY + 3600, 0, SLA_EVENT_AGENT_REPLY, 0},
    {MONDAY + 7200, SLA_TICKET_PENDING, SLA_EVENT_STATUS, 0},
    {MONDAY + 90000, 0, SLA_EVENT_CUSTOMER_MESSAGE, 0},
    {MONDAY + 90060, SLA_TICKET_OPEN, SLA_EVENT_STATUS, 0},
    {MONDAY + 91000, SLA_PRIORITY_URGENT, SLA_EVENT_PRIORITY, 0},
    {MONDAY + 180000, SLA_TICKET_SOLVED, SLA_EVENT_STATUS, 0},
    {MONDAY + 200000, SLA_TICKET_ON_HOLD, SLA_EVENT_STATUS, 0}};
enum { EVENTS = sizeof story / sizeof story[0] };

static void check_outcome(const sla_policy_set *set, const sla_outcome *outcome,
                          const sla_result *results, sla_time applied, sla_time now) {
  sla_result alone[MOST];
  size_t written = 0;
  must(outcome->version == search(set, outcome->agreement, applied));
  if (outcome->version == SLA_NO_VERSION) {
    must(outcome->hash == 0 && outcome->number == 0);
    must(outcome->holder == SLA_HOLDER_NOBODY && outcome->results == 0);
    return;
  }
  sla_policy_version version = version_of(set, outcome->agreement, outcome->version);
  must(outcome->hash == version.hash && outcome->number == version.number);
  must(outcome->holder <= SLA_HOLDER_OTHER);
  must(sla_evaluate_all(sla_policy_set_policy(set, outcome->agreement, outcome->version), story,
                        EVENTS, sizeof story[0], now, alone, MOST, sizeof alone[0], &written,
                        NULL) == SLA_OK);
  must(outcome->results == written);
  must(memcmp(alone, results + outcome->first, written * sizeof alone[0]) == 0);
}

/* With exactly the room that is needed, which the refusal of none tells. */
static void judge(const sla_policy_set *set, sla_time applied_at, sla_time now) {
  uint32_t count = sla_policy_set_count(set), agreements[AGREEMENTS];
  sla_outcome outcomes[AGREEMENTS];
  sla_error error = {.limit = 0};
  size_t written = 0, total = 0;
  for (uint32_t i = 0; i < count; i++) agreements[i] = i;
  int32_t code = sla_policy_set_evaluate(set, agreements, count, story, EVENTS, sizeof story[0],
                                         applied_at, now, outcomes, sizeof outcomes[0], NULL, 0,
                                         sizeof(sla_result), &written, &error);
  must(code == SLA_OK || (code == SLA_E_LIMIT && error.limit > 0));
  size_t room = code == SLA_OK ? 0 : (size_t)error.limit;
  sla_result *results = malloc((room + 1) * sizeof *results);
  must(results != NULL);
  must(sla_policy_set_evaluate(set, agreements, count, story, EVENTS, sizeof story[0], applied_at,
                               now, outcomes, sizeof outcomes[0], results, room, sizeof *results,
                               &written, NULL) == SLA_OK);
  for (uint32_t i = 0; i < count; i++) {
    must(outcomes[i].agreement == i && outcomes[i].first == total);
    check_outcome(set, &outcomes[i], results, applied_at == SLA_NONE ? MONDAY : applied_at, now);
    total += outcomes[i].results;
  }
  must(written == total && total == room);
  free(results);
}

/* ---- another policy ---- */

static size_t changes_of(const sla_policy *from, const sla_policy *to, sla_time now,
                         sla_policy_change changes[MOST]) {
  size_t written = 0;
  must(sla_policy_changes(from, to, story, EVENTS, sizeof story[0], now, changes, MOST,
                          sizeof changes[0], &written, NULL) == SLA_OK);
  return written;
}

/* There and back is the mirror image; from a policy to itself nothing changes. */
static void compare(const sla_policy *from, const sla_policy *to, sla_time now) {
  sla_policy_change there[MOST], back[MOST];
  size_t count = changes_of(from, to, now, there);
  must(changes_of(to, from, now, back) == count);
  for (size_t i = 0; i < count; i++) {
    const sla_policy_change *a = &there[i], *b = &back[i];
    must(a->metric == b->metric && (i == 0 || a->metric > there[i - 1].metric));
    must(a->old_due_at == b->new_due_at && a->new_due_at == b->old_due_at);
    must(a->old_phase == b->new_phase && a->new_phase == b->old_phase);
    must(a->old_status == b->new_status && a->new_status == b->old_status);
    must(a->changed == (a->old_due_at != a->new_due_at || a->old_phase != a->new_phase ||
                        a->old_status != a->new_status) && a->changed == b->changed);
  }
  count = changes_of(to, to, now, there);
  for (size_t i = 0; i < count; i++) must(there[i].changed == 0);
}

static void apply_newer(const sla_policy_set *set, uint32_t agreement, sla_time now) {
  for (uint32_t i = 0; i < versions_of(set, agreement); i++) {
    const sla_policy *to = sla_policy_set_policy(set, agreement, i);
    compare(sla_policy_set_policy(set, 0, 0), to, now);
    if (i > 0) compare(sla_policy_set_policy(set, agreement, i - 1), to, now);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  sla_policy_set *set = NULL;
  sla_error error = {0};
  int32_t code = sla_policy_set_new_bytes(data, size, NULL, &set, &error);
  if (code != SLA_OK) {
    must(set == NULL && (code == SLA_E_BYTES || code == SLA_E_LIMIT));
    must(error.code == code && error.index >= 0 && (size_t)error.index <= size);
    return 0;
  }
  check_bytes(set, data, size);
  build_again(set);
  for (uint32_t i = 0; i < sla_policy_set_count(set); i++) {
    read_texts(set, i);
    read_versions(set, i);
    apply_newer(set, i, MONDAY + 100000);
  }
  judge(set, SLA_NONE, MONDAY + 300000);
  judge(set, MONDAY + 100000, MONDAY + 100000);
  sla_policy_set_unref(set);
  return 0;
}
