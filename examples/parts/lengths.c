/* SPDX-License-Identifier: MIT */
#include "lengths.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

/* Longer than any length the library accepts, short enough to add and multiply. */
#define LONGEST INT64_C(1000000000000)

static sla_seconds unit_of(char letter) {
  switch (letter) {
    case 's': return 1;
    case 'm': return MINUTE;
    case 'h': return HOUR;
    case 'd': return DAY;
    default: return 0;
  }
}

bool length_read(slice text, sla_seconds *seconds) {
  int64_t total = 0, number;
  text = slice_trim(text);
  if (text.length == 0) return false;
  while (text.length != 0) {
    size_t digits = 0;
    while (digits < text.length && text.text[digits] >= '0' && text.text[digits] <= '9') digits++;
    sla_seconds unit = digits < text.length ? unit_of(text.text[digits]) : 0;
    if (unit == 0 || !slice_number((slice){text.text, digits}, LONGEST / DAY, &number))
      return false;
    total += number * unit;
    if (total > LONGEST) return false;
    text = slice_trim((slice){text.text + digits + 1, text.length - digits - 1});
  }
  *seconds = total;
  return true;
}

static void write_two(bytes *to, int64_t large, const char *large_unit, int64_t small,
                      const char *small_unit) {
  bytes_format(to, "%lld %s", (long long)large, large_unit);
  if (small != 0) bytes_format(to, " %lld %s", (long long)small, small_unit);
}

void length_write(bytes *to, sla_seconds seconds, bool with_days) {
  if (with_days && seconds >= DAY)
    write_two(to, seconds / DAY, "d", seconds % DAY / HOUR, "h");
  else if (seconds >= HOUR)
    write_two(to, seconds / HOUR, "h", seconds % HOUR / MINUTE, "min");
  else if (seconds >= MINUTE)
    bytes_format(to, "%lld min", (long long)(seconds / MINUTE));
  else
    bytes_format(to, "%lld s", (long long)seconds);
}
