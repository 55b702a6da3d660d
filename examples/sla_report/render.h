/* SPDX-License-Identifier: MIT */
/* The ways to print sheets. */
#ifndef SLA_REPORT_RENDER_H
#define SLA_REPORT_RENDER_H

#include <stdio.h>

#include "sheet.h"
#include "style.h"

typedef struct {
  const sheets *all;
  const sla_zone *zone;
  const char *zone_name, *title;
  sla_time now;
  print_style style; /* of the table */
} rendering;

void render_table(const rendering *of, FILE *to);
void render_csv(const rendering *of, FILE *to);
void render_json(const rendering *of, FILE *to);
void render_page(const rendering *of, FILE *to); /* HTML */

#endif
