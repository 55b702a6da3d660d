/* SPDX-License-Identifier: MIT */
/* Feeds a fuzz target without a fuzzer: every file of its corpus, then seeded mutations of them.
 * Linked with tests/fuzz/fuzz_NAME.c as the program replay_NAME, whose corpus is
 * tests/fuzz/corpus/NAME. */
#include "support.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FILES 512
#define FILE_SIZE 65536
#define MUTATIONS 20000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct {
  uint8_t *data;
  size_t size;
} input;

static struct {
  const char *name;
  input inputs[FILES];
  size_t count;
} corpus;

/* ---- the corpus ---- */

static input read_input(const char *path) {
  input in = {malloc(FILE_SIZE), 0};
  FILE *file = fopen(path, "rb");
  if (file == NULL || in.data == NULL) fail_msg("cannot read %s", path);
  in.size = fread(in.data, 1, FILE_SIZE, file);
  if (fgetc(file) != EOF) fail_msg("%s is larger than %d bytes", path, FILE_SIZE);
  fclose(file);
  return in;
}

static int visible(const struct dirent *entry) { return entry->d_name[0] != '.'; }

/* In the order of names, so that a seed means the same everywhere. */
static int load(void **state) {
  char directory[2048], path[4096];
  struct dirent **entries;
  (void)state;
  snprintf(directory, sizeof directory, "%s/fuzz/corpus/%s", SLA_TESTS_DIR, corpus.name);
  int count = scandir(directory, &entries, visible, alphasort);
  if (count < 1 || count > FILES) fail_msg("%s has no files, or over %d", directory, FILES);
  for (int i = 0; i < count; i++) {
    snprintf(path, sizeof path, "%s/%s", directory, entries[i]->d_name);
    corpus.inputs[corpus.count++] = read_input(path);
    free(entries[i]);
  }
  free(entries);
  return 0;
}

static int unload(void **state) {
  (void)state;
  for (size_t i = 0; i < corpus.count; i++) free(corpus.inputs[i].data);
  return 0;
}

/* ---- mutations ---- */

static size_t below(uint64_t *seed, size_t bound) {
  return bound == 0 ? 0 : (size_t)(random_u64(seed) % bound);
}

static void change_byte(uint64_t *seed, input *in) {
  static const uint8_t telling[] = {0x00, 0xff, 0x7f, 0x80, 0x01, '-', '0', '9', ':', ';', ' '};
  if (in->size == 0) return;
  uint8_t *byte = &in->data[below(seed, in->size)];
  switch (below(seed, 3)) {
    case 0: *byte ^= (uint8_t)(1u << below(seed, 8)); break;
    case 1: *byte = telling[below(seed, sizeof telling)]; break;
    default: *byte = (uint8_t)random_u64(seed); break;
  }
}

static void remove_bytes(uint64_t *seed, input *in) {
  size_t from = below(seed, in->size), most = in->size - from;
  size_t length = below(seed, most < 16 || below(seed, 4) == 0 ? most + 1 : 16);
  memmove(in->data + from, in->data + from + length, in->size - from - length);
  in->size -= length;
}

/* Inserts a piece of any input, this one as it was read included. */
static void insert_bytes(uint64_t *seed, input *in) {
  const input *donor = &corpus.inputs[below(seed, corpus.count)];
  size_t from = below(seed, donor->size), length = below(seed, donor->size - from + 1);
  size_t to = below(seed, in->size + 1);
  if (length > 64) length = below(seed, 64);
  if (length > FILE_SIZE - in->size) return;
  memmove(in->data + to + length, in->data + to, in->size - to);
  memcpy(in->data + to, donor->data + from, length);
  in->size += length;
}

static void mutate(uint64_t *seed, input *in) {
  for (size_t edits = 1 + below(seed, 6); edits > 0; edits--) {
    switch (below(seed, 4)) {
      case 0: remove_bytes(seed, in); break;
      case 1: insert_bytes(seed, in); break;
      default: change_byte(seed, in); break;
    }
  }
}

/* ---- tests ---- */

/* A copy of just its size, so that a sanitizer sees the first byte read beyond it. */
static void feed(const input *in) {
  uint8_t *copy = malloc(in->size + (in->size == 0));
  assert_non_null(copy);
  memcpy(copy, in->data, in->size);
  assert_number(LLVMFuzzerTestOneInput(copy, in->size), 0);
  free(copy);
}

static void every_file_of_the_corpus(void **state) {
  const input nothing = {(uint8_t *)"", 0};
  (void)state;
  feed(&nothing);
  for (size_t i = 0; i < corpus.count; i++) feed(&corpus.inputs[i]);
  print_message("%zu files\n", corpus.count);
}

static void mutations_of_them(void **state) {
  uint64_t seed = support_seed();
  input in = {malloc(FILE_SIZE), 0};
  long count = draws(MUTATIONS);
  (void)state;
  assert_non_null(in.data);
  for (long i = 0; i < count; i++) {
    const input *from = &corpus.inputs[below(&seed, corpus.count)];
    memcpy(in.data, from->data, in.size = from->size);
    mutate(&seed, &in);
    feed(&in);
  }
  free(in.data);
  print_message("%ld mutations\n", count);
}

int main(int count, char **arguments) {
  static const char prefix[] = "replay_";
  const char *name = count > 0 ? strrchr(arguments[0], '/') : NULL;
  name = name == NULL ? arguments[0] : name + 1;
  if (name == NULL || strncmp(name, prefix, sizeof prefix - 1) != 0) {
    fprintf(stderr, "this program is called %sNAME\n", prefix);
    return 2;
  }
  corpus.name = name + sizeof prefix - 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_file_of_the_corpus),
      cmocka_unit_test(mutations_of_them),
  };
  return cmocka_run_group_tests_name(corpus.name, tests, load, unload) != 0;
}
