/* SPDX-License-Identifier: MIT */
/* Finding the zone that somebody means. */
#ifndef EXAMPLES_ZONES_H
#define EXAMPLES_ZONES_H

#include <sla/sla.h>

#include "bytes.h"

/* A path that starts with "/" or "."; else a name such as Europe/Berlin, in the directory of TZDIR
 * or the system's; else POSIX TZ text such as CET-1CEST,M3.5.0,M10.5.0/3; else a relative path.
 * "UTC" needs no file. */
bool zone_find(const char *text, sla_zone **zone, bytes *why);

#endif
