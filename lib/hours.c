/* SPDX-License-Identifier: MIT */
/*
 * text  = [rule] *((";" / newline) [rule])
 * rule  = "24/7" / [days] (times / "closed" / "off")
 * days  = day ["-" day] *("," day ["-" day])     a range may run over Sunday: Sa-Mo
 * times = time "-" time *("," time "-" time)     closing before opening means the next day
 *
 * No weekday may be named by two rules: respected notations disagree whether the second adds to
 * the first or replaces it.
 */
#include "hours.h"

#include "error.h"
#include "text.h"

typedef struct {
  sla__cursor cursor;
  const sla_allocator *allocator;
  sla__array *hours;
  uint32_t named; /* weekdays that a rule has named */
} parser;

bool sla__hours_valid(int32_t opens, int32_t closes) {
  return opens >= 0 && opens < SLA__DAY && closes >= 0 && closes <= SLA__DAY && opens != closes;
}

/* Spaces and tabs; a line end ends a rule. */
static void skip_spaces(sla__cursor *cursor) {
  while (sla__take(cursor, ' ') || sla__take(cursor, '\t')) {
  }
}

static bool at_rule_end(const sla__cursor *cursor) {
  char c = sla__peek(cursor);
  return sla__at_end(cursor) || c == ';' || c == '\n' || c == '\r';
}

static bool word_is(const char *word, size_t length, const char *name) {
  for (size_t i = 0; i < length; i++)
    if (name[i] == '\0' || (word[i] | 0x20) != name[i]) return false;
  return true;
}

/* A run of letters; nothing moves when there is none. */
static size_t take_word(sla__cursor *cursor, const char **word) {
  size_t from = cursor->offset;
  while (sla__is_alpha(sla__peek(cursor))) cursor->offset++;
  *word = cursor->text + from;
  return cursor->offset - from;
}

/* Mo, Mon or Monday, in any case; else nothing moves. */
static bool take_day(sla__cursor *cursor, int32_t *day) {
  static const char *const names[7] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday"};
  const char *word;
  size_t from = cursor->offset, length = take_word(cursor, &word);
  for (int32_t i = 0; i < 7; i++) {
    if (length != 2 && length != 3 && length != strlen(names[i])) continue;
    if (!word_is(word, length, names[i])) continue;
    *day = i;
    return true;
  }
  cursor->offset = from;
  return false;
}

static bool take_name(sla__cursor *cursor, const char *name) {
  const char *word;
  size_t from = cursor->offset, length = take_word(cursor, &word);
  if (length == strlen(name) && word_is(word, length, name)) return true;
  cursor->offset = from;
  return false;
}

static bool take_days(parser *p, uint32_t *weekdays) {
  sla__cursor *cursor = &p->cursor;
  do {
    int32_t first, last;
    skip_spaces(cursor);
    size_t from = cursor->offset;
    if (!take_day(cursor, &first)) return false;
    skip_spaces(cursor);
    last = first;
    if (sla__take(cursor, '-')) {
      skip_spaces(cursor);
      if (!take_day(cursor, &last)) return false;
      skip_spaces(cursor);
    }
    for (int32_t day = first;; day = (day + 1) % 7) {
      if ((*weekdays | p->named) >> day & 1) {
        cursor->offset = from;
        return false;
      }
      *weekdays |= 1u << day;
      if (day == last) break;
    }
  } while (sla__take(cursor, ','));
  return true;
}

/* 9:00, 09:00 or 09:00:00; 24:00 where a day may end. */
static bool take_time(sla__cursor *cursor, bool closing, int32_t *second) {
  int32_t h, m, s = 0;
  size_t from = cursor->offset;
  skip_spaces(cursor);
  bool taken = sla__take_digits(cursor, 1, 2, &h) && sla__take(cursor, ':') &&
               sla__take_digits(cursor, 2, 2, &m);
  if (taken && sla__take(cursor, ':')) taken = sla__take_digits(cursor, 2, 2, &s);
  if (taken && m < 60 && s < 60 && !sla__is_digit(sla__peek(cursor))) {
    *second = (h * 60 + m) * 60 + s;
    if (*second < SLA__DAY || (closing && *second == SLA__DAY)) return true;
  }
  cursor->offset = from;
  skip_spaces(cursor);
  return false;
}

static int32_t push(parser *p, uint32_t weekdays, int32_t opens, int32_t closes) {
  sla__hours *hours = sla__array_push(p->allocator, p->hours, sizeof *hours);
  if (hours == NULL) return SLA_E_MEMORY;
  *hours = (sla__hours){weekdays, opens, closes};
  return SLA_OK;
}

static int32_t take_times(parser *p, uint32_t weekdays) {
  sla__cursor *cursor = &p->cursor;
  do {
    int32_t opens, closes;
    skip_spaces(cursor);
    size_t from = cursor->offset;
    if (!take_time(cursor, false, &opens)) return SLA_E_HOURS;
    skip_spaces(cursor);
    if (!sla__take(cursor, '-')) return SLA_E_HOURS;
    if (!take_time(cursor, true, &closes)) return SLA_E_HOURS;
    if (!sla__hours_valid(opens, closes)) {
      cursor->offset = from;
      return SLA_E_HOURS;
    }
    int32_t code = push(p, weekdays, opens, closes);
    if (code != SLA_OK) return code;
    skip_spaces(cursor);
  } while (sla__take(cursor, ','));
  return SLA_OK;
}

static bool take_around_the_clock(sla__cursor *cursor) {
  static const char text[] = "24/7";
  for (size_t i = 0; i < 4; i++)
    if (cursor->offset + i >= cursor->length || cursor->text[cursor->offset + i] != text[i])
      return false;
  cursor->offset += 4;
  return true;
}

static int32_t take_rule(parser *p) {
  sla__cursor *cursor = &p->cursor;
  uint32_t weekdays = 0;
  size_t from = cursor->offset;
  if (take_around_the_clock(cursor)) {
    if (p->named == 0) {
      p->named = SLA_EVERY_DAY;
      return push(p, SLA_EVERY_DAY, 0, SLA__DAY);
    }
    cursor->offset = from;
    return SLA_E_HOURS;
  }
  if (sla__is_alpha(sla__peek(cursor))) {
    if (!take_days(p, &weekdays)) return SLA_E_HOURS;
  } else if (p->named == 0) {
    weekdays = SLA_EVERY_DAY;
  } else {
    return SLA_E_HOURS;
  }
  p->named |= weekdays;
  skip_spaces(cursor);
  if (take_name(cursor, "closed") || take_name(cursor, "off")) return SLA_OK;
  return take_times(p, weekdays);
}

static int32_t parse(parser *p) {
  sla__cursor *cursor = &p->cursor;
  for (;;) {
    sla__skip_blank(cursor);
    if (sla__take(cursor, ';')) continue;
    if (sla__at_end(cursor)) return p->named == 0 ? SLA_E_HOURS : SLA_OK;
    int32_t code = take_rule(p);
    if (code != SLA_OK) return code;
    skip_spaces(cursor);
    if (!at_rule_end(cursor)) return SLA_E_HOURS;
  }
}

int32_t sla__hours_parse(const sla_allocator *allocator, const char *text, size_t length,
                         sla__array *hours, sla_error *error) {
  parser p = {{text, length, 0}, allocator, hours, 0};
  if (length > SLA__HOURS_TEXT_MAX)
    return sla__fail_argument(error, SLA_E_LIMIT, 3, (int64_t)length, SLA__HOURS_TEXT_MAX);
  int32_t code = parse(&p);
  if (code == SLA_E_HOURS) return sla__fail_text(error, code, text, p.cursor.offset);
  return code == SLA_OK ? SLA_OK : sla__fail(error, code);
}
