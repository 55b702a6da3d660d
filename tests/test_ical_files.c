/* SPDX-License-Identifier: MIT */
/* Real calendar files, when SLA_TEST_DATA names the directory that has them in ics/: every one of
 * them is read as its lines say, or refused where they are wrong.
 *
 * The rows were written from the files: the dates and times counted and converted by another program
 * (Python, with dateutil for the rules and zoneinfo for the zones), the places by eye.  The calendar
 * is in Europe/Paris, the window 2000 to 2040. */
#include <dirent.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ical_told.h"
#include "support.h"

#define PARIS "Europe/Paris"

typedef struct {
  const char *file;
  const char *tzid, *zone; /* a name that the file does not explain */
  int64_t count;           /* of entries ... */
  const char *rows;        /* ... and some of them: all when there are few */
} read_row;

typedef struct {
  const char *file, *tzid; /* a name that is explained so that what follows is seen */
  const char *expected;
} refused_row;

static const read_row read_rows[] = {
    {"date-holidays-BR-SP.ics", NULL, NULL, 78,
     "20240101 holiday Ano Novo\n"
     "20260709 holiday Revolução Constitucionalista\n"
     "20281029 holiday Dia de Eleição\n"
     "20301225 holiday Natal\n"},
    {"date-holidays-CH-ZH.ics", NULL, NULL, 84,
     "20240101 holiday Neujahr\n"
     "20260501 holiday Tag der Arbeit\n"
     "20280801 holiday Bundesfeiertag\n"
     "20301226 holiday Stephanstag\n"},
    {"date-holidays-CN.ics", NULL, NULL, 105,
     "20240101 holiday 元旦\n"
     "20260405 holiday 清明节 清明節\n"
     "20280801 holiday 建军节\n"
     "20301003 holiday 国庆节\n"},
    {"date-holidays-DE-BY.ics", NULL, NULL, 84,
     "20240101 holiday Neujahr\n"
     "20260501 holiday Maifeiertag\n"
     "20281003 holiday Tag der Deutschen Einheit\n"
     "20301226 holiday 2. Weihnachtstag\n"},
    {"date-holidays-FR.ics", NULL, NULL, 77,
     "20240101 holiday Nouvel An\n"
     "20260508 holiday Fête de la Victoire 1945\n"
     "20280815 holiday Assomption\n"
     "20301225 holiday Noël\n"},
    {"date-holidays-GB-ENG.ics", NULL, NULL, 60,
     "20240101 holiday New Year's Day\n"
     "20260525 holiday Spring bank holiday\n"
     "20280529 holiday Spring bank holiday\n"
     "20301226 holiday Boxing Day\n"},
    {"date-holidays-IL.ics", NULL, NULL, 63,
     "20240423 holiday פסח\n"
     "20260522 holiday שבועות\n"
     "20280930 holiday יום כיפור\n"
     "20301019 holiday שמחת תורה/שמיני עצרת\n"},
    {"date-holidays-IN.ics", NULL, NULL, 42,
     "20240126 holiday Republic Day\n"
     "20260414 holiday Ambedkar Jayanti\n"
     "20281002 holiday Gandhi Jayanti\n"
     "20301225 holiday Christmas Day\n"},
    {"date-holidays-JP.ics", NULL, NULL, 129,
     "20240101 holiday 元日\n"
     "20260223 holiday 天皇誕生日\n"
     "20280918 holiday 敬老の日\n"
     "20301123 holiday 勤労感謝の日\n"},
    {"date-holidays-KR.ics", NULL, NULL, 105,
     "20240101 holiday 신정\n"
     "20260606 holiday 현충일\n"
     "20281002-20281004 holiday 추석\n"
     "20301225 holiday 기독탄신일\n"},
    {"date-holidays-NZ.ics", NULL, NULL, 87,
     "20240101 holiday New Year's Day\n"
     "20260601 holiday King's Birthday\n"
     "20280417 holiday Easter Monday\n"
     "20301226 holiday Boxing Day\n"},
    {"date-holidays-PL.ics", NULL, NULL, 97,
     "20240101 holiday Nowy Rok\n"
     "20260503 holiday Święto Narodowe Trzeciego Maja\n"
     "20281101 holiday Wszystkich Świętych\n"
     "20301226 holiday Drugi dzień Bożego Narodzenia\n"},
    {"date-holidays-SA.ics", NULL, NULL, 28,
     "20240222 holiday يوم التأسيس\n"
     "20260319-20260322 holiday عيد الفطر\n"
     "20280504-20280507 holiday عيد الأضحى\n"
     "20300923 holiday اليوم الوطني\n"},
    {"date-holidays-US.ics", NULL, NULL, 82,
     "20240101 holiday New Year's Day\n"
     "20260703 holiday Independence Day (substitute day)\n"
     "20280704 holiday Independence Day\n"
     "20301225 holiday Christmas Day\n"},
    {"date-holidays-ZA.ics", NULL, NULL, 93,
     "20240101 holiday New Year's Day\n"
     "20260427 holiday Freedom Day\n"
     "20280924 holiday Heritage Day\n"
     "20301226 holiday Day of Goodwill\n"},
    {"england-and-wales.ics", NULL, NULL, 65,
     "20120102 holiday New Year’s Day\n"
     "20140526 holiday Spring bank holiday\n"
     "20170417 holiday Easter Monday\n"
     "20191226 holiday Boxing Day\n"},
    {"england-and-wales-lf.ics", NULL, NULL, 65,
     "20120102 holiday New Year’s Day\n"
     "20140526 holiday Spring bank holiday\n"
     "20170417 holiday Easter Monday\n"
     "20191226 holiday Boxing Day\n"},
    {"exchange2010.ics", NULL, NULL, 17,
     "20180905 closure 13:00-14:00 EPSRC Decarbonising Transport Network Call\n"
     "20180919 closure 11:00-12:00 Departmental Meeting\n"
     "20181031 closure 00:00-10:30 WHO conference on air pollution and health\n"
     "20190311 closure 13:00-14:00 Departmental meeting\n"},
    {"korea-holidays.ics", NULL, NULL, 81,
     "20240101 holiday 1월1일\n"
     "20250505 holiday 부처님오신날\n"
     "20260925 holiday 추석\n"
     "20271227 holiday 대체공휴일(기독탄신일)\n"},
    {"telerik-holidays.ics", NULL, NULL, 225,
     "20000117 holiday Birthday of Martin Luther King, Jr.\n"
     "20070704 holiday Independence Day\n"
     "20141111 holiday Veterans Day\n"
     "20211225 holiday Christmas Day\n"},
    {"node-ical-exchange_whole_day_moved_recurrence.ics", NULL, NULL, 51,
     "20260219 holiday Exchange Recurring Test\n"
     "20260421 holiday Exchange Recurring Test\n"
     "20260618 holiday Exchange Recurring Test\n"
     "20260813 holiday Exchange Recurring Test\n"},
    {"node-ical-whole_day_moved_over_dst_change_berlin.ics", NULL, NULL, 3,
     "20241027 holiday test whole day moved\n"
     "20241029 holiday test whole day moved\n"
     "20241030 holiday test whole day moved\n"},
    {"icaljs-multiple_rrules.ics", NULL, NULL, 36,
     "20120326 closure 20:00-20:30 sahaja <> frashed\n"
     "20120507 closure 20:00-20:30 sahaja <> frashed\n"
     "20120618 closure 20:00-20:30 sahaja <> frashed\n"
     "20120729 closure 20:00-20:30 sahaja <> frashed\n"},
    {"icaljs-recur_instances.ics", NULL, NULL, 341,
     "20121003 closure 00:00-00:30 Crazy Event Thingy!\n"
     "20231125 closure 10:00-13:30 Crazy Event Thingy!\n"
     "20220301 closure 19:00-19:30 Crazy Event Thingy!\n"
     "20310701 closure 19:00-19:30 Crazy Event Thingy!\n"
     "20401204 closure 19:00-19:30 Crazy Event Thingy!\n"},
    {"icaljs-recur_instances_finite.ics", NULL, NULL, 5,
     "20121002 closure 19:00-19:30 Crazy Event Thingy!\n"
     "20121105 closure 19:00-19:30 Crazy Event Thingy!\n"
     "20121106 closure 19:00-19:30 Crazy Event Thingy!\n"
     "20121110 closure 19:00-19:30 Crazy Event Thingy!\n"
     "20121204 closure 19:00-19:30 Crazy Event Thingy!\n"},
    {"icaljs-day_long_recur_yearly.ics", NULL, NULL, 7412,
     "20120803 holiday Day Long Event\n"
     "20220121 holiday Day Long Event\n"
     "20310714 holiday Day Long Event\n"
     "20401231 holiday Day Long Event\n"},
    {"icaljs-duration_instead_of_dtend.ics", NULL, NULL, 2,
     "20120630 closure 15:00-24:00 Really long event name thing\n"
     "20120701 closure 00:00-15:00 Really long event name thing\n"},
    {"node-ical-sabredav-school-holidays.ics", NULL, NULL, 1,
     "20180702-20180810 holiday Sommerferien Sachsen\n"},
    {"node-ical-vtimezone-year-0001-dtstart.ics", NULL, NULL, 1,
     "20240601 closure 10:00-11:00 Test event with year-0001 VTIMEZONE\n"},
    {"icalendar-america_new_york.ics", NULL, NULL, 1,
     "20140829 closure 14:00-16:00 an event with a custom tz name\n"},
    {"node-ical-festival-multiday-rrule.ics", NULL, NULL, 121,
     "20110804 closure 12:00-18:00 Sign-up for street basketball & Guitar Hero solo guitar\n"
     "20110805 closure 20:30-22:30 Real wild demo - jury - come to Infodesk\n"
     "20110806 closure 17:30-18:15 Real wild demo compo\n"
     "20110807 closure 14:30-15:00 Closing ceremony\n"},
    {"icalendar-bom_calendar.ics", NULL, NULL, 0, ""},
    {"icalendar-broken_ical.ics", NULL, NULL, 0, ""},
    {"icalendar-issue_1231_recurrence.ics", NULL, NULL, 0, ""},
    {"icalendar-issue_237_fail_to_parse_timezone_with_non_ascii_tzid.ics", NULL, NULL, 1,
     "20170511 closure 18:30-19:00\n"},
    {"icalendar-issue_313_globally_unique_tzid.ics", "America/Argentina/Buenos_Aires",
     "America/Sao_Paulo", 3,
     "20200426 closure 14:00-15:00 libical / Evolution globally unique TZID\n"
     "20200426 closure 20:00-21:00 Mozilla Lightning globally unique TZID\n"
     "20200426 closure 19:00-20:00 vendor prefix in front of a multi-part Olson name\n"},
    {"icalendar-issue_348_exception_parsing_value.ics", NULL, NULL, 1,
     "20190624 closure 08:30-18:30 Sixt : détails de votre réservation\n"},
    {"icaljs-blank_line_mid.ics", NULL, NULL, 0, ""},
    {"icaljs-rdate_exdate.ics", NULL, NULL, 0, ""},
    {"node-ical-multi-era-vtimezone.ics", NULL, NULL, 1,
     "20250610 closure 20:00-21:00 Event in 2025 (modern rule)\n"},
    {"node-ical-non-utc-until.ics", NULL, NULL, 53,
     "20240101 closure 10:00-11:00 Weekly Meeting (Non-UTC UNTIL)\n"
     "20241230 closure 10:00-11:00 Weekly Meeting (Non-UTC UNTIL)\n"},
    {"node-ical-tentative-apple-calendar.ics", "America/Vancouver", "America/Los_Angeles", 3,
     "20220705 closure 01:00-01:50 Tentative\n"
     "20220705 closure 18:00-19:00 Confirmed\n"
     "20220707 closure 18:00-19:00 No Status\n"},
    {"node-ical-test_with_int_tzid.ics", NULL, NULL, 2,
     "20231215 closure 15:00-16:00 test export import\n"
     "20240108 closure 11:00-12:00 Atelier groupes portail/Nuage\n"},
    {"node-ical-windows-quoted-tz-rrule.ics", "(UTC-05:00) Eastern Time (US and Canada)",
     "America/New_York", 10,
     "20150706 closure 18:00-22:00 Treasure Hunting\n"
     "20150715 closure 18:00-22:00 Treasure Hunting\n"},
    {"rfc7953-1.ics", NULL, NULL, 0, ""},
    {"rfc7953-2.ics", NULL, NULL, 0, ""},
};

static const refused_row refused_rows[] = {
    {"icalendar-big_bad_calendar.ics", NULL, "SLA_ICAL_E_SYNTAX 42:1"},
    {"icalendar-fuzz_testcase_0_char_in_component_name.ics", NULL, "SLA_ICAL_E_ENCODING 1:7"},
    {"icalendar-fuzz_testcase_invalid_month.ics", NULL, "SLA_ICAL_E_SYNTAX 2:18"},
    {"icalendar-issue_156_RDATE_with_PERIOD_TZID_khal_2.ics", NULL,
     "SLA_ICAL_E_UNSUPPORTED 26:35"},
    {"icalendar-issue_1633_rdate_with_dates.ics", NULL, "SLA_ICAL_E_VALUE 5:20"},
    {"icaljs-google_birthday.ics", NULL, "SLA_ICAL_E_VALUE 12:7"},
    {"node-ical-badRRULE.ics", NULL, "SLA_ICAL_E_RULE 50:7"},
    {"node-ical-bad_custom_ms_tz.ics", NULL, "SLA_ICAL_E_ZONE 6:41"},
    {"node-ical-bad_custom_ms_tz.ics", "tzone://Microsoft/Custom", "SLA_ICAL_E_VALUE 40:10"},
    {"node-ical-daily-count-exdate-recurrence-id.ics", NULL, "SLA_ICAL_E_EVENT 16:32"},
    {"node-ical-germany_at_end_of_day_repeating.ics", NULL, "SLA_ICAL_E_ZONE 3:29"},
    {"node-ical-germany_at_end_of_day_repeating.ics", "Europe/Germany", "SLA_ICAL_E_ZONE 4:32"},
    {"node-ical-large-file-with-late-error.ics", NULL, "SLA_ICAL_E_VALUE 360:9"},
    {"node-ical-ms_timezones.ics", NULL, "SLA_ICAL_E_VALUE 152:1"},
    {"node-ical-test_date_duration.ics", NULL, "SLA_ICAL_E_VALUE 16:10"},
};

/* ---- files ---- */

static const char *directory; /* or NULL */

static char *bytes_of(const char *name, size_t *length) {
  char path[4096];
  snprintf(path, sizeof path, "%s/ics/%s", directory, name);
  FILE *file = fopen(path, "rb");
  char *bytes = malloc(1 << 20);
  if (file == NULL || bytes == NULL) fail_msg("SLA_TEST_DATA is set, but %s cannot be read", path);
  *length = fread(bytes, 1, 1 << 20, file);
  assert_true(*length < 1 << 20);
  fclose(file);
  return bytes;
}

static char *told_file(const sla_ical_reader *reader, const char *name) {
  size_t length;
  char *bytes = bytes_of(name, &length);
  char *told = told_holidays(reader, bytes, length);
  free(bytes);
  return told;
}

static sla_ical_reader *common_reader(void) {
  sla_ical_reader *reader = reader_of(PARIS, 20000101, 20401231);
  name_zone(reader, "Europe/Berlin", PARIS); /* the same clock since 1980 */
  name_zone(reader, "America/New_York", "America/New_York");
  name_zone(reader, "America/Los_Angeles", "America/Los_Angeles");
  return reader;
}

/* ---- tests ---- */

static int64_t lines_of(const char *told) {
  int64_t count = 0;
  for (; *told != '\0'; told++) count += *told == '\n';
  return count;
}

/* Every row is a whole line of what was told. */
static void assert_rows(const char *told, const char *rows) {
  while (*rows != '\0') {
    char line[300] = "\n";
    size_t length = strcspn(rows, "\n") + 1;
    assert_true(length + 1 < sizeof line);
    strncat(line, rows, length);
    bool first = strncmp(told, rows, length) == 0;
    if (!first && strstr(told, line) == NULL) fail_msg("there is no %.*s", (int)length, rows);
    rows += length;
  }
}

static void is_read(void **state) {
  const read_row *r = *state;
  if (directory == NULL) skip();
  sla_ical_reader *reader = common_reader();
  if (r->tzid != NULL) name_zone(reader, r->tzid, r->zone);
  char *told = told_file(reader, r->file);
  if (strncmp(told, "SLA_", 4) == 0) fail_msg("%s", told);
  assert_number(lines_of(told), r->count);
  assert_rows(told, r->rows);
  free(told);
  sla_ical_reader_free(reader);
}

static void is_refused(void **state) {
  const refused_row *r = *state;
  if (directory == NULL) skip();
  sla_ical_reader *reader = common_reader();
  if (r->tzid != NULL) name_zone(reader, r->tzid, PARIS);
  char *told = told_file(reader, r->file);
  assert_string_equal(told, r->expected);
  free(told);
  sla_ical_reader_free(reader);
}

static bool is_listed(const char *name) {
  for (size_t i = 0; i < COUNT_OF(read_rows); i++)
    if (strcmp(read_rows[i].file, name) == 0) return true;
  for (size_t i = 0; i < COUNT_OF(refused_rows); i++)
    if (strcmp(refused_rows[i].file, name) == 0) return true;
  return false;
}

static void no_file_is_forgotten(void **state) {
  char path[4096];
  int64_t files = 0;
  (void)state;
  if (directory == NULL) skip();
  snprintf(path, sizeof path, "%s/ics", directory);
  DIR *all = opendir(path);
  assert_non_null(all);
  for (struct dirent *entry; (entry = readdir(all)) != NULL;) {
    const char *dot = strrchr(entry->d_name, '.');
    if (dot == NULL || strcmp(dot, ".ics") != 0) continue;
    files++;
    if (!is_listed(entry->d_name)) fail_msg("%s is in no row", entry->d_name);
  }
  closedir(all);
  print_message("%d files\n", (int)files);
}

/* ---- the bank holidays of England and Wales ---- */

/* The dates of a file, found by nothing but its DTSTART lines. */
typedef struct {
  sla_date dates[200];
  size_t count;
} naive;

static void find_dates(const char *bytes, size_t length, naive *found) {
  static const char mark[] = "DTSTART;VALUE=DATE:";
  for (size_t i = 0; i + sizeof mark + 8 < length; i++)
    if (memcmp(bytes + i, mark, sizeof mark - 1) == 0)
      found->dates[found->count++] = (sla_date)strtol(bytes + i + sizeof mark - 1, NULL, 10);
}

static bool has_date(const naive *found, sla_date date) {
  for (size_t i = 0; i < found->count; i++)
    if (found->dates[i] == date) return true;
  return false;
}

/* Day after day: eight hours on each Monday to Friday that the file does not name. */
static sla_seconds naive_seconds(const naive *found, int year) {
  int32_t first, last;
  sla_seconds seconds = 0;
  assert_ok(sla_date_to_days(year * 10000 + 101, &first));
  assert_ok(sla_date_to_days(year * 10000 + 1231, &last));
  for (int32_t day = first; day <= last; day++) {
    sla_date date;
    uint32_t weekday;
    assert_ok(sla_date_from_days(day, &date));
    assert_ok(sla_date_weekday(date, &weekday));
    if (weekday <= 5 && !has_date(found, date)) seconds += 8 * 3600;
  }
  return seconds;
}

static sla_seconds year_of(const sla_calendar *calendar, int year) {
  char first[32], next[32];
  snprintf(first, sizeof first, "%d-01-01T00:00Z", year);
  snprintf(next, sizeof next, "%d-01-01T00:00Z", year + 1);
  return elapsed(calendar, at(first), at(next));
}

static void the_working_seconds_of_each_year(void **state) {
  size_t length;
  naive found = {.count = 0};
  sla_ical_feed *feed = NULL;
  (void)state;
  if (directory == NULL) skip();
  char *bytes = bytes_of("england-and-wales.ics", &length);
  find_dates(bytes, length, &found);
  assert_number(found.count, 65);
  sla_ical_reader *reader = reader_of("Europe/Dublin", 20120101, 20191231);
  assert_ok(sla_ical_read_holidays(reader, bytes, length, &feed, NULL));
  sla_calendar_builder *builder = builder_of("Europe/Dublin", "Mo-Fr 09:00-17:00");
  assert_ok(sla_ical_feed_apply(feed, builder, NULL));
  sla_calendar *calendar = built(builder);
  for (int year = 2012; year <= 2019; year++)
    assert_number(year_of(calendar, year), naive_seconds(&found, year));
  assert_number(year_of(calendar, 2012), 252 * 8 * 3600); /* 261 weekdays, 9 holidays on them */
  sla_calendar_unref(calendar);
  sla_ical_feed_unref(feed);
  sla_ical_reader_free(reader);
  free(bytes);
}

#define READ COUNT_OF(read_rows)
#define REFUSED COUNT_OF(refused_rows)

int main(void) {
  static struct CMUnitTest tests[READ + REFUSED + 2] = {
      cmocka_unit_test(no_file_is_forgotten),
      cmocka_unit_test(the_working_seconds_of_each_year),
  };
  directory = getenv("SLA_TEST_DATA");
  if (directory == NULL)
    printf("skipped: SLA_TEST_DATA does not name the directory that has calendar files in ics/\n");
  for (size_t i = 0; i < READ; i++)
    tests[2 + i] = (struct CMUnitTest){read_rows[i].file, is_read, NULL, NULL,
                                       (void *)(uintptr_t)&read_rows[i]};
  for (size_t i = 0; i < REFUSED; i++)
    tests[2 + READ + i] = (struct CMUnitTest){refused_rows[i].file, is_refused, NULL, NULL,
                                              (void *)(uintptr_t)&refused_rows[i]};
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
