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

/* The UTC date of an instant. */
sla_date utc_date(sla_time time);

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

/* The bytes of the fixture tests/zones/<name>; the caller frees them. */
void *zone_file(const char *name, size_t *length);
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

/* Policies: business hours on the calendar given, which may be NULL. */
sla_policy_builder *policy_builder_of(const sla_calendar *calendar);
void target_in_seconds(sla_policy_builder *builder, uint32_t metric, uint32_t priority,
                       sla_seconds seconds);
sla_policy *policy_built(sla_policy_builder *builder); /* frees the builder */
/* One target for any priority, in any unit. */
sla_policy *policy_of(const sla_calendar *calendar, uint32_t metric, int64_t amount, uint32_t unit);

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Evaluates at an instant given as text. */
#define evaluated(policy, metric, events, now) \
  evaluated_at((policy), (metric), (events), COUNT_OF(events), at(now))
sla_result evaluated_at(const sla_policy *policy, uint32_t metric, const sla_event *events,
                        size_t count, sla_time now);

/* From SLA_TEST_SEED or the clock; printed, so that a failing run can be repeated. */
uint64_t support_seed(void);
uint64_t random_u64(uint64_t *state);
int64_t random_between(uint64_t *state, int64_t lo, int64_t hi); /* both included */

/* SLA_TEST_LIGHT is set: sanitizers and valgrind make every draw dear.  Divides a count by ten. */
long draws(long count);

#endif
