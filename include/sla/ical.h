/* SPDX-License-Identifier: MIT */
/*
 * libsla-ical: holidays and opening hours from iCalendar files (RFC 5545, RFC 7953), and back.
 *
 *     reader (what to take)  +  bytes  ->  feed (a list of calendar entries)  ->  calendar builder
 *
 * A customer of libsla like any other: the rules of <sla/sla.h> hold here too.  No type of another
 * library is in this interface.  Bytes may come from anywhere: what cannot be understood is refused
 * with its line and column, and nothing that says when is ever left out.
 *
 * Manual: sla_ical(3).
 */
#ifndef SLA_ICAL_H
#define SLA_ICAL_H

#include <sla/sla.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- 1. Codes --------------------------------------------------------------------------- */

enum sla_ical_code {                /* besides those of enum sla_code */
  SLA_ICAL_E_ENCODING = -100,       /* a byte that is zero or not UTF-8 */
  SLA_ICAL_E_SYNTAX = -101,         /* not iCalendar, or a component that does not end */
  SLA_ICAL_E_SIZE = -102,           /* over the limit of bytes */
  SLA_ICAL_E_LINE = -103,           /* over that of a line, its folds included */
  SLA_ICAL_E_NESTING = -104,        /* over that of components within components */
  SLA_ICAL_E_COMPONENTS = -105,     /* over that of components */
  SLA_ICAL_E_PROPERTIES = -106,     /* over that of the properties of one component */
  SLA_ICAL_E_PARAMETERS = -109,     /* over that of the parameters of one property */
  SLA_ICAL_E_INSTANCES = -107,      /* over that of occurrences, or of days searched for them */
  SLA_ICAL_E_WINDOW = -108,         /* no window of dates, or a longer one than the limit */
  SLA_ICAL_E_VALUE = -110,          /* a property that says when, and cannot be understood */
  SLA_ICAL_E_RULE = -111,           /* a malformed recurrence rule */
  SLA_ICAL_E_UNSUPPORTED = -112,    /* a rule below daily, another calendar scale, RANGE */
  SLA_ICAL_E_ZONE = -113,           /* a TZID that neither the file nor the host explains */
  SLA_ICAL_E_EVENT = -114,          /* an event that contradicts itself */
  SLA_ICAL_E_WORKDAY = -115         /* a make-up working day the hours of which are not known */
};

/* As sla_error_text and sla_code_name, for all codes of both libraries. */
SLA_API size_t sla_ical_error_text(const sla_error *error, char *buffer, size_t capacity);
SLA_API const char *sla_ical_code_name(int32_t code);

SLA_API uint32_t sla_ical_version(void); /* SLA_VERSION of the library that is linked */

/* ---- 2. Limits -------------------------------------------------------------------------- */

/* What a file may cost.  In every field 0 stands for the default. */
typedef struct sla_ical_limits {
  uint64_t bytes;       /* of a file: 16 MiB; at most 1 GiB */
  uint32_t line;        /* bytes of a line once unfolded: 65,536; at most 1 MiB */
  uint32_t nesting;     /* components within components: 8; at most 64 */
  uint32_t components;  /* in a file: 100,000; at most 10,000,000 */
  uint32_t properties;  /* of one component, the values of lists each: 10,000; at most 1,000,000 */
  uint32_t parameters;  /* of one property: 64; at most 1,000 */
  uint32_t instances;   /* occurrences in the window, of all events: 100,000; at most 10,000,000 */
  uint32_t window_days; /* 36,525; at most 3,652,059 */
  uint32_t search_days; /* looked at for all rules: 500,000; at most 2,000,000,000 */
} sla_ical_limits;

/* ---- 3. Readers: what to take ----------------------------------------------------------- */

/* A reader belongs to one thread while it is being set; while it is not, any number of threads may
 * read with it at once. */
typedef struct sla_ical_reader sla_ical_reader;

/* SLA_E_NULL, SLA_E_MEMORY. */
SLA_API int32_t sla_ical_reader_new(const sla_allocator *allocator, sla_ical_reader **reader,
                                    sla_error *error);
SLA_API void sla_ical_reader_free(sla_ical_reader *reader);

/* The first and the last date to list; required, and within years 2 to 9998.
 * SLA_E_NULL, SLA_E_DATE; a window that is too long is SLA_ICAL_E_WINDOW when something is read. */
SLA_API int32_t sla_ical_reader_set_window(sla_ical_reader *reader, sla_date first, sla_date last,
                                           sla_error *error);

/* The zone of the calendar, to the wall clock of which everything is converted.  Without one only
 * dates and floating times can be read.  SLA_E_NULL. */
SLA_API int32_t sla_ical_reader_set_zone(sla_ical_reader *reader, const sla_zone *zone,
                                         sla_error *error);

/* A zone by the name that files give it (TZID).  It wins over the file's own definition, and it
 * also explains names that end in a slash and this name, and begin with a slash.  At most 1,024.
 * SLA_E_NULL, SLA_E_NAME (empty, over 255 bytes, not UTF-8), SLA_E_LIMIT, SLA_E_MEMORY. */
SLA_API int32_t sla_ical_reader_add_zone(sla_ical_reader *reader, const char *tzid, size_t length,
                                         const sla_zone *zone, sla_error *error);

/* SLA_E_NULL, SLA_E_ABI, SLA_E_ARGUMENT (a limit over the most it may be: error->limit). */
SLA_API int32_t sla_ical_reader_set_limits(sla_ical_reader *reader, const sla_ical_limits *limits,
                                           size_t size, sla_error *error);

/* 1 reads a file that is not UTF-8 as ISO 8859-1; 0, the default, refuses it.
 * SLA_E_NULL, SLA_E_ARGUMENT. */
SLA_API int32_t sla_ical_reader_set_latin1(sla_ical_reader *reader, uint32_t accepted,
                                           sla_error *error);

/* What of the events to take; all comparisons ignore the case of ASCII letters.  Events that match
 * a LEAVE filter are left; when there is a TAKE filter, so are those that match none. */
enum sla_ical_filter {
  SLA_ICAL_TAKE_CATEGORY = 1,    /* one of CATEGORIES is this */
  SLA_ICAL_LEAVE_CATEGORY = 2,
  SLA_ICAL_TAKE_TEXT = 3,        /* SUMMARY contains this */
  SLA_ICAL_LEAVE_TEXT = 4,
  SLA_ICAL_WORKDAY_CATEGORY = 5  /* no filter: events of this category are make-up working days */
};

/* SLA_E_NULL, SLA_E_ARGUMENT (no such filter), SLA_E_NAME (empty, over 255 bytes, not UTF-8),
 * SLA_E_LIMIT (over 1,024), SLA_E_MEMORY. */
SLA_API int32_t sla_ical_reader_add_filter(sla_ical_reader *reader, uint32_t filter,
                                           const char *text, size_t length, sla_error *error);

/* Leaves out one occurrence of an event, by its date as sla_ical_source gives it, or with date 0
 * all of them.  SLA_E_NULL, SLA_E_DATE, SLA_E_NAME (over 1,024 bytes, not UTF-8),
 * SLA_E_LIMIT (over 65,536), SLA_E_MEMORY. */
SLA_API int32_t sla_ical_reader_switch_off(sla_ical_reader *reader, const char *uid, size_t length,
                                           sla_date date, sla_error *error);

/* The hours of make-up working days that give a date only; several calls make several intervals.
 * SLA_E_NULL, SLA_E_TIME, SLA_E_LIMIT (over 16), SLA_E_MEMORY. */
SLA_API int32_t sla_ical_reader_add_workday_hours(sla_ical_reader *reader, int32_t opens,
                                                  int32_t closes, sla_error *error);

/* ---- 4. Feeds: what a file says --------------------------------------------------------- */

/* Immutable, reference counted, shared between threads. */
typedef struct sla_ical_feed sla_ical_feed;

/* Reads events as holidays, closures and make-up working days.  SLA_E_NULL, SLA_E_MEMORY, and every
 * SLA_ICAL_E_ code but WORKDAY, with line and column (index is the byte) in the bytes as they were
 * given; SIZE and WINDOW have none. */
SLA_API int32_t sla_ical_read_holidays(const sla_ical_reader *reader, const void *bytes,
                                       size_t length, sla_ical_feed **feed, sla_error *error);

/* Reads availability (RFC 7953), or the events of a file that has none, as opening hours: weekly
 * hours, and special hours or holidays for the dates of the window that differ from them.  Codes as
 * above. */
SLA_API int32_t sla_ical_read_hours(const sla_ical_reader *reader, const void *bytes,
                                    size_t length, sla_ical_feed **feed, sla_error *error);

SLA_API sla_ical_feed *sla_ical_feed_ref(const sla_ical_feed *feed);
SLA_API void sla_ical_feed_unref(sla_ical_feed *feed);

enum sla_ical_flag {
  SLA_ICAL_WORKDAY = 1, /* of a make-up working day */
  SLA_ICAL_NO_HOURS = 2 /* ... the hours of which are not known: the entry has none */
};

/* Where an entry comes from. */
typedef struct sla_ical_source {
  sla_date date;  /* on which the occurrence begins, in the calendar's zone; 0 for what comes every
                   * week or every year */
  uint32_t line;  /* on which its event begins in the file, from 1; 0 when it has many */
  uint32_t flags; /* enum sla_ical_flag */
} sla_ical_source;

/* The texts of entries and of due dates. */
enum sla_ical_text {
  SLA_ICAL_NAME = 1, SLA_ICAL_UID = 2, SLA_ICAL_DESCRIPTION = 3, SLA_ICAL_URL = 4
};

/* What was read and what became of it. */
typedef struct sla_ical_summary {
  uint32_t events;       /* components that could have made entries */
  uint32_t cancelled;    /* events with STATUS:CANCELLED */
  uint32_t filtered;     /* events that a filter left out */
  uint32_t switched_off; /* occurrences that were switched off */
  uint32_t outside;      /* events without an occurrence in the window */
  uint32_t empty;        /* occurrences that last no time */
  uint32_t dropped;      /* malformed properties, none of which says when */
} sla_ical_summary;

/* The listing, in order of date, then of line.  SLA_E_NULL, SLA_E_ARGUMENT (no such entry or text),
 * SLA_E_ABI.  Texts are written as sla_error_text does it. */
SLA_API uint32_t sla_ical_feed_count(const sla_ical_feed *feed);
SLA_API int32_t sla_ical_feed_entry(const sla_ical_feed *feed, uint32_t index, sla_entry *entry,
                                    size_t size);
SLA_API int32_t sla_ical_feed_source(const sla_ical_feed *feed, uint32_t index,
                                     sla_ical_source *source, size_t size);
SLA_API int32_t sla_ical_feed_text(const sla_ical_feed *feed, uint32_t index, uint32_t which,
                                   char *buffer, size_t capacity, size_t *length);
SLA_API int32_t sla_ical_feed_summary(const sla_ical_feed *feed, sla_ical_summary *summary,
                                      size_t size);

/* Adds every entry to the builder, or none.  SLA_E_NULL, SLA_E_LIMIT, SLA_E_MEMORY, and
 * SLA_ICAL_E_WORKDAY with the index of an entry that has no hours. */
SLA_API int32_t sla_ical_feed_apply(const sla_ical_feed *feed, sla_calendar_builder *builder,
                                    sla_error *error);

/* ---- 5. Writing ------------------------------------------------------------------------- */

/* A file in the making.  Belongs to one thread at a time; takes no reference to anything. */
typedef struct sla_ical_writer sla_ical_writer;

/* SLA_E_NULL, SLA_E_MEMORY. */
SLA_API int32_t sla_ical_writer_new(const sla_allocator *allocator, sla_ical_writer **writer,
                                    sla_error *error);
SLA_API void sla_ical_writer_free(sla_ical_writer *writer);

/* What calendar programs call it (X-WR-CALNAME).  In this and in every text of a file control
 * characters become blanks, but for tabs and ends of lines.
 * SLA_E_NULL, SLA_E_NAME (not UTF-8, over 16,384 bytes), SLA_E_MEMORY. */
SLA_API int32_t sla_ical_writer_set_name(sla_ical_writer *writer, const char *name, size_t length,
                                         sla_error *error);

/* A calendar, whole: weekly hours as availability (RFC 7953), the rest as events, and its zone
 * under the name tzid for the dates from first to last.  Entries without a first date begin in
 * that window.  `stamp` becomes every DTSTAMP.  What is read back is equal: sla_ical_writer(3).
 * SLA_E_NULL, SLA_E_NAME (tzid: empty, over 255 bytes, not UTF-8, with quotes or control
 * characters), SLA_E_DATE (or not in years 2 to 9998), SLA_ICAL_E_WINDOW (over 36,525
 * days), SLA_E_RANGE, SLA_E_LIMIT (a second calendar), SLA_ICAL_E_ZONE (an offset of a day or
 * more), SLA_E_MEMORY. */
SLA_API int32_t sla_ical_writer_add_calendar(sla_ical_writer *writer, const sla_calendar *calendar,
                                             const char *tzid, size_t tzid_length, sla_date first,
                                             sla_date last, sla_time stamp, sla_error *error);

enum sla_ical_component { SLA_ICAL_EVENT = 1, SLA_ICAL_TODO = 2 };

/* Something that is due. */
typedef struct sla_ical_due {
  sla_time due_at;    /* an event ends then, or is just that point in time */
  sla_time from_at;   /* and begins then, before due_at; SLA_NONE for no beginning */
  sla_time stamp_at;  /* when it last changed (DTSTAMP) */
  uint32_t component; /* enum sla_ical_component */
  uint32_t priority;  /* 1 the highest to 9; 0 for none (RFC 5545) */
} sla_ical_due;

/* A due date of its own UID; all are in UTC.  SLA_E_NULL, SLA_E_ABI, SLA_E_ARGUMENT, SLA_E_RANGE,
 * SLA_ICAL_E_EVENT (from_at is not before due_at), SLA_E_NAME (a text that is not UTF-8 or over
 * 16,384 bytes, no UID), SLA_E_LIMIT (over 100,000), SLA_E_MEMORY. */
SLA_API int32_t sla_ical_writer_add_due(sla_ical_writer *writer, const sla_ical_due *due,
                                        size_t size, const char *uid, size_t uid_length,
                                        const char *summary, size_t summary_length,
                                        sla_error *error);

/* To the due date added last: SLA_ICAL_DESCRIPTION or SLA_ICAL_URL (without blanks), an empty text
 * for none; an alarm, which shows the summary.  SLA_E_NULL, SLA_E_ARGUMENT (there is none, or no
 * such text), SLA_E_NAME, SLA_E_RANGE, SLA_E_LIMIT (over 16 alarms), SLA_E_MEMORY. */
SLA_API int32_t sla_ical_writer_add_text(sla_ical_writer *writer, uint32_t which, const char *text,
                                         size_t length, sla_error *error);
SLA_API int32_t sla_ical_writer_add_alarm(sla_ical_writer *writer, sla_time at, sla_error *error);

/* The file so far.  Stores its length, and writes it when capacity is at least that; buffer may be
 * NULL when capacity is 0.  Not terminated.  SLA_E_NULL. */
SLA_API int32_t sla_ical_writer_text(const sla_ical_writer *writer, char *buffer, size_t capacity,
                                     size_t *length);

/* ---- 6. Sizes of records, for callers that cannot see them ------------------------------- */

SLA_API size_t sla_ical_limits_size(void);
SLA_API size_t sla_ical_source_size(void);
SLA_API size_t sla_ical_summary_size(void);
SLA_API size_t sla_ical_due_size(void);

#ifdef __cplusplus
}
#endif

#endif
