/* SPDX-License-Identifier: MIT */
/* A table for people, in columns as wide as what stands in them. */
#ifndef EXAMPLES_GRID_H
#define EXAMPLES_GRID_H

#include <stdio.h>

#include "style.h"

enum grid_column { GRID_LEFT, GRID_RIGHT, GRID_GIVES_WAY /* when the table would be too wide */ };

typedef struct {
  const void *of; /* what the functions get */
  size_t columns, lines;
  const print_style *style;
  enum grid_column (*kind)(const void *of, size_t column);
  void (*heading)(bytes *to, const void *of, size_t column);
  void (*cell)(bytes *to, const void *of, size_t line, size_t column); /* harmless, on one line */
  const char *(*color)(const void *of, size_t line, size_t column);    /* NULL for none */
} grid;

void grid_print(const grid *from, FILE *to);

/* Adds text in a colour, where the style has any; the colour is a terminal's number of it. */
void grid_add_colored(bytes *to, const print_style *style, const char *color, const char *text);

#endif
