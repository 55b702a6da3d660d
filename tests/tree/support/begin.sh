# SPDX-License-Identifier: MIT
# Read by every check of the tree: where things are, and how a check says what it found.  A check
# runs in the source directory, alone (sh tests/tree/NAME.sh) or from make check.
set -eu
LC_ALL=C
export LC_ALL
: "${BUILD:=build}" "${CC:=cc}" "${AR:=ar}" "${CFLAGS=-O2 -g}" "${CPPFLAGS=}" "${LDFLAGS=}"
: "${MAKE:=make}" "${ICAL=}" "${YAML=}" "${PKG_CONFIG:=pkg-config}"
export ICAL YAML PKG_CONFIG
# What a caller of make said about this build is not for the builds of a check.
unset MAKEFLAGS MFLAGS MAKEOVERRIDES V DESTDIR prefix exec_prefix libdir includedir datarootdir \
  mandir pkgconfigdir
check=$(basename "$0" .sh)
scratch=$BUILD/check/$check
rm -rf "$scratch"
mkdir -p "$scratch"
# Faults are kept in a file: many are found in the subshell of a pipeline.
faults=$scratch/faults
: >"$faults"
skips=

say() { echo "$check: $*"; }
fault() { echo "$check: FAULT: $*" | tee -a "$faults"; }
# Every line of standard input is a fault.
fault_each() {
  while read -r line; do fault "$1$line"; done
}
# Something could not be looked at; the rest still is.
skip() { skips="$skips${skips:+; }$*"; }
has() { command -v "$1" >/dev/null 2>&1; }
# The companion is part of this build.
with_ical() { [ "$ICAL" != no ] && "$PKG_CONFIG" --exists libical 2>/dev/null; }

# Each check ends with this: 77 says that all is well but something was not looked at.
end() {
  if [ -s "$faults" ]; then
    say "$(wc -l <"$faults") faults"
    exit 1
  fi
  if [ -n "$skips" ]; then
    say "$skips"
    exit 77
  fi
  exit 0
}
# What a program of the companion is linked with.
ical_link() {
  echo "$BUILD/libsla-ical.a $BUILD/libsla.a $("$PKG_CONFIG" --libs libical) -pthread"
}

header=include/sla/sla.h ical_header=include/sla/ical.h
headers="$header $ical_header"
# C without its comments, line by line.
code_of() {
  awk '{
    rest = $0; line = ""
    while (rest != "") {
      mark = inside ? "*/" : "/*"; at = index(rest, mark)
      if (!inside) line = line (at ? substr(rest, 1, at - 1) : rest)
      if (!at) break
      rest = substr(rest, at + 2); inside = !inside
    }
    sub(/\/\/.*/, "", line); print line
  }' "$1"
}
# The functions that headers declare; those of libsla.
api_of() {
  cat "$@" | tr '\n' ' ' | grep -o 'SLA_API[^;(]*(' | sed -n 's/.*[ *]\(sla_[a-z0-9_]*\)($/\1/p' |
    sort
}
api() { api_of "$header"; }
# The error codes of both.
code_pattern='SLA_\(ICAL_\)\{0,1\}E_[A-Z_]*'
codes() { # shellcheck disable=SC2086 # words
  cat $headers | grep -o "^ *$code_pattern" | tr -d ' ' | sort
}
# Compares two files of names.
same_names() {
  comm -23 "$1" "$2" | fault_each "$3 "
  comm -13 "$1" "$2" | fault_each "$4 "
}
