# SPDX-License-Identifier: MIT
# What make does again and what it does not, and that a library says nothing of where it was built.
. tests/tree/support/begin.sh
case $scratch in /*) ;; *) scratch=$PWD/$scratch ;; esac

# The flags are this check's own, and quick: it is about make, not about them.
unset CPPFLAGS LDFLAGS BUILD
CFLAGS='-O0 -g'
export CFLAGS
libraries='libsla'
if with_ical; then libraries='libsla libsla-ical'; fi
here=$scratch/here there=$scratch/another/place
mkdir -p "$here" "$there"
for copy in "$here" "$there"; do cp -R Makefile include lib "$copy"; done
# Those that a newer sla.h changes are all of them.
modules=$(find lib -maxdepth 1 -name '*.c' | wc -l) companions=0
if with_ical; then companions=$(find lib/ical -name '*.c' | wc -l); fi
modules=$((modules + companions))

compiled() { # what is said, how many compilations are expected, arguments of make
  what=$1 expected=$2
  shift 2
  "$MAKE" -C "$here" static shared "$@" >"$scratch/log" 2>&1 || fault "$what: $(tail -3 "$scratch/log")"
  count=$(grep -c '^  CC' "$scratch/log" || :)
  [ "$count" -eq "$expected" ] || fault "$what compiles $count files, not $expected"
  links=$(grep -c '^  \(AR\|LD\)' "$scratch/log" || :)
}

compiled 'a first make' $((modules * 2))
touch "$scratch/stamp"
compiled 'a second make' 0
[ "$links" -eq 0 ] || fault 'a second make links'
find "$here" -newer "$scratch/stamp" -type f | fault_each 'a second make writes '
compiled 'other CFLAGS' $((modules * 2)) CFLAGS=-O1
compiled 'the same CFLAGS' 0 CFLAGS=-O1
compiled 'other CPPFLAGS' $((modules * 2)) CFLAGS=-O1 CPPFLAGS=-DUNUSED
compiled 'the CFLAGS of before' $((modules * 2))
sleep 1
touch "$here/include/sla/sla.h"
compiled 'a newer sla.h' $((modules * 2))
touch "$here/lib/names.c"
compiled 'a newer names.c' 2
touch "$here/include/sla/ical.h"
compiled 'a newer ical.h' $((companions * 2))
users=$(grep -l '^#include "text.h"' "$here"/lib/*.c | wc -l)
touch "$here/lib/text.h"
compiled 'a newer text.h' $((users * 2))
touch "$here/lib/libsla.map"
compiled 'a newer map' 0
[ "$links" -eq 1 ] || fault 'a newer map does not link'
if with_ical; then
  touch "$here/lib/ical/libsla-ical.map"
  compiled "a newer map of the companion" 0
  [ "$links" -eq 1 ] || fault 'a newer map of the companion does not link'
  compiled 'no companion any more' 0 ICAL=no
  compiled 'and it again' 0
fi
say 'recompiles what flags and headers change, and nothing else'

"$MAKE" -C "$there" BUILD="$scratch/out" static shared >"$scratch/log" 2>&1 ||
  fault "out of tree: $(tail -3 "$scratch/log")"
mkdir -p "$scratch/far"
"$MAKE" -C "$scratch/far" -f "$there/Makefile" static shared >"$scratch/log" 2>&1 ||
  fault "from another directory: $(tail -3 "$scratch/log")"
find "$there" -newer "$scratch/stamp" -type f | fault_each 'a build elsewhere writes '
for library in $libraries; do
  for name in "$library.a" "$library.so"; do
    for other in "$scratch/out" "$scratch/far/build"; do
      cmp "$here/build/$name" "$other/$name" || fault "$name differs in $other"
    done
  done
done
say 'three builds in three places are the same to the byte'
end
