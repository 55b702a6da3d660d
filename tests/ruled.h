/* SPDX-License-Identifier: MIT */
/* Rules and facts in a few words, for tests: five attributes, one of each type and an e-mail
 * address; lists of values with | between them. */
#ifndef SLA_TESTS_RULED_H
#define SLA_TESTS_RULED_H

#include <sla/sla.h>

enum { EMAIL, SUBJECT, PRIORITY, CREATED, TAG, RULED_ATTRIBUTES };
extern const uint32_t ruled_types[RULED_ATTRIBUTES];

/* Facts, or the values of a condition. */
#define RULED_FACTS 64
typedef struct {
  sla_fact facts[RULED_FACTS];
  size_t count;
  char texts[4096];
  size_t length;
} ruled;
/* Adds a list of values; `list` is one value unless the attribute is of tags or `split`. */
void ruled_add(ruled *to, uint32_t attribute, const char *list);
void ruled_add_split(ruled *to, uint32_t attribute, const char *list);

/* A builder that knows the attributes "e-mail", "subject", "priority", "created" and "tag". */
sla_rules_builder *ruled_builder(void);
/* A rule named "rule N", N counting from 0 in the builder. */
void ruled_rule(sla_rules_builder *builder, uint64_t events, uint32_t policy);
void ruled_condition(sla_rules_builder *builder, uint32_t attribute, uint32_t kind, uint32_t flags,
                     const char *values); /* NULL for none */
sla_rules *ruled_built(sla_rules_builder *builder); /* frees the builder */

sla_match ruled_match(const sla_rules *rules, uint32_t event, const ruled *facts);

#endif
