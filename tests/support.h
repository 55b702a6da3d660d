/* SPDX-License-Identifier: MIT */
/* What the test programs share: instants as text, fixture zones, calendars in one line, a seeded
 * generator, and assertions that say what went wrong.  Uses the public interface only. */
#ifndef SLA_TESTS_SUPPORT_H
#define SLA_TESTS_SUPPORT_H

#include <sla/sla.h>
#include <stdbool.h>

/* "2024-03-10T02:00:00Z" or with an offset, "2024-03-10T02:00:00-05:00"; a space may stand for the
 * T, and the seconds may be left out.  Anything else fails the test. */
sla_time at(const char *iso);

/* The instant as the text at() reads, "none", or the number when it is out of range. */
#define SUPPORT_TIME_TEXT 40
const char *time_text(sla_time time, char text[SUPPORT_TIME_TEXT]);

/* Fails printing both as civil time. */
#define assert_time(actual, expected) \
  support_assert_time((actual), (expected), #actual, __FILE__, __LINE__)
void support_assert_time(sla_time actual, sla_time expected, const char *what, const char *file,
                         int line);

/* Like assert_int_equal, but prints signed decimal numbers. */
#define assert_number(actual, expected) \
  support_assert_number((actual), (expected), #actual, __FILE__, __LINE__)
void support_assert_number(int64_t actual, int64_t expected, const char *what, const char *file,
                           int line);

/* The call returns this code; prints names. */
#define assert_code(call, code) support_assert_code((call), (code), #call, __FILE__, __LINE__)
#define assert_ok(call) assert_code(call, SLA_OK)
void support_assert_code(int32_t actual, int32_t expected, const char *what, const char *file,
                         int line);

/* The fixture tests/zones/<name>.  The caller unrefs it. */
sla_zone *zone_named(const char *name);
/* A calendar of one zone and one hours text.  The caller unrefs it. */
sla_calendar *calendar_of(const char *zone_name, const char *hours_text);

/* The parts of calendar_of, for calendars with more than weekly hours. */
sla_calendar_builder *builder_of(const char *zone_name, const char *hours_text);
sla_calendar *built(sla_calendar_builder *builder); /* frees the builder */

/* Shorthands that fail the test where the call fails. */
bool is_open(const sla_calendar *calendar, sla_time time);
sla_seconds elapsed(const sla_calendar *calendar, sla_time from, sla_time to);
sla_time added(const sla_calendar *calendar, sla_time from, sla_seconds n);
sla_time change_after(const sla_calendar *calendar, sla_time time);
sla_time change_before(const sla_calendar *calendar, sla_time time); /* at or before */

/* From SLA_TEST_SEED or the clock; printed, so that a failing run can be repeated. */
uint64_t support_seed(void);
uint64_t random_u64(uint64_t *state);
int64_t random_between(uint64_t *state, int64_t lo, int64_t hi); /* both included */

/* SLA_TEST_LIGHT is set: sanitizers and valgrind make every draw dear.  Divides a count by ten. */
long draws(long count);

#endif
