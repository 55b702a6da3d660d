/* SPDX-License-Identifier: MIT */
#ifndef TICKET_QUEUE_HELP_H
#define TICKET_QUEUE_HELP_H

#include <stdio.h>

void help_print(FILE *to);

#endif
