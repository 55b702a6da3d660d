/* SPDX-License-Identifier: MIT */
/* Recurrence rules: the examples of RFC 5545, what its words leave to be decided, rules that are
 * malformed or made to hurt, and rules by chance against their definition. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ical_oracle_rule.h"
#include "ical_rule.h"

#define SEARCH 20000000 /* days and occurrences that may be looked at, as readers have it */

/* ---- one rule ---- */

typedef struct {
  int64_t walls[ORACLE_WALLS];
  size_t count;
  uint64_t looked; /* days and occurrences looked at */
  int32_t code;
} answer;

static sla__ical_rule rule_of(const char *text, bool is_date) {
  sla__ical_rule rule;
  size_t bad = 0;
  int32_t code = sla__ical_rule_parse(text, strlen(text), is_date, &rule, &bad);
  if (code != SLA_OK) fail_msg("%s is refused at %zu", text, bad);
  return rule;
}

static void walk_rule(const sla__ical_rule *rule, int64_t start, int64_t from, int64_t to,
                      answer *a) {
  sla__ical_walk walk;
  uint64_t search = SEARCH;
  sla__ical_wall wall = 0;
  *a = (answer){.code = SLA_OK};
  sla__ical_walk_begin(&walk, rule, start, from, to, &search);
  while (a->count < ORACLE_WALLS) {
    a->code = sla__ical_walk_next(&walk, &wall);
    if (a->code != SLA_OK || wall == SLA_NONE) break;
    a->walls[a->count++] = wall;
  }
  a->looked = SEARCH - search;
}

static void walk_window(const char *text, bool is_date, int64_t start, int64_t from, int64_t to,
                        answer *a) {
  sla__ical_rule rule = rule_of(text, is_date);
  walk_rule(&rule, start, from, to, a);
}

/* ---- lists of days: "199709 2 4-6 @1000 8 10 199710 1" ---- */

typedef struct {
  const char *at;
  int64_t month; /* the day number of the day before its first */
  int second;
  size_t count;
} list;

static void expect(list *l, const answer *a, int64_t day) {
  char got[32], want[32];
  int64_t wall = (l->month + day) * 86400 + l->second;
  if (l->count >= a->count) fail_msg("%s is missing", wall_text(wall, want));
  if (a->walls[l->count] != wall)
    fail_msg("%s, not %s", wall_text(a->walls[l->count], got), wall_text(wall, want));
  l->count++;
}

static void expect_item(list *l, const answer *a) {
  char *end;
  long number = strtol(l->at + (*l->at == '@'), &end, 10), last = number;
  if (*l->at == '@') {
    l->second = (int)(number / 100 * 3600 + number % 100 * 60);
  } else if (end - l->at == 6) { /* digits */
    int32_t first = 0;
    assert_ok(sla_date_to_days((sla_date)(number * 100 + 1), &first));
    l->month = first - 1;
  } else {
    if (*end == '-') last = strtol(end + 1, &end, 10);
    for (long day = number; day <= last; day++) expect(l, a, day);
  }
  l->at = end + (*end == ' ');
}

/* Those, and no others. */
static void expect_list(const char *text, int second, const answer *a) {
  list l = {text, 0, second, 0};
  char got[32];
  while (*l.at != '\0') expect_item(&l, a);
  if (l.count < a->count) fail_msg("%s is too many", wall_text(a->walls[l.count], got));
}

typedef struct {
  const char *start, *rule;
  const char *to; /* NULL: to the end */
  const char *days;
} example;

static void try_example(const example *e) {
  int64_t start = wall_of(e->start), to = e->to == NULL ? INT64_MAX : wall_of(e->to);
  static answer a;
  walk_window(e->rule, strlen(e->start) == 8, start, INT64_MIN, to, &a);
  print_message("%s %s\n", e->start, e->rule);
  assert_code(a.code, SLA_OK);
  expect_list(e->days, (int)sla__ical_second_of(start), &a);
}

/* ---- RFC 5545, 3.8.5.3; UNTIL on the clock of New York, where the examples are ---- */

#define MARCH "19980301"
#define WEEKDAYS "MO,TU,WE,TH,FR"

static const example rfc[] = {
    {"19970902T090000", "FREQ=DAILY;COUNT=10", NULL, "199709 2-11"},
    {"19970902T090000", "FREQ=DAILY;UNTIL=19971223T190000", NULL,
     "199709 2-30 199710 1-31 199711 1-30 199712 1-23"},
    {"19970902T090000", "FREQ=DAILY;INTERVAL=2", "19971204",
     "199709 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30 199710 2 4 6 8 10 12 14 16 18 20 22 24 26 28 "
     "30 199711 1 3 5 7 9 11 13 15 17 19 21 23 25 27 29 199712 1 3"},
    {"19970902T090000", "FREQ=DAILY;INTERVAL=10;COUNT=5", NULL, "199709 2 12 22 199710 2 12"},
    {"19980101T090000", "FREQ=YEARLY;UNTIL=20000131T090000;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
     NULL, "199801 1-31 199901 1-31 200001 1-31"},
    {"19980101T090000", "FREQ=DAILY;UNTIL=20000131T090000;BYMONTH=1", NULL,
     "199801 1-31 199901 1-31 200001 1-31"},
    {"19970902T090000", "FREQ=WEEKLY;COUNT=10", NULL,
     "199709 2 9 16 23 30 199710 7 14 21 28 199711 4"},
    {"19970902T090000", "FREQ=WEEKLY;UNTIL=19971223T190000", NULL,
     "199709 2 9 16 23 30 199710 7 14 21 28 199711 4 11 18 25 199712 2 9 16 23"},
    {"19970902T090000", "FREQ=WEEKLY;INTERVAL=2;WKST=SU", MARCH,
     "199709 2 16 30 199710 14 28 199711 11 25 199712 9 23 199801 6 20 199802 3 17"},
    {"19970902T090000", "FREQ=WEEKLY;UNTIL=19971006T200000;WKST=SU;BYDAY=TU,TH", NULL,
     "199709 2 4 9 11 16 18 23 25 30 199710 2"},
    {"19970902T090000", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", NULL,
     "199709 2 4 9 11 16 18 23 25 30 199710 2"},
    {"19970901T090000", "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971223T190000;WKST=SU;BYDAY=MO,WE,FR",
     NULL,
     "199709 1 3 5 15 17 19 29 199710 1 3 13 15 17 27 29 31 199711 10 12 14 24 26 28 199712 8 10 "
     "12 22"},
    {"19970902T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", NULL,
     "199709 2 4 16 18 30 199710 2 14 16"},
    {"19970905T090000", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", NULL,
     "199709 5 199710 3 199711 7 199712 5 199801 2 199802 6 199803 6 199804 3 199805 1 199806 5"},
    {"19970905T090000", "FREQ=MONTHLY;UNTIL=19971223T190000;BYDAY=1FR", NULL,
     "199709 5 199710 3 199711 7 199712 5"},
    {"19970907T090000", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", NULL,
     "199709 7 28 199711 2 30 199801 4 25 199803 1 29 199805 3 31"},
    {"19970922T090000", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", NULL,
     "199709 22 199710 20 199711 17 199712 22 199801 19 199802 16"},
    {"19970928T090000", "FREQ=MONTHLY;BYMONTHDAY=-3", MARCH,
     "199709 28 199710 29 199711 28 199712 29 199801 29 199802 26"},
    {"19970902T090000", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", NULL,
     "199709 2 15 199710 2 15 199711 2 15 199712 2 15 199801 2 15"},
    {"19970930T090000", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", NULL,
     "199709 30 199710 1 31 199711 1 30 199712 1 31 199801 1 31 199802 1"},
    {"19970910T090000", "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15", NULL,
     "199709 10-15 199903 10-13"},
    {"19970902T090000", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", "19980401",
     "199709 2 9 16 23 30 199711 4 11 18 25 199801 6 13 20 27 199803 3 10 17 24 31"},
    {"19970610T090000", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7", NULL,
     "199706 10 199707 10 199806 10 199807 10 199906 10 199907 10 200006 10 200007 10 200106 10 "
     "200107 10"},
    {"19970310T090000", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3", NULL,
     "199703 10 199901 10 199902 10 199903 10 200101 10 200102 10 200103 10 200301 10 200302 10 "
     "200303 10"},
    {"19970101T090000", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", NULL,
     "199701 1 199704 10 199707 19 200001 1 200004 9 200007 18 200301 1 200304 10 200307 19 "
     "200601 1"},
    {"19970519T090000", "FREQ=YEARLY;BYDAY=20MO", "20000101", "199705 19 199805 18 199905 17"},
    {"19970512T090000", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "20000101",
     "199705 12 199805 11 199905 17"},
    {"19970313T090000", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "20000101",
     "199703 13 20 27 199803 5 12 19 26 199903 4 11 18 25"},
    {"19970605T090000", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", "20000101",
     "199706 5 12 19 26 199707 3 10 17 24 31 199708 7 14 21 28 199806 4 11 18 25 199807 2 9 16 23 "
     "30 199808 6 13 20 27 199906 3 10 17 24 199907 1 8 15 22 29 199908 5 12 19 26"},
    /* its start is excluded by an EXDATE there */
    {"19970902T090000", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "20010101",
     "199709 2 199802 13 199803 13 199811 13 199908 13 200010 13"},
    {"19970913T090000", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", "19980701",
     "199709 13 199710 11 199711 8 199712 13 199801 10 199802 7 199803 7 199804 11 199805 9 199806 "
     "13"},
    {"19961105T090000", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
     "20050101", "199611 5 200011 7 200411 2"},
    {"19970904T090000", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", NULL,
     "199709 4 199710 7 199711 6"},
    {"19970929T090000", "FREQ=MONTHLY;BYDAY=" WEEKDAYS ";BYSETPOS=-2", "19980401",
     "199709 29 199710 30 199711 27 199712 30 199801 29 199802 26 199803 30"},
    {"19970902T090000", "FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20,40", "19970904",
     "199709 @900 2 @920 2 @940 2 @1000 2 @1020 2 @1040 2 @900 3 @920 3 @940 3 @1000 3 @1020 3 "
     "@1040 3"},
    {"19970805T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", NULL,
     "199708 5 10 19 24"},
    {"19970805T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", NULL,
     "199708 5 17 19 31"},
    {"20070115T090000", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", NULL,
     "200701 15 30 200702 15 200703 15 30"},
};

static void rfc_examples(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rfc); i++) try_example(&rfc[i]);
}

/* ---- what was decided where RFC 5545 is silent or not kept to ---- */

static const example decided[] = {
    /* the start is the first occurrence, and counts, even where the rule does not match it */
    {"20240101", "FREQ=WEEKLY;BYDAY=WE;COUNT=3", NULL, "202401 1 3 10"},
    {"20240101", "FREQ=DAILY;BYMONTH=2;COUNT=1", NULL, "202401 1"},
    {"20240110", "FREQ=MONTHLY;BYMONTHDAY=5;UNTIL=20240206", NULL, "202401 10 202402 5"},
    {"20240110T080000", "FREQ=DAILY;BYHOUR=7,9;COUNT=4", NULL, "202401 10 @900 10 @700 11 @900 11"},
    /* an UNTIL before it leaves it */
    {"20240110", "FREQ=DAILY;UNTIL=20240105", NULL, "202401 10"},
    /* BYWEEKNO without a day: the start's day of the week */
    {"20240103", "FREQ=YEARLY;BYWEEKNO=1,20", "20250201", "202401 3 202405 15 202501 1"},
    {"20240103", "FREQ=YEARLY;BYWEEKNO=20;BYMONTH=5", "20250101", "202401 3 202405 15"},
    /* days that a year lends to the weeks of its neighbours: of the week's own year */
    {"20181231", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;COUNT=4", NULL,
     "201812 31 201912 30 202101 4 202201 3"},
    {"20181231", "FREQ=YEARLY;BYWEEKNO=-52;BYDAY=MO;COUNT=4", NULL,
     "201812 31 202001 6 202101 4 202201 3"},
    {"20200103", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR;COUNT=3", NULL, "202001 3 202101 1 202701 1"},
    {"20210101", "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=FR;COUNT=3", NULL, "202101 1 202112 31 202212 30"},
    /* a date takes no time of day */
    {"20240101", "FREQ=DAILY;BYHOUR=9,10;BYMINUTE=1;BYSECOND=2;COUNT=2", NULL, "202401 1 2"},
    {"20240101", "FREQ=DAILY;BYHOUR=9,10;BYSETPOS=1;COUNT=2", NULL, "202401 1 2"},
    {"20240101", "FREQ=DAILY;BYHOUR=9,10;BYSETPOS=2", "20250101", "202401 1"},
    /* an UNTIL that is a date, of a start that is none: the whole date */
    {"20240101T090000", "FREQ=DAILY;UNTIL=20240103", NULL, "202401 1-3"},
    /* and the other way around: its date, as it is written */
    {"20240101", "FREQ=DAILY;UNTIL=20240103T080000", NULL, "202401 1-3"},
    {"20240101", "FREQ=DAILY;UNTIL=20240103T230000Z", NULL, "202401 1-3"},
    /* inclusive, to the second */
    {"20240101T090000", "FREQ=DAILY;UNTIL=20240103T090000", NULL, "202401 1-3"},
    {"20240101T090000", "FREQ=DAILY;UNTIL=20240103T085959", NULL, "202401 1 2"},
    /* no leap seconds: the second 60 is 59, once */
    {"20240101T235959", "FREQ=DAILY;BYSECOND=59,60;COUNT=2", NULL, "202401 1 2"},
    /* months and years without the day are passed over */
    {"20240131", "FREQ=MONTHLY;COUNT=4", NULL, "202401 31 202403 31 202405 31 202407 31"},
    {"20240229", "FREQ=YEARLY;COUNT=3", NULL, "202402 29 202802 29 203202 29"},
    {"20960229", "FREQ=YEARLY;COUNT=3", NULL, "209602 29 210402 29 210802 29"},
    {"20240229", "FREQ=YEARLY;INTERVAL=3;COUNT=2", NULL, "202402 29 203602 29"},
    {"20241230", "FREQ=MONTHLY;BYDAY=5MO;COUNT=3", NULL, "202412 30 202503 31 202506 30"},
    /* plain and numbered days together */
    {"20240102", "FREQ=MONTHLY;BYDAY=TU,1WE", "20240201", "202401 2 3 9 16 23 30"},
    /* numbered days are of the month when a month is said */
    {"20240101", "FREQ=YEARLY;BYDAY=1MO,-1FR", "20250108", "202401 1 202412 27 202501 6"},
    {"20240501", "FREQ=YEARLY;BYMONTH=5,6;BYDAY=1MO", "20250601",
     "202405 1 6 202406 3 202505 5"},
    /* positions are of the whole unit, also of what is before the start in it */
    {"20240110", "FREQ=MONTHLY;BYDAY=WE;BYSETPOS=1,2", "20240301", "202401 10 202402 7 14"},
    {"20240104", "FREQ=WEEKLY;BYDAY=MO,TH,FR;BYSETPOS=2,3", "20240113", "202401 4 5 11 12"},
    {"20240105", "FREQ=WEEKLY;BYDAY=MO,TH,FR;BYSETPOS=1", "20240120", "202401 5 8 15"},
    /* the first and the last dates there are */
    {"00010101", "FREQ=DAILY;COUNT=3", NULL, "000101 1-3"},
    {"00010101", "FREQ=WEEKLY;WKST=SU;BYDAY=SU;COUNT=2", NULL, "000101 1 7"},
    {"99991230", "FREQ=DAILY", NULL, "999912 30 31"},
    {"99991201", "FREQ=WEEKLY", NULL, "999912 1 8 15 22 29"},
    {"99991130", "FREQ=MONTHLY", NULL, "999911 30 999912 30"},
    {"99980105", "FREQ=YEARLY;COUNT=5", NULL, "999801 5 999901 5"},
    {"20240101", "FREQ=YEARLY;INTERVAL=2147483647", NULL, "202401 1"},
    {"20240101", "FREQ=MONTHLY;INTERVAL=2147483647;COUNT=2147483647", NULL, "202401 1"},
    {"20240101", "FREQ=WEEKLY;INTERVAL=2147483647", NULL, "202401 1"},
    {"20240101", "FREQ=DAILY;INTERVAL=2147483647", NULL, "202401 1"},
    /* how it may be written */
    {"20240101", "count=2;freq=daily", NULL, "202401 1 2"},
    {"20240101", "Freq=Weekly;ByDay=mo,Tu;Count=3;", NULL, "202401 1 2 8"},
    {"20240101", "FREQ=MONTHLY;BYMONTHDAY=+1,+02;BYDAY=+1MO;COUNT=2;INTERVAL=01", NULL,
     "202401 1 202404 1"},
};

static void decisions(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(decided); i++) try_example(&decided[i]);
}

/* Where the start is to be left out unless the rule matches it, COUNT does not count it either. */
static void only_matches(void **state) {
  static const struct {
    const char *start, *rule, *days;
  } rows[] = {{"20240101", "FREQ=WEEKLY;BYDAY=WE;COUNT=2", "202401 3 10"},
              {"20240103", "FREQ=WEEKLY;BYDAY=WE;COUNT=2", "202401 3 10"},
              {"20240101", "FREQ=DAILY;UNTIL=20231231", ""},
              {"20240101", "FREQ=DAILY;COUNT=1", "202401 1"}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    static answer a;
    sla__ical_rule rule = rule_of(rows[i].rule, true);
    rule.only_matches = true;
    walk_rule(&rule, wall_of(rows[i].start), INT64_MIN, INT64_MAX, &a);
    assert_code(a.code, SLA_OK);
    expect_list(rows[i].days, 0, &a);
  }
}

/* ---- malformed: the caret is under the byte that is meant ---- */

static const struct {
  const char *text, *caret;
  int32_t code;
} malformed[] = {
    {"", "^", SLA_ICAL_E_RULE},
    {";", "^", SLA_ICAL_E_RULE},
    {"DAILY", "^", SLA_ICAL_E_RULE},
    {"FREQ", "    ^", SLA_ICAL_E_RULE},
    {"FREQ=", "     ^", SLA_ICAL_E_RULE},
    {"FREQ=DAIL", "     ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILYX", "     ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY ", "          ^", SLA_ICAL_E_RULE},
    {" FREQ=DAILY", "^", SLA_ICAL_E_RULE},
    {"FREQ =DAILY", "    ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY,WEEKLY", "          ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;;COUNT=1", "           ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;COUNT=1;;", "                   ^", SLA_ICAL_E_RULE},
    {"INTERVAL=2", "          ^", SLA_ICAL_E_RULE},
    {"RRULE:FREQ=DAILY", "^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;X-FOO=1", "           ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;BYEASTER=1", "           ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;COUNTS=1", "           ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;FREQ=DAILY", "           ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;COUNT=1;COUNT=1", "                   ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;BYMONTH=1;BYMONTH=2", "                     ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;INTERVAL=0", "                    ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;INTERVAL=-1", "                    ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;INTERVAL=", "                    ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;INTERVAL=2147483648", "                    ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;INTERVAL=1.5", "                     ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;COUNT=0", "                 ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;COUNT=99999999999", "                 ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;COUNT=18446744073709551617", "                 ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;UNTIL=20240230", "                 ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;UNTIL=20240101T250000Z", "                 ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;UNTIL=;COUNT=1", "                 ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;COUNT=1;UNTIL=20240101", "                   ^", SLA_ICAL_E_RULE},
    {"UNTIL=20240101;COUNT=1;FREQ=DAILY", "               ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;WKST=XX", "                ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;WKST=1MO", "                ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;BYMONTH=0", "                   ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;BYMONTH=13", "                   ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;BYMONTH=-1", "                   ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;BYMONTH=5L", "                    ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;BYMONTH=1,", "                     ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;BYMONTH=1,,2", "                     ^", SLA_ICAL_E_RULE},
    {"FREQ=MONTHLY;BYMONTHDAY=0", "                        ^", SLA_ICAL_E_RULE},
    {"FREQ=MONTHLY;BYMONTHDAY=32", "                        ^", SLA_ICAL_E_RULE},
    {"FREQ=MONTHLY;BYMONTHDAY=1,-32", "                           ^", SLA_ICAL_E_RULE},
    {"FREQ=MONTHLY;BYMONTHDAY=+-1", "                         ^", SLA_ICAL_E_RULE},
    {"FREQ=WEEKLY;BYMONTHDAY=1", "            ^", SLA_ICAL_E_RULE},
    {"BYMONTHDAY=1;FREQ=WEEKLY", "^", SLA_ICAL_E_RULE},
    {"FREQ=YEARLY;BYYEARDAY=0", "                      ^", SLA_ICAL_E_RULE},
    {"FREQ=YEARLY;BYYEARDAY=367", "                      ^", SLA_ICAL_E_RULE},
    {"FREQ=MONTHLY;BYYEARDAY=1", "             ^", SLA_ICAL_E_RULE},
    {"FREQ=WEEKLY;BYYEARDAY=1", "            ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;BYYEARDAY=1", "           ^", SLA_ICAL_E_RULE},
    {"FREQ=YEARLY;BYWEEKNO=0", "                     ^", SLA_ICAL_E_RULE},
    {"FREQ=YEARLY;BYWEEKNO=54", "                     ^", SLA_ICAL_E_RULE},
    {"FREQ=MONTHLY;BYWEEKNO=1", "             ^", SLA_ICAL_E_RULE},
    {"FREQ=WEEKLY;BYWEEKNO=1", "            ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;BYWEEKNO=1", "           ^", SLA_ICAL_E_RULE},
    {"FREQ=MONTHLY;BYDAY=255SU", "                   ^", SLA_ICAL_E_RULE},
    {"FREQ=MONTHLY;BYDAY=0SU", "                   ^", SLA_ICAL_E_RULE},
    {"FREQ=MONTHLY;BYDAY=54SU", "                   ^", SLA_ICAL_E_RULE},
    {"FREQ=MONTHLY;BYDAY=+SU", "                    ^", SLA_ICAL_E_RULE},
    {"FREQ=MONTHLY;BYDAY=1", "                    ^", SLA_ICAL_E_RULE},
    {"FREQ=MONTHLY;BYDAY=SUN", "                   ^", SLA_ICAL_E_RULE},
    {"FREQ=WEEKLY;BYDAY=MO,1TU", "                     ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;BYDAY=-1TU", "                 ^", SLA_ICAL_E_RULE},
    {"FREQ=YEARLY;BYDAY=1TU;BYWEEKNO=1", "                  ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;BYHOUR=24", "                  ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;BYHOUR=-1", "                  ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;BYMINUTE=60", "                    ^", SLA_ICAL_E_RULE},
    {"FREQ=DAILY;BYSECOND=61", "                    ^", SLA_ICAL_E_RULE},
    {"FREQ=MONTHLY;BYSETPOS=1", "             ^", SLA_ICAL_E_RULE},
    {"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", "                               ^", SLA_ICAL_E_RULE},
    {"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367", "                               ^", SLA_ICAL_E_RULE},
    {"FREQ=SECONDLY", "     ^", SLA_ICAL_E_UNSUPPORTED},
    {"COUNT=1;freq=minutely;INTERVAL=9", "             ^", SLA_ICAL_E_UNSUPPORTED},
    {"FREQ=HOURLY;INTERVAL=0", "     ^", SLA_ICAL_E_UNSUPPORTED},
    {"RSCALE=GREGORIAN;FREQ=DAILY", "^", SLA_ICAL_E_UNSUPPORTED},
    {"FREQ=MONTHLY;RSCALE=CHINESE", "             ^", SLA_ICAL_E_UNSUPPORTED},
    {"FREQ=MONTHLY;SKIP=OMIT", "             ^", SLA_ICAL_E_UNSUPPORTED},
};

static void malformed_rules(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(malformed); i++) {
    sla__ical_rule rule;
    size_t bad = 999, want = strlen(malformed[i].caret) - 1;
    const char *text = malformed[i].text;
    int32_t code = sla__ical_rule_parse(text, strlen(text), i % 2 == 0, &rule, &bad);
    if (code != malformed[i].code || bad != want)
      fail_msg("\"%s\": code %d at %zu, not %d at %zu", text, code, bad, malformed[i].code, want);
  }
}

/* The bytes after the text are not looked at, and one of zero is no end. */
static void texts_end_where_they_end(void **state) {
  static const char text[] = "FREQ=DAILY;COUNT=12";
  sla__ical_rule rule;
  size_t bad = 999;
  (void)state;
  assert_code(sla__ical_rule_parse(text, sizeof text - 2, true, &rule, &bad), SLA_OK);
  assert_number(rule.count, 1);
  assert_code(sla__ical_rule_parse(text, sizeof text, true, &rule, &bad), SLA_ICAL_E_RULE);
  assert_number((int64_t)bad, sizeof text - 1);
}

/* ---- rules made to hurt: answered, and how much was looked at ---- */

#define ALL_SECONDS                                                                              \
  "BYSECOND=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30," \
  "31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59"
#define ALL_MINUTES                                                                              \
  "BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30," \
  "31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59"
#define ALL_HOURS "BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23"
#define ALL_TIMES ALL_HOURS ";" ALL_MINUTES ";" ALL_SECONDS

static const struct {
  const char *start, *rule, *from, *to;
  size_t count;
  uint64_t looked; /* at most */
  int32_t code;
} hostile[] = {
    {"20240101", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "20240101", "21240101", 1, 36525, SLA_OK},
    {"20240101", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31;COUNT=5", "20240101", "21240101", 1, 36525,
     SLA_OK},
    {"20240101", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "20240101", "21240101", 1, 4100, SLA_OK},
    {"20240101", "FREQ=MONTHLY;BYDAY=6MO", "20240101", "21240101", 1, 36525, SLA_OK},
    {"20240101", "FREQ=YEARLY;BYDAY=53MO;BYYEARDAY=1", "20240101", "21240101", 1, 36525, SLA_OK},
    {"20240101", "FREQ=YEARLY;BYWEEKNO=-53", "20240101", "21240101", 19, 36600, SLA_OK},
    {"20240101", "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=366", "20240101", "21240101", 1, 42000, SLA_OK},
    /* old starts: without a COUNT only the window is walked, with one all of it */
    {"00010101", "FREQ=DAILY", "20240101", "20250101", 366, 1000, SLA_OK},
    {"00010101", "FREQ=WEEKLY;INTERVAL=3", "20240101", "20250101", 18, 1000, SLA_OK},
    {"00010101", "FREQ=MONTHLY;INTERVAL=5", "20240101", "20250101", 2, 1000, SLA_OK},
    {"00010101", "FREQ=YEARLY;INTERVAL=7", "20240101", "20440101", 3, 1000, SLA_OK},
    {"00010101", "FREQ=DAILY;COUNT=999999", "20240101", "20250101", 366, 1480000, SLA_OK},
    {"00010101", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", "99990101", "99991231", 0, 3652059,
     SLA_OK},
    {"20240101", "FREQ=DAILY;COUNT=2147483647", "99990101", "99991231", 364, 5830000, SLA_OK},
    /* no more than the search allows */
    {"20240101T000000", "FREQ=YEARLY;" ALL_TIMES ";BYMONTHDAY=1", "20240101", "20240102",
     ORACLE_WALLS, 10000, SLA_OK},
    {"20240101T000000",
     "FREQ=YEARLY;" ALL_TIMES ";BYYEARDAY=1,-1;BYDAY=SU,MO,TU,WE,TH,FR,SA;COUNT=2147483647",
     "99990101", "99991231", 0, SEARCH, SLA_ICAL_E_INSTANCES},
    {"20240101T000000", "FREQ=DAILY;" ALL_TIMES ";BYSETPOS=366", "20250101", "20260101", 365,
     300000, SLA_OK},
    {"20240101T000000", "FREQ=YEARLY;" ALL_TIMES ";BYDAY=SU,MO,TU,WE,TH,FR,SA;BYSETPOS=-1",
     "20240101", "20300101", 7, 8000, SLA_OK},
    {"00010101T000000", "FREQ=DAILY;" ALL_TIMES ";BYSETPOS=-366;COUNT=9999999", "99990101",
     "99991231", 0, SEARCH, SLA_ICAL_E_INSTANCES},
    /* windows that are empty, or beyond what there is */
    {"20240101", "FREQ=DAILY", "20250101", "20250101", 0, 1, SLA_OK},
    {"20240101", "FREQ=DAILY", "20250101", "20240101", 0, 1, SLA_OK},
    {"20240101", "FREQ=DAILY", "20200101", "20230101", 0, 1, SLA_OK},
};

static void hostile_rules(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(hostile); i++) {
    static answer a;
    int64_t start = wall_of(hostile[i].start);
    walk_window(hostile[i].rule, strlen(hostile[i].start) == 8, start, wall_of(hostile[i].from),
                wall_of(hostile[i].to), &a);
    print_message("%.60s: looked at %llu\n", hostile[i].rule, (unsigned long long)a.looked);
    assert_code(a.code, hostile[i].code);
    assert_number((int64_t)a.count, (int64_t)hostile[i].count);
    if (a.looked > hostile[i].looked)
      fail_msg("%s: looked at %llu", hostile[i].rule, (unsigned long long)a.looked);
  }
}

/* The end stays the end, and so does the exhausted search. */
static void ends_are_final(void **state) {
  sla__ical_rule rule = rule_of("FREQ=DAILY;COUNT=2", true);
  sla__ical_walk walk;
  sla__ical_wall wall = 0;
  uint64_t search = 100;
  (void)state;
  sla__ical_walk_begin(&walk, &rule, 0, INT64_MIN, INT64_MAX, &search);
  for (int i = 0; i < 6; i++) {
    assert_ok(sla__ical_walk_next(&walk, &wall));
    assert_number(wall, i < 2 ? i * 86400 : SLA_NONE);
  }
  search = 1;
  sla__ical_walk_begin(&walk, &rule, 0, INT64_MIN, INT64_MAX, &search);
  assert_ok(sla__ical_walk_next(&walk, &wall));
  for (int i = 0; i < 3; i++)
    assert_code(sla__ical_walk_next(&walk, &wall), SLA_ICAL_E_INSTANCES);
  assert_number((int64_t)search, 0);
}

/* Several walks share what may be looked at. */
static void searches_are_shared(void **state) {
  sla__ical_rule rule = rule_of("FREQ=DAILY", true);
  sla__ical_walk one, other;
  sla__ical_wall wall = 0;
  uint64_t search = 10;
  int taken = 0;
  (void)state;
  sla__ical_walk_begin(&one, &rule, 0, INT64_MIN, INT64_MAX, &search);
  sla__ical_walk_begin(&other, &rule, 86400, INT64_MIN, INT64_MAX, &search);
  while (sla__ical_walk_next(taken % 2 == 0 ? &one : &other, &wall) == SLA_OK) taken++;
  /* The starts are free.  Each then looks at two days and two occurrences, the start's own among
   * them; what is left is a day and an occurrence. */
  assert_number(taken, 2 + 2 + 1);
  assert_number((int64_t)search, 0);
}

/* ---- by chance ---- */

static void compare(const chance_rule *drawn, uint64_t *matched) {
  static answer a;
  static int64_t walls[ORACLE_WALLS];
  char got[32] = "the end", want[32] = "the end", start[32], from[32], to[32];
  sla__ical_rule rule = rule_of(drawn->text, drawn->is_date);
  rule.only_matches = drawn->only_matches;
  walk_rule(&rule, drawn->start, drawn->from, drawn->to, &a);
  size_t count = oracle_rule_walls(drawn, walls), i = 0;
  while (i < count && i < a.count && walls[i] == a.walls[i]) i++;
  *matched += count;
  if (a.code == SLA_OK && i == count && i == a.count) return;
  if (i < a.count) wall_text(a.walls[i], got);
  if (i < count) wall_text(walls[i], want);
  fail_msg("%s from %s, %s to %s: number %zu is %s, not %s (code %d)", drawn->text,
           wall_text(drawn->start, start), wall_text(drawn->from, from), wall_text(drawn->to, to),
           i, got, want, a.code);
}

static void rules_by_chance(void **state) {
  static const struct {
    int first, last, days;
  } eras[] = {{1990, 2030, 2000}, {1990, 2030, 300}, {1, 3, 900}, {9996, 9999, 1500}};
  uint64_t seed = support_seed(), matched = 0;
  (void)state;
  for (long i = 0; i < draws(10000); i++) {
    size_t era = (size_t)i % COUNT_OF(eras);
    chance_rule drawn;
    chance_rule_draw(&drawn, &seed, eras[era].first, eras[era].last, eras[era].days);
    drawn.only_matches = i / (long)COUNT_OF(eras) % 4 == 0;
    compare(&drawn, &matched);
  }
  print_message("%llu occurrences\n", (unsigned long long)matched);
  assert_true(matched > (uint64_t)draws(10000));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rfc_examples),       cmocka_unit_test(decisions),
      cmocka_unit_test(only_matches),       cmocka_unit_test(malformed_rules),
      cmocka_unit_test(texts_end_where_they_end),
      cmocka_unit_test(hostile_rules),      cmocka_unit_test(ends_are_final),
      cmocka_unit_test(searches_are_shared), cmocka_unit_test(rules_by_chance),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
