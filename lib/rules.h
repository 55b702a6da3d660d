/* SPDX-License-Identifier: MIT */
/* Rules: what they were told, and the program they are compiled to.  May include: base mem error
 * text. */
#ifndef SLA_LIB_RULES_H
#define SLA_LIB_RULES_H

#include "mem.h"

#define SLA__ATTRIBUTES 256
#define SLA__RULES 1024
#define SLA__CONDITIONS_OF_RULES 16384 /* and as many values */
#define SLA__GROUPS 16                 /* in each other */
#define SLA__RULES_TEXT 255            /* bytes of a name or a value */

/* ---- what was told ---- */

/* Bytes among the texts. */
typedef struct {
  uint32_t from, length;
} sla__span_of_text;

typedef struct {
  uint32_t type;
  sla__span_of_text name;
} sla__attribute;

typedef struct {
  int64_t number;
  sla__span_of_text text;
} sla__value;

/* A condition.  Those of a group follow it, up to `end`. */
typedef struct {
  uint32_t kind, attribute, flags;
  uint32_t depth;
  uint32_t parent; /* the group it is in; SLA__NOWHERE when it is in none */
  uint32_t end;
  uint32_t first, count; /* of its values */
} sla__node;

#define SLA__NOWHERE UINT32_MAX

typedef struct {
  uint64_t events; /* mask; 0 for all */
  uint32_t policy;
  sla__span_of_text name;
  uint32_t first, end; /* of its conditions */
} sla__choice;

typedef struct {
  sla__array attributes; /* sla__attribute */
  sla__array choices;    /* sla__choice */
  sla__array nodes;      /* sla__node */
  sla__array values;     /* sla__value */
  sla__array texts;      /* char */
  uint32_t fallback;     /* policy */
} sla__rulebook;

struct sla_rules_builder {
  sla_allocator allocator;
  sla__rulebook book;
  uint32_t open; /* the innermost open group, or SLA__NOWHERE */
};

bool sla__rulebook_copy(const sla_allocator *allocator, const sla__rulebook *from,
                        sla__rulebook *to);
void sla__rulebook_free(const sla_allocator *allocator, sla__rulebook *book);
/* Whether the conditions from one to another, groups entire, say the same as those elsewhere. */
bool sla__nodes_same(const sla__rulebook *a, uint32_t from, uint32_t end, const sla__rulebook *b,
                     uint32_t other);

static inline const sla__attribute *sla__book_attribute(const sla__rulebook *book, uint32_t i) {
  return (const sla__attribute *)book->attributes.data + i;
}
static inline const sla__choice *sla__book_choice(const sla__rulebook *book, size_t i) {
  return (const sla__choice *)book->choices.data + i;
}
static inline const sla__node *sla__book_node(const sla__rulebook *book, uint32_t i) {
  return (const sla__node *)book->nodes.data + i;
}
/* NULL when no condition of the book has any. */
static inline const sla__value *sla__book_value(const sla__rulebook *book, uint32_t i) {
  const sla__value *values = book->values.data;
  return values == NULL ? NULL : values + i;
}
static inline const char *sla__book_text(const sla__rulebook *book, sla__span_of_text span) {
  return span.length == 0 ? "" : (const char *)book->texts.data + span.from;
}

static inline bool sla__is_group(uint32_t kind) { return kind <= SLA_NONE_OF; }
static inline bool sla__type_is_text(uint32_t type) {
  return type == SLA_ATTRIBUTE_TEXT || type == SLA_ATTRIBUTE_TAGS;
}

/* ---- what is run ---- */

/* A test, and where to go on: another test, or the end. */
typedef struct {
  uint32_t node;
  uint32_t when[2]; /* it does not hold, it holds */
  uint32_t blamed;  /* the condition that does not hold when the rule ends here, of its own */
} sla__test;

#define SLA__ACCEPT UINT32_MAX
#define SLA__REJECT (UINT32_MAX - 1)

typedef struct {
  uint64_t events; /* every bit when it is for all */
  uint32_t policy;
  uint32_t start; /* its first test, or SLA__ACCEPT */
} sla__program;

struct sla_rules {
  sla__refs refs;
  sla_allocator allocator;
  sla__rulebook book;
  sla__array tests;    /* sla__test */
  sla__array programs; /* sla__program: one a rule */
};

#endif
