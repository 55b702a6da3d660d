/* SPDX-License-Identifier: MIT */
/* A report: for each group of tickets, how many there are of each kind, and how long each metric
 * took.  May include: base mem error bytes histogram. */
#ifndef SLA_LIB_REPORT_H
#define SLA_LIB_REPORT_H

#include "histogram.h"

#define SLA__AGES_MAX 16
#define SLA__GROUPS_MAX 1000000
#define SLA__REPORT_METRICS 64
/* Of every count of a group, so that sums of all groups fit a number. */
#define SLA__COUNT_MAX UINT64_C(100000000000)
#define SLA__REPORT_BYTES_MAX ((size_t)256 * 1024 * 1024)

/* What a cycle is counted as. */
typedef enum {
  SLA__AS_ON_TIME,
  SLA__AS_DUE_SOON,
  SLA__AS_OVERDUE,
  SLA__AS_PAUSED,
  SLA__AS_MET,
  SLA__AS_MISSED,
  SLA__AS_CANCELLED,
  SLA__AS_NONE,
  SLA__CLASSES
} sla__class;

/* One metric of one group. */
typedef struct {
  uint32_t metric;
  uint64_t classes[SLA__CLASSES];
  sla__histogram times[2]; /* of fulfilled cycles: counted, and by the clock on the wall */
} sla__metric_cell;

/* What a ticket is counted as, in all that apply. */
typedef enum {
  SLA__TICKETS_OPEN,
  SLA__TICKETS_DONE,
  SLA__TICKETS_CANCELLED,
  SLA__TICKETS_FIRST_CONTACT,
  SLA__TICKETS_REOPENED,
  SLA__TICKET_KINDS
} sla__ticket_kind;

typedef struct {
  int64_t key;
  uint64_t tickets[SLA__TICKET_KINDS];
  uint64_t backlog[SLA__AGES_MAX + 1]; /* open tickets up to each age, and older ones */
  sla__array metrics;                  /* sla__metric_cell, by metric */
} sla__group;

struct sla_report {
  sla_allocator allocator;
  uint32_t age_count;
  sla_seconds ages[SLA__AGES_MAX]; /* ascending */
  sla__array groups;               /* sla__group, by key; none without a ticket */
};

sla_report *sla__report_create(const sla_allocator *allocator);
/* NULL when there is none. */
const sla__group *sla__report_group(const sla_report *report, int64_t key);
const sla__metric_cell *sla__group_metric(const sla__group *group, uint32_t metric);
/* The same, made where there was none; NULL when there is no memory. */
sla__group *sla__report_put_group(sla_report *report, int64_t key);
sla__metric_cell *sla__group_put_metric(const sla_allocator *allocator, sla__group *group,
                                        uint32_t metric);

static inline uint64_t sla__group_tickets(const sla__group *group) {
  return group->tickets[SLA__TICKETS_OPEN] + group->tickets[SLA__TICKETS_DONE] +
         group->tickets[SLA__TICKETS_CANCELLED];
}

#endif
