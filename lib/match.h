/* SPDX-License-Identifier: MIT */
/* Whether a value stands a test.  May include: base error compare rules. */
#ifndef SLA_LIB_MATCH_H
#define SLA_LIB_MATCH_H

#include "compare.h"
#include "rules.h"

/* What a test in the negative denies: those hold of what is absent, too. */
bool sla__test_denies(uint32_t kind);

/* One value against a test of presence or of texts, of presence or of numbers. */
bool sla__test_text(const sla__rulebook *book, const sla__node *node, sla__slice text);
bool sla__test_number(const sla__rulebook *book, const sla__node *node, int64_t number);

#endif
