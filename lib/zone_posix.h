/* SPDX-License-Identifier: MIT */
/* POSIX TZ text, with the extension of RFC 9636: hours from -167 to 167 in a rule.
 * May include: base error text civil zone. */
#ifndef SLA_LIB_ZONE_POSIX_H
#define SLA_LIB_ZONE_POSIX_H

#include "zone.h"

/* Reads all of the text, or gives the offset of the byte that does not fit. */
bool sla__zone_posix_parse(const char *text, size_t length, sla__zone_rule *rule, size_t *bad);

#endif
