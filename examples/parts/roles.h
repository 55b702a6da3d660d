/* SPDX-License-Identifier: MIT */
/* Which column of an export plays which role. */
#ifndef EXAMPLES_ROLES_H
#define EXAMPLES_ROLES_H

#include <sla/sla.h>

#include "bytes.h"

enum role {
  ROLE_ID, ROLE_SUBJECT, ROLE_PRIORITY, ROLE_STATUS, ROLE_CREATED, ROLE_FIRST_RESPONSE,
  ROLE_WAITING_SINCE, ROLE_SOLVED, ROLE_STATUS_SINCE, ROLE_PAUSED, ROLES
};

#define NO_COLUMN ((size_t)-1)

const char *role_name(enum role role); /* "waiting since" */

/* The column of every role, or NO_COLUMN: by the assignments ("created=opened,id=key") first, then
 * by the usual names, unless the assignment is to nothing ("paused=").  Created must be there. */
bool roles_find(size_t of[ROLES], char *const *names, size_t count, const char *assignments,
                bytes *why);

/* Says on standard error which column a metric would need and the export does not have: the answer
 * that comes without it is rarely the one that was wanted. */
void roles_note_missing(const size_t of[ROLES], const uint32_t *metrics, size_t count);

#endif
