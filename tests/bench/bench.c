/* SPDX-License-Identifier: MIT */
/* bench [--check] [--seed N] [spans] [compile] [evaluate] [many] [rules] [agreements] [report]
 *
 * What the library costs, beside a loop over the C library's mktime in the same process.  Figures
 * come as ratios, which hold on any machine, and as nanoseconds, which do not.  Library and loop
 * must agree on every draw before anything is timed.  With --check a required figure that is
 * missed makes the exit status 1; with parts named, only those run. */
#include "bench.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fail(const char *format, ...) {
  va_list arguments;
  fflush(stdout);
  va_start(arguments, format);
  fputs("bench: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  exit(2);
}

void require_ok(int32_t code, const sla_error *error, const char *what) {
  char sentence[256] = "";
  if (code == SLA_OK) return;
  if (error != NULL) sla_error_text(error, sentence, sizeof sentence);
  fail("%s: %s: %s", what, sla_code_name(code), sentence);
}

void *allocate(size_t count, size_t size) {
  void *result = calloc(count, size);
  if (result == NULL) fail("out of memory");
  return result;
}

/* The figures that are required, in the order they were measured. */
typedef struct requirement {
  const char *name, *relation;
  double value, limit;
  bool met;
} requirement;

static requirement requirements[32];
static size_t requirement_count;

static void require(const char *name, const char *relation, double value, double limit, bool met) {
  if (requirement_count == sizeof requirements / sizeof requirements[0])
    fail("too many requirements");
  requirements[requirement_count++] = (requirement){name, relation, value, limit, met};
}

void require_at_least(const char *name, double value, double limit) {
  require(name, ">=", value, limit, value >= limit);
}

void require_at_most(const char *name, double value, double limit) {
  require(name, "<=", value, limit, value <= limit);
}

void require_below(const char *name, double value, double limit) {
  require(name, "<", value, limit, value < limit);
}

static bool print_requirements(void) {
  bool all = true;
  if (requirement_count > 0) printf("\nrequired figures\n");
  for (size_t i = 0; i < requirement_count; i++) {
    const requirement *r = &requirements[i];
    int digits = r->limit >= 1000 ? 0 : 2;
    printf("%-36s %12.*f %2s %-10.*f %s\n", r->name, digits, r->value, r->relation,
           r->limit >= 100 ? 0 : 1, r->limit, r->met ? "OK" : "MISSED");
    all = all && r->met;
  }
  return all;
}

static const struct part {
  const char *name;
  void (*run)(uint64_t seed);
} parts[] = {
    {"spans", bench_spans},
    {"compile", bench_compile},
    {"evaluate", bench_evaluate},
    {"many", bench_many},
    {"rules", bench_rules},
    {"agreements", bench_agreements},
    {"report", bench_report},
};

enum { PARTS = sizeof parts / sizeof parts[0] };

typedef struct options {
  bool check, some, part[PARTS];
  uint64_t seed;
} options;

static bool choose_part(options *o, const char *name) {
  for (int i = 0; i < PARTS; i++)
    if (strcmp(name, parts[i].name) == 0) return o->part[i] = o->some = true;
  return false;
}

static bool read_options(options *o, int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--check") == 0)
      o->check = true;
    else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc)
      o->seed = strtoull(argv[++i], NULL, 10);
    else if (!choose_part(o, argv[i]))
      return false;
  }
  return o->seed != 0;
}

int main(int argc, char **argv) {
  options o = {.seed = 20240310};
  if (!read_options(&o, argc, argv)) {
    fputs("usage: bench [--check] [--seed N] [spans] [compile] [evaluate] [many] [rules] "
          "[agreements] [report]\n", stderr);
    return 2;
  }
  printf("libsla %s, seed %" PRIu64 "; medians of nine interleaved rounds\n", sla_version_string(),
         o.seed);
  for (int i = 0; i < PARTS; i++)
    if (!o.some || o.part[i]) parts[i].run(o.seed);
  bool met = print_requirements();
  return o.check && !met ? 1 : 0;
}
