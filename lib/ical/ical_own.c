/* SPDX-License-Identifier: MIT */
#include "ical_own.h"

#include <stddef.h>

#include "ical_stamp.h"

#define YEAR_LAST 9999
/* No yearly date keeps away longer than a fifth weekday of February around a year like 1900. */
#define YEARS_APART 40

/* ---- is it an entry ---- */

static bool date_ok(sla_date date, bool required) {
  int32_t days;
  return date == 0 ? !required : sla_date_to_days(date, &days) == SLA_OK;
}

static bool one_bit(uint32_t mask) { return mask != 0 && (mask & (mask - 1)) == 0; }

static bool dates_ok(const sla_entry *entry) {
  bool required = entry->recurrence == SLA_DATES;
  return date_ok(entry->first, required) && date_ok(entry->last, required) &&
         (entry->first == 0 || entry->last == 0 || entry->first <= entry->last);
}

static bool days_ok(const sla_entry *entry) {
  const sla_date leap_year = 2000 * 10000;
  switch (entry->recurrence) {
    case SLA_WEEKLY:
      return entry->weekdays >= 1 && entry->weekdays <= SLA_EVERY_DAY && entry->month == 0 &&
             entry->day == 0;
    case SLA_YEARLY:
      return entry->weekdays == 0 && entry->month >= 1 && entry->month <= 12 && entry->day >= 1 &&
             entry->day <= 31 && date_ok(leap_year + entry->month * 100 + entry->day, true);
    case SLA_YEARLY_WEEKDAY:
      return one_bit(entry->weekdays) && entry->weekdays <= SLA_EVERY_DAY && entry->month >= 1 &&
             entry->month <= 12 && (entry->day == -1 || (entry->day >= 1 && entry->day <= 5));
    default:
      return entry->weekdays == 0 && entry->month == 0 && entry->day == 0;
  }
}

static bool times_ok(const sla_entry *entry) {
  if (entry->kind == SLA_ENTRY_HOLIDAY) return entry->opens == 0 && entry->closes == 0;
  return entry->opens >= 0 && entry->opens < SLA__ICAL_DAY && entry->closes >= 0 &&
         entry->closes <= SLA__ICAL_DAY && entry->opens != entry->closes &&
         (entry->kind != SLA_ENTRY_CLOSURE || entry->opens < entry->closes);
}

static bool entry_ok(const sla_entry *entry) {
  return entry->kind >= SLA_ENTRY_HOURS && entry->kind <= SLA_ENTRY_CLOSURE &&
         entry->recurrence >= SLA_WEEKLY && entry->recurrence <= SLA_YEARLY_WEEKDAY &&
         (entry->kind == SLA_ENTRY_HOURS) == (entry->recurrence == SLA_WEEKLY) &&
         dates_ok(entry) && days_ok(entry) && times_ok(entry);
}

/* ---- its dates ---- */

static int32_t year_of(int64_t day) { return sla__ical_date(day) / 10000; }

static int64_t modulo_7(int64_t n) { return n - 7 * sla__ical_floor_div(n, 7); }

static int64_t weekday_bit(uint32_t mask) {
  int64_t bit = 0;
  while ((mask >> bit & 1) == 0) bit++;
  return bit;
}

/* The day of a yearly entry in a year; false where that year has none. */
static bool day_in_year(const sla_entry *entry, int32_t year, int64_t *day) {
  sla_date month = year * 10000 + entry->month * 100;
  int32_t found;
  if (entry->recurrence == SLA_YEARLY) {
    if (sla_date_to_days(month + entry->day, &found) != SLA_OK) return false;
    *day = found;
    return true;
  }
  int64_t weekday = weekday_bit(entry->weekdays), first = sla__ical_days(month + 1);
  first += modulo_7(weekday - sla__ical_weekday(first));
  int64_t weeks = entry->day - 1;
  if (entry->day == -1) weeks = sla__ical_date(first + 28) / 100 == month / 100 ? 4 : 3;
  *day = first + 7 * weeks;
  return *day <= SLA__ICAL_DAY_LAST && sla__ical_date(*day) / 100 == month / 100;
}

static bool next_day(const sla_entry *entry, int64_t from, int64_t *day) {
  if (entry->recurrence == SLA_WEEKLY) {
    for (*day = from; (entry->weekdays >> sla__ical_weekday(*day) & 1) == 0; ++*day) continue;
    return *day <= SLA__ICAL_DAY_LAST;
  }
  if (entry->recurrence == SLA_DATES) return *day = from, true;
  int32_t last = (int32_t)sla__ical_min(YEAR_LAST, year_of(from) + YEARS_APART);
  for (int32_t year = year_of(from); year <= last; year++)
    if (day_in_year(entry, year, day) && *day >= from) return true;
  return false;
}

static int64_t last_day(const sla_entry *entry) {
  return entry->last == 0 ? SLA__ICAL_DAY_LAST : sla__ical_days(entry->last);
}

/* Where to look for the first date of an entry. */
static int64_t beginning(const sla_entry *entry, int64_t from) {
  if (entry->first != 0) return sla__ical_days(entry->first);
  int64_t last = last_day(entry);
  if (from <= last) return from;
  int32_t year = year_of(last) - YEARS_APART;
  return year < 1 ? SLA__ICAL_DAY_FIRST : sla__ical_days(year * 10000 + 101);
}

/* The number of its dates from the first one on; 0 for those without end. */
static int64_t count_days(const sla_entry *entry, int64_t first) {
  int64_t last = last_day(entry), count = 0, day;
  if (entry->last == 0) return 0;
  if (entry->recurrence == SLA_DATES) return last - first + 1;
  if (entry->recurrence == SLA_WEEKLY) {
    for (int64_t weekday = 0; weekday < 7; weekday++)
      if (entry->weekdays >> sla__ical_weekday(first + weekday) & 1)
        count += sla__ical_floor_div(last - first - weekday, 7) + 1;
    return count;
  }
  for (int32_t year = year_of(first); year <= year_of(last); year++)
    if (day_in_year(entry, year, &day)) count += day >= first && day <= last;
  return count;
}

/* ---- text ---- */

typedef struct {
  char *text;
  size_t length;
} writer;

static void put(writer *to, const char *text) {
  size_t length = strlen(text);
  memcpy(to->text + to->length, text, length + 1);
  to->length += length;
}

static void put_number(writer *to, int64_t number) {
  char digits[24];
  size_t at = sizeof digits;
  uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
  digits[--at] = '\0';
  do digits[--at] = (char)('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (number < 0) digits[--at] = '-';
  put(to, digits + at);
}

static void put_weekdays(writer *to, uint32_t mask) {
  static const char *const names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  const char *gap = "";
  for (int bit = 0; bit < 7; bit++) {
    if ((mask >> bit & 1) == 0) continue;
    put(to, gap);
    put(to, names[bit]);
    gap = ",";
  }
}

static void put_rule(writer *to, const sla_entry *entry, int64_t count) {
  if (entry->recurrence == SLA_WEEKLY) {
    put(to, "FREQ=WEEKLY;BYDAY=");
    put_weekdays(to, entry->weekdays);
  } else if (entry->recurrence == SLA_DATES) {
    put(to, "FREQ=DAILY");
  } else {
    put(to, "FREQ=YEARLY;BYMONTH=");
    put_number(to, entry->month);
    put(to, entry->recurrence == SLA_YEARLY ? ";BYMONTHDAY=" : ";BYDAY=");
    put_number(to, entry->day);
    put_weekdays(to, entry->weekdays);
  }
  if (count == 0) return;
  put(to, ";COUNT=");
  put_number(to, count);
}

/* ---- the standard form ---- */

/* Nothing ends after the year 9999. */
static sla__ical_wall end_of(const sla_entry *entry, int64_t day) {
  if (entry->kind != SLA_ENTRY_HOLIDAY) {
    int64_t next = entry->closes < entry->opens;
    return sla__ical_min((day + next) * SLA__ICAL_DAY + entry->closes,
                         (int64_t)(SLA__ICAL_DAY_LAST + 1) * SLA__ICAL_DAY - 1);
  }
  int64_t after = entry->recurrence == SLA_DATES ? last_day(entry) + 1 : day + 1;
  if (after > SLA__ICAL_DAY_LAST) after = SLA__ICAL_DAY_LAST;
  return after > day ? after * SLA__ICAL_DAY : SLA_NONE;
}

/* Weekly hours always have one: hours of one occurrence would be read as special hours of that
 * date, which nothing replaces. */
static bool has_rule(const sla_entry *entry, int64_t count) {
  if (entry->recurrence == SLA_WEEKLY) return true;
  return count != 1 && (entry->kind != SLA_ENTRY_HOLIDAY || entry->recurrence != SLA_DATES);
}

bool sla__ical_form_of(const sla_entry *entry, int64_t from, sla__ical_form *form) {
  if (!entry_ok(entry)) return false;
  int64_t begin = beginning(entry, from), day = begin;
  *form = (sla__ical_form){.is_date = entry->kind == SLA_ENTRY_HOLIDAY};
  form->never = !next_day(entry, begin, &day) || day > last_day(entry);
  if (form->never) day = begin;
  form->start = day * SLA__ICAL_DAY + entry->opens;
  form->end = end_of(entry, day);
  int64_t count = form->never ? 1 : count_days(entry, day);
  writer rule = {form->rule, 0};
  if (!form->never && has_rule(entry, count)) put_rule(&rule, entry, count);
  return true;
}

/* ---- X-SLA-ENTRY ---- */

static const struct {
  const char *name;
  size_t offset; /* each is an int32_t or a uint32_t */
} fields[] = {
    {"kind", offsetof(sla_entry, kind)},       {"recurrence", offsetof(sla_entry, recurrence)},
    {"first", offsetof(sla_entry, first)},     {"last", offsetof(sla_entry, last)},
    {"opens", offsetof(sla_entry, opens)},     {"closes", offsetof(sla_entry, closes)},
    {"weekdays", offsetof(sla_entry, weekdays)}, {"month", offsetof(sla_entry, month)},
    {"day", offsetof(sla_entry, day)},
};

static const char nameless_word[] = "nameless";

void sla__ical_own_text(const sla_entry *entry, bool nameless, char text[SLA__ICAL_OWN_MAX]) {
  writer to = {text, 0};
  for (size_t i = 0; i < SLA__ICAL_LENGTH(fields); i++) {
    int32_t value;
    memcpy(&value, (const char *)entry + fields[i].offset, sizeof value);
    if (value == 0) continue;
    put(&to, to.length > 0 ? " " : "");
    put(&to, fields[i].name);
    put(&to, "=");
    put_number(&to, value);
  }
  if (!nameless) return;
  put(&to, " ");
  put(&to, nameless_word);
}

static bool read_number(sla__ical_slice text, int32_t *number) {
  bool negative = text.length > 0 && text.text[0] == '-';
  int32_t value = 0;
  if (text.length <= negative || text.length > 9) return false;
  for (size_t i = negative; i < text.length; i++) {
    if (text.text[i] < '0' || text.text[i] > '9') return false;
    value = value * 10 + (text.text[i] - '0');
  }
  *number = negative ? -value : value;
  return true;
}

static bool read_field(sla__ical_slice word, sla_entry *entry) {
  for (size_t i = 0; i < SLA__ICAL_LENGTH(fields); i++) {
    size_t length = strlen(fields[i].name);
    if (word.length <= length || memcmp(word.text, fields[i].name, length) != 0 ||
        word.text[length] != '=')
      continue;
    int32_t value;
    const sla__ical_slice digits = {word.text + length + 1, word.length - length - 1};
    if (!read_number(digits, &value)) return false;
    memcpy((char *)entry + fields[i].offset, &value, sizeof value);
    return true;
  }
  return false;
}

/* The next piece of a text up to a mark, and the text after it. */
static sla__ical_slice cut(sla__ical_slice *text, char mark) {
  const char *end = text->length > 0 ? memchr(text->text, mark, text->length) : NULL;
  size_t length = end == NULL ? text->length : (size_t)(end - text->text);
  const sla__ical_slice piece = {text->text, length};
  length += end != NULL;
  if (length > 0) *text = (sla__ical_slice){text->text + length, text->length - length};
  return piece;
}

static bool read_own(sla__ical_slice text, sla_entry *entry, bool *nameless) {
  *entry = (sla_entry){0};
  *nameless = false;
  while (text.length > 0) {
    sla__ical_slice word = cut(&text, ' ');
    bool is_word = word.length == sizeof nameless_word - 1 &&
                   memcmp(word.text, nameless_word, word.length) == 0;
    if (is_word) *nameless = true;
    else if (!read_field(word, entry)) return false;
  }
  return true;
}

static bool has_part(sla__ical_slice rule, sla__ical_slice part) {
  while (rule.length > 0) {
    sla__ical_slice one = cut(&rule, ';');
    if (one.length == part.length && memcmp(one.text, part.text, part.length) == 0) return true;
  }
  return false;
}

/* The parts of a rule may stand in any order. */
static bool same_rule(sla__ical_slice a, sla__ical_slice b) {
  sla__ical_slice rest = a;
  while (rest.length > 0)
    if (!has_part(b, cut(&rest, ';'))) return false;
  return a.length == b.length;
}

bool sla__ical_own_entry(sla__ical_slice own, const sla__ical_own_event *event, sla_entry *entry,
                         bool *nameless) {
  sla_entry said;
  sla__ical_form form;
  bool unnamed;
  if (!read_own(own, &said, &unnamed) ||
      !sla__ical_form_of(&said, sla__ical_day_of(event->start), &form))
    return false;
  const sla__ical_slice rule = {form.rule, strlen(form.rule)};
  if (event->is_date != form.is_date || event->start != form.start || event->end != form.end ||
      event->excluded != (form.never ? form.start : SLA_NONE) || !same_rule(event->rule, rule))
    return false;
  *entry = said;
  *nameless = unnamed;
  return true;
}
