/* SPDX-License-Identifier: MIT */
/* The rules of the file: which policies a ticket gets. */
#ifndef SLA_REPORT_CHOICES_H
#define SLA_REPORT_CHOICES_H

#include "attributes.h"
#include "policies.h"

/* "rules:" and "default:", either of which may be NULL; without rules the default is that of all
 * tickets. */
bool choices_read(attributes *of, const document *in, const node *rules, const node *otherwise,
                  const policies *among, bytes *why);

/* Says on standard error what is probably not meant. */
bool choices_report_lints(const sla_rules *of, const document *in, const node *rules,
                          bool match_all, bytes *why);

#endif
