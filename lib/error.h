/* SPDX-License-Identifier: MIT */
/* Filling in an sla_error; every function returns the code it was given.  May include: base. */
#ifndef SLA_LIB_ERROR_H
#define SLA_LIB_ERROR_H

#include "base.h"

int32_t sla__fail(sla_error *error, int32_t code);
/* A parameter, by its position from 1. */
int32_t sla__fail_argument(sla_error *error, int32_t code, uint32_t argument, int64_t value,
                           int64_t limit);
/* A record's size (SLA_E_ABI), by the position of the parameter. */
int32_t sla__check_size(sla_error *error, uint32_t argument, uint64_t size, size_t known);
/* An element of an input: event, entry, byte. */
int32_t sla__fail_index(sla_error *error, int32_t code, int64_t index, int64_t value,
                        int64_t limit);
/* A byte of a text, counted in lines and columns. */
int32_t sla__fail_text(sla_error *error, int32_t code, const char *text, size_t offset);

static inline int32_t sla__fail_null(sla_error *error, uint32_t argument) {
  return sla__fail_argument(error, SLA_E_NULL, argument, 0, 0);
}

#endif
