/* SPDX-License-Identifier: MIT */
#include "compare.h"

static unsigned char folded(char c) {
  unsigned char byte = (unsigned char)c;
  return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
}

static bool same_folded(const char *a, const char *b, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (folded(a[i]) != folded(b[i])) return false;
  return true;
}

/* Empty texts may have no address. */
static bool same(const char *a, const char *b, size_t length, bool fold) {
  if (length == 0) return true;
  return fold ? same_folded(a, b, length) : memcmp(a, b, length) == 0;
}

bool sla__slice_equal(sla__slice a, sla__slice b, bool fold) {
  return a.length == b.length && same(a.text, b.text, a.length, fold);
}

bool sla__slice_starts(sla__slice whole, sla__slice part, bool fold) {
  return whole.length >= part.length && same(whole.text, part.text, part.length, fold);
}

bool sla__slice_ends(sla__slice whole, sla__slice part, bool fold) {
  return whole.length >= part.length &&
         same(whole.text + (whole.length - part.length), part.text, part.length, fold);
}

bool sla__slice_contains(sla__slice whole, sla__slice part, bool fold) {
  if (whole.length < part.length) return false;
  unsigned char first = (unsigned char)part.text[0], lower = folded(part.text[0]), other = first;
  if (fold && lower >= 'a' && lower <= 'z') other = first ^ 0x20;
  for (size_t i = 0; i <= whole.length - part.length; i++) {
    unsigned char byte = (unsigned char)whole.text[i];
    if ((byte == first || byte == other) && same(whole.text + i, part.text, part.length, fold))
      return true;
  }
  return false;
}

/* ---- e-mail addresses (RFC 5322: local-part "@" domain) ---- */

/* What ends a word of an address: blanks and control characters, and its punctuation. */
static bool is_special(char c) {
  unsigned char byte = (unsigned char)c;
  return byte <= ' ' || byte == 0x7F || c == '(' || c == ')' || c == '<' || c == '>' || c == '[' ||
         c == ']' || c == ':' || c == ';' || c == '@' || c == '\\' || c == ',' || c == '"';
}

bool sla__domain_ok(sla__slice domain) {
  bool label = false;
  for (size_t i = 0; i < domain.length; i++) {
    bool dot = domain.text[i] == '.';
    if (dot ? !label : is_special(domain.text[i])) return false;
    label = !dot;
  }
  return label;
}

/* Between quotes, a quote of its own stands after a backslash. */
static bool quoted_ok(sla__slice local) {
  size_t i = 1;
  if (local.length < 2 || local.text[local.length - 1] != '"') return false;
  while (i < local.length - 1 && local.text[i] != '"') i += local.text[i] == '\\' ? 2 : 1;
  return i == local.length - 1;
}

static bool local_ok(sla__slice local) {
  if (local.length == 0) return false;
  if (local.text[0] == '"') return quoted_ok(local);
  for (size_t i = 0; i < local.length; i++)
    if (is_special(local.text[i])) return false;
  return true;
}

/* What most addresses fail is looked at first. */
bool sla__email_in_domain(sla__slice address, sla__slice domain) {
  if (address.length < domain.length + 2) return false;
  size_t from = address.length - domain.length, at = from;
  char before = address.text[from - 1];
  if ((before != '@' && before != '.') || !sla__slice_ends(address, domain, true)) return false;
  while (at > 0 && address.text[at - 1] != '@') at--;
  if (at == 0) return false;
  return sla__domain_ok((sla__slice){address.text + at, address.length - at}) &&
         local_ok((sla__slice){address.text, at - 1});
}
