/* SPDX-License-Identifier: MIT */
/* Gathering and checking what a calendar is told, and compiling it. */
#include "calendar.h"

#include "error.h"
#include "hours.h"
#include "text.h"

#define DEFAULT_FIRST_YEAR 2000
#define DEFAULT_LAST_YEAR 2049
/* Unless the host says otherwise, dates widen the window no further than this. */
#define WIDEST_FIRST_YEAR 1950
#define WIDEST_LAST_YEAR 2079

struct sla_calendar_builder {
  sla_allocator allocator;
  sla_zone *zone;
  sla__array entries, names;
  int32_t first_year, last_year; /* 0 unless set */
};

/* ---- life ---- */

int32_t sla_calendar_builder_new(const sla_allocator *allocator, sla_calendar_builder **builder,
                                 sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 2);
  const sla_allocator chosen = sla__mem_allocator(allocator);
  sla_calendar_builder *made = sla__mem_new(&chosen, sizeof *made);
  if (made == NULL) return sla__fail(error, SLA_E_MEMORY);
  made->allocator = chosen;
  *builder = made;
  return SLA_OK;
}

void sla_calendar_builder_free(sla_calendar_builder *builder) {
  if (builder == NULL) return;
  const sla_allocator allocator = builder->allocator;
  sla__array_free(&allocator, &builder->entries, sizeof(sla__named_entry));
  sla__array_free(&allocator, &builder->names, sizeof(char));
  sla_zone_unref(builder->zone);
  sla__mem_free(&allocator, builder, sizeof *builder);
}

int32_t sla_calendar_builder_new_from(const sla_calendar *calendar,
                                      const sla_allocator *allocator,
                                      sla_calendar_builder **builder, sla_error *error) {
  sla_calendar_builder *made = NULL;
  if (calendar == NULL) return sla__fail_null(error, 1);
  if (builder == NULL) return sla__fail_null(error, 3);
  int32_t code = sla_calendar_builder_new(allocator, &made, error);
  if (code != SLA_OK) return code;
  if (!sla__array_copy(&made->allocator, &calendar->entries, sizeof(sla__named_entry),
                  &made->entries) ||
      !sla__array_copy(&made->allocator, &calendar->names, sizeof(char), &made->names)) {
    sla_calendar_builder_free(made);
    return sla__fail(error, SLA_E_MEMORY);
  }
  made->zone = sla_zone_ref(calendar->zone);
  if (calendar->window_set) {
    made->first_year = calendar->first_year;
    made->last_year = calendar->last_year;
  }
  *builder = made;
  return SLA_OK;
}

int32_t sla_calendar_builder_set_zone(sla_calendar_builder *builder, const sla_zone *zone,
                                      sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  if (zone == NULL) return sla__fail_null(error, 2);
  sla_zone *taken = sla_zone_ref(zone);
  sla_zone_unref(builder->zone);
  builder->zone = taken;
  return SLA_OK;
}

int32_t sla_calendar_builder_set_window(sla_calendar_builder *builder, int32_t first_year,
                                        int32_t last_year, sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  if (first_year < 1 || first_year > 9999)
    return sla__fail_argument(error, SLA_E_ARGUMENT, 2, first_year, first_year < 1 ? 1 : 9999);
  int32_t most = (int32_t)sla__min(9999, (int64_t)first_year + SLA__WINDOW_YEARS - 1);
  if (last_year < first_year || last_year > most)
    return sla__fail_argument(error, SLA_E_ARGUMENT, 3, last_year,
                              last_year < first_year ? first_year : most);
  builder->first_year = first_year;
  builder->last_year = last_year;
  return SLA_OK;
}

/* ---- entries ---- */

/* In the words of sla_calendar_builder_add_entry; those that add one kind of entry say instead
 * which of their own parameters each field came from. */
typedef struct {
  uint32_t first, last, opens, closes, weekdays, month, day, name;
} arguments;

static int32_t check_dates(const sla_entry *entry, const arguments *at, sla_error *error) {
  int32_t first = 0, last = 0;
  bool required = entry->recurrence == SLA_DATES;
  if ((entry->first != 0 || required) && !sla__civil_parse(entry->first, &first))
    return sla__fail_argument(error, SLA_E_DATE, at->first, entry->first, 0);
  if ((entry->last != 0 || required) && !sla__civil_parse(entry->last, &last))
    return sla__fail_argument(error, SLA_E_DATE, at->last, entry->last, 0);
  if (entry->first != 0 && entry->last != 0 && last < first)
    return sla__fail_argument(error, SLA_E_DATE, at->last, entry->last, entry->first);
  return SLA_OK;
}

static bool one_bit(uint32_t mask) { return mask != 0 && (mask & (mask - 1)) == 0; }

static int32_t check_weekdays(const sla_entry *entry, const arguments *at, sla_error *error) {
  bool used = entry->recurrence == SLA_WEEKLY || entry->recurrence == SLA_YEARLY_WEEKDAY;
  bool right = !used ? entry->weekdays == 0
               : entry->recurrence == SLA_WEEKLY ? entry->weekdays != 0
                                                 : one_bit(entry->weekdays);
  if (right && entry->weekdays <= SLA_EVERY_DAY) return SLA_OK;
  return sla__fail_argument(error, SLA_E_ARGUMENT, at->weekdays, entry->weekdays,
                            used ? SLA_EVERY_DAY : 0);
}

static int32_t check_yearly(const sla_entry *entry, const arguments *at, sla_error *error) {
  const int32_t leap_year = 2000;
  bool yearly = entry->recurrence == SLA_YEARLY;
  if (!yearly && entry->recurrence != SLA_YEARLY_WEEKDAY) {
    if (entry->month != 0)
      return sla__fail_argument(error, SLA_E_ARGUMENT, at->month, entry->month, 0);
    if (entry->day != 0)
      return sla__fail_argument(error, SLA_E_ARGUMENT, at->day, entry->day, 0);
    return SLA_OK;
  }
  if (entry->month < 1 || entry->month > 12)
    return sla__fail_argument(error, SLA_E_DATE, at->month, entry->month,
                              sla__nearer(entry->month, 1, 12));
  int32_t most = yearly ? sla__civil_month_days(leap_year, entry->month) : 5;
  bool last = !yearly && entry->day == -1;
  if (!last && (entry->day < 1 || entry->day > most))
    return sla__fail_argument(error, SLA_E_DATE, at->day, entry->day,
                              sla__nearer(entry->day, 1, most));
  return SLA_OK;
}

static int32_t check_times(const sla_entry *entry, const arguments *at, sla_error *error) {
  if (entry->kind == SLA_ENTRY_HOLIDAY) {
    if (entry->opens != 0)
      return sla__fail_argument(error, SLA_E_TIME, at->opens, entry->opens, 0);
    if (entry->closes != 0)
      return sla__fail_argument(error, SLA_E_TIME, at->closes, entry->closes, 0);
    return SLA_OK;
  }
  if (entry->opens < 0 || entry->opens >= SLA__DAY)
    return sla__fail_argument(error, SLA_E_TIME, at->opens, entry->opens,
                              sla__nearer(entry->opens, 0, SLA__DAY - 1));
  if (entry->closes < 0 || entry->closes > SLA__DAY)
    return sla__fail_argument(error, SLA_E_TIME, at->closes, entry->closes,
                              sla__nearer(entry->closes, 0, SLA__DAY));
  bool closure = entry->kind == SLA_ENTRY_CLOSURE;
  if (entry->closes == entry->opens || (closure && entry->closes < entry->opens))
    return sla__fail_argument(error, SLA_E_TIME, at->closes, entry->closes, entry->opens);
  return SLA_OK;
}

static int32_t check_kinds(const sla_entry *entry, sla_error *error) {
  bool hours = entry->kind == SLA_ENTRY_HOURS;
  if (entry->kind < SLA_ENTRY_HOURS || entry->kind > SLA_ENTRY_CLOSURE)
    return sla__fail_argument(error, SLA_E_ARGUMENT, 2, entry->kind, SLA_ENTRY_CLOSURE);
  if (entry->recurrence < SLA_WEEKLY || entry->recurrence > SLA_YEARLY_WEEKDAY ||
      hours != (entry->recurrence == SLA_WEEKLY))
    return sla__fail_argument(error, SLA_E_ARGUMENT, 2, entry->recurrence,
                              hours ? SLA_WEEKLY
                                    : sla__nearer(entry->recurrence, SLA_DATES,
                                                  SLA_YEARLY_WEEKDAY));
  return SLA_OK;
}

static int32_t check_name(const sla_entry *entry, const arguments *at, const char *name,
                          size_t length, sla_error *error) {
  bool nameable = entry->kind == SLA_ENTRY_HOLIDAY || entry->kind == SLA_ENTRY_CLOSURE;
  if (name == NULL && length > 0) return sla__fail_null(error, at->name);
  if (length > (nameable ? SLA__NAME_MAX : 0))
    return sla__fail_argument(error, SLA_E_NAME, at->name, (int64_t)length,
                              nameable ? SLA__NAME_MAX : 0);
  if (length > 0 && !sla__utf8_ok(name, length))
    return sla__fail_argument(error, SLA_E_NAME, at->name, 0, 0);
  return SLA_OK;
}

static int32_t check_entry(const sla_entry *entry, const arguments *at, const char *name,
                           size_t length, sla_error *error) {
  int32_t code = check_kinds(entry, error);
  if (code == SLA_OK) code = check_dates(entry, at, error);
  if (code == SLA_OK) code = check_weekdays(entry, at, error);
  if (code == SLA_OK) code = check_yearly(entry, at, error);
  if (code == SLA_OK) code = check_times(entry, at, error);
  return code == SLA_OK ? check_name(entry, at, name, length, error) : code;
}

static int32_t store_entry(sla_calendar_builder *builder, const sla_entry *entry,
                           const char *name, size_t length, sla_error *error) {
  const sla_allocator *allocator = &builder->allocator;
  size_t names = builder->names.count;
  if (builder->entries.count >= SLA__ENTRIES_MAX)
    return sla__fail_index(error, SLA_E_LIMIT, (int64_t)builder->entries.count,
                           SLA__ENTRIES_MAX + 1, SLA__ENTRIES_MAX);
  bool stored = true;
  for (size_t i = 0; i < length && stored; i++) {
    char *slot = sla__array_push(allocator, &builder->names, sizeof *slot);
    if (slot != NULL) *slot = name[i];
    else stored = false;
  }
  sla__named_entry *slot =
      stored ? sla__array_push(allocator, &builder->entries, sizeof *slot) : NULL;
  if (slot == NULL) {
    builder->names.count = names;
    return sla__fail(error, SLA_E_MEMORY);
  }
  *slot = (sla__named_entry){*entry, (uint32_t)names, (uint32_t)length};
  return SLA_OK;
}

static int32_t add_entry(sla_calendar_builder *builder, const sla_entry *entry,
                         const arguments *at, const char *name, size_t length,
                         sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  int32_t code = check_entry(entry, at, name, length, error);
  return code == SLA_OK ? store_entry(builder, entry, name, length, error) : code;
}

int32_t sla_calendar_builder_add_entry(sla_calendar_builder *builder, const sla_entry *entry,
                                       size_t size, const char *name, size_t length,
                                       sla_error *error) {
  static const arguments at = {2, 2, 2, 2, 2, 2, 2, 4};
  if (builder == NULL) return sla__fail_null(error, 1);
  if (entry == NULL) return sla__fail_null(error, 2);
  if (!sla__size_ok(size, sizeof *entry) || !sla__record_known(entry, size, sizeof *entry))
    return sla__fail_argument(error, SLA_E_ABI, 3, (int64_t)size, (int64_t)sizeof *entry);
  return add_entry(builder, entry, &at, name, length, error);
}

/* One of many: where it is among them stands in for which parameter. */
static int32_t add_indexed(sla_calendar_builder *builder, const sla_entry *entry, size_t size,
                           const char *name, uint64_t length, size_t index, sla_error *error) {
  sla_error within = {0};
  size_t most = length < SIZE_MAX ? (size_t)length : SIZE_MAX;
  int32_t code =
      sla_calendar_builder_add_entry(builder, entry, size, name, most, &within);
  if (code == SLA_OK) return code;
  within.index = (int64_t)index;
  within.argument = 0;
  if (error != NULL) *error = within;
  return code;
}

static int32_t add_each(sla_calendar_builder *builder, const sla_entry *entries, size_t count,
                        size_t size, const char *names, const uint64_t *offsets,
                        sla_error *error) {
  for (size_t i = 0; i < count; i++) {
    uint64_t from = offsets == NULL ? 0 : offsets[i], to = offsets == NULL ? 0 : offsets[i + 1];
    if (to < from)
      return sla__fail_index(error, SLA_E_ARGUMENT, (int64_t)i, (int64_t)to, (int64_t)from);
    if (to > from && names == NULL) return sla__fail_null(error, 5);
    const char *name = to > from ? names + from : NULL;
    int32_t code = add_indexed(builder, SLA__CONST_AT(sla_entry, entries, size, i), size, name,
                               to - from, i, error);
    if (code != SLA_OK) return code;
  }
  return SLA_OK;
}

int32_t sla_calendar_builder_add_entries(sla_calendar_builder *builder, const sla_entry *entries,
                                         size_t count, size_t size, const char *names,
                                         const uint64_t *offsets, sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  if (entries == NULL && count > 0) return sla__fail_null(error, 2);
  int32_t code = sla__check_size(error, 4, size, sizeof *entries);
  if (code != SLA_OK) return code;
  size_t entries_before = builder->entries.count, names_before = builder->names.count;
  code = add_each(builder, entries, count, size, names, offsets, error);
  if (code == SLA_OK) return code;
  builder->entries.count = entries_before;
  builder->names.count = names_before;
  return code;
}

int32_t sla_calendar_builder_add_hours(sla_calendar_builder *builder, uint32_t weekdays,
                                       int32_t opens, int32_t closes, sla_error *error) {
  static const arguments at = {.weekdays = 2, .opens = 3, .closes = 4};
  const sla_entry entry = {.kind = SLA_ENTRY_HOURS, .recurrence = SLA_WEEKLY,
                           .weekdays = weekdays, .opens = opens, .closes = closes};
  return add_entry(builder, &entry, &at, NULL, 0, error);
}

int32_t sla_calendar_builder_add_hours_text(sla_calendar_builder *builder, const char *text,
                                            size_t length, sla_error *error) {
  sla__array parsed = {0};
  if (builder == NULL) return sla__fail_null(error, 1);
  if (text == NULL) return sla__fail_null(error, 2);
  size_t before = builder->entries.count;
  int32_t code = sla__hours_parse(&builder->allocator, text, length, &parsed, error);
  for (size_t i = 0; i < parsed.count && code == SLA_OK; i++) {
    const sla__hours *hours = (const sla__hours *)parsed.data + i;
    code = sla_calendar_builder_add_hours(builder, hours->weekdays, hours->opens, hours->closes,
                                          error);
  }
  if (code != SLA_OK) builder->entries.count = before;
  sla__array_free(&builder->allocator, &parsed, sizeof(sla__hours));
  return code;
}

int32_t sla_calendar_builder_add_holiday(sla_calendar_builder *builder, sla_date first,
                                         sla_date last, const char *name, size_t length,
                                         sla_error *error) {
  static const arguments at = {.first = 2, .last = 3, .name = 4};
  const sla_entry entry = {.kind = SLA_ENTRY_HOLIDAY, .recurrence = SLA_DATES,
                           .first = first, .last = last};
  return add_entry(builder, &entry, &at, name, length, error);
}

int32_t sla_calendar_builder_add_yearly_holiday(sla_calendar_builder *builder, int32_t month,
                                                int32_t day, const char *name, size_t length,
                                                sla_error *error) {
  static const arguments at = {.month = 2, .day = 3, .name = 4};
  const sla_entry entry = {.kind = SLA_ENTRY_HOLIDAY, .recurrence = SLA_YEARLY,
                           .month = month, .day = day};
  return add_entry(builder, &entry, &at, name, length, error);
}

int32_t sla_calendar_builder_add_weekday_holiday(sla_calendar_builder *builder, int32_t month,
                                                 int32_t nth, uint32_t weekday, const char *name,
                                                 size_t length, sla_error *error) {
  static const arguments at = {.month = 2, .day = 3, .weekdays = 4, .name = 5};
  if (builder == NULL) return sla__fail_null(error, 1);
  if (weekday < 1 || weekday > 7)
    return sla__fail_argument(error, SLA_E_ARGUMENT, 4, weekday, sla__nearer(weekday, 1, 7));
  const sla_entry entry = {.kind = SLA_ENTRY_HOLIDAY, .recurrence = SLA_YEARLY_WEEKDAY,
                           .month = month, .day = nth, .weekdays = 1u << (weekday - 1)};
  return add_entry(builder, &entry, &at, name, length, error);
}

int32_t sla_calendar_builder_add_special_hours(sla_calendar_builder *builder, sla_date first,
                                               sla_date last, int32_t opens, int32_t closes,
                                               sla_error *error) {
  static const arguments at = {.first = 2, .last = 3, .opens = 4, .closes = 5};
  const sla_entry entry = {.kind = SLA_ENTRY_SPECIAL_HOURS, .recurrence = SLA_DATES,
                           .first = first, .last = last, .opens = opens, .closes = closes};
  return add_entry(builder, &entry, &at, NULL, 0, error);
}

int32_t sla_calendar_builder_add_closure(sla_calendar_builder *builder, sla_date first,
                                         sla_date last, int32_t from, int32_t to,
                                         const char *name, size_t length, sla_error *error) {
  static const arguments at = {.first = 2, .last = 3, .opens = 4, .closes = 5, .name = 6};
  const sla_entry entry = {.kind = SLA_ENTRY_CLOSURE, .recurrence = SLA_DATES,
                           .first = first, .last = last, .opens = from, .closes = to};
  return add_entry(builder, &entry, &at, name, length, error);
}

/* ---- compiling ---- */

static int32_t build_almanac(sla_calendar *calendar) {
  const sla_allocator *allocator = &calendar->allocator;
  size_t count = calendar->entries.count, bytes = (count + 1) * sizeof(sla__rule);
  const sla__named_entry *entries = calendar->entries.data;
  sla__rule *rules = sla__mem_new(allocator, bytes);
  if (rules == NULL) return SLA_E_MEMORY;
  for (size_t i = 0; i < count; i++) rules[i] = sla__calendar_rule(&entries[i].entry);
  int32_t code =
      sla__almanac_init(allocator, &calendar->almanac, calendar->zone, rules, count);
  sla__mem_free(allocator, rules, bytes);
  return code;
}

static bool is_never(const sla__almanac *almanac) {
  return sla__almanac_open_before(almanac, SLA_TIME_MIN) ==
         sla__almanac_open_before(almanac, SLA_TIME_MAX + 1);
}

/* Wide enough for the dates and, after them, for a year of every kind. */
static void widen_window(sla_calendar *calendar) {
  const sla__almanac *almanac = &calendar->almanac;
  int32_t first, last;
  if (sla__ledger_dated(&almanac->ledger, &first, &last)) {
    int64_t from = sla__max(sla__civil_year_of(first), WIDEST_FIRST_YEAR);
    int64_t to = sla__min(sla__civil_year_of(last), WIDEST_LAST_YEAR);
    calendar->first_year = (int32_t)sla__min(from, calendar->first_year);
    calendar->last_year = (int32_t)sla__max(to, calendar->last_year);
  }
  int32_t reach = sla__mirror_reach(almanac, calendar->first_year);
  if (reach > 0 && reach - calendar->first_year < SLA__WINDOW_YEARS)
    calendar->last_year = (int32_t)sla__max(reach, calendar->last_year);
}

static void choose_window(sla_calendar *calendar, const sla_calendar_builder *builder) {
  calendar->window_set = builder->first_year != 0;
  calendar->first_year = calendar->window_set ? builder->first_year : DEFAULT_FIRST_YEAR;
  calendar->last_year = calendar->window_set ? builder->last_year : DEFAULT_LAST_YEAR;
  if (!calendar->window_set) widen_window(calendar);
}

static int32_t tabulate(sla_calendar *calendar) {
  const sla_allocator *allocator = &calendar->allocator;
  const sla__almanac *almanac = &calendar->almanac;
  int32_t first = calendar->first_year, last = calendar->last_year;
  int32_t code = sla__weektable_init(allocator, &calendar->table, almanac, first, last);
  if (code != SLA_OK || !sla__mirror_fits(almanac, first, last)) return code;
  calendar->mirror = sla__mem_new(allocator, sizeof *calendar->mirror);
  if (calendar->mirror == NULL) return SLA_E_MEMORY;
  sla__mirror_init(calendar->mirror, almanac, first, last);
  return SLA_OK;
}

static int32_t compile(sla_calendar *calendar, const sla_calendar_builder *builder) {
  int32_t code = build_almanac(calendar);
  if (code != SLA_OK) return code;
  if (is_never(&calendar->almanac)) return SLA_E_CLOSED;
  choose_window(calendar, builder);
  return calendar->almanac.always ? SLA_OK : tabulate(calendar);
}

int32_t sla_calendar_builder_build(const sla_calendar_builder *builder, sla_calendar **calendar,
                                   sla_error *error) {
  if (builder == NULL) return sla__fail_null(error, 1);
  if (calendar == NULL) return sla__fail_null(error, 2);
  if (builder->zone == NULL) return sla__fail(error, SLA_E_ZONE);
  const sla_allocator *allocator = &builder->allocator;
  sla_calendar *made = sla__mem_new(allocator, sizeof *made);
  if (made == NULL) return sla__fail(error, SLA_E_MEMORY);
  sla__refs_init(&made->refs);
  made->allocator = *allocator;
  made->zone = sla_zone_ref(builder->zone);
  int32_t code = SLA_E_MEMORY;
  if (sla__array_copy(allocator, &builder->entries, sizeof(sla__named_entry), &made->entries) &&
      sla__array_copy(allocator, &builder->names, sizeof(char), &made->names))
    code = compile(made, builder);
  if (code != SLA_OK) {
    sla_calendar_unref(made);
    return sla__fail(error, code);
  }
  *calendar = made;
  return SLA_OK;
}
