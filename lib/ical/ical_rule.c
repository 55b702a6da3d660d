/* SPDX-License-Identifier: MIT */
#include "ical_rule.h"

#define BIT(n) (1u << (n))
#define YEARLY BIT(SLA__ICAL_YEARLY)
#define ANY (BIT(SLA__ICAL_FREQUENCIES) - 1)
#define BUT_WEEKLY (ANY & ~BIT(SLA__ICAL_WEEKLY))

/* What RFC 5545 says of the BY parts: their numbers, whether those count from the back too, and
 * with which FREQ they may stand. */
static const struct {
  int32_t least, most;
  bool is_signed;
  uint32_t frequencies;
} parts[SLA__ICAL_PARTS] = {[SLA__ICAL_BYMONTH] = {1, 12, false, ANY},
                            [SLA__ICAL_BYWEEKNO] = {1, 53, true, YEARLY},
                            [SLA__ICAL_BYYEARDAY] = {1, 366, true, YEARLY},
                            [SLA__ICAL_BYMONTHDAY] = {1, 31, true, BUT_WEEKLY},
                            [SLA__ICAL_BYDAY] = {1, 53, true, ANY},
                            [SLA__ICAL_BYHOUR] = {0, 23, false, ANY},
                            [SLA__ICAL_BYMINUTE] = {0, 59, false, ANY},
                            [SLA__ICAL_BYSECOND] = {0, 60, false, ANY},
                            [SLA__ICAL_BYSETPOS] = {1, 366, true, ANY}};

enum { FREQ = SLA__ICAL_PARTS, UNTIL, COUNT, INTERVAL, WKST, RSCALE, SKIP, KEYS };

typedef struct {
  const char *text;
  size_t length, offset;
  sla__ical_rule *rule;
  size_t names[KEYS]; /* where each key that is given stands */
  uint32_t given;     /* a bit of each */
  size_t numbered;    /* the first numbered weekday, or the length */
} reader;

/* ---- bytes: false leaves the offset at the one that does not fit ---- */

static char peek(const reader *r) { return r->offset < r->length ? r->text[r->offset] : '\0'; }

static bool take(reader *r, char c) {
  if (peek(r) != c) return false;
  r->offset++;
  return true;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool take_number(reader *r, int32_t least, int32_t most, int32_t *number) {
  size_t from = r->offset;
  int64_t value = 0;
  while (is_digit(peek(r)) && value <= most) value = value * 10 + (r->text[r->offset++] - '0');
  bool any = r->offset > from;
  if (any && value >= least && value <= most) return *number = (int32_t)value, true;
  r->offset = from;
  return false;
}

/* The letters at the offset, as a place in a list of words; its length when they are none of it. */
static size_t take_word(reader *r, const char *const words[], size_t count) {
  size_t from = r->offset, word = 0;
  while (sla__ical_upper(peek(r)) >= 'A' && sla__ical_upper(peek(r)) <= 'Z') r->offset++;
  sla__ical_slice found = {r->text + from, r->offset - from};
  while (word < count && !sla__ical_is(found, words[word])) word++;
  if (word == count) r->offset = from;
  return word;
}

/* ---- values ---- */

static bool take_signed(reader *r, uint32_t part, int32_t *number) {
  bool negative = parts[part].is_signed && take(r, '-');
  if (!negative && parts[part].is_signed) take(r, '+');
  if (!take_number(r, parts[part].least, parts[part].most, number)) return false;
  if (negative) *number = -*number;
  return true;
}

static bool take_weekday(reader *r, int32_t *weekday) {
  static const char *const names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  *weekday = (int32_t)take_word(r, names, 7);
  return *weekday < 7;
}

static bool take_day(reader *r) {
  size_t from = r->offset;
  int32_t number = 0, weekday;
  if (is_digit(peek(r)) || peek(r) == '+' || peek(r) == '-') {
    if (!take_signed(r, SLA__ICAL_BYDAY, &number)) return false;
    if (r->numbered == r->length) r->numbered = from;
  }
  if (!take_weekday(r, &weekday)) return false;
  sla__ical_numbers_add(&r->rule->weekdays[weekday], number);
  return true;
}

static bool take_numbers(reader *r, uint32_t part) {
  int32_t number;
  do {
    if (part == SLA__ICAL_BYDAY) {
      if (!take_day(r)) return false;
    } else {
      if (!take_signed(r, part, &number)) return false;
      sla__ical_numbers_add(&r->rule->numbers[part], number);
    }
  } while (take(r, ','));
  r->rule->parts |= BIT(part);
  return true;
}

static bool take_until(reader *r) {
  size_t from = r->offset;
  while (r->offset < r->length && peek(r) != ';') r->offset++;
  if (sla__ical_stamp_parse(r->text + from, r->offset - from, &r->rule->until))
    return r->rule->has_until = true;
  r->offset = from;
  return false;
}

static int32_t take_frequency(reader *r) {
  static const char *const names[] = {
      [SLA__ICAL_DAILY] = "DAILY",   [SLA__ICAL_WEEKLY] = "WEEKLY", [SLA__ICAL_MONTHLY] = "MONTHLY",
      [SLA__ICAL_YEARLY] = "YEARLY", "HOURLY", "MINUTELY", "SECONDLY"};
  size_t from = r->offset, found = take_word(r, names, SLA__ICAL_LENGTH(names));
  if (found == SLA__ICAL_LENGTH(names)) return SLA_ICAL_E_RULE;
  r->rule->frequency = (uint32_t)found;
  if (found < SLA__ICAL_FREQUENCIES) return SLA_OK;
  r->offset = from;
  return SLA_ICAL_E_UNSUPPORTED;
}

/* ---- the rule ---- */

static int32_t take_value(reader *r, size_t key) {
  sla__ical_rule *rule = r->rule;
  bool taken;
  switch (key) {
    case FREQ: return take_frequency(r);
    case UNTIL: taken = take_until(r); break;
    case COUNT: taken = take_number(r, 1, INT32_MAX, &rule->count); break;
    case INTERVAL: taken = take_number(r, 1, INT32_MAX, &rule->interval); break;
    case WKST: taken = take_weekday(r, &rule->week_start); break;
    default: taken = take_numbers(r, (uint32_t)key); break;
  }
  return taken ? SLA_OK : SLA_ICAL_E_RULE;
}

static int32_t take_part(reader *r) {
  static const char *const names[KEYS] = {
      "BYMONTH",  "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYHOUR",
      "BYMINUTE", "BYSECOND", "BYSETPOS",  "FREQ",       "UNTIL", "COUNT",
      "INTERVAL", "WKST",     "RSCALE",    "SKIP"};
  size_t from = r->offset, key = take_word(r, names, KEYS);
  if (key == KEYS) return SLA_ICAL_E_RULE;
  if (key == RSCALE || key == SKIP || r->given & BIT(key)) {
    r->offset = from;
    return r->given & BIT(key) ? SLA_ICAL_E_RULE : SLA_ICAL_E_UNSUPPORTED;
  }
  r->given |= BIT(key);
  r->names[key] = from;
  return take(r, '=') ? take_value(r, key) : SLA_ICAL_E_RULE;
}

/* Where a part stands that the others do not allow; the length when all is well. */
static size_t contradiction(const reader *r) {
  uint32_t frequency = r->rule->frequency;
  bool in_months = frequency == SLA__ICAL_MONTHLY || frequency == SLA__ICAL_YEARLY;
  for (uint32_t part = 0; part < SLA__ICAL_PARTS; part++)
    if (r->given & BIT(part) && !(parts[part].frequencies & BIT(frequency))) return r->names[part];
  if (r->given & BIT(COUNT) && r->given & BIT(UNTIL))
    return r->names[COUNT] > r->names[UNTIL] ? r->names[COUNT] : r->names[UNTIL];
  if (!in_months || r->given & BIT(SLA__ICAL_BYWEEKNO)) return r->numbered;
  return r->length;
}

static int32_t check(reader *r) {
  bool only_position = r->rule->parts == BIT(SLA__ICAL_BYSETPOS);
  if (!(r->given & BIT(FREQ))) return SLA_ICAL_E_RULE;
  size_t bad = only_position ? r->names[SLA__ICAL_BYSETPOS] : contradiction(r);
  if (bad == r->length) return SLA_OK;
  r->offset = bad;
  return SLA_ICAL_E_RULE;
}

static void forget_times(sla__ical_rule *rule) {
  for (uint32_t part = SLA__ICAL_BYHOUR; part <= SLA__ICAL_BYSECOND; part++) {
    rule->parts &= ~BIT(part);
    rule->numbers[part] = (sla__ical_numbers){{0}, {0}};
  }
}

int32_t sla__ical_rule_parse(const char *text, size_t length, bool is_date, sla__ical_rule *rule,
                             size_t *bad) {
  reader r = {.text = text, .length = length, .rule = rule, .numbered = length};
  int32_t code;
  *rule = (sla__ical_rule){.interval = 1, .is_date = is_date};
  do code = take_part(&r);
  while (code == SLA_OK && take(&r, ';') && r.offset < length);
  if (code == SLA_OK && r.offset < length) code = SLA_ICAL_E_RULE;
  if (code == SLA_OK) code = check(&r);
  if (is_date) forget_times(rule);
  if (code != SLA_OK) *bad = r.offset;
  return code;
}
