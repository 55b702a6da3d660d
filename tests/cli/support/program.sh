# SPDX-License-Identifier: MIT
# Read by every test of ticket_queue and, with program=sla_report, of that: where the program is, and
# how a test says what it found.  A test runs in the source directory, with the build directory as its
# argument or in BUILD.
set -eu
LC_ALL=C
export LC_ALL
unset NO_COLOR TZ
build=${1:-${BUILD:-build}}
test_name=$(basename "$0" .sh)
case $build in /*) ;; *) build=$PWD/$build ;; esac
scratch=$build/check/cli/$test_name
rm -rf "$scratch"
mkdir -p "$scratch"
# The zones of the tests, so that those of the machine do not matter.
TZDIR=$PWD/tests/zones
export TZDIR
# A program that needs libyaml is not there without it.
: "${program:=ticket_queue}"
if [ "$program" = sla_report ] && [ "${YAML:-}" = no ]; then
  echo "$test_name: without libyaml there is no sla_report"
  exit 77
fi
faults=0 skips='' checks=0

# The program reads iCalendar files.
with_ical() { [ "${ICAL:-}" != no ] && "${PKG_CONFIG:-pkg-config}" --exists libical 2>/dev/null; }
has() { command -v "$1" >/dev/null 2>&1; }
fault() {
  faults=$((faults + 1))
  echo "$test_name: FAULT: $*"
}
# Something could not be looked at; the rest still is.
skip() { skips="$skips${skips:+; }$*"; }

# run STATUS ARGUMENT...: runs the program, leaves what it printed in $out and $err, and checks how
# it ended.
out=$scratch/out err=$scratch/err
run() {
  checks=$((checks + 1)) wanted=$1
  shift
  status=0
  "$build/examples/$program" "$@" >"$out" 2>"$err" || status=$?
  [ "$status" -eq "$wanted" ] || {
    fault "exit status $status instead of $wanted: $*"
    cat "$err"
  }
}

# careful STATUS ARGUMENT...: the same under valgrind, which must find nothing, not even a leak.
careful() {
  checks=$((checks + 1)) wanted=$1
  shift
  status=0
  valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=all \
    --errors-for-leak-kinds=all "$build/examples/$program" "$@" >"$out" 2>"$err" || status=$?
  [ "$status" -eq "$wanted" ] || {
    fault "under valgrind, exit status $status instead of $wanted: $*"
    tail -n 30 "$err"
  }
}

# Every option of the program is in its --help and in its manual.
explains_options() {
  run 0 --help
  silent "$err"
  says "$out" "Usage: $program"
  sed -n 's/^    OPTION("\([a-z-]*\)".*/\1/p' "examples/$program/options.c" >"$scratch/options"
  [ -s "$scratch/options" ] || fault 'no options were found'
  while read -r option; do
    says "$out" "--$option"
    grep -q -e "Fl -$option" "man/$program.1" || fault "--$option is not in the manual"
  done <"$scratch/options"
  run 0 --version
  says "$out" "$program (libsla) $(sed -n 's/.*"\(.*\)".*/\1/p' lib/names.c | grep '^[0-9.]*$')"
}

# same WANTED GOT WHAT: two files say the same.
same() {
  checks=$((checks + 1))
  diff -u "$1" "$2" || fault "$3"
}

# says FILE TEXT: the text stands somewhere in the file.
says() {
  checks=$((checks + 1))
  grep -qF -e "$2" "$1" || {
    fault "'$2' is not in $(basename "$1"):"
    head -n 20 "$1"
  }
}

silent() {
  checks=$((checks + 1))
  [ ! -s "$1" ] || {
    fault "$(basename "$1") is not empty:"
    head -n 20 "$1"
  }
}

# fact TICKET NAME: the value of a column of the CSV in $out, which has no quoted field.
fact() {
  awk -F, -v id="$1" -v name="$2" '
    NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) column = i; next }
    $1 == id { print $column }' "$out"
}

# is TICKET NAME VALUE
is() {
  checks=$((checks + 1)) value=$(fact "$1" "$2")
  [ "$value" = "$3" ] || fault "$1: $2 is '$value' instead of '$3'"
}

# Every test ends with this: 77 says that all is well but something was not looked at.
end() {
  echo "$test_name: $checks checks, $faults faults"
  [ "$faults" -eq 0 ] || exit 1
  [ "$checks" -gt 0 ] || exit 1
  [ -z "$skips" ] || {
    echo "$test_name: $skips"
    exit 77
  }
  exit 0
}
