/* SPDX-License-Identifier: MIT */
/* Recurrence rules by chance, against python3-dateutil: the same occurrences, save where the two
 * are known to read a rule differently.  Those readings, their reasons and what is compared then
 * are in ical_dateutil.py. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ical_chance_rule.h"

#define RULES 15000
#define MOST 4000 /* occurrences of a rule that are compared */
#define LINE (MOST * 2 * 16 + 200)

static const char *const readings[] = {"start", "week",  "weekday", "union",
                                       "weeks", "times", "second",  "until"};

typedef struct {
  long same;                         /* without a reading */
  long differ[COUNT_OF(readings)];   /* where it bears on a rule, and dateutil has another result */
  long bears_on[COUNT_OF(readings)];
} tally;

/* ---- dateutil ---- */

/* A python3 that has it; the distribution's own is not always the first. */
static const char *python(void) {
  static const char *const candidates[] = {"python3", "/usr/bin/python3"};
  char command[256];
  for (size_t i = 0; i < COUNT_OF(candidates); i++) {
    snprintf(command, sizeof command, "%s -c 'import dateutil.rrule' 2>/dev/null", candidates[i]);
    if (system(command) == 0) return candidates[i];
  }
  return NULL;
}

/* The answers to a file of rules, a line each; the shell has the file open, too. */
static FILE *ask(const char *interpreter, FILE *rules) {
  char command[4096];
  snprintf(command, sizeof command, "%s -W ignore '%s/ical_dateutil.py' <&%d", interpreter,
           SLA_TESTS_DIR, fileno(rules));
  FILE *answers = popen(command, "r");
  assert_non_null(answers);
  return answers;
}

static void write_rules(const chance_rule *rules, long count, FILE *file) {
  for (long i = 0; i < count; i++)
    fprintf(file, "%d %lld %lld %lld %s\n", rules[i].is_date, (long long)rules[i].start,
            (long long)rules[i].from, (long long)rules[i].to, rules[i].text);
  assert_int_equal(fflush(file), 0);
  rewind(file);
}

/* ---- ours ---- */

static uint64_t search;

static void begin(const chance_rule *drawn, sla__ical_walk *walk) {
  sla__ical_rule rule;
  size_t bad;
  search = 20000000;
  assert_ok(sla__ical_rule_parse(drawn->text, strlen(drawn->text), drawn->is_date, &rule, &bad));
  sla__ical_walk_begin(walk, &rule, drawn->start, drawn->from, drawn->to, &search);
}

/* Most rules that people write match their start: this one then does, if it matches anything. */
static void synchronize(chance_rule *drawn) {
  sla__ical_walk walk;
  sla__ical_wall wall = SLA_NONE;
  begin(drawn, &walk);
  assert_ok(sla__ical_walk_next(&walk, &wall));
  if (wall == drawn->start) assert_ok(sla__ical_walk_next(&walk, &wall));
  if (wall == SLA_NONE) return;
  drawn->from += wall - drawn->start;
  drawn->to += wall - drawn->start;
  drawn->start = wall;
}

static void our_walls(const chance_rule *drawn, char *text) {
  sla__ical_walk walk;
  sla__ical_wall wall;
  size_t length = 0;
  begin(drawn, &walk);
  text[0] = '\0';
  for (int i = 0; i < MOST; i++) {
    assert_ok(sla__ical_walk_next(&walk, &wall));
    if (wall == SLA_NONE) break;
    length += (size_t)sprintf(text + length, "%s%lld", i > 0 ? " " : "", (long long)wall);
  }
}

/* ---- comparing ---- */

/* Cuts a line at " ; ", in place. */
static char *cut(char *line) {
  char *mark = strstr(line, " ; ");
  if (mark == NULL) return NULL;
  *mark = '\0';
  return mark + 3;
}

static void count_readings(char *names, bool differs, tally *counts) {
  for (char *name = strtok(names, ","); name != NULL; name = strtok(NULL, ",")) {
    size_t i = 0;
    while (i < COUNT_OF(readings) && strcmp(readings[i], name) != 0) i++;
    if (i == COUNT_OF(readings)) fail_msg("no reading %s", name);
    counts->bears_on[i]++;
    counts->differ[i] += differs;
  }
}

static void compare(const chance_rule *drawn, char *line, char *ours, tally *counts) {
  char start[32], from[32], to[32];
  line[strcspn(line, "\n")] = '\0';
  char *names = cut(line), *wanted = names == NULL ? line : cut(names);
  our_walls(drawn, ours);
  if (strcmp(ours, wanted) != 0)
    fail_msg("%s (%s) from %s, %s to %s:\n  ours %.400s\n  not  %.400s", drawn->text,
             names == NULL ? "as it is" : names, wall_text(drawn->start, start),
             wall_text(drawn->from, from), wall_text(drawn->to, to), ours, wanted);
  if (names == NULL) counts->same++;
  else count_readings(names, strcmp(line, wanted) != 0, counts);
}

static void print_tally(const tally *counts, long count) {
  print_message("%ld rules: %ld read alike\n", count, counts->same);
  for (size_t i = 0; i < COUNT_OF(readings); i++)
    print_message("  %s: bears on %ld, makes a difference in %ld\n", readings[i],
                  counts->bears_on[i], counts->differ[i]);
}

static void rules_agree_with_dateutil(void **state) {
  const char *interpreter = python();
  (void)state;
  if (interpreter == NULL) {
    printf("skipped: no python3 with dateutil (Debian: apt install python3-dateutil)\n");
    skip();
  }
  long count = draws(RULES);
  chance_rule *rules = calloc((size_t)count, sizeof *rules);
  char *line = malloc(LINE), *ours = malloc(LINE);
  tally counts = {0};
  FILE *file = tmpfile();
  assert_true(rules != NULL && line != NULL && ours != NULL && file != NULL);
  uint64_t seed = support_seed();
  for (long i = 0; i < count; i++) {
    chance_rule_draw(&rules[i], &seed, 1990, 2030, 500);
    if (i % 4 != 0) synchronize(&rules[i]);
  }
  write_rules(rules, count, file);
  FILE *answers = ask(interpreter, file);
  for (long i = 0; i < count; i++) {
    if (fgets(line, LINE, answers) == NULL) fail_msg("no answer to %s", rules[i].text);
    compare(&rules[i], line, ours, &counts);
  }
  assert_int_equal(pclose(answers), 0);
  fclose(file);
  print_tally(&counts, count);
  /* Each reading that is listed is one: in a full run it makes a difference somewhere. */
  for (size_t i = 0; i < COUNT_OF(readings) && count == RULES; i++)
    if (counts.differ[i] == 0) fail_msg("%s makes no difference", readings[i]);
  free(rules);
  free(line);
  free(ours);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(rules_agree_with_dateutil)};
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
