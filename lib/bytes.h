/* SPDX-License-Identifier: MIT */
/* Objects as bytes: what they are written to and read from.  Integers have a fixed width and their
 * lowest byte first, whatever the machine does.  May include: base error. */
#ifndef SLA_LIB_BYTES_H
#define SLA_LIB_BYTES_H

#include "base.h"

/* ---- writing: nothing is allocated, and nothing can fail ---- */

/* Counts and hashes what is put into it; keeps it where there is room; compares it with what is
 * expected.  Each of these is for whoever asks for it. */
typedef struct {
  unsigned char *buffer; /* capacity bytes of it */
  size_t capacity;
  const unsigned char *expected; /* expected_length bytes of it */
  size_t expected_length;
  size_t length; /* of all that was put */
  size_t same;   /* bytes from the first on that are as expected */
  uint64_t hash; /* 64-bit FNV-1a of all that was put */
} sla__sink;

sla__sink sla__sink_new(void);
void sla__put(sla__sink *sink, const void *bytes, size_t size);
void sla__put_8(sla__sink *sink, uint32_t number); /* its lowest byte, and so on */
void sla__put_16(sla__sink *sink, uint32_t number);
void sla__put_32(sla__sink *sink, uint32_t number);
void sla__put_64(sla__sink *sink, uint64_t number);
/* In as few bytes as it needs, seven bits in each, the lowest first; the last has its top bit 0. */
void sla__put_count(sla__sink *sink, uint64_t number);

/* What every object begins with: which kind it is, and the version of the form. */
#define SLA__BYTES_VERSION 1
void sla__put_head(sla__sink *sink, char kind);

/* An object as the caller wants it; `write` puts all of it into a sink. */
typedef void sla__write_object(const void *object, sla__sink *sink);
void sla__bytes_give(sla__write_object *write, const void *object, void *buffer, size_t capacity,
                     size_t *length);
uint64_t sla__bytes_hash(sla__write_object *write, const void *object);
/* Whether two objects have the same bytes, at most SLA__PIECE of them. */
#define SLA__PIECE 256
bool sla__bytes_same(sla__write_object *write, const void *a, const void *b);

/* ---- reading ---- */

/* Bytes from offset to length; places are counted from the first of them all. */
typedef struct {
  const unsigned char *bytes;
  size_t length, offset;
  sla_error *error;
} sla__source;

/* The bytes from `at` on are not those of an object. */
int32_t sla__source_bad(const sla__source *source, size_t at);
/* The code of a builder that was told what begins at a byte. */
int32_t sla__source_told(const sla__source *source, int32_t code, size_t at);
/* Whether n more bytes are there; if not, they end where more should follow. */
int32_t sla__source_needs(const sla__source *source, uint64_t n);

/* Bytes that are known to be there. */
uint32_t sla__get_8(sla__source *source);
uint32_t sla__get_16(sla__source *source);
uint32_t sla__get_32(sla__source *source);
uint64_t sla__get_64(sla__source *source);
int32_t sla__get_signed_8(sla__source *source);
int32_t sla__get_signed_32(sla__source *source);
int64_t sla__get_signed_64(sla__source *source);

/* What put_count wrote, though it may not be there or not be a number. */
int32_t sla__get_count(sla__source *source, uint64_t *number);

int32_t sla__get_head(sla__source *source, char kind);

/* Begins to read what a caller handed in as arguments 1 and 2, of at most so many bytes.  No zone,
 * calendar or policy has more than SLA__BYTES_MAX. */
#define SLA__BYTES_MAX (8 * 1024 * 1024)
int32_t sla__source_open(sla__source *source, const void *bytes, size_t length, size_t most,
                         sla_error *error);
/* That the object has the bytes it was read from: all of them, and no others. */
int32_t sla__source_check(const sla__source *source, sla__write_object *write,
                          const void *object);

#endif
