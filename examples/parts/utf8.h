/* SPDX-License-Identifier: MIT */
/* Reading UTF-8. */
#ifndef EXAMPLES_UTF8_H
#define EXAMPLES_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The code point at the start of text and its length in bytes; 0 bytes when there is none: at the
 * end, and for overlong forms, surrogates and numbers above U+10FFFF. */
size_t utf8_decode(const char *text, size_t length, uint32_t *code);
bool utf8_is_valid(const char *text, size_t length);

#endif
