/* SPDX-License-Identifier: MIT */
/* Entries as events and back: the standard form is on the dates of the entry, and says with
 * X-SLA-ENTRY which entry it is, until somebody changes it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chance.h"
#include "ical_own.h"
#include "ical_rule.h"

#define DAY 86400

static sla__ical_slice slice(const char *text) {
  return (sla__ical_slice){text, strlen(text)};
}

/* The event as a file has it that keeps to the form. */
static sla__ical_own_event event_of(const sla__ical_form *form) {
  return (sla__ical_own_event){form->start, form->end, form->never ? form->start : SLA_NONE,
                               slice(form->rule), form->is_date};
}

static bool reads_back(const char *own, const sla__ical_own_event *event) {
  sla_entry entry;
  bool nameless;
  return sla__ical_own_entry(slice(own), event, &entry, &nameless);
}

/* ---- what it looks like ---- */

typedef struct {
  const char *own, *rule;
  sla_date date, end_date;
  int32_t opens, end;
  bool never;
} look;

static const look looks[] = {
    {"kind=1 recurrence=1 opens=32400 closes=61200 weekdays=31", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
     20260101, 20260101, 32400, 61200, false}, /* a Thursday */
    {"kind=1 recurrence=1 opens=79200 closes=21600 weekdays=96", "FREQ=WEEKLY;BYDAY=SA,SU",
     20260103, 20260104, 79200, 21600, false},
    {"kind=1 recurrence=1 first=20260105 last=20260118 closes=86400 weekdays=65",
     "FREQ=WEEKLY;BYDAY=MO,SU;COUNT=4", 20260105, 20260106, 0, 0, false},
    {"kind=2 recurrence=2 first=20261224 last=20261226", "", 20261224, 20261227, 0, 0, false},
    {"kind=2 recurrence=3 month=12 day=25 nameless", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25",
     20261225, 20261226, 0, 0, false},
    {"kind=2 recurrence=3 month=2 day=29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", 20280229,
     20280301, 0, 0, false},
    {"kind=2 recurrence=4 weekdays=8 month=11 day=4", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", 20261126,
     20261127, 0, 0, false},
    {"kind=2 recurrence=4 last=20281231 weekdays=1 month=5 day=-1",
     "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;COUNT=3", 20260525, 20260526, 0, 0, false},
    {"kind=3 recurrence=2 first=20261224 last=20261224 opens=32400 closes=43200", "", 20261224,
     20261224, 32400, 43200, false},
    {"kind=4 recurrence=2 first=20261221 last=20261223 opens=43200 closes=86400",
     "FREQ=DAILY;COUNT=3", 20261221, 20261222, 43200, 0, false},
    {"kind=4 recurrence=3 first=20270101 last=20270331 closes=3600 month=4 day=1", "", 20270101,
     20270101, 0, 3600, true},
    {"kind=2 recurrence=3 last=20201231 month=1 day=6", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=6;COUNT=41",
     19800106, 19800107, 0, 0, false},
};

static void each_kind_has_its_look(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(looks); i++) {
    const look *l = &looks[i];
    sla__ical_own_event event = {.start = sla__ical_days(l->date) * DAY + l->opens,
                                 .end = sla__ical_days(l->end_date) * DAY + l->end,
                                 .excluded = SLA_NONE, .rule = slice(l->rule),
                                 .is_date = strstr(l->own, "kind=2") != NULL};
    if (l->never) event.excluded = event.start;
    sla_entry entry;
    bool nameless;
    char text[SLA__ICAL_OWN_MAX];
    sla__ical_form form;
    if (!sla__ical_own_entry(slice(l->own), &event, &entry, &nameless)) fail_msg("%s", l->own);
    sla__ical_own_text(&entry, nameless, text);
    assert_string_equal(text, l->own);
    assert_true(sla__ical_form_of(&entry, sla__ical_days(20260101), &form));
    assert_number(form.start, event.start);
    assert_number(form.end, event.end);
    assert_string_equal(form.rule, l->rule);
    assert_int_equal(form.never, l->never);
  }
}

/* ---- by chance ---- */

static bool on_weekday(const sla_entry *entry, int64_t day) {
  uint32_t weekday;
  assert_ok(sla_date_weekday(sla__ical_date(day), &weekday));
  return entry->weekdays >> (weekday - 1) & 1;
}

/* Whether an entry names a day, by what <sla/sla.h> says of its fields. */
static bool names(const sla_entry *entry, int64_t day) {
  sla_date date = sla__ical_date(day), last = entry->last == 0 ? 99991231 : entry->last;
  int32_t month = date / 100 % 100, nth = (date % 100 - 1) / 7 + 1;
  if (date < entry->first || date > last) return false;
  switch (entry->recurrence) {
    case SLA_WEEKLY: return on_weekday(entry, day);
    case SLA_DATES: return true;
    case SLA_YEARLY: return month == entry->month && date % 100 == entry->day;
    default:
      if (month != entry->month || !on_weekday(entry, day)) return false;
      return entry->day != -1 ? nth == entry->day
                              : sla__ical_date(day + 7) / 100 % 100 != month;
  }
}

/* Whether the event of a form takes place on a day: its own rule walked, by the code that reads. */
static bool takes_place(const sla__ical_form *form, int64_t day) {
  sla__ical_rule rule;
  sla__ical_walk walk;
  sla__ical_wall wall = SLA_NONE;
  size_t bad;
  uint64_t search = 100000000;
  if (form->never) return false;
  if (form->rule[0] == '\0') {
    int64_t first = sla__ical_day_of(form->start);
    if (!form->is_date) return day == first;
    return day >= first && (form->end == SLA_NONE ? day == first : day * DAY < form->end);
  }
  assert_ok(sla__ical_rule_parse(form->rule, strlen(form->rule), form->is_date, &rule, &bad));
  sla__ical_walk_begin(&walk, &rule, form->start, day * DAY, (day + 1) * DAY, &search);
  assert_ok(sla__ical_walk_next(&walk, &wall));
  return wall != SLA_NONE;
}

static void check_days(chance *luck, const sla_entry *entry, const sla__ical_form *form) {
  int64_t first = sla__ical_day_of(form->start);
  int64_t last = entry->last == 0 ? first : sla__ical_days(entry->last);
  for (int i = 0; i < 40; i++) {
    int64_t near = random_between(&luck->state, 0, 1) ? first : last;
    int64_t day = near + random_between(&luck->state, -1, i < 20 ? 8 : 3000);
    if (day < first || day > 2932895) continue; /* 9999-12-30 */
    if (names(entry, day) == takes_place(form, day)) continue;
    char own[SLA__ICAL_OWN_MAX];
    sla__ical_own_text(entry, false, own);
    fail_msg("%s: %s, from %d, on %d", own, form->rule, (int)sla__ical_date(first),
             (int)sla__ical_date(day));
  }
}

static void check_entry(chance *luck, const sla_entry *entry) {
  sla__ical_form form, again;
  sla_entry back;
  bool nameless, said = random_between(&luck->state, 0, 1);
  char own[SLA__ICAL_OWN_MAX];
  int64_t from = random_between(&luck->state, -719162, 2932896);
  if (random_between(&luck->state, 0, 1)) from = sla__ical_days(20260101);
  assert_true(sla__ical_form_of(entry, from, &form));
  sla__ical_own_text(entry, said, own);
  sla__ical_own_event event = event_of(&form);
  if (!sla__ical_own_entry(slice(own), &event, &back, &nameless)) fail_msg("%s", own);
  assert_memory_equal(&back, entry, sizeof back);
  assert_int_equal(nameless, said);
  assert_true(sla__ical_form_of(&back, sla__ical_day_of(form.start), &again));
  assert_string_equal(again.rule, form.rule);
  check_days(luck, entry, &form);
}

static void every_entry_comes_back_and_is_on_its_dates(void **state) {
  chance luck;
  (void)state;
  chance_begin(&luck, support_seed());
  for (long i = draws(3000); i > 0; i--) {
    oracle_calendar calendar = {.zone = luck.zones[0]};
    chance_calendar(&luck, &calendar, chance_instant(&luck, luck.zones[0], at("2026-01-01T00:00Z")),
                    60);
    for (size_t k = 0; k < calendar.count; k++) check_entry(&luck, &calendar.entries[k]);
  }
  chance_end(&luck);
}

/* ---- what was changed, and what is nonsense ---- */

static void an_event_that_was_changed_is_not_ours_any_more(void **state) {
  static const char own[] = "kind=2 recurrence=4 weekdays=8 month=11 day=4";
  sla__ical_form form;
  const sla_entry entry = {.kind = SLA_ENTRY_HOLIDAY, .recurrence = SLA_YEARLY_WEEKDAY,
                           .weekdays = SLA_THURSDAY, .month = 11, .day = 4};
  (void)state;
  assert_true(sla__ical_form_of(&entry, sla__ical_days(20260101), &form));
  const sla__ical_own_event right = event_of(&form);
  sla__ical_own_event event = right;
  assert_true(reads_back(own, &event));
  event.rule = slice("BYDAY=4TH;FREQ=YEARLY;BYMONTH=11"); /* in another order: not a change */
  assert_true(reads_back(own, &event));
  event.rule = slice("FREQ=YEARLY;BYMONTH=11;BYDAY=3TH");
  assert_false(reads_back(own, &event));
  event.rule = slice("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=3");
  assert_false(reads_back(own, &event));
  event.rule = slice("");
  assert_false(reads_back(own, &event));
  event = right, event.start += DAY;
  assert_false(reads_back(own, &event));
  event = right, event.end += DAY;
  assert_false(reads_back(own, &event));
  event = right, event.end = SLA_NONE;
  assert_false(reads_back(own, &event));
  event = right, event.excluded = event.start;
  assert_false(reads_back(own, &event));
  event = right, event.is_date = false;
  assert_false(reads_back(own, &event));
}

static void what_is_no_entry_is_not_ours(void **state) {
  static const char *const nonsense[] = {
      "", " ", "nameless", "kind=2", "recurrence=2", "kind=2 recurrence=2",
      "kind=2 recurrence=2 first=20261224", "kind=2 recurrence=2 first=20261224 last=20261223",
      "kind=2 recurrence=2 first=20260230 last=20260230", "kind=5 recurrence=2",
      "kind=0 recurrence=2 first=20261224 last=20261224", "kind=2 recurrence=1 weekdays=1",
      "kind=1 recurrence=2 first=20261224 last=20261224 closes=1", "kind=1 recurrence=1 closes=1",
      "kind=1 recurrence=1 weekdays=128 closes=1", "kind=1 recurrence=1 weekdays=-1 closes=1",
      "kind=1 recurrence=1 weekdays=1", "kind=1 recurrence=1 weekdays=1 closes=86401",
      "kind=1 recurrence=1 weekdays=1 closes=1 month=1", "kind=2 recurrence=3 month=2 day=30",
      "kind=2 recurrence=3 month=13 day=1", "kind=2 recurrence=3 month=0 day=1",
      "kind=2 recurrence=3 month=1 day=0", "kind=2 recurrence=3 month=1 day=-1",
      "kind=2 recurrence=3 month=1 day=100", "kind=2 recurrence=4 month=1 day=1 weekdays=3",
      "kind=2 recurrence=4 month=1 day=6 weekdays=1", "kind=2 recurrence=4 month=1 weekdays=1",
      "kind=2 recurrence=3 month=1 day=1 opens=1", "kind=4 recurrence=3 month=1 day=1",
      "kind=4 recurrence=3 month=1 day=1 opens=5 closes=4", "kind=2 recurrence=5 month=1 day=1",
      "kind=2 recurrence=3 month=1 day=1 year=1", "kind=2 recurrence=3 month=1 day",
      "kind=2 recurrence=3 month=1 day=", "kind=2 recurrence=3 month=1 day=-",
      "kind=2 recurrence=3 month=1 day=1x", "kind=2 recurrence=3  month=1 day=1",
      "kind=2 recurrence=3 month=1 day=4294967297", "kind=2147483648"};
  const sla__ical_own_event new_year = {
      sla__ical_days(20260101) * DAY, sla__ical_days(20260102) * DAY, SLA_NONE,
      {"FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", 34}, true};
  (void)state;
  assert_true(reads_back("kind=2 recurrence=3 month=1 day=1", &new_year));
  for (size_t i = 0; i < COUNT_OF(nonsense); i++) {
    sla__ical_own_event event = new_year;
    for (int is_date = 0; is_date < 2; is_date++) {
      event.is_date = is_date;
      if (reads_back(nonsense[i], &event)) fail_msg("'%s' is taken", nonsense[i]);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_kind_has_its_look),
      cmocka_unit_test(every_entry_comes_back_and_is_on_its_dates),
      cmocka_unit_test(an_event_that_was_changed_is_not_ours_any_more),
      cmocka_unit_test(what_is_no_entry_is_not_ours),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
