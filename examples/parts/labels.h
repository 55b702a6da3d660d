/* SPDX-License-Identifier: MIT */
/* One word for phase and status together. */
#ifndef EXAMPLES_LABELS_H
#define EXAMPLES_LABELS_H

#include <sla/sla.h>

#include "bytes.h"

/* In the order of urgency. */
enum label {
  LABEL_OVERDUE, LABEL_DUE_SOON, LABEL_ON_TIME, LABEL_OVERDUE_AND_PAUSED, LABEL_PAUSED,
  LABEL_MISSED, LABEL_MET, LABEL_CANCELLED, LABEL_NONE, LABELS
};

enum label label_of(const sla_result *result);
const char *label_name(enum label label);
const char *label_color(enum label label); /* the number of a terminal's colour, such as "1;31" */

/* The name, and for how long it has been overdue. */
void label_write(bytes *to, const sla_result *result);

#endif
