/* SPDX-License-Identifier: MIT */
#include "contradictions.h"

#include "times.h"
#include "why.h"

/* The roles of the fields of sla_row, in its order; an error names a field from 1. */
static const enum role roles[] = {ROLE_CREATED, ROLE_FIRST_RESPONSE, ROLE_WAITING_SINCE,
                                  ROLE_SOLVED,  ROLE_STATUS_SINCE,   ROLE_PAUSED,
                                  ROLE_STATUS,  ROLE_PRIORITY};

static bool is_instant(int64_t value) {
  return value != 0 && value >= SLA_TIME_MIN && value <= SLA_TIME_MAX;
}

static void write_order(bytes *to, enum role role, const sla_error *error, const sla_zone *zone) {
  bytes_add_text(to, role == ROLE_PAUSED ? " The pauses would end at " : " It is ");
  time_write_iso(to, zone, error->value);
  bytes_add_text(to, role == ROLE_PAUSED ? ", after " : ", before ");
  time_write_iso(to, zone, error->limit);
  bytes_add_char(to, '.');
}

static void write_reason(bytes *to, enum role role, const sla_error *error, const sla_zone *zone) {
  if (is_instant(error->value) && is_instant(error->limit)) write_order(to, role, error, zone);
  else if (role == ROLE_WAITING_SINCE) bytes_add_text(to, " It needs a first response.");
  else if (role == ROLE_SOLVED && error->value == SLA_NONE)
    bytes_add_text(to, " The status says solved, and nothing says since when.");
  else if (role == ROLE_SOLVED) bytes_add_text(to, " The status says that it is not solved.");
}

enum role contradiction_role(const sla_error *error) {
  bool is_field = error->code == SLA_E_ROW && error->index >= 1 &&
                  error->index <= (int64_t)(sizeof roles / sizeof *roles);
  return is_field ? roles[error->index - 1] : ROLES;
}

void contradiction_write(bytes *to, const sla_error *error, const char *text,
                         const sla_zone *zone) {
  enum role role = contradiction_role(error);
  if (role == ROLES) {
    why_error(to, error);
    return;
  }
  bytes_format(to, "%s: '%.200s': ", role_name(role), text);
  why_code(to, error->code);
  write_reason(to, role, error, zone);
}
