# SPDX-License-Identifier: MIT
# One version: the header's number, the library's text, the files, the maps, the record of changes.
. tests/tree/support/begin.sh

number=$(awk '$2 == "SLA_VERSION" { print $3 }' "$header")
version=$((number / 10000)).$((number / 100 % 100)).$((number % 100))
cat >"$scratch/version.c" <<'END'
#include <sla/sla.h>
#include <stdio.h>
int main(void) { return printf("%u %s\n", (unsigned)sla_version(), sla_version_string()) < 0; }
END
# shellcheck disable=SC2086 # words
${CC} -Iinclude ${CPPFLAGS} ${CFLAGS} "$scratch/version.c" -o "$scratch/version" ${LDFLAGS} \
  "$BUILD/libsla.a"
[ "$("$scratch/version")" = "$number $version" ] || fault "the library says $("$scratch/version")"

[ -e "$BUILD/libsla.so.$version" ] || fault "no libsla.so.$version"
grep -q "^LIBSLA_${version%.*} {" lib/libsla.map || fault "no node LIBSLA_${version%.*} in the map"

# The companion is of the same version.
grep -q "^LIBSLA_ICAL_${version%.*} {" lib/ical/libsla-ical.map ||
  fault "no node LIBSLA_ICAL_${version%.*} in the map"
if with_ical; then
  [ -e "$BUILD/libsla-ical.so.$version" ] || fault "no libsla-ical.so.$version"
  cat >"$scratch/ical_version.c" <<'END'
#include <sla/ical.h>
#include <stdio.h>
int main(void) { return printf("%u\n", (unsigned)sla_ical_version()) < 0; }
END
  # shellcheck disable=SC2046,SC2086 # words
  ${CC} -Iinclude ${CPPFLAGS} ${CFLAGS} "$scratch/ical_version.c" -o "$scratch/ical_version" \
    ${LDFLAGS} $(ical_link)
  [ "$("$scratch/ical_version")" = "$number" ] ||
    fault "the companion says $("$scratch/ical_version")"
else
  skip 'built without libical: libsla-ical is not asked for its version'
fi

if [ -e man/sla_changes.7 ]; then
  grep -q "$(echo "$version" | sed 's/\./\\./g')" man/sla_changes.7 ||
    fault "sla_changes(7) does not know $version"
else
  fault 'no sla_changes(7)'
fi
say "$version in the header, the library, its file, the map and sla_changes(7)"
end
