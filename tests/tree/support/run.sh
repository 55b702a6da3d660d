# SPDX-License-Identifier: MIT
# Runs what it is given, one after the other, and goes on after a failure:
#     run.sh yes|no program... script.sh...
# The first word says whether everything was built.  Programs print as cmocka does; a script is one
# test, skipped when it exits with 77, and the last line it prints is then the reason.  What
# LEFT_OUT names was not built for want of a library (name:library).  Ends with a line that counts,
# and fails when anything did.
set -u

built=$1
shift
scratch=$BUILD/check
rm -rf "$scratch"
mkdir -p "$scratch"
export BUILD SRC MAKE CC AR CFLAGS CPPFLAGS LDFLAGS VERSION ICAL YAML PKG_CONFIG
# A hang is a failure too.
limit=
if command -v timeout >/dev/null; then limit="timeout ${SLA_TEST_SECONDS:-1800}"; fi

programs=0 run=0 passed=0 failed=0 skipped=0
failures=$scratch/failures skips=$scratch/skips
: >"$failures"
: >"$skips"

add_failure() {
  failed=$((failed + 1))
  echo "$1" >>"$failures"
}

# Runs a command with its output on the terminal and in $log, and sets code.
watch() {
  { "$@" 2>&1; echo $? >"$scratch/code"; } | tee "$log"
  code=$(cat "$scratch/code")
}

# cmocka's lines, counted.  A skipped test's reason is what it printed last.
count_tests() {
  awk -v name="$name" -v skips="$skips" -v failures="$failures" '
    /^\[ RUN      \]/ { reason = ""; next }
    /^\[       OK \]/ { ok++; next }
    /^\[  SKIPPED \]/ && !ended { skipped++; print name ": " $4 (reason ? ": " reason : "") >> skips; next }
    /^\[  FAILED  \]/ && !ended { failed++; print name ": " $4 >> failures; next }
    /^\[==========\] [0-9]+ test\(s\) run/ { ended = 1; next }
    NF { reason = $0; sub(/^skipped: /, "", reason) }
    END { print ok + 0, failed + 0, skipped + 0, ended + 0 }' "$log"
}

run_program() {
  # shellcheck disable=SC2086 # a command and its argument
  watch $limit "$1"
  # shellcheck disable=SC2046 # four numbers
  set -- $(count_tests)
  run=$((run + $1 + $2 + $3))
  passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
  if [ "$code" -ne 0 ] && [ "$2" -eq 0 ]; then
    run=$((run + 1))
    add_failure "$name: exit status $code without a failed test"
  elif [ "$code" -eq 0 ] && [ "$4" -eq 0 ]; then
    run=$((run + 1))
    add_failure "$name: no closing line"
  fi
}

run_script() {
  # shellcheck disable=SC2086 # a command and its argument
  watch $limit sh "$1"
  run=$((run + 1))
  case $code in
    0) passed=$((passed + 1)) ;;
    77)
      skipped=$((skipped + 1))
      echo "$name: $(tail -n 1 "$log")" >>"$skips"
      ;;
    *) add_failure "$name: exit status $code" ;;
  esac
}

cd "$SRC" || exit 1
for item; do
  case $item in /*) ;; *) item=$OLDPWD/$item ;; esac
  name=$(basename "$item")
  log=$scratch/$name.log
  programs=$((programs + 1))
  echo "== $name"
  case $item in
    *.sh) run_script "$item" ;;
    *)
      if [ -x "$item" ]; then
        run_program "$item"
      else
        run=$((run + 1))
        add_failure "$name: was not built"
      fi
      ;;
  esac
done
for name in ${LEFT_OUT:-}; do
  programs=$((programs + 1)) run=$((run + 1)) skipped=$((skipped + 1))
  echo "${name%%:*}: built without ${name##*:}" >>"$skips"
done
[ "$built" = yes ] || add_failure "make: something was not built"

echo
while read -r line; do echo "skipped: $line"; done <"$skips"
while read -r line; do echo "failed: $line"; done <"$failures"
echo "check: $programs programs, $run tests run, $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$run" -gt 0 ]
