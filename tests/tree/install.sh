# SPDX-License-Identifier: MIT
# Installs the way a distributor does and the way a person does, with the companion and without,
# uses what was installed, and uninstalls to nothing.
. tests/tree/support/begin.sh
case $scratch in /*) ;; *) scratch=$PWD/$scratch ;; esac

files_in() { (cd "$1" && find . ! -type d | sort); }

# Pages are those of the library; the programs are examples and stay here.
manifest() { # header directory, library directory, .pc directory, page directory
  version=$(basename "$(readlink -f "$BUILD/libsla.so")" | sed 's/^libsla\.so\.//')
  libraries=libsla installed_headers=sla.h
  if with_ical; then libraries='libsla libsla-ical' installed_headers='sla.h ical.h'; fi
  for name in $installed_headers; do echo ".$1/sla/$name"; done
  for library in $libraries; do
    for name in a so "so.${version%%.*}" "so.$version"; do echo ".$2/$library.$name"; done
    echo ".$3/$library.pc"
  done
  for page in man/*.[37]; do
    case $page in man/sla_ical*) with_ical || continue ;; esac
    if [ -e "$page" ]; then echo ".$4/man${page##*.}/${page##*/}"; fi
  done
  # Every function is found by its name.
  {
    api
    if with_ical; then api_of "$ical_header"; fi
  } | while read -r name; do
    if [ ! -e "man/$name.3" ]; then echo ".$4/man3/$name.3"; fi
  done
}

compare() { # staged directory, what this way is called
  files_in "$1" >"$scratch/files"
  sort -o "$scratch/manifest" "$scratch/manifest"
  same_names "$scratch/manifest" "$scratch/files" "$2: not installed:" "$2: not in the manifest:"
}

gone() {
  if [ -d "$1" ]; then find "$1" -mindepth 1 | fault_each "$2 leaves "; fi
}

make_it() {
  "$MAKE" BUILD="$BUILD" "$@" >"$scratch/log" 2>&1 || fault "make $*: $(tail -3 "$scratch/log")"
}

# Distributors: variables on the command line, a library directory of the architecture.
multi=/usr/lib/x86_64-linux-gnu
distribute() { # what this way is called
  staged=$scratch/$1
  make_it install DESTDIR="$staged" prefix=/usr libdir=$multi
  manifest /usr/include $multi $multi/pkgconfig /usr/share/man >"$scratch/manifest"
  compare "$staged" "$1"
  grep -qx 'prefix=/usr' "$staged$multi/pkgconfig/libsla.pc" || fault '.pc: prefix'
  # shellcheck disable=SC2016 # what the .pc says
  grep -qx 'libdir=${exec_prefix}/lib/x86_64-linux-gnu' "$staged$multi/pkgconfig/libsla.pc" ||
    fault ".pc: $(grep ^libdir "$staged$multi/pkgconfig/libsla.pc")"
  for alias in "$staged"/usr/share/man/man3/sla_*.3; do
    page=$(sed -n '1s|^\.so man3/||p' "$alias")
    [ -z "$page" ] || grep -q "^\.Nm $(basename "$alias" .3)\( ,\)\{0,1\}\$" "man/$page" ||
      fault "$(basename "$alias") leads to $page, which does not name it"
  done
  grep -rl "$scratch" "$staged" | fault_each 'names where it was staged: '
  find "$staged" -type f -perm /022 | fault_each 'writable by others: '
  make_it uninstall DESTDIR="$staged" prefix=/usr libdir=$multi
  gone "$staged" "$1"
}
distribute distributor
if with_ical; then
  built=$ICAL
  ICAL=no
  distribute distributor-without-libical
  ICAL=$built
else
  skip 'built without libical: libsla-ical is not installed'
fi

# The same through the environment, and every directory somewhere else.
staged=$scratch/environment
elsewhere="prefix=/p exec_prefix=/e includedir=/i libdir=/l pkgconfigdir=/pc mandir=/m"
in_environment() { # shellcheck disable=SC2086 # words
  env DESTDIR="$staged" $elsewhere "$MAKE" BUILD="$BUILD" "$1" >"$scratch/log" 2>&1 ||
    fault "$1 with the environment: $(tail -3 "$scratch/log")"
}
in_environment install
manifest /i /l /pc /m >"$scratch/manifest"
compare "$staged" environment
for line in prefix=/p exec_prefix=/e libdir=/l includedir=/i; do
  grep -qx "$line" "$staged/pc/libsla.pc" || fault ".pc: no line $line"
done
in_environment uninstall
gone "$staged" environment

# A person: a prefix of one's own, a program linked both ways through pkg-config, and neighbours.
prefix=$scratch/person
mkdir -p "$prefix/lib" "$prefix/include/sla"
touch "$prefix/lib/neighbour" "$prefix/include/sla/neighbour.h"
make_it install prefix="$prefix"
cat >"$scratch/host.c" <<'END'
#include <sla/sla.h>
int main(void) {
  sla_zone *zone = NULL;
  int32_t code = sla_zone_new_posix("EST5EDT,M3.2.0,M11.1.0", 22, NULL, &zone, NULL);
  int32_t offset = 0;
  if (code == SLA_OK) code = sla_zone_offset_at(zone, 1720000000, &offset);
  sla_zone_unref(zone);
  return code != SLA_OK || offset != -4 * 3600 || sla_version() != SLA_VERSION;
}
END
flags="-I$prefix/include -L$prefix/lib -lsla"
if has pkg-config; then
  flags=$(PKG_CONFIG_PATH="$prefix/lib/pkgconfig" pkg-config --cflags --libs libsla) ||
    fault 'pkg-config knows no libsla'
  PKG_CONFIG_PATH="$prefix/lib/pkgconfig" pkg-config --validate libsla || fault '.pc: not valid'
else
  skip 'no pkg-config: the .pc is not resolved'
fi
if with_ical; then
  cat >"$scratch/ical_host.c" <<'END'
#include <sla/ical.h>
int main(void) { return sla_ical_version() != sla_version(); }
END
  export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
  "$PKG_CONFIG" --validate libsla-ical || fault 'libsla-ical.pc: not valid'
  # shellcheck disable=SC2046,SC2086 # words
  if ${CC} ${CPPFLAGS} ${CFLAGS} "$scratch/ical_host.c" -o "$scratch/ical_shared" \
    $("$PKG_CONFIG" --cflags --libs libsla-ical) ${LDFLAGS}; then
    LD_LIBRARY_PATH="$prefix/lib" "$scratch/ical_shared" ||
      fault 'a program with the shared companion fails'
    "$PKG_CONFIG" --libs libsla-ical | grep -q -e '-lical' && fault 'users are linked with libical'
  else
    fault 'no program with the shared companion'
  fi
fi
# shellcheck disable=SC2086 # words
if ${CC} ${CPPFLAGS} ${CFLAGS} "$scratch/host.c" -o "$scratch/shared" $flags ${LDFLAGS}; then
  readelf -d "$scratch/shared" | grep -q 'NEEDED.*libsla\.so\.[0-9]*\]' ||
    fault 'not linked with the shared library'
  LD_LIBRARY_PATH="$prefix/lib" "$scratch/shared" || fault 'a program with the shared library fails'
else
  fault 'no program with the shared library'
fi
rm -f "$prefix"/lib/libsla*.so*
# shellcheck disable=SC2086 # words
if ${CC} ${CPPFLAGS} ${CFLAGS} "$scratch/host.c" -o "$scratch/static" $flags ${LDFLAGS}; then
  "$scratch/static" || fault 'a program with the static library fails'
else
  fault 'no program with the static library'
fi
if with_ical; then
  # shellcheck disable=SC2046,SC2086 # words
  if ${CC} ${CPPFLAGS} ${CFLAGS} "$scratch/ical_host.c" -o "$scratch/ical_static" \
    $("$PKG_CONFIG" --static --cflags --libs libsla-ical) ${LDFLAGS}; then
    "$scratch/ical_static" || fault 'a program with the static companion fails'
  else
    fault 'no program with the static companion'
  fi
  unset PKG_CONFIG_PATH
fi
make_it uninstall prefix="$prefix"
find "$prefix" ! -type d ! -name 'neighbour*' | fault_each 'a person has left '
[ "$(find "$prefix" -name 'neighbour*' | wc -l)" -eq 2 ] || fault 'a neighbour is gone'

say 'installed in every way, linked both ways, uninstalled to nothing'
end
