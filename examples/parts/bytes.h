/* SPDX-License-Identifier: MIT */
/* Memory that is there or ends the program, and growing strings. */
#ifndef EXAMPLES_BYTES_H
#define EXAMPLES_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#if defined(__GNUC__)
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))
#else
#define PRINTF_LIKE(text, first)
#endif

/* A zeroed bytes is an empty one; data is terminated once something was added. */
typedef struct {
  char *data;
  size_t length, capacity;
} bytes;

extern const char *const program_name; /* of the program that uses them */

void *need(size_t count, size_t size); /* zeroed */
/* Room for one more element behind count of them; the address may change. */
void *need_one_more(void *array, size_t count, size_t *capacity, size_t size);

void bytes_add(bytes *to, const char *data, size_t length);
void bytes_add_char(bytes *to, char c);
void bytes_add_text(bytes *to, const char *text);
void bytes_format(bytes *to, const char *format, ...) PRINTF_LIKE(2, 3);
void bytes_clear(bytes *to);
void bytes_print(bytes *text, FILE *to); /* and clears it; ferror(to) tells how it went */
void bytes_free(bytes *to);
const char *bytes_text(const bytes *of); /* "" when nothing was added */

#endif
