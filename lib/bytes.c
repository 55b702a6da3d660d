/* SPDX-License-Identifier: MIT */
#include "bytes.h"

#include "error.h"

static const unsigned char magic[3] = {'S', 'L', 'A'};

/* ---- writing ---- */

/* The offset basis and the prime of 64-bit FNV-1a, from Fowler, Noll and others, "The FNV
 * Non-Cryptographic Hash Algorithm" (draft-eastlake-fnv). */
#define HASH_BASIS UINT64_C(0xcbf29ce484222325)
#define HASH_PRIME UINT64_C(0x00000100000001b3)

sla__sink sla__sink_new(void) { return (sla__sink){.hash = HASH_BASIS}; }

static void put_byte(sla__sink *sink, unsigned char byte) {
  size_t at = sink->length++;
  sink->hash = (sink->hash ^ byte) * HASH_PRIME;
  if (at < sink->capacity) sink->buffer[at] = byte;
  if (at == sink->same && at < sink->expected_length && sink->expected[at] == byte) sink->same++;
}

void sla__put(sla__sink *sink, const void *bytes, size_t size) {
  for (size_t i = 0; i < size; i++) put_byte(sink, ((const unsigned char *)bytes)[i]);
}

static void put_number(sla__sink *sink, uint64_t number, int size) {
  for (int i = 0; i < size; i++) put_byte(sink, (unsigned char)(number >> (8 * i) & 0xFF));
}

void sla__put_8(sla__sink *sink, uint32_t number) { put_number(sink, number, 1); }
void sla__put_16(sla__sink *sink, uint32_t number) { put_number(sink, number, 2); }
void sla__put_32(sla__sink *sink, uint32_t number) { put_number(sink, number, 4); }
void sla__put_64(sla__sink *sink, uint64_t number) { put_number(sink, number, 8); }

void sla__put_count(sla__sink *sink, uint64_t number) {
  for (; number > 0x7F; number >>= 7) put_byte(sink, (unsigned char)((number & 0x7F) | 0x80));
  put_byte(sink, (unsigned char)number);
}

void sla__put_head(sla__sink *sink, char kind) {
  sla__put(sink, magic, sizeof magic);
  sla__put(sink, &kind, 1);
  sla__put_32(sink, SLA__BYTES_VERSION);
}

/* All of it or nothing, so the first time it is only counted. */
void sla__bytes_give(sla__write_object *write, const void *object, void *buffer, size_t capacity,
                     size_t *length) {
  sla__sink counted = sla__sink_new(), kept = sla__sink_new();
  write(object, &counted);
  *length = counted.length;
  if (counted.length > capacity) return;
  kept.buffer = buffer;
  kept.capacity = capacity;
  write(object, &kept);
}

uint64_t sla__bytes_hash(sla__write_object *write, const void *object) {
  sla__sink sink = sla__sink_new();
  write(object, &sink);
  return sink.hash;
}

/* One is written out, and the other beside it. */
bool sla__bytes_same(sla__write_object *write, const void *a, const void *b) {
  unsigned char piece[SLA__PIECE];
  sla__sink x = sla__sink_new(), y = sla__sink_new();
  x.buffer = piece;
  x.capacity = sizeof piece;
  write(a, &x);
  y.expected = piece;
  y.expected_length = x.length;
  write(b, &y);
  return x.length == y.length && y.same == y.length;
}

/* ---- reading ---- */

int32_t sla__source_bad(const sla__source *source, size_t at) {
  return sla__fail_index(source->error, SLA_E_BYTES, (int64_t)at, 0, 0);
}

int32_t sla__source_told(const sla__source *source, int32_t code, size_t at) {
  if (code == SLA_OK) return code;
  if (code == SLA_E_MEMORY) return sla__fail(source->error, code);
  if (code == SLA_E_LIMIT) return sla__fail_index(source->error, code, (int64_t)at, 0, 0);
  return sla__source_bad(source, at);
}

int32_t sla__source_needs(const sla__source *source, uint64_t n) {
  if (n <= source->length - source->offset) return SLA_OK;
  return sla__source_bad(source, source->length);
}

static uint64_t get_number(sla__source *source, int size) {
  uint64_t number = 0;
  for (int i = 0; i < size; i++) number |= (uint64_t)source->bytes[source->offset++] << (8 * i);
  return number;
}

uint32_t sla__get_8(sla__source *source) { return (uint32_t)get_number(source, 1); }
uint32_t sla__get_16(sla__source *source) { return (uint32_t)get_number(source, 2); }
uint32_t sla__get_32(sla__source *source) { return (uint32_t)get_number(source, 4); }
uint64_t sla__get_64(sla__source *source) { return get_number(source, 8); }

int64_t sla__get_signed_64(sla__source *source) {
  uint64_t bits = sla__get_64(source);
  return bits <= INT64_MAX ? (int64_t)bits : -(int64_t)~bits - 1;
}

int32_t sla__get_signed_32(sla__source *source) {
  int64_t number = sla__get_32(source);
  return (int32_t)(number <= INT32_MAX ? number : number - ((int64_t)UINT32_MAX + 1));
}

int32_t sla__get_signed_8(sla__source *source) {
  int32_t number = (int32_t)sla__get_8(source);
  return number <= INT8_MAX ? number : number - (UINT8_MAX + 1);
}

int32_t sla__get_count(sla__source *source, uint64_t *number) {
  size_t at = source->offset;
  *number = 0;
  for (int shift = 0; shift < 63; shift += 7) {
    int32_t code = sla__source_needs(source, 1);
    if (code != SLA_OK) return code;
    uint32_t byte = sla__get_8(source);
    *number |= (uint64_t)(byte & 0x7F) << shift;
    if (byte <= 0x7F) return SLA_OK;
  }
  return sla__source_bad(source, at);
}

int32_t sla__get_head(sla__source *source, char kind) {
  size_t from = source->offset;
  int32_t code = sla__source_needs(source, sizeof magic + 1 + sizeof(uint32_t));
  if (code != SLA_OK) return code;
  source->offset += sizeof magic;
  if (memcmp(source->bytes + from, magic, sizeof magic) != 0 || sla__get_8(source) != (uint8_t)kind)
    return sla__source_bad(source, from);
  size_t version = source->offset;
  return sla__get_32(source) == SLA__BYTES_VERSION ? SLA_OK : sla__source_bad(source, version);
}

int32_t sla__source_open(sla__source *source, const void *bytes, size_t length, size_t most,
                         sla_error *error) {
  if (bytes == NULL) return sla__fail_null(error, 1);
  *source = (sla__source){bytes, length, 0, error};
  if (length <= most) return SLA_OK;
  int64_t value = length < PTRDIFF_MAX ? (int64_t)length : PTRDIFF_MAX;
  return sla__fail_argument(error, SLA_E_LIMIT, 2, value, (int64_t)most);
}

int32_t sla__source_check(const sla__source *source, sla__write_object *write,
                          const void *object) {
  sla__sink sink = sla__sink_new();
  sink.expected = source->bytes;
  sink.expected_length = source->length;
  write(object, &sink);
  if (sink.same == source->length && sink.length == source->length) return SLA_OK;
  return sla__source_bad(source, sink.same);
}
