/* SPDX-License-Identifier: MIT */
/* The one lock of the process around libical, which counts and caches in globals.  May include:
 * ical_base. */
#ifndef SLA_LIB_ICAL_LOCK_H
#define SLA_LIB_ICAL_LOCK_H

#include "ical_base.h"

/* Every call of libical is made between the two, and nothing that calls back into a host. */
void sla__ical_lock(void);
void sla__ical_unlock(void);

#endif
