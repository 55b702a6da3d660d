/* SPDX-License-Identifier: MIT */
/* What one version of a policy promises: targets, due soon, pauses. */
#ifndef SLA_REPORT_TERMS_H
#define SLA_REPORT_TERMS_H

#include "policies.h"

bool terms_read(sla_policy **made, const document *in, const node *of, uint32_t preset,
                const policy_context *with, bytes *why);

/* That there are no keys but those of a version, and with `whole` those of a policy; that there
 * are none of a version but its policy's, which has a list of them. */
bool terms_check(const document *in, const node *of, bool whole, bytes *why);
bool terms_check_none(const document *in, const node *of, bytes *why);

#endif
