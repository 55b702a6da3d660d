/* SPDX-License-Identifier: MIT */
/* Recurrence rules by chance: as numbers, for who works by definition, and as text. */
#ifndef SLA_TESTS_ICAL_CHANCE_RULE_H
#define SLA_TESTS_ICAL_CHANCE_RULE_H

#include "ical_rule.h"
#include "support.h"

#define CHANCE_RULE_LIST 8

typedef struct {
  int frequency, interval, week_start; /* Monday is 0 */
  int64_t count, until;                /* 0, SLA_NONE: none */
  bool until_is_date;
  int counts[SLA__ICAL_PARTS]; /* of the numbers of each BY part */
  int numbers[SLA__ICAL_PARTS][CHANCE_RULE_LIST];
  int weekdays[CHANCE_RULE_LIST]; /* BYDAY: with its number, or 0 */
  bool is_date, only_matches; /* as in sla__ical_rule; the latter is not drawn */
  int64_t start, from, to; /* wall time */
  char text[512];
} chance_rule;

/* Starts from year `first` to year `last`; windows of up to `days`. */
void chance_rule_draw(chance_rule *rule, uint64_t *state, int first, int last, int days);

/* The text of its numbers. */
void chance_rule_write(chance_rule *rule);

/* Wall time as YYYYMMDDTHHMMSS, and back. */
const char *wall_text(int64_t wall, char text[32]);
int64_t wall_of(const char *text);

#endif
