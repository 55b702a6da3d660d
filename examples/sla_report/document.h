/* SPDX-License-Identifier: MIT */
/* A YAML file as a tree, where everything knows its line and column.  Only here is libyaml seen. */
#ifndef SLA_REPORT_DOCUMENT_H
#define SLA_REPORT_DOCUMENT_H

#include "bytes.h"
#include "slice.h"

typedef struct yaml_node_s node;

typedef struct {
  const char *path;
  struct yaml_document_s *tree;
} document;

/* A file of at most 1 MiB that holds one document.  False, with "path:line:column: reason". */
bool document_read(document *made, const char *path, bytes *why);
void document_free(document *of);
const node *document_root(const document *of);

/* Adds "path:line:column: " and the sentence; always false. */
bool document_blame(const document *of, const node *at, bytes *why, const char *format, ...)
    PRINTF_LIKE(4, 5);
/* The same for a reason that is freed here; true when there was none. */
bool document_accuse(const document *of, const node *at, bytes *why, bytes *reason, bool done);

/* What something is; `what` names it in the message when it is something else. */
bool node_is_list(const node *of);
bool node_is_map(const node *of);
bool node_need_list(const document *in, const node *of, const char *what, bytes *why);
bool node_need_map(const document *in, const node *of, const char *what, bytes *why);
/* Text that is not empty. */
bool node_need_text(const document *in, const node *of, const char *what, slice *text, bytes *why);
bool node_need_number(const document *in, const node *of, const char *what, int64_t least,
                      int64_t most, int64_t *number, bytes *why);

/* Lists, and maps in the order of the file.  A list of one may be written without its brackets:
 * what is no list has one item, itself. */
size_t node_count(const node *of);
size_t node_items(const node *of);
const node *node_item(const document *in, const node *of, size_t index);
const node *node_key(const document *in, const node *of, size_t index);
const node *node_value(const document *in, const node *of, size_t index);
slice node_text(const node *of); /* of a text; else empty */

/* The value of a key, or NULL. */
const node *node_find(const document *in, const node *map, const char *key);
/* That it is a map whose keys are among these, each at most once. */
bool node_check_keys(const document *in, const node *map, const char *what,
                     const char *const *keys, size_t count, bytes *why);
/* The same for names of one's own: texts, each at most once. */
bool node_check_names(const document *in, const node *map, const char *what, bytes *why);

#endif
