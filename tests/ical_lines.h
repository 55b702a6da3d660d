/* SPDX-License-Identifier: MIT */
/* What a written file says, line by line: unfolded by hand, without any library. */
#ifndef SLA_TESTS_ICAL_LINES_H
#define SLA_TESTS_ICAL_LINES_H

#include <sla/ical.h>
#include <stdbool.h>

/* The whole file, terminated; the caller frees it. */
char *written(const sla_ical_writer *writer);

/* The same with every fold undone and every end of line "\n".  Fails the test where a line is over
 * 75 bytes, ends in anything but CRLF, or a fold divides a character. */
char *unfolded(const char *file);

/* Whether a line of an unfolded file is just that, and how many are. */
bool has_line(const char *lines, const char *line);
int count_lines(const char *lines, const char *line);

#endif
