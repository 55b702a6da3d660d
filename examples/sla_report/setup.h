/* SPDX-License-Identifier: MIT */
/* The rules and policies file, compiled. */
#ifndef SLA_REPORT_SETUP_H
#define SLA_REPORT_SETUP_H

#include "choices.h"
#include "goals.h"

enum { AGES = 16 };

typedef struct {
  document file;
  const char *zone_name;
  sla_zone *zone;
  bytes columns; /* as roles_find wants them: "created=opened,id=key" */
  word_map words;
  calendars calendars;
  policies policies;
  attributes attributes;
  sla_rules *rules;
  bool match_all; /* a ticket gets the policies of every rule that matches */
  goals goals;
  slice *groups; /* columns of which every value is a group of its own */
  const node **group_nodes;
  size_t group_count;
  sla_seconds ages[AGES]; /* of the backlog */
  size_t age_count;
} setup;

/* The file and its zone, in which the present moment may be told; then all the rest. */
bool setup_open(setup *made, const char *path, bytes *why);
bool setup_read(setup *made, sla_time now, bytes *why);
void setup_free(setup *of);

#endif
