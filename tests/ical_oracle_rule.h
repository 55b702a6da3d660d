/* SPDX-License-Identifier: MIT */
/* A recurrence rule by its definition, slowly: every day there is, every second of the day. */
#ifndef SLA_TESTS_ICAL_ORACLE_RULE_H
#define SLA_TESTS_ICAL_ORACLE_RULE_H

#include "ical_chance_rule.h"

#define ORACLE_WALLS 4000

/* The occurrences of the window, at most that many; how many there are. */
size_t oracle_rule_walls(const chance_rule *rule, int64_t walls[ORACLE_WALLS]);

#endif
