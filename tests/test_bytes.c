/* SPDX-License-Identifier: MIT */
/* Zones, calendars, policies and rules as bytes: what was written is read back, the form does not
 * change, bytes of nothing are refused, and equal means equal bytes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bytes.h"
#include "chance.h"

/* ---- what the objects have in common ---- */

typedef struct {
  int32_t (*bytes)(const void *object, void *buffer, size_t capacity, size_t *length);
  int32_t (*read)(const void *bytes, size_t length, const sla_allocator *allocator, void **object,
                  sla_error *error);
  int32_t (*equal)(const void *a, const void *b, uint32_t *equal);
  int32_t (*hash)(const void *object, uint64_t *hash);
  void (*unref)(void *object);
} kind;

static int32_t zone_bytes(const void *object, void *buffer, size_t capacity, size_t *length) {
  return sla_zone_bytes(object, buffer, capacity, length);
}
static int32_t zone_read(const void *bytes, size_t length, const sla_allocator *allocator,
                         void **object, sla_error *error) {
  return sla_zone_new_bytes(bytes, length, allocator, (sla_zone **)object, error);
}
static int32_t zone_equal(const void *a, const void *b, uint32_t *equal) {
  return sla_zone_equal(a, b, equal);
}
static int32_t zone_hash(const void *object, uint64_t *hash) { return sla_zone_hash(object, hash); }
static void zone_unref(void *object) { sla_zone_unref(object); }

static int32_t calendar_bytes(const void *object, void *buffer, size_t capacity, size_t *length) {
  return sla_calendar_bytes(object, buffer, capacity, length);
}
static int32_t calendar_read(const void *bytes, size_t length, const sla_allocator *allocator,
                             void **object, sla_error *error) {
  return sla_calendar_new_bytes(bytes, length, allocator, (sla_calendar **)object, error);
}
static int32_t calendar_equal(const void *a, const void *b, uint32_t *equal) {
  return sla_calendar_equal(a, b, equal);
}
static int32_t calendar_hash(const void *object, uint64_t *hash) {
  return sla_calendar_hash(object, hash);
}
static void calendar_unref(void *object) { sla_calendar_unref(object); }

static int32_t policy_bytes(const void *object, void *buffer, size_t capacity, size_t *length) {
  return sla_policy_bytes(object, buffer, capacity, length);
}
static int32_t policy_read(const void *bytes, size_t length, const sla_allocator *allocator,
                           void **object, sla_error *error) {
  return sla_policy_new_bytes(bytes, length, allocator, (sla_policy **)object, error);
}
static int32_t policy_equal(const void *a, const void *b, uint32_t *equal) {
  return sla_policy_equal(a, b, equal);
}
static int32_t policy_hash(const void *object, uint64_t *hash) {
  return sla_policy_hash(object, hash);
}
static void policy_unref(void *object) { sla_policy_unref(object); }

static int32_t rules_bytes(const void *object, void *buffer, size_t capacity, size_t *length) {
  return sla_rules_bytes(object, buffer, capacity, length);
}
static int32_t rules_read(const void *bytes, size_t length, const sla_allocator *allocator,
                          void **object, sla_error *error) {
  return sla_rules_new_bytes(bytes, length, allocator, (sla_rules **)object, error);
}
static int32_t rules_equal(const void *a, const void *b, uint32_t *equal) {
  return sla_rules_equal(a, b, equal);
}
static int32_t rules_hash(const void *object, uint64_t *hash) {
  return sla_rules_hash(object, hash);
}
static void rules_unref(void *object) { sla_rules_unref(object); }

static const kind zones = {zone_bytes, zone_read, zone_equal, zone_hash, zone_unref};
static const kind calendars = {calendar_bytes, calendar_read, calendar_equal, calendar_hash,
                               calendar_unref};
static const kind policies = {policy_bytes, policy_read, policy_equal, policy_hash, policy_unref};
static const kind rulebooks = {rules_bytes, rules_read, rules_equal, rules_hash, rules_unref};

typedef struct {
  unsigned char *data;
  size_t size;
} packet;

static packet packet_of(const kind *k, const void *object) {
  packet p = {NULL, 0};
  size_t length = 0;
  assert_ok(k->bytes(object, NULL, 0, &p.size));
  p.data = malloc(p.size);
  assert_non_null(p.data);
  assert_ok(k->bytes(object, p.data, p.size, &length));
  assert_int_equal(length, p.size);
  return p;
}

/* -1 when they are equal, else the first byte that differs. */
static int64_t difference(packet a, packet b) {
  size_t i = 0;
  while (i < a.size && i < b.size && a.data[i] == b.data[i]) i++;
  return i == a.size && i == b.size ? -1 : (int64_t)i;
}

static bool are_equal(const kind *k, const void *a, const void *b) {
  uint32_t equal = 7, reverse = 7;
  assert_ok(k->equal(a, b, &equal));
  assert_ok(k->equal(b, a, &reverse));
  assert_true(equal <= 1 && equal == reverse);
  return equal;
}

static uint64_t hash_of(const kind *k, const void *object) {
  uint64_t hash = 0;
  assert_ok(k->hash(object, &hash));
  return hash;
}

/* Reads bytes that some object has; the same bytes come out of what was read. */
static void *read_back(const kind *k, packet p) {
  sla_error error = {0};
  void *object = NULL;
  int32_t code = k->read(p.data, p.size, NULL, &object, &error);
  if (code != SLA_OK) fail_msg("%s at %d", sla_code_name(code), (int)error.index);
  packet again = packet_of(k, object);
  assert_number(difference(p, again), -1);
  free(again.data);
  return object;
}

static void *read_copy(const kind *k, const void *object) {
  packet p = packet_of(k, object);
  void *copy = read_back(k, p);
  free(p.data);
  assert_true(are_equal(k, object, copy));
  assert_true(hash_of(k, object) == hash_of(k, copy));
  return copy;
}

/* ---- numbers ---- */

static void numbers_have_their_lowest_byte_first(void **state) {
  unsigned char buffer[16];
  sla__sink sink = sla__sink_new();
  (void)state;
  sink.buffer = buffer;
  sink.capacity = sizeof buffer;
  sla__put_8(&sink, 0x1ff);
  sla__put_16(&sink, 0x10302);
  sla__put_32(&sink, 0x07060504);
  sla__put_64(&sink, UINT64_C(0x0f0e0d0c0b0a0908));
  assert_int_equal(sink.length, 15);
  for (size_t i = 0; i < 15; i++) assert_int_equal(buffer[i], i == 0 ? 0xff : i + 1);
}

static void numbers_come_back(void **state) {
  static const int64_t numbers[] = {0, 1, -1, INT64_MAX, INT64_MIN, INT32_MAX, INT32_MIN, 127, -128};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(numbers); i++) {
    unsigned char buffer[13];
    uint64_t bits = (uint64_t)numbers[i];
    sla__sink sink = sla__sink_new();
    sink.buffer = buffer;
    sink.capacity = sizeof buffer;
    sla__put_64(&sink, bits);
    sla__put_32(&sink, (uint32_t)bits);
    sla__put_8(&sink, (uint32_t)bits);
    sla__source source = {buffer, sizeof buffer, 0, NULL};
    assert_number(sla__get_signed_64(&source), numbers[i]);
    assert_number(sla__get_signed_32(&source), (int32_t)(uint32_t)bits);
    assert_number(sla__get_signed_8(&source), (int8_t)(uint8_t)bits);
  }
}

/* Known from everywhere that FNV-1a is used. */
static void the_hash_is_fnv_1a(void **state) {
  static const struct {
    const char *text;
    uint64_t hash;
  } known[] = {{"", UINT64_C(0xcbf29ce484222325)},
               {"a", UINT64_C(0xaf63dc4c8601ec8c)},
               {"foobar", UINT64_C(0x85944171f73967e8)}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(known); i++) {
    sla__sink sink = sla__sink_new();
    sla__put(&sink, known[i].text, strlen(known[i].text));
    assert_true(sink.hash == known[i].hash);
  }
}

/* ---- samples ---- */

static void add_named(sla_calendar_builder *builder, sla_entry entry, const char *name) {
  assert_ok(sla_calendar_builder_add_entry(builder, &entry, sizeof entry, name, strlen(name), NULL));
}

static sla_calendar_builder *builder_in(sla_zone *zone) {
  sla_calendar_builder *builder = NULL;
  assert_ok(sla_calendar_builder_new(NULL, &builder, NULL));
  assert_ok(sla_calendar_builder_set_zone(builder, zone, NULL));
  sla_zone_unref(zone);
  return builder;
}

static sla_zone *posix(const char *text) {
  sla_zone *zone = NULL;
  assert_ok(sla_zone_new_posix(text, strlen(text), NULL, &zone, NULL));
  return zone;
}

/* Every kind of entry and of recurrence, a zone that is an offset, a window. */
static sla_calendar *plain_calendar(void) {
  sla_zone *zone = NULL;
  assert_ok(sla_zone_new_fixed(-12600, NULL, &zone, NULL));
  sla_calendar_builder *builder = builder_in(zone);
  assert_ok(sla_calendar_builder_set_window(builder, 2024, 2025, NULL));
  assert_ok(sla_calendar_builder_add_hours(builder, SLA_MONDAY_TO_FRIDAY, 32400, 61200, NULL));
  assert_ok(sla_calendar_builder_add_special_hours(builder, 20240706, 20240707, 79200, 21600, NULL));
  add_named(builder, (sla_entry){.kind = SLA_ENTRY_HOLIDAY, .recurrence = SLA_YEARLY_WEEKDAY,
                                 .weekdays = SLA_MONDAY, .month = 5, .day = -1, .first = 20240101},
            "F\xc3\xaate");
  add_named(builder, (sla_entry){.kind = SLA_ENTRY_CLOSURE, .recurrence = SLA_YEARLY, .month = 12,
                                 .day = 24, .opens = 50400, .closes = 86400, .last = 20301231}, "");
  return built(builder);
}

/* A zone that is a rule. */
static sla_calendar *ruled_calendar(void) {
  sla_calendar_builder *builder = builder_in(posix("EST5EDT,M3.2.0,M11.1.0"));
  assert_ok(sla_calendar_builder_set_window(builder, 2024, 2024, NULL));
  assert_ok(sla_calendar_builder_add_hours(builder, SLA_SATURDAY, 0, 86400, NULL));
  return built(builder);
}

static sla_calendar *listed_calendar(void) {
  sla_calendar_builder *builder = builder_of("Asia/Kolkata", "Mo-Fr 10:00-18:00; Sa 10:00-14:00");
  assert_ok(sla_calendar_builder_set_window(builder, 2024, 2024, NULL));
  return built(builder);
}

/* Everything a policy can be told. */
static sla_policy *full_policy(void) {
  sla_calendar *calendar = plain_calendar(), *again = plain_calendar(), *other = listed_calendar();
  sla_policy_builder *b = policy_builder_of(calendar);
  assert_ok(sla_policy_builder_set_status(b, 17, SLA_TICKET_PENDING, NULL));
  assert_ok(sla_policy_builder_set_status(b, 31, SLA_TICKET_CLOSED, NULL));
  target_in_seconds(b, SLA_FIRST_RESPONSE, SLA_PRIORITY_ANY, 14400);
  assert_ok(sla_policy_builder_set_due_soon(b, SLA_FIRST_RESPONSE, SLA_PRIORITY_ANY, 3600, NULL));
  assert_ok(sla_policy_builder_set_target_calendar(b, SLA_FIRST_RESPONSE, SLA_PRIORITY_ANY, other,
                                                   NULL));
  target_in_seconds(b, SLA_FIRST_RESPONSE, SLA_PRIORITY_URGENT, 600);
  assert_ok(sla_policy_builder_set_target_calendar(b, SLA_FIRST_RESPONSE, SLA_PRIORITY_URGENT,
                                                   again, NULL));
  assert_ok(sla_policy_builder_set_due_soon_percent(b, SLA_NEXT_RESPONSE, SLA_PRIORITY_LOW, 75,
                                                    NULL));
  assert_ok(sla_policy_builder_set_target(b, SLA_RESOLUTION, 0, 2, SLA_UNIT_COUNTED_DAYS,
                                          SLA_BUSINESS_HOURS, NULL));
  assert_ok(sla_policy_builder_set_target_calendar(b, SLA_RESOLUTION, 0, other, NULL));
  assert_ok(sla_policy_builder_set_second_stage(b, SLA_RESOLUTION, 0, 7200, NULL));
  assert_ok(sla_policy_builder_set_allowance(b, SLA_RESOLUTION, 0, 1800, NULL));
  assert_ok(sla_policy_builder_set_target(b, 32, 31, 90, SLA_UNIT_SECONDS, SLA_AROUND_THE_CLOCK,
                                          NULL));
  assert_ok(sla_policy_builder_set_pause(b, SLA_NEXT_RESPONSE, 17, 1, NULL));
  assert_ok(sla_policy_builder_set_pause(b, SLA_NEXT_RESPONSE, SLA_TICKET_ON_HOLD, 0, NULL));
  assert_ok(sla_policy_builder_set_option(b, SLA_RESOLUTION, SLA_OPTION_REOPENED,
                                          SLA_REOPENED_COUNTS, NULL));
  const sla_metric_rule own = {.start = {.events = UINT64_C(1) << 63, .conditions_set = 2},
                               .fulfil = {.statuses = 1u << 31},
                               .cancel = {.conditions_cleared = UINT64_C(1) << 40},
                               .resume = {.events = 1u << SLA_EVENT_AGENT_NOTE},
                               .pause_conditions = 5, .pause_statuses = 1u << SLA_TICKET_PENDING,
                               .shape = SLA_CYCLE,
                               .options = {[SLA_OPTION_MESSAGE_WHILE_PAUSED] = 1}};
  assert_ok(sla_policy_builder_set_metric(b, 32, &own, sizeof own, NULL));
  sla_calendar_unref(calendar);
  sla_calendar_unref(again);
  sla_calendar_unref(other);
  return policy_built(b);
}

static uint32_t attribute_of(sla_rules_builder *b, uint32_t type, const char *name) {
  uint32_t attribute = 0;
  assert_ok(sla_rules_builder_add_attribute(b, type, name, strlen(name), &attribute, NULL));
  return attribute;
}

/* Every type of value, groups in groups, a rule without conditions. */
static sla_rules *full_rules(void) {
  sla_rules_builder *b = NULL;
  sla_rules *made = NULL;
  assert_ok(sla_rules_builder_new(NULL, &b, NULL));
  uint32_t mail = attribute_of(b, SLA_ATTRIBUTE_TEXT, "mail");
  uint32_t priority = attribute_of(b, SLA_ATTRIBUTE_INTEGER, "p");
  assert_ok(sla_rules_builder_add_rule(b, UINT64_C(1) << 63 | 2, 2, "VIP", 3, NULL));
  uint32_t tag = attribute_of(b, SLA_ATTRIBUTE_TAGS, "tag"); /* later than a rule */
  const sla_fact tags[] = {{0, 1, tag}, {1, 2, tag}}, numbers[] = {{-1, 0, priority}, {4, 0, priority}};
  assert_ok(sla_rules_builder_open_group(b, SLA_ANY_OF, NULL));
  assert_ok(sla_rules_builder_add_text_condition(b, mail, SLA_EMAIL_DOMAIN, 0, "a.io", 4, NULL));
  assert_ok(sla_rules_builder_open_group(b, SLA_NONE_OF, NULL));
  assert_ok(sla_rules_builder_add_condition(b, tag, SLA_TAGGED, SLA_IGNORE_CASE, tags, 2,
                                            sizeof tags[0], "xyz", 3, NULL));
  assert_ok(sla_rules_builder_close_group(b, NULL));
  assert_ok(sla_rules_builder_close_group(b, NULL));
  assert_ok(sla_rules_builder_add_condition(b, priority, SLA_BETWEEN, 0, numbers, 2,
                                            sizeof numbers[0], NULL, 0, NULL));
  assert_ok(sla_rules_builder_add_condition(b, mail, SLA_IS_PRESENT, 0, NULL, 0, 0, NULL, 0, NULL));
  assert_ok(sla_rules_builder_add_rule(b, 0, SLA_NO_POLICY, NULL, 0, NULL));
  assert_ok(sla_rules_builder_set_default(b, 5, NULL));
  assert_ok(sla_rules_builder_build(b, &made, NULL));
  sla_rules_builder_free(b);
  return made;
}

static sla_zone *zone_taken_from(sla_calendar *calendar) {
  sla_zone *zone = sla_zone_ref(sla_calendar_zone(calendar));
  sla_calendar_unref(calendar);
  return zone;
}

#define SAMPLES 8
static void *sample(size_t which, const kind **k) {
  *k = which < 3 ? &calendars : which == 3 ? &policies : which < 7 ? &zones : &rulebooks;
  switch (which) {
    case 0: return plain_calendar();
    case 1: return ruled_calendar();
    case 2: return listed_calendar();
    case 3: return full_policy();
    case 4: return zone_taken_from(plain_calendar());
    case 5: return zone_taken_from(ruled_calendar());
    case 6: return zone_taken_from(listed_calendar());
    default: return full_rules();
  }
}

/* ---- the form ---- */

/* Written down from sla_bytes(3), field by field. */
#define PLAIN_ZONE "c8ceffff 00000000 00"
#define PLAIN_CALENDAR                                             \
  "534c4143 01000000 e807 e907" PLAIN_ZONE "04000000"               \
  "01 01 1f 00 00 00000000 00000000 907e0000 10ef0000 00"           \
  "03 02 00 00 00 42d93401 43d93401 60350100 60540000 00"           \
  "02 04 01 05 ff e5d63401 00000000 00000000 00000000 05 46c3aa7465" \
  "04 03 00 0c 18 00000000 afc53501 e0c40000 80510100 00"

#define RULED_ZONE                                                                               \
  "00000000 00000000 01 0000000000000080 c0c7ffff b0b9ffff"                                       \
  "f0595b00 70085a00 f0b65800 70655700 704e5f00 f0fc5d00 70ab5c00" /* March, common years */      \
  "f0595b00 70085a00 f0b65800 f09f6000 704e5f00 f0fc5d00 70ab5c00" /* leap years */               \
  "e0109501 60bf9301 e06d9201 601c9101 60059901 e0b39701 60629601" /* November */                 \
  "e0109501 60bf9301 e06d9201 e0569a01 60059901 e0b39701 60629601"
#define RULED_CALENDAR               \
  "534c4143 01000000 e807 e807"      \
  RULED_ZONE                         \
  "01000000 01 01 20 00 00 00000000 00000000 00000000 80510100 00"

#define LISTED_ZONE                                               \
  "d8520000 07000000"                                              \
  "2818ba26ffffffff d0520000 30ebe743ffffffff 464b0000"            \
  "babc9d87ffffffff 584d0000 288cdbcaffffffff 685b0000"            \
  "187105ccffffffff 584d0000 a83295ccffffffff 685b0000"            \
  "981274d2ffffffff 584d0000 00"
#define LISTED_CALENDAR                                           \
  "534c4143 01000000 e807 e807" LISTED_ZONE "02000000"             \
  "01 01 1f 00 00 00000000 00000000 a08c0000 20fd0000 00"          \
  "01 01 20 00 00 00000000 00000000 a08c0000 e0c40000 00"

#define NOTHING "0000000000000000 0000000000000000 0000000000000000 00000000"
#define FULL_POLICY                                                                               \
  "534c4150 01000000 00 03 00 00 00 00 00 00 00 00 00 00 00 00 00 06" /* statuses 17 and 31 */     \
  "0100" PLAIN_CALENDAR "0500"                                                                     \
  "01 04 01 01 00 5802000000000000 0000000000000080 0000000000000000 0000000000000000 0100"        \
  "01 ff 01 01 00 4038000000000000 100e000000000000 0000000000000000 0000000000000000"             \
  "0300" LISTED_CALENDAR                                                                           \
  "02 01 00 00 4b 0000000000000080 0000000000000080 0000000000000000 0000000000000000 0000"        \
  "03 00 02 01 00 0200000000000000 0000000000000080 201c000000000000 0807000000000000 0300"        \
  "20 1f 01 02 00 5a00000000000000 0000000000000080 0000000000000000 0000000000000000 0000"        \
  "03 02 10000200 00000200 00" /* three metrics, the first as built in but for its pauses */       \
  "03 00000000 00000000 01 0200000000000000 0000000000000000 0000000000000000 00000000"            \
  "0000000000000000 0000000000000000 0000000000000000 60000000" NOTHING NOTHING                    \
  "0000000000000000 18000000 01 00 00 00 00 00 00 00 02 00 00 00 00 00 00 00 00"                   \
  "20 00000000 00000000 01 0000000000000080 0200000000000000 0000000000000000 00000000"            \
  "0000000000000000 0000000000000000 0000000000000000 00000080"                                    \
  "0000000000000000 0000000000000000 0000000000010000 00000000"                                    \
  "1000000000000000 0000000000000000 0000000000000000 00000000"                                    \
  "0500000000000000 08000000 05 00 00 00 00 00 00 00 00 00 00 00 00 01 00 00 00"

#define FULL_RULES                                                                    \
  "534c414c 01000000 05000000 0300 01 04 6d61696c 02 01 70 04 03 746167 0200"          \
  "0200000000000080 02000000 03 564950 0600"                                           \
  "02 00  12 01 0000 00 0100 04 612e696f  03 01  16 02 0200 01 0200 01 78 02 797a"      \
  "15 00 0100 00 0200 ffffffffffffffff 0400000000000000  08 00 0000 00 0000"           \
  "0000000000000000 ffffffff 00 0000"

static const struct {
  const char *hex;
  uint64_t hash;
} golden[SAMPLES] = {{PLAIN_CALENDAR, UINT64_C(0xf41b1bf7156584fb)},
                     {RULED_CALENDAR, UINT64_C(0x7dbcdb1a3f7a8f81)},
                     {LISTED_CALENDAR, UINT64_C(0x8a73b3d31bb4a917)},
                     {FULL_POLICY, UINT64_C(0xa44ca891d32a98bb)},
                     {"534c415a 01000000" PLAIN_ZONE, UINT64_C(0xd3078438a6965528)},
                     {"534c415a 01000000" RULED_ZONE, UINT64_C(0x20d891a4647e1c89)},
                     {"534c415a 01000000" LISTED_ZONE, UINT64_C(0x35be5f909e3b3106)},
                     {FULL_RULES, UINT64_C(0x0e08a0109fe930de)}};

static int digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

/* Pairs of digits, blanks between them. */
static packet packet_of_hex(const char *hex) {
  packet p = {malloc(strlen(hex) + 1), 0};
  assert_non_null(p.data);
  for (; *hex != '\0'; hex += *hex == ' ' ? 1 : 2)
    if (*hex != ' ') p.data[p.size++] = (unsigned char)(digit(hex[0]) << 4 | digit(hex[1]));
  return p;
}

static void the_form_does_not_change(void **state) {
  (void)state;
  for (size_t i = 0; i < SAMPLES; i++) {
    const kind *k;
    void *object = sample(i, &k);
    packet actual = packet_of(k, object), expected = packet_of_hex(golden[i].hex);
    if (difference(actual, expected) >= 0)
      fail_msg("sample %zu differs at byte %d", i, (int)difference(actual, expected));
    if (hash_of(k, object) != golden[i].hash)
      fail_msg("sample %zu has the hash %016llx", i, (unsigned long long)hash_of(k, object));
    free(actual.data);
    free(expected.data);
    k->unref(object);
  }
}

/* ---- there and back ---- */

static void samples_come_back(void **state) {
  (void)state;
  for (size_t i = 0; i < SAMPLES; i++) {
    const kind *k;
    void *object = sample(i, &k), *copy = read_copy(k, object);
    k->unref(object);
    k->unref(copy);
  }
}

static void same_zone(const sla_zone *a, const sla_zone *b, chance *luck) {
  for (int i = 0; i < 200; i++) {
    sla_time time = chance_instant(luck, a, at("2024-06-03T09:00Z"));
    int32_t x = 0, y = 1;
    assert_ok(sla_zone_offset_at(a, time, &x));
    assert_ok(sla_zone_offset_at(b, time, &y));
    assert_number(y, x);
  }
}

static sla_calendar *always_in(sla_zone *zone) {
  sla_calendar_builder *builder = builder_in(zone);
  assert_ok(sla_calendar_builder_add_hours(builder, SLA_EVERY_DAY, 0, 86400, NULL));
  return built(builder);
}

/* From files, from text, of one offset: the zone that comes back shows the same clock. */
static void zones_of_every_origin_come_back(void **state) {
  static const char *const texts[] = {
      "EST5EDT,M3.2.0,M11.1.0", "IST-1GMT0,M10.5.0,M3.5.0/1", "AAA24BBB-24,J1/167,J180/-167",
      "AAA0BBB,59/0,J60/1", "AAA24BBB-24,0/0,J365/167", "AAA0BBB-2,M12.5.0/167,M1.1.0/-100",
      "AAA-24:59:59BBB,0/-167,J365/167", "AAA24:59:59BBB24,M12.5.0/167,J365/167",
      "AAA0BBB0,0/0,J365/25", "AAA24:45", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0"};
  chance luck;
  (void)state;
  chance_begin(&luck, support_seed());
  for (size_t i = 0; i < CHANCE_ZONES + COUNT_OF(texts); i++) {
    sla_zone *zone = i < CHANCE_ZONES ? sla_zone_ref(luck.zones[i]) : posix(texts[i - CHANCE_ZONES]);
    sla_calendar *calendar = always_in(sla_zone_ref(zone)), *copy = read_copy(&calendars, calendar);
    sla_zone *alone = read_copy(&zones, zone);
    same_zone(zone, sla_calendar_zone(copy), &luck);
    same_zone(zone, alone, &luck);
    assert_true(are_equal(&zones, alone, sla_calendar_zone(copy)));
    sla_zone_unref(alone);
    sla_zone_unref(zone);
    sla_calendar_unref(calendar);
    sla_calendar_unref(copy);
  }
  chance_end(&luck);
}

static sla_calendar *chance_named(chance *luck, const oracle_calendar *drawn) {
  static const char *const names[] = {"", "A", "Christmas", "\xe5\x85\x83\xe6\x97\xa6"};
  sla_calendar_builder *builder = builder_in(sla_zone_ref(drawn->zone));
  sla_calendar *calendar = NULL;
  for (size_t i = 0; i < drawn->count; i++) {
    bool plain = drawn->entries[i].kind % 2 == 1; /* hours, special hours */
    add_named(builder, drawn->entries[i], plain ? "" : names[random_u64(&luck->state) % 4]);
  }
  if (random_u64(&luck->state) % 2 == 0)
    assert_ok(sla_calendar_builder_set_window(builder, 2000, 2010, NULL));
  int32_t code = sla_calendar_builder_build(builder, &calendar, NULL);
  assert_true(code == SLA_OK || code == SLA_E_CLOSED);
  sla_calendar_builder_free(builder);
  return calendar;
}

static void same_entries(const sla_calendar *a, const sla_calendar *b) {
  assert_int_equal(sla_calendar_entry_count(a), sla_calendar_entry_count(b));
  for (uint32_t i = 0; i < sla_calendar_entry_count(a); i++) {
    sla_entry x, y;
    char name[2][32];
    size_t length[2];
    assert_ok(sla_calendar_entry(a, i, &x, sizeof x));
    assert_ok(sla_calendar_entry(b, i, &y, sizeof y));
    assert_memory_equal(&x, &y, sizeof x);
    assert_ok(sla_calendar_entry_name(a, i, name[0], sizeof name[0], &length[0]));
    assert_ok(sla_calendar_entry_name(b, i, name[1], sizeof name[1], &length[1]));
    assert_int_equal(length[0], length[1]);
    assert_string_equal(name[0], name[1]);
  }
}

static void same_answers(chance *luck, const sla_calendar *a, const sla_calendar *b) {
  uint32_t is_set[2];
  int32_t years[4];
  same_entries(a, b);
  assert_ok(sla_calendar_window(a, &years[0], &years[1]));
  assert_ok(sla_calendar_window(b, &years[2], &years[3]));
  assert_memory_equal(&years[0], &years[2], 2 * sizeof years[0]);
  assert_ok(sla_calendar_window_is_set(a, &is_set[0]));
  assert_ok(sla_calendar_window_is_set(b, &is_set[1]));
  assert_int_equal(is_set[0], is_set[1]);
  assert_int_equal(is_set[0], years[0] == 2000 && years[1] == 2010);
  for (int i = 0; i < 20; i++) {
    sla_time from = chance_instant(luck, sla_calendar_zone(a), 0);
    sla_time to = chance_instant(luck, sla_calendar_zone(a), from);
    assert_number(elapsed(b, from, to), elapsed(a, from, to));
    assert_number(change_after(b, from), change_after(a, from));
  }
}

static void calendars_by_chance_come_back(void **state) {
  chance luck;
  long count = draws(1500);
  (void)state;
  chance_begin(&luck, support_seed());
  for (long i = 0; i < count; i++) {
    oracle_calendar drawn;
    chance_calendar(&luck, &drawn, at("2024-06-03T09:00Z"), 1);
    sla_calendar *calendar = chance_named(&luck, &drawn);
    if (calendar == NULL) continue;
    sla_calendar *copy = read_copy(&calendars, calendar);
    same_answers(&luck, calendar, copy);
    sla_calendar_unref(calendar);
    sla_calendar_unref(copy);
  }
  chance_end(&luck);
}

/* ---- policies by chance ---- */

static uint32_t drawn(chance *luck, int64_t lo, int64_t hi) {
  return (uint32_t)random_between(&luck->state, lo, hi);
}

static uint32_t some_metric(chance *luck) {
  return drawn(luck, 0, 3) == 0 ? drawn(luck, 32, 35) : drawn(luck, 1, 9);
}

static void some_target(chance *luck, sla_policy_builder *b, sla_calendar *const own[3]) {
  uint32_t metric = some_metric(luck), priority = drawn(luck, 0, 5);
  uint32_t unit = (metric + priority) % 4 + 1, clock = unit == 1 ? 1 + metric % 2 : 1;
  if (priority == 5) priority = SLA_PRIORITY_ANY;
  if (drawn(luck, 0, 3) > 0) {
    assert_ok(sla_policy_builder_set_target(b, metric, priority, drawn(luck, 1, 9), unit, clock,
                                            NULL));
    if (clock == 1 && drawn(luck, 0, 1) == 0)
      assert_ok(sla_policy_builder_set_target_calendar(b, metric, priority,
                                                       own[drawn(luck, 0, 2)], NULL));
    if (clock == 1 && unit <= 2) {
      assert_ok(sla_policy_builder_set_second_stage(b, metric, priority, drawn(luck, 0, 2), NULL));
      assert_ok(sla_policy_builder_set_allowance(b, metric, priority, drawn(luck, 0, 2), NULL));
    }
  }
  if (drawn(luck, 0, 1) == 0)
    assert_ok(sla_policy_builder_set_due_soon(b, metric, priority, drawn(luck, 0, 9), NULL));
  else if (drawn(luck, 0, 1) == 0)
    assert_ok(sla_policy_builder_set_due_soon_percent(b, metric, priority, drawn(luck, 1, 100),
                                                      NULL));
}

static void some_options(chance *luck, sla_policy_builder *b) {
  for (uint32_t n = drawn(luck, 0, 6); n > 0; n--) {
    int32_t code = sla_policy_builder_set_option(b, drawn(luck, 1, 9), drawn(luck, 0, 12),
                                                 drawn(luck, 0, 5), NULL);
    assert_true(code == SLA_OK || code == SLA_E_OPTION || code == SLA_E_RULE);
  }
}

static void some_statuses(chance *luck, sla_policy_builder *b) {
  for (uint32_t n = drawn(luck, 0, 4); n > 0; n--) {
    uint32_t status = drawn(luck, 16, 31);
    assert_ok(sla_policy_builder_set_status(b, status, drawn(luck, 1, 6), NULL));
    if (drawn(luck, 0, 1) == 0)
      assert_ok(sla_policy_builder_set_pause(b, drawn(luck, 1, 9), status, drawn(luck, 0, 1), NULL));
    assert_ok(sla_policy_builder_set_pause(b, drawn(luck, 1, 9), drawn(luck, 1, 6),
                                           drawn(luck, 0, 1), NULL));
  }
}

static void own_metrics(chance *luck, sla_policy_builder *b) {
  for (uint32_t metric = 32; metric <= 35; metric++) {
    sla_metric_rule rule = {.shape = drawn(luck, 1, 5), .pause_conditions = random_u64(&luck->state)};
    rule.start.events = UINT64_C(1) << drawn(luck, 32, 63);
    rule.start.conditions_set = random_u64(&luck->state);
    rule.fulfil.statuses = drawn(luck, 1, 63) << 1 | drawn(luck, 0, 0xffff) << 16;
    rule.cancel.conditions_cleared = random_u64(&luck->state);
    rule.resume.events = drawn(luck, 0, 0x7fff) << 1;
    rule.options[SLA_OPTION_SOLVED] = drawn(luck, 0, 2);
    assert_ok(sla_policy_builder_set_metric(b, metric, &rule, sizeof rule, NULL));
  }
}

static sla_policy *some_policy(chance *luck, sla_calendar *const own[3]) {
  sla_policy_builder *b = policy_builder_of(own[drawn(luck, 0, 2)]);
  own_metrics(luck, b);
  some_options(luck, b);
  some_statuses(luck, b);
  target_in_seconds(b, SLA_RESOLUTION, SLA_PRIORITY_ANY, drawn(luck, 0, 9) * 3600);
  for (uint32_t n = drawn(luck, 0, 12); n > 0; n--) some_target(luck, b, own);
  return policy_built(b);
}

static void same_targets(const sla_policy *a, const sla_policy *b) {
  assert_int_equal(sla_policy_target_count(a), sla_policy_target_count(b));
  for (uint32_t i = 0; i < sla_policy_target_count(a); i++) {
    const sla_calendar *p = sla_policy_target_calendar(a, i), *q = sla_policy_target_calendar(b, i);
    sla_target x, y;
    assert_ok(sla_policy_target(a, i, &x, sizeof x));
    assert_ok(sla_policy_target(b, i, &y, sizeof y));
    assert_memory_equal(&x, &y, sizeof x);
    assert_true((p == NULL) == (q == NULL));
    if (p != NULL) assert_true(are_equal(&calendars, p, q));
  }
}

static void same_metrics(const sla_policy *a, const sla_policy *b) {
  for (uint32_t metric = 1; metric <= 35; metric++) {
    sla_metric_rule x, y;
    if (sla_policy_metric_rule(a, metric, &x, sizeof x) != SLA_OK) continue;
    assert_ok(sla_policy_metric_rule(b, metric, &y, sizeof y));
    assert_memory_equal(&x, &y, sizeof x);
    for (uint32_t status = 1; status < 32; status++) {
      uint32_t p = 7, q = 7;
      assert_code(sla_policy_pauses(b, metric, status, &q),
                  sla_policy_pauses(a, metric, status, &p));
      assert_int_equal(p, q);
    }
  }
}

static void same_results(chance *luck, const sla_policy *a, const sla_policy *b) {
  sla_event log[12] = {{at("2024-06-03T09:00Z"), drawn(luck, 1, 3), SLA_EVENT_CREATED, 0}};
  sla_result x[13], y[13];
  size_t written[2];
  for (size_t i = 1; i < COUNT_OF(log); i++) {
    log[i] = (sla_event){log[i - 1].at + drawn(luck, 0, 9) * 1800, 0, drawn(luck, 2, 6), 0};
    if (log[i].kind == SLA_EVENT_STATUS) log[i].value = drawn(luck, 1, 6);
  }
  sla_time now = log[11].at + drawn(luck, 0, 99999);
  assert_ok(sla_evaluate_all(a, log, 12, sizeof log[0], now, x, 13, sizeof x[0], &written[0], NULL));
  assert_ok(sla_evaluate_all(b, log, 12, sizeof log[0], now, y, 13, sizeof y[0], &written[1], NULL));
  assert_int_equal(written[0], written[1]);
  assert_memory_equal(x, y, written[0] * sizeof x[0]);
}

static void policies_by_chance_come_back(void **state) {
  sla_calendar *own[3] = {listed_calendar(), plain_calendar(), ruled_calendar()};
  chance luck = {.state = support_seed()};
  long count = draws(1500);
  (void)state;
  for (long i = 0; i < count; i++) {
    sla_policy *policy = some_policy(&luck, own), *copy = read_copy(&policies, policy);
    same_targets(policy, copy);
    same_metrics(policy, copy);
    same_results(&luck, policy, copy);
    sla_policy_unref(policy);
    sla_policy_unref(copy);
  }
  for (size_t i = 0; i < 3; i++) sla_calendar_unref(own[i]);
}

/* ---- equality ---- */

/* Equal exactly when the bytes are, for policies alike enough to be so now and then. */
static void equality_is_that_of_bytes(void **state) {
  sla_calendar *own[3] = {plain_calendar(), listed_calendar(), plain_calendar()};
  chance luck = {.state = support_seed()};
  sla_policy *made[2] = {NULL, NULL};
  long equal = 0, count = draws(4000);
  (void)state;
  for (long i = 0; i < count; i++) {
    packet bytes[2];
    for (size_t k = 0; k < 2; k++) {
      sla_policy_builder *b = policy_builder_of(own[drawn(&luck, 0, 2)]);
      target_in_seconds(b, 1, 1, drawn(&luck, 1, 2));
      if (drawn(&luck, 0, 1) == 0) {
        uint32_t metric = drawn(&luck, 1, 2);
        target_in_seconds(b, metric, 1, 2);
        assert_ok(sla_policy_builder_set_target_calendar(b, metric, 1, own[drawn(&luck, 0, 2)],
                                                         NULL));
      }
      assert_ok(sla_policy_builder_set_pause(b, 1, 2, drawn(&luck, 0, 1), NULL));
      made[k] = policy_built(b);
      bytes[k] = packet_of(&policies, made[k]);
    }
    bool same = are_equal(&policies, made[0], made[1]);
    assert_true(same == (difference(bytes[0], bytes[1]) == -1));
    assert_true(same == (hash_of(&policies, made[0]) == hash_of(&policies, made[1])));
    equal += same;
    for (size_t k = 0; k < 2; k++) {
      free(bytes[k].data);
      sla_policy_unref(made[k]);
    }
  }
  assert_true(equal > 0 && equal < count);
  print_message("%ld of %ld pairs are equal\n", equal, count);
  for (size_t i = 0; i < 3; i++) sla_calendar_unref(own[i]);
}

/* One thing after the other is told differently. */
static sla_calendar *variant(int which) {
  const char *zone = which == 1 ? "EST5EDT,M3.2.0,M11.2.0" : "EST5EDT,M3.2.0,M11.1.0";
  sla_calendar_builder *b = builder_in(posix(zone));
  sla_calendar_builder *const twice = which == 2 ? b : NULL;
  if (which == 3) assert_ok(sla_calendar_builder_set_window(b, 2000, 2049, NULL));
  if (which == 4) assert_ok(sla_calendar_builder_set_window(b, 2000, 2048, NULL));
  if (which == 5) assert_ok(sla_calendar_builder_add_holiday(b, 20240101, 20240101, NULL, 0, NULL));
  assert_ok(sla_calendar_builder_add_hours(b, 31, 32400, which == 6 ? 61201 : 61200, NULL));
  if (twice != NULL) assert_ok(sla_calendar_builder_add_hours(b, 31, 32400, 61200, NULL));
  if (which != 5)
    assert_ok(sla_calendar_builder_add_holiday(b, 20240101, 20240101, which == 7 ? "x" : NULL,
                                               which == 7, NULL));
  if (which == 8) assert_ok(sla_calendar_builder_add_closure(b, 20240102, 20240102, 0, 1, "", 0, NULL));
  return built(b);
}

static void whatever_is_told_differently_differs(void **state) {
  sla_calendar *all[9];
  (void)state;
  for (int i = 0; i < 9; i++) all[i] = variant(i);
  for (int i = 0; i < 9; i++)
    for (int k = 0; k < 9; k++) {
      if (are_equal(&calendars, all[i], all[k]) != (i == k)) fail_msg("variants %d and %d", i, k);
      assert_true((hash_of(&calendars, all[i]) == hash_of(&calendars, all[k])) == (i == k));
    }
  for (int i = 0; i < 9; i++) sla_calendar_unref(all[i]);
}

static void assert_same_calendar(sla_calendar *a, sla_calendar *b) {
  assert_true(are_equal(&calendars, a, b));
  assert_true(hash_of(&calendars, a) == hash_of(&calendars, b));
  sla_calendar_unref(a);
  sla_calendar_unref(b);
}

/* The same content, however it came about. */
static void zones_are_equal_when_their_clocks_are(void **state) {
  sla_zone *fixed = NULL, *text = posix("<+01>-1"), *other = posix("CET-1CEST,M3.5.0,M10.5.0/3");
  sla_zone *same = posix("XXX-1YYY,M3.5.0/2,M10.5.0/3");
  (void)state;
  assert_ok(sla_zone_new_fixed(3600, NULL, &fixed, NULL));
  assert_true(are_equal(&zones, fixed, text) && are_equal(&zones, other, same));
  assert_true(hash_of(&zones, fixed) == hash_of(&zones, text));
  assert_false(are_equal(&zones, fixed, other));
  assert_true(hash_of(&zones, fixed) != hash_of(&zones, other));
  sla_zone_unref(fixed);
  sla_zone_unref(text);
  sla_zone_unref(other);
  sla_zone_unref(same);
}

static void what_is_told_in_other_words_is_equal(void **state) {
  sla_zone *zone = NULL;
  (void)state;
  assert_ok(sla_zone_new_fixed(-18000, NULL, &zone, NULL));
  assert_same_calendar(always_in(zone), always_in(posix("EST5")));
  assert_same_calendar(always_in(posix("EST5")), always_in(posix("ABC5DEF5,J1,J2")));
  assert_same_calendar(always_in(posix("EST5EDT,M3.2.0,M11.1.0")),
                       always_in(posix("AAA4BBB5,M11.1.0,M3.2.0")));
  assert_same_calendar(calendar_of("UTC", "Mo-Su 00:00-24:00"), calendar_of("UTC", "24/7"));
  sla_calendar *calendar = plain_calendar();
  sla_calendar_builder *from = NULL;
  assert_ok(sla_calendar_builder_new_from(calendar, NULL, &from, NULL));
  assert_same_calendar(calendar, built(from));
}

static void rules_told_as_they_are_are_not_told(void **state) {
  sla_policy_builder *b[2] = {policy_builder_of(NULL), policy_builder_of(NULL)};
  sla_policy *made[2];
  (void)state;
  for (size_t i = 0; i < 2; i++)
    assert_ok(sla_policy_builder_set_target(b[i], SLA_RESOLUTION, 3, 60, SLA_UNIT_SECONDS,
                                            SLA_AROUND_THE_CLOCK, NULL));
  for (uint32_t metric = 1; metric <= 9; metric++) {
    sla_metric_rule rule;
    assert_ok(sla_policy_builder_metric(b[0], metric, &rule, sizeof rule, NULL));
    assert_ok(sla_policy_builder_set_metric(b[0], metric, &rule, sizeof rule, NULL));
    assert_ok(sla_policy_builder_set_allowance(b[0], metric, 4, 0, NULL));
  }
  for (size_t i = 0; i < 2; i++) made[i] = policy_built(b[i]);
  assert_true(are_equal(&policies, made[0], made[1]));
  assert_true(hash_of(&policies, made[0]) == hash_of(&policies, made[1]));
  sla_policy_unref(made[0]);
  sla_policy_unref(made[1]);
}

/* More calendars, equal and not, than are remembered while writing; as many can be read. */
static sla_policy *policy_with(size_t count) {
  sla_calendar *all[70] = {NULL};
  sla_policy_builder *b = policy_builder_of(NULL);
  assert_true(count <= COUNT_OF(all));
  for (size_t i = 0; i < count; i++) {
    sla_calendar_builder *hours = builder_in(posix("UTC0"));
    assert_ok(sla_calendar_builder_set_window(hours, 2024, 2024, NULL));
    assert_ok(sla_calendar_builder_add_hours(hours, 1, 0, 60 * (int32_t)(i + 1), NULL));
    all[i] = built(hours);
  }
  for (uint32_t i = 0; i < 5 * 32; i++) {
    target_in_seconds(b, i / 32 + 1, i % 32, 60);
    assert_ok(sla_policy_builder_set_target_calendar(b, i / 32 + 1, i % 32, all[i % count], NULL));
  }
  for (size_t i = 0; i < count; i++) sla_calendar_unref(all[i]);
  return policy_built(b);
}

static void calendars_are_written_once(void **state) {
  const sla_calendar *first, *later;
  (void)state;
  sla_policy *made = policy_with(64), *copy = read_copy(&policies, made), *equal = policy_with(64);
  assert_true(are_equal(&policies, made, equal));
  first = sla_policy_target_calendar(copy, 1);
  later = sla_policy_target_calendar(copy, 65);
  assert_ptr_equal(first, later);
  sla_policy_unref(made);
  sla_policy_unref(copy);
  sla_policy_unref(equal);
}

static void too_many_calendars_are_refused(void **state) {
  sla_policy *made = policy_with(70), *equal = policy_with(70), *fewer = policy_with(69), *read = NULL;
  packet p = packet_of(&policies, made);
  sla_error error = {0};
  (void)state;
  assert_true(are_equal(&policies, made, equal));
  assert_false(are_equal(&policies, made, fewer));
  assert_code(sla_policy_new_bytes(p.data, p.size, NULL, &read, &error), SLA_E_LIMIT);
  assert_number(error.value, 65);
  assert_number(error.limit, 64);
  assert_null(read);
  free(p.data);
  sla_policy_unref(made);
  sla_policy_unref(equal);
  sla_policy_unref(fewer);
}

/* ---- buffers ---- */

static void buffers_are_filled_or_left_alone(void **state) {
  (void)state;
  for (size_t i = 0; i < SAMPLES; i++) {
    const kind *k;
    void *object = sample(i, &k);
    packet p = packet_of(k, object);
    unsigned char *buffer = malloc(p.size + 1);
    size_t length = 0;
    assert_non_null(buffer);
    memset(buffer, 0x5c, p.size + 1);
    assert_ok(k->bytes(object, buffer, p.size - 1, &length));
    assert_int_equal(length, p.size);
    for (size_t n = 0; n <= p.size; n++) assert_int_equal(buffer[n], 0x5c);
    assert_ok(k->bytes(object, buffer, p.size + 1, &length));
    assert_int_equal(length, p.size);
    assert_memory_equal(buffer, p.data, p.size);
    assert_int_equal(buffer[p.size], 0x5c);
    free(buffer);
    free(p.data);
    k->unref(object);
  }
}

static void null_is_refused(void **state) {
  (void)state;
  for (size_t i = 2; i < SAMPLES; i++) {
    const kind *k;
    void *object = sample(i, &k), *read = NULL;
    sla_error error = {0};
    size_t length = 77;
    uint32_t equal = 7;
    uint64_t hash = 77;
    char byte = 0;
    assert_code(k->bytes(NULL, &byte, 1, &length), SLA_E_NULL);
    assert_code(k->bytes(object, NULL, 1, &length), SLA_E_NULL);
    assert_code(k->bytes(object, &byte, 1, NULL), SLA_E_NULL);
    assert_code(k->equal(NULL, object, &equal), SLA_E_NULL);
    assert_code(k->equal(object, NULL, &equal), SLA_E_NULL);
    assert_code(k->equal(object, object, NULL), SLA_E_NULL);
    assert_code(k->hash(NULL, &hash), SLA_E_NULL);
    assert_code(k->hash(object, NULL), SLA_E_NULL);
    assert_code(k->read(NULL, 0, NULL, &read, &error), SLA_E_NULL);
    assert_int_equal(error.argument, 1);
    assert_code(k->read(&byte, 1, NULL, NULL, &error), SLA_E_NULL);
    assert_int_equal(error.argument, 4);
    assert_true(length == 77 && equal == 7 && hash == 77 && read == NULL);
    k->unref(object);
  }
}

/* ---- bytes of nothing ---- */

/* The byte at which they are refused; -1 when they are those of what they give. */
static int64_t refused_at(const kind *k, packet p) {
  sla_error error = {0};
  void *read = NULL;
  int32_t code = k->read(p.data, p.size, NULL, &read, &error);
  if (code == SLA_OK) {
    packet again = packet_of(k, read);
    assert_number(difference(p, again), -1);
    free(again.data);
    k->unref(read);
    return -1;
  }
  assert_true(code == SLA_E_BYTES || code == SLA_E_LIMIT);
  assert_int_equal(error.code, code);
  assert_true(error.index >= 0 && (size_t)error.index <= p.size);
  assert_null(read);
  return error.index;
}

static void every_byte_changed(void **state) {
  static const unsigned char light[] = {1, 2, 4, 8, 16, 32, 64, 128, 255};
  long refusals = 0, readings = 0;
  (void)state;
  for (size_t i = 0; i < SAMPLES; i++) {
    const kind *k;
    void *object = sample(i, &k);
    packet p = packet_of(k, object);
    bool all = draws(10) == 10 && k != &policies;
    for (size_t n = 0; n < p.size; n++)
      for (size_t v = 0; v < (all ? 255 : sizeof light); v++) {
        unsigned char change = all ? (unsigned char)(v + 1) : light[v];
        p.data[n] ^= change;
        if (refused_at(k, p) >= 0) refusals++;
        else readings++;
        p.data[n] ^= change;
      }
    free(p.data);
    k->unref(object);
  }
  assert_true(refusals > 0 && readings > 0);
  print_message("%ld refused, %ld read\n", refusals, readings);
}

static void every_length_but_the_right_one(void **state) {
  (void)state;
  for (size_t i = 0; i < SAMPLES; i++) {
    const kind *k;
    void *object = sample(i, &k);
    packet p = packet_of(k, object);
    for (size_t size = 0; size < p.size; size++) {
      packet cut = {malloc(size + (size == 0)), size};
      assert_non_null(cut.data);
      memcpy(cut.data, p.data, size);
      assert_number(refused_at(k, cut), (int64_t)size);
      free(cut.data);
    }
    packet longer = {calloc(p.size + 1, 1), p.size + 1};
    assert_non_null(longer.data);
    memcpy(longer.data, p.data, p.size);
    assert_number(refused_at(k, longer), (int64_t)p.size);
    free(longer.data);
    free(p.data);
    k->unref(object);
  }
}

/* Each is wrong in one field, and that is where it is refused. */
typedef struct {
  const char *right, *wrong;
  int64_t index;
} wrong_field;

static void refuse_fields(const kind *k, const char *hex, const wrong_field *cases, size_t count) {
  for (size_t i = 0; i < count; i++) {
    packet p = packet_of_hex(hex), right = packet_of_hex(cases[i].right);
    packet wrong = packet_of_hex(cases[i].wrong);
    size_t at = 0;
    while (at + right.size <= p.size && memcmp(p.data + at, right.data, right.size) != 0) at++;
    assert_true(at + right.size <= p.size);
    memcpy(p.data + at, wrong.data, wrong.size);
    assert_number(refused_at(k, p), cases[i].index);
    free(p.data);
    free(right.data);
    free(wrong.data);
  }
}

static void fields_that_cannot_be(void **state) {
  static const wrong_field cases[] = {
      {"00 03 00 00", "00 07 00 00", 9},                     /* behaves as nothing there is */
      {"00 06 0100", "00 06 0200", 24},                      /* a calendar that comes later */
      {"0100 534c4143 01", "0100 534c4143 02", 30},          /* its version */
      {"01 01 1f 00 00", "01 01 9f 00 00", 51},              /* an entry */
      {"0500 01 04", "ffff 01 04", 144},                     /* more targets than there can be */
      {"01 04 01 01 00", "0a 04 01 01 00", 146},             /* no metric */
      {"01 04 01 01 00", "01 20 01 01 00", 146},             /* no priority */
      {"0000 0100 01 ff", "0000 0200 01 ff", 185},           /* a calendar that is not here */
      {"4b 0000000000000080", "65 0000000000000080", 377},   /* 101 per cent */
      {"4b 0000000000000080", "4b 0000000000000000", 377},   /* an amount of no unit */
      {"03 02 10000200", "03 04 10000200", 495},             /* out of order */
      {"10000200 00000200 00", "11000200 00000200 00", 495}, /* no status */
      {"10000200 00000200 00", "10000000 00000200 00", 502}, /* not set, but on */
  };
  (void)state;
  refuse_fields(&policies, FULL_POLICY, cases, COUNT_OF(cases));
}

static void fields_that_rules_cannot_have(void **state) {
  static const wrong_field cases[] = {
      {"4c 01", "4c 02", 4},                                /* a later version */
      {"01 04 6d61", "05 04 6d61", 14},                     /* no type */
      {"6d61696c", "6d61ff6c", 14},                         /* no UTF-8 */
      {"03 746167", "01 707061", 23},                       /* a name twice, and rubbish after it */
      {"0200000000000080 02", "4200000000000080 02", 30},   /* an event of nothing */
      {"02 00 12 01", "02 01 12 01", 49},                   /* too deep */
      {"02 00 12 01", "04 00 12 01", 48},                   /* no group */
      {"12 01 0000", "12 01 0300", 50},                     /* an attribute that is not there */
      {"12 01 0000 00", "12 01 0000 01", 50},               /* a flag it cannot have */
      {"612e696f", "612e2e6f", 50},                         /* no domain */
      {"03 01 16 02", "03 01 16 01", 64},                   /* after an empty group */
      {"16 02 0200 01", "16 03 0200 01", 65},               /* too deep */
      {"16 02 0200 01 0200", "16 02 0200 01 0000", 64},     /* no value */
      {"15 00 0100 00 0200 ff", "15 00 0100 00 0100 ff", 76}, /* one value of two */
      {"ffffffffffffffff 04", "ffffffffffffff7f 04", 76},   /* ends before it begins */
      {"08 00 0000", "07 00 0000", 99},                     /* no such test */
  };
  (void)state;
  refuse_fields(&rulebooks, FULL_RULES, cases, COUNT_OF(cases));
}

/* A calendar with a zone that is told number by number. */
typedef struct {
  unsigned char data[512];
  sla__sink sink;
} forge;

static void forge_begin(forge *f, int32_t offset, uint32_t changes) {
  f->sink = sla__sink_new();
  f->sink.buffer = f->data;
  f->sink.capacity = sizeof f->data;
  sla__put(&f->sink, "SLAC\1\0\0\0\0\0\0\0", 12);
  sla__put_32(&f->sink, (uint32_t)offset);
  sla__put_32(&f->sink, changes);
}

static void forge_change(forge *f, sla_time from, int32_t offset) {
  sla__put_64(&f->sink, (uint64_t)from);
  sla__put_32(&f->sink, (uint32_t)offset);
}

/* Two changes a year, `first` and `second` days into it. */
static void forge_rule(forge *f, sla_time from, int32_t inside, int32_t first, int32_t second) {
  sla__put_8(&f->sink, 1);
  forge_change(f, from, inside);
  sla__put_32(&f->sink, 0);
  for (int i = 0; i < 14; i++) sla__put_32(&f->sink, (uint32_t)first * 86400);
  for (int i = 0; i < 14; i++) sla__put_32(&f->sink, (uint32_t)second * 86400);
}

/* Ends it with hours, which make it a calendar; and reads it. */
static int32_t forged(forge *f, sla_error *error) {
  const packet hours = packet_of_hex("01000000 01 01 7f 00 00 00000000 00000000 00000000 80510100 00");
  sla_calendar *calendar = NULL;
  sla__put(&f->sink, hours.data, hours.size);
  free(hours.data);
  *error = (sla_error){0};
  int32_t code = sla_calendar_new_bytes(f->data, f->sink.length, NULL, &calendar, error);
  sla_calendar_unref(calendar);
  return code;
}

#define YEAR_2000 INT64_C(946684800)

static int32_t forged_list(sla_time second, int32_t offset, sla_error *error) {
  forge f;
  forge_begin(&f, 0, 2);
  forge_change(&f, YEAR_2000, 3600);
  forge_change(&f, second, offset);
  sla__put_8(&f.sink, 0);
  return forged(&f, error);
}

/* A list of one change, and then a rule: inside has an hour, outside none. */
static int32_t forged_rule(int32_t listed, sla_time from, int32_t inside, int32_t first,
                           int32_t second, sla_error *error) {
  forge f;
  forge_begin(&f, 1800, 1);
  forge_change(&f, YEAR_2000, listed);
  forge_rule(&f, from, inside, first, second);
  return forged(&f, error);
}

static void lists_of_changes_that_no_zone_has(void **state) {
  sla_error error;
  (void)state;
  assert_code(forged_list(YEAR_2000 + 1, 0, &error), SLA_OK);
  assert_code(forged_list(YEAR_2000, 0, &error), SLA_E_BYTES);        /* not ascending */
  assert_number(error.index, 32);
  assert_code(forged_list(YEAR_2000 - 1, 0, &error), SLA_E_BYTES);
  assert_code(forged_list(YEAR_2000 + 1, 3600, &error), SLA_E_BYTES); /* no change */
  assert_code(forged_list(YEAR_2000 + 1, 93601, &error), SLA_E_BYTES);
  assert_number(error.index, 40);
  assert_code(forged_list(YEAR_2000 + 1, -93601, &error), SLA_E_BYTES);
  assert_code(forged_list(INT64_MAX, 0, &error), SLA_E_BYTES); /* out of the years that matter */
}

static void rules_that_no_zone_has(void **state) {
  const sla_time first = YEAR_2000 + 100 * 86400, second = YEAR_2000 + 200 * 86400;
  sla_error error;
  (void)state;
  assert_code(forged_rule(0, first, 3600, 100, 200, &error), SLA_OK);
  assert_code(forged_rule(3600, second, 3600, 100, 200, &error), SLA_OK);
  assert_code(forged_rule(3600, first, 3600, 100, 200, &error), SLA_E_BYTES); /* not its offset */
  assert_code(forged_rule(0, second, 3600, 100, 200, &error), SLA_E_BYTES);
  assert_code(forged_rule(0, first + 1, 3600, 100, 200, &error), SLA_E_BYTES); /* no change of it */
  assert_code(forged_rule(0, YEAR_2000, 3600, 100, 200, &error), SLA_E_BYTES);
  assert_code(forged_rule(0, INT64_MIN, 3600, 100, 200, &error), SLA_E_BYTES);
  assert_code(forged_rule(0, INT64_MAX, 3600, 100, 200, &error), SLA_E_BYTES);
  assert_code(forged_rule(0, first, 0, 100, 200, &error), SLA_E_BYTES); /* changes nothing */
  assert_code(forged_rule(0, first, 93601, 100, 200, &error), SLA_E_BYTES);
  assert_code(forged_rule(0, first, 3600, -10, 200, &error), SLA_E_BYTES);
  assert_code(forged_rule(0, first, 3600, 100, 376, &error), SLA_E_BYTES);
  assert_code(forged_rule(0, first, 3600, 100, 24855, &error), SLA_E_BYTES);
}

/* Counts that only say how much more should follow cost nothing. */
static void counts_beyond_the_bytes_are_refused(void **state) {
  static const struct {
    const char *hex;
    int32_t code;
    int64_t index, limit;
  } cases[] = {
      {"", SLA_E_BYTES, 0, 0},
      {"534c4150 01000000", SLA_E_BYTES, 0, 0},                           /* a policy */
      {"534c4143 02000000", SLA_E_BYTES, 4, 0},                           /* a later version */
      {"534c4143 01000000 d007 0000", SLA_E_BYTES, 8, 0},                 /* half a window */
      {"534c4143 01000000 0000 0000 00000000 ffffffff", SLA_E_LIMIT, 16, 16384},
      {"534c4143 01000000 0000 0000 00000000 00400000", SLA_E_BYTES, 20, 0},
      {"534c4143 01000000 0000 0000 00000000 00000000 00 ffffffff", SLA_E_LIMIT, 21, 16384},
      {"534c4143 01000000 0000 0000 00000000 00000000 00 00400000", SLA_E_BYTES, 25, 0},
      {"534c4143 01000000 0000 0000 00000000 00000000 00 00000000", SLA_E_BYTES, 0, 0}, /* closed */
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    packet p = packet_of_hex(cases[i].hex);
    sla_calendar *calendar = NULL;
    sla_error error = {0};
    assert_code(sla_calendar_new_bytes(p.data, p.size, NULL, &calendar, &error), cases[i].code);
    assert_number(error.index, cases[i].index);
    assert_number(error.limit, cases[i].limit);
    assert_null(calendar);
    free(p.data);
  }
}

static void lengths_beyond_any_object_are_refused(void **state) {
  const size_t most = 8 * 1024 * 1024;
  const kind *const kinds[] = {&zones, &calendars, &policies, &rulebooks};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(kinds); i++) {
    sla_error error = {0};
    void *read = NULL;
    assert_code(kinds[i]->read("", most + 1, NULL, &read, &error), SLA_E_LIMIT);
    assert_int_equal(error.argument, 2);
    assert_number(error.value, (int64_t)most + 1);
    assert_number(error.limit, (int64_t)most);
    assert_code(kinds[i]->read("", SIZE_MAX, NULL, &read, &error), SLA_E_LIMIT);
    assert_null(read);
  }
}

/* ---- memory ---- */

typedef struct {
  long until_failure;
  size_t blocks;
  bool failed;
} purse;

static void *spend(void *context, void *pointer, size_t old_size, size_t new_size) {
  purse *p = context;
  (void)old_size;
  if (new_size > 0 && --p->until_failure == 0) {
    p->failed = true;
    return NULL;
  }
  p->blocks += (size_t)(pointer == NULL && new_size > 0);
  p->blocks -= (size_t)(pointer != NULL && new_size == 0);
  if (new_size > 0) return realloc(pointer, new_size);
  free(pointer);
  return NULL;
}

static void every_request_for_memory_fails(void **state) {
  long failures = 0;
  (void)state;
  for (size_t i = 0; i < SAMPLES; i++) {
    const kind *k;
    void *object = sample(i, &k);
    packet p = packet_of(k, object);
    purse m = {.failed = true};
    for (long request = 1; m.failed; request++) {
      const sla_allocator allocator = {spend, &m};
      sla_error error = {0};
      void *read = NULL;
      m = (purse){.until_failure = request};
      int32_t code = k->read(p.data, p.size, &allocator, &read, &error);
      if (code != SLA_OK) {
        assert_code(code, SLA_E_MEMORY);
        assert_int_equal(error.code, SLA_E_MEMORY);
        assert_true(m.failed && read == NULL);
        failures++;
      } else {
        assert_true(are_equal(k, object, read)); /* memory that could not shrink is no failure */
      }
      k->unref(read);
      assert_int_equal(m.blocks, 0);
    }
    free(p.data);
    k->unref(object);
  }
  assert_true(failures > 30);
  print_message("%ld requests failed\n", failures);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers_have_their_lowest_byte_first),
      cmocka_unit_test(numbers_come_back),
      cmocka_unit_test(the_hash_is_fnv_1a),
      cmocka_unit_test(the_form_does_not_change),
      cmocka_unit_test(samples_come_back),
      cmocka_unit_test(zones_of_every_origin_come_back),
      cmocka_unit_test(calendars_by_chance_come_back),
      cmocka_unit_test(policies_by_chance_come_back),
      cmocka_unit_test(equality_is_that_of_bytes),
      cmocka_unit_test(whatever_is_told_differently_differs),
      cmocka_unit_test(zones_are_equal_when_their_clocks_are),
      cmocka_unit_test(what_is_told_in_other_words_is_equal),
      cmocka_unit_test(rules_told_as_they_are_are_not_told),
      cmocka_unit_test(calendars_are_written_once),
      cmocka_unit_test(too_many_calendars_are_refused),
      cmocka_unit_test(buffers_are_filled_or_left_alone),
      cmocka_unit_test(null_is_refused),
      cmocka_unit_test(every_byte_changed),
      cmocka_unit_test(every_length_but_the_right_one),
      cmocka_unit_test(fields_that_cannot_be),
      cmocka_unit_test(fields_that_rules_cannot_have),
      cmocka_unit_test(lists_of_changes_that_no_zone_has),
      cmocka_unit_test(rules_that_no_zone_has),
      cmocka_unit_test(counts_beyond_the_bytes_are_refused),
      cmocka_unit_test(lengths_beyond_any_object_are_refused),
      cmocka_unit_test(every_request_for_memory_fails),
  };
  return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
