/* SPDX-License-Identifier: MIT */
/* The page of the presets, for their tests. */
#ifndef SLA_TESTS_PRESETS_H
#define SLA_TESTS_PRESETS_H

#include <sla/sla.h>

/* Fails where the tables of sla_presets(7) are not what the library does. */
void expect_page_of(uint32_t preset);

#endif
