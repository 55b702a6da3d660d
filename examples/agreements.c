/* SPDX-License-Identifier: MIT */
/*
 * One ticket under three agreements: with the customer, whose terms become stricter in July, with
 * our own second line, and with a supplier.  How it stands under each and by which version of which
 * policy, who has to act, and what the customer's new terms would change, before anybody applies
 * them.
 *
 * Introduces: sla_policy_set_builder_add_agreement, sla_policy_set_builder_add_version,
 * sla_policy_set_evaluate, sla_outcome, sla_policy_set_version_at, sla_policy_changes.
 *
 * By hand, with 9 to 17 o'clock on working days, in UTC; it is Wednesday, 16:30:
 *   first response  Tue 15:00 + 4 h: 2 h on Tuesday, 2 on Wednesday, due Wed 11:00; met at 15:30.
 *                   + 1 h: due Tue 16:00, met as well.
 *   resolution      Tue 15:00 + 16 h: 2 on Tuesday, 8 on Wednesday, 6 on Thursday: due Thu 15:00.
 *                   + 8 h: 2 on Tuesday, 6 on Wednesday: due Wed 15:00, overdue.
 *   second line     Tue 16:00 + 8 h: 1 on Tuesday, 1 on Wednesday, then on hold, which pauses it;
 *                   resumed now: half an hour on Wednesday, 5 1/2 h on Thursday, due Thu 14:30.
 *   supplier        on hold since Wed 10:00, + 8 h around the clock: due Wed 18:00, due soon from
 *                   2 h before, that is 16:00, and the most urgent of all.
 */
#include <sla/sla.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(int32_t code, const sla_error *error) {
  char sentence[200];
  if (code == SLA_OK) return;
  sla_error_text(error != NULL ? error : &(sla_error){.code = code}, sentence, sizeof sentence);
  fprintf(stderr, "%s\n", sentence);
  exit(1);
}

/* Midnights of 2026-06-30 and of the first of July. */
enum { MINUTE = 60, HOUR = 3600, DAY = 86400, TUESDAY = 1782777600, JULY = TUESDAY + DAY };

/* The agreements by their numbers. */
enum { CUSTOMER, TEAM, SUPPLIER, AGREEMENTS };

#define BIT(n) (UINT64_C(1) << (n))

/* ---- what was promised ---- */

static sla_calendar *office_hours(void) {
  sla_zone *utc;
  sla_calendar_builder *builder;
  sla_calendar *calendar;
  sla_error e;
  check(sla_zone_new_fixed(0, NULL, &utc, &e), &e);
  check(sla_calendar_builder_new(NULL, &builder, &e), &e);
  check(sla_calendar_builder_set_zone(builder, utc, &e), &e);
  check(sla_calendar_builder_add_hours_text(builder, "Mo-Fr 09:00-17:00", 17, &e), &e);
  check(sla_calendar_builder_build(builder, &calendar, &e), &e);
  sla_calendar_builder_free(builder);
  sla_zone_unref(utc);
  return calendar;
}

static sla_policy_builder *new_terms(const sla_calendar *calendar) {
  sla_policy_builder *terms;
  sla_error e;
  check(sla_policy_builder_new(NULL, &terms, &e), &e);
  if (calendar != NULL) check(sla_policy_builder_set_calendar(terms, calendar, &e), &e);
  return terms;
}

static void promise(sla_policy_builder *terms, uint32_t metric, int hours, uint32_t clock) {
  sla_error e;
  check(sla_policy_builder_set_target(terms, metric, SLA_PRIORITY_ANY, hours * HOUR,
                                      SLA_UNIT_SECONDS, clock, &e), &e);
}

/* Whether we wait for a supplier is no concern of the customer's: the clock goes on. */
static sla_policy_builder *customer_terms(const sla_calendar *calendar, int first, int resolution) {
  sla_policy_builder *terms = new_terms(calendar);
  sla_error e;
  promise(terms, SLA_FIRST_RESPONSE, first, SLA_BUSINESS_HOURS);
  promise(terms, SLA_RESOLUTION, resolution, SLA_BUSINESS_HOURS);
  check(sla_policy_builder_set_pause(terms, SLA_RESOLUTION, SLA_TICKET_ON_HOLD, 0, &e), &e);
  return terms;
}

static sla_policy_builder *team_terms(const sla_calendar *calendar) {
  sla_policy_builder *terms = new_terms(calendar);
  sla_error e;
  promise(terms, SLA_GROUP_OWNERSHIP, 8, SLA_BUSINESS_HOURS);
  check(sla_policy_builder_set_pause(terms, SLA_GROUP_OWNERSHIP, SLA_TICKET_ON_HOLD, 1, &e), &e);
  return terms;
}

/* A metric of our own: for as long as the ticket is on hold, it is with the supplier. */
static sla_policy_builder *supplier_terms(void) {
  static const sla_metric_rule with_supplier = {
      .shape = SLA_EVERY_TURN,
      .start.statuses = BIT(SLA_TICKET_ON_HOLD),
      .fulfil.statuses = BIT(SLA_TICKET_OPEN) | BIT(SLA_TICKET_PENDING) | BIT(SLA_TICKET_SOLVED),
  };
  sla_policy_builder *terms = new_terms(NULL);
  sla_error e;
  check(sla_policy_builder_set_metric(terms, SLA_OWN_METRIC, &with_supplier, sizeof with_supplier,
                                      &e), &e);
  promise(terms, SLA_OWN_METRIC, 8, SLA_AROUND_THE_CLOCK);
  check(sla_policy_builder_set_due_soon(terms, SLA_OWN_METRIC, SLA_PRIORITY_ANY, 2 * HOUR, &e), &e);
  return terms;
}

/* ---- the set of them ---- */

static void add_agreement(sla_policy_set_builder *builder, uint32_t kind, const char *name) {
  sla_error e;
  check(sla_policy_set_builder_add_agreement(builder, kind, name, strlen(name), "", 0, &e), &e);
}

static void add_version(sla_policy_set_builder *builder, uint32_t agreement, uint32_t number,
                        sla_time effective_at, sla_policy_builder *terms) {
  sla_policy *policy;
  sla_error e;
  check(sla_policy_builder_build(terms, &policy, &e), &e);
  check(sla_policy_set_builder_add_version(builder, agreement, number, effective_at, policy, &e),
        &e);
  sla_policy_unref(policy);
  sla_policy_builder_free(terms);
}

static sla_policy_set *all_agreements(void) {
  sla_calendar *calendar = office_hours();
  sla_policy_set_builder *builder;
  sla_policy_set *set;
  sla_error e;
  check(sla_policy_set_builder_new(NULL, &builder, &e), &e);
  add_agreement(builder, SLA_AGREEMENT_CUSTOMER, "Acme");
  add_agreement(builder, SLA_AGREEMENT_INTERNAL, "Second line");
  add_agreement(builder, SLA_AGREEMENT_SUPPLIER, "Hosting Ltd");
  add_version(builder, CUSTOMER, 1, SLA_NONE, customer_terms(calendar, 4, 16));
  add_version(builder, CUSTOMER, 2, JULY, customer_terms(calendar, 1, 8));
  add_version(builder, TEAM, 1, SLA_NONE, team_terms(calendar));
  add_version(builder, SUPPLIER, 3, SLA_NONE, supplier_terms());
  check(sla_policy_set_builder_build(builder, &set, &e), &e);
  sla_policy_set_builder_free(builder);
  sla_calendar_unref(calendar);
  return set;
}

/* ---- what is printed ---- */

static const char *metric_name(uint32_t metric) {
  return metric == SLA_OWN_METRIC ? "with the supplier" : sla_metric_name(metric);
}

static void print_due(const char *before, sla_time at) {
  static const char *const days[] = {"Tue", "Wed", "Thu", "Fri"};
  if (at == SLA_NONE) return;
  printf("%s%s %02d:%02d", before, days[(at - TUESDAY) / DAY], (int)(at % DAY / HOUR),
         (int)(at % HOUR / MINUTE));
}

static void print_agreement(const sla_policy_set *set, uint32_t number) {
  sla_agreement agreement;
  char name[32];
  size_t length;
  check(sla_policy_set_agreement(set, number, &agreement, sizeof agreement), NULL);
  check(sla_policy_set_name(set, number, name, sizeof name, &length), NULL);
  printf("%s (%s)", name, sla_agreement_kind_name(agreement.kind));
}

/* The number and the hash are what an auditor asks for: the hash is that of one policy alone. */
static void print_outcome(const sla_policy_set *set, const sla_outcome *outcome,
                          const sla_result *results) {
  print_agreement(set, outcome->agreement);
  printf(", version %d, %016" PRIx64 "\n", (int)outcome->number, outcome->hash);
  for (uint32_t i = 0; i < outcome->results; i++) {
    const sla_result *r = &results[outcome->first + i];
    printf("    %s: %s, %s", metric_name(r->metric), sla_phase_name(r->phase),
           sla_status_name(r->status));
    print_due(", due ", r->due_at);
    if (r->phase == SLA_PAUSED) print_due(", due if resumed now ", r->projected_due_at);
    putchar('\n');
  }
}

static void print_worst(const sla_policy_set *set, const sla_outcome outcomes[AGREEMENTS],
                        const sla_result *results, size_t count) {
  static const char *const who[] = {[SLA_HOLDER_NOBODY] = "nobody", [SLA_HOLDER_US] = "we",
                                    [SLA_HOLDER_CUSTOMER] = "the customer",
                                    [SLA_HOLDER_OTHER] = "somebody else"};
  sla_rollup worst;
  check(sla_rollup_results(results, count, sizeof *results, &worst, sizeof worst), NULL);
  printf("Most urgent: %s, %s, of ", metric_name(worst.metric), sla_status_name(worst.status));
  for (int i = 0; i < AGREEMENTS; i++)
    if (worst.index >= outcomes[i].first && worst.index < outcomes[i].first + outcomes[i].results)
      print_agreement(set, outcomes[i].agreement);
  printf("\nWho has to act: %s\n", who[outcomes[CUSTOMER].holder]);
}

static void print_change(const sla_policy_change *c) {
  printf("    %s: %s", metric_name(c->metric), sla_status_name(c->old_status));
  print_due(", due ", c->old_due_at);
  printf(" -> %s", sla_status_name(c->new_status));
  print_due(", due ", c->new_due_at);
  puts(c->changed ? "" : " (unchanged)");
}

/* Nothing happens yet.  A host that does it keeps the instant, to be given as applied_at whenever
 * the ticket is evaluated from then on. */
static void print_changes(const sla_policy_set *set, uint32_t old, const sla_event *log,
                          size_t count, sla_time now) {
  sla_policy_change changes[2];
  uint32_t newest;
  size_t written;
  sla_error e;
  check(sla_policy_set_version_at(set, CUSTOMER, now, &newest), NULL);
  check(sla_policy_changes(sla_policy_set_policy(set, CUSTOMER, old),
                           sla_policy_set_policy(set, CUSTOMER, newest), log, count, sizeof *log,
                           now, changes, 2, sizeof *changes, &written, &e), &e);
  puts("With the customer's terms of today:");
  for (size_t i = 0; i < written; i++) print_change(&changes[i]);
}

int main(void) {
  static const sla_event log[] = {
      {.at = TUESDAY + 15 * HOUR, .kind = SLA_EVENT_CREATED, .value = SLA_CREATOR_CUSTOMER},
      {.at = TUESDAY + 15 * HOUR + 30 * MINUTE, .kind = SLA_EVENT_AGENT_REPLY},
      {.at = TUESDAY + 16 * HOUR, .kind = SLA_EVENT_GROUP, .value = 2},
      {.at = JULY + 10 * HOUR, .kind = SLA_EVENT_STATUS, .value = SLA_TICKET_ON_HOLD},
  };
  static const uint32_t all[AGREEMENTS] = {CUSTOMER, TEAM, SUPPLIER};
  const size_t count = sizeof log / sizeof *log;
  const sla_time now = JULY + 16 * HOUR + 30 * MINUTE;
  sla_policy_set *set = all_agreements();
  sla_outcome outcomes[AGREEMENTS];
  sla_result results[8];
  size_t written;
  sla_error e;
  check(sla_policy_set_evaluate(set, all, AGREEMENTS, log, count, sizeof *log, SLA_NONE, now,
                                outcomes, sizeof *outcomes, results, 8, sizeof *results, &written,
                                &e), &e);
  for (int i = 0; i < AGREEMENTS; i++) print_outcome(set, &outcomes[i], results);
  print_worst(set, outcomes, results, written);
  print_changes(set, outcomes[CUSTOMER].version, log, count, now);
  sla_policy_set_unref(set);
  return 0;
}
