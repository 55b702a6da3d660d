/* SPDX-License-Identifier: MIT */
/* Real incidents for test_incidents: the file read, and the log each of them makes by rule. */
#ifndef SLA_TESTS_INCIDENTS_H
#define SLA_TESTS_INCIDENTS_H

#include <sla/sla.h>
#include <stdbool.h>

/* Statuses of the product that the library has no name for; all behave as on hold. */
enum { AWAITING_PROBLEM = 16, AWAITING_VENDOR = 17, AWAITING_EVIDENCE = 18 };

/* What the file holds that a log cannot, or that its own columns contradict.  The first group says
 * what is done about it; the second is counted only, for the rows decide. */
enum incident_rule {
  RULE_STATE_UNKNOWN,     /* a state that has no status: the row is left out */
  RULE_PRIORITY_UNKNOWN,  /* a priority that has no number: the one before stays */
  RULE_BEFORE_OPENING,    /* a row earlier than the opening: moved to the opening */
  RULE_BACKWARDS,         /* a row earlier than the row before it: moved to that row's instant */
  RULE_NUMBER_AGAIN,      /* a number that comes back later in the file: an incident of its own */
  RULE_TIE,               /* the minute of the row before: both kept, in the order of the file */
  RULE_REPEATED_STATE,    /* the state of the row before: kept, a status event without effect */
  RULE_PRIORITY_CHANGED,  /* another priority than the row before: a priority event, first */
  RULE_GROUP_CHANGED,     /* another group, or none ("?"): a group event before the status */
  RULE_ASKED_AGAIN,       /* turns to Awaiting User Info after the first reply: another reply */
  RULE_ANSWERED,          /* leaves Awaiting User Info and is not done: the user's message */
  RULE_FIRST_NOT_NEW,     /* the first row is not New: new from the opening until that row */
  RULE_NEVER_WORKED_ON,   /* neither Active nor Awaiting User Info: no reply, solving stops it */
  RULE_ROWS_AFTER_CLOSED, /* rows after Closed: a reopening if their state says so */
  RULE_RESOLVED_FIRST,    /* resolved_at before the opening */
  RULE_RESOLVED_MISSING,  /* no resolved_at */
  RULE_RESOLVED_OTHER,    /* resolved_at is not when the first row says Resolved */
  RULE_CLOSED_OTHER,      /* closed_at is not when the first row says Closed */
  RULE_REOPENED_OTHER,    /* reopen_count is not how often the rows leave Resolved and Closed */
  INCIDENT_RULES
};

extern const char *const incident_rules[INCIDENT_RULES]; /* one sentence each */

typedef struct incident_row {
  sla_time at;
  uint32_t status, priority; /* of the library; 0 for unknown */
  uint32_t group;            /* 0 for none or unknown */
} incident_row;

typedef struct incident {
  char number[16];
  sla_time opened_at, resolved_at, closed_at; /* SLA_NONE for "?" */
  int64_t reopen_count;
  bool made_sla; /* the product's own verdict, of the last row */
  size_t first_row, rows;
} incident;

typedef struct incidents {
  incident *incident;
  incident_row *row;
  sla_event *event; /* every log, one after the other */
  uint64_t *offset; /* count + 1 of them */
  size_t count, rows, capacity;
  size_t rules[INCIDENT_RULES];
} incidents;

/* Reads the file.  NULL when it cannot be opened; anything in it that cannot be read fails the
 * test, naming the line. */
incidents *incidents_read(const char *path);
void incidents_free(incidents *all);

/* Fills in the logs: by the rules above, or as the rows stand (`raw`), which the library refuses
 * where a row goes back in time. */
void incidents_make_logs(incidents *all, bool raw);

#endif
