/* SPDX-License-Identifier: MIT */
/* Comparing texts byte by byte, or ignoring the case of ASCII letters; whether an e-mail address
 * belongs to a domain.  May include: base. */
#ifndef SLA_LIB_COMPARE_H
#define SLA_LIB_COMPARE_H

#include "base.h"

typedef struct {
  const char *text;
  size_t length;
} sla__slice;

/* `fold` ignores case. */
bool sla__slice_equal(sla__slice a, sla__slice b, bool fold);
bool sla__slice_contains(sla__slice whole, sla__slice part, bool fold); /* part is not empty */
bool sla__slice_starts(sla__slice whole, sla__slice part, bool fold);
bool sla__slice_ends(sla__slice whole, sla__slice part, bool fold);

/* Labels with dots between them: what a domain can be compared with. */
bool sla__domain_ok(sla__slice domain);
/* An address, and nothing else, of that domain or of one below it. */
bool sla__email_in_domain(sla__slice address, sla__slice domain);

#endif
