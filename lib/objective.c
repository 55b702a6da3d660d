/* SPDX-License-Identifier: MIT */
/* How a period stands to what is to be reached in it. */
#include "error.h"

#define WHOLE 10000                     /* hundredths of a per cent */
#define COUNTS_MAX ((int64_t)1 << 49)   /* times that, it fits a number */

/* Among so many, as many good ones are needed. */
static int64_t needed_of(int64_t of, int64_t goal) { return (of * goal + WHOLE - 1) / WHOLE; }

/* floor(count x multiplier / divisor), or INT64_MAX if it is more: bit by bit, the highest first.
 * Multiplier and divisor are lengths of time. */
static int64_t scaled(int64_t count, int64_t multiplier, int64_t divisor) {
  int64_t result = 0, rest = 0;
  for (int bit = 49; bit >= 0; bit--) {
    int64_t sum = 2 * rest + (count >> bit & 1) * multiplier;
    if (result > (INT64_MAX - sum) / 2) return INT64_MAX;
    result = 2 * result + sum / divisor;
    rest = sum % divisor;
  }
  return result;
}

static uint32_t in_time(bool reached, bool over) {
  return reached ? SLA_OBJECTIVE_MET : over ? SLA_OBJECTIVE_MISSED : SLA_OBJECTIVE_AT_RISK;
}

/* ---- a share of all ---- */

/* How many there will be in all is known. */
static uint32_t judge_expected(const sla_objective *o, int64_t good, int64_t bad,
                               sla_standing *s) {
  int64_t total = sla__max(o->expected, good + bad), required = needed_of(total, o->goal);
  s->needed = sla__max(0, required - good);
  s->spare = sla__max(0, total - required - bad);
  if (good >= required) return SLA_OBJECTIVE_MET;
  if (total - bad < required) return SLA_OBJECTIVE_MISSED;
  return good >= needed_of(good + bad, o->goal) ? SLA_OBJECTIVE_ON_TRACK : SLA_OBJECTIVE_AT_RISK;
}

/* It is not: then `needed` are the good ones in a row that bring the share to the goal, and `spare`
 * the bad ones in a row that leave it there. */
static uint32_t judge_share(const sla_objective *o, int64_t good, int64_t bad, sla_standing *s) {
  int64_t ahead = WHOLE * good - o->goal * (good + bad);
  if (ahead >= 0) {
    s->needed = 0;
    s->spare = ahead / o->goal;
    return SLA_OBJECTIVE_ON_TRACK;
  }
  s->spare = 0;
  if (o->goal == WHOLE) return SLA_OBJECTIVE_MISSED;
  s->needed = (-ahead + WHOLE - o->goal - 1) / (WHOLE - o->goal);
  return SLA_OBJECTIVE_AT_RISK;
}

static uint32_t share_in_the_end(const sla_objective *o, int64_t good, int64_t bad) {
  if (good + bad == 0) return SLA_OBJECTIVE_EMPTY;
  return in_time(good >= needed_of(good + bad, o->goal), true);
}

/* ---- a number of good ones ---- */

static uint32_t judge_count(const sla_objective *o, int64_t good, int64_t bad, sla_time now,
                            sla_standing *s) {
  s->needed = sla__max(0, o->goal - good);
  if (o->expected > 0) s->spare = sla__max(0, sla__max(o->expected, good + bad) - bad - o->goal);
  if (good >= o->goal || now >= o->to) return in_time(good >= o->goal, now >= o->to);
  if (o->expected > 0 && o->expected - bad < o->goal) return SLA_OBJECTIVE_MISSED;
  return s->projected >= o->goal ? SLA_OBJECTIVE_ON_TRACK : SLA_OBJECTIVE_AT_RISK;
}

/* ---- public ---- */

static int32_t check_objective(const sla_objective *o, sla_error *error) {
  bool share = o->kind == SLA_OBJECTIVE_SHARE;
  int64_t most = share ? WHOLE : COUNTS_MAX;
  if (o->kind < SLA_OBJECTIVE_SHARE || o->kind > SLA_OBJECTIVE_COUNT)
    return sla__fail_argument(error, SLA_E_ARGUMENT, 1, o->kind, SLA_OBJECTIVE_COUNT);
  if (o->goal < 1 || o->goal > most)
    return sla__fail_argument(error, SLA_E_TARGET, 1, o->goal, sla__nearer(o->goal, 1, most));
  if (o->expected < 0 || o->expected > COUNTS_MAX)
    return sla__fail_argument(error, SLA_E_TARGET, 1, o->expected,
                              sla__nearer(o->expected, 0, COUNTS_MAX));
  if (!sla__valid_time(o->from) || !sla__valid_time(o->to))
    return sla__fail_argument(error, SLA_E_RANGE, 1, sla__valid_time(o->from) ? o->to : o->from, 0);
  if (o->to <= o->from) return sla__fail_argument(error, SLA_E_TARGET, 1, o->to, o->from);
  return SLA_OK;
}

static int32_t check_call(const sla_objective *o, size_t size, int64_t good, int64_t bad,
                          sla_time now, sla_error *error) {
  int32_t code = sla__check_size(error, 2, size, sizeof *o);
  if (code == SLA_OK && !sla__record_known(o, size, sizeof *o))
    code = sla__fail_argument(error, SLA_E_ABI, 1, (int64_t)size, (int64_t)sizeof *o);
  if (code == SLA_OK) code = check_objective(o, error);
  if (code == SLA_OK && (good < 0 || good > COUNTS_MAX))
    code = sla__fail_argument(error, SLA_E_ARGUMENT, 3, good, sla__nearer(good, 0, COUNTS_MAX));
  if (code == SLA_OK && (bad < 0 || bad > COUNTS_MAX - good))
    code = sla__fail_argument(error, SLA_E_ARGUMENT, 4, bad,
                              sla__nearer(bad, 0, COUNTS_MAX - good));
  if (code == SLA_OK && !sla__valid_time(now))
    code = sla__fail_argument(error, SLA_E_RANGE, 5, now,
                              sla__nearer(now, SLA_TIME_MIN, SLA_TIME_MAX));
  return code;
}

int32_t sla_objective_judge(const sla_objective *objective, size_t size, int64_t good, int64_t bad,
                            sla_time now, sla_standing *standing, size_t standing_size,
                            sla_error *error) {
  sla_standing found = {.projected = SLA_NONE, .needed = SLA_NONE, .spare = SLA_NONE};
  if (objective == NULL) return sla__fail_null(error, 1);
  if (standing == NULL) return sla__fail_null(error, 6);
  int32_t code = check_call(objective, size, good, bad, now, error);
  if (code == SLA_OK) code = sla__check_size(error, 7, standing_size, sizeof *standing);
  if (code != SLA_OK) return code;
  const sla_objective *o = objective;
  found.attainment = good + bad == 0 ? SLA_NONE : WHOLE * good / (good + bad);
  if (now > o->from)
    found.projected = scaled(good, o->to - o->from, sla__min(now, o->to) - o->from);
  if (o->kind == SLA_OBJECTIVE_COUNT) found.verdict = judge_count(o, good, bad, now, &found);
  else if (now >= o->to) found.verdict = share_in_the_end(o, good, bad);
  else if (o->expected > 0) found.verdict = judge_expected(o, good, bad, &found);
  else found.verdict = judge_share(o, good, bad, &found);
  sla__record_write(standing, standing_size, &found, sizeof found);
  return SLA_OK;
}
