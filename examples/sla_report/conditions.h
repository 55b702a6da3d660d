/* SPDX-License-Identifier: MIT */
/* Conditions, as the file writes them, added to rules. */
#ifndef SLA_REPORT_CONDITIONS_H
#define SLA_REPORT_CONDITIONS_H

#include "attributes.h"

/* One condition, or a list of which all must hold, into one of the two sets of rules. */
bool conditions_read(attributes *of, size_t builder, const document *in, const node *from,
                     bytes *why);

#endif
