/* SPDX-License-Identifier: MIT */
/* Small files, read whole. */
#ifndef EXAMPLES_FILES_H
#define EXAMPLES_FILES_H

#include "bytes.h"

enum { SMALL_FILE_LIMIT = 1 << 20 };

/* False, saying why, when it cannot be read or is larger than 1 MiB. */
bool file_read(const char *path, bytes *into, bytes *why);

#endif
