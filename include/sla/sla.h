/* SPDX-License-Identifier: MIT */
/*
 * libsla: is a support ticket on time, due soon or overdue, and when does that change?
 *
 * A host gathers what it configures in builders and compiles it into objects that never change
 * again and that any number of threads may share:
 *
 *     zone  ->  calendar (business hours, holidays)  ->  policy (targets, pauses)
 *
 * What happened to a ticket is a log of events.  The answer is a pure function of the policy, the
 * log and `now`: the library reads no clock, no file, no environment and no locale, it keeps no
 * state between calls, and evaluating allocates nothing.
 *
 * Rules that hold for every function:
 *   - Those that can fail return SLA_OK (0) or a negative code, and then leave every output as it
 *     was.  Those that take an sla_error (NULL is allowed) fill it in on failure only.
 *   - A record is passed with its size (sizeof), so that records can grow at the end and old
 *     callers keep working.  For arrays the size is also the distance between elements.
 *   - Builders belong to one thread at a time.  Compiled objects may be used, referenced and
 *     released from any thread.  Setters take a reference of their own.
 *   - Text is UTF-8 with an explicit length, and is copied.
 *
 * Manual: libsla(3); the meaning of every word: sla_time(7), sla_metrics(7); promises: sla_abi(7).
 */
#ifndef SLA_SLA_H
#define SLA_SLA_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define SLA_API __attribute__((visibility("default")))
#else
#define SLA_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- 1. Scalars and version ------------------------------------------------------------- */

#define SLA_VERSION 100 /* 10000 * major + 100 * minor + patch */

/* An instant: seconds since 1970-01-01T00:00:00Z, without leap seconds.  Valid from
 * 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z; "no instant" is SLA_NONE. */
typedef int64_t sla_time;

/* A length of time in seconds; "no length" is SLA_NONE. */
typedef int64_t sla_seconds;

/* A civil date written as a number, 20261225, proleptic Gregorian.  A time of day is a number of
 * seconds after midnight on the clock, 0 to 86400. */
typedef int32_t sla_date;

#define SLA_NONE INT64_MIN
#define SLA_TIME_MIN INT64_C(-62135596800)
#define SLA_TIME_MAX INT64_C(253402300799)

/* Weekdays are 1 (Monday) to 7; a mask has bit 0 for Monday. */
enum sla_weekdays {
  SLA_MONDAY = 1, SLA_TUESDAY = 2, SLA_WEDNESDAY = 4, SLA_THURSDAY = 8, SLA_FRIDAY = 16,
  SLA_SATURDAY = 32, SLA_SUNDAY = 64, SLA_MONDAY_TO_FRIDAY = 31, SLA_EVERY_DAY = 127
};

SLA_API uint32_t sla_version(void);           /* SLA_VERSION of the library that is linked */
SLA_API const char *sla_version_string(void); /* "0.1.0" */
SLA_API sla_time sla_time_none(void);         /* SLA_NONE, SLA_TIME_MIN, SLA_TIME_MAX for callers */
SLA_API sla_time sla_time_min(void);          /* that cannot see macros */
SLA_API sla_time sla_time_max(void);

/* ---- 2. Codes and errors ---------------------------------------------------------------- */

enum sla_code {
  SLA_OK = 0,
  SLA_E_MEMORY = -1,      /* the allocator returned NULL */
  SLA_E_NULL = -2,        /* a required pointer is NULL */
  SLA_E_ARGUMENT = -3,    /* an argument is outside its documented values */
  SLA_E_ABI = -4,         /* a record size is wrong, or bytes this version does not know are set */
  SLA_E_RANGE = -5,       /* an instant or length outside years 1 to 9999 */
  SLA_E_LIMIT = -6,       /* more entries or bytes than the documented limit */
  SLA_E_TZIF = -10,       /* zone bytes that are not TZif (RFC 9636) */
  SLA_E_LEAP = -11,       /* zone bytes with leap seconds ("right/" files) */
  SLA_E_POSIX = -12,      /* malformed POSIX TZ text */
  SLA_E_DATE = -20,       /* no such date, or a range that ends before it starts */
  SLA_E_TIME = -21,       /* no such time of day, or an interval that opens when it closes */
  SLA_E_HOURS = -22,      /* malformed hours text */
  SLA_E_CLOSED = -23,     /* the calendar would never be open */
  SLA_E_NEVER = -24,      /* there is no such instant or date before the year 10000 */
  SLA_E_NAME = -25,       /* a name that is not UTF-8, or too long */
  SLA_E_ZONE = -26,       /* a calendar without a zone */
  SLA_E_METRIC = -30,     /* no such metric */
  SLA_E_PRIORITY = -31,   /* a priority that is not 0 to 31 */
  SLA_E_TARGET = -32,     /* a target that is negative, out of range or contradictory */
  SLA_E_DUE_SOON = -33,   /* a due-soon rule that is negative or out of range */
  SLA_E_CALENDAR = -34,   /* a business-hours target without a calendar */
  SLA_E_EMPTY = -35,      /* a policy without a target */
  SLA_E_STATUS = -36,     /* no such status */
  SLA_E_RULE = -37,       /* a metric's rule that contradicts itself */
  SLA_E_OPTION = -38,     /* no such option, or no such value of it */
  SLA_E_POLICY = -39,     /* no such policy or preset */
  SLA_E_EVENT = -40,      /* an event of unknown kind, or with a value it cannot have */
  SLA_E_ORDER = -41,      /* an event earlier than the one before it */
  SLA_E_CREATION = -42,   /* a log that does not begin with its one creation */
  SLA_E_ROW = -43,        /* a row that contradicts itself */
  SLA_E_BYTES = -50,      /* bytes that are not those of an object */
  SLA_E_ATTRIBUTE = -60,  /* no such attribute, or one that is there already */
  SLA_E_CONDITION = -61,  /* a condition that cannot stand there, or says what it cannot */
  SLA_E_FACT = -62,       /* a fact of no attribute, one too many, or beyond its texts */
  SLA_E_VERSION = -63     /* no such version, or one that does not follow the one before it */
};

/* What went wrong and where; 0 in a field that does not apply.  Frozen: it will never grow. */
typedef struct sla_error {
  int64_t value;     /* the offending value */
  int64_t limit;     /* what it had to respect */
  int64_t index;     /* of the event, entry, ticket or byte, from 0 */
  uint32_t line;     /* of a text, from 1; 0 when it is not about a text */
  uint32_t column;   /* in bytes, from 1 */
  int32_t code;      /* enum sla_code */
  uint32_t argument; /* position of the parameter, from 1; 0 when it is about none */
  uint32_t reserved[2];
} sla_error;

/* One clear sentence about an error.  Writes at most capacity bytes, terminated, and returns the
 * length of the whole sentence (as snprintf does).  buffer may be NULL when capacity is 0. */
SLA_API size_t sla_error_text(const sla_error *error, char *buffer, size_t capacity);

/* ---- 3. Memory -------------------------------------------------------------------------- */

/* resize(context, NULL, 0, n) allocates, (context, p, old, n) resizes keeping p valid on failure,
 * (context, p, old, 0) releases and returns NULL.  It must be as thread safe as the objects' use.
 * The record is copied; NULL, or a NULL resize, stands for realloc and free.  Holds pointers: not
 * for storage. */
typedef struct sla_allocator {
  void *(*resize)(void *context, void *pointer, size_t old_size, size_t new_size);
  void *context;
} sla_allocator;

/* ---- 4. Dates --------------------------------------------------------------------------- */

/* Weekday 1 (Monday) to 7, day number (1970-01-01 is 0) and back.  Years 1 to 9999.
 * SLA_E_NULL, SLA_E_DATE; from a day number SLA_E_RANGE. */
SLA_API int32_t sla_date_weekday(sla_date date, uint32_t *weekday);
SLA_API int32_t sla_date_to_days(sla_date date, int32_t *days);
SLA_API int32_t sla_date_from_days(int32_t days, sla_date *date);

/* ---- 5. Zones --------------------------------------------------------------------------- */

/* The offset from UTC at every instant.  Immutable, reference counted, shared between threads. */
typedef struct sla_zone sla_zone;

/* A date and a time of day.  The local date of a valid instant may fall in year 0 or 10000. */
typedef struct sla_civil {
  sla_date date;
  int32_t second; /* 0 to 86399 */
} sla_civil;

enum sla_wall { SLA_WALL_UNIQUE = 1, SLA_WALL_SKIPPED = 2, SLA_WALL_REPEATED = 3 };

/* A constant offset in seconds east of UTC, at most 26 hours either way.
 * SLA_E_NULL, SLA_E_ARGUMENT, SLA_E_MEMORY. */
SLA_API int32_t sla_zone_new_fixed(int32_t utc_offset, const sla_allocator *allocator,
                                   sla_zone **zone, sla_error *error);

/* POSIX TZ text such as "EST5EDT,M3.2.0,M11.1.0", with the extension of RFC 9636 (hours -167 to
 * 167 in a rule).  SLA_E_NULL, SLA_E_POSIX with the column, SLA_E_MEMORY. */
SLA_API int32_t sla_zone_new_posix(const char *text, size_t length, const sla_allocator *allocator,
                                   sla_zone **zone, sla_error *error);

/* The bytes of a zoneinfo file (RFC 9636, versions 1 to 4).  SLA_E_NULL, SLA_E_TZIF and
 * SLA_E_POSIX with the byte, SLA_E_LEAP, SLA_E_LIMIT, SLA_E_MEMORY. */
SLA_API int32_t sla_zone_new_tzif(const void *data, size_t length, const sla_allocator *allocator,
                                  sla_zone **zone, sla_error *error);

SLA_API sla_zone *sla_zone_ref(const sla_zone *zone);
SLA_API void sla_zone_unref(sla_zone *zone); /* NULL is allowed, here and in every unref and free */

/* Seconds east of UTC at an instant, and the wall clock there.  SLA_E_NULL, SLA_E_RANGE. */
SLA_API int32_t sla_zone_offset_at(const sla_zone *zone, sla_time at, int32_t *offset);
SLA_API int32_t sla_zone_civil_at(const sla_zone *zone, sla_time at, sla_civil *civil, size_t size);

/* The instants at which the wall clock shows a date and a time of day (0 to 86399): equal when it
 * happens once, the first and the last when it is repeated, the instant of the change, twice, when
 * it is skipped.  *wall is one of enum sla_wall.
 * SLA_E_NULL, SLA_E_DATE, SLA_E_TIME, SLA_E_RANGE. */
SLA_API int32_t sla_zone_instant_of(const sla_zone *zone, sla_date date, int32_t second,
                                    sla_time *first, sla_time *last, uint32_t *wall);

/* ---- 6. Building calendars -------------------------------------------------------------- */

/* Business hours.  Immutable, reference counted, shared between threads. */
typedef struct sla_calendar sla_calendar;
typedef struct sla_calendar_builder sla_calendar_builder;

enum sla_entry_kind {
  SLA_ENTRY_HOURS = 1,         /* weekly hours */
  SLA_ENTRY_HOLIDAY = 2,       /* removes the intervals that start on its dates */
  SLA_ENTRY_SPECIAL_HOURS = 3, /* replace the intervals that start on its dates, beat a holiday */
  SLA_ENTRY_CLOSURE = 4        /* removes a wall-clock range, whatever opened it */
};

enum sla_recurrence {
  SLA_WEEKLY = 1,        /* hours: on `weekdays` */
  SLA_DATES = 2,         /* on every date from `first` to `last` */
  SLA_YEARLY = 3,        /* every year on `month` and `day`; 29 February only in leap years */
  SLA_YEARLY_WEEKDAY = 4 /* every year on the `day`-th (1 to 5, -1 the last) weekday of `month` */
};

/* One thing a calendar was told.  Unused fields are 0. */
typedef struct sla_entry {
  sla_date first;      /* in force from this date on; 0 for always, save with SLA_DATES */
  sla_date last;       /* and up to and including this one; 0 for always */
  int32_t opens;       /* seconds after midnight, 0 to 86399 (a closure: from; a holiday: 0) */
  int32_t closes;      /* 0 to 86400; before `opens` means the next day (a closure: to) */
  uint32_t kind;       /* enum sla_entry_kind */
  uint32_t recurrence; /* enum sla_recurrence */
  uint32_t weekdays;   /* mask; with SLA_YEARLY_WEEKDAY exactly one bit */
  int32_t month;       /* 1 to 12 */
  int32_t day;
} sla_entry;

SLA_API int32_t sla_calendar_builder_new(const sla_allocator *allocator,
                                         sla_calendar_builder **builder, sla_error *error);
/* A builder holding everything the calendar was built from. */
SLA_API int32_t sla_calendar_builder_new_from(const sla_calendar *calendar,
                                              const sla_allocator *allocator,
                                              sla_calendar_builder **builder, sla_error *error);
SLA_API void sla_calendar_builder_free(sla_calendar_builder *builder);

/* The zone of the wall clock; required.  SLA_E_NULL. */
SLA_API int32_t sla_calendar_builder_set_zone(sla_calendar_builder *builder, const sla_zone *zone,
                                              sla_error *error);

/* The years that are tabulated: speed only, answers are the same for any.  At most 130 years within
 * 1 to 9999; unless set, 2000 to 2049, widened for the dates of the entries within 1950 to 2099.
 * SLA_E_NULL, SLA_E_ARGUMENT. */
SLA_API int32_t sla_calendar_builder_set_window(sla_calendar_builder *builder, int32_t first_year,
                                                int32_t last_year, sla_error *error);

/* Weekly hours: [opens, closes) on each weekday of the mask.
 * SLA_E_NULL, SLA_E_ARGUMENT, SLA_E_TIME, SLA_E_LIMIT, SLA_E_MEMORY. */
SLA_API int32_t sla_calendar_builder_add_hours(sla_calendar_builder *builder, uint32_t weekdays,
                                               int32_t opens, int32_t closes, sla_error *error);

/* Weekly hours as text: "Mo-Fr 09:00-12:30,13:30-18:00; Sa 10:00-14:00; Su closed", "24/7".
 * All of it or nothing.  SLA_E_HOURS with line and column, and the codes of add_hours. */
SLA_API int32_t sla_calendar_builder_add_hours_text(sla_calendar_builder *builder, const char *text,
                                                    size_t length, sla_error *error);

/* Holidays: on every date from first to last; every year on a month and day; every year on the
 * nth (1 to 5, or -1 for the last) weekday (1 to 7) of a month.  A name may be NULL with length 0.
 * SLA_E_NULL, SLA_E_ARGUMENT, SLA_E_DATE, SLA_E_NAME, SLA_E_LIMIT, SLA_E_MEMORY. */
SLA_API int32_t sla_calendar_builder_add_holiday(sla_calendar_builder *builder, sla_date first,
                                                 sla_date last, const char *name, size_t length,
                                                 sla_error *error);
SLA_API int32_t sla_calendar_builder_add_yearly_holiday(sla_calendar_builder *builder,
                                                        int32_t month, int32_t day,
                                                        const char *name, size_t length,
                                                        sla_error *error);
SLA_API int32_t sla_calendar_builder_add_weekday_holiday(sla_calendar_builder *builder,
                                                         int32_t month, int32_t nth,
                                                         uint32_t weekday, const char *name,
                                                         size_t length, sla_error *error);

/* Special hours and closures on every date from first to last; codes as above, and SLA_E_TIME. */
SLA_API int32_t sla_calendar_builder_add_special_hours(sla_calendar_builder *builder,
                                                       sla_date first, sla_date last,
                                                       int32_t opens, int32_t closes,
                                                       sla_error *error);
SLA_API int32_t sla_calendar_builder_add_closure(sla_calendar_builder *builder, sla_date first,
                                                 sla_date last, int32_t from, int32_t to,
                                                 const char *name, size_t length, sla_error *error);

/* Any of the above as a record: yearly special hours and closures, hours limited to dates.  Only
 * holidays and closures may be named.  Codes as above, and SLA_E_ABI.  Of many it is all or none:
 * entry i is named names[offsets[i]] up to names[offsets[i + 1]], and an error has its index. */
SLA_API int32_t sla_calendar_builder_add_entry(sla_calendar_builder *builder,
                                               const sla_entry *entry, size_t size,
                                               const char *name, size_t length, sla_error *error);
SLA_API int32_t sla_calendar_builder_add_entries(sla_calendar_builder *builder,
                                                 const sla_entry *entries, size_t count,
                                                 size_t size, const char *names,
                                                 const uint64_t *offsets, sla_error *error);

/* Compiles; the builder stays as it is.  SLA_E_NULL, SLA_E_ZONE, SLA_E_CLOSED, SLA_E_LIMIT,
 * SLA_E_MEMORY. */
SLA_API int32_t sla_calendar_builder_build(const sla_calendar_builder *builder,
                                           sla_calendar **calendar, sla_error *error);

/* ---- 7. Asking calendars ---------------------------------------------------------------- */

/* A half-open stretch of time. */
typedef struct sla_interval {
  sla_time from;
  sla_time to;
} sla_interval;

SLA_API sla_calendar *sla_calendar_ref(const sla_calendar *calendar);
SLA_API void sla_calendar_unref(sla_calendar *calendar);

/* 1 in *open when the calendar is open at the instant, else 0.  SLA_E_NULL, SLA_E_RANGE. */
SLA_API int32_t sla_calendar_is_open(const sla_calendar *calendar, sla_time at, uint32_t *open);

/* Open seconds in [from, to); negative when to is before from.  SLA_E_NULL, SLA_E_RANGE. */
SLA_API int32_t sla_calendar_elapsed(const sla_calendar *calendar, sla_time from, sla_time to,
                                     sla_seconds *elapsed);

/* The earliest x with elapsed(from, x) = n; for n < 0 the latest x with elapsed(x, from) = -n.
 * SLA_E_NULL, SLA_E_RANGE, SLA_E_NEVER. */
SLA_API int32_t sla_calendar_add(const sla_calendar *calendar, sla_time from, sla_seconds n,
                                 sla_time *result);

/* The first opening or closing strictly after an instant; the last one at or before it; SLA_NONE
 * when there is none.  SLA_E_NULL, SLA_E_RANGE. */
SLA_API int32_t sla_calendar_next_change(const sla_calendar *calendar, sla_time at,
                                         sla_time *change);
SLA_API int32_t sla_calendar_previous_change(const sla_calendar *calendar, sla_time at,
                                             sla_time *change);

/* The open intervals of [from, to), in order and clipped to it, at most capacity of them; *count
 * is how many were written.  When it equals capacity, go on from the end of the last one.
 * SLA_E_NULL, SLA_E_RANGE, SLA_E_ARGUMENT (to before from, or capacity 0), SLA_E_ABI. */
SLA_API int32_t sla_calendar_intervals(const sla_calendar *calendar, sla_time from, sla_time to,
                                       sla_interval *intervals, size_t capacity, size_t size,
                                       size_t *count);

/* A working date is one on which an interval in force starts.  Count those in [from, to), negative
 * when to is before from; go to the n-th after a date, or before it for n < 0 (n = 0 gives the
 * date itself).  SLA_E_NULL, SLA_E_DATE, SLA_E_NEVER. */
SLA_API int32_t sla_calendar_is_working_date(const sla_calendar *calendar, sla_date date,
                                             uint32_t *working);
SLA_API int32_t sla_calendar_working_dates(const sla_calendar *calendar, sla_date from, sla_date to,
                                           int64_t *count);
SLA_API int32_t sla_calendar_add_working_dates(const sla_calendar *calendar, sla_date date,
                                               int64_t n, sla_date *result);

/* What the calendar was built from, in the order it was told.  holiday_on gives the first holiday
 * entry that names the date, or SLA_NO_ENTRY.  A name is written as sla_error_text does.
 * SLA_E_NULL, SLA_E_DATE, SLA_E_ABI, SLA_E_ARGUMENT (no such entry). */
#define SLA_NO_ENTRY UINT32_MAX
SLA_API int32_t sla_calendar_holiday_on(const sla_calendar *calendar, sla_date date,
                                        uint32_t *index);
SLA_API uint32_t sla_calendar_entry_count(const sla_calendar *calendar);
SLA_API int32_t sla_calendar_entry(const sla_calendar *calendar, uint32_t index, sla_entry *entry,
                                   size_t size);
SLA_API int32_t sla_calendar_entry_name(const sla_calendar *calendar, uint32_t index, char *buffer,
                                        size_t capacity, size_t *length);
SLA_API const sla_zone *sla_calendar_zone(const sla_calendar *calendar); /* borrowed */
SLA_API int32_t sla_calendar_window(const sla_calendar *calendar, int32_t *first_year,
                                    int32_t *last_year);
SLA_API int32_t sla_calendar_window_is_set(const sla_calendar *calendar, uint32_t *is_set);

/* ---- 8. Policies ------------------------------------------------------------------------ */

/* What was promised.  Immutable, reference counted, shared between threads. */
typedef struct sla_policy sla_policy;
typedef struct sla_policy_builder sla_policy_builder;

enum sla_metric {
  SLA_FIRST_RESPONSE = 1,   /* creation to the first public human agent reply */
  SLA_NEXT_RESPONSE = 2,    /* oldest unanswered customer message to the next reply, every turn */
  SLA_RESOLUTION = 3,       /* creation to solved or closed */
  SLA_PERIODIC_UPDATE = 4,  /* an agent's reply to the next one, again and again */
  SLA_PAUSABLE_UPDATE = 5,  /* the same, paused while pending */
  SLA_REQUESTER_WAIT = 6,   /* all time new, open or on hold, until solved */
  SLA_AGENT_WORK = 7,       /* all time new or open, until solved */
  SLA_TOTAL_RESOLUTION = 8, /* all time unsolved */
  SLA_GROUP_OWNERSHIP = 9,  /* every group's time with the ticket */
  SLA_OWN_METRIC = 32       /* the first of the host's own, which are 32 to 63 */
};

enum sla_unit {
  SLA_UNIT_SECONDS = 1,           /* counted on the target's clock */
  SLA_UNIT_COUNTED_DAYS = 2,      /* 86,400 counted seconds each */
  SLA_UNIT_WORKING_DAYS = 3,      /* same wall time on the n-th working date; business hours only */
  SLA_UNIT_END_OF_WORKING_DAY = 4 /* end of the n-th working date; business hours only */
};

enum sla_clock { SLA_BUSINESS_HOURS = 1, SLA_AROUND_THE_CLOCK = 2 };

/* Priorities 0 to 31; the named ones are a convention. */
enum sla_priority {
  SLA_PRIORITY_NONE = 0, SLA_PRIORITY_LOW = 1, SLA_PRIORITY_NORMAL = 2, SLA_PRIORITY_HIGH = 3,
  SLA_PRIORITY_URGENT = 4, SLA_PRIORITY_ANY = 255
};

/* Statuses of a ticket: these six, and 16 to 31 of the host's own, declared by set_status. */
enum sla_ticket_status {
  SLA_TICKET_NEW = 1, SLA_TICKET_OPEN = 2, SLA_TICKET_PENDING = 3, SLA_TICKET_ON_HOLD = 4,
  SLA_TICKET_SOLVED = 5, SLA_TICKET_CLOSED = 6
};

/* A target, or a due-soon rule, as it was set. */
typedef struct sla_target {
  int64_t amount;            /* in `unit`; SLA_NONE when only a due-soon rule was set */
  sla_seconds due_soon_lead; /* counted seconds before due; SLA_NONE without one */
  sla_seconds second_stage;  /* seconds around the clock after `amount`; 0 without one */
  sla_seconds allowance;     /* counted seconds more for a start in closed time; 0 without one */
  uint32_t metric, priority, unit, clock;
  uint32_t due_soon_percent; /* of the target used; 0 without one */
  uint32_t own_calendar;     /* 1 when it has a calendar of its own */
} sla_target;

SLA_API int32_t sla_policy_builder_new(const sla_allocator *allocator, sla_policy_builder **builder,
                                       sla_error *error);
SLA_API int32_t sla_policy_builder_new_from(const sla_policy *policy,
                                            const sla_allocator *allocator,
                                            sla_policy_builder **builder, sla_error *error);
SLA_API void sla_policy_builder_free(sla_policy_builder *builder);

/* The calendar of every business-hours target that has none of its own.  SLA_E_NULL. */
SLA_API int32_t sla_policy_builder_set_calendar(sla_policy_builder *builder,
                                                const sla_calendar *calendar, sla_error *error);

/* A target for a priority or for SLA_PRIORITY_ANY; setting it again replaces it.  amount is 0 to
 * 100 years in its unit (working days: 1 to 36525).
 * SLA_E_NULL, SLA_E_METRIC, SLA_E_PRIORITY, SLA_E_ARGUMENT, SLA_E_TARGET; this and all setters
 * below SLA_E_MEMORY. */
SLA_API int32_t sla_policy_builder_set_target(sla_policy_builder *builder, uint32_t metric,
                                              uint32_t priority, int64_t amount, uint32_t unit,
                                              uint32_t clock, sla_error *error);

/* A calendar for that one business-hours target, set before or after it.
 * SLA_E_NULL, SLA_E_METRIC, SLA_E_PRIORITY. */
SLA_API int32_t sla_policy_builder_set_target_calendar(sla_policy_builder *builder, uint32_t metric,
                                                       uint32_t priority,
                                                       const sla_calendar *calendar,
                                                       sla_error *error);

/* A second stage: so many seconds around the clock (1 to 100 years; 0 for none) once the target's
 * business time is used up.  An allowance: so many counted seconds more when the clock starts in
 * closed time.  Both are of a business-hours target in seconds or counted days, set before or
 * after it.  SLA_E_NULL, SLA_E_METRIC, SLA_E_PRIORITY, SLA_E_TARGET. */
SLA_API int32_t sla_policy_builder_set_second_stage(sla_policy_builder *builder, uint32_t metric,
                                                    uint32_t priority, sla_seconds seconds,
                                                    sla_error *error);
SLA_API int32_t sla_policy_builder_set_allowance(sla_policy_builder *builder, uint32_t metric,
                                                 uint32_t priority, sla_seconds seconds,
                                                 sla_error *error);

/* Due soon while at most lead counted seconds remain, or once percent (1 to 100) of the target is
 * used.  Without a rule nothing is ever due soon; the rule of the ticket's own priority wins over
 * that for any.  SLA_E_NULL, SLA_E_METRIC, SLA_E_PRIORITY, SLA_E_DUE_SOON. */
SLA_API int32_t sla_policy_builder_set_due_soon(sla_policy_builder *builder, uint32_t metric,
                                                uint32_t priority, sla_seconds lead,
                                                sla_error *error);
SLA_API int32_t sla_policy_builder_set_due_soon_percent(sla_policy_builder *builder,
                                                        uint32_t metric, uint32_t priority,
                                                        uint32_t percent, sla_error *error);

/* Takes away what the functions above have set for a metric, for every priority: then it has no
 * target.  SLA_E_NULL, SLA_E_METRIC. */
SLA_API int32_t sla_policy_builder_clear_targets(sla_policy_builder *builder, uint32_t metric,
                                                 sla_error *error);

/* Whether a status pauses a metric (1 or 0).  Unless set, the metric's rule says so; a host's
 * status does as the one it behaves as.
 * SLA_E_NULL, SLA_E_METRIC, SLA_E_STATUS, SLA_E_ARGUMENT. */
SLA_API int32_t sla_policy_builder_set_pause(sla_policy_builder *builder, uint32_t metric,
                                             uint32_t status, uint32_t pauses, sla_error *error);

/* Declares a status of the host's own (16 to 31) to behave as one of the six.
 * SLA_E_NULL, SLA_E_STATUS. */
SLA_API int32_t sla_policy_builder_set_status(sla_policy_builder *builder, uint32_t status,
                                              uint32_t behaves_as, sla_error *error);

/* ---- 9. Metrics as data ----------------------------------------------------------------- */

/* What makes something happen to a clock: any of these.  A host's status counts as itself and as
 * the one it behaves as. */
typedef struct sla_trigger {
  uint64_t events;             /* bit n: an event of kind n */
  uint64_t conditions_set;     /* bit n: the host's condition n begins to hold */
  uint64_t conditions_cleared; /* bit n: it ceases to hold */
  uint32_t statuses;           /* bit n: status n is entered, from one that is not in the mask */
  uint32_t reserved;           /* 0 */
} sla_trigger;

/* How often a clock starts.  A cycle is one run of it from its start to its end. */
enum sla_shape {
  SLA_ONCE = 1,       /* one cycle, which only a reopening resumes */
  SLA_EVERY_TURN = 2, /* a new cycle whenever it is started while it is not open */
  SLA_PERIODIC = 3,   /* the same; what would start it while the ticket is done is forgotten */
  SLA_SUM = 4,        /* one cycle, which goes on whenever it is started again */
  SLA_CYCLE = 5       /* as every turn, for what is not a conversation */
};

/* What systems disagree on.  Value 0 is the rule of sla_metrics(7); the built-in metrics set a few
 * to others. */
enum sla_option {
  SLA_OPTION_ANCHOR = 0,           /* enum sla_anchor */
  SLA_OPTION_GATE = 1,             /* enum sla_gate */
  SLA_OPTION_AT_DUE = 2,           /* enum sla_at_due */
  SLA_OPTION_LANDING = 3,          /* enum sla_landing */
  SLA_OPTION_ZERO_TARGET = 4,      /* enum sla_landing */
  SLA_OPTION_CREATED_BY_OTHER = 5, /* enum sla_created_by_other */
  SLA_OPTION_SOLVED = 6,           /* enum sla_on_solve */
  SLA_OPTION_REOPENED = 7,         /* enum sla_on_reopen */
  SLA_OPTION_TARGET_CHANGED = 8,   /* enum sla_on_change */
  SLA_OPTION_BREACH_UNDONE = 9,    /* enum sla_on_undone */
  SLA_OPTION_CALENDAR_CHANGED = 10, /* enum sla_on_calendar */
  SLA_OPTION_RESUME = 11,          /* enum sla_on_pause_end */
  SLA_OPTION_MESSAGE_WHILE_PAUSED = 12 /* enum sla_on_message */
};

/* From when a cycle counts. */
enum sla_anchor {
  SLA_ANCHOR_EVENT = 0,         /* what started it */
  SLA_ANCHOR_NEWEST = 1,        /* the newest of what started it, or would have; many cycles */
  SLA_ANCHOR_CREATION = 2,      /* these four may lie before; one cycle only */
  SLA_ANCHOR_FIRST_MESSAGE = 3, /* the customer's first message, if there was one */
  SLA_ANCHOR_POLICY = 4,        /* when the policy in force was applied */
  SLA_ANCHOR_VALUE = 5          /* what the event's value says; events of the host's own only */
};

/* What holds a start back: nothing, or that no first reply or solve was seen yet. */
enum sla_gate { SLA_GATE_OPEN = 0, SLA_GATE_FIRST_REPLY = 1 };

/* An open clock at exactly its due instant. */
enum sla_at_due { SLA_AT_DUE_ON_TIME = 0, SLA_AT_DUE_OVERDUE = 1 };

/* A due instant in closed time (of a target in seconds; of one of zero) stays or moves. */
enum sla_landing { SLA_LANDING_STAYS = 0, SLA_LANDING_NEXT_OPENING = 1 };

/* A ticket that an agent or a machine created: starts what a creation starts; does not; does, and
 * an agent's opening message is a reply. */
enum sla_created_by_other {
  SLA_CREATED_STARTS = 0, SLA_CREATED_STARTS_NOTHING = 1, SLA_CREATED_REPLIES = 2
};

/* An open clock that solving the ticket does not fulfil. */
enum sla_on_solve { SLA_SOLVED_STOPS = 0, SLA_SOLVED_CANCELS = 1, SLA_SOLVED_KEEPS_RUNNING = 2 };

/* A clock that solving the ticket stopped: stays so; goes on, the time done neither counted nor
 * paused; goes on as if it had never stopped; starts a new cycle. */
enum sla_on_reopen {
  SLA_REOPENED_STAYS = 0, SLA_REOPENED_RESUMES = 1, SLA_REOPENED_COUNTS = 2,
  SLA_REOPENED_NEW_CYCLE = 3
};

/* The target of an open clock changes, with the priority or the policy: the new one holds from the
 * start; what has elapsed is kept, stretch by stretch; counting begins again at the change; a new
 * cycle begins; the first one stays; from the start, but a breach is no earlier than the change. */
enum sla_on_change {
  SLA_CHANGED_FROM_START = 0, SLA_CHANGED_KEEPS_ELAPSED = 1, SLA_CHANGED_FROM_CHANGE = 2,
  SLA_CHANGED_RESTARTS = 3, SLA_CHANGED_IGNORED = 4, SLA_CHANGED_BREACH_AT_CHANGE = 5
};

/* A breach that a longer target undoes. */
enum sla_on_undone { SLA_BREACH_DISAPPEARS = 0, SLA_BREACH_STICKS = 1 };

/* The calendar changes with the target: the last counts for all, or each for its stretch. */
enum sla_on_calendar { SLA_CALENDAR_LAST = 0, SLA_CALENDAR_EACH_STRETCH = 1 };

/* A paused clock goes on: when nothing pauses it any more or its rule's `resume` says so; only when
 * that says so. */
enum sla_on_pause_end { SLA_RESUME_EITHER = 0, SLA_RESUME_TRIGGER = 1 };

/* A customer's message while a status pauses the clock. */
enum sla_on_message { SLA_MESSAGE_STAYS_PAUSED = 0, SLA_MESSAGE_RESUMES = 1 };

/* A metric.  One event may do several things: it fulfils, cancels, pauses or resumes, starts, in
 * this order. */
typedef struct sla_metric_rule {
  sla_trigger start, fulfil, cancel, resume;
  uint64_t pause_conditions; /* bit n: paused while condition n holds */
  uint32_t pause_statuses;   /* bit n: paused while in status n */
  uint32_t shape;            /* enum sla_shape */
  uint32_t options[16];      /* by enum sla_option; those without a name are 0 */
} sla_metric_rule;

/* The rule of a metric as it stands: built in, unless set; for the host's own metrics only once
 * set.  SLA_E_NULL, SLA_E_METRIC, SLA_E_ABI. */
SLA_API int32_t sla_policy_builder_metric(const sla_policy_builder *builder, uint32_t metric,
                                          sla_metric_rule *rule, size_t size, sla_error *error);

/* Defines a metric of the host's own (32 to 63) or redefines one of the nine, options and pauses
 * included; what set_pause said before is forgotten.
 * SLA_E_NULL, SLA_E_METRIC, SLA_E_ABI, SLA_E_RULE (no start, no such shape, an unknown bit, an
 * anchor that the shape cannot have), SLA_E_STATUS (a bit that is no status), SLA_E_OPTION. */
SLA_API int32_t sla_policy_builder_set_metric(sla_policy_builder *builder, uint32_t metric,
                                              const sla_metric_rule *rule, size_t size,
                                              sla_error *error);

/* One option of a metric.  SLA_E_NULL, SLA_E_METRIC, SLA_E_OPTION, SLA_E_RULE. */
SLA_API int32_t sla_policy_builder_set_option(sla_policy_builder *builder, uint32_t metric,
                                              uint32_t option, uint32_t value, sla_error *error);

/* Compiles; the builder stays as it is.  SLA_E_NULL, SLA_E_EMPTY, SLA_E_CALENDAR, SLA_E_TARGET (a
 * calendar, a stage or an allowance without a business-hours target that can have it), SLA_E_STATUS
 * (a pause set for a status nobody declared), SLA_E_METRIC (a target of a metric nobody defined),
 * SLA_E_MEMORY; error->index numbers the target as sla_policy_target does. */
SLA_API int32_t sla_policy_builder_build(const sla_policy_builder *builder, sla_policy **policy,
                                         sla_error *error);

SLA_API sla_policy *sla_policy_ref(const sla_policy *policy);
SLA_API void sla_policy_unref(sla_policy *policy);

/* What the policy was built from: targets ordered by metric and priority (any last), the calendars
 * (borrowed, NULL without one), the metrics that have a target, what pauses them, the statuses.
 * SLA_E_NULL, SLA_E_ARGUMENT (no such index), SLA_E_METRIC, SLA_E_STATUS, SLA_E_ABI. */
SLA_API uint32_t sla_policy_target_count(const sla_policy *policy);
SLA_API int32_t sla_policy_target(const sla_policy *policy, uint32_t index, sla_target *target,
                                  size_t size);
SLA_API const sla_calendar *sla_policy_target_calendar(const sla_policy *policy, uint32_t index);
SLA_API const sla_calendar *sla_policy_calendar(const sla_policy *policy);
SLA_API uint32_t sla_policy_metric_count(const sla_policy *policy);
SLA_API int32_t sla_policy_metric(const sla_policy *policy, uint32_t index, uint32_t *metric);
SLA_API int32_t sla_policy_pauses(const sla_policy *policy, uint32_t metric, uint32_t status,
                                  uint32_t *pauses);
SLA_API int32_t sla_policy_status(const sla_policy *policy, uint32_t status, uint32_t *behaves_as);
SLA_API int32_t sla_policy_metric_rule(const sla_policy *policy, uint32_t metric,
                                       sla_metric_rule *rule, size_t size);

/* What is probably not meant, though it is no error. */
enum sla_lint_kind {
  SLA_LINT_RESPONSE_LONGER = 1, /* first response is due after resolution; value, limit: instants */
  SLA_LINT_DUE_SOON_LONGER = 2, /* due soon from the start; value: the lead, limit: the target */
  SLA_LINT_TARGET_SHORT = 3,    /* value: seconds, limit: 15 */
  SLA_LINT_UNREACHABLE = 4,     /* not within ten years; value: due or none, limit: an instant */
  SLA_LINT_NEVER_STARTS = 5,    /* nothing can start the metric */
  SLA_LINT_PAST_SPECIAL = 6     /* a weekday without hours, with special hours only in the past;
                                   value: the weekday, limit: the last of those dates */
};

typedef struct sla_lint {
  int64_t value, limit;
  uint32_t kind;     /* enum sla_lint_kind */
  uint32_t metric;   /* 0 when it is about none */
  uint32_t priority; /* 0 to 31, or SLA_PRIORITY_ANY */
  uint32_t reserved; /* 0 */
} sla_lint;

/* The lints of a policy for tickets created at `now`, at most capacity of them; *count is how many
 * there are in all.  SLA_E_NULL, SLA_E_RANGE, SLA_E_ABI. */
SLA_API int32_t sla_policy_lints(const sla_policy *policy, sla_time now, sla_lint *lints,
                                 size_t capacity, size_t size, size_t *count, sla_error *error);

/* ---- 10. Bytes, equality, hash ---------------------------------------------------------- */

/* A versioned form of an object, the same on every machine, and one only for each content: to be
 * stored, sent and compared.  A calendar's holds its zone, a policy's its calendars.  Written when
 * capacity is enough; *length is how many bytes there are (buffer may be NULL when capacity is 0).
 * SLA_E_NULL. */
SLA_API int32_t sla_zone_bytes(const sla_zone *zone, void *buffer, size_t capacity,
                               size_t *length);
SLA_API int32_t sla_calendar_bytes(const sla_calendar *calendar, void *buffer, size_t capacity,
                                   size_t *length);
SLA_API int32_t sla_policy_bytes(const sla_policy *policy, void *buffer, size_t capacity,
                                 size_t *length);

/* The object that has these bytes.  They may come from anywhere: others than the functions above
 * write are refused.  SLA_E_NULL, SLA_E_BYTES (error->index is the byte), SLA_E_LIMIT,
 * SLA_E_MEMORY. */
SLA_API int32_t sla_zone_new_bytes(const void *bytes, size_t length,
                                   const sla_allocator *allocator, sla_zone **zone,
                                   sla_error *error);
SLA_API int32_t sla_calendar_new_bytes(const void *bytes, size_t length,
                                       const sla_allocator *allocator, sla_calendar **calendar,
                                       sla_error *error);
SLA_API int32_t sla_policy_new_bytes(const void *bytes, size_t length,
                                     const sla_allocator *allocator, sla_policy **policy,
                                     sla_error *error);

/* Equal objects have the same bytes; the hash is of them, and is the same in every version that
 * writes them (not for use against an adversary).  SLA_E_NULL. */
SLA_API int32_t sla_zone_equal(const sla_zone *a, const sla_zone *b, uint32_t *equal);
SLA_API int32_t sla_zone_hash(const sla_zone *zone, uint64_t *hash);
SLA_API int32_t sla_calendar_equal(const sla_calendar *a, const sla_calendar *b, uint32_t *equal);
SLA_API int32_t sla_calendar_hash(const sla_calendar *calendar, uint64_t *hash);
SLA_API int32_t sla_policy_equal(const sla_policy *a, const sla_policy *b, uint32_t *equal);
SLA_API int32_t sla_policy_hash(const sla_policy *policy, uint64_t *hash);

/* ---- 11. Evaluating tickets ------------------------------------------------------------- */

enum sla_event_kind {
  SLA_EVENT_CREATED = 1,          /* value: enum sla_creator */
  SLA_EVENT_CUSTOMER_MESSAGE = 2, /* value: 0, here and where nothing is said */
  SLA_EVENT_AGENT_REPLY = 3,      /* public, by a human */
  SLA_EVENT_AGENT_NOTE = 4,       /* private: never a reply */
  SLA_EVENT_AUTOMATIC_REPLY = 5,  /* never a reply */
  SLA_EVENT_STATUS = 6,           /* value: the new ticket status */
  SLA_EVENT_PRIORITY = 7,         /* value: the new priority */
  SLA_EVENT_GROUP = 8,            /* value: the group it is assigned to; 0 for none */
  SLA_EVENT_CONDITION_SET = 9,    /* value: a condition of the host's, 0 to 63, begins to hold */
  SLA_EVENT_CONDITION_CLEARED = 10, /* value: it ceases to hold */
  SLA_EVENT_NO_REPLY_NEEDED = 11, /* cancels the open turn of next response */
  SLA_EVENT_DUE_SET = 12,         /* value: due, SLA_NONE for the policy's own; flags: metric */
  SLA_EVENT_RESET = 13,           /* starts a new cycle; flags: metric, or 0 for all */
  SLA_EVENT_CANCELLED = 14,       /* merged, deleted, spam: for good */
  SLA_EVENT_POLICY = 15,          /* value: the policy from now on, among those of the call */
  SLA_EVENT_OWN = 32              /* the first of the host's own, which are 32 to 63; any value */
};

enum sla_creator { SLA_CREATOR_CUSTOMER = 1, SLA_CREATOR_AGENT = 2, SLA_CREATOR_AUTOMATIC = 3 };

/* One thing that happened.  A log begins with its one creation and never goes back in time. */
typedef struct sla_event {
  sla_time at;
  int64_t value;
  uint32_t kind;
  uint32_t flags; /* 0 where nothing is said */
} sla_event;

/* The same ticket for hosts that keep a row instead of a log; every instant may be SLA_NONE.
 * sla_time(7) tabulates the log each combination means. */
typedef struct sla_row {
  sla_time created_at;
  sla_time first_response_at;
  sla_time waiting_since; /* the oldest unanswered customer message after the first response */
  sla_time solved_at;
  sla_time status_since;
  sla_seconds paused; /* finished pauses of the resolution clock, counted; SLA_NONE for 0 */
  uint32_t status;    /* enum sla_ticket_status or the host's own; 0 for unknown */
  uint32_t priority;
} sla_row;

enum sla_phase {
  SLA_INACTIVE = 0, SLA_RUNNING = 1, SLA_PAUSED = 2, SLA_FULFILLED = 3, SLA_CANCELLED = 4
};

enum sla_status { SLA_STATUS_NONE = 0, SLA_ON_TIME = 1, SLA_DUE_SOON = 2, SLA_OVERDUE = 3 };

enum sla_result_flag {
  SLA_UNREACHABLE = 1,  /* no due instant before the year 10000 */
  SLA_PAUSE_UNKNOWN = 2 /* a row is paused since nobody knows when */
};

/* One metric of one ticket at `now`.  Instants and lengths are SLA_NONE where they do not apply. */
typedef struct sla_result {
  sla_time started_at;        /* of the cycle */
  sla_time stopped_at;        /* fulfilled or cancelled */
  sla_time due_at;            /* none while paused, unless it was overdue by then */
  sla_time due_soon_at;
  sla_time breached_at;       /* the due instant, once it has passed unmet (see the options) */
  sla_time projected_due_at;  /* while paused: due if the clock resumed now */
  sla_time next_change_at;    /* when the status changes if nothing else happens */
  sla_seconds target;         /* counted */
  sla_seconds elapsed;        /* counted, without pauses */
  sla_seconds remaining;      /* counted; negative past the target */
  sla_seconds wall_elapsed;   /* by the clock on the wall, without pauses */
  sla_seconds wall_remaining; /* from now to due_at; negative past it */
  sla_seconds late_by;        /* wall clock from breached_at to stop, pause or now; else 0 */
  sla_seconds wall_paused;    /* by the clock on the wall */
  uint32_t metric, phase, status, flags;
  uint32_t priority;
  uint32_t cycle;  /* from 1; 0 while inactive */
  uint32_t met;    /* cycles ended in time, this one included */
  uint32_t missed; /* cycles ended late, this one included */
} sla_result;

/* One metric at now.  Events after now are checked for their order and otherwise ignored.
 * SLA_E_NULL, SLA_E_METRIC, SLA_E_ABI, SLA_E_RANGE; with the index of the event SLA_E_CREATION,
 * SLA_E_ORDER, SLA_E_EVENT, SLA_E_STATUS, SLA_E_PRIORITY, SLA_E_METRIC, SLA_E_RANGE. */
SLA_API int32_t sla_evaluate(const sla_policy *policy, uint32_t metric, const sla_event *events,
                             size_t count, size_t event_size, sla_time now, sla_result *result,
                             size_t result_size, sla_error *error);

/* Every metric the policy has a target for, in the order of sla_policy_metric; *written is their
 * number.  Codes as above, and SLA_E_LIMIT when capacity is too small. */
SLA_API int32_t sla_evaluate_all(const sla_policy *policy, const sla_event *events, size_t count,
                                 size_t event_size, sla_time now, sla_result *results,
                                 size_t capacity, size_t result_size, size_t *written,
                                 sla_error *error);

/* For a ticket that passes from policy to policy (SLA_EVENT_POLICY; its value is an index, or
 * SLA_NONE for no policy); the first is in force from the creation on unless an event at that
 * instant says otherwise.  The last one in force says what starts, pauses and stops the clock.
 * Codes as above, SLA_E_ARGUMENT (no policies), and SLA_E_POLICY with the index of the event. */
SLA_API int32_t sla_evaluate_policies(const sla_policy *const *policies, size_t policy_count,
                                      uint32_t metric, const sla_event *events, size_t count,
                                      size_t event_size, sla_time now, sla_result *result,
                                      size_t result_size, sla_error *error);

/* Every cycle of one metric, in order, each as it ended or as it is at now; with its own priority,
 * and met and missed as they were after it.  `first` is the number of the first one wanted, from 1;
 * at most capacity are written.  When *written equals capacity, go on from there.  Codes as for
 * sla_evaluate_policies, SLA_E_ARGUMENT (first 0, capacity 0). */
SLA_API int32_t sla_evaluate_cycles(const sla_policy *const *policies, size_t policy_count,
                                    uint32_t metric, const sla_event *events, size_t count,
                                    size_t event_size, sla_time now, uint32_t first,
                                    sla_result *cycles, size_t capacity, size_t result_size,
                                    size_t *written, sla_error *error);

/* All cycles of a metric taken together, the open one as it is at now. */
typedef struct sla_totals {
  sla_seconds elapsed, wall_elapsed, wall_paused; /* of all; 0 without a cycle */
  sla_seconds longest, last;  /* elapsed of the longest one and of the last; SLA_NONE without */
  uint32_t cycles, met, missed, cancelled;
  uint32_t longest_cycle;     /* its number, the first of equals; 0 without one */
  uint32_t reserved;          /* 0 */
} sla_totals;

/* Codes as for sla_evaluate_policies. */
SLA_API int32_t sla_evaluate_totals(const sla_policy *const *policies, size_t policy_count,
                                    uint32_t metric, const sla_event *events, size_t count,
                                    size_t event_size, sla_time now, sla_totals *totals,
                                    size_t totals_size, sla_error *error);

/* The same for a row.  Codes as above, and SLA_E_ROW; error->argument is 0 and error->index the
 * position of the field, from 1, when the row itself is at fault. */
SLA_API int32_t sla_evaluate_row(const sla_policy *policy, uint32_t metric, const sla_row *row,
                                 size_t row_size, sla_time now, sla_result *result,
                                 size_t result_size, sla_error *error);
SLA_API int32_t sla_evaluate_row_all(const sla_policy *policy, const sla_row *row, size_t row_size,
                                     sla_time now, sla_result *results, size_t capacity,
                                     size_t result_size, size_t *written, sla_error *error);

/* The log a row means, for reading and for tests: at most 16 events. */
SLA_API int32_t sla_row_events(const sla_policy *policy, const sla_row *row, size_t row_size,
                               sla_event *events, size_t capacity, size_t event_size,
                               size_t *written, sla_error *error);

/* Many tickets in one call.  Holds pointers: not for storage. */
typedef struct sla_batch {
  const sla_policy *const *policies; /* policy_count of them */
  const uint32_t *policy_of;         /* ticket_count indexes; NULL when all use the first */
  const uint32_t *metrics;           /* metric_count of them, at most 64 */
  const sla_event *events;           /* all logs, one after the other; NULL with rows */
  const uint64_t *offsets;           /* ticket_count + 1: log i is [offsets[i], offsets[i + 1]) */
  const sla_row *rows;               /* ticket_count of them; NULL with events */
  sla_result *results;               /* ticket_count x metric_count, a ticket's side by side */
  int32_t *codes;                    /* ticket_count: SLA_OK or why the ticket was left out */
  sla_error *errors;                 /* ticket_count, filled in where a code is not 0; or NULL */
  sla_time now;
  uint64_t policy_count, metric_count, ticket_count;
  uint64_t event_size, row_size, result_size; /* those not used are 0 */
} sla_batch;

/* A ticket that fails leaves its results as they were and spoils no other; *failed counts them.
 * SLA_E_NULL, SLA_E_ABI, SLA_E_METRIC, SLA_E_RANGE, SLA_E_ARGUMENT, SLA_E_LIMIT (more than 64
 * metrics, or counts beyond memory). */
SLA_API int32_t sla_evaluate_batch(const sla_batch *batch, size_t size, uint64_t *failed,
                                   sla_error *error);

/* A ticket's results taken together. */
typedef struct sla_rollup {
  sla_time due_at;         /* the earliest of the running metrics */
  sla_time next_change_at; /* the earliest */
  uint32_t index;          /* of the most urgent result; the fields below are its own */
  uint32_t metric, phase, status;
} sla_rollup;

/* SLA_E_NULL, SLA_E_ABI, SLA_E_ARGUMENT (count 0). */
SLA_API int32_t sla_rollup_results(const sla_result *results, size_t count, size_t result_size,
                                   sla_rollup *rollup, size_t size);

/* *order is negative when a is more urgent than b, positive when less, 0 when neither: running
 * overdue (oldest due first), due soon and on time (earliest due first), paused overdue, paused,
 * missed, met, cancelled, none.  Sort with the input's position as the last key.
 * SLA_E_NULL, SLA_E_ABI. */
SLA_API int32_t sla_result_compare(const sla_result *a, const sla_result *b, size_t size,
                                   int32_t *order);

/* ---- 12. Presets: to behave like a system, and to speak as it does ----------------------- */

/* sla_presets(7) tabulates what each sets, and what could not be verified. */
enum sla_preset {
  SLA_PRESET_HUBSPOT_INBOX = 1, SLA_PRESET_HUBSPOT_HELP_DESK = 2, SLA_PRESET_CHATWOOT = 3,
  SLA_PRESET_ZENDESK = 4, SLA_PRESET_JIRA = 5, SLA_PRESET_SERVICENOW = 6, SLA_PRESET_FRESHDESK = 7,
  SLA_PRESET_ZAMMAD = 8, SLA_PRESET_ZNUNY = 9, SLA_PRESET_GLPI = 10, SLA_PRESET_FRAPPE = 11,
  SLA_PRESET_RT = 12
};

/* Sets the rules, options and pauses of the system's metrics, and leaves targets, calendars and the
 * other metrics alone.  SLA_E_NULL, SLA_E_POLICY (no such preset). */
SLA_API int32_t sla_policy_builder_set_preset(sla_policy_builder *builder, uint32_t preset,
                                              sla_error *error);

enum sla_label_flag { SLA_LABEL_BREACHED = 1, SLA_LABEL_PAUSED = 2 };
#define SLA_NO_LABEL UINT32_MAX /* the system would show nothing */

/* A word of a system's own for a result: its number there, or one of ours where it has words only;
 * and what it says beside the word. */
typedef struct sla_label {
  uint32_t value; /* sla_preset_label_name has the word */
  uint32_t flags; /* enum sla_label_flag */
} sla_label;

/* The label of one metric; that of a whole ticket from the results of its metrics, in any order.
 * SLA_E_NULL, SLA_E_ABI, SLA_E_POLICY (no such preset), SLA_E_ARGUMENT (count 0). */
SLA_API int32_t sla_preset_label(uint32_t preset, const sla_result *result, size_t result_size,
                                 sla_label *label, size_t size);
SLA_API int32_t sla_preset_ticket_label(uint32_t preset, const sla_result *results, size_t count,
                                        size_t result_size, sla_label *label, size_t size);

enum sla_property_kind {
  SLA_PROPERTY_INSTANT = 1,      /* sla_time */
  SLA_PROPERTY_SECONDS = 2,
  SLA_PROPERTY_MILLISECONDS = 3,
  SLA_PROPERTY_LABEL = 4,        /* of sla_preset_label */
  SLA_PROPERTY_TICKET_LABEL = 5, /* of sla_preset_ticket_label */
  SLA_PROPERTY_FLAG = 6,         /* 0 or 1 */
  SLA_PROPERTY_MINUTES = 7       /* rounded down */
};

/* A field that a system keeps of a ticket. */
typedef struct sla_property {
  int64_t value;   /* SLA_NONE where the system would leave it empty */
  uint32_t kind;   /* enum sla_property_kind */
  uint32_t metric; /* 0 when it is of the whole ticket */
} sla_property;

/* The fields of a preset by index, in the order of its table, from the results of a ticket's
 * metrics.  SLA_E_NULL, SLA_E_ABI, SLA_E_POLICY, SLA_E_ARGUMENT (no such index, count 0). */
SLA_API uint32_t sla_preset_property_count(uint32_t preset);
SLA_API int32_t sla_preset_property(uint32_t preset, uint32_t index, const sla_result *results,
                                    size_t count, size_t result_size, sla_property *property,
                                    size_t size);
SLA_API const char *sla_preset_property_name(uint32_t preset, uint32_t index);
SLA_API const char *sla_preset_label_name(uint32_t preset, uint32_t value);
SLA_API const char *sla_preset_name(uint32_t preset); /* "Zendesk" */

/* The preset with a name, ignoring the case of ASCII letters.  SLA_E_NULL, SLA_E_POLICY. */
SLA_API int32_t sla_preset_find(const char *name, size_t length, uint32_t *preset);

/* ---- 13. Rules: which policy a ticket gets ----------------------------------------------- */

/* An ordered list: on which events, under which conditions, which policy.  Immutable, reference
 * counted, shared between threads. */
typedef struct sla_rules sla_rules;
typedef struct sla_rules_builder sla_rules_builder;

/* When rules are tried. */
enum sla_rule_event {
  SLA_RULE_CREATED = 1, SLA_RULE_OPENED = 2, SLA_RULE_UPDATED = 3, SLA_RULE_MESSAGE = 4,
  SLA_RULE_PRIORITY = 5, /* it changed */
  SLA_RULE_OWN = 32      /* the first of the host's own, which are 32 to 63 */
};

/* What the host knows of a ticket, by names of its own. */
enum sla_attribute_type {
  SLA_ATTRIBUTE_TEXT = 1, SLA_ATTRIBUTE_INTEGER = 2, SLA_ATTRIBUTE_INSTANT = 3,
  SLA_ATTRIBUTE_TAGS = 4 /* any number of texts */
};

/* A value of an attribute.  An attribute without a fact is absent; only tags have several. */
typedef struct sla_fact {
  int64_t value;      /* a number or an instant; of a text, where it begins in `texts` */
  uint32_t length;    /* of a text, in bytes; else 0 */
  uint32_t attribute; /* as sla_rules_builder_add_attribute numbers them */
} sla_fact;

/* What a condition is: a group of others, or a test of one attribute against its values.  What is
 * said in the negative is the contrary, and so holds of an absent attribute as well. */
enum sla_condition_kind {
  SLA_ALL_OF = 1, SLA_ANY_OF = 2,
  SLA_NONE_OF = 3,                          /* "not": one condition or several */
  SLA_IS_PRESENT = 8, SLA_IS_ABSENT = 9,    /* no value; any type */
  SLA_EQUALS = 10, SLA_NOT_EQUALS = 11,     /* one value; all but tags */
  SLA_IN = 12, SLA_NOT_IN = 13,             /* one or more; all but tags */
  SLA_CONTAINS = 14, SLA_NOT_CONTAINS = 15, /* one text in a text */
  SLA_STARTS_WITH = 16, SLA_ENDS_WITH = 17,
  SLA_EMAIL_DOMAIN = 18, /* a text that is an e-mail address, of one of these domains or below */
  SLA_LESS = 19, SLA_GREATER = 20, SLA_BETWEEN = 21, /* numbers, instants; both ends included */
  SLA_TAGGED = 22        /* one or more: one of them is one of the tags */
};

enum sla_condition_flag { SLA_IGNORE_CASE = 1 /* of ASCII letters, in a text or a tag */ };

/* A condition as it was told, one after the other as they are written down. */
typedef struct sla_condition {
  uint32_t kind;      /* enum sla_condition_kind */
  uint32_t attribute; /* 0 of a group */
  uint32_t flags;     /* enum sla_condition_flag */
  uint32_t depth;     /* how many groups it is in */
  uint32_t values;    /* how many it has */
  uint32_t reserved;  /* 0 */
} sla_condition;

#define SLA_NO_POLICY UINT32_MAX /* no SLA */
#define SLA_NO_RULE UINT32_MAX   /* the default */

typedef struct sla_rule {
  uint64_t events;     /* bit n: event n; 0 for all events */
  uint32_t policy;     /* the host's number of it, or SLA_NO_POLICY */
  uint32_t conditions; /* how many, groups included */
} sla_rule;

SLA_API int32_t sla_rules_builder_new(const sla_allocator *allocator, sla_rules_builder **builder,
                                      sla_error *error);
SLA_API int32_t sla_rules_builder_new_from(const sla_rules *rules, const sla_allocator *allocator,
                                           sla_rules_builder **builder, sla_error *error);
SLA_API void sla_rules_builder_free(sla_rules_builder *builder);

/* Declares an attribute, at most 256; *attribute is its number, from 0.  A name has 1 to 255 bytes.
 * SLA_E_NULL, SLA_E_NAME, SLA_E_ATTRIBUTE (no such type, a name that is taken), SLA_E_LIMIT; this
 * and all below SLA_E_MEMORY. */
SLA_API int32_t sla_rules_builder_add_attribute(sla_rules_builder *builder, uint32_t type,
                                                const char *name, size_t length,
                                                uint32_t *attribute, sla_error *error);

/* The policy when no rule matches; SLA_NO_POLICY unless set.  SLA_E_NULL. */
SLA_API int32_t sla_rules_builder_set_default(sla_rules_builder *builder, uint32_t policy,
                                              sla_error *error);

/* Adds a rule after the others, at most 1,024.  All of the conditions added from here on to the
 * next rule must hold; without any it always matches.  The name may be empty.
 * SLA_E_NULL, SLA_E_EVENT (an unknown bit), SLA_E_NAME, SLA_E_CONDITION (a group is open),
 * SLA_E_LIMIT. */
SLA_API int32_t sla_rules_builder_add_rule(sla_rules_builder *builder, uint64_t events,
                                           uint32_t policy, const char *name, size_t length,
                                           sla_error *error);

/* A group (SLA_ALL_OF, SLA_ANY_OF, SLA_NONE_OF) of what is added until it is closed; at most 16 in
 * each other.  SLA_E_NULL, SLA_E_CONDITION (no rule yet, no such group, none is open, it is empty),
 * SLA_E_LIMIT. */
SLA_API int32_t sla_rules_builder_open_group(sla_rules_builder *builder, uint32_t kind,
                                             sla_error *error);
SLA_API int32_t sla_rules_builder_close_group(sla_rules_builder *builder, sla_error *error);

/* A test.  Its values are written as facts of its attribute, texts of at most 255 bytes among them;
 * at most 16,384 conditions and values in all.  The second one is for a single text.
 * SLA_E_NULL, SLA_E_ABI, SLA_E_ATTRIBUTE, SLA_E_CONDITION (no rule yet; no such test of the
 * attribute; a flag or a number of values it cannot have); with the index of the value
 * SLA_E_CONDITION (it says what it cannot) and SLA_E_RANGE; SLA_E_LIMIT. */
SLA_API int32_t sla_rules_builder_add_condition(sla_rules_builder *builder, uint32_t attribute,
                                                uint32_t kind, uint32_t flags,
                                                const sla_fact *values, size_t count,
                                                size_t value_size, const char *texts,
                                                size_t texts_length, sla_error *error);
SLA_API int32_t sla_rules_builder_add_text_condition(sla_rules_builder *builder,
                                                     uint32_t attribute, uint32_t kind,
                                                     uint32_t flags, const char *text,
                                                     size_t length, sla_error *error);

/* Compiles; the builder stays as it is.  SLA_E_NULL, SLA_E_CONDITION (a group is open). */
SLA_API int32_t sla_rules_builder_build(const sla_rules_builder *builder, sla_rules **rules,
                                        sla_error *error);

SLA_API sla_rules *sla_rules_ref(const sla_rules *rules);
SLA_API void sla_rules_unref(sla_rules *rules);

/* What the rules were built from; names and texts are written as sla_error_text does.  find gives
 * the number of the attribute with a name.  SLA_E_NULL, SLA_E_ABI, SLA_E_ATTRIBUTE, SLA_E_ARGUMENT
 * (no such rule, condition or value; number of a text, text of a number). */
SLA_API uint32_t sla_rules_attribute_count(const sla_rules *rules);
SLA_API int32_t sla_rules_attribute(const sla_rules *rules, uint32_t attribute, uint32_t *type);
SLA_API int32_t sla_rules_attribute_name(const sla_rules *rules, uint32_t attribute, char *buffer,
                                         size_t capacity, size_t *length);
SLA_API int32_t sla_rules_find_attribute(const sla_rules *rules, const char *name, size_t length,
                                         uint32_t *attribute);
SLA_API uint32_t sla_rules_count(const sla_rules *rules);
SLA_API int32_t sla_rules_rule(const sla_rules *rules, uint32_t index, sla_rule *rule, size_t size);
SLA_API int32_t sla_rules_rule_name(const sla_rules *rules, uint32_t index, char *buffer,
                                    size_t capacity, size_t *length);
SLA_API int32_t sla_rules_condition(const sla_rules *rules, uint32_t rule, uint32_t index,
                                    sla_condition *condition, size_t size);
SLA_API int32_t sla_rules_number(const sla_rules *rules, uint32_t rule, uint32_t condition,
                                 uint32_t index, int64_t *number);
SLA_API int32_t sla_rules_text(const sla_rules *rules, uint32_t rule, uint32_t condition,
                               uint32_t index, char *buffer, size_t capacity, size_t *length);
SLA_API int32_t sla_rules_default(const sla_rules *rules, uint32_t *policy);

typedef struct sla_match {
  uint32_t rule;   /* SLA_NO_RULE when none did */
  uint32_t policy; /* its own, or the default */
} sla_match;

/* The first rule that matches a ticket on an event, or all in their order, at most capacity of them
 * (*count is how many there are in all); the default when there is none.
 * SLA_E_NULL, SLA_E_ABI, SLA_E_EVENT; with the index of the fact SLA_E_ABI, SLA_E_FACT (no such
 * attribute, a second one where there can be none, a text that is not in `texts`, a number with a
 * length) and SLA_E_RANGE; SLA_E_LIMIT (2^32 facts). */
SLA_API int32_t sla_rules_match(const sla_rules *rules, uint32_t event, const sla_fact *facts,
                                size_t fact_count, size_t fact_size, const char *texts,
                                size_t texts_length, sla_match *match, size_t match_size,
                                sla_error *error);
SLA_API int32_t sla_rules_match_all(const sla_rules *rules, uint32_t event, const sla_fact *facts,
                                    size_t fact_count, size_t fact_size, const char *texts,
                                    size_t texts_length, sla_match *matches, size_t capacity,
                                    size_t match_size, size_t *count, sla_error *error);

enum sla_verdict_kind {
  SLA_VERDICT_MATCHES = 1,
  SLA_VERDICT_EVENT = 2,    /* it is not for this event */
  SLA_VERDICT_CONDITION = 3 /* a condition does not hold */
};

/* Why a rule matched or did not. */
typedef struct sla_verdict {
  uint32_t kind;      /* enum sla_verdict_kind */
  uint32_t condition; /* the first that does not hold, looked for in groups of all; else 0 */
} sla_verdict;

/* The verdict on every rule by itself, at most capacity of them; *count is the number of rules.
 * Codes as above. */
SLA_API int32_t sla_rules_explain(const sla_rules *rules, uint32_t event, const sla_fact *facts,
                                  size_t fact_count, size_t fact_size, const char *texts,
                                  size_t texts_length, sla_verdict *verdicts, size_t capacity,
                                  size_t verdict_size, size_t *count, sla_error *error);

/* What is probably not meant, though it is no error; sla_rules(3) says what is found. */
enum sla_rules_lint_kind {
  SLA_RULES_LINT_UNREACHABLE = 1,   /* never the first: `other` is the rule that matches before */
  SLA_RULES_LINT_CONTRADICTORY = 2, /* never matches: `condition` and `other` exclude each other */
  SLA_RULES_LINT_POLICY = 3         /* a policy beyond those there are */
};

typedef struct sla_rules_lint {
  uint32_t kind;      /* enum sla_rules_lint_kind */
  uint32_t rule;      /* SLA_NO_RULE for the default */
  uint32_t condition; /* 0 when it is about none */
  uint32_t other;
} sla_rules_lint;

/* The lints of rules that choose among so many policies, at most capacity of them; *count is how
 * many there are in all.  SLA_E_NULL, SLA_E_ABI. */
SLA_API int32_t sla_rules_lints(const sla_rules *rules, uint32_t policy_count,
                                sla_rules_lint *lints, size_t capacity, size_t size, size_t *count,
                                sla_error *error);

/* As in section 10. */
SLA_API int32_t sla_rules_bytes(const sla_rules *rules, void *buffer, size_t capacity,
                                size_t *length);
SLA_API int32_t sla_rules_new_bytes(const void *bytes, size_t length,
                                    const sla_allocator *allocator, sla_rules **rules,
                                    sla_error *error);
SLA_API int32_t sla_rules_equal(const sla_rules *a, const sla_rules *b, uint32_t *equal);
SLA_API int32_t sla_rules_hash(const sla_rules *rules, uint64_t *hash);

/* ---- 14. Policy sets: agreements, their versions, several on one ticket ------------------ */

/* What a host has agreed: each agreement with the versions of its policy.  Immutable, reference
 * counted, shared between threads. */
typedef struct sla_policy_set sla_policy_set;
typedef struct sla_policy_set_builder sla_policy_set_builder;

enum sla_agreement_kind {
  SLA_AGREEMENT_CUSTOMER = 1, SLA_AGREEMENT_INTERNAL = 2, SLA_AGREEMENT_SUPPLIER = 3
};

typedef struct sla_agreement {
  uint32_t kind;     /* enum sla_agreement_kind */
  uint32_t versions; /* how many */
} sla_agreement;

typedef struct sla_policy_version {
  sla_time effective_at; /* for tickets created from then on; SLA_NONE for all before the next */
  uint64_t hash;         /* sla_policy_hash of its policy */
  uint32_t number;       /* the host's, from 1 */
  uint32_t reserved;     /* 0 */
} sla_policy_version;

SLA_API int32_t sla_policy_set_builder_new(const sla_allocator *allocator,
                                           sla_policy_set_builder **builder, sla_error *error);
SLA_API int32_t sla_policy_set_builder_new_from(const sla_policy_set *set,
                                                const sla_allocator *allocator,
                                                sla_policy_set_builder **builder,
                                                sla_error *error);
SLA_API void sla_policy_set_builder_free(sla_policy_set_builder *builder);

/* Adds an agreement, at most 1,024; they are numbered from 0.  A name has 1 to 255 bytes, a
 * description at most 4,096.
 * SLA_E_NULL, SLA_E_ARGUMENT (no such kind), SLA_E_NAME, SLA_E_LIMIT, SLA_E_MEMORY. */
SLA_API int32_t sla_policy_set_builder_add_agreement(sla_policy_set_builder *builder, uint32_t kind,
                                                     const char *name, size_t name_length,
                                                     const char *description,
                                                     size_t description_length, sla_error *error);

/* Adds a version of an agreement, at most 16,384 in all: with a higher number and effective later
 * than the one before it; only the first may have SLA_NONE.
 * SLA_E_NULL, SLA_E_POLICY (no such agreement), SLA_E_RANGE, SLA_E_VERSION, SLA_E_LIMIT,
 * SLA_E_MEMORY. */
SLA_API int32_t sla_policy_set_builder_add_version(sla_policy_set_builder *builder,
                                                   uint32_t agreement, uint32_t number,
                                                   sla_time effective_at, const sla_policy *policy,
                                                   sla_error *error);

/* Compiles; the builder stays as it is.  SLA_E_NULL, SLA_E_VERSION (error->index is an agreement
 * without one), SLA_E_LIMIT (more than 4,096 different calendars), SLA_E_MEMORY. */
SLA_API int32_t sla_policy_set_builder_build(const sla_policy_set_builder *builder,
                                             sla_policy_set **set, sla_error *error);

SLA_API sla_policy_set *sla_policy_set_ref(const sla_policy_set *set);
SLA_API void sla_policy_set_unref(sla_policy_set *set);

/* What the set was built from; versions are numbered from 0 within their agreement.  Texts are
 * written as sla_error_text does; policies are borrowed, NULL where there is none.
 * SLA_E_NULL, SLA_E_ABI, SLA_E_POLICY (no such agreement), SLA_E_VERSION (no such version). */
SLA_API uint32_t sla_policy_set_count(const sla_policy_set *set);
SLA_API int32_t sla_policy_set_agreement(const sla_policy_set *set, uint32_t index,
                                         sla_agreement *agreement, size_t size);
SLA_API int32_t sla_policy_set_name(const sla_policy_set *set, uint32_t index, char *buffer,
                                    size_t capacity, size_t *length);
SLA_API int32_t sla_policy_set_description(const sla_policy_set *set, uint32_t index, char *buffer,
                                           size_t capacity, size_t *length);
SLA_API int32_t sla_policy_set_version(const sla_policy_set *set, uint32_t index, uint32_t version,
                                       sla_policy_version *found, size_t size);
SLA_API const sla_policy *sla_policy_set_policy(const sla_policy_set *set, uint32_t index,
                                                uint32_t version);

/* The version in force for tickets created at an instant; SLA_NO_VERSION before the first.
 * SLA_E_NULL, SLA_E_POLICY, SLA_E_RANGE. */
#define SLA_NO_VERSION UINT32_MAX
SLA_API int32_t sla_policy_set_version_at(const sla_policy_set *set, uint32_t index,
                                          sla_time created_at, uint32_t *version);

/* Who has to act: the customer while the ticket is pending, somebody else while it is on hold, we
 * while it is new or open, nobody when it is done or cancelled. */
enum sla_holder {
  SLA_HOLDER_NOBODY = 0, SLA_HOLDER_US = 1, SLA_HOLDER_CUSTOMER = 2, SLA_HOLDER_OTHER = 3
};

/* SLA_E_NULL, SLA_E_STATUS. */
SLA_API int32_t sla_policy_holder(const sla_policy *policy, uint32_t status, uint32_t *holder);

/* How a ticket stands under one agreement. */
typedef struct sla_outcome {
  uint64_t hash;      /* of the policy, 0 without one */
  uint32_t agreement;
  uint32_t version;   /* its place, or SLA_NO_VERSION */
  uint32_t number;    /* of the version, 0 without one */
  uint32_t holder;    /* enum sla_holder, as that policy has the statuses */
  uint32_t first;     /* the place of its first result */
  uint32_t results;   /* how many, in the order of sla_policy_metric; 0 without a version */
} sla_outcome;

/* One log under several agreements, each by itself: an outcome for each, and their results one
 * after the other, for sla_rollup_results.  Versions are those in force at `applied_at`, or with
 * SLA_NONE at the creation.  Codes as for sla_evaluate, SLA_E_POLICY with the index of an agreement
 * that is not there, and SLA_E_LIMIT when capacity is too small. */
SLA_API int32_t sla_policy_set_evaluate(const sla_policy_set *set, const uint32_t *agreements,
                                        size_t agreement_count, const sla_event *events,
                                        size_t count, size_t event_size, sla_time applied_at,
                                        sla_time now, sla_outcome *outcomes, size_t outcome_size,
                                        sla_result *results, size_t capacity, size_t result_size,
                                        size_t *written, sla_error *error);

/* The same for a row; codes as for sla_evaluate_row, and those above. */
SLA_API int32_t sla_policy_set_evaluate_row(const sla_policy_set *set, const uint32_t *agreements,
                                            size_t agreement_count, const sla_row *row,
                                            size_t row_size, sla_time applied_at, sla_time now,
                                            sla_outcome *outcomes, size_t outcome_size,
                                            sla_result *results, size_t capacity,
                                            size_t result_size, size_t *written,
                                            sla_error *error);

/* What becomes of one metric when another policy takes the place of the one before. */
typedef struct sla_policy_change {
  sla_time old_due_at, new_due_at; /* of a paused one if it resumed now */
  uint32_t metric;
  uint32_t changed;                /* 1 when something differs, else 0 */
  uint32_t old_phase, new_phase;   /* SLA_INACTIVE without a target */
  uint32_t old_status, new_status; /* SLA_STATUS_NONE without a target */
} sla_policy_change;

/* What applying another policy to a ticket would change, before it is done: metric by metric, of
 * all that have a target in either.  Codes as for sla_evaluate, SLA_E_LIMIT when capacity is too
 * small. */
SLA_API int32_t sla_policy_changes(const sla_policy *from, const sla_policy *to,
                                   const sla_event *events, size_t count, size_t event_size,
                                   sla_time now, sla_policy_change *changes, size_t capacity,
                                   size_t change_size, size_t *written, sla_error *error);

/* As in section 10. */
SLA_API int32_t sla_policy_set_bytes(const sla_policy_set *set, void *buffer, size_t capacity,
                                     size_t *length);
SLA_API int32_t sla_policy_set_new_bytes(const void *bytes, size_t length,
                                         const sla_allocator *allocator, sla_policy_set **set,
                                         sla_error *error);
SLA_API int32_t sla_policy_set_equal(const sla_policy_set *a, const sla_policy_set *b,
                                     uint32_t *equal);
SLA_API int32_t sla_policy_set_hash(const sla_policy_set *set, uint64_t *hash);

/* ---- 15. Reports ------------------------------------------------------------------------ */

/* What a report counts of a ticket besides its results. */
typedef struct sla_history {
  sla_time created_at;
  sla_time done_at;    /* when it was last solved or closed; SLA_NONE while it is not done */
  uint32_t state;      /* enum sla_history_state */
  uint32_t replies;    /* public ones of agents */
  uint32_t reopenings;
  uint32_t reserved;   /* 0 */
} sla_history;

enum sla_history_state {
  SLA_HISTORY_NONE = 0, /* not created yet */
  SLA_HISTORY_OPEN = 1, SLA_HISTORY_DONE = 2, SLA_HISTORY_CANCELLED = 3
};

/* Of a log or a row at now, with the statuses of the policy.  Codes as for sla_evaluate and
 * sla_evaluate_row. */
SLA_API int32_t sla_history_of_events(const sla_policy *policy, const sla_event *events,
                                      size_t count, size_t event_size, sla_time now,
                                      sla_history *history, size_t size, sla_error *error);
SLA_API int32_t sla_history_of_row(const sla_policy *policy, const sla_row *row, size_t row_size,
                                   sla_time now, sla_history *history, size_t size,
                                   sla_error *error);

/* Counts of tickets and times, by groups that the host numbers.  Grows with the groups and how much
 * times differ, not with the tickets.  Belongs to one thread at a time. */
typedef struct sla_report sla_report;

/* With the ages (seconds, ascending, at most 16) up to which open tickets are counted apart.
 * SLA_E_NULL, SLA_E_ARGUMENT and the index of an age, SLA_E_LIMIT, SLA_E_MEMORY. */
SLA_API int32_t sla_report_new(const sla_allocator *allocator, const sla_seconds *ages,
                               size_t count, sla_report **report, sla_error *error);
SLA_API void sla_report_free(sla_report *report);

/* One ticket of a group (any number but SLA_NONE), with its results: one a metric, or all cycles of
 * it as sla_evaluate_cycles gives them.  SLA_E_NULL, SLA_E_ARGUMENT, SLA_E_ABI, SLA_E_RANGE,
 * SLA_E_METRIC, SLA_E_LIMIT (a million groups), SLA_E_MEMORY; error->index is the result. */
SLA_API int32_t sla_report_add(sla_report *report, int64_t group, const sla_history *history,
                               size_t history_size, const sla_result *results, size_t count,
                               size_t result_size, sla_time now, sla_error *error);

/* Adds what another report has counted, exactly: in any order and nesting the outcome is the same.
 * SLA_E_NULL, SLA_E_ARGUMENT (other ages), SLA_E_LIMIT, SLA_E_MEMORY. */
SLA_API int32_t sla_report_merge(sla_report *into, const sla_report *from, sla_error *error);

/* As for calendars and policies in section 10; reports that count the same have the same bytes. */
SLA_API int32_t sla_report_bytes(const sla_report *report, void *buffer, size_t capacity,
                                 size_t *length);
SLA_API int32_t sla_report_new_bytes(const void *bytes, size_t length,
                                     const sla_allocator *allocator, sla_report **report,
                                     sla_error *error);

/* The groups, ascending, and the ages.  SLA_E_NULL, SLA_E_ARGUMENT (no such index). */
SLA_API uint32_t sla_report_group_count(const sla_report *report);
SLA_API int32_t sla_report_group(const sla_report *report, uint32_t index, int64_t *group);
SLA_API uint32_t sla_report_age_count(const sla_report *report);
SLA_API int32_t sla_report_age(const sla_report *report, uint32_t index, sla_seconds *age);

typedef struct sla_ticket_counts {
  uint64_t tickets;       /* open, done, cancelled */
  uint64_t open, done, cancelled;
  uint64_t first_contact; /* done, with at most one reply, and never reopened */
  uint64_t reopened;      /* at least once, whatever they are now */
} sla_ticket_counts;

typedef struct sla_metric_counts {
  uint64_t on_time, due_soon; /* running */
  uint64_t overdue;           /* running, or paused and overdue before */
  uint64_t paused;
  uint64_t met, missed, cancelled, without_target;
  uint64_t measured;          /* fulfilled: the times below are theirs; SLA_NONE without any */
  int64_t attainment; /* of met, missed and overdue the share of met, in hundredths of a per cent,
                         rounded down; SLA_NONE without any */
  sla_seconds mean, least, most;                /* counted; the mean rounded down */
  sla_seconds wall_mean, wall_least, wall_most; /* by the clock on the wall */
} sla_metric_counts;

/* Of a group, or of all with SLA_NONE; zeros for one that is not there.  The backlog are the open
 * tickets up to each age, then the older ones: age_count + 1 numbers.
 * SLA_E_NULL, SLA_E_ABI, SLA_E_METRIC, SLA_E_LIMIT (capacity too small; a sum beyond 2^63). */
SLA_API int32_t sla_report_tickets(const sla_report *report, int64_t group,
                                   sla_ticket_counts *counts, size_t size);
SLA_API int32_t sla_report_backlog(const sla_report *report, int64_t group, uint64_t *counts,
                                   size_t capacity, size_t *written);
SLA_API int32_t sla_report_metric(const sla_report *report, int64_t group, uint32_t metric,
                                  sla_metric_counts *counts, size_t size);

/* The time that a share of the measured cycles (in hundredths of a per cent, 1 to 10000) did not
 * exceed: it lies between *least and *most, which differ by at most *most / 64; SLA_NONE without
 * any.  How many cycles took at most a length: between *least and *most.  clock is counted time
 * (SLA_BUSINESS_HOURS) or the clock on the wall (SLA_AROUND_THE_CLOCK).
 * SLA_E_NULL, SLA_E_METRIC, SLA_E_ARGUMENT, SLA_E_RANGE. */
SLA_API int32_t sla_report_percentile(const sla_report *report, int64_t group, uint32_t metric,
                                      uint32_t clock, uint32_t share, sla_seconds *least,
                                      sla_seconds *most);
SLA_API int32_t sla_report_times_up_to(const sla_report *report, int64_t group, uint32_t metric,
                                       uint32_t clock, sla_seconds length, uint64_t *least,
                                       uint64_t *most);

enum sla_objective_kind {
  SLA_OBJECTIVE_SHARE = 1, /* goal: hundredths of a per cent, 1 to 10000, of those decided */
  SLA_OBJECTIVE_COUNT = 2  /* goal: a number of good ones, at least 1 */
};

/* What is to be reached in a period: "95 % of first responses on time each month". */
typedef struct sla_objective {
  sla_time from, to; /* the period, half-open */
  int64_t goal;
  int64_t expected;  /* cases in the whole period; 0 when nobody knows */
  uint32_t kind;     /* enum sla_objective_kind */
  uint32_t reserved; /* 0 */
} sla_objective;

enum sla_objective_verdict {
  SLA_OBJECTIVE_ON_TRACK = 1, SLA_OBJECTIVE_AT_RISK = 2,
  SLA_OBJECTIVE_MET = 3,    /* or certain to be */
  SLA_OBJECTIVE_MISSED = 4, /* or out of reach */
  SLA_OBJECTIVE_EMPTY = 5   /* the period is over and nothing was decided */
};

/* How it stands; SLA_NONE where it does not apply. */
typedef struct sla_standing {
  int64_t attainment; /* share of the good, in hundredths of a per cent, rounded down */
  int64_t projected;  /* good ones at the end, were it to go on as so far */
  int64_t needed;     /* good ones still to come: in a row, where expected is not known */
  int64_t spare;      /* bad ones that may still come */
  uint32_t verdict;   /* enum sla_objective_verdict */
  uint32_t reserved;  /* 0 */
} sla_standing;

/* With so many good and bad cases (together at most 2^49) up to now.
 * SLA_E_NULL, SLA_E_ABI, SLA_E_ARGUMENT, SLA_E_TARGET, SLA_E_RANGE. */
SLA_API int32_t sla_objective_judge(const sla_objective *objective, size_t size, int64_t good,
                                    int64_t bad, sla_time now, sla_standing *standing,
                                    size_t standing_size, sla_error *error);

/* Cycles counted by how they would have gone. */
typedef struct sla_tally {
  uint64_t met, missed, overdue, open, cancelled, without_target;
} sla_tally;

/* One past ticket under other policies: adds the cycles of a metric under each candidate to its
 * tally.  Codes as for sla_evaluate_policies; then no tally is changed. */
SLA_API int32_t sla_backtest(const sla_policy *const *candidates, size_t candidate_count,
                             uint32_t metric, const sla_event *events, size_t count,
                             size_t event_size, sla_time now, sla_tally *tallies,
                             size_t tally_size, sla_error *error);

/* ---- 16. Names, sizes ------------------------------------------------------------------- */

/* Stable lower-case names ("first response", "due soon"); NULL for a number that has none. */
SLA_API const char *sla_code_name(int32_t code); /* "SLA_E_NEVER" */
SLA_API const char *sla_metric_name(uint32_t metric);
SLA_API const char *sla_phase_name(uint32_t phase);
SLA_API const char *sla_status_name(uint32_t status);
SLA_API const char *sla_ticket_status_name(uint32_t status);
SLA_API const char *sla_priority_name(uint32_t priority);
SLA_API const char *sla_event_kind_name(uint32_t kind);
SLA_API const char *sla_unit_name(uint32_t unit);
SLA_API const char *sla_clock_name(uint32_t clock);
SLA_API const char *sla_shape_name(uint32_t shape);
SLA_API const char *sla_option_name(uint32_t option);
SLA_API const char *sla_option_value_name(uint32_t option, uint32_t value);
SLA_API const char *sla_lint_name(uint32_t kind); /* a short sentence */
SLA_API const char *sla_rule_event_name(uint32_t event);
SLA_API const char *sla_attribute_type_name(uint32_t type);
SLA_API const char *sla_condition_kind_name(uint32_t kind);
SLA_API const char *sla_verdict_name(uint32_t kind);
SLA_API const char *sla_agreement_kind_name(uint32_t kind);
SLA_API const char *sla_holder_name(uint32_t holder);
SLA_API const char *sla_rules_lint_name(uint32_t kind); /* a short sentence */
SLA_API const char *sla_objective_verdict_name(uint32_t verdict);

/* Bytes of memory that an object holds, for whoever collects garbage or keeps a cache: without what
 * it refers to (a calendar to its zone, a policy to its calendars); 0 for NULL. */
SLA_API size_t sla_zone_memory(const sla_zone *zone);
SLA_API size_t sla_calendar_memory(const sla_calendar *calendar);
SLA_API size_t sla_policy_memory(const sla_policy *policy);
SLA_API size_t sla_rules_memory(const sla_rules *rules);
SLA_API size_t sla_policy_set_memory(const sla_policy_set *set);
SLA_API size_t sla_report_memory(const sla_report *report);

/* sizeof each record in this version of the library. */
SLA_API size_t sla_error_size(void);
SLA_API size_t sla_civil_size(void);
SLA_API size_t sla_entry_size(void);
SLA_API size_t sla_interval_size(void);
SLA_API size_t sla_target_size(void);
SLA_API size_t sla_metric_rule_size(void);
SLA_API size_t sla_lint_size(void);
SLA_API size_t sla_totals_size(void);
SLA_API size_t sla_label_size(void);
SLA_API size_t sla_property_size(void);
SLA_API size_t sla_fact_size(void);
SLA_API size_t sla_condition_size(void);
SLA_API size_t sla_rule_size(void);
SLA_API size_t sla_match_size(void);
SLA_API size_t sla_verdict_size(void);
SLA_API size_t sla_rules_lint_size(void);
SLA_API size_t sla_agreement_size(void);
SLA_API size_t sla_policy_version_size(void);
SLA_API size_t sla_outcome_size(void);
SLA_API size_t sla_policy_change_size(void);
SLA_API size_t sla_event_size(void);
SLA_API size_t sla_row_size(void);
SLA_API size_t sla_result_size(void);
SLA_API size_t sla_rollup_size(void);
SLA_API size_t sla_batch_size(void);
SLA_API size_t sla_history_size(void);
SLA_API size_t sla_ticket_counts_size(void);
SLA_API size_t sla_metric_counts_size(void);
SLA_API size_t sla_objective_size(void);
SLA_API size_t sla_standing_size(void);
SLA_API size_t sla_tally_size(void);

#ifdef __cplusplus
}
#endif

#endif
