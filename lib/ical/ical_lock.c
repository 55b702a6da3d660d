/* SPDX-License-Identifier: MIT */
#include "ical_lock.h"

#include <pthread.h>

/* All that the library ever writes besides its objects. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* A mutex of this kind fails for a thread that broke the rules only. */
void sla__ical_lock(void) { (void)pthread_mutex_lock(&lock); }
void sla__ical_unlock(void) { (void)pthread_mutex_unlock(&lock); }
