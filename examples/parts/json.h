/* SPDX-License-Identifier: MIT */
/* Writing JSON. */
#ifndef EXAMPLES_JSON_H
#define EXAMPLES_JSON_H

#include "bytes.h"

/* The text is UTF-8: whatever is not was turned away when it was read. */
void json_string(bytes *to, const char *text);

/* `before` parts it from what came before. */
void json_name(bytes *to, const char *before, const char *name);

#endif
