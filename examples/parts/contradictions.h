/* SPDX-License-Identifier: MIT */
/* What the library finds wrong with a row, in the words of the export. */
#ifndef EXAMPLES_CONTRADICTIONS_H
#define EXAMPLES_CONTRADICTIONS_H

#include "roles.h"

/* The field that an error of the library is about; ROLES when it is about none. */
enum role contradiction_role(const sla_error *error);

/* What is wrong with a ticket; text is the field of that role. */
void contradiction_write(bytes *to, const sla_error *error, const char *text, const sla_zone *zone);

#endif
