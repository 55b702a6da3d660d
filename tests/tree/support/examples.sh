# SPDX-License-Identifier: MIT
# try_examples FILE: compiles and runs the programs of a page or of README and compares what they
# print.  Sets examples to their number, outputs to how many were compared.  Read after begin.sh.
# shellcheck disable=SC2154 # scratch and the rest are those of begin.sh
try_examples() {
  example_dir=$scratch/$(basename "$1").programs
  rm -rf "$example_dir"
  mkdir -p "$example_dir"
  awk -v into="$example_dir" -f tests/tree/support/example.awk "$1"
  examples=0 outputs=0
  for source in "$example_dir"/*.c; do
    [ -e "$source" ] || continue
    examples=$((examples + 1))
    program=${source%.c}
    libraries=$BUILD/libsla.a
    if grep -q 'include <sla/ical\.h>' "$source"; then
      if ! with_ical; then
        skip "built without libical: the program of $1 is not tried"
        continue
      fi
      libraries=$(ical_link)
    fi
    # shellcheck disable=SC2086 # words
    if ! ${CC} -std=c99 -Wall -Wextra -Werror -Iinclude ${CPPFLAGS} ${CFLAGS} "$source" \
      -o "$program" ${LDFLAGS} $libraries; then
      fault "$1: the example does not compile"
      continue
    fi
    "$program" >"$program.printed" </dev/null || fault "$1: the example exits with $?"
    [ -e "$program.out" ] || continue
    outputs=$((outputs + 1))
    diff -u "$program.out" "$program.printed" || fault "$1: the example prints something else"
  done
}
