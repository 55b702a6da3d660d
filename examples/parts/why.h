/* SPDX-License-Identifier: MIT */
/* Saying what is wrong: every reader here returns whether it succeeded and, when it did not, adds
 * one clear sentence to a `bytes *why`. */
#ifndef EXAMPLES_WHY_H
#define EXAMPLES_WHY_H

#include <sla/sla.h>

#include "bytes.h"

/* Whether the program is told by a file, with keys, and not by options; hints say which. */
extern const bool program_has_file;

/* Adds the library's sentence.  Both return false, so that they can end a reader. */
bool why_error(bytes *why, const sla_error *error);
bool why_code(bytes *why, int32_t code);

/* One line on standard error, made harmless for terminals: the name of the program and the sentence,
 * or where it is about a line of a file, "file:line: " and the sentence. */
void complain(const char *sentence);
void complain_about(const char *file, size_t line, const char *sentence);

#endif
